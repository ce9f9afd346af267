"""Find out whom a system serves worse, decide how much of that is acceptable, and be able to show how it was decided.

An average hides groups, and a group of few people hides in noise. The label itself may be the unfair part: cost of care
is not need of care, arrests are not crimes. Dropping the group from the features removes the evidence and not the
difference, since other features carry it.

The criteria conflict. With different base rates a score that means the same for everybody must err differently for
different groups, so somebody has to choose whom an error hurts most, in writing, before a model is trained. And every
decision about a person needs a way back: somebody who explains, reverses and learns from it.
"""

from diagrams import Cluster, Edge
from diagrams.aws.storage import S3
from diagrams.onprem.analytics import Spark
from diagrams.onprem.client import User, Users
from diagrams.onprem.database import Postgresql
from diagrams.onprem.gitops import Flagger
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.monitoring import Grafana
from diagrams.onprem.network import Etcd
from diagrams.onprem.queue import Kafka
from diagrams.programming.flowchart import Action, Decision, Document, StartEnd
from diagrams.programming.framework import FastAPI
from diagrams.saas.alerting import Pagerduty

from archfolio import (
    AntiPattern,
    BuildingBlock,
    Calculator,
    Calibrator,
    Chart,
    DecisionTable,
    Estimate,
    Evaluator,
    FollowUp,
    Gate,
    MathFormula,
    ModelServer,
    Monitor,
    Option,
    ReviewQueue,
    RuleEngine,
    Term,
    Trainer,
    UsedBy,
    assume,
    batch,
    bibliography,
    control,
    derive,
    feedback,
    request,
    response,
    stream,
    view,
)

ESTIMATE = Estimate(
    z=assume("Standard errors on each side of an interval", 1.96, note="95 % of a normal distribution"),
    a_positives=assume("Group A, outcome positive", 1_200),
    a_negatives=assume("Group A, outcome negative", 4_800),
    a_hits=assume("Group A, positive and selected", 960),
    a_alarms=assume("Group A, negative and selected", 480),
    b_positives=assume("Group B, outcome positive", 150),
    b_negatives=assume("Group B, outcome negative", 850),
    b_hits=assume("Group B, positive and selected", 105),
    b_alarms=assume("Group B, negative and selected", 102),
    a_base=derive("Base rate of A, of its rows", "a_positives / (a_positives + a_negatives)", "percent"),
    b_base=derive("Base rate of B, of its rows", "b_positives / (b_positives + b_negatives)", "percent"),
    a_selected=derive(
        "Selection rate of A, of its rows", "(a_hits + a_alarms) / (a_positives + a_negatives)", "percent"
    ),
    b_selected=derive(
        "Selection rate of B, of its rows", "(b_hits + b_alarms) / (b_positives + b_negatives)", "percent"
    ),
    impact=derive(
        "Selection rate of B, of that of A",
        "b_selected / a_selected",
        "percent",
        note="the four-fifths rule asks for 80 %",
    ),
    a_tpr=derive("True-positive rate of A, of its positives", "a_hits / a_positives", "percent"),
    b_tpr=derive("True-positive rate of B, of its positives", "b_hits / b_positives", "percent"),
    b_tpr_centre=derive(
        "Centre of the Wilson interval of that rate of B",
        "(b_tpr + z ** 2 / (2 * b_positives)) / (1 + z ** 2 / b_positives)",
        "percent",
    ),
    b_tpr_half=derive(
        "Half width of that interval",
        "z / (1 + z ** 2 / b_positives) * sqrt(b_tpr * (1 - b_tpr) / b_positives + z ** 2 / (4 * b_positives ** 2))",
        "percent",
    ),
    b_tpr_low=derive("True-positive rate of B, lower end", "b_tpr_centre - b_tpr_half", "percent"),
    b_tpr_high=derive("True-positive rate of B, upper end", "b_tpr_centre + b_tpr_half", "percent"),
    gap=derive("Gap in true-positive rates, in points", "a_tpr - b_tpr", "percent"),
    pooled=derive(
        "True-positive rate of both, of their positives", "(a_hits + b_hits) / (a_positives + b_positives)", "percent"
    ),
    gap_z=derive(
        "Gap in standard errors",
        "gap / sqrt(pooled * (1 - pooled) * (1 / a_positives + 1 / b_positives))",
        note="above 1.96 it is unlikely to be chance, for one comparison that was planned",
    ),
    a_fpr=derive("False-positive rate of A, of its negatives", "a_alarms / a_negatives", "percent"),
    b_fpr=derive("False-positive rate of B, of its negatives", "b_alarms / b_negatives", "percent"),
    a_ppv=derive("Precision of A, of its selected", "a_hits / (a_hits + a_alarms)", "percent"),
    b_ppv=derive("Precision of B, of its selected", "b_hits / (b_hits + b_alarms)", "percent"),
    forced_fpr=derive(
        "False-positive rate of B, if its precision and true-positive rate were those of A",
        "b_base / (1 - b_base) * (1 - a_ppv) / a_ppv * a_tpr",
        "percent",
        note="Chouldechova's identity: with a lower base rate it cannot equal A's",
    ),
    smallest_gap=assume("Gap worth finding, in points of the true-positive rate", 5, "percent"),
    needed=derive(
        "Positives needed in each of two groups to find it",
        "2 * (1.96 + 0.84) ** 2 * pooled * (1 - pooled) / smallest_gap ** 2",
        note="80 % power at the 5 % level; close to 16 p (1 - p) / d²",
    ),
    group_share=assume("Rows of the smallest intersection, of rows", 0.4, "percent", note="woman, over 60, one region"),
    rows_needed=derive("Labelled rows needed in all", "needed / (group_share * b_base)"),
    label_rate=assume("Labelled rows a day", 20e3, "1/day"),
    wait=derive("Days until the smallest group can be judged", "rows_needed / label_rate", "day"),
    comparisons=assume("Groups compared", 40),
    chance_gap=derive(
        "Chance of a gap at the 5 % level where there is none, of audits", "1 - (1 - 0.05) ** comparisons", "percent"
    ),
)

