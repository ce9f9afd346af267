from archfolio.gallery import catalog as catalogs


def test_systems_stand_by_family_and_place(catalog):
    assert [system.slug for system in catalog.systems] == ["movie-recommender", "spam-filter", "plain-script"]
    assert [[system.slug for system in family] for family in catalog.families] == [
        ["movie-recommender"],
        ["spam-filter"],
        ["plain-script"],
    ]


def test_a_component_knows_where_it_is_used(catalog):
    uses = catalog.uses["concept.Ranker"]
    assert [(use.subject.slug, use.view.slug, use.node.name) for use in uses] == [
        ("movie-recommender", "serving", "Ranker"),
        ("movie-recommender", "training", "Ranker trainer"),
        ("spam-filter", "serving", "Scorer"),
    ]


def test_neighbours_are_counted_over_all_drawings(catalog):
    assert catalog.neighbours["concept.Ranker"]["onprem.queue.Kafka"] == 3
    assert catalog.neighbours["onprem.database.Redis"] == {"concept.Ranker": 1}


def test_only_components_that_stand_in_a_drawing_count(catalog):
    assert set(catalog.components) == set(catalog.uses)


def test_where_components_come_from_is_said_in_words():
    assert catalogs.provider_title("onprem") == "Self-hosted software"
    assert catalogs.provider_title("oci") == "Oci"
