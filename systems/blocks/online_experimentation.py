"""Tell whether a change caused the difference that people felt, before it is given to everybody.

Offline gains often vanish online: the log shows what the old system chose, people get used to things, and the effect
looked for is small beside the noise. Intuition, novelty and chance are all persuasive, and only one of them repeats.

An experiment is a decision rule that is written down before the first user sees anything: who is compared, on which
metric, for how long, and what will be done with each outcome. Most of the work is in keeping reality to that rule.
"""

from diagrams import Cluster, Edge
from diagrams.k8s.compute import Pod
from diagrams.onprem.analytics import Dbt, Spark, Superset
from diagrams.onprem.client import User, Users
from diagrams.onprem.database import Clickhouse, Postgresql
from diagrams.onprem.queue import Kafka
from diagrams.onprem.vcs import Git
from diagrams.programming.flowchart import Action, Delay, Inspection, StartEnd
from diagrams.programming.flowchart import Decision as Test

from archfolio import (
    AntiPattern,
    BuildingBlock,
    Calculator,
    Chart,
    DecisionTable,
    Estimate,
    Evaluator,
    Experiment,
    FollowUp,
    Gate,
    Guard,
    MathFormula,
    Monitor,
    Option,
    Planner,
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
    response,
    step,
    stream,
    view,
)

ESTIMATE = Estimate(
    baseline=assume("Conversion in the control arm, of users", 4, "percent"),
    effect=assume("Smallest effect worth finding, relative to the conversion", 2, "percent"),
    z_alpha=cite("z of a two-sided test at 5 %", 1.96, source="normal distribution"),
    z_power=cite("z of a power of 80 %", 0.84, source="normal distribution"),
    variance=derive("Variance of a user's outcome", "baseline * (1 - baseline)", note="of a yes or no"),
    per_arm=derive(
        "Users of each arm",
        "ceil(2 * (z_alpha + z_power) ** 2 * variance / (baseline * effect) ** 2)",
        note="the rule of thumb 16 variances over the squared effect",
    ),
    entering=assume("Users who enter each day", 150_000, "1/day", note="who could see the difference"),
    share=assume("Users in the experiment, of those", 100, "percent"),
    arms=assume("Arms", 2),
    cycle=cite("A whole cycle of habits", 7, "day", source="calendar", note="half a week would over-count its days"),
    duration=derive("Duration in whole weeks", "ceil(per_arm * arms / (entering * share) / cycle) * cycle", "day"),
    correlation=assume("Correlation of a user's metric with the weeks before", 0.7),
    cuped_per_arm=derive("Users of each arm with CUPED", "ceil(per_arm * (1 - correlation ** 2))"),
    cuped_duration=derive(
        "Duration with CUPED", "ceil(cuped_per_arm * arms / (entering * share) / cycle) * cycle", "day"
    ),
    margin=assume(
        "Loss that may be accepted, relative to the conversion", 1, "percent", note="for a change that need not win"
    ),
    z_margin=cite("z of a one-sided test at 5 %", 1.645, source="normal distribution"),
    margin_per_arm=derive(
        "Users of each arm to rule out a larger loss",
        "ceil(2 * (z_margin + z_power) ** 2 * variance / (baseline * margin) ** 2)",
        note="if the arms are in truth the same",
    ),
    margin_duration=derive(
        "Duration of that test, in whole weeks",
        "ceil(margin_per_arm * arms / (entering * share) / cycle) * cycle",
        "day",
    ),
    seen_a=assume("Users counted in arm A", 100_600),
    seen_b=assume("Users counted in arm B", 99_400),
    chi_square=derive(
        "Chi-square of an even split", "(seen_a - seen_b) ** 2 / (seen_a + seen_b)", note="one degree of freedom"
    ),
    mismatch_z=derive("Its root, a z", "sqrt(chi_square)"),
    mismatch_p=derive(
        "Chance of such a split, if assignment is even",
        "2 * (1 - exp(-1.4 * mismatch_z)) * exp(-(chi_square / 2)) / (1.135 * sqrt(2 * 3.14159265) * max(mismatch_z, 0.01))",
        "percent",
        note="an approximation of the normal tail, right within a tenth for a z above 0.5",
    ),
    metrics=assume("Metrics that are read, none of which changed", 20),
    level=assume("Level of each test", 5, "percent", note="p below 0.05"),
    any_false=derive("Chance that at least one is significant", "1 - (1 - level) ** metrics", "percent"),
    corrected=derive("Level of each test that keeps it over all (Bonferroni)", "level / metrics", "percent"),
)

