"""Watch thousands of fixed cameras and show operators, within seconds, the few moments that matter.

Fights, falls, fires, and things that nobody thought to list: anomalies are rare, open-ended and differ by camera.
Raw video is too heavy to send and too sensitive to keep, so a small GPU on site judges and drops most pixels, and the
cloud only verifies, correlates and learns. Labels exist by video, not by frame, and every false alarm spends the
attention that the next true one needs.
"""

from diagrams import Cluster
from diagrams.aws.iot import IotCamera
from diagrams.aws.storage import S3
from diagrams.generic.device import Tablet
from diagrams.generic.storage import Storage
from diagrams.onprem.analytics import Flink, Spark
from diagrams.onprem.client import Users
from diagrams.onprem.compute import Server
from diagrams.onprem.container import K3S
from diagrams.onprem.database import Clickhouse, Postgresql
from diagrams.onprem.gitops import Argocd
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.monitoring import Grafana, Prometheus, Thanos
from diagrams.onprem.network import Envoy
from diagrams.onprem.queue import Emqx, Kafka
from diagrams.onprem.workflow import Airflow, Kubeflow
from diagrams.programming.flowchart import Decision as Choice
from diagrams.programming.flowchart import PredefinedProcess
from diagrams.programming.framework import FastAPI
from diagrams.programming.language import Cpp
from diagrams.saas.alerting import Pagerduty

