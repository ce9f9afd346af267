"""Suggest to a member 20 people whom they probably know, out of a billion accounts, within 250 ms.

This is link prediction on a huge, heavy-tailed graph that changes all day. The best candidates sit two hops away, but
two hops from a hub is millions of paths, and a new member has no hops at all.

It takes two to succeed: one invites, the other accepts. Each new edge changes the network for everyone around it, and
a wrong suggestion can expose a relationship that somebody wanted to keep private.
"""

from diagrams import Cluster, Edge
from diagrams.aws.storage import S3
from diagrams.gcp.compute import GPU
from diagrams.generic.device import Mobile
from diagrams.onprem.analytics import Flink, Spark
from diagrams.onprem.client import User, Users
from diagrams.onprem.database import Clickhouse, Cockroachdb, Mysql, Scylla
from diagrams.onprem.gitops import Argocd, Flagger
from diagrams.onprem.inmemory import Redis
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.monitoring import Grafana, Prometheus
from diagrams.onprem.network import Envoy, Etcd
from diagrams.onprem.queue import Kafka
from diagrams.onprem.workflow import Airflow, Kubeflow
from diagrams.programming.flowchart import Decision as Choice
from diagrams.programming.framework import FastAPI, GraphQL
from diagrams.programming.language import Java
from diagrams.saas.alerting import Pagerduty

from archfolio import (
    COMMON_BLOCKS,
    LEARNING_BLOCKS,
    RESPONSIBILITY_BLOCKS,
    Assembler,
    Bias,
    Budget,
    Calibrator,
    CaseStudy,
    Clarification,
    Decision,
    Distiller,
    EmbeddingTower,
    Encoder,
    Estimate,
    Evaluation,
    Experiment,
    Expert,
    FailureMode,
    Fallback,
    FeatureGroup,
    Features,
    FeatureStore,
    FollowUp,
    Framing,
    GraphStore,
    Guard,
    Head,
    Interaction,
    InterviewRank,
    Label,
    LabelJoin,
    Loss,
    LossFunction,
    MathFormula,
    Metrics,
    ModelPool,
    Monitor,
    Parallel,
    Phase,
    Ranker,
    Requirements,
    Retriever,
    RuleEngine,
    System,
    Tags,
    Trainer,
    VectorIndex,
    assume,
    batch,
    bibliography,
    cite,
    control,
    derive,
    feedback,
    reference,
    request,
    response,
    same_row,
    step,
    stream,
    view,
)

ESTIMATE = Estimate(
    members=cite("Members", 1e9, "member", source="LinkedIn Engineering 2024", note="more than one billion"),
    active=assume("Daily active members", 150e6, "member"),
    visits=assume("Module loads of an active member", 4, "load/member/day"),
    peak_factor=assume("Peak over average", 2.5),
    loads=derive("Loads per day", "active * visits", "load/day"),
    mean_rate=derive("Average load rate", "loads", "load/s"),
    peak_rate=derive("Peak load rate", "mean_rate * peak_factor", "load/s"),
    nightly=assume("Candidates from the nightly table", 2_000, "person/load"),
    live=assume(
        "Candidates from the live graph, at most",
        800,
        "person/load",
        note="full for newcomers and members without a nightly row",
    ),
    nearest=assume("Candidates from the member ANN", 1_000, "person/load"),
    known=assume("Candidates from contacts and cohorts", 200, "person/load"),
    gathered=derive("Candidates gathered, at most", "nightly + live + nearest + known", "person/load"),
    passing=assume("Candidates that pass all filters, of those gathered", 75, "percent"),
    allowed=derive("Candidates after the filters", "gathered * passing", "person/load"),
    finalists=assume("Candidates after the light ranker", 600, "person/load"),
    shown=assume("Cards returned", 20, "card/load"),
    busy=assume("Load at which hosts are run, of capacity", 60, "percent"),
    degree=assume("Connections of a member", 100, "edge/member"),
    edges=derive("Directed edges", "members * degree", "edge", note="each connection is stored from both sides"),
    id_bytes=assume("Bytes of a member id", 8, "byte/edge"),
    raw_adjacency=derive("Adjacency, raw ids", "edges * id_bytes", "byte"),
    delta_bytes=assume("Bytes of an edge as sorted deltas", 3, "byte/edge"),
    adjacency=derive("Adjacency, compressed", "edges * delta_bytes", "byte"),
    graph_shards=assume("Graph shards of a copy", 16, "shard"),
    graph_copies=assume("Copies of the live graph", 4),
    live_reads=assume(
        "Neighbour lists a live read touches, at most", 20, "list/load", note="new neighbours first, then the strongest"
    ),
    exact_reads=assume("Neighbour lists read for a finalist's exact mutuals", 1, "list/person"),
    list_reads=derive(
        "Neighbour lists read at peak",
        "peak_rate * (live_reads + finalists * exact_reads)",
        "list/s",
        note="nearly all for exact mutuals",
    ),
    list_speed=assume("Neighbour lists a core reads and intersects", 100e3, "list/s/core"),
    friend_degree=assume("Connections of a neighbour", 400, "path/edge", note="friends have more friends than average"),
    full_paths=derive("Two-hop paths of a member, uncapped", "degree * friend_degree", "path/member"),
    fanout=assume("Paths kept per neighbour", 200, "path/edge", note="hubs capped"),
    paths=derive("Two-hop paths a night", "active * degree * fanout", "path", note="members expected tomorrow"),
    path_speed=assume("Paths a core joins, with shuffle", 2e6, "path/s/core"),
    two_hop_cost=derive("Two-hop job, core-hours", "paths / path_speed", "core*hour"),
    candidate_bytes=assume(
        "Bytes of a candidate in the candidate table",
        12,
        "byte*load/person/member",
        note="id, source, count of mutuals, score",
    ),
    table_bytes=derive("Candidate table, one copy", "active * nightly * candidate_bytes", "byte"),
    embed_speed=assume("Members a GPU embeds", 20e3, "member/s/GPU"),
    embed_cost=derive("Batch inference, GPU-hours", "members / embed_speed", "GPU*hour"),
    dimensions=assume("Embedding dimension", 128, "number/member"),
    number_bytes=assume("Bytes per dimension", 1, "byte/number", note="int8"),
    vectors=derive("Embeddings", "members * dimensions * number_bytes", "byte"),
    links=assume("HNSW links per node and layer, M", 16, "link/member"),
    link_bytes=reference("hnsw_link_bytes"),
    index=derive("ANN index", "vectors + members * links * link_bytes", "byte"),
    ann_shards=assume("ANN shards of a replica", 8, "host/replica"),
    versions=assume("Index versions held during a swap", 2, "1/replica"),
    ann_memory=derive("Memory of an ANN host", "index * versions / ann_shards", "byte/host"),
    ann_speed=assume("Queries a replica answers", 2_000, "load/s/replica"),
    ann_hosts=derive("ANN hosts", "ceil(peak_rate / (ann_speed * busy)) * ann_shards", "host"),
    light_scores=derive("Light-ranker scores at peak", "peak_rate * allowed", "person/s"),
    light_speed=assume("Light-ranker speed", 200e3, "person/s/core", note="boosted trees; load-test before buying"),
    light_lanes=assume("Cores that score one load", 4, "core/load"),
    light_time=derive("Light ranker, one load", "allowed / (light_speed * light_lanes)", "ms"),
    light_cores=derive("Light-ranker cores", "ceil(light_scores / (light_speed * busy))", "core"),
    scores=derive("Ranker scores at peak", "peak_rate * finalists", "person/s"),
    ranker_compute=assume("Ranker compute per pair", 330e6, "flop/person"),
    gpu_compute=reference("h100_bf16"),
    utilisation=assume("Compute utilisation of the ranker, of peak", 5, "percent", note="small batches, feature reads"),
    ranker_speed=derive("Ranker speed", "gpu_compute * utilisation / ranker_compute", "person/s/GPU"),
    ranker_gpus=derive("Ranker GPUs", "ceil(scores / (ranker_speed * busy))", "GPU"),
    ranker_batch=assume("Loads in one GPU batch", 2, "load/GPU"),
    ranker_time=derive("Ranker, one batch", "finalists * ranker_batch / ranker_speed", "ms"),
    seen=assume("Cards seen", 10, "card/load"),
    cards=derive("Cards seen per day", "loads * seen", "card/day"),
    invited=assume("Invites, of cards seen", 0.5, "percent"),
    invites=derive("Invites per day", "cards * invited", "card/day"),
    kept=assume(
        "Uninvited cards kept for training, of all uninvited", 5, "percent", note="calibration undoes the sampling"
    ),
    rows=derive("Training rows per day", "invites + (cards - invites) * kept", "card/day"),
    row_bytes=assume("Logged features of a row", 2e3, "byte/card"),
    row_volume=derive("Training rows stored per day", "rows * row_bytes", "byte/day"),
    table_days=assume("Training history kept", 120, "day", note="the use head's label is up to 43 days late"),
    accepted=assume("Connections made by an invite", 0.4, "connection/card"),
    connections=derive("New connections per day", "invites * accepted", "connection/day"),
    sides=assume("Directed edges of a connection", 2, "edge/connection"),
    edge_writes=derive("Edge writes", "connections * sides", "edge/s", note="small; the read fan-out is not"),
    gained=derive("Edges a daily member gains, on average", "edge_writes / active", "edge/member/day"),
    test_spread=assume("New ties per ego cluster, standard deviation over mean", 1.2),
    test_lift=assume("Smallest relative lift worth detecting", 2, "percent"),
    test_size=derive(
        "Ego clusters per arm", "16 * test_spread ** 2 / test_lift ** 2", note="80 % power, two-sided 5 % level"
    ),
    promise=assume("Promised p99", 250, "ms"),
    edge_time=assume("Edge, auth and experiment arms, p99", 12, "ms"),
    viewer_time=assume("Viewer profile, settings and features, p99", 18, "ms"),
    table_time=assume("Candidate table read, p99", 15, "ms"),
    graph_time=assume("Live two-hop read, deadline", 60, "ms"),
    ann_time=assume("Member ANN, p99", 40, "ms"),
    cohort_time=assume("Contacts and cohorts, p99", 30, "ms"),
    filter_time=assume("Merge, exclusion and privacy filters, p99", 20, "ms"),
    light_queue=assume("Light-ranker queueing and features, p99", 15, "ms"),
    pair_time=assume("Pair features, p99", 35, "ms"),
    ranker_queue=assume("Ranker batching and queueing, p99", 30, "ms"),
    rerank_time=assume("Re-rank: receiver caps, diversity, fairness, p99", 15, "ms"),
    card_time=assume("Cards and mutual-name check, p99", 20, "ms"),
    slack=assume("Slack for queueing", 10, "ms"),
    gpu_price=reference("h100_price"),
    core_price=reference("core_price"),
    object_price=reference("object_storage_price"),
    core_memory=assume("Memory that comes with a core", 4e9, "byte/core"),
    graph_cores=derive(
        "Live-graph cores",
        "ceil(max(adjacency * graph_copies / core_memory, list_reads / (list_speed * busy)))",
        "core",
        note="sized by memory; reads alone need fewer",
    ),
    ann_cores=derive("ANN cores", "ceil(ann_hosts * ann_memory / core_memory)", "core", note="sized by memory"),
    table_copies=assume("Copies of the candidate table", 3),
    table_versions=assume("Versions of it during the swap", 2),
    core_disk=assume("Local SSD that comes with a core", 100e9, "byte/core", note="priced with the core"),
    table_cores=derive(
        "Candidate-table cores",
        "ceil(table_bytes * table_copies * table_versions / core_disk)",
        "core",
        note="sized by SSD",
    ),
    glue_work=assume("CPU time of filters, pair features and cards", 80, "ms*core/load"),
    glue_cores=derive("Other serving cores", "ceil(peak_rate * glue_work / busy)", "core"),
    training_gpus=assume("GPUs of GNN and ranker training, kept busy", 48, "GPU"),
    log_cores=assume("Cores of logs, snapshots and stream jobs", 3_000, "core"),
    compute_bill=derive(
        "Compute bill",
        "(ranker_gpus + training_gpus) * gpu_price"
        " + (light_cores + graph_cores + ann_cores + table_cores + glue_cores + log_cores) * core_price",
        "USD/day",
    ),
    nights=assume("Batch runs", 1, "1/day"),
    batch_bill=derive("Nightly batch bill", "(two_hop_cost * core_price + embed_cost * gpu_price) * nights", "USD/day"),
    storage_bill=derive("Training history bill", "row_volume * table_days * object_price", "USD/day"),
    cost_per_thousand=derive(
        "Cost of 1,000 loads",
        "1000 * (compute_bill + batch_bill + storage_bill) / loads",
        "USD/load",
        note="list prices",
    ),
)

