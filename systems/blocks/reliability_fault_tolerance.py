"""Keep a useful answer coming while machines, zones, dependencies, releases and models fail.

One page asks a dozen services, and a chain is as weak as the product of its links: ten dependencies that are each
up 99.9 % of the time make a page that is down for hours a month. The first fault is usually small. What turns it
into an outage is the reaction: retries, cold caches and failovers that add load where there is least to spare.

Models fail in ways of their own. A stale model, a feature that is null everywhere or a score that is not a number all
come back quickly, with status 200. So the design needs both: limits that keep a fault where it began, and a ladder of
poorer answers, each of which was tried in a drill and is marked as what it is.
"""

from diagrams import Cluster
from diagrams.aws.network import Route53
from diagrams.aws.storage import S3
from diagrams.generic.place import Datacenter
from diagrams.generic.storage import Storage
from diagrams.k8s.chaos import ChaosMesh
from diagrams.k8s.clusterconfig import HPA
from diagrams.onprem.analytics import Spark
from diagrams.onprem.client import User, Users
from diagrams.onprem.database import Cockroachdb
from diagrams.onprem.inmemory import Redis
from diagrams.onprem.monitoring import Prometheus
from diagrams.onprem.network import Envoy, Etcd
from diagrams.onprem.queue import Kafka
from diagrams.onprem.workflow import Airflow
from diagrams.programming.flowchart import StartEnd
from diagrams.programming.language import Go

from archfolio import (
    AntiPattern,
    BuildingBlock,
    Cache,
    Calculator,
    Chart,
    DecisionTable,
    Estimate,
    Fallback,
    FollowUp,
    Guard,
    MathFormula,
    ModelPool,
    ModelServer,
    Option,
    Planner,
    Ranker,
    Term,
    UsedBy,
    assume,
    batch,
    below,
    bibliography,
    cite,
    control,
    derive,
    feedback,
    request,
    response,
    same_row,
    stream,
    view,
)

ESTIMATE = Estimate(
    month=assume("Window", 30, "day"),
    dependency=assume("Availability of a dependency, of the time", 99.9, "percent"),
    serial=assume("Dependencies that a page needs", 10),
    chain_down=derive("Page down, all dependencies needed", "(1 - dependency ** serial) * month", "hour"),
    one_down=derive("One dependency down", "(1 - dependency) * month", "min"),
    replicas=assume("Independent replicas of a dependency", 2),
    ideal_down=derive(
        "Replicated dependency down, if replicas share nothing", "(1 - dependency) ** replicas * month", "s"
    ),
    shared=assume(
        "Failures that hit all replicas at once, of failures",
        10,
        "percent",
        note="one release, one config, one key that expires",
    ),
    real_down=derive(
        "Replicated dependency down, with what they share",
        "(shared * (1 - dependency) + ((1 - shared) * (1 - dependency)) ** replicas) * month",
        "min",
        note="the beta-factor model of common-cause failures",
    ),
    soft=assume("Dependencies that have a fallback, of those", 7),
    fallback_works=assume(
        "Times that a fallback works when it is needed, of times", 98, "percent", note="drilled monthly"
    ),
    fallback_down=derive(
        "Page down, with the fallbacks",
        "(1 - (1 - (1 - dependency) * (1 - fallback_works)) ** soft * dependency ** (serial - soft)) * month",
        "hour",
    ),
    degraded=derive("Time that some fallback answers, of the time", "1 - dependency ** soft", "percent"),
    down_99=derive("Down a month at 99 %", "month * 0.01", "hour"),
    down_999=derive("Down a month at 99.9 %", "month * 0.001", "min"),
    down_9995=derive("Down a month at 99.95 %", "month * 0.0005", "min"),
    down_9999=derive("Down a month at 99.99 %", "month * 0.0001", "min"),
    down_99999=derive("Down a month at 99.999 %", "month * 0.00001", "s"),
    layers=assume("Layers that retry", 3),
    tries=assume("Tries of each layer", 3),
    storm=derive("Calls per request, dependency down", "tries ** layers"),
    retry_share=cite(
        "Retries that a budget allows, of requests", 10, "percent", source="Site Reliability Engineering, ch. 21"
    ),
    budgeted=derive("Calls per request with budgets", "(1 + retry_share) ** layers"),
    calls=assume("Calls to a dependency, per server", 400, "call/s/server"),
    usual=assume("Its usual latency", 10, "ms"),
    timeout=assume("Timeout of the call", 1_000, "ms"),
    usual_flight=derive("Calls in flight, usually", "calls * usual", "call/server"),
    hung_flight=derive("Calls in flight when it hangs", "calls * timeout", "call/server"),
    peak=assume("Peak load", 12_000, "request/s"),
    speed=assume("Load a replica serves", 150, "request/s/replica"),
    target=assume("Planned load at peak, of capacity", 70, "percent"),
    zones=assume("Zones", 3, "zone"),
    zone_replicas=derive(
        "Replicas in a zone, so that one zone may fail", "ceil(peak / ((zones - 1) * speed * target))", "replica/zone"
    ),
    fleet=derive("Replicas in all", "zones * zone_replicas", "replica"),
    minimum=derive("Replicas without a zone to spare", "ceil(peak / (speed * target))", "replica"),
    extra=derive("Price of a zone to spare, of the minimum", "fleet / minimum - 1", "percent"),
    state=assume("State to restore", 20e12, "byte", note="features, indexes, tables"),
    restore_speed=assume("Speed of the restore", 2e9, "byte/s", note="measured in the last drill"),
    decide=assume("Detection and decision", 20, "min"),
    warm=assume("Loading and warming of models and caches", 25, "min"),
    restore=derive("Restore from backup", "state / restore_speed", "hour"),
    rto=derive("Recovery time from backup (RTO)", "decide + restore + warm", "hour"),
    rto_warm=derive("Recovery time of a warm standby (RTO)", "decide + warm", "min"),
    lag=assume("Lag of the mirrored log", 5, "s"),
    events=assume("Events a second", 50e3, "event/s"),
    lost=derive("Events lost in a failover (RPO)", "lag * events", "event"),
)

