"""Grow a personalised feed from one server and 1,000 daily users to three regions and 50 million, at 150 ms p99.

At every order of magnitude another resource runs out first: a CPU shared with the database, one model server, repeated
work, synchronous writes, the one primary, the one region. The right move is the smallest change that buys the next
tenfold, made only when a number forces it.

Meanwhile the training data, the features and the rollouts of the model have to stay consistent while the path that
serves them is rebuilt under load. Each stage is a view, and its caption says what forced it.
"""

from diagrams import Cluster, Edge
from diagrams.aws.network import Route53
from diagrams.aws.storage import S3
from diagrams.generic.place import Datacenter
from diagrams.generic.storage import Storage
from diagrams.k8s.clusterconfig import HPA
from diagrams.k8s.compute import Cronjob, Pod
from diagrams.onprem.analytics import Flink, Spark
from diagrams.onprem.client import Users
from diagrams.onprem.database import Postgresql, Scylla
from diagrams.onprem.gitops import Flagger
from diagrams.onprem.inmemory import Redis
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.monitoring import Grafana, Prometheus
from diagrams.onprem.network import Envoy, Etcd, Nginx
from diagrams.onprem.queue import Celery, Kafka, Nats, RabbitMQ
from diagrams.onprem.workflow import Airflow, Kubeflow
from diagrams.programming.framework import FastAPI
from diagrams.programming.language import Go, Python
from diagrams.saas.cdn import Cloudflare

from archfolio import (
    COMMON_BLOCKS,
    LEARNING_BLOCKS,
    Assembler,
    Bias,
    Budget,
    CaseStudy,
    Clarification,
    Decision,
    EmbeddingTable,
    EmbeddingTower,
    Estimate,
    Evaluation,
    Experiment,
    FailureMode,
    FeatureGroup,
    Features,
    FollowUp,
    Framing,
    Head,
    Interaction,
    Label,
    Loss,
    LossFunction,
    MathFormula,
    Metrics,
    ModelPool,
    ModelServer,
    Parallel,
    Phase,
    Planner,
    Ranker,
    Requirements,
    System,
    Tags,
    VectorIndex,
    assume,
    batch,
    bibliography,
    control,
    derive,
    feedback,
    reference,
    request,
    step,
    stream,
    view,
)

ESTIMATE = Estimate(
    # Users and requests
    users_1=assume("Daily users, stage 1", 1e3, "user"),
    users_2=assume("Daily users, stage 2", 20e3, "user"),
    users_3=assume("Daily users, stage 3", 200e3, "user"),
    users_4=assume("Daily users, stage 4", 2e6, "user"),
    users_5=assume("Daily users, stage 5", 10e6, "user"),
    users_6=assume("Daily users, stage 6", 50e6, "user"),
    asks_12=assume("Feed requests per user, stages 1 and 2", 20, "request/user/day"),
    asks_34=assume("Feed requests per user, stages 3 and 4", 30, "request/user/day"),
    asks_56=assume("Feed requests per user, stages 5 and 6", 40, "request/user/day"),
    swing_12=assume("Peak over average, stages 1 and 2", 10),
    swing_34=assume("Peak over average, stages 3 and 4", 5),
    swing_56=assume("Peak over average, stages 5 and 6", 4, note="falls as users spread over time zones"),
    # Speeds, from load tests
    box_speed=assume("One small server, database and model together", 20, "request/s/host"),
    cores=assume("Cores of a server", 8, "core/host"),
    cpu_time=assume("CPU time of a ranked request", 100, "core*ms/request"),
    server_speed=derive("One CPU model server", "cores / cpu_time", "request/s/host"),
    gpu_speed=assume("One GPU", 1_000, "request/s/GPU", note="candidates cut by vectors, the rest fully ranked"),
    replica_speed=assume("One SQL replica, point reads", 10_000, "read/s/replica"),
    redis_speed=assume("One Redis node, keys in multi-gets", 200_000, "read/s/node"),
    primary_speed=assume("One SQL primary, writes", 5_000, "write/s/primary"),
    load=assume("Load at which servers are run, of capacity", 60, "percent"),
    # Stages 1 to 3
    peak_1=derive("Peak at stage 1", "users_1 * asks_12 * swing_12", "request/s"),
    peak_2=derive("Peak at stage 2", "users_2 * asks_12 * swing_12", "request/s"),
    peak_3=derive("Peak at stage 3", "users_3 * asks_34 * swing_34", "request/s"),
    servers_3=derive("Model servers at stage 3", "ceil(peak_3 / (server_speed * load))", "host"),
    most_3=assume("Model servers that the autoscaler may start", 20, "host"),
    # Stage 4
    peak_4=derive("Peak at stage 4", "users_4 * asks_34 * swing_34", "request/s"),
    retrieved=assume("Candidates per request, from stage 4", 500, "item/request"),
    user_reads=assume("User rows per ranked request", 1, "read/request"),
    ranked=assume("Items fully ranked, a row read each", 100, "read/request"),
    keys=derive("Feature keys read per ranked request", "user_reads + ranked", "read/request"),
    reads_4=derive("Feature reads at stage 4, no cache", "peak_4 * keys", "read/s"),
    replicas_4=derive("SQL replicas these would need", "ceil(reads_4 / replica_speed)", "replica"),
    nodes_4=derive("Redis nodes these would need", "ceil(reads_4 / (redis_speed * load))", "node"),
    servers_4=derive("CPU servers at stage 4, no cache", "ceil(peak_4 / (server_speed * load))", "host"),
    hit_4=assume("Response-cache hits at stage 4, of requests", 40, "percent"),
    cached_4=derive("Feature reads at stage 4 after hits", "reads_4 * (1 - hit_4)", "read/s"),
    gpus_4=derive("GPUs at stage 4", "ceil(peak_4 * (1 - hit_4) / (gpu_speed * load))", "GPU"),
    page_events=assume("Events inserted per request, a write each", 1, "write/request"),
    primary_4=derive(
        "Event writes at stage 4, of what one primary takes", "peak_4 * page_events / primary_speed", "percent*primary"
    ),
    # Stage 5
    peak_5=derive("Peak at stage 5", "users_5 * asks_56 * swing_56", "request/s"),
    user_events=assume("Events per user, stages 5 and 6", 60, "write/user/day", note="40 views, 20 actions: writes"),
    events_5=derive("Events at stage 5", "users_5 * user_events * swing_56", "write/s"),
    primaries_5=derive("Primaries these would need", "events_5 / primary_speed", "primary"),
    precomputed=assume("Answered by cache or precomputed lists, of requests", 50, "percent", note="stages 5 and 6"),
    gpus_5=derive("GPUs at stage 5", "ceil(peak_5 * (1 - precomputed) / (gpu_speed * load))", "GPU"),
    lists=assume("Lists precomputed per user", 1, "request/user"),
    nightly=derive("Nightly lists on those GPUs", "users_5 * lists / (gpus_5 * gpu_speed)", "min"),
    # Stage 6
    peak_6=derive("Peak at stage 6", "users_6 * asks_56 * swing_56", "request/s"),
    gpus_6=derive("GPUs at stage 6", "ceil(peak_6 * (1 - precomputed) / (gpu_speed * load))", "GPU"),
    regions=assume("Regions", 3, "region"),
    region_peak=derive("Peak of a region, an even share", "peak_6 / regions", "request/s/region"),
    region_gpus=derive(
        "GPUs per region", "ceil(gpus_6 / (regions - 1))", "GPU/region", note="N+1: one region may be lost"
    ),
    fleet=derive("GPUs in all regions", "region_gpus * regions", "GPU"),
    profile_writes=assume("User-database writes per user", 10, "write/user/day"),
    writes_6=derive("User-database writes at stage 6", "users_6 * profile_writes * swing_56", "write/s"),
    primaries_6=derive("Primaries needed", "ceil(writes_6 / primary_speed)", "primary"),
    region_primaries=assume(
        "Primaries run in a region", 3, "primary/region", note="room for a region's users moving in"
    ),
    primaries_run=derive("Primaries run", "region_primaries * regions", "primary"),
    shards_per_primary=assume(
        "Logical shards per primary", 8, "logical/primary", note="moved one by one when a primary fills"
    ),
    logical_shards=derive("Logical shards", "primaries_run * shards_per_primary", "logical"),
    # Features and logs
    items=assume("Items", 5e6, "item"),
    user_values=assume("Feature values per user", 200, "value/user"),
    item_values=assume("Feature values per item", 200, "value/item"),
    values=derive("Feature values", "users_6 * user_values + items * item_values", "value"),
    value_bytes=reference("redis_value_bytes"),
    feature_bytes=derive("Feature memory, one copy", "values * value_bytes", "byte"),
    shard_bytes=assume("Memory of a feature shard", 25e9, "byte/shard"),
    shards=derive("Feature shards", "ceil(feature_bytes / shard_bytes)", "shard"),
    copies=assume("Feature copies in a region", 2, "copy/region"),
    all_features=derive(
        "Feature memory, all regions",
        "feature_bytes * copies * regions",
        "byte*copy",
        note="all users everywhere: a warm failover",
    ),
    event_bytes=assume("Bytes per event", 500, "byte/write"),
    event_log=derive("Event log per day", "users_6 * user_events * event_bytes", "byte/day"),
    sampling=assume("Requests per one with logged features", 100),
    shown=assume("Items shown", 20, "item/request"),
    item_bytes=assume("Logged features per item", 1e3, "byte/item"),
    feature_log=derive("Feature log per day", "users_6 * asks_56 / sampling * shown * item_bytes", "byte/day"),
    mirrored=derive("Mirrored by a region per day", "(event_log + feature_log) / regions", "byte/day/region"),
    # Latency at stage 6, p99
    promise=assume("Promised page at stage 6, p99", 150, "ms"),
    client=assume("Client to nearest edge, TLS resumed, fixed line", 20, "ms"),
    to_region=assume("Edge to the gateway of the home region", 20, "ms"),
    gateway_time=assume("Gateway: auth, rate limit", 8, "ms"),
    cache_time=assume("Response-cache look-up", 3, "ms"),
    list_read=assume("Candidate list", 15, "ms"),
    ann_time=assume("ANN search for fresh items", 20, "ms"),
    profile_read=assume("Profile and seen-list", 10, "ms"),
    multiget=assume("Multi-get from feature shards", 15, "ms"),
    batch_wait=assume("Wait for a GPU batch to fill", 10, "ms"),
    batch_size=assume("Requests in a GPU batch", 24, "request/GPU"),
    scoring=derive("GPU ranking", "batch_wait + batch_size / gpu_speed", "ms"),
    rank_call=derive("Call of the rankers, as the feed service waits for it", "multiget + scoring", "ms"),
    render=assume("Rules, diversity, serialise", 6, "ms"),
    reserve=assume("Reserve", 18, "ms"),
    # Experiment
    base_rate=assume("Sessions with a long view, of sessions", 30, "percent"),
    effect=assume("Smallest change worth detecting, relative", 1, "percent"),
    variance_factor=assume(
        "Sample size factor", 16, "user", note="two-sided 5 % test with 80 % power: 2 (1.96 + 0.84)²"
    ),
    arm=derive("Users per arm", "variance_factor * (1 - base_rate) / (base_rate * effect ** 2)", "user"),
    # Cost
    core_price=reference("core_price"),
    gpu_price=reference("l4_price"),
    memory_price=assume("Memory-optimised hosts", 5e-9, "USD/byte/copy/month", note="5 USD per GB and month"),
    object_price=reference("object_storage_price"),
    kept=assume("Days of logs kept", 90, "day"),
    cpu_ratio=derive(
        "CPU servers at stage 4, in prices of its GPUs",
        "servers_4 * cores * core_price / (gpus_4 * gpu_price)",
        note="without and with the response cache",
    ),
    box=assume("Servers at stage 1", 1, "host"),
    quoted=assume("Requests for which the cost is quoted", 1_000, "request"),
    cost_1=derive(
        "Cost of 1,000 requests at stage 1", "quoted * box * cores * core_price / (users_1 * asks_12)", "USD"
    ),
    feed_time=assume("CPU time of a request outside the ranker", 10, "core*ms/request"),
    feed_cores=derive(
        "Cores of gateways and feed services", "ceil(peak_6 * feed_time / load / (regions - 1)) * regions", "core"
    ),
    database_cores=assume("Cores of a primary with its standby and copy", 48, "core/primary"),
    gpu_cost=derive("GPUs per day", "fleet * gpu_price", "USD/day"),
    memory_cost=derive("Feature memory per day", "all_features * memory_price", "USD/day"),
    core_cost=derive("Cores per day", "(feed_cores + primaries_run * database_cores) * core_price", "USD/day"),
    log_cost=derive("Logs kept, per day", "(event_log + feature_log) * kept * object_price", "USD/day"),
    cost_per_thousand=derive(
        "Cost of 1,000 requests at stage 6",
        "quoted * (gpu_cost + memory_cost + core_cost + log_cost) / (users_6 * asks_56)",
        "USD",
        note="without traffic out of the region",
    ),
    user_cost=derive(
        "Cost per daily user", "(gpu_cost + memory_cost + core_cost + log_cost) / users_6", "USD/user/month"
    ),
)

