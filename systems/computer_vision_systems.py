"""Tag, check and index every uploaded photo, and find what looks like a given one within 400 ms.

Photos are large, come from uncontrolled cameras and cost a thousand times the compute of a click. Every team wants its
own labels, yet a model per team would multiply the GPUs. So the platform turns on one backbone, one embedding and a
labelling loop that spends people's time well. The price is a change of embedding, which re-encodes billions of images.
"""

from diagrams import Cluster
from diagrams.aws.storage import S3
from diagrams.generic.device import Mobile
from diagrams.generic.storage import Storage
from diagrams.k8s.clusterconfig import HPA
from diagrams.k8s.compute import Cronjob, Deployment
from diagrams.onprem.analytics import Spark
from diagrams.onprem.client import Client, User, Users
from diagrams.onprem.database import Cassandra, Clickhouse
from diagrams.onprem.gitops import Argocd, Flagger
from diagrams.onprem.inmemory import Redis
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.monitoring import Grafana, Prometheus
from diagrams.onprem.network import Envoy
from diagrams.onprem.queue import Kafka
from diagrams.onprem.workflow import Airflow, Kubeflow
from diagrams.programming.flowchart import Decision as Choice
from diagrams.programming.flowchart import Inspection, PredefinedProcess, Preparation
from diagrams.programming.framework import React
from diagrams.programming.language import Cpp, Go, Python, Rust
from diagrams.saas.alerting import Pagerduty
from diagrams.saas.cdn import Cloudflare

from archfolio import (
    COMMON_BLOCKS,
    RESPONSIBILITY_BLOCKS,
    Budget,
    Catalogue,
    Decision,
    Encoder,
    Estimate,
    FailureMode,
    Guard,
    Labeller,
    Metrics,
    ModelPool,
    ModelServer,
    Planner,
    Ranker,
    Requirements,
    System,
    Tags,
    Trainer,
    VectorIndex,
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
    uploads=assume("Uploads", 100e6, "image/day"),
    searches=assume("Visual searches", 50e6, "image/day", note="one photo each"),
    peak_factor=assume("Peak over average", 3),
    mean_rate=derive("Average upload rate", "uploads", "image/s"),
    peak_rate=derive("Peak upload rate", "uploads * peak_factor", "image/s"),
    search_rate=derive("Peak search rate", "searches * peak_factor", "image/s"),
    original_bytes=assume("Original", 1.5e6, "byte/image"),
    display_bytes=assume("Display copy", 200e3, "byte/image"),
    originals=derive("Originals stored per day", "uploads * original_bytes", "byte/day", note="cold after 30 days"),
    displays=derive("Display copies stored per day", "uploads * display_bytes", "byte/day"),
    admitted=assume("Uploads admitted to search", 2, "percent", note="public, first copy, good quality"),
    crops=assume("Crops kept per image", 3, note="a crop counts as an image from here on"),
    added=derive("Vectors added to the index", "uploads * admitted * (1 + crops)", "image/day"),
    vectors=assume("Vectors searched", 2e9, "image", note="whole images and crops"),
    stay=derive("Time that an admission stays", "vectors / added", "day", note="then it retires, by use"),
    load=assume("Load at which hosts are run", 60, "percent"),
    decode_time=assume("CPU time to decode, resize, re-encode", 40, "core*ms/image"),
    decode_cores=derive("Decode cores", "ceil(peak_rate * decode_time / load)", "core"),
    parameters=cite("Parameters of ViT-B/16", 86e6, "parameter", source="Dosovitskiy et al. 2021"),
    backbone_speed=assume("Images a GPU encodes", 1_200, "image/s/GPU", note="ViT-B, fp16, 224 px; load-test"),
    detector_speed=assume("Images a GPU detects on", 300, "image/s/GPU", note="load-test before buying"),
    backbone_gpus=derive("Backbone GPUs", "ceil(peak_rate / (backbone_speed * load))", "GPU"),
    detector_gpus=derive("Detector GPUs", "ceil(peak_rate / (detector_speed * load))", "GPU"),
    crop_gpus=derive("Crop-embedding GPUs", "ceil(peak_rate * crops / (backbone_speed * load))", "GPU"),
    search_gpus=derive(
        "Search GPUs, their own pool",
        "ceil(search_rate / (detector_speed * load)) + ceil(search_rate / (backbone_speed * load))",
        "GPU",
    ),
    dimensions=assume("Embedding dimension", 256, "number/image"),
    number_bytes=assume("Bytes per dimension", 2, "byte/number", note="fp16"),
    full_bytes=derive("Full vectors on SSD", "vectors * dimensions * number_bytes", "byte"),
    code_bytes=assume("Product-quantised code", 32, "byte/image"),
    id_bytes=assume("Identifier", 8, "byte/image"),
    index_bytes=derive("Index memory", "vectors * (code_bytes + id_bytes)", "byte"),
    shards=assume("Shards", 16),
    shard_bytes=derive("Index memory per shard", "index_bytes / shards", "byte"),
    rescored=assume("Re-scored by a shard per query", 200, "read/image"),
    ssd_reads=derive("SSD reads per shard at peak", "search_rate * rescored", "read/s", note="over 3 replicas"),
    merged=assume("Candidates merged", 2_000, note="best of all shards"),
    reranked=assume("Candidates re-ranked", 500),
    results=assume("Results shown", 24),
    reencode_load=assume("Load while re-encoding", 90, "percent"),
    reencode=derive("Re-encoding everything", "vectors / (backbone_speed * reencode_load)", "GPU*h"),
    bank=assume("Known-abuse hashes", 50e6, "hash"),
    hash_bytes=cite("Bytes per PDQ hash", 32, "byte/hash", source="ThreatExchange", note="256 bits"),
    bank_bytes=derive("Known-abuse hash list", "bank * hash_bytes", "byte"),
    labels=assume("Labels by people", 200e3, "label/week"),
    random_share=assume("Labels of random images", 10, "percent", note="an unbiased test set"),
    random_labels=derive("Random labels", "labels * random_share", "label/week"),
    picked_labels=derive("Labels that active learning picks", "labels - random_labels", "label/week"),
    label_time=assume("Time per label", 30, "s/label"),
    label_hours=derive("Labelling hours", "labels * label_time", "h/week"),
    work_week=assume("Working week of an annotator", 40, "h/week/person"),
    annotators=derive("Annotators", "ceil(label_hours / work_week)", "person"),
)