BLOCK = BuildingBlock(
    title="Reliability and fault tolerance",
    position=7,
    estimate=ESTIMATE,
    terms=[
        Term(
            "Availability of a chain",
            "If every dependency is needed, their availabilities multiply; a fallback takes a dependency out of the product.",
            MathFormula(
                "In series and in parallel",
                r"A_{\text{series}} = \prod_{i=1}^{n} A_i, \qquad A_{\text{parallel}} = 1 - (1 - A)^{n}",
                "Both assume independent failures. {serial} dependencies at {dependency} cost {chain_down} a month.",
            ),
        ),
        Term(
            "Common-cause failure",
            "A failure that takes all replicas down at once: a release, a configuration, a poisoned input, an expired certificate. It limits what replicas can buy.",
            MathFormula(
                "Beta-factor model",
                r"U = \beta u + \left((1 - \beta) u\right)^{n}",
                "u is the unavailability of one replica, β the share of its failures that hit all. At β = {shared}, a second replica improves {one_down} to {real_down}, not to {ideal_down}.",
            ),
        ),
        Term(
            "Metastable failure",
            "An overload that outlives its trigger because the reaction sustains it: retries, timeouts or an empty cache keep demand above capacity until load is cut.",
        ),
        Term(
            "Retry amplification",
            "Layers that retry multiply: the dependency at the bottom receives the product of their tries just when it is weakest.",
            MathFormula(
                "Calls per request",
                r"\prod_{l=1}^{L} r_l \;\; \text{without a budget,} \qquad (1 + b)^{L} \;\; \text{with one}",
                "r is the tries of a layer, b the budget as a share of its requests: {storm} calls against {budgeted} here.",
            ),
        ),
        Term(
            "Deadline propagation",
            "The time at which the user gives up travels with the request; each hop subtracts what it used, refuses work that cannot finish, and cancels what nobody waits for.",
        ),
        Term(
            "Circuit breaker",
            "A state machine in the caller: closed while calls go well, open to fail at once after too many went badly, half-open to try a few.",
        ),
        Term(
            "Bulkhead",
            "A limit on what one dependency may hold of its caller: a pool or semaphore of its own, so that a hung call cannot use up every thread.",
            MathFormula(
                "Little's law",
                r"L = \lambda W",
                "Calls in flight are rate times latency: when W grows from {usual} to the timeout of {timeout}, L grows from {usual_flight} to {hung_flight} on each server.",
            ),
        ),
        Term(
            "Adaptive throttling",
            "A client drops its own requests with a probability that follows how many the server has accepted lately, so that a rejection costs the server nothing.",
            MathFormula(
                "Probability of a local rejection",
                r"p = \max\left(0, \frac{\text{requests} - K \cdot \text{accepts}}{\text{requests} + 1}\right)",
                "Over the last two minutes; K = 2 lets through twice what is accepted, so that recovery is noticed.",
            ),
        ),
        Term(
            "Static stability",
            "The data plane goes on with what it has when the control plane is down: surviving the loss of a zone needs no scaling and no look-up.",
            MathFormula(
                "Capacity of each of z zones",
                r"c = \frac{\text{peak}}{z - 1}",
                "Three zones run at two thirds of their capacity at peak, and any two carry all.",
            ),
        ),
        Term(
            "RPO and RTO",
            "How much data, counted in time, and how much time a disaster may cost: the first is set by how often state is copied, the second by what must still be done when it strikes.",
        ),
    ],
    calculators=[
        Calculator(
            "Availability of a chain",
            "How long is the page down in a month, and what do replicas and fallbacks change?",
            [
                "one_down",
                "chain_down",
                "ideal_down",
                "real_down",
                "fallback_down",
                "degraded",
                "down_99",
                "down_999",
                "down_9995",
                "down_9999",
                "down_99999",
            ],
            "Fallbacks beat replicas: they also work when all replicas fail for one reason. What remains comes from the dependencies that have none, so those are the ones to replicate. The degraded share is the price: that much of the time the answer is poorer, and it must be flagged. The last lines say what each nine allows. Independence is assumed between dependencies; a shared region or login service breaks it.",
        ),
        Calculator(
            "Load and time after a failure",
            "What do retries, hung calls, a lost zone and a lost region cost?",
            [
                "storm",
                "budgeted",
                "usual_flight",
                "hung_flight",
                "zone_replicas",
                "fleet",
                "extra",
                "restore",
                "rto",
                "rto_warm",
                "lost",
            ],
            "If calls in flight at the timeout exceed the threads of a server, one hung dependency stops all others: shorten the timeout towards the dependency's 99.9th percentile and cap the pool. A restore that takes hours decides the tier: for an RTO below an hour, the state must already be where it will be served. Use the speed that the last restore drill measured.",
        ),
    ],
    tables=[
        DecisionTable(
            "Which guard stops what",
            ["Watches", "Stops", "Does harm when"],
            [
                Option(
                    "Deadline",
                    [
                        "The time left of the request",
                        "Work that nobody waits for",
                        "Each hop starts a clock of its own",
                    ],
                    "Always, on every call",
                ),
                Option(
                    "Retry with budget and jitter",
                    [
                        "Errors of one call",
                        "A single lost packet or a restarting host",
                        "Several layers do it, or the call is not idempotent",
                    ],
                    "Faults are brief, and the error came fast",
                ),
                Option(
                    "Hedged request",
                    [
                        "Latency above its 95th percentile",
                        "One slow replica",
                        "The whole service is slow: load grows just then",
                    ],
                    "Reads, idempotent, replicas spread over hosts; capped at a few percent",
                ),
                Option(
                    "Circuit breaker",
                    [
                        "Share of failed and slow calls",
                        "Calls to a dependency that is down",
                        "One breaker covers many hosts or keys, and a failing part cuts off the whole",
                    ],
                    "A fallback exists, and failing costs time",
                ),
                Option(
                    "Bulkhead",
                    [
                        "Calls in flight per dependency",
                        "One dependency using every thread",
                        "Limits are guessed and never revised",
                    ],
                    "Several dependencies share a process",
                ),
                Option(
                    "Envoy's circuit breaking",
                    [
                        "Connections, pending and parallel requests, retries",
                        "A queue that grows without end",
                        "The defaults stay: 1,024 requests are too many for a GPU and too few for a cache",
                    ],
                    "A limit in the proxy is enough: this is a bulkhead, not a state machine",
                ),
                Option(
                    "Outlier detection",
                    [
                        "Consecutive errors and success rate of each host",
                        "One bad host in a good fleet",
                        "All hosts fail together; the largest share that may be ejected must be low",
                    ],
                    "Hosts differ: bad hardware, a broken model on one GPU",
                ),
                Option(
                    "Load shedding",
                    [
                        "Queue age, by class of request",
                        "Collapse under more load than there is capacity",
                        "It sheds at random, and retries bring it back",
                    ],
                    "Demand can exceed what scaling adds within minutes",
                ),
            ],
        ),
        DecisionTable(
            "Recovery tiers",
            ["What stands by", "RPO", "RTO", "Standing cost"],
            [
                Option(
                    "Backup and restore",
                    ["Copies in another region and account", "Hours", "Hours: {rto} here", "Storage"],
                    "An offline system, or one whose loss for a day is bearable",
                ),
                Option(
                    "Pilot light",
                    [
                        "Data replicated, services defined and switched off",
                        "Tens of minutes",
                        "Tens of minutes",
                        "Databases and storage",
                    ],
                    "State is large, traffic small, and capacity can be had on the day",
                ),
                Option(
                    "Warm standby",
                    [
                        "A small copy that serves and can grow",
                        "Minutes",
                        "Minutes: {rto_warm} here, mostly deciding and warming",
                        "A fraction of the fleet",
                    ],
                    "Minutes matter, and GPUs must be held in reserve because nobody can rent thousands on the day",
                ),
                Option(
                    "Active-active",
                    [
                        "Every region serves its own users",
                        "Seconds: {lost} events here",
                        "Seconds to minutes, by steering",
                        "Half again to twice the fleet",
                    ],
                    "Minutes of outage cost more than the spare capacity, and users can be given a home region",
                ),
            ],
        ),
        DecisionTable(
            "What to serve when the model is at fault",
            ["How the fault is seen", "What it costs"],
            [
                Option(
                    "The same model, older than planned",
                    ["Age of the bundle above twice its schedule", "A little quality each day"],
                    "A retraining failed: a day rarely matters, a month does; the alert goes to training",
                ),
                Option(
                    "Group defaults, masked as in training",
                    ["Freshness of a feature group above its limit", "What that group contributed"],
                    "A stream job stopped, and the model has met missing groups in training",
                ),
                Option(
                    "The previous model, resident",
                    [
                        "Guard on each batch: not a number, infinite, no spread; or a histogram far from the last good day",
                        "Memory for two models, with their calibrators and thresholds",
                    ],
                    "A bad bundle, an overflow in half precision, a release that passed the gate and fails in production",
                ),
                Option(
                    "The light ranker, or fewer candidates",
                    ["Queue age above the deadline that is left", "Quality at the top of the list"],
                    "Load, a slow GPU, inputs longer than any before",
                ),
                Option(
                    "The last good answer, or a popular list",
                    ["No rung above answers", "Personal order, freshness"],
                    "Everything else is down, and an old page is better than none",
                ),
            ],
        ),
        DecisionTable(
            "What each nine takes",
            ["Down in 30 days", "What it takes"],
            [
                Option("99 %", ["{down_99}", "One zone, restarts, office hours"], "Internal tools, offline jobs"),
                Option(
                    "99.9 %",
                    ["{down_999}", "Replicas, health checks, rollback in minutes"],
                    "Most models: the fallback hides the rest",
                ),
                Option(
                    "99.95 %",
                    ["{down_9995}", "A zone to spare, drills, on-call in five minutes"],
                    "A page that earns money",
                ),
                Option(
                    "99.99 %",
                    ["{down_9999}", "No person in the loop: automatic failover, staged releases by zone"],
                    "Payments, ads, sign-in",
                ),
                Option(
                    "99.999 %",
                    ["{down_99999}", "Regions that are independent down to releases and keys"],
                    "Rarely worth it for a model; its fallback may need it",
                ),
            ],
        ),
    ],
    checklist=[
        "Every call has a deadline that was received or derived, and work is cancelled when it passes; a test with a hung dependency shows calls in flight below the pool's limit.",
        "Retries happen in one layer, have a budget, back off with jitter and only repeat idempotent calls.",
        "Each dependency is marked as needed or as having a fallback; switching each of the latter off in a drill keeps the page up.",
        "Any one zone can be removed at peak without scaling: measured in the last quarter, not computed.",
        "Each request has a class, and batch traffic is refused first when queue age passes its limit.",
        "A server refuses scores that are not a number or have no spread, and serves the previous model, which is resident.",
        "Degraded answers carry their level into the serving log, and training and experiments leave them out.",
        "The fallback has its own capacity test at full peak load.",
        "Models, indexes and features of one release are rolled back together, by one pointer.",
        "Backups are restored into an empty account every quarter; the measured time is the RTO that is published.",
        "Releases and configuration changes go zone by zone or region by region, with a pause to look.",
        "The service starts and serves its last configuration while the control plane is unreachable.",
    ],
    anti_patterns=[
        AntiPattern(
            "Retries everywhere",
            "A dependency that was down for a minute stays down for an hour; its load is many times the usual, {storm} times with three layers.",
            "Retry in one layer, with a budget of {retry_share} and jitter; let others fail fast.",
            "overload/Client throttle",
        ),
        AntiPattern(
            "A ladder that calls itself",
            "The full ranker calls the light one on failure, after its own timeout: the deadline is gone before the second rung begins.",
            "A controller sets the level, the orchestrator chooses the rung at the start from the time left.",
            "degradation/Degradation controller",
        ),
        AntiPattern(
            "Fallback that was never tried",
            "The popular list is empty, or takes the load of the page and falls over with it.",
            "Serve a percent of traffic from each rung all the time, and load-test each at peak.",
            "degradation/Popular list",
        ),
        AntiPattern(
            "Failover that must scale",
            "A zone is lost, the others wait for machines that everybody else asks for too.",
            "Static stability: capacity for the loss of a zone is already running.",
            "zones/Load balancer",
        ),
        AntiPattern(
            "Degraded data in training",
            "After an outage the model learns that default features predict no clicks.",
            "The level goes into the log; the join filters on it.",
            "degradation/Training filter",
        ),
    ],
    questions=[
        FollowUp(
            "mid",
            "The feature store gets slow. What happens to your ranker?",
            answer="Calls in flight grow with latency: from {usual_flight} to {hung_flight} a server if I do nothing but wait for the timeout, so threads run out and the ranker stops for reasons that are not its own. I give the store a pool of its own, a deadline near its 99.9th percentile, and a breaker. When it opens, the ranker uses default features, which it has met in training, and the answer is flagged as degraded.",
            weak="I add more replicas of the feature store and a retry.",
            where="breaker/Open",
        ),
        FollowUp(
            "mid",
            "Is a circuit breaker the same as what Envoy calls circuit breaking?",
            answer="No. The pattern of Hystrix and resilience4j is a state machine per dependency: it opens when half of the last hundred calls failed, waits a minute and tries ten. Envoy's circuit breaking is a set of limits on connections, pending requests, parallel requests and retries: a bulkhead. Its outlier detection ejects single hosts after consecutive errors. I use the limits and the ejection in the proxy, and the breaker where the fallback is, in the caller.",
            weak="Yes, Envoy opens the circuit when the error rate is high.",
            where="breaker/Half-open",
        ),
        FollowUp(
            "senior",
            "After a one-minute blip the service stays down. Why, and how do you get out?",
            answer="It is metastable: the trigger is gone and the reaction sustains the overload. Retries multiply the load, queues hold requests whose users have left, and caches are cold, so each request costs more. Adding capacity in the middle rarely helps, because new hosts are cold too. I cut load below what a cold system can serve: shed by class, drop old queue entries, switch retries off, then let traffic back in steps while hit rates recover.",
            weak="We restart all the servers and scale up until it recovers.",
            where="overload/Admission control",
        ),
        FollowUp(
            "senior",
            "Should a fraud model fail open or closed?",
            answer="Per decision, by the cost of each error. If the model is down and everything is let through, attackers notice within minutes; if everything is blocked, the shop is closed. So neither: a scorecard of rules with its own data decides, small amounts pass, large ones step up to a second factor, and the level is visible to the fraud team. For ranking it is simply open. For access and child safety it is closed, or goes to a person.",
            weak="Open, because availability is more important than precision.",
            where="degradation/Degradation controller",
        ),
        FollowUp(
            "staff",
            "Two regions, active-active. What breaks in an evacuation that a drill at night does not show?",
            answer="Capacity, first: at night one region carries both, at peak it may not, so I drill at peak or shift load by weights until the limit shows. Then state: users whose home moves lose {lag} of events, counters are double or missing, session features start cold, and experiments change arms. Quorum stores need a third site. Models: the second region must have loaded the same bundle. Last, the way back, which is a second evacuation with a colder cache.",
            weak="DNS failover switches everybody to the other region within the TTL.",
            where="regions/Geo DNS",
        ),
    ],
    charts=[
        Chart(
            "charts/retry_amplification.svg",
            "Retries multiply, budgets do not",
            "Calls that reach the dependency for one request of a user, if each attempt fails with the share below. Three layers of three tries reach 27 calls when it is down; with a budget of 10 % in each layer it never gets more than 1.33.",
            "Three layers with three tries rise from 1 call to 27 as failures go from 0 to 100 %; one layer rises to 3; three layers with a retry budget stay below 1.4.",
            "charts/retry_amplification.py",
        )
    ],
    used_by=[
        UsedBy(
            "recommendation-systems/operations/Fallback ladder",
            "Levels from fewer candidates to a list computed ahead.",
        ),
        UsedBy(
            "fraud-detection/serving/Fallback scorecard",
            "Rules decide when the model is late: neither open nor closed.",
        ),
        UsedBy(
            "search-systems/operations/Degradation controller",
            "Sheds quality stage by stage before queries are refused.",
        ),
        UsedBy("computer-vision-systems/operations/Load shedder", "Refuses by class when GPU queues age."),
        UsedBy("multi-model-serving/operations/Fault drills", "Takes hosts, zones and model stores away on purpose."),
        UsedBy("zero-to-millions/stage-6/Traffic controller", "Moves users between regions by weights."),
        UsedBy(
            "data-intensive-ai-platform/serving/Default features",
            "What is served when a shard does not answer in time.",
        ),
    ],
    sources=bibliography("""
        B. Beyer et al. (Google), "Handling Overload, in: Site Reliability Engineering", O'Reilly 2016
            https://sre.google/sre-book/handling-overload/ retry budgets of 10 %, three attempts a request, criticality classes, adaptive throttling
        B. Beyer et al. (Google), "Addressing Cascading Failures, in: Site Reliability Engineering", O'Reilly 2016
            https://sre.google/sre-book/addressing-cascading-failures/ how overload spreads; deadline propagation; retries that multiply by layer
        N. Bronson, A. Aghayev, A. Charapko, T. Zhu, "Metastable Failures in Distributed Systems", HotOS 2021
            https://doi.org/10.1145/3458336.3465286 failures that outlive their trigger, and the loops that sustain them
        M. Nygard, "Release It! Design and Deploy Production-Ready Software, second edition", Pragmatic Bookshelf 2018
            https://pragprog.com/titles/mnee2/release-it-second-edition/ circuit breaker, bulkhead, timeouts, and the stories behind them
        resilience4j authors, "CircuitBreaker", resilience4j documentation 2026
            https://resilience4j.readme.io/docs/circuitbreaker states, and the defaults in the drawing: 50 % of 100 calls, 60 s, 10 trials
        Envoy authors, "Circuit breaking", Envoy documentation 2026
            https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/circuit_breaking limits on connections, pending requests and retries; what it is not
        Envoy authors, "Outlier detection", Envoy documentation 2026
            https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/outlier ejection of single hosts
        M. Brooker (Amazon), "Timeouts, retries, and backoff with jitter", Amazon Builders' Library 2019
            https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/ timeouts from a percentile of latency, retries in one layer, jitter
        B. Weiss, M. Furr (Amazon), "Static stability using Availability Zones", Amazon Builders' Library 2019
            https://aws.amazon.com/builders-library/static-stability-using-availability-zones/ capacity that already runs when a zone is lost
        J. Dean, L. Barroso (Google), "The Tail at Scale", Communications of the ACM 2013
            https://doi.org/10.1145/2408776.2408794 hedged requests, and their cap
        A. Basiri et al. (Netflix), "Chaos Engineering", IEEE Software 2016
            https://arxiv.org/abs/1702.05843 drills in production as experiments with a steady state
        Amazon Web Services, "Disaster Recovery of Workloads on AWS: Recovery in the Cloud", AWS whitepaper 2021
            https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html the four tiers with their RPO and RTO
    """),
)