SYSTEM = System(
    title="People You May Know",
    family="end-to-end",
    position=10,
    interview=InterviewRank(8, "Meta graph-based"),
    tags=Tags(
        task=["recommendation", "matching"],
        pattern=["retrieval-ranking funnel", "graph features", "embedding retrieval", "batch scoring"],
        data=["graph", "events"],
    ),
    framing=Framing(
        goal="Members have a network they use: newcomers reach five connections in their first week, and new ties carry conversations.",
        decision="Which {shown:n} people, of {members:n}, to put before this member, in which order and with which reason.",
        task="Link prediction on a graph: P(invite), P(accept | invite) and P(tie is used | accept) for {finalists:n} people, sorted by the expected value of the tie to both sides.",
        label="An invite within a day of seeing the card, an acceptance within 14 days, an interaction within 28.",
        metric="Offline: recall of next week's edges, calibration per head. Online: accepted and used ties per member, in ego-cluster tests.",
        not_optimised="Invites sent: they are cheap for the sender and a burden for the receiver, and a system that maximises them turns into spam.",
        baseline="Count mutual connections weighted by how rare they are (Adamic-Adar), two hops only. It is among the strongest hand-made scores for link prediction and enough below a few million members; it fails for newcomers, who have no connections to hop through.",
    ),
    clarifications=[
        Clarification(
            "Is a connection mutual or a follow?",
            "Mutual: one invites, the other accepts. Follows would drop the accept head.",
        ),
        Clarification(
            "What is a good suggestion: known people or useful ones?",
            "People one knows first; useful weak ties through exploration and the value of a tie.",
        ),
        Clarification(
            "May uploaded contacts be used?",
            "With consent as a source, never as a displayed reason, and never for people who opted out.",
        ),
        Clarification(
            "How fresh must the graph be?", "Own blocks and dismissals in 2 s, new edges in a minute, the rest nightly."
        ),
        Clarification(
            "Who must never be shown?",
            "Blocked on either side, opted out, minors to strangers, sensitive links such as patients or ex-partners by rule.",
        ),
        Clarification(
            "How skewed is the graph?",
            "{degree:n} connections on average, hubs with 30,000; a neighbour has {friend_degree:n}.",
        ),
        Clarification("Which scale?", "{members:n} members, {peak_rate:n} loads a second at peak."),
    ],
    requirements=Requirements(
        functional=[
            "Ranked people for the network tab, onboarding and notifications, with reasons that the viewer may see.",
            "Never someone connected, pending, blocked by either, dismissed or opted out; stricter rules for minors.",
            "Newcomers are served from consented contacts, school and employer, and the inviter's neighbourhood.",
            "Accepted and used connections are the goal; receivers are kept from floods; every shown card is logged.",
        ],
        qualities={
            "Latency": "p99 of {promise} at the API, p50 near 110 ms (assumptions).",
            "Freshness": "Own blocks and dismissals act in 2 s, a new edge in 1 min; embeddings are daily (assumptions).",
            "Availability": "99.9 % of loads show someone (assumption); filters fail closed, so empty beats a leak.",
        },
    ),
    estimate=ESTIMATE,
    headline=["peak_rate", "light_scores", "edges", "paths"],
    key_inputs=["active", "visits", "degree", "fanout", "finalists"],
    cost="cost_per_thousand",
    budget=Budget(
        "p99 at the PYMK API",
        promise="promise",
        stages={
            "Edge, auth and experiment arms": "edge_time",
            "Viewer profile, settings and features": "viewer_time",
            "Candidate sources": Parallel(
                {
                    "Nightly candidate table": "table_time",
                    "Live graph": "graph_time",
                    "Member ANN": "ann_time",
                    "Contacts and cohorts": "cohort_time",
                }
            ),
            "Merge, exclusion and privacy filters": "filter_time",
            "Light ranker on {allowed}, {light_lanes:n} cores": "light_time + light_queue",
            "Pair features for {finalists}": "pair_time",
            "Ranker on {finalists}, {ranker_batch:n} loads a batch": "ranker_time + ranker_queue",
            "Re-rank: receiver caps, diversity and fairness": "rerank_time",
            "Cards and mutual-name visibility check": "card_time",
            "Queueing slack": "slack",
        },
    ),
    labels=[
        Label(
            "Invite",
            window="1 day after the card was seen",
            positive="An invite to that person, from any surface.",
            negative="Seen and no invite.",
            ignored="Cards never in view; people the viewer then searched by name (intent existed before).",
            delay="Seconds to hours.",
            bias="Position and familiarity of the photo; heavy inviters dominate and are capped.",
            where="training/Invites and accepts -> Label join",
        ),
        Label(
            "Accept",
            window="14 days after the invite",
            positive="Accepted.",
            negative="Declined, ignored for 14 days, or 'I don't know this person'.",
            ignored="Invites withdrawn within an hour.",
            delay="Median a day, tail two weeks (assumption).",
            bias="Selection: known only where the viewer invited. Receivers with full inboxes ignore everybody.",
            where="training/Invites and accepts -> Label join",
        ),
        Label(
            "Tie used",
            window="28 days after acceptance",
            positive="A message, comment or profile visit between the two.",
            negative="Silence for 28 days.",
            ignored="Automatic congratulations sent by one tap.",
            delay="Four weeks.",
            bias="Active members use every tie; the label is relative to each member's usual rate.",
            where="training/Tie usage -> Label join",
        ),
        Label(
            "Dismiss",
            window="While the card is shown",
            positive="'Remove' or 'I don't know this person'.",
            negative="Nothing is inferred from silence.",
            ignored="Bulk removal of the whole module.",
            delay="None.",
            bias="Rare; a hard exclusion afterwards, so it is never contradicted.",
            where="training/Invites and accepts -> Label join",
        ),
    ],
    training_example={
        "load_id, viewer, candidate": "l_88, m_120, m_7741",
        "viewer": "degree 212, tenure 3 y, 4 invites in 30 d, region Lagos",
        "candidate": "degree 480, 11 pending invites, accept rate 0.52 in 90 d",
        "pair": "mutuals 9, Adamic-Adar 2.1, same employer 2019 to 2021 (overlap 14 months), embedding similarity 0.61",
        "source, position": "nightly two-hop, 3",
        "shown before": "2 times in 30 d, last 9 d ago (discount 0.7)",
        "heads as served": "invite 0.021, accept 0.55, use 0.31",
        "labels": "invite 1 (40 s), accept 1 (day 2), use unknown until day 28",
        "weight": "1 (rows are unweighted; the calibrator undoes the sampling at {kept})",
    },
    features=[
        FeatureGroup(
            "Viewer",
            features=[
                "degree",
                "tenure",
                "invites in 30 d",
                "accept rate of own invites",
                "industry and region",
                "days since last invite",
                "member embedding",
            ],
            freshness="1 h; settings 2 s",
            store="serving/Viewer features",
            leak="Degree read after the label includes the new edge; it is logged as served.",
        ),
        FeatureGroup(
            "Candidate",
            features=[
                "degree",
                "pending invites",
                "accept rate, 90 d",
                "profile completeness",
                "days since last visit",
                "member embedding",
                "fake-account score",
            ],
            freshness="5 min",
            store="serving/Feature service",
            leak="Accept rate includes the labelled answer when recomputed; a lag of a day is kept.",
        ),
        FeatureGroup(
            "Pair, graph",
            features=[
                "mutual connections",
                "Adamic-Adar",
                "tie-strength-weighted mutuals",
                "shortest path before the edge",
                "personalised PageRank",
                "embedding similarity",
            ],
            freshness="1 min for finalists",
            store="serving/Feature service",
            leak="The worst leak of this system: with the labelled edge in the graph, distance is 1. Graph features use the graph before the card was shown.",
        ),
        FeatureGroup(
            "Pair, attributes",
            features=[
                "overlap in months at an employer",
                "same school and years",
                "same city",
                "common groups and events",
                "age-band difference",
                "language in common",
            ],
            freshness="1 day",
            store="serving/Feature service",
            leak="Profiles are edited after meeting; the version at serving time is logged.",
        ),
        FeatureGroup(
            "Exposure and context",
            features=[
                "times this person was shown",
                "days since last shown",
                "candidate source",
                "surface",
                "hour and weekday",
                "card position (bias input only)",
            ],
            freshness="seconds",
            store="serving/Viewer features",
            leak="Exposure counts include this card when written late; they are read before logging.",
        ),
    ],
    loss=Loss(
        objective="The graph network minimises a contrastive loss on next week's edges with random and hard two-hop negatives, on the graph as it was before that week. The ranker minimises three conditional log-losses; uninvited cards are kept at {kept}, unweighted, and the calibrator undoes it.",
        formulas=[
            MathFormula(
                "Link prediction with a temporal split",
                r"\mathcal{L} = -\sum_{(u,v) \in E_{t+1}} \log \frac{e^{z_u \cdot z_v / \tau}}{e^{z_u \cdot z_v / \tau} + \sum_{w \in N_u} e^{z_u \cdot z_w / \tau}}, \quad z = g_\theta(G_t)",
                "z are the vectors that the network g computes on the graph G at time t; E are edges of the following week; N_u holds random members and two-hop neighbours that stayed unconnected. No edge of the label week is in the input.",
            ),
            MathFormula(
                "Adamic-Adar, the baseline and a feature",
                r"AA(u,v) = \sum_{w \in \Gamma(u) \cap \Gamma(v)} \frac{1}{\log |\Gamma(w)|}",
                "A mutual connection counts the less the more connections it has: a hub knows everybody.",
            ),
            MathFormula(
                "Value of a suggestion",
                r"V = p_i \cdot p_{a|i} \cdot (1 + \beta \, p_{u|a}) \cdot h(d_u, d_v) \cdot \delta^{n}",
                "p are the calibrated heads, h is larger where both have few connections, delta (0.85) discounts a person who was seen n times and ignored, beyond what the invite head has learned from n, so that the list rotates.",
            ),
            MathFormula(
                "Undoing the sampling",
                r"p = \frac{q}{q + (1 - q) / s}",
                "q is the invite head's output on data where the share s of uninvited cards was kept. Accept and use are trained on all invites and need no correction.",
            ),
        ],
        calibration="Heads are multiplied and compared with receivers' caps, so each is calibrated: the sampling formula for the invite head, then isotonic by source and degree band. Expected calibration error is checked on the newest matured fortnight; the use head is always four to six weeks behind.",
    ),
    evaluation=Evaluation(
        offline="Graph at Sunday, edges of the next week: recall at {gathered:n} by source and degree band, AUC and calibration per head, precision at {shown:n}. Newcomers and hubs are reported separately.",
        disagreement="Edges of next week were partly caused by the old suggestions, so a model that imitates them looks good; and an offline edge ignores the receiver's inbox and everyone else's network.",
        unit="Ego clusters: a member and the immediate neighbours get the same arm, since an invite treats the other side too. Ties within clusters count as treated.",
        duration="Four weeks, so that most acceptances and first uses are in; retention of newcomers is read at 90 days.",
        power="With a spread of {test_spread:n} times the mean, a lift of {test_lift} takes {test_size} ego clusters an arm. A member-level test has more power and the wrong answer.",
        guardrails="Privacy audit hits (zero), 'don't know' and report rates of invites, pending invites per receiver, share of cards that go to the top 1 % by degree, exposure parity across groups.",
    ),
    biases=[
        Bias(
            "Position bias",
            effect="The first cards are invited more, whoever is on them.",
            cure="Position feeds a bias tower in training only; the first two positions are shuffled for 1 % of loads.",
            where="model/Position tower",
        ),
        Bias(
            "Selection bias",
            effect="Accepts are known only after invites, invites only for shown people.",
            cure="Random negatives in the graph network and an exploration quota; the accept head is checked on explored cards, since invited pairs are not typical ones.",
            where="embedding/Negative sampler",
        ),
        Bias(
            "Popularity bias",
            effect="Hubs have most mutuals, get most cards, and become larger hubs.",
            cure="Adamic-Adar weights, capped hubs, value by degree, receiver caps.",
            where="serving/Re-ranker",
        ),
        Bias(
            "Delayed feedback",
            effect="An invite of yesterday without an answer is no rejection yet.",
            cure="Windows of 1, 14 and 28 days; each head trains on rows that are mature for it.",
            where="training/Label join",
        ),
        Bias(
            "Survivorship of edges",
            effect="The graph shows ties that lasted; removed ones teach what is not wanted.",
            cure="Removals within 28 days are negatives of the use head.",
            where="graph/Graph snapshot",
        ),
        Bias(
            "Cold start: new member",
            effect="No neighbours, so no two hops and no graph vector.",
            cure="A tower on attributes and first actions places the newcomer in the same space within seconds; contacts and cohorts fill the first page.",
            where="embedding/Newcomer tower",
        ),
        Bias(
            "Cold start: sparse member",
            effect="One or two connections give a thin, noisy two-hop set.",
            cure="Personalised PageRank instead of two hops, embedding neighbours beyond them.",
            where="graph/Random-walk job",
        ),
        Bias(
            "Manufactured mutuals",
            effect="Fake clusters connect to real members and look like common friends.",
            cure="Dense young clusters are taken out before mutuals are counted.",
            where="graph/Fake-account filter",
        ),
    ],
    decisions=[
        Decision(
            "Nightly two-hop table, live delta",
            why="The table turns {paths:n} path joins into one read of {table_time}, for {table_bytes} a copy, more than the graph itself; the live graph adds what changed since, so a new friend's friends appear within a minute. A daily member gains {gained:n} edges a day, so this is little except for newcomers.",
            rejected=[
                "live traversal: exact and fresh, but {full_paths:n} uncapped paths a load and unbounded for hubs",
                "the table alone: a day stale just when a newcomer connects",
            ],
            revisit_when="a computed member opens the module less than once a day, against {visits:n} times now: then live reads with the same cap do less work. Memory is not the limit: {adjacency} fit a large server",
        ),
        Decision(
            "Embeddings as one more source",
            why="Two hops find most future ties of connected members; vectors reach beyond them and place newcomers. Added to the funnel they raise recall where the graph is thin without losing what mutuals know.",
            rejected=[
                "embeddings in place of friends of friends: loses the explainable reason and recall for dense members",
                "no embeddings: newcomers get popular people",
            ],
            revisit_when="recall of the ANN source alone exceeds that of two hops in every degree band",
        ),
        Decision(
            "Accepted and used ties as goal",
            why="Three chained heads price the receiver's side: an invite that is ignored costs attention and a tie that is never used adds noise to two feeds.",
            rejected=[
                "invites sent: many labels at once, and an incentive to spam",
                "accepts only: fills networks with ties nobody uses",
            ],
            revisit_when="a young network needs edges of any kind, below about 20 connections a member",
        ),
        Decision(
            "Ego-cluster tests",
            why="A suggestion treats both people, so arms must be neighbourhoods; randomising ego and alters together measures direct and spill-over effect at {test_size} clusters an arm.",
            rejected=[
                "member-level tests: more power, biased because control members receive treated invites",
                "market-level tests: clean, but few and noisy units",
            ],
            revisit_when="a change of card design moves nobody's edges",
        ),
        Decision(
            "Hubs capped by tie strength",
            why="{fanout:n} paths per neighbour, the strongest ones, bound the nightly join at {two_hop_cost:n} core-hours and keep hubs from flooding every list, at the loss of weak ties through them.",
            rejected=[
                "exact counts: unbounded for hubs, and mutuals through a hub mean little",
                "random samples of a hub: bounded, but drops the close colleagues",
            ],
            revisit_when="a reason quotes the count: exact mutuals are computed for the {finalists:n} finalists only",
        ),
        Decision(
            "Contacts by consent, never as reason",
            why="Uploaded contacts predict well and reveal most: showing why would tell a person that somebody has their number. They may retrieve, they may not explain.",
            rejected=[
                "every signal: best recall, and headlines",
                "no contacts: newcomers wait for days for their first tie",
            ],
            revisit_when="the privacy owner approves or withdraws the signal in a region",
        ),
    ],
    failures=[
        FailureMode(
            "A blocked or opted-out person is shown.",
            "The privacy audit re-checks 0.1 % of shown pairs; one hit suffices.",
            "The audit switches the source off by itself, or the whole module if the filter is at fault, until filters verify; pairs are purged and a person is paged.",
        ),
        FailureMode(
            "The nightly graph snapshot is partial.",
            "Edge count or degree histogram is off by more than 1 % from yesterday.",
            "Yesterday's tables stay, the live delta covers the difference, and the snapshot is run again.",
        ),
        FailureMode(
            "The live graph falls behind or a shard stops answering.",
            "A shard is more than 1 min behind the change stream, or reads of it time out.",
            "Another copy of it is read; if none is fresh, the nightly table, vectors and cohorts carry the module and reasons leave out the count. Blocks still hold: the privacy filter follows the change stream by itself.",
        ),
        FailureMode(
            "The rich get richer: hubs collect the cards.",
            "The share of cards to the top 1 % by degree rises week on week.",
            "Receiver caps are tightened, the value by degree is steepened, and the exploration quota is raised.",
        ),
        FailureMode(
            "Fake clusters manufacture mutual connections.",
            "Density and account-age outliers, and invites that are accepted within seconds.",
            "The clusters are left out of mutual counts, their invites throttled, and the accounts reviewed.",
        ),
        FailureMode(
            "Index and viewer vectors come from different models.",
            "Version tags differ at load; the recall probe falls.",
            "The fleet refuses the pair and keeps the last one; the other sources carry the module.",
        ),
        FailureMode(
            "A receiver is flooded with invites.",
            "Pending invites per receiver and their ignore rate exceed the cap.",
            "The re-ranker shows that person less, and invite notifications to them are paused.",
        ),
    ],
    metrics=Metrics(
        offline=[
            "Recall at {gathered:n} of next week's edges, by source and degree band",
            "AUC and calibration per head, precision at {shown:n}",
        ],
        online=[
            "Accepted connections per member, accept rate of invites, share of ties used within 28 days",
            "Newcomers with five ties in seven days, 90-day retention",
        ],
        guardrail=[
            'Privacy audit hits (zero), dismissals and "don\'t know" per thousand cards, reports per thousand invites',
            "Pending invites per receiver, share of cards that go to hubs, exposure parity",
        ],
    ),
    follow_ups=[
        FollowUp(
            "mid",
            "Why not compute friends of friends at request time?",
            answer="A member has {degree:n} connections, each with {friend_degree:n}: {full_paths:n} paths on average and millions for a hub, at {peak_rate:n} loads a second. A nightly job does it once per member expected tomorrow, with hubs capped, in about {two_hop_cost:n} core-hours. At request time only neighbours gained since then are expanded, and the strongest {live_reads:n} of a member who has no row. One read plus a small delta gives the same list.",
            weak="'Use a graph database', with no count of paths.",
            where="graph/Two-hop job",
        ),
        FollowUp(
            "mid",
            "What do you show to somebody who joined a minute ago?",
            answer="Whoever invited them and that person's circle; consented contacts who are members; classmates and colleagues by profile. A tower maps attributes and first actions to the same vector space as the graph network, so the ANN source works before the first edge. The goal is five accepted ties in a week, so people who accept quickly are favoured.",
            weak="'Popular members', who will not accept.",
            where="embedding/Newcomer tower",
        ),
        FollowUp(
            "mid",
            "Are 50 mutual connections always better than 5?",
            answer="No. If the 50 run through a recruiter with 30,000 connections they say little; five colleagues from a small team say much. Adamic-Adar divides each mutual by the log of its degree, tie strength weights it by interaction, and overlap in time and place tells acquaintance from coincidence. The count remains as the displayed reason, because people understand it.",
            weak="Ranking by mutual count.",
            where="serving/Feature service",
        ),
        FollowUp(
            "senior",
            "Your link-prediction AUC is 0.99 offline. What is wrong?",
            answer="Probably leakage: the labelled edge is in the graph that features were computed on, so the distance is 1 or mutual counts include what the edge caused. I rebuild features on the graph before the label week. Next suspect: random negatives, which are trivially easy; negatives should be two-hop neighbours who were shown. AUC near 0.8 on those is honest.",
            weak="'The model is very good', or more regularisation.",
            where="embedding/Negative sampler",
        ),
        FollowUp(
            "senior",
            "Why is a member-level A/B test misleading here?",
            answer="A treated member's better suggestions become invites that land on control members, who gain ties too; the difference shrinks. Or arms compete for the same receivers' attention and it grows. So I randomise ego clusters: a member and neighbours in one arm, analysed per cluster, {test_size} an arm for {test_lift}. Where the graph is one giant component, some leakage stays and is reported.",
            weak="'Users are independent, so a normal test is fine.'",
            where="operations/Experiment analysis",
        ),
        FollowUp(
            "senior",
            "How do you keep the system from spamming receivers?",
            answer="By pricing their side. The accept head is conditional on an invite, so people who never accept score low; pending invites are a feature and a hard cap in the re-ranker; dismissals exclude for good; senders with low accept rates are throttled. And the metric counts accepted and used ties, so more invites alone win nothing.",
            weak="A daily limit on invites only.",
            where="serving/Re-ranker",
        ),
        FollowUp(
            "senior",
            "A member shows up for 200 viewers a day and nobody invites them. What do you do?",
            answer="Impression discounting: each unanswered showing lowers the value by a factor, per pair, so the list rotates. Per candidate I look at the invite rate: fake or empty profiles are handled by the account filter, a hub whom nobody knows by degree value. Exploration stays small, because every card shown reveals somebody's name to a stranger.",
            weak="'Remove them after three impressions' for everybody.",
            where="training/Impression discounting",
        ),
        FollowUp(
            "staff",
            "Which suggestion could harm somebody, and how do you prevent it?",
            answer="A patient to their therapist, an abuser to a victim, a source to a journalist: links that the graph or contacts reveal. Contacts retrieve only with consent and never explain; blocks work both ways within seconds; members can opt out of being suggested; sensitive professions have stricter rules. Filters fail closed, 0.1 % of pairs are audited, and a hit turns the source off.",
            weak="'We check blocks', or privacy as a later step.",
            where="serving/Privacy filter",
        ),
        FollowUp(
            "staff",
            "Growth asks for more connections per member. Would you ship a model that raises them by 5 %?",
            answer="Only after asking which ties. If they go to hubs or are never used, feeds get noisier and accept rates fall later. I look at used ties, newcomers with five ties, receivers' load and the share of cards to hubs, at 28 and 90 days in ego clusters. Evidence on weak ties says moderately weak ones help mobility most, so value need not mean closeness.",
            weak="'Yes, connections are the north star.'",
            where="training/Objective weights",
        ),
        FollowUp(
            "staff",
            "The graph doubles. What breaks first?",
            answer="Not storage: {adjacency} compressed becomes twice that over shards. The two-hop join grows with edges times capped fan-out, so {two_hop_cost:n} core-hours a night become twice that, still cheap; uncapped, twice the degree would mean four times the paths. Inference is {embed_cost:n} GPU-hours and doubles. ANN memory, {index} now, needs more shards. What hurts is the sampler, which reads and shuffles everybody's two-hop neighbourhood daily; I would embed changed neighbourhoods only and refresh the rest weekly.",
            weak="'Add shards everywhere.'",
            where="embedding/Batch inference",
        ),
    ],
    case_studies=[
        CaseStudy(
            "LinkedIn",
            system="PYMK, 2024: candidate generation from graph walks, embeddings and heuristics, a light ranker, deep rankers for invitation sent and accepted, then fairness and diversity re-rankers.",
            difference="Heads are combined linearly with weights found by Bayesian optimisation; we multiply a chain, because accept is only defined after invite. Their daily volume is hundreds of billions of potential connections.",
            source="https://www.linkedin.com/blog/engineering/recommendations/building-a-large-scale-recommendation-system-people-you-may-know",
        ),
        CaseStudy(
            "Snap",
            system="Embedding-based retrieval for friend suggestions: graph network vectors for all users, searched beside friends of friends.",
            difference="Also a second source rather than a replacement; they report more friendships in both dense and sparse markets, which is why our ANN source exists.",
            source="https://doi.org/10.1145/3539618.3591848",
        ),
        CaseStudy(
            "Twitter",
            system="Who to Follow, 2013: the whole follow graph in one server's memory, with random walks from a circle of trust.",
            difference="Follows need no acceptance. They precompute too: servers that each hold the whole graph walk it for one queued user after another, and the results are stored. Our {adjacency} would fit a large server as well, but full two-hop joins through hubs miss the deadline, and a row serves {visits:n} loads; the live graph adds what changed.",
            source="https://doi.org/10.1145/2488388.2488433",
        ),
    ],
    five_minutes=[
        Phase(
            0.5,
            "Frame",
            "This is link prediction with two sides: I suggest, one member invites, another accepts, and only a tie that is used was worth it. So I predict invite, accept given invite, and use given accept. I do not optimise invites, because that is how one builds a spam machine. The baseline is mutual connections weighted by rarity, which is strong for connected members and useless for newcomers. Two things set this apart from other recommenders: the receiver pays too, and a wrong name can do harm.",
        ),
        Phase(
            0.75,
            "Scale",
            "{members:n} members, {edges:n} directed edges, {peak_rate:n} loads a second at peak within {promise}. Friends of friends are {full_paths:n} paths per member uncapped and millions for a hub, so I precompute: each night a capped two-hop join for the members expected tomorrow, about {two_hop_cost:n} core-hours, into a table. The live graph, {adjacency} compressed in memory, adds what changed within a minute. The alternative, walking two hops live, is exact and fresh, and falls over at the first hub.",
        ),
        Phase(
            0.75,
            "Sources and filters",
            "Four sources in parallel: the nightly table, the live delta, an ANN index over graph-network embeddings that reaches beyond two hops, and contacts with consent plus school and employer cohorts. {gathered:n} people are merged. Then filters: connected, pending, dismissed, blocked on either side, opted out, stricter rules for minors. They fail closed: an empty module is better than the wrong name. About {allowed:n} remain, and boosted trees put all sources on one scale and keep {finalists:n}.",
        ),
        Phase(
            1,
            "Model",
            "A graph network samples two-hop neighbourhoods and learns vectors that predict next week's edges from this week's graph; the split in time is essential, or the label leaks into the distance. A tower on attributes places newcomers in the same space. The ranker adds pair features: Adamic-Adar, overlap of months at an employer, embedding similarity, how often the person was shown and ignored. Three heads form a chain and are calibrated, because they are multiplied. The value is higher where both have few ties; the re-ranker caps receivers who have many pending invites, spreads clusters, and explores a little. Reasons on the card name only people the viewer may see, and never an uploaded contact.",
        ),
        Phase(
            0.75,
            "Labels",
            "Labels arrive in three waves: the invite within a day, the answer within fourteen, use within twenty-eight. Each head trains on rows that are mature for it. Uninvited cards are sampled at {kept} and the calibrator undoes that. Features are logged as served, above all the graph ones: recomputed later they contain the edge. Fake clusters are taken out before mutuals are counted, and a person who was shown and ignored is discounted each time.",
        ),
        Phase(
            0.75,
            "Evaluation",
            "Offline, recall of next week's edges by degree band. But those edges were partly caused by the old system. Online, a member-level test is biased, since a treated member's invites land on control. I randomise ego clusters, {test_size} an arm for a lift of {test_lift}, for four weeks. Guardrails are privacy hits, which must be zero, don't-know rates, receiver load and the share of cards that goes to hubs.",
        ),
        Phase(
            0.5,
            "Close",
            "Rankers that are late fall back to the nightly order, still filtered. The privacy audit can switch a source off by itself. It costs about {cost_per_thousand} per thousand loads. What I would watch longest is that the system rewires its own training data: hubs grow, and exploration and degree value are the brakes.",
        ),
    ],
    interview_plan=[
        Phase(5, "Clarify", "Mutual or follow, contacts, freshness, who must never be shown, skew, scale."),
        Phase(4, "Frame", "Two-sided goal, chain of heads, why not invites, Adamic-Adar as baseline."),
        Phase(
            6,
            "Estimate",
            "Edges and memory, two-hop paths capped and uncapped, scores, ANN memory. Conclude: precompute plus delta.",
        ),
        Phase(
            7,
            "High-level design",
            "Four sources, filters that fail closed, light ranker, ranker, re-ranker; the graph's two forms.",
        ),
        Phase(9, "Models", "Graph network with temporal split, newcomer tower, pair features, three heads, value."),
        Phase(5, "Labels", "Three windows, leaks through the graph, impression discounting, fakes."),
        Phase(5, "Evaluation", "Why member-level fails, ego clusters, power, guardrails."),
        Phase(2, "Privacy and operations", "Audit, consent, source switch, snapshot check."),
        Phase(2, "Close", "Weakest point: hubs and the loop. Next step and cost."),
    ],
    building_blocks=["embeddings-retrieval", *LEARNING_BLOCKS, *RESPONSIBILITY_BLOCKS, *COMMON_BLOCKS],
    sources=bibliography("""
        P. Agrawal (LinkedIn), "Building a Large-Scale Recommendation System: People You May Know", LinkedIn Engineering 2024
            https://www.linkedin.com/blog/engineering/recommendations/building-a-large-scale-recommendation-system-people-you-may-know
            member count, the funnel with its sources and sizes
        J. Shi et al. (Snap), "Embedding Based Retrieval in Friend Recommendation", SIGIR 2023
            https://doi.org/10.1145/3539618.3591848 embeddings as an extra source beyond two hops
        T. Zhao et al. (Snap), "GiGL: Large-Scale Graph Neural Networks at Snapchat", arXiv 2025
            https://arxiv.org/abs/2502.15054 preprocess, sample, train, infer
        A. Sankar et al. (Snap), "Graph Neural Networks for Friend Ranking in Large-scale Social Platforms", WWW 2021
            https://doi.org/10.1145/3442381.3450120 attention over neighbourhoods for friend ranking
        P. Gupta et al. (Twitter), "WTF: The Who to Follow Service at Twitter", WWW 2013
            https://doi.org/10.1145/2488388.2488433 the whole graph in one server's memory, random walks
        G. Saint-Jacques et al. (LinkedIn), "Using Ego-Clusters to Measure Network Effects at LinkedIn", arXiv 2019
            https://arxiv.org/abs/1903.08755 tests by ego cluster
        K. Rajkumar et al., "A causal test of the strength of weak ties", Science 2022
            https://doi.org/10.1126/science.abl4476 what suggested ties are worth
        D. Liben-Nowell, J. Kleinberg, "The Link-Prediction Problem for Social Networks", JASIST 2007
            https://doi.org/10.1002/asi.20591 mutual counts, Adamic-Adar and Katz as baselines
    """),
)