SYSTEM = System(
    title="ML serving from zero to millions",
    family="applied",
    position=19,
    tags=Tags(task=["recommendation", "platform"], pattern=["scale-up path", "batch scoring"], data=["events"]),
    framing=Framing(
        goal="Keep people coming back to a feed, at a cost per user that falls as the product grows.",
        decision="Per request: which {shown} items, in which order. Per stage: which one mechanism to add next.",
        task="Retrieve a few hundred items and rank them by predicted value; the same task at every stage, with other machinery.",
        label="A long view (30 seconds or more) within 30 minutes of the impression; clicks and hides beside it.",
        metric="Sessions with a long view, at the promised latency, and the cost of 1,000 requests.",
        not_optimised="Requests per second for their own sake, and model size: below stage 4 a better model would win less than an "
        "hour of uptime. Nor growth beyond the next tenfold: each stage is built for the one in sight.",
        baseline="Newest and most popular items of followed topics, by one SQL query. It needs no model, launches in a week, and is "
        "the fallback at every later stage. It is enough until a test can show that ranking beats it.",
    ),
    clarifications=[
        Clarification(
            "Is this a new product or a cut-over of existing traffic?",
            "New: start at stage 1. A cut-over would start at stage 3.",
        ),
        Clarification(
            "How fast do users grow?",
            "About tenfold a year (assumption); a stage must be reached before its number is, so each takes a quarter.",
        ),
        Clarification(
            "What may be lost in an outage?",
            "At stage 1 a day of writes; from stage 3 nothing that was acknowledged; at stage 6 about 1 s across regions.",
        ),
        Clarification(
            "How fresh must a feed be?", "A day up to stage 4; from stage 5 the last click counts within 10 s."
        ),
        Clarification(
            "Where do users live?",
            "In one country up to stage 5, then on three continents, with data that must stay at home.",
        ),
        Clarification(
            "How large is the team?",
            "Two engineers at stage 1, about a hundred at stage 6. Every mechanism needs an owner, which is the real budget.",
        ),
    ],
    requirements=Requirements(
        functional=[
            "Return a ranked page of {shown} items; log what was shown and done; from stage 3 redeploy without downtime.",
            "Keep the API contract and the feature definitions the same through all stages.",
            "Make every migration reversible: write twice or read in shadow, compare, flip, keep the old path for a week.",
        ],
        qualities={
            "Latency": "p99 of a page 1 s at stage 1, 300 ms at 2 and 3, 200 ms at 4 and 5, {promise} at 6 (assumptions).",
            "Availability": "99 % at stage 1, 99.5 at 2, 99.9 at 3 and 4, 99.95 at 5, 99.99 at 6 (assumptions).",
            "Freshness": "Counters a day old up to stage 4, 10 s from 5; models a week old, a day from 3 (assumptions).",
        },
    ),
    estimate=ESTIMATE,
    headline=["peak_1", "peak_6", "fleet", "cost_per_thousand"],
    key_inputs=["users_1", "users_4", "users_6", "hit_4", "gpu_speed"],
    cost="cost_per_thousand",
    budget=Budget(
        "p99 of a feed page at stage 6",
        promise="promise",
        stages={
            "Client to nearest edge, TLS resumed": "client",
            "Edge to the gateway of the home region": "to_region",
            "Gateway: auth, rate limit": "gateway_time",
            "Response-cache look-up": "cache_time",
            "Candidates and profile": Parallel(
                {"Candidate list": "list_read", "ANN search": "ann_time", "Profile and seen-list": "profile_read"}
            ),
            "Multi-get of {keys} keys from feature shards": "multiget",
            "GPU ranking: wait for a batch, cut, full scores": "scoring",
            "Rules, diversity, serialise": "render",
            "Reserve": "reserve",
        },
    ),
    labels=[
        Label(
            "Long view",
            window="30 minutes after the impression",
            positive="The item was open for 30 s or more",
            negative="Shown in the viewport for 1 s and not opened",
            ignored="Sent but never in the viewport",
            delay="30 minutes; an hour with batching",
            bias="Only items that the last ranker showed, and mostly those on top",
            where="stage-6/Regional gateway -> Regional log",
        ),
        Label(
            "Click",
            window="30 minutes after the impression",
            positive="Opened",
            negative="In the viewport and not opened",
            ignored="Opened and closed within 2 s: neither, since it may be a slip",
            delay="30 minutes",
            bias="Titles that promise too much; kept as a separate head so that it can be weighed less",
            where="stage-5/API gateway -> Event log",
        ),
        Label(
            "Hide or report",
            window="7 days after the impression",
            positive="The user hid the item or its author",
            negative="No hide within the window",
            ignored="Reports under legal review",
            delay="Days",
            bias="Rare, and from few users: negatives are nearly free of information",
            where="stage-5/Data lake -> Training pipeline",
        ),
    ],
    training_example={
        "request": "r_5512, user u_40213, 2026-05-02T07:41:09Z",
        "item, position": "i_88120 at 3",
        "item clicks in 10 min, 1 day (as logged)": "410 / 9,120",
        "user long views of the topic, 7 days (as logged)": "6",
        "user vector, item vector": "v31 (64 d), v31 (64 d)",
        "model version, variant": "ranker 2026-05-01, B",
        "propensity of the slot": "0.98 ranked, 0.02 explored",
        "click, long view, hide": "1, 1, 0",
    },
    features=[
        FeatureGroup(
            "Item counters",
            features=[
                "clicks in 10 min, 1 h, 1 day",
                "click-through rate with a prior",
                "long-view rate",
                "hides per 1,000 views",
                "age in hours",
                "views so far",
            ],
            freshness="a day up to stage 4, 10 s from stage 5",
            store="stage-6/Online feature store",
            leak="Counters joined at training time contain the label's own click; from stage 5 the value as served is logged.",
        ),
        FeatureGroup(
            "User history",
            features=[
                "long views per topic, 7 days",
                "last 50 items",
                "share of sessions with a hide",
                "usual hour of day",
                "days since sign-up",
                "follows",
            ],
            freshness="a day up to stage 4, 10 s from stage 5",
            store="stage-6/Online feature store",
            leak="The list of last items that already includes the one that is scored.",
        ),
        FeatureGroup(
            "User and item",
            features=[
                "dot product of the two vectors",
                "views of the author by the user",
                "topic in follows",
                "same language",
                "seen before",
            ],
            freshness="nightly vectors, live seen-list",
            store="stage-6/ANN index",
            leak="Vectors trained on the test day; the version is logged with the example.",
        ),
        FeatureGroup(
            "Request context",
            features=["hour and weekday", "device class", "network speed", "entry point", "position, in training only"],
            freshness="this request",
            store="model/Context",
            leak="Position is an effect of the old ranker: it is a feature in training and fixed to 1 in serving.",
        ),
    ],
    loss=Loss(
        objective="Two models from stage 4. The towers minimise sampled softmax over long views with in-batch negatives; the ranker "
        "minimises weighted log-loss of three heads on logged impressions. Up to stage 3 one boosted-tree model with log-loss on "
        "long views does both jobs.",
        formulas=[
            MathFormula(
                "Sampled softmax with sampling correction",
                r"\mathcal{L}_{tower} = -\log \frac{e^{u \cdot v_i / \tau - \log Q(i)}}{\sum_{j \in B} e^{u \cdot v_j / \tau - \log Q(j)}}",
                "u and v are the user's and the item's vector, B the items of the batch, Q(j) the share of item j among positives: "
                "without it, popular items are punished for being frequent negatives.",
            ),
            MathFormula(
                "Ranker",
                r"\mathcal{L}_{rank} = -\sum_h \lambda_h \sum_i \frac{1}{\pi_i} \left[ y_{h,i} \log p_{h,i} + (1 - y_{h,i}) \log (1 - p_{h,i}) \right]",
                "h runs over click, long view and hide, λ are weights that keep the rare head alive, π is the logged probability that the "
                "item was shown in that slot.",
            ),
            MathFormula(
                "Value that orders the page",
                r"V = w_1 p_{click} + w_2 p_{long} - w_3 p_{hide}",
                "Weights are product decisions, set by test; because heads are calibrated, they keep their meaning from release to release.",
            ),
        ],
        calibration="Isotonic per head on the last day, checked as expected over observed long views by user tenure and item age. It "
        "matters because V adds heads, and because batch lists and online ranks must agree in scale.",
    ),
    evaluation=Evaluation(
        offline="NDCG and log-loss on the day after training, by tenure and item age; and for a migration, parity: old and new path on "
        "the same logged requests must agree in 99.9 % of the top {shown}.",
        disagreement="Logged impressions come from the old ranker, so a new retriever looks worse than it is: its new items have no "
        "labels. Caching hides improvements for {hit_4} of requests; latency, which offline does not see, moves engagement too.",
        unit="The user, hashed, because sessions of a user are alike and a response cache is keyed by user and variant.",
        duration="Two weeks, for both weekday patterns and novelty; migrations add one week of shadow reads.",
        power="With {base_rate} of sessions having a long view, a relative change of {effect} needs {arm} users per arm. That is more "
        "than all users of stage 3: until stage 4 only changes of several per cent can be tested.",
        guardrails="p99 and availability by arm, cost of 1,000 requests, hides, shed share, feature freshness.",
    ),
    biases=[
        Bias(
            "Position bias",
            "What is on top is clicked because it is on top; the model learns its own layout.",
            "Position as a training-only feature, and 2 % of slots filled at random with logged propensity.",
            "model/Context",
        ),
        Bias(
            "Selection by retrieval",
            "Items that no list proposes never get labels.",
            "Fresh items come from the index beside the precomputed lists; explored slots draw from all items.",
            "stage-6/ANN index",
        ),
        Bias(
            "Popularity",
            "Counters and in-batch negatives favour or punish the popular.",
            "Sampling correction in the tower, click rates with a prior.",
            "model/Sampled softmax",
        ),
        Bias(
            "Stale precomputed lists",
            "A list made at night reflects yesterday's interests and is judged as if it were live.",
            "Refresh on activity, and log the list's age with each impression.",
            "stage-5/Workers",
        ),
        Bias(
            "Delayed feedback",
            "Hides come days later; young impressions look harmless.",
            "The hide head trains on rows older than 7 days, the others on the last day.",
            "stage-5/Training pipeline",
        ),
        Bias(
            "Survivorship across stages",
            "Users who left during slow stages are not in the data that judge the new one.",
            "Keep a 1 % holdout on the popularity baseline, from stage 4 on.",
            "stage-4/Experiment assignment",
        ),
        Bias(
            "Cold start of a user",
            "No history, and at stage 1 that is everybody.",
            "Popular items by country and hour; anonymous feeds from the CDN; three topics asked at sign-up.",
            "stage-4/CDN",
        ),
        Bias(
            "Cold start of an item",
            "No counters, and no vector until the tower runs.",
            "The item tower uses content only, and workers embed a new item within a minute of upload.",
            "stage-5/Task queue",
        ),
        Bias(
            "Cold start of a region",
            "A new region has no local counters or lists.",
            "Global model, mirrored counters, lists built in the region before traffic moves.",
            "stage-6/Candidate table",
        ),
    ],
    decisions=[
        Decision(
            "One server until a number objects",
            why="At {peak_1:n} requests a second against {box_speed:n} the box is idle nine tenths of the time, and one process means one deploy, one log, one "
            "backup. What it lacks, redundancy, is not promised at 99 %.",
            rejected=[
                "Services at launch: five times the operations for two engineers, before anybody uses the product",
                "A managed ML platform at once: buys scale that is not needed and fixes the feature interface too early",
            ],
            revisit_when="launch is a cut-over of existing traffic, or peak passes half of {box_speed:n} requests a second",
        ),
        Decision(
            "A feature store at stage 2",
            why="One definition writes the served value and the training row, which ends skew while there are twenty features. It also takes "
            "reads off SQL: at stage 4 the same reads would need {replicas_4} replicas.",
            rejected=[
                "Features in SQL: fewer parts, but every page joins, and training runs on the same disk",
                "Features computed in the model server: no storage, but two code paths from the first day",
            ],
            revisit_when="features are a handful of columns of one row",
        ),
        Decision(
            "A response cache and {gpus_4} GPUs at stage 4",
            why="People reload within a minute, so {hit_4} of pages need no ranking. The rest batches well, and one GPU does the work of "
            "twelve CPU servers: {gpus_4} instead of {servers_4}.",
            rejected=[
                "{servers_4} CPU servers and no cache: no new skill, {cpu_ratio} times the cost, and no better model later",
                "Caching scores per item: survives reloads, but context features make keys nearly unique",
            ],
            revisit_when="answers must reflect the last click: then the cache goes and the GPUs nearly double",
        ),
        Decision(
            "An event log and precomputed lists at stage 5",
            why="Appending to a log cannot be slowed down by its readers, so spikes turn into lag instead of errors. Lists made at night in "
            "{nightly} move half of the work to idle GPUs.",
            rejected=[
                "Larger synchronous services: simple to reason about, but {events_5:n} events a second are {primaries_5:n} times a primary's limit",
                "Sharding the database for events: postpones the limit and keeps the coupling",
            ],
            revisit_when="answers depend on the request itself, as in search or fraud detection",
        ),
        Decision(
            "Home regions and asynchronous mirrors",
            why="A user writes at home in milliseconds, and a mirror about 1 s behind bounds what a failover loses. Data stay where the law wants "
            "them, and only {mirrored} per region cross.",
            rejected=[
                "One globally consistent database: no lost writes, but a cross-continent round trip on each",
                "Any region writes anything: needs conflict resolution for each table",
            ],
            revisit_when="data are small and contended, such as payments or entitlements",
        ),
        Decision(
            "Every region live, with N+1 capacity",
            why="Failover is a change of shares that happens daily, not a start from cold. It costs {region_gpus} of {fleet} GPUs and a full copy of "
            "features in each region, so that users arrive warm.",
            rejected=[
                "A cold standby: cheaper until the day it is needed, and never tested under load",
                "Two regions at half load: as safe, but buys double capacity instead of half as much again",
            ],
            revisit_when="an hour down costs less than {region_gpus:n} GPUs",
        ),
    ],
    failures=[
        FailureMode(
            "The response cache is lost (from stage 4).",
            "Hit rate falls to zero and ranker load rises by two thirds; from stage 5, where lists share the work, it doubles.",
            "The coalescer computes each key once, the gateway sheds, stale copies are served, and the warmer refills top keys.",
        ),
        FailureMode(
            "A blip becomes a retry storm.",
            "Retries exceed 10 % of calls, queue age grows.",
            "Retry budgets and jitter; work whose deadline has passed is dropped before it is done.",
        ),
        FailureMode(
            "Log consumers fall behind (from stage 5).",
            "Consumer lag and burn of the freshness objective.",
            "Batch values serve meanwhile; consumers scale on lag; the log keeps seven days.",
        ),
        FailureMode(
            "A shard or an item is hot (stage 6).",
            "CPU per shard and sampled keys.",
            "A near-cache in the ranker, read copies, then the logical shard moves to another primary.",
        ),
        FailureMode(
            "A region is lost (stage 6).",
            "Probes from outside, errors at the edge.",
            "The traffic controller moves its users; their profiles are read-mostly until mirrors have caught up.",
        ),
        FailureMode(
            "A bad model is released.",
            "The canary's engagement and score distribution, in the first region.",
            "Stop at that region and return to the previous version, which stays loaded.",
        ),
        FailureMode(
            "A migration corrupts values silently.",
            "Shadow reads compare old and new path on live keys.",
            "Flip back to the old path, which is kept for a week, and replay from the log.",
        ),
    ],
    metrics=Metrics(
        offline=["NDCG and calibration of old and new path on the same requests", "Feature parity of both stores"],
        online=[
            "p50, p99 and availability by region",
            "Cache hits, freshness, queue age",
            "Sessions with a long view, by arm",
        ],
        guardrail=[
            "Cost of 1,000 requests",
            "Shed share, replication lag",
            "Time to evacuate a region, error budget spent per migration",
        ],
    ),
    follow_ups=[
        FollowUp(
            "mid",
            "You have 1,000 users. Why no Kubernetes?",
            "Because nothing needs it. Peak is {peak_1:n} requests a second, one small server does {box_speed:n}, and the promise is 99 %: seven hours down a month. A deploy is a "
            "restart, a rollback is a symlink. What I do from the first day is log impressions with positions and keep features in one place, since data "
            "that were not logged cannot be bought later.",
            "Microservices and a cluster, to be ready for scale",
            "stage-1",
        ),
        FollowUp(
            "mid",
            "How do you add the first replica of the model server?",
            "Make it stateless first: the session moves into a signed token, the model into the image. Then a load balancer with least requests and health checks that "
            "pass only after warm-up, since a cold model misses its deadline. Retries get a budget. {servers_3} servers at {load} load carry {peak_3:n} requests "
            "a second, and losing one leaves the others below saturation.",
            "Round robin between two servers with sticky sessions",
            "stage-3/Load balancer",
        ),
        FollowUp(
            "senior",
            "Why does the cache come before more servers at stage 4?",
            "Look at what is asked: people reload within a minute, and cold-start feeds are identical. A cache of item ids for 60 seconds answers {hit_4} of requests in two "
            "milliseconds; the rest needs {gpus_4} GPUs instead of {servers_4} CPU servers. It costs freshness, so ids are filtered at render time, and the key holds "
            "model version and variant so that tests stay clean.",
            "Caches are always faster, so cache the HTML",
            "stage-4/Result cache",
        ),
        FollowUp(
            "senior",
            "The cache cluster dies at peak. What happens?",
            "With {hit_4} of pages no longer cached, load on the rankers rises by two thirds, beyond what {gpus_4} GPUs carry at {load}. The coalescer makes one computation of each "
            "missed key. The gateway sheds anonymous and prefetch traffic first. Feed services serve stale local copies or the popular list. The warmer then refills top keys "
            "slowly, before the switch back. I would drill it quarterly.",
            "The autoscaler adds GPUs in time",
            "stage-4/Request coalescer",
        ),
        FollowUp(
            "senior",
            "When do you move events off the database?",
            "Before they fill it. At stage 4 events are {primary_4} of what one primary can write, and at stage 5 they are {primaries_5:n} times that. But the sharper reason is coupling: a slow "
            "consumer must not slow a page. I write to the log and the table for two weeks, compare counts per hour, then move readers one by one, and stop the table last.",
            "When the database is down",
            "decision: An event log",
        ),
        FollowUp(
            "senior",
            "How do training and serving stay consistent while you rebuild the path?",
            "Feature definitions are the contract: one definition writes the online value and the training row from stage 2, and from stage 5 the served values are logged for one "
            "request in {sampling:n} and trained on. A new store is read in shadow and compared key by key before it serves. Models name the feature versions they expect, and the "
            "registry refuses a mismatch.",
            "Recompute features in the warehouse with the same SQL",
            "stage-5/Feed service -> Event log",
        ),
        FollowUp(
            "senior",
            "Your ANN index and user vectors come from different model versions. How?",
            "A nightly job wrote new item vectors, and the user tower was deployed an hour later: dot products between versions are noise, and retrieval fails without any error. So "
            "tower, item vectors and index are one bundle with one version; both are loaded side by side, the switch is atomic, and candidate recall against the old bundle "
            "is checked in shadow.",
            "Retrain more often so that they stay close",
            "stage-4/ANN index",
        ),
        FollowUp(
            "staff",
            "Would you go multi-region at stage 5?",
            "Only for a reason other than size. Distance costs far users about 150 ms, residency law may demand it, and one region caps availability near 99.95 %. Against that: every "
            "store needs an owner per region, a failover story and a monthly drill. One region carries {peak_5:n} requests a second well. I would first move static and anonymous traffic to the "
            "edge, which buys most of the latency.",
            "Yes, since multi-region is more available",
            "stage-6",
        ),
        FollowUp(
            "staff",
            "A region fails. Walk me through the first five minutes.",
            "Probes from outside and edge errors agree within 30 seconds. The controller shifts weights in steps, since {gpus_6} GPUs at {load} are just enough for all. Users keep "
            "their home: the other region reads their mirrored shard, about one second behind, and queues their writes or accepts only those that merge. Features are warm because "
            "every region holds all users. Training and nightly lists stop to free capacity.",
            "DNS fails over and everything continues",
            "stage-6/Traffic controller",
        ),
        FollowUp(
            "staff",
            "What does a thousand requests cost, and what would you cut?",
            "At stage 1 {cost_1}, at stage 6 {cost_per_thousand}: more than a hundred times less, because machines no longer idle. Of the daily bill, cores are the largest part, then GPUs, then "
            "{memory_cost} for features. I would cut features first: most of {all_features} is users who are not here today; keep active users warm and page others in. Then "
            "CPU per request in the feed service.",
            "GPUs are the cost, so use smaller models",
            "stage-6/Online feature store",
        ),
    ],
    case_studies=[
        CaseStudy(
            "DoorDash",
            system="A feature store on Redis hashes with compressed values: from 298 to 112 GB per billion features, and a third of the CPU.",
            difference="They compared five stores and then rebuilt the encoding, at a size where we are at stage 6; before that the plain store is fine.",
            source="https://careersatdoordash.com/blog/building-a-gigascale-ml-feature-store-with-redis/",
        ),
        CaseStudy(
            "Pinterest",
            system="Moved recommendation inference from CPU to GPU to serve models a hundred times larger at neutral cost and latency.",
            difference="The move paid for larger models; ours, at stage 4, pays for fewer servers first.",
            source="https://medium.com/pinterest-engineering/gpu-accelerated-ml-inference-at-pinterest-ad1b6a03a16d",
        ),
        CaseStudy(
            "Instagram Explore",
            system="Four stages from two-tower retrieval to final re-ranking for hundreds of millions of people a day, with caching and precomputation in each.",
            difference="Precomputation is used to afford heavier models at each stage; here it first removes load from the request path.",
            source="https://engineering.fb.com/2023/08/09/ml-applications/scaling-instagram-explore-recommendations-system/",
        ),
    ],
    five_minutes=[
        Phase(
            0.6,
            "Frame",
            "The question is how to serve a ranked feed to a thousand users and then to fifty million. The task stays the same: retrieve a few hundred items, rank them, log what was shown and "
            "done. What changes is which resource runs out. My rule is to make the smallest change that buys the next tenfold, when a number forces it, and to make every change reversible. The baseline is newest and most popular items by one query; it launches the product, and it stays as the fallback at every later stage.",
        ),
        Phase(
            0.8,
            "Stages one and two",
            "At a thousand users peak is {peak_1:n} requests a second, and one server does {box_speed:n}. So: web server, API with a small tree model inside, one database, a training script one night a week, and a "
            "dump off the machine. I do log impressions with positions, because that cannot be repaired later. At twenty thousand users training starves the database. I move the model to a server "
            "of its own, features to Redis, events to files, and add a registry. One definition writes the online value and the training row.",
        ),
        Phase(
            0.7,
            "Stage three",
            "At two hundred thousand users one model server saturates, and its restart is an outage. Now everything is replicated: a load balancer, stateless pods that are ready only "
            "when warm, {servers_3} model servers, a standby database, read replicas for the catalogue, daily training with a gate, a canary of five, twenty-five, a hundred per cent. Retries get a budget, because a blip must not become a storm. No single machine matters.",
        ),
        Phase(
            0.9,
            "Stage four",
            "At two million, more of the same would be {servers_4} CPU servers. But people reload within a minute. A response cache answers forty per cent; for the rest I retrieve "
            "five hundred items with two towers and an index, cut to a hundred, and rank on {gpus_4} GPUs. Now there are enough users for tests: a one per cent change needs {arm} per arm, more than "
            "all of stage three. Caches need their own care: one computation per missed key, invalidation, a plan for the day the cache is gone.",
        ),
        Phase(
            0.8,
            "Stage five",
            "At ten million, events alone are {primaries_5:n} times what a primary writes, and a slow consumer must not slow a page. Events go to a log, stream jobs update counters within ten "
            "seconds, workers refresh lists, and every night candidates for all users are precomputed in about ten minutes on idle GPUs. Spikes become lag instead of errors. Features are logged as "
            "served for one request in a hundred, and training uses those. A task that fails five times is parked, and a late one is dropped before it is done.",
        ),
        Phase(
            0.7,
            "Stage six",
            "At fifty million on three continents the single primary and the single region are the limits. Each user has a home region; state is sharded into {logical_shards:n} logical shards; "
            "logs are mirrored a second behind. Three regions of {region_gpus:n} GPUs are live, and any two carry the world. A page takes 150 milliseconds at p99, and the budget adds up: forty to reach the region, twenty for candidates, fifteen for features, {scoring:n} for ranking. Failover is a daily change of shares rather than a start from cold.",
        ),
        Phase(
            0.5,
            "Close",
            "A thousand requests cost {cost_1} at the start and {cost_per_thousand} at the end. What I would defend is the order: log first, one feature definition second, caches before "
            "machines, asynchrony before shards, regions last. What I would revisit is holding all users' features warm in every region.",
        ),
    ],
    interview_plan=[
        Phase(
            4,
            "Clarify",
            "New product or cut-over, growth, what may be lost, freshness, where users live, team size. Agree to walk stage by stage.",
        ),
        Phase(
            4,
            "Estimate by stage",
            "Users, requests, peak factor. Mark the capacity of one box, one server, one primary, one GPU; each stage is where a line crosses.",
        ),
        Phase(
            10,
            "Stages 1 to 3",
            "Draw one box and split it. Say for each split which number forced it and how it is rolled back. Put feature definitions in early.",
        ),
        Phase(
            9,
            "Stage 4",
            "Cache, coalescer, index, GPUs. Two towers and a ranker. What breaks when the cache dies. First tests with power.",
        ),
        Phase(
            8,
            "Stage 5",
            "Log, stream features, queues, nightly lists. Logged features for training. Lag instead of errors.",
        ),
        Phase(
            6, "Stage 6", "Home regions, logical shards, mirrors, N+1. Budget of {promise}. Failover in five minutes."
        ),
        Phase(4, "Cost and trade-offs", "Cost per 1,000 at both ends, what to cut, what to have skipped."),
    ],
    building_blocks=["embeddings-retrieval", *LEARNING_BLOCKS, *COMMON_BLOCKS],
    sources=bibliography("""
        A. Xu, "System Design Interview: Scale From Zero To Millions Of Users", ByteByteGo 2020
            https://bytebytego.com/courses/system-design-interview/scale-from-zero-to-millions-of-users
            growth by stages, applied here to ML serving
        M. Zinkevich (Google), "Rules of Machine Learning: Best Practices for ML Engineering", Google for Developers 2017
            https://developers.google.com/machine-learning/guides/rules-of-ml
            launch without machine learning, keep the first model simple and get the infrastructure right
        R. Nishtala et al. (Facebook), "Scaling Memcache at Facebook", NSDI 2013
            https://www.usenix.org/conference/nsdi13/technical-sessions/presentation/nishtala
            leases against stampedes, regional pools, replication between regions
        J. Dean, L. A. Barroso (Google), "The Tail at Scale", Communications of the ACM 2013
            https://doi.org/10.1145/2408776.2408794 deadlines and tails of fan-outs
        A. Khan, Z. S. Hassan (DoorDash), "Building a Gigascale ML Feature Store with Redis, Binary Serialization, String Hashing, and Compression", DoorDash Engineering 2020
            https://careersatdoordash.com/blog/building-a-gigascale-ml-feature-store-with-redis/
            from 298 to 112 GB per billion features, CPU from 208 to 72 vCPUs per 10 million reads a second
        P. Eksombatchai, Z. Zhang (Pinterest), "GPU-accelerated ML Inference at Pinterest", Pinterest Engineering Blog 2022
            https://medium.com/pinterest-engineering/gpu-accelerated-ml-inference-at-pinterest-ad1b6a03a16d
            the move from CPU to GPU at neutral cost and latency
        V. Vorotilov, I. Shugaepov (Meta), "Scaling the Instagram Explore recommendations system", Engineering at Meta 2023
            https://engineering.fb.com/2023/08/09/ml-applications/scaling-instagram-explore-recommendations-system/
            four stages, two-tower retrieval, caching and precomputation in each stage
        X. Yi et al. (Google), "Sampling-Bias-Corrected Neural Modeling for Large Corpus Item Recommendations", RecSys 2019
            https://doi.org/10.1145/3298689.3346996 the correction by -log Q in the tower's loss
        Netflix, "Global Cloud: Active-Active and Beyond", Netflix Technology Blog 2016
            https://medium.com/netflix-techblog/global-cloud-active-active-and-beyond-a0fdfa2c3a45
            regions that take over from each other
        Netflix, "Caching for a Global Netflix", Netflix Technology Blog 2016
            https://medium.com/netflix-techblog/caching-for-a-global-netflix-7bcc457012f1 caches warm across regions
        B. Beyer et al. (Google), "Site Reliability Engineering: Handling Overload", O'Reilly 2016
            https://sre.google/sre-book/handling-overload/ retry budgets, shedding by criticality
        J. Kreps, N. Narkhede, J. Rao (LinkedIn), "Kafka: a Distributed Messaging System for Log Processing", NetDB 2011
            https://www.microsoft.com/en-us/research/wp-content/uploads/2017/09/Kafka.pdf
            the log between producers and consumers
    """),
)


