"""Answer a conversation turn from documents the user is allowed to read, with the first words on screen in under 2 s.

An assistant that searches, remembers and calls tools spends thousands of input tokens and hundreds of sequential decode
steps on an answer. GPUs are scarce, attention state (the KV cache) fills their memory, and no single label says whether
an answer was good.

Retrieved text and tool results are untrusted input inside the prompt. Safety is therefore a property of the whole
pipeline: what enters the prompt is checked, what leaves it is checked, and tools run with the user's own rights.
"""

from diagrams import Cluster, Edge
from diagrams.aws.storage import S3
from diagrams.elastic.elasticsearch import Elasticsearch
from diagrams.generic.network import Switch
from diagrams.generic.storage import Storage
from diagrams.k8s.clusterconfig import HPA
from diagrams.k8s.compute import Cronjob
from diagrams.onprem.analytics import Spark
from diagrams.onprem.client import User, Users
from diagrams.onprem.container import Gvisor
from diagrams.onprem.database import Clickhouse, Postgresql, Qdrant
from diagrams.onprem.gitops import Argocd, Flagger
from diagrams.onprem.inmemory import Redis
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.monitoring import Grafana, Prometheus
from diagrams.onprem.network import Envoy, Etcd
from diagrams.onprem.queue import Kafka
from diagrams.onprem.tracing import Jaeger
from diagrams.onprem.workflow import Airflow, Kubeflow, Nifi
from diagrams.programming.flowchart import Decision as Choice
from diagrams.programming.flowchart import InputOutput, Inspection, MultipleDocuments
from diagrams.programming.framework import React
from diagrams.programming.language import Python
from diagrams.saas.alerting import Pagerduty

from archfolio import (
    COMMON_BLOCKS,
    RESPONSIBILITY_BLOCKS,
    Assembler,
    Bias,
    Budget,
    Cache,
    CaseStudy,
    Clarification,
    Decision,
    Distiller,
    EmbeddingTable,
    Encoder,
    Estimate,
    Evaluation,
    Evaluator,
    FailureMode,
    Fallback,
    FeatureGroup,
    FollowUp,
    Framing,
    Guard,
    Head,
    Interaction,
    InterviewRank,
    Label,
    Labeller,
    Loss,
    LossFunction,
    MathFormula,
    Metrics,
    ModelPool,
    ModelServer,
    Parallel,
    Phase,
    Planner,
    PromptPart,
    Ranker,
    Requirements,
    Retriever,
    ReviewQueue,
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
    users=assume("Daily active users", 10e6, "user"),
    visits=assume("Turns a user takes", 8, "turn/user/day"),
    peak_factor=assume("Peak over average", 3),
    turns=derive("Turns per day", "users * visits", "turn/day"),
    peak_rate=derive("Peak turn rate", "turns * peak_factor", "turn/s"),
    large=assume("Turns routed to the large model, of all turns", 40, "percent"),
    large_rate=derive("Large-model turns at peak", "peak_rate * large", "turn/s"),
    small_rate=derive("Small-model turns at peak", "peak_rate * (1 - large)", "turn/s"),
    instructions=assume("System prompt", 500, "token/turn", note="identical for every user"),
    schemas=assume("Tool schemas", 300, "token/turn", note="identical for every user"),
    system_tokens=derive("System prompt and tool schemas", "instructions + schemas", "token/turn"),
    facts=assume("Remembered facts", 150, "token/turn", note="ten, fixed for a chat"),
    earlier=assume("Earlier turns", 1_000, "token/turn", note="append-only"),
    message=assume("Message", 50, "token/turn"),
    history=derive("Facts, earlier turns and the message", "facts + earlier + message", "token/turn"),
    kept=assume("Passages in the prompt", 8, "passage/turn"),
    passage_tokens=assume("Length of a passage", 250, "token/passage"),
    evidence=derive(
        "Passages",
        "kept * passage_tokens",
        "token/turn",
        note="in every prompt: cautious, a fifth of turns do not search",
    ),
    prompt=derive("Prompt", "system_tokens + history + evidence", "token/turn"),
    answer=assume("Answer", 350, "token/turn", note="with the tool calls that lead to it"),
    resident=assume(
        "Chats that find their blocks again, of chats",
        95,
        "percent",
        note="same replica, or reloaded from host memory and NVMe",
    ),
    history_hit=derive(
        "History found in the prefix cache, of its tokens",
        "(facts + earlier - message - answer) / history * resident",
        "percent",
        note="the last message and answer were computed behind passages that are gone, so they are prefilled again",
    ),
    cached=derive(
        "Prompt found in the prefix cache, of its tokens", "(system_tokens + history * history_hit) / prompt", "percent"
    ),
    fresh=derive("Prompt tokens to prefill", "prompt * (1 - cached)", "token/turn"),
    kv_elements=cite(
        "KV elements per token",
        163_840,
        "element/token",
        source="Llama 3",
        note="K and V, 80 layers, 8 KV heads of 128",
    ),
    kv_element=assume("Bytes per KV element", 1, "byte/element", note="FP8; FP16 doubles it"),
    token_kv=derive("KV per token", "kv_elements * kv_element", "byte/token"),
    prompt_kv=derive("KV of a prompt", "prompt * token_kv", "byte/turn"),
    turn_kv=derive("KV of a finished turn", "(prompt + answer) * token_kv", "byte/turn"),
    parameters=cite("Parameters of the large model", 70.6e9, "parameter", source="Llama 3", note="the 70B shape"),
    parameter_bytes=assume("Bytes per parameter", 1, "byte/parameter/replica", note="FP8, a copy in each replica"),
    model_bytes=derive("Parameters held by a replica", "parameters * parameter_bytes", "byte/replica"),
    gpus=assume("GPUs of a replica", 4, "GPU/replica"),
    gpu_memory=reference("h100_memory"),
    gpu_bandwidth=reference("h100_bandwidth"),
    gpu_fp8=reference("h100_fp8"),
    gpu_bf16=reference("h100_bf16"),
    gpu_price=reference("h100_price"),
    usable=assume("Usable GPU memory, of all", 90, "percent"),
    workspace=assume("Activations and CUDA graphs", 10e9, "byte/replica"),
    room=derive("Memory for KV", "gpus * gpu_memory * usable - workspace - model_bytes", "byte/replica"),
    fit=derive("Turns whose KV fits", "room / turn_kv", "turn/replica"),
    flop=reference("forward_flop"),
    mfu=assume("Model FLOPs utilisation (MFU) in prefill, of peak", 40, "percent"),
    mbu=assume(
        "Memory bandwidth utilisation (MBU) in decode, of peak",
        50,
        "percent",
        note="the rest: kernels, links, sampling",
    ),
    fp8=derive("FP8 compute a GPU delivers", "gpu_fp8 * mfu", "flop/s/GPU"),
    prefill_speed=derive("Prefill of a replica", "gpus * fp8 / (flop * parameters)", "token/s/replica"),
    prefill_replicas=derive("Prefill replicas, fully loaded", "ceil(large_rate * fresh / prefill_speed)", "replica"),
    uncached_replicas=derive(
        "Prefill replicas without a prefix cache", "ceil(large_rate * prompt / prefill_speed)", "replica"
    ),
    batch_size=assume("Turns decoded together", 128, "turn/replica", note="more would fit, but every step slows down"),
    step_floor=derive(
        "Memory floor of a decode step",
        "(model_bytes + batch_size * turn_kv) / (gpus * gpu_bandwidth)",
        "ms",
        note="parameters and KV are read once a step",
    ),
    step_time=derive("Decode step, the time per output token (TPOT)", "step_floor / mbu", "ms"),
    accepted=assume(
        "Tokens a turn gains in a step", 1, "token/turn", note="more with speculative decoding; planned without"
    ),
    decode_time=derive("Decode of an answer", "answer / accepted * step_time", "s"),
    link=assume("RDMA bandwidth into a decode replica", 50e9, "byte/s/replica", note="one 400 Gbit/s port"),
    long_prompt=assume("Uncached tokens of a long prompt, p99", 8_000, "token/turn"),
    prefill_batch=assume("Long prompts prefilled together", 1, "turn/replica"),
    transfer=derive(
        "KV transfer of a long prompt",
        "(long_prompt + prompt * cached) * prefill_batch * token_kv / link",
        "ms",
        note="with the cached prefix, which decode needs too",
    ),
    decoding=derive("Turns in decode at peak", "large_rate * (transfer + decode_time)", "turn", note="Little's law"),
    decode_replicas=derive("Decode replicas", "ceil(decoding / batch_size)", "replica"),
    kv_link=derive("KV sent by a prefill replica", "large_rate * prompt_kv / prefill_replicas", "byte/s/replica"),
    large_gpus=derive("Large-model GPUs", "(prefill_replicas + decode_replicas) * gpus", "GPU"),
    small_parameters=cite("Parameters of the small model", 8e9, "parameter", source="Llama 3", note="the 8B shape"),
    small_bytes=assume("Bytes per parameter of the small model", 1, "byte/parameter/GPU", note="FP8, one GPU each"),
    small_kv=cite("KV per token, small model", 65_536, "byte/token", source="Llama 3", note="32 layers, FP8"),
    small_batch=assume("Turns decoded together, small model", 128, "turn/GPU"),
    small_step=derive(
        "Decode step, small model",
        "(small_parameters * small_bytes + small_batch * (prompt + answer) * small_kv) / gpu_bandwidth / mbu",
        "ms",
    ),
    small_speed=derive("Tokens a GPU decodes, small model", "small_batch * accepted / small_step", "token/s/GPU"),
    small_prefill=derive("Small-model prefill GPUs", "ceil(small_rate * fresh * flop * small_parameters / fp8)", "GPU"),
    small_gpus=derive("Small-model GPUs", "small_prefill + ceil(small_rate * answer / small_speed)", "GPU"),
    searched=assume("Turns that search, of all turns", 80, "percent"),
    reranked=assume("Passages re-ranked", 50, "passage/turn"),
    cross_parameters=assume(
        "Parameters of the cross-encoder's layers", 0.3e9, "parameter", note="24 layers of width 1,024"
    ),
    cross_tokens=assume("Query and passage in the cross-encoder", 300, "token/passage"),
    cross_speed=derive(
        "Passages a GPU re-ranks", "gpu_bf16 * mfu / (flop * cross_parameters * cross_tokens)", "passage/s/GPU"
    ),
    cross_batch=assume("Turns re-ranked together", 4, "turn/GPU"),
    cross_time=derive("Cross-encoder on a batch", "reranked * cross_batch / cross_speed", "ms"),
    cross_gpus=derive("Cross-encoder GPUs", "ceil(peak_rate * searched * reranked / cross_speed)", "GPU"),
    guard_parameters=assume("Parameters of router and guards", 1e9, "parameter"),
    guard_read=derive(
        "Tokens that router and guards read",
        "history + searched * kept * passage_tokens + answer",
        "token/turn",
        note="router: history; content guard: passages; output guard: the answer",
    ),
    guard_gpus=derive("Router and guard GPUs", "ceil(peak_rate * guard_read * flop * guard_parameters / fp8)", "GPU"),
    needed_gpus=derive("GPUs needed at peak", "large_gpus + small_gpus + cross_gpus + guard_gpus", "GPU"),
    headroom=assume("Headroom, of the GPUs needed at peak", 30, "percent"),
    total_gpus=derive("GPUs", "ceil(needed_gpus * (1 + headroom))", "GPU"),
    alone_gpus=derive(
        "GPUs if the large model answered every turn",
        "ceil((large_gpus / large + cross_gpus + guard_gpus) * (1 + headroom))",
        "GPU",
    ),
    extras=assume("Search, storage, network and CPU, of the GPU bill", 15, "percent"),
    bill=derive("GPU bill", "total_gpus * gpu_price", "USD/month"),
    cost_per_thousand=derive("Cost of 1,000 turns", "1000 * total_gpus * gpu_price * (1 + extras) / turns", "USD/turn"),
    edge=assume("Edge, auth and quota, p99", 30, "ms"),
    context=assume("Conversation and memory fetch, p99", 40, "ms"),
    input_check=assume("Input guard, p99", 90, "ms"),
    rewriting=assume("Query rewrite and routing, p99", 180, "ms", note="about 30 sequential tokens of a 1 B model"),
    rights=assume("Access look-up, p99", 20, "ms"),
    embedding=assume("Query embedding, p99", 20, "ms"),
    vector_time=assume("Vector search, p99", 60, "ms"),
    keyword_time=assume("Keyword search, p99", 45, "ms"),
    passage_check=assume("Content guard, p99", 30, "ms"),
    assembly=assume("Prompt assembly and prefix look-up, p99", 20, "ms"),
    queue_limit=assume("Longest admission queue", 350, "ms", note="beyond it admission control rejects"),
    prefill_time=derive("Prefill of a long prompt", "long_prompt * prefill_batch / prefill_speed", "ms"),
    chunk=assume("Tokens the output guard checks at once", 12, "token/turn"),
    hold_back=derive("Wait for the rest of a chunk", "(chunk / accepted - 1) * step_time", "ms"),
    check=assume("Output guard on a chunk, p99", 30, "ms"),
    slack=assume("Network and streaming, p99", 60, "ms"),
    promise=assume("First visible token, p99", 1_700, "ms"),
    documents=assume("Documents", 20e6, "document"),
    split=assume("Passages per document", 5, "passage/document"),
    passages=derive("Passages", "documents * split", "passage"),
    dimensions=assume("Dimensions of a passage vector", 1_024, "number/passage"),
    int8=assume("Bytes per dimension", 1, "byte/number", note="int8 quantised"),
    links=assume("HNSW links per passage (M)", 32, "link/passage"),
    link_bytes=reference("hnsw_link_bytes"),
    index_bytes=derive(
        "Vector index", "passages * (dimensions * int8 + links * link_bytes)", "byte", note="four shards"
    ),
    trace_bytes=assume("Trace of a turn", 20e3, "byte/turn"),
    traces=derive("Traces per day", "turns * trace_bytes", "byte/day", note="whole for 30 days, then samples"),
    regenerated=assume("Turns regenerated, of all turns", 6, "percent"),
    effect=assume("Smallest relative change worth detecting", 2, "percent"),
    clustering=assume("Design effect of turns grouped by user", 3),
    arm=derive(
        "Turns per arm of a test",
        "16 * (1 - regenerated) / (regenerated * effect ** 2) * clustering",
        note="80 % power at the 5 % level: 16 p (1 - p) / d², times the design effect",
    ),
)

