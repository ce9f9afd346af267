"""Tell product teams what a short text says, for forty tasks and a hundred languages, within 60 ms.

One large model per task would be accurate and unaffordable. One shared encoder with a small module per task is
affordable, but ties together teams that release at different speeds. Texts differ a hundredfold in length, so padding
and batching decide the cost; translation, which decodes token by token, runs apart.

Language, slang and spam change weekly, labels are subjective, and the text is personal data.
"""

from diagrams import Cluster
from diagrams.aws.storage import S3
from diagrams.k8s.clusterconfig import HPA
from diagrams.k8s.compute import Cronjob
from diagrams.onprem.analytics import Spark
from diagrams.onprem.client import Client, User, Users
from diagrams.onprem.database import Clickhouse, Postgresql
from diagrams.onprem.gitops import Argocd, Flagger
from diagrams.onprem.inmemory import Redis
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.monitoring import Grafana, Prometheus
from diagrams.onprem.network import Envoy, Etcd
from diagrams.onprem.queue import Kafka
from diagrams.onprem.workflow import Airflow, Kubeflow
from diagrams.programming.flowchart import Decision as Choice
from diagrams.programming.flowchart import Inspection, PredefinedProcess, Preparation
from diagrams.programming.framework import React
from diagrams.programming.language import Cpp, Go, Python, Rust
from diagrams.saas.alerting import Pagerduty

from archfolio import (
    COMMON_BLOCKS,
    LEARNING_BLOCKS,
    RESPONSIBILITY_BLOCKS,
    Assembler,
    Budget,
    Calibrator,
    Catalogue,
    Decision,
    Distiller,
    Encoder,
    Estimate,
    Evaluator,
    FailureMode,
    Guard,
    Labeller,
    Metrics,
    ModelPool,
    ModelServer,
    Planner,
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
    feedback,
    request,
    step,
    stream,
    view,
)

ESTIMATE = Estimate(
    texts=assume("Texts to understand", 1.5e9, "text/day", note="Roblox reported over 1 billion a day in 2020"),
    peak_factor=assume("Peak over average", 3),
    mean_rate=derive("Average text rate", "texts", "text/s"),
    peak_rate=derive("Peak text rate", "mean_rate * peak_factor", "text/s", note="Roblox: over 50 k/s"),
    hits=assume("Texts answered by the result cache", 40, "percent"),
    missed=derive("Peak past the result cache", "peak_rate * (1 - hits)", "text/s"),
    tokens=assume("Tokens of a text", 48, "token/text", note="mean"),
    weights=cite("Encoder weights, without embeddings", 85e6, "weight", source="BERT", note="12 layers of width 768"),
    flop=cite("Compute per weight and token", 2, "flop/weight/token", source="Kaplan 2020", note="without attention"),
    text_flop=derive("Compute of a text", "flop * weights * tokens", "flop/text"),
    compute=derive("Encoder compute at peak", "missed * text_flop", "flop/s"),
    gpu=assume("Effective compute of a small GPU", 40e12, "flop/s/GPU"),
    load=assume("Load at which GPUs are run", 60, "percent"),
    encoder_gpus=derive("Encoder GPUs", "ceil(compute / (gpu * load))", "GPU", note="one region carries the peak"),
    regions=assume("Regions", 2),
    deployed=derive("Encoder GPUs deployed", "encoder_gpus * regions", "GPU"),
    padded=assume("Tokens of a text padded to one length", 128, "token/text"),
    waste=derive("Compute if padded, times what is needed", "padded / tokens", note="why lengths are bucketed"),
    all_weights=assume("Encoder with embeddings", 278e6, "weight", note="XLM-R base; 192 M are 250 k pieces"),
    weight_bytes=assume("Bytes per weight", 2, "byte/weight", note="fp16"),
    encoder_bytes=derive("Shared encoder", "all_weights * weight_bytes", "byte"),
    tasks=assume("Tasks served", 40),
    module_weights=assume("Weights of a task module", 0.9e6, "weight"),
    module_bytes=derive("All task modules", "tasks * module_weights * weight_bytes", "byte"),
    asked=assume("Tasks a text is asked for", 5),
    added=derive("Compute the modules add to a pass", "asked * module_weights / weights", "percent"),
    separate=derive("The same tasks as separate models", "tasks * encoder_bytes", "byte"),
    translated=assume("Texts to translate", 100e6, "translation/day"),
    output=assume("Output tokens", 60, "token/translation"),
    known=assume("Translations found in memory or cache", 35, "percent"),
    decoded=derive("Translations decoded at peak", "translated * peak_factor * (1 - known)", "translation/s"),
    output_rate=derive("Output tokens at peak", "decoded * output", "token/s"),
    decode_speed=assume("Decoding speed", 10e3, "token/s/GPU", note="600 M-weight encoder-decoder"),
    decode_gpus=derive("Translation GPUs", "ceil(output_rate / (decode_speed * load))", "GPU"),
    documents=assume("Bulk documents", 200e6, "document/day"),
    length=assume("Tokens of a document", 800, "token/document"),
    bulk_tokens=derive("Bulk tokens per day", "documents * length", "token/day"),
    bulk_load=assume("Load in bulk", 80, "percent"),
    bulk_hours=derive("Bulk GPU hours", "bulk_tokens * flop * weights / (gpu * bulk_load)", "GPU*h/day"),
    window=assume("Bulk window", 6, "h/day"),
    bulk_gpus=derive("Bulk GPUs", "ceil(bulk_hours / window)", "GPU"),
    spot_gpus=derive("Spot GPUs beside the idle encoder GPUs", "bulk_gpus - deployed", "GPU"),
    log_bytes=assume("Logged per text", 400, "byte/text", note="masked"),
    log=derive("Serving log", "texts * log_bytes", "byte/day"),
    labels=assume("Labels", 60e3, "label/week"),
    label_time=assume("Time per label", 20, "s/label"),
    label_hours=derive("Annotation time", "labels * label_time", "h/week"),
)

