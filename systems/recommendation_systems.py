"""Choose and order two dozen products, out of a hundred million, for one shopper within 200 ms.

The feedback is biased: only items that were shown get labels, the top slot gets clicks because it is on top, and
purchases are rare and late. Catalogue and demand change by the hour, so a good model on stale features, stale stock or
a stale index is a bad system.

The standard answer is a funnel (retrieve, light rank, rank, re-rank) in which each stage spends more compute on fewer
items, and a log of what was shown that is the only honest source of labels.
"""

from diagrams import Cluster
from diagrams.aws.storage import S3
from diagrams.generic.device import Mobile
from diagrams.onprem.analytics import Flink, Spark
from diagrams.onprem.client import User, Users
from diagrams.onprem.database import Clickhouse, Postgresql, Scylla
from diagrams.onprem.gitops import Argocd, Flagger
from diagrams.onprem.inmemory import Memcached, Redis
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.monitoring import Grafana, Prometheus
from diagrams.onprem.network import Envoy, Etcd
from diagrams.onprem.queue import Kafka
from diagrams.onprem.workflow import Airflow, Kubeflow
from diagrams.programming.flowchart import Decision as Choice
from diagrams.programming.flowchart import Inspection
from diagrams.programming.language import Go
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
    Fallback,
    FeatureStore,
    InterviewRank,
    Metrics,
    ModelPool,
    Ranker,
    Requirements,
    Retriever,
    System,
    Tags,
    Trainer,
    VectorIndex,
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
    users=assume("Daily active users", 50e6, "user"),
    visits=assume("Recommendation requests a user makes", 20, "request/user/day"),
    catalogue=assume("Active catalogue", 100e6, "item"),
    dimensions=assume("Retrieval embedding dimension", 128, "number/item"),
    number_bytes=assume("Bytes per dimension", 4, "byte/number", note="fp32"),
    retrieved=assume("Candidates retrieved", 3_000, "item/request", note="three sources, before filters"),
    eligible=assume("Candidates after eligibility", 2_000, "item/request"),
    ranked=assume("Candidates ranked", 500, "item/request"),
    shown=assume("Items shown", 24, "item/request"),
    peak_factor=assume("Peak over average", 3),
    requests=derive("Requests per day", "users * visits", "request/day"),
    mean_rate=derive("Average request rate", "requests", "request/s"),
    peak_rate=derive("Peak request rate", "mean_rate * peak_factor", "request/s"),
    load=assume("Load at which hosts are run", 60, "percent"),
    light_scores=derive("Light-ranker scores at peak", "peak_rate * eligible", "item/s"),
    light_speed=assume("Light-ranker speed", 150e3, "item/s/core", note="load-test before buying"),
    light_cores=derive("Light-ranker cores", "ceil(light_scores / (light_speed * load))", "core"),
    scores=derive("Ranker scores at peak", "peak_rate * ranked", "item/s"),
    ranker_speed=assume("Ranker speed", 250e3, "item/s/GPU", note="load-test before buying"),
    ranker_gpus=derive("Ranker GPUs", "ceil(scores / (ranker_speed * load))", "GPU"),
    links=assume("HNSW links per node and layer, M", 32, "link/item"),
    link_bytes=cite(
        "Bytes per HNSW link", 8, "byte/link", source="Faiss wiki", note="4 bytes a link, twice M on the lowest layer"
    ),
    index_bytes=derive(
        "HNSW memory", "catalogue * (dimensions * number_bytes + links * link_bytes)", "byte", note="4d + 8M a vector"
    ),
    shards=assume("ANN shards", 4, "host/replica"),
    ann_speed=assume("Queries a shard replica answers", 2_000, "request/s/replica"),
    ann_hosts=derive(
        "ANN hosts", "ceil(peak_rate / ann_speed) * shards", "host", note="each holds two versions during a swap"
    ),
    accounts=assume("Accounts with features", 300e6, "account"),
    account_bytes=assume("User features, bytes per account", 4e3, "byte/account"),
    user_features=derive("Online user features", "accounts * account_bytes", "byte"),
    item_bytes=assume("Item features, bytes per item", 1e3, "byte/item"),
    item_features=derive("Online item features", "catalogue * item_bytes", "byte", note="one copy"),
    cache_misses=assume("Item reads that miss the in-process cache", 5, "percent"),
    item_reads=derive("Item reads that reach the store at peak", "scores * cache_misses", "item/s"),
    id_dimensions=assume("Item-ID embedding dimension in the ranker", 64, "number/item"),
    id_bytes=assume("Bytes per item-ID dimension", 2, "byte/number", note="fp16"),
    id_table=derive("Ranker item-ID table", "catalogue * id_dimensions * id_bytes", "byte", note="fits one GPU"),
    seen=assume("Shown items that are seen", 50, "percent"),
    impressions=derive("Impressions per day", "requests * shown * seen", "item/day"),
    positives=assume("Impressions with a positive outcome", 2, "percent"),
    kept=assume("Negatives kept for training", 10, "percent"),
    rows=derive("Training rows per day", "impressions * (positives + (1 - positives) * kept)", "item/day"),
    row_bytes=assume("Logged features per row", 2e3, "byte/item"),
    row_volume=derive("Training rows stored per day", "rows * row_bytes", "byte/day"),
    view_bytes=assume("Viewability event", 300, "byte/item"),
    view_rate=derive("Viewability events at peak", "impressions * peak_factor * view_bytes", "byte/s"),
    log_rate=derive(
        "Serving log at peak", "peak_rate * shown * row_bytes", "byte/s", note="uncompressed, for three days"
    ),
    join_window=assume("Order window", 7, "day"),
    join_bytes=assume("Join state per clicked impression", 100, "byte/item"),
    join_state=derive("Order-join state", "impressions * positives * join_window * join_bytes", "byte"),
)

