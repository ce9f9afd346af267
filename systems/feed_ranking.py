"""Order two thousand candidate posts into one member's page of the feed within 400 ms of opening the app.

There is no single label: likes, comments, reshares, dwell, hides, survey answers and return visits disagree, and a feed
tuned to the easy ones drifts to bait. Every post carries its own audience rule, is worth showing for hours, and what is
shown today decides what authors write tomorrow.

So the model only predicts outcomes. What they are worth is an explicit, versioned formula that people own, and the
audience of a post is tested again at every read.
"""

from diagrams import Cluster
from diagrams.aws.storage import S3
from diagrams.generic.device import Mobile
from diagrams.onprem.analytics import Flink, Spark
from diagrams.onprem.client import User, Users
from diagrams.onprem.database import Clickhouse, Mysql, Postgresql, Scylla
from diagrams.onprem.gitops import Argocd, Flagger
from diagrams.onprem.inmemory import Memcached, Redis
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.monitoring import Grafana, Prometheus
from diagrams.onprem.network import Envoy, Etcd
from diagrams.onprem.queue import Kafka, Nats
from diagrams.onprem.vcs import Git
from diagrams.onprem.workflow import Airflow, Kubeflow
from diagrams.programming.flowchart import Decision as Choice
from diagrams.programming.flowchart import SummingJunction
from diagrams.programming.language import Scala
from diagrams.saas.alerting import Pagerduty

from archfolio import (
    COMMON_BLOCKS,
    LEARNING_BLOCKS,
    RESPONSIBILITY_BLOCKS,
    Assembler,
    Budget,
    Calibrator,
    Decision,
    Distiller,
    Encoder,
    Estimate,
    Experiment,
    FailureMode,
    Fallback,
    FeatureStore,
    Forecaster,
    GraphStore,
    Guard,
    InterviewRank,
    Labeller,
    Metrics,
    ModelPool,
    Planner,
    Ranker,
    Requirements,
    Retriever,
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
    members=assume("Daily active members", 300e6, "member"),
    visits=assume("Feed page loads a member makes", 15, "load/member/day"),
    posted=assume("New posts", 100e6, "post/day"),
    kept=assume("Days a post stays rankable", 14, "day"),
    from_authors=assume("Candidates from followed authors", 1_500, "post/load"),
    from_friends=assume("Candidates friends reacted to", 200, "post/load"),
    from_ann=assume("Candidates from embedding neighbours", 300, "post/load"),
    from_outside=derive("Candidates from outside the network", "from_friends + from_ann", "post/load"),
    gathered=derive("Candidates gathered", "from_authors + from_outside", "post/load"),
    allowed=assume("Candidates the member may see", 1_800, "post/load"),
    ranked=cite("Candidates ranked", 500, "post/load", source="Meta 2021"),
    shown=assume("Posts shown", 25, "post/load"),
    peak_factor=assume("Peak over average", 2),
    loads=derive("Page loads per day", "members * visits", "load/day", note="X ran about 5 billion a day in 2023"),
    mean_rate=derive("Average load rate", "loads", "load/s"),
    peak_rate=derive("Peak load rate", "mean_rate * peak_factor", "load/s"),
    inventory=derive("Posts in the rankable index", "posted * kept", "post"),
    record_bytes=assume("Inventory record", 100, "byte/post"),
    copies=assume("Copies of the inventory", 10, note="for read load"),
    index_bytes=derive("Inventory memory, one copy", "inventory * record_bytes", "byte"),
    index_total=derive("Inventory memory, all copies", "index_bytes * copies", "byte"),
    shards=assume("Author shards", 20, "host", note="hosts of one copy"),
    shard_reads=assume("Queries a load puts to each shard", 1, "query/load/host"),
    leaf_queries=derive("Leaf queries at peak", "peak_rate * shards * shard_reads", "query/s"),
    leaf_load=derive("Leaf queries a host answers", "leaf_queries / (shards * copies)", "query/s/host"),
    followers=assume("Inboxes a post would be pushed to", 200, "write/post", note="mean"),
    inbox_writes=derive("Inbox writes if posts were pushed", "posted * followers", "write/s", note="average only"),
    star=assume("Inbox writes for the largest author", 50e6, "write/post"),
    light_scores=derive("Light-ranker scores at peak", "peak_rate * allowed", "post/s"),
    scores=derive("Ranker scores at peak", "peak_rate * ranked", "post/s"),
    ranker_speed=assume("Ranker speed", 300e3, "post/s/GPU", note="load-test before buying"),
    load=assume("Load at which GPUs are run", 60, "percent"),
    ranker_gpus=derive("Ranker GPUs", "ceil(scores / (ranker_speed * load))", "GPU"),
    accounts=assume("Accounts with a history", 1e9, "account"),
    actions=assume("Actions kept", 512, "action/account"),
    action_bytes=assume("Bytes per action", 16, "byte/action", note="post id, time, kind"),
    history=derive("Action history", "accounts * actions * action_bytes", "byte", note="vectors looked up by id"),
    fresh_days=assume("Days searched by ANN", 3, "day"),
    dimensions=assume("Post embedding dimension", 64, "number/post"),
    number_bytes=assume("Bytes per dimension", 2, "byte/number", note="fp16"),
    vectors=derive("Post vectors for ANN", "posted * fresh_days * dimensions * number_bytes", "byte", note="no links"),
    seen=assume("Shown posts that are seen", 60, "percent"),
    impressions=derive("Viewed impressions per day", "loads * shown * seen", "post/day"),
    sampled=assume("Members whose lists are kept", 10, "percent", note="whole lists, so comparisons stay within one"),
    rows=derive("Training rows per day", "impressions * sampled", "post/day"),
    row_bytes=assume("Logged features per row", 1_500, "byte/post"),
    row_volume=derive("Training rows stored per day", "rows * row_bytes", "byte/day"),
)

