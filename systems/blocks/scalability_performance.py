"""Give the same answer to ten times the users for less than ten times the money, and no slower.

Each step of growth moves the bottleneck: from compute to reads, from reads to the same work done twice, from there to
coordination, where more machines make it slower. The tail grows with the fan-out although no single machine got worse.

Every remedy has a price that shows on its worst day. A cache takes the load off a store, which is then sized for a load
that it no longer sees, until the cache is empty. A batch fills the accelerator and makes somebody wait for it. A smaller
number format is faster for everybody and wrong for some. So measure first, change one thing, and check both speed and
answers.
"""

from diagrams import Cluster
from diagrams.aws.storage import S3
from diagrams.k8s.clusterconfig import HPA
from diagrams.k8s.compute import Pod
from diagrams.onprem.analytics import Flink, Spark
from diagrams.onprem.client import Users
from diagrams.onprem.database import Postgresql, Scylla
from diagrams.onprem.inmemory import Redis
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.monitoring import Prometheus
from diagrams.onprem.network import Envoy, Etcd
from diagrams.onprem.queue import Kafka
from diagrams.programming.flowchart import PredefinedProcess
from diagrams.programming.framework import FastAPI
from diagrams.programming.language import Go
from diagrams.saas.cdn import Cloudflare

from archfolio import (
    AntiPattern,
    BuildingBlock,
    Calculator,
    Chart,
    DecisionTable,
    Distiller,
    Estimate,
    Evaluator,
    FeatureStore,
    FollowUp,
    Forecaster,
    Gate,
    Guard,
    MathFormula,
    ModelPool,
    ModelServer,
    Monitor,
    Option,
    Planner,
    Ranker,
    Simulator,
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
    step,
    stream,
    view,
)

ESTIMATE = Estimate(
    reads=assume("Reads", 50e3, "read/s"),
    keys=assume("Keys", 10e6, "key"),
    cached=assume("Keys in the cache", 500e3, "key"),
    share=derive("Keys in the cache, of all keys", "cached / keys", "percent"),
    skew=cite(
        "Zipf exponent of popularity",
        0.8,
        source="Breslau 1999",
        note="0.64 to 0.83 in six web traces; the formula needs it below 1",
    ),
    hits=derive(
        "Hits, of reads, if the most popular keys are in",
        "(cached / keys) ** (1 - skew)",
        "percent",
        note="an upper bound: LRU finds fewer, as the chart shows",
    ),
    more_hits=derive("Hits, of reads, with a cache twice as large", "(2 * cached / keys) ** (1 - skew)", "percent"),
    misses=derive("Reads that reach the store", "reads * (1 - hits)", "read/s"),
    row_bytes=assume("A cached value with its key and overhead", 1_500, "byte/key"),
    memory=derive("Memory of the cache", "cached * row_bytes", "byte"),
    hit_time=reference("datacentre_round_trip"),
    miss_time=assume("Read from the store", 8, "ms"),
    mean_time=derive("Mean latency", "hit_time + (1 - hits) * miss_time", "ms", note="a miss pays for the look-up too"),
    store_limit=assume("Reads the store can serve", 35e3, "read/s"),
    empty_load=derive("Load of the store with an empty cache, of what it can serve", "reads / store_limit", "percent"),
    hot_reads=assume("Reads of the hottest key", 4_000, "read/s"),
    rebuild=assume("Time to compute its value", 250, "ms"),
    stampede=derive("Computations when it expires", "hot_reads * rebuild", "read"),
    leaves=assume("Leaves that a request waits for", 100),
    slow=assume(
        "Leaf answers that are slow, of answers",
        1,
        "percent",
        note="slower than the leaf's 99th percentile, by definition",
    ),
    page_slow=derive("Requests that wait for a slow leaf, of requests", "1 - (1 - slow) ** leaves", "percent"),
    leaf_goal=derive(
        "Slow answers that a leaf may have, of answers, for 1 % slow requests",
        "1 - (1 - 0.01) ** (1 / leaves)",
        "percent",
    ),
    hedged_slow=derive(
        "Requests that wait for a slow leaf, hedged, of requests",
        "1 - (1 - slow ** 2) ** leaves",
        "percent",
        note="both copies must be slow, and independent of one another",
    ),
    hedged_share=assume(
        "Leaf calls that are hedged, of leaf calls", 5, "percent", note="a second copy after the 95th percentile"
    ),
    extra_calls=derive("Extra leaf calls of a request", "leaves * hedged_share"),
    machines=assume("Machines", 32),
    contention=assume(
        "Contention σ, of the work", 2, "percent", note="fitted to a load test: locks, a leader, a shared log"
    ),
    coherence=assume("Coherence κ, of the work, per pair", 0.05, "percent", note="fitted: exchange among all machines"),
    speed_up=derive(
        "Throughput, of one machine's",
        "machines / (1 + contention * (machines - 1) + coherence * machines * (machines - 1))",
    ),
    best=derive("Machines at which throughput peaks", "sqrt((1 - contention) / coherence)"),
    amdahl=derive("Limit without coherence, of one machine's", "1 / contention", note="Amdahl's law"),
    gpu_compute=reference("h100_bf16"),
    gpu_bandwidth=reference("h100_bandwidth"),
    ridge=derive("Arithmetic intensity at the ridge of an H100", "gpu_compute / gpu_bandwidth", "flop/byte"),
    weight_bytes=reference("fp16_bytes"),
    weight_flop=assume("Work of a weight for each row", 2, "flop/number/row", note="a multiplication and an addition"),
    ridge_batch=derive(
        "Rows in a batch at the ridge",
        "ridge * weight_bytes / weight_flop",
        "row",
        note="a dense layer; weights dominate traffic",
    ),
    ram=reference("ram_latency"),
    ssd=reference("ssd_latency"),
    ocean=reference("continent_round_trip"),
    read_time=assume("Time for reads, of a request", 10, "ms"),
    ram_reads=derive("Reads from memory that fit, one after the other", "read_time / ram"),
    ssd_reads=derive("Reads from an SSD that fit, one after the other", "read_time / ssd"),
    trips=derive("Round trips within the data centre that fit, one after the other", "read_time / hit_time"),
    ocean_trips=derive("Round trips between continents that fit", "read_time / ocean"),
)