from archfolio import (
    COMMON_BLOCKS,
    RESPONSIBILITY_BLOCKS,
    Assembler,
    Budget,
    Calibrator,
    Decision,
    Distiller,
    Encoder,
    Estimate,
    Evaluator,
    FailureMode,
    Gate,
    Guard,
    Metrics,
    ModelServer,
    Monitor,
    Planner,
    Requirements,
    RuleEngine,
    Simulator,
    System,
    Tags,
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
    cameras=assume("Cameras", 5_000, "camera"),
    per_site=assume("Cameras per site", 50, "camera/site"),
    sites=derive("Sites", "cameras / per_site", "site"),
    main_rate=assume("Main stream", 2e6, "bit/s/camera", note="15 fps, 1080p H.265, recorded but not decoded"),
    sub_rate=assume("Analysis sub-stream", 0.5e6, "bit/s/camera", note="720p, decoded"),
    fps=assume("Analysed frame rate", 5, "frame/s/camera", note="the sub-stream's own"),
    moving=assume("Frames that pass the motion gate", 30, "percent", note="Reducto filters 51 to 97 %"),
    detector_speed=cite("Frames an edge box detects on", 89, "frame/s/box", source="Roboflow, YOLOv8n on Orin NX"),
    encoder_speed=assume("Clips an edge box encodes", 75, "clip/s/box", note="small 3D CNN on 16 frames"),
    stride=assume("Clip stride", 8, "frame/clip", note="clips of 16 frames overlap"),
    stride_time=derive("Time between clips of a camera", "stride / fps", "s*camera/clip"),
    flagged=assume("Clips over the edge threshold", 1, "percent"),
    merged=assume("Flagged clips per incident", 20, "clip/incident", note="after smoothing"),
    raw_uplink=derive("Uplink if all video left the sites", "cameras * main_rate", "bit/s"),
    site_lan=derive("Video on a site's LAN", "per_site * (main_rate + sub_rate)", "bit/s/site"),
    site_decoded=derive("Frames decoded at a site", "per_site * fps", "frame/s/site"),
    frames=derive("Detector frames, fleet", "cameras * fps * moving", "frame/s"),
    site_frames=derive("Detector frames, site", "frames / sites", "frame/s/site"),
    clips=derive("Clip scores, fleet", "cameras / stride_time * moving", "clip/s"),
    site_clips=derive("Clip scores, site", "clips / sites", "clip/s/site"),
    site_load=derive("GPU load", "site_frames / detector_speed + site_clips / encoder_speed", "box/site"),
    load=assume("Load at which GPUs are run", 60, "percent"),
    boxes=derive("Edge boxes per site", "ceil(site_load / load)", "box/site", note="also the failover pair"),
    fleet_boxes=derive("Edge boxes in all", "boxes * sites", "box"),
    survivors=assume("Boxes left when one dies", 1, "box/site"),
    slow_fps=assume("Frame rate when one dies", 4, "frame/s/camera"),
    survivor_load=derive("Load of the survivor", "site_load * slow_fps / fps / survivors", "percent"),
    incident_rate=derive("Candidate incidents per second", "clips * flagged / merged", "incident/s"),
    incidents=derive("Candidate incidents per day", "incident_rate", "incident/day"),
    site_incidents=derive("Candidate incidents of a site", "incidents / sites", "incident/day/site"),
    clip_time=assume("Evidence clip", 10, "s*camera/incident"),
    clip_bytes=derive("Size of an evidence clip", "clip_time * main_rate", "byte/incident"),
    clip_uplink=derive("Uplink for evidence clips", "incident_rate * clip_bytes", "bit/s"),
    dimensions=assume("Clip embedding dimension", 512, "number/clip"),
    number_bytes=assume("Bytes per dimension", 2, "byte/number", note="fp16"),
    vector_uplink=derive("Uplink for clip vectors", "clips * dimensions * number_bytes", "bit/s"),
    keyframes=assume("Keyframes of an incident", 16, "image/incident"),
    keyframe_bytes=assume("Keyframe", 12.5e3, "byte/image"),
    keyframe_set=derive("Keyframes, size", "keyframes * keyframe_bytes", "byte/incident"),
    keyframe_uplink=derive("Uplink for keyframes", "incident_rate * keyframe_set", "bit/s"),
    uplink=derive("Uplink in all, fleet average", "clip_uplink + vector_uplink + keyframe_uplink", "bit/s"),
    uplink_share=derive("Share of the full video", "uplink / raw_uplink", "percent"),
    verify_time=assume("Verifier time per incident", 1.5, "GPU*s/incident", note="keyframes in, a short answer out"),
    storm=assume("Storm peak over average", 10),
    verifier_gpus=derive("Verifier GPUs", "ceil(incident_rate * storm * verify_time / load)", "GPU"),
    verified=assume("Incidents the verifier lets through", 5, "percent"),
    alerts=derive("Operator alerts", "incidents * verified", "incident/day"),
    camera_alerts=derive("Alerts per camera", "alerts / cameras", "incident/day/camera", note="budget is 0.5"),
    pace=assume("Alerts an operator handles", 10, "incident/h/person"),
    operators=derive("Operators on shift", "ceil(alerts / pace)", "person"),
    ring_time=assume("Ring buffer", 72, "h"),
    ring_bytes=derive("Ring buffer of a site", "per_site * main_rate * ring_time", "byte/site"),
    evidence_time=assume("Evidence kept", 90, "day"),
    evidence_bytes=derive("Evidence store", "incidents * clip_bytes * evidence_time", "byte"),
    vector_time=assume("Clip vectors kept", 30, "day"),
    vectors=derive("Clip vectors", "clips * vector_time", "clip"),
    code_bytes=assume("Product-quantised code", 64, "byte/clip", note="without ids"),
    index_bytes=derive("Vector index", "vectors * code_bytes", "byte"),
    raw_bytes=derive("The same vectors in fp16", "vectors * dimensions * number_bytes", "byte"),
)