@view("Stage 1: one server")
def stage_1() -> None:
    """Launch: {peak_1} at peak against the {box_speed} of one box; the risk is to build more than this."""
    users = Users("{users_1} users", tooltip="Daily; at peak {peak_1:n} requests a second")
    with Cluster("One server"):
        web = Nginx("Web server\nnginx", tooltip="Terminates TLS, serves static files")
        api = FastAPI("API with model", tooltip="Loads a small tree model at start, scores inside the request")
        database = Postgresql(
            "Database\nPostgreSQL", tooltip="Users, items, impressions, events and features in one schema"
        )
        script = Python(
            "Weekly training script", tooltip="Runs one night a week on the same box; tests on the last day held out"
        )
        model = Storage("Model file", tooltip="Versioned by date; a rollback is a symlink")
    backups = S3("Backups", tooltip="A nightly dump off the machine, the only plan for disasters")

    users >> request("{peak_1}") >> web >> request("proxy") >> api >> request("newest, popular {ranked:n}") >> database
    api >> stream("impressions, clicks") >> database
    database >> batch("weeks of events") >> script >> batch("validated model") >> model >> batch("load at start") >> api
    database >> batch("nightly dump") >> backups


@view("Stage 2: own data tier")
def stage_2() -> None:
    """A peak of {peak_2} outgrows the box's {box_speed}, and training starves the database: data and features move out."""
    users = Users("{users_2} users", tooltip="Daily; at peak {peak_2:n} requests a second")
    with Cluster("App tier"):
        web = Nginx("Web server\nnginx", tooltip="Terminates TLS, routes")
        api = FastAPI("API server", tooltip="Business logic; no model inside any more")
        server = ModelServer("Model server", tooltip="{cores} cores, {server_speed}; deployed separately from the API")
    with Cluster("Data tier"):
        features = Redis("Online feature store\nRedis", tooltip="Precomputed by user and item, about 1 ms a read")
        database = Postgresql("Database\nPostgreSQL", tooltip="On a tuned host of its own; the system of record")
        files = S3("Event files", tooltip="Daily exports: training no longer touches the database")
    with Cluster("Offline"):
        dag = Airflow("Scheduler\nAirflow", tooltip="Export, features, train, validate")
        job = Python("Training job", tooltip="One definition writes the Redis value and the training row")
        registry = Mlflow("Model registry", tooltip="Versions, metrics, the features that each model expects")
        metrics = Prometheus("Metrics\nPrometheus", tooltip="The first objectives: latency and errors")

    users >> request("{peak_2}") >> web >> request("proxy") >> api >> request("score {ranked} items") >> server
    server >> request("multi-get, 3 ms") >> features
    api >> request("{ranked} candidates") >> database >> batch("nightly export") >> files >> batch("events") >> job
    api >> stream("impressions, clicks") >> database
    dag >> control("schedule") >> job >> batch("daily refresh") >> features
    job >> control("validated model") >> registry >> control("approved model") >> server
    server >> stream("latency, errors") >> metrics


