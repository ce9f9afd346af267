"""Decide which of half a billion posts a day break policy or law, and act in proportion, within 300 ms.

Harm is rare, adversaries adapt within hours, policy changes, and meaning lies in picture, words and context together.
A miss can hurt someone and a wrong removal silences someone, so machine decisions, human review and a real appeal are
one system, with legal duties and the welfare of reviewers inside the design.
"""

from diagrams import Cluster
from diagrams.aws.storage import S3
from diagrams.generic.device import Mobile
from diagrams.onprem.analytics import Flink, Spark
from diagrams.onprem.client import User, Users
from diagrams.onprem.database import Cassandra, Postgresql
from diagrams.onprem.gitops import Argocd, Flagger
from diagrams.onprem.inmemory import Redis
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.monitoring import Grafana, Prometheus
from diagrams.onprem.network import Envoy, Etcd, Internet
from diagrams.onprem.queue import Kafka
from diagrams.onprem.workflow import Airflow, Kubeflow
from diagrams.programming.flowchart import Decision as Choice
from diagrams.programming.flowchart import Document, Inspection
from diagrams.programming.framework import React
from diagrams.programming.language import Cpp, Go, Java, Rust
from diagrams.saas.alerting import Pagerduty

from archfolio import (
    COMMON_BLOCKS,
    RESPONSIBILITY_BLOCKS,
    Budget,
    Calibrator,
    Decision,
    Distiller,
    Encoder,
    Estimate,
    FailureMode,
    Fallback,
    InterviewRank,
    Labeller,
    Metrics,
    ModelPool,
    ModelServer,
    Planner,
    Ranker,
    Requirements,
    ReviewQueue,
    RuleEngine,
    Simulator,
    System,
    Tags,
    Trainer,
    VectorIndex,
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
    posts=assume("New posts", 500e6, "post/day"),
    with_text=assume("Posts with text", 80, "percent", note="shares overlap"),
    with_video=assume("Posts with a video", 10, "percent"),
    pictures=assume("Pictures of a post, on average", 0.3, "image/post"),
    frames=assume("Frames sampled from a video", 30, "image/post", note="30 s at 1 frame/s"),
    peak_factor=assume("Peak over average", 3),
    peak_rate=derive("Peak post rate", "posts * peak_factor", "post/s"),
    images=derive("Pictures and frames", "posts * (pictures + with_video * frames)", "image/day"),
    image_rate=derive("Image embeddings at peak", "images * peak_factor", "image/s"),
    load=assume("Load at which hosts are run", 60, "percent"),
    vision_speed=assume("Images a GPU scores", 2_000, "image/s/GPU", note="load-test before buying"),
    vision_gpus=derive("Vision GPUs", "ceil(image_rate / (vision_speed * load))", "GPU"),
    text_speed=assume("Texts a GPU scores", 1_500, "post/s/GPU", note="load-test before buying"),
    text_gpus=derive("Text GPUs", "ceil(peak_rate * with_text / (text_speed * load))", "GPU"),
    grey=assume("Posts in the grey band", 1, "percent"),
    llm_speed=assume("Posts a GPU reads with the policy LLM", 4, "post/s/GPU", note="load-test before buying"),
    llm_gpus=derive("Policy-LLM GPUs", "ceil(peak_rate * grey / (llm_speed * load))", "GPU", note="grey band only"),
    bank=assume("Known-bad hashes", 50e6, "hash"),
    entry_bytes=assume("Bytes of a bucket entry", 36, "byte/hash", note="the 256 bits of PDQ and an identifier"),
    bands=assume("Bands of the hash index", 16),
    band_bits=derive("Bits per band", "256 / bands", note="distance 31 leaves a band with at most 1 bit flipped"),
    index_bytes=derive("Hash index in memory", "bank * bands * entry_bytes", "byte", note="per matcher"),
    compared=derive("Comparisons per look-up", "bands * (band_bits + 1) * bank / 2 ** band_bits", "hash"),
    match_speed=assume("Hashes a core compares", 100e6, "image*hash/s/core", note="load-test before buying"),
    look_up=derive("CPU time per look-up", "compared / match_speed", "core*ms/image"),
    matchers=derive("Matcher cores", "ceil(image_rate * compared / (match_speed * load))", "core"),
    flagged=assume("Posts flagged for people", 0.2, "percent"),
    reported=assume("Posts reported by users, grouped", 0.5e6, "post/day"),
    cases=derive("Posts sent to people", "posts * flagged + reported", "post/day"),
    pace=assume("Decisions per reviewer", 360, "post/person/day", note="60 s each for 6 h; video takes longer"),
    second=assume("Cases reviewed twice", 10, "percent"),
    reviewers=derive("Reviewers on shift per day", "ceil(cases * (1 + second) / pace)", "person"),
    actions=assume("Posts acted on", 5e6, "post/day", note="mostly spam"),
    appealed=assume("Actions appealed", 3, "percent"),
    appeal_staff=derive("Appeal reviewers on shift", "ceil(actions * appealed / pace)", "person", note="other people"),
    precision=assume("Precision of actions", 99, "percent"),
    wrong=derive("Wrong actions", "actions * (1 - precision)", "post/day", note="why appeals matter"),
)