SYSTEM = System(
    title="NLP systems",
    family="end-to-end",
    position=5,
    tags=Tags(
        task=["classification", "generation"],
        pattern=["multi-task model", "multi-tenant serving", "rules and model", "human in the loop", "batch scoring"],
        data=["text"],
    ),
    requirements=Requirements(
        functional=[
            "One call asks for any of topic, intent, toxicity, sentiment, entities and language, and pays for one pass.",
            "A translation API, and bulk jobs over documents.",
            "A tenant adds a task from a few thousand labels, as a module beside the frozen encoder.",
            "Scores are calibrated, a task may abstain, and quality by language is published with each version.",
        ],
        qualities={
            "Latency": "Understanding in 60 ms at p99, 18 ms at p50; a sentence translated in 400 ms at p99 (assumptions).",
            "Freshness": "Blocklist terms in 60 s, a task module in a day, an encoder twice a year (assumptions).",
            "Availability": "99.95 % (assumption); a distilled model may answer.",
            "Privacy": "Raw text rests only in a tenant's own translation memory and cache, masked samples for 30 days.",
        },
    ),
    estimate=ESTIMATE,
    headline=["peak_rate", "text_flop", "encoder_gpus", "output_rate", "module_bytes"],
    budget=Budget(
        "p99 of understanding a text",
        promise=60,
        stages={
            "Edge, tenant auth, quota": 6,
            "Normalise and result-cache look-up": 5,
            "Language identification, tokenise": 5,
            "Length bucket and batch wait": 8,
            "Encoder, one pass": 16,
            "Side adapters, heads, span decoding": 6,
            "Calibrate, thresholds, abstain": 2,
            "Serialise and respond": 4,
            "Network hops and queueing slack": 8,
        },
    ),
    decisions=[
        Decision(
            "A frozen encoder with side adapters",
            rejected=["a model per task"],
            revisit_when="one task dominates or must stand alone",
        ),
        Decision(
            "One multilingual encoder",
            rejected=["one per language"],
            revisit_when="one language carries nearly all traffic",
        ),
        Decision(
            "GPUs with dynamic batching",
            rejected=["CPUs"],
            revisit_when="texts are short and an int8 student is good enough",
        ),
        Decision(
            "A task-specific encoder",
            rejected=["prompting an LLM"],
            revisit_when="labels are few, volume low or output free-form",
        ),
        Decision(
            "Pair models beside a multilingual one",
            rejected=["one translation model"],
            revisit_when="traffic spreads over many pairs",
        ),
        Decision(
            "Abstaining at calibrated thresholds",
            rejected=["always answering"],
            revisit_when="only the order of scores matters",
        ),
    ],
    failures=[
        FailureMode("The tokenizer differs", "Golden strings, unknown tokens", "Refuse to serve, keep the last bundle"),
        FailureMode("Long texts block short ones", "Latency by bucket", "A queue per length, truncate or send to bulk"),
        FailureMode(
            "Evasion by homoglyphs or slang", "Audit misses, new clusters", "Rule and terms in 60 s, then retrain"
        ),
        FailureMode(
            "A language degrades", "Language gate, weekly audit", "Pin it to the old encoder, migrate it later"
        ),
        FailureMode(
            "A translation invents", "Quality estimate, entity check", "Other model, flagged source, post-edit"
        ),
        FailureMode("Personal data in logs", "Scanner, canary strings", "Stop the sink, purge, fix the masker, report"),
    ],
    metrics=Metrics(
        offline=[
            "Macro-F1 by task and language, exact-span entity F1, expected calibration error, worst-language gap",
            "Behaviour suite pass rate; COMET and chrF with human checks for translation",
        ],
        online=[
            "Tickets routed right first time, appeals upheld",
            "Abstain rate, audited precision, post-edit distance",
        ],
        guardrail=[
            "p99 by length bucket, cost per million tokens, degraded share",
            "False-positive gap over identity terms and dialects, personal-data leaks (zero)",
        ],
    ),
    building_blocks=["llm-genai", *LEARNING_BLOCKS, *RESPONSIBILITY_BLOCKS, *COMMON_BLOCKS],
    sources=bibliography("""
        Q. N. Le, K. Kaehler (Roblox), "How We Scaled Bert To Serve 1+ Billion Daily Requests on CPUs", Roblox blog 2020
            https://blog.roblox.com/2020/05/scaled-bert-serve-1-billion-daily-requests-cpus/
            a smaller model, dynamic shapes, int8, a cache
        Q. N. Le, K. Kaehler (Roblox), "How We Scaled Bert To Serve 1+ Billion Daily Requests on CPU", Data + AI Summit 2021
            https://www.databricks.com/session_na21/how-we-scaled-bert-to-serve-1-billion-daily-requests-on-cpu
            over 50 k requests a second under 20 ms; five times a GPU's throughput at equal cost
        J. Devlin et al. (Google), "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding", NAACL 2019
            https://arxiv.org/abs/1810.04805 the encoder's shape
        A. Conneau et al. (Facebook), "Unsupervised Cross-lingual Representation Learning at Scale", ACL 2020
            https://arxiv.org/abs/1911.02116 one encoder for a hundred languages, sampling over languages
        N. Houlsby et al. (Google), "Parameter-Efficient Transfer Learning for NLP", ICML 2019
            https://arxiv.org/abs/1902.00751 adapters inside each layer
        Y.-L. Sung, J. Cho, M. Bansal (UNC Chapel Hill), "LST: Ladder Side-Tuning for Parameter and Memory Efficient Transfer Learning", NeurIPS 2022
            https://arxiv.org/abs/2206.06522 a small network beside a frozen one
        V. Sanh et al. (Hugging Face), "DistilBERT, a distilled version of BERT: smaller, faster, cheaper and lighter", arXiv 2019
            https://arxiv.org/abs/1910.01108 the 6-layer student
        NLLB Team (Meta), "No Language Left Behind: Scaling Human-Centered Machine Translation", arXiv 2022
            https://arxiv.org/abs/2207.04672 many-to-many translation, a distilled 600 M model
        M. T. Ribeiro et al., "Beyond Accuracy: Behavioral Testing of NLP Models with CheckList", ACL 2020
            https://arxiv.org/abs/2005.04118 behaviour probes
        A. Ratner et al. (Stanford), "Snorkel: Rapid Training Data Creation with Weak Supervision", PVLDB 2017
            https://arxiv.org/abs/1711.10160 labelling functions and the label model
        C. Guo et al. (Cornell), "On Calibration of Modern Neural Networks", ICML 2017
            https://arxiv.org/abs/1706.04599 temperature scaling
        J. Kaplan et al. (OpenAI), "Scaling Laws for Neural Language Models", arXiv 2020
            https://arxiv.org/abs/2001.08361 2 FLOP per weight and token
    """),
)