SYSTEM = System(
    title="Chatbot / LLM system",
    family="end-to-end",
    position=13,
    interview=InterviewRank(10, "increasingly asked"),
    tags=Tags(
        task=["generation", "search"],
        pattern=["retrieval-augmented generation", "embedding retrieval", "cascade", "human in the loop"],
        data=["text", "events"],
    ),
    framing=Framing(
        goal="Resolve what the user came for in the chat, so that they return and do not open a support ticket.",
        decision="For each turn: whether to search, what to put in the prompt, which model answers, and whether the answer may be shown.",
        task="Conditional generation with retrieval: next-token prediction given instructions, history and passages, plus passage ranking and policy classification.",
        label="Demonstrations and ranked pairs from annotators; regenerations, edits and thumbs from users as weak labels; policy classes for the guards.",
        metric="Share of conversations resolved without regeneration or escalation, measured per user over a week.",
        not_optimised="Length of conversation or number of turns: a longer chat is often a worse one, and optimising it teaches the assistant to ramble and to flatter.",
        baseline="Keyword search over the same documents with the top passage shown as a snippet. It is enough while questions are look-ups with one right page; it fails on multi-turn, multi-document and action requests.",
    ),
    clarifications=[
        Clarification(
            "Open web or a closed corpus?", "{documents:n} company documents with access lists; no open web."
        ),
        Clarification(
            "Do we train the base model?", "No. We tune an open 70B-class and an 8B-class model and serve both."
        ),
        Clarification(
            "What does interactive mean?",
            "First visible token within {promise} at p99, then about {step_time} a token.",
        ),
        Clarification(
            "May the assistant act?", "Yes, through typed tools; anything that writes waits for the user's consent."
        ),
        Clarification("How fresh must knowledge be?", "5 min for new text; 60 s for deletions and revoked access."),
        Clarification(
            "Is a wrong answer worse than none?",
            "Yes. Without supporting passages the assistant says so and shows search results.",
        ),
        Clarification(
            "What may be stored?",
            "Full traces for 30 days with consent, then de-identified samples; memory is user-editable.",
        ),
    ],
    requirements=Requirements(
        functional=[
            "Streaming chat with citations, tool calls with consent, and a memory the user can read, edit and delete.",
            "Retrieval respects the asker's access rights at query time, not only when a document was indexed.",
            "Input, retrieved text and output are checked; a refusal gives its reason; appeals reach a person.",
            "Thumbs, edits and regenerations are tied to the versions of model, prompt and index.",
        ],
        qualities={
            "Latency": "First visible token within {promise} at p99 and 0.8 s at p50; then 50 ms a token at p99 (assumptions).",
            "Freshness": "A change is searchable in 5 min; a deleted or revoked document is out in 60 s (assumptions).",
            "Availability": "99.9 % of turns get a complete, guarded answer; a smaller model's answer counts, an unguarded one does not (assumption).",
        },
    ),
    estimate=ESTIMATE,
    headline=["peak_rate", "token_kv", "decoding", "total_gpus", "cost_per_thousand"],
    key_inputs=["users", "visits", "large", "answer", "batch_size"],
    cost="cost_per_thousand",
    budget=Budget(
        "p99 to the first visible token, without tool calls",
        promise="promise",
        stages={
            "Edge, auth and quota": "edge",
            "Conversation and memory fetch": "context",
            "Understand the turn": Parallel(
                {"Input guard": "input_check", "Query rewrite and routing": "rewriting", "Access rights": "rights"}
            ),
            "Query embedding": "embedding",
            "Search": Parallel({"Vector search": "vector_time", "Keyword search": "keyword_time"}),
            "Cross-encoder on {reranked} passages": "cross_time",
            "Content guard on {kept} passages": "passage_check",
            "Prompt assembly and prefix look-up": "assembly",
            "Admission queue": "queue_limit",
            "Prefill of {long_prompt:n} uncached tokens": "prefill_time",
            "KV transfer and first decode step": "transfer + step_time",
            "Output guard: {chunk} tokens, then the check": "hold_back + check",
            "Network and streaming": "slack",
        },
    ),
    labels=[
        Label(
            "Ranked pair of answers",
            window="a sampled turn, judged within 7 days",
            positive="the answer annotators prefer, graded for support by its citations",
            negative="the other answer of the same prompt",
            ignored="ties, and pairs on which two annotators disagree",
            delay="days: queue and double grading",
            bias="annotators favour long, confident answers; length is balanced within pairs",
            where="training/Annotators -> Preference tuning",
        ),
        Label(
            "Demonstration",
            window="hard cases of the last week",
            positive="an answer written by a person, each claim with a citation",
            negative="none: every token of the answer is a target",
            ignored="tokens of prompt and passages are masked out of the loss",
            delay="days",
            bias="hard cases are over-represented; a random sample is mixed in",
            where="training/Annotators -> Supervised tuning",
        ),
        Label(
            "Regeneration, edit or thumbs-down",
            window="until the next turn, at most 30 min",
            positive="copied, accepted or followed by thanks or a new topic",
            negative="regenerated, rephrased, edited or thumbed down",
            ignored="turns without a reaction; turns the guard blocked",
            delay="minutes",
            bias="few users vote (we assume one in fifty), and voters are unlike the rest; used for mining and monitoring, never as the reward itself",
            where="serving/Chat client -> Trace log",
        ),
        Label(
            "Policy class of a text",
            window="flagged turns and red-team attacks, weekly",
            positive="violates a named policy, or carries instructions to the model",
            negative="benign text that looks similar (hard negatives)",
            ignored="texts on which the policy itself is undecided",
            delay="a week",
            bias="only flagged text is reviewed, so a random sample measures the recall",
            where="training/Red team -> Guard tuning",
        ),
    ],
    training_example={
        "prompt": "system v41 | facts: 'works in Berlin office' | user: 'How many vacation days can I carry over?'",
        "passages": "[1] hr/leave-2026 §4 (score 0.91)  [2] hr/leave-2024 §4 (score 0.88, superseded)",
        "chosen": "You can carry over five days until 31 March [1].",
        "rejected": "You can usually carry over ten days [2].",
        "reason": "rejected answer cites a superseded policy",
        "versions": "model m-311, prompt p-41, index i-2026-11-21",
        "grader agreement": "2 of 2",
    },
    features=[
        FeatureGroup(
            "Query understanding",
            features=[
                "standalone rewrite of the message",
                "language",
                "intent class",
                "needs search (probability)",
                "needs a tool (probability)",
                "difficulty for the small model",
                "policy risk score",
            ],
            freshness="this turn",
            store="serving/Rewrite and route",
            leak="Difficulty is trained on which model answered well; logged turns show the routed model only, so 2 % of turns are answered by both.",
        ),
        FeatureGroup(
            "Passage and query",
            features=[
                "cosine of query and passage",
                "BM25 score",
                "reciprocal rank in each list",
                "cross-encoder logit",
                "title and section match",
                "age and superseded flag",
                "source authority",
            ],
            freshness="5 min",
            store="serving/Vector database",
            leak="Click-derived authority favours what was already shown; it is computed without the evaluation's question set.",
        ),
        FeatureGroup(
            "Conversation",
            features=[
                "last turns verbatim",
                "summary of truncated turns",
                "passages already cited",
                "open tool calls",
                "turn number",
                "tokens left in the context budget",
            ],
            freshness="this turn",
            store="serving/Session store",
            leak="The next user message says whether the answer was good; examples are cut before it.",
        ),
        FeatureGroup(
            "User memory",
            features=[
                "role and team",
                "office and locale",
                "preferred format",
                "remembered facts with origin",
                "opt-outs",
            ],
            freshness="seconds after an edit",
            store="serving/Long-term memory",
            leak="A memory written later answers an earlier question; facts are joined as of the turn's time.",
        ),
        FeatureGroup(
            "Access and policy",
            features=["groups of the user now", "groups of the document", "tenant policy", "region", "tools granted"],
            freshness="60 s",
            store="serving/Access service",
            leak="Training on documents without their access lists lets the model memorise what it must not tell; tuned only on text every employee may read.",
        ),
    ],
    loss=Loss(
        objective="Supervised tuning minimises cross-entropy on the answer's tokens only. Preference tuning then raises the odds of the chosen over the rejected answer relative to the frozen tuned model, with a small likelihood term on the chosen answer. Guards and cross-encoder are separate classifiers with weighted cross-entropy.",
        formulas=[
            MathFormula(
                "Supervised tuning",
                r"\mathcal{L}_{\mathrm{SFT}} = -\frac{1}{|y|} \sum_{t=1}^{|y|} \log \pi_\theta(y_t \mid x, y_{<t})",
                "x is the whole prompt with its passages, y the answer; prompt tokens are masked, so the model learns to answer and not to recite passages.",
            ),
            MathFormula(
                "Direct preference optimisation",
                r"\mathcal{L}_{\mathrm{DPO}} = -\log \sigma\left(\beta \log \frac{\pi_\theta(y_w \mid x)}{\pi_{\mathrm{ref}}(y_w \mid x)} - \beta \log \frac{\pi_\theta(y_l \mid x)}{\pi_{\mathrm{ref}}(y_l \mid x)}\right)",
                "y_w is preferred to y_l; the frozen reference and β (about 0.1) bound how far the policy may drift. No reward model and no sampling loop are needed.",
            ),
            MathFormula(
                "Reciprocal rank fusion",
                r"\mathrm{RRF}(d) = \sum_{r \in \{\mathrm{bm25}, \mathrm{ann}\}} \frac{1}{60 + \mathrm{rank}_r(d)}",
                "fuses two lists by rank because BM25 scores and cosines are on different scales.",
            ),
            MathFormula(
                "Calibrated guard",
                r"p = \sigma(z / T)",
                "z is the guard's logit; T is fitted on held-out reviewed text so that a threshold means the same risk in every release.",
            ),
        ],
        calibration="Token probabilities of an aligned model are poor confidence. Abstention uses a separate answerability score from the cross-encoder's best logits, temperature-scaled on 2,000 question-passage pairs; guards are scaled per policy class. Expected calibration error and over-refusal are tracked on a weekly random sample.",
    ),
    evaluation=Evaluation(
        offline="Golden questions with reference passages: recall at {reranked:n} and nDCG at {kept:n} for retrieval, correctness and claim-level grounding for answers, tool-call success, attack success and over-refusal. A judge model grades pairs in both orders, calibrated weekly against people.",
        disagreement="Golden questions are single-turn and well posed, live ones are vague and follow-ups; judges prefer length and their own style; and a grounded answer from a stale document is right offline and wrong for the user.",
        unit="User, sticky for the whole test: turns of a conversation share context, and a persona that changes mid-chat is itself a defect.",
        duration="Two full weeks: weekday and weekend questions differ, and novelty raises thumbs for a few days.",
        power="Baseline {regenerated} of turns regenerated, a {effect} relative change: {arm} turns per arm including the design effect, less than a day of traffic at 5 % per arm; two weeks are kept for retention.",
        guardrails="p99 to the first token, preemptions, cost per resolved chat, unsafe answers in a reviewed sample, over-refusals, leak-probe hits.",
    ),
    biases=[
        Bias(
            "Position bias in long prompts",
            effect="Models use the beginning and the end of a long context best; the passage in the middle is ignored.",
            cure="Only {kept} passages enter, the best first and last; evaluation permutes their order and measures the spread.",
            where="model/Passages",
        ),
        Bias(
            "Judge bias",
            effect="A judge prefers the first, the longer and its own family's answer, and a release chases those.",
            cure="Both orders are graded, ties where they differ, length is controlled, and people re-grade a sample every week.",
            where="training/Judge model",
        ),
        Bias(
            "Selection bias of feedback",
            effect="Few users vote and angry ones vote more; tuning on votes serves them only.",
            cure="Votes only mine hard cases; labels come from annotators on votes plus a random sample of all turns.",
            where="training/Hard-case miner",
        ),
        Bias(
            "Popularity bias of sources",
            effect="Often-cited documents keep their rank after a better page exists.",
            cure="Superseded flags and age are cross-encoder inputs; citations are not.",
            where="serving/Cross-encoder",
        ),
        Bias(
            "Delayed feedback",
            effect="Whether the problem was solved shows only when no ticket follows within a week.",
            cure="Decisions to ramp wait for resolved chats and retention; the judge only stops bad arms early.",
            where="operations/Experiment analysis",
        ),
        Bias(
            "Cold start of a new document",
            effect="No click, no link, no authority.",
            cure="Content embeddings and keywords make it retrievable within 5 min; no behavioural feature is required.",
            where="knowledge/Embedding service",
        ),
        Bias(
            "Cold start of a new tenant",
            effect="Unknown vocabulary and policies; the router misjudges difficulty.",
            cure="The first week routes to the large model and 200 curated questions gate the launch.",
            where="serving/Rewrite and route",
        ),
    ],
    decisions=[
        Decision(
            "Retrieval beside a general model",
            why="Facts change hourly and belong to some users only; retrieval makes them current, citable and filtered by access. Weights know no access lists and cannot forget a deleted document.",
            rejected=[
                "facts tuned into weights: stale after a day, no citation, and a leak across access groups",
                "the whole corpus in a long context: {passages:n} passages do not fit, and at {token_kv} a token long contexts crowd out other turns",
            ],
            revisit_when="A tenant's corpus is about 20 documents, 25,000 tokens, and reused all day: a cached prefix then replaces search, though every decode step reads it.",
        ),
        Decision(
            "Separate prefill and decode pools",
            why="Prefill is compute-bound and decode bandwidth-bound; in one pool a long prompt stalls everybody's next token. In two pools, each is batched, sized and scaled for its own limit.",
            rejected=[
                "chunked prefill in one pool: no KV transfer and fewer parts, but TPOT and time to first token trade against each other",
                "static batching: the batch waits for its longest answer",
            ],
            revisit_when="Fewer than about 10 replicas in all, or the KV link ({kv_link} from each prefill replica) exceeds half of its {link} port.",
        ),
        Decision(
            "Paged KV with shared prefixes",
            why="16-token blocks end fragmentation and let all turns share the system prompt's KV; {cached} of prompt tokens are never recomputed, which saves the same share of prefill GPUs. What follows it is shared within a chat only: elsewhere a timed hit would tell one tenant what another asked.",
            rejected=[
                "contiguous reservation for the longest answer: 20 to 38 % of reserved memory was in real use before paging",
                "recompute on every turn: {prefill_replicas} prefill replicas become {uncached_replicas}",
            ],
            revisit_when="Batch jobs have fixed lengths and share no prefix.",
        ),
        Decision(
            "A router and a small model for most turns",
            why="{large} of turns need the large model; the other {small_rate:n} a second take {small_gpus} GPUs on an 8 B model. An unsure router sends the turn to the large one.",
            rejected=[
                "one large model: one behaviour to test, but {alone_gpus} GPUs instead of {total_gpus}",
                "answer small, verify, then escalate: better quality per cost, but escalated turns miss {promise}",
            ],
            revisit_when="The small model loses more than 2 points of judged win rate on routed turns, or traffic falls below 100 turns a second.",
        ),
        Decision(
            "Guards on input and on output chunks",
            why="Separate small classifiers fail independently of the main model and can be updated within hours. Checking {chunk} tokens at once costs {hold_back} before the first word, and nothing after.",
            rejected=[
                "alignment alone: free, but one jailbreak defeats the only layer",
                "buffer the full answer: safest, but the first word waits {decode_time}",
            ],
            revisit_when="The use is regulated (medical, legal): buffer; or guard latency exceeds 100 ms a chunk.",
        ),
        Decision(
            "Hybrid search with a cross-encoder",
            why="Embeddings blur codes, names and negation that keywords match exactly; rank fusion needs no common scale, and the cross-encoder reads query and passage together where both lists are noisy.",
            rejected=[
                "vectors only: loses exact identifiers, typically the most valuable queries in a company",
                "agentic multi-step search: better on research questions, but every hop adds a second",
            ],
            revisit_when="Recall at {reranked:n} of one list alone is within 1 point of the fusion on fresh questions.",
        ),
    ],
    failures=[
        FailureMode(
            "KV memory runs out: long answers pile up and turns are preempted and recomputed mid-answer.",
            "The preemption counter rises and gaps between tokens exceed 500 ms.",
            "Admission control lowers the token budget and rejects low-priority tenants to the small model; the autoscaler adds decode replicas.",
        ),
        FailureMode(
            "A fluent answer has no support in its passages.",
            "The citation check finds uncited claims; the judge's grounding score drops for an intent.",
            "The answer is replaced by search results with an explanation, the answerability threshold rises, and the cases go to annotators.",
        ),
        FailureMode(
            "Prompt injection: a retrieved document or tool result contains instructions to the model.",
            "The content guard flags it, a tool call violates the turn's policy, or the output holds a canary token of the system prompt or a link to a host off the allow-list.",
            "The passage is dropped, the call is refused, links and pictures to other hosts are not rendered, since fetching one would carry data out; the document is quarantined and becomes a red-team case.",
        ),
        FailureMode(
            "Memory is poisoned: an injected text becomes a remembered fact and steers every later chat.",
            "A fact's origin is a passage or a tool result and not the user's own words; users delete facts more often.",
            "Only what users say or confirm is remembered; each fact keeps its origin, so those of a quarantined document are deleted with it.",
        ),
        FailureMode(
            "A user reads a document after access was revoked.",
            "Probe users re-query documents they lost, every minute.",
            "Groups are resolved per query, so the next search denies it; a kill switch hides the source while the cause is found.",
        ),
        FailureMode(
            "A guard service is down.",
            "Health checks fail and verdicts are missing on the trace.",
            "Tools and free-form topics are refused while the guard is down; only curated answers are served.",
        ),
        FailureMode(
            "A new prompt or model lowers quality without an error.",
            "The canary's regeneration rate and judged win rate fall against the previous bundle.",
            "The canary rolls back by itself; conversations keep the bundle they began with, so no persona changes mid-chat.",
        ),
        FailureMode(
            "A popular tenant floods the pool at 9 a.m.",
            "Queued tokens approach the {queue_limit} limit while other tenants are below their share.",
            "Token quotas per tenant bind first; the tenant's overflow is answered by the small model.",
        ),
    ],
    metrics=Metrics(
        offline=[
            "Answer correctness, claim-level grounding, recall at {reranked:n} and nDCG at {kept:n} of retrieval",
            "Tool-call success rate, attack success rate, over-refusal rate, agreement of the judge with people",
        ],
        online=[
            "Resolved conversations, regenerations, edits, thumbs with their response rate",
            "4-week retention, citation click-through",
        ],
        guardrail=[
            "p99 to the first token and per token, preemptions, cost per resolved conversation",
            "Unsafe answers in a reviewed sample, leak-probe hits",
        ],
    ),
    follow_ups=[
        FollowUp(
            "mid",
            "Why stream, and what does streaming do to safety?",
            answer="An answer takes {decode_time} to decode, so the first words must leave early. But a token on screen cannot be recalled. We hold back {chunk} tokens, classify them with the text so far, then release: {hold_back} of delay once, the rest is hidden by decoding. A late violation stops the stream and replaces the message.",
            weak="'Run the guard on the full answer', which makes users wait for the whole decode, or no output guard because 'the model is aligned'.",
            where="serving/Output guard",
        ),
        FollowUp(
            "mid",
            "How do you stop a user from seeing a document they lost access to?",
            answer="Filter at query time, inside the search. The access service resolves the user's groups now; both indexes filter on document groups before ranking, so denied passages never enter the prompt or the cache. Deletes and rights changes overtake content in the change stream, and probe users test it every minute.",
            weak="'Store permissions at indexing time', or filtering after the top 100, which leaks counts and leaves too few passages.",
            where="serving/Access service",
        ),
        FollowUp(
            "senior",
            "Walk me through the memory of one GPU replica.",
            answer="{gpus:n} GPUs of 80 GB, {usable} usable, minus {model_bytes} of FP8 parameters and 10 GB workspace leave {room} for KV. A token costs {token_kv}, a finished turn {turn_kv}, so {fit} fit. We run {batch_size:n}: each step reads parameters once plus all KV, and a larger batch lengthens every user's step beyond {step_time}.",
            weak="Counts only weights, forgets that KV grows with context and batch, or quotes FP16 KV with grouped heads ignored.",
            where="inference/Decode KV blocks",
        ),
        FollowUp(
            "senior",
            "Prefix-cache hit rate falls from {cached} to 20 %. What happened?",
            answer="Something early in the prompt began to change: a timestamp or user id in the system prompt, reordered tool schemas, or a summary rewritten every turn. Or routing lost affinity after a scale-out. Diff the first differing block of consecutive turns; restore byte-stable order; put volatile parts last. Prefill load rises by almost a third meanwhile.",
            weak="'Increase the cache': size does not help when the prefix itself differs.",
            where="inference/Prefix index",
        ),
        FollowUp(
            "senior",
            "Retrieval recall is fine but answers are wrong. Where do you look?",
            answer="Separate the stages. Given gold passages, is the answer right? If not, it is generation: ordering, conflicting or superseded passages, prompt. If yes, the cross-encoder dropped the passage between {reranked:n} and {kept:n}, or the rewrite changed the question. Grade claim by claim against the passages actually in the prompt, from the trace.",
            weak="Proposes a bigger model or fine-tuning before locating the failing stage.",
            where="knowledge/Retrieval eval",
        ),
        FollowUp(
            "senior",
            "Can you use thumbs as the reward?",
            answer="Not directly. Few turns get a vote (we assume 2 %), voters differ from the rest, and a policy that maximises thumbs learns flattery and confident errors. Thumbs mine hard cases; annotators then grade correctness and support on those plus a random sample, and preference tuning uses their pairs. Online, regenerations and resolution decide.",
            weak="'Yes, it is free data', without selection bias or sycophancy.",
            where="training/Hard-case miner",
        ),
        FollowUp(
            "staff",
            "Traffic triples overnight and no GPUs can be had. What degrades, in what order?",
            answer="The ladder is decided by marginal quality per GPU second. First shorten: {kept:n} passages to 4, answers capped. Then the router's threshold moves turns to the small model. Then low-priority tenants get search results. Admission rejects within {queue_limit}, never after a long queue. Guards are never shed. Each rung is rehearsed, measured and announced by a flag.",
            weak="'Autoscale', or letting queues grow so that everybody times out.",
            where="operations/Fallback ladder",
        ),
        FollowUp(
            "staff",
            "Disaggregated or chunked prefill: how would you decide?",
            answer="By the ratio of prompt to answer and by the promise. With {fresh:n} fresh tokens and {answer:n} output tokens both phases are large, and TPOT has its own target, so interference costs real goodput. The price is {kv_link} of KV traffic per prefill replica and two pools to balance. Below ten replicas chunked prefill wins: pool imbalance wastes more than interference.",
            weak="Names one as 'better' without load, link bandwidth or fleet size.",
            where="decision: Separate prefill and decode",
        ),
        FollowUp(
            "staff",
            "Halve the cost per turn without a visible loss. What do you try first?",
            answer="Follow the bill: {large_gpus} of the {needed_gpus} GPUs needed at peak serve the large model, and {prefill_replicas} of its replicas only prefill. Of {fresh:n} tokens prefilled for a turn, {evidence:n} are passages, which no prefix cache helps: keep 5 of {kept:n}. Route 10 points fewer turns to it, after retraining the router on turns answered by both. Decode is bound by bandwidth even at peak, so drafted tokens pay there too. At night scale in: the mean is a third of the peak. Each step is an A/B test on resolution.",
            weak="Lists quantisation and caching without saying which part of the bill each one touches, or frees KV room where {fit} turns fit and {batch_size:n} run.",
            where="serving/Large model pool",
        ),
        FollowUp(
            "staff",
            "Most large open models are mixtures of experts now. What would one change here?",
            answer="Compute follows the active parameters, memory all of them. Qwen3-235B-A22B computes with 22 billion, so prefill falls to a third of the dense model's. But 235 GB in FP8 need eight GPUs a replica, and at {batch_size:n} turns a step, with 8 of 128 experts a token, nearly every expert is read. Decode therefore wants batches of some 500 turns and experts spread over GPUs with a fast network between them. At our {large_rate:n} turns a second batches are that large; below a hundred the dense model is simpler.",
            weak="'It is a 22B model, so it costs a third', forgetting the memory and what a batch reads.",
            where="inference/Decode replicas",
        ),
        FollowUp(
            "staff",
            "How do you know that the LLM judge is not lying to you?",
            answer="Treat it as an instrument. Grade pairs in both orders and drop inconsistent ones; use a judge of another family; fix its version; compare weekly against double-graded human labels by intent and language, and publish agreement with intervals. A ramp needs user outcomes to agree; the judge alone may only stop an arm.",
            weak="Cites one agreement figure from a paper as proof for this product.",
            where="training/Judge model",
        ),
    ],
    case_studies=[
        CaseStudy(
            "Character.AI",
            system="in-house model served at more than 20,000 inference queries per second, with a stateful prefix cache",
            difference="They changed the architecture (multi-query attention, local attention, KV shared across layers, int8) to shrink the KV cache over 20 times, where we page and transfer the KV of an open model whose architecture is given.",
            source="https://research.character.ai/optimizing-inference/",
        ),
        CaseStudy(
            "Moonshot AI (Kimi)",
            system="Mooncake: disaggregated prefill and decode around a KV store in the cluster's DRAM and SSD",
            difference="Long documents dominate, so the KV cache is a distributed store and the scheduler follows it; overload is met by predicting decode load and rejecting early. We keep KV in replicas and a local tier because prompts are short.",
            source="https://arxiv.org/abs/2407.00079",
        ),
        CaseStudy(
            "DoorDash",
            system="RAG support chatbot for Dashers with an LLM guardrail and an LLM judge",
            difference="A two-tier guardrail runs a cheap similarity check on the complete answer before an LLM check; they can buffer because support answers are short. We guard the stream in chunks to keep the first word early.",
            source="https://careers.doordash.com/blog/large-language-modules-based-dasher-support-automation/",
        ),
    ],
    five_minutes=[
        Phase(
            0.5,
            "Frame",
            "I will design an assistant that answers from a company's documents, streams its answer, and can act through tools. The goal is a resolved conversation, so I optimise resolution without regeneration, not engagement. Three things make this hard: decode is sequential, attention memory limits concurrency, and retrieved text is untrusted input inside the prompt.",
        ),
        Phase(
            0.75,
            "Size",
            "{users:n} users take {visits:n} turns each: {turns:n} turns a day, {peak_rate:n} a second at peak. A prompt has {prompt:n} tokens, half of it passages; an answer {answer:n}. On a 70B-class model in FP8 a token's KV is {token_kv}, so a turn holds {turn_kv} and a {gpus:n}-GPU replica fits {fit}. Little's law gives {decoding:n} turns in decode at once. With the small model, re-ranker and guards that is about {total_gpus:n} GPUs, roughly {cost_per_thousand:n} dollars per thousand turns. So cost and memory drive the design, and every decision that follows either removes tokens, reuses attention state, or moves a turn to a cheaper model. I would say that aloud, because it explains most of the boxes.",
        ),
        Phase(
            1.25,
            "Serve a turn",
            "The gateway counts tokens, not requests, and opens a stream. The orchestrator loads the conversation, and three things run side by side: an input guard, a small model that rewrites the question and picks a route, and the look-up of the user's groups. Keyword and vector search each return a hundred passages, filtered by those groups inside the search. Rank fusion keeps {reranked:n}, a cross-encoder {kept:n}, and a content guard removes passages that carry instructions. The prompt puts what is stable first: system prompt, then append-only history, then passages and the message, so that {cached} of tokens hit the prefix cache. The router sends easy turns to an 8B model and the rest to the large one. Every {chunk:n} tokens pass an output guard before they are shown, which costs {hold_back} once. A tool call goes back to the orchestrator, which checks its type and the user's rights, runs it in a sandbox, and treats the result as untrusted text again. Adding the stages up, the first words appear within {promise} at p99.",
        ),
        Phase(
            0.75,
            "Inside the pool",
            "Prefill is compute-bound, decode is bandwidth-bound, so they are separate pools joined by RDMA. KV is paged; shared prefixes are copy-on-write; batches are re-formed at every step. Admission control looks at queued tokens and rejects after {queue_limit} rather than letting everybody time out. A rejected turn gets the small model or search results, still guarded. A decode step reads all parameters and all KV once, so its floor is {step_floor}; I plan with {step_time}, and the batch of {batch_size:n} is the knob between cost and speed.",
        ),
        Phase(
            0.75,
            "Improve",
            "Traces keep versions of model, prompt and index with every turn. Votes and regenerations mine hard cases; annotators write demonstrations and rank pairs; supervised tuning teaches citing, and direct preference optimisation teaches judgement against a frozen reference. A capability gate and a safety gate must both pass, and safety can veto. Releases are bundles, ramped by user, and a conversation keeps its bundle.",
        ),
        Phase(
            0.5,
            "Evaluate",
            "Offline I separate retrieval from generation, and grade claims against the passages that were in the prompt. A judge model scales grading, but it is calibrated against people weekly and may only stop an experiment; resolved chats and retention decide a ramp. I randomise by user, because a conversation that changes its model halfway is itself a defect, and I need about {arm} turns per arm to see a {effect} change in regenerations.",
        ),
        Phase(
            0.5,
            "Risks",
            "The three I would watch are injection through documents, access leaks, and silent quality loss after a prompt change. Each has a detector in the drawing: the content guard and tool policy, probe users every minute, and canary comparison by bundle. If I had more time I would discuss speculative decoding, and a second region for the KV-heavy tenants.",
        ),
    ],
    interview_plan=[
        Phase(
            5,
            "Clarify",
            "Corpus, access rights, actions, latency, freshness, whether we train the base model. Write down the promise to the first token and the rule that unsupported answers are refused.",
        ),
        Phase(
            5,
            "Frame and measure",
            "Goal to metric in five lines; say what is not optimised and why. Name resolution as the metric and regeneration as its fast proxy.",
        ),
        Phase(
            5,
            "Estimate",
            "Turns a second, tokens a turn, KV per token, turns per replica, Little's law, GPUs, dollars per thousand turns. Say aloud which input dominates.",
        ),
        Phase(
            10,
            "Serving path",
            "Draw gateway, orchestrator, guard beside router beside access, hybrid search, cross-encoder, content guard, prompt, two pools, output guard. Put times on the arrows and add them up.",
        ),
        Phase(
            7,
            "Inference",
            "Zoom into the pool: prefill, decode, paged KV, prefix cache, admission control. Explain which resource each phase exhausts.",
        ),
        Phase(
            6,
            "Data and training",
            "Draw traces, miner, annotators, supervised and preference tuning, the two gates. Write the DPO loss and say why the reference is there.",
        ),
        Phase(
            4,
            "Evaluate and operate",
            "Stage-wise offline metrics, judge calibration, user-level test, fallback ladder, leak probes.",
        ),
        Phase(
            3,
            "Trade-offs",
            "Offer two decisions with their thresholds: disaggregation and the small model. Close with the cost lever you would pull first.",
        ),
    ],
    building_blocks=[
        "llm-genai",
        "embeddings-retrieval",
        "online-experimentation",
        *RESPONSIBILITY_BLOCKS,
        *COMMON_BLOCKS,
    ],
    sources=bibliography("""
        Kwon et al. (UC Berkeley), "Efficient Memory Management for Large Language Model Serving with PagedAttention", SOSP 2023
            https://arxiv.org/abs/2309.06180 paged KV; 20 to 38 % of reserved KV memory in real use before it
        Song et al., "The Early Bird Catches the Leak: Unveiling Timing Side Channels in LLM Serving Systems", arXiv 2024
            https://arxiv.org/abs/2409.20002 prompts of others guessed from the time of a prefix-cache hit
        Yu et al. (Seoul National University, FriendliAI), "Orca: A Distributed Serving System for Transformer-Based Generative Models", OSDI 2022
            https://www.usenix.org/conference/osdi22/presentation/yu a batch that is formed anew at every step
        Zhong et al. (Peking University, UC San Diego), "DistServe: Disaggregating Prefill and Decoding for Goodput-optimized Large Language Model Serving", OSDI 2024
            https://arxiv.org/abs/2401.09670 separate prefill and decode pools
        Agrawal et al. (Georgia Tech, Microsoft), "Taming Throughput-Latency Tradeoff in LLM Inference with Sarathi-Serve", OSDI 2024
            https://arxiv.org/abs/2403.02310 chunked prefill, the rejected alternative
        Qin et al. (Moonshot AI, Tsinghua University), "Mooncake: A KVCache-centric Disaggregated Architecture for LLM Serving", arXiv 2024
            https://arxiv.org/abs/2407.00079 a disaggregated KV store and early rejection under overload
        Character.AI, "Optimizing AI Inference at Character.AI", research blog 2024
            https://research.character.ai/optimizing-inference/ 20,000 queries per second; a KV cache made 20 times smaller by architecture
        Sadhukhan et al. (Carnegie Mellon University), "MagicDec: Breaking the Latency-Throughput Tradeoff for Long Context Generation with Speculative Decoding", ICLR 2025
            https://arxiv.org/abs/2408.11049 drafted tokens pay at large batches too, once the KV cache is what a step reads
        Grattafiori et al. (Meta), "The Llama 3 Herd of Models", arXiv 2024
            https://arxiv.org/abs/2407.21783 the shapes of the 8 B and 70 B models and their post-training
        Qwen Team (Alibaba), "Qwen3 Technical Report", arXiv 2025
            https://arxiv.org/abs/2505.09388 a mixture of 128 experts, 22 of its 235 billion parameters active for a token
        NVIDIA, "NVIDIA H100 Tensor Core GPU", product page 2024
            https://www.nvidia.com/en-us/data-center/h100/ tensor peaks, printed with sparsity and so halved here; memory bandwidth
        Kaplan et al. (OpenAI), "Scaling Laws for Neural Language Models", arXiv 2020
            https://arxiv.org/abs/2001.08361 2 FLOP per parameter and token
        Lewis et al. (Facebook AI Research), "Retrieval-Augmented Generation for Knowledge-Intensive NLP Tasks", NeurIPS 2020
            https://arxiv.org/abs/2005.11401 answers from retrieved passages
        Cormack, Clarke and Büttcher (University of Waterloo), "Reciprocal Rank Fusion Outperforms Condorcet and Individual Rank Learning Methods", SIGIR 2009
            https://doi.org/10.1145/1571941.1572114 the fusion formula and its constant 60
        Rafailov et al. (Stanford), "Direct Preference Optimization: Your Language Model is Secretly a Reward Model", NeurIPS 2023
            https://arxiv.org/abs/2305.18290 the preference loss
        Liu et al. (Stanford, UC Berkeley), "Lost in the Middle: How Language Models Use Long Contexts", TACL 2024
            https://arxiv.org/abs/2307.03172 position bias in long prompts
        Zheng et al. (UC Berkeley), "Judging LLM-as-a-Judge with MT-Bench and Chatbot Arena", NeurIPS 2023
            https://arxiv.org/abs/2306.05685 position, verbosity and self-preference bias of judges
        Inan et al. (Meta), "Llama Guard: LLM-based Input-Output Safeguard for Human-AI Conversations", arXiv 2023
            https://arxiv.org/abs/2312.06674 guard models on input and output
        Greshake et al., "Not what you've signed up for: Compromising Real-World LLM-Integrated Applications with Indirect Prompt Injection", AISec 2023
            https://arxiv.org/abs/2302.12173 instructions hidden in retrieved text
        DoorDash Engineering, "Path to high-quality LLM-based Dasher support automation", engineering blog 2024
            https://careers.doordash.com/blog/large-language-modules-based-dasher-support-automation/ a two-tier guardrail and a judge around a support chatbot
    """),
)