SYSTEM = System(
    title="Real-time video anomaly detection",
    family="applied",
    position=16,
    tags=Tags(
        task=["detection", "classification", "search"],
        pattern=["edge inference", "cascade", "human in the loop", "embedding retrieval"],
        data=["video", "events", "time series"],
    ),
    requirements=Requirements(
        functional=[
            "Score every active scene, raise an incident with clip, class guess and location.",
            "Alarm locally for critical classes, even with the uplink down; verify the rest in the cloud.",
            "Operators confirm or dismiss with a reason, and the verdict becomes a label.",
            "Search past footage by a sentence or an example, under a stated purpose.",
            "Zones, schedules and thresholds per camera; signed model rollout by rings of sites, with rollback.",
        ],
        qualities={
            "Latency": "p99 of 2.3 s for a local alarm and 4.5 s for a verified alert (assumptions).",
            "Attention": "At most 0.5 alerts per camera and day (assumption).",
            "Availability": "99.9 % per site, 99.95 % in the cloud, {ring_time} without an uplink (assumptions).",
            "Rollout": "A new bundle is on 95 % of sites in 24 h, a rollback in 15 min (assumptions).",
            "Privacy": "No face recognition; footage leaves only for incidents or as a blurred 0.1 % sample.",
        },
    ),
    estimate=ESTIMATE,
    headline=["frames", "incidents", "alerts", "uplink", "vectors"],
    budget=Budget(
        "p99 from the visible event to the operator's screen",
        promise=4_500,
        stages={
            "Camera encoding, RTSP, jitter buffer": 300,
            "Hardware decode, motion gate": 60,
            "Detector and tracker, batched across cameras": 80,
            "Clip window: stride of {stride} frames at {fps:n} fps": 1_600,
            "Clip encoder and anomaly heads": 120,
            "First window over threshold, zone rules, incident": 40,
            "Keyframes over the uplink, {keyframe_set} first": 400,
            "Ingest gateway, Kafka, case look-up": 100,
            "Cloud verifier": 1_500,
            "Alert policy, push to the console": 200,
            "Reserve": 100,
        },
        note="Stage p99s are added up, a cautious sum. A local alarm ends at the incident, 2,200 ms, plus 100 ms LAN.",
    ),
    decisions=[
        Decision(
            "An edge-first cascade",
            rejected=["cloud inference on all video"],
            revisit_when="cameras are few, links fat, sites weak",
        ),
        Decision(
            "MIL head, normality memory",
            rejected=["one supervised classifier"],
            revisit_when="the target is narrow and well labelled",
        ),
        Decision(
            "A vision-language verifier",
            rejected=["a bigger edge model"],
            revisit_when="the uplink is poor or no upload is allowed",
        ),
        Decision(
            "Per-camera thresholds",
            rejected=["a global threshold"],
            revisit_when="a camera has under two weeks of history",
        ),
        Decision(
            "Pulled, signed updates in rings",
            rejected=["pushed ones"],
            revisit_when="all runs in one data centre with steady links",
        ),
        Decision(
            "Vectors central, pixels on site",
            rejected=["a central video lake"],
            revisit_when="law requires central retention",
        ),
    ],
    failures=[
        FailureMode(
            "The uplink is lost", "Heartbeat over 60 s", "Local alarms go on, incidents wait up to {ring_time}"
        ),
        FailureMode(
            "An edge box dies", "K3s node not ready", "Peer takes all at {slow_fps:n} fps, {survivor_load} load"
        ),
        FailureMode("A camera is blind, moved or frozen", "Frame statistics", "Stop scoring, fix, then recalibrate"),
        FailureMode("Snow raises false alarms", "Alarm budget by weather cell", "Cap, raise thresholds, recalibrate"),
        FailureMode(
            "The verifier is saturated", "Queue age over 2 s", "Pass top scores unverified, keep the rest waiting"
        ),
        FailureMode(
            "A bad bundle ships", "Shadow delta in ring 0, failed drill", "Halt the ring, roll back within 15 min"
        ),
    ],
    metrics=Metrics(
        offline=[
            "Frame-level AUC, event recall at 0.4 alerts per camera and day",
            "Time to detect, slices by scene and light",
            "INT8 against FP16",
        ],
        online=[
            "Alert precision, time to verdict, recall in drills and audits",
            "p50 and p99 of local and verified alerts, cameras scored",
        ],
        guardrail=[
            "Alerts per operator-hour, gaps across sites and light",
            "Uplink per site, decode drops",
            "Complete audit log, retention violations (must be 0)",
        ],
    ),
    building_blocks=["embeddings-retrieval", *RESPONSIBILITY_BLOCKS, *COMMON_BLOCKS],
    sources=bibliography("""
        W. Sultani, C. Chen, M. Shah, "Real-World Anomaly Detection in Surveillance Videos", CVPR 2018
            https://arxiv.org/abs/1801.04264 UCF-Crime and multiple-instance ranking on video-level labels
        Y. Tian et al., "Weakly-supervised Video Anomaly Detection with Robust Temporal Feature Magnitude Learning", ICCV 2021
            https://arxiv.org/abs/2101.10030 a stronger weakly supervised head
        R. Bhardwaj et al., "Ekya: Continuous Learning of Video Analytics Models on Edge Compute Servers", NSDI 2022
            https://arxiv.org/abs/2012.10557 retraining for drift at the edge
        Y. Li et al., "Reducto: On-Camera Filtering for Resource-Efficient Real-Time Video Analytics", SIGCOMM 2020
            https://doi.org/10.1145/3387514.3405874 51 to 97 % of frames filtered
        D. Kang et al., "NoScope: Optimizing Neural Network Queries over Video at Scale", PVLDB 2017
            https://arxiv.org/abs/1703.02529 cascades over video
        H. Zhang et al., "Live Video Analytics at Scale with Approximation and Delay-Tolerance", NSDI 2017
            https://www.usenix.org/conference/nsdi17/technical-sessions/presentation/zhang trading frame rate for load
        NVIDIA, "Alert Verification Performance", Video Search and Summarization documentation 3.2, 2026
            https://docs.nvidia.com/vss/latest/performance-alert-verification.html
            a vision-language model that verifies detector alerts in under a second on average at 20 streams
        Roboflow, "Inference Benchmarks", Roboflow documentation 2026
            https://docs.roboflow.com/reference/inference/inference-python/benchmarks
            89 inferences/s for YOLOv8n at 640 px on Jetson Orin NX with TensorRT
        European Union, "Regulation (EU) 2024/1689 (Artificial Intelligence Act)", Official Journal of the EU 2024
            https://eur-lex.europa.eu/eli/reg/2024/1689/oj limits on biometric identification in public
    """),
)


