"""An uploaded workbook before it is published, and what was taught in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from einclusie_data.checking.header_matches import choices_left, hand_matches, match_of, understood_sheets
from einclusie_data.contract.errors import MissingSheetError, OutdatedComparisonError, UnreadableFileError
from einclusie_data.contract.workbook import How
from einclusie_data.engine.locate import Placement
from einclusie_data.geocode.answer import Point
from einclusie_data.geocode.ask import Counts, Stop
from einclusie_data.geocode.points import PointSource
from einclusie_data.publishing.draft import (
    NOTHING_TO_ASK,
    STOPPED,
    Draft,
    compare,
    is_up_to_date,
    look_up,
    look_up_sentence,
    match_column,
    offers_to_place,
    publish,
    put_point,
    read_draft,
    refreshed,
    still_without,
)
from einclusie_data.publishing.knowledge import Knowledge, StoredAnswers, knowledge_of, published_dataset
from einclusie_data.store.notes import IGNORED
from einclusie_data.store.store import Store, open_store
from tests.geocoder import answer, result
from tests.worlds import degrees_at, small_world
from tests.xlsx import workbook_bytes

HEADERS = ["Naam aanbod", "Organisatie", "Doelgroep", "Type aanbod", "Frequentie", "Adres", "Postcode", "Zone"]
DIGIPUNT = ["Digipunt", "Atlas", "Ouderen", "Individuele begeleiding", "Wekelijks", "Kerkstraat 12", "2000", ""]
ZONE, POSTCODE = match_of("offers", "Zone"), match_of("offers", "Postcode")
IN_NOORDKANT = Point(*degrees_at(500, 1500))


class Clock:
    """Every look at it is a second later."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "opslag", clock=Clock()) as store:
        yield store


def content(*rows: list[str], headers: list[str] = HEADERS) -> bytes:
    return workbook_bytes({"Aanbod": [headers, *(rows or [DIGIPUNT])]})


def draft_of(*rows: list[str], known: Knowledge | None = None, headers: list[str] = HEADERS) -> Draft:
    return read_draft(content(*rows, headers=headers), "aanbod.xlsx", small_world(), known or Knowledge())


def cell(draft: Draft, column: str) -> object:
    assert draft.workbook is not None
    return draft.workbook.offers[column].iloc[0]


class Service:
    """A geocoder that always gives the same answer."""

    def __init__(self, reply: object) -> None:
        self.reply, self.asked = reply, 0

    def ask(self, _query: str, _cancelled: object) -> object:
        self.asked += 1
        return self.reply


def test_a_file_that_is_no_workbook_is_refused():
    with pytest.raises(UnreadableFileError):
        read_draft(b"geen werkmap", "aanbod.xlsx", small_world(), Knowledge())


def test_a_workbook_without_anything_like_offers_is_refused():
    with pytest.raises(MissingSheetError):
        read_draft(workbook_bytes({"Blad1": [["x"], ["1"]]}), "aanbod.xlsx", small_world(), Knowledge())


@pytest.mark.parametrize(("name", "private"), [
    ("aanbod 0470 12 34 56.xlsx", True), ("van an@example.org.xlsx", True), ("C:\\0470123456\\aanbod.xlsx", False),
    ("aanbod 2026-11-30.xlsx", False), ("", False),
])  # fmt: skip
def test_contact_details_in_the_name_of_the_file_are_told_and_not_repeated(name: str, private: bool):
    draft = read_draft(content(), name, small_world(), Knowledge())
    assert draft.dataset is not None
    told = [problem for problem in draft.dataset.workbook.problems if "naam van het bestand" in problem.message]
    assert [(one.code, one.sheet, one.value) for one in told] == [("persoonsgegeven", "Aanbod", "")] * private
    assert "0470" not in draft.name


def test_a_column_matched_by_hand_counts_in_this_draft_only():
    before = draft_of([*DIGIPUNT[:-1], "Noordkaai"])
    assert before.unmatched["header"].tolist() == ["Zone"]
    assert cell(before, "wijken") == ()
    after = match_column(before, small_world(), ZONE, "wijken")
    assert cell(after, "wijken") == ("NOO02",)
    assert after.unmatched.empty
    assert cell(before, "wijken") == ()


def test_a_match_is_taken_back():
    matched = match_column(draft_of(), small_world(), ZONE, "wijken")
    assert hand_matches(matched.workbook, matched.matches) == [(ZONE, "Zone", "Wijk")]
    undone = match_column(matched, small_world(), ZONE, None)
    assert undone.unmatched["header"].tolist() == ["Zone"]
    assert hand_matches(undone.workbook, undone.matches) == []


def test_a_column_that_is_left_out_is_no_longer_asked_about_and_can_come_back():
    left_out = match_column(draft_of(), small_world(), ZONE, "")
    assert left_out.unmatched.empty
    assert hand_matches(left_out.workbook, left_out.matches) == [(ZONE, "Zone", "weggelaten")]


