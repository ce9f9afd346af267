"""Tell, while a model serves, whether it is up, whether its input still looks familiar, and whether it is still right.

A model fails in silence: the request succeeds, the latency is fine, and the answer is worse than last week's. The
outcome that would prove it comes hours or months later, for some requests only, and often because of the answer itself.

Until then there are proxies, and too many of them. A hundred drift tests page somebody every day, and people learn not
to look. The skill lies in rationing alarms: page for harm to users, open a ticket for a cause, and know how many rows
each test needs before it can see what it claims to see.
"""

from diagrams import Cluster, Edge
from diagrams.aws.storage import S3
from diagrams.onprem.analytics import Flink
from diagrams.onprem.client import User, Users
from diagrams.onprem.database import Clickhouse
from diagrams.onprem.gitops import Argocd, Flagger
from diagrams.onprem.logging import Loki
from diagrams.onprem.monitoring import Grafana, Prometheus, Thanos
from diagrams.onprem.network import Envoy
from diagrams.onprem.queue import Kafka
from diagrams.onprem.tracing import Jaeger
from diagrams.onprem.workflow import Airflow
from diagrams.programming.flowchart import Action, Decision, StartEnd
from diagrams.programming.framework import FastAPI
from diagrams.saas.alerting import Pagerduty
from diagrams.saas.chat import Slack

from archfolio import (
    AntiPattern,
    BuildingBlock,
    Calculator,
    Calibrator,
    Chart,
    DecisionTable,
    Estimate,
    FollowUp,
    Guard,
    LabelJoin,
    MathFormula,
    ModelPool,
    Monitor,
    Option,
    Planner,
    RuleEngine,
    Term,
    UsedBy,
    assume,
    batch,
    bibliography,
    cite,
    control,
    derive,
    feedback,
    request,
    stream,
    view,
)

ESTIMATE = Estimate(
    rate=assume("Requests, mean", 2_000, "request/s"),
    objective=assume("Objective: good requests, of all requests", 99.9, "percent", note="answered, and within 100 ms"),
    window=assume("Window of the objective", 30, "day"),
    budget=derive("Error budget, of all requests", "1 - objective", "percent"),
    budget_time=derive("Error budget as a full outage", "window * budget", "min"),
    budget_requests=derive("Error budget in requests", "rate * window * budget", "request"),
    failing=assume("Bad requests now, of all requests", 2, "percent"),
    burn=derive("Burn rate now", "failing / budget", note="1 spends the budget in exactly the window"),
    exhausted=derive("Time until the budget is gone", "window / burn", "hour"),
    fast_window=cite("Long window of the fast page", 1, "hour", source="Site Reliability Workbook, ch. 5"),
    fast_spend=cite(
        "Budget spent before the fast page, of the budget", 2, "percent", source="Site Reliability Workbook, ch. 5"
    ),
    fast_burn=derive("Burn rate of the fast page", "fast_spend * window / fast_window"),
    slow_window=cite("Long window of the slow page", 6, "hour", source="Site Reliability Workbook, ch. 5"),
    slow_spend=cite(
        "Budget spent before the slow page, of the budget", 5, "percent", source="Site Reliability Workbook, ch. 5"
    ),
    slow_burn=derive("Burn rate of the slow page", "slow_spend * window / slow_window"),
    ticket_window=cite("Long window of the ticket", 3, "day", source="Site Reliability Workbook, ch. 5"),
    ticket_spend=cite(
        "Budget spent before the ticket, of the budget", 10, "percent", source="Site Reliability Workbook, ch. 5"
    ),
    ticket_burn=derive("Burn rate of the ticket", "ticket_spend * window / ticket_window"),
    paging_share=derive("Bad requests that trip the fast page, of all requests", "fast_burn * budget", "percent"),
    time_to_page=derive(
        "Time to the fast page at the rate now",
        "fast_window * fast_burn / max(burn, fast_burn)",
        "min",
        note="from a clean start; the whole window means that it may never fire",
    ),
    outage_to_page=derive("Time to the fast page in a full outage", "fast_window * fast_burn * budget", "s"),
    quality=assume("Precision of the model, of its positives", 90, "percent"),
    drop=assume("Drop worth acting on, in points of precision", 3, "percent"),
    needed=derive(
        "Labelled positive predictions to see the drop",
        "(1.96 + 0.84) ** 2 * quality * (1 - quality) / drop ** 2",
        note="one window against a baseline known well; 80 % power at the 5 % level",
    ),
    needed_each=derive(
        "Labels for each of two versions compared", "2 * needed", note="both are uncertain, so each needs twice as many"
    ),
    slice_labels=assume("Labelled positive predictions a slice gets", 150, "1/day"),
    slice_window=assume("Window of the metric of a slice", 7, "day"),
    interval=derive(
        "Interval around a week's precision of a slice, plus or minus, in points",
        "1.96 * sqrt(quality * (1 - quality) / (slice_labels * slice_window))",
        "percent",
        note="95 %, the normal approximation",
    ),
    wait=derive("Days of labels until a slice shows it", "needed / slice_labels", "day"),
    label_delay=assume("Delay of a label", 7, "day"),
    blind=derive("Time from the drop to the proof", "label_delay + wait", "day"),
    slices=assume("Slices tested", 40, note="country, device, model version, new or returning"),
    level=assume("Level of each daily test", 5, "percent"),
    false_alarms=derive("False alarms a day, nothing wrong", "slices * level"),
    some_alarm=derive(
        "Days with a false alarm, of all days",
        "1 - (1 - level) ** slices",
        "percent",
        note="if slices were independent",
    ),
    strict_level=derive("Level of each test after Bonferroni", "level / slices", "percent"),
    bins=assume("Bins of a histogram", 10),
    moved=assume(
        "Rows that moved from one bin to another, of rows", 5, "percent", note="bins hold equal shares of the reference"
    ),
    psi_moved=derive(
        "PSI of that move",
        "moved * log(1 + moved * bins) - moved * log(1 - moved * bins)",
        note="(a - e) ln(a / e) over the two bins that changed",
    ),
    rows=assume("Rows in the live window", 500),
    reference_rows=assume("Rows in the reference", 100_000),
    psi_expected=derive(
        "PSI to expect without any drift", "(bins - 1) * (1 / rows + 1 / reference_rows)", note="Yurdakul 2018"
    ),
    psi_limit=derive(
        "PSI that 1 % of windows exceed without drift",
        "(bins - 1) * (1 - 2 / (9 * (bins - 1)) + 2.326 * sqrt(2 / (9 * (bins - 1)))) ** 3 * (1 / rows + 1 / reference_rows)",
        note="99th percentile of chi-square with bins - 1 degrees of freedom, after Wilson and Hilferty",
    ),
)