@view("Overview")
def overview() -> None:
    """Sites judge the video; only incidents, vectors and metrics travel, and verdicts come back as labels."""
    with Cluster("Edge site"):
        cameras = IotCamera("{cameras} cameras", tooltip="{per_site} per site, never exposed outside its network")
        edge = Server("Edge GPU pair", tooltip="Decodes, gates, detects and scores, so that pixels stay")
        ring = Storage("Ring buffer", tooltip="{ring_time} of encrypted footage, the only full video")
        guards = Tablet("Site guards", tooltip="Get critical alarms over the LAN, uplink or not")
    with Cluster("Cloud"):
        gateway = Envoy("Ingest gateway", tooltip="Ends device mTLS, applies quotas per site")
        topic = Kafka("Incident topic\nKafka", tooltip="Durable hand-off that absorbs city-wide storms")
        verifier = ModelServer("Clip verifier", tooltip="A vision-language model re-judges {incident_rate} candidates")
        alert_policy = RuleEngine("Alert policy", tooltip="De-duplicates, ranks, keeps to the attention budget")
        operators = Users("SOC operators", tooltip="{operators} on shift confirm or dismiss; the verdict is the label")
        evidence = S3("Evidence store", tooltip="Encrypted incident clips with retention locks")
        vector_index = VectorIndex("Vector index\nclips", tooltip="IVF-PQ over {vectors} clips, for forensic search")
    with Cluster("Learning"):
        training = Kubeflow("Training pipeline", tooltip="Teacher, distillation to edge students, calibration")
        registry = Mlflow("Model registry", tooltip="Models, engines and per-camera thresholds as one bundle")
        rollout = Argocd("Ring rollout", tooltip="Boxes pull signed bundles, ring by ring")

    cameras >> stream("RTSP, 2 streams") >> edge >> stream("encrypted\nsegments") >> ring
    edge >> request("local alarm") >> guards
    edge >> stream("{incidents}\nincidents") >> gateway >> stream("incidents") >> topic
    ring >> batch("{clip_bytes} clips") >> gateway >> batch("clips") >> evidence
    topic >> stream("{incident_rate}") >> verifier >> stream("{verified} pass") >> alert_policy
    topic >> stream("clip vectors") >> vector_index
    verifier >> request("keyframes") >> evidence
    alert_policy >> request("{alerts}") >> operators >> request("text query") >> vector_index
    operators >> feedback("verdicts") >> training
    evidence >> batch("labelled clips") >> training >> control("gated bundle") >> registry
    registry >> control("approved") >> rollout >> control("signed update") >> edge


