"""What is said of how to study the systems of a folder: read from TOML, built into pages, and true of ours."""

from pathlib import Path

import pypdfium2
import pytest

from archfolio.gallery import manifest
from archfolio.gallery.catalog import Catalog
from archfolio.gallery.cheat_sheets import filled_sheets
from archfolio.gallery.named_places import place_named
from archfolio.gallery.pages.reference import reference_page
from archfolio.gallery.pages.sources import sources_page
from archfolio.reference_figures import REFERENCES
from archfolio.render.build.cheat_sheets import paper, print_sheets
from archfolio.render.build.processes import workers
from archfolio.render.build.study import read_study
from archfolio.render.build.to_manifest import record_subject, record_view
from archfolio.render.capture.discover import discover
from archfolio.render.capture.module import capture
from archfolio.render.paint.shapes import Rect, texts
from archfolio.render.paint.sheet import A4, MARGIN, Paper, PaperFull, PaperTable, compose_paper

SYSTEMS = Path(__file__).parent.parent / "systems"
PHASES = 16  # chapters of the guide


@pytest.fixture(scope="module")
def catalog():
    """Our systems as a manifest has them, but for their pictures."""
    with workers() as pool:
        captured = [work.result() for work in [pool.run_module(capture, script) for script in discover(SYSTEMS)]]
    systems = [record_subject(one, [record_view(drawing) for drawing in one.drawings]) for one in captured]
    study, failures = read_study(SYSTEMS, None)
    assert failures == []
    return Catalog(manifest.Manifest(generator="", engine="", study=study, **manifest.by_kind(systems)))


@pytest.fixture(scope="module")
def study(catalog):
    return catalog.manifest.study


def unnamed(texts, catalog):
    """List the texts that name no place."""
    return [text for text in texts if place_named(text, catalog) is None]


def systems_of(topic, catalog):
    return {place_named(instance.of, catalog).system.slug for instance in topic.instances}


def test_every_component_and_principle_of_the_guide_has_instances_in_five_systems_or_more(study, catalog):
    assert [topic.slug for topic in study.components] == [
        *("data-pipeline", "feature-store", "training-pipeline", "model-registry"),
        *("serving-infrastructure", "monitoring", "experimentation"),
    ]
    assert [topic.slug for topic in study.principles] == [
        *("modularity", "reproducibility", "scalability", "reliability"),
        *("observability", "security", "fairness", "cost-efficiency"),
    ]
    topics = [*study.components, *study.principles]
    assert unnamed((instance.of for topic in topics for instance in topic.instances), catalog) == []
    assert {
        topic.slug: len(systems_of(topic, catalog)) for topic in topics if len(systems_of(topic, catalog)) < 5
    } == {}


def test_no_instance_stands_twice_in_a_topic_and_each_says_why(study):
    for topic in [*study.components, *study.principles]:
        named = [instance.of for instance in topic.instances]
        assert len(set(named)) == len(named), topic.slug
        assert all(len(instance.why.split()) >= 6 for instance in topic.instances), topic.slug


def test_a_beginning_of_a_decision_or_failure_names_one_only(study, catalog):
    records = [instance.of for topic in [*study.components, *study.principles] for instance in topic.instances]
    for text in (text for text in records if " decision: " in text or " failure: " in text):
        slug, kind, beginning = text.split(" ", 2)
        system = catalog.by_slug[slug]
        heads = (
            [one.chosen for one in system.decisions]
            if kind == "decision:"
            else [one.failure for one in system.failures]
        )
        assert sum(head.startswith(beginning) for head in heads) == 1, text


def test_the_interview_path_has_the_guides_order(study, catalog):
    [path] = [path for path in study.paths if path.slug == "interview"]
    asked = [catalog.by_slug[step.to].interview.rank for step in path.stages[0].steps]
    assert asked == list(range(1, 11))


def test_the_plan_has_fourteen_days(study):
    [plan] = [path for path in study.paths if path.slug == "plan"]
    assert [stage.title.split(":")[0] for stage in plan.stages] == [f"Day {day}" for day in range(1, 15)]
    assert all(stage.steps for stage in plan.stages)


def test_there_are_paths_by_experience_for_an_interview_and_by_level_and_five_ways(study):
    slugs = [path.slug for path in study.paths]
    assert slugs == ["beginner", "intermediate", "advanced", "interview", "plan", "e4", "e5", "e6"]
    assert len(study.ways) == 5


