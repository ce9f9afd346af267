"""Forecast sales of 50 million product-store pairs for 91 days every night, as quantiles that people order by.

Capacity planners get the hourly load of each service from the same system. The numbers are acted on: a quantile
becomes an order, so errors have prices, lost sales on one side and waste on the other.

Most series are sparse, short and shaped by price, promotion and holidays. Recorded sales hide demand when the shelf
was empty, totals must add up, and the forecast changes its own future data: what is not ordered cannot be sold.
"""

from diagrams import Cluster
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
    Budget,
    Calibrator,
    Decision,
    Distiller,
    Estimate,
    Experiment,
    FailureMode,
    Fallback,
    Forecaster,
    Gate,
    GraphStore,
    Guard,
    Metrics,
    Monitor,
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
    request,
    step,
    stream,
    view,
)

ESTIMATE = Estimate(
    stores=assume("Stores", 2_500, "store"),
    assortment=assume("Products of a store", 20_000, "series/store"),
    products=assume("Distinct products", 100e3, "product"),
    series=derive("Product-store series", "stores * assortment", "series", note="the M5 competition had 30,490"),
    dense=assume("Dense series", 30e6, "series"),
    sparse=assume("Sparse series", 18e6, "series"),
    newcomers=derive("New series", "series - dense - sparse", "series"),
    history=assume("Days of history", 1_095, "point/series"),
    points=derive("History points", "series * history", "point"),
    point_bytes=assume("Bytes of a point", 20, "byte/point", note="compressed columns"),
    history_bytes=derive("History stored", "points * point_bytes", "byte"),
    horizon=assume("Days ahead", 91, "step/series"),
    quantiles=assume("Quantiles", 9, "value/step", note="0.05 to 0.95"),
    values=derive("Values of a nightly run", "series * horizon * quantiles", "value"),
    value_bytes=assume("Bytes of a value", 4, "byte/value", note="fp32"),
    run_bytes=derive("Bytes of a run", "values * value_bytes", "byte"),
    runs=assume("Runs kept for audits and backtests", 60),
    archive=derive("Runs kept", "run_bytes * runs", "byte"),
    neural_speed=assume("Series a GPU forecasts", 4_000, "series/s/GPU", note="all horizons at once"),
    neural_cost=derive("Neural run, GPU-hours", "series / neural_speed", "GPU*hour", note="if it took every series"),
    seeds=assume("Seeds of the neural ensemble", 3),
    neural_time=assume("Time for the neural part", 2, "hour"),
    busy=assume("Load at which GPUs are run", 70, "percent"),
    gpus=derive("GPUs of the nightly run", "ceil(series * seeds / (neural_speed * busy * neural_time))", "GPU"),
    tree_rows=derive("Tree rows of a run", "series * horizon", "step", note="one row a day ahead; upper bound"),
    tree_speed=assume("Values a core predicts", 50e3, "value/s/core", note="one tree model per quantile"),
    tree_cost=derive("Tree run, core-hours", "values / tree_speed", "core*hour"),
    cuts=assume("Training windows of a series", 4, "window/series"),
    windows=derive("Training windows", "series * cuts", "window"),
    span=assume("Days of a window", 120, "point/window"),
    features=assume("Features of a day", 30, "number/point"),
    number_bytes=assume("Bytes of a feature", 2, "byte/number", note="fp16"),
    window_bytes=derive("Bytes of a window", "span * features * number_bytes", "byte/window"),
    epoch_bytes=derive("Bytes read in an epoch", "windows * window_bytes", "byte"),
    regions=assume("Regions", 20, "aggregate/product"),
    totals=assume("Totals of a product", 1, "aggregate/product"),
    block=derive("Aggregates of a product", "regions + totals", "aggregate/product", note="a system of 21 by 21"),
    aggregates=derive("Aggregate series", "block * products", "aggregate", note="forecast with the dense series"),
    placement=assume("Series of a product in a store", 1, "series/product/store"),
    scenario=derive("Series of a what-if", "stores * placement", "series/product"),
    paths=assume("Sample paths", 200, "sample/step"),
    product_samples=derive("Samples of a product, at most", "scenario * horizon * paths", "sample/product"),
    samples=derive("Samples of a run", "series * horizon * paths", "sample", note="never stored"),
    reads=assume("Forecast reads when orders are made", 1e6, "read/minute"),
    read_rate=derive("Peak forecast reads", "reads", "read/s"),
    read_bytes=derive("Bytes of a read", "horizon * quantiles * value_bytes", "byte/series"),
    metrics=assume("Capacity series", 50e3, "metric", note="services by region"),
    hours=assume("Hours ahead", 336, "step/metric", note="14 days"),
    hourly_values=derive("Values of an hourly run", "metrics * hours * quantiles", "value", note="small beside retail"),
)

