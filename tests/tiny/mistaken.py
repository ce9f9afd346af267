from archfolio import Estimate, System, assume, derive

SYSTEM = System(
    title="Mistaken",
    estimate=Estimate(
        users=assume("Users", 5, "user"),
        rate=derive("Rate", "user * 2", "user"),
    ),
)
