"""Forecast sales of 50 million product-store pairs for 91 days every night, as quantiles that people order by.

Capacity planners get the hourly load of each service from the same system. The numbers are acted on: a quantile
becomes an order, so errors have prices, lost sales on one side and waste on the other.

Most series are sparse, short and shaped by price, promotion and holidays. Recorded sales hide demand when the shelf
was empty, totals must add up, and the forecast changes its own future data: what is not ordered cannot be sold.
"""

from diagrams import Cluster, Edge
from diagrams.aws.storage import S3
from diagrams.onprem.analytics import Flink, Spark
from diagrams.onprem.client import User, Users
from diagrams.onprem.compute import Server
from diagrams.onprem.database import Clickhouse, Mysql, Postgresql, Scylla
from diagrams.onprem.gitops import Argocd, Flagger
from diagrams.onprem.inmemory import Redis
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.monitoring import Grafana, Prometheus
from diagrams.onprem.network import Envoy, Internet
from diagrams.onprem.queue import Kafka
from diagrams.onprem.workflow import Airflow, Kubeflow
from diagrams.programming.flowchart import Decision as Choice
from diagrams.programming.flowchart import Inspection
from diagrams.programming.framework import FastAPI
from diagrams.saas.alerting import Pagerduty

from archfolio import (
    COMMON_BLOCKS,
    LEARNING_BLOCKS,
    Assembler,
    Bias,
    Budget,
    Calibrator,
    CaseStudy,
    Clarification,
    Decision,
    Distiller,
    EmbeddingTable,
    Encoder,
    Estimate,
    Evaluation,
    Experiment,
    Expert,
    FailureMode,
    Fallback,
    FeatureGroup,
    Features,
    FollowUp,
    Forecaster,
    Framing,
    Gate,
    GraphStore,
    Guard,
    Head,
    Interaction,
    Label,
    Loss,
    LossFunction,
    MathFormula,
    Metrics,
    Monitor,
    Parallel,
    Phase,
    Planner,
    Requirements,
    ReviewQueue,
    Simulator,
    System,
    Tags,
    Trainer,
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
    # Series
    stores=assume("Stores, each a series of every product it carries", 2_500, "series/product"),
    products=assume("Distinct products", 100e3, "product"),
    carried=assume("Products that a store carries, of all products", 20, "percent"),
    series=derive(
        "Product-store series", "stores * products * carried", "series", note="the M5 competition had 30,490"
    ),
    dense_share=assume("Dense series, of all series", 60, "percent", note="sold on most days"),
    sparse_share=assume("Sparse series, of all series", 36, "percent"),
    dense=derive("Dense series", "series * dense_share", "series"),
    sparse=derive("Sparse series", "series * sparse_share", "series"),
    newcomers=derive("New series", "series - dense - sparse", "series"),
    regions=assume("Regions, each a series of every product", 20, "series/product"),
    block=derive(
        "Aggregates of a product: regions and the total", "regions + 1", "series/product", note="a system of 21 by 21"
    ),
    aggregates=derive("Aggregate series", "block * products", "series", note="forecast with the dense series"),
    # History and runs
    history=assume("Days of history", 1_095, "point/series"),
    points=derive("History points", "series * history", "point"),
    point_bytes=assume("Bytes of a point", 20, "byte/point", note="compressed columns"),
    history_bytes=derive("History stored", "points * point_bytes", "byte"),
    horizon=assume("Days ahead", 91, "step/series"),
    quantiles=assume("Quantiles", 9, "value/step", note="0.05 to 0.95"),
    lead_quantiles=assume(
        "Quantiles of demand over the lead time",
        9,
        "value/series",
        note="0.5 to 0.99 of the sums over lead time and review period along the sample paths; above 0.95 from a gamma fitted to these sums",
    ),
    values=derive("Values of a nightly run", "(series + aggregates) * (horizon * quantiles + lead_quantiles)", "value"),
    value_bytes=assume("Bytes of a value", 4, "byte/value", note="fp32"),
    run_bytes=derive("Bytes of a run", "values * value_bytes", "byte"),
    runs=assume("Runs kept for audits and backtests", 60),
    archive=derive("Runs kept", "run_bytes * runs", "byte"),
    # Nightly compute
    neural_speed=assume("Series a GPU forecasts", 4_000, "series/s/GPU", note="all horizons at once"),
    seeds=assume("Seeds of the neural ensemble", 3),
    neural_time=assume("Time for the neural part", 2, "hour"),
    busy=assume("Load at which GPUs are run, of capacity", 70, "percent"),
    gpus=derive(
        "GPUs of the nightly run", "ceil((dense + aggregates) * seeds / (neural_speed * busy * neural_time))", "GPU"
    ),
    tree_speed=assume("Values a core predicts", 50e3, "value/s/core", note="one tree model per quantile"),
    tree_cost=derive(
        "Tree run on the dense series, core-hours", "dense * horizon * quantiles / tree_speed", "core*hour"
    ),
    paths=assume("Sample paths", 200, "sample/step"),
    samples=derive("Samples drawn in a run", "(series + aggregates) * horizon * paths", "sample", note="never stored"),
    sample_speed=assume("Samples a core draws, projects and sorts", 2e6, "sample/s/core"),
    sample_cost=derive("Paths and reconciliation, core-hours", "samples / sample_speed", "core*hour"),
    # Training
    cuts=assume("Training windows of a series", 4, "window/series"),
    windows=derive("Training windows", "series * cuts", "window"),
    span=assume("Days of a window", 120, "point/window"),
    features=assume("Features of a day", 30, "number/point"),
    number_bytes=reference("fp16_bytes"),
    window_bytes=derive("Bytes of a window", "span * features * number_bytes", "byte/window"),
    epoch_bytes=derive("Bytes read in an epoch", "windows * window_bytes", "byte"),
    # Reads and what-ifs
    reads=assume("Forecast reads when orders are made", 1e6, "series/minute"),
    read_rate=derive("Peak forecast reads", "reads", "series/s"),
    read_bytes=derive("Bytes of a read", "(horizon * quantiles + lead_quantiles) * value_bytes", "byte/series"),
    read_promise=assume("Promised stored forecast, p99", 60, "ms"),
    promise=assume("Promised what-if in all stores, p99", 800, "ms"),
    gateway_time=assume("Gateway and authentication, p99", 15, "ms"),
    checks_time=assume("Request checks and entitlement, p99", 10, "ms"),
    look_up=assume("Stored forecast look-up, p99", 15, "ms"),
    decide=assume("Freshness and what-if decision, p99", 5, "ms"),
    scope=assume("Products of a what-if", 1, "product"),
    scenario=derive("Series of a what-if, at most", "stores * scope", "series"),
    scan_speed=assume("Columns scanned for a what-if", 500e6, "byte/s"),
    look_back=assume(
        "Days of history that a what-if reads", 371, "point/series", note="back to the same week last year"
    ),
    history_read=derive("History of a what-if", "scenario * look_back * point_bytes / scan_speed", "ms"),
    future_read=assume("Known-future inputs: price, promotion, weather, p99", 60, "ms"),
    small_speed=assume("Series a GPU forecasts with the distilled model", 12_500, "series/s/GPU"),
    small_gpus=assume("GPUs that work on one what-if", 1, "GPU"),
    small_wait=assume("Wait for the GPU, p99", 50, "ms"),
    small_time=derive("Distilled model on a what-if", "small_wait + scenario / (small_speed * small_gpus)", "ms"),
    path_time=assume("Calibration and sample paths, p99", 60, "ms"),
    solve_time=assume("Block reconciliation, p99", 90, "ms"),
    guard_time=assume("Guardrails and overrides, p99", 15, "ms"),
    encode_time=assume("Response encoding of a what-if, p99", 60, "ms"),
    slack=assume("Queueing slack of a what-if", 100, "ms"),
    # Capacity series
    metrics=assume("Capacity series", 50e3, "metric", note="services by region"),
    hours=assume("Hours ahead", 336, "step/metric", note="14 days"),
    hourly_values=derive("Values of an hourly run", "metrics * hours * quantiles", "value", note="small beside retail"),
    # Experiment
    effect=assume("Smallest change of waste worth detecting, relative", 2, "percent"),
    spread=assume("Standard deviation of waste between stores, of the mean", 20, "percent"),
    explained=assume("Variance that earlier weeks of the store explain", 80, "percent", note="CUPED"),
    variance_factor=assume(
        "Sample size factor", 16, "store", note="two-sided 5 % test with 80 % power: 2 (1.96 + 0.84)²"
    ),
    raw_arm=derive("Stores per arm, raw", "variance_factor * spread ** 2 / effect ** 2", "store"),
    arm=derive("Stores per arm, adjusted", "raw_arm * (1 - explained)", "store"),
    # Cost
    core_price=reference("core_price"),
    gpu_price=reference("l4_price"),
    object_price=reference("object_storage_price"),
    flash_price=assume("Flash-dense hosts", 0.3e-9, "USD/byte/month", note="0.30 USD per GB and month"),
    copies=assume("Copies of the latest run", 3),
    feature_cost=assume("Demand estimate and features of a night, core-hours", 600, "core*hour"),
    api_cores=assume("Cores of API, caches and history", 128, "core"),
    scenario_gpus=assume("GPUs kept for what-ifs", 2, "GPU", note="seven what-ifs a second at {busy} load"),
    nights=assume("Runs per day", 1, "1/day"),
    run_cost=derive(
        "Compute of a night",
        "gpus * neural_time * gpu_price + (tree_cost + sample_cost + feature_cost) * core_price",
        "USD",
        note="count and pretrained models add a few dollars",
    ),
    keep_cost=derive(
        "Stores and API per day",
        "run_bytes * copies * flash_price + (archive + history_bytes) * object_price + api_cores * core_price"
        " + scenario_gpus * gpu_price",
        "USD/day",
    ),
    quoted=assume("Series for which the cost is quoted", 1_000, "series"),
    cost_per_thousand=derive(
        "Cost of 1,000 series forecast for a night and read",
        "quoted * (run_cost + keep_cost / nights) / series",
        "USD",
        note="without planners",
    ),
)

