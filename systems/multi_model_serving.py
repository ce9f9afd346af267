"""Serve twelve thousand models of two hundred tenants on one small GPU fleet, each call within 100 ms.

Calls over models follow a Zipf law: a few hundred models take nearly all of them, thousands are asked about once a
minute or less, and each of these must answer as promptly as the popular ones. A GPU pair per model would cost about 170
times the fleet that the calls need; one copy of every model does not even fit the memory of that fleet.

So the problem is placement: which weights lie in which tier of memory, who may use how much of a shared accelerator,
and how batches stay large while one tenant's burst does not become another tenant's tail latency.
"""

from diagrams import Cluster, Edge
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
    Bias,
    Budget,
    Cache,
    Calibrator,
    CaseStudy,
    Catalogue,
    Clarification,
    Decision,
    EmbeddingTable,
    Encoder,
    Estimate,
    Evaluation,
    Evaluator,
    Experiment,
    FailureMode,
    Fallback,
    FeatureGroup,
    Features,
    FeatureStore,
    FollowUp,
    Forecaster,
    Framing,
    Guard,
    Head,
    Interaction,
    Label,
    Loss,
    LossFunction,
    MathFormula,
    Metrics,
    ModelPool,
    Phase,
    Planner,
    Requirements,
    RuleEngine,
    Simulator,
    System,
    Tags,
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
    # Traffic
    users=assume("Daily active users", 20e6, "user"),
    asks=assume("Requests a user makes", 40, "request/user/day"),
    tenants=assume("Tenants", 200, "tenant"),
    models=assume("Models registered", 12_000, "model", note="Uber reports over 5,000 in production"),
    hit=assume("Requests the result cache answers, of requests", 25, "percent"),
    fan_out=assume("Model calls per request", 1.5, "call/request", note="ensembles and cascades"),
    peak_factor=assume("Peak over average", 3),
    requests=derive("Requests per day", "users * asks", "request/day"),
    peak_rate=derive("Peak request rate", "requests * peak_factor", "request/s"),
    mean_latency=assume("Mean latency", 60, "ms"),
    in_flight=derive("Requests in flight at peak", "peak_rate * mean_latency", "request", note="Little's law"),
    misses=derive("Requests the cache leaves at peak", "peak_rate * (1 - hit)", "request/s"),
    calls=derive("Model calls at peak", "misses * fan_out", "call/s"),
    # GPUs for the calls
    gpu_speed=assume("Calls a GPU answers in full batches", 500, "call/s/GPU", note="the profiler measures each model"),
    alone_speed=assume("Calls a GPU answers one by one", 170, "call/s/GPU"),
    batched=assume(
        "Calls that fill a batch, of calls",
        75,
        "percent",
        note="the eight most popular models, by Zipf; others mostly go alone",
    ),
    duty=assume("Duty cycle at which GPUs are run, of time", 65, "percent"),
    needed_gpus=derive(
        "GPUs for the calls", "ceil(calls * (batched / gpu_speed + (1 - batched) / alone_speed) / duty)", "GPU"
    ),
    node_gpus=assume("GPUs per node", 8, "GPU/node"),
    nodes=derive("Nodes bought", "ceil(needed_gpus / node_gpus)", "node"),
    gpus=derive("GPUs bought", "nodes * node_gpus", "GPU"),
    replicas=assume("GPUs of a model on its own", 2, "GPU/model"),
    dedicated=derive("GPUs if every model had its own", "models * replicas", "GPU"),
    dearer=derive("GPUs of dedicated models over GPUs bought", "dedicated / gpus"),
    # Memory tiers
    model_bytes=assume("GPU memory of a model", 0.9e9, "byte/model", note="mean, weights and workspace"),
    gpu_bytes=reference("h100_memory"),
    usable=assume("Memory for models, of a GPU's memory", 80, "percent", note="the rest is runtime and fragmentation"),
    gpu_memory=derive("GPU memory for weights", "gpus * gpu_bytes * usable", "byte"),
    one_copy=derive("One copy of every model", "models * model_bytes", "byte", note="does not fit, hence tiers"),
    hot_models=assume("Hot models", 400, "model"),
    hot_copies=assume(
        "Copies of a hot model, on average",
        8,
        note="2 do for most models, 38 for the first; of 8 holders one is idle 97 % of the time",
    ),
    hot_share=assume("Calls to hot models, of calls", 97, "percent", note="Zipf law with exponent 1.5"),
    isolated=assume("Calls to MIG slices, of calls", 2, "percent", note="hot models whose tenants pay for isolation"),
    hot_calls=derive("Calls to the hot pool, of calls", "hot_share - isolated", "percent"),
    rest_calls=derive("Calls to the shared pool, of calls", "1 - hot_share", "percent"),
    hot_set=derive("Hot set", "hot_models * hot_copies * model_bytes", "byte"),
    further=derive("Further models resident in one copy", "(gpu_memory - hot_set) / model_bytes", "model"),
    resident=derive("Models resident in GPU memory, of models", "(hot_models + further) / models", "percent"),
    ram_copies=assume("Nodes that hold a model in RAM", 2),
    node_ram=derive("Host RAM for weights", "one_copy * ram_copies / nodes", "byte/node", note="nodes have 2 TB"),
    ram_speed=assume("Weight copy from pinned RAM", 20e9, "byte/s", note="effective; PCIe 5 has 64 GB/s on paper"),
    nvme_speed=assume("Weight copy from local NVMe", 5e9, "byte/s"),
    store_speed=assume("Weight copy from the object store", 1e9, "byte/s"),
    ram_load=derive("Load from host RAM", "model_bytes / ram_speed", "ms/model", note="engine kept, not rebuilt"),
    nvme_load=derive("Load from NVMe", "model_bytes / nvme_speed", "ms/model"),
    store_load=derive("Load from the model store", "model_bytes / store_speed", "ms/model"),
    cold_rate=assume("Calls that meet a cold model, of calls", 0.2, "percent", note="0.19 % by Zipf with exponent 1.5"),
    cold_models=assume("Models loaded by such a call", 1, "model/call", note="the rest of an ensemble is mostly warm"),
    loads=derive("Weight loads at peak", "calls * cold_rate * cold_models", "model/s"),
    stay=derive(
        "Mean stay of a one-copy model", "further / loads", "s", note="what is not called within it is evicted"
    ),
    load_traffic=derive("Load traffic of a node", "loads * model_bytes / nodes", "byte/s/node"),
    # Features, cache, log
    entities=assume("Feature keys per request", 3, "key/request"),
    key_reads=derive("Feature reads at peak", "misses * entities", "key/s"),
    values=assume("Feature values", 5e9, "value"),
    value_bytes=reference("redis_value_bytes"),
    feature_bytes=derive("Feature memory, one copy", "values * value_bytes", "byte"),
    feature_copies=assume("Copies of every feature", 2),
    host_bytes=assume("Memory of a Redis host", 25e9, "byte/host"),
    feature_hosts=derive("Redis hosts", "ceil(feature_bytes * feature_copies / host_bytes)", "host"),
    entries=assume("Prediction-cache entries", 200e6, "entry"),
    entry_bytes=assume("Bytes per cache entry", 300, "byte/entry"),
    cache_bytes=derive("Result cache", "entries * entry_bytes", "byte"),
    log_bytes=assume("Logged bytes per request", 2e3, "byte/request"),
    log_volume=derive("Serving log per day", "requests * log_bytes", "byte/day"),
    # Latency at p99
    promise=assume("Promised answer of resident models, p99", 100, "ms"),
    gateway_time=assume("Gateway: TLS, auth, tenant quota, p99", 6, "ms"),
    cache_time=assume("Result-cache look-up, p99", 3, "ms"),
    route_time=assume("Route and placement look-up, p99", 3, "ms"),
    feature_time=assume("Feature multi-get, hedged, p99", 15, "ms"),
    prepare=assume("Preprocessing, p99", 6, "ms"),
    batch_size=assume("Calls in a batch", 8, "call/GPU"),
    execute=derive("GPU execution of a batch", "batch_size / gpu_speed", "ms"),
    gather=assume("Timer of a batch that is not full", 5, "ms"),
    batch_wait=derive(
        "Queue and wait for a batch, p99", "execute + gather", "ms", note="the batch that runs, then the timer"
    ),
    merge_time=assume("Ensemble merge, postprocessing, p99", 7, "ms"),
    respond=assume("Response and network, p99", 10, "ms"),
    # Experiment
    effect=assume("Smallest change of cold loads worth detecting, relative", 10, "percent"),
    variance_factor=assume(
        "Sample size factor", 16, "call", note="two-sided 5 % test with 80 % power: 2 (1.96 + 0.84)²"
    ),
    clustering=assume("Design effect of randomising by model", 50, note="calls of a model come in bursts"),
    arm=derive("Calls per arm", "variance_factor * clustering * (1 - cold_rate) / (cold_rate * effect ** 2)", "call"),
    arm_time=derive("Time to collect them at peak, half of the calls in each arm", "arm * 2 / calls", "minute"),
    # Cost
    gpu_price=reference("h100_price"),
    core_price=reference("core_price"),
    object_price=reference("object_storage_price"),
    memory_price=assume("Memory-optimised hosts", 5e-9, "USD/byte/month", note="5 USD per GB and month"),
    path_time=assume("CPU time of a request outside the models", 8, "core*ms/request"),
    busy=assume("Load at which cores are run, of capacity", 60, "percent"),
    path_cores=derive("Cores of gateways, graphs and routers", "ceil(peak_rate * path_time / busy)", "core"),
    kept=assume("Days of log kept", 30, "day"),
    gpu_cost=derive("GPUs per day", "gpus * gpu_price", "USD/day"),
    other_cost=derive(
        "Features, cache, cores and log per day",
        "(feature_bytes * feature_copies + cache_bytes) * memory_price + path_cores * core_price"
        " + log_volume * kept * object_price",
        "USD/day",
    ),
    quoted=assume("Requests for which the cost is quoted", 1_000, "request"),
    cost_per_thousand=derive("Cost of 1,000 requests", "quoted * (gpu_cost + other_cost) / requests", "USD"),
    dedicated_thousand=derive(
        "The same with two GPUs per model", "quoted * (dedicated * gpu_price + other_cost) / requests", "USD"
    ),
)

