"""Serve twelve thousand models of two hundred tenants on one small GPU fleet, each call within 100 ms.

Calls over models follow a Zipf law: a few hundred models take nearly all of them, thousands are asked about once a
minute or less, and each of these must answer as promptly as the popular ones. A GPU pair per model would cost about two
hundred times the fleet that the calls need; one copy of every model does not even fit the memory of that fleet.

So the problem is placement: which weights lie in which tier of memory, who may use how much of a shared accelerator,
and how batches stay large while one tenant's burst does not become another tenant's tail latency.
"""

from diagrams import Cluster
from diagrams.aws.storage import S3
from diagrams.generic.storage import Storage
from diagrams.k8s.chaos import ChaosMesh
from diagrams.k8s.clusterconfig import HPA, Quota
from diagrams.k8s.compute import DaemonSet, Pod
from diagrams.onprem.analytics import Spark
from diagrams.onprem.client import Users
from diagrams.onprem.database import Clickhouse
from diagrams.onprem.gitops import Flagger
from diagrams.onprem.inmemory import Redis
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.monitoring import Grafana, Prometheus
from diagrams.onprem.network import Envoy, Etcd
from diagrams.onprem.queue import Kafka
from diagrams.onprem.security import Trivy
from diagrams.onprem.tracing import Jaeger
from diagrams.onprem.workflow import Airflow, Kubeflow
from diagrams.programming.flowchart import Decision as Choice
from diagrams.programming.flowchart import PredefinedProcess
from diagrams.programming.framework import FastAPI
from diagrams.saas.alerting import Pagerduty