BLOCK = BuildingBlock(
    title="Fairness and responsible AI",
    position=11,
    estimate=ESTIMATE,
    terms=[
        Term(
            "Demographic parity",
            "Each group is selected at the same rate, whatever the outcomes: the criterion when the label cannot be trusted or when access itself is the good.",
            MathFormula(
                "Independence",
                r"P(\hat{Y} = 1 \mid G = a) = P(\hat{Y} = 1 \mid G = b)",
                "Ŷ is the decision, G the group.",
            ),
        ),
        Term(
            "Equal opportunity",
            "Of those who deserve the good, each group gets it equally often; it looks at missed benefits only.",
            MathFormula(
                "Equal true-positive rates",
                r"P(\hat{Y} = 1 \mid Y = 1, G = a) = P(\hat{Y} = 1 \mid Y = 1, G = b)",
                "Y is the outcome. {a_tpr} against {b_tpr} in the example.",
            ),
        ),
        Term(
            "Equalised odds",
            "Equal true-positive and equal false-positive rates: wrong accusations count as well as missed benefits.",
            MathFormula(
                "Separation",
                r"P(\hat{Y} = 1 \mid Y = y, G = a) = P(\hat{Y} = 1 \mid Y = y, G = b), \quad y \in \{0, 1\}",
                "Equal errors of both kinds.",
            ),
        ),
        Term(
            "Calibration within groups",
            "A score means the same for everybody: of those who score 30 %, 30 % turn out positive, in every group.",
            MathFormula(
                "Sufficiency",
                r"P(Y = 1 \mid S = s, G = g) = s",
                "S is the score, for all s and g. It is what people need who read the score, and it does not equalise errors.",
            ),
        ),
        Term(
            "Impossibility",
            "If base rates differ and prediction is not perfect, precision, true-positive and false-positive rates cannot all be equal.",
            MathFormula(
                "Chouldechova's identity",
                r"\mathrm{FPR} = \frac{p}{1 - p} \cdot \frac{1 - \mathrm{PPV}}{\mathrm{PPV}} \cdot \mathrm{TPR}",
                "p is the base rate, PPV the precision. With A's precision and true-positive rate, B's false-positive rate would be {forced_fpr} and not {a_fpr}.",
            ),
        ),
        Term(
            "Four-fifths rule",
            "A selection rate below 80 % of the highest group's is taken as evidence of adverse impact by the US guidelines on employee selection of 1978: a rule of thumb that ignores sample size and says nothing about who deserved what.",
            MathFormula(
                "Impact ratio",
                r"\frac{P(\hat{Y} = 1 \mid G = b)}{P(\hat{Y} = 1 \mid G = a)} \ge 0.8",
                "{impact} in the example: it passes, with a gap in true-positive rates of {gap:n} points.",
            ),
        ),
        Term(
            "Label bias",
            "The label measures something other than what was meant, and differently by group: cost for illness, arrest for crime, a click for interest. No criterion that conditions on the label can see it.",
        ),
        Term(
            "Proxy",
            "A feature that carries the group: postcode, first name, shop, the hour of use. A model finds combinations even if each of them is weak.",
        ),
        Term(
            "Simpson's paradox",
            "An overall gap can vanish or reverse within every stratum when groups are spread unevenly over strata, so a finding needs the right strata and a reason for choosing them.",
        ),
        Term(
            "Wilson interval",
            "An interval for a rate that holds for small groups and for rates near 0 or 1, where the textbook one fails.",
            MathFormula(
                "Wilson score interval",
                r"\frac{\hat{p} + \frac{z^2}{2 n} \pm z \sqrt{\frac{\hat{p} (1 - \hat{p})}{n} + \frac{z^2}{4 n^2}}}{1 + \frac{z^2}{n}}",
                "For {b_tpr} of 150 positives it runs from {b_tpr_low} to {b_tpr_high}.",
            ),
        ),
    ],
    calculators=[
        Calculator(
            "Gaps between two groups",
            "From two confusion matrices: which criteria are met, and is a gap more than chance?",
            [
                "a_base",
                "b_base",
                "impact",
                "a_tpr",
                "b_tpr",
                "b_tpr_low",
                "b_tpr_high",
                "gap",
                "gap_z",
                "a_fpr",
                "b_fpr",
                "a_ppv",
                "b_ppv",
                "forced_fpr",
            ],
            "A ratio above 80 % and a gap of ten points can both be true: the first counts who was selected, the second who deserved it and was not. Read intervals before gaps. If precision and true-positive rate of B are moved to those of A, its false-positive rate becomes {forced_fpr} instead of {b_fpr}, with {a_fpr} for A: all that can be chosen is which of the three may differ.",
        ),
        Calculator(
            "Labels to find a gap",
            "How long until the smallest group can be judged at all, and how many gaps come from looking often?",
            ["needed", "rows_needed", "wait", "chance_gap"],
            "Where the wait is too long, sample the small group more heavily for labels, pool neighbouring groups with a hierarchical model, or say 'unknown' on the report: silence is read as 'no gap'. Correct for the number of groups, and plan the few comparisons that decide.",
        ),
    ],
    tables=[
        DecisionTable(
            "Which criterion for which harm",
            ["Holds equal", "Gives up", "Asks for"],
            [
                Option(
                    "Demographic parity",
                    ["Selection rates", "Accuracy where base rates truly differ", "Groups only, no outcomes"],
                    "The label is tainted, or exposure is the good: job ads, who is shown at all",
                ),
                Option(
                    "Equal opportunity",
                    ["True-positive rates", "Equal false alarms", "Trusted outcomes, also for those rejected"],
                    "The harm is a missed benefit: credit, scholarships, screening",
                ),
                Option(
                    "Equal false-positive rates",
                    ["False-positive rates", "Equal detection", "Trusted outcomes for those flagged"],
                    "The harm is a wrong accusation: fraud blocks, content removal, policing",
                ),
                Option(
                    "Equalised odds",
                    ["Both", "Some accuracy for all; may need chance in decisions", "Both kinds of outcomes"],
                    "Both errors hurt the same person",
                ),
                Option(
                    "Calibration within groups",
                    ["Meaning of a score", "Equal error rates", "Outcomes over the range of scores"],
                    "People or a price read the score: medicine, insurance, ads",
                ),
                Option(
                    "Exposure by merit",
                    ["Exposure to relevance, over rankings", "Relevance of single pages", "Positions and attention"],
                    "Ranked people or sellers live on being seen",
                ),
            ],
        ),
        DecisionTable(
            "Where to intervene",
            ["Needs the group when serving?", "Price", "Fails when"],
            [
                Option(
                    "Fix the data: collect, relabel, reweigh",
                    ["No", "Time and labels", "The label stays what it was"],
                    "The cause is coverage or labelling: nearly always the first thing to try",
                ),
                Option(
                    "Constrain training",
                    [
                        "No",
                        "A harder optimisation; a curve instead of a point",
                        "Groups are too small for the constraint to be estimated",
                    ],
                    "The group may not be used in decisions, and training can be changed",
                ),
                Option(
                    "Thresholds by group",
                    [
                        "Yes",
                        "Accuracy of the group with the stricter one",
                        "The law forbids treating groups differently, or groups are unknown",
                    ],
                    "The model is fixed, and lawful: with counsel's advice",
                ),
                Option(
                    "Change the decision",
                    ["No", "Product work", "Nobody may change it"],
                    "A second look, another offer or a lower stake removes the harm",
                ),
            ],
        ),
        DecisionTable(
            "Which paper for what",
            ["Answers", "Must have", "Owner"],
            [
                Option(
                    "Datasheet",
                    [
                        "Where do rows and labels come from, who is missing?",
                        "Collection, consent, label definition, known gaps, retention",
                        "Data owner",
                    ],
                    "A dataset is used by more than one team",
                ),
                Option(
                    "Model card",
                    [
                        "What is it for, how well, for whom?",
                        "Intended and excluded uses, metrics by group with intervals, thresholds, version",
                        "Model owner",
                    ],
                    "Every model that is released; made by the pipeline, or it is out of date",
                ),
                Option(
                    "Impact assessment",
                    [
                        "Who may be harmed, and what was decided?",
                        "People affected, criterion and reason, oversight, residual risk, signature",
                        "Product owner",
                    ],
                    "Decisions about people, before data is collected",
                ),
                Option(
                    "Audit report",
                    [
                        "Is what the papers say true?",
                        "Scope, independent tests, findings with severity and date",
                        "Second line or outside auditor",
                    ],
                    "High stakes; yearly, and after a material change",
                ),
                Option(
                    "Incident report",
                    [
                        "Who was harmed, and what stops it from coming back?",
                        "People reached, cause, reversal, notification, new test",
                        "On-call and product owner",
                    ],
                    "A pattern of harm was found, by anybody",
                ),
            ],
        ),
        DecisionTable(
            "Classes of the EU AI Act, as amended in July 2026",
            ["For example", "Duties", "Apply from"],
            [
                Option(
                    "Unacceptable",
                    [
                        "Social scoring, exploiting the vulnerable, most real-time remote biometric identification by police",
                        "Not allowed",
                        "2 February 2025; for sexual images of people without consent and of children 2 December 2026",
                    ],
                    "Do not build it",
                ),
                Option(
                    "High, Annex III",
                    [
                        "Hiring, credit, education, essential services, biometrics",
                        "Risk management, data governance, logs, human oversight, accuracy and robustness, registration",
                        "2 December 2027 (was 2 August 2026)",
                    ],
                    "The use is on the list, and the system does more than a narrow preparatory task",
                ),
                Option(
                    "High, Annex I",
                    [
                        "Safety parts of medical devices, lifts, toys",
                        "As above, within the product's own approval",
                        "2 August 2028 (was 2 August 2027)",
                    ],
                    "It is a safety component of a regulated product",
                ),
                Option(
                    "Limited",
                    [
                        "Chatbots, generated media, emotion recognition where allowed",
                        "Tell people; mark generated content",
                        "2 August 2026; marking by systems already on the market 2 December 2026",
                    ],
                    "People talk to it, or may take its output for real",
                ),
                Option(
                    "Minimal",
                    ["Spam filters, recommendations of most kinds", "None from this law; others remain", "n/a"],
                    "All else",
                ),
            ],
        ),
    ],
    checklist=[
        "The criterion, the groups, the tolerance and the reason are written down and signed before training; the gate reads them from there.",
        "Metrics by group and by pairs of attributes carry Wilson intervals; groups with fewer than {needed:n} positives say 'unknown'.",
        "Protected attributes are stored apart, read by one job for this purpose, and only aggregates leave it.",
        "Outcomes exist for a random sample of those who were rejected, or the report says that they do not.",
        "The label was compared with what was meant, on a sample judged by people, by group.",
        "A test predicts the group from the features, and its AUC is on the model card.",
        "The launch gate fails if the gap's interval passes the tolerance, not only if its estimate does.",
        "Gaps are watched live by version, with an owner and a limit; a drill switched to the fallback.",
        "An adverse decision gives its main reasons in words that a person can act on, and a way to a human.",
        "Appeals are answered in a stated time, and the share that is reversed is reported by group.",
        "Every system is in the inventory with its legal class, owner and last review; a deployment without an entry fails.",
        "The model card is made by the release pipeline, and its figures are those of the gate.",
    ],
    anti_patterns=[
        AntiPattern(
            "Fairness through unawareness",
            "The attribute was dropped, and so was the means to see a gap; postcode carries it on.",
            "Keep it for measuring, apart and purpose-bound; decide on its use in decisions by law and effect.",
            "group-metrics/Secure join",
        ),
        AntiPattern(
            "One number",
            "A dashboard shows 'bias 0.93, passed': a ratio of selection rates, without intervals, groups or outcomes.",
            "Report the rates of the chosen criterion by group with intervals, and the others beside them.",
            "group-metrics/Gap measure",
        ),
        AntiPattern(
            "The label as the truth",
            "Equal opportunity holds on arrests, claims or cost, and the harm is in the label.",
            "Audit the label first; if it is tainted, change the target or use parity.",
            "criterion/Label trusted?",
        ),
        AntiPattern(
            "A person in the loop who agrees",
            "Reviewers confirm 99 % of recommendations within seconds.",
            "Measure agreement against planted errors; show evidence before the score; give time and the right to disagree.",
            "release-by-risk/Human reviewer",
        ),
        AntiPattern(
            "Audited once",
            "The report is two years and nine model versions old.",
            "Gates and live gaps for each version; the audit checks the process.",
            "interventions/Live gaps",
        ),
    ],
    questions=[
        FollowUp(
            "mid",
            "Your model passes the four-fifths rule. Is it fair?",
            answer="It tells me that selection rates differ by less than a fifth: {impact} here. In the same table B's true-positive rate is {gap:n} points lower, so people who deserve the good miss it more often, and precision is lower too. I would ask which error hurts, measure that rate by group with intervals, check the label, and look at pairs of attributes. The rule is a screening device for hiring in the US, and ignores sample size.",
            weak="Yes, 80 % is the legal limit.",
            where="group-metrics/Gap measure",
        ),
        FollowUp(
            "mid",
            "Why not just remove gender from the features?",
            answer="Because other features carry it: names, products, hours, and their combinations. I can train a model to predict gender from the rest, and its AUC tells how much is left. Removing the column mainly removes my means to measure. So I keep it in a separate store, joined by one job that lets only aggregates out, and decide on using it in decisions by law and by effect, which may even help the disadvantaged group.",
            weak="Without the feature the model cannot discriminate.",
            where="group-metrics/Protected attributes",
        ),
        FollowUp(
            "senior",
            "Can we have equal error rates and a calibrated score?",
            answer="Not if base rates differ and the model is imperfect: precision, true-positive and false-positive rates are tied by the base rate. If B had A's precision and true-positive rate, its false-positive rate would be {forced_fpr}, not {a_fpr}. So I ask who reads the score. If a person or a price does, I keep calibration and discuss thresholds; if a machine decides, I pick the error that hurts, equalise that, and show the cost of the others.",
            weak="With enough data and a fairness library we can satisfy all of them.",
            where="criterion/Score read as risk?",
        ),
        FollowUp(
            "senior",
            "The gap for one group is 10 points. What do you do before touching the model?",
            answer="I check that it is there: interval, number of comparisons, the same gap on another month. Then the cause, by steps: are rows missing, are labels less reliable, do features mean less for them (missing history, another language), does the base rate differ, is it a mix of strata? Each has its own cure, and only some are in training. No threshold makes up for a language that the data never covered.",
            weak="I set a lower threshold for that group until the gap is gone.",
            where="group-metrics/Root-cause review",
        ),
        FollowUp(
            "staff",
            "How do you make fairness survive the next five model versions?",
            answer="By putting the decision into the pipeline and not into a slide. The criterion and tolerance are a signed file that the gate reads; group metrics with intervals are made for every candidate; live gaps have an owner, a limit and a fallback. Outcomes for a random sample of rejected cases keep the labels honest. Appeals come back as labelled errors. A yearly audit by others checks that this happens. And product reviews ask who is missing before they ask about accuracy.",
            weak="We run a fairness audit before each major launch.",
            where="interventions/Launch gate",
        ),
    ],
    charts=[
        Chart(
            "charts/calibrated_unequal.svg",
            "Calibrated for both, unequal for each",
            "Two groups whose scores are perfectly calibrated, with base rates of 50 % (A) and 25 % (B). At a threshold of 0.5 for both, 66 % of A's positives are selected and 21 % of B's, while 34 % of A's negatives are selected and 5 % of B's.",
            "Four curves fall as the threshold rises: the true-positive rate of A is highest, then its false-positive rate, then the true-positive and the false-positive rate of B.",
            "charts/calibrated_unequal.py",
        )
    ],
    used_by=[
        UsedBy("content-moderation/review/Appeals", "People contest a removal and get a second reviewer's answer."),
        UsedBy(
            "content-moderation/operations/Overturn monitor",
            "Reversed decisions by language and policy show whom the model fails.",
        ),
        UsedBy("entity-resolution/training/Group slices", "Match errors by kind of name and script gate a release."),
        UsedBy(
            "fraud-detection/operations/Model risk committee",
            "Signs thresholds and looks at false declines by segment.",
        ),
        UsedBy("feed-ranking/objectives/Creator-side test", "Measures who gains and loses exposure among creators."),
        UsedBy("fraud-detection/serving/Calibration and reasons", "Every adverse decision carries reasons in words."),
    ],
    sources=bibliography("""
        M. Hardt, E. Price, N. Srebro, "Equality of Opportunity in Supervised Learning", NeurIPS 2016
            https://arxiv.org/abs/1610.02413 equal opportunity and equalised odds, thresholds by group
        J. Kleinberg, S. Mullainathan, M. Raghavan, "Inherent Trade-Offs in the Fair Determination of Risk Scores", ITCS 2017
            https://arxiv.org/abs/1609.05807 calibration and balanced errors exclude each other
        A. Chouldechova, "Fair Prediction with Disparate Impact: A Study of Bias in Recidivism Prediction Instruments", Big Data 2017
            https://arxiv.org/abs/1703.00056 the identity that ties error rates, precision and base rate
        A. Agarwal, A. Beygelzimer, M. Dudik, J. Langford, H. Wallach, "A Reductions Approach to Fair Classification", ICML 2018
            https://arxiv.org/abs/1803.02453 training under a constraint as a sequence of cost-sensitive problems
        Z. Obermeyer, B. Powers, C. Vogeli, S. Mullainathan, "Dissecting Racial Bias in an Algorithm Used to Manage the Health of Populations", Science 2019
            https://doi.org/10.1126/science.aax2342 label bias: cost taken for need
        M. Mitchell et al. (Google), "Model Cards for Model Reporting", FAT* 2019
            https://arxiv.org/abs/1810.03993 what a model card has
        T. Gebru et al., "Datasheets for Datasets", Communications of the ACM 2021
            https://arxiv.org/abs/1803.09010 what a datasheet has
        I. Raji et al. (Google), "Closing the AI Accountability Gap: Defining an End-to-End Framework for Internal Algorithmic Auditing", FAT* 2020
            https://arxiv.org/abs/2001.00973 the audit as a process with papers of its own
        NIST, "Artificial Intelligence Risk Management Framework (AI RMF 1.0)", NIST AI 100-1 2023
            https://doi.org/10.6028/NIST.AI.100-1 govern, map, measure, manage; kinds of bias
        European Union, "Regulation (EU) 2024/1689 (Artificial Intelligence Act)", Official Journal 2024
            https://eur-lex.europa.eu/eli/reg/2024/1689/oj classes of risk and their duties
        European Union, "Regulation (EU) 2026/1744 amending the Artificial Intelligence Act (Digital Omnibus on AI)", Official Journal 2026
            https://eur-lex.europa.eu/legal-content/EN/ALL/?uri=oj%3AL_202601744 the dates in the table, in force since 27 July 2026
        US Equal Employment Opportunity Commission, "Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4(D)", Code of Federal Regulations 1978
            https://www.ecfr.gov/current/title-29/subtitle-B/chapter-XIV/part-1607 the four-fifths rule
    """),
)