@view("Overview")
def overview() -> None:
    """One encoder pass serves many tasks, translation runs apart, and uncertain texts come back as labels."""
    teams = Users("Product teams", tooltip="Call one API for many text tasks")
    with Cluster("Online"):
        gateway = Envoy("API gateway", tooltip="Tenant auth, quota, task list, deadline")
        preparation = Rust("Text preparation", tooltip="Normalises, identifies the language, tokenises once")
        encoder = Encoder("Shared encoder\nGPU", tooltip="One multilingual pass for all tasks of a text")
        modules = ModelServer("Task modules", tooltip="{tasks} small networks on the hidden states, owned by tenants")
        translation = ModelPool("Translation service", tooltip="Encoder-decoder with translation memory and glossary")
        bulk = Spark("Bulk jobs\nSpark", tooltip="Documents at night, on the same model build")
    with Cluster("Learning"):
        log = Kafka("Serving log\nKafka", tooltip="Scores and masked samples, for monitoring and selection")
        annotators = Users("Annotators", tooltip="Native speakers who judge selected texts")
        lake = S3("Data lake", tooltip="Masked corpora, label sets, state of consent")
        training = Kubeflow("Training pipeline", tooltip="Encoder, modules, distillation, translation")
        registry = Mlflow("Model registry", tooltip="Encoder version with the modules and tokenizer that fit it")

    teams >> request("text, task list") >> gateway >> request("validated text") >> preparation
    preparation >> request("token ids") >> encoder >> request("hidden states") >> modules
    preparation >> request("translate call") >> translation >> request("translation") >> teams
    modules >> request("scores, spans") >> teams
    teams >> batch("{documents:n} documents") >> bulk >> batch("spare capacity") >> encoder
    bulk >> batch("scores, spans") >> teams
    modules >> stream("masked results") >> log >> batch("hourly") >> lake >> batch("corpora") >> training
    log >> batch("uncertain texts") >> annotators >> feedback("labels") >> training
    training >> control("gated versions") >> registry >> control("encoder build") >> encoder
    registry >> control("modules") >> modules


