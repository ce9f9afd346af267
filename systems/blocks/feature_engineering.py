"""Turn raw events into model inputs that mean the same thing in training and in serving.

Most quality that is lost in silence is lost here: a feature computed twice in two ways, a value that arrives a day late,
a column that knows the future. Offline the question is "what was known then", over months and by the million rows;
online it is "what is it now", in milliseconds. One definition has to answer both, and nothing fails when it does not.
"""

from diagrams import Cluster
from diagrams.aws.storage import S3
from diagrams.k8s.compute import Pod
from diagrams.onprem.analytics import Flink, Spark
from diagrams.onprem.client import User
from diagrams.onprem.monitoring import Prometheus
from diagrams.onprem.queue import Kafka
from diagrams.onprem.vcs import Git
from diagrams.onprem.workflow import Airflow
from diagrams.programming.flowchart import Action, Decision, InputOutput, StoredData
from diagrams.programming.framework import FastAPI
from diagrams.programming.language import Python

from archfolio import (
    AntiPattern,
    BuildingBlock,
    Cache,
    Calculator,
    Catalogue,
    Chart,
    DecisionTable,
    Estimate,
    FeatureStore,
    FollowUp,
    LabelJoin,
    MathFormula,
    ModelServer,
    Monitor,
    Option,
    Planner,
    Term,
    UsedBy,
    assume,
    batch,
    below,
    bibliography,
    cite,
    control,
    derive,
    feedback,
    reference,
    request,
    same_row,
    step,
    stream,
    view,
)

ESTIMATE = Estimate(
    users=assume("Users with features", 100e6, "user"),
    items=assume("Items with features", 20e6, "item"),
    user_features=assume("Values kept per user", 120, "value/user"),
    item_features=assume("Values kept per item", 80, "value/item"),
    values=derive("Values in one copy", "users * user_features + items * item_features", "value"),
    value_bytes=reference("redis_value_bytes"),
    flat_bytes=cite(
        "Redis memory per value, one key each", 298, "byte/value", source="DoorDash 2020", note="before the change"
    ),
    copies=assume("Copies", 2, note="a primary and a replica"),
    memory=derive("Memory of the online store", "values * value_bytes * copies", "byte"),
    flat_memory=derive("The same with a key per value", "values * flat_bytes * copies", "byte"),
    peak_rate=assume("Scoring requests at peak", 5e3, "request/s"),
    users_read=assume("Users read by a request", 1, "user/request", note="two where people are matched"),
    items_read=assume("Items read by a request", 500, "item/request", note="the candidates"),
    cached=assume("Item rows found in the service's memory, of item rows read", 90, "percent"),
    asked=derive(
        "Values that models ask for at peak",
        "peak_rate * (users_read * user_features + items_read * item_features)",
        "value/s",
    ),
    store_reads=derive(
        "Values read from the store at peak",
        "peak_rate * (users_read * user_features + items_read * item_features * (1 - cached))",
        "value/s",
    ),
    measured_cores=cite(
        "vCPUs of the store in a published test", 72, "core", source="DoorDash 2020", note="208 with a key per value"
    ),
    measured_reads=cite("Values read in that test", 10e6, "value/s", source="DoorDash 2020"),
    cores=derive("Store cores at peak", "ceil(store_reads * measured_cores / measured_reads)", "core"),
    uncached_cores=derive("Store cores without the cache", "ceil(asked * measured_cores / measured_reads)", "core"),
    hot=assume("Items that make up those hits, of all items", 5, "percent"),
    number_bytes=reference("fp32_bytes"),
    numbers=assume("Numbers in a value", 1, "number/value", note="more for lists and vectors"),
    cache_bytes=derive(
        "Cache in each process", "items * hot * item_features * numbers * number_bytes", "byte", note="bare numbers"
    ),
    window=assume("Window of an aggregate", 24, "hour"),
    tile=assume("Short tile", 5, "minute"),
    coarse=assume("Long tile", 1, "hour"),
    short_tiles=derive("Short tiles that cover the window", "ceil(window / tile)"),
    two_levels=derive(
        "Tiles read with two lengths", "ceil(window / coarse) + ceil(coarse / tile)", note="long ones, and a short tail"
    ),
    edge_error=derive(
        "Events at the far end that may be counted too many, of the window's",
        "coarse / window",
        "percent",
        note="if they come evenly: the window starts at the edge of a long tile",
    ),
    registers=assume("Registers of a distinct-count sketch", 2048),
    register_bits=assume("Bits of a register", 6, "bit"),
    sketch_error=derive(
        "Standard error of the distinct count", "1.04 / sqrt(registers)", "percent", note="HyperLogLog, Flajolet 2007"
    ),
    sketch_bytes=derive("One sketch", "registers * register_bits", "byte"),
    sketch_read=derive("Sketches read for one entity", "two_levels * sketch_bytes", "byte"),
    bins=assume("Bins of the stability index", 10),
    reference_rows=assume("Rows of the training profile", 100e3),
    live_rows=assume("Live rows compared", 2e3),
    noise=derive(
        "Stability index expected without any shift",
        "(bins - 1) * (1 / reference_rows + 1 / live_rows)",
        note="Yurdakul 2018: the index is about a chi-square of bins - 1 degrees, times that sum",
    ),
    small_slice=assume("Live rows of a small slice", 100),
    slice_noise=derive("The same for the slice", "(bins - 1) * (1 / reference_rows + 1 / small_slice)"),
)

