"""Run a machine-learning product as a loop of problem, data, model, release and feedback, of which the model is a small part.

Software does what its code says until the next deploy. A model does what its data said, the data come from a world that
moves, and partly from the model itself. So nothing is finished at launch: labels arrive late, quality sinks without an
error, and each fix changes something else. Plan for that from the first day, down to the day the model is retired.
"""

from diagrams import Cluster
from diagrams.aws.storage import S3
from diagrams.onprem.client import User, Users
from diagrams.onprem.gitops import Flagger
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.monitoring import Grafana
from diagrams.onprem.queue import Kafka
from diagrams.onprem.workflow import Airflow
from diagrams.programming.flowchart import Preparation, StartEnd

from archfolio import (
    AntiPattern,
    BuildingBlock,
    Calculator,
    Calibrator,
    Catalogue,
    Chart,
    DecisionTable,
    Estimate,
    Evaluator,
    Experiment,
    Fallback,
    Features,
    FeatureStore,
    FollowUp,
    Gate,
    Guard,
    LabelJoin,
    MathFormula,
    ModelPool,
    Monitor,
    Option,
    Ranker,
    Term,
    Trainer,
    UsedBy,
    assume,
    batch,
    below,
    bibliography,
    control,
    derive,
    feedback,
    first,
    request,
    response,
    step,
    stream,
    view,
)

ESTIMATE = Estimate(
    decisions=assume("Decisions a month", 400e3, "decision/month"),
    cases=assume("Cases that should be acted on, of decisions", 1.5, "percent"),
    missed=assume("Cost of a missed case", 60, "USD/decision"),
    alarm=assume("Cost of acting on a good one", 4, "USD/decision"),
    threshold=derive("Probability above which acting is cheaper", "alarm / (alarm + missed)", "percent"),
    rules_recall=assume("Cases that the rules catch, of cases", 55, "percent"),
    rules_alarms=assume("Good ones that the rules act on, of good ones", 4, "percent"),
    model_recall=assume("Cases that the model catches, of cases", 75, "percent"),
    model_alarms=assume("Good ones that the model acts on, of good ones", 2.5, "percent"),
    nothing_cost=derive("Cost of errors if nothing is done", "decisions * cases * missed", "USD/month"),
    rules_cost=derive(
        "Cost of errors with the rules",
        "decisions * (cases * (1 - rules_recall) * missed + (1 - cases) * rules_alarms * alarm)",
        "USD/month",
    ),
    model_cost=derive(
        "Cost of errors with the model",
        "decisions * (cases * (1 - model_recall) * missed + (1 - cases) * model_alarms * alarm)",
        "USD/month",
    ),
    gain=derive("What the model saves over the rules", "rules_cost - model_cost", "USD/month"),
    build=assume("Cost of building it", 500e3, "USD", note="three people for a year would be more"),
    run=assume("Cost of running it, with people", 40e3, "USD/month"),
    payback=derive("Months until it has paid for itself", "build / (gain - run)", "month"),
    decay=assume(
        "Of the gain, lost with each week of age", 2, "percent/week", note="measure it: score this week with old models"
    ),
    retraining=assume("Cost of one retraining, with checks and people", 4e3, "USD"),
    current=assume("Interval between retrainings now", 8, "week"),
    age_cost=derive(
        "Cost of age and retraining now",
        "retraining / current + gain * decay * current / 2",
        "USD/month",
        note="the gain shrinks evenly between retrainings",
    ),
    best=derive(
        "Interval that costs least",
        "current * sqrt(2 * retraining / (gain * decay * current * current))",
        "week",
        note="√(2 R / (V d)); the current interval cancels",
    ),
    best_cost=derive("Cost of age and retraining then", "retraining / best + gain * decay * best / 2", "USD/month"),
    data_hand=assume("Data tests done by hand, of 7", 3),
    data_auto=assume("Data tests that run by themselves, of 7", 3),
    model_hand=assume("Model tests done by hand, of 7", 4),
    model_auto=assume("Model tests that run by themselves, of 7", 2),
    infra_hand=assume("Infrastructure tests done by hand, of 7", 1),
    infra_auto=assume("Infrastructure tests that run by themselves, of 7", 5),
    monitor_hand=assume("Monitoring tests done by hand, of 7", 2),
    monitor_auto=assume("Monitoring tests that run by themselves, of 7", 1),
    score=derive(
        "ML Test Score",
        "min(data_hand / 2 + data_auto, model_hand / 2 + model_auto, infra_hand / 2 + infra_auto,"
        " monitor_hand / 2 + monitor_auto)",
        note="the weakest of four sections: half a point by hand, one by itself",
    ),
)

