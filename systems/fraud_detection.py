"""Allow, challenge, hold or block a card payment while the shopper waits, within 100 ms.

About one payment in a thousand is fraud. The attacker adapts within hours, and blocking a good customer costs more than
most single frauds. The truth arrives weeks later as a dispute, and never for a payment that was blocked.

The standard answer is one calibrated probability and a policy that weighs it against money, in front of three slower
loops: features, analysts and labels. A small random share of would-be blocks goes through, because nothing else yields
labels where the model says no.
"""

from diagrams import Cluster
from diagrams.aws.storage import S3
from diagrams.generic.device import Mobile
from diagrams.onprem.analytics import Flink, Spark
from diagrams.onprem.client import Client, User, Users
from diagrams.onprem.database import Clickhouse, Janusgraph, Postgresql, Scylla
from diagrams.onprem.gitops import Argocd, Flagger
from diagrams.onprem.inmemory import Aerospike, Redis
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.monitoring import Grafana, Prometheus
from diagrams.onprem.network import Etcd, Internet, Kong
from diagrams.onprem.queue import Kafka
from diagrams.onprem.security import Vault
from diagrams.onprem.vcs import Git
from diagrams.onprem.workflow import Airflow, Kubeflow
from diagrams.programming.flowchart import Decision as Choice
from diagrams.programming.flowchart import Inspection, Preparation
from diagrams.programming.framework import React
from diagrams.programming.language import Java, Python, Rust
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
    Gate,
    GraphStore,
    InterviewRank,
    Metrics,
    ModelServer,
    Ranker,
    Requirements,
    RuleEngine,
    System,
    Tags,
    Trainer,
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
    payments=assume("Payments per day", 100e6, "payment/day"),
    tries=assume("Attempts per payment", 1.2, "attempt/payment", note="retries and card testing"),
    fraud_rate=cite("Share of payments that are fraud", 0.1, "percent", source="Stripe, about 1 in 1,000"),
    features=cite("Features per decision", 1_000, "number/attempt", source="Stripe, more than 1,000 characteristics"),
    mean_payment=assume("Mean payment", 50, "USD/payment"),
    attempts=derive("Attempts per day", "payments * tries", "attempt/day"),
    mean_rate=derive("Average attempt rate", "attempts", "attempt/s"),
    peak_factor=assume("Peak over average", 5, note="a sale day"),
    peak_rate=derive("Peak attempt rate", "mean_rate * peak_factor", "attempt/s"),
    fraud_value=derive("Fraud attempted per day", "payments * fraud_rate * mean_payment", "USD/day"),
    entities=assume("Entities held", 2.605e9, "entity", note="cards, devices, emails, addresses, IPs, merchants"),
    profile_bytes=assume("Profile of an entity", 400, "byte/entity"),
    copies=assume("Copies of the profile store", 3),
    profile_store=derive("Profile store", "entities * profile_bytes * copies", "byte"),
    keys=assume("Entities an attempt touches", 6, "entity/attempt"),
    windows=assume("Counter windows per entity", 5, "counter/entity"),
    increments=derive("Counter increments at peak", "peak_rate * keys * windows", "counter/s"),
    counter_bytes=assume("Bytes per counter", 8, "byte/counter"),
    graph_bytes=assume("Graph row of an entity", 128, "byte/entity"),
    row_bytes=derive("Bytes read per entity", "profile_bytes + windows * counter_bytes + graph_bytes", "byte/entity"),
    read_bytes=derive("Bytes read per attempt", "keys * row_bytes", "byte/attempt"),
    read_rate=derive("Store bytes read at peak", "peak_rate * read_bytes", "byte/s"),
    score_time=assume("CPU time per score", 4, "core*ms/attempt", note="load-test before buying"),
    busy=assume("Load at which cores are run", 50, "percent"),
    cores=derive("Inference cores at peak", "ceil(peak_rate * score_time / busy)", "core", note="in each of 3 zones"),
    record_bytes=assume("Decision record", 10e3, "byte/attempt"),
    log_volume=derive("Decision log per day", "attempts * record_bytes", "byte/day"),
    step_up_share=assume("Payments that are stepped up", 1, "percent"),
    step_ups=derive("Step-ups per day", "payments * step_up_share", "payment/day"),
    review_share=assume("Payments held for review", 0.02, "percent"),
    cases=derive("Review cases per day", "payments * review_share", "payment/day"),
    pace=assume("Cases an analyst decides", 120, "payment/analyst/day"),
    analysts=derive("Analysts on shift per day", "ceil(cases / pace)", "analyst"),
    history=assume("Training window", 180, "day"),
    good_kept=assume("Good attempts kept for training", 5, "percent"),
    rows=derive("Training rows", "history * attempts * (fraud_rate + (1 - fraud_rate) * good_kept)", "attempt"),
    number_bytes=assume("Bytes per feature", 4, "byte/number", note="fp32"),
    training_bytes=derive("Training table", "rows * features * number_bytes", "byte"),
    blocked=assume("Attempts blocked", 0.12, "percent"),
    block_precision=assume("Blocks that hit fraud", 60, "percent"),
    false_blocks=derive("Good attempts blocked, of all attempts", "blocked * (1 - block_precision)", "percent"),
    stopped=derive("Fraud stopped by blocks alone", "blocked * block_precision / fraud_rate", "percent"),
    released=assume("Would-be blocks let through at random", 1, "percent"),
    controls=derive("Control group per day", "attempts * blocked * released", "attempt/day"),
    cap=assume("Highest amount in the control group", 30, "USD/attempt"),
    control_cost=derive("Cost of the control group, at most", "controls * cap * block_precision", "USD/day"),
)