BLOCK = BuildingBlock(
    title="Feature engineering",
    position=2,
    estimate=ESTIMATE,
    terms=[
        Term(
            "Point-in-time join",
            "For each training row, the newest feature value that had arrived when the prediction was made, and none that came later.",
            MathFormula(
                "As-of value",
                r"x(e, t) = v_k, \quad k = \max\{\, i : a_i \le t - d \,\}",
                "a_i is when value v_i of entity e became readable, t the moment of the prediction, d a margin for the pipeline's delay. Event time alone is not enough: a value of 09:55 that arrives at 10:05 was not there at 10:00.",
            ),
        ),
        Term(
            "Training-serving skew",
            "The same feature has one value in the training row and another at serving, because of two implementations, two sources or two moments.",
        ),
        Term("Staleness", "The age of a value when it is read: the time since the last event it should contain."),
        Term(
            "Windows",
            "Tumbling windows follow each other without overlap, hopping ones overlap by a fixed step, and sliding ones end exactly now.",
        ),
        Term(
            "Tile",
            "A partial aggregate over a short, fixed span; merging tiles gives any longer window, so that no event has to be read twice.",
        ),
        Term(
            "Hashing trick",
            "Ids are mapped to a fixed number of slots by a hash, so that unseen ids need no dictionary; some share a slot.",
            MathFormula(
                "Share of ids that meet another",
                r"1 - \left(1 - \frac{1}{m}\right)^{n-1} \approx 1 - e^{-n/m}",
                "n ids in m slots: as many slots as ids still leaves 63 % of them sharing one; ten times as many leaves 10 %.",
            ),
        ),
        Term(
            "Target encoding",
            "A category is replaced by the mean label of its rows, shrunk towards the overall mean; a row's own label must stay out of it.",
            MathFormula(
                "Smoothed mean, out of fold",
                r"\mathrm{enc}(c) = \frac{\sum_{i \in c,\ i \notin \mathrm{fold}} y_i + \alpha\, \bar{y}}{n_{c,\ \notin \mathrm{fold}} + \alpha}",
                "α is how many rows of the overall mean ȳ are mixed in: rare categories stay near it. The sum leaves out the fold of the row that is encoded.",
            ),
        ),
        Term(
            "HyperLogLog",
            "A sketch that counts distinct values in fixed memory, and that merges: the sketch of a day is the maximum of its hours.",
            MathFormula(
                "Relative standard error",
                r"\sigma = \frac{1.04}{\sqrt{m}}",
                "m is the number of registers: 2,048 give 2.3 % in 1.5 kB, whether a thousand or a billion are counted.",
            ),
        ),
        Term(
            "Population stability index",
            "How far a feature's live distribution is from the training profile, summed over bins.",
            MathFormula(
                "PSI",
                r"\mathrm{PSI} = \sum_{i=1}^{B} (a_i - e_i)\, \ln \frac{a_i}{e_i}",
                "a_i is the live share of bin i, e_i the expected one; every term is at least zero. The usual bands of 0.1 and 0.25 are a rule of thumb of credit scoring and ignore the sample size.",
            ),
        ),
    ],
    calculators=[
        Calculator(
            "Online store",
            "How much memory and how many cores does the online store need?",
            results=["memory", "flat_memory", "store_reads", "cores", "uncached_cores", "cache_bytes"],
            reading="Entities times values decide the memory, and candidates per request decide the reads: users hardly matter beside {items_read:n} items. That is why item features sit in the memory of the scoring process and user features do not. The price per value and per read is one company's measurement on Redis in 2020; use your own store's. That company has since moved its features from memory to local SSDs behind the same protocol, which pays once the values outgrow what memory may cost.",
        ),
        Calculator(
            "Sliding windows from tiles",
            "What does an exact-looking 24-hour count cost to read?",
            results=["short_tiles", "two_levels", "edge_error", "sketch_error", "sketch_read"],
            reading="Two tile lengths cut the reads by an order of magnitude, and keep the near end fresh to the last short tile. The far end is blurred by up to a long tile, which hardly moves a count of a day and ruins one of ten minutes. Sums and counts are a few bytes per tile; distinct counts are a sketch each, so keep those to a handful.",
        ),
        Calculator(
            "Noise in the stability index",
            "Above which value does the index mean anything?",
            results=["noise", "slice_noise"],
            reading="The index is never zero, and its expected value without any shift grows as the sample shrinks. With a hundred rows the noise is near the band that is commonly read as a shift, so thresholds belong to a sample size, and small slices need a longer window instead of a lower bar.",
        ),
    ],
    tables=[
        DecisionTable(
            "Where a feature is computed",
            criteria=["Freshness", "Cost", "Heavy joins", "How training gets it"],
            options=[
                Option(
                    "Batch",
                    ["hours to a day", "lowest", "yes, on full history", "partitions by day, as-of join"],
                    "The value moves slowly: counts over weeks, embeddings, profiles.",
                ),
                Option(
                    "Stream",
                    [
                        "seconds",
                        "state kept for every key, around the clock",
                        "with small tables only",
                        "the same job appends to the history; as-of join",
                    ],
                    "What happened a minute ago decides: velocity of a card, the current session.",
                ),
                Option(
                    "On demand",
                    [
                        "none: computed from the request",
                        "CPU on the hot path",
                        "no",
                        "only from a log of what was served, or by the same code",
                    ],
                    "It depends on the request (distance, hour, price ratio) or on pairs too many to store.",
                ),
            ],
        ),
        DecisionTable(
            "How a category becomes numbers",
            criteria=["Cardinality", "Unseen values", "Risk"],
            options=[
                Option(
                    "One-hot",
                    ["up to hundreds", "an 'other' column", "wide and sparse input"],
                    "Few values, linear model or small trees.",
                ),
                Option(
                    "Hashing",
                    ["unbounded", "land in some slot", "collisions, and no way back to the name"],
                    "Ids arrive faster than a dictionary can be shipped.",
                ),
                Option(
                    "Target encoding",
                    ["high", "the overall mean", "leaks the label unless out of fold, and out of time"],
                    "Trees over high-cardinality columns with stable label rates.",
                ),
                Option(
                    "Learned embedding",
                    [
                        "up to billions, in sharded tables",
                        "a shared row, or content features",
                        "memory; rows of rare ids stay untrained",
                    ],
                    "Deep models with many examples per id.",
                ),
                Option(
                    "Counts and rates",
                    ["any", "zero, with a flag", "drift with traffic; need a window"],
                    "Behaviour says more than identity, and newcomers must work.",
                ),
            ],
        ),
        DecisionTable(
            "A catalogue of features, by system",
            criteria=["Of the person", "Of the thing", "Of the moment", "Crossed"],
            options=[
                Option(
                    "Recommendation",
                    [
                        "last actions, category affinity",
                        "age, price, orders in 7 days",
                        "device, hour, page",
                        "affinity to the item's category",
                    ],
                    "Taste changes within a session: sequences beat profiles.",
                ),
                Option(
                    "Search",
                    [
                        "locale, brand affinity",
                        "sales, rating, stock",
                        "query, filters",
                        "BM25, cosine, click rate of the pair",
                    ],
                    "The query says most; crossed features carry the ranker.",
                ),
                Option(
                    "Fraud detection",
                    [
                        "age of the account, devices",
                        "merchant's dispute rate",
                        "amount, currency, address match",
                        "attempts by card and device in 10 min",
                    ],
                    "Velocity and links between identities decide, and seconds count.",
                ),
                Option(
                    "Forecasting",
                    [
                        "none",
                        "past sales, stock-outs, life cycle",
                        "calendar, promotion, weather forecast",
                        "uplift of this promotion on this item",
                    ],
                    "What will be known at the horizon may enter; what will not, may not.",
                ),
                Option(
                    "People you may know",
                    [
                        "degree, tenure, activity",
                        "the same of the other person",
                        "surface, card position",
                        "common friends, shared school, two-hop paths",
                    ],
                    "Nearly all signal is in the pair and in the graph around it.",
                ),
            ],
        ),
    ],
    checklist=[
        "Every feature has an owner, an entity, an event-time column, a freshness target and a default, in one registry.",
        "One definition yields the training value and the serving value; a test computes both for the same rows and compares.",
        "Training rows come from a log of served features, or from an as-of join on arrival time.",
        "No feature is computed from data that is written after the prediction; each group states how that is prevented.",
        "Encoders and scalers are fitted on training rows alone and shipped inside the model's artifact.",
        "Age of the value is measured at read time, per group, and alerts before the freshness target is missed.",
        "A missing value has a default that the model saw in training, and a flag that says so.",
        "Dropping any one group offline is a report, so that the cost of losing it online is known.",
        "Back-fills write a new version beside the old one; nobody overwrites what a model was trained on.",
        "A feature that no live model reads is reported monthly and deleted.",
    ],
    anti_patterns=[
        AntiPattern(
            "Two implementations",
            symptom="The SQL of the training set counts orders by calendar day, the Java of the service by the last 24 hours; offline AUC cannot be reproduced online and nobody sees an error.",
            cure="Compile both jobs from one definition, and compare logged values with recomputed ones every day.",
            where="feature-store/Plan compiler",
        ),
        AntiPattern(
            "Joining the latest value",
            symptom="Offline metrics jump by ten points, and the new feature is a count that contains the very order to be predicted.",
            cure="Join as of the prediction, on arrival time, with a margin for the pipeline's delay.",
            where="point-in-time/Arrived by 10:00?",
        ),
        AntiPattern(
            "Target encoding on its own rows",
            symptom="A column of ids has the highest importance in training and is useless in production.",
            cure="Encode out of fold, smooth, and let counts end before the example's day.",
            where="online-and-offline/As-of join",
        ),
        AntiPattern(
            "Silent default",
            symptom="A stream job dies on Friday; the model keeps scoring with zeros all weekend, and only revenue notices.",
            cure="Alert on the age of values and on the share of defaults, and flag defaults in the feature log.",
            where="monitoring/Freshness probe",
        ),
        AntiPattern(
            "Five hundred alerts",
            symptom="Every feature has a drift alert at 0.1; each night thirty fire and all are muted.",
            cure="Rank shifts by the feature's importance and by the change in scores; send the owner one message.",
            where="monitoring/Impact ranking",
        ),
    ],
    questions=[
        FollowUp(
            "mid",
            "You have a table of orders with timestamps. How do you add 'orders in the last 7 days' to a training set?",
            answer="For each row I take the time of the prediction, and count the user's orders in the seven days before it, by the time at which the order became readable and not only by its own timestamp. The order that may be the label is later and stays out. I subtract the delay of the serving pipeline, so that the training value is as old as the served one, and I check a sample against logged values.",
            weak="Group orders by user over the last seven days and join on the user id.",
            where="point-in-time/Arrived by 10:00?",
        ),
        FollowUp(
            "mid",
            "Why keep an online store at all? The warehouse has the same values.",
            answer="The two answer different questions. A warehouse scans months of columns in seconds; serving needs a few rows by key within milliseconds, for {peak_rate:n} requests a second with {items_read:n} items each. So the online store keeps only the newest value by entity in memory, {memory} here, and the history stays in files. What they must share is the definition: both stores are filled from it.",
            weak="The online store is a cache to save warehouse cost.",
            where="online-and-offline/Online feature store",
        ),
        FollowUp(
            "senior",
            "Log served features, or reconstruct them?",
            answer="Log wherever the feature already runs: the row is exactly what the model saw, with every delay and default in it, and there is nothing to keep in step. Logging cannot look back, though. A new feature would need months before there is a training set, so it is reconstructed by the as-of join from history, launched in shadow, and once the logged values agree with the reconstructed ones the log takes over. Logging all candidates is expensive, so I sample those that were not shown.",
            weak="Always reconstruct, since logging costs too much storage.",
            where="online-and-offline/Feature log",
        ),
        FollowUp(
            "senior",
            "A velocity count must include the last few seconds. The nightly batch is exact and the stream is not. What do you serve?",
            answer="Both, added: the batch value up to midnight and the stream's tiles from midnight on. The batch corrects late and duplicate events once a day, and the stream only has to be right for a day. Merging happens at read time in the feature service, so training must do the same, which is why I log the merged value. If the stream fails, the count falls back to the batch value with a flag, and its staleness shows.",
            weak="Serve the stream only; it is fresher.",
            where="pipelines/Feature service",
        ),
        FollowUp(
            "staff",
            "Forty teams write features. When is a central platform worth it, and what do you refuse to centralise?",
            answer="It pays once several models share entities: then one definition, one back-fill and one on-call replace many, and a feature's second user is nearly free. I centralise the registry, the compiler, the stores and the monitoring. I do not centralise meaning: each feature has an owning team that is paged. I refuse request-time code from strangers in the shared process. The measures are the share of features with a second consumer and days from idea to shadow.",
            weak="At any size, because duplicated features waste storage.",
            where="feature-store/Feature registry",
        ),
    ],
    charts=[
        Chart(
            "charts/target_encoding.svg",
            "A column of noise that looks like a feature",
            "Simulated: 20,000 rows with a random category and a random label, encoded by the mean label of the category. With two rows per category the encoding predicts its own training rows at an AUC of 0.91 and fresh rows at 0.50; out of fold it shows 0.50 at once.",
            "AUC over rows per category. Encoded with its own label, noise falls from 0.91 at two rows per category to 0.52 at a thousand; out of fold and on fresh rows it stays at 0.5.",
            "charts/target_encoding.py",
        )
    ],
    used_by=[
        UsedBy(
            "data-intensive-ai-platform/serving/Feature service",
            how="Merges batch, stream and on-demand values for every model of the platform.",
        ),
        UsedBy(
            "data-intensive-ai-platform/operations/Skew check",
            how="Recomputes logged vectors offline and compares them by request.",
        ),
        UsedBy(
            "fraud-detection/features/Sliding windows",
            how="Counts attempts by card, device and address within seconds.",
        ),
        UsedBy(
            "fraud-detection/features/Feature definitions",
            how="One file from which the stream job and the daily job are made.",
        ),
        UsedBy(
            "feed-ranking/operations/Skew check", how="Watches the difference between served and recomputed features."
        ),
        UsedBy(
            "time-series-forecasting/nightly/As-of snapshot",
            how="Freezes what was known that evening, so that backtests cannot look ahead.",
        ),
        UsedBy(
            "recommendation-systems/serving/Item features",
            how="Keeps item rows in the ranker's memory and reads user rows from the store.",
        ),
        UsedBy(
            "multi-model-serving/training/Feature registry",
            how="Holds one definition of each feature for training and for serving.",
        ),
    ],
    sources=bibliography("""
        N. Simha, "Chronon: A Declarative Feature Engineering Framework", Airbnb Engineering 2023
            https://medium.com/airbnb-engineering/chronon-a-declarative-feature-engineering-framework-b7b8ce796e04 one definition for both sides, and why log-and-wait is slow
        A. Khan, Z. Sibte Hassan, "Building a Gigascale ML Feature Store with Redis, Binary Serialization, String Hashing, and Compression", DoorDash Engineering 2020
            https://careersatdoordash.com/blog/building-a-gigascale-ml-feature-store-with-redis/ memory and CPU per value, before and after
        DoorDash Engineering, "Lessons Learned Building DoorDash's Clusterless ML Feature Store", DoorDash Engineering 2026
            https://careersatdoordash.com/blog/doordash-clusterless-ml-feature-store/ why memory was left for SSDs: 1.6 billion features a second, 50 ms at p999
        J. Hermann, M. Del Balso, "Meet Michelangelo: Uber's Machine Learning Platform", Uber Engineering 2017
            https://www.uber.com/blog/michelangelo-machine-learning-platform/ shared features, offline and online stores
        Feast, "Point-in-time joins", Feast documentation 2025
            https://docs.feast.dev/getting-started/concepts/point-in-time-joins as-of joins with a time to live
        S. Kaufman, S. Rosset, C. Perlich, O. Stitelman, "Leakage in Data Mining: Formulation, Detection, and Avoidance", ACM TKDD 2012
            https://doi.org/10.1145/2382577.2382579 what leaks, and the no-time-machine rule
        K. Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", ICML 2009
            https://arxiv.org/abs/0902.2206 the hashing trick
        D. Micci-Barreca, "A Preprocessing Scheme for High-Cardinality Categorical Attributes", SIGKDD Explorations 2001
            https://doi.org/10.1145/507533.507538 smoothed target encoding
        scikit-learn developers, "TargetEncoder", scikit-learn documentation 2025
            https://scikit-learn.org/stable/modules/generated/sklearn.preprocessing.TargetEncoder.html cross fitting against leaks
        P. Flajolet, É. Fusy, O. Gandouet, F. Meunier, "HyperLogLog: the analysis of a near-optimal cardinality estimation algorithm", AofA 2007
            https://doi.org/10.46298/dmtcs.3545 error of the sketch
        B. Yurdakul, "Statistical Properties of Population Stability Index", Western Michigan University 2018
            https://scholarworks.wmich.edu/dissertations/3208 distribution of the index without a shift; the rule of thumb
        M. Zinkevich, "Rules of Machine Learning: Best Practices for ML Engineering", Google 2017
            https://developers.google.com/machine-learning/guides/rules-of-ml save features as served; delete unused ones
    """),
)


