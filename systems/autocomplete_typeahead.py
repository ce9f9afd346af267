"""Suggest complete queries and matching entities after every keystroke, within 100 ms at the edge.

One search costs several requests, so the traffic is a multiple of search traffic, while the budget is shorter than the
gap between two keystrokes. The suggestions are published speech made of other people's queries: privacy, defamation
and abuse are ranking constraints. And what is suggested gets searched, which feeds the next day's counts.
The answer is an index in the memory of every replica, one policy filter, and cache keys that change with the policy.
"""

from diagrams import Cluster
from diagrams.aws.storage import S3
from diagrams.onprem.analytics import Flink, Spark
from diagrams.onprem.client import User, Users
from diagrams.onprem.database import Clickhouse, Postgresql
from diagrams.onprem.gitops import Flagger
from diagrams.onprem.inmemory import Redis
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.monitoring import Grafana, Prometheus
from diagrams.onprem.network import Envoy, Etcd
from diagrams.onprem.queue import Kafka
from diagrams.onprem.workflow import Airflow, Kubeflow
from diagrams.programming.flowchart import Decision as Choice
from diagrams.programming.flowchart import Inspection
from diagrams.programming.framework import React
from diagrams.programming.language import Rust
from diagrams.saas.alerting import Pagerduty
from diagrams.saas.cdn import Fastly

from archfolio import (
    COMMON_BLOCKS,
    LEARNING_BLOCKS,
    RESPONSIBILITY_BLOCKS,
    Assembler,
    Budget,
    Cache,
    Decision,
    Estimate,
    Experiment,
    FailureMode,
    Fallback,
    Guard,
    InterviewRank,
    Metrics,
    ModelPool,
    ModelServer,
    Monitor,
    Ranker,
    Requirements,
    Retriever,
    ReviewQueue,
    RuleEngine,
    System,
    Tags,
    Trainer,
    assume,
    batch,
    bibliography,
    control,
    derive,
    feedback,
    request,
    step,
    stream,
    view,
)