SYSTEM = System(
    title="Fraud detection",
    family="end-to-end",
    position=3,
    interview=InterviewRank(7, "asked at both"),
    tags=Tags(
        task=["classification", "detection"],
        pattern=["streaming features", "rules and model", "graph features", "human in the loop", "exploration"],
        data=["transactions", "events", "tabular", "graph"],
    ),
    requirements=Requirements(
        functional=[
            "Answer every authorisation attempt with allow, step-up (3-D Secure), review or block, and the reasons.",
            "Honour each merchant's rules and appetite for risk; give analysts case history and linked accounts.",
            "Replay any decision: inputs, versions of model and rules, thresholds, outcome.",
        ],
        qualities={
            "Latency": "p99 of 100 ms for the decision, p50 near 35 ms (assumptions; Stripe reports under 100 ms).",
            "Freshness": "Counters include the last attempt; features 2 s, graph 1 h, new rule 60 s (assumptions).",
            "Availability": "99.995 % of attempts get a decision, from the model or the fallback (assumption).",
            "Accuracy": "At most 0.1 % of good payments are blocked, the figure that Stripe reports.",
            "Privacy": "Card numbers never leave the tokenised zone (PCI DSS).",
        },
    ),
    estimate=ESTIMATE,
    headline=["peak_rate", "fraud_value", "entities", "false_blocks"],
    budget=Budget(
        "p99 of the decision",
        promise=100,
        stages={
            "Edge, merchant authentication": 6,
            "Tokenise, normalise, idempotency check": 8,
            "Allow and deny lists, hard limits": 4,
            "Feature reads in parallel: profiles 20, counters 10, local tables 8, graph 5": 20,
            "Feature assembly: ratios, crosses, defaults": 6,
            "Model inference on CPU": 15,
            "Calibration and reason codes": 6,
            "Policy and merchant rules": 8,
            "Durable decision write, acknowledged in 2 zones": 12,
            "Network hops and queueing slack": 15,
        },
    ),
    decisions=[
        Decision(
            "One DNN",
            rejected=["gradient-boosted trees"],
            revisit_when="rows are few, the team is small or reasons must be simple",
        ),
        Decision(
            "Calibrated probability, cost policy",
            rejected=["a fixed threshold"],
            revisit_when="merchants want it simple and stable",
        ),
        Decision(
            "Precomputed graph scores",
            rejected=["traversal at checkout"],
            revisit_when="seconds are available, as at account opening",
        ),
        Decision(
            "A random control group",
            rejected=["labels of allowed payments"],
            revisit_when="one loss is large (wires): review a sample",
        ),
        Decision(
            "Failing open under a limit, step-up above",
            rejected=["failing closed"],
            revisit_when="a transfer cannot be taken back",
        ),
        Decision(
            "Step-up for the middle band",
            rejected=["blocking"],
            revisit_when="abandoned challenges cost more than the fraud they save",
        ),
    ],
    failures=[
        FailureMode(
            "Card-testing burst", "Cards per device and BIN in 1 min", "Step up, limit rate, rule that expires"
        ),
        FailureMode(
            "Velocity store is down", "Default features over 1 %", "Mask them; scorecard above the amount limit"
        ),
        FailureMode(
            "Stream and batch disagree", "Hourly skew check", "Serve batch, stop releases, repair from the log"
        ),
        FailureMode(
            "Release blocks a good segment", "Block, appeal rate", "Roll back, free held payments, tell merchants"
        ),
        FailureMode(
            "Blocks hide fraud from labels", "Control group against review", "Re-weight with its rows, re-test"
        ),
        FailureMode(
            "Dispute feed late or doubled", "Counts against settlement files", "Freeze maturation, then backfill"
        ),
    ],
    metrics=Metrics(
        offline=[
            "Precision-recall AUC, recall at 0.1 % false blocks, calibration error, decay per week out of time",
            "Fraud dollars caught at fixed review capacity",
        ],
        online=["Fraud loss in basis points, false blocks", "Authorisation rate, step-ups completed"],
        guardrail=["p99, fallback share, backlog age", "Gap in blocks by country and card, merchants' disputes"],
    ),
    building_blocks=["embeddings-retrieval", *LEARNING_BLOCKS, *RESPONSIBILITY_BLOCKS, *COMMON_BLOCKS],
    sources=bibliography("""
        R. Drapeau (Stripe), "How we built it: Stripe Radar", Stripe blog 2023
            https://stripe.com/blog/how-we-built-it-stripe-radar
            100 ms, 1,000 characteristics, 1 in 1,000, 0.1 % false blocks, from an ensemble with XGBoost to one DNN
        A. Dal Pozzolo et al., "Credit Card Fraud Detection: A Realistic Modeling and a Novel Learning Strategy", IEEE TNNLS 2018
            https://doi.org/10.1109/TNNLS.2017.2736643 delayed labels and the selection bias of alerts
        Y.-A. Le Borgne et al. (ULB), "Reproducible Machine Learning for Credit Card Fraud Detection: Practical Handbook", ULB 2022
            https://github.com/Fraud-Detection-Handbook/fraud-detection-handbook
            evaluation over time, with a delay for labels and without cards known as compromised
        X. Hu et al. (Uber), "Fraud Detection: Using Relational Graph Learning to Detect Collusion", Uber Engineering 2021
            https://www.uber.com/blog/fraud-detection/ a relational GNN on linked users; a case study, not in production
        M. Schlichtkrull et al., "Modeling Relational Data with Graph Convolutional Networks", ESWC 2018
            https://arxiv.org/abs/1703.06103 the relational GNN
        European Commission, "Delegated Regulation (EU) 2018/389 on strong customer authentication", Official Journal of the EU 2018
            https://eur-lex.europa.eu/eli/reg_del/2018/389/oj
            step-up by default in the EEA; low fraud rates buy exemptions (Articles 18 and 19, Annex)
        OCC, Federal Reserve, FDIC, "Model Risk Management: Revised Guidance", OCC Bulletin 2026-13, 2026
            https://www.occ.gov/news-issuances/bulletins/2026/bulletin-2026-13.html
            validation, monitoring and governance of a bank's models; it replaces SR 11-7
        PCI Security Standards Council, "PCI DSS v4.0.1", PCI SSC 2024
            https://www.pcisecuritystandards.org/document_library/ why card numbers stay in their own zone
    """),
)