BLOCK = BuildingBlock(
    title="Scalability and performance",
    position=6,
    estimate=ESTIMATE,
    terms=[
        Term(
            "Universal scalability law",
            "Throughput of N machines, held back by what is done one at a time and by what machines must tell each other; beyond a peak it falls.",
            MathFormula(
                "Gunther",
                r"C(N) = \frac{N}{1 + \sigma (N - 1) + \kappa N (N - 1)}, \qquad N_{\max} = \sqrt{\frac{1 - \sigma}{\kappa}}",
                "σ is contention, κ coherence; κ = 0 is Amdahl's law with its limit of 1/σ. Both are fitted to load tests at a few sizes.",
            ),
        ),
        Term(
            "Tail amplification",
            "A request that waits for many leaves is as slow as the slowest, so that rare slowness of a leaf is common slowness of a page.",
            MathFormula(
                "Slow requests",
                r"P(\text{slow}) = 1 - (1 - p)^{n}",
                "n leaves, each slow with probability p, independent. {leaves} leaves at {slow} give {page_slow}.",
            ),
        ),
        Term(
            "Hedged request",
            "A second copy of a read is sent to another replica once the first is later than usual; the first answer counts and the other is cancelled. In Dean and Barroso's test a hedge after 10 ms took the 99.9th percentile of 1,000 reads from 1,800 ms to 74 ms, for 2 % more requests.",
        ),
        Term(
            "Power of two choices",
            "Ask two servers at random and take the one with fewer requests in flight: nearly as good as knowing all of them, and without the herd that runs to whoever looked idle.",
            MathFormula(
                "Fullest of n servers, n requests",
                r"\frac{\ln n}{\ln \ln n} \;\; \text{at random}, \qquad \frac{\ln \ln n}{\ln 2} \;\; \text{with two choices}",
                "Leading terms, with high probability.",
            ),
        ),
        Term(
            "Zipf popularity",
            "The k-th most popular key is asked for in proportion to 1/k^s: a few keys carry the traffic, and hit rate grows with a small power of memory, or at an exponent of 1 with its logarithm.",
            MathFormula(
                "Hits of the top c of N keys",
                r"h \approx \left(\frac{c}{N}\right)^{1 - s}, \quad 0 < s < 1",
                "For a cache that holds just the most popular; an LRU cache also holds keys that were read once.",
            ),
        ),
        Term(
            "Che's approximation",
            "An LRU cache behaves as if every key stayed for one characteristic time, the same for all; it predicts hit rates within a percent or so.",
            MathFormula(
                "Hit rate of LRU",
                r"h = \sum_{i} p_i \left(1 - e^{-p_i T}\right), \qquad \sum_{i} \left(1 - e^{-p_i T}\right) = c",
                "p is the popularity of a key, c the size in keys, T the characteristic time counted in reads.",
            ),
        ),
        Term(
            "Cache stampede",
            "When a hot value expires, everybody who asks before it is back computes it again: as many computations as reads arrive in the time that one takes.",
            MathFormula(
                "Early refresh (XFetch)",
                r"\text{now} - \delta \, \beta \ln(u) \ge \text{expiry}, \quad u \sim U(0, 1]",
                "δ is how long a computation takes and β about 1: each reader refreshes early with a probability that rises towards expiry, so no lock is needed.",
            ),
        ),
        Term(
            "Arithmetic intensity",
            "Operations done for each byte moved; below the ridge of the roofline, memory bandwidth is the limit and a faster chip changes nothing.",
            MathFormula(
                "Roofline",
                r"P = \min\left(P_{\text{peak}}, \; I \cdot B\right), \qquad I^{*} = \frac{P_{\text{peak}}}{B}",
                "I in FLOP per byte, B the memory bandwidth. An H100 has its ridge at {ridge:n} FLOP per byte: about {ridge_batch:n} rows in a batch for a dense layer in 16 bits.",
            ),
        ),
        Term(
            "Post-training quantisation",
            "Weights and activations as small integers with a scale that calibration data set; the scale is chosen before an engine is compiled, because it is part of what is compiled.",
            MathFormula(
                "Affine quantisation",
                r"q = \mathrm{clip}\left(\mathrm{round}\left(\frac{r}{S}\right) + Z, \; q_{\min}, \; q_{\max}\right), \qquad r \approx S (q - Z)",
                "S is the scale, Z the zero point (0 if symmetric), 8 bits for q.",
            ),
        ),
    ],
    calculators=[
        Calculator(
            "What a cache takes off",
            "How many reads does it answer, what does the rest cost, and what happens when it is empty?",
            ["share", "hits", "more_hits", "misses", "memory", "mean_time", "empty_load", "stampede"],
            "If the load with an empty cache is above 100 %, the store cannot start without it: warm the cache before it takes traffic, and let admission control hold the rest back. The nearer the exponent is to 1, the less a doubled memory buys; a cheaper miss often buys more. Where one value is computed by many at once, coalesce before enlarging.",
        ),
        Calculator(
            "What more machines give",
            "How much faster are N machines, and what does waiting for all of them do to the tail?",
            ["speed_up", "best", "amdahl", "page_slow", "leaf_goal", "hedged_slow", "extra_calls", "ridge_batch"],
            "Past the peak of the scalability law, split the work so that machines need not coordinate: shards, cells, regions. The fan-out figures assume that leaves are slow independently; a garbage collection, a compaction or a bad release makes many slow at once, and then hedging adds load for nothing. Hedge at about the 95th percentile, and never more than a few percent of calls.",
        ),
        Calculator(
            "What fits into the time for reads",
            "How many reads can wait for one another before the budget is gone?",
            ["ram_reads", "ssd_reads", "trips", "ocean_trips"],
            "These are floors of an idle system: queues, serialisation and the tail come on top, typically several times as much. Reads that do not depend on each other go out together and cost one round trip, so batch keys before looking for a faster store.",
        ),
    ],
    tables=[
        DecisionTable(
            "How keys find their shard",
            ["Moves when a shard is added", "Range reads", "Hot keys"],
            [
                Option(
                    "Hash modulo N",
                    ["Nearly every key", "No", "Cannot be moved"],
                    "Never, once data outlives the first resize",
                ),
                Option(
                    "Consistent hashing, virtual nodes",
                    ["About 1/N of the keys, from everywhere", "No", "Only by replicating them"],
                    "Caches: a moved key is merely a miss, and no directory is needed",
                ),
                Option(
                    "Hash slots with a directory",
                    ["The slots that are assigned to it", "No", "Move their slot, or read its replicas"],
                    "Stores in memory: moves are planned, clients hold the map",
                ),
                Option(
                    "Key ranges with a directory",
                    ["The ranges that are split off", "Yes", "Split the range"],
                    "Ordered scans: time series, prefixes, tables",
                ),
            ],
        ),
        DecisionTable(
            "Who fills the cache",
            ["On a miss", "On a write", "Risk"],
            [
                Option(
                    "Aside",
                    [
                        "The service reads the store and sets the value",
                        "The service deletes the key; the next read sets it",
                        "A slow reader sets an old value after the delete: use leases or versions",
                    ],
                    "The default: any store, any value",
                ),
                Option(
                    "Through",
                    [
                        "The caching client or proxy reads the store",
                        "It writes both, in order",
                        "The proxy is now on every path",
                    ],
                    "Many services need the same rule",
                ),
                Option(
                    "Back",
                    [
                        "As through",
                        "Acknowledged from memory, flushed later in one write",
                        "What was not flushed is lost",
                    ],
                    "Counters and other values that are written more than read, and may lose a second",
                ),
                Option(
                    "Ahead",
                    [
                        "A miss is rare: somebody filled it before",
                        "A job or stream writes the cache",
                        "Values that nobody reads are computed too",
                    ],
                    "The keys are known: active users, popular items, nightly scores",
                ),
            ],
        ),
        DecisionTable(
            "Make the model cheaper",
            ["What it saves", "What it can break", "Check"],
            [
                Option(
                    "Compile and fuse",
                    [
                        "Launches and trips to memory; weights unchanged",
                        "Shapes that were not compiled fall back, and are slow",
                        "Scores equal within rounding, latency for each shape",
                    ],
                    "First: it is nearly free",
                ),
                Option(
                    "Batch requests",
                    [
                        "Weights are read once for all rows: below {ridge_batch:n} rows an H100 waits for memory",
                        "Latency: the wait, and larger batches",
                        "p99 at peak and at night",
                    ],
                    "Traffic fills a batch within a few ms",
                ),
                Option(
                    "16-bit floats",
                    [
                        "Half of the bytes of 32-bit",
                        "Overflow in float16, less so in bfloat16",
                        "NaN rate, calibration in the tails",
                    ],
                    "Always on accelerators that have it",
                ),
                Option(
                    "8 bits (FP8, INT8)",
                    [
                        "A quarter of the bytes of 32-bit",
                        "Outliers in activations; small classes first",
                        "Quality by slice, not the mean; fall back layer by layer",
                    ],
                    "Bandwidth or memory is the limit, and calibration data is at hand",
                ),
                Option(
                    "Distil or prune",
                    [
                        "Whatever the student leaves out",
                        "Rare cases, that only the teacher knew",
                        "The full gate: it is a new model",
                    ],
                    "The model is far too large for the budget",
                ),
                Option(
                    "Cache results",
                    [
                        "Whole computations",
                        "Staleness; wrong sharing if the key misses an input",
                        "Key holds model version and every input",
                    ],
                    "Inputs repeat within the time that an answer stays true",
                ),
            ],
        ),
        DecisionTable(
            "CPU, GPU or another accelerator",
            ["Strong at", "Weak at"],
            [
                Option(
                    "CPU",
                    [
                        "Trees, sparse look-ups, small models, one row at a time, idle hours",
                        "Large dense layers over many rows within a few ms",
                    ],
                    "The model fits the budget on a few cores, or traffic is low: no batch to fill",
                ),
                Option(
                    "GPU, shared",
                    [
                        "Dense layers in batches; many models on slices of one card",
                        "Noise from neighbours, memory for every model",
                    ],
                    "Each model alone would leave the card idle",
                ),
                Option(
                    "GPU, own",
                    [
                        "Large models, tables in its memory, steady batches",
                        "Price when idle; minutes until a new one serves",
                    ],
                    "Batches fill at peak and at most of the day",
                ),
                Option(
                    "TPU and other matrix engines",
                    ["Large dense models with static shapes, in bulk", "Custom operators, tooling, leaving the vendor"],
                    "One model at a scale that pays for porting it",
                ),
            ],
        ),
        DecisionTable(
            "When to compute",
            ["Freshness", "Cost follows", "New users and items"],
            [
                Option(
                    "Nightly batch",
                    ["A day", "Users, whether they come or not", "Unknown until the night"],
                    "Inputs are known ahead and age slowly: mail, weekly lists",
                ),
                Option(
                    "Batch, adjusted online",
                    [
                        "Seconds for what matters",
                        "Users, and a cheap re-rank for each request",
                        "A popular list, re-ranked",
                    ],
                    "Candidates age slowly and context fast",
                ),
                Option(
                    "At request time",
                    ["Now", "Requests", "At once"],
                    "The input is not known before: search, ads, fraud",
                ),
                Option(
                    "On the event",
                    ["Seconds", "Events", "At once"],
                    "Reads are many more than changes: feeds, counters, alerts",
                ),
            ],
        ),
        DecisionTable(
            "What a read costs in time",
            ["Latency", "Fit into {read_time}, one after the other"],
            [
                Option(
                    "Main memory", ["{ram}", "{ram_reads}"], "State that every request needs: keep it in the process"
                ),
                Option(
                    "Random read from an SSD", ["{ssd}", "{ssd_reads}"], "Values too many for memory, read in one batch"
                ),
                Option(
                    "Round trip within a data centre",
                    ["{hit_time}", "{trips}"],
                    "Shared state; send one batch of keys instead of many calls",
                ),
                Option(
                    "Round trip between continents",
                    ["{ocean}", "{ocean_trips}"],
                    "Nothing on the request path: replicate, or home the user",
                ),
            ],
        ),
    ],
    checklist=[
        "A load test finds the knee: throughput and p99 at 50, 70, 80 and 90 % of capacity are known for the current release.",
        "Autoscaling follows concurrency or queue age, has a floor from the forecast, and was seen to add a serving replica within its target time, nodes included.",
        "The page's p99 is derived from the leaves' percentiles, and the fan-out is in the design document.",
        "Hedged and retried calls together are capped at a stated share of calls.",
        "Every cache has a hit rate by key class, a limit in bytes, an eviction count and an owner.",
        "The system was restarted with an empty cache at peak, or the rate at which it may be warmed is enforced.",
        "Result keys hold the model version and every input of the answer; a test changes each input and expects a miss.",
        "One expired hot key leads to one computation a process: shown by a test with 100 readers.",
        "Hot keys are found within a minute and served from the process or from replicas.",
        "Batch size, wait and timeout of each model come from a measured latency curve on the current hardware.",
        "A model that was quantised, distilled or compiled passes the same gate as a new one, by slice.",
        "A shard can be added at daytime without errors: done in the last quarter.",
    ],
    anti_patterns=[
        AntiPattern(
            "Autoscaling on CPU",
            "GPU hosts sit at 20 % CPU while their queues grow; replicas are never added.",
            "Scale on requests in flight or queue age, with a forecast as the floor.",
            "scale-out/Autoscaler",
        ),
        AntiPattern(
            "Delete by item in a result cache",
            "Invalidation cannot find the keys, which are hashes of inputs; stale answers stay, or all are flushed.",
            "Let results live by TTL and version; invalidate item and feature caches, whose keys are known.",
            "read-path/Invalidator",
        ),
        AntiPattern(
            "Quantise the engine",
            "A compiled engine is converted afterwards, or calibrated on random data; small classes lose first.",
            "Calibrate on a sample of production, then compile, then compare by slice.",
            "optimisation/Engine build",
        ),
        AntiPattern(
            "The cache that must not fail",
            "A restart of the cache takes the store down for an hour.",
            "Limit misses in flight to what the store serves; warm before taking traffic; test it empty.",
            "read-path/Miss limiter",
        ),
        AntiPattern(
            "Averages of latency",
            "The mean is 20 ms and users complain: pages wait for a hundred leaves.",
            "Budget by percentile and fan-out, and measure at the client.",
            "scale-out/Metrics",
        ),
    ],
    questions=[
        FollowUp(
            "mid",
            "Your cache hit rate is 55 %. Would you double its memory?",
            answer="I look at popularity first. With a Zipf exponent of {skew} a cache twice as large goes from {hits} to {more_hits} at best, so misses fall by less than a fifth for twice the price. I would first see what misses are: keys read once, values that expired too early, or keys that differ in something irrelevant. A longer TTL with early refresh, a normalised key or a cheaper miss often gives more than memory does.",
            weak="Yes, more memory means more hits.",
            where="read-path/Feature cache",
        ),
        FollowUp(
            "mid",
            "A hundred shards answer in 10 ms at the 99th percentile. How fast is the page?",
            answer="It waits for the slowest: {page_slow} of pages see at least one answer beyond 10 ms, so the median page is already slower than a shard's 99th percentile. For 1 % slow pages each shard may be slow in {leaf_goal} of answers. I would ask fewer shards, hedge reads after the 95th percentile, which squares the probability if replicas are independent, and set a deadline after which the page goes without the missing shard.",
            weak="The shards work in parallel, so the page takes 10 ms as well.",
            where="scale-out/Shard primaries",
        ),
        FollowUp(
            "senior",
            "How do you make a ranker twice as fast without making it worse?",
            answer="I profile before choosing: kernel time, memory traffic, host time and waiting, per batch size. Below {ridge_batch:n} rows in a batch an H100 is bound by bandwidth, so fewer bytes help and fewer operations do not. Then in order of risk: fuse and compile, better batches, 16 bits, 8 bits with calibration on production data, and only then a smaller student. Each candidate runs the offline gate by slice and a replay of traffic, and ships behind a canary.",
            weak="Quantise to INT8 and check that AUC is about the same.",
            where="optimisation/Profiler",
        ),
        FollowUp(
            "senior",
            "We doubled the machines and throughput fell. Explain.",
            answer="Coherence: work that grows with the pairs of machines, such as everybody reading the same hot partition, a lock service, all-to-all exchange or a gossip of state. In the scalability law throughput peaks at √((1 − σ)/κ), {best} machines with the figures here, and falls beyond. I fit σ and κ to a few load tests to see which it is, then remove the talking: partition by key, cache the shared state with a version, or run independent cells behind a router.",
            weak="The load balancer must be the bottleneck.",
            where="scale-out/Slot map",
        ),
        FollowUp(
            "staff",
            "Where would you put the line between computing ahead and computing on request?",
            answer="Where the value of freshness crosses the cost of waste. Computing ahead costs for each user and day, used or not; on request costs for each visit, at peak prices and within a deadline. I split the funnel: candidates age in days and are expensive, so they are computed ahead for users likely to return; context ages in seconds, so a cheap ranker runs on request. New users take the request path alone. I would revisit it when the share of lists that nobody reads passes a third.",
            weak="Real time is always better if you can afford it.",
            where="precompute/Ranker",
        ),
    ],
    charts=[
        Chart(
            "charts/cache_hit_rate.svg",
            "Hit rate by share of keys",
            "Lines: Che's approximation for LRU over 10,000 keys. Dots: simulated reads. At an exponent of 0.8 a cache for 5 % of keys answers a third of reads; the most popular 5 % alone would answer about half.",
            "Three rising curves over the share of keys that fit, from 0.5 to 50 %: for Zipf exponents of 0.6, 0.8 and 1.0 the hit rate at 5 % is about 15, 33 and 59 %.",
            "charts/cache_hit_rate.py",
        )
    ],
    used_by=[
        UsedBy("zero-to-millions/stage-4/Request coalescer", "One computation for each key when hot results expire."),
        UsedBy("search-systems/serving/Hybrid shards", "Scatter and gather with a deadline and hedged reads."),
        UsedBy(
            "data-intensive-ai-platform/sharding/Slot map", "Hash slots with a directory; hot keys are found and moved."
        ),
        UsedBy("nlp-systems/serving/Dynamic batcher", "Batches by length, within a bounded wait."),
        UsedBy(
            "computer-vision-systems/training/Compile and quantise",
            "Calibrated on production images, then compiled, then gated.",
        ),
        UsedBy("multi-model-serving/placement/Autoscaler", "Replicas follow demand, with a forecast as the floor."),
        UsedBy("zero-to-millions/stage-5/Candidate table", "Lists computed ahead, adjusted on request."),
    ],
    sources=bibliography("""
        J. Dean, L. Barroso (Google), "The Tail at Scale", Communications of the ACM 2013
            https://doi.org/10.1145/2408776.2408794 tails of a fan-out: 100 leaves at 1 % make 63 % slow; hedged requests and what they cost
        N. Gunther, "A General Theory of Computational Scalability Based on Rational Functions", arXiv 2008
            https://arxiv.org/abs/0808.1431 the universal scalability law and its peak
        R. Nishtala et al. (Facebook), "Scaling Memcache at Facebook", NSDI 2013
            https://www.usenix.org/conference/nsdi13/technical-sessions/presentation/nishtala look-aside caches, leases against stale sets and stampedes, cold clusters
        L. Breslau, P. Cao, L. Fan, G. Phillips, S. Shenker, "Web Caching and Zipf-like Distributions: Evidence and Implications", INFOCOM 1999
            https://doi.org/10.1109/INFCOM.1999.749260 exponents of 0.64 to 0.83; hit rate that grows with the logarithm or a small power of size
        H. Che, Y. Tung, Z. Wang, "Hierarchical Web Caching Systems: Modeling, Design and Experimental Results", IEEE Journal on Selected Areas in Communications 2002
            https://doi.org/10.1109/JSAC.2002.801752 the approximation for LRU in the chart
        A. Vattani, F. Chierichetti, K. Lowenstein, "Optimal Probabilistic Cache Stampede Prevention", VLDB 2015
            https://www.vldb.org/pvldb/vol8/p886-vattani.pdf early refresh without locks
        M. Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing", IEEE Transactions on Parallel and Distributed Systems 2001
            https://doi.org/10.1109/71.963420 why a balancer compares two servers and not all
        D. Karger et al., "Consistent Hashing and Random Trees", STOC 1997
            https://doi.org/10.1145/258533.258660 keys that stay when a shard is added
        S. Williams, A. Waterman, D. Patterson, "Roofline: An Insightful Visual Performance Model for Multicore Architectures", Communications of the ACM 2009
            https://doi.org/10.1145/1498765.1498785 arithmetic intensity and the ridge
        B. Jacob et al. (Google), "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference", CVPR 2018
            https://arxiv.org/abs/1712.05877 the quantisation formula, and training that simulates it
        NVIDIA, "Working with Quantized Types", TensorRT documentation 2026
            https://docs.nvidia.com/deeplearning/tensorrt/latest/inference-library/work-quantized-types.html calibrate or train with quantisation first, compile the engine after
    """),
)


