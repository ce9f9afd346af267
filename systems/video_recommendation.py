"""Fill a page of 20 videos for one viewer, out of a hundred million, within 250 ms.

The signal is implicit and contradicts itself: clicks, watch time, likes, dismissals and survey answers disagree, long
videos collect more watch time, and the top position is clicked because it is on top.

The system also trains on what it chose to show. Unless bias, exploration and freshness are designed in, it settles on
videos that are old, popular and clickable, while the corpus grows by hours of footage every second.
"""

from diagrams import Cluster, Edge
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
from diagrams.programming.flowchart import Inspection
from diagrams.programming.language import Go
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
    Expert,
    FailureMode,
    Fallback,
    FeatureGroup,
    Features,
    FeatureStore,
    FollowUp,
    Framing,
    Guard,
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
    reference,
    request,
    response,
    step,
    stream,
    view,
)

ESTIMATE = Estimate(
    viewers=assume("Daily active viewers", 500e6, "viewer"),
    visits=assume("Feed requests of a viewer", 20, "request/viewer/day"),
    peak_factor=assume("Peak over average", 2, note="global traffic is flat"),
    requests=derive("Requests per day", "viewers * visits", "request/day"),
    mean_rate=derive("Average request rate", "requests", "request/s"),
    peak_rate=derive("Peak request rate", "mean_rate * peak_factor", "request/s"),
    corpus=assume(
        "Retrievable videos",
        100e6,
        "video",
        note="YouTube wrote of tens of millions in 2019; uploads that earn no watches retire after days",
    ),
    nearest=assume("Candidates from the two-tower ANN", 1_800, "video/request"),
    cowatched=assume("Candidates from co-watch", 800, "video/request"),
    followed=assume("Candidates from subscriptions and fresh", 400, "video/request"),
    retrieved=derive("Candidates retrieved", "nearest + cowatched + followed", "video/request"),
    passing=assume("Candidates that are unique, unseen and allowed, of those retrieved", 70, "percent"),
    eligible=derive("Candidates after the filters", "retrieved * passing", "video/request"),
    ranked=assume("Candidates ranked", 500, "video/request", note="YouTube ranked a few hundred in 2016 and 2019"),
    shown=assume("Videos shown", 20, "video/request"),
    busy=assume("Load at which hosts are run, of capacity", 60, "percent"),
    light_scores=derive("Light-ranker scores at peak", "peak_rate * eligible", "video/s"),
    light_speed=assume("Light-ranker speed", 150e3, "video/s/core", note="load-test before buying"),
    light_lanes=assume("Cores that score one request", 4, "core/request"),
    light_time=derive("Light ranker, one request", "eligible / (light_speed * light_lanes)", "ms"),
    light_cores=derive("Light-ranker cores", "ceil(light_scores / (light_speed * busy))", "core"),
    scores=derive("Ranker scores at peak", "peak_rate * ranked", "video/s"),
    ranker_compute=assume("Ranker compute per video", 120e6, "flop/video", note="attention over the watches dominates"),
    gpu_compute=reference("h100_bf16"),
    utilisation=assume("Compute utilisation of the ranker, of peak", 5, "percent", note="embedding look-ups bound it"),
    ranker_speed=derive("Ranker speed", "gpu_compute * utilisation / ranker_compute", "video/s/GPU"),
    ranker_gpus=derive("Ranker GPUs", "ceil(scores / (ranker_speed * busy))", "GPU"),
    ranker_batch=assume("Requests in one GPU batch", 8, "request/GPU"),
    ranker_time=derive("Ranker, one batch", "ranked * ranker_batch / ranker_speed", "ms"),
    dimensions=cite("Embedding dimension", 256, "number/video", source="Covington et al. 2016"),
    code_bytes=assume("PQ code of a video", 64, "byte/video"),
    int8_bytes=assume("Bytes per dimension, int8", 1, "byte/number", note="for the second scoring"),
    index_bytes=derive("ANN memory", "corpus * (code_bytes + dimensions * int8_bytes)", "byte", note="fits one host"),
    fp32_bytes=reference("fp32_bytes"),
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
    interval=assume(
        "Time between heartbeats", 30, "s/heartbeat", note="start, pause and end are reported too, so that 5 s count"
    ),
    heartbeats=derive("Player heartbeats, average", "watch_time / interval", "heartbeat/s"),
    footage=assume("Footage uploaded", 500, "hour/minute", note="of the order that YouTube has quoted"),
    footage_day=derive("Footage hours per day", "footage", "hour/day"),
    length=assume("Mean length of a video", 6, "minute/video"),
    uploads=derive("New videos per day", "footage_day / length", "video/day"),
    understanding=assume("Content understanding", 2, "GPU*s/video"),
    content_gpus=derive("Content-understanding GPUs", "ceil(uploads * understanding / busy)", "GPU"),
    seen=assume("Videos that become visible, of those shown", 40, "percent"),
    impressions=derive("Seen impressions per day", "requests * shown * seen", "video/day"),
    explored=assume("Slots for exploration, of slots shown", 3, "percent"),
    first_views=derive("Exploration impressions a new video can get", "impressions * explored / uploads"),
    clicked=assume("Clicks, of seen impressions", 5, "percent"),
    kept=assume("Unclicked impressions kept for training, of all unclicked", 5, "percent"),
    negative_weight=derive("Weight of a kept unclicked row", "1 / kept"),
    rows=derive("Training rows per day", "impressions * (clicked + (1 - clicked) * kept)", "video/day"),
    row_bytes=assume("Logged features of a row, without the watches", 3e3, "byte/video"),
    row_watches=assume(
        "Watches stored in a row", 512, "watch/video", note="those the ranker read; the history itself moves on"
    ),
    row_volume=derive("Training rows stored per day", "rows * (row_bytes + row_watches * watch_bytes)", "byte/day"),
    one_pass=derive(
        "Training pass over a day's rows",
        "3 * rows / ranker_speed",
        "GPU*h/day",
        note="forward and backward, three times a score",
    ),
    table_days=assume("Training history kept", 30, "day"),
    asked=assume("Viewers who see a survey, of viewers a day", 0.5, "percent"),
    answered=assume("Surveys answered, of surveys shown", 5, "percent"),
    survey_answers=derive("Survey answers per day", "viewers * asked * answered", "viewer"),
    test_spread=assume("Satisfied watch time per viewer, standard deviation over mean", 1.5),
    test_lift=assume("Smallest relative lift worth detecting", 0.2, "percent"),
    test_size=derive(
        "Viewers per arm", "16 * test_spread ** 2 / test_lift ** 2", note="80 % power, two-sided 5 % level"
    ),
    promise=assume("Promised p99", 250, "ms"),
    edge_time=assume("Edge, auth and experiment assignment, p99", 10, "ms"),
    state_time=assume("Viewer history and context, p99", 20, "ms"),
    tower_time=assume("Viewer tower, p99", 10, "ms"),
    ann_time=assume("ANN search, deadline", 40, "ms"),
    table_time=assume("Table look-up, p99", 15, "ms"),
    merge_time=assume("Merge, policy and seen filters, p99", 15, "ms"),
    light_queue=assume("Light-ranker queueing, p99", 16, "ms"),
    hydrate_time=assume("Video features, p99", 25, "ms"),
    ranker_queue=assume("Ranker batching and queueing, p99", 48, "ms"),
    slate_time=assume("Slate building, p99", 15, "ms"),
    media_time=assume("Titles, thumbnails and playback URLs, p99", 20, "ms"),
    round_trip=reference("datacentre_round_trip"),
    hops=assume("Network hops in sequence", 12),
    slack=assume("Slack for queueing and retries", 9, "ms"),
    gpu_price=reference("h100_price"),
    light_gpu_price=reference("l4_price"),
    core_price=reference("core_price"),
    object_price=reference("object_storage_price"),
    core_memory=assume("Memory that comes with a core", 4e9, "byte/core"),
    core_disk=assume("Local SSD that comes with a core", 100e9, "byte/core", note="priced with the core"),
    ann_cores_each=assume("Cores of an ANN host", 24, "core/host", note="its memory holds two versions during a swap"),
    copies=assume("Copies of the viewer store", 2),
    store_cores=derive(
        "Cores of the viewer store",
        "ceil(hot_store * copies / core_memory) + ceil(viewer_store * copies / core_disk)",
        "core",
    ),
    glue_work=assume("CPU time of gateway, funnel and page", 40, "ms*core/request"),
    glue_cores=derive("Other serving cores", "ceil(peak_rate * glue_work / busy)", "core"),
    training_gpus=assume(
        "Training GPUs, kept busy",
        192,
        "GPU",
        note="towers, candidates and experiments take nearly all; the released ranker's pass is small",
    ),
    log_cores=assume("Cores of logs, sessioniser and stream jobs", 12_000, "core"),
    compute_bill=derive(
        "Compute bill",
        "(ranker_gpus + training_gpus) * gpu_price + content_gpus * light_gpu_price"
        " + (light_cores + ann_hosts * ann_cores_each + store_cores + glue_cores + log_cores) * core_price",
        "USD/day",
        note="content understanding on L4",
    ),
    storage_bill=derive("Training history bill", "row_volume * table_days * object_price", "USD/day"),
    cost_per_thousand=derive(
        "Cost of 1,000 requests",
        "1000 * (compute_bill + storage_bill) / requests",
        "USD/request",
        note="without streaming",
    ),
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
    framing=Framing(
        goal="Viewers are satisfied with what they watched and return, and creators of all sizes find their audience.",
        decision="Which {shown:n} of {corpus:n} videos fill the next page of this surface for this viewer.",
        task="Predict click, the quantile of watch time among videos of the same length, like, share, dismissal and survey satisfaction for {ranked:n} candidates; sort by a weighted product of calibrated heads.",
        label="What happened after a visible thumbnail: click, watch time within 24 h, reactions, dismissal, and for a few the answer to 'how satisfied were you?'.",
        metric="Offline: AUC and calibration by head and length bucket. Online: satisfied watch time and 28-day retention.",
        not_optimised="Raw watch time and clicks. The first prefers long videos, the second clickbait; both have a place as heads, neither as the goal.",
        baseline="Newest videos of subscribed channels, then what others watched after the last video. No model, a strong watch-next; enough for a corpus of ten thousand videos or a platform without strangers.",
    ),
    clarifications=[
        Clarification(
            "Home feed, watch-next or short form?",
            "One funnel for all; sources and weights differ by surface. The figures are for the home feed.",
        ),
        Clarification("What is success?", "Satisfied watch time and return, not minutes."),
        Clarification(
            "How fast does the corpus grow?",
            "{uploads:n} videos a day; each should be retrievable ten minutes after its policy check.",
        ),
        Clarification("Is there anonymous viewing?", "Yes, on TVs and embeds; context and the session must do."),
        Clarification(
            "Which harms are we responsible for?",
            "Removed, age-restricted and borderline videos; minors; filter and demotion lists come from content moderation.",
        ),
        Clarification(
            "Do creators matter as a second side?",
            "Yes: share of impressions to new and small channels is a guardrail.",
        ),
        Clarification(
            "What scale and latency?",
            "{viewers:n} daily viewers, {peak_rate:n} requests a second at peak, p99 of {promise}.",
        ),
    ],
    requirements=Requirements(
        functional=[
            "Home feed, watch-next and short-form feed from one funnel, with sources and weights by surface.",
            "Several outcomes are predicted and blended with weights that owners change without retraining.",
            "New uploads are reachable before anyone watched them; new viewers are served from context and a few taps.",
            'Policy filters, "not interested", history pause and deletion are honoured at request time.',
        ],
        qualities={
            "Latency": "p99 of {promise} for a page of {shown:n}, p50 near 110 ms (assumptions).",
            "Freshness": "A watch counts in 10 s, an upload 10 min after policy; the ranker is hours old (assumptions).",
            "Availability": "99.95 % of requests get a full, policy-clean page (assumption); a degraded page counts.",
        },
    ),
    estimate=ESTIMATE,
    headline=["peak_rate", "scores", "index_bytes", "impressions", "uploads"],
    key_inputs=["viewers", "visits", "corpus", "ranked", "utilisation"],
    cost="cost_per_thousand",
    budget=Budget(
        "p99 at the recommendation API",
        promise="promise",
        stages={
            "Edge, auth and experiment assignment": "edge_time",
            "Viewer history and context": "state_time",
            "Candidate sources": Parallel(
                {
                    "Viewer tower and ANN": "tower_time + ann_time",
                    "Co-watch table": "table_time",
                    "Subscriptions and fresh": "table_time",
                }
            ),
            "Merge, de-duplication, policy and seen filters": "merge_time",
            "Light ranker on {eligible}, {light_lanes:n} cores": "light_time + light_queue",
            "Video features for {ranked}": "hydrate_time",
            "Ranker on {ranked}, {ranker_batch:n} requests a batch": "ranker_time + ranker_queue",
            "Slate: diversity, exploration and policy demotion": "slate_time",
            "Titles, thumbnails and playback URLs": "media_time",
            "Network hops and slack": "hops * round_trip + slack",
        },
    ),
    labels=[
        Label(
            "Click",
            window="30 min after the thumbnail was visible",
            positive="A click with at least 5 s watched.",
            negative="Visible for 1 s and not clicked, or abandoned within 5 s.",
            ignored="Never visible; autoplay that the viewer did not start.",
            delay="Seconds.",
            bias="Position, thumbnail and title: clickbait is a positive.",
            where="training/Heartbeats and reactions -> Label join",
        ),
        Label(
            "Watch",
            window="24 h",
            positive="The quantile of watch time among plays of videos of the same length bucket, between 0 and 1.",
            negative="None: it is a regression on clicked impressions.",
            ignored="Plays cut off by a crash or a lost heartbeat stream.",
            delay="Minutes to hours; rows are emitted after 30 min and corrected after 24 h.",
            bias="Length: long videos collect more minutes whoever watches.",
            where="training/Heartbeats and reactions -> Label join",
        ),
        Label(
            "Like, share, dismiss",
            window="24 h",
            positive="The action.",
            negative="Watched (for like and share) or seen (for dismiss) without it.",
            ignored="Actions withdrawn within a minute.",
            delay="Minutes.",
            bias="Rare, and habits of few viewers; a cap per viewer limits them.",
            where="training/Heartbeats and reactions -> Label join",
        ),
        Label(
            "Survey satisfaction",
            window="Asked after a watch, answered within a day",
            positive="Four or five stars.",
            negative="One or two stars.",
            ignored="Three stars and silence.",
            delay="Hours; {survey_answers:n} answers a day.",
            bias="Response: satisfied viewers answer more; answers are weighted by the inverse of the propensity to respond.",
            where="training/Satisfaction surveys -> Training table",
        ),
    ],
    training_example={
        "request_id, video_id": "r_c41, v_8812",
        "viewer": "language pt, country BR, TV, last watch 8 min ago",
        "watches": "[v_7 watched 92 % 8 min ago, v_3 dismissed 2 d ago, ... {history:n} watches]",
        "video": "semantic ID 412-87-1903-6, channel c_55, 11 min long, 3 h old, 2,100 views",
        "source, position, propensity": "fresh, 6, 0.04 (exploration slot)",
        "heads as served": "click 0.071, watch quantile 0.58, like 0.03, share 0.004, dismiss 0.01, satisfied 0.71",
        "bundle": "b_9907, weights home_v31",
        "labels": "click 1, watch 7.4 min = quantile 0.74 of the 8 to 14 min bucket, like 0, share 0, dismiss 0, survey none",
        "weight": "1 (an unclicked row would carry {negative_weight:n})",
    },
    features=[
        FeatureGroup(
            "Viewer",
            features=[
                "last {history:n} watches with share watched",
                "last searches",
                "dismissed videos and channels",
                "language and country",
                "share of watch time by topic, 7 d",
                "subscriptions",
                "seconds since last watch",
            ],
            freshness="10 s",
            store="serving/Viewer state",
            leak="A heartbeat of the labelled watch may already be in the history; watches after the request's time are masked.",
        ),
        FeatureGroup(
            "Video, content",
            features=[
                "semantic-ID tokens",
                "frame, audio and text vector",
                "topic and language",
                "length",
                "made-for-kids flag",
                "quality of image and sound",
            ],
            freshness="10 min after upload",
            store="serving/Video features",
            leak="None from behaviour; but titles are edited after success, so the version at serving time is logged.",
        ),
        FeatureGroup(
            "Video, counters",
            features=[
                "clicks per impression, 1 h and 7 d",
                "median watch quantile",
                "likes per watch",
                "dismissals per thousand",
                "impressions so far",
                "age in hours",
            ],
            freshness="1 min",
            store="serving/Video features",
            leak="Counters contain the effect of our own promotion; they are rates, smoothed by topic, logged as served.",
        ),
        FeatureGroup(
            "Channel",
            features=[
                "channel ID",
                "viewer's watches of the channel, 30 d",
                "subscriber count band",
                "uploads per week",
                "mean satisfaction of the channel",
                "policy strikes",
            ],
            freshness="1 h",
            store="serving/Video features",
            leak="Back-filled, channel satisfaction holds the survey that is the label, and in a small channel it is most of it; the value logged at serving is used.",
        ),
        FeatureGroup(
            "Context",
            features=[
                "surface",
                "device",
                "hour and weekday",
                "current video (watch-next)",
                "candidate source and retrieval score",
                "position, by device (bias tower only)",
            ],
            freshness="the request",
            store="serving/Orchestrator",
            leak="Position is an effect of the old score; it enters the bias tower in training and is set to missing at serving.",
        ),
    ],
    loss=Loss(
        objective="The ranker minimises weighted log-losses for click, like, share, dismiss and survey, and a squared error on the watch quantile of clicked impressions; unclicked rows kept at {kept} weigh {negative_weight:n}. A shallow bias tower adds a position logit to the click head in training. The towers minimise an in-batch softmax with a frequency correction estimated on the stream.",
        formulas=[
            MathFormula(
                "Watch quantile by length bucket",
                r"q = F_{b(d)}(t), \quad \hat{t} = F_{b(d)}^{-1}(\hat{q})",
                "F is the empirical distribution of watch time t among plays in the length bucket b of duration d. The label is comparable across lengths, and minutes can be recovered from the prediction.",
            ),
            MathFormula(
                "Click with a bias tower",
                r"p_{\text{click}} = \sigma \left( f(x) + g(k, \text{device}) \right)",
                "f is the main network, g the shallow tower on position k and device, with g dropped out at random in training and k set to missing at serving.",
            ),
            MathFormula(
                "Frequency correction of the towers",
                r"\mathcal{L} = -r_i \log \frac{e^{s(u,i) - \log Q(i)}}{\sum_{j \in B} e^{s(u,j) - \log Q(j)}}",
                "r is the reward (the watch quantile), Q(j) the probability of video j in a batch, estimated from the average gap between its appearances, so that new videos need no fixed vocabulary.",
            ),
            MathFormula(
                "Combined score",
                r"V = \prod_{k} (p_k + \epsilon)^{w_k}",
                "w are weights by surface, negative for dismissal. A product asks for good heads all round: a video that is clicked and never finished cannot win by its click head.",
            ),
        ],
        calibration="Each head gets an isotonic map on held-out fresh traffic. Because heads are multiplied, a factor common to all videos would cancel, but drift by length or source would not: predicted over observed is watched by head, length bucket and source, within 0.95 to 1.05.",
    ),
    evaluation=Evaluation(
        offline="Train until hour h, test on the next: AUC and calibration per head and length bucket, weighted pairwise loss on watch quantiles, recall at {nearest:n} by source and for videos under 48 h, agreement of the light ranker.",
        disagreement="The log holds what the old system chose. A model that likes new videos has no rows to be right about; watch quantiles are known only after clicks; and the effect on creators appears after weeks.",
        unit="The viewer, across devices. A creator-side test for exploration: videos are randomised to more or less exploration, since a viewer split leaks the counters of one arm into the other.",
        duration="Two weeks for satisfied watch time, four for retention; a holdback of 0.5 % for half a year.",
        power="With a spread of {test_spread:n} times the mean, a lift of {test_lift} takes {test_size} viewers an arm; last week's watch time as covariate halves it.",
        guardrails="Dismissals, reports, borderline watch share, policy leaks (zero), impressions to videos under 48 h and to small channels, p99, cost per thousand feeds.",
    ),
    biases=[
        Bias(
            "Position bias",
            effect="The first tile is clicked three times as often as the tenth (assumption), whatever it is.",
            cure="A shallow tower takes up position and device in training and is neutral in serving.",
            where="model/Bias tower",
        ),
        Bias(
            "Duration bias",
            effect="Minutes favour long videos; completion favours short ones.",
            cure="The label is the quantile of watch time within a length bucket, checked by bucket at the gate.",
            where="model/Watch quantile",
        ),
        Bias(
            "Selection bias",
            effect="Watch and survey labels exist only for clicked videos, which the ranker chose.",
            cure="Exploration slots with known propensity, and losers of the funnel in the light ranker's distillation.",
            where="freshness/Exploration allocator",
        ),
        Bias(
            "Popularity bias",
            effect="In-batch negatives punish popular videos, co-watch and counters promote them.",
            cure="Frequency correction in the towers; rates instead of counts; concentration watched weekly.",
            where="training/Two-tower trainer",
        ),
        Bias(
            "Delayed feedback",
            effect="A watch in progress looks like a short watch.",
            cure="Rows are emitted 30 min after the impression and corrected after 24 h; open watches wait.",
            where="training/Label join",
        ),
        Bias(
            "Cold start: new video",
            effect="No counters, no co-watch, no ID memory.",
            cure="Semantic IDs and content vectors; the fresh segment; about {first_views:n} exploration impressions a video can be afforded.",
            where="freshness/Exploration pool",
        ),
        Bias(
            "Cold start: new viewer",
            effect="No watches to attend to.",
            cure="Popular by country and language, topics tapped at start; the tower is trained with histories cut short.",
            where="serving/Fallback lists",
        ),
        Bias(
            "Cold start: new channel",
            effect="No subscribers and no satisfaction history.",
            cure="Exploration is allotted by uncertainty, with a floor for channels under 1,000 subscribers.",
            where="freshness/Exploration allocator",
        ),
    ],
    decisions=[
        Decision(
            "A blend of calibrated heads",
            why="Watch time, clicks and satisfaction err in different directions; separate heads let owners weigh them by surface, and a product stops a single inflated head from winning.",
            rejected=[
                "watch time alone: plenty of labels, but it prefers long and compulsive videos",
                "satisfaction alone: {survey_answers:n} survey answers a day do not rank {corpus:n} videos",
            ],
            revisit_when="a satisfaction head reaches the watch head's AUC on held-out surveys",
        ),
        Decision(
            "A shallow tower for position bias",
            why="Additive logits separate 'seen because on top' from 'wanted', with no randomised traffic; dropout keeps the main network from leaning on the tower, and serving needs no invented position.",
            rejected=[
                "inverse propensity from randomised slots: unbiased, but costs pages and is noisy for low slots",
                "position as a plain feature: simplest, yet it interacts with everything and serving must invent a value",
            ],
            revisit_when="the surface shows one video at a time, where position hardly exists, or slots can be randomised for free",
        ),
        Decision(
            "Two towers with ANN",
            why="Video vectors are computed once, {index_bytes} quantised, and searched in {ann_time}; new videos join the fresh segment as soon as their content vector exists, without a retraining.",
            rejected=[
                "a generative retriever over semantic IDs: better in the tail, and in production at YouTube and Kuaishou, but each of {peak_rate:n} requests a second is a beam search on a GPU, in which region and policy must hold",
                "co-watch only: excellent for watch-next, blind to new videos",
            ],
            revisit_when="recall on videos under 48 h stays below 60 % of the overall recall, or a generative source finds as much for less than {ann_hosts:n} ANN hosts cost",
        ),
        Decision(
            "Semantic IDs and content vectors",
            why="Codes quantised from content let similar videos share parameters, so the ranker knows something of a video minutes after upload; head videos keep a hashed ID for memory.",
            rejected=[
                "one random hash per video: best for the head, nothing for {uploads:n} new videos a day",
                "content vectors alone: they generalise, but lose what only behaviour tells",
            ],
            revisit_when="most watch time goes to a stable head and memorising it is enough",
        ),
        Decision(
            "Hourly warm starts, daily towers",
            why="The ranker follows the hour from the last checkpoint; towers change daily because each change re-embeds {corpus:n} videos, rebuilds the index and must be swapped together with it.",
            rejected=[
                "online learning: minutes fresh, but labels of 30 min and the gate set the pace anyway",
                "daily training for both: simpler, and trends are a day late",
            ],
            revisit_when="trends live for hours, as in short form, and an hourly model is 0.5 % worse in AUC than one of ten minutes",
        ),
        Decision(
            "{explored} of slots to explore",
            why="About {first_views:n} impressions per new video buy the labels that retrieval and counters need; allotted by uncertainty, and withdrawn on bad signs, they cost little satisfied watch time.",
            rejected=[
                "pure exploitation: wins every two-week test and starves the corpus over months",
                "a flat boost for new videos: spends the same on videos already known to be bad",
            ],
            revisit_when="the creator-side test shows no gain in watch time from discovered videos after a quarter",
        ),
    ],
    failures=[
        FailureMode(
            "A feedback loop concentrates impressions on few channels and new creators vanish.",
            "The share of impressions to videos under 48 h and the Gini coefficient over channels leave their band.",
            "The exploration share is raised, fresh sources are weighted up, and the frequency correction of the towers is checked.",
        ),
        FailureMode(
            "A launch drifts to clickbait.",
            "Click rate rises while dismissals rise and survey scores fall.",
            "The launch is frozen, the click weight is lowered in the flags, and calibration is refitted.",
        ),
        FailureMode(
            "Viewer tower and index are of different bundles.",
            "Bundle ids are compared at load; the recall probe drops to near zero.",
            "Serving refuses the bundle and keeps the old pair of tower and index.",
        ),
        FailureMode(
            "Viewer state is stale or cannot be read.",
            "The age of the newest watch in logged features, or the share of empty histories, leaves its band.",
            "The session that the player sends stands in for the history, popular videos by country fill up the page, and the rows are left out of training.",
        ),
        FailureMode(
            "A client version loses heartbeats, so watches look short.",
            "Watch time per play by client version leaves its 7-day band.",
            "That version is left out of training and back-filled later; the client team is paged.",
        ),
        FailureMode(
            "A live event fills the ranker's GPUs.",
            "Queueing exceeds {ranker_queue} or stage timeouts exceed 1 %.",
            "The orchestrator ranks 250 candidates instead of {ranked:n}, then serves the light ranker's order, then cached feeds.",
        ),
        FailureMode(
            "A video that breaks policy is recommended.",
            "Viewer reports and a policy-leak probe on served pages.",
            "A tombstone reaches the merge filter within a minute, and neighbours of the video are re-scored.",
        ),
    ],
    metrics=Metrics(
        offline=[
            "Recall at {nearest:n} by source, and for videos under 48 h",
            "AUC, log-loss and calibration by head and length bucket",
            "Overlap of the light ranker's top {ranked:n} with the ranker's best 50",
        ],
        online=[
            "Satisfied watch time, survey score",
            "28-day retention, sessions per viewer",
            "Share of impressions to fresh videos and small channels",
        ],
        guardrail=[
            "p99, share of degraded pages, cost per thousand requests",
            "Dismissals and reports per thousand impressions, policy leaks, borderline share of watch time",
            "Concentration over channels",
        ],
    ),
    follow_ups=[
        FollowUp(
            "mid",
            "Why not simply maximise watch time?",
            answer="Minutes grow with length, so the model learns to recommend long videos and autoplay bait; and compulsive watching is counted as success. I predict the quantile of watch time among videos of the same length, which makes a finished two-minute clip comparable to a half-watched lecture, and I combine it with satisfaction and dismissal heads. Watch time stays a metric, not the objective.",
            weak="'Use completion rate instead', which just favours short videos.",
            where="model/Watch quantile",
        ),
        FollowUp(
            "mid",
            "How does a video uploaded a minute ago get its first viewer?",
            answer="It passes policy classifiers, a content encoder gives vector and semantic ID, the video tower places it among similar videos, and it enters the fresh segment within ten minutes. Subscribers see it through their source. For strangers an allocator owes it impressions: {explored} of slots, about {first_views:n} per new video, more where uncertainty is high, none after bad signs.",
            weak="'It appears when people search for it.'",
            where="freshness/Fresh segment",
        ),
        FollowUp(
            "mid",
            "Why is the index quantised?",
            answer="{corpus:n} vectors of {dimensions:n} floats are {raw_bytes}, too much to replicate on every ANN host with two versions during a swap. Product-quantised codes find about ten times the needed candidates, and int8 vectors re-score those, {index_bytes} in all. Recall is measured against exact search on a sample before each swap.",
            weak="'To make it faster', without memory or the re-scoring step.",
            where="serving/Two-tower ANN",
        ),
        FollowUp(
            "senior",
            "How does the bias tower work, and when does it fail?",
            answer="It adds a logit from position and device to the click logit in training, so the main network need not explain why top tiles are clicked. At serving position is missing and contributes a constant. It fails when position and relevance are perfectly confounded, as the old ranker puts the best on top: dropout on position and some shuffled slots break that. It is useless for single-video feeds.",
            weak="'We add position as a feature and set it to 1 at serving.'",
            where="model/Bias tower",
        ),
        FollowUp(
            "senior",
            "Clicks up 3 %, survey scores down 1 %. Do you launch?",
            answer="No. That is the signature of clickbait: check dismissals, watch quantile of the extra clicks, and which thumbnails gained. Then lower the click weight for the surface, refit calibration and re-run. If product wants the trade anyway, it is a decision on weights that somebody owns and signs, made on retention from the four-week test, not on clicks.",
            weak="'Clicks matter more because there are more of them.'",
            where="operations/Launch review",
        ),
        FollowUp(
            "senior",
            "How do you evaluate exploration, when it always loses in an A/B test?",
            answer="A viewer-level test charges its cost to the treated viewers and shares the gain, learned counters and vectors, with control. So I randomise videos: half of the new ones get the budget, half do not, and after four weeks I compare the watch time they earn from non-exploration slots. Cost comes from the viewer test. Both together give the price of a discovered video.",
            weak="'We accept the loss because exploration is good.'",
            where="freshness/Exploration allocator",
        ),
        FollowUp(
            "senior",
            "A product of heads or a weighted sum?",
            answer="A product is scale-free: a head that doubles everywhere changes nothing, and a video must be decent on all heads. It punishes small probabilities hard, so an epsilon guards rare heads, and negative heads get negative exponents. A sum reads as expected value and is right if weights are money or minutes. With satisfaction and clicks pulling apart I take the product, weights by surface.",
            weak="Not having a reason, or mixing uncalibrated heads.",
            where="serving/Score combiner",
        ),
        FollowUp(
            "staff",
            "Would you move to a generative retriever over semantic IDs?",
            answer="Beside the towers first. It shares parameters between similar videos and needs no index. YouTube has launched one; Kuaishou reports a model that generates the list for a quarter of its requests, at a tenth of the old running cost. Here it would decode with beam search for {peak_rate:n} requests a second, and region and policy must hold while it does. I would add it as a fourth source at a few per cent of traffic, measure incremental recall on videos under 48 h, and compare GPU cost with {ann_hosts:n} ANN hosts.",
            weak="'It is the newest approach' or 'too slow', without numbers.",
            where="decision: Two towers with ANN",
        ),
        FollowUp(
            "staff",
            "Regulators ask how you avoid pulling minors and vulnerable viewers into narrow topics. What can you show?",
            answer="First measurement: topic concentration and borderline share of watch time by age band over weeks, weekly in the ecosystem job. Then levers with owners: per-topic caps in the slate, demotion of borderline videos, no autoplay for minors, history pause and reset at request time. Then evidence: a holdback without personalisation, and surveys. All weights are versioned, so one can say what was served and why.",
            weak="'The model only optimises engagement, it has no intent.'",
            where="operations/Ecosystem job",
        ),
        FollowUp(
            "staff",
            "Short-form is to share this ranker. What breaks?",
            answer="Position: one video at a time, so the bias tower has nothing to correct. Clicks: there are none, a swipe is the label, within seconds. Label delay shrinks, so hourly training is too slow and the ranker should update in minutes. Sessions of hundreds of videos need the last swipe in the next request. I would share embeddings and content understanding, and train separate heads and cadence.",
            weak="'Just change the weights.'",
            where="model/Engagement heads",
        ),
    ],
    case_studies=[
        CaseStudy(
            "YouTube",
            system="The 2019 watch-next ranker: a multi-gate mixture of experts over engagement and satisfaction objectives, with a shallow tower for position.",
            difference="Objectives are grouped in engagement and satisfaction and combined by hand-tuned weights, as here. They rank a few hundred candidates with pointwise losses; our watch head is a quantile by length, theirs predicts watch time.",
            source="https://doi.org/10.1145/3298689.3346997",
        ),
        CaseStudy(
            "Kuaishou",
            system="D2Q: watch-time prediction that removes the confounding of duration by predicting the quantile within a duration group.",
            difference="Short video only, where watch time is the main label, so the correction is worth more than in a mixed feed; they map the quantile back to minutes and rank by it.",
            source="https://arxiv.org/abs/2206.06003",
        ),
        CaseStudy(
            "ByteDance",
            system="Monolith: online training with collisionless embedding tables that are synchronised to serving within minutes.",
            difference="They give up hourly gates for freshness and accept occasional loss of recent updates on failure; it pays where a trend is over in an hour, and needs guards we have at the gate.",
            source="https://arxiv.org/abs/2209.07663",
        ),
    ],
    five_minutes=[
        Phase(
            0.5,
            "Frame",
            "I design a home feed: {shown:n} videos out of {corpus:n} for {viewers:n} daily viewers. The goal is satisfied watching and return, not minutes: minutes favour long videos and clicks favour clickbait. So I predict several outcomes and let an owned formula combine them. The baseline is subscriptions plus what others watched next, which is strong on a watch page. Creators are the other side of the market, so reach of new and small channels is a guardrail from the first day.",
        ),
        Phase(
            0.75,
            "Scale and retrieval",
            "{peak_rate:n} requests a second at peak, p99 of {promise}. Three sources run in parallel: a two-tower ANN over the whole corpus, co-watch tables for the last videos, and subscriptions with a fresh pool. Vectors are quantised, {index_bytes} instead of {raw_bytes}, so an index fits one host and is simply replicated. That gives {retrieved:n} candidates, {eligible:n} after policy, region and seen filters, and a distilled light ranker keeps {ranked:n}. Each source has a deadline of its own; one that is late is left out of this page rather than waited for.",
        ),
        Phase(
            1,
            "Ranker",
            "The ranker attends over the last {history:n} watches with the candidate as query, uses semantic IDs so that a new video shares parameters with similar ones, and mixes shared experts by task. Heads for click, watch, like, share, dismissal and survey satisfaction. The watch label is a quantile among videos of the same length, which removes duration bias. A shallow tower takes up position in training and is neutral in serving. Heads are calibrated and multiplied with weights by surface; the slate adds channel spacing, exploration and policy demotion.",
        ),
        Phase(
            0.75,
            "Freshness",
            "{uploads:n} videos arrive a day. Each passes policy, gets a content vector and a semantic ID, and enters a fresh segment within ten minutes. {explored} of slots explore: about {first_views:n} impressions per new video, allotted by uncertainty and stopped on bad signs. Without that the system settles on what is old and popular, because it trains on what it chose to show. Clicks and dismissals of those first viewers come back as counters within a minute and decide whether more are owed.",
        ),
        Phase(
            0.75,
            "Labels and training",
            "Heartbeats every {interval:n} seconds are folded into watches; rows are emitted after thirty minutes and corrected after a day. Only visible thumbnails count, unclicked ones are sampled at {kept} and weighted back. The ranker warm-starts hourly, the towers daily with a frequency-corrected softmax, since every tower change re-embeds the corpus. Tower and index are one bundle; serving refuses a mixed pair. Surveys bring {survey_answers:n} answers a day: few, but the only label that says satisfied.",
        ),
        Phase(
            0.75,
            "Evaluation",
            "Offline I look at AUC and calibration per head and length bucket, and recall for videos under two days old. Online: viewers are split, {test_size} an arm for a lift of {test_lift} in satisfied watch time, four weeks for retention, and a long holdback. Exploration needs a creator-side test, because a viewer split charges its cost to one arm and shares its benefit with both.",
        ),
        Phase(
            0.5,
            "Close",
            "Under load I rank fewer, then serve the light order, then the last good feed, filtered again. I watch calibration by head and length, policy leaks, and concentration over channels, where a feedback loop shows first. It costs about {cost_per_thousand} per thousand requests without streaming. Next I would add a generative source for the tail, and measure it on fresh videos.",
        ),
    ],
    interview_plan=[
        Phase(5, "Clarify", "Surface, goal, corpus growth, anonymous viewing, harms, creators, scale."),
        Phase(4, "Frame", "Why neither clicks nor minutes; heads and formula; baseline."),
        Phase(
            4,
            "Estimate",
            "Requests, scores, index memory raw and quantised, uploads and exploration impressions per video.",
        ),
        Phase(
            7, "High-level design", "Sources, filters, light ranker, ranker, slate; log and sessioniser; ingest path."
        ),
        Phase(10, "Ranker", "Attention, semantic IDs, experts, heads, bias tower, watch quantile, combiner."),
        Phase(6, "Labels and freshness", "Label table with delays; upload to first impression; exploration budget."),
        Phase(5, "Evaluation", "Offline blind spots, viewer test, creator-side test, retention."),
        Phase(2, "Operations", "Bundle pairing, fallbacks, policy leak, concentration."),
        Phase(2, "Close", "Weakest point: feedback loop. Next step and cost."),
    ],
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
        R. He et al. (Google), "PLUM: Adapting Pre-trained Language Models for Industrial-scale Generative Recommendations", arXiv 2025
            https://arxiv.org/abs/2510.07784 generative retrieval over semantic IDs, launched at YouTube
        G. Zhou et al. (Kuaishou), "OneRec Technical Report", arXiv 2025
            https://arxiv.org/abs/2506.13695 a generative model in place of the funnel: share of requests, running cost
        M. Chen et al. (Google), "Top-K Off-Policy Correction for a REINFORCE Recommender System", WSDM 2019
            https://arxiv.org/abs/1812.02353 off-policy correction and exploration
    """),
)


@view("Overview")
def overview() -> None:
    """Viewers get a feed from the funnel, watches come back as labels, uploads enter by content understanding."""
    viewers = Users("Viewers\napp, web, TV", tooltip="Request feeds; watch, like and dismiss")
    with Cluster("Online"):
        gateway = Envoy("API gateway", tooltip="Authenticates, sheds load, carries the {promise} deadline")
        orchestrator = Go("Orchestrator", tooltip="Drives the funnel, runs the light ranker, owns the fallbacks")
        sources = Retriever("Candidate sources\n{retrieved} videos", tooltip="Two-tower, co-watch, followed, fresh")
        ranker = Ranker(
            "Ranker\n{ranked} videos", tooltip="Predicts engagement and satisfaction, corrected for position and length"
        )
        reranker = Ranker("Re-ranker\nslate builder", tooltip="Adds diversity, exploration slots, policy demotions")
    with Cluster("State"):
        features = FeatureStore(
            "Online feature store", tooltip="Serves history within 10 s, video counters within a minute"
        )
        events = Kafka("Event log\nKafka", tooltip="Carries impressions, heartbeats and reactions, replayable")
        sessioniser = Flink("Sessioniser\nFlink", tooltip="Folds heartbeats into watches, updates features")
    with Cluster("Learning"):
        table = S3("Training table", tooltip="Stores impressions with logged features, joined to outcomes")
        training = Kubeflow("Training pipeline", tooltip="Trains the ranker hourly and towers daily, gated release")
        registry = Mlflow("Model registry", tooltip="Versions towers, ranker and index as one bundle")
    with Cluster("Ingest"):
        creators = Users("Creators", tooltip="Upload {uploads:n} videos a day")
        content = Encoder(
            "Content understanding", tooltip="Runs policy checks and computes content vectors of each upload"
        )
        builder = Spark("Index pipeline\nSpark", tooltip="Rebuilds fully each day, inserts uploads as they come")

    viewers >> request("feed request") >> gateway >> request("{promise} deadline") >> orchestrator
    orchestrator >> request("viewer history") >> features
    orchestrator >> request("query vector") >> sources >> response("{ranked} of {retrieved}") >> ranker
    ranker >> response("{ranked} scores") >> reranker >> response("{shown} videos") >> viewers
    reranker >> stream("impressions,\nfeatures") >> events
    viewers >> feedback("watch heartbeats") >> events >> stream("events") >> sessioniser
    sessioniser >> stream("under 10 s") >> features
    sessioniser >> batch("labelled rows") >> table >> batch("{rows:n} rows/day") >> training
    training >> control("gated bundle") >> registry >> control("hourly parameters") >> ranker
    registry >> control("both towers") >> builder
    creators >> request("upload") >> content >> stream("content vectors") >> builder >> batch("index, tower") >> sources


@view("Serving", details="overview/Online")
def serving() -> None:
    """From {corpus:n} videos to {shown} in {promise}, with a count at every narrowing."""
    app = Mobile("Player app", tooltip="Sends surface, device and session; reports what was visible and watched")
    with Cluster("Edge"):
        gateway = Envoy("API gateway", tooltip="Terminates TLS; under load it sheds prefetch traffic first")
        orchestrator = Go("Orchestrator", tooltip="Calls the stages, drops late sources, falls back by stage")
        experiments = Experiment("Experiment assignment", tooltip="Hashes a viewer to arms and holdback")
    with Cluster("State"):
        viewer_state = Redis(
            "Viewer state\nRedis", tooltip="Holds the last {history} watches, searches, dismissals, read at once"
        )
        video_features = Scylla(
            "Video features\nScylla", tooltip="Holds metadata and minute-fresh counters, cached on hosts"
        )
    with Cluster("Retrieval"):
        viewer_tower = EmbeddingTower("Viewer tower", tooltip="Encodes history and context at request time")
        ann = VectorIndex(
            "Two-tower ANN\nquantised",
            tooltip="Scans PQ codes of the nearest partitions, about 1 % of them, then re-scores int8 vectors",
        )
        cowatch = Scylla(
            "Co-watch table\nScylla", tooltip="Holds what was watched after each video; best for watch-next"
        )
        followed = Redis("Subscriptions\nand fresh", tooltip="Holds uploads of followed channels and the fresh pool")
    with Cluster("Funnel"):
        merge = Assembler("Merge\nand filters", tooltip="De-duplicates; drops seen, blocked, restricted, deleted")
        light_ranker = Ranker(
            "Light ranker\nCPU",
            tooltip="Small distilled network, {eligible} to {ranked}, on {light_lanes:n} cores; video features from the host's memory",
        )
        ranker = Ranker("Ranker\nGPU server", tooltip="Mixture of experts; position is treated as missing")
        combiner = Assembler("Score combiner", tooltip="Calibrates heads; weighted product, weights by surface")
        reranker = Ranker(
            "Re-ranker\nslate builder",
            tooltip="Spaces channels, explores, demotes borderline videos; filters cached lists again",
        )
        fallback = Memcached(
            "Fallback lists\nMemcached", tooltip="Holds the last good feed, then popular by country and language"
        )
    log = Kafka("Serving log\nKafka", tooltip="Keeps features, scores, position and propensity as used")

    with step("The player asks for a page of {shown}; every hop reads the gateway's {promise} deadline."):
        app >> request("GET feed") >> gateway >> request("{promise} deadline") >> orchestrator
    with step("The arm is local; one read of {history_bytes} returns {history} watches, the last one 10 s old."):
        orchestrator >> request("viewer hash") >> experiments
        orchestrator >> request("viewer id") >> viewer_state
    with step(
        "The viewer tower encodes them in {tower_time}, and the index probes the nearest partitions of {corpus:n} codes for {nearest} hits."
    ):
        orchestrator >> request("history, context") >> viewer_tower >> response("{dimensions}-d query") >> ann
    with step("Co-watch neighbours and followed channels are read beside it; after {ann_time} a source is dropped."):
        orchestrator >> request("last 20 watches") >> cowatch
        orchestrator >> request("channel list") >> followed
    with step("Of {retrieved} candidates about {eligible} pass de-duplication, policy, region and seen filters."):
        ann >> response("{nearest} videos") >> merge
        cowatch >> response("{cowatched} videos") >> merge
        followed >> response("{followed} videos") >> merge
    with step(
        "A distilled model keeps {ranked} on CPU, in {light_time} of compute, so the GPU scores a quarter of them."
    ):
        merge >> response("{eligible} eligible") >> light_ranker >> response("top {ranked}") >> ranker
    with step("Video features take {hydrate_time}; a GPU batch of {ranker_time} gives six heads, position left out."):
        ranker >> request("{ranked} keys") >> video_features
        orchestrator >> response("{history} watches") >> ranker
        ranker >> response("six heads") >> combiner
    with step("Calibrated heads are multiplied, weights as exponents; {explored} of the slots explore."):
        combiner >> response("{ranked} scores") >> reranker >> response("{shown} videos") >> app
    with step("What was served is logged with features and propensity; visibility and watches follow as labels."):
        reranker >> stream("list, propensity") >> log
        app >> feedback("seen, watched") >> log
    with step("If a stage misses its deadline, the last good feed goes out, filtered again, not an error."):
        orchestrator >> request("on timeout") >> fallback >> response("cached list") >> reranker


@view("Model", direction="TB", details="serving/Ranker")
def model() -> None:
    """Inside the ranker: shared experts for tasks that agree, a tower that absorbs position, a combiner outside."""
    with Cluster("Inputs"):
        viewer = Features(
            "Viewer and watches", tooltip="{history} watches with share watched, language, country, device"
        )
        video = Features("Candidate video", tooltip="Semantic-ID tokens, channel, length, age, counters")
        context = Features("Context", tooltip="Surface, source, retrieval score, current video")
        position = Features(
            "Position and device", tooltip="What makes a tile be seen; position never reaches the main network"
        )
    with Cluster("Shared bottom"):
        embedding = EmbeddingTable(
            "Embedding tables", tooltip="Hashed and semantic IDs; no row by viewer, so no {accounts:n} rows"
        )
        attention = Interaction("Sequence attention", tooltip="Attends over watches, with the candidate as the query")
        experts = Expert("Shared experts", tooltip="Eight networks; each task mixes them differently")
        gates = Expert("Task gates", tooltip="Softmax by task, so that tasks in conflict share less")
    bias_tower = Expert("Bias tower", tooltip="Adds a position logit in training, a constant at serving")
    with Cluster("Heads") as heads:
        engagement = Head(
            "Engagement heads\nclick, share", tooltip="Log-loss on seen impressions (click) and watches (share)"
        )
        Head("Watch quantile", tooltip="Quantile of watch time within the length bucket; clicked impressions only")
        Head("Satisfaction heads\nlike, dismiss, survey", tooltip="Sparse outcomes that oppose clickbait")
    with Cluster("Use"):
        calibration = Calibrator(
            "Calibrator\nby head", tooltip="Isotonic by head on fresh traffic, so heads may be multiplied"
        )
        combiner = Assembler("Score combiner", tooltip="Weighted product of heads, weights by experiment and surface")
    labels = LabelJoin("Joined labels", tooltip="After 30 min, corrected after 24 h; surveys within a day")
    loss = LossFunction(
        "Sum of losses",
        tooltip="Log-loss by head, squared error on the quantile; unclicked rows weigh {negative_weight:n}",
    )

    viewer >> embedding
    video >> embedding
    context >> embedding
    embedding >> Edge(label="{history} × 128") >> attention >> Edge(label="128 d") >> experts
    embedding >> Edge(label="640 d") >> experts
    embedding >> gates
    experts >> Edge(label="8 × 256") >> gates
    gates >> Edge(label="256 d a task") >> heads
    position >> bias_tower >> Edge(label="logit, training") >> engagement
    heads >> Edge(label="raw scores") >> calibration
    calibration >> Edge(label="six heads") >> combiner
    heads >> loss
    labels >> feedback("six labels") >> loss


@view("Training", details="overview/Training pipeline")
def training() -> None:
    """Heartbeats to labels to models: late outcomes, debiased objectives, hourly updates and a gated bundle."""
    with Cluster("Data"):
        log = Kafka(
            "Serving log\nKafka", tooltip="Keeps features, position, propensity: the only features for training"
        )
        heartbeats = Kafka("Heartbeats and reactions\nKafka", tooltip="Carries watch progress, likes, dismissals")
        surveys = Labeller(
            "Satisfaction surveys", tooltip="Collects star answers of a tiny sample: {survey_answers:n} a day"
        )
        join = Flink("Label join\nFlink", tooltip="Folds watches; emits after 30 min, corrects after 24 h")
        table = S3("Training table", tooltip="Stores hourly partitions; rows can be deleted on request")
        debias = Spark(
            "Debias and sample\nSpark",
            tooltip="Caps rows per viewer, computes watch quantiles by length, weights negatives",
        )
    with Cluster("Training"):
        ranker_trainer = Trainer("Ranker trainer", tooltip="Warm-starts every hour; six heads with loss weights")
        towers = Trainer("Two-tower trainer", tooltip="In-batch softmax with streaming frequency correction")
        distiller = Distiller(
            "Light ranker distillation", tooltip="Fits the combined score on a sample of all {eligible}"
        )
        calibration = Calibrator("Calibrator\nby head", tooltip="Isotonic on held-out fresh traffic")
    with Cluster("Release"):
        fresh = Inspection("Fresh-slice check", tooltip="Recall and calibration on videos under 48 h old")
        gate = Choice("Offline gate", tooltip="Next-hour AUC by head, calibration, survey agreement, slices")
        registry = Mlflow("Model registry", tooltip="Towers, ranker, calibration and index under one bundle id")
        canary = Flagger("Shadow and canary", tooltip="1 %, then 10 %, with rollback on guardrails")
        fleet = ModelPool("Serving fleet", tooltip="Hot-loads parameters; refuses a tower that mismatches the index")

    log >> stream("impressions") >> join
    heartbeats >> feedback("{heartbeats} average") >> join >> batch("labelled rows") >> table
    surveys >> feedback("star answers") >> table >> batch("hourly partition") >> debias
    debias >> batch("{rows:n} rows/day") >> ranker_trainer
    debias >> batch("watched pairs") >> towers >> batch("recall at {nearest}") >> fresh
    log >> batch("losing candidates") >> distiller
    ranker_trainer >> batch("teacher scores") >> distiller >> batch("top-50 overlap") >> gate
    ranker_trainer >> batch("raw heads") >> calibration >> batch("calibrated heads") >> gate
    table >> batch("held-out hour") >> calibration
    fresh >> batch("fresh-slice floors") >> gate >> control("passed") >> registry >> control("bundle id") >> canary
    canary >> control("staged rollout") >> fleet >> stream("new impressions") >> log


@view("Freshness", details="overview/Ingest")
def freshness() -> None:
    """From upload to first impressions in minutes, with an exploration budget that buys the first labels."""
    creators = Users("Creators", tooltip="Upload, edit and delete videos")
    viewers = Users("Viewers", tooltip="Watch or dismiss the first impressions of a new video")
    with Cluster("Ingest"):
        upload = Go("Upload service", tooltip="Stores the original, starts transcoding and analysis")
        events = Kafka(
            "Video events\nKafka", tooltip="Carries created, edited, deleted, policy changed; in order by video"
        )
    with Cluster("Understand"):
        policy = Guard("Policy classifiers", tooltip="Check safety, copyright, made-for-kids, before any distribution")
        content = Encoder("Content encoder\n{content_gpus} GPUs", tooltip="Encodes frames, audio and text to a vector")
        semantic_ids = Encoder(
            "Semantic-ID quantiser", tooltip="Computes residual codes by which the ranker generalises"
        )
    with Cluster("Index"):
        video_tower = EmbeddingTower("Video tower", tooltip="Maps content and channel features to the retrieval vector")
        fresh = Cache("Fresh segment", tooltip="Index of the last 24 h, at most {uploads:n} vectors")
        full = VectorIndex("Index build", tooltip="Daily PQ build of {corpus:n} vectors with the released tower")
    with Cluster("First labels"):
        pool = Redis("Exploration pool\nRedis", tooltip="Holds new videos with impressions still owed, by topic")
        allocator = Planner(
            "Exploration allocator",
            tooltip="Allots {explored} of slots by uncertainty, about {first_views:n} a video; stops on bad signs",
        )
        sources = Retriever(
            "Candidate sources",
            tooltip="The feed funnel: both segments, the pool, and a filter that drops tombstoned videos",
        )
        counters = Flink(
            "Early counters\nFlink", tooltip="Count clicks, watched share and dismissals of each new video"
        )

    creators >> request("upload") >> upload >> stream("created") >> events >> stream("media reference") >> policy
    policy >> stream("cleared") >> content >> stream("content vector") >> semantic_ids >> stream("id, topic") >> pool
    content >> stream("content vector") >> video_tower >> stream("under 10 min") >> fresh
    video_tower >> batch("daily re-embed") >> full
    policy >> control("tombstone") >> [fresh, sources]
    sources >> request("search and merge") >> fresh
    full >> batch("daily swap") >> sources
    allocator >> request("owed impressions") >> pool
    sources >> request("videos to try") >> pool
    allocator >> control("exploration slots") >> sources >> response("first impressions") >> viewers
    viewers >> feedback("watches, dismissals") >> counters >> stream("posteriors") >> allocator


@view("Operations")
def operations() -> None:
    """Stage health, bias and ecosystem monitors, long experiments, a fallback ladder and retraining triggers."""
    with Cluster("Serving"):
        funnel = ModelPool("Funnel services", tooltip="Emit latency, counts and score histograms by stage")
        events = Kafka(
            "Event log\nKafka", tooltip="Carries impressions, watches, reactions, dismissals and survey answers"
        )
        flags = Etcd("Feature flags\netcd", tooltip="Hold combiner weights, source and kill switches, without a deploy")
        fallback = Fallback("Fallback ladder", tooltip="Light-ranker order, last good feed, popular by country")
    with Cluster("Observe"):
        metrics = Prometheus("Metrics\nPrometheus", tooltip="Stage p99, timeouts, degraded share, policy-leak probes")
        quality = Flink("Live quality\nFlink", tooltip="Calibration and watch per impression, by head and arm")
        ecosystem = Spark("Ecosystem job\nSpark", tooltip="New creators, concentration, borderline share of watch time")
        skew = Spark("Skew check\nSpark", tooltip="Compares logged serving features with training distributions")
        dashboards = Grafana("Dashboards\nGrafana", tooltip="Latency and calibration on one board")
        alerts = Pagerduty("On-call alerts", tooltip="Pages a person on burn rate and policy leaks")
    with Cluster("Decide"):
        oncall = User("On-call engineer", tooltip="Judges the page and starts a rollback")
        analysis = Clickhouse("Experiment analysis", tooltip="Retention and satisfaction by arm, long-term holdback")
        owner = User("Launch review", tooltip="Approves weights and launches, with survey and policy read-outs")
        retrain = Airflow("Retrain trigger", tooltip="Starts an extra ranker run or tower rebuild when a monitor trips")
        rollback = Argocd("Rollback controller", tooltip="Restores the previous bundle with its index")

    funnel >> stream("stage metrics") >> metrics >> stream("series") >> dashboards
    funnel >> stream("scores") >> quality >> stream("calibration") >> dashboards
    events >> feedback("watches, dismissals,\nsurvey answers") >> quality
    events >> batch("daily impressions") >> ecosystem >> feedback("weekly report") >> owner
    funnel >> batch("feature samples") >> skew >> control("PSI over limit") >> retrain
    quality >> control("calibration drift") >> retrain >> control("gated bundle") >> funnel
    quality >> batch("per-arm outcomes") >> analysis >> feedback("28-day read-out") >> owner
    owner >> control("weights, ramps") >> flags >> control("push, seconds") >> funnel
    metrics >> control("SLO burn") >> alerts >> control("page") >> oncall >> control("bad release") >> rollback
    rollback >> control("previous bundle") >> funnel
    funnel >> control("stage timeout") >> fallback >> control("list to serve") >> funnel
    fallback >> stream("degraded share") >> metrics