SYSTEM = System(
    title="Time series forecasting",
    family="end-to-end",
    position=6,
    tags=Tags(task=["forecasting"], pattern=["batch scoring", "human in the loop"], data=["time series", "tabular"]),
    framing=Framing(
        goal="Sell what people want to buy with the least waste and capital: few empty shelves, little thrown away.",
        decision="How much of each product to send to each store on each order day, and how many machines to keep per service and hour.",
        task="Multi-horizon probabilistic forecasting: {quantiles:n} quantiles of daily demand for {horizon:n} days, for {series} series.",
        label="Estimated demand of a day: sales, corrected upward where the shelf was empty.",
        metric="Simulated cost of the orders that the quantiles lead to, and weighted quantile loss by level and segment.",
        not_optimised="Mean absolute percentage error: it explodes on slow sellers and rewards forecasting low. Nor a point forecast: the "
        "right order for milk is another quantile than for batteries.",
        baseline="Seasonal naive, last week's same weekday, with exponential smoothing for totals. In the M5 competition 36 % of the teams beat "
        "the first, and 7.5 % exponential smoothing; it is enough for stable products without promotions, and remains as fallback and yardstick.",
    ),
    clarifications=[
        Clarification(
            "What is decided with the forecast, and when?",
            "Orders in the morning, with lead times of 1 to 14 days; assortment and capacity with up to {horizon:n} days.",
        ),
        Clarification(
            "What does a unit too few cost, against one too many?",
            "It differs: margin and a lost customer against waste. Ordering picks the quantile; we deliver the distribution.",
        ),
        Clarification(
            "Are sales or demand recorded?",
            "Sales. Stock on hand by hour is known, with errors, so demand on empty days is estimated.",
        ),
        Clarification(
            "Which future inputs are known?",
            "Price and promotion plans, holidays and opening hours; weather only as a forecast.",
        ),
        Clarification(
            "Must levels add up?", "Means and sample paths yes, from store to total. Quantiles by nature do not."
        ),
        Clarification(
            "May planners change it?", "Yes, with a reason and an expiry; the value of their overrides is measured."
        ),
        Clarification(
            "How late may the run be?", "Sales close at 01:00, orders start at 05:00; after that a fallback is used."
        ),
    ],
    requirements=Requirements(
        functional=[
            "Quantiles by product, store and day, coherent with region and total: means and paths add up; a category's mean is the sum of its products'.",
            "New products and stores from attributes and look-alikes; what-ifs for price, promotion, assortment.",
            "Planners override with reason and expiry; hourly quantiles for 14 days serve capacity planning.",
            "Any past forecast can be repeated: data as known then, model, features, overrides.",
        ],
        qualities={
            "Batch": "Sales close at 01:00, 99.5 % of series are out by 05:00, the rest on a fallback (assumptions).",
            "Latency": "p99 of {read_promise} for a stored forecast, {promise} for a what-if in all stores (assumptions).",
            "Freshness": "Sales of the day shift today's and tomorrow's forecast within 15 min (assumption).",
            "Quality": "The 90 % interval covers 88 to 92 % by level and segment, bias is within 2 % (assumptions).",
            "Availability": "99.9 % of reads (assumption); yesterday's run shifted by a day counts as degraded.",
        },
    ),
    estimate=ESTIMATE,
    headline=["series", "values", "read_rate", "gpus", "cost_per_thousand"],
    key_inputs=["stores", "products", "horizon", "neural_speed", "reads"],
    cost="cost_per_thousand",
    budget=Budget(
        "p99 of a what-if over one product in all stores",
        promise="promise",
        stages={
            "Gateway and authentication": "gateway_time",
            "Request checks and entitlement": "checks_time",
            "Stored forecast look-up": "look_up",
            "Freshness and what-if decision": "decide",
            "Inputs": Parallel(
                {
                    "History of {scenario} series": "history_read",
                    "Known-future inputs: price, promotion, weather": "future_read",
                }
            ),
            "Distilled model on {scenario} series": "small_time",
            "Calibration and sample paths": "path_time",
            "Block reconciliation": "solve_time",
            "Guardrails and overrides": "guard_time",
            "Response encoding": "encode_time",
            "Queueing slack": "slack",
        },
        note="Stages are added up, which is cautious. A plain read needs only gateway, checks, look-up and a small encoding.",
    ),
    labels=[
        Label(
            "Sales on a day with stock",
            window="The day, corrected for 7 days",
            positive="Units sold, as a number",
            negative="Zero units with stock on the shelf: a true zero",
            ignored="Days on which the store was closed",
            delay="Hours; returns and late receipts up to 7 days",
            bias="Phantom stock: the ledger says stock, the shelf is empty, and zeros are not demand",
            where="demand/Day closing -> Demand estimator",
        ),
        Label(
            "Estimated demand on a stock-out day",
            window="The day",
            positive="Sales before the shelf was empty, scaled by the usual hourly curve, with an uncertainty",
            negative="None",
            ignored="In the loss, days with less than a quarter of the hours in stock; they are masked",
            delay="A day",
            bias="Substitution: what the neighbour sold instead is subtracted there",
            where="demand/Stock-out detector -> Demand estimator",
        ),
        Label(
            "Price test",
            window="Two weeks per test",
            positive="Demand under a randomised discount",
            negative="Demand of matched stores without it",
            ignored="Stores that did not place the label",
            delay="Three weeks",
            bias="None from pricing policy, unlike all other price changes",
            where="training/Price tests -> Offline gate",
        ),
    ],
    training_example={
        "series": "product 48213 (yoghurt 500 g), store 0917",
        "forecast origin": "2026-03-02, data as known at 01:00",
        "past window": "{span:n} days × {features:n} features; 3 days masked for stock-outs",
        "known future": "91 days × 12: price 1.19 until day 9, 0.99 in promotion on days 10 to 16, Easter on day 34",
        "static": "category dairy, region 7, brand, pack size, store format, opening 2014",
        "target": "91 days of estimated demand: 14, 11, 17, masked, 12, ...",
        "weight": "margin × dense-series weight; 0 on masked days",
        "vintage": "values as of the origin; corrections that came later are not in it",
    },
    features=[
        FeatureGroup(
            "Past demand",
            features=[
                "demand of the last 120 days",
                "same weekday, last 4 weeks",
                "same week last year",
                "rolling mean and share of zero days, 28 days",
                "days since last sale",
                "hours in stock",
            ],
            freshness="last closed day, or today's nowcast in a re-forecast",
            store="serving/History",
            leak="Later corrections of receipts and returns; values are read by known-at time.",
        ),
        FeatureGroup(
            "Price and promotion",
            features=[
                "price over its 8-week mean",
                "promotion type and day of promotion",
                "display or leaflet",
                "price of the nearest substitute",
                "days until the promotion ends",
                "planned price for each future day",
            ],
            freshness="minutes",
            store="serving/Future inputs",
            leak="Promotions that were planned after the origin; markdowns that were a reaction to low sales.",
        ),
        FeatureGroup(
            "Calendar and weather",
            features=[
                "weekday and week of year",
                "distance to each holiday, signed",
                "school holidays of the region",
                "pay day",
                "forecast temperature over the season's mean",
                "forecast rain",
            ],
            freshness="weather every 6 h",
            store="serving/Future inputs",
            leak="Actual weather instead of the forecast as issued: backtests look far too good in ice cream.",
        ),
        FeatureGroup(
            "Product and store",
            features=[
                "category, brand and pack size",
                "price tier",
                "store format and size",
                "region",
                "age of the series",
                "look-alikes' mean curve",
            ],
            freshness="daily",
            store="demand/Master data",
            leak="Attributes set later, such as 'best seller' or an end-of-life flag.",
        ),
        FeatureGroup(
            "Upper levels",
            features=[
                "category demand in the store",
                "product demand in the region",
                "store traffic",
                "share of the product in its category",
            ],
            freshness="last closed day",
            store="nightly/Feature build",
            leak="Totals that include the target day.",
        ),
    ],
    loss=Loss(
        objective="The neural model minimises quantile loss over all series, horizons and {quantiles:n} quantiles, from every origin in a window at "
        "once; masked days weigh nothing, and series are scaled by their own mean. Trees minimise quantile loss per quantile. Slow "
        "sellers get a zero-inflated count likelihood.",
        formulas=[
            MathFormula(
                "Quantile (pinball) loss",
                r"\mathcal{L} = \sum_{i,h,q} \frac{m_{i,h}}{s_i} \max \left( q \, (y_{i,h} - \hat{y}^{q}_{i,h}), \; (q - 1)(y_{i,h} - \hat{y}^{q}_{i,h}) \right)",
                "q is the quantile, m is 0 on censored days, s the mean of the series: without it, water would outweigh every spice.",
            ),
            MathFormula(
                "The quantile to order",
                r"q^{*} = \frac{c_u}{c_u + c_o}",
                "c_u is the cost of a unit too few (margin, and a shopper lost), c_o of one too many (waste, capital). It is why quantiles are "
                "needed at all: a margin of 3 and a waste of 1 order the 0.75 quantile of lead-time demand.",
            ),
            MathFormula(
                "Minimum-trace reconciliation",
                r"\tilde{y} = S \, (S^{T} W^{-1} S)^{-1} S^{T} W^{-1} \hat{y}",
                "ŷ are base forecasts of all levels, S sums bottom series to all levels, W is the covariance of base errors. Noisy bottom "
                "series move most. It is applied to each sample path, in the equivalent form that inverts one row per aggregate.",
            ),
            MathFormula(
                "Adaptive conformal step",
                r"\alpha_{t+1} = \alpha_t + \gamma \, (\alpha - err_t)",
                "err is 1 where the last actual fell outside the interval; α is the target miss rate. Intervals widen after misses and narrow "
                "after hits, per segment.",
            ),
        ],
        calibration="Quantiles are checked by coverage on days in stock, per level, segment and horizon, and shifted by a conformal table that is "
        "fitted on reconciled backtests. Online the adaptive step corrects it each day, within limits of half to twice the width.",
    ),
    evaluation=Evaluation(
        offline="Eight rolling origins over a year, each with data as known then and a gap. Weighted quantile loss, bias and coverage by level, "
        "segment and horizon; then an inventory simulator replays ordering and counts lost sales and waste.",
        disagreement="The simulator cannot know the demand that never showed itself, so it flatters models that forecast low. Orders are capped by "
        "pack sizes and trucks, so a better quantile may change nothing. And planners override, more where they trust less.",
        unit="The store, since products in one store share shelf, truck and budget; for capacity series the service. Promotions are national, so "
        "both arms see the same ones.",
        duration="Six weeks: two order cycles of the slowest suppliers, and one promotion period. Short lead times alone read after two.",
        power="Waste differs by {spread} between stores. A relative change of {effect} would take {raw_arm:n} stores per arm, more than half of all; "
        "adjusting for each store's earlier weeks leaves {arm:n}.",
        guardrails="In-stock rate, order value, deadline of the run, overrides, small and rural stores.",
    ),
    biases=[
        Bias(
            "Censoring",
            "An empty shelf sells nothing, and a model of sales learns that nobody wanted it.",
            "Estimate demand from hours in stock, mask the rest of the loss.",
            "demand/Demand estimator",
        ),
        Bias(
            "Feedback of orders",
            "A low forecast orders little, sells little and proves itself right.",
            "Minimum and trial stock; days out of stock do not count as evidence.",
            "nightly/Release checks",
        ),
        Bias(
            "Price endogeneity",
            "Prices fall when sales are weak, so correlation says that discounts do not help.",
            "Randomised price tests bound the learned response.",
            "training/Price tests",
        ),
        Bias(
            "Survivorship",
            "Delisted products vanish from history; the rest looks steadier than life.",
            "Train on the assortment as of each origin, with ended series included.",
            "training/Rolling origins",
        ),
        Bias(
            "Popularity",
            "A few dense products dominate the loss; the tail decides the waste.",
            "Scale by series, weigh by margin, report by segment.",
            "training/Window builder",
        ),
        Bias(
            "Delayed correction",
            "Returns and late receipts change the last days, the most important ones.",
            "Known-at times, and a correction factor for open days.",
            "demand/Day closing",
        ),
        Bias(
            "Cold start of a product",
            "No history on day one, and the first orders are the largest.",
            "Zero-shot model with attributes and look-alikes' curves, wide quantiles, quick updates.",
            "nightly/Zero-shot model",
        ),
        Bias(
            "Cold start of a store",
            "A new store has all products and no history.",
            "Look-alike stores by format and catchment, scaled by first weeks' traffic.",
            "demand/Life-cycle linker",
        ),
        Bias(
            "Cold start of an event",
            "A holiday or promotion that never occurred in two years of data.",
            "Signed distances to holidays shared by all series, planner flag with expiry.",
            "operations/Exception queue",
        ),
    ],
    decisions=[
        Decision(
            "Global models",
            why="One model sees {series} series, so promotions, holidays and prices of one product inform another, and new series start with "
            "what all others learned. It is one artefact to test instead of {series:n}.",
            rejected=[
                "One statistical model per series: best for few long regular ones, blind to shared effects elsewhere",
                "A model per category: local flavour, but small categories starve and borders leak",
            ],
            revisit_when="series are few, long and regular, such as totals: there smoothing stays in the ensemble",
        ),
        Decision(
            "Quantiles of all days at once",
            why="A direct decoder has no error that accumulates over {horizon:n} steps, runs in one pass at {neural_speed:n} series per GPU and second, and can be "
            "trained from every origin of a window. Joint paths are added afterwards by a copula.",
            rejected=[
                "Step-by-step sampling: gives paths directly, but costs {horizon:n} passes times {paths:n} samples",
                "A parametric likelihood: smooth, but retail counts fit no single family",
            ],
            revisit_when="the paths themselves are the product, as in energy trading",
        ),
        Decision(
            "Reconciliation afterwards",
            why="Base forecasts of each level are made where the signal is, then projected to agree; totals lend their steadiness to sparse series. "
            "Written with one constraint per aggregate, a product is a system of {block:n} by {block:n}, so it fits {solve_time}.",
            rejected=[
                "Bottom-up sums: coherent for free, but add up the bias of millions of sparse series",
                "Top-down shares: steady, but stores lose their own promotions and weather",
            ],
            revisit_when="bottom series are dense, with more than about ten units a day",
        ),
        Decision(
            "Training on estimated demand",
            why="With stock-outs on a few per cent of days, sales understate demand exactly for the products that sell best. The estimate, with masks, "
            "stops the loop in which a low forecast confirms itself.",
            rejected=[
                "Training on sales: no assumptions, and a bias that grows with each order",
                "Dropping days out of stock: unbiased for steady products, but loses whole promotions",
            ],
            revisit_when="stock-outs are below 1 % of days, or the stock ledger is wrong more often than that",
        ),
        Decision(
            "Neural and tree ensemble",
            why="They fail differently: trees read price and promotion interactions well but cannot extrapolate past what they saw; networks share "
            "trend and seasonality across series. Averaging quantiles gains a few per cent of loss (assumption) for {tree_cost:n} core-hours a night.",
            rejected=[
                "One pretrained forecaster: strong without history, and some take covariates, but none has learned how these shoppers answer a leaflet",
                "Trees alone: won M5, yet need one model per quantile and hand-made lags",
            ],
            revisit_when="a business has neither two years of history nor a team; or one member adds under 0.5 % for two quarters",
        ),
        Decision(
            "Nightly batch, re-forecast on demand",
            why="Orders are made once a day, so {values} values computed once serve all reads as look-ups of {read_bytes}. What-ifs touch one product and "
            "are run by a distilled copy in {promise}.",
            rejected=[
                "All online: at peak {read_rate:n} reads a second would each need history and a GPU",
                "Batch only: planners wait a night for each question",
            ],
            revisit_when="orders are placed hourly, as hourly capacity series already are",
        ),
    ],
    failures=[
        FailureMode(
            "A store does not report its sales.",
            "Closed stores are counted against the calendar at 01:00.",
            "Its day counts as missing, not as zero; the run goes on from the last state and is backfilled.",
        ),
        FailureMode(
            "The future leaks into a feature.",
            "Backtests beat live loss at the same horizon; an audit of known-at times.",
            "Block the feature and test again on vintages.",
        ),
        FailureMode(
            "A low forecast fulfils itself.",
            "Long runs of zero sales with zero stock, in-stock rate by forecast band.",
            "Mask censored days, order minimum and trial stock.",
        ),
        FailureMode(
            "The regime changes: a strike, a heat wave, a price shock.",
            "Coverage below 80 % in many segments for three days.",
            "Widen by the conformal step, shorten history, raise a planner flag with expiry.",
        ),
        FailureMode(
            "A promotion is loaded late or twice.",
            "The input monitor, and changes between runs that inputs do not explain.",
            "Hold the products concerned, re-forecast, tell the owner.",
        ),
        FailureMode(
            "The run misses its deadline.",
            "Progress against plan at 03:30.",
            "Publish finished regions; the fallback ladder serves the others by itself.",
        ),
        FailureMode(
            "The what-if path is slow or its GPU is lost.",
            "Deadline of the request in the API.",
            "Answer with the stored forecast and an elasticity table, marked as coarse.",
        ),
    ],
    metrics=Metrics(
        offline=[
            "Weighted quantile loss by level, bias, coverage",
            "Share better than seasonal naive; simulated lost sales and waste",
        ],
        online=[
            "In-stock rate, waste, stock turns, idle capacity",
            "Orders accepted unchanged, value added by overrides",
        ],
        guardrail=[
            "Run done by 05:00, fallback share, p99",
            "Incoherence of means and paths (zero), changes without cause, small stores",
        ],
    ),
    follow_ups=[
        FollowUp(
            "mid",
            "Why not MAPE?",
            "It divides by actual sales, so a slow seller that sold one instead of two counts 100 %, and zero sales cannot be scored. It also rewards forecasting low, "
            "because an under-forecast errs by at most 100 %. I use quantile loss scaled by the series' mean, weighted by margin, and then simulate orders, since "
            "money is what the error costs.",
            "MAPE is standard, maybe with a small constant added",
            "training/Backtest store",
        ),
        FollowUp(
            "mid",
            "How do you cross-validate a forecaster?",
            "With rolling origins: pick eight cut-off dates that include holidays, train on data as it was known then, leave a gap as long as the data take to settle, and "
            "forecast {horizon:n} days. Random folds leak the future through neighbours in time. I also freeze weather forecasts as issued, because actual weather is not "
            "known on the day of the order.",
            "K-fold cross-validation with shuffling",
            "training/Rolling origins",
        ),
        FollowUp(
            "senior",
            "Sales were zero last week. What do you train on?",
            "It depends on why. With stock on the shelf a zero is information and is kept. Without stock the day is censored: its loss is masked, or its demand estimated from the hours "
            "that had stock. Phantom stock is the hard case, a ledger that says three while the shelf is empty; a long run of zeros for a seller of ten a day marks it. A "
            "closed store is missing, not zero.",
            "Replace zeros by the mean",
            "demand/Stock-out detector",
        ),
        FollowUp(
            "senior",
            "Why do quantiles not add up, and what do you reconcile?",
            "The 0.9 quantile of a total is less than the sum of stores' 0.9 quantiles, since not all have a good day at once. So I draw joint sample paths that keep the correlation of "
            "stores and days, project each path to be coherent, and read quantiles of every level from the paths. Means and paths add up exactly; quantiles need not.",
            "Scale the quantiles so that they sum to the total",
            "nightly/Sample paths",
        ),
        FollowUp(
            "senior",
            "Which quantile does replenishment order?",
            "The one at the critical ratio: cost of a unit too few over the sum of both costs, for demand over lead time plus review period, not for one day. Milk with high waste is near 0.6, "
            "batteries near 0.98. Lead-time demand is a sum over days, so its quantiles are read from the sample paths, those above 0.95 from a gamma fitted to them, since of {paths:n} paths only two lie beyond 0.99; adding daily quantiles would order far too much.",
            "The median, with a safety factor",
            "serving/Replenishment engine",
        ),
        FollowUp(
            "senior",
            "Planners override one forecast in ten. Good or bad?",
            "I measure it: keep the model's forecast beside the override and compare both with what happened, in money. Usually overrides that add an event the model lacks help, and small upward "
            "nudges harm. So each has a reason and an expiry, the queue shows money at risk first, and reasons that help often become features. Overrides never enter training as if "
            "they were demand.",
            "Forbid them, because the model is better on average",
            "operations/Planners",
        ),
        FollowUp(
            "senior",
            "A planner asks what a price cut would do. Can your model answer?",
            "Only if its price response is causal. In history prices fall when sales are weak, so a plain model learns too little response. I constrain trees to be monotone in price, test the "
            "learned elasticity against randomised discounts, and refuse outside the tested range. Cannibalisation of neighbours is added by the substitution model, or the answer overstates "
            "the gain.",
            "Put the new price into the features and predict",
            "training/Price tests",
        ),
        FollowUp(
            "staff",
            "Would you replace all this with a pretrained time series model?",
            "Not yet for the core. The first zero-shot models read a series alone; Chronos-2 takes known-future covariates, but our price response is in none of its data, and coherence and censoring stay to be solved around any model. I use "
            "one where it wins: newcomers and short series. The test is the simulator, by segment, with covariates. If it comes within half a per cent on dense series, the saved team is worth it.",
            "Yes, foundation models have solved forecasting",
            "nightly/Zero-shot model",
        ),
        FollowUp(
            "staff",
            "How do you prove that the new model saves money?",
            "By store, randomised in pairs of similar stores, since products share trucks and shelves. Waste varies by {spread}, so {effect} would need {raw_arm:n} stores per arm; adjusting for earlier weeks cuts that to "
            "{arm:n}. I read in-stock rate and waste together, because each is easy to buy with the other, and value them at the planner's costs. Six weeks cover slow suppliers.",
            "Compare this quarter's forecast accuracy with last quarter's",
            "operations/Experiment analysis",
        ),
        FollowUp(
            "staff",
            "The run must finish in one hour instead of four. What do you do?",
            "Look where the time goes: waiting for stores to close, features, GPUs, publishing. Most of it is the barrier at 01:00, so I stream: regions start as they close. Scoring scales with machines: "
            "{gpus:n} GPUs become twenty for the same bill. Sparse series change little from day to day, so they are re-forecast on change or weekly. Paths, {samples} of them, are drawn only for products that "
            "are ordered today.",
            "Use a smaller model",
            "nightly/Series router",
        ),
    ],
    case_studies=[
        CaseStudy(
            "Amazon",
            system="Forecasting went from per-series methods to global direct-quantile networks, MQ-RNN and MQTransformer, trained from all origins in one pass.",
            difference="One neural family serves all products; attention to past errors made runs steadier. We keep trees beside it and reconcile levels explicitly.",
            source="https://arxiv.org/abs/2009.14799",
        ),
        CaseStudy(
            "Zalando",
            system="A transformer forecasts demand under planned discounts for fashion, where most stock is bought once a season.",
            difference="Forecasts feed a price optimiser instead of replenishment, so the price-demand relation is constrained in the model itself.",
            source="https://arxiv.org/abs/2305.14406",
        ),
        CaseStudy(
            "M5 competition",
            system="5,507 teams forecast 42,840 Walmart series; the best ones averaged LightGBM models trained across series.",
            difference="Point forecasts for 28 days on a fixed assortment: no stock-outs to estimate, no deadline, no what-ifs.",
            source="https://doi.org/10.1016/j.ijforecast.2021.11.013",
        ),
    ],
    five_minutes=[
        Phase(
            0.7,
            "Frame",
            "I would forecast daily demand for every product in every store, {series} series, for ninety-one days, each night. The forecast is not the goal: it becomes an order. A unit too few loses a margin, a unit too "
            "many is waste, and the ratio differs per product. So I deliver a distribution, nine quantiles, and the ordering system takes the one its costs imply. The baseline is last week's same weekday. I assume that orders start at five, sales close at one, stock is recorded by hour, and that means must add up from store to total. The same system gives capacity planners hourly load per service, which is small beside retail.",
        ),
        Phase(
            0.6,
            "Size",
            "A run is {values} values, {run_bytes}. That sounds large, but a GPU forecasts four thousand series a second, so {gpus:n} GPUs finish three seeds in two hours, and a night costs about {run_cost:n} dollars of compute. The hard parts are "
            "data and coherence, not compute. Reads peak at {read_rate:n} a second, when orders are made, and each is a look-up of three kilobytes.",
        ),
        Phase(
            1.0,
            "Data",
            "Sales are not demand. Where the shelf was empty, I estimate demand from the hours with stock and mask the rest; otherwise low forecasts confirm themselves. Every fact is stored with the time at which it "
            "became known, so that a backtest sees what the forecaster saw: weather as it was forecast, promotions as they were planned, receipts before they were corrected. Without that, backtests beat live results, and nobody knows why. Replaced products are joined, new ones get the curve of look-alikes, and a store that did not report is missing rather than zero.",
        ),
        Phase(
            1.1,
            "Models",
            "Series are routed. Dense ones and regional totals go to a global neural model that reads a hundred and twenty days and the known future and emits all days and quantiles at once, with quantile loss. Trees "
            "beside it are strong on price. Slow sellers get a count model; newcomers a pretrained model with look-alikes. Quantiles are averaged, calibrated by recent coverage, and turned into two hundred sample paths. "
            "Each path is reconciled so that stores add up to regions and total. Quantiles of days and of lead-time sums are read last, because quantiles do not add. The loss is scaled by each series' mean, or water would outweigh every spice, and days without stock weigh nothing.",
        ),
        Phase(
            0.7,
            "Serve",
            "At five in the morning one pointer switches to the new run; reads are key look-ups of three kilobytes. A planner's what-if runs one product in all stores through a distilled copy within {promise}: history and future "
            "inputs in parallel, one batch on a GPU, then the same calibration and reconciliation. A late region falls back to yesterday's run shifted by a day. Planners may override with a reason and an expiry, and we measure in money whether they help.",
        ),
        Phase(
            0.9,
            "Evaluate, operate, trade off",
            "I test on eight rolling origins, then simulate ordering and count lost sales and waste. Online I randomise stores, adjust for their earlier weeks, and read in-stock and waste together after six weeks. "
            "Errors show weeks late, so alarms watch inputs, coverage and unexplained changes between runs. The choice I would defend is training on estimated demand; the one I would revisit is the ensemble, once a "
            "pretrained model handles promotions.",
        ),
    ],
    interview_plan=[
        Phase(
            5,
            "Clarify and frame",
            "What is ordered when, costs of too few and too many, known future inputs, coherence. Write the critical ratio: it explains quantiles.",
        ),
        Phase(
            5,
            "Size",
            "Series, values, bytes, GPU time. Show that compute is cheap and that the deadline is a barrier at 01:00.",
        ),
        Phase(
            9,
            "Data",
            "Sales to demand, stock-outs, vintages with known-at. Draw day closing, estimator, vintage store.",
        ),
        Phase(
            10,
            "Models",
            "Router, direct quantile network, trees, counts, zero-shot. Quantile loss. Paths, reconciliation, quantiles last.",
        ),
        Phase(6, "Serving", "Stored reads, what-if path with its budget, intraday nowcast, fallback ladder."),
        Phase(6, "Evaluation", "Rolling origins, simulator, store-level test with power, price tests."),
        Phase(
            4,
            "Operations and trade-offs",
            "Input monitor, coverage, run-to-run change, overrides. Pretrained models, one hour instead of four.",
        ),
    ],
    building_blocks=[*LEARNING_BLOCKS, *COMMON_BLOCKS],
    sources=bibliography("""
        J.-H. Böse et al. (Amazon), "Probabilistic Demand Forecasting at Scale", PVLDB 2017
            https://doi.org/10.14778/3137765.3137775 the platform: preparation, distributed learning, ensembles
        D. Salinas et al. (Amazon), "DeepAR: Probabilistic Forecasting with Autoregressive Recurrent Networks", arXiv 2017
            https://arxiv.org/abs/1704.04110 one global model, sampled step by step
        R. Wen et al. (Amazon), "A Multi-Horizon Quantile Recurrent Forecaster", arXiv 2017
            https://arxiv.org/abs/1711.11053 direct quantiles, all origins in one pass
        C. Eisenach, Y. Patel, D. Madeka (Amazon), "MQTransformer: Multi-Horizon Forecasts with Context Dependent and Feedback-Aware Attention", arXiv 2020
            https://arxiv.org/abs/2009.14799 attention in direct quantile models, steadier between runs
        B. Lim, S. Arık, N. Loeff, T. Pfister (Google), "Temporal Fusion Transformers for Interpretable Multi-horizon Time Series Forecasting", International Journal of Forecasting 2021
            https://arxiv.org/abs/1912.09363 static, past and known-future inputs in one model with quantile outputs
        M. Kunz et al. (Zalando), "Deep Learning based Forecasting: a case study from the online fashion industry", arXiv 2023
            https://arxiv.org/abs/2305.14406 price response, cold start
        S. Makridakis, E. Spiliotis, V. Assimakopoulos, "M5 accuracy competition: Results, findings, and conclusions", International Journal of Forecasting 2022
            https://doi.org/10.1016/j.ijforecast.2021.11.013
            30,490 bottom series; trees and global models in front; how few teams beat the benchmarks
        S. Wickramasuriya, G. Athanasopoulos, R. Hyndman, "Optimal Forecast Reconciliation for Hierarchical and Grouped Time Series Through Trace Minimization", JASA 2019
            https://doi.org/10.1080/01621459.2018.1448825 minimum-trace reconciliation
        A. Ansari et al. (Amazon), "Chronos: Learning the Language of Time Series", TMLR 2024
            https://arxiv.org/abs/2403.07815 the pretrained zero-shot forecaster
        A. Ansari et al. (Amazon), "Chronos-2: From Univariate to Universal Forecasting", arXiv 2025
            https://arxiv.org/abs/2510.15821 zero-shot forecasts with known-future covariates
        I. Gibbs, E. Candès, "Adaptive Conformal Inference Under Distribution Shift", NeurIPS 2021
            https://arxiv.org/abs/2106.00170 intervals corrected by recent coverage
    """),
)