@view("Overview")
def overview() -> None:
    """Candidates come from the graph, from vectors and from contacts; rankers choose for both sides; each accepted invite changes the graph."""
    members = Users("Members", tooltip="See cards; invite, accept or dismiss")
    with Cluster("Online"):
        service = Java("PYMK service", tooltip="Runs the funnel inside {promise}")
        sources = Retriever("Candidate sources", tooltip="Two-hop graph, embedding neighbours, contacts and cohorts")
        privacy = Guard("Privacy filter\nfails closed", tooltip="Removes everyone who must not be shown")
        ranker = Ranker("Ranker\nlight, then full", tooltip="Predicts invite, acceptance and later interaction")
        reranker = Ranker("Re-ranker\ntwo-sided", tooltip="Applies receiver caps, diversity, fairness of the list")
    with Cluster("Graph"):
        graph = GraphStore("Live graph\n{edges:n} edges", tooltip="Holds directed edges in memory, sharded by member")
        embedding = Spark("Graph embedding\nSpark, GNN", tooltip="Samples subgraphs, trains, embeds all members daily")
    with Cluster("Data"):
        events = Kafka("Event log\nKafka", tooltip="Carries connects, invites, accepts, cards seen, dismissals")
        features = FeatureStore("Online feature store", tooltip="Serves member and pair features, logged as used")
        lake = S3("Data lake", tooltip="Stores graph snapshots and one row per shown card")
    with Cluster("Learning"):
        training = Kubeflow("Training pipeline", tooltip="Joins the answers of both people, trains the rankers")
        registry = Mlflow("Model registry", tooltip="Versions ranker, embedding and index as one bundle")

    members >> request("open tab") >> service >> request("viewer id") >> sources >> request("two-hop read") >> graph
    sources >> response("{gathered} people") >> privacy >> response("{allowed} allowed") >> ranker
    ranker >> request("pair features") >> features
    ranker >> response("{finalists} scored") >> reranker >> response("{shown} cards") >> members
    reranker >> stream("cards as shown") >> events
    members >> feedback("invite, accept,\ndismiss") >> events >> stream("edges, 1 min") >> graph
    events >> stream("counters") >> features
    events >> batch("hourly rows") >> lake >> batch("graph snapshot") >> embedding >> batch("ANN index") >> sources
    lake >> batch("shown cards") >> training >> control("gated models") >> registry >> control("rollout") >> ranker


