"""Decide for each event whether, when and on which channel to interrupt a person, within 5 s.

The reward is causal and late. A click may only replace a visit that would have happened anyway, and every needless
buzz brings the person closer to muting, opting out or uninstalling, which is nearly final.

All product teams draw on the same attention, so volume is a budget: what is sent now changes the value of what comes
next, and one layer has to decide for everybody.
"""

from diagrams import Cluster, Edge
from diagrams.aws.engagement import SES
from diagrams.aws.storage import S3
from diagrams.firebase.grow import FCM
from diagrams.generic.device import Mobile
from diagrams.onprem.analytics import Flink, Spark
from diagrams.onprem.client import User, Users
from diagrams.onprem.compute import Server
from diagrams.onprem.database import Clickhouse, Scylla
from diagrams.onprem.gitops import Argocd, Flagger
from diagrams.onprem.inmemory import Redis
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.monitoring import Grafana, Prometheus
from diagrams.onprem.network import Etcd
from diagrams.onprem.queue import Kafka, Rabbitmq
from diagrams.onprem.workflow import Airflow, Kubeflow
from diagrams.programming.flowchart import Decision as Choice
from diagrams.programming.language import Go
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
    Forecaster,
    Framing,
    Head,
    Interaction,
    Label,
    LabelJoin,
    Loss,
    LossFunction,
    MathFormula,
    Metrics,
    Phase,
    Planner,
    Ranker,
    Requirements,
    Simulator,
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
    reference,
    request,
    response,
    step,
    stream,
    view,
)

ESTIMATE = Estimate(
    members=assume("Monthly active members", 500e6, "member", note="LinkedIn reported more than 774 M in 2022"),
    offers=assume("Candidate events for a member", 40, "event/member/day", note="posts, follows, reminders"),
    events=derive("Candidate events per day", "members * offers", "event/day"),
    mean_rate=derive("Average event rate", "events", "event/s"),
    peak_factor=assume("Peak over average", 4, note="breaking news, top of the hour"),
    peak_rate=derive("Peak event rate", "mean_rate * peak_factor", "event/s"),
    eligible_share=assume("Eligible after settings, consent and caps, of candidate events", 30, "percent"),
    eligible=derive("Events for the ranker per day", "events * eligible_share", "event/day"),
    held_share=assume(
        "Held for a better hour, of eligible events", 20, "percent", note="scored again when the timer fires"
    ),
    options=assume("Channel options of an event", 4, "option/event", note="push, email, in-app, none"),
    scores=derive("Ranker scores at peak", "peak_rate * eligible_share * (1 + held_share) * options", "option/s"),
    core_speed=assume("Ranker speed", 3e3, "option/s/core", note="small multi-head network; load-test before buying"),
    lanes=assume("Cores that score one event", 1, "core/event"),
    ranker_time=derive("Ranker, one event", "options / (core_speed * lanes)", "ms"),
    busy=assume("Load at which cores are run, of capacity", 60, "percent"),
    cores=derive("Ranker cores", "ceil(scores / (core_speed * busy))", "core"),
    push_share=assume("Sent as push, of candidate events", 4, "percent"),
    email_share=assume("Sent as email, of candidate events", 1, "percent"),
    inbox_share=assume("Shown in the app only, of candidate events", 15, "percent"),
    sent_share=derive("Sent on any channel, of candidate events", "push_share + email_share + inbox_share", "percent"),
    outside_share=derive("Sent as push or email, of candidate events", "push_share + email_share", "percent"),
    pushes=derive("Pushes per day", "events * push_share", "event/day"),
    push_load=derive("Pushes a member gets, mean", "pushes / members", "event/member/day"),
    push_cap=assume("Most pushes a member may get", 3, "event/member/day"),
    push_rate=derive("Peak push rate to providers", "pushes * peak_factor", "event/s"),
    android_share=assume("Pushes that go through FCM, of pushes", 70, "percent", note="the rest goes through APNs"),
    quota=cite("Default FCM quota of a project", 600e3, "event/minute", source="Firebase documentation, 2025"),
    quota_need=derive(
        "Default quotas needed at peak", "push_rate * android_share / quota", note="so a raised quota is needed"
    ),
    emails=derive("Emails per day", "events * email_share", "event/day"),
    inbox_items=derive("In-app items per day", "events * inbox_share", "event/day"),
    sends=assume("Recent sends kept", 50, "send/member"),
    send_bytes=assume("Bytes of a recent send", 64, "byte/send"),
    profile_bytes=assume("Caps, visits and settings", 800, "byte/member"),
    state=derive("Member state", "members * (sends * send_bytes + profile_bytes)", "byte", note="Flink, on RocksDB"),
    wait=assume("Mean time held", 3, "hour"),
    held_bytes=assume("Bytes of a held event", 1e3, "byte/event"),
    held=derive("Held events", "eligible * held_share * wait * held_bytes", "byte"),
    timers=derive("Timers set, average", "eligible * held_share", "event/s"),
    log_bytes=assume("Decision log entry", 600, "byte/event"),
    log_volume=derive("Decision log per day", "eligible * log_bytes", "byte/day"),
    history=assume("Decision log kept", 180, "day", note="opt-outs are late"),
    explored=assume("Decided at random, of eligible events", 1, "percent"),
    explore_rows=derive("Randomised rows per day", "eligible * explored", "event/day", note="labels for uplift"),
    levels=assume("Volume levels of the weekly plan", 8, "point/member"),
    points=derive("Points of the weekly plan", "members * levels", "point"),
    plan_speed=assume("Points a core scores", 5e3, "point/s/core"),
    plan_time=assume("Time for the plan", 2, "hour"),
    plan_cores=derive("Cores for the plan", "ceil(points / (plan_speed * plan_time))", "core"),
    opt_out=assume("Opt-outs per push", 0.0001, "member/event", note="watched in basis points"),
    opt_outs=derive("Push opt-outs per day", "pushes * opt_out", "member/day"),
    active_base=assume("Members active on a day, of monthly members", 40, "percent"),
    test_lift=assume("Smallest relative lift of daily actives worth detecting", 0.2, "percent"),
    test_size=derive(
        "Members per arm",
        "16 * (1 - active_base) / (active_base * test_lift ** 2)",
        note="80 % power, two-sided 5 % level",
    ),
    promise=assume("Promised p99 from event to provider", 5, "s"),
    hop_time=assume("Event publish and Kafka hop, p99", 150, "ms"),
    settings_time=assume("Eligibility, settings and consent, p99", 100, "ms"),
    state_time=assume("Keyed state read, p99", 50, "ms"),
    merge_window=assume("Aggregation window for related events", 2, "s"),
    feature_time=assume("Feature fetch, p99", 60, "ms"),
    ranker_queue=assume("Ranker queueing, p99", 75, "ms"),
    policy_time=assume("Policy: utility, price, send-time check, p99", 30, "ms"),
    render_time=assume("Render, localise and sign links, p99", 180, "ms"),
    claim_time=assume("De-duplication and cap commit, p99", 50, "ms"),
    pacing_time=assume("Outbound queue with pacing by provider, p99", 1.8, "s"),
    provider_time=assume("Provider call with one retry, p99", 500, "ms"),
    must_send_promise=assume("Promised p99, transactional", 2, "s"),
    must_send_queue=assume("Front of the outbound queue, p99", 300, "ms"),
    must_send_time=derive(
        "Transactional path, sum of p99s", "hop_time + render_time + claim_time + must_send_queue + provider_time", "ms"
    ),
    core_price=reference("core_price"),
    gpu_price=reference("h100_price"),
    object_price=reference("object_storage_price"),
    email_price=cite(
        "Price of an email", 0.0001, "USD/event", source="AWS, SES pricing, 2025", note="a la carte; push is free"
    ),
    core_disk=assume("Local SSD that comes with a core", 100e9, "byte/core", note="priced with the core"),
    replicas=assume("Copies of member state and held events", 3),
    state_cores=derive("Cores for state", "ceil((state + held) * replicas / core_disk)", "core"),
    glue_work=assume("CPU time of eligibility, state and merging", 2, "ms*core/event"),
    glue_cores=derive(
        "Decision cores",
        "ceil(peak_rate * (1 + eligible_share * held_share) * glue_work / busy)",
        "core",
        note="held events come twice",
    ),
    send_work=assume("CPU time of rendering and delivery", 5, "ms*core/event"),
    send_cores=derive("Delivery cores", "ceil(peak_rate * sent_share * send_work / busy)", "core"),
    log_cores=assume("Cores of logs, joins and planning", 3_000, "core"),
    training_gpus=assume("Training GPUs, kept busy", 16, "GPU"),
    compute_bill=derive(
        "Compute bill",
        "(cores + state_cores + glue_cores + send_cores + log_cores) * core_price + training_gpus * gpu_price",
        "USD/day",
    ),
    email_bill=derive("Email bill", "emails * email_price", "USD/day"),
    storage_bill=derive("Decision log bill", "log_volume * history * object_price", "USD/day"),
    cost_per_thousand=derive(
        "Cost of 1,000 candidate events",
        "1000 * (compute_bill + email_bill + storage_bill) / events",
        "USD/event",
        note="list prices",
    ),
)