from archfolio import (
    COMMON_BLOCKS,
    LEARNING_BLOCKS,
    Assembler,
    Budget,
    Cache,
    Catalogue,
    Decision,
    Estimate,
    Evaluator,
    Experiment,
    FailureMode,
    Fallback,
    FeatureStore,
    Forecaster,
    Guard,
    Metrics,
    ModelPool,
    Planner,
    Requirements,
    RuleEngine,
    Simulator,
    System,
    Tags,
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
    users=assume("Daily active users", 20e6, "user"),
    asks=assume("Requests a user makes", 40, "request/user/day"),
    tenants=assume("Tenants", 200, "tenant"),
    models=assume("Models registered", 12_000, "model", note="Uber reports over 5,000 in production"),
    model_bytes=assume("GPU memory of a model", 0.9e9, "byte/model", note="mean, weights and workspace"),
    hit=assume("Requests the result cache answers", 25, "percent"),
    fan_out=assume("Model calls per request", 1.5, "call/request", note="ensembles and cascades"),
    gpu_speed=assume("Calls an 80 GB GPU answers", 400, "call/s/GPU", note="batched; the profiler measures each model"),
    duty=assume("Duty cycle at which GPUs are run", 65, "percent"),
    peak_factor=assume("Peak over average", 3),
    requests=derive("Requests per day", "users * asks", "request/day"),
    mean_rate=derive("Average request rate", "requests", "request/s"),
    peak_rate=derive("Peak request rate", "mean_rate * peak_factor", "request/s"),
    mean_latency=assume("Mean latency", 60, "ms"),
    in_flight=derive("Requests in flight at peak", "peak_rate * mean_latency", "request", note="Little's law"),
    misses=derive("Requests the cache leaves at peak", "peak_rate * (1 - hit)", "request/s"),
    calls=derive("Model calls at peak", "misses * fan_out", "call/s"),
    needed_gpus=derive("GPUs for the calls", "ceil(calls / (gpu_speed * duty))", "GPU"),
    node_gpus=assume("GPUs per node", 8, "GPU/node"),
    nodes=derive("Nodes bought", "ceil(needed_gpus / node_gpus)", "node"),
    gpus=derive("GPUs bought", "nodes * node_gpus", "GPU"),
    replicas=assume("GPUs of a model on its own", 2, "GPU/model"),
    dedicated=derive("GPUs if every model had its own", "models * replicas", "GPU"),
    usable=assume("Usable memory of a GPU", 64e9, "byte/GPU", note="of 80 GB"),
    gpu_memory=derive("GPU memory for weights", "gpus * usable", "byte"),
    one_copy=derive("One copy of every model", "models * model_bytes", "byte", note="does not fit, hence tiers"),
    hot_models=assume("Hot models", 400, "model"),
    hot_copies=assume("Copies of a hot model", 8),
    hot_share=assume("Calls to hot models", 97, "percent", note="Zipf law with exponent 1.5"),
    isolated=assume("Calls to MIG slices", 2, "percent", note="of hot models whose tenants pay for isolation"),
    hot_calls=derive("Calls to the hot pool", "hot_share - isolated", "percent"),
    rest_calls=derive("Calls to the shared pool", "1 - hot_share", "percent"),
    hot_set=derive("Hot set", "hot_models * hot_copies * model_bytes", "byte"),
    further=derive("Further models resident in one copy", "(gpu_memory - hot_set) / model_bytes", "model"),
    resident=derive("Models resident in GPU memory", "(hot_models + further) / models", "percent"),
    ram_copies=assume("Nodes that hold a model in RAM", 2),
    node_ram=derive("Host RAM for weights", "one_copy * ram_copies / nodes", "byte/node", note="nodes have 2 TB"),
    ram_speed=assume("Weight copy from pinned RAM", 20e9, "byte/s", note="effective rate of PCIe 4"),
    nvme_speed=assume("Weight copy from local NVMe", 5e9, "byte/s"),
    store_speed=assume("Weight copy from the object store", 1e9, "byte/s"),
    ram_load=derive("Load from host RAM", "model_bytes * (1 / ram_speed)", "ms/model", note="engine kept, not rebuilt"),
    nvme_load=derive("Load from NVMe", "model_bytes / nvme_speed", "ms/model"),
    store_load=derive("Load from the model store", "model_bytes / store_speed", "ms/model"),
    cold=assume("Calls that need a load", 0.3, "percent*model/call", note="0.27 % by Zipf with exponent 1.5"),
    loads=derive("Weight loads at peak", "calls * cold", "model/s"),
    stay=derive("Mean stay of a one-copy model", "further / loads", "s", note="called again about once a minute"),
    load_traffic=derive("Load traffic of a node", "loads * model_bytes / nodes", "byte/s/node", note="3 % of its bus"),
    entities=assume("Feature keys per request", 3, "key/request"),
    key_reads=derive("Feature reads at peak", "misses * entities", "key/s"),
    values=assume("Feature values", 5e9, "value"),
    value_bytes=cite("Redis bytes per value", 112, "byte/value", source="DoorDash", note="hashed and compressed"),
    feature_bytes=derive("Feature memory, one copy", "values * value_bytes", "byte"),
    feature_copies=assume("Copies of every feature", 2),
    host_bytes=assume("Memory of a Redis host", 25e9, "byte/host"),
    feature_hosts=derive("Redis hosts", "ceil(feature_bytes * feature_copies / host_bytes)", "host"),
    entries=assume("Prediction-cache entries", 200e6, "entry"),
    entry_bytes=assume("Bytes per cache entry", 300, "byte/entry"),
    cache_bytes=derive("Result cache", "entries * entry_bytes", "byte"),
    log_bytes=assume("Logged bytes per request", 2e3, "byte/request"),
    log_volume=derive("Serving log per day", "requests * log_bytes", "byte/day"),
    price=assume("Price of a GPU", 2.5, "USD/hour/GPU"),
    cost=derive("GPU cost per month", "gpus * price", "USD/month", note="30 days"),
    unit_cost=derive("GPU cost of 1,000 requests", "1000 * cost / requests", "USD/request"),
)