BLOCK = BuildingBlock(
    title="Monitoring and observability",
    position=5,
    estimate=ESTIMATE,
    terms=[
        Term(
            "Service-level indicator and objective",
            "The indicator is the share of events that were good for the user; the objective is the share that was promised over a window.",
            MathFormula(
                "Error budget",
                r"B = 1 - \mathrm{SLO}",
                "The share of bad events that the promise allows. {budget} here: {budget_time} of full outage in {window}, or {budget_requests} bad requests.",
            ),
        ),
        Term(
            "Burn rate",
            "How many times faster than allowed the error budget is being spent: at 1 it lasts exactly the window.",
            MathFormula(
                "Burn rate and time to exhaustion",
                r"b = \frac{\text{bad} / \text{total}}{1 - \mathrm{SLO}}, \qquad t = \frac{W}{b}",
                "W is the window of the objective. A window w at burn rate b spends b w / W of the budget, which is how thresholds are chosen.",
            ),
        ),
        Term(
            "Covariate, prior and concept drift",
            "Three shifts with three cures: in the inputs P(x), in the base rate P(y), and in what the inputs mean, P(y | x).",
            MathFormula(
                "What changes",
                r"P(x, y) = P(y \mid x) \, P(x) = P(x \mid y) \, P(y)",
                "Covariate drift moves P(x) alone and hurts where the model had little data; prior drift moves P(y) with P(x | y) fixed, which a shift of the intercept corrects; concept drift changes P(y | x) in ways that only labels show.",
            ),
        ),
        Term(
            "Population stability index (PSI)",
            "A symmetric distance between two histograms over the same bins, customary in credit scoring.",
            MathFormula(
                "PSI",
                r"\mathrm{PSI} = \sum_{i=1}^{B} (a_i - e_i) \ln \frac{a_i}{e_i}",
                "a is the live share of bin i, e the expected one. The usual limits of 0.1 and 0.25 are a rule of thumb that ignores sample size: without any drift PSI averages (B - 1)(1/n + 1/m) for n live and m reference rows.",
            ),
        ),
        Term(
            "Kolmogorov-Smirnov statistic",
            "The largest gap between two cumulative distributions; with millions of rows it finds shifts that do not matter, so look at its size and not at its p-value.",
            MathFormula(
                "Two-sample KS",
                r"D = \sup_x \left| F_{\text{live}}(x) - F_{\text{ref}}(x) \right|",
                "Between 0 and 1, needs no bins, one feature at a time.",
            ),
        ),
        Term(
            "Classifier two-sample test",
            "Train a small classifier to tell reference rows from live rows: if it cannot, there is no shift that it could exploit; if it can, its features say where the shift is.",
            MathFormula(
                "Test statistic",
                r"\hat{A} \sim \mathcal{N}\!\left(\tfrac{1}{2}, \tfrac{1}{4 n}\right)",
                "Accuracy on n held-out rows, as many of each kind, when the two distributions are equal. It sees joint shifts that no single feature shows.",
            ),
        ),
        Term(
            "Proxy signal",
            "Something seen at once that moves before the outcome does: the distribution of scores, abstentions, fallbacks, corrections by users.",
        ),
        Term(
            "Exemplar",
            "A trace id that is stored beside one sample of a histogram: the way from a slow bucket to one slow request without a label for every request.",
        ),
        Term(
            "Tail sampling",
            "Keep or drop a trace when it is complete, so that every slow or failed request survives and only a small share of the others.",
        ),
        Term(
            "False discovery rate",
            "The expected share of false alarms among the alarms; controlling it, rather than the level of each test, is what makes testing every slice bearable.",
            MathFormula(
                "Benjamini-Hochberg",
                r"\text{reject } H_{(1)}, \ldots, H_{(k)}, \quad k = \max\left\{ i : p_{(i)} \le \tfrac{i}{m} q \right\}",
                "p-values sorted upwards, m tests, q the share of false alarms that is tolerated.",
            ),
        ),
    ],
    calculators=[
        Calculator(
            "Error budget and burn rates",
            "How fast is the budget burning, when is it gone, and when does somebody hear of it?",
            [
                "budget_time",
                "budget_requests",
                "burn",
                "exhausted",
                "fast_burn",
                "slow_burn",
                "ticket_burn",
                "paging_share",
                "time_to_page",
                "outage_to_page",
            ],
            "Over 30 days the shares of the Site Reliability Workbook give its 14.4, 6 and 1; over 28 days they give 13.4, 5.6 and 0.93. Pair each long window with a short one, a twelfth as long, so that the alert ends when the problem does. Below about 70 requests an hour a single failure trips the fast page: lengthen the window, or add synthetic requests.",
        ),
        Calculator(
            "What a test can see",
            "How many labels prove a drop, how many alarms are false, and how large is PSI when nothing has changed?",
            [
                "interval",
                "needed",
                "needed_each",
                "wait",
                "blind",
                "false_alarms",
                "some_alarm",
                "strict_level",
                "psi_moved",
                "psi_expected",
                "psi_limit",
            ],
            "If the proof takes longer than the damage may last, buy labels: an audited random sample is cheaper than a month of not knowing. A PSI threshold below {psi_limit} would fire on noise with {rows:n} live rows, whatever the rule of thumb says: with few rows, half of a bin can move and stay hidden; above about 10,000 rows the threshold must say what matters, because everything is significant. The formula assumes bins with equal shares of the reference.",
        ),
    ],
    tables=[
        DecisionTable(
            "Which test for which drift",
            ["What moved", "Test", "Labels needed", "Action when it fires"],
            [
                Option(
                    "Input drift",
                    [
                        "P(x)",
                        "PSI or KS a feature; classifier test or MMD on embeddings",
                        "None",
                        "Rule out a broken pipeline first; retrain only if important features moved",
                    ],
                    "Labels are late, or a feature may break upstream",
                ),
                Option(
                    "Score drift",
                    [
                        "P(ŷ)",
                        "PSI or KS on scores, by model version",
                        "None",
                        "Look for the input that moved it; it does not show miscalibration",
                    ],
                    "One number per model must be watched, at once",
                ),
                Option(
                    "Prior drift",
                    [
                        "P(y)",
                        "Binomial interval of the base rate; black-box shift estimation from the confusion matrix",
                        "Few, or none with the confusion matrix",
                        "Refit the intercept or the threshold",
                    ],
                    "Fraud or demand rises and classes look as before",
                ),
                Option(
                    "Concept drift",
                    [
                        "P(y | x)",
                        "Loss, AUC and calibration on fresh labels against the baseline",
                        "{needed:n} a slice, as computed above",
                        "Retrain on a window after the change, through all gates",
                    ],
                    "The world changed its answer: prices, policies, adversaries",
                ),
                Option(
                    "Training-serving skew",
                    [
                        "The same row, twice",
                        "Recompute logged features offline, compare value by value",
                        "None",
                        "Fix the pipeline; never retrain on it",
                    ],
                    "A release changed a feature, with no change in the world",
                ),
            ],
        ),
        DecisionTable(
            "Page, ticket or nothing",
            ["Example", "Who is told", "How soon"],
            [
                Option(
                    "Page",
                    [
                        "Burn rate above {fast_burn} for {fast_window} and for 5 min",
                        "On-call engineer, day or night",
                        "Minutes",
                    ],
                    "Users are harmed now, and a person can do something now",
                ),
                Option(
                    "Ticket",
                    [
                        "Burn rate above {ticket_burn} for {ticket_window}; precision of a slice fell",
                        "The model's owner",
                        "Next working day",
                    ],
                    "It will harm users if nobody acts this week",
                ),
                Option(
                    "Automatic action",
                    ["A canary burns its own budget in 10 min", "Nobody; a note in the channel", "Seconds"],
                    "The action is safe, reversible and rehearsed: stop a rollout, serve the previous version",
                ),
                Option(
                    "Note on a dashboard",
                    ["CPU at 80 %, PSI of 0.12 on a minor feature", "Whoever looks", "Never by itself"],
                    "It explains incidents and does not announce them",
                ),
            ],
        ),
        DecisionTable(
            "What drift is measured against",
            ["Finds", "Misses", "Cost"],
            [
                Option(
                    "Training snapshot",
                    [
                        "Slow erosion since training",
                        "Little, but it fires every December",
                        "One histogram a model version",
                    ],
                    "Always; it is what the model knows",
                ),
                Option(
                    "Last good week",
                    [
                        "A break since the last release",
                        "Erosion, because the reference moves with it",
                        "A sliding window",
                    ],
                    "Beside the snapshot, to date a break",
                ),
                Option(
                    "Same season last year",
                    ["Change beyond the season", "Anything in the first year", "A year of histograms"],
                    "Demand, travel, retail: strong calendars",
                ),
            ],
        ),
    ],
    checklist=[
        "Every prediction is logged with request id, model version, feature vector or its hash, score and decision; a replay of 1,000 logged rows gives the same scores.",
        "Each model has an owner on call, an objective with a window, and a written answer to 'what do we serve when it is switched off?'.",
        "Alerts that page are symptoms with a burn rate; no page fires on CPU, memory or PSI alone.",
        "Each page links to a runbook that names a first action, and the last drill used it.",
        "Feature freshness, null share and volume have a limit and an alert per feature group.",
        "Label coverage and label delay are series of their own; a stopped label feed opens a ticket within a day.",
        "Quality is reported by slice with an interval, and slices below {needed:n} labels are shown as unknown.",
        "Tests over slices control the false discovery rate; the measured share of false alarms of last month is known.",
        "No metric has a label whose values grow with users or requests; the series count has a limit that fails the build.",
        "From any slow bucket of the latency histogram, two clicks lead to a trace of a request in it.",
        "A fault drill (a feature set to null, a label feed stopped, a version rolled back) was detected within its target in the last quarter.",
    ],
    anti_patterns=[
        AntiPattern(
            "Drift as a page",
            "Somebody is woken by a PSI of 0.2 on one feature, finds nothing to do and goes back to sleep; a month later nobody looks.",
            "Open a ticket, ranked by importance times shift; page for burn rate and for business harm.",
            "alerting/Alert grouping",
        ),
        AntiPattern(
            "Score drift read as miscalibration",
            "The mean score moved and the calibrator is refitted without labels; afterwards probabilities are wrong for everybody.",
            "Recalibrate when calibration on fresh labels is off and ranking holds; retrain when ranking fell.",
            "drift-triage/Ranking fell?",
        ),
        AntiPattern(
            "Retraining as a reflex",
            "Any drift starts a training run, which learns the broken feature and passes its gate because the test set has the same break.",
            "Rule out a pipeline fault first: recompute logged features offline and compare value by value.",
            "drift-triage/Pipeline fault?",
        ),
        AntiPattern(
            "Request ids as labels",
            "The metrics store runs out of memory after a release that added a label for user or request.",
            "Ids belong in traces and logs; exemplars link the two, and joins are by route, version and region.",
            "signals/Metrics",
        ),
        AntiPattern(
            "Averages over all",
            "AUC is flat while a new device, a third of sign-ups, gets random answers.",
            "Quality by slice with intervals; a new value of a slicing column becomes a slice of its own.",
            "quality-monitoring/Slice metrics",
        ),
    ],
    questions=[
        FollowUp(
            "mid",
            "Labels take a month. How do you know tomorrow that today's release is worse?",
            answer="I compare versions, not days. The canary and the old version see the same traffic, so differences in score distribution, abstention, fallback rate and user corrections come from the release and not from the day. I recompute logged features offline for skew. For truth I pay for labels on random rows of both: about {needed_each:n} positive predictions from each version show a drop of {drop:n} points in precision tomorrow, which a month of waiting does not.",
            weak="We wait for the labels, and roll back if AUC falls.",
            where="quality-monitoring/Proxy signals",
        ),
        FollowUp(
            "mid",
            "PSI of a feature is 0.15. What do you do?",
            answer="First I ask how many rows: with {rows:n} rows and {bins:n} bins, PSI exceeds {psi_limit} once in a hundred windows with no drift at all. If it is real, I look for a pipeline fault: nulls, a unit, a late join. Then for a known event. Then whether the feature matters to the model and whether the score moved with it. If none of that, I note it, and labels decide whether anything is retrained.",
            weak="Above 0.1 is moderate drift, so I retrain the model.",
            where="drift-triage/Pipeline fault?",
        ),
        FollowUp(
            "senior",
            "Why two windows for each burn-rate alert?",
            answer="The long window makes the alert mean something: {fast_spend} of the budget in an hour is worth waking up for, and a one-minute blip does not reach it. Alone, it would go on firing for most of an hour after the fix. The short window, a twelfth as long, says that the burning is still going on, so the alert resets within minutes. In a full outage both are true after {outage_to_page}.",
            weak="Two windows make it more accurate.",
            where="alerting/Burn-rate rules",
        ),
        FollowUp(
            "senior",
            "You test 40 slices every day. How do you stop crying wolf?",
            answer="At a level of {level} that is {false_alarms} false alarms a day, and some alarm on {some_alarm} of days. I rank by p-value and apply Benjamini-Hochberg so that on average at most one alarm in ten is false. I require an effect that matters, not just significance, in two consecutive windows. Slices with too few labels are pooled up the hierarchy. Each month I count how many tickets led to an action, and delete the tests that never did.",
            weak="I raise the threshold until the noise is acceptable.",
            where="quality-monitoring/Quality monitor",
        ),
        FollowUp(
            "staff",
            "How would you set an objective for model quality, not just for latency?",
            answer="I start from a harm that users can name and count good events for it: 'the answer was not corrected within a day', 'the blocked payment was fraud'. It needs labels on a random sample, because outcomes exist only for what the model let through. The window is as long as the labels need, weeks rather than hours, so it governs releases and staffing: when the budget is spent, launches stop and the next quarter's work is data. It pages nobody; proxies and rollback protect the days in between.",
            weak="We promise AUC above 0.85 and alert when it is lower.",
            where="alerting/Budget policy",
        ),
    ],
    charts=[
        Chart(
            "charts/psi_without_drift.svg",
            "PSI when nothing has drifted",
            "Windows drawn from the very distribution they are compared with, 400 of each size. Below about 220 rows one window in a hundred passes 0.1 with no drift at all; the expectation (dots) follows 9 (1/n + 1/m).",
            "The 99th percentile of PSI falls from 0.24 at 100 rows to below 0.01 at 5,000 rows; the threshold 0.10 is crossed between 200 and 500 rows.",
            "charts/psi_without_drift.py",
        )
    ],
    used_by=[
        UsedBy(
            "multi-model-serving/operations/SLO burn rules", "Burn rates per tenant decide on paging and on admission."
        ),
        UsedBy(
            "ad-click-prediction/operations/Calibration monitor",
            "Predicted against observed clicks by slice, since each probability sets a price.",
        ),
        UsedBy(
            "fraud-detection/operations/Drift monitor",
            "Inputs and scores are watched while chargebacks are weeks away.",
        ),
        UsedBy(
            "data-intensive-ai-platform/operations/Skew check",
            "Logged features are recomputed offline and compared value by value.",
        ),
        UsedBy("recommendation-systems/operations/Live quality", "Clicks and orders by arm and slice, within minutes."),
        UsedBy(
            "chatbot-llm-system/operations/Online judge",
            "A sample of answers is graded where no outcome will ever arrive.",
        ),
    ],
    sources=bibliography("""
        B. Beyer et al. (Google), "Alerting on SLOs, in: The Site Reliability Workbook", O'Reilly 2018
            https://sre.google/workbook/alerting-on-slos/ burn rates of 14.4, 6 and 1, the budget that each spends, pairs of long and short windows
        E. Breck, S. Cai, E. Nielsen, M. Salib, D. Sculley (Google), "The ML Test Score: A Rubric for ML Production Readiness and Technical Debt Reduction", IEEE Big Data 2017
            https://research.google/pubs/the-ml-test-score-a-rubric-for-ml-production-readiness-and-technical-debt-reduction/ the checklist: seven monitoring tests, among them skew, staleness and slices
        S. Rabanser, S. Günnemann, Z. Lipton, "Failing Loudly: An Empirical Study of Methods for Detecting Dataset Shift", NeurIPS 2019
            https://arxiv.org/abs/1810.11953 two-sample tests compared; a classifier's own outputs as a good reduction before testing
        Z. Lipton, Y. Wang, A. Smola, "Detecting and Correcting for Label Shift with Black Box Predictors", ICML 2018
            https://arxiv.org/abs/1802.03916 prior drift estimated from a confusion matrix, without new labels
        B. Yurdakul, "Statistical Properties of Population Stability Index", Western Michigan University 2018
            https://scholarworks.wmich.edu/dissertations/3208 the distribution of PSI without drift; why 0.1 and 0.25 need a sample size
        A. Gretton et al., "A Kernel Two-Sample Test", JMLR 2012
            https://jmlr.org/papers/v13/gretton12a.html maximum mean discrepancy, for embeddings
        Y. Benjamini, Y. Hochberg, "Controlling the False Discovery Rate: A Practical and Powerful Approach to Multiple Testing", Journal of the Royal Statistical Society B 1995
            https://doi.org/10.1111/j.2517-6161.1995.tb02031.x the procedure for testing many slices
        B. Sigelman et al. (Google), "Dapper, a Large-Scale Distributed Systems Tracing Infrastructure", Google technical report 2010
            https://research.google/pubs/dapper-a-large-scale-distributed-systems-tracing-infrastructure/ traces, spans and the need to sample
        OpenTelemetry authors, "Sampling", OpenTelemetry documentation 2026
            https://opentelemetry.io/docs/concepts/sampling/ head and tail sampling, and what each can decide on
        Prometheus authors, "Metric and label naming", Prometheus documentation 2026
            https://prometheus.io/docs/practices/naming/ why user ids and other unbounded values must not be labels
    """),
)