SYSTEM = System(
    title="Recommendation systems",
    family="end-to-end",
    position=1,
    interview=InterviewRank(1, "asked everywhere"),
    tags=Tags(
        task=["recommendation", "ranking"],
        pattern=["retrieval-ranking funnel", "embedding retrieval", "streaming features", "multi-task model"],
        data=["events", "tabular"],
    ),
    requirements=Requirements(
        functional=[
            "Ranked modules for the home feed, similar items, bought together and the basket, under hard eligibility"
            " rules (stock, region, age limits, blocked sellers), with why-shown, hide and opt-out controls.",
            "New items are reachable by some source before they have clicks; new and logged-out users are served from"
            " session and context alone.",
            "Every response is logged with candidate source, model version, position, propensity and the exact feature"
            " values used.",
        ],
        qualities={
            "Latency": "p99 of 200 ms at the recommendation API, p50 near 90 ms (assumptions).",
            "Freshness": "A user's actions reach the ranker within 5 s, stock and price within 60 s; a new item is"
            " retrievable within 15 min; the ranker is retrained daily (assumptions, to be set by experiment).",
            "Availability": "99.95 % of requests get a non-empty, eligible module (assumption). A degraded answer"
            " counts as available, an ineligible item does not.",
        },
    ),
    estimate=ESTIMATE,
    headline=["peak_rate", "scores", "index_bytes", "impressions"],
    budget=Budget(
        "p99 at the recommendation API",
        promise=200,
        stages={
            "Edge, TLS, auth, experiment assignment": 10,
            "User, session and context features": 15,
            "User-tower inference": 8,
            "Candidate sources in parallel, 30 ms deadline each": 30,
            "Merge, de-duplicate, eligibility": 12,
            "Light ranker on {eligible}": 15,
            "Item features for {ranked}": 20,
            "Ranker on {ranked}, one GPU batch": 45,
            "Re-rank: diversity, exploration, business rules": 12,
            "Display data, last stock check, response": 18,
            "Network hops and queueing slack": 15,
        },
    ),
    decisions=[
        Decision(
            "A four-stage funnel",
            rejected=["one large scorer"],
            revisit_when="fewer than about ten thousand items are eligible",
        ),
        Decision(
            "Two-tower retrieval",
            rejected=["a cross-feature retriever"],
            revisit_when="accelerators can score the whole corpus",
        ),
        Decision(
            "Logging features as served",
            rejected=["point-in-time joins"],
            revisit_when="a new feature needs months of history",
        ),
        Decision(
            "A multi-task ranker",
            rejected=["one purchase model"],
            revisit_when="one clear objective has enough positives",
        ),
        Decision(
            "A nightly HNSW build and a fresh segment",
            rejected=["a graph that is mutated all day"],
            revisit_when="most of the corpus turns over daily; where memory is the limit, IVF-PQ wins",
        ),
        Decision(
            "Daily retraining",
            rejected=["online learning"],
            revisit_when="value decays within hours and loops are guarded against",
        ),
    ],
    failures=[
        FailureMode("Tower and index versions differ", "Tags, ANN's share", "Refuse the pair, keep the old one, alert"),
        FailureMode("Real-time features stop", "Age over 5 min, nulls up", "Serve the batch profile, mask its rows"),
        FailureMode("The ranker is overloaded", "Queue over 15 ms", "Rank 200, not {ranked}; then light-ranker order"),
        FailureMode("A loop narrows the list", "Coverage, new items by week", "Explore, check popularity correction"),
        FailureMode("Labels are late or broken", "Join rate to orders under 99 %", "Freeze training, backfill, resume"),
        FailureMode(
            "An unsellable item is shown", "Clicks on out-of-stock pages", "Fail closed, purge it from neighbours"
        ),
    ],
    metrics=Metrics(
        offline=[
            "Retrieval recall at 1,800 against the next day's engagement",
            "Ranker AUC and log-loss per task, calibration ratio within 0.95 to 1.05, NDCG at {shown}",
            "Agreement of the light ranker with the ranker's top 50",
            "Inverse-propensity estimate of value",
        ],
        online=[
            "Purchases and margin per visitor",
            "Click-through per seen impression, add-to-basket rate",
            "28-day repeat visits against a long-term holdback",
        ],
        guardrail=[
            "p99 latency, empty-module rate, ineligible-item rate",
            "Hides per thousand impressions, returns",
            "Exposure of sellers and of new items, catalogue coverage",
        ],
    ),
    building_blocks=["embeddings-retrieval", "fairness-responsible-ai", *LEARNING_BLOCKS, *COMMON_BLOCKS],
    sources=bibliography("""
        P. Covington, J. Adams, E. Sargin (Google), "Deep Neural Networks for YouTube Recommendations", RecSys 2016
            https://doi.org/10.1145/2959100.2959190 the funnel: millions of videos to hundreds to dozens
        X. Yi et al. (Google), "Sampling-Bias-Corrected Neural Modeling for Large Corpus Item Recommendations", RecSys 2019
            https://doi.org/10.1145/3298689.3346996 the correction of the two-tower loss
        Z. Zhao et al. (Google), "Recommending What Video to Watch Next: A Multitask Ranking System", RecSys 2019
            https://doi.org/10.1145/3298689.3346997 shared experts and the position tower
        X. Xia et al. (Pinterest), "TransAct: Transformer-based Realtime User Action Model for Recommendation at Pinterest", KDD 2023
            https://arxiv.org/abs/2306.00248 real-time next to batch user signals
        M. Naumov et al. (Facebook), "Deep Learning Recommendation Model for Personalization and Recommendation Systems", arXiv 2019
            https://arxiv.org/abs/1906.00091 a ranker on embedding tables
        G. Linden, B. Smith, J. York (Amazon), "Amazon.com Recommendations: Item-to-Item Collaborative Filtering", IEEE Internet Computing 2003
            https://doi.org/10.1109/MIC.2003.1167344 the item-to-item table
        Y. Malkov, D. Yashunin, "Efficient and Robust Approximate Nearest Neighbor Search Using Hierarchical Navigable Small World Graphs", IEEE TPAMI 2020
            https://arxiv.org/abs/1603.09320 HNSW
        Faiss authors (Meta), "Guidelines to choose an index", Faiss wiki 2024
            https://github.com/facebookresearch/faiss/wiki/Guidelines-to-choose-an-index bytes per vector of HNSW
        X. Ma et al. (Alibaba), "Entire Space Multi-Task Model: An Effective Approach for Estimating Post-Click Conversion Rate", SIGIR 2018
            https://arxiv.org/abs/1804.07931 conversion labels and selection bias
        M. Zinkevich (Google), "Rules of Machine Learning", Google for Developers 2023
            https://developers.google.com/machine-learning/guides/rules-of-ml logging features at serving time
    """),
)


