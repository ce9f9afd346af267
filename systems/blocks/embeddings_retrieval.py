"""Turn users, items and text into vectors in which near means alike, and find the nearest of hundreds of millions in milliseconds.

A model that reads query and item together is too slow to run on every item, so something cheap must choose the few
hundred that it will see. What that step misses, no later stage can bring back, and nothing in the ranker's metrics
shows that it was missing.

The encoder and the index are one artefact: vectors of two encoders cannot be compared, so a better encoder means that
everything is encoded again, and that queries and index switch in the same moment. Between recall, memory, latency and
freshness every index trades three for the fourth.
"""

from diagrams import Cluster, Edge
from diagrams.aws.storage import S3
from diagrams.generic.storage import Storage
from diagrams.onprem.analytics import Spark
from diagrams.onprem.client import Users
from diagrams.onprem.container import Docker
from diagrams.onprem.database import Postgresql
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.network import Envoy
from diagrams.onprem.queue import Kafka
from diagrams.programming.flowchart import Decision as Test

from archfolio import (
    AntiPattern,
    Assembler,
    BuildingBlock,
    Cache,
    Calculator,
    Chart,
    DecisionTable,
    EmbeddingTower,
    Estimate,
    Evaluator,
    Features,
    FollowUp,
    Gate,
    Interaction,
    LossFunction,
    MathFormula,
    ModelServer,
    Monitor,
    Option,
    Planner,
    Term,
    UsedBy,
    VectorIndex,
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
    vectors=assume("Vectors", 200e6, "vector"),
    dimensions=assume("Numbers in a vector", 256, "number/vector"),
    number_bytes=reference("fp32_bytes"),
    links=assume("HNSW links of a vector (M)", 32, "link/vector"),
    link_bytes=reference("hnsw_link_bytes"),
    code_bytes=assume("PQ code of a vector", 64, "byte/vector", note="64 groups of 4 numbers, a byte each"),
    id_bytes=cite("Id of a vector in an inverted list", 8, "byte/vector", source="Faiss wiki, Faiss indexes"),
    flat=derive("Flat index: the vectors alone", "vectors * dimensions * number_bytes", "byte"),
    hnsw=derive("HNSW index", "flat + vectors * links * link_bytes", "byte"),
    ivf_pq=derive("IVF-PQ index", "vectors * (code_bytes + id_bytes)", "byte"),
    host_memory=assume("Memory of a host that the index may fill", 96, "GB/shard", note="of 128 GB, one shard a host"),
    hnsw_shards=derive("Shards with HNSW", "ceil(hnsw / host_memory)", "shard"),
    pq_shards=derive("Shards with IVF-PQ", "ceil(ivf_pq / host_memory)", "shard"),
    queries=assume("Queries at peak", 8_000, "query/s"),
    query_time=assume(
        "CPU time of an HNSW query on a shard",
        2,
        "core*ms/query/shard",
        note="at recall 0.95; measure on your own data",
    ),
    cores=assume("Cores of a host", 32, "core/host"),
    load=assume("Load at which cores are run, of capacity", 60, "percent"),
    copies=derive("Copies of each shard", "ceil(queries * query_time / (cores * load))", "host/shard"),
    hosts=derive(
        "Hosts with HNSW", "hnsw_shards * max(copies, 2)", "host", note="two at least, or a host is an outage"
    ),
    core_price=reference("core_price"),
    fleet_cost=derive("Cost of the fleet", "hosts * cores * core_price", "USD/month"),
    encode_rate=assume("Items that a GPU encodes", 1_500, "vector/s/GPU", note="a small text tower on an L4"),
    gpus=assume("GPUs for the back-fill", 16, "GPU"),
    gpu_price=reference("l4_price"),
    backfill=derive("Time to encode everything again", "vectors / (encode_rate * gpus)", "hour"),
    backfill_cost=derive("Cost of that", "backfill * gpus * gpu_price", "USD"),
    both=derive("Memory while two indexes are live", "hnsw * 2", "byte"),
    upload=assume("Copying to a host", 1, "Gbit/s/shard"),
    load_time=derive("Time to load a shard", "hnsw / hnsw_shards / upload", "minute"),
    candidates=assume("Candidates of a query", 500, "vector/query"),
    surplus=assume("Codes that are put in exact order, of the candidates asked for", 200, "percent"),
    rescored=derive("Vectors put in exact order", "candidates * surplus", "vector/query"),
    ssd=reference("ssd_latency"),
    in_flight=assume("Reads of a query that are in flight at once", 64, "vector/query"),
    rescoring=derive(
        "Time of the exact re-score",
        "rescored / in_flight * ssd",
        "ms",
        note="reads from SSD; the arithmetic is small beside them",
    ),
    reads=derive("Reads from SSD at peak", "queries * rescored", "vector/s"),
    drive_reads=assume("Random reads of an NVMe drive", 1e6, "vector/s/drive", note="of 4 KB, by datasheets"),
    drives=derive("Drives for that", "ceil(reads / (drive_reads * load))", "drive"),
    small_bytes=assume("Bytes of a number in int8", 1, "byte/number"),
    small=derive("The vectors in int8 instead, in memory", "vectors * dimensions * small_bytes", "byte"),
)

