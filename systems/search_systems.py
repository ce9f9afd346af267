"""Turn a few typed words into an ordered page of the right products, out of 200 million, within 300 ms.

Queries are short, misspelt and heavy-tailed: clicks are plentiful for the few head queries and missing for the many
tail queries that need them. Matching words finds part numbers and brands, matching meaning finds what was meant, and
each fails where the other works. Clicks as labels are biased by position and by what the old ranker chose to show.

The answer is one index for both, a cheap ranker over its hits, and a model that reads query and product together.
"""

from diagrams import Cluster, Edge
from diagrams.aws.storage import S3
from diagrams.generic.device import Mobile
from diagrams.k8s.compute import Cronjob
from diagrams.onprem.analytics import Flink, Spark
from diagrams.onprem.client import User, Users
from diagrams.onprem.database import Cassandra, Clickhouse, Postgresql, Scylla
from diagrams.onprem.gitops import Argocd
from diagrams.onprem.inmemory import Memcached, Redis
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.monitoring import Grafana, Prometheus
from diagrams.onprem.network import Envoy
from diagrams.onprem.queue import Kafka
from diagrams.onprem.workflow import Airflow, Kubeflow
from diagrams.programming.flowchart import Decision as Choice
from diagrams.programming.flowchart import Document, InputOutput, Inspection
from diagrams.programming.language import Go, Java, Rust
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
    Clarification,
    Decision,
    Distiller,
    EmbeddingTable,
    EmbeddingTower,
    Encoder,
    Estimate,
    Evaluation,
    Experiment,
    FailureMode,
    FeatureGroup,
    Features,
    FeatureStore,
    FollowUp,
    Framing,
    Head,
    Interaction,
    InterviewRank,
    Label,
    LabelJoin,
    Labeller,
    Loss,
    LossFunction,
    MathFormula,
    Metrics,
    ModelPool,
    Parallel,
    Phase,
    Planner,
    Ranker,
    Requirements,
    RuleEngine,
    System,
    Tags,
    Trainer,
    VectorIndex,
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
    users=assume("Daily active users", 50e6, "user"),
    searches=assume("Queries a user makes", 10, "query/user/day"),
    catalogue=assume("Products indexed", 200e6, "product"),
    queries=derive("Queries per day", "users * searches", "query/day"),
    mean_rate=derive("Average query rate", "queries", "query/s"),
    peak_factor=assume("Peak over average", 3),
    peak_rate=derive("Peak query rate", "mean_rate * peak_factor", "query/s"),
    result_hits=assume("Result-cache hits, of queries", 35, "percent", note="first pages of head queries"),
    result_misses=derive("Result-cache misses, of queries", "1 - result_hits", "percent"),
    searched_rate=derive("Peak rate past the result cache", "peak_rate * result_misses", "query/s"),
    document_bytes=assume("Postings and column values", 2.5e3, "byte/product"),
    lexical_bytes=derive("Lexical index", "catalogue * document_bytes", "byte"),
    shard_bytes=assume("Lexical index per shard", 25e9, "byte/shard"),
    shards=derive("Shards", "ceil(lexical_bytes / shard_bytes)", "shard"),
    replica_speed=assume("Queries a replica of a shard answers", 600, "query/s/replica", note="at its planned load"),
    replicas=derive("Replicas of each shard", "ceil(searched_rate / replica_speed)", "replica"),
    host_copies=assume("Shard copies a host holds", 4, "shard*replica/host"),
    hosts=derive("Search hosts", "ceil(shards * replicas / host_copies)", "host"),
    code_bytes=assume("Product-quantised code", 64, "byte/product"),
    id_bytes=assume("Product id beside each code", 8, "byte/product"),
    codes=derive("Dense codes in memory", "catalogue * (code_bytes + id_bytes)", "byte"),
    dimensions=assume("Embedding dimension", 256, "number/product"),
    number_bytes=reference("fp16_bytes"),
    vectors=derive("Full vectors on SSD for re-scoring", "catalogue * dimensions * number_bytes", "byte"),
    rescored=assume("Hits re-scored with full vectors", 200, "product/query/shard"),
    ssd_reads=derive(
        "SSD reads of a host",
        "replica_speed * host_copies * rescored",
        "product/s/host",
        note="of 4 KB; two NVMe drives do about two million",
    ),
    links=assume("HNSW links per product (M)", 32, "link/product"),
    link_bytes=reference("hnsw_link_bytes"),
    hnsw_bytes=derive(
        "The same vectors as HNSW in memory",
        "catalogue * (dimensions * number_bytes + links * link_bytes)",
        "byte",
        note="the rejected alternative, per copy",
    ),
    build=derive("One full build", "lexical_bytes + codes + vectors", "byte", note="postings, codes, vectors"),
    vector_hits=assume("Query vectors found in the cache, of queries searched", 50, "percent"),
    encoder_rate=derive("Query-tower calls at peak", "searched_rate * (1 - vector_hits)", "query/s"),
    encoder_speed=assume("Query-tower speed", 250, "query/s/core", note="3 small layers, 10 tokens"),
    shard_hits=assume("Hits a shard returns", 100, "product/query/shard"),
    gathered=derive("Hits gathered", "shards * shard_hits", "product/query"),
    folded=assume("Hits folded as variants or duplicates, of hits gathered", 25, "percent"),
    merged=derive("Candidates after merging", "gathered * (1 - folded)", "product/query"),
    l2_read=assume("Candidates L2 reads", 60, "product/query"),
    l1_kept=assume("Candidates L1 keeps", 200, "product/query"),
    unread=derive("Candidates L1 keeps that L2 does not read", "l1_kept - l2_read", "product/query"),
    shown=assume("Products on the page", 48, "product/query"),
    load=assume("Load at which rankers run, of their capacity", 60, "percent"),
    l1_scores=derive("L1 scores at peak", "searched_rate * merged", "product/s"),
    l1_speed=assume("L1 speed, about 500 trees", 100e3, "product/s/core"),
    l1_cores=derive("L1 cores", "ceil(l1_scores / (l1_speed * load))", "core"),
    l1_parallel=assume("Cores that score one query", 2, "core/query"),
    l1_wait=assume("Wait for an L1 core, p99", 10, "ms"),
    l1_time=derive("L1 on one query", "merged / (l1_speed * l1_parallel) + l1_wait", "ms"),
    pair_hits=assume("Cross-encoder scores found in the cache, of pairs", 50, "percent"),
    pair_misses=derive("Pairs scored per query", "l2_read * (1 - pair_hits)", "product/query"),
    pairs=derive("Cross-encoder pairs at peak", "searched_rate * pair_misses", "product/s"),
    l2_parameters=assume("Parameters of the cross-encoder's layers", 10.6e6, "parameter", note="6 layers of width 384"),
    pair_tokens=assume("Tokens of a pair", 96, "token/product"),
    flop=reference("forward_flop"),
    l4_peak=reference("l4_bf16"),
    mfu=assume(
        "Model FLOPs utilisation (MFU) of the cross-encoder, of peak", 25, "percent", note="small layers, short inputs"
    ),
    l2_speed=derive("Cross-encoder speed", "l4_peak * mfu / (flop * l2_parameters * pair_tokens)", "product/s/GPU"),
    l2_gpus=derive("Cross-encoder GPUs", "ceil(pairs / (l2_speed * load))", "GPU"),
    l2_batch=assume("Queries batched on a GPU", 8, "query/GPU"),
    l2_wait=assume("Wait for a batch, p99", 10, "ms"),
    l2_time=derive("L2 on a batch, nothing cached", "l2_read * l2_batch / l2_speed + l2_wait", "ms"),
    all_gpus=derive(
        "Cross-encoder GPUs if L2 read all merged", "ceil(l1_scores * (1 - pair_hits) / (l2_speed * load))", "GPU"
    ),
    edge=assume("Edge, auth, arm and result-cache look-up, p99", 10, "ms"),
    understanding=assume("Query understanding, p99", 20, "ms"),
    tower_time=assume("Query tower, p99", 10, "ms"),
    scatter=assume("Deadline of scatter and gather", 75, "ms", note="hedged at p95; late shards are left out"),
    merging=assume("Merge and variant folding, p99", 8, "ms"),
    rows=assume("Query and user features, p99", 15, "ms", note="product values come with the hits"),
    blending=assume("Blend, p99", 12, "ms"),
    facets=assume("Facets, p99", 30, "ms"),
    display=assume("Display data and snippets, p99", 35, "ms"),
    serialise=assume("Serialise and respond, p99", 15, "ms"),
    slack=assume("Network hops and queueing, p99", 30, "ms"),
    promise=assume("Search page on the server, p99", 300, "ms"),
    changed=assume(
        "Products that change, of all products", 50, "percent/day", note="ten times as many at a sale's start"
    ),
    update_rate=derive("Index updates", "catalogue * changed", "product/s"),
    log_bytes=assume(
        "Serving log per row",
        100,
        "byte/product",
        note="ids, position, arm, scores; features only of the queries kept for learning to rank",
    ),
    result_log=derive("Serving log per day", "queries * shown * log_bytes", "byte/day"),
    order_window=assume("Order window", 7, "day"),
    ltr_queries=assume("Queries kept for learning to rank", 20e6, "query/day"),
    seen=assume("Rows seen per query", 24, "product/query"),
    ltr_rows=derive("Learning-to-rank rows per day", "ltr_queries * seen", "product/day"),
    features=assume("Features per row", 150, "number/product"),
    feature_bytes=reference("fp32_bytes"),
    ltr_bytes=derive("Learning-to-rank features per day", "ltr_rows * features * feature_bytes", "byte/day"),
    bought=assume("Search sessions with a purchase, of sessions", 4, "percent"),
    effect=assume("Smallest relative change worth detecting", 1, "percent"),
    clustering=assume("Design effect of sessions grouped by user", 2),
    arm=derive(
        "Sessions per arm of an A/B test",
        "16 * (1 - bought) / (bought * effect ** 2) * clustering",
        note="80 % power at the 5 % level: 16 p (1 - p) / d², times the design effect",
    ),
    host_cores=assume("Cores of a search host", 32, "core/host"),
    core_price=reference("core_price"),
    gpu_price=reference("l4_price"),
    other_cores=assume("Cores of gateway, brokers, caches and stores", 800, "core"),
    cores=derive(
        "Cores", "hosts * host_cores + l1_cores + ceil(encoder_rate / (encoder_speed * load)) + other_cores", "core"
    ),
    bill=derive("Compute bill", "cores * core_price + l2_gpus * gpu_price", "USD/month"),
    cost_per_thousand=derive("Cost of 1,000 queries", "1000 * bill / queries", "USD/query"),
    llm_parameters=assume("Parameters of an LLM that would rank instead", 8e9, "parameter"),
    llm_compute=reference("h100_fp8"),
    llm_price=reference("h100_price"),
    llm_mfu=assume("MFU of LLM prefill, of peak", 40, "percent"),
    llm_gpus=derive(
        "H100 GPUs if the LLM read those pairs",
        "ceil(pairs * pair_tokens * flop * llm_parameters / (llm_compute * llm_mfu * load))",
        "GPU",
        note="half of the scores cached, as now",
    ),
    llm_thousand=derive("GPU cost of 1,000 queries then", "1000 * llm_gpus * llm_price / queries", "USD/query"),
)