@view("Scale out")
def scale_out() -> None:
    """Servers hold no state and follow concurrency; state is cut into hash slots, whose map every client keeps."""
    clients = Users("Clients", tooltip="Daily peaks that can be forecast, and some that cannot")
    with Cluster("Stateless") as stateless:
        balancer = Envoy("Load balancer\nEnvoy", tooltip="Two servers at random, the one with fewer requests in flight")
        zone_a = ModelPool(
            "Servers A", tooltip="Any server can answer any request; keeps the hottest keys for a second"
        )
        zone_b = ModelPool("Servers B", tooltip="The same in another zone")
    with Cluster("Capacity"):
        metrics = Prometheus("Metrics\nPrometheus", tooltip="Requests in flight, queue age, p99 at the client's side")
        forecast = Forecaster("Load forecast", tooltip="The floor: capacity is there before the peak, not after it")
        scaler = HPA(
            "Autoscaler", tooltip="Replicas = requests in flight / target per replica; never follows CPU of a GPU host"
        )
        nodes = Planner(
            "Node autoscaler", tooltip="A GPU node takes minutes, typically 5 to 15: a warm buffer bridges them"
        )
    with Cluster("State"):
        directory = Etcd(
            "Slot map\netcd", tooltip="Slot to shard; clients watch it, and ask again when a shard says 'moved'"
        )
        primaries = Redis("Shard primaries", tooltip="Slot = hash of the key modulo 16,384")
        replicas = Redis("Shard replicas", tooltip="Serve hedged reads and hot keys")
        hot = Monitor("Hot-key detector", tooltip="Samples reads, finds the top keys each second")
        mover = Planner("Slot mover", tooltip="Moves slots one by one to an empty shard, at a limited rate")

    clients >> request("requests") >> balancer >> request("two choices") >> [zone_a, zone_b]
    stateless >> request("batched keys") >> primaries
    stateless >> request("hedged reads") >> replicas
    primaries >> stream("replication") >> replicas
    stateless >> stream("in flight, age") >> metrics >> stream("history") >> forecast >> control("floor") >> scaler
    metrics >> control("in flight") >> scaler >> control("replicas") >> stateless
    scaler >> control("pending pods") >> nodes
    nodes >> control("warm nodes") >> stateless
    primaries >> stream("sampled reads") >> hot >> control("keep locally") >> stateless
    hot >> control("slot too hot") >> mover >> control("new owner") >> directory >> control("map") >> stateless