@view("Overview")
def overview() -> None:
    """A decision in 100 ms before the issuer is asked, and three slower loops: features, review, labels."""
    checkout = Users("Merchant checkout", tooltip="Sends payment intent and device signals")
    issuer = Internet("Issuer\ncard network", tooltip="Authorises, runs 3-D Secure, later reports disputes")
    with Cluster("Online"):
        payments_api = Kong("Payments API", tooltip="Authenticates the merchant, rejects a repeated idempotency key")
        risk_service = Java("Risk service", tooltip="Gathers features, scores, applies policy within 100 ms")
        fraud_model = ModelServer("Fraud model\nmulti-branch DNN", tooltip="Probability from {features} features")
        policy = Choice("Decision policy", tooltip="Probability, amount and merchant appetite to an action")
    with Cluster("Features"):
        feature_store = FeatureStore("Online feature store", tooltip="Profiles, counters, graph scores by entity")
        event_log = Kafka("Event log\nKafka", tooltip="Attempts, decisions and outcomes, in order by entity")
        feature_jobs = Flink("Stream features\nFlink", tooltip="Counts, sums and distinct values over sliding windows")
        entity_graph = Janusgraph("Entity graph\nJanusGraph", tooltip="Links cards and devices across merchants")
    with Cluster("Learning"):
        analysts = Users("Fraud analysts", tooltip="Judge the uncertain band, label within hours")
        labels = S3("Label store", tooltip="Disputes, early warnings and verdicts joined to decisions")
        training = Kubeflow("Training pipeline", tooltip="Trains weekly or on an attack; backtests, then releases")
        registry = Mlflow("Model registry", tooltip="Model, calibrator and thresholds, released as one bundle")

    checkout >> request("pay") >> payments_api >> request("attempt") >> risk_service
    risk_service >> request("entity keys") >> feature_store
    risk_service >> request("{features} features") >> fraud_model >> request("probability") >> policy
    policy >> request("action, reasons") >> payments_api >> request("allow, step-up") >> issuer
    policy >> stream("uncertain {review_share}") >> analysts
    risk_service >> stream("decision, inputs") >> event_log
    event_log >> stream("attempts") >> feature_jobs >> stream("under 2 s") >> feature_store
    event_log >> stream("links") >> entity_graph >> batch("ring scores") >> feature_store
    event_log >> batch("decision log") >> labels
    issuer >> feedback("disputes, weeks") >> labels
    analysts >> feedback("verdict, hours") >> labels
    labels >> batch("mature rows") >> training >> control("gated bundle") >> registry
    registry >> control("staged rollout") >> fraud_model