BLOCK = BuildingBlock(
    title="Embeddings and retrieval",
    position=9,
    estimate=ESTIMATE,
    terms=[
        Term(
            "Embedding",
            "A vector that a trained encoder gives to a thing, such that things used alike lie near each other; it has a"
            " meaning only beside vectors of the same encoder version.",
        ),
        Term(
            "Cosine, dot product and distance",
            "Three ways to say near: on vectors of length 1 all three give the same order, otherwise the dot product"
            " favours long vectors, which in recommenders often means popular items.",
            MathFormula(
                "On unit vectors",
                r"|u - v|^2 = 2 - 2\,u \cdot v = 2 - 2\cos(u, v)",
                "u and v have length 1, so the nearest by distance is the one with the largest dot product.",
            ),
        ),
        Term(
            "InfoNCE",
            "The contrastive loss of most encoders: a softmax over one positive and many negatives, usually the other"
            " items of the same batch.",
            MathFormula(
                "InfoNCE over a batch",
                r"\mathcal{L} = -\frac{1}{B}\sum_{i=1}^{B} \log"
                r"\frac{\exp(u_i \cdot v_i / \tau)}{\sum_{j=1}^{B} \exp(u_i \cdot v_j / \tau)}",
                "u are queries and v items of a batch of B pairs; the temperature tau says how much the hardest"
                " negatives count.",
            ),
        ),
        Term(
            "Log-Q correction",
            "In-batch negatives are drawn by popularity, so popular items are pushed away too often; subtracting the"
            " logarithm of an item's sampling probability from its score takes that back.",
            MathFormula(
                "Corrected score",
                r"s^c(u, v_j) = \frac{u \cdot v_j}{\tau} - \log Q(j)",
                "Q(j) is the probability that item j is in a batch, counted on the stream of training pairs.",
            ),
        ),
        Term(
            "Hard negative",
            "An item that the current encoder ranks high and that is no answer; a few of them teach what random ones"
            " cannot, and too many teach the encoder to push away answers that nobody labelled.",
        ),
        Term(
            "Recall@k of an index",
            "The share of the true nearest neighbours that the index returns: it judges the index, not the encoder, and"
            " needs an exact search over a sample of queries.",
            MathFormula(
                "Recall@k",
                r"\mathrm{recall@}k = \frac{|A_k \cap E_k|}{k}",
                "A is what the index returns, E what an exact scan of the same vectors returns.",
            ),
        ),
        Term(
            "HNSW",
            "A graph of vectors in layers: a search walks greedily from a sparse top layer down to the full bottom layer,"
            " and `ef` says how many candidates it keeps on the way.",
            MathFormula(
                "Expected top layer",
                r"\ell_{\max} \approx \frac{\ln n}{\ln M}",
                "n vectors with M links each: 200 million vectors with 32 links have about six layers, and a search costs"
                " about the logarithm of n.",
            ),
        ),
        Term(
            "IVF",
            "An inverted file: k-means cuts the space into cells, and a query scans the vectors of the nprobe cells whose"
            " centres are nearest.",
            MathFormula(
                "Share that a query scans",
                r"\frac{n_\mathrm{probe}}{n_\mathrm{list}}",
                "With 65,536 cells and 64 probes a query scans a thousandth of the vectors, if cells are of equal size.",
            ),
        ),
        Term(
            "Product quantisation",
            "A code of m bytes for a vector: it is cut into m groups, and each group is replaced by the number of its"
            " nearest of 256 centroids, so that distances are sums of m looked-up values.",
            MathFormula(
                "Distance to a code",
                r"d(q, x) \approx \sum_{g=1}^{m} |q_g - c_g(x)|^2",
                "q is not quantised; c_g(x) is the centroid of group g of x. A table of m times 256 partial distances is"
                " computed once a query.",
            ),
        ),
        Term(
            "nDCG@k and MRR",
            "Metrics of the whole retrieval against judged answers: nDCG discounts gains by the logarithm of the rank,"
            " MRR is the mean of one over the rank of the first right answer.",
            MathFormula(
                "nDCG@k",
                r"\mathrm{nDCG@}k = \frac{1}{Z}\sum_{i=1}^{k} \frac{2^{g_i} - 1}{\log_2(i + 1)}",
                "g is the grade of the item at rank i, Z the same sum for the best order.",
            ),
        ),
    ],
    calculators=[
        Calculator(
            "Memory and hosts of an index",
            "How much memory do {vectors} vectors take in three kinds of index, and how many hosts answer {queries:n}"
            " queries a second with HNSW?",
            [
                "flat",
                "hnsw",
                "ivf_pq",
                "hnsw_shards",
                "pq_shards",
                "hosts",
                "fleet_cost",
                "rescoring",
                "drives",
                "small",
            ],
            "HNSW costs more memory than the vectors themselves; IVF-PQ takes a small part of it and loses recall, which an"
            " exact re-score from SSD buys back for {rescoring}. At this traffic that is {reads:n} random reads a second,"
            " {drives:n} drives; vectors in int8 re-score from memory for {small} more. Shards come from memory, copies from traffic: where one shard is enough,"
            " latency is that of one host and not of the slowest of many. The figure for CPU time is the one to measure"
            " first, for it moves with recall: going from 0.95 to 0.99 can double it.",
        ),
        Calculator(
            "A new encoder",
            "How long does it take to encode {vectors} items again, and what has to fit in memory until the switch?",
            ["backfill", "backfill_cost", "both", "load_time"],
            "Encoding is cheap; what costs is the second index that must stand beside the first until queries have"
            " switched, and the time to copy it to each host. If that is more than the spare memory of the fleet, roll it"
            " out shard by shard onto spare hosts, or keep the new vectors compressed until the old ones are gone.",
        ),
    ],
    charts=[
        Chart(
            "charts/recall_over_memory.svg",
            "Recall over memory, measured",
            caption="2,000 clustered vectors of 32 numbers, 100 queries, every code scanned in full. Codes alone lose"
            " neighbours as they shrink: 0.43 of the true ten at 4 bytes. The exact order of only the best 30 brings most"
            " of them back: 0.88 at 4 bytes, 0.98 at 8. That is why a compressed index keeps the vectors on SSD.",
            alt="Recall at ten rises with the bytes kept for each vector. Codes alone reach 0.31 at 2 bytes, 0.62 at 8 and"
            " 0.98 at 32; with the best thirty put in exact order it is 0.73 at 2 bytes, 0.98 at 8 and 1 from 16 on.",
            script="charts/recall_over_memory.py",
        )
    ],
    tables=[
        DecisionTable(
            "Kind of index",
            ["Memory for {vectors}", "Recall", "Adding and removing", "Filters"],
            [
                Option(
                    "Flat",
                    ["{flat}", "1 by definition", "Trivial", "Trivial: skip what does not fit"],
                    "There are fewer than about a million vectors, or a filter leaves that few.",
                ),
                Option(
                    "HNSW",
                    ["{hnsw}", "0.95 to 0.99", "Adds at once; deletes are marks until a rebuild", "In the graph walk"],
                    "Memory is affordable and latency matters most.",
                ),
                Option(
                    "IVF-PQ with re-score",
                    [
                        "{ivf_pq}, and the vectors on SSD",
                        "0.9 to 0.97",
                        "Adds at once; cells age as data moves",
                        "By list",
                    ],
                    "There are hundreds of millions of vectors and memory decides.",
                ),
                Option(
                    "ScaNN",
                    ["As IVF-PQ", "Higher than PQ at equal size", "As IVF-PQ", "By list"],
                    "The score is a dot product: its codes keep the error along the query small.",
                ),
                Option(
                    "DiskANN",
                    [
                        "Codes in memory, graph and vectors on SSD",
                        "0.95 and more",
                        "Merged in the background",
                        "In the walk",
                    ],
                    "A billion vectors must stand on one host and some milliseconds of SSD are allowed.",
                ),
            ],
        ),
        DecisionTable(
            "Where the vectors live",
            ["Brings along", "Costs", "Breaks first"],
            [
                Option(
                    "Library in the service",
                    ["Speed, full control", "Own code for updates, copies and shards", "Updates while serving"],
                    "The index is rebuilt nightly and fits one host.",
                ),
                Option(
                    "Extension of the database you have",
                    [
                        "Transactions, joins, filters, backup",
                        "Slower search, shared load",
                        "Index build beside live traffic",
                    ],
                    "There are up to some ten million vectors and the rows are there already.",
                ),
                Option(
                    "Vector database",
                    [
                        "Upserts, filters, tenancy, replicas",
                        "Another stateful system to run",
                        "Filters that leave very little",
                    ],
                    "Vectors change all day and queries carry filters.",
                ),
                Option(
                    "Search engine with vectors",
                    [
                        "Words and vectors under one filter and one ranking",
                        "Segments that merge, memory of both",
                        "Merges",
                    ],
                    "Queries need exact words as well as meaning.",
                ),
            ],
        ),
    ],
    checklist=[
        "Every stored vector carries the version of the encoder that made it",
        "A query encoded by another version than the index is refused, and a test proves it",
        "Recall of the index is measured every day on at least a thousand queries against an exact scan",
        "Recall is reported separately for queries with a filter that leaves less than one in a hundred items",
        "Retrieval is judged by whether the item that was later bought or clicked was among the candidates",
        "A new item can be found within the freshness target, measured from its write to its first retrieval",
        "A deleted item is gone from results within a stated time, and a probe checks it",
        "The back-fill of a new encoder is resumable, and its coverage is at 100 % before the switch",
        "Two index versions fit in memory at once, or there is a written plan for how they do not have to",
        "The previous index and its query encoder stay loaded until the new pair has served a full day",
        "Latency is measured at the broker, over all shards, not on one shard",
    ],
    anti_patterns=[
        AntiPattern(
            "Switching the encoder without the index",
            symptom="Recall falls to chance within seconds while latency and error rate stay perfect.",
            cure="Release query encoder and index as one pair, and refuse a query whose version is not the index's.",
            where="migration/Alias",
        ),
        AntiPattern(
            "Post-filtering a fixed top k",
            symptom="Rare filters return three results or none, although thousands of items fit.",
            cure="Filter inside the search, or scan exactly where the filter leaves few: the planner decides by its"
            " selectivity.",
            where="database/Query planner",
        ),
        AntiPattern(
            "Judging the index by the encoder's metric",
            symptom="A new index ships because clicks did not move; its recall was 0.7 and the ranker hid it.",
            cure="Measure recall of the index against an exact scan, and retrieval against outcomes, as two figures.",
            where="index/Recall probe",
        ),
        AntiPattern(
            "Random negatives only",
            symptom="Offline recall is excellent, and live candidates are all of the right kind and none of them right.",
            cure="Mix in negatives that the last encoder ranked high, and keep those that a judge calls answers out.",
            where="learning/Hard negatives",
        ),
        AntiPattern(
            "One shard for each category",
            symptom="One shard is hot and slow, the others idle; every merge waits for it.",
            cure="Shard by a hash of the id, so that each query meets all shards evenly, and copy shards for traffic.",
            where="index/Shard server",
        ),
    ],
    questions=[
        FollowUp(
            "mid",
            "Why not compute the score of every item with the ranker?",
            answer="At {vectors} items even a microsecond each is minutes of compute for one query. Retrieval replaces that by"
            " a dot product over vectors that were computed ahead, and an index that looks at a small part of them. The"
            " price is that query and item cannot be read together, so crossed features are left to the ranker, which sees"
            " the {candidates:n} candidates that are left.",
            weak="Because vector search is faster.",
            where="index/Broker",
        ),
        FollowUp(
            "senior",
            "HNSW or IVF-PQ for {vectors} vectors?",
            answer="Start from memory: HNSW takes {hnsw} and {hnsw_shards} shards, IVF-PQ {ivf_pq} and one. If"
            " recall of 0.95 after re-scoring is enough, IVF-PQ needs far less memory, and one shard has no slowest of many."
            " Re-scoring from SSD takes {rescoring}, but {reads:n} random reads a second need {drives:n} drives, so I would"
            " keep int8 vectors in memory, {small} more. I would choose HNSW where vectors change all day, filters are frequent or"
            " latency must stay below some milliseconds. Either way I would plot recall against latency on our own vectors"
            " before deciding.",
            weak="HNSW, because it has the best recall in benchmarks.",
            where="index/Cell lists",
        ),
        FollowUp(
            "senior",
            "A shopper filters by brand and gets two results. What happened?",
            answer="The index returned its nearest {candidates:n}, and the filter was applied afterwards: of the few"
            " candidates hardly any had that brand. The filter has to be part of the search. A planner estimates how many"
            " items fit: where it is many, the graph walk skips those that do not; where it is few, an exact scan over"
            " just these is both faster and complete. I would add rare filters to the recall probe, for averages hide them.",
            weak="Increase k until there are enough results.",
            where="database/Query planner",
        ),
        FollowUp(
            "staff",
            "How do you roll out a new encoder without an outage?",
            answer="Encode everything again into a new table, {backfill} with {gpus} GPUs, while the old index serves. Double-write"
            " new and changed items to both. Build the new index, shadow a share of live queries through the new pair and"
            " compare recall, latency and the overlap of results. Then switch an alias that names encoder and index"
            " together, by a share of traffic, and keep the old pair loaded for a day. It needs {both} of memory, which is"
            " the real constraint.",
            weak="Re-encode the items overnight and deploy the new model in the morning.",
            where="migration/Shadow compare",
        ),
        FollowUp(
            "staff",
            "Offline recall of the encoder rose by five points, and the product metric did not move. Why?",
            answer="Offline pairs come from what the old system showed, so recall rewards agreeing with it. Other sources may"
            " already find those items, so that the union of candidates hardly changed; or the ranker, trained on old"
            " candidates, scores the new ones low. I would look at how many items only this source brought, how many of"
            " them were shown and bought, and retrain the ranker on the new mix before judging the encoder.",
            weak="The test was too short; run it longer.",
            where="learning/Recall on later pairs",
        ),
    ],
    used_by=[
        UsedBy(
            "search-systems/serving/Hybrid shards",
            how="Words and vectors inside one filter, so that part numbers are found too.",
        ),
        UsedBy("search-systems/indexing/Query tower", how="The query tower flips together with the index."),
        UsedBy(
            "recommendation-systems/serving/User tower", how="The query side of two towers, encoded in the request."
        ),
        UsedBy("recommendation-systems/indexing/User tower", how="A mixed pair of tower and index is refused at load."),
        UsedBy("feed-ranking/inventory/Post ANN index", how="Hourly segments, because posts live for days."),
        UsedBy("entity-resolution/serving/Vector index", how="Blocking: candidates for a match among all records."),
        UsedBy(
            "computer-vision-systems/ingestion/Vector index",
            how="A fresh segment now, compacted into PQ lists at night.",
        ),
        UsedBy("people-you-may-know/embedding/Index build", how="An int8 HNSW index over all members."),
    ],
    sources=bibliography(
        """
        Y. Malkov, D. Yashunin, "Efficient and robust approximate nearest neighbor search using Hierarchical Navigable Small World graphs", IEEE TPAMI 2020
            https://arxiv.org/abs/1603.09320 HNSW: layers, M, ef, and the cost of a search
        H. Jégou, M. Douze, C. Schmid, "Product Quantization for Nearest Neighbor Search", IEEE TPAMI 2011
            https://inria.hal.science/inria-00514462 product quantisation, inverted lists, distances to codes
        J. Johnson, M. Douze, H. Jégou, "Billion-scale similarity search with GPUs", IEEE Transactions on Big Data 2021
            https://arxiv.org/abs/1702.08734 Faiss: IVF-PQ at a billion vectors
        R. Guo and others, "Accelerating Large-Scale Inference with Anisotropic Vector Quantization", ICML 2020
            https://arxiv.org/abs/1908.10396 ScaNN: codes that keep the error along the query small
        S. Jayaram Subramanya and others, "DiskANN: Fast Accurate Billion-point Nearest Neighbor Search on a Single Node", NeurIPS 2019
            https://www.microsoft.com/en-us/research/publication/diskann-fast-accurate-billion-point-nearest-neighbor-search-on-a-single-node/ a graph on SSD with codes in memory
        A. van den Oord, Y. Li, O. Vinyals, "Representation Learning with Contrastive Predictive Coding", arXiv 2018
            https://arxiv.org/abs/1807.03748 the InfoNCE loss
        X. Yi and others, "Sampling-Bias-Corrected Neural Modeling for Large Corpus Item Recommendations", RecSys 2019
            https://doi.org/10.1145/3298689.3346996 two towers, in-batch negatives and the log-Q correction
        L. Xiong and others, "Approximate Nearest Neighbor Negative Contrastive Learning for Dense Text Retrieval", ICLR 2021
            https://arxiv.org/abs/2007.00808 hard negatives from the encoder's own index
        M. Aumüller, E. Bernhardsson, A. Faithfull, "ANN-Benchmarks: A benchmarking tool for approximate nearest neighbor algorithms", Information Systems 2020
            https://arxiv.org/abs/1807.05614 recall against queries a second, on which indexes are compared
        Faiss authors, "Guidelines to choose an index", Faiss wiki 2024
            https://github.com/facebookresearch/faiss/wiki/Guidelines-to-choose-an-index bytes a vector of each index, and when each is chosen
        """
    ),
)


