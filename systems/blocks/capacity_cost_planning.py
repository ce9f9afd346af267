"""Turn product numbers into machines, money and dates, and keep the three in step.

Accelerators are scarce, slow to buy and idle at night, so the question is seldom how many are needed and mostly when,
for how long and at which price. Three figures are confused all the time: the daily swing, the uncertainty of a
forecast, and the spare that survives a lost zone. Each has its own remedy, and paying for one does not buy another.
"""

from diagrams import Cluster, Edge
from diagrams.aws.cost import CostAndUsageReport
from diagrams.generic.compute import Rack
from diagrams.k8s.chaos import ChaosMesh
from diagrams.k8s.clusterconfig import HPA
from diagrams.onprem.analytics import Spark
from diagrams.onprem.client import User, Users
from diagrams.onprem.compute import Server
from diagrams.onprem.database import Clickhouse
from diagrams.onprem.inmemory import Redis
from diagrams.onprem.monitoring import Grafana, Prometheus, Thanos
from diagrams.onprem.network import Envoy
from diagrams.onprem.vcs import Git
from diagrams.programming.flowchart import Action, Decision, StartEnd

from archfolio import (
    AntiPattern,
    BuildingBlock,
    Calculator,
    Chart,
    DecisionTable,
    Estimate,
    Experiment,
    Fallback,
    FollowUp,
    Forecaster,
    MathFormula,
    ModelServer,
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
    reference,
    request,
    response,
    step,
    stream,
    view,
)