@view("Overview")
def overview() -> None:
    """Sales become demand, demand becomes coherent distributions each night, and distributions become orders."""
    with Cluster("Sources"):
        shops = Users("Sales channels\nstores and web", tooltip="Produce sales, stock, price and promotion records")
        feeds = Internet("Calendar and weather", tooltip="Future inputs, known or forecast")
    with Cluster("Data"):
        events = Kafka("Event log\nKafka", tooltip="Sales and stock events in order, replayable")
        estimator = Spark("Demand estimator\nSpark", tooltip="Corrects sales for empty shelves and errors")
        vintages = S3("Vintage store", tooltip="Every fact with the time at which it became known")
    with Cluster("Forecast"):
        nightly_run = Airflow("Nightly run", tooltip="Scores {series:n} series in four hours")
        models = Forecaster("Global models", tooltip="Neural and tree quantile models, shared by all series")
        reconciler = Assembler("Reconciler", tooltip="Paths of store, region and total add up; quantiles from them")
    with Cluster("Serve"):
        store = Scylla("Forecast store\nScylla", tooltip="{values} values a night, by series and run")
        api = FastAPI("Forecast API", tooltip="Reads, what-ifs and updates during the day")
    with Cluster("Act"):
        plans = Planner("Replenishment and capacity", tooltip="Turn quantiles into orders and machines")
        planners = Users("Planners", tooltip="Review exceptions, ask what-ifs, override")
    with Cluster("Learn"):
        training = Kubeflow("Training pipeline", tooltip="Rolling-origin backtests with the cost of decisions")
        registry = Mlflow("Model registry", tooltip="Versions model, features and calibration")

    shops >> stream("sales, stock") >> events >> batch("closed days") >> estimator
    estimator >> batch("estimated demand") >> vintages
    feeds >> batch("future inputs") >> vintages
    vintages >> batch("as-of snapshot") >> nightly_run >> batch("{series:n} series") >> models
    models >> batch("base quantiles") >> reconciler >> batch("means, quantiles") >> store
    plans >> request("a store's series") >> api >> request("{read_bytes} read") >> store
    plans >> batch("orders") >> shops
    planners >> request("override, what-if") >> api >> response("exceptions") >> planners
    vintages >> batch("history vintages") >> training >> control("gated models") >> registry
    registry >> control("promote") >> models


