"""Answer prediction requests within a latency promise, and change the model behind the answer without anyone noticing.

A server that is busy most of the time makes every request wait, and a GPU that is not busy wastes money: batching,
queues and headroom decide between the two, and none of them shows in a test with one client. Releases are the other
half. A new model can be up, fast and wrong, so each stage of a release must be able to see one kind of fault, and the
way back must be shorter than the time it takes to notice.
"""

from diagrams import Cluster, Edge
from diagrams.aws.storage import S3
from diagrams.generic.device import Mobile
from diagrams.generic.storage import Storage
from diagrams.k8s.clusterconfig import HPA
from diagrams.k8s.compute import Pod
from diagrams.onprem.client import Client, User
from diagrams.onprem.gitops import Argocd, Flagger
from diagrams.onprem.inmemory import Redis
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.monitoring import Prometheus
from diagrams.onprem.network import Envoy, Istio
from diagrams.onprem.queue import Kafka
from diagrams.onprem.registry import Harbor
from diagrams.programming.flowchart import Decision, Delay, Inspection, StartEnd
from diagrams.programming.framework import FastAPI
from diagrams.programming.language import Go
from diagrams.saas.cdn import Cloudflare

from archfolio import (
    AntiPattern,
    Assembler,
    BuildingBlock,
    Calculator,
    Chart,
    DecisionTable,
    Distiller,
    Estimate,
    Evaluator,
    Fallback,
    FeatureStore,
    FollowUp,
    MathFormula,
    ModelServer,
    Monitor,
    Option,
    Planner,
    Term,
    UsedBy,
    assume,
    batch,
    bibliography,
    cite,
    control,
    derive,
    feedback,
    request,
    response,
    step,
    stream,
    view,
)

ESTIMATE = Estimate(
    requests=assume("Requests a day", 1e9, "request/day"),
    mean_rate=derive("Average rate", "requests", "request/s"),
    peak_factor=assume("Peak over average", 2.5),
    peak_rate=derive("Peak rate", "mean_rate * peak_factor", "request/s"),
    time_one=cite(
        "Time of a batch of one", 0.78, "ms", source="AITemplate 2022", note="BERT-base, 128 tokens, A100-40GB"
    ),
    measured=cite("Size of the larger batch that was measured", 32, "request", source="AITemplate 2022"),
    time_measured=cite("Time of that larger batch", 4.17, "ms", source="AITemplate 2022"),
    marginal=derive("Time that one more request adds", "(time_measured - time_one) / (measured - 1)", "ms/request"),
    fixed=derive(
        "Fixed time of a batch",
        "time_measured - marginal * measured",
        "ms",
        note="launching kernels and reading weights once; the straight line is within 12 % of what was measured up to 64",
    ),
    batch_limit=assume("Batch limit", 16, "request"),
    full_time=derive("Time of a full batch", "fixed + marginal * batch_limit", "ms"),
    capacity=derive("Capacity of a replica", "batch_limit / full_time", "request/s", note="full batches back to back"),
    unbatched=derive("Capacity of a replica without batching", "1 / time_one", "1/s"),
    load=assume("Planned load, of capacity", 60, "percent"),
    loss_load=assume("Load accepted while a zone is down, of capacity", 85, "percent"),
    zones=assume("Zones", 3, "zone"),
    for_load=derive("Replicas for the planned load", "ceil(peak_rate / (capacity * load))"),
    for_zone=derive(
        "Replicas that survive a lost zone",
        "ceil(ceil(peak_rate / (capacity * loss_load)) / (zones - 1)) * zones",
        note="the zones that are left carry the peak",
    ),
    replicas=derive("Replicas", "max(for_load, for_zone)"),
    each=derive("Load of a replica at peak", "peak_rate / replicas", "request/s"),
    wait=assume("Longest delay to fill a batch", 2, "ms"),
    formed=derive(
        "Size of a batch at peak",
        "ceil(min(batch_limit, 1 + each * wait))",
        "request",
        note="what arrives during the delay; a busy replica finds more",
    ),
    formed_time=derive("Time of such a batch", "fixed + marginal * formed", "ms"),
    busy=derive("Busy share of a replica at peak, of time", "each * formed_time / formed", "percent"),
    queueing=derive(
        "Mean wait for earlier batches at peak",
        "formed_time * busy / (2 * (1 - busy))",
        "ms",
        note="M/D/1: batches of one size that arrive at random",
    ),
    latency=derive("Mean time in the server at peak", "wait / 2 + queueing + formed_time", "ms"),
    elsewhere=assume("Mean time in gateway, feature store and network", 12, "ms"),
    in_server=derive("Requests in the servers at peak", "peak_rate * latency", "request", note="Little's law"),
    open_calls=derive("Calls open at the gateway at peak", "peak_rate * (latency + elsewhere)", "request"),
    share=assume("Canary's share, of traffic", 1, "percent"),
    canary_rate=derive("Requests that the canary gets", "mean_rate * share", "request/s"),
    power=cite(
        "Observations of each arm for a unit of relative variance",
        16,
        "request",
        source="Kohavi 2020",
        note="80 % power at the 5 % level: 2 (1.96 + 0.84)², rounded up; the control is as small as the canary",
    ),
    error=assume("Error rate of the live model, of requests", 0.1, "percent"),
    error_rise=assume("Relative rise of errors worth stopping for", 100, "percent"),
    error_sample=derive(
        "Canary requests that show the rise", "power * (1 - error) / (error * error_rise ** 2)", "request"
    ),
    error_wait=derive("Time until the canary has them", "error_sample / canary_rate", "minute"),
    click=assume("Click rate, of requests", 4, "percent"),
    click_effect=assume("Relative change of clicks worth detecting", 1, "percent"),
    alike=assume(
        "Variance inflation, because a user's requests resemble each other",
        3,
        note="the design effect; measure it, or count users",
    ),
    click_sample=derive(
        "Canary requests that show the change", "power * alike * (1 - click) / (click * click_effect ** 2)", "request"
    ),
    click_wait=derive("Time until the canary has that many", "click_sample / canary_rate", "hour"),
    even_wait=derive(
        "The same at an even split",
        "power * alike * (1 - click) / (click * click_effect ** 2) / (mean_rate * 0.5)",
        "minute",
    ),
)