ESTIMATE = Estimate(
    users=assume("Daily active users", 60e6, "user"),
    actions=assume("Requests a user makes", 20, "request/user/day"),
    requests=derive("Requests per day", "users * actions", "request/day"),
    mean_rate=derive("Average rate", "requests", "request/s"),
    trough=assume("Demand at night, of the day's peak", 25, "percent"),
    swing=derive("Peak over average of a day", "2 / (1 + trough)", note="if demand rises and falls evenly"),
    season=assume("Busiest day over an ordinary day", 1.5),
    peak_rate=derive("Peak rate of the busiest day", "mean_rate * swing * season", "request/s"),
    speed=assume("Requests a GPU answers when full", 800, "request/s/GPU", note="from a load test of this model"),
    load=assume("Planned load at peak, of capacity", 60, "percent"),
    loss_load=assume("Load accepted while a zone is down, of capacity", 85, "percent"),
    zones=assume("Zones", 3, "zone"),
    for_load=derive("GPUs for the planned load", "ceil(peak_rate / (speed * load))", "GPU"),
    for_zone=derive(
        "GPUs that survive a lost zone",
        "ceil(peak_rate / (speed * loss_load) * zones / (zones - 1))",
        "GPU",
        note="the zones that are left carry the peak",
    ),
    gpus=derive("GPUs at peak", "max(for_load, for_zone)", "GPU"),
    entities=assume("Rows in the online store", 150e6, "row", note="users and items"),
    row_bytes=assume("Bytes of a row, with the store's overhead", 1.5e3, "byte/row"),
    copies=assume("Copies of a row", 2),
    memory=derive("Memory of the online store", "entities * row_bytes * copies", "byte", note="no rate in it"),
    log_bytes=assume("Bytes logged per request", 2e3, "byte/request"),
    log_days=assume("Retention of the log", 90, "day"),
    storage=derive("Storage of the log", "requests * log_bytes * log_days", "byte"),
    answer_bytes=assume("Bytes of a response", 8e3, "byte/request"),
    network=derive("Network out at peak", "peak_rate * answer_bytes", "Gbit/s"),
    gpu_price=reference("l4_price"),
    used=derive(
        "Load over the day, of capacity", "mean_rate / (speed * gpus)", "percent", note="a fleet fixed at peak"
    ),
    small_call=derive("A call of the model", "gpu_price / (speed * used)", "USD/request", note="idle time is in it"),
    hits=assume("Answers found in the cache, of requests", 40, "percent"),
    hard=assume("Requests that the small model hands on, of cache misses", 5, "percent"),
    large_call=assume(
        "A call of the large model", 0.0009, "USD/request", note="about 1,200 tokens at an API; read the price list"
    ),
    blended=derive("Cost of 1,000 requests", "1000 * (1 - hits) * (small_call + hard * large_call)", "USD/request"),
    uncascaded=derive("The same with the large model alone", "1000 * large_call", "USD/request"),
    value=assume(
        "Value of 1,000 requests",
        0.25,
        "USD/request",
        note="margin measured by a holdback; most teams never measure it",
    ),
    margin=derive("Cost, of the value", "blended / value", "percent"),
    ordinary=derive("GPUs at the peak of an ordinary day", "gpus / season", "GPU"),
    discount=assume(
        "Discount for a commitment, of the on-demand price", 40, "percent", note="one year; it varies widely"
    ),
    break_even_use=derive("Use above which a commitment pays, of the time", "1 - discount", "percent"),
    committed=derive(
        "GPUs to commit",
        "ordinary * (1 - (1 - discount) * (1 - trough))",
        "GPU",
        note="the level that demand exceeds for that share of an ordinary day",
    ),
    burst=derive(
        "GPUs on demand, on average",
        "(ordinary - committed) ** 2 / (2 * ordinary * (1 - trough))",
        "GPU",
        note="the triangle above the committed level",
    ),
    mean_gpus=derive("GPUs in use, on average", "ordinary * (1 + trough) / 2", "GPU"),
    mixed_bill=derive("Bill of the mix", "(committed * (1 - discount) + burst) * gpu_price", "USD/month"),
    demand_bill=derive("Bill of all on demand", "mean_gpus * gpu_price", "USD/month", note="scaled perfectly"),
    peak_bill=derive("Bill of all committed", "ordinary * (1 - discount) * gpu_price", "USD/month"),
    mix_saving=derive("Saved by the mix, of all on demand", "1 - mixed_bill / demand_bill", "percent"),
    growth=assume("Growth until the hardware arrives, of the peak", 15, "percent", note="one quarter"),
    spread=assume("Standard error of that forecast, of the demand", 12, "percent"),
    median=derive("GPUs at the median forecast", "ceil(gpus * (1 + growth))", "GPU"),
    high=derive(
        "GPUs at the 95th percentile",
        "ceil(gpus * (1 + growth) * (1 + 1.645 * spread))",
        "GPU",
        note="normal errors; 1.645 standard errors",
    ),
    reserve=derive("Options to hold for the uncertainty", "high - median", "GPU"),
    api_price=assume("Price of an API, per million tokens", 0.60, "USD/Mtoken", note="input and output blended"),
    own_price=reference("h100_price"),
    own_speed=assume(
        "Millions of tokens an H100 serves per hour when full", 18, "Mtoken/hour/GPU", note="5,000 a second, blended"
    ),
    own_use=assume("Load over the day of your own GPUs, of capacity", 50, "percent"),
    own_cost=derive("Your own million tokens", "own_price / (own_speed * own_use)", "USD/Mtoken"),
    people=assume("People to run it", 20e3, "USD/month", note="one engineer, all in"),
    break_even=derive(
        "Millions of tokens a month at which both cost the same",
        "people / (api_price - own_cost)",
        "Mtoken/month",
        note="if it is negative, no volume is enough",
    ),
    own_gpus=derive("H100s at that volume", "ceil(break_even / (own_speed * own_use))", "GPU"),
    gpu_watts=cite("Power of an L4, at most", 72, "W/GPU", source="NVIDIA L4 2023"),
    host_watts=assume("Power of its share of the host", 60, "W/GPU"),
    pue=cite(
        "Site power over machine power (PUE)",
        1.58,
        source="Uptime 2023",
        note="industry average; large clouds say 1.1 to 1.2",
    ),
    grid=assume(
        "Emissions of the grid, in kg of CO₂", 0.45, "kg/kW/hour", note="near the world's average; take your region's"
    ),
    carbon=derive(
        "Emissions, in kg of CO₂",
        "gpus * (gpu_watts + host_watts) * pue * grid",
        "kg/month",
        note="in use only; making the hardware comes on top",
    ),
)