@view("Serving")
def serving() -> None:
    """Each text is tokenised once and encoded once for many heads, in 60 ms."""
    caller = Client("Calling service", tooltip="Sends text, tenant, tasks and a language hint")
    with Cluster("Front"):
        gateway = Envoy("API gateway", tooltip="Auth and quota; sends over-long texts to bulk")
        normaliser = Rust("Normaliser", tooltip="Unicode form, homoglyphs, spacing; maps offsets back")
        cache = Redis("Result cache\nRedis", tooltip="Keyed by hash and versions, so new terms miss; no raw text")
        block_list = Rust("Blocklist matcher", tooltip="Exact terms, live in 60 s, whatever the models do")
    with Cluster("Prepare"):
        language = ModelServer("Language ID", tooltip="Small n-gram model; picks thresholds and modules")
        tokenizer = Cpp("Tokenizer\nSentencePiece", tooltip="The binary and vocabulary of training")
        buckets = Assembler("Length buckets", tooltip="16, 32, 64, 128 and 256 tokens, to keep padding low")
        batcher = Planner("Dynamic batcher\nTriton", tooltip="Waits 8 ms at most; a queue for each priority")
    with Cluster("Model"):
        encoder = Encoder("Shared encoder\nGPU", tooltip="12 frozen layers in fp16 or int8, one pass for all tasks")
        adapters = ModelServer("Side adapters", tooltip="Read hidden states, never change them; {module_bytes}")
        sequence_heads = ModelServer("Sequence heads", tooltip="Topic, intent, toxicity, sentiment")
        span_head = ModelServer("Span head", tooltip="Entity tags, constrained decoding, original offsets")
        calibrator = Calibrator("Calibrate and abstain", tooltip="By task and language; thresholds by tenant")
    student = ModelServer("Distilled model\nCPU", tooltip="6 layers in int8, top tasks only, about 15 ms")
    log = Kafka("Serving log\nKafka", tooltip="Scores, versions, hashed id; text only as a masked sample")

    with step("A text and its list of tasks arrive, {peak_rate} at peak, and are normalised."):
        caller >> request("text, tasks") >> gateway >> request("text, deadline") >> normaliser
    with step("About {hits} of texts repeat and are answered by the cache, under a keyed hash."):
        normaliser >> request("keyed hash") >> cache >> request("{hits} hits") >> caller
    with step("Blocklist terms are matched on the normal form, independent of any model."):
        normaliser >> request("normal form") >> block_list >> request("hard matches") >> calibrator
    with step("Misses, {missed} at peak, get a language and on average {tokens} token ids in 5 ms."):
        cache >> request("misses") >> language >> request("text, language") >> tokenizer
    with step("One padded length would take {waste} times the compute, so buckets; the batch waits 8 ms."):
        tokenizer >> request("{tokens} tokens mean") >> buckets >> request("by length") >> batcher
    with step("One pass of {text_flop} FLOP takes 16 ms; {asked} tasks add {added} to it, not {asked} passes."):
        batcher >> request("batch, 8 ms") >> encoder >> request("hidden states") >> adapters
    with step("Adapters, sequence heads and the entity decoder take 6 ms together."):
        adapters >> request("pooled vector") >> sequence_heads >> request("logits") >> calibrator
        adapters >> request("token vectors") >> span_head >> request("spans, scores") >> calibrator
    with step("Calibration by language decides or abstains in 2 ms; the answer is out within 60 ms."):
        calibrator >> request("all tasks,\n60 ms") >> caller
    with step("If the queue passes 10 ms, the student on CPUs answers the top tasks instead."):
        batcher >> control("queue over\n10 ms") >> student >> request("coarse logits") >> calibrator
    with step("Scores, versions and a masked sample leave for drift, audit and label selection."):
        calibrator >> stream("scores, versions") >> log
        cache >> stream("cached hits") >> log