@view("Serving", details="overview/Online")
def serving() -> None:
    """From {members:n} members to {shown} cards, with both people's settings checked before any model sees a name."""
    app = Mobile("Member app", tooltip="Opens the tab; reports which cards were seen")
    with Cluster("Edge"):
        gateway = Envoy("API gateway", tooltip="Authenticates, sets the deadline, limits profile scraping")
        service = Java(
            "PYMK service", tooltip="Runs the funnel; if a ranker is late, serves the nightly order, still filtered"
        )
        experiments = Experiment(
            "Experiment assignment", tooltip="Returns the arm of the viewer's ego cluster, read locally"
        )
    with Cluster("Sources"):
        viewer = Redis("Viewer features\nRedis", tooltip="Holds profile, settings, degree, last actions, embedding")
        nightly = Scylla("Candidate table\nScylla", tooltip="Holds two-hop and random-walk candidates, computed ahead")
        live_graph = GraphStore(
            "Live graph\ntwo hops",
            tooltip="Returns neighbours of neighbours gained since last night, and capped two hops for members without a nightly row",
        )
        ann = VectorIndex(
            "Member ANN index", tooltip="Reaches beyond two hops; over-fetches, since the nearest are often connected"
        )
        contacts = Retriever("Contacts and cohorts", tooltip="Finds consented contacts, same school, team or event")
    with Cluster("Filter"):
        merge = Assembler("Merge", tooltip="De-duplicates and keeps source tags")
        exclusions = Redis(
            "Exclusion sets\nRedis",
            tooltip="Hold connected, pending, dismissed, deactivated people; invites made elsewhere come from the connection service",
        )
        privacy = Guard("Privacy filter", tooltip="Applies blocks on either side, opt-outs, minors, sensitive links")
    with Cluster("Rank"):
        light_ranker = Ranker(
            "Light ranker\ntrees", tooltip="Scores what the sources return with each person, on {light_lanes:n} cores"
        )
        pairs = FastAPI(
            "Feature service",
            tooltip="Reads candidates' features, computes those of pairs: mutuals, overlap in time and place",
        )
        ranker = Ranker("Ranker\nGPU server", tooltip="Predicts invite, accept and use, calibrated")
    with Cluster("Compose"):
        receivers = Redis("Receiver load\nRedis", tooltip="Counts pending invites, ignores and cards of each candidate")
        reranker = Ranker("Re-ranker\ntwo-sided", tooltip="Caps invites per receiver, spreads clusters, explores")
        cards = GraphQL("Card builder", tooltip="Writes the reason from facts that the viewer may see")
    log = Kafka("Serving log\nKafka", tooltip="Keeps features, sources, scores and positions as shown")

    with step("The network tab opens, at up to {peak_rate:n} loads a second, each with a {promise} deadline."):
        app >> request("GET suggestions") >> gateway >> request("{promise} deadline") >> service
    with step("The arm is read locally; profile, settings, embedding and recent actions arrive in {viewer_time}."):
        service >> request("cluster hash") >> experiments
        service >> request("viewer id") >> viewer
    with step("Four sources are asked at once; what is later than {graph_time} is left out."):
        service >> request("viewer id") >> nightly
        service >> request("recent edges") >> live_graph
        service >> request("viewer vector") >> ann
        service >> request("consented keys") >> contacts
    with step("{nightly}, {live}, {nearest} and {known} people, at most, become one list with source tags."):
        nightly >> response("{nightly} people") >> merge
        live_graph >> response("{live} people") >> merge
        ann >> response("{nearest} people") >> merge
        contacts >> response("{known} people") >> merge
    with step("Who is connected, dismissed, blocked or opted out is removed; if a filter fails, nobody is shown."):
        merge >> request("{gathered} ids") >> exclusions
        merge >> response("unconnected people") >> privacy
    with step("Trees score the {allowed} who may be shown in {light_time} and keep {finalists}."):
        privacy >> response("{allowed} allowed") >> light_ranker >> response("top {finalists}") >> ranker
    with step(
        "Pair features for {finalists} take {pair_time}; a GPU batch gives three calibrated heads in {ranker_time}."
    ):
        ranker >> request("{finalists} pairs") >> pairs >> request("exact mutuals") >> live_graph
        service >> response("viewer features") >> ranker
    with step("P(invite) x P(accept) x value of the tie orders them; receivers near their cap move down."):
        ranker >> response("three heads") >> reranker >> request("{finalists:n} receivers") >> receivers
    with step("{shown} cards are built, with reasons that name only people whom the viewer may see."):
        reranker >> response("{shown} people") >> cards >> request("mutual-name check") >> privacy
        cards >> response("{shown} cards") >> app
    with step("Cards are logged as shown; what was seen, invited or dismissed comes back, and dismissals act in 2 s."):
        cards >> stream("cards as shown") >> log
        app >> feedback("seen, invite,\ndismiss") >> log
        log >> stream("dismissed, pending,\nunder 2 s") >> exclusions
        log >> stream("invites, ignores") >> receivers


