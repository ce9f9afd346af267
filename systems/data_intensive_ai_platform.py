"""Turn 20 billion events a day into tables, training sets and features that models read within 60 ms.

The data backbone of a consumer company is batch and stream at once, with one definition of each feature: any gap
between what training reads and what serving reads becomes a silent loss of model quality.

The hard choices are consistency (exactly-once where money or labels depend on it, bounded staleness elsewhere),
availability (online reads survive the loss of a zone) and cost at petabyte scale.
"""

from diagrams import Cluster, Edge
from diagrams.aws.storage import S3
from diagrams.generic.device import Mobile
from diagrams.generic.place import Datacenter
from diagrams.k8s.compute import Pod
from diagrams.onprem.analytics import Flink, Spark, Trino
from diagrams.onprem.client import Users
from diagrams.onprem.database import Neo4J, Postgresql, Scylla
from diagrams.onprem.gitops import Flagger
from diagrams.onprem.inmemory import Memcached, Redis
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.monitoring import Grafana, Prometheus
from diagrams.onprem.network import Envoy, Etcd
from diagrams.onprem.queue import Kafka
from diagrams.onprem.vcs import Git
from diagrams.onprem.workflow import Airflow, Kubeflow
from diagrams.programming.flowchart import Decision as Choice
from diagrams.programming.framework import FastAPI
from diagrams.programming.language import Go, Python
from diagrams.saas.alerting import Pagerduty

from archfolio import (
    COMMON_BLOCKS,
    Bias,
    Budget,
    CaseStudy,
    Catalogue,
    Clarification,
    Decision,
    EmbeddingTable,
    Estimate,
    Evaluation,
    Evaluator,
    FailureMode,
    Fallback,
    FeatureGroup,
    Features,
    FeatureStore,
    FollowUp,
    Framing,
    Gate,
    Guard,
    Head,
    Interaction,
    Label,
    Loss,
    LossFunction,
    MathFormula,
    Metrics,
    ModelPool,
    Monitor,
    Phase,
    Planner,
    Ranker,
    Requirements,
    System,
    Tags,
    Trainer,
    assume,
    batch,
    bibliography,
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
    # Events and the log
    users=assume("Daily active users", 100e6, "user"),
    peak_factor=assume("Peak over average", 3),
    user_events=assume("Events a user causes", 200, "event/user/day"),
    event_bytes=assume("Bytes per event", 600, "byte/event", note="Protobuf"),
    events=derive("Events per day", "users * user_events", "event/day", note="LinkedIn reported 7 trillion in 2019"),
    mean_events=derive("Average event rate", "events", "event/s"),
    peak_events=derive("Peak event rate", "mean_events * peak_factor", "event/s"),
    ingress=derive("Events into the log at peak", "peak_events * event_bytes", "byte/s"),
    raw=derive("Raw events per day", "events * event_bytes", "byte/day"),
    asks=assume("Inference requests per user", 30, "request/user/day"),
    sampling=assume("Requests per logged request", 15),
    logged=assume("Shown items of a logged request", 10, "row/request"),
    rows=derive("Serving-log rows per day", "users * asks / sampling * logged", "row/day", note="each gets a label"),
    row_bytes=assume("Bytes per training row", 1e3, "byte/row"),
    served=derive("Served vectors logged per day", "rows * row_bytes", "byte/day", note="through the same log"),
    writes=derive("Writes of the log at peak", "ingress + served * peak_factor", "byte/s"),
    retention=assume("Days in the log", 3, "day"),
    replication=assume("Replicas in the log", 3),
    log_disk=derive("Log disk", "(raw + served) * retention * replication", "byte"),
    broker_speed=assume("Replicated writes of a broker", 100e6, "byte/s/broker"),
    zones=assume("Zones", 3, "zone"),
    brokers=derive("Brokers for the writes", "ceil(writes * replication / broker_speed)", "broker"),
    zone_brokers=derive(
        "Brokers per zone", "ceil(brokers / (zones - 1))", "broker/zone", note="N+1: one zone may be lost"
    ),
    brokers_run=derive("Brokers run", "zone_brokers * zones", "broker"),
    core_speed=assume("Events a stream core processes", 10_000, "event/s/core"),
    headroom=assume("Headroom of stream jobs", 1.5),
    stream_cores=derive("Stream cores", "ceil(peak_events * headroom / core_speed)", "core"),
    # Tables
    compression=assume("Raw bytes over Parquet bytes", 4),
    bronze=derive(
        "Bronze tables per day", "(raw + served) / compression", "byte/day", note="events and served vectors"
    ),
    kept=assume("Tables are kept for", 2, "year"),
    layers=assume("All layers over bronze", 2.5, note="silver and gold add 1.5"),
    lake=derive("Lakehouse", "bronze * kept * layers", "byte", note="Uber reports hundreds of petabytes"),
    writers=assume("Files a commit writes", 128, "file/commit", note="one per writer"),
    commits=assume("Commits", 1, "commit/min"),
    files=derive("Files before compaction", "writers * commits", "file/day"),
    file_bytes=assume("Compacted file", 512e6, "byte/file", note="Iceberg's default target is 512 MiB"),
    compacted=derive("Files after compaction", "bronze / file_bytes", "file/day"),
    # Online features
    held_users=assume("Users active within 30 days, held in memory", 250e6, "user"),
    user_values=assume("Feature values per user", 300, "value/user"),
    items=assume("Items", 20e6, "item"),
    item_values=assume("Feature values per item", 200, "value/item"),
    values=derive("Online feature values", "held_users * user_values + items * item_values", "value"),
    value_bytes=reference("redis_value_bytes"),
    online=derive("Online features, one copy", "values * value_bytes", "byte"),
    shard_bytes=assume("Memory of a shard", 50e9, "byte/shard"),
    spare=assume(
        "Memory kept free in a shard, of its memory",
        20,
        "percent",
        note="growth, replica buffers, and the slots that a nightly load holds twice",
    ),
    shards=derive("Shards", "ceil(online / (shard_bytes * (1 - spare)))", "shard"),
    zone_copies=assume("Copies of a shard in a zone", 1, "1/zone"),
    processes=derive(
        "Shard processes", "shards * zones * zone_copies", "shard", note="a read is one get of a packed group"
    ),
    node_bytes=assume("Usable memory of a node", 200e9, "byte/node"),
    nodes=derive("Online store nodes", "ceil(processes * shard_bytes / node_bytes)", "node"),
    # Reads
    user_keys=assume("User keys per request", 1, "key/request"),
    item_keys=assume("Candidate items per request, a key each", 200, "key/request"),
    mean_rate=derive("Average request rate", "users * asks", "request/s"),
    peak_rate=derive("Peak request rate", "mean_rate * peak_factor", "request/s"),
    reads=derive("Entity reads at peak, no cache", "peak_rate * (user_keys + item_keys)", "key/s"),
    near_hit=assume(
        "Item reads the near cache answers, of item reads", 85, "percent", note="0.77 to 0.88 at Zipf 1.0 to 1.1"
    ),
    remote_keys=derive("Keys of a request that go to shards", "user_keys + item_keys * (1 - near_hit)", "key/request"),
    remote_reads=derive("Shard reads at peak", "peak_rate * remote_keys", "key/s"),
    shard_reads=derive("Reads of a shard copy", "remote_reads / processes", "key/s/shard"),
    shard_speed=assume("Small gets of one Redis process", 100e3, "key/s/shard"),
    shard_load=derive("Load of a shard copy, of what it can do", "shard_reads / shard_speed", "percent"),
    bare_load=derive(
        "Load of a shard copy without near caches, of what it can do", "reads / processes / shard_speed", "percent"
    ),
    key_bytes=assume(
        "Feature bytes per key read", 2e3, "byte/key", note="packed; memory also holds names and overhead"
    ),
    feature_traffic=derive("Features read at peak", "remote_reads * key_bytes", "byte/s"),
    # Latency at p99
    promise=assume("Promised inference, p99", 60, "ms"),
    gateway_time=assume("Gateway and auth, p99", 5, "ms"),
    plan_time=assume("Plan keys, pick shard copies, p99", 2, "ms"),
    near_time=assume("Near-cache look-up, p99", 1, "ms"),
    hedge_after=assume("Silence after which a read is hedged", 5, "ms"),
    hedged_read=assume("The hedged read, p99", 10, "ms"),
    transform_time=assume("On-demand transforms, p99", 5, "ms"),
    rank_wait=assume("Wait for the ranker, p99", 5, "ms"),
    rank_speed=assume("Candidates a ranker scores", 10_000, "key/s/ranker"),
    one_ranker=assume("Rankers that score one request", 1, "ranker/request"),
    rank_time=derive("Model on all candidates, one batch", "rank_wait + item_keys / rank_speed / one_ranker", "ms"),
    finish=assume("Postprocess, serialise, hand to the log, p99", 2, "ms"),
    network=assume("Network, p99", 5, "ms"),
    # Freshness at p99
    fresh_promise=assume("Promised event to online feature, p99", 5, "s"),
    client_batch=assume("Client batches events for", 2, "s"),
    log_time=assume("Collector and log", 0.3, "s"),
    window_time=assume("Stream window", 1.5, "s"),
    write_time=assume("Shard write and replica", 0.2, "s"),
    near_life=assume("Lifetime in the near cache", 1, "s"),
    freshness=derive("Event to online feature", "client_batch + log_time + window_time + write_time + near_life", "s"),
    # Training
    window=assume("Days in a training set", 30, "day"),
    training_set=derive("Training set", "rows * window * row_bytes", "byte"),
    gpus=assume("Training GPUs", 64, "GPU"),
    gpu_speed=assume("Rows a GPU trains on", 20_000, "row/s/GPU"),
    train_rate=derive("Rows the trainers take", "gpus * gpu_speed", "row/s"),
    read_rate=derive("Read rate into preprocessing", "train_rate * row_bytes", "byte/s"),
    worker_speed=assume("Rows a worker prepares", 8_000, "row/s/worker", note="a host of 16 cores"),
    workers=derive("Preprocessing workers", "ceil(train_rate / worker_speed)", "worker"),
    epoch=derive("One epoch", "rows * window / train_rate", "hour"),
    # Skew check and experiment
    base_rate=assume("Long views, of shown items", 10, "percent"),
    effect=assume("Smallest change worth detecting, relative", 1, "percent"),
    variance_factor=assume(
        "Sample size factor", 16, "row", note="two-sided 5 % test with 80 % power: 2 (1.96 + 0.84)²"
    ),
    clustering=assume("Design effect of randomising by user", 4, note="items shown to a user are alike"),
    arm=derive("Rows per arm", "variance_factor * clustering * (1 - base_rate) / (base_rate * effect ** 2)", "row"),
    arm_time=derive("Time to collect them, a tenth of the log in each arm", "arm * 10 / rows", "minute"),
    # Cost
    core_price=reference("core_price"),
    object_price=reference("object_storage_price"),
    memory_price=assume("Memory-optimised hosts", 5e-9, "USD/byte/month", note="5 USD per GB and month"),
    flash_price=assume("Flash-dense hosts", 0.3e-9, "USD/byte/month", note="0.30 USD per GB and month"),
    batch_cores=assume("Cores of batch jobs, on average", 800, "core"),
    path_time=assume("CPU time of a request in the feature service", 12, "core*ms/request"),
    busy=assume("Load at which cores are run, of capacity", 60, "percent"),
    path_cores=derive("Cores of the feature service", "ceil(peak_rate * path_time / busy)", "core"),
    online_cost=derive(
        "Online features per day", "processes * shard_bytes * memory_price + path_cores * core_price", "USD/day"
    ),
    backbone_cost=derive(
        "Log, tables and jobs per day",
        "log_disk * flash_price + lake * object_price + (stream_cores + batch_cores) * core_price",
        "USD/day",
    ),
    quoted=assume("Requests for which the cost is quoted", 1_000, "request"),
    cost_per_thousand=derive(
        "Cost of 1,000 inference requests",
        "quoted * (online_cost + backbone_cost) / (users * asks)",
        "USD",
        note="without ranker and trainers",
    ),
)