@view("Stage 3: replicas")
def stage_3() -> None:
    """{peak_3:n} requests a second saturate one model server, whose restart is an outage: now no single machine may matter."""
    users = Users("{users_3} users", tooltip="Daily; at peak {peak_3:n} requests a second")
    with Cluster("App tier"):
        balancer = Envoy("Load balancer\nEnvoy", tooltip="Least requests, health checks, retries within a budget")
        api = Pod("API pods", tooltip="Stateless; the session is in a signed token")
        autoscaler = HPA("Autoscaler", tooltip="By requests in flight per pod, never below {servers_3}")
        pods = ModelPool("Model pods", tooltip="{servers_3} replicas, the model in the image; ready once warm")
    with Cluster("Data tier"):
        primary = Postgresql("Primary database", tooltip="All writes; a synchronous standby in a second zone")
        replicas = Postgresql("Read replicas", tooltip="Catalogue reads that tolerate 1 s of lag")
        store = Redis("Features primary\nRedis", tooltip="Takes the daily bulk load")
        store_replica = Redis("Features replica\nRedis", tooltip="Serves reads, is promoted automatically")
    with Cluster("Offline"):
        lake = S3("Data lake", tooltip="Events and training snapshots")
        dag = Airflow("Training DAG\nAirflow", tooltip="Daily; a later holdout has to pass the offline gates")
        registry = Mlflow("Model registry", tooltip="Stages, approves, rolls back")
        canary = Flagger("Shadow and canary", tooltip="Shadow, then 5, 25, 100 % by errors and latency")
        dashboards = Grafana("Dashboards\nGrafana", tooltip="Golden signals by service, drift report by model")

    (
        users
        >> request("{peak_3}")
        >> balancer
        >> request("least requests")
        >> api
        >> request("score {ranked} items")
        >> pods
    )
    pods >> request("multi-get") >> store_replica
    api >> request("{ranked} candidates") >> replicas
    api >> request("writes, events") >> primary >> stream("WAL") >> replicas
    pods >> stream("requests in flight") >> autoscaler >> control("{servers_3} to\n{most_3:n} pods") >> pods
    primary >> batch("CDC export") >> lake >> batch("snapshot") >> dag
    dag >> batch("bulk features") >> store >> stream("replicate") >> store_replica
    dag >> control("gated model") >> registry >> control("version") >> canary >> control("rolling update") >> pods
    pods >> stream("metrics") >> dashboards


