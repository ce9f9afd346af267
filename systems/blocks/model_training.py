"""Turn versioned data and code into a candidate model whose quality is measured and whose origin can be replayed.

A long run fails for dull reasons: a worker that starts late, a card that dies at night, a reader that starves the GPUs.
A short run misleads for other ones: a split that lets tomorrow in, a lucky seed, a search that was tuned on the test
set. Good training makes experiments cheap, accelerators busy, and results comparable across people and months.
"""

from diagrams import Cluster
from diagrams.aws.storage import S3
from diagrams.k8s.clusterconfig import Quota
from diagrams.k8s.compute import Pod
from diagrams.onprem.client import User, Users
from diagrams.onprem.compute import Server
from diagrams.onprem.container import Docker
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.monitoring import Prometheus
from diagrams.onprem.network import Etcd
from diagrams.onprem.queue import Kafka
from diagrams.onprem.vcs import Git
from diagrams.programming.flowchart import Document, Inspection

from archfolio import (
    AntiPattern,
    BuildingBlock,
    Calculator,
    Catalogue,
    Chart,
    DecisionTable,
    Estimate,
    Evaluator,
    FollowUp,
    Gate,
    MathFormula,
    ModelPool,
    Monitor,
    Option,
    Planner,
    Simulator,
    Term,
    Trainer,
    UsedBy,
    assume,
    batch,
    bibliography,
    cite,
    control,
    derive,
    feedback,
    reference,
    request,
    same_row,
    step,
    stream,
    view,
)

ESTIMATE = Estimate(
    parameters=assume("Parameters", 7e9, "parameter"),
    tokens=assume("Training tokens", 2e12, "token"),
    flop=reference("training_flop"),
    compute=derive("Training compute", "flop * parameters * tokens", "flop"),
    peak=reference("h100_bf16"),
    mfu=assume("Model FLOPs utilisation (MFU), of peak", 40, "percent", note="38 to 43 % reported for Llama 3 405B"),
    gpus=assume("GPUs of the job", 256, "GPU"),
    gpu_days=derive("GPU time", "compute / (peak * mfu)", "GPU*day"),
    ideal=derive("Duration without interruptions", "gpu_days / gpus", "day"),
    gpu_price=reference("h100_price"),
    bill=derive("Compute bill", "gpu_days * gpu_price", "USD"),
    state_bytes=reference("adam_bytes"),
    state=derive("Training state", "parameters * state_bytes", "byte"),
    gpu_memory=reference("h100_memory"),
    activations=assume("Activations and buffers on a GPU", 30e9, "byte/GPU", note="with most layers recomputed"),
    holders=derive("GPUs that must share the state, at least", "ceil(state / (gpu_memory - activations))", "GPU"),
    batch_tokens=assume("Tokens of a global batch", 4e6, "token"),
    step_time=derive("Compute of one step", "flop * parameters * batch_tokens / (peak * mfu * gpus)", "ms"),
    backward=derive("Backward pass of a step", "step_time * 2 / 3", "ms", note="4 of the 6 flop"),
    gradient_bytes=assume("Bytes of a gradient", 2, "byte/parameter", note="BF16"),
    ring=derive(
        "Bytes each GPU sends to average gradients",
        "2 * (gpus - 1) / gpus * parameters * gradient_bytes",
        "byte",
        note="ring all-reduce: reduce-scatter, then all-gather",
    ),
    link=cite("Network bandwidth of a GPU", 400, "Gbit/s", source="Llama 3 2024"),
    link_use=assume("Bandwidth reached, of the link's", 80, "percent"),
    sync=derive("All-reduce of one step", "ring / (link * link_use)", "ms"),
    exposed=derive("All-reduce, of the backward pass that hides it", "sync / backward", "percent"),
    seen=cite("Unexpected interruptions of a published run", 419, source="Llama 3 2024"),
    seen_gpus=cite("GPUs of that run", 16_384, "GPU", source="Llama 3 2024"),
    seen_days=cite("Days observed", 54, "day", source="Llama 3 2024"),
    gpu_mtbf=derive("GPU time between interruptions", "seen_gpus * seen_days / seen", "GPU*day"),
    mtbf=derive("Time between interruptions of this job", "gpu_mtbf / gpus", "hour"),
    saved_bytes=assume(
        "Bytes saved per parameter", 14, "byte/parameter", note="weights and optimiser; gradients are not kept"
    ),
    storage=assume("Speed of writing to storage, all ranks together", 10e9, "byte/s"),
    save=derive("Time of one checkpoint", "parameters * saved_bytes / storage", "s"),
    interval=derive(
        "Best interval between checkpoints", "save * sqrt(2 * mtbf / save)", "minute", note="√(2 C M), Young 1974"
    ),
    restart=assume("Time to detect, reschedule and reload", 15, "minute"),
    lost=derive(
        "Time that is no progress, of all time",
        "save / interval + interval / (2 * mtbf) + restart / mtbf",
        "percent",
        note="saving, redone work, restarts",
    ),
    duration=derive("Duration with interruptions", "ideal / (1 - lost)", "day"),
    trials=assume("Configurations tried", 81, "trial"),
    first_rung=assume("Training of each before the first cut", 1, "epoch/trial"),
    eta=assume("Of how many one survives a cut (η)", 3),
    rungs=assume("Rungs", 4),
    longest=derive("Training of a survivor of all cuts", "first_rung * eta ** (rungs - 1)", "epoch/trial"),
    halving=derive(
        "Budget of successive halving, at most",
        "trials * first_rung * rungs",
        "epoch",
        note="each rung costs the same, without resuming from checkpoints",
    ),
    exhaustive=derive("Budget of training all to the end", "trials * longest", "epoch"),
    saving=derive("Budget saved, of training all", "1 - halving / exhaustive", "percent"),
)