SYSTEM = System(
    title="Search systems",
    family="end-to-end",
    position=2,
    interview=InterviewRank(4, "core Google product"),
    tags=Tags(
        task=["search", "ranking"],
        pattern=["retrieval-ranking funnel", "embedding retrieval", "cascade"],
        data=["text", "events", "tabular"],
    ),
    framing=Framing(
        goal="Shoppers find and buy what they came for; the marketplace earns margin on orders that are not returned.",
        decision="For each query, which {shown} of {catalogue:n} products to show and in what order.",
        task="Understand the query (sequence tagging), retrieve by words and vectors, then rank: learning to rank on graded outcomes under a judged relevance floor.",
        label="Graded outcome of each seen product: order, basket, click; beside it exact, substitute, complement or irrelevant from annotators.",
        metric="Purchases per search session; NDCG at 10 on judgements offline.",
        not_optimised="Click-through rate: bait titles and cheap accessories win clicks and lose orders. Time on the page is not a goal either, since good search is short.",
        baseline="BM25 over titles with sales rank as a tie-break. It is hard to beat on head queries and exact identifiers, and enough below about 100,000 products; it fails on synonyms and on the long tail.",
    ),
    clarifications=[
        Clarification("Products, documents or the web?", "A marketplace of {catalogue:n} products; no crawling."),
        Clarification(
            "Are results personalised?",
            "Lightly: a few user features in the trees and a boost in the blend. Query vectors and cached pages are not, so that shoppers can share them.",
        ),
        Clarification(
            "Which filters must hold exactly?",
            "Region, stock, category and price, for lexical and semantic hits alike.",
        ),
        Clarification("How fresh?", "Price and stock in 30 s, a new listing in 10 min, a takedown in 60 s."),
        Clarification("Which languages?", "A dozen; one multilingual encoder, dictionaries per locale."),
        Clarification(
            "Are sponsored products part of it?",
            "They come from the ads system; this design reserves slots and enforces relevance.",
        ),
        Clarification("Is there judged data?", "20,000 graded pairs a week, extended by an audited LLM judge."),
    ],
    requirements=Requirements(
        functional=[
            "Query to ranked products with facets, filters, spelling and zero-result recovery; autocomplete is a separate system.",
            "Hard filters hold exactly for lexical and semantic hits alike; an exact SKU or ISBN always ranks first.",
            "Edits of price and stock, new listings and deletions reach the index without a rebuild.",
        ],
        qualities={
            "Latency": "p99 of {promise} on the server, p50 near 110 ms (assumptions).",
            "Freshness": "Price and stock 30 s, a new listing 10 min, a takedown 60 s (assumptions).",
            "Availability": "99.99 % of queries answered; lexical-only answers and up to 5 % missing shards count as degraded (assumption).",
        },
    ),
    estimate=ESTIMATE,
    headline=["peak_rate", "build", "l1_scores", "pairs", "cost_per_thousand"],
    key_inputs=["users", "searches", "catalogue", "result_hits", "l2_read"],
    cost="cost_per_thousand",
    budget=Budget(
        "p99 on the server",
        promise="promise",
        stages={
            "Edge, auth, experiment arm and result cache": "edge",
            "Query understanding: normalise, spell, tag": "understanding",
            "Query tower, on a vector-cache miss": "tower_time",
            "Scatter and gather on {shards} shards": "scatter",
            "Merge and fold variants": "merging",
            "Query and user features": "rows",
            "L1 trees on {merged}": "l1_time",
            "L2 cross-encoder on {l2_read}": "l2_time",
            "Blend: personal boost, diversity, sponsored slots": "blending",
            "Page data": Parallel({"Facets": "facets", "Display data and snippets": "display"}),
            "Serialise and respond": "serialise",
            "Network hops and queueing": "slack",
        },
    ),
    labels=[
        Label(
            "Order",
            window="{order_window} after the impression, attributed to the last query that showed the product",
            positive="ordered and not cancelled, grade 4; added to the basket, grade 2",
            negative="seen and skipped above the lowest click",
            ignored="products below the fold that were never on screen",
            delay="up to {order_window}; returns arrive after 30 days and only monitor",
            bias="expensive products convert rarely, and cheap accessories often",
            where="training/Event log -> Label join",
        ),
        Label(
            "Click",
            window="the session, at most 30 min",
            positive="click with at least 10 s on the product page, grade 1",
            negative="seen and skipped",
            ignored="bot sessions, and clicks that bounce within 2 s",
            delay="minutes",
            bias="position: the first slot is examined several times as often as the tenth",
            where="training/Event log -> Label join",
        ),
        Label(
            "Judged grade",
            window="pairs sampled weekly, stratified by head, torso and tail",
            positive="exact (3) or substitute (2)",
            negative="complement (1) or irrelevant (0)",
            ignored="pairs on which three annotators disagree",
            delay="a week",
            bias="annotators see text and image but not the shopper's intent",
            where="training/Annotators -> Training table",
        ),
        Label(
            "Rephrased query",
            window="next query of the session within 60 s",
            positive="a rewrite that leads to a click: a spelling or synonym pair",
            negative="a rewrite that is abandoned too",
            ignored="a change of topic (no shared category)",
            delay="90 days of log for enough counts",
            bias="only people who persist rephrase",
            where="query-understanding/Event log -> Mining jobs",
        ),
    ],
    training_example={
        "query": "'airpod pro 2 case' | locale en-GB | normal form 'airpods pro 2 case'",
        "product": "p_7731 'Silicone case for AirPods Pro (2nd gen)'",
        "features": "bm25 14.2, cosine 0.83, query-product CTR 0.11, price rank 0.3, stock 1, ... ({features:n})",
        "position": "3, propensity 0.41",
        "outcome": "basket (grade 2), no order yet",
        "judged": "exact (LLM judge, audited)",
        "weight": "1 / 0.41 = 2.4",
    },
    features=[
        FeatureGroup(
            "Query",
            features=[
                "query frequency in 30 days",
                "category distribution of its clicks",
                "brand and attribute spans",
                "click entropy",
                "price range of its orders",
                "spelling confidence",
                "is an identifier",
            ],
            freshness="1 day; spans at query time",
            store="serving/Online feature store",
            leak="Aggregates that include the labelled session contain the answer; counts end the day before.",
        ),
        FeatureGroup(
            "Query and product",
            features=[
                "BM25 by field",
                "cosine of the towers",
                "smoothed click and order rate of the pair",
                "attribute match count",
                "category agreement",
                "title coverage of query terms",
                "query terms missing from the title",
            ],
            freshness="query time; rates 1 day",
            store="serving/Hybrid shards",
            leak="Pair rates are computed from the old ranker's choices; positions are divided out before smoothing.",
        ),
        FeatureGroup(
            "Product",
            features=[
                "orders in 7 and 90 days",
                "rating and its count",
                "return rate",
                "price against the category's median",
                "delivery days to the region",
                "age of the listing",
                "seller quality",
            ],
            freshness="1 day; price and stock 30 s",
            store="indexing/Behaviour signals",
            leak="Orders after the impression describe the label; values are logged as served, never re-joined.",
        ),
        FeatureGroup(
            "User",
            features=["category affinity", "brand affinity", "usual price band", "sizes bought", "last 5 queries"],
            freshness="minutes",
            store="serving/Online feature store",
            leak="The session's own purchase updates affinity; the logged row is the one that was used.",
        ),
        FeatureGroup(
            "Context",
            features=["device", "locale", "hour and weekday", "active filters", "page number"],
            freshness="query time",
            store="serving/Serving log",
            leak="Page number says that page one failed; L1 trains on first pages only.",
        ),
    ],
    loss=Loss(
        objective="Two towers minimise a sampled softmax with in-batch and mined hard negatives. The cross-encoder minimises cross-entropy on four grades, plus a term that matches an LLM teacher's soft grades. LambdaMART maximises NDCG of graded outcomes, weighted by inverse propensity, and caps the label by the grade the cross-encoder gives offline: a substitute at 2, a complement at 1, an irrelevant product at 0. At serving the grade is a floor in the blend, since trees run before it.",
        formulas=[
            MathFormula(
                "Sampled softmax with log-Q correction",
                r"\mathcal{L} = -\log \frac{e^{s(q,p)/\tau - \log Q(p)}}{\sum_{j \in B} e^{s(q,j)/\tau - \log Q(j)}}",
                "s is the cosine, τ the temperature, Q(j) the probability of j being in the batch; without it popular products are pushed away as negatives too often.",
            ),
            MathFormula(
                "LambdaMART gradient",
                r"\lambda_{ij} = -\frac{\sigma}{1 + e^{\sigma (s_i - s_j)}} \, \left| \Delta \mathrm{NDCG}_{ij} \right|",
                "for a pair in which i should be above j: the pairwise gradient scaled by what swapping the two would change, so that the top of the page gets the effort.",
            ),
            MathFormula(
                "Inverse-propensity weight",
                r"w_i = \min\left(\frac{1}{\hat{P}(\mathrm{examined} \mid \mathrm{rank}_i)},\ 10\right)",
                "a click low on the page counts more because few people looked there; clipping bounds the variance.",
            ),
            MathFormula(
                "Distillation",
                r"\mathcal{L}_{x} = -\sum_{g} \left[ y_g \log p_g + \alpha\, t_g \log p_g \right]",
                "y is the judged grade, t the teacher's soft grade; the teacher sees millions of unjudged tail pairs.",
            ),
        ],
        calibration="L1 and L2 scores only order one page, so ranking needs no probabilities. The relevance floor does: the cross-encoder's P(exact or substitute) is isotonic-calibrated per locale on judgements, and a product below 0.3 may not appear above rank 10. Monitored weekly by calibration error on fresh judgements.",
    ),
    evaluation=Evaluation(
        offline="NDCG at 10 on judgements by head, torso, tail and locale; recall at 1,000 against purchases for retrieval; dense recall against exact search for the index. Split by day, with unseen queries reported separately.",
        disagreement="Judgements ignore price, taste and delivery; logged purchases contain only what the old ranker showed, so a better retriever looks worse; and a head-heavy average hides the tail.",
        unit="User for A/B, because shoppers learn and rephrase across sessions, with the variance of a session's rate from the delta method, since the sessions of one user are not independent; query for interleaving, where one page mixes both rankers.",
        duration="Interleaving 2 days, then A/B for two full weeks: pay days and weekends differ, and orders take {order_window}.",
        power="{bought} of sessions buy; a {effect} relative change needs {arm} sessions per arm, the design effect included. Interleaving needs far fewer since both rankers meet the same intent.",
        guardrails="p99, zero-result and rephrasing rate, filter violations, return rate, exposure of new sellers, sponsored relevance.",
    ),
    biases=[
        Bias(
            "Position bias",
            effect="Top results are clicked because they are on top; the ranker learns to repeat itself.",
            cure="Swapped neighbours on a small share of pages measure examination by rank; rows are weighted by its inverse.",
            where="training/Randomised slots",
        ),
        Bias(
            "Selection bias",
            effect="Products never retrieved have no label, so the towers never learn that they fit.",
            cure="Judged pairs are sampled from both retrievers at depth, and negatives are drawn at random as well as mined.",
            where="training/Annotators",
        ),
        Bias(
            "Popularity bias",
            effect="Best-sellers win ambiguous queries and the tail stays invisible.",
            cure="Log-Q correction in the towers, smoothed rates in the trees, and an exposure guardrail for new sellers.",
            where="training/Two-tower trainer",
        ),
        Bias(
            "Delayed feedback",
            effect="Orders arrive days after the click; recent days look bad.",
            cure="Rows train after {order_window}; fresh days contribute clicks and baskets only.",
            where="training/Label join",
        ),
        Bias(
            "Cold start of a product",
            effect="No behaviour; trees rank it below everything that sold.",
            cure="Its words and its text vector retrieve it within 10 min; rates start from the category's prior, and the cross-encoder needs no history.",
            where="indexing/Product tower",
        ),
        Bias(
            "Cold start of a query",
            effect="Tail queries have no clicks to aggregate.",
            cure="The tagger generalises from LLM-labelled tail queries, and query rates back off to their category.",
            where="query-understanding/LLM labeller",
        ),
    ],
    decisions=[
        Decision(
            "Vectors inside the lexical shards",
            why="One filter bitmap applies to words and vectors, so 'in stock, size 42, ships to Norway' holds exactly and the fan-out is paid once. Two systems would each return hits that the other's filters delete.",
            rejected=[
                "a separate vector service: scales and ships separately, but over-fetches and post-filters, and loses recall under tight filters",
                "vectors only: loses part numbers, brands and rare words",
            ],
            revisit_when="Typical queries carry no hard filter, or vectors must be refreshed more often than postings.",
        ),
        Decision(
            "IVF-PQ with SSD re-scoring",
            why="{code_bytes} codes keep {codes} in memory across all shards; the best {rescored:n} of a shard are re-scored with full vectors from SSD, {ssd_reads:n} reads a second on a host, which restores the recall that quantisation loses.",
            rejected=[
                "HNSW in memory: better recall per millisecond, but {hnsw_bytes} per copy, {replicas} times",
                "product codes without re-scoring: cheapest, but near-identical variants tie",
            ],
            revisit_when="There are at most tens of millions of vectors, or memory falls to a third of its price.",
        ),
        Decision(
            "Trees first, then a cross-encoder on {l2_read}",
            why="Trees digest {features:n} numeric signals at {l1_speed:n} products a second and core; the cross-encoder sees 'case for' against 'case of' only at {l2_speed:n} a second and GPU. Each does what it is cheap at.",
            rejected=[
                "cross-encoder on all merged hits: {all_gpus} GPUs instead of {l2_gpus}",
                "a late-interaction model: precomputes product tokens, but stores dozens of vectors per product",
            ],
            revisit_when="Text dominates and behaviour is thin (enterprise search): then one deep ranker is simpler.",
        ),
        Decision(
            "Purchases above a judged relevance floor",
            why="Orders say what sells, judgements say what was asked. Optimising orders alone shows phone cases for 'phone'; the calibrated floor forbids that without asking annotators about price and taste.",
            rejected=[
                "clicks alone: plentiful, but bait wins",
                "judgements alone: indifferent to price, delivery and quality",
            ],
            revisit_when="Content is searched and nothing is sold: then satisfied clicks replace orders.",
        ),
        Decision(
            "Distilled models online, LLM labels offline",
            why="Tail queries repeat within weeks, so an LLM's knowledge can be bought once offline as labels and distilled into a tagger and a 6-layer cross-encoder that answer in milliseconds.",
            rejected=[
                "an 8B LLM on the same pairs: hundreds of milliseconds, {llm_gpus} H100s, and {llm_thousand} for 1,000 queries against {cost_per_thousand}",
                "people only: 20,000 pairs a week never reach the tail",
            ],
            revisit_when="Users of a conversational search accept seconds, or an LLM scores {l2_read} pairs within 50 ms.",
        ),
        Decision(
            "Scatter to all shards",
            why="Hashing products evenly keeps shards equal and any filter answerable; the tail is bounded by hedging and a deadline, after which the page says that it is partial.",
            rejected=[
                "routing by category: a fraction of the work, but hot shards and wrong answers when the classifier errs",
                "tiering by popularity: helps head queries, but every filtered query falls through",
            ],
            revisit_when="More than about 100 shards: fan-out then dominates p99, and tiers pay.",
        ),
    ],
    failures=[
        FailureMode(
            "One slow shard sets the tail of every query.",
            "Its p99 and hedge rate stand out per shard.",
            "The broker hedges to another replica; after {scatter} it answers without the shard and flags the page as partial.",
        ),
        FailureMode(
            "The result cache is lost or flushed by a release, and the shards get {peak_rate} instead of {searched_rate}.",
            "The hit rate falls and the queue depth of all shards rises together.",
            "Each first page is computed once for all who wait for it; L2 is skipped while the cache fills, and a release warms the head queries before it takes traffic.",
        ),
        FailureMode(
            "The query tower is newer than the product vectors, so distances mean nothing.",
            "Bundle versions differ, and the dense share of the top 10 collapses.",
            "The fleet refuses to load the pair and stays lexical until the versions match.",
        ),
        FailureMode(
            "Plausible but wrong items lead: semantic drift after a retrain.",
            "The judged exact share at 10 falls for a slice, and returns rise.",
            "The floor is raised, category agreement becomes required, and mined negatives go into the next training run.",
        ),
        FailureMode(
            "Price or stock on the page is stale.",
            "Update lag exceeds 30 s, or the display check mismatches the index.",
            "Page assembly re-checks the display store and drops what is gone; the owner is paged.",
        ),
        FailureMode(
            "A synonym release empties a category.",
            "Golden queries change and the zero-result rate rises within 10 min.",
            "The dictionary version is reverted by itself; no model changes.",
        ),
        FailureMode(
            "Bots or sellers lift their items by clicking.",
            "Clicks without orders and low click entropy stand out by seller.",
            "Sessions are filtered before aggregation, and behaviour features are capped per seller.",
        ),
        FailureMode(
            "A sale begins: updates arrive ten times as fast as {update_rate}.",
            "The updater's lag and the fresh segment's size grow.",
            "Price and stock keep priority over text edits; the fresh segment is merged early on half of the replicas at a time.",
        ),
    ],
    metrics=Metrics(
        offline=[
            "Recall at 1,000 against purchases, dense recall against exact search",
            "NDCG at 10 on judgements by head, torso, tail and locale; judged exact share at 10",
        ],
        online=[
            "Purchases per search session, reciprocal rank of the first basket add",
            "Rephrasing and zero-result rate, interleaving preference",
        ],
        guardrail=[
            "p99 latency, shard coverage, freshness lag, filter violations (zero)",
            "Relevance of sponsored slots, return rate, exposure of new sellers",
        ],
    ),
    follow_ups=[
        FollowUp(
            "mid",
            "Why both BM25 and embeddings?",
            answer="They fail on different queries. BM25 matches 'RTX 4070' and a part number exactly but not 'sofa' to 'couch'. Embeddings match meaning but blur digits, sizes and negation. We retrieve {shard_hits} from each shard under the same filters and fuse by reciprocal rank, because a BM25 score and a cosine have no common scale.",
            weak="'Embeddings are better than keywords', with no query on which they fail.",
            where="serving/Hybrid shards",
        ),
        FollowUp(
            "mid",
            "What exactly is cached, and what can go wrong?",
            answer="Three things: first pages of head queries for 60 s, query vectors keyed by tower version, and cross-encoder scores of popular pairs. Pages are unpersonalised and their price and stock are re-checked on display. The danger is version skew: a vector from an old tower against a new index, so keys carry the version.",
            weak="'Cache the results in Redis' without invalidation, personalisation or versions.",
            where="serving/Result cache",
        ),
        FollowUp(
            "senior",
            "How do you estimate position propensities?",
            answer="Swap neighbouring results on a small random share of pages. The ratio of clicks a product gets at rank k against rank k+1, with everything else equal, gives relative examination; chaining the ratios gives the curve, by device. Regression on logs is cheaper but confounds relevance with position. We refresh weekly and clip weights at 10.",
            weak="'Add position as a feature' without setting it to a constant at serving, or no experiment.",
            where="training/Randomised slots",
        ),
        FollowUp(
            "senior",
            "NDCG rose offline and purchases fell online. Why?",
            answer="Judgements do not see price, delivery or taste; perhaps exact but expensive or slowly delivered products rose. Or the new model shows items the old one never did, whose labels are missing. Slice by query class and price; check latency and zero results; compare interleaving. If relevance and sales conflict, it is a blend weight, not a bug.",
            weak="'The offline metric is wrong' without naming a mechanism to check.",
            where="training/Interleaving and A/B",
        ),
        FollowUp(
            "senior",
            "Where do negatives for the towers come from?",
            answer="In-batch products are easy and popularity-biased, hence the log-Q term. Random ones teach the broad catalogue, which is what retrieval faces. Hard ones come from ranks 100 to 500 of the current index in the same category but judged or inferred irrelevant; harder ones are often unlabelled positives. Impressions without click are poor negatives for retrieval.",
            weak="'Use non-clicked impressions', which trains a ranker, not a retriever.",
            where="training/Two-tower trainer",
        ),
        FollowUp(
            "senior",
            "How do filters interact with approximate nearest neighbours?",
            answer="Post-filtering loses results when the filter is tight: the top 100 vectors may all be out of stock. Here the bitmap is applied while scanning IVF lists, and more lists are probed as the filter tightens. Under about one percent, we scan the filtered set exactly, since it is small.",
            weak="'Fetch more and filter after', with no bound on how many more.",
            where="decision: Vectors inside the lexical",
        ),
        FollowUp(
            "staff",
            "The catalogue grows to two billion. What breaks first?",
            answer="Fan-out: {shards} shards become ten times as many, and the slowest of 200 sets p99. I would tier: a popular tier of about 200 million answers most queries, the tail tier is asked when hits are few or filters tight. Codes grow to ten times {codes}, still fine. Nightly builds become incremental merges. Ranking cost stays flat only if each shard returns fewer hits, so that about {merged:n} still reach L1.",
            weak="'Add more shards' without the tail of a wide fan-out.",
            where="decision: Scatter to all shards",
        ),
        FollowUp(
            "staff",
            "How would you release a new embedding model without a dip?",
            answer="Old and new vectors are incomparable, so tower and index flip as one bundle. Re-embed {catalogue:n} products into a second set of lists in the same shards, verify dense recall and golden queries, then flip shard by shard with the query tower versioned per request. Keep both until rollback time has passed; the cost, for each copy of the index, is a second {codes} in memory and {vectors} on SSD.",
            weak="Deploys the query encoder first and lets the index catch up.",
            where="indexing/Index verifier",
        ),
        FollowUp(
            "staff",
            "Should an LLM rerank the page?",
            answer="Put numbers on it: {l2_read} pairs of {pair_tokens} tokens at {searched_rate} through even a billion parameters is about a hundred times today's compute per pair, so the {l2_gpus} GPUs become thousands of L4s. Offline it pays: judge tail pairs, distil. Online I would try it on the few percent of queries with low confidence and high value.",
            weak="'Yes, LLMs understand queries better', with no cost or latency.",
            where="serving/L2 cross-encoder",
        ),
        FollowUp(
            "staff",
            "Sellers complain that new products never appear. What do you do?",
            answer="Measure first: exposure and conversion of listings under 30 days by category, against what annotators call exact. Then give rates an uncertainty-aware prior instead of zero, reserve exploration on a slot below the fold, and weigh orders by exposure. The relevance floor stays: exploration picks among relevant products only.",
            weak="'Boost new products', which is gamed by relisting.",
            where="training/LambdaMART trainer",
        ),
    ],
    case_studies=[
        CaseStudy(
            "Facebook",
            system="embedding-based retrieval inside Unicorn, an inverted-index engine",
            difference="The query vector contains the searcher and the social graph, so it cannot be cached; random negatives beat unclicked impressions by a wide margin. We keep the vector unpersonalised and cache half of it.",
            source="https://arxiv.org/abs/2006.11632",
        ),
        CaseStudy(
            "Walmart",
            system="hybrid of inverted index and a DistilBERT two-tower for tail queries",
            difference="The neural side is a separate managed ANN service merged afterwards, which was simpler to add to a running engine; we pay for vectors inside the shards to keep filters exact.",
            source="https://arxiv.org/abs/2412.04637",
        ),
        CaseStudy(
            "Pinterest",
            system="LLM relevance teacher (Llama-3-8B cross-encoder) distilled into a light student",
            difference="The student is a feed-forward network over precomputed embeddings, so nothing reads text at query time; we afford a 6-layer cross-encoder on {l2_read} because products need exactness.",
            source="https://medium.com/pinterest-engineering/improving-pinterest-search-relevance-using-large-language-models-4cd938d4e892",
        ),
    ],
    five_minutes=[
        Phase(
            0.5,
            "Frame",
            "I will design product search for a marketplace of {catalogue:n} products. The business wants orders that are not returned, so the metric is purchases per search session, with a relevance floor that people judge. I do not optimise clicks, because bait wins clicks. The honest baseline is BM25 with sales rank, and I would keep it as the fallback, because it needs no model and handles part numbers perfectly.",
        ),
        Phase(
            0.75,
            "Size",
            "{users:n} users with {searches:n} queries each are {queries:n} a day and {peak_rate:n} a second at peak. The result cache answers {result_hits}, which leaves {searched_rate:n}. The text index is {lexical_bytes}, so {shards} shards of {shard_bytes} and {replicas} replicas: {hosts} hosts. Vectors as product codes add only {codes} in memory. Ranking is {l1_scores:n} tree scores and {pairs:n} cross-encoder pairs a second, about {l2_gpus} small GPUs. The bill is about {cost_per_thousand} per thousand queries, most of it search hosts. So matching more queries on each host is worth more than a cheaper ranker, and the cross-encoder is affordable only because it reads {l2_read:n} products and not all {merged:n}.",
        ),
        Phase(
            1.25,
            "Serve",
            "A query first hits the result cache. A miss is normalised, an identifier is matched exactly, the rest is spell-corrected and tagged with category and attributes. The query tower gives a vector, cached by tower version for half of the queries. The broker scatters terms, vector and filters to all shards, because one filter bitmap inside the shard makes stock and size exact for semantic hits too. Each shard returns its best {shard_hits:n}; slow shards are hedged, and after {scatter} we go without. Fusion by reciprocal rank and folding of variants leaves {merged:n}. Trees with {features:n} features cut them, and a cross-encoder reads the top {l2_read:n} pairs, half of them from a cache. The blend mixes relevance, expected purchase, diversity and sponsored slots, and the display store re-checks price and stock before {shown:n} products are shown, within {promise}.",
        ),
        Phase(
            0.75,
            "Index",
            "There are two speeds. A nightly build makes postings, columns, codes and full vectors, is verified against golden queries and exact search, and is rolled out together with its query tower, since an old tower against new vectors is nonsense. In between, a stream feeds a fresh segment for new listings and writes price and stock in place. A product that changes its text takes up to ten minutes, a price thirty seconds, a takedown a minute.",
        ),
        Phase(
            1.0,
            "Learn",
            "Labels come from two sources: biased clicks and orders in bulk, and judgements in small numbers. Swapping neighbours on a few pages measures how much less people look at lower ranks, and rows are weighted by the inverse. The towers train with in-batch, random and mined negatives under a log-Q correction. The cross-encoder learns grades from annotators and an audited LLM judge. LambdaMART orders by {features:n} signals and optimises NDCG on order, basket and click, each label capped by the grade. The split is by day, and unseen queries are a slice of their own, because the tail is where we lose.",
        ),
        Phase(
            0.5,
            "Evaluate",
            "Offline gates look at every slice; none may fall by half a percent. Then interleaving for two days, since it is an order of magnitude more sensitive, then an A/B test on purchases by user for two weeks: I need {arm} sessions per arm to see one percent. When judgements and purchases disagree I look at the blend, because one of them does not see price or delivery.",
        ),
        Phase(
            0.25,
            "Risks",
            "I would watch version skew between tower and index, semantic drift that looks plausible, and sellers gaming behaviour features. Under load we shed quality in order: skip L2, halve L1, lexical only, cached page. Each rung is rehearsed, and pages say when they are partial.",
        ),
    ],
    interview_plan=[
        Phase(
            5,
            "Clarify",
            "Corpus, filters, freshness, languages, personalisation, judged data. Agree on the promise of {promise} and on purchases per session.",
        ),
        Phase(
            4, "Frame", "Goal, decision, task, label, metric; say why not clicks. Name BM25 as baseline and fallback."
        ),
        Phase(
            6,
            "Estimate",
            "Queries a second past the cache, shards and replicas, memory of vectors as codes against HNSW, scores a second, GPUs, cost.",
        ),
        Phase(
            10,
            "Serving path",
            "Draw cache, understanding, scatter, merge, L1, L2, blend, display with counts and times. Explain why vectors live in the shards.",
        ),
        Phase(
            6,
            "Indexing",
            "Nightly build and fresh segment, in-place price and stock, verification, tower and index as one bundle.",
        ),
        Phase(
            8,
            "Models and labels",
            "Draw the three models; write the sampled softmax and the lambda; explain propensities, negatives and the floor.",
        ),
        Phase(4, "Evaluation and operation", "Slices, interleaving before A/B, degradation order, golden queries."),
        Phase(2, "Close", "Two decisions with thresholds, and what changes at two billion products."),
    ],
    building_blocks=["embeddings-retrieval", "llm-genai", *LEARNING_BLOCKS, *COMMON_BLOCKS],
    sources=bibliography("""
        J.-T. Huang et al. (Facebook), "Embedding-based Retrieval in Facebook Search", KDD 2020
            https://arxiv.org/abs/2006.11632 vectors inside an inverted-index engine, random against hard negatives
        P. Nigam et al. (Amazon), "Semantic Product Search", KDD 2019
            https://arxiv.org/abs/1907.00937 a semantic match set beside the lexical one
        A. Magnani et al. (Walmart), "Semantic Retrieval at Walmart", KDD 2022
            https://arxiv.org/abs/2412.04637 a hybrid with a separate ANN service, for tail queries
        R. Jha et al. (Etsy), "Unified Embedding Based Personalized Retrieval in Etsy Search", arXiv 2023
            https://arxiv.org/abs/2306.04833 a personalised query side: the alternative to a vector that can be cached
        H. Wang et al. (Pinterest), "Improving Pinterest Search Relevance Using Large Language Models", engineering blog 2025
            https://medium.com/pinterest-engineering/improving-pinterest-search-relevance-using-large-language-models-4cd938d4e892
            an LLM teacher distilled into a light student
        D. Sorokina, E. Cantú-Paz (Amazon), "Amazon Search: The Joy of Ranking Products", SIGIR 2016
            https://doi.org/10.1145/2911451.2926725 rankers by category and the blending of their lists
        C. Burges (Microsoft), "From RankNet to LambdaRank to LambdaMART: An Overview", MSR-TR-2010-82, 2010
            https://www.microsoft.com/en-us/research/publication/from-ranknet-to-lambdarank-to-lambdamart-an-overview/
            the L1 ranker and its gradient
        T. Joachims et al. (Cornell), "Unbiased Learning-to-Rank with Biased Feedback", WSDM 2017
            https://arxiv.org/abs/1608.04468 propensity weights and the swap experiment
        X. Yi et al. (Google), "Sampling-Bias-Corrected Neural Modeling for Large Corpus Item Recommendations", RecSys 2019
            https://doi.org/10.1145/3298689.3346996 the log-Q correction
        R. Nogueira, K. Cho (NYU), "Passage Re-ranking with BERT", arXiv 2019
            https://arxiv.org/abs/1901.04085 a cross-encoder over the top results
        O. Chapelle et al. (Yahoo, Cornell), "Large-Scale Validation and Analysis of Interleaved Search Evaluation", TOIS 2012
            https://doi.org/10.1145/2094072.2094078 interleaving and its sensitivity
        J. Dean, L. A. Barroso (Google), "The Tail at Scale", Communications of the ACM 2013
            https://doi.org/10.1145/2408776.2408794 hedged requests, partial answers
        C. Reddy et al. (Amazon), "Shopping Queries Dataset: A Large-Scale ESCI Benchmark", arXiv 2022
            https://arxiv.org/abs/2206.06588 exact, substitute, complement, irrelevant as grades
        Kaplan et al. (OpenAI), "Scaling Laws for Neural Language Models", arXiv 2020
            https://arxiv.org/abs/2001.08361 2 FLOP per parameter and token
        NVIDIA, "NVIDIA L4 Tensor Core GPU", product page 2023
            https://www.nvidia.com/en-us/data-center/l4/ the BF16 peak, printed with sparsity and so halved here
    """),
)


