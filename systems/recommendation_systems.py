"""Choose and order two dozen products, out of a hundred million, for one shopper within 200 ms.

The feedback is biased: only items that were shown get labels, the top slot gets clicks because it is on top, and
purchases are rare and late. Catalogue and demand change by the hour, so a good model on stale features, stale stock or
a stale index is a bad system.

The standard answer is a funnel (retrieve, light rank, rank, re-rank) in which each stage spends more compute on fewer
items, and a log of what was shown that is the only honest source of labels.
"""

from diagrams import Cluster, Edge
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
    Bias,
    Budget,
    Cache,
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
    Parallel,
    Phase,
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
    control,
    derive,
    feedback,
    reference,
    request,
    response,
    same_row,
    step,
    stream,
    view,
)

ESTIMATE = Estimate(
    users=assume("Daily active users", 50e6, "user"),
    visits=assume("Recommendation requests a user makes", 20, "request/user/day"),
    catalogue=assume("Active catalogue", 100e6, "item"),
    peak_factor=assume("Peak over average", 3),
    requests=derive("Requests per day", "users * visits", "request/day"),
    mean_rate=derive("Average request rate", "requests", "request/s"),
    peak_rate=derive("Peak request rate", "mean_rate * peak_factor", "request/s"),
    ann_items=assume("Candidates from the two-tower ANN", 1_800, "item/request"),
    neighbour_items=assume("Candidates from the item-to-item table", 800, "item/request"),
    trending_items=assume("Candidates from trending and new", 400, "item/request"),
    retrieved=derive("Candidates retrieved", "ann_items + neighbour_items + trending_items", "item/request"),
    passing=assume("Candidates that are unique and eligible, of those retrieved", 70, "percent"),
    eligible=derive("Candidates after eligibility", "retrieved * passing", "item/request"),
    ranked=assume("Candidates ranked", 500, "item/request"),
    shown=assume("Items shown", 24, "item/request"),
    load=assume("Load at which hosts are run, of capacity", 60, "percent"),
    light_scores=derive("Light-ranker scores at peak", "peak_rate * eligible", "item/s"),
    light_speed=assume("Light-ranker speed", 150e3, "item/s/core", note="load-test before buying"),
    light_lanes=assume("Cores that score one request", 4, "core/request"),
    light_time=derive("Light ranker, one request", "eligible / (light_speed * light_lanes)", "ms"),
    light_cores=derive("Light-ranker cores", "ceil(light_scores / (light_speed * load))", "core"),
    scores=derive("Ranker scores at peak", "peak_rate * ranked", "item/s"),
    ranker_compute=assume("Ranker compute per item", 200e6, "flop/item", note="attention over 100 actions dominates"),
    gpu_compute=reference("h100_bf16"),
    utilisation=assume("Compute utilisation of the ranker, of peak", 5, "percent", note="embedding look-ups bound it"),
    ranker_speed=derive("Ranker speed", "gpu_compute * utilisation / ranker_compute", "item/s/GPU"),
    ranker_gpus=derive("Ranker GPUs", "ceil(scores / (ranker_speed * load))", "GPU"),
    ranker_batch=assume("Requests in one GPU batch", 4, "request/GPU"),
    ranker_time=derive("Ranker, one batch", "ranked * ranker_batch / ranker_speed", "ms"),
    dimensions=assume("Retrieval embedding dimension", 128, "number/item"),
    number_bytes=reference("fp32_bytes"),
    links=assume("HNSW links per node and layer, M", 32, "link/item"),
    link_bytes=reference("hnsw_link_bytes"),
    vector_bytes=derive("Item vectors", "catalogue * dimensions * number_bytes", "byte"),
    index_bytes=derive("HNSW index", "vector_bytes + catalogue * links * link_bytes", "byte", note="4d + 8M a vector"),
    shards=assume("ANN shards", 4, "host/replica"),
    versions=assume("Index versions held during a swap", 2, "1/replica"),
    ann_memory=derive("Memory of an ANN host", "index_bytes * versions / shards", "byte/host"),
    ann_speed=assume("Queries a shard replica answers", 2_000, "request/s/replica"),
    ann_hosts=derive("ANN hosts", "ceil(peak_rate / (ann_speed * load)) * shards", "host"),
    accounts=assume("Accounts with features", 300e6, "account"),
    account_bytes=assume("User features, bytes per account", 4e3, "byte/account"),
    user_features=derive("Online user features", "accounts * account_bytes", "byte", note="one copy"),
    item_bytes=assume("Item features, bytes per item", 1e3, "byte/item"),
    item_features=derive("Online item features", "catalogue * item_bytes", "byte", note="one copy"),
    cache_misses=assume("Misses of the in-process item cache, of reads", 5, "percent"),
    item_reads=derive("Item reads that reach the store at peak", "scores * cache_misses", "item/s"),
    id_dimensions=assume("Item-ID embedding dimension in the ranker", 64, "number/item"),
    id_bytes=reference("fp16_bytes"),
    id_table=derive("Ranker item-ID table", "catalogue * id_dimensions * id_bytes", "byte", note="fits one GPU"),
    seen=assume("Items that become visible, of those shown", 50, "percent"),
    impressions=derive("Seen impressions per day", "requests * shown * seen", "item/day"),
    clicked=assume("Clicks, of seen impressions", 2, "percent"),
    bought=assume("Orders, of clicks", 0.5, "percent", note="a click is far from a basket"),
    clicks=derive("Clicked impressions per day", "impressions * clicked", "item/day"),
    orders=derive("Ordered impressions per day", "clicks * bought", "item/day"),
    kept=assume("Negatives kept for training, of all negatives", 10, "percent"),
    negative_weight=derive("Weight of a kept negative", "1 / kept"),
    rows=derive("Training rows per day", "impressions * (clicked + (1 - clicked) * kept)", "item/day"),
    row_bytes=assume("Stored features of a training row", 2e3, "byte/item"),
    row_volume=derive("Training rows stored per day", "rows * row_bytes", "byte/day"),
    history=assume("Training history kept", 90, "day"),
    user_log_bytes=assume("Logged user and context features", 4e3, "byte/request", note="once a request, not per item"),
    item_log_bytes=assume("Logged item features, score and propensity", 400, "byte/item"),
    log_bytes=derive(
        "Serving log per request",
        "user_log_bytes + shown * item_log_bytes",
        "byte/request",
        note="unshown candidates of 1 request in 1,000 add a few per cent",
    ),
    log_rate=derive("Serving log at peak", "peak_rate * log_bytes", "byte/s"),
    log_days=assume("Days the serving log is kept", 3, "day"),
    log_copies=assume("Copies of each log partition", 3),
    log_disk=derive("Serving log on disk", "requests * log_bytes * log_days * log_copies", "byte"),
    join_bytes=assume("Join state per impression", 100, "byte/item", note="key, timestamps and a pointer to the log"),
    click_window=assume("Click window", 30, "minute"),
    click_state=derive("Click-join state at peak", "impressions * peak_factor * click_window * join_bytes", "byte"),
    order_window=assume("Order window", 7, "day"),
    order_state=derive(
        "Order-join state", "clicks * order_window * join_bytes", "byte", note="clicked impressions only"
    ),
    explored=assume("Slots given to exploration, of slots shown", 5, "percent"),
    explored_rows=derive("Seen exploration impressions per day", "impressions * explored", "item/day"),
    test_base=assume("Visitors who order within a two-week test, of visitors", 10, "percent"),
    test_lift=assume("Smallest relative lift worth detecting", 1, "percent"),
    test_size=derive(
        "Visitors per arm",
        "16 * (1 - test_base) / (test_base * test_lift ** 2)",
        note="80 % power, two-sided 5 % level",
    ),
    promise=assume("Promised p99", 200, "ms"),
    edge_time=assume("Edge, TLS, auth and experiment assignment, p99", 10, "ms"),
    profile_time=assume("User feature multi-get, p99", 15, "ms"),
    tower_time=assume("User tower, p99", 8, "ms"),
    ann_time=assume("ANN search, deadline", 30, "ms"),
    table_time=assume("Table look-up, p99", 10, "ms"),
    merge_time=assume("Merge and eligibility, p99", 12, "ms"),
    light_queue=assume("Light-ranker queueing and vector reads, p99", 11, "ms"),
    item_time=assume("Item features for a batch, p99", 20, "ms"),
    ranker_queue=assume("Ranker batching and queueing, p99", 35, "ms"),
    rerank_time=assume("Re-ranking, p99", 12, "ms"),
    page_time=assume("Display data and last stock check, p99", 18, "ms"),
    round_trip=reference("datacentre_round_trip"),
    hops=assume("Network hops in sequence", 10),
    slack=assume("Slack for garbage collection and retries", 8, "ms"),
    gpu_price=reference("h100_price"),
    core_price=reference("core_price"),
    object_price=reference("object_storage_price"),
    core_memory=assume("Memory that comes with a core", 4e9, "byte/core"),
    copies=assume("Copies of online features", 2),
    feature_cores=derive("Feature-store cores", "ceil((user_features + item_features) * copies / core_memory)", "core"),
    ann_cores=derive("ANN cores", "ceil(ann_hosts * ann_memory / core_memory)", "core", note="sized by memory"),
    glue_time=assume("CPU time of gateway, orchestration, tower and assembly", 40, "ms*core/request"),
    glue_cores=derive("Other serving cores", "ceil(peak_rate * glue_time / load)", "core"),
    training_gpus=assume("Training GPUs, kept busy", 32, "GPU"),
    log_cores=assume("Cores of logs, stream jobs and sampling", 3_000, "core"),
    compute_bill=derive(
        "Compute bill",
        "(ranker_gpus + training_gpus) * gpu_price"
        " + (light_cores + ann_cores + feature_cores + glue_cores + log_cores) * core_price",
        "USD/day",
    ),
    storage_bill=derive("Training history bill", "row_volume * history * object_price", "USD/day"),
    cost_per_thousand=derive(
        "Cost of 1,000 requests", "1000 * (compute_bill + storage_bill) / requests", "USD/request", note="list prices"
    ),
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
    framing=Framing(
        goal="More gross margin per visitor over a quarter, without losing repeat visits or filling pages with a few sellers.",
        decision="Which {shown:n} of {catalogue:n} products to put on this page, in which order, for this shopper, now.",
        task="Retrieve with a two-tower model, then predict P(click), P(basket | click) and P(order | click) for {ranked:n} items and sort by V = w1 pClick + w2 pClick pBasket + w3 pClick pOrder x margin.",
        label="A click within {click_window} of a seen impression, a basket add in the same session, and an order within {order_window} of the click, net of returns.",
        metric="Offline: recall of the retrieved set and log-loss by head. Online: margin and orders per visitor, decided by an A/B test on users.",
        not_optimised="Time on site and raw click rate: both rise with clickbait thumbnails and indecision, and a shopper who finds the right item fast should count as a success.",
        baseline="Bestsellers of the category plus the item-to-item table (people who bought this bought that): no training, a day to build, and hard to beat on product pages. It is enough below about ten thousand items or without repeat visitors.",
    ),
    clarifications=[
        Clarification(
            "Which surface: home, product page, basket or email?",
            "Home feed first; product page and basket reuse the funnel with other sources and weights.",
        ),
        Clarification(
            "What is the business optimising: orders, margin, ad revenue?",
            "Margin per visitor, with return rate and repeat visits as guardrails.",
        ),
        Clarification(
            "How large are catalogue and traffic?",
            "{catalogue:n} items, {users:n} daily users, {peak_rate:n} requests a second at peak.",
        ),
        Clarification(
            "How fast must the list react to what the shopper just did?",
            "The next request, about 5 s later, should know the last click.",
        ),
        Clarification(
            "How much of the traffic is anonymous or new?",
            "Assume a third: session and context must work without a profile.",
        ),
        Clarification(
            "Are there hard rules that no score may override?",
            "Stock, region, age limits, blocked sellers, hidden items; they are filters, not features.",
        ),
        Clarification(
            "Do we own display, or only the order?",
            "Only items and order; price, image and title come from the catalogue service.",
        ),
    ],
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
            "Latency": "p99 of {promise} at the recommendation API, p50 near 90 ms (assumptions).",
            "Freshness": "A user's actions reach the ranker within 5 s, stock and price within 60 s; a new item is"
            " retrievable within 15 min; the ranker is retrained daily (assumptions, to be set by experiment).",
            "Availability": "99.95 % of requests get a non-empty, eligible module (assumption). A degraded answer"
            " counts as available, an ineligible item does not.",
        },
    ),
    estimate=ESTIMATE,
    headline=["peak_rate", "scores", "index_bytes", "impressions", "cost_per_thousand"],
    key_inputs=["users", "visits", "catalogue", "ranked", "utilisation"],
    cost="cost_per_thousand",
    budget=Budget(
        "p99 at the recommendation API",
        promise="promise",
        stages={
            "Edge, TLS, auth and experiment assignment": "edge_time",
            "User, session and context features": "profile_time",
            "Candidate sources": Parallel(
                {
                    "User tower and ANN search": "tower_time + ann_time",
                    "Item-to-item table": "table_time",
                    "Trending and new": "table_time",
                }
            ),
            "Merge, de-duplication and eligibility": "merge_time",
            "Light ranker on {eligible}, {light_lanes:n} cores": "light_time + light_queue",
            "Item features for {ranked}": "item_time",
            "Ranker on {ranked}, in a batch of {ranker_batch:n} requests": "ranker_time + ranker_queue",
            "Re-ranking: diversity, exploration and business rules": "rerank_time",
            "Display data, last stock check and response": "page_time",
            "Network hops and slack": "hops * round_trip + slack",
        },
    ),
    labels=[
        Label(
            "Click",
            window="{click_window} after the item became visible",
            positive="A click or tap with at least 2 s on the product page.",
            negative="Seen (half the tile visible for 1 s) and not clicked when the window closes.",
            ignored="Items returned but never seen, and sessions of known bots.",
            delay="Seconds; the window closes after {click_window}.",
            bias="Position and presentation: the first tile is clicked more whatever it shows.",
            where="training/Actions and orders -> Label join",
        ),
        Label(
            "Basket add",
            window="The same session as the click",
            positive="The clicked item, or another size or colour of it, is added.",
            negative="Clicked and not added when the session ends.",
            ignored="Unclicked impressions: the head is conditional on a click.",
            delay="Minutes.",
            bias="Selection: defined only where the ranker and the shopper both chose the item.",
            where="training/Actions and orders -> Label join",
        ),
        Label(
            "Order",
            window="{order_window} after the click",
            positive="An order of the clicked item, paid and not yet returned.",
            negative="Clicked, and {order_window} pass without an order.",
            ignored="Clicks younger than the window: the order head waits until they mature.",
            delay="Hours to days; a return reverses it weeks later.",
            bias="Delayed feedback: a young click looks like a negative, so fresh days under-predict.",
            where="training/Training table -> Debias and sample",
        ),
        Label(
            "Hide",
            window="Any time while the item is on screen",
            positive="'Not interested' or a seller block.",
            negative="Nothing is inferred from silence.",
            ignored="Hides that follow delivery complaints (they concern the order, not the item).",
            delay="None.",
            bias="Only a few vocal shoppers ever use it, so it is a filter and a guardrail, not a main head.",
            where="training/Actions and orders -> Label join",
        ),
    ],
    training_example={
        "request_id, item_id": "r_7f31, i_20418",
        "user": "u_81, account age 410 days, segment 'home cook', country DE",
        "recent actions": "[view i_881 40 s ago, basket i_102 6 min ago, ... 98 more]",
        "item": "category cookware, seller s_77, 34.90 EUR, 4.6 stars, 12 days old",
        "cross": "category views by user in 1 h = 5, price over user's median = 1.3",
        "context": "home feed, mobile, Tuesday 20:14",
        "source, position, propensity": "two-tower ANN, 7, 1.0 (not an exploration slot)",
        "model_version, index_version": "bundle 2031",
        "label": "seen 1, click 1, basket 1, order 0 (provisional until day {order_window:n})",
        "weight": "1 (a kept negative would carry {negative_weight:n})",
    },
    features=[
        FeatureGroup(
            "User profile",
            features=[
                "account age",
                "category affinities over 90 days",
                "median and spread of prices paid",
                "brand affinities",
                "return rate by category",
                "pinned size",
                "batch user embedding",
            ],
            freshness="1 day",
            store="serving/User features",
            leak="A profile computed after the impression contains its outcome; the value is logged at serving time, never looked up later.",
        ),
        FeatureGroup(
            "User, real time",
            features=[
                "last 100 actions with item, type and age",
                "views of the item's category in the last hour",
                "basket contents",
                "last search query embedding",
                "seconds since last action",
                "items already shown this session",
            ],
            freshness="5 s",
            store="serving/User features",
            leak="The click being predicted can enter the sequence; actions at or after the request's timestamp are masked.",
        ),
        FeatureGroup(
            "Item, slow",
            features=[
                "item ID embedding",
                "category path",
                "text and image embedding",
                "brand and seller",
                "rating mean and count",
                "days since listing",
                "margin band",
            ],
            freshness="1 day; a new item within 15 min",
            store="serving/Item features",
            leak="The ID embedding memorises items that were popular in the training days; the holdout is a later day.",
        ),
        FeatureGroup(
            "Item, counters",
            features=[
                "clicks per seen impression, 1 h and 7 d",
                "orders per click, 7 d",
                "basket adds, 1 h",
                "hides per thousand",
                "stock level band",
                "price change in 7 d",
            ],
            freshness="1 min",
            store="serving/Item features",
            leak="A counter that includes the current impression is a label in disguise; counters are logged as served and smoothed towards the category's mean.",
        ),
        FeatureGroup(
            "Cross",
            features=[
                "user's clicks on this category, 1 h and 30 d",
                "user's clicks on this seller",
                "price over user's median price",
                "two-tower score",
                "times this item was shown to this user and ignored",
                "co-view score with last viewed item",
            ],
            freshness="computed in the request",
            store="serving/User features",
            leak="As logged, the score comes from towers that had not seen the row. Scored again by new towers it would contain the outcome, so a new pair is scored offline only on days after its cut.",
        ),
        FeatureGroup(
            "Context and position",
            features=["surface", "device", "hour and weekday", "country", "candidate source", "display position"],
            freshness="the request",
            store="serving/Serving log",
            leak="Position is known only after ranking; it feeds a separate tower in training and is dropped in serving.",
        ),
    ],
    loss=Loss(
        objective="The ranker minimises the sum of three weighted log-losses: click on all seen impressions, basket and order on clicked ones, with a kept negative counted {negative_weight:n} times. The click logit has a position term in training only. The two towers minimise an in-batch softmax with a popularity correction.",
        formulas=[
            MathFormula(
                "Sampled softmax with log-Q correction",
                r"\mathcal{L}_{\text{tower}} = -\log \frac{e^{s(u,i) - \log Q(i)}}{\sum_{j \in B} e^{s(u,j) - \log Q(j)}}",
                "s is the dot product of the two towers over a temperature, B the items of the batch and Q(j) the probability that item j lands in a batch. Without the correction popular items, which are frequent negatives, are pushed down.",
            ),
            MathFormula(
                "Multi-task loss with position",
                r"\mathcal{L} = -\sum_{n} w_n \sum_{t} \lambda_t m_{n,t} \left[ y_{n,t} \log p_{n,t} + (1 - y_{n,t}) \log (1 - p_{n,t}) \right], \quad p_{n,\text{click}} = \sigma(f(x_n) + g(k_n))",
                "m is 1 where the task is defined (basket and order only after a click), w is {negative_weight:n} for a kept negative, g(k) is the position tower; at serving g is left out.",
            ),
            MathFormula(
                "Value that the list is sorted by",
                r"V = p_c \left( w_1 + w_2\, p_{b|c} + w_3\, p_{o|c} \cdot \text{margin} \right)",
                "The weights are set by the ranking owner: searched off-policy on exploration slots, then confirmed in an A/B test; they are part of the released bundle.",
            ),
        ],
        calibration="Because V multiplies probabilities with money, each head must be a probability. Sampling is undone by the weights, so no correction of the form p = q / (q + (1 - q) / w) is needed; a Platt scaling by surface follows. Predicted over observed, by head, surface and source, is watched hourly and must stay within 0.95 to 1.05.",
    ),
    evaluation=Evaluation(
        offline="Time split: train up to day D, test on day D + 1, users overlapping as they do in production. Retrieval: recall at {ann_items:n} of engaged items. Ranker: log-loss and AUC by head, NDCG at {shown:n}, calibration, all by slice (new users, new items, surface).",
        disagreement="The log contains only what the old funnel showed, so a model that would surface other items gets no credit for them and a model that imitates the old one looks best. An inverse-propensity estimate on the {explored} exploration slots ({explored_rows:n} impressions a day) is less biased but noisy.",
        unit="The user (hashed account, or device when logged out), because the list a shopper sees today shapes what they do tomorrow; request-level assignment would show one shopper the lists of both arms.",
        duration="Two full weeks, for weekday cycles and the {order_window:n}-day order window; a 1 % holdback runs for a year.",
        power="With {test_base} of visitors ordering in two weeks, detecting a relative lift of {test_lift} takes about {test_size} visitors in each arm.",
        guardrails="p99 latency, empty-module rate, ineligible items, returns, hides per thousand, exposure of sellers and new items.",
    ),
    biases=[
        Bias(
            "Position bias",
            effect="The first tile collects clicks whatever it shows, so yesterday's order becomes tomorrow's label.",
            cure="A position tower absorbs the effect in training and is left out in serving; exploration slots give unconfounded pairs.",
            where="model/Position tower",
        ),
        Bias(
            "Selection bias",
            effect="Orders are observed only after a click, and clicks only on shown items.",
            cure="Uniform catalogue negatives for the towers, unshown candidates for the light ranker, exploration slots for the ranker. The order head is fitted on clicks alone, so the product pClick pOrder is checked for calibration on all seen impressions; training that product there, as ESMM does, is the next step.",
            where="training/Catalogue snapshot",
        ),
        Bias(
            "Popularity bias",
            effect="In-batch negatives punish popular items, raw counters favour them: both are wrong.",
            cure="The log-Q correction in the towers, damped co-view counts, and coverage as a guardrail.",
            where="training/Two-tower trainer",
        ),
        Bias(
            "Delayed feedback",
            effect="Recent clicks have not had time to become orders, so fresh data under-predict orders.",
            cure="Orders correct earlier rows of the append-only table; the order head trains on matured clicks only.",
            where="training/Training table",
        ),
        Bias(
            "Cold start: new item",
            effect="No clicks, so no ID embedding worth having and no counters.",
            cure="The item tower reads content vectors; the fresh segment makes it retrievable within 15 min; exploration slots buy its first impressions.",
            where="indexing/Fresh segment",
        ),
        Bias(
            "Cold start: new or logged-out shopper",
            effect="The query vector has no history behind it.",
            cure="Trending by segment, session actions from the first click, context features; the tower is trained with profiles dropped at random.",
            where="serving/Trending and new",
        ),
        Bias(
            "Cold start: new seller",
            effect="A seller without history never wins a slot and never gets one.",
            cure="A share of the exploration slots is reserved for new sellers, capped and measured by exposure.",
            where="serving/Re-ranker",
        ),
    ],
    decisions=[
        Decision(
            "A four-stage funnel",
            why="Cost per item rises tenfold or more from stage to stage while fewer and fewer items are left, so the expensive ranker sees only {ranked:n} items and the whole request stays within {promise}.",
            rejected=[
                "one large scorer: {eligible:n} eligible items through the ranker would need four times the {ranker_gpus:n} GPUs, and the whole catalogue is out of reach",
                "retrieval and re-ranking without a light ranker: either recall or the GPU bill suffers",
            ],
            revisit_when="fewer than about ten thousand items are eligible, where retrieval only loses recall",
        ),
        Decision(
            "Two-tower retrieval",
            why="A dot product separates user from item, so all items are embedded ahead of time and found by ANN in {ann_time}; the price is that no feature of the pair can be used.",
            rejected=[
                "a cross-feature retriever: more accurate, but it must touch every item in the request",
                "item-to-item only: no training, yet it cannot reach items without co-views and ignores the profile",
            ],
            revisit_when="accelerators can score the {vector_bytes} of vectors exhaustively with a learned similarity within {ann_time}",
        ),
        Decision(
            "Logging features as served",
            why="The model trains on exactly the bytes it saw, so there is no skew and no leak from the future; it costs {log_rate} of log at peak, kept {log_days}.",
            rejected=[
                "point-in-time joins: cheaper to store, but every feature needs perfect history and one wrong timestamp leaks labels",
                "logging per item instead of once a request for the user part: several times the volume for the same information",
            ],
            revisit_when="a new feature must be tried on months of history it was never logged in: back-fill that one by a point-in-time join",
        ),
        Decision(
            "A multi-task ranker",
            why="Clicks are {clicks:n} a day and orders {orders:n}: shared layers let the rare heads borrow structure from the frequent one, and the weights of the value stay adjustable without retraining.",
            rejected=[
                "one purchase model: the label is what we want, but too rare for the tail of the catalogue",
                "one model per task: three times the serving cost and three schedules",
            ],
            revisit_when="an ablation shows negative transfer of more than 0.2 % log-loss on the order head",
        ),
        Decision(
            "A nightly HNSW build and a fresh segment",
            why="A batch build gives a clean graph whose recall is measured before it serves; a small exact segment makes new items findable within 15 min, and tombstones hide deleted ones.",
            rejected=[
                "a graph that is mutated all day: deletions leave holes and recall decays unseen",
                "IVF-PQ: a tenth of the {index_bytes}, but lower recall at the same latency",
            ],
            revisit_when="more than about a fifth of the catalogue turns over daily, or {ann_memory} a host no longer fits",
        ),
        Decision(
            "Daily retraining",
            why="Counters and the action sequence carry the hour's news as features, so the ranker's weights may be a day old and the towers' a week; a day also leaves time for matured labels and gates.",
            rejected=[
                "online learning: adapts in minutes, but learns from immature orders and its own loop",
                "weekly retraining: new items keep random ID embeddings for days",
            ],
            revisit_when="a model one day old loses more than 0.5 % log-loss against one an hour old",
        ),
    ],
    failures=[
        FailureMode(
            "The user tower and the index come from different versions, so dot products are meaningless.",
            "Hosts compare version tags at load; the ANN source's share of ranked items falls below half of normal.",
            "The host refuses the pair and keeps the previous one; on-call is alerted; the other two sources carry the page.",
        ),
        FailureMode(
            "Real-time features stop flowing and the list forgets the session.",
            "Feature age exceeds 5 min or the null rate of the action sequence doubles.",
            "The batch profile is served, rows are flagged so that training masks the sequence, and retraining waits.",
        ),
        FailureMode(
            "The ranker is overloaded at a traffic peak.",
            "Queueing time exceeds {ranker_queue} or timeouts exceed 1 %.",
            "The orchestrator sends 200 candidates instead of {ranked:n}; if that is not enough, the light ranker's order is served.",
        ),
        FailureMode(
            "A feedback loop narrows what is shown to a few bestsellers.",
            "Catalogue coverage and impressions of new items fall week on week while click rate rises.",
            "The share of exploration is raised, and the popularity correction and counters are checked before the next release.",
        ),
        FailureMode(
            "Order events are late or broken, so clicks look like failures.",
            "The join rate against the order ledger drops below 99 % for an hour.",
            "Training freezes on the affected partitions, which are back-filled from the ledger before it resumes.",
        ),
        FailureMode(
            "An item that cannot be sold is shown.",
            "Clicks that land on out-of-stock pages, per thousand.",
            "A stock-cache miss counts as unavailable; the item is purged from neighbour tables and masked in the index.",
        ),
    ],
    metrics=Metrics(
        offline=[
            "Recall of next-day engaged items among {ann_items:n} ANN candidates and all {retrieved:n}",
            "AUC and log-loss by head, calibration ratio within 0.95 to 1.05, NDCG at {shown:n}",
            "Overlap of the light ranker's top {ranked:n} with the ranker's top 50",
            "Inverse-propensity estimate of value on exploration slots",
        ],
        online=[
            "Margin and orders per visitor",
            "Clicks per seen impression, basket adds per click",
            "28-day repeat visits against a long-term holdback",
        ],
        guardrail=[
            "p99 latency, empty-module rate, ineligible-item rate",
            "Hides per thousand impressions, returns per order",
            "Exposure of sellers and of new items, catalogue coverage",
        ],
    ),
    follow_ups=[
        FollowUp(
            "mid",
            "Why not send all eligible items straight to the ranker?",
            answer="Cost and latency. The ranker spends about {ranker_compute:n} floating-point operations per item; {eligible:n} instead of {ranked:n} items is four times the GPUs and a batch four times as long. The light ranker is distilled from the ranker, so it rarely drops an item the ranker would have put on the page, and we measure that as overlap with the ranker's top 50.",
            weak="'The ranker is slow', without saying how much slower or what is lost by the cut.",
            where="serving/Light ranker",
        ),
        FollowUp(
            "mid",
            "How do you recommend to a shopper who arrives for the first time?",
            answer="Three things. Trending and new items by country, device and referrer fill the first page. After the first click the session is a history: the action sequence and the item-to-item table work without an account. And the user tower is trained with profile features dropped at random, so an empty profile gives a sensible average vector rather than noise.",
            weak="'Ask them for their interests', or popular items only, with no path to personalisation.",
            where="serving/Trending and new",
        ),
        FollowUp(
            "mid",
            "Where do the negatives of the two-tower model come from?",
            answer="Mostly from the batch: other users' positives, which is free but over-represents popular items, hence the log-Q correction. Uniform samples from the whole catalogue teach the tower about items nobody clicks. A few hard negatives, ranked high but not clicked, sharpen it; too many make it imitate the ranker and hurt recall, because some are just unseen positives.",
            weak="'Items shown but not clicked': those are all plausible items, so the tower never learns to reject the rest of the catalogue.",
            where="training/Two-tower trainer",
        ),
        FollowUp(
            "senior",
            "Offline AUC rose by 1 %, online nothing moved. Why?",
            answer="Check in order: skew (log served scores and recompute them offline), whether the gain is in rows that never compete (AUC over users rewards knowing who clicks; measure AUC within a request), whether the re-ranker or business rules undo the order, whether the test had power for that size, and whether the log only contains what the old model showed.",
            weak="'The A/B test was too short', and nothing about what AUC measures.",
            where="training/Offline gate",
        ),
        FollowUp(
            "senior",
            "How do you release a new pair of towers without an outage?",
            answer="The towers are one release with the index. The new item tower embeds the catalogue offline, the index is built and probed for recall, hosts load it beside the old one ({ann_memory} a host holds both), and one pointer flips queries to the new user tower and index together. Rollback flips back. Mixed pairs are refused at load by version tag.",
            weak="Deploying the user tower first and re-embedding items overnight: for hours the dot products mean nothing.",
            where="indexing/Version pointer",
        ),
        FollowUp(
            "senior",
            "How do you set the weights of the value formula?",
            answer="They encode business policy, so a person owns them. Candidates come from an off-policy search on exploration slots with known propensities, constrained by guardrails such as hides and returns. Two or three go to an A/B test on margin per visitor and repeat visits. The winner is released with the bundle, because weights fitted to one calibration are wrong for another.",
            weak="'Tune them on validation AUC', which is blind to trade-offs between heads.",
            where="training/Off-policy evaluator",
        ),
        FollowUp(
            "senior",
            "The order label takes {order_window}. How can you retrain daily?",
            answer="Clicks mature in {click_window}, so the click and basket heads train on yesterday. The order head uses clicks that are {order_window:n} days old, plus features that react faster than labels: counters and sequences. If freshness of the order head mattered more, I would treat young clicks as provisional negatives and correct them with importance weights, as ads systems do.",
            weak="Training on all rows as they are, so the newest day is full of false negatives.",
            where="training/Label join",
        ),
        FollowUp(
            "staff",
            "Your log is {log_rate} at peak. Is logging every feature worth it?",
            answer="It is {log_disk} on disk for {log_days}, because user features are written once a request. The alternative, recomputing features point-in-time, saves most of that and brings skew that is found months later. I would cut in another order: log embeddings as version plus id, sample requests without any click after the join, then columnar compression; values stay as served.",
            weak="'Storage is cheap', or sampling before the click is known, which discards most positives.",
            where="decision: Logging features",
        ),
        FollowUp(
            "staff",
            "How would you show that the recommender creates sales rather than predicting them?",
            answer="Most clicked recommendations would have been found by search anyway, so attribution overstates. I keep a 1 % holdback that gets bestsellers for a year and compare margin per visitor, not attributed orders. For single modules I switch them off in an experiment. If the holdback's gap is far below attributed revenue, the objective should move from propensity to uplift.",
            weak="Quoting attributed revenue, or last-click share of orders.",
            where="operations/Experiment analysis",
        ),
        FollowUp(
            "staff",
            "Sellers complain that small shops get no exposure. What do you change?",
            answer="First measure exposure against relevance: share of impressions by seller size at equal predicted value. If the gap is position and history rather than value, fix the cause: smoothed counters, content vectors, exploration with a floor for new sellers. If policy wants more, add an exposure constraint in the re-ranker with a stated price in margin, and let the business choose the point.",
            weak="'Add diversity', with no measure, owner or cost.",
            where="serving/Re-ranker",
        ),
    ],
    case_studies=[
        CaseStudy(
            "Pinterest",
            system="TransAct in the Homefeed ranker: a transformer over the most recent actions, read in real time, beside a batch-computed user embedding.",
            difference="They put early fusion of candidate and sequence inside the ranker and predict several actions, with weights chosen per action; retrieval stays separate. It shows where real-time sequences pay: in ranking, not only in retrieval.",
            source="https://arxiv.org/abs/2306.00248",
        ),
        CaseStudy(
            "YouTube",
            system="Two-tower retrieval from a corpus of tens of millions of videos, with frequencies estimated on the stream for the log-Q correction.",
            difference="Trained continuously on the day's logs instead of in weekly batches, because new videos matter within hours; the item frequency is estimated online rather than counted over a table.",
            source="https://doi.org/10.1145/3298689.3346996",
        ),
        CaseStudy(
            "Amazon",
            system="Item-to-item collaborative filtering: a similar-items table built offline and looked up by what the shopper has bought or viewed.",
            difference="No user model at all: online work is proportional to the shopper's items, not to the catalogue. It is still one source of our funnel and our baseline.",
            source="https://doi.org/10.1109/MIC.2003.1167344",
        ),
    ],
    five_minutes=[
        Phase(
            0.5,
            "Frame",
            "I take a shop: {catalogue:n} products, {users:n} daily users, and a home feed of {shown:n} items. The business wants margin per visitor. So I predict click, basket and order for each candidate, combine them into an expected value, and sort by it. I will not optimise click rate alone, because clickbait wins that. The baseline is bestsellers plus people-who-bought-this; whatever I build has to beat it in a test.",
        ),
        Phase(
            0.75,
            "Scale and shape",
            "That is {peak_rate:n} requests a second at peak, with {promise} at the 99th percentile. No accurate model can look at {catalogue:n} items in that time, so I use a funnel: retrieve {retrieved:n}, filter to {eligible:n}, a light ranker to {ranked:n}, a heavy ranker, and a re-ranker that builds the page. Each stage costs ten times more per item and sees far fewer items.",
        ),
        Phase(
            0.75,
            "Retrieval",
            "Three sources run in parallel. A two-tower model gives personal recall over the whole catalogue: items are embedded offline and indexed in HNSW, {index_bytes} in {shards:n} shards, and the user vector is computed in the request from profile and recent actions. The item-to-item table captures intent from the last viewed items. Trending and new covers cold shoppers and cold items. Then hard rules: stock, region, hides. New listings enter a small exact segment within fifteen minutes, so they do not wait for the nightly build.",
        ),
        Phase(
            1,
            "Ranking",
            "The ranker has embedding tables, a cross network for feature interactions, and target attention over the last hundred actions, because what the shopper did a minute ago matters most. Shared experts feed three heads: click, basket given click, order given click. Orders are {orders:n} a day against {clicks:n} clicks, so sharing helps the rare head. A small position tower absorbs the effect of being on top and is dropped in serving. The list is sorted by value, then the re-ranker adds diversity, caps sellers and gives {explored} of slots to exploration with known probabilities.",
        ),
        Phase(
            0.75,
            "Data and labels",
            "Every response is logged with the features exactly as used. A stream job joins what was seen with clicks within {click_window} and orders within {order_window}. Only seen items count as negatives; I keep {kept} of them and weight those by {negative_weight:n}, so the scores stay calibrated. Late orders correct earlier rows. The ranker retrains daily with weighted log-loss and the light ranker is distilled from it; the towers retrain weekly with a log-Q corrected softmax. All are released as one bundle, because a user tower with the wrong index is garbage.",
        ),
        Phase(
            0.5,
            "Evaluation",
            "Offline I split by time and look at recall, log-loss, calibration and slices. But the log only knows what the old system showed, so I decide by an A/B test on users, two weeks, about {test_size} visitors an arm for a one per cent lift in orders, with returns, hides and latency as guardrails, plus a long-term holdback. The exploration slots give me an unbiased, if noisy, estimate in between, and that is also how the weights of the value are searched.",
        ),
        Phase(
            0.5,
            "Operations",
            "Every fan-out has a deadline and a fallback: fewer candidates, then the light ranker's order, then the last good list. I watch calibration and source share by arm, feature age and null rates, and coverage for feedback loops. Null features page a person; a calibration break starts a gated retraining run on its own. Rollback restores bundle and index together, because either alone is wrong.",
        ),
        Phase(
            0.25,
            "Close",
            "It costs about {cost_per_thousand} per thousand requests. The next steps I would take are exploration for new items, a long action sequence, and measuring incremental rather than attributed orders.",
        ),
    ],
    interview_plan=[
        Phase(
            5,
            "Clarify",
            "Ask for surface, objective, catalogue and traffic, freshness, hard rules, share of anonymous traffic. Write the assumed answers on the board.",
        ),
        Phase(
            4,
            "Frame",
            "Say goal, decision, ML task, label and metric in one line each. Name the baseline: bestsellers and item-to-item.",
        ),
        Phase(
            4,
            "Estimate",
            "Compute peak rate, scores per second, index size and ranker GPUs. Conclude that a funnel is needed.",
        ),
        Phase(
            7,
            "High-level design",
            "Draw the overview: orchestrator, sources, light ranker, ranker, re-ranker, feature store, log, training, index. Walk one request through it.",
        ),
        Phase(
            10,
            "Models",
            "Draw the model view: towers and log-Q first, then the ranker with attention, experts, heads, position tower. Write the value formula and one loss.",
        ),
        Phase(
            5,
            "Labels and data",
            "Draw the label table: seen, clicked, ordered, windows, delays. Explain logging features as served and the sampling weights.",
        ),
        Phase(
            5,
            "Evaluation",
            "Time split, why offline can be wrong, A/B unit, duration and sample size, guardrails and holdback.",
        ),
        Phase(3, "Operations", "Budget by stage, fallbacks, version pairing, drift and calibration alarms."),
        Phase(
            2,
            "Close",
            "Name the weakest point (feedback loops), what you would measure next, and the cost per thousand requests.",
        ),
    ],
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
        R. Wang et al. (Google), "DCN V2: Improved Deep & Cross Network and Practical Lessons for Web-scale Learning to Rank Systems", WWW 2021
            https://arxiv.org/abs/2008.13535 the cross network of the model view
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
    shoppers = Users("Shoppers\nweb and app", tooltip="Request modules; their views, clicks and orders become labels")
    with Cluster("Online"):
        gateway = Envoy(
            "API gateway", tooltip="Authenticates, rate-limits, and carries the {promise} deadline to every hop"
        )
        orchestrator = Go("Orchestrator", tooltip="Runs the funnel; owns the stage timeouts and the fallback ladder")
        sources = Retriever("Candidate sources\n{retrieved} items", tooltip="Cheap, high recall, queried in parallel")
        light_ranker = Ranker("Light ranker\n{eligible} to {ranked}", tooltip="Distilled from the ranker, runs on CPU")
        ranker = Ranker("Ranker\nmulti-task DNN", tooltip="Predicts click, basket and order; blends them to a value")
        reranker = Ranker(
            "Re-ranker\nlist policy", tooltip="Turns scores into a page: diversity, exploration, hard rules"
        )
    with Cluster("State"):
        features = FeatureStore(
            "Online feature store", tooltip="Serves the feature definitions that training reads offline"
        )
        events = Kafka("Event log\nKafka", tooltip="Keeps impressions and actions durably; everything replays from it")
        stream_jobs = Flink("Stream jobs\nFlink", tooltip="Update counters in seconds and join outcomes to impressions")
    with Cluster("Learning"):
        lake = S3("Data lake", tooltip="Stores immutable impressions with logged features and later outcomes")
        training = Kubeflow("Training pipeline", tooltip="Trains towers and rankers, gated before release")
        registry = Mlflow("Model registry", tooltip="Versions model, feature schema and index as one bundle")
        index_builder = Spark(
            "Index pipeline\nSpark", tooltip="Embeds the catalogue and publishes ANN and neighbour tables"
        )

    shoppers >> request("page request") >> gateway >> request("{promise} deadline") >> orchestrator
    orchestrator >> request("user features") >> features
    orchestrator >> request("profile, actions") >> sources >> response("{eligible} eligible") >> light_ranker
    light_ranker >> response("top {ranked}") >> ranker >> response("{ranked} values") >> reranker
    reranker >> response("{shown} items") >> shoppers
    reranker >> stream("served list,\nfeatures") >> events
    shoppers >> feedback("clicks, orders") >> events
    events >> stream("events") >> stream_jobs >> stream("under 5 s") >> features
    events >> batch("raw events") >> lake
    stream_jobs >> stream("joined labels") >> lake
    lake >> batch("labelled rows") >> training >> control("gated models") >> registry >> control("rollout") >> ranker
    registry >> control("both towers") >> index_builder >> batch("index, user tower") >> sources