BLOCK = BuildingBlock(
    title="Model training",
    position=3,
    estimate=ESTIMATE,
    terms=[
        Term(
            "Training compute",
            "A dense network costs about six operations per parameter and token: two forward and four backward.",
            MathFormula(
                "Training FLOP",
                r"C \approx 6 N D",
                "N parameters, D tokens. Embedding tables are looked up and cost almost nothing; attention over long contexts adds a term of its own.",
            ),
        ),
        Term(
            "Model FLOPs utilisation",
            "The share of the accelerators' peak that the model's own arithmetic uses; waiting, recomputation and communication all lower it.",
            MathFormula(
                "MFU",
                r"\mathrm{MFU} = \frac{6 N \cdot \mathrm{tokens/s}}{\mathrm{GPUs} \cdot \mathrm{peak\ FLOP/s}}",
                "The GPU utilisation that a driver reports is something else: it reads 100 % while a single small kernel runs.",
            ),
        ),
        Term(
            "Training state",
            "Weights, gradients and optimiser moments that must stay in memory, before any activation.",
            MathFormula(
                "Adam in mixed precision",
                r"M = (2 + 2 + 12)\, N\ \text{bytes}",
                "16-bit weights and gradients, and three 32-bit numbers per parameter: master weight, momentum, variance. Sharding over n ranks divides it by n.",
            ),
        ),
        Term(
            "Ring all-reduce",
            "Ranks average gradients by passing chunks around a ring, first summing and then spreading; there is no central server.",
            MathFormula(
                "Bytes sent by each rank",
                r"B = 2\, \frac{n - 1}{n}\, g",
                "g is the size of the gradients: nearly independent of the number of ranks n, but as slow as the slowest link.",
            ),
        ),
        Term(
            "Checkpoint interval",
            "How often to save so that saving and redone work together cost least.",
            MathFormula(
                "Young's interval",
                r"\tau = \sqrt{2\, C\, M}",
                "C is the time of a save and M the mean time between failures; it holds while C is much smaller than τ and τ than M. Daly gives terms of higher order.",
            ),
        ),
        Term(
            "Gang scheduling",
            "All workers of a job start together or none does, since a synchronous job with one missing worker holds its other GPUs idle.",
        ),
        Term(
            "Successive halving",
            "Many configurations get a small budget, the best one in η gets η times as much, and so on; ASHA promotes without waiting for a rung to fill.",
            MathFormula(
                "Budget",
                r"B \le n\, r\, (s + 1), \quad R = r\, \eta^{s}",
                "n configurations, r the first budget, s cuts, R what a survivor gets; each rung costs about n r.",
            ),
        ),
        Term(
            "Negative downsampling",
            "Only a share w of the negatives is kept to make training cheap; scores come out too high and must be mapped back.",
            MathFormula(
                "Correction",
                r"q = \frac{p}{p + (1 - p) / w}",
                "p is what the model says on sampled data, q the probability at the true rate. Ranking is unchanged; prices and thresholds are not.",
            ),
        ),
        Term(
            "Warm start",
            "Training continues from the last model instead of from nothing: cheap and fresh, but old mistakes and old data stay in the weights.",
        ),
        Term(
            "Lineage",
            "The edges from data tag, commit, image and configuration to a run, from the run to a model version, and from there to what served.",
        ),
    ],
    calculators=[
        Calculator(
            "GPU-days and memory",
            "How long does the run take, what does it cost, and does it fit?",
            results=["gpu_days", "ideal", "bill", "holders", "exposed"],
            reading="Compute depends on parameters and tokens alone; MFU decides how much of the rented time it takes. If the all-reduce comes to less than the backward pass it can be hidden behind it, and plain sharded data parallelism is enough. Above 100 % GPUs wait: enlarge the batch, or split the model instead.",
        ),
        Calculator(
            "Checkpoint interval",
            "How often should the job save, and what do failures cost?",
            results=["mtbf", "interval", "lost", "duration"],
            reading="Failures come per GPU, so the time between them shrinks with the job: set the GPUs to {seen_gpus:n} and see it fall to about three hours. Near the best interval the curve is flat, and being off by a factor of two costs little. When restarts dominate the loss, saving more often does not help; faster detection and spare nodes do.",
        ),
        Calculator(
            "Tuning budget",
            "What does early stopping save over training every configuration?",
            results=["longest", "halving", "saving"],
            reading="Each rung costs as much as the first one, so the budget grows with the number of rungs while the longest run grows as a power. It is safe only if rankings at the first rung say something about the end: learning-rate schedules and regularisation often look worse early.",
        ),
    ],
    tables=[
        DecisionTable(
            "What to minimise",
            criteria=["Learns", "Watch out"],
            options=[
                Option(
                    "Log-loss",
                    ["probabilities of events", "downsampled negatives need the correction"],
                    "Scores are priced, thresholded or multiplied: ads, fraud, values.",
                ),
                Option(
                    "Focal loss",
                    ["the hard examples of rare classes", "probabilities are no longer calibrated"],
                    "Dense detection, where easy negatives outnumber objects by thousands.",
                ),
                Option(
                    "BPR",
                    ["that a chosen item beats a random one", "random negatives are too easy near the end"],
                    "Implicit feedback and retrieval with few data.",
                ),
                Option(
                    "Sampled softmax with log-Q",
                    ["the chosen item among all of them", "without the correction popular items are pushed away"],
                    "Two-tower retrieval with in-batch negatives.",
                ),
                Option(
                    "LambdaRank",
                    ["the order of a list, most at its top", "scores have no scale"],
                    "Graded relevance and NDCG: search.",
                ),
                Option(
                    "Triplet, InfoNCE",
                    ["distances between pairs", "needs large batches or mined hard negatives"],
                    "Embeddings for matching, verification and duplicates.",
                ),
                Option(
                    "Quantile loss",
                    ["a quantile of the outcome", "quantiles can cross"],
                    "Too much and too little cost differently: stock, delivery times.",
                ),
                Option(
                    "Huber",
                    ["a mean that outliers do not drag", "the threshold is in the label's unit"],
                    "Values with a heavy tail of errors: prices, watch time.",
                ),
            ],
        ),
        DecisionTable(
            "How to split",
            criteria=["Keeps apart", "Fails when"],
            options=[
                Option(
                    "At random",
                    ["nothing but rows", "rows of one user, document or day stand on both sides"],
                    "Rows are truly independent, which is rare.",
                ),
                Option(
                    "By time",
                    ["past and future", "the last days have incomplete labels"],
                    "The default for whatever is served tomorrow.",
                ),
                Option(
                    "By group",
                    ["users, patients, entities, near-duplicates", "groups are few: use leave-one-group-out"],
                    "The model must work for those it has never met.",
                ),
                Option(
                    "By time and group",
                    ["both", "little data is left"],
                    "Fraud rings, medical devices, entity resolution: leaks run along both.",
                ),
            ],
        ),
        DecisionTable(
            "How to split the work over GPUs",
            criteria=["Divides", "Sends", "Needs"],
            options=[
                Option(
                    "Data parallel",
                    ["the batch", "all gradients, once a step", "the whole state on every GPU"],
                    "The model fits on one GPU.",
                ),
                Option(
                    "Sharded data parallel (ZeRO, FSDP)",
                    [
                        "the batch, and state over the ranks",
                        "gradients, and weights twice",
                        "a batch that can grow with the ranks",
                    ],
                    "The first choice as soon as the state does not fit.",
                ),
                Option(
                    "Tensor parallel",
                    ["every matrix", "activations, twice a layer in each direction", "links inside a node"],
                    "A layer is too large, or the batch must stay small.",
                ),
                Option(
                    "Pipeline parallel",
                    ["layers into stages", "activations between neighbours", "many micro-batches, to fill the bubble"],
                    "The model spans nodes and links between them are slow.",
                ),
                Option(
                    "Table parallel",
                    ["embedding tables over GPUs", "looked-up rows, all to all", "placement that evens out hot tables"],
                    "Recommenders, whose parameters are nearly all ids.",
                ),
            ],
        ),
        DecisionTable(
            "How to tune",
            criteria=["Best with", "Weakness"],
            options=[
                Option(
                    "Random search",
                    ["few important parameters among many", "learns nothing from its trials"],
                    "The baseline, and the first 20 trials of everything else.",
                ),
                Option(
                    "ASHA",
                    ["many cheap trials in parallel", "kills slow starters"],
                    "A cluster is free and early curves predict late ones.",
                ),
                Option(
                    "Bayesian",
                    [
                        "expensive trials, up to some 20 parameters",
                        "hardly parallel; the model of the objective misleads",
                    ],
                    "A trial takes days.",
                ),
                Option(
                    "Population based",
                    ["schedules that change during training", "one lineage, hard to reproduce"],
                    "Reinforcement learning and long runs with schedules.",
                ),
                Option(
                    "Scaling laws",
                    ["models too large to be tuned", "extrapolation; needs a ladder of small runs"],
                    "There will be one large run only.",
                ),
            ],
        ),
    ],
    checklist=[
        "A run can be started again from its record alone: data tag, commit, image digest, configuration, seed.",
        "The split follows time, and keeps users or entities on one side where rows of one of them resemble each other.",
        "Hyperparameters were chosen without the test set, and the test set was read once.",
        "The gain over the baseline exceeds the spread over at least three seeds.",
        "A hundred rows were overfitted on purpose: if their loss does not go to almost zero, the code has a fault.",
        "Encoders, scalers and vocabularies are part of the artifact and fitted on training rows alone.",
        "MFU and the share of time spent waiting for data are on the dashboard of every run above eight GPUs.",
        "The checkpoint interval was computed from measured save time and failures; a restore is tested each week.",
        "The reader's position is in the checkpoint, so that a resumed run neither repeats nor skips data.",
        "Logged requests scored by the new artifact reproduce the offline scores within tolerance before release.",
        "A candidate that loses on any protected or business slice is stopped by the gate, whatever its average.",
    ],
    anti_patterns=[
        AntiPattern(
            "Tuned on the test set",
            symptom="Each month's candidate gains half a per cent offline; after a year nothing has moved online.",
            cure="Tune on a validation period, read the test period once, and renew it with time.",
            where="tuning/Held-out test",
        ),
        AntiPattern(
            "One lucky seed",
            symptom="A gain of 0.1 % is announced and cannot be repeated by the author.",
            cure="Retrain the winner with several seeds and let the gate compare means and spreads.",
            where="tuning/Final retrain",
        ),
        AntiPattern(
            "GPUs that wait for data",
            symptom="Utilisation reads 95 %, MFU 12 %; the trainers' CPUs decode images all day.",
            cure="Move decoding and transforms to workers that scale by themselves, and watch stall time.",
            where="infrastructure/Preprocessing tier",
        ),
        AntiPattern(
            "Partial start",
            symptom="Sixty of sixty-four pods hold their GPUs all night and wait for the last four, which another half-started job is holding.",
            cure="Admit by quota and place all pods of a job together, or none.",
            where="infrastructure/Gang scheduler",
        ),
        AntiPattern(
            "The notebook that shipped",
            symptom="Nobody can say on which rows the live fraud model was trained; its author has left.",
            cure="Only registered runs may produce versions, and a version without all four origins is refused.",
            where="lineage/Model version",
        ),
    ],
    questions=[
        FollowUp(
            "mid",
            "Positives are 0.1 % of the rows. What do you do?",
            answer="First I check that it hurts: log-loss copes with imbalance, and accuracy is simply the wrong metric, so I look at precision and recall at the operating point. To save compute I keep every positive and a share of negatives, and map scores back with q = p / (p + (1 - p) / w), because thresholds and prices need true probabilities. Validation keeps the natural rate. Generating synthetic positives I would try last; it rarely helps trees or deep nets.",
            weak="Oversample the positives to 50/50 and train as usual.",
            where="lineage/Training run",
        ),
        FollowUp(
            "mid",
            "Your model gains three points of AUC offline. What makes you suspicious?",
            answer="The size. I look for leaks before celebrating: a feature that is written after the outcome, rows of one user on both sides, a random split where time matters, encoders fitted on all rows. I drop the strongest new feature and see whether the gain goes with it, score last week's logged requests, and compare seeds. If served vectors reproduce the gain, it is real.",
            weak="Nothing, since AUC does not depend on the threshold.",
            where="skew/Replay gate",
        ),
        FollowUp(
            "senior",
            "The job runs at 20 % MFU. How do you find where the rest goes?",
            answer="I split a step into waiting for data, compute and exposed communication. A run on synthetic data tells whether input is the limit. If not, one node against many shows the cost of the network: here the all-reduce takes {sync} and could hide behind a backward pass of {backward}. Within compute I look for small kernels, padding and too much recomputation. One straggler shows as all ranks waiting at the same barrier. I fix the largest share first and measure again.",
            weak="Buy faster GPUs, or increase the batch size.",
            where="infrastructure/GPU metrics",
        ),
        FollowUp(
            "senior",
            "Retrain from scratch every week, or continue from last week's model?",
            answer="From scratch while it is affordable: it is reproducible, forgets bugs and deleted users, and a changed feature needs no surgery. For models that must be fresh within hours, or cost weeks, I warm-start daily and rebuild from scratch every month as an anchor, comparing the two on the same day. Where they drift apart the warm one has accumulated something. Erasure requests also need the rebuild, since weights remember.",
            weak="Always continue, because it is cheaper and the model never loses knowledge.",
            where="lineage/Alias",
        ),
        FollowUp(
            "staff",
            "Twelve teams share 512 GPUs, and everyone complains. How do you allocate them?",
            answer="Guaranteed quotas that sum to the pool, with borrowing of what is idle and preemption when the owner returns; that only works if every job checkpoints, so checkpointing is the price of admission. Large jobs are placed as gangs within one fabric, small ones fill the gaps. I publish GPU-hours, MFU and idle time by team, because half the shortage is usually waste. Quotas follow the value of the models and are renegotiated each quarter.",
            weak="First come, first served; it is fair and simple.",
            where="infrastructure/GPU quotas",
        ),
    ],
    charts=[
        Chart(
            "charts/checkpoint_interval.svg",
            "Saving too often, saving too rarely",
            "Simulated: 6,000 random failures, saves of 2 minutes, restarts of 10. The dots are Young's √(2 C M); each sits at the bottom of its curve, and the bottom is flat.",
            "Time lost over the interval between checkpoints. With failures every 3 hours the best interval is 27 minutes and loses 19 %, every 12 hours 54 minutes and 9 %, every 48 hours 107 minutes and 4 %.",
            "charts/checkpoint_interval.py",
        )
    ],
    used_by=[
        UsedBy(
            "data-intensive-ai-platform/training/Preprocessing tier",
            how="Feeds GPUs from machines that scale separately.",
        ),
        UsedBy(
            "data-intensive-ai-platform/training/Checkpoints",
            how="Keeps weights, optimiser and reader offsets for the resume.",
        ),
        UsedBy(
            "ad-click-prediction/training/Online trainer",
            how="Warm-starts from the weekly full retrain and follows the stream.",
        ),
        UsedBy(
            "time-series-forecasting/training/Rolling origins",
            how="Splits by time, many times over, as planning will use the model.",
        ),
        UsedBy("entity-resolution/training/Entity-level split", how="Keeps all records of one entity on one side."),
        UsedBy(
            "fraud-detection/training/Out-of-time backtest",
            how="Judges on the weeks after the training data end, once labels are ripe.",
        ),
        UsedBy(
            "people-you-may-know/embedding/Negative sampler",
            how="Mixes random negatives with hard ones from two hops away.",
        ),
        UsedBy(
            "chatbot-llm-system/training/Preference tuning",
            how="Fits the large model to preferences against a frozen reference.",
        ),
    ],
    sources=bibliography("""
        J. Kaplan et al., "Scaling Laws for Neural Language Models", arXiv 2020
            https://arxiv.org/abs/2001.08361 six operations per parameter and token
        S. Rajbhandari, J. Rasley, O. Ruwase, Y. He, "ZeRO: Memory Optimizations Toward Training Trillion Parameter Models", SC 2020
            https://arxiv.org/abs/1910.02054 16 bytes per parameter; sharded state
        D. Narayanan et al., "Efficient Large-Scale Language Model Training on GPU Clusters Using Megatron-LM", SC 2021
            https://arxiv.org/abs/2104.04473 tensor inside a node, pipeline across, data parallel outside
        Llama team, AI at Meta, "The Llama 3 Herd of Models", arXiv 2024
            https://arxiv.org/abs/2407.21783 interruptions of a 16,384-GPU run, utilisation, network
        J. T. Daly, "A higher order estimate of the optimum checkpoint interval for restart dumps", Future Generation Computer Systems 2006
            https://doi.org/10.1016/j.future.2004.11.016 when Young's formula holds, and beyond
        J. W. Young, "A first order approximation to the optimum checkpoint interval", Communications of the ACM 1974
            https://doi.org/10.1145/361147.361115 the square root
        L. Li et al., "A System for Massively Parallel Hyperparameter Tuning", MLSys 2020
            https://arxiv.org/abs/1810.05934 ASHA
        M. Zhao et al., "Understanding Data Storage and Ingestion for Large-Scale Deep Recommendation Model Training", ISCA 2022
            https://arxiv.org/abs/2108.09373 preprocessing on machines of its own, data stalls
        Kubernetes SIG Scheduling, "Kueue: overview", Kueue documentation 2025
            https://kueue.sigs.k8s.io/docs/overview/ admission by quota, borrowing within a cohort
        X. He et al., "Practical Lessons from Predicting Clicks on Ads at Facebook", ADKDD 2014
            https://doi.org/10.1145/2648584.2648589 downsampled negatives and the correction
        T.-Y. Lin, P. Goyal, R. Girshick, K. He, P. Dollár, "Focal Loss for Dense Object Detection", ICCV 2017
            https://arxiv.org/abs/1708.02002 focal loss
        C. J. C. Burges, "From RankNet to LambdaRank to LambdaMART: An Overview", Microsoft Research 2010
            https://www.microsoft.com/en-us/research/publication/from-ranknet-to-lambdarank-to-lambdamart-an-overview/ LambdaRank
    """),
)