@view("Overview")
def overview() -> None:
    """A query is understood, matched by words and meaning, ranked twice; its clicks train the next ranker."""
    shoppers = Users("Shoppers", tooltip="Type, filter, click, buy, rephrase")
    with Cluster("Online") as online:
        gateway = Envoy("API gateway", tooltip="Authenticates, assigns arms, asks the result cache")
        understanding = Encoder("Query understanding", tooltip="Text to intent, filters and a vector")
        index = VectorIndex("Hybrid index\n{shards} shards", tooltip="Word and vector lists under the same filters")
        l1 = Ranker("L1 ranker\nLambdaMART", tooltip="Orders {merged} by behaviour and match features")
        l2 = Ranker("L2 cross-encoder", tooltip="Reads query and product text together")
        page = Assembler("Page assembly", tooltip="Diversity, sponsored slots, facets")
        store = FeatureStore("Online feature store", tooltip="Click rates by query, affinities by user")
    with Cluster("Content"):
        catalogue = Postgresql("Catalogue", tooltip="Source of truth for listings, price and stock")
        pipeline = Flink("Index pipeline\nFlink", tooltip="Enriches, embeds and writes changes to every shard")
    with Cluster("Learning"):
        events = Kafka("Event log\nKafka", tooltip="Queries, impressions, clicks, orders")
        lake = S3("Data lake", tooltip="Logged features, judgements, query aggregates")
        training = Kubeflow("Training pipeline", tooltip="Trains encoders and rankers behind offline gates")
        registry = Mlflow("Model registry", tooltip="Releases query tower and index together")

    shoppers >> request("query") >> gateway >> request("{result_misses} of queries") >> understanding
    understanding >> response("structured query,\nvector") >> index >> response("{merged} items") >> l1
    l1 >> request("query, user ids") >> store
    l1 >> response("top {l2_read}") >> l2 >> response("scores") >> page >> response("{shown} items") >> shoppers
    l1 >> response("other {unread}") >> page >> stream("impressions,\nfeatures") >> events >> batch("hourly") >> lake
    shoppers >> feedback("clicks, orders") >> events
    lake >> batch("click rates") >> store
    events >> stream("affinities,\nlast queries") >> store
    lake >> batch("rows, judgements") >> training >> control("gated models") >> registry
    registry >> control("query tower, trees, encoder") >> online
    registry >> control("product tower") >> pipeline
    catalogue >> stream("CDC") >> pipeline >> stream("under 10 min") >> index