@view("Quality monitoring")
def quality_monitoring() -> None:
    """Predictions are logged, outcomes come late, proxies cover the gap, and what is found leads to a change in what is served."""
    with Cluster("Serve"):
        people = Users("Users", tooltip="See the answer, and sooner or later show whether it was right")
        servers = ModelPool("Serving fleet", tooltip="Emits score, decision, version and feature hash per request")
        rollback = Argocd("Rollback controller", tooltip="Points the fleet to the previous bundle")
    with Cluster("Collect"):
        log = Kafka(
            "Inference log\nKafka", tooltip="Keyed by request id; full where volume allows, else sampled at random"
        )
        outcomes = Kafka("Outcome events\nKafka", tooltip="Orders, chargebacks, corrections: hours to months late")
        audit = Users("Auditors", tooltip="Label a random sample, where no outcome will come")
    with Cluster("Evaluate"):
        proxies = Flink(
            "Proxy signals\nFlink", tooltip="Score histogram, abstentions, fallbacks, corrections, by version"
        )
        join = LabelJoin("Label join", tooltip="By request id, within a stated window; counts what stayed unlabelled")
        slices = Clickhouse(
            "Slice metrics", tooltip="Counts by segment, version and hour, so that intervals can be computed"
        )
        monitor = Monitor("Quality monitor", tooltip="Intervals, false discovery rate, two windows in a row")
    with Cluster("Act"):
        dashboards = Grafana("Dashboards\nGrafana", tooltip="Quality beside latency and cost, one page a model")
        owner = User("Model owner", tooltip="Gets slice, version and first bad hour; decides")

    people >> request("request") >> servers >> stream("score, version") >> log
    people >> feedback("what happened") >> outcomes
    log >> stream("scores now") >> proxies >> stream("counts") >> slices
    log >> batch("predictions") >> join
    outcomes >> feedback("within {label_delay}") >> join >> batch("labelled rows") >> slices
    log >> batch("random sample") >> audit >> feedback("labels") >> join
    slices >> batch("counts by slice") >> monitor >> control("ticket: slice") >> owner
    dashboards >> request("series") >> slices
    owner >> request("reads") >> dashboards
    owner >> control("roll back") >> rollback >> control("previous version") >> servers