@view("Serving")
def serving() -> None:
    """A frame's way from lens to operator, and what each gate throws away."""
    with Cluster("Edge site"):
        camera = IotCamera("Camera", tooltip="1080p at 15 fps to record, 720p at {fps:n} fps to analyse")
        with Cluster("Inference box"):
            decoder = Cpp("RTSP decode", tooltip="Hardware-decodes sub-streams only, batches {per_site} cameras")
            motion_gate = Gate("Motion gate", tooltip="Drops static frames before any network runs")
            detector = ModelServer("Detector, tracker", tooltip="INT8 boxes, tracks and crowd counts")
            clip_encoder = Encoder("Clip encoder", tooltip="16 frames to a {dimensions}-d vector that text can search")
            mil_head = ModelServer("MIL anomaly head", tooltip="Known classes, learnt from video-level labels")
            memory = VectorIndex("Normality memory", tooltip="Distance to the camera's own recent normal clips")
            builder = Assembler("Incident builder", tooltip="Scores, zones, schedules; later windows merge into it")
        ring = Storage("Ring buffer", tooltip="Keeps the main stream undecoded, so a clip has pre-roll")
        guard = Tablet("Guard tablet", tooltip="Local alarm for critical classes, without the cloud")
        broker = Emqx("Store and forward", tooltip="Site broker that queues {ring_time} of incidents")
    with Cluster("Cloud"):
        with Cluster("Ingest"):
            gateway = Envoy("Ingest gateway", tooltip="mTLS per device, rate limit per site, dedupe by id")
            topic = Kafka("Incident topic\nKafka", tooltip="Partitioned by site, so each site stays in order")
            evidence = S3("Evidence store", tooltip="Clip and keyframes under object lock")
        with Cluster("Decide"):
            correlation = Flink("Cross-camera correlation", tooltip="First incident at once; neighbours join for 30 s")
            verifier = ModelServer("Clip verifier", tooltip="Reads keyframes, answers a closed question, may abstain")
            alert_policy = RuleEngine("Alert policy", tooltip="Severity and confidence, within each operator's budget")
            cases = Postgresql("Case store", tooltip="System of record for cases, verdicts and audit")
        operators = Users("SOC operators", tooltip="See clip, score and similar cases; confirm or dismiss")

    with step("Only the {fps:n} fps sub-streams are decoded; {site_lan} of video stay on the site's LAN."):
        camera >> stream("{fps:n} fps,\n{sub_rate}") >> decoder
        camera >> stream("15 fps,\n{main_rate}") >> ring
    with step("The motion gate leaves {site_frames:n} of {site_decoded:n} frames a second for the detector."):
        decoder >> stream("{site_decoded}") >> motion_gate >> stream("{moving} pass,\n{site_frames}") >> detector
    with step("Every {stride_time} a moving camera yields a clip, scored for known classes and against its normal."):
        detector >> stream("16-frame clips") >> clip_encoder >> stream("{dimensions}-d,\n{site_clips}") >> mil_head
        clip_encoder >> stream("{dimensions}-d") >> memory
    with step("The first window over threshold opens an incident, {merged} merge into it: {site_incidents} a site."):
        mil_head >> stream("class scores") >> builder
        memory >> stream("novelty score") >> builder
        detector >> stream("tracks, zones") >> builder
    with step("Critical classes ring the guard's tablet over the LAN within 2.3 s, cloud or no cloud."):
        builder >> request("local, 2.3 s") >> guard
    with step("{keyframe_set} of keyframes go first, then the clip: {uplink} take the place of {raw_uplink}."):
        builder >> stream("{site_incidents}") >> broker >> stream("incident, keyframes") >> gateway
        ring >> batch("{clip_time} clip") >> gateway >> batch("keyframes, clip") >> evidence
    with step("Each site stays in order; the first incident passes at once, neighbours join its case for 30 s."):
        gateway >> stream("incident event") >> topic >> stream("{incident_rate}") >> correlation
    with step(
        "The verifier spends {verify_time} of GPU on a case and passes {verified}; if late, top scores pass unverified."
    ):
        correlation >> request("case, question") >> verifier >> request("keyframes") >> evidence
        verifier >> stream("{verified} pass,\n{verify_time}") >> alert_policy
        correlation >> stream("unverified,\nif late") >> alert_policy
    with step("{alerts:n} alerts a day reach operators, {camera_alerts:n} per camera; each verdict is a label."):
        alert_policy >> request("upsert") >> cases
        alert_policy >> request("{alerts}") >> operators >> feedback("verdict") >> cases


