"""Order two thousand candidate posts into one member's page of the feed within 400 ms of opening the app.

There is no single label: likes, comments, reshares, dwell, hides, survey answers and return visits disagree, and a feed
tuned to the easy ones drifts to bait. Every post carries its own audience rule, is worth showing for hours, and what is
shown today decides what authors write tomorrow.

So the model only predicts outcomes. What they are worth is an explicit, versioned formula that people own, and the
audience of a post is tested again at every read.
"""

from diagrams import Cluster, Edge
from diagrams.aws.storage import S3
from diagrams.generic.device import Mobile
from diagrams.onprem.analytics import Flink, Spark
from diagrams.onprem.client import User, Users
from diagrams.onprem.database import Clickhouse, Mysql, Postgresql, Scylla
from diagrams.onprem.gitops import Argocd, Flagger
from diagrams.onprem.inmemory import Memcached, Redis
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.monitoring import Grafana, Prometheus
from diagrams.onprem.network import Envoy, Etcd
from diagrams.onprem.queue import Kafka, Nats
from diagrams.onprem.vcs import Git
from diagrams.onprem.workflow import Airflow, Kubeflow
from diagrams.programming.flowchart import Decision as Choice
from diagrams.programming.flowchart import SummingJunction
from diagrams.programming.language import Scala
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
    EmbeddingTable,
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
    Forecaster,
    Framing,
    GraphStore,
    Guard,
    Head,
    Interaction,
    InterviewRank,
    Label,
    LabelJoin,
    Labeller,
    Loss,
    LossFunction,
    MathFormula,
    Metrics,
    ModelPool,
    Parallel,
    Phase,
    Planner,
    Ranker,
    Requirements,
    Retriever,
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
    step,
    stream,
    view,
)

ESTIMATE = Estimate(
    members=assume("Daily active members", 300e6, "member"),
    visits=assume("Feed page loads a member makes", 15, "load/member/day"),
    peak_factor=assume("Peak over average", 2),
    loads=derive("Page loads per day", "members * visits", "load/day", note="X ran about 5 billion a day in 2023"),
    mean_rate=derive("Average load rate", "loads", "load/s"),
    peak_rate=derive("Peak load rate", "mean_rate * peak_factor", "load/s"),
    posted=assume("New posts", 100e6, "post/day"),
    kept=assume("Days a post stays rankable", 14, "day"),
    inventory=derive("Posts in the rankable index", "posted * kept", "post"),
    from_authors=assume("Candidates from followed authors", 1_500, "post/load"),
    from_friends=assume("Candidates that friends reacted to", 200, "post/load"),
    from_ann=assume("Candidates from embedding neighbours", 300, "post/load"),
    from_outside=derive("Candidates from outside the network", "from_friends + from_ann", "post/load"),
    gathered=derive("Candidates gathered", "from_authors + from_outside", "post/load"),
    passing=assume("Candidates unseen and visible to the member, of those gathered", 90, "percent"),
    allowed=derive("Candidates the member may see", "gathered * passing", "post/load"),
    ranked=cite("Candidates ranked", 500, "post/load", source="Meta 2021"),
    shown=assume("Posts shown", 25, "post/load"),
    load=assume("Load at which hosts are run, of capacity", 60, "percent"),
    record_bytes=assume("Inventory record", 100, "byte/post"),
    copies=assume("Copies of the inventory", 10, note="for read load"),
    index_bytes=derive("Inventory memory, one copy", "inventory * record_bytes", "byte"),
    index_total=derive("Inventory memory, all copies", "index_bytes * copies", "byte"),
    shards=assume("Author shards of a copy", 20, note="a load asks all of them, since followees are spread"),
    leaf_queries=derive("Leaf queries at peak", "peak_rate * shards", "load/s"),
    leaf_hosts=derive("Leaf hosts", "shards * copies"),
    leaf_work=assume("CPU time of a leaf query", 0.25, "ms*core/load", note="fifty followees, 75 posts back"),
    leaf_cores=derive("Leaf cores", "ceil(leaf_queries * leaf_work / load)", "core", note="memory alone needs a third"),
    leaf_load=derive("Leaf queries a host answers at peak", "leaf_queries / leaf_hosts", "load/s"),
    followers=assume("Inboxes a post would be pushed to, mean", 200, "write/post"),
    inbox_writes=derive("Inbox writes if posts were pushed", "posted * followers", "write/s", note="average only"),
    star=assume("Inbox writes for one post of the largest author", 50e6, "write/post"),
    light_scores=derive("Light-ranker scores at peak", "peak_rate * allowed", "post/s"),
    light_speed=assume("Light-ranker speed", 150e3, "post/s/core", note="load-test before buying"),
    light_lanes=assume("Cores that score one load", 2, "core/load"),
    light_time=derive("Light ranker, one load", "allowed / (light_speed * light_lanes)", "ms"),
    light_cores=derive("Light-ranker cores", "ceil(light_scores / (light_speed * load))", "core"),
    scores=derive("Ranker scores at peak", "peak_rate * ranked", "post/s"),
    ranker_compute=assume("Ranker compute per post", 165e6, "flop/post", note="the history is encoded once a load"),
    gpu_compute=reference("h100_bf16"),
    utilisation=assume("Compute utilisation of the ranker, of peak", 5, "percent", note="embedding look-ups bound it"),
    ranker_speed=derive("Ranker speed", "gpu_compute * utilisation / ranker_compute", "post/s/GPU"),
    ranker_gpus=derive("Ranker GPUs", "ceil(scores / (ranker_speed * load))", "GPU"),
    ranker_batch=assume("Loads in one GPU batch", 8, "load/GPU"),
    ranker_time=derive("Ranker, one batch", "ranked * ranker_batch / ranker_speed", "ms"),
    accounts=assume("Accounts with a history", 1e9, "account"),
    actions=assume("Actions kept", 512, "action/account"),
    action_bytes=assume("Bytes per action", 16, "byte/action", note="post id, time, kind"),
    history=derive("Action history", "accounts * actions * action_bytes", "byte", note="vectors looked up by id"),
    fresh_days=assume("Days searched by ANN", 3, "day"),
    dimensions=assume("Post embedding dimension", 64, "number/post"),
    number_bytes=reference("fp16_bytes"),
    vectors=derive("Post vectors for ANN", "posted * fresh_days * dimensions * number_bytes", "byte", note="no links"),
    seen=assume("Posts that become visible, of those shown", 60, "percent"),
    impressions=derive("Viewed impressions per day", "loads * shown * seen", "post/day"),
    sampled=assume(
        "Members whose lists are kept, of members", 10, "percent", note="whole lists, so comparisons stay within one"
    ),
    rows=derive("Training rows per day", "impressions * sampled", "post/day"),
    row_bytes=assume("Logged features per row", 1_500, "byte/post"),
    row_volume=derive("Training rows stored per day", "rows * row_bytes", "byte/day"),
    table_days=assume("Training history kept", 60, "day"),
    asked=assume("Members who see a survey, of members a day", 0.5, "percent"),
    answered=assume("Surveys answered, of surveys shown", 5, "percent"),
    survey_answers=derive("Survey answers per day", "members * asked * answered", "member"),
    retained=assume("Members who return within 28 days, of members", 90, "percent"),
    test_lift=assume("Smallest relative lift of retention worth detecting", 0.1, "percent"),
    test_size=derive(
        "Members per arm", "16 * (1 - retained) / (retained * test_lift ** 2)", note="80 % power, two-sided 5 % level"
    ),
    promise=assume("Promised p99", 400, "ms"),
    edge_time=assume("Edge, auth and experiment arms, p99", 15, "ms"),
    context_time=assume("Member features and action history, p99", 25, "ms"),
    leaf_time=assume("Author leaf shards, deadline", 60, "ms"),
    walk_time=assume("Engagement walk, p99", 40, "ms"),
    ann_time=assume("Post ANN search, p99", 30, "ms"),
    merge_time=assume("Merge and seen filter, p99", 10, "ms"),
    audience_time=assume("Audience and block check, p99", 25, "ms"),
    integrity_time=assume("Integrity score look-up, p99", 10, "ms"),
    light_queue=assume("Light-ranker queueing, p99", 15, "ms"),
    hydrate_time=assume("Post and relationship features, p99", 45, "ms"),
    ranker_queue=assume("Ranker batching and queueing, p99", 70, "ms"),
    value_time=assume("Value model and list re-rank, p99", 25, "ms"),
    page_time=assume("Ads blend, content hydration and audience re-check, p99", 45, "ms"),
    round_trip=reference("datacentre_round_trip"),
    hops=assume("Network hops in sequence", 12),
    slack=assume("Slack for queueing and retries", 15, "ms"),
    gpu_price=reference("h100_price"),
    core_price=reference("core_price"),
    object_price=reference("object_storage_price"),
    core_memory=assume("Memory that comes with a core", 4e9, "byte/core"),
    core_disk=assume("Local SSD that comes with a core", 100e9, "byte/core", note="priced with the core"),
    replicas=assume("Replicas of the action history", 3),
    store_cores=derive(
        "Cores of inventory, vectors and histories",
        "max(leaf_cores, ceil(index_total / core_memory)) + ceil(vectors * copies / core_memory)"
        " + ceil(history * replicas / core_disk)",
        "core",
    ),
    glue_work=assume("CPU time of mixing, checks and hydration", 60, "ms*core/load"),
    glue_cores=derive("Other serving cores", "ceil(peak_rate * glue_work / load)", "core"),
    training_gpus=assume("Training GPUs, kept busy", 128, "GPU"),
    log_cores=assume("Cores of logs, stream jobs and content encoders' hosts", 8_000, "core"),
    compute_bill=derive(
        "Compute bill",
        "(ranker_gpus + training_gpus) * gpu_price + (light_cores + store_cores + glue_cores + log_cores) * core_price",
        "USD/day",
    ),
    storage_bill=derive("Training history bill", "row_volume * table_days * object_price", "USD/day"),
    cost_per_thousand=derive(
        "Cost of 1,000 page loads", "1000 * (compute_bill + storage_bill) / loads", "USD/load", note="list prices"
    ),
)

