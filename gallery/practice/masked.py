"""One box of a drawing is hidden: its neighbours say what belongs there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archfolio.gallery import links
from archfolio.gallery.practice.flow import Flow, box_name
from archfolio.gallery.practice.item import MASKED, OTHERS, Choice, Evidence, PracticeItem, ShownDrawing
from archfolio.gallery.practice.stable import content_words, ranked
from archfolio.gallery.practice.words import SubjectWords, listed, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archfolio.gallery.manifest import Node, Subject, View

_MOST = 6
_NEIGHBOURS = 2  # at least, labelled arrows, for a hidden box to be told by them
_TOO_MANY = 5  # arrows that a question can name
_ARTEFACTS = content_words("bundle model module weights checkpoint candidate student")  # what trainers pass on too
_OUTSIDE = {"people", "none"}  # accents of what no system is built from


def masked_items(subject: Subject) -> Iterator[PracticeItem]:
    """Hide a box in each drawing; its distractors are parts of another sort, which have no like neighbour anywhere."""
    words = SubjectWords(subject)
    neighbours = _neighbours(subject)
    made = 0
    for view in ranked(subject.views, lambda view: view.slug, f"{subject.slug} {MASKED}"):
        flow = Flow(view)
        for node in ranked(view.nodes, lambda node: node.id, view.slug):
            if not _can_be_told(node, view, flow):
                continue
            distractors = _distractors(node, view, subject, neighbours)
            if len(distractors) < OTHERS:
                continue
            yield _item(node, view, flow, words, tuple(distractors[:OTHERS]))
            made += 1
            break
        if made == _MOST:
            return


def _item(node: Node, view: View, flow: Flow, words: SubjectWords, distractors: tuple[str, ...]) -> PracticeItem:
    entering = [arrow for arrow in flow.entering[node.id] if arrow.edge.label]
    following = [arrow for arrow in flow.following[node.id] if arrow.edge.label]
    gets = [f"\u201c{words.label(arrow.edge)}\u201d from {flow.name(arrow.tail)}" for arrow in entering]
    gives = [f"\u201c{words.label(arrow.edge)}\u201d to {flow.name(arrow.head)}" for arrow in following]
    facts = [f"gets {listed(gets)}"] if gets else []
    facts += [f"sends {listed(gives)}"] if gives else []
    return PracticeItem(
        id=f"{words.subject.slug}/{MASKED}/{view.slug}/{node.id}",
        kind=MASKED,
        level="mid",
        prompt=f"{words.view_title(view)}: one box is hidden. It {', and it '.join(facts)}. What belongs there?",
        drawing=ShownDrawing(view=view.slug, hidden=node.id),
        answer=Choice(key=box_name(node), distractors=distractors),
        reason=f"{box_name(node)}: {sentence(words.role(node))}",
        where=Evidence(
            text=f"{words.view_title(view)}: {box_name(node)}", fragment=links.state(view.slug, node=node.id)
        ),
    )


def _can_be_told(node: Node, view: View, flow: Flow) -> bool:
    """Return whether the arrows of a box say what it is, and nothing else in the drawing says its name."""
    arrows = (*flow.entering[node.id], *flow.following[node.id])
    labelled = [arrow for arrow in arrows if arrow.edge.label]
    if node.accent in _OUTSIDE or not node.role or not flow.entering[node.id] or not flow.following[node.id]:
        return False
    if not _NEIGHBOURS <= len(labelled) <= _TOO_MANY:
        return False
    return not content_words(box_name(node)) & _words_of(view, but=node)


def _words_of(view: View, but: Node | None = None) -> frozenset[str]:
    """Return what a drawing speaks of, all but one of its boxes."""
    said = [text for other in view.nodes if other is not but for text in (other.name, other.detail, other.role)]
    said += [*(edge.label for edge in view.edges), *(cluster.label for cluster in view.clusters)]
    return content_words(" ".join([*said, view.caption, view.title]))


def _distractors(
    node: Node, view: View, subject: Subject, neighbours: dict[str, frozenset[tuple[str, str]]]
) -> list[str]:
    """List boxes that stand in other drawings and cannot be this one."""
    taken = _words_of(view)
    wrong: dict[str, Node] = {}
    inner = _is_inner(node, view)
    labels = content_words(" ".join(edge.label for edge in view.edges if node.id in {edge.tail, edge.head}))
    outside = {node.accent, *_OUTSIDE, *(("model",) if labels & _ARTEFACTS else ())}
    for other_view in subject.views:
        for other in other_view.nodes:
            name = box_name(other)
            if other.accent in outside or other.component == node.component:
                continue
            if not inner and _is_inner(other, other_view):
                continue
            if neighbours[name] & neighbours[box_name(node)] or content_words(name) & taken:
                continue
            wrong[name] = other
    return _apart(ranked(wrong, str, f"{view.slug}/{node.id}"))


def _is_inner(node: Node, view: View) -> bool:
    """Return whether a box is a layer inside a model: its arrows are of no kind, as those of tensors are."""
    return all(edge.kind == "plain" for edge in view.edges if node.id in {edge.tail, edge.head})


def _apart(names: list[str]) -> list[str]:
    """Keep names that share no word with those before them."""
    kept: list[str] = []
    for name in names:
        if all(not content_words(name) & content_words(other) for other in kept):
            kept.append(name)
    return kept


def _neighbours(subject: Subject) -> dict[str, frozenset[tuple[str, str]]]:
    """Return, for every name, what stands before and after boxes of that name in any drawing."""
    found: dict[str, set[tuple[str, str]]] = {}
    for view in subject.views:
        flow = Flow(view)
        for node in view.nodes:
            near = found.setdefault(box_name(node), set())
            near |= {("before", flow.name(arrow.tail)) for arrow in flow.entering[node.id]}
            near |= {("after", flow.name(arrow.head)) for arrow in flow.following[node.id]}
    return {name: frozenset(near) for name, near in found.items()}
