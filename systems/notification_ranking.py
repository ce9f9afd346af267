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
    Encoder,
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
    RuleEngine,
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
    # Events and decisions
    members=assume("Monthly active members", 500e6, "member", note="LinkedIn reported more than 774 M in 2022"),
    offers=assume("Candidate events for a member", 40, "event/member/day", note="posts, follows, reminders"),
    events=derive("Candidate events per day", "members * offers", "event/day"),
    mean_rate=derive("Average event rate", "events", "event/s"),
    peak_factor=assume("Peak over average", 4, note="breaking news, top of the hour"),
    peak_rate=derive("Peak event rate", "mean_rate * peak_factor", "event/s"),
    eligible_share=assume(
        "Events that are eligible, of candidate events", 30, "percent", note="after settings, consent and caps"
    ),
    eligible=derive("Events for the ranker per day", "events * eligible_share", "event/day"),
    held_share=assume("Events that are held, of eligible events", 20, "percent", note="scored again when they fire"),
    options=assume("Channel options of an event", 4, "option/event", note="push, email, in-app, none"),
    scores=derive("Ranker scores at peak", "peak_rate * eligible_share * (1 + held_share) * options", "option/s"),
    core_speed=assume("Ranker speed", 3e3, "option/s/core", note="small multi-head network"),
    busy=assume("Load at which cores are run, of capacity", 60, "percent"),
    cores=derive("Ranker cores", "ceil(scores / (core_speed * busy))", "core"),
    # Sends
    push_share=assume("Events sent as push, of candidate events", 4, "percent"),
    email_share=assume("Events sent as email, of candidate events", 1, "percent"),
    inbox_share=assume("Events shown in the app, of candidate events", 15, "percent"),
    sent_share=derive(
        "Events sent on any channel, of candidate events", "push_share + email_share + inbox_share", "percent"
    ),
    outside_share=derive(
        "Events that leave as push or email, of candidate events", "push_share + email_share", "percent"
    ),
    sent=derive("Notifications sent per day", "events * sent_share", "event/day"),
    pushes=derive("Pushes per day", "events * push_share", "event/day"),
    push_load=derive("Pushes a member gets", "pushes / members", "event/member/day"),
    push_cap=assume("Most pushes a member may get", 3, "event/member/day"),
    devices=assume("Devices a push goes to", 1.2, "message/event"),
    push_rate=derive("Peak push rate to providers", "pushes * devices * peak_factor", "message/s"),
    android_share=assume("Messages that go through FCM, of push messages", 70, "percent", note="the rest is APNs"),
    quota=cite("Default FCM quota of a project", 600e3, "message/minute", source="Firebase documentation"),
    quota_need=derive("Default FCM quotas needed at peak", "push_rate * android_share / quota", note="so ask for more"),
    emails=derive("Emails per day", "events * email_share", "event/day"),
    inbox_items=derive("In-app items per day", "events * inbox_share", "event/day"),
    # State
    sends=assume("Recent sends kept", 50, "send/member"),
    send_bytes=assume("Bytes of a recent send", 64, "byte/send"),
    profile_bytes=assume("Caps, visits and settings", 800, "byte/member"),
    state=derive("Member state", "members * (sends * send_bytes + profile_bytes)", "byte", note="Flink, on RocksDB"),
    wait=assume("Mean time held", 3, "hour"),
    held_bytes=assume("Bytes of a held event", 1e3, "byte/event"),
    held=derive("Held events", "eligible * held_share * wait * held_bytes", "byte"),
    timers=derive("Timers set, average", "eligible * held_share", "event/s"),
    # Learning
    log_bytes=assume("Decision log entry", 600, "byte/event"),
    log_volume=derive("Decision log per day", "eligible * log_bytes", "byte/day"),
    log_days=assume("Decision log kept", 90, "day"),
    explored=assume("Events decided at random, of eligible events", 1, "percent"),
    explore_rows=derive("Randomised rows per day", "eligible * explored", "event/day", note="labels for uplift"),
    forced_share=assume("Randomised events that are sent, of randomised events", 20, "percent"),
    visit_uplift=assume(
        "Visits that a push adds within 24 h, of pushes", 1.5, "percent", note="a true lift, not opens"
    ),
    open_share=assume("Pushes that are opened, of pushes", 6, "percent", note="most of them would have come anyway"),
    replaced=derive(
        "Opens that replace a visit, of opens",
        "1 - visit_uplift / open_share",
        "percent",
        note="if every added visit begins with an open",
    ),
    levels=assume("Volume levels of the weekly plan", 8, "point/member"),
    points=derive("Points of the weekly plan", "members * levels", "point"),
    plan_speed=assume("Points a core scores", 5e3, "point/s/core"),
    plan_time=assume("Time for the plan", 2, "hour"),
    plan_cores=derive("Cores for the plan", "ceil(points / (plan_speed * plan_time))", "core"),
    # Opt-outs and tests
    opt_out=assume("Members who opt out, of pushes", 0.01, "percent*member/event", note="watched in basis points"),
    opt_outs=derive("Push opt-outs per day", "pushes * opt_out", "member/day"),
    test_time=assume("Length of a test", 28, "day"),
    opt_out_base=derive("Members who opt out during a test, of members", "push_load * opt_out * test_time", "percent"),
    test_effect=assume("Smallest change of opt-outs worth detecting, relative", 5, "percent"),
    test_size=derive(
        "Members per arm",
        "16 * (1 - opt_out_base) / (opt_out_base * test_effect ** 2)",
        note="80 % power, two-sided 5 % level",
    ),
    # Latency at p99, ranked event that is sent now
    promise=assume("Promised p99, ranked and sent now", 5, "s"),
    publish_time=assume("Event publish and Kafka hop, p99", 150, "ms"),
    eligibility_time=assume("Eligibility, settings and consent, p99", 100, "ms"),
    state_time=assume("Keyed state read, p99", 50, "ms", note="local RocksDB"),
    merge_window=assume("Aggregation window for related events", 2_000, "ms"),
    feature_time=assume("Feature fetch, p99", 60, "ms"),
    lanes=assume("Cores that score one event", 1, "core/event"),
    score_time=derive("Ranker, one event", "options / (core_speed * lanes)", "ms"),
    score_queue=assume("Ranker queueing, p99", 75, "ms"),
    policy_time=assume("Policy: utility, price, send-time check, p99", 30, "ms"),
    render_time=assume("Render, localise and sign links, p99", 180, "ms"),
    claim_time=assume("Key claim and cap commit, p99", 50, "ms"),
    pacing_time=assume("Outbound queue with pacing by provider, p99", 1_600, "ms"),
    provider_time=assume("Provider call with one retry, p99", 500, "ms"),
    slack=assume("Slack", 150, "ms"),
    must_send_promise=assume("Promised p99, transactional", 2, "s"),
    must_send_queue=assume("Front of the outbound queue, p99", 300, "ms"),
    must_send_time=derive(
        "Transactional path, sum of p99s",
        "publish_time + render_time + claim_time + must_send_queue + provider_time",
        "ms",
    ),
    # Cost
    core_price=reference("core_price"),
    object_price=reference("object_storage_price"),
    email_price=cite("Price of an email", 0.1e-3, "USD/event", source="AWS, Amazon SES pricing, 2025"),
    stream_work=assume("CPU time of eligibility, state and policy", 1.2, "ms*core/event"),
    stream_cores=derive("Stream cores", "ceil(peak_rate * stream_work / busy)", "core"),
    delivery_work=assume("CPU time to render and deliver", 3, "ms*core/event"),
    delivery_cores=derive("Delivery cores", "ceil(sent * peak_factor * delivery_work / busy)", "core"),
    other_cores=assume("Cores of stores, logs, training and planning", 2_500, "core"),
    compute_bill=derive(
        "Compute bill", "(cores + stream_cores + delivery_cores + other_cores) * core_price", "USD/day"
    ),
    storage_bill=derive("Decision log bill", "log_volume * log_days * object_price", "USD/day"),
    email_bill=derive("Email bill", "emails * email_price", "USD/day", note="push is free at the provider"),
    bill=derive("Total bill", "compute_bill + storage_bill + email_bill", "USD/day"),
    quoted=assume("Notifications for which the cost is quoted", 1_000, "event"),
    cost_per_thousand=derive("Cost of 1,000 notifications sent", "quoted * bill / sent", "USD", note="list prices"),
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
        goal="Members come back for things they would have missed, and still let us notify them a year from now.",
        decision="For each event of each member: send now, hold, merge or drop, and on which of {options:n} channel options.",
        task="Estimate per option the uplift in visits against not sending, and the added hazard of an opt-out; send if the value beats the price of the member's attention.",
        label="A visit within 24 h, compared between randomly sent and randomly withheld events; mute, disable or uninstall within 28 days.",
        metric="Offline: uplift curve on randomised rows, calibration per head, volume error of the replay. Online: incremental weekly active members over a holdback, opt-outs per million sends.",
        not_optimised="Click and open rates. The people who open most are those who would have come anyway, so a model of opens sends most where it changes least.",
        baseline="Fixed caps, quiet hours, newest first, one digest a day. It is enough for a product with a handful of types and a few million members, and it is the fallback here.",
    ),
    clarifications=[
        Clarification(
            "Which notifications are in scope?",
            "All types of all teams. Security and transactional ones bypass ranking, not delivery and tracking.",
        ),
        Clarification(
            "What is a good notification worth?",
            "A visit that would not have happened, weighed by type; a visit that was coming anyway is worth nothing.",
        ),
        Clarification(
            "May we withhold notifications at random?",
            "Yes for ranked types, {explored} of eligible events; never for security, payment or messages.",
        ),
        Clarification(
            "Which channels, and what do they cost?",
            "Push, email, in-app. Push is free of charge and costly in attention; email costs money and reputation; the inbox is nearly harmless.",
        ),
        Clarification(
            "How fast must it be?",
            "Transactional within {must_send_promise}, ranked within {promise} if sent now; digests within their hour.",
        ),
        Clarification(
            "Who decides how much is sent in total?",
            "A volume owner sets targets by segment; a solver splits them; teams have quotas per type.",
        ),
        Clarification(
            "What scale?",
            "{members:n} members a month, {offers:n} candidate events each a day, {peak_rate:n} a second at peak.",
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
            "Freshness": "A visit or mute counts in 10 s, so nobody is told about what they just saw (assumption).",
            "Availability": "99.95 % of transactional messages reach a provider in 60 s (assumption).",
            "Delivery": "Under 1 in 100,000 transactional messages is sent twice; a ranked one is lost rather than sent twice (assumptions).",
        },
    ),
    estimate=ESTIMATE,
    headline=["peak_rate", "push_rate", "state", "opt_outs", "cost_per_thousand"],
    cost="cost_per_thousand",
    budget=Budget(
        "p99 from event to push provider, ranked and sent now",
        promise="promise",
        stages={
            "Event publish and Kafka hop": "publish_time",
            "Eligibility, settings and consent": "eligibility_time",
            "Keyed state: caps, last {sends:n} sends, last visit": "state_time",
            "Aggregation window for related events": "merge_window",
            "Feature fetch": "feature_time",
            "Ranker on {options:n} options": "score_time + score_queue",
            "Policy: utility, price and send-time check": "policy_time",
            "Render, localise and sign links": "render_time",
            "Key claim and cap commit": "claim_time",
            "Outbound queue with pacing by provider": "pacing_time",
            "Provider call with one retry": "provider_time",
            "Slack": "slack",
        },
    ),
    labels=[
        Label(
            "Visit",
            window="24 h after the decision",
            positive="A session of at least 10 s, however it was started, after a forced send.",
            negative="No session; for withheld events the same rule, which makes the comparison causal.",
            ignored="Events decided within 24 h of another randomised event of the same member.",
            delay="24 h.",
            bias="None in the randomised slice; outside it the old policy chose whom to send to.",
            where="training/Event log -> Label join",
        ),
        Label(
            "Open",
            window="1 h for push, 24 h for email",
            positive="Tap on the notification, or a click in the email.",
            negative="Delivered, and neither opened nor superseded within the window.",
            ignored="Not delivered (dead token, device off); mail opens that privacy proxies report.",
            delay="Minutes to hours.",
            bias="Members who open most would most likely have come anyway.",
            where="training/Event log -> Label join",
        ),
        Label(
            "Opt-out",
            window="28 days, by day",
            positive="Mute of the type, disabled push, unsubscribe, uninstall.",
            negative="A day survived with the volume received so far.",
            ignored="Uninstalls within a day of a failed login or a closed account.",
            delay="Up to 28 days; uninstalls show only as dead tokens.",
            bias="Rare ({opt_out:n} % of pushes), and blamed on the last send although the volume before did it.",
            where="training/Event log -> Label join",
        ),
        Label(
            "Weekly activity at a volume level",
            window="7 days",
            positive="Active days of the week, per volume level that an experiment assigned.",
            negative="Weeks without activity.",
            ignored="Weeks with an outage or a changed cap.",
            delay="7 days.",
            bias="Without assigned levels, active members simply receive more.",
            where="training/Label join -> Volume curve trainer",
        ),
    ],
    training_example={
        "event_id, member": "e_90ff, m_4410",
        "type, sender": "comment reply, m_12 (affinity 0.44)",
        "habits": "active 5 of 7 d, usual hours 8 and 21, last visit 3 h ago, opens 0.09 of pushes",
        "state": "2 pushes in 24 h (cap {push_cap:n}), 3 ignored in a row, mute of likes 40 d ago",
        "context": "20:40 local, Tuesday, Android, event 30 s old, merged from 3 events",
        "scores as served, push": "open 0.11, visit if sent 0.71, if not 0.66, added opt-out hazard 0.00008",
        "utility, price, offset": "0.031, 0.024, +0.002",
        "decision, propensity": "push, forced by exploration, {forced_share}",
        "labels": "open 1, visit within 24 h 1, opt-out by day 28: none",
        "weight": "1 / 0.2",
    },
    features=[
        FeatureGroup(
            "Member habits",
            features=[
                "active days of 7 and 28",
                "visits by hour of the week",
                "hours since last visit",
                "open rate per channel, 28 d",
                "share of visits that came from notifications",
                "account age",
                "time zone and language",
            ],
            freshness="1 h; last visit 10 s",
            store="serving/Online feature store",
            leak="'Hours since last visit' read at join time already contains the visit that is the label; the value as decided is logged.",
        ),
        FeatureGroup(
            "Event and sender",
            features=[
                "type",
                "age of the event",
                "affinity to the sender, 30 d",
                "number of merged events",
                "content quality score",
                "open rate of the type for this member",
                "novelty: already seen in the feed",
            ],
            freshness="seconds",
            store="serving/Online feature store",
            leak="A type's open rate includes this event when computed overnight; only earlier days count.",
        ),
        FeatureGroup(
            "Fatigue",
            features=[
                "pushes in 1, 7 and 28 d",
                "ignored in a row",
                "dismissals, 28 d",
                "days since last mute",
                "share of the weekly budget used",
                "minutes since last push",
            ],
            freshness="10 s",
            store="serving/Member state",
            leak="High volume is chosen by the old policy for active members: as a plain feature it looks beneficial. The hazard model sees it only with randomised volume arms.",
        ),
        FeatureGroup(
            "Recent sends",
            features=[
                "type of each of the last {sends:n} sends",
                "channel",
                "hour",
                "outcome so far",
                "minutes between sends",
                "whether a visit followed",
            ],
            freshness="10 s",
            store="serving/Member state",
            leak="Outcomes of recent sends that were not known at decision time; each is masked by its time of arrival.",
        ),
        FeatureGroup(
            "Option and context",
            features=[
                "channel option",
                "local hour and weekday",
                "platform and client version",
                "push permission and email status",
                "quiet hours ahead",
                "experiment arm of the policy",
            ],
            freshness="the event",
            store="serving/Aggregator",
            leak="Delivery success is known only afterwards and must not enter; permission as of the decision does.",
        ),
    ],
    loss=Loss(
        objective="Open and channel heads on sent rows, reweighted by inverse propensity; two outcome heads for the visit, sent and not sent, on randomised rows with a shared encoder so that their difference is the uplift; a discrete-time hazard of opting out given the volume so far. Budget and price are no loss: they come from the solver.",
        formulas=[
            MathFormula(
                "Two outcome heads, inverse propensity",
                r"\mathcal{L}_{\text{visit}} = -\sum_{n} \frac{1}{e_n(a_n)} \left[ y_n \log \mu_{a_n}(x_n) + (1 - y_n) \log (1 - \mu_{a_n}(x_n)) \right], \quad \tau(x) = \mu_1(x) - \mu_0(x)",
                "a is 1 if sent and 0 if withheld, e the logged probability of that action, mu the visit probability under it. Their difference tau is the uplift; in the randomised slice e is known, not estimated.",
            ),
            MathFormula(
                "Discrete-time hazard of opting out",
                r"\mathcal{L}_{\text{out}} = -\sum_{i} \sum_{d=1}^{D_i} \left[ o_{i,d} \log h_{i,d} + (1 - o_{i,d}) \log (1 - h_{i,d}) \right], \quad S_i(t) = \prod_{d \le t} (1 - h_{i,d})",
                "h is the hazard on day d given the volume of the days before, o is 1 on the day of the opt-out, D the last day observed: members who are still there are censored, not negative.",
            ),
            MathFormula(
                "Utility of an option and the rule",
                r"U(k) = v \, \tau_k - C \, \Delta h_k, \qquad \text{send } k^{*} = \arg\max_k U(k) \text{ if } U(k^{*}) > \lambda_i + \delta",
                "v is the value of an added visit, C the future visits lost when the member opts out, in the same unit; lambda is the member's price from the weekly plan, delta the controller's offset.",
            ),
            MathFormula(
                "Weekly plan",
                r"\max_{x} \sum_{i,l} x_{i,l} \, (a_{i,l} - c_{i,l}) \quad \text{s.t.} \quad \sum_{i,l} l \, x_{i,l} \le B, \quad \sum_{l} x_{i,l} = 1",
                "x assigns member i the volume level l, a is predicted activity, c the opt-out cost. The dual variable of B is the price of one more send.",
            ),
        ],
        calibration="Each head has an isotonic map by channel and type. Uplift cannot be calibrated per row, as nobody is both sent and withheld: randomised rows are sorted into twenty bins by predicted uplift, and the observed difference of each bin must lie on the diagonal. Values set against a price must be right in size, not only in order.",
    ),
    evaluation=Evaluation(
        offline="Uplift curve and its area on a randomised week not trained on; AUC and calibration of open and hazard heads; a replay of logged events through policy, caps and timers, for volume within 2 % and value by inverse propensity.",
        disagreement="Replay holds members fixed: it cannot show that a member who got three good pushes opens the fourth, or mutes after the fifth. Propensities near zero make its value noisy, and teams react to quotas.",
        unit="The member, for all types at once; a split by event would mix both policies in one person's day and hide fatigue. Tests of senders' reach randomise authors.",
        duration="{test_time}, since opt-outs and habits are slow; a low-volume holdback of 1 % stays for good and is read each quarter.",
        power="{opt_out_base} of members opt out within {test_time}; a relative change of {test_effect} needs {test_size} members an arm. Weekly activity needs far fewer.",
        guardrails="Disables, uninstalls and spam complaints per million sends, sends per member at the 99th percentile, quiet-hour breaches, transactional p99, reach of small creators.",
    ),
    biases=[
        Bias(
            "Selection bias",
            effect="Outcomes exist only for what the old policy sent; a model of them grades itself.",
            cure="{explored} of eligible events are sent or withheld at random, with the propensity logged.",
            where="training/Randomised slice",
        ),
        Bias(
            "Confounding by activity",
            effect="Active members get more, open more and come anyway: sending looks useful exactly where it is not.",
            cure="Two outcome heads on randomised rows; uplift, not opens, enters the utility.",
            where="training/Visit uplift model",
        ),
        Bias(
            "Delayed feedback",
            effect="A visit takes a day, an opt-out weeks; early data flatter high volume.",
            cure="Survival model with censoring, late labels re-emitted, tests of {test_time}.",
            where="training/Opt-out survival",
        ),
        Bias(
            "Survivorship",
            effect="Members who opted out leave the data; those who remain tolerate more.",
            cure="The cost of an opt-out counts future visits lost, and cohorts are followed from their first send.",
            where="volume/Opt-out cost",
        ),
        Bias(
            "Position in the tray",
            effect="A push under five others is not read, and the last one is blamed for the mute.",
            cure="Number and age of unread notifications are features; hazard is attributed to the volume, not to the last send.",
            where="model/Recent sends",
        ),
        Bias(
            "Popularity bias",
            effect="Big senders' events win by affinity everywhere; small creators reach nobody.",
            cure="Quotas by type and a reach floor for small senders, measured as a guardrail.",
            where="volume/Team quotas",
        ),
        Bias(
            "Cold start: new member",
            effect="No rhythm, no fatigue history, and the first week decides whether push stays on.",
            cure="Priors by country, platform and hour; low caps, in-app first; curves pooled by segment.",
            where="volume/Volume response curves",
        ),
        Bias(
            "Cold start: new type",
            effect="No open rate, no uplift, and a team that is sure of its value.",
            cure="A small exploratory quota, content features shared over types, no full quota before a read-out of {test_time}.",
            where="operations/Notification council",
        ),
    ],
    decisions=[
        Decision(
            "Incremental visits less opt-out cost",
            why="{open_share} of pushes are opened, but only {visit_uplift} add a visit: {replaced} of opens replace one that was coming. Pricing the added visit and the lost future stops sending to those who come anyway.",
            rejected=[
                "open probability: plentiful labels, and most volume goes where it changes nothing",
                "a rule on opens with lower caps for active members: catches half of it, with thresholds nobody can defend",
            ],
            revisit_when="the open itself is the goal, as for a message or a reminder that the member set",
        ),
        Decision(
            "A volume solver with online prices",
            why="Curves and a linear program split the total among {members:n} members once a week; each event then needs one comparison with a price. Owners can read and cap what was planned, and {plan_cores:n} cores do it in {plan_time}.",
            rejected=[
                "reinforcement learning on the sequence: sees that sends affect each other, but is hard to bound and to explain",
                "one threshold for everybody: sends most to those who open most",
            ],
            revisit_when="a sequence policy beats the prices in a {test_time} test at equal volume and opt-outs",
        ),
        Decision(
            "A stream keyed by member, with timers",
            why="All events, caps and visits of a member meet in one worker, so a cap needs no lock and a visit cancels what is pending within 10 s. It costs {state} of local state to restore after a failure.",
            rejected=[
                "a daily batch plan: cheap and calm, and hours late for a reply",
                "a stateless service over a shared store: simpler to deploy, with a race at every cap",
            ],
            revisit_when="only digests and email are sent, so that an hour's delay does not matter",
        ),
        Decision(
            "One central decision layer",
            why="Teams compete for the same attention: ten teams at a reasonable three a week are thirty. One layer sees the whole day of a member, prices all types in one unit and owns the caps.",
            rejected=[
                "sending by each team with a shared cap: whoever sends first in the day wins",
                "fixed quotas per team: fair to teams, not to members",
            ],
            revisit_when="there are only a handful of types, owned by one team",
        ),
        Decision(
            "{explored} sent or withheld at random",
            why="Uplift is a difference between two worlds of which one is seen. {explore_rows:n} randomised rows a day make propensities known instead of modelled; withheld value is the price, about {explored} of the total.",
            rejected=[
                "adjusting observed data for propensity: free, and blind to what the old policy never tried",
                "occasional experiments: clean, and stale when types change monthly",
            ],
            revisit_when="nothing may be withheld, or uplift by slice is stable for two quarters and {explored} can shrink",
        ),
        Decision(
            "At least once, claim then confirm",
            why="No transaction spans us and the provider. A key is claimed on a lease before the call and confirmed after it; if we crash between, a transactional message is sent again and a ranked one is dropped.",
            rejected=[
                "exactly once: not to be had across a provider's boundary",
                "collapse keys on the device alone: elegant, but not all clients and no email have them",
            ],
            revisit_when="every client and type supports collapse keys",
        ),
    ],
    failures=[
        FailureMode(
            "A producer emits the same event in a loop.",
            "The volume sentinel sees sends per member and type leave their 7-day band within minutes.",
            "The sentinel flips the type's switch by itself; keys by object stop repeats, and the producer is made to back off.",
        ),
        FailureMode(
            "A stale burst follows an outage of the consumers.",
            "Kafka lag exceeds 60 s and the age of events at the decision jumps.",
            "Expired events are dropped, the transactional lane drains first, and the rest restarts on a ramp.",
        ),
        FailureMode(
            "A shift of scores lets everything through and doubles volume.",
            "The controller's offset sits at its clamp, and volume by segment leaves the plan.",
            "The clamp and the caps bound the damage; heads and thresholds are rolled back as one version.",
        ),
        FailureMode(
            "A launch passes a one-week test and costs opt-outs for months.",
            "The {test_time} arms and the permanent low-volume holdback diverge.",
            "The launch is reversed and the cost of a send raised in the solver; one-week read-outs no longer count.",
        ),
        FailureMode(
            "A push provider fails or purges tokens.",
            "Errors and the gap between sends and receipts rise for one provider.",
            "Messages wait in the outbound queue until they expire; transactional ones go out by email or text, dead tokens are pruned.",
        ),
        FailureMode(
            "Member state is cold after workers are rebalanced.",
            "Restore time and the counter of missing states rise.",
            "Cautious default caps hold until the snapshot is back; without cap state nothing ranked is sent.",
        ),
    ],
    metrics=Metrics(
        offline=[
            "AUC and calibration of open and opt-out heads",
            "Area under the uplift curve on randomised rows, off-policy value",
            "Volume error of the replay",
        ],
        online=["Incremental weekly active members over the holdback", "Added visits and value per send, time to open"],
        guardrail=[
            "Disables, uninstalls and complaints per million sends",
            "Duplicates, quiet-hour breaches, sends per member at p99, transactional p99",
            "Reach of new and small creators",
        ],
    ),
    follow_ups=[
        FollowUp(
            "mid",
            "Why not rank by the probability of an open?",
            answer="Because the best openers are the most active members, and they come anyway. {open_share} of pushes are opened but only {visit_uplift} add a visit, so {replaced} of the opens replace one. A model of opens spends attention there. I need the difference between sending and not sending, which only randomised rows show. Opens stay a head, to choose among texts and channels.",
            weak="'CTR is the standard metric', perhaps with a cap on top.",
            where="decision: Incremental visits",
        ),
        FollowUp(
            "mid",
            "How do you make sure a login code is not stuck behind a campaign?",
            answer="It never shares a queue with one. It has its own Kafka partitions, skips eligibility windows, ranking and timers, and goes to the front of the outbound queue: {must_send_time} summed at the 99th percentile, against a promise of {must_send_promise}. Workers and provider quota are reserved for it, and its expiry is short, as a late code is worse than none.",
            weak="A priority field in the same queue, which head-of-line blocking defeats.",
            where="serving/Transactional lane",
        ),
        FollowUp(
            "mid",
            "How do you avoid sending the same push twice?",
            answer="Exactly once across a provider is impossible, so I choose per class. The key (member, type, object) is claimed on a lease before the call and confirmed after acceptance. If a worker dies in between, the lease expires: a transactional message is sent again, with a collapse key where the client has one, a ranked one is dropped. Retries carry the same key.",
            weak="'Kafka has exactly-once semantics.'",
            where="serving/De-duplicate and caps",
        ),
        FollowUp(
            "senior",
            "How do you get labels for 'what if we had not sent'?",
            answer="By withholding. {explored} of eligible events, {explore_rows:n} a day, are decided by coin with a logged probability, {forced_share} of them sent. The same label, any session within 24 h, is read in both groups, whatever started it. Two outcome heads share an encoder; their difference is uplift. The rest of the log regularises through inverse propensity, clipped. Randomising by event is fine for short uplift, not for fatigue.",
            weak="Taking 'did not open' as the counterfactual.",
            where="training/Randomised slice",
        ),
        FollowUp(
            "senior",
            "How do you evaluate an uplift model, if no row has a true uplift?",
            answer="On groups. I sort a randomised week by predicted uplift and plot the cumulative difference between sent and withheld: the area over the random diagonal ranks models. For size I bin by prediction and compare it with the observed difference per bin, since values are set against a price. Then replay for volume, then a member-level test against the holdback.",
            weak="AUC of the visit head.",
            where="training/Offline gate",
        ),
        FollowUp(
            "senior",
            "What does the price do that a threshold does not?",
            answer="A threshold is one number for all: it sends most to whoever scores highest. The price is each member's shadow price of attention, from the plan that traded their response curve and opt-out cost against the total. Two members with the same value get different answers, because one has had enough this week. The controller adds one small offset per segment, so that actual volume follows the plan.",
            weak="'It is a personalised threshold', without where it comes from.",
            where="volume/Budget solver",
        ),
        FollowUp(
            "senior",
            "You hold an event for a better hour. What can go wrong?",
            answer="The world moves on: the member visits, the event goes stale, quiet hours begin, the budget is used. So a fired timer does not send, it decides again with fresh state. Expiry caps the wait; a visit within 10 s cancels what is pending. And timers pile up at eight in the morning, so each is jittered over minutes and the outbound queue paces {push_rate:n} pushes a second.",
            weak="Scheduling the send itself.",
            where="serving/Timer queue",
        ),
        FollowUp(
            "senior",
            "A launch adds 1 % weekly actives in one week. Ship it?",
            answer="Not yet. More volume always lifts a week; the bill comes as mutes over a month. {opt_out_base} of members opt out in {test_time}, so detecting {test_effect} relative needs {test_size} members an arm and the full time. I compare at equal volume, look at the hazard model's forecast for the arm, and keep a low-volume holdback whose long-run effect prices the opt-out.",
            weak="'Yes, it is significant.'",
            where="operations/Experiment analysis",
        ),
        FollowUp(
            "staff",
            "Teams say that their type deserves more volume. How is that settled?",
            answer="In one currency. Every type's sends are valued by added visits less opt-out cost, from randomised rows of that type. The marginal value at its quota is compared with the price; if it is higher than others', the quota grows in a {test_time} test with guardrails on other types, because one type's gain may be another's loss. The council approves, the switch is versioned, and the holdback checks the sum.",
            weak="'Give each team a fixed share', or let the loudest decide.",
            where="operations/Notification council",
        ),
        FollowUp(
            "staff",
            "Would you replace prices by reinforcement learning?",
            answer="It fits the problem: sends affect each other, reward is late. LinkedIn has deployed offline conservative Q-learning. But it needs rich exploration, is hard to bound per segment, and off-policy estimates over weeks are noisy. I would first feed state into heads and hazard, which captures most, then test a Q-function as the value behind the same price and caps, so that owners keep the budget.",
            weak="'RL is unstable' or 'RL is optimal', with no test against the current design.",
            where="decision: A volume solver",
        ),
        FollowUp(
            "staff",
            "Cut the cost by half. Where is the money?",
            answer="Not in the models. Email is {email_bill:n} USD a day of {bill:n}; push is free at the provider, the ranker's {cores:n} cores are small change. So I raise the bar for email, whose uplift must pay {email_price:n} USD plus reputation, bundle digests, and stop mailing members who never open. The highest cost is not on the bill: {opt_outs:n} opt-outs a day.",
            weak="'Quantise the ranker.'",
            where="serving/Email provider",
        ),
    ],
    case_studies=[
        CaseStudy(
            "LinkedIn",
            system="Air Traffic Controller, 2018: all teams' requests go through one stream system keyed by recipient, with local RocksDB state, aggregation, caps, channel choice and a scheduler.",
            difference="It began as a filter and scheduler with relevance scores from outside; later work adds offline reinforcement learning. We put uplift and prices into the same worker and keep owners' budgets explicit.",
            source="https://engineering.linkedin.com/blog/2018/03/air-traffic-controller--member-first-notifications-at-linkedin",
        ),
        CaseStudy(
            "Pinterest",
            system="NEP, 2024: near-real-time decisions instead of daily budgets, a multi-head ranker on GPU, and thresholds that a PID controller tunes to the planned volume.",
            difference="The utility rests on predicted engagement, held against a tuned threshold. We set uplift against a member's own shadow price, which needs randomised withholding and a weekly plan.",
            source="https://medium.com/pinterest-engineering/nep-notification-system-and-relevance-a7fff21986c7",
        ),
        CaseStudy(
            "Meta",
            system="Instagram, 2022: a causal model decides whether a daily digest changes what a member does, and drops it for highly active members.",
            difference="One type and one decision a day, so uplift alone suffices; fewer sends and a better experience are reported. Across all types the budget and its price are needed on top.",
            source="https://engineering.fb.com/2022/10/31/ml-applications/instagram-notification-management-machine-learning/",
        ),
    ],
    five_minutes=[
        Phase(
            0.5,
            "Frame",
            "A notification is an interruption, so the question is not who will open it but what it changes. About {open_share} of pushes are opened and only {visit_uplift} add a visit; the rest replaces one. And each needless one brings the member closer to muting us, which is nearly final. So I estimate uplift in visits and added hazard of opting out, and send when the value beats the price of that member's attention. Fixed caps and newest first are the baseline.",
        ),
        Phase(
            0.75,
            "Scale",
            "{members:n} members with {offers:n} candidate events a day make {peak_rate:n} events a second at peak. {eligible_share} are eligible after settings and caps, {sent_share} are sent on any channel, {outside_share} as push or email. That is {push_rate:n} pushes a second, {quota_need:n} times the default quota of FCM. The ranker needs about {cores:n} cores: models are cheap here. Email is the larger part of the bill, and opt-outs, {opt_outs:n} a day, are the real cost.",
        ),
        Phase(
            1,
            "Design",
            "Teams publish events and never send. Login codes take their own lane past ranking, within {must_send_promise}. Everything else lands in a stream keyed by member, so one worker sees caps, last sends and last visit without locks. Eligibility comes first because it is cheap, then related events merge for two seconds, then the ranker scores push, email, in-app and nothing. The policy compares the best option with the member's price: send, hold for a better hour, or drop. A timer that fires decides again; it never sends blindly. Delivery claims a key, renders, paces by provider and confirms.",
        ),
        Phase(
            0.75,
            "Model",
            "An encoder reads the last {sends:n} sends and their outcomes; habits, event and context join it. Heads: open, visit if sent, visit if not sent, and a daily hazard of opting out given the volume so far. Uplift is the difference of the two visit heads, trained on {explore_rows:n} events a day that were sent or withheld by coin, with known propensity. The rest of the log helps through inverse propensity. Utility is value times uplift minus the visits lost through opt-outs.",
        ),
        Phase(
            0.5,
            "Volume",
            "Volume is a budget. Each week response curves say how active a member would be at {levels:n} volume levels, and a solver splits the total; its dual variables are the prices. A controller adds a small offset by segment so that actual volume follows the plan, with a clamp in case scores shift. Quotas keep one type from taking everything.",
        ),
        Phase(
            0.75,
            "Evaluation",
            "Offline I use the uplift curve on a randomised week, calibration per head, and a replay through policy and caps that must predict volume within two per cent. Replay holds members fixed, so it cannot see fatigue. Online I randomise members, for four weeks, because opt-outs are slow: {opt_out_base} opt out in that time, so seeing a change of {test_effect} takes {test_size} members an arm. A one per cent low-volume holdback stays permanently and tells what volume really costs.",
        ),
        Phase(
            0.75,
            "Operations and close",
            "The failure I fear is volume: a producer in a loop, a stale burst, a shifted score. A sentinel watches sends per member and flips a type's switch by itself; expired events are dropped; without cap state nothing ranked is sent. If the ranker is down, only transactional messages and static caps remain. A thousand sends cost {cost_per_thousand}. The weakest point is the price of an opt-out: it rests on a long holdback, and it decides everything.",
        ),
    ],
    interview_plan=[
        Phase(5, "Clarify", "Types, channels, may we withhold, latency, who owns volume. Say that uplift is the goal."),
        Phase(4, "Frame", "Opens against added visits, with the figures; opt-out as a cost; fixed caps as baseline."),
        Phase(4, "Estimate", "Events at peak, eligible, sent by channel, provider quota, state, what email costs."),
        Phase(8, "High-level design", "Two lanes, keyed stream, eligibility, merge, ranker, policy, timers, delivery."),
        Phase(7, "Model", "Sequence of sends, two visit heads, hazard, utility; randomised rows and propensity."),
        Phase(6, "Volume", "Response curves, solver, prices, controller and clamp, quotas."),
        Phase(5, "Evaluation", "Uplift curve, replay, four weeks by member, holdback, guardrails."),
        Phase(4, "Operations", "Loops, stale bursts, duplicates, cold state, safe mode."),
        Phase(2, "Close", "Weakest point: the price of an opt-out. Next step: sequence effects."),
    ],
    building_blocks=[*LEARNING_BLOCKS, *RESPONSIBILITY_BLOCKS, *COMMON_BLOCKS],
    sources=bibliography("""
        Y. Gao et al. (LinkedIn), "Near Real-time Optimization of Activity-based Notifications", KDD 2018
            https://doi.org/10.1145/3219819.3219880 constrained optimisation in a stream system
        B. Zhao et al. (Pinterest), "Notification Volume Control and Optimization System at Pinterest", KDD 2018
            https://doi.org/10.1145/3219819.3219906 weekly volume of a member from predicted activity at each level
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
            https://arxiv.org/abs/2207.03029 deployed offline Q-learning, the learned policy that competes with prices
        A. Muralidharan (LinkedIn), "Near Real Time AI Personalization for Notifications at LinkedIn", WSDM 2022
            https://doi.org/10.1145/3488560.3510017 channel, volume and spacing decisions; 774 M members
        Google, "FCM Throttling and Quotas", Firebase documentation 2025
            https://firebase.google.com/docs/cloud-messaging/throttling-and-quotas
            default quota of 600,000 messages a minute
        AWS, "Amazon SES pricing", AWS product pages 2025
            https://aws.amazon.com/ses/pricing/ 0.10 USD for 1,000 emails
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
        engine = Flink("Decision engine\nFlink", tooltip="Keeps state, timers and policy: drop, hold, merge or send")
        ranker = Ranker("Ranker\nmulti-head", tooltip="Predicts open, visit uplift and opt-out for each channel option")
        features = FeatureStore("Online feature store", tooltip="Serves habits, affinity to senders, recent fatigue")
        planner = Spark("Volume planner\nSpark", tooltip="Sets weekly budget and price of a member, by optimisation")
    with Cluster("Deliver"):
        delivery = Go("Delivery service", tooltip="Renders, de-duplicates, paces and calls providers")
        channels = FCM("Channels\npush, email, inbox", tooltip="Providers with quotas and receipts, and the inbox")
        members = Users("Members", tooltip="See, open, dismiss, mute, or visit on their own")
    with Cluster("Learn"):
        events = Kafka("Event log\nKafka", tooltip="Carries decisions, receipts, opens, visits and mutes")
        training = Kubeflow("Training pipeline", tooltip="Fits uplift and long-term models on randomised traffic")
        registry = Mlflow("Model registry", tooltip="Releases heads, calibration and thresholds as one version")

    teams >> stream("candidate events") >> candidates
    generator >> batch("daily batch") >> candidates >> stream("{events}") >> engine
    engine >> request("eligible {eligible_share}") >> ranker >> request("features") >> features
    planner >> batch("budgets, prices") >> engine
    engine >> stream("{sent_share} sent") >> delivery >> request("{push_rate:n} pushes/s") >> channels
    channels >> stream("notification") >> members >> feedback("open, visit, mute") >> events
    channels >> stream("receipts") >> events
    engine >> stream("decision log") >> events >> stream("visits, mutes") >> engine
    events >> stream("counters") >> features
    events >> batch("joined outcomes") >> training >> control("gated models") >> registry
    registry >> control("rollout") >> ranker
    registry >> control("response curves") >> planner


@view("Serving")
def serving() -> None:
    """Eligibility and state first, because they are cheap; then value by channel, then timing, then delivery once."""
    with Cluster("Ingest"):
        producer = Server("Event producer", tooltip="Sends type, actor, object, expiry and an idempotency key")
        must_send = Kafka("Transactional lane\nKafka", tooltip="Own partitions: no campaign can delay a login code")
        candidates = Kafka("Candidate lane\nKafka", tooltip="Carries ranked events, keyed by member")
    with Cluster("Decide"):
        eligibility = Flink("Eligibility\nFlink", tooltip="Tests settings, consent, quiet hours, language, expiry")
        state = FeatureStore("Member state\nRocksDB", tooltip="Caps, last {sends:n} sends, last visit; in the worker")
        aggregator = Flink(
            "Aggregator\nFlink", tooltip='Merges related events ("5 people liked") for {merge_window} or more'
        )
    with Cluster("Value"):
        features = Redis("Online feature store\nRedis", tooltip="Holds activity by hour, affinity to senders, fatigue")
        ranker = Ranker("Ranker\nmulti-head", tooltip="Predicts open, visit uplift and opt-out hazard of each option")
        policy = Choice(
            "Send policy",
            tooltip="Sets utility against the member's price: send now, hold or drop; decides {explored} by coin",
        )
        timers = Flink("Timer queue\nFlink", tooltip="Waits for a better hour; then the event is decided again")
    with Cluster("Deliver"):
        renderer = Go(
            "Renderer", tooltip="Template, locale, deep link, preview without private detail; claims the key first"
        )
        dedup = Redis("De-duplicate and caps\nRedis", tooltip="Holds keys on a lease until confirmed, and the caps")
        outbound = Rabbitmq("Outbound queue\nRabbitMQ", tooltip="Keeps priorities and expiry, paced by provider")
        sender = Go("Provider sender", tooltip="Calls the provider, retries until expiry, confirms the key")
        push = FCM("Push providers\nFCM, APNs", tooltip="Deliver to devices, report invalid tokens")
        email = SES("Email provider", tooltip="Limited by reputation and warm-up; {email_price} each")
        inbox = Scylla("In-app inbox\nScylla", tooltip="Holds badge and list, read when the app opens")
    device = Mobile("Member device", tooltip="Shows; is opened, dismissed or muted")
    log = Kafka("Event log\nKafka", tooltip="Keeps options, scores, propensity and outcome of each decision")

    with step("A login code skips ranking on its own partitions; {must_send_time} are summed up to the provider."):
        producer >> stream("must-send") >> must_send >> stream("bypass ranking") >> renderer
    with step("A ranked event lands on its member's partition; of {peak_rate} at peak, {eligible_share} pass."):
        producer >> stream("ranked event") >> candidates >> stream("{peak_rate} peak") >> eligibility
    with step("Local state gives caps, sends and last visit in {state_time}; related events merge for {merge_window}."):
        eligibility >> request("keyed read") >> state
        eligibility >> stream("{eligible_share} pass") >> aggregator
    with step("Open, uplift and opt-out hazard are predicted for {options:n} options, after a {feature_time} read."):
        aggregator >> request("merged event, state") >> ranker >> request("member, sender") >> features
    with step("The best option must beat the member's price; a coin decides {explored} of events instead."):
        ranker >> response("{options:n} option values") >> policy >> request("caps, price") >> state
    with step("Of the eligible, {held_share} wait {wait} on average, and are decided afresh when the timer fires."):
        policy >> stream("hold to hour") >> timers >> stream("timer fired") >> aggregator
    with step("The key is claimed on a lease and the cap reduced once, in {claim_time}; then the text is rendered."):
        policy >> stream("send now") >> renderer >> request("claim key, cap") >> dedup
    with step("The queue paces {push_rate:n} pushes a second, drops the expired; the sender confirms the key."):
        renderer >> stream("first only") >> outbound >> stream("paced by provider") >> sender
        sender >> request("{push_rate:n} pushes/s") >> push >> stream("push") >> device
        sender >> request("{emails:n} emails/day") >> email >> stream("email") >> device
        sender >> request("confirm key") >> dedup
    with step("In-app items wait in the inbox until the app opens: no provider stands in between."):
        renderer >> stream("{inbox_items:n} items/day") >> inbox
        device >> request("badge, list") >> inbox
    with step("Opens, mutes and unprompted visits are joined to the logged options and propensities."):
        push >> stream("receipts, bad tokens") >> log
        policy >> stream("options, propensity") >> log
        device >> feedback("open, mute, visit") >> log
    with step("Within 10 s a visit or mute reaches the member's state and suppresses what is pending."):
        log >> stream("last visit, mute") >> state


@view("Model", direction="TB")
def model() -> None:
    """One encoder of what was sent, four heads on it; uplift is the difference of two, and the utility is policy."""
    with Cluster("Inputs"):
        recent = Features("Recent sends", tooltip="Type, channel, hour and outcome of the last {sends:n}; unread count")
        habits = Features("Member habits", tooltip="Visits by hour of the week, last visit, tenure, fatigue counters")
        event = Features("Event and sender", tooltip="Type, age, affinity, quality, number of merged events")
        option = Features("Option and context", tooltip="Channel, local hour, platform, permission")
    with Cluster("Representation"):
        tables = EmbeddingTable("Embedding tables", tooltip="Learned vectors of type, sender segment, hour, channel")
        encoder = Encoder("Send encoder", tooltip="Small GRU over the recent sends; run once an event")
        cross = Interaction("Cross layers", tooltip="Joins encoder state, habits, event and option")
    experts = Expert("Shared layers", tooltip="Two dense layers that all heads share")
    with Cluster("Heads"):
        opened = Head("Open", tooltip="Probability of a tap within its window; sent rows")
        sent_visit = Head("Visit if sent", tooltip="Probability of a visit within 24 h under a send")
        bare_visit = Head("Visit if withheld", tooltip="The same, had it been withheld; blind to the option")
        hazard = Head("Opt-out hazard", tooltip="Daily hazard given the volume so far, with and without this send")
    with Cluster("Use"):
        calibrator = Calibrator("Calibrator\nby head", tooltip="Isotonic by channel and type; uplift checked by bins")
        utility = RuleEngine("Utility", tooltip="Value times uplift less future visits lost; compared with the price")
    labels = LabelJoin("Joined labels", tooltip="Open in 1 h, visit in 24 h, opt-out in 28 days, censored")
    loss = LossFunction("Weighted log-loss", tooltip="Inverse propensity for visits, survival likelihood for opt-outs")

    recent >> Edge(label="{sends:n} x 16") >> encoder >> Edge(label="64") >> cross
    habits >> Edge(label="220") >> cross
    event >> tables
    option >> tables
    tables >> Edge(label="4 x 16") >> cross
    cross >> Edge(label="348") >> experts
    experts >> Edge() >> opened
    experts >> Edge() >> sent_visit
    experts >> Edge() >> bare_visit
    experts >> Edge() >> hazard
    [opened, sent_visit, bare_visit, hazard] >> Edge() >> calibrator
    calibrator >> Edge(label="uplift, hazard") >> utility
    [opened, sent_visit, bare_visit, hazard] >> Edge() >> loss
    labels >> feedback("outcomes") >> loss


@view("Training")
def training() -> None:
    """Random send or no send gives uplift labels, long windows give opt-out cost; a replay precedes every launch."""
    engine = Flink("Decision engine\nFlink", tooltip="Decides with the released heads; logs every option")
    with Cluster("Data"):
        random_slice = Experiment("Randomised slice", tooltip="{explored} of eligible events: forced send or no send")
        lake = S3("Data lake", tooltip="Stores every option with score, features as used and propensity, {log_days}")
        events = Kafka("Event log\nKafka", tooltip="Carries opens, visits, mutes, uninstalls, provider receipts")
        join = Spark("Label join\nSpark", tooltip="1 h open, 24 h visit, 28-day opt-out; late labels re-emitted")
        debias = Spark(
            "Debias and sample\nSpark", tooltip="Weights by inverse propensity: the old policy must not grade itself"
        )
    with Cluster("Training"):
        heads = Trainer(
            "Encoder\nand open heads", tooltip="Trains the shared encoder with open and channel heads; warm start daily"
        )
        uplift = Trainer(
            "Visit uplift model", tooltip="Two visit heads on randomised rows; the full log regularises them"
        )
        opt_out = Trainer("Opt-out survival", tooltip="Hazard of mute or uninstall, given recent volume")
        curves = Trainer("Volume curve trainer", tooltip="Weekly activity of a member by volume level")
    with Cluster("Release"):
        simulator = Simulator("Replay simulator", tooltip="Runs logged events through policy and caps: volume, utility")
        gate = Choice("Offline gate", tooltip="Calibration, uplift curve, volume within 2 %, slice floors")
        registry = Mlflow("Model registry", tooltip="Heads, calibration and thresholds as one version")
        canary = Flagger(
            "Shadow and canary", tooltip="Shadow, 1 %, then {test_time} arms; a low-volume holdback of 1 % stays"
        )
    scheduler = Airflow("Scheduler", tooltip="Heads daily; uplift, curves and plan weekly")

    random_slice >> control("{explored} forced") >> engine >> stream("options, propensity") >> lake
    scheduler >> control("daily, weekly") >> join
    lake >> batch("{log_volume}") >> join
    events >> feedback("outcomes") >> join
    join >> batch("rows, propensity") >> debias >> batch("sent rows") >> heads
    join >> batch("{explore_rows:n} random rows") >> uplift
    debias >> batch("weighted log") >> uplift
    heads >> batch("encoder") >> [uplift, opt_out]
    join >> batch("28-day windows") >> opt_out
    join >> batch("weekly panels") >> curves
    heads >> batch("candidate heads") >> simulator
    uplift >> batch("uplift") >> simulator
    opt_out >> batch("opt-out hazard") >> simulator
    curves >> batch("member budgets") >> simulator
    simulator >> batch("forecast") >> gate >> control("passed") >> registry >> control("version") >> canary
    canary >> control("staged rollout") >> engine


@view("Volume")
def volume() -> None:
    """Volume as a budget: curves and a solver offline, prices online, and a controller that keeps it on target."""
    with Cluster("Offline plan"):
        curves = Forecaster(
            "Volume response curves", tooltip="Predict activity in the week at {levels:n} volume levels"
        )
        cost = Calibrator("Opt-out cost", tooltip="Prices a mute in future visits lost, from survival")
        owner = User("Volume owner", tooltip="Approves targets and limits by segment and type")
        solver = Spark(
            "Budget solver\nSpark",
            tooltip="Finds most activity under total volume; dual variables are prices; {plan_cores:n} cores, {plan_time}",
        )
        plan = Scylla("Weekly plan\nScylla", tooltip="Holds budget and price of each member, versioned")
    with Cluster("Online control"):
        pacing = Flink("Pacing state\nFlink", tooltip="Compares budget used with the member's own weekly rhythm")
        send_time = Forecaster("Send-time model", tooltip="Predicts the value of waiting, by hour of the week")
        ranker = Ranker("Ranker\nmulti-head", tooltip="Values each channel option, to set against the price")
        controller = Planner(
            "Threshold controller\nPID", tooltip="Steers actual to planned volume by segment, within a clamp"
        )
        quotas = Etcd("Team quotas\netcd", tooltip="Keep one type from taking the whole budget")
        policy = Choice("Send policy", tooltip="Sends if value beats price plus the controller's offset")
    with Cluster("Feedback"):
        events = Kafka("Event log\nKafka", tooltip="Carries opens, dismissals, visits, mutes")
        fatigue = Redis("Fatigue counters\nRedis", tooltip="Count sends, ignores, dismissals in 1, 7 and 28 days")
        holdback = Clickhouse(
            "Holdback analysis", tooltip="Measures the long-run effect of volume, from a permanent holdback"
        )

    curves >> batch("{points:n} points") >> solver
    cost >> batch("cost per send") >> solver
    owner >> control("constraints") >> solver >> batch("budgets, prices") >> plan >> batch("weekly budget") >> pacing
    plan >> batch("planned volume") >> controller
    policy >> request("price") >> plan
    ranker >> response("option values") >> policy
    send_time >> response("value of waiting") >> policy
    pacing >> stream("budget left") >> policy
    quotas >> control("type quota") >> policy
    controller >> control("offset") >> policy
    policy >> stream("actual volume") >> controller
    policy >> stream("sends") >> fatigue
    events >> feedback("ignored, dismissed") >> fatigue
    fatigue >> stream("ignored hours") >> send_time
    fatigue >> batch("fatigue history") >> cost
    policy >> batch("arm, decision") >> holdback
    events >> feedback("visits, mutes") >> holdback >> feedback("long-run effect") >> owner


@view("Operations")
def operations() -> None:
    """Delivery health, volume safety, experiments, and how the system degrades without flooding anybody."""
    with Cluster("Serving"):
        engine = Flink("Decision engine\nFlink", tooltip="Emits lag, drop reasons, score and threshold histograms")
        delivery = Go("Delivery service", tooltip="Emits provider errors, duplicates, dead tokens")
        switches = Etcd("Feature flags\netcd", tooltip="Stop a type, channel, country or campaign in seconds")
        safe_mode = Fallback("Safe mode", tooltip="Transactional only, static caps; stale events expire")
        events = Kafka("Event log\nKafka", tooltip="Carries opens, visits, mutes and receipts")
    with Cluster("Observe"):
        metrics = Prometheus("Metrics\nPrometheus", tooltip="Consumer lag, provider errors, send rate by type")
        sentinel = Flink(
            "Volume sentinel\nFlink", tooltip="Holds sends per member to a 7-day band; finds loops in minutes"
        )
        calibration = Spark("Calibration job\nSpark", tooltip="Compares predicted with observed open, uplift, opt-out")
        dashboards = Grafana("Dashboards\nGrafana", tooltip="Volume, opt-outs, delivery and model health")
        alerts = Pagerduty("On-call alerts", tooltip="Pages on a volume spike, lag over 60 s, a jump in opt-outs")
    with Cluster("Decide"):
        oncall = User("On-call engineer", tooltip="Judges the page and starts a rollback")
        analysis = Clickhouse("Experiment analysis", tooltip="Arms by member over {test_time}; interference of teams")
        council = Users("Notification council", tooltip="Approves new types, quotas and goals")
        retrain = Airflow("Retrain trigger", tooltip="Runs early on calibration drift or a client release")
        rollback = Argocd("Rollback controller", tooltip="Restores heads and thresholds together")

    engine >> stream("lag, drops") >> metrics >> stream("series") >> dashboards
    delivery >> stream("errors, receipts") >> metrics >> control("SLO burn") >> alerts
    engine >> stream("sends") >> sentinel >> control("spike") >> alerts
    sentinel >> control("stop type") >> switches
    engine >> batch("decisions, scores") >> calibration >> batch("slices") >> dashboards
    events >> feedback("outcomes") >> calibration
    calibration >> control("drift") >> retrain >> control("gated heads") >> engine
    engine >> batch("arms") >> analysis
    events >> feedback("visits, opt-outs") >> analysis >> feedback("4-week read-out") >> council
    council >> control("quotas, types") >> switches >> control("switches, seconds") >> engine
    (
        engine
        >> control("ranker timeout")
        >> safe_mode
        >> control("static caps")
        >> delivery
        >> stream("receipts")
        >> events
    )
    alerts >> control("page") >> oncall >> control("bad release") >> rollback >> control("previous version") >> engine
