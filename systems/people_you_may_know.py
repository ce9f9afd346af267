"""Suggest to a member 20 people whom they probably know, out of a billion accounts, within 250 ms.

This is link prediction on a huge, heavy-tailed graph that changes all day. The best candidates sit two hops away, but
two hops from a hub is millions of paths, and a new member has no hops at all.

It takes two to succeed: one invites, the other accepts. Each new edge changes the network for everyone around it, and
a wrong suggestion can expose a relationship that somebody wanted to keep private.
"""

from diagrams import Cluster
from diagrams.aws.storage import S3
from diagrams.gcp.compute import GPU
from diagrams.generic.device import Mobile
from diagrams.onprem.analytics import Flink, Spark
from diagrams.onprem.client import Users
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
    Budget,
    Calibrator,
    Decision,
    Distiller,
    EmbeddingTower,
    Estimate,
    Experiment,
    FailureMode,
    Fallback,
    FeatureStore,
    GraphStore,
    Guard,
    InterviewRank,
    Metrics,
    ModelPool,
    Monitor,
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
    request,
    step,
    stream,
    view,
)

ESTIMATE = Estimate(
    members=cite("Members", 1e9, "member", source="LinkedIn Engineering 2024", note="more than one billion"),
    active=assume("Daily active members", 150e6, "member"),
    visits=assume("Module loads of an active member", 4, "load/member/day"),
    nightly=assume("Candidates from the nightly table", 2_000, "person/load"),
    live=assume("Candidates from the live graph", 800, "person/load"),
    nearest=assume("Candidates from the member ANN", 1_000, "person/load"),
    known=assume("Candidates from contacts and cohorts", 200, "person/load"),
    gathered=derive("Candidates gathered", "nightly + live + nearest + known", "person/load"),
    allowed=assume("Candidates after the filters", 3_000, "person/load"),
    finalists=assume("Candidates after the light ranker", 600, "person/load"),
    shown=assume("Cards returned", 20, "card/load"),
    peak_factor=assume("Peak over average", 2.5),
    loads=derive("Loads per day", "active * visits", "load/day"),
    mean_rate=derive("Average load rate", "loads", "load/s"),
    peak_rate=derive("Peak load rate", "mean_rate * peak_factor", "load/s"),
    degree=assume("Connections of a member", 100, "edge/member"),
    edges=derive("Directed edges", "members * degree", "edge", note="each connection is stored from both sides"),
    id_bytes=assume("Bytes of a member id", 8, "byte/edge"),
    raw_adjacency=derive("Adjacency, raw ids", "edges * id_bytes", "byte"),
    delta_bytes=assume("Bytes of an edge as sorted deltas", 3, "byte/edge"),
    adjacency=derive("Adjacency, compressed", "edges * delta_bytes", "byte"),
    graph_shards=assume("Graph shards", 16, "shard"),
    friend_degree=assume("Connections of a neighbour", 400, "path/edge", note="friends have more friends than average"),
    full_paths=derive("Two-hop paths of a member, uncapped", "degree * friend_degree", "path/member"),
    fanout=assume("Paths kept per neighbour", 200, "path/edge", note="hubs capped"),
    paths=derive("Two-hop paths a night", "active * degree * fanout", "path", note="members expected tomorrow"),
    path_speed=assume("Paths a core joins, with shuffle", 2e6, "path/s/core"),
    two_hop_cost=derive("Two-hop job, core-hours", "paths / path_speed", "core*hour"),
    embed_speed=assume("Members a GPU embeds", 20e3, "member/s/GPU"),
    embed_cost=derive("Batch inference, GPU-hours", "members / embed_speed", "GPU*hour"),
    dimensions=assume("Embedding dimension", 128, "number/member"),
    number_bytes=assume("Bytes per dimension", 1, "byte/number", note="int8"),
    vectors=derive("Embeddings", "members * dimensions * number_bytes", "byte"),
    links=assume("HNSW links of a member", 32, "link/member", note="lowest layer with M = 16"),
    link_bytes=assume("Bytes per link", 4, "byte/link"),
    index=derive("ANN index", "vectors + members * links * link_bytes", "byte"),
    ann_shards=assume("ANN shards", 8, "shard"),
    ann_shard=derive("Memory of an ANN shard", "index / ann_shards", "byte/shard"),
    light_scores=derive("Light-ranker scores at peak", "peak_rate * allowed", "person/s"),
    scores=derive("Ranker scores at peak", "peak_rate * finalists", "person/s"),
    ranker_speed=assume("Ranker speed", 150e3, "person/s/GPU"),
    busy=assume("Load at which GPUs are run", 60, "percent"),
    ranker_gpus=derive("Ranker GPUs", "ceil(scores / (ranker_speed * busy))", "GPU"),
    seen=assume("Cards seen", 10, "card/load"),
    cards=derive("Cards seen per day", "loads * seen", "card/day"),
    invited=assume("Seen cards that lead to an invite", 0.5, "percent"),
    invites=derive("Invites per day", "cards * invited", "card/day"),
    kept=assume("Other cards kept for training", 5, "percent", note="calibration undoes the sampling"),
    rows=derive("Training rows per day", "invites + (cards - invites) * kept", "card/day"),
    accepted=assume("Invites that are accepted", 40, "percent*connection/card"),
    connections=derive("New connections per day", "invites * accepted", "connection/day"),
    sides=assume("Directed edges of a connection", 2, "edge/connection"),
    edge_writes=derive("Edge writes", "connections * sides", "edge/s", note="small; the read fan-out is not"),
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
    requirements=Requirements(
        functional=[
            "Ranked people for the network tab, onboarding and notifications, with reasons that the viewer may see.",
            "Never someone connected, pending, blocked by either, dismissed or opted out; stricter rules for minors.",
            "Newcomers are served from consented contacts, school and employer, and the inviter's neighbourhood.",
            "Accepted and used connections are the goal; receivers are kept from floods; every shown card is logged.",
        ],
        qualities={
            "Latency": "p99 of 250 ms at the API, p50 near 110 ms (assumptions).",
            "Freshness": "Own blocks and dismissals act in 2 s, a new edge in 1 min; embeddings are daily (assumptions).",
            "Availability": "99.9 % of loads show someone (assumption); filters fail closed, so empty beats a leak.",
        },
    ),
    estimate=ESTIMATE,
    headline=["peak_rate", "light_scores", "edges", "paths"],
    budget=Budget(
        "p99 at the PYMK API",
        promise=250,
        stages={
            "Edge, auth, experiment arms": 12,
            "Viewer profile, settings, features": 18,
            "Candidate sources in parallel, 60 ms deadline each": 60,
            "Merge and exclusion filters": 20,
            "Light ranker on {allowed}": 20,
            "Pair features for {finalists}": 35,
            "Ranker on {finalists}": 40,
            "Re-rank: receiver caps, diversity, fairness": 15,
            "Cards and mutual-name visibility check": 20,
            "Queueing slack": 10,
        },
    ),
    decisions=[
        Decision(
            "Nightly two-hop table, live delta",
            rejected=["live traversal"],
            revisit_when="the graph fits into one server's memory",
        ),
        Decision(
            "Embeddings as one more source",
            rejected=["embeddings for friends of friends"],
            revisit_when="the graph is thin",
        ),
        Decision(
            "Accepted and used ties as goal",
            rejected=["invites sent"],
            revisit_when="a young network needs edges of any kind",
        ),
        Decision(
            "Ego-cluster tests",
            rejected=["member-level tests"],
            revisit_when="a change of card design moves nobody's edges",
        ),
        Decision(
            "Hubs capped by tie strength",
            rejected=["exact counts"],
            revisit_when="a reason quotes the count: finalists only",
        ),
        Decision(
            "Contacts by consent, never as reason",
            rejected=["every signal"],
            revisit_when="the privacy owner approves that signal",
        ),
    ],
    failures=[
        FailureMode(
            "A blocked person is shown", "Privacy audit, any hit pages", "Source off, purge pairs, show nobody"
        ),
        FailureMode(
            "The graph snapshot is partial", "Edges, degrees off by 1 %", "Yesterday's tables, live delta, re-run"
        ),
        FailureMode("The rich get richer", "Card share of the top 1 % by degree", "Tighter caps, exploration quota"),
        FailureMode("Fake clusters make mutuals", "Density and age outliers", "Leave out of counts, throttle, review"),
        FailureMode(
            "Index and viewer vector differ", "Version tags, recall probe", "Refuse the pair, keep the last one"
        ),
        FailureMode(
            "A receiver is flooded", "Pending invites, ignore rate", "Show that person less, pause notifications"
        ),
    ],
    metrics=Metrics(
        offline=["Recall at {gathered} of next-week edges", "AUC, calibration per head, precision at {shown}"],
        online=[
            "Accepted connections per member, accept rate, share of ties used within 28 days",
            "Newcomers with five ties in seven days, 90-day retention",
        ],
        guardrail=[
            'Privacy audit hits (zero), dismissals, "don\'t know" rate, reports on invites',
            "Pending invites per receiver, share of cards that go to hubs, exposure parity",
        ],
    ),
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
    """Three kinds of source read a live graph, rankers choose for both sides, and each invite changes the graph."""
    members = Users("Members", tooltip="See cards; invite, accept or dismiss")
    with Cluster("Online"):
        service = Java("PYMK service", tooltip="Runs the funnel inside 250 ms")
        sources = Retriever("Candidate sources", tooltip="Two-hop graph, embedding neighbours, contacts and cohorts")
        privacy = Guard("Privacy filter\nfails closed", tooltip="Removes everyone who must not be shown")
        ranker = Ranker("Ranker\nlight, then full", tooltip="Predicts invite, acceptance and later interaction")
        reranker = Ranker("Re-ranker\ntwo-sided", tooltip="Receiver caps, diversity, fairness of the list")
    with Cluster("Graph"):
        graph = GraphStore("Live graph\n{edges:n} edges", tooltip="Directed edges in memory, sharded by member")
        embedding = Spark("Graph embedding\nSpark, GNN", tooltip="Samples subgraphs, trains, embeds all members daily")
    with Cluster("Data"):
        events = Kafka("Event log\nKafka", tooltip="Connects, invites, accepts, cards seen, dismissals")
        features = FeatureStore("Online feature store", tooltip="Member and pair features, logged as used")
        lake = S3("Data lake", tooltip="Graph snapshots and one row per shown card")
    with Cluster("Learning"):
        training = Kubeflow("Training pipeline", tooltip="Joins the answers of both people, trains the rankers")
        registry = Mlflow("Model registry", tooltip="Ranker, embedding and index versions as one bundle")

    members >> request("open tab") >> service >> request("viewer id") >> sources >> request("two-hop read") >> graph
    sources >> request("{gathered} people") >> privacy >> request("{allowed} allowed") >> ranker
    ranker >> request("pair features") >> features
    ranker >> request("{finalists} scored") >> reranker >> request("{shown} cards") >> members
    members >> feedback("invite, accept,\ndismiss") >> events >> stream("edges, 1 min") >> graph
    events >> stream("counters") >> features
    events >> batch("hourly rows") >> lake >> batch("graph snapshot") >> embedding >> batch("ANN index") >> sources
    lake >> batch("shown cards") >> training >> control("gated models") >> registry >> control("rollout") >> ranker


@view("Serving")
def serving() -> None:
    """From {members:n} members to {shown} cards, with both people's settings checked before any model sees a name."""
    app = Mobile("Member app", tooltip="Opens the tab; reports which cards were seen")
    with Cluster("Edge"):
        gateway = Envoy("API gateway", tooltip="Authenticates, sets the deadline, limits profile scraping")
        service = Java("PYMK service", tooltip="Runs the funnel; if a ranker is late, nightly order, still filtered")
        experiments = Experiment("Experiment assignment", tooltip="Arm of the viewer's ego cluster, read locally")
    with Cluster("Sources"):
        viewer = Redis("Viewer features\nRedis", tooltip="Profile, settings, degree, last actions, embedding")
        nightly = Scylla("Candidate table\nScylla", tooltip="Two-hop and random-walk candidates, computed ahead")
        live_graph = GraphStore("Live graph\ntwo hops", tooltip="Neighbours of neighbours gained since last night")
        ann = VectorIndex("Member ANN index", tooltip="Beyond two hops; over-fetches: the nearest are often connected")
        contacts = Retriever("Contacts and cohorts", tooltip="Consented contacts, same school, team or event")
    with Cluster("Filter"):
        merge = Assembler("Merge", tooltip="De-duplicates and keeps source tags")
        exclusions = Redis("Exclusion filter\nRedis", tooltip="Drops connected, pending, dismissed, deactivated people")
        privacy = Guard("Privacy filter", tooltip="Blocks on either side, opt-outs, minors, sensitive links")
    with Cluster("Rank"):
        light_ranker = Ranker("Light ranker\ntrees", tooltip="Puts all sources on one scale")
        pairs = FastAPI("Feature service", tooltip="Pair features: weighted mutuals, overlap in time and place")
        ranker = Ranker("Ranker\nGPU server", tooltip="Invite, accept and interaction heads, calibrated")
    with Cluster("Compose"):
        reranker = Ranker("Re-ranker\ntwo-sided", tooltip="Caps invites per receiver, spreads clusters, explores")
        cards = GraphQL("Card builder", tooltip="Writes the reason from facts that the viewer may see")
    log = Kafka("Serving log\nKafka", tooltip="Features, sources, scores and positions as shown")

    with step("The network tab opens, at up to {peak_rate:n} loads a second, each with a 250 ms deadline."):
        app >> request("GET suggestions") >> gateway >> request("{peak_rate}, 250 ms") >> service
    with step("The arm is read locally; profile, settings, embedding and recent actions arrive in 18 ms."):
        service >> request("arms, local") >> experiments
        service >> request("18 ms") >> viewer
    with step("Four sources are asked at once, each with 60 ms; what is late is left out."):
        service >> request("viewer id") >> nightly
        service >> request("recent edges") >> live_graph
        service >> request("viewer vector") >> ann
        service >> request("consented keys") >> contacts
    with step("{nightly}, {live}, {nearest} and {known} people become {gathered} tagged candidates."):
        nightly >> request("{nightly} people") >> merge
        live_graph >> request("{live} people") >> merge
        ann >> request("{nearest} people") >> merge
        contacts >> request("{known} people") >> merge
    with step("Who is connected, dismissed, blocked or opted out leaves; if a filter fails, nobody is shown."):
        merge >> request("{gathered} ids") >> exclusions >> request("unconnected people") >> privacy
    with step("Trees score the {allowed} who may be shown and keep {finalists} in 20 ms."):
        privacy >> request("{allowed} allowed") >> light_ranker
    with step("Pair features for {finalists} take 35 ms; the ranker's three calibrated heads take 40 ms."):
        light_ranker >> request("top {finalists}") >> pairs >> request("pair features") >> ranker
    with step("P(invite) times P(accept) times the value of the tie orders them; receivers near their cap step back."):
        ranker >> request("three heads") >> reranker
    with step("{shown} cards are built, with reasons that name only people whom the viewer may see."):
        reranker >> request("{shown} people") >> cards >> request("mutual-name check") >> privacy
        cards >> request("{shown} cards") >> app
    with step("Cards are logged as shown; what was seen, invited or dismissed comes back."):
        cards >> stream("cards as shown") >> log
        app >> feedback("seen, invite,\ndismiss") >> log


@view("Graph")
def graph() -> None:
    """One social graph in two forms: live in memory for reads within a minute, a nightly snapshot for heavy joins."""
    with Cluster("Write path"):
        connections = Java("Connection service", tooltip="Owns invites and accepted edges")
        edge_db = Mysql("Edge database\nMySQL", tooltip="Source of truth, both directions, sharded by member")
        privacy_store = Cockroachdb("Privacy store\nCockroachDB", tooltip="Strongly consistent blocks and settings")
        changes = Kafka("Change stream\nKafka", tooltip="Adds, removals and blocks, in order by member")
    with Cluster("Live graph"):
        shards = GraphStore(
            "Graph shards\n{adjacency}", tooltip="Sorted neighbour lists, {graph_shards} shards a region"
        )
        hub_cap = GraphStore("Hub cap\n{fanout} a neighbour", tooltip="Keeps the most useful neighbours of a hub")
    with Cluster("Batch graph"):
        snapshot = S3("Graph snapshot", tooltip="Consistent edge list with age and type of each edge")
        tie_strength = Spark("Tie strength\nSpark", tooltip="Weights edges by messages, views and recency")
        fakes = Guard("Fake-account filter", tooltip="Takes dense spam clusters out before they count as mutuals")
        two_hop = Spark("Two-hop job\nSpark", tooltip="{paths} capped paths in {two_hop_cost:n} core-hours")
        random_walk = GraphStore("Random-walk job", tooltip="Personalised PageRank for members with few connections")
        table = Scylla("Candidate table\nScylla", tooltip="Best {nightly} per active member, swapped nightly")

    connections >> request("accept, remove") >> edge_db >> stream("CDC, {edge_writes}") >> changes
    connections >> request("block, settings") >> privacy_store >> stream("blocks first") >> changes
    changes >> stream("under 1 min") >> shards >> request("neighbour lists") >> hub_cap
    changes >> batch("compaction") >> snapshot >> batch("edges, interactions") >> tie_strength
    tie_strength >> batch("weighted edges") >> [two_hop, random_walk]
    hub_cap >> control("cap rules") >> two_hop
    fakes >> batch("excluded accounts") >> two_hop >> batch("{nightly} each") >> table
    random_walk >> batch("sparse members") >> table
    privacy_store >> control("purge pairs") >> table


@view("Embedding")
def embedding() -> None:
    """Members as vectors: a graph neural network reaches beyond two hops and places newcomers by their attributes."""
    with Cluster("Data"):
        snapshot = S3("Graph snapshot", tooltip="Yesterday's edges, their types and member attributes")
        preprocess = Spark("Graph preprocessing\nSpark", tooltip="Encodes features, drops private fields, renumbers")
        sampler = Spark("Subgraph sampler\nSpark", tooltip="Two-hop sampled neighbourhoods, hubs capped")
        negatives = Spark("Negative sampler\nSpark", tooltip="Random and hard negatives, all before the label week")
    with Cluster("Train"):
        trainer = Trainer("GNN trainer", tooltip="Attention over neighbours; predicts the edges of the next week")
        gpus = GPU("GPU pool", tooltip="Distributed training and batch inference")
        gate = Choice("Offline gate\nrecall", tooltip="Recall at {nearest} of next-week edges, by degree band")
        registry = Mlflow("Model registry", tooltip="Versions the model together with its vector space")
    with Cluster("Publish"):
        inference = EmbeddingTower("Batch inference", tooltip="{members} vectors in {embed_cost:n} GPU-hours")
        newcomers = EmbeddingTower("Newcomer tower", tooltip="Vector from attributes and first actions, in seconds")
        build = VectorIndex("Index build\n{ann_shards} shards", tooltip="int8 HNSW, {ann_shard} a shard")
        pointer = Etcd("Version pointer\netcd", tooltip="Moves viewer vectors, newcomer tower and index together")
        fleet = ModelPool("ANN fleet", tooltip="Answers neighbour queries; keeps the old index until the swap")

    snapshot >> batch("nightly") >> preprocess >> batch("typed graph") >> sampler >> batch("subgraphs") >> trainer
    sampler >> batch("two-hop pairs") >> negatives >> batch("negatives") >> trainer >> batch("training job") >> gpus
    trainer >> batch("held-out week") >> gate >> control("passed model") >> registry
    registry >> control("model version") >> inference
    registry >> control("attribute tower") >> newcomers
    preprocess >> batch("node features") >> inference >> batch("inference job") >> gpus
    inference >> batch("{vectors} vectors") >> build >> control("new index") >> pointer
    build >> batch("shard files") >> fleet
    pointer >> control("atomic flip") >> fleet
    newcomers >> stream("newcomer vector") >> fleet


@view("Training")
def training() -> None:
    """Rankers learn from both sides: the invite now, the answer within two weeks, and whether the tie is used."""
    with Cluster("Labels"):
        log = Kafka("Serving log\nKafka", tooltip="Shown cards with features and position")
        invites = Kafka("Invites, accepts\nKafka", tooltip="Outcomes of two people at different times")
        usage = Kafka("Tie usage\nKafka", tooltip="Messages, views and reactions in the next 28 days")
        join = Flink("Label join\nFlink", tooltip="Invite within 1 day, accept within 14, use within 28")
        table = S3("Training table", tooltip="Rows with features as served; labels are corrected as they mature")
    with Cluster("Train"):
        discounting = Spark("Impression discounting\nSpark", tooltip="Lowers people who were shown and ignored")
        ranker = Trainer("Ranker trainer", tooltip="Heads invite, accept, use; card position is a bias input only")
        distiller = Distiller("Light ranker distillation", tooltip="Fits scores on all {allowed} allowed people")
        calibration = Calibrator("Calibrator\nby head", tooltip="Undoes sampling, so that heads multiply")
        objective = RuleEngine("Objective weights", tooltip="Value of an edge by the degree of both people")
    with Cluster("Release"):
        gate = Choice("Offline gate", tooltip="AUC, calibration; slices by degree, tenure, region, gender")
        registry = Mlflow("Model registry", tooltip="One bundle with embedding and index version")
        canary = Flagger("Shadow and canary", tooltip="Ramps by ego cluster, because edges spill over")
        fleet = ModelPool("Serving fleet", tooltip="Loads the bundle, reports skew")

    log >> stream("shown cards") >> join
    invites >> stream("invite, accept") >> join
    usage >> stream("usage") >> join >> batch("{rows:n} rows/day") >> table >> batch("exposure counts") >> discounting
    table >> batch("60 days") >> ranker
    discounting >> batch("discount features") >> ranker
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
        fallback = Fallback("Fallback ladder", tooltip="Light rank, nightly table, cohort list; filters always on")
        flags = Etcd("Feature flags\netcd", tooltip="Turns off one source or signal at once")
    with Cluster("Observe"):
        metrics = Prometheus("Metrics\nPrometheus", tooltip="Stage p99, empty modules, graph lag")
        audit = Monitor("Privacy audit", tooltip="Re-checks 0.1 % of shown pairs against blocks and settings")
        quality = Flink("Live quality\nFlink", tooltip='Invite, accept, dismiss and "don\'t know" rates')
        abuse = Monitor("Invite-abuse detector", tooltip="Bulk inviters, fake clusters, scraping")
        snapshots = Spark("Snapshot check\nSpark", tooltip="Degree, edge count and embedding drift by day")
        dashboards = Grafana("Dashboards\nGrafana", tooltip="Both sides: senders and receivers")
        alerts = Pagerduty("On-call alerts", tooltip="Any privacy hit, falling accept rate, stale graph")
    with Cluster("Decide"):
        analysis = Clickhouse("Experiment analysis", tooltip="Ego-cluster arms: direct and spill-over effects, 90 days")
        owners = Users("Growth, privacy owners", tooltip="Approve signals and launches")
        rebuild = Airflow("Rebuild trigger", tooltip="Nightly tables and ranker runs; keeps yesterday's on a bad one")
        rollback = Argocd("Rollback controller", tooltip="Restores ranker, embedding and index versions together")

    services >> stream("RED metrics") >> metrics >> stream("series") >> dashboards
    services >> stream("shown pairs") >> audit >> control("any violation") >> alerts
    services >> stream("cards, outcomes") >> quality >> stream("two-sided rates") >> dashboards
    quality >> stream("invite patterns") >> abuse >> control("throttle sender") >> flags
    metrics >> control("graph lag, SLO") >> alerts
    quality >> control("accept-rate fall") >> rebuild >> batch("new snapshot") >> snapshots
    snapshots >> control("bad snapshot") >> rebuild >> control("last good tables") >> services
    quality >> batch("per-cluster counts") >> analysis >> feedback("long-run read-out") >> owners
    owners >> control("ramp or stop") >> flags >> control("switches, arms") >> services
    alerts >> control("source off") >> flags
    alerts >> control("bad release") >> rollback >> control("previous bundle") >> services
    services >> control("stage timeout") >> fallback >> stream("degraded share") >> metrics
