"""Decide for each event whether, when and on which channel to interrupt a person, within 5 s.

The reward is causal and late. A click may only replace a visit that would have happened anyway, and every needless
buzz brings the person closer to muting, opting out or uninstalling, which is nearly final.

All product teams draw on the same attention, so volume is a budget: what is sent now changes the value of what comes
next, and one layer has to decide for everybody.
"""

from diagrams import Cluster
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
    Budget,
    Calibrator,
    Decision,
    Estimate,
    Experiment,
    FailureMode,
    Fallback,
    FeatureStore,
    Forecaster,
    Metrics,
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
    request,
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
    eligible_share=assume("Events that are eligible", 30, "percent", note="after settings, consent and caps"),
    eligible=derive("Events for the ranker per day", "events * eligible_share", "event/day"),
    held_share=assume("Eligible events that are held", 20, "percent", note="scored again when the timer fires"),
    options=assume("Channel options of an event", 4, "option/event", note="push, email, in-app, none"),
    scores=derive("Ranker scores at peak", "peak_rate * eligible_share * (1 + held_share) * options", "option/s"),
    core_speed=assume("Ranker speed", 3e3, "option/s/core", note="small multi-head network"),
    busy=assume("Load at which cores are run", 60, "percent"),
    cores=derive("Ranker cores", "ceil(scores / (core_speed * busy))", "core"),
    push_share=assume("Events sent as push", 4, "percent"),
    email_share=assume("Events sent as email", 1, "percent"),
    inbox_share=assume("Events shown in the app", 15, "percent"),
    sent_share=derive("Events sent on any channel", "push_share + email_share + inbox_share", "percent"),
    outside_share=derive("Events that leave as push or email", "push_share + email_share", "percent"),
    pushes=derive("Pushes per day", "events * push_share", "event/day"),
    push_load=derive("Pushes a member gets", "pushes / members", "event/member/day"),
    push_cap=assume("Most pushes a member may get", 3, "event/member/day"),
    push_rate=derive("Peak push rate to providers", "pushes * peak_factor", "event/s"),
    quota=cite("Default FCM quota of a project", 600e3, "event/minute", source="Firebase documentation"),
    quota_need=derive("Default quotas needed at peak", "push_rate / quota", note="so a raised quota is needed"),
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
    explored=assume("Eligible events decided at random", 1, "percent"),
    explore_rows=derive("Randomised rows per day", "eligible * explored", "event/day", note="labels for uplift"),
    levels=assume("Volume levels of the weekly plan", 8, "point/member"),
    points=derive("Points of the weekly plan", "members * levels", "point"),
    plan_speed=assume("Points a core scores", 5e3, "point/s/core"),
    plan_time=assume("Time for the plan", 2, "hour"),
    plan_cores=derive("Cores for the plan", "ceil(points / (plan_speed * plan_time))", "core"),
    opt_out=assume("Pushes that cost an opt-out", 0.01, "percent*member/event", note="watched in basis points"),
    opt_outs=derive("Push opt-outs per day", "pushes * opt_out", "member/day"),
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
    requirements=Requirements(
        functional=[
            "One decision layer for all types; security and transactional messages bypass ranking, not tracking.",
            "Send, hold, merge into a digest or drop; channel and hour in the member's zone, with quiet hours.",
            "Settings, consent, caps and language are honoured; every notification says why it came and can be muted.",
            "Value is incremental visits less opt-out cost; a solver sets volume limits by segment.",
        ],
        qualities={
            "Latency": "p99 from event to provider: transactional 2 s, ranked 5 s if sent now; digests within their hour (assumptions).",
            "Freshness": "A visit or mute counts in 10 s, so nobody hears of what they just saw (assumption).",
            "Availability": "99.95 % of transactional messages reach a provider in 60 s (assumption).",
            "Delivery": "Under 1 in 100,000 transactional messages is sent twice; a ranked one is rather lost than sent twice (assumptions).",
        },
    ),
    estimate=ESTIMATE,
    headline=["peak_rate", "scores", "push_rate", "state", "opt_outs"],
    budget=Budget(
        "p99 from event to push provider, sent now",
        promise=5000,
        stages={
            "Event publish and Kafka hop": 150,
            "Eligibility, settings, consent": 100,
            "Keyed state: caps, recent sends, last visit": 50,
            "Aggregation window for related events": 2000,
            "Feature fetch": 60,
            "Multi-head ranker, {options} options": 80,
            "Policy: utility, price, send-time check": 30,
            "Render, localise, sign links": 180,
            "De-duplication and cap commit": 50,
            "Outbound queue with pacing by provider": 1800,
            "Provider call with one retry": 500,
        },
    ),
    decisions=[
        Decision(
            "Incremental visits less opt-out cost", rejected=["click probability"], revisit_when="the click is the goal"
        ),
        Decision(
            "A volume solver with online prices",
            rejected=["reinforcement learning"],
            revisit_when="order matters and logs explore well",
        ),
        Decision(
            "A stream keyed by member, with timers",
            rejected=["a daily batch plan"],
            revisit_when="only digests and email are sent",
        ),
        Decision(
            "One central decision layer",
            rejected=["sending by each team"],
            revisit_when="there are only a handful of types",
        ),
        Decision(
            "{explored} sent or withheld at random",
            rejected=["adjusting observed data"],
            revisit_when="nothing may be withheld",
        ),
        Decision(
            "At least once, claim then confirm",
            rejected=["collapse keys on the device"],
            revisit_when="every client and type has them",
        ),
    ],
    failures=[
        FailureMode("A producer emits in a loop", "Sends by member and type", "Kill switch, de-duplication, back-off"),
        FailureMode("A stale burst follows an outage", "Lag over 60 s", "Drop the expired, transactional lane first"),
        FailureMode("A score shift doubles volume", "Saturated controller", "Clamp it, roll heads and thresholds back"),
        FailureMode("Short tests miss opt-outs", "4-week arms, holdback", "Block or reverse, raise the cost of a send"),
        FailureMode("A push provider fails", "Receipt gap by provider", "Queue with expiry; transactional elsewhere"),
        FailureMode("Member state is cold", "Restore time, missing states", "Cautious caps; no send without cap state"),
    ],
    metrics=Metrics(
        offline=[
            "AUC and calibration of open and opt-out heads",
            "Uplift curve on randomised rows, off-policy value",
            "Volume error of the simulator",
        ],
        online=[
            "Incremental active members over the holdback",
            "Sessions and value per send, open share, time to open",
        ],
        guardrail=[
            "Disables, uninstalls and complaints per million sends",
            "Duplicates, quiet-hour breaches, sends per member at p99, transactional p99",
            "Reach of new and small creators",
        ],
    ),
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
    """),
)


@view("Overview")
def overview() -> None:
    """One funnel for every team's events; outcomes return to the value models and the volume plan."""
    with Cluster("Sources"):
        teams = Users("Product teams", tooltip="Publish candidate events; never send by themselves")
        generator = Spark("Content generator\nSpark", tooltip="Daily candidates for members with few events")
    with Cluster("Decide"):
        candidates = Kafka("Candidate log\nKafka", tooltip="Keyed by member: one worker sees all of a member's events")
        engine = Flink("Decision engine\nFlink", tooltip="State, timers and policy: drop, hold, merge or send")
        ranker = Ranker("Ranker\nmulti-head", tooltip="Open, visit uplift and opt-out for each channel option")
        features = FeatureStore("Online feature store", tooltip="Habits, affinity to senders, recent fatigue")
        planner = Spark("Volume planner\nSpark", tooltip="Weekly budget and price of a member, by optimisation")
    with Cluster("Deliver"):
        delivery = Go("Delivery service", tooltip="Renders, de-duplicates, paces and calls providers")
        channels = FCM("Channels\npush, email, inbox", tooltip="Providers with quotas and receipts, and the inbox")
        members = Users("Members", tooltip="See, open, dismiss, mute, or visit on their own")
    with Cluster("Learn"):
        events = Kafka("Event log\nKafka", tooltip="Decisions, receipts, opens, visits and mutes")
        training = Kubeflow("Training pipeline", tooltip="Uplift and long-term models from randomised traffic")
        registry = Mlflow("Model registry", tooltip="Heads, calibration and thresholds as one version")

    teams >> stream("candidate events") >> candidates
    generator >> batch("daily batch") >> candidates >> stream("{events}") >> engine
    engine >> request("eligible {eligible_share}") >> ranker >> request("features") >> features
    planner >> batch("budgets, prices") >> engine
    engine >> stream("{sent_share} sent") >> delivery >> request("{push_rate} peak") >> channels
    channels >> stream("notification") >> members >> feedback("open, visit, mute") >> events
    channels >> stream("receipts") >> events
    engine >> stream("decision log") >> events >> stream("under 10 s") >> engine
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
        candidates = Kafka("Candidate lane\nKafka", tooltip="Ranked events, keyed by member")
    with Cluster("Decide"):
        eligibility = Flink("Eligibility\nFlink", tooltip="Settings, consent, quiet hours, language, expiry")
        state = FeatureStore("Member state\nRocksDB", tooltip="Caps, last {sends} sends, last visit; in the worker")
        aggregator = Flink("Aggregator\nFlink", tooltip='Merges related events ("5 people liked") for 2 s or more')
    with Cluster("Value"):
        features = Redis("Online feature store\nRedis", tooltip="Activity by hour, affinity to senders, fatigue")
        ranker = Ranker("Ranker\nmulti-head", tooltip="P(open), visit uplift, opt-out risk of each option")
        policy = Choice("Send policy", tooltip="Utility against the member's price: send now, hold or drop")
        timers = Flink("Timer queue\nFlink", tooltip="Waits for a better hour; then the event is decided again")
    with Cluster("Deliver"):
        renderer = Go("Renderer", tooltip="Template, locale, deep link, preview without private detail")
        dedup = Redis("De-duplicate, caps\nRedis", tooltip="Claims the key on a lease, takes one from the cap")
        outbound = Rabbitmq("Outbound queue\nRabbitMQ", tooltip="Priorities, pacing by provider, retry with expiry")
        push = FCM("Push providers\nFCM, APNs", tooltip="Deliver to devices, report invalid tokens")
        email = SES("Email provider", tooltip="Limited by reputation and warm-up")
        inbox = Scylla("In-app inbox\nScylla", tooltip="Badge and list, read when the app opens")
    device = Mobile("Member device", tooltip="Shows; is opened, dismissed or muted")
    log = Kafka("Event log\nKafka", tooltip="Options, scores, propensity and outcome of each decision")

    with step("A login code skips ranking on its own partitions; it has 2 s from event to provider."):
        producer >> stream("must-send") >> must_send >> stream("bypass ranking") >> renderer
    with step("A ranked event lands on its member's partition; of {peak_rate} at peak, {eligible_share} pass."):
        producer >> stream("ranked event") >> candidates >> stream("{peak_rate} peak") >> eligibility
    with step("Local state gives caps, sends and last visit in 50 ms; related events merge for 2 s or more."):
        eligibility >> request("keyed read") >> state
        eligibility >> stream("{eligible_share} pass") >> aggregator
    with step("Open, visit uplift and opt-out risk are predicted for {options} options, 80 ms after a 60 ms read."):
        aggregator >> request("merged candidate") >> ranker >> request("60 ms") >> features
    with step("The best option must beat the member's price; {outside_share} of events leave as push or email."):
        ranker >> request("{options} option values") >> policy >> request("caps, price") >> state
    with step("Of the eligible, {held_share} wait {wait} on average, and are decided afresh when the timer fires."):
        policy >> stream("hold to hour") >> timers >> stream("timer fired") >> aggregator
    with step("Text is localised; the key is claimed on a lease and the cap reduced once, in 50 ms."):
        policy >> stream("send now") >> renderer >> request("key, cap") >> dedup
    with step("The queue paces {push_rate:n} pushes a second, drops the expired and confirms the key."):
        dedup >> stream("first only") >> outbound >> request("{push_rate} peak") >> push >> stream("push") >> device
        outbound >> request("{emails}") >> email >> stream("email") >> device
        outbound >> request("mark sent") >> dedup
    with step("In-app items wait in the inbox until the app opens: no provider stands in between."):
        dedup >> stream("{inbox_items}") >> inbox
        device >> request("badge, list") >> inbox
    with step("Opens, mutes and unprompted visits are joined to the logged options and propensities."):
        push >> stream("receipts, bad tokens") >> log
        policy >> stream("options, propensity") >> log
        device >> feedback("open, mute, visit") >> log
    with step("Within 10 s a visit or mute reaches the member's state and suppresses what is pending."):
        log >> stream("last visit, mute") >> state