SYSTEM = System(
    title="Notification ranking",
    family="end-to-end",
    position=12,
    tags=Tags(
        task=["ranking", "recommendation"],
        pattern=["streaming features", "multi-task model", "rules and model", "exploration"],
        data=["events", "time series"],
    ),
    framing=Framing(
        goal="More members active over months, because notifications are worth the interruption; fewest possible opt-outs.",
        decision="For each candidate event: send now, hold to a better hour, merge into a digest or drop; and on which of {options:n} channel options.",
        task="Estimate for each option the uplift of a visit within 24 h over not sending, and the added hazard of opting out; send if value minus cost beats the member's price of attention.",
        label="A visit within 24 h on events that were randomly sent or withheld, and opt-outs within 28 days.",
        metric="Offline: uplift curve on randomised rows and off-policy value. Online: incremental daily actives over a holdback, and opt-outs per million sends.",
        not_optimised="Click rate of notifications: the most active members click most and would have come anyway, so optimising clicks spends attention where it changes nothing.",
        baseline="Fixed caps per type, quiet hours, newest first. No model, and enough for a product with a handful of types; it treats a daily visitor and a sleeper alike.",
    ),
    clarifications=[
        Clarification(
            "Which messages must always be sent?",
            "Security and transactional ones: they bypass ranking, not tracking, on their own lane.",
        ),
        Clarification("Who decides today?", "Each team for itself; the design replaces that by one layer with quotas."),
        Clarification(
            "What is the value of a visit?",
            "One incremental active day is the unit; an opt-out costs the visits it forgoes, about 90 days of them.",
        ),
        Clarification("How real-time?", "A ranked event within {promise} if sent now; many are better held for hours."),
        Clarification("Which channels?", "Push, email and in-app inbox; each with its own consent, quota and cost."),
        Clarification(
            "May we withhold at random?",
            "Yes, {explored} of eligible events, never security, payment or direct messages.",
        ),
        Clarification(
            "What scale?", "{events:n} candidate events a day, {peak_rate:n} a second at peak, for {members:n} members."
        ),
    ],
    requirements=Requirements(
        functional=[
            "One decision layer for all types; security and transactional messages bypass ranking, not tracking.",
            "Send, hold, merge into a digest or drop; channel and hour in the member's zone, with quiet hours.",
            "Settings, consent, caps and language are honoured; every notification says why it came and can be muted.",
            "Value is incremental visits less opt-out cost; a solver sets volume limits by segment.",
        ],
        qualities={
            "Latency": "p99 from event to provider: transactional {must_send_promise}, ranked {promise} if sent now; digests within their hour (assumptions).",
            "Freshness": "A visit or mute counts in 10 s, so nobody hears of what they just saw (assumption).",
            "Availability": "99.95 % of transactional messages reach a provider in 60 s (assumption).",
            "Delivery": "Under 1 in 100,000 transactional messages is sent twice; a ranked one is rather lost than sent twice (assumptions).",
        },
    ),
    estimate=ESTIMATE,
    headline=["peak_rate", "scores", "push_rate", "state", "opt_outs"],
    key_inputs=["members", "offers", "eligible_share", "push_share", "opt_out"],
    cost="cost_per_thousand",
    budget=Budget(
        "p99 from event to push provider, sent now",
        promise="promise",
        stages={
            "Event publish and Kafka hop": "hop_time",
            "Eligibility, settings and consent": "settings_time",
            "Keyed state: caps, recent sends and last visit": "state_time",
            "Aggregation window for related events": "merge_window",
            "Feature fetch": "feature_time",
            "Multi-head ranker, {options} options": "ranker_time + ranker_queue",
            "Policy: utility, price and send-time check": "policy_time",
            "Render, localise and sign links": "render_time",
            "De-duplication and cap commit": "claim_time",
            "Outbound queue with pacing by provider": "pacing_time",
            "Provider call with one retry": "provider_time",
        },
    ),
    labels=[
        Label(
            "Open",
            window="1 h after delivery",
            positive="Tapped, or the app opened within 5 min of delivery from the lock screen.",
            negative="Delivered and not opened.",
            ignored="No delivery receipt: the device was off. An email's tracking pixel, which mail apps load unread: for email only a click counts.",
            delay="Minutes.",
            bias="Habit: active members open more whatever is sent. Used for relevance within a member, not for the decision to send.",
            where="training/Event log -> Label join",
        ),
        Label(
            "Visit",
            window="24 h after the decision, sent or withheld",
            positive="A visit of at least 10 s.",
            negative="No visit.",
            ignored="A randomised decision within 24 h after another of the same member. A filter on what follows the decision would bias it; one on what precedes does not.",
            delay="A day.",
            bias="Causal only on randomised rows; elsewhere the old policy chose whom to send.",
            where="training/Data lake -> Label join",
        ),
        Label(
            "Opt-out",
            window="28 days",
            positive="Push disabled, type muted, unsubscribed, or uninstalled.",
            negative="28 days without any of these (censored when the member leaves for other reasons).",
            ignored="Opt-outs within an hour of an operating-system update.",
            delay="Weeks; the last send is not the cause, the volume is.",
            bias="Survivorship: who opted out long ago is no longer in the log, so hazards look too low.",
            where="training/Event log -> Label join",
        ),
        Label(
            "Activity at a volume",
            window="A week",
            positive="Active days in the week at the assigned volume level.",
            negative="Inactive days.",
            ignored="Weeks with an outage.",
            delay="A week.",
            bias="Volume follows activity; levels are randomised within a band for 1 % of members.",
            where="training/Label join -> Volume curve trainer",
        ),
    ],
    training_example={
        "decision_id, member": "d_7c0, m_551",
        "event": "type post_from_friend, actor m_90, object p_12, age 40 s",
        "member": "active 9 of 28 days, usual hours 8 and 20, time zone +5:30",
        "fatigue": "pushes today 1, in 7 d 6, ignored in a row 2, last visit 31 h ago",
        "affinity": "to actor 0.44, to type 0.21",
        "options scored": "push 0.012, email 0.004, in-app 0.006 uplift; hazard of push 0.00008",
        "action, propensity": "withheld, 0.5 (randomised slice)",
        "model version": "v_311, thresholds t_88",
        "labels": "visit in 24 h 1, open none, opt-out unknown until day 28",
        "weight": "2 (inverse propensity)",
    },
    features=[
        FeatureGroup(
            "Event",
            features=[
                "type",
                "age of the event",
                "actor and object ids",
                "number of merged actors",
                "content topic",
                "expiry",
            ],
            freshness="the event",
            store="serving/Candidate lane",
            leak="Number of merged actors grows while the event is held; the value at the decision is logged.",
        ),
        FeatureGroup(
            "Member activity",
            features=[
                "active days in 28",
                "visits by hour of the week",
                "hours since last visit",
                "time zone and language",
                "sessions started by notification, share",
                "tenure",
            ],
            freshness="10 s for the last visit, 1 h otherwise",
            store="serving/Online feature store",
            leak="The visit that is the label updates 'hours since last visit' within seconds; features are frozen at the decision.",
        ),
        FeatureGroup(
            "Fatigue",
            features=[
                "sends in 1, 7 and 28 d by channel",
                "ignored in a row",
                "dismissals in 7 d",
                "mutes so far",
                "time since last send",
                "share of cap used",
            ],
            freshness="10 s",
            store="serving/Member state",
            leak="Counters are caused by the old policy; on non-randomised rows they are confounders, so propensities are logged.",
        ),
        FeatureGroup(
            "Affinity",
            features=[
                "opens for this type, 28 d",
                "interactions with the actor, 90 d",
                "opens by channel",
                "similarity of topic to interests",
                "actor's relation (friend, followed, stranger)",
            ],
            freshness="1 h",
            store="serving/Online feature store",
            leak="Opens of this very notification arrive within the hour; windows end before the decision.",
        ),
        FeatureGroup(
            "Context of the option",
            features=[
                "channel",
                "local hour and weekday",
                "quiet hours ahead",
                "device state from receipts",
                "price of attention this week",
                "other candidates waiting",
            ],
            freshness="the request",
            store="serving/Send policy",
            leak="Waiting candidates depend on later events if read at training time; the count is logged.",
        ),
    ],
    loss=Loss(
        objective="Three parts: an open head on sent rows with inverse propensities, two outcome heads (visit if sent, visit if not) on randomised rows, regularised by the weighted full log, and a discrete-time survival loss for opting out as a function of volume. The decision compares their sum with a price from the weekly plan.",
        formulas=[
            MathFormula(
                "Uplift from randomised rows",
                r"\mathcal{L} = -\sum_n \left[ \frac{a_n}{e_n} \log P(y_n \mid p_1(x_n)) + \frac{1 - a_n}{1 - e_n} \log P(y_n \mid p_0(x_n)) \right], \quad \tau(x) = p_1(x) - p_0(x)",
                "a is 1 if the event was sent, e the logged probability of sending, y the visit within 24 h; P is the Bernoulli likelihood. The uplift is the difference of the two heads.",
            ),
            MathFormula(
                "Opt-out hazard",
                r"\mathcal{L} = -\sum_m \sum_{t \le T_m} \left[ d_{m,t} \log h_{m,t} + (1 - d_{m,t}) \log (1 - h_{m,t}) \right], \quad h_{m,t} = \sigma(w \cdot x_{m,t} + g(v_{m,t}))",
                "h is the probability of opting out on day t given still opted in, d the event, v the recent volume with g monotone: more volume never lowers the hazard. T is the last day observed (censoring).",
            ),
            MathFormula(
                "Utility of an option",
                r"U_c = b \, \tau_c + r \, p_{\text{open},c} - k \, \Delta h_c - \lambda_m",
                "b is the value of an incremental visit, r a small value of relevance, k the visits lost by an opt-out, lambda the member's price of attention this week. Send the best option if U is above the controller's offset, else hold or drop.",
            ),
            MathFormula(
                "Weekly plan",
                r"\max_{n} \sum_m f_m(n_m) - k \, H_m(n_m) \quad \text{subject to} \quad \sum_m n_m \le N, \quad n_m \le c_m; \qquad \lambda_m = \lambda + \mu_m",
                "f is the response curve (active days at n sends), H the opt-out probability, N the volume that the owner allows and c the cap of a member. The dual variable lambda of the total is the price that everybody shares; where a cap binds, its dual mu comes on top, which makes the price the member's own.",
            ),
        ],
        calibration="Utility adds visits, opt-outs and a price, so levels matter. Open and visit heads get isotonic maps by type and activity band; the uplift is checked by deciles of the randomised slice (predicted against observed difference); the hazard by observed opt-outs per million sends. A PID offset absorbs what is left between releases.",
    ),
    evaluation=Evaluation(
        offline="On randomised rows only: uplift curve (Qini), calibration of heads, inverse-propensity value of the policy. The replay simulator runs a week later than the training data through policy, caps and timers and must forecast volume within 2 %.",
        disagreement="AUC of opens improves by recognising active members, which is worth nothing. And the replay cannot know how members react to a different week of volume: opt-outs are a property of the stream, not of one event.",
        unit="The member, all types and channels together; a test by one team on its own type shifts volume to others and is read on total activity.",
        duration="Four weeks at least, because opt-outs and fatigue lag; a permanent low-volume holdback of 1 %.",
        power="With {active_base} of members active on a day, a relative lift of {test_lift} takes {test_size} members an arm. Opt-outs are rarer; they need the full four weeks.",
        guardrails="Disables, uninstalls and complaints per million sends, sends per member at p99, quiet-hour breaches, duplicates, transactional p99, reach of small creators.",
    ),
    biases=[
        Bias(
            "Activity bias",
            effect="Active members click and visit anyway; a response model sends to them and learns nothing.",
            cure="Uplift instead of response, learned on randomly sent and withheld events.",
            where="training/Randomised slice",
        ),
        Bias(
            "Selection bias",
            effect="Outcomes of sending are known only where the old policy sent.",
            cure="Logged propensities and inverse weighting; {explored} decided at random.",
            where="training/Debias and sample",
        ),
        Bias(
            "Delayed feedback",
            effect="Opens come in minutes, opt-outs in weeks; a model of last week sees only the good part.",
            cure="A survival model over 28-day windows and long memory of the log ({history}).",
            where="training/Opt-out survival",
        ),
        Bias(
            "Popularity bias",
            effect="Big creators produce the events with the highest open rate and fill everybody's lock screen.",
            cure="Affinity to the actor rather than the actor's mean, quotas by type, reach of small creators as guardrail.",
            where="volume/Team quotas",
        ),
        Bias(
            "Position on the lock screen",
            effect="The newest notification is on top; older ones look worse.",
            cure="Rank at delivery and number of pending notifications are features in training, neutral in serving.",
            where="model/Option and context",
        ),
        Bias(
            "Survivorship",
            effect="Members who opted out are gone from the log, so the remaining ones look tolerant.",
            cure="Hazards are fitted on cohorts from their first day, opt-outs included.",
            where="training/Opt-out survival",
        ),
        Bias(
            "Cold start: new member",
            effect="No hours, no affinities, no hazard history, and the first week decides.",
            cure="Segment priors, conservative caps, exploration at low volume in the first fortnight.",
            where="volume/Volume response curves",
        ),
        Bias(
            "Cold start: new type",
            effect="A team launches a type nobody has data on.",
            cure="Starts from the nearest type's embedding, in the inbox only, with a quota that grows with measured uplift.",
            where="volume/Team quotas",
        ),
    ],
    decisions=[
        Decision(
            "Incremental visits less opt-out cost",
            why="A notification is worth what it changes: the visit that would not have happened, minus the future visits lost with an opt-out. Both can be estimated from {explore_rows:n} randomised rows a day and long windows.",
            rejected=[
                "click probability: plenty of labels, and it rewards interrupting those who come anyway",
                "open rate with caps: simple, still blind to incrementality",
            ],
            revisit_when="for types whose click is the goal, such as a reply to a message",
        ),
        Decision(
            "A volume solver with online prices",
            why="The weekly solver sees curves of all members and gives each a price of attention; online, one comparison enforces a global budget, and a controller corrects drift within minutes.",
            rejected=[
                "reinforcement learning: captures sequence effects, but needs rich exploration and is hard to explain to teams",
                "fixed caps: predictable, the same for a daily visitor and a sleeper",
            ],
            revisit_when="an offline policy learned on randomised sequences beats the replayed price policy by 5 % at equal opt-outs",
        ),
        Decision(
            "A stream keyed by member, with timers",
            why="One worker sees all of a member's events in order, with {state} of local state, so caps, merging and holding need no locks and no remote reads.",
            rejected=[
                "a daily batch plan: cheaper, but yesterday's plan cannot know that the member just visited",
                "a stateless service on a database: {peak_rate:n} read-modify-writes a second",
            ],
            revisit_when="only digests and email are sent, where a nightly batch is enough",
        ),
        Decision(
            "One central decision layer",
            why="Attention is shared, so each team's send lowers the value of the others'; one layer can price that, keep quotas and test as a whole.",
            rejected=[
                "sending by each team: ships faster, and the member gets the sum",
                "central caps only: first come, first served, so the least valuable type wins",
            ],
            revisit_when="there are only a handful of types owned by one team",
        ),
        Decision(
            "{explored} sent or withheld at random",
            why="Uplift is not identified from observed sends, because the old policy chose them; {explore_rows:n} random rows a day buy unbiased labels at a small, known cost.",
            rejected=[
                "adjusting observed data: free, and wrong by what was not logged",
                "a large one-off experiment: precise once, stale in a quarter",
            ],
            revisit_when="nothing of a type may be withheld: use the encouragement of timing instead",
        ),
        Decision(
            "At least once, claim then confirm",
            why="Between hand-over and confirmation a crash leaves it unknown whether the provider got it. A lease on the key lets transactional messages be retried and ranked ones be dropped.",
            rejected=[
                "exactly once: impossible across a provider that does not take our transaction",
                "collapse keys on the device: elegant, but not on every client and channel",
            ],
            revisit_when="every client and type supports collapse keys",
        ),
    ],
    failures=[
        FailureMode(
            "A producer emits the same event in a loop.",
            "The volume sentinel sees sends per member and type leave their 7-day band within minutes.",
            "The sentinel stops that type by itself, object keys de-duplicate the rest, and the producer is told to back off; a person is paged.",
        ),
        FailureMode(
            "A stale burst follows an outage of the consumer.",
            "Kafka lag exceeds 60 s, or events are old at the decision.",
            "Expired events are dropped, the transactional lane goes first, and the rate is ramped up.",
        ),
        FailureMode(
            "A score shift lowers the bar and doubles volume.",
            "The threshold controller saturates; volume by segment leaves the plan.",
            "The controller's offset is clamped, and heads and thresholds are rolled back as one version.",
        ),
        FailureMode(
            "A short test misses opt-outs that come later.",
            "Four-week arms and the low-volume holdback show fewer active members in the long run.",
            "The launch is blocked or reversed, and the cost of a send in the solver is raised.",
        ),
        FailureMode(
            "A push provider fails or purges tokens.",
            "Error rate and the gap in receipts by provider.",
            "Ranked messages wait until they expire; transactional ones go out by email or another provider; dead tokens are pruned.",
        ),
        FailureMode(
            "A post is deleted, or its author blocked, while the notification about it waits.",
            "Opens that end at 'not available', and reports of them by type.",
            "Blocks and deletions are events on the member's partition that cancel what is held; the renderer asks for the object's visibility once more, and a silent push withdraws what the device already shows.",
        ),
        FailureMode(
            "A member has travelled, and a held push arrives at night.",
            "Quiet-hour breaches by the device's clock, which comes with opens and receipts.",
            "Each visit brings the zone up to date; while it may be stale, quiet hours hold in the home zone and in the last one seen.",
        ),
        FailureMode(
            "Member state is cold after a rebalance, so caps are unknown.",
            "Restore time and the counter of missing states.",
            "Ranked sends stop for members without cap state until the snapshot is restored.",
        ),
    ],
    metrics=Metrics(
        offline=[
            "AUC and calibration of open and opt-out heads",
            "Uplift curve on randomised rows, off-policy value",
            "Volume error of the simulator, within 2 %",
        ],
        online=[
            "Incremental active members over the holdback",
            "Visits and value per send, opens per send, time to open",
        ],
        guardrail=[
            "Disables, uninstalls and complaints per million sends",
            "Duplicates, quiet-hour breaches, sends per member at p99, transactional p99",
            "Reach of new and small creators",
        ],
    ),
    follow_ups=[
        FollowUp(
            "mid",
            "Why not rank by predicted click?",
            answer="Because the members with the highest click probability are those who open the app ten times a day. Sending to them changes nothing and costs patience. What matters is the difference between sending and not sending, and that is largest for members who are interested but would not have come today. A click model is still useful for choosing which of several events to send.",
            weak="'Click is a proxy of value, we can tune the threshold.'",
            where="decision: Incremental visits",
        ),
        FollowUp(
            "mid",
            "Two friends like my photo within a second. How many notifications do I get?",
            answer="One. The candidate log is keyed by member, so both events reach the same worker; the aggregator waits {merge_window} or more for related events with the same object and sends 'two people liked'. If a first one has already gone out, a collapse key replaces it on the device, and the cap counts it once.",
            weak="'Two, but we have a daily cap.'",
            where="serving/Aggregator",
        ),
        FollowUp(
            "mid",
            "How do you make sure a login code is never late?",
            answer="It has its own partitions and priority in the outbound queue, skips eligibility by relevance and the ranker, and needs {must_send_time} of its {must_send_promise} to the provider. Backlogs of ranked messages cannot block it. If the provider fails it goes out on another channel. It is de-duplicated by a lease and retried, because twice is better than never.",
            weak="'It gets a high score.'",
            where="serving/Transactional lane",
        ),
        FollowUp(
            "senior",
            "How do you get labels for uplift without hurting members?",
            answer="For {explored} of eligible events a coin decides: send or withhold, with the probability logged. That is {explore_rows:n} rows a day. Never security, payment or direct messages; never above the cap. The cost is the value of withheld good ones plus sent poor ones, one per cent of the difference. The full log, weighted by propensity, regularises the model between.",
            weak="'We compare those who got it with those who did not.'",
            where="training/Randomised slice",
        ),
        FollowUp(
            "senior",
            "A two-week test shows +1 % daily actives with 20 % more sends. Launch?",
            answer="Not on that. Opt-outs lag by weeks, and each costs months of visits. I extend to four weeks, read the hazard model and the low-volume holdback, and convert: lost visits by extra opt-outs against gained ones. Pushes bring {opt_outs:n} opt-outs a day already; a fifth more volume adds a fifth to that, and more where the hazard is convex. Diminishing curves say who should get less.",
            weak="'Yes, the metric is significant.'",
            where="operations/Experiment analysis",
        ),
        FollowUp(
            "senior",
            "How does a price of attention differ from a cap?",
            answer="A cap says three a day, for everyone, first come first served. A price says what one more interruption must be worth for this member this week; it comes from the solver's dual variables, rises as the budget is used, and lets a very good event pass and a mediocre one wait. Caps stay as a safety net at {push_cap:n} a day.",
            weak="'It is a personalised cap.'",
            where="volume/Budget solver",
        ),
        FollowUp(
            "senior",
            "The volume controller and the ranker fight after each release. Why?",
            answer="A new head with another level shifts scores; the controller moves its offset to restore volume, so the release appears neutral while the mix changes. Calibrated heads keep levels; thresholds are released with the heads as one version; the replay forecasts volume within 2 % beforehand; and the offset is clamped, so that saturation becomes an alarm rather than a silent correction.",
            weak="'Tune the PID gains.'",
            where="volume/Threshold controller",
        ),
        FollowUp(
            "staff",
            "Would you use reinforcement learning here?",
            answer="The problem is sequential, so in principle yes. In practice reward is sparse and late, exploration is one per cent of single decisions rather than of sequences, and teams need to understand why their type was dropped. I keep the price policy, log randomised sequences for a share of members, and compare an offline conservative policy in replay; LinkedIn reports gains with one. It would have to win at equal opt-outs.",
            weak="'Yes, because it optimises the long term', and no word on data.",
            where="decision: A volume solver",
        ),
        FollowUp(
            "staff",
            "Growth wants 30 % more emails. What is your answer?",
            answer="Emails are {emails:n} a day and already {email_bill}, more than all compute. Gmail asks for complaints under 0.1 % and sets a limit of 0.3 %; login codes have a domain and addresses of their own, yet a brand's reputation leaks. So I ask for the marginal uplift of the next email from the curves, which flatten, and offer a reallocation from members with none. If it is still wanted, quota, complaint guardrail and warm-up plan come with it.",
            weak="'We raise the cap.'",
            where="volume/Team quotas",
        ),
        FollowUp(
            "staff",
            "How do you know the whole system is worth having?",
            answer="A permanent holdback of 1 % at low volume, transactional only. Active days, retention and opt-ins are compared each month. Teams' own attributions always sum to more than the total, since one visit is claimed by many. If the holdback's gap shrinks while volume grows, the layer is spending attention without return and the plan's volume goes down.",
            weak="Sum of attributed opens.",
            where="volume/Holdback analysis",
        ),
    ],
    case_studies=[
        CaseStudy(
            "Meta",
            system="Instagram daily digest: causal inference and a model of who comes organically decide who gets the push.",
            difference="They withhold from highly active users found by uplift, for one type; we price all types together. They report fewer notifications with a better experience.",
            source="https://engineering.fb.com/2022/10/31/ml-applications/instagram-notification-management-machine-learning/",
        ),
        CaseStudy(
            "Pinterest",
            system="Volume control: a weekly budget for each user from predicted engagement at each volume; a pacer schedules it, a ranker picks what to send.",
            difference="Volume and content are decided separately, by day; we use the same curves, but turn the budget into a price that each event must beat. Deployed in 2017 with less volume and more engagement.",
            source="https://doi.org/10.1145/3219819.3219906",
        ),
        CaseStudy(
            "LinkedIn",
            system="Air Traffic Controller: a stream system with local state that decides for all teams about channel, timing and aggregation.",
            difference="The closest relative of this design; later work there replaced thresholds by an offline-learned policy, where we keep prices because owners can read them.",
            source="https://engineering.linkedin.com/blog/2018/03/air-traffic-controller--member-first-notifications-at-linkedin",
        ),
    ],
    five_minutes=[
        Phase(
            0.5,
            "Frame",
            "A notification spends attention that all teams share, and an opt-out is nearly final. So I do not optimise clicks: active members click and would have come anyway. I estimate what sending changes: the extra probability of a visit, minus the extra hazard of opting out, and send if that beats a price of attention. The baseline is fixed caps and quiet hours, the same for a daily visitor and a sleeper. One layer decides for all teams, because each send lowers the value of the next.",
        ),
        Phase(
            0.75,
            "Scale",
            "{members:n} members with {offers:n} candidate events a day are {events:n} a day, {peak_rate:n} a second at peak. Only {eligible_share} are eligible after settings, consent and caps, and {outside_share} leave as push or email. So the cheap checks come first. The pushes alone are {push_rate:n} a second at peak, and the {android_share} that go through FCM need {quota_need:n} times its default quota: pacing by provider is part of the design. The ranker itself is small and runs on {cores:n} cores.",
        ),
        Phase(
            0.75,
            "Serving",
            "Candidates are keyed by member, so one worker sees everything about a person, with {state} of state in local RocksDB: caps, last sends, last visit. Related events are merged for {merge_window}. The ranker scores {options:n} options, push, email, in-app and none; the policy sends now, holds to a better hour with a timer, or drops. Login codes have their own lane and skip all of it. At the end a lease on the key makes ranked messages at most once and transactional ones at least once.",
        ),
        Phase(
            1,
            "Models",
            "Four estimates. An open head for relevance. Two heads for a visit if sent and if not, whose difference is the uplift, trained on randomly sent and withheld events. A survival model for opting out as a function of recent volume, monotone, so more volume never looks safer. And response curves: active days at each weekly volume. A solver turns curves into a weekly budget and a price per member; online the utility must beat that price. A controller corrects drift of volume, clamped, because if it saturates a model is wrong. Heads are calibrated by type, since utility adds visits, opt-outs and a price.",
        ),
        Phase(
            0.75,
            "Labels",
            "Opens come within the hour, visits within a day, opt-outs within twenty-eight days. Uplift is not identified from what the old policy chose to send, so {explored} of eligible events are decided by a coin with logged probability: {explore_rows:n} rows a day, never security or payment. The rest of the log is used with inverse propensities. Opt-outs are fitted on cohorts from their first day, or survivors make us think people are patient. Features are frozen at the decision, or the visit we predict leaks into the time since the last one.",
        ),
        Phase(
            0.75,
            "Evaluation",
            "Offline on randomised rows: uplift curve, calibration, off-policy value. A replay runs a week of events through policy and caps and must forecast volume within two per cent. Online tests split members for four weeks, {test_size} an arm for a lift of {test_lift} in daily actives, with opt-outs per million sends as the veto. A permanent low-volume holdback says whether the whole layer is worth it.",
        ),
        Phase(
            0.5,
            "Close",
            "The most likely accident is a flood: a sentinel stops a looping type by itself within minutes, safe mode sends transactional messages only, and stale events expire. It costs about {cost_per_thousand} per thousand events, most of it email. The weakest point is the value of an opt-out, an assumption that only the holdback can check.",
        ),
    ],
    interview_plan=[
        Phase(
            5,
            "Clarify",
            "Which messages must go, who decides today, value of a visit, channels, may we withhold, scale.",
        ),
        Phase(
            5, "Frame", "Why clicks mislead; uplift, hazard, price. Baseline of caps. Draw the utility on the board."
        ),
        Phase(4, "Estimate", "Events, eligible share, scores, push quota, state, randomised rows."),
        Phase(
            8,
            "High-level design",
            "Keyed stream, eligibility, aggregation, ranker, policy, timers, delivery; the transactional lane.",
        ),
        Phase(9, "Models", "Uplift heads, survival, curves, solver and price, controller."),
        Phase(5, "Labels", "Windows, randomised slice, propensities, survivorship."),
        Phase(5, "Evaluation", "Uplift curve, replay, four-week test, holdback."),
        Phase(2, "Operations", "Flood, stale burst, provider outage, safe mode."),
        Phase(2, "Close", "Weakest point: cost of an opt-out. Next step and cost."),
    ],
    building_blocks=[*LEARNING_BLOCKS, *RESPONSIBILITY_BLOCKS, *COMMON_BLOCKS],
    sources=bibliography("""
        Y. Gao et al. (LinkedIn), "Near Real-time Optimization of Activity-based Notifications", KDD 2018
            https://doi.org/10.1145/3219819.3219880 constrained optimisation in a stream system
        B. Zhao et al. (Pinterest), "Notification Volume Control and Optimization System at Pinterest", KDD 2018
            https://doi.org/10.1145/3219819.3219906 weekly volume of a member from response curves
        C. Shi, A. Fuad (LinkedIn), "Air Traffic Controller: Member-First Notifications at LinkedIn", LinkedIn Engineering 2018
            https://engineering.linkedin.com/blog/2018/03/air-traffic-controller--member-first-notifications-at-linkedin
            one decision layer, local RocksDB state, aggregation
        L. Zhu, E. Tam, Y. Wang (Pinterest), "NEP: Notification System and Relevance", Pinterest Engineering 2024
            https://medium.com/pinterest-engineering/nep-notification-system-and-relevance-a7fff21986c7
            multi-head ranker, thresholds tuned by a PID controller, from daily budgets to near real time
        Meta, "Improving Instagram notification management with machine learning and causal inference", Engineering at Meta 2022
            https://engineering.fb.com/2022/10/31/ml-applications/instagram-notification-management-machine-learning/
            why clicks mislead: active members come anyway
        Y. Yuan et al. (LinkedIn), "A State Transition Model for Mobile Notifications via Survival Analysis", WSDM 2019
            https://doi.org/10.1145/3289600.3290981 delivery time from a survival model
        P. Prabhakar et al. (LinkedIn), "Multi-objective Optimization of Notifications Using Offline Reinforcement Learning", KDD 2022
            https://arxiv.org/abs/2207.03029 the learned policy that competes with prices
        A. Muralidharan (LinkedIn), "Near Real Time AI Personalization for Notifications at LinkedIn", WSDM 2022
            https://doi.org/10.1145/3488560.3510017 channel, volume and spacing decisions; 774 M members
        Google, "FCM Throttling and Quotas", Firebase documentation 2025
            https://firebase.google.com/docs/cloud-messaging/throttling-and-quotas
            default quota of 600,000 messages a minute
        Google, "Understanding message delivery", Firebase documentation 2026
            https://firebase.google.com/docs/cloud-messaging/understand-delivery
            provider reports: received on Android only, up to 24 hours late, so the app sends its own receipts
        Google, "Email sender guidelines", Google Workspace Admin Help 2024
            https://support.google.com/mail/answer/81126
            spam rates under 0.1 %, never 0.3 %; unsubscribe in one click; another IP address for each kind of message
        Apple, "Mail Privacy Protection & Privacy", Apple Legal 2025
            https://www.apple.com/legal/privacy/data/en/mail-privacy-protection/
            remote content is loaded in the background, whether the email is opened or not
        Amazon Web Services, "Amazon SES pricing", AWS 2025
            https://aws.amazon.com/ses/pricing/ 0.10 USD for 1,000 outbound emails, a la carte
    """),
)


