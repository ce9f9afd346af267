"""Turn a few typed words into an ordered page of the right products, out of 200 million, within 300 ms.

Queries are short, misspelt and heavy-tailed: clicks are plentiful for the few head queries and missing for the many
tail queries that need them. Matching words finds part numbers and brands, matching meaning finds what was meant, and
each fails where the other works. Clicks as labels are biased by position and by what the old ranker chose to show.
The answer is one index for both, a cheap ranker over its hits, and a model that reads query and product together.
"""

from diagrams import Cluster
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
    Budget,
    Cache,
    Decision,
    Distiller,
    EmbeddingTower,
    Encoder,
    Estimate,
    Experiment,
    FailureMode,
    FeatureStore,
    InterviewRank,
    Labeller,
    Metrics,
    ModelPool,
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
    request,
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
    result_hits=assume("Queries that the result cache answers", 35, "percent", note="measure by locale"),
    result_misses=derive("Queries past the result cache", "1 - result_hits", "percent"),
    searched_rate=derive("Peak rate past the result cache", "peak_rate * result_misses", "query/s"),
    document_bytes=assume("Postings and column values", 2.5e3, "byte/product"),
    lexical_bytes=derive("Lexical index", "catalogue * document_bytes", "byte"),
    shard_bytes=assume("Lexical index per shard", 25e9, "byte/shard"),
    shards=derive("Shards", "ceil(lexical_bytes / shard_bytes)", "shard"),
    replica_speed=assume("Queries that a replica of a shard answers", 600, "query/s/replica"),
    replicas=derive("Replicas of each shard", "ceil(searched_rate / replica_speed)", "replica"),
    host_copies=assume("Shard copies that a host holds", 4, "shard*replica/host"),
    hosts=derive("Search hosts", "ceil(shards * replicas / host_copies)", "host"),
    code_bytes=assume("Product-quantised code", 64, "byte/product"),
    id_bytes=assume("Product id beside each code", 8, "byte/product"),
    codes=derive("Dense codes in memory", "catalogue * (code_bytes + id_bytes)", "byte"),
    dimensions=assume("Embedding dimension", 256, "number/product"),
    number_bytes=assume("Bytes per dimension", 2, "byte/number", note="fp16"),
    vectors=derive("Full vectors on SSD for re-scoring", "catalogue * dimensions * number_bytes", "byte"),
    build=derive("One full build", "lexical_bytes + codes + vectors", "byte", note="postings, codes, vectors"),
    vector_hits=assume("Query vectors that are cached", 50, "percent"),
    encoder_rate=derive("Query-encoder calls at peak", "searched_rate * (1 - vector_hits)", "query/s"),
    shard_hits=assume("Hits that a shard returns", 100, "product/query/shard"),
    gathered=derive("Hits gathered", "shards * shard_hits", "product/query"),
    merged=assume("Candidates after merging", 1_500, "product/query"),
    l1_kept=assume("Candidates that L1 keeps", 200, "product/query"),
    l2_read=assume("Candidates that L2 reads", 60, "product/query"),
    unread=derive("Candidates that L2 does not read", "l1_kept - l2_read", "product/query"),
    shown=assume("Products on the page", 48, "product/query"),
    load=assume("Load at which rankers are run", 60, "percent"),
    l1_scores=derive("L1 scores at peak", "searched_rate * merged", "product/s"),
    l1_speed=assume("L1 speed, some 500 trees", 100e3, "product/s/core"),
    l1_cores=derive("L1 cores", "ceil(l1_scores / (l1_speed * load))", "core"),
    pair_hits=assume("Cross-encoder pairs that are cached", 50, "percent"),
    pair_misses=derive("Pairs scored per query", "l2_read * (1 - pair_hits)", "product/query"),
    pairs=derive("Cross-encoder pairs at peak", "searched_rate * pair_misses", "product/s"),
    l2_speed=assume("Cross-encoder speed", 15e3, "product/s/GPU", note="6 layers of 384, 96 tokens: 31 TFLOP/s"),
    l2_gpus=derive("Cross-encoder GPUs", "ceil(pairs / (l2_speed * load))", "GPU"),
    changed=assume("Catalogue that changes", 50, "percent/day", note="ten times as fast when a sale starts"),
    update_rate=derive("Index updates", "catalogue * changed", "product/s"),
    log_bytes=assume("Result log per row", 100, "byte/product"),
    result_log=derive("Result log per day", "queries * shown * log_bytes", "byte/day"),
    order_window=assume("Order window", 7, "day"),
    ltr_queries=assume("Queries kept for learning to rank", 20e6, "query/day"),
    seen=assume("Rows seen per query", 24, "product/query"),
    ltr_rows=derive("Learning-to-rank rows per day", "ltr_queries * seen", "product/day"),
    features=assume("Features per row", 150, "feature/product"),
    feature_bytes=assume("Bytes per feature", 4, "byte/feature", note="fp32"),
    ltr_bytes=derive("Learning-to-rank features per day", "ltr_rows * features * feature_bytes", "byte/day"),
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
    requirements=Requirements(
        functional=[
            "Query to ranked products with facets, filters, spelling and zero-result recovery; autocomplete is apart.",
            "Hard filters hold exactly for lexical and semantic hits alike; an exact SKU or ISBN always ranks first.",
            "Edits of price and stock, new listings and deletions reach the index without a rebuild.",
        ],
        qualities={
            "Latency": "p99 of 300 ms on the server, p50 near 110 ms; autocomplete p99 of 50 ms (assumptions).",
            "Freshness": "Price and stock 30 s, a new listing 10 min, a takedown 60 s (assumptions).",
            "Availability": "99.99 % of queries answered, if need be lexically or without 5 % of shards (assumption).",
        },
    ),
    estimate=ESTIMATE,
    headline=["peak_rate", "build", "l1_scores", "pairs"],
    budget=Budget(
        "p99 on the server",
        promise=300,
        stages={
            "Edge, auth, experiment arm, result-cache look-up": 10,
            "Query understanding: normalise, spell, intent, attributes": 20,
            "Query tower, on a vector-cache miss": 10,
            "Scatter and gather on {shards} shards, hedged at p95": 75,
            "Merge and fold variants": 8,
            "Query and user features; product values come with the hits": 15,
            "L1 trees on {merged}": 20,
            "L2 cross-encoder on {l2_read}": 50,
            "Blend: personal boost, diversity, sponsored slots": 12,
            "Facets, snippets, display data": 35,
            "Serialise and respond": 15,
            "Network hops and queueing slack": 30,
        },
    ),
    decisions=[
        Decision(
            "Vectors inside the lexical shards",
            rejected=["a separate vector service"],
            revisit_when="there are few filters",
        ),
        Decision(
            "IVF-PQ with SSD re-scoring",
            rejected=["HNSW in memory"],
            revisit_when="there are at most tens of millions of vectors",
        ),
        Decision(
            "Trees, then a cross-encoder on {l2_read}",
            rejected=["one deep ranker"],
            revisit_when="text dominates and clicks are few",
        ),
        Decision(
            "Purchases above a judged relevance floor",
            rejected=["clicks alone"],
            revisit_when="content is searched and nothing is sold",
        ),
        Decision(
            "Distilled models online, LLM labels offline",
            rejected=["an LLM in the path"],
            revisit_when="users of a chat accept seconds",
        ),
        Decision(
            "Scatter to all shards",
            rejected=["routing by category"],
            revisit_when="categories are clean and queries classify surely",
        ),
    ],
    failures=[
        FailureMode(
            "One slow shard sets the tail", "p99, hedges by shard", "Hedge; after 75 ms go without, and say so"
        ),
        FailureMode("Query tower and index differ", "Versions, dense share", "Refuse to load, stay lexical meanwhile"),
        FailureMode(
            "Plausible, wrong items lead", "Judged exactness at 10", "Raise the floor, match categories, retrain"
        ),
        FailureMode(
            "Stale price or stock", "Update lag over 30 s", "Re-check at page assembly, drop what is gone, alert"
        ),
        FailureMode(
            "A synonym empties a category", "Golden queries, zero results", "Revert the dictionary, not the model"
        ),
        FailureMode(
            "Bots or sellers lift items", "Clicks without orders", "Filter sessions first, cap behaviour features"
        ),
    ],
    metrics=Metrics(
        offline=[
            "Recall at 1,000 against purchases, dense recall against exact search",
            "NDCG at 10 on judgements, by head, torso, tail and locale; judged exact share at 10",
        ],
        online=[
            "Purchases per search session, reciprocal rank of the first basket add",
            "Reformulation and zero-result rate, interleaving preference",
        ],
        guardrail=[
            "p99 latency, shard coverage, freshness lag, filter violations (zero)",
            "Relevance of sponsored slots, exposure of new sellers",
        ],
    ),
    building_blocks=["embeddings-retrieval", "llm-genai", *LEARNING_BLOCKS, *COMMON_BLOCKS],
    sources=bibliography("""
        J.-T. Huang et al. (Facebook), "Embedding-based Retrieval in Facebook Search", KDD 2020
            https://arxiv.org/abs/2006.11632 vectors inside an inverted-index engine, hard negatives
        P. Nigam et al. (Amazon), "Semantic Product Search", KDD 2019
            https://arxiv.org/abs/1907.00937 a semantic match set beside the lexical one
        R. Jha et al. (Etsy), "Unified Embedding Based Personalized Retrieval in Etsy Search", arXiv 2023
            https://arxiv.org/abs/2306.04833 a personalised query side: the alternative to a vector that can be cached
        D. Sorokina, E. Cantú-Paz (Amazon), "Amazon Search: The Joy of Ranking Products", SIGIR 2016
            https://doi.org/10.1145/2911451.2926725 rankers by category and the blending of their lists
        C. Burges (Microsoft), "From RankNet to LambdaRank to LambdaMART: An Overview", MSR-TR-2010-82, 2010
            https://www.microsoft.com/en-us/research/publication/from-ranknet-to-lambdarank-to-lambdamart-an-overview/
            the L1 ranker
        T. Joachims et al. (Cornell), "Unbiased Learning-to-Rank with Biased Feedback", WSDM 2017
            https://arxiv.org/abs/1608.04468 propensity weights and the swap experiment
        R. Nogueira, K. Cho (NYU), "Passage Re-ranking with BERT", arXiv 2019
            https://arxiv.org/abs/1901.04085 a cross-encoder over the top results
        J. Dean, L. A. Barroso (Google), "The Tail at Scale", Communications of the ACM 2013
            https://doi.org/10.1145/2408776.2408794 hedged requests, partial answers
        C. Reddy et al. (Amazon), "Shopping Queries Dataset: A Large-Scale ESCI Benchmark", arXiv 2022
            https://arxiv.org/abs/2206.06588 exact, substitute, complement, irrelevant as grades
    """),
)