SYSTEM = System(
    title="Multi-model serving",
    family="applied",
    position=17,
    tags=Tags(task=["platform"], pattern=["multi-tenant serving", "cascade"], data=["tabular", "events"]),
    requirements=Requirements(
        functional=[
            "A model is registered once (artifact, signature, class), then converted, profiled, placed and scaled.",
            "It is called by version, alias (prod, shadow) or inference graph; features are fetched on the server.",
            "Quota, priority, isolation and cost report by tenant; canary, shadow and A/B test by model.",
        ],
        qualities={
            "Latency": "p99 of 100 ms for resident models, p99.9 of 1 s with loads from RAM or NVMe (assumptions).",
            "Availability": "99.95 % for every tenant (assumption).",
            "Isolation": "A tenant at 10 times its quota moves the p99 of others by less than 5 ms (assumption).",
            "Efficiency": "GPU duty cycle of at least 60 % on shared pools (assumption).",
            "Agility": "Canary 15 min after registration, rollback in 1 min, a further hot copy in 30 s (assumptions).",
        },
    ),
    estimate=ESTIMATE,
    headline=["peak_rate", "calls", "models", "gpus", "ram_load"],
    budget=Budget(
        "p99 of a request to resident models",
        promise=100,
        stages={
            "Gateway: TLS, auth, tenant quota": 6,
            "Prediction-cache lookup": 3,
            "Route and placement lookup": 3,
            "Feature multi-get, {entities} keys, hedged": 15,
            "Preprocessing": 6,
            "Queue and wait for a batch": 15,
            "GPU execution, branches in parallel": 35,
            "Ensemble merge, postprocessing": 7,
            "Response and network": 10,
        },
    ),
    decisions=[
        Decision(
            "Models that share servers",
            rejected=["a deployment per model"],
            revisit_when="a model fills a GPU with its own traffic",
        ),
        Decision(
            "Routing to holders of the weights",
            rejected=["least connections"],
            revisit_when="every replica holds every model",
        ),
        Decision(
            "Fair queues, MIG as a paid class",
            rejected=["MIG for all"],
            revisit_when="tenants are regulated or hostile to each other",
        ),
        Decision(
            "Dynamic batches, short wait",
            rejected=["no batching"],
            revisit_when="models are trees, or single inputs fill the GPU",
        ),
        Decision(
            "Placement from measured profiles",
            rejected=["reactive scaling alone"],
            revisit_when="there are fewer than fifty models",
        ),
        Decision(
            "Features fetched on the server",
            rejected=["features in the request"],
            revisit_when="only the caller knows the context",
        ),
    ],
    failures=[
        FailureMode(
            "A burst crowds out others", "Queue age of others", "Throttle, shed its batch class, use spot nodes"
        ),
        FailureMode(
            "A GPU node is lost", "Agent lease, XID errors", "Hot copies absorb; cold ones load from the RAM twin"
        ),
        FailureMode(
            "A storm of cold loads", "Loads at 3 times normal", "Limit per GPU, prefetch, fallbacks for the tail"
        ),
        FailureMode(
            "A bad version", "Canary, score shift, parity check", "Alias back to the old one, resident for 24 h"
        ),
        FailureMode(
            "A feature shard is down", "Errors and timeouts", "Promote the replica; flagged defaults until then"
        ),
        FailureMode("The placement map is unreachable", "Watch lag over 30 s", "Keep the last, load and scale nothing"),
    ],
    metrics=Metrics(
        offline=[
            "Parity error of compiled engines, throughput by GPU type",
            "Packing efficiency against the lower bound",
            "Quality gates by model",
        ],
        online=[
            "p50, p99 and p99.9 by tenant and class, answers within the deadline",
            "Cold loads, cache hits, batch size, GPU duty and memory",
        ],
        guardrail=[
            "p99 under another tenant's tenfold burst",
            "Fallback share under 0.1 %, stale answers after a version change (must be 0)",
            "Cost per 1,000 requests, quality by slice",
        ],
    ),
    building_blocks=["security-privacy", *LEARNING_BLOCKS, *COMMON_BLOCKS],
    sources=bibliography("""
        A. Gujarati et al. (MPI-SWS), "Serving DNNs like Clockwork: Performance Predictability from the Bottom Up", OSDI 2020
            https://arxiv.org/abs/2006.02464 predictable inference times; thousands of models under a 100 ms target
        D. Crankshaw et al. (UC Berkeley), "Clipper: A Low-Latency Online Prediction Serving System", NSDI 2017
            https://arxiv.org/abs/1612.03079 a serving layer with caching and adaptive batching
        H. Shen et al. (University of Washington), "Nexus: A GPU Cluster Engine for Accelerating DNN-Based Video Analysis", SOSP 2019
            https://doi.org/10.1145/3341301.3359658 models packed on GPUs by profile, under latency objectives
        Z. Li et al. (UC Berkeley), "AlpaServe: Statistical Multiplexing with Model Parallelism for Deep Learning Serving", OSDI 2023
            https://arxiv.org/abs/2302.11665 statistical multiplexing of bursty models
        V. Mirrokni, M. Thorup, M. Zadimoghaddam, "Consistent Hashing with Bounded Loads", SODA 2018
            https://arxiv.org/abs/1608.01350 the router's load bound
        Uber Engineering, "From Predictive to Generative: How Michelangelo Accelerates Uber's AI Journey", Uber Blog 2024
            https://www.uber.com/blog/from-predictive-to-generative-ai/
            over 5,000 models in production, 10 million predictions/s at peak
        A. Khan, Z. S. Hassan (DoorDash), "Building a Gigascale ML Feature Store with Redis, Binary Serialization, String Hashing, and Compression", DoorDash Engineering 2020
            https://careersatdoordash.com/blog/building-a-gigascale-ml-feature-store-with-redis/ 112 GB per bn features
        AWS, "Multi-model endpoints", Amazon SageMaker AI documentation 2025
            https://docs.aws.amazon.com/sagemaker/latest/dg/multi-model-endpoints.html
            a shared fleet that loads on demand and unloads when memory runs out
        NVIDIA, "Batchers", Triton Inference Server user guide 2025
            https://docs.nvidia.com/deeplearning/triton-inference-server/user-guide/docs/batcher.html
            dynamic batches, queue delay, priorities
        B. Beyer et al. (Google), "The Site Reliability Workbook: Alerting on SLOs", O'Reilly 2018
            https://sre.google/workbook/alerting-on-slos/ burn rates of 14.4 over 1 h and 6 over 6 h
    """),
)