SYSTEM = System(
    title="Content moderation",
    family="end-to-end",
    position=9,
    interview=InterviewRank(6, "Meta favorite"),
    tags=Tags(
        task=["classification", "matching"],
        pattern=["cascade", "rules and model", "human in the loop"],
        data=["text", "images", "video"],
    ),
    requirements=Requirements(
        functional=[
            "Check each post before wide distribution, and again on reports, on virality and when policy changes.",
            "Match known illegal media by hash, find unknown harm with classifiers, send doubtful cases to people.",
            "Tell the author the action, the rule, the use of automation and the remedy (EU DSA, Article 17).",
            "Take complaints for at least six months, decided under qualified staff (EU DSA, Article 20).",
            "Report apparent child abuse material to the CyberTipline, keep the report a year (18 U.S.C. 2258A).",
        ],
        qualities={
            "Latency": "p99 of 300 ms at the publish gate; full check of an image 10 s, of a video 60 s (assumptions).",
            "Human review": "Median 1 h for severe harm, 24 h for the rest, 48 h for appeals (assumptions).",
            "Freshness": "A new hash is enforced within 5 min, a new policy rule within 1 h (assumptions).",
            "Availability": "99.95 % (assumption). If the gate fails, reach is limited; hash matching fails closed.",
        },
    ),
    estimate=ESTIMATE,
    headline=["peak_rate", "images", "cases", "reviewers", "wrong"],
    budget=Budget(
        "p99 of the publish gate",
        promise=300,
        stages={
            "Edge, authentication, rate and spam checks": 15,
            "Thumbnail and text fetch": 40,
            "Perceptual and exact hash": 35,
            "Hash bank look-up": 10,
            "Text normalisation, language, term rules": 15,
            "Text and image models, one GPU batch": 90,
            "Account and context features": 20,
            "Risk fusion and policy rules": 15,
            "Action write and outbox": 25,
            "Queueing slack": 35,
        },
    ),
    decisions=[
        Decision(
            "Hashes, then classifiers",
            rejected=["classifiers alone"],
            revisit_when="harm is new: hashes know only known media",
        ),
        Decision(
            "A distance threshold per bank",
            rejected=["one threshold, 31"],
            revisit_when="the team is too small to audit each bank",
        ),
        Decision(
            "Frozen encoders, daily heads",
            rejected=["end-to-end retraining"],
            revisit_when="the encoder cannot see a new medium's harm",
        ),
        Decision(
            "An LLM on the grey band",
            rejected=["an LLM on every post"],
            revisit_when="volume is low or stakes are high (adverts)",
        ),
        Decision(
            "A queue by expected harm",
            rejected=["first in, first out"],
            revisit_when="fairness of waiting matters, as in appeals",
        ),
        Decision(
            "Limited reach while unsure",
            rejected=["removal at once"],
            revisit_when="harm is severe and cannot be undone",
        ),
    ],
    failures=[
        FailureMode(
            "Bad hash matches innocent media", "Match volume of one hash", "Quarantine it, restore from the log"
        ),
        FailureMode(
            "New evasion, coded words", "Reports up, scores low", "Rule to review, label 1,000, retrain that day"
        ),
        FailureMode("Over-enforcement in a language", "Twice the average overturns", "Review-only there; recalibrate"),
        FailureMode(
            "Review backlog in a crisis", "Age of severe cases", "Re-rank, borrow reviewers, limit reach earlier"
        ),
        FailureMode("Models down or slow", "Gate p99, timeouts", "Hashes and rules only, limited reach, scan later"),
        FailureMode(
            "Reviewers tire or disagree", "Audit agreement under 0.8", "Specialists, rest, a clearer policy node"
        ),
    ],
    metrics=Metrics(
        offline=["Recall at fixed precision by policy, calibration by language", "Hash recall, false matches"],
        online=["Violating views per 10,000, share found before a report", "Time to action, appeals overturned"],
        guardrail=["Wrong actions by language and dialect, lost reach", "Gate p99, reviewers' exposure, legal reports"],
    ),
    building_blocks=["embeddings-retrieval", "llm-genai", *RESPONSIBILITY_BLOCKS, *COMMON_BLOCKS],
    sources=bibliography("""
        Facebook, "Open-Sourcing Photo- and Video-Matching Technology to Make the Internet Safer", About Facebook 2019
            https://about.fb.com/news/2019/08/open-source-photo-video-matching/ hashes for photos and videos
        Meta, "ThreatExchange: PDQ, TMK+PDQF and vPDQ", GitHub 2019
            https://github.com/facebook/ThreatExchange 256-bit PDQ, its reference distance and index
        M. Norouzi, A. Punjani, D. Fleet, "Fast Exact Search in Hamming Space with Multi-Index Hashing", IEEE TPAMI 2014
            https://arxiv.org/abs/1307.2982 the banded hash index
        V. Avadhanula et al. (Meta), "Bandits for Online Calibration: An Application to Content Moderation on Social Media Platforms", arXiv 2022
            https://arxiv.org/abs/2211.06516 calibrated risks, ranking for review
        A. Chandak, R. Verma (LinkedIn), "Augmenting our content moderation efforts through machine learning and dynamic content prioritization", LinkedIn Engineering 2023
            https://engineering.linkedin.com/blog/2023/augmenting-our-content-moderation-efforts-through-machine-learni
            ranked review: 60 % less average time to detect than first in, first out
        T. Markov et al. (OpenAI), "A Holistic Approach to Undesired Content Detection in the Real World", AAAI 2023
            https://arxiv.org/abs/2208.03274 active learning and label quality
        D. Kiela et al. (Facebook), "The Hateful Memes Challenge", NeurIPS 2020
            https://arxiv.org/abs/2005.04790 why image and text are read together
        M. Sap et al., "The Risk of Racial Bias in Hate Speech Detection", ACL 2019
            https://aclanthology.org/P19-1163/ why errors are sliced by dialect
        European Union, "Regulation (EU) 2022/2065 (Digital Services Act)", Official Journal of the EU 2022
            https://eur-lex.europa.eu/eli/reg/2022/2065/oj Articles 16, 17, 20 to 22, 24: notices, reasons, complaints
        United States, "18 U.S.C. 2258A: Reporting requirements of providers", as amended by Public Law 118-59, 2024
            https://www.law.cornell.edu/uscode/text/18/2258A the duty to report and to preserve for one year
    """),
)