@view("Translation")
def translation() -> None:
    """Text is decoded token by token, so memory, caching and quality estimation count for more."""
    caller = Client("Calling service", tooltip="Sends text, target language, domain")
    with Cluster("Front"):
        api = Go("Translation API", tooltip="Splits sentences, keeps markup and placeholders")
        memory = Postgresql("Translation memory\nPostgreSQL", tooltip="Approved translations by segment, by tenant")
        cache = Redis("Segment cache\nRedis", tooltip="Machine output of hot segments, keyed by version")
        glossary = Go("Glossary service", tooltip="Brand and legal terms, as constraints on decoding")
    with Cluster("Decode"):
        router = Choice("Pair router", tooltip="Pair model for the top pairs, many-to-many for the rest")
        pairs = ModelPool("Pair models\nCTranslate2 int8", tooltip="Small students for the pairs with most traffic")
        multilingual = ModelPool("Multilingual model\n600 M GPU", tooltip="The tail of pairs, batched step by step")
    with Cluster("Check"):
        entities = Inspection("Entity check", tooltip="Digits, names and placeholders must survive")
        estimator = Evaluator("Quality estimator", tooltip="Score without a reference: omission, invention")
        editors = User("Post-editors", tooltip="Correct low-score segments of paid content")
        log = Kafka("Serving log\nKafka", tooltip="Scores and edits by segment, for retraining")

    caller >> request("text, target") >> api >> request("exact match") >> memory >> request("approved text") >> caller
    memory >> request("miss") >> cache >> request("cached text") >> caller
    api >> request("domain terms") >> glossary >> request("constraints") >> router
    cache >> request("{decoded} missed") >> router
    router >> request("top pairs") >> pairs >> request("{output} tokens") >> entities
    router >> request("other pairs") >> multilingual >> request("{output} tokens") >> entities
    entities >> request("checked pair") >> estimator >> request("text, score") >> caller
    estimator >> stream("low score") >> editors >> feedback("approved segment") >> memory
    estimator >> stream("scores") >> log
    editors >> feedback("edit pairs") >> log