SYSTEM = System(
    title="Data-intensive AI platform",
    family="applied",
    position=18,
    tags=Tags(task=["platform"], pattern=["streaming features", "batch scoring"], data=["events", "tabular"]),
    framing=Framing(
        goal="Let any team build a model on the company's data in days, and trust that what it learned is what it will be served.",
        decision="Per dataset: who may write and read it, how fresh it is, how long it lives; per feature: one definition, and where it is materialised.",
        task="No prediction of its own: it produces point-in-time correct rows for others' models, here a ranker of {item_keys:n} candidates.",
        label="Clicks, long views and purchases within 7 days of an impression, joined by request id to the features as served.",
        metric="Share of served feature values that an offline recomputation confirms; freshness; hours from idea to a first training set.",
        not_optimised="Exactly-once everywhere: it is bought where money or labels depend on it. Nor the lowest cost per terabyte: a cheaper table that "
        "nobody dares to train on is waste.",
        baseline="A warehouse with nightly SQL and a key-value copy of yesterday's features. It is enough while a day-old feature costs nothing and fewer "
        "than about ten models share it.",
    ),
    clarifications=[
        Clarification(
            "Which consumers matter most?",
            "Ranking models online, then training, then analytics; the online read decides availability.",
        ),
        Clarification(
            "How fresh must features be?", "Counters {fresh_promise} after the event at p99, most others a day."
        ),
        Clarification(
            "Where is exactly-once needed?",
            "Billing events and labels. Counters may be off by a retry; they are overwritten nightly.",
        ),
        Clarification("How long must training sets be reproducible?", "Two years, except rows that were erased since."),
        Clarification(
            "What must an erasure reach?",
            "All tiers within 30 days: log, tables, features, snapshots and checkpoints of readers.",
        ),
        Clarification(
            "One region or several?", "One serves; the second holds a mirror: at most 1 min lost, back in 15 min."
        ),
        Clarification(
            "Who owns a dataset?",
            "The team that produces it, by contract: schema, freshness, checks. The platform owns the pipes.",
        ),
    ],
    requirements=Requirements(
        functional=[
            "Take event streams and change data capture in under enforced schemas; replay any window.",
            "Keep tables with atomic commits, time travel, schema evolution and row-level deletes for erasure.",
            "Define a feature once; materialise it point-in-time correct offline and sharded online.",
            "Make training snapshots reproducible; cover all data by catalogue, lineage, access policy and quality gates.",
        ],
        qualities={
            "Latency": "Online features and inference within {promise} at p99 (assumption).",
            "Freshness": "Event to online feature in {fresh_promise} at p99, to lakehouse row in 15 min; batch by 06:00 (assumptions).",
            "Freshness budget": "Client batch {client_batch}, log {log_time}, stream window {window_time}, shard write {write_time}, near cache {near_life}: {freshness}.",
            "Availability": "99.99 % of online reads, 99.9 % of ingest (assumptions).",
            "Recovery": "No loss inside a region; across regions at most 1 min lost, back within 15 min (assumptions).",
            "Governance": "Erasure in all tiers within 30 days; training sets reproducible for 2 years (assumptions).",
        },
    ),
    estimate=ESTIMATE,
    headline=["peak_events", "lake", "values", "remote_reads", "cost_per_thousand"],
    key_inputs=["users", "user_events", "asks", "item_keys", "near_hit"],
    cost="cost_per_thousand",
    budget=Budget(
        "p99 of an inference request",
        promise="promise",
        stages={
            "Gateway and auth": "gateway_time",
            "Feature service: plan keys, pick shard copies": "plan_time",
            "Near-cache look-up": "near_time",
            "Shard multi-get of {remote_keys} keys, hedged after {hedge_after}": "hedge_after + hedged_read",
            "On-demand transforms": "transform_time",
            "Model on {item_keys} candidates, one batch": "rank_time",
            "Postprocess, serialise, hand to the log": "finish",
            "Network": "network",
        },
    ),
    labels=[
        Label(
            "Long view",
            window="1 hour after the impression",
            positive="30 s or more",
            negative="In the viewport for 1 s, no long view",
            ignored="Never in the viewport",
            delay="1 hour",
            bias="Shown items only, chosen by the ranker in service",
            where="training/Label events -> Label join",
        ),
        Label(
            "Purchase",
            window="7 days after the impression",
            positive="Order of the item that is not returned within the window",
            negative="No order within 7 days",
            ignored="Orders through another surface, counted separately",
            delay="7 days; returns change it until then",
            bias="Late orders look like negatives while the window is open: such rows wait",
            where="training/Label events -> Label join",
        ),
        Label(
            "Served value confirmed",
            window="The day of serving",
            positive="Offline recomputation as of the request's time gives the served value within tolerance",
            negative="It differs",
            ignored="Defaults that the log marks as such",
            delay="1 day",
            bias="Sampled requests: rare features need a stratified sample",
            where="operations/Lakehouse tables -> Skew check",
        ),
    ],
    training_example={
        "request, item": "r_77f2 at 2026-05-11T20:03:11.412Z, i_90331 at 4",
        "served vector": "512 values with feature versions, 3 defaults marked",
        "item clicks 10 min": "87 (stream, watermark 20:03:08)",
        "user purchases 90 days": "4 (partition of 2026-05-10, loaded 2026-05-11 05:40)",
        "minutes since last visit": "12.4 (on demand)",
        "sampling": "1 of 15 requests by hash of the request id",
        "propensity of the slot": "0.98",
        "label": "long view: yes; purchase: no (window closed 2026-05-18)",
        "snapshot": "tag ranker-2026-05-19, table version 88412",
    },
    features=[
        FeatureGroup(
            "Batch",
            features=[
                "purchases in 90 days",
                "mean price of purchases",
                "topic affinity vector",
                "item's return rate",
                "days since sign-up",
                "lifetime value decile",
            ],
            freshness="a day, by 06:00",
            store="training/Offline feature store",
            leak="The partition of day D contains events of D: a request on D may see D-1 at best, and only once it is loaded.",
        ),
        FeatureGroup(
            "Stream counters",
            features=[
                "item clicks in 10 min, 1 h, 24 h",
                "user's last 20 items",
                "views of the category in the session",
                "decayed click rate",
                "stock events of the item",
            ],
            freshness="{fresh_promise} at p99",
            store="serving/Zone A shards",
            leak="A backfill by event time sees late events that serving had not: it applies the watermark of that moment.",
        ),
        FeatureGroup(
            "On demand",
            features=[
                "minutes since the last visit",
                "distance to the store",
                "price over the user's mean",
                "hour in the user's zone",
                "item already in the basket",
            ],
            freshness="this request",
            store="serving/On-demand transforms",
            leak="The training code reads the clock: it must take the request's time as an argument.",
        ),
        FeatureGroup(
            "Identity",
            features=["user", "item", "category", "brand", "seller", "device class"],
            freshness="daily vocabulary",
            store="model/Id tables",
            leak="A vocabulary built over the test day; it is part of the snapshot.",
        ),
    ],
    loss=Loss(
        objective="The reference ranker minimises weighted log-loss of two heads on logged impressions. The platform's own part is in the rows: values as "
        "served, weights for sampling, and dropout of whole feature groups so that a model survives a default in production.",
        formulas=[
            MathFormula(
                "Point-in-time value",
                r"x_f(e, t) = v_f(e, \tau^{*}), \quad \tau^{*} = \max \{ \tau : \tau \le t, \; k(\tau) \le t \}",
                "Of feature f and entity e at time t: the newest value with event time τ that was also known (k) by then. Leaving out k is the usual leak.",
            ),
            MathFormula(
                "Weighted log-loss",
                r"\mathcal{L} = -\sum_i \frac{1}{\pi_i} \sum_h \lambda_h \left[ y_{h,i} \log p_{h,i} + (1 - y_{h,i}) \log (1 - p_{h,i}) \right]",
                "π is the probability that the row was logged and the item shown in its slot; h are the heads.",
            ),
            MathFormula(
                "Decayed counter",
                r"c(t) = c(t_0) \, e^{-(t - t_0)/\theta} + \sum_{t_0 < t_j \le t} e^{-(t - t_j)/\theta}",
                "One number instead of a window of buckets; it merges in any order of event time, so that stream and batch agree.",
            ),
            MathFormula(
                "Population stability",
                r"PSI = \sum_b (p_b - q_b) \ln \frac{p_b}{q_b}",
                "p and q are shares of bin b in served and recomputed values; above 0.2 a feature is switched to its default, and after three days the model is trained without it.",
            ),
        ],
        calibration="Heads are calibrated by isotonic regression on the last day of the snapshot. The platform checks expected over observed by share of "
        "defaulted features: a model that is calibrated on complete rows only will be wrong on the day a shard is slow.",
    ),
    evaluation=Evaluation(
        offline="For a pipeline: recompute a sample of served values and compare. For a dataset: leakage tests (a model from one feature alone that is too good), "
        "label rate, coverage. For the ranker: log-loss on the next day, with and without the new feature.",
        disagreement="A feature can be excellent offline and absent online: late, defaulted, or computed from events that had not arrived. Offline rows hold shown "
        "items only, so a feature that would change what is retrieved cannot show it.",
        unit="The user for model changes; the key range for storage changes, since a shard serves all users; the whole pipeline in shadow for stream jobs.",
        duration="Two weeks for models. Stream jobs run in shadow for one full week of traffic before the pointer flips.",
        power="With {base_rate} long views of shown items, a relative change of {effect} takes {arm} logged rows per arm, {arm_time} of the log at a tenth "
        "each: duration is set by weekdays, not by sample.",
        guardrails="Freshness p99, read p99, share of defaults, mismatch rate, cost per billion values.",
    ),
    biases=[
        Bias(
            "Selection of shown items",
            "Rows exist only for what the ranker showed.",
            "Logged propensity and an explored slot; candidates that were not shown are logged for 1 request in 10,000, which adds 3 % to the rows.",
            "serving/Serving log",
        ),
        Bias(
            "Sampling of requests",
            "One request in {sampling:n} under-represents rare users.",
            "Hash of the request id, not of the user; weights by inverse probability.",
            "training/Label join",
        ),
        Bias(
            "Late events",
            "Phones deliver hours late; live counters miss them, recomputed ones do not.",
            "Watermarks are stored with the value, and backfills apply them.",
            "ingestion/Event deduplication",
        ),
        Bias(
            "Delayed labels",
            "Purchases arrive within days.",
            "Rows wait until the 7-day window has closed; fast heads train on the last day.",
            "training/Label join",
        ),
        Bias(
            "Defaults",
            "Missing values become priors, and look like average users.",
            "Defaults are marked, and training drops whole groups at random.",
            "model/Group dropout",
        ),
        Bias(
            "Popularity",
            "Hot items fill counters and caches; the tail is stale or absent.",
            "Freshness and mismatch are reported by popularity decile.",
            "sharding/Hot-key detector",
        ),
        Bias(
            "Erasure",
            "Users who asked to be erased vanish from history, unevenly over groups.",
            "Snapshots record how many rows left; slices are re-weighted where it matters.",
            "training/Tagged snapshot",
        ),
        Bias(
            "Cold start of a feature",
            "A new feature has no served history.",
            "Point-in-time backfill from events for two years, then logged values take over after 30 days.",
            "training/Offline feature store",
        ),
        Bias(
            "Cold start of a user or an item",
            "No values at all.",
            "Population priors by country and category, embeddings from content.",
            "serving/Default features",
        ),
        Bias(
            "Cold start of a dataset",
            "No history of volume and nulls to check against.",
            "Contract limits from the owner for two weeks, then learned limits.",
            "ingestion/Quality gate",
        ),
    ],
    decisions=[
        Decision(
            "A lakehouse",
            why="Open tables on object storage give training, SQL and streaming one copy with snapshots and deletes. {lake} cost a few thousand dollars a day, and a tag makes "
            "a training set reproducible without copying it.",
            rejected=[
                "A lake and warehouse copies: better SQL, two truths and twice the erasure work",
                "A warehouse alone: simplest for SQL, but trainers would pull {training_set} through it",
            ],
            revisit_when="data stays below some tens of terabytes and its users write only SQL",
        ),
        Decision(
            "One definition for stream and batch",
            why="A declaration is compiled to Flink and Spark, so both compute the same windows with the same lateness. Skew then has one cause fewer, and a new feature can be "
            "backfilled for two years.",
            rejected=[
                "A hand-written pair: each in its best form, and never equal for long",
                "Streaming only, replaying the log for history: one code path, days of replay for a year of data",
            ],
            revisit_when="no feature needs to be fresher than a day: then batch alone",
        ),
        Decision(
            "Training on sampled served features",
            why="Logging what the model saw makes rows exact: late events, defaults and bugs included. One request in {sampling:n} and its shown items are {rows:n} rows a day; "
            "all candidates of all requests would be three hundred times that.",
            rejected=[
                "Reconstruction for all rows: has history at once, and inherits every difference between paths",
                "Logging everything: exact for candidates too, 600 TB a day",
            ],
            revisit_when="history is needed before launch, as for seasons: then backfill",
        ),
        Decision(
            "Bounded-stale replicas",
            why="Reads take the copy of their own zone and accept {write_time} of lag, so a lost zone costs nothing but capacity and no read waits for a quorum. Writes carry event "
            "time, and the last one wins.",
            rejected=[
                "Strong consistency: right for balances, adds a round trip between zones to {remote_reads:n} reads a second",
                "One copy and a cache: a third of the memory, and an outage for each lost node",
            ],
            revisit_when="values are balances, limits or entitlements",
        ),
        Decision(
            "Shards in memory, cold users on disk",
            why="{remote_reads:n} reads a second with a p99 of 15 ms need memory; users idle for a month do not. They lie in Scylla at 10 ms a read and return on touch.",
            rejected=[
                "A disk store for all: a tenth of the price or less, and a tail that the hedge cannot hide",
                "All in memory: no second tier, and memory for every account that ever signed up",
            ],
            revisit_when="values are larger than about 10 KB or read less than once a day",
        ),
        Decision(
            "A preprocessing tier",
            why="{gpus:n} GPUs take {train_rate:n} rows a second; decoding them needs {workers:n} workers of 16 cores each, more than the eight trainer hosts can spare. A tier of its own scales to the job and "
            "is shared between jobs.",
            rejected=[
                "Transforms on trainer hosts: no network hop, GPUs wait for CPUs",
                "Rows prepared ahead on disk: fastest to read, a copy of {training_set} per model variant",
            ],
            revisit_when="jobs are small and tabular, so that a host keeps up",
        ),
    ],
    failures=[
        FailureMode(
            "A producer ships a schema that breaks readers.",
            "The registry rejects it; the rate of dead letters rises.",
            "The old schema flows on; what was parked is fixed and replayed.",
        ),
        FailureMode(
            "A unit changes, or nulls creep in, with a valid schema.",
            "Checks on the partition, skew of served against recomputed values.",
            "The breaker holds the last good snapshot, the feature falls back to its default, the window is replayed.",
        ),
        FailureMode(
            "A stream job falls behind.",
            "Its watermark is older than 60 s.",
            "It scales out, low tiers are shed, and older counters are marked.",
        ),
        FailureMode(
            "A zone is lost.",
            "Health checks of its shards fail.",
            "Readers use the other copies at once; replicas are promoted in seconds and the last writes replayed from the log.",
        ),
        FailureMode(
            "One key is hot.",
            "Sampled keys and the CPU of its shard.",
            "Its lifetime in the near cache is extended, it is copied under suffixes, requests are coalesced.",
        ),
        FailureMode(
            "A zone loses its near cache.",
            "The hit rate falls to nothing, and reads of each shard in the zone rise more than sixfold.",
            "Its shards carry every read at {bare_load} of what they can do; hedges stop, so more requests get a default, until the cache is full again.",
        ),
        FailureMode(
            "A region is lost.",
            "Probes, and lag of the mirror.",
            "Traffic moves; the online store is warmed from tables and the tail of the mirrored log.",
        ),
        FailureMode(
            "A backfill overwrites live values.",
            "Mismatch rises right after a bulk load; version prefix differs.",
            "Bulk loads go slot by slot: a bad slot is not flipped, flipped ones are loaded again from the partition of the day before.",
        ),
    ],
    metrics=Metrics(
        offline=[
            "Datasets with owner and contract",
            "Leakage tests passed, training sets reproduced bit for bit",
            "GPU hours stalled on input",
        ],
        online=[
            "Freshness and read p99 by tier",
            "Near-cache hits, online-offline mismatch, share of defaults",
            "Time from event to table row",
        ],
        guardrail=[
            "Cost per TB and per billion values",
            "Files per table, replay time of a day",
            "Overdue erasures (must be 0)",
        ],
    ),
    follow_ups=[
        FollowUp(
            "mid",
            "What is a point-in-time join, and what goes wrong without it?",
            "For each example I take the newest feature value that was known at the example's time. Without it the row holds tomorrow's counter, which already contains the click to be predicted: offline results are "
            "wonderful, and online ones are not. Two times matter, when it happened and when we knew; a late event has an old event time and was still unknown.",
            "Join on user id and date",
            "training/Offline feature store -> Label join",
        ),
        FollowUp(
            "mid",
            "Why a log in the middle?",
            "It decouples. Producers append {peak_events:n} events a second without knowing who reads; each consumer keeps its own position, can fall behind and can start again. It is ordered by entity, so state can be rebuilt, and a bug is "
            "repaired by replaying a window. Direct calls would couple every outage and every deploy.",
            "Kafka is faster than a database",
            "ingestion/Event log",
        ),
        FollowUp(
            "senior",
            "Is your pipeline exactly-once?",
            "End to end only where sink and source take part. Flink checkpoints offsets with its state, and the table commit is tied to the checkpoint, so a retry does not append twice. The online store is at-least-once with idempotent upserts: the last event time "
            "wins. Client retries are removed by event id within ten minutes. For counters I accept a small error that the nightly load corrects.",
            "Yes, Kafka supports exactly-once",
            "ingestion/Table catalogue",
        ),
        FollowUp(
            "senior",
            "Training and serving disagree on a feature by 3 %. How do you find out why?",
            "The skew check gives the feature and the day; I look at the distribution of differences. A constant factor is a unit; differences near midnight are time zones; differences for active users are late events or a window edge; equal to a default means timeouts. "
            "Then I recompute one served value by hand from the log, with its watermark, and step through both plans.",
            "Retrain on the new distribution",
            "operations/Skew check",
        ),
        FollowUp(
            "senior",
            "How does hedging keep p99 at 15 ms with 31 keys?",
            "A request is as slow as its slowest shard. With a 1 % chance of a late read, 31 keys in about as many shards make 27 % of requests late. After {hedge_after} I ask another zone, and both are late only once in ten thousand, so {remote_keys:n} keys miss about 0.3 %. "
            "Hedges add about 1 % of reads and stop when the store is overloaded.",
            "Set a shorter timeout and retry",
            "serving/Feature service -> Zone B shards",
        ),
        FollowUp(
            "senior",
            "{files:n} small files a day: so what?",
            "Each costs an entry in a manifest, an open and a footer read, and planning a query over a month touches millions; metadata outgrows the data. I commit each minute for freshness and compact behind, sorted by entity, to {file_bytes}: {compacted:n} files a day. "
            "Compaction and writers race for the same snapshot, so it works on closed partitions and retries on conflict.",
            "Object storage scales, so it does not matter",
            "ingestion/Compaction",
        ),
        FollowUp(
            "senior",
            "A user asks to be erased. Walk through the tiers.",
            "The log forgets by itself after {retention}; its tiered copy is encrypted with a key per user, which is destroyed. Tables take a row-level delete, and old snapshots expire within 30 days, tags included: the tag is rewritten without the rows and says so. Online keys are deleted, "
            "near caches live {near_life}. Models are retrained on the normal schedule; lineage tells which.",
            "Delete the row in the user table",
            "operations/Lineage graph",
        ),
        FollowUp(
            "staff",
            "Kappa or Lambda?",
            "Neither name fits. I keep one definition and two executions: stream for freshness, batch for history and repair, with the same semantics of windows and lateness. Pure Kappa replays the log for a backfill, which at {raw} means a petabyte for a quarter. Hand-written "
            "Lambda has two truths. The compiler is the investment; below ten streaming features I would not make it.",
            "Kappa, because Lambda is old",
            "decision: One definition",
        ),
        FollowUp(
            "staff",
            "Where do you spend less when told to save 30 %?",
            "The bill is {online_cost:n} dollars a day for online features and {backbone_cost:n} for the backbone. Features first: values no model reads, by lineage, are often a third; users go to disk after a week of absence instead of a month. Then retention by use: silver can be rebuilt from bronze. Then batch jobs at night on spot. I "
            "would not touch replication or the log's days, since they are what repairs everything.",
            "Compress more",
            "sharding/Cold features",
        ),
        FollowUp(
            "staff",
            "How do you make twenty teams keep data contracts?",
            "Make the contract the easiest path and the breach visible at once. A schema change is checked in the producer's build against all readers from lineage; a breaking one does not deploy. Each dataset has an owner, a freshness objective and a page with its consumers. Failing gates page the producer, not me. "
            "Datasets without an owner are not readable by models.",
            "Write guidelines and hold reviews",
            "ingestion/Schema registry",
        ),
    ],
    case_studies=[
        CaseStudy(
            "Airbnb",
            system="Chronon: features declared once, computed in batch and stream, point-in-time correct for training, served from a key-value store, with consistency measured.",
            difference="It backfills training data from the declaration and so avoids log-and-wait; we train on logged values and backfill only new features.",
            source="https://medium.com/airbnb-engineering/chronon-a-declarative-feature-engineering-framework-b7b8ce796e04",
        ),
        CaseStudy(
            "Meta",
            system="A warehouse of exabytes and a preprocessing service that feeds trainers, tens of terabytes a second in total.",
            difference="Input pipelines, not trainers, dominate their planning of hardware; our tier of {workers:n} workers is the same idea at a ten-thousandth of the rate.",
            source="https://arxiv.org/abs/2108.09373",
        ),
        CaseStudy(
            "Uber",
            system="A lake of several hundred petabytes on Hudi, built around record-level upserts.",
            difference="They update records in place as the main pattern; we append and merge in batches, since most of our tables are events.",
            source="https://www.uber.com/blog/apache-hudi-at-uber/",
        ),
    ],
    five_minutes=[
        Phase(
            0.7,
            "Frame",
            "I would design the data platform under a hundred ranking models of a consumer company. It predicts nothing itself. Its promise is that what a model learned from is what it will be served, that data are fresh where it matters, and that a training set of last year can be made again. The first number I would watch is the share of "
            "served feature values that a recomputation confirms. The baseline is a warehouse with nightly SQL and a key-value copy of yesterday; it is enough while a day-old feature costs nothing.",
        ),
        Phase(
            0.8,
            "Size",
            "Twenty billion events a day, {peak_events:n} a second at peak, {ingress} into the log. Bronze grows by {bronze}; with silver and gold, tables are {lake} after two years. Online we hold {values} feature values, {online} per copy, in {shards:n} shards and three zones. A request asks for one user and two hundred items; a near cache turns {reads:n} reads a second "
            "into {remote_reads:n}. Training reads {training_set} through a preprocessing tier.",
        ),
        Phase(
            1.0,
            "Write path",
            "Everything enters one log, keyed by entity: events from clients through a collector that enforces schemas, and changes of databases by log-based capture. Bad records are parked, not dropped. A stream job deduplicates by event id and commits to bronze tables each minute, tied to its checkpoints, so a retry does not write twice. Compaction follows. Quality gates stand before silver: "
            "volume, nulls, ranges, and a failing partition is not published. Exactly-once is bought where money or labels depend on it; counters may be off by a retry until the nightly load corrects them.",
        ),
        Phase(
            1.1,
            "Features",
            "A feature is declared once and compiled twice: to a stream job that is {fresh_promise} behind the event, and to a batch job for history and repair. Online, values lie packed by entity in sharded memory, a copy per zone. A read takes its own zone and is hedged to another after {hedge_after}; what is still missing gets a default, and the log says so. For one request in "
            "fifteen we log the vectors of the shown items. Those rows, joined with labels by request id after their windows closed, are the training set.",
        ),
        Phase(
            0.7,
            "Train",
            "A training set is a tag on a table, not a copy. A dataset gate tests label rate, coverage and leakage. {workers:n} workers decode for {gpus:n} GPUs, so they never wait. Model, snapshot and feature versions are one release. Whole feature groups are dropped at random in training, so that a model survives a slow shard. A new feature is backfilled for two years, as it was known at each moment: two times matter, when it happened and when we knew.",
        ),
        Phase(
            0.7,
            "Operate and trade off",
            "Freshness, skew and cost are objectives with owners, and replay from log or bronze is the repair for nearly everything. If a zone is lost, reads take another copy at once. If a unit changes in silence, the breaker holds the last good snapshot and the feature falls back to its default. I chose bounded staleness over strong consistency, because a counter a fifth of a second old harms nobody. I would defend logging what was served hardest, and revisit in-memory storage first: "
            "most of it is people who are not here today.",
        ),
    ],
    interview_plan=[
        Phase(
            5,
            "Clarify and frame",
            "Consumers, freshness, exactly-once where, reproducibility, erasure, regions. State the promise: served equals learned.",
        ),
        Phase(
            6,
            "Size",
            "Events, bytes, tables, feature values, reads before and after the near cache, training rows. Mark which numbers force a decision.",
        ),
        Phase(
            9,
            "Write path",
            "Collector and capture, log, deduplicate, bronze with checkpointed commits, compaction, gate, silver.",
        ),
        Phase(
            9,
            "Features and serving",
            "One definition, two executions. Shards, zones, hedging, defaults. Budget and freshness budget.",
        ),
        Phase(
            7,
            "Training",
            "Logged values, point-in-time join with two times, snapshot tag, leakage tests, preprocessing tier.",
        ),
        Phase(
            5,
            "Failure and governance",
            "Schema break, silent unit change, zone, hot key; erasure through the tiers; lineage.",
        ),
        Phase(4, "Trade-offs and cost", "Kappa or Lambda, consistency, memory or disk, where to save 30 %."),
    ],
    building_blocks=["feature-engineering", "security-privacy", *COMMON_BLOCKS],
    sources=bibliography("""
        M. Armbrust et al. (Databricks), "Lakehouse: A New Generation of Open Platforms that Unify Data Warehousing and Advanced Analytics", CIDR 2021
            https://www.cidrdb.org/cidr2021/papers/cidr2021_paper17.pdf tables on object storage for lake and warehouse
        Apache Software Foundation, "Configuration", Apache Iceberg documentation 2025
            https://iceberg.apache.org/docs/latest/configuration/ target file size, 536,870,912 bytes by default
        M. Zhao et al. (Meta), "Understanding Data Storage and Ingestion for Large-Scale Deep Recommendation Model Training", ISCA 2022
            https://arxiv.org/abs/2108.09373 a preprocessing service that keeps trainers fed; exabytes, tens of TB/s
        Uber Engineering, "Apache Hudi at Uber: Engineering for Trillion-Record-Scale Data Lake Operations", Uber Blog 2026
            https://www.uber.com/blog/apache-hudi-at-uber/ a lake of several hundred petabytes
        LinkedIn Engineering, "How LinkedIn customizes Apache Kafka for 7 trillion messages per day", LinkedIn Engineering Blog 2019
            https://engineering.linkedin.com/blog/2019/apache-kafka-trillion-messages one log at company scale
        N. Simha (Airbnb), "Chronon: A Declarative Feature Engineering Framework", The Airbnb Tech Blog 2023
            https://medium.com/airbnb-engineering/chronon-a-declarative-feature-engineering-framework-b7b8ce796e04
            one definition for training and serving, and why log-and-wait is slow
        A. Khan, Z. S. Hassan (DoorDash), "Building a Gigascale ML Feature Store with Redis, Binary Serialization, String Hashing, and Compression", DoorDash Engineering 2020
            https://careersatdoordash.com/blog/building-a-gigascale-ml-feature-store-with-redis/
            112 GB per billion feature values
        J. Dean, L. A. Barroso (Google), "The Tail at Scale", Communications of the ACM 2013
            https://doi.org/10.1145/2408776.2408794 fan-out tails and hedged requests
        T. Akidau et al. (Google), "The Dataflow Model: A Practical Approach to Balancing Correctness, Latency, and Cost in Massive-Scale, Unbounded, Out-of-Order Data Processing", PVLDB 2015
            https://doi.org/10.14778/2824032.2824076 event time, watermarks, lateness
        S. Schelter et al. (Amazon), "Automating Large-Scale Data Quality Verification", PVLDB 2018
            https://doi.org/10.14778/3229863.3229867 constraints and anomaly checks on partitions
    """),
)


