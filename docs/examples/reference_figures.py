"""Figures that many systems use, with their sources."""

from archfolio import Estimate, assume, derive, reference

ESTIMATE = Estimate(
    memory=reference("h100_memory"),
    share=assume("Share of it for weights", 0.6),
    weights=derive("Weights on a GPU", "memory * share", "GB/GPU"),
)