SYSTEM = System(
    title="Multi-model serving",
    family="applied",
    position=17,
    tags=Tags(task=["platform"], pattern=["multi-tenant serving", "cascade"], data=["tabular", "events"]),
    framing=Framing(
        goal="Let any team put a model into production within minutes, at a cost that follows its calls and not its existence.",
        decision="Every ten seconds: which models lie in GPU memory, in RAM or on disk, in how many copies; per call: which holder answers.",
        task="Forecasting calls per model for the next 30 minutes and the time to its next call; then packing under memory and duty limits. "
        "The models themselves are the tenants'.",
        label="Calls that arrived, per model and minute; whether a model was called before it would have been reloaded.",
        metric="Answers within the deadline per GPU-hour (goodput), by tenant.",
        not_optimised="GPU utilisation for its own sake: long queues raise it and break deadlines. Nor the accuracy of the tenants' models, which "
        "the platform measures but does not own.",
        baseline="One deployment per model with two replicas: {dedicated} GPUs, {dedicated_thousand} per 1,000 requests. It is right "
        "below some fifty models, or for one that fills a GPU.",
    ),
    clarifications=[
        Clarification(
            "How large are the models, and which kinds?",
            "{model_bytes} on average with workspace: rankers, text and image encoders. Large language models have a platform of their own.",
        ),
        Clarification(
            "How skewed are the calls?",
            "Zipf with exponent 1.5 (assumption): {hot_models:n} models take {hot_share}; half are called less than once a minute.",
        ),
        Clarification(
            "Do tenants trust each other?", "Most are teams of one company; external ones may buy hard isolation."
        ),
        Clarification(
            "What is promised for rarely called models?",
            "The same API, p99.9 of 1 s: a load from RAM is allowed, one from the object store is not.",
        ),
        Clarification(
            "Where do features come from?", "Fetched on the server by entity id; the caller may add its own context."
        ),
        Clarification(
            "Who is responsible for quality?",
            "The tenant. The platform gates format, parity, latency and safety of the artifact, and shows drift.",
        ),
        Clarification(
            "May answers be cached?", "Per model, with a lifetime that the tenant sets; the version is in the key."
        ),
    ],
    requirements=Requirements(
        functional=[
            "Register a model once (artifact, signature, class); it is converted, profiled, placed and scaled.",
            "Call it by version, alias (prod, shadow) or inference graph; features are fetched on the server.",
            "Give each tenant quota, priority, isolation and a cost report; each model canary, shadow and A/B test.",
        ],
        qualities={
            "Latency": "p99 of {promise} for resident models, p99.9 of 1 s with loads from RAM or NVMe (assumptions).",
            "Availability": "99.95 % for every tenant (assumption).",
            "Isolation": "A tenant at 10 times its quota moves the p99 of others by less than 5 ms (assumption).",
            "Efficiency": "GPU duty cycle of at least 60 % on shared pools (assumption).",
            "Agility": "Canary 15 min after registration, rollback in 1 min, a further hot copy in 30 s (assumptions).",
        },
    ),
    estimate=ESTIMATE,
    headline=["peak_rate", "models", "gpus", "ram_load", "cost_per_thousand"],
    key_inputs=["users", "asks", "models", "hit", "cold_rate"],
    cost="cost_per_thousand",
    budget=Budget(
        "p99 of a request to resident models",
        promise="promise",
        stages={
            "Gateway: TLS, auth, tenant quota": "gateway_time",
            "Result-cache look-up": "cache_time",
            "Route and placement look-up": "route_time",
            "Feature multi-get, {entities} keys, hedged": "feature_time",
            "Preprocessing": "prepare",
            "Queue and wait for a batch": "batch_wait",
            "GPU execution of a batch, branches in parallel": "execute",
            "Ensemble merge, postprocessing": "merge_time",
            "Response and network": "respond",
        },
        note="Stages are added up, which is cautious. The queue is ordered by deadline: a hot call joins the batch that an idle copy is filling, and a call of a one-copy "
        "model is next after the batch that runs. A cold call adds {ram_load} from RAM. Branches of a graph run side by side, so the slowest counts; the "
        "second step of a cascade needs another {batch_wait} and {execute}, and where they are not left the small model's answer stands.",
    ),
    labels=[
        Label(
            "Calls of a model in the next 30 minutes",
            window="30 minutes after the origin",
            positive="Number of calls, per 10 s",
            negative="Zero calls: a true zero, since rejected calls are counted too",
            ignored="Load tests and replays, marked by header",
            delay="30 minutes",
            bias="Callers back off when a model is slow, so a badly placed model looks unpopular",
            where="placement/Execute -> Demand metrics",
        ),
        Label(
            "Called again before a reload would have paid",
            window="2 minutes after an eviction candidate is considered, about the {stay} that a copy stays",
            positive="A call within the window",
            negative="None within the window",
            ignored="Models that were deleted or moved",
            delay="2 minutes",
            bias="Kept models are observed in full, evicted ones too: calls arrive either way, so there is no selection",
            where="placement/Execute -> Demand metrics",
        ),
        Label(
            "Outcome of a prediction",
            window="Set by the tenant, 30 days at most",
            positive="As the tenant reports it under the request id",
            negative="As reported, or the window has passed",
            ignored="Requests answered by fallback or cache",
            delay="Minutes to 30 days",
            bias="Only what the model's answer led to is observed; tenants log a propensity where they explore",
            where="training/Outcome events -> Label join",
        ),
    ],
    training_example={
        "model, tenant, class": "m_8812, t_41, interactive",
        "origin": "2026-04-14T07:30:00Z",
        "calls in 10 s, 10 min, 1 h": "0, 3, 61",
        "same slot yesterday, last week": "58, 240",
        "deploy or campaign event": "new version 12 min ago",
        "profile": "0.7 GB, 22 ms at batch 8, engine kept",
        "calls in the next 30 min": "212",
        "called again within 2 min": "yes",
        "weight": "cost of a reload from RAM: 35 ms for 0.7 GB",
    },
    features=[
        FeatureGroup(
            "Recent demand",
            features=[
                "calls in 10 s, 1 min, 10 min, 1 h",
                "time since the last call",
                "rejected calls",
                "queue age",
                "cold loads in 1 h",
                "burstiness: variance over mean",
            ],
            freshness="10 s",
            store="placement/Demand metrics",
            leak="Counters that are scraped after the origin; series are cut by their own timestamps.",
        ),
        FeatureGroup(
            "Season and events",
            features=[
                "hour and weekday in the tenant's zone",
                "same slot yesterday and last week",
                "holiday",
                "new version within 1 h",
                "campaign announced by the tenant",
            ],
            freshness="1 min",
            store="placement/Demand forecast",
            leak="Campaign marks that tenants add after the traffic came.",
        ),
        FeatureGroup(
            "Model and tenant",
            features=[
                "weights and workspace in bytes",
                "latency by batch size",
                "objective class",
                "bought quota",
                "calls of the tenant's other models",
                "age of the version",
            ],
            freshness="on release",
            store="placement/Model profiles",
            leak="Profiles measured on production hosts under load: they contain the queue that is to be predicted.",
        ),
        FeatureGroup(
            "Tenants' online features",
            features=[
                "values by entity id",
                "values by pair of entities",
                "counters of the tenant's events",
                "request context",
                "embedding of the entity",
            ],
            freshness="seconds, as the tenant defines",
            store="serving/Online feature store",
            leak="Training on values as of today instead of as served; the serving log keeps what was used.",
        ),
    ],
    loss=Loss(
        objective="One global forecaster for all models minimises quantile loss on calls for thirty minutes ahead, and log-loss on a head that says "
        "whether a model will be called before a reload would have paid. Rows are weighted by the cost of being wrong for that model.",
        formulas=[
            MathFormula(
                "Quantile loss of demand",
                r"\mathcal{L}_q = \sum_{m,t} w_m \max \left( q (y_{m,t} - \hat{y}_{m,t}), \; (q - 1)(y_{m,t} - \hat{y}_{m,t}) \right)",
                "y are calls of model m in slot t; q is 0.9 for copies, because a missing copy costs a deadline and a spare one only memory; "
                "w grows with the price of a load.",
            ),
            MathFormula(
                "Copies of a hot model",
                r"c_m = \left\lceil \frac{\hat{y}^{0.9}_m}{\mu_m \, \rho} \right\rceil",
                "μ is the profiled speed of one copy, ρ the duty cycle ({duty}). At least two copies, in two zones, for interactive classes. A GPU is shared by many models, so the solver adds copies while memory lasts: with {hot_copies:n}, all holders are busy at once 3 % of the time.",
            ),
            MathFormula(
                "Value of keeping a model",
                r"v_m = \frac{P(\text{call before } T) \cdot \ell_m}{b_m}",
                "ℓ is the time of a reload from the next tier, b the bytes held: the solver fills memory by this value, which is greedy packing "
                "of a knapsack. LRU assumes that the last call predicts the next and that all models weigh the same.",
            ),
            MathFormula(
                "Little's law for a queue limit",
                r"L = \lambda \, W",
                "With a wait of at most W and calls at rate λ, a queue longer than L cannot meet the deadline, so admission sheds there.",
            ),
        ],
        calibration="The 0.9 quantile must cover 90 % of slots by class and by popularity decile; an additive shift per class is updated daily. The keep "
        "probability is isotonic over deciles. Miscalibration shows at once as cold loads or as memory held for nothing.",
    ),
    evaluation=Evaluation(
        offline="Replay a week of calls in a simulator of tiers and queues: cold loads, deadline misses and GPU-hours of forecaster and solver "
        "together, against LRU and against an oracle that knows the week.",
        disagreement="Replay holds calls fixed. Live, callers retry and back off, tenants react to canaries, and a load delays the batches beside it, "
        "which a simulator of queues only approximates.",
        unit="The model, hashed within bands of popularity (one model has 38 % of the calls), in pools that are split in two, since copies share memory: two policies on one GPU would evict each other.",
        duration="One week, for the weekly season; the sample itself is there after {arm_time} at peak.",
        power="Cold calls are {cold_rate} of calls. A relative change of {effect} takes {arm} calls per arm, with a design effect of {clustering:n} because calls "
        "of a model come in bursts.",
        guardrails="p99 by tenant, deadline misses of the batch class, loads per GPU, fallback share, GPU-hours.",
    ),
    biases=[
        Bias(
            "Popularity",
            "Aggregate metrics are the {hot_models:n} hot models; the tail may miss every deadline unseen.",
            "Objectives by tenant and class; the loss is weighted by reload cost.",
            "operations/SLO burn rules",
        ),
        Bias(
            "Feedback of placement",
            "A slow model is called less, and is then placed even lower.",
            "Rejected and abandoned calls count as demand; a floor by bought quota.",
            "placement/Tenant quotas",
        ),
        Bias(
            "Selection in canaries",
            "Canary traffic is hashed by user, but heavy callers dominate call counts.",
            "Assignment by user hash and salt, metrics per user, then per call.",
            "serving/Experiment assignment",
        ),
        Bias(
            "Delayed outcomes",
            "A new version looks better while negatives are still open.",
            "Rows wait until the tenant's outcome window has closed.",
            "training/Label join",
        ),
        Bias(
            "Cached answers",
            "The cache serves yesterday's scores to {hit} of requests and hides regressions.",
            "The version is in the key, and answers from the cache are left out of quality metrics.",
            "serving/Result cache",
        ),
        Bias(
            "Cold start of a model",
            "No history; its first calls are often its launch.",
            "Profile and tenant embedding, prior of its class, one copy in RAM and one on GPU for the first hour.",
            "model/Tenant and class",
        ),
        Bias(
            "Cold start of a tenant",
            "Unknown season and burstiness.",
            "Bought quota as the forecast until two weeks of calls exist.",
            "placement/Tenant quotas",
        ),
        Bias(
            "Cold start of hardware",
            "Profiles of a new GPU type do not exist.",
            "The profiler runs on one node of it before the solver may use it.",
            "training/Profiler",
        ),
    ],
    decisions=[
        Decision(
            "Models that share servers",
            why="Calls of {models} models together are smooth, although each is bursty: {gpus:n} GPUs at {duty} duty do what {dedicated:n} would do mostly idle. Weights that are not needed "
            "move down a tier instead of occupying a GPU.",
            rejected=[
                "A deployment per model: simple isolation, {dearer:n} times the GPUs",
                "Scale to zero per model: no idle cost, but starts in tens of seconds, container and engine included",
            ],
            revisit_when="a model fills a GPU with its own calls, above {gpu_speed} at its size",
        ),
        Decision(
            "Routing to holders of the weights",
            why="A call that goes to a server without the weights costs {ram_load} and evicts something else. Consistent hashing with a load bound finds a holder without "
            "asking, and spills to the next when one is busy.",
            rejected=[
                "Least connections: balances load, scatters models over all servers and halves effective memory",
                "A central scheduler per call: best choice, one more hop and a single point of failure at {calls:n} calls a second",
            ],
            revisit_when="every replica holds every model",
        ),
        Decision(
            "Fair queues, MIG as a paid class",
            why="Weighted fair queues share a GPU by bought weight and lend what is idle. MIG slices cannot lend: up to seven per GPU, each with its own memory, so bursts wait and "
            "memory is stranded.",
            rejected=[
                "MIG for all: the strongest isolation, batches a seventh as large",
                "Time slicing without weights: free, and one tenant's burst is everybody's tail",
            ],
            revisit_when="tenants are regulated or hostile to each other",
        ),
        Decision(
            "Dynamic batches, short wait",
            why="A GPU needs {batch_size:n} calls at once to reach {gpu_speed}; a timer of {gather} collects them for the few models that {batched} of calls go to. With the batch that runs, a call waits {batch_wait} at most, less near its deadline.",
            rejected=[
                "No batching: lowest latency when idle, a third of the throughput",
                "Fixed batches: full, and late whenever calls are few",
            ],
            revisit_when="models are trees, or single inputs fill the GPU",
        ),
        Decision(
            "Placement from profiles and forecasts",
            why="Inference time on a GPU that runs one batch at a time is predictable, so a solver can pack by measured time and bytes and have copies ready before the morning rush.",
            rejected=[
                "Reactive scaling alone: no forecast to be wrong, and a cold storm each morning",
                "Exact optimisation: a few per cent denser, minutes of solving for a map that changes each 10 s",
            ],
            revisit_when="there are fewer than fifty models, or all of them fit in memory",
        ),
        Decision(
            "Features fetched on the server",
            why="One definition serves all callers and is logged as used, so training sees what serving saw; {entities:n} keys cost {feature_time} in one hedged read.",
            rejected=[
                "Features in the request: no store to run, but each caller computes them its own way",
                "Features inside the model artifact: fastest, stale from the first minute",
            ],
            revisit_when="only the caller knows the context, as with sensor data",
        ),
    ],
    failures=[
        FailureMode(
            "A tenant's burst crowds out the others.",
            "Its tokens are spent and the queue age of others rises.",
            "The gateway throttles it, its batch class is shed first, and spot nodes take the rest.",
        ),
        FailureMode(
            "A GPU node is lost.",
            "The agent's lease expires in 10 s, XID errors.",
            "The router drops it; hot copies absorb, cold models load on their second RAM node.",
        ),
        FailureMode(
            "A storm of cold loads follows a deploy or a lost zone.",
            "Loads reach three times normal, p99.9 rises.",
            "Loads are limited per GPU, prefetched in order of forecast; the tail gets fallbacks meanwhile.",
        ),
        FailureMode(
            "A bad version is released.",
            "Canary guardrails, score shift, failed parity.",
            "The alias returns by itself to the previous version, which stays resident for 24 h.",
        ),
        FailureMode(
            "A feature shard is down.",
            "Errors and timeouts of the multi-get.",
            "The replica is promoted; until then defaults or near-cache values, flagged in the log.",
        ),
        FailureMode(
            "The placement map is unreachable.",
            "Watch lag over 30 s.",
            "Routers keep the last map; nothing is loaded or scaled until it is back.",
        ),
        FailureMode(
            "The forecaster is wrong for a class.",
            "Coverage of its 0.9 quantile leaves 85 to 95 % for an hour.",
            "The solver uses last week's slot plus a margin for that class, and the trigger retrains.",
        ),
    ],
    metrics=Metrics(
        offline=[
            "Parity error of compiled engines, throughput by GPU type",
            "Packing efficiency against the lower bound, cold loads in replay against LRU and an oracle",
            "Quality gates by model",
        ],
        online=[
            "p50, p99 and p99.9 by tenant and class, answers within the deadline per GPU-hour",
            "Cold calls, cache hits, batch size, GPU duty and memory",
        ],
        guardrail=[
            "p99 under another tenant's tenfold burst",
            "Fallback share under 0.1 %, stale answers after a version change (must be 0)",
            "Cost of 1,000 requests, quality by slice",
        ],
    ),
    follow_ups=[
        FollowUp(
            "mid",
            "Why not one Kubernetes deployment per model?",
            "Because most models are idle most of the time. {models} models with two GPUs each are {dedicated} GPUs; the calls need {needed_gpus:n}. Sharing works since the sum of many bursty streams is smooth. I "
            "still give a model its own servers when its calls fill a GPU, or when a contract demands hard isolation.",
            "Kubernetes will scale idle deployments down",
            "decision: Models that share servers",
        ),
        FollowUp(
            "mid",
            "What does dynamic batching do to latency?",
            "It trades wait for throughput. A call waits for the batch that runs, {execute} at most, then up to {gather} for company. The most popular model gets eight calls in a millisecond, and they stay together, since the router fills one holder's batch before it spills over to the next; for a rare one the timer runs out and it goes alone. The wait is cut when the "
            "deadline is near, and batch sizes come from the profile, where throughput flattens.",
            "Bigger batches are always better on GPUs",
            "serving/Fair queue",
        ),
        FollowUp(
            "senior",
            "A model nobody called for an hour gets a call. What happens?",
            "The router knows from the map that no GPU holds it and sends the call to one of the {ram_copies:n} nodes with its weights in pinned RAM. The server has kept the engine, so only weights are copied: {ram_load}. Something with a lower keep value is evicted. "
            "With queue and execution it answers in under 200 ms, and a second call finds it warm.",
            "It is pulled from S3, which takes a second or two",
            "serving/Host RAM tier",
        ),
        FollowUp(
            "senior",
            "Why is LRU not good enough?",
            "LRU asks how long ago, and the solver needs how likely, how costly and how large. A nightly job touches a thousand models once and flushes the cache; a 4 GB model with one call an hour stays, and five small ones with ten calls leave. I rank by probability of a call times reload "
            "time over bytes, and keep LRU as fallback.",
            "Use LFU",
            "placement/Placement solver",
        ),
        FollowUp(
            "senior",
            "How do you keep one tenant from ruining the p99 of others?",
            "In layers. Tokens at the gateway stop sustained excess. In the pool a weighted fair queue serves by bought share, so a burst waits in its own lane. Work past its deadline is dropped before it runs. Admission sheds the batch class when queue age passes 30 ms. "
            "A weekly drill sends ten times a quota and measures the others.",
            "Rate limits at the gateway",
            "operations/Admission control",
        ),
        FollowUp(
            "senior",
            "An answer from the cache after a release: bug or feature?",
            "A bug, unless the version is in the key. The gateway resolves the alias to a version before it looks into the cache, so a new version starts with an empty one; I shift canary weight slowly, or misses would jump by {hit} of requests. Lifetime is per model, since features age differently.",
            "Flush the cache on deploy",
            "serving/API gateway -> Result cache",
        ),
        FollowUp(
            "senior",
            "When would you use MIG, MPS or time slicing?",
            "Time slicing is the default and isolates neither memory nor performance: one process can fill the GPU, and a long kernel delays all. MPS runs kernels side by side, good for small models of one trust domain, but a fault takes all down. MIG cuts memory and compute in hardware, up to seven slices on an H100, so one tenant cannot touch "
            "another, at the price of stranded memory and small batches.",
            "MIG everywhere, since it is the most secure",
            "serving/MIG slices",
        ),
        FollowUp(
            "staff",
            "Half of the models become LoRA adapters of one language model. What changes?",
            "The unit of placement shrinks from {model_bytes} to tens of megabytes, and calls of different tenants can share a batch on one base model, as S-LoRA and Punica show. Memory then goes to the KV cache, so admission counts tokens rather than calls. Routing wants prefix and adapter locality. I "
            "would build a pool of its own; the fair queue and ledger stay.",
            "Merge each adapter into its own copy of the base",
            "serving/Shared pool",
        ),
        FollowUp(
            "staff",
            "Finance wants the bill by tenant. How do you split a shared GPU?",
            "By what each makes scarce: GPU seconds of its batches, byte-hours of resident weights, loads, and reserved share whether used or not. Batches of several tenants split by items. Idle capacity is spread by quota, because it exists for their peaks. The ledger reads the serving log, and the sum "
            "equals the cloud bill; otherwise nobody believes it.",
            "Divide by number of requests",
            "operations/Cost ledger",
        ),
        FollowUp(
            "staff",
            "Traffic doubles and you may not buy GPUs. What do you do?",
            "First where it goes: GPU seconds by model and class. Quantising the top {hot_models:n} to INT8 or FP8 is worth most, gated on quality. Then cascades: a small model answers the easy half. Raise cache lifetimes where tenants agree. Move trees off GPUs. Run the batch class at night. Last, raise duty from {duty} "
            "to 75 % and watch p99, because queues grow faster than load.",
            "Increase the batch size",
            "operations/Cost ledger",
        ),
    ],
    case_studies=[
        CaseStudy(
            "IBM Watson and KServe",
            system="ModelMesh acts as a distributed LRU cache of models over shared serving pods, and underpinned Watson services.",
            difference="LRU on demand, without forecasts or profiles: simpler, and enough where a cold answer may take longer. The project was archived in 2026.",
            source="https://github.com/kserve/modelmesh",
        ),
        CaseStudy(
            "Uber",
            system="Michelangelo serves over 5,000 models in production, 10 million predictions a second at peak.",
            difference="One platform from training to serving for trees and networks alike; projects have tiers, and deep learning has grown to over 60 % of the first one. We leave trees on CPUs out and ask how densely GPUs can be shared.",
            source="https://www.uber.com/blog/from-predictive-to-generative-ai/",
        ),
        CaseStudy(
            "MPI-SWS",
            system="Clockwork serves thousands of models from a central controller that plans each GPU by predicted time, with tight tail targets.",
            difference="A controller schedules every single inference; we keep routing local and plan only placement centrally.",
            source="https://arxiv.org/abs/2006.02464",
        ),
    ],
    five_minutes=[
        Phase(
            0.7,
            "Frame",
            "I would design a platform that serves twelve thousand models of two hundred tenants. The goal is that a model costs what its calls cost, not what its existence costs. Calls follow a Zipf law: four hundred models take {hot_share}, thousands are called about once a minute, and each must answer "
            "within {promise}. So the problem is placement, and the metric is answers within the deadline per GPU-hour. The baseline is a deployment per model; it is right below some fifty models, and absurd at twelve thousand. I assume models of about a gigabyte; large language models get a platform of their own.",
        ),
        Phase(
            0.8,
            "Size",
            "At peak {peak_rate:n} requests a second; a cache answers a quarter; the rest are {calls:n} model calls. A GPU does five hundred a second in full batches and a third of that one by one, and only the most popular models fill a batch; so {needed_gpus:n} GPUs, bought as {nodes:n} nodes of eight. Two GPUs per model would be {dedicated:n} GPUs, which is {dedicated_thousand} per thousand requests instead of {cost_per_thousand}. One copy of all "
            "weights is {one_copy}; GPU memory for weights is {gpu_memory}. It does not fit, hence tiers.",
        ),
        Phase(
            1.2,
            "Request path",
            "The gateway authenticates, spends the tenant's tokens and stamps a deadline. The alias becomes a version first, so that a cached answer is never an old version's. An inference graph fetches features by entity in one hedged read and makes the model calls. The router looks at a map it holds in memory and picks a server that has the weights, within a load bound. In the pool, a weighted fair "
            "queue collects a batch for at most {gather}. If a model is cold, the call goes to a node that has it in pinned RAM: {ram_load}, because the engine was kept. If too little time is left, the graph answers from a fallback: the last good prediction, a smaller model, or a default. The answer is logged with the features and versions that were used.",
        ),
        Phase(
            1.0,
            "Placement",
            "A controller runs every ten seconds. It knows each model's profile, measured at onboarding: bytes, and latency by batch size. It forecasts calls thirty minutes ahead as quantiles, with one global model, and predicts whether a model will be called again before a reload would have paid. Copies follow the ninetieth percentile; memory is filled by probability times reload cost over bytes. Agents on the nodes "
            "reconcile, and routers keep old copies until new ones report ready. Least recently used is only the fallback: it ignores how likely the next call is, how large the model, and how slow the reload.",
        ),
        Phase(
            0.7,
            "Onboarding and release",
            "A version is compiled, checked for numeric parity, profiled, scanned and signed. One per cent of live calls are replayed, then shadow, then a canary by alias weight. The old version stays resident for a day, so rollback takes a minute. Training uses features as served, joined with outcomes the tenant reports. From registration to the first canary call takes a quarter of an hour, with nobody of the platform involved.",
        ),
        Phase(
            0.6,
            "Operate and trade off",
            "Objectives burn by tenant, and admission sheds by itself, the batch class first. Drills send ten times a quota each week. The choice I would defend is soft isolation with hard isolation for sale: MIG strands memory. I would revisit the whole pool design when tenants' models become adapters of a shared "
            "language model.",
        ),
    ],
    interview_plan=[
        Phase(
            5,
            "Clarify and frame",
            "Sizes, skew of calls, trust between tenants, promise for cold models. Metric: answers within the deadline per GPU-hour.",
        ),
        Phase(
            6,
            "Size",
            "Calls, GPUs, dedicated alternative, memory of one copy, tiers with their load times. Show that compute fits and memory does not.",
        ),
        Phase(
            10,
            "Draw the request path",
            "Gateway, version, cache, features, router, fair queue, pools, tiers, fallback. Budget beside it.",
        ),
        Phase(
            9, "Placement loop", "Profiles, forecast quantiles, keep value, solver, map, agents. Why LRU is not enough."
        ),
        Phase(6, "Isolation", "Tokens, fair queue, deadlines, shedding, MIG. The weekly drill."),
        Phase(
            5,
            "Onboarding and release",
            "Compile, parity, profile, sign, replay, canary, rollback; logged features for training.",
        ),
        Phase(4, "Cost and trade-offs", "Cost per 1,000, chargeback, doubling without GPUs, LoRA adapters."),
    ],
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
        Y. Sheng et al. (UC Berkeley), "S-LoRA: Serving Thousands of Concurrent LoRA Adapters", MLSys 2024
            https://arxiv.org/abs/2311.03285 adapters and KV cache in one paged memory, batches over adapters
        L. Chen et al. (University of Washington, Duke University), "Punica: Multi-Tenant LoRA Serving", MLSys 2024
            https://arxiv.org/abs/2310.18547 one batch over requests of many adapters
        KServe, "ModelMesh", project repository 2026
            https://github.com/kserve/modelmesh a distributed LRU cache of models over shared pods; archived in April 2026
        Uber Engineering, "From Predictive to Generative: How Michelangelo Accelerates Uber's AI Journey", Uber Blog 2024
            https://www.uber.com/blog/from-predictive-to-generative-ai/
            over 5,000 models in production, 10 million predictions/s at peak
        A. Khan, Z. S. Hassan (DoorDash), "Building a Gigascale ML Feature Store with Redis, Binary Serialization, String Hashing, and Compression", DoorDash Engineering 2020
            https://careersatdoordash.com/blog/building-a-gigascale-ml-feature-store-with-redis/
            112 GB per billion feature values
        AWS, "Multi-model endpoints", Amazon SageMaker AI documentation 2025
            https://docs.aws.amazon.com/sagemaker/latest/dg/multi-model-endpoints.html
            a shared fleet that loads on demand and unloads when memory runs out
        NVIDIA, "Batchers", Triton Inference Server user guide 2025
            https://docs.nvidia.com/deeplearning/triton-inference-server/user-guide/docs/batcher.html
            dynamic batches, queue delay, priorities
        NVIDIA, "Multi-Instance GPU User Guide", NVIDIA data centre documentation 2025
            https://docs.nvidia.com/datacenter/tesla/mig-user-guide/ up to seven hardware slices on an H100
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

    tenant_apps >> request("{peak_rate} peak") >> gateway >> request("look-up, {cache_time}") >> cache
    gateway >> request("{misses:n} misses/s") >> graph >> request("{key_reads:n} keys/s") >> features
    graph >> request("{calls:n} calls/s") >> router >> request("hot, shared, isolated") >> gpu_pools
    router >> request("small models") >> cpu_pool
    graph >> stream("features, scores") >> log >> batch("served features") >> onboarding
    tenant_apps >> feedback("outcomes") >> log
    gpu_pools >> stream("queue, duty") >> metrics
    onboarding >> batch("artifact") >> store >> batch("signed weights") >> gpu_pools
    onboarding >> control("new version") >> registry >> control("profile, class") >> placement
    metrics >> stream("demand") >> placement >> control("placement map") >> router
    placement >> control("load, evict") >> gpu_pools


@view("Serving", details="overview/Request plane")
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
        router = Envoy(
            "Model router",
            tooltip="Bounded-load hashing: fills a holder's batch, then spills over; cold calls go to a RAM twin",
        )
        queue = Planner("Fair queue", tooltip="Weights by tenant; drops work that is past its deadline")
    with Cluster("GPU pools"):
        hot = ModelPool(
            "Hot pool\nTriton", tooltip="{hot_models} models, {hot_copies} copies on average; batches of {batch_size:n}"
        )
        shared = ModelPool(
            "Shared pool\nTriton",
            tooltip="{further} models in one copy, on the GPUs of the hot copies; kept by value of a reload",
        )
        mig = ModelPool("MIG slices", tooltip="Hard partitions for tenants that pay for isolation")
    with Cluster("Memory tiers"):
        ram = Cache("Host RAM tier", tooltip="Pinned weights, {ram_load} away; every model on {ram_copies} nodes")
        nvme = Storage("NVMe tier", tooltip="Local drives, {nvme_load} away")
        store = S3("Model store", tooltip="Source of truth, {store_load} away")
    log = Kafka("Serving log\nKafka", tooltip="Features as used, scores, version, request id; never waited for")

    with step("A call arrives with {promise}; within {gateway_time} the gateway spends tenant tokens or rejects it."):
        app >> request("deadline {promise}") >> gateway
    with step("The alias becomes a version first, so a cached answer ({hit}, {cache_time}) is never an old version's."):
        gateway >> request("alias to version") >> experiment
        gateway >> request("{cache_time},\n{hit} hit") >> cache
    with step(
        "The other {misses:n} a second enter the graph, which gets {entities} keys in one hedged read of {feature_time}."
    ):
        gateway >> request("{misses}") >> graph >> request("{entities} keys,\n{feature_time}") >> feature_service
        feature_service >> request("multi-get") >> features
    with step("Each request is {fan_out} model calls; the router picks a holder of the weights, within a load bound."):
        graph >> request("{calls:n} calls/s") >> router
        placement_map >> control("watch") >> router
    with step("A call waits up to {batch_wait} for its batch: {hot_calls} on hot models, {isolated} on MIG slices."):
        router >> request("chosen server") >> queue >> request("{hot_calls}") >> hot
        queue >> request("{isolated} isolated") >> mig
    with step("{cold_rate} of calls find no weights: a copy from pinned RAM under a kept engine takes {ram_load}."):
        queue >> request("{rest_calls}") >> shared
        ram >> batch("{ram_load} load") >> shared
    with step("Slower tiers are read only after a node loss or for a new version, and mostly ahead of need."):
        store >> batch("{store_load}") >> nvme >> batch("{nvme_load}") >> ram
    with step("Where less time is left than the profile asks for, the graph answers from the fallback."):
        graph >> request("deadline, error") >> fallback
    with step("The answer is cached for the model's lifetime and logged with the features and versions used."):
        graph >> response("merged answer") >> app
        graph >> stream("write, lifetime") >> cache
        graph >> stream("features, scores") >> log


@view("Model", direction="TB", details="placement/Demand forecast")
def model() -> None:
    """The platform's own model: one global forecaster whose quantiles and keep probabilities fill the memory tiers."""
    with Cluster("Inputs"):
        demand = Features("Calls\n6 scales", tooltip="10 s to 14 days before the origin; rejected calls included")
        season = Features(
            "Season and events\n20 numbers", tooltip="Tenant's hour and weekday, holidays, releases, campaigns"
        )
        profile = Features("Profile\n12 numbers", tooltip="Bytes, latency by batch size, class, reload time by tier")
    with Cluster("Encode"):
        encoder = Encoder(
            "Temporal convolution", tooltip="One network for all {models:n} models; series scaled by their own mean"
        )
        tables = EmbeddingTable("Tenant and class", tooltip="16 numbers each: what a model without history starts from")
        concat = Interaction("Concatenate", tooltip="128 + 32 + 20 + 12 numbers")
    with Cluster("Heads") as heads:
        rate = Head("Call quantiles", tooltip="0.5, 0.9 and 0.99 for each of the next 30 minutes")
        keep = Head("Called again", tooltip="Probability of a call within 2 minutes")
    with Cluster("Use") as use:
        calibrator = Calibrator("Coverage shift", tooltip="Moves quantiles per class to their promised coverage")
        copies = Interaction("Copies", tooltip="0.9 quantile over profiled speed times duty cycle")
        value = Interaction("Keep value", tooltip="Probability times reload time over bytes")
        solver = Planner(
            "Placement solver", tooltip="Fills GPU, RAM and NVMe greedily by value, spreads copies over zones"
        )
    with Cluster("Training only"):
        history = S3("Demand history", tooltip="Calls per model and 10 s; called again or not")
        pinball = LossFunction("Quantile loss", tooltip="Weighted by the cost of a load of that model")
        logloss = LossFunction("Log-loss", tooltip="On called again within 2 minutes")

    demand >> Edge(label="6 × 60") >> encoder >> Edge(label="128") >> concat
    season >> Edge(label="20") >> concat
    profile >> Edge(label="ids") >> tables >> Edge(label="32") >> concat
    profile >> Edge(label="12") >> concat
    concat >> Edge(label="192") >> heads
    rate >> Edge(label="30 × 3") >> [pinball, calibrator]
    keep >> Edge(label="logit") >> logloss
    keep >> Edge(label="probability") >> value
    profile >> Edge(label="bytes, reload time,\nspeed") >> use
    calibrator >> Edge(label="30 × 3") >> copies >> Edge(label="copies") >> solver
    value >> Edge(label="value per byte") >> solver
    history >> feedback("calls") >> pinball
    history >> feedback("called again") >> logloss


@view("Training", details="overview/Onboarding pipeline")
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
        scan = Trivy(
            "Artifact scan\nTrivy",
            tooltip="Finds vulnerable layers and secrets; beside it pickles are refused, and what passes is signed",
        )
    with Cluster("Release"):
        registry = Mlflow("Model registry", tooltip="Version, lineage, profile, objective class")
        replay = Simulator("Mirror replay", tooltip="Replays 1 % of live calls, compares scores and latency")
        canary = Flagger(
            "Shadow and canary", tooltip="Shadow, then 1, 10, 50, 100 % by alias weight; rolls back by itself"
        )
        experiment = Experiment("Experiment assignment", tooltip="Sends the alias's share of users to the new version")

    log >> batch("hourly files") >> lake >> batch("30 days") >> join
    outcomes >> feedback("request id, outcome") >> join
    definitions >> control("definitions") >> join >> batch("training table") >> training_run
    scheduler >> control("quota, schedule") >> training_run >> batch("candidate") >> gate
    gate >> control("passed") >> compiler >> batch("engine") >> profiler >> batch("engine, profile") >> scan
    scan >> control("signed") >> registry >> control("version") >> replay >> control("parity holds") >> canary
    canary >> control("alias moved") >> registry
    canary >> control("alias weight") >> experiment


@view("Placement", details="overview/Placement controller")
def placement() -> None:
    """How copies, tiers and GPU count are set: a loop that packs by measured profiles and forecast demand."""
    with Cluster("Signals"):
        demand = Prometheus("Demand metrics\nPrometheus", tooltip="Calls, queue age, cold loads by model, each 10 s")
        forecast = Forecaster("Demand forecast", tooltip="Quantiles 30 min ahead: copies exist before the rush")
        profiles = Mlflow("Model profiles", tooltip="Memory, latency by batch size, objective class")
        quotas = Quota("Tenant quotas", tooltip="Bought share and isolation class")
    with Cluster("Decide"):
        solver = Planner("Placement solver", tooltip="Greedy packing on memory and duty; spreads copies over zones")
        placement_map = Etcd("Placement map\netcd", tooltip="Versioned desired state with a single writer")
        autoscaler = HPA("Autoscaler\nservers", tooltip="Servers by queue age, not below the solver's floor")
        node_autoscaler = Planner("Node autoscaler", tooltip="Adds GPU nodes: reserved first, spot for the batch class")
    with Cluster("Execute") as execute:
        agents = DaemonSet("Server agents", tooltip="Reconcile loads and evictions on a node, warm up before serving")
        store = S3("Model store", tooltip="Source of the signed weights")
        prefetcher = Cache("Prefetcher", tooltip="Brings weights to NVMe and RAM of {ram_copies} nodes ahead of need")
        servers = Pod("Triton servers", tooltip="Explicit model control: load, warm up, unload")
        router = Envoy(
            "Model router", tooltip="Keeps old copies until the new ones report ready; counts rejected calls"
        )

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
    store >> batch("weights") >> prefetcher >> batch("warm weights") >> servers
    execute >> stream("calls, rejections, queue age") >> demand


@view("Operations")
def operations() -> None:
    """Objectives by tenant, control of noisy neighbours, drift by model, and degradation that is planned."""
    drills = ChaosMesh(
        "Fault drills",
        tooltip="Every week a GPU node and a feature shard are killed, and a test tenant sends ten times its quota",
    )
    fleet = ModelPool("Serving fleet", tooltip="Inference graphs and pools: emit spans, metrics and served records")
    with Cluster("Observe"):
        metrics = Prometheus("Metrics\nPrometheus", tooltip="Top models by name, the others by class: few series")
        traces = Jaeger("Traces\nJaeger", tooltip="Split a slow call into queue, load, execution and features")
        log = Kafka("Serving log\nKafka", tooltip="Source of drift, cost and experiments")
        outcomes = Kafka("Outcome events\nKafka", tooltip="Reported by tenants under the request id")
        dashboards = Grafana("Dashboards\nGrafana", tooltip="Pages by tenant, model and pool")
    with Cluster("Judge"):
        burn_rules = RuleEngine("SLO burn rules", tooltip="14.4 times over 1 h, 6 times over 6 h, by tenant")
        drift = Spark("Drift monitor\nSpark", tooltip="Inputs and scores of a model against its training snapshot")
        experiments = Clickhouse("Experiment analysis", tooltip="Outcomes by version, with guardrails")
        cost = Clickhouse("Cost ledger", tooltip="GPU seconds and memory hours by tenant")
    with Cluster("Respond"):
        admission = Guard("Admission control", tooltip="Sheds when queue age passes 30 ms, the batch class first")
        router = Envoy("Model router", tooltip="Ejects failing servers; aliases return to the previous version")
        alerts = Pagerduty("On-call alerts", tooltip="Platform for pools, the tenant for model quality")
        owners = Users("Owners", tooltip="Platform engineers and the tenant's team decide what rules cannot")
    with Cluster("Release"):
        retrain = Airflow("Retrain trigger", tooltip="Asks for a tenant's run on sustained drift")
        onboarding = Kubeflow("Onboarding pipeline", tooltip="Trains, profiles, gates and releases a new version")

    drills >> control("node kill") >> fleet >> stream("metrics") >> metrics >> stream("series") >> dashboards
    fleet >> stream("spans") >> traces >> stream("exemplars") >> dashboards
    metrics >> stream("SLI series") >> burn_rules >> control("burn 14.4, 6") >> alerts >> control("page") >> owners
    burn_rules >> control("shed level") >> admission >> control("priority cut") >> fleet
    burn_rules >> control("version burn") >> router
    fleet >> stream("served records") >> log >> batch("hourly sample") >> drift
    (
        drift
        >> control("3 days\nover limit")
        >> retrain
        >> control("run")
        >> onboarding
        >> control("gated version")
        >> fleet
    )
    log >> batch("versions served") >> experiments >> control("stop variant") >> router
    outcomes >> feedback("outcomes") >> experiments
    log >> batch("GPU seconds") >> cost >> batch("chargeback") >> dashboards
    fleet >> stream("errors, latency") >> router >> control("eject, roll back") >> fleet
    owners >> control("quota, class") >> admission