SYSTEM = System(
    title="Feed ranking",
    family="end-to-end",
    position=8,
    interview=InterviewRank(3, "core Meta product"),
    tags=Tags(
        task=["recommendation", "ranking"],
        pattern=["retrieval-ranking funnel", "multi-task model", "streaming features", "rules and model"],
        data=["events", "graph", "text", "images"],
    ),
    requirements=Requirements(
        functional=[
            "One feed of connected posts, recommended posts and ads; pages do not repeat; a chronological mode exists.",
            "Audience, block and deletion rules are checked at read time; integrity scores can demote or remove.",
            "Predicted outcomes are combined by a versioned formula that product policy owns, outside the loss.",
            "Hide, snooze, see-less and why-shown; each list is logged with sources, head scores, weights and positions.",
        ],
        qualities={
            "Latency": "p99 of 400 ms for the first page at the feed API, p50 near 180 ms (assumptions).",
            "Freshness": "A post is rankable in 10 s, own actions count within 5 s; the ranker learns hourly (assumptions).",
            "Privacy": "A deletion or a block holds at once, on every path.",
            "Availability": "99.95 % of loads get a non-empty feed, a simpler one included (assumption).",
        },
    ),
    estimate=ESTIMATE,
    headline=["peak_rate", "leaf_queries", "scores", "inventory", "impressions"],
    budget=Budget(
        "p99 of the first page at the feed API",
        promise=400,
        stages={
            "Edge, auth, experiment arms": 15,
            "Member features and action history": 25,
            "Candidate sources in parallel, 60 ms deadline each": 60,
            "Merge, seen filter, audience and block check": 35,
            "Integrity score look-up": 10,
            "Light ranker, {allowed} to {ranked}": 25,
            "Post and relationship features for {ranked}": 45,
            "Ranker on {ranked}": 90,
            "Value model and list re-rank": 25,
            "Ads blend, content hydration, audience re-check of {shown}": 45,
            "Network hops and queueing slack": 25,
        },
    ),
    decisions=[
        Decision(
            "Pull from author shards",
            rejected=["push to inboxes"],
            revisit_when="reads far outnumber writes times followers",
        ),
        Decision(
            "Calibrated heads and a value formula",
            rejected=["one engagement score"],
            revisit_when="one outcome can be trusted",
        ),
        Decision(
            "Audience checks at read time",
            rejected=["audience rules in the index"],
            revisit_when="every post is public",
        ),
        Decision(
            "Survey heads and holdbacks",
            rejected=["engagement alone"],
            revisit_when="an early product has too few answers",
        ),
        Decision(
            "Explicit spacing and quotas",
            rejected=["a listwise model"],
            revisit_when="lists abound and the rules are stable",
        ),
        Decision(
            "Hourly increments",
            rejected=["daily training"],
            revisit_when="posts live long and label windows exceed a day",
        ),
    ],
    failures=[
        FailureMode("A private post leaks", "Audit of 0.1 % of shown posts", "Drop unchecked posts, purge caches"),
        FailureMode("Weights reward bait", "Hides, bait, survey by arm", "Revert the weights, add the case to replay"),
        FailureMode("Histories lag", "Age over 60 s", "Rank without the session part, mask those training rows"),
        FailureMode("Ranker overload", "GPU queue over 30 ms", "Cut to 200 posts, then light order, then cached list"),
        FailureMode("Harm outruns review", "Velocity alarm on risky posts", "Cap reach until reviewed, brake"),
        FailureMode(
            "Strangers crowd out friends", "Source share by segment", "Source quotas, source-balanced training"
        ),
    ],
    metrics=Metrics(
        offline=["Log-loss, calibration by head, AUC by list, NDCG on survey value", "Overlap, replayed value"],
        online=["Sessions with a meaningful action, survey share, active authors", "28-day retention to holdback"],
        guardrail=["Hides, reports, harm prevalence, privacy failures (zero)", "p99, ad load, new-author reach"],
    ),
    building_blocks=["embeddings-retrieval", *LEARNING_BLOCKS, *RESPONSIBILITY_BLOCKS, *COMMON_BLOCKS],
    sources=bibliography("""
        A. Lada et al. (Meta), "How machine learning powers Facebook's News Feed ranking algorithm", Engineering at Meta 2021
            https://engineering.fb.com/2021/01/26/ml-applications/news-feed-ranking/
            the passes, a light one that keeps about 500 posts, and the multi-task value
        Y. Zhu (Facebook), "Serving Facebook Multifeed: Efficiency, performance gains through redesign", Facebook Engineering 2015
            https://engineering.fb.com/2015/03/10/production-engineering/serving-facebook-multifeed-efficiency-performance-gains-through-redesign/
            aggregators that pull from in-memory leaves
        Twitter, "Twitter's Recommendation Algorithm", Twitter Engineering 2023
            https://blog.x.com/engineering/en_us/topics/open-source/2023/twitter-recommendation-algorithm
            1,500 candidates, half in network; 5 billion runs a day, under 1.5 s on average
        Z. Zhao et al. (Google), "Recommending What Video to Watch Next: A Multitask Ranking System", RecSys 2019
            https://doi.org/10.1145/3298689.3346997 shared experts and position bias
        F. Borisyuk et al. (LinkedIn), "LiRank: Industrial Large Scale Ranking Models at LinkedIn", KDD 2024
            https://arxiv.org/abs/2402.06859 calibration and exploration in a feed ranker
        J. Zhai et al. (Meta), "Actions Speak Louder than Words: Trillion-Parameter Sequential Transducers for Generative Recommendations", ICML 2024
            https://arxiv.org/abs/2402.17152 encoders of the action history
        D. Agarwal et al. (LinkedIn), "Online Parameter Selection for Web-based Ranking Problems", KDD 2018
            https://doi.org/10.1145/3219819.3219847 Bayesian optimisation of the weights, live on a feed
        N. Bronson et al. (Facebook), "TAO: Facebook's Distributed Data Store for the Social Graph", USENIX ATC 2013
            https://www.usenix.org/conference/atc13/technical-sessions/presentation/bronson
            a graph cache that is read at page time, privacy checks included
        S. Milli et al., "Engagement, user satisfaction, and the amplification of divisive content on social media", PNAS Nexus 2025
            https://doi.org/10.1093/pnasnexus/pgaf062 engagement against stated preference
    """),
)