@view("Serving", details="overview/Online")
def serving() -> None:
    """The online request: {catalogue} items to {shown} in {promise}, with a timeout and a fallback at every fan-out."""
    app = Mobile("Shopper app", tooltip="Sends user, page and basket; reports what became visible")
    with Cluster("Edge"):
        gateway = Envoy("API gateway", tooltip="Terminates TLS, sheds load by priority, attaches the deadline")
        experiments = Experiment("Experiment assignment", tooltip="Hashes a user to arms, so stages read flags locally")
        orchestrator = Go("Orchestrator", tooltip="Drives the stages; drops a late source instead of waiting for it")
    with Cluster("Online feature store"):
        user_features = Redis(
            "User features\nRedis", tooltip="Holds profile and the last 100 actions, read in one multi-get"
        )
        item_features = Scylla(
            "Item features\nScylla",
            tooltip="Holds {item_features} behind an in-process cache that misses {cache_misses}",
        )
    with Cluster("Retrieval"):
        user_tower = EmbeddingTower("User tower", tooltip="Encodes profile and actions to a 128-d query vector")
        ann = VectorIndex(
            "Two-tower ANN\nHNSW shards", tooltip="Finds the nearest items by dot product in the whole catalogue"
        )
        neighbours = Scylla("Item-to-item table", tooltip="Holds precomputed neighbours of every item")
        trending = Redis(
            "Trending and new", tooltip="Holds popular and fresh items by segment, for cold users and items"
        )
    with Cluster("Funnel"):
        merge = Assembler("Merge\nand eligibility", tooltip="De-duplicates, keeps source tags, drops the unsellable")
        light_ranker = Ranker(
            "Light ranker\nCPU",
            tooltip="Scores {eligible} items on {light_lanes:n} cores, with vectors held in process",
        )
        ranker = Ranker(
            "Ranker\nGPU server", tooltip="Predicts click, basket and order, with attention over the user's actions"
        )
        reranker = Ranker(
            "Re-ranker",
            tooltip="Adds diversity, caps sellers, gives {explored} of slots to exploration with known propensity",
        )
    with Cluster("Page"):
        stock = Redis("Stock cache", tooltip="Holds minute-fresh facts that must not come from a daily index")
        page = Assembler("Page assembly", tooltip="Adds title, image and live price; drops what just sold out")
        fallback = Memcached(
            "Fallback lists\nMemcached", tooltip="Holds the last good list of a user and the popular list of a segment"
        )
    log = Kafka(
        "Serving log\nKafka",
        tooltip="Keeps features, scores, propensities and positions as used, and some unshown candidates",
    )

    with step(
        "The page asks for a module; the gateway attaches a {promise} deadline, at up to {peak_rate:n} requests a second."
    ):
        app >> request("GET module") >> gateway >> request("{promise} deadline") >> orchestrator
    with step(
        "Arms come from a local hash; one multi-get returns profile and the last 100 actions within {profile_time}."
    ):
        orchestrator >> request("user hash") >> experiments
        orchestrator >> request("user id") >> user_features
    with step("The user tower yields a 128-d vector in {tower_time}, and all {shards} HNSW shards are searched."):
        orchestrator >> request("profile, actions") >> user_tower >> response("128-d query") >> ann
    with step(
        "Table look-ups run beside tower and ANN; a source that misses its deadline ({ann_time} of ANN search) is dropped."
    ):
        orchestrator >> request("last 20 items") >> neighbours
        orchestrator >> request("segment key") >> trending
    with step(
        "{ann_items}, {neighbour_items} and {trending_items} candidates become one tagged list of at most {retrieved}."
    ):
        ann >> response("{ann_items} items") >> merge
        neighbours >> response("{neighbour_items} items") >> merge
        trending >> response("{trending_items} items") >> merge
    with step(
        "Stock, region and hide rules leave about {eligible} for the light ranker, which needs {light_time} of compute."
    ):
        merge >> request("{retrieved} ids") >> stock
        merge >> response("{eligible} eligible") >> light_ranker
    with step(
        "The best {ranked} get their item features ({item_time}) and are scored in one GPU batch of {ranker_time}."
    ):
        light_ranker >> response("top {ranked}") >> ranker >> request("{ranked} keys") >> item_features
        orchestrator >> response("profile, actions") >> ranker
    with step(
        "List policy and {explored} exploration pick {shown}; stock is checked again; the page leaves within {promise}."
    ):
        ranker >> response("{ranked} values") >> reranker >> response("{shown} items") >> page
        page >> request("final check") >> stock
        page >> response("page, {promise}") >> app
    with step("Where a stage times out, the last good or the segment's popular list goes out, still stock-checked."):
        orchestrator >> request("on timeout") >> fallback >> response("fallback list") >> page
    with step("Features, positions and propensities are logged as used, and joined with what was seen and clicked."):
        page >> stream("list, propensity") >> log
        app >> feedback("visible, clicked") >> log