BLOCK = BuildingBlock(
    title="Online experimentation",
    position=12,
    estimate=ESTIMATE,
    terms=[
        Term(
            "Sample size",
            "How many users each arm needs to find an effect of a stated size with a stated chance: halving the effect"
            " quadruples it.",
            MathFormula(
                "Users of each arm",
                r"n = \frac{2\,(z_{1-\alpha/2} + z_{1-\beta})^2\,\sigma^2}{\delta^2} \approx \frac{16\,\sigma^2}{\delta^2}",
                "sigma squared is the variance of the metric over users, delta the absolute effect; at a level of 5 % and a"
                " power of 80 % the factor is 15.7.",
            ),
        ),
        Term(
            "Non-inferiority",
            "The question for changes that need not win: a retrained or a cheaper model, a migration, a guardrail. No"
            " significant difference is no proof that nothing was lost; a lower bound above the margin is.",
            MathFormula(
                "Passes, if",
                r"\hat{\delta} - z_{1-\alpha}\,\mathrm{SE}(\hat{\delta}) > -m",
                "delta is treatment minus control, on a metric where more is better; m is the largest loss that would be accepted, written down beforehand.",
            ),
        ),
        Term(
            "CUPED",
            "Variance reduction by what is known from before: each user's metric is corrected by the same metric in the"
            " weeks before the experiment, which the change cannot have moved.",
            MathFormula(
                "Variance that is left",
                r"\mathrm{Var}(\hat{Y}) = \mathrm{Var}(Y)\,(1 - \rho^2)",
                "rho is the correlation of the metric with its earlier value: at 0.7 half of the users are saved.",
            ),
        ),
        Term(
            "Sample-ratio mismatch",
            "The arms hold other shares of the users than were assigned to them: something removes users from one arm, and every"
            " result is void until it is found.",
            MathFormula(
                "Test of an even split",
                r"\chi^2 = \frac{(n_A - n_B)^2}{n_A + n_B}",
                "Compared with chi-square of one degree of freedom; the bound is a p of 0.001, because the test runs every day.",
            ),
        ),
        Term(
            "Peeking",
            "Looking at a fixed-horizon test before its end and stopping when it is significant; each look is another chance"
            " to be wrong.",
        ),
        Term(
            "Always-valid p-value",
            "A p-value that may be read at any time: the chance that it ever falls below alpha, if there is no effect, is at"
            " most alpha.",
            MathFormula(
                "Mixture sequential test",
                r"\Lambda_n = \sqrt{\frac{1}{1 + n\tau^2}}\;\exp\!\left(\frac{\tau^2 S_n^2}{2\,(1 + n\tau^2)}\right),"
                r" \qquad p_n = \min_{m \le n} \frac{1}{\Lambda_m}",
                "S is the sum of n differences of variance 1, tau squared the variance of effects that one expects.",
            ),
        ),
        Term(
            "Delta method",
            "The variance of a ratio of two sums, such as clicks a view, when users are randomised and views are counted:"
            " views of one user are not independent.",
            MathFormula(
                "Variance of a ratio of means",
                r"\mathrm{Var}\left(\frac{\bar{X}}{\bar{N}}\right) \approx \frac{1}{n\,\mu_N^2}"
                r"\left(\sigma_X^2 - 2 R\,\sigma_{XN} + R^2 \sigma_N^2\right)",
                "X are clicks and N views of a user, R the ratio of their means, n the number of users.",
            ),
        ),
        Term(
            "Interference",
            "What one arm does changes the other: they share stock, budget, drivers, friends, a cache, or a model that learns"
            " from both.",
        ),
        Term(
            "Overall evaluation criterion",
            "The one metric, or weighted few, that decides: it moves within weeks and is known to agree with what the"
            " business wants over years.",
        ),
        Term(
            "Off-policy estimate",
            "An estimate of how a new policy would have done, from the log of the old one: it reweights what was shown by"
            " how likely each policy was to show it.",
            MathFormula(
                "Inverse propensity score",
                r"\hat{V} = \frac{1}{n} \sum_{i=1}^{n} \frac{\pi(a_i|x_i)}{p(a_i|x_i)}\,r_i",
                "p is the logged probability of the action, pi that of the new policy, r the reward; without a random part in"
                " the old policy some p are 0 and nothing can be said.",
            ),
        ),
    ],
    calculators=[
        Calculator(
            "Sample size and duration",
            "How long must a test run to find a change of {effect} in a conversion of {baseline}?",
            ["per_arm", "duration", "cuped_per_arm", "cuped_duration"],
            "The effect counts most: a test for half of it takes four times as long. Before running for months, ask whether an"
            " effect that small would change the decision, use a metric nearer to the change, or take out variance with"
            " CUPED. Users who cannot see the difference only add noise: count those who were exposed. The formula is for"
            " one look at the end and for users who are independent of each other.",
        ),
        Calculator(
            "Non-inferiority",
            "How many users show that a cheaper model loses no more than {margin} of a conversion of {baseline}?",
            ["margin_per_arm", "margin_duration"],
            "To rule out a small loss takes as many users as to find a small gain, so margins are expensive: half the"
            " margin, four times the users. It is set by what the change saves, before anything is measured. If the arms"
            " really are the same, four tests in five pass; a small true gain helps, a small true loss makes passing unlikely.",
        ),
        Calculator(
            "Sample-ratio mismatch",
            "{seen_a:n} users in one arm and {seen_b:n} in the other: chance, or a bug?",
            ["chi_square", "mismatch_p"],
            "Arms are compared thousands of times a year, so the bound is strict: below 0.1 % the result is void, between"
            " that and a few per cent one looks for a cause before reading on. A split of 50.3 to 49.7 may be harmless in ten"
            " thousand users and is damning in a million. Usual causes: bots that only one arm catches, a redirect that"
            " loses slow phones, a crash before exposure is logged.",
        ),
        Calculator(
            "Many metrics",
            "With {metrics} metrics and no effect at all, how often is something significant?",
            ["any_false", "corrected"],
            "One criterion decides, guardrails may veto, everything else is a hint for the next test. Bonferroni is too strict"
            " where metrics move together; controlling the false discovery rate is the usual compromise.",
        ),
    ],
    charts=[
        Chart(
            "charts/peeking.svg",
            "What peeking does, simulated",
            caption="20,000 tests of 28 days in which the arms are the same. Whoever looks every day and stops at the first"
            " |z| above 1.96 finds an effect in 28 of 100; whoever looks once, on whichever day, in 5. An always-valid"
            " p-value may be read daily and stays below 5, at the price of power.",
            alt="Share of tests without an effect that are called significant, over 28 days of looking. Stopping at the first"
            " significant look rises from 5 to 28 per cent; one look stays at 5 per cent; the always-valid p-value stays at"
            " or below 1 per cent.",
            script="charts/peeking.py",
        )
    ],
    tables=[
        DecisionTable(
            "Design by what breaks the simple one",
            ["Randomises", "Estimator", "Costs"],
            [
                Option(
                    "A/B by user",
                    ["Users, by a salted hash", "Difference of means, with CUPED", "Nothing special"],
                    "Users do not affect each other and there are enough of them.",
                ),
                Option(
                    "Interleaving",
                    [
                        "Slots of one list between two rankers",
                        "Share of clicks credited to each",
                        "Says which, not how much",
                    ],
                    "Rankers are compared and traffic is short: it needs far fewer users than an A/B test.",
                ),
                Option(
                    "Switchback",
                    ["Time blocks of a whole market", "Difference over blocks, with wash-out", "Few units, carry-over"],
                    "Supply is shared: drivers, prices, stock.",
                ),
                Option(
                    "Clusters",
                    [
                        "Communities, regions, or egos with friends",
                        "Difference over clusters",
                        "Few units, wide intervals",
                    ],
                    "Effects spill over to friends or neighbours.",
                ),
                Option(
                    "Budget split",
                    [
                        "Users, and each arm its own budget",
                        "Difference of means",
                        "Small budgets behave unlike large ones",
                    ],
                    "Arms would spend the same money: ads, coupons.",
                ),
                Option(
                    "Bandit",
                    ["Traffic follows results", "Reward, with propensities logged", "Effects are estimated poorly"],
                    "There are many arms, short lives, and a reward within minutes.",
                ),
            ],
        ),
        DecisionTable(
            "Checks before anyone celebrates",
            ["How it shows", "Test", "Bound"],
            [
                Option(
                    "Sample-ratio mismatch",
                    ["One arm lost users", "Chi-square of counts", "p below 0.001"],
                    "Always, before the result is read.",
                ),
                Option(
                    "Peeking",
                    ["It became significant on day 4", "Sequential bound, or wait", "The planned end"],
                    "Anybody has looked earlier.",
                ),
                Option(
                    "Many metrics",
                    ["Only the metric that moved is reported", "False discovery rate", "5 % over the family"],
                    "More than the criterion was read.",
                ),
                Option(
                    "Novelty",
                    ["The effect shrinks by day of exposure", "Slope over days", "Flat for a week"],
                    "The change can be seen.",
                ),
                Option(
                    "Interference",
                    ["Control differs from last week", "Control against holdback", "No trend"],
                    "Arms share anything.",
                ),
                Option(
                    "Twyman's law",
                    ["A figure that is too good", "Look for the bug first", "Larger than any past effect"],
                    "The result surprises.",
                ),
            ],
        ),
    ],
    checklist=[
        "Hypothesis, unit, criterion, guardrails, duration and decision rule are registered before the first user enters",
        "The smallest effect that would change the decision is written down, and the sample size follows from it",
        "Assignment is a salted hash of a stable id, and another salt in each layer",
        "Exposure is logged where the difference could first be seen, in both arms alike",
        "The sample-ratio test runs each day, and a failed one hides the result",
        "Standard errors are computed over the unit that was randomised, ratios with the delta method",
        "A/A tests run all the time, and their share of significant results is between 4 and 6 in a hundred",
        "Guardrails can stop a test within minutes; the criterion cannot before its planned end",
        "A test runs for whole weeks",
        "The log holds the propensity of each choice, so that another policy can be estimated from it",
        "Models of both arms learn from their own arm, or the leak is named in the result",
        "A holdback of 1 % stays without the year's changes, and its gap is compared with the sum of the wins",
    ],
    anti_patterns=[
        AntiPattern(
            "Stopping when it is green",
            symptom="Most tests win, and the yearly metric does not move.",
            cure="Fix the end beforehand, or read an always-valid p-value.",
            where="life/Running",
        ),
        AntiPattern(
            "Reading past a mismatch",
            symptom="The split is 50.6 to 49.4 and somebody says that it is close enough.",
            cure="Void the result, find which users are missing, and run again.",
            where="platform/Ratio check",
        ),
        AntiPattern(
            "Views as the unit of a test by user",
            symptom="Intervals are narrow, and A/A tests are significant in one of five.",
            cure="Aggregate by user, or use the delta method.",
            where="platform/Analysis job",
        ),
        AntiPattern(
            "Tuning the criterion to the winner",
            symptom="The metric is chosen after the result, and each team has another.",
            cure="Register the criterion, and check it against past experiments once a quarter.",
            where="metrics/Past experiments",
        ),
        AntiPattern(
            "One model that learns from both arms",
            symptom="The gap closes in the second week, since control has learned from what treatment explored.",
            cure="Train each arm on its own log, or randomise by cluster and name the leak.",
            where="designs/Arms share supply?",
        ),
    ],
    questions=[
        FollowUp(
            "mid",
            "How long should the test run?",
            answer="Until it has the users that were planned, in whole weeks. For a change of {effect} in a conversion of"
            " {baseline} that is {per_arm} users for each arm; with {entering} entering that is {duration}. CUPED brings it to"
            " {cuped_duration}. I would not stop early when it turns significant, since stopping there is what makes noise look"
            " like an effect; guardrails may stop it at any time.",
            weak="Two weeks is the standard.",
            where="platform/Power calculator",
        ),
        FollowUp(
            "senior",
            "The new ranker won offline by three points and lost online. Why?",
            answer="The log holds what the old ranker showed, so the new one is judged on items it would not have chosen, and"
            " clicks carry the old positions. It may be slower, and latency alone costs conversions. Features may be computed"
            " differently online. Or its gain is on queries that are rare. I would check the latency guardrail and the feature"
            " parity first, then replay with propensities, and from then on screen rankers by interleaving.",
            weak="Offline metrics are unreliable; only A/B tests count.",
            where="designs/Interleaving",
        ),
        FollowUp(
            "senior",
            "The distilled ranker costs half, and the test shows no significant difference. Do you ship it?",
            answer="Not on that sentence: a small test never finds a difference. I would have asked beforehand how much conversion we"
            " would give up for half the cost, say {margin} of it, and planned a non-inferiority test: ship if the lower end of"
            " the interval is above minus that. With a conversion of {baseline} it takes {margin_per_arm} users for each arm,"
            " {margin_duration} here, fewer with CUPED. A daily retrain cannot have such a test: it passes offline gates and a canary, and the"
            " recipe of retraining is tested once, and again when it changes.",
            weak="Yes: p is above 0.05, so the two are the same.",
            where="life/Read",
        ),
        FollowUp(
            "senior",
            "You have fifty ranker variants and little traffic. What do you do?",
            answer="Screen offline with an estimate that is corrected by propensities, which leaves perhaps ten. Interleave each"
            " with production: users vote on one list, so variance between users drops out and days suffice where an A/B test"
            " takes weeks. The two or three that win go into an A/B test, because interleaving says which is preferred and not"
            " what the business gains, and cannot see effects on latency or retention.",
            weak="Run fifty arms at two per cent each.",
            where="designs/Interleaving",
        ),
        FollowUp(
            "staff",
            "How do you test a price model in a market where riders share drivers?",
            answer="Not by rider: cheaper riders take the drivers of the others, and the effect is counted twice. I would switch"
            " the whole market between the two by blocks of an hour or so, in random order, drop the minutes after each switch,"
            " and compute errors over blocks, which are few. It estimates the effect of giving it to everybody. For slow effects"
            " such as drivers leaving, whole cities are compared, with what they did before as covariate.",
            weak="Randomise riders, with a large sample.",
            where="designs/Switchback",
        ),
        FollowUp(
            "staff",
            "The wins of the year add up to 12 %, and the metric grew by 3 %. Where is the rest?",
            answer="Partly selection: what was significant was also lucky, so estimates of winners are too high, most of all in"
            " underpowered tests. Novelty fades after the test; effects overlap, so that two wins are worth less together; and"
            " the market may have fallen. A holdback that has had none of the changes measures the sum honestly. I would"
            " report that gap beside the wins, shrink single estimates, and repeat the largest.",
            weak="Seasonality.",
            where="life/Holdback",
        ),
    ],
    used_by=[
        UsedBy(
            "recommendation-systems/serving/Experiment assignment",
            how="Users are hashed to arms, and stages read flags locally.",
        ),
        UsedBy("feed-ranking/objectives/Creator-side test", how="Authors are randomised, since members share them."),
        UsedBy("feed-ranking/objectives/Long-term holdback", how="One per cent stays on last quarter's feed."),
        UsedBy(
            "autocomplete-typeahead/training/Interleaving and A/B", how="Interleaving screens, an A/B test decides."
        ),
        UsedBy(
            "people-you-may-know/operations/Experiment analysis", how="Ego clusters show direct and spill-over effects."
        ),
        UsedBy(
            "ad-click-prediction/operations/Experiment analysis",
            how="Budgets are split, so that no arm spends another's.",
        ),
        UsedBy(
            "search-systems/training/Randomised slots", how="Swapped neighbours give the propensities of each rank."
        ),
        UsedBy(
            "fraud-detection/training/Control group",
            how="A small share of would-be blocks passes, to learn what they were.",
        ),
    ],
    sources=bibliography(
        """
        R. Kohavi, D. Tang, Y. Xu, "Trustworthy Online Controlled Experiments: A Practical Guide to A/B Testing", Cambridge University Press 2020
            https://experimentguide.com/ the whole practice; sample size, guardrails, Twyman's law, triggered analysis
        A. Deng, Y. Xu, R. Kohavi, T. Walker, "Improving the Sensitivity of Online Controlled Experiments by Utilizing Pre-Experiment Data", WSDM 2013
            https://doi.org/10.1145/2433396.2433413 CUPED and the variance it leaves
        R. Johari, P. Koomen, L. Pekelis, D. Walsh, "Peeking at A/B Tests: Why it Matters, and What to Do About It", KDD 2017
            https://doi.org/10.1145/3097983.3097992 peeking, and always-valid p-values from mixture sequential tests
        M. Schultzberg, S. Ankargren, M. Frånberg, "Risk-Aware Product Decisions in A/B Tests with Multiple Metrics", arXiv 2024
            https://arxiv.org/abs/2402.11609 guardrails as tests of non-inferiority, and the power that many of them cost
        A. Fabijan and others, "Diagnosing Sample Ratio Mismatch in Online Controlled Experiments", KDD 2019
            https://doi.org/10.1145/3292500.3330722 causes of a mismatch and how to find them
        A. Deng, U. Knoblich, J. Lu, "Applying the Delta Method in Metric Analytics: A Practical Guide with Novel Ideas", KDD 2018
            https://arxiv.org/abs/1803.06336 variance of ratio metrics
        O. Chapelle, T. Joachims, F. Radlinski, Y. Yue, "Large-Scale Validation and Analysis of Interleaved Search Evaluation", ACM TOIS 2012
            https://doi.org/10.1145/2094072.2094078 interleaving, and how much fewer users it needs
        I. Bojinov, D. Simchi-Levi, J. Zhao, "Design and Analysis of Switchback Experiments", Management Science 2023
            https://arxiv.org/abs/2009.00148 block length, carry-over and the estimator of switchbacks
        J. Ugander, B. Karrer, L. Backstrom, J. Kleinberg, "Graph Cluster Randomization: Network Exposure to Multiple Universes", KDD 2013
            https://arxiv.org/abs/1305.6979 clusters where effects spill over
        M. Dudík, J. Langford, L. Li, "Doubly Robust Policy Evaluation and Learning", ICML 2011
            https://arxiv.org/abs/1103.4601 estimates of a policy from another's log
        G. Karagiannidis, A. Lioumpas, "An Improved Approximation for the Gaussian Q-Function", IEEE Communications Letters 2007
            https://doi.org/10.1109/LCOMM.2007.070470 the normal tail in the mismatch calculator
        """
    ),
)


