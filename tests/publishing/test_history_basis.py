"""What figures rested on when a version was published, kept with it, and what the method changes afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from einclusie_data.contract import settings
from einclusie_data.engine.dataset import answer_per_group
from einclusie_data.publishing.draft import publish, read_draft, usual_question
from einclusie_data.publishing.history import Then, basis_of, question_then, reference_mark, then_and_now
from einclusie_data.publishing.knowledge import Knowledge
from einclusie_data.store import database as store_database
from einclusie_data.store.schema import MIGRATIONS
from einclusie_data.store.store import Store, open_store
from tests.factories import OLDER, dataset, offer, question
from tests.stores import raw
from tests.worlds import small_world
from tests.xlsx import workbook_bytes

CONTENT = workbook_bytes({"Aanbod": [["Naam aanbod", "Organisatie", "Wijk"], ["Punt", "Atlas", "Noordkant"]]})


@pytest.fixture
def store(store_target: str) -> Iterator[Store]:
    with open_store(store_target) as store:
        yield store


def test_the_reference_data_are_known_by_their_content(tmp_path: Path):
    (tmp_path / "wijken.geojson").write_text("{}")
    (tmp_path / "startbestand.xlsx").write_text("geen referentie")
    first = reference_mark(tmp_path)
    (tmp_path / "startbestand.xlsx").write_text("ook niet")
    reference_mark.cache_clear()
    assert reference_mark(tmp_path) == first
    (tmp_path / "wijken.geojson").write_text("[]")
    reference_mark.cache_clear()
    assert reference_mark(tmp_path) != first
    assert reference_mark() != first


def test_the_figures_are_those_of_the_engine_and_the_question_comes_back():
    world = dataset(offer(name="Punt", at=(500, 1500)))
    asked = question(types=("Digitale oefenkans",), reach_m=400, open_counts=False)
    basis = basis_of(world, asked)
    assert question_then(basis) == asked
    table = answer_per_group(world, asked).table
    for group in world.groups:
        rows = table[table["doelgroep"] == group]
        assert basis.figures["gaps"][group] == sum(verdict in ("hiaat", "mobiel") for verdict in rows["oordeel"])


def test_the_same_workbook_under_another_method_differs_by_the_method_only(monkeypatch: pytest.MonkeyPatch):
    world = dataset(offer(name="Punt", at=(500, 1500)))
    basis = basis_of(world, question())
    assert all(one.by_method == 0 for one in then_and_now(basis, world).values())
    monkeypatch.setattr(settings, "COVERED_SHARE", 2.0)
    monkeypatch.setattr(settings, "LIMITED_SHARE", 2.0)
    now = then_and_now(basis, dataset(offer(name="Punt", at=(500, 1500))))
    table = answer_per_group(world, question()).table
    here = table[table["doelgroep"] == OLDER]["oordeel"].isin(["hiaat", "mobiel"]).sum()
    assert now[OLDER] == Then(basis.figures["gaps"][OLDER], int(here))


def test_a_group_that_is_gone_is_left_out():
    basis = basis_of(dataset(), question())
    basis.figures["gaps"]["Verdwenen groep"] = 3
    assert "Verdwenen groep" not in then_and_now(basis, dataset())


def test_publishing_keeps_the_basis_with_the_version(store: Store, store_target: str):
    draft = read_draft(CONTENT, "aanbod.xlsx", small_world(), Knowledge())
    publish(draft, store, "An", "", None)
    store.publish(CONTENT, "aanbod.xlsx", "An", based_on=1)  # not through the app: nothing is known of it
    publish(draft, store, "An", "", 2)
    kept = store.bases.all()
    assert sorted(kept) == [1, 3]
    assert kept[1] == basis_of(draft.dataset, usual_question())
    assert (kept[3].method, kept[3].reference) == (settings.METHOD, reference_mark())
    for statement in ("DELETE FROM version_bases", "UPDATE version_bases SET method = 9"):
        with pytest.raises(DBAPIError, match="never changed or deleted"):
            raw(store_target, statement)


def test_a_publication_that_fails_keeps_nothing(store: Store):
    draft = read_draft(CONTENT, "aanbod.xlsx", small_world(), Knowledge())
    store.publish(CONTENT, "aanbod.xlsx", "An", based_on=None)
    with pytest.raises(Exception, match="Ondertussen"):
        publish(draft, store, "An", "", None)
    assert store.bases.all() == {}


def test_a_store_from_before_says_nothing_of_its_versions(store_target: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(store_database, "MIGRATIONS", MIGRATIONS[:2])
    with open_store(store_target) as before:
        before.publish(CONTENT, "aanbod.xlsx", "An", based_on=None)
    monkeypatch.undo()
    with open_store(store_target) as now:
        assert now.bases.all() == {}
        assert now.latest().number == 1
