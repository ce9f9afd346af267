"""Figures that are computed, with their units checked: one changed input moves all that hang on it."""

from archfolio import ASSUMPTION, Estimate, assume, cite, derive

ESTIMATE = Estimate(
    users=assume("Daily active users", 50e6, "user"),
    visits=assume("Visits per user", 4, "visit/user/day"),
    vector=cite("Width of an embedding", 768, "byte/item", source="Devlin et al. 2019"),
    items=assume("Products", 100e6, "item"),
    rate=derive("Average visit rate", "users * visits", "visit/s"),
    index=derive("Size of the index", "items * vector", "byte"),
)

assert ESTIMATE["users"].source == ASSUMPTION
assert round(ESTIMATE["rate"].value) == 2315  # 50e6 * 4 / 86400
assert ESTIMATE["index"].shown == "76.8\u202fGB"
