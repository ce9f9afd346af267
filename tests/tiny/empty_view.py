from archfolio import view


@view("Empty")
def empty() -> None:
    """It forgot to draw."""
