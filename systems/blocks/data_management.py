"""Collect, label, store, check and version the data from which every model is trained and served.

A model is as good as its rows, and rows go wrong quietly: a client renames a field, a job runs twice, half a partition
is missing, annotators read the guideline differently. Two things make it harder than in other software. Labels are data
too, late and biased, and bad data does not crash anything: it trains.
"""

from diagrams import Cluster
from diagrams.aws.storage import S3
from diagrams.generic.device import Mobile
from diagrams.generic.storage import Storage
from diagrams.k8s.compute import Pod
from diagrams.onprem.analytics import Flink, Spark, Trino
from diagrams.onprem.client import User, Users
from diagrams.onprem.database import Postgresql
from diagrams.onprem.queue import Kafka
from diagrams.onprem.workflow import Airflow
from diagrams.programming.flowchart import Action, Document, Inspection, MultipleDocuments
from diagrams.programming.language import Go, Python
from diagrams.saas.alerting import Pagerduty

from archfolio import (
    AntiPattern,
    Assembler,
    BuildingBlock,
    Calculator,
    Catalogue,
    Chart,
    DecisionTable,
    Estimate,
    Experiment,
    FeatureStore,
    FollowUp,
    Gate,
    LabelJoin,
    Labeller,
    MathFormula,
    Monitor,
    Option,
    Term,
    UsedBy,
    assume,
    batch,
    bibliography,
    cite,
    control,
    derive,
    feedback,
    reference,
    request,
    step,
    stream,
    view,
)

ESTIMATE = Estimate(
    users=assume("Daily active users", 50e6, "user"),
    per_user=assume("Events a user causes", 200, "event/user/day"),
    event_bytes=assume("Bytes of an event in the log", 400, "byte/event", note="Avro or Protobuf, compressed"),
    events=derive("Events per day", "users * per_user", "event/day"),
    mean_rate=derive("Average event rate", "events", "event/s"),
    log_days=assume("Retention of the event log", 7, "day"),
    log_copies=assume("Copies in the event log", 3),
    daily=derive("Event log per day, one copy", "events * event_bytes", "byte/day"),
    log_bytes=derive("Event log, all copies", "daily * log_days * log_copies", "byte"),
    columnar=assume("Columnar files, of the log's bytes", 30, "percent", note="Parquet, sorted, compressed"),
    kept_days=assume("Days in the lake", 400, "day", note="a year and a month, for seasons; then the cold tier"),
    layers=assume("Times the data exist over bronze, silver and gold", 2.5, note="gold is smaller, silver is not"),
    lake_bytes=derive("Lake", "daily * columnar * kept_days * layers", "byte"),
    storage_price=reference("object_storage_price"),
    lake_cost=derive("Storage bill of the lake", "lake_bytes * storage_price", "USD/month"),
    writers=assume("Writer tasks of the ingestion job", 64, "task"),
    commit=assume("Interval between commits", 1, "minute"),
    split=assume("Partitions that a task writes per commit", 2, "file/task", note="this hour, and late events"),
    small_files=derive("Files written per day", "writers * split / commit", "file/day"),
    small_bytes=derive("Bytes of such a file", "daily * columnar / small_files", "byte/file"),
    target=cite("Iceberg's default size of a file", 536_870_912, "byte/file", source="Iceberg 2025", note="512 MiB"),
    compacted=derive("Files per day after compaction", "daily * columnar / target", "file/day"),
    fewer=derive("Files before compaction for one after", "small_files / compacted"),
    read_days=assume("Days that a training set reads", 90, "day"),
    opened=derive("Files that it opens without compaction", "small_files * read_days", "file"),
    opened_compacted=derive("Files that it opens after compaction", "compacted * read_days", "file"),
    positives=assume("Items that an annotator marks positive, of items", 10, "percent"),
    agreement=assume("Items on which two annotators agree, of items", 92, "percent"),
    chance=derive(
        "Agreement expected by chance, of items",
        "positives ** 2 + (1 - positives) ** 2",
        "percent",
        note="both annotators mark the same share",
    ),
    kappa=derive("Cohen's kappa", "(agreement - chance) / (1 - chance)"),
    labels=assume("Items labelled", 20e3, "item/week"),
    votes=assume("Annotators per item", 3, "vote/item"),
    seconds=assume("Time of a vote", 25, "s/vote"),
    productive=assume("Productive time of an annotator", 28, "hour/week/person"),
    people=derive("Annotators needed", "ceil(labels * votes * seconds / productive)", "person"),
    audit=assume("Items audited against experts", 1000),
    precision=assume("Precision found in the audit, of items marked positive", 90, "percent"),
    audit_error=derive(
        "Half-width of its 95 % interval, in points",
        "1.96 * sqrt(precision * (1 - precision) / (audit * positives))",
        "percent",
        note="only the audited positives count",
    ),
)