@view("Group metrics")
def group_metrics() -> None:
    """Data, decisions and outcomes meet group keys in one place only; what leaves it are counts with intervals."""
    with Cluster("Inputs"):
        training = S3("Training data", tooltip="Rows and labels, without the protected attributes")
        decisions = Kafka("Decision log\nKafka", tooltip="Score, decision, version, reasons")
        outcomes = Kafka("Outcome events\nKafka", tooltip="Also of a random sample of those who were rejected")
        attributes = Postgresql(
            "Protected attributes", tooltip="Given by people or estimated with a known error; for this purpose only"
        )
    with Cluster("Measure"):
        join = Spark("Secure join\nSpark", tooltip="The only reader of group keys; lets out counts above a least size")
        coverage = Monitor("Coverage check", tooltip="Rows, label rates and missing features by group")
        gaps = Evaluator(
            "Gap measure", tooltip="Selection, error rates, calibration by group and pair, with Wilson intervals"
        )
        labels = Users("Label auditors", tooltip="Judge a sample against what the label was meant to be")
    with Cluster("Decide"):
        report = Grafana("Fairness report\nGrafana", tooltip="By version; 'unknown' where there are too few")
        review = Users(
            "Root-cause review", tooltip="Coverage, label, features, base rate or strata: each has its own cure"
        )
        owner = User("Product owner", tooltip="Signs what is accepted, and pays for what is not")

    attributes >> batch("group keys") >> join
    training >> batch("row ids, labels") >> join
    decisions >> batch("scores, decisions") >> join
    outcomes >> feedback("outcomes") >> join
    join >> batch("counts by group") >> [coverage, gaps]
    training >> batch("sample") >> labels >> feedback("label errors") >> review
    coverage >> control("under-covered") >> review
    gaps >> control("gap, interval") >> review
    gaps >> batch("trend") >> report
    owner >> request("reads") >> report
    review >> control("cause, options") >> owner
    review >> feedback("collect, relabel") >> training