SYSTEM = System(
    title="Feed ranking",
    family="end-to-end",
    position=8,
    interview=InterviewRank(3, "core Meta product"),
    tags=Tags(
        task=["recommendation", "ranking"],
        pattern=["retrieval-ranking funnel", "multi-task model", "streaming features", "rules and model"],
        data=["events", "graph", "text", "images"],
    ),
    framing=Framing(
        goal="Members come back because the feed was worth their time, and friends and creators keep posting.",
        decision="Which {shown:n} of about {gathered:n} posts the member may see go on the next page, in which order.",
        task="Predict about ten calibrated probabilities per post (like, comment, share, long dwell, hide, report, survey 'worth it', ...) and sort by a weighted sum that people own.",
        label="What the member did with a post that was visible: reactions within 24 h, dwell, hides, and for a few the answer to a survey.",
        metric="Offline: log-loss and calibration per head, AUC within the list. Online: sessions with a meaningful action and 28-day retention, decided in long tests with a holdback.",
        not_optimised="Time spent and raw engagement: anger and bait raise both, and members say afterwards that they regret it. They are watched, with no weight of their own.",
        baseline="Newest first from followed accounts, with author spacing. It is honest, needs no training, and is enough while a member follows fewer than about fifty accounts; beyond that good posts drown.",
    ),
    clarifications=[
        Clarification(
            "Friends' posts only, or recommended ones too?",
            "Both; about a quarter of candidates come from outside the network.",
        ),
        Clarification(
            "What is the goal: engagement, satisfaction, creation?",
            "Satisfaction measured by surveys and retention, with active authors as a second goal.",
        ),
        Clarification("How private are posts?", "Most have an audience rule; a leak is worse than an empty feed."),
        Clarification(
            "How fresh must it be?", "A post rankable in 10 s, own actions counted within 5 s, deletions at once."
        ),
        Clarification(
            "Is there a chronological mode?",
            "Yes: it shares gathering and checks and skips ranking. In the EU it is the option without profiling that the Digital Services Act asks of very large platforms.",
        ),
        Clarification("Who ranks ads?", "The ads system; we blend its slots under gap limits."),
        Clarification(
            "What scale?",
            "{members:n} daily members, {peak_rate:n} loads a second at peak, {posted:n} new posts a day.",
        ),
    ],
    requirements=Requirements(
        functional=[
            "One feed of connected posts, recommended posts and ads; pages do not repeat; a chronological mode exists.",
            "Audience, block and deletion rules are checked at read time; integrity scores can demote or remove.",
            "Predicted outcomes are combined by a versioned formula that product policy owns, outside the loss.",
            "Hide, snooze, see-less and why-shown; each list is logged with sources, head scores, weights and positions.",
        ],
        qualities={
            "Latency": "p99 of {promise} for the first page at the feed API, p50 near 180 ms (assumptions).",
            "Freshness": "A post is rankable in 10 s, own actions count within 5 s; the ranker learns hourly (assumptions).",
            "Privacy": "A deletion or a block holds at once, on every path.",
            "Availability": "99.95 % of loads get a non-empty feed, a simpler one included (assumption).",
        },
    ),
    estimate=ESTIMATE,
    headline=["peak_rate", "leaf_queries", "scores", "inventory", "impressions"],
    key_inputs=["members", "visits", "from_authors", "kept", "utilisation"],
    cost="cost_per_thousand",
    budget=Budget(
        "p99 of the first page at the feed API",
        promise="promise",
        stages={
            "Edge, auth and experiment arms": "edge_time",
            "Member features and action history": "context_time",
            "Candidate sources": Parallel(
                {"Author leaf shards": "leaf_time", "Engagement walk": "walk_time", "Post ANN": "ann_time"}
            ),
            "Merge, seen filter, audience and block check": "merge_time + audience_time",
            "Integrity score look-up": "integrity_time",
            "Light ranker, {allowed} to {ranked}, {light_lanes:n} cores": "light_time + light_queue",
            "Post and relationship features for {ranked}": "hydrate_time",
            "Ranker on {ranked}, {ranker_batch:n} loads a batch": "ranker_time + ranker_queue",
            "Value model and list re-rank": "value_time",
            "Ads blend, content hydration and audience re-check of {shown}": "page_time",
            "Network hops and slack": "hops * round_trip + slack",
        },
    ),
    labels=[
        Label(
            "Reaction: like, comment, share",
            window="24 h after the view",
            positive="The action, not withdrawn within the window; a comment longer than two words.",
            negative="Seen (half visible for 250 ms) without the action.",
            ignored="Posts shown but scrolled past faster than 250 ms.",
            delay="Seconds to hours; nine in ten within an hour (assumption).",
            bias="Position, and habit: heavy likers dominate if not capped.",
            where="training/Reactions and dwell -> Label join",
        ),
        Label(
            "Long dwell",
            window="The view",
            positive="Dwell above the median for that length and kind of post.",
            negative="Shorter dwell.",
            ignored="Views cut off by the app going to the background.",
            delay="None.",
            bias="Long and shocking posts hold the eye without being liked.",
            where="training/Reactions and dwell -> Label join",
        ),
        Label(
            "Hide, report, snooze",
            window="24 h",
            positive="The action on the post or its author.",
            negative="Seen and nothing of the kind.",
            ignored="Mass reports by coordinated accounts.",
            delay="Seconds.",
            bias="Rare, and used by few members; silence is not satisfaction.",
            where="training/Reactions and dwell -> Label join",
        ),
        Label(
            "Survey: worth your time",
            window="Asked within minutes of the view",
            positive="The two best of five answers.",
            negative="The two worst.",
            ignored="The middle, and unanswered surveys.",
            delay="Minutes; {survey_answers:n} answers a day.",
            bias="Self-selection: those who answer are content and active; answers are weighted by the propensity to respond.",
            where="training/Survey answers -> Debias and sample",
        ),
    ],
    training_example={
        "load_id, post_id": "l_5d02, p_99417",
        "member": "m_7, follows 312, heavy user, language de",
        "history": "[liked p_11 90 s ago, dwelt 14 s on p_12 2 min ago, ... {actions:n} actions]",
        "post": "photo, author a_58 (friend), 3 h old, 41 likes, 6 comments",
        "relationship": "affinity 0.62, 4 comments on each other in 30 d, last seen 2 d ago",
        "source, position, propensity": "author leaf, 4, 0.71",
        "heads as served": "like 0.11, comment 0.021, share 0.004, dwell 0.38, hide 0.002, worth 0.55",
        "weights version, value": "w_2026_47, 0.83",
        "labels": "like 1, comment 0, share 0, dwell 1, hide 0, survey not asked",
        "weight": "1 / 0.71, member cap not reached",
    },
    features=[
        FeatureGroup(
            "Member",
            features=[
                "language and country",
                "interest vector",
                "share of videos watched",
                "likes per session, 28 d",
                "network size",
                "sensitivity settings",
                "session depth so far",
            ],
            freshness="1 h; session 5 s",
            store="serving/Member features",
            leak="Session counters include the posts of this page if read late; they are logged as read.",
        ),
        FeatureGroup(
            "Action history",
            features=[
                "post id, author and kind of the last {actions:n} actions",
                "action type",
                "seconds since",
                "dwell",
                "surface",
                "content vector by id",
            ],
            freshness="5 s",
            store="serving/Action history",
            leak="An action on the candidate itself may be in the history on a re-view; seen posts are filtered, and the rest masked by time.",
        ),
        FeatureGroup(
            "Post",
            features=[
                "kind, length and language",
                "topic and content vector",
                "age in minutes",
                "likes, comments and shares, 10 min and 1 h",
                "comments per view",
                "integrity and quality scores",
            ],
            freshness="seconds",
            store="serving/Post features",
            leak="Counters grow with exposure that our own ranking gave; rates per view are used, logged as served.",
        ),
        FeatureGroup(
            "Relationship",
            features=[
                "member to author affinity, 7 d and 90 d",
                "comments exchanged",
                "profile visits",
                "days since last interaction",
                "mutual friends",
                "how the member follows (friend, page, group)",
            ],
            freshness="1 h",
            store="serving/Post features",
            leak="Affinity computed overnight contains today's labels when replayed; the as-served value is kept.",
        ),
        FeatureGroup(
            "Context",
            features=[
                "hour and weekday",
                "device and network",
                "candidate source",
                "friends who reacted",
                "minutes since last visit",
                "page number",
            ],
            freshness="the request",
            store="serving/Feed mixer",
            leak="Page number reveals that the member stayed; it is used as position, in propensities only.",
        ),
    ],
    loss=Loss(
        objective="The sum of log-losses of about ten heads over whole sampled lists, weighted by inverse position propensity and with a cap per member; the history encoder is pretrained on next-action prediction. The value weights are not part of the loss: they are policy, searched in live tests.",
        formulas=[
            MathFormula(
                "Multi-head loss with propensities",
                r"\mathcal{L} = -\sum_{n} \frac{c_{m(n)}}{\max(\pi_n, \pi_0)} \sum_{k} \lambda_k \left[ y_{n,k} \log p_{n,k} + (1 - y_{n,k}) \log (1 - p_{n,k}) \right]",
                "pi is the probability that a post at this position is looked at, estimated by swaps; the floor pi_0 bounds the variance. c caps the weight of heavy members. lambda balances rare heads.",
            ),
            MathFormula(
                "Pretraining by next action",
                r"\mathcal{L}_{\text{seq}} = -\sum_{t} \log \frac{e^{h_t \cdot e_{a_{t+1}}}}{\sum_{j \in N} e^{h_t \cdot e_j}}",
                "h is the encoder's state after t actions, e the vector of an action's post, N sampled negatives.",
            ),
            MathFormula(
                "Value of a post",
                r"V = d \cdot \sum_{k \in +} w_k p_k - \sum_{k \in -} w_k p_k",
                "w are the weights of the reviewed file, d between 0 and 1 the integrity demotion. It multiplies the positive part only: otherwise demotion would lift a post whose value is negative.",
            ),
        ],
        calibration="Each head has an isotonic map by surface, fitted on held-out lists, because a sum of probabilities is meaningless if one of them drifts. Predicted over observed, per head and source, must stay within 0.95 to 1.05; the survey head is checked weekly, since its answers are few.",
    ),
    evaluation=Evaluation(
        offline="Train until hour h, test on the following hours: log-loss and calibration per head, AUC within the list, overlap of the light ranker's {ranked:n} with the ranker's best, reported separately for new and light members.",
        disagreement="Replay scores posts that the old ranking chose to show; it knows nothing of others, and nothing of what a different feed would make members write, or whether they return next month.",
        unit="The member for ranking changes; clusters of friends for changes that alter what members post or comment, since a treated member's friends are affected; authors in the creator-side test.",
        duration="Two weeks for engagement heads, four or more for retention, with a 1 % holdback frozen for a quarter.",
        power="With {retained} of members returning, a relative lift of {test_lift} needs {test_size} members an arm. Clusters cost several times that, so they are kept for launches.",
        guardrails="Hides and reports per thousand views, harm prevalence, privacy failures (zero), author concentration, reach of new authors, late-night use by minors, p99.",
    ),
    biases=[
        Bias(
            "Position bias",
            effect="The first post is seen by all, the twentieth by few; an unseen post is no negative.",
            cure="Only visible posts count, weighted by inverse propensities that small random swaps estimate.",
            where="training/Debias and sample",
        ),
        Bias(
            "Selection bias",
            effect="Labels exist only for posts that were shown, and survey labels only from those who answer.",
            cure="A small exploration share in the re-ranker, losers in the light ranker's distillation, response weights for surveys.",
            where="training/Light ranker distillation",
        ),
        Bias(
            "Popularity bias",
            effect="Counters reward posts that already had exposure: the rich get richer within the hour.",
            cure="Rates per view instead of counts, early velocity by audience group, quotas by source and author.",
            where="serving/Re-ranker",
        ),
        Bias(
            "Delayed feedback",
            effect="Comments and shares come hours later; the hourly increment sees too few.",
            cure="Two joins, at 1 h and 24 h; slow heads train on the later one and its calibrator is fitted on it.",
            where="training/Label join",
        ),
        Bias(
            "Engagement bias",
            effect="What is easy to measure wins over what members value.",
            cure="Survey heads with weight of their own, and weights chosen against a long-term holdback.",
            where="objectives/Weight search",
        ),
        Bias(
            "Cold start: new member",
            effect="No history, few follows, an empty feed.",
            cure="Onboarding interests feed the ANN source; popular posts of the country; the encoder is trained with truncated histories.",
            where="serving/Post ANN index",
        ),
        Bias(
            "Cold start: new post",
            effect="No counters in its first minutes, when it is most worth showing to friends.",
            cure="Content vectors within 10 s, the author's usual rates as prior, relationship features that need no counters.",
            where="inventory/Content encoder",
        ),
        Bias(
            "Cold start: new author",
            effect="No affinity and no reach.",
            cure="A reach floor through exploration slots, measured in the creator-side test.",
            where="objectives/Creator-side test",
        ),
    ],
    decisions=[
        Decision(
            "Pull from author shards",
            why="Posts stay in one place, so edits, deletions and narrowed audiences hold at once and ranking sees the whole inventory. It costs {leaf_queries:n} leaf queries a second at peak, spread over {leaf_hosts:n} hosts.",
            rejected=[
                "push to inboxes: only {inbox_writes:n} writes a second on average, but {star} for one post of the largest author, and every deletion must be chased",
                "a hybrid that pushes small authors: cheapest for a chronological feed, with two code paths for every rule",
            ],
            revisit_when="the feed is chronological, or posts have so few followers that pushing is far fewer writes than loads are leaf queries",
        ),
        Decision(
            "Calibrated heads and a value formula",
            why="Outcomes stay comparable and their worth is a reviewed file, so policy changes in minutes without retraining and one can say why a post was shown.",
            rejected=[
                "one learned engagement score: simpler and sharper on its metric, but the trade-off is frozen in the loss",
                "a learned long-term reward: right in principle, too noisy to attribute to a post",
            ],
            revisit_when="one outcome can be trusted, such as survey answers in the millions a day instead of {survey_answers:n}",
        ),
        Decision(
            "Audience checks at read time",
            why="Friendships and blocks change by the minute; testing each of {gathered:n} posts on gathering and the {shown:n} again at render is the only rule that holds on every path, at {audience_time}.",
            rejected=[
                "audience rules in the index: cheaper reads, but stale the moment somebody unfriends",
                "a check at render only: pages with holes, and ranking on posts nobody may see",
            ],
            revisit_when="every post is public",
        ),
        Decision(
            "Survey heads and holdbacks",
            why="Engagement and what members say they value diverge; a survey head puts stated value into the formula, and a frozen holdback measures what it does to retention.",
            rejected=[
                "engagement alone: plenty of labels, and it drifts to bait",
                "survey metrics as guardrail only: they veto but never steer",
            ],
            revisit_when="an early product has fewer than about ten thousand answers a day",
        ),
        Decision(
            "Explicit spacing and quotas",
            why="Rules for author spacing, media mix and source share are predictable, explainable and cheap; they hold even when a score is wrong, and product policy can read and change them without a model release.",
            rejected=[
                "a listwise model: captures how posts affect each other, but needs logged randomised lists",
                "determinantal diversity: elegant, with knobs nobody can explain to policy",
            ],
            revisit_when="randomised lists abound and the rules have been stable for two quarters",
        ),
        Decision(
            "Hourly increments",
            why="Topics live for hours; an hourly step from the last checkpoint follows them, and a weekly full run removes what increments accumulate, at the price of a gate that must pass 24 times a day.",
            rejected=[
                "daily training: calmer, but the morning's event is unknown to the ranker until tomorrow",
                "continuous training: fresher by minutes, with no time for a gate",
            ],
            revisit_when="posts live for days and an hourly model beats a daily one by less than 0.1 % log-loss",
        ),
    ],
    failures=[
        FailureMode(
            "A private post is shown to somebody outside its audience.",
            "A shadow audit re-checks 0.1 % of shown posts; a single hit pages.",
            "Posts without a fresh answer of the audience check are dropped, caches are purged, and the path is switched off until it is understood.",
        ),
        FailureMode(
            "A change of weights rewards bait.",
            "Hides per thousand views, bait prevalence and survey score by arm diverge.",
            "The weights file is reverted in minutes; the case becomes part of weight replay.",
        ),
        FailureMode(
            "The action-history stream lags, so the feed ignores what the member just did.",
            "History age exceeds 60 s.",
            "Posts are ranked without the session part, and those rows are masked in training.",
        ),
        FailureMode(
            "One of the {shards:n} author shards is slow, and every load waits for it.",
            "Timeouts of that shard, seen by the mixers, exceed 1 %.",
            "The mixer goes on without it after {leaf_time} and asks another copy next time; the log says what was missing, so that posts nobody fetched are not learned as passed over.",
        ),
        FailureMode(
            "The ranker is overloaded during an event.",
            "GPU queueing exceeds {ranker_queue} for a minute.",
            "The mixer sends 200 posts instead of {ranked:n}, then serves the light ranker's order, then the member's cached list.",
        ),
        FailureMode(
            "A harmful post spreads faster than it is reviewed.",
            "A velocity alarm fires on posts with a high integrity risk.",
            "Its reach is capped until a person has reviewed it; in a crisis a time-limited brake demotes the whole class.",
        ),
        FailureMode(
            "Recommended posts crowd out friends.",
            "The share of out-of-network posts by segment leaves its band, and connected views fall.",
            "Source quotas in the re-ranker hold the band; training is balanced by source.",
        ),
    ],
    metrics=Metrics(
        offline=[
            "Log-loss and calibration per head, AUC within the list, NDCG on survey value",
            "Overlap of the light ranker's {ranked:n} with the ranker's best 50, replayed value",
        ],
        online=[
            "Sessions with a meaningful action, share of surveys answered 'worth it', posts per active author",
            "28-day retention against the holdback",
        ],
        guardrail=[
            "Hides and reports per thousand views, harm prevalence, privacy failures (zero)",
            "p99, ad load, author concentration, reach of new authors",
        ],
    ),
    follow_ups=[
        FollowUp(
            "mid",
            "Push or pull? Compute both.",
            answer="Push writes {posted:n} posts to {followers:n} inboxes each, {inbox_writes:n} writes a second on average; pull asks {shards:n} shards per load, {leaf_queries:n} queries a second at peak. Push looks cheaper, but one post of the largest author is {star} writes, deletions must chase every inbox, and ranking would see only what was pushed. For a ranked feed with audience rules I pull; for a chronological one a hybrid.",
            weak="'Pull does not scale' or 'push does not scale', without numbers.",
            where="decision: Pull from author shards",
        ),
        FollowUp(
            "mid",
            "How do you keep pages from repeating or skipping posts when new ones arrive while I scroll?",
            answer="The first page fixes a ranked list of ids, kept for the session with a cursor. The next page continues in that list; posts shown are in the seen filter. New posts may enter below the cursor, or behind a 'new posts' button above it, never in the middle. Audience is checked again for every page, since a post may be deleted meanwhile.",
            weak="Offset pagination over a list that is ranked again each time.",
            where="serving/Merge",
        ),
        FollowUp(
            "mid",
            "Which negatives do you train on?",
            answer="Posts that were visible for at least a quarter of a second and got no reaction in the window. Posts below the fold are unknown, not negative. I keep whole lists of a tenth of the members instead of sampling rows, so that comparisons within a list survive, and I weight by inverse position propensity.",
            weak="'Everything that was not clicked', including posts never scrolled to.",
            where="training/Label join",
        ),
        FollowUp(
            "senior",
            "Who decides that a comment is worth ten likes, and how?",
            answer="People do, in a reviewed file. Replay on logged lists shows which region of weights changes the feed sensibly; constrained Bayesian optimisation over live arms searches it with survey score and retention surrogate as reward and hides, harm and creation as constraints. The winner is reviewed and released like code. The model never sees the weights, so they can be reverted in minutes.",
            weak="'We learn the weights by regression on engagement', which assumes the answer.",
            where="objectives/Weight search",
        ),
        FollowUp(
            "senior",
            "A head's calibration breaks. Why is it worse here than in a single-score ranker?",
            answer="Because heads are added. If comments are predicted 30 % too high, every comment weight is 30 % too high: the feed changes policy without anybody deciding it, while AUC stays the same. So each head has its own isotonic map by surface, is monitored by version and source, and a break stops promotion and refits the map before anything else.",
            weak="'Ranking only needs order, calibration does not matter.'",
            where="training/Calibrator",
        ),
        FollowUp(
            "senior",
            "Where should audience rules be checked?",
            answer="Twice at read time. After gathering, so that ranking does not waste work on posts nobody may see and the fallback list is safe; and again at render for the {shown:n} posts, because ranking took 300 ms and lists are cached for longer. The graph cache is updated by deletes first. Checks in the index alone are stale the moment somebody unfriends.",
            weak="Filtering in the index, or once on write.",
            where="serving/Audience check",
        ),
        FollowUp(
            "senior",
            "How do you test a change that makes friends comment more?",
            answer="A member-level split is biased: a treated member's comments land in control feeds, so control improves and the effect is under-estimated. I randomise clusters of the friendship graph, analyse by cluster, and accept wider intervals; for supply effects a creator-side test randomises authors. A member-level test still screens for breakage first.",
            weak="An ordinary A/B test with more traffic.",
            where="operations/Experiment analysis",
        ),
        FollowUp(
            "staff",
            "Demotion factors multiply the value. What can go wrong?",
            answer="Value can be negative when hides weigh more than likes. Multiplying a negative value by 0.5 raises it: the demoted post climbs. So the factor applies to the positive part only, or demotion is a subtraction. Also, factors of several classifiers multiply to nothing, so they are capped, and each is logged so that an appeal can be answered.",
            weak="Not noticing the sign, or 'we set a threshold'.",
            where="serving/Value model",
        ),
        FollowUp(
            "staff",
            "Short-term engagement is up, retention is flat. What do you conclude?",
            answer="Either retention has no power: at a lift of {test_lift} it needs {test_size} members an arm for four weeks. Or engagement was shifted, not created: check sessions, other surfaces, survey scores. Or it was bait: hides and regret rise late. I read the surrogate, which predicts 90-day retention from two weeks, and would not launch on engagement alone.",
            weak="'Launch, engagement is the leading indicator.'",
            where="objectives/Surrogate model",
        ),
        FollowUp(
            "staff",
            "Would you replace the heads and rules by one generative sequence model?",
            answer="Its encoder, yes: sequence pretraining scales with compute and is already here. The heads, no: they are where policy, audits and appeals attach. I would test the encoder at equal cost per load, {cost_per_thousand} a thousand now, and require gains for light users, not only for heavy ones with long histories.",
            weak="'Bigger models are better', with no cost and no owner for the objective.",
            where="model/History encoder",
        ),
    ],
    case_studies=[
        CaseStudy(
            "Meta",
            system="News Feed, 2021: passes over the inventory, a lightweight one that keeps about 500 posts, then a multi-task model whose predictions are combined into a value per member.",
            difference="The value is partly personalised: weights depend on what a member tends to find meaningful in surveys. Ours has one reviewed file, which is easier to explain.",
            source="https://engineering.fb.com/2021/01/26/ml-applications/news-feed-ranking/",
        ),
        CaseStudy(
            "X",
            system="For You, as published in 2026: a transformer over the viewer's actions, in place of the MaskNet of 2023, predicts some twenty actions, and a published weighted sum orders posts of the last 48 hours.",
            difference="Weights and code are public, as ours are to policy. There is no survey head, so the formula rests on what people do alone; neighbours are made unlike by a determinantal point process, where we have rules.",
            source="https://github.com/xai-org/x-algorithm",
        ),
        CaseStudy(
            "LinkedIn",
            system="LiRank: one framework for feed, jobs and ads, with a residual cross network, incremental training and an isotonic calibration layer inside the network.",
            difference="They train calibration with the model instead of fitting maps afterwards. It saves a stage; our separate maps can be refitted without a release. They report 0.5 % more member sessions in the feed.",
            source="https://arxiv.org/abs/2402.06859",
        ),
    ],
    five_minutes=[
        Phase(
            0.5,
            "Frame",
            "The feed has no single label. Likes, comments, dwell, hides and surveys disagree, and a feed tuned to the easy ones drifts to bait. So I separate prediction from policy: the model predicts about ten outcomes per post, and a reviewed formula says what they are worth. The baseline is newest first with author spacing, and the goal is that members come back next month, not that they scroll longer tonight. Time spent is watched, but has no weight.",
        ),
        Phase(
            0.75,
            "Scale and gathering",
            "{members:n} members load {peak_rate:n} pages a second at peak, with {promise} at the 99th percentile. {posted:n} posts a day stay rankable for {kept}, {inventory:n} in all, at {record_bytes} each {index_bytes}: that fits in memory, so I pull. Each load asks {shards:n} author shards for followed posts, a walk over friends' reactions, and an ANN index for strangers. Pushing to inboxes would be fewer operations on average, but deletions, narrowed audiences and authors with fifty million followers make it worse.",
        ),
        Phase(
            0.75,
            "Checks and funnel",
            "About {gathered:n} posts are merged. Seen ones go, and every one is tested against audience and block rules and gets its integrity score. {allowed:n} remain; a light ranker on CPU keeps {ranked:n}, the ranker scores those on GPU. The audience of the {shown:n} that leave is checked once more at render, because a private post in the wrong feed is worse than an empty feed. That check also guards the fallback list, and deletions reach its cache ahead of all other updates.",
        ),
        Phase(
            1,
            "Model and value",
            "The ranker encodes the last {actions:n} actions once per load, crosses that with member, post and relationship features, and feeds gated experts with ten heads. Each head is calibrated, because the heads are added: a head that is 30 per cent too high changes policy without anybody deciding it. Value is the weighted sum, hides and reports negative; integrity factors multiply only the positive part, or demotion would lift posts of negative value. The re-ranker then spaces authors, mixes media, holds quotas for strangers, and explores a little.",
        ),
        Phase(
            0.75,
            "Labels and training",
            "Whole lists of {sampled} of members are kept, {rows:n} rows a day, with features as served. Only visible posts count; positions are corrected by propensities from small random swaps. Fast outcomes join after an hour, slow ones after a day. Surveys give {survey_answers:n} answers a day, the nearest thing to satisfaction, weighted for who answers. The encoder is pretrained on next actions, the heads take hourly increments, and a weekly full run cleans up. The light ranker is distilled from the ranker's heads on all candidates, also those that lost, so the two stages agree.",
        ),
        Phase(
            0.75,
            "Evaluation",
            "Offline I look at log-loss and calibration per head and AUC within the list, on later hours. But replay knows only posts that were shown. Online, ranking tests split members; changes that make friends interact split clusters, because control is contaminated. Retention needs {test_size} members an arm for a lift of {test_lift}, so a surrogate reads two weeks, and a one per cent holdback tells the truth each quarter. The weights are searched over live arms under constraints on hides and harm, and a person reviews the file before it is released.",
        ),
        Phase(
            0.5,
            "Close",
            "Under load I rank fewer posts, then serve the light order, then the cached list, always through the audience check. Weights and bundle roll back together. It costs about {cost_per_thousand} per thousand loads. The weakest point is that today's ranking changes what authors write; the creator-side test is how I would watch it.",
        ),
    ],
    interview_plan=[
        Phase(
            5,
            "Clarify",
            "Goal, friends or strangers, privacy, freshness, scale, ads. Say that a leak is worse than an empty feed.",
        ),
        Phase(4, "Frame", "Goal to metric; heads and value formula on the board; newest-first as baseline."),
        Phase(5, "Estimate", "Loads, inventory memory, push against pull with numbers, scores per second."),
        Phase(
            7,
            "High-level design",
            "Gather, check, light ranker, ranker, value, re-ranker, page; the log and the stream back.",
        ),
        Phase(8, "Model", "History encoder, gated experts, heads, calibration, value. Sign of demotion."),
        Phase(5, "Labels and training", "Visible only, propensities, two joins, surveys, hourly increments."),
        Phase(6, "Objectives and tests", "Who owns weights, replay, live search, clusters, holdback, surrogate."),
        Phase(3, "Operations", "Fallbacks, privacy audit, brakes, rollback of bundle and weights."),
        Phase(2, "Close", "Weakest point: supply effects. Next step and cost."),
    ],
    building_blocks=["embeddings-retrieval", *LEARNING_BLOCKS, *RESPONSIBILITY_BLOCKS, *COMMON_BLOCKS],
    sources=bibliography("""
        A. Lada et al. (Meta), "How machine learning powers Facebook's News Feed ranking algorithm", Engineering at Meta 2021
            https://engineering.fb.com/2021/01/26/ml-applications/news-feed-ranking/
            the passes, a light one that keeps about 500 posts, and the multi-task value
        Y. Zhu (Facebook), "Serving Facebook Multifeed: Efficiency, performance gains through redesign", Facebook Engineering 2015
            https://engineering.fb.com/2015/03/10/production-engineering/serving-facebook-multifeed-efficiency-performance-gains-through-redesign/
            aggregators that pull from in-memory leaves
        Twitter, "Twitter's Recommendation Algorithm", Twitter Engineering 2023
            https://blog.x.com/engineering/en_us/topics/open-source/2023/twitter-recommendation-algorithm
            1,500 candidates, half in network; 5 billion runs a day, under 1.5 s on average
        xAI, "X For You Feed Algorithm", x-algorithm repository 2026
            https://github.com/xai-org/x-algorithm
            a transformer over recent actions, a weighted sum of what it predicts, diversity afterwards
        Twitter, "Heavy Ranker", the-algorithm-ml repository 2023
            https://github.com/twitter/the-algorithm-ml/blob/main/projects/home/recap/README.md
            a MaskNet with about ten engagement heads and a weighted sum
        Z. Zhao et al. (Google), "Recommending What Video to Watch Next: A Multitask Ranking System", RecSys 2019
            https://doi.org/10.1145/3298689.3346997 shared experts and position bias
        F. Borisyuk et al. (LinkedIn), "LiRank: Industrial Large Scale Ranking Models at LinkedIn", KDD 2024
            https://arxiv.org/abs/2402.06859 calibration and exploration in a feed ranker
        J. Zhai et al. (Meta), "Actions Speak Louder than Words: Trillion-Parameter Sequential Transducers for Generative Recommendations", ICML 2024
            https://arxiv.org/abs/2402.17152 encoders of the action history
        D. Agarwal et al. (LinkedIn), "Online Parameter Selection for Web-based Ranking Problems", KDD 2018
            https://doi.org/10.1145/3219819.3219847 Bayesian optimisation of the weights, live on a feed
        N. Bronson et al. (Facebook), "TAO: Facebook's Distributed Data Store for the Social Graph", USENIX ATC 2013
            https://www.usenix.org/conference/atc13/technical-sessions/presentation/bronson
            a graph cache that is read at page time, privacy checks included
        European Union, "Regulation (EU) 2022/2065 (Digital Services Act)", Official Journal of the EU 2022
            https://eur-lex.europa.eu/eli/reg/2022/2065/oj an option without profiling in each recommender of a very large platform (Article 38)
        S. Milli et al., "Engagement, user satisfaction, and the amplification of divisive content on social media", PNAS Nexus 2025
            https://doi.org/10.1093/pnasnexus/pgaf062 engagement against stated preference
    """),
)