@view("Feature store")
def feature_store() -> None:
    """One definition, two jobs, two stores: what is written once is computed for serving and for training."""
    with Cluster("Define"):
        definitions = Git(
            "Feature definitions", tooltip="Entity, source, aggregation, window, owner, default: reviewed as code"
        )
        registry = Catalogue(
            "Feature registry", tooltip="Versions, lineage, freshness target, and which model reads what"
        )
        compiler = Action(
            "Plan compiler", tooltip="Emits the batch and the stream job from one definition; tests that they agree"
        )
    with Cluster("Sources"):
        log = Kafka("Event log\nKafka", tooltip="Clicks, orders, readings as they happen, keyed by entity")
        history = S3("Event history", tooltip="The same events, complete and deduplicated, by day")
    with Cluster("Compute") as compute:
        batch_job = Spark("Batch jobs\nSpark", tooltip="Daily values, and back-fills over years")
        stream_job = Flink("Stream jobs\nFlink", tooltip="Counters within seconds; state kept per key")
    with Cluster("Stores"):
        offline = S3("Offline feature store", tooltip="Every value with event time and arrival time")
        online = FeatureStore("Online feature store", tooltip="Newest value by entity: {memory} in {copies} copies")
    with Cluster("Consumers"):
        join = Spark("As-of join\nSpark", tooltip="Training rows with what was readable at the time")
        service = FastAPI("Feature service", tooltip="Multi-get by entity list, defaults, log of what was served")

    definitions >> control("merged change") >> registry >> control("definition") >> compiler
    compiler >> control("batch plan, stream plan") >> compute
    log >> stream("events") >> stream_job >> stream("newest value") >> online
    log >> batch("archive") >> history >> batch("days") >> batch_job
    batch_job >> batch("history") >> offline
    batch_job >> batch("bulk load") >> online
    stream_job >> batch("append") >> offline >> batch("values as of") >> join
    service >> request("{store_reads}") >> online
    registry >> control("names, defaults") >> service
    service >> feedback("who reads what") >> registry