@view("Overview")
def overview() -> None:
    """Each turn is guarded, grounded, generated and streamed; feedback and documents drive two slower loops."""
    users = Users("Users", tooltip="Send turns, read streamed answers, leave explicit and implicit feedback")
    with Cluster("Online"):
        edge = Envoy("API gateway", tooltip="Streams, authenticates, counts each user's tokens")
        orchestrator = Python("Turn orchestrator", tooltip="State machine of one turn, with tool loops and budgets")
        guards = Guard("Safety guards", tooltip="Check input, retrieved text, tool calls and the output stream")
        memory = Postgresql("Conversation and memory", tooltip="Recent turns, a summary, facts the user can edit")
        retrieval = Retriever("Hybrid retrieval", tooltip="Keyword and vector search under access rights, re-ranked")
        llm_pool = ModelPool("LLM pools\nvLLM", tooltip="Large and small model, continuous batches over paged KV")
        tools = Gvisor("Tool sandbox\ngVisor", tooltip="Runs code and API calls with least privilege")
    with Cluster("Knowledge"):
        documents = MultipleDocuments("Document sources", tooltip="Files, wikis and tickets with their access lists")
        ingestion = Spark("Index pipeline\nSpark", tooltip="Parses, chunks, embeds, indexes and deletes")
    with Cluster("Improve"):
        log = Kafka("Trace log\nKafka", tooltip="Prompt, passages, versions, tokens and feedback of every turn")
        people = Users("Annotators", tooltip="Write and rank answers to hard turns and to a random sample")
        tests = Evaluator("Evaluation", tooltip="Golden sets that are never trained on, judge models, safety suites")
        tuning = Kubeflow("Training pipeline", tooltip="Supervised and preference tuning on curated turns")
        registry = Mlflow("Model registry", tooltip="One version for weights, prompt, guards and index")

    users >> request("message") >> edge >> request("open stream") >> orchestrator >> request("input, output") >> guards
    orchestrator >> request("history, facts") >> memory
    orchestrator >> request("rewritten query") >> retrieval
    orchestrator >> request("{prompt}-token prompt") >> llm_pool
    orchestrator >> request("tool call") >> tools
    orchestrator >> stream("checked tokens") >> edge >> stream("token stream") >> users
    documents >> stream("change events") >> ingestion >> stream("new passages") >> retrieval
    orchestrator >> stream("full trace") >> log
    users >> feedback("thumbs, edits") >> log >> batch("hard turns") >> people >> batch("answers, pairs") >> tuning
    tuning >> batch("candidate") >> tests >> control("passed") >> registry >> control("rollout") >> llm_pool