@view("Overview")
def overview() -> None:
    """A publish gate, a human tier and an appeal path over one decision ledger that feeds banks, models and policy."""
    author = Users("Authors", tooltip="Post content, receive reasons, appeal")
    reporters = User("Reporters, trusted flaggers", tooltip="Flag what automation missed")
    with Cluster("Automated"):
        gate = Go("Publish gate", tooltip="Checks within 300 ms, limits reach while checks continue")
        hash_match = VectorIndex("Hash matching", tooltip="Known media at a distance up to 31 of 256 bits")
        models = ModelServer("Multi-modal classifiers", tooltip="Score text, image and video together, per policy")
        policy_engine = RuleEngine("Policy engine", tooltip="Turns calibrated risks into actions, by market")
    with Cluster("Human"):
        queue = ReviewQueue("Review queue", tooltip="Orders cases by severity, spread and probability")
        reviewers = Users("Reviewers", tooltip="Judge context, language and satire: the ground truth")
        appeals = ReviewQueue("Appeals", tooltip="A second look by another person, with reasons")
        legal = User("Child safety, legal", tooltip="Statutory reports, preserved evidence, law enforcement")
    with Cluster("Learning"):
        decision_ledger = Cassandra("Decision ledger\nCassandra", tooltip="Immutable: inputs, rule, model and outcome")
        training = Kubeflow("Training pipeline", tooltip="Decisions and audits to models and thresholds")
        registry = Mlflow("Model registry", tooltip="Versions model, thresholds and policy text together")

    author >> request("post") >> gate >> request("media") >> hash_match >> request("match, distance") >> policy_engine
    gate >> request("text and pixels") >> models >> request("calibrated risks") >> policy_engine
    policy_engine >> request("action, reasons") >> author
    policy_engine >> stream("uncertain, severe") >> queue >> request("ranked cases") >> reviewers
    reporters >> stream("reports") >> queue
    reviewers >> control("human decision") >> policy_engine
    reviewers >> control("illegal content") >> legal >> control("new hashes") >> hash_match
    author >> request("contest") >> appeals >> request("other reviewer") >> reviewers
    reporters >> request("rejected report") >> appeals
    policy_engine >> stream("every decision") >> decision_ledger
    reviewers >> feedback("labels") >> decision_ledger
    appeals >> feedback("overturns") >> decision_ledger
    decision_ledger >> batch("sampled decisions") >> training >> control("gated models") >> registry
    registry >> control("rollout") >> models


