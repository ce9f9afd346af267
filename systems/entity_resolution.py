"""Decide which of a billion records are the same person or company; answer for an unseen one in 200 ms.

Hundreds of sources share no key. Comparing all pairs is quadratic and true matches are a vanishing part of them, so
recall is lost in blocking before any model runs. Decisions on pairs must add up to consistent clusters: one false link
merges two people, and billing, compliance or care must be able to see why, and to undo it.

The answer is block, match, cluster: in batch for truth, online for freshness, with the same features and models, and
with clusters that are versions over records that are never overwritten.
"""

from diagrams import Cluster
from diagrams.aws.storage import S3
from diagrams.onprem.analytics import Dbt, Flink, Spark
from diagrams.onprem.client import Client, Users
from diagrams.onprem.database import Postgresql, Scylla
from diagrams.onprem.inmemory import Redis
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.monitoring import Grafana, Prometheus
from diagrams.onprem.network import Envoy, Etcd
from diagrams.onprem.queue import Kafka
from diagrams.onprem.workflow import Airflow, Kubeflow
from diagrams.programming.flowchart import Decision as Choice
from diagrams.programming.flowchart import Inspection, Preparation
from diagrams.programming.framework import React
from diagrams.programming.language import Go, Rust
from diagrams.saas.alerting import Pagerduty

from archfolio import (
    COMMON_BLOCKS,
    RESPONSIBILITY_BLOCKS,
    Budget,
    Calibrator,
    Decision,
    Encoder,
    Estimate,
    FailureMode,
    Gate,
    GraphStore,
    Metrics,
    ModelServer,
    Planner,
    Ranker,
    Requirements,
    ReviewQueue,
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
    records=assume("Records", 1e9, "record"),
    feeds=assume("Sources", 200, "source"),
    entities=assume("Entities", 300e6, "entity"),
    entity_size=derive("Records per entity", "records / entities", "record/entity"),
    itself=assume("The record itself", 1, "record"),
    home=assume("The entity of a record", 1, "entity"),
    meetings=assume("Pairs per record and partner", 0.5, "pair/record**2", note="each is met from both sides"),
    all_pairs=derive("All pairs, without blocking", "records * (records - itself) * meetings", "pair"),
    true_pairs=derive("True pairs at equal sizes", "records * (entity_size * home - itself) * meetings", "pair"),
    partners=assume("Candidate partners of a record", 40, "record", note="after pruning of blocks"),
    pairs=derive("Candidate pairs in a full run", "records * partners * meetings", "pair"),
    compared=derive("Share of all pairs compared", "pairs / all_pairs", "percent"),
    match_time=assume("Time for matching in a full run", 2, "hour"),
    pair_speed=assume("Pair features and trees", 20e3, "pair/s/core"),
    batch_cores=derive("Cores for all pairs", "ceil(pairs / (pair_speed * match_time))", "core"),
    grey=assume("Pairs too uncertain for the trees", 2, "percent"),
    grey_pairs=derive("Uncertain pairs in a full run", "pairs * grey", "pair"),
    cross_speed=assume("Cross-encoder speed", 2_000, "pair/s/GPU"),
    batch_gpus=derive("GPUs for uncertain pairs", "ceil(grey_pairs / (cross_speed * match_time))", "GPU"),
    keys=assume("Blocking keys stored per record", 6, "key/record"),
    key_bytes=assume("Bytes per key", 24, "byte/key"),
    key_index=derive("Blocking index", "records * keys * key_bytes", "byte"),
    code_bytes=assume("Product-quantised code", 64, "byte/record"),
    id_bytes=assume("Record id beside each code", 8, "byte/record"),
    vectors=derive("Embedding index", "records * (code_bytes + id_bytes)", "byte", note="4 shards"),
    record_bytes=assume("Canonical record", 2e3, "byte/record"),
    record_store=derive("Record store", "records * record_bytes", "byte", note="before replication"),
    links=assume("Match edges kept per record", 3, "edge/record"),
    link_bytes=assume("Bytes per match edge", 40, "byte/edge", note="with score and reason"),
    link_store=derive("Match-edge store", "records * links * link_bytes", "byte"),
    changed=assume("New or changed records", 20e6, "record/day"),
    mean_rate=derive("Average change rate", "changed", "record/s"),
    peak_factor=assume("Peak over average", 5, note="sources upload in batches"),
    peak_rate=derive("Peak change rate", "mean_rate * peak_factor", "record/s"),
    load=assume("Load at which hosts are run", 60, "percent"),
    candidates=assume("Candidates of an online record", 100, "pair/record", note="a wider search than in batch"),
    online_pairs=derive("Online pairs at peak", "peak_rate * candidates", "pair/s"),
    online_cores=derive("Online feature cores", "ceil(online_pairs / (pair_speed * load))", "core"),
    resolve_rate=assume("Resolve API at peak", 3_000, "record/s"),
    resolve_cores=derive("Resolve API cores", "ceil(resolve_rate * candidates / (pair_speed * load))", "core"),
    grey_mean=derive("Uncertain pairs per online record", "candidates * grey", "pair/record"),
    grey_rate=derive("Uncertain pairs at peak, both streams", "(peak_rate + resolve_rate) * grey_mean", "pair/s"),
    online_gpus=derive("Online GPUs", "ceil(grey_rate / (cross_speed * load))", "GPU", note="and one spare"),
    tasks=assume("Review tasks", 5_000, "task/day"),
    review_speed=assume("Review speed", 60, "task/hour/reviewer"),
    shift=assume("Review hours", 6, "hour/day"),
    reviewers=derive("Reviewers", "ceil(tasks / (review_speed * shift))", "reviewer"),
)

