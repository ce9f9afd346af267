"""Decide which of half a billion posts a day break policy or law, and act in proportion, within 300 ms.

Harm is rare, adversaries adapt within hours, policy changes, and meaning lies in picture, words and context together.
A miss can hurt someone and a wrong removal silences someone, so machine decisions, human review and a real appeal are
one system, with legal duties and the welfare of reviewers inside the design.
"""

from diagrams import Cluster, Edge
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
    FailureMode,
    Fallback,
    FeatureGroup,
    Features,
    FollowUp,
    Framing,
    Head,
    Interaction,
    InterviewRank,
    Label,
    Labeller,
    Loss,
    LossFunction,
    MathFormula,
    Metrics,
    ModelPool,
    ModelServer,
    Parallel,
    Phase,
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
    reference,
    request,
    response,
    step,
    stream,
    view,
)

ESTIMATE = Estimate(
    posts=assume("New posts", 500e6, "post/day"),
    with_text=assume("Posts with text, of posts", 80, "percent", note="shares overlap"),
    with_video=assume("Posts with a video, of posts", 10, "percent"),
    pictures=assume("Pictures of a post, on average", 0.3, "image/post"),
    frames=assume("Frames sampled from a video", 30, "image/post", note="30 s at 1 frame/s"),
    peak_factor=assume("Peak over average", 3),
    peak_rate=derive("Peak post rate", "posts * peak_factor", "post/s"),
    images=derive("Pictures and frames", "posts * (pictures + with_video * frames)", "image/day"),
    image_rate=derive("Pictures and frames at peak", "images * peak_factor", "image/s"),
    load=assume("Load at which hosts run, of their capacity", 60, "percent"),
    vision_speed=assume(
        "Images an L4 scores",
        1_000,
        "image/s/GPU",
        note="a ViT-B pass of 35 GFLOP and the joint layers, at a third of the peak; load-test before buying",
    ),
    vision_gpus=derive("Vision GPUs", "ceil(image_rate / (vision_speed * load))", "GPU"),
    text_speed=assume("Texts an L4 scores", 1_500, "post/s/GPU", note="load-test before buying"),
    text_gpus=derive("Text GPUs", "ceil(peak_rate * with_text / (text_speed * load))", "GPU"),
    grey=assume("Posts in the grey band, of posts", 1.2, "percent"),
    actions=assume("Posts acted on", 5e6, "post/day", note="mostly spam"),
    acted=derive("Posts acted on, of posts", "actions / posts", "percent"),
    passed=derive("Posts that pass, of posts", "1 - acted - grey", "percent"),
    llm_tokens=assume("Tokens the policy LLM reads", 1_500, "token/post", note="post, evidence and the policy node"),
    llm_parameters=assume("Parameters of the policy LLM", 70e9, "parameter"),
    flop=reference("forward_flop"),
    h100_fp8=reference("h100_fp8"),
    mfu=assume("Model FLOPs utilisation (MFU) of the policy LLM, of peak", 40, "percent"),
    llm_speed=derive(
        "Posts an H100 reads with the policy LLM", "h100_fp8 * mfu / (flop * llm_parameters * llm_tokens)", "post/s/GPU"
    ),
    llm_gpus=derive("Policy-LLM GPUs", "ceil(peak_rate * grey / (llm_speed * load))", "GPU", note="grey band only"),
    llm_all=derive("Policy-LLM GPUs if it read every post", "ceil(peak_rate / (llm_speed * load))", "GPU"),
    small_parameters=assume("Parameters of a small LLM", 8e9, "parameter"),
    small_all=derive(
        "GPUs if a small LLM read every post",
        "ceil(peak_rate * flop * small_parameters * llm_tokens / (h100_fp8 * mfu * load))",
        "GPU",
    ),
    bank=assume("Known-bad hashes", 50e6, "hash"),
    entry_bytes=assume("Bytes of a bucket entry", 36, "byte/hash", note="the 256 bits of PDQ and an identifier"),
    bands=assume("Bands of the hash index", 16),
    band_bits=derive("Bits per band", "256 / bands", note="distance 31 leaves a band with at most 1 bit flipped"),
    index_bytes=derive("Hash index in memory", "bank * bands * entry_bytes", "byte", note="per matcher host"),
    compared=derive(
        "Comparisons per look-up",
        "bands * (band_bits + 1) * bank / 2 ** band_bits",
        "hash",
        note="if the bands are evenly spread",
    ),
    match_speed=assume("Hashes a core compares", 100e6, "image*hash/s/core", note="load-test before buying"),
    look_up=derive("CPU time per look-up", "compared / match_speed", "core*ms/image"),
    matchers=derive("Matcher cores", "ceil(image_rate * compared / (match_speed * load))", "core"),
    flagged=assume("Posts flagged for people, of posts", 0.2, "percent"),
    reported=assume("Posts reported by users, grouped", 0.6e6, "post/day"),
    cases=derive("Posts sent to people", "posts * flagged + reported", "post/day"),
    decision_time=assume("Time of a decision", 60, "s/post", note="video takes longer"),
    shift=assume("Time a reviewer decides", 6, "h/person/day", note="the rest is breaks, training, well-being"),
    pace=derive("Decisions per reviewer", "shift / decision_time", "post/person/day"),
    second=assume("Cases reviewed twice, of cases", 10, "percent"),
    reviewers=derive("Reviewers on shift per day", "ceil(cases * (1 + second) / pace)", "person"),
    grey_reviewers=derive(
        "Reviewers if people read the grey band too", "ceil((cases + posts * grey) * (1 + second) / pace)", "person"
    ),
    appealed=assume("Actions appealed, of actions", 3, "percent"),
    appeals=derive("Appeals", "actions * appealed", "post/day"),
    appeal_staff=derive("Appeal reviewers on shift", "ceil(appeals / pace)", "person", note="never the first reviewer"),
    precision=assume("Precision of actions", 99, "percent"),
    wrong=derive("Wrong actions", "actions * (1 - precision)", "post/day", note="why appeals matter"),
    false_cost=assume("Violating views that weigh as much as a wrong removal", 2_000, "impression"),
    miss_cost=assume("Violating views a missed post gets", 500, "impression"),
    cost_threshold=derive(
        "Probability of violation at which removal pays",
        "false_cost / (false_cost + miss_cost)",
        "percent",
        note="act if p > C_fp / (C_fp + C_fn); severe harm has a higher miss cost",
    ),
    prevalence=assume("Violating views, of views", 0.05, "percent", note="5 in 10,000"),
    margin=assume("Relative margin of the prevalence estimate", 10, "percent"),
    view_sample=derive(
        "Views to label for each estimate, drawn at random",
        "1.96 ** 2 * (1 - prevalence) / (prevalence * margin ** 2)",
        note="95 % confidence",
    ),
    gain=assume("Variance saved by sampling in proportion to score", 20),
    weighted_sample=derive("Views to label with weighted sampling", "view_sample / gain"),
    edge=assume("Edge, authentication, rate and spam checks, p99", 15, "ms"),
    fetch=assume("Thumbnail and text fetch, p99", 40, "ms"),
    hash_time=assume("Perceptual and exact hash, p99", 35, "ms"),
    bank_time=assume("Hash bank look-up with network, p99", 10, "ms", note="2 ms of CPU on one core"),
    normalise=assume("Normalise, identify language, apply terms, p99", 15, "ms"),
    image_batch=assume("Pictures of a GPU batch", 64, "image/GPU"),
    batch_wait=assume("Wait for a GPU batch, p99", 50, "ms"),
    model_time=derive("Text and image models on a batch", "image_batch / vision_speed + batch_wait", "ms"),
    account=assume("Account and context features, p99", 20, "ms"),
    fusion=assume("Risk fusion and policy rules, p99", 15, "ms"),
    write=assume("Action write and outbox, p99", 25, "ms"),
    slack=assume("Queueing, p99", 60, "ms"),
    promise=assume("Publish gate, p99", 300, "ms"),
    wage=assume("Cost of a reviewer on shift", 160, "USD/person/day", note="8 h with support and management"),
    l4_price=reference("l4_price"),
    h100_price=reference("h100_price"),
    core_price=reference("core_price"),
    small_bill=derive("The small LLM on every post", "small_all * h100_price", "USD/day"),
    heads_bill=derive("Encoders and heads", "(vision_gpus + text_gpus) * l4_price", "USD/day"),
    compute=derive("Compute bill", "heads_bill + llm_gpus * h100_price + matchers * core_price", "USD/day"),
    people=derive("Review bill", "(reviewers + appeal_staff) * wage", "USD/day"),
    people_share=derive("People, of the bill", "people / (people + compute)", "percent"),
    cost_per_thousand=derive("Cost of 1,000 posts", "1000 * (compute + people) / posts", "USD/post"),
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
    framing=Framing(
        goal="People see little harm, few people are silenced wrongly, and legal duties are met.",
        decision="For each post and market: allow, label, limit reach, age-gate, remove, report; or ask a person.",
        task="Near-duplicate matching of known media, multi-label classification of unknown harm, and ranking of cases for review by expected harm.",
        label="Review decisions under a written policy node, corrected by appeals; expert labels on randomly drawn views and removals for tests.",
        metric="Violating views per 10,000 (prevalence) at a bounded number of wrong actions; offline recall at fixed precision by policy.",
        not_optimised="Number of removals or the proactive rate: both rise when benign posts are removed. Nor accuracy, which 99.9 % 'allow' would win.",
        baseline="User reports, a term list and exact hashes. It is enough for a small community with moderators who know it; it reacts only after harm was seen.",
    ),
    clarifications=[
        Clarification(
            "Which surfaces and media?", "Public posts in text, image and video; private messages are out of scope."
        ),
        Clarification(
            "Before or after publication?",
            "A gate of {promise} before wide distribution, deeper scans within 60 s at limited reach.",
        ),
        Clarification("Which policies?", "About fifteen, from spam to child safety, with thresholds by market."),
        Clarification(
            "What is worse, a miss or a wrong removal?",
            "Depends on severity: {cost_threshold} is the break-even here, far lower for child safety.",
        ),
        Clarification(
            "How many reviewers are there?",
            "About {reviewers} on shift; capacity sets thresholds as much as models do.",
        ),
        Clarification(
            "Which laws bind us?",
            "EU Digital Services Act: reasons, complaints, reports; US reporting of child abuse material, and removal of intimate images within 48 h of a valid request.",
        ),
        Clarification(
            "May automation decide alone?",
            "Yes for high-confidence cases, with notice; complaints are always decided under qualified staff.",
        ),
    ],
    requirements=Requirements(
        functional=[
            "Check each post before wide distribution, and again on reports, on virality and when policy changes.",
            "Match known illegal media by hash, find unknown harm with classifiers, send doubtful cases to people.",
            "Tell the author the action, the rule, the use of automation and the remedy (EU DSA, Article 17).",
            "Take complaints for at least six months, decided under qualified staff (EU DSA, Article 20).",
            "Report apparent child abuse material to the CyberTipline, keep the report a year (18 U.S.C. 2258A).",
            "Remove intimate images shared without consent, generated ones too, and their known identical copies within 48 h of a valid request (US Take It Down Act, since May 2026).",
        ],
        qualities={
            "Latency": "p99 of {promise} at the publish gate; full check of an image 10 s, of a video 60 s (assumptions).",
            "Human review": "Median 1 h for severe harm, 24 h for the rest, 48 h for appeals (assumptions).",
            "Freshness": "A new hash is enforced within 5 min, a new policy rule within 1 h (assumptions).",
            "Availability": "99.95 % of posts decided (assumption). If models fail, reach is limited; hash matching fails closed.",
        },
    ),
    estimate=ESTIMATE,
    headline=["peak_rate", "images", "cases", "reviewers", "cost_per_thousand"],
    key_inputs=["posts", "grey", "flagged", "decision_time", "llm_tokens"],
    cost="cost_per_thousand",
    budget=Budget(
        "p99 of the publish gate",
        promise="promise",
        stages={
            "Edge, authentication, rate and spam checks": "edge",
            "Thumbnail and text fetch": "fetch",
            "Checks": Parallel(
                {
                    "Hash and bank look-up": "hash_time + bank_time",
                    "Normalise, then text and image models": "normalise + model_time",
                    "Account and context features": "account",
                }
            ),
            "Risk fusion and policy rules": "fusion",
            "Action write and outbox": "write",
            "Queueing": "slack",
        },
    ),
    labels=[
        Label(
            "Review decision",
            window="when the case is decided, hours to a day",
            positive="violates a named policy node, with a reason code",
            negative="allowed after review",
            ignored="escalated without decision; illegal media (never stored for training)",
            delay="1 to 24 h",
            bias="only flagged or reported posts are reviewed, and reviewers tire",
            where="training/Reviewers -> Review decisions",
        ),
        Label(
            "Appeal outcome",
            window="up to six months after the action",
            positive="upheld: the first decision stands",
            negative="restored: the first decision was wrong",
            ignored="restored because the policy changed",
            delay="days to months",
            bias="confident and affected authors appeal more",
            where="training/Appeal outcomes -> Label aggregation",
        ),
        Label(
            "Expert label of a view or removal",
            window="views and removed posts, drawn each week in proportion to score",
            positive="violating, by two experts",
            negative="benign",
            ignored="deleted by its author before labelling",
            delay="a week",
            bias="none after weighting, since removals, which nobody views, are drawn too; few positives",
            where="training/Random view sample -> Calibrator",
        ),
        Label(
            "User report",
            window="any time while the post is visible",
            positive="never by itself: reports raise a case's priority",
            negative="no report is no evidence of harmlessness",
            ignored="campaigns and reporters with low precision",
            delay="minutes to days",
            bias="brigading; victims of private harm do not report",
            where="review/User reports -> Case grouping",
        ),
    ],
    training_example={
        "post": "picture of a laughing crowd, text 'look how many came', language en",
        "evidence": "OCR none, image-text hate score 0.72, account age 3 days, 4 near-duplicates",
        "policy node": "hate.2.b dehumanising comparison (policy v88)",
        "reviewers": "violates, violates, allowed",
        "label": "0.67, reason 'caption changes the picture's meaning'",
        "sampling": "flagged (score 0.72), weight 1.0; not in the calibration split",
        "appeal": "none in 30 days",
    },
    features=[
        FeatureGroup(
            "Text",
            features=[
                "normalised text and language",
                "term and pattern matches",
                "pooled encoder vector",
                "quoted or replied text",
                "text read from pictures",
                "speech transcript",
            ],
            freshness="request time; OCR and speech 60 s",
            store="serving/Normaliser",
            leak="Moderators' warnings quoted in replies reveal the decision; replies after the action are dropped.",
        ),
        FeatureGroup(
            "Media",
            features=[
                "PDQ distance to the nearest bank entry",
                "image-text joint vector",
                "key-frame scores, maximum and mean",
                "generated-media score",
                "near-duplicate count",
                "blur or overlay detected",
            ],
            freshness="request time; frames 60 s",
            store="serving/Media store",
            leak="Copies of one post fall into train and test; splits are by near-duplicate cluster.",
        ),
        FeatureGroup(
            "Account",
            features=[
                "age of the account",
                "strikes in 90 days",
                "burst rate in 1 h",
                "share of earlier posts removed",
                "linked accounts removed",
                "appeals won",
            ],
            freshness="seconds",
            store="serving/Account risk",
            leak="Strikes given for this post are the label; features are as of submission.",
        ),
        FeatureGroup(
            "Spread",
            features=[
                "views and view velocity",
                "shares by strangers",
                "reports and reporters' precision",
                "audience age mix",
                "surface and market",
            ],
            freshness="1 min",
            store="review/Case grouping",
            leak="Removed posts stop spreading; views are predicted from the first minutes before any action.",
        ),
    ],
    loss=Loss(
        objective="One joint image-text encoder is tuned monthly; policy heads are refitted daily on frozen embeddings with weighted, focal cross-entropy against soft labels, plus distillation from the policy LLM where people confirmed it. The priority model predicts remaining views; the queue orders by expected harm.",
        formulas=[
            MathFormula(
                "Focal loss per policy",
                r"\mathcal{L}_k = -\alpha_k\, (1 - p_k)^{\gamma}\, q_k \log p_k - (1 - \alpha_k)\, p_k^{\gamma}\, (1 - q_k) \log (1 - p_k)",
                "q is the soft label of policy k; γ = 2 takes weight from the millions of easy benign posts, α raises the rare class.",
            ),
            MathFormula(
                "Undo the sampling",
                r"p = \frac{q}{q + (1 - q) / w}",
                "w is the rate at which benign posts were kept; without it a model trained on balanced data cries wolf on real traffic.",
            ),
            MathFormula(
                "Threshold from costs",
                r"t_k = \frac{C_{\mathrm{fp}}}{C_{\mathrm{fp}} + C_{\mathrm{fn},k}}",
                "act where the expected cost of acting is lower; costs are set by policy owners per policy and market.",
            ),
            MathFormula(
                "Priority of a case",
                r"h = \sum_k s_k\, p_k\, \hat{V}_{\mathrm{remaining}}",
                "severity times probability times the views that can still be prevented: an old post with no reach can wait.",
            ),
        ],
        calibration="Isotonic per head, language and surface, fitted on weighted random views and removals (without removals the curve would end at the threshold) and never on flagged posts, whose base rate is a hundred times higher. Reliability is checked weekly with intervals; a language whose interval is too wide goes to review-only.",
    ),
    evaluation=Evaluation(
        offline="Recall at 95 and 99 % precision by policy, language and dialect on random views and removals; calibration error; hash recall under crops and overlays; false matches on benign media; agreement with experts.",
        disagreement="Flagged data contain what old models found; adversaries move after launch; a policy clarified last week makes old labels wrong; and a drop in violating posts can be a rise in evasion.",
        unit="Author, since strikes and appeals follow the account; viewers for changes of reach. Networks of accounts share an arm.",
        duration="Shadow for a week with people reading the differences, then two weeks live; appeals need thirty days.",
        power="At {prevalence} of views, {view_sample} random views give a relative margin of {margin}; sampling in proportion to score needs {weighted_sample}.",
        guardrails="Wrong actions by language and dialect, appeals restored, lost reach of restored posts, gate p99, reviewers' exposure.",
    ),
    biases=[
        Bias(
            "Selection bias",
            effect="People label what models flag, so unknown harm stays unknown and precision looks fine.",
            cure="Random views and removals, weighted by score, are labelled by experts every week; they alone test and calibrate.",
            where="training/Random view sample",
        ),
        Bias(
            "Dialect bias",
            effect="African American English and reclaimed words score as toxic.",
            cure="The gate slices false positives by dialect; a language or dialect beyond twice the average goes to review-only.",
            where="training/Offline gate",
        ),
        Bias(
            "Position in the queue",
            effect="Reviewers see long runs of violations and drift towards removing.",
            cure="Golden cases and blind second labels on {second} measure drift; benign cases are mixed in.",
            where="review/Quality audit",
        ),
        Bias(
            "Popularity bias",
            effect="Viral posts get reports and review; harm in small groups does not.",
            cure="Priority adds severity, and a quota of low-reach cases is reviewed at random.",
            where="review/Priority model",
        ),
        Bias(
            "Delayed feedback",
            effect="Appeals arrive weeks later, so fresh errors look like good decisions.",
            cure="Experts judge a random sample of actions within a day; appeals correct labels when they come.",
            where="operations/Overturn monitor",
        ),
        Bias(
            "Cold start of a policy",
            effect="A new rule has no labels.",
            cure="The policy LLM reads its text and proposes; people confirm 1,000 cases, and the head is trained the same day.",
            where="serving/Policy LLM",
        ),
        Bias(
            "Cold start of an account",
            effect="New accounts have no history; most spam comes from them, and so do most newcomers.",
            cure="Reach grows with age rather than posts being removed; the account features carry an 'unknown' value.",
            where="serving/Account risk",
        ),
    ],
    decisions=[
        Decision(
            "Hashes first, then classifiers",
            why="A hash says with near certainty that this picture is known, for {look_up:n} core-milliseconds and without showing it to anybody again; a classifier finds what nobody has seen. They miss different things.",
            rejected=[
                "classifiers alone: handle edits and novelty, but re-decide known illegal media with an error rate",
                "exact hashes alone: one changed pixel defeats them",
            ],
            revisit_when="Under about 1 % of confirmed harm is a copy: generated media make every item new.",
        ),
        Decision(
            "A distance threshold per bank",
            why="Banks differ in how their media look: memes share templates and collide, photographs do not. Audited samples by distance set each threshold, so a sensitive bank can be strict.",
            rejected=[
                "one threshold of 31, the PDQ reference: simple, and wrong at both ends",
                "learned copy-detection vectors: robust to crops, but harder to share and to explain",
            ],
            revisit_when="The team cannot audit every bank: then one threshold, with people deciding the matches close to it.",
        ),
        Decision(
            "Frozen encoders, daily heads",
            why="Adversaries move within hours; a head on stored embeddings trains in minutes, fits an audit, and can be rolled back alone. The encoder changes monthly with all thresholds.",
            rejected=[
                "end-to-end retraining: a few points better, but a day late and every threshold moves",
                "rules for every new evasion: minutes fast, and a thousand rules nobody owns",
            ],
            revisit_when="Heads stop improving: the encoder cannot see a new medium's harm.",
        ),
        Decision(
            "An LLM on the grey band only",
            why="It reads the policy text and cites the clause, which heads cannot. On {grey} of posts it needs {llm_gpus} H100s; as a teacher its verdicts improve the heads for all others.",
            rejected=[
                "the same LLM on every post: {llm_all} H100s, and seconds at the gate",
                "a small LLM on every post: {small_bill} where encoders and heads cost {heads_bill}, for verdicts that heads taught by the large one mostly give too",
                "people on the whole grey band: {grey_reviewers} reviewers on shift instead of {reviewers}",
            ],
            revisit_when="Volume is low or stakes are high, as in advertisements: then it reads everything. Or a small one beats the heads in audits.",
        ),
        Decision(
            "A queue ordered by expected harm",
            why="A minute on a post about to be seen by a million people prevents more than one on a dead post. LinkedIn reported 60 % less average time to detection than first in, first out.",
            rejected=[
                "first in, first out: fair and simple, and harm spreads while it waits",
                "order by model score: reviews what automation could have decided",
            ],
            revisit_when="Fairness of waiting is the point, as in appeals: those are first in, first out within severity.",
        ),
        Decision(
            "Limited reach while unsure",
            why="Harm is roughly views times severity; holding reach down costs a good author an hour and stops most of a bad post's effect, and it can be undone.",
            rejected=[
                "removal at once: safest for viewers, but {wrong:n} wrong actions a day would be several times as many",
                "allow until decided: fair to authors, and most views happen before a person looks",
            ],
            revisit_when="Harm is severe and irreversible (child safety, imminent violence): remove first.",
        ),
    ],
    failures=[
        FailureMode(
            "A bad hash matches innocent media, and thousands of posts vanish.",
            "Match volume of one hash jumps; the false-match probe or an auditor sees it.",
            "The hash is quarantined by itself, and every affected post is restored from the ledger.",
        ),
        FailureMode(
            "A new evasion spreads: coded words or overlays.",
            "Reports rise while scores stay low, and a new embedding cluster grows.",
            "A temporary rule sends it to review; 1,000 cases are labelled and the heads retrained the same day.",
        ),
        FailureMode(
            "One language is over-enforced.",
            "Its overturn rate exceeds twice the average.",
            "The rule becomes review-only there, and the head is recalibrated on labels of native speakers.",
        ),
        FailureMode(
            "A crisis fills the review queue.",
            "Severe cases are older than their target.",
            "Cases are re-ranked, skilled reviewers borrowed, and reach is limited at lower risk for the time being.",
        ),
        FailureMode(
            "Models are down or slow.",
            "Gate p99 and the share of timeouts rise.",
            "The gate falls back to hashes and rules by itself; posts publish at limited reach and are scanned later.",
        ),
        FailureMode(
            "The hash index cannot be reached, or its bank is old.",
            "Matchers return errors, or the version they report is older than 5 min.",
            "Hash matching fails closed: posts with media stay pending, and another zone's matchers take over; text goes on.",
        ),
        FailureMode(
            "A post carries instructions to the policy LLM, in text or picture.",
            "Audits of what the LLM allowed, and verdicts that contradict high scores of the heads.",
            "The answer is confined to a clause, 'none' or 'unsure', and only the limit on reach depends on it; where a head scores high, a 'none' lifts nothing before a person has looked.",
        ),
        FailureMode(
            "Reviewers tire or disagree.",
            "Agreement in blind audits falls under 0.8, and golden cases are missed.",
            "Specialists take the node, shifts rotate, and the policy text is clarified before labels are used again.",
        ),
        FailureMode(
            "A policy update is deployed with the wrong market's thresholds.",
            "Action volume of one policy and market leaves its band within minutes.",
            "A circuit breaker turns the rule to review-only; the on-call engineer restores the previous bundle.",
        ),
    ],
    metrics=Metrics(
        offline=[
            "Recall at fixed precision by policy, calibration by language and dialect",
            "Hash recall under edits, false matches on benign media",
        ],
        online=["Violating views per 10,000, share found before a report", "Time to action, appeals restored"],
        guardrail=[
            "Wrong actions by language and dialect, reach lost by restored posts",
            "Gate p99, reviewers' exposure, timeliness of legal reports",
        ],
    ),
    follow_ups=[
        FollowUp(
            "mid",
            "Accuracy is 99.9 %. Is that good?",
            answer="It says nothing. If one view in two thousand violates, a model that allows everything is 99.95 % accurate. I report recall at a fixed precision per policy on random views and removals, and prevalence: violating views per 10,000 seen. Both by language. And the number of wrong actions, because {wrong:n} people a day feel it.",
            weak="Accepts accuracy, or answers with AUC on balanced data.",
            where="operations/Prevalence meter",
        ),
        FollowUp(
            "mid",
            "How can a hash find an edited picture?",
            answer="A perceptual hash such as PDQ turns the picture's coarse structure into 256 bits, so small edits flip few bits. We search within distance 31. With {bands} bands of {band_bits:n} bits, at least one band of such a pair differs in at most one bit, so probing each band's neighbours finds it with {compared} comparisons instead of {bank}.",
            weak="Uses MD5, or compares against the whole bank.",
            where="serving/Hash index",
        ),
        FollowUp(
            "senior",
            "How do you set the removal threshold?",
            answer="From costs and capacity, not from F1. With a wrong removal worth {false_cost} and a miss {miss_cost} views, removal pays above {cost_threshold}. Scores must be calibrated on random traffic for that. Between review and removal thresholds people decide, so reviewer capacity fixes the lower one. Policy owners own the costs; per market and severity.",
            weak="'Maximise F1', or one threshold for all policies and languages.",
            where="operations/Threshold planner",
        ),
        FollowUp(
            "senior",
            "Precision on reviewed posts is 97 %. Why might prevalence still rise?",
            answer="Precision is measured on what was flagged. Harm that no model flags never gets a label, so recall may be falling: evasion, a new language, private groups. Prevalence from random views sees it. Compare reports against scores, cluster missed posts, and check whether views moved to surfaces without the gate.",
            weak="Concludes that the system works because precision is high.",
            where="training/Random view sample",
        ),
        FollowUp(
            "senior",
            "Estimate prevalence at five in ten thousand. How many labels?",
            answer="Random views need {view_sample} for a relative margin of {margin}: too many. Sample views with probability proportional to the model score plus a floor, weight each label by the inverse, and {weighted_sample} suffice, since most harm has some score. The floor keeps unknown harm measurable. Two experts per view, because at this rate one percent label error swamps the signal.",
            weak="Labels a few thousand random views, and gets two positives.",
            where="operations/Prevalence meter",
        ),
        FollowUp(
            "senior",
            "An adversary splits meaning between picture and caption. What sees it?",
            answer="A joint image-text encoder: each alone is benign, so late fusion of two scores misses it. Cross-attention lets the caption change what the picture means, as the Hateful Memes benchmark was built to test. OCR brings text in the picture into the same model. For grey cases the policy LLM reads all of it with the account's context.",
            weak="Averages a text score and an image score.",
            where="model/Joint encoder",
        ),
        FollowUp(
            "staff",
            "Cut the cost by a third. Where is it?",
            answer="In people: {people_share} of the bill is review. So: group near-duplicates so that one decision covers all copies; auto-decide the tenth of cases where the model is more precise than people, as LinkedIn did; let the LLM prepare evidence so a decision takes 40 s. Do not cut the audit or appeals; they are what makes automation trustworthy.",
            weak="Optimises GPUs, which are under two percent of the bill.",
            where="review/Case grouping",
        ),
        FollowUp(
            "staff",
            "A terror attack is streamed live. Walk me through the first hour.",
            answer="Minute zero: hash of the known clip into the crisis bank, enforced in 5 min; copies found by retro scan. The crisis room sets a time-limited rule that limits reach of similar media. Specialists get the queue by views. Share hashes with partners. Edited copies: more hashes and a head trained on variants. Afterwards the rule expires, and wrongly caught news is restored.",
            weak="'Retrain the model', or a permanent rule written in panic.",
            where="operations/Crisis room",
        ),
        FollowUp(
            "staff",
            "Could the LLM replace reviewers?",
            answer="Not as a whole. It can decide where its audited precision exceeds people's, per policy and language, and prepare the rest. But complaints must be decided under qualified staff in the EU, policies need people who notice that the text is wrong, and a model that trains on its own verdicts drifts. Reviewers become auditors of the machine: fewer, better paid.",
            weak="'Yes, it is more accurate on benchmarks', or 'never', without law or measurement.",
            where="decision: An LLM on the grey band",
        ),
        FollowUp(
            "staff",
            "How do you run an A/B test when harm is a network effect?",
            answer="Randomising viewers contaminates: removed posts vanish for both arms. Randomise authors, and put linked accounts in one arm; measure views of their posts by anyone. For reach policies randomise viewers and count what they saw. Run shadow first, with people reading the differences, because live tests on severe harm are not ethical.",
            weak="Randomises posts and compares removal counts.",
            where="training/Shadow and canary",
        ),
    ],
    case_studies=[
        CaseStudy(
            "LinkedIn",
            system="dynamic prioritisation of the review queue with XGBoost scores",
            difference="Their model orders and auto-decides about a tenth of queued items at report time, with 60 % less average time to detection; we add predicted views and severity because reach differs more on a public feed.",
            source="https://engineering.linkedin.com/blog/2023/augmenting-our-content-moderation-efforts-through-machine-learni",
        ),
        CaseStudy(
            "Meta",
            system="one ranking score from many risk models, calibrated by a contextual bandit",
            difference="Handcrafted and learned models come and go, so a bandit re-calibrates their weights online; we calibrate on random views weekly, which is slower but auditable.",
            source="https://arxiv.org/abs/2211.06516",
        ),
        CaseStudy(
            "Roblox",
            system="real-time filters for 6.1 billion chat messages a day, over 750,000 requests a second at peak",
            difference="Chat has no reach to limit, so text is blocked before delivery in milliseconds by distilled models, and feedback to the sender replaces removal.",
            source="https://corp.roblox.com/newsroom/2025/07/roblox-ai-moderation-massive-scale",
        ),
    ],
    five_minutes=[
        Phase(
            0.5,
            "Frame",
            "I will design moderation of public posts in text, image and video. Both errors hurt: a miss harms people, a wrong removal silences someone. So the metric is violating views per ten thousand at a bounded number of wrong actions, and I do not optimise the number of removals. Machine decisions, people and appeals are one system. The baseline is user reports, a term list and exact hashes; it reacts only after people were hurt, but it stays as the degraded mode.",
        ),
        Phase(
            0.75,
            "Size",
            "{posts:n} posts a day are {peak_rate:n} a second at peak, and with video frames {images:n} images a day. Models are cheap: {vision_gpus:n} vision and {text_gpus:n} text GPUs. An LLM on every post would need {llm_all:n} H100s, on the grey {grey} only {llm_gpus:n}. But {cases:n} posts a day go to people, {reviewers:n} reviewers on shift, which is {people_share} of the bill of {cost_per_thousand} per thousand posts. So reviewers' minutes are the scarce resource, and the queue is the most important model.",
        ),
        Phase(
            1.25,
            "Serve",
            "A post is stored as pending and three things run side by side. Known harm: a perceptual hash of 256 bits is looked up among {bank:n} with a banded index, exact within distance 31. Unknown harm: text is normalised and a joint image-text model scores each policy, because a harmless picture can carry harmful words. Context: account age, strikes, burst rate. Fusion gives one calibrated probability per policy, and rules compare it with thresholds by market: {passed} pass, {acted} are acted on, {grey} are unsure. Unsure posts publish at limited reach while an LLM reads them against the policy text and people look. The gate answers within {promise}; frames, speech and text in pictures follow within a minute through the same models. The author gets reasons and a way to contest.",
        ),
        Phase(
            0.75,
            "Review",
            "Near-duplicates become one case. Priority is severity times probability times the views that can still be prevented. A tenth is decided twice, blind, and golden cases measure drift. Appeals go to another person. Illegal media takes a separate, restricted path with a statutory report. Reviewers see blurred, grey and mute media by default, rotate, and can refuse, because their welfare and their accuracy are the same thing.",
        ),
        Phase(
            0.75,
            "Learn",
            "Labels from review are biased towards what models flagged, so tests and calibration use random views, weighted by score, and random removals, which nobody views. Encoders are frozen and heads refit daily, since adversaries move within hours. The joint encoder is tuned monthly, with all thresholds. The policy LLM is the teacher: it reads the policy text and proposes labels that people confirm. Thresholds come from costs: act where p exceeds the cost of a false action over the sum of both.",
        ),
        Phase(
            0.5,
            "Evaluate",
            "Recall at fixed precision by policy, language and dialect, on random views and removals. New bundles run in shadow, and people read the differences before anything acts. Prevalence needs about {weighted_sample:n} labelled views an estimate, with sampling in proportion to score. Online I randomise authors, with linked accounts in one arm, because a removed post disappears for everybody.",
        ),
        Phase(
            0.5,
            "Risks",
            "A bad hash, over-enforcement in one language, and a crisis that fills the queue. Each has an automatic brake: quarantine of a hash whose matches jump, review-only rules by language, and limited reach at lower risk. People then decide what becomes permanent, and rules written in a crisis expire.",
        ),
    ],
    interview_plan=[
        Phase(
            5,
            "Clarify",
            "Surfaces, media, before or after publication, policies, reviewers, laws. Write both error costs.",
        ),
        Phase(
            5, "Frame", "Prevalence and wrong actions; why not accuracy or removals; reports and hashes as baseline."
        ),
        Phase(5, "Estimate", "Posts and frames a second, GPUs, hash index, cases a day, reviewers, bill by part."),
        Phase(
            10,
            "Gate",
            "Hash, models and account in parallel; fusion, rules, actions; grey band with limited reach. Times on arrows.",
        ),
        Phase(
            7,
            "Review and appeals",
            "Grouping, expected-harm priority, double review, legal path, reasons and complaints.",
        ),
        Phase(6, "Models and labels", "Joint encoder, daily heads, focal loss, undo sampling, threshold from costs."),
        Phase(5, "Measure and operate", "Random-view prevalence, slices, shadow, circuit breakers, crisis room."),
        Phase(2, "Close", "What changes for chat, for adverts, and when generated media dominate."),
    ],
    building_blocks=["embeddings-retrieval", "llm-genai", *RESPONSIBILITY_BLOCKS, *COMMON_BLOCKS],
    sources=bibliography("""
        Facebook, "Open-Sourcing Photo- and Video-Matching Technology to Make the Internet Safer", About Facebook 2019
            https://about.fb.com/news/2019/08/open-source-photo-video-matching/ hashes for photos and videos
        Meta, "ThreatExchange: PDQ, TMK+PDQF and vPDQ", GitHub 2019
            https://github.com/facebook/ThreatExchange 256-bit PDQ, its reference distance and index
        M. Norouzi, A. Punjani, D. Fleet, "Fast Exact Search in Hamming Space with Multi-Index Hashing", IEEE TPAMI 2014
            https://arxiv.org/abs/1307.2982 the banded hash index
        V. Avadhanula et al. (Meta), "Bandits for Online Calibration: An Application to Content Moderation on Social Media Platforms", arXiv 2022
            https://arxiv.org/abs/2211.06516 many risk models in one calibrated ranking for review
        A. Chandak, R. Verma (LinkedIn), "Augmenting our content moderation efforts through machine learning and dynamic content prioritization", LinkedIn Engineering 2023
            https://engineering.linkedin.com/blog/2023/augmenting-our-content-moderation-efforts-through-machine-learni
            ranked review: 60 % less average time to detect than first in, first out; a tenth decided automatically
        Roblox, "How Roblox Uses AI to Moderate Content on a Massive Scale", Roblox newsroom 2025
            https://corp.roblox.com/newsroom/2025/07/roblox-ai-moderation-massive-scale
            real-time filters for 6.1 billion chat messages a day
        T. Markov et al. (OpenAI), "A Holistic Approach to Undesired Content Detection in the Real World", AAAI 2023
            https://arxiv.org/abs/2208.03274 taxonomy, active learning for rare events, label quality
        OWASP GenAI Security Project, "OWASP Top 10 for LLM Applications 2026", OWASP 2026
            https://genai.owasp.org/resource/owasp-genai-llm-top-10-2026/
            LLM01: what a model reads can instruct it; a strict output schema, and a person before what cannot be undone
        T.-Y. Lin et al. (Facebook), "Focal Loss for Dense Object Detection", ICCV 2017
            https://arxiv.org/abs/1708.02002 the loss for rare positives
        D. Kiela et al. (Facebook), "The Hateful Memes Challenge", NeurIPS 2020
            https://arxiv.org/abs/2005.04790 why image and text are read together
        M. Sap et al., "The Risk of Racial Bias in Hate Speech Detection", ACL 2019
            https://aclanthology.org/P19-1163/ why errors are sliced by dialect
        Kaplan et al. (OpenAI), "Scaling Laws for Neural Language Models", arXiv 2020
            https://arxiv.org/abs/2001.08361 2 FLOP per parameter and token
        European Union, "Regulation (EU) 2022/2065 (Digital Services Act)", Official Journal of the EU 2022
            https://eur-lex.europa.eu/eli/reg/2022/2065/oj Articles 16, 17, 20 to 22, 24: notices, reasons, complaints
        United States, "18 U.S.C. 2258A: Reporting requirements of providers", as amended by Public Law 118-59, 2024
            https://www.law.cornell.edu/uscode/text/18/2258A the duty to report and to preserve for one year
        United States, "Public Law 119-12: TAKE IT DOWN Act", 2025
            https://www.congress.gov/119/bills/s146/BILLS-119s146enr.htm
            removal of intimate images and known identical copies within 48 hours of a valid request
    """),
)