@view("Model", direction="TB", details="serving/Ranker")
def model() -> None:
    """Two networks: one turns neighbourhoods into vectors, one ranks pairs with three chained, calibrated heads."""
    with Cluster("Inputs"):
        neighbours = Features(
            "Sampled neighbourhoods", tooltip="Two hops around each member, hubs capped, graph before the label week"
        )
        attributes = Features("Member attributes", tooltip="Employer, school, region, tenure, activity")
        pair = Features("Pair", tooltip="Adamic-Adar, weighted mutuals, overlap in months, times shown")
        position = Features("Card position", tooltip="Known in training only")
    with Cluster("Graph network"):
        encoder = Encoder("Graph encoder", tooltip="Two layers of attention over neighbours: which ties matter")
        newcomer = EmbeddingTower("Newcomer tower", tooltip="Maps attributes and first actions to the same space")
        link_loss = LossFunction(
            "Contrastive loss", tooltip="Edges of the next week against random and two-hop negatives"
        )
    with Cluster("Ranker"):
        cross = Interaction(
            "Pair interaction",
            tooltip="Dot product and elementwise product of both vectors, crossed with pair features",
        )
        trunk = Expert("Shared trunk", tooltip="Three wide dense layers for all heads, {ranker_compute} a pair")
        tower = Expert("Position tower", tooltip="Adds a logit to the invite head; dropped in serving")
        with Cluster("Heads") as heads:
            invite = Head("P(invite)", tooltip="On seen cards, negatives sampled at {kept}")
            accept = Head("P(accept | invite)", tooltip="On invites older than 14 days")
            use = Head("P(use | accept)", tooltip="On ties older than 28 days")
    value = RuleEngine(
        "Value of tie", tooltip="Calibrated chain times value by degree, discounted for cards ignored before"
    )
    labels = LabelJoin(
        "Joined labels", tooltip="Invite within 1 day, accept within 14, use within 28; new edges by snapshot"
    )
    loss = LossFunction("Three log-losses", tooltip="Each on rows that are mature for its head")

    same_row(neighbours, attributes, pair, position)
    same_row(invite, accept, use)
    neighbours >> encoder
    attributes >> encoder
    attributes >> newcomer
    encoder >> Edge(label="128 d") >> link_loss
    encoder >> Edge(label="distilled") >> newcomer
    encoder >> Edge(label="2 × 128") >> cross
    pair >> cross >> Edge(label="400 d") >> trunk
    trunk >> heads
    position >> tower >> Edge(label="logit, training") >> invite
    heads >> Edge(label="3 probabilities") >> value
    heads >> loss
    labels >> feedback("three labels") >> loss
    labels >> feedback("next week's edges") >> link_loss