SYSTEM = System(
    title="Entity resolution",
    family="end-to-end",
    position=15,
    tags=Tags(
        task=["matching"],
        pattern=["cascade", "embedding retrieval", "graph features", "rules and model", "human in the loop"],
        data=["tabular", "text", "graph"],
    ),
    requirements=Requirements(
        functional=[
            "Resolve the whole corpus in batch, each change incrementally, and answer: which entity is this?",
            "Stable ids with merge and split events, lineage to records, scores and rules, links made by people kept.",
            "A golden record with the source of every field; deletion and do-not-link are honoured.",
            "People review uncertain pairs and large or risky clusters, and so feed active learning.",
        ],
        qualities={
            "Quality": "Pairwise precision of 99.5 % at 95 % recall, by source pair and group (assumptions).",
            "Latency": "p99 of 200 ms at the resolve API (assumption).",
            "Freshness": "A change is in its entity within 5 s at p99; a full run takes 6 h, weekly (assumptions).",
            "Availability": "99.9 % (assumption). Without matching, exact keys answer and the rest is provisional.",
        },
    ),
    estimate=ESTIMATE,
    headline=["resolve_rate", "peak_rate", "records", "pairs"],
    budget=Budget(
        "p99 at the resolve API, for an unseen record",
        promise=200,
        stages={
            "Gateway, auth, tenant policy": 10,
            "Normalise: names, address, phone, dates": 20,
            "Blocking keys and record embedding": 20,
            "Candidate look-up: keys and vectors in parallel": 30,
            "Fetch of {candidates} candidate records": 20,
            "Pair features": 15,
            "Tree matcher on {candidates} pairs": 10,
            "Cross-encoder on at most 8 uncertain pairs": 35,
            "Cluster decision under constraints": 15,
            "Write of assignment and event": 15,
            "Network slack": 10,
        },
    ),
    decisions=[
        Decision(
            "Several keys and embedding neighbours, pruned",
            rejected=["one strict key"],
            revisit_when="a reliable identifier exists",
        ),
        Decision(
            "Trees, then a cross-encoder on the grey {grey}",
            rejected=["an LLM on every pair"],
            revisit_when="data are few, mostly text",
        ),
        Decision(
            "Fellegi-Sunter first, supervised later",
            rejected=["Fellegi-Sunter alone"],
            revisit_when="labels are scarce or auditors want weights explained",
        ),
        Decision(
            "Correlation clustering of large groups",
            rejected=["components alone"],
            revisit_when="data are clean, precision extreme",
        ),
        Decision(
            "Incremental, with a weekly recompute", rejected=["incremental only"], revisit_when="ids must never change"
        ),
        Decision(
            "Reversible clusters",
            rejected=["destructive merges"],
            revisit_when="storage is the limit, or the law is simple",
        ),
    ],
    failures=[
        FailureMode(
            "A phone chains thousands", "Cluster growth, conflicting facts", "Freeze, purge the key, re-cluster"
        ),
        FailureMode(
            "A source changes its format", "Nulls, no-match rate by feed", "Quarantine, fix the parser, replay"
        ),
        FailureMode(
            "A giant block stalls the run", "Block sizes, stragglers", "Cap, sub-keys, salt; report lost recall"
        ),
        FailureMode(
            "Online and batch disagree", "Weekly agreement under 98 %", "Check versions, re-cluster those parts"
        ),
        FailureMode("Two records make one entity twice", "Duplicate singletons", "Retry afresh, sweep each minute"),
        FailureMode("Some naming customs fare worse", "Slices of the sample", "Thresholds by group, labels, review"),
    ],
    metrics=Metrics(
        offline=[
            "Pair completeness and reduction ratio of blocking",
            "Precision and recall weighted to true prevalence, B-cubed",
            "Cluster sizes, calibration by source pair",
        ],
        online=[
            "Agreement with the weekly run",
            "Time from change to entity",
            "No-match rate, overturned links, exact-key share",
        ],
        guardrail=[
            "False merges per million entities",
            "Growth of the largest cluster, id churn",
            "Error ratio between groups, p99, review backlog",
        ],
    ),
    building_blocks=["feature-engineering", "embeddings-retrieval", *RESPONSIBILITY_BLOCKS, *COMMON_BLOCKS],
    sources=bibliography("""
        I. Fellegi, A. Sunter, "A Theory for Record Linkage", Journal of the American Statistical Association 1969
            https://doi.org/10.1080/01621459.1969.10501049 match weights, two thresholds, clerical review
        G. Papadakis et al., "Blocking and Filtering Techniques for Entity Resolution: A Survey", ACM Computing Surveys 2020
            https://doi.org/10.1145/3377455 purging, meta-blocking, pair completeness
        V. Christophides et al., "An Overview of End-to-End Entity Resolution for Big Data", ACM Computing Surveys 2020
            https://doi.org/10.1145/3418896 the order of blocking, matching and clustering
        Y. Li et al. (Megagon Labs), "Deep Entity Matching with Pre-Trained Language Models", PVLDB 2020
            https://arxiv.org/abs/2004.00584 the cross-encoder on serialised records
        A. Gruenheid, X. L. Dong, D. Srivastava, "Incremental Record Linkage", PVLDB 2014
            https://doi.org/10.14778/2732939.2732943 merge, split and move on updates
        N. Bansal, A. Blum, S. Chawla, "Correlation Clustering", Machine Learning 2004
            https://doi.org/10.1023/B:MACH.0000033116.57574.95 clusters from agreeing and disagreeing edges
        UK Ministry of Justice, "Splink", project documentation 2025
            https://moj-analytical-services.github.io/splink/
            probabilistic linkage: a million records on a laptop in about a minute
        P. Konda et al. (Wisconsin), "Magellan: Toward Building Entity Matching Management Systems", PVLDB 2016
            https://doi.org/10.14778/2994509.2994535 the workflow from blocking to a debugged matcher
        R. Peeters, A. Steiner, C. Bizer (Mannheim), "Entity Matching using Large Language Models", EDBT 2025
            https://doi.org/10.48786/edbt.2025.42 language models as matchers
    """),
)