@view("Learning", direction="TB")
def learning() -> None:
    """One batch of pairs: two towers, a table of all scores, and a softmax along each row."""
    log = Kafka("Interaction log", tooltip="What was searched, shown, clicked and bought, with positions")
    with Cluster("Batch of B pairs"):
        queries = Features("Queries", tooltip="Text, user and context of each pair")
        items = Features("Items", tooltip="Title, picture and attributes of the item that was chosen")
        hard = Features("Hard negatives", tooltip="Items that the last encoder ranked high and a judge rejects")
        popularity = Features("Popularity log Q", tooltip="How often each item is in a batch, counted on the stream")
    with Cluster("Encoder") as encoder:
        query_tower = EmbeddingTower("Query tower", tooltip="Runs in the request, so it is small")
        item_tower = EmbeddingTower("Item tower", tooltip="Runs ahead over the whole catalogue")
        scores = Interaction(
            "Score table\nB × B", tooltip="Every query against every item; the diagonal has the positives"
        )
        loss = LossFunction("InfoNCE", tooltip="A softmax along each row, divided by the temperature")
    recall = Evaluator("Recall on later pairs", tooltip="Pairs after the training window, by slice and by new items")
    registry = Mlflow("Encoder registry", tooltip="Both towers, dimension, normalisation and version as one entry")
    log >> batch("positives") >> [queries, items]
    log >> batch("ranked, not chosen") >> hard
    log >> batch("counts") >> popularity
    queries >> query_tower >> Edge(label="{dimensions:n} d") >> scores
    items >> item_tower >> Edge(label="{dimensions:n} d") >> scores
    hard >> item_tower
    popularity >> Edge(label="minus log Q") >> loss
    scores >> loss
    loss >> feedback("gradients") >> [query_tower, item_tower]
    encoder >> batch("towers, frozen") >> recall >> control("better on slices") >> registry
    log >> batch("later pairs") >> recall