@view("Stage 4: caches and GPUs")
def stage_4() -> None:
    """{servers_4} CPU servers, and {reads_4:n} key reads a second on one Redis pair: compute less, keep what was computed."""
    users = Users("{users_4} users", tooltip="Daily; at peak {peak_4:n} requests a second")
    with Cluster("Edge"):
        cdn = Cloudflare("CDN\nCloudflare", tooltip="Images, scripts, and anonymous feeds for 60 s")
        balancer = Envoy("Load balancer\nEnvoy", tooltip="Routes by user hash, so local caches stay warm")
    with Cluster("App tier"):
        feed = Pod("Feed service", tooltip="Renders ids to items; item metadata in process for 10 s")
        experiment = Experiment("Experiment assignment", tooltip="Hash of user; tests have power now, a holdout stays")
        coalescer = Go("Request coalescer", tooltip="One computation per missed key; refreshes early")
    with Cluster("Caches"):
        cache = Redis("Result cache\nRedis", tooltip="A user's item ids for 60 s, by model version and variant")
        warmer = Cronjob("Cache warmer", tooltip="Refills top keys before a model switch")
        bus = Nats("Invalidation bus\nNATS", tooltip="Evicts changed items; whole feeds wait for their 60 s")
    with Cluster("Model tier"):
        ann = VectorIndex("ANN index", tooltip="{retrieved} of {items} items in 8 ms; rebuilt nightly")
        rankers = Ranker("GPU rankers", tooltip="{gpus_4} GPUs: {retrieved} to {ranked} by vectors, then full scores")
        features = Redis(
            "Online feature store\nRedis", tooltip="Sharded; {cached_4:n} reads a second after hits; user vectors too"
        )
    with Cluster("Data tier"):
        database = Postgresql(
            "Database with replicas", tooltip="Events are {primary_4} of the primary's writes; reads on misses"
        )
        objects = S3("Object store", tooltip="Images, model files, item vectors and index files")
    with Cluster("Offline"):
        dag = Airflow("Training DAG\nAirflow", tooltip="Daily: two towers, item and user vectors, ranker, offline gate")
        registry = Mlflow("Model registry", tooltip="Towers, index and ranker as one version")
        canary = Flagger("Shadow and canary", tooltip="As at stage 3; index and ranker switch together")
    metrics = Prometheus("Metrics\nPrometheus", tooltip="Hits by level, and the load if a cache vanished")

    users >> request("all traffic") >> cdn >> request("{peak_4}") >> balancer >> request("user hash") >> feed
    cdn >> request("static miss") >> objects
    feed >> request("variant") >> experiment
    feed >> request("{hit_4} hit,\n2 ms") >> cache >> stream("hit rate") >> metrics
    feed >> request("missed feeds") >> coalescer >> request("user vector,\n{retrieved} wanted") >> ann
    coalescer >> request("user vector") >> features
    coalescer >> request("{retrieved} to {shown}") >> rankers >> request("{keys} keys,\n8 ms") >> features
    feed >> request("item misses, events") >> database >> stream("item changed") >> bus >> stream("evict item") >> feed
    bus >> stream("delete") >> features
    warmer >> batch("top keys") >> cache
    database >> batch("CDC export") >> dag >> batch("features, user vectors") >> features
    dag >> batch("models, item vectors") >> objects >> batch("index load") >> ann
    (
        dag
        >> control("gated bundle")
        >> registry
        >> control("version")
        >> canary
        >> control("rolling update")
        >> [rankers, ann]
    )