@view("Overview")
def overview() -> None:
    """Each load gathers, checks, ranks and balances posts of a live inventory; served lists train the next model."""
    members = Users("Members", tooltip="Open the feed, write posts, react; every label starts here")
    with Cluster("Online"):
        gateway = Envoy("API gateway", tooltip="Authenticates and attaches the 400 ms deadline")
        mixer = Scala("Feed mixer", tooltip="Gathers, checks audiences, cuts lightly; owns timeouts and fallbacks")
        inventory = Retriever("Followed-post inventory", tooltip="Recent posts by author, pulled at read time")
        strangers = Retriever("Out-of-network retrieval", tooltip="Strangers' posts by embedding and friends' actions")
        ranker = Ranker("Ranker", tooltip="Predicts about ten outcomes for each of {ranked} posts")
        reranker = Ranker("Re-ranker\nwith value model", tooltip="Weighs outcomes, applies integrity and diversity")
    with Cluster("State"):
        features = FeatureStore("Online feature store", tooltip="Member, post and relationship features")
        integrity = FeatureStore("Integrity scores", tooltip="Policy and quality scores that content moderation writes")
        events = Kafka("Event log\nKafka", tooltip="Posts, served lists, reactions, dwell, hides")
        stream_jobs = Flink("Stream jobs\nFlink", tooltip="Counters, histories and post indexes within seconds")
    with Cluster("Learning"):
        lake = S3("Data lake", tooltip="Whole served lists with logged features and outcomes")
        training = Kubeflow("Training pipeline", tooltip="Hourly increments and a weekly full run, both gated")
        registry = Mlflow("Model registry", tooltip="Releases a model with the weights version it was tuned for")

    members >> request("load page") >> gateway >> request("400 ms deadline") >> mixer
    mixer >> request("{from_authors} posts") >> inventory
    mixer >> request("{from_outside} posts") >> strangers
    mixer >> request("best {ranked}") >> ranker >> request("features, histories") >> features
    ranker >> request("ten probabilities") >> reranker >> request("demotion factors") >> integrity
    reranker >> request("{shown} posts") >> members >> feedback("reactions, dwell") >> events
    reranker >> stream("served list") >> events >> stream("events") >> stream_jobs >> stream("new posts") >> inventory
    stream_jobs >> stream("fresh vectors") >> strangers
    stream_jobs >> stream("counters, histories") >> features
    events >> batch("hourly lists") >> lake >> batch("{rows:n} rows/day") >> training
    training >> control("gated models") >> registry >> control("rollout") >> ranker


