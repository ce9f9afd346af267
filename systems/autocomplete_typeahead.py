"""Suggest complete queries and matching entities after every keystroke, within 100 ms at the edge.

One search triggers several requests, so the traffic is a multiple of search traffic, while the budget is shorter than
the gap between two keystrokes. The suggestions are published speech made of other people's queries: privacy, defamation
and abuse are ranking constraints. And what is suggested gets searched, which feeds the next day's counts.

The answer is an index in the memory of every replica, one policy filter, and cache keys that change with the policy.
"""

from diagrams import Cluster, Edge
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
    Bias,
    Budget,
    Cache,
    Calibrator,
    CaseStudy,
    Clarification,
    Decision,
    EmbeddingTable,
    Estimate,
    Evaluation,
    Experiment,
    FailureMode,
    Fallback,
    FeatureGroup,
    Features,
    FollowUp,
    Framing,
    Guard,
    Head,
    Interaction,
    InterviewRank,
    Label,
    LabelJoin,
    Loss,
    LossFunction,
    MathFormula,
    Metrics,
    ModelPool,
    ModelServer,
    Monitor,
    Parallel,
    Phase,
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
    reference,
    request,
    response,
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
    edge_hits=assume("Edge-cache hits, of suggest requests", 45, "percent", note="short, unpersonalised prefixes"),
    edge_misses=derive("Edge-cache misses, of suggest requests", "1 - edge_hits", "percent"),
    served_rate=derive("Peak rate that reaches the service", "peak_rate * edge_misses", "request/s"),
    queries=assume(
        "Completions from queries",
        20e6,
        "completion",
        note="where counts fall as 1 / rank, a month's searches lift about so many over the threshold",
    ),
    entities=assume("Completions from entities", 25e6, "completion"),
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
    load=assume("Load at which hosts run, of their capacity", 50, "percent"),
    host_cores=assume("Cores of a host", 32, "core/host"),
    request_work=assume("Work of a request, all stages", 10, "ms*core/request", note="mostly automaton walks"),
    host_speed=derive("Requests a host answers", "host_cores / request_work", "request/s/host"),
    regions=assume("Regions", 3, "region"),
    lost=assume("Regions that may be lost", 1, "region"),
    region_hosts=derive("Hosts a region", "ceil(served_rate / (host_speed * load) / (regions - lost))", "host/region"),
    hosts=derive("Suggest hosts", "region_hosts * regions", "host"),
    bump_load=derive(
        "Load while no edge cache answers, of the hosts' capacity",
        "peak_rate / (hosts * host_speed)",
        "percent",
        note="at peak, with all regions up",
    ),
    automaton_hits=assume("Hits of the prefix automaton", 100, "completion/request"),
    conjunctive_hits=assume("Hits of the conjunctive index", 60, "completion/request"),
    entity_hits=assume("Hits among entities", 40, "completion/request"),
    candidates=derive("Candidates scored", "automaton_hits + conjunctive_hits + entity_hits", "completion/request"),
    shown=assume("Suggestions shown", 10, "completion/request"),
    scores=derive("Ranker scores at peak", "served_rate * candidates", "completion/s"),
    ranker_speed=assume("Ranker speed, 100 trees", 500e3, "completion/s/core", note="runs in the service process"),
    ranker_cores=derive("Ranker cores, of the hosts' cores", "ceil(scores / (ranker_speed * load))", "core"),
    rank_cores=assume("Cores that score one request", 1, "core/request"),
    rank_wait=assume("Wait for a core, p99", 5, "ms"),
    rank_time=derive("Ranking of one request", "candidates / (ranker_speed * rank_cores) + rank_wait", "ms"),
    sketch_width=assume("Columns of the trend sketch", 2**20),
    sketch_rows=assume("Rows of the trend sketch", 5),
    counter_bytes=assume("Bytes per counter", 4, "byte"),
    sketch=derive("Trend sketch", "sketch_width * sketch_rows * counter_bytes", "byte"),
    trend_window=assume("Trend window", 10, "minute"),
    sketch_error=derive(
        "Overcount of the sketch, at most",
        "2.718 * searches * peak_factor * trend_window / sketch_width",
        "search",
        note="e N / width at peak, in all but e^-5 of cases",
    ),
    threshold=assume("Distinct people before a query is suggested", 50, "user", note="in 30 days"),
    sparse=assume("Requests with fewer than 5 hits, of those served", 8, "percent"),
    neural_rate=derive("Neural completions at peak", "served_rate * sparse", "request/s"),
    neural_speed=assume("Completions a GPU generates", 500, "request/s/GPU", note="20 M parameters, beam of 10"),
    neural_gpus=derive("Completer GPUs", "ceil(neural_rate / (neural_speed * load))", "GPU"),
    neural_batch=assume("Requests batched on a GPU", 4, "request/GPU"),
    neural_wait=assume("Wait for a GPU, p99", 5, "ms"),
    neural_time=derive("Neural completion, with the wait", "neural_batch / neural_speed + neural_wait", "ms"),
    all_neural=derive("Completer GPUs if every request generated", "ceil(served_rate / (neural_speed * load))", "GPU"),
    edge_in=assume("Edge: request in and cache look-up, p99", 5, "ms"),
    trip=assume("Edge to region and back, p99", 40, "ms"),
    admission=assume("Admission and normalisation, p99", 3, "ms"),
    session_time=assume("Session and personal history, p99", 5, "ms"),
    walk=assume("Prefix automaton, p99", 8, "ms"),
    conjunction=assume("Conjunctive index, p99", 12, "ms"),
    fuzzy=assume("Typo expansion and second walk, p99", 12, "ms", note="capped in states visited"),
    entity_time=assume("Entity segment, p99", 6, "ms"),
    filtering=assume("Merge, visibility and policy filter, p99", 3, "ms"),
    feature_time=assume("Features, p99", 5, "ms"),
    formatting=assume("Diversify and format, p99", 2, "ms"),
    slack=assume("Queueing in the service, p99", 8, "ms"),
    edge_out=assume("Edge: store if public, answer, p99", 5, "ms"),
    promise=assume("Suggestions at the edge, p99", 100, "ms"),
    log_bytes=assume("Event log per search", 120, "byte/search"),
    search_log=derive("Event log per day", "searches * log_bytes", "byte/day"),
    list_bytes=assume("Serving log per search", 600, "byte/search", note="one record per search"),
    suggest_log=derive("Serving log per day", "searches * list_bytes", "byte/day"),
    kept=assume("Lists kept for training, of all suggest requests", 5, "percent"),
    training_lists=derive("Training lists per day", "requests * kept", "request/day"),
    success=assume("Searches that succeed, of all searches", 65, "percent"),
    effect=assume("Smallest relative change worth detecting", 0.5, "percent"),
    clustering=assume("Design effect of searches grouped by user", 3),
    arm=derive(
        "Searches per arm of an A/B test",
        "16 * (1 - success) / (success * effect ** 2) * clustering",
        note="80 % power at the 5 % level: 16 p (1 - p) / d², times the design effect",
    ),
    core_price=reference("core_price"),
    gpu_price=reference("l4_price"),
    edge_price=assume(
        "Price of a request at the edge", 0.2e-6, "USD/request", note="negotiated; a CDN lists about 1e-6"
    ),
    bill=derive("Compute bill", "hosts * host_cores * core_price + neural_gpus * gpu_price", "USD/month"),
    cost_per_thousand=derive("Cost of 1,000 suggest requests", "1000 * (bill / requests + edge_price)", "USD/request"),
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
    framing=Framing(
        goal="Searches reach a good result page with less typing, and nobody is harmed by a suggestion.",
        decision="After each keystroke, which {shown} strings or entities to show, in what order, or nothing.",
        task="Candidate retrieval by prefix, then list-wise ranking; beside it classification of strings that must not be suggested.",
        label="The suggestion that was picked, weighted by whether the search that followed succeeded.",
        metric="Successful searches per user; keystrokes saved as the fast proxy. Offline: mean reciprocal rank by prefix length.",
        not_optimised="Pick rate alone: provocative suggestions are picked more and answer nothing. Nor typed characters, which punish people who know what they want.",
        baseline="Most popular completion of the prefix, from counts. It reaches most of the quality on short prefixes, and is enough for a site search with one language and no personal data.",
    ),
    clarifications=[
        Clarification(
            "Queries, entities or both?", "Both: {queries:n} vetted queries and {entities:n} entities in one list."
        ),
        Clarification(
            "Whose network: public or social?",
            "Public search; visibility of entities matters, a friend graph does not.",
        ),
        Clarification(
            "Latency from where to where?", "{promise} p99 at the edge, last mile excluded; half of it in the service."
        ),
        Clarification(
            "How much personalisation?",
            "Own recent searches and session; only after the short prefixes, which are public and cached.",
        ),
        Clarification("How fresh?", "Trends in 5 min, new entities in 60 s, the full index daily."),
        Clarification(
            "What must never appear?",
            "Private, defamatory, hateful or unlawful strings; removals act in 2 min everywhere.",
        ),
        Clarification("Does search depend on it?", "No. An empty list in time beats a good list that is late."),
    ],
    requirements=Requirements(
        functional=[
            "Ten completions and entities for any prefix, in any word order, without accents, with one or two typos.",
            "Context from session, place and language; own recent searches on an empty box, and deletable.",
            "Blocked, private or unlawful suggestions never appear, and leave every cache within minutes.",
            "Entities obey visibility (blocked users, unpublished listings) at request time.",
        ],
        qualities={
            "Latency": "p99 of {promise} at the edge, last mile excluded; p99 of 50 ms inside the service (assumptions).",
            "Freshness": "Trends 5 min, a new entity 60 s, the full completion index daily (assumptions).",
            "Availability": "99.99 % of requests get suggestions or an empty list in time (assumption); search works without.",
        },
    ),
    estimate=ESTIMATE,
    headline=["peak_rate", "served_rate", "index_bytes", "hosts", "cost_per_thousand"],
    key_inputs=["users", "keystrokes", "edge_hits", "queries", "request_work"],
    cost="cost_per_thousand",
    budget=Budget(
        "p99 at the edge, last mile excluded",
        promise="promise",
        stages={
            "Edge: request in, cache look-up": "edge_in",
            "Edge to region and back": "trip",
            "Admission and normalisation": "admission",
            "Session and personal history": "session_time",
            "Retrieval": Parallel(
                {
                    "Prefix automaton": "walk",
                    "Conjunctive index": "conjunction",
                    "Typo expansion": "fuzzy",
                    "Entity segment": "entity_time",
                }
            ),
            "Merge, visibility and policy filter": "filtering",
            "Rank, or generate when hits are few": Parallel(
                {
                    "Features and ranking of {candidates}": "feature_time + rank_time",
                    "Neural completion and its policy filter": "neural_time + filtering",
                }
            ),
            "Diversify and format": "formatting",
            "Queueing in the service": "slack",
            "Edge: store if public, answer": "edge_out",
        },
    ),
    labels=[
        Label(
            "Pick",
            window="the session of one search, at most 10 min from the first key",
            positive="the suggestion submitted, weight 1 if the search succeeds, 0.3 if not",
            negative="suggestions above the pick, and in lists that contained the final query",
            ignored="lists the user typed through within 150 ms: nobody read them",
            delay="seconds for the pick, 10 min for success",
            bias="position, and typing speed: fast typists never look",
            where="training/Final searches -> Label join",
        ),
        Label(
            "Final query typed in full",
            window="the same session",
            positive="it was in the list but not picked: positive at the last list only",
            negative="none",
            ignored="it was never retrieved: counts for recall, not for ranking",
            delay="seconds",
            bias="head queries appear early and are picked; tail queries are typed out",
            where="training/Final searches -> Label join",
        ),
        Label(
            "Policy decision",
            window="first time a string enters index or delta, and on every report",
            positive="blocked under a named rule",
            negative="allowed by a reviewer",
            ignored="expired decisions",
            delay="minutes to days",
            bias="only uncertain or reported strings are reviewed; an hourly probe samples the rest",
            where="safety/Reviewers -> Harm classifiers",
        ),
        Label(
            "Rephrased query",
            window="next search within 60 s, edit distance at most 2",
            positive="a typo and its correction",
            negative="a change of meaning",
            ignored="corrections the search page itself proposed",
            delay="a day",
            bias="mobile keyboards dominate; edit costs are kept per layout",
            where="training/Training table -> Typo model trainer",
        ),
    ],
    training_example={
        "prefix": "'berl' at key 4, 310 ms after the previous key",
        "session": "last search 'flights november'",
        "list": "berlin weather | berlin | berlin flights | ... ({shown})",
        "features of 'berlin flights'": "log count 11.2, trend 0.1, session cosine 0.64, popularity rank 3",
        "position": "3, examination 0.38",
        "label": "picked, search succeeded (1.0)",
        "weight": "1 / 0.38 = 2.6",
        "versions": "index 2026-11-27, policy epoch 4412",
    },
    features=[
        FeatureGroup(
            "Completion",
            features=[
                "decayed count of distinct people",
                "success rate of the search",
                "rise over last week",
                "season (same week last year)",
                "length in characters and words",
                "kind: query or entity",
                "entity quality",
            ],
            freshness="1 day; trend 5 min",
            store="index/Time-decayed score",
            leak="Counts of today contain today's label; features are as of the hour before the list.",
        ),
        FeatureGroup(
            "Prefix and completion",
            features=[
                "share of the prefix's picks that went to it",
                "characters left to type",
                "edits spent and their cost",
                "matched in order or not",
                "last word complete or not",
                "rank by popularity alone",
            ],
            freshness="1 day",
            store="serving/Short-prefix table",
            leak="Pick shares come from the old ranker's positions; they are divided by examination before smoothing.",
        ),
        FeatureGroup(
            "Session and person",
            features=[
                "cosine to the last search",
                "searched before by this person",
                "hours since then",
                "category of the last 5 searches",
                "language of typing",
                "coarse location match",
            ],
            freshness="seconds",
            store="serving/Session store",
            leak="The search being typed must not be in its own history; the read is logged as it was served.",
        ),
        FeatureGroup(
            "Context",
            features=["prefix length", "typing speed", "device and keyboard", "hour", "locale"],
            freshness="request time",
            store="serving/Serving log",
            leak="Typing speed explains examination and so enters the click model, not the ranker.",
        ),
    ],
    loss=Loss(
        objective="The list ranker minimises a LambdaRank loss on success-weighted picks, weighted by inverse examination from a two-dimensional click model. The completer minimises next-character negative log-likelihood on allowed queries. Harm classifiers minimise weighted cross-entropy with more weight on misses than on false blocks.",
        formulas=[
            MathFormula(
                "Examination in two dimensions",
                r"P(C_{k,r} = 1) = P(H_k = 1)\, P(E_r = 1)\, P(\mathrm{rel}_{k,r})",
                "a suggestion at key k and rank r is picked if the user pauses to look (H), looks that far down (E), and it is relevant; typing speed predicts H.",
            ),
            MathFormula(
                "Weighted LambdaRank",
                r"\mathcal{L} = \sum_{i \succ j} \frac{g_i}{\hat{P}(H_k) \hat{P}(E_{r_i})} \left| \Delta \mathrm{RR}_{ij} \right| \log\left(1 + e^{-(s_i - s_j)}\right)",
                "g is the pick's success weight; ΔRR is what swapping i and j changes in reciprocal rank; weights are clipped at 10.",
            ),
            MathFormula(
                "Time-decayed count",
                r"c_t = n_t + 2^{-1/h}\, c_{t-1}",
                "n is the day's distinct people, h the half-life in days: 3 for news-like queries, 30 for others.",
            ),
        ],
        calibration="Ranking needs only order. Two numbers must be probabilities: harm scores, isotonic per policy class and language, checked weekly on probe lists; and the chance that the best completion is picked, Platt-scaled by prefix length, which decides whether to show one, few or ten.",
    ),
    evaluation=Evaluation(
        offline="Mean reciprocal rank and success at 10 by prefix length (1 to 3, 4 to 7, 8 and more), coverage of tomorrow's queries, typo recall, missed harm probes, p99 in replay.",
        disagreement="Replay knows only the lists the old ranker showed: a new suggestion has no pick. Full queries typed with autocomplete on were themselves shaped by it, so popularity looks better than it is.",
        unit="User: session history and habits carry over between keystrokes and searches; the arm is in the edge-cache key.",
        duration="Two weeks; typing habits adapt within days, and one weekly cycle of trends is needed.",
        power="{success} of searches succeed; a {effect} relative change needs {arm} searches per arm, which 1 % of traffic gives in a day. Two weeks are for habits.",
        guardrails="p99 and deadline misses, empty rate by locale, policy misses, removal time, share of searches that came from suggestions.",
    ),
    biases=[
        Bias(
            "Position bias",
            effect="The first suggestion is picked because it is first and nearest to the thumb.",
            cure="A two-dimensional click model estimates examination by key and rank; picks are weighted by its inverse.",
            where="training/Debias and sample",
        ),
        Bias(
            "Selection bias",
            effect="A completion that was never shown has no pick, so the ranker never learns it.",
            cure="Positions 8 to 10 explore with logged propensity, and prefixes of queries typed with suggestions off are added.",
            where="serving/Diversifier",
        ),
        Bias(
            "Popularity feedback",
            effect="What is suggested gets searched, is counted and suggested more.",
            cure="Searches that came from a pick count 0.3; the loop monitor reports their share by locale.",
            where="operations/Feedback-loop monitor",
        ),
        Bias(
            "Delayed feedback",
            effect="Whether the search succeeded is known minutes after the pick.",
            cure="The join waits 10 min; trends use distinct people, not success.",
            where="training/Label join",
        ),
        Bias(
            "Cold start of a query",
            effect="A news event has no counts yet.",
            cure="The trend detector adds a rising string after {threshold} distinct people and a policy check, within 5 min.",
            where="index/Trend detector",
        ),
        Bias(
            "Cold start of an entity",
            effect="A new product or person has never been searched.",
            cure="Entities enter from the catalogue within 60 s with a quality prior by kind.",
            where="serving/Entity segment",
        ),
        Bias(
            "Cold start of a locale",
            effect="Too few people pass the threshold of {threshold}.",
            cure="Translated head queries and catalogue entities seed it; the threshold falls to 20 for vetted categories only.",
            where="index/Distinct-user threshold",
        ),
    ],
    decisions=[
        Decision(
            "An index in every replica's process",
            why="{index_bytes} fits in memory, so a request needs no network hop inside retrieval; a fan-out would spend the {conjunction} that all retrievers share on waiting for the slowest shard.",
            rejected=[
                "a search cluster's completion suggester: less code and context filters, at 10 ms more",
                "sharding by prefix: small hosts, but the hottest letters set the size",
            ],
            revisit_when="The index exceeds half of a host's memory, about 128 GB, or a personal network must be searched.",
        ),
        Decision(
            "Prefix automaton and inverted index",
            why="The automaton finds 'new york w' best first; the inverted index, with ids in score order, finds 'weather new york' too. Prefix search alone misses completions that people would have accepted.",
            rejected=[
                "a trie with top lists in each node: simplest and fastest, but fixed word order and many times the memory",
                "edge n-grams in a search engine: handles order, but the postings explode",
            ],
            revisit_when="Word order is fixed, as in addresses, code or identifiers.",
        ),
        Decision(
            "A vetted list, ranked; generation only when hits are few",
            why="Every string in the index passed classifiers and a threshold of {threshold} people before anyone saw it. Generated text exists only after the keystroke, when there are milliseconds left to check it.",
            rejected=[
                "generation for all prefixes: fluent tails, but {all_neural} GPUs instead of {neural_gpus} and unvetted speech",
                "no generation: {sparse} of requests get fewer than 5 suggestions",
            ],
            revisit_when="People write sentences to an assistant, where no list can hold the completions.",
        ),
        Decision(
            "Public lists in the edge cache, personal ones behind it",
            why="Short prefixes are the same for everybody in a locale: {edge_hits} of requests end at the edge in {edge_in}. The key holds locale, prefix, arm and policy epoch, never a user.",
            rejected=[
                "personal lists on every keystroke: better second suggestions, but nearly twice the hosts",
                "only a client cache: no help for the first keys of a session",
            ],
            revisit_when="The right answer is usually a friend or an own document.",
        ),
        Decision(
            "Decayed daily counts and a small delta for trends",
            why="The daily build gives time for bot filters, review and verification. A {sketch} sketch over {trend_window} finds what rises, and only rising strings skip the wait, after the same policy.",
            rejected=[
                "streaming everything: minutes fresh, but nothing rests before it is published",
                "a daily build alone: yesterday's news",
            ],
            revisit_when="News is what people look for, or more than about 5 % of searches hit strings younger than a day.",
        ),
        Decision(
            "A threshold of distinct people",
            why="A string that {threshold} people searched in 30 days is unlikely to identify one of them, and a campaign needs as many unrelated accounts. It costs the tail.",
            rejected=[
                "differential privacy: a formal guarantee, but noise removes most of the tail",
                "classifiers for personal data alone: miss what is private only in context",
            ],
            revisit_when="Logs are so sensitive (health, internal mail) that a proof is required.",
        ),
    ],
    failures=[
        FailureMode(
            "A harmful or defamatory suggestion appears.",
            "The hourly probe, a user's report or an audit finds it.",
            "A ledger entry compiles a new blocklist and bumps the policy epoch: it is gone from replicas and edge within 2 min.",
        ),
        FailureMode(
            "A coordinated campaign pushes a phrase into the trends.",
            "Its searches come from few networks and new accounts, in a burst.",
            "The bot filter excludes them, and the trend is held for review instead of entering the delta.",
        ),
        FailureMode(
            "An index build is broken: wrong encoding or truncated logs.",
            "The verifier compares golden prefixes, size and the forbidden list.",
            "Publishing is refused and replicas keep the previous snapshot; a person is paged when it is 30 h old.",
        ),
        FailureMode(
            "Pathological prefixes, one letter or many typos, slow the tail.",
            "p99 by prefix length and by retriever stands out.",
            "Short prefixes come from the table; automaton walks have a cap on states; typo expansion is off under load.",
        ),
        FailureMode(
            "Suggestions train themselves: the list converges on its own past.",
            "The share of searches that came from a pick, and their concentration, rise.",
            "Suggested searches are discounted in counts, and exploration at positions 8 to 10 is widened.",
        ),
        FailureMode(
            "An edge site keeps serving lists that were removed.",
            "Probes from every region see an old policy epoch.",
            "The epoch is part of the key, so old entries stop matching, and a list is stored under the epoch that its replica reports, so a late replica cannot fill the new key; the site is purged or bypassed.",
        ),
        FailureMode(
            "A new policy epoch empties every edge cache at once.",
            "The edge hit rate falls to nothing within seconds of the bump, and the rate at the service nearly doubles.",
            "Hosts that are sized for a lost region carry all {peak_rate} at {bump_load} of their capacity; the edge asks once for each prefix that many want, and bumps come at most once a minute.",
        ),
        FailureMode(
            "A personal list is stored as public.",
            "Canary accounts with unique histories search from clean clients.",
            "The response's cache rule defaults to private; the release is rolled back and the edge purged by epoch.",
        ),
    ],
    metrics=Metrics(
        offline=[
            "MRR and success at 10 by prefix length",
            "Coverage of tomorrow's queries, typo recall, missed harm probes",
            "Index size and p99 in replay",
        ],
        online=["Keystrokes saved, pick rate, time to submit", "Search success after a pick, searches not rephrased"],
        guardrail=[
            "p99, deadline misses, empty rate by locale",
            "Policy misses, removal time, share of searches that were suggested",
            "Latency of the search page itself",
        ],
    ),
    follow_ups=[
        FollowUp(
            "mid",
            "Why not just a trie with the top ten in every node?",
            answer="For one locale and fixed word order it is fine and fast. But top lists in every node repeat ids many times, updates touch every ancestor, and 'weather new york' is not found under 'new york w'. An automaton shares suffixes as well as prefixes, {fst_bytes} per completion here, and an inverted index covers the other orders.",
            weak="Presents the trie as the design and never mentions order, typos or memory.",
            where="serving/Prefix automaton",
        ),
        FollowUp(
            "mid",
            "How do you stop an old answer from overwriting a newer one in the box?",
            answer="Each request carries its prefix and a sequence number; the client shows an answer only if the box still begins with that prefix, else drops it. It debounces 50 ms, cancels in-flight requests, and answers from its own cache when the new prefix extends a list that already was complete. Servers also stop work when the deadline passes.",
            weak="Relies on requests arriving in order.",
            where="serving/Search box",
        ),
        FollowUp(
            "senior",
            "What is in the edge cache key, and why exactly that?",
            answer="Locale, normalised prefix, experiment arm and policy epoch. Locale and arm change the list; the epoch makes a removal act everywhere at once without a purge, because old keys are no longer asked for. The user is never in it: personal lists are marked private. Sixty seconds of life bounds how stale trends can be.",
            weak="Key is the prefix alone, or the user id, which makes the hit rate zero.",
            where="serving/Edge cache",
        ),
        FollowUp(
            "senior",
            "How do you detect trends in five minutes without storing every query?",
            answer="A count-min sketch per window: {sketch_rows} rows of a million counters, {sketch}. It only overcounts, by at most about {sketch_error} searches at peak with high probability, and candidates need {threshold} distinct people counted in HyperLogLogs for the few hundred that rise against last week's same hour. Then policy, then a 48-hour delta segment.",
            weak="A hash map of counts in one process, or no notion of distinct people.",
            where="index/Trend detector",
        ),
        FollowUp(
            "senior",
            "How would you train on lists nobody looked at?",
            answer="Most lists are typed through. Counting them as negatives teaches that everything is bad. A two-dimensional click model separates whether the user paused at this key from whether they looked at this rank; typing speed predicts the pause. Lists under 150 ms are dropped, the others weighted by inverse examination, clipped.",
            weak="'Every shown but unpicked suggestion is a negative.'",
            where="training/Debias and sample",
        ),
        FollowUp(
            "senior",
            "MRR is up, search success is flat. What now?",
            answer="MRR rewards predicting what people type; success needs what they should search. The model may have learnt popular but poor completions. Check success by prefix length and by pick rank, weight labels by success, canonicalise to the form that succeeds. Also check the feedback loop: MRR on queries that we suggested is circular.",
            weak="Ships it, because MRR is the metric.",
            where="training/Offline gate",
        ),
        FollowUp(
            "staff",
            "A court orders a removal. Walk me through the next two minutes.",
            answer="A reviewer writes a ledger entry with scope (string, pattern, country) and reason. The compiler builds the automaton with stemmed variants; etcd bumps the epoch. Replicas load it and filter every source, including generated text; the edge key changes, so cached lists stop matching. Probes confirm from each region. Next day's build excludes the string, so the filter stays small.",
            weak="'Delete it from the database' and forgets caches, variants and the daily rebuild.",
            where="safety/Policy epoch",
        ),
        FollowUp(
            "staff",
            "Could one model generate all suggestions?",
            answer="At {served_rate} it needs {all_neural} GPUs instead of {neural_gpus}, which money could buy. The real obstacles: every keystroke publishes text nobody vetted, trends need retraining or retrieval anyway, and a prefix must be matched exactly. I would use generation offline to widen the vetted list, and online only for the {sparse} without hits.",
            weak="'LLMs make the index obsolete', without safety, freshness or load.",
            where="decision: A vetted list, ranked",
        ),
        FollowUp(
            "staff",
            "Traffic triples for an hour. What do you shed?",
            answer="In this order: mid-word keystrokes, because the next key replaces them; typo expansion and generation; personal features, which raises the edge hit rate; then everything but the short-prefix table. The shedder acts by itself on saturation, within a second. An empty list is an acceptable answer, a late one is not, since it costs the search page.",
            weak="'Scale out', which takes minutes, or queueing requests.",
            where="operations/Load shedder",
        ),
        FollowUp(
            "staff",
            "How do you keep autocomplete from shaping what society searches?",
            answer="Admit that it does. Discount suggested searches in counts, measure their share by locale and topic, keep a long-lived holdback without suggestions to see the unassisted distribution, and exclude categories (people plus allegations, elections, crises) by rule instead of rank. Report monthly to an owner who can stop a launch.",
            weak="'We only show what people search', which ignores the loop.",
            where="operations/Feedback-loop monitor",
        ),
    ],
    case_studies=[
        CaseStudy(
            "eBay",
            system="inverted index with succinct structures, replacing a SOLR-based completer",
            difference="They argue that prefix-only search has little discovery power and answer conjunctively from one compact index; we keep the automaton as well, since best-first walks are cheaper on long prefixes.",
            source="https://arxiv.org/abs/2005.06213",
        ),
        CaseStudy(
            "LinkedIn",
            system="Cleo, typeahead over members, companies and skills",
            difference="Network typeahead filters by the member's connections, so they use Bloom filters and forward indexes per network instead of one public index, and nothing personal can be cached.",
            source="https://engineering.linkedin.com/open-source/cleo-open-source-technology-behind-linkedins-typeahead-search",
        ),
        CaseStudy(
            "Google",
            system="autocomplete predictions in Search, about 25 % less typing",
            difference="They call them predictions, show only common or trending real searches, and remove whole policy categories; our threshold of {threshold} people and the epoch are one way to build that promise.",
            source="https://www.blog.google/products/search/how-google-autocomplete-works-search",
        ),
    ],
    five_minutes=[
        Phase(
            0.5,
            "Frame",
            "I will design query autocomplete for a public search engine. The goal is that searches succeed with less typing, and that nobody is harmed by a suggestion. So I rank picks by whether the search then succeeded. I do not optimise pick rate, since outrage is picked. The baseline is the most popular completion; it is good on short prefixes, and it stays as the fallback. Two things make the problem special: the budget is shorter than the gap between two keys, and suggestions are speech that we publish.",
        ),
        Phase(
            0.75,
            "Size",
            "{searches:n} searches a day with {keystrokes:n} requests each are {peak_rate:n} requests a second at peak. Short prefixes repeat, so an edge cache answers {edge_hits}, and {served_rate:n} reach us. The index has {completions:n} strings at {entry_bytes} each, {index_bytes}, which fits in every host: replicate, do not shard. A host could answer {host_speed:n} a second and is run at half of that; with one of three regions lost, that is {hosts:n} hosts. It costs about {cost_per_thousand} per thousand requests, so latency and safety decide the design, not money.",
        ),
        Phase(
            1.25,
            "Serve",
            "The box waits fifty milliseconds for another key, then asks the edge. The key is locale, prefix, experiment arm and policy epoch, never the user. A miss goes to the region with a deadline of fifty milliseconds. We normalise, read the session in {session_time}, and retrieve in parallel inside the process: a table of top fifty lists for up to three characters, a weighted automaton walked best first, an inverted index for other word orders, typo variants with a cap on states, and entities with access bits. Everything passes one policy filter; up to {candidates:n} are scored by a hundred trees. Where fewer than five hits remain, a small character model generates ten; they pass the same filter and skip the ranker. Near-duplicates go, and {shown:n} leave within {promise} at p99. The client drops an answer when the prefix has moved on.",
        ),
        Phase(
            0.75,
            "Build",
            "The index is rebuilt daily: remove bots, keep queries that {threshold} distinct people made in thirty days, merge spellings into the form that succeeds, decay counts, exclude by policy, compile, verify against golden prefixes, and swap. A count-min sketch finds rising queries within five minutes; they pass the same policy and live in a small delta for two days. Replicas map the new snapshot beside the old one, and a pointer flips index, policy epoch and edge keys together, so a rollback takes seconds.",
        ),
        Phase(
            0.75,
            "Learn",
            "Most lists are typed through unread, so an unpicked suggestion is usually not a negative. A click model with two dimensions, key and rank, estimates what was looked at; picks are weighted by the inverse and by search success. The ranker is LambdaMART on reciprocal rank. Positions eight to ten explore, because a string that is never shown never gets a label. Searches that came from a suggestion count only a third in tomorrow's statistics, or the list would converge on its own past.",
        ),
        Phase(
            0.5,
            "Safety",
            "Suggestions are published speech. New strings are classified before they enter, uncertain ones are reviewed by exposure, and a removal bumps a policy epoch that is part of every cache key, so that it acts everywhere within two minutes. An hourly probe asks for names and crises and keeps us honest.",
        ),
        Phase(
            0.5,
            "Evaluate and operate",
            "Offline I report reciprocal rank by prefix length, coverage of tomorrow's queries and replayed p99. Online the unit is the user, for two weeks, on successful searches, with policy misses as a guardrail. Under load we shed mid-word keystrokes first, then typos, then everything but the table. And a holdback shows what people would search without us.",
        ),
    ],
    interview_plan=[
        Phase(
            5,
            "Clarify",
            "Queries or entities, public or social, latency from where, personalisation, freshness, what must never appear.",
        ),
        Phase(4, "Frame", "Goal to metric; success-weighted picks; why not pick rate; popularity as baseline."),
        Phase(
            6,
            "Estimate",
            "Requests a second, edge hit rate, index bytes, hosts with a region lost, budget split between trip and service.",
        ),
        Phase(
            10,
            "Serving path",
            "Box, edge key, retrieval in parallel, one policy filter, ranker, diversifier; times on the arrows.",
        ),
        Phase(7, "Index and trends", "Daily build from counts to swap; sketch with its error; delta segment."),
        Phase(5, "Policy", "Classify, review, ledger, epoch. Walk through a removal in two minutes."),
        Phase(5, "Learning", "Click model in two dimensions, weights, exploration, the feedback loop."),
        Phase(3, "Close", "Shedding order, and what changes for a social network or an assistant."),
    ],
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
        D. Sullivan (Google), "How Google autocomplete works in Search", The Keyword 2018
            https://www.blog.google/products/search/how-google-autocomplete-works-search
            predictions from real searches, policies for removal, 25 % less typing
        K. Adams (Facebook), "The Life of a Typeahead Query", Engineering at Meta 2010
            https://engineering.fb.com/2010/05/17/web/the-life-of-a-typeahead-query/
            an aggregator over parallel backends, client caching
        Y. Li et al. (Illinois, Yahoo), "A Two-Dimensional Click Model for Query Auto-Completion", SIGIR 2014
            https://studylib.net/doc/5343973/a-two-dimensional-click-model-for-query-auto
            position bias and skipped lists in keystroke logs (the talk)
        S. Wang et al. (LinkedIn), "Efficient Neural Query Auto Completion", CIKM 2020
            https://arxiv.org/abs/2008.02879 an unnormalised language model within typeahead latency
        K. Yuan, D. Kuang (Amazon), "Deep Pairwise Learning To Rank For Search Autocomplete", arXiv 2021
            https://arxiv.org/abs/2108.04976 a context-aware neural ranker against LambdaMART
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
        service = Rust("Suggest service", tooltip="Index and ranker in process; no network hop inside retrieval")
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

    searchers >> request("prefix") >> edge >> request("{edge_misses} of requests") >> service
    service >> request("last searches") >> history
    service >> request("prefix") >> index >> response("{candidates} candidates") >> policy
    policy >> response("allowed candidates") >> service
    service >> response("list, cache rule") >> edge >> response("{shown} suggestions") >> searchers
    service >> stream("lists shown") >> events
    searchers >> feedback("pick, search") >> events >> stream("{search_rate}") >> trends
    trends >> stream("delta, 5 min") >> index
    events >> batch("30 days") >> builder >> batch("daily snapshot") >> index
    reviewers >> control("exclusions") >> builder
    reviewers >> control("removal, minutes") >> policy
    events >> batch("picked lists") >> training >> control("gated model") >> registry >> control("rollout") >> service