@view("Stage 5: asynchronous work")
def stage_5() -> None:
    """{events_5:n} events a second, {primaries_5:n} times what a primary writes: what need not be waited for leaves the path."""
    users = Users("{users_5} users", tooltip="Daily; at peak {peak_5:n} requests a second")
    with Cluster("Online"):
        cdn = Cloudflare("CDN\nCloudflare", tooltip="Absorbs static and anonymous load")
        gateway = Envoy("API gateway", tooltip="Limits rates, sheds load by priority, takes user actions")
        feed = Pod("Feed service", tooltip="Reads precomputed lists, ranks only what changed, explores 2 % of slots")
        cache = Redis("Result cache\nRedis", tooltip="With the precomputed lists it answers {precomputed} of requests")
        lists = Scylla("Candidate table\nScylla", tooltip="Top {retrieved} per user, by night and on activity")
        ann = VectorIndex("ANN index", tooltip="As at stage 4; now it adds items that are younger than the lists")
        rankers = Ranker("GPU rankers", tooltip="{gpus_5} GPUs re-rank with fresh counters")
        features = Redis("Online feature store\nRedis", tooltip="Batch values and streaming counters")
    with Cluster("Asynchronous"):
        log = Kafka("Event log\nKafka", tooltip="{events_5:n} events a second; every producer just appends")
        stream_jobs = Flink("Stream features\nFlink", tooltip="Windowed counters, online in under 10 s")
        tasks = RabbitMQ("Task queue\nRabbitMQ", tooltip="List refreshes, notifications, vectors of new items")
        workers = Celery("Workers\nCelery", tooltip="Idempotent, scaled on queue age")
        dead_letters = RabbitMQ("Dead letters\nRabbitMQ", tooltip="Parked tasks with a replay tool")
    with Cluster("Offline"):
        lake = S3("Data lake", tooltip="All of the log, partitioned by hour")
        scoring = Spark("Batch inference\nSpark", tooltip="{users_5} lists in about {nightly} on off-peak GPUs")
        training = Kubeflow(
            "Training pipeline",
            tooltip="Daily; joins actions within 30 min to features logged for 1 request in {sampling}, and gates",
        )
        registry = Mlflow("Model registry", tooltip="One version for batch and online, so lists and ranks agree")
    metrics = Prometheus("Metrics\nPrometheus", tooltip="Lag, queue age, freshness, shed rate")

    users >> request("all traffic") >> cdn >> request("{peak_5}") >> gateway >> request("admitted") >> feed
    feed >> request("2 ms") >> cache
    feed >> request("{retrieved} candidates") >> lists
    feed >> request("fresh items") >> ann
    feed >> request("not precomputed") >> rankers >> request("multi-get") >> features
    feed >> stream("shown, features") >> log >> stream("{events_5}") >> stream_jobs >> stream("under 10 s") >> features
    gateway >> feedback("user actions") >> log >> stream("lag") >> metrics
    feed >> stream("refresh tasks") >> tasks >> stream("pull") >> workers >> batch("refreshed lists") >> lists
    workers >> stream("new item vectors") >> ann
    workers >> stream("after 5 tries") >> dead_letters
    log >> batch("hourly files") >> lake >> batch("users, features") >> scoring >> batch("nightly lists") >> lists
    lake >> batch("features, actions") >> training >> control("gated model") >> registry >> control("deploy") >> rankers
    registry >> control("same version") >> scoring