@view("Overview")
def overview() -> None:
    """Records become entities by block, match and cluster: in batch for truth, online for freshness."""
    with Cluster("Sources"):
        feeds = Postgresql("Source systems", tooltip="{feeds} feeds: CRM, registries, partners, each with its errors")
    with Cluster("Resolve"):
        standardising = Spark("Standardising job\nSpark", tooltip="Names, addresses, phones as comparable fields")
        blocking = Spark("Blocking\nSpark", tooltip="{partners} plausible partners per record, not a billion")
        matcher = Ranker("Pair matcher", tooltip="A calibrated chance per pair, the cheap model first")
        clustering = GraphStore("Clustering", tooltip="Pair scores to consistent entities, under constraints")
        resolver = Flink("Incremental resolver\nFlink", tooltip="Places each change in today's clusters within 5 s")
    with Cluster("Serve"):
        store = Scylla("Entity store\nScylla", tooltip="Stable ids, lineage, golden records")
        api = Go("Resolve API", tooltip="Matches a record at query time")
        consumers = Users("Consumers", tooltip="Compliance, marketing, search, analytics")
    with Cluster("Improve"):
        stewards = Users("Data stewards", tooltip="Decide uncertain pairs, undo errors")
        training = Kubeflow("Training pipeline", tooltip="Active learning and calibration of the matcher")
        registry = Mlflow("Model registry", tooltip="Matcher, thresholds, blocking rules as one version")

    feeds >> batch("weekly, in full") >> standardising >> batch("{records:n} records") >> blocking
    blocking >> batch("{pairs:n} pairs") >> matcher >> batch("scored edges") >> clustering
    clustering >> batch("{entities:n} entities") >> store >> stream("merge, split\nevents") >> consumers
    feeds >> stream("changes, CDC") >> resolver >> stream("assign, 5 s") >> store
    consumers >> request("record query") >> api >> request("candidates") >> store
    matcher >> batch("uncertain pairs") >> stewards >> feedback("labels") >> training
    stewards >> control("link, unlink") >> store
    training >> control("gated model") >> registry >> control("release") >> matcher
    registry >> control("same version") >> resolver


