"""What an interview asks, and what one answers."""

from archfolio import CaseStudy, FollowUp, InterviewRank, Phase

INTERVIEW = InterviewRank(3, "Asked wherever there is a search box.")
FOLLOW_UPS = [
    FollowUp(
        "senior",
        "What if the index is an hour old?",
        answer="New products are searched in a small fresh index beside it, and merged at night.",
        weak="Rebuild it more often.",
        where="serving/ANN index",
    )
]
CASE_STUDIES = [
    CaseStudy(
        "Spotify", "Voyager", difference="HNSW in memory of each server", source="https://github.com/spotify/voyager"
    )
]
FIVE_MINUTES = [Phase(0.5, "Frame", "We turn a query into twenty products, within 150 ms."), Phase(4.5, "Draw", "...")]