@view("Serving")
def serving() -> None:
    """One load: {gathered} posts pulled, checked against audience rules, scored twice and balanced as a list."""
    app = Mobile("Member app", tooltip="Sends a cursor; reports dwell for each visible post")
    with Cluster("Edge"):
        gateway = Envoy("API gateway", tooltip="Sheds prefetches first under load")
        mixer = Scala("Feed mixer", tooltip="Drives the stages, hashes the arms, drops late sources")
    with Cluster("Context"):
        profile = Redis("Member features\nRedis", tooltip="Profile, interests and session in one read")
        history = Scylla("Action history\nScylla", tooltip="Last {actions} actions, the newest seconds old")
    with Cluster("Gather"):
        leaves = Retriever("Author leaf shards", tooltip="Recent posts of up to 1,000 followees")
        walk = GraphStore("Engagement walk", tooltip="Posts that friends reacted to in the last day")
        ann = VectorIndex("Post ANN index", tooltip="Nearest to the member's interests, over {fresh_days} of posts")
    with Cluster("Check"):
        merge = Assembler("Merge\nand seen filter", tooltip="Removes repeats and near-copies, keeps the source tag")
        audience = Guard("Audience check\ngraph cache", tooltip="Friend, block, group and deletion rules, post by post")
        integrity = Redis("Integrity cache\nRedis", tooltip="Removal, demotion and sensitivity scores")
    with Cluster("Rank"):
        light_ranker = Ranker("Light ranker\nCPU", tooltip="Two-tower score with few features")
        ranker = Ranker("Ranker\nGPU server", tooltip="Sequence encoder, shared experts, one head an outcome")
        post_features = Memcached("Post features\nMemcached", tooltip="Counters, author affinity, content vectors")
    with Cluster("Compose"):
        value = SummingJunction("Value model", tooltip="Weighted sum of calibrated heads, times integrity")
        reranker = Ranker("Re-ranker", tooltip="Author spacing, media mix, source quotas, exploration")
        page = Assembler("Page assembly", tooltip="Blends ads under gap limits, loads content, re-checks audiences")
        fallback = Memcached("Fallback lists\nMemcached", tooltip="The member's last ranked ids, kept for timeouts")
    log = Kafka("Serving log\nKafka", tooltip="Features, heads, weights and positions as used")

    with step("A page is requested with a cursor; up to {peak_rate:n} loads a second enter with a 400 ms deadline."):
        app >> request("GET page") >> gateway >> request("{peak_rate}, 400 ms") >> mixer
    with step("Member features and the last {actions} actions arrive in 25 ms, what was done 5 s ago included."):
        mixer >> request("25 ms") >> profile
        mixer >> request("member id") >> history
    with step("Three sources run side by side under 60 ms; the leaf call alone touches {shards} author shards."):
        mixer >> request("{shards} shards") >> leaves
        mixer >> request("friend ids") >> walk
        mixer >> request("interest vectors") >> ann
    with step("{gathered} posts are merged; repeats and posts already seen go."):
        leaves >> request("{from_authors} posts") >> merge
        walk >> request("{from_friends} posts") >> merge
        ann >> request("{from_ann} posts") >> merge
    with step("Each post is tested against audience and block rules and gets integrity scores, 45 ms in all."):
        merge >> request("{gathered} ids") >> audience >> request("score look-up") >> integrity
    with step("About {allowed} posts remain; the light ranker keeps {ranked} of them in 25 ms."):
        audience >> request("{allowed} allowed") >> light_ranker >> request("top {ranked}") >> ranker
    with step("Features for {ranked} posts take 45 ms; ten outcomes of each are predicted in 90 ms."):
        ranker >> request("hydrate, 45 ms") >> post_features
        mixer >> request("profile, {actions} actions") >> ranker
    with step("Weights turn probabilities into value, hide and report below zero; spacing and quotas follow."):
        ranker >> request("ten heads") >> value >> request("{ranked} values") >> reranker
    with step("Ads enter, the audience of the {shown} is checked once more, and the page leaves within 400 ms."):
        reranker >> request("{shown} posts") >> page >> request("re-check {shown}") >> audience
        page >> request("mixed page") >> app
    with step("If a stage times out, the last ranked ids go out instead, through the same audience check."):
        mixer >> control("on timeout") >> fallback >> request("cached ids") >> page
    with step("The list is logged with every head; dwell and reactions come back as labels."):
        reranker >> stream("list as served") >> log
        app >> feedback("dwell, reactions") >> log