@view("Criterion")
def criterion() -> None:
    """Which criterion fits is decided by the harm and by whether the label can be trusted, not by which one is met."""
    start = StartEnd("Decision about people", tooltip="Who is affected, and what is an error to them?")
    stop = Decision("May it be automated?", tooltip="Law, and whether a wrong decision can be undone")
    trusted = Decision("Label trusted?", tooltip="Judged against what was meant, by group, on a sample")
    read = Decision("Score read as risk?", tooltip="By a person, or by a price")
    harm = Decision("Which error hurts?", tooltip="Ask those who bear it")
    ranked = Decision("Shown or decided?", tooltip="A ranked list gives exposure, a decision gives or denies")
    person = Action("A person decides", tooltip="The model may sort, explain or warn")
    parity = Action("Demographic parity", tooltip="Equal selection rates; meanwhile find a better label")
    calibrated = Action("Calibration in groups", tooltip="And watch who falls on which side of each threshold")
    exposure = Action("Exposure by merit", tooltip="Attention in proportion to relevance, over many pages")
    opportunity = Action("Equal opportunity", tooltip="Equal true-positive rates")
    false_alarms = Action("Equal false alarms", tooltip="Equal false-positive rates")
    odds = Action("Equalised odds", tooltip="Both error rates; costs the most accuracy")

    start >> Edge(label="with harms") >> stop
    stop >> Edge(label="no") >> person
    stop >> Edge(label="yes") >> trusted
    trusted >> Edge(label="no") >> parity
    parity >> feedback("better label") >> trusted
    trusted >> Edge(label="yes") >> read
    read >> Edge(label="yes") >> calibrated
    read >> Edge(label="no") >> ranked
    ranked >> Edge(label="shown") >> exposure
    ranked >> Edge(label="decided") >> harm
    harm >> Edge(label="missed benefit") >> opportunity
    harm >> Edge(label="wrong accusation") >> false_alarms
    harm >> Edge(label="both") >> odds