@view("Graph", details="overview/Live graph")
def graph() -> None:
    """One social graph in two forms: live in memory for reads within a minute, a nightly snapshot for heavy joins."""
    with Cluster("Write path"):
        connections = Java("Connection service", tooltip="Owns invites and accepted edges")
        edge_db = Mysql("Edge database\nMySQL", tooltip="Source of truth, both directions, sharded by member")
        privacy_store = Cockroachdb(
            "Privacy store\nCockroachDB", tooltip="Stores blocks and settings with strong consistency"
        )
        changes = Kafka("Change stream\nKafka", tooltip="Carries adds, removals and blocks, in order by member")
    with Cluster("Live graph"):
        shards = GraphStore(
            "Graph shards\n{adjacency}",
            tooltip="Hold sorted neighbour lists, {graph_shards:n} shards, {graph_copies:n} copies",
        )
        privacy = Guard("Privacy filter", tooltip="Holds blocks and settings in memory, seconds old")
        hub_cap = RuleEngine(
            "Hub cap\n{fanout} a neighbour",
            tooltip="Keeps the most useful neighbours of a hub, for reads and joins alike",
        )
    with Cluster("Batch graph"):
        snapshot = S3(
            "Graph snapshot",
            tooltip="Stores a consistent edge list with age, type and recent interactions of each edge",
        )
        tie_strength = Spark("Tie strength\nSpark", tooltip="Weights edges by messages, views and recency")
        fakes = Guard("Fake-account filter", tooltip="Removes dense spam clusters before they count as mutuals")
        with Cluster("Candidate jobs") as jobs:
            two_hop = Spark("Two-hop job\nSpark", tooltip="Joins {paths} capped paths in {two_hop_cost:n} core-hours")
            random_walk = Spark(
                "Random-walk job\nSpark", tooltip="Computes personalised PageRank for members with few connections"
            )
        table = Scylla(
            "Candidate table\nScylla",
            tooltip="Holds the best {nightly} per active member, {table_bytes} a copy, swapped nightly",
        )

    connections >> request("accept, remove") >> edge_db >> stream("CDC, {edge_writes}") >> changes
    connections >> request("block, settings") >> privacy_store >> stream("blocks first") >> changes
    changes >> stream("under 1 min") >> shards
    hub_cap >> control("read cap") >> shards
    changes >> batch("compaction") >> snapshot >> batch("edges, interactions") >> tie_strength
    tie_strength >> batch("weighted edges") >> jobs
    tie_strength >> batch("strength by edge") >> hub_cap >> control("join cap") >> two_hop
    snapshot >> batch("edges with age") >> fakes
    fakes >> batch("excluded accounts") >> jobs
    two_hop >> batch("{nightly} each") >> table
    random_walk >> batch("sparse members") >> table
    changes >> stream("purge pairs") >> table
    changes >> stream("blocks,\nunder 2 s") >> privacy