BLOCK = BuildingBlock(
    title="Model serving",
    position=4,
    estimate=ESTIMATE,
    terms=[
        Term(
            "Little's law",
            "The mean number of requests inside a system is their arrival rate times the mean time each spends there, whatever the distributions.",
            MathFormula(
                "Little's law",
                r"L = \lambda W",
                "L is the requests in flight, λ the arrivals per second, W the seconds each one stays: it sizes connection pools, worker threads and queues.",
            ),
        ),
        Term(
            "Utilisation",
            "The share of time a server is busy; as it nears one, waiting grows without bound.",
            MathFormula(
                "Mean time in an M/M/1 queue",
                r"W = \frac{S}{1 - \rho}, \quad \rho = \lambda S",
                "S is the mean service time and ρ the utilisation: at 50 % a request takes 2 S, at 90 % it takes 10 S. Random arrivals and exponential service times are assumed.",
            ),
        ),
        Term(
            "Dynamic batching",
            "The server groups requests that wait at the same moment into one call of the model, so that the fixed cost of a call is shared.",
            MathFormula(
                "Throughput of batches of b",
                r"X(b) = \frac{b}{f(b)}, \quad f(b) \approx a + c\,b",
                "a is the fixed time of a batch and c what one more request adds: throughput rises with b towards 1/c, and latency rises with it.",
            ),
        ),
        Term(
            "Tail latency",
            "The time that the slowest one in a hundred or thousand requests exceeds; promises are made about it because a page that makes twenty calls meets it often.",
            MathFormula(
                "A request that fans out",
                r"P(\text{slow}) = 1 - (1 - p)^n",
                "with n parallel calls of which each is slow with probability p: twenty calls at 1 % make 18 % of pages slow.",
            ),
        ),
        Term(
            "Admission control",
            "A server that cannot answer before the caller's deadline refuses at once, so that work is not done for callers who have left.",
        ),
        Term(
            "Shadow traffic",
            "Live requests are copied to a candidate whose answers are logged and thrown away: it shows crashes, latency and changed scores, never what users do.",
        ),
        Term(
            "Canary",
            "A small share of real traffic is answered by the candidate for a limited time and compared with a control that runs at the same time.",
            MathFormula(
                "Requests a canary needs",
                r"n_c \approx \frac{16\,(1 - p)}{p\,\delta^2}",
                "p is the rate watched, δ the relative change: halving δ costs four times as many requests. The control has as many; against all other traffic half would do, but that has warm caches.",
            ),
        ),
        Term(
            "Cold start",
            "The time from starting a replica to its first fast answer: pulling the image, loading weights, compiling kernels, filling caches.",
        ),
        Term(
            "Model alias",
            "A name such as live or previous that points to an immutable version; releasing and rolling back move the pointer and copy nothing.",
        ),
    ],
    calculators=[
        Calculator(
            "Replicas",
            "How many replicas answer the peak, and how long does a request stay?",
            results=["unbatched", "capacity", "replicas", "busy", "latency", "in_server", "open_calls"],
            reading="Replicas are the larger of two numbers: enough to keep the load planned, and enough to lose a zone. If the busy share comes near 100 % the formula for waiting no longer holds; the replica then finds larger batches in its queue, up to the limit, and past that the queue only grows. Replace the two measured times with your own model's before you order machines.",
        ),
        Calculator(
            "What a canary can see",
            "How long must a canary run to notice a fault, or an effect?",
            results=["error_wait", "click_wait", "even_wait"],
            reading="A canary finds a doubled error rate in minutes and a changed click rate in hours or days. That is why a canary guards against breakage and an A/B test decides about value: the latter uses an even split, counts users and runs for whole weeks, however few minutes of traffic the sample needs.",
        ),
    ],
    tables=[
        DecisionTable(
            "Ways to deliver a prediction",
            criteria=["Inputs known ahead?", "Age of the answer", "What is paid for", "Example"],
            options=[
                Option(
                    "Batch scoring",
                    [
                        "yes, a table of keys",
                        "hours to a day",
                        "a run over everyone, most of it never read",
                        "People you may know: embedding, nightly inference",
                    ],
                    "The keys can be listed, a day-old answer is as good, and reads far outnumber keys.",
                ),
                Option(
                    "Stream scoring",
                    [
                        "no, an event brings them",
                        "seconds",
                        "a score per event, whether or not it is used",
                        "Fraud detection: velocity features; Video anomaly: incidents",
                    ],
                    "Something must react to what happened and nobody is waiting on the line.",
                ),
                Option(
                    "Online, synchronous",
                    [
                        "no, the request brings them",
                        "none",
                        "capacity for the peak, idle at night",
                        "Recommendation: ranker",
                    ],
                    "The request carries the signal (query, cart, session) and the caller waits less than about a second.",
                ),
                Option(
                    "Online, asynchronous",
                    [
                        "no, and they are large",
                        "seconds to minutes",
                        "a queue and workers that run nearly full",
                        "Content moderation: deep media scan",
                    ],
                    "One answer takes longer than a caller should hold a connection; a ticket and a callback replace it.",
                ),
                Option(
                    "On the device",
                    [
                        "no, sensors bring them",
                        "none, works offline",
                        "engineering per chip; slow, partial updates",
                        "Video anomaly: edge GPU pair",
                    ],
                    "Latency, privacy or bandwidth forbid the network, and the model fits memory and battery.",
                ),
            ],
        ),
        DecisionTable(
            "Ways to release, and what each can see",
            criteria=["Who is exposed", "Sees", "Cannot see", "Way back"],
            options=[
                Option(
                    "Shadow",
                    [
                        "nobody",
                        "crashes, latency under real load, scores that moved",
                        "any effect on behaviour",
                        "stop the mirror",
                    ],
                    "A new runtime, new features or a much larger model: whatever could be slow or broken.",
                ),
                Option(
                    "Canary",
                    [
                        "1 to 10 % of traffic, for minutes to hours",
                        "errors, tail latency, gross guardrails",
                        "effects of a per cent or two",
                        "weight to 0, seconds",
                    ],
                    "Every release; it is the brake, whatever else decides.",
                ),
                Option(
                    "Blue-green",
                    [
                        "everyone at once",
                        "faults that show within minutes, on everyone",
                        "slow decay; small effects",
                        "switch back while blue still runs",
                    ],
                    "Two versions must not answer side by side: a changed schema, or a model and an index that fit only each other.",
                ),
                Option(
                    "A/B test",
                    [
                        "an even split of users, for weeks",
                        "causal effect on the metric that decides",
                        "rare harms; effects longer than the test",
                        "end the test",
                    ],
                    "The question is whether the model is better and no longer whether it works.",
                ),
                Option(
                    "Bandit",
                    [
                        "a share that shifts to the winner",
                        "the best of many arms at least cost",
                        "an unbiased effect size; delayed outcomes",
                        "drop the arm",
                    ],
                    "Many short-lived variants with fast rewards, such as headlines or creatives.",
                ),
            ],
        ),
        DecisionTable(
            "Model servers",
            criteria=["Runs", "Batching", "Several models"],
            options=[
                Option(
                    "NVIDIA Triton",
                    [
                        "TensorRT, ONNX, PyTorch, Python and other backends",
                        "dynamic, with a delay and preferred sizes",
                        "concurrent instances, ensembles",
                    ],
                    "A GPU fleet with models from several frameworks that must share cards.",
                ),
                Option(
                    "TensorFlow Serving",
                    ["SavedModels", "dynamic, configured per model", "watches a folder of versions"],
                    "Everything is TensorFlow and versions swap in place.",
                ),
                Option(
                    "Ray Serve",
                    ["any Python", "a decorator on a method", "composes deployments in Python, each scaled alone"],
                    "Business logic and several models form one pipeline that data scientists own.",
                ),
                Option(
                    "vLLM, SGLang",
                    [
                        "language models",
                        "continuous: requests join and leave at every token",
                        "LoRA adapters on one base",
                    ],
                    "Answers are generated token by token and the KV cache is the bottleneck.",
                ),
                Option(
                    "NVIDIA Dynamo",
                    [
                        "a control plane over vLLM, SGLang, TensorRT-LLM and Triton",
                        "as its runtime does",
                        "routing by prefix cache; prefill and decode in pools of their own",
                    ],
                    "Many replicas of a language model need one router, and pools that scale apart.",
                ),
                Option(
                    "KServe",
                    [
                        "a control plane over the servers above",
                        "as its runtime does",
                        "inference graphs, canary share, scale to zero",
                    ],
                    "Kubernetes is given and teams want one resource per model instead of a deployment each.",
                ),
                Option(
                    "TorchServe",
                    ["PyTorch", "dynamic", "model archives"],
                    "It does not any more: the project announced limited maintenance and was archived in August 2025. Plan the migration.",
                ),
            ],
        ),
    ],
    checklist=[
        "A load test on production hardware gives the time of a batch for at least four sizes, and the plan uses those.",
        "Fleet size is computed twice, for planned load and for a lost zone, and the larger one is running.",
        "Every request carries a deadline, and the server drops what can no longer meet it.",
        "The queue has a length limit; what is over it gets a fallback, and the share of fallbacks is on a dashboard.",
        "Replicas join the rotation only after loading weights and answering recorded requests at normal latency.",
        "The autoscaler follows queue age or requests in flight; CPU is not its signal for GPU models.",
        "A release reaches users only through shadow and canary, and the canary is compared with a control of the same age.",
        "Rolling back moves an alias, was rehearsed this quarter, and takes less than five minutes.",
        "Cache keys and serving logs carry the model's version.",
        "The version that was live before stays loaded until the new one has passed a full day.",
        "A golden set of inputs gives the registry's scores, within tolerance, on every replica that loads the model.",
    ],
    anti_patterns=[
        AntiPattern(
            "Sizing by the average",
            symptom="The fleet runs at 45 % by day's mean, and each evening p99 triples before the autoscaler's new GPUs have loaded their weights.",
            cure="Size by the peak and by a lost zone; let the autoscaler follow queue age and start early enough for the cold start.",
            where="request-path/Autoscaler",
        ),
        AntiPattern(
            "Unbounded queue",
            symptom="After a two-minute stall the service stays slow for twenty: it works through requests whose callers hung up long ago.",
            cure="Bound the queue by deadline, refuse at the door, and serve a poorer answer instead.",
            where="request-path/Admission control",
        ),
        AntiPattern(
            "Canary against yesterday",
            symptom="The canary looks better than last week because it is Sunday, or worse because its caches are cold.",
            cure="Start a control of the live version together with the canary, of the same size, and compare those two.",
            where="traffic-split/Control pods",
        ),
        AntiPattern(
            "Rebuild to roll back",
            symptom="Undoing a release means a new image, a pipeline of forty minutes and someone with permission.",
            cure="Keep the previous version resident and let the alias decide which one answers.",
            where="hot-swap/Version pointer",
        ),
        AntiPattern(
            "Result cache without version",
            symptom="Half of the users get the old model's scores for a day after the release, and the A/B test reads a mixture.",
            cure="Put the model's version and the features' version into the key; old entries expire on their own.",
            where="hot-swap/Prediction cache",
        ),
    ],
    questions=[
        FollowUp(
            "mid",
            "Traffic doubles overnight. Does latency double?",
            answer="No: it depends on how busy replicas were. With a mean time of S / (1 - ρ), going from 30 % to 60 % takes it from 1.4 S to 2.5 S; going from 45 % to 90 % takes it from 1.8 S to 10 S, and from 60 % the queue never empties. Batching softens this, since waiting requests form larger batches that cost less each. I would look at queue age first and at the batch size second.",
            weak="Yes, twice the requests take twice the time; add servers.",
            where="request-path/Request queue",
        ),
        FollowUp(
            "mid",
            "Why not simply run with the largest batch that fits in memory?",
            answer="Because a batch answers as late as its last member. Throughput rises quickly while the fixed part dominates and then hardly at all: here {batch_limit:n} requests take {full_time} and reach {capacity}, and doubling the batch adds little. Past that point only latency grows. I set the limit where the curve flattens, keep the filling delay to a few milliseconds, and let load decide the actual size.",
            weak="A larger batch is always more efficient, so take the maximum.",
            where="request-path/Dynamic batcher",
        ),
        FollowUp(
            "senior",
            "Shadow looked perfect, and the canary still hurt conversion. How can that be?",
            answer="Shadow answers are thrown away, so nothing that depends on the answer is tested: what users click, the next request that follows from it, caches that fill with other items, downstream filters and budgets. It also shares features with live traffic but not state that the model writes. So shadow proves parity and cost, the canary catches damage, and only a test with users randomised decides whether conversion moved.",
            weak="The shadow sample was too small; mirror more traffic.",
            where="traffic-split/Shadow pods",
        ),
        FollowUp(
            "senior",
            "How do you choose what the autoscaler watches for a GPU model?",
            answer="Not CPU, which idles, and not GPU utilisation, which reads 100 % as soon as any kernel runs. I scale on requests in flight per replica, because Little's law ties that to latency, with queue age as the alarm. The target leaves room for the cold start: if loading takes three minutes and traffic can rise 30 % in that time, replicas must run at most at 1 / 1.3 of their limit. Scaling in is slow on purpose.",
            weak="Scale on GPU utilisation above 80 %.",
            where="request-path/Autoscaler",
        ),
        FollowUp(
            "staff",
            "Forty teams serve models. Do you give them one shared fleet or one deployment each?",
            answer="A shared fleet pays when most models are small or quiet: their peaks do not coincide, so pooled capacity is well below the sum of separate ones, and warm spares are shared. It costs isolation: one tenant's burst or memory leak becomes everyone's incident. I pool by class (latency-critical, batch, experimental) with quotas and fair queues, give the few large models their own replicas, and bill by GPU-seconds so that retiring a model is worth somebody's time.",
            weak="One cluster for everybody, since it is cheaper; Kubernetes isolates them.",
            where="request-path/Admission control",
        ),
    ],
    charts=[
        Chart(
            "charts/batching.svg",
            "Latency over load, by batch limit",
            "Simulated: one replica, 60,000 random arrivals per point, service times published for BERT-base at 128 tokens on an A100. A replica that takes whatever waits loses nothing at light load, since batches form only when there is a queue; a higher limit moves the wall from about 1,250 to 7,500 requests a second.",
            "Four curves of p99 latency against requests per second. Each is flat near two milliseconds and then turns straight up: at 1,200 requests a second for a batch limit of 1, at 3,900 for 4, at 5,400 for 8, at 7,400 for 32.",
            "charts/batching.py",
        )
    ],
    used_by=[
        UsedBy(
            "multi-model-serving/serving/Fair queue",
            how="Keeps tenants apart in one shared pool, so that a burst waits by itself.",
        ),
        UsedBy(
            "nlp-systems/serving/Dynamic batcher",
            how="Fills batches from queues by length and by priority, since padding wastes what batching gains.",
        ),
        UsedBy(
            "chatbot-llm-system/inference/Iteration scheduler",
            how="Batches anew at every token, because answers end at different times.",
        ),
        UsedBy("fraud-detection/serving/Challenger", how="Scores every payment in shadow beside the champion."),
        UsedBy(
            "recommendation-systems/training/Shadow and canary",
            how="Stands between the registry and the serving fleet.",
        ),
        UsedBy(
            "video-anomaly-detection/operations/Ring rollout",
            how="Releases to edge boxes in rings, with canary sites first.",
        ),
        UsedBy(
            "people-you-may-know/embedding/Batch inference",
            how="Computes all members' vectors in batch instead of at request time.",
        ),
        UsedBy("zero-to-millions/stage-3/Autoscaler", how="Adds model pods when the first fleet appears."),
    ],
    sources=bibliography("""
        D. Crankshaw et al., "Clipper: A Low-Latency Online Prediction Serving System", NSDI 2017
            https://arxiv.org/abs/1612.03079 adaptive batching under a latency objective, prediction cache
        C. Olston et al., "TensorFlow-Serving: Flexible, High-Performance ML Serving", Workshop on ML Systems at NIPS 2017
            https://arxiv.org/abs/1712.06139 versions loaded beside each other, batching across requests
        Meta, "AITemplate: BERT example, reference speed", GitHub 2022
            https://github.com/facebookincubator/AITemplate/tree/main/examples/03_bert batch times of BERT-base on an A100-40GB; the estimate and the chart
        J. D. C. Little, "A Proof for the Queuing Formula: L = λW", Operations Research 1961
            https://doi.org/10.1287/opre.9.3.383 requests in flight
        A. Warner, Š. Davidovič, "Canarying Releases", The Site Reliability Workbook 2018
            https://sre.google/workbook/canarying-releases/ partial, time-limited, compared with a control
        NVIDIA, "Batchers", Triton Inference Server user guide 2025
            https://docs.nvidia.com/deeplearning/triton-inference-server/user-guide/docs/batcher.html dynamic batching, delay and preferred sizes
        C. Zeng, "Meet Sibyl: DoorDash's New Prediction Service", DoorDash Engineering 2020
            https://careersatdoordash.com/blog/doordashs-new-prediction-service/ a central service with shadow predictions and batched calls
        C.-J. Wu et al., "Machine Learning at Facebook: Understanding Inference at the Edge", HPCA 2019
            https://doi.org/10.1109/HPCA.2019.00048 variety of phones, why one build per chip family
        R. Kohavi, D. Tang, Y. Xu, "Trustworthy Online Controlled Experiments", Cambridge University Press 2020
            https://doi.org/10.1017/9781108653985 sample size by power and level
        NVIDIA, "Dynamo documentation", NVIDIA documentation 2026
            https://docs.nvidia.com/dynamo/ routing by KV cache and separate pools over several runtimes
        PyTorch, "TorchServe: notice of limited maintenance", GitHub 2025
            https://github.com/pytorch/serve state of the project
    """),
)