@view("Overview")
def overview() -> None:
    """A query is understood, matched by words and meaning, ranked twice; its clicks train the next ranker."""
    shoppers = Users("Shoppers", tooltip="Type, filter, click, buy, rephrase")
    with Cluster("Online"):
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

    shoppers >> request("query") >> gateway >> request("cache miss\n{result_misses}") >> understanding
    understanding >> request("structured query,\nvector") >> index >> request("{merged} items") >> l1
    l1 >> request("query, user\nrows") >> store
    l1 >> request("top {l2_read}") >> l2 >> request("scores") >> page >> request("{shown} items") >> shoppers
    l1 >> request("other {unread}") >> page >> stream("impressions,\nfeatures") >> events >> batch("hourly") >> lake
    shoppers >> feedback("clicks, orders") >> events
    lake >> batch("click rates") >> store
    lake >> batch("rows, judgements") >> training >> control("gated models") >> registry >> control("trees") >> l1
    registry >> control("encoder") >> l2
    registry >> control("query tower") >> understanding
    registry >> control("product tower") >> pipeline
    catalogue >> stream("CDC") >> pipeline >> stream("under 10 min") >> index


@view("Serving")
def serving() -> None:
    """The query path with its counts: {catalogue} products to {shown} in 300 ms."""
    app = Mobile("Shopper app", tooltip="Sends text, filters, page and session id")
    with Cluster("Front"):
        gateway = Envoy("API gateway", tooltip="Deadline, load shedding, arms by a local hash")
        result_cache = Redis("Result cache\nRedis", tooltip="Unpersonalised first pages of head queries, 60 s")
        broker = Java("Search broker", tooltip="Plans, fans out, hedges slow shards; skips a stage that is late")
    with Cluster("Query"):
        understanding = Encoder("Query understanding", tooltip="Spelling, intent, category, attributes")
        vector_cache = Memcached("Vector cache", tooltip="Vectors of head queries, keyed by tower version")
        tower = EmbeddingTower("Query tower", tooltip="Text and locale only, so that vectors can be cached")
    with Cluster("Match"):
        shards = VectorIndex("Hybrid shards\nBM25 and IVF-PQ", tooltip="Words and vectors inside one filter bitmap")
        merge = Assembler("Merge", tooltip="Unites lists by reciprocal rank, folds product variants")
    with Cluster("Rank"):
        l1 = Ranker("L1 ranker\nCPU trees", tooltip="{features} features, cheap, explains itself per feature")
        store = FeatureStore("Online feature store", tooltip="One row for the query, one for the user")
        pair_cache = Redis("Pair-score cache", tooltip="L2 scores of popular pairs halve the GPU load")
        l2 = Ranker("L2 cross-encoder\nGPU", tooltip="Judges exactness: right model, size, compatibility")
    with Cluster("Page"):
        blender = Assembler("Blender", tooltip="Mixes relevance, conversion, diversity, sponsored items")
        display = Scylla("Display store\nScylla", tooltip="Titles, images, live price and stock")
    log = Kafka("Serving log\nKafka", tooltip="Features as used, positions, arms; of cached pages too")

    with step("{result_hits} of queries end here: a cached first page whose stock is checked again."):
        app >> request("text, filters") >> gateway >> request("{result_hits} hits") >> result_cache
        result_cache >> request("{shown} cached ids") >> display
    with step("The rest, {searched_rate:n} a second at peak, is normalised, corrected and tagged in 20 ms."):
        gateway >> request("{searched_rate}") >> broker >> request("raw text") >> understanding
        understanding >> request("structured query") >> broker
    with step("{vector_hits} of the vectors are cached; the others cost 10 ms in the query tower."):
        understanding >> request("normal form") >> vector_cache >> request("{vector_hits} hits") >> broker
        vector_cache >> request("misses") >> tower >> request("{dimensions}-d vector") >> broker
    with step("Terms, vector and filters go to all {shards} shards, hedged past p95, for 75 ms at most."):
        broker >> request("filters, terms,\nvector") >> shards
    with step("Each shard returns its best {shard_hits}; {gathered} hits fold into about {merged}."):
        shards >> request("{gathered} hits") >> merge
    with step("Product values came with the hits; query and user rows take 15 ms, the trees 20 ms."):
        merge >> request("{merged} items") >> l1 >> request("query, user\nrows") >> store
    with step("Of the top {l2_read} pairs about {pair_misses} miss the cache and take up to 50 ms on GPU."):
        l1 >> request("top {l2_read} pairs") >> pair_cache >> request("{pair_misses} misses") >> l2
        l2 >> request("new scores") >> blender
        pair_cache >> request("cached scores") >> blender
    with step("The page of {shown} is blended, checked against live price and stock, and sent in 300 ms."):
        l1 >> request("other {unread}") >> blender >> request("{shown} ids") >> display
        display >> request("page, 300 ms") >> app
    with step("Every page is logged with features and arms; later clicks make tomorrow's training rows."):
        display >> stream("list, features") >> log
        app >> feedback("clicks, orders") >> log