@view("Overview")
def overview() -> None:
    """Events and changes enter one log; stream and batch jobs fill a lakehouse and an online store from it."""
    with Cluster("Sources"):
        apps = Users("Apps and devices", tooltip="{mean_events:n} events a second on average")
        oltp = Postgresql("OLTP databases", tooltip="Orders, accounts, catalogue; captured as change logs")
    log = Kafka("Event log\nKafka", tooltip="The one ordered, replayable record of what changed")
    with Cluster("Compute"):
        stream_jobs = Flink("Stream jobs\nFlink", tooltip="Windows, joins, feature updates with exactly-once state")
        batch_jobs = Spark("Batch jobs\nSpark", tooltip="Heavy joins, backfills, compaction, training sets")
    with Cluster("Storage"):
        tables = S3("Lakehouse tables\nIceberg", tooltip="Bronze, silver and gold on object storage, {lake}")
        features = FeatureStore("Online feature store", tooltip="{shards} shards in {zones} zones, {online} a copy")
    with Cluster("Governance"):
        catalogue = Catalogue("Data catalogue", tooltip="Schemas, owners, lineage, access rules, retention")
        gate = Gate("Quality gate", tooltip="Stops the promotion of bad partitions")
        scheduler = Airflow("Scheduler", tooltip="Starts jobs when data is ready, not by the clock")
    with Cluster("Consumers"):
        inference = ModelPool("Serving fleet", tooltip="{peak_rate:n} requests a second at peak")
        training = Kubeflow("Training pipeline", tooltip="Reads snapshots through a preprocessing tier")
        registry = Mlflow("Model registry", tooltip="Binds a model to its snapshot and feature versions")
        analytics = Trino("Analytics\nTrino", tooltip="Metrics and ad-hoc queries on the same tables")

    apps >> stream("{ingress} peak") >> log
    oltp >> stream("CDC") >> log >> stream("{peak_events} peak") >> stream_jobs >> stream("bronze commits") >> tables
    stream_jobs >> stream("fresh in\n{fresh_promise}") >> features
    tables >> batch("snapshots") >> batch_jobs >> batch("silver, gold") >> tables
    batch_jobs >> batch("nightly load") >> features
    catalogue >> control("schema, access") >> tables
    tables >> batch("profiles") >> gate >> control("pass or block") >> scheduler >> control("data ready") >> batch_jobs
    tables >> batch("{training_set} set") >> training >> control("gated model") >> registry
    registry >> control("new model") >> inference >> request("{remote_reads:n} reads/s") >> features
    inference >> stream("served features") >> log
    analytics >> request("SQL") >> tables