@view("Overview")
def overview() -> None:
    """Shoppers are served by a four-stage funnel whose logs feed features, training and the index."""
    shoppers = Users("Shoppers\nweb and app", tooltip="Ask for modules; views, clicks and orders become labels")
    with Cluster("Online"):
        gateway = Envoy("API gateway", tooltip="Authenticates, limits, and carries the 200 ms deadline to every hop")
        orchestrator = Go("Orchestrator", tooltip="Runs the funnel; owns the stage timeouts and the fallback ladder")
        sources = Retriever("Candidate sources\n{retrieved} items", tooltip="Cheap, high recall, queried in parallel")
        light_ranker = Ranker("Light ranker\n{eligible} to {ranked}", tooltip="Distilled from the ranker, on CPU")
        ranker = Ranker("Ranker\nmulti-task DNN", tooltip="Predicts click, basket and purchase; blends them to a value")
        reranker = Ranker("Re-ranker\nlist policy", tooltip="Scores to a page: diversity, exploration, hard rules")
    with Cluster("State"):
        features = FeatureStore("Online feature store", tooltip="The feature definitions that training reads offline")
        events = Kafka("Event log\nKafka", tooltip="Durable impressions and actions; everything replays from it")
        stream_jobs = Flink("Stream jobs\nFlink", tooltip="Update counters in seconds, join outcomes to impressions")
    with Cluster("Learning"):
        lake = S3("Data lake", tooltip="Immutable impressions with logged features and later outcomes")
        training = Kubeflow("Training pipeline", tooltip="Trains retrieval and rankers daily, gated before release")
        registry = Mlflow("Model registry", tooltip="Model, feature schema and index, released as one set")
        index_builder = Spark("Index pipeline\nSpark", tooltip="Embeds the catalogue, publishes ANN, neighbour tables")

    shoppers >> request("page request") >> gateway >> request("200 ms deadline") >> orchestrator
    orchestrator >> request("user features") >> features
    orchestrator >> request("profile, actions") >> sources >> request("{eligible} eligible") >> light_ranker
    light_ranker >> request("top {ranked}") >> ranker >> request("{ranked} scores") >> reranker
    reranker >> request("{shown} items") >> shoppers
    reranker >> stream("served list,\nfeatures") >> events
    shoppers >> feedback("clicks, orders") >> events
    events >> stream("events") >> stream_jobs >> stream("under 5 s") >> features
    events >> batch("raw events") >> lake
    stream_jobs >> stream("joined labels") >> lake
    lake >> batch("labelled rows") >> training >> control("gated models") >> registry >> control("rollout") >> ranker
    registry >> control("both towers") >> index_builder >> batch("index, user tower") >> sources


