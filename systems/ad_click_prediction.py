"""Find, price and bid the best ad for each slot, own or on an exchange, within 100 ms.

Unlike in most ranking the probability itself matters: it is multiplied by money. An error that is the same for every ad
may cancel in a second-price auction, but a model that flatters one advertiser, slot or exchange misprices it, and on
exchanges and in impression-priced campaigns every error is paid for. Clicks arrive in minutes and conversions in days,
only won auctions are observed, budgets change in mid-day, and part of the traffic is fraud.

The answer is one scoring core for both kinds of supply, a calibrator behind the model, training that never stops, and
control loops that keep spend on its plan.
"""

from diagrams import Cluster, Edge
from diagrams.aws.storage import S3
from diagrams.generic.device import Mobile
from diagrams.onprem.analytics import Flink
from diagrams.onprem.client import User, Users
from diagrams.onprem.compute import Server
from diagrams.onprem.database import Clickhouse, Cockroachdb, Postgresql
from diagrams.onprem.gitops import Argocd, Flagger
from diagrams.onprem.inmemory import Aerospike, Redis
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.monitoring import Grafana, Prometheus
from diagrams.onprem.network import Envoy, Etcd, Internet
from diagrams.onprem.queue import Kafka
from diagrams.onprem.workflow import Airflow, Kubeflow
from diagrams.programming.flowchart import Decision as Choice
from diagrams.programming.language import Go, Rust
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
    Clarification,
    Decision,
    EmbeddingTable,
    Estimate,
    Evaluation,
    Expert,
    FailureMode,
    Fallback,
    FeatureGroup,
    Features,
    FeatureStore,
    FollowUp,
    Forecaster,
    Framing,
    Guard,
    Head,
    Interaction,
    InterviewRank,
    Label,
    LabelJoin,
    Loss,
    LossFunction,
    MathFormula,
    Metrics,
    ModelPool,
    Monitor,
    Parallel,
    Phase,
    Planner,
    Ranker,
    Requirements,
    Retriever,
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
    users=assume("Daily active users of the own app", 100e6, "user"),
    slots=assume("Ad slots that a user sees", 30, "request/user/day"),
    own=derive("Own ad requests per day", "users * slots", "request/day"),
    offered=assume("Exchange bid requests per day", 20e9, "request/day"),
    targetable=assume("Requests kept by pre-targeting, of exchange requests", 30, "percent"),
    dropped=derive("Requests dropped by pre-targeting, of exchange requests", "1 - targetable", "percent"),
    exchange=derive("Exchange requests scored per day", "offered * targetable", "request/day"),
    scored=derive("Scored requests per day", "own + exchange", "request/day"),
    mean_rate=derive("Average rate of scored requests", "scored", "request/s"),
    peak_factor=assume("Peak over average", 2.5),
    peak_rate=derive("Peak rate of scored requests", "mean_rate * peak_factor", "request/s"),
    edge_rate=derive("Peak rate at the edge", "(own + offered) * peak_factor", "request/s"),
    ads=assume("Active ads", 10e6, "ad", note="Meta describes tens of millions"),
    targeted=assume("Ads from the targeting index", 700, "ad/request"),
    similar=assume("Further ads from the two-tower ANN", 300, "ad/request"),
    retrieved=derive("Ads retrieved", "targeted + similar", "ad/request"),
    ranked=assume("Ads scored by the ranker", 100, "ad/request"),
    load=assume("Load at which hosts are run, of capacity", 60, "percent"),
    light_scores=derive("Light-ranker scores at peak", "peak_rate * retrieved", "ad/s"),
    light_speed=assume("Light-ranker speed", 150e3, "ad/s/core", note="load-test before buying"),
    light_lanes=assume("Cores that score one request", 4, "core/request"),
    light_time=derive("Light ranker, one request", "retrieved / (light_speed * light_lanes)", "ms"),
    light_cores=derive("Light-ranker cores", "ceil(light_scores / (light_speed * load))", "core"),
    scores=derive("Ranker scores at peak", "peak_rate * ranked", "ad/s"),
    ranker_compute=assume("Ranker compute per ad", 120e6, "flop/ad", note="both heads share the trunk"),
    gpu_compute=reference("h100_bf16"),
    utilisation=assume("Compute utilisation of the ranker, of peak", 5, "percent", note="small batches, row look-ups"),
    ranker_speed=derive("Ranker speed", "gpu_compute * utilisation / ranker_compute", "ad/s/GPU"),
    ranker_gpus=derive("Ranker GPUs", "ceil(scores / (ranker_speed * load))", "GPU"),
    ranker_batch=assume("Requests in one GPU batch", 8, "request/GPU"),
    ranker_time=derive("Ranker, one batch", "ranked * ranker_batch / ranker_speed", "ms"),
    table_rows=assume("Hashed embedding rows", 2e9, "row"),
    dimensions=assume("Embedding dimension", 32, "number/row"),
    number_bytes=reference("fp16_bytes"),
    tables=derive("Embedding tables", "table_rows * dimensions * number_bytes", "byte", note="sharded by row"),
    ad_rows=assume("Rows read per ad", 20, "row/ad"),
    user_rows=assume("Rows read per user", 40, "row/request"),
    rows_read=derive("Rows read per request", "ranked * ad_rows + user_rows", "row/request"),
    read_bytes=derive("Row bytes per request", "rows_read * dimensions * number_bytes", "byte/request"),
    row_hits=assume("Hits of the hot-row cache, of rows read", 90, "percent", note="on the GPU hosts"),
    row_traffic=derive("Row traffic at peak", "peak_rate * read_bytes * (1 - row_hits)", "byte/s"),
    ids=assume("User ids with features", 600e6, "id"),
    id_bytes=assume("Features per user id", 2e3, "byte/id"),
    user_store=derive("User feature store", "ids * id_bytes", "byte", note="one copy"),
    fill=assume("Own requests that show an ad", 0.9, "impression/request"),
    wins=assume(
        "Scored exchange requests won", 0.05, "impression/request", note="where shading puts us on the win curve"
    ),
    impressions=derive("Impressions per day", "own * fill + exchange * wins", "impression/day"),
    click_rate=assume("Clicks, of impressions", 1, "percent"),
    clicks=derive("Clicked impressions per day", "impressions * click_rate", "impression/day"),
    conversion_rate=assume("Conversions, of clicks", 3, "percent"),
    conversions=derive("Converted impressions per day", "clicks * conversion_rate", "impression/day"),
    negatives=assume("Negatives kept for training, of all negatives", 10, "percent"),
    inflated=derive(
        "Clicks, of sampled rows",
        "click_rate / (click_rate + (1 - click_rate) * negatives)",
        "percent",
        note="what the model learns before the correction",
    ),
    rows=derive("Training rows per day", "impressions * (click_rate + (1 - click_rate) * negatives)", "impression/day"),
    log_bytes=assume(
        "Serving log per scored request", 1.5e3, "byte/request", note="the chosen ad, before the win is known"
    ),
    serving_log=derive("Serving log per day", "scored * log_bytes", "byte/day"),
    row_bytes=assume("Features per training row", 1.5e3, "byte/impression"),
    row_volume=derive("Training features per day", "rows * row_bytes", "byte/day"),
    history=assume("Training history kept", 60, "day"),
    join_window=assume("Click window", 24, "hour"),
    join_bytes=assume("Join state per impression", 200, "byte/impression", note="key and pointer, in RocksDB"),
    join_state=derive("Click-join state", "impressions * join_window * join_bytes", "byte"),
    delta=assume("Time between model deltas", 15, "minute"),
    revenue=assume("Revenue per impression", 0.003, "USD/impression", note="3 dollars a thousand"),
    income=derive("Revenue per day", "impressions * revenue", "USD/day"),
    bias=assume("Bias of the prediction, of the true rate", 1, "percent"),
    mispriced=derive(
        "Money mispriced by that bias",
        "income * bias",
        "USD/day",
        note="an upper bound: part of it cancels in auctions",
    ),
    test_spread=assume("Revenue per user, standard deviation over mean", 5),
    test_lift=assume("Smallest relative lift worth detecting", 0.5, "percent"),
    test_size=derive("Users per arm", "16 * test_spread ** 2 / test_lift ** 2", note="80 % power, two-sided 5 % level"),
    promise=assume("Promised p99", 100, "ms", note="a usual exchange deadline"),
    network_time=assume("Network to and from the exchange, p99", 25, "ms"),
    parse_time=assume("Parse, consent, invalid traffic and pre-targeting, p99", 6, "ms"),
    feature_time=assume("User feature read, p99", 10, "ms"),
    index_time=assume("Targeting index, p99", 10, "ms"),
    ann_time=assume("Two-tower ANN, p99", 12, "ms"),
    light_queue=assume("Light-ranker queueing, p99", 4, "ms"),
    row_time=assume("Embedding rows from the shards, p99", 8, "ms"),
    ranker_queue=assume("Ranker batching and queueing, p99", 9, "ms"),
    bid_time=assume("Calibration, budget and pacing, p99", 3, "ms"),
    auction_time=assume("Auction or bid shading and creative policy, p99", 5, "ms"),
    sign_time=assume("Response with signed tracking URLs, p99", 3, "ms"),
    slack=assume("Slack for queueing and garbage collection", 10, "ms"),
    own_promise=derive("Own surfaces, without the exchange's network", "promise - network_time", "ms"),
    gpu_price=reference("h100_price"),
    core_price=reference("core_price"),
    object_price=reference("object_storage_price"),
    core_memory=assume("Memory that comes with a core", 4e9, "byte/core"),
    copies=assume("Copies of online state", 2),
    state_cores=derive(
        "Cores of embedding shards and user features", "ceil((tables + user_store) * copies / core_memory)", "core"
    ),
    edge_work=assume("CPU time at the edge", 0.2, "ms*core/request"),
    edge_cores=derive("Edge cores", "ceil(edge_rate * edge_work / load)", "core"),
    core_work=assume("CPU time of retrieval, auction and assembly", 5, "ms*core/request"),
    core_cores=derive("Other serving cores", "ceil(peak_rate * core_work / load)", "core"),
    training_gpus=assume(
        "Training GPUs, kept busy",
        32,
        "GPU",
        note="full retrains, candidates and experiments take nearly all; the stream's pass is small",
    ),
    log_cores=assume("Cores of logs, joins and counters", 4_000, "core"),
    compute_bill=derive(
        "Compute bill",
        "(ranker_gpus + training_gpus) * gpu_price"
        " + (light_cores + state_cores + edge_cores + core_cores + log_cores) * core_price",
        "USD/day",
    ),
    storage_bill=derive("Training history bill", "row_volume * history * object_price", "USD/day"),
    cost_per_thousand=derive(
        "Cost of 1,000 scored requests",
        "1000 * (compute_bill + storage_bill) / scored",
        "USD/request",
        note="list prices",
    ),
)