@view("Training")
def training() -> None:
    """From dismissed alerts to a quantised student on a small box, with a calibration for each camera."""
    with Cluster("Data"):
        verdicts = Postgresql("Operator verdicts", tooltip="Confirmed or dismissed, with reason: the dense labels")
        incidents = S3("Incident clips", tooltip="Positives and hard negatives")
        normal = S3("Normal sample", tooltip="Random 0.1 % of quiet footage, for normality and recall audits")
        blur = Guard("Face, plate blur", tooltip="Redacts before a person or a labelling tool sees a frame")
    with Cluster("Labelling"):
        sampler = Planner("Active sampler", tooltip="Edge against verifier, novel clusters, a random slice")
        annotators = Users("Annotators", tooltip="Mark start, end and class; two votes on positives")
        dataset = S3("Versioned dataset", tooltip="Split by camera and time: no camera is on both sides")
    with Cluster("Train"):
        scheduler = Airflow("Scheduler", tooltip="Weekly, or on drift")
        extraction = Spark("Clip extraction\nSpark", tooltip="Cuts clips, computes teacher features once")
        teacher = Kubeflow("Teacher training", tooltip="Ranking loss on bags of clips, video-text contrast")
        distiller = Distiller("Student distillation", tooltip="Small 3D CNN and detector learn on unlabelled video")
    with Cluster("Package"):
        engine = PredefinedProcess(
            "Compile and quantise\nINT8", tooltip="Quantises with calibration data, one engine per device"
        )
        histograms = Clickhouse("Score histograms", tooltip="14 days by camera; the student scores in shadow first")
        calibration = Calibrator("Per-camera calibration", tooltip="Fits thresholds to a budget of false alarms")
        replay = Simulator("Replay evaluation", tooltip="Two weeks of incidents and quiet hours on the device")
        gate = Choice("Offline gate", tooltip="Event recall at 0.4 alerts a camera and day, slices, INT8 against FP16")
        registry = Mlflow("Model registry", tooltip="Weights, engine, thresholds, dataset hash, signature")

    [incidents, normal] >> batch("raw clips") >> blur >> batch("redacted clips") >> sampler
    verdicts >> batch("verdicts") >> sampler >> batch("2,000 a week") >> annotators
    annotators >> feedback("segments, classes") >> dataset >> batch("snapshot") >> extraction
    scheduler >> control("schedule") >> extraction >> batch("bags of clips") >> teacher
    teacher >> batch("soft targets") >> distiller >> batch("student") >> engine >> batch("engine") >> calibration
    histograms >> batch("14 days") >> calibration >> batch("engine, thresholds") >> replay
    dataset >> batch("held-out cameras") >> replay >> batch("recall, alarms") >> gate >> control("passed") >> registry