@view("Serving")
def serving() -> None:
    """Hard rules, then features once, one model and one policy, and a safe answer if any of them is late."""
    checkout = Mobile("Checkout SDK", tooltip="Collects device and behaviour signals, sends the payment")
    with Cluster("Card zone"):
        payments_api = Kong("Payments API", tooltip="Rejects duplicates, asks for the risk, acts with the issuer")
        token_vault = Vault("Token vault", tooltip="Swaps the card number for a token; the risk zone never sees it")
    with Cluster("Risk zone"):
        orchestrator = Java("Risk orchestrator", tooltip="Owns the deadline, parallel reads and feature defaults")
        allow_deny = Redis("Allow, deny lists", tooltip="Confirmed-bad cards and devices end here in 4 ms")
        enrichment = Rust("Enrichment tables", tooltip="BIN, IP location, proxy and device tables, in process")
    with Cluster("Features"):
        profiles = Aerospike("Entity profiles\nAerospike", tooltip="{entities} entities, one batch read of {keys}")
        velocity = Redis("Velocity counters\nRedis", tooltip="Incremented, then read: attempt N sees attempt N-1")
        graph_scores = Scylla("Graph scores", tooltip="Ring risk and entity embeddings, refreshed hourly")
    with Cluster("Decide"):
        champion = ModelServer("Champion model", tooltip="Multi-branch DNN on {cores} CPU cores a zone")
        calibrator = Calibrator("Calibration and reasons", tooltip="Score to probability; groups the top reasons")
        scorecard = Fallback("Fallback scorecard", tooltip="A few trees on request data alone")
        policy = Choice("Decision policy", tooltip="Least expected cost, then merchant rules, then random release")
        challenger = ModelServer("Challenger", tooltip="Scores a copy of the traffic, never decides")
    with Cluster("Issuing"):
        step_up = Gate("Step-up\n3-D Secure", tooltip="The issuer challenges the cardholder; success shifts liability")
        issuer = Internet("Issuer", tooltip="Gives the final authorisation")
    with Cluster("Record"):
        case_store = Postgresql("Case store", tooltip="Holds capture until an analyst decides")
        decision_log = Kafka("Decision log\nKafka", tooltip="Inputs, versions, action; written before the answer")

    with step("The SDK sends payment and device data; the vault swaps the card number for a token, all in 14 ms."):
        checkout >> request("payment, device") >> payments_api >> request("card number") >> token_vault
    with step("At up to {peak_rate:n} attempts a second, listed cards and devices end within 4 ms."):
        payments_api >> request("token, BIN") >> orchestrator >> request("4 ms") >> allow_deny
        allow_deny >> request("hard match") >> policy
    with step("Local tables, one batch read of {keys} entities and a graph look-up run in parallel, 20 ms at worst."):
        orchestrator >> request("8 ms") >> enrichment
        orchestrator >> request("20 ms batch") >> profiles
        orchestrator >> request("5 ms") >> graph_scores
    with step("Beside them counters are raised, then read: the tenth card on a device already sees nine."):
        orchestrator >> request("increment, 10 ms") >> velocity
    with step("{features} features give a score in 15 ms, a calibrated probability with reasons 6 ms later."):
        orchestrator >> request("{features} features") >> champion >> request("raw score") >> calibrator
    with step("Where features or model are late, a scorecard on request data answers instead."):
        orchestrator >> control("on timeout") >> scorecard >> control("coarse risk") >> policy
    with step("In 8 ms the policy picks the action of least expected cost for this amount and merchant."):
        calibrator >> request("chance, reasons") >> policy
    with step("The decision is durable in 12 ms, before the answer; the challenger scores the copy later."):
        policy >> request("decision, 12 ms") >> decision_log >> stream("copied attempts") >> challenger
    with step("The action leaves within 100 ms; {review_share}, {cases:n} a day, wait for an analyst before capture."):
        policy >> request("action, reasons") >> payments_api
        policy >> stream("{review_share} review") >> case_store
    with step("Most allowed attempts go to the issuer at once, {step_up_share} after a 3-D Secure challenge."):
        payments_api >> request("authorise") >> issuer
        payments_api >> request("{step_up_share} step-up") >> step_up >> request("authenticated") >> issuer
        issuer >> request("approve, decline") >> payments_api >> request("result") >> checkout