@view("Online and offline")
def online_and_offline() -> None:
    """Same feature, two questions: what is it now, in milliseconds; what was it then, over months."""
    log = Kafka("Event log\nKafka", tooltip="Both paths start from the same events")
    with Cluster("Online: now"):
        app = Pod("Scoring service", tooltip="{peak_rate} requests with {items_read:n} items each")
        service = FastAPI(
            "Feature service", tooltip="Batches keys, fills defaults, keeps a deadline of a few milliseconds"
        )
        near = Cache("Item rows in memory", tooltip="{cached} of item reads; {cache_bytes} in each process")
        online = FeatureStore("Online feature store", tooltip="Newest value by entity, by hash")
        model = ModelServer("Model server", tooltip="Scores the vector; knows the defaults from training")
    with Cluster("Bridge"):
        feature_log = Kafka("Feature log\nKafka", tooltip="The vector as used, its ages and defaults, with request id")
    with Cluster("Offline: then"):
        offline = S3("Offline feature store", tooltip="Every value with event time and arrival time")
        join = Spark("As-of join\nSpark", tooltip="Newest value that had arrived; for features that were never served")
        outcomes = Kafka("Outcomes\nKafka", tooltip="What the user did, within the label's window")
        labels = LabelJoin("Label join", tooltip="Outcomes within 7 days of the request, by request id")
        table = S3("Training table", tooltip="Rows without leaks, tagged and kept")

    log >> stream("update") >> online
    log >> batch("append") >> offline
    app >> request("user, items") >> service >> request("misses, {store_reads}") >> online
    service >> request("item ids") >> near
    app >> request("vectors") >> model
    service >> stream("as served") >> feature_log >> batch("preferred source") >> labels
    log >> stream("clicks, orders") >> outcomes >> feedback("within 7 days") >> labels
    offline >> batch("history") >> join >> batch("new features only") >> labels >> batch("rows") >> table