BLOCK = BuildingBlock(
    title="Capacity and cost planning",
    position=13,
    estimate=ESTIMATE,
    terms=[
        Term(
            "Headroom",
            "Capacity above what is expected, kept for something named: the daily peak, a lost zone, or a forecast that is too low.",
        ),
        Term(
            "Utilisation",
            "Work done over work that could be done; a fleet fixed at its peak is idle for most of the day, and idle time is in every unit cost.",
            MathFormula(
                "Cost of a call",
                r"c = \frac{p}{s\, u}",
                "p is the price of a machine per hour, s what it answers per hour when full, u its load over the day: halving u doubles the cost of each call.",
            ),
        ),
        Term(
            "Square-root staffing",
            "The spare that keeps waiting constant grows with the square root of the load only, so that large pools may run hotter than small ones.",
            MathFormula(
                "Servers for a load of R",
                r"c \approx R + k \sqrt{R}",
                "R is the load in servers that would be busy all the time, k between 1 and 2 for short waits: 4 busy servers need 2 to 4 more, 400 need 20 to 40.",
            ),
        ),
        Term(
            "Commitment",
            "A promise to pay for a quantity for one or three years, for a lower price, used or not.",
            MathFormula(
                "Use at which it pays",
                r"u^{*} = \frac{p_{\mathrm{committed}}}{p_{\mathrm{on\ demand}}} = 1 - d",
                "d is the discount: the n-th machine is worth committing if demand needs at least n machines for more than that share of the time.",
            ),
        ),
        Term(
            "Forecast quantile",
            "A demand that will not be exceeded with a stated probability; the distance from the median is uncertainty, and has nothing to do with the hour of the day.",
            MathFormula(
                "95th percentile",
                r"q_{0.95} = m\,(1 + 1.645\,\sigma)",
                "m is the median, σ the relative standard error of past forecasts with the same horizon: measure it, since it grows with the horizon.",
            ),
        ),
        Term(
            "Spot capacity",
            "What a provider has left, at a fraction of the price, taken back at short notice: for work that resumes.",
        ),
        Term(
            "Unit economics",
            "Cost and value of one unit that the business counts: a search, a paid order, an active user.",
        ),
        Term(
            "Break-even volume",
            "The volume at which a fixed cost is made up by a lower cost per unit.",
            MathFormula(
                "Own fleet against an API",
                r"v^{*} = \frac{F}{p_{\mathrm{API}} - c}",
                "F is what running the fleet costs whatever the volume, c its cost per unit. If c is above the API's price no volume is enough, and c depends on utilisation.",
            ),
        ),
        Term(
            "Power usage effectiveness",
            "Power that enters the site over power that reaches the machines; the rest cools and converts.",
            MathFormula(
                "Emissions in use",
                r"E = P \cdot \mathrm{PUE} \cdot t \cdot g",
                "P is the power of the machines, t the time, g the grid's emissions per kilowatt-hour, which differ tenfold between regions and double between hours.",
            ),
        ),
    ],
    calculators=[
        Calculator(
            "From users to machines",
            "How many GPUs, how much memory, storage and network?",
            results=["peak_rate", "for_load", "for_zone", "gpus", "reserve", "memory", "storage", "network"],
            reading="Rates size compute and network; rows size memory; events and retention size storage. Rates do not enter memory, except that many reads may call for more replicas. The weakest figure is the speed of a GPU: it comes from a load test of this model on this card, and everything above it moves with it. Options are not machines: they are quota, a reservation that may lapse, a cheaper model in reserve; they cover a forecast that is too low, as scaling covers the day and spares cover a lost zone.",
        ),
        Calculator(
            "Cost per 1,000 requests",
            "What does a request cost, and what is it worth?",
            results=["used", "small_call", "blended", "uncascaded", "margin", "carbon"],
            reading="The fleet is paid for all day and used for {used} of it, so most of a call's cost is idle time. A cascade is worth what it keeps away from the expensive model: watch the share that is handed on, which creeps up. A cost above a fifth of the measured value deserves work, as a rule of thumb; a value that nobody has measured deserves it first. For emissions, site and region matter more than the card, and making the hardware comes on top.",
        ),
        Calculator(
            "Commit or not",
            "How many machines should be committed, and what does the mix save?",
            results=["break_even_use", "committed", "burst", "mixed_bill", "demand_bill", "peak_bill", "mix_saving"],
            reading="Commit up to the level that demand exceeds for the break-even share of the time, and buy the rest by the hour. The curve is flat around the best level, so rounding down is cheap insurance against a model that is retired. All on demand assumes perfect autoscaling; slow scaling shifts the balance towards committing.",
        ),
        Calculator(
            "API or own fleet",
            "From which volume does a fleet of your own pay?",
            results=["own_cost", "break_even", "own_gpus"],
            reading="Utilisation decides. Half-empty GPUs make your own tokens as expensive as bought ones, and then no volume is enough. Compare on the same model and the same latency, count the people, and ask again each quarter, because both prices move.",
        ),
    ],
    tables=[
        DecisionTable(
            "What sizes what",
            criteria=["Formula", "Common mistake"],
            options=[
                Option(
                    "Compute",
                    ["peak rate / (rate of a machine × planned load)", "average rate; or a benchmark of another model"],
                    "Always; then check again with one zone gone.",
                ),
                Option(
                    "Memory",
                    ["rows × bytes × copies × overhead", "multiplying a rate by a hit rate"],
                    "Stores, indexes and caches: rows, and how much of them is hot.",
                ),
                Option(
                    "Storage",
                    ["events × bytes × retention × copies", "forgetting layers, indexes and backups"],
                    "Logs and lakes; compression is part of the bytes.",
                ),
                Option(
                    "Network",
                    ["peak rate × bytes, each way", "forgetting replication between zones, which is billed"],
                    "Fan-outs, embeddings and images.",
                ),
                Option(
                    "People",
                    ["items × minutes / productive hours", "counting paid hours as productive ones"],
                    "Review queues and labels: usually the most expensive capacity.",
                ),
            ],
        ),
        DecisionTable(
            "Headroom for what",
            criteria=["Figure", "Remedy", "Horizon"],
            options=[
                Option(
                    "Daily swing",
                    ["peak over trough", "autoscaling; deferrable work at night", "hours"],
                    "Known shape, every day.",
                ),
                Option(
                    "Forecast error",
                    [
                        "95th percentile over median",
                        "options, quota, a cheaper model in reserve",
                        "the lead time of supply",
                    ],
                    "New launches and scarce hardware.",
                ),
                Option(
                    "Lost zone",
                    ["n / (n - 1) zones", "running spares", "seconds: nothing can be bought in time"],
                    "Promises above what one zone delivers.",
                ),
                Option(
                    "Deploys and maintenance",
                    ["share of machines that are out", "a few per cent, always", "weekly"],
                    "Small fleets, where one machine is a tenth.",
                ),
            ],
        ),
        DecisionTable(
            "Ways to buy",
            criteria=["Price", "Risk", "Notice"],
            options=[
                Option(
                    "On demand",
                    ["list", "none left when everybody wants it", "minutes"],
                    "Peaks, trials, anything younger than a quarter.",
                ),
                Option(
                    "Commitment",
                    ["typically 20 to 60 % off", "paid when the model is retired", "one or three years"],
                    "The base that runs at night too.",
                ),
                Option(
                    "Capacity reservation",
                    ["list or above, from a date", "paid while idle", "weeks to months ahead"],
                    "Training windows and launches on scarce cards.",
                ),
                Option(
                    "Spot",
                    ["typically 50 to 90 % off", "taken back, often when demand is high", "two minutes on AWS"],
                    "Training with checkpoints, batch scoring, evaluation.",
                ),
                Option(
                    "API by the token",
                    ["per use", "price, limits and model change under you", "none"],
                    "Low or unknown volume, and quality that open models lack.",
                ),
            ],
        ),
        DecisionTable(
            "Cheaper without buying",
            criteria=["Usual gain", "Risk"],
            options=[
                Option(
                    "Retire models and features",
                    ["all of their cost", "somebody depended on them"],
                    "First: about who calls them, ask the log.",
                ),
                Option(
                    "Cache",
                    ["the hit rate", "stale answers; keys without version"],
                    "Inputs repeat within the freshness allowed.",
                ),
                Option("Batch larger", ["2 to 5 times", "latency"], "GPUs run small batches below their knee."),
                Option(
                    "Quantise, compile", ["1.5 to 4 times", "quality on rare slices"], "The model is stable for months."
                ),
                Option(
                    "Cascade, distil",
                    ["5 to 20 times on easy traffic", "errors of the small model; two models to run"],
                    "Most requests are easy, and hard ones can be told.",
                ),
                Option("Move in time", ["the price of the night", "deadlines"], "Batch work without a user waiting."),
            ],
        ),
    ],
    checklist=[
        "Speed per machine is measured by a load test on the release candidate, and stored with the model's version.",
        "Each plan names its peak, its lost zone and its forecast quantile as three separate figures.",
        "Cost per 1,000 requests is on the team's dashboard, next to the value of 1,000 requests.",
        "Every machine-hour carries a team and a model; what cannot be allocated is below 5 % and shown.",
        "Idle capacity is a line of its own in the report, and not spread over users.",
        "Commitments stay below the level that the past quarter's demand exceeded for the break-even share of the time.",
        "Errors of last year's forecasts, by horizon, are written down and used as this year's spread.",
        "A zone is removed in production, on purpose, twice a year at peak hours.",
        "Budget alerts fire on the forecast of the month, by team, and not on the invoice.",
        "Each experiment reports its effect on cost per request beside its effect on the metric.",
        "A model without measured value for two quarters is proposed for retirement.",
    ],
    anti_patterns=[
        AntiPattern(
            "One padding for everything",
            symptom="The plan adds 30 % 'to be safe'; in March a zone fails and it is not enough, all year the fleet idles at 20 %.",
            cure="Name what each spare is for, and choose its remedy by its horizon.",
            where="capacity/Capacity plan",
        ),
        AntiPattern(
            "Reserving the median",
            symptom="Commitments are bought up to the median of the forecast; at night half of them are idle.",
            cure="Commit to the level demand exceeds for the break-even share of the time; forecasts decide about options.",
            where="supply/Busy long enough?",
        ),
        AntiPattern(
            "Benchmarks from a slide",
            symptom="The fleet was sized with a vendor's throughput at batch 256; at the promised latency a card does a third of it.",
            cure="Measure the rate at which the latency promise still holds, and let that figure size the fleet.",
            where="capacity/Load test",
        ),
        AntiPattern(
            "Cost without value",
            symptom="Each quarter the largest model is attacked because it is the largest, though it earns most.",
            cure="Put the experiment's measured lift beside the unit cost, and work on the worst ratio.",
            where="cost/Unit economics",
        ),
        AntiPattern(
            "Scaling a queue by its CPU",
            symptom="Autoscaling follows CPU, which idles while the GPU queue grows; the bill is fine, the latency is not.",
            cure="Scale on requests in flight, with a lead that covers the cold start.",
            where="capacity/On-demand burst",
        ),
    ],
    questions=[
        FollowUp(
            "mid",
            "Estimate the GPUs for a ranking service with {users:n} daily users.",
            answer="{users:n} users times {actions:n} requests are {requests}, or {mean_rate} on average. A day's peak is {swing:n} times that and the busiest day {season:n} times an ordinary one, so {peak_rate}. One GPU answers {speed} when full; planned at {load} that takes {for_load:n}. With one of {zones:n} zones gone at {loss_load} it takes {for_zone:n}; the larger number stands. The speed is the assumption I would test first.",
            weak="{users:n} users means about {users:n} requests at once, so thousands of GPUs.",
            where="capacity/Load test",
        ),
        FollowUp(
            "mid",
            "Your GPUs run at {used} over the day. Is that waste?",
            answer="Part of it is bought safety. The plan runs at {load} at the busiest peak, demand falls to {trough} at night, and busy days are {season:n} times ordinary ones: together that explains the number. What can be had back is the night, by batch work or by releasing machines, and the season, by renting. The spare for a lost zone stays. So the question is what fills or frees the trough, and not how to run hotter at noon.",
            weak="Yes, utilisation should be above 80 %, so remove machines.",
            where="supply/Night hours",
        ),
        FollowUp(
            "senior",
            "How many GPUs do you commit for a year?",
            answer="The discount of {discount} makes a committed GPU pay if it is needed for more than {break_even_use} of the time. On an ordinary day {ordinary} are needed at peak and {trough} of that at night, so the level exceeded for that long is {committed}. The rest is on demand, {burst} on average, and the mix saves {mix_saving}. I round down for models that may be retired, and buy in quarterly slices so that terms do not all end at once.",
            weak="Commit for the peak; the discount makes it cheaper than on demand anyway.",
            where="supply/Commit",
        ),
        FollowUp(
            "senior",
            "Should we leave the API and serve an open model ourselves?",
            answer="At {own_use} utilisation our million tokens cost {own_cost} against {api_price}, so each one saves the difference, and {people} for people is made up at {break_even:n} million tokens a month, about {own_gpus:n} H100s. Below that, no. Above it I still ask about quality on our tasks, peaks that lower utilisation, and the price trend. Often the better first step is a small model of our own for the easy share and the API for the rest.",
            weak="Yes, GPUs are cheaper than tokens in the long run.",
            where="request-cost/Large model",
        ),
        FollowUp(
            "staff",
            "Finance asks for 30 % off the inference bill by next year. Where do you begin?",
            answer="With a ledger that allocates at least 95 % of the bill to models, idle shown apart, and value beside cost. Then in the order of effort: retire what has no measured value, fill or free idle hours, commit the base, and only then engineering: caching, quantising, cascades for the top five models. I agree on cost per unit as the target, because the absolute bill punishes growth, and on guardrails for quality, so that savings are measured by experiments like any other change.",
            weak="Negotiate a better discount and ask every team to cut 30 %.",
            where="cost/Savings backlog",
        ),
    ],
    charts=[
        Chart(
            "charts/pooling.svg",
            "Large pools may run hotter",
            "Computed with Erlang's formula: the wait that one request in a hundred exceeds, for random arrivals. At 80 % load it is 22 service times with one server, 5 with four, 1 with sixteen and a tenth with sixty-four. Pooling buys utilisation.",
            "p99 wait over load. One server reaches ten service times at 60 % load, four at 89 %, sixteen at 97 %; sixty-four wait about seven at 99 %.",
            "charts/pooling.py",
        ),
        Chart(
            "charts/commitment.svg",
            "How much to commit",
            "Computed for a day whose trough is 25 % of its peak. With 20 % off, commit 30 % of the peak and save 9 %; with 40 % off, 52 % and 22 %; with 60 % off, 72 % and 42 %. At 20 % off, committing for the peak costs more than a quarter more than committing nothing.",
            "Cost of a day over the committed share of the peak, a flat-bottomed curve for each discount: lowest at 30 % of the peak for 20 % off, at 52 % for 40 % off, at 72 % for 60 % off.",
            "charts/commitment.py",
        ),
    ],
    used_by=[
        UsedBy("multi-model-serving/operations/Cost ledger", how="Splits shared GPUs over tenants by measured use."),
        UsedBy(
            "multi-model-serving/placement/Demand forecast",
            how="Forecasts each model's calls, so that copies are loaded before the peak.",
        ),
        UsedBy("chatbot-llm-system/operations/Cost ledger", how="Counts tokens and GPU-seconds by tenant and model."),
        UsedBy(
            "content-moderation/review/Capacity planner",
            how="Matches reviewers to queues by language and skill: the most expensive capacity there is.",
        ),
        UsedBy("search-systems/serving/Result cache", how="Takes a third of the queries off the rankers."),
        UsedBy(
            "zero-to-millions/stage-6/Traffic controller",
            how="Moves regions' traffic when one of them is full or gone.",
        ),
        UsedBy(
            "computer-vision-systems/operations/Autoscaler",
            how="Follows the queue through the day, and not GPU utilisation.",
        ),
    ],
    sources=bibliography("""
        L. A. Barroso, U. Hölzle, P. Ranganathan, "The Datacenter as a Computer: Designing Warehouse-Scale Machines", Morgan & Claypool 2018
            https://doi.org/10.2200/S00874ED3V01Y201809CAC046 cost of ownership, utilisation, PUE
        M. Harchol-Balter, "Performance Modeling and Design of Computer Systems", Cambridge University Press 2013
            https://doi.org/10.1017/CBO9781139226424 M/M/c, Erlang C and square-root staffing; the chart
        B. Beyer et al., "Site Reliability Engineering: Software Engineering in SRE", O'Reilly 2016
            https://sre.google/sre-book/software-engineering-in-sre/ capacity planning by intent
        Amazon Web Services, "Spot Instance interruption notices", EC2 user guide 2025
            https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html two minutes of warning
        J. Davis, "Large data centers are mostly more efficient, analysis confirms", Uptime Institute 2023
            https://journal.uptimeinstitute.com/large-data-centers-are-mostly-more-efficient-analysis-confirms/ average PUE of 1.58
        D. Patterson et al., "Carbon Emissions and Large Neural Network Training", arXiv 2021
            https://arxiv.org/abs/2104.10350 how site, grid and hardware multiply
        NVIDIA, "L4 Tensor Core GPU datasheet", NVIDIA 2023
            https://www.nvidia.com/en-us/data-center/l4/ power
        L. Chen, M. Zaharia, J. Zou, "FrugalGPT: How to Use Large Language Models While Reducing Cost and Improving Performance", arXiv 2023
            https://arxiv.org/abs/2305.05176 cascades of models by price
    """),
)