@view("Features")
def features() -> None:
    """How a payment changes the next decision: counters at once, windows in seconds, the graph within the hour."""
    with Cluster("Sources"):
        attempts = Kafka("Attempt events\nKafka", tooltip="All attempts, declined ones too, keyed by token")
        outcomes = Kafka("Outcome events\nKafka", tooltip="Issuer declines, disputes, refunds")
    with Cluster("Stream"):
        dedupe = Flink("De-duplicate, sessionise\nFlink", tooltip="Drops network retries, keeps true repeats")
        windows = Flink("Sliding windows\nFlink", tooltip="1 min to 30 days: counts, sums, distinct cards per device")
    with Cluster("Batch"):
        definitions = Git("Feature definitions\nGit", tooltip="One text for stream and batch, reviewed as code")
        lake = S3("Data lake", tooltip="Source of backfills and point-in-time joins")
        aggregates = Spark("Daily aggregates", tooltip="The stream's definitions again; corrects for late events")
    with Cluster("Graph"):
        link_builder = Flink("Link builder", tooltip="Edges that fade with time; drops hubs such as office IPs")
        entity_graph = Janusgraph("Entity graph", tooltip="Cards, devices, emails, addresses, merchants")
        graph_model = GraphStore("Relational GNN", tooltip="Re-scores changed components hourly, everything daily")
    with Cluster("Online feature store"):
        velocity = Redis("Velocity counters\nRedis", tooltip="Raised at checkout; the stream overwrites their drift")
        profiles = Aerospike("Entity profiles\nAerospike", tooltip="Long windows, baselines; {profile_store}")
        graph_scores = Scylla("Graph scores", tooltip="Plain look-ups: nothing is traversed at checkout")

    attempts >> stream("{attempts}") >> dedupe >> stream("clean attempts") >> windows
    outcomes >> stream("declines, disputes") >> windows >> stream("minute repair") >> velocity
    windows >> stream("window values") >> profiles
    [attempts, outcomes] >> batch("hourly files") >> lake
    lake >> batch("daily") >> aggregates >> batch("corrections") >> profiles
    definitions >> control("compiled job") >> [windows, aggregates]
    dedupe >> stream("shared identifiers") >> link_builder >> stream("typed edges") >> entity_graph
    entity_graph >> batch("changed components") >> graph_model >> batch("hourly") >> graph_scores
    outcomes >> batch("seed labels") >> graph_model