@view("Drift tests")
def drift_tests() -> None:
    """Four tests that need different data and mean different things; their findings are ranked before anybody acts."""
    fleet = ModelPool("Serving fleet", tooltip="Logs the features and the score that it used")
    with Cluster("Data"):
        snapshot = S3("Training snapshot", tooltip="Histograms, base rate and error of the data the model learned from")
        log = Kafka("Inference log\nKafka", tooltip="Features, scores and versions as served")
        outcomes = Kafka("Outcome events\nKafka", tooltip="Labels, late by nature")
    with Cluster("Tests") as tests:
        inputs = Monitor("Input test", tooltip="PSI or KS a feature, classifier test on embeddings: P(x)")
        scores = Monitor("Score test", tooltip="Distribution of scores by version: P(ŷ), says nothing of calibration")
        prior = Monitor("Prior test", tooltip="Interval of the base rate: P(y)")
        concept = Monitor("Concept test", tooltip="Loss, AUC and calibration on fresh labels: P(y | x)")
    with Cluster("Decide and act"):
        ranking = Planner("Impact ranking", tooltip="Feature importance times shift; false discovery rate held at 10 %")
        owner = User("Model owner", tooltip="Follows the triage tree; notes known events")
        recalibration = Calibrator("Recalibration", tooltip="Refits the calibrator or the intercept on fresh labels")
        retrain = Airflow("Retrain trigger", tooltip="A new window of data, through every gate")

    fleet >> stream("features, scores") >> log
    log >> stream("features") >> inputs
    log >> stream("scores") >> scores
    outcomes >> feedback("base rate") >> prior
    outcomes >> feedback("joined labels") >> concept
    snapshot >> batch("baselines") >> tests
    tests >> control("shifts, gaps, rows") >> ranking
    ranking >> control("one ticket") >> owner
    owner >> control("base rate moved") >> recalibration >> control("new calibrator") >> fleet
    owner >> control("ranking fell") >> retrain >> control("gated model") >> fleet


