"""Serve, ground, adapt and pay for large language models inside a product.

Generation is stateful and priced by the token: each request holds memory on an accelerator for as long as it is being
answered, and two requests with the same text can differ a hundredfold in cost. Reading the prompt is bound by compute,
writing the answer by memory bandwidth, and one machine is rarely best at both.

No single label says whether an answer was good, and the input can carry instructions of its own. So quality is a suite
of checks that must itself be checked, and every text that the model reads is either trusted or treated as data.
"""

from diagrams import Cluster
from diagrams.aws.storage import S3
from diagrams.elastic.elasticsearch import Elasticsearch
from diagrams.k8s.clusterconfig import HPA
from diagrams.onprem.analytics import Spark
from diagrams.onprem.client import Client, Users
from diagrams.onprem.database import Qdrant
from diagrams.onprem.gitops import Flagger
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.monitoring import Prometheus
from diagrams.onprem.network import Envoy, Kong
from diagrams.programming.flowchart import Action, Inspection, StartEnd
from diagrams.programming.flowchart import Decision as Test

from archfolio import (
    AntiPattern,
    Assembler,
    BuildingBlock,
    Cache,
    Calculator,
    DecisionTable,
    Encoder,
    Estimate,
    Evaluator,
    FollowUp,
    Guard,
    Labeller,
    MathFormula,
    ModelPool,
    ModelServer,
    Option,
    Planner,
    Ranker,
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
    response,
    step,
    stream,
    view,
)

ESTIMATE = Estimate(
    rate=assume("Requests at peak", 20, "request/s"),
    prompt=assume("Tokens of a prompt", 3_000, "token/request"),
    cached=assume("Prompt found in the prefix cache, of its tokens", 40, "percent"),
    answer=assume("Tokens of an answer", 400, "token/request"),
    parameters=cite("Parameters", 70.6e9, "parameter", source="Llama 3", note="the 70B shape"),
    weight_bytes=assume("Bytes of a parameter", 1, "byte/parameter/replica", note="FP8; 2 in BF16, 0.5 in 4 bits"),
    layers=cite("Layers", 80, "layer", source="Llama 3"),
    kv_heads=cite(
        "KV heads of a layer", 8, "head/layer", source="Llama 3", note="grouped-query attention; 64 without it"
    ),
    head_size=cite("Numbers of a head, for a token", 128, "number/head/token", source="Llama 3"),
    kv_bytes=assume("Bytes of a number in the KV cache", 2, "byte/number", note="BF16; FP8 halves it"),
    token_kv=derive(
        "KV cache of a token", "2 * layers * kv_heads * head_size * kv_bytes", "byte/token", note="keys and values"
    ),
    request_kv=derive("KV cache of a finished request", "(prompt + answer) * token_kv", "byte/request"),
    model_bytes=derive("Weights held by a replica", "parameters * weight_bytes", "byte/replica"),
    gpus=assume("GPUs of a replica", 4, "GPU/replica"),
    gpu_memory=reference("h100_memory"),
    usable=assume("Usable memory, of all", 85, "percent", note="the rest: activations, graphs, fragments"),
    room=derive("Memory for the KV cache", "gpus * gpu_memory * usable - model_bytes", "byte/replica"),
    fit=derive("Requests whose KV cache fits", "room / request_kv", "request/replica"),
    batch_size=assume("Requests decoded together", 64, "request/replica", note="at most what fits"),
    bandwidth=reference("h100_bandwidth"),
    mbu=assume("Bandwidth reached in decode, of peak", 50, "percent"),
    tpot=derive(
        "Time per output token",
        "(model_bytes + min(batch_size, fit) * request_kv) / (gpus * bandwidth * mbu)",
        "ms",
        note="each step reads all weights and the cache of each request",
    ),
    gained=assume("Tokens a request gains in a step", 1, "token/request", note="more with speculative decoding"),
    decode_speed=derive("Decode of a replica", "min(batch_size, fit) * gained / tpot", "token/s/replica"),
    flop=reference("forward_flop"),
    gpu_fp8=reference("h100_fp8"),
    mfu=assume("Compute reached in prefill, of peak", 40, "percent"),
    prefill_speed=derive("Prefill of a replica", "gpus * gpu_fp8 * mfu / (flop * parameters)", "token/s/replica"),
    together=assume("Prompts prefilled together", 1, "request/replica"),
    prefill_time=derive("Prefill of a prompt", "prompt * (1 - cached) * together / prefill_speed", "ms"),
    load=assume("Load, of what a replica bears", 70, "percent", note="above it queues decide the time to first token"),
    prefill_replicas=derive(
        "Prefill replicas", "ceil(rate * prompt * (1 - cached) / (prefill_speed * load))", "replica"
    ),
    decode_replicas=derive("Decode replicas", "ceil(rate * answer / (decode_speed * load))", "replica"),
    all_gpus=derive("GPUs", "(prefill_replicas + decode_replicas) * gpus", "GPU"),
    gpu_price=reference("h100_price"),
    million=assume("Tokens that a price is for", 1e6, "token"),
    token_price=derive("Cost of a million output tokens", "all_gpus * gpu_price / (rate * answer) * million", "USD"),
    ridge=derive(
        "Requests from which decode is bound by compute",
        "gpu_fp8 / bandwidth * weight_bytes / flop",
        "token/replica",
        note="weights only; below it a larger batch is nearly free while the caches are small beside the weights",
    ),
    acceptance=assume("Drafted tokens that are accepted, one by one, of all", 70, "percent"),
    drafted=assume("Tokens drafted for a pass", 4),
    draft_cost=assume("Time of a drafted token, of a pass of the large model", 5, "percent"),
    expected=derive("Tokens of a verification pass", "(1 - acceptance ** (drafted + 1)) / (1 - acceptance)"),
    speed_up=derive("Speed-up of decode, while bandwidth binds", "expected / (1 + drafted * draft_cost)"),
)