@view("Overview")
def overview() -> None:
    """Many models on few GPUs: a request plane, shared pools, a placement loop and a log that feeds both."""
    tenant_apps = Users("Tenant apps", tooltip="{tenants} tenants, {peak_rate:n} requests a second at peak")
    with Cluster("Request plane"):
        gateway = Envoy("API gateway", tooltip="Authenticates, spends the tenant's tokens, sets the deadline")
        cache = Redis("Result cache\nRedis", tooltip="Answers {hit} of requests without a model")
        graph = Assembler("Inference graph", tooltip="Fetches features, runs ensembles and cascades, merges answers")
        features = FeatureStore("Online feature store", tooltip="{feature_bytes} of values, sharded by entity")
        router = Envoy("Model router", tooltip="Sends a call to a server that already holds the weights")
    with Cluster("Model plane"):
        gpu_pools = ModelPool(
            "Serving fleet\nTriton", tooltip="{nodes} nodes of {node_gpus} GPUs; models share servers"
        )
        cpu_pool = ModelPool("CPU pool", tooltip="Trees and small models that would waste a GPU; not counted here")
    with Cluster("Feedback"):
        log = Kafka("Serving log\nKafka", tooltip="{log_volume} of features, scores, versions and timings")
        metrics = Prometheus("Metrics\nPrometheus", tooltip="Objectives, duty cycle and cost by model and tenant")
    with Cluster("Control plane"):
        onboarding = Kubeflow("Onboarding pipeline", tooltip="Trains, converts, profiles and gates each version")
        store = S3("Model store", tooltip="{one_copy} of signed artifacts: the lowest tier of memory")
        registry = Mlflow("Model registry", tooltip="Versions, aliases, objective class, measured profile")
        placement = Planner("Placement controller", tooltip="Packs models by profile and demand; sets copies, tiers")

    tenant_apps >> request("{peak_rate} peak") >> gateway >> request("lookup, 3 ms") >> cache
    gateway >> request("{misses:n} misses/s") >> graph >> request("{key_reads:n} keys/s") >> features
    graph >> request("{calls:n} calls/s") >> router >> request("hot, shared, isolated") >> gpu_pools
    router >> request("small models") >> cpu_pool
    graph >> stream("features, scores") >> log >> batch("served features") >> onboarding
    gpu_pools >> stream("queue, duty") >> metrics
    onboarding >> batch("artifact") >> store >> batch("signed weights") >> gpu_pools
    onboarding >> control("new version") >> registry >> control("profile, class") >> placement
    metrics >> stream("demand") >> placement >> control("placement map") >> router
    placement >> control("load, evict") >> gpu_pools