@view("Cost model")
def cost() -> None:
    """From the invoice to a decision: cost goes to models by measured use, value comes from experiments, the ratio orders the work."""
    with Cluster("Collect"):
        invoice = CostAndUsageReport("Cloud bill", tooltip="Usage by tag, list and committed prices, every day")
        usage = Prometheus("Usage metrics\nPrometheus", tooltip="GPU-seconds, bytes and tokens by model and team")
        tests = Experiment("Experiments", tooltip="Lift of each model over the one before it, or over a holdback")
    with Cluster("Allocate"):
        allocation = Spark(
            "Allocation job\nSpark", tooltip="Shared pools by measured use; idle shown apart, under no team"
        )
        ledger = Clickhouse("Cost ledger", tooltip="Cost per 1,000 requests, per training run, per experiment")
    with Cluster("Decide"):
        unit = Grafana("Unit economics\nGrafana", tooltip="{blended} per 1,000 requests against {value}: {margin}")
        backlog = Users(
            "Savings backlog", tooltip="Retire, cache, quantise, cascade, move in time: the worst ratio first"
        )
        anomaly = Monitor("Spend forecast", tooltip="Month's end by team; jumps by model within a day")
        owner = User("Budget owner", tooltip="Told by the forecast, weeks before the invoice")
    with Cluster("Act"):
        quota = Planner(
            "Quotas and limits", tooltip="GPU-hours and tokens a team may use; hard for experiments, soft for serving"
        )
        fleet = Server("Fleet", tooltip="Serves and trains within the quotas")

    invoice >> batch("priced lines") >> allocation
    usage >> batch("drivers") >> allocation >> batch("by model, and idle") >> ledger >> batch("unit cost") >> unit
    (
        tests
        >> batch("lift, in money")
        >> unit
        >> control("worst ratios")
        >> backlog
        >> control("cheaper releases")
        >> fleet
    )
    ledger >> stream("daily spend") >> anomaly >> control("over the budget") >> owner >> control("new limits") >> quota
    quota >> control("admit or wait") >> fleet >> stream("seconds, tokens") >> usage
    fleet >> feedback("cost by arm") >> tests
    fleet >> batch("usage") >> invoice


