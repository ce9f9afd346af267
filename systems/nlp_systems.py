"""Tell product teams what a short text says, for forty tasks and a hundred languages, within 60 ms.

One large model per task would be accurate and unaffordable. One shared encoder with a small module per task is
affordable, but ties together teams that release at different speeds. Texts differ a hundredfold in length, so padding
and batching decide the cost; translation, which decodes token by token, is a separate service.

Language, slang and spam change weekly, labels are subjective, and the text is personal data.
"""

from diagrams import Cluster, Edge
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
    Bias,
    Budget,
    Calibrator,
    CaseStudy,
    Catalogue,
    Clarification,
    Decision,
    Distiller,
    EmbeddingTable,
    Encoder,
    Estimate,
    Evaluation,
    Evaluator,
    Expert,
    FailureMode,
    FeatureGroup,
    Features,
    FollowUp,
    Framing,
    Guard,
    Head,
    Interaction,
    Label,
    Labeller,
    Loss,
    LossFunction,
    MathFormula,
    Metrics,
    ModelPool,
    ModelServer,
    Phase,
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
    reference,
    request,
    response,
    step,
    stream,
    view,
)

ESTIMATE = Estimate(
    texts=assume("Texts to understand", 1.5e9, "text/day", note="Roblox reported over 1 billion a day in 2020"),
    peak_factor=assume("Peak over average", 3),
    mean_rate=derive("Average text rate", "texts", "text/s"),
    peak_rate=derive("Peak text rate", "mean_rate * peak_factor", "text/s", note="Roblox: over 50 k/s"),
    hits=assume("Result-cache hits, of texts", 40, "percent"),
    missed=derive("Peak past the result cache", "peak_rate * (1 - hits)", "text/s"),
    tokens=assume("Tokens of a text", 48, "token/text", note="mean"),
    parameters=cite(
        "Encoder parameters, without embeddings", 85e6, "parameter", source="BERT", note="12 layers of width 768"
    ),
    flop=reference("forward_flop"),
    text_flop=derive("Compute of a text", "flop * parameters * tokens", "flop/text"),
    compute=derive("Encoder compute at peak", "missed * text_flop", "flop/s"),
    l4_peak=reference("l4_bf16"),
    mfu=assume(
        "Model FLOPs utilisation (MFU), of peak",
        33,
        "percent",
        note="useful tokens only: padding inside a bucket has already lowered it",
    ),
    gpu=derive("Compute an L4 delivers", "l4_peak * mfu", "flop/s/GPU"),
    load=assume("Load at which GPUs run, of their capacity", 60, "percent"),
    encoder_gpus=derive("Encoder GPUs", "ceil(compute / (gpu * load))", "GPU", note="one region carries the peak"),
    regions=assume("Regions", 2),
    deployed=derive("Encoder GPUs deployed", "encoder_gpus * regions", "GPU"),
    padded=assume("Longest text of a mixed batch, on average", 128, "token/text", note="256 at most"),
    waste=derive(
        "Compute of mixed batches, times what is needed",
        "padded / tokens",
        note="every text is padded to the longest one: why lengths are bucketed",
    ),
    all_parameters=assume(
        "Encoder parameters with embeddings", 278e6, "parameter", note="XLM-R base; 192 M are 250 k pieces of width 768"
    ),
    parameter_bytes=assume("Bytes per parameter", 2, "byte/parameter", note="fp16"),
    encoder_bytes=derive("Shared encoder", "all_parameters * parameter_bytes", "byte"),
    tasks=assume("Tasks served", 40),
    module_parameters=assume("Parameters of a task module", 0.9e6, "parameter"),
    module_bytes=derive("All task modules", "tasks * module_parameters * parameter_bytes", "byte"),
    asked=assume("Tasks a text is asked for", 5),
    added=derive("Compute of the modules, of a pass", "asked * module_parameters / parameters", "percent"),
    separate=derive("The same tasks as separate models", "tasks * encoder_bytes", "byte"),
    separate_gpus=derive("Encoder GPUs with a model per task", "ceil(asked * compute / (gpu * load))", "GPU"),
    llm_prompt=assume("Tokens of an LLM prompt with instructions", 400, "token/text"),
    llm_parameters=assume("Parameters of a prompted LLM", 8e9, "parameter"),
    h100_fp8=reference("h100_fp8"),
    llm_mfu=assume("MFU of LLM prefill, of peak", 40, "percent"),
    llm_gpus=derive(
        "H100 GPUs if an 8B LLM were prompted",
        "ceil(missed * llm_prompt * flop * llm_parameters / (h100_fp8 * llm_mfu * load))",
        "GPU",
        note="one prompt for all tasks, prefill only",
    ),
    batch_tokens=assume("Tokens of a full batch", 3_072, "token/GPU", note="24 texts of 128, or 192 of 16"),
    batch_wait=assume("Longest wait for a batch", 8, "ms"),
    buckets=assume("Length buckets", 5, note="16 to 256 tokens"),
    gathered=derive(
        "Tokens a bucket gathers in that wait, at peak",
        "missed / regions * tokens * batch_wait / buckets",
        "token",
        note="in one of the regions; while the GPU is busy, batches grow to the full size",
    ),
    pass_time=derive("Encoder pass on a full batch", "batch_tokens * flop * parameters / gpu", "ms"),
    queue_limit=assume("Queue at which the student answers", 10, "ms"),
    edge=assume("Edge, tenant auth and quota, p99", 6, "ms"),
    normalising=assume("Normalise and look up the result cache, p99", 5, "ms"),
    tokenising=assume("Identify the language and tokenise, p99", 5, "ms"),
    heads=assume("Side adapters, heads and span decoding, p99", 6, "ms"),
    calibrating=assume("Calibrate, apply thresholds, abstain, p99", 2, "ms"),
    responding=assume("Serialise and respond, p99", 4, "ms"),
    gpu_wait=assume(
        "Wait for a free GPU, p99",
        5,
        "ms",
        note="a region's GPUs in one pool at that load: 6 ms by Erlang's formula for random pass times, half for equal ones",
    ),
    slack=assume("Network hops, p99", 3, "ms"),
    promise=assume("Understanding of a text, p99", 60, "ms"),
    translated=assume("Texts to translate", 100e6, "translation/day"),
    output=assume("Output tokens", 60, "token/translation"),
    known=assume("Translations found in memory or cache, of requests", 35, "percent"),
    decoded=derive("Translations decoded at peak", "translated * peak_factor * (1 - known)", "translation/s"),
    output_rate=derive("Output tokens at peak", "decoded * output", "token/s"),
    decode_speed=assume("Decoding speed", 10e3, "token/s/GPU", note="600 M-parameter encoder-decoder"),
    decode_gpus=derive(
        "Translation GPUs",
        "ceil(output_rate / (decode_speed * load))",
        "GPU",
        note="at most: as if no pair model on CPU took the head pairs",
    ),
    documents=assume("Bulk documents", 200e6, "document/day"),
    length=assume("Tokens of a document", 800, "token/document"),
    bulk_tokens=derive("Bulk tokens per day", "documents * length", "token/day"),
    bulk_load=assume("Load in bulk, of capacity", 80, "percent"),
    bulk_hours=derive("Bulk GPU hours", "bulk_tokens * flop * parameters / (gpu * bulk_load)", "GPU*h/day"),
    window=assume("Bulk window", 6, "h/day"),
    bulk_gpus=derive("Bulk GPUs", "ceil(bulk_hours / window)", "GPU"),
    spot_gpus=derive(
        "Spot GPUs beside the encoder GPUs",
        "max(bulk_gpus - deployed, 0)",
        "GPU",
        note="at least: at the nightly trough a few encoder GPUs still serve",
    ),
    log_bytes=assume("Logged per text", 400, "byte/text", note="masked"),
    log=derive("Serving log", "texts * log_bytes", "byte/day"),
    labels=assume("Labels", 60e3, "label/week"),
    label_time=assume("Time per label", 20, "s/label"),
    label_hours=derive("Annotation time", "labels * label_time", "h/week"),
    precision=assume("Precision to be audited, of decisions", 90, "percent"),
    margin=assume("Margin of the audit", 1, "percent"),
    audit_texts=derive(
        "Decisions to audit for each language",
        "1.96 ** 2 * precision * (1 - precision) / margin ** 2",
        note="drawn from what a task decided, not from all texts; 95 % confidence: z² p (1 - p) / d²",
    ),
    routed=assume("Tickets routed right first time, of tickets", 80, "percent"),
    effect=assume("Smallest relative change worth detecting", 1, "percent"),
    arm=derive("Tickets per arm of an A/B test", "16 * (1 - routed) / (routed * effect ** 2)"),
    text_work=assume("CPU work of a text outside the GPU", 1.5, "ms*core/text"),
    cores=derive("Cores deployed", "ceil(peak_rate * text_work / load) * regions", "core"),
    core_price=reference("core_price"),
    gpu_price=reference("l4_price"),
    bill=derive("Compute bill of understanding", "deployed * gpu_price + cores * core_price", "USD/month"),
    cost_per_thousand=derive("Cost of 1,000 texts", "1000 * bill / texts", "USD/text"),
    translation_cost=derive(
        "Cost of 1,000 translations", "1000 * decode_gpus * regions * gpu_price / translated", "USD/translation"
    ),
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
    framing=Framing(
        goal="Product teams act on text (route a ticket, hide an insult, fill a form) without each building a model.",
        decision="For each text and task: which class, span or translation to return, or to abstain and leave it to a person.",
        task="Multi-task sequence and token classification on one multilingual encoder; sequence-to-sequence translation as a second service.",
        label="Classes and spans from native speakers, kept as a distribution where they disagree; weak labels from rules and an LLM for volume.",
        metric="Tenant's outcome, such as tickets routed right first time; offline macro-F1 by task and language with the worst language reported.",
        not_optimised="Average accuracy over all texts: English would carry it. Nor coverage for its own sake; an honest abstention is worth more than a guess.",
        baseline="Per-task linear models on character n-grams plus keyword rules. Cheap, explainable, and about ten F1 points below (what Roblox reported); enough for one language and stable topics.",
    ),
    clarifications=[
        Clarification("Which tasks?", "{tasks:n} classification and span tasks of several teams, plus translation."),
        Clarification(
            "How many languages, and are they equal?", "A hundred; quality is promised for thirty, reported for all."
        ),
        Clarification(
            "How long are texts?",
            "{tokens:n} tokens on average, 256 at most online; longer ones are answered from head and tail, and in full in bulk.",
        ),
        Clarification(
            "Who owns a task?", "The tenant owns labels, thresholds and release; the platform owns encoder and serving."
        ),
        Clarification(
            "May text be stored?",
            "Masked samples for 30 days with consent, never raw text in logs; only a tenant's own translation memory and segment cache hold text.",
        ),
        Clarification(
            "Must every text get an answer?", "No. Tasks may abstain; the abstain rate is part of the contract."
        ),
    ],
    requirements=Requirements(
        functional=[
            "One call asks for any of topic, intent, toxicity, sentiment, entities and language, and pays for one pass.",
            "A translation API, and bulk jobs over documents.",
            "A tenant adds a task from a few thousand labels, as a module beside the frozen encoder.",
            "Scores are calibrated, a task may abstain, and quality by language is published with each version.",
        ],
        qualities={
            "Latency": "Understanding in {promise} at p99, 18 ms at p50; a sentence translated in 400 ms at p99 (assumptions).",
            "Freshness": "Blocklist terms in 60 s, a task module in a day, an encoder twice a year (assumptions).",
            "Availability": "99.95 % of calls answered (assumption); a distilled model's answer counts.",
            "Privacy": "Raw text rests only in a tenant's own translation memory and cache; masked samples for 30 days.",
        },
    ),
    estimate=ESTIMATE,
    headline=["peak_rate", "text_flop", "encoder_gpus", "output_rate", "cost_per_thousand"],
    key_inputs=["texts", "hits", "tokens", "asked", "llm_parameters"],
    cost="cost_per_thousand",
    budget=Budget(
        "p99 of understanding a text",
        promise="promise",
        stages={
            "Edge, tenant auth and quota": "edge",
            "Normalise and look up the result cache": "normalising",
            "Identify the language and tokenise": "tokenising",
            "Length bucket and batch wait": "batch_wait",
            "Wait for a free GPU": "gpu_wait",
            "Encoder, one pass on a full batch": "pass_time",
            "Side adapters, heads and span decoding": "heads",
            "Calibrate, apply thresholds, abstain": "calibrating",
            "Serialise and respond": "responding",
            "Network hops": "slack",
        },
    ),
    labels=[
        Label(
            "Class of a text",
            window="sampled weekly, judged within 5 days",
            positive="share of three native speakers who choose the class, kept as a soft label",
            negative="share who do not",
            ignored="texts marked unreadable or in another language",
            delay="a week",
            bias="hard texts are over-sampled; a random slice alone is used for tests",
            where="labels/Annotators -> Aggregation",
        ),
        Label(
            "Entity span",
            window="as above",
            positive="exact span and type agreed by two of three",
            negative="every other token",
            ignored="spans cut by the masker",
            delay="a week",
            bias="frequent names are memorised; tests contain unseen names",
            where="labels/Annotators -> Aggregation",
        ),
        Label(
            "Weak label",
            window="at once, on the pool",
            positive="label model's probability over rules and older models",
            negative="its complement",
            ignored="all functions abstain",
            delay="minutes",
            bias="rules share blind spots; capped at half of a task's training weight",
            where="labels/Labelling functions -> Aggregation",
        ),
        Label(
            "Tenant's outcome",
            window="7 days after the call",
            positive="ticket resolved in the queue it was routed to; appeal rejected",
            negative="re-routed ticket; appeal upheld",
            ignored="tickets closed as duplicates",
            delay="days",
            bias="only texts that were acted on have an outcome",
            where="operations/Tenant outcomes -> Experiment analysis",
        ),
    ],
    training_example={
        "text": "'<NAME> hat mir Geld abgebucht, das ich nicht kenne!!' (masked)",
        "language": "de (0.99)",
        "task": "intent, taxonomy v14",
        "annotators": "unknown charge, unknown charge, refund",
        "soft label": "unknown charge 0.67, refund 0.33",
        "weight": "1.0 (people), split by user hash: train",
        "consent": "tenant 12, until 2026-12-20",
    },
    features=[
        FeatureGroup(
            "Text",
            features=[
                "piece ids after one normaliser",
                "original offsets",
                "length bucket",
                "script and emoji share",
                "homoglyph flags",
                "blocklist matches",
            ],
            freshness="request time",
            store="serving/Tokenizer",
            leak="Templates and signatures repeat across splits; near-copies are removed before the split by user.",
        ),
        FeatureGroup(
            "Language",
            features=[
                "language and its probability",
                "second language",
                "script",
                "caller's hint",
                "region of the tenant",
            ],
            freshness="request time",
            store="serving/Language ID",
            leak="Language predicts the annotator pool and so the label style; metrics are by language, never pooled.",
        ),
        FeatureGroup(
            "Hidden states",
            features=[
                "pooled vector of 768",
                "token vectors of layers 4, 8 and 12",
                "attention mask",
                "encoder version",
                "cached flag",
            ],
            freshness="request time",
            store="serving/Shared encoder",
            leak="An encoder tuned on a tenant's test set would leak into every module; test hashes are excluded from pretraining.",
        ),
        FeatureGroup(
            "Task context",
            features=["tenant", "task and taxonomy version", "thresholds by language", "priority", "abstain policy"],
            freshness="60 s",
            store="operations/Feature flags",
            leak="Tenant identity alone predicts topic; it selects the module but is no input of it.",
        ),
    ],
    loss=Loss(
        objective="The encoder continues masked-token pretraining, then multi-task tuning with temperature-sampled tasks and capped gradient share. Modules minimise cross-entropy against soft labels on the frozen encoder; spans minimise the CRF's negative log-likelihood; the CPU student matches the teacher's distribution.",
        formulas=[
            MathFormula(
                "Cross-entropy with soft labels",
                r"\mathcal{L}_{\mathrm{task}} = -\sum_{c} q_c \log p_\theta(c \mid x)",
                "q is the share of annotators who chose c; a majority vote would throw away that a text is ambiguous.",
            ),
            MathFormula(
                "Sampling over languages",
                r"P(l) \propto \left( \frac{n_l}{\sum_k n_k} \right)^{0.3}",
                "n is the text of a language; the exponent lifts small languages without drowning in them (XLM-R's choice).",
            ),
            MathFormula(
                "Distillation",
                r"\mathcal{L}_{\mathrm{KD}} = \alpha T^2\, \mathrm{KL}\left(p_{\mathrm{teacher}}^{T} \,\|\, p_{\mathrm{student}}^{T}\right) + (1 - \alpha)\, \mathcal{L}_{\mathrm{task}}",
                "T softens both distributions, and T² keeps the gradient's scale.",
            ),
            MathFormula(
                "Temperature by language",
                r"p_c = \frac{e^{z_c / T_l}}{\sum_k e^{z_k / T_l}}",
                "one scalar per task and language, fitted on random-sample labels; it changes confidence, not the order.",
            ),
        ],
        calibration="One temperature per task and language, fitted on the half of the random slice that is not the test. A tenant chooses precision, and the threshold that reaches it is computed per language with its confidence interval; where the interval is too wide the task abstains. Expected calibration error by language is on the dashboard weekly.",
    ),
    evaluation=Evaluation(
        offline="Macro-F1 by task and language, exact-span F1 on unseen names, calibration error, worst-language gap; 3,000 behaviour cases (typos, negation, identity swaps); COMET and chrF with human checks for translation.",
        disagreement="Test texts are older than live slang, masked and balanced; a tenant's action depends on a threshold, not on F1; and a shared encoder can help one task while moving another's scores past its threshold.",
        unit="The tenant's unit: ticket or conversation. Texts of one ticket must meet one model.",
        duration="One to two weeks per tenant, since outcomes take 7 days; encoder generations run in parallel for a month.",
        power="{routed} of tickets are routed right; a {effect} relative change needs {arm} tickets per arm. Audits of precision need {audit_texts} decisions per language for a margin of one point: weeks of sampling, since thirty languages at once would take more than the {labels} people give.",
        guardrails="p99 by length bucket, abstain rate, false-positive gap over identity terms and dialects, personal data in logs (zero).",
    ),
    biases=[
        Bias(
            "Selection bias",
            effect="Active learning labels what the model finds hard; tested there, every model looks bad, and trained there, miscalibrated.",
            cure="A random slice per language is drawn first: one half fits temperatures and thresholds, the other is the test.",
            where="labels/Random sample",
        ),
        Bias(
            "Annotator bias",
            effect="Dialects and reclaimed slurs are judged toxic by outsiders.",
            cure="Native speakers, three per subjective text; the spread stays in the label, and identity swaps are probed.",
            where="labels/Aggregation",
        ),
        Bias(
            "Popularity bias of languages",
            effect="English dominates text and gradient; small languages share what capacity is left.",
            cure="Exponent sampling in pretraining, a per-language gate, and a worst-language report.",
            where="training/Offline gate",
        ),
        Bias(
            "Position in the text",
            effect="Truncation at 256 tokens drops the end, where the request often is.",
            cure="Online, a longer text is answered from its head and tail; bulk reads all of it again, in windows.",
            where="serving/API gateway",
        ),
        Bias(
            "Delayed feedback",
            effect="Outcomes take a week; a bad module harms meanwhile.",
            cure="Shadow comparison and hourly behaviour probes act first; outcomes decide ramps.",
            where="operations/Behaviour probes",
        ),
        Bias(
            "Cold start of a task",
            effect="No labels.",
            cure="An LLM proposes and people confirm a few thousand; the module trains in minutes and abstains broadly at first.",
            where="labels/LLM labeller",
        ),
        Bias(
            "Cold start of a language",
            effect="No thresholds or annotators.",
            cure="Zero-shot transfer with high thresholds, until a random sample of {audit_texts} of its decisions is judged.",
            where="serving/Calibrate and abstain",
        ),
    ],
    decisions=[
        Decision(
            "A frozen encoder with side adapters",
            why="Side adapters read hidden states and never change them, so one pass serves every tenant and a module ships alone. Five tasks add {added} of a pass.",
            rejected=[
                "a fine-tuned model per task: a point or two better, but {separate_gpus} GPUs instead of {encoder_gpus} and {separate} of weights",
                "adapters or LoRA inside the layers: nearly full accuracy, but each task needs its own pass",
            ],
            revisit_when="One task takes more than about half of the traffic, or must be released or isolated alone.",
        ),
        Decision(
            "One multilingual encoder",
            why="Labels in English help Thai through shared representations, and a new language costs thresholds instead of a model. Capacity is shared, so large languages lose a little.",
            rejected=[
                "one encoder per language: best for the largest five, no transfer, and fleets that idle at night",
                "translate to English first: simple, but adds 400 ms and destroys slang and offsets",
            ],
            revisit_when="One language carries over 80 % of traffic and its F1 matters more than coverage. The shape is XLM-R's; mmBERT, newer and better in most languages, is the next generation to try.",
        ),
        Decision(
            "GPUs with length buckets and dynamic batching",
            why="Mixed batches are padded to their longest text, {padded:n} tokens on average, and cost {waste} times the compute. Buckets bring that to about 1.4, and a wait of {batch_wait} gathers about {gathered:n} tokens in each bucket at peak, so a GPU never works on single texts.",
            rejected=[
                "CPUs with an int8 student: Roblox found 5 times a V100's throughput at equal cost in 2020, for short texts",
                "fixed batches: full batches, but p99 waits for the slowest arrival",
                "texts packed end to end, as ModernBERT's attention allows: no padding, but no engine compiled for fixed lengths",
            ],
            revisit_when="Traffic falls below about 2,000 texts a second, where a bucket gathers only a text or two in {batch_wait}; or the next encoder runs packed texts in int8.",
        ),
        Decision(
            "A task-specific encoder",
            why="Classification reads once and writes nothing; {text_flop} FLOP decide five tasks. The LLM's knowledge is bought offline, as labels and as a teacher.",
            rejected=[
                "prompting an 8B model: about {llm_gpus} H100s for the prefill alone",
                "embeddings with nearest neighbours: no training, but weak on spans and fine classes",
            ],
            revisit_when="Labels are few, volume is under about 10 texts a second, or output is free-form.",
        ),
        Decision(
            "Pair models beside a multilingual one",
            why="A dozen pairs carry most translations; small distilled pair models decode them several times faster on CPU, while the 600 M model covers the tail.",
            rejected=[
                "one many-to-many model: one release, but head pairs pay for the tail's capacity",
                "pivot through English: two models a language instead of one a pair, but errors and latency add up",
                "a prompted LLM: best with context and style in large languages, but 8 bn parameters a token instead of 0.6 bn",
            ],
            revisit_when="Traffic spreads so that no pair exceeds 2 % of translations.",
        ),
        Decision(
            "Abstaining at calibrated thresholds",
            why="A tenant buys precision; the threshold is what the random slice supports for that language. Below it a person decides, and that decision is the next label.",
            rejected=[
                "always answering: simpler contract, and silent errors in small languages",
                "one threshold for all languages: precise in English only",
            ],
            revisit_when="Only the order of scores matters, as in ranking, or nobody can take abstentions.",
        ),
    ],
    failures=[
        FailureMode(
            "Tokenizer or normaliser differs between training and serving.",
            "10,000 golden strings are compared at start; the unknown-token rate rises.",
            "The server refuses to serve and keeps the previous bundle.",
        ),
        FailureMode(
            "Long texts fill batches and short ones wait behind them.",
            "Latency by length bucket and the padding share rise.",
            "Each bucket has its own queue, and a free GPU takes the batch that has waited longest; online, a text over 256 tokens is cut to its head and tail.",
        ),
        FailureMode(
            "Users evade filters with homoglyphs, spacing or new slang.",
            "Audits find misses; clusters of novel texts grow.",
            "A normaliser rule and blocklist terms go live in 60 s; labels are requested and the module is retrained.",
        ),
        FailureMode(
            "One language degrades after an encoder update.",
            "The language gate or the weekly audit sees it.",
            "That language is pinned to the old generation, which stays loaded for a month, and migrates later.",
        ),
        FailureMode(
            "The LLM that proposes labels is updated, and labels shift under a task.",
            "Each batch relabels a few hundred fixed texts; agreement with the earlier answers and with people falls.",
            "Its version is pinned and stands on every label; a new one labels beside the old until the difference is known, and what it labelled alone can be dropped.",
        ),
        FailureMode(
            "A translation invents or drops content.",
            "The quality estimate is low, or digits and names do not survive.",
            "The other model is tried; if that fails too, the source is returned with a flag and a post-editor gets it.",
        ),
        FailureMode(
            "Personal data appears in logs.",
            "A scanner finds canary strings in stored samples.",
            "The sink is stopped, the samples are purged by index, the masker is fixed and the privacy owner informed.",
        ),
        FailureMode(
            "GPU capacity is lost in one region.",
            "Queue time exceeds {queue_limit} and health checks fail.",
            "The other region carries the peak; until it has warmed up the CPU student answers the top tasks.",
        ),
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
            "False-positive gap over identity terms and dialects, personal data in logs (zero)",
        ],
    ),
    follow_ups=[
        FollowUp(
            "mid",
            "Why bucket by length?",
            answer="A batch is a rectangle: every text is padded to the longest one. With a mean of {tokens:n} tokens and a longest text of {padded:n}, a mixed batch computes {waste} times what is needed. Five buckets, each twice as long as the last, cap that at two for texts over eight tokens and bring it to about 1.4 on average; each has its own queue, so that long texts do not delay short ones. Attention over packed texts needs no buckets, if kernels and quantisation support it.",
            weak="'To make batches bigger', without the waste of padding.",
            where="serving/Length buckets",
        ),
        FollowUp(
            "mid",
            "How can the result cache exist if raw text must not be stored?",
            answer="The key is a keyed hash of the normal form with tenant, task and model versions; the value holds scores and offsets only. The hash key rotates daily, so entries cannot be matched with guessed texts later, and a new blocklist or module version misses by construction. Hits are {hits} because people repeat themselves.",
            weak="Caches the text itself, or forgets versions in the key.",
            where="serving/Result cache",
        ),
        FollowUp(
            "senior",
            "Side adapters, LoRA or full fine-tuning?",
            answer="Full tuning and LoRA change hidden states, so each task needs its own pass: {separate_gpus} GPUs instead of {encoder_gpus} for {asked} tasks. Side adapters read the frozen states; they lose a point or so but share the pass, train in minutes and cannot disturb another tenant. I would give LoRA and its own pool to a task that earns it.",
            weak="'LoRA, because it is cheap to train', ignoring the serving pass.",
            where="decision: A frozen encoder",
        ),
        FollowUp(
            "senior",
            "Annotators disagree on half of the toxicity labels. What do you do?",
            answer="Separate noise from perspective. Check guidelines and gold items; estimate each annotator's reliability; if disagreement remains along dialect or community, it is information. Train on the distribution, report precision by group, and let policy, not the majority, choose the threshold. Where people split evenly the system should abstain.",
            weak="'Take the majority vote and move on.'",
            where="labels/Aggregation",
        ),
        FollowUp(
            "senior",
            "How do you know quality in Swahili without labels?",
            answer="You do not, until people judge what was decided in it: {audit_texts} decisions drawn at random give one point of margin at {precision}, and a sample of all texts shows what was missed. Meanwhile: behaviour probes translated by natives, agreement of the module with an LLM on a sample, abstain rate and score shift against related languages. Thresholds stay high and the published quality says unknown.",
            weak="Uses English F1 or cross-lingual benchmark scores as proof.",
            where="operations/Audit panel",
        ),
        FollowUp(
            "senior",
            "Why does one temperature per language help?",
            answer="Small languages are over-confident because the encoder saw little of them: the same logit may mean 90 % precision in English and 70 in Swahili. A temperature rescales confidence without changing the order and needs only a few hundred labels, unlike isotonic regression. Thresholds by language then mean one precision everywhere.",
            weak="'Calibrate on the pooled validation set.'",
            where="serving/Calibrate and abstain",
        ),
        FollowUp(
            "staff",
            "You must replace the encoder under forty tenants. How?",
            answer="Treat the pair of encoder generation and module as a contract. Retrain every module on the new states automatically, gate each task and language, serve both generations for a month ({deployed} GPUs become up to twice as many), migrate tenant by tenant in shadow first, pin those that lose. Deprecate with a date. The registry refuses incompatible pairs.",
            weak="Swaps the encoder and asks tenants to retest.",
            where="training/Model registry",
        ),
        FollowUp(
            "staff",
            "Why not replace all this with an LLM API?",
            answer="Volume. {missed:n} prompts a second of {llm_prompt:n} tokens on an 8B model need about {llm_gpus} H100s for prefill, against {encoder_gpus} L4s. Latency and data residency add to it. For a new task at ten texts a second the LLM is the right start, and its outputs are the labels with which the module replaces it.",
            weak="Answers by taste: 'LLMs are better' or 'too slow', without numbers.",
            where="decision: A task-specific encoder",
        ),
        FollowUp(
            "staff",
            "Spammers change their wording every week. Design the loop.",
            answer="Three speeds. Seconds: normaliser rules and blocklist terms, whatever the models do. Hours: novelty clusters from masked samples, ranked by reach, to people. Days: an LLM expands confirmed cases, the module retrains in minutes, the gate includes last month's attacks. Measure time from first sight to block, and false blocks beside it.",
            weak="'Retrain more often', with no fast path or labels.",
            where="operations/Drift monitor",
        ),
        FollowUp(
            "staff",
            "A tenant says the new version broke their product, but F1 rose. How can both be true?",
            answer="They act on a threshold. A better model with other calibration moves the share above it; precision at their point may fall while F1 rises. Or their taxonomy slice differs. Compare at their operating point and language, in shadow on their traffic; republish thresholds with each version; make abstain and action rates part of the gate.",
            weak="Insists that the benchmark is right.",
            where="training/Calibrator",
        ),
    ],
    case_studies=[
        CaseStudy(
            "Roblox",
            system="DistilBERT classifiers at over 1 billion requests a day on CPUs",
            difference="A smaller model, dynamic shapes, int8 and a cache brought one task under 20 ms on CPUs, with 5 times a V100's throughput at equal cost. We serve many tasks from one pass, which fills GPU batches; their student is our fallback.",
            source="https://blog.roblox.com/2020/05/scaled-bert-serve-1-billion-daily-requests-cpus/",
        ),
        CaseStudy(
            "Uber",
            system="COTA v2, deep models for support tickets on Michelangelo",
            difference="One model per decision mixes text with ticket and trip features and suggests three answers to an agent; it decides with a person, so accuracy at three matters, where we need calibrated thresholds.",
            source="https://eng.uber.com/cota-v2/",
        ),
        CaseStudy(
            "Airbnb",
            system="generative models (MT5, T5) in customer support",
            difference="They replaced an XLM-RoBERTa classifier by an encoder-decoder that answers yes or no to a prompt, which absorbs new intents without a taxonomy; affordable at support volume, not at ours.",
            source="https://medium.com/airbnb-engineering/how-ai-text-generation-models-are-reshaping-customer-support-at-airbnb-a851db0b4fa3",
        ),
    ],
    five_minutes=[
        Phase(
            0.5,
            "Frame",
            "I will design a text-understanding platform: product teams send short texts in a hundred languages and get classes, entities and translations. The goal is their outcome, for example tickets routed right first time, not average accuracy, which English would carry. A task may abstain, because an honest 'I do not know' is better than a guess. The baseline is n-gram models with rules, about ten points of F1 below, and a good fallback for the biggest languages.",
        ),
        Phase(
            0.75,
            "Size",
            "{texts:n} texts a day are {peak_rate:n} a second at peak; a cache answers {hits}, so {missed:n} reach the model. At {tokens:n} tokens and {parameters:n} parameters a text costs {text_flop:n} FLOP: {encoder_gpus:n} small GPUs in each of two regions, because one must carry the peak. An LLM prompted for the same would need about {llm_gpus:n} H100s. The whole costs {cost_per_thousand} per thousand texts. So sharing one pass is the design, and padding is the enemy: batches of mixed lengths would take {waste} times the compute.",
        ),
        Phase(
            1.25,
            "Serve",
            "The gateway checks tenant, quota and length. A normaliser undoes homoglyphs and keeps offsets. The cache is keyed by a rotating hash with versions, so no text is stored. A blocklist matches on the normal form whatever the models do, since new terms must act in a minute. Misses get a language and pieces from the very tokenizer of training, go into length buckets, and wait at most {batch_wait}. One pass through twelve frozen layers takes {pass_time}. Side adapters of the asked tasks read the hidden states, heads give classes and spans, and calibration by language decides or abstains, all within {promise}. Five asked tasks add {added} to the pass instead of four more passes. If the queue grows beyond {queue_limit}, a distilled student on CPUs answers the top tasks.",
        ),
        Phase(
            0.5,
            "Translate",
            "Translation is a different machine: it decodes token by token, so memory and caching matter more. Approved segments come from translation memory, hot ones from a cache, head pairs from small pair models, the tail from one multilingual model. A quality estimate without reference and a check of digits and names guard the output.",
        ),
        Phase(
            1.0,
            "Learn",
            "Consent and masking come first. A random sample per language is drawn before anything else and is the only source of tests and thresholds. Then a selector finds uncertain, novel and rare texts; rules and an LLM label in bulk, three native speakers judge what is subjective, and their spread stays in the label. The encoder is tuned twice a year on large tasks; tenants train modules on frozen states in minutes. The registry knows which encoder, tokenizer and module fit together, and refuses every other combination.",
        ),
        Phase(
            0.5,
            "Evaluate",
            "The gate is by task and language: nobody may lose a point. Behaviour tests cover typos, negation and identity swaps. Online the unit is the tenant's ticket, and {arm} per arm show one percent. When a tenant says that a better model broke their product, I look at their threshold first, because calibration moved, and I republish thresholds with every version. Audits of {audit_texts} decisions per language give a margin of one point on precision.",
        ),
        Phase(
            0.5,
            "Risks",
            "I would watch tokenizer skew, a language that silently degrades, and personal data in logs. Each has a detector: golden strings at start, the language gate with an audit panel, and canary strings. And the hardest part is organisational: changing the encoder under forty tenants, which is why two generations are served side by side.",
        ),
    ],
    interview_plan=[
        Phase(
            5,
            "Clarify",
            "Tasks, languages, lengths, ownership, privacy, abstention. Fix {promise} and the outcome metric.",
        ),
        Phase(4, "Frame", "Goal to metric; why macro by language; n-gram baseline."),
        Phase(
            6,
            "Estimate",
            "Rate past the cache, FLOP per text, GPUs, padding, modules against separate models, LLM comparison.",
        ),
        Phase(
            10,
            "Serving path",
            "Normalise, cache, blocklist, language, tokenise, buckets, encoder, adapters, heads, calibrate. Times on arrows.",
        ),
        Phase(
            8,
            "Labels and training",
            "Random slice first; weak, LLM and human labels; soft labels; frozen encoder contract; write two losses.",
        ),
        Phase(4, "Translation", "Memory, cache, pair router, quality estimation."),
        Phase(
            5,
            "Evaluation and operation",
            "Language gate, behaviour probes, audits, encoder migration, student fallback.",
        ),
        Phase(3, "Close", "When one task leaves the shared pass, and when an LLM wins."),
    ],
    building_blocks=["llm-genai", *LEARNING_BLOCKS, *RESPONSIBILITY_BLOCKS, *COMMON_BLOCKS],
    sources=bibliography("""
        Q. N. Le, K. Kaehler (Roblox), "How We Scaled Bert To Serve 1+ Billion Daily Requests on CPUs", Roblox blog 2020
            https://blog.roblox.com/2020/05/scaled-bert-serve-1-billion-daily-requests-cpus/
            a smaller model, dynamic shapes, int8, a cache
        Q. N. Le, K. Kaehler (Roblox), "How We Scaled Bert To Serve 1+ Billion Daily Requests on CPU", Data + AI Summit 2021
            https://www.databricks.com/session_na21/how-we-scaled-bert-to-serve-1-billion-daily-requests-on-cpu
            over 50 k requests a second under 20 ms; five times a V100's throughput at equal cost
        H. Zheng et al. (Uber), "Scaling Uber's Customer Support Ticket Assistant (COTA) System with Deep Learning", Uber Engineering 2018
            https://eng.uber.com/cota-v2/ text and context features for ticket types, suggested to an agent
        G. Li, M. Zhao, Z. Zhao (Airbnb), "How AI Text Generation Models Are Reshaping Customer Support at Airbnb", Airbnb Tech Blog 2022
            https://medium.com/airbnb-engineering/how-ai-text-generation-models-are-reshaping-customer-support-at-airbnb-a851db0b4fa3
            an encoder-decoder in place of an XLM-RoBERTa classifier
        J. Devlin et al. (Google), "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding", NAACL 2019
            https://arxiv.org/abs/1810.04805 the encoder's shape
        A. Conneau et al. (Facebook), "Unsupervised Cross-lingual Representation Learning at Scale", ACL 2020
            https://arxiv.org/abs/1911.02116 one encoder for a hundred languages, sampling with exponent 0.3
        B. Warner et al. (Answer.AI, LightOn), "Smarter, Better, Faster, Longer: A Modern Bidirectional Encoder for Fast, Memory Efficient, and Long Context Finetuning and Inference", ACL 2025
            https://arxiv.org/abs/2412.13663 ModernBERT: texts packed without padding
        M. Marone et al. (Johns Hopkins University), "mmBERT: A Modern Multilingual Encoder with Annealed Language Learning", ICML 2026
            https://arxiv.org/abs/2509.06888 a multilingual encoder of that design, ahead of XLM-R
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
            https://arxiv.org/abs/2001.08361 2 FLOP per parameter and token
        NVIDIA, "NVIDIA L4 Tensor Core GPU", product page 2023
            https://www.nvidia.com/en-us/data-center/l4/ the BF16 peak, printed with sparsity and so halved here
    """),
)