@view("Serving", details="overview/Serve")
def serving() -> None:
    """Most reads are a key look-up; a what-if is forecast anew for one product in all stores within {promise}."""
    with Cluster("Callers"):
        planner = User("Planner tool", tooltip='Asks "what if the price drops by 10 %"')
        replenishment = Planner("Replenishment engine", tooltip="Takes the quantile of its service level and orders")
        capacity = Planner("Capacity planner", tooltip="Reads hourly load quantiles, sets machine counts")
    with Cluster("Edge"):
        gateway = Envoy("API gateway", tooltip="Authenticates, applies quotas by caller, sets the deadline")
        api = FastAPI("Forecast API", tooltip="Routes reads, what-ifs and fallbacks")
    with Cluster("Read path"):
        hot = Redis("Hot forecasts\nRedis", tooltip="Products that are being ordered now")
        store = Scylla("Forecast store\nScylla", tooltip="Latest and past runs by series")
        freshness = Choice("Freshness check", tooltip="Run time, changed inputs, deviation during the day")
    with Cluster("Re-forecast"):
        live = Kafka("Live sales\nKafka", tooltip="Sales that are minutes old")
        nowcast = Flink("Intraday nowcast\nFlink", tooltip="Rest of the day from the usual hourly curve")
        history = Clickhouse("History\nClickHouse", tooltip="Columns of daily demand, the last one today's nowcast")
        future = Redis("Future inputs\nRedis", tooltip="Price, promotion, weather, holidays for {horizon} days")
        distilled = Forecaster(
            "Distilled forecaster\nGPU", tooltip="Small copy of the nightly models; fetches its inputs"
        )
        calibrator = Calibrator("Conformal calibrator", tooltip="Widens or narrows quantiles by recent coverage")
        reconciler = Assembler("Reconciler\none product", tooltip="Projects stores, {regions} regions and total")
    with Cluster("Compose"):
        guardrails = Guard("Guardrails", tooltip="Sorts quantiles, limits by history, re-sums after an override")
        overrides = Postgresql("Overrides\nPostgreSQL", tooltip="Planner changes with reason and expiry")
    log = Kafka("Serving log\nKafka", tooltip="What was served, to whom, from which version")

    with step("A planner asks what a price cut does to one product in {scenario} stores, within {promise}."):
        planner >> request("what-if") >> gateway >> request("deadline") >> api
    with step("An ordinary read ends here: {read_bytes} in {read_promise}, at up to {read_rate:n} reads a second."):
        replenishment >> request("order read") >> gateway
        capacity >> request("load read") >> gateway
        api >> request("series key") >> hot
        api >> request("on miss") >> store
    with step("A scenario, changed inputs or sales outside the band of the day call for a new forecast."):
        live >> stream("sales events") >> nowcast >> stream("deviation, 15 min") >> freshness
        nowcast >> stream("today's demand") >> history
        api >> request("age, scenario") >> freshness >> response("re-forecast") >> distilled
    with step("History of {scenario} series takes {history_read}, future inputs with the new price {future_read}."):
        distilled >> request("{scenario} series") >> history
        distilled >> request("scenario inputs") >> future
    with step("One batch of {small_time} predicts {horizon} days and {quantiles} quantiles for every store."):
        distilled >> response("{quantiles} quantiles") >> calibrator
    with step("Quantiles are corrected by recent coverage and turned into sample paths in {path_time}."):
        calibrator >> response("sample paths") >> reconciler
    with step("Stores, regions and total are made to agree in {solve_time}; limits and active overrides follow."):
        reconciler >> response("coherent block") >> guardrails >> request("active overrides") >> overrides
    with step("The planner sees the difference from the stored forecast, with intervals."):
        guardrails >> response("final quantiles") >> api >> response("scenario effect") >> planner
    with step("Ordering and capacity get all quantiles and take the one their costs imply; all of it is logged."):
        api >> response("daily, lead-time\nquantiles") >> replenishment
        api >> response("hourly quantiles") >> capacity
        api >> stream("served forecast") >> log