@view("Serving")
def serving() -> None:
    """One request through quota, cache, features, a router that knows the weights, and the tiers under the pools."""
    app = Users("Tenant apps", tooltip="Sends entity ids, a model alias and a deadline")
    with Cluster("Request plane"):
        gateway = Envoy("API gateway", tooltip="Verifies identity, spends tenant tokens, stamps the deadline")
        experiment = Experiment("Experiment assignment", tooltip="Resolves the alias by tenant, user hash and salt")
        cache = Redis("Result cache\nRedis", tooltip="Keyed by version and request hash; lifetime set per model")
        graph = Assembler("Inference graph", tooltip="{fan_out} model calls on average; merges their answers")
        fallback = Fallback("Fallback answer", tooltip="Last good prediction, a smaller model, or a tenant default")
    with Cluster("Features"):
        feature_service = FastAPI("Feature service", tooltip="Batches keys, fills defaults, keeps a near cache of 1 s")
        features = Redis("Online feature store\nRedis", tooltip="{feature_hosts} hosts, hash slots by entity id")
    with Cluster("Routing"):
        placement_map = Etcd("Placement map\netcd", tooltip="Servers and tier of every model, pushed to the routers")
        router = Envoy("Model router", tooltip="Bounded-load hashing over holders; cold calls go to a RAM twin")
        queue = Planner("Fair queue", tooltip="Weights by tenant; drops work that is past its deadline")
    with Cluster("GPU pools"):
        hot = ModelPool("Hot pool\nTriton", tooltip="{hot_models} models in {hot_copies} copies, batches up to 32")
        shared = ModelPool("Shared pool\nTriton", tooltip="{further} models in one copy; LRU weighted by reload cost")
        mig = ModelPool("MIG slices", tooltip="Hard partitions for tenants that pay for isolation")
    with Cluster("Memory tiers"):
        ram = Cache("Host RAM tier", tooltip="Pinned weights, {ram_load} away; every model on {ram_copies} nodes")
        nvme = Storage("NVMe tier", tooltip="Local drives, {nvme_load} away")
        store = S3("Model store", tooltip="Source of truth, {store_load} away")
    log = Kafka("Serving log\nKafka", tooltip="Features as used, scores, version, request id; never waited for")

    with step("A call arrives with 100 ms; within 6 ms the gateway spends tenant tokens or rejects it."):
        app >> request("deadline 100 ms") >> gateway
    with step("The alias becomes a version first, so a cached answer ({hit}, 3 ms) is never an old version's."):
        gateway >> request("alias to version") >> experiment
        gateway >> request("3 ms,\n{hit} hit") >> cache
    with step("The other {misses:n} a second enter the graph, which gets {entities} keys in one hedged read of 15 ms."):
        gateway >> request("{misses}") >> graph >> request("{entities} keys,\n15 ms") >> feature_service
        feature_service >> request("multi-get") >> features
    with step("Each request is {fan_out} model calls; the router picks a holder of the weights, within a load bound."):
        graph >> request("{calls:n} calls/s") >> router
        placement_map >> control("watch") >> router
    with step("A call waits up to 15 ms for its batch: {hot_calls} on hot models, {isolated} on MIG slices."):
        router >> request("chosen server") >> queue >> request("{hot_calls}") >> hot
        queue >> request("{isolated} isolated") >> mig
    with step("{cold} of calls find no weights: a copy from pinned RAM under a kept engine takes {ram_load}."):
        queue >> request("{rest_calls}") >> shared
        ram >> batch("{ram_load} load") >> shared
    with step("Slower tiers are read only after a node loss or for a new version, and mostly ahead of need."):
        store >> batch("{store_load}") >> nvme >> batch("{nvme_load}") >> ram
    with step("Where less time is left than the profile asks for, the graph answers from the fallback."):
        graph >> request("deadline, error") >> fallback
    with step("The answer is cached for the model's lifetime and logged with the features and versions used."):
        graph >> stream("write, lifetime") >> cache
        graph >> stream("features, scores") >> log


