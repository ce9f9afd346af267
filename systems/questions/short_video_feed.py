"""Design the feed of a short-video app such as TikTok or Reels.

There is no click: the next video plays by itself, and the label is how long it is watched. Most of what is shown was made
by strangers, minutes ago, and one more second for everybody is easily bought with what people regret afterwards.
"""

from archfolio import Clarification, InterviewQuestion

QUESTION = InterviewQuestion(
    title="Short-video feed",
    position=2,
    topic="Recommendation and ranking",
    nearest="video-recommendation/serving",
    why_nearest="The same funnel of a corpus by strangers and the same watch-time heads; only the list has one item a screen.",
    clarifications=[
        Clarification(
            "What is optimised: time, sessions, or what people say when asked?",
            "Satisfied watch time: minutes weighed by surveys, with returns within a month as the goal behind it.",
        ),
        Clarification(
            "Followed creators or everybody?",
            "Everybody, from a corpus of {corpus}; followed creators are one source of three.",
        ),
        Clarification(
            "How fast must a new video find viewers?",
            "Within minutes: a new upload gets about {first_views:n} views of exploration before it is judged.",
        ),
    ],
    answer=[
        "A two-tower index, a co-watch table and a fresh pool retrieve {retrieved} of {corpus} videos; seen, blocked and"
        " unsafe ones are dropped, {eligible} are left.",
        "A light ranker keeps {ranked:n}; a mixture of experts predicts watch time, finish, like, share, not interested and"
        " survey answer, calibrated, at {scores:n} scores a second for {peak_rate:n} requests.",
        "A combiner weighs the heads, a slate builder spaces creators and topics and gives {explored} of slots to new uploads,"
        " and heartbeats every {interval} close the loop.",
    ],
)