@view("Cache patterns")
def cache_patterns() -> None:
    """Four ways to fill a cache: they differ in who reads the store on a miss, and in who may lose a write."""
    with Cluster("Aside: service fills"):
        aside = FastAPI("Feature service", tooltip="Get; on a miss read the store and set; on a write delete the key")
        aside_cache = Redis("Feature cache", tooltip="Knows nothing of the store; gives one reader a lease on a miss")
        aside_store = Postgresql("Feature table", tooltip="Sized for the misses, and protected from all reads at once")
    with Cluster("Through: proxy fills"):
        through = Go("Profile service", tooltip="Sees one address")
        proxy = Envoy("Caching proxy", tooltip="Holds the values; reads and writes the store itself")
        through_store = Scylla("Profile store", tooltip="Only ever sees the proxy")
    with Cluster("Back: written later"):
        back = Go("Counter service", tooltip="Adds to a counter, and is done at once")
        back_cache = Redis("Counter cache", tooltip="Holds what was not flushed: up to a second may be lost")
        flusher = Go("Flusher", tooltip="Sums a second of increments into one write")
        back_store = Scylla("Counter table", tooltip="One write a key and second instead of thousands")
    with Cluster("Ahead: filled before"):
        ahead = Go("Candidate service", tooltip="A miss means a new user: serves the popular list")
        ahead_cache = Redis("Candidate cache", tooltip="One list a user, replaced each night")
        scorer = Spark("Nightly scorer\nSpark", tooltip="Users likely to come back only; the others on request")

    aside >> request("1. get") >> aside_cache
    aside >> request("2. read on miss") >> aside_store
    aside >> request("3. set, lease") >> aside_cache
    through >> request("get, put") >> proxy >> request("misses, writes") >> through_store
    back >> request("increment") >> back_cache
    flusher >> request("take the sums") >> back_cache
    flusher >> request("one write") >> back_store
    ahead >> request("get") >> ahead_cache
    scorer >> batch("lists by user") >> ahead_cache