@view("Training")
def training() -> None:
    """Onboarding a version: from logged traffic to a signed artifact whose profile the placement can reason with."""
    with Cluster("Data"):
        log = Kafka("Serving log\nKafka", tooltip="Features and scores as served, so training has no skew")
        lake = S3("Data lake", tooltip="Partitioned by tenant, encrypted with the tenant's key")
        outcomes = Kafka("Outcome events\nKafka", tooltip="What followed, reported by the tenant under the request id")
        definitions = Catalogue("Feature registry", tooltip="One definition of a feature, offline and online")
        join = Spark("Label join\nSpark", tooltip="Rows whose outcome window (30 days at most) is open still wait")
    with Cluster("Train"):
        scheduler = Airflow("Scheduler", tooltip="Starts runs within each tenant's GPU quota")
        training_run = Kubeflow("Training pipeline", tooltip="Trains or fine-tunes in the tenant's namespace")
        gate = Choice("Offline gate", tooltip="Later holdout: slices, calibration, fairness, against the live version")
    with Cluster("Package"):
        compiler = PredefinedProcess(
            "Compile and quantise\nTensorRT", tooltip="ONNX to FP16 or INT8 engines; checks numeric parity"
        )
        profiler = Evaluator("Profiler", tooltip="Latency and memory by batch size and GPU type: drives packing")
        scan = Trivy("Artifact scan\nTrivy", tooltip="Finds bad layers, secrets and pickled code; signs what passes")
    with Cluster("Release"):
        registry = Mlflow("Model registry", tooltip="Version, lineage, profile, objective class")
        replay = Simulator("Mirror replay", tooltip="Replays 1 % of live calls, compares scores and latency")
        canary = Flagger(
            "Shadow and canary", tooltip="Shadow, then 1, 10, 50, 100 % by alias weight; rolls back by itself"
        )

    log >> batch("hourly files") >> lake >> batch("30 days") >> join
    outcomes >> batch("request id") >> join
    definitions >> control("definitions") >> join >> batch("training table") >> training_run
    scheduler >> control("quota, schedule") >> training_run >> batch("candidate") >> gate
    gate >> control("passed") >> compiler >> batch("engine") >> profiler >> batch("engine, profile") >> scan
    scan >> control("signed") >> registry >> control("version") >> replay >> control("parity holds") >> canary
    canary >> control("alias moved") >> registry