@view("Serving", details="overview/Online")
def serving() -> None:
    """One keystroke in {promise}: drop what is stale, ask the cache, else retrieve in memory, filter once, rank once."""
    box = React("Search box", tooltip="Debounces 50 ms, caches prefixes for 60 s, drops answers to old ones")
    with Cluster("Edge"):
        edge = Fastly("Edge cache", tooltip="Keyed by locale, prefix, policy epoch and arm, never by user")
        gateway = Envoy("API gateway", tooltip="Limits bots, sheds before it queues, sets 50 ms deadline")
    with Cluster("Service"):
        normaliser = Rust("Normaliser", tooltip="Case, accents, script, keyboard layout, tokens")
        session = Redis("Session store\nRedis", tooltip="Last 20 searches, coarse location, language")
    with Cluster("Retrieval"):
        table = Cache("Short-prefix table", tooltip="{prefixes} prefixes with a public top {prefix_list:n}")
        typos = Retriever("Typo expander", tooltip="One edit from 4 characters, two from 8")
        automaton = Retriever("Prefix automaton", tooltip="Weighted FST, walked best first, without a scan")
        conjunctive = Retriever("Conjunctive index", tooltip="Inverted lists of terms, for any word order")
        entities = Cache("Entity segment", tooltip="People and products with access bits, 60 s fresh")
        neural = ModelServer(
            "Neural completer\nsmall GPU", tooltip="Character model; {neural_time} in place of features and ranking"
        )
    with Cluster("Rank"):
        policy = Guard("Policy filter", tooltip="Blocklist automaton, visibility, distinct-user flag")
        ranker = Ranker("List ranker\ntrees", tooltip="Popularity, recency, session, person, entity quality")
        diversifier = Assembler("Diversifier", tooltip="Drops near-duplicates, mixes kinds, explores from 8 to 10")
    log = Kafka(
        "Serving log\nKafka",
        tooltip="Prefix, list id, positions, scores, propensity; the box names the id, so a list from the edge joins too",
    )

    with step("After 50 ms without a key the box asks the edge, where {edge_hits} of requests end with a public list."):
        box >> request("prefix, locale") >> edge
    with step("The rest, {served_rate:n} a second at peak, gets a 50 ms deadline and is normalised in {admission}."):
        edge >> request("{edge_misses} of requests") >> gateway >> request("{served_rate}") >> normaliser
    with step("One read of {session_time} brings recent searches; a miss means an unpersonalised list, not a wait."):
        normaliser >> request("session id") >> session
    with step("Up to 3 characters take the precomputed top {prefix_list:n}; longer ones walk the automaton."):
        normaliser >> response("up to 3\ncharacters") >> table
        normaliser >> response("prefix") >> automaton
    with step("In the same {conjunction}, other word orders and edited prefixes are matched."):
        normaliser >> response("tokens, suffix") >> conjunctive
        normaliser >> response("prefix") >> typos >> response("edit variants") >> automaton
    with step(
        "Entities add up to {entity_hits}; every source passes one policy filter, which leaves {candidates} at most."
    ):
        normaliser >> response("entity prefix") >> entities >> response("{entity_hits} entities") >> policy
        table >> response("top {prefix_list:n}") >> policy
        automaton >> response("{automaton_hits} hits") >> policy
        conjunctive >> response("{conjunctive_hits} hits") >> policy
    with step("For the {sparse} with under 5 hits a small model writes 10; they pass the same filter, not the ranker."):
        policy >> request("under 5 hits") >> neural >> response("10 generated") >> policy
        policy >> response("few hits, then\ngenerated") >> diversifier
    with step("Trees score up to {candidates} in {rank_time}, with session and personal features."):
        policy >> response("up to {candidates}") >> ranker
        normaliser >> response("session context") >> ranker
    with step("Near-duplicates go; {shown} leave the edge within {promise}; only public lists are kept, for 60 s."):
        ranker >> response("scored list") >> diversifier >> response("list, cache rule") >> edge
        edge >> response("{shown} suggestions") >> box
    with step("The list with its positions and the final query are logged for debiased training."):
        diversifier >> stream("list, scores") >> log
        box >> feedback("list id, pick,\nfinal query") >> log


