"""Design music recommendation: the next tracks of a radio that never ends, and a home page of playlists.

A track is three minutes long and is heard again and again, so what has been seen is not out, and a bad choice is skipped
within seconds. A hundred thousand tracks arrive each day that nobody has played, most of which nobody ever will.
"""

from archfolio import (
    Cache,
    Clarification,
    Encoder,
    InterviewQuestion,
    added,
    assume,
    batch,
    begin_from,
    changed,
    response,
    view,
)

QUESTION = InterviewQuestion(
    title="Music recommendation",
    position=3,
    topic="Recommendation and ranking",
    nearest="video-recommendation/serving",
    why_nearest="Both fill a session of media whose length is the reward. What differs is that tracks are short, replayed"
    " and played in an order.",
    clarifications=[
        Clarification(
            "Which surface: endless radio, a weekly discovery list, or the home page?",
            "Radio first: the next {shown:n} tracks, again each time the queue runs low.",
        ),
        Clarification(
            "What counts as success: time listened, tracks saved, or subscribers who stay?",
            "Subscribers who stay; time listened without skips and saves are what we can predict tonight.",
        ),
        Clarification(
            "How much discovery is wanted, and may a track come back?",
            "One new artist in five on the radio; a favourite may come back, but not within the hour.",
        ),
    ],
    answer=[
        "Two towers over sound and listening retrieve about {nearest} of {corpus} tracks, beside what shares playlists with"
        " the last tracks and the releases of followed artists.",
        "A ranker predicts skip within 30 s, finish and save for {ranked:n} of them, with the session's last plays as a"
        " sequence, at {ranker_gpus} GPUs for {peak_rate:n} requests a second at peak.",
        "A sequencer then orders the queue: tempo and key fit, an artist keeps its distance, a share is exploration at"
        " known propensity, and the next hour lies on the phone before the tunnel comes.",
    ],
    revisions={
        "viewers": assume("Daily active listeners", 250e6, "viewer"),
        "visits": assume("Requests for the next tracks, of a listener", 12, "request/viewer/day"),
        "corpus": assume("Tracks", 100e6, "video"),
        "shown": assume("Tracks in a queue", 10, "video/request"),
        "ranked": assume("Candidates ranked", 300, "video/request"),
    },
    compared=["peak_rate", "scores", "ranker_gpus", "history_bytes", "index_bytes"],
)


@view("Serving")
def serving() -> None:
    """The funnel of videos, for tracks: heard again, skipped in seconds, and played in an order."""
    video = begin_from("video-recommendation/serving")
    with added("Sound is encoded ahead, so that a track nobody has played has a place in the index."):
        sound = Encoder("Sound encoder", tooltip="Embeds the spectrogram of each new track, beside label and credits")
        sound >> batch("new tracks") >> video["Two-tower ANN"]
    with added("The next hour is fetched ahead and lies on the phone, for playback cannot wait for a network."):
        queue = Cache("Queue on the phone", tooltip="Holds the next hour, expires when the listener goes elsewhere")
        video["Re-ranker"] >> response("next hour") >> queue >> response("next track") >> video["Player app"]
    changed(
        video["Co-watch table"],
        "Playlist neighbours\nScylla",
        tooltip="Holds what stands beside a track in playlists that people made",
        because="Playlists are hand-made lists of what fits together: better neighbours than what was heard next.",
        edges={
            video.edge("Orchestrator -> Co-watch table"): "last 20 tracks",
            video.edge("Co-watch table -> Merge"): "{cowatched} tracks",
            video.edge("Two-tower ANN -> Merge"): "{nearest} tracks",
        },
    )
    changed(
        video["Subscriptions"],
        "Followed artists\nand releases",
        tooltip="Holds Friday's releases of followed artists, and the fresh pool",
        because="A follow is of an artist, and most of what is new comes out on Fridays.",
        edges={
            video.edge("Orchestrator -> Subscriptions"): "artist list",
            video.edge("Subscriptions -> Merge"): "{followed} tracks",
        },
    )
    changed(
        video["Merge"],
        "Merge\nand filters",
        tooltip="Drops blocked and explicit tracks; what was heard before stays in",
        because="What was seen is not out: people hear a favourite a hundred times. Only the last hour is kept away.",
    )
    changed(
        video["Ranker"],
        "Ranker\nskip, finish, save",
        tooltip="Predicts a skip within 30 s, a finish and a save, with the session as a sequence",
        because="The label is a skip within 30 s, there in half a minute, instead of minutes watched.",
    )
    changed(
        video["Re-ranker"],
        "Sequencer",
        tooltip="Orders the queue by tempo, key and mood; spaces artists; explores",
        because="A queue is heard in its order, so the list is built track after track, not sorted.",
        edges={video.edge("Re-ranker -> Player app"): "{shown} tracks"},
    )
