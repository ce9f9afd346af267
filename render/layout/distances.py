"""Distances that several ways to draw have in common, in px."""

INSET = 12  # from a card's corner to a line's end, at least
PITCH = 14  # between ends of lines on one side, where there is room
LEAD = 20  # from a card to the first row of labels beside it