@view("Platform", direction="LR")
def platform() -> None:
    """Planned before it starts, assigned by hash, counted where the difference is seen, and checked before it is read."""
    people = Users("Experimenters", tooltip="Bring a hypothesis and the smallest effect that would change the decision")
    with Cluster("Plan"):
        power = Planner(
            "Power calculator", tooltip="{per_arm} users for each arm, {duration}, from last month's variance"
        )
        registry = Postgresql(
            "Registry", tooltip="Criterion, guardrails, duration and decision rule, frozen at the start"
        )
    with Cluster("Run"):
        assignment = Experiment("Assignment", tooltip="Salted hash of a stable id; layers keep experiments independent")
        product = Pod("Product service", tooltip="Asks for the variant, shows it, and logs what was exposed")
        exposures = Kafka("Exposure log", tooltip="User, experiment, arm, time; only where a difference could be seen")
        outcomes = Kafka("Outcome events", tooltip="What users did, whether in an experiment or not")
        brake = Guard("Guardrails", tooltip="Latency, errors and complaints by arm, within minutes; may stop a test")
    with Cluster("Read"):
        ratio = Gate("Ratio check", tooltip="Chi-square of the counts each day; below 0.001 the result stays hidden")
        analysis = Spark(
            "Analysis job", tooltip="Means by user with CUPED, ratios by the delta method, slices named before"
        )
        scorecard = Superset("Scorecard", tooltip="Criterion first, guardrails next, then hints, with intervals")
    with step("A hypothesis becomes a sample size, and is frozen in the registry"):
        people >> request("effect, metric") >> power >> control("plan") >> registry >> control("split") >> assignment
    with step("The product asks for a variant and logs whoever could see a difference"):
        product >> request("which variant?") >> assignment
        product >> stream("exposure") >> exposures
        product >> stream("what users do") >> outcomes
    with step("Counts are checked before any result is computed"):
        exposures >> batch("counts") >> ratio >> control("valid") >> analysis
        exposures >> batch("units, arms") >> analysis
        outcomes >> batch("metrics") >> analysis
    with step("The rule that was registered is applied to the scorecard"):
        analysis >> batch("effects, intervals") >> scorecard >> response("ship, stop, repeat") >> people
    outcomes >> stream("errors, latency") >> brake >> control("stop") >> assignment