@view("Demand", details="overview/Demand estimator")
def demand() -> None:
    """Sales are not demand: cleaning, stock-outs and vintages come before any model sees a number."""
    with Cluster("Sources"):
        tills = Server("Point of sale", tooltip="Receipts, returns, late corrections")
        stock = Postgresql("Stock ledger", tooltip="Stock on hand by hour")
        prices = Postgresql("Price plan\nwith promotions", tooltip="Past and planned prices and displays")
        weather = Internet("Weather forecasts", tooltip="The forecast as issued, never the later actual")
        master = Mysql("Master data\nproducts and stores", tooltip="Hierarchy, attributes, opening dates, replacements")
    with Cluster("Ingest"):
        events = Kafka("Event log\nKafka", tooltip="Change streams from all systems")
        closing = Flink("Day closing\nFlink", tooltip="Deduplicates; handles late receipts, returns, silent stores")
    with Cluster("Estimate"):
        stock_outs = Monitor("Stock-out detector", tooltip="Hours without stock, and phantom stock without sales")
        estimator = Spark("Demand estimator\nSpark", tooltip="Lost demand from in-stock hours, with uncertainty")
        substitution = Forecaster("Substitution model", tooltip="Gives back what an empty neighbour brought in")
        linker = GraphStore("Life-cycle linker", tooltip="Joins replaced products, finds look-alikes for new ones")
    with Cluster("Publish"):
        vintages = S3("Vintage store", tooltip="Value, event time and known-at time")
        checks = Gate("Quality gate", tooltip="Missing stores, mixed-up units, broken hierarchy")
        features = Spark("Feature build\nSpark", tooltip="Lags, rolling rates, price ratios, distance to events")

    tills >> stream("receipts") >> events
    stock >> stream("stock changes") >> events
    prices >> stream("price changes") >> events
    master >> stream("master changes") >> events >> stream("raw events") >> closing
    closing >> batch("sales, stock") >> stock_outs >> batch("censored hours") >> estimator
    closing >> batch("clean sales") >> estimator >> batch("first estimate") >> substitution
    events >> stream("price plans") >> vintages
    substitution >> batch("estimated demand") >> vintages
    master >> batch("attributes") >> linker >> batch("series links") >> vintages
    weather >> batch("as issued") >> vintages
    vintages >> batch("closed day") >> checks >> control("passed partitions") >> features
    vintages >> batch("as-of values") >> features