@view("Overview")
def overview() -> None:
    """One encoder pass serves many tasks, translation is a service of its own, uncertain texts return as labels."""
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
    preparation >> response("token ids") >> encoder >> response("hidden states") >> modules
    preparation >> request("translate call") >> translation >> response("translation") >> teams
    modules >> response("scores, spans") >> teams
    teams >> batch("{documents:n} documents") >> bulk >> batch("texts at night") >> encoder
    bulk >> batch("scores, spans") >> teams
    modules >> stream("masked results") >> log >> batch("hourly") >> lake >> batch("corpora") >> training
    log >> batch("uncertain texts") >> annotators >> feedback("labels") >> training
    training >> control("gated versions") >> registry >> control("encoder build") >> encoder
    registry >> control("modules") >> modules


@view("Serving", details="overview/Online")
def serving() -> None:
    """Each text is tokenised once and encoded once for many heads, in {promise}."""
    caller = Client("Calling service", tooltip="Sends text, tenant, tasks and a language hint")
    with Cluster("Front"):
        gateway = Envoy(
            "API gateway", tooltip="Auth and quota; cuts over-long texts to head and tail, sends the whole to bulk"
        )
        normaliser = Rust("Normaliser", tooltip="Unicode form, homoglyphs, spacing; maps offsets back")
        cache = Redis(
            "Result cache\nRedis",
            tooltip="Keyed by hash and versions, so new terms miss; answers are written back, never text",
        )
        block_list = Rust("Blocklist matcher", tooltip="Exact terms, live in 60 s, whatever the models do")
    with Cluster("Prepare"):
        language = ModelServer("Language ID", tooltip="Small n-gram model; picks thresholds and modules")
        tokenizer = Cpp("Tokenizer\nSentencePiece", tooltip="The binary and vocabulary of training")
        buckets = Assembler("Length buckets", tooltip="16, 32, 64, 128 and 256 tokens, to keep padding low")
        batcher = Planner("Dynamic batcher\nTriton", tooltip="Waits {batch_wait} at most; a queue for each priority")
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
        normaliser >> request("keyed hash") >> cache >> response("cached result") >> caller
    with step("Blocklist terms are matched on the normal form, independent of any model."):
        normaliser >> response("normal form") >> block_list >> response("hard matches") >> calibrator
    with step("Misses, {missed} at peak, get a language and on average {tokens} token ids in {tokenising}."):
        normaliser >> response("misses, {missed}") >> language >> response("text, language") >> tokenizer
    with step("Mixed lengths would take {waste} times the compute, so buckets; a batch waits {batch_wait} at most."):
        tokenizer >> response("{tokens} tokens mean") >> buckets >> response("by length") >> batcher
    with step("A pass on a full batch takes {pass_time}; {asked} tasks add {added} to it, not {asked} passes."):
        batcher >> request("batch, {batch_wait}") >> encoder >> response("hidden states") >> adapters
    with step("Adapters, sequence heads and the entity decoder take {heads} together."):
        adapters >> response("pooled vector") >> sequence_heads >> response("logits") >> calibrator
        adapters >> response("token vectors") >> span_head >> response("spans, scores") >> calibrator
    with step("Calibration by language decides or abstains in {calibrating}; the answer is out within {promise}."):
        calibrator >> response("all tasks,\n{promise}") >> caller
    with step("If the queue passes {queue_limit}, the student on CPUs answers the top tasks instead."):
        batcher >> request("overflow past {queue_limit}") >> student >> response("coarse logits") >> calibrator
    with step("Scores, versions and a masked sample leave for drift, audit and label selection."):
        calibrator >> stream("scores, versions") >> log