@view("Designs", direction="TB")
def designs() -> None:
    """Which experiment: each test asks what would break the plain comparison; under each leaf stands its estimator."""
    start = StartEnd("A change\nto test", tooltip="With a hypothesis and a criterion")
    logged = Test("Could the log\nrefuse it?", tooltip="The old policy has a random part, and propensities are logged")
    offline = Inspection(
        "Off-policy estimate\nIPS, doubly robust", tooltip="Screens many policies without a user; never the last word"
    )
    supply = Test("Arms share\nsupply?", tooltip="Drivers, stock, budgets, or one model that learns from both")
    budget = Test("Is it money\nalone?", tooltip="An advertiser's or a campaign's budget can be divided")
    split = Action("Budget split\nmeans by user", tooltip="Each arm spends its own share")
    switchback = Action(
        "Switchback\nmeans by block", tooltip="A whole market alternates by time, with wash-out after each switch"
    )
    social = Test("Does it spill\nto friends?", tooltip="Messages, invitations, shared content")
    clusters = Action(
        "Clusters\nmeans by cluster", tooltip="Communities or egos, with what they did before as covariate"
    )
    ranker = Test("Two rankers,\nlittle traffic?", tooltip="Preference is enough, and size can wait")
    interleaving = Action(
        "Interleaving\nshare of credit", tooltip="Both rankers fill one list; clicks vote within a user"
    )
    many = Test("Many arms,\nfast reward?", tooltip="Headlines, pictures: the choice lives for days")
    bandit = Action("Bandit\nlogged propensities", tooltip="Traffic moves to what works; effects are estimated poorly")
    plain = Action("A/B by user\nmeans with CUPED", tooltip="The plain comparison, whenever nothing breaks it")
    start >> logged
    logged >> Edge(label="yes: first") >> offline
    offline >> Edge(label="what is left") >> supply
    logged >> Edge(label="no") >> supply
    supply >> Edge(label="yes") >> budget
    budget >> Edge(label="yes") >> split
    budget >> Edge(label="no") >> switchback
    supply >> Edge(label="no") >> social
    social >> Edge(label="yes") >> clusters
    social >> Edge(label="no") >> ranker
    ranker >> Edge(label="yes") >> interleaving
    interleaving >> Edge(label="winner") >> plain
    ranker >> Edge(label="no") >> many
    many >> Edge(label="yes") >> bandit
    many >> Edge(label="no") >> plain


