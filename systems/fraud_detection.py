"""Allow, challenge, hold or block a card payment while the shopper waits, within 100 ms.

About one payment in a thousand is fraud. The attacker adapts within hours, and blocking a good customer costs more than
most single frauds. The truth arrives weeks later as a dispute, and never for a payment that was blocked.

The standard answer is one calibrated probability and a policy that weighs it against money, in front of three slower
loops: features, analysts and labels. A small random share of would-be blocks goes through, because nothing else yields
labels where the model says no.
"""

from diagrams import Cluster, Edge
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
    Bias,
    Budget,
    Calibrator,
    CaseStudy,
    Clarification,
    Decision,
    EmbeddingTable,
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
    Gate,
    GraphStore,
    Head,
    Interaction,
    InterviewRank,
    Label,
    Loss,
    LossFunction,
    MathFormula,
    Metrics,
    ModelServer,
    Monitor,
    Parallel,
    Phase,
    Ranker,
    Requirements,
    RuleEngine,
    System,
    Tags,
    Trainer,
    assume,
    batch,
    below,
    bibliography,
    cite,
    control,
    derive,
    feedback,
    first,
    left_of,
    reference,
    request,
    response,
    step,
    stream,
    view,
)

ESTIMATE = Estimate(
    # Traffic and money
    payments=assume("Payments per day", 100e6, "payment/day"),
    tries=assume("Attempts per payment", 1.2, "attempt/payment", note="retries after a decline, and card testing"),
    fraud_share=cite(
        "Fraud, of attempts",
        0.1,
        "percent",
        source="Stripe, about 1 payment in 1,000",
        note="assumed to hold for attempts too: fraudsters and shoppers both retry",
    ),
    mean_payment=assume("Mean payment", 50, "USD/attempt"),
    attempts=derive("Attempts per day", "payments * tries", "attempt/day"),
    peak_factor=assume("Peak over average", 5, note="a sale day"),
    peak_rate=derive("Peak attempt rate", "attempts * peak_factor", "attempt/s"),
    frauds=derive("Fraud attempts per day", "attempts * fraud_share", "attempt/day"),
    fraud_value=derive("Fraud attempted per day", "frauds * mean_payment", "USD/day"),
    # What the policy does
    blocked=assume("Attempts blocked, of attempts", 0.12, "percent"),
    block_precision=assume("Fraud among blocks, of blocks", 60, "percent"),
    blocks=derive("Blocks per day", "attempts * blocked", "attempt/day"),
    false_blocks=derive(
        "Good attempts blocked, of good attempts", "blocked * (1 - block_precision) / (1 - fraud_share)", "percent"
    ),
    stopped=derive("Fraud attempts blocked, of fraud attempts", "blocked * block_precision / fraud_share", "percent"),
    missed=derive("Fraud that is not blocked, of attempts", "fraud_share * (1 - stopped)", "percent"),
    step_up_share=assume("Attempts that are stepped up, of attempts", 1, "percent"),
    step_ups=derive("Step-ups per day", "attempts * step_up_share", "attempt/day"),
    review_share=assume("Attempts held for review, of attempts", 0.017, "percent"),
    cases=derive("Review cases per day", "attempts * review_share", "attempt/day"),
    pace=assume("Cases an analyst decides", 120, "attempt/analyst/day"),
    analysts=derive("Analysts on shift per day", "ceil(cases / pace)", "analyst"),
    # Control group
    cap=assume("Highest amount in the control group", 30, "USD/attempt"),
    under_cap=assume("Would-be blocks under that amount, of would-be blocks", 40, "percent"),
    released=assume("Eligible would-be blocks that are released at random, of eligible", 1, "percent"),
    small_payment=assume("Mean amount below the cap", 15, "USD/attempt"),
    controls=derive("Control group per day", "blocks * under_cap * released", "attempt/day"),
    control_cost=derive(
        "Fraud let through for the control group", "controls * block_precision * small_payment", "USD/day"
    ),
    # Stores
    cards=assume("Cards held", 500e6, "entity"),
    devices=assume("Devices held", 800e6, "entity"),
    emails=assume("Email addresses held", 600e6, "entity"),
    addresses=assume("Postal addresses held", 400e6, "entity"),
    networks=assume("IP addresses held", 300e6, "entity"),
    merchants=assume("Merchants held", 5e6, "entity"),
    entities=derive("Entities held", "cards + devices + emails + addresses + networks + merchants", "entity"),
    profile_bytes=assume(
        "Profile of an entity", 400, "byte/entity", note="aggregates over 7 to 90 days, first seen, baselines"
    ),
    profile_copies=assume("Copies of the profile store", 3),
    profile_store=derive("Profile store", "entities * profile_bytes * profile_copies", "byte"),
    active=assume(
        "Entities seen within 24 h, of entities held", 12, "percent", note="counters of the others have expired"
    ),
    windows=assume("Sliding windows per entity", 5, "window/entity", note="1 min, 10 min, 1 h, 6 h, 24 h"),
    buckets=assume("Time buckets per window", 12, "bucket/window", note="a window slides by a twelfth of its length"),
    bucket_bytes=assume("Count and sum in a bucket", 8, "byte/bucket"),
    sketch_bytes=assume(
        "Distinct-value sketches and key overhead per entity",
        400,
        "byte/entity",
        note="three sets or sparse HyperLogLogs: most hold few values",
    ),
    counter_copies=assume("Copies of the counter store", 2),
    counter_bytes=derive("Counters of an entity", "windows * buckets * bucket_bytes + sketch_bytes", "byte/entity"),
    counter_store=derive("Counter store, in memory", "entities * active * counter_bytes * counter_copies", "byte"),
    keys=assume("Entities an attempt touches", 6, "entity/attempt"),
    increments=derive("Counter increments at peak", "peak_rate * keys * windows", "window/s"),
    features=cite("Features per decision", 1_000, "number/attempt", source="Stripe, more than 1,000 characteristics"),
    # Cores
    score_time=assume("CPU time per score", 4, "core*ms/attempt", note="a 7 MFLOP network; load-test before buying"),
    other_time=assume("CPU time outside the model", 12, "core*ms/attempt", note="parsing, reads, policy, logging"),
    busy=assume("Load at which cores are run, of capacity", 50, "percent"),
    cores=derive("Inference cores needed at peak", "ceil(peak_rate * score_time / busy)", "core"),
    zones=assume("Zones", 3, "zone"),
    zone_cores=derive(
        "Inference cores per zone", "ceil(cores / (zones - 1))", "core/zone", note="N+1: one zone may be lost"
    ),
    all_cores=derive(
        "Cores bought", "zones * ceil(peak_rate * (score_time + other_time) / busy / (zones - 1))", "core"
    ),
    # Latency at p99
    promise=assume("Promised decision time, p99", 100, "ms"),
    edge=assume("Edge and merchant authentication, p99", 6, "ms"),
    tokenise=assume("Tokenise, normalise, idempotency check, p99", 8, "ms"),
    lists=assume("Allow and deny lists, hard limits, p99", 4, "ms"),
    profile_read=assume("Profile batch read, p99", 20, "ms"),
    counter_call=assume("Counter update and read, p99", 10, "ms"),
    table_read=assume("Enrichment tables in process, p99", 8, "ms"),
    graph_read=assume("Graph score look-up, p99", 5, "ms"),
    assemble=assume("Feature assembly: ratios, crosses, defaults, p99", 6, "ms"),
    queueing=assume("p99 over mean service time of a score", 3.5, note="at {busy} load on a shared pool of cores"),
    one_core=assume("Cores that score an attempt", 1, "core/attempt", note="no parallelism inside a score"),
    inference=derive("Model inference, p99", "score_time / one_core * queueing", "ms"),
    calibrate=assume("Calibration and reason codes, p99", 6, "ms"),
    decide=assume("Policy and merchant rules, p99", 8, "ms"),
    durable=assume("Durable decision write in 2 zones, p99", 12, "ms"),
    slack=assume("Network hops and queueing slack", 15, "ms"),
    # Log and training
    record_bytes=assume("Decision record", 10e3, "byte/attempt"),
    log_volume=derive("Decision log per day", "attempts * record_bytes", "byte/day"),
    history=assume("Training window", 180, "day"),
    good_kept=assume("Good attempts kept for training, of good attempts", 5, "percent"),
    rows=derive("Training rows", "history * attempts * (fraud_share + (1 - fraud_share) * good_kept)", "attempt"),
    number_bytes=reference("fp32_bytes"),
    training_bytes=derive("Training table", "rows * features * number_bytes", "byte"),
    # Experiment
    effect=assume(
        "Smallest change of missed fraud worth detecting, relative",
        5,
        "percent",
        note="counted in attempts; dollars vary more and need more traffic",
    ),
    variance_factor=assume(
        "Sample size factor", 16, "attempt", note="two-sided 5 % test with 80 % power: 2 (1.96 + 0.84)²"
    ),
    clustering=assume("Design effect of randomising by card", 2, note="attempts of one card are alike"),
    sample=derive(
        "Attempts per arm", "variance_factor * clustering * (1 - missed) / (missed * effect ** 2)", "attempt"
    ),
    arm=assume("Traffic of an arm, of attempts", 10, "percent"),
    test_days=derive("Days of traffic for the test", "sample / (attempts * arm)", "day"),
    # Cost
    core_price=reference("core_price"),
    memory_price=assume("Memory-optimised hosts", 5e-9, "USD/byte/month", note="5 USD per GB and month"),
    flash_price=assume("Flash-dense hosts", 0.3e-9, "USD/byte/month", note="0.30 USD per GB and month"),
    object_price=reference("object_storage_price"),
    wage=assume("Analyst, all costs", 200, "USD/analyst/day"),
    compute_cost=derive("Cores per day", "all_cores * core_price", "USD/day"),
    store_cost=derive(
        "Stores per day",
        "counter_store * memory_price + profile_store * flash_price + log_volume * history * object_price",
        "USD/day",
    ),
    review_cost=derive("Analysts per day", "analysts * wage", "USD/day"),
    quoted=assume("Requests for which the cost is quoted", 1_000, "attempt"),
    machine_thousand=derive("Machines per 1,000 attempts", "quoted * (compute_cost + store_cost) / attempts", "USD"),
    cost_per_thousand=derive(
        "Cost of 1,000 attempts",
        "quoted * (compute_cost + store_cost + review_cost + control_cost) / attempts",
        "USD",
        note="machines, analysts and the control group; fees of 3-D Secure are in the policy's costs",
    ),
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
    framing=Framing(
        goal="Lose as little money as possible to fraud and to refused good customers together.",
        decision="For each authorisation attempt: allow, step up to 3-D Secure, hold for review, or block.",
        task="Binary classification under delay and selection: the probability that this attempt ends as fraud.",
        label="A fraud report or a fraud dispute on the payment; absence counts only once the row is old enough.",
        metric="Net loss in basis points of volume: fraud let through, plus margin on good payments refused, plus "
        "challenge and review costs.",
        not_optimised="The share of fraud caught. Recall alone is free: block everybody. Merchant disputes over goods "
        "that did not arrive are another problem, with other features, and are kept out of the label.",
        baseline="Deny lists, velocity limits and a hand-written scorecard. They stop card testing well and are enough "
        "below some thousands of frauds a month, which is too few labels for anything better than small trees.",
    ),
    clarifications=[
        Clarification(
            "Who bears the loss: merchant, issuer or platform?",
            "The merchant, unless 3-D Secure shifted liability to the issuer; so each merchant sets an appetite for risk.",
        ),
        Clarification(
            "Can a payment be held after authorisation?",
            "Yes, until capture: review has about 24 hours. Digital goods are delivered at once, so for them review is not an option.",
        ),
        Clarification("How many attempts, at what peak?", "{attempts} on average, {peak_rate} at peak on a sale day."),
        Clarification(
            "How late are the labels?",
            "Network fraud reports within days, disputes up to 120 days; half of the fraud is known after two weeks (assumption).",
        ),
        Clarification(
            "Must decisions be explained?",
            "Reasons go to merchants and analysts; regulators may ask for a replay of any decision.",
        ),
        Clarification(
            "Is strong authentication mandatory?",
            "In the EEA by default; a low fraud rate buys exemptions, so the model also decides where to ask for one.",
        ),
        Clarification(
            "Which fraud is in scope?",
            "Stolen cards and card testing at checkout; account takeover and merchant fraud share the stores but not the model.",
        ),
    ],
    requirements=Requirements(
        functional=[
            "Answer every authorisation attempt with allow, step-up (3-D Secure), review or block, and the reasons.",
            "Honour each merchant's rules and appetite for risk; give analysts case history and linked accounts.",
            "Replay any decision: inputs, versions of model and rules, thresholds, outcome.",
        ],
        qualities={
            "Latency": "p99 of {promise} for the decision, p50 near 35 ms (assumptions; Stripe reports under 100 ms).",
            "Freshness": "Counters include the last attempt; features 2 s, graph 1 h, new rule 60 s (assumptions).",
            "Availability": "99.995 % of attempts get a decision, from the model or the fallback (assumption).",
            "Accuracy": "At most 0.1 % of good payments are blocked, the figure that Stripe reports.",
            "Privacy": "Card numbers never leave the tokenised zone (PCI DSS).",
        },
    ),
    estimate=ESTIMATE,
    headline=["peak_rate", "fraud_value", "false_blocks", "cost_per_thousand"],
    key_inputs=["payments", "blocked", "block_precision", "review_share", "score_time"],
    cost="cost_per_thousand",
    budget=Budget(
        "p99 of the decision",
        promise="promise",
        stages={
            "Edge and merchant authentication": "edge",
            "Tokenise, normalise, idempotency check": "tokenise",
            "Allow and deny lists, hard limits": "lists",
            "Feature reads": Parallel(
                {
                    "Entity profiles": "profile_read",
                    "Velocity counters": "counter_call",
                    "Enrichment tables": "table_read",
                    "Graph scores": "graph_read",
                }
            ),
            "Feature assembly": "assemble",
            "Model inference on a CPU core": "inference",
            "Calibration and reason codes": "calibrate",
            "Policy and merchant rules": "decide",
            "Durable decision write": "durable",
            "Network hops and queueing slack": "slack",
        },
    ),
    labels=[
        Label(
            "Fraud report or fraud dispute",
            window="120 days after the payment",
            positive="Issuer's fraud report, or a dispute with a fraud reason code",
            negative="Allowed, and no report when the row is old enough; weighted by how complete its age is",
            ignored="Disputes over delivery or quality; attempts that the issuer declined, on which no report can follow; rows younger than 14 days as negatives",
            delay="Reports in days, disputes in weeks to months",
            bias="Exists for allowed payments only, and only where the cardholder noticed; some is friendly fraud, a buyer who disputes their own purchase",
            where="training/Outcome events -> Label maturation",
        ),
        Label(
            "Analyst's verdict",
            window="Before capture, about 24 hours",
            positive="Confirmed fraud with a named attack type",
            negative="Released by the analyst",
            ignored="Undecided at the deadline",
            delay="Hours",
            bias="Selected by the model and by the queue's priority; people copy the score they see",
            where="training/Review labels -> Label maturation",
        ),
        Label(
            "Outcome of a random release",
            window="120 days after the payment",
            positive="Fraud report or dispute on a would-be block that was let through",
            negative="None after the window",
            ignored="Amounts over {cap:n} dollars, which are never released",
            delay="As for disputes",
            bias="None inside the eligible amounts: the propensity, {released}, is logged",
            where="training/Control group -> Label maturation",
        ),
        Label(
            "3-D Secure outcome",
            window="10 minutes",
            positive="None: a failed challenge is not proof of fraud, because shoppers abandon too",
            negative="None: success shifts liability, but authenticated payments are still disputed",
            ignored="Used as a feature of later attempts and for the cost of a challenge, not as a fraud label",
            delay="Minutes",
            bias="Completion depends on the issuer's app, the country and the device",
            where="serving/Step-up -> Payments API",
        ),
    ],
    training_example={
        "attempt_id": "at_9f31, 2026-03-14T18:22:07Z",
        "card, device, merchant": "tok_71c0, dev_b2e9, m_4471",
        "amount / mean of the card over 30 days": "4.7",
        "distinct cards on the device, 1 h": "9",
        "BIN country = IP country": "false",
        "email first seen": "0 days ago",
        "ring score, as of the attempt": "0.62",
        "missing": "0 of 1,000 features",
        "action, propensity": "released from a would-be block, 0.01",
        "age of the row, completeness of its label": "131 days, 1.00",
        "label": "fraud (report after 6 days)",
        "weight": "100 (inverse propensity) × 1 (complete label)",
    },
    features=[
        FeatureGroup(
            "Request and device",
            features=[
                "amount and currency",
                "BIN country equals IP country",
                "hour in the card's time zone",
                "seconds from page load to pay",
                "card number pasted or typed",
                "proxy or hosting network",
                "billing and shipping postcode differ",
            ],
            freshness="this request",
            store="serving/Enrichment tables",
            leak="A table of known-bad networks that is updated later: log the value as used, never join it afresh.",
        ),
        FeatureGroup(
            "Velocity",
            features=[
                "attempts of the card in 1 min, 1 h, 24 h",
                "distinct cards on the device in 1 h",
                "declines of the BIN at the merchant in 10 min",
                "distinct merchants of the card in 24 h",
                "amount on the IP address in 6 h",
                "ratio of the 10-minute to the 24-hour rate",
            ],
            freshness="includes the last attempt",
            store="serving/Velocity counters",
            leak="A backfilled window that contains the attempt itself or later ones: the label, in effect.",
        ),
        FeatureGroup(
            "Profiles",
            features=[
                "amount over the card's mean of 30 days",
                "days since card, email and device were first seen",
                "share of the merchant's payments that were disputed, 90 days",
                "usual countries of the card",
                "successful payments of the card and merchant together",
                "chargeback-free age of the account",
            ],
            freshness="2 s, corrected daily",
            store="serving/Entity profiles",
            leak="Dispute shares that count disputes filed after the attempt; they are joined by filing date.",
        ),
        FeatureGroup(
            "Graph",
            features=[
                "ring score of the component",
                "distance to the nearest confirmed fraud",
                "cards per device within two hops",
                "size and age of the component",
                "64-number embedding of the device",
            ],
            freshness="1 h",
            store="serving/Graph scores",
            leak="Seed labels from the future colour the whole component: graph snapshots carry a time.",
        ),
        FeatureGroup(
            "Identity of merchant and instrument",
            features=[
                "merchant",
                "merchant category",
                "BIN and issuer",
                "email domain",
                "device model",
                "country pair",
            ],
            freshness="daily vocabulary, hashed beyond it",
            store="model/Entity embeddings",
            leak="A merchant's embedding can memorise one attack; rare ids share a hashed bucket and are dropped out.",
        ),
    ],
    loss=Loss(
        objective="Weighted log-loss of one fraud logit, with two small auxiliary heads (card testing, and report within 14 "
        "days) that share the trunk and give it earlier and denser labels. Weights undo the "
        "incompleteness of young labels and the selection made by earlier blocks; the sampling of good attempts is undone "
        "afterwards, in the probability, and never in both places.",
        formulas=[
            MathFormula(
                "Weighted log-loss",
                r"\mathcal{L} = -\sum_i w_i \left[ \alpha \, y_i \log p_i + (1 - y_i) \log (1 - p_i) \right], \quad w_i = \frac{c(a_i)^{1 - y_i}}{e_i}",
                "y is fraud, p the predicted probability, e the probability that the row was observed at all ({released} for "
                "random releases, 1 for allowed ones), c the expected completeness of a label of age a, applied to negatives "
                "only: a young negative counts less. α > 1 trades calibration for recall and is undone afterwards.",
            ),
            MathFormula(
                "Focal loss, the alternative",
                r"\mathcal{L}_{focal} = -\sum_i (1 - p_{t,i})^{\gamma} \log p_{t,i}",
                "p_t is the probability given to the true class. It spends gradient on hard rows, and mislabelled rows are "
                "the hardest: with late labels it is kept at γ ≤ 1 or not used.",
            ),
            MathFormula(
                "Undoing the sampling of good attempts",
                r"p = \frac{q}{q + (1 - q) / r}",
                "q is the model's output on sampled data and r the share of good attempts kept ({good_kept}); q of 0.5 is a "
                "probability of 4.8 %.",
            ),
            MathFormula(
                "Least expected cost",
                r"a^{*} = \mathrm{argmin}_a \; \{ p \, A \, \ell, \;\; (1 - p) \, m A + k_b, \;\; k_s + (1 - p) \, d \, m A + p \, s \, A \, \ell \}",
                "For allow, block and step-up: A is the amount, ℓ the loss per dollar of fraud with fees, m the merchant's "
                "margin with the worth of a returning customer, k the cost of the action, d the share of shoppers who give up "
                "a challenge, s the share of fraud that passes it and is still ours to bear: after a passed challenge most of it is the issuer's.",
            ),
        ],
        calibration="Sampling is undone by the formula above, then an isotonic curve per segment (merchant tier by card "
        "region) is fitted on rows that were neither trained on nor sampled. The ratio of expected to reported fraud is "
        "watched per segment at equal label age, so that it can speak within days although disputes take weeks.",
    ),
    evaluation=Evaluation(
        offline="Train on {history}, leave a gap of 28 days for labels to mature, test on the next four weeks; cards that "
        "were known as compromised by then are dropped from the test part. Precision-recall AUC, recall at 0.1 % false "
        "blocks, and dollars, weighted so that random releases stand for all would-be blocks.",
        disagreement="Offline replays a fixed attacker. Online, blocked fraudsters retry with another card, so recall per "
        "attempt rises while loss does not fall; and the log holds outcomes only where the old model allowed.",
        unit="The card, hashed, because attempts of one card follow each other; merchant-visible thresholds by merchant. "
        "Attackers cross arms through devices, so both arms share the deny lists.",
        duration="{test_days:n} days of traffic at {arm} per arm, then 28 days until labels are mature enough to read; "
        "guardrails are read hourly.",
        power="Fraud that is not blocked is {missed} of attempts. To see a relative change of {effect} with 80 % power takes "
        "{sample} attempts per arm, with a design effect of 2 for cards.",
        guardrails="Authorisation rate, block rate by country and card type, challenge completion, p99, share of default "
        "features, review backlog.",
    ),
    biases=[
        Bias(
            "Selection by blocks",
            "No outcome exists for blocked attempts; the next model learns that such attempts are rare and safe.",
            "Release {released} of would-be blocks up to {cap:n} dollars at random and weight them by the inverse of that share.",
            "training/Control group",
        ),
        Bias(
            "Delayed labels",
            "Last week's fraud still looks good; training on it teaches that a new attack is harmless.",
            "Weight young negatives by the completeness curve of their age; use fast reports and verdicts as auxiliary labels.",
            "training/Label maturation",
        ),
        Bias(
            "Verification bias in review",
            "Analysts see what the model ranked high, and its score; agreement proves little.",
            "A random sample goes to the queue without a score, 5 % are judged twice.",
            "review/Random sample",
        ),
        Bias(
            "Popularity of large merchants",
            "A few merchants fill the training table, and small ones inherit their threshold.",
            "Segment calibration, per-merchant thresholds with shrinkage to the tier.",
            "training/Threshold optimiser",
        ),
        Bias(
            "Position in a burst",
            "The tenth attempt of an attack is easy and dominates recall; the first one costs as much.",
            "Report recall by ordinal of the attempt on the device, and dollars before the first block.",
            "training/Out-of-time backtest",
        ),
        Bias(
            "Cold start of a card or a shopper",
            "Most fraud and many good first purchases look the same: no history.",
            "Missing mask and first-seen ages instead of imputed zeros; device, BIN and graph carry the weight; step-up rather than block.",
            "model/Scale and mask",
        ),
        Bias(
            "Cold start of a merchant",
            "No baseline, unknown embedding, attractive to card testers.",
            "Embedding of category and country, limits on velocity for the first weeks, tier thresholds.",
            "serving/Decision policy",
        ),
        Bias(
            "Cold start of an attack",
            "A new pattern has no labels for days.",
            "Attack detector on rates, expiring rules by the duty officer, early training run on verdicts.",
            "operations/Attack detector",
        ),
    ],
    decisions=[
        Decision(
            "One multi-branch DNN",
            why="Embeddings of merchants and issuers, auxiliary heads and warm starts need gradients. Stripe dropped the XGBoost "
            "half of its ensemble, which cost a little recall until the network was reshaped, and cut training time by over 85 %.",
            rejected=[
                "Gradient-boosted trees: best below some millions of rows, but no shared embeddings and no incremental training",
                "Trees and network together: most accurate at first, but trains and explains at the pace of the slower half",
            ],
            revisit_when="labelled fraud stays below about 100 k rows, or inference must run below 1 ms; here there are {rows} rows",
        ),
        Decision(
            "Calibrated probability and a cost policy",
            why="Amount, margin and liability differ per attempt, so the best cut differs too. A probability lets merchants and "
            "finance change costs without retraining, and lets the model change without moving thresholds.",
            rejected=[
                "A fixed score threshold: simple to explain, but every release shifts what it means",
                "Learning the action end to end: needs outcomes of all actions, which only the control group has",
            ],
            revisit_when="all payments cost about the same, as with fixed-price subscriptions",
        ),
        Decision(
            "Precomputed graph scores",
            why="Rings change over hours; a two-hop traversal at checkout touches hubs with thousands of neighbours and has no "
            "bounded p99. A look-up costs {graph_read} and the first attempt of a new link is left to the velocity counters.",
            rejected=[
                "Traversal at checkout: sees the newest link, but its tail breaks the budget of {profile_read} for reads",
                "No graph: velocity finds bursts, but not slow rings over many merchants",
            ],
            revisit_when="the decision may take seconds, as at account opening or payout",
        ),
        Decision(
            "A random control group",
            why="{controls:n} releases a day measure the true precision of blocks and give the next model labels where this one says "
            "no, for {control_cost}. Without them each retraining narrows what it knows.",
            rejected=[
                "Labels of allowed payments only: free, and blind exactly where the money is",
                "Reject inference from scores: assumes the answer it should measure",
            ],
            revisit_when="single losses are large, as with wires: then analysts judge a random sample instead",
        ),
        Decision(
            "Fail open below a limit, step up above",
            why="An outage of the score must not stop a merchant's trade: {fraud_share} of attempts are fraud, so refusing all of them "
            "costs a thousand good sales for each fraud stopped. Above the limit the issuer's challenge carries the risk.",
            rejected=[
                "Fail closed: right where a transfer cannot be taken back, ruinous at checkout",
                "Fail open for all: attackers notice within minutes and concentrate on large amounts",
            ],
            revisit_when="the product is payouts or transfers, or an attack runs while the score is down",
        ),
        Decision(
            "Step-up for the middle band",
            why="A challenge turns an uncertain probability into evidence and shifts liability to the issuer; it costs the shoppers "
            "who give up. It is cheapest where fraud and lost margin weigh about the same.",
            rejected=[
                "Blocking the band: loses all of its good customers instead of the few who give up",
                "Reviewing it: {analysts:n} analysts decide {cases:n} a day, about a sixtieth of the {step_ups:n} that are stepped up",
            ],
            revisit_when="the share of shoppers who give up a challenge exceeds the share of fraud in the band",
        ),
    ],
    failures=[
        FailureMode(
            "A bot tests thousands of stolen cards at a small merchant.",
            "Distinct cards per device and BIN within one minute, declines per merchant.",
            "The detector sets a rate limit and step-up for that merchant by itself, with an expiry; the duty officer refines the rule.",
        ),
        FailureMode(
            "The velocity store is down or slow.",
            "The share of defaulted features exceeds 1 %.",
            "Mask the group, which the model has seen in training; above the amount limit the scorecard decides.",
        ),
        FailureMode(
            "Stream and batch compute a feature differently.",
            "An hourly skew check of logged against recomputed values.",
            "Serve the batch value, stop releases, repair the counters from the log.",
        ),
        FailureMode(
            "A release blocks a good segment.",
            "Block rate by segment against the canary's control, then appeals.",
            "The rollback controller restores model, calibrator and thresholds together; held payments are released and merchants notified.",
        ),
        FailureMode(
            "Blocks hide fraud from the labels, and the model grows confident.",
            "Precision in the control group against precision in review.",
            "Raise the weight or the share of random releases, retrain, test again.",
        ),
        FailureMode(
            "A dispute feed arrives late or twice.",
            "Counts per day against the networks' settlement files.",
            "Freeze label maturation at the last complete day, then backfill; the model keeps serving.",
        ),
        FailureMode(
            "Friendly fraud grows: buyers dispute purchases that they made, and the label learns to call good customers fraud.",
            "Disputes rise on cards with a long clean history at the merchant, from the known device and to the known address.",
            "Such disputes are labelled as a class of their own and leave the fraud label; the merchant contests them with the earlier payments as evidence, and repeated disputers must authenticate.",
        ),
        FailureMode(
            "An analyst's rule blocks far more than its backtest.",
            "Hits per rule against the backtest's forecast within minutes.",
            "The rule is suspended automatically and returned to its author.",
        ),
    ],
    metrics=Metrics(
        offline=[
            "Precision-recall AUC, recall at 0.1 % false blocks, calibration error, decay per week out of time",
            "Fraud dollars caught at fixed review capacity",
        ],
        online=[
            "Net loss and fraud loss in basis points of volume, by decision week and label age",
            "False blocks measured in the control group, authorisation rate, completed step-ups",
        ],
        guardrail=[
            "p99, fallback share, share of default features, backlog age",
            "Gap in block rate by country and card type, appeals, merchants' dispute ratio against the networks' limits",
        ],
    ),
    follow_ups=[
        FollowUp(
            "mid",
            "Why not accuracy or ROC AUC?",
            "With one fraud in a thousand, a model that allows everything is 99.9 % accurate, and ROC AUC is dominated by the easy "
            "negatives: moving from 0.1 % to 0.2 % false positives looks like nothing but doubles the good customers we refuse. I report "
            "precision-recall AUC, recall at the false-block rate we promised, and dollars, since one fraud of 2,000 weighs as much as forty of 50.",
            "F1 at threshold 0.5, without asking what a mistake costs",
            "training/Out-of-time backtest",
        ),
        FollowUp(
            "mid",
            "Your classes are 1 to 1,000. Do you oversample?",
            "I keep all fraud and {good_kept} of good attempts, because good rows are redundant and the table shrinks twentyfold. I do not "
            "use synthetic minority rows: they interpolate between attacks that have nothing in common. Sampling changes the base rate, so the output "
            "is corrected with the known keep rate before calibration; otherwise the cost policy would block twenty times too eagerly.",
            "SMOTE, and using the resulting scores as probabilities",
            "model/Calibrator",
        ),
        FollowUp(
            "senior",
            "How do you split the data?",
            "By time. Train up to a day, leave a gap as long as labels need to mature, test on the weeks after. A random split leaks the attack: "
            "attempts of one burst land on both sides. Grouping by card is not a substitute, because it breaks the time order; instead I drop from the "
            "test part cards that were known to be compromised by then, since a deny list would have stopped them.",
            "A random 80/20 split stratified by class",
            "training/Training table",
        ),
        FollowUp(
            "senior",
            "You block it, so you never learn. What then?",
            "Blocked attempts have no outcome, so precision of blocks is unknown and the next training set is missing its most important region. I release "
            "{released} of would-be blocks under {cap:n} dollars at random, log the propensity and weight by its inverse. That is {controls:n} rows a day "
            "for {control_cost}. Above the cap I rely on reviewed random samples and say that the estimate is weaker there.",
            "Treat blocked attempts as fraud in training",
            "decision: A random control group",
        ),
        FollowUp(
            "senior",
            "Two attempts on one device arrive within 5 ms. Does the second see the first?",
            "Only if the write comes before the read. The orchestrator sends one script per entity shard that increments the bucket and returns the window "
            "totals, atomically in Redis, so the later one sees the earlier. The stream job recomputes the windows and overwrites drift every minute. Across "
            "regions it does not hold: cards are homed to a region, or we accept a replication lag of a second.",
            "Read features from the warehouse, or increment after the decision",
            "serving/Risk orchestrator -> Velocity counters",
        ),
        FollowUp(
            "senior",
            "How do you get distinct cards per device in a sliding hour?",
            "Time buckets, each with a small exact set that turns into a HyperLogLog when it grows; a window is the union of its buckets. Redis keeps a "
            "HyperLogLog within 12 KB at 0.81 % standard error, and sparse ones in some tens of bytes, which is what nearly all devices need. "
            "Eight-byte counters cannot count distinct values, and summing distinct counts over buckets counts a card twice.",
            "A counter per device that is reset every hour",
            "features/Sliding windows",
        ),
        FollowUp(
            "senior",
            "The fraud rate doubles overnight. What do you do first?",
            "Check that it is real: reports doubled by a late feed, or a denominator that fell. Then cut by merchant, BIN, device model, country: attacks are narrow. "
            "If the detector has one, an expiring rule or step-up on that slice is out within a minute. Then scores: if fraud has low scores, features miss it; if it has "
            "high scores, thresholds or the policy let it pass. Retraining comes last, since labels of today are still missing.",
            "Lower the global threshold, or retrain at once",
            "operations/Attack detector",
        ),
        FollowUp(
            "staff",
            "How do you know within a day that calibration broke, when disputes take weeks?",
            "I compare like with like: expected fraud among attempts of age d against reports received by age d, using completeness curves from earlier cohorts. "
            "Fast sources, issuer fraud reports and verdicts, make it readable after two or three days by segment. The control group checks the blocked side. "
            "The dispute-based loss tracker confirms weeks later and corrects the curves; it is not an alarm.",
            "Watch the mean score, which moves with the traffic mix",
            "operations/Calibration monitor",
        ),
        FollowUp(
            "staff",
            "A regulator says the model blocks one country more. Is that a defect?",
            "The rate alone does not say: base rates differ. I look at false blocks, measured in the control group, by country and card type, and at calibration inside "
            "each. If equal probabilities mean equal fraud, the gap is priced risk; if not, it is an error we pay for. Then policy: step-up instead of block narrows the harm at "
            "equal loss. Proxies such as language are removed where they add nothing out of time.",
            "Drop the country feature and declare the model fair",
            "training/Offline gate",
        ),
        FollowUp(
            "staff",
            "Traffic grows tenfold. What breaks first?",
            "Not inference: {cores} cores become ten times that, and scale flat. The counter store does: {increments:n} updates a second and {counter_store} of memory, with hot keys at large "
            "merchants and shared networks. I split hot keys by bucket, drop windows that feature importance does not justify, and sample increments on merchants. Review does "
            "not scale at all: its cases are capped, so the band narrows and step-up takes over.",
            "Put the model on GPUs",
            "serving/Velocity counters",
        ),
    ],
    case_studies=[
        CaseStudy(
            "Stripe",
            system="Radar scores each payment from more than 1,000 characteristics in under 100 ms; since 2022 a multi-branch DNN replaces a wide-and-deep ensemble with XGBoost.",
            difference="They gave up the trees for speed of iteration: training fell by over 85 % to less than two hours. We start where they arrived.",
            source="https://stripe.com/blog/how-we-built-it-stripe-radar",
        ),
        CaseStudy(
            "Uber",
            system="Mastermind, a rules engine on which analysts write, test and deploy rules without engineers.",
            difference="Rules came first, chosen over a model because they are explainable and changed in minutes; here they are the quick loop beside the model.",
            source="https://www.uber.com/blog/mastermind/",
        ),
        CaseStudy(
            "eBay",
            system="xFraud, a self-attentive graph neural network on transactions and the entities they share, with an explainer; tested on 1.1 billion nodes.",
            difference="The graph network is the detector itself; we use its kind for hourly scores that enter a tabular model, to keep the tail of latency bounded.",
            source="https://arxiv.org/abs/2011.12193",
        ),
    ],
    five_minutes=[
        Phase(
            0.7,
            "Frame",
            "I would design card-payment fraud detection at checkout for a payments platform. The goal is money, not recall: the sum of fraud we let through, good "
            "sales we refuse, and the cost of challenges and reviews. For each attempt we choose allow, step-up, review or block within a hundred milliseconds. Three things make it "
            "hard. Fraud is one in a thousand. The attacker adapts in hours. And labels come weeks late, and never for what we blocked. I assume that merchants bear the loss unless the issuer challenged the shopper, that a payment can be held until capture, and that at most one good payment in a thousand may be refused.",
        ),
        Phase(
            0.6,
            "Size",
            "Say {attempts:n} attempts a day, {peak_rate:n} a second at peak. That is {fraud_value} of attempted fraud. We hold {entities} entities: cards, devices, emails, addresses, networks. "
            "Profiles take {profile_store} on flash, and the live counters {counter_store} in memory. Inference is small: {cores} cores at peak. So the hard part is features, not the model. A thousand attempts cost about half a cent of machines; the analysts cost fifty times more, so their time is what I would optimise.",
        ),
        Phase(
            1.1,
            "Online path",
            "The payment enters a card zone where the number becomes a token. The risk orchestrator owns the deadline. It checks allow and deny lists, then reads in parallel: enrichment tables in "
            "process, profiles by one batch read, precomputed graph scores, and velocity counters, which it increments before it reads, so that the tenth card on a device already sees nine. A thousand "
            "features go to the model. The score is calibrated into a probability, and the policy picks the action with the least expected cost for this amount and this merchant. The decision is written "
            "durably before the answer leaves. If features or model are late, a small scorecard on request data answers, open below a limit, step-up above. One attempt in a hundred is stepped up: the shopper answers a challenge, the proof comes back to us, and only then do we ask the issuer.",
        ),
        Phase(
            1.1,
            "Model and labels",
            "The model is a multi-branch network: numbers are scaled and carry a missing bit, merchants and issuers are embedded, graph vectors join, and thirty-two thin branches are summed per block. "
            "I train with weighted log-loss on all fraud and five per cent of good attempts. Weights undo two things: young negatives are not yet trustworthy, and blocks hide their outcome. For the second I "
            "release one per cent of small would-be blocks at random. It costs about {control_cost:n} dollars a day and is the only honest measure of our false blocks. Then I undo the sampling and "
            "calibrate per segment, because the policy multiplies the probability by money.",
        ),
        Phase(
            0.8,
            "Evaluate and release",
            "Offline I split by time with a gap for labels, and report recall at a tenth of a per cent of false blocks, and dollars. I drop cards that were already known as compromised, since the deny list would have stopped them. A challenger scores a copy of traffic for two days, then merchants follow tier by "
            "tier. The test is randomised by card, needs {sample} attempts per arm, and is read after four weeks, when labels have matured. Model, calibrator and thresholds are one bundle and roll back together.",
        ),
        Phase(
            0.7,
            "Operate and trade off",
            "There are three clocks. Attacks are met in a minute, by a detector that sets expiring limits. Calibration is watched in days, from fraud reports at equal age. Dollars are read in weeks, from disputes. If a release blocks a segment it should not, the block rate triggers the rollback within minutes, without waiting for a person. "
            "The choice I would defend hardest is the control group; the one I would revisit first is precomputed graph scores, if we extend this to payouts, where we have seconds and a loss cannot be undone.",
        ),
    ],
    interview_plan=[
        Phase(
            5,
            "Clarify and frame",
            "Ask who bears the loss, what can be held, how late labels are. Write the objective as a sum of costs and the four actions. State the false-block limit.",
        ),
        Phase(
            5,
            "Size",
            "Attempts, peak, entities, counters, cores. Show that {increments:n} counter updates a second, not inference, are the load. Note the base of every percentage.",
        ),
        Phase(
            10,
            "Draw the online path",
            "Card zone, orchestrator, lists, parallel reads, model, calibrator, policy, durable write, issuer. Put the budget beside it and mark the fallback.",
        ),
        Phase(
            8,
            "Features and model",
            "Five groups with freshness. Counters: buckets, sketches, write before read. Model: branches, embeddings, missing mask, auxiliary heads. Loss with its two weights.",
        ),
        Phase(
            7,
            "Labels and evaluation",
            "Label table with delay and bias. Control group with its price. Time split with a gap. Test unit, sample, when it can be read.",
        ),
        Phase(
            6,
            "People and operations",
            "Review queue ranked by money per minute, rules with backtest and expiry, three clocks of monitoring, automatic rollback of the bundle.",
        ),
        Phase(
            4,
            "Trade-offs",
            "Trees or network, fail open or closed, traversal or look-up. Offer the tenfold question yourself.",
        ),
    ],
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
        S. X. Rao et al. (eBay), "xFraud: Explainable Fraud Transaction Detection", PVLDB 15(3) 2022
            https://arxiv.org/abs/2011.12193 a heterogeneous graph network as detector, on up to 1.1 billion nodes
        X. Hu et al. (Uber), "Fraud Detection: Using Relational Graph Learning to Detect Collusion", Uber Engineering 2021
            https://www.uber.com/blog/fraud-detection/ a relational GNN on linked users; a case study, not in production
        Uber Engineering, "Mastermind: Using Uber Engineering to Combat Fraud in Real Time", Uber Engineering 2017
            https://www.uber.com/blog/mastermind/ a rules engine whose rules analysts write and deploy themselves
        M. Schlichtkrull et al., "Modeling Relational Data with Graph Convolutional Networks", ESWC 2018
            https://arxiv.org/abs/1703.06103 the relational GNN
        S. Xie et al., "Aggregated Residual Transformations for Deep Neural Networks", CVPR 2017
            https://arxiv.org/abs/1611.05431 ResNeXt: parallel thin branches that are summed, the shape of the model
        T.-Y. Lin et al., "Focal Loss for Dense Object Detection", ICCV 2017
            https://arxiv.org/abs/1708.02002 the focal loss
        Redis, "HyperLogLog", Redis documentation 2024
            https://redis.io/docs/latest/develop/data-types/probabilistic/hyperloglogs/
            at most 12 KB and 0.81 % standard error for distinct values
        European Commission, "Delegated Regulation (EU) 2018/389 on strong customer authentication", Official Journal of the EU 2018
            https://eur-lex.europa.eu/eli/reg_del/2018/389/oj
            step-up by default in the EEA; low fraud rates buy exemptions (Articles 18 and 19, Annex)
        OCC, Federal Reserve, FDIC, "Model Risk Management: Revised Guidance", OCC Bulletin 2026-13, 2026
            https://www.occ.gov/news-issuances/bulletins/2026/bulletin-2026-13.html
            non-binding guidance for banks, mainly those over 30 billion dollars, which replaces SR 11-7 and leaves out
            generative AI; a payment platform that is no bank takes it as good practice
        PCI Security Standards Council, "PCI DSS v4.0.1", PCI SSC 2024
            https://www.pcisecuritystandards.org/document_library/ why card numbers stay in their own zone
    """),
)


@view("Overview")
def overview() -> None:
    """A decision in 100 ms before the issuer is asked, and three slower loops: features, review, labels."""
    checkout = Users("Merchant checkout", tooltip="Sends payment intent and device signals")
    issuer = Internet(
        "Issuer\nvia card network", tooltip="Authorises, runs 3-D Secure, later reports fraud and disputes"
    )
    with Cluster("Online"):
        payments_api = Kong("Payments API", tooltip="Authenticates the merchant, rejects a repeated idempotency key")
        risk_service = Java("Risk service", tooltip="Gathers features, scores, applies policy within {promise}")
        fraud_model = ModelServer(
            "Fraud model\nmulti-branch DNN", tooltip="Probability of fraud from {features} features"
        )
        policy = Choice("Decision policy", tooltip="Turns probability, amount and merchant appetite into an action")
    with Cluster("Features"):
        feature_store = FeatureStore("Online feature store", tooltip="Profiles, counters and graph scores by entity")
        event_log = Kafka("Event log\nKafka", tooltip="Attempts, decisions and outcomes, in order by entity")
        feature_jobs = Flink("Stream features\nFlink", tooltip="Counts, sums and distinct values over sliding windows")
        entity_graph = Janusgraph("Entity graph\nJanusGraph", tooltip="Links cards and devices across merchants")
    with Cluster("Learning"):
        analysts = Users("Fraud analysts", tooltip="Judge the uncertain band and label it within hours")
        labels = S3("Label store", tooltip="Fraud reports, disputes and verdicts joined to decisions")
        training = Kubeflow("Training pipeline", tooltip="Trains weekly or on an attack; backtests, then releases")
        registry = Mlflow("Model registry", tooltip="Model, calibrator and thresholds, released as one bundle")

    checkout >> request("pay") >> payments_api >> request("attempt") >> risk_service
    risk_service >> request("entity keys") >> feature_store
    risk_service >> request("{features} features") >> fraud_model >> response("probability") >> policy
    policy >> response("action, reasons") >> payments_api >> request("authorise, step up") >> issuer
    policy >> stream("uncertain {review_share}") >> analysts
    risk_service >> stream("decision, inputs") >> event_log
    event_log >> stream("attempts") >> feature_jobs >> stream("under 2 s") >> feature_store
    event_log >> stream("links") >> entity_graph >> batch("ring scores") >> feature_store
    event_log >> batch("decision log") >> labels
    issuer >> feedback("reports, disputes") >> labels
    analysts >> feedback("verdict, hours") >> labels
    labels >> batch("mature rows") >> training >> control("gated bundle") >> registry
    registry >> control("staged rollout") >> fraud_model


@view("Serving", details="overview/Online")
def serving() -> None:
    """Hard rules, then features once, one model and one policy, and a safe answer if any of them is late."""
    checkout = Mobile(
        "Checkout SDK", tooltip="Collects device and behaviour signals, sends the payment, shows the challenge"
    )
    with Cluster("Card zone"):
        payments_api = Kong("Payments API", tooltip="Rejects duplicates, asks for the risk, acts with the issuer")
        token_vault = Vault("Token vault", tooltip="Swaps the card number for a token; the risk zone never sees it")
    with Cluster("Risk zone"):
        orchestrator = Java("Risk orchestrator", tooltip="Owns the deadline, parallel reads and feature defaults")
        allow_deny = Redis("Allow/deny lists\nRedis", tooltip="Confirmed-bad cards and devices end here in {lists}")
        enrichment = Rust("Enrichment tables", tooltip="BIN, IP location, proxy and device tables, in process")
    with Cluster("Features"):
        profiles = Aerospike("Entity profiles\nAerospike", tooltip="{entities} entities, one batch read of {keys}")
        velocity = Redis("Velocity counters\nRedis", tooltip="Incremented, then read: attempt N sees attempt N-1")
        graph_scores = Scylla("Graph scores", tooltip="Ring risk and entity embeddings, refreshed hourly")
    with Cluster("Decide"):
        champion = ModelServer(
            "Champion model", tooltip="Multi-branch DNN, {zone_cores} CPU cores in each of {zones} zones"
        )
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

    first(checkout)
    left_of(checkout, step_up)
    left_of(payments_api, orchestrator)
    left_of(orchestrator, velocity)
    below(policy, payments_api)
    below(champion, orchestrator)

    with step("The SDK sends payment and device data; the vault swaps the card number for a token in {tokenise}."):
        checkout >> request("payment, device") >> payments_api >> request("card number") >> token_vault
    with step("At up to {peak_rate:n} attempts a second, listed cards and devices end within {lists}."):
        payments_api >> request("token, BIN") >> orchestrator >> request("card, device") >> allow_deny
        allow_deny >> response("hard match") >> policy
    with step("Local tables, a batch read of {keys} entities and a graph look-up run in parallel: {profile_read}."):
        orchestrator >> request("BIN, IP") >> enrichment
        orchestrator >> request("{keys} keys, {profile_read}") >> profiles
        orchestrator >> request("{keys} keys, {graph_read}") >> graph_scores
    with step("Beside them counters are incremented, then read: the tenth card on a device already sees nine."):
        orchestrator >> request("increment, {counter_call}") >> velocity
    with step("{features} features give a score in {inference}, a calibrated probability {calibrate} later."):
        orchestrator >> request("{features} features") >> champion >> response("raw score") >> calibrator
    with step("Where features or model are late, a scorecard on request data answers instead."):
        orchestrator >> request("on timeout") >> scorecard >> response("coarse risk") >> policy
    with step("In {decide} the policy picks the action of least expected cost for this amount and merchant."):
        calibrator >> response("probability, reasons") >> policy
    with step("The decision is durable in {durable}, before the answer; the challenger scores the copy later."):
        policy >> request("decision, {durable}") >> decision_log >> stream("copied attempts") >> challenger
    with step("The action leaves within {promise}; {review_share} wait for an analyst before capture."):
        policy >> response("action, reasons") >> payments_api
        policy >> stream("{review_share} review") >> case_store
    with step("{step_up_share} of attempts are challenged: the shopper answers, and the proof comes back."):
        payments_api >> request("{step_up_share} step-up") >> step_up >> request("challenge") >> checkout
        step_up >> response("proof") >> payments_api
    with step("The issuer is asked, with the proof where there is one, and the shopper sees the result."):
        payments_api >> request("authorise, proof") >> issuer
        issuer >> response("approve, decline") >> payments_api >> response("result") >> checkout


@view("Features", details="overview/Features")
def features() -> None:
    """How a payment changes the next decision: counters at once, windows in seconds, the graph within the hour."""
    orchestrator = Java("Risk orchestrator", tooltip="Increments and reads counters in one call during the decision")
    with Cluster("Sources") as sources:
        attempts = Kafka("Attempt events\nKafka", tooltip="All attempts, declined ones too, keyed by token")
        outcomes = Kafka("Outcome events\nKafka", tooltip="Issuer declines, fraud reports, disputes, refunds")
    with Cluster("Stream"):
        dedupe = Flink("Deduplicate and sessionise", tooltip="Drops network retries, keeps true repeats")
        windows = Flink("Sliding windows\nFlink", tooltip="1 min to 30 days: counts, sums, distinct cards per device")
    with Cluster("Batch"):
        definitions = Git("Feature definitions\nGit", tooltip="One definition for stream and batch, reviewed as code")
        lake = S3("Data lake", tooltip="Source of backfills and point-in-time joins")
        aggregates = Spark("Daily aggregates", tooltip="The stream's definitions again; corrects for late events")
    with Cluster("Graph"):
        link_builder = Flink("Link builder", tooltip="Edges that decay with time; drops hubs such as office IPs")
        entity_graph = Janusgraph("Entity graph", tooltip="Cards, devices, emails, addresses, merchants")
        graph_model = GraphStore("Relational GNN", tooltip="Re-scores changed components hourly, everything daily")
    with Cluster("Online feature store") as feature_store:
        velocity = Redis(
            "Velocity counters\nRedis",
            tooltip="{counter_store}: {windows} windows of {buckets} buckets, and sketches for distinct values",
        )
        profiles = Aerospike("Entity profiles\nAerospike", tooltip="Long windows and baselines; {profile_store}")
        graph_scores = Scylla("Graph scores", tooltip="Plain look-ups: nothing is traversed at checkout")

    orchestrator >> request("increment, read") >> feature_store
    (
        orchestrator
        >> stream("{attempts}")
        >> attempts
        >> stream("attempts")
        >> dedupe
        >> stream("clean attempts")
        >> windows
    )
    outcomes >> stream("declines, disputes") >> windows >> stream("minute repair") >> velocity
    windows >> stream("window values") >> profiles
    sources >> batch("hourly files") >> lake
    lake >> batch("daily") >> aggregates >> batch("corrections") >> profiles
    definitions >> control("compiled job") >> [windows, aggregates]
    dedupe >> stream("shared identifiers") >> link_builder >> stream("typed edges") >> entity_graph
    entity_graph >> batch("changed components") >> graph_model >> batch("hourly scores") >> graph_scores
    outcomes >> batch("seed labels") >> graph_model


@view("Model", direction="TB", details="serving/Champion model")
def model() -> None:
    """860 numbers, 60 identities and the graph meet in thin branches that are summed; one logit becomes a probability."""
    with Cluster("Inputs"):
        numbers = Features(
            "Request and counters\n860 numbers", tooltip="Request, velocity and profile features, ratios included"
        )
        ids = Features("Identities\n60 fields", tooltip="Merchant, category, BIN, issuer, email domain, device model")
        graph = Features(
            "Graph\n80 numbers", tooltip="Ring scores and the device's 64-number embedding, as of the attempt"
        )
    with Cluster("Embeddings"):
        scaled = Interaction(
            "Scale and mask", tooltip="Quantile or log scale; a missing bit for each number, dropped at random"
        )
        tables = EmbeddingTable("Entity embeddings", tooltip="16 numbers per field; rare ids share hashed rows")
    with Cluster("Trunk"):
        concat = Interaction("Concatenate and project", tooltip="2,760 numbers to 512")
        first = Expert("Branch 1\n512-16-512", tooltip="A thin path that specialises, as in ResNeXt")
        middle = Expert("Branches 2-31\n512-16-512", tooltip="The same shape, trained together")
        last = Expert(
            "Branch 32\n512-16-512", tooltip="Many thin branches fit better than one wide layer of equal cost"
        )
        total = Interaction(
            "Sum and residual", tooltip="Adds all branches to the block's input; four blocks follow each other"
        )
    with Cluster("Heads"):
        fraud = Head("Fraud logit", tooltip="The only head that serves")
        early = Head(
            "Auxiliary heads", tooltip="Report within 14 days, card testing: early, dense labels for the trunk"
        )
    with Cluster("Training only"):
        loss = LossFunction(
            "Weighted log-loss", tooltip="Weights for label age and propensity; sampling is undone later"
        )
        labels = S3("Label store", tooltip="Matured reports, verdicts and random releases with their propensity")
    calibrator = Calibrator("Calibrator", tooltip="Undoes the sampling of good attempts, then isotonic by segment")

    numbers >> Edge(label="860") >> scaled >> Edge(label="1,720") >> concat
    ids >> Edge(label="60 ids") >> tables >> Edge(label="60 × 16") >> concat
    graph >> Edge(label="80") >> concat
    concat >> Edge(label="512") >> [first, middle, last]
    [first, middle, last] >> Edge(label="512") >> total
    total >> Edge(label="512") >> [fraud, early]
    fraud >> Edge(label="logit") >> [loss, calibrator]
    early >> Edge(label="2 logits") >> loss
    labels >> feedback("fraud, weight") >> loss


@view("Review", details="overview/Fraud analysts")
def review() -> None:
    """People in the loop: {cases:n} cases a day go where a verdict changes the most money; each becomes a label."""
    with Cluster("Intake"):
        decision_log = Kafka("Decision log\nKafka", tooltip="Uncertain band, high amounts, ring alerts")
        prioritiser = Ranker("Case prioritiser", tooltip="Ranks by expected loss saved per analyst minute")
        audit_sample = Preparation("Random sample", tooltip="A few per cent at random: measures people and model")
    with Cluster("Desk"):
        case_store = Postgresql("Case store", tooltip="State, deadline before capture, full audit trail")
        console = React("Analyst console", tooltip="Reasons, timeline and linked entities on one screen")
        entity_graph = Janusgraph("Entity graph", tooltip="Shows the ring behind a single payment")
        analysts = Users(
            "Fraud analysts", tooltip="{analysts:n} a day decide, name the attack, propose lists and rules"
        )
        double_review = Inspection("Double review", tooltip="Second opinion on 5 %, measures agreement")
    with Cluster("Outcome"):
        action_service = Java("Action service", tooltip="Carries a verdict out and informs the merchant")
        payments_api = Kong("Payments API", tooltip="Captures, cancels or refunds the held payment")
        rule_service = RuleEngine("Rule service", tooltip="Backtests a rule on 30 days before it goes live; it expires")
        policy = Choice("Decision policy", tooltip="Applies live rules to the next attempts")
        merchant = Client("Merchant", tooltip="Sees reasons and can appeal; appeals become labels")
        labels = S3("Label store", tooltip="Fast labels, tagged as reviewed")

    decision_log >> stream("candidates") >> prioritiser >> stream("{cases}") >> case_store
    decision_log >> stream("random share") >> audit_sample >> stream("audit cases") >> case_store
    analysts >> request("next case") >> console >> request("open case") >> case_store
    console >> request("2-hop view") >> entity_graph
    analysts >> request("verdict") >> action_service >> request("capture, cancel") >> payments_api
    action_service >> stream("outcome, reasons") >> merchant
    analysts >> control("proposed rule") >> rule_service >> control("tested rule") >> policy
    analysts >> feedback("5 % sample") >> double_review >> feedback("corrected label") >> labels
    analysts >> feedback("reviewed label") >> labels
    merchant >> feedback("appeal") >> labels


@view("Training", details="overview/Training pipeline")
def training() -> None:
    """Labels mature at different speeds and blocks have none; both are corrected before anything is fitted."""
    with Cluster("Labels"):
        decision_log = Kafka("Decision log\nKafka", tooltip="Features as used, action, propensity; nothing known later")
        outcomes = Kafka("Outcome events\nKafka", tooltip="Network fraud reports come in days, disputes up to 120 days")
        verdicts = Postgresql("Review labels", tooltip="Hours old, but only of what was selected")
        control_group = Experiment("Control group", tooltip="{released} of would-be blocks up to {cap:n} dollars pass")
        maturation = Spark(
            "Label maturation\nSpark",
            tooltip="Joins outcomes within 120 days of the payment; young negatives weigh less",
        )
    with Cluster("Fit"):
        table = S3(
            "Training table",
            tooltip="{rows} rows, split by time with a 28-day gap; cards known as compromised leave the test part",
        )
        trainer = Trainer("DNN trainer", tooltip="Weighted log-loss, entity embeddings, auxiliary heads")
        calibrator = Calibrator("Calibrator", tooltip="Undoes the sampling; isotonic by segment on unsampled rows")
    with Cluster("Gate"):
        backtest = Inspection("Out-of-time backtest", tooltip="The next four weeks, by merchant segment, in dollars")
        gate = Choice(
            "Offline gate\nwith disparity check", tooltip="Loss, calibration, false blocks by country and card"
        )
        thresholds = Python(
            "Threshold optimiser",
            tooltip="Least expected cost per merchant, within review capacity; set before the gate, which judges their result",
        )
    with Cluster("Release"):
        registry = Mlflow("Model registry", tooltip="Model, calibrator, thresholds, model card, approvals")
        canary = Flagger("Shadow and canary", tooltip="Two days of shadow, then merchants tier by tier")
    risk_service = Java("Risk service", tooltip="Runs champion and challenger")
    scheduler = Airflow("Scheduler", tooltip="Weekly, or at once on an attack or a drift alarm")

    risk_service >> stream("decisions") >> decision_log >> batch("archived decisions") >> maturation
    risk_service >> feedback("random releases") >> control_group >> batch("unbiased rows") >> maturation
    scheduler >> control("run") >> maturation
    outcomes >> feedback("reports, disputes") >> maturation
    verdicts >> feedback("fast labels") >> maturation
    maturation >> batch("weighted rows") >> table >> batch("{training_bytes}") >> trainer
    trainer >> batch("raw scores") >> calibrator >> batch("probabilities") >> thresholds
    thresholds >> batch("bundle") >> backtest >> batch("loss by segment") >> gate >> control("passed") >> registry
    registry >> control("challenger") >> canary >> control("promote") >> risk_service


@view("Operations")
def operations() -> None:
    """Watching an adversary: attacks in minutes, calibration in days, dollars in weeks, and a safe mode for each."""
    with Cluster("Serving"):
        risk_service = Java("Risk service", tooltip="Emits scores, actions, latency, defaults used")
        flags = Etcd("Feature flags\netcd", tooltip="Thresholds, rules and safe mode, by merchant tier")
        scorecard = Fallback("Fallback scorecard", tooltip="Allows below a limit, steps up above it")
    with Cluster("Observe") as observe:
        outcomes = Kafka("Outcome events\nKafka", tooltip="Declines at once, fraud reports in days, disputes in weeks")
        metrics = Prometheus("Metrics\nPrometheus", tooltip="p99, share of defaults, action mix")
        attacks = Flink("Attack detector\nFlink", tooltip="Card-testing bursts by merchant, BIN and device in 1 min")
        drift = Spark("Drift monitor\nSpark", tooltip="PSI of features and scores by segment, skew of stream and batch")
        calibration = Monitor(
            "Calibration monitor", tooltip="Expected against reported fraud at equal label age, by segment"
        )
        losses = Spark("Loss tracker\nSpark", tooltip="Loss and false blocks by decision week, projected to maturity")
        dashboards = Grafana("Dashboards\nGrafana", tooltip="Action mix and dollars on one board")
    with Cluster("Respond"):
        alerts = Pagerduty("On-call alerts", tooltip="Pages on attacks, latency and block rate")
        rollback = Argocd("Rollback controller", tooltip="Restores champion, calibrator and thresholds together")
        officer = User(
            "Fraud duty officer", tooltip="Owns emergency rules, talks to merchants, calls the engineer on duty"
        )
    with Cluster("Decide"):
        analysis = Clickhouse("Experiment analysis", tooltip="Compares thresholds by merchant or card group")
        committee = Users("Model risk committee", tooltip="Approves material changes, reads the disparity report")
        retrain = Airflow("Retrain trigger", tooltip="Starts training early on drift or lost calibration")
        training = Kubeflow("Training pipeline", tooltip="Trains, backtests and releases through shadow and canary")

    risk_service >> stream("features, decisions, latency") >> observe
    metrics >> stream("series") >> dashboards
    attacks >> control("attack") >> alerts
    attacks >> control("expiring limit") >> flags
    drift >> control("PSI over limit") >> retrain
    outcomes >> feedback("early reports") >> calibration >> control("out of band") >> retrain
    outcomes >> feedback("disputes") >> losses >> batch("loss curves") >> dashboards
    metrics >> control("SLO, block rate") >> alerts >> control("incident") >> officer
    officer >> control("emergency rule") >> flags
    metrics >> control("block-rate jump") >> rollback >> control("previous bundle") >> risk_service
    retrain >> control("run early") >> training >> control("gated bundle") >> risk_service
    losses >> batch("outcome by arm") >> analysis >> feedback("proposal") >> committee
    committee >> control("approved") >> flags >> control("under 60 s") >> risk_service
    risk_service >> request("on timeout") >> scorecard