@view("Request path")
def request_path() -> None:
    """What stands between a caller and a GPU: a deadline, a bounded queue, a batch, and an answer for those turned away."""
    caller = Client("Calling service", tooltip="Sets a deadline and says what it will do without an answer")
    with Cluster("Front"):
        gateway = Envoy("API gateway", tooltip="Auth, limits by tenant, deadline into the headers")
        service = Go("Inference service", tooltip="Gathers features, calls the model, applies policy to the score")
        cache = Redis("Result cache", tooltip="Answers by version and input; only where inputs repeat")
        store = FeatureStore(
            "Online feature store", tooltip="One multi-get per request, with defaults for what is late"
        )
        fallback = Fallback("Fallback answer", tooltip="Smaller model, cached or popular answer; marked as such")
    with Cluster("Model server"):
        admission = Planner("Admission control", tooltip="Estimates the wait; refuses what would miss its deadline")
        queue = Delay("Request queue", tooltip="Bounded, earliest deadline first; the place where load shows")
        batcher = Assembler(
            "Dynamic batcher", tooltip="Takes what waits, at most {batch_limit:n}, after at most {wait}"
        )
        model = ModelServer("Model instances\n{replicas} replicas", tooltip="Weights resident on GPU; {capacity} each")
    with Cluster("Control"):
        metrics = Prometheus("Metrics\nPrometheus", tooltip="Queue age, batch size, requests in flight, tail latency")
        scaler = HPA("Autoscaler", tooltip="Follows requests in flight; scales in slowly")
        log = Kafka("Serving log\nKafka", tooltip="Features, version and score as served; training reads these")

    with step("A call arrives with its deadline; at peak there are {peak_rate}, and {open_calls} are open at once."):
        caller >> request("{peak_rate} at peak") >> gateway >> request("input, deadline") >> service
    with step("Repeated inputs are answered from the cache, all others need their features."):
        service >> request("version, input") >> cache
        service >> request("entity ids") >> store
    with step("Who cannot be answered in time is told at once and gets the poorer answer."):
        service >> request("feature rows") >> admission
        admission >> response("refused") >> fallback >> response("poorer answer") >> service
    with step("The rest wait until a batch of about {formed} has formed; it runs for {formed_time}."):
        (
            admission
            >> response("admitted")
            >> queue
            >> response("what waits")
            >> batcher
            >> response("{formed} rows")
            >> model
        )
    with step("After {latency} on average the score is back; what was served is logged."):
        model >> response("scores") >> service >> stream("features, score") >> log
    with step("Queue age and requests in flight move the number of replicas, long before errors would."):
        queue >> stream("age, length") >> metrics
        model >> stream("busy {busy}") >> metrics
        metrics >> control("in flight") >> scaler >> control("add replicas") >> model
        metrics >> control("limits") >> admission


