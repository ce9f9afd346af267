"""What a changed input does to a page is what Python computes, for every figure of every system and block."""

import re

import pytest

from archfolio.author_error import AuthorError
from archfolio.estimate import Estimate, Formula, Input
from archfolio.gallery import links, manifest
from archfolio.gallery.pages.estimate import in_unit

pytestmark = pytest.mark.slow

QUOTE = re.compile(r"\{(\w+)(?::n)?\}")

CHANGE = """
([name, value]) => {
  estimate.change(new Map([[name, value]]));
  const seen = new Set();
  for (const place of document.querySelectorAll("[data-figure]")) {
    const {figure, form} = place.dataset;
    const rest = place.closest("g")?.querySelector(`[data-rest="${figure}"]`)?.textContent ?? "";  // on the next line
    seen.add(JSON.stringify([figure, form, `${place.textContent} ${rest}`.trim().replaceAll(/\\s/g, " ")]));
  }
  const budget = [...document.querySelectorAll("[data-budget=total], [data-budget=promise], [data-share]")];
  return {figures: [...seen].map((text) => JSON.parse(text)), budget: budget.map((cell) => cell.textContent)};
}
"""


def recomputed(subject, changed, value):
    """Return the estimate as Python computes it with one input changed."""
    at = ("", 0)
    return Estimate(
        **{
            one.name: Formula(one.label, one.formula, one.unit, "", at)
            if one.formula
            else Input(one.label, value if one.name == changed else one.value, one.unit, one.source, "", at)
            for one in subject.estimate
        }
    )


def shares(budget, estimate):
    """Return what the section on the budget prints: total, promise, then each stage and its branches."""

    def share(formula, published):
        return estimate.compute(formula, "ms", ("", 0)).value if re.search("[A-Za-z]", formula) else published

    def stage(one):
        parts = [share(branch.formula, branch.share) for branch in one.branches]
        return [max(parts) if parts else share(one.formula, one.share), *parts]

    stages = [stage(one) for one in budget.stages]
    total = sum(one[0] for one in stages)
    promise = share(budget.promise_formula, budget.promise)
    return [in_unit(value, "ms") for value in (total, promise, *(part for one in stages for part in one))]


@pytest.mark.parametrize(("kind", "fewest"), [("systems", 1000), ("blocks", 200)])
def test_every_input_moves_what_hangs_on_it_as_python_does(visit, gallery, kind, fewest):
    checked = 0
    for subject in getattr(manifest.read(gallery), kind):
        if not subject.estimate:
            continue
        page = visit(links.page_of(subject), base=gallery.as_uri())
        for one in [one for one in subject.estimate if not one.formula]:
            value = one.value * (0.5 if "percent" in one.unit else 1.75)
            try:
                estimate = recomputed(subject, one.name, value)
            except AuthorError:  # a division by zero: the page refuses the input, and says why
                assert page.evaluate(
                    "([name, value]) => estimate.objection(new Map([[name, value]]))", [one.name, value]
                )
                continue
            got = page.evaluate(CHANGE, [one.name, value])
            for name, form, text in got["figures"]:
                wanted = estimate[name].number if form == "number" else estimate[name].shown
                assert text == re.sub(r"\s", " ", wanted), (subject.slug, one.name, name)
                checked += 1
            if getattr(subject, "budget", None):
                assert got["budget"] == shares(subject.budget, estimate), (subject.slug, one.name)
        page.context.close()
    assert checked > fewest


def test_every_quote_is_bound(visit, gallery):
    built = manifest.read(gallery)
    for system in (*built.systems, *built.blocks):
        page = visit(links.page_of(system), base=gallery.as_uri())
        for view in system.views:
            for key, kind, templates in (
                ("data-node", "node", {node.id: node.label_template for node in view.nodes}),
                ("data-edge", "label", {edge.id: edge.template for edge in view.edges}),
            ):
                wanted = {part: QUOTE.findall(template) for part, template in templates.items() if template}
                got = page.evaluate(
                    """([view, kind, key, wanted]) => Object.fromEntries(Object.keys(wanted).map((part) => {
                      const group = document.querySelector(
                        `[data-view="${view}"] .${kind}[${key}="${CSS.escape(part)}"]`);
                      return [part, [...group.querySelectorAll("[data-figure]")].map((each) => each.dataset.figure)];
                    }))""",
                    [view.slug, kind, key, wanted],
                )
                assert got == wanted, (system.slug, view.slug)
        assert page.evaluate("document.querySelector('main').innerText.match(/\\{\\w+(:n)?\\}/)") is None
        page.context.close()