BLOCK = BuildingBlock(
    title="LLM and generative AI",
    position=10,
    estimate=ESTIMATE,
    terms=[
        Term(
            "Prefill and decode",
            "Prefill reads the whole prompt in one pass and is bound by compute; decode writes one token a pass, reads all"
            " weights for it, and is bound by memory bandwidth.",
            MathFormula(
                "Time of each",
                r"t_\mathrm{prefill} \approx \frac{2 N p}{C}, \qquad t_\mathrm{decode} \approx \frac{W + b\,K}{M}",
                "N parameters, p prompt tokens, C the compute reached; W bytes of weights, K bytes of KV cache of each of"
                " b requests, M the bandwidth reached.",
            ),
        ),
        Term(
            "KV cache",
            "Keys and values of every earlier token, kept so that a new token need not read the whole text again; its size,"
            " not compute, decides how many requests a replica can hold.",
            MathFormula(
                "Bytes of a token",
                r"k = 2 \cdot L \cdot h_\mathrm{kv} \cdot d \cdot s",
                "L layers, h KV heads of d numbers, s bytes a number, and 2 for keys and values: {token_kv} here.",
            ),
        ),
        Term(
            "Time to first token and time per output token",
            "What a reader feels: the wait until text begins (queue and prefill), and the pace at which it goes on (decode).",
            MathFormula(
                "Latency of an answer",
                r"T = \mathrm{TTFT} + (n - 1) \cdot \mathrm{TPOT}",
                "n is the number of output tokens.",
            ),
        ),
        Term(
            "Goodput",
            "Requests a second that meet both latency targets; throughput alone rises with the batch long after readers"
            " have begun to wait.",
        ),
        Term(
            "Continuous batching",
            "The batch is formed anew at each step, so that a finished request leaves at once and a waiting one takes its"
            " place.",
        ),
        Term(
            "Mixture of experts",
            "A router sends each token to a few of many feed-forward networks, so that compute follows the active parameters"
            " while memory, and what a large batch reads, follow all of them.",
            MathFormula(
                "Share of the experts that a step reads",
                r"1 - \left(1 - \frac{k}{E}\right)^{b}",
                "k of E experts a token, b tokens a step, routed evenly: with 8 of 128 experts, a batch of 16 reads 64 % of them"
                " and one of 64 reads 98 %.",
            ),
        ),
        Term(
            "Speculative decoding",
            "A small model drafts some tokens and the large one checks them in one pass; the output is distributed exactly"
            " as without it.",
            MathFormula(
                "Expected tokens of a pass",
                r"E = \frac{1 - \alpha^{k+1}}{1 - \alpha}",
                "alpha is the chance that a drafted token is accepted, k how many are drafted.",
            ),
        ),
        Term(
            "Retrieval-augmented generation",
            "The model answers from passages that were fetched for the question, so that facts can be changed, cited and"
            " withheld by permission without training.",
        ),
        Term(
            "Faithfulness and context recall",
            "Two metrics that must be read apart: whether each claim of an answer follows from the passages, and whether"
            " the passages held what the right answer needs.",
            MathFormula(
                "Faithfulness",
                r"F = \frac{\text{claims that follow from the passages}}{\text{claims of the answer}}",
                "An answer can be faithful to the wrong passages: then context recall is what is low.",
            ),
        ),
        Term(
            "LoRA",
            "Fine-tuning that trains a product of two thin matrices beside each frozen weight, so that many adapters share"
            " one base model in memory.",
            MathFormula(
                "Adapted weight",
                r"W' = W + \frac{a}{r} B A, \qquad B \in \mathbb{R}^{m \times r},\ A \in \mathbb{R}^{r \times n}",
                "r is the rank, typically 8 to 64: parameters to train fall from m n to r (m + n).",
            ),
        ),
        Term(
            "DPO",
            "Preference tuning without a reward model: the chosen answer is made likelier than the rejected one, measured"
            " against a frozen reference.",
            MathFormula(
                "DPO loss",
                r"\mathcal{L} = -\log \sigma\left(\beta \log\frac{\pi(y_w|x)}{\pi_\mathrm{ref}(y_w|x)}"
                r" - \beta \log\frac{\pi(y_l|x)}{\pi_\mathrm{ref}(y_l|x)}\right)",
                "y_w is preferred to y_l; beta bounds how far the policy drifts from the reference.",
            ),
        ),
    ],
    calculators=[
        Calculator(
            "GPUs and price of a token",
            "How many GPUs answer {rate:n} requests a second, and what does a million output tokens cost?",
            ["token_kv", "fit", "tpot", "prefill_time", "all_gpus", "token_price", "ridge"],
            "Memory for the cache sets how many requests fit, bandwidth how fast each goes on. Raise the batch until the time"
            " per token meets its target and no further. Short requests join a batch nearly free until compute binds; long ones"
            " do not, since a step reads their caches too, which at {batch_size:n} requests of this length are as many bytes as the"
            " weights and double its time. The prefix cache saves prefill only:"
            " decode has the whole prompt to read either way. Compare the price with an API at your own load, not at full"
            " load: an idle GPU costs as much as a busy one.",
        ),
        Calculator(
            "Speculative decoding",
            "How much faster is decode when {drafted} tokens are drafted and {acceptance} of them are accepted?",
            ["expected", "speed_up"],
            "Longer drafts pay only while the acceptance is high: at 70 % the fifth token survives one time in six. The"
            " formula holds where a pass over several tokens costs as much as over one, which is so while bandwidth binds: at"
            " small batches, and with long contexts at large ones too. Once compute binds, verification competes for it, and"
            " drafting should be switched off.",
        ),
    ],
    tables=[
        DecisionTable(
            "How to change what a model does",
            ["Changes", "Needs", "Time to a first result", "Breaks when"],
            [
                Option(
                    "Prompt",
                    [
                        "Instructions, format, a few examples",
                        "An evaluation set",
                        "Hours",
                        "Instructions pile up and conflict",
                    ],
                    "The model can do it already and must be told how.",
                ),
                Option(
                    "Retrieval",
                    ["Facts", "An index with permissions", "Weeks", "Passages miss what the answer needs"],
                    "Facts are private, change, or must be cited.",
                ),
                Option(
                    "Fine-tuning with adapters",
                    [
                        "Behaviour, style, format, a narrow skill",
                        "Some thousand checked examples",
                        "Weeks",
                        "The base model is replaced",
                    ],
                    "Prompts are long and still fail, or a smaller model must do it.",
                ),
                Option(
                    "Preference tuning",
                    [
                        "Which of two good answers is chosen",
                        "Pairs that people ranked",
                        "Months",
                        "The judge can be flattered",
                    ],
                    "Quality is a matter of judgement that examples do not show.",
                ),
                Option(
                    "Reinforcement on verifiable rewards",
                    ["Reasoning that can be checked", "Tests, proofs, simulators", "Months", "The check can be gamed"],
                    "A program can tell right from wrong.",
                ),
                Option(
                    "Continued pre-training",
                    ["Language, domain", "Billions of tokens", "Months", "Old skills are forgotten"],
                    "The domain's language is foreign to the model.",
                ),
            ],
        ),
        DecisionTable(
            "Format of the weights",
            ["Bytes of a parameter", "Speeds up", "Loses"],
            [
                Option("BF16", ["2", "Nothing", "Nothing"], "Quality is compared, or memory is plentiful."),
                Option(
                    "FP8",
                    ["1", "Prefill and decode", "Little, after calibration"],
                    "The GPU computes in FP8; the default on an H100.",
                ),
                Option("INT8", ["1", "Prefill and decode", "Little; outliers need care"], "The GPU has no FP8."),
                Option(
                    "FP4 in blocks (NVFP4, MXFP4)",
                    [
                        "0.5, and a scale for 16 or 32 numbers",
                        "Prefill and decode",
                        "Some; less with the finer scale, or with tuning in FP4",
                    ],
                    "The GPU computes in FP4: Blackwell and later, not an H100.",
                ),
                Option(
                    "INT4, weights only",
                    ["0.5", "Decode at small batches", "Measurable on hard tasks"],
                    "Memory decides: one GPU instead of two.",
                ),
            ],
        ),
        DecisionTable(
            "Against prompt injection",
            ["What it stops", "What it does not", "Cost"],
            [
                Option(
                    "Least privilege for tools",
                    [
                        "Damage: a hijacked model can do only what the user may",
                        "The hijack itself",
                        "Design of each tool",
                    ],
                    "Always, and first.",
                ),
                Option(
                    "Consent before an effect",
                    ["Silent writes, payments, messages", "Reading what should not be read", "A click"],
                    "A tool changes something outside.",
                ),
                Option(
                    "Untrusted text marked as data",
                    ["Casual instructions in documents", "Determined attackers", "Some tokens"],
                    "Always; it is no boundary by itself.",
                ),
                Option(
                    "Classifier over input and passages",
                    ["Known attacks", "New ones", "Some milliseconds, false alarms"],
                    "Volume is high and attacks repeat.",
                ),
                Option(
                    "A plan made before untrusted text is read",
                    [
                        "Calls that the user's request did not imply; a second model reads the text and may call nothing",
                        "Wrong values passed on inside the plan",
                        "A planner, an interpreter, more tokens; open-ended tasks",
                    ],
                    "An agent acts on mail, pages or tickets that anybody can write.",
                ),
                Option(
                    "No secrets and no free URLs in the answer",
                    ["Exfiltration by link or picture", "Misleading answers", "Allow-list of hosts"],
                    "Private and untrusted text meet in one prompt.",
                ),
            ],
        ),
    ],
    checklist=[
        "Targets for time to first token and time per output token are written down, and goodput is reported against both",
        "Admission is by estimated tokens, not by requests, and overload is refused before it queues",
        "Prefix-cache hits are reported by route, and the stable part of each prompt comes first, byte for byte",
        "Each release names weights, prompt, guards, retrieval index and decoding settings as one version",
        "An evaluation suite with at least some hundred cases a use runs before each release, with known failures among them",
        "The judge model agrees with people on a fresh sample at least as well as people agree with each other",
        "Retrieval and generation are measured apart: context recall, and faithfulness of each claim",
        "A passage that a user may not read cannot reach the prompt: a test asks as such a user every day",
        "Tools run with the rights of the user who asks, and writes wait for consent",
        "The answer is checked in the stream, and text that was not checked is not shown",
        "Cost is reported by feature and tenant, with a budget that stops a loop of tool calls",
        "There is a poorer answer for when the model is late or down, and it has been rehearsed",
    ],
    anti_patterns=[
        AntiPattern(
            "Scaling on GPU utilisation",
            symptom="The fleet reads 95 % busy with an empty queue and with one of a minute alike, so it never scales in time.",
            cure="Scale on waiting tokens and on the share of the cache that is in use.",
            where="serving/Autoscaler",
        ),
        AntiPattern(
            "A time stamp at the top of the prompt",
            symptom="The prefix cache hits nothing and prefill costs twice what was planned.",
            cure="Order the prompt from what never changes to what always does, and route a chat to the replica that has its"
            " blocks.",
            where="serving/Prefix-aware router",
        ),
        AntiPattern(
            "Permissions as a filter on the answer",
            symptom="The model paraphrases a document that the user may not open.",
            cure="Filter inside the search, by the groups the user has now, before anything reaches the prompt.",
            where="rag/Access service",
        ),
        AntiPattern(
            "One score for the whole pipeline",
            symptom="Quality fell by four points, and nobody can say whether the search or the model did it.",
            cure="Keep the passages of each case, and score search and answer apart.",
            where="rag/Grounding check",
        ),
        AntiPattern(
            "A judge that nobody judges",
            symptom="Scores rise each week while people complain: the model learned to write long, agreeable answers.",
            cure="Score both orders of a pair, control for length, and recalibrate against people every week.",
            where="tuning/Judge",
        ),
    ],
    questions=[
        FollowUp(
            "mid",
            "Why does a longer prompt make the answer start later, and a longer answer make it end later?",
            answer="The prompt is read in one pass of about two operations for each parameter and token, so the time to first"
            " token grows with it: {prefill_time} here. The answer is written a token a pass, and each pass reads all weights"
            " and the cache from memory: {tpot} a token. So {answer:n} tokens take that many passes, and no amount of compute"
            " shortens a single one of them.",
            weak="Because more tokens are more work.",
            where="serving/Prefill workers",
        ),
        FollowUp(
            "senior",
            "How many requests fit on a replica, and what would double that?",
            answer="A token keeps {token_kv} of keys and values, so a finished request keeps {request_kv}. A replica has {room}"
            " beside the weights, which holds {fit}. Keeping the cache in FP8 doubles it at once; so do shorter prompts,"
            " or a model with fewer KV heads. Quantising the weights frees less than it seems, because they are the smaller part."
            " Paging matters too: reserved for the longest answer, most of that memory would stand empty.",
            weak="Add GPUs; each one brings eighty gigabytes.",
            where="serving/KV blocks",
        ),
        FollowUp(
            "senior",
            "Users report wrong answers although the documents are right. Where do you look?",
            answer="First at whether the right passage was in the prompt. If not, it is retrieval: chunks cut through tables, a"
            " query that was not rewritten from the conversation, a permission filter, a re-ranker that drops it. If it was"
            " there, it is generation: too many passages, the right one in the middle, or instructions that fight. I keep"
            " passages with every trace, score context recall and faithfulness apart, and turn each report into a case.",
            weak="Use a larger model with a longer context.",
            where="rag/Re-ranker",
        ),
        FollowUp(
            "staff",
            "When would you separate prefill from decode, and when not?",
            answer="Together, a long prompt stalls the tokens of everybody in the batch; chunked prefill softens that by mixing"
            " small pieces into decode steps. Separate pools let each have its own parallelism and be scaled by its own"
            " target, at the price of moving the cache over the network, {request_kv} for each request. I would separate them"
            " when prompts are long and both latency targets are tight; with short prompts or a small fleet chunking is"
            " simpler and nearly as good.",
            weak="Always: all modern systems do it.",
            where="serving/Decode workers",
        ),
        FollowUp(
            "staff",
            "Would you trust a language model to judge another?",
            answer="For ranking changes, after calibration; not for absolute quality and not for safety alone. Judges prefer the"
            " first answer, longer ones, and their own style. So I score each pair in both orders, count a flip as a tie,"
            " hold length fixed where I can, and compare with people on a fresh sample each week. If its agreement with"
            " people is below that between people, it does not gate a release.",
            weak="Yes, if it is the strongest model available.",
            where="tuning/Judge",
        ),
    ],
    used_by=[
        UsedBy(
            "chatbot-llm-system/inference/Prefix-aware router", how="A chat goes to the replica that has its prefix."
        ),
        UsedBy("chatbot-llm-system/inference/Decode replicas", how="Batches that are formed anew at each step."),
        UsedBy(
            "chatbot-llm-system/inference/Draft model", how="Speculation, switched off once decode is bound by compute."
        ),
        UsedBy(
            "chatbot-llm-system/serving/Content guard", how="Passages and tool results are searched for instructions."
        ),
        UsedBy("chatbot-llm-system/knowledge/Chunker", how="Passages cut at headings, with title and section."),
        UsedBy("search-systems/training/LLM judge", how="Extends relevance judgements, audited against people."),
        UsedBy("nlp-systems/labels/LLM labeller", how="Proposes labels that people check."),
    ],
    sources=bibliography(
        """
        W. Kwon and others, "Efficient Memory Management for Large Language Model Serving with PagedAttention", SOSP 2023
            https://arxiv.org/abs/2309.06180 paged KV cache, and how much reserved memory stands empty without it
        G.-I. Yu and others, "Orca: A Distributed Serving System for Transformer-Based Generative Models", OSDI 2022
            https://www.usenix.org/conference/osdi22/presentation/yu continuous batching
        Y. Zhong and others, "DistServe: Disaggregating Prefill and Decoding for Goodput-optimized Large Language Model Serving", OSDI 2024
            https://arxiv.org/abs/2401.09670 goodput, and separate pools for prefill and decode
        A. Agrawal and others, "Taming Throughput-Latency Tradeoff in LLM Inference with Sarathi-Serve", OSDI 2024
            https://arxiv.org/abs/2403.02310 chunked prefill
        Y. Leviathan, M. Kalman, Y. Matias, "Fast Inference from Transformers via Speculative Decoding", ICML 2023
            https://arxiv.org/abs/2211.17192 the expected tokens of a pass, and the speed-up with the cost of drafts
        A. Grattafiori and others, "The Llama 3 Herd of Models", arXiv 2024
            https://arxiv.org/abs/2407.21783 layers, heads and parameters of the 70B shape
        Qwen Team, "Qwen3 Technical Report", arXiv 2025
            https://arxiv.org/abs/2505.09388 128 experts of which 8 are active for a token
        P. Lewis and others, "Retrieval-Augmented Generation for Knowledge-Intensive NLP Tasks", NeurIPS 2020
            https://arxiv.org/abs/2005.11401 answers from retrieved passages
        NVIDIA, "Introducing NVFP4 for Efficient and Accurate Low-Precision Inference", NVIDIA Technical Blog 2025
            https://developer.nvidia.com/blog/introducing-nvfp4-for-efficient-and-accurate-low-precision-inference/ FP4 with a scale for each block, on Blackwell
        E. Debenedetti and others (ETH Zurich, Google), "Defeating Prompt Injections by Design", arXiv 2025
            https://arxiv.org/abs/2503.18813 CaMeL: the plan comes from trusted text alone
        S. Es and others, "RAGAS: Automated Evaluation of Retrieval Augmented Generation", EACL 2024
            https://arxiv.org/abs/2309.15217 faithfulness and relevance of context as separate metrics
        E. Hu and others, "LoRA: Low-Rank Adaptation of Large Language Models", ICLR 2022
            https://arxiv.org/abs/2106.09685 adapters of low rank
        R. Rafailov and others, "Direct Preference Optimization: Your Language Model is Secretly a Reward Model", NeurIPS 2023
            https://arxiv.org/abs/2305.18290 the preference loss
        L. Zheng and others, "Judging LLM-as-a-Judge with MT-Bench and Chatbot Arena", NeurIPS 2023
            https://arxiv.org/abs/2306.05685 position, length and self-preference of judges
        """
    ),
)


