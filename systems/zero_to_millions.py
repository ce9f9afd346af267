"""Rank a personal feed from one box for 1,000 daily users up to three regions for 50 million, in 150 ms.

At every order of magnitude another resource runs out first: a CPU shared with the database, feature reads, repeated
work, synchronous writes, the one primary, the one region. The right move is the smallest change that buys the next
tenfold, made only when a number forces it.

Meanwhile the training data, the features and the rollouts of the model have to stay consistent while the path that
serves them is rebuilt under load. Each stage is a view, and its caption says what forced it.
"""

from diagrams import Cluster
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
    Budget,
    Decision,
    Estimate,
    Experiment,
    FailureMode,
    Metrics,
    ModelPool,
    ModelServer,
    Planner,
    Ranker,
    Requirements,
    System,
    Tags,
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
    box_speed=assume("One small server, database and model together", 20, "request/s/host"),
    cores=assume("Cores of a model server", 8, "core/host"),
    cpu_time=assume("CPU time of a request", 100, "core*ms/request"),
    server_speed=derive("One CPU model server", "cores / cpu_time", "request/s/host"),
    gpu_speed=assume("One GPU", 1_000, "request/s/GPU", note="candidates cut by vectors, the rest fully ranked"),
    replica_speed=assume("One SQL replica, point reads", 10_000, "read/s/replica"),
    primary_speed=assume("One SQL primary, writes", 5_000, "write/s/primary"),
    load=assume("Load at which servers are run", 60, "percent"),
    peak_1=derive("Peak at stage 1", "users_1 * asks_12 * swing_12", "request/s"),
    peak_2=derive("Peak at stage 2", "users_2 * asks_12 * swing_12", "request/s"),
    peak_3=derive("Peak at stage 3", "users_3 * asks_34 * swing_34", "request/s"),
    servers_3=derive("Model servers at stage 3", "ceil(peak_3 / (server_speed * load))", "host"),
    peak_4=derive("Peak at stage 4", "users_4 * asks_34 * swing_34", "request/s"),
    retrieved=assume("Candidates per request", 500, "item/request"),
    user_reads=assume("User rows per ranked request", 1, "read/request"),
    ranked=assume("Items fully ranked, a row read each", 100, "read/request"),
    keys=derive("Feature reads per ranked request", "user_reads + ranked", "read/request"),
    reads_4=derive("Feature reads at stage 4, no cache", "peak_4 * keys", "read/s"),
    replicas_4=derive("SQL replicas these would need", "ceil(reads_4 / replica_speed)", "replica"),
    servers_4=derive("CPU servers at stage 4, no cache", "ceil(peak_4 / (server_speed * load))", "host"),
    hit_4=assume("Response-cache hits at stage 4", 40, "percent"),
    cached_4=derive("Feature reads at stage 4 after hits", "reads_4 * (1 - hit_4)", "read/s"),
    gpus_4=derive("GPUs at stage 4", "ceil(peak_4 * (1 - hit_4) / (gpu_speed * load))", "GPU"),
    page_events=assume("Events inserted per request, a write each", 1, "write/request"),
    primary_4=derive("Share of one primary's writes", "peak_4 * page_events / primary_speed", "percent*primary"),
    peak_5=derive("Peak at stage 5", "users_5 * asks_56 * swing_56", "request/s"),
    user_events=assume("Events per user, stages 5 and 6", 60, "write/user/day", note="40 views, 20 actions: writes"),
    events_5=derive("Events at stage 5", "users_5 * user_events * swing_56", "write/s"),
    primaries_5=derive("Primaries these would need", "events_5 / primary_speed", "primary"),
    ready=assume("Requests answered by cache or ready lists", 50, "percent", note="stages 5 and 6"),
    gpus_5=derive("GPUs at stage 5", "ceil(peak_5 * (1 - ready) / (gpu_speed * load))", "GPU"),
    lists=assume("Lists precomputed per user", 1, "request/user"),
    nightly=derive("Nightly lists on those GPUs", "users_5 * lists / (gpus_5 * gpu_speed)", "min"),
    peak_6=derive("Peak at stage 6", "users_6 * asks_56 * swing_56", "request/s"),
    gpus_6=derive("GPUs at stage 6", "ceil(peak_6 * (1 - ready) / (gpu_speed * load))", "GPU"),
    regions=assume("Regions", 3),
    lost=assume("Regions that may be lost", 1),
    region_peak=derive("Peak of a region", "peak_6 / regions", "request/s", note="an even share"),
    region_gpus=derive("GPUs per region", "ceil(gpus_6 / (regions - lost))", "GPU"),
    fleet=derive("GPUs in all regions", "region_gpus * regions", "GPU"),
    profile_writes=assume("User-database writes per user", 10, "write/user/day"),
    writes_6=derive("User-database writes at stage 6", "users_6 * profile_writes * swing_56", "write/s"),
    primaries_6=derive("Primaries needed", "ceil(writes_6 / primary_speed)", "primary", note="run 9, three per region"),
    items=assume("Items", 5e6, "item"),
    user_values=assume("Feature values per user", 200, "value/user"),
    item_values=assume("Feature values per item", 200, "value/item"),
    values=derive("Feature values", "users_6 * user_values + items * item_values", "value"),
    value_bytes=cite("Redis bytes per value", 112, "byte/value", source="DoorDash", note="hashed and compressed"),
    feature_bytes=derive("Feature memory, one copy", "values * value_bytes", "byte"),
    shard_bytes=assume("Memory of a feature shard", 25e9, "byte/shard"),
    shards=derive("Feature shards", "ceil(feature_bytes / shard_bytes)", "shard"),
    copies=assume("Feature copies in a region", 2),
    all_features=derive("Feature memory, all regions", "feature_bytes * copies * regions", "byte", note="all warm"),
    event_bytes=assume("Bytes per event", 500, "byte/write"),
    event_log=derive("Event log per day", "users_6 * user_events * event_bytes", "byte/day"),
    sampling=assume("Requests per one with logged features", 100),
    shown=assume("Items shown", 20, "item/request"),
    item_bytes=assume("Logged features per item", 1e3, "byte/item"),
    feature_log=derive("Feature log per day", "users_6 * asks_56 / sampling * shown * item_bytes", "byte/day"),
    mirrored=derive("Mirrored by a region per day", "(event_log + feature_log) / regions", "byte/day"),
    price=assume("Price of a GPU", 2.5, "USD/hour/GPU"),
    user_cost=derive("GPU cost per daily user", "fleet * price / users_6", "USD/user/month", note="30 days"),
)