@view("Overview")
def overview() -> None:
    """One funnel for every team's events; outcomes return to the value models and the volume plan."""
    with Cluster("Sources"):
        teams = Users("Product teams", tooltip="Publish candidate events; never send by themselves")
        generator = Spark("Content generator\nSpark", tooltip="Makes daily candidates for members with few events")
    with Cluster("Decide"):
        candidates = Kafka("Candidate log\nKafka", tooltip="Keyed by member: one worker sees all of a member's events")
        engine = Flink("Decision engine\nFlink", tooltip="State, timers and policy: drops, holds, merges or sends")
        ranker = Ranker(
            "Ranker\nmulti-head", tooltip="Predicts open, visit uplift and opt-out hazard of each channel option"
        )
        features = FeatureStore("Online feature store", tooltip="Serves habits, affinity to senders, recent fatigue")
        planner = Spark(
            "Volume planner\nSpark", tooltip="Computes weekly budget and price of a member, by optimisation"
        )
    with Cluster("Deliver"):
        delivery = Go("Delivery service", tooltip="Renders, de-duplicates, paces and calls providers")
        channels = FCM(
            "Channels\npush, email, inbox",
            tooltip="Providers with quotas, which report bounces and complaints, and the inbox",
        )
        members = Users("Members", tooltip="See, open, dismiss, mute, or visit on their own")
    with Cluster("Learn"):
        events = Kafka("Event log\nKafka", tooltip="Carries decisions, receipts, opens, visits and mutes")
        training = Kubeflow("Training pipeline", tooltip="Trains uplift and long-term models from randomised traffic")
        registry = Mlflow("Model registry", tooltip="Versions heads, calibration and thresholds together")

    teams >> stream("candidate events") >> candidates
    generator >> batch("daily batch") >> candidates >> stream("{events}") >> engine
    engine >> request("eligible {eligible_share}") >> ranker >> request("features") >> features
    planner >> batch("budgets, prices") >> engine
    engine >> stream("{sent_share} sent") >> delivery >> request("{push_rate} peak") >> channels
    channels >> stream("notification") >> members >> feedback("open, visit, mute") >> events
    channels >> stream("bounces, complaints") >> events
    engine >> stream("decision log") >> events >> stream("under 10 s") >> engine
    events >> stream("counters") >> features
    events >> batch("joined outcomes") >> training >> control("gated models") >> registry
    registry >> control("rollout") >> ranker
    registry >> control("response curves") >> planner