BLOCK = BuildingBlock(
    title="Data management",
    position=1,
    estimate=ESTIMATE,
    terms=[
        Term(
            "Event time and processing time",
            "When something happened, and when the pipeline saw it; a watermark states up to which event time everything is assumed to have arrived.",
            MathFormula(
                "Watermark",
                r"w(t) = \max_{\text{seen by } t} e - d",
                "e are event times, d the delay that is tolerated: what arrives behind the watermark is late, and goes to a correction and not into a closed window.",
            ),
        ),
        Term(
            "Idempotent write",
            "Writing the same record twice leaves the same state, by key or event id; together with delivery at least once this is what 'exactly once' means in practice.",
        ),
        Term(
            "Change data capture",
            "Row changes are read from the database's own log, so that the copy cannot drift from the source as dual writes do.",
        ),
        Term(
            "Outbox",
            "The service writes its event into a table within the same transaction as the change, and the connector publishes from there: meaning travels, and columns stay private.",
        ),
        Term(
            "Schema compatibility",
            "Which side may move first: backward lets new readers read old data, forward lets old readers read new data, full does both.",
        ),
        Term(
            "Slowly changing dimension, type 2",
            "A changed attribute closes the old row and opens a new one with validity times, so that a join can ask what was true then.",
            MathFormula(
                "Row valid at t",
                r"\mathrm{from} \le t < \mathrm{to}",
                "half-open, so that exactly one row matches; the current row has an open end.",
            ),
        ),
        Term(
            "Data contract",
            "What a producer promises to consumers: schema and meaning, freshness, volume, null rates, who is paged, and how a change is announced.",
        ),
        Term(
            "Snapshot",
            "The list of immutable files that make up a table at one commit; a tag keeps one readable, and time travel reads it.",
        ),
        Term(
            "Weak supervision",
            "Many cheap, noisy labelling functions vote, and a model of their accuracies and correlations turns the votes into probabilistic labels.",
            MathFormula(
                "Naive vote of labelling functions",
                r"\log \frac{P(y = 1 \mid \Lambda)}{P(y = -1 \mid \Lambda)} = b + \sum_{j} \Lambda_j \log \frac{a_j}{1 - a_j}",
                "Λ_j is 1, -1 or 0 for abstain, a_j the function's accuracy, b the prior's log-odds; it holds if the functions err independently given the label.",
            ),
        ),
        Term(
            "Cohen's kappa",
            "How much of the agreement that chance leaves open two annotators reach.",
            MathFormula(
                "Kappa",
                r"\kappa = \frac{p_o - p_e}{1 - p_e}",
                "p_o is the observed agreement, p_e the one expected from their rates. With rare positives p_e is high, and good annotators get a low kappa: report the rate beside it.",
            ),
        ),
    ],
    calculators=[
        Calculator(
            "Log and lake",
            "How much is stored, and what does it cost a month?",
            results=["mean_rate", "log_bytes", "lake_bytes", "lake_cost"],
            reading="The log is sized by its retention: it must outlast the longest outage of a consumer, including a weekend. The lake is sized by retention times layers. A byte in object storage is cheap, but the lake holds many times the log, and reading it often costs more than keeping it. Retention is also a promise to the people in the data, so the longest one needs a reason.",
        ),
        Calculator(
            "Small files",
            "What do frequent commits do to readers?",
            results=["small_files", "small_bytes", "compacted", "fewer", "opened", "opened_compacted"],
            reading="Each commit of each writer leaves files, so freshness is paid in files: a scan then spends its time on opening and planning. Compaction rewrites them to the target size behind the writers; until it has run, the last hour is slow to read. Fewer writers, or a commit every five minutes, help as much.",
        ),
        Calculator(
            "Annotators",
            "Is the agreement good, and how many people does it take?",
            results=["kappa", "people", "audit_error"],
            reading="An agreement of 92 % sounds high; with one positive in ten it is little more than half of what chance leaves open. Bands such as 'above 0.6 is substantial' are convention. Before adding votes, improve the guideline: disagreements cluster in a few cases that it does not decide. The audit's interval rests on the positives alone.",
        ),
    ],
    tables=[
        DecisionTable(
            "Versions of data",
            criteria=["Versions", "Strength", "Weakness"],
            options=[
                Option(
                    "Apache Iceberg",
                    [
                        "tables, by snapshots with branches and tags",
                        "many engines, hidden partitions",
                        "one table at a time",
                    ],
                    "Several engines read and write the same tables.",
                ),
                Option(
                    "Delta Lake",
                    [
                        "tables, by a transaction log",
                        "mature on Spark, change feed",
                        "outside Spark features arrive later",
                    ],
                    "The platform is Spark or Databricks.",
                ),
                Option(
                    "Apache Hudi",
                    ["tables, by a timeline of commits", "upserts by record key, incremental pulls", "more to tune"],
                    "CDC with many updates per record feeds the lake.",
                ),
                Option(
                    "lakeFS",
                    [
                        "a whole bucket, by commits and branches",
                        "files of any kind; several tables at once",
                        "a service in the path of metadata",
                    ],
                    "Images, audio and tables must be tagged together.",
                ),
                Option(
                    "DVC",
                    [
                        "files, by hashes in git",
                        "no service; sits beside the code",
                        "people must push; not for tables of terabytes",
                    ],
                    "A research team with datasets that fit on a disk.",
                ),
            ],
        ),
        DecisionTable(
            "Schema changes",
            criteria=["Allowed", "Upgrade first", "Typical for"],
            options=[
                Option(
                    "Backward",
                    ["delete fields, add optional ones", "consumers", "the lake: today's job reads last year's files"],
                    "Data are read long after they were written; the registry's default.",
                ),
                Option(
                    "Forward",
                    ["add fields, delete optional ones", "producers", "apps that cannot wait for their readers"],
                    "Producers ship often and consumers are many.",
                ),
                Option(
                    "Full",
                    ["add or delete optional fields only", "either", "shared topics between teams"],
                    "Nobody can be told to go first.",
                ),
                Option(
                    "New topic or table",
                    ["anything", "both run in parallel", "a changed meaning or unit"],
                    "The field keeps its name and type and means something else: no checker sees that.",
                ),
            ],
        ),
        DecisionTable(
            "Where labels come from",
            criteria=["Cost", "Delay", "Bias"],
            options=[
                Option(
                    "Implicit feedback",
                    ["nearly nothing", "seconds to weeks", "only what was shown; position; convenience"],
                    "There is traffic, and the action is close to the goal.",
                ),
                Option(
                    "Explicit feedback",
                    ["a little patience of users", "minutes", "who answers; mood"],
                    "Satisfaction matters and clicks mislead.",
                ),
                Option(
                    "Annotators",
                    ["cents to dollars each", "days", "guideline, fatigue, culture"],
                    "The truth is in the item itself, and can be written down.",
                ),
                Option(
                    "Experts",
                    ["dollars to hundreds", "weeks", "few people, strong habits"],
                    "Medicine, law, fraud: errors are costly and rare.",
                ),
                Option(
                    "Weak supervision",
                    ["engineering of functions", "hours", "shared blind spots of the functions"],
                    "Rules of thumb exist and items are unlabelled by the million.",
                ),
                Option(
                    "LLM as judge",
                    ["fractions of a cent to cents", "minutes", "length, style, its own family's answers"],
                    "A rubric fits into a prompt, and people audit a sample.",
                ),
            ],
        ),
        DecisionTable(
            "When a check fails",
            criteria=["Readers get", "Risk"],
            options=[
                Option(
                    "Block",
                    ["yesterday's snapshot", "staleness, if nobody fixes it"],
                    "Training sets and features: wrong is worse than old.",
                ),
                Option(
                    "Quarantine rows",
                    ["today's data without the bad rows", "bias, if badness is not random"],
                    "Few bad rows, and their share is watched.",
                ),
                Option(
                    "Warn",
                    ["today's data", "the warning is ignored"],
                    "Dashboards, and tables where old hurts more than slightly wrong.",
                ),
            ],
        ),
    ],
    checklist=[
        "Every event has an id, an event time from the client and an arrival time from the server.",
        "A replay of a day leaves the tables as they were: writes are idempotent by key.",
        "A producer cannot deploy a schema that its contract's compatibility mode forbids; the build fails.",
        "Each tier-one table has limits for freshness, volume and nulls, an owner who is paged, and a runbook.",
        "Checks run on a branch, and readers see the new snapshot only after all critical ones have passed.",
        "Each training set is a tag that can still be read after a year, minus the people who were erased.",
        "Every label has a definition, a window and a known delay; its version is in the training set.",
        "Guidelines come with 50 gold items; each annotator's accuracy on hidden gold is known every week.",
        "Dead letters are counted, owned and replayed through the same validation as everything else.",
        "Compaction keeps the median file above 128 MB in tables that are scanned.",
        "For any column of a feature table, the source columns and owners can be listed within a minute.",
        "An erasure request reaches log, lake, features, training sets and backups, by a list that is tested.",
    ],
    anti_patterns=[
        AntiPattern(
            "Dual writes",
            symptom="The service writes to its database and then to the log; after each incident some orders exist in one and not in the other.",
            cure="Write an outbox row in the same transaction, and let change data capture publish it.",
            where="collection/CDC connector",
        ),
        AntiPattern(
            "Replay around the gate",
            symptom="Repaired dead letters are put straight into the log, and break the consumers a second time.",
            cure="Replay through the collector, where schema and contract are checked like for any event.",
            where="collection/Dead-letter topic",
        ),
        AntiPattern(
            "Overwrite in place",
            symptom="A model's accuracy cannot be explained: the table it was trained on has been rewritten twice since.",
            cure="Tag the snapshot that was read, and keep its files as long as the model.",
            where="publishing/Snapshot tag",
        ),
        AntiPattern(
            "Majority vote without gold",
            symptom="Three annotators agree on the wrong reading of the guideline, and the model learns it faithfully.",
            cure="Hidden gold items, expert adjudication of disagreements, and a guideline that changes with them.",
            where="labels/Adjudicator",
        ),
        AntiPattern(
            "Alert on everything",
            symptom="Four hundred tables page somebody; the team reads none of it and learns of breakage from users.",
            cure="Page for tier-one tables only, block on critical checks, and send the rest as a daily list to owners.",
            where="publishing/Quality gate",
        ),
    ],
    questions=[
        FollowUp(
            "mid",
            "The pipeline promises exactly-once. A retry has just doubled yesterday's orders. How?",
            answer="The promise ends at the border of the system that makes it. A stream processor can make its own state and its own topics consistent, but a write to another store happens at least once whenever a retry follows a timeout. So I carry an event id or a key, write by merge instead of append, and deduplicate within a window that is longer than the longest retry. Then twice is the same as once.",
            weak="There must be a bug in Kafka; turn on transactions.",
            where="storage/Merge job",
        ),
        FollowUp(
            "mid",
            "A third of yesterday's partition is missing. Training starts in an hour. What happens?",
            answer="Nothing reaches training, because the volume check on the branch failed and the published tag is still the day before's. The job trains on that, and its freshness alert fires if this lasts. The owner gets the check, the missing hours and the lineage, finds the source, and replays the window; the merge is idempotent, so the two thirds that are there do no harm. Tier one pages, others wait for the morning.",
            weak="Train on what is there; two thirds of a day is plenty.",
            where="publishing/Quality gate",
        ),
        FollowUp(
            "senior",
            "Annotators agree on {agreement} of items. Is the label good enough?",
            answer="It depends on the base rate. With {positives} positives, chance alone gives {chance}, so kappa is {kappa}: about half of what was to be won. I look at where they disagree and expect a few cases the guideline leaves open. I also measure against experts on gold items, since agreement is not truth, and I ask what the model needs: noise that is random costs data, noise that is systematic costs correctness.",
            weak="Yes, above 90 % is the usual threshold.",
            where="labels/Annotators",
        ),
        FollowUp(
            "senior",
            "You may spend 20,000 labels a week. On which items?",
            answer="Three parts. A random sample of traffic, perhaps a fifth, because only that gives unbiased metrics and catches what no model suspects. The largest part by active selection: uncertain, diverse, recently changed, weighted by how often they occur. The rest on known weak slices and on the audit of weak labels and LLM judgements. Each row keeps the probability with which it was chosen, so that the sample can be reweighted.",
            weak="On those where the model is least certain; that is active learning.",
            where="labels/Selector",
        ),
        FollowUp(
            "staff",
            "A subject asks to be erased. Last month's model was trained on their rows, and you promised reproducible training sets.",
            answer="Both promises need a wording that fits: a training set is reproducible minus subjects erased since, and the tag records that. The request goes through a ledger to log, lake, features, labels, caches and backups, by deleting rows, or keys where a store cannot delete. Files are rewritten at the next compaction and old snapshots expire within the legal time. Whether the model must be retrained is a question for privacy counsel; scheduled rebuilds from scratch make the answer cheap.",
            weak="Delete the user's row in the database; models do not contain personal data.",
            where="storage/Bronze tables",
        ),
    ],
    charts=[
        Chart(
            "charts/kappa.svg",
            "The same annotators, ever rarer positives",
            "Computed: two annotators who are each right on 95 % of items, with independent errors. They always agree on 90.5 % of items; their kappa falls from 0.81 at one positive in two to 0.25 at one in fifty. A kappa without the base rate says little.",
            "Agreement and kappa over the share of positives. Agreement is flat at 0.905. Kappa rises from 0.14 at 1 % positives to 0.6 at 10 % and 0.81 at 50 %.",
            "charts/kappa.py",
        )
    ],
    used_by=[
        UsedBy(
            "data-intensive-ai-platform/ingestion/Schema registry",
            how="Refuses a producer's change that would break its readers.",
        ),
        UsedBy(
            "data-intensive-ai-platform/ingestion/Dead-letter topic",
            how="Parks what failed validation until it is repaired.",
        ),
        UsedBy(
            "data-intensive-ai-platform/operations/Publish breaker",
            how="Keeps the last good snapshot live when a check fails.",
        ),
        UsedBy(
            "content-moderation/training/Label aggregation",
            how="Turns several reviewers' votes into one label with a confidence.",
        ),
        UsedBy(
            "computer-vision-systems/labelling/Gold tasks",
            how="Measures each annotator on hidden items with known answers.",
        ),
        UsedBy("nlp-systems/labels/Labelling functions", how="Weak supervision for new intents."),
        UsedBy(
            "time-series-forecasting/demand/Vintage store",
            how="Keeps each value with the time at which it became known.",
        ),
        UsedBy(
            "entity-resolution/operations/Source gates",
            how="Stops a source whose volume or nulls jump, before it merges records.",
        ),
    ],
    sources=bibliography("""
        N. Polyzotis, S. Roy, S. E. Whang, M. Zinkevich, "Data Management Challenges in Production Machine Learning", SIGMOD 2017
            https://doi.org/10.1145/3035918.3054782 understanding, validating, cleaning and enriching training data
        E. Breck, N. Polyzotis, S. Roy, S. E. Whang, M. Zinkevich, "Data Validation for Machine Learning", MLSys 2019
            https://mlsys.org/Conferences/2019/doc/2019/167.pdf a schema for data, checked before training
        S. Schelter et al., "Automating Large-Scale Data Quality Verification", PVLDB 2018
            https://doi.org/10.14778/3229863.3229867 constraints as unit tests for data
        M. Armbrust et al., "Delta Lake: High-Performance ACID Table Storage over Cloud Object Stores", PVLDB 2020
            https://doi.org/10.14778/3415478.3415560 a transaction log on object storage
        Apache Iceberg, "Configuration", Iceberg documentation 2025
            https://iceberg.apache.org/docs/latest/configuration/ the default size of a file, branches and tags
        Confluent, "Schema Evolution and Compatibility", Schema Registry documentation 2025
            https://docs.confluent.io/platform/current/schema-registry/fundamentals/schema-evolution.html what each mode allows, and who upgrades first
        Debezium, "Outbox Event Router", Debezium documentation 2025
            https://debezium.io/documentation/reference/stable/transformations/outbox-event-router.html the outbox instead of dual writes
        T. Akidau et al., "The Dataflow Model", PVLDB 2015
            https://doi.org/10.14778/2824032.2824076 event time, windows, watermarks and late data
        A. Ratner et al., "Snorkel: Rapid Training Data Creation with Weak Supervision", PVLDB 2017
            https://arxiv.org/abs/1711.10160 labelling functions and the model that weighs them
        J. Cohen, "A Coefficient of Agreement for Nominal Scales", Educational and Psychological Measurement 1960
            https://doi.org/10.1177/001316446002000104 kappa
        A. R. Feinstein, D. V. Cicchetti, "High agreement but low kappa: the problems of two paradoxes", Journal of Clinical Epidemiology 1990
            https://doi.org/10.1016/0895-4356(90)90158-L why kappa falls with rare positives
    """),
)


