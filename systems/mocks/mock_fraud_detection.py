"""Design fraud detection for card payments.

Watch the candidate refuse to name a model until the costs of both errors stand on the board, notice that his own system
destroys its labels, and be caught once: he recovers by saying so.
"""

from diagrams import Cluster
from diagrams.generic.device import Mobile
from diagrams.onprem.client import Users
from diagrams.onprem.inmemory import Redis
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.network import Kong
from diagrams.onprem.queue import Kafka
from diagrams.programming.flowchart import Decision as Choice
from diagrams.programming.language import Java

from archfolio import (
    Calibrator,
    Fallback,
    FeatureStore,
    Gate,
    LabelJoin,
    MockInterview,
    ModelServer,
    Monitor,
    RuleEngine,
    Trainer,
    Turn,
    batch,
    control,
    feedback,
    request,
    response,
    step,
    stream,
    view,
)

MOCK = MockInterview(
    title="Mock: payment fraud",
    position=3,
    system="fraud-detection",
    level="senior",
    turns=[
        Turn(0, "interviewer", "We process card payments online. Design fraud detection.", "C"),
        Turn(
            0.5,
            "candidate",
            "I'd like to know whose money it is first. When a stolen card is used and we let it through, who pays?",
            "C",
            note="First question is about money. Good sign.",
        ),
        Turn(1, "interviewer", "The merchant, mostly, by chargeback. If it gets bad, we lose the merchant.", "C"),
        Turn(1.5, "candidate", "And if we stop a good customer?", "C"),
        Turn(2, "interviewer", "The merchant loses the sale, and perhaps the customer.", "C"),
        Turn(
            2.5,
            "candidate",
            "So both errors cost, and they differ by payment: five dollars or five thousand. Then I don't want a threshold on a"
            " score, I want the action with the least expected cost. Which actions do we have besides yes and no?",
            "C",
        ),
        Turn(3.5, "interviewer", "A challenge by the bank, 3-D Secure. And you may hold a payment for review.", "C"),
        Turn(
            4,
            "candidate",
            "How many payments, how fast must we answer, and how do we learn that something was fraud?",
            "C",
        ),
        Turn(4.5, "interviewer", "{payments} payments. {promise}. By chargebacks, weeks later.", "C"),
        Turn(
            5.5,
            "candidate",
            "Weeks later is the hard part, I'll come back to it. I leave out account takeover and merchants who cheat. And the"
            " simplest answer, to beat: lists of bad cards and a dozen velocity rules. Most shops live on that.",
            "C",
            note="Baseline named. Delay of labels noticed at once.",
        ),
        Turn(
            7,
            "candidate",
            "Requirements. A decision within {promise} at the p99, and a safe one when something is late. Each decision can be"
            " explained to a merchant. Attempt number five on a card must see attempts one to four, so counters are exact and"
            " immediate. And card numbers stay out of our zone.",
            "L",
            note="'Attempt five sees one to four' is the requirement most people miss.",
        ),
        Turn(
            9.5,
            "candidate",
            "Metrics: dollars of fraud stopped at a fixed rate of good payments blocked, offline and online. Guardrails on"
            " approval rate by country and by age of card.",
            "L",
        ),
        Turn(
            11,
            "candidate",
            "Numbers. {attempts:n} attempts a day, with a peak factor of {peak_factor:n}: {peak_rate:n} a second. That's small. {frauds:n}"
            " of them are fraud, {fraud_share}, worth {fraud_value:n} a day.",
            "E",
        ),
        Turn(
            12.5,
            "candidate",
            "If I block {blocked} of attempts and {block_precision} of what I block is fraud, I stop {stopped}, and"
            " {false_blocks} of good attempts are turned away. That last one is the figure I'd take to the merchants.",
            "E",
            note="Turns precision into people turned away. Excellent.",
        ),
        Turn(
            14,
            "candidate",
            "Counters: {keys:n} entities an attempt, {windows:n} windows each, {increments:n} increments a second, about {counter_store} in"
            " memory. So the size of this system is in state, not in models. A model on {cores:n} cores will do; I need no GPU.",
            "E",
        ),
        Turn(
            15.5,
            "candidate",
            "I'll draw. Checkout sends payment and device to the API, and that asks a risk orchestrator with a token instead of"
            " the card.",
            "A",
            draws=1,
        ),
        Turn(
            16.5,
            "candidate",
            "Lists first, they end a tenth of a percent in a few milliseconds. Then, in parallel: profiles of card, device, mail"
            " and so on, and the velocity counters, which increment and read in one call.",
            "A",
            draws=2,
        ),
        Turn(
            18,
            "candidate",
            "About {features:n} features go into one model; trees or a small network, I don't mind, it takes {score_time}. What I"
            " do mind is what follows it: a calibrator, because I multiply its output with money.",
            "A",
            draws=3,
        ),
        Turn(
            19.5,
            "candidate",
            "And then a policy: for each action, expected cost, take the least. Merchants may set rules on top. The decision is"
            " written to the log before the answer goes out.",
            "A",
            draws=4,
        ),
        Turn(21, "interviewer", "Why write it before?", "A"),
        Turn(
            21.5,
            "candidate",
            "Because if we answer and then crash, there's a payment that we decided and know nothing about. For audit and for"
            " training I'd rather be two milliseconds slower.",
            "A",
        ),
        Turn(22.5, "interviewer", "Now your labels. You said weeks.", "A"),
        Turn(
            23,
            "candidate",
            "Chargebacks come within about a hundred and twenty days, most within thirty. A payment that is ten days old and"
            " quiet isn't good, it's unknown. So the join waits, and younger rows get a weight by how much of their fraud is"
            " usually known by then. Reviewers give labels within a day, on few.",
            "A",
            draws=5,
        ),
        Turn(
            25,
            "candidate",
            "Training runs daily on matured rows plus those weighted ones, and a gate compares dollars stopped at the same false"
            " block rate, on weeks after training.",
            "A",
            draws=6,
        ),
        Turn(27, "interviewer", "Good. The payments you blocked. What are their labels?", "A"),
        Turn(
            27.5,
            "candidate",
            "Hm. They have none. I'd been treating blocks as fraud in my head, and that's wrong: the model would be taught that"
            " it is always right.",
            "A",
            note="Caught, and says so at once. Worth more than the answer.",
        ),
        Turn(
            28.5,
            "candidate",
            "So a small random share of would-be blocks is let through. Not the big ones: below {cap}, {released} of those. That's"
            " {controls:n} a day and costs {control_cost}. In return I know what my blocks are worth, and those rows, weighed"
            " by their propensity, are the only unbiased ones near the threshold.",
            "A",
            draws=7,
            note="Gives the price of the experiment. Exactly right.",
        ),
        Turn(31, "interviewer", "Would a bank let you?", "A"),
        Turn(
            31.5,
            "candidate",
            "With a cap, a budget, and the merchant made whole by us, I'd argue that it's cheaper than not knowing. If not, then"
            " challenges are a weaker substitute: who passes one is probably good.",
            "A",
        ),
        Turn(
            33,
            "candidate",
            "May I open the counters? They're where the p99 lives. Each is a ring of {buckets:n} buckets a window, by entity, in"
            " memory, incremented before it is read, so two attempts at the same moment see one another.",
            "A",
        ),
        Turn(
            35.5,
            "candidate",
            "Refinement. If profiles are late, defaults and a flag, and the model was trained with that flag. If the model is"
            " late, a scorecard of a few trees on the request alone. What we don't do is approve everything: fraudsters would"
            " learn to make us slow.",
            "R",
            draws=8,
            note="Failing open as an attack. Good.",
        ),
        Turn(
            38,
            "candidate",
            "Drift here is an opponent. I'd watch the share of each reason code by hour, and approval by bank and country; an"
            " attack shows there days before any chargeback. What acts at once is a rule, written in minutes, with an expiry"
            " date, and the model follows the next day.",
            "R",
        ),
        Turn(40, "interviewer", "Approvals in one country fell by two points last night. What do you do?", "R"),
        Turn(
            40.5,
            "candidate",
            "Look whether it's us: by model version, by rule, by reason. If the new model went out yesterday, I take it back first"
            " and ask later, that's one step. If one rule explains it, I switch it off. If neither does, it's the issuer, and I"
            " call them.",
            "R",
        ),
        Turn(
            43,
            "candidate",
            "In the first month I'd build lists, counters, the log and that random release. Without the release, everything I'd"
            " train later would be guesswork.",
            "R",
            note="Builds the measurement before the model.",
        ),
        Turn(44.5, "interviewer", "Thanks, that's time.", "R"),
    ],
    verdict="Hire, senior. Costs before models, exact counters, a calibrated policy. He had the labels of blocked payments wrong"
    " and corrected it with a priced experiment. For staff: graph features and rings stayed unmentioned, and so did the"
    " analysts' {analysts:n} chairs as a limit on everything that is held.",
)