@view("Read path")
def read_path() -> None:
    """Results live by version and TTL, item features are invalidated by change events, and misses are computed once."""
    with Cluster("Edge"):
        clients = Users("Clients", tooltip="Many readers of the same few things")
        cdn = Cloudflare("CDN", tooltip="Anonymous pages and pictures, typically for minutes")
    with Cluster("Service"):
        feed = Pod("Feed service", tooltip="Looks aside: each cache answers or does not, and calls nobody")
        results = Redis(
            "Result cache", tooltip="Key: model version and hash of all inputs; lives by TTL, cannot be found by item"
        )
        coalescer = Go(
            "Coalescer", tooltip="One computation a key and process; serves the old value while a new one is made"
        )
        server = ModelServer("Model server", tooltip="Computes on a true miss")
        features = Redis("Feature cache", tooltip="Key: item id; deleted by change events, with a TTL as safety")
    with Cluster("Origin"):
        limiter = Guard(
            "Miss limiter", tooltip="As many misses in flight as the store can serve; the rest get defaults"
        )
        database = Postgresql("Database", tooltip="With an empty cache it would see {empty_load} of what it can serve")
        changes = Kafka("Change stream\nKafka", tooltip="Every committed change, in order of key")
        invalidator = Go("Invalidator", tooltip="Deletes the item's keys in every region, and reports its lag")

    with step("A page that anybody may see is answered at the edge; all others reach the service."):
        clients >> request("page") >> cdn >> request("personal pages") >> feed
    with step("The service asks the result cache under model version and input hash."):
        feed >> request("version, hash") >> results
    with step("On a miss it waits for one computation, however many readers want it: {stampede:n} without coalescing."):
        feed >> request("miss") >> coalescer >> request("once a key") >> server
        coalescer >> request("set, TTL") >> results
    with step("The model reads item features; the {hits} that are cached do not reach the database."):
        server >> request("item keys") >> features
        server >> request("{misses} missed") >> limiter >> request("within limit") >> database
    with step("A changed row deletes the keys of its item, so that features are fresh and results age out."):
        database >> stream("CDC") >> changes >> stream("changed ids") >> invalidator >> request("delete") >> features