@view("Overview")
def overview() -> None:
    """A publish gate, a human tier and an appeal path over one decision ledger that feeds banks, models and policy."""
    author = Users("Authors", tooltip="Post content, receive reasons, appeal")
    reporters = User("Reporters and flaggers", tooltip="Flag what automation missed")
    with Cluster("Automated"):
        gate = Go("Publish gate", tooltip="Checks within {promise}, limits reach while checks continue")
        hash_match = VectorIndex("Hash matching", tooltip="Known media at a distance up to 31 of 256 bits")
        models = ModelServer("Multi-modal classifiers", tooltip="Score text, image and video together, per policy")
        policy_engine = RuleEngine("Policy engine", tooltip="Turns calibrated risks into actions, by market")
    with Cluster("Human"):
        queue = ReviewQueue("Review queue", tooltip="Orders cases by severity, spread and probability")
        reviewers = Users("Reviewers", tooltip="Judge context, language and satire: the ground truth")
        appeals = ReviewQueue("Appeals", tooltip="A second look by another person, with reasons")
        legal = User("Child safety\nand legal", tooltip="Statutory reports, preserved evidence, law enforcement")
    with Cluster("Learning"):
        decision_ledger = Cassandra("Decision ledger\nCassandra", tooltip="Immutable: inputs, rule, model and outcome")
        training = Kubeflow("Training pipeline", tooltip="Decisions and audits to models and thresholds")
        registry = Mlflow("Model registry", tooltip="Versions model, thresholds and policy text together")

    author >> request("post") >> gate >> request("media") >> hash_match >> response("match, distance") >> policy_engine
    gate >> request("text and pixels") >> models >> response("calibrated risks") >> policy_engine
    policy_engine >> response("action, reasons") >> author
    policy_engine >> stream("uncertain, severe") >> queue >> stream("ranked cases") >> reviewers
    reporters >> stream("reports") >> queue
    reviewers >> control("human decision") >> policy_engine
    reviewers >> control("illegal content") >> legal >> control("new hashes") >> hash_match
    author >> stream("contest") >> appeals >> stream("other reviewer") >> reviewers
    reporters >> stream("rejected report") >> appeals
    policy_engine >> stream("every decision") >> decision_ledger
    reviewers >> feedback("labels") >> decision_ledger
    appeals >> feedback("overturns") >> decision_ledger
    decision_ledger >> batch("sampled decisions") >> training >> control("gated models") >> registry
    registry >> control("rollout") >> models