@view("Traffic split")
def traffic_split() -> None:
    """One router sends each request to the live version, the canary or its control, and copies some to the shadow."""
    gateway = Envoy("API gateway", tooltip="Sends every request through the split, with a sticky user key")
    split = Istio("Traffic split\nIstio", tooltip="Weights by version, sticky by user; mirrors without waiting")
    with Cluster("Source"):
        registry = Mlflow("Model registry", tooltip="Approved version with its golden set; alias says what is live")
        image = Harbor("Server image\nHarbor", tooltip="Runtime pinned by digest, released apart from the model")
        gitops = Argocd(
            "GitOps deploy\nArgo CD", tooltip="Desired state in git: a release is a commit, so is its reversal"
        )
    with Cluster("Versions"):
        live = Pod("Live pods", tooltip="The version that answers almost everybody")
        control_pods = Pod("Control pods", tooltip="The live version started afresh: same size and age as the canary")
        canary = Pod("Canary pods", tooltip="The candidate on {share} of traffic, then more in steps")
        shadow = Pod("Shadow pods", tooltip="The candidate on copied requests; its answers go nowhere")
    with Cluster("Judge"):
        metrics = Prometheus("Metrics\nPrometheus", tooltip="Errors, latency and score histograms by version")
        comparison = Evaluator(
            "Score comparison", tooltip="Same request, two versions: share that differs, and by how much"
        )
        judge = Flagger(
            "Canary judge\nFlagger", tooltip="Compares canary with control; promotes, waits or sets weight 0"
        )
        oncall = User("On-call engineer", tooltip="Told of every halt, with the metric that broke")

    registry >> control("version") >> gitops
    image >> control("digest") >> gitops
    gitops >> control("start both") >> [canary, control_pods]
    gitops >> control("start") >> shadow
    gateway >> request("{mean_rate}") >> split >> request("all the rest") >> live
    split >> request("{share}") >> [canary, control_pods]
    split >> stream("copies, typ. 5 %") >> shadow
    [canary, control_pods] >> stream("by version") >> metrics >> batch("every minute") >> judge
    live >> stream("score, request id") >> comparison
    shadow >> stream("score, request id") >> comparison >> control("parity held") >> judge
    judge >> control("next weight or 0") >> split
    judge >> control("halted, why") >> oncall >> control("revert commit") >> gitops