@view("Embedding", details="overview/Graph embedding")
def embedding() -> None:
    """Members as vectors: a graph neural network reaches beyond two hops and places newcomers by their attributes."""
    with Cluster("Data"):
        snapshot = S3(
            "Graph snapshot", tooltip="Stores dated edges, their types and member attributes, up to yesterday"
        )
        preprocess = Spark("Graph preprocessing\nSpark", tooltip="Encodes features, drops private fields, renumbers")
        sampler = Spark(
            "Subgraph sampler\nSpark",
            tooltip="Samples two-hop neighbourhoods, hubs capped; for training before the label week",
        )
        negatives = Spark(
            "Negative sampler\nSpark", tooltip="Draws random and hard two-hop negatives, all before the label week"
        )
    with Cluster("Train"):
        trainer = Trainer("GNN trainer", tooltip="Attention over neighbours; predicts the edges of the next week")
        gpus = GPU("GPU pool", tooltip="Runs distributed training and batch inference")
        gate = Choice("Offline gate\nrecall", tooltip="Recall at {nearest} of next week's edges, by degree band")
        registry = Mlflow("Model registry", tooltip="Versions the model together with its vector space")
    with Cluster("Publish"):
        inference = EmbeddingTower("Batch inference", tooltip="Computes {members} vectors in {embed_cost:n} GPU-hours")
        newcomers = EmbeddingTower(
            "Newcomer tower", tooltip="Computes a vector from attributes and first actions, in seconds"
        )
        build = VectorIndex("Index build\n{ann_shards:n} shards", tooltip="Builds an int8 HNSW index, {index} in all")
        pointer = Etcd("Version pointer\netcd", tooltip="Moves viewer vectors, newcomer tower and index together")
        viewer = Redis("Viewer features\nRedis", tooltip="Holds the query vector of each member, by version")
        fleet = ModelPool(
            "ANN fleet", tooltip="Answers neighbour queries; holds two versions ({ann_memory} a host) until the swap"
        )

    snapshot >> batch("nightly") >> preprocess >> batch("typed graph") >> sampler >> batch("subgraphs") >> trainer
    snapshot >> feedback("next week's edges") >> trainer
    sampler >> batch("two-hop pairs") >> negatives >> batch("negatives") >> trainer >> batch("training job") >> gpus
    trainer >> batch("held-out week") >> gate >> control("passed model") >> registry
    registry >> control("model version") >> inference
    registry >> control("attribute tower") >> newcomers
    sampler >> batch("all subgraphs") >> inference >> batch("inference job") >> gpus
    inference >> batch("{vectors} vectors") >> build >> control("new index") >> pointer
    inference >> batch("query vectors") >> viewer
    build >> batch("{index} in shards") >> fleet
    pointer >> control("atomic flip") >> [fleet, viewer, newcomers]
    newcomers >> stream("newcomer vector") >> [fleet, viewer]