@view("Collection")
def collection() -> None:
    """Two ways in, events and row changes, pass the same contract on their way into one log that can be replayed."""
    with Cluster("Sources"):
        apps = Mobile("Client apps", tooltip="Events with id and event time, batched, sent again until acknowledged")
        service = Pod("Order service", tooltip="Writes its change and an outbox row in one transaction")
        database = Postgresql(
            "OLTP databases", tooltip="Tables, and an outbox table whose rows are the published events"
        )
    with Cluster("Intake"):
        collector = Go("Collector", tooltip="Validates, adds the arrival time, acknowledges once the log has it")
        cdc = Kafka(
            "CDC connector\nKafka Connect",
            tooltip="Debezium: reads the write-ahead log; at least once, so readers deduplicate",
        )
        registry = Catalogue(
            "Schema registry", tooltip="Contracts by topic; refuses what the compatibility mode forbids"
        )
        log = Kafka(
            "Event log\nKafka", tooltip="Ordered by entity, {log_days} of replay, {log_copies} copies: {log_bytes}"
        )
        dead = Kafka("Dead-letter topic\nKafka", tooltip="Bad events with the reason; counted by producer")
    with Cluster("Respond"):
        producer = Users("Producing team", tooltip="Owns the contract, is told of its dead letters, fixes or maps them")
        repair = Flink(
            "Dead-letter repair", tooltip="Applies the fix, then sends events through the collector like any other"
        )
    bronze = S3("Bronze tables", tooltip="Append-only, as they arrived; what every rebuild starts from")

    apps >> stream("{mean_rate}, batched") >> collector >> request("schema id") >> registry
    service >> request("change and outbox row") >> database >> stream("write-ahead log") >> cdc
    cdc >> request("register, check") >> registry
    collector >> stream("valid events") >> log
    cdc >> stream("outbox events") >> log
    collector >> stream("invalid, why") >> dead >> feedback("counts, samples") >> producer
    producer >> control("mapping or fix") >> repair
    dead >> batch("failed events") >> repair >> stream("checked again") >> collector
    producer >> control("new schema version") >> registry
    log >> stream("files every {commit}") >> bronze