ESTIMATE = Estimate(
    users=assume("Daily active users", 200e6, "user"),
    searches_each=assume("Searches a user makes", 4, "search/user/day"),
    keystrokes=assume("Suggest requests per search", 5, "request/search", note="after debounce and client cache"),
    searches=derive("Searches per day", "users * searches_each", "search/day"),
    search_rate=derive("Average search rate", "searches", "search/s"),
    requests=derive("Suggest requests per day", "searches * keystrokes", "request/day"),
    mean_rate=derive("Average suggest rate", "requests", "request/s"),
    peak_factor=assume("Peak over average", 2.5),
    peak_rate=derive("Peak suggest rate", "mean_rate * peak_factor", "request/s"),
    edge_hits=assume("Requests that the edge cache answers", 45, "percent", note="short, unpersonalised prefixes"),
    edge_misses=derive("Requests that reach the service", "1 - edge_hits", "percent"),
    served_rate=derive("Peak rate that reaches the service", "peak_rate * edge_misses", "request/s"),
    queries=assume("Completions from queries", 100e6, "completion"),
    entities=assume("Completions from entities", 20e6, "completion"),
    completions=derive("Completions", "queries + entities", "completion"),
    fst_bytes=assume("Automaton", 12, "byte/completion", note="measure on own strings, as the next three"),
    score_bytes=assume("Score", 4, "byte/completion"),
    posting_bytes=assume("Postings", 8, "byte/completion"),
    record_bytes=assume("Forward record", 40, "byte/completion"),
    entry_bytes=derive("Bytes of index", "fst_bytes + score_bytes + posting_bytes + record_bytes", "byte/completion"),
    index_bytes=derive("Index of a locale group", "completions * entry_bytes", "byte", note="replicated, unsharded"),
    locales=assume("Locales", 40, "locale"),
    locale_prefixes=assume("Precomputed short prefixes", 50e3, "prefix/locale"),
    prefixes=derive("Pairs of locale and short prefix", "locales * locale_prefixes", "prefix"),
    prefix_list=assume("Completions per short prefix", 50, "completion/prefix"),
    id_bytes=assume("Completion id", 4, "byte/completion"),
    key_bytes=assume("Prefix key", 12, "byte/prefix"),
    prefix_table=derive("Short-prefix table", "prefixes * (prefix_list * id_bytes + key_bytes)", "byte"),
    load=assume("Load at which hosts are run", 50, "percent"),
    host_speed=assume("Requests that a host answers", 3_000, "request/s/host"),
    regions=assume("Regions", 3, "region"),
    lost=assume("Regions that may be lost", 1, "region"),
    region_hosts=derive("Hosts a region", "ceil(served_rate / (host_speed * load) / (regions - lost))", "host/region"),
    hosts=derive("Suggest hosts", "region_hosts * regions", "host"),
    candidates=assume("Candidates scored per request", 200, "completion/request"),
    scores=derive("Ranker scores at peak", "served_rate * candidates", "completion/s"),
    ranker_speed=assume("Ranker speed, 100 trees", 500e3, "completion/s/core", note="runs in the service process"),
    ranker_cores=derive("Ranker cores", "ceil(scores / (ranker_speed * load))", "core"),
    sketch_width=assume("Columns of the trend sketch", 2**20),
    sketch_rows=assume("Rows of the trend sketch", 5),
    counter_bytes=assume("Bytes per counter", 4, "byte"),
    sketch=derive("Trend sketch", "sketch_width * sketch_rows * counter_bytes", "byte"),
    trend_window=assume("Trend window", 10, "minute"),
    sketch_error=derive("Sketch error", "2.718 * searches * trend_window / sketch_width", "search", note="e N / width"),
    sparse=assume("Served requests with too few hits", 8, "percent"),
    neural_rate=derive("Neural completions at peak", "served_rate * sparse", "request/s", note="20 M parameters"),
    log_bytes=assume("Search log per search", 120, "byte/search"),
    search_log=derive("Search log per day", "searches * log_bytes", "byte/day"),
    list_bytes=assume("Suggest log per search", 600, "byte/search", note="one record per search"),
    suggest_log=derive("Suggest log per day", "searches * list_bytes", "byte/day"),
    kept=assume("Keystroke lists kept for training", 5, "percent"),
    training_lists=derive("Training lists per day", "requests * kept", "request/day"),
)

