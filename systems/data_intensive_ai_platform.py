"""Turn 20 billion events a day into tables, training sets and features that models read within 60 ms.

The data backbone of a consumer company is batch and stream at once, with one definition of each feature: any gap
between what training reads and what serving reads becomes a silent loss of model quality.

The hard choices are consistency (exactly-once where money or labels depend on it, bounded staleness elsewhere),
availability (online reads survive the loss of a zone) and cost at petabyte scale.
"""

from diagrams import Cluster
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
    Budget,
    Catalogue,
    Decision,
    Estimate,
    FailureMode,
    Fallback,
    FeatureStore,
    Gate,
    Guard,
    Metrics,
    ModelPool,
    Monitor,
    Planner,
    Ranker,
    Requirements,
    System,
    Tags,
    Trainer,
    assume,
    batch,
    bibliography,
    cite,
    control,
    derive,
    request,
    step,
    stream,
    view,
)

ESTIMATE = Estimate(
    users=assume("Daily active users", 100e6, "user"),
    peak_factor=assume("Peak over average", 3),
    user_events=assume("Events a user causes", 200, "event/user/day"),
    event_bytes=assume("Bytes per event", 600, "byte/event", note="Protobuf"),
    events=derive("Events per day", "users * user_events", "event/day", note="LinkedIn reported 7 trillion in 2019"),
    mean_events=derive("Average event rate", "events", "event/s"),
    peak_events=derive("Peak event rate", "mean_events * peak_factor", "event/s"),
    ingress=derive("Log ingress at peak", "peak_events * event_bytes", "byte/s"),
    raw=derive("Raw bytes per day", "events * event_bytes", "byte/day"),
    retention=assume("Days in the log", 3, "day"),
    replication=assume("Replicas in the log", 3),
    log_disk=derive("Log disk", "raw * retention * replication", "byte"),
    broker_speed=assume("Replicated writes of a broker", 100e6, "byte/s/broker"),
    brokers=derive("Brokers", "ceil(ingress * replication / broker_speed)", "broker", note="run 18 over three zones"),
    core_speed=assume("Events a stream core processes", 10_000, "event/s/core"),
    headroom=assume("Headroom of stream jobs", 1.5),
    stream_cores=derive("Stream cores", "ceil(peak_events * headroom / core_speed)", "core"),
    compression=assume("Raw bytes over Parquet bytes", 4),
    bronze=derive("Bronze tables per day", "raw / compression", "byte/day"),
    kept=assume("Tables are kept for", 2, "year"),
    layers=assume("All layers over bronze", 2.5, note="silver and gold add 1.5"),
    lake=derive("Lakehouse", "bronze * kept * layers", "byte", note="Uber reports hundreds of petabytes"),
    writers=assume("Files a commit writes", 128, "file/commit", note="one per writer"),
    commits=assume("Commits", 1, "commit/min"),
    files=derive("Files before compaction", "writers * commits", "file/day"),
    file_bytes=assume("Compacted file", 512e6, "byte/file", note="Iceberg's default target is 512 MiB"),
    compacted=derive("Files after compaction", "bronze / file_bytes", "file/day"),
    user_values=assume("Feature values per user", 300, "value/user"),
    items=assume("Items", 20e6, "item"),
    item_values=assume("Feature values per item", 200, "value/item"),
    values=derive("Online feature values", "users * user_values + items * item_values", "value"),
    value_bytes=cite("Redis bytes per value", 112, "byte/value", source="DoorDash", note="hashed and compressed"),
    online=derive("Online features, one copy", "values * value_bytes", "byte"),
    shard_bytes=assume("Memory of a shard", 50e9, "byte/shard"),
    shards=derive("Shards", "ceil(online / shard_bytes)", "shard"),
    copies=assume("Copies of a shard, one per zone", 3),
    processes=derive("Shard processes", "shards * copies", "shard", note="a read is one small get of a packed group"),
    node_bytes=assume("Usable memory of a node", 200e9, "byte/node"),
    nodes=derive("Online store nodes", "ceil(processes * shard_bytes / node_bytes)", "node"),
    asks=assume("Inference requests per user", 30, "request/user/day"),
    user_keys=assume("User keys per request", 1, "key/request"),
    item_keys=assume("Candidate items per request, a key each", 200, "key/request"),
    mean_rate=derive("Average request rate", "users * asks", "request/s"),
    peak_rate=derive("Peak request rate", "mean_rate * peak_factor", "request/s"),
    reads=derive("Entity reads at peak, no cache", "peak_rate * (user_keys + item_keys)", "key/s"),
    near_hit=assume("Item reads the near cache answers", 85, "percent", note="0.77 to 0.88 at Zipf 1.0 to 1.1"),
    remote_keys=derive("Keys of a request that go to shards", "user_keys + item_keys * (1 - near_hit)", "key/request"),
    remote_reads=derive("Shard reads at peak", "peak_rate * remote_keys", "key/s"),
    shard_reads=derive("Reads of a shard copy", "remote_reads / processes", "key/s/shard", note="Redis does 100 k/s"),
    key_bytes=assume("Feature bytes per key read", 2e3, "byte/key"),
    feature_traffic=derive("Features read at peak", "remote_reads * key_bytes", "byte/s"),
    sampling=assume("Requests per logged request", 15),
    logged=assume("Shown items of a logged request", 10, "row/request"),
    rows=derive("Serving-log rows per day", "users * asks / sampling * logged", "row/day", note="each gets a label"),
    row_bytes=assume("Bytes per training row", 1e3, "byte/row"),
    window=assume("Days in a training set", 30, "day"),
    training_set=derive("Training set", "rows * window * row_bytes", "byte"),
    gpus=assume("Training GPUs", 64, "GPU"),
    gpu_speed=assume("Rows a GPU trains on", 20_000, "row/s/GPU"),
    train_rate=derive("Rows the trainers take", "gpus * gpu_speed", "row/s"),
    read_rate=derive("Read rate into preprocessing", "train_rate * row_bytes", "byte/s"),
    worker_speed=assume("Rows a worker prepares", 8_000, "row/s/worker"),
    workers=derive("Preprocessing workers", "ceil(train_rate / worker_speed)", "worker"),
    epoch=derive("One epoch", "rows * window / train_rate", "hour"),
)