@view("Serving", direction="LR")
def serving() -> None:
    """Two workloads on one path: prefill writes the cache, decode reads it; memory for the cache bounds both."""
    clients = Client("Applications", tooltip="Send prompts and show the stream")
    with Cluster("Entry"):
        gateway = Kong(
            "LLM gateway", tooltip="Identity, budget in tokens, choice of model, retries before the first token"
        )
        router = Envoy(
            "Prefix-aware router", tooltip="Sends a prompt to the replica that has the blocks of its beginning"
        )
    with Cluster("Fleet") as fleet:
        scheduler = Planner("Scheduler", tooltip="Forms the batch anew at each step, within the blocks that are free")
        prefill = ModelPool(
            "Prefill workers\n{prefill_replicas} × {gpus} GPUs", tooltip="{prefill_speed} of uncached tokens each"
        )
        blocks = Cache("KV blocks", tooltip="Pages of {token_kv} a token; room for {fit} requests in each replica")
        decode = ModelPool(
            "Decode workers\n{decode_replicas} × {gpus} GPUs", tooltip="{tpot} a token, {batch_size} requests together"
        )
        draft = ModelServer(
            "Draft model", tooltip="Proposes {drafted} tokens that one pass checks; off once compute binds"
        )
    adapters = S3("Adapters", tooltip="LoRA weights of many tenants over one base model")
    metrics = Prometheus("Token metrics", tooltip="Queue, time to first token, time per token, cache in use, goodput")
    autoscaler = HPA("Autoscaler", tooltip="Scales each pool by waiting tokens and cache in use")
    with step("The gateway checks the budget in tokens, the router looks for a replica with the prompt's beginning"):
        (
            clients
            >> request("prompt")
            >> gateway
            >> request("admitted")
            >> router
            >> request("prompt tokens")
            >> scheduler
        )
    with step("Prefill reads what is cached, computes the rest, and writes its keys and values"):
        scheduler >> control("chunk") >> prefill
        blocks >> response("cached prefix") >> prefill
        prefill >> stream("new blocks") >> blocks
    with step("Each decode step reads all blocks of its requests and adds a token to each"):
        scheduler >> control("batch of a step") >> decode
        blocks >> response("all blocks") >> decode
        draft >> response("drafted tokens") >> decode
    with step("Tokens stream back as they are made"):
        decode >> stream("tokens") >> clients
    blocks >> control("free blocks") >> scheduler
    adapters >> batch("adapter") >> fleet
    fleet >> stream("times, queue, cache") >> metrics
    metrics >> feedback("what falls short") >> autoscaler >> control("replicas") >> fleet