@view("Zones")
def zones() -> None:
    """Any two zones carry the peak and reads stay in their zone, so that the loss of one asks for no scaling."""
    users = Users("Clients", tooltip="See at most a short burst of errors when a zone goes")
    balancer = Envoy("Load balancer\nEnvoy", tooltip="Zone-aware; ejects hosts by itself, shifts a zone by weight")
    with Cluster("Zones") as three:
        with Cluster("Zone A"):
            servers_a = ModelPool(
                "Servers A", tooltip="{zone_replicas:n} replicas: half of the peak, a third of it in use"
            )
            state_a = Redis("Primary A", tooltip="Takes writes; a replica is promoted within seconds")
        with Cluster("Zone B"):
            servers_b = ModelPool("Servers B", tooltip="The same; released after zone A has been watched for an hour")
            state_b = Redis("Replica B", tooltip="Answers reads of its zone")
        with Cluster("Zone C"):
            servers_c = ModelPool("Servers C", tooltip="The same; released last")
            state_c = Redis("Replica C", tooltip="Answers reads of its zone")
    with Cluster("Control plane"):
        config = Etcd("Config store\netcd", tooltip="A member in each zone; servers keep the last copy if all are gone")
        probes = Prometheus(
            "Health probes", tooltip="Ready only after models are loaded and warmed; success and latency by zone"
        )
        drills = ChaosMesh("Zone drills", tooltip="Takes a zone away at peak, monthly, and measures what users saw")
        engineer = User(
            "On-call engineer",
            tooltip="For a zone that is sick and not dead: moves its weight to zero before asking why",
        )

    same_row(servers_a, servers_b, servers_c)
    users >> request("{peak}") >> balancer
    balancer >> request("a third") >> [servers_a, servers_b, servers_c]
    servers_a >> request("in-zone read") >> state_a
    servers_b >> request("in-zone read") >> state_b
    servers_c >> request("in-zone read") >> state_c
    state_a >> stream("replication") >> [state_b, state_c]
    config >> control("last known copy") >> three
    balancer >> stream("errors by zone") >> probes >> control("zone is sick") >> engineer
    engineer >> control("weight to zero") >> balancer
    drills >> control("take zone away") >> servers_c