@view("Serving", details="overview/Online")
def serving() -> None:
    """The query path with its counts: {catalogue} products to {shown} in {promise}."""
    app = Mobile("Shopper app", tooltip="Sends text, filters, page and session id")
    with Cluster("Front"):
        gateway = Envoy("API gateway", tooltip="Deadline, load shedding, arms by a local hash")
        result_cache = Redis(
            "Result cache\nRedis", tooltip="First pages of head queries, by arm and without a user, refilled each 60 s"
        )
        broker = Java("Search broker", tooltip="Plans, fans out, hedges slow shards; skips a stage that is late")
    with Cluster("Query"):
        understanding = Encoder("Query understanding", tooltip="Spelling, intent, category, attributes")
        vector_cache = Memcached("Vector cache", tooltip="Vectors of head queries, keyed by tower version")
        tower = EmbeddingTower("Query tower", tooltip="Text and locale only, so that vectors can be cached")
    with Cluster("Match"):
        shards = VectorIndex("Hybrid shards\nBM25 and IVF-PQ", tooltip="Words and vectors inside one filter bitmap")
        merge = Assembler("Merge", tooltip="Fuses lists by reciprocal rank, folds product variants")
    with Cluster("Rank"):
        l1 = Ranker("L1 ranker\nCPU trees", tooltip="{features:n} features; cheap, and explainable per feature")
        store = FeatureStore("Online feature store", tooltip="One row for the query, one for the user")
        pair_cache = Redis("Pair-score cache", tooltip="L2 scores of popular pairs halve the GPU load")
        l2 = Ranker("L2 cross-encoder\nGPU", tooltip="Judges exactness: right model, size, compatibility")
    with Cluster("Page"):
        blender = Assembler(
            "Blender",
            tooltip="Mixes relevance, conversion, diversity, sponsored items; swaps neighbours on a few pages",
        )
        display = Scylla("Display store\nScylla", tooltip="Titles, images, live price and stock")
    log = Kafka(
        "Serving log\nKafka", tooltip="Positions and arms of all pages, cached ones too; features as used of a sample"
    )

    with step("{result_hits} of queries end here: a cached first page whose stock is checked again."):
        app >> request("text, filters") >> gateway >> request("text, filters,\nlocale, arm") >> result_cache
        result_cache >> response("{shown} cached ids") >> blender
    with step("The rest, {searched_rate:n} a second at peak, is normalised, corrected and tagged in {understanding}."):
        gateway >> request("{searched_rate}") >> broker >> request("raw text") >> understanding
    with step("{vector_hits} of the vectors are cached; the others cost {tower_time} in the query tower."):
        broker >> request("normal form") >> vector_cache
        broker >> request("misses") >> tower
        tower >> stream("new vectors") >> vector_cache
    with step("Terms, vector and filters go to all {shards} shards, hedged past p95, for {scatter} at most."):
        broker >> request("filters, terms,\nvector") >> shards
    with step("Each shard returns its best {shard_hits}; {gathered} hits fold into about {merged}."):
        shards >> response("{gathered} hits") >> merge
    with step("Product values came with the hits; query and user rows take {rows}, the trees {l1_time}."):
        merge >> response("{merged} items") >> l1 >> request("query, user ids") >> store
    with step("Of the top {l2_read} pairs about {pair_misses} miss the cache and take up to {l2_time} on GPU."):
        l1 >> response("top {l2_read} pairs") >> l2 >> request("pair ids") >> pair_cache
        l2 >> response("{l2_read} scores") >> blender
    with step("The page of {shown} is blended, checked against live price and stock, and sent in {promise}."):
        l1 >> response("other {unread}") >> blender >> request("{shown} ids") >> display
        blender >> response("page of {shown}") >> app
    with step(
        "Every page is logged with its arm, a sample with the features used; later clicks make the training rows."
    ):
        blender >> stream("list, features") >> log
        app >> feedback("clicks, orders") >> log