@view("Query understanding")
def query_understanding() -> None:
    """What happens to the text before matching, and the offline dictionaries that feed it."""
    with Cluster("Online"):
        raw = InputOutput("Raw query", tooltip="Text, locale, device, active filters")
        normaliser = Rust("Normaliser", tooltip="Case, accents, units, segmentation, so that terms match")
        identifier = Choice("Identifier check", tooltip="A SKU or ISBN skips semantics and is matched exactly")
        speller = Ranker("Spell corrector", tooltip="Forms from confusion pairs, chosen by a language model")
        tagger = Encoder("Intent tagger\ndistilled encoder", tooltip="Category and brand, colour, size in one pass")
        relaxation = RuleEngine("Relaxation rules", tooltip="Drop optional terms by weight when hits are few")
        structured = Document("Structured query", tooltip="Must, should and filter clauses, with weights")
    with Cluster("Offline"):
        log = Kafka("Event log\nKafka", tooltip="Rephrased queries and clicks: the labels of all that is here")
        mining = Spark("Mining jobs\nSpark", tooltip="Confusion pairs and synonyms from rephrased queries")
        editors = User("Taxonomy editors", tooltip="Approve synonyms that change meaning across categories")
        dictionaries = S3("Versioned dictionaries", tooltip="Shipped to all nodes as one release that can be reverted")
        labeller = Labeller("LLM labeller", tooltip="Tags tail queries offline; too slow and dear online")
        distiller = Distiller("Tagger distillation", tooltip="Fits the tagger to the labels; ships if no locale loses")

    raw >> request("UTF-8 text") >> normaliser >> request("tokens") >> identifier >> request("exact id") >> structured
    identifier >> request("free text") >> speller >> request("best two forms") >> tagger
    tagger >> request("spans, category") >> relaxation >> request("clause weights") >> structured
    structured >> stream("plan, hit count") >> log >> batch("90 days") >> mining
    mining >> batch("candidate synonyms") >> editors >> control("approved") >> dictionaries
    dictionaries >> control("confusion pairs") >> speller
    dictionaries >> control("synonyms, weights") >> relaxation
    log >> batch("tail sample") >> labeller >> batch("labels") >> distiller >> control("gated tagger") >> tagger


