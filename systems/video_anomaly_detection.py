"""Watch thousands of fixed cameras and show operators, within seconds, the few moments that matter.

Fights, falls, fires, and things that nobody thought to list: anomalies are rare, open-ended and differ by camera.
Raw video is too heavy to send and too sensitive to keep, so a small GPU on site judges and drops most pixels, and the
cloud only verifies, correlates and learns. Labels exist by video, not by frame, and every false alarm spends the
attention that the next true one needs.
"""

from diagrams import Cluster, Edge
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
    Bias,
    Budget,
    Calibrator,
    CaseStudy,
    Clarification,
    Decision,
    Distiller,
    Encoder,
    Estimate,
    Evaluation,
    Evaluator,
    FailureMode,
    FeatureGroup,
    Features,
    FollowUp,
    Framing,
    Gate,
    Guard,
    Head,
    Interaction,
    Label,
    Loss,
    LossFunction,
    MathFormula,
    Metrics,
    ModelServer,
    Monitor,
    Phase,
    Planner,
    PromptPart,
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
    reference,
    request,
    response,
    step,
    stream,
    view,
)

ESTIMATE = Estimate(
    # Cameras and sites
    cameras=assume("Cameras", 5_000, "camera"),
    per_site=assume("Cameras per site", 50, "camera/site"),
    sites=derive("Sites", "cameras / per_site", "site"),
    main_rate=assume("Main stream", 2e6, "bit/s/camera", note="15 fps, 1080p H.265, recorded but not decoded"),
    sub_rate=assume("Analysis sub-stream", 0.5e6, "bit/s/camera", note="720p, decoded"),
    raw_uplink=derive("Uplink if all video left the sites", "cameras * main_rate", "bit/s"),
    site_lan=derive("Video on a site's LAN", "per_site * (main_rate + sub_rate)", "bit/s/site"),
    # Edge
    fps=assume("Analysed frame rate", 5, "frame/s/camera", note="the sub-stream's own"),
    moving=assume(
        "Frames that pass the motion gate, of decoded frames", 30, "percent", note="Reducto filters 51 to 97 %"
    ),
    detector_speed=cite(
        "Frames an edge box detects on", 89, "frame/s/box", source="Roboflow 2026, YOLOv8n at 640 px on Jetson Orin NX"
    ),
    encoder_speed=assume("Clips an edge box encodes", 75, "clip/s/box", note="small 3D CNN on 16 frames"),
    stride=assume("Clip stride", 8, "frame/clip", note="clips of 16 frames overlap"),
    stride_time=derive("Time between clips of a camera", "stride / fps", "s*camera/clip"),
    site_decoded=derive("Frames decoded at a site", "per_site * fps", "frame/s/site"),
    frames=derive("Detector frames, fleet", "cameras * fps * moving", "frame/s"),
    site_frames=derive("Detector frames, site", "frames / sites", "frame/s/site"),
    clips=derive("Clip scores, fleet", "cameras / stride_time * moving", "clip/s"),
    site_clips=derive("Clip scores, site", "clips / sites", "clip/s/site"),
    site_load=derive("GPU load", "site_frames / detector_speed + site_clips / encoder_speed", "box/site"),
    load=assume("Load at which GPUs are run, of capacity", 60, "percent"),
    boxes=derive("Edge boxes per site", "ceil(site_load / load)", "box/site", note="also the failover pair"),
    fleet_boxes=derive("Edge boxes in all", "boxes * sites", "box"),
    slow_fps=assume("Frame rate when a box dies", 4, "frame/s/camera"),
    survivor_load=derive("Load of the survivors, of capacity", "site_load * slow_fps / fps / (boxes - 1)", "percent"),
    # Incidents
    flagged=assume("Clips over the edge threshold, of scored clips", 1, "percent"),
    merged=assume("Flagged clips per incident", 20, "clip/incident", note="after smoothing"),
    incident_rate=derive("Candidate incidents per second", "clips * flagged / merged", "incident/s"),
    incidents=derive("Candidate incidents per day", "incident_rate", "incident/day"),
    site_incidents=derive("Candidate incidents of a site", "incidents / sites", "incident/day/site"),
    verified=assume("Incidents the verifier lets through, of candidates", 5, "percent"),
    alerts=derive("Operator alerts", "incidents * verified", "incident/day"),
    camera_alerts=derive("Alerts per camera", "alerts / cameras", "incident/day/camera", note="budget is 0.5"),
    pace=assume("Alerts an operator handles", 10, "incident/h/person"),
    operators=derive("Operators on shift", "ceil(alerts / pace)", "person"),
    # Uplink
    clip_time=assume("Evidence clip", 10, "s*camera/incident"),
    clip_bytes=derive("Size of an evidence clip", "clip_time * main_rate", "byte/incident"),
    clip_uplink=derive("Uplink for evidence clips", "incident_rate * clip_bytes", "bit/s"),
    dimensions=assume("Clip embedding dimension", 512, "number/clip"),
    number_bytes=reference("fp16_bytes"),
    vector_uplink=derive("Uplink for clip vectors", "clips * dimensions * number_bytes", "bit/s"),
    keyframes=assume("Keyframes of an incident", 16, "image/incident"),
    keyframe_bytes=assume("Keyframe", 12.5e3, "byte/image"),
    keyframe_set=derive("Keyframes, size", "keyframes * keyframe_bytes", "byte/incident"),
    keyframe_uplink=derive("Uplink for keyframes", "incident_rate * keyframe_set", "bit/s"),
    sample=assume("Quiet footage sampled and blurred, of the sub-streams", 0.1, "percent"),
    sample_uplink=derive("Uplink for the blurred sample", "cameras * sub_rate * sample", "bit/s"),
    uplink=derive(
        "Uplink in all, fleet average", "clip_uplink + vector_uplink + keyframe_uplink + sample_uplink", "bit/s"
    ),
    uplink_share=derive("Uplink in all, of the full video", "uplink / raw_uplink", "percent"),
    # Cloud
    verify_time=assume("Verifier time per incident", 1.2, "GPU*s/incident", note="keyframes in, a short answer out"),
    storm=assume("Storm peak over average", 10),
    verifier_gpus=derive("Verifier GPUs", "ceil(incident_rate * storm * verify_time / load)", "GPU"),
    ring_time=assume("Ring buffer", 72, "h"),
    ring_bytes=derive("Ring buffer of a site", "per_site * main_rate * ring_time", "byte/site"),
    evidence_time=assume("Evidence kept", 90, "day"),
    evidence_bytes=derive("Evidence store", "incidents * clip_bytes * evidence_time", "byte"),
    vector_time=assume("Clip vectors kept", 30, "day"),
    vectors=derive("Clip vectors", "clips * vector_time", "clip"),
    code_bytes=assume("Product-quantised code", 64, "byte/clip", note="without ids"),
    index_bytes=derive("Vector index", "vectors * code_bytes", "byte"),
    raw_bytes=derive("The same vectors in fp16", "vectors * dimensions * number_bytes", "byte"),
    # Latency at p99
    promise=assume("Promised verified alert, p99", 4.5, "s"),
    local_promise=assume("Promised local alarm, p99", 2.3, "s"),
    camera_time=assume("Camera encoding, RTSP, jitter buffer, p99", 300, "ms"),
    decode_time=assume("Hardware decode and motion gate, p99", 60, "ms"),
    alarm_clips=assume(
        "Clips of a camera until one is over threshold", 1, "clip/camera", note="2 would halve false alarms"
    ),
    window=derive("Wait for the clip window", "stride_time * alarm_clips", "ms"),
    encode_time=assume("Clip encoder and anomaly heads, p99", 120, "ms", note="batched across cameras"),
    build_time=assume("Zone rules and incident, p99", 40, "ms"),
    lan_time=assume("Push over the site LAN, p99", 100, "ms"),
    local_alarm=derive(
        "Local alarm, p99", "camera_time + decode_time + window + encode_time + build_time + lan_time", "ms"
    ),
    site_link=assume("Uplink of a site", 10e6, "bit/s"),
    one_incident=assume("Incidents sent at a time", 1, "incident", note="clips wait for keyframes"),
    uplink_wait=assume("Wait for the uplink, p99", 200, "ms"),
    keyframe_time=derive(
        "Keyframes over the uplink, p99", "uplink_wait + keyframe_set * one_incident / site_link", "ms"
    ),
    ingest=assume("Ingest gateway, Kafka, case look-up, p99", 100, "ms"),
    verifier_lanes=assume("GPUs that judge one incident", 1, "GPU/incident"),
    verifier_wait=assume("Wait for a verifier GPU, p99", 300, "ms"),
    judge=derive("Cloud verifier, p99", "verifier_wait + verify_time / verifier_lanes", "ms"),
    push=assume("Alert policy and push to the console, p99", 200, "ms"),
    reserve=assume("Reserve", 150, "ms"),
    # Experiment
    base_rate=assume("Alerts that operators confirm, of alerts", 30, "percent"),
    effect=assume("Smallest change of that share worth detecting, relative", 10, "percent"),
    variance_factor=assume(
        "Sample size factor", 16, "incident", note="two-sided 5 % test with 80 % power: 2 (1.96 + 0.84)²"
    ),
    clustering=assume("Design effect of randomising by site", 2, note="alerts of one site are alike"),
    arm=derive(
        "Alerts per arm", "variance_factor * clustering * (1 - base_rate) / (base_rate * effect ** 2)", "incident"
    ),
    test_days=derive("Days for that, half of the sites in each arm", "arm * 2 / alerts", "day"),
    # Cost
    box_price=assume("Edge box with disk, installed", 2_000, "USD/box"),
    box_life=assume("Life of an edge box", 4, "year"),
    box_power=assume("Power of an edge box", 40, "W/box"),
    power_price=assume("Electricity", 4.2e-8, "USD/J", note="0.15 USD per kWh"),
    gpu_price=reference("l4_price"),
    object_price=reference("object_storage_price"),
    memory_price=assume("Memory-optimised hosts", 5e-9, "USD/byte/month", note="5 USD per GB and month"),
    copies=assume("Copies of the vector index", 2),
    edge_cost=derive("Edge per day", "fleet_boxes * (box_price / box_life + box_power * power_price)", "USD/day"),
    cloud_cost=derive(
        "Cloud per day",
        "verifier_gpus * gpu_price + evidence_bytes * object_price + index_bytes * copies * memory_price",
        "USD/day",
    ),
    wage=assume("Operator, all costs", 30, "USD/h/person"),
    people_cost=derive("Operators per day", "operators * wage", "USD/day"),
    quoted=assume("Camera-hours for which the cost is quoted", 1_000, "camera*h"),
    machine_thousand=derive("Machines per 1,000 camera-hours", "quoted * (edge_cost + cloud_cost) / cameras", "USD"),
    cost_per_thousand=derive(
        "Cost of 1,000 camera-hours",
        "quoted * (edge_cost + cloud_cost + people_cost) / cameras",
        "USD",
        note="with operators",
    ),
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
    framing=Framing(
        goal="Help arrives sooner where something is wrong, with as few people watching screens as possible.",
        decision="Per clip of a camera: nothing, an alarm on site, or a case for an operator; per case: show it, merge it, or drop it.",
        task="Weakly supervised anomaly detection on clips, with novelty against the camera's own past, and verification by a larger model.",
        label="An operator's verdict on an alert; video-level tags of incidents; nothing at all for the hours nobody looked at.",
        metric="Share of real events that reach an operator in time, at {camera_alerts:n} alerts per camera and day.",
        not_optimised="Frame-level AUC: operators see events, not frames. Nor recognition of persons, which is neither needed nor allowed. "
        "Nor the number of alerts handled: an alert that needs no action is a cost.",
        baseline="Motion in a drawn zone by schedule, with a person watching walls of screens. It is enough for a fence at night, and useless "
        "where people are supposed to move.",
    ),
    clarifications=[
        Clarification(
            "Fixed or moving cameras?", "Fixed, {per_site:n} per site; moving ones would need another normality model."
        ),
        Clarification(
            "What is an anomaly here?",
            "A list of critical classes per site (fight, fall, fire, intrusion), and whatever is new for that camera.",
        ),
        Clarification(
            "What happens on an alarm?",
            "A guard on site goes there for critical classes; an operator judges all others.",
        ),
        Clarification(
            "May video leave the site?",
            "Only clips of incidents, and a blurred sample of {sample}; no face recognition.",
        ),
        Clarification("How good is the uplink?", "{site_link} per site, and gone for hours now and then."),
        Clarification(
            "Which labels exist?",
            "Verdicts of operators, and some hundred confirmed events per class; no frame-level marks.",
        ),
        Clarification(
            "How many alerts can people take?", "At most half an alert per camera and day; ten an hour per operator."
        ),
    ],
    requirements=Requirements(
        functional=[
            "Score every active scene, raise an incident with clip, class guess and location.",
            "Alarm locally for critical classes, even with the uplink down; verify the rest in the cloud.",
            "Let operators confirm or dismiss with a reason; the verdict becomes a label.",
            "Search past footage by a sentence or an example, under a stated purpose.",
            "Keep zones, schedules and thresholds per camera; roll signed models out by rings of sites, with rollback.",
        ],
        qualities={
            "Latency": "p99 of {local_promise} for a local alarm and {promise} for a verified alert (assumptions).",
            "Attention": "At most 0.5 alerts per camera and day (assumption).",
            "Availability": "99.9 % per site, 99.95 % in the cloud, {ring_time} without an uplink (assumptions).",
            "Rollout": "A bundle that has passed its day in ring 0 is on 95 % of sites 24 h later; a rollback takes 15 min (assumptions).",
            "Privacy": "No face recognition; footage leaves only for incidents or as a blurred {sample} sample.",
        },
    ),
    estimate=ESTIMATE,
    headline=["frames", "incidents", "alerts", "uplink", "cost_per_thousand"],
    key_inputs=["cameras", "fps", "moving", "flagged", "verify_time"],
    cost="cost_per_thousand",
    budget=Budget(
        "p99 from the visible event to the operator's screen",
        promise="promise",
        stages={
            "Camera encoding, RTSP, jitter buffer": "camera_time",
            "Hardware decode and motion gate": "decode_time",
            "Clip window: stride of {stride:n} frames at {fps:n} fps": "window",
            "Clip encoder and anomaly heads": "encode_time",
            "First window over threshold, zone rules, incident": "build_time",
            "Keyframes over the uplink, {keyframe_set} first": "keyframe_time",
            "Ingest gateway, Kafka, case look-up": "ingest",
            "Cloud verifier": "judge",
            "Alert policy and push to the console": "push",
            "Reserve": "reserve",
        },
        note="Stages are added up, which is cautious; the detector runs during the clip window. A local alarm ends at the "
        "incident and the site LAN: {local_alarm}.",
    ),
    labels=[
        Label(
            "Operator's verdict",
            window="10 minutes after the alert",
            positive="Confirmed, with a class",
            negative="Dismissed, with a reason (nothing, harmless, technical)",
            ignored="Not judged within 10 minutes; duplicates of a case",
            delay="Minutes",
            bias="Only what passed edge and verifier was seen; a tired operator dismisses more",
            where="serving/SOC operators -> Case store",
        ),
        Label(
            "Video-level tag",
            window="The incident's clip, 10 s to 5 min",
            positive="The bag holds at least one anomalous clip",
            negative="Quiet footage of the same camera, taken as all normal",
            ignored="Clips within a minute of an incident's borders",
            delay="Days",
            bias="Bags differ in length and scene from quiet footage, so the scene can give the label away",
            where="training/Versioned dataset -> Clip extraction",
        ),
        Label(
            "Random audit and drill",
            window="A random hour per camera and quarter; staged drills monthly",
            positive="An event that a person finds in footage without an alert, or a staged one",
            negative="An hour without",
            ignored="Events outside the site's list",
            delay="Weeks",
            bias="None by selection, but few: drills are acted",
            where="operations/Edge boxes -> Recall audit",
        ),
    ],
    training_example={
        "bag": "site 41, camera 7, incident 2026-03-09T22:14, 38 clips of 16 frames",
        "clip vectors": "38 × {dimensions:n} numbers, student v12",
        "tracks": "3 persons, 1 on the ground for 12 s",
        "camera normality": "distance 4.1 standard deviations at clip 19",
        "tag": "fall (two annotators)",
        "verdict": "confirmed after 48 s",
        "matched normal bag": "same camera and hour, seven days earlier, 38 clips",
        "split": "train (camera 7 is in no other part)",
    },
    features=[
        FeatureGroup(
            "Clip",
            features=[
                "16 frames at 5 fps, 224 × 224",
                "{dimensions:n}-number embedding of the clip",
                "magnitude of the embedding",
                "change against the previous clip",
                "mean optical flow",
            ],
            freshness="1.6 s",
            store="serving/Clip encoder",
            leak="Burnt-in clock and camera name: the model learns the site. They are masked.",
        ),
        FeatureGroup(
            "Tracks",
            features=[
                "persons and vehicles in view",
                "speed over body height",
                "time on the ground",
                "direction against the usual flow",
                "crowd density",
                "object left without an owner, seconds",
            ],
            freshness="200 ms",
            store="serving/Detector and tracker",
            leak="Track ids that were repaired offline; training uses the tracker of the box.",
        ),
        FeatureGroup(
            "Camera's normality",
            features=[
                "distance to the ten nearest normal clips",
                "the same by hour and weekday",
                "score over its 14-day histogram",
                "days since re-aiming",
                "light level",
            ],
            freshness="a clip is added after 24 h without an incident",
            store="serving/Normality memory",
            leak="Clips of the incident that entered the memory as normal: a day's delay and verdicts keep them out.",
        ),
        FeatureGroup(
            "Context",
            features=[
                "zone and schedule",
                "site class",
                "door and fire contacts",
                "weather cell",
                "neighbouring cameras' incidents, 30 s",
            ],
            freshness="seconds",
            store="serving/Incident builder",
            leak="Guard dispatches: they follow the alarm that is to be predicted.",
        ),
    ],
    loss=Loss(
        objective="The teacher minimises a multiple-instance ranking loss on bags with video-level tags, and a video-text contrastive loss that makes "
        "clips searchable. The student copies the teacher's embedding on unlabelled video of its own cameras. Thresholds are not learned by "
        "gradient: they are set per camera to an alarm budget.",
        formulas=[
            MathFormula(
                "Multiple-instance ranking loss",
                r"\mathcal{L} = \max \left( 0, \; 1 - \max_{i \in B_a} s_i + \max_{i \in B_n} s_i \right) + \lambda_1 \sum_{i} (s_i - s_{i+1})^2 + \lambda_2 \sum_{i} s_i",
                "B_a is an anomalous and B_n a normal bag, s the score of a clip. Only the highest clip of each bag is compared; the sums, over the "
                "anomalous bag, make scores smooth in time and sparse.",
            ),
            MathFormula(
                "Distillation of the embedding",
                r"\mathcal{L}_{student} = 1 - \cos \left( f_{student}(x), f_{teacher}(x) \right)",
                "x is any clip, labelled or not. Because the spaces agree, the text encoder and the index of the teacher serve the student's vectors.",
            ),
            MathFormula(
                "Novelty against the camera's own past",
                r"n(x) = \frac{1}{k} \sum_{j \in N_k(x)} \left( 1 - \cos(f(x), f(x_j)) \right)",
                "N_k are the k nearest normal clips of that camera, by hour of day. It needs no labels and finds what no class lists.",
            ),
            MathFormula(
                "Threshold of a camera",
                r"t_c = Q_{1 - b_c / m_c} \left( s_c \right)",
                "Q is the quantile of the camera's scores over 14 quiet days, m the clips it scores in a day and b the flagged clips it is allowed. "
                "Thresholds are capped so that a drill still passes.",
            ),
        ],
        calibration="A score means a rate of alarms rather than a probability: each camera's threshold is a quantile of its own quiet days. The verifier's "
        "answers are calibrated on verdicts, per class. Monitored as alerts per camera and day, and as confirmed share by score band.",
    ),
    evaluation=Evaluation(
        offline="Event recall at {camera_alerts:n} alerts per camera and day, on cameras and weeks that were not trained on; time to detect; INT8 against "
        "FP16 on the device, by light and scene.",
        disagreement="Offline sets hold events that somebody noticed, in clear view. Online the base rate is a thousand times lower, weather and lights "
        "change, and an operator who was shown ten false alarms misses the true one.",
        unit="The site, because operators see all its cameras and cameras share events; sites are paired by class and size.",
        duration="{test_days:n} days of alerts for precision; recall is read from four weeks of drills and audits.",
        power="{base_rate} of alerts are confirmed (assumption). A relative change of {effect} takes {arm} alerts per arm, with a design effect of 2 for sites.",
        guardrails="Recall in drills, local alarm p99, alerts per operator-hour, uplink per site, decode drops.",
    ),
    biases=[
        Bias(
            "Selection by the cascade",
            "Labels exist only for what edge and verifier passed; the edge model never learns from its misses.",
            "Random quiet clips and drills audit recall; the sampler takes a random slice.",
            "operations/Recall audit",
        ),
        Bias(
            "Scene as label",
            "Incidents come from some sites; the model learns the carpet.",
            "Normal bags from the same camera and hour, split by camera.",
            "training/Versioned dataset",
        ),
        Bias(
            "Light and weather",
            "Night, rain and snow raise novelty everywhere at once.",
            "Thresholds by camera and hour, cells of weather share a temporary offset.",
            "training/Per-camera calibration",
        ),
        Bias(
            "Unequal attention to people",
            "Scores may differ by clothing, skin tone or mobility aids; dismissals repeat it.",
            "Blurred faces, slices in the gate, audit of confirmed share by site and light.",
            "training/Offline gate",
        ),
        Bias(
            "Alarm fatigue",
            "After many false alarms true ones are dismissed, and become negatives.",
            "Budgets per operator, verdicts made in a hurry are reviewed.",
            "operations/Alarm budget",
        ),
        Bias(
            "Delayed truth",
            "A theft is reported days later; the hour was labelled quiet.",
            "Incident reports are matched to footage while it still exists, 72 h, and to vectors after that.",
            "evidence-search/Vector index",
        ),
        Bias(
            "Cold start of a camera",
            "No history: everything is novel.",
            "Two weeks with the global threshold of its scene class, classes on, novelty muted.",
            "training/Score histograms",
        ),
        Bias(
            "Cold start of a class",
            "A new kind of event has no examples.",
            "A sentence in the shared text space finds candidates; the verifier's question is extended the same day.",
            "evidence-search/Text encoder",
        ),
    ],
    decisions=[
        Decision(
            "An edge-first cascade",
            why="Each stage sees only what the one before could not rule out: {moving} of frames, {flagged} of clips, {verified} of incidents. {uplink} leave the sites "
            "instead of {raw_uplink}, and pixels stay where they were filmed.",
            rejected=[
                "Cloud inference on all video: one fleet to run, but {raw_uplink} of uplink and no alarm when it is cut",
                "Smart cameras alone: no box to maintain, but small fixed models and no shared memory of a site",
            ],
            revisit_when="there are fewer than about 100 cameras on fat links, or sites cannot house a box",
        ),
        Decision(
            "A MIL head and a normality memory",
            why="Tags by video cost a minute, frame marks an hour; ranking the best clip of each bag learns from tags. What no class lists is caught by distance "
            "to the camera's own past.",
            rejected=[
                "One supervised classifier: sharper on its classes, blind to everything else",
                "Reconstruction error: needs no labels, but reconstructs anomalies too and fires on rain",
            ],
            revisit_when="the target is narrow and well labelled, as smoke or helmets are",
        ),
        Decision(
            "A vision-language verifier in the cloud",
            why="At {incident_rate:n} incidents a second a large model is affordable: {verifier_gpus:n} GPUs carry a tenfold storm. It reads a closed question, so a new class is a sentence "
            "and not a rollout to {fleet_boxes:n} boxes.",
            rejected=[
                "A bigger edge model: works without uplink, but costs hardware at every site",
                "Operators as verifiers: twenty times {operators:n} people",
            ],
            revisit_when="uploads are forbidden or the uplink fails more than a per cent of the time",
        ),
        Decision(
            "Per-camera thresholds",
            why="A score of 0.8 is a quiet night in one place and a fight in another. A quantile of the camera's own fortnight spends the same alarm budget "
            "everywhere and needs no labels.",
            rejected=[
                "A global threshold: one number to explain, and a few busy cameras make all alarms",
                "Normalising scores by camera in the network: elegant, but hides a camera that is broken",
            ],
            revisit_when="a camera has under two weeks of history, or sites are nearly identical",
        ),
        Decision(
            "Pulled, signed updates in rings",
            why="Sites are behind NAT and offline at times, so a box fetches its bundle when it can and checks the signature. Ring 0 runs old and new side by side "
            "for a day, so a bad bundle meets five sites.",
            rejected=[
                "Pushed updates: faster, but need inbound access and fail on sleeping links",
                "All sites in one night: nothing to track between versions, but a bad bundle blinds {sites:n} sites before anybody has looked",
            ],
            revisit_when="all inference runs in one data centre",
        ),
        Decision(
            "Vectors central, pixels on site",
            why="A clip's vector is {dimensions:n} numbers, searchable by text and meaningless to the eye; {vectors} of them fit {index_bytes}. Pixels stay {ring_time} and are "
            "fetched only under a case.",
            rejected=[
                "A central video lake: simple search, {raw_uplink} of uplink and a privacy risk",
                "No index: each search is a request to every site",
            ],
            revisit_when="law demands central retention",
        ),
    ],
    failures=[
        FailureMode(
            "The uplink of a site is lost.",
            "Its heartbeat is older than 60 s.",
            "Local alarms go on; incidents wait on the site's broker for up to {ring_time} and arrive marked as late.",
        ),
        FailureMode(
            "An edge box dies or overheats.",
            "K3s reports the node, frames per second fall.",
            "Its peer takes all cameras at {slow_fps:n} fps, at {survivor_load} load; the console shows the degradation.",
        ),
        FailureMode(
            "A camera is blind, moved or frozen.",
            "Frame statistics and a jump in its novelty.",
            "It is taken out of scoring, a technician is sent, and it is calibrated again.",
        ),
        FailureMode(
            "A camera's clock drifts, so its incidents miss their neighbours' and the evidence is disputed.",
            "The stream's timestamps differ from the box's clock by more than 1 s.",
            "The box, which follows a time server, stamps frames as they arrive and records both times; the camera is set again.",
        ),
        FailureMode(
            "Snow or a festival raises false alarms everywhere.",
            "The alarm budget burns in a whole weather cell.",
            "Cap alerts per class, raise thresholds of the cell for hours, recalibrate.",
        ),
        FailureMode(
            "The verifier is saturated or down.",
            "Age of its queue exceeds 2 s.",
            "The alert policy passes the highest edge scores marked as unverified; the others wait, none is dropped.",
        ),
        FailureMode(
            "A bad bundle ships.",
            "Shadow difference in ring 0, a failed drill.",
            "The ring halts, and boxes return to the previous bundle within 15 min.",
        ),
        FailureMode(
            "The normality memory learns an ongoing anomaly as normal.",
            "Confirmed incidents whose novelty falls from day to day.",
            "Clips enter after 24 h and never from open cases; the memory is rebuilt from the last good day.",
        ),
    ],
    metrics=Metrics(
        offline=[
            "Event recall at {camera_alerts:n} alerts per camera and day, frame-level AUC for comparison with papers",
            "Time to detect, slices by scene and light",
            "INT8 against FP16",
        ],
        online=[
            "Confirmed share of alerts, time to verdict, recall in drills and audits",
            "p50 and p99 of local and verified alerts, cameras scored",
        ],
        guardrail=[
            "Alerts per operator-hour, gaps across sites and light",
            "Uplink per site, decode drops",
            "Complete audit log, retention violations (must be 0)",
        ],
    ),
    follow_ups=[
        FollowUp(
            "mid",
            "Why not stream everything to the cloud?",
            "{raw_uplink} of video against {uplink}: the edge sends {uplink_share} of it. Beyond cost, an alarm must work when the link is cut, and footage of people should not "
            "travel. The price is {fleet_boxes:n} boxes to maintain and small models. The cloud keeps what is rare and heavy: verification, correlation, search, training.",
            "The cloud has better GPUs, so send the video there",
            "decision: An edge-first cascade",
        ),
        FollowUp(
            "mid",
            "Why is the motion gate safe?",
            "It is cheap pixel difference on decoded frames with per-zone sensitivity, so a static scene never reaches the network; {moving} of frames pass. It can miss slow things: smoke, "
            "a person lying still. So one frame in ten seconds passes regardless, tracks keep a region open, and drills include slow events. Reducto reports that 51 to 97 % of frames can be "
            "filtered at its accuracy targets.",
            "No motion means no anomaly",
            "serving/Motion gate",
        ),
        FollowUp(
            "senior",
            "You only know that a video contains an anomaly. How do you train?",
            "Multiple-instance learning: a video is a bag of clips. The highest-scoring clip of an anomalous bag must outrank the highest of a normal bag, with smoothness and sparsity terms. The trap is the scene: "
            "if normal bags come from other cameras, the model learns the place. I pair bags by camera and hour, and check that scores peak where annotators marked the event.",
            "Give every clip of the video the label of the video",
            "model/MIL ranking loss",
        ),
        FollowUp(
            "senior",
            "How do you measure recall of things nobody saw?",
            "Not from alerts. Three ways: staged drills on a schedule, random hours that a person watches, and incident reports from outside matched to footage. A random hour per camera and quarter is {cameras} hours; "
            "rare classes need drills. I report recall with its interval, because twenty drills a class cannot tell 80 from 90 %.",
            "Recall on the labelled test set",
            "operations/Recall audit",
        ),
        FollowUp(
            "senior",
            "It snows in a city and alarms triple. What happens?",
            "The alarm budget sees the burn rate by weather cell within minutes and the degradation controller caps alerts per class, highest scores first. Thresholds of the cell get an offset that expires. Critical classes keep their local "
            "alarms. The verifier's queue is sized for {storm:n} times the mean. After the storm the cheap loop, recalibration on the new histogram, runs before anybody retrains.",
            "Retrain with snow images",
            "operations/Alarm budget",
        ),
        FollowUp(
            "senior",
            "Where do your {promise} go?",
            "{window} wait for the next clip window, {judge} for the verifier, the rest is mostly transport. I would not shrink the network: overlap more, a stride of four frames, saves 0.8 s, doubles the clips and costs an eighth of a box per site. "
            "A verifier that answers on four keyframes first may save another 0.9 s. Together that leaves about 2.7 s, spread over cameras, links and queues. A local alarm needs neither cloud nor verifier: {local_alarm}.",
            "Use a faster detector",
            "serving/Clip encoder",
        ),
        FollowUp(
            "senior",
            "Can a vision-language model do all of it?",
            "It verifies well and is a poor sentinel: {clips:n} clips a second would need {verify_time} each, over a thousand GPUs. It also answers what it is asked, so open questions invite invention; I ask closed ones, allow it to abstain, and calibrate on "
            "verdicts. Its best use beside verification is adding a class by a sentence before there is data.",
            "Send a frame every second to the model",
            "serving/Clip verifier",
        ),
        FollowUp(
            "staff",
            "How do you roll a new model out to {sites:n} sites that are sometimes offline?",
            "A bundle holds weights, engine, thresholds and the dataset's hash, signed. Boxes pull it, run it in shadow, and report differences; ring 0 is five sites for a day, then three rings. Promotion needs alarm budget and drill recall; a box "
            "keeps the previous bundle and returns by itself if its heartbeat of scores stops. Per-camera thresholds are refitted in shadow, or every camera would start cold.",
            "Push with Ansible at night",
            "operations/Ring rollout",
        ),
        FollowUp(
            "staff",
            "What does privacy law change in the design?",
            "Purpose and minimisation become parts: no biometric identification, pixels stay on site for {ring_time}, vectors {vector_time}, faces blurred before a person labels. Search asks for a purpose and leaves an audit line, and an older hit "
            "gives camera and time only. Retention is a job that drops segments, with legal holds. The gate has slices for groups. Vectors count as personal data too, since a search by example can follow a coat. No model is trained to tell people apart, which keeps clear of the EU AI Act's limits on remote biometric identification.",
            "Encrypt the video",
            "evidence-search/Policy check",
        ),
        FollowUp(
            "staff",
            "Operators cost twelve times the machines. What do you do with that?",
            "{people_cost:n} dollars a day against {edge_cost:n} for the edge and {cloud_cost:n} for the cloud. So precision is worth GPUs: doubling verifier spend to drop a tenth of false alerts pays at once. I show similar past cases beside an alert, merge "
            "cameras of one event, and route by skill. But I would keep a floor: fewer operators lengthen time to verdict in a storm.",
            "Raise the threshold until fewer people are needed",
            "serving/Alert policy",
        ),
    ],
    case_studies=[
        CaseStudy(
            "Stanford",
            system="NoScope: difference detectors and small models specialised per camera answer before a reference network is asked.",
            difference="It speeds up a known binary query on recorded video; here the cascade is for live, open-ended events, with people at its end.",
            source="https://arxiv.org/abs/1703.02529",
        ),
        CaseStudy(
            "Microsoft Research",
            system="Ekya: edge servers share GPUs between inference and continuous retraining of models per camera, to follow drift.",
            difference="They retrain on the box; we recalibrate thresholds there and train centrally, since labels come from operators.",
            source="https://arxiv.org/abs/2012.10557",
        ),
        CaseStudy(
            "NVIDIA",
            system="Video Search and Summarization: a vision-language model verifies the alerts of a detector pipeline, in under a second on average at 20 streams.",
            difference="The verifier runs beside the streams on a workstation GPU; ours is shared by all sites, and alarms for critical classes do not wait for it.",
            source="https://docs.nvidia.com/vss/latest/performance-alert-verification.html",
        ),
    ],
    five_minutes=[
        Phase(
            0.7,
            "Frame",
            "I would design anomaly detection for five thousand fixed cameras on a hundred sites. The goal is that help arrives sooner, and the scarce resource is the attention of operators: half an alert per camera and day. Events are rare and "
            "open-ended, labels exist per video, and footage may not leave the site except for incidents. The baseline is motion in a drawn zone. Its failure is wherever people are supposed to move. I assume that a guard on site answers critical classes, that operators judge the rest, and that nobody is recognised.",
        ),
        Phase(
            0.7,
            "Size",
            "All video would be {raw_uplink}. On a site, fifty cameras at five frames a second are {site_decoded:n} frames; a motion gate leaves {site_frames:n}; a detector and a clip encoder for those load one small GPU fully, so two boxes per site, which are also the "
            "failover pair. They raise {incidents:n} candidate incidents a day. A verifier passes five per cent: {alerts:n} a day, for {operators:n} operators on shift. {uplink} leave the sites.",
        ),
        Phase(
            1.2,
            "Online path",
            "Only the low-rate sub-stream is decoded; the main stream goes to a ring buffer still compressed. Frames that move reach the detector and the clip encoder: sixteen frames become one vector. That vector is scored twice: by a head that knows "
            "classes, and by its distance from the same camera's normal clips. Scores, tracks, zones and schedule build an incident. Critical classes ring the guard's tablet over the LAN within {local_promise}. For the others keyframes go first; a vision-language model "
            "answers a closed question, and the alert policy decides who sees it, within {promise}. If the verifier is late, the highest scores pass unverified; nothing is dropped in silence.",
        ),
        Phase(
            1.0,
            "Learn",
            "The teacher learns from bags: the best clip of an anomalous video must outrank the best clip of a quiet one from the same camera. It also learns to agree with text, so that footage can be searched by a sentence. The student on the box copies the teacher's "
            "embedding on unlabelled video, and is quantised. Thresholds are set per camera: a quantile of its own fortnight that spends the alarm budget. Verdicts are labels, but only of what passed, so random hours and drills measure recall. I split by camera, and test on the device, since quantising costs accuracy first at night.",
        ),
        Phase(
            0.7,
            "Release and operate",
            "Bundles are signed and pulled, ring by ring, in shadow first. I watch blind cameras, drift per camera and the alarm budget. When it snows, caps and offsets come first, recalibration second, retraining last. If the uplink fails, a site "
            "goes on alone for three days. If a box dies, its peer takes all cameras at four frames a second.",
        ),
        Phase(
            0.7,
            "Trade-offs",
            "I would defend the edge first: it is not only bandwidth, it is alarms without a link and pixels that never travel. And per-camera thresholds, because scenes differ more than models. I would revisit the small edge model as hardware grows, "
            "and spend more on verification, since operators cost twelve times the machines. A vision-language model on everything would take over a thousand GPUs, and it would still need the camera's own normal.",
        ),
    ],
    interview_plan=[
        Phase(
            5,
            "Clarify and frame",
            "Fixed cameras, critical classes, what may leave the site, uplink, alerts that people can take. Metric: event recall at an alarm budget.",
        ),
        Phase(
            6,
            "Size the cascade",
            "Frames, motion, clips, incidents, alerts, operators: one line each with its base. Uplink with and without edge. Boxes per site and failover.",
        ),
        Phase(
            10,
            "Draw the path",
            "Camera, gate, detector, encoder, two scores, incident, local alarm; keyframes, verifier, policy, operator. Budget beside it.",
        ),
        Phase(
            8,
            "Model and labels",
            "Bags and ranking loss, same-camera negatives, distillation, normality memory, per-camera quantile.",
        ),
        Phase(6, "Evaluation", "Why AUC is not enough, recall by drills and audits, test by site with power."),
        Phase(6, "Fleet and privacy", "Signed rings, shadow, degradation, blur, retention, search under a purpose."),
        Phase(4, "Trade-offs", "Verifier against edge model, snow, lower latency, cost of operators."),
    ],
    building_blocks=["embeddings-retrieval", *RESPONSIBILITY_BLOCKS, *COMMON_BLOCKS],
    sources=bibliography("""
        W. Sultani, C. Chen, M. Shah, "Real-World Anomaly Detection in Surveillance Videos", CVPR 2018
            https://arxiv.org/abs/1801.04264 UCF-Crime and multiple-instance ranking on video-level labels
        Y. Tian et al., "Weakly-supervised Video Anomaly Detection with Robust Temporal Feature Magnitude Learning", ICCV 2021
            https://arxiv.org/abs/2101.10030 a stronger weakly supervised head, which uses the magnitude of features
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
    """Sites judge the video; incidents, vectors and a blurred sample travel, and verdicts come back as labels."""
    with Cluster("Edge site"):
        cameras = IotCamera("{cameras} cameras", tooltip="{per_site} per site, never exposed outside its network")
        edge = Server("Edge GPU pair", tooltip="Decodes, gates, detects and scores, so that pixels stay")
        ring = Storage("Ring buffer", tooltip="{ring_time} of encrypted footage, the only full video")
        guards = Tablet("Site guards", tooltip="Get critical alarms over the LAN, uplink or not")
    with Cluster("Cloud"):
        gateway = Envoy("Ingest gateway", tooltip="Terminates device mTLS, applies quotas per site")
        topic = Kafka("Incident topic\nKafka", tooltip="Durable hand-off that absorbs city-wide storms")
        verifier = ModelServer(
            "Clip verifier", tooltip="A vision-language model re-judges {incident_rate:n} candidates a second"
        )
        alert_policy = RuleEngine("Alert policy", tooltip="Deduplicates, ranks, keeps to the attention budget")
        operators = Users("SOC operators", tooltip="{operators} on shift confirm or dismiss; the verdict is the label")
        evidence = S3("Evidence store", tooltip="Encrypted incident clips with retention locks")
        vector_index = VectorIndex("Vector index\nclips", tooltip="IVF-PQ over {vectors} clips, for forensic search")
    with Cluster("Learning"):
        training = Kubeflow("Training pipeline", tooltip="Teacher, distillation to edge students, calibration")
        registry = Mlflow("Model registry", tooltip="Models, engines and per-camera thresholds as one bundle")
        rollout = Argocd("Ring rollout", tooltip="Boxes pull signed bundles, ring by ring")

    cameras >> stream("sub-stream") >> edge
    cameras >> stream("main stream") >> ring
    edge >> stream("local alarm") >> guards
    edge >> stream("{incidents} incidents,\nclip vectors") >> gateway >> stream("incidents") >> topic
    ring >> batch("{clip_bytes} clips") >> gateway >> batch("clips") >> evidence
    topic >> stream("{incident_rate}") >> verifier >> stream("{verified} pass") >> alert_policy
    gateway >> stream("clip vectors") >> vector_index
    verifier >> request("keyframes") >> evidence
    alert_policy >> stream("{alerts}") >> operators >> request("search") >> vector_index
    operators >> feedback("verdicts") >> training
    evidence >> batch("labelled clips") >> training >> control("gated bundle") >> registry
    edge >> batch("blurred sample") >> training
    registry >> control("approved") >> rollout >> control("signed update") >> edge


@view("Serving", details="overview/Edge site")
def serving() -> None:
    """A frame's way from lens to operator, and what each gate throws away."""
    with Cluster("Edge site"):
        camera = IotCamera("Camera", tooltip="1080p at 15 fps to record, 720p at {fps:n} fps to analyse")
        with Cluster("Inference box"):
            decoder = Cpp("RTSP decode", tooltip="Hardware-decodes sub-streams only, batches {per_site} cameras")
            motion_gate = Gate("Motion gate", tooltip="Drops static frames before any network runs")
            detector = ModelServer("Detector and tracker", tooltip="INT8 boxes, tracks and crowd counts")
            clip_encoder = Encoder("Clip encoder", tooltip="16 frames to a {dimensions}-d vector that text can search")
            mil_head = ModelServer("MIL anomaly head", tooltip="Scores known classes, learned from video-level labels")
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
    with step("The motion gate leaves {site_frames:n} of {site_decoded:n} frames a second for the networks."):
        decoder >> stream("{site_decoded}") >> motion_gate >> stream("{moving} pass,\n{site_frames}") >> detector
        motion_gate >> stream("16-frame clips,\n{site_clips}") >> clip_encoder
    with step("Every {stride_time} a moving camera yields a clip, scored for known classes and against its normal."):
        clip_encoder >> stream("{dimensions}-d vector") >> mil_head
        clip_encoder >> request("nearest normal") >> memory
    with step("The first window over threshold opens an incident, {merged} merge into it: {site_incidents} a site."):
        mil_head >> stream("class scores") >> builder
        memory >> response("novelty score") >> builder
        detector >> stream("tracks, zones") >> builder
    with step("Critical classes ring the guard's tablet over the LAN within {local_promise}, cloud or no cloud."):
        builder >> stream("local alarm") >> guard
    with step("{keyframe_set} of keyframes go first, then the clip: {uplink} take the place of {raw_uplink}."):
        builder >> stream("{site_incidents}") >> broker >> stream("incident, keyframes") >> gateway
        ring >> batch("{clip_time} clip") >> gateway >> batch("keyframes, clip") >> evidence
    with step("Each site stays in order; the first incident passes at once, neighbours join its case for 30 s."):
        gateway >> stream("incident event") >> topic >> stream("{incident_rate}") >> correlation
    with step("The verifier takes {judge} for a case and passes {verified}; if late, top scores pass unverified."):
        correlation >> request("case, question") >> verifier >> request("keyframes") >> evidence
        verifier >> response("{verified} pass") >> alert_policy
        correlation >> stream("unverified,\nif late") >> alert_policy
    with step("{alerts:n} alerts a day reach operators, {camera_alerts:n} per camera; each verdict is a label."):
        alert_policy >> request("upsert") >> cases
        alert_policy >> stream("{alerts}") >> operators >> feedback("verdict") >> cases


@view("Model", direction="TB", details="serving/Inference box")
def model() -> None:
    """One clip vector serves classes, novelty and search; a larger model with text teaches it and another one checks it."""
    with Cluster("Inputs"):
        clip = Features("Clip\n16 frames", tooltip="224 × 224 at {fps:n} fps, burnt-in clock masked")
        tracks = Features(
            "Tracks\n24 numbers", tooltip="Persons, speed, time on the ground, direction, density, contacts"
        )
    with Cluster("On the box"):
        student = Encoder("Student\n3D CNN", tooltip="INT8; {encoder_speed:n} clips a second on one box")
        head = Head("MIL anomaly head", tooltip="Three layers on vector and tracks; a score per class")
        memory = VectorIndex("Normality memory", tooltip="20,000 normal clips per camera, by hour of day")
        fusion = Interaction("Score fusion", tooltip="Highest of class scores and novelty, by zone and schedule")
        threshold = Calibrator(
            "Camera threshold", tooltip="Quantile of the camera's fortnight, set to the alarm budget"
        )
    with Cluster("In the cloud"):
        frames_ = PromptPart("{keyframes:n} keyframes", tooltip="Around the peak of the score, with two before it")
        question = PromptPart(
            "Closed question", tooltip="Is a person lying on the ground? yes, no, cannot tell; site context"
        )
        verifier = ModelServer(
            "Verifier\nvision-language", tooltip="Answers one token; probability calibrated on verdicts"
        )
    with Cluster("Training only"):
        bags = S3("Bags of clips", tooltip="Tagged incidents and quiet footage of the same camera and hour")
        teacher = Encoder("Teacher\nvideo and text", tooltip="Large video transformer with a text side")
        contrast = LossFunction("Video-text contrast", tooltip="Clips near their captions; makes footage searchable")
        ranking = LossFunction(
            "MIL ranking loss", tooltip="Best clip of an anomalous bag above the best of a normal one"
        )
        distil = LossFunction("Distillation loss", tooltip="Student vector to teacher vector, on unlabelled video")

    clip >> Edge(label="16 × 224²") >> student >> Edge(label="{dimensions:n}") >> head
    tracks >> Edge(label="24") >> head
    student >> Edge(label="{dimensions:n}") >> memory
    head >> Edge(label="class scores") >> fusion
    memory >> Edge(label="distance") >> fusion
    fusion >> Edge(label="score") >> threshold >> Edge(label="incident") >> frames_
    frames_ >> Edge(label="16 images") >> verifier
    question >> Edge(label="60 tokens") >> verifier
    clip >> Edge(label="16 × 224²") >> teacher >> Edge(label="{dimensions:n}") >> [contrast, distil]
    student >> Edge(label="{dimensions:n}") >> distil
    head >> Edge(label="clip scores") >> ranking
    bags >> feedback("video tags") >> ranking
    bags >> feedback("captions") >> contrast


@view("Training", details="overview/Training pipeline")
def training() -> None:
    """From dismissed alerts to a quantised student on a small box, with a calibration for each camera."""
    with Cluster("Data"):
        verdicts = Postgresql(
            "Operator verdicts", tooltip="Confirmed or dismissed within 10 min, with reason: the dense labels"
        )
        incidents = S3("Incident clips", tooltip="Positives and hard negatives")
        normal = S3(
            "Normal sample",
            tooltip="Random {sample} of quiet footage, blurred on site, for normality and recall audits",
        )
        blur = Guard("Redaction\nfaces and plates", tooltip="Redacts before a person or a labelling tool sees a frame")
    with Cluster("Labelling"):
        sampler = Planner("Active sampler", tooltip="Where edge and verifier disagree, novel clusters, a random slice")
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
        gate = Choice(
            "Offline gate",
            tooltip="Event recall at {camera_alerts:n} alerts a camera and day, slices, INT8 against FP16",
        )
        registry = Mlflow("Model registry", tooltip="Weights, engine, thresholds, dataset hash, signature")

    incidents >> batch("raw clips") >> blur >> batch("redacted clips") >> sampler
    normal >> batch("quiet clips") >> sampler
    verdicts >> feedback("verdicts") >> sampler >> batch("2,000 a week") >> annotators
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
        technicians = Users("Field technicians", tooltip="Clean, re-aim or replace a camera, restart a site")
        edge_metrics = Prometheus("Edge metrics\nPrometheus", tooltip="fps, decode drops, GPU heat, queue age")
    with Cluster("Control plane"):
        fleet = Thanos("Fleet metrics\nThanos", tooltip="A long-term view over all sites")
        operators = Users("SOC operators", tooltip="Their verdicts measure precision")
        budget = Monitor("Alarm budget", tooltip="Alerts by camera and day, dismissals, operator load")
        dashboards = Grafana("Dashboards\nGrafana", tooltip="A page by site and by model version")
        alerts = Pagerduty("On-call alerts", tooltip="Pages on blind cameras, stale sites, budget burn")
        degradation = Planner(
            "Degradation controller",
            tooltip="Lower fps, caps per class, expiring offsets by weather cell, low-risk cameras shed",
        )
    with Cluster("Model quality"):
        drift = Spark("Drift monitor\nSpark", tooltip="Vectors and scores by camera against its calibration")
        audit = Evaluator("Recall audit", tooltip="Random quiet clips and staged drills: what was missed")
    with Cluster("Release"):
        retrain = Airflow("Retrain trigger", tooltip="Starts recalibration (cheap) or retraining (costly)")
        training = Kubeflow("Training pipeline", tooltip="Labels, teacher, student, calibration, offline gate")
        registry = Mlflow("Model registry", tooltip="Where signed bundles come from")
        rollout = Argocd("Ring rollout", tooltip="Promotes ring by ring; rolls back on budget or recall")

    edge_boxes >> stream("metrics") >> edge_metrics >> stream("remote write") >> fleet >> stream("series") >> dashboards
    camera_health >> stream("health flags") >> edge_metrics
    edge_boxes >> batch("score histograms") >> drift >> control("per-camera drift") >> retrain
    (
        fleet
        >> control("blind or stale")
        >> alerts
        >> control("page")
        >> technicians
        >> feedback("repaired")
        >> camera_health
    )
    operators >> feedback("verdicts") >> budget >> control("burn rate") >> degradation
    fleet >> control("GPU, uplink") >> degradation >> control("fps, offsets, caps") >> edge_boxes
    edge_boxes >> batch("quiet clips, drills") >> audit >> control("recall drop") >> retrain
    retrain >> control("run") >> training >> control("gated bundle") >> registry
    registry >> control("signed bundle") >> rollout >> control("24 h first") >> canaries
    [budget, audit] >> control("halt or go") >> rollout >> control("rings 1-3") >> edge_boxes
    canaries >> feedback("shadow delta") >> budget


@view("Evidence search", details="overview/Vector index")
def evidence_search() -> None:
    """A climber at a fence by night: vectors last {vector_time}, pixels {ring_time}, incidents {evidence_time}."""
    investigators = Users("Investigators", tooltip="Open a case, search, request clips")
    with Cluster("Edge site"):
        edge_encoder = Encoder("Edge encoder", tooltip="One {dimensions}-d vector and coarse attributes per clip")
        ring = Storage("Ring buffer", tooltip="The last {ring_time} of pixels stay here until a case needs them")
    with Cluster("Indexing"):
        topic = Kafka("Vector topic\nKafka", tooltip="{clips:n} vectors a second, in order by site")
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
    blur >> stream("clip opened") >> audit_log
    api >> request("encode, 30 ms") >> text_encoder
    api >> request("filtered top 50") >> index
    api >> response("50 references") >> investigators
    api >> request("recent pixels") >> ring >> response("segments") >> blur
    (
        api
        >> request("incident clips")
        >> evidence
        >> response("clips")
        >> blur
        >> response("masked clip")
        >> investigators
    )