@view("Serving", details="overview/Online")
def serving() -> None:
    """One turn from message to streamed answer, and each place where untrusted text is checked."""
    chat = React("Chat client\nReact", tooltip="Sends the message, renders the stream with citations")
    with Cluster("Edge"):
        edge = Envoy("API gateway", tooltip="Server-sent events; token quota by user and tenant")
        turn = Python("Turn orchestrator", tooltip="At most 5 tool steps and 16 k tokens a turn")
    with Cluster("Context"):
        session = Redis(
            "Session store\nRedis", tooltip="Append-only turns; the summary is rewritten only at truncation"
        )
        memory = Postgresql("Long-term memory\nPostgreSQL", tooltip="Facts of the user, with origin and deletion")
    with Cluster("Understand") as understand:
        Guard("Input guard", tooltip="Small classifier: harm, abuse, personal data, injection")
        router = Planner(
            "Rewrite and route\n1 B model", tooltip="Standalone query; large model, small model or refusal"
        )
        access = Guard("Access service", tooltip="Resolves the user's groups now: a revoked right is gone at once")
    with Cluster("Retrieve") as retrieve:
        vectors = Qdrant(
            "Vector database\nQdrant", tooltip="{passages:n} passages; embeds the query, filters inside the search"
        )
        keywords = Elasticsearch("Keyword index\nElasticsearch", tooltip="Names, codes and rare words")
        cross_encoder = Ranker(
            "Cross-encoder", tooltip="Fuses the lists by rank to {reranked}, scores each with the query"
        )
    with Cluster("Generate"):
        content_guard = Guard("Content guard", tooltip="Finds instructions in passages and tool results")
        prompt = Assembler("Prompt assembler", tooltip="Stable prefix first, passages marked as data")
        with Cluster("Model pools") as pools:
            large = ModelPool("Large model pool\n70 B", tooltip="{large} of turns, and every turn that calls tools")
            small = ModelPool(
                "Small model pool\n8 B", tooltip="The other turns, {small_rate} at peak, on {small_gpus} GPUs"
            )
        tools = Gvisor("Tool sandbox\ngVisor", tooltip="Typed calls with the user's rights; writes need consent")
    with Cluster("Answer"):
        output_guard = Guard("Output guard", tooltip="Classifies {chunk}-token chunks, checks citations")
    traces = Kafka("Trace log\nKafka", tooltip="Versions, tokens, latencies, passages, verdicts")
    appeals = ReviewQueue("Appeal queue", tooltip="Refused turns that users contest; the trust team decides")

    with step("The message opens a stream; past turns, a summary and ten remembered facts are read within {context}."):
        chat >> request("message") >> edge >> request("open stream") >> turn >> request("read, append turn") >> session
        turn >> request("user id, chat id") >> memory
    with step(
        "A guard classifies while a 1 B model rewrites and routes, and the user's groups are looked up: {rewriting}."
    ):
        turn >> request("history, message, user id") >> understand
    with step("Keyword and vector search each return 100 passages that this user may read now."):
        access >> response("allowed groups") >> retrieve
        router >> response("standalone query") >> retrieve
    with step("Fusion keeps {reranked}, a cross-encoder {kept}; a guard drops those that carry instructions."):
        [vectors, keywords] >> response("100 hits") >> cross_encoder
        cross_encoder >> response("{kept} passages") >> content_guard >> response("marked as data") >> prompt
    with step("Turns and facts join the passages; the guard's verdict releases the prompt, the route picks the pool."):
        turn >> request("turns, facts") >> prompt
        understand >> control("verdict, route") >> prompt
        prompt >> request("{prompt} tokens") >> pools
    with step("A turn that policy forbids is refused with its reason; the user can appeal to a person."):
        understand >> response("refusal, reason") >> output_guard
        chat >> feedback("appeal") >> appeals
    with step("A tool request is checked, runs in the sandbox, and its result passes the content guard."):
        (
            large
            >> response("tool request")
            >> turn
            >> request("checked call")
            >> tools
            >> response("result")
            >> content_guard
        )
    with step("A token leaves every {step_time}; {chunk} are checked at once, so text shows within {promise}."):
        pools >> stream("{chunk}-token chunks") >> output_guard >> stream("safe tokens") >> edge
        edge >> stream("token stream") >> chat
    with step(
        "If the queue would exceed {queue_limit}, the pool rejects and a simpler answer goes out, still guarded."
    ):
        large >> control("rejected") >> turn >> request("short prompt") >> small
        turn >> response("search results") >> output_guard
    with step("Versions, passages, tokens and verdicts are logged; thumbs and regenerations join later."):
        output_guard >> stream("verdicts, trace") >> traces
        chat >> feedback("thumbs, regenerate") >> traces