@view("Labels")
def labels() -> None:
    """Four sources of labels meet in one store, each with its definition, its window and the chance with which it was chosen."""
    with Cluster("Traffic"):
        served = Kafka(
            "Serving log\nKafka", tooltip="What was shown, with features and version: the left side of every join"
        )
        actions = Kafka("User actions\nKafka", tooltip="Clicks, orders, reports, survey answers")
        unlabelled = S3("Unlabelled pool", tooltip="Items seen in production, deduplicated")
    with Cluster("Implicit"):
        join = LabelJoin(
            "Label join", tooltip="Outcomes within 7 days of the impression; before that a row is not ripe"
        )
    with Cluster("By people"):
        selector = Experiment(
            "Selector", tooltip="Random fifth, uncertain and diverse items, weak slices; keeps the probability"
        )
        annotators = Users(
            "Annotators\n{people} people",
            tooltip="{votes} votes an item by a written guideline, with hidden gold items",
        )
        adjudicator = User("Adjudicator", tooltip="Expert who decides disagreements, and amends the guideline")
        guideline = Document("Guideline", tooltip="Definitions, hard cases, 50 gold items; a version in every label")
    with Cluster("By programs"):
        functions = Python("Labelling functions", tooltip="Patterns, lists, old models: each may abstain")
        judge = Labeller("LLM judge", tooltip="Reads the same guideline; a sample is audited by people every week")
        label_model = Assembler(
            "Label model", tooltip="Weighs functions by accuracy and correlation: probabilistic labels"
        )
    store = S3("Label store", tooltip="Item, label, source, confidence, guideline version, chance of selection")
    trainer = Action(
        "Model training", tooltip="Joins labels by id; weights by confidence and by the chance of selection"
    )

    served >> stream("impressions") >> join
    actions >> feedback("within 7 days") >> join >> batch("ripe rows") >> store
    served >> batch("items, scores") >> unlabelled >> batch("candidates") >> selector
    selector >> batch("{labels:n} a week") >> annotators >> batch("agreed votes") >> store
    annotators >> batch("disagreements") >> adjudicator >> batch("final label") >> store
    adjudicator >> feedback("hard cases") >> guideline
    guideline >> control("rules, gold") >> [annotators, judge]
    unlabelled >> batch("all items") >> functions >> batch("votes, abstains") >> label_model
    unlabelled >> batch("sample") >> judge >> batch("graded items") >> label_model
    label_model >> batch("probabilities") >> store >> batch("versioned labels") >> trainer
    trainer >> feedback("confusions") >> selector