SYSTEM = System(
    title="Ad click prediction",
    family="end-to-end",
    position=7,
    interview=InterviewRank(2, "#1 Meta question"),
    tags=Tags(
        task=["classification", "ranking"],
        pattern=["retrieval-ranking funnel", "multi-task model", "streaming features", "cascade", "exploration"],
        data=["events", "tabular", "transactions"],
    ),
    framing=Framing(
        goal="Long-term revenue: advertisers get conversions at the price they asked for, and users keep using the surface.",
        decision="For each slot: which ad, at which bid, or no bid, within the exchange's deadline.",
        task="Estimate P(click) and P(conversion | click) for each eligible ad as calibrated probabilities; the bid is value x probability x pacing multiplier.",
        label="A valid click within {join_window} of a rendered impression, and an attributed conversion within the advertiser's window (often 7 days).",
        metric="Offline: normalised entropy and calibration by slice under progressive validation. Online: revenue per thousand requests with conversions at target cost, in a budget-split test.",
        not_optimised="Click rate as such, which rewards clickbait and accidental taps, and revenue of a single week, which can be raised by ad load or overcharging and is paid back in churn.",
        baseline="Smoothed historical click rate of the ad in that placement, times the bid. It is calibrated by construction and good for ads with ten thousand impressions; it fails for new ads and ignores the user.",
    ),
    clarifications=[
        Clarification(
            "Do we sell own slots, buy on exchanges, or both?",
            "Both: {own:n} own requests and {offered:n} offered exchange requests a day share one scoring core.",
        ),
        Clarification(
            "How do advertisers pay?",
            "CPM, CPC, or a target cost per conversion, where we carry the risk of predicting it.",
        ),
        Clarification("Which auction?", "Second price on own slots, first price on exchanges, as is usual since 2019."),
        Clarification(
            "What deadline must a bid meet?",
            "{promise} including the network, read from tmax of each request; own surfaces have {own_promise}.",
        ),
        Clarification(
            "How late are labels?",
            "Most clicks come within ten minutes, conversions within days; on iOS many name a campaign and nobody (AdAttributionKit, before it SKAdNetwork).",
        ),
        Clarification(
            "What may we not use?", "Ids without consent, and protected attributes in housing, job and credit ads."
        ),
        Clarification(
            "How many ads, and how long do they live?", "{ads:n} active ads, half of them younger than two weeks."
        ),
    ],
    requirements=Requirements(
        functional=[
            "At most one ad per slot for own requests and OpenRTB bid requests, with a price and a signed payload.",
            "Calibrated pCTR, and pCVR given a click; campaigns by CPM, CPC or target CPA.",
            "Budgets, pacing, frequency caps, block lists, creative policy, consent and region before the auction.",
            "A ledger of impressions, clicks and conversions, with refunds; aggregated reports where joins are barred.",
        ],
        qualities={
            "Latency": "p99 of {promise} with the exchange network, {own_promise} on own surfaces (assumptions); tmax is obeyed.",
            "Freshness": "Budgets 5 s, counters 1 min, model deltas {delta}, a new ad 5 min (assumptions).",
            "Calibration": "Predicted over observed clicks 0.97 to 1.03, large slices 0.9 to 1.1 (assumptions).",
            "Availability": "99.95 % answered in time, a no-bid included; overspend under 0.5 % of budget (assumptions).",
        },
    ),
    estimate=ESTIMATE,
    headline=["peak_rate", "edge_rate", "scores", "impressions", "mispriced"],
    key_inputs=["users", "slots", "offered", "ranked", "utilisation"],
    cost="cost_per_thousand",
    budget=Budget(
        "p99 at the exchange",
        promise="promise",
        stages={
            "Network to and from the exchange": "network_time",
            "Parse, consent, invalid traffic and pre-targeting": "parse_time",
            "User, context and counter features": "feature_time",
            "Retrieval": Parallel({"Targeting index": "index_time", "Two-tower ANN": "ann_time"}),
            "Light ranker, {retrieved} to {ranked}, {light_lanes:n} cores": "light_time + light_queue",
            "Embedding rows and ranker on {ranked}, {ranker_batch:n} requests a batch": "row_time + ranker_time + ranker_queue",
            "Calibration, budget and pacing": "bid_time",
            "Auction or bid shading and creative policy": "auction_time",
            "Response with signed tracking URLs": "sign_time",
            "Queueing and garbage-collection slack": "slack",
        },
        note="Stage p99s are added up, which is cautious. Own surfaces save the exchange network.",
    ),
    labels=[
        Label(
            "Click",
            window="{join_window} after the ad was rendered",
            positive="A click that passes the invalid-traffic filter and lands on the page.",
            negative="A rendered impression, at once; if a click follows, a positive row is added and the weights of the loss settle the two.",
            ignored="Impressions never rendered, and traffic marked as bots.",
            delay="Nine in ten within ten minutes (assumption).",
            bias="Position and format: a full-screen slot collects accidental taps.",
            where="training/Invalid-traffic filter -> Label join",
        ),
        Label(
            "Conversion",
            window="7 days after the click, or as the advertiser sets it",
            positive="An attributed purchase, sign-up or install reported by the advertiser's pixel or server.",
            negative="A click without a conversion; provisional until the window closes, and weighted so.",
            ignored="Conversions without consent to join; they return as aggregates and correct the level only.",
            delay="Hours to days, with a long tail.",
            bias="Delayed feedback makes young clicks look worse, most for expensive goods.",
            where="training/Ad events -> Invalid-traffic filter",
        ),
        Label(
            "Win or loss",
            window="The auction",
            positive="A win, with the price paid.",
            negative="A loss; the price to beat is often censored.",
            ignored="Timeouts, which say nothing about the price.",
            delay="Seconds.",
            bias="Censoring: after a loss we know only that the winning price was above our bid.",
            where="auction/Exchange or auction -> Auction notices",
        ),
    ],
    training_example={
        "auction_id, ad_id": "a_91c2, ad_5507",
        "user": "u_33 (consented), interests [running, travel], 2 clicks on sports ads in 7 d",
        "ad": "campaign c_12, advertiser v_8, video, age 3 days, 14,200 impressions",
        "counters": "ad click rate 7 d 1.3 %, user x advertiser impressions today 2",
        "context": "own feed, slot 4, Android, Berlin, Saturday 21:05",
        "model_version, raw score": "delta 88214, 0.094 (before sampling is undone)",
        "bid, price, won": "1.90 USD CPC, 1.42, own auction won",
        "label": "click 1 after 6 s, conversion 0 (provisional, 3 h old)",
        "weights": "click 1 + p, conversion from the delay model 0.41",
    },
    features=[
        FeatureGroup(
            "User",
            features=[
                "interest segments",
                "clicks on the ad's category, 7 d",
                "clicks on the advertiser, 30 d",
                "app installs by category",
                "last 50 ad and content actions",
                "country and language",
                "ads seen today",
            ],
            freshness="1 min",
            store="serving/User features",
            leak="Counters that already include this click; they are logged as read, before the ad is shown.",
        ),
        FeatureGroup(
            "Ad and advertiser",
            features=[
                "ad ID and creative embedding",
                "advertiser ID",
                "landing-page category",
                "ad age",
                "smoothed click rate by placement, 1 h and 7 d",
                "conversion rate of the advertiser, 28 d",
                "policy and quality score",
            ],
            freshness="5 min for a new ad, 1 min for counters",
            store="serving/Embedding shards",
            leak="A lifetime click rate holds the future when history is replayed; only as-served values are used.",
        ),
        FeatureGroup(
            "Cross counters",
            features=[
                "user x advertiser impressions, 1 d",
                "user x ad-category click rate, 7 d",
                "age band x category click rate",
                "publisher x format click rate",
                "ad x slot click rate",
                "hour x category click rate",
            ],
            freshness="1 min",
            store="serving/User features",
            leak="Sparse crosses memorise single clicks; they are smoothed and have a floor of 100 impressions.",
        ),
        FeatureGroup(
            "Context",
            features=[
                "exchange and publisher",
                "slot position and size",
                "device, system and browser",
                "hour and weekday",
                "page topic embedding",
                "floor price",
                "connection type",
            ],
            freshness="the request",
            store="serving/Bid edge",
            leak="The floor price reacts to our own past bids; it feeds the shader, not the click model.",
        ),
        FeatureGroup(
            "Retrieval scores",
            features=[
                "two-tower similarity",
                "light-ranker score",
                "matching targeting rules",
                "audience lookalike score",
                "candidate source",
            ],
            freshness="the request",
            store="serving/Light ranker",
            leak="Upstream models trained on the same day leak through their scores; all are cut at the same hour.",
        ),
    ],
    loss=Loss(
        objective="Weighted log-loss for clicks on all rendered impressions, and for click-and-conversion on the same rows, so that pCVR is learned on the whole impression space. Negatives are sampled without weights and corrected once, afterwards; delays are corrected by importance weights.",
        formulas=[
            MathFormula(
                "Entire-space conversion",
                r"p_{\text{ctcvr}}(x) = p_{\text{ctr}}(x) \cdot p_{\text{cvr}}(x), \quad \mathcal{L} = \ell(y, p_{\text{ctr}}) + \ell(y \cdot z, p_{\text{ctcvr}})",
                "y is the click, z the conversion, l the log-loss. pCVR is never trained on clicks alone, which removes the selection bias between training on clicks and serving on all impressions.",
            ),
            MathFormula(
                "Fake-negative weighting",
                r"\mathcal{L} = -\sum_{n} \left[ y_n (1 + p_n) \log f_n + (1 - y_n)(1 - p_n)(1 + p_n) \log (1 - f_n) \right]",
                "Every impression enters as a negative at once and again as a positive on a click. f is the prediction, p the model's own estimate of the click rate with the negative sampling undone and gradients stopped; the weights turn the observed mixture back into the true distribution.",
            ),
            MathFormula(
                "Undoing negative sampling",
                r"p = \frac{q}{q + (1 - q) / w}",
                "q is the prediction on sampled data, w the share of negatives kept ({negatives}). Applied exactly once, before the isotonic map.",
            ),
            MathFormula(
                "Optimal shaded bid",
                r"b^{*} = \mathrm{argmax}_{b} \, (v - b)\, F(b \mid x)",
                "v is the expected value of the impression, F the win probability at bid b from the landscape model. In a second-price auction the best bid is v itself.",
            ),
        ],
        calibration="After the sampling correction an isotonic map by surface and exchange is fitted on the last closed hour, unsampled and re-scored with the new checkpoint; clicks still to come are added by a completeness factor. Predicted over observed is watched by slice every 10 minutes.",
    ),
    evaluation=Evaluation(
        offline="Progressive validation: each row is scored before it is trained on. Normalised entropy (log-loss over the entropy of the base rate), AUC grouped by user (a request shows one ad, so there is nothing to order within it), calibration by slice; replayed surplus for the shader.",
        disagreement="Only won and rendered impressions have labels, at prices set by the old model. A better model wins other auctions, where nothing is known; and what one arm wins, another arm loses, because they share budgets.",
        unit="Budget-split: users are split in halves and every campaign's budget too, so that an arm cannot spend the other's money. Pacing and calibrator run by arm.",
        duration="Two weeks: a full pay cycle of daily budgets and most of the conversion window; a novelty check in week two.",
        power="Revenue per user has a standard deviation of {test_spread:n} times its mean, so a lift of {test_lift} needs about {test_size} users in each arm; variance reduction with last week's spend halves that.",
        guardrails="Overspend, deadline misses, cost per conversion against target, ads hidden or reported, time on the host surface, delivery skew in housing, job and credit ads.",
    ),
    biases=[
        Bias(
            "Selection bias",
            effect="Labels exist only for auctions that were won, so ads the model dislikes are never corrected.",
            cure="A small exploration share of own auctions, pCVR over the entire impression space, and losers sampled in the log.",
            where="serving/Own auction",
        ),
        Bias(
            "Position bias",
            effect="Slot and format drive clicks more than the ad does.",
            cure="A slot tower in training; at serving the slot is known before the auction, so it stays an input of price but not of ad choice.",
            where="model/Slot tower",
        ),
        Bias(
            "Delayed feedback",
            effect="The newest rows hold too many negatives, and the model learns to under-predict whatever converts slowly.",
            cure="Negatives at once with importance weights for clicks; a conversion probability and time-to-convert curve for conversions.",
            where="training/Delay model",
        ),
        Bias(
            "Popularity bias",
            effect="Ads with much spend have certain estimates, new ads do not, and a greedy auction prefers certainty.",
            cure="A small optimistic bonus that shrinks as the ad gathers impressions, paid for by the exploration share.",
            where="serving/Own auction",
        ),
        Bias(
            "Cold start: new ad",
            effect="No counters and a random ID embedding.",
            cure="Creative and landing-page embeddings, the advertiser's rates as prior, and exploration for the first thousand impressions.",
            where="model/Ad",
        ),
        Bias(
            "Cold start: new advertiser",
            effect="No conversion history, so a target CPA cannot be priced.",
            cure="The category's prior, bids capped until about 50 conversions have matured.",
            where="auction/Target-CPA controller",
        ),
        Bias(
            "Cold start: user without id",
            effect="Without consent there is no history.",
            cure="Context, page topic and cohort features; the model is trained with ids dropped at random.",
            where="serving/Fraud and consent",
        ),
    ],
    decisions=[
        Decision(
            "Log-loss and a separate calibrator",
            why="Bids multiply the score with money, so the level must be right and not only the order; a calibrator fitted hourly corrects the level faster than a new model can.",
            rejected=[
                "a ranking loss: better order within a request, but no probability to price with",
                "calibration inside the model only: every release moves it, and slices drift between releases",
            ],
            revisit_when="no price is computed from the score; a combined loss pays when it lifts AUC grouped by user by 0.1 % at equal calibration",
        ),
        Decision(
            "A negative at once, corrected by weights",
            why="Waiting {join_window} for a certain negative makes every model a day old; emitting at once and weighting keeps it {delta} fresh at the cost of noisier gradients.",
            rejected=[
                "waiting for the label: clean, but stale for ads that live days",
                "a short window: fresh, but biased against ads that are clicked late",
            ],
            revisit_when="nearly all clicks come within one delta, or a label is used for billing",
        ),
        Decision(
            "pCTR and pCVR as two heads",
            why="{clicks:n} clicks a day train a click head well, {conversions:n} conversions do not train a model alone; a shared trunk and the entire-space loss lend the rare head the frequent one's rows.",
            rejected=[
                "one conversion model on impressions: too few positives for {ads:n} ads",
                "a conversion model on clicks only: biased to users who click",
            ],
            revisit_when="conversions mostly follow views, not clicks",
        ),
        Decision(
            "Bid shading on a learned win curve",
            why="In a first-price auction a bid of the full value leaves no surplus; the landscape model says how far the bid can fall before wins do, and maximises (value - bid) x win probability.",
            rejected=[
                "truthful bidding: right for second price only",
                "a fixed discount: simple, but wrong by exchange, hour and slot",
            ],
            revisit_when="an exchange returns to second price or shares the minimum bid to win, which replaces censored learning",
        ),
        Decision(
            "A controlled bid multiplier",
            why="Lowering all bids of a campaign keeps the cheap, good impressions and drops the expensive ones; spend follows the forecast curve by feedback every 5 s.",
            rejected=[
                "random throttling: simple and saves scoring, but drops good and bad impressions alike",
                "spending until empty: mornings crowded, evenings unsold",
            ],
            revisit_when="a budget buys fewer than about a hundred impressions a day, too few to steer by price",
        ),
        Decision(
            "Model deltas every {delta}",
            why="Half of the ads are younger than two weeks, and each delta brings the last quarter of an hour to an ad that started this morning; guard rails (gate, canary, spend cap) bound a bad delta.",
            rejected=[
                "a daily batch: simpler, but new ads run a day on priors",
                "per-event updates in serving: freshest, but without a gate",
            ],
            revisit_when="ads live for months, or a delta improves normalised entropy by less than 0.05 %",
        ),
    ],
    failures=[
        FailureMode(
            "A bad delta over-predicts and bids rise with it.",
            "Predicted over observed clicks exceeds 1.1 for 10 min on any large slice.",
            "The rollback controller restores the last good bundle by itself, bids are capped at the trailing average value, and the calibrator is refitted.",
        ),
        FailureMode(
            "The spend counter lags, so campaigns overspend unseen.",
            "Budget age exceeds 30 s.",
            "Pacing freezes multipliers, then stops campaigns above 90 % of their budget until the counter is back.",
        ),
        FailureMode(
            "One region's click events are late and look like negatives.",
            "The join rate by region falls under 95 % of its forecast.",
            "Training holds that region's rows, and the calibrator keeps its previous map.",
        ),
        FailureMode(
            "The frequency counters are late, and a user sees one ad twenty times in an evening.",
            "Counter age exceeds 1 min; impressions over the cap are counted in the log.",
            "The app sends the ads it has shown in this session, and the edge caps by those; campaigns with a strict cap wait.",
        ),
        FailureMode(
            "Bots click a publisher's ads.",
            "Click rate rises while post-click dwell and conversion rate fall.",
            "The placement is blocked, its rows are dropped from training, and the ledger refunds advertisers.",
        ),
        FailureMode(
            "Scoring is overloaded close to the exchange's deadline.",
            "Deadline misses exceed 1 % for a minute.",
            "The edge drops the least valuable exchanges; 30 ads instead of {ranked:n} are scored; if that is not enough, the light ranker's calibrated score serves.",
        ),
        FailureMode(
            "A schema or hash change sends features into wrong embedding rows.",
            "Null rate and hash distribution of logged features differ from training at load.",
            "The host refuses the bundle and keeps the last one.",
        ),
    ],
    metrics=Metrics(
        offline=[
            "Normalised entropy under progressive validation, AUC grouped by user",
            "Calibration ratio and error by slice",
            "Replayed surplus, likelihood of the win curve",
        ],
        online=[
            "Revenue per thousand requests, conversions at target cost",
            "Win rate, surplus per win, share of budgets delivered",
            "Use of the surface that carries the ads",
        ],
        guardrail=[
            "Overspend, deadline misses, invalid-traffic share of clicks",
            "Ads hidden or reported per thousand, ad load, advertisers lost",
            "Skew of delivery in housing, job and credit ads",
        ],
    ),
    follow_ups=[
        FollowUp(
            "mid",
            "You train on {negatives} of the negatives. What happens to the predictions?",
            answer="The odds are inflated by the inverse of that share: a true rate of {click_rate} is learned as {inflated}. Order is unchanged, price is not. I correct once, with p = q / (q + (1 - q) / w), before the isotonic map. Weighting the kept negatives by 1 / w is the alternative; it needs no correction but has noisier gradients. Doing both is a classic bug that makes every bid far too low.",
            weak="'Sampling does not matter because AUC stays the same.'",
            where="serving/Calibrator",
        ),
        FollowUp(
            "mid",
            "Why not use accuracy or AUC as the main offline metric?",
            answer="At a click rate of {click_rate} always saying no is 99 % accurate. AUC only sees order, so a model that doubles every probability has the same AUC and doubles every bid. I use log-loss relative to the entropy of the base rate, which rewards both order and level, and calibration by slice, because errors that cancel overall still misprice single advertisers.",
            weak="Reporting AUC alone, or log-loss without a baseline.",
            where="training/Offline gate",
        ),
        FollowUp(
            "mid",
            "A new advertiser starts with no history. What do you predict?",
            answer="A prior from what is known: creative and landing-page embeddings, category, format and placement, which the model has learned from other advertisers. Counters are smoothed to the category's rate, so they start there. A small exploration share buys the first thousand impressions. For target-CPA campaigns bids are capped until about fifty conversions have matured.",
            weak="'Use the global average click rate' with nothing that learns.",
            where="auction/Target-CPA controller",
        ),
        FollowUp(
            "senior",
            "Click rate fell 10 % overnight. In which order do you look?",
            answer="First whether it is real: event volume, join rate by region, client release, invalid-traffic filter. Then mix: more traffic from an exchange or slot with low rates lowers the mean with no model at fault. Then the model: predicted over observed by version and slice; a bad delta shows there. Then supply and demand: a large campaign ended, ad load rose. Roll back only if the ratio points to the bundle.",
            weak="Retraining or rolling back at once.",
            where="operations/Calibration monitor",
        ),
        FollowUp(
            "senior",
            "All predictions are 10 % too high. What does it cost?",
            answer="It depends on the price rule. With CPC bids in a second-price auction the winner pays the runner-up's score over its own pCTR, so a uniform factor cancels. With a reserve price, impression-priced or target-CPA campaigns and exchange bids it does not: we pay 10 % more for the same clicks. In practice bias is never uniform; what it mostly does is pick the wrong winner between slices.",
            weak="'We overcharge everybody by 10 %', whatever the auction.",
            where="serving/Own auction",
        ),
        FollowUp(
            "senior",
            "Why learn pCVR on all impressions and not on clicks?",
            answer="At serving pCVR is needed for every candidate, most of which would never be clicked; a model trained on clicks extrapolates to them. The entire-space model learns pCTR and the product on all impressions and gets pCVR as the quotient it never divides. It also lets {conversions:n} conversions share embeddings with {clicks:n} clicks. The price is that errors of pCTR leak into pCVR.",
            weak="'More data is better', without the selection argument.",
            where="model/pCVR given click",
        ),
        FollowUp(
            "senior",
            "How do you test a model whose arms compete for the same budgets?",
            answer="With a plain user split, the arm that bids higher drains shared budgets and looks better while the total is unchanged. I split users and every campaign's budget in the same proportions, with pacing, calibrator and counters per arm, so each arm is a small market. That costs power, so tests take two weeks and about {test_size} users an arm, less with variance reduction.",
            weak="A standard user-level A/B test read on revenue.",
            where="operations/Experiment analysis",
        ),
        FollowUp(
            "staff",
            "Apple's rules remove the device id from conversions. What changes?",
            answer="Labels arrive days late as postbacks that name a campaign and a coarse value, and no user or impression; small campaigns get less still. pCTR is unaffected. For pCVR I keep consented traffic as the training set and use aggregates for level: predicted conversions per campaign must match the reported count, as a calibration constraint. Lift tests by region tell how biased the consented share is. Bids for that traffic get wider margins.",
            weak="'Use fingerprinting', or ignoring the traffic.",
            where="training/Ad events",
        ),
        FollowUp(
            "staff",
            "Where would you spend ten times the ranker budget?",
            answer="Not on {ranked:n} to a thousand ads with the same model: the light ranker's misses bound that gain, so first measure how often the ranker's best ad is outside the kept {ranked:n}. Then longer user sequences in the ranker, since history is the strongest signal; then a better retrieval model. Each step is priced against revenue of {income}: a tenth of a per cent already pays for the present ranker GPUs.",
            weak="'A bigger model', with no estimate of what it returns.",
            where="serving/Ranker",
        ),
        FollowUp(
            "staff",
            "The pacing controller oscillates every afternoon. Why, and what do you do?",
            answer="The forecast it follows may be learned from its own spend: throttled campaigns look like missing supply, so the plan shrinks. I forecast eligible requests from the serving log instead. Next, delay: the counter lags 5 s and conversions days, so gains must fit the slowest signal. I damp the multiplier, bound its step, and test on replayed days.",
            weak="'Tune the gains' without looking for the closed loop.",
            where="auction/Traffic forecast",
        ),
    ],
    case_studies=[
        CaseStudy(
            "Meta",
            system="Andromeda: a retrieval engine that cuts tens of millions of ads to a few thousand with a deep network on GPU, co-designed with the hardware.",
            difference="They moved learned interaction features into retrieval, where we use a dot product and boolean rules; it pays at their scale because every extra relevant candidate is revenue.",
            source="https://engineering.fb.com/2024/12/02/production-engineering/meta-andromeda-advantage-automation-next-gen-personalized-ads-retrieval-engine/",
        ),
        CaseStudy(
            "Yahoo (Verizon Media)",
            system="A deep distribution network that predicts the whole distribution of the minimum winning price, for censored and open first-price auctions.",
            difference="They model a distribution and search it for the surplus-maximising bid at run time; ours is the same idea with a simpler win curve. They report advertiser return up 2.4 % for CPM and CPC and 8.6 % for CPA campaigns.",
            source="https://arxiv.org/abs/2107.06650",
        ),
        CaseStudy(
            "LinkedIn",
            system="Budget pacing that makes each campaign's cumulative spend follow its forecast share of impressions.",
            difference="They steer participation (probabilistic throttling), not price; simpler and safe for small budgets, where a multiplier has too few impressions to act on.",
            source="https://doi.org/10.1145/2623330.2623366",
        ),
    ],
    five_minutes=[
        Phase(
            0.5,
            "Frame",
            "I take both kinds of supply: our own app's slots and exchange requests. For each slot I choose an ad and a bid. The ML task is the probability of a click, and of a conversion given a click. They are multiplied with money, so they must be calibrated, not just well ordered. I do not optimise click rate as such, because accidental taps would win. The baseline is the ad's smoothed click rate in that placement times its bid: calibrated by construction, blind to the user, and useless for new ads.",
        ),
        Phase(
            0.75,
            "Scale and shape",
            "The edge sees {edge_rate:n} requests a second at peak. A bitmap test drops {dropped} of the exchange's, because no campaign wants them; {peak_rate:n} are scored, within {promise} including {network_time} of network. {ads:n} ads are cut to {retrieved:n} by targeting rules and a two-tower search, to {ranked:n} by a light ranker, and those are scored on about {ranker_gpus:n} GPUs. Every stage may give up: no bid is an answer, a late bid is not.",
        ),
        Phase(
            1,
            "Model",
            "The ranker is a deep and cross network over hashed embeddings, {tables} of them in shards, with a hot-row cache on the GPU hosts. Two heads: pCTR, and pCVR given a click, trained over the entire impression space as a product, because conversions are rare and serving needs pCVR for ads nobody clicked. A slot tower takes up position in training. Behind it stands a calibrator: it undoes the negative sampling once, then applies an isotonic map by surface and exchange. If the ranker is late, the light ranker's own calibrated score stands in.",
        ),
        Phase(
            0.75,
            "Labels and training",
            "Labels are late. Every rendered impression becomes a negative at once and a positive when a click arrives, with importance weights to correct the mixture; conversions are weighted by a delay model. Each row is scored before it is trained on, which gives an honest validation stream. A delta ships every {delta} through a gate and a canary that has a spend cap. A full retrain each week rebuilds what drifted. Rows marked as bot traffic are neither billed nor learned.",
        ),
        Phase(
            0.75,
            "Money",
            "The bid is value times probabilities times a pacing multiplier. Own slots run a second-price auction, exchange bids are shaded: I maximise value minus bid times the win probability. A controller compares spend with a plan made from eligible supply, not from past spend, and moves the multiplier; a hard stop guards the budget when the counter is late. Target-CPA campaigns have an outer loop on matured conversions. New ads get a small exploration share, because labels exist only for auctions that were won.",
        ),
        Phase(
            0.5,
            "Evaluation",
            "Offline I use normalised entropy and calibration by slice. Online a normal A/B test lies, because arms compete for the same budgets, so I split budgets with the users and need about {test_size} users an arm for half a per cent. Guardrails are advertiser cost per conversion, overspend and what users hide or report. Before that, progressive validation and a shadow run have to agree.",
        ),
        Phase(
            0.5,
            "Operations",
            "I watch predicted over observed by slice every ten minutes: three per cent off refits the calibrator, ten per cent restores the last good bundle without waiting for a person. Overload drops the least valuable exchanges first, then scores fewer ads, then uses the light score; a no-bid is always a valid answer. The spend counter's age is an alarm of its own, since stale spend is overspend.",
        ),
        Phase(
            0.25,
            "Close",
            "Serving costs about {cost_per_thousand} per thousand scored requests, while a one per cent bias misprices up to {mispriced}: calibration is where I would look first, and delayed conversions next.",
        ),
    ],
    interview_plan=[
        Phase(
            5,
            "Clarify",
            "Own slots or exchange, price model, auction type, deadline, label delay, privacy limits. Fix the answers on the board.",
        ),
        Phase(
            4,
            "Frame",
            "Goal to metric in five lines. Say aloud that the probability is multiplied by money, and give the historical-rate baseline.",
        ),
        Phase(
            4,
            "Estimate",
            "Edge rate, scored rate, scores per second, embedding memory, clicks and conversions per day. Conclude: funnel, and conversions are rare.",
        ),
        Phase(
            7,
            "High-level design",
            "Draw the serving path from edge to bid, then the event loop back. Point at no-bid as the safe answer.",
        ),
        Phase(
            9,
            "Model and labels",
            "Cross network, two heads and the entire-space product, slot tower; sampling correction and fake-negative weights on the board.",
        ),
        Phase(
            6,
            "Auction and pacing",
            "Second price against first price, shading, multiplier, forecast from eligible supply, hard stop.",
        ),
        Phase(5, "Evaluation", "Normalised entropy, progressive validation, budget-split test, power, guardrails."),
        Phase(3, "Operations", "Calibration alarm ladder, overload ladder, fraud, bad delta."),
        Phase(
            2, "Close", "Weakest point: labels only for won auctions. What to measure next, and cost against revenue."
        ),
    ],
    building_blocks=["embeddings-retrieval", *LEARNING_BLOCKS, *RESPONSIBILITY_BLOCKS, *COMMON_BLOCKS],
    sources=bibliography("""
        H. B. McMahan et al. (Google), "Ad Click Prediction: a View from the Trenches", KDD 2013
            https://doi.org/10.1145/2487575.2488200 online learning, progressive validation, calibration
        X. He et al. (Facebook), "Practical Lessons from Predicting Clicks on Ads at Facebook", ADKDD 2014
            https://doi.org/10.1145/2648584.2648589 negative sampling and its correction, normalised entropy, freshness
        O. Chapelle (Criteo), "Modeling Delayed Feedback in Display Advertising", KDD 2014
            https://doi.org/10.1145/2623330.2623634 the delay model
        S. I. Ktena et al. (Twitter), "Addressing Delayed Feedback for Continuous Training with Neural Networks in CTR Prediction", RecSys 2019
            https://arxiv.org/abs/1907.06558 negatives at once, corrected by importance weights
        X. Ma et al. (Alibaba), "Entire Space Multi-Task Model: An Effective Approach for Estimating Post-Click Conversion Rate", SIGIR 2018
            https://arxiv.org/abs/1804.07931 pCVR as a factor over all impressions
        R. Anil et al. (Google), "On the Factory Floor: ML Engineering for Industrial-Scale Ads Recommendation Models", arXiv 2022
            https://arxiv.org/abs/2209.05310 click models as they are run
        R. Wang et al. (Google), "DCN V2: Improved Deep & Cross Network and Practical Lessons for Web-scale Learning to Rank Systems", WWW 2021
            https://arxiv.org/abs/2008.13535 the cross network of the ranker
        B. Edelman, M. Ostrovsky, M. Schwarz, "Internet Advertising and the Generalized Second-Price Auction: Selling Billions of Dollars Worth of Keywords", American Economic Review 2007
            https://www.nber.org/papers/w11765 second-price rules for ads: what a winner pays
        T. Zhou et al. (Verizon Media), "An Efficient Deep Distribution Network for Bid Shading in First-Price Auctions", KDD 2021
            https://arxiv.org/abs/2107.06650 bid shading, and the move to first price by 2019
        D. Agarwal, S. Ghosh, K. Wei, S. You (LinkedIn), "Budget Pacing for Targeted Online Advertisements at LinkedIn", KDD 2014
            https://doi.org/10.1145/2623330.2623366 pacing against a forecast of impressions
        Meta, "Meta Andromeda: Supercharging Advantage+ automation with the next-gen personalized ads retrieval engine", Engineering at Meta 2024
            https://engineering.fb.com/2024/12/02/production-engineering/meta-andromeda-advantage-automation-next-gen-personalized-ads-retrieval-engine/
            tens of millions of ads cut to a few thousand at retrieval
        R. Ananthanarayanan et al. (Google), "Photon: Fault-tolerant and Scalable Joining of Continuous Data Streams", SIGMOD 2013
            https://doi.org/10.1145/2463676.2465272 joining clicks to what was served within seconds
        Apple, "Measuring ad performance with AdAttributionKit", Apple developer documentation 2025
            https://developer.apple.com/app-store/ad-attribution/ postbacks that name a campaign; less in them where the crowd is small
        Google, "Callout Quota System", Authorized Buyers documentation 2025
            https://developers.google.com/authorized-buyers/rtb/callout-quota-system
            deadlines of 80 to 1,000 ms in tmax, throttling on errors
    """),
)