@view("Training infrastructure")
def infrastructure() -> None:
    """A shared pool: quotas decide who may start, a gang scheduler where, and failures cost minutes because jobs resume."""
    engineers = Users("ML engineers", tooltip="Submit a job spec: image, data tag, GPUs, priority; never a machine")
    with Cluster("Schedule"):
        quotas = Quota(
            "GPU quotas",
            tooltip="Guaranteed share and borrowing, as Kueue does it; jobs are suspended until quota is free",
        )
        gang = Planner(
            "Gang scheduler",
            tooltip="All pods of a job at once, within one fabric: Volcano, Slurm, or Kueue by topology",
        )
        spare = Server("Spare nodes", tooltip="Warm and tested: replace a cordoned node within the restart time")
    with Cluster("Data"):
        lake = S3("Training shards", tooltip="Tagged snapshot, in large shuffled shards")
        workers = Pod(
            "Preprocessing tier", tooltip="Decodes and transforms on CPU hosts that scale separately from the GPUs"
        )
    with Cluster("Job"):
        gpus = Server("GPU workers\n{gpus} GPUs", tooltip="Synchronous ranks; one stops, all stop")
        checkpoints = S3("Checkpoints", tooltip="Weights, optimiser, reader offsets; saved every {interval}")
        health = Monitor(
            "Health agent", tooltip="ECC errors, link flaps, slow ranks; a check before and during each job"
        )
    with Cluster("Watch"):
        metrics = Prometheus(
            "GPU metrics\nPrometheus", tooltip="MFU, stall time, exposed communication, GPU-hours by team"
        )
        owner = User("Platform owner", tooltip="Reads waste and waiting time by team; moves quotas each quarter")

    engineers >> request("job spec") >> quotas >> control("admitted") >> gang
    gang >> control("all pods, one fabric") >> gpus
    gang >> control("workers") >> workers
    lake >> batch("shards") >> workers >> stream("ready batches") >> gpus
    gpus >> batch("save in {save}") >> checkpoints >> batch("resume") >> gpus
    gpus >> stream("errors, step times") >> health >> control("cordon, restart") >> gang
    spare >> control("takes the place") >> gpus
    gang >> control("claims") >> spare
    gpus >> stream("step times, stalls") >> metrics
    metrics >> control("stalled: add workers") >> workers
    metrics >> feedback("waste by team") >> owner >> control("new shares") >> quotas