@view("Retrieval-augmented generation", direction="LR")
def rag() -> None:
    """Permissions travel with each passage, words and vectors are searched together, and each claim is checked."""
    documents = S3("Documents", tooltip="Wikis, tickets and files, with the groups that may read each")
    with Cluster("Ingest"):
        chunker = Spark("Parse and chunk", tooltip="Cuts at headings and keeps tables whole, with title and section")
        encoder = Encoder("Encoder", tooltip="One version for passages and questions")
    with Cluster("Retrieve"):
        rewriter = Planner("Query rewriter", tooltip="Turns a conversation into a question that stands alone")
        access = Guard("Access service", tooltip="The groups of the user as they are now, not as they were indexed")
        vectors = Qdrant("Vector index", tooltip="Nearest passages, filtered inside the search")
        words = Elasticsearch("Word index", tooltip="Names, codes and rare words under the same filter")
        reranker = Ranker("Re-ranker", tooltip="Reads question and passage together: typically 50 down to 8")
    with Cluster("Answer"):
        prompt = Assembler("Prompt", tooltip="Stable instructions first, passages marked as data, the question last")
        model = ModelPool("Model", tooltip="Answers from the passages and cites their ids")
        check = Evaluator(
            "Grounding check", tooltip="Each claim must follow from a cited passage; else the answer says so"
        )
    users = Users("Users", tooltip="Ask, follow citations, report what is wrong")
    documents >> batch("changes") >> chunker >> batch("passages") >> encoder >> batch("vectors, groups") >> vectors
    chunker >> batch("text, groups") >> words
    with step("The question is rewritten, and the user's groups are looked up"):
        users >> request("question") >> rewriter >> request("who asks") >> access
    with step("Both indexes are searched under these groups"):
        access >> response("groups") >> [vectors, words]
        rewriter >> request("question vector") >> encoder
        rewriter >> request("typ. top 50") >> [vectors, words]
    with step("A re-ranker keeps the few that the prompt has room for"):
        [vectors, words] >> response("hits") >> reranker >> response("typ. 8 passages") >> prompt
    with step("The model answers, and every claim is checked before it is shown"):
        prompt >> request("prompt") >> model >> response("draft, citations") >> check
        check >> response("answer or abstain") >> users