@view("Overview")
def overview() -> None:
    """Two kinds of supply share one scoring core; events close three loops: learning, money and trust."""
    with Cluster("Supply") as supply:
        own_app = Users("Own app users", tooltip="See ads; their views and clicks are the labels")
        exchange = Internet(
            "Ad exchanges\nOpenRTB",
            tooltip="Send bid requests with a deadline, win and loss notices, and clicks through our signed URLs",
        )
    with Cluster("Online"):
        edge = Envoy("Bid edge\nEnvoy", tooltip="Checks consent and fraud, drops what no campaign wants")
        retrieval = Retriever(
            "Ad retrieval\nand light ranker", tooltip="Finds {retrieved} eligible ads out of {ads}, keeps {ranked}"
        )
        models = Ranker(
            "Ranker\npCTR and pCVR", tooltip="Predicts calibrated click and conversion probabilities for {ranked} ads"
        )
        auction = RuleEngine(
            "Auction and\nbid shading", tooltip="Orders by expected value, prices own slots, shades exchange bids"
        )
    with Cluster("Data"):
        features = FeatureStore(
            "Online feature store", tooltip="Serves user, ad and counter features under one definition"
        )
        events = Kafka(
            "Event log\nKafka", tooltip="Carries wins, impressions, clicks, conversions; replayed for billing"
        )
        join = Flink("Event join\nFlink", tooltip="De-duplicates and joins late events to the served impression")
        lake = S3("Data lake", tooltip="Stores immutable joined rows with features as served")
    with Cluster("Money"):
        advertisers = Users("Advertisers", tooltip="Set bids, budgets, targets and creatives")
        budgets = Cockroachdb(
            "Budget ledger\nand pacing", tooltip="Counts spend per campaign and makes budgets last the day"
        )
    with Cluster("Learning"):
        training = Kubeflow("Training pipeline", tooltip="Updates the model every {delta}, refits the calibrator")
        registry = Mlflow("Model registry", tooltip="Versions parameters, feature schema and calibrator as one bundle")

    exchange >> request("bid request") >> edge
    own_app >> request("ad request") >> edge >> response("targetable slot") >> retrieval
    retrieval >> request("user, counters") >> features
    retrieval >> response("{ranked} ads") >> models >> response("probabilities") >> auction
    auction >> response("bid, {promise}") >> exchange
    auction >> response("winning ad") >> own_app
    advertisers >> request("bids, budgets") >> budgets >> control("pacing multiplier") >> auction
    (
        supply
        >> feedback("views, wins,\nlosses, clicks")
        >> events
        >> stream("events")
        >> join
        >> stream("spend, 5 s")
        >> budgets
    )
    join >> stream("counters") >> features
    models >> stream("features, scores") >> events
    join >> batch("labelled rows") >> lake >> batch("hourly and stream") >> training
    training >> control("gated bundle") >> registry >> control("delta, {delta}") >> models