@view("Serving", details="overview/Decide")
def serving() -> None:
    """Eligibility and state first, because they are cheap; then value by channel, then timing, then delivery once."""
    with Cluster("Ingest"):
        producer = Server("Event producer", tooltip="Sends type, actor, object, expiry and an idempotency key")
        must_send = Kafka("Transactional lane\nKafka", tooltip="Own partitions: no campaign can delay a login code")
        candidates = Kafka("Candidate lane\nKafka", tooltip="Carries ranked events, keyed by member")
    with Cluster("Decide"):
        eligibility = Flink("Eligibility\nFlink", tooltip="Checks settings, consent, quiet hours, language, expiry")
        state = FeatureStore(
            "Member state\nRocksDB",
            tooltip="Holds caps, last {sends} sends, last visit and this week's price; in the worker",
        )
        aggregator = Flink(
            "Aggregator\nFlink", tooltip='Merges related events ("5 people liked") for {merge_window} or more'
        )
    with Cluster("Value"):
        features = Redis("Online feature store\nRedis", tooltip="Holds activity by hour, affinity to senders, fatigue")
        ranker = Ranker("Ranker\nmulti-head", tooltip="Predicts open, visit uplift and opt-out hazard of each option")
        policy = Choice("Send policy", tooltip="Compares utility with the member's price: send now, hold or drop")
        timers = Flink(
            "Timer queue\nFlink",
            tooltip="Waits for a better hour; then the event is decided again, from eligibility on",
        )
    with Cluster("Deliver"):
        renderer = Go("Renderer", tooltip="Fills template, locale, deep link; preview without private detail")
        dedup = Redis("Key and caps\nRedis", tooltip="Grants a key once on a lease, takes one from the cap")
        outbound = Rabbitmq(
            "Outbound queue\nRabbitMQ", tooltip="Orders by priority, paces by provider, drops what expired"
        )
        sender = Go("Sender", tooltip="Calls providers with one retry, then confirms the key")
        push = FCM("Push providers\nFCM, APNs", tooltip="Deliver to devices, report invalid tokens")
        email = SES(
            "Email provider",
            tooltip="Limited by reputation and warm-up; reports bounces and complaints; a domain of its own for login codes",
        )
        inbox = Scylla("In-app inbox\nScylla", tooltip="Holds badge and list, read when the app opens")
    device = Mobile(
        "Member device",
        tooltip="The app confirms receipt, since providers do not; shows; is opened, dismissed or muted",
    )
    log = Kafka("Event log\nKafka", tooltip="Keeps options, scores, propensity and outcome of each decision")

    with step(
        "A login code skips ranking on its own partitions; its stages add up to {must_send_time} of the {must_send_promise} promised."
    ):
        producer >> stream("must-send") >> must_send >> stream("bypass ranking") >> renderer
    with step("A ranked event lands on its member's partition; of {peak_rate} at peak, {eligible_share} pass."):
        producer >> stream("ranked event") >> candidates >> stream("{peak_rate} peak") >> eligibility
    with step(
        "Local state gives caps, sends and last visit in {state_time}; related events merge for {merge_window} or more."
    ):
        eligibility >> request("keyed read") >> state
        eligibility >> stream("{eligible_share} pass") >> aggregator
    with step(
        "Open, visit uplift and opt-out hazard are predicted for {options} options, after a {feature_time} read."
    ):
        aggregator >> request("merged event, state") >> ranker >> request("member, actor") >> features
    with step(
        "The best option must beat the member's price; {outside_share} of candidate events leave as push or email."
    ):
        ranker >> response("{options} option values") >> policy >> request("caps, price") >> state
    with step(
        "Of the eligible, {held_share} wait {wait} on average; when the timer fires, settings and caps are checked again."
    ):
        policy >> stream("hold to hour") >> timers >> stream("timer fired") >> eligibility
    with step("Text is localised; the key is claimed on a lease and the cap reduced once, in {claim_time}."):
        policy >> stream("send now") >> renderer >> request("claim key, cap") >> dedup
    with step("The queue paces {push_rate:n} pushes a second and drops the expired; the sender confirms the key."):
        renderer >> stream("first only") >> outbound >> stream("paced") >> sender
        sender >> request("{push_rate} peak") >> push >> stream("push") >> device
        sender >> request("{emails}") >> email >> stream("email") >> device
        sender >> request("mark sent") >> dedup
    with step("In-app items wait in the inbox until the app opens: no provider stands in between."):
        renderer >> stream("{inbox_items}") >> inbox
        device >> request("badge, list") >> inbox
    with step("Opens, mutes and unprompted visits are joined to the logged options and propensities."):
        push >> stream("errors, bad tokens") >> log
        policy >> stream("options, propensity") >> log
        device >> feedback("receipt, open,\nmute, visit") >> log
    with step("Within 10 s sends, visits and mutes are in the member's state; the last two suppress what is pending."):
        log >> stream("sends, visits, mutes") >> state