@view("Translation", details="overview/Translation service")
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

    caller >> request("text, target") >> api
    api >> request("segments") >> memory >> response("approved text") >> caller
    api >> request("missed segments") >> cache >> response("cached text") >> caller
    api >> request("domain terms") >> glossary
    api >> request("{decoded}, constraints") >> router
    router >> request("top pairs") >> pairs >> response("{output} tokens") >> entities
    router >> request("other pairs") >> multilingual >> response("{output} tokens") >> entities
    entities >> response("source, translation") >> estimator >> response("text, score") >> caller
    estimator >> control("try the other") >> router
    estimator >> stream("low score") >> editors >> feedback("approved segment") >> memory
    estimator >> stream("scores") >> log
    editors >> feedback("edit pairs") >> log


@view("Labels", details="overview/Annotators")
def labels() -> None:
    """Consent and masking first, cheap labels in bulk, people where texts are uncertain or judgement differs."""
    with Cluster("Collect"):
        log = Kafka("Serving log\nKafka", tooltip="Scores, and text samples masked once in serving")
        consent = Choice("Consent filter", tooltip="Drops tenants and users who opted out")
        masker = Guard("PII masker", tooltip="A slower second pass for names and numbers the first one missed")
        pool = S3("Text pool", tooltip="By language, for 30 days, with a deletion index by hashed id")
    with Cluster("Select"):
        selector = Spark("Selector\nSpark", tooltip="Uncertain, novel and rare-language texts, no near-copies")
        random_slice = Preparation(
            "Random sample",
            tooltip="Drawn first, kept out of training: thresholds and tests of each language, a half each",
        )
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
    selector >> batch("hard set") >> tool >> batch("{labels}") >> annotators >> feedback("answers") >> aggregation
    aggregation >> batch("soft labels") >> datasets >> control("class gaps") >> selector