@view("Indexing")
def indexing() -> None:
    """Two speeds into one index: a nightly build for quality, a stream for price, stock and new listings."""
    with Cluster("Sources"):
        catalogue = Postgresql("Catalogue", tooltip="Listings, attributes, status")
        changes = Kafka("Change stream\nKafka", tooltip="Ordered by product id, compacted")
        price_stock = Cassandra("Price and stock", tooltip="High-rate fields, kept out of text indexing")
    with Cluster("Prepare"):
        enrichment = Flink("Enrichment\nFlink", tooltip="Joins seller, taxonomy, policy; drops banned items")
        tower = EmbeddingTower("Product tower\nGPU", tooltip="A vector per product, all again for a new tower")
        behaviour = Spark("Behaviour signals\nSpark", tooltip="Smoothed click and order rates by product")
    with Cluster("Build"):
        builder = Spark("Shard builder\nSpark", tooltip="Nightly: postings, columns, PQ cells, full vectors")
        fresh = Cache("Fresh segment", tooltip="Adds and deletes of minutes, over the nightly base")
        updater = Go("Field updater", tooltip="Writes price and stock in place within 30 s")
    with Cluster("Publish"):
        verifier = Inspection("Index verifier", tooltip="Counts, golden queries, dense recall over 95 %")
        store = S3("Index store", tooltip="Immutable builds, three kept for rollback")
        fleet = ModelPool("Serving fleet\nsearch hosts", tooltip="Loads, warms, joins; index and tower flip together")

    catalogue >> stream("CDC") >> changes >> stream("edits") >> enrichment
    enrichment >> stream("text, image") >> tower >> stream("vector") >> fresh
    enrichment >> stream("live documents") >> fresh >> stream("under 10 min") >> fleet
    enrichment >> batch("nightly snapshot") >> builder
    tower >> batch("{catalogue:n} vectors") >> builder
    behaviour >> batch("click features") >> builder
    builder >> control("{build} build") >> verifier >> control("signed build") >> store
    store >> batch("rolling load") >> fleet
    price_stock >> stream("{update_rate}") >> updater >> stream("columns") >> fleet