@view("Breaker")
def breaker() -> None:
    """A circuit breaker is a state machine in the caller; while it is open, calls fail at once and the fallback answers."""
    with Cluster("Caller"):
        service = Go("Ranking service", tooltip="Passes its deadline on; asks the breaker before each call")
        pool = Guard("Bulkhead", tooltip="Typically 50 calls in flight to this dependency; more are refused at once")
        fallback = Fallback("Default features", tooltip="Values that the model met in training for a missing group")
    with Cluster("Breaker, per dependency"):
        closed = StartEnd(
            "Closed",
            tooltip="Calls pass; the last 100 outcomes and latencies are counted (the defaults of resilience4j)",
        )
        opened = StartEnd("Open", tooltip="No call passes: fails in microseconds, and the dependency can recover")
        half = StartEnd("Half-open", tooltip="A few trials pass, all other calls fail at once")
    store = Redis("Online feature store\nRedis", tooltip="Slow, down, or just restarting with a cold cache")
    metrics = Prometheus(
        "Breaker metrics", tooltip="State and trips by dependency; a breaker that flaps has a limit set too low"
    )
    engineer = User("On-call engineer", tooltip="Calls the owner of the dependency; may hold the breaker open by hand")

    service >> request("call, deadline") >> pool >> request("within limit") >> closed
    pool >> response("pool full") >> fallback
    closed >> request("all calls") >> store
    closed >> control("half of 100 fail") >> opened
    opened >> control("after 60 s") >> half
    half >> control("trials pass") >> closed
    half >> control("trials fail") >> opened
    half >> request("10 trials") >> store
    opened >> response("refused at once") >> fallback >> response("default, flagged") >> service
    opened >> stream("trips") >> metrics >> control("open for 5 min") >> engineer