@view("Serving")
def serving() -> None:
    """Exact knowledge first, then models, then rules; what is unsure is slowed and queued, not guessed."""
    app = Mobile("Author app", tooltip="Uploads media, then submits the post")
    with Cluster("Edge"):
        gateway = Envoy("API gateway", tooltip="Limits rates, drops obvious automation")
        post_service = Go("Post service", tooltip="Holds the post as pending until the gate answers")
        media = S3("Media store", tooltip="Originals and thumbnails behind short-lived signed links")
    with Cluster("Gate"):
        orchestrator = Go("Scan orchestrator", tooltip="Runs checks in parallel, owns deadline and degraded mode")
        account_risk = Redis("Account risk\nRedis", tooltip="Age, strikes, burst rate, linked accounts")
    with Cluster("Known harm"):
        hasher = Cpp("Media hasher\nPDQ, MD5", tooltip="256-bit perceptual and exact fingerprints")
        hash_index = VectorIndex("Hash index", tooltip="Banded search over {bank} hashes, {index_bytes} in memory")
    with Cluster("Unknown harm"):
        normaliser = Rust("Normaliser", tooltip="Undoes look-alike letters, finds language, applies term rules")
        text_model = ModelServer("Text classifier", tooltip="Multilingual encoder with a head for each policy")
        image_model = ModelServer("Image-text model\nGPU", tooltip="Sees a harmless picture with harmful words")
        media_scan = Encoder("Deep media scan", tooltip="After the gate: text in images, key frames, speech")
    with Cluster("Decide"):
        risk_fusion = Calibrator("Risk fusion", tooltip="Heads, account and context to one probability per policy")
        policy_llm = ModelServer("Policy LLM", tooltip="Reads the {grey} grey band against the policy, off the path")
        policy_engine = RuleEngine("Policy engine", tooltip="Versioned thresholds by policy, market and surface")
        actions = Java("Action service", tooltip="Idempotent allow, label, limit, age-gate, remove, strike")
        queue = ReviewQueue("Review queue", tooltip="Cases for people, with all evidence attached")
    decision_ledger = Cassandra("Decision ledger\nCassandra", tooltip="Evidence and versions, for appeals and audits")

    with step("A post, one of {peak_rate:n} a second at peak, is stored and waits while checks run, 300 ms at most."):
        app >> request("submit") >> gateway >> request("pending post") >> post_service >> request("originals") >> media
        post_service >> request("content id") >> orchestrator
    with step("A 256-bit fingerprint is sought among {bank} with {compared} comparisons, {look_up} of the 10 ms."):
        orchestrator >> request("content id") >> hasher
        media >> request("bytes, 40 ms") >> hasher >> request("256 bits") >> hash_index
    with step("A match within distance 31 in a removal bank stops the post without waiting for a model."):
        hash_index >> request("bank, distance") >> policy_engine
    with step("Text is cleaned, then both models share one 90 ms GPU slot."):
        orchestrator >> request("text") >> normaliser >> request("clean text") >> [text_model, image_model]
        media >> request("pixels") >> image_model
    with step("Scores and account risk become one calibrated probability per policy."):
        [text_model, image_model] >> request("policy scores") >> risk_fusion
        orchestrator >> request("account features") >> account_risk >> request("account risk") >> risk_fusion
    with step("Rules compare risk with the market's thresholds: about 98 % pass, 1 % are acted on, {grey} unsure."):
        risk_fusion >> request("calibrated risks") >> policy_engine >> request("action") >> actions
    with step("The post becomes visible, limited or removed; the author gets reasons and a way to appeal."):
        actions >> request("visible or limited") >> post_service
        actions >> request("reasons") >> app
    with step("Unsure and severe cases go to people; each decision is kept with model and rule versions."):
        policy_engine >> stream("unsure or severe") >> queue
        policy_engine >> stream("full record") >> decision_ledger
    with step("Off the path, the LLM reads the {grey} grey band against the policy while reach stays limited."):
        risk_fusion >> stream("grey band, {grey}") >> policy_llm >> stream("verdict, clause") >> policy_engine
    with step("Text in pictures, key frames and speech follow later, through the same hasher and models."):
        [orchestrator, media] >> stream("deep scan") >> media_scan >> stream("key frames") >> [hasher, image_model]
        media_scan >> stream("image text,\nspeech") >> normaliser