@view("Precompute")
def precompute() -> None:
    """The stable part is computed at night for those likely to come, and adjusted with fresh signals on request."""
    with Cluster("Night"):
        history = S3("Event history", tooltip="All users and items, months of events")
        likely = Ranker("Return model", tooltip="Who is likely to come tomorrow: the others are not computed")
        scoring = Spark("Batch scoring\nSpark", tooltip="On capacity that is idle at night")
        lists = Scylla("Candidate lists", tooltip="Typically 500 ids a user, one read")
    with Cluster("Request"):
        users = Users("Users", tooltip="Expect what they did a minute ago to count")
        ranker = Ranker("Ranker", tooltip="Re-orders the list with fresh features, within some tens of ms")
        popular = S3("Popular list", tooltip="For new users and for failures")
    with Cluster("Fresh"):
        events = Kafka("Event log\nKafka", tooltip="What happened since midnight")
        counters = Flink("Stream features\nFlink", tooltip="Session and item counters, within seconds")
        store = FeatureStore("Online feature store", tooltip="Fresh values by user and item")
        usage = Monitor("List usage", tooltip="Lists that nobody read, of lists computed: the price of computing ahead")

    history >> batch("last visits") >> likely >> batch("users to score") >> scoring
    history >> batch("interactions") >> scoring >> batch("lists") >> lists
    users >> request("page") >> ranker >> request("user id") >> lists
    ranker >> request("ids, session") >> store
    ranker >> request("no list") >> popular
    users >> feedback("clicks") >> events >> stream("events") >> counters >> stream("counters") >> store
    events >> batch("daily") >> history
    ranker >> stream("lists read") >> usage >> control("cut-off") >> likely