@view("Overload")
def overload() -> None:
    """Demand above capacity is refused early, by class, and clients are told so that they stop asking."""
    with Cluster("Clients"):
        people = Users("Interactive users", tooltip="Wait a second; class: critical")
        jobs = Airflow("Batch clients", tooltip="Can wait for hours; class: sheddable")
        throttle = Guard(
            "Client throttle",
            tooltip="Drops locally when more than half is refused; retries have a budget of {retry_share} of requests",
        )
    with Cluster("Service"):
        gateway = Envoy("Gateway\nEnvoy", tooltip="Stamps class and deadline; quotas by customer")
        admission = Guard(
            "Admission control", tooltip="Refuses the lowest class first; limit from queue age, not from CPU"
        )
        queue = Cache("Short queue", tooltip="Newest first under overload; drops what cannot meet its deadline")
        servers = ModelPool("Serving fleet", tooltip="Cancel work whose deadline has passed")
        scaler = HPA("Autoscaler", tooltip="Adds replicas in minutes: too late for this spike, in time for the next")
    with Cluster("Operations"):
        metrics = Prometheus(
            "Metrics\nPrometheus", tooltip="Queue age, refusals by class, goodput: answers within their deadline"
        )
        engineer = User("On-call engineer", tooltip="May cut a class or a customer by hand; lets traffic back in steps")

    [people, jobs] >> request("class") >> throttle
    throttle >> request("call, deadline") >> gateway >> request("by quota") >> admission
    admission >> request("accepted") >> queue
    queue >> response("newest first") >> servers
    admission >> feedback("refused, back off") >> throttle
    servers >> feedback("queue age") >> admission
    servers >> stream("goodput, age") >> metrics >> control("sustained load") >> scaler
    scaler >> control("replicas") >> servers
    metrics >> control("page") >> engineer >> control("cut a class") >> admission