@view("Index", details="overview/Index pipeline")
def index() -> None:
    """From raw searches to a compiled index: count people, clean, decay, apply policy, compile, verify, swap."""
    with Cluster("Sources"):
        log = Kafka("Event log\nKafka", tooltip="{searches:n} searches a day, with result counts and success")
        lake = S3("Data lake", tooltip="30 to 90 days, with pseudonymous user ids")
        catalogue = Postgresql(
            "Entity catalogue", tooltip="Products, people, places: all for each daily build, changes at once"
        )
    with Cluster("Clean"):
        bots = Spark("Bot filter\nSpark", tooltip="Removes scripted searches and coordinated campaigns")
        threshold = Spark("Distinct-user threshold", tooltip="Keeps what {threshold} people searched in 30 days")
        canonical = Spark("Canonicaliser", tooltip="Merges spellings and orders into the form that succeeds")
        decay = Spark("Time-decayed score", tooltip="Decay, season and success rate, by locale")
    with Cluster("Trends"):
        trends = Flink(
            "Trend detector\nFlink", tooltip="Count-min over {trend_window} against last week; counts people"
        )
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
    log >> stream("{search_rate}") >> trends >> stream("rising, {threshold:n}+\npeople") >> policy
    catalogue >> stream("entities, changes") >> policy >> stream("trends, new\nentities") >> delta
    compiler >> batch("candidate index") >> verifier >> batch("verified index") >> snapshots
    snapshots >> batch("{index_bytes}") >> replicas
    verifier >> control("new version") >> pointer >> control("flip version") >> replicas
    pointer >> control("rebase") >> delta >> stream("under 5 min") >> replicas