@view("Training")
def training() -> None:
    """Three models from two kinds of label: biased clicks in bulk, unbiased judgements in small numbers."""
    with Cluster("Labels"):
        log = Kafka("Serving log\nKafka", tooltip="Features as used, seen positions, clicks, baskets, orders")
        join = Spark("Label join\nSpark", tooltip="Clicks of the session, orders in {order_window}, to the list served")
        table = S3("Training table", tooltip="Groups by query, split by day")
        swaps = Experiment("Randomised slots", tooltip="Few swapped neighbours measure the position propensity")
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
        interleaving = Experiment("Interleaving, A/B", tooltip="A sensitive preference test, then an A/B on purchases")
        fleet = ModelPool("Serving fleet\nsearch hosts", tooltip="Serves the winners, logs new impressions")

    log >> batch("daily") >> join >> batch("{ltr_rows:n} rows/day") >> table >> batch("clicks") >> debias
    swaps >> batch("propensity curve") >> debias
    table >> batch("sampled pairs") >> judges >> feedback("calibration set") >> llm_judge
    judges >> batch("20 k pairs/week") >> table
    llm_judge >> batch("1 M pairs/week") >> table
    debias >> batch("positives") >> towers >> batch("recall at 1,000") >> gate
    debias >> batch("weighted groups") >> trees >> batch("NDCG at 10") >> gate
    table >> batch("graded pairs") >> cross >> batch("judgement AUC") >> gate
    cross >> batch("relevance labels") >> trees
    gate >> control("passed") >> registry >> control("challenger") >> interleaving >> control("winner") >> fleet
    fleet >> stream("swapped slots") >> swaps
    fleet >> stream("impressions") >> log


