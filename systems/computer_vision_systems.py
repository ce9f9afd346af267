"""Tag, check and index every uploaded photo, and find what looks like a given one within 400 ms.

Photos are large, come from uncontrolled cameras and cost a thousand times the compute of a click. Every team wants its
own labels, yet a model per team would multiply the GPUs. So the platform turns on one backbone, one embedding and a
labelling loop that spends people's time well. The price is a change of embedding, which re-encodes billions of vectors.
"""

from diagrams import Cluster, Edge
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
    Bias,
    Budget,
    CaseStudy,
    Catalogue,
    Clarification,
    Decision,
    EmbeddingTable,
    Encoder,
    Estimate,
    Evaluation,
    FailureMode,
    FeatureGroup,
    Features,
    FollowUp,
    Framing,
    Guard,
    Head,
    Interaction,
    Label,
    LabelJoin,
    Labeller,
    Loss,
    LossFunction,
    MathFormula,
    Metrics,
    ModelPool,
    ModelServer,
    Phase,
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
    reference,
    request,
    response,
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
    originals=derive("Originals stored per day", "uploads * original_bytes", "byte/day"),
    displays=derive("Display copies stored per day", "uploads * display_bytes", "byte/day"),
    hot_days=assume("Time originals stay in hot storage", 30, "day", note="then the cold tier"),
    cold_days=assume(
        "Time originals stay in the cold tier", 335, "day", note="packed, since each object moved there is charged"
    ),
    display_days=assume("Time display copies stay", 365, "day"),
    admitted=assume("Uploads admitted to search, of uploads", 2, "percent", note="public, first copy, good quality"),
    crops=assume("Crops kept per image", 3, note="a crop counts as an image from here on"),
    added=derive("Vectors added to the index", "uploads * admitted * (1 + crops)", "image/day"),
    vectors=assume("Vectors searched", 2e9, "image", note="whole images and crops"),
    stay=derive("Time an admission stays", "vectors / added", "day", note="then it retires, by use"),
    load=assume("Load at which hosts run, of their capacity", 60, "percent"),
    decode_time=assume("CPU time to decode, resize, re-encode", 40, "core*ms/image"),
    decode_cores=derive("Decode cores", "ceil(peak_rate * decode_time / load)", "core"),
    parameters=cite("Parameters of ViT-B/16", 86e6, "parameter", source="Dosovitskiy et al. 2021"),
    patches=assume("Patches of an image", 197, "token/image", note="14 × 14 of 16 px, and a class token"),
    flop=reference("forward_flop"),
    backbone_flop=derive("Compute of a backbone pass", "flop * parameters * patches", "flop/image"),
    detector_flop=assume("Compute of a detection at 640 px", 130e9, "flop/image"),
    l4_peak=reference("l4_bf16"),
    mfu=assume("Model FLOPs utilisation (MFU), of peak", 33, "percent", note="load-test before buying"),
    backbone_speed=derive("Images an L4 encodes", "l4_peak * mfu / backbone_flop", "image/s/GPU"),
    detector_speed=derive("Images an L4 detects on", "l4_peak * mfu / detector_flop", "image/s/GPU"),
    backbone_gpus=derive("Backbone GPUs", "ceil(peak_rate / (backbone_speed * load))", "GPU"),
    detector_gpus=derive("Detector GPUs", "ceil(peak_rate / (detector_speed * load))", "GPU"),
    crop_gpus=derive(
        "Crop-embedding GPUs",
        "ceil(peak_rate * admitted * crops / (backbone_speed * load))",
        "GPU",
        note="crops of admitted images only; the image's own vector comes with the backbone pass",
    ),
    guard_gpus=derive(
        "Safety-classifier GPUs",
        "ceil(peak_rate / (backbone_speed * load))",
        "GPU",
        note="a ViT-B of its own that runs before the backbone",
    ),
    upload_gpus=derive("Upload GPUs", "guard_gpus + backbone_gpus + detector_gpus + crop_gpus", "GPU"),
    search_gpus=derive(
        "Search GPUs, their own pool",
        "ceil(search_rate / (detector_speed * load)) + ceil(search_rate / (backbone_speed * load))",
        "GPU",
    ),
    team_heads=assume("Heads of product teams", 60),
    separate_gpus=derive(
        "Upload GPUs with a backbone per head",
        "guard_gpus + detector_gpus + crop_gpus + backbone_gpus * team_heads",
        "GPU",
    ),
    dimensions=assume("Embedding dimension", 256, "number/image"),
    number_bytes=reference("fp16_bytes"),
    full_bytes=derive("Full vectors on SSD", "vectors * dimensions * number_bytes", "byte"),
    code_bytes=assume("Product-quantised code", 32, "byte/image"),
    id_bytes=assume("Identifier", 8, "byte/image"),
    index_bytes=derive("Index memory", "vectors * (code_bytes + id_bytes)", "byte"),
    links=assume("HNSW links per vector (M)", 32, "link/image"),
    link_bytes=reference("hnsw_link_bytes"),
    hnsw_bytes=derive(
        "The same vectors as HNSW in memory", "vectors * (dimensions * number_bytes + links * link_bytes)", "byte"
    ),
    shards=assume("Shards", 16, "shard"),
    replicas=assume("Replicas of each shard", 3, "host/shard"),
    shard_bytes=derive("Index memory per shard", "index_bytes / shards", "byte/shard"),
    rescored=assume("Re-scored by a shard per query", 200, "candidate/image/shard"),
    ssd_reads=derive("SSD reads per host at peak", "search_rate * rescored / replicas", "candidate/s/host"),
    gathered=derive("Candidates gathered", "shards * rescored", "candidate/image"),
    merged=assume("Candidates merged", 2_000, "candidate/image", note="best of all shards"),
    reranked=assume("Candidates re-ranked", 500, "candidate/image"),
    results=assume("Results shown", 24, "candidate/image"),
    reencode_load=assume("Load while re-encoding, of capacity", 90, "percent"),
    reencode=derive("Re-encoding everything", "vectors / (backbone_speed * reencode_load)", "GPU*h"),
    reencode_read=derive("Display copies read to re-encode", "vectors / (1 + crops) * display_bytes", "byte"),
    l4_price=reference("l4_price"),
    reencode_bill=derive("GPU bill of re-encoding", "reencode * l4_price", "USD"),
    bank=assume("Known-abuse hashes", 50e6, "hash"),
    hash_bytes=cite("Bytes per PDQ hash", 32, "byte/hash", source="ThreatExchange", note="256 bits"),
    bank_bytes=derive("Known-abuse hash list", "bank * hash_bytes", "byte"),
    labels=assume("Labels by people", 200e3, "label/week"),
    random_share=assume("Labels of random images, of labels", 10, "percent", note="an unbiased test set"),
    random_labels=derive("Random labels", "labels * random_share", "label/week"),
    picked_labels=derive("Labels that active learning picks", "labels - random_labels", "label/week"),
    label_time=assume("Time per label", 30, "s/label"),
    label_hours=derive("Labelling hours", "labels * label_time", "h/week"),
    work_week=assume("Working week of an annotator", 40, "h/week/person"),
    annotators=derive("Annotators", "ceil(label_hours / work_week)", "person"),
    edge=assume("Edge, authentication and quota, p99", 10, "ms"),
    photo=assume("Photo, resized by the client", 150e3, "byte"),
    uplink=assume("Uplink that the promise supposes", 1.875e6, "byte/s", note="15 Mbit/s; slower clients wait longer"),
    receive=derive("Receiving the photo", "photo / uplink", "ms"),
    decode=assume("Decode, orient and resize, p99", 25, "ms"),
    hash_match=assume("Abuse-hash match, p99", 10, "ms"),
    pool_batch=assume("Images batched on a search GPU", 8, "image/GPU"),
    batch_wait=assume("Wait for a batch, p99", 15, "ms"),
    detect=derive("Detector on a batch", "pool_batch / detector_speed + batch_wait", "ms"),
    embed=derive("Crop embedding on a batch", "pool_batch / backbone_speed + batch_wait", "ms"),
    ann=assume("Deadline of the index", 40, "ms", note="re-scoring included; late shards are left out"),
    filtering=assume("Filters and metadata, p99", 30, "ms"),
    rerank_speed=assume("Re-ranker speed", 20e3, "candidate/s/core"),
    rerank_cores=assume("Cores on one query", 1, "core/image"),
    rerank_wait=assume("Wait for a re-ranker core, p99", 10, "ms"),
    rerank=derive("Re-ranking", "reranked / (rerank_speed * rerank_cores) + rerank_wait", "ms"),
    respond=assume("Response with signed image links, p99", 25, "ms"),
    slack=assume("Network hops and queueing, p99", 50, "ms"),
    promise=assume("Visual search, p99", 400, "ms"),
    clicked=assume("Searches with a click, of searches", 25, "percent"),
    effect=assume("Smallest relative change worth detecting", 1, "percent"),
    arm=derive("Searches per arm of an A/B test", "16 * (1 - clicked) / (clicked * effect ** 2)"),
    host_cores=assume("Cores of an index host", 16, "core/host"),
    search_decode=assume("CPU time to decode a search photo", 15, "core*ms/image"),
    search_cores=derive(
        "Decode and re-rank cores of searches",
        "ceil(search_rate * (search_decode + reranked / rerank_speed) / load)",
        "core",
    ),
    core_price=reference("core_price"),
    storage_price=reference("object_storage_price"),
    cold_price=cite(
        "Price of archive storage",
        0.00099,
        "USD/GB/month",
        source="AWS, S3 pricing (Glacier Deep Archive, us-east-1), 2026",
    ),
    wage=assume("Cost of an annotator", 15, "USD/h"),
    storage_bill=derive(
        "Storage bill",
        "(originals * hot_days + displays * display_days) * storage_price + originals * cold_days * cold_price",
        "USD/month",
    ),
    label_bill=derive("Labelling bill", "label_hours * wage", "USD/month"),
    upload_bill=derive("Compute bill of uploads", "upload_gpus * l4_price + decode_cores * core_price", "USD/month"),
    index_bill=derive(
        "Compute bill of searches",
        "search_gpus * l4_price + (shards * replicas * host_cores + search_cores) * core_price",
        "USD/month",
    ),
    gpu_share=derive(
        "Upload compute, of the cost of an upload", "upload_bill / (upload_bill + storage_bill + label_bill)", "percent"
    ),
    cost_per_thousand=derive(
        "Cost of 1,000 uploads, with storage and labels",
        "1000 * (upload_bill + storage_bill + label_bill) / uploads",
        "USD/image",
    ),
    search_cost=derive("Cost of 1,000 visual searches", "1000 * index_bill / searches", "USD/image"),
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
    framing=Framing(
        goal="People find what they photograph and are not shown abuse; product teams get labels in days instead of projects.",
        decision="For each upload: publish or hold, which tags and boxes; for each search, which {results} images to show.",
        task="Multi-label classification and metric learning on one shared image encoder, object detection on its own, then nearest-neighbour search and re-ranking.",
        label="Tags and boxes from annotators, clicked results as positive pairs, verdicts of safety reviewers.",
        metric="Searches with a click or save per user; offline recall at 10 on query-item pairs, mAP for boxes, average precision by tag with the worst slice.",
        not_optimised="Accuracy on public benchmarks: their photos are centred and clean, ours are not. Nor clicks alone, which reward pretty images over the right one.",
        baseline="Perceptual hashes for copies and a pretrained embedding with exact search. Enough for a million images and no labels; it confuses style with identity.",
    ),
    clarifications=[
        Clarification(
            "Which tasks?",
            "10,000 tags, 600 object classes, safety, one embedding, and about {team_heads:n} heads of product teams.",
        ),
        Clarification(
            "Exact product or similar style?",
            "Both from one embedding; the re-ranker weighs the two for each search product.",
        ),
        Clarification(
            "Where do photos come from?",
            "Uncontrolled phones: blur, dark, rotated, screenshots; the client resizes to 1,024 px.",
        ),
        Clarification(
            "Before or after publication?", "Safety before the first public view, tags and vectors within 5 min."
        ),
        Clarification(
            "How many images are searched?", "{vectors:n} vectors of images and crops; admissions stay about {stay}."
        ),
        Clarification(
            "Who deletes what?", "Deleting an image removes crops, vectors and training copies, and is audited daily."
        ),
        Clarification("Edge or cloud?", "Cloud; the client only resizes and lets the user draw a crop."),
    ],
    requirements=Requirements(
        functional=[
            "Uploads are validated, matched against duplicates and known abuse, and stored.",
            "Every image gets tags (10,000 classes), boxes (600 classes) and one general embedding.",
            "Visual search by photo or crop, with filters.",
            "A team adds a classifier from a few thousand labels, without retraining the backbone.",
            "Deletion removes the image, its crops, its vectors and its training copies.",
        ],
        qualities={
            "Latency": "Search p99 of {promise} from the first byte of the photo, p50 near 170 ms (assumptions).",
            "Safety": "A verdict before the first public view, p95 of 2 s (assumption).",
            "Freshness": "Searchable in 5 min, a new head in a day, a new backbone twice a year (assumptions).",
            "Availability": "99.9 % of searches; 99.99 % of uploads, accepted even if every GPU is down (assumptions).",
        },
    ),
    estimate=ESTIMATE,
    headline=["peak_rate", "search_rate", "vectors", "index_bytes", "cost_per_thousand"],
    key_inputs=["searches", "uploads", "vectors", "code_bytes", "mfu"],
    cost="cost_per_thousand",
    budget=Budget(
        "p99 of a visual search",
        promise="promise",
        stages={
            "Edge, authentication and quota": "edge",
            "Receive the photo of {photo}": "receive",
            "Decode, orient and resize": "decode",
            "Abuse-hash match on the decoded pixels": "hash_match",
            "Detector, skipped if the user drew a crop": "detect",
            "Crop embedding": "embed",
            "ANN over {shards} shards, SSD re-scoring": "ann",
            "Filters and metadata": "filtering",
            "Re-rank {reranked}": "rerank",
            "Response with signed image links": "respond",
            "Network hops and queueing": "slack",
        },
    ),
    labels=[
        Label(
            "Tag or box",
            window="images sampled weekly, judged within 5 days",
            positive="class or box (IoU over 0.7) that consensus accepts",
            negative="class that annotators were asked for and rejected",
            ignored="classes nobody was asked about: unknown is not negative",
            delay="days",
            bias="pre-labels anchor annotators; the random slice is labelled without",
            where="labelling/Annotators -> Consensus and audit",
        ),
        Label(
            "Clicked result",
            window="the search session, 30 min; saves within 7 days",
            positive="query crop and a result that was saved, or clicked for over 10 s",
            negative="none from skips: position decides them; negatives are mined",
            ignored="clicks on near-duplicates of the query photo",
            delay="minutes",
            bias="position and attractiveness; a shuffled slice of lists corrects it",
            where="training/Serving log -> Engagement pairs",
        ),
        Label(
            "Safety verdict",
            window="uncertain uploads, within minutes",
            positive="reviewer confirms a policy class",
            negative="cleared by a reviewer",
            ignored="known-abuse matches: blocked and reported, never stored for training",
            delay="minutes",
            bias="only the uncertain band is reviewed; an audit of random images covers the rest",
            where="ingestion/Reviewers -> Annotation store",
        ),
        Label(
            "User report",
            window="any time",
            positive="a wrong tag or bad match that a user flags",
            negative="no report means little",
            ignored="reports without a reason",
            delay="days",
            bias="few and angry; they choose what to label, not the label",
            where="labelling/Product reports -> Pre-labeller",
        ),
    ],
    training_example={
        "image": "img_9f2, 1,024 × 768, phone B, indoor, blur 0.2",
        "crop": "box 112, 80, 640, 700 (lamp, detector v12, 0.81)",
        "pair": "clicked result img_77c (lamp, catalogue photo), rank 4 of a shuffled list",
        "tags asked": "lamp yes, wicker yes, metal no; 9,997 not asked",
        "embedding target": "proxy of cluster 48,211",
        "consent": "training allowed, deletion hash kept",
        "split": "by near-duplicate cluster and uploader: train",
    },
    features=[
        FeatureGroup(
            "Pixels",
            features=[
                "224 px image for the backbone",
                "640 px image for the detector",
                "orientation from EXIF, applied then dropped",
                "blur and brightness",
                "screenshot or photo",
                "256-bit PDQ hash",
            ],
            freshness="upload time",
            store="ingestion/Image store",
            leak="Watermarks and camera frames reveal the source and so the label; crops and augmentation remove them.",
        ),
        FeatureGroup(
            "Shared features",
            features=[
                "class token of 768",
                "196 patch tokens",
                "embedding of {dimensions:n}",
                "crop embeddings",
                "model version",
            ],
            freshness="seconds after upload",
            store="ingestion/Annotation store",
            leak="A backbone tuned on a head's test images inflates that head; test clusters are excluded from all training.",
        ),
        FeatureGroup(
            "Index attributes",
            features=[
                "top categories",
                "region and stock",
                "safety state",
                "duplicate group",
                "upload day",
                "quality score",
            ],
            freshness="5 min; safety state seconds",
            store="serving/Item metadata",
            leak="Quality was trained on clicks of old lists; it enters the re-ranker, never the embedding.",
        ),
        FeatureGroup(
            "Query and candidate",
            features=[
                "exact cosine after re-scoring",
                "category agreement",
                "click rate of the candidate, smoothed",
                "same duplicate group",
                "colour histogram distance",
                "price and stock",
            ],
            freshness="request time; rates 1 day",
            store="serving/Vector index",
            leak="Click rates include the labelled search; counts end the day before.",
        ),
    ],
    loss=Loss(
        objective="The backbone is pretrained by self-distillation without labels, fine-tuned with the embedding, then frozen for all other heads. The embedding minimises a normalised softmax over clusters of clicked pairs and labelled products. Tag heads minimise binary cross-entropy over asked classes only; the detector adds a box loss.",
        formulas=[
            MathFormula(
                "Normalised softmax",
                r"\mathcal{L}_{\mathrm{emb}} = -\log \frac{e^{z^{\top} p_y / \tau}}{\sum_{c \in S} e^{z^{\top} p_c / \tau}}",
                "z is the unit embedding, p_c a unit proxy per cluster, S the true one and a sample of others; classification scales better than mining triplets.",
            ),
            MathFormula(
                "Self-distillation",
                r"\mathcal{L}_{\mathrm{pre}} = -\sum_{k} P_k^{\mathrm{teacher}}(v_1) \log P_k^{\mathrm{student}}(v_2)",
                "v are two crops of one image; the teacher is a moving average of the student, so no label is needed.",
            ),
            MathFormula(
                "Asked classes only",
                r"\mathcal{L}_{\mathrm{tag}} = -\sum_{c \in A} \left[ y_c \log p_c + (1 - y_c) \log (1 - p_c) \right]",
                "A is the set of classes an annotator was asked about; treating the 9,997 others as negatives would teach the model to forget them.",
            ),
            MathFormula(
                "Boxes",
                r"\mathcal{L}_{\mathrm{box}} = \mathcal{L}_{\mathrm{focal}} + 5\,\| b - \hat{b} \|_1 + 2\,\left(1 - \mathrm{GIoU}(b, \hat{b})\right)",
                "focal for the class, L1 and generalised IoU for the box; the weights are those of DETR.",
            ),
        ],
        calibration="Tags and safety use one temperature per class group and device class, fitted on the half of the random slice that is not the test. A team picks a precision; its threshold is set where the lower confidence bound reaches it. Expected calibration error by device is on the dashboard; a new camera shows there first.",
    ),
    evaluation=Evaluation(
        offline="COCO-style mAP, average precision by class, recall at 10 on query-item pairs from phones to catalogue photos, ANN recall against exact search, accuracy under corruption, worst slice by camera, region and skin tone.",
        disagreement="Pairs come from clicks on the old index, so a better embedding finds items without a label; random test images are mostly easy; and a detector's miss looks like an embedding's miss.",
        unit="User, since people repeat a search until it works; heads are compared in shadow on the same images.",
        duration="Two weeks for search; heads a day in shadow plus a random audit.",
        power="{clicked} of searches end with a click; a {effect} relative change needs {arm} searches per arm, a few times that with the design effect of users who search often: hours of traffic. Two weeks are for repeat use.",
        guardrails="p99, safety misses in the random audit, upheld appeals, deletion lag, gap by region and skin tone.",
    ),
    biases=[
        Bias(
            "Position bias",
            effect="Clicked pairs favour what the old index put first.",
            cure="A small share of lists is shuffled within the top {results:n}; pairs from them carry more weight.",
            where="serving/Re-ranker",
        ),
        Bias(
            "Selection bias",
            effect="Active learning labels hard images; a test on them misleads.",
            cure="{random_share} of labels are random and without proposals, and alone serve tests and thresholds, from disjoint halves.",
            where="labelling/Random sample",
        ),
        Bias(
            "Popularity bias",
            effect="Common objects fill the batches and the index; rare ones are never found.",
            cure="Clusters are sampled evenly, and admission keeps a quota per category.",
            where="training/Embedding trainer",
        ),
        Bias(
            "Camera and skin-tone bias",
            effect="Dark or cheap-camera images score lower, for safety too.",
            cure="The gate slices by device and skin tone; no release may widen the gap.",
            where="training/Offline gate",
        ),
        Bias(
            "Delayed feedback",
            effect="Saves and returns arrive days after the search.",
            cure="Pairs wait 7 days for saves before they are packed; the embedding trains twice a year, so the wait costs nothing.",
            where="training/Engagement pairs",
        ),
        Bias(
            "Cold start of an image",
            effect="No clicks.",
            cure="The embedding needs pixels only: searchable in 5 min; the click rate starts at its category's prior.",
            where="ingestion/Crop embedder",
        ),
        Bias(
            "Cold start of a head",
            effect="A team has no labels.",
            cure="A large vision model proposes, people correct a few thousand, and the head trains in minutes on frozen features.",
            where="labelling/Pre-labeller",
        ),
    ],
    decisions=[
        Decision(
            "Shared backbone, small heads",
            why="One pass of {backbone_flop} FLOP gives features that {team_heads} heads read almost for free; a team ships alone because it cannot change what others see.",
            rejected=[
                "a model per task: {separate_gpus} upload GPUs instead of {upload_gpus}, and as many pipelines",
                "one jointly trained multi-task model: slightly better, but every release needs every team",
            ],
            revisit_when="A task's errors justify its own GPUs, as safety's do here, or its images look different (documents).",
        ),
        Decision(
            "One unified embedding",
            why="Products share one index, one re-encode and one set of hard negatives; Pinterest reported that its unified embedding beat the specialised ones before it.",
            rejected=[
                "one embedding per product: best for each, but as many indexes of {index_bytes} and re-encodes",
                "an off-the-shelf text-image model: knows concepts, but confuses two similar lamps",
            ],
            revisit_when="Objectives conflict measurably: exact product against style costs either more than 2 points of recall.",
        ),
        Decision(
            "IVF-PQ in memory, exact re-scoring on SSD",
            why="{code_bytes} codes hold {vectors} vectors in {index_bytes}; each shard reads {rescored:n} full vectors a query from SSD, which repairs what quantisation blurs, at {ssd_reads:n} reads a second on each host.",
            rejected=[
                "HNSW in memory: {hnsw_bytes} per copy, for a few points of recall",
                "codes alone: half the latency, but near-duplicates tie",
            ],
            revisit_when="There are under 100 M vectors, or recall above 98 % is worth the memory.",
        ),
        Decision(
            "Re-encode everything, with two indexes side by side",
            why="A new embedding is trained freely, then {vectors} vectors are recomputed in {reencode:n} GPU-hours, {reencode_bill} of GPUs. {reencode_read} of display copies are read and decoded again; the swap is atomic.",
            rejected=[
                "backward-compatible training: no re-encode, but each generation is tied to the last",
                "a learned map from old to new vectors: cheap, and loses what the new one adds",
            ],
            revisit_when="There are hundreds of times {vectors} vectors: a second index beside the first then costs tens of terabytes of memory.",
        ),
        Decision(
            "Asynchronous analysis of uploads",
            why="Accepting bytes needs storage only, so uploads survive the loss of every GPU; priority topics let safety run first and backfill wait.",
            rejected=[
                "analysis in the request: simple, and every GPU stall becomes a failed upload",
                "analysis on the device: free, but unverifiable for safety and fragmented",
            ],
            revisit_when="Somebody waits for the verdict, as in identity checks.",
        ),
        Decision(
            "People correct a model's proposals",
            why="We assume that correcting a box takes a third of drawing it; with {labels:n} labels a week that is the difference between {annotators} annotators and about three times as many.",
            rejected=[
                "labels from scratch: unbiased, and three times the cost",
                "model labels alone: cheap, and they repeat the model's blind spots",
            ],
            revisit_when="It is the test set: proposals anchor people, so {random_share} is labelled without.",
        ),
    ],
    failures=[
        FailureMode(
            "Preprocessing differs between training and serving: resize or colour order.",
            "Golden-image tensors differ at build time; score histograms shift.",
            "The release is blocked; one library version is packed with the model.",
        ),
        FailureMode(
            "Query embedding and index come from different models.",
            "The version in the shard handshake differs; golden queries lose their item.",
            "The shard refuses, and the query is routed to the matching index, which stays until the swap is confirmed.",
        ),
        FailureMode(
            "An upload spike fills the GPUs.",
            "Topic lag and queue time exceed their limits.",
            "The load shedder pauses backfill, then optional heads; safety continues, and search has its own pool.",
        ),
        FailureMode(
            "A new phone's camera shifts the inputs.",
            "Drift by device and the audit's precision show it.",
            "Thresholds rise for that device, its images are labelled, and heads are retrained.",
        ),
        FailureMode(
            "A file attacks the image decoder.",
            "The sandbox's crash rate rises for one uploader.",
            "The process is killed, the file quarantined, the source blocked.",
        ),
        FailureMode(
            "An abusive image is altered until its perceptual hash is that of a harmless one.",
            "The random audit finds it, or copies under one hash have embeddings far apart.",
            "Only byte-identical files share a verdict, so it meets the classifier itself; the hash is taken out of duplicate groups.",
        ),
        FailureMode(
            "A deleted image is still found.",
            "The daily audit compares tombstones with the vector log.",
            "Metadata filters it at query time at once, lists in the result cache end within 60 s, and the shard is compacted.",
        ),
        FailureMode(
            "The safety classifier is down.",
            "Verdicts are missing and the topic's age grows.",
            "Uploads stay unpublished or visible to their owner only; hash matching continues.",
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
            "p99 latency, deletion lag, cost per 1,000 images",
            "Safety misses in the audit, upheld removal appeals, gap by region and skin tone",
        ],
    ),
    follow_ups=[
        FollowUp(
            "mid",
            "Why crop before embedding?",
            answer="A photo of a room has ten objects; its whole-image vector is their average and finds rooms, not the lamp. The detector proposes boxes, we embed the crop, and index up to {crops} crops of each image as well. If the user draws a crop, the detector is skipped, which saves {detect}. The whole image stays as the fallback when the detector is late.",
            weak="Embeds the whole image and hopes that the re-ranker sorts it out.",
            where="serving/Detector",
        ),
        FollowUp(
            "mid",
            "What does product quantisation do?",
            answer="It splits a {dimensions:n}-dimensional vector into {code_bytes:n} parts and stores each as the nearest of 256 centroids, one byte. Distances become sums of table look-ups. {vectors} vectors then need {index_bytes} instead of {full_bytes}. The order is approximate, so each shard re-scores its best {rescored:n} exactly, from full vectors on SSD.",
            weak="'It compresses vectors', without saying how or what it costs in recall.",
            where="serving/Vector index",
        ),
        FollowUp(
            "senior",
            "You ship a new embedding. Walk me through it.",
            answer="Vectors of two models are incomparable. Re-encode {vectors} vectors from display copies on spare capacity, write to a second index while new uploads go to both. Verify recall on golden queries, shadow the query side, then swap alias and query model atomically, keep the old for a week. The {team_heads:n} heads are refitted on the new features; the old backbone runs until the last has moved. {reencode:n} GPU-hours and {reencode_read} of reads are cheap; mixing two versions is not.",
            weak="Deploys the query model and re-indexes in the background.",
            where="training/Dual index",
        ),
        FollowUp(
            "senior",
            "Annotators were asked about three tags of ten thousand. What are the other labels?",
            answer="Unknown. Treating them as negative teaches the model that rare tags never occur. The loss sums over asked classes only; which classes to ask is chosen by model uncertainty and by class gaps. For evaluation, random images get a full list for a few hundred classes, so precision is honest there.",
            weak="'Zero for all tags not chosen.'",
            where="labelling/Labelling tool",
        ),
        FollowUp(
            "senior",
            "How do you choose which images to label?",
            answer="Uncertainty alone picks blurry garbage and near-copies. We score margin and disagreement of heads, add rare classes and slices where audits fail, then cluster embeddings and take few of each cluster. {random_share} is random and without proposals, because everything else is a biased test. Measure the gain per thousand labels and stop where it flattens.",
            weak="'The most uncertain ones', full stop.",
            where="labelling/Diversity sampler",
        ),
        FollowUp(
            "senior",
            "Recall at 10 rose 5 %, clicks are flat. Explain.",
            answer="The pairs come from clicks on the old index, so the metric may reward agreeing with it. Or re-ranking by click rate hides the change: check before re-ranking. Or the new neighbours are right but not buyable. Look at searches with drawn crops, at cold items' share, and have people judge top 10 side by side.",
            weak="'Wait longer.'",
            where="training/Offline gate",
        ),
        FollowUp(
            "staff",
            "Cut the cost of an upload by half. Where do you look?",
            answer="Not at GPUs first: upload compute is {gpu_share} of the cost. Storage of originals and display copies, {storage_bill}, and labels, {label_bill}, are the rest. Move originals to the cold tier after a week, use a better codec for display copies, and label fewer but better-chosen images. Then quantise the detector, which holds {detector_gpus} of {upload_gpus} GPUs.",
            weak="Quantises the backbone, {backbone_gpus} GPUs, and declares victory.",
            where="ingestion/Image store",
        ),
        FollowUp(
            "staff",
            "A regulator asks you to delete a person's images everywhere, within a day. Can you?",
            answer="The image id keys everything: store, crops, annotations, vectors, training shards. A tombstone in the metadata hides it from searches within a minute, cached lists included, and the vector log takes it out of the index in minutes; the dataset registry marks the ids, and shards are repacked weekly. Trained weights remain; the next half-yearly pretraining excludes them. A daily audit searches for deleted images. Backups expire in thirty days, and I would say so.",
            weak="'Delete it from the bucket.'",
            where="ingestion/Vector log",
        ),
        FollowUp(
            "staff",
            "Would you replace tags and heads by a vision-language model?",
            answer="Offline, yes: as the pre-labeller it cuts label time and knows new concepts. Online, an 8B model reads hundreds of tokens per image: about three hundred times the {backbone_flop} FLOP of a backbone pass, on {peak_rate}. Text-image embeddings give zero-shot tags cheaply for the tail; heads stay for tags that need calibrated precision.",
            weak="'VLMs do everything', without compute or calibration.",
            where="decision: Shared backbone",
        ),
        FollowUp(
            "staff",
            "How do you prove that the safety model treats skin tones equally?",
            answer="Define equality first: equal miss and false-block rates at the operating threshold. Label a random audit with a skin-tone scale by trained annotators, compute gaps with intervals, per device, since cameras confound. Fix by data and thresholds per device, not per person. No release may widen the gap; publish the numbers, and let an outside panel sample.",
            weak="Reports overall accuracy, or removes skin tone from the features.",
            where="operations/Audit panel",
        ),
    ],
    case_studies=[
        CaseStudy(
            "Pinterest",
            system="one multi-task visual embedding for Lens, Shop the Look and related pins",
            difference="They train with classification over many tasks and binarise the embedding, so the index compares bits; we keep product codes and exact re-scoring for near-identical products.",
            source="https://arxiv.org/abs/1908.01707",
        ),
        CaseStudy(
            "eBay",
            system="visual search within the top predicted categories, binary codes from one forward pass",
            difference="Category prediction prunes the search first, which is fast for volatile listings but loses what is misclassified; our three categories are a filter that falls back to none.",
            source="https://arxiv.org/abs/1706.03154",
        ),
        CaseStudy(
            "Alibaba",
            system="Pailitao, detection and features learned jointly from clicks",
            difference="Clicks alone supervise box and embedding, so no annotators are needed; we pay for labels because many of our heads, safety above all, have no clicks.",
            source="https://arxiv.org/abs/2102.04674",
        ),
    ],
    five_minutes=[
        Phase(
            0.5,
            "Frame",
            "I will design a shared vision platform with visual search as its hardest user. Every upload gets a safety verdict, tags, boxes and an embedding; a search takes a photo and shows {results:n} similar images. The metric is searches with a click or save, beside honest offline metrics by slice. The baseline is a perceptual hash and a pretrained embedding with exact search, which is honest up to about a million images, and tells me what the trained system must beat.",
        ),
        Phase(
            0.75,
            "Size",
            "{uploads:n} uploads a day are {peak_rate:n} a second at peak, searches half of that. A ViT-B pass is {backbone_flop:n} FLOP, so uploads need {upload_gpus:n} small GPUs, {detector_gpus:n} of them for the detector, and search {search_gpus:n} of its own. {vectors:n} vectors as product codes fit {index_bytes} of memory. A thousand uploads cost {cost_per_thousand}, and only {gpu_share} of that is compute: storage and labels are the bill. That is why I spend the design on labels and not on a smaller backbone.",
        ),
        Phase(
            1.25,
            "Search",
            "The client resizes the photo, a sandbox decodes it, because images are untrusted input, and a hash is matched against known abuse. If the user drew no crop, the detector proposes boxes; one pass embeds the crop and predicts three likely categories. {shards:n} shards probe their cells, and each re-scores its best {rescored:n} exactly from SSD. The best {merged:n} are filtered by region, stock and safety state, grouped by duplicates, and {reranked:n} are re-ranked. {results:n} signed links return within {promise}; the thumbnails come from a CDN. Search has its own GPU pool, so that an upload spike cannot starve it, and each list is logged with its scores. Adding the stages up leaves a little headroom at p99, and the first thing I would drop when late is the detector: the whole image is then the query.",
        ),
        Phase(
            0.75,
            "Ingest",
            "Uploads go straight to storage and are accepted even if every GPU is down. Events on priority topics drive decoding, duplicate finding and the safety guards; only then is the image public. One backbone pass feeds all heads, the detector gives crops, crops get vectors, and a log of adds and deletes updates the index within five minutes. A deletion is a tombstone that filters at once. Byte-identical copies are analysed once and share one verdict, which saves compute and keeps moderation consistent; near copies are checked themselves, because a perceptual hash can be forged.",
        ),
        Phase(
            1.0,
            "Learn",
            "The backbone is pretrained without labels, fine-tuned with the embedding and then frozen; teams train heads in minutes. The embedding learns by normalised softmax over clusters of clicked pairs and labelled products. Labels are the scarce thing: {labels:n} a week by {annotators:n} people. Active learning picks where heads disagree and slices fail, clusters avoid near-copies, and a large model proposes so that people correct. {random_share} is random and without proposals, and that share alone tests and calibrates. Tags nobody was asked about are unknown, not negative.",
        ),
        Phase(
            0.5,
            "Release",
            "Heads go through a gate by slice, shadow and canary. A new embedding is different: everything is re-encoded, {reencode:n} GPU-hours, into a second index, and the query model and index swap together. I would rather pay that twice a year than tie each generation to the last. Online I test by user for two weeks, and I look at searches with a drawn crop separately, because there the detector cannot be blamed.",
        ),
        Phase(
            0.25,
            "Risks",
            "Preprocessing skew, version skew between query and index, and a new camera. Golden images, a handshake and drift by device catch them; under load I shed backfill first and safety never.",
        ),
    ],
    interview_plan=[
        Phase(
            5,
            "Clarify",
            "Tasks, exact or similar, photo sources, before or after publication, corpus, deletion. Fix {promise}.",
        ),
        Phase(4, "Frame", "Goal to metric; why benchmarks mislead; hash and pretrained embedding as baseline."),
        Phase(
            6,
            "Estimate",
            "Images a second, FLOP per pass, GPUs by part, index memory as codes against HNSW, re-encode, cost split.",
        ),
        Phase(
            9,
            "Search path",
            "Decode in a sandbox, hash, detector, embed, shards with re-scoring, filters, re-rank; times on arrows.",
        ),
        Phase(
            6,
            "Ingestion",
            "Accept first, duplicates, safety before publication, one pass for all heads, vector log with tombstones.",
        ),
        Phase(
            8,
            "Labels and models",
            "Active learning with a random slice, asked classes only, normalised softmax, self-distillation, boxes.",
        ),
        Phase(5, "Release and operate", "Slices, dual index, drift by device, audits, shedding order."),
        Phase(2, "Close", "When one embedding splits, when a vision-language model takes over."),
    ],
    building_blocks=["embeddings-retrieval", "online-experimentation", *RESPONSIBILITY_BLOCKS, *COMMON_BLOCKS],
    sources=bibliography("""
        A. Zhai et al. (Pinterest), "Learning a Unified Embedding for Visual Search at Pinterest", KDD 2019
            https://arxiv.org/abs/1908.01707 one multi-task embedding that beats the specialised ones before it
        R. Shiau et al. (Pinterest), "Shop The Look: Building a Large Scale Visual Shopping System at Pinterest", KDD 2020
            https://arxiv.org/abs/2006.10866 detection, embedding and labelling of a whole visual shopping system
        F. Yang et al. (eBay), "Visual Search at eBay", KDD 2017
            https://arxiv.org/abs/1706.03154 search within the top predicted categories, from one forward pass
        Y. Zhang et al. (Alibaba), "Visual Search at Alibaba", KDD 2018
            https://arxiv.org/abs/2102.04674 joint detection and features learned from clicks
        A. Zhai, H.-Y. Wu (Pinterest), "Classification is a Strong Baseline for Deep Metric Learning", BMVC 2019
            https://arxiv.org/abs/1811.12649 the normalised softmax
        J. Johnson, M. Douze, H. Jégou (Facebook), "Billion-scale similarity search with GPUs", arXiv 2017
            https://arxiv.org/abs/1702.08734 IVF-PQ at this scale
        A. Dosovitskiy et al. (Google), "An Image is Worth 16x16 Words: Transformers for Image Recognition at Scale", ICLR 2021
            https://arxiv.org/abs/2010.11929 the backbone and its size
        M. Oquab et al. (Meta), "DINOv2: Learning Robust Visual Features without Supervision", arXiv 2023
            https://arxiv.org/abs/2304.07193 self-distilled features that heads use frozen
        N. Carion et al. (Facebook), "End-to-End Object Detection with Transformers", ECCV 2020
            https://arxiv.org/abs/2005.12872 the box loss and its weights
        Y. Shen et al. (Amazon), "Towards Backward-Compatible Representation Learning", CVPR 2020
            https://arxiv.org/abs/2003.11942 a new query model on an old index
        A. Kirillov et al. (Meta), "Segment Anything", ICCV 2023
            https://arxiv.org/abs/2304.02643 annotation helped by a model
        C. Northcutt, L. Jiang, I. Chuang, "Confident Learning: Estimating Uncertainty in Dataset Labels", JAIR 2021
            https://arxiv.org/abs/1911.00068 finding label errors
        B. Dolhansky, C. Canton Ferrer, "Adversarial collision attacks on image hashing functions", arXiv 2020
            https://arxiv.org/abs/2011.09473 small changes give an image the perceptual hash of another
        Kaplan et al. (OpenAI), "Scaling Laws for Neural Language Models", arXiv 2020
            https://arxiv.org/abs/2001.08361 2 FLOP per parameter and token
        NVIDIA, "NVIDIA L4 Tensor Core GPU", product page 2023
            https://www.nvidia.com/en-us/data-center/l4/ the BF16 peak, printed with sparsity and so halved here
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
        visual_search = Go("Visual search service", tooltip="A photo to ranked similar items in {promise}")
        safety_guards = Guard("Safety guards", tooltip="Known abuse is blocked, kept and reported before any view")
        models = ModelServer("Vision models\nTriton", tooltip="Backbone, detector, heads and embedding")
        vector_index = VectorIndex("Vector index\nIVF-PQ", tooltip="Nearest images and crops among {vectors}")
    with Cluster("Data"):
        image_store = S3("Image store", tooltip="Originals and display copies, the system of record")
        upload_events = Kafka("Upload events\nKafka", tooltip="Separate acceptance from analysis on GPUs")
        annotations = Cassandra("Annotation store\nCassandra", tooltip="Tags, boxes and model versions by image")
    with Cluster("Learning"):
        log = Kafka("Serving log\nKafka", tooltip="Lists shown, and the clicks and saves they got")
        annotators = Users("Annotators", tooltip="Judge the images that active learning picks")
        training = Kubeflow("Training pipeline", tooltip="Backbone, heads, detector, embedding")
        registry = Mlflow("Model registry", tooltip="Ties model, label set and index version together")

    users >> request("photo, upload link") >> gateway
    users >> request("original") >> image_store
    image_store >> stream("object created") >> upload_events >> stream("before publish") >> safety_guards
    safety_guards >> stream("accepted") >> models >> stream("tags, boxes") >> annotations
    models >> stream("crop vectors") >> vector_index
    gateway >> request("query photo") >> visual_search >> request("detect, embed") >> models
    visual_search >> request("{dimensions}-d vector") >> vector_index
    visual_search >> request("filters") >> annotations
    visual_search >> response("{results} results") >> users >> feedback("clicks, saves") >> log
    visual_search >> stream("list, scores") >> log
    models >> batch("uncertain images") >> annotators >> feedback("labels") >> training
    log >> batch("engagement pairs") >> training >> control("gated models") >> registry
    registry >> control("rollout") >> models
    registry >> control("re-encode") >> vector_index


@view("Serving", details="overview/Visual search service")
def serving() -> None:
    """Visual search: one photo to {results} results in {promise}, on a GPU pool that uploads cannot starve."""
    camera = Mobile("Camera client", tooltip="Resizes to 1,024 px, lets the user draw a crop")
    with Cluster("Front"):
        gateway = Envoy("API gateway", tooltip="Authentication, quota, deadline")
        decoder = Cpp("Decode and resize", tooltip="Untrusted bytes are decoded in a sandboxed process")
        abuse_hash = Rust("Abuse-hash match", tooltip="PDQ of the pixels against {bank} known hashes, {bank_bytes}")
        visual_search = Go("Visual search service", tooltip="Picks crops, fans out, merges, signs links")
        result_cache = Redis(
            "Result cache\nRedis",
            tooltip="Results of shared images for 60 s, by image hash, crop, filters, region, arm and index version",
        )
    with Cluster("GPU pool"):
        detector = ModelServer("Detector\nGPU", tooltip="Finds objects, suggests the main crop; at most 8 boxes")
        embedder = Encoder("Crop embedder\nGPU", tooltip="One {dimensions}-d embedding of the crop for all products")
        category_head = ModelServer(
            "Category head", tooltip="Top three categories narrow the search, or none if unsure"
        )
    with Cluster("Match"):
        ann_shards = VectorIndex(
            "Vector index\n{shards:n} shards, IVF-PQ", tooltip="Coarse cells in memory, category bitmaps"
        )
        full_vectors = Storage("Full vectors\nSSD", tooltip="Exact re-scoring, {ssd_reads:n} reads/s on a host")
        item_metadata = Cassandra("Item metadata\nCassandra", tooltip="Region, stock, safety state, duplicate group")
        reranker = Ranker("Re-ranker", tooltip="Visual score, engagement, attributes; shuffles a few lists to explore")
    cdn = Cloudflare("Image CDN", tooltip="Thumbnails by signed link, outside the {promise}")
    serving_log = Kafka("Serving log\nKafka", tooltip="Query vector, crop, results, arms, clicks")

    with step(
        "A photo of {photo} arrives in up to {receive}; a sandbox decodes and resizes untrusted bytes in {decode}."
    ):
        camera >> request("photo, {photo}") >> gateway >> request("bytes") >> decoder
    with step("The 256-bit hash of the pixels is looked up among {bank} in {hash_match}; a match stops here."):
        decoder >> response("pixels") >> abuse_hash >> response("no match") >> visual_search
    with step("A shared image is answered from the cache, by image hash, crop and filters, for 60 s."):
        visual_search >> request("hash, crop") >> result_cache
    with step("Without a user's crop the detector proposes up to 8 boxes in {detect}; late, the whole image serves."):
        visual_search >> request("no user crop") >> detector
    with step("One pass gives a {dimensions}-d vector and three likely categories in {embed}."):
        visual_search >> request("crop") >> embedder >> response("class token") >> category_head
        embedder >> response("vector") >> ann_shards
        category_head >> response("categories") >> ann_shards
    with step("{shards} shards search {vectors} codes ({index_bytes}), each re-scores {rescored} from SSD, in {ann}."):
        ann_shards >> request("{rescored} ids") >> full_vectors
    with step(
        "The best {merged} are filtered and grouped by duplicate in {filtering}, {reranked} are re-ranked in {rerank}."
    ):
        ann_shards >> response("best {merged}") >> reranker >> request("item ids") >> item_metadata
    with step("{results} results return as signed links within {promise}; thumbnails then come from the CDN."):
        reranker >> response("{results} results") >> visual_search >> response("links, {promise}") >> camera
        camera >> request("thumbnails") >> cdn
    with step("Every list is logged with scores, cached or not; clicks become pairs for the next embedding."):
        visual_search >> stream("list, scores") >> serving_log
        camera >> feedback("clicks, saves") >> serving_log


@view("Ingestion", details="overview/Upload events")
def ingestion() -> None:
    """Accept first, publish after the safety guards, analyse once, index within minutes."""
    uploader = Client("Uploader", tooltip="Sends bytes straight to storage through a signed link")
    with Cluster("Accept"):
        image_store = S3("Image store", tooltip="Immutable encrypted originals, {originals}")
        upload_events = Kafka("Upload events\nKafka", tooltip="Topics by priority: public, private, backfill")
    with Cluster("Prepare"):
        decoders = Deployment("Decode workers", tooltip="Validate, strip location, write display copies")
        duplicates = VectorIndex(
            "Duplicate finder",
            tooltip="Byte-identical copies share one analysis and verdict; what only looks alike is checked itself",
        )
        safety_guards = Guard("Safety guards", tooltip="Known-abuse hash (block, keep, report), then a classifier")
        safety_reviewers = Users("Reviewers", tooltip="Decide the uncertain band, with limits on exposure")
    with Cluster("Analyse") as analyse:
        backbone = Encoder("Backbone ViT\nTriton", tooltip="One forward pass of {parameters} parameters for all heads")
        heads = ModelServer("Task heads", tooltip="Tags, attributes, quality: tiny models on shared features")
        detector = ModelServer("Detector", tooltip="Boxes for 600 classes, about {crops} crops kept")
        embedder = Encoder("Crop embedder", tooltip="The backbone's weights on the crops of the {admitted} admitted")
    with Cluster("Publish"):
        annotations = Cassandra("Annotation store\nCassandra", tooltip="Results by image and model version")
        vector_log = Kafka("Vector log\nKafka", tooltip="Ordered adds and deletes, for the {admitted} admitted")
        ann_shards = VectorIndex("Vector index", tooltip="A fresh segment now, compacted into PQ lists at night")

    uploader >> request("original, deletion") >> image_store >> stream("created, deleted") >> upload_events
    upload_events >> stream("{peak_rate} peak") >> decoders >> stream("256-bit hash") >> duplicates
    decoders >> request("get original,\nput display copy") >> image_store
    duplicates >> stream("copies: id\nof the first") >> annotations
    duplicates >> stream("first copy only") >> safety_guards >> stream("allowed,\n640 px") >> analyse
    safety_guards >> stream("verdict") >> annotations
    safety_guards >> stream("uncertain band") >> safety_reviewers >> stream("cleared") >> analyse
    backbone >> stream("shared features") >> heads
    analyse >> stream("tags, scores, boxes") >> annotations
    detector >> stream("{crops} crops") >> embedder >> stream("{added}, admitted") >> vector_log
    backbone >> stream("image vector") >> embedder
    safety_reviewers >> feedback("verdict") >> annotations >> control("takedown") >> vector_log
    upload_events >> stream("deletions") >> annotations
    vector_log >> stream("under 5 min") >> ann_shards


@view("Labelling", details="overview/Annotators")
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
        tool = React("Labelling tool", tooltip="Task queue, guidelines, shortcuts; asks about named classes")
        annotators = Users("Annotators", tooltip="{annotators} people correct or label, {label_time} each")
    with Cluster("Check"):
        gold_tasks = Inspection("Gold tasks", tooltip="Hidden known answers score each annotator")
        consensus = Spark("Consensus and audit", tooltip="Weighs votes; confident learning finds label errors")
        adjudicator = User("Expert adjudicator", tooltip="Settles disputes, amends the guidelines")
    registry = Catalogue("Dataset registry", tooltip="Versioned label sets, with consent and deletion state")

    pool >> batch("scored images") >> uncertainty >> batch("hard images") >> diversity
    diversity >> batch("{picked_labels}") >> pre_labeller >> batch("proposals") >> tool
    pool >> batch("all images") >> random_slice >> batch("{random_labels}, raw") >> tool
    reports >> feedback("reports") >> pre_labeller
    tool >> batch("tasks") >> annotators >> feedback("answers") >> consensus
    gold_tasks >> control("hidden checks") >> tool
    gold_tasks >> control("annotator skill") >> consensus
    consensus >> feedback("conflicts") >> adjudicator >> feedback("settled labels") >> registry
    consensus >> batch("accepted labels") >> registry >> control("class gaps") >> uncertainty


@view("Model", details="overview/Vision models")
def model() -> None:
    """One vision transformer, pretrained without labels, feeds every head but the boxes, which need more pixels."""
    with Cluster("Inputs"):
        image = Features(
            "Image, 224 px", tooltip="Whole image or a crop; camera-like blur, light and crops in training"
        )
        large_image = Features("Image, 640 px", tooltip="For the detector: small objects need resolution")
        patches = EmbeddingTable("Patch embedding\n16 px", tooltip="196 patches and a class token, 768 d each")
    with Cluster("Encoders"):
        backbone = Interaction(
            "ViT-B backbone\n12 layers", tooltip="{parameters} parameters, frozen for heads; {backbone_flop} FLOP"
        )
        teacher = Encoder("Teacher\nmoving average", tooltip="Sees another crop of the same image; pretraining only")
        pyramid = Interaction("Detector body", tooltip="Multi-scale features and 100 object queries")
    with Cluster("Heads"):
        embedding = Head("Embedding\n{dimensions:n} d", tooltip="Linear, unit length; one for all products")
        tags = Head("10,000 tags", tooltip="A sigmoid each; thresholds by precision")
        team = Head("Team heads", tooltip="{team_heads:n} small classifiers, minutes to train")
        boxes = Head("Boxes, 600 classes", tooltip="Class and four coordinates for each query")
    with Cluster("Losses"):
        distil = LossFunction("Self-distillation", tooltip="Student's crop predicts the teacher's distribution")
        softmax = LossFunction("Normalised softmax", tooltip="Unit proxies per cluster of things that belong together")
        bce = LossFunction("Cross-entropy\nasked classes", tooltip="Classes nobody asked about do not count")
        box_loss = LossFunction("Focal, L1, GIoU", tooltip="After matching queries to true boxes")
    pairs = LabelJoin("Engagement pairs", tooltip="Query crop and the result clicked within 30 min or saved in 7 days")
    people = Labeller(
        "Annotators' labels", tooltip="Tags and boxes, corrected from proposals; the random tenth is kept for tests"
    )

    image >> patches >> Edge(label="197 × 768") >> backbone
    image >> Edge(label="second crop") >> teacher >> Edge(label="targets") >> distil
    backbone >> Edge(label="class token") >> [distil, embedding, tags, team]
    large_image >> Edge(label="640 × 640") >> pyramid >> Edge(label="100 queries") >> boxes >> box_loss
    embedding >> Edge(label="{dimensions:n} d") >> softmax
    tags >> Edge(label="10,000 logits") >> bce
    team >> Edge(label="logits") >> bce
    pairs >> feedback("same cluster") >> softmax
    people >> feedback("asked tags") >> bce
    people >> feedback("boxes") >> box_loss


@view("Training", details="overview/Training pipeline")
def training() -> None:
    """Two rhythms: heads and detector as labels arrive; backbone and embedding twice a year, with a migration."""
    with Cluster("Data"):
        registry_of_data = Catalogue("Dataset registry", tooltip="Pinned label sets and exclusion lists")
        log = Kafka("Serving log\nKafka", tooltip="Lists shown, clicks and saves by users")
        engagement = Spark("Engagement pairs\nSpark", tooltip="Query crop and the result clicked in that session")
        packer = Spark("Shard packer\nSpark", tooltip="Sequential files, so that GPUs do not wait for small reads")
        loader = Python("Augmenting loader", tooltip="Camera-like crops, blur and light")
    with Cluster("Train") as train:
        pretraining = Trainer("Backbone pretraining", tooltip="Self-supervised, half-yearly, on many GPU hosts")
        embedding = Trainer(
            "Embedding trainer",
            tooltip="Fine-tunes the backbone by metric learning over all search products, even clusters",
        )
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
    log >> feedback("clicks, saves") >> engagement >> batch("positive pairs") >> packer
    packer >> batch("record files") >> loader
    loader >> batch("unlabelled") >> pretraining >> batch("initial weights") >> embedding
    loader >> batch("pairs, tags") >> embedding
    loader >> batch("boxes") >> detection
    loader >> batch("team labels") >> heads
    embedding >> batch("frozen features") >> heads
    train >> batch("checkpoints") >> compiler >> batch("built engine") >> gate
    packer >> batch("random test images") >> gate
    gate >> control("passed") >> compatibility >> control("plan") >> registry
    registry >> control("new embedding") >> re_encode >> batch("{vectors} vectors") >> dual_index
    dual_index >> control("atomic swap") >> fleet
    registry >> control("heads, detector") >> canary >> control("staged rollout") >> fleet
    fleet >> stream("lists, scores") >> log


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
        log = Kafka("Serving log\nKafka", tooltip="Lists with arms, clicks and saves")
        dashboards = Grafana("Dashboards\nGrafana", tooltip="By head and by device class")
    with Cluster("Act"):
        alerts = Pagerduty("On-call alerts", tooltip="Pages on safety lag, recall, error budget")
        oncall = User("On-call engineer", tooltip="Confirms a bad engine or index, rolls back")
        analysis = Clickhouse("Experiment analysis", tooltip="Search engagement by model arm")
        retrain = Airflow("Retrain trigger", tooltip="Asks for labels and retrains heads for the failing slice")
        rollback = Argocd("Rollback controller", tooltip="Restores the previous engine and index alias")

    fleet >> stream("queue time") >> metrics >> stream("series") >> dashboards
    upload_events >> stream("lag") >> metrics >> control("queue time") >> autoscaler >> control("replicas") >> fleet
    metrics >> control("lag over limit") >> shedder >> control("pause topics") >> upload_events
    metrics >> control("safety lag") >> alerts >> control("page") >> oncall >> control("roll back") >> rollback
    probes >> request("golden photos") >> fleet
    probes >> control("low recall") >> alerts
    fleet >> batch("scores, vectors") >> drift >> batch("PSI by slice") >> dashboards
    fleet >> batch("random sample") >> audit >> feedback("live precision") >> dashboards
    drift >> control("new camera slice") >> retrain
    audit >> control("precision fell") >> retrain >> control("gated heads") >> fleet
    fleet >> stream("results by arm") >> log >> feedback("clicks, saves") >> analysis
    analysis >> control("guardrail broken") >> rollback >> control("previous version") >> fleet