SYSTEM = System(
    title="Autocomplete & typeahead",
    family="end-to-end",
    position=11,
    interview=InterviewRank(9, "classic Google"),
    tags=Tags(
        task=["search", "ranking"],
        pattern=["retrieval-ranking funnel", "batch scoring", "rules and model", "human in the loop", "exploration"],
        data=["text", "events"],
    ),
    requirements=Requirements(
        functional=[
            "Ten completions and entities for any prefix, in any word order, without accents, with one or two typos.",
            "Context from session, place and language; own recent searches on an empty box, and deletable.",
            "Blocked, private or unlawful suggestions never appear, and leave every cache within minutes.",
            "Entities obey visibility (blocked users, unpublished listings) at request time.",
        ],
        qualities={
            "Latency": "p99 of 100 ms at the edge, last mile excluded; p99 of 50 ms inside the service (assumptions).",
            "Freshness": "Trends 5 min, a new entity 60 s, the full completion index daily (assumptions).",
            "Availability": "99.99 % get suggestions or an empty list in time (assumption); search works without.",
        },
    ),
    estimate=ESTIMATE,
    headline=["peak_rate", "served_rate", "index_bytes", "scores"],
    budget=Budget(
        "p99 at the edge, last mile excluded",
        promise=100,
        stages={
            "Edge: request in, cache look-up": 5,
            "Edge to region and back": 40,
            "Admission and normalisation": 3,
            "Session and personal history": 5,
            "Retrieval in parallel: prefix, conjunctive, fuzzy, entities": 12,
            "Merge, visibility and policy filter": 3,
            "Features for {candidates}": 5,
            "Ranking of {candidates}": 8,
            "Diversify and format": 2,
            "Queueing slack in the service": 12,
            "Edge: store if public, answer": 5,
        },
        note="Stage p99s are added up: usually above the measured p99, but no bound. 50 ms are the service's.",
    ),
    decisions=[
        Decision(
            "An index in every replica's process",
            rejected=["a search cluster"],
            revisit_when="one runs, or the corpus exceeds a host",
        ),
        Decision(
            "Prefix automaton and inverted index",
            rejected=["a trie"],
            revisit_when="word order is fixed, as in code or addresses",
        ),
        Decision(
            "A vetted list, ranked",
            rejected=["generation for all prefixes"],
            revisit_when="people write sentences to an assistant",
        ),
        Decision(
            "Public lists in the edge cache",
            rejected=["personal lists on each keystroke"],
            revisit_when="the answer is often a friend",
        ),
        Decision(
            "Decayed counts and a delta for trends",
            rejected=["streaming everything"],
            revisit_when="news is what people look for",
        ),
        Decision(
            "A threshold of distinct people",
            rejected=["differential privacy"],
            revisit_when="logs are so sensitive that proof is due",
        ),
    ],
    failures=[
        FailureMode("A harmful suggestion appears", "Hourly probe, reports, audit", "Ledger entry; gone within 2 min"),
        FailureMode(
            "A campaign pushes a phrase", "Few networks, new accounts", "Exclude bots, hold the trend for review"
        ),
        FailureMode(
            "An index build is broken", "Golden prefixes, size, forbidden list", "Keep the last, alert at 30 h"
        ),
        FailureMode(
            "Costly prefixes slow the tail", "p99 by prefix length, retriever", "Short-prefix table, capped walks"
        ),
        FailureMode("Suggestions train themselves", "Share of suggested searches", "Discount them, explore at 8 to 10"),
        FailureMode(
            "The edge serves removed lists", "Epoch mismatches at probes", "Epoch in the key, purge, edge bypass"
        ),
    ],
    metrics=Metrics(
        offline=[
            "MRR and success at 10 by prefix length",
            "Coverage of tomorrow's queries, typo recall, missed harm probes",
            "Index size, p99 in replay",
        ],
        online=["Keystrokes saved, pick rate, time to submit", "Search success after a pick, searches not rephrased"],
        guardrail=[
            "p99, deadline misses, empty rate by locale",
            "Policy misses, removal time, share of searches that were suggested",
            "Latency of the search page itself",
        ],
    ),
    building_blocks=[*LEARNING_BLOCKS, *RESPONSIBILITY_BLOCKS, *COMMON_BLOCKS],
    sources=bibliography("""
        S. Gog, G. E. Pibiri, R. Venturini (eBay, CNR), "Efficient and Effective Query Auto-Completion", SIGIR 2020
            https://arxiv.org/abs/2005.06213 inverted index beside the prefix search, ids in score order
        Z. Bar-Yossef, N. Kraus (Google, Technion), "Context-Sensitive Query Auto-Completion", WWW 2011
            https://doi.org/10.1145/1963405.1963424 session context next to popularity
        F. Cai, M. de Rijke, "A Survey of Query Auto Completion in Information Retrieval", FnTIR 2016
            https://www.nowpublishers.com/article/Details/INR-055 time decay, personal features, evaluation by MRR
        J. Wu (LinkedIn), "Cleo: the open source technology behind LinkedIn's typeahead search", LinkedIn 2012
            https://engineering.linkedin.com/open-source/cleo-open-source-technology-behind-linkedins-typeahead-search
            Bloom filters and a forward index for personal networks
        K. Adams (Facebook), "The Life of a Typeahead Query", Engineering at Meta 2010
            https://engineering.fb.com/2010/05/17/web/the-life-of-a-typeahead-query/
            an aggregator over parallel backends, client caching
        Y. Li et al. (Illinois, Yahoo), "A Two-Dimensional Click Model for Query Auto-Completion", SIGIR 2014
            https://studylib.net/doc/5343973/a-two-dimensional-click-model-for-query-auto
            position bias and skipped lists in keystroke logs (the talk)
        S. Wang et al. (LinkedIn), "Efficient Neural Query Auto Completion", CIKM 2020
            https://arxiv.org/abs/2008.02879 an unnormalised language model within typeahead latency
        Elastic, "You Complete Me", Elastic blog 2013
            https://www.elastic.co/blog/you-complete-me a completion suggester on finite-state transducers
        G. Cormode, S. Muthukrishnan, "An Improved Data Stream Summary: The Count-Min Sketch", J. Algorithms 2005
            https://doi.org/10.1016/j.jalgor.2003.12.001 error bound of the trend sketch
    """),
)