@view("Release states")
def release() -> None:
    """A version is in one state at a time; every state is left by a test that was written down before."""
    registered = StartEnd("In the registry", tooltip="Passed offline gates; immutable, signed, with a golden set")
    with Cluster("On trial"):
        shadow = StartEnd("Shadow", tooltip="Sees traffic, answers nobody; proves latency, memory and parity")
        canary = StartEnd(
            "Canary\n{share} of traffic", tooltip="Answers a few; the rise in errors shows in {error_wait}"
        )
        test = StartEnd(
            "Even split\nA/B test",
            tooltip="Answers half for whole weeks; a retrained or cheaper model need only lose less than its margin",
        )
    rejected = StartEnd("Rejected", tooltip="Kept with the evidence; the next candidate is a new version")
    live = StartEnd("Live", tooltip="Answers everybody; watched closely for its first day")
    previous = StartEnd("Previous", tooltip="Still loaded, answers nobody; the way back takes seconds")
    retired = StartEnd("Retired", tooltip="Unloaded; artifacts stay as long as its decisions may be questioned")

    registered >> Edge(label="deployed beside") >> shadow
    shadow >> Edge(label="parity, p99 held") >> canary
    canary >> Edge(label="as good as control") >> test
    test >> Edge(label="effect, no harm") >> live
    shadow >> Edge(label="slow, or scores off") >> rejected
    canary >> Edge(label="guardrail broken") >> rejected
    test >> Edge(label="no effect, or harm") >> rejected
    live >> Edge(label="rolled back") >> rejected
    live >> Edge(label="successor goes live") >> previous
    previous >> Edge(label="rollback") >> live
    previous >> Edge(label="14 quiet days, typ.") >> retired