@view("Overview")
def overview() -> None:
    """Each load gathers, checks, ranks and balances posts of a live inventory; served lists train the next model."""
    members = Users("Members", tooltip="Open the feed, write posts, react; every label starts here")
    with Cluster("Online"):
        gateway = Envoy("API gateway", tooltip="Authenticates and attaches the {promise} deadline")
        mixer = Scala("Feed mixer", tooltip="Gathers, checks audiences, ranks lightly; owns timeouts and fallbacks")
        inventory = Retriever("Followed-post inventory", tooltip="Finds recent posts by author, pulled at read time")
        strangers = Retriever(
            "Out-of-network retrieval", tooltip="Finds strangers' posts by embedding and friends' actions"
        )
        ranker = Ranker("Ranker", tooltip="Predicts about ten outcomes for each of {ranked} posts")
        reranker = Ranker("Re-ranker\nwith value model", tooltip="Weighs outcomes, applies integrity and diversity")
    with Cluster("State"):
        features = FeatureStore("Online feature store", tooltip="Serves member, post and relationship features")
        integrity = FeatureStore(
            "Integrity scores", tooltip="Serves policy and quality scores that content moderation writes"
        )
        events = Kafka("Event log\nKafka", tooltip="Carries posts, served lists, reactions, dwell, hides")
        stream_jobs = Flink("Stream jobs\nFlink", tooltip="Update counters, histories and post indexes within seconds")
    with Cluster("Learning"):
        lake = S3("Data lake", tooltip="Stores whole served lists with logged features and outcomes")
        training = Kubeflow("Training pipeline", tooltip="Runs hourly increments and a weekly full run, both gated")
        registry = Mlflow("Model registry", tooltip="Releases a model with the weights version it was tuned for")

    members >> request("load page") >> gateway >> request("{promise} deadline") >> mixer
    mixer >> request("followees") >> inventory
    mixer >> request("interests") >> strangers
    inventory >> response("{from_authors} posts") >> mixer
    strangers >> response("{from_outside} posts") >> mixer
    mixer >> response("best {ranked}") >> ranker >> request("features, histories") >> features
    ranker >> response("ten probabilities") >> reranker >> request("demotion factors") >> integrity
    reranker >> response("{shown} posts") >> members >> feedback("posts, reactions") >> events
    reranker >> stream("served list") >> events >> stream("events") >> stream_jobs >> stream("new posts") >> inventory
    stream_jobs >> stream("fresh vectors") >> strangers
    stream_jobs >> stream("counters, histories") >> features
    events >> batch("hourly lists") >> lake >> batch("{rows:n} rows/day") >> training
    training >> control("gated models") >> registry >> control("rollout") >> ranker