@view("Serving")
def serving() -> None:
    """One unseen record to an entity id in 200 ms: batch's features and model, a wider search, a careful write."""
    caller = Client("Calling application", tooltip="Sends a partial record, asks to find or to create")
    with Cluster("Edge"):
        gateway = Envoy("API gateway", tooltip="Authentication, tenant scope, purpose of use")
        exact = Redis("Exact-key cache\nRedis", tooltip="Trusted identifiers; also the fallback path")
    with Cluster("Prepare"):
        standardiser = Rust("Standardiser", tooltip="The library of the batch job, in the same version")
        keys = Encoder("Key generator", tooltip="Phonetic, n-gram, phone, email, geo-cell keys")
        encoder = Encoder("Record encoder", tooltip="128-d vector for what keys miss: aliases, translations")
    with Cluster("Candidates"):
        blocks = Scylla("Blocking index\nScylla", tooltip="Key to record ids; huge keys have a cap and sub-keys")
        vectors = VectorIndex("Vector index\nIVF-PQ", tooltip="50 nearest among {records} records")
        records = Scylla("Record store\nScylla", tooltip="Canonical records, {candidates} in one multi-get")
    with Cluster("Match"):
        features = Rust("Pair features", tooltip="Edit distances, rare values, gaps of date and place")
        trees = Ranker("Tree matcher", tooltip="Calibrated boosted trees, decide all but {grey} of pairs")
        cross = Ranker("Cross-encoder\nGPU", tooltip="Reads both records as text, the most uncertain first")
    with Cluster("Decide"):
        decision = Choice("Cluster decision", tooltip="Mean link to the cluster, cannot-link rules, or a singleton")
        store = Scylla("Entity store\nScylla", tooltip="Compare-and-set on the cluster version, keeps lineage")
        events = Kafka("Entity events\nKafka", tooltip="Assigned, merged, split, with old and new ids")

    with step("A record with a trusted identifier is answered from the cache in about 15 ms, unmatched."):
        caller >> request("partial record") >> gateway >> request("trusted id") >> exact
        exact >> request("hit, 15 ms") >> caller
    with step("Otherwise names, address and phone are parsed by the batch job's own library, in 20 ms."):
        gateway >> request("no exact hit") >> standardiser
    with step("6 to 20 blocking keys fetch up to 80 record ids; keys with huge blocks use finer sub-keys."):
        standardiser >> request("clean fields") >> keys >> request("6 to 20\nkeys") >> blocks
    with step("At the same time a 128-d vector finds up to 50 neighbours: aliases and other scripts."):
        standardiser >> request("serialised record") >> encoder >> request("128-d vector") >> vectors
    with step("The union is cut to {candidates} records of {record_bytes}; their pair features take 15 ms."):
        blocks >> request("up to 80\nids") >> records
        vectors >> request("up to 50\nids") >> records >> request("{candidates} records") >> features
    with step("Trees decide most pairs; at most 8, {grey_mean} on average, go to the cross-encoder for 35 ms."):
        features >> request("{candidates} vectors") >> trees >> request("at most 8") >> cross
    with step("A record joins a cluster if its mean link is high and no rule objects, else it stays single."):
        trees >> request("clear scores") >> decision
        cross >> request("re-scored pairs") >> decision
    with step("The assignment is a compare-and-set on the cluster version; the answer leaves within 200 ms."):
        decision >> request("compare-and-set") >> store
        decision >> request("entity id,\nconfidence") >> caller
    with step("The event updates indexes, records and cache: within seconds the next record can match this."):
        store >> stream("lineage event") >> events >> stream("new keys") >> blocks
        events >> stream("new vector") >> vectors
        events >> stream("canonical record") >> records
        events >> stream("trusted ids") >> exact