@view("Hashing")
def hashing() -> None:
    """Who may add to the bank of known media, how false matches are kept out, how old uploads are re-checked."""
    with Cluster("Sources"):
        partners = Internet("Sharing partners\nNCMEC, GIFCT", tooltip="Exchange hash lists under agreement")
        removals = Kafka("Confirmed removals\nKafka", tooltip="Own decisions, by two reviewers")
        curators = User("Bank curation", tooltip="Assigns bank, severity, action; a second person approves")
    with Cluster("Build"):
        hasher = Cpp("Media hasher\nPDQ, TMK, MD5", tooltip="TMK+PDQF for videos; flat images are refused")
        bank_store = Postgresql("Bank store", tooltip="Source of truth, with origin and audit trail")
        index_build = VectorIndex("Index build", tooltip="{bands} bands of {band_bits} bits, a delta each minute")
        probe = Inspection("False-match probe", tooltip="Runs each new hash against benign and popular media")
    with Cluster("Serve"):
        version_pointer = Etcd("Version pointer\netcd", tooltip="Moves all matchers to a new bank atomically")
        matchers = ModelPool("Matcher fleet", tooltip="{index_bytes} of index in memory on every host")
        policy_engine = RuleEngine("Policy engine", tooltip="Applies the bank's action to new and earlier copies")
        hash_history = S3("Upload hash history", tooltip="Hashes of past uploads, no copies of media")
        retro_scan = Spark("Retro scan\nSpark", tooltip="Joins new hashes with history to find earlier copies")
        auditors = Users("Match audit", tooltip="People sample matches by bank and distance")

    partners >> batch("hash lists") >> curators
    removals >> stream("removed media") >> hasher >> control("proposed hash") >> curators
    curators >> request("approved entry") >> bank_store >> stream("delta feed") >> index_build
    index_build >> control("candidate bank") >> probe >> control("clean bank") >> version_pointer
    probe >> feedback("suspicious hash") >> curators
    version_pointer >> control("under 5 min") >> matchers >> stream("new matches") >> policy_engine
    matchers >> stream("upload hashes") >> hash_history >> batch("past hashes") >> retro_scan
    bank_store >> batch("new hashes") >> retro_scan >> batch("earlier copies") >> policy_engine
    matchers >> stream("sampled matches") >> auditors >> feedback("false matches") >> curators
    curators >> batch("shared back") >> partners