@view("Serving", details="overview/Online")
def serving() -> None:
    """One load: {gathered} posts pulled, checked against audience rules, scored twice and balanced as a list."""
    app = Mobile("Member app", tooltip="Sends a cursor; reports dwell for each visible post")
    with Cluster("Edge"):
        gateway = Envoy("API gateway", tooltip="Sheds prefetches first under load")
        mixer = Scala("Feed mixer", tooltip="Drives the stages, hashes the arms, drops late sources")
    with Cluster("Context"):
        profile = Redis("Member features\nRedis", tooltip="Holds profile, interests and session, read at once")
        history = Scylla("Action history\nScylla", tooltip="Holds the last {actions} actions, the newest seconds old")
    with Cluster("Gather"):
        leaves = Retriever("Author leaf shards", tooltip="Return recent posts of up to 1,000 followees")
        walk = GraphStore("Engagement walk", tooltip="Finds posts that friends reacted to in the last day")
        ann = VectorIndex("Post ANN index", tooltip="Finds posts nearest to the member's interests, over {fresh_days}")
    with Cluster("Check"):
        merge = Assembler("Merge\nand seen filter", tooltip="Removes repeats and near-copies, keeps the source tag")
        audience = Guard(
            "Audience check\ngraph cache", tooltip="Tests friend, block, group and deletion rules, post by post"
        )
        integrity = Redis("Integrity cache\nRedis", tooltip="Holds removal, demotion and sensitivity scores")
    with Cluster("Rank"):
        light_ranker = Ranker("Light ranker\nCPU", tooltip="Scores with two towers and few features")
        ranker = Ranker("Ranker\nGPU server", tooltip="Sequence encoder, gated experts, one head an outcome")
        post_features = Memcached(
            "Post features\nMemcached", tooltip="Holds counters, author affinity, content vectors"
        )
    with Cluster("Compose"):
        value = SummingJunction(
            "Value model", tooltip="Weighted sum of calibrated heads; integrity scales its positive part"
        )
        reranker = Ranker("Re-ranker", tooltip="Author spacing, media mix, source quotas, exploration")
        page = Assembler("Page assembly", tooltip="Blends ads under gap limits, loads content, re-checks audiences")
        fallback = Memcached("Fallback lists\nMemcached", tooltip="Holds the member's last ranked ids for timeouts")
    log = Kafka("Serving log\nKafka", tooltip="Keeps features, heads, weights and positions as used")

    with step("A page is requested with a cursor; up to {peak_rate:n} loads a second enter with a {promise} deadline."):
        app >> request("GET page") >> gateway >> request("{promise} deadline") >> mixer
    with step(
        "Member features and the last {actions} actions arrive in {context_time}, what was done 5 s ago included."
    ):
        mixer >> request("member id") >> profile
        mixer >> request("member id") >> history
    with step(
        "Three sources run side by side under {leaf_time}; the leaf call alone touches {shards:n} author shards."
    ):
        mixer >> request("followees, {shards} shards") >> leaves
        mixer >> request("friend ids") >> walk
        mixer >> request("interest vectors") >> ann
    with step("{gathered} posts are merged; repeats and posts already seen are removed."):
        leaves >> response("{from_authors} posts") >> merge
        walk >> response("{from_friends} posts") >> merge
        ann >> response("{from_ann} posts") >> merge
    with step(
        "Each post is tested against audience and block rules in {audience_time} and gets integrity scores in {integrity_time}."
    ):
        merge >> response("unseen ids") >> audience >> request("score look-up") >> integrity
    with step("About {allowed} posts remain; the light ranker keeps {ranked} of them, with {light_time} of compute."):
        audience >> response("{allowed} allowed") >> light_ranker >> response("top {ranked}") >> ranker
    with step(
        "Features for {ranked} posts take {hydrate_time}; ten outcomes are predicted, {ranker_time} a GPU batch."
    ):
        ranker >> request("{ranked} keys") >> post_features
        mixer >> response("profile, {actions} actions") >> ranker
    with step("Weights turn probabilities into value, hide and report below zero; spacing and quotas follow."):
        ranker >> response("ten heads") >> value >> response("{ranked} values") >> reranker
    with step("Ads enter, the audience of the {shown} is checked once more, and the page leaves within {promise}."):
        reranker >> response("{shown} posts") >> page >> request("re-check {shown}") >> audience
        page >> response("mixed page") >> app
    with step("If a stage times out, the last ranked ids go out instead, through the same audience check."):
        mixer >> request("on timeout") >> fallback >> response("cached ids") >> page
    with step("The list is logged with every head; dwell and reactions come back as labels."):
        reranker >> stream("list as served") >> log
        app >> feedback("dwell, reactions") >> log