@view("Inference", details="serving/Large model pool")
def inference() -> None:
    """Inside the large-model pool: prefix-aware routing, separate prefill and decode, paged KV, early rejection."""
    prompts = InputOutput("Assembled prompts", tooltip="{large_rate} large-model turns at peak")
    with Cluster("Routing"):
        admission = Guard("Admission control", tooltip="Estimates tokens, keeps tenant shares, rejects early")
        router = Envoy("Prefix-aware router", tooltip="Sends a chat to the replica that holds its prefix blocks")
        prefixes = Cache("Prefix index", tooltip="Block hash to replica; saves {cached} of prompt tokens")
        autoscaler = HPA("Autoscaler", tooltip="Scales on queued tokens and KV use, not on GPU utilisation")
    with Cluster("Prefill"):
        prefill = ModelPool("Prefill replicas\n{prefill_replicas} × {gpus}-GPU", tooltip="{prefill_speed} tokens each")
        prefill_kv = Cache("Prefill KV blocks", tooltip="16-token blocks, shared copy-on-write; {token_kv} a token")
        tier = Storage("Host and NVMe", tooltip="KV of idle chats; reloading beats recomputing a long prefix")
    transfer = Switch("KV transfer\nRDMA", tooltip="Layer by layer, {kv_link} from each prefill replica")
    with Cluster("Decode"):
        decode_kv = Cache("Decode KV blocks", tooltip="Room for {fit} turns beside the parameters")
        decode = ModelPool("Decode replicas\n{decode_replicas} × {gpus}-GPU", tooltip="{batch_size} turns each")
        scheduler = Planner("Iteration scheduler", tooltip="Re-forms the batch at each step; finished turns leave")
        draft = ModelServer("Draft model", tooltip="Proposes tokens that one pass verifies; off once compute binds")
    weights = S3("Model weights\nFP8", tooltip="{model_bytes} a replica, streamed at start, calibrated offline")
    tokens = InputOutput("Token stream", tooltip="Goes to the output guard")
    rejected = Fallback("Fallback answer", tooltip="Small model or search results, still guarded")

    prompts >> request("prompt, budget") >> admission >> response("admitted") >> router
    admission >> control("rejected") >> rejected
    router >> request("block hashes") >> prefixes
    router >> request("uncached tokens") >> prefill
    prefill_kv >> response("prefix KV") >> prefill >> stream("new blocks") >> prefill_kv
    prefill_kv >> batch("evict idle") >> tier >> batch("reload") >> prefill_kv
    prefill >> stream("prompt KV") >> transfer >> stream("{prompt_kv}/prompt") >> decode_kv
    decode_kv >> response("all KV,\neach step") >> decode >> stream("{step_time}/token") >> tokens
    decode >> stream("new K, V") >> decode_kv
    decode_kv >> control("free blocks") >> scheduler >> control("batch per step") >> decode
    scheduler >> control("backpressure") >> admission
    draft >> response("draft tokens") >> decode
    weights >> batch("load") >> [prefill, decode]
    admission >> stream("queued tokens") >> autoscaler
    decode_kv >> stream("KV use") >> autoscaler
    autoscaler >> control("replicas") >> [prefill, decode]


