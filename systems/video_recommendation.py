"""Fill a page of 20 videos for one viewer, out of a hundred million, within 250 ms.

The signal is implicit and contradicts itself: clicks, watch time, likes, dismissals and survey answers disagree, long
videos collect more watch time, and the top position is clicked because it is on top.

The system also trains on what it chose to show. Unless bias, exploration and freshness are designed in, it settles on
videos that are old, popular and clickable, while the corpus grows by hours of footage every second.
"""

from diagrams import Cluster
from diagrams.aws.storage import S3
from diagrams.generic.device import Mobile
from diagrams.onprem.analytics import Flink, Spark
from diagrams.onprem.client import User, Users
from diagrams.onprem.database import Clickhouse, Scylla
from diagrams.onprem.gitops import Argocd, Flagger
from diagrams.onprem.inmemory import Memcached, Redis
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.monitoring import Grafana, Prometheus
from diagrams.onprem.network import Envoy, Etcd
from diagrams.onprem.queue import Kafka
from diagrams.onprem.workflow import Airflow, Kubeflow
from diagrams.programming.flowchart import Decision as Choice
from diagrams.programming.flowchart import InputOutput, Inspection
from diagrams.programming.language import Go
from diagrams.saas.alerting import Pagerduty

from archfolio import (
    COMMON_BLOCKS,
    LEARNING_BLOCKS,
    Assembler,
    Budget,
    Cache,
    Calibrator,
    Decision,
    Distiller,
    EmbeddingTower,
    Encoder,
    Estimate,
    Experiment,
    FailureMode,
    Fallback,
    FeatureStore,
    Guard,
    InterviewRank,
    Labeller,
    Metrics,
    ModelPool,
    Planner,
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
    viewers=assume("Daily active viewers", 500e6, "viewer"),
    visits=assume("Feed requests of a viewer", 20, "request/viewer/day"),
    corpus=assume("Retrievable videos", 100e6, "video", note="YouTube wrote of tens of millions in 2019"),
    dimensions=cite("Embedding dimension", 256, "number/video", source="Covington et al. 2016"),
    nearest=assume("Candidates from the two-tower ANN", 1_800, "video/request"),
    cowatched=assume("Candidates from co-watch", 800, "video/request"),
    followed=assume("Candidates from subscriptions and fresh", 400, "video/request"),
    retrieved=derive("Candidates retrieved", "nearest + cowatched + followed", "video/request"),
    eligible=assume("Candidates after the filters", 2_000, "video/request"),
    ranked=assume("Candidates ranked", 500, "video/request", note="YouTube ranked a few hundred in 2016 and 2019"),
    shown=assume("Videos shown", 20, "video/request"),
    explored=assume("Slots for exploration", 3, "percent"),
    requests=derive("Requests per day", "viewers * visits", "request/day"),
    mean_rate=derive("Average request rate", "requests", "request/s"),
    peak_factor=assume("Peak over average", 2, note="global traffic is flat"),
    peak_rate=derive("Peak request rate", "mean_rate * peak_factor", "request/s"),
    light_scores=derive("Light-ranker scores at peak", "peak_rate * eligible", "video/s"),
    scores=derive("Ranker scores at peak", "peak_rate * ranked", "video/s"),
    ranker_speed=assume("Ranker speed", 400e3, "video/s/GPU", note="measure on the real graph"),
    busy=assume("Load at which hosts are run", 60, "percent"),
    ranker_gpus=derive("Ranker GPUs", "ceil(scores / (ranker_speed * busy))", "GPU"),
    code_bytes=assume("PQ code of a video", 64, "byte/video"),
    int8_bytes=assume("Bytes per dimension, int8", 1, "byte/number", note="for the second scoring"),
    index_bytes=derive("ANN memory", "corpus * (code_bytes + dimensions * int8_bytes)", "byte", note="fits one host"),
    fp32_bytes=assume("Bytes per dimension, fp32", 4, "byte/number"),
    raw_bytes=derive("The same uncompressed", "corpus * dimensions * fp32_bytes", "byte", note="hence quantised"),
    segments=assume("Index segments searched", 2, "query/request", note="full and fresh"),
    ann_speed=assume("Queries an ANN host answers", 1_500, "query/s/host"),
    ann_hosts=derive("ANN hosts", "ceil(peak_rate * segments / (ann_speed * busy))", "host"),
    history=assume("Watches kept of a viewer", 512, "watch/viewer"),
    watch_bytes=assume("Bytes of a watch", 16, "byte/watch"),
    history_bytes=derive("History of a viewer", "history * watch_bytes", "byte/viewer"),
    accounts=assume("Accounts", 2e9, "viewer"),
    viewer_store=derive("Viewer store", "accounts * history_bytes", "byte", note="on SSD but for the active"),
    hot_store=derive("Viewer store in memory", "viewers * history_bytes", "byte"),
    watched=assume("Watch time of a viewer", 40, "minute/viewer/day"),
    watch_time=derive("Watch hours per day", "viewers * watched", "hour/day", note="YouTube announced 1 bn in 2017"),
    interval=assume("Time between heartbeats", 30, "s/heartbeat"),
    heartbeats=derive("Player heartbeats, average", "watch_time / interval", "heartbeat/s", note="twice this at peak"),
    footage=assume("Footage uploaded", 500, "hour/minute", note="of the order that YouTube has quoted"),
    footage_day=derive("Footage hours per day", "footage", "hour/day"),
    length=assume("Mean length of a video", 6, "minute/video"),
    uploads=derive("New videos per day", "footage_day / length", "video/day"),
    understanding=assume("Content understanding", 2, "GPU*s/video"),
    content_gpus=derive("Content-understanding GPUs", "ceil(uploads * understanding / busy)", "GPU"),
    seen=assume("Shown videos that are seen", 40, "percent"),
    impressions=derive("Seen impressions per day", "requests * shown * seen", "video/day"),
    clicked=assume("Impressions that are clicked", 5, "percent"),
    kept=assume("Other impressions kept for training", 5, "percent"),
    rows=derive("Training rows per day", "impressions * (clicked + (1 - clicked) * kept)", "video/day"),
    row_bytes=assume("Logged features of a row", 3e3, "byte/video"),
    row_volume=derive("Training rows stored per day", "rows * row_bytes", "byte/day"),
)