@view("Interventions")
def interventions() -> None:
    """Before, in or after training are alternatives, compared on one curve against the plain model and gated by one policy."""
    with Cluster("Define"):
        policy = Document(
            "Fairness policy",
            tooltip="Criterion, groups, tolerance, legal basis, signature: a file that the gate reads",
        )
        board = Users("Review board", tooltip="Product, law, people affected; chooses a point on the curve")
    with Cluster("Candidates") as candidates:
        data = S3("Training data", tooltip="As it is")
        plain = Trainer("Plain model", tooltip="What fairness is compared with")
        reweigh = Spark("Reweigh\nSpark", tooltip="Before: weights that make group and label independent")
        reweighed = Trainer("Reweighed model", tooltip="The same trainer on weighted rows")
        constrained = Trainer(
            "Constrained model", tooltip="In: a sequence of cost-sensitive problems, a curve of models"
        )
        thresholds = Calibrator("Threshold fit", tooltip="After: by group, where the law allows it")
    with Cluster("Decide and serve"):
        curve = Evaluator("Trade-off curve", tooltip="Accuracy against gap, both with intervals, for each candidate")
        gate = Gate("Launch gate", tooltip="The gap's interval lies within the tolerance")
        registry = Mlflow("Model registry", tooltip="Model, thresholds, card and policy version as one")
        server = ModelServer("Decision service", tooltip="Applies model and thresholds, gives reasons")
        live = Monitor("Live gaps", tooltip="By version, with outcomes of a random sample of the rejected")

    data >> batch("rows") >> [plain, reweigh, constrained]
    reweigh >> batch("weights") >> reweighed
    policy >> control("constraint") >> constrained
    policy >> control("tolerance") >> [thresholds, gate]
    plain >> batch("scores") >> thresholds
    candidates >> batch("decisions, baseline") >> curve
    curve >> control("options") >> board >> control("chosen point") >> gate
    board >> control("criterion") >> policy
    gate >> control("passed") >> registry >> control("release") >> server
    server >> stream("decisions") >> live >> feedback("gap over limit") >> board