@view("Knowledge", details="overview/Index pipeline")
def knowledge() -> None:
    """How the index is built and corrected: chunked by structure, two indexes, and deletes that overtake content."""
    with Cluster("Sources"):
        documents = MultipleDocuments("Document sources", tooltip="Files, wiki, tickets with owners and access lists")
        connectors = Nifi("Connectors\nNiFi", tooltip="Incremental crawl and webhooks, rate-limited by source")
        changes = Kafka("Change stream\nKafka", tooltip="Upserts; deletes and access changes on a priority topic")
    with Cluster("Prepare"):
        parser = Spark("Parse and clean\nSpark", tooltip="Micro-batches: layout, tables, OCR, near-duplicates out")
        scan = Guard("Content scan", tooltip="Secrets, malware, hidden instructions; quarantines suspects")
        chunker = Python("Chunker", tooltip="About {passage_tokens} tokens, split at headings, with title and section")
        corpus = S3("Passage store", tooltip="Every passage with its source version, for re-embedding")
    with Cluster("Index") as index:
        embedder = Encoder(
            "Embedding service\nGPU", tooltip="Vectors of {dimensions:n}; the model version is kept with each"
        )
        vectors = Qdrant("Vector database\nQdrant", tooltip="HNSW with filters on groups and date, {index_bytes}")
        keywords = Elasticsearch("Keyword index\nElasticsearch", tooltip="The same passage ids, for rank fusion")
        access = Guard("Access service", tooltip="Groups at query time: a change needs no re-index")
    with Cluster("Publish"):
        probe = Inspection(
            "Retrieval eval", tooltip="2,000 question-passage pairs: recall at {reranked:n}, nDCG at {kept:n}"
        )
        pointer = Etcd("Version pointer\netcd", tooltip="Swaps index and query encoder together")
        encoder = Encoder("Query encoder", tooltip="Must be of the index's version, or distances mean nothing")

    documents >> stream("webhook, crawl") >> connectors >> stream("changes") >> changes
    changes >> stream("upserts") >> parser >> stream("text, tables") >> scan >> stream("clean text") >> chunker
    chunker >> stream("passages") >> embedder >> stream("vectors") >> vectors
    chunker >> stream("passages") >> keywords
    chunker >> stream("passages") >> corpus >> batch("re-embed all") >> embedder
    changes >> stream("delete, rights\nunder 60 s") >> index
    documents >> stream("groups") >> access >> response("allowed groups") >> [vectors, keywords]
    probe >> request("test questions") >> index
    probe >> control("recall holds") >> pointer >> control("swap version") >> [vectors, encoder]