@view("Review")
def review() -> None:
    """People in the loop: {cases:n} looks a day go where they change the most money; each becomes a label."""
    with Cluster("Intake"):
        decision_log = Kafka("Decision log\nKafka", tooltip="Uncertain band, high amounts, ring alerts")
        prioritiser = Ranker("Case prioritiser", tooltip="Ranks by expected loss saved per analyst minute")
        audit_sample = Preparation("Random sample", tooltip="A few per cent at random: measures people, model")
    with Cluster("Desk"):
        case_store = Postgresql("Case store", tooltip="State, deadline before capture, full audit trail")
        console = React("Analyst console", tooltip="Reasons, timeline and linked entities on one screen")
        entity_graph = Janusgraph("Entity graph", tooltip="Shows the ring behind a single payment")
        analysts = Users("Fraud analysts", tooltip="{analysts} decide, name the attack, propose lists and rules")
        double_review = Inspection("Double review", tooltip="Second opinion on 5 %, measures agreement")
    with Cluster("Outcome"):
        action_service = Java("Action service", tooltip="Captures, cancels or refunds")
        rule_service = RuleEngine("Rule service", tooltip="Backtests a rule on 30 days before it goes live; it expires")
        merchant = Client("Merchant", tooltip="Sees reasons and can appeal; appeals become labels")
        labels = S3("Label store", tooltip="Fast labels, tagged as reviewed")

    decision_log >> stream("candidates") >> prioritiser >> stream("{cases}") >> case_store
    decision_log >> stream("random share") >> audit_sample >> stream("audit cases") >> case_store
    case_store >> request("next case") >> console >> request("2-hop view") >> entity_graph
    console >> request("evidence") >> analysts
    analysts >> request("verdict") >> action_service >> request("outcome, reasons") >> merchant
    analysts >> control("proposed rule") >> rule_service
    analysts >> feedback("5 % sample") >> double_review >> feedback("corrected label") >> labels
    analysts >> feedback("reviewed label") >> labels
    merchant >> feedback("appeal") >> labels