@view("Life of an experiment", direction="LR")
def life() -> None:
    """Its states, and what moves it from one to the next: most ways lead out, and only one to everybody."""
    draft = StartEnd("Draft", tooltip="Hypothesis and smallest effect; nothing runs")
    registered = Action("Registered", tooltip="Criterion, duration and decision rule are frozen")
    ramp = Delay("Ramp", tooltip="1 %, then 5 %: for crashes and guardrails, not for effects")
    running = Delay("Running", tooltip="{duration} at the full split; the criterion is not read")
    invalid = Inspection("Invalid", tooltip="Counts, logging or assignment is broken; the cause is sought")
    stopped = StartEnd("Stopped", tooltip="Harm is proven; users go back to the control")
    read = Action(
        "Read",
        tooltip="The rule is applied once: the criterion wins or, where that was planned, loses less than the margin",
    )
    shipped = StartEnd("Shipped", tooltip="Everybody gets it but the holdback")
    dropped = StartEnd("Dropped", tooltip="No effect, or harm: code and flag are removed, and the result is kept")
    holdback = Delay("Holdback", tooltip="1 % stay without it for months: does the effect last?")
    draft >> Edge(label="plan approved") >> registered
    registered >> Edge(label="start") >> ramp
    ramp >> Edge(label="guardrails hold") >> running
    ramp >> Edge(label="guardrail broken") >> stopped
    running >> Edge(label="guardrail broken") >> stopped
    running >> Edge(label="ratio mismatch") >> invalid
    invalid >> Edge(label="mended: new salt") >> registered
    running >> Edge(label="planned end") >> read
    read >> Edge(label="wins") >> shipped
    read >> Edge(label="no effect") >> dropped
    shipped >> Edge(label="keep a share") >> holdback
    holdback >> Edge(label="effect is gone") >> dropped