@view("Labels")
def labels() -> None:
    """Consent and masking first, cheap labels in bulk, people where texts are uncertain or judgement differs."""
    with Cluster("Collect"):
        log = Kafka("Serving log\nKafka", tooltip="Scores, and text samples masked once in serving")
        consent = Choice("Consent filter", tooltip="Drops tenants and users who opted out")
        masker = Guard("PII masker", tooltip="A slower second pass for names and numbers the first one missed")
        pool = S3("Text pool", tooltip="By language, for 30 days, with a deletion index by hashed id")
    with Cluster("Select"):
        selector = Spark("Selector\nSpark", tooltip="Uncertain, novel and rare-language texts, no near-copies")
        random_slice = Preparation("Random sample", tooltip="Unbiased test data for each language")
    with Cluster("Label"):
        functions = Python("Labelling functions", tooltip="Rules and old models vote; a label model weighs them")
        llm = Labeller("LLM labeller", tooltip="Proposes labels with reasons for tail languages")
        tool = React("Labelling tool", tooltip="Guidelines, spans, disagreement in view")
        annotators = Users("Annotators", tooltip="Native speakers, three per subjective text, {label_time} each")
    with Cluster("Check"):
        aggregation = Spark("Aggregation\nSpark", tooltip="Weighs annotators, keeps the spread of their answers")
        datasets = Catalogue("Dataset registry", tooltip="Versions, data sheets, leak check against test sets")

    log >> stream("samples") >> consent >> stream("allowed") >> masker >> batch("masked text") >> pool
    pool >> batch("all languages") >> selector >> batch("bulk set") >> functions >> batch("noisy labels") >> aggregation
    pool >> batch("random draw") >> random_slice >> batch("test set") >> tool
    selector >> batch("tail sample") >> llm >> batch("proposals") >> tool
    selector >> batch("hard set") >> tool >> request("{labels}") >> annotators >> feedback("answers") >> aggregation
    aggregation >> batch("soft labels") >> datasets >> control("class gaps") >> selector