@view("Overview")
def overview() -> None:
    """Keystrokes are answered from memory; search logs, policy and trends rebuild what that memory holds."""
    searchers = Users("Searchers", tooltip="Type prefixes, pick or ignore suggestions, submit searches")
    with Cluster("Online"):
        edge = Fastly("Edge cache", tooltip="Public lists of short prefixes by locale and arm, for 60 s")
        service = Rust("Suggest service", tooltip="Index and ranker in process; no hop inside retrieval")
        history = Redis("Personal history\nRedis", tooltip="Recent searches and session intent, deletable")
        index = Retriever("Completion index\nin memory", tooltip="Automaton and inverted index in each replica")
        policy = Guard("Policy filter", tooltip="Blocklist and visibility, applied at request time")
    with Cluster("Learn"):
        events = Kafka("Event log\nKafka", tooltip="Prefix, shown list, pick, final query")
        trends = Flink("Trend detector\nFlink", tooltip="Rising queries within 5 min, checked against policy")
        builder = Spark("Index pipeline\nSpark", tooltip="Aggregates, cleans, scores and compiles daily")
        reviewers = Users("Reviewers", tooltip="Rules, removals and appeals")
        training = Kubeflow("Training pipeline", tooltip="Debiased list-wise model, weekly")
        registry = Mlflow("Model registry", tooltip="Ranker, normaliser and index version as one bundle")

    searchers >> request("prefix") >> edge >> request("{edge_misses} misses") >> service
    service >> request("last searches") >> history
    service >> request("{candidates} candidates") >> index
    service >> request("candidates") >> policy
    service >> request("list, cache rule") >> edge >> request("10 suggestions") >> searchers
    searchers >> feedback("pick, search") >> events >> stream("{search_rate}") >> trends
    trends >> stream("delta, 5 min") >> index
    events >> batch("30 days") >> builder >> batch("daily snapshot") >> index
    reviewers >> control("exclusions") >> builder
    reviewers >> control("removal, minutes") >> policy
    events >> batch("picked lists") >> training >> control("gated model") >> registry >> control("rollout") >> service