@view("Query understanding", details="overview/Query understanding")
def query_understanding() -> None:
    """What happens to the text before matching, and the offline dictionaries that feed it."""
    shoppers = Users("Shoppers", tooltip="Rephrase what failed and click what fits: free labels")
    with Cluster("Online"):
        raw = InputOutput("Raw query", tooltip="Text, locale, device, active filters")
        normaliser = Rust("Normaliser", tooltip="Case, accents, units, segmentation, so that terms match")
        identifier = Choice("Identifier check", tooltip="A SKU or ISBN skips semantics and is matched exactly")
        speller = Ranker("Spell corrector", tooltip="Forms from confusion pairs, chosen by a language model")
        tagger = Encoder("Intent tagger\ndistilled encoder", tooltip="Category, brand, colour and size in one pass")
        relaxation = RuleEngine(
            "Relaxation rules",
            tooltip="Weigh optional terms; a shard drops the lightest if hits are few: no second scatter",
        )
        structured = Document("Structured query", tooltip="Must, should and filter clauses, with weights")
        shards = VectorIndex("Hybrid shards", tooltip="Answer with hits and their count")
    with Cluster("Offline"):
        log = Kafka("Event log\nKafka", tooltip="Rephrased queries and clicks: the labels of everything here")
        mining = Spark("Mining jobs\nSpark", tooltip="Confusion pairs and synonyms from rephrased queries")
        editors = User("Taxonomy editors", tooltip="Approve synonyms that change meaning across categories")
        dictionaries = S3("Versioned dictionaries", tooltip="Shipped to all nodes as one release that can be reverted")
        labeller = Labeller("LLM labeller", tooltip="Tags tail queries offline; too slow and costly online")
        distiller = Distiller("Tagger distillation", tooltip="Fits the tagger to the labels; ships if no locale loses")

    raw >> response("UTF-8 text") >> normaliser >> response("tokens") >> identifier
    identifier >> response("exact id") >> structured
    identifier >> response("free text") >> speller >> response("best two forms") >> tagger
    tagger >> response("spans, category") >> relaxation >> response("clause weights") >> structured
    structured >> request("plan, optional terms") >> shards
    shoppers >> feedback("rephrased, clicked") >> log
    shards >> stream("plan, hit count") >> log >> batch("90 days") >> mining
    mining >> batch("confusion pairs") >> dictionaries
    mining >> batch("candidate synonyms") >> editors >> control("approved") >> dictionaries
    dictionaries >> control("confusion pairs") >> speller
    dictionaries >> control("synonyms, weights") >> relaxation
    log >> batch("tail sample") >> labeller >> batch("labels") >> distiller >> control("gated tagger") >> tagger