SYSTEM = System(
    title="ML serving from zero to millions",
    family="applied",
    position=19,
    tags=Tags(task=["recommendation", "platform"], pattern=["scale-up path", "batch scoring"], data=["events"]),
    requirements=Requirements(
        functional=[
            "Return a ranked page of {shown} items; log what was shown and done; from stage 3 redeploy without downtime.",
            "The API contract and the feature definitions stay the same through all stages.",
            "Every migration is reversible: write twice or read in shadow, compare, flip, keep the old path for a week.",
        ],
        qualities={
            "Latency": "p99 of a page 1 s at stage 1, 300 ms at 2 and 3, 200 ms at 4 and 5, 150 ms at 6 (assumptions).",
            "Availability": "99 % at stage 1, 99.5 at 2, 99.9 at 3 and 4, 99.95 at 5, 99.99 at 6 (assumptions).",
            "Freshness": "Counters a day old up to stage 4, 10 s from 5; models a week old, a day from 3 (assumptions).",
        },
    ),
    estimate=ESTIMATE,
    headline=["peak_6", "peak_1", "fleet", "shards", "user_cost"],
    budget=Budget(
        "p99 of a feed page at stage 6",
        promise=150,
        stages={
            "Client to nearest edge, TLS resumed, fixed line": 20,
            "Edge to the gateway of the home region": 20,
            "Gateway: auth, rate limit": 8,
            "Response-cache lookup": 3,
            "Candidates and profile, in parallel": 20,
            "Multi-get of {keys} keys from feature shards": 15,
            "GPU ranking: cut, wait for a batch, full scores": 40,
            "Rules, diversity, serialise": 6,
            "Reserve": 18,
        },
    ),
    decisions=[
        Decision(
            "One box until a number objects",
            rejected=["services at launch"],
            revisit_when="launch is a cut-over of existing traffic",
        ),
        Decision(
            "A feature store at stage 2", rejected=["features in SQL"], revisit_when="features are a handful of columns"
        ),
        Decision(
            "{gpus_4} GPUs and a cache",
            rejected=["{servers_4} CPU servers"],
            revisit_when="answers must reflect the last click",
        ),
        Decision(
            "Log and ready lists at stage 5",
            rejected=["larger synchronous services"],
            revisit_when="answers hang on the request itself",
        ),
        Decision(
            "Home regions, async mirrors",
            rejected=["one consistent database"],
            revisit_when="data are small and contended: payments",
        ),
        Decision(
            "Every region live, one spare",
            rejected=["a cold standby"],
            revisit_when="an hour down costs less than {region_gpus} GPUs",
        ),
    ],
    failures=[
        FailureMode(
            "The cache is lost (from stage 4)", "Hit rate at 0", "Coalesce, shed, stale copies, refill top keys"
        ),
        FailureMode(
            "A blip becomes a retry storm", "Retries over 10 %, queue age", "Budgets, jitter, drop what is late"
        ),
        FailureMode(
            "Log consumers lag (from stage 5)", "Freshness burn, lag", "Batch values meanwhile; scale consumers"
        ),
        FailureMode(
            "A shard or an item is hot (stage 6)", "CPU, key samples", "Near-cache, split the shard, read copies"
        ),
        FailureMode(
            "A region is lost (stage 6)", "External probes", "Move its users; profiles read-mostly till caught up"
        ),
        FailureMode(
            "A bad model is released", "Canary, drift", "Stop at the first region, go back to the loaded old one"
        ),
    ],
    metrics=Metrics(
        offline=["NDCG and calibration of old and new path on the same requests", "Feature parity of both stores"],
        online=["p50, p99, availability by region", "Cache hits, freshness, queue age", "Engagement by arm"],
        guardrail=["Cost of 1,000 requests", "Shed share, replication lag", "Time to evacuate, error budget by step"],
    ),
    building_blocks=["embeddings-retrieval", *LEARNING_BLOCKS, *COMMON_BLOCKS],
    sources=bibliography("""
        A. Xu, "System Design Interview: Scale From Zero To Millions Of Users", ByteByteGo 2020
            https://bytebytego.com/courses/system-design-interview/scale-from-zero-to-millions-of-users
            growth by stages, applied here to ML serving
        R. Nishtala et al. (Facebook), "Scaling Memcache at Facebook", NSDI 2013
            https://www.usenix.org/conference/nsdi13/technical-sessions/presentation/nishtala
            leases against stampedes, regional pools, replication between regions
        J. Dean, L. A. Barroso (Google), "The Tail at Scale", Communications of the ACM 2013
            https://doi.org/10.1145/2408776.2408794 deadlines and tails of fan-outs
        A. Khan, Z. S. Hassan (DoorDash), "Building a Gigascale ML Feature Store with Redis, Binary Serialization, String Hashing, and Compression", DoorDash Engineering 2020
            https://careersatdoordash.com/blog/building-a-gigascale-ml-feature-store-with-redis/ 112 GB per bn features
        P. Eksombatchai, Z. Zhang (Pinterest), "GPU-accelerated ML Inference at Pinterest", Pinterest Engineering Blog 2022
            https://medium.com/pinterest-engineering/gpu-accelerated-ml-inference-at-pinterest-ad1b6a03a16d
            the move from CPU to GPU at neutral cost and latency
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
        web = Nginx("Web server\nnginx", tooltip="TLS and static files")
        api = FastAPI("API with model", tooltip="Loads a small tree model at start, scores inside the request")
        database = Postgresql("Database\nPostgreSQL", tooltip="Users, items, events and features in one schema")
        script = Python("Weekly training script", tooltip="Nightly on the same box; tests on the last day held out")
        model = Storage("Model file", tooltip="Versioned by date; a rollback is a symlink")
    backups = S3("Backups", tooltip="A nightly dump off the machine, the only plan for disasters")

    users >> request("{peak_1}") >> web >> request("proxy") >> api >> request("features, events") >> database
    database >> batch("week of events") >> script >> batch("validated model") >> model >> batch("load at start") >> api
    database >> batch("nightly dump") >> backups


@view("Stage 2: own data tier")
def stage_2() -> None:
    """{peak_2} outgrow the box's {box_speed}, and training starves the database: data and features move out."""
    users = Users("{users_2} users", tooltip="Daily; at peak {peak_2:n} requests a second")
    with Cluster("App tier"):
        web = Nginx("Web server\nnginx", tooltip="TLS, routing")
        api = FastAPI("API server", tooltip="Business logic; no model inside any more")
        server = ModelServer("Model server", tooltip="{cores} cores, {server_speed}; deployed apart from the API")
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
    api >> request("items, events") >> database >> batch("nightly export") >> files >> batch("events") >> job
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
        replicas = Postgresql("Read replicas", tooltip="Catalogue reads that stand 1 s of lag")
        store = Redis("Features primary\nRedis", tooltip="Takes the daily bulk load")
        store_replica = Redis("Features replica\nRedis", tooltip="Reads, and automatic promotion")
    with Cluster("Offline"):
        lake = S3("Data lake", tooltip="Events and training snapshots")
        dag = Airflow("Training DAG\nAirflow", tooltip="Daily; a later holdout has to pass the offline gates")
        registry = Mlflow("Model registry", tooltip="Stages, approves, rolls back")
        canary = Flagger("Shadow and canary", tooltip="Shadow, then 5, 25, 100 % by errors and latency")
        dashboards = Grafana("Dashboards\nGrafana", tooltip="Golden signals by service, drift report by model")

    users >> request("{peak_3}") >> balancer >> request("least requests") >> api >> request("score") >> pods
    pods >> request("multi-get") >> store_replica
    api >> request("reads") >> replicas
    api >> request("writes") >> primary >> stream("WAL") >> replicas
    autoscaler >> control("{servers_3} to\n20 pods") >> pods
    primary >> batch("CDC export") >> lake >> batch("snapshot") >> dag
    dag >> batch("bulk features") >> store >> stream("replicate") >> store_replica
    dag >> control("gated model") >> registry >> control("version") >> canary >> control("rolling update") >> pods
    pods >> stream("metrics") >> dashboards


@view("Stage 4: caches and GPUs")
def stage_4() -> None:
    """{reads_4:n} feature reads a second would need {replicas_4} SQL replicas: keep what was computed a minute ago."""
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
        features = Redis("Online feature store\nRedis", tooltip="Sharded; {cached_4:n} reads a second after cache hits")
    with Cluster("Data tier"):
        replicas = Postgresql("Database with replicas", tooltip="Read only where the caches miss")
        objects = S3("Object store", tooltip="Images, model files, index files")
    metrics = Prometheus("Metrics\nPrometheus", tooltip="Hits by level, and the load if a cache vanished")

    users >> request("all traffic") >> cdn >> request("{peak_4}") >> balancer >> request("user hash") >> feed
    cdn >> request("static miss") >> objects
    feed >> request("variant") >> experiment
    feed >> request("{hit_4} hit,\n2 ms") >> cache >> stream("hit rate") >> metrics
    feed >> request("missed feeds") >> coalescer >> request("{retrieved} candidates") >> ann
    coalescer >> request("{retrieved} to {shown}") >> rankers >> request("{keys} keys,\n8 ms") >> features
    feed >> request("item misses") >> replicas >> stream("item changed") >> bus >> stream("evict item") >> feed
    bus >> stream("delete") >> features
    warmer >> batch("top keys") >> cache
    objects >> batch("model load") >> rankers
    objects >> batch("index load") >> ann


@view("Stage 5: asynchronous work")
def stage_5() -> None:
    """{events_5:n} events a second, {primaries_5} times what a primary writes: what need not be waited for leaves the path."""
    users = Users("{users_5} users", tooltip="Daily; at peak {peak_5:n} requests a second")
    with Cluster("Online"):
        cdn = Cloudflare("CDN\nCloudflare", tooltip="Absorbs static and anonymous load")
        gateway = Envoy("API gateway", tooltip="Limits rates, sheds load by priority")
        feed = Pod("Feed service", tooltip="Reads ready lists, ranks only what changed")
        cache = Redis("Result cache\nRedis", tooltip="With the ready lists it answers {ready} of requests")
        lists = Scylla("Candidate table\nScylla", tooltip="Top {retrieved} per user, by night and on activity")
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
        training = Kubeflow("Training pipeline", tooltip="Daily, on features logged for 1 request in {sampling}")
        registry = Mlflow("Model registry", tooltip="One version for batch and online, so lists and ranks agree")
    metrics = Prometheus("Metrics\nPrometheus", tooltip="Lag, queue age, freshness, shed rate")

    users >> request("all traffic") >> cdn >> request("{peak_5}") >> gateway >> request("admitted") >> feed
    feed >> request("2 ms") >> cache
    feed >> request("{retrieved} candidates") >> lists
    feed >> request("not ready") >> rankers >> request("multi-get") >> features
    feed >> stream("shown, features") >> log >> stream("{events_5}") >> stream_jobs >> stream("under 10 s") >> features
    gateway >> feedback("user actions") >> log >> stream("lag") >> metrics
    feed >> stream("refresh tasks") >> tasks >> stream("pull") >> workers >> batch("refreshed lists") >> lists
    workers >> stream("after 5 tries") >> dead_letters
    log >> batch("hourly files") >> lake >> batch("users, features") >> scoring >> batch("nightly lists") >> lists
    lake >> batch("logged features") >> training >> control("gated model") >> registry >> control("deploy") >> rankers
    registry >> control("same version") >> scoring


@view("Stage 6: three regions")
def stage_6() -> None:
    """{writes_6:n} writes a second need {primaries_6} primaries, and a region may fail: shard the state, repeat the region."""
    users = Users("{users_6} users", tooltip="On three continents; at peak {peak_6:n} requests a second")
    with Cluster("Global edge"):
        dns = Route53("Geo DNS\nRoute 53", tooltip="Names the nearest healthy edge for 30 s")
        cdn = Cloudflare("CDN\nCloudflare", tooltip="Ends TLS; the signed token says which region is home")
        controller = Planner("Traffic controller", tooltip="Moves load by health, capacity and residency")
    with Cluster("Region A, online"):
        gateway = Envoy("Regional gateway\nEnvoy", tooltip="Checks the home region, limits, sheds")
        feed = Pod("Feed service", tooltip="Fans out, holds the 150 ms deadline, degrades in order")
        cache = Redis("Result cache\nRedis", tooltip="Regional, never replicated")
        lists = Scylla("Candidate table\nScylla", tooltip="Precomputed in the region: rebuilt, not copied")
        ann = VectorIndex("ANN index", tooltip="Sharded by item, a full copy in each region")
        rankers = Ranker("GPU rankers", tooltip="{region_gpus} GPUs; {retrieved} to {ranked} by vectors, then scored")
    with Cluster("Region A, state"):
        directory = Etcd("Shard directory\netcd", tooltip="72 logical shards to primaries; the user id hashes to one")
        user_shards = Postgresql("User database shards", tooltip="3 of 9 primaries; copies in a second zone and region")
        features = Redis("Online feature store\nRedis", tooltip="{shards} shards in {copies} copies, all users: warm")
        log = Kafka("Regional log\nKafka", tooltip="Written in the region first, mirrored after")
    with Cluster("Other regions"):
        mirroring = Kafka("Log mirroring\nMirrorMaker", tooltip="About 1 s behind; drops what must not leave")
        other_regions = Datacenter("Regions B, C", tooltip="The same stack; takes failover users, mostly reading")
    with Cluster("Learning"):
        training = Kubeflow("Training pipeline", tooltip="One global model from mirrored, filtered events")
        registry = Mlflow("Model registry", tooltip="Rolls out one region at a time")

    with step("Geo DNS names the nearest edge, where TLS resumes in about 20 ms on a fixed line."):
        users >> request("resolve") >> dns
        users >> request("nearest edge") >> cdn
    with step("The edge sends the request to the token's home region; a failed one has a stand-in."):
        cdn >> request("20 ms\nto region") >> gateway
        directory >> control("stand-in regions") >> gateway
    with step("After 8 ms of checks the cache, with unchanged ready lists, ends {ready} of requests."):
        gateway >> request("{region_peak}") >> feed >> request("3 ms") >> cache
    with step("The others read {retrieved} ready candidates and add fresh items from the index, within 20 ms."):
        feed >> request("{retrieved} ids") >> lists
        feed >> request("fresh items") >> ann
    with step("Profile and seen-list come from the user's shard meanwhile; writes go to the home region only."):
        directory >> control("shard map") >> feed >> request("profile, seen") >> user_shards
    with step("Rankers cut {retrieved} to {ranked}, read {keys} keys of {shards} shards in 15 ms, score in 40 ms."):
        feed >> request("{retrieved} in,\n40 ms") >> rankers >> request("{keys} keys,\n15 ms") >> features
    with step("After the response the impressions are logged; counters return to the shards within 10 s."):
        feed >> stream("shown, features") >> log >> stream("stream counters") >> features
    with step("The log is mirrored about 1 s behind, which bounds what a failover can lose."):
        log >> stream("{mirrored}") >> mirroring >> stream("events of A") >> other_regions
        other_regions >> stream("their events") >> mirroring >> stream("remote counters") >> features
    with step("If a region fails, its load moves; {gpus_6} GPUs remain, just enough at {load} load."):
        controller >> control("origin weights") >> cdn
        controller >> control("failover share") >> other_regions
    with step("The global model learns from the mirrored events and is released region by region."):
        mirroring >> batch("filtered events") >> training >> control("gated model") >> registry
        registry >> control("region by region") >> rankers