@view("Storage")
def storage() -> None:
    """Bronze, silver, gold on object storage under one catalogue: files never change, and commits decide what a table is."""
    log = Kafka("Event log\nKafka", tooltip="{events:n} events a day, {daily} in one copy")
    with Cluster("Tables"):
        bronze = S3("Bronze tables", tooltip="As arrived; erasure rewrites files here first")
        silver = S3("Silver tables", tooltip="Deduplicated, conformed, history with validity times")
        gold = S3("Gold tables", tooltip="Features, labels and metrics, each with an owner and a contract")
        cold = Storage("Cold tier", tooltip="Old raw partitions, erased by key; hours to read, a fraction of the price")
    catalogue = Catalogue(
        "Table catalogue\nIceberg", tooltip="Atomic commits, snapshots, branches, tags, schema evolution"
    )
    with Cluster("Jobs"):
        merge = Spark("Merge job\nSpark", tooltip="By key and event id, so that a replay changes nothing")
        models = Spark("Gold models\nSpark", tooltip="SQL with tests and owners; rebuilt from silver at any time")
        compaction = Spark(
            "Compaction\nSpark", tooltip="{small_files:n} files a day become {compacted:n}; expires snapshots"
        )
    analysts = Trino("SQL engine\nTrino", tooltip="Interactive queries on the same files")
    online = FeatureStore("Online feature store", tooltip="Loaded from gold, newest value by entity")
    training = Action("Model training", tooltip="Reads a tag: the same rows next year")

    log >> stream("{small_files:n} files/day") >> bronze >> batch("new files") >> merge >> batch("merge") >> silver
    silver >> batch("conformed rows") >> models >> batch("overwrite partition") >> gold
    [merge, models] >> control("commit") >> catalogue
    catalogue >> control("small files") >> compaction >> batch("{compacted:n} files/day") >> bronze
    bronze >> batch("after {kept_days}") >> cold
    analysts >> request("which files") >> catalogue
    analysts >> request("SQL") >> gold
    gold >> batch("bulk load") >> online
    gold >> batch("rows of a tag") >> training