@view("Indexing", details="overview/Index pipeline")
def indexing() -> None:
    """Two speeds into one index: a nightly build for quality, a stream for price, stock and new listings."""
    with Cluster("Sources"):
        catalogue = Postgresql("Catalogue", tooltip="Listings, attributes, status")
        changes = Kafka("Change stream\nKafka", tooltip="Ordered by product id, compacted")
        price_stock = Cassandra("Price and stock", tooltip="High-rate fields, kept out of text indexing")
    with Cluster("Prepare"):
        enrichment = Flink("Enrichment\nFlink", tooltip="Joins seller, taxonomy and policy; drops banned items")
        tower = EmbeddingTower("Product tower\nGPU", tooltip="A vector per product; all again for a new tower")
        behaviour = Spark("Behaviour signals\nSpark", tooltip="Smoothed click and order rates by product")
    with Cluster("Build"):
        builder = Spark("Shard builder\nSpark", tooltip="Nightly: postings, columns, PQ cells, full vectors")
        fresh = Cache("Fresh segment", tooltip="Adds and deletes of minutes, over the nightly base")
        updater = Go("Field updater", tooltip="Writes price and stock in place within 30 s, takedowns within 60 s")
    with Cluster("Publish"):
        verifier = Inspection("Index verifier", tooltip="Counts, golden queries, dense recall over 95 %")
        store = S3("Index store", tooltip="Immutable builds, three kept for rollback")
        fleet = ModelPool("Serving fleet\nsearch hosts", tooltip="Loads, warms, joins the rotation")
        query_tower = EmbeddingTower("Query tower", tooltip="Flips with the index: other versions are refused")

    catalogue >> stream("CDC") >> changes >> stream("edits") >> enrichment
    changes >> stream("takedowns") >> updater
    enrichment >> stream("text, attributes") >> tower >> stream("vectors") >> fresh
    enrichment >> stream("live documents") >> fresh >> stream("under 10 min") >> fleet
    enrichment >> batch("nightly snapshot") >> builder
    tower >> batch("{vectors} of vectors") >> builder
    behaviour >> batch("click features") >> builder
    builder >> batch("{build} build") >> verifier >> batch("signed build") >> store
    store >> batch("rolling load") >> fleet
    verifier >> control("flip both") >> [fleet, query_tower]
    price_stock >> stream("{update_rate}") >> updater >> stream("columns") >> fleet