@view("Inventory")
def inventory() -> None:
    """How a post becomes rankable within 10 s, and stops being shown at once."""
    app = Mobile("Member app", tooltip="Publishes, edits, deletes, narrows audiences; reacts to others' posts")
    with Cluster("Write path"):
        posts = Mysql("Post database\nMySQL", tooltip="Source of truth for posts and audience rules")
        changes = Kafka("Change stream\nKafka", tooltip="Creates, edits and deletes, in order by author")
        graph = Mysql("Social graph\nMySQL", tooltip="Follows, friendships, blocks, group membership")
    with Cluster("Understand"):
        scan = Guard("Integrity scan", tooltip="Hash match and classifiers, before a post reaches many")
        encoder = Encoder("Content encoder\nGPU", tooltip="Text, image and video vector, topic, language")
    with Cluster("Index"):
        writer = Flink("Index writer\nFlink", tooltip="Builds the {record_bytes} record and routes it by author")
        leaves = Retriever("Author leaf shards", tooltip="{index_bytes} of posts in memory, {copies} copies")
        ann = VectorIndex("Post ANN index", tooltip="Small hourly segments over {fresh_days} of public posts")
        counters = Flink("Counter stream\nFlink", tooltip="Reaction velocity by post and audience group")
        post_features = Memcached("Post features\nMemcached", tooltip="Counters and content features for ranking")
        audience = Guard("Audience check\ngraph cache", tooltip="The rules and ties that every read is tested against")
        removals = Nats("Delete fan-out\nNATS", tooltip="Pushes removals to every cache, ahead of other updates")

    app >> request("publish, delete") >> posts >> stream("CDC") >> changes
    app >> request("follow, block") >> graph
    changes >> stream("new content") >> scan >> stream("allowed, scored") >> writer
    changes >> stream("text, media") >> encoder >> stream("vector, topic") >> writer >> stream("under 10 s") >> leaves
    writer >> stream("public posts") >> ann
    writer >> stream("static features") >> post_features
    app >> feedback("views, reactions") >> counters >> stream("live counters") >> post_features
    changes >> stream("deletes first") >> removals >> control("tombstone") >> [leaves, ann]
    removals >> control("delete, narrow") >> audience
    graph >> stream("follows, blocks") >> audience
    changes >> stream("audience rules") >> audience