BLOCK = BuildingBlock(
    title="ML system lifecycle",
    position=14,
    estimate=ESTIMATE,
    terms=[
        Term(
            "Baseline",
            "What happens without the model (nothing, a rule, the most popular item), measured on the same metric; every gain is a gain over it.",
        ),
        Term(
            "Decision threshold",
            "The probability above which acting costs less than waiting; it follows from the costs of the two errors and needs calibrated scores.",
            MathFormula(
                "Least expected cost",
                r"p^{*} = \frac{c_{\mathrm{FP}}}{c_{\mathrm{FP}} + c_{\mathrm{FN}}}",
                "c_FP is the cost of acting for nothing, c_FN of missing a case; right actions are taken to cost nothing. A miss that costs fifteen times as much puts it near 6 %.",
            ),
        ),
        Term(
            "Feedback loop",
            "The model's output shapes the data from which it is trained next; the loop is hidden if it runs through users or through another model.",
        ),
        Term(
            "CACE",
            "Changing anything changes everything: inputs, weights and thresholds are entangled, so no feature or upstream model can be changed alone.",
        ),
        Term(
            "Drift",
            "The world moves: inputs (P(x)), the rate of outcomes (P(y)) or what an input means (P(y | x)); only the last makes a perfect model wrong.",
        ),
        Term(
            "Retraining interval",
            "How old a model may get: the point where the value lost to age and the cost of renewing it balance.",
            MathFormula(
                "Interval of least cost",
                r"T^{*} = \sqrt{\frac{2 R}{V d}}",
                "R is the cost of a retraining, V the value per week, d the share of it lost per week of age, if the loss grows evenly.",
            ),
        ),
        Term(
            "ML Test Score",
            "A rubric of 28 tests in four sections, of data, model, infrastructure and monitoring; the total is the weakest section's.",
            MathFormula(
                "Score",
                r"S = \min_{s \in \{1..4\}} \sum_{t=1}^{7} a_{s,t}, \quad a \in \{0, \tfrac{1}{2}, 1\}",
                "half a point for a test done by hand and written down, one if it runs by itself. Up to 1 there may be serious holes, 3 to 5 is strong, above 5 exceptional.",
            ),
        ),
        Term(
            "Exit test",
            "What must be true before a phase ends, written down before it begins: it makes stopping an outcome and not a failure.",
        ),
    ],
    calculators=[
        Calculator(
            "Is a model worth it?",
            "What do errors cost with nothing, with rules and with a model, and when has it paid?",
            results=["threshold", "nothing_cost", "rules_cost", "model_cost", "gain", "payback"],
            reading="Rules often take most of what there is to gain, so the model is paid from the difference to the rules and not to nothing. If it cannot pay within a year on optimistic figures, the answer is rules, better rules, or another problem. The threshold holds only for calibrated probabilities.",
        ),
        Calculator(
            "How often to retrain",
            "Which interval costs least, and what does the present one cost?",
            results=["best", "age_cost", "best_cost"],
            reading="The optimum is flat: half or twice the best interval costs a quarter more. Cheap, automatic retraining moves it more than anything else, because it falls with the square root of the cost. Where decay comes in jumps, such as a new product or an attack, watch for them and retrain then, whatever the calendar says.",
        ),
        Calculator(
            "ML Test Score",
            "How ready for production is the system?",
            results=["score"],
            reading="The weakest section counts, so the next hour of work belongs there, which is usually monitoring. Up to 1 there may be serious holes; up to 2 a first pass has been made; up to 3 it is reasonably tested; up to 5 strong; above that exceptional. The checklist below has the 28 tests in our words.",
        ),
    ],
    tables=[
        DecisionTable(
            "Rules and models: building",
            criteria=["Behaviour comes from", "Specified by", "Tested by", "Versioned"],
            options=[
                Option(
                    "Rules, code",
                    ["what people wrote", "requirements", "cases that pass or fail", "code"],
                    "The rule can be said in a page, and must hold without exception.",
                ),
                Option(
                    "Learned model",
                    [
                        "examples, and what is done with them",
                        "labels and a metric",
                        "slices, intervals, thresholds",
                        "code, data, features, weights",
                    ],
                    "Nobody can write the rule, examples abound, and errors are bearable.",
                ),
                Option(
                    "Rules around a model",
                    ["both: policy bounds the score", "both", "both, and the seam between them", "all of it together"],
                    "Some mistakes must never happen and the rest is judgement: nearly always.",
                ),
            ],
        ),
        DecisionTable(
            "Rules and models: running",
            criteria=["Fails by", "Ages", "Goes back by", "Improves by"],
            options=[
                Option(
                    "Rules, code",
                    ["errors that are seen", "when requirements change", "the previous build", "people who rewrite it"],
                    "Volumes are small and cases alike.",
                ),
                Option(
                    "Learned model",
                    [
                        "wrong answers that look right",
                        "with the world, from the first day",
                        "the previous model, with its features and thresholds",
                        "more and better feedback",
                    ],
                    "Outcomes are observed, and come back within weeks.",
                ),
                Option(
                    "Rules around a model",
                    [
                        "rules that hide what the model unlearned",
                        "at two speeds",
                        "each part, and their combination",
                        "moving rules into labels",
                    ],
                    "Trust grows with use: rules first, then fewer.",
                ),
            ],
        ),
        DecisionTable(
            "What answers the challenges of data",
            criteria=["Challenge", "Shows as"],
            options=[
                Option(
                    "Contract with producers",
                    ["inputs change upstream", "a null share that jumps after somebody's release"],
                    "Several teams write what you read.",
                ),
                Option(
                    "Checks before publication",
                    ["bad data train silently", "a dip that heals by itself next week"],
                    "Training is automatic.",
                ),
                Option(
                    "Label window and delay model",
                    ["outcomes come late", "recent days look bad, new items worst"],
                    "Outcomes take days and things change within days.",
                ),
                Option(
                    "Gold items and adjudication",
                    ["labels are noisy", "offline gains that do not arrive online"],
                    "People label, and guidelines leave room.",
                ),
                Option(
                    "Small random share",
                    ["only what was shown has labels", "the catalogue narrows, newcomers never appear"],
                    "The model chooses its own training data.",
                ),
                Option(
                    "Served features in the log",
                    ["training sees other values than serving", "offline AUC that cannot be reproduced"],
                    "Features are computed in two places.",
                ),
            ],
        ),
        DecisionTable(
            "What answers the challenges of models",
            criteria=["Challenge", "Shows as"],
            options=[
                Option(
                    "Baseline kept alive",
                    ["complexity without gain", "nobody dares to remove anything"],
                    "Always: 1 % of traffic is cheap.",
                ),
                Option(
                    "Slices in the gate",
                    ["averages hide harm", "complaints from one country"],
                    "Groups differ in size and in what they need.",
                ),
                Option(
                    "Calibration after each training",
                    ["scores change their meaning", "thresholds drift, budgets overshoot"],
                    "Scores are multiplied, priced or compared with a limit.",
                ),
                Option(
                    "Off-policy estimates, then A/B",
                    ["offline and online disagree", "winners that lose"],
                    "Actions change what is observed.",
                ),
                Option(
                    "Lineage of every version",
                    ["results cannot be reproduced", "two teams, two numbers"],
                    "There are audits, or more than two people.",
                ),
                Option(
                    "Distillation, cascades",
                    ["too slow or too expensive", "good in the notebook, over the budget live"],
                    "Quality is there and milliseconds are not.",
                ),
            ],
        ),
        DecisionTable(
            "What answers the challenges of operation",
            criteria=["Challenge", "Shows as"],
            options=[
                Option(
                    "Shadow and canary",
                    ["bad models pass every gate", "an outage that looks like seasonality"],
                    "Always: it is the brake of every release.",
                ),
                Option(
                    "Previous version resident",
                    ["going back takes hours", "fixes forward under pressure"],
                    "Minutes cost money or trust.",
                ),
                Option(
                    "Quality by proxies and audits",
                    ["quality sinks in silence", "green dashboards, angry users"],
                    "Labels are slower than damage.",
                ),
                Option(
                    "Fallback ladder",
                    ["a dependency is late", "timeouts that spread"],
                    "A request needs many parts, so that one of them is always late.",
                ),
                Option(
                    "Fleet shared by class",
                    ["each team runs its own serving", "GPUs at 12 %"],
                    "There are more than a handful of models.",
                ),
                Option(
                    "Cost per decision on a board",
                    ["bills without owners", "a quarterly panic"],
                    "Models outnumber the people who remember them.",
                ),
            ],
        ),
        DecisionTable(
            "What answers the challenges of the organisation",
            criteria=["Challenge", "Shows as"],
            options=[
                Option(
                    "Framing on one page",
                    ["a metric nobody needs", "a good model that is not used"],
                    "Before the first line of code.",
                ),
                Option(
                    "One owner for model and metric",
                    ["models without owners", "alerts that nobody answers"],
                    "Teams change faster than models.",
                ),
                Option(
                    "Users in the loop early",
                    ["people work around the model", "overrides above a fifth"],
                    "Experts decide, with the score beside them.",
                ),
                Option(
                    "Review by risk class",
                    ["law and harm come last", "a launch stopped in its last week"],
                    "The decisions are about people.",
                ),
                Option(
                    "Shared platform, owned models",
                    ["every team builds the same pipes", "a year to the second model"],
                    "Three teams have the same unmet need.",
                ),
                Option(
                    "Retirement by date",
                    ["models are never switched off", "a registry of ghosts"],
                    "A model has no measured value for two quarters.",
                ),
            ],
        ),
        DecisionTable(
            "Levels of maturity",
            criteria=["A change goes live in", "A fault is known after", "Next step"],
            options=[
                Option(
                    "By hand",
                    ["weeks, from a notebook", "complaints", "version data, code and model"],
                    "The question is whether the idea works at all.",
                ),
                Option(
                    "Reproducible",
                    ["days, by a script", "the weekly report", "automate training and its checks"],
                    "One model, retrained now and then.",
                ),
                Option(
                    "Automatic training",
                    [
                        "a day, with a person's release",
                        "hours, from monitors",
                        "automate release with canary and rollback",
                    ],
                    "Decay is fast and data checks are trusted.",
                ),
                Option(
                    "Automatic release",
                    ["hours, by gates", "minutes, from guardrails", "experiments as the usual way to change"],
                    "Several models, and a platform team.",
                ),
                Option(
                    "Continuous learning",
                    ["minutes, within limits", "minutes, and it stops itself", "nothing, but spend less"],
                    "The world moves within hours and labels are fast: ads, fraud.",
                ),
            ],
        ),
    ],
    checklist=[
        "Data 1: what each feature may be is written in a schema, and checked.",
        "Data 2: every feature has shown its worth by being left out.",
        "Data 3: no feature costs more, in latency, maintenance or dependence, than it gives.",
        "Data 4: features keep to policy: nothing forbidden, nothing from a forbidden source.",
        "Data 5: privacy controls hold along the whole pipeline, in training sets and logs too.",
        "Data 6: a new feature can be in production within weeks.",
        "Data 7: feature code has unit tests.",
        "Model 1: each change of the model is reviewed and in version control.",
        "Model 2: offline metrics have been shown to move with online ones.",
        "Model 3: hyperparameters are tuned.",
        "Model 4: the effect of age is known: old models were scored on new data.",
        "Model 5: a simpler model is not as good.",
        "Model 6: quality suffices on every important slice.",
        "Model 7: effects on groups of people were tested.",
        "Infrastructure 1: training twice on the same data gives the same model, or the spread is known.",
        "Infrastructure 2: model code has unit tests, down to a training step on random data.",
        "Infrastructure 3: the full pipeline runs in an integration test.",
        "Infrastructure 4: no model is served that has not passed its quality gate.",
        "Infrastructure 5: one example can be followed through the model, step by step.",
        "Infrastructure 6: every model is canaried before it is served.",
        "Infrastructure 7: going back takes minutes, and was tried.",
        "Monitoring 1: changes of dependencies reach the team before they reach the model.",
        "Monitoring 2: the schema's limits are checked on live inputs.",
        "Monitoring 3: training and serving compute the same values.",
        "Monitoring 4: no model is older than its limit.",
        "Monitoring 5: no NaN or infinity appears in training or in scores.",
        "Monitoring 6: speed, memory and throughput have not become worse.",
        "Monitoring 7: quality on fresh labels has not become worse.",
    ],
    anti_patterns=[
        AntiPattern(
            "Model first",
            symptom="Six months of modelling end with the question what the score is for.",
            cure="Write decision, label, metric, baseline and cost of errors on one page, and let an exit test end the phase.",
            where="lifecycle/Frame the problem",
        ),
        AntiPattern(
            "Launch and leave",
            symptom="The team moves on after the launch; a year later the model is worse than the rule it replaced, and nobody can tell since when.",
            cure="An owner, a limit of age, a baseline on a sliver of traffic and a date of retirement from the first day.",
            where="lifecycle/Monitor",
        ),
        AntiPattern(
            "Learning from one's own echo",
            symptom="Metrics are stable, the variety of what is shown shrinks each month, and new items never get a chance.",
            cure="A small random share with known probabilities, used for training and for honest evaluation.",
            where="feedback-loop/Random share",
        ),
        AntiPattern(
            "Glue instead of a platform",
            symptom="Ten scripts copy files between tools; each release needs the one person who knows their order.",
            cure="A scheduler with tests, one registry, one feature store: adopted and not built, until needs really differ.",
            where="key-components/Scheduler",
        ),
    ],
    questions=[
        FollowUp(
            "mid",
            "What do you write down before the first line of code?",
            answer="Six lines. The decision that will change and who makes it. What is predicted, and when relative to the decision. How the label is observed, and how late. What a miss and a false alarm cost, which gives the threshold, here {threshold}. The baseline and its cost, {rules_cost} for the rules. And what would make us stop. If the label cannot be observed or the baseline is good enough, that page has saved a year.",
            weak="The model architecture, the features and the accuracy target.",
            where="lifecycle/Frame the problem",
        ),
        FollowUp(
            "mid",
            "Name the differences between an ML system and ordinary software that change how you work.",
            answer="Behaviour comes from data, so data need versions, tests and owners like code. Tests are statistical: thresholds, slices and intervals. Failures are silent, since a wrong answer has status 200, so I monitor inputs and outcomes as well as errors. The thing ages without a deploy. And it can feed on its own output. Rollback must therefore cover model, features and thresholds together.",
            weak="ML needs GPUs and data scientists; the rest is the same.",
            where="feedback-loop/Live quality",
        ),
        FollowUp(
            "senior",
            "How often do you retrain?",
            answer="I measure decay first: last month's models scored on this week's data. If the gain of {gain} loses {decay} per week and a retraining costs {retraining}, costs are least at {best}; at the present {current} age and retraining cost {age_cost} instead of {best_cost}. The optimum is flat, so a round interval will do. On top come triggers for jumps, and a limit of age that blocks serving. Cheaper retraining is worth more than the exact interval.",
            weak="Every night, since fresher is better.",
            where="lifecycle/Learn",
        ),
        FollowUp(
            "senior",
            "Revenue fell 4 % on Monday. No deploy, no errors. Where do you look?",
            answer="At what changes without a deploy. First the inputs: null shares, ages and distributions by feature, ranked by importance, and upstream releases of the weekend. Then the scores: has their distribution moved, and with it what thresholds let through. Then the model that was retrained on schedule. Then the world: holidays, a competitor, a campaign, checked against the baseline slice. If the baseline fell too it is the world; if not, I go back one version while I search.",
            weak="Retrain the model on the latest data.",
            where="faults/Score monitor",
        ),
        FollowUp(
            "staff",
            "You take over forty models. How do you find out which deserve care?",
            answer="A register in the first month: owner, decision, value measured how and when, cost, age, incidents, risk class. A third will have no measured value; those get a holdback or a date of retirement. For the rest I score the ML Test Score, whose minimum points at the weakest section, and rank by value at risk: money or harm times the chance that a fault goes unseen. Then common gaps become platform work, and rare ones stay with owners.",
            weak="Ask each team for a quality report and fix the worst accuracy first.",
            where="lifecycle/Retire",
        ),
    ],
    charts=[
        Chart(
            "charts/feedback_loop.svg",
            "A little chance pays for itself",
            "Simulated: a recommender that shows what it believes best, items that fade by 3 % a day, two unknown ones a day; 40 worlds, days 30 to 90. Learning only from its own choices it reaches a click rate of 5.5 %. With 5 to 20 % of views dealt out at random it reaches about 6.1 %, those views included; at half of the views chance costs as much as it teaches.",
            "Click rate over the share of views shown at random: 5.5 % at none, 6.1 % between 5 and 20 %, back to 5.5 % at 50 %, 5.2 % at 60 %.",
            "charts/feedback_loop.py",
        )
    ],
    used_by=[
        UsedBy("data-intensive-ai-platform/ingestion/Schema registry", how="Answers inputs that change upstream."),
        UsedBy(
            "data-intensive-ai-platform/operations/Quality gate", how="Answers bad data that would train in silence."
        ),
        UsedBy("fraud-detection/training/Label maturation", how="Answers outcomes that come weeks late."),
        UsedBy("computer-vision-systems/labelling/Expert adjudicator", how="Answers labels that are noisy."),
        UsedBy(
            "video-recommendation/freshness/Exploration allocator",
            how="Answers labels that exist only for what was shown.",
        ),
        UsedBy("feed-ranking/operations/Skew check", how="Answers training that sees other values than serving."),
        UsedBy("time-series-forecasting/training/Baselines", how="Answers complexity without gain."),
        UsedBy("entity-resolution/training/Group slices", how="Answers averages that hide harm."),
        UsedBy("ad-click-prediction/operations/Calibration monitor", how="Answers scores that change their meaning."),
        UsedBy(
            "recommendation-systems/training/Off-policy evaluator",
            how="Answers offline metrics that disagree with online ones.",
        ),
        UsedBy(
            "autocomplete-typeahead/operations/Feedback-loop monitor",
            how="Answers suggestions that create the searches they predict.",
        ),
        UsedBy("notification-ranking/operations/Safe mode", how="Answers dependencies that are late or broken."),
        UsedBy("multi-model-serving/serving/Shared pool", how="Answers teams that each run their own serving."),
        UsedBy("fraud-detection/operations/Model risk committee", how="Answers law and harm that come last."),
        UsedBy("zero-to-millions/stage-1/Weekly training script", how="Where most lifecycles begin, and that is fine."),
    ],
    sources=bibliography("""
        D. Sculley et al., "Hidden Technical Debt in Machine Learning Systems", NIPS 2015
            https://papers.nips.cc/paper/5656-hidden-technical-debt-in-machine-learning-systems entanglement, feedback loops, glue code
        A. Paleyes, R.-G. Urma, N. D. Lawrence, "Challenges in Deploying Machine Learning: A Survey of Case Studies", ACM Computing Surveys 2022
            https://arxiv.org/abs/2011.09926 challenges by stage of deployment
        E. Breck, S. Cai, E. Nielsen, M. Salib, D. Sculley, "The ML Test Score: A Rubric for ML Production Readiness and Technical Debt Reduction", IEEE Big Data 2017
            https://research.google/pubs/pub46555/ the 28 tests and the score
        S. Amershi et al., "Software Engineering for Machine Learning: A Case Study", ICSE-SEIP 2019
            https://doi.org/10.1109/ICSE-SEIP.2019.00042 nine stages at Microsoft; data as the hard part
        M. Zinkevich, "Rules of Machine Learning: Best Practices for ML Engineering", Google 2017
            https://developers.google.com/machine-learning/guides/rules-of-ml rules first, then a model
        C. Elkan, "The Foundations of Cost-Sensitive Learning", IJCAI 2001
            https://dl.acm.org/doi/10.5555/1642194.1642224 the threshold from the costs of errors
        Google Cloud, "MLOps: Continuous delivery and automation pipelines in machine learning", Cloud Architecture Center 2024
            https://cloud.google.com/architecture/mlops-continuous-delivery-and-automation-pipelines-in-machine-learning levels by automation
        Microsoft, "Machine Learning operations maturity model", Azure Architecture Center 2024
            https://learn.microsoft.com/en-us/azure/architecture/ai-ml/guide/mlops-maturity-model levels by people, training and release
    """),
)