@view("Serving")
def serving() -> None:
    """The online request: {catalogue} items to {shown} in 200 ms, with a timeout and a fallback at every fan-out."""
    app = Mobile("Shopper app", tooltip="Sends user, page and basket; reports what became visible")
    with Cluster("Edge"):
        gateway = Envoy("API gateway", tooltip="Ends TLS, sheds load by priority, attaches the deadline")
        experiments = Experiment("Experiment assignment", tooltip="Hashes a user to arms, so stages read flags locally")
        orchestrator = Go("Orchestrator", tooltip="Drives the stages; drops a late source instead of waiting for it")
    with Cluster("Online feature store"):
        user_features = Redis("User features\nRedis", tooltip="Profile and the last 100 actions, in one multi-get")
        item_features = Scylla("Item features\nScylla", tooltip="{item_features}, behind a cache that answers 95 %")
    with Cluster("Retrieval"):
        user_tower = EmbeddingTower("User tower", tooltip="Encodes profile and actions to a 128-d query vector")
        ann = VectorIndex("Two-tower ANN\nHNSW shards", tooltip="Nearest items by dot product, in the whole catalogue")
        neighbours = Scylla("Item-to-item table", tooltip="Precomputed neighbours of the last viewed items")
        trending = Redis("Trending and new", tooltip="Popular and fresh items by segment, for cold users and items")
    with Cluster("Funnel"):
        merge = Assembler("Merge\nand eligibility", tooltip="De-duplicates, keeps source tags, drops the unsellable")
        light_ranker = Ranker("Light ranker\nCPU", tooltip="Scores {eligible} by vectors and counters held in process")
        ranker = Ranker("Ranker\nGPU server", tooltip="Multi-task scores, with attention over the user's actions")
        reranker = Ranker("Re-ranker", tooltip="Diversity, capped sellers, 5 % exploration with known propensity")
    with Cluster("Page"):
        stock = Redis("Stock cache", tooltip="Minute-fresh facts that must not come from a daily index")
        page = Assembler("Page assembly", tooltip="Adds title, image and live price; drops what just sold out")
        fallback = Memcached("Fallback lists\nMemcached", tooltip="Last good list of a user, popular list of a segment")
    log = Kafka("Serving log\nKafka", tooltip="Features, scores, propensities, positions as used; some of the unshown")

    with step(
        "The page asks for a module; the gateway attaches a 200 ms deadline, at up to {peak_rate:n} requests a second."
    ):
        app >> request("GET module") >> gateway >> request("{peak_rate}, 200 ms") >> orchestrator
    with step("Arms come from a local hash; one multi-get returns profile and the last 100 actions within 15 ms."):
        orchestrator >> request("arms, local") >> experiments
        orchestrator >> request("15 ms") >> user_features
    with step("The user tower yields a 128-d vector in 8 ms, and all {shards} HNSW shards are searched."):
        orchestrator >> request("profile, actions") >> user_tower >> request("128-d vector") >> ann
    with step("Table look-ups run beside the ANN search under the same 30 ms deadline; late sources are dropped."):
        orchestrator >> request("last 20 items") >> neighbours
        orchestrator >> request("segment key") >> trending
    with step("1,800, 800 and 400 candidates become one tagged list of at most {retrieved}."):
        ann >> request("1,800 items") >> merge
        neighbours >> request("800 items") >> merge
        trending >> request("400 items") >> merge
    with step("Stock, region and hide rules leave about {eligible} for the light ranker, 15 ms on CPU."):
        merge >> request("{retrieved} ids") >> stock
        merge >> request("{eligible} eligible") >> light_ranker
    with step("The best {ranked} get their item features (20 ms) and are scored in one GPU batch (45 ms)."):
        light_ranker >> request("top {ranked}") >> ranker >> request("hydrate, 20 ms") >> item_features
    with step("List policy and 5 % exploration pick {shown}; stock is checked again; the page leaves within 200 ms."):
        ranker >> request("{ranked} scores") >> reranker >> request("{shown} items") >> page
        page >> request("final check") >> stock
        page >> request("page, 200 ms") >> app
    with step("Where a stage times out, the last good or the segment's popular list goes out, still stock-checked."):
        orchestrator >> control("on timeout") >> fallback >> request("fallback list") >> page
    with step("Features, positions and propensities are logged as used, and joined with what was seen and clicked."):
        page >> stream("list, propensity") >> log
        app >> feedback("visible, clicked") >> log