SYSTEM = System(
    title="Time series forecasting",
    family="end-to-end",
    position=6,
    tags=Tags(task=["forecasting"], pattern=["batch scoring", "human in the loop"], data=["time series", "tabular"]),
    requirements=Requirements(
        functional=[
            "Quantiles by product, store and day, coherent with region, category and total: means and paths add up.",
            "New products and stores from attributes and look-alikes; what-ifs for price, promotion, assortment.",
            "Planners override with reason and expiry; hourly quantiles for 14 days serve capacity planning.",
            "Any past forecast can be repeated: data as known then, model, features, overrides.",
        ],
        qualities={
            "Batch": "Sales close at 01:00, 99.5 % of series are out by 05:00, the rest on a fallback (assumptions).",
            "Latency": "p99 of 60 ms for a stored forecast, 800 ms for a what-if in all stores (assumptions).",
            "Freshness": "Sales of the day shift today's and tomorrow's forecast within 15 min (assumption).",
            "Quality": "The 90 % interval covers 88 to 92 % by level and segment, bias is within 2 % (assumptions).",
            "Availability": "99.9 % of reads (assumption); yesterday's run shifted by a day counts as degraded.",
        },
    ),
    estimate=ESTIMATE,
    headline=["read_rate", "series", "values", "run_bytes", "gpus"],
    budget=Budget(
        "p99 of a what-if over one product in all stores",
        promise=800,
        stages={
            "Gateway and authentication": 15,
            "Request checks and entitlement": 10,
            "Stored forecast look-up": 15,
            "Freshness and what-if decision": 5,
            "History of {scenario} series": 120,
            "Known-future inputs: price, promotion, weather": 60,
            "Distilled model on {scenario} series": 250,
            "Calibration and sample paths": 60,
            "Block reconciliation": 90,
            "Guardrails and overrides": 15,
            "Response encoding": 60,
            "Queueing slack": 100,
        },
        note="Stage p99s are added up; a plain read needs gateway, checks, look-up and a small encoding: 60 ms.",
    ),
    decisions=[
        Decision(
            "Global models",
            rejected=["one model per series"],
            revisit_when="series are few, long and regular, such as totals",
        ),
        Decision(
            "Quantiles of all days at once",
            rejected=["sampling step by step"],
            revisit_when="joint paths are what is used",
        ),
        Decision("Reconciliation afterwards", rejected=["bottom-up sums"], revisit_when="bottom series are dense"),
        Decision(
            "Training on estimated demand",
            rejected=["training on sales"],
            revisit_when="stock-outs are rare or stock data is poor",
        ),
        Decision(
            "Neural and tree ensemble",
            rejected=["one foundation model"],
            revisit_when="a business has neither history nor a team",
        ),
        Decision(
            "Nightly batch, re-forecast on demand",
            rejected=["all online"],
            revisit_when="series are fast, as hourly capacity is",
        ),
    ],
    failures=[
        FailureMode(
            "A store does not report", "Closed stores against the calendar, 01:00", "Missing, not zero; backfill"
        ),
        FailureMode("The future leaks into features", "Backtest beats live, known-at audit", "Block, test on vintages"),
        FailureMode(
            "A low forecast fulfils itself", "No sales, no stock", "Mask censored days, minimum and trial stock"
        ),
        FailureMode("The regime changes", "Coverage under 80 % for three days", "Widen, shorten history, planner flag"),
        FailureMode(
            "A promotion is late or double", "Input monitor, run-to-run change", "Hold, re-forecast, alert owner"
        ),
        FailureMode("The run misses its deadline", "Progress at 03:30", "Publish what is done, ladder for the rest"),
    ],
    metrics=Metrics(
        offline=["Weighted quantile loss by level, bias, coverage", "Share better than seasonal naive, lost sales"],
        online=["In-stock rate, waste, stock turns, idle capacity", "Orders accepted unchanged, value of overrides"],
        guardrail=["Run done by 05:00, fallback share, p99", "Incoherence (zero), change with no cause, small stores"],
    ),
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
        M. Kunz et al. (Zalando), "Deep Learning based Forecasting: a case study from the online fashion industry", arXiv 2023
            https://arxiv.org/abs/2305.14406 price response, cold start
        S. Makridakis, E. Spiliotis, V. Assimakopoulos, "M5 accuracy competition: Results, findings, and conclusions", International Journal of Forecasting 2022
            https://doi.org/10.1016/j.ijforecast.2021.11.013 30,490 bottom series; trees and global models in front
        S. Wickramasuriya, G. Athanasopoulos, R. Hyndman, "Optimal Forecast Reconciliation for Hierarchical and Grouped Time Series Through Trace Minimization", JASA 2019
            https://doi.org/10.1080/01621459.2018.1448825 minimum-trace reconciliation
        A. Ansari et al. (Amazon), "Chronos: Learning the Language of Time Series", TMLR 2024
            https://arxiv.org/abs/2403.07815 the pretrained zero-shot forecaster
        I. Gibbs, E. Candès, "Adaptive Conformal Inference Under Distribution Shift", NeurIPS 2021
            https://arxiv.org/abs/2106.00170 intervals corrected by recent coverage
    """),
)


@view("Overview")
def overview() -> None:
    """Sales become demand, demand becomes coherent distributions each night, and distributions become orders."""
    with Cluster("Sources"):
        shops = Users("Stores, web shop", tooltip="Produce sales, stock, price and promotion records")
        feeds = Internet("Calendar, weather", tooltip="Future inputs, known or forecast")
    with Cluster("Data"):
        events = Kafka("Event log\nKafka", tooltip="Sales and stock events in order, replayable")
        estimator = Spark("Demand estimator\nSpark", tooltip="Corrects sales for empty shelves and errors")
        vintages = S3("Vintage store", tooltip="Every fact with the time at which it became known")
    with Cluster("Forecast"):
        nightly = Airflow("Nightly run", tooltip="Scores {series:n} series in four hours")
        models = Forecaster("Global models", tooltip="Neural and tree quantile models, shared by all series")
        reconciler = Assembler("Reconciler", tooltip="Paths of store, region and total add up; quantiles from them")
    with Cluster("Serve"):
        store = Scylla("Forecast store\nScylla", tooltip="{values} values a night, by series and run")
        api = FastAPI("Forecast API", tooltip="Reads, what-ifs and updates during the day")
    with Cluster("Act"):
        plans = Planner("Replenishment, capacity", tooltip="Turn quantiles into orders and machines")
        planners = Users("Planners", tooltip="Review exceptions, override")
    with Cluster("Learn"):
        training = Kubeflow("Training pipeline", tooltip="Rolling-origin backtests with the cost of decisions")
        registry = Mlflow("Model registry", tooltip="Versions model, features and calibration")

    shops >> stream("sales, stock") >> events >> batch("closed days") >> estimator
    estimator >> batch("estimated demand") >> vintages
    feeds >> batch("future inputs") >> vintages
    vintages >> batch("as-of snapshot") >> nightly >> batch("{series:n} series") >> models
    models >> batch("base quantiles") >> reconciler >> batch("means, quantiles") >> store
    api >> request("{read_bytes} read") >> store
    api >> request("chosen quantile") >> plans >> feedback("stock delivered") >> shops
    planners >> request("override, what-if") >> api >> request("exceptions") >> planners
    vintages >> batch("history vintages") >> training >> control("gated models") >> registry
    registry >> control("promote") >> models


@view("Serving")
def serving() -> None:
    """Most reads are a key look-up; a what-if is forecast anew for one product in all stores within 800 ms."""
    with Cluster("Callers"):
        planner = User("Planner tool", tooltip='Asks "what if the price drops by 10 %"')
        replenishment = Planner("Replenishment engine", tooltip="Reads the quantile of its service level and orders")
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
        history = Clickhouse("History\nClickHouse", tooltip="Columns of daily demand, for fast slices")
        future = Redis("Future inputs\nRedis", tooltip="Price, promotion, weather, holidays for {horizon} days")
        distilled = Forecaster("Distilled forecaster\nGPU", tooltip="Small copy of the nightly models")
        calibrator = Calibrator("Conformal calibrator", tooltip="Widens or narrows quantiles by recent coverage")
        reconciler = Assembler("Reconciler\none product", tooltip="Projects stores, {regions} regions and total")
    with Cluster("Compose"):
        guardrails = Guard("Guardrails", tooltip="Sorts quantiles, limits by history, re-sums after an override")
        overrides = Postgresql("Overrides\nPostgreSQL", tooltip="Planner changes with reason and expiry")
    log = Kafka("Serving log\nKafka", tooltip="What was served, to whom, from which version")

    with step("A planner asks what a price cut does to one product in {stores} stores, within 800 ms."):
        planner >> request("what-if") >> gateway >> request("deadline") >> api
    with step("An ordinary read ends here: {read_bytes} in 60 ms, at up to {read_rate:n} reads a second."):
        replenishment >> request("order read") >> gateway
        capacity >> request("load read") >> gateway
        api >> request("series key") >> hot >> request("on miss") >> store
    with step("A scenario, changed inputs or sales outside the band of the day call for a new forecast."):
        live >> stream("sales events") >> nowcast >> stream("deviation, 15 min") >> freshness
        api >> request("age, scenario") >> freshness
    with step("History of {scenario} series arrives in 120 ms, future inputs with the new price in 60 ms."):
        freshness >> request("re-forecast") >> history
        freshness >> request("scenario inputs") >> future
    with step("One batch of 250 ms predicts {horizon} days and {quantiles} quantiles for every store."):
        history >> request("{scenario} series") >> distilled
        future >> request("{horizon} days ahead") >> distilled
    with step("Quantiles are corrected by recent coverage and turned into sample paths in 60 ms."):
        distilled >> request("{quantiles} quantiles") >> calibrator >> request("sample paths") >> reconciler
    with step("Stores, regions and total are made to agree in 90 ms; limits and active overrides follow."):
        reconciler >> request("coherent block") >> guardrails >> request("active overrides") >> overrides
    with step("The planner sees the difference from the stored forecast, with intervals."):
        guardrails >> request("final quantiles") >> api >> request("scenario effect") >> planner
    with step("Ordering takes the quantile of its service level, capacity hourly ones; all of it is logged."):
        api >> request("chosen quantile") >> replenishment
        api >> request("hourly quantiles") >> capacity
        api >> stream("served forecast") >> log


@view("Demand")
def demand() -> None:
    """Sales are not demand: cleaning, stock-outs and vintages come before any model sees a number."""
    with Cluster("Sources"):
        tills = Server("Point of sale", tooltip="Receipts, returns, late corrections")
        stock = Postgresql("Stock ledger", tooltip="Stock on hand by hour")
        prices = Postgresql("Price, promotion plan", tooltip="Past and planned prices and displays")
        weather = Internet("Weather forecasts", tooltip="The forecast as issued, never the later actual")
        master = Mysql("Product, store master", tooltip="Hierarchy, attributes, opening dates, replacements")
    with Cluster("Ingest"):
        events = Kafka("Event log\nKafka", tooltip="Change streams from all systems")
        closing = Flink("Day closing\nFlink", tooltip="De-duplicates; late receipts, returns, silent stores")
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
    substitution >> batch("estimated demand") >> vintages
    master >> batch("attributes") >> linker >> batch("series links") >> vintages
    weather >> batch("as issued") >> vintages
    vintages >> batch("closed day") >> checks >> control("passed partitions") >> features
    vintages >> batch("as-of values") >> features


@view("Nightly")
def nightly() -> None:
    """Freeze what is known, route each series to its model, calibrate, make coherent, check, publish."""
    with Cluster("Prepare"):
        scheduler = Airflow("Scheduler", tooltip="Starts at 01:00, owns the deadlines by region")
        snapshot = S3("As-of snapshot", tooltip="Frozen inputs, so that the run can be repeated")
        build = Spark("Feature build\nSpark", tooltip="Past features and known-future inputs")
        router = Choice("Series router", tooltip="Dense and aggregates, sparse, new; hourly series run apart")
    with Cluster("Score"):
        neural = Forecaster("Neural quantiles\nGPU", tooltip="Direct decoder for {horizon} days, {seeds} seeds")
        trees = Forecaster("Tree quantiles\nSpark", tooltip="Strong on price and promotion effects")
        counts = Forecaster("Count model", tooltip="Zero-inflated counts for slow sellers")
        zero_shot = Forecaster("Zero-shot model\npretrained", tooltip="Newcomers and short series, with look-alikes")
    with Cluster("Combine"):
        ensemble = Assembler("Quantile ensemble", tooltip="Averages quantiles, weights by segment and horizon")
        conformal = Calibrator("Conformal calibrator", tooltip="Corrects coverage; fitted on reconciled backtests")
        sampler = Simulator("Sample paths", tooltip="{paths} joint paths keep the correlation of days and stores")
        reconciler = Assembler("Reconciler", tooltip="Minimum-trace projection by product; quantiles are read last")
    with Cluster("Publish"):
        checks = Inspection("Release checks", tooltip="Change against the last run, coherence, missing series")
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


@view("Training")
def training() -> None:
    """Models compete on rolling origins with the data known at each, judged by quantile loss and simulated cost."""
    with Cluster("Data"):
        vintages = S3("Vintage store", tooltip="Facts with known-at times")
        origins = Spark("Rolling origins\nSpark", tooltip="Eight cut-offs with holidays, a gap before each test")
        builder = Spark("Window builder\nSpark", tooltip="{windows:n} windows, weighted; censored days masked")
    with Cluster("Train"):
        neural = Trainer("Neural trainer", tooltip="Quantile loss at all horizons, from each origin")
        trees = Trainer("Tree trainer", tooltip="Quantile and Tweedie losses, monotone in price")
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
    builder >> batch("windows") >> tuned >> batch("forecasts") >> backtests
    origins >> batch("each origin") >> baselines >> batch("forecasts") >> backtests
    [neural, trees] >> batch("forecasts") >> backtests
    distiller >> batch("forecasts") >> backtests >> batch("quantile history") >> simulator
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
        actuals = Spark("Actuals join\nSpark", tooltip="Compares each horizon with estimated demand")
        coverage = Monitor("Coverage monitor", tooltip="Coverage, bias by level, segment, horizon; in-stock days only")
        change = Monitor("Run-to-run change", tooltip="Flags jumps that inputs do not explain")
        inputs = Flink("Input monitor\nFlink", tooltip="Missing stores, late prices, stale weather")
        metrics = Prometheus("Metrics\nPrometheus", tooltip="Deadline risk, API p99, cache hits")
        dashboards = Grafana("Dashboards\nGrafana", tooltip="Accuracy by level, value added by overrides")
        alerts = Pagerduty("On-call alerts", tooltip="Late run, broken coverage, missing input")
    with Cluster("Decide"):
        queue = ReviewQueue("Exception queue", tooltip="Ranks series by money at risk")
        planners = Users("Planners", tooltip="Override or confirm; measured by the value added")
        analysis = Clickhouse("Experiment analysis", tooltip="Switchback or matched store clusters, as orders differ")
        retrain = Airflow("Retrain trigger", tooltip="Weekly, or early on bias or a change of regime")
        rollback = Argocd("Rollback controller", tooltip="Points readers to the last good run and model")

    inputs >> control("hold region") >> run >> stream("duration, counts") >> metrics >> stream("series") >> dashboards
    inputs >> stream("input delays") >> metrics >> control("deadline risk") >> alerts
    run >> batch("served forecasts") >> actuals >> batch("errors by horizon") >> coverage
    coverage >> batch("accuracy") >> dashboards
    coverage >> control("conformal update") >> run
    coverage >> control("bias over limit") >> retrain >> control("gated bundle") >> run
    run >> batch("last two runs") >> change >> control("mass change") >> alerts
    change >> stream("unexplained jumps") >> queue
    coverage >> batch("poor segments") >> queue >> request("money at risk") >> planners >> control("overrides") >> run
    planners >> control("policy proposals") >> analysis >> feedback("adopt or drop") >> retrain
    actuals >> batch("cost per arm") >> analysis
    alerts >> control("bad run") >> rollback >> control("last good bundle") >> run
    run >> control("region late") >> fallback >> stream("fallback share") >> metrics