@view("Placement")
def placement() -> None:
    """How copies, tiers and GPU count are set: a loop that packs by measured profiles and forecast demand."""
    with Cluster("Signals"):
        demand = Prometheus("Demand metrics\nPrometheus", tooltip="Calls, queue age, cold loads by model, each 10 s")
        forecast = Forecaster("Demand forecast", tooltip="Seasonal, 30 min ahead: copies exist before the rush")
        profiles = Mlflow("Model profiles", tooltip="Memory, latency by batch size, objective class")
        quotas = Quota("Tenant quotas", tooltip="Bought share and isolation class")
    with Cluster("Decide"):
        solver = Planner("Placement solver", tooltip="Greedy packing on memory and duty; spreads copies over zones")
        placement_map = Etcd("Placement map\netcd", tooltip="Versioned desired state with a single writer")
        autoscaler = HPA("Autoscaler\nservers", tooltip="Servers by queue age, not below the solver's floor")
        node_autoscaler = Planner("Node autoscaler", tooltip="Adds GPU nodes: reserved first, spot for the batch class")
    with Cluster("Execute"):
        agents = DaemonSet("Server agents", tooltip="Reconcile loads and evictions on a node, warm up before serving")
        store = S3("Model store", tooltip="Source of the signed weights")
        prefetcher = Cache("Prefetcher", tooltip="Brings weights to NVMe and RAM of {ram_copies} nodes ahead of need")
        servers = Pod("Triton servers", tooltip="Explicit model control: load, warm up, unload")
        router = Envoy("Model router", tooltip="Keeps old copies until the new ones report ready")

    demand >> stream("series per model") >> forecast >> control("30 min ahead") >> solver
    profiles >> control("profiles") >> solver
    quotas >> control("shares, isolation") >> solver
    solver >> control("desired copies") >> placement_map >> control("watch") >> agents
    placement_map >> control("watch") >> router
    solver >> control("server floor") >> autoscaler
    demand >> control("queue age") >> autoscaler >> control("replicas") >> servers
    autoscaler >> control("pending servers") >> node_autoscaler >> control("new node,\n3 min") >> servers
    agents >> control("load, unload") >> servers
    agents >> control("fetch list") >> prefetcher
    store >> batch("weights") >> prefetcher >> batch("warm weights") >> servers >> stream("queue age, duty") >> demand


@view("Operations")
def operations() -> None:
    """Objectives by tenant, control of noisy neighbours, drift by model, and degradation that is planned."""
    drills = ChaosMesh("Fault drills", tooltip="Every week a GPU node and a feature shard are killed")
    fleet = ModelPool("Serving fleet", tooltip="Inference graphs and pools: emit spans, metrics and served records")
    with Cluster("Observe"):
        metrics = Prometheus("Metrics\nPrometheus", tooltip="Top models by name, the others by class: few series")
        traces = Jaeger("Traces\nJaeger", tooltip="Split a slow call into queue, load, execution and features")
        log = Kafka("Serving log\nKafka", tooltip="Source of drift, cost and experiments")
        dashboards = Grafana("Dashboards\nGrafana", tooltip="Pages by tenant, model and pool")
    with Cluster("Judge"):
        burn_rules = RuleEngine("SLO burn rules", tooltip="14.4 times over 1 h, 6 times over 6 h, by tenant")
        drift = Spark("Drift monitor\nSpark", tooltip="Inputs and scores of a model against its training snapshot")
        experiments = Clickhouse("Experiment analysis", tooltip="Outcomes by version, with guardrails")
        cost = Clickhouse("Cost ledger", tooltip="GPU seconds and memory hours by tenant")
    with Cluster("Respond"):
        admission = Guard("Admission control", tooltip="Sheds when queue age passes 20 ms, the batch class first")
        router = Envoy("Model router", tooltip="Ejects failing servers; aliases return to the previous version")
        alerts = Pagerduty("On-call alerts", tooltip="Platform for pools, the tenant for model quality")
        retrain = Airflow("Retrain trigger", tooltip="Starts a tenant's run on sustained drift")

    drills >> control("node kill") >> fleet >> stream("metrics") >> metrics >> stream("series") >> dashboards
    fleet >> stream("spans") >> traces >> stream("exemplars") >> dashboards
    metrics >> stream("SLI series") >> burn_rules >> control("burn 14.4, 6") >> alerts
    burn_rules >> control("shed level") >> admission >> control("priority cut") >> fleet
    burn_rules >> control("version burn") >> router
    fleet >> stream("served records") >> log >> batch("hourly sample") >> drift
    drift >> control("3 days\nover limit") >> retrain
    log >> batch("outcomes") >> experiments >> control("stop variant") >> router
    log >> batch("GPU seconds") >> cost >> batch("chargeback") >> dashboards
    fleet >> stream("errors, latency") >> router >> control("eject, roll back") >> fleet