SYSTEM = System(
    title="Video recommendation",
    family="end-to-end",
    position=14,
    interview=InterviewRank(5, "YouTube/Google"),
    tags=Tags(
        task=["recommendation", "ranking"],
        pattern=["retrieval-ranking funnel", "embedding retrieval", "multi-task model", "exploration"],
        data=["video", "events"],
    ),
    requirements=Requirements(
        functional=[
            "Home feed, watch-next and short-form feed from one funnel, with sources and weights by surface.",
            "Several outcomes are predicted and blended with weights that owners change without retraining.",
            "New uploads are reachable before anyone watched them; new viewers are served from context and a few taps.",
            'Policy filters, "not interested", history pause and deletion are honoured at request time.',
        ],
        qualities={
            "Latency": "p99 of 250 ms for a page of 20, p50 near 110 ms (assumptions).",
            "Freshness": "A watch counts in 10 s, an upload 10 min after policy; the ranker is hours old (assumptions).",
            "Availability": "99.95 % of requests get a full, policy-clean page (assumption); a degraded page counts.",
        },
    ),
    estimate=ESTIMATE,
    headline=["peak_rate", "scores", "index_bytes", "impressions", "uploads"],
    budget=Budget(
        "p99 at the recommendation API",
        promise=250,
        stages={
            "Edge, auth, experiment assignment": 10,
            "Viewer history and context": 20,
            "Viewer-tower inference": 10,
            "Candidate sources in parallel, 40 ms deadline each": 40,
            "Merge, de-duplicate, policy and seen filters": 15,
            "Light ranker on {eligible}": 20,
            "Video features for {ranked}": 25,
            "Ranker on {ranked}, one GPU batch": 60,
            "Slate: diversity, exploration, policy demotion": 15,
            "Titles, thumbnails, playback URLs": 20,
            "Network hops and queueing slack": 15,
        },
    ),
    decisions=[
        Decision(
            "A blend of calibrated heads",
            rejected=["watch time alone"],
            revisit_when="satisfaction labels are still too few to train",
        ),
        Decision(
            "A shallow tower for position bias",
            rejected=["inverse propensity"],
            revisit_when="layout is stable and slots can be random",
        ),
        Decision(
            "Two towers with ANN",
            rejected=["a generative retriever"],
            revisit_when="the long tail matters and beam search fits",
        ),
        Decision(
            "Semantic IDs and content vectors",
            rejected=["one hash per video"],
            revisit_when="memorising the head is enough",
        ),
        Decision(
            "Hourly warm starts, daily towers",
            rejected=["online learning"],
            revisit_when="trends live for hours, as in short form",
        ),
        Decision(
            "{explored} of slots to explore",
            rejected=["pure exploitation"],
            revisit_when="only the next short experiment counts",
        ),
    ],
    failures=[
        FailureMode("New creators vanish", "Gini over channels", "Explore, weight fresh sources, check the correction"),
        FailureMode(
            "Clickbait after a launch", "Survey down, clicks up", "Freeze it, cut the click weight, recalibrate"
        ),
        FailureMode(
            "Tower and index differ", "Bundle id, recall probe near zero", "Refuse the bundle, keep the old pair"
        ),
        FailureMode(
            "A client loses heartbeats", "Watch time by client version", "Leave it out, backfill, page its team"
        ),
        FailureMode("A live event fills the GPUs", "Queue time", "Rank 250, not {ranked}, then light order, caches"),
        FailureMode(
            "A video breaks policy", "Reports, policy-leak probe", "Tombstone in 1 min, re-score its neighbours"
        ),
    ],
    metrics=Metrics(
        offline=[
            "Recall at {nearest} by source, and for videos under 48 h",
            "AUC, log-loss, calibration by head and duration bucket",
            "Agreement of the light ranker with the ranker's top {ranked}",
        ],
        online=["Satisfied watch time, survey", "28-day retention, sessions", "Share of fresh, small channels"],
        guardrail=[
            "p99, degraded share, cost per thousand feeds",
            "Dismissals, reports, policy leaks, borderline watch share",
            "Concentration over channels",
        ],
    ),
    building_blocks=["embeddings-retrieval", "fairness-responsible-ai", *LEARNING_BLOCKS, *COMMON_BLOCKS],
    sources=bibliography("""
        P. Covington, J. Adams, E. Sargin (Google), "Deep Neural Networks for YouTube Recommendations", RecSys 2016
            https://doi.org/10.1145/2959100.2959190 the funnel, 256 dimensions, expected watch time
        Z. Zhao et al. (Google), "Recommending What Video to Watch Next: A Multitask Ranking System", RecSys 2019
            https://doi.org/10.1145/3298689.3346997 mixture of experts, shallow tower for position bias
        X. Yi et al. (Google), "Sampling-Bias-Corrected Neural Modeling for Large Corpus Item Recommendations", RecSys 2019
            https://doi.org/10.1145/3298689.3346996
            two towers, frequency estimated in the stream, tens of millions of videos
        J. Ma et al. (Google), "Modeling Task Relationships in Multi-task Learning with Multi-gate Mixture-of-Experts", KDD 2018
            https://doi.org/10.1145/3219819.3220007 task gates over shared experts
        A. Singh et al. (Google), "Better Generalization with Semantic IDs: A Case Study in Ranking for Recommendations", RecSys 2024
            https://doi.org/10.1145/3640457.3688190 RQ-VAE codes in place of hashed ids
        R. Zhan et al. (Kuaishou), "Deconfounding Duration Bias in Watch-time Prediction for Video Recommendation", KDD 2022
            https://arxiv.org/abs/2206.06003 watch time by duration bucket
        Z. Liu et al. (ByteDance), "Monolith: Real Time Recommendation System With Collisionless Embedding Table", arXiv 2022
            https://arxiv.org/abs/2209.07663 online training
        R. Guo et al. (Google), "Accelerating Large-Scale Inference with Anisotropic Vector Quantization", ICML 2020
            https://arxiv.org/abs/1908.10396 quantised inner-product search
        M. Chen et al. (Google), "Top-K Off-Policy Correction for a REINFORCE Recommender System", WSDM 2019
            https://arxiv.org/abs/1812.02353 off-policy correction and exploration
    """),
)