@view("Index", direction="LR")
def index() -> None:
    """One index in shards: every query meets every shard, scans a few cells of codes, and re-scores exactly."""
    app = Users("Searchers", tooltip="Ask with text or with what they look at")
    encoder = ModelServer("Query encoder", tooltip="The tower of the same version as the index")
    broker = Envoy("Broker", tooltip="Asks one copy of each shard, merges, answers without a shard that is late")
    with Cluster("Each shard"):
        cells = VectorIndex("Cell lists", tooltip="65,536 cells of PQ codes in memory, {ivf_pq} over all shards")
        vectors = Storage("Vectors on SSD", tooltip="Full vectors by id; a read takes about {ssd}")
        shard = Assembler("Shard server", tooltip="Scans codes, then puts the best {rescored:n} in exact order")
    with Cluster("Build, nightly"):
        table = S3("Vector table", tooltip="Id, vector and encoder version of {vectors} items")
        quantiser = Spark("Train quantiser", tooltip="k-means of cells and PQ groups on a sample of a million")
        build = Spark("Build shards", tooltip="Assigns by a hash of the id, writes lists and vectors")
    probe = Evaluator("Recall probe", tooltip="Compares a thousand live queries a day with an exact scan")
    with step("The query is encoded by the tower that belongs to the index"):
        app >> request("query") >> encoder >> request("vector,\nversion") >> broker
    with step("The broker asks every shard, for an item may be on any of them"):
        broker >> request("top {rescored:n},\nprobes") >> shard
    with step("A shard scans the codes of the nearest cells and re-scores from SSD"):
        shard >> request("nearest cells") >> cells
        shard >> request("best {rescored:n}") >> vectors
    with step("The merged list goes to the ranker"):
        broker >> response("{candidates:n} items") >> app
    table >> batch("sample") >> quantiser >> batch("centroids") >> build
    table >> batch("all vectors") >> build
    build >> control("new version") >> shard
    broker >> stream("sampled queries") >> probe
    table >> batch("exact scan") >> probe