SYSTEM = System(
    title="Data-intensive AI platform",
    family="applied",
    position=18,
    tags=Tags(task=["platform"], pattern=["streaming features", "batch scoring"], data=["events", "tabular"]),
    requirements=Requirements(
        functional=[
            "Event streams and change data capture enter under enforced schemas; any window can be replayed.",
            "Tables have atomic commits, time travel, schema evolution and row-level deletes for erasure.",
            "A feature is defined once, and materialised point-in-time correct offline and sharded online.",
            "Training snapshots are reproducible; catalogue, lineage, access policy and quality gates cover all data.",
        ],
        qualities={
            "Latency": "Online features and inference within 60 ms at p99 (assumption).",
            "Freshness": "Event to online feature in 5 s at p99, to lakehouse row in 15 min; batch by 06:00 (assumptions).",
            "Freshness budget": "Client batch 2 s, log 0.3 s, stream window 1.5 s, shard write 0.2 s, near cache 1 s.",
            "Availability": "99.99 % of online reads, 99.9 % of ingest (assumptions).",
            "Recovery": "No loss inside a region; across regions at most 1 min lost, back within 15 min (assumptions).",
            "Governance": "Erasure in all tiers within 30 days; training sets reproducible for 2 years (assumptions).",
        },
    ),
    estimate=ESTIMATE,
    headline=["peak_rate", "peak_events", "lake", "values", "remote_reads"],
    budget=Budget(
        "p99 of an inference request",
        promise=60,
        stages={
            "Gateway, auth": 5,
            "Feature service: plan keys, pick shard copies": 2,
            "Near-cache lookup": 1,
            "Shard multi-get of {remote_keys} keys, hedged after 5 ms": 15,
            "On-demand transforms": 5,
            "Model on {item_keys} candidates, one batch": 25,
            "Postprocess, serialise, hand to the log": 2,
            "Network": 5,
        },
    ),
    decisions=[
        Decision(
            "A lakehouse",
            rejected=["a lake and warehouse copies"],
            revisit_when="data is small and its users write only SQL",
        ),
        Decision(
            "One definition for stream and batch",
            rejected=["a hand-written pair"],
            revisit_when="features may be a day old: batch",
        ),
        Decision(
            "Training on sampled served features",
            rejected=["reconstruction"],
            revisit_when="history is needed before launch",
        ),
        Decision(
            "Bounded-stale replicas",
            rejected=["strong consistency"],
            revisit_when="values are balances, limits or entitlements",
        ),
        Decision(
            "Shards in memory, cold users on disk",
            rejected=["a disk store for all"],
            revisit_when="values are large or rarely read",
        ),
        Decision(
            "A preprocessing tier", rejected=["transforms on trainer hosts"], revisit_when="jobs are small and tabular"
        ),
    ],
    failures=[
        FailureMode(
            "A producer breaks its schema", "Registry rejections", "Old schema flows on; park, fix, replay rest"
        ),
        FailureMode(
            "A unit changes or nulls creep in", "Partition and skew checks", "Hold the snapshot, default, replay"
        ),
        FailureMode(
            "A stream job falls behind", "Watermark over 60 s old", "Scale, shed low tiers, flag older counters"
        ),
        FailureMode("A zone is lost", "Health checks", "Read the other copies, promote in seconds, replay last writes"),
        FailureMode(
            "One key is hot", "Key samples, CPU of a shard", "Near-cache it longer, copy it, coalesce requests"
        ),
        FailureMode(
            "A region is lost", "Probes, mirror lag", "Move traffic, warm the online store from tables and log"
        ),
    ],
    metrics=Metrics(
        offline=["Datasets with owner and contract", "Leakage tests passed, sets reproduced", "GPU hours stalled"],
        online=["Freshness, read p99 by tier", "Near-cache hits, online-offline mismatch", "Event to table row"],
        guardrail=["Cost per TB and per bn values", "Files per table, replay time", "Overdue erasures (must be 0)"],
    ),
    building_blocks=["feature-engineering", "security-privacy", *COMMON_BLOCKS],
    sources=bibliography("""
        M. Armbrust et al. (Databricks), "Lakehouse: A New Generation of Open Platforms that Unify Data Warehousing and Advanced Analytics", CIDR 2021
            https://www.cidrdb.org/cidr2021/papers/cidr2021_paper17.pdf tables on object storage for lake and warehouse
        Apache Software Foundation, "Configuration", Apache Iceberg documentation 2025
            https://iceberg.apache.org/docs/latest/configuration/ target file size, 536,870,912 bytes by default
        M. Zhao et al. (Meta), "Understanding Data Storage and Ingestion for Large-Scale Deep Recommendation Model Training", ISCA 2022
            https://arxiv.org/abs/2108.09373 a preprocessing service that keeps trainers fed
        Uber Engineering, "Apache Hudi at Uber: Engineering for Trillion-Record-Scale Data Lake Operations", Uber Blog 2026
            https://www.uber.com/blog/apache-hudi-at-uber/ a lake of several hundred petabytes
        LinkedIn Engineering, "How LinkedIn customizes Apache Kafka for 7 trillion messages per day", LinkedIn Engineering Blog 2019
            https://engineering.linkedin.com/blog/2019/apache-kafka-trillion-messages one log at company scale
        N. Simha (Airbnb), "Chronon: A Declarative Feature Engineering Framework", The Airbnb Tech Blog 2023
            https://medium.com/airbnb-engineering/chronon-a-declarative-feature-engineering-framework-b7b8ce796e04
            one definition for training and serving
        A. Khan, Z. S. Hassan (DoorDash), "Building a Gigascale ML Feature Store with Redis, Binary Serialization, String Hashing, and Compression", DoorDash Engineering 2020
            https://careersatdoordash.com/blog/building-a-gigascale-ml-feature-store-with-redis/ 112 GB per bn features
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
        batch_jobs = Spark("Batch jobs\nSpark", tooltip="Heavy joins, back-fills, compaction, training sets")
    with Cluster("Storage"):
        tables = S3("Lakehouse tables\nIceberg", tooltip="Bronze, silver and gold on object storage, {lake}")
        features = FeatureStore("Online feature store", tooltip="{shards} shards in {copies} zones, {online} a copy")
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
    stream_jobs >> stream("fresh in\n5 s") >> features
    tables >> batch("snapshots") >> batch_jobs >> batch("silver, gold") >> tables
    batch_jobs >> batch("nightly load") >> features
    catalogue >> control("schema, access") >> tables
    tables >> batch("profiles") >> gate >> control("pass or block") >> scheduler >> control("data ready") >> batch_jobs
    tables >> batch("{training_set} set") >> training >> control("gated model") >> registry
    registry >> control("new model") >> inference >> request("{remote_reads} reads") >> features
    inference >> stream("served features") >> log
    analytics >> request("SQL") >> tables


@view("Ingestion")
def ingestion() -> None:
    """From a phone and a database row to a compacted, schema-checked table."""
    with Cluster("Sources"):
        sdk = Mobile("Client SDK", tooltip="Batches events for 2 s, adds event id and event time")
        oltp = Postgresql("OLTP databases", tooltip="Its write-ahead log is the truth about entities")
    with Cluster("Edge"):
        collector = Go("Collector", tooltip="Stateless; validates, enriches, acknowledges once the log has it")
        schemas = Catalogue("Schema registry", tooltip="Lets a schema evolve only where old readers still work")
        cdc = Kafka("CDC connector\nKafka Connect", tooltip="Log-based capture after a snapshot; no dual writes")
    with Cluster("Log"):
        log = Kafka("Event log\nKafka", tooltip="Keyed by entity; {retention} hot, then tiered for replay")
        dead_letters = Kafka("Dead-letter topic\nKafka", tooltip="What breaks the contract, kept for alert and replay")
    with Cluster("Lakehouse"):
        dedupe = Flink("De-duplicate, sessionise\nFlink", tooltip="By event id and event time, 10 min of lateness")
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


@view("Serving")
def serving() -> None:
    """One user and {item_keys} candidates: features from sharded memory, a model, and the log it will train on."""
    clients = Users("Clients", tooltip="{peak_rate:n} requests a second at peak")
    with Cluster("Request path"):
        gateway = Envoy("API gateway", tooltip="Authenticates and sets the 60 ms deadline")
        inference = Go("Inference service", tooltip="Drives features and model; owns the fallbacks")
        feature_service = FastAPI("Feature service", tooltip="Turns a feature set into keys, merges, fills defaults")
        near_cache = Memcached("Near cache\nMemcached", tooltip="Items for 1 s, zone-wide: {near_hit} of item reads")
        transforms = Python("On-demand transforms", tooltip="Ratios and time since, by the code that training runs")
        defaults = Fallback("Default features", tooltip="Population priors when a shard is late or down")
        ranker = Ranker("Ranker", tooltip="Scores {item_keys} candidates in one batch")
    with Cluster("Online feature store"):
        shard_map = Etcd("Shard map\netcd", tooltip="Hash slots to shard copies by zone; clients hold it")
        zone_a = Redis("Zone A shards\nRedis", tooltip="{shards} processes; a request is read in its own zone")
        zone_b = Redis("Zone B shards\nRedis", tooltip="Second copy, takes hedged reads; zone C holds the third")
    with Cluster("Freshness"):
        stream_features = Flink("Stream features\nFlink", tooltip="Windowed counters within 5 s of the event")
        bulk_loader = Spark("Bulk loader\nSpark", tooltip="Nightly load into versioned keys, then a pointer flip")
    log = Kafka("Serving log\nKafka", tooltip="Vectors of {logged} shown items for 1 request in {sampling}")

    with step("A request enters with a deadline of 60 ms; at peak {peak_rate:n} a second do."):
        clients >> request("user id, context") >> gateway >> request("60 ms deadline") >> inference
    with step("The inference service asks for one user and {item_keys} candidates in a single call."):
        inference >> request("{user_keys} user,\n{item_keys} items") >> feature_service
    with step("The near cache answers {near_hit} of item keys: {reads:n} reads a second become {remote_reads:n}."):
        feature_service >> request("{item_keys} keys") >> near_cache
    with step("The other {remote_keys} keys are read in the zone by shard, {shard_reads:n} a second on each copy."):
        shard_map >> control("watch") >> feature_service >> request("{remote_keys} keys,\nin zone") >> zone_a
    with step("A shard that is silent for 5 ms is asked in another zone; the first answer wins, p99 stays 15 ms."):
        feature_service >> request("hedge at\n5 ms") >> zone_b
        zone_a >> stream("async replicate") >> zone_b
    with step("Request-time features are computed; keys still missing get defaults, and the log says so."):
        feature_service >> request("raw values") >> transforms
        feature_service >> request("on timeout") >> defaults
    with step("The model scores {item_keys} rows in one batch within 25 ms."):
        inference >> request("{item_keys} rows,\n25 ms") >> ranker
    with step("For 1 request in {sampling} the vectors of {logged} shown items are logged: {rows:n} rows a day."):
        inference >> stream("vectors, request id") >> log
    with step("Meanwhile counters land within 5 s, and nightly features under a new version prefix."):
        stream_features >> stream("counters, 5 s") >> zone_a
        bulk_loader >> batch("versioned keys") >> zone_a


@view("Training")
def training() -> None:
    """Point-in-time joins, frozen snapshots and a preprocessing tier that keeps {gpus} GPUs busy."""
    with Cluster("Data"):
        log = Kafka("Serving log\nKafka", tooltip="What the model saw, {rows:n} rows a day")
        labels = Kafka("Label events\nKafka", tooltip="Clicks, purchases, returns, up to 7 days late")
        tables = S3("Offline feature store", tooltip="History of each feature with event time")
        definitions = Git("Feature definitions", tooltip="One declaration, compiled to Spark and Flink")
    with Cluster("Dataset"):
        scheduler = Airflow("Scheduler", tooltip="Starts when the day's partitions have passed their gates")
        join = Spark("Label join\nSpark", tooltip="By request id; back-filled features as of the example's time")
        snapshot = S3("Tagged snapshot\nIceberg", tooltip="{training_set} under a tag; reproducible for 2 years")
        dataset_gate = Gate("Dataset gate", tooltip="Label rate, coverage, leakage, skew against the serving log")
    with Cluster("Train"):
        preprocessing = Pod("Preprocessing tier", tooltip="{workers} workers decode, transform, batch; scale alone")
        trainers = Trainer("GPU trainers", tooltip="{gpus} GPUs take {train_rate:n} rows a second; an epoch is {epoch}")
        checkpoints = S3("Checkpoints", tooltip="Every 15 min with reader offsets: a restart repeats no rows")
    with Cluster("Release"):
        gate = Choice("Offline gate", tooltip="Next-day holdout, slices, calibration")
        registry = Mlflow("Model registry", tooltip="Model, snapshot id and feature versions as one release")
        canary = Flagger("Shadow and canary", tooltip="Shadow, then 1, 10 and 100 %, with automatic rollback")

    log >> batch("served vectors") >> join
    labels >> batch("7-day window") >> join
    tables >> batch("back-fill history") >> join
    definitions >> control("compiled plan") >> join
    scheduler >> control("partitions ready") >> join >> batch("{rows:n} rows/day") >> snapshot
    snapshot >> batch("profile") >> dataset_gate >> control("pass") >> preprocessing
    snapshot >> batch("{read_rate}") >> preprocessing >> stream("ready batches") >> trainers
    trainers >> batch("15 min") >> checkpoints
    trainers >> batch("candidate") >> gate
    snapshot >> batch("next-day holdout") >> gate >> control("gates passed") >> registry >> control("version") >> canary


@view("Sharding")
def sharding() -> None:
    """How {values:n} feature values stay available and boundedly stale through resharding, hot keys and a lost zone."""
    clients = Go("Feature clients", tooltip="Hash the key, take the copy in the zone, hedge, break circuits")
    with Cluster("Writers"):
        writers = Flink("Stream writers\nFlink", tooltip="Idempotent upserts; the last event time wins")
        bulk_loader = Spark("Bulk loader\nSpark", tooltip="Writes a new version prefix beside the live one")
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
    writers >> stream("upsert, event time") >> primary >> stream("async,\nunder 200 ms") >> replica_b
    primary >> stream("async,\nunder 200 ms") >> replica_c
    primary >> batch("idle 30 days") >> cold
    clients >> stream("key samples") >> detector >> control("hot slots") >> slot_map >> control("plan") >> mover
    detector >> control("near-cache, suffix") >> clients
    primary >> batch("slot copy") >> mover >> batch("load, verify") >> new_shard
    mover >> control("flip slots") >> slot_map
    truth >> batch("offline truth") >> repair >> batch("mismatch repair") >> primary
    truth >> batch("rebuild") >> bulk_loader >> batch("version prefix") >> primary


@view("Operations")
def operations() -> None:
    """Freshness, quality, skew and cost are objectives with owners; replay is the repair for everything."""
    with Cluster("Platform"):
        pipelines = Flink("Pipelines\nFlink", tooltip="Export lag, watermark age, checkpoint time")
        features = FeatureStore("Online feature store", tooltip="Exports p99, replica lag, memory, evictions")
        tables = S3("Lakehouse tables", tooltip="Export snapshot age, file counts, profiles")
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
        retrain = Airflow("Retrain trigger", tooltip="On lasting skew, drift or a schema change")
        alerts = Pagerduty("On-call alerts", tooltip="Dataset owners for quality, the platform for lag")
        replay = Airflow("Replay job", tooltip="Has a window run again from log or bronze, idempotently")

    pipelines >> stream("mirrored log") >> second_region
    pipelines >> stream("lag") >> metrics >> stream("series") >> dashboards
    features >> stream("p99, replica lag") >> metrics
    features >> batch("served sample") >> skew
    tables >> batch("recomputed values") >> skew
    tables >> batch("profiles") >> gate >> control("which columns") >> lineage
    skew >> control("3 days\nover limit") >> retrain
    skew >> control("feature off") >> fallback >> control("default value") >> features
    gate >> control("fail") >> breaker >> control("hold snapshot") >> tables
    metrics >> control("freshness burn") >> alerts
    lineage >> control("owners, models") >> alerts
    alerts >> control("window, dataset") >> replay >> control("rerun window") >> pipelines