@view("Lineage")
def lineage() -> None:
    """One graph for experiments, versions and audits: four origins make a run, a run makes a version, an alias serves it."""
    with Cluster("Origins"):
        data = Catalogue("Data tag", tooltip="Snapshot id of every table read, minus subjects erased since")
        commit = Git("Code commit", tooltip="Training and feature code; a dirty tree is refused")
        image = Docker("Image digest", tooltip="Pinned system, drivers and libraries")
        config = Document("Configuration", tooltip="Hyperparameters, seed, number of ranks")
    with Cluster("Record"):
        run = Trainer("Training run", tooltip="Everything needed to start it again, written before the first step")
        tracking = Mlflow(
            "Run record\nMLflow", tooltip="Parameters, curves, metrics by slice: comparing runs is a query"
        )
        artifacts = S3("Artifacts", tooltip="Weights, encoders, predictions on the validation rows")
    with Cluster("Version"):
        version = Mlflow(
            "Model version\nMLflow", tooltip="Immutable: artifact, signature, schema of inputs, all four origins"
        )
        gate = Gate("Approval gate", tooltip="Slices, calibration, latency, model card, owner's sign-off")
        alias = Etcd(
            "Alias\netcd", tooltip="live, shadow, previous: moving it releases, or restores the previous version"
        )
    with Cluster("Use"):
        servers = ModelPool(
            "Serving fleet", tooltip="Follow the alias; fall back to the previous version, which stays loaded"
        )
        log = Kafka(
            "Prediction log\nKafka", tooltip="Every score with its version: the way back from a decision to its data"
        )

    with step("Before the first step the run writes down its four origins; without one of them it does not start."):
        data >> batch("rows of the tag") >> run
        [commit, image, config] >> control("fixed at start") >> run
    with step("While it runs it reports curves, and it leaves its files with their hashes."):
        run >> stream("metrics, curves") >> tracking
        run >> batch("files, hashes") >> artifacts
    with step("A person or a rule chooses a run; its artifact becomes an immutable version."):
        tracking >> control("chosen run") >> version
        artifacts >> batch("weights, encoders") >> version
    with step("The gate moves the alias, and servers follow it; moving it back is the rollback."):
        version >> control("candidate") >> gate >> control("passed: move") >> alias >> control("load") >> servers
    with step("Every score is logged with its version, so that a decision leads back to the rows behind it."):
        servers >> stream("score, version") >> log >> feedback("audit: which rows?") >> version
        log >> feedback("next training rows") >> data