@view("Release by risk")
def release_by_risk() -> None:
    """The legal class sets the ceremony: stopped, reviewed, disclosed or plain; every adverse decision has a way back."""
    with Cluster("Before"):
        team = Users("Product teams", tooltip="Proposes a use, with who may be harmed")
        triage = Decision(
            "Risk triage", tooltip="Unacceptable, high, limited or minimal; again at every material change"
        )
        stopped = StartEnd("Not built", tooltip="Unacceptable: written down, with the reason")
        review = Users("Review board", tooltip="High: assessment, oversight plan, test report, registration")
        inventory = Postgresql(
            "System inventory", tooltip="Every system with class, owner and last review; deployment checks it"
        )
    with Cluster("During"):
        release = Flagger("Guarded release", tooltip="A few percent, guardrails by group, stops by itself")
        service = ModelServer(
            "Decision service", tooltip="Decides or advises, gives reasons, says that it is a machine"
        )
        rules = RuleEngine("Rules only", tooltip="What is served when the model is off; drilled")
        reviewer = ReviewQueue(
            "Human reviewer", tooltip="Uncertain and adverse cases; sees evidence first, is tested with planted errors"
        )
        switch = Etcd("Kill switch", tooltip="Seconds, by anybody on call")
    with Cluster("After"):
        people = Users("People affected", tooltip="Get a decision, its main reasons and a way to contest it")
        appeals = FastAPI("Appeals desk", tooltip="A human answer in a stated time, with the power to reverse")
        incidents = Pagerduty("Incident process", tooltip="Patterns of harm: reverse, notify, add a test")
        duty = User("Duty officer", tooltip="Decides within minutes whether to stop; tells those who were harmed")

    team >> request("use, harms") >> triage
    triage >> control("unacceptable") >> stopped
    triage >> control("high") >> review >> control("conditions") >> release
    triage >> control("limited: disclose") >> release
    triage >> control("minimal") >> release
    triage >> request("class, owner") >> inventory
    release >> control("traffic share") >> service
    service >> request("uncertain, adverse") >> reviewer >> response("decision") >> service
    service >> response("decision, reasons") >> people >> request("contests") >> appeals
    appeals >> request("second look") >> reviewer
    appeals >> stream("pattern of harm") >> incidents >> control("page") >> duty >> control("stop") >> switch
    switch >> control("model off") >> service >> request("when off") >> rules >> response("decision by rule") >> people
    appeals >> feedback("reversed cases") >> team
