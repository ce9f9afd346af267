"""Design ETA prediction for a map or a ride: the minute at which one will be there.

A route is a sum of road segments whose speeds change while one drives, and a router already adds them up. What is left to
learn is where that sum is wrong, by how much, and how sure one may be; and being late costs more than being early.
"""

from diagrams.programming.language import Cpp

from archfolio import (
    Clarification,
    InterviewQuestion,
    added,
    begin_from,
    bibliography,
    changed,
    removed,
    request,
    response,
    view,
)

QUESTION = InterviewQuestion(
    title="ETA prediction",
    position=26,
    topic="Beyond the 25",
    nearest="time-series-forecasting/serving",
    why_nearest="A forecast with quantiles, recomputed from what was measured minutes ago, and checked against what happened.",
    clarifications=[
        Clarification(
            "An ETA for whom: a driver on the way, a rider before booking, or a dispatcher?",
            "All three: one service, from one trip to thousands of pairs for dispatch.",
        ),
        Clarification(
            "Which error counts?",
            "Mean absolute error, and the share of trips later than promised; late is weighted double.",
        ),
        Clarification(
            "How fast, how fresh?", "A few tens of milliseconds for a pair; traffic is at most two minutes old."
        ),
    ],
    answer=[
        "A routing engine finds the way on a prepared road graph and adds up segment times that a stream of GPS pings keeps"
        " two minutes fresh; that sum is the baseline, and already good.",
        "A small network predicts the residual from the sum, place and hour of both ends, weather and kind of trip, with"
        " quantiles by an asymmetric loss, in a few milliseconds for a batch of pairs.",
        "Quantiles are calibrated on the last hour's finished trips, the rider is shown one that is kept nine times in ten,"
        " and when the model is late the router's sum goes out.",
    ],
    sources=bibliography(
        """
        X. Hu, O. Binaykiya, E. Frank, O. Cirit (Uber), "DeeprETA: An ETA Post-processing System at Scale", arXiv 2022
            https://arxiv.org/abs/2206.02127 predicting the residual of a routing engine, and an asymmetric loss
        A. Derrow-Pinion et al. (DeepMind, Google), "ETA Prediction with Graph Neural Networks in Google Maps", CIKM 2021
            https://arxiv.org/abs/2108.11482 segments joined to supersegments, and a graph network over them
        """
    ),
)


@view("Serving")
def serving() -> None:
    """Forecasting for one trip: a router's sum of segment times, a learnt residual, and a quantile that is kept."""
    demand = begin_from("time-series-forecasting/serving")
    with added("A router finds the way and adds up its segments: the baseline, and most of the answer."):
        router = Cpp("Routing engine", tooltip="Fastest way on a prepared road graph, segment times from the stream")
        (
            demand["Forecast API"]
            >> request("from, to, when")
            >> router
            >> request("segment times")
            >> demand["Intraday nowcast"]
        )
        router >> response("sum") >> demand["Distilled forecaster"]
    with added("Calibrated quantiles of one trip go straight to the guardrails."):
        demand["Conformal calibrator"] >> response("trip quantiles") >> demand["Guardrails"]
    changed(
        demand["Planner tool"],
        "Rider app",
        tooltip="Asks when a car is here, and when it is there",
        because="The question is one trip, and is asked again each minute of it.",
        edges={
            demand.edge("Planner tool -> API gateway"): "from, to",
            demand.edge("Forecast API -> Planner tool"): "ETA, kept 90 %",
        },
    )
    changed(
        demand["Replenishment engine"],
        "Dispatcher",
        tooltip="Asks for hundreds of pairs at once, to match cars with riders",
        because="Matching wants means of many pairs, where a rider wants a promise for one.",
        edges={
            demand.edge("Replenishment engine -> API gateway"): "500 pairs",
            demand.edge("Forecast API -> Replenishment engine"): "means, spreads",
        },
    )
    changed(
        demand["Live sales"],
        "GPS pings\nKafka",
        tooltip="Positions of cars on the way, every few seconds",
        because="What is minutes old here is traffic.",
        edges={demand.edge("Live sales -> Intraday nowcast"): "positions"},
    )
    changed(
        demand["Intraday nowcast"],
        "Segment speeds\nFlink",
        tooltip="Matches pings to roads; speed of each segment over two minutes, filled up from history",
        because="Pings become speeds by segment, two minutes old.",
        edges={
            demand.edge("Intraday nowcast -> Freshness check"): "jams, closures",
            demand.edge("Intraday nowcast -> History"): "today's speeds",
        },
    )
    changed(
        demand["Distilled forecaster"],
        "Residual model",
        tooltip="Predicts how far the router's sum is off, with quantiles, for a batch of pairs",
        because="The model learns where the sum is wrong, and needs no way of its own.",
        edges={
            demand.edge("Distilled forecaster -> History"): "usual speeds",
            demand.edge("Distilled forecaster -> Future inputs"): "weather, events",
            demand.edge("Freshness check -> Distilled forecaster"): "live traffic",
        },
    )
    changed(
        demand["Hot forecasts"],
        "Cell pairs\nRedis",
        tooltip="Answers of the last minute by pair of map cells, for the first screen",
        because="Before booking, a pair of cells is precise enough.",
        edges={demand.edge("Forecast API -> Hot forecasts"): "cell pair"},
    )
    removed(
        demand["Reconciler"],
        demand["Overrides"],
        because="Trips do not add up to a total, and nobody corrects them by hand.",
    )
    removed(
        demand["Capacity planner"],
        demand["Forecast store"],
        because="There is nothing to store: a trip that is asked for tomorrow has other traffic.",
    )