def test_a_known_match_is_used_and_can_be_taken_back():
    known = draft_of([*DIGIPUNT[:-1], "Noordkaai"], known=Knowledge(matches={ZONE: "wijken"}))
    assert cell(known, "wijken") == ("NOO02",)
    assert [one.how for report in known.workbook.reports for one in report.understood if one.header == "Zone"] == [
        How.HAND
    ]
    assert cell(match_column(known, small_world(), ZONE, None), "wijken") == ()


def test_required_columns_are_matched_by_hand():
    strange = ["Zus en zo", *HEADERS[1:]]
    draft = draft_of(headers=strange)
    assert draft.dataset is None
    assert draft.missing
    assert "Zus en zo" in draft.unmatched["header"].tolist()
    assert cell(match_column(draft, small_world(), match_of("offers", "Zus en zo"), "name"), "name") == "Digipunt"


def test_what_a_column_can_be_matched_with_is_what_is_not_there_yet():
    left = choices_left("offers", draft_of().workbook)
    assert left["wijken"] == "Wijk"
    assert "name" not in left
    assert choices_left("offers", None)["name"] == "Naam aanbod"


def test_what_was_understood_of_the_sheets():
    assert understood_sheets(draft_of(DIGIPUNT, ["", "Atlas"]).workbook) == [("Aanbod", "Aanbod", 2, 1)]


def test_a_point_put_by_hand_places_the_offer_and_can_be_taken_away():
    draft = draft_of()
    table = offers_to_place(draft.dataset)
    assert table[["name", "organisations", "source", "can_ask"]].values.tolist() == [["Digipunt", "Atlas", "", True]]
    key = table["key"].iloc[0]
    placed = put_point(draft, small_world(), key, IN_NOORDKANT)
    assert placed.dataset.supply.offers["placement"].tolist() == [Placement.EXACT]
    again = offers_to_place(placed.dataset)
    assert again["source"].tolist() == [PointSource.HAND]
    assert still_without(again).empty
    back = put_point(placed, small_world(), key, None)
    assert offers_to_place(back.dataset)["source"].tolist() == [PointSource.NONE]


def test_an_offer_with_coordinates_of_its_own_needs_no_point():
    lat, lon = IN_NOORDKANT
    headers = [*HEADERS, "Breedtegraad", "Lengtegraad"]
    assert offers_to_place(draft_of([*DIGIPUNT, str(lat), str(lon)], headers=headers).dataset).empty


def test_addresses_are_looked_up_kept_and_not_asked_again(store: Store):
    service = Service(answer(result()))
    draft, counts = look_up(draft_of(), small_world(), store, service, lambda *_: None, lambda: False)
    assert (counts.placed, counts.asked) == (1, 1)
    assert draft.dataset.supply.offers["placement"].tolist() == [Placement.EXACT]
    assert [kept.precision for kept in store.geocodes.all().values()] == ["huisnummer"]
    look_up(draft_of(), small_world(), store, service, lambda *_: None, lambda: False)
    assert service.asked == 1


def test_nothing_found_is_kept_too(store: Store):
    draft, counts = look_up(draft_of(), small_world(), store, Service(answer()), lambda *_: None, lambda: False)
    assert (counts.placed, counts.doubtful) == (0, 1)
    assert [kept.precision for kept in store.geocodes.all().values()] == [""]
    assert [problem.row for problem in draft.dataset.placed.problems] == [2]
    query = next(iter(store.geocodes.all()))
    assert StoredAnswers(store).get(query) is not None


def test_what_would_change(store: Store):
    store.publish(content(), "oud.xlsx", "An", based_on=None)
    version = store.latest()
    now = published_dataset(store, version, small_world())
    comparison = compare(draft_of(DIGIPUNT, ["Ander", "Ligo", *DIGIPUNT[2:]]), now, version)
    assert (comparison.based_on, comparison.published_by) == (1, "An")
    assert comparison.changes.offers.added["name"].tolist() == ["Ander"]


def test_before_the_first_version_it_is_compared_with_what_is_shown():
    comparison = compare(draft_of(), draft_of().dataset, None)
    assert comparison.based_on is None
    assert comparison.changes.none


def test_a_damaged_version_does_not_keep_anyone_from_publishing(store: Store):
    store.publish(content(), "oud.xlsx", "An", based_on=None)
    comparison = compare(draft_of(), None, store.latest())
    assert comparison.changes is None
    assert publish(draft_of(), store, "An", "", comparison.based_on).number == 2


def test_publishing_keeps_the_file_and_what_was_taught(store: Store):
    draft = match_column(draft_of([*DIGIPUNT[:-1], "Noordkaai"]), small_world(), ZONE, "wijken")
    key = offers_to_place(draft.dataset)["key"].iloc[0]
    draft = put_point(draft, small_world(), key, IN_NOORDKANT)
    version = publish(draft, store, "An", "voor december", None)
    assert (version.name, version.published_by, version.note) == ("aanbod.xlsx", "An", "voor december")
    assert store.content(1) == draft.content
    dataset = published_dataset(store, version, small_world())
    assert dataset.workbook.offers["wijken"].tolist() == [("NOO02",)]
    assert dataset.supply.offers["placement"].tolist() == [Placement.EXACT]