@view("Hot swap")
def hot_swap() -> None:
    """Inside one replica: load beside, verify, flip a pointer between two requests, keep the old version ready."""
    with Cluster("Outside"):
        registry = Mlflow("Model registry", tooltip="Announces that the alias has moved")
        artifacts = S3("Artifact store", tooltip="Signed, immutable files by version")
        golden = S3("Golden set", tooltip="Recorded inputs with the scores the registry expects")
        metrics = Monitor(
            "Replica monitor", tooltip="Errors, latency and scores by version, for the minutes after a flip"
        )
    with Cluster("Replica"):
        agent = Planner("Sync agent", tooltip="Checks free memory, downloads, verifies the signature, drives the swap")
        disk = Storage("Local versions", tooltip="A folder each; survives a restart without a download")
        new = ModelServer("New version", tooltip="Loaded in spare memory and warmed before anyone calls it")
        old = ModelServer("Old version", tooltip="Finishes what it started, then stays resident")
        parity = Inspection("Parity check", tooltip="Golden scores within tolerance, latency near normal")
        pointer = Planner("Version pointer", tooltip="One atomic reference, read once per request")
        handler = FastAPI("Request handler", tooltip="Keeps one version for the whole request, and logs which")
        cache = Redis("Prediction cache", tooltip="The version is in the key, so a flip empties it by itself")

    registry >> control("alias moved") >> agent >> request("get files") >> artifacts
    agent >> batch("verified files") >> disk >> batch("load beside") >> new
    golden >> batch("inputs, scores") >> parity >> request("golden inputs") >> new
    new >> response("scores") >> parity
    parity >> control("passed: flip") >> pointer
    parity >> control("failed: unload") >> agent >> feedback("state of replica") >> registry
    handler >> request("which version") >> pointer
    handler >> request("after the flip") >> new
    handler >> request("until drained") >> old
    handler >> request("version, input") >> cache
    handler >> stream("errors, scores") >> metrics >> control("worse: flip back") >> pointer