@view("Model", direction="TB", details="serving/Ranker")
def model() -> None:
    """The ranker: embeddings, target attention and a cross network feed shared experts and three chained heads."""
    with Cluster("Inputs"):
        profile = Features(
            "User and context", tooltip="Profile, counters, surface, device, hour: about 60 dense and 20 sparse fields"
        )
        actions = Features(
            "Last 100 actions", tooltip="Item, action type and age of each, padded and masked at the request's time"
        )
        item = Features("Candidate item", tooltip="ID, category, seller, content vector, counters, two-tower score")
        position = Features("Display position", tooltip="Slot and surface; known in training only")
    with Cluster("Representation"):
        tables = EmbeddingTable(
            "Embedding tables", tooltip="64-d vectors for items, sellers, categories; {id_table} for items in fp16"
        )
        attention = Interaction(
            "Target attention",
            tooltip="The candidate queries the action sequence: what in the session is like this item?",
        )
        cross = Interaction(
            "Cross network\nDCN-v2", tooltip="Three layers of explicit feature crosses beside a deep branch"
        )
    with Cluster("Multi-task trunk"):
        experts = Expert("Shared experts", tooltip="Six two-layer networks that all tasks share")
        gates = Expert("Task gates", tooltip="Softmax mixtures of the experts, one a task, so tasks may disagree")
        tower = Expert("Position tower", tooltip="Additive click logit from position; dropped in serving")
    with Cluster("Heads") as heads:
        click = Head("P(click)", tooltip="Defined on every seen impression")
        Head("P(basket | click)", tooltip="Trained on clicked impressions only")
        Head("P(order | click)", tooltip="Trained on clicks older than {order_window}")
    value = Assembler(
        "Value blend", tooltip="pClick x (w1 + w2 pBasket + w3 pOrder x margin); weights come with the bundle"
    )
    labels = LabelJoin("Joined labels", tooltip="Seen, clicked, basket, ordered, each with its window")
    loss = LossFunction(
        "Weighted log-loss", tooltip="Kept negatives weigh {negative_weight:n}; undefined tasks are masked"
    )

    same_row(loss, value)
    profile >> tables
    item >> tables
    actions >> tables
    tables >> Edge(label="100 × 64") >> attention
    tables >> Edge(label="64 d each") >> cross
    attention >> Edge(label="64 d") >> cross
    cross >> Edge(label="512 d") >> experts >> Edge(label="6 × 256") >> gates
    gates >> Edge(label="256 d a task") >> heads
    position >> tower >> Edge(label="logit, training") >> click
    heads >> Edge(label="3 probabilities") >> value
    heads >> loss
    labels >> feedback("three labels") >> loss