@view("Ingestion", details="overview/Event log")
def ingestion() -> None:
    """From a phone and a database row to a compacted, schema-checked table."""
    with Cluster("Sources"):
        sdk = Mobile("Client SDK", tooltip="Batches events for {client_batch}, adds event id and event time")
        oltp = Postgresql("OLTP databases", tooltip="Its write-ahead log is the truth about entities")
    with Cluster("Edge"):
        collector = Go("Collector", tooltip="Stateless; validates, enriches, acknowledges once the log has it")
        schemas = Catalogue("Schema registry", tooltip="Lets a schema evolve only where old readers still work")
        cdc = Kafka("CDC connector\nKafka Connect", tooltip="Log-based capture after a snapshot; no dual writes")
    with Cluster("Log"):
        log = Kafka("Event log\nKafka", tooltip="Keyed by entity; {retention} hot, then tiered for replay")
        dead_letters = Kafka("Dead-letter topic\nKafka", tooltip="What breaks the contract, kept for alert and replay")
    with Cluster("Lakehouse"):
        dedupe = Flink(
            "Event deduplication\nFlink", tooltip="By event id and event time, 10 min of lateness; adds sessions"
        )
        table_catalogue = Catalogue("Table catalogue\nIceberg", tooltip="Swaps a table's snapshot atomically")
        bronze = S3("Bronze tables", tooltip="Append-only, one commit a minute, tied to stream checkpoints")
        compaction = Spark("Compaction\nSpark", tooltip="{files:n} files a day become {compacted:n}")
        merge = Spark("Merge job\nSpark", tooltip="Conforms types, merges changes to current state")
        gate = Gate("Quality gate", tooltip="Volume, nulls, ranges, uniqueness, before readers see it")
        silver = S3("Silver tables", tooltip="Conformed, deduplicated, current: what others build on")

    sdk >> request("batched events") >> collector >> request("schema id") >> schemas
    oltp >> stream("write-ahead log") >> cdc >> stream("change rows") >> log
    collector >> stream("acks=all") >> log
    collector >> stream("bad records") >> dead_letters >> batch("fixed, replayed") >> log
    log >> stream("{peak_events} peak") >> dedupe >> stream("Parquet, 1 min") >> bronze
    dedupe >> control("commit on\ncheckpoint") >> table_catalogue >> control("snapshot swap") >> bronze
    table_catalogue >> control("small files") >> compaction >> batch("{file_bytes} files") >> bronze
    bronze >> batch("new snapshots") >> merge >> batch("audit branch") >> gate >> control("publish") >> silver