@view("Cost of a request")
def request_cost() -> None:
    """Where a request's money goes: the cache answers many for nearly nothing, a small model most others, a large one the rest."""
    people = Users("Users", tooltip="{users:n} a day, {actions:n} requests each")
    gateway = Envoy("API gateway", tooltip="Meters every request: team, route, bytes")
    cache = Redis("Answer cache", tooltip="{hits} of requests, at the price of a look-up")
    with Cluster("Models") as models:
        small = ModelServer("Small model\n{gpus} GPUs", tooltip="All misses; {small_call} a call, most of it idle time")
        router = Decision("Sure enough?", tooltip="Calibrated confidence against a threshold that the budget sets")
        large = ModelServer("Large model\nAPI", tooltip="The hard {hard} of the misses; {large_call} a call")
        fallback = Fallback("Small answer", tooltip="When the large model is slow, limited, or over its budget")
    with Cluster("Meter"):
        meter = Prometheus("Usage metrics\nPrometheus", tooltip="Calls, GPU-seconds and tokens by stage")
        ledger = Clickhouse(
            "Cost ledger", tooltip="{blended} per 1,000 requests; {uncascaded} if the large model took all"
        )
        planner = Planner("Threshold planner", tooltip="Moves the threshold so that quality holds at least cost")
        audit = Experiment(
            "Shadow audit", tooltip="A random sample goes to both models: what the threshold costs in quality"
        )

    with step("Most requests repeat: {hits} are answered by the cache."):
        people >> request("{mean_rate}") >> gateway >> request("key, version") >> cache
        cache >> response("hits, {hits}") >> gateway
    with step("The rest go to the small model, which says how sure it is."):
        gateway >> request("misses") >> small >> response("answer, confidence") >> router
    with step("The unsure {hard} go on to the large model, or keep the small answer when it cannot be had."):
        router >> request("hard {hard}") >> large
        router >> response("sure: answer") >> gateway
        large >> response("answer") >> gateway
        large >> response("slow, or no budget") >> fallback >> response("marked as such") >> gateway
    with step("Each stage is metered; the ledger says {blended} per 1,000 requests."):
        models >> stream("seconds, tokens") >> meter >> batch("daily") >> ledger
    with step("The threshold follows cost and the quality that a random sample shows."):
        router >> stream("random sample") >> audit >> feedback("quality lost") >> planner
        ledger >> feedback("cost by stage") >> planner >> control("threshold") >> router