@view("Point in time", direction="LR")
def point_in_time() -> None:
    """A time line of one row: what had arrived at ten o'clock may enter; what came later knows the answer."""
    with Cluster("Before the request"):
        first_value = StoredData("3 orders\narrived 08:00", tooltip="Nightly value: older than it need be, yet allowed")
        second_value = StoredData("4 orders\narrived 09:40", tooltip="The newest value that was readable at 10:00")
    with Cluster("10:00"):
        request_made = InputOutput("Request 10:00", tooltip="The moment of the prediction: the row's timestamp")
        served = StoredData("Served: 4", tooltip="What the model saw; logged with the request")
    with Cluster("After the request"):
        late = StoredData(
            "5 orders, 09:55\narrived 10:05", tooltip="Happened before, arrived after: not readable at 10:00"
        )
        outcome = InputOutput("Order 10:30", tooltip="The label: it happened because of what was shown")
        third_value = StoredData(
            "6 orders\narrived 11:00", tooltip="Counts the label itself; a join on the latest value takes this one"
        )
    join = Decision("Arrived by 10:00?", tooltip="Arrival time at most 10:00: that excludes both later values")
    row = S3("Example row", tooltip="4 orders before the request, label 1: the same as served")

    below(late, request_made)
    with step("At ten o'clock the newest value that is readable is 4."):
        first_value >> stream("then") >> second_value >> stream("newest") >> request_made
        request_made >> stream("logged") >> served
    with step("One order of 09:55 arrives late, and at 10:30 the user orders: the label."):
        request_made >> stream("meanwhile") >> late
        request_made >> stream("led to") >> outcome >> stream("is counted in") >> third_value
    with step("The join takes the value that had arrived; it must agree with the log."):
        second_value >> batch("arrived in time") >> join
        served >> batch("must agree") >> join
        late >> batch("refused: arrival") >> join
        third_value >> batch("refused: leak") >> join
    with step("The row has 4 orders and a positive label."):
        join >> batch("4 orders") >> row
        outcome >> feedback("label 1") >> row