@view("Batch")
def batch_() -> None:
    """The weekly truth run: {pairs} candidate pairs become {entities} entities in 6 h, with stable ids at the end."""
    with Cluster("Prepare"):
        snapshots = S3("Source snapshots", tooltip="Immutable extracts with source and valid time")
        profiling = Spark("Standardising job\nSpark", tooltip="Placeholders nulled, rare-value tables made")
    with Cluster("Block"):
        keys = Spark("Multi-key blocking\nSpark", tooltip="{keys} keys per record; their union raises recall")
        neighbours = VectorIndex("Embedding neighbours", tooltip="Nearest neighbours of records with poor keys")
        pruning = Spark("Purging, meta-blocking\nSpark", tooltip="Drops giant blocks and pairs that seldom meet")
    with Cluster("Match"):
        features = Spark("Pair feature job\nSpark", tooltip="Salted, so that the John Smith blocks do not stall")
        trees = Ranker("Tree matcher", tooltip="Scores all pairs; two thresholds leave {grey} grey")
        cross = Ranker("Cross-encoder\n{batch_gpus} GPUs", tooltip="Transformer on grey pairs, full for {match_time}")
    with Cluster("Cluster"):
        constraints = Postgresql("Constraints", tooltip="Steward links, unlinks and must-differ rules")
        components = Spark("Connected components\nSpark", tooltip="Sure links; small ones without conflict are final")
        correlation = GraphStore("Correlation clustering", tooltip="Re-splits large or conflicting components")
    with Cluster("Publish"):
        ids = Spark("Id assignment\nSpark", tooltip="New clusters to old ones by overlap, so that ids survive")
        golden = Dbt("Golden record\ndbt", tooltip="Fields by trust in the source, recency, agreement")
        gate = Choice("Diff gate", tooltip="Stops a release when merges, splits or giants jump")
        store = Scylla("Entity store\nScylla", tooltip="Takes the release as a version; gives the previous one")

    snapshots >> batch("{record_store}") >> profiling >> batch("clean records") >> keys
    keys >> batch("raw blocks") >> pruning
    profiling >> batch("record vectors") >> neighbours >> batch("neighbour pairs") >> pruning
    pruning >> batch("{pairs:n} pairs") >> features >> batch("feature rows") >> trees
    trees >> batch("{grey_pairs:n} grey") >> cross >> batch("resolved links") >> components
    trees >> batch("sure links") >> components >> batch("large or\nconflicting") >> correlation
    constraints >> control("must, cannot") >> components >> batch("small clusters") >> ids
    constraints >> control("must, cannot") >> correlation >> batch("clusters") >> ids
    store >> batch("previous clusters") >> ids >> batch("stable ids") >> golden
    golden >> batch("candidate release") >> gate >> control("version switch") >> store
    golden >> batch("{entities:n} entities") >> store