@view("Model", details="serving/Prompt assembler")
def model() -> None:
    """The prompt's layout decides cost: what is stable comes first, what is new comes last; then 80 layers and a loss."""
    with Cluster("Cached for everybody"):
        system_prompt = PromptPart("System prompt", tooltip="Role, refusal policy, citation format; byte-stable")
        schemas = PromptPart("Tool schemas", tooltip="Typed signatures in a fixed order")
    with Cluster("Cached per chat"):
        facts = PromptPart("User facts", tooltip="Ten facts the user can edit, fixed for the chat")
        turns = PromptPart("Earlier turns", tooltip="Append-only; a summary is written only at truncation")
    with Cluster("Never cached"):
        passages = PromptPart(
            "Passages", tooltip="{kept:n} of {passage_tokens:n} tokens, best first and last, marked as data"
        )
        message = PromptPart("Message", tooltip="The user's words, last, nearest to the answer")
    prompt = Assembler(
        "Prompt\n{prompt} tokens", tooltip="In this order: a change at one place un-caches all that follows"
    )
    embeddings = EmbeddingTable("Token embeddings\n128,256 × 8,192", tooltip="One row per token of the vocabulary")
    with Cluster("Decoder"):
        layers = Interaction(
            "80 layers\n8 KV heads", tooltip="64 query heads share 8 KV heads, which makes the KV 8 times smaller"
        )
        cache = Cache("KV cache", tooltip="Keys and values of every earlier token; read once a step")
        logits = Head("Next-token logits\n128,256", tooltip="Masked by the tool schema while a call is being written")
    with Cluster("Tuning only"):
        pairs = Labeller("Annotated answers", tooltip="Demonstrations, and two answers to one prompt, ranked")
        frozen = ModelServer("Reference policy", tooltip="The tuned model, frozen; bounds how far the policy drifts")
        sft = LossFunction("SFT loss", tooltip="Cross-entropy on the answer's tokens; prompt masked")
        dpo = LossFunction("DPO loss", tooltip="Log-odds of chosen over rejected, against the reference")

    system_prompt >> Edge(label="1: {instructions}") >> prompt
    schemas >> Edge(label="2: {schemas}") >> prompt
    facts >> Edge(label="3: {facts}") >> prompt
    turns >> Edge(label="4: {earlier}") >> prompt
    passages >> Edge(label="5: {evidence}") >> prompt
    message >> Edge(label="6: {message}") >> prompt
    prompt >> Edge(label="{prompt} ids") >> embeddings >> Edge(label="T × 8,192") >> layers
    layers >> Edge(label="{token_kv}/token") >> cache >> Edge(label="past K, V") >> layers
    layers >> Edge(label="8,192 d") >> logits >> Edge(label="log π(y|x)") >> [sft, dpo]
    frozen >> Edge(label="log π_ref(y|x)") >> dpo
    pairs >> feedback("demonstrations") >> sft
    pairs >> feedback("chosen, rejected") >> dpo