def test_what_is_taught_later_changes_nothing_of_what_was_published(store: Store):
    first = publish(draft_of([*DIGIPUNT[:-1], "Noordkaai"]), store, "An", "", None)
    store.columns.choose("offers", "Zone", "wijken", "Bo")
    store.points.put(offers_to_place(draft_of().dataset)["key"].iloc[0], *IN_NOORDKANT, "Bo")
    then = published_dataset(store, first, small_world())
    assert then.workbook.offers["wijken"].tolist() == [()]
    assert Placement.EXACT not in then.supply.offers["placement"].tolist()
    again = store.restore(1, "Bo", based_on=1)
    assert published_dataset(store, again, small_world()).workbook.offers["wijken"].tolist() == [("NOO02",)]


def test_a_match_taken_back_is_forgotten_when_it_is_published(store: Store):
    store.columns.choose("offers", "Zone", "wijken", "An")
    store.columns.choose("offers", "Kleur", IGNORED, "An")
    known = knowledge_of(store)
    assert known.matches == {ZONE: "wijken", match_of("offers", "Kleur"): ""}
    publish(match_column(draft_of(known=known), small_world(), ZONE, None), store, "An", "", None)
    assert ZONE not in knowledge_of(store).matches


def test_a_point_taken_away_is_gone_when_it_is_published(store: Store):
    key = offers_to_place(draft_of().dataset)["key"].iloc[0]
    store.points.put(key, *IN_NOORDKANT, "An")
    draft = put_point(draft_of(known=knowledge_of(store)), small_world(), key, None)
    publish(draft, store, "An", "", None)
    assert knowledge_of(store).points == {}


def test_someone_else_was_first(store: Store):
    draft = draft_of()
    store.publish(content(), "oud.xlsx", "Bo", based_on=None)
    with pytest.raises(OutdatedComparisonError, match="Bo"):
        publish(draft, store, "An", "", None)
    assert [one.published_by for one in store.versions()] == ["Bo"]


def test_what_is_refused_teaches_nothing(store: Store):
    draft = match_column(draft_of([*DIGIPUNT[:-1], "Noordkaai"]), small_world(), ZONE, "wijken")
    store.publish(content(), "oud.xlsx", "Bo", based_on=None)
    with pytest.raises(OutdatedComparisonError):
        publish(draft, store, "An", "", None)
    assert not store.columns.all()


def test_a_draft_is_checked_anew_when_the_store_learnt_something(store: Store):
    draft = draft_of([*DIGIPUNT[:-1], "Noordkaai"], known=knowledge_of(store))
    assert is_up_to_date(draft, store)
    store.columns.choose("offers", "Zone", "wijken", "Bo")
    assert not is_up_to_date(draft, store)
    fresh = refreshed(draft, small_world(), store)
    assert is_up_to_date(fresh, store)
    assert cell(fresh, "wijken") == ("NOO02",)


def test_an_old_version_is_published_anew_as_such(store: Store):
    publish(draft_of(), store, "An", "", None)
    publish(draft_of(["Ander", *DIGIPUNT[1:]]), store, "An", "", 1)
    old = read_draft(store.content(1), "aanbod.xlsx", small_world(), knowledge_of(store), restored_from=1)
    version = publish(old, store, "Bo", "terug", 2)
    assert (version.number, version.restored_from, version.published_by) == (3, 1, "Bo")
    assert store.content(3) == store.content(1)


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        (Counts(), NOTHING_TO_ASK),
        (Counts(rows=3, placed=1, doubtful=2, not_found=1, incomplete=1),
         "1 rij kreeg een punt. 1 adres is niet gevonden en 1 adres is niet volledig: kijk bij de meldingen."),
        (Counts(rows=20, open=20, stopped=Stop.UNREACHABLE),
         f"{STOPPED[Stop.UNREACHABLE]} Geen enkele rij kreeg een punt. 20 rijen zijn nog niet opgezocht."),
        (Counts(rows=9, doubtful=5, unreadable=4, open=4, stopped=Stop.REFUSED),
         f"{STOPPED[Stop.REFUSED]} Geen enkele rij kreeg een punt. 1 adres ligt elders dan de rij zegt en 4 antwoorden "
         "waren onbruikbaar: kijk bij de meldingen. 4 rijen zijn nog niet opgezocht."),
        (Counts(rows=2, placed=2), "2 rijen kregen een punt."),
    ],
)  # fmt: skip
def test_what_became_of_the_addresses_by_cause(counts: Counts, told: str):
    assert look_up_sentence(counts) == told


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        ({"Wijk": "Noordkant"}, ("NOO01",)),
        ({"Wijk": "Noordkant; Zuidkant"}, ("NOO01", "ZUI01")),
        ({}, ()),
    ],
)
def test_the_map_knows_in_which_wijken_an_offer_may_lie(cells: dict[str, str], codes: tuple[str, ...]):
    headers = ["Naam aanbod", "Organisatie", *cells]
    read = read_draft(content(["A", "B", *cells.values()], headers=headers), "a.xlsx", small_world(), Knowledge())
    assert offers_to_place(read.dataset)["codes"].tolist() == [codes]