def test_each_point_of_each_takeaway_leads_to_drawings_of_several_systems(study, catalog):
    four = [way for way in study.takeaways if way.group == "Four takeaways"]
    assert len(four) == 4
    for way in four:
        assert len(way.stages) == 3, way.slug
        for point in way.stages:
            places = [place_named(step.to, catalog) for step in point.steps]
            assert all(places), point.title
            assert len({place.system.slug for place in places}) >= 2, point.title
            assert all(step.text for step in point.steps), point.title
    assert len([way for way in study.takeaways if way.group == "Practical applications"]) == 3


def test_no_step_leads_nowhere(study, catalog):
    steps = [step.to for path in [*study.paths, *study.takeaways] for stage in path.stages for step in stage.steps]
    ways = [to for way in study.ways for to in way.to]
    assert unnamed([*steps, *ways], catalog) == []


def test_a_source_of_several_systems_is_listed_once(catalog):
    page = sources_page(catalog)
    listed = [one for year in page.years for one in year.sources]
    assert len(listed) == len({source.url.rstrip("/") for one in catalog.subjects for source in one.sources})
    shared = [one for one in listed if len(one.uses) > 1]
    assert len(shared) >= 10
    assert all(one.systems.count("|") == len(one.uses) - 1 for one in shared)


def test_every_entry_of_the_guide_and_of_the_review_has_a_place_or_a_reason(study, catalog):
    entries = [entry for part in study.contents for entry in part.entries]
    assert sum(part.title[0].isdigit() for part in study.contents) == PHASES
    assert [entry.title for entry in entries if not entry.to and not entry.note] == []
    assert unnamed((to for entry in entries for to in entry.to), catalog) == []


def test_every_reference_figure_is_shown_and_those_of_estimates_lead_to_them(study, catalog):
    assert [figure.name for figure in study.references] == list(REFERENCES)
    [groups] = [section.content for section in reference_page(study, catalog).constants]
    used = {one.id: len(one.used_by) for group in groups for one in group.constants}
    assert used["constant-core_price"] >= 15
    assert used["constant-forward_flop"] >= 5


def test_the_ten_drills_are_figures_of_the_systems_and_compute_what_the_estimates_say(study, catalog):
    [drills] = [section.content for section in reference_page(study, catalog).drills]
    assert len(drills) == 10
    for drill in drills:
        assert drill.working[-1].shown == drill.shown, drill.id
        assert drill.given, drill.id


def test_every_cell_of_a_cheat_sheet_is_filled(catalog):
    sheets = filled_sheets(catalog)
    assert {sheet.slug for sheet in sheets} >= {"cheat-sheet", "cheat-sheet-end-to-end", "cheat-sheet-applied"}
    for sheet in sheets:
        for table in sheet.tables:
            for row in table.rows:
                assert len(row.cells) == len(table.heads) - 1, (table.title, row.name)
                assert all(cell and "{" not in cell for cell in row.cells), (table.title, row.name, row.cells)


def test_all_systems_are_on_the_sheet_of_all(catalog):
    [sheet] = [sheet for sheet in filled_sheets(catalog) if sheet.slug == "cheat-sheet"]
    assert {row.name for row in sheet.tables[0].rows} == {
        system.title for system in catalog.systems if system.family in {"end-to-end", "applied"}
    }


def test_cheat_sheets_are_one_page_of_a4_as_pdf_and_as_svg(catalog):
    files, failures = print_sheets(filled_sheets(catalog))
    assert failures == []
    for path, content in files.items():
        if path.endswith(".pdf"):
            document = pypdfium2.PdfDocument(content)
            assert len(document) == 1, path
            width, height = document[0].get_size()
            assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (210, 297), path
            assert "computed from the systems' own estimates" in document[0].get_textpage().get_text_bounded(), path
        else:
            assert b'width="794" height="1123"' in content, path
    assert print_sheets(filled_sheets(catalog))[0] == files


def test_nothing_on_a_cheat_sheet_leaves_the_page_or_its_column(catalog):
    for sheet in filled_sheets(catalog):
        scene = compose_paper(paper(sheet))
        for text in texts(scene.shapes):
            assert MARGIN <= text.at.x < A4.width - MARGIN, text.text
            assert text.at.y <= A4.height - MARGIN, text.text


def table(rows, cell="a cell"):
    return PaperTable("A table", ("Row", "Cell"), tuple((f"Row {number}", cell) for number in range(rows)))


def test_text_is_set_as_large_as_the_page_allows():
    sizes = [
        max(text.size for text in texts(compose_paper(Paper("T", "", (table(rows),))).shapes) if text.text == "a cell")
        for rows in (10, 70)
    ]
    assert sizes[0] == 11
    assert 8 <= sizes[1] < 11