@view("Serving", details="overview/Automated")
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
        policy_llm = ModelServer("Policy LLM", tooltip="Reads the grey band of {grey} against the policy, off the path")
        policy_engine = RuleEngine("Policy engine", tooltip="Versioned thresholds by policy, market and surface")
        actions = Java("Action service", tooltip="Idempotent allow, label, limit, age-gate, remove, strike")
        queue = ReviewQueue("Review queue", tooltip="Cases for people, with all evidence attached")
    decision_ledger = Cassandra("Decision ledger\nCassandra", tooltip="Evidence and versions, for appeals and audits")

    with step(
        "A post, one of {peak_rate:n} a second at peak, is stored and waits while checks run, {promise} at most."
    ):
        app >> request("submit") >> gateway >> request("pending post") >> post_service >> request("originals") >> media
        post_service >> request("content id") >> orchestrator
    with step(
        "A 256-bit fingerprint is looked up among {bank} with {compared} comparisons, {look_up:n} ms of one core."
    ):
        orchestrator >> request("thumbnail, {fetch}") >> media
        orchestrator >> request("pixels") >> hasher >> response("256 bits") >> hash_index
    with step("A match within a removal bank's threshold, 31 at most, stops the post without waiting for a model."):
        hash_index >> response("bank, distance") >> policy_engine
    with step("Beside it text is cleaned, and both models answer in {model_time} on one GPU batch."):
        orchestrator >> request("text") >> normaliser >> response("clean text") >> [text_model, image_model]
        orchestrator >> request("pixels") >> image_model
    with step("Scores and account risk become one calibrated probability per policy."):
        [text_model, image_model] >> response("policy scores") >> risk_fusion
        orchestrator >> request("account id") >> account_risk >> response("account risk") >> risk_fusion
    with step(
        "Rules compare risk with the market's thresholds: {passed} pass, {acted} are acted on, {grey} are unsure."
    ):
        risk_fusion >> response("calibrated risks") >> policy_engine >> request("action") >> actions
    with step("The post becomes visible, limited or removed; the author gets reasons and a way to appeal."):
        actions >> request("visible or limited") >> post_service
        actions >> response("reasons") >> app
    with step("Unsure and severe cases go to people; each decision is kept with model and rule versions."):
        policy_engine >> stream("unsure or severe") >> queue
        policy_engine >> stream("full record") >> decision_ledger
    with step("Off the path, the LLM reads the grey band of {grey} against the policy while reach stays limited."):
        risk_fusion >> stream("grey band, {grey}") >> policy_llm >> stream("verdict, clause") >> policy_engine
    with step("Text in pictures, key frames and speech follow later, through the same hasher and models."):
        orchestrator >> stream("deep scan") >> media_scan >> stream("key frames") >> [hasher, image_model]
        media_scan >> request("video") >> media
        media_scan >> stream("image text,\nspeech") >> normaliser