@view("Training")
def training() -> None:
    """One encoder for everyone, modules for each tenant, and a contract of compatibility between the two."""
    scheduler = Airflow("Scheduler", tooltip="Modules on demand, the encoder every half year")
    with Cluster("Data"):
        corpora = S3("Corpora", tooltip="Deduplicated text, small languages sampled up")
        datasets = Catalogue("Dataset registry", tooltip="Label sets of tasks, pinned by version")
        parallel = S3("Parallel corpora", tooltip="Mined and licensed pairs, back-translations")
    with Cluster("Base models"):
        tokenizer = Cpp("Tokenizer build", tooltip="Frozen for an encoder generation")
        pretraining = Trainer("Continued pretraining", tooltip="Masked-token training on the platform's text")
        multi_task = Trainer("Multi-task tuning", tooltip="Large tasks shape the encoder, none beyond its cap")
        translator = Trainer("Translation trainer", tooltip="Many-to-many teacher and the multilingual model")
    with Cluster("Modules"):
        modules = Trainer("Module trainer", tooltip="Side adapter and head on the frozen encoder, in minutes")
        distiller = Distiller("Distillation", tooltip="6-layer CPU student, pair models from teacher output")
    with Cluster("Release"):
        compiler = PredefinedProcess("Compile and quantise", tooltip="Fixed lengths, int8 ranges, parity test")
        calibrator = Calibrator("Calibrator", tooltip="Temperature and thresholds by language")
        gate = Choice("Offline gate", tooltip="No task and language may lose a point; probes, identity terms")
        registry = Mlflow("Model registry", tooltip="Which encoder, tokenizer and module versions fit together")
        canary = Flagger("Shadow and canary", tooltip="Shadow on mirrored text, then tenant by tenant")
        fleet = ModelPool("Serving fleet\nTriton", tooltip="Holds two encoder generations while tenants move")

    scheduler >> control("half-yearly") >> multi_task
    scheduler >> control("on label release") >> modules
    corpora >> batch("sample") >> tokenizer >> control("vocabulary") >> pretraining
    corpora >> batch("masked text") >> pretraining >> batch("checkpoint") >> multi_task
    datasets >> batch("large tasks") >> multi_task >> control("frozen encoder") >> modules
    datasets >> batch("tenant labels") >> modules >> batch("modules") >> compiler
    multi_task >> batch("encoder") >> compiler
    multi_task >> batch("teacher") >> distiller >> batch("students") >> compiler
    parallel >> batch("sentence pairs") >> translator >> batch("teacher output") >> distiller
    translator >> batch("multilingual model") >> compiler >> batch("engine scores") >> calibrator
    calibrator >> batch("calibrated") >> gate >> control("passed") >> registry >> control("bundle") >> canary
    canary >> control("by tenant") >> fleet >> batch("masked samples") >> datasets


@view("Operations")
def operations() -> None:
    """Quality by language without live labels: proxies, audits and probes, with small models as the safety net."""
    with Cluster("Serving"):
        fleet = ModelPool("Serving fleet\nTriton", tooltip="Emits queue time, batch fill, tokens/s, padding share")
        autoscaler = HPA("Autoscaler", tooltip="Scales on queued tokens, not on requests")
        flags = Etcd("Feature flags\netcd", tooltip="Versions and thresholds by task, degraded mode by tenant")
        students = ModelPool("Distilled fleet\nCPU", tooltip="Takes overflow and the loss of GPUs")
    with Cluster("Observe"):
        metrics = Prometheus("Metrics\nPrometheus", tooltip="Latency by length bucket, abstain rate, cache hits")
        drift = Spark("Drift monitor\nSpark", tooltip="Language mix, unknown tokens, scores, embeddings")
        probes = Cronjob("Behaviour probes", tooltip="Typos, negation, identity swaps on the live endpoint")
        audit = Users("Audit panel", tooltip="Judges a random weekly sample of each main language")
        dashboards = Grafana("Dashboards\nGrafana", tooltip="One cell for each task and language")
    with Cluster("Act"):
        alerts = Pagerduty("On-call alerts", tooltip="Pages on latency, abstain jumps, failed probes")
        analysis = Clickhouse("Experiment analysis", tooltip="What a model change does to the tenant's outcome")
        retrain = Airflow("Retrain trigger", tooltip="Asks for labels, then trains the module")
        rollback = Argocd("Rollback controller", tooltip="Restores the last module or encoder generation")

    fleet >> stream("RED metrics") >> metrics >> control("queued tokens") >> autoscaler >> control("replicas") >> fleet
    metrics >> control("overload") >> flags >> control("route top tasks") >> students
    flags >> control("versions, limits") >> fleet
    students >> stream("degraded share") >> metrics >> stream("series") >> dashboards
    probes >> request("3,000 cases") >> fleet >> batch("random sample") >> audit
    fleet >> batch("masked scores") >> drift >> batch("shift by language") >> dashboards
    audit >> feedback("precision, recall") >> dashboards
    probes >> control("case failed") >> alerts
    metrics >> control("SLO burn") >> alerts >> control("bad release") >> rollback
    drift >> control("new slang") >> retrain
    audit >> control("F1 fell") >> retrain >> control("gated module") >> fleet
    fleet >> stream("scores by arm") >> analysis >> control("tenant guardrail") >> rollback
    rollback >> control("previous version") >> flags