@view("Serving", details="overview/Serving fleet")
def serving() -> None:
    """One user and {item_keys} candidates: features from sharded memory, a model, and the log it will train on."""
    clients = Users("Clients", tooltip="{peak_rate:n} requests a second at peak")
    with Cluster("Request path"):
        gateway = Envoy("API gateway", tooltip="Authenticates and sets the deadline of {promise}")
        inference = Go("Inference service", tooltip="Drives features and model; owns the fallbacks")
        feature_service = FastAPI("Feature service", tooltip="Turns a feature set into keys, merges, fills defaults")
        near_cache = Memcached(
            "Near cache\nMemcached", tooltip="Items for {near_life}, zone-wide: {near_hit} of item reads"
        )
        transforms = Python("On-demand transforms", tooltip="Ratios and time since, by the code that training runs")
        defaults = Fallback("Default features", tooltip="Population priors when a shard is late or down")
        ranker = Ranker("Ranker", tooltip="Scores {item_keys} candidates in one batch")
    with Cluster("Online feature store"):
        shard_map = Etcd("Shard map\netcd", tooltip="Hash slots to shard copies by zone; clients hold it")
        zone_a = Redis("Zone A shards\nRedis", tooltip="{shards} processes; a request is read in its own zone")
        zone_b = Redis("Zone B shards\nRedis", tooltip="Second copy, takes hedged reads; zone C holds the third")
    with Cluster("Freshness"):
        stream_features = Flink(
            "Stream features\nFlink", tooltip="Windowed counters within {fresh_promise} of the event"
        )
        bulk_loader = Spark(
            "Bulk loader\nSpark",
            tooltip="Nightly load into versioned keys and a pointer flip, slot by slot: little is held twice",
        )
    log = Kafka("Serving log\nKafka", tooltip="Vectors of {logged} shown items for 1 request in {sampling}")

    with step("A request enters with a deadline of {promise}; at peak {peak_rate:n} a second do."):
        clients >> request("user id, context") >> gateway >> request("{promise} deadline") >> inference
    with step("The inference service asks for one user and {item_keys} candidates in a single call."):
        inference >> request("{user_keys} user,\n{item_keys} items") >> feature_service
    with step("The near cache answers {near_hit} of item keys: {reads:n} reads a second become {remote_reads:n}."):
        feature_service >> request("{item_keys} keys") >> near_cache
    with step("The other {remote_keys} keys are read in the zone by shard, {shard_reads:n} a second on each copy."):
        shard_map >> control("watch") >> feature_service >> request("{remote_keys} keys,\nin zone") >> zone_a
    with step("A shard that is silent for {hedge_after} is asked in another zone; the first answer wins."):
        feature_service >> request("hedge at\n{hedge_after}") >> zone_b
        zone_a >> stream("async replicate") >> zone_b
    with step("Request-time features are computed; keys still missing get defaults, and the log says so."):
        feature_service >> request("raw values") >> transforms
        feature_service >> request("on timeout") >> defaults
    with step("The model scores {item_keys} rows in one batch within {rank_time}."):
        inference >> request("{item_keys} rows,\n{rank_time}") >> ranker
        inference >> response("ranked items") >> clients
    with step("For 1 request in {sampling} the vectors of {logged} shown items are logged: {rows:n} rows a day."):
        inference >> stream("vectors, request id") >> log
    with step("Meanwhile counters land within {fresh_promise}, and nightly features under a new version prefix."):
        stream_features >> stream("counters, {fresh_promise}") >> zone_a
        bulk_loader >> batch("versioned keys") >> zone_a