@view("Serving", details="overview/Online")
def serving() -> None:
    """One request through the core: {ads} ads to one bid in {promise}, with a no-bid as the safe answer at every stage."""
    with Cluster("Supply"):
        exchange = Internet("Ad exchanges\nOpenRTB", tooltip="Send a request with tmax, expect bid or no-bid")
        own_app = Mobile("Own app", tooltip="Requests ads for the slots of the next screen")
    with Cluster("Edge"):
        edge = Envoy(
            "Bid edge\nEnvoy",
            tooltip="Parses, assigns the experiment arm by hash, sets the deadline, sheds the least valuable first",
        )
        traffic = Guard("Fraud and consent", tooltip="Removes invalid traffic, strips ids without consent")
        targeting = Rust("Pre-targeting", tooltip="Tests by bitmap whether any campaign can want this slot")
    with Cluster("Features"):
        features = Aerospike(
            "User features\nAerospike", tooltip="Holds interests, actions and frequency counters, read at once"
        )
    with Cluster("Retrieval"):
        boolean = Retriever("Targeting index", tooltip="Matches boolean rules of audience, place, slot, brand safety")
        ann = VectorIndex(
            "Two-tower ANN",
            tooltip="Encodes the user with the user tower, then finds near ads under the same eligibility",
        )
    with Cluster("Scoring"):
        light = Ranker(
            "Light ranker\nCPU", tooltip="Distilled and calibrated; its score stands in when the ranker is late"
        )
        ranker = Ranker("Ranker\npCTR and pCVR", tooltip="Cross network over embeddings, one head per event")
        shards = Server("Embedding shards", tooltip="Hold {tables} of id tables, split by row, updated by deltas")
        calibrator = Calibrator(
            "Calibrator", tooltip="Undoes negative sampling once, then maps isotonically by surface"
        )
    with Cluster("Auction"):
        calculator = Planner(
            "Bid calculator", tooltip="Value x probabilities x pacing multiplier; drops campaigns without budget"
        )
        pacing = Redis("Budget cache\nRedis", tooltip="Holds multiplier and remaining budget of each campaign")
        auction = RuleEngine(
            "Own auction", tooltip="Value plus quality over a reserve, second price, a little exploration"
        )
        shader = Calibrator(
            "Bid shader", tooltip="Finds the bid with the most surplus times win probability, at first price"
        )
        builder = Go("Response builder", tooltip="Adds creative, signed price and tracking URLs")
    log = Kafka("Serving log\nKafka", tooltip="Keeps features, scores and bid as used, with a sample of the losers")

    with step("A slot arrives with its deadline, at up to {edge_rate:n} a second; {network_time} go to the network."):
        exchange >> request("bid request, tmax") >> edge
        own_app >> request("slot request") >> edge
    with step("Consent, fraud and a bitmap test take {parse_time}; {dropped} of exchange calls end before any model."):
        edge >> response("{edge_rate} peak") >> traffic >> response("clean traffic") >> targeting
    with step(
        "One {feature_time} read brings interests, actions and counters for the remaining {peak_rate:n} a second."
    ):
        targeting >> request("user id") >> features
    with step("Boolean targeting and a two-tower search run side by side over {ads} ads, within {ann_time}."):
        targeting >> response("segments, place") >> boolean
        targeting >> response("user features") >> ann
    with step("About {retrieved} ads are scored on {light_lanes:n} cores in {light_time}, and {ranked} stay."):
        boolean >> response("{targeted} ads") >> light
        ann >> response("{similar} ads") >> light >> response("top {ranked}, features") >> ranker
    with step(
        "The ranker reads embedding rows and scores a batch in {ranker_time}; if it is late, the light score serves."
    ):
        ranker >> request("row ids") >> shards
        ranker >> response("raw scores") >> calibrator
        light >> response("calibrated\nstand-in scores") >> calculator
    with step(
        "Sampling is undone; value, probabilities and multiplier make the bid, and campaigns without budget are dropped."
    ):
        calibrator >> response("pCTR, pCVR") >> calculator >> request("multiplier, budget") >> pacing
    with step(
        "Own slots are auctioned; exchange bids are shaded, since in a first-price auction one pays what one bids."
    ):
        calculator >> response("own slots") >> auction >> response("winner, price") >> builder
        calculator >> response("exchange slots") >> shader >> response("shaded bid") >> builder
    with step("A signed answer leaves before {promise}; close to the deadline it is a no-bid."):
        builder >> response("bid or no-bid") >> exchange
        builder >> response("ad") >> own_app
    with step("Features, scores and bid are logged as used, together with a sample of losing ads."):
        builder >> stream("scores as served") >> log