@view("Overview")
def overview() -> None:
    """Viewers get a feed from the funnel, watches come back as labels, uploads enter by content understanding."""
    viewers = Users("Viewers\napp, web, TV", tooltip="Ask for feeds; watch, like and dismiss")
    with Cluster("Online"):
        gateway = Envoy("API gateway", tooltip="Authenticates, sheds load, carries the 250 ms deadline")
        orchestrator = Go("Orchestrator", tooltip="Drives the funnel, runs the light ranker, owns the fallbacks")
        sources = Retriever("Candidate sources\n{retrieved} videos", tooltip="Two-tower, co-watch, followed, fresh")
        ranker = Ranker("Ranker\n{ranked} videos", tooltip="Engagement and satisfaction heads, corrected for position")
        reranker = Ranker("Re-ranker\nslate builder", tooltip="Diversity, exploration slots, policy demotions")
    with Cluster("State"):
        features = FeatureStore("Online feature store", tooltip="History within 10 s, video counters within a minute")
        events = Kafka("Event log\nKafka", tooltip="Impressions, heartbeats and reactions, replayable")
        sessioniser = Flink("Sessioniser\nFlink", tooltip="Folds heartbeats into watches, updates features")
    with Cluster("Learning"):
        table = S3("Training table", tooltip="Impressions with logged features, joined to outcomes")
        training = Kubeflow("Training pipeline", tooltip="Ranker hourly, towers daily, gated release")
        registry = Mlflow("Model registry", tooltip="Towers, ranker and index version as one bundle")
    with Cluster("Ingest"):
        content = Encoder("Content understanding", tooltip="Policy checks and content vectors of each upload")
        builder = Spark("Index pipeline\nSpark", tooltip="Full rebuild daily, streaming inserts for uploads")

    viewers >> request("feed request") >> gateway >> request("250 ms deadline") >> orchestrator
    orchestrator >> request("viewer history") >> features
    orchestrator >> request("query vector") >> sources >> request("{ranked} of {retrieved}") >> ranker
    ranker >> request("{ranked} scores") >> reranker >> request("{shown} videos") >> viewers
    reranker >> stream("impressions,\nfeatures") >> events
    viewers >> feedback("watch heartbeats") >> events >> stream("events") >> sessioniser
    sessioniser >> stream("under 10 s") >> features
    sessioniser >> batch("labelled rows") >> table >> batch("{rows:n} rows/day") >> training
    training >> control("gated bundle") >> registry >> control("hourly weights") >> ranker
    registry >> control("video tower") >> builder
    content >> stream("content vectors") >> builder >> batch("swap, insert") >> sources