@view("Training")
def training() -> None:
    """From served impressions to one released bundle of models, on the features that serving logged."""
    with Cluster("Data"):
        log = Kafka("Serving log\nKafka", tooltip="Impressions with features, position, propensity; some unshown")
        actions = Kafka("Actions and orders\nKafka", tooltip="Clicks, basket adds, orders, returns, hides")
        join = Flink("Label join\nFlink", tooltip="Clicks within 30 min; orders within {join_window} of a click")
        table = S3("Training table", tooltip="Append-only label rows; a late order corrects an earlier label")
        catalogue = S3("Catalogue snapshot", tooltip="All sellable items: where uniform negatives come from")
        sample = Spark("Debias and sample\nSpark", tooltip="10 % of negatives at weight 10: scores stay calibrated")
    with Cluster("Training"):
        towers = Trainer("Two-tower trainer", tooltip="In-batch softmax with log-frequency correction, hard negatives")
        rankers = Trainer("Ranker trainer", tooltip="Shared experts, task heads, a position tower dropped at serving")
        distiller = Distiller("Light ranker distillation", tooltip="Fits ranker scores, also on candidates never shown")
    with Cluster("Release"):
        gate = Choice("Offline gate", tooltip="Next-day holdout: recall, AUC, calibration, floors by slice")
        value = Spark("Off-policy evaluator\nSpark", tooltip="Inverse-propensity value on the exploration slots")
        registry = Mlflow("Model registry", tooltip="One bundle: both towers, ranker, light ranker, feature schema")
        canary = Flagger("Shadow and canary", tooltip="Shadow scores, then 1 %, 10 %, 50 %, with automatic rollback")
    scheduler = Airflow("Scheduler", tooltip="Ranker daily, towers weekly, and runs that drift asks for")
    fleet = ModelPool("Serving fleet", tooltip="Loads a bundle only if feature schema and index version match")

    log >> stream("impressions") >> join
    actions >> stream("outcomes") >> join
    join >> batch("{impressions:n} rows/day") >> table >> batch("hourly partitions") >> sample
    scheduler >> control("daily") >> sample >> batch("positives only") >> towers
    catalogue >> batch("uniform negatives") >> towers
    sample >> batch("{rows:n} rows/day") >> rankers
    sample >> batch("unshown candidates") >> distiller
    rankers >> batch("teacher scores") >> distiller
    towers >> batch("recall at 1,800") >> gate
    rankers >> batch("AUC, calibration") >> gate
    distiller >> batch("top-{ranked} agreement") >> gate
    gate >> control("passed") >> value >> control("value estimate") >> registry
    registry >> control("bundle id") >> canary >> control("staged rollout") >> fleet >> stream("new impressions") >> log