@view("Write, audit, publish")
def publishing() -> None:
    """A job writes to a branch that nobody reads; only checked data moves the pointer, and every training set is a tag."""
    with Cluster("Write"):
        job = Spark("Producing job\nSpark", tooltip="Idempotent by partition: may run again at any time")
        branch = S3("Audit branch", tooltip="New snapshot of the table, invisible to readers")
    with Cluster("Audit"):
        constraints = Inspection(
            "Constraint checks", tooltip="Volume, nulls, ranges, keys, references: hard limits of the contract"
        )
        anomalies = Monitor("Anomaly checks", tooltip="Bounds learnt from each metric's history, by weekday")
        gate = Gate("Quality gate", tooltip="All critical checks pass, or readers keep the previous snapshot")
    with Cluster("Publish"):
        table = S3("Published table", tooltip="What features and training read: main, moved by fast-forward")
        tag = Catalogue(
            "Snapshot tag", tooltip="Named and kept as long as the model that used it, minus erased subjects"
        )
        readers = MultipleDocuments("Training-set definitions", tooltip="A tag and a query: a definition, and no copy")
    with Cluster("Respond"):
        page = Pagerduty("On-call alerts", tooltip="Tier-one tables only, with rows and lineage")
        owner = Users("Dataset owners", tooltip="Fix the source or the job; may widen a limit, in review")
        replay = Airflow("Replay\nAirflow", tooltip="Runs the window again after the fix")

    with step("The job writes a new snapshot to a branch; readers do not see it."):
        job >> batch("new snapshot") >> branch
    with step("Hard limits and learnt bounds are checked on the branch."):
        branch >> batch("rows, profile") >> constraints >> control("hard failures") >> gate
        branch >> batch("profile") >> anomalies >> control("scores") >> gate
    with step("If all is well the published table moves to the snapshot, and training tags what it reads."):
        (
            gate
            >> control("fast-forward")
            >> table
            >> control("name and keep")
            >> tag
            >> batch("rows of the tag")
            >> readers
        )
    with step("If not, readers stay on the previous snapshot, and the owner is told what failed."):
        gate >> control("blocked") >> page >> control("failing rows, lineage") >> owner
    with step("After the fix the window is run again; because writes are idempotent, nothing doubles."):
        owner >> control("fix merged") >> replay >> control("run the window") >> job
        owner >> control("new limit, reviewed") >> constraints