@view("Vector database", direction="LR")
def database() -> None:
    """What a database owes beyond nearest neighbours: durable writes, filters, deletes, tenants."""
    writers = Kafka("Item changes", tooltip="New, changed and deleted items, keyed by id")
    readers = Users("Services", tooltip="Ask with a vector, a filter and a tenant")
    encoder = ModelServer("Item encoder", tooltip="The item tower, at the version of the collection")
    with Cluster("Writes"):
        log = Kafka("Write log", tooltip="Durable before it is acknowledged; replayed after a crash")
        fresh = Cache(
            "Fresh segment", tooltip="Searchable within a second, by an exact scan; deletes mask what is sealed"
        )
        merge = Docker("Merge", tooltip="Drops deleted vectors and builds graphs in the background")
        store = S3("Segment store", tooltip="Immutable copies, from which a replica is restored")
    with Cluster("Reads"):
        planner = Planner("Query planner", tooltip="Estimates how many vectors fit the filter, and chooses the way")
        payload = Postgresql("Payload index", tooltip="Attributes and tenants by vector id")
        sealed = VectorIndex("Sealed segments", tooltip="HNSW whose walk skips what does not fit")
    writers >> stream("changes") >> encoder >> stream("vectors, deletes") >> log
    log >> stream("apply") >> fresh
    fresh >> batch("full segment") >> merge >> batch("sealed") >> store
    store >> batch("load") >> sealed
    log >> stream("attributes") >> payload
    with step("The planner asks how selective the filter is"):
        readers >> request("vector, filter") >> planner >> request("how many fit?") >> payload
    with step("Where many fit, the graph is walked; the fresh segment is always scanned"):
        planner >> request("filtered walk") >> sealed
        planner >> request("scan") >> fresh
    with step("Where few fit, exactly these are scanned, and the lists are merged"):
        planner >> response("top k, merged") >> readers


