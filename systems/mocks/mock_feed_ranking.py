"""Design the news feed of a social network.

Watch how the candidate turns down a list of features in the first minutes, lets one figure decide between push and pull, and
comes back to privacy when the interviewer had given up on it.
"""

from diagrams import Cluster
from diagrams.generic.device import Mobile
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.network import Envoy
from diagrams.onprem.queue import Kafka
from diagrams.programming.language import Scala

from archfolio import (
    Assembler,
    Fallback,
    Gate,
    Guard,
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
    title="Mock: news feed",
    position=1,
    system="feed-ranking",
    level="senior",
    turns=[
        Turn(0, "interviewer", "Design the news feed of a social network. Take it where you like.", "C"),
        Turn(
            0.5,
            "candidate",
            "Thanks. Before I draw anything I'd like to be sure which feed we mean. Is it posts by people one follows, or are"
            " strangers' posts in it as well?",
            "C",
        ),
        Turn(1, "interviewer", "Both. Mostly people you follow.", "C"),
        Turn(
            1.5,
            "candidate",
            "And what makes it a good feed, for the company? I'd rather not optimise time spent and find out in a year that"
            " people leave.",
            "C",
            note="Asks for the goal, and names the trap in it. Good.",
        ),
        Turn(2.5, "interviewer", "People should come back. Say, within the month.", "C"),
        Turn(
            3,
            "candidate",
            "Then returning within 28 days is the goal, and it is far too slow to train on. So I'd predict what we can see"
            " today, reactions, dwell, hides, and use surveys to weigh them. How many people, roughly?",
            "C",
        ),
        Turn(4, "interviewer", "{members} a day. They open it fifteen times.", "C"),
        Turn(
            4.5,
            "candidate",
            "Two more. If I block somebody, how soon must that hold? And are ads in this list mine to rank?",
            "C",
            note="Block is asked before it is on my list. Ads put out of scope.",
        ),
        Turn(5.5, "interviewer", "On the next load. And no, ads come in later, under your rules of spacing.", "C"),
        Turn(
            6.5,
            "candidate",
            "Let me write down what I'll hold myself to. A page within {promise} at the p99. A new post is visible within"
            " seconds. Audience rules hold at read time, whatever a model says. And the list must not be all one person, or"
            " all one kind.",
            "L",
            note="Targets with figures. Would have liked availability.",
        ),
        Turn(
            9,
            "candidate",
            "Metrics: offline, log-loss by head on the next day. Online, sessions per member, with a guardrail on hides and on"
            " what people answer in surveys.",
            "L",
        ),
        Turn(
            11,
            "candidate",
            "Now sizes. {members} times fifteen is {loads:n} loads a day. A day is about a hundred thousand seconds, so fifty"
            " thousand a second, and twice that at peak: {peak_rate:n}.",
            "E",
        ),
        Turn(
            12,
            "candidate",
            "The question that decides the design is push or pull. {posted:n} posts a day, each into about {followers:n} inboxes,"
            " is {inbox_writes:n} writes a second. That could be done. But one post of the largest author is {star:n} writes at"
            " once, and ranking reads fresh features anyway. So I pull.",
            "E",
            note="The figure that decides. And a 'so' after it.",
        ),
        Turn(13.5, "interviewer", "Fine. What does pulling cost you?", "E"),
        Turn(
            14,
            "candidate",
            "Every load asks all {shards:n} shards of authors: {leaf_queries:n} queries a second. The index is small, {index_bytes}"
            " a copy, because I keep a hundred bytes a post for two weeks. So it's memory-bound and cheap: {leaf_hosts:n} hosts.",
            "E",
        ),
        Turn(
            15.5,
            "candidate",
            "Let me draw one load. The app asks, the gateway puts a deadline on it, and a mixer owns the stages and the timeouts.",
            "A",
            draws=1,
        ),
        Turn(
            17,
            "candidate",
            "Two sources. Author shards give about {from_authors:n} recent posts of people one follows, an index of post vectors"
            " gives {from_ann:n} of strangers. I merge, and drop what was seen.",
            "A",
            draws=2,
        ),
        Turn(
            18.5,
            "candidate",
            "And before any model looks at them, an audience check: friends only, blocked, deleted. It's a filter, not a"
            " feature. {allowed:n} of {gathered:n} survive.",
            "A",
            draws=3,
            note="Privacy before ranking, unprompted.",
        ),
        Turn(
            20,
            "candidate",
            "Then a funnel. A light model keeps {ranked:n}, and the real ranker scores those, ten outcomes each. That's {scores:n}"
            " posts a second at peak, about {ranker_gpus:n} GPUs. Scoring all {allowed:n} with it would be almost four times that.",
            "A",
            draws=4,
        ),
        Turn(
            21.5,
            "candidate",
            "The ten probabilities become one value, weights times calibrated heads, and a last step arranges the page: authors"
            " apart, media mixed, a little exploration. If the ranker is late, the member's last ranked ids go out.",
            "A",
            draws=5,
        ),
        Turn(23, "interviewer", "Where do those weights come from?", "A"),
        Turn(
            23.5,
            "candidate",
            "Not from me. I'd start with weights from a regression of survey answers on outcomes, we get about"
            " {survey_answers:n} answers a day, and then move them in experiments on retention. I want them outside of the"
            " model, so that a weight can change without a training run.",
            "A",
            note="Separates prediction from policy. This is the senior answer.",
        ),
        Turn(
            25.5,
            "candidate",
            "Now the loop. The list is logged as it was served, with features and positions. Outcomes come back by stream, and a"
            " join waits for them; I'd give reactions a day and dwell is there at once.",
            "A",
            draws=6,
        ),
        Turn(
            27.5,
            "candidate",
            "Training reads that log, whole lists of a tenth of the members, {rows:n} rows a day. A gate compares with the model"
            " that serves on the next day, by slice, and only then does the registry hand it to the ranker.",
            "A",
            draws=7,
        ),
        Turn(29.5, "interviewer", "Your model has learnt from its own lists for a year. What's wrong with it?", "A"),
        Turn(
            30,
            "candidate",
            "It has never seen what it ranks low. So a share of slots is filled from lower down at a propensity that I log, and"
            " those rows are both my unbiased test set and the way in for new authors. And the position is an input in training"
            " that I drop at serving, otherwise the top slot teaches the model that the top slot is good.",
            "A",
            note="Exploration and position bias, both with what they are for.",
        ),
        Turn(33, "interviewer", "Let's go back. I block someone while my page is being ranked.", "A"),
        Turn(
            33.5,
            "candidate",
            "Right. The check was early in the load, so it can be {promise} old. I'd check the final {shown:n} again when the"
            " page is put together: it's 25 ids against the graph cache, a couple of milliseconds. And the fallback list goes"
            " through that same check, because those ids may be an hour old.",
            "A",
            draws=8,
            note="I thought he had it wrong. He corrects it himself, fallback included.",
        ),
        Turn(
            35.5,
            "candidate",
            "Let me attack this. First, the leaf shards: one slow shard of twenty delays every load, so I set a deadline of"
            " {leaf_time} and rank without it; members lose a twentieth of their posts for a moment.",
            "R",
        ),
        Turn(
            37.5,
            "candidate",
            "Second, a head loses its calibration after a release, say comments are predicted twice as likely. Nothing fails, the"
            " feed just turns into arguments. So I watch predicted against observed by head and by hour, and the gate has a"
            " band for it.",
            "R",
            note="A silent failure, with the number that shows it.",
        ),
        Turn(39.5, "interviewer", "Ten times the members. What breaks?", "R"),
        Turn(
            40,
            "candidate",
            "Not the shards, they scale with copies. The ranker does: {ranker_gpus:n} GPUs become ten times that. I'd look at"
            " ranking fewer, 300 instead of {ranked:n}, because the light model rarely misses beyond that; and at caching"
            " scores for the second load within a minute.",
            "R",
        ),
        Turn(
            42,
            "candidate",
            "What I'd build first is chronological with the audience check, a baseline to beat and the log with positions. Ranking"
            " in the second quarter, strangers' posts in the third. And I'd reconsider pulling if followees per member grew"
            " past a few thousand.",
            "R",
            note="An order of building, and when he would change his mind.",
        ),
        Turn(44, "interviewer", "Thank you. Questions for me?", "R"),
    ],
    verdict="Hire, senior. He found the figure that decides push or pull and said what it rules out; privacy stood before the"
    " model and again after it. Left out: availability, and how surveys are kept from being answered by the happy alone. For"
    " staff I would have wanted the weights of the value model argued with those who own the product.",
)