@view("Metrics", direction="LR")
def metrics() -> None:
    """From a slow goal to a criterion that moves in weeks, fenced by guardrails and checked against past experiments."""
    owner = User("Business owner", tooltip="Wants retention or revenue over years: slow and noisy")
    with Cluster("Define"):
        criterion = Evaluator("Criterion", tooltip="Decides; a weighted few that move within two weeks, typically")
        drivers = Evaluator("Driver metrics", tooltip="Explain why: clicks, dwell, add to basket")
        guardrails = Guard("Guardrails", tooltip="Must not fall: latency, crashes, complaints, slices of users")
        spec = Git("Definitions", tooltip="Events and formulas as code, with an owner and a test each")
    with Cluster("Compute"):
        events = Kafka("Events", tooltip="Typed, with the user and the time at which it happened")
        pipeline = Dbt("Metric pipeline", tooltip="The same figures in experiments and on dashboards")
        scorecards = Superset("Scorecards", tooltip="Criterion, guardrails, drivers, in that order")
    with Cluster("Validate"):
        past = Clickhouse(
            "Past experiments", tooltip="Effects on every metric of some hundred tests, and on the goal a year later"
        )
        agreement = Monitor(
            "Sign agreement", tooltip="How often the criterion moved as the goal did; which weights would do better"
        )
    owner >> control("goal") >> criterion
    criterion >> control("decompose") >> drivers
    [criterion, drivers, guardrails] >> control("formula") >> spec
    spec >> control("definitions") >> pipeline
    events >> batch("a day of events") >> pipeline >> batch("by user and arm") >> scorecards
    pipeline >> batch("effects") >> past >> batch("pairs of effects") >> agreement
    agreement >> feedback("weights, validity") >> criterion
    scorecards >> response("decisions") >> owner
    owner >> control("what must hold") >> guardrails