@view("Hashing", details="serving/Hash index")
def hashing() -> None:
    """Who may add to the bank of known media, how false matches are kept out, how old uploads are re-checked."""
    with Cluster("Sources"):
        partners = Internet("Sharing partners\nNCMEC, GIFCT", tooltip="Exchange hash lists under agreement")
        removals = Kafka("Confirmed removals\nKafka", tooltip="Own decisions, by two reviewers")
        curators = User("Bank curators", tooltip="Assign bank, severity, action; a second person approves")
    with Cluster("Build"):
        hasher = Cpp("Media hasher\nPDQ, TMK, MD5", tooltip="TMK+PDQF for videos; flat images are refused")
        bank_store = Postgresql("Bank store", tooltip="Source of truth, with origin and audit trail")
        index_build = VectorIndex("Index build", tooltip="{bands} bands of {band_bits:n} bits, a delta each minute")
        probe = Inspection("False-match probe", tooltip="Runs each new hash against benign and popular media")
    with Cluster("Serve"):
        version_pointer = Etcd("Version pointer\netcd", tooltip="Moves all matchers to a new bank atomically")
        matchers = ModelPool("Matcher fleet", tooltip="{index_bytes} of index in memory on every host")
        policy_engine = RuleEngine("Policy engine", tooltip="Applies the bank's action to new and earlier copies")
        hash_history = S3("Upload hash history", tooltip="Hashes of past uploads, no copies of media")
        retro_scan = Spark("Retro scan\nSpark", tooltip="Joins new hashes with history to find earlier copies")
        auditors = Users("Match auditors", tooltip="Sample matches by bank and distance")

    partners >> batch("hash lists") >> curators
    removals >> stream("removed media") >> hasher >> stream("proposed hash") >> curators
    curators >> control("approved entry") >> bank_store >> stream("delta feed") >> index_build
    index_build >> batch("candidate bank") >> probe >> control("clean bank") >> version_pointer
    probe >> feedback("suspicious hash") >> curators
    version_pointer >> control("under 5 min") >> matchers >> stream("new matches") >> policy_engine
    matchers >> stream("upload hashes") >> hash_history >> batch("past hashes") >> retro_scan
    probe >> batch("clean hashes") >> retro_scan >> batch("earlier copies") >> policy_engine
    matchers >> stream("sampled matches") >> auditors >> feedback("false matches") >> curators
    curators >> batch("shared back") >> partners