@view("Tuning and release", direction="LR")
def tuning() -> None:
    """Examples teach the task, pairs teach the choice, and a judge that people keep honest decides what is released."""
    with Cluster("Data"):
        traces = S3("Traces", tooltip="Consented turns with passages, versions and what users did next")
        miner = Spark(
            "Case miner", tooltip="Reported, edited and disputed turns, and a random sample; test cases kept out"
        )
        people = Users("Annotators", tooltip="Write and rank by a guideline; their agreement is measured")
        examples = Labeller("Examples", tooltip="Checked answers, deduplicated, without cases of the test suite")
        pairs = Labeller("Ranked pairs", tooltip="Two answers to one prompt, ranked by people or by the judge")
    with Cluster("Train"):
        base = Mlflow("Base model", tooltip="Open or licensed weights, frozen as the reference")
        supervised = Trainer("Supervised tuning", tooltip="Adapters, or all weights, on the answer's tokens only")
        preference = Trainer("Preference tuning", tooltip="DPO against the tuned model as reference")
    with Cluster("Gate") as gate:
        suite = Evaluator("Test suite", tooltip="Tasks, grounding, tools, regressions; some hundred cases a use")
        attacks = Simulator("Attack suite", tooltip="Jailbreaks and injections, with a floor that may veto")
        judge = Evaluator(
            "Judge", tooltip="Grades pairs in both orders; compared with people on a fresh sample each week"
        )
    release = Flagger("Staged release", tooltip="Shadow, then a share of users, sticky in a chat; rolls back by itself")
    traces >> batch("turns") >> miner >> batch("cases") >> people
    people >> batch("write, correct") >> examples >> batch("examples") >> supervised
    people >> batch("rank") >> pairs >> batch("pairs") >> preference
    base >> batch("weights") >> supervised >> batch("policy") >> preference
    preference >> batch("candidate") >> gate
    people >> control("weekly sample") >> judge >> control("grades") >> suite
    suite >> control("better, no regression") >> release
    attacks >> control("no veto") >> release
    release >> feedback("live turns") >> traces