@view("Model", direction="TB", details="serving/Ranker")
def model() -> None:
    """The history is encoded once a load; gated experts feed ten heads in four groups; policy adds them up afterwards."""
    with Cluster("Inputs"):
        history = Features("Last {actions} actions", tooltip="Post, author, kind and age of each action")
        member = Features("Member and context", tooltip="Profile, interests, session depth, device, hour")
        relationship = Features("Relationship", tooltip="Affinity, comments exchanged, days since contact")
        post = Features("Candidate post", tooltip="Content vector, author, age, rates per view, quality")
    with Cluster("Representation"):
        tables = EmbeddingTable(
            "Embedding tables", tooltip="Learned vectors for members, authors, posts, topics; sharded over GPUs"
        )
        encoder = Encoder(
            "History encoder",
            tooltip="Transformer pretrained on next-action prediction; run once a load, not once a post",
        )
        cross = Interaction(
            "Target attention\nand crosses",
            tooltip="The post queries the encoded history; cross layers join relationship and context",
        )
    experts = Expert("Gated experts", tooltip="Eight shared experts, a softmax gate for each head")
    with Cluster("Heads") as heads:
        Head("Reactions", tooltip="Like, comment, share, save, profile visit: five sigmoid outputs")
        Head("Long dwell", tooltip="Dwell above the median for posts of this kind")
        Head("Hide and report", tooltip="Hide, report, snooze: the negative outcomes")
        Head(
            "Survey worth",
            tooltip="Would the member call it worth their time; trained on {survey_answers:n} answers a day",
        )
    with Cluster("Use"):
        calibrator = Calibrator("Calibrator\nby head", tooltip="Isotonic maps by surface, so that heads may be added")
        value = SummingJunction("Value model", tooltip="Weights from the reviewed file; not part of the loss")
    labels = LabelJoin("Joined labels", tooltip="Outcomes within 1 h and 24 h of the view; surveys within minutes")
    loss = LossFunction("Weighted log-loss", tooltip="Inverse position propensity, cap per member, sum over heads")

    history >> Edge(label="{actions} × 64") >> encoder
    member >> tables
    post >> tables
    tables >> Edge(label="64 d each") >> cross
    encoder >> Edge(label="{actions} × 256") >> cross
    relationship >> cross
    cross >> Edge(label="1,024 d") >> experts
    experts >> heads
    heads >> Edge(label="ten scores") >> calibrator
    calibrator >> Edge(label="probabilities") >> value
    heads >> loss
    labels >> feedback("ten labels") >> loss