@view("Safety", details="serving/Policy filter")
def safety() -> None:
    """Suggestions as published speech: classes, legal removal, judgement, and an epoch that reaches every cache."""
    with Cluster("Signals"):
        public = Users("External requests", tooltip="Reports, court orders, right-to-erasure requests")
        fresh = Kafka("New candidates\nKafka", tooltip="Strings that enter index or delta for the first time")
        probe = Monitor("Adversarial probe", tooltip="Asks for names, groups and crises hourly, keeps the lists")
    with Cluster("Decide"):
        classifiers = ModelServer("Harm classifiers", tooltip="Sexual, hateful, violent, self-harm, personal data")
        rules = RuleEngine("Sensitive-entity rules", tooltip="Name plus allegation, election and health rules")
        queue = ReviewQueue("Review queue", tooltip="Orders by exposure times uncertainty")
        reviewers = Users("Reviewers", tooltip="Decide by written policy; 10 % are decided twice")
    with Cluster("Enforce"):
        ledger = Postgresql("Decision ledger\nPostgreSQL", tooltip="Decision, reason, scope, expiry; audited")
        compiler = Rust("Blocklist compiler", tooltip="Exact, token and pattern automata, with stemming")
        epoch = Etcd("Policy epoch\netcd", tooltip="A number in every cache key; a bump hides stale lists")
        replicas = ModelPool("Suggest replicas", tooltip="Apply the list after retrieval, to every source")
        edge = Fastly("Edge cache", tooltip="Misses on the new epoch; old lists age out")

    fresh >> stream("first-seen\nstrings") >> classifiers >> control("certain block") >> ledger
    fresh >> stream("first-seen\nstrings") >> rules >> control("block or hold") >> ledger
    public >> stream("reports") >> queue >> stream("by exposure") >> reviewers >> control("decision, reason") >> ledger
    classifiers >> stream("uncertain") >> queue
    probe >> batch("suspicious lists") >> queue
    reviewers >> feedback("labels") >> classifiers
    ledger >> stream("list change") >> compiler >> control("new version") >> epoch >> control("under 2 min") >> replicas
    epoch >> control("key change") >> edge
    probe >> request("probe prefixes") >> edge
    edge >> request("misses") >> replicas