@view("Training")
def training() -> None:
    """Labels mature at different speeds and blocks have none; both are mended before anything is fitted."""
    with Cluster("Labels"):
        decision_log = Kafka("Decision log\nKafka", tooltip="Features as used, action, propensity; nothing known later")
        disputes = Kafka("Disputes, fraud reports", tooltip="Network reports come in days, disputes for months")
        verdicts = Postgresql("Review labels", tooltip="Hours old, but only of what was selected")
        control_group = Experiment("Control group", tooltip="{released} of would-be blocks up to {cap:n} dollars pass")
        maturation = Spark("Label maturation\nSpark", tooltip="Joins outcomes of {history}; young negatives weigh less")
    with Cluster("Fit"):
        table = S3("Training table", tooltip="{rows} rows, split by time, all rows of a card in one part")
        trainer = Trainer("DNN trainer", tooltip="Weighted or focal loss, entity embeddings")
        calibrator = Calibrator("Calibrator", tooltip="Undoes the sampling; isotonic by segment")
    with Cluster("Gate"):
        backtest = Inspection("Out-of-time backtest", tooltip="The next four weeks, by merchant segment, in dollars")
        gate = Choice("Offline gate\nwith disparity check", tooltip="Loss, calibration, false blocks by country, card")
        thresholds = Python("Threshold optimiser", tooltip="Least expected cost per merchant, within review capacity")
    with Cluster("Release"):
        registry = Mlflow("Model registry", tooltip="Model, calibrator, thresholds, model card, approvals")
        canary = Flagger("Shadow and canary", tooltip="Two days of shadow, then merchants tier by tier")
    risk_service = Java("Risk service", tooltip="Runs champion and challenger")
    scheduler = Airflow("Scheduler", tooltip="Weekly, or at once on an attack or a drift alarm")

    risk_service >> stream("decisions") >> decision_log >> batch("archived decisions") >> maturation
    risk_service >> feedback("random release") >> control_group >> batch("unbiased rows") >> maturation
    scheduler >> control("run") >> maturation
    disputes >> stream("late outcomes") >> maturation
    verdicts >> batch("fast labels") >> maturation
    maturation >> batch("weighted rows") >> table >> batch("{training_bytes}") >> trainer
    trainer >> batch("raw scores") >> calibrator >> batch("probabilities") >> backtest
    backtest >> batch("loss by segment") >> gate >> control("passed") >> thresholds
    thresholds >> control("bundle") >> registry >> control("challenger") >> canary >> control("promote") >> risk_service


@view("Operations")
def operations() -> None:
    """Watching an adversary: attacks in minutes, calibration in days, dollars in weeks, and a safe mode for each."""
    with Cluster("Serving"):
        risk_service = Java("Risk service", tooltip="Emits scores, actions, latency, defaults used")
        flags = Etcd("Feature flags\netcd", tooltip="Thresholds, rules and safe mode, by merchant tier")
        scorecard = Fallback("Fallback scorecard", tooltip="Allows under a limit, steps up above it")
    with Cluster("Observe"):
        metrics = Prometheus("Metrics\nPrometheus", tooltip="p99, share of defaults, action mix")
        attacks = Flink("Attack detector\nFlink", tooltip="Card-testing bursts by merchant, BIN and device in 1 min")
        drift = Spark("Drift monitor\nSpark", tooltip="Feature and score PSI by segment, skew of stream and batch")
        losses = Spark("Loss tracker\nSpark", tooltip="Loss and false blocks by decision week, projected to maturity")
        dashboards = Grafana("Dashboards\nGrafana", tooltip="Action mix and dollars on one board")
    with Cluster("Respond"):
        alerts = Pagerduty("On-call alerts", tooltip="Pages on attacks, latency and block rate")
        rollback = Argocd("Rollback controller", tooltip="Restores champion, calibrator and thresholds together")
        officer = User("Fraud duty officer", tooltip="Owns emergency rules and talks to merchants")
    with Cluster("Decide"):
        analysis = Clickhouse("Experiment analysis", tooltip="Compares thresholds by merchant or card group")
        committee = Users("Model risk committee", tooltip="Approves material changes, reads the disparity report")
        retrain = Airflow("Retrain trigger", tooltip="Starts training early on drift or new attack labels")

    risk_service >> stream("metrics") >> metrics >> stream("series") >> dashboards
    risk_service >> stream("attempts") >> attacks >> control("attack") >> alerts
    risk_service >> batch("logged features") >> drift >> control("PSI over limit") >> retrain
    risk_service >> batch("decisions") >> losses >> batch("loss curves") >> dashboards
    metrics >> control("SLO, block rate") >> alerts
    alerts >> control("incident") >> officer >> control("emergency rule") >> flags
    alerts >> control("block-rate jump") >> rollback >> control("previous champion") >> risk_service
    losses >> control("calibration off") >> retrain >> control("gated bundle") >> risk_service
    losses >> batch("outcome by arm") >> analysis >> feedback("proposal") >> committee
    committee >> control("approved") >> flags >> control("under 60 s") >> risk_service
    risk_service >> control("late dependency") >> scorecard