@view("Review")
def review() -> None:
    """One ranked queue per skill, quality control on reviewers, and appeals decided by someone else."""
    with Cluster("Intake"):
        flags = Kafka("Model flags\nKafka", tooltip="Cases above the review threshold, with evidence")
        reports = Users("User reports", tooltip="Many reports on a post are one case; a rejection can be contested")
        flaggers = User("Trusted flaggers", tooltip="A priority channel under DSA Article 22")
    with Cluster("Triage"):
        grouping = Flink("Case grouping\nFlink", tooltip="Merges near-duplicates: one decision covers all copies")
        priority = Ranker("Priority model", tooltip="Severity, expected views and violation probability, live")
        planner = Planner("Capacity planner", tooltip="Matches language and skill, caps exposure per person")
    with Cluster("Decide"):
        tool = React("Review tool", tooltip="Blurred, grey and mute by default; the policy as a decision tree")
        reviewers = Users("Reviewers", tooltip="{reviewers} on shift decide per policy node, with a reason code")
        specialists = User("Specialists", tooltip="Terror, self-harm, elections, languages")
        legal = User("Child safety, legal", tooltip="The only team that handles illegal media; files reports")
        cybertipline = Internet("CyberTipline", tooltip="Receives the statutory report")
    with Cluster("Outcome"):
        decision_ledger = Cassandra("Decision ledger\nCassandra", tooltip="Action, rule, reason and automation flag")
        audit = Inspection("Quality audit", tooltip="Blind second label on {second}, golden cases for drift")
        statement = Document("Statement of reasons", tooltip="Notice to the author, record in the EU database")
        actions = Java("Action service", tooltip="Enforces or restores a post and its copies once decided")
    with Cluster("Appeal"):
        appeals = ReviewQueue("Appeals", tooltip="Open for six months; harsh actions first")
        second_reviewer = User("Second reviewer", tooltip="Never the first one; sees that decision only afterwards")
        dispute_body = Internet("Out-of-court body", tooltip="The external route under DSA Article 21")

    flags >> stream("evidence") >> grouping >> stream("cases") >> priority
    reports >> stream("{reported}, grouped") >> grouping
    flaggers >> request("fast lane") >> priority >> control("ranked list") >> planner >> request("next case") >> tool
    tool >> request("general policy") >> reviewers >> request("decision, reason") >> decision_ledger
    tool >> request("skill queue") >> specialists >> request("decision, reason") >> decision_ledger
    reviewers >> control("apparent illegality") >> legal >> request("report, evidence") >> cybertipline
    flags >> stream("known illegal") >> legal >> request("restricted record") >> decision_ledger
    decision_ledger >> batch("{second} blind sample") >> audit >> feedback("coaching, routing") >> planner
    decision_ledger >> stream("enforce, restore") >> actions
    decision_ledger >> stream("notice") >> statement >> request("contest link") >> appeals
    reports >> request("rejected report") >> appeals >> request("appeal case") >> second_reviewer
    second_reviewer >> control("uphold or restore") >> decision_ledger >> feedback("labels") >> priority
    appeals >> control("still disputed") >> dispute_body