@view("Stage 6: three regions")
def stage_6() -> None:
    """{writes_6:n} writes a second need {primaries_6} primaries, and a region may fail: shard the state, repeat the region."""
    users = Users("{users_6} users", tooltip="On three continents; at peak {peak_6:n} requests a second")
    with Cluster("Global edge"):
        dns = Route53("Geo DNS\nRoute 53", tooltip="Names the nearest healthy edge for 30 s")
        cdn = Cloudflare("CDN\nCloudflare", tooltip="Terminates TLS; the signed token says which region is home")
        controller = Planner("Traffic controller", tooltip="Moves load by health, capacity and residency")
    with Cluster("Region A, online"):
        gateway = Envoy("Regional gateway\nEnvoy", tooltip="Checks the home region, limits, sheds, takes user actions")
        feed = Pod("Feed service", tooltip="Fans out, holds the deadline of {promise}, degrades in order")
        cache = Redis("Result cache\nRedis", tooltip="Regional, never replicated")
        lists = Scylla("Candidate table\nScylla", tooltip="Precomputed in the region: rebuilt, not copied")
        ann = VectorIndex("ANN index", tooltip="Sharded by item, a full copy in each region, rebuilt nightly")
        rankers = Ranker("GPU rankers", tooltip="{region_gpus} GPUs; {retrieved} to {ranked} by vectors, then scored")
    with Cluster("Region A, state"):
        scoring = Spark("Batch inference\nSpark", tooltip="As at stage 5, in each region: lists and item vectors")
        directory = Etcd(
            "Shard directory\netcd", tooltip="{logical_shards} logical shards to primaries; the user id hashes to one"
        )
        user_shards = Postgresql(
            "User database shards",
            tooltip="{region_primaries} of {primaries_run} primaries; copies in a second zone and region",
        )
        features = Redis("Online feature store\nRedis", tooltip="{shards} shards in {copies} copies, all users: warm")
        log = Kafka("Regional log\nKafka", tooltip="Written in the region first, mirrored after")
        stream_jobs = Flink("Stream features\nFlink", tooltip="Counters from local and mirrored events, within 10 s")
    with Cluster("Other regions"):
        mirroring = Kafka("Log mirroring\nMirrorMaker", tooltip="About 1 s behind; drops what must not leave")
        other_regions = Datacenter(
            "Other regions\nB and C", tooltip="The same stack; takes failover users, mostly reading"
        )
    with Cluster("Learning"):
        training = Kubeflow(
            "Training and registry",
            tooltip="One global model from mirrored, filtered events; actions within 30 min; gated, one region at a time",
        )

    with step("Geo DNS names the nearest edge, where TLS resumes in about {client} on a fixed line."):
        users >> request("resolve") >> dns
        users >> request("nearest edge") >> cdn
    with step("The edge sends the request to the token's home region; a failed one has a failover region."):
        cdn >> request("{to_region} to region") >> gateway
        directory >> control("failover regions") >> gateway
    with step(
        "After {gateway_time} of checks the cache, with unchanged precomputed lists, ends {precomputed} of requests."
    ):
        gateway >> request("{region_peak}") >> feed >> request("{cache_time}") >> cache
    with step(
        "The others read {retrieved} precomputed candidates and add fresh items from the index, within {ann_time}."
    ):
        feed >> request("{retrieved} ids") >> lists
        feed >> request("fresh items") >> ann
    with step("Profile and seen-list come from the user's shard meanwhile; writes go to the home region only."):
        directory >> control("shard map") >> feed >> request("profile, seen") >> user_shards
    with step(
        "Rankers cut {retrieved} to {ranked}, read {keys} keys in {multiget}, score in {scoring}: {rank_call} in all."
    ):
        (
            feed
            >> request("{retrieved} in,\n{rank_call} in all")
            >> rankers
            >> request("{keys} keys,\n{multiget}")
            >> features
        )
    with step("Impressions and actions are logged; counters return to the shards within 10 s."):
        feed >> stream("shown, features") >> log
        (
            gateway
            >> feedback("user actions")
            >> log
            >> stream("local events")
            >> stream_jobs
            >> stream("counters")
            >> features
        )
    with step("The log is mirrored about 1 s behind, which bounds what a failover can lose."):
        log >> stream("{mirrored}") >> mirroring >> stream("events of A") >> other_regions
        other_regions >> stream("their events") >> mirroring >> stream("remote events") >> stream_jobs
    with step("If a region fails, its load moves; {gpus_6} GPUs remain, just enough at {load} load."):
        controller >> control("origin weights") >> cdn
        controller >> control("failover share") >> other_regions
    with step("The global model learns from the mirrored events and is released region by region."):
        mirroring >> batch("filtered events") >> training >> control("region by region") >> [rankers, scoring]
    with step("Each night every region rebuilds its own lists and its index from its log and that version."):
        log >> batch("hourly files") >> scoring >> batch("nightly lists") >> lists
        scoring >> batch("item vectors") >> ann