@view("Serving")
def serving() -> None:
    """From {corpus:n} videos to {shown} in 250 ms, with a count at every narrowing."""
    app = Mobile("Player app", tooltip="Sends surface, device and session; reports what was visible and watched")
    with Cluster("Edge"):
        gateway = Envoy("API gateway", tooltip="Ends TLS; under load it sheds prefetch traffic first")
        orchestrator = Go("Orchestrator", tooltip="Calls the stages, drops late sources, falls back by stage")
        experiments = Experiment("Experiment assignment", tooltip="Hashes a viewer to arms and holdback")
    with Cluster("State"):
        viewer_state = Redis("Viewer state\nRedis", tooltip="Last {history} watches, searches, dismissals in one read")
        video_features = Scylla("Video features\nScylla", tooltip="Metadata and minute-fresh counters, cached on hosts")
    with Cluster("Retrieval"):
        viewer_tower = EmbeddingTower("Viewer tower", tooltip="Pools history and context at request time")
        ann = VectorIndex("Two-tower ANN\nquantised", tooltip="PQ scan, then int8 scoring; most similar by dot product")
        cowatch = Scylla("Co-watch table\nScylla", tooltip="Watched after the last videos; best for watch-next")
        followed = Redis("Subscriptions, fresh\nRedis", tooltip="Uploads of followed channels and the fresh pool")
    with Cluster("Funnel"):
        merge = Assembler("Merge\nand filters", tooltip="De-duplicates; drops seen, blocked, restricted, deleted")
        light_ranker = Ranker("Light ranker\nCPU", tooltip="Small distilled network, {eligible} to {ranked}")
        ranker = Ranker("Ranker\nGPU server", tooltip="Mixture of experts; position is treated as missing")
        combiner = Assembler("Score combiner", tooltip="Calibrates heads; weighted product, weights by surface")
        reranker = Ranker("Re-ranker\nslate builder", tooltip="Spaces channels, explores, demotes borderline")
        fallback = Memcached("Fallback lists\nMemcached", tooltip="Last good feed, then popular by country, language")
    log = Kafka("Serving log\nKafka", tooltip="Features, scores, position and propensity as used")

    with step("The player asks for a page of {shown}; every hop reads the gateway's 250 ms deadline."):
        app >> request("GET feed") >> gateway >> request("{peak_rate}, 250 ms") >> orchestrator
    with step("The arm is local; one read of {history_bytes} returns {history} watches, the last one 10 s old."):
        orchestrator >> request("arms, local") >> experiments
        orchestrator >> request("20 ms") >> viewer_state
    with step("The viewer tower encodes them now, and the index scans {corpus:n} codes for {nearest} hits."):
        orchestrator >> request("history, context") >> viewer_tower >> request("{dimensions}-d query") >> ann
    with step("Co-watch neighbours and followed channels are read beside it; after 40 ms a source is dropped."):
        orchestrator >> request("last 20 watches") >> cowatch
        orchestrator >> request("channel list") >> followed
    with step("Of {retrieved} candidates about {eligible} pass de-duplication, policy, region and seen filters."):
        ann >> request("{nearest} videos") >> merge
        cowatch >> request("{cowatched} videos") >> merge
        followed >> request("{followed} videos") >> merge
    with step("A distilled model keeps {ranked} on CPU, so the GPU scores a quarter of them."):
        merge >> request("{eligible} eligible") >> light_ranker >> request("top {ranked}") >> ranker
    with step("Video features take 25 ms; one GPU batch of 60 ms gives seven heads, position left out."):
        ranker >> request("hydrate, 25 ms") >> video_features
        ranker >> request("{history} watches") >> viewer_state
        ranker >> request("seven heads") >> combiner
    with step("Calibrated heads are multiplied, weights as exponents; {explored} of the slots explore."):
        combiner >> request("{ranked} scores") >> reranker >> request("{shown} videos") >> app
    with step("What was served is logged with features and propensity; visibility and watches follow as labels."):
        reranker >> stream("list, propensity") >> log
        app >> feedback("seen, watched") >> log
    with step("If a stage misses its deadline, the last good feed goes out, filtered again, not an error."):
        orchestrator >> control("on timeout") >> fallback >> request("cached list") >> merge