@view("Inventory", details="overview/Followed-post inventory")
def inventory() -> None:
    """How a post becomes rankable within 10 s, and stops being shown at once."""
    app = Mobile("Member app", tooltip="Publishes, edits, deletes, narrows audiences; reacts to others' posts")
    with Cluster("Write path"):
        posts = Mysql("Post database\nMySQL", tooltip="Source of truth for posts and audience rules")
        changes = Kafka("Change stream\nKafka", tooltip="Carries creates, edits and deletes, in order by author")
        graph = Mysql("Social graph\nMySQL", tooltip="Source of truth for follows, friendships, blocks, groups")
    with Cluster("Understand"):
        scan = Guard("Integrity scan", tooltip="Hash match and classifiers, before a post reaches many")
        encoder = Encoder("Content encoder\nGPU", tooltip="Computes text, image and video vector, topic, language")
    with Cluster("Index"):
        writer = Flink("Index writer\nFlink", tooltip="Builds the {record_bytes} record and routes it by author")
        leaves = Retriever("Author leaf shards", tooltip="Hold {index_bytes} of posts in memory, in {copies:n} copies")
        ann = VectorIndex("Post ANN index", tooltip="Small hourly segments over {fresh_days} of public posts")
        counters = Flink("Counter stream\nFlink", tooltip="Counts reactions per view by post and audience group")
        post_features = Memcached("Post features\nMemcached", tooltip="Holds counters and content features for ranking")
        audience = Guard(
            "Audience check\ngraph cache", tooltip="Holds the rules and ties that every read is tested against"
        )
        removals = Nats("Delete fan-out\nNATS", tooltip="Pushes removals to every cache, ahead of other updates")

    app >> request("publish, delete") >> posts >> stream("CDC") >> changes
    app >> request("follow, block") >> graph
    changes >> stream("new content") >> scan >> stream("allowed, scored") >> writer
    changes >> stream("text, media") >> encoder >> stream("vector, topic") >> writer >> stream("under 10 s") >> leaves
    writer >> stream("public posts") >> ann
    writer >> stream("static features") >> post_features
    app >> feedback("views, reactions") >> counters >> stream("live counters") >> post_features
    changes >> stream("deletes first") >> removals >> control("tombstone") >> [leaves, ann]
    removals >> control("delete, narrow") >> audience
    graph >> stream("follows, blocks") >> audience
    changes >> stream("audience rules") >> audience