@view("Model", direction="TB", details="serving/Ranker")
def model() -> None:
    """Two outcome heads give the uplift, a hazard gives the cost of an opt-out; the utility must beat a price."""
    with Cluster("Inputs"):
        event = Features("Event", tooltip="Type, age, actor, object, number of merged actors")
        member = Features("Member activity", tooltip="Active days, hours of the week, time since last visit")
        fatigue = Features("Fatigue", tooltip="Sends in 1, 7 and 28 days, ignored in a row, mutes")
        option = Features("Option and context", tooltip="Channel, local hour, pending notifications, weekday")
    with Cluster("Trunk"):
        tables = EmbeddingTable("Embedding tables", tooltip="Types, actors, members' segments; 16 to 64 numbers each")
        cross = Interaction("Cross network", tooltip="Two cross layers: type x hour, actor x member, channel x fatigue")
        trunk = Expert("Shared trunk", tooltip="Two dense layers, small enough for CPU: {ranker_time} an event")
    with Cluster("Heads") as heads:
        opened = Head("P(open)", tooltip="On sent rows, inverse-propensity weighted; relevance within a member")
        sent = Head("P(visit | sent)", tooltip="Visit within 24 h if sent; randomised rows")
        withheld = Head(
            "P(visit | withheld)", tooltip="Visit within 24 h if not sent; randomised rows, the channel masked"
        )
        hazard = Head("Opt-out hazard", tooltip="Daily probability of opting out, monotone in volume")
    with Cluster("Use"):
        calibrator = Calibrator(
            "Calibrator\nby type", tooltip="Isotonic maps; uplift checked by decile on the random slice"
        )
        utility = Planner(
            "Utility against price",
            tooltip="Value of uplift and relevance, minus opt-out cost, minus the price of attention",
        )
    with Cluster("Losses"):
        labels = LabelJoin("Joined labels", tooltip="Open within 1 h, visit within 24 h, opt-out within 28 days")
        uplift_loss = LossFunction("Weighted log-loss", tooltip="Open and both visit heads, by inverse propensity")
        survival_loss = LossFunction("Survival loss", tooltip="Discrete-time hazard with censoring")

    event >> tables
    member >> tables
    option >> tables
    tables >> Edge(label="320 d") >> cross >> Edge(label="256 d") >> trunk
    trunk >> heads
    fatigue >> cross
    fatigue >> Edge(label="volume, monotone") >> hazard
    heads >> Edge(label="all four") >> calibrator
    calibrator >> Edge(label="uplift, hazard") >> utility
    [opened, sent, withheld] >> Edge() >> uplift_loss
    hazard >> survival_loss
    labels >> feedback("opens, visits") >> uplift_loss
    labels >> feedback("opt-outs") >> survival_loss