@view("Migration", direction="LR")
def migration() -> None:
    """A new encoder: everything is encoded again, both pairs live side by side, and one alias switches query and index."""
    registry = Mlflow("Encoder registry", tooltip="Holds version 2 after its evaluation; version 1 still serves")
    changes = Kafka("Item changes", tooltip="Encoded by both versions while both are live")
    with Cluster("Version 1, live"):
        one = VectorIndex("Index 1", tooltip="{hnsw} in memory, with its own query encoder")
    with Cluster("Version 2, new"):
        backfill = Spark("Back-fill", tooltip="{vectors} items in {backfill} on {gpus} GPUs, resumable by key range")
        table = S3("Vector table 2", tooltip="Vectors of version 2; coverage is counted against the catalogue")
        two = VectorIndex("Index 2", tooltip="Needs the same memory again: {both} until the old one goes")
    compare = Evaluator(
        "Shadow compare", tooltip="Live queries through both pairs: recall, latency, overlap, empty results"
    )
    covered = Test("Coverage 100 %,\nrecall holds?", tooltip="Both must hold, on slices and rare filters too")
    alias = Gate("Alias", tooltip="Names encoder and index as one pair; traffic moves by shares")
    front = Envoy("Query service", tooltip="Encodes with the tower of the pair that the alias names")
    watch = Monitor("Monitor", tooltip="Candidates that were clicked, empty results, latency, by version")
    registry >> control("version 2") >> backfill >> batch("vectors") >> table >> batch("build") >> two
    changes >> stream("encode twice") >> [one, two]
    front >> stream("sampled queries") >> compare
    compare >> request("same query") >> two
    compare >> control("report") >> covered
    table >> control("coverage") >> covered
    covered >> control("yes: by shares") >> alias
    covered >> feedback("no: repair") >> backfill
    alias >> control("pair of a query") >> front
    front >> request("nearest") >> one
    front >> request("nearest, by share") >> two
    front >> stream("outcomes") >> watch >> control("worse: back") >> alias