@view("Operations")
def operations() -> None:
    """Health is seen by query class and by shard; quality is shed before queries are."""
    with Cluster("Serving"):
        broker = Java("Search broker", tooltip="Reports shard coverage, stage timeouts, result counts")
        fleet = ModelPool("Serving fleet\nsearch hosts", tooltip="Reports queue depth, segment age, disk")
        degradation = Planner("Degradation controller", tooltip="Skip L2, halve L1, lexical only, cached page")
    with Cluster("Observe"):
        metrics = Prometheus("Metrics\nPrometheus", tooltip="Tail latency and coverage by shard and stage")
        classes = Flink("Live quality\nFlink", tooltip="Zero results, rephrasing, clicks by query class and arm")
        golden = Cronjob("Golden queries", tooltip="2,000 fixed queries on each build, and live every 10 min")
        dashboards = Grafana("Dashboards\nGrafana", tooltip="One board per locale and per release")
        alerts = Pagerduty("On-call alerts", tooltip="Coverage, freshness, zero results")
    with Cluster("Decide"):
        analysis = Clickhouse("Experiment analysis", tooltip="Interleaving and A/B read-outs with guardrails")
        owner = User("Relevance owner", tooltip="Triages bad queries, orders judgements, approves launches")
        retrain = Airflow("Retrain trigger", tooltip="Weekly, or when tail NDCG falls or vocabulary drifts")
        rollback = Argocd("Rollback controller", tooltip="Points the fleet to the previous bundle and build")

    golden >> request("probe queries") >> broker >> stream("stage metrics") >> metrics
    fleet >> stream("shard metrics") >> metrics >> stream("series") >> dashboards
    broker >> stream("queries, outcomes") >> classes >> stream("class quality") >> dashboards
    metrics >> control("p99 over limit") >> degradation >> control("stage limits") >> broker
    metrics >> control("coverage low") >> alerts >> control("bad build") >> rollback
    golden >> control("rank changed") >> alerts
    rollback >> control("previous build") >> fleet
    classes >> control("new-term rate") >> retrain >> control("gated bundle") >> fleet
    classes >> batch("per-arm counts") >> analysis >> feedback("read-out") >> owner
    owner >> control("new judgements") >> retrain