@view("Nightly", details="overview/Nightly run")
def nightly() -> None:
    """Freeze what is known, route each series to its model, calibrate, make coherent, check, publish."""
    with Cluster("Prepare"):
        scheduler = Airflow("Scheduler", tooltip="Starts at 01:00, owns the deadlines by region")
        snapshot = S3("As-of snapshot", tooltip="Frozen inputs, so that the run can be repeated")
        build = Spark("Feature build\nSpark", tooltip="Past features and known-future inputs")
        router = Choice("Series router", tooltip="Dense and aggregates, sparse, new; hourly series run separately")
    with Cluster("Score"):
        neural = Forecaster("Neural quantiles\n{gpus} GPUs", tooltip="Direct decoder for {horizon} days, {seeds} seeds")
        trees = Forecaster(
            "Tree quantiles\nSpark", tooltip="Strong on price and promotion effects; {tree_cost:n} core-hours"
        )
        counts = Forecaster("Count model", tooltip="Zero-inflated counts for slow sellers")
        zero_shot = Forecaster(
            "Zero-shot model\npretrained", tooltip="Tuned on our series, zero-shot for each newcomer, with look-alikes"
        )
    with Cluster("Combine"):
        ensemble = Assembler("Quantile ensemble", tooltip="Averages quantiles, weights by segment and horizon")
        conformal = Calibrator("Conformal calibrator", tooltip="Corrects coverage; fitted on reconciled backtests")
        sampler = Simulator("Sample paths", tooltip="{paths} joint paths keep the correlation of days and stores")
        reconciler = Assembler(
            "Reconciler", tooltip="Minimum-trace projection by product; quantiles of days and lead times are read last"
        )
    with Cluster("Publish"):
        checks = Inspection(
            "Release checks", tooltip="Change against the last run, coherence, trial stock, missing series"
        )
        store = Scylla("Forecast store\nScylla", tooltip="A run becomes visible by one pointer switch")
        ready = Kafka("Run event\nKafka", tooltip="Tells ordering and capacity that the run is ready")

    scheduler >> control("freeze at 01:00") >> snapshot >> batch("as-of inputs") >> build
    build >> batch("{series:n} series") >> router >> batch("{dense:n} dense,\n{aggregates:n} aggregates") >> neural
    neural >> batch("{quantiles} quantiles") >> ensemble
    router >> batch("{dense:n} dense") >> trees >> batch("{quantiles} quantiles") >> ensemble
    router >> batch("{sparse:n} sparse") >> counts >> batch("count quantiles") >> conformal
    router >> batch("{newcomers:n} new") >> zero_shot >> batch("wide quantiles") >> conformal
    ensemble >> batch("blended quantiles") >> conformal >> batch("calibrated margins") >> sampler
    sampler >> batch("{paths} paths") >> reconciler >> batch("means, quantiles") >> checks
    checks >> batch("{run_bytes}") >> store >> stream("pointer switched") >> ready
    checks >> control("hold or fallback") >> scheduler