@view("Ranker")
def ranker() -> None:
    """Inside the ranker: shared experts for tasks that agree, a tower that absorbs position, a combiner outside."""
    with Cluster("Inputs"):
        viewer = InputOutput("Viewer inputs", tooltip="History, language, country, device, time since last watch")
        video = InputOutput("Video inputs", tooltip="Semantic-ID tokens, channel, length, age, counters")
        context = InputOutput("Candidate context", tooltip="Source, retrieval score, surface, current video")
        position = InputOutput("Position, device", tooltip="Bias features, kept away from the main network")
    with Cluster("Shared bottom"):
        embedding = Encoder("Embedding layer", tooltip="Hashed and semantic IDs; no row by viewer, so no 2 bn rows")
        attention = Encoder("Sequence attention", tooltip="Attends over watches, with the candidate as the query")
        experts = Encoder("Shared experts\neight", tooltip="Each task mixes them differently")
        gates = Assembler("Task gates", tooltip="Softmax by task, so that tasks in conflict share less")
    with Cluster("Task towers"):
        engagement = Ranker("Engagement heads\nclick, watch, share", tooltip="Watch time by duration bucket")
        satisfaction = Ranker("Satisfaction heads\nlike, dismiss, survey", tooltip="Sparse, against clickbait")
        bias_tower = Calibrator("Bias tower\nshallow", tooltip="Adds a position logit in training, none at serving")
    with Cluster("Combine"):
        calibration = Calibrator("Calibrator\nby head", tooltip="Isotonic by head on fresh traffic, so heads multiply")
        combiner = Assembler("Score combiner", tooltip="Weighted product of heads, weights by experiment and surface")

    viewer >> request("ids, history") >> embedding
    video >> request("ids, tokens") >> embedding
    context >> request("source, surface") >> embedding
    embedding >> request("history, candidate") >> attention >> request("shared vector") >> experts
    embedding >> request("input vector") >> gates
    experts >> request("expert mix") >> [engagement, satisfaction]
    gates >> request("mixing weights") >> [engagement, satisfaction]
    position >> batch("training only") >> bias_tower >> batch("position logit") >> engagement
    engagement >> request("raw logits") >> calibration
    satisfaction >> request("raw logits") >> calibration >> request("seven probabilities") >> combiner