@view("Model", direction="TB", details="serving/Ranker")
def model() -> None:
    """One trunk, two heads: conversions are learned as a product over all impressions, and a calibrator follows."""
    with Cluster("Inputs"):
        user = Features(
            "User and history", tooltip="Interests, action history, counters; ids dropped at random in training"
        )
        ad = Features("Ad", tooltip="Ad, advertiser and creative embedding, age, smoothed rates")
        context = Features("Context", tooltip="Exchange, publisher, device, hour, page topic")
        slot = Features("Slot", tooltip="Position, size and format of the slot")
    with Cluster("Trunk"):
        tables = EmbeddingTable(
            "Hashed tables", tooltip="{table_rows:n} rows of {dimensions:n} numbers; {rows_read:n} rows read a request"
        )
        cross = Interaction("Cross network\nDCN-v2", tooltip="Three explicit cross layers: user x ad, ad x context")
        deep = Expert("Deep branch", tooltip="Three dense layers beside the crosses")
        concat = Interaction("Concatenate", tooltip="Crosses and deep branch side by side, for both heads")
        tower = Expert(
            "Slot tower", tooltip="Adds a logit for position and format, so that the ad is not credited with it"
        )
    with Cluster("Heads"):
        click = Head("pCTR", tooltip="Probability of a click, on sampled data")
        convert = Head(
            "pCVR given click", tooltip="Probability of a conversion once clicked; never trained on clicks alone"
        )
        product = Head("pCTCVR", tooltip="Product of the two: click and conversion, defined on every impression")
    with Cluster("Training"):
        labels = LabelJoin(
            "Joined labels",
            tooltip="Clicks within {join_window} and conversions within 7 days, with weights for those still to come",
        )
        click_loss = LossFunction("Click log-loss", tooltip="Fake-negative weighted")
        convert_loss = LossFunction("Conversion log-loss", tooltip="On the product, weighted by the delay model")
    with Cluster("Serving"):
        calibrator = Calibrator(
            "Calibrator", tooltip="Undoes the {negatives} sampling of negatives, then isotonic by surface"
        )
        bid = Assembler("Bid", tooltip="Value x pCTR x pCVR x pacing multiplier")

    user >> tables
    ad >> tables
    context >> tables
    tables >> Edge(label="32 d each") >> cross
    tables >> Edge(label="concatenated") >> deep
    [cross, deep] >> concat >> [click, convert]
    slot >> tower >> Edge(label="logit") >> click
    click >> product
    convert >> product
    click >> click_loss
    product >> convert_loss
    labels >> feedback("clicks") >> click_loss
    labels >> feedback("conversions") >> convert_loss
    click >> calibrator
    convert >> calibrator >> Edge(label="probabilities") >> bid