@view("Training", details="overview/Training pipeline")
def training() -> None:
    """From served impressions to one released bundle of models, on the features that serving logged."""
    with Cluster("Data"):
        log = Kafka("Serving log\nKafka", tooltip="Keeps impressions with features, position, propensity; some unshown")
        actions = Kafka("Actions and orders\nKafka", tooltip="Carries clicks, basket adds, orders, returns, hides")
        join = Flink(
            "Label join\nFlink",
            tooltip="Joins clicks within {click_window} and orders within {order_window} of a click; {click_state} of state at peak",
        )
        table = S3(
            "Training table",
            tooltip="Stores append-only label rows, which late orders correct; drops unsampled negatives after a day",
        )
        catalogue = S3("Catalogue snapshot", tooltip="Lists all sellable items, where uniform negatives come from")
        sample = Spark(
            "Debias and sample\nSpark",
            tooltip="Keeps {kept} of negatives at weight {negative_weight:n}: scores stay calibrated",
        )
    with Cluster("Training"):
        towers = Trainer(
            "Two-tower trainer", tooltip="In-batch softmax with log-Q correction, uniform and hard negatives"
        )
        rankers = Trainer("Ranker trainer", tooltip="Shared experts, task heads, a position tower dropped at serving")
        distiller = Distiller(
            "Light ranker distillation", tooltip="Fits the ranker's scores, also on candidates never shown"
        )
    with Cluster("Release"):
        gate = Choice("Offline gate", tooltip="Next-day holdout: recall, AUC, calibration, floors by slice")
        value = Spark(
            "Off-policy evaluator\nSpark",
            tooltip="Estimates value by inverse propensity and proposes the weights of the value",
        )
        registry = Mlflow(
            "Model registry", tooltip="One bundle: both towers, ranker, light ranker, value weights, feature schema"
        )
        canary = Flagger("Shadow and canary", tooltip="Shadow scores, then 1 %, 10 %, 50 %, with automatic rollback")
    scheduler = Airflow("Scheduler", tooltip="Starts the ranker daily, the towers weekly, and runs that drift asks for")
    fleet = ModelPool("Serving fleet", tooltip="Loads a bundle only if feature schema and index version match")

    log >> stream("impressions") >> join
    actions >> feedback("outcomes") >> join
    join >> batch("{impressions:n} rows/day") >> table >> batch("hourly partitions") >> sample
    scheduler >> control("daily, towers weekly") >> sample >> batch("positives,\nhard negatives") >> towers
    catalogue >> batch("uniform negatives") >> towers
    sample >> batch("{rows:n} rows/day") >> rankers
    log >> batch("unshown candidates") >> distiller
    rankers >> batch("teacher scores") >> distiller
    towers >> batch("recall at {ann_items}") >> gate
    rankers >> batch("AUC, calibration") >> gate
    distiller >> batch("top-50 overlap") >> gate
    table >> batch("exploration rows") >> value
    gate >> control("passed") >> value >> control("weights, estimate") >> registry
    registry >> control("bundle id") >> canary >> control("staged rollout") >> fleet >> stream("new impressions") >> log