@view("Optimisation")
def optimisation() -> None:
    """Profile, then shrink, then calibrate, then compile, in that order; speed and answers are checked together."""
    with Cluster("Measure"):
        model = Mlflow("Trained model", tooltip="The reference, in 32 or 16 bits")
        profiler = Evaluator(
            "Profiler", tooltip="Kernel, memory, host and waiting time by batch size: which limit is it?"
        )
        sample = S3(
            "Production sample",
            tooltip="Inputs with their slices, rare ones enriched; for calibration, not for choosing",
        )
    with Cluster("Change"):
        student = Distiller("Distil or prune", tooltip="Only if the model is several times too large")
        quantise = PredefinedProcess(
            "Quantise",
            tooltip="Scales from calibration, or training that simulates it; sensitive layers stay in 16 bits",
        )
        build = PredefinedProcess(
            "Engine build",
            tooltip="Fuses and compiles the graph with its scales, for stated shapes and one kind of GPU",
        )
    with Cluster("Check"):
        parity = Gate("Parity gate", tooltip="Score differences and quality by slice against the reference")
        replay = Simulator("Traffic replay", tooltip="Recorded arrivals at peak rate: latency over batch size and wait")
        config = Planner("Batch settings", tooltip="Largest batch and longest wait that keep p99 within its budget")
    with Cluster("Serve"):
        server = ModelServer("Optimised server", tooltip="Copies and computes at the same time; pinned memory")
        watch = Prometheus("Live profile", tooltip="Batch fill, waiting time, FLOP utilisation")

    model >> batch("traces") >> profiler >> control("far too large") >> student
    profiler >> control("bandwidth bound") >> quantise
    profiler >> control("launch bound") >> build
    sample >> batch("calibration rows") >> quantise
    student >> batch("student") >> quantise >> batch("model with scales") >> build
    model >> batch("reference scores") >> parity
    sample >> batch("held-out rows") >> parity
    build >> batch("engine") >> parity
    build >> batch("engine, shapes") >> replay >> control("latency curve") >> config
    parity >> control("passed") >> server
    config >> control("size, wait") >> server >> stream("counters") >> watch >> feedback("live limits") >> profiler