@view("Training", details="overview/Training pipeline")
def training() -> None:
    """Continuous training with late labels: every row carries its own correction; nothing ships uncalibrated."""
    with Cluster("Events"):
        log = Kafka("Serving log\nKafka", tooltip="Keeps features exactly as served, model version, score, bid")
        outcomes = Kafka(
            "Ad events\nKafka", tooltip="Carries impressions, clicks, conversions: late, duplicated, sometimes false"
        )
        traffic = Guard("Invalid-traffic filter", tooltip="Marks bots, so that they are neither billed nor learned")
    with Cluster("Labels"):
        join = Flink(
            "Label join\nFlink",
            tooltip="Emits a negative for each rendered ad at once, a positive on a click within {join_window}; {join_state} of state",
        )
        sampling = Flink(
            "Negative sampling\nFlink", tooltip="Keeps all positives and {negatives} of negatives, unweighted"
        )
        table = S3("Training table", tooltip="Stores time-ordered rows, replayed for full retrains")
    with Cluster("Training"):
        retrain = Kubeflow("Weekly full retrain", tooltip="Rebuilds from {history}: new features, drifted rows")
        delay = Forecaster("Delay model", tooltip="Probability of a conversion times its time-to-convert curve")
        online = Trainer(
            "Online trainer", tooltip="Trains on the stream with weights for clicks to come; saves every {delta}"
        )
    with Cluster("Release"):
        gate = Choice(
            "Offline gate\nprogressive validation",
            tooltip="Scores each row before training on it: entropy, calibration by slice",
        )
        calibrator = Calibrator(
            "Calibrator fit",
            tooltip="Re-scores the last closed hour with the new checkpoint; scales young clicks by their completeness",
        )
        registry = Mlflow("Model registry", tooltip="Dense parameters, table deltas, calibrator, schema")
        canary = Flagger("Shadow and canary", tooltip="1 % of traffic under a spend cap, then the fleet")
        fleet = ModelPool("Serving fleet", tooltip="Applies deltas in place, keeps the last good bundle")

    log >> stream("ads as scored") >> join
    outcomes >> feedback("raw events") >> traffic >> stream("valid events") >> join
    join >> stream("{impressions:n} rows/day") >> sampling >> stream("{rows:n} rows/day") >> online
    sampling >> batch("{row_volume}") >> table >> batch("{history}") >> retrain >> batch("warm start") >> online
    table >> batch("matured clicks") >> delay >> control("conversion weights") >> online
    online >> batch("checkpoint") >> gate >> control("passed") >> calibrator
    join >> batch("last hour, unsampled") >> calibrator >> control("model, calibrator") >> registry
    registry >> control("bundle") >> canary >> control("delta push") >> fleet >> stream("new scores") >> log