@view("Model", details="serving/List ranker")
def model() -> None:
    """A tree ranker whose labels are corrected for what was looked at, and a character model for empty lists."""
    with Cluster("Ranker inputs"):
        candidate = Features("Completion statistics", tooltip="Decayed count, trend, season, success rate, kind")
        match = Features(
            "Prefix match",
            tooltip="Pick share, characters left, edits, order; with prefix length, device, hour, locale",
        )
        session = Features("Session and person", tooltip="Last searches, own history, language, place")
        vectors = EmbeddingTable(
            "Query vectors\n64 d", tooltip="Averaged character n-grams; looked up, never computed online"
        )
    with Cluster("Ranker"):
        cosine = Interaction("Session cosine", tooltip="Last search against each candidate")
        trees = Ranker("LambdaMART\n100 trees", tooltip="Scores {candidates} in under a millisecond of one core")
        score = Head("Score", tooltip="Orders the list; Platt-scaled to decide how many to show")
        rank_loss = LossFunction(
            "Weighted LambdaRank", tooltip="Change in reciprocal rank, success weight, inverse examination"
        )
    with Cluster("Examination"):
        glance = Features("List position\nand typing speed", tooltip="Known only for the list that was shown")
        click = Calibrator("Click model\ntwo dimensions", tooltip="P(paused at this key) times P(looked at this rank)")
    picks = LabelJoin("Picks and success", tooltip="Within 10 min; weight 1 if the search succeeded, 0.3 if not")
    with Cluster("Completer"):
        characters = EmbeddingTable("Characters\n512 × 640", tooltip="Bytes and frequent bigrams, all scripts")
        layers = Interaction(
            "4 causal layers\n20 M parameters", tooltip="Width 640; reads the prefix, writes what may follow"
        )
        following = Head("Next character", tooltip="Beam of 10, ended by a stop symbol")
        nll = LossFunction("Log-likelihood", tooltip="On allowed queries only, weighted by distinct people")

    candidate >> Edge(label="7 numbers") >> trees
    match >> Edge(label="10 numbers") >> trees
    session >> Edge(label="5 numbers") >> trees
    session >> Edge(label="last search") >> vectors
    (
        candidate
        >> Edge(label="string id")
        >> vectors
        >> Edge(label="two vectors")
        >> cosine
        >> Edge(label="1 number")
        >> trees
    )
    trees >> score >> Edge(label="s") >> rank_loss
    glance >> click >> Edge(label="1 / P(examined)") >> rank_loss
    picks >> feedback("success-weighted pick") >> rank_loss
    match >> Edge(label="prefix") >> characters >> Edge(label="T × 640") >> layers >> Edge(label="640 d") >> following
    following >> Edge(label="log P(next)") >> nll
    picks >> feedback("allowed queries") >> nll