def test_what_is_longer_than_a_page_is_refused_with_how_much():
    with pytest.raises(PaperFull) as full:
        compose_paper(Paper("T", "", (table(200),)))
    assert full.value.args[0] > 1000


def test_long_cells_are_broken_and_stay_in_their_column():
    scene = compose_paper(Paper("T", "", (table(3, "a long cell that goes on and on " * 12),)))
    lines = [text for text in texts(scene.shapes) if text.text.startswith("a long") or "goes on" in text.text]
    assert len(lines) > 6
    rules = [shape for shape in scene.shapes if isinstance(shape, Rect)][1:]
    assert all(rule.box.x1 <= A4.width - MARGIN for rule in rules)


GOOD = """
sentence = "A small gallery."

[[paths]]
slug = "first"
group = "By experience"
title = "First steps"
sentence = "An hour."
stages = [{title = "Look", steps = [{to = "shop/serving", text = "Walk through it."}]}]
"""


CALCULATOR = """
[calculator]
title = "C"
question = "?"
reading = "."
results = []
[calculator.figures]
"""


@pytest.fixture
def project(some, tmp_path):
    """A folder of one system with something to study, and where it is built to."""
    folder = some("shop")
    (folder / "study").mkdir()
    (folder / "study" / "paths.toml").write_text(GOOD)
    return folder, tmp_path / "site"


def test_a_folder_that_says_how_to_study_it_gets_the_pages(project, archfolio):
    folder, site = project
    done = archfolio("build", "--systems", folder, "--output", site, "--no-png")
    assert done.returncode == 0, done.stderr
    assert "First steps" in (site / "paths.html").read_text()
    assert 'href="systems/shop.html#view=serving"' in (site / "paths.html").read_text()


def test_an_edit_of_what_is_said_is_built_and_nothing_is_drawn_again(project, archfolio):
    folder, site = project
    archfolio("build", "--systems", folder, "--output", site, "--no-png")
    (folder / "study" / "paths.toml").write_text(GOOD.replace("First steps", "Second thoughts"))
    done = archfolio("build", "--systems", folder, "--output", site, "--no-png")
    assert "nothing to draw" in done.stdout
    assert "Second thoughts" in (site / "paths.html").read_text()
    (folder / "study" / "paths.toml").unlink()
    archfolio("build", "--systems", folder, "--output", site, "--no-png")
    assert not (site / "paths.html").exists()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (GOOD + "stages = [", "is not TOML"),
        (GOOD.replace("slug", "slog"), "missing required field `slug`"),
        (GOOD.replace("text = ", "texts = "), "'paths.0.stages.0.steps.0.texts' means nothing here"),
        (GOOD + CALCULATOR + 'x = {label = "X", formula = "y * 2"}', "'y' is not a figure above this one"),
        (GOOD + CALCULATOR + 'x = {label = "X", worth = 2}', "the figure 'x' has a word too many or too few"),
    ],
)
def test_a_file_that_cannot_be_used_costs_itself_only(project, archfolio, text, sentence):
    folder, site = project
    archfolio("build", "--systems", folder, "--output", site, "--no-png")
    (folder / "study" / "paths.toml").write_text(text)
    done = archfolio("build", "--systems", folder, "--output", site, "--no-png")
    assert done.returncode == 1
    assert sentence in done.stdout + done.stderr
    assert "First steps" in (site / "paths.html").read_text(), "what was known stays"
    (folder / "study" / "paths.toml").write_text(GOOD)
    assert archfolio("build", "--systems", folder, "--output", site, "--no-png").returncode == 0


def test_a_part_that_two_files_have_is_refused(project, archfolio):
    folder, site = project
    (folder / "study" / "zzz.toml").write_text('sentence = "Another."')
    done = archfolio("build", "--systems", folder, "--output", site, "--no-png")
    assert done.returncode == 1
    assert "has 'sentence', which another file of the folder has too" in done.stdout + done.stderr
    assert "zzz.toml" in done.stdout + done.stderr


def test_the_example_of_the_documents_can_be_read(tmp_path):
    text = (SYSTEMS.parent / "docs" / "study.md").read_text(encoding="utf-8")
    example = text.partition("```toml\n")[2].partition("```")[0]
    (tmp_path / "study").mkdir()
    (tmp_path / "study" / "study.toml").write_text(example)
    study, failures = read_study(tmp_path, None)
    assert failures == []
    assert [step.to for step in study.paths[0].stages[0].steps] == ["shop/serving", "shop/serving/Ranker"]