SYSTEM = System(
    title="Computer vision systems",
    family="end-to-end",
    position=4,
    tags=Tags(
        task=["classification", "detection", "search"],
        pattern=["embedding retrieval", "multi-task model", "human in the loop", "retrieval-ranking funnel"],
        data=["images", "events"],
    ),
    requirements=Requirements(
        functional=[
            "Uploads are validated, matched against duplicates and known abuse, and stored.",
            "Every image gets tags (10,000 classes), boxes (600 classes) and one general embedding.",
            "Visual search by photo or crop, with filters.",
            "A team adds a classifier from a few thousand labels, without retraining the backbone.",
            "Deletion removes the image, its crops, its vectors and its training copies.",
        ],
        qualities={
            "Latency": "Search p99 of 400 ms from the first byte of the photo, p50 near 170 ms (assumptions).",
            "Safety": "A verdict before the first public view, p95 of 2 s (assumption).",
            "Freshness": "Searchable in 5 min, a new head in a day, a new backbone twice a year (assumptions).",
            "Availability": "Search 99.9 %; uploads 99.99 %, accepted even if every GPU is down (assumptions).",
        },
    ),
    estimate=ESTIMATE,
    headline=["peak_rate", "search_rate", "vectors", "index_bytes", "reencode"],
    budget=Budget(
        "p99 of a visual search",
        promise=400,
        stages={
            "Edge, authentication, quota": 10,
            "Receive the client-resized photo, 300 kB": 80,
            "Decode, orient, resize": 25,
            "Abuse-hash match on the decoded pixels": 10,
            "Detector, skipped if the user drew a crop": 60,
            "Crop embedding, batch of 1 to 8": 30,
            "ANN over {shards} shards, SSD re-scoring": 40,
            "Filters and metadata": 30,
            "Re-rank {reranked}": 40,
            "Response with signed image links": 25,
            "Network hops, batching wait, slack": 50,
        },
    ),
    decisions=[
        Decision(
            "Shared backbone, small heads",
            rejected=["a model per task"],
            revisit_when="its errors justify a GPU, or its images differ",
        ),
        Decision(
            "One unified embedding",
            rejected=["one per product"],
            revisit_when="objectives conflict: exact product against style",
        ),
        Decision(
            "IVF-PQ, exact SSD re-scoring",
            rejected=["HNSW"],
            revisit_when="vectors are under 100 M, or 98 % recall is a must",
        ),
        Decision(
            "Re-encode, dual index",
            rejected=["compatible training"],
            revisit_when="the corpus is too large to re-encode in a release",
        ),
        Decision(
            "Asynchronous analysis of uploads",
            rejected=["analysis in the request"],
            revisit_when="someone awaits the verdict",
        ),
        Decision(
            "Correcting a model's proposals",
            rejected=["labels from scratch"],
            revisit_when="it is the test set: proposals bias people",
        ),
    ],
    failures=[
        FailureMode(
            "Preprocessing differs in serving", "Golden-image tensors, score shift", "Block it; pack one library"
        ),
        FailureMode(
            "Query model and index differ", "Version handshake, probe recall", "Refuse, route to the other index"
        ),
        FailureMode(
            "Upload spike fills the GPUs", "Queue lag and time", "Pause backfill, drop heads; search has its pool"
        ),
        FailureMode("A new camera shifts inputs", "Drift by device, audit", "Label it, retrain; higher thresholds now"),
        FailureMode("A file attacks the decoder", "Sandbox crashes by uploader", "Kill, quarantine, block the source"),
        FailureMode(
            "A deleted image is found", "Daily tombstone audit", "Filter by metadata, compact the shard at once"
        ),
    ],
    metrics=Metrics(
        offline=[
            "COCO-style mAP, average precision by class, calibration",
            "Recall at 10 on query and item, ANN recall against exact search",
            "Accuracy under corruption, worst slice against the mean",
        ],
        online=["Click and save rate of visual search", "Crop edits, tag acceptance, time to searchable"],
        guardrail=[
            "p99 latency, deletion lag, GPU cost per 1,000 images",
            "Safety misses in the audit, upheld removal appeals, gap by region and skin tone",
        ],
    ),
    building_blocks=["embeddings-retrieval", "online-experimentation", *RESPONSIBILITY_BLOCKS, *COMMON_BLOCKS],
    sources=bibliography("""
        A. Zhai et al. (Pinterest), "Learning a Unified Embedding for Visual Search at Pinterest", KDD 2019
            https://arxiv.org/abs/1908.01707 one multi-task embedding that beats the specialised ones before it
        F. Yang et al. (eBay), "Visual Search at eBay", KDD 2017
            https://arxiv.org/abs/1706.03154 search within the top predicted categories, from one forward pass
        J. Johnson, M. Douze, H. Jégou (Facebook), "Billion-scale similarity search with GPUs", arXiv 2017
            https://arxiv.org/abs/1702.08734 IVF-PQ at this scale
        A. Dosovitskiy et al. (Google), "An Image is Worth 16x16 Words: Transformers for Image Recognition at Scale", ICLR 2021
            https://arxiv.org/abs/2010.11929 the backbone and its size
        M. Oquab et al. (Meta), "DINOv2: Learning Robust Visual Features without Supervision", arXiv 2023
            https://arxiv.org/abs/2304.07193 self-supervised features that heads use frozen
        Y. Shen et al. (Amazon), "Towards Backward-Compatible Representation Learning", CVPR 2020
            https://arxiv.org/abs/2003.11942 a new query model on an old index
        A. Kirillov et al. (Meta), "Segment Anything", ICCV 2023
            https://arxiv.org/abs/2304.02643 annotation helped by a model
        C. Northcutt, L. Jiang, I. Chuang, "Confident Learning: Estimating Uncertainty in Dataset Labels", JAIR 2021
            https://arxiv.org/abs/1911.00068 finding label errors
        Meta, "ThreatExchange: PDQ, TMK+PDQF and vPDQ", GitHub 2019
            https://github.com/facebook/ThreatExchange the 256-bit PDQ hash
    """),
)


