"""A view begins as another system's, and says what is added, changed and removed."""

from archfolio import Encoder, added, batch, begin_from, changed, removed, view


@view("Serving")
def serving() -> None:
    """The shop's search, for pictures."""
    shop = begin_from("system/serving")
    with added("Pictures are encoded before anybody asks."):
        encoder = Encoder("Picture encoder", tooltip="Embeds each new picture")
        encoder >> batch("vectors") >> shop["Ranker"]
    changed(
        shop["Ranker"],
        "Ranker\nby likeness",
        because="Nobody types a word.",
        edges={shop.edge("Ranker -> Serving log"): "what looked alike"},
    )
    removed(shop["Serving log"], because="Pictures of strangers are not kept.")