@view("Model", direction="TB", details="stage-6/GPU rankers")
def model() -> None:
    """From stage 4: two towers find {retrieved:n} items, one network with three heads orders {ranked:n} of them."""
    with Cluster("Inputs") as inputs:
        user = Features(
            "User and history\n{user_values:n} values", tooltip="History counters, follows, last 50 items, tenure"
        )
        item = Features("Item\n{item_values:n} values", tooltip="Counters, age, author, topic, content vector")
        Features("Context\n12 values", tooltip="Hour, device, entry point; position in training only, 1 in serving")
    with Cluster("Retrieval"):
        user_tower = EmbeddingTower("User tower", tooltip="Two layers to 64 numbers, nightly and on activity")
        item_tower = EmbeddingTower("Item tower", tooltip="Content and author only, so that new items have a vector")
        dot = Interaction("Dot product", tooltip="What the ANN index searches by")
        softmax = LossFunction("Sampled softmax", tooltip="In-batch negatives, corrected by -log Q")
    with Cluster("Ranker"):
        tables = EmbeddingTable("Id tables", tooltip="User, item, author and topic ids, 16 numbers each")
        cross = Interaction("Cross layers\nDCN-v2", tooltip="Two layers of explicit crosses of all inputs")
        trunk = Interaction("Shared trunk\n512-256", tooltip="Dense layers that all heads share")
    with Cluster("Heads") as heads:
        Head("Click", tooltip="Probability of opening within 30 min")
        Head("Long view", tooltip="Probability of 30 s or more")
        Head("Hide", tooltip="Probability of a hide within 7 days")
    loss = LossFunction("Weighted log-loss", tooltip="Per head, over the propensity of the slot")
    labels = S3("Training table", tooltip="Impressions with features as served and actions within the window")
    value = Assembler("Page value", tooltip="Weighted sum of calibrated heads; orders the page")

    user >> Edge(label="200") >> user_tower >> Edge(label="64") >> dot
    item >> Edge(label="content") >> item_tower >> Edge(label="64") >> dot
    dot >> Edge(label="scores in batch") >> softmax
    [user, item] >> Edge(label="ids") >> tables >> Edge(label="4 × 16") >> cross
    inputs >> Edge(label="412") >> cross
    dot >> Edge(label="1") >> cross
    cross >> Edge(label="477") >> trunk >> Edge(label="256") >> heads
    heads >> Edge(label="3 logits") >> loss
    heads >> Edge(label="3 probabilities") >> value
    labels >> feedback("actions") >> loss
    labels >> feedback("long views") >> softmax