@view("Overview")
def overview() -> None:
    """Uploads are analysed once by a shared backbone, searches reuse its embedding, people judge what is unsure."""
    users = Users("Users", tooltip="Upload photos and search by photo")
    with Cluster("Online"):
        gateway = Envoy("API gateway", tooltip="Authentication, quota, resumable upload links")
        visual_search = Go("Visual search service", tooltip="A photo to ranked similar items in 400 ms")
        safety_guards = Guard("Safety guards", tooltip="Known abuse is blocked, kept and reported before any view")
        models = ModelServer("Vision models\nTriton", tooltip="Backbone, detector, heads and embedding")
        vector_index = VectorIndex("Vector index\nIVF-PQ", tooltip="Nearest images and crops among {vectors}")
    with Cluster("Data"):
        image_store = S3("Image store", tooltip="Originals and display copies, the system of record")
        upload_events = Kafka("Upload events\nKafka", tooltip="Separates acceptance from analysis on GPUs")
        annotations = Cassandra("Annotation store\nCassandra", tooltip="Tags, boxes and model versions by image")
    with Cluster("Learning"):
        annotators = Users("Annotators", tooltip="Judge the images that active learning picks")
        training = Kubeflow("Training pipeline", tooltip="Backbone, heads, detector, embedding")
        registry = Mlflow("Model registry", tooltip="Ties model, label set and index version together")

    users >> request("photo") >> gateway >> request("original") >> image_store
    image_store >> stream("object created") >> upload_events >> stream("before publish") >> safety_guards
    safety_guards >> stream("accepted") >> models >> stream("tags, boxes") >> annotations
    models >> stream("crop vectors") >> vector_index
    gateway >> request("query photo") >> visual_search >> request("detect, embed") >> models
    visual_search >> request("{dimensions}-d vector") >> vector_index
    visual_search >> request("filters") >> annotations
    visual_search >> request("{results} results") >> users >> feedback("clicks on results") >> upload_events
    models >> batch("uncertain images") >> annotators >> feedback("labels") >> training
    upload_events >> batch("engagement pairs") >> training >> control("gated models") >> registry
    registry >> control("rollout") >> models
    registry >> control("re-encode") >> vector_index