@view("Training", details="overview/Training pipeline")
def training() -> None:
    """Learning from picks that depend on position, prefix length and patience; judged by slices, not clicks alone."""
    with Cluster("Data"):
        log = Kafka("Serving log\nKafka", tooltip="Lists shown at every keystroke, with positions")
        final = Kafka("Final searches\nKafka", tooltip="What was submitted, and whether the search succeeded")
        join = Flink("Label join\nFlink", tooltip="Keystrokes, pick and success within 10 min")
        table = S3("Training table", tooltip="Joined sessions; personal features expire")
        debias = Spark("Debias and sample\nSpark", tooltip="Examination by position and speed; unread lists go")
        features = Spark("Feature build\nSpark", tooltip="Popularity as of then, so that today cannot leak")
    with Cluster("Training") as training_jobs:
        ranker = Trainer("List ranker trainer", tooltip="LambdaMART on success-weighted picks")
        completer = Trainer("Neural completer trainer", tooltip="Character model, on allowed queries only")
        typos = Trainer("Typo model trainer", tooltip="Edit costs from rephrased pairs and keyboard layout")
    with Cluster("Release"):
        gate = Choice("Offline gate", tooltip="MRR by prefix length, locale slices, harm probe")
        replay = Inspection("Latency replay", tooltip="Recorded traffic at twice the peak, against p99")
        registry = Mlflow("Model registry", tooltip="Ranker, completer, typo model, normaliser version")
        canary = Flagger("Shadow and canary", tooltip="Shadow, then 1 % of replicas; rolls back on p99 or harm")
        trial = Experiment("Interleaving and A/B", tooltip="Interleaving first, then by user with a holdback")

    log >> stream("shown lists") >> join
    final >> feedback("search, success") >> join >> batch("joined sessions") >> table
    table >> batch("{training_lists:n} lists/day") >> debias >> batch("weighted lists") >> features
    features >> batch("features, weights") >> ranker
    table >> batch("allowed queries") >> completer
    table >> batch("rephrased pairs") >> typos
    training_jobs >> batch("ranker, completer,\ntypo model") >> gate
    features >> batch("next day's lists") >> gate
    gate >> control("passed") >> replay >> control("p99 holds") >> registry >> control("bundle") >> canary
    canary >> control("canary holds") >> trial >> stream("new impressions") >> log
    final >> feedback("success by arm") >> trial