@view("Training", details="overview/Training pipeline")
def training() -> None:
    """From whole served lists to a released bundle: several labels, several delays, a calibrated head for each."""
    with Cluster("Data"):
        log = Kafka(
            "Serving log\nKafka",
            tooltip="Keeps features, positions and head scores as served, and candidates that lost",
        )
        reactions = Kafka(
            "Reactions and dwell\nKafka", tooltip="Carries fast labels: dwell, like, comment, share, hide"
        )
        surveys = Postgresql(
            "Survey answers", tooltip="Stores sparse ratings of worth, the nearest thing to satisfaction"
        )
        join = Flink("Label join\nFlink", tooltip="Joins outcomes to the list in windows of 1 h and 24 h")
        table = S3("Training table", tooltip="Stores whole lists of sampled members for {table_days}")
    with Cluster("Training"):
        sample = Spark(
            "Debias and sample\nSpark", tooltip="Position propensities, heavy-member caps, response weights of surveys"
        )
        pretraining = Trainer("Sequence pretraining", tooltip="Learns the history encoder by next-action prediction")
        ranker = Trainer("Ranker trainer", tooltip="Gated experts and ten heads; embedding tables are sharded")
        distiller = Distiller(
            "Light ranker distillation", tooltip="Fits the ranker's main heads on all {allowed}, losers too"
        )
    with Cluster("Release"):
        calibration = Calibrator(
            "Calibrator\nby head", tooltip="Fits maps by head and surface on held-out lists, so weights keep meaning"
        )
        gate = Choice(
            "Offline gate", tooltip="Loss per head on the next hours; new and light members judged separately"
        )
        registry = Mlflow("Model registry", tooltip="One bundle: encoder, ranker, light ranker, maps, schema")
        canary = Flagger("Shadow and canary", tooltip="A shadow run compares lists first, then 1 % sees them")
        fleet = ModelPool("Serving fleet", tooltip="Loads a bundle atomically and keeps the previous one")

    log >> stream("lists") >> join
    reactions >> feedback("outcomes") >> join >> batch("{rows:n} rows/day") >> table
    table >> batch("sampled lists") >> sample >> batch("weighted rows") >> ranker
    surveys >> feedback("survey labels") >> sample
    table >> batch("action sequences") >> pretraining >> batch("encoder parameters") >> ranker
    ranker >> batch("raw heads") >> calibration >> batch("calibrated heads") >> gate
    table >> batch("held-out lists") >> calibration
    log >> batch("losing candidates") >> distiller
    ranker >> batch("teacher heads") >> distiller >> batch("top-{ranked} overlap") >> gate
    gate >> control("passed bundle") >> registry >> control("bundle id") >> canary
    canary >> control("staged rollout") >> fleet >> stream("new lists") >> log