@view("Review")
def review() -> None:
    """People where they matter most: pairs by impact, risky clusters, undo that propagates, unbiased labels."""
    with Cluster("Select"):
        pairs = Kafka("Uncertain pairs\nKafka", tooltip="Scores between the thresholds, batch and online")
        clusters = Spark("Risky clusters\nSpark", tooltip="Large, bridged, or with many conflicting birth dates")
        prioritiser = Planner("Prioritiser", tooltip="Uncertainty times records affected times risk class")
        sample = Preparation("Random sample", tooltip="Stratified by score and source, for unbiased metrics")
    with Cluster("Review"):
        queue = ReviewQueue("Review queue", tooltip="{tasks:n} tasks a day, with leases and time limits")
        stewards = Users("Data stewards", tooltip="Match, no match, cannot tell; 10 % graded twice")
        console = React("Review console", tooltip="Fields side by side, evidence, sensitive data masked")
        assistant = ModelServer("Explain assistant\nLLM", tooltip="Sums up evidence; never decides alone")
    with Cluster("Apply"):
        ledger = Postgresql("Decision ledger\nPostgreSQL", tooltip="Who, why, when; yields must-link and cannot-link")
        merger = Go("Merge-split service", tooltip="Re-clusters the component; the larger part keeps the id")
        store = Scylla("Entity store\nScylla", tooltip="Each decision is a new version, never an overwrite")
        events = Kafka("Entity events\nKafka", tooltip="Merges and splits for consumers to replay")
        labels = S3("Label store", tooltip="Labels with the probability of their selection")

    pairs >> stream("grey pairs") >> prioritiser >> stream("ranked tasks") >> queue
    clusters >> batch("clusters") >> prioritiser
    sample >> batch("500 a day") >> queue
    stewards >> request("verdict") >> console >> request("lease") >> queue
    console >> request("sum up evidence") >> assistant
    console >> request("decision") >> ledger >> control("link, unlink") >> merger >> request("new version") >> store
    ledger >> batch("label, propensity") >> labels
    store >> stream("merge, split") >> events