@view("Operations")
def operations() -> None:
    """Keeping the funnel healthy: monitors by stage, experiments, a fallback ladder, and what triggers retraining."""
    with Cluster("Serving"):
        funnel = ModelPool("Funnel services", tooltip="Emit latency, candidate counts and score histograms by stage")
        features = FeatureStore("Online feature store", tooltip="Emits null rate, age and distribution by feature")
        events = Kafka("Event log\nKafka", tooltip="Carries what was seen, clicked and ordered")
        flags = Etcd("Feature flags\netcd", tooltip="Turn off a source, a model or a feature without a deploy")
        fallback = Fallback("Fallback ladder", tooltip="Light-ranker order, last good list, then popular in segment")
    with Cluster("Observe"):
        metrics = Prometheus("Metrics\nPrometheus", tooltip="Stage p99, timeouts, empty-module rate")
        drift = Spark("Drift monitor\nSpark", tooltip="Compares logged serving features with training, hourly")
        quality = Flink("Live quality\nFlink", tooltip="Click rate, calibration and source share, by arm")
        dashboards = Grafana("Dashboards\nGrafana", tooltip="One funnel board: count, latency and loss by stage")
        alerts = Pagerduty("On-call alerts", tooltip="Pages a person on burn rate, empty modules, broken calibration")
    with Cluster("Decide"):
        oncall = User("On-call engineer", tooltip="Judges the page and starts a rollback")
        analysis = Clickhouse("Experiment analysis", tooltip="Margin by arm, long-term holdback, guardrails")
        owner = User("Ranking owner", tooltip="Reads sliced results, sets value weights, approves launches")
        retrain = Airflow(
            "Retrain trigger", tooltip="Starts a gated run early when calibration or drift crosses a limit"
        )
        rollback = Argocd("Rollback controller", tooltip="Restores the previous bundle and index together")

    funnel >> stream("RED metrics") >> metrics >> stream("series") >> dashboards
    funnel >> stream("scores") >> quality >> stream("live quality") >> dashboards
    events >> feedback("clicks, orders") >> quality
    features >> batch("feature samples") >> drift
    metrics >> control("SLO burn") >> alerts
    drift >> control("null features") >> alerts
    drift >> control("PSI over limit") >> retrain
    quality >> control("calibration\nbreak") >> retrain >> control("gated bundle") >> funnel
    quality >> batch("per-arm outcomes") >> analysis >> feedback("read-out") >> owner
    owner >> control("ramp or stop") >> flags >> control("arms, switches") >> funnel
    alerts >> control("page") >> oncall >> control("bad release") >> rollback >> control("previous bundle") >> funnel
    funnel >> control("stage timeout") >> fallback >> stream("degraded share") >> metrics