@view("Training")
def training() -> None:
    """From whole served lists to a released bundle: several labels, several delays, a calibrated head for each."""
    with Cluster("Data"):
        log = Kafka("Serving log\nKafka", tooltip="Features, positions and head scores as served")
        reactions = Kafka("Reactions and dwell\nKafka", tooltip="Fast labels: dwell, like, comment, share, hide")
        surveys = Postgresql("Survey answers", tooltip="Sparse ratings of worth, the nearest thing to satisfaction")
        join = Flink("Label join\nFlink", tooltip="Outcomes joined to the list in windows of 1 h and 24 h")
        table = S3("Training table", tooltip="Whole lists of sampled members, kept for 60 days")
    with Cluster("Training"):
        sample = Spark("Debias and sample\nSpark", tooltip="Position propensities, heavy-user caps, weights")
        pretraining = Trainer("Sequence pretraining", tooltip="Learns the history encoder by next-action prediction")
        ranker = Trainer("Ranker trainer", tooltip="Gated experts and ten heads; embedding tables are sharded")
        distiller = Distiller("Light ranker distillation", tooltip="Fits ranker value on all {allowed}, losers too")
    with Cluster("Release"):
        calibration = Calibrator("Calibrator\nby head", tooltip="Maps by head and surface, so weights keep meaning")
        gate = Choice("Offline gate", tooltip="Loss per head on the next hours; new and light members apart")
        registry = Mlflow("Model registry", tooltip="One bundle: encoder, ranker, light ranker, maps, schema")
        canary = Flagger("Shadow and canary", tooltip="A shadow run compares lists first, then 1 % sees them")
        fleet = ModelPool("Serving fleet", tooltip="Loads a bundle atomically and keeps the previous one")

    log >> stream("lists") >> join
    reactions >> stream("outcomes") >> join >> batch("{rows:n} rows/day") >> table
    table >> batch("sampled lists") >> sample >> batch("weighted rows") >> ranker
    surveys >> batch("survey labels") >> sample
    table >> batch("action sequences") >> pretraining >> batch("encoder weights") >> ranker
    ranker >> batch("raw heads") >> calibration >> batch("calibrated heads") >> gate
    ranker >> batch("teacher values") >> distiller >> batch("top-{ranked} overlap") >> gate
    gate >> control("passed bundle") >> registry >> control("bundle id") >> canary
    canary >> control("staged rollout") >> fleet >> stream("new lists") >> log