@view("Training", details="overview/Training pipeline")
def training() -> None:
    """Rankers learn from both sides: the invite now, the answer within two weeks, and whether the tie is used."""
    with Cluster("Labels"):
        log = Kafka(
            "Serving log\nKafka", tooltip="Keeps shown cards with features and position, and allowed people who lost"
        )
        invites = Kafka("Invites and accepts\nKafka", tooltip="Carries outcomes of two people at different times")
        usage = Kafka("Tie usage\nKafka", tooltip="Carries messages, views and reactions in the next 28 days")
        join = Flink(
            "Label join\nFlink",
            tooltip="Joins an invite within 1 day, accept within 14, use within 28; keeps {kept} of uninvited cards",
        )
        table = S3("Training table", tooltip="Stores rows with features as served; labels are corrected as they mature")
    with Cluster("Train"):
        discounting = Spark(
            "Impression discounting\nSpark",
            tooltip="Counts showings that were ignored, per pair, before rows are sampled",
        )
        ranker = Trainer("Ranker trainer", tooltip="Heads invite, accept, use; card position is a bias input only")
        distiller = Distiller("Light ranker distillation", tooltip="Fits scores on all {allowed} allowed people")
        calibration = Calibrator("Calibrator\nby head", tooltip="Undoes sampling, so that heads multiply")
        objective = RuleEngine(
            "Objective weights", tooltip="Value of an edge by the degree of both people; owned by growth and privacy"
        )
    with Cluster("Release"):
        gate = Choice("Offline gate", tooltip="AUC, calibration; slices by degree, tenure, region, gender")
        registry = Mlflow("Model registry", tooltip="One bundle with embedding and index version")
        canary = Flagger("Shadow and canary", tooltip="Ramps by ego cluster, because edges spill over")
        fleet = ModelPool("Serving fleet", tooltip="Loads the bundle, reports skew")

    log >> stream("shown cards") >> join
    invites >> feedback("invite, accept,\ndismiss") >> join
    usage >> feedback("usage") >> join >> batch("{rows:n} rows/day") >> table
    log >> batch("all showings") >> discounting
    table >> batch("{table_days}") >> ranker
    table >> batch("held-out fortnight") >> calibration
    discounting >> batch("discount features") >> ranker
    log >> batch("allowed people") >> distiller
    ranker >> batch("teacher scores") >> distiller >> batch("top-{finalists} overlap") >> gate
    ranker >> batch("raw heads") >> calibration >> batch("probabilities") >> objective
    objective >> batch("combined value") >> gate
    gate >> control("passed bundle") >> registry >> control("bundle id") >> canary
    canary >> control("staged rollout") >> fleet >> stream("new cards") >> log


@view("Operations")
def operations() -> None:
    """Watching a system that rewires its own data: privacy audit, spam brakes, network-aware tests, fallbacks."""
    with Cluster("Serving"):
        services = ModelPool("Funnel services", tooltip="Emit stage counts, latency and source shares")
        events = Kafka("Event log\nKafka", tooltip="Carries invites, accepts, dismissals and reports")
        fallback = Fallback("Fallback ladder", tooltip="Light rank, nightly table, cohort list; filters always on")
        flags = Etcd("Feature flags\netcd", tooltip="Turn off one source or signal at once")
        connections = Java("Connection service", tooltip="Limits how many invites an account may send")
        privacy_store = Cockroachdb("Privacy store\nCockroachDB", tooltip="Source of truth for blocks and settings")
    with Cluster("Observe"):
        metrics = Prometheus("Metrics\nPrometheus", tooltip="Stage p99, empty modules, graph lag")
        audit = Monitor(
            "Privacy audit",
            tooltip="Re-checks 0.1 % of shown pairs against blocks and settings; a hit turns the source off",
        )
        quality = Flink("Live quality\nFlink", tooltip='Invite, accept, dismiss and "don\'t know" rates')
        abuse = Monitor("Invite-abuse detector", tooltip="Finds bulk inviters, fake clusters, scraping")
        snapshots = Spark("Snapshot check\nSpark", tooltip="Degree, edge count and embedding drift by day")
        dashboards = Grafana("Dashboards\nGrafana", tooltip="Show both sides: senders and receivers")
        alerts = Pagerduty(
            "On-call alerts", tooltip="Pages a person on any privacy hit, falling accept rate, stale graph"
        )
    with Cluster("Decide"):
        oncall = User("On-call engineer", tooltip="Judges the page, starts a rollback")
        analysis = Clickhouse("Experiment analysis", tooltip="Ego-cluster arms: direct and spill-over effects, 90 days")
        owners = Users("Growth and\nprivacy owners", tooltip="Approve signals and launches")
        rebuild = Airflow(
            "Rebuild trigger", tooltip="Runs nightly tables and the ranker; keeps yesterday's on a bad one"
        )
        rollback = Argocd("Rollback controller", tooltip="Restores ranker, embedding and index versions together")

    services >> stream("RED metrics") >> metrics >> stream("series") >> dashboards
    services >> stream("shown pairs") >> audit >> control("source off") >> flags
    audit >> control("any violation") >> alerts
    services >> stream("cards, scores") >> quality >> stream("two-sided rates") >> dashboards
    events >> feedback("invites, answers") >> quality
    events >> stream("invite patterns") >> abuse >> control("limit sender") >> connections
    audit >> request("current settings") >> privacy_store
    connections >> stream("invites, answers") >> events
    metrics >> control("graph lag, SLO") >> alerts
    quality >> control("accept-rate fall") >> rebuild >> batch("new snapshot") >> snapshots
    snapshots >> control("pass or keep") >> rebuild >> control("good tables") >> services
    quality >> batch("per-cluster outcomes") >> analysis >> feedback("long-run read-out") >> owners
    owners >> control("ramp or stop") >> flags >> control("switches, arms") >> services
    alerts >> control("page") >> oncall >> control("bad release") >> rollback >> control("previous bundle") >> services
    services >> control("stage timeout") >> fallback >> stream("degraded share") >> metrics
