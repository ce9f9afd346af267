"""A small gallery, made once from a manifest and drawings that were written by hand."""

from pathlib import Path

import pytest

from archfolio.gallery import manifest
from archfolio.gallery.catalog import Catalog
from archfolio.gallery.site import assemble

TINY = Path(__file__).with_name("tiny")


def read(path):
    return (TINY / path).read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def tiny():
    return manifest.read(TINY)


@pytest.fixture(scope="session")
def catalog(tiny):
    return Catalog(tiny)


@pytest.fixture(scope="session")
def site(tiny):
    return assemble(tiny, read)


@pytest.fixture(scope="session")
def read_tiny():
    return read


@pytest.fixture(scope="session")
def movies(tiny):
    return next(system for system in tiny.systems if system.slug == "movie-recommender")


@pytest.fixture(scope="session")
def plain(tiny):
    return next(system for system in tiny.systems if system.slug == "plain-script")