@view("Auction", details="overview/Money")
def auction() -> None:
    """The money loop: how spend feeds back into bids, and how bids learn from wins and losses."""
    with Cluster("Demand"):
        advertisers = Users("Advertisers", tooltip="Set budget, objective, bid or target CPA in the console")
        campaigns = Postgresql("Campaign store", tooltip="Source of truth for campaigns and limits")
        config = Kafka("Config push\nKafka", tooltip="Compacted topic: changes reach every bidder in seconds")
    with Cluster("Bidding"):
        bidders = Rust("Bidder fleet", tooltip="Bids value x pCTR x pCVR x multiplier, then shades")
        market = Internet("Exchange or auction", tooltip="Decides who wins and at which price; ours or a partner's")
        stop = Choice("Hard stop", tooltip="Stops a campaign at 100 % of budget, or when spend data are stale")
    with Cluster("Events"):
        log = Kafka("Serving log\nKafka", tooltip="Records every request a campaign was eligible for, won or not")
        notices = Kafka(
            "Auction notices\nKafka", tooltip="Carries wins and losses with price, and renders: all that spends money"
        )
        counter = Flink("Spend counter\nFlink", tooltip="Counts each auction id once, sums every 5 s")
        conversions = Kafka("Conversion events\nKafka", tooltip="De-duplicated, attributed, days late")
    with Cluster("Control"):
        ledger = Cockroachdb("Billing ledger", tooltip="Stores durable debits, credits and fraud refunds")
        forecast = Forecaster("Traffic forecast", tooltip="Predicts eligible requests per 15 min, by campaign")
        cpa = Planner("Target-CPA controller", tooltip="Sets value per conversion, from matured conversions only")
        pacing = Planner("Pacing controller", tooltip="Compares spend with the planned curve and moves the multiplier")
        landscape = Calibrator("Bid landscape model", tooltip="Win probability by price, from wins and censored losses")

    advertisers >> request("budget, target") >> campaigns >> stream("change feed") >> config
    config >> control("active campaigns") >> bidders >> request("bid") >> market
    market >> stream("win, loss, price") >> notices
    bidders >> stream("eligible requests") >> log >> batch("eligible supply") >> forecast
    notices >> stream("priced events") >> counter >> stream("debits") >> ledger >> batch("cost") >> cpa
    counter >> stream("spent share") >> stop >> control("no-bid") >> bidders
    forecast >> batch("planned curve") >> pacing
    counter >> stream("spend, 5 s") >> pacing >> control("multiplier") >> bidders
    conversions >> feedback("matured events") >> cpa >> control("value scale") >> pacing
    notices >> feedback("win and loss") >> landscape >> control("shading curve") >> bidders


