"""Find, price and bid the best ad for each slot, own or on an exchange, within 100 ms.

Unlike in most ranking the probability itself matters: it is multiplied by money, so a model that orders perfectly and
predicts 10 % too high overcharges advertisers and burns budgets. Clicks arrive in minutes and conversions in days,
only won auctions are observed, budgets change in mid-day, and part of the traffic is fraud.

The answer is one scoring core for both kinds of supply, a calibrator behind the model, training that never stops, and
control loops that keep spend on its plan.
"""

from diagrams import Cluster
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
    Budget,
    Calibrator,
    Decision,
    Estimate,
    Experiment,
    FailureMode,
    Fallback,
    FeatureStore,
    Forecaster,
    Guard,
    InterviewRank,
    Metrics,
    ModelPool,
    Monitor,
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
    request,
    step,
    stream,
    view,
)

ESTIMATE = Estimate(
    users=assume("Daily active users of the own app", 100e6, "user"),
    slots=assume("Ad slots that a user sees", 30, "request/user/day"),
    own=derive("Own ad requests per day", "users * slots", "request/day"),
    offered=assume("Exchange bid requests per day", 20e9, "request/day"),
    targetable=assume("Exchange requests kept by pre-targeting", 30, "percent"),
    dropped=derive("Exchange requests dropped by pre-targeting", "1 - targetable", "percent"),
    exchange=derive("Exchange requests scored per day", "offered * targetable", "request/day"),
    scored=derive("Scored requests per day", "own + exchange", "request/day"),
    mean_rate=derive("Average rate of scored requests", "scored", "request/s"),
    peak_factor=assume("Peak over average", 2.5),
    peak_rate=derive("Peak rate of scored requests", "mean_rate * peak_factor", "request/s"),
    edge_rate=derive("Peak rate at the edge", "(own + offered) * peak_factor", "request/s"),
    ads=assume("Active ads", 10e6, "ad", note="Meta describes tens of millions"),
    retrieved=assume("Ads retrieved", 1_000, "ad/request"),
    ranked=assume("Ads scored by the heavy model", 100, "ad/request"),
    load=assume("Load at which hosts are run", 60, "percent"),
    light_scores=derive("Light-ranker scores at peak", "peak_rate * retrieved", "ad/s"),
    light_speed=assume("Light-ranker speed", 150e3, "ad/s/core"),
    light_cores=derive("Light-ranker cores", "ceil(light_scores / (light_speed * load))", "core"),
    scores=derive("Ranker scores at peak", "peak_rate * ranked", "ad/s"),
    ranker_speed=assume("Ranker speed", 400e3, "ad/s/GPU", note="load-test before buying"),
    ranker_gpus=derive("Ranker GPUs", "ceil(scores / (ranker_speed * load))", "GPU"),
    table_rows=assume("Hashed embedding rows", 2e9, "row"),
    dimensions=assume("Embedding dimension", 32, "number/row"),
    number_bytes=assume("Bytes per dimension", 2, "byte/number", note="fp16"),
    tables=derive("Embedding tables", "table_rows * dimensions * number_bytes", "byte", note="sharded by row"),
    ad_rows=assume("Rows read per ad", 20, "row/ad"),
    user_rows=assume("Rows read per user", 40, "row/request"),
    rows_read=derive("Rows read per request", "ranked * ad_rows + user_rows", "row/request"),
    read_bytes=derive("Row bytes per request", "rows_read * dimensions * number_bytes", "byte/request"),
    row_hits=assume("Rows found in the hot-row cache", 90, "percent", note="on the GPU hosts"),
    row_traffic=derive("Row traffic at peak", "peak_rate * read_bytes * (1 - row_hits)", "byte/s"),
    ids=assume("User ids with features", 600e6, "id"),
    id_bytes=assume("Features per user id", 2e3, "byte/id"),
    user_store=derive("User feature store", "ids * id_bytes", "byte"),
    fill=assume("Own requests that show an ad", 0.9, "impression/request"),
    wins=assume("Scored exchange requests that are won", 0.05, "impression/request"),
    impressions=derive("Impressions per day", "own * fill + exchange * wins", "impression/day"),
    click_rate=assume("Impressions that are clicked", 1, "percent"),
    clicks=derive("Clicked impressions per day", "impressions * click_rate", "impression/day"),
    conversion_rate=assume("Clicks that convert", 3, "percent"),
    conversions=derive("Converted impressions per day", "clicks * conversion_rate", "impression/day"),
    negatives=assume("Negatives kept for training", 10, "percent"),
    rows=derive("Training rows per day", "impressions * (click_rate + (1 - click_rate) * negatives)", "impression/day"),
    log_bytes=assume("Serving log per scored request", 1.5e3, "byte/request", note="one ad, before the win is known"),
    serving_log=derive("Serving log per day", "scored * log_bytes", "byte/day", note="kept three days"),
    row_bytes=assume("Features per training row", 1.5e3, "byte/impression"),
    row_volume=derive("Training features per day", "rows * row_bytes", "byte/day"),
    join_window=assume("Click window", 24, "hour"),
    join_bytes=assume("Join state per impression", 200, "byte/impression", note="key and pointer, in RocksDB"),
    join_state=derive("Click-join state", "impressions * join_window * join_bytes", "byte"),
    revenue=assume("Revenue per impression", 0.003, "dollar/impression", note="3 dollars a thousand"),
    bias=assume("Bias of the prediction", 1, "percent"),
    at_risk=derive("Revenue at risk from that bias", "impressions * revenue * bias", "dollar/day"),
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
    requirements=Requirements(
        functional=[
            "At most one ad per slot for own requests and OpenRTB bid requests, with a price and a signed payload.",
            "Calibrated pCTR, and pCVR given a click; campaigns by CPM, CPC or target CPA.",
            "Budgets, pacing, frequency caps, block lists, creative policy, consent and region before the auction.",
            "A ledger of impressions, clicks and conversions, with refunds; aggregated reports where joins are barred.",
        ],
        qualities={
            "Latency": "p99 of 100 ms with the exchange network, 75 ms on own surfaces (assumptions); tmax is obeyed.",
            "Freshness": "Budgets 5 s, counters 1 min, model deltas 15 min, a new ad 5 min (assumptions).",
            "Calibration": "Predicted over observed clicks 0.97 to 1.03, large slices 0.9 to 1.1 (assumptions).",
            "Availability": "99.95 % answered in time, a no-bid included; overspend under 0.5 % (assumptions).",
        },
    ),
    estimate=ESTIMATE,
    headline=["peak_rate", "edge_rate", "scores", "impressions", "at_risk"],
    budget=Budget(
        "p99 at the exchange",
        promise=100,
        stages={
            "Network to and from the exchange": 25,
            "Parse, consent, invalid traffic, pre-targeting": 6,
            "User, context and counter features": 10,
            "Targeting index and two-tower ANN in parallel": 12,
            "Light ranker, {retrieved} to {ranked}": 6,
            "Embedding rows and ranker on {ranked}": 20,
            "Calibration, budget and pacing, bid": 3,
            "Auction or bid shading, creative policy": 5,
            "Response, signed tracking URLs": 3,
            "Queueing and garbage-collection slack": 10,
        },
        note="Stage p99s are added up, which is cautious. Own surfaces save the exchange network.",
    ),
    decisions=[
        Decision(
            "Log-loss and a separate calibrator",
            rejected=["a ranking loss"],
            revisit_when="no price is computed from the score",
        ),
        Decision(
            "A negative at once, corrected by weights",
            rejected=["waiting for the label"],
            revisit_when="delays are short against drift",
        ),
        Decision(
            "pCTR and pCVR as two heads",
            rejected=["one conversion model"],
            revisit_when="conversions mostly follow views, not clicks",
        ),
        Decision(
            "Bid shading on a learned win curve",
            rejected=["truthful bidding"],
            revisit_when="one slot is sold at second price",
        ),
        Decision(
            "A controlled bid multiplier",
            rejected=["random throttling"],
            revisit_when="a budget is too small to steer by price",
        ),
        Decision(
            "Model deltas every 15 min",
            rejected=["a daily batch"],
            revisit_when="ads live for months, or deltas have no guard rails",
        ),
    ],
    failures=[
        FailureMode(
            "A bad delta over-predicts", "Ratio over 1.1 for 10 min by slice", "Roll back, cap bids, recalibrate"
        ),
        FailureMode("The spend counter lags", "Budget age over 30 s", "Freeze multipliers, stop campaigns above 90 %"),
        FailureMode("A region's clicks are late", "Join rate under 95 % of forecast", "Hold training on that region"),
        FailureMode("Bots click a publisher's ads", "Click rate up, conversions down", "Block, drop the rows, refund"),
        FailureMode("Scoring is overloaded", "Deadline misses over 1 %", "Shed cheap exchanges, rank 30, light only"),
        FailureMode("Schema or hash skew", "Null rate and hash distribution", "Refuse the bundle, keep the last one"),
    ],
    metrics=Metrics(
        offline=[
            "Normalised entropy, progressive validation loss, AUC per request",
            "Calibration ratio and error by slice",
            "Replayed surplus, win-curve likelihood",
        ],
        online=[
            "Revenue per thousand requests, conversions at target CPA",
            "Win rate, surplus per win, share of budgets delivered",
            "Use of the surface that carries the ads",
        ],
        guardrail=[
            "Overspend, deadline misses, invalid-traffic share",
            "Ads hidden or reported, ad load, advertisers lost",
            "Skew of delivery in housing, job and credit ads",
        ],
    ),
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
        R. Anil et al. (Google), "On the Factory Floor: ML Engineering for Industrial-Scale Ads Recommendation Models", arXiv 2022
            https://arxiv.org/abs/2209.05310 click models as they are run
        R. Wang et al. (Google), "DCN V2: Improved Deep & Cross Network and Practical Lessons for Web-scale Learning to Rank Systems", WWW 2021
            https://arxiv.org/abs/2008.13535 the cross network of the ranker
        Meta, "Meta Andromeda: Supercharging Advantage+ automation with the next-gen personalized ads retrieval engine", Engineering at Meta 2024
            https://engineering.fb.com/2024/12/02/production-engineering/meta-andromeda-advantage-automation-next-gen-personalized-ads-retrieval-engine/
            tens of millions of ads cut to a few thousand at retrieval
        R. Ananthanarayanan et al. (Google), "Photon: Fault-tolerant and Scalable Joining of Continuous Data Streams", SIGMOD 2013
            https://doi.org/10.1145/2463676.2465272 joining clicks to what was served within seconds
        Google, "Callout Quota System", Authorized Buyers documentation 2025
            https://developers.google.com/authorized-buyers/rtb/callout-quota-system
            deadlines of 80 to 1,000 ms in tmax, throttling on errors
    """),
)


@view("Overview")
def overview() -> None:
    """Two kinds of supply share one scoring core; events close three loops: learning, money and trust."""
    with Cluster("Supply"):
        own_app = Users("Own app users", tooltip="See ads; their views and clicks are the labels")
        exchange = Internet("Ad exchanges\nOpenRTB", tooltip="Bid requests with a deadline; win and loss notices")
    with Cluster("Online"):
        edge = Envoy("Bid edge\nEnvoy", tooltip="Checks consent and fraud, drops what cannot be served")
        retrieval = Retriever("Ad retrieval", tooltip="Cuts {ads} ads to {retrieved} that are targeted and in budget")
        models = Ranker("Ranker\npCTR and pCVR", tooltip="Calibrated click and conversion chances for {ranked} ads")
        auction = RuleEngine("Auction, bid shading", tooltip="Orders by expected value, prices, shades bids")
    with Cluster("Data"):
        features = FeatureStore("Online feature store", tooltip="User, ad and counter features, one definition")
        events = Kafka("Event log\nKafka", tooltip="Wins, impressions, clicks, conversions; replayed for billing")
        join = Flink("Event join\nFlink", tooltip="De-duplicates, joins late events to the served impression")
        lake = S3("Data lake", tooltip="Immutable joined rows with features as served")
    with Cluster("Money"):
        advertisers = Users("Advertisers", tooltip="Set bids, budgets, targets and creatives")
        budgets = Cockroachdb("Budget ledger, pacing", tooltip="Spend per campaign; makes budgets last the day")
    with Cluster("Learning"):
        training = Kubeflow("Training pipeline", tooltip="Updates the model in 15 min steps, refits the calibrator")
        registry = Mlflow("Model registry", tooltip="Weights, feature schema and calibrator as one bundle")

    exchange >> request("bid request") >> edge
    own_app >> request("ad request") >> edge >> request("targetable slot") >> retrieval
    retrieval >> request("{ranked} ads") >> models >> request("feature read") >> features
    models >> request("probabilities") >> auction >> request("bid, 100 ms") >> exchange
    auction >> request("winning ad") >> own_app
    advertisers >> request("bids, budgets") >> budgets >> control("pacing multiplier") >> auction
    own_app >> feedback("views, clicks") >> events
    exchange >> feedback("wins, losses") >> events >> stream("events") >> join >> stream("spend, 5 s") >> budgets
    join >> stream("counters") >> features
    join >> batch("labelled rows") >> lake >> batch("hourly and stream") >> training
    training >> control("gated bundle") >> registry >> control("delta, 15 min") >> models


@view("Serving")
def serving() -> None:
    """One request through the core: {ads} ads to one bid in 100 ms, with a no-bid as the safe answer at every stage."""
    with Cluster("Supply"):
        exchange = Internet("Ad exchanges\nOpenRTB", tooltip="Send a request with tmax, expect bid or no-bid")
        own_app = Mobile("Own app", tooltip="Asks for ads for the slots of the next screen")
    with Cluster("Edge"):
        edge = Envoy("Bid edge\nEnvoy", tooltip="Parses, sets the deadline, sheds the least valuable first")
        experiments = Experiment("Experiment assignment", tooltip="Arms by local hash, with budget shares of their own")
        traffic = Guard("Fraud, consent filter", tooltip="Removes invalid traffic, strips ids without consent")
        targeting = Rust("Pre-targeting", tooltip="Bitmap test: can any campaign want this slot")
    with Cluster("Features"):
        features = Aerospike("User features\nAerospike", tooltip="Interests, actions, frequency counters in one read")
    with Cluster("Retrieval"):
        boolean = Retriever("Targeting index", tooltip="Boolean rules of audience, place, slot, brand safety")
        ann = VectorIndex("Two-tower ANN", tooltip="Ads the user may respond to, under the same eligibility")
    with Cluster("Scoring"):
        light = Ranker("Light ranker\nCPU", tooltip="Distilled and calibrated; stands in when the ranker is late")
        ranker = Ranker("Ranker\npCTR and pCVR", tooltip="Cross network over embeddings, one head per event")
        shards = Server("Embedding shards", tooltip="{tables} of id tables, split by row, updated by deltas")
        calibrator = Calibrator("Calibrator", tooltip="Undoes negative sampling once, then isotonic by surface")
    with Cluster("Auction"):
        pacing = Redis("Pacing, budget cache\nRedis", tooltip="Bid multiplier; stops campaigns that ran out")
        auction = RuleEngine("Own auction", tooltip="Value plus quality over a reserve, second price, some exploring")
        shader = Calibrator("Bid shader", tooltip="Bid with the most win chance times surplus, at first price")
        response = Go("Response builder", tooltip="Creative, signed price, tracking URLs")
    log = Kafka("Serving log\nKafka", tooltip="Features, scores and bid as used, with a sample of the losers")

    with step("A slot arrives with its deadline, at up to {edge_rate:n} a second; 25 ms are the network's."):
        exchange >> request("bid request, tmax") >> edge
        own_app >> request("slot request") >> edge >> request("arms, local") >> experiments
    with step("Consent, fraud and a bitmap test take 6 ms; {dropped} of exchange calls end before any model."):
        edge >> request("{edge_rate} peak") >> traffic >> request("clean traffic") >> targeting
    with step("One 10 ms read brings interests, actions and counters for the remaining {peak_rate:n} a second."):
        targeting >> request("{peak_rate} peak") >> features
    with step("Boolean targeting and a two-tower search run side by side over {ads} ads, within 12 ms."):
        features >> request("segments, place") >> boolean
        features >> request("user vector") >> ann
    with step("About {retrieved} ads are cut to {ranked} in 6 ms; if the ranker is late, this score serves."):
        boolean >> request("700 ads") >> light
        ann >> request("300 ads") >> light >> request("top {ranked}") >> ranker
        light >> control("ranker late") >> calibrator
    with step("The ranker reads embedding rows and scores in 20 ms; {negatives} sampling of negatives is undone."):
        ranker >> request("row look-ups") >> shards
        ranker >> request("raw scores") >> calibrator
    with step("Value times chances times the pacing factor is the bid; campaigns without budget leave, within 3 ms."):
        calibrator >> request("pCTR, pCVR") >> pacing
    with step("Own slots are auctioned; exchange bids are shaded, since a first price is what one bids."):
        pacing >> request("own slots") >> auction >> request("winner, price") >> response
        pacing >> request("exchange slots") >> shader >> request("shaded bid") >> response
    with step("A signed answer leaves before 100 ms; close to the deadline it is a no-bid."):
        response >> request("bid or no-bid") >> exchange
        response >> request("ad") >> own_app
    with step("Features, scores and bid are logged as used, together with a sample of losing ads."):
        response >> stream("scores as served") >> log


@view("Training")
def training() -> None:
    """Continuous training with late labels: every row carries its own correction; nothing ships uncalibrated."""
    with Cluster("Events"):
        log = Kafka("Serving log\nKafka", tooltip="Features exactly as served, model version, score, bid")
        outcomes = Kafka("Ad events\nKafka", tooltip="Impressions, clicks, conversions: late, doubled, at times false")
        traffic = Guard("Invalid-traffic filter", tooltip="Marks bots, so that they are neither billed nor learned")
    with Cluster("Labels"):
        join = Flink(
            "Label join\nFlink",
            tooltip="Of rendered ads: a negative at once, a positive on a click within {join_window}",
        )
        sampling = Flink("Negative sampling\nFlink", tooltip="All positives, {negatives} of negatives, unweighted")
        table = S3("Training table", tooltip="Time-ordered rows, replayed for full retrains")
    with Cluster("Training"):
        retrain = Kubeflow("Weekly full retrain", tooltip="Rebuilds from 60 days: new features, drifted rows")
        delay = Forecaster("Delay model", tooltip="Chance of a conversion times its time-to-convert curve")
        online = Trainer("Online trainer", tooltip="Weights correct clicks still to come; saves every 15 min")
    with Cluster("Release"):
        gate = Choice(
            "Offline gate\nprogressive validation",
            tooltip="Scores each row before training on it: entropy, calibration by slice",
        )
        calibrator = Calibrator("Calibrator\nfit", tooltip="Isotonic by surface, on the latest matured, unsampled hour")
        registry = Mlflow("Model registry", tooltip="Dense weights, table deltas, calibrator, schema")
        canary = Flagger("Shadow and canary", tooltip="1 % of traffic under a spend cap, then the fleet")
        fleet = ModelPool("Serving fleet", tooltip="Applies deltas in place, keeps the last good bundle")

    log >> stream("ads as scored") >> join
    outcomes >> stream("raw events") >> traffic >> stream("valid events") >> join
    join >> stream("{impressions:n} rows/day") >> sampling >> stream("sampled rows") >> online
    sampling >> batch("{rows:n} rows/day") >> table >> batch("60 days") >> retrain >> batch("warm start") >> online
    table >> batch("matured clicks") >> delay >> control("CVR row weights") >> online
    online >> batch("checkpoint, 15 min") >> gate >> control("passed") >> calibrator
    join >> batch("unsampled hour") >> calibrator >> control("model, calibrator") >> registry
    registry >> control("bundle") >> canary >> control("delta push") >> fleet >> stream("new scores") >> log


@view("Auction")
def auction() -> None:
    """The money loop: how spend feeds back into bids, and how bids learn from wins and losses."""
    with Cluster("Demand"):
        advertisers = Users("Advertisers", tooltip="Set budget, objective, bid or target CPA in the console")
        campaigns = Postgresql("Campaign store", tooltip="Source of truth for campaigns and limits")
        config = Kafka("Config push\nKafka", tooltip="Compacted topic: changes reach every bidder in seconds")
    with Cluster("Bidding"):
        bidders = Rust("Bidder fleet", tooltip="Value times pCTR times pCVR times multiplier, then shaded")
        stop = Choice("Hard stop", tooltip="Cuts a campaign at 100 %, or when spend data are stale")
    with Cluster("Events"):
        notices = Kafka("Win, loss notices\nKafka", tooltip="Price paid and ad rendered: all that spends money")
        counter = Flink("Spend counter\nFlink", tooltip="Counts each auction id once, sums every 5 s")
        conversions = Kafka("Conversion events\nKafka", tooltip="De-duplicated, attributed, days late")
    with Cluster("Control"):
        ledger = Cockroachdb("Billing ledger", tooltip="Durable debits, credits and fraud refunds")
        forecast = Forecaster("Traffic forecast", tooltip="Eligible impressions per 15 min, by campaign")
        cpa = Planner("Target-CPA controller", tooltip="Value per conversion, from matured conversions only")
        pacing = Planner("Pacing controller", tooltip="Spend against the planned curve moves the multiplier")
        landscape = Calibrator("Bid landscape model", tooltip="Win chance by price, from wins and censored losses")

    advertisers >> request("budget, target") >> campaigns >> stream("change feed") >> config
    config >> control("active campaigns") >> bidders >> stream("auctions entered") >> notices
    notices >> stream("priced events") >> counter >> stream("debits") >> ledger >> batch("cost") >> cpa
    counter >> stream("spent share") >> stop >> control("no-bid") >> bidders
    counter >> batch("delivery history") >> forecast >> batch("planned curve") >> pacing
    counter >> stream("spend, 5 s") >> pacing >> control("multiplier") >> bidders
    conversions >> batch("matured events") >> cpa >> control("value scale") >> pacing
    notices >> stream("win and loss") >> landscape >> control("shading curve") >> bidders


@view("Operations")
def operations() -> None:
    """What is watched and what moves on its own: calibration, spend, latency, tests with budgets of their own."""
    with Cluster("Serving"):
        fleet = ModelPool("Serving fleet", tooltip="Emits latency, timeouts, score histograms, bid rate")
        fallback = Fallback("Fallback ladder", tooltip="Light score, then the ad's average rate, then no-bid")
        flags = Etcd("Feature flags\netcd", tooltip="Stops an exchange, a model or an advertiser")
    with Cluster("Observe"):
        metrics = Prometheus("Metrics\nPrometheus", tooltip="Deadline misses, queues, budget age, bid and win rate")
        quality = Flink("Live quality\nFlink", tooltip="Predicted against clicks by version, for clicks due by then")
        calibration = Monitor("Calibration monitor", tooltip="Predicted over observed, by surface, exchange, band")
        dashboards = Grafana("Dashboards\nGrafana", tooltip="One for money, one for the model, one for latency")
        alerts = Pagerduty("On-call alerts", tooltip="Overspend, revenue drop, calibration break")
    with Cluster("Decide"):
        analysis = Clickhouse("Experiment analysis", tooltip="Budget-split tests: no arm eats another's budget")
        owner = User("Ads ML owner", tooltip="Approves launches, reads advertiser guardrails")
        retrain = Airflow("Retrain trigger", tooltip="Refits the calibrator first, retrains if order fell too")
        rollback = Argocd("Rollback controller", tooltip="Back to the last good model, calibrator and schema")

    fleet >> stream("RED metrics") >> metrics >> stream("series") >> dashboards
    fleet >> stream("scores served") >> quality >> stream("matched outcomes") >> calibration
    calibration >> stream("ratio by slice") >> dashboards
    metrics >> control("SLO burn") >> alerts
    calibration >> control("bias over\n10 %") >> alerts >> control("bad bundle") >> rollback
    calibration >> control("bias over\n3 %") >> retrain >> control("new calibrator") >> fleet
    rollback >> control("previous bundle") >> fleet
    quality >> batch("per-arm results") >> analysis >> feedback("revenue, ROI") >> owner
    owner >> control("ramp or stop") >> flags >> control("arms, switches") >> fleet
    fleet >> control("timeout, overload") >> fallback >> stream("degraded share") >> metrics