@view("Hyperparameter tuning")
def tuning() -> None:
    """A suggester proposes, ASHA stops the weak early, survivors go on from their checkpoints; the test set is read once."""
    with Cluster("Plan"):
        space = Git("Search space", tooltip="Ranges, objective, budget in GPU-hours: reviewed before the search")
        suggester = Planner("Suggester", tooltip="Random for the first 20 trials, then Bayesian")
        asha = Planner(
            "ASHA scheduler", tooltip="At each rung the best one in {eta} goes on, without waiting for the rung to fill"
        )
    with Cluster("Trials"):
        trials = Pod("Trial workers\n{trials} trials", tooltip="Train for one rung, report, go on or free the GPU")
        checkpoints = S3("Trial checkpoints", tooltip="A promoted trial resumes and does not start again")
        validation = Evaluator("Validation", tooltip="A period after training, never the test period")
        record = Mlflow("Run record\nMLflow", tooltip="Metric by rung, configuration, cost")
    with Cluster("Decide"):
        retrain = Trainer("Final retrain", tooltip="Best configuration, three or more seeds, all the data")
        test = Inspection(
            "Held-out test", tooltip="Latest period, read once per search: mean and spread against the live model"
        )
        registry = Mlflow(
            "Model registry\nMLflow", tooltip="Candidate with its spread; the previous version stays beside it"
        )

    space >> control("ranges, budget") >> suggester >> control("configuration") >> asha
    asha >> control("start, go on, stop") >> trials >> batch("state at a rung") >> checkpoints
    checkpoints >> batch("resume") >> trials
    trials >> batch("predictions") >> validation >> stream("metric at a rung") >> record
    record >> feedback("ranking of the rung") >> asha
    record >> feedback("observations") >> suggester
    asha >> control("best configuration") >> retrain >> batch("a model per seed") >> test
    test >> control("gain above spread") >> registry