@view("Degradation", direction="LR")
def degradation() -> None:
    """A controller sets the level and the orchestrator picks the rung from the time left; the level goes into the log."""
    with Cluster("Request path"):
        users = Users("Users", tooltip="Get a page on every level, within the same deadline")
        orchestrator = Go(
            "Orchestrator", tooltip="Chooses one rung at the start, from level and time left: no second timeout"
        )
    with Cluster("Rungs"):
        full = Ranker("Full ranker", tooltip="Level 0: all features, the large model")
        guard = Guard("Score guard", tooltip="Refuses NaN, infinite and constant scores")
        previous = ModelServer("Previous model", tooltip="Level 1: resident, with its own calibrator and thresholds")
        light = Ranker("Light ranker", tooltip="Level 2: batch features, CPU")
        cached = Redis("Last good answers", tooltip="Level 3: by user, a day old at most")
        popular = S3("Popular list", tooltip="Level 4: a static file, no dependencies; 1 % of traffic always reads it")
    with Cluster("Control"):
        controller = Planner(
            "Degradation controller",
            tooltip="Level from queue age, error budget and the health of dependencies, with hysteresis",
        )
        metrics = Prometheus(
            "Metrics\nPrometheus", tooltip="Level, queue age, breaker states, share of degraded answers"
        )
        engineer = User("On-call engineer", tooltip="Sees the level; may pin it")
    with Cluster("After"):
        log = Kafka("Serving log\nKafka", tooltip="Level, model version, defaults used")
        filtering = Spark(
            "Training filter\nSpark", tooltip="Leaves degraded answers out of training and of experiments"
        )

    users >> request("page, deadline") >> orchestrator
    orchestrator >> request("level 0") >> full >> response("scores") >> guard
    guard >> response("good scores") >> orchestrator
    guard >> control("bad bundle") >> controller
    orchestrator >> request("level 1") >> previous
    orchestrator >> request("level 2") >> light
    orchestrator >> request("level 3") >> cached
    orchestrator >> request("level 4") >> popular
    orchestrator >> stream("answer, level") >> log >> batch("levels above 0") >> filtering
    orchestrator >> stream("queue age, errors") >> metrics >> control("limits passed") >> controller
    controller >> control("level") >> orchestrator
    metrics >> control("level 2 or more") >> engineer >> control("pin level") >> controller
    same_row(orchestrator, full)
    for lower, upper in ((previous, full), (light, previous), (cached, light), (popular, cached)):
        below(lower, upper)