@view("Training")
def training() -> None:
    """Random send or no send gives uplift labels, long windows give opt-out cost; a replay precedes every launch."""
    with Cluster("Data"):
        lake = S3("Data lake", tooltip="Every option with score, features as used and send probability")
        events = Kafka("Event log\nKafka", tooltip="Opens, visits, mutes, uninstalls, provider receipts")
        random_slice = Experiment("Randomised slice", tooltip="{explored} of eligible events: forced send or no send")
        join = Spark("Label join\nSpark", tooltip="1 h open, 24 h visit, 28-day opt-out; late labels re-emitted")
        debias = Spark("Debias and sample\nSpark", tooltip="Inverse propensity: the old policy must not grade itself")
    with Cluster("Training"):
        heads = Trainer("Open, channel heads", tooltip="Multi-task network, warm start every day")
        uplift = Trainer("Visit uplift model", tooltip="Response if sent and if not; the full log regularises it")
        opt_out = Trainer("Opt-out survival", tooltip="Hazard of mute or uninstall, given recent volume")
        curves = Trainer("Volume curve trainer", tooltip="Weekly activity of a member by volume level")
    with Cluster("Release"):
        simulator = Simulator("Replay simulator", tooltip="Logged events through policy and caps: volume, utility")
        gate = Choice("Offline gate", tooltip="Calibration, uplift curve, volume within 2 %, slice floors")
        registry = Mlflow("Model registry", tooltip="Heads, calibration and thresholds as one version")
        canary = Flagger(
            "Shadow and canary", tooltip="Shadow, 1 %, then 4-week arms; a low-volume holdback of 1 % stays"
        )
    scheduler = Airflow("Scheduler", tooltip="Heads daily; uplift, curves and plan weekly")

    scheduler >> control("daily, weekly") >> join
    lake >> batch("{log_volume}") >> join
    events >> batch("outcomes") >> join
    random_slice >> batch("{explore_rows:n} rows/day") >> join
    join >> batch("rows, propensity") >> debias >> batch("sent rows") >> heads
    join >> batch("randomised rows") >> uplift
    debias >> batch("weighted log") >> uplift
    join >> batch("28-day windows") >> opt_out
    join >> batch("weekly panels") >> curves
    heads >> batch("candidate heads") >> simulator
    uplift >> batch("uplift") >> simulator
    opt_out >> batch("opt-out cost") >> simulator
    curves >> batch("member budgets") >> simulator
    simulator >> batch("forecast") >> gate >> control("passed") >> registry >> control("version") >> canary
    canary >> stream("new decisions") >> lake