@view("Serving")
def serving() -> None:
    """One keystroke in 100 ms: drop what is stale, ask the cache, else retrieve in memory, filter once, rank once."""
    box = React("Search box", tooltip="Debounces 50 ms, caches prefixes, drops answers to old ones")
    with Cluster("Edge"):
        edge = Fastly("Edge cache", tooltip="Keyed by locale, prefix, policy epoch and arm, never by user")
        gateway = Envoy("API gateway", tooltip="Limits bots, sheds before it queues, sets 50 ms deadline")
    with Cluster("Service"):
        normaliser = Rust("Normaliser", tooltip="Case, accents, script, keyboard layout, tokens")
        session = Redis("Session store\nRedis", tooltip="Last 20 searches, coarse location, language")
    with Cluster("Retrieval"):
        table = Cache("Short-prefix table", tooltip="{prefixes} prefixes with a public top {prefix_list}")
        typos = Retriever("Typo expander", tooltip="One edit from 4 characters, two from 8")
        automaton = Retriever("Prefix automaton", tooltip="Weighted FST, walked best first, without a scan")
        conjunctive = Retriever("Conjunctive index", tooltip="Inverted lists of terms, for any word order")
        entities = Cache("Entity segment", tooltip="People and products with access bits, 60 s fresh")
        neural = ModelServer("Neural completer\nsmall GPU", tooltip="Character model, in the time ranking would take")
    with Cluster("Rank"):
        policy = Guard("Policy filter", tooltip="Blocklist automaton, visibility, k-anonymity flag")
        ranker = Ranker("List ranker\ntrees", tooltip="Popularity, recency, session, person, entity quality")
        diversifier = Assembler("Diversifier", tooltip="Drops near-duplicates, mixes kinds, explores from 8 to 10")
    log = Kafka("Serving log\nKafka", tooltip="Prefix, list, positions, scores, propensity")

    with step("After 50 ms without a key the box asks the edge, where {edge_hits} end with a public list."):
        box >> request("prefix, locale") >> edge
    with step("The rest, {served_rate:n} a second at peak, gets a 50 ms deadline and is normalised in 3 ms."):
        edge >> request("{edge_misses} misses") >> gateway >> request("{served_rate}") >> normaliser
    with step("One 5 ms read brings recent searches; a miss means an unpersonalised list, not a wait."):
        normaliser >> request("5 ms") >> session
    with step("Up to 3 characters take the precomputed top {prefix_list}; longer ones walk the automaton."):
        normaliser >> request("up to 3\ncharacters") >> table
        normaliser >> request("prefix") >> automaton
    with step("In the same 12 ms, other word orders and edited prefixes are matched."):
        normaliser >> request("tokens, suffix") >> conjunctive
        normaliser >> request("repaired prefix") >> typos >> request("edit variants") >> automaton
    with step("Entities add up to 40; every source passes one policy filter, which leaves {candidates} at most."):
        normaliser >> request("entity prefix") >> entities >> request("40 entities") >> policy
        table >> request("top {prefix_list}") >> policy
        automaton >> request("100 hits") >> policy
        conjunctive >> request("60 hits") >> policy
    with step("For the {sparse} with under 5 hits a small model writes 10, and they pass the same filter."):
        policy >> request("under 5 hits") >> neural >> request("10 generated") >> policy
    with step("Trees score {candidates} in 8 ms, with session and personal features."):
        policy >> request("up to {candidates}") >> ranker
        normaliser >> request("session context") >> ranker
    with step("Near-duplicates go; ten suggestions leave the edge within 100 ms; only public lists are kept, 60 s."):
        ranker >> request("scored list") >> diversifier >> request("list, cache rule") >> edge
        edge >> request("10 suggestions") >> box
    with step("The list with its positions and the final query are logged for debiased training."):
        diversifier >> stream("list, scores") >> log
        box >> feedback("pick, final\nquery") >> log


@view("Index")
def index() -> None:
    """From raw searches to a compiled index: count people, clean, decay, apply policy, compile, verify, swap."""
    with Cluster("Sources"):
        log = Kafka("Event log\nKafka", tooltip="{searches:n} searches a day, with result counts and success")
        lake = S3("Data lake", tooltip="30 to 90 days, with pseudonymous user ids")
        catalogue = Postgresql("Entity catalogue", tooltip="Products, people, places, with status changes")
    with Cluster("Clean"):
        bots = Spark("Bot filter\nSpark", tooltip="Removes scripted searches and coordinated campaigns")
        threshold = Spark("Distinct-user threshold", tooltip="Keeps what 50 people searched in 30 days")
        canonical = Spark("Canonicaliser", tooltip="Merges spellings and orders into the form that succeeds")
        decay = Spark("Time-decayed score", tooltip="Decay, season and success rate, by locale")
    with Cluster("Trends"):
        trends = Flink("Trend detector\nFlink", tooltip="Count-min over {trend_window} to last week; counts people")
        delta = Cache("Fresh segment", tooltip="Small map merged at query time, expires in 48 h")
    with Cluster("Build"):
        policy = Guard("Policy exclusion", tooltip="Classifiers, name-plus-allegation rules, removals")
        compiler = Rust("Index compiler", tooltip="Ids in score order, then FST and postings")
        verifier = Inspection("Index verifier", tooltip="Golden prefixes, forbidden list, size, latency replay")
    with Cluster("Publish"):
        snapshots = S3("Snapshot store", tooltip="Immutable, memory-mapped by the replicas")
        pointer = Etcd("Version pointer\netcd", tooltip="Flips index, policy epoch and edge keys together")
        replicas = ModelPool("Suggest replicas", tooltip="Map the snapshot, merge the delta, keep the last version")

    log >> batch("hourly files") >> lake >> batch("30 days") >> bots >> batch("human searches") >> threshold
    threshold >> batch("kept queries") >> canonical >> batch("canonical forms") >> decay
    decay >> batch("{queries:n} queries") >> policy >> batch("allowed strings") >> compiler
    log >> stream("{search_rate}") >> trends >> stream("rising, 50+\npeople") >> policy
    catalogue >> stream("{entities:n} entities") >> policy >> stream("trend, new\nentity") >> delta
    compiler >> control("candidate index") >> verifier >> batch("passed") >> snapshots
    snapshots >> batch("{index_bytes}") >> replicas
    snapshots >> control("new version") >> pointer >> control("flip version") >> replicas
    pointer >> control("rebase") >> delta >> stream("under 5 min") >> replicas