@view("Training")
def training() -> None:
    """Heartbeats to labels to models: late outcomes, debiased objectives, hourly updates and a gated bundle."""
    with Cluster("Data"):
        log = Kafka("Serving log\nKafka", tooltip="Features, position, propensity: the only features for training")
        heartbeats = Kafka("Heartbeats, reactions\nKafka", tooltip="Watch progress, likes, dismissals")
        surveys = Labeller("Satisfaction surveys", tooltip="Star answers of a tiny sample; label and anchor")
        join = Flink("Label join\nFlink", tooltip="Folds watches; emits after 30 min, corrects after 24 h")
        table = S3("Training table", tooltip="Hourly partitions; rows can be deleted on request")
        debias = Spark("Debias and sample\nSpark", tooltip="Equal rows by viewer, duration buckets, negative weights")
    with Cluster("Training"):
        ranker_trainer = Trainer("Ranker trainer", tooltip="Warm start every hour; seven heads with loss weights")
        towers = Trainer("Two-tower trainer", tooltip="In-batch softmax with streaming frequency correction")
        distiller = Distiller("Light ranker distillation", tooltip="Combined score on a sample of all {eligible}")
        calibration = Calibrator("Calibrator\nby head", tooltip="Isotonic on held-out fresh traffic; undoes sampling")
    with Cluster("Release"):
        fresh = Inspection("Fresh-slice check", tooltip="Recall and calibration on videos under 48 h old")
        gate = Choice("Offline gate", tooltip="Next-hour AUC by head, calibration, survey agreement, slices")
        registry = Mlflow("Model registry", tooltip="Towers, ranker, calibration and index under one bundle id")
        canary = Flagger("Shadow and canary", tooltip="1 %, then 10 %, with rollback on guardrails")
        fleet = ModelPool("Serving fleet", tooltip="Hot-loads weights; refuses a tower that mismatches the index")

    log >> stream("impressions") >> join
    heartbeats >> stream("{heartbeats} average") >> join >> batch("labelled rows") >> table
    surveys >> batch("sparse labels") >> table >> batch("hourly partition") >> debias
    debias >> batch("{rows:n} rows/day") >> ranker_trainer
    debias >> batch("watched pairs") >> towers >> batch("recall at {nearest}") >> fresh
    ranker_trainer >> batch("teacher scores") >> distiller >> batch("top-{ranked} agreement") >> gate
    ranker_trainer >> batch("raw heads") >> calibration >> batch("calibrated heads") >> gate
    fresh >> batch("fresh-slice floors") >> gate >> control("passed") >> registry >> control("bundle id") >> canary
    canary >> control("staged weights") >> fleet >> stream("new impressions") >> log