@view("Training")
def training() -> None:
    """From few labels to a calibrated matcher, and a blocking scheme whose lost recall is measured."""
    with Cluster("Data"):
        fellegi = Trainer("Fellegi-Sunter EM", tooltip="Agreement weights by EM: a start before labels exist")
        learner = Planner("Active learner", tooltip="Disagreement of a committee picks the next pairs")
        queue = ReviewQueue("Review queue", tooltip="What the learner asks for, beside a random audit")
        labels = S3("Label store", tooltip="Steward labels with selection probability")
        weak = Spark("Weak labels\nSpark", tooltip="Pairs with a verified id, which features then may not use")
        split = Spark("Entity-level split\nSpark", tooltip="Train and test share no entity nor near neighbour")
    with Cluster("Training"):
        trees = Trainer("Tree matcher trainer", tooltip="Boosted trees on pair features, monotone where sensible")
        cross = Trainer("Cross-encoder trainer", tooltip="Language model with field dropout, hard negatives")
        encoder = Trainer("Encoder trainer", tooltip="Contrastive record embedding, for blocking")
        calibration = Calibrator("Calibrator\nfit", tooltip="Isotonic by source pair, weighted to true prevalence")
    with Cluster("Release"):
        recall = Inspection("Blocking recall estimate", tooltip="Against a brute-force scan of sampled records")
        gate = Choice("Offline gate", tooltip="Pairwise, B-cubed and giant-cluster checks after clustering")
        slices = Inspection("Group slices", tooltip="Error by script, naming custom, region, data richness")
        registry = Mlflow("Model registry", tooltip="Standardiser, keys, models, thresholds in one version")
        shadow = Spark("Shadow run\nSpark", tooltip="Full recompute of a closed 1 % sample; stewards read the diff")

    fellegi >> batch("prior scores") >> learner >> batch("pairs to label") >> queue
    queue >> feedback("verdicts") >> labels >> batch("labels") >> split
    weak >> batch("weak pairs") >> split >> batch("held-out entities") >> gate
    split >> batch("pairs, weights") >> trees >> batch("committee") >> learner
    trees >> batch("raw scores") >> calibration >> batch("calibrated edges") >> gate
    split >> batch("hard pairs") >> cross >> batch("raw scores") >> calibration
    split >> batch("positive pairs") >> encoder >> batch("neighbours") >> recall >> batch("recall bound") >> gate
    gate >> control("passed") >> slices >> control("slices hold") >> registry >> control("version") >> shadow
    shadow >> batch("changed clusters") >> queue


@view("Operations")
def operations() -> None:
    """Watching links after they are made: drift, over-merging, online against batch, reversible releases."""
    with Cluster("Serving"):
        resolver = Flink("Incremental resolver\nFlink", tooltip="Emits lag, score histogram, new-singleton rate")
        api = Go("Resolve API", tooltip="Emits latency, candidate counts, no-match rate")
        exact = Redis("Exact-key cache\nRedis", tooltip="Fallback: trusted ids only, the rest is provisional")
    with Cluster("Observe"):
        gates = Gate("Source gates", tooltip="Nulls, formats, values by feed, before records enter")
        metrics = Prometheus("Metrics\nPrometheus", tooltip="Latency, lag, errors, block-size tails")
        sentinel = Spark("Cluster sentinel\nSpark", tooltip="Largest clusters, growth, bridges, merges to splits")
        agreement = Spark("Online-batch agreement\nSpark", tooltip="Assignments that the weekly run confirms")
        dashboards = Grafana("Dashboards\nGrafana", tooltip="Quality by source pair, latency, review backlog")
        alerts = Pagerduty("On-call alerts", tooltip="Over-merge, lag over 60 s, a failed gate")
    with Cluster("Act"):
        quarantine = S3("Quarantine", tooltip="Holds records of a failing feed, replays them after the fix")
        recompute = Airflow("Recompute trigger", tooltip="Weekly in full, earlier for components in doubt")
        release = Users("Release review", tooltip="Stewards and consumers approve the diff")
        pointer = Etcd("Version pointer\netcd", tooltip="Flips entities and matcher, and back again; ids stay valid")

    gates >> control("failed feed") >> quarantine >> batch("replay") >> gates
    gates >> stream("clean records") >> resolver >> stream("lag, scores") >> metrics >> stream("series") >> dashboards
    api >> stream("latency") >> metrics >> control("SLO burn") >> alerts
    resolver >> batch("new edges") >> sentinel >> control("over-merge") >> alerts
    resolver >> batch("assignments") >> agreement >> batch("agreement") >> dashboards
    agreement >> control("below 98 %") >> recompute
    sentinel >> control("suspect\ncomponents") >> recompute >> batch("release diff") >> release
    release >> control("approve") >> pointer >> control("entity version") >> api
    pointer >> control("matcher version") >> resolver
    alerts >> control("revert") >> pointer
    alerts >> control("matcher down") >> exact
    api >> request("exact only") >> exact