@view("Model", details="serving/Shared encoder")
def model() -> None:
    """One frozen encoder, small side networks that read its states, and heads that each learn from their own labels."""
    with Cluster("Input"):
        text = Features("Text, normalised", tooltip="At most 256 pieces; head and tail of longer texts")
        pieces = EmbeddingTable(
            "Pieces\n250,000 × 768", tooltip="192 M of {all_parameters} parameters: most of the model"
        )
    with Cluster("Shared encoder, frozen"):
        lower = Interaction("Layers 1–8", tooltip="12 heads of 64; spelling, words, syntax")
        upper = Interaction("Layers 9–12", tooltip="Meaning across languages; masked-token pretraining twice a year")
    with Cluster("Side adapters") as adapters:
        intent_side = Expert(
            "Intent adapter", tooltip="Ladder of width 96 beside the frozen layers, {module_parameters} parameters"
        )
        toxic_side = Expert("Toxicity adapter", tooltip="The same shape; trained and released by its own tenant")
        span_side = Expert("Entity adapter", tooltip="Reads token vectors instead of the pooled one")
    with Cluster("Heads") as heads:
        intent = Head("Intent\nsoftmax", tooltip="Classes of the tenant's taxonomy")
        toxic = Head("Toxicity\nsigmoid", tooltip="One probability per policy; several may hold")
        spans = Head("Entities\nCRF", tooltip="BIO tags with legal transitions only")
    with Cluster("Losses"):
        soft = LossFunction("Cross-entropy\nsoft labels", tooltip="Against the distribution of annotators")
        crf = LossFunction("CRF likelihood", tooltip="Of the whole tag sequence")
        distil = LossFunction("Distillation", tooltip="KL between teacher and 6-layer student")
    student = Encoder("CPU student\n6 layers", tooltip="int8; top tasks, when the GPU queue is full")
    temperature = Calibrator(
        "Temperature\nby language", tooltip="Fitted after training, on random labels; scales logits before thresholds"
    )
    people = Labeller("Annotators' labels", tooltip="Three native speakers per subjective text")

    text >> Edge(label="T ids") >> pieces >> Edge(label="T × 768") >> lower >> Edge(label="T × 768") >> upper
    lower >> Edge(label="layers 4, 8") >> adapters
    upper >> Edge(label="pooled 768 d") >> [intent_side, toxic_side]
    upper >> Edge(label="T × 768") >> span_side
    intent_side >> Edge(label="96 d") >> intent >> Edge(label="logits") >> soft
    toxic_side >> Edge(label="96 d") >> toxic >> Edge(label="logits") >> soft
    span_side >> Edge(label="T × 96") >> spans >> Edge(label="tag scores") >> crf
    heads >> Edge(label="all scores") >> temperature
    intent >> Edge(label="teacher logits") >> distil
    text >> Edge(label="T ids") >> student >> Edge(label="student logits") >> distil
    people >> feedback("class shares") >> soft
    people >> feedback("spans") >> crf