@view("Model", details="serving/Rank")
def model() -> None:
    """Three models, each for what it is cheap at: towers retrieve, trees order, a cross-encoder judges exactness."""
    with Cluster("Inputs"):
        query = Features("Query and locale", tooltip="10 tokens; no user, so that the vector can be cached")
        product = Features("Product and attributes", tooltip="Title, brand, category, attributes as tagged tokens")
        pair = Features("{features:n} pair features", tooltip="BM25 by field, rates, price, stock, delivery, affinity")
        vocabulary = EmbeddingTable("Word pieces\n250,000 × 384", tooltip="Shared by both towers and the cross-encoder")
    with Cluster("Retrieve: two towers"):
        query_tower = EmbeddingTower("Query tower\n3 layers", tooltip="Small: it runs in the query path")
        product_tower = EmbeddingTower(
            "Product tower\n6 layers", tooltip="Larger: it runs offline on {catalogue:n} products"
        )
        dot = Interaction("Cosine\n256 d", tooltip="The only interaction, so that products can be indexed")
        softmax = LossFunction("Sampled softmax\nlog-Q", tooltip="In-batch, random and mined hard negatives")
    with Cluster("Judge: cross-encoder"):
        cross = Interaction("Cross-encoder\n6 × 384", tooltip="Every query token attends to every product token")
        grade = Head("Grade, 4 classes", tooltip="Exact, substitute, complement, irrelevant")
        floor = Calibrator(
            "Relevance floor", tooltip="Isotonic P(exact or substitute), per locale; applied to the top {l2_read:n}"
        )
        entropy = LossFunction(
            "Cross-entropy\nand distillation", tooltip="Judged grades, plus the LLM teacher's soft grades"
        )
    with Cluster("Order: trees"):
        trees = Ranker("LambdaMART\n500 trees", tooltip="Reads numbers of every kind; runs before the cross-encoder")
        ndcg = LossFunction("LambdaRank", tooltip="Pair gradients scaled by the change in NDCG, inverse propensity")
    blend = Assembler("Blend", tooltip="Trees order, the floor forbids; diversity and sponsored slots come last")
    with Cluster("Labels"):
        outcomes = LabelJoin(
            "Clicks and orders", tooltip="Within {order_window}, joined to the list as served, by propensity"
        )
        judged = Labeller("Judged grades", tooltip="Annotators, and an LLM judge that is audited against them")

    query >> vocabulary >> Edge(label="10 × 384") >> query_tower >> Edge(label="256 d") >> dot
    product >> vocabulary >> Edge(label="80 × 384") >> product_tower >> Edge(label="256 d") >> dot
    dot >> Edge(label="s(q, p)") >> softmax
    vocabulary >> Edge(label="{pair_tokens:n} × 384") >> cross >> Edge(label="[CLS] 384 d") >> grade
    grade >> Edge(label="4 logits") >> [floor, entropy]
    pair >> Edge(label="{features:n} numbers") >> trees
    trees >> Edge(label="score") >> [ndcg, blend]
    floor >> Edge(label="P(relevant)") >> blend
    grade >> Edge(label="caps the label") >> ndcg
    outcomes >> feedback("clicked, bought") >> softmax
    judged >> feedback("grade") >> entropy
    outcomes >> feedback("order, basket, click") >> ndcg


