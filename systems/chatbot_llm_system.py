"""Answer a turn of conversation from documents the user may read, with the first words on screen in under 2 s.

An assistant that searches, remembers and calls tools spends thousands of input tokens and hundreds of sequential decode
steps an answer. GPUs are scarce, attention state (the KV cache) fills their memory, and no label says what was good.

Retrieved text and tool results are untrusted input inside the prompt. Safety is therefore a property of the whole
pipeline: what enters the prompt is checked, what leaves it is checked, and tools run with the user's own rights.
"""

from diagrams import Cluster
from diagrams.aws.storage import S3
from diagrams.elastic.elasticsearch import Elasticsearch
from diagrams.generic.network import Switch
from diagrams.generic.storage import Storage
from diagrams.k8s.clusterconfig import HPA
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
    Budget,
    Cache,
    Decision,
    Distiller,
    Encoder,
    Estimate,
    Evaluator,
    FailureMode,
    Fallback,
    Guard,
    InterviewRank,
    Metrics,
    ModelPool,
    ModelServer,
    Planner,
    Ranker,
    Requirements,
    Retriever,
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
    users=assume("Daily active users", 10e6, "user"),
    visits=assume("Turns a user takes", 8, "turn/user/day"),
    prompt=assume("Prompt", 4_000, "token/turn", note="system 800, history and facts 1,200, passages 2,000"),
    answer=assume("Answer", 350, "token/turn"),
    cached=assume("Prompt tokens found in the prefix cache", 40, "percent", note="system prompt and history"),
    large=assume("Turns that the large model answers", 40, "percent"),
    peak_factor=assume("Peak over average", 3),
    turns=derive("Turns per day", "users * visits", "turn/day"),
    peak_rate=derive("Peak turn rate", "turns * peak_factor", "turn/s"),
    large_rate=derive("Large-model turns at peak", "peak_rate * large", "turn/s"),
    small_rate=derive("Small-model turns at peak", "peak_rate * (1 - large)", "turn/s"),
    kv_numbers=cite("KV numbers", 163_840, "number/token", source="Llama 3", note="K and V, 80 layers, 8 heads of 128"),
    kv_number=assume("Bytes per KV number", 1, "byte/number", note="FP8; FP16 doubles it"),
    token_kv=derive("KV per token", "kv_numbers * kv_number", "byte/token"),
    prompt_kv=derive("KV of a prompt", "prompt * token_kv", "byte/turn"),
    weights=assume("Weights of the large model", 70.6e9, "weight", note="counted from the Llama 3 70B shape"),
    weight_bytes=assume("Bytes per weight", 1, "byte/weight/replica", note="FP8, a copy in each replica"),
    model_bytes=derive("Weights held by a replica", "weights * weight_bytes", "byte/replica"),
    gpus=assume("GPUs of a replica", 4, "GPU/replica"),
    room=assume("Memory for weights and KV", 278e9, "byte/replica", note="4 of 80 GB (H100), less 10 % and 10 GB"),
    fit=derive("Turns whose KV fits", "(room - model_bytes) / ((prompt + answer) * token_kv)", "turn/replica"),
    flop=cite("Compute per weight and token", 2, "flop/weight/token", source="Kaplan 2020"),
    fp8_peak=cite("FP8 dense peak of a GPU", 1979e12, "flop/s/GPU", source="NVIDIA H100"),
    used=assume("Peak compute in use", 40, "percent"),
    fp8=derive("FP8 compute of a GPU in use", "fp8_peak * used", "flop/s/GPU"),
    fresh=derive("Prompt tokens to prefill", "prompt * (1 - cached)", "token/turn"),
    prefill_speed=derive("Prefill of a replica", "gpus * fp8 / (flop * weights)", "token/s/replica"),
    prefill_replicas=derive("Prefill replicas, fully loaded", "ceil(large_rate * fresh / prefill_speed)", "replica"),
    step_time=assume("Decode step, a token for each turn", 25, "ms*turn/token"),
    admission=assume("Time in the decode pool before the first step", 0.6, "s"),
    decoding=derive("Turns in decode at peak", "large_rate * (admission + answer * step_time)", "turn"),
    batch_size=assume("Turns decoded together", 128, "turn/replica", note="more fit, but steps slow down"),
    decode_replicas=derive("Decode replicas", "ceil(decoding / batch_size)", "replica"),
    kv_link=derive("KV sent by a prefill replica", "large_rate * prompt_kv / prefill_replicas", "byte/s/replica"),
    large_gpus=derive("Large-model GPUs", "(prefill_replicas + decode_replicas) * gpus", "GPU"),
    small_weights=assume("Weights of the small model", 8e9, "weight", note="on one GPU"),
    small_prefill=derive("Small-model prefill GPUs", "ceil(small_rate * fresh * flop * small_weights / fp8)", "GPU"),
    small_speed=assume("Tokens a GPU decodes, small model", 6_400, "token/s/GPU", note="128 turns, steps of 20 ms"),
    small_gpus=derive("Small-model GPUs", "small_prefill + ceil(small_rate * answer / small_speed)", "GPU"),
    searched=assume("Turns that search", 80, "percent"),
    reranked=assume("Passages re-ranked", 50, "passage/turn"),
    cross_speed=assume("Passages a GPU re-ranks", 2_200, "passage/s/GPU", note="300 tokens, 0.3 bn weights in BF16"),
    cross_gpus=derive("Cross-encoder GPUs", "ceil(peak_rate * searched * reranked / cross_speed)", "GPU"),
    guard_speed=assume("Turns a GPU routes and guards", 158, "turn/s/GPU", note="2,500 tokens, 1 bn weights in FP8"),
    guard_gpus=derive("Router and guard GPUs", "ceil(peak_rate / guard_speed)", "GPU"),
    headroom=assume("Headroom", 30, "percent"),
    total_gpus=derive("GPUs", "ceil((large_gpus + small_gpus + cross_gpus + guard_gpus) * (1 + headroom))", "GPU"),
    chunk=assume("Tokens the output guard checks at once", 12, "token/turn"),
    hold_back=derive("Wait for a chunk", "chunk * step_time", "ms"),
    passages=assume("Passages", 100e6, "passage", note="five of each of 20 million documents"),
    vector_bytes=assume("Vector and links", 1_280, "byte/passage", note="1,024 dimensions in int8; HNSW, M of 32"),
    index_bytes=derive("Vector database", "passages * vector_bytes", "byte", note="four shards"),
    trace_bytes=assume("Trace of a turn", 20e3, "byte/turn"),
    traces=derive("Traces per day", "turns * trace_bytes", "byte/day", note="whole for 30 days, then samples"),
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
    requirements=Requirements(
        functional=[
            "Streaming chat with citations, tool calls with consent, and a memory the user can read, edit and delete.",
            "Retrieval respects the asker's access rights at query time, not only when a document was indexed.",
            "Input, retrieved text and output are checked; a refusal gives its reason; appeals reach a person.",
            "Thumbs, edits and regenerations are tied to the versions of model, prompt and index.",
        ],
        qualities={
            "Latency": "First visible token in 1.7 s at p99, 0.8 s at p50; then 50 ms a token at p99 (assumptions).",
            "Freshness": "A change is searchable in 5 min; a deleted or revoked document is out in 60 s (assumptions).",
            "Availability": "99.9 % of turns get a complete, guarded answer, a smaller model's included (assumption).",
        },
    ),
    estimate=ESTIMATE,
    headline=["peak_rate", "token_kv", "decoding", "total_gpus", "passages"],
    budget=Budget(
        "p99 to the first visible token, without tool calls",
        promise=1700,
        stages={
            "Edge, auth, quota": 30,
            "Conversation and memory fetch": 40,
            "Input guard beside query rewrite and routing": 180,
            "Query embedding, vector and keyword search": 80,
            "Cross-encoder on {reranked} passages": 100,
            "Content guard on 8 passages": 30,
            "Prompt assembly and prefix look-up": 20,
            "Admission queue": 350,
            "Prefill, up to 8 k uncached tokens": 400,
            "KV transfer and first decode step": 80,
            "Output guard: {hold_back} for {chunk} tokens, 30 ms to check": 330,
            "Network and streaming slack": 60,
        },
    ),
    decisions=[
        Decision(
            "Retrieval beside a general model",
            rejected=["facts tuned into weights"],
            revisit_when="style or tool use is the gap",
        ),
        Decision(
            "Separate prefill and decode",
            rejected=["chunked prefill in one pool"],
            revisit_when="prompts are short or the fleet small",
        ),
        Decision(
            "Paged KV with shared prefixes",
            rejected=["contiguous reservation"],
            revisit_when="batch jobs have fixed lengths",
        ),
        Decision(
            "A small model for most turns",
            rejected=["one large model"],
            revisit_when="traffic is small or errors are dear",
        ),
        Decision(
            "Guards on input and output chunks",
            rejected=["a fully buffered answer"],
            revisit_when="the use is regulated",
        ),
        Decision(
            "Hybrid search, cross-encoder",
            rejected=["vectors only"],
            revisit_when="queries are paraphrases and latency is tight",
        ),
    ],
    failures=[
        FailureMode(
            "KV memory runs out", "Preemptions, 500 ms stalls", "Cut budgets, shed low tiers, add decode replicas"
        ),
        FailureMode(
            "An answer has no support", "Citation check, grounding score", "Say so, raise the threshold, annotate"
        ),
        FailureMode(
            "Fetched text gives orders", "Injection classifier, canary tokens", "Drop it, block calls, quarantine"
        ),
        FailureMode(
            "A revoked document is read", "Test users each minute", "Deny by groups per query, source kill switch"
        ),
        FailureMode(
            "A guard is down", "Health check, no verdicts", "Fail closed for tools, open topics; curated answers"
        ),
        FailureMode("A change lowers quality", "Win rate, regenerations", "Roll back; a chat keeps the version it has"),
    ],
    metrics=Metrics(
        offline=["Correctness, grounding, recall at 50, nDCG at 8", "Tool and attack success, over-refusal, judge"],
        online=["Resolved chats, regenerations, edits, thumbs", "4-week retention, citation clicks"],
        guardrail=["p99 to first and each token, preemptions, cost per chat", "Unsafe samples, leak probe hits"],
    ),
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
        Yu et al. (Seoul National University, FriendliAI), "Orca: A Distributed Serving System for Transformer-Based Generative Models", OSDI 2022
            https://www.usenix.org/conference/osdi22/presentation/yu a batch that is formed anew at every step
        Zhong et al. (Peking University, UC San Diego), "DistServe: Disaggregating Prefill and Decoding for Goodput-optimized Large Language Model Serving", OSDI 2024
            https://arxiv.org/abs/2401.09670 separate prefill and decode pools
        Agrawal et al. (Georgia Tech, Microsoft), "Taming Throughput-Latency Tradeoff in LLM Inference with Sarathi-Serve", OSDI 2024
            https://arxiv.org/abs/2403.02310 chunked prefill, the other choice
        Grattafiori et al. (Meta), "The Llama 3 Herd of Models", arXiv 2024
            https://arxiv.org/abs/2407.21783 the shape of the 70 B model and its post-training
        NVIDIA, "NVIDIA H100 Tensor Core GPU", product page 2024
            https://www.nvidia.com/en-us/data-center/h100/ tensor peaks, printed with sparsity and so halved here
        Kaplan et al. (OpenAI), "Scaling Laws for Neural Language Models", arXiv 2020
            https://arxiv.org/abs/2001.08361 2 FLOP per weight and token
        Lewis et al. (Facebook AI Research), "Retrieval-Augmented Generation for Knowledge-Intensive NLP Tasks", NeurIPS 2020
            https://arxiv.org/abs/2005.11401 answers from retrieved passages
        Inan et al. (Meta), "Llama Guard: LLM-based Input-Output Safeguard for Human-AI Conversations", arXiv 2023
            https://arxiv.org/abs/2312.06674 guard models on input and output
        Greshake et al., "Not what you've signed up for: Compromising Real-World LLM-Integrated Applications with Indirect Prompt Injection", AISec 2023
            https://arxiv.org/abs/2302.12173 instructions hidden in retrieved text
    """),
)


@view("Overview")
def overview() -> None:
    """Each turn is guarded, grounded, generated and streamed; feedback and documents drive two slower loops."""
    users = Users("Users", tooltip="Send turns, read streamed answers, leave feedback of both kinds")
    with Cluster("Online"):
        edge = Envoy("API gateway", tooltip="Streams, authenticates, counts each user's tokens")
        orchestrator = Python("Turn orchestrator", tooltip="State machine of one turn, with tool loops and budgets")
        guards = Guard("Safety guards", tooltip="Check input, retrieved text, tool calls and the output stream")
        memory = Postgresql("Conversation and memory", tooltip="Recent turns, a summary, facts the user can edit")
        retrieval = Retriever("Hybrid retrieval", tooltip="Keyword and vector search under access rights, re-ranked")
        llm_pool = ModelPool("LLM pool\nvLLM", tooltip="Large and small model, continuous batches over paged KV")
        tools = Gvisor("Tool sandbox\ngVisor", tooltip="Runs code and API calls with the least privilege")
    with Cluster("Knowledge"):
        documents = MultipleDocuments("Document sources", tooltip="Files, wikis and tickets with their access lists")
        ingestion = Spark("Index pipeline\nSpark", tooltip="Parses, cuts, embeds, indexes, deletes")
    with Cluster("Improve"):
        log = Kafka("Trace log\nKafka", tooltip="Prompt, passages, versions, tokens, feedback of every turn")
        tests = Evaluator("Evaluation", tooltip="Golden sets, judge models, grading by people")
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
    users >> feedback("thumbs, edits") >> log >> batch("sampled turns") >> tests >> control("gate result") >> registry
    tests >> batch("curated pairs") >> tuning >> control("candidate") >> registry >> control("rollout") >> llm_pool


@view("Serving")
def serving() -> None:
    """One turn from message to streamed answer, and each place where untrusted text is checked."""
    chat = React("Chat client\nReact", tooltip="Sends the message, renders the stream with citations")
    with Cluster("Edge"):
        edge = Envoy("API gateway", tooltip="Server-sent events; token quota by user and tenant")
        turn = Python("Turn orchestrator", tooltip="At most 5 tool steps and 16 k tokens a turn")
    with Cluster("Context"):
        session = Redis("Session store\nRedis", tooltip="Last turns and a rolling summary")
        memory = Postgresql("Long-term memory\nPostgreSQL", tooltip="Facts of the user, with origin and deletion")
    with Cluster("Understand"):
        input_guard = Guard("Input guard", tooltip="Small classifier: harm, abuse, personal data, injection")
        router = Planner("Rewrite, route\n1 B model", tooltip="Standalone query; large model, small model or refusal")
    with Cluster("Retrieve"):
        access = Guard("Access service", tooltip="Resolves the user's groups now: a lost right is lost at once")
        encoder = Encoder("Query encoder", tooltip="The embedding model version of the index")
        vectors = Qdrant("Vector database\nQdrant", tooltip="{passages:n} passages, filtered inside the search")
        keywords = Elasticsearch("Keyword index\nElasticsearch", tooltip="Names, codes and rare words")
        cross_encoder = Ranker("Cross-encoder", tooltip="Scores {reranked} fused passages with the query, keeps 8")
    with Cluster("Generate"):
        content_guard = Guard("Content guard", tooltip="Finds instructions in passages and tool results")
        prompt = Assembler("Prompt assembler", tooltip="Stable prefix first, passages marked as data")
        llm = ModelPool("LLM pool\nvLLM", tooltip="Prefill and decode with continuous batching")
        tools = Gvisor("Tool sandbox\ngVisor", tooltip="Typed calls with the user's rights; writes need consent")
    with Cluster("Answer"):
        fallback = Fallback("Fallback answer", tooltip="Small model or search results when the pool is full")
        output_guard = Guard("Output guard", tooltip="Classifies {chunk}-token chunks, checks citations")
    traces = Kafka("Trace log\nKafka", tooltip="Versions, tokens, latencies, passages, verdicts")

    with step("The message opens a stream; past turns, a summary and ten remembered facts are read within 40 ms."):
        chat >> request("message") >> edge >> request("open stream") >> turn >> request("read, append turn") >> session
        turn >> request("user id, query") >> memory
    with step("A guard classifies while a 1 B model rewrites the query and routes, 180 ms for the slower."):
        turn >> request("message") >> input_guard
        turn >> request("history, message") >> router
    with step("Keyword and vector search each return 100 passages that this user may read now, in 80 ms."):
        turn >> request("user id") >> access >> request("allowed groups") >> [vectors, keywords]
        router >> request("standalone query") >> encoder >> request("vector, 100 hits") >> vectors
        router >> request("query, 100 hits") >> keywords
    with step("Fusion keeps {reranked}, a cross-encoder 8; a guard drops those that carry instructions."):
        [vectors, keywords] >> request("fused to {reranked}") >> cross_encoder
        cross_encoder >> request("8 passages") >> content_guard >> request("marked data") >> prompt
    with step("Turns and facts join the passages; {cached} of the prompt is cached; the guard's verdict releases it."):
        turn >> request("turns, facts") >> prompt >> request("{prompt} tokens") >> llm
        input_guard >> control("allow or block") >> llm
    with step("A tool request is checked, runs in the sandbox, and its result passes the content guard."):
        llm >> request("tool request") >> turn >> request("checked call") >> tools >> request("result") >> content_guard
    with step("A token leaves every {step_time}; {chunk} are checked at once, so text shows within 1.7 s."):
        llm >> stream("{chunk}-token chunks") >> output_guard >> stream("safe tokens") >> edge
        edge >> stream("token stream") >> chat
    with step("If the queue would exceed 350 ms, a smaller answer goes out, still through the guard."):
        turn >> control("queue over\n350 ms") >> fallback >> request("degraded answer") >> output_guard
    with step("Versions, passages, tokens and verdicts are logged; thumbs and regenerations join later."):
        output_guard >> stream("verdicts, trace") >> traces
        chat >> feedback("thumbs, regenerate") >> traces


@view("Inference")
def inference() -> None:
    """Inside the LLM pool: prefix-aware routing, prefill apart from decode, paged KV, and early rejection."""
    prompts = InputOutput("Assembled prompts", tooltip="{large_rate} large-model turns at peak")
    with Cluster("Routing"):
        admission = Guard("Admission control", tooltip="Estimates tokens, keeps tenant shares, rejects early")
        router = Envoy("Prefix-aware router", tooltip="Sends a chat where its prefix blocks already are")
    with Cluster("KV memory"):
        prefixes = Cache("Prefix cache", tooltip="Hashes of token blocks; saves {cached} of prefill")
        blocks = Cache("Paged KV manager", tooltip="16-token blocks, shared copy-on-write; {token_kv} a token")
        tier = Storage("Host, NVMe tier", tooltip="KV of idle chats, moved out or dropped: {token_kv} a token adds up")
    with Cluster("Engines"):
        prefill = ModelPool("Prefill replicas\n{prefill_replicas} × {gpus}-GPU", tooltip="{prefill_speed} tokens each")
        transfer = Switch("KV transfer\nRDMA", tooltip="Layer by layer, {kv_link} from each prefill replica")
        decode = ModelPool("Decode replicas\n{decode_replicas} × {gpus}-GPU", tooltip="{batch_size} turns each")
        scheduler = Planner("Iteration scheduler", tooltip="Re-forms the batch at each step; the finished leave")
        draft = ModelServer("Draft model", tooltip="Proposes tokens that one pass verifies; off at high load")
    weights = S3("Model weights\nFP8", tooltip="{model_bytes} a replica, streamed at start, calibrated offline")
    autoscaler = HPA("Autoscaler", tooltip="Scales on queued tokens and KV use, not on GPU utilisation")
    tokens = InputOutput("Token stream", tooltip="Goes to the output guard")

    prompts >> request("prompt, budget") >> admission >> request("admitted") >> router
    router >> request("block hashes") >> prefixes >> control("hit blocks") >> blocks
    router >> request("uncached tokens") >> prefill >> stream("prompt KV") >> transfer
    transfer >> stream("{prompt_kv}/prompt") >> decode >> stream("{step_time}/token") >> tokens
    blocks >> batch("evict idle") >> tier >> batch("reload") >> blocks
    blocks >> control("free blocks") >> scheduler >> control("batch per step") >> decode
    scheduler >> control("backpressure") >> admission
    draft >> request("draft tokens") >> decode
    weights >> batch("load") >> [prefill, decode]
    autoscaler >> control("replicas") >> [prefill, decode]


@view("Knowledge")
def knowledge() -> None:
    """How the index is built and corrected: cut by structure, two indexes, and deletes that overtake content."""
    with Cluster("Sources"):
        documents = MultipleDocuments("Document sources", tooltip="Files, wiki, tickets with owners and access lists")
        connectors = Nifi("Connectors\nNiFi", tooltip="Incremental crawl and webhooks, rate-limited by source")
        changes = Kafka("Change stream\nKafka", tooltip="Upserts, deletes and access changes, ranked apart")
    with Cluster("Prepare"):
        parser = Spark("Parse and clean\nSpark", tooltip="Layout, tables, OCR, near-duplicates removed")
        scan = Guard("Content scan", tooltip="Secrets, malware, hidden instructions; quarantines suspects")
        chunker = Python("Chunker", tooltip="About 250 tokens, cut at headings, with title and section")
    with Cluster("Index"):
        embedder = Encoder("Embedding service\nGPU", tooltip="1,024-d vectors; the model version is kept with each")
        vectors = Qdrant("Vector database\nQdrant", tooltip="HNSW with filters on groups and date, {index_bytes}")
        keywords = Elasticsearch("Keyword index\nElasticsearch", tooltip="The same passage ids, for rank fusion")
        access = Guard("Access service", tooltip="Groups at query time: a change needs no re-index")
    with Cluster("Publish"):
        probe = Inspection("Retrieval eval", tooltip="2,000 question-passage pairs: recall at 50, nDCG at 8")
        pointer = Etcd("Version pointer\netcd", tooltip="Swaps index and query encoder together")

    documents >> stream("webhook, crawl") >> connectors >> stream("changes") >> changes
    changes >> stream("upserts") >> parser >> batch("text, tables") >> scan >> batch("clean text") >> chunker
    chunker >> batch("passages") >> embedder >> batch("vectors") >> vectors
    chunker >> batch("passages") >> keywords
    changes >> stream("delete, rights\nunder 60 s") >> [vectors, keywords]
    documents >> stream("groups") >> access >> request("allowed groups") >> [vectors, keywords]
    [vectors, keywords] >> batch("test results") >> probe
    probe >> control("recall holds") >> pointer >> control("swap version") >> vectors


@view("Training")
def training() -> None:
    """From traces and judgement to one bundle of weights, prompt and guards that safety evaluation can veto."""
    with Cluster("Data"):
        lake = S3("Data lake", tooltip="Turns with versions and feedback, consented only")
        redaction = Spark("Redaction job\nSpark", tooltip="Removes personal data, honours opt-outs and deletions")
        miner = Spark("Hard-case miner\nSpark", tooltip="Thumbs down, edits, guard disagreements, and a random sample")
        people = Users("Annotators", tooltip="Write answers, rank pairs, grade grounding; 10 % twice")
        red_team = User("Red team", tooltip="Jailbreaks, and injection through documents and tools")
    with Cluster("Training"):
        supervised = Trainer("Supervised tuning", tooltip="Adapter or full tuning on demonstrations that cite")
        aligned = Trainer("Preference tuning", tooltip="Direct preference optimisation against the tuned model")
        packed = Distiller("Quantise and distil", tooltip="FP8 calibration, draft model, 8 B student")
        guards = Trainer("Guard tuning", tooltip="Policy classes, with hard negatives against over-refusal")
    with Cluster("Release"):
        judge = Evaluator("Judge model", tooltip="Grades pairs; calibrated weekly against people")
        skills = Choice("Capability gate", tooltip="Task suites, grounding, tool success, regression set")
        safety = Choice("Safety gate", tooltip="Floors on attack success and over-refusal; may veto")
        registry = Mlflow("Model registry", tooltip="Weights, prompt, guards, decoding settings as one id")
        canary = Flagger("Shadow and canary", tooltip="1 % by user, sticky per conversation, rolled back by itself")

    lake >> batch("{traces}") >> redaction >> batch("clean turns") >> miner >> batch("5,000 cases/week") >> people
    people >> batch("demonstrations") >> supervised >> batch("reference policy") >> aligned
    people >> batch("ranked pairs") >> aligned >> batch("tuned weights") >> packed >> batch("serving weights") >> skills
    people >> batch("human labels") >> judge >> batch("win rate") >> skills >> control("passed") >> safety
    red_team >> batch("attack set") >> guards >> batch("classifier") >> safety
    red_team >> batch("held-out attacks") >> safety >> control("passed") >> registry
    registry >> control("bundle id") >> canary >> stream("new turns") >> lake


@view("Operations")
def operations() -> None:
    """How it stays up, safe and affordable: engine metrics, sampled quality, abuse, simpler answers, cost."""
    with Cluster("Serving"):
        llm_pool = ModelPool("LLM pool\nvLLM", tooltip="Emits queue time, time to first token, KV use")
        turns = Python("Turn pipeline", tooltip="Emits a span per stage and the guards' verdicts")
        fallback = Fallback("Fallback ladder", tooltip="Fewer passages, small model, search results, refusal")
        flags = Etcd("Feature flags\netcd", tooltip="Routing, quotas, kill switches for tools and sources")
    with Cluster("Observe"):
        traces = Jaeger("Traces\nJaeger", tooltip="One span tree a turn, with token counts")
        metrics = Prometheus("Metrics\nPrometheus", tooltip="Token latency, KV use, preemptions, errors")
        judge = Evaluator("Online judge", tooltip="Grades 1 % of turns for grounding and help")
        drift = Spark("Drift monitor\nSpark", tooltip="New topics, retrieval misses, language mix")
        dashboards = Grafana("Dashboards\nGrafana", tooltip="Latency, quality, safety and cost on one page")
        alerts = Pagerduty("On-call alerts", tooltip="Pages on burn rate, guard outage, leak probes")
    with Cluster("Decide"):
        trust = User("Trust team", tooltip="Reviews flagged turns and appeals, bans, writes rules")
        ledger = Clickhouse("Cost ledger\nClickHouse", tooltip="Tokens and GPU seconds by tenant and model")
        analysis = Clickhouse("Experiment analysis", tooltip="Arms of users: prompt, model, retrieval; lasting holdout")
        retrain = Airflow("Retrain trigger", tooltip="Opens a tuning or re-index run when quality slips")
        rollback = Argocd("Rollback controller", tooltip="Restores the last bundle of weights, prompt and guards")

    llm_pool >> stream("engine metrics") >> metrics >> stream("series") >> dashboards
    turns >> stream("spans") >> traces
    turns >> stream("1 % sample") >> judge >> stream("quality") >> dashboards
    turns >> batch("queries, misses") >> drift >> control("miss rate up") >> retrain
    turns >> stream("flagged turns") >> trust >> control("rules, bans") >> flags >> control("limits, switches") >> turns
    llm_pool >> stream("tokens, GPU seconds") >> ledger >> control("tenant quota") >> flags
    judge >> batch("per-arm scores") >> analysis >> control("ramp or stop") >> flags
    judge >> control("grounding down") >> retrain >> control("gated bundle") >> llm_pool
    metrics >> control("SLO burn") >> alerts >> control("overload") >> fallback >> control("mode change") >> turns
    alerts >> control("bad release") >> rollback >> control("previous bundle") >> llm_pool