@view("Safety")
def safety() -> None:
    """Suggestions as published speech: classes, legal removal, judgement, and an epoch that reaches every cache."""
    with Cluster("Signals"):
        public = Users("Public, legal requests", tooltip="Reports, court orders, right-to-erasure requests")
        fresh = Kafka("New candidates\nKafka", tooltip="Strings that enter index or delta for the first time")
        probe = Monitor("Adversarial probe", tooltip="Asks for names, groups and crises hourly, keeps the lists")
    with Cluster("Decide"):
        classifiers = ModelServer("Harm classifiers", tooltip="Sexual, hateful, violent, self-harm, personal data")
        rules = RuleEngine("Sensitive-entity rules", tooltip="Name plus allegation, election and health rules")
        queue = ReviewQueue("Review queue", tooltip="Orders by exposure times uncertainty")
        reviewers = Users("Reviewers", tooltip="Decide by written policy, 10 % twice")
    with Cluster("Enforce"):
        ledger = Postgresql("Decision ledger\nPostgreSQL", tooltip="Decision, reason, scope, expiry; audited")
        compiler = Rust("Blocklist compiler", tooltip="Exact, token and pattern automata, with stemming")
        epoch = Etcd("Policy epoch\netcd", tooltip="A number in every cache key; a bump hides stale lists")
        replicas = ModelPool("Suggest replicas", tooltip="Apply the list after retrieval, to every source")
        edge = Fastly("Edge cache", tooltip="Misses on the new epoch, old lists age out")

    fresh >> stream("first-seen\nstrings") >> classifiers >> stream("certain block") >> ledger
    fresh >> stream("first-seen\nstrings") >> rules >> stream("block or hold") >> ledger
    public >> request("report") >> queue >> request("by exposure") >> reviewers >> request("decision, reason") >> ledger
    classifiers >> stream("uncertain") >> queue
    probe >> batch("suspicious list") >> queue
    reviewers >> feedback("labels") >> classifiers
    ledger >> stream("list change") >> compiler >> control("new version") >> epoch >> control("under 2 min") >> replicas
    epoch >> control("key change") >> edge
    replicas >> stream("served lists") >> probe