@view("Board", direction="TB")
def board() -> None:
    """What stands on the board after 45 minutes: one load from the app and back, and the loop that learns from it."""
    app = Mobile("Member app", tooltip="Asks for a page, reports dwell and reactions")
    with Cluster("Edge"):
        gateway = Envoy("API gateway", tooltip="Authenticates, attaches the deadline of {promise}")
        mixer = Scala("Feed mixer", tooltip="Owns the stages, drops late sources")
    with Cluster("Gather and check"):
        leaves = Retriever("Author shards", tooltip="Recent posts of followed authors, on {shards:n} shards")
        ann = VectorIndex("Post index", tooltip="Posts near to the member's interests, rebuilt as posts arrive")
        merge = Assembler("Merge", tooltip="Drops what was seen, keeps where each post came from")
        check = Guard("Audience check", tooltip="Friends, blocks, deletions: early, and again for the page")
    with Cluster("Rank and compose"):
        light = Ranker("Light ranker", tooltip="Keeps {ranked:n} of {allowed:n}")
        ranker = Ranker("Ranker\nten heads", tooltip="Predicts ten outcomes of each post")
        page = Assembler("Value and page", tooltip="Weighs heads, spaces authors, explores a little")
        fallback = Fallback("Last ranked ids", tooltip="Answers when the ranker is late")
    with Cluster("Learn"):
        log = Kafka("Serving log", tooltip="Lists as served: features, heads, positions, propensity")
        join = LabelJoin("Label join", tooltip="Reactions within 24 h, dwell at once")
        trainer = Trainer("Trainer", tooltip="Whole lists of a tenth of the members")
        gate = Gate("Offline gate", tooltip="Next day, by slice, calibration in its band")
        registry = Mlflow("Model registry", tooltip="Keeps what passed, and the version before")

    with step("A load with its deadline reaches the mixer."):
        app >> request("GET page") >> gateway >> request("{promise} deadline") >> mixer
    with step("Followed authors are pulled, strangers' posts are found by vector."):
        mixer >> request("followees") >> leaves >> response("{from_authors:n} posts") >> merge
        mixer >> request("interests") >> ann >> response("{from_ann:n} posts") >> merge
    with step("Audience rules hold before any model sees a post."):
        merge >> response("unseen posts") >> check
    with step("A light model keeps {ranked:n}, the ranker scores ten outcomes of each."):
        check >> response("{allowed:n} allowed") >> light >> response("top {ranked:n}") >> ranker
    with step("Heads become a value, values a page; a late ranker is replaced by the last list."):
        ranker >> response("ten heads") >> page >> response("{shown:n} posts") >> app
        mixer >> request("on timeout") >> fallback >> response("older ids") >> page
    with step("The list is logged as served, and outcomes are joined to it."):
        page >> stream("list as served") >> log >> stream("impressions") >> join
        app >> feedback("dwell, reactions") >> join
    with step("A gated model comes back to the ranker."):
        join >> batch("{rows:n} rows/day") >> trainer >> batch("candidate") >> gate >> control("passed") >> registry
        registry >> control("version") >> ranker
    with step("The page is checked once more, and so is the fallback."):
        page >> request("re-check {shown:n}") >> check