@view("Training", details="overview/Training pipeline")
def training() -> None:
    """Random send or no send gives uplift labels, long windows give opt-out cost; a replay precedes every launch."""
    with Cluster("Data"):
        lake = S3(
            "Data lake", tooltip="Stores every option with score, features as used and send probability, for {history}"
        )
        events = Kafka("Event log\nKafka", tooltip="Carries receipts, opens, visits, mutes, uninstalls, bounces")
        random_slice = Experiment("Randomised slice", tooltip="{explored} of eligible events: forced send or no send")
        join = Spark(
            "Label join\nSpark", tooltip="Joins 1 h open, 24 h visit, 28-day opt-out; late labels are re-emitted"
        )
        debias = Spark("Debias and sample\nSpark", tooltip="Inverse propensity: the old policy must not grade itself")
    with Cluster("Training"):
        heads = Trainer("Open head trainer", tooltip="Multi-task network over channels, warm start every day")
        uplift = Trainer("Visit uplift model", tooltip="Response if sent and if not; the weighted log regularises it")
        opt_out = Trainer("Opt-out survival", tooltip="Hazard of mute or uninstall, given recent volume")
        curves = Trainer("Volume curve trainer", tooltip="Weekly activity of a member by volume level")
    with Cluster("Release"):
        simulator = Simulator(
            "Replay simulator", tooltip="Runs a week after the training data through policy and caps: volume, utility"
        )
        gate = Choice("Offline gate", tooltip="Calibration, uplift curve, volume within 2 %, slice floors")
        registry = Mlflow("Model registry", tooltip="Versions heads, calibration and thresholds together")
        canary = Flagger(
            "Shadow and canary", tooltip="Shadow, 1 %, then 4-week arms; a low-volume holdback of 1 % stays"
        )
        engine = Flink(
            "Decision engine\nFlink", tooltip="Runs the released version; obeys the coin of the randomised slice"
        )
    scheduler = Airflow("Scheduler", tooltip="Starts heads daily; uplift, curves and plan weekly")

    scheduler >> control("daily, weekly") >> join
    lake >> batch("{log_volume}") >> join
    events >> feedback("outcomes") >> join
    random_slice >> control("force or withhold") >> engine
    join >> batch("rows, propensity") >> debias >> batch("sent rows") >> heads
    join >> batch("{explore_rows} random") >> uplift
    debias >> batch("weighted log") >> uplift
    join >> batch("28-day windows") >> opt_out
    join >> batch("weekly panels") >> curves
    join >> batch("a later week") >> simulator
    heads >> batch("candidate heads") >> simulator
    uplift >> batch("uplift") >> simulator
    opt_out >> batch("opt-out cost") >> simulator
    curves >> batch("member budgets") >> simulator
    simulator >> batch("forecast") >> gate >> control("passed") >> registry >> control("version") >> canary
    canary >> control("staged rollout") >> engine >> stream("new decisions") >> lake