@view("Indexing", details="overview/Index pipeline")
def indexing() -> None:
    """How an item becomes retrievable: a batch build for quality, a stream for freshness, a swap that keeps both in step."""
    sellers = Users("Sellers", tooltip="Create and edit listings")
    with Cluster("Sources"):
        catalogue = Postgresql("Catalogue", tooltip="Source of truth for attributes, price and status")
        changes = Kafka("Change stream\nKafka", tooltip="Carries every create, edit and delete, in order by item")
        sessions = S3("Data lake\nsessions", tooltip="Holds the co-views and co-purchases behind the neighbour table")
    with Cluster("Embed"):
        encoder = Encoder("Content encoder", tooltip="Embeds text and image, so an item without clicks has a place too")
        item_tower = EmbeddingTower("Item tower\nGPU", tooltip="Encodes all items in bulk and new ones singly")
        vectors = S3("Vector table", tooltip="Stores vectors by item and tower version")
    with Cluster("Build"):
        co_views = Spark("Co-view job\nSpark", tooltip="Computes neighbours from sessions, damped for popularity")
        hnsw = VectorIndex(
            "Index build\nHNSW, {shards} shards", tooltip="Builds the full graph nightly, without tombstones"
        )
        fresh = Cache(
            "Fresh segment", tooltip="Exact index of what is newer; tombstones mask what was edited or deleted"
        )
    with Cluster("Publish"):
        neighbours = Scylla("Item-to-item table", tooltip="Holds neighbour lists, read by item id at request time")
        probe = Inspection("Recall probe", tooltip="ANN recall against exact search on 10 k queries must exceed 95 %")
        version_pointer = Etcd("Version pointer\netcd", tooltip="Points queries to index and user tower of one version")
        user_tower = EmbeddingTower("User tower", tooltip="Switches with the index; a mixed pair is refused at load")
        fleet = ModelPool(
            "ANN fleet", tooltip="Holds old and new index in memory ({ann_memory} a host) until the swap succeeds"
        )

    sellers >> request("edit listing") >> catalogue >> stream("CDC") >> changes
    changes >> stream("new, edited") >> encoder >> stream("content vectors") >> item_tower
    item_tower >> stream("within 15 min") >> fresh
    changes >> stream("edits, deletes") >> fresh
    item_tower >> batch("{catalogue:n} vectors") >> vectors >> batch("{vector_bytes}") >> hnsw
    sessions >> batch("90 days sessions") >> co_views >> batch("neighbour lists") >> neighbours
    hnsw >> control("candidate index") >> probe >> control("recall passed") >> version_pointer
    version_pointer >> control("atomic flip") >> fleet
    version_pointer >> control("same version") >> user_tower >> response("query vector") >> fleet
    hnsw >> batch("{index_bytes}") >> fleet
    fleet >> request("search and merge") >> fresh