@view("Drift triage")
def drift_triage() -> None:
    """What to do about drift is a tree of questions, cheapest first; retraining is one leaf of six."""
    flagged = StartEnd("Drift flagged", tooltip="A test fired twice, with enough rows behind it")
    fault = Decision(
        "Pipeline fault?", tooltip="Nulls, units, a late join: recompute logged features offline and compare"
    )
    event = Decision("Known event?", tooltip="Holiday, campaign, launch, outage elsewhere")
    labels = Decision("Enough labels?", tooltip="About {needed:n} a slice for a drop of {drop:n} points")
    fell = Decision("Ranking fell?", tooltip="AUC or NDCG on fresh labels, below the interval of the baseline")
    off = Decision("Calibration off?", tooltip="Predicted against observed, by slice, on fresh labels")
    mend = Action("Fix pipeline", tooltip="Serve defaults or the previous version meanwhile; never train on the fault")
    note = Action(
        "Annotate, wait", tooltip="Keep the window out of references and of training, if it will not come again"
    )
    buy = Action("Audit sample", tooltip="Label about {needed:n} random positives; watch proxies meanwhile")
    retrain = Action("Retrain", tooltip="On a window after the change, through every gate")
    recalibrate = Action("Recalibrate", tooltip="Minutes: an intercept, a temperature or an isotonic fit")
    record = Action("Record only", tooltip="Raise the threshold of this test, with a reason")

    flagged >> Edge(label="with rows, shift") >> fault
    fault >> Edge(label="yes") >> mend
    fault >> Edge(label="no") >> event
    event >> Edge(label="yes") >> note
    event >> Edge(label="no") >> labels
    labels >> Edge(label="no") >> buy
    labels >> Edge(label="yes") >> fell
    buy >> feedback("labels in days") >> labels
    fell >> Edge(label="yes") >> retrain
    fell >> Edge(label="no") >> off
    off >> Edge(label="yes") >> recalibrate
    off >> Edge(label="no") >> record