@view("Serving")
def serving() -> None:
    """Visual search: one photo to {results} results in 400 ms, on a GPU pool that uploads cannot starve."""
    camera = Mobile("Camera client", tooltip="Resizes to 1,024 px, lets the user draw a crop")
    with Cluster("Front"):
        gateway = Envoy("API gateway", tooltip="Authentication, quota, deadline")
        decoder = Cpp("Decode and resize", tooltip="Untrusted bytes are decoded in a sandboxed process")
        abuse_hash = Rust("Abuse-hash match", tooltip="PDQ of the pixels against {bank} known hashes, {bank_bytes}")
        visual_search = Go("Visual search service", tooltip="Picks crops, fans out, merges, signs links")
        result_cache = Redis("Result cache\nRedis", tooltip="Results of shared images, by image hash and crop")
    with Cluster("GPU pool"):
        detector = ModelServer("Detector\nGPU", tooltip="Finds objects, suggests the main crop")
        embedder = Encoder("Crop embedder\nGPU", tooltip="One {dimensions}-d embedding of the crop for all products")
        category_head = ModelServer("Category head", tooltip="Top categories narrow the search, cut false matches")
    with Cluster("Match"):
        ann_shards = VectorIndex("Vector index\n{shards}, IVF-PQ", tooltip="Coarse cells in memory, category bitmaps")
        full_vectors = Storage("Full vectors\nSSD", tooltip="Exact re-scoring, up to {ssd_reads:n} reads/s a shard")
        item_metadata = Cassandra("Item metadata\nCassandra", tooltip="Region, stock, safety state, duplicate group")
        reranker = Ranker("Re-ranker", tooltip="Visual score, engagement, attributes; shuffles a few lists to explore")
    cdn = Cloudflare("Image CDN", tooltip="Thumbnails by signed link, outside the 400 ms")
    serving_log = Kafka("Serving log\nKafka", tooltip="Query vector, crop, results, arms, clicks")

    with step("A 300 kB photo arrives in up to 80 ms; a sandbox decodes and resizes untrusted bytes in 25 ms."):
        camera >> request("photo, 300 kB") >> gateway >> request("bytes") >> decoder
    with step("The 256-bit hash of the pixels is sought among {bank} in 10 ms; a match stops here."):
        decoder >> request("pixels") >> abuse_hash >> request("no match") >> visual_search
    with step("A shared image is answered from the cache, by image hash and crop."):
        visual_search >> request("hash, crop") >> result_cache >> request("cached results") >> visual_search
    with step("Without a user's crop the detector proposes up to 8 boxes in 60 ms; late, the whole image serves."):
        visual_search >> request("no user crop") >> detector >> request("8 boxes max") >> visual_search
    with step("One pass gives a {dimensions}-d vector and three likely categories in 30 ms."):
        visual_search >> request("crop") >> embedder >> request("same features") >> category_head
        category_head >> request("vector, categories") >> visual_search
    with step("{shards} shards search {vectors} codes ({index_bytes}), each re-scores {rescored} from SSD, in 40 ms."):
        visual_search >> request("vector, filter") >> ann_shards >> request("{rescored} per shard") >> full_vectors
    with step("The best {merged} are filtered and grouped by duplicate, {reranked} re-ranked, in 70 ms."):
        full_vectors >> request("best {merged}") >> reranker >> request("batch get") >> item_metadata
    with step("{results} results return as signed links within 400 ms; thumbnails then come from the CDN."):
        reranker >> request("{results} results") >> visual_search >> request("links, 400 ms") >> camera
        camera >> request("thumbnails") >> cdn
    with step("Every list is logged with scores, cached or not; clicks become pairs for the next embedding."):
        visual_search >> stream("list, scores") >> serving_log
        camera >> feedback("clicks, saves") >> serving_log