@view("Review", details="overview/Review queue")
def review() -> None:
    """One ranked queue per skill, quality control on reviewers, and appeals decided by someone else."""
    with Cluster("Intake"):
        flags = Kafka("Model flags\nKafka", tooltip="Cases above the review threshold, with evidence")
        reports = Users(
            "User reports",
            tooltip="Many reports on a post are one case; a rejection can be contested; requests for intimate images have 48 h",
        )
        flaggers = User("Trusted flaggers", tooltip="A priority channel under DSA Article 22")
    with Cluster("Triage"):
        grouping = Flink("Case grouping\nFlink", tooltip="Merges near-duplicates: one decision covers all copies")
        priority = Ranker("Priority model", tooltip="Severity, expected views and violation probability, live")
        planner = Planner("Capacity planner", tooltip="Matches language and skill, caps exposure per person")
    with Cluster("Decide"):
        tool = React("Review tool", tooltip="Blurred, grey and mute by default; the policy as a decision tree")
        reviewers = Users("Reviewers", tooltip="{reviewers} on shift decide per policy node, with a reason code")
        specialists = User("Specialists", tooltip="Terror, self-harm, elections, languages")
        legal = User("Child safety\nand legal", tooltip="The only team that handles illegal media; files reports")
        cybertipline = Internet("CyberTipline", tooltip="Receives the statutory report")
    with Cluster("Outcome"):
        decision_ledger = Cassandra("Decision ledger\nCassandra", tooltip="Action, rule, reason and automation flag")
        audit = Inspection("Quality audit", tooltip="Blind second label on {second}, golden cases for drift")
        statement = Document("Statement of reasons", tooltip="Notice to the author, record in the EU database")
        actions = Java("Action service", tooltip="Enforces or restores a post and its copies once decided")
    with Cluster("Appeal"):
        appeals = ReviewQueue("Appeals", tooltip="Open for six months; first in, first out within a severity")
        second_reviewer = User("Second reviewer", tooltip="Never the first one; sees that decision only afterwards")
        dispute_body = Internet("Out-of-court body", tooltip="The external route under DSA Article 21")

    flags >> stream("evidence") >> grouping >> stream("cases") >> priority
    reports >> stream("{reported}, grouped") >> grouping
    flaggers >> stream("fast lane") >> priority >> stream("ranked list") >> planner >> stream("next case") >> tool
    tool >> stream("general policy") >> reviewers >> control("decision, reason") >> decision_ledger
    tool >> stream("skill queue") >> specialists >> control("decision, reason") >> decision_ledger
    reviewers >> control("apparent illegality") >> legal >> request("report, evidence") >> cybertipline
    flags >> stream("known illegal") >> legal >> control("restricted record") >> decision_ledger
    decision_ledger >> batch("{second} blind sample") >> audit >> feedback("coaching, routing") >> planner
    decision_ledger >> stream("enforce, restore") >> actions
    decision_ledger >> stream("notice") >> statement >> stream("contested") >> appeals
    reports >> stream("rejected report") >> appeals >> stream("appeal case") >> second_reviewer
    second_reviewer >> control("uphold or restore") >> decision_ledger >> feedback("labels") >> priority
    appeals >> control("still disputed") >> dispute_body