@view("Feedback loop")
def feedback_loop() -> None:
    """What ordinary software does not have: the answer changes the data from which the next version is made."""
    world = Users("The world", tooltip="Tastes, seasons, attackers, competitors: moves without a deploy")
    with Cluster("Serve"):
        rules = Guard("Policy rules", tooltip="Written by people: what the model may never do")
        model = Ranker("Live model", tooltip="Learned: right on average, wrong in silence")
        explore = Experiment(
            "Random share", tooltip="A few per cent chosen by chance, with the probability written down"
        )
        shown = Kafka(
            "What was shown\nKafka", tooltip="With features, version and probability; what was not shown has no label"
        )
    with Cluster("Learn"):
        outcomes = LabelJoin("Outcomes joined", tooltip="Clicks and orders within 7 days, cases within weeks")
        trainer = Trainer("Training", tooltip="Behaviour comes from here: versions of data as well as code")
        gate = Gate(
            "Statistical gate", tooltip="Slices, intervals, calibration, against the live model and the baseline"
        )
        registry = Mlflow("Model registry\nMLflow", tooltip="Versions; the previous one is a pointer away")
    with Cluster("Watch"):
        baseline = Fallback(
            "Baseline slice", tooltip="1 % still gets the old rule: tells the world's change from the model's"
        )
        quality = Monitor("Live quality", tooltip="Outcomes by version, by slice, and against the baseline slice")
        owner = User("Model owner", tooltip="Answers for the metric: retrains, rolls back or retires")

    with step("A person asks; the model decides within the rules, now and then by chance."):
        world >> request("context") >> rules >> request("allowed options") >> model
        model >> response("best") >> explore >> response("answer") >> world
    with step("What was shown is logged with its probability; what people do next becomes the label."):
        explore >> stream("shown, probability") >> shown >> stream("impressions") >> outcomes
        world >> feedback("clicks, orders, cases") >> outcomes
    with step("The next version learns from what this one chose to show: the loop."):
        outcomes >> batch("labelled rows") >> trainer >> batch("candidate") >> gate
        gate >> control("passed") >> registry >> control("release") >> model
    with step("A slice without the model tells whether the world has changed, or the model has got worse."):
        rules >> request("1 % of requests") >> baseline >> response("rule's answer") >> world
        outcomes >> stream("by version, slice") >> quality >> feedback("gain over baseline") >> owner
        owner >> control("roll back") >> registry
        owner >> control("retrain") >> trainer