@view("Pipelines")
def pipelines() -> None:
    """Batch for truth, tiles for freshness, code on the request for context; the feature service adds them up."""
    with Cluster("Events"):
        log = Kafka("Event log\nKafka", tooltip="Clicks, orders, readings, with event time")
        history = S3("Event history", tooltip="Complete, late data included")
    with Cluster("Batch"):
        scheduler = Airflow("Scheduler\nAirflow", tooltip="Starts when partitions have passed their quality checks")
        nightly = Spark("Nightly aggregates\nSpark", tooltip="Exact values up to midnight")
        check = Decision(
            "Batch check", tooltip="Row count, null share and distribution against yesterday; else yesterday stays"
        )
    with Cluster("Stream"):
        dedupe = Flink("Deduplicate", tooltip="By event id; watermark waits for late events")
        tiles = Flink(
            "Window tiles\nFlink", tooltip="Sums and sketches of {tile} and {coarse}; {two_levels} cover {window}"
        )
    with Cluster("Serve"):
        online = FeatureStore(
            "Online feature store", tooltip="Batch values and tiles side by side, each with its version"
        )
        service = FastAPI(
            "Feature service", tooltip="Batch value up to midnight plus tiles since; falls back to batch alone"
        )
        transforms = Python(
            "On-demand transforms", tooltip="Distance, hour, price ratio: the same library runs in training"
        )
        model = ModelServer("Model server", tooltip="Scores the merged vector")
        feature_log = Kafka("Feature log\nKafka", tooltip="Merged values as served: what training should read")

    log >> stream("events") >> dedupe >> stream("once each") >> tiles >> stream("tiles") >> online
    log >> batch("archive") >> history >> batch("until midnight") >> nightly
    scheduler >> control("data is ready") >> nightly >> batch("new version") >> check >> batch("passed") >> online
    model >> request("ids, request context") >> service >> request("batch value, tiles") >> online
    service >> request("request context") >> transforms
    service >> stream("vector as served") >> feature_log
    feature_log >> feedback("recompute, compare") >> nightly