@view("Training")
def training() -> None:
    """Labels come from people with known error; thresholds are set by cost, on random as well as flagged posts."""
    with Cluster("Labels"):
        decisions = Kafka("Review decisions\nKafka", tooltip="Plentiful, but only on flagged content")
        appeals = Kafka("Appeal outcomes\nKafka", tooltip="Overturns show where the model or the rule is wrong")
        random_sample = Labeller("Random view sample", tooltip="Expert labels to calibrate and test, never to train")
        red_team = Simulator("Red team, synthetic", tooltip="New evasions, coded words, generated media")
        aggregation = Spark("Label aggregation\nSpark", tooltip="Weights reviewers by skill; dissent is a soft label")
        label_store = S3("Restricted store", tooltip="Encrypted, access logged; illegal media excluded")
    sampler = Planner("Active sampler", tooltip="Picks uncertain cases, new clusters, under-served languages")
    with Cluster("Train"):
        encoders = Trainer("Encoder tuning", tooltip="Multilingual and image-text encoders, on recent data")
        heads = Trainer("Policy heads", tooltip="Small heads per policy, daily, on frozen encoders")
        distiller = Distiller("LLM distillation", tooltip="Policy-LLM labels, checked by people, teach the heads")
    with Cluster("Release"):
        calibrator = Calibrator("Calibrator\nby head", tooltip="By language and surface, on random traffic only")
        gate = Choice("Offline gate", tooltip="Recall at fixed precision by policy, language and dialect")
        registry = Mlflow("Model registry", tooltip="Model, thresholds, policy version and approver")
        shadow = Flagger("Shadow and canary", tooltip="Scores live posts without acting; people read the difference")
        fleet = ModelPool("Serving fleet", tooltip="Serves the approved bundle")

    decisions >> stream("flagged labels") >> aggregation
    appeals >> stream("corrections") >> aggregation
    red_team >> batch("hard cases") >> aggregation >> batch("soft labels") >> label_store
    label_store >> batch("recent data") >> encoders >> batch("embeddings") >> heads
    label_store >> batch("daily labels") >> heads
    label_store >> batch("grey cases") >> distiller >> batch("teacher labels") >> heads
    heads >> batch("raw scores") >> calibrator >> batch("probabilities") >> gate
    gate >> control("passed bundle") >> registry >> control("candidate") >> shadow >> control("approved diff") >> fleet
    random_sample >> batch("calibration split") >> calibrator
    random_sample >> batch("test split") >> gate
    fleet >> stream("score stream") >> sampler >> batch("cases to label") >> decisions


@view("Operations")
def operations() -> None:
    """Two numbers steer it: how often viewers still see harm, and how often people are wrongly acted on."""
    with Cluster("Serving"):
        fleet = ModelPool("Gate and models", tooltip="Emit latency, scores and actions, by policy")
        flags = Etcd("Feature flags\netcd", tooltip="Turn a rule to review-only within seconds")
        degraded = Fallback("Degraded gate", tooltip="Hashes and rules only, reach limited, scanned later")
    with Cluster("Observe"):
        prevalence = Spark("Prevalence meter\nSpark", tooltip="Share of sampled views that violate, with intervals")
        overturns = Flink("Overturn monitor\nFlink", tooltip="Appeal overturns by rule, model and language")
        drift = Flink("Drift monitor\nFlink", tooltip="Jumps in action volume or in embedding clusters")
        metrics = Prometheus("Metrics\nPrometheus", tooltip="Gate p99, queue age, reviewer load")
        dashboards = Grafana("Dashboards\nGrafana", tooltip="A page by policy: harm seen, wrong actions, age")
        alerts = Pagerduty("On-call alerts", tooltip="Pages on queue age, action spikes, match failures")
    with Cluster("Decide"):
        owners = Users("Policy owners", tooltip="Set the cost of each error, approve thresholds")
        thresholds = Calibrator("Threshold planner", tooltip="Fits thresholds to error costs and review capacity")
        crisis_room = User("Crisis room", tooltip="Time-limited rules for attacks and elections")
        report = Document("Transparency report", tooltip="Actions, accuracy of automation, appeals")
        retrain = Airflow("Retrain trigger", tooltip="Heads daily; at once on new harm or a language gap")
        rollback = Argocd("Rollback controller", tooltip="Restores model, thresholds and policy version as one")

    fleet >> stream("RED metrics") >> metrics >> stream("series") >> dashboards
    fleet >> stream("scores, actions") >> drift >> control("action spike") >> alerts
    fleet >> batch("sampled views") >> prevalence >> batch("prevalence") >> dashboards
    fleet >> stream("actions, appeals") >> overturns >> stream("overturn series") >> dashboards
    metrics >> control("queue age, SLO") >> alerts
    drift >> control("new harm cluster") >> retrain
    overturns >> control("language gap") >> retrain >> control("gated bundle") >> fleet
    alerts >> control("bad release") >> rollback >> control("previous bundle") >> fleet
    alerts >> control("incident") >> crisis_room >> control("temporary rule") >> flags
    alerts >> control("rule to review") >> flags >> control("rule state") >> fleet
    overturns >> feedback("false actions") >> thresholds
    prevalence >> feedback("missed harm") >> thresholds
    owners >> control("error costs") >> thresholds >> control("new thresholds") >> fleet
    fleet >> control("model timeout") >> degraded >> stream("degraded share") >> metrics
    [prevalence, overturns] >> batch("quarterly") >> report