@view("Model", direction="TB", details="overview/Global models")
def model() -> None:
    """The dense series: a network that reads the past once and decodes all days at once, trees, and what binds them."""
    with Cluster("Inputs"):
        past = Features(
            "Past\n{span:n} days",
            tooltip="{features:n} features a day: demand, stock, price, weather; censored days masked",
        )
        ahead = Features(
            "Known future\n{horizon:n} days", tooltip="12 features a day: price, promotion, holidays, forecast weather"
        )
        static = Features("Series\n8 ids", tooltip="Product, brand, category, store, format, region")
    tables = EmbeddingTable("Id tables", tooltip="16 numbers each; unseen ids fall back on their category")
    with Cluster("Encoder"):
        encoder = Encoder(
            "Dilated convolutions", tooltip="Six layers, causal, so that every day of the window is an origin"
        )
        holidays = Encoder(
            "Holiday encoding", tooltip="Learned from signed distances to each event, shared by all series"
        )
    with Cluster("Decoder"):
        attention = Interaction("Horizon attention", tooltip="Each future day attends to similar past days")
        local = Interaction("Local decoder", tooltip="The day's own price and promotion, with context")
        head = Head(
            "Quantile head\n{horizon:n} × {quantiles:n}",
            tooltip="Increments above the lowest quantile, so that none cross",
        )
    with Cluster("Trees"):
        trees = Expert("Tree quantiles", tooltip="{quantiles:n} models on hand-made lags, monotone in price")
    with Cluster("Combine"):
        ensemble = Assembler("Quantile ensemble", tooltip="Averages by segment and horizon")
        calibrator = Calibrator("Conformal calibrator", tooltip="Shifts quantiles to the promised coverage")
    with Cluster("Training only"):
        loss = LossFunction("Quantile loss", tooltip="Scaled by the series' mean; zero on masked days")
        target = S3("Window table", tooltip="{horizon:n} days of estimated demand after each origin, with masks")

    past >> Edge(label="120 × 30") >> encoder >> Edge(label="120 × 128") >> attention
    ahead >> Edge(label="91 × 4\ndistances") >> holidays >> Edge(label="91 × 32") >> attention
    static >> Edge(label="8 ids") >> tables >> Edge(label="128") >> [encoder, local]
    ahead >> Edge(label="91 × 12") >> local
    attention >> Edge(label="91 × 128") >> local >> Edge(label="91 × 128") >> head
    [past, ahead] >> Edge(label="lags, prices") >> trees
    head >> Edge(label="91 × 9") >> [ensemble, loss]
    trees >> Edge(label="91 × 9") >> ensemble >> Edge(label="91 × 9") >> calibrator
    target >> feedback("demand, mask") >> loss
    target >> feedback("demand, mask") >> trees