@view("Volume", details="overview/Volume planner")
def volume() -> None:
    """Volume as a budget: curves and a solver offline, prices online, and a controller that keeps it on target."""
    with Cluster("Offline plan"):
        curves = Forecaster("Volume response curves", tooltip="Active days in the week at {levels:n} volume levels")
        cost = Calibrator("Opt-out cost", tooltip="Future visits lost when a member mutes, from survival")
        owner = User("Volume owner", tooltip="Approves targets and limits by segment and type")
        solver = Spark(
            "Budget solver\nSpark",
            tooltip="Maximises activity under total volume and members' caps; the duals are prices",
        )
        plan = Scylla("Weekly plan\nScylla", tooltip="Holds budget and price of each member, versioned")
    with Cluster("Online control"):
        pacing = Flink(
            "Pacing state\nFlink",
            tooltip="Keeps price and budget with the member's state; compares use with the member's own weekly rhythm",
        )
        send_time = Forecaster("Send-time model", tooltip="Predicts the value of waiting, by hour of the week")
        ranker = Ranker(
            "Ranker\nmulti-head", tooltip="Gives the value of each channel option, to set against the price"
        )
        controller = Planner(
            "Threshold controller\nPID",
            tooltip="Compares actual with planned volume by segment and channel; its offset is clamped",
        )
        quotas = Etcd("Team quotas\netcd", tooltip="Keep one type from taking the whole budget")
        policy = Choice("Send policy", tooltip="Sends if value beats price plus the controller's offset")
    with Cluster("Feedback"):
        events = Kafka("Event log\nKafka", tooltip="Carries visits, ignores, mutes and uninstalls")
        fatigue = Redis("Fatigue counters\nRedis", tooltip="Hold sends, ignores, dismissals in 1, 7 and 28 days")
        holdback = Clickhouse(
            "Holdback analysis", tooltip="Reads the long-run effect of volume from a permanent holdback"
        )

    curves >> batch("{points:n} points") >> solver
    cost >> batch("cost per send") >> solver
    owner >> control("constraints") >> solver >> batch("budgets, prices") >> plan >> batch("budget, price") >> pacing
    owner >> control("quotas by type") >> quotas >> control("type quota") >> policy
    ranker >> response("option values") >> policy
    send_time >> response("value of waiting") >> policy
    pacing >> stream("budget left, price") >> policy
    controller >> control("offset") >> policy >> stream("actual volume") >> controller
    policy >> stream("sent, dropped") >> fatigue >> stream("ignored hours") >> send_time
    events >> feedback("ignores, dismissals") >> fatigue >> batch("fatigue history") >> cost
    events >> feedback("opt-outs, visits") >> holdback
    policy >> batch("arm, sends") >> holdback >> feedback("long-run effect") >> owner
    events >> feedback("mutes, opt-outs") >> cost
    events >> feedback("activity by volume") >> curves