@view("Ingestion")
def ingestion() -> None:
    """Accept first, publish after the safety guards, analyse once, index within minutes."""
    uploader = Client("Uploader", tooltip="Sends bytes straight to storage through a signed link")
    with Cluster("Accept"):
        image_store = S3("Image store", tooltip="Immutable encrypted originals, {originals}")
        upload_events = Kafka("Upload events\nKafka", tooltip="Topics by priority: public, private, backfill")
    with Cluster("Prepare"):
        decoders = Deployment("Decode workers", tooltip="Validate, strip location, write display copies")
        duplicates = VectorIndex("Duplicate finder", tooltip="Copies are analysed once and share one verdict")
        safety_guards = Guard("Safety guards", tooltip="Known-abuse hash (block, keep, report), then a classifier")
        safety_reviewers = Users("Reviewers", tooltip="Decide the uncertain band, with limits on exposure")
    with Cluster("Analyse"):
        backbone = Encoder("Backbone ViT\nTriton", tooltip="One forward pass of {parameters} parameters for all heads")
        heads = ModelServer("Task heads", tooltip="Tags, attributes, quality: tiny models on shared features")
        detector = ModelServer("Detector", tooltip="Boxes for 600 classes, about {crops} crops kept")
        embedder = Encoder("Crop embedder", tooltip="Vectors of the whole image and its crops")
    with Cluster("Publish"):
        annotations = Cassandra("Annotation store\nCassandra", tooltip="Results by image and model version")
        vector_log = Kafka("Vector log\nKafka", tooltip="Ordered adds and deletes, for the {admitted} admitted")
        ann_shards = VectorIndex("Vector index", tooltip="A fresh segment now, compacted into PQ lists at night")

    uploader >> request("original") >> image_store >> stream("object created") >> upload_events
    upload_events >> stream("{peak_rate} peak") >> decoders >> stream("256-bit hash") >> duplicates
    duplicates >> stream("first copy only") >> safety_guards >> stream("allowed") >> backbone
    safety_guards >> stream("uncertain band") >> safety_reviewers >> stream("cleared") >> [backbone, detector]
    backbone >> stream("shared features") >> heads >> stream("tags, scores") >> annotations
    safety_guards >> stream("640 px image") >> detector >> stream("boxes") >> annotations
    detector >> stream("image, {crops} crops") >> embedder >> stream("{added}, admitted") >> vector_log
    safety_reviewers >> feedback("verdict") >> annotations >> control("takedown") >> vector_log
    vector_log >> stream("under 5 min") >> ann_shards