@view("Objectives")
def objectives() -> None:
    """Who decides what the feed is for: outcome weights are proposed, tested against the long term, and released."""
    with Cluster("Goals"):
        owners = Users("Product, policy owners", tooltip="State goals and limits; own the weights file")
        panel = User("Survey panel", tooltip="Rates posts and sessions: ground truth for satisfaction")
        prevalence = Labeller("Harm prevalence", tooltip="Views drawn at random, labelled for harm and bait")
    with Cluster("Weights"):
        heads = Calibrator("Calibrator\nby head", tooltip="Ten probabilities that may be added, being calibrated")
        replay = Spark("Weight replay\nSpark", tooltip="Re-scores logged lists under other weights")
        search = Planner("Weight search", tooltip="Constrained Bayesian optimisation over live arms")
        weights = Git("Weights file\nGit", tooltip="Reviewed, versioned, reversible")
    value = SummingJunction("Value model", tooltip="Applies weights and integrity factors while serving")
    with Cluster("Evidence"):
        analysis = Clickhouse("Experiment analysis", tooltip="Sessions, reports and survey scores by arm")
        creators = Experiment("Creator-side test", tooltip="Randomises authors: what does ranking make them post")
        holdback = Experiment("Long-term holdback", tooltip="1 % stay on last quarter's feed, read monthly")
        surrogate = Forecaster("Surrogate model", tooltip="Predicts 90-day retention from two weeks of signals")

    owners >> control("goals, limits") >> search
    panel >> batch("survey labels") >> heads >> batch("logged scores") >> replay
    replay >> batch("candidate region") >> search >> control("proposed weights") >> weights
    owners >> control("review, approve") >> weights >> control("weights version") >> value
    heads >> request("probabilities") >> value >> stream("arm outcomes") >> analysis
    value >> stream("author arms") >> creators
    value >> stream("frozen arm") >> holdback
    analysis >> feedback("reward, constraints") >> search
    analysis >> batch("two-week signals") >> surrogate
    holdback >> batch("long-run truth") >> surrogate >> feedback("retention estimate") >> owners
    prevalence >> feedback("harm rates") >> owners
    creators >> feedback("supply effect") >> owners


@view("Operations")
def operations() -> None:
    """Health of the stages, brakes for crises, experiments, and the ladder of simpler feeds."""
    with Cluster("Serving"):
        stages = ModelPool("Funnel services", tooltip="Emit posts in and out, latency and timeouts by stage")
        brakes = Guard("Integrity brakes", tooltip="Stronger demotion in a crisis, limited in time")
        flags = Etcd("Feature flags\netcd", tooltip="Switch sources, heads and weights without a deploy")
        fallback = Fallback("Fallback ladder", tooltip="Light order, then cached list, then newest first")
    with Cluster("Observe"):
        metrics = Prometheus("Metrics\nPrometheus", tooltip="Stage p99, empty feeds, candidate loss")
        quality = Flink("Live quality\nFlink", tooltip="Head calibration, hide rate, source share by version")
        skew = Spark("Skew check\nSpark", tooltip="Compares values logged in serving with those in training")
        dashboards = Grafana("Dashboards\nGrafana", tooltip="One board for the funnel, one for quality")
        alerts = Pagerduty("On-call alerts", tooltip="Pages on burn rate, privacy failures, broken calibration")
    with Cluster("Decide"):
        analysis = Clickhouse("Experiment analysis", tooltip="Randomised by cluster where members affect each other")
        owner = User("Ranking owner", tooltip="Reviews launches against the guardrails")
        retrain = Airflow("Retrain trigger", tooltip="Hourly by schedule, earlier on drift")
        rollback = Argocd("Rollback controller", tooltip="Restores bundle and weights together")

    stages >> stream("RED metrics") >> metrics >> stream("series") >> dashboards
    stages >> stream("heads, outcomes") >> quality >> stream("quality series") >> dashboards
    stages >> batch("feature samples") >> skew >> control("skew over limit") >> retrain
    metrics >> control("SLO burn") >> alerts
    quality >> control("calibration break") >> alerts >> control("bad release") >> rollback
    quality >> control("head decay") >> retrain >> control("gated bundle") >> stages
    quality >> batch("per-arm counts") >> analysis >> feedback("read-out") >> owner
    owner >> control("ramp or stop") >> flags >> control("arms, switches") >> stages
    owner >> control("crisis mode") >> brakes >> control("stronger demotion") >> stages
    rollback >> control("previous bundle") >> stages
    stages >> control("stage timeout") >> fallback >> stream("degraded share") >> metrics