@view("Choice of a method", direction="TB")
def choice() -> None:
    """From the cheapest change to the most expensive: each test sends the problem on only if the one before it failed."""
    start = StartEnd(
        "Answers are\nnot good enough", tooltip="On an evaluation set that shows where, not on an impression"
    )
    told = Test("Told clearly,\nwith examples?", tooltip="Many failures are instructions that nobody wrote down")
    prompt = Action("Prompt", tooltip="Write instructions and examples, and test every change")
    facts = Test("Are facts\nmissing?", tooltip="Private, recent, or to be cited")
    retrieve = Action("Retrieve", tooltip="Fetch passages under the user's permissions")
    tool = Test("Must it compute\nor act?", tooltip="Arithmetic, look-ups, bookings: what a program does exactly")
    tools = Action("Give it tools", tooltip="Typed calls with the rights of the user")
    behaviour = Test("Format, style or\nnarrow skill?", tooltip="The model knows enough and behaves wrongly")
    adapt = Action("Fine-tune", tooltip="Adapters on some thousand checked examples")
    judged = Test("Can a program\ncheck it?", tooltip="Tests, proofs and simulators against human judgement")
    verify = Action("Reinforce on checks", tooltip="Reward what passes; watch for answers that game the check")
    prefer = Action("Tune on preferences", tooltip="Pairs that people ranked, and a judge that they keep honest")
    measure = Inspection("Measure again", tooltip="The same set, and a fresh one that nobody tuned on")
    start >> told
    told >> control("no") >> prompt
    told >> control("yes") >> facts
    facts >> control("yes") >> retrieve
    facts >> control("no") >> tool
    tool >> control("yes") >> tools
    tool >> control("no") >> behaviour
    behaviour >> control("yes") >> adapt
    behaviour >> control("no: judgement") >> judged
    judged >> control("yes") >> verify
    judged >> control("no") >> prefer
    [prompt, retrieve, tools, adapt, verify, prefer] >> measure
    measure >> feedback("still not good") >> told