@view("Freshness")
def freshness() -> None:
    """From upload to first impressions in minutes, with an exploration budget that buys the first labels."""
    creators = Users("Creators", tooltip="Upload, edit and delete videos")
    with Cluster("Ingest"):
        upload = Go("Upload service", tooltip="Stores the original, starts transcoding and analysis")
        events = Kafka("Video events\nKafka", tooltip="Created, edited, deleted, policy changed; in order by video")
    with Cluster("Understand"):
        policy = Guard("Policy classifiers", tooltip="Safety, copyright, made-for-kids, before any distribution")
        content = Encoder("Content encoder\n{content_gpus} GPUs", tooltip="Frames, audio and text to a vector")
        semantic_ids = Encoder("Semantic-ID quantiser", tooltip="Residual codes by which the ranker generalises")
    with Cluster("Index"):
        video_tower = EmbeddingTower("Video tower", tooltip="Content and channel features to the retrieval vector")
        fresh = Cache("Fresh segment", tooltip="Index of the last 24 h, at most {uploads:n} vectors")
        full = VectorIndex("Index build", tooltip="Daily PQ build of {corpus:n} vectors with the released tower")
    with Cluster("First labels"):
        pool = Redis("Exploration pool\nRedis", tooltip="New videos with impressions still owed, by topic")
        allocator = Planner("Exploration allocator", tooltip="{explored} of slots by uncertainty; stops on bad signs")
        sources = Retriever("Candidate sources", tooltip="The feed funnel: both segments and the pool")
        counters = Flink("Early counters\nFlink", tooltip="Clicks, watched share and dismissals of each new video")

    creators >> request("upload") >> upload >> stream("created") >> events >> stream("media reference") >> policy
    policy >> stream("cleared") >> content >> stream("content vector") >> semantic_ids >> stream("id, topic") >> pool
    content >> stream("content vector") >> video_tower >> stream("under 10 min") >> fresh
    video_tower >> batch("daily re-embed") >> full
    policy >> stream("tombstone") >> [fresh, full]
    fresh >> stream("merge at query") >> sources
    full >> batch("daily swap") >> sources
    pool >> stream("owed impressions") >> allocator >> stream("exploration slots") >> sources
    sources >> stream("impressions") >> counters >> stream("posteriors") >> allocator


@view("Operations")
def operations() -> None:
    """Stage health, bias and ecosystem monitors, long experiments, a fallback ladder and retraining triggers."""
    with Cluster("Serving"):
        funnel = ModelPool("Funnel services", tooltip="Emit latency, counts and score histograms by stage")
        flags = Etcd("Feature flags\netcd", tooltip="Combiner weights, source and kill switches, without a deploy")
        fallback = Fallback("Fallback ladder", tooltip="Light-ranker order, last good feed, popular by country")
    with Cluster("Observe"):
        metrics = Prometheus("Metrics\nPrometheus", tooltip="Stage p99, timeouts, degraded share")
        quality = Flink("Live quality\nFlink", tooltip="Calibration and watch per impression, by head and arm")
        ecosystem = Spark("Ecosystem job\nSpark", tooltip="New creators, concentration, borderline watch share")
        skew = Spark("Skew check\nSpark", tooltip="Logged serving features against training distributions")
        dashboards = Grafana("Dashboards\nGrafana", tooltip="Latency and calibration on one board")
        alerts = Pagerduty("On-call alerts", tooltip="Burn rate, policy leak and calibration")
    with Cluster("Decide"):
        analysis = Clickhouse("Experiment analysis", tooltip="Retention and satisfaction by arm, long-term holdback")
        owner = User("Launch review", tooltip="Approves weights and launches, with survey and policy read-outs")
        retrain = Airflow("Retrain trigger", tooltip="Extra ranker run or tower rebuild when a monitor trips")
        rollback = Argocd("Rollback controller", tooltip="Restores the previous bundle with its index")

    funnel >> stream("stage metrics") >> metrics >> stream("series") >> dashboards
    funnel >> stream("scores, outcomes") >> quality >> stream("calibration") >> dashboards
    funnel >> batch("daily impressions") >> ecosystem >> feedback("weekly report") >> owner
    funnel >> batch("feature samples") >> skew >> control("PSI over limit") >> retrain
    quality >> control("calibration drift") >> retrain >> control("gated bundle") >> funnel
    quality >> batch("per-arm counts") >> analysis >> feedback("28-day read-out") >> owner
    owner >> control("weights, ramps") >> flags >> control("push, seconds") >> funnel
    metrics >> control("SLO burn") >> alerts >> control("bad release") >> rollback
    rollback >> control("previous bundle") >> funnel
    funnel >> control("stage timeout") >> fallback >> stream("degraded share") >> metrics