@view("Edge and mobile")
def edge() -> None:
    """The fleet belongs to others: many chips, slow updates, no raw data back, and a model you cannot recall by alias."""
    with Cluster("Build"):
        registry = Mlflow("Model registry", tooltip="Full-size model, the quality that the small one must come near")
        distiller = Distiller("Distil and quantise", tooltip="Smaller student, INT8 weights; one build per chip family")
        lab = Inspection("Device lab", tooltip="Latency, memory, heat and accuracy on real phones of each class")
    with Cluster("Deliver"):
        cdn = Cloudflare("Model CDN", tooltip="Signed bundles and differences between versions; Wi-Fi first")
        rollout = Planner("Rollout config", tooltip="Cohorts, oldest OS, kill switch; read at every start of the app")
    with Cluster("Device"):
        phone = Mobile("Phone app", tooltip="Downloads when idle and charging; works without network")
        runtime = ModelServer("On-device runtime", tooltip="Runs on CPU, GPU or NPU, within a memory limit")
        bundles = Storage("Two bundles", tooltip="New and previous: a crash on load falls back by itself")
    with Cluster("Cloud"):
        endpoint = ModelServer("Cloud endpoint", tooltip="Full model for old devices and for low confidence")
        counters = Kafka("Counters\nKafka", tooltip="Aggregated: latency, crashes, score histogram; no inputs")
        monitor = Monitor("Cohort monitor", tooltip="Compares cohorts by chip and version")
        consented = S3("Consented samples", tooltip="Hard cases of people who agreed; the only raw data that returns")

    registry >> batch("teacher") >> distiller >> batch("a build per chip") >> lab >> control("passed bundles") >> cdn
    cdn >> batch("difference, signed") >> phone >> batch("verified bundle") >> bundles >> batch("load") >> runtime
    rollout >> control("cohort, kill switch") >> phone
    phone >> request("input") >> runtime
    phone >> request("low confidence") >> endpoint
    registry >> control("same version") >> endpoint
    runtime >> feedback("counters") >> counters >> stream("by chip, version") >> monitor
    monitor >> control("halt or widen") >> rollout
    endpoint >> feedback("hard cases") >> consented >> batch("examples to fit") >> distiller