@view("Operations")
def operations() -> None:
    """What is watched and what moves on its own: calibration, spend, latency, tests with budgets of their own."""
    with Cluster("Serving"):
        fleet = ModelPool("Serving fleet", tooltip="Emits latency, timeouts, score histograms, bid rate")
        events = Kafka("Ad events\nKafka", tooltip="Carries valid impressions with their price, clicks and conversions")
        fallback = Fallback("Fallback ladder", tooltip="Light score, then the ad's average rate, then no-bid")
        flags = Etcd("Feature flags\netcd", tooltip="Stop an exchange, a model or an advertiser")
    with Cluster("Observe"):
        metrics = Prometheus("Metrics\nPrometheus", tooltip="Deadline misses, queues, budget age, bid and win rate")
        quality = Flink(
            "Live quality\nFlink", tooltip="Joins scores with clicks by version, scaled for clicks still to come"
        )
        calibration = Monitor(
            "Calibration monitor", tooltip="Predicted over observed, by surface, exchange, score band"
        )
        dashboards = Grafana("Dashboards\nGrafana", tooltip="One for money, one for the model, one for latency")
        alerts = Pagerduty("On-call alerts", tooltip="Pages a person on overspend, revenue drop, calibration break")
    with Cluster("Decide"):
        oncall = User("On-call engineer", tooltip="Stops an exchange or a model while the cause is found")
        analysis = Clickhouse("Experiment analysis", tooltip="Budget-split tests: no arm spends another's budget")
        owner = User("Ads ML owner", tooltip="Approves launches, reads advertiser guardrails")
        retrain = Airflow("Retrain trigger", tooltip="Refits the calibrator first, retrains if order fell too")
        rollback = Argocd(
            "Rollback controller", tooltip="Restores the last good model, calibrator and schema by itself"
        )

    fleet >> stream("RED metrics") >> metrics >> stream("series") >> dashboards
    fleet >> stream("scores served") >> quality >> stream("scores, clicks") >> calibration
    events >> feedback("clicks, conversions,\nspend") >> quality
    calibration >> stream("ratio by slice") >> dashboards
    metrics >> control("SLO burn") >> alerts
    calibration >> control("bias over\n10 %") >> rollback >> control("previous bundle") >> fleet
    rollback >> control("rollback done") >> alerts >> control("page") >> oncall >> control("stop switch") >> flags
    calibration >> control("bias over\n3 %") >> retrain >> control("new calibrator") >> fleet
    quality >> batch("per-arm results") >> analysis >> feedback("revenue, ROI") >> owner
    owner >> control("ramp or stop") >> flags >> control("arms, switches") >> fleet
    fleet >> control("timeout, overload") >> fallback >> control("rung to serve") >> fleet
    fallback >> stream("degraded share") >> metrics