@view("Capacity planning")
def capacity() -> None:
    """Forecast demand, translate it by measured speed, buy each kind of headroom by its own means, and rehearse the loss."""
    with Cluster("Forecast"):
        history = Thanos("Traffic history\nThanos", tooltip="Rates by product and region, over years")
        calendar = Users("Launch calendar", tooltip="Events, new regions, larger models")
        forecast = Forecaster(
            "Demand forecast", tooltip="Median and 95th percentile by quarter; errors of past ones beside it"
        )
    with Cluster("Translate"):
        load_test = Action(
            "Load test", tooltip="Rate at which the latency promise still holds, on the release candidate"
        )
        table = Clickhouse("Efficiency table", tooltip="Requests a GPU answers, by model version and card")
        plan = Git(
            "Capacity plan", tooltip="GPUs by region and quarter: swing, lost zone and uncertainty as separate lines"
        )
    with Cluster("Supply") as bought:
        base = Rack("Committed base", tooltip="{committed} GPUs that are needed more than {break_even_use} of the time")
        burst = HPA("On-demand burst", tooltip="The daily swing: {burst} on average, scaled on requests in flight")
        options = Planner(
            "Options",
            tooltip="Quota, reservations, a cheaper model in reserve: {reserve} GPUs that may never be needed",
        )
        spot = Server("Spot pool", tooltip="Training and batch work that resumes from checkpoints")
    with Cluster("Verify"):
        drill = ChaosMesh(
            "Failover drill\nChaos Mesh", tooltip="A zone is removed at peak: do {gpus} GPUs carry {peak_rate}?"
        )
        review = User(
            "Quarterly review", tooltip="Plan against actual, forecast errors, idle capacity; decides what to buy"
        )

    history >> batch("series") >> forecast
    calendar >> batch("steps") >> forecast >> batch("{median} and {high} GPUs") >> plan
    load_test >> batch("{speed} per GPU") >> table >> batch("speed by version") >> plan
    plan >> control("always needed") >> base
    plan >> control("daily swing") >> burst
    plan >> control("p95 minus median") >> options
    plan >> control("may wait") >> spot
    base >> stream("a zone removed") >> drill >> feedback("headroom found") >> plan
    burst >> stream("time to scale") >> drill
    bought >> stream("used, idle") >> review
    options >> control("exercised") >> burst
    review >> control("buy, release") >> plan
    review >> feedback("forecast errors") >> forecast