@view("Regions")
def regions() -> None:
    """Each region serves its own users and has room for the other's; evacuation is a routine with a measured time."""
    with Cluster("Global"):
        users = Users("Users", tooltip="Have a home region, where their state is written")
        dns = Route53("Geo DNS", tooltip="Answers with the home region, TTL 60 s; clients also retry the other region")
        commander = User(
            "Incident commander", tooltip="Decides within {decide}: a person, because a false evacuation costs too"
        )
        runbook = Airflow(
            "Evacuation runbook", tooltip="Freeze releases, check capacity, move weights in steps, verify"
        )
        drill = ChaosMesh("Evacuation drill", tooltip="Monthly, at peak, both ways; its time is the published RTO")
    with Cluster("Regions"):
        one = Datacenter("Region 1", tooltip="Serves its home users; releases a day before region 2")
        two = Datacenter("Region 2", tooltip="Serves its own, with room for both")
        witness = Datacenter("Witness site", tooltip="A third vote: two sites alone cannot keep a majority")
    with Cluster("Copies"):
        mirror = Kafka(
            "Log mirror\nKafka",
            tooltip="Asynchronous, {lag} behind: that is the RPO; another one runs from region 2 to region 1",
        )
        artifacts = S3("Artifact copies", tooltip="Models, indexes and features of each release, as one bundle")
        metadata = Cockroachdb(
            "Global metadata", tooltip="Small and critical: homes, quotas, version pointers; quorum writes"
        )
        backups = Storage(
            "Offline backups", tooltip="Immutable, other account; restored every quarter: {restore} for {state}"
        )

    users >> request("name") >> dns
    users >> request("home users") >> [one, two]
    dns >> response("home region") >> users
    one >> stream("events") >> mirror >> stream("{lag} late") >> two
    one >> batch("release bundle") >> artifacts >> batch("loaded ahead") >> two
    [one, two] >> request("quorum write") >> metadata
    witness >> request("third vote") >> metadata
    artifacts >> batch("daily") >> backups
    one >> control("health lost") >> commander >> control("evacuate") >> runbook >> control("weights") >> dns
    runbook >> control("capacity, version") >> two
    drill >> control("trigger") >> runbook