@view("Signals")
def signals() -> None:
    """Metrics join by labels, requests by trace id: an exemplar leads from a slow bucket to one slow request."""
    clients = Users("Clients", tooltip="Send a deadline along, and get a trace id back")
    with Cluster("Request path") as path:
        gateway = Envoy("Gateway\nEnvoy", tooltip="Starts the trace; rate, errors and duration by route and version")
        features = FastAPI("Feature service", tooltip="A span for each shard that it reads")
        servers = ModelPool(
            "Serving fleet", tooltip="Spans for queue, batch and execution; duty cycle, batch size, queue age"
        )
    with Cluster("Collect"):
        collector = Flink(
            "Trace collector",
            tooltip="Waits for the whole trace, then keeps all slow and failed ones and 1 % of the rest",
        )
        metrics = Prometheus("Metrics\nPrometheus", tooltip="Bounded labels only: route, version, region, code")
    with Cluster("Store"):
        history = Thanos("History\nThanos", tooltip="A year of series over all regions, downsampled")
        traces = Jaeger("Traces\nJaeger", tooltip="Found by trace id")
        logs = Loki("Logs\nLoki", tooltip="Lines carry the trace id as a field, not as a label")
        quality = Clickhouse("Quality warehouse", tooltip="Model quality and business outcomes by version and slice")
    with Cluster("Use"):
        dashboards = Grafana(
            "Dashboards\nGrafana", tooltip="System, model and business on one page, over one time axis"
        )
        engineer = User("On-call engineer", tooltip="Two clicks from a bucket to a request")

    clients >> request("request") >> gateway
    gateway >> request("features") >> features
    gateway >> request("score") >> servers
    gateway >> stream("rate, errors, duration") >> metrics
    servers >> stream("batch, queue, duty") >> metrics
    path >> stream("spans") >> collector >> stream("slow, failed, 1 %") >> traces
    servers >> stream("lines, trace id") >> logs
    servers >> batch("joined outcomes") >> quality
    metrics >> stream("series, exemplars") >> history
    engineer >> request("one page") >> dashboards
    dashboards >> request("series, exemplars") >> history
    dashboards >> request("trace id") >> [traces, logs]
    dashboards >> request("by version, slice") >> quality