@view("Training", details="overview/Training pipeline")
def training() -> None:
    """Three models from two kinds of label: biased clicks in bulk, unbiased judgements in small numbers."""
    with Cluster("Labels"):
        log = Kafka(
            "Serving log\nKafka",
            tooltip="Features as used, positions seen, swapped slots; of a sample, the hits of both retrievers at depth",
        )
        events = Kafka("Event log\nKafka", tooltip="Clicks, baskets, orders, returns, rephrased queries")
        join = Spark("Label join\nSpark", tooltip="Clicks of the session, orders in {order_window}, to the list served")
        table = S3("Training table", tooltip="Groups by query, split by day")
        swaps = Experiment("Randomised slots", tooltip="A few swapped neighbours measure the examination by rank")
        debias = Spark("Debias and sample\nSpark", tooltip="Inverse-propensity weights, bot and price filters")
        judges = Users("Annotators", tooltip="Grade exact, substitute, complement, irrelevant")
        llm_judge = Labeller("LLM judge", tooltip="Extends the judgements, audited against people")
    with Cluster("Models"):
        towers = Trainer("Two-tower trainer", tooltip="In-batch, random and mined hard negatives")
        cross = Trainer("Cross-encoder trainer", tooltip="Fine-tuned on judgements, distilled to 6 layers")
        trees = Trainer("LambdaMART trainer", tooltip="NDCG on graded outcomes: order, basket, click")
    with Cluster("Release"):
        gate = Choice("Offline gate", tooltip="NDCG by slice; none may fall by more than 0.5 %")
        registry = Mlflow("Model registry", tooltip="Tower pair and index version as one bundle")
        interleaving = Experiment(
            "Interleaving and A/B", tooltip="A sensitive preference test, then an A/B on purchases"
        )
        fleet = ModelPool("Serving fleet\nsearch hosts", tooltip="Serves the winners, logs new impressions")

    log >> batch("daily lists") >> join
    events >> feedback("clicks, orders") >> join
    join >> batch("{ltr_rows:n} rows/day") >> table >> batch("clicks") >> debias
    table >> batch("swapped slots") >> swaps >> batch("propensity curve") >> debias
    log >> batch("hits at depth") >> [judges, llm_judge]
    judges >> feedback("calibration set") >> llm_judge
    judges >> batch("20 k pairs/week") >> table
    llm_judge >> batch("1 M pairs/week") >> table
    debias >> batch("positives") >> towers >> batch("recall at 1,000") >> gate
    debias >> batch("weighted groups") >> trees >> batch("NDCG at 10") >> gate
    table >> batch("graded pairs") >> cross >> batch("judgement AUC") >> gate
    cross >> batch("relevance grades") >> trees
    gate >> control("passed") >> registry >> control("challenger") >> interleaving >> control("winner") >> fleet
    events >> feedback("preferences, orders") >> interleaving
    fleet >> stream("impressions") >> log


@view("Operations")
def operations() -> None:
    """Health is seen by query class and by shard; quality is shed before queries are."""
    with Cluster("Serving"):
        broker = Java("Search broker", tooltip="Reports shard coverage, stage timeouts, result counts")
        fleet = ModelPool("Serving fleet\nsearch hosts", tooltip="Reports queue depth, segment age, disk")
        log = Kafka("Serving log\nKafka", tooltip="Lists and arms of all pages, cached ones too")
        degradation = Planner("Degradation controller", tooltip="Skip L2, halve L1, lexical only, cached page")
    with Cluster("Observe"):
        metrics = Prometheus("Metrics\nPrometheus", tooltip="Tail latency and coverage by shard and stage")
        events = Kafka("Event log\nKafka", tooltip="Clicks, orders and rephrased queries of shoppers")
        classes = Flink("Live quality\nFlink", tooltip="Zero results, rephrasing, clicks by query class and arm")
        golden = Cronjob("Golden queries", tooltip="2,000 fixed queries on each build, and live every 10 min")
        dashboards = Grafana("Dashboards\nGrafana", tooltip="One board per locale and per release")
        alerts = Pagerduty("On-call alerts", tooltip="Coverage, freshness, zero results")
    with Cluster("Decide"):
        oncall = User("On-call engineer", tooltip="Finds the cause, confirms or reverses an automatic rollback")
        analysis = Clickhouse("Experiment analysis", tooltip="Interleaving and A/B read-outs with guardrails")
        owner = User("Relevance owner", tooltip="Triages bad queries, orders judgements, approves launches")
        retrain = Airflow("Retrain trigger", tooltip="Weekly, or when tail NDCG falls or vocabulary drifts")
        rollback = Argocd("Rollback controller", tooltip="Points the fleet to the previous bundle and build")

    golden >> request("probe queries") >> broker >> stream("stage metrics") >> metrics
    fleet >> stream("shard metrics") >> metrics >> stream("series") >> dashboards
    log >> stream("queries, lists, arms") >> classes >> stream("class quality") >> dashboards
    events >> feedback("clicks, orders,\nrephrasing") >> classes
    metrics >> control("p99 over limit") >> degradation >> control("stage limits") >> broker
    metrics >> control("coverage low") >> alerts >> control("page") >> oncall >> control("roll back") >> rollback
    golden >> control("rank changed\nafter build") >> rollback >> control("previous build") >> fleet
    classes >> control("new-term rate") >> retrain >> control("gated bundle") >> fleet
    classes >> batch("counts by\nuser and arm") >> analysis >> feedback("read-out") >> owner
    owner >> control("new judgements") >> retrain