@view("Serving patterns")
def patterns() -> None:
    """Five questions about inputs and freshness lead to one of five ways in which a prediction reaches its user."""
    start = StartEnd("A prediction\nis needed", tooltip="With who uses it, when, and what a late one is worth")
    leaves = Decision("May inputs leave\nthe device?", tooltip="Privacy, bandwidth, or no network at all")
    known = Decision("Inputs known\nbefore anyone asks?", tooltip="The keys can be listed: all users, all products")
    old = Decision(
        "Is yesterday's\nanswer good enough?", tooltip="Compare yesterday's answers with today's before you say no"
    )
    waits = Decision("Does anyone wait?", tooltip="A person or a call that holds a connection")
    quick = Decision("Done within\na second?", tooltip="At p99, with features and queueing")
    device = StartEnd("On the device", tooltip="As in video anomaly detection: an edge GPU pair at each site")
    scheduled = StartEnd(
        "Batch scoring", tooltip="As in People You May Know: all members are embedded in a batch and looked up"
    )
    streamed = StartEnd(
        "Stream scoring", tooltip="As in fraud detection: counters move with each event, before anybody asks"
    )
    online = StartEnd(
        "Online, synchronous", tooltip="As in recommendation: the request brings context, and the page waits"
    )
    ticket = StartEnd("Online, with a ticket", tooltip="As in content moderation: a deep scan of media answers later")

    start >> leaves
    leaves >> Edge(label="no") >> device
    leaves >> Edge(label="yes") >> known
    known >> Edge(label="yes") >> old
    known >> Edge(label="no") >> waits
    old >> Edge(label="yes") >> scheduled
    old >> Edge(label="no") >> streamed
    waits >> Edge(label="no") >> streamed
    waits >> Edge(label="yes") >> quick
    quick >> Edge(label="yes") >> online
    quick >> Edge(label="no") >> ticket