@view("Labelling")
def labelling() -> None:
    """Active learning: {labels:n} labels a week go where models disagree, drift or hurt."""
    with Cluster("Select"):
        pool = S3("Unlabelled pool", tooltip="Consented production images, with model scores")
        uncertainty = Spark("Uncertainty scoring\nSpark", tooltip="Margin, disagreement of heads, rare classes")
        diversity = Planner("Diversity sampler", tooltip="Clusters embeddings: near-copies are not labelled twice")
        random_slice = Preparation("Random sample", tooltip="{random_share} at random, no proposals: an unbiased test")
        reports = Users("Product reports", tooltip="Wrong tags and bad matches that users flag")
    with Cluster("Label"):
        pre_labeller = Labeller("Pre-labeller", tooltip="A large vision model proposes boxes, masks and tags")
        tool = React("Labelling tool", tooltip="Task queue, guidelines, shortcuts")
        annotators = Users("Annotators", tooltip="{annotators} people correct or label, {label_time} each")
    with Cluster("Check"):
        gold_tasks = Inspection("Gold tasks", tooltip="Hidden known answers score each annotator")
        consensus = Spark("Consensus, noise audit", tooltip="Weighs votes; confident learning finds label errors")
        adjudicator = User("Expert adjudicator", tooltip="Settles disputes, amends the guidelines")
    registry = Catalogue("Dataset registry", tooltip="Versioned label sets, with consent and deletion state")

    pool >> batch("scored images") >> uncertainty >> batch("hard 2 M") >> diversity
    diversity >> batch("{picked_labels}") >> pre_labeller >> batch("proposals") >> tool
    pool >> batch("all images") >> random_slice >> batch("{random_labels}, raw") >> tool
    reports >> feedback("reports") >> pre_labeller
    tool >> request("tasks") >> annotators >> feedback("answers") >> consensus
    gold_tasks >> control("hidden checks") >> tool
    gold_tasks >> control("annotator skill") >> consensus
    consensus >> feedback("conflicts") >> adjudicator >> feedback("settled labels") >> registry
    consensus >> batch("accepted labels") >> registry >> control("class gaps") >> uncertainty