@view("Model", direction="TB", details="serving/Ranker")
def model() -> None:
    """What the platform feeds: a reference ranker, its inputs by freshness, and the dropout that makes defaults survivable."""
    with Cluster("Inputs"):
        batch_values = Features("Batch\n400 values", tooltip="Up to 90 days, a day old; user and item")
        counters = Features(
            "Stream counters\n100 values", tooltip="10 min to 24 h, {fresh_promise} behind; with their watermark"
        )
        on_demand = Features(
            "On demand\n12 values", tooltip="Time since, distance, ratios; from the request's own time"
        )
        ids = Features("Ids\n6 fields", tooltip="User, item, category, brand, seller, device")
    with Cluster("Prepare"):
        normalise = Interaction("Normalise", tooltip="Log and quantile scale; statistics are part of the snapshot")
        dropout = Interaction(
            "Group dropout", tooltip="Replaces whole groups by their default for 2 % of training rows"
        )
        tables = EmbeddingTable("Id tables", tooltip="32 numbers each, hashed beyond the daily vocabulary")
    with Cluster("Rank"):
        cross = Interaction(
            "Cross and trunk\n512-256", tooltip="Explicit crosses, then dense layers; {item_keys:n} rows at once"
        )
        long_view = Head("Long view", tooltip="Probability of 30 s or more within 1 h")
        purchase = Head("Purchase", tooltip="Probability of an order within 7 days that is not returned")
    with Cluster("Training only"):
        snapshot = S3("Tagged snapshot", tooltip="Vectors as served, labels after their window, sampling weights")
        loss = LossFunction(
            "Weighted log-loss", tooltip="Per head, over the probability that the row was logged and shown"
        )
    with Cluster("Every day"):
        recompute = Features(
            "Recomputed vector", tooltip="The same values as of the request's time, from the tables, a day later"
        )
        skew = Evaluator("Skew check", tooltip="Served against recomputed, by feature and popularity decile")

    [batch_values, counters, on_demand] >> Edge(label="numbers") >> normalise >> Edge(label="512 and masks") >> dropout
    ids >> Edge(label="6 ids") >> tables >> Edge(label="6 × 32") >> cross
    dropout >> Edge(label="1,024") >> cross >> Edge(label="256") >> [long_view, purchase]
    [long_view, purchase] >> Edge(label="logit") >> loss
    snapshot >> feedback("labels, weights") >> loss
    [batch_values, counters] >> Edge(label="served values") >> skew
    recompute >> Edge(label="recomputed values") >> skew