@view("Model", details="serving/Image-text model")
def model() -> None:
    """Frozen encoders read picture and words together; small heads per policy learn daily; costs set the action."""
    with Cluster("Inputs"):
        text = Features("Text, normalised", tooltip="Post, quoted text, text read from pictures, speech")
        pixels = Features("Picture and frames", tooltip="224 × 224; up to {frames:n} frames of a video")
        account = Features("Account and spread", tooltip="Age, strikes, bursts, predicted views; 24 numbers")
    with Cluster("Frozen encoders"):
        text_encoder = Encoder("Text encoder\n12 layers", tooltip="Multilingual, 768 d per token")
        image_encoder = Encoder("Vision transformer\n12 layers", tooltip="196 patches of 768 d; frames share it")
        joint = Interaction(
            "Joint encoder\ncross-attention", tooltip="4 layers in which words and patches attend to each other"
        )
    with Cluster("Daily policy heads") as heads:
        Head("Hate", tooltip="Reads the joint vector; its own α and threshold")
        Head("Violence", tooltip="Frames are pooled by maximum and mean")
        spam = Head("Spam", tooltip="Mostly account and spread; the largest class of actions")
        Head("12 more policies", tooltip="Self-harm, sexual content, fraud, ...")
    fusion = Calibrator("Risk fusion", tooltip="Trees over head scores and context, isotonic by language")
    costs = RuleEngine(
        "Cost threshold", tooltip="Act if p > C_fp / (C_fp + C_fn): {cost_threshold} for the default policy"
    )
    with Cluster("Losses") as losses:
        focal = LossFunction("Focal loss", tooltip="Soft labels of reviewers; α and γ per policy")
        distil = LossFunction("Distillation", tooltip="Verdicts of the policy LLM that people confirmed")
    people = Labeller(
        "Review decisions", tooltip="On flagged posts and benign ones kept at a known rate, undone after training"
    )
    teacher = ModelServer(
        "Policy LLM", tooltip="Reads post and policy text; {llm_parameters} parameters, offline teacher"
    )

    text >> Edge(label="T ids") >> text_encoder >> Edge(label="T × 768") >> joint
    pixels >> Edge(label="196 patches") >> image_encoder >> Edge(label="196 × 768") >> joint
    joint >> Edge(label="768 d") >> heads
    account >> Edge(label="24 numbers") >> spam
    heads >> Edge(label="15 logits") >> fusion
    account >> Edge(label="24 numbers") >> fusion >> Edge(label="p per policy") >> costs
    heads >> Edge(label="p per policy") >> losses
    people >> feedback("soft label") >> focal
    teacher >> feedback("confirmed verdict") >> distil