@view("Operations")
def operations() -> None:
    """Keeping the funnel healthy: monitors by stage, experiments, a fallback ladder, and what triggers retraining."""
    with Cluster("Serving"):
        funnel = ModelPool("Funnel services", tooltip="Emit latency, candidate counts and score histograms by stage")
        features = FeatureStore("Online feature store", tooltip="Emits null rate, age and distribution by feature")
        flags = Etcd("Feature flags\netcd", tooltip="Turn off a source, a model or a feature without a deploy")
        fallback = Fallback("Fallback ladder", tooltip="Light-ranker order, last good list, then popular in segment")
    with Cluster("Observe"):
        metrics = Prometheus("Metrics\nPrometheus", tooltip="Stage p99, timeouts, empty-module rate")
        drift = Spark("Drift monitor\nSpark", tooltip="Compares logged serving features with training, hourly")
        quality = Flink("Live quality\nFlink", tooltip="Click rate, calibration and source share, by arm")
        dashboards = Grafana("Dashboards\nGrafana", tooltip="One funnel board: count, latency and loss by stage")
        alerts = Pagerduty("On-call alerts", tooltip="Pages on burn rate, empty modules, broken calibration")
    with Cluster("Decide"):
        analysis = Clickhouse("Experiment analysis", tooltip="Revenue by arm, long-term holdback, guardrails")
        owner = User("Ranking owner", tooltip="Reads sliced results, approves launches")
        retrain = Airflow("Retrain trigger", tooltip="Runs early when calibration or drift crosses a limit")
        rollback = Argocd("Rollback controller", tooltip="Restores the previous bundle and index together")

    funnel >> stream("RED metrics") >> metrics >> stream("series") >> dashboards
    funnel >> stream("scores, outcomes") >> quality >> stream("live quality") >> dashboards
    features >> batch("feature samples") >> drift
    metrics >> control("SLO burn") >> alerts
    drift >> control("null features") >> alerts
    drift >> control("PSI over limit") >> retrain
    quality >> control("calibration\nbreak") >> retrain >> control("gated bundle") >> funnel
    quality >> batch("per-arm counts") >> analysis >> feedback("read-out") >> owner
    owner >> control("ramp or stop") >> flags >> control("arms, switches") >> funnel
    alerts >> control("bad release") >> rollback >> control("previous bundle") >> funnel
    funnel >> control("stage timeout") >> fallback >> stream("degraded share") >> metrics