@view("Volume")
def volume() -> None:
    """Volume as a budget: curves and a solver offline, prices online, and a controller that keeps it on target."""
    with Cluster("Offline plan"):
        curves = Forecaster("Volume response curves", tooltip="P(active in the week) at {levels} volume levels")
        cost = Calibrator("Opt-out cost", tooltip="Future visits lost when a member mutes, from survival")
        owner = User("Volume owner", tooltip="Approves targets and limits by segment and type")
        solver = Spark("Budget solver\nSpark", tooltip="Most activity under total volume; dual variables are prices")
        plan = Scylla("Weekly plan\nScylla", tooltip="Budget and price of each member, versioned")
    with Cluster("Online control"):
        pacing = Flink("Pacing state\nFlink", tooltip="Budget used, against the member's own weekly rhythm")
        send_time = Forecaster("Send-time model", tooltip="Expected value of waiting, by hour of the week")
        ranker = Ranker("Ranker\nmulti-head", tooltip="Value of each channel option, to set against the price")
        controller = Planner("Threshold controller\nPID", tooltip="Actual against planned volume by segment, channel")
        quotas = Etcd("Team quotas\netcd", tooltip="Keep one type from taking the whole budget")
        policy = Choice("Send policy", tooltip="Sends if value beats price plus the controller's offset")
    with Cluster("Feedback"):
        fatigue = Redis("Fatigue counters\nRedis", tooltip="Sends, ignores, dismissals in 1, 7 and 28 days")
        holdback = Clickhouse("Holdback analysis", tooltip="Long-run effect of volume, from a permanent holdback")

    curves >> batch("{points:n} points") >> solver
    cost >> batch("cost per send") >> solver
    owner >> control("constraints") >> solver >> batch("budgets, prices") >> plan >> batch("weekly budget") >> pacing
    ranker >> request("option values") >> policy
    send_time >> request("value of waiting") >> policy
    pacing >> stream("budget left") >> policy
    quotas >> control("type quota") >> policy
    controller >> control("offset") >> policy >> request("price") >> plan
    policy >> stream("actual volume") >> controller
    policy >> stream("sent, dropped") >> fatigue >> stream("ignored hours") >> send_time
    fatigue >> batch("fatigue history") >> cost
    policy >> batch("arm, outcome") >> holdback >> feedback("long-run effect") >> owner