@view("Training", details="overview/Training pipeline")
def training() -> None:
    """From traces and judgement to one bundle of weights, prompt and guards that safety evaluation can veto."""
    with Cluster("Data"):
        lake = S3("Data lake", tooltip="Turns with versions and feedback, consented only")
        redaction = Spark("Redaction job\nSpark", tooltip="Removes personal data, honours opt-outs and deletions")
        miner = Spark("Hard-case miner\nSpark", tooltip="Thumbs down, edits, guard disagreements, and a random sample")
        people = Users(
            "Annotators", tooltip="Write answers, rank pairs, grade grounding, label policy; 10 % graded twice"
        )
        red_team = User("Red team", tooltip="Jailbreaks, and injection through documents and tools")
    with Cluster("Training"):
        supervised = Trainer("Supervised tuning", tooltip="Adapter or full tuning on demonstrations that cite")
        aligned = Trainer("Preference tuning", tooltip="Direct preference optimisation against the tuned model")
        packed = Distiller("Quantise and distil", tooltip="FP8 calibration, draft model, 8 B student")
        guards = Trainer("Guard tuning", tooltip="Policy classes, with hard negatives against over-refusal")
    with Cluster("Release"):
        judge = Evaluator("Judge model", tooltip="Grades pairs in both orders; calibrated weekly against people")
        skills = Choice("Capability gate", tooltip="Task suites, grounding, tool success, regression set")
        safety = Choice("Safety gate", tooltip="Floors on attack success and over-refusal; may veto")
        registry = Mlflow("Model registry", tooltip="Weights, prompt, guards, decoding settings as one id")
        canary = Flagger("Shadow and canary", tooltip="1 % by user, sticky per conversation, rolls back by itself")
        pools = ModelPool("LLM pools\nvLLM", tooltip="Serve the bundle; every turn is logged with its version")

    lake >> batch("{traces}") >> redaction >> batch("clean turns") >> miner >> batch("5,000 cases/week") >> people
    people >> batch("demonstrations") >> supervised >> batch("reference policy") >> aligned
    people >> batch("ranked pairs") >> aligned >> batch("tuned weights") >> packed >> batch("serving weights") >> skills
    packed >> batch("answers to grade") >> judge
    people >> batch("human labels") >> judge >> batch("win rate") >> skills >> control("passed") >> safety
    people >> batch("policy labels") >> guards
    red_team >> batch("attack set") >> guards >> batch("classifier") >> safety
    red_team >> batch("held-out attacks") >> safety >> control("passed") >> registry
    registry >> control("bundle id") >> canary >> control("ramp") >> pools >> feedback("turns, thumbs, edits") >> lake


@view("Operations")
def operations() -> None:
    """How it stays up, safe and affordable: engine metrics, sampled quality, abuse, simpler answers, cost."""
    with Cluster("Serving"):
        llm_pool = ModelPool("LLM pools\nvLLM", tooltip="Emit queue time, time to first token, KV use")
        turns = Python("Turn pipeline", tooltip="Emits a span per stage and the guards' verdicts")
        fallback = Fallback("Fallback ladder", tooltip="Fewer passages, small model, search results, refusal")
        flags = Etcd("Feature flags\netcd", tooltip="Routing, quotas, kill switches for tools and sources")
    with Cluster("Observe"):
        log = Kafka("Trace log\nKafka", tooltip="Turns with versions, verdicts and what users did next")
        traces = Jaeger("Traces\nJaeger", tooltip="One span tree a turn, with token counts")
        metrics = Prometheus("Metrics\nPrometheus", tooltip="Token latency, KV use, preemptions, errors")
        with Cluster("Quality") as quality:
            judge = Evaluator("Online judge", tooltip="Grades 1 % of turns for grounding and helpfulness")
            drift = Spark("Drift monitor\nSpark", tooltip="New topics, retrieval misses, language mix")
        dashboards = Grafana("Dashboards\nGrafana", tooltip="Latency, quality, safety and cost on one page")
        probes = Cronjob("Leak probes", tooltip="Probe users re-query documents they lost, every minute")
        alerts = Pagerduty("On-call alerts", tooltip="Pages on burn rate, guard outage, leak probes")
    with Cluster("Decide"):
        oncall = User("On-call engineer", tooltip="Confirms a bad release, rolls back, flips kill switches")
        trust = User("Trust team", tooltip="Reviews flagged turns and appeals, bans, writes rules")
        ledger = Clickhouse("Cost ledger\nClickHouse", tooltip="Tokens and GPU seconds by tenant and model")
        analysis = Clickhouse("Experiment analysis", tooltip="Arms of users: prompt, model, retrieval; lasting holdout")
        retrain = Airflow("Retrain trigger", tooltip="Opens a tuning or re-index run when quality slips")
        rollback = Argocd("Rollback controller", tooltip="Restores the last bundle of weights, prompt and guards")

    llm_pool >> stream("engine metrics") >> metrics >> stream("series") >> dashboards
    turns >> stream("spans") >> traces
    probes >> request("revoked documents") >> turns
    probes >> control("still readable") >> alerts
    turns >> stream("turns, feedback") >> log
    log >> stream("1 % sample") >> judge
    quality >> stream("grades, shifts") >> dashboards
    log >> batch("queries, misses") >> drift
    log >> feedback("resolved, regenerated") >> analysis
    (
        turns
        >> stream("flagged, appealed")
        >> trust
        >> control("rules, bans")
        >> flags
        >> control("limits, switches")
        >> turns
    )
    llm_pool >> stream("tokens, GPU seconds") >> ledger >> control("tenant quota") >> flags
    judge >> batch("per-arm scores") >> analysis >> control("ramp or stop") >> flags
    quality >> control("grounding down, misses up") >> retrain >> control("gated bundle") >> llm_pool
    llm_pool >> control("admission rejects") >> fallback >> control("mode change") >> turns
    metrics >> control("canary SLO burn") >> rollback >> control("previous bundle") >> llm_pool
    metrics >> control("SLO burn") >> alerts >> control("page") >> oncall >> control("roll back") >> rollback
