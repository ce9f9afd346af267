"""The page of a common mistake: a wrong drawing to find the fault in, and the answer."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace

from archfolio.gallery import links
from archfolio.gallery.catalog import summary_text
from archfolio.gallery.pages.beside import Beside, beside
from archfolio.gallery.pages.drawings import taken_in
from archfolio.gallery.pages.interview_lists import HUB, STYLES, fault_name
from archfolio.gallery.pages.json_script import data_block
from archfolio.gallery.pages.page_frame import NAME, PageFrame
from archfolio.gallery.pages.references import Reference, references
from archfolio.gallery.pages.section import Section, optional_section
from archfolio.gallery.pages.source import Listing, listing
from archfolio.gallery.pages.texts import Texts
from archfolio.gallery.svg.inline import sprite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from markupsafe import Markup

    from archfolio.gallery.catalog import Catalog
    from archfolio.gallery.manifest import CommonMistake, View


@dataclass(frozen=True, slots=True)
class MistakeDrawing:
    """One of the two drawings."""

    id: str
    caption: Markup
    drawing: Markup
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleFinding:
    """What a rule says of the wrong drawing."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class MistakePage:
    """Everything that the page of a mistake prints. What may be absent is a tuple of none or one."""

    template: ClassVar[str] = "mistake.html"
    noun: ClassVar[str] = "mistake"

    frame: PageFrame
    title: str
    name: str
    said: Markup
    shows: tuple[Markup, ...]
    sprite: Markup
    wrong: tuple[MistakeDrawing, ...]
    right: tuple[MistakeDrawing, ...]
    fault: str
    reason: Markup
    cure: Markup
    finding: tuple[RuleFinding, ...]
    no_rule: tuple[str, ...]
    done_right: tuple[Markup, ...]
    sources: tuple[Section[tuple[Reference, ...]], ...]
    listing: tuple[Section[Listing], ...]
    beside: Beside
    data: Markup


def mistake_page(mistake: CommonMistake, catalog: Catalog, read: Callable[[str], str]) -> MistakePage:
    """Compute the page of a mistake; `read` gives the text of a file that the manifest names."""
    texts = Texts(mistake, catalog)
    path = links.page_of(mistake)
    root = links.root(path)
    crumbs = (
        links.Link(HUB.text, f"{root}{HUB.href}"),
        links.Link("Spot the fault", f"{root}{links.MISTAKES}"),
        links.Link(fault_name(mistake), ""),
    )
    views = {view.slug: view for view in mistake.views}
    taken = {slug: taken_in(mistake, view, read) for slug, view in views.items()}
    drawn = {
        slug: MistakeDrawing(links.state(slug), texts.html(view.caption), taken[slug].markup, tuple(view.outline))
        for slug, view in views.items()
    }
    wrong = views.get("wrong")
    return MistakePage(
        frame=PageFrame(path, f"{fault_name(mistake)} · {NAME}", summary_text(mistake), crumbs, ("fault.js",), STYLES),
        title=fault_name(mistake),
        name=mistake.title,
        said=texts.html(mistake.summary),
        shows=tuple(map(texts.html, mistake.problem)),
        sprite=sprite(taken.values(), catalog.icon_files, root),
        wrong=(drawn["wrong"],) if wrong else (),
        right=(drawn["right"],) if "right" in views else (),
        fault=" or ".join(_named(wrong, mistake.fault)) if wrong else "",
        reason=texts.html(mistake.reason),
        cure=texts.html(mistake.cure),
        finding=(RuleFinding(mistake.rule, mistake.finding),) if mistake.finding else (),
        no_rule=(mistake.no_rule,) if mistake.no_rule else (),
        done_right=tuple(map(texts.link_to, mistake.done_right)),
        sources=optional_section("sources", "Sources", references(mistake, texts)),
        listing=optional_section("source", "Python source", listing(mistake, boxes=False)),
        beside=beside(mistake, [replace(one, title=fault_name(one)) for one in catalog.mistakes]),
        data=data_block(
            {
                "hint": mistake.hint,
                "away": away(wrong, mistake.fault) if wrong else {},
                "names": _names(wrong) if wrong else {},
            }
        ),
    )


def away(view: View, fault: Iterable[str]) -> dict[str, int]:
    """Count, for every box and arrow, how many steps it is away from the fault: from a box to its arrow is one."""
    parts = [*(node.id for node in view.nodes), *(edge.id for edge in view.edges)]
    beside: dict[str, set[str]] = {part: set() for part in parts}
    for edge in view.edges:
        for end in (edge.tail, edge.head):
            if end in beside:
                beside[edge.id].add(end)
                beside[end].add(edge.id)
    steps = {part: 0 for part in fault if part in beside}
    todo = deque(steps)
    while todo:
        part = todo.popleft()
        for other in sorted(beside[part]):
            if other not in steps:
                steps[other] = steps[part] + 1
                todo.append(other)
    return {part: steps.get(part, len(beside)) for part in beside}


def _names(view: View) -> dict[str, str]:
    """Name each box and arrow as a reader of the drawing does."""
    names = {node.id: f"{node.name} {node.detail}".strip() for node in view.nodes}
    ends = names | {cluster.id: cluster.label for cluster in view.clusters}
    arrows = {
        edge.id: f"{ends.get(edge.tail, '')} \u2192 {ends.get(edge.head, '')}"
        + (f", {' '.join(edge.label.split())}" if edge.label else "")
        for edge in view.edges
    }
    return names | arrows


def _named(view: View, parts: Iterable[str]) -> list[str]:
    names = _names(view)
    return [f"\u201c{names[part]}\u201d" for part in parts if part in names]