@view("Distributed training")
def distributed() -> None:
    """Three copies of a model cut into two stages: rings average gradients stage by stage, and nothing sits in the middle."""
    reader = Pod("Sharded reader", tooltip="A deterministic shard and offset for every copy")
    with Cluster("Workers") as workers:
        with Cluster("First 16 layers") as first:
            first_a = Server(
                "Copy A, layers 1–16\n8 GPUs", tooltip="One node: each matrix is cut over its 8 GPUs (tensor parallel)"
            )
            first_b = Server("Copy B, layers 1–16\n8 GPUs", tooltip="The same layers on other data")
            first_c = Server("Copy C, layers 1–16\n8 GPUs", tooltip="The same layers on other data")
        with Cluster("Last 16 layers"):
            second_a = Server(
                "Copy A, layers 17–32\n8 GPUs",
                tooltip="Another node; sends gradients of the activations back, and micro-batches keep both stages busy",
            )
            second_b = Server("Copy B, layers 17–32\n8 GPUs", tooltip="The same layers on other data")
            second_c = Server("Copy C, layers 17–32\n8 GPUs", tooltip="The same layers on other data")
    with Cluster("Control"):
        rendezvous = Etcd("Rendezvous\netcd", tooltip="Who is rank what; forms the rings again after a failure")
        watchdog = Monitor("Straggler watch", tooltip="One slow rank is the speed of all: compares step times by rank")
        checkpoint = S3("Sharded checkpoint", tooltip="Each rank saves its own slice, off the critical path")

    reader >> stream("a batch per copy") >> first
    first_a >> stream("activations") >> second_a
    first_b >> stream("activations") >> second_b
    first_c >> stream("activations") >> second_c
    same_row(first_a, first_b, first_c)
    same_row(second_a, second_b, second_c)
    first_a >> stream("gradient chunk") >> first_b >> stream("gradient chunk") >> first_c
    first_c >> stream("gradient chunk") >> first_a
    second_a >> stream("gradient chunk") >> second_b >> stream("gradient chunk") >> second_c
    second_c >> stream("gradient chunk") >> second_a
    workers >> batch("slice per rank") >> checkpoint
    workers >> stream("step times") >> watchdog >> control("rank 5 is slow") >> rendezvous
    rendezvous >> control("new ranks, resume") >> reader


