"""Sources as lists of references print them: citation, and indented below it address and use."""

from archfolio import Source, bibliography

SOURCES = bibliography("""
    Y. Malkov, D. Yashunin, "Efficient and robust approximate nearest neighbor search using HNSW graphs", TPAMI 2020
        https://arxiv.org/abs/1603.09320
        how the index is searched
""")

assert isinstance(SOURCES[0], Source)
assert SOURCES[0].used_for == "how the index is searched"