@view("Operations")
def operations() -> None:
    """Delivery health, volume safety, experiments, and how the system degrades without flooding anybody."""
    with Cluster("Serving"):
        engine = Flink("Decision engine\nFlink", tooltip="Emits lag, drop reasons, score and threshold histograms")
        delivery = Go("Delivery service", tooltip="Emits provider errors, duplicates, dead tokens")
        switches = Etcd("Feature flags\netcd", tooltip="Stop a type, channel, country or campaign in seconds")
        safe_mode = Fallback("Safe mode", tooltip="Transactional only, static caps; stale events expire")
        events = Kafka("Event log\nKafka", tooltip="Carries opens, visits, mutes and uninstalls")
    with Cluster("Observe"):
        metrics = Prometheus("Metrics\nPrometheus", tooltip="Consumer lag, provider errors, send rate by type")
        sentinel = Flink(
            "Volume sentinel\nFlink",
            tooltip="Compares sends per member with a 7-day band; stops a looping type by itself",
        )
        calibration = Spark("Calibration job\nSpark", tooltip="Predicted against observed open, uplift, opt-out")
        dashboards = Grafana("Dashboards\nGrafana", tooltip="Volume, opt-outs, delivery and model health")
        alerts = Pagerduty("On-call alerts", tooltip="Pages a person on volume spike, lag over 60 s, jump in opt-outs")
    with Cluster("Decide"):
        oncall = User("On-call engineer", tooltip="Judges the page; reopens a stopped type or rolls back")
        analysis = Clickhouse("Experiment analysis", tooltip="Arms by member over 4 weeks; interference of teams")
        council = Users("Notification council", tooltip="Approves new types, quotas and goals")
        retrain = Airflow("Retrain trigger", tooltip="Starts early on calibration drift or a client release")
        rollback = Argocd("Rollback controller", tooltip="Restores heads and thresholds together")

    engine >> stream("lag, drops") >> metrics >> stream("series") >> dashboards
    delivery >> stream("errors, bad tokens") >> metrics >> control("SLO burn") >> alerts
    engine >> stream("sends") >> sentinel >> control("stop type") >> switches
    sentinel >> control("type stopped") >> alerts
    engine >> batch("decisions") >> calibration >> batch("slices") >> dashboards
    events >> feedback("opens, visits, mutes") >> calibration
    calibration >> control("drift") >> retrain >> control("gated heads") >> engine
    engine >> batch("arms") >> analysis >> feedback("4-week read-out") >> council
    events >> feedback("activity, opt-outs") >> analysis
    council >> control("quotas, types") >> switches >> control("push, seconds") >> engine
    engine >> control("ranker timeouts") >> safe_mode >> control("static caps") >> delivery
    alerts >> control("page") >> oncall >> control("bad release") >> rollback >> control("previous version") >> engine
    oncall >> control("reopen type") >> switches
