"""What tests of our systems and building blocks ask of texts and figures."""

import re


def words(text):
    return len(text.split())


def depends_on(figures, name):
    """List what a figure is computed from, itself included."""
    found = {name}
    for word in re.findall(r"[A-Za-z_]\w*", figures[name].formula):
        if word in figures:
            found |= depends_on(figures, word)
    return found