@view("Training", details="overview/Training pipeline")
def training() -> None:
    """One encoder for everyone, modules for each tenant, and a contract of compatibility between the two."""
    scheduler = Airflow("Scheduler", tooltip="Modules on demand, the encoder every half year")
    with Cluster("Data"):
        corpora = S3("Corpora", tooltip="Deduplicated text, small languages sampled up")
        datasets = Catalogue("Dataset registry", tooltip="Label sets of tasks, pinned by version")
        parallel = S3("Parallel corpora", tooltip="Mined and licensed pairs, back-translations")
        annotators = Users("Annotators", tooltip="Judge masked samples of what was served")
    with Cluster("Base models") as base_models:
        tokenizer = Cpp(
            "Tokenizer build", tooltip="Keeps or extends the public vocabulary; frozen for an encoder generation"
        )
        pretraining = Trainer("Continued pretraining", tooltip="Masked-token training on the platform's text")
        multi_task = Trainer("Multi-task tuning", tooltip="Large tasks shape the encoder, none beyond its cap")
        translator = Trainer("Translation trainer", tooltip="Many-to-many teacher and the multilingual model")
    with Cluster("Modules") as tenant_modules:
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
    datasets >> batch("large tasks") >> multi_task >> batch("frozen encoder") >> modules
    datasets >> batch("tenant labels") >> modules >> batch("teacher scores") >> distiller
    base_models >> batch("encoder,\nmultilingual model") >> compiler
    tenant_modules >> batch("modules, students") >> compiler
    parallel >> batch("sentence pairs") >> translator >> batch("teacher output") >> distiller
    compiler >> batch("engine scores") >> calibrator
    datasets >> batch("random slice,\nto fit") >> calibrator
    datasets >> batch("random slice,\nto test") >> gate
    calibrator >> batch("calibrated") >> gate >> control("passed") >> registry >> control("bundle") >> canary
    canary >> control("by tenant") >> fleet >> batch("masked samples") >> annotators >> feedback("labels") >> datasets


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
        audit = Users(
            "Audit panel",
            tooltip="Judges a random weekly sample of each main language: decisions for precision, all texts for recall",
        )
        outcomes = Kafka("Tenant outcomes\nKafka", tooltip="Re-routed tickets, appeals, edits, by call id")
        dashboards = Grafana("Dashboards\nGrafana", tooltip="One cell for each task and language")
    with Cluster("Act"):
        alerts = Pagerduty("On-call alerts", tooltip="Pages on latency, abstain jumps, failed probes")
        oncall = User("On-call engineer", tooltip="Pins a language, rolls back a module, stops a log sink")
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
    metrics >> control("SLO burn") >> alerts >> control("page") >> oncall >> control("roll back") >> rollback
    drift >> control("new slang") >> retrain
    audit >> control("F1 fell") >> retrain >> control("gated module") >> fleet
    fleet >> stream("scores by arm") >> analysis >> control("tenant guardrail") >> rollback
    outcomes >> feedback("re-routed, upheld") >> analysis
    rollback >> control("previous version") >> flags