@view("Objectives", details="serving/Value model")
def objectives() -> None:
    """Who decides what the feed is for: outcome weights are proposed, tested against the long term, and released."""
    with Cluster("Goals"):
        owners = Users("Product and\npolicy owners", tooltip="State goals and limits; own the weights file")
        panel = User("Survey panel", tooltip="Rates posts and sessions: ground truth for satisfaction")
        prevalence = Labeller("Harm prevalence", tooltip="Labels randomly drawn views for harm and bait")
    with Cluster("Weights"):
        heads = Calibrator("Calibrator\nby head", tooltip="Gives ten probabilities that may be added, being calibrated")
        replay = Spark("Weight replay\nSpark", tooltip="Re-scores logged lists under other weights")
        search = Planner("Weight search", tooltip="Runs constrained Bayesian optimisation over live arms")
        weights = Git("Weights file\nGit", tooltip="Reviewed, versioned, reversible")
    value = SummingJunction("Value model", tooltip="Applies weights and integrity factors while serving")
    with Cluster("Evidence"):
        events = Kafka("Event log\nKafka", tooltip="Carries served lists by arm and what members did with them")
        analysis = Clickhouse("Experiment analysis", tooltip="Sessions, reports and survey scores by arm")
        creators = Experiment("Creator-side test", tooltip="Randomises authors: what does ranking make them post")
        holdback = Experiment("Long-term holdback", tooltip="Keeps 1 % on last quarter's feed, read monthly")
        surrogate = Forecaster("Surrogate model", tooltip="Predicts 90-day retention from two weeks of signals")

    owners >> control("goals, limits") >> search
    panel >> feedback("survey labels") >> heads >> batch("logged scores") >> replay
    replay >> batch("candidate region") >> search >> control("proposed weights") >> weights
    owners >> control("review, approve") >> weights >> control("weights version") >> value
    heads >> response("probabilities") >> value >> stream("lists by arm") >> events
    events >> feedback("arm outcomes") >> analysis
    events >> feedback("authors by arm") >> creators
    events >> feedback("frozen arm") >> holdback
    analysis >> feedback("reward, constraints") >> search
    analysis >> batch("two-week signals") >> surrogate
    holdback >> batch("long-run truth") >> surrogate >> feedback("retention estimate") >> owners
    prevalence >> feedback("harm rates") >> owners
    creators >> feedback("supply effect") >> owners


@view("Operations")
def operations() -> None:
    """Health of the stages, brakes for crises, experiments, and the ladder of simpler feeds."""
    with Cluster("Serving"):
        stages = ModelPool("Funnel services", tooltip="Emit posts in and out, latency and timeouts by stage")
        events = Kafka("Event log\nKafka", tooltip="Carries views, reactions, hides and reports")
        brakes = Guard("Integrity brakes", tooltip="Demote more strongly in a crisis, limited in time")
        flags = Etcd("Feature flags\netcd", tooltip="Switch sources, heads and weights without a deploy")
        fallback = Fallback("Fallback ladder", tooltip="Light order, then cached list, then newest first")
    with Cluster("Observe"):
        metrics = Prometheus("Metrics\nPrometheus", tooltip="Stage p99, empty feeds, candidate loss")
        quality = Flink("Live quality\nFlink", tooltip="Head calibration, hide rate, source share by version")
        skew = Spark("Skew check\nSpark", tooltip="Compares values logged in serving with those in training")
        dashboards = Grafana("Dashboards\nGrafana", tooltip="One board for the funnel, one for quality")
        alerts = Pagerduty(
            "On-call alerts", tooltip="Pages a person on burn rate, privacy failures, skew, broken calibration"
        )
    with Cluster("Decide"):
        oncall = User("On-call engineer", tooltip="Judges the page and starts a rollback")
        analysis = Clickhouse("Experiment analysis", tooltip="Randomised by cluster where members affect each other")
        owner = User("Ranking owner", tooltip="Reviews launches against the guardrails")
        retrain = Airflow("Retrain trigger", tooltip="Starts runs hourly, earlier on drift")
        rollback = Argocd("Rollback controller", tooltip="Restores bundle and weights together")

    stages >> stream("RED metrics") >> metrics >> stream("series") >> dashboards
    stages >> stream("heads as served") >> quality >> stream("quality series") >> dashboards
    events >> feedback("reactions, hides") >> quality
    stages >> batch("feature samples") >> skew >> control("skew over limit") >> alerts
    metrics >> control("SLO burn") >> alerts
    quality >> control("calibration break") >> alerts >> control("page") >> oncall >> control("bad release") >> rollback
    quality >> control("head decay") >> retrain >> control("gated bundle") >> stages
    quality >> batch("per-arm outcomes") >> analysis >> feedback("read-out") >> owner
    owner >> control("ramp or stop") >> flags >> control("arms, switches") >> stages
    owner >> control("crisis mode") >> brakes >> control("stronger demotion") >> stages
    rollback >> control("previous bundle") >> stages
    stages >> control("stage timeout") >> fallback >> stream("degraded share") >> metrics