@view("Feature monitoring")
def monitoring() -> None:
    """Three checks, one ranked message, and a switch that reaches serving: a sick feature is replaced within minutes."""
    with Cluster("Inputs"):
        service = FastAPI("Feature service", tooltip="Serves values or, where switched off, the default of training")
        log = Kafka("Feature log\nKafka", tooltip="Served vectors with ages and default flags, sampled")
        profile = S3("Training profile", tooltip="Histogram and null share per feature, kept with the model")
        online = FeatureStore("Online feature store", tooltip="Gets the corrected values")
    with Cluster("Checks") as checks:
        freshness = Prometheus(
            "Freshness probe\nPrometheus", tooltip="Age at read time and share of defaults, per group"
        )
        distribution = Monitor(
            "Distribution check", tooltip="PSI per feature and slice, with a threshold for its sample size"
        )
        skew = Spark("Skew check\nSpark", tooltip="Recomputes sampled requests offline, compares value by value")
    with Cluster("Respond"):
        impact = Planner("Impact ranking", tooltip="Shift times importance, and the change in scores; one list a day")
        owner = User("Feature owner", tooltip="Gets one ranked message with the failing slice and the lineage")
        switch = Planner(
            "Feature switch", tooltip="Turns a group to its default; the model was trained with groups dropped"
        )
        pipeline = Spark("Feature jobs", tooltip="Fixed, then back-filled as a new version")

    same_row(log, freshness)
    service >> stream("sampled vectors") >> log
    log >> stream("ages, defaults") >> freshness
    log >> stream("live histogram") >> distribution
    profile >> batch("reference") >> distribution
    log >> batch("request ids") >> skew
    checks >> control("stale, differs, shifted") >> impact >> control("ranked message") >> owner
    freshness >> control("far too old: off") >> switch
    owner >> control("off or on") >> switch >> control("use default") >> service
    owner >> control("fix, back-fill") >> pipeline >> batch("new version") >> online
    service >> request("keys") >> online