@view("Alerting")
def alerting() -> None:
    """Pages are for budgets that burn, tickets for causes; each ends in a person or a rehearsed action on the fleet."""
    with Cluster("Signals"):
        fleet = ModelPool("Serving fleet", tooltip="Serves; counts good and total requests")
        sli = Prometheus(
            "Indicator series\nPrometheus", tooltip="Good and total events over five windows, 5 min to 3 days"
        )
        models = Monitor("Model signals", tooltip="Drift, quality by slice, freshness, label delay")
    with Cluster("Evaluate"):
        rules = RuleEngine(
            "Burn-rate rules", tooltip="1 h with 5 min, 6 h with 30 min, 3 days with 6 h: both of a pair must hold"
        )
        grouping = RuleEngine(
            "Alert grouping", tooltip="By service and cause; a broken dependency silences what depends on it"
        )
        policy = Guard(
            "Budget policy", tooltip="Less than nothing left: only fixes are released until the window recovers"
        )
    with Cluster("Tell"):
        pager = Pagerduty("On-call alerts", tooltip="Only harm to users that a person can do something about")
        channel = Slack("Team channel", tooltip="Slow burn and quality, as tickets with an owner")
    with Cluster("Act"):
        engineer = User("On-call engineer", tooltip="Follows the runbook: roll back, shed, switch a feature off")
        owner = User("Model owner", tooltip="Triages drift and quality in working hours")
        releases = Flagger(
            "Release controller", tooltip="Stops or resumes rollouts; its canary has a budget of its own"
        )
        rollback = Argocd("Rollback controller", tooltip="Restores the previous bundle")
        review = Users("Alert review", tooltip="Monthly: how many pages were real; rules that never were are deleted")

    fleet >> stream("good, total") >> sli >> stream("ratios") >> rules
    fleet >> stream("features, scores") >> models >> control("quality tickets") >> grouping
    rules >> control("{fast_burn}, {slow_burn}, {ticket_burn}") >> grouping
    sli >> stream("budget left") >> policy >> control("freeze") >> releases >> control("hold rollout") >> fleet
    grouping >> control("fast burn") >> pager >> control("page") >> engineer
    grouping >> control("slow burn, drift") >> channel >> control("ticket") >> owner
    engineer >> control("roll back") >> rollback >> control("previous version") >> fleet
    owner >> control("pause rollout") >> releases
    engineer >> feedback("was it real?") >> review >> control("delete, retune") >> rules
