"""Design the home feed of a video site.

Watch what the candidate does when the interviewer will not say what success is, how watch time is taken apart into a label,
and how the hardest question of the hour, a video that nobody has seen, is answered with a number.
"""

from diagrams import Cluster
from diagrams.generic.device import Mobile
from diagrams.onprem.inmemory import Redis
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.queue import Kafka
from diagrams.programming.language import Go

from archfolio import (
    Assembler,
    EmbeddingTower,
    Encoder,
    Fallback,
    Gate,
    LabelJoin,
    MockInterview,
    Ranker,
    Retriever,
    Trainer,
    Turn,
    VectorIndex,
    batch,
    control,
    feedback,
    request,
    response,
    step,
    stream,
    view,
)

MOCK = MockInterview(
    title="Mock: video home feed",
    position=2,
    system="video-recommendation",
    level="senior",
    turns=[
        Turn(0, "interviewer", "How would you recommend videos on the home page of a site like YouTube?", "C"),
        Turn(
            0.5,
            "candidate",
            "May I ask first what the home page is for? Some people come to find one thing, some to be kept company for an"
            " evening. What would tell us that it got better?",
            "C",
        ),
        Turn(1.5, "interviewer", "What would you choose?", "C"),
        Turn(
            2,
            "candidate",
            "Watch time is the obvious one, and I don't trust it alone: a badly titled video gets twenty seconds of it from"
            " everybody. I'd take satisfied watch time, minutes weighed by what people answer when we ask them, and keep"
            " returning next month as the check on that. Is that acceptable?",
            "C",
            note="Handed the question back; she took it, with a reason. Good.",
        ),
        Turn(3.5, "interviewer", "It is. Assume we can ask a few people a day.", "C"),
        Turn(
            4,
            "candidate",
            "How many viewers and videos are there, and how soon should a new upload be able to appear?",
            "C",
        ),
        Turn(
            4.5,
            "interviewer",
            "{viewers} viewers a day. You may restrict yourself to {corpus} videos. New ones within minutes.",
            "C",
        ),
        Turn(
            5.5,
            "candidate",
            "And I'll leave out: search, what plays next, and live. Home only. Are there videos that may be on the site and"
            " still must not be recommended?",
            "C",
            note="Scope cut cleanly. Borderline content is asked about early.",
        ),
        Turn(6.5, "interviewer", "Yes. There's a classifier for those, you may read its score.", "C"),
        Turn(
            7,
            "candidate",
            "Then these are my targets. {shown:n} videos within {promise} at the p99. What I watched a minute ago counts on the"
            " next load. A new upload can be shown within fifteen minutes. Borderline videos are never explored.",
            "L",
        ),
        Turn(
            9,
            "candidate",
            "Offline I'd look at recall of the candidates and at calibration of watch time; online at satisfied watch time per"
            " viewer, guarded by 'not interested' and by the share of views that go to new creators.",
            "L",
        ),
        Turn(
            11,
            "candidate",
            "Sizes. {viewers} viewers times {visits:n} loads is {requests:n} a day, {mean_rate:n} a second, twice that at peak. The"
            " heavy model cannot see {corpus} videos. If it sees {ranked:n}, that's already {scores:n} scores a second.",
            "E",
        ),
        Turn(
            12.5,
            "candidate",
            "Vectors: {corpus} times {dimensions:n} numbers at four bytes is {raw_bytes}. That fits on a large host, but I want many"
            " copies for this rate, so I'd quantise: {index_bytes}. I give up a little recall and re-score the best to get it"
            " back.",
            "E",
            note="Decides for quantisation from replicas, not from a single copy. Right reason.",
        ),
        Turn(
            14,
            "candidate",
            "And the one I find most telling: {uploads:n} uploads a day. If I give {explored} of slots to new ones, each gets about"
            " {first_views:n} views before I have to judge it. So new videos can be judged, but not on clicks alone.",
            "E",
            note="Derives the cold-start budget. I have not seen that done in the estimate before.",
        ),
        Turn(
            15.5,
            "candidate",
            "I'll draw the request. The player calls an orchestrator, which reads the viewer's last {history:n} watches in one go.",
            "A",
            draws=1,
        ),
        Turn(
            17,
            "candidate",
            "Three sources side by side. A viewer tower makes a vector and the index returns {nearest:n}. A co-watch table gives"
            " {cowatched:n} from the last things watched, it's dumb and very good. And subscriptions with the fresh pool give"
            " {followed:n}.",
            "A",
            draws=2,
        ),
        Turn(
            19,
            "candidate",
            "They're merged; what was seen, blocked or borderline goes; {eligible:n} are left, and a light ranker on CPUs keeps"
            " {ranked:n}.",
            "A",
            draws=3,
        ),
        Turn(
            20.5,
            "candidate",
            "The ranker predicts several things, expected watch time, like, not interested, survey answer, with shared experts"
            " and a gate for each task. A combiner multiplies them with weights, and a slate builder spreads channels and"
            " places the explored ones.",
            "A",
            draws=4,
        ),
        Turn(22, "interviewer", "Tell me how you predict watch time.", "A"),
        Turn(
            22.5,
            "candidate",
            "Not by regressing minutes: long videos would win by being long, and the tail would own the loss. One way is a"
            " click model whose positives are weighted by the time watched, so that its odds come out as expected watch time."
            " I'd rather predict the fraction watched within buckets of length, and multiply by length with a cap.",
            "A",
            note="Knows the published trick and why it works; has an own preference.",
        ),
        Turn(24, "interviewer", "And why would the cap help?", "A"),
        Turn(
            24.5,
            "candidate",
            "Because beyond, say, an hour, more minutes are a sleeping viewer. It's a statement about value, so it should be"
            " visible, in the combiner, and not hidden in the label.",
            "A",
        ),
        Turn(
            26,
            "candidate",
            "The loop. The player sends a heartbeat every {interval}, {heartbeats:n} a second, and that's my label. The served list"
            " is logged with positions and propensities; a join adds up the watch once the session has ended.",
            "A",
            draws=5,
        ),
        Turn(
            28,
            "candidate",
            "Unclicked rows are kept at {kept} and weighed by {negative_weight:n}, otherwise the {rows:n} rows a day would be"
            " twenty times that. A gate checks the next day, by slice and by age of video, and the towers go out with their"
            " index or not at all.",
            "A",
            draws=6,
        ),
        Turn(30, "interviewer", "A video is two minutes old. Nobody has seen it. Walk me through its life.", "A"),
        Turn(
            30.5,
            "candidate",
            "An encoder reads frames, sound and title and gives it a content vector, within minutes, so the index can find it"
            " for people who like such things. It goes into the fresh pool.",
            "A",
            draws=7,
        ),
        Turn(
            32,
            "candidate",
            "Then the slate builder shows it to viewers for whom it scores well enough, up to its {first_views:n} views. After fifty"
            " I look at how long people stayed against what this length usually gets; the upper end of that interval decides"
            " whether it goes on. It's a bandit with a budget, and every one of these rows has its propensity.",
            "A",
            note="Cold start as a process with a number, a rule and a log. Strong.",
        ),
        Turn(34, "interviewer", "Who pays for those views?", "A"),
        Turn(
            34.5,
            "candidate",
            "The viewers, a little, so I'd measure it: a holdback without exploration. In the short run it must look better than"
            " us. If it still does after a quarter, we explore too much.",
            "A",
            note="Expects the holdback to win at first. Few do.",
        ),
        Turn(
            36,
            "candidate",
            "Things that break. The index and the tower get out of step: recall falls and no error shows, so hosts refuse a"
            " mixed pair. The orchestrator loses a source: it's dropped at its deadline of {ann_time}, and the feed is poorer.",
            "R",
        ),
        Turn(
            38,
            "candidate",
            "If everything is late, the viewer's last good feed goes out, filtered again for what was watched since. And I'd"
            " count how often, because a fallback that is always on is an outage nobody noticed.",
            "R",
            draws=8,
        ),
        Turn(40, "interviewer", "Somebody shows you that your feed makes one kind of viewer angrier every month.", "R"),
        Turn(
            40.5,
            "candidate",
            "Then first I'd want to see it by cohort, over time, with the long holdback, because a daily test cannot. If it holds,"
            " it's the value that is wrong, not the model. I'd raise the weight of survey answers, cap how much of a session"
            " comes from one topic, and say openly that watch time will fall.",
            "R",
            note="Treats it as a matter of value and is ready to pay for it.",
        ),
        Turn(
            43,
            "candidate",
            "I'd build the co-watch table and the log first; that's a decent home page in a month. Towers next. The slate builder"
            " last, because it's the one I'd get wrong.",
            "R",
        ),
        Turn(44.5, "interviewer", "Good. Thank you.", "R"),
    ],
    verdict="Hire, senior, close to staff. Derived the exploration budget from uploads and used it twice; knew what is hidden in"
    " watch time. Could have said more about serving cost: {ranker_gpus:n} GPUs stood in nobody's sentence.",
)