@view("Board", direction="TB")
def board() -> None:
    """What stands on the board after 45 minutes: one attempt, decided by cost, and labels that arrive weeks later."""
    checkout = Mobile("Checkout", tooltip="Sends payment and device signals")
    with Cluster("Request"):
        api = Kong("Payments API", tooltip="Swaps the card for a token, asks for the risk")
        orchestrator = Java("Risk orchestrator", tooltip="Owns the deadline of {promise}, reads in parallel")
        lists = RuleEngine("Lists", tooltip="Confirmed-bad cards and devices end here")
    with Cluster("Features"):
        profiles = FeatureStore("Profiles", tooltip="{entities} entities, one batch read")
        counters = Redis("Velocity counters", tooltip="Incremented, then read: attempt five sees one to four")
    with Cluster("Decide"):
        model = ModelServer("Model", tooltip="One score from {features:n} features in {score_time}")
        calibrator = Calibrator("Calibrator", tooltip="Score to probability, because it is multiplied with money")
        policy = Choice("Decision policy", tooltip="Least expected cost; releases {released} of small blocks at random")
        scorecard = Fallback("Scorecard", tooltip="A few trees on the request alone, when the model is late")
    with Cluster("Learn"):
        log = Kafka("Decision log", tooltip="Inputs, versions, action, propensity; written before the answer")
        reviewers = Users("Analysts", tooltip="Decide what is held")
        join = LabelJoin("Label join", tooltip="Chargebacks within 120 days; young rows weighed by what is known")
        trainer = Trainer("Trainer", tooltip="Matured rows, weighted young ones, released blocks")
        gate = Gate("Offline gate", tooltip="Dollars stopped at the same false block rate, on later weeks")
        registry = Mlflow("Model registry", tooltip="Keeps the version before, one step away")
        monitor = Monitor("Attack watch", tooltip="Reason codes and approval by bank and country, hourly")

    with step("Checkout pays; risk is asked with a token."):
        checkout >> request("payment, device") >> api >> request("token") >> orchestrator
    with step("Lists end the certain ones; profiles and counters are read in parallel."):
        orchestrator >> request("card, device") >> lists
        orchestrator >> request("{keys:n} keys") >> profiles
        orchestrator >> request("increment, read") >> counters
    with step("One model, then a calibrator."):
        orchestrator >> request("{features:n} features") >> model >> response("raw score") >> calibrator
    with step("The policy takes the action with the least expected cost, and writes it down first."):
        calibrator >> response("probability") >> policy >> request("decision") >> log
        policy >> response("action") >> api
    with step("Labels arrive by chargeback in weeks, by review in a day."):
        log >> stream("decisions") >> join
        log >> stream("held") >> reviewers >> feedback("verdicts") >> join
    with step("A gated model comes back."):
        join >> batch("weighted rows") >> trainer >> batch("candidate") >> gate >> control("passed") >> registry
        registry >> control("version") >> model
    with step("A priced random release gives labels to what would have been blocked."):
        policy >> stream("released at random") >> join
    with step("A late model is replaced by a scorecard, and an attack is seen by the hour."):
        orchestrator >> request("on timeout") >> scorecard >> response("coarse risk") >> policy
        log >> stream("reasons, approvals") >> monitor