@view("Lifecycle")
def lifecycle() -> None:
    """Nine stations with an exit test each; work goes forward by tests, and back from two places only: evaluation and use."""
    frame = Users(
        "Frame the problem", tooltip="Decision, label, metric, baseline, cost of errors; exit: a page that could say no"
    )
    with Cluster("Build"):
        collect = S3("Collect and label", tooltip="Exit: labels agree, slices are covered, consent is clear")
        features = Features("Build features", tooltip="Exit: known at decision time, one definition for both sides")
        train = Trainer("Train", tooltip="Exit: beats the baseline by more than the spread over seeds")
        evaluate = Evaluator("Evaluate", tooltip="Exit: gates on slices, calibration, latency and cost")
    with Cluster("Run"):
        deploy = Flagger(
            "Release\nFlagger", tooltip="Exit: as good as control in shadow and canary, then better in an A/B test"
        )
        monitor = Monitor("Monitor", tooltip="Age, inputs, scores, outcomes; alarms reach the owner")
        learn = Experiment(
            "Learn", tooltip="Experiments, errors, overrides: what to change next, and whether it still pays"
        )
        retire = StartEnd("Retire", tooltip="Model, features, data and alerts are switched off together")

    first(frame)
    below(collect, frame)
    below(features, collect)
    frame >> control("label can be observed") >> collect >> batch("enough on slices") >> features
    features >> batch("leak-free rows") >> train >> batch("above the baseline") >> evaluate
    (
        evaluate
        >> control("gates passed")
        >> deploy
        >> stream("live, by version")
        >> monitor
        >> feedback("evidence")
        >> learn
    )
    evaluate >> feedback("weak slices") >> collect
    learn >> control("older than {best}") >> train
    learn >> feedback("another question") >> frame
    learn >> control("no longer pays") >> retire