@view("Operations")
def operations() -> None:
    """Delivery health, volume safety, experiments, and how the system degrades without flooding anybody."""
    with Cluster("Serving"):
        engine = Flink("Decision engine\nFlink", tooltip="Emits lag, drop reasons, score and threshold histograms")
        delivery = Go("Delivery service", tooltip="Emits provider errors, duplicates, dead tokens")
        switches = Etcd("Feature flags\netcd", tooltip="Stop a type, channel, country or campaign in seconds")
        safe_mode = Fallback("Safe mode", tooltip="Transactional only, static caps; stale events expire")
    with Cluster("Observe"):
        metrics = Prometheus("Metrics\nPrometheus", tooltip="Consumer lag, provider errors, send rate by type")
        sentinel = Flink("Volume sentinel\nFlink", tooltip="Sends per member in a 7-day band; finds loops in minutes")
        calibration = Spark("Calibration job\nSpark", tooltip="Predicted against observed open, uplift, opt-out")
        dashboards = Grafana("Dashboards\nGrafana", tooltip="Volume, opt-outs, delivery and model health")
        alerts = Pagerduty("On-call alerts", tooltip="Volume spike, lag over 60 s, jump in opt-outs")
    with Cluster("Decide"):
        analysis = Clickhouse("Experiment analysis", tooltip="Arms by member over 4 weeks; interference of teams")
        council = Users("Notification council", tooltip="Approves new types, quotas and goals")
        retrain = Airflow("Retrain trigger", tooltip="Runs early on calibration drift or a client release")
        rollback = Argocd("Rollback controller", tooltip="Restores heads and thresholds together")

    engine >> stream("lag, drops") >> metrics >> stream("series") >> dashboards
    delivery >> stream("errors, receipts") >> metrics >> control("SLO burn") >> alerts
    engine >> stream("sends") >> sentinel >> control("spike") >> alerts
    engine >> batch("decisions, outcomes") >> calibration >> batch("slices") >> dashboards
    calibration >> control("drift") >> retrain >> control("gated heads") >> engine
    engine >> batch("arm outcomes") >> analysis >> feedback("4-week read-out") >> council
    council >> control("quotas, types") >> switches >> control("push, seconds") >> engine
    alerts >> control("stop type") >> switches
    alerts >> control("ranker down") >> safe_mode >> control("static caps") >> delivery
    alerts >> control("bad release") >> rollback >> control("previous version") >> engine