@view("Training", details="overview/Training pipeline")
def training() -> None:
    """Point-in-time joins, frozen snapshots and a preprocessing tier that keeps {gpus} GPUs busy."""
    with Cluster("Data"):
        log = Kafka(
            "Serving log\nKafka",
            tooltip="What the model saw, {rows:n} rows a day; tiered after {retention}, since labels take 7 days",
        )
        labels = Kafka("Label events\nKafka", tooltip="Clicks, purchases, returns, up to 7 days late")
        tables = S3("Offline feature store", tooltip="History of each feature with event time and known-at time")
        definitions = Git("Feature definitions", tooltip="One declaration, compiled to Spark and Flink")
    with Cluster("Dataset"):
        scheduler = Airflow("Scheduler", tooltip="Starts when the day's partitions have passed their gates")
        join = Spark(
            "Label join\nSpark", tooltip="By request id within 7 days; backfilled features as of the example's time"
        )
        snapshot = S3("Tagged snapshot\nIceberg", tooltip="{training_set} under a tag; reproducible for 2 years")
        dataset_gate = Gate("Dataset gate", tooltip="Label rate, coverage, leakage, skew against the serving log")
    with Cluster("Train"):
        preprocessing = Pod(
            "Preprocessing tier", tooltip="{workers} workers decode, transform, batch; scale separately"
        )
        trainers = Trainer("GPU trainers", tooltip="{gpus} GPUs take {train_rate:n} rows a second; an epoch is {epoch}")
        checkpoints = S3("Checkpoints", tooltip="Every 15 min with reader offsets: a restart repeats no rows")
    with Cluster("Release"):
        gate = Choice("Offline gate", tooltip="Next-day holdout, slices, calibration")
        registry = Mlflow("Model registry", tooltip="Model, snapshot id and feature versions as one release")
        canary = Flagger("Shadow and canary", tooltip="Shadow, then 1, 10 and 100 %, with automatic rollback")
        fleet = ModelPool("Serving fleet", tooltip="Loads the release; logs what it serves")

    fleet >> stream("served vectors") >> log >> batch("served vectors") >> join
    labels >> feedback("actions, 7 days") >> join
    tables >> batch("backfilled history") >> join
    definitions >> control("compiled plan") >> join
    scheduler >> control("partitions ready") >> join >> batch("{rows:n} rows/day") >> snapshot
    snapshot >> batch("profile") >> dataset_gate >> control("pass") >> preprocessing
    snapshot >> batch("{read_rate}") >> preprocessing >> stream("ready batches") >> trainers
    trainers >> batch("15 min") >> checkpoints
    trainers >> batch("candidate") >> gate
    snapshot >> batch("next-day holdout") >> gate >> control("gates passed") >> registry >> control("version") >> canary
    canary >> control("promote") >> fleet


