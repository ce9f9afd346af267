"""Design job recommendation for a professional network.

Both sides choose. A job that a thousand people apply to is no use to nine hundred and ninety of them, and an application
that nobody answers hurts the member who sent it. Outcomes come back after weeks, if at all, and the law watches who is
shown what.
"""

from diagrams.onprem.client import Users
from diagrams.onprem.inmemory import Redis

from archfolio import (
    Clarification,
    GraphStore,
    InterviewQuestion,
    added,
    assume,
    begin_from,
    changed,
    feedback,
    removed,
    request,
    response,
    view,
)

QUESTION = InterviewQuestion(
    title="Job recommendation",
    position=4,
    topic="Recommendation and ranking",
    nearest="recommendation-systems/serving",
    why_nearest="The funnel is that of a shop. What differs is that an item answers, and that it can be filled.",
    clarifications=[
        Clarification(
            "Whose success: members who apply, members who are hired, or recruiters who fill jobs?",
            "A qualified application that gets a reply; hires are too rare and too late to train on alone.",
        ),
        Clarification(
            "Are there rules about who may be shown what?",
            "Yes: no use of age, gender or origin, and shares of views by group are audited.",
        ),
        Clarification(
            "How large, how fresh?",
            "{users} daily members, {catalogue} open jobs; a new job is found within minutes, a closed one is gone at once.",
        ),
    ],
    answer=[
        "Hard rules of place, permit and pay cut {catalogue} open jobs down, then two towers and a graph of skills and titles"
        " retrieve about {retrieved} of them.",
        "A ranker predicts P(apply), P(reply | apply) and P(hire | reply), and sorts by their product, so that a long shot"
        " that nobody answers does not win by its clicks.",
        "A re-ranker spreads applicants: a job that has enough of them loses weight, and exposure by group is checked before"
        " the page of {shown:n} leaves.",
    ],
    revisions={
        "users": assume("Daily active members", 10e6, "user"),
        "visits": assume("Job pages a member asks for", 4, "request/user/day"),
        "catalogue": assume("Open jobs", 20e6, "item"),
        "ranked": assume("Candidates ranked", 300, "item/request"),
        "shown": assume("Jobs shown", 20, "item/request"),
        "order_window": assume("Window for a reply", 21, "day"),
        "clicked": assume("Job pages opened, of jobs seen", 4, "percent"),
    },
    compared=["peak_rate", "scores", "ranker_gpus", "index_bytes", "order_window"],
)


@view("Serving")
def serving() -> None:
    """The shop's funnel for jobs: the item answers, can be filled, and may not be shown unfairly."""
    shop = begin_from("recommendation-systems/serving")
    with added("A graph of skills and titles finds jobs that a title search and past clicks would miss."):
        skills = GraphStore("Skill graph", tooltip="Links titles, skills and industries; two hops from the profile")
        (
            shop["Orchestrator"]
            >> request("titles, skills")
            >> skills
            >> response("{neighbour_items} jobs")
            >> shop["Merge"]
        )
    with added("Applicants are counted, so that one job does not get all of them."):
        load = Redis("Applicant counts", tooltip="Counts applications and open places of each job, seconds old")
        shop["Re-ranker"] >> request("{ranked} jobs") >> load
    with added("The other side answers, days later: replies and hires are labels too."):
        recruiters = Users("Recruiters", tooltip="Read applications, reply, close jobs")
        recruiters >> feedback("reply, hire, close") >> shop["Serving log"]
    changed(
        shop["Shopper app"],
        "Member app",
        tooltip="Asks for jobs, reports which became visible, opened and applied to",
        because="The visitor is known by name and career, and comes twice a week instead of twice a day.",
        edges={
            shop.edge("Shopper app -> API gateway"): "GET jobs",
            shop.edge("Shopper app -> Serving log"): "visible, opened, applied",
        },
    )
    changed(
        shop["User features"],
        "Member profile\nRedis",
        tooltip="Holds titles, skills, places, permit, wished pay and last actions",
        because="What members have written about themselves says more than what they clicked.",
    )
    changed(
        shop["Ranker"],
        "Ranker\napply, reply, hire",
        tooltip="Predicts P(apply), P(reply | apply), P(hire | reply); sorts by the product",
        because="Two sides must say yes, so the value is a product of both, over a window of {order_window}.",
    )
    changed(
        shop["Re-ranker"],
        "Re-ranker\nspreads applicants",
        tooltip="Caps a job's share of applicants, checks exposure by group, explores new jobs",
        because="Places are few: showing the best job to everybody is worse for nearly everybody.",
    )
    changed(
        shop["Stock cache"],
        "Open jobs",
        tooltip="Holds which jobs are still open, and where they may be shown",
        because="A filled job is what a sold-out item is in a shop, and an application to it costs an evening.",
    )
    removed(
        shop["Item-to-item table"],
        because="Few people see the same two jobs, and a job lives for weeks: no table fills.",
    )
    removed(
        shop["Trending and new"],
        because="A bestseller helps in a shop; a job that is popular already has its applicants.",
    )