@view("Key components")
def key_components() -> None:
    """The standing parts that every serious product ends up with, and what they owe each other."""
    users = Users("Users", tooltip="Ask, act, complain")
    with Cluster("Data"):
        log = Kafka("Event log\nKafka", tooltip="Everything that happened, in order, replayable")
        lake = S3("Lakehouse", tooltip="History in versions, with contracts and owners")
        store = FeatureStore(
            "Feature store", tooltip="One definition; newest value for serving, as-of values for training"
        )
    with Cluster("Train"):
        scheduler = Airflow("Scheduler\nAirflow", tooltip="Starts when data are ready and checked")
        platform = Trainer("Training platform", tooltip="GPUs, quotas, tracking, resumable jobs")
        gate = Gate("Evaluation gate", tooltip="Slices, calibration, cost, against the live model")
        registry = Mlflow(
            "Model registry\nMLflow", tooltip="Versions, lineage, approvals, aliases; the previous version for rollback"
        )
        governance = Catalogue("Governance", tooltip="Access, privacy, risk class, model cards, retirement dates")
    with Cluster("Serve"):
        serving = ModelPool("Serving platform", tooltip="Latency, batching, canary, fallbacks when a part is late")
        experiments = Experiment(
            "Experiment platform", tooltip="Assignment, exposure, causal effect; a random share for training"
        )
        observe = Grafana("Observability\nGrafana", tooltip="Machines, data, scores and outcomes on one board")

    users >> request("a decision") >> serving >> request("entity keys") >> store
    serving >> request("which arm") >> experiments
    users >> stream("what they did") >> log
    serving >> stream("features, scores") >> log
    log >> batch("archive") >> lake >> batch("daily values") >> store
    log >> stream("fresh values") >> store
    scheduler >> control("data ready") >> platform
    lake >> batch("labels") >> platform
    store >> batch("as-of values") >> platform
    platform >> batch("candidate") >> gate >> control("passed") >> registry >> control("alias") >> serving
    governance >> control("approval") >> registry
    lake >> batch("outcomes by arm") >> experiments >> feedback("effect") >> registry
    serving >> stream("health, scores") >> observe >> feedback("age, drift") >> scheduler