@view("What to buy", direction="TB")
def supply() -> None:
    """Five questions decide how a workload gets its machines; none of them is how important its team says it is."""
    start = StartEnd("A workload\nneeds GPUs", tooltip="With its hours, its deadline and what an interruption costs")
    interrupt = Decision(
        "May be interrupted?", tooltip="Training and batch work may, if they resume; a request path may not"
    )
    resumes = Decision("Does it resume?", tooltip="Checkpoints within the notice, idempotent output")
    checkpoint = Action("Add checkpoints", tooltip="A week of work that halves the bill of every later run")
    spot = StartEnd("Spot", tooltip="Cheapest; expect interruptions when everybody is busy")
    waits = Decision("Can wait for night?", tooltip="Deadline tomorrow morning: scoring, embeddings, evaluation")
    night = StartEnd("Night hours", tooltip="Runs on the committed base while traffic sleeps: almost free")
    busy = Decision(
        "Busy long enough?", tooltip="Needed more than {break_even_use} of the time at a discount of {discount}"
    )
    certain = Decision(
        "Certain for a year?", tooltip="Model, card and region will still be wanted; else the discount is a debt"
    )
    commit = StartEnd("Commit", tooltip="{committed} of {ordinary} GPUs here; in quarterly slices")
    demand = StartEnd("By the hour", tooltip="Scaled by requests in flight; reviewed each quarter")

    start >> interrupt
    interrupt >> Edge(label="yes") >> waits
    waits >> Edge(label="yes") >> night
    waits >> Edge(label="no") >> resumes
    resumes >> Edge(label="yes") >> spot
    resumes >> Edge(label="not yet") >> checkpoint >> spot
    interrupt >> Edge(label="no") >> busy
    busy >> Edge(label="no") >> demand
    busy >> Edge(label="yes") >> certain
    certain >> Edge(label="yes") >> commit
    certain >> Edge(label="no") >> demand