@view("Training", details="overview/Training pipeline")
def training() -> None:
    """Heads learn from flagged posts, labelled by people with known error; random views and removals calibrate and test."""
    with Cluster("Labels"):
        reviewers = Users("Reviewers", tooltip="Decide flagged, reported and actively sampled cases")
        decisions = Kafka("Review decisions\nKafka", tooltip="Plentiful, but only on flagged content")
        appeals = Kafka("Appeal outcomes\nKafka", tooltip="Overturns show where the model or the rule is wrong")
        random_sample = Labeller(
            "Random view sample",
            tooltip="Views, and removals that nobody views: expert labels to calibrate and test, never to train",
        )
        red_team = Simulator("Red-team cases", tooltip="New evasions, coded words, generated media")
        aggregation = Spark("Label aggregation\nSpark", tooltip="Weights reviewers by skill; dissent is a soft label")
        label_store = S3("Restricted store", tooltip="Encrypted, access logged; illegal media excluded")
    sampler = Planner("Active sampler", tooltip="Picks uncertain cases, new clusters, under-served languages")
    with Cluster("Train"):
        encoders = Trainer("Encoder tuning", tooltip="Multilingual and image-text encoders, monthly")
        heads = Trainer("Policy heads", tooltip="Small heads per policy, daily, on frozen encoders")
        distiller = Distiller("LLM distillation", tooltip="Policy-LLM labels, checked by people, teach the heads")
    with Cluster("Release"):
        calibrator = Calibrator("Calibrator\nby head", tooltip="By language and surface, on random traffic only")
        gate = Choice("Offline gate", tooltip="Recall at fixed precision by policy, language and dialect")
        registry = Mlflow("Model registry", tooltip="Model, thresholds, policy version and approver")
        shadow = Flagger("Shadow and canary", tooltip="Scores live posts without acting; people read the difference")
        fleet = ModelPool("Serving fleet", tooltip="Serves the approved bundle")

    reviewers >> feedback("decisions") >> decisions >> stream("flagged labels") >> aggregation
    appeals >> feedback("corrections") >> aggregation
    red_team >> batch("hard cases") >> aggregation >> batch("soft labels") >> label_store
    label_store >> batch("recent data") >> encoders >> batch("embeddings") >> heads
    label_store >> batch("daily labels") >> heads
    label_store >> batch("grey cases") >> distiller >> batch("teacher labels") >> heads
    heads >> batch("raw scores") >> calibrator >> batch("probabilities") >> gate
    gate >> control("passed bundle") >> registry >> control("candidate") >> shadow >> control("approved diff") >> fleet
    random_sample >> feedback("calibration split") >> calibrator
    random_sample >> batch("test split") >> gate
    fleet >> stream("views, removals") >> random_sample
    fleet >> stream("score stream") >> sampler >> batch("cases to label") >> reviewers