@view("What goes wrong where")
def faults() -> None:
    """One fault on its way: a renamed field becomes a default, a shifted score, a wrong decision and, in the end, a label."""
    with Cluster("The fault travels"):
        upstream = Users("Producing team", tooltip="Renames a field; its own tests pass")
        pipeline = S3("Feature pipeline", tooltip="The column is null from Monday on; the job does not mind")
        service = FeatureStore("Feature store", tooltip="Serves the default, zero, for everybody")
        model = Ranker("Live model", tooltip="Zero means 'new customer' to it: scores rise")
        decision = Calibrator("Threshold", tooltip="Lets twice as many through as last week")
        labels = LabelJoin(
            "Label join", tooltip="Outcomes within 30 days: few of them yet, and biased by what was let through"
        )
        trainer = Trainer(
            "Next training", tooltip="Learns that the field does not matter, and from what was let through"
        )
    contract = Catalogue("Data contract", tooltip="Stops it within minutes: the producer's build fails")
    checks = Gate("Quality gate", tooltip="Stops it within a day: null share above its limit, yesterday stays live")
    freshness = Monitor("Default monitor", tooltip="Stops it within an hour: share of defaults by feature")
    scores = Monitor("Score monitor", tooltip="Stops it within a day: the distribution moved without a release")
    guard = Guard("Volume guard", tooltip="Limits the damage: decisions per hour within bounds, else the rules decide")
    sample = Preparation("Random sample", tooltip="Finds it within weeks: unbiased outcomes by slice")
    oncall = User("Model owner", tooltip="The earlier the message, the smaller the loss and the shorter the search")

    upstream >> batch("field renamed") >> pipeline >> batch("nulls") >> service >> response("zeros") >> model
    model >> response("scores too high") >> decision >> stream("wrong decisions") >> labels
    labels >> batch("biased rows") >> trainer >> control("passes a biased gate") >> model
    contract >> control("build fails") >> upstream
    checks >> control("blocks") >> pipeline
    freshness >> control("use rules") >> service
    scores >> control("roll back") >> model
    guard >> control("cap, rules") >> decision
    sample >> batch("unbiased rows") >> labels
    [checks, freshness, scores] >> feedback("what, since when") >> oncall >> control("fix, replay") >> pipeline