@view("Board", direction="TB")
def board() -> None:
    """What stands on the board after 45 minutes: a funnel, a loop on heartbeats, and the way of a new video."""
    player = Mobile("Player app", tooltip="Asks for a feed, sends heartbeats")
    orchestrator = Go("Orchestrator", tooltip="Drives the stages, drops what is late")
    history = Redis("Viewer history", tooltip="Last {history:n} watches, read at once")
    with Cluster("Retrieve"):
        tower = EmbeddingTower("Viewer tower", tooltip="Encodes history and context at request time")
        index = VectorIndex("Video index", tooltip="Quantised vectors, {index_bytes}, of one version with the tower")
        cowatch = Retriever("Co-watch table", tooltip="What was watched after each video")
        fresh = Retriever("Subscriptions\nand fresh", tooltip="Followed channels, and videos that need first views")
    with Cluster("Rank"):
        merge = Assembler("Merge", tooltip="Drops seen, blocked and borderline videos")
        light = Ranker("Light ranker", tooltip="Keeps {ranked:n}")
        ranker = Ranker("Ranker", tooltip="Watch time, like, not interested, survey; position dropped at serving")
        slate = Assembler("Combiner\nand slate", tooltip="Weighs heads, spreads channels, places explored videos")
        fallback = Fallback("Last good feed", tooltip="Answers when the funnel is late, filtered again")
    with Cluster("Learn"):
        log = Kafka("Serving log", tooltip="Lists with positions, propensities, features")
        join = LabelJoin("Session join", tooltip="Adds up heartbeats once the session has ended, 30 min")
        trainer = Trainer("Trainer", tooltip="Weighs kept negatives by {negative_weight:n}")
        gate = Gate("Offline gate", tooltip="Next day, by slice and by age of video")
        registry = Mlflow("Model registry", tooltip="Releases towers with their index")
        encoder = Encoder("Content encoder", tooltip="Frames, sound and title of a new video, within minutes")

    with step("The player asks; the viewer's history is read at once."):
        player >> request("GET feed") >> orchestrator >> request("viewer id") >> history
    with step("Three sources are asked side by side."):
        orchestrator >> request("history") >> tower >> response("query vector") >> index
        orchestrator >> request("last watches") >> cowatch
        orchestrator >> request("channels") >> fresh
    with step("Candidates are merged and filtered, and a light model keeps {ranked:n}."):
        index >> response("{nearest:n} videos") >> merge
        cowatch >> response("{cowatched:n} videos") >> merge
        fresh >> response("{followed:n} videos") >> merge
        merge >> response("{eligible:n} eligible") >> light
    with step("Heads are predicted, combined, and made a slate."):
        (
            light
            >> response("top {ranked:n}")
            >> ranker
            >> response("heads")
            >> slate
            >> response("{shown:n} videos")
            >> player
        )
    with step("Lists are logged, heartbeats are joined to them."):
        slate >> stream("list, propensity") >> log >> stream("impressions") >> join
        player >> feedback("heartbeats") >> join
    with step("A gated bundle of models goes back."):
        join >> batch("{rows:n} rows/day") >> trainer >> batch("candidate") >> gate >> control("passed") >> registry
        registry >> control("version") >> ranker
        registry >> control("same version") >> index
    with step("A new video gets a vector before anybody has seen it."):
        encoder >> stream("new videos") >> fresh
        encoder >> stream("content vectors") >> index
    with step("Where the funnel is late, the last good feed goes out."):
        orchestrator >> request("on timeout") >> fallback >> response("older feed") >> player