@view("Sharding", details="overview/Online feature store")
def sharding() -> None:
    """How {values:n} feature values stay available and boundedly stale through resharding, hot keys and a lost zone."""
    clients = Go("Feature clients", tooltip="Hash the key, take the copy in the zone, hedge, break circuits")
    with Cluster("Writers"):
        writers = Flink("Stream writers\nFlink", tooltip="Idempotent upserts; the last event time wins")
        bulk_loader = Spark(
            "Bulk loader\nSpark",
            tooltip="Writes a new version prefix beside the live one, slot by slot: {spare} of memory is free for it",
        )
    with Cluster("Shard group"):
        primary = Redis("Primary\nzone A", tooltip="Takes the writes, checks their versions")
        replica_b = Redis("Replica\nzone B", tooltip="Read in its zone; candidate for promotion")
        replica_c = Redis("Replica\nzone C", tooltip="Read in its zone; two copies remain when a zone is lost")
        cold = Scylla("Cold features\nScylla", tooltip="Users idle for 30 days, 10 ms a read, promoted on touch")
    with Cluster("Resharding"):
        detector = Monitor("Hot-key detector", tooltip="Moves hot slots; near-caches or copies a key over 1 %")
        slot_map = Etcd("Slot map\netcd", tooltip="16,384 Redis Cluster slots to {shards} shards, versioned")
        mover = Planner("Slot mover", tooltip="Copies, writes twice, verifies, then flips a slot range")
        new_shard = Redis("New shard\nprimary", tooltip="Takes a slot range while a shard is split")
    with Cluster("Repair"):
        truth = S3("Rebuild source", tooltip="Gold table and log offset: any shard is back within 15 min")
        repair = Airflow("Repair job\nAirflow", tooltip="Compares a nightly sample with the offline table")

    slot_map >> control("watch") >> clients >> request("zone A reads") >> primary
    clients >> request("zone B reads") >> replica_b
    clients >> request("zone C reads") >> replica_c
    clients >> request("idle users") >> cold
    writers >> stream("upsert, event time") >> primary >> stream("async,\nunder {write_time}") >> replica_b
    primary >> stream("async,\nunder {write_time}") >> replica_c
    primary >> batch("idle 30 days") >> cold
    clients >> stream("key samples") >> detector >> control("hot slots") >> slot_map >> control("plan") >> mover
    detector >> control("near-cache, suffix") >> clients
    primary >> batch("slot copy") >> mover >> batch("load, verify") >> new_shard
    mover >> control("flip slots") >> slot_map
    truth >> batch("offline truth") >> repair >> batch("mismatch repair") >> primary
    truth >> batch("rebuild") >> bulk_loader >> batch("version prefix") >> primary


@view("Operations")
def operations() -> None:
    """Freshness, quality, skew and cost are objectives with owners; replay is the repair for nearly everything."""
    with Cluster("Platform"):
        pipelines = Flink("Pipelines\nFlink", tooltip="Export lag, watermark age, checkpoint time")
        features = FeatureStore("Online feature store", tooltip="Exports p99, replica lag, memory, evictions")
        tables = S3("Lakehouse tables", tooltip="Export snapshot age, file counts, profiles")
        fleet = ModelPool("Serving fleet", tooltip="Runs the released models on the online features")
        second_region = Datacenter("Second region", tooltip="Mirrored log, replicated tables: 1 min lost, 15 min down")
    with Cluster("Observe"):
        metrics = Prometheus("Metrics\nPrometheus", tooltip="Freshness and latency by dataset tier")
        gate = Gate("Quality gate", tooltip="Constraints and anomaly checks on every partition")
        skew = Spark("Skew check\nSpark", tooltip="Served values against offline recomputation, by feature")
        lineage = Neo4J("Lineage graph\nNeo4j", tooltip="By column: which models does a bad table touch?")
        dashboards = Grafana("Dashboards\nGrafana", tooltip="Freshness budget by dataset, cost by team")
    with Cluster("Respond"):
        breaker = Guard("Publish breaker", tooltip="Keeps the last good snapshot live when a gate fails")
        fallback = Fallback("Feature fallback", tooltip="Freezes or drops a feature; training used feature dropout")
        retrain = Airflow(
            "Retrain trigger", tooltip="On drift, a schema change, or to do without a feature that stays switched off"
        )
        training = Kubeflow("Training pipeline", tooltip="Rebuilds the snapshot, trains, gates and releases")
        alerts = Pagerduty("On-call alerts", tooltip="Dataset owners for quality, the platform for lag")
        owners = Users("Dataset owners", tooltip="Fix the producer, then ask for the window again")
        replay = Airflow("Replay job", tooltip="Has a window run again from log or bronze, idempotently")

    pipelines >> stream("mirrored log") >> second_region
    pipelines >> stream("lag") >> metrics >> stream("series") >> dashboards
    features >> stream("p99, replica lag") >> metrics
    fleet >> request("feature reads") >> features
    fleet >> batch("served sample") >> skew
    tables >> batch("recomputed values") >> skew
    tables >> batch("profiles") >> gate >> control("which columns") >> lineage
    skew >> control("3 days\nover limit") >> retrain >> control("run") >> training >> control("gated model") >> fleet
    skew >> control("feature off") >> fallback >> control("default value") >> features
    gate >> control("fail") >> breaker >> control("hold snapshot") >> tables
    metrics >> control("freshness burn") >> alerts
    lineage >> control("owners, models") >> alerts >> control("page") >> owners
    owners >> control("window, dataset") >> replay >> control("rerun window") >> pipelines