@view("Operations")
def operations() -> None:
    """Two numbers steer it: how often viewers still see harm, and how often people are wrongly acted on."""
    with Cluster("Serving"):
        fleet = ModelPool("Gate and models", tooltip="Emit latency, scores and actions, by policy")
        flags = Etcd("Feature flags\netcd", tooltip="Turn a rule to review-only within seconds")
        degraded = Fallback("Degraded gate", tooltip="Hashes and rules only, reach limited, scanned later")
    with Cluster("Observe") as observe:
        experts = Labeller(
            "Expert panel", tooltip="Labels {weighted_sample:n} views for each estimate, and actions within a day"
        )
        prevalence = Spark("Prevalence meter\nSpark", tooltip="Share of sampled views that violate, with intervals")
        outcomes = Kafka("Appeal outcomes\nKafka", tooltip="Restored and upheld, with rule, model and language")
        overturns = Flink(
            "Overturn monitor\nFlink", tooltip="Wrong actions by rule, model and language: audited, then appealed"
        )
        drift = Flink("Drift monitor\nFlink", tooltip="Jumps in action volume or in embedding clusters")
        metrics = Prometheus("Metrics\nPrometheus", tooltip="Gate p99, queue age, reviewer load")
        dashboards = Grafana("Dashboards\nGrafana", tooltip="A page by policy: harm seen, wrong actions, age")
        alerts = Pagerduty("On-call alerts", tooltip="Pages on queue age, action spikes, match failures")
    with Cluster("Respond"):
        oncall = User("On-call engineer", tooltip="Rolls a bundle back, calls the crisis room")
        crisis_room = User("Crisis room", tooltip="Time-limited rules for attacks and elections")
        rollback = Argocd("Rollback controller", tooltip="Restores model, thresholds and policy version as one")
    with Cluster("Decide"):
        owners = Users("Policy owners", tooltip="Set the cost of each error, approve thresholds")
        thresholds = Calibrator("Threshold planner", tooltip="Fits thresholds to error costs and review capacity")
        report = Document("Transparency report", tooltip="Actions, accuracy of automation, appeals")
        retrain = Airflow("Retrain trigger", tooltip="Heads daily; at once on new harm or a language gap")

    fleet >> stream("RED metrics,\nscores, actions") >> observe
    metrics >> stream("series") >> dashboards
    drift >> control("spike: review-only") >> flags >> control("rule state") >> fleet
    fleet >> batch("sampled views,\nactions") >> experts >> feedback("violating or not") >> prevalence
    experts >> feedback("wrong actions") >> overturns
    prevalence >> batch("prevalence") >> dashboards
    overturns >> stream("overturn series") >> dashboards
    outcomes >> feedback("restored") >> overturns
    drift >> control("action spike") >> alerts
    metrics >> control("queue age, SLO") >> alerts >> control("page") >> oncall
    drift >> control("new harm cluster") >> retrain
    overturns >> control("language gap") >> retrain >> control("gated bundle") >> fleet
    overturns >> control("review-only there") >> flags
    oncall >> control("bad release") >> rollback >> control("previous bundle") >> fleet
    oncall >> control("incident") >> crisis_room >> control("temporary rule") >> flags
    overturns >> feedback("false actions") >> thresholds
    prevalence >> feedback("missed harm") >> thresholds
    owners >> control("error costs") >> thresholds >> control("new thresholds") >> fleet
    fleet >> control("model timeout") >> degraded >> stream("degraded share") >> observe
    dashboards >> batch("quarterly") >> report