@view("Operations")
def operations() -> None:
    """Keep {fleet_boxes} boxes honest: health, drift, alarm budget, staged rollout, planned degradation."""
    with Cluster("Sites"):
        canaries = K3S("Canary sites\nring 0", tooltip="5 sites take a bundle first, the old one in shadow")
        edge_boxes = K3S("Edge boxes\nall rings", tooltip="Run the signed bundle; export metrics and histograms")
        camera_health = Monitor("Camera health", tooltip="Frozen, blurred, covered or moved, from frame statistics")
        edge_metrics = Prometheus("Edge metrics\nPrometheus", tooltip="fps, decode drops, GPU heat, queue age")
    with Cluster("Control plane"):
        fleet = Thanos("Fleet metrics\nThanos", tooltip="A long-term view over all sites")
        drift = Spark("Drift monitor\nSpark", tooltip="Vectors and scores by camera against its calibration")
        audit = Evaluator("Recall audit", tooltip="Random quiet clips and staged drills: what was missed")
        operators = Users("SOC operators", tooltip="Their verdicts measure precision")
        budget = Monitor("Alarm budget", tooltip="Alerts by camera and day, dismissals, operator load")
        dashboards = Grafana("Dashboards\nGrafana", tooltip="A page by site and by model version")
        alerts = Pagerduty("On-call alerts", tooltip="Pages on blind cameras, stale sites, budget burn")
        degradation = Planner("Degradation controller", tooltip="Lower fps, a higher gate, low-risk cameras shed")
    with Cluster("Release"):
        retrain = Airflow("Retrain trigger", tooltip="Starts recalibration (cheap) or retraining (dear)")
        registry = Mlflow("Model registry", tooltip="Where signed bundles come from")
        rollout = Argocd("Ring rollout", tooltip="Promotes ring by ring; rolls back on budget or recall")

    edge_boxes >> stream("metrics") >> edge_metrics >> stream("remote write") >> fleet >> stream("series") >> dashboards
    camera_health >> stream("health flags") >> edge_metrics
    edge_boxes >> batch("score histograms") >> drift >> control("per-camera drift") >> retrain
    fleet >> control("blind or stale") >> alerts
    operators >> feedback("verdicts") >> budget >> control("burn rate") >> degradation
    fleet >> control("GPU, uplink") >> degradation >> control("fps, gate, priority") >> edge_boxes
    edge_boxes >> batch("quiet clips") >> audit >> control("recall drop") >> retrain
    retrain >> control("gated bundle") >> registry
    registry >> control("signed bundle") >> rollout >> control("24 h first") >> canaries
    budget >> control("halt or go") >> rollout >> control("rings 1-3") >> edge_boxes
    canaries >> feedback("shadow delta") >> budget


@view("Evidence search")
def evidence_search() -> None:
    """A climber at a fence by night: vectors last {vector_time}, pixels {ring_time}, incidents {evidence_time}."""
    investigators = Users("Investigators", tooltip="Open a case, search, request clips")
    with Cluster("Edge site"):
        edge_encoder = Encoder("Edge encoder", tooltip="One {dimensions}-d vector and coarse attributes per clip")
        ring = Storage("Ring buffer", tooltip="The last {ring_time} of pixels stay here until a case needs them")
    with Cluster("Indexing"):
        topic = Kafka("Vector topic\nKafka", tooltip="{clips} vectors, in order by site")
        writer = Flink("Index writer\nFlink", tooltip="Quantises and writes a segment for each hour")
        index = VectorIndex("Vector index", tooltip="Site, camera and time first, then similarity; {index_bytes}")
    with Cluster("Query"):
        api = FastAPI("Search API", tooltip="Plans the query, merges shards, returns 50 references")
        text_encoder = Encoder("Text encoder", tooltip="The teacher's text side: a sentence in the clips' space")
        blur = Guard("On-read blur", tooltip="Masks faces unless the case has an approved purpose")
    with Cluster("Governance"):
        policy_check = Guard("Policy check", tooltip="Purpose, role, site and time range, before any search")
        audit_log = Clickhouse("Audit log", tooltip="Who searched what, and which clip was opened")
        retention = Airflow("Retention job\nAirflow", tooltip="Drops hourly segments when due, honours legal holds")
        evidence = S3("Evidence store", tooltip="Incident clips; an older hit gives camera and time only")

    edge_encoder >> stream("{dimensions}-d vectors") >> topic >> stream("{clips}") >> writer
    writer >> batch("{code_bytes} codes") >> index
    retention >> control("drop segments") >> index
    investigators >> request("sentence or clip") >> api >> request("purpose check") >> policy_check
    policy_check >> stream("decision") >> audit_log
    api >> request("encode, 30 ms") >> text_encoder
    api >> request("filtered top 50") >> index
    api >> request("recent pixels") >> ring >> stream("segments") >> blur
    api >> request("incident clips") >> evidence >> stream("clips") >> blur >> stream("masked clip") >> investigators