@view("Training")
def training() -> None:
    """Learning from picks that depend on position, prefix length and patience; judged by slices, not clicks alone."""
    with Cluster("Data"):
        log = Kafka("Serving log\nKafka", tooltip="Lists shown at every keystroke, with positions")
        final = Kafka("Final searches\nKafka", tooltip="What was submitted, and whether the search succeeded")
        join = Flink("Label join\nFlink", tooltip="Keystrokes, pick and success within 10 min")
        table = S3("Training table", tooltip="Joined sessions; personal features expire")
        debias = Spark("Debias and sample\nSpark", tooltip="Examination by position and speed; unseen lists go")
        features = Spark("Feature build\nSpark", tooltip="Popularity as of then, so that today cannot leak")
    with Cluster("Training"):
        ranker = Trainer("List ranker trainer", tooltip="LambdaMART on success-weighted picks")
        completer = Trainer("Neural completer trainer", tooltip="Character model, on allowed queries only")
        typos = Trainer("Typo model trainer", tooltip="Edit costs from rephrased pairs and keyboard layout")
    with Cluster("Release"):
        gate = Choice("Offline gate", tooltip="MRR by prefix length, locale slices, harm probe")
        replay = Inspection("Latency replay", tooltip="Recorded traffic at twice the peak, against p99")
        registry = Mlflow("Model registry", tooltip="Ranker, completer, typo model, normaliser version")
        canary = Flagger("Shadow and canary", tooltip="In shadow, then 1 % of replicas, rolled back on p99 or harm")
        trial = Experiment("Interleaving, A/B", tooltip="Interleaving first, then by user with a holdback")

    log >> stream("shown lists") >> join
    final >> stream("search, success") >> join >> batch("joined sessions") >> table
    table >> batch("{training_lists:n} lists/day") >> debias >> batch("weighted lists") >> features
    features >> batch("features, weights") >> ranker >> batch("ranker") >> gate
    table >> batch("allowed queries") >> completer >> batch("completer") >> gate
    table >> batch("rephrased pairs") >> typos >> batch("typo model") >> gate
    gate >> control("passed") >> replay >> control("p99 holds") >> registry >> control("bundle") >> canary
    canary >> control("canary holds") >> trial >> stream("new impressions") >> log


@view("Operations")
def operations() -> None:
    """A service that may return nothing but never late or harmful: shedding, epochs, loop monitors, fast rollback."""
    with Cluster("Serving"):
        replicas = ModelPool("Suggest replicas", tooltip="Emit latency by stage, empty rate, cache hit rate")
        shedding = Envoy("Load shedder\nEnvoy", tooltip="Drops mid-word keystrokes first, then all but the edge")
        fallback = Fallback("Fallback ladder", tooltip="No person, no typos, short-prefix table, empty list")
    with Cluster("Observe"):
        probe = Monitor("Adversarial probe", tooltip="Sensitive prefixes hourly, counts policy misses")
        metrics = Prometheus("Metrics\nPrometheus", tooltip="p99 by region, deadline misses, empty rate by locale")
        quality = Flink("Live quality\nFlink", tooltip="Pick rate, keystrokes saved, abandonment, by arm")
        loop = Spark("Feedback-loop monitor", tooltip="Share of searches that came from suggestions")
        dashboards = Grafana("Dashboards\nGrafana", tooltip="Latency, quality, safety by locale")
        alerts = Pagerduty("On-call alerts", tooltip="Burn rate, harm miss, index older than 30 h")
    with Cluster("Act"):
        analysis = Clickhouse("Experiment analysis", tooltip="Search success by arm, latency guardrails")
        owner = User("Search owner", tooltip="Approves launches with the policy reviewers")
        rebuild = Airflow("Rebuild trigger", tooltip="Extra build after a refused one or new vocabulary")
        pointer = Etcd("Version pointer\netcd", tooltip="The previous index and ranker stay loaded for rollback")

    probe >> request("probe prefixes") >> replicas >> stream("stage metrics") >> metrics
    metrics >> stream("series") >> dashboards
    replicas >> stream("lists, picks") >> quality >> stream("quality") >> dashboards
    replicas >> batch("daily searches") >> loop >> control("vocabulary shift") >> rebuild
    probe >> control("policy miss") >> alerts
    metrics >> control("SLO burn") >> alerts >> control("bad index") >> pointer
    metrics >> control("saturation") >> shedding >> control("overload") >> fallback
    fallback >> control("cheaper mode") >> replicas
    quality >> batch("per-arm events") >> analysis >> feedback("read-out") >> owner >> control("ramp") >> pointer
    loop >> feedback("monthly report") >> owner
    rebuild >> control("fresh index") >> pointer >> control("index version") >> replicas