@view("Operations")
def operations() -> None:
    """A service that may return nothing but never late or harmful: shedding, epochs, loop monitors, fast rollback."""
    with Cluster("Serving"):
        replicas = ModelPool("Suggest replicas", tooltip="Emit latency by stage, empty rate, cache hit rate")
        shedding = Envoy("Load shedder\nEnvoy", tooltip="Drops mid-word keystrokes first, then all but the edge")
        fallback = Fallback("Fallback ladder", tooltip="No personal part, no typos, short-prefix table, empty list")
    with Cluster("Observe"):
        events = Kafka("Event log\nKafka", tooltip="Picks, final searches and their success")
        probe = Monitor("Adversarial probe", tooltip="Sensitive prefixes hourly; counts policy misses")
        metrics = Prometheus("Metrics\nPrometheus", tooltip="p99 by region, deadline misses, empty rate by locale")
        quality = Flink("Live quality\nFlink", tooltip="Pick rate, keystrokes saved, abandonment, by arm")
        loop = Spark("Feedback-loop monitor", tooltip="Share of searches that came from suggestions")
        dashboards = Grafana("Dashboards\nGrafana", tooltip="Latency, quality, safety by locale")
        alerts = Pagerduty("On-call alerts", tooltip="Burn rate, policy miss, index older than 30 h")
    with Cluster("Act"):
        oncall = User("On-call engineer", tooltip="Confirms a bad index, rolls back; wakes the policy reviewers")
        analysis = Clickhouse("Experiment analysis", tooltip="Search success by arm, latency guardrails")
        owner = User("Search owner", tooltip="Approves launches with the policy reviewers")
        rebuild = Airflow("Rebuild trigger", tooltip="Extra build after a refused one or new vocabulary")
        pointer = Etcd("Version pointer\netcd", tooltip="The previous index and ranker stay loaded for rollback")

    probe >> request("probe prefixes") >> replicas >> stream("stage metrics") >> metrics
    metrics >> stream("series") >> dashboards
    replicas >> stream("lists shown") >> quality >> stream("quality") >> dashboards
    events >> feedback("picks, success") >> quality
    events >> batch("daily searches") >> loop >> control("vocabulary shift") >> rebuild
    probe >> control("policy miss") >> alerts
    metrics >> control("SLO burn") >> alerts >> control("page") >> oncall >> control("previous index") >> pointer
    replicas >> control("saturation") >> shedding >> control("overload") >> fallback
    fallback >> control("cheaper mode") >> replicas
    quality >> batch("per-arm events") >> analysis >> feedback("read-out") >> owner >> control("ramp") >> pointer
    loop >> feedback("monthly report") >> owner
    rebuild >> control("fresh index") >> pointer >> control("index version") >> replicas