@view("Training")
def training() -> None:
    """Three rhythms in one pipeline: the backbone rarely, heads daily, the embedding with a plan to migrate."""
    with Cluster("Data"):
        registry_of_data = Catalogue("Dataset registry", tooltip="Pinned label sets and exclusion lists")
        engagement = Spark("Engagement pairs\nSpark", tooltip="Query crop and the result clicked in that session")
        packer = Spark("Shard packer\nSpark", tooltip="Sequential files, so that GPUs do not wait for small reads")
        loader = Python("Loader, augmentation", tooltip="Camera-like crops, blur and light")
    with Cluster("Train"):
        pretraining = Trainer("Backbone pretraining", tooltip="Self-supervised, half-yearly, on many GPU hosts")
        embedding = Trainer("Embedding trainer", tooltip="Metric learning over all search products, mined negatives")
        detection = Trainer("Detector trainer", tooltip="Fine-tuned for each release of labels")
        heads = Trainer("Head trainer", tooltip="Frozen backbone, minutes on one GPU")
    with Cluster("Gate"):
        compiler = PredefinedProcess("Compile and quantise\nTensorRT", tooltip="fp16 or int8, against the original")
        gate = Choice("Offline gate\nby slice", tooltip="Class, camera, region, skin tone; corruption suite")
        compatibility = Choice("Compatibility test", tooltip="New queries on the old index: allowed, or re-encode")
    with Cluster("Release"):
        registry = Mlflow("Model registry", tooltip="Model card, lineage, approvals")
        re_encode = Airflow("Re-encode job\nAirflow", tooltip="{reencode:n} GPU-hours on spare capacity, checkpointed")
        dual_index = VectorIndex("Dual index", tooltip="Old and new side by side until the swap")
        canary = Flagger("Shadow and canary", tooltip="Scores compared in shadow, then a rising share of traffic")
        fleet = ModelPool("Serving fleet\nTriton", tooltip="Loads engines; keeps the previous version to go back to")

    registry_of_data >> batch("pinned labels") >> packer
    engagement >> batch("positive pairs") >> packer >> batch("record files") >> loader
    loader >> batch("unlabelled") >> pretraining >> control("initial weights") >> embedding
    loader >> batch("pairs, tags") >> embedding
    loader >> batch("boxes") >> detection
    loader >> batch("team labels") >> heads
    pretraining >> control("frozen features") >> heads
    [embedding, detection, heads] >> batch("checkpoint") >> compiler >> batch("built engine") >> gate
    gate >> control("passed") >> compatibility >> control("plan") >> registry
    registry >> control("new embedding") >> re_encode >> batch("{vectors} vectors") >> dual_index
    dual_index >> control("atomic swap") >> fleet
    registry >> control("heads, detector") >> canary >> control("staged rollout") >> fleet
    fleet >> feedback("search clicks") >> engagement


@view("Operations")
def operations() -> None:
    """No live labels: watch inputs, disagreement, audits and GPUs, and shed work in order of value."""
    with Cluster("Serving"):
        fleet = ModelPool("Serving fleet\nTriton", tooltip="Queue time, batch size, memory, throughput by model")
        upload_events = Kafka("Upload events\nKafka", tooltip="Lag by priority topic")
        autoscaler = HPA("Autoscaler", tooltip="Scales on queue time, not on GPU utilisation")
        shedder = Planner("Load shedder", tooltip="Stops backfill, then optional heads, then crops; never safety")
    with Cluster("Observe"):
        metrics = Prometheus("Metrics\nPrometheus", tooltip="Latency, lag, GPU health")
        drift = Spark("Drift monitor\nSpark", tooltip="Embeddings, brightness, device mix, score histograms")
        audit = Users("Audit panel", tooltip="2,000 random images a day, judged for each major head")
        probes = Cronjob("Golden queries", tooltip="Known photo to known item; ANN recall, 90 % at least")
        dashboards = Grafana("Dashboards\nGrafana", tooltip="By head and by device class")
    with Cluster("Act"):
        alerts = Pagerduty("On-call alerts", tooltip="Pages on safety lag, recall, error budget")
        analysis = Clickhouse("Experiment analysis", tooltip="Search engagement by model arm")
        retrain = Airflow("Retrain trigger", tooltip="Asks for labels and retrains heads for the failing slice")
        rollback = Argocd("Rollback controller", tooltip="Restores the previous engine and index alias")

    fleet >> stream("queue time") >> metrics >> stream("series") >> dashboards
    upload_events >> stream("lag") >> metrics >> control("queue time") >> autoscaler >> control("replicas") >> fleet
    metrics >> control("lag over limit") >> shedder >> control("pause topics") >> upload_events
    metrics >> control("safety lag") >> alerts >> control("bad engine") >> rollback
    probes >> request("golden photos") >> fleet
    probes >> control("low recall") >> alerts
    fleet >> batch("scores, vectors") >> drift >> batch("PSI by slice") >> dashboards
    fleet >> batch("random sample") >> audit >> feedback("live precision") >> dashboards
    drift >> control("new camera slice") >> retrain
    audit >> control("precision fell") >> retrain >> control("gated heads") >> fleet
    fleet >> stream("results by arm") >> analysis >> control("guardrail broken") >> rollback
    rollback >> control("previous version") >> fleet