@view("Training-serving skew")
def skew() -> None:
    """Skew of code, of data and of time: a shared library, an as-of join and a replay each catch one of the three."""
    with Cluster("One definition"):
        library = Git("Shared transforms", tooltip="Code skew: one library, called by the batch job and by the service")
        fitted = Document("Fitted encoders", tooltip="Data skew: vocabularies and scales travel inside the artifact")
    with Cluster("Train"):
        rows = S3("Training rows", tooltip="Time skew: values as of the request, by arrival")
        trainer = Trainer("Trainer", tooltip="Fits encoders and weights on the same rows")
    with Cluster("Serve"):
        service = ModelPool("Serving fleet", tooltip="Computes features at request time, scores, logs both")
        log = Kafka("Feature log\nKafka", tooltip="Vector and score as served, by request id and version")
    with Cluster("Compare") as compare:
        recompute = Simulator("Offline recompute", tooltip="The same requests through the training path, every day")
        replay = Inspection(
            "Replay gate", tooltip="The new artifact, in the serving image, must reproduce its offline scores"
        )
    with Cluster("Act"):
        report = Monitor("Skew report", tooltip="Share of values that differ, by feature; effect on the score")
        owner = User("Model owner", tooltip="Gets the features that differ, with sample requests")
    registry = Mlflow(
        "Model registry\nMLflow", tooltip="Releases what passed; a skew above its limit restores the previous version"
    )

    library >> control("batch transform") >> rows
    library >> control("online transform") >> service
    rows >> batch("as-of values") >> trainer >> batch("fitted with the model") >> fitted
    fitted >> batch("artifact") >> replay >> control("parity: release") >> registry >> control("load") >> service
    service >> stream("vector, score") >> log >> batch("logged requests") >> compare
    rows >> batch("as-of values") >> recompute >> batch("pairs of values") >> report
    report >> control("over the limit") >> registry
    report >> feedback("what differs") >> owner >> control("fix the transform") >> library