@view("Training", details="overview/Training pipeline")
def training() -> None:
    """Models compete on rolling origins with the data known at each, judged by quantile loss and simulated cost."""
    with Cluster("Data"):
        vintages = S3("Vintage store", tooltip="Facts with known-at times")
        origins = Spark("Rolling origins\nSpark", tooltip="Eight cut-offs with holidays, a gap before each test")
        builder = Spark("Window builder\nSpark", tooltip="{windows:n} windows, weighted; censored days masked")
    with Cluster("Train") as train:
        neural = Trainer("Neural trainer", tooltip="Quantile loss at all horizons, from each origin")
        trees = Trainer(
            "Tree and\ncount trainers",
            tooltip="Quantile loss, monotone in price; zero-inflated counts for slow sellers",
        )
        tuned = Trainer("Pretrained tuning", tooltip="Adapts a foundation forecaster to own data")
        baselines = Forecaster("Baselines", tooltip="Seasonal naive and exponential smoothing, to be beaten")
        distiller = Distiller("Distillation", tooltip="A small model for what-ifs, taught by the ensemble")
    with Cluster("Evaluate"):
        backtests = Clickhouse("Backtest store", tooltip="Every forecast by origin, level and segment")
        simulator = Simulator("Inventory simulator", tooltip="Replays ordering: lost sales, waste, stock")
        price_tests = Experiment("Price tests", tooltip="Randomised discounts check the price response")
    with Cluster("Release"):
        gate = Choice("Offline gate", tooltip="Loss, cost, coverage and bias on every large segment")
        registry = Mlflow("Model registry", tooltip="Models, weights, conformal tables, feature version")
        shadow = Flagger("Shadow and canary", tooltip="Two weeks beside the champion, then region by region")
        run = Airflow("Nightly run", tooltip="Uses the promoted bundle")

    vintages >> batch("as-of history") >> origins >> batch("train ranges") >> builder
    builder >> batch("windows") >> neural >> batch("teacher quantiles") >> distiller
    builder >> batch("direct rows") >> trees >> batch("teacher quantiles") >> distiller
    builder >> batch("windows") >> tuned
    origins >> batch("each origin") >> baselines
    train >> batch("all forecasts") >> backtests >> batch("quantile history") >> simulator
    simulator >> batch("cost per segment") >> gate
    backtests >> batch("loss, coverage") >> gate
    price_tests >> batch("price response") >> gate >> control("passed bundle") >> registry
    registry >> control("challenger") >> shadow >> control("promotion") >> run >> batch("served forecasts") >> vintages


@view("Operations")
def operations() -> None:
    """Forecasts are judged weeks later, so early signs carry the alarms: inputs, coverage, changes between runs."""
    with Cluster("Serving"):
        run = Airflow("Nightly run", tooltip="Emits progress, counts and durations by region")
        fallback = Fallback("Fallback ladder", tooltip="Yesterday's run shifted, seasonal naive, last year")
    with Cluster("Observe"):
        vintages = S3("Vintage store", tooltip="Estimated demand of closed days, corrected for 7 days")
        actuals = Spark(
            "Actuals join\nSpark", tooltip="Compares each horizon with estimated demand, 7 days after the day"
        )
        coverage = Monitor(
            "Coverage monitor", tooltip="Coverage and bias by level, segment, horizon; in-stock days only"
        )
        change = Monitor("Run-to-run change", tooltip="Flags jumps that inputs do not explain")
        inputs = Flink("Input monitor\nFlink", tooltip="Missing stores, late prices, stale weather")
        metrics = Prometheus("Metrics\nPrometheus", tooltip="Deadline risk, API p99, cache hits")
        dashboards = Grafana("Dashboards\nGrafana", tooltip="Accuracy by level, value added by overrides")
        alerts = Pagerduty("On-call alerts", tooltip="Late run, broken coverage, missing input")
    with Cluster("Decide"):
        queue = ReviewQueue("Exception queue", tooltip="Ranks series by money at risk")
        planners = Users("Planners", tooltip="Override or confirm; measured by the value added")
        analysis = Clickhouse(
            "Experiment analysis", tooltip="Matched stores, adjusted for earlier weeks, as orders differ"
        )
        retrain = Airflow("Retrain trigger", tooltip="Weekly, or early on bias or a change of regime")
        training = Kubeflow("Training pipeline", tooltip="Backtests, gate, shadow, then promotion by region")
        engineer = User("On-call engineer", tooltip="Decides whether to go back")
        rollback = Argocd("Rollback controller", tooltip="Points readers to the last good run and model")

    inputs >> control("hold region") >> run >> stream("duration, counts") >> metrics >> stream("series") >> dashboards
    inputs >> stream("input delays") >> metrics >> control("deadline risk") >> alerts
    run >> batch("served forecasts") >> actuals >> batch("errors by horizon") >> coverage
    vintages >> feedback("estimated demand") >> actuals
    coverage >> batch("accuracy") >> dashboards
    coverage >> control("conformal update") >> run
    (
        coverage
        >> control("bias over limit")
        >> retrain
        >> control("run early")
        >> training
        >> control("gated bundle")
        >> run
    )
    run >> batch("last two runs") >> change >> control("mass change") >> alerts
    change >> stream("unexplained jumps") >> queue
    coverage >> batch("poor segments") >> queue >> stream("money at risk") >> planners >> control("overrides") >> run
    planners >> feedback("proposals") >> analysis >> feedback("adopt or drop") >> retrain
    actuals >> batch("cost per arm") >> analysis
    alerts >> control("page") >> engineer >> control("go back") >> rollback >> control("last good run") >> run
    run >> control("region late") >> fallback >> stream("fallback share") >> metrics