@view("Indexing")
def indexing() -> None:
    """How an item becomes retrievable: a batch build for quality, a stream for freshness, a swap that keeps both in step."""
    sellers = Users("Sellers", tooltip="Create and edit listings")
    with Cluster("Sources"):
        catalogue = Postgresql("Catalogue", tooltip="Source of truth for attributes, price and status")
        changes = Kafka("Change stream\nKafka", tooltip="Every create, edit and delete, in order by item")
        sessions = S3("Data lake\nsessions", tooltip="Co-views and co-purchases behind the neighbour table")
    with Cluster("Embed"):
        encoder = Encoder("Content encoder", tooltip="Text and image vectors: an item without clicks has a place too")
        item_tower = EmbeddingTower("Item tower\nGPU", tooltip="Encodes all items in bulk, new ones singly")
        vectors = S3("Embedding table", tooltip="Vectors by item and tower version")
    with Cluster("Build"):
        co_views = Spark("Co-view job\nSpark", tooltip="Neighbours from sessions, damped for popularity")
        hnsw = VectorIndex("Index build\nHNSW, {shards} shards", tooltip="Nightly full graph build, without tombstones")
        fresh = Cache("Fresh segment", tooltip="Exact index of what is newer; tombstones mask what was deleted")
    with Cluster("Publish"):
        neighbours = Scylla("Item-to-item table", tooltip="Neighbour lists, read by item id at request time")
        probe = Inspection("Recall probe", tooltip="ANN recall against exact search on 10 k queries: above 95 %")
        version_pointer = Etcd("Version pointer\netcd", tooltip="Points queries to index and user tower of one version")
        fleet = ModelPool("ANN fleet", tooltip="Holds old and new index in memory until the swap succeeds")

    sellers >> request("edit listing") >> catalogue >> stream("CDC") >> changes
    changes >> stream("new item") >> encoder >> stream("content vectors") >> item_tower
    item_tower >> stream("within 15 min") >> fresh
    changes >> stream("edits, deletes") >> fresh
    item_tower >> batch("{catalogue:n} vectors") >> vectors >> batch("{index_bytes}") >> hnsw
    sessions >> batch("90 days sessions") >> co_views >> batch("neighbour lists") >> neighbours
    hnsw >> control("candidate index") >> probe >> control("recall passed") >> version_pointer
    version_pointer >> control("atomic flip") >> fleet
    hnsw >> batch("shard files") >> fleet
    fresh >> stream("merge at query") >> fleet
