"""Decisions, scenarios and notes in the store, on SQLite and PostgreSQL: nothing vanishes, nothing is overwritten."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from einclusie_data.contract import settings
from einclusie_data.contract.codelists import OLDER
from einclusie_data.contract.errors import DamagedStoreError, DecisionError, OutdatedChangeError, StoreError
from einclusie_data.store import database as store_database
from einclusie_data.store.decision_record import FIRST_STATES, STEPS, Decision, Draft, Proposal, State
from einclusie_data.store.notes import LONGEST_NOTE
from einclusie_data.store.schema import MIGRATIONS
from einclusie_data.store.store import Store, open_store
from tests.stores import NOON, Clock, raw

VERSION_1 = Path(__file__).parents[1] / "data" / "store_version_1.sql"
"""A store as the first version of the app left it."""

FULL = Draft(
    title="Digihulp op het Kiel",
    state=State.TO_DISCUSS,
    what=Proposal(
        organisations=("Atlas",),
        types=("Individuele begeleiding",),
        groups=(OLDER,),
        location="Dienstencentrum",
        address="Abdijstraat 1",
        wijken=("KIE01",),
        lat=51.19,
        lon=4.39,
        mode="Op locatie",
        dayparts=("Avond", "Weekend"),
        frequency="Wekelijks",
        price="Gratis",
        signup=("Vrije inloop",),
    ),
    who="Zoë van Atlas",
    due=date(2026, 12, 1),
    why="Op het Kiel is er ’s avonds niets.\nDe nood is groot.",
    wijkcode="KIE01",
    group=OLDER,
    methods=("Digibuddies",),
    partners=("Atlas", "Buurtwerk Elegast"),
    network="Netwerk Kiel",
    meeting=date(2026, 6, 15),
)
IDEA = Draft(title="Iets doen")


def add(store: Store, state: State) -> Decision:
    """A decision that got to a state by allowed steps."""
    if state in FIRST_STATES:
        return store.decisions.add(replace(IDEA, state=state), "An")
    first = store.decisions.add(replace(IDEA, state=State.TO_DISCUSS), "An")
    return store.decisions.change(first.id, replace(IDEA, state=state), "An", based_on=1)


# --- decisions ----------------------------------------------------------------------------------------------------


def test_nothing_is_decided_at_first(store: Store) -> None:
    assert store.decisions.all() == ()
    assert store.decisions.history() == ()
    with pytest.raises(StoreError, match="Besluit 1 bestaat niet"):
        store.decisions.get(1)


def test_a_decision_keeps_everything(store: Store, store_target: str) -> None:
    kept = store.decisions.add(FULL, "Zoë")
    assert (kept.id, kept.change, kept.by, kept.at, kept.since) == (1, 1, "Zoë", NOON, NOON)
    assert kept.draft == FULL
    assert kept.changed_here.hour == 14
    with open_store(store_target) as again:
        assert again.decisions.get(1) == kept
        assert again.decisions.all() == (kept,)


def test_what_is_not_filled_in_stays_unknown(store: Store) -> None:
    store.decisions.add(IDEA, "An")
    kept = store.decisions.get(1)
    assert kept.draft == IDEA
    assert kept.what.filled == {}
    assert (kept.due, kept.meeting, kept.what.lat) == (None, None, None)


def test_a_zero_is_filled_in(store: Store) -> None:
    assert store.decisions.add(replace(IDEA, what=Proposal(lat=0.0, lon=4.4)), "An").what.lat == 0.0


def test_every_change_is_kept_with_who_and_when(store: Store, clock: Clock) -> None:
    first = store.decisions.add(IDEA, "An")
    clock.now += timedelta(days=1)
    store.decisions.add(replace(IDEA, title="Iets anders"), "An")
    decided = replace(first.draft, state=State.DECIDED, who="Atlas")
    second = store.decisions.change(1, decided, "Bo", based_on=1)
    clock.now += timedelta(days=1)
    third = store.decisions.change(1, replace(decided, state=State.STARTED), "Cy", based_on=2)
    assert store.decisions.history(1) == (first, second, third)
    assert [one.by for one in store.decisions.history(1)] == ["An", "Bo", "Cy"]
    assert [one.at - NOON for one in store.decisions.history(1)] == [timedelta(days=days) for days in (0, 1, 2)]
    assert {one.since for one in store.decisions.history(1)} == {NOON}
    assert [(one.id, one.change) for one in store.decisions.history()] == [(1, 1), (2, 1), (1, 2), (1, 3)]
    assert [(one.id, one.state) for one in store.decisions.all()] == [(1, State.STARTED), (2, State.IDEA)]


@pytest.mark.parametrize("before", State)
@pytest.mark.parametrize("after", State)
def test_only_documented_steps_are_taken(tmp_path: Path, before: State, after: State) -> None:
    with open_store(tmp_path) as store:
        decision = add(store, before)
        asked = replace(decision.draft, state=after, why="er veranderde iets")
        if after == before or after in STEPS[before]:
            assert store.decisions.change(1, asked, "An", based_on=decision.change).state == after
        else:
            with pytest.raises(DecisionError, match=f"Van “{before}” kan je niet naar “{after}”. Kies uit: "):
                store.decisions.change(1, asked, "An", based_on=decision.change)
            assert store.decisions.get(1) == decision


def test_every_state_can_be_reached_and_left() -> None:
    for state in State:
        assert state in FIRST_STATES or any(state in steps for steps in STEPS.values())
        assert STEPS[state]
        assert state not in STEPS[state]


@pytest.mark.parametrize("state", [State.STARTED, State.NOT_RETAINED])
def test_a_decision_does_not_begin_at_its_end(store: Store, state: State) -> None:
    with pytest.raises(DecisionError, match="Kies uit: idee, te bespreken, beslist") as caught:
        store.decisions.add(replace(IDEA, state=state), "An")
    assert list(caught.value.problems) == ["state"]
    assert store.decisions.all() == ()


@pytest.mark.parametrize(
    ("given", "field", "message"),
    [
        ({"title": " \x00\n "}, "title", "Geef het besluit een titel."),
        ({"title": "x" * 201}, "title", "De titel: schrijf hoogstens 200 tekens."),
        ({"why": "x" * 5001}, "why", "Waarom: schrijf hoogstens 5000 tekens."),
        ({"partners": ("x" * 5001,)}, "partners", "De partners: schrijf hoogstens 5000 tekens."),
        ({"methods": tuple(map(str, range(101)))}, "methods", "De methodieken: kies er hoogstens 100."),
        ({"what": Proposal(location="x" * 5001)}, "what", "Het voorstel: schrijf hoogstens 5000 tekens."),
        ({"what": Proposal(lat=51.2)}, "what", "breedtegraad én een lengtegraad"),
        ({"what": Proposal(lon=4.4)}, "what", "breedtegraad én een lengtegraad"),
        ({"what": Proposal(lat=float("nan"), lon=4.4)}, "what", "nergens op aarde"),
        ({"what": Proposal(lat=90.1, lon=4.4)}, "what", "nergens op aarde"),
    ],
)
def test_what_cannot_be_kept_is_said_per_field(tmp_path: Path, given: dict, field: str, message: str) -> None:
    with open_store(tmp_path) as store:
        kept = store.decisions.add(IDEA, "An")
        for save in (
            lambda draft: store.decisions.add(draft, "An"),
            lambda draft: store.decisions.change(1, draft, "An", based_on=1),
        ):
            with pytest.raises(DecisionError, match=message) as caught:
                save(replace(IDEA, **given))
            assert list(caught.value.problems) == [field]
        assert store.decisions.history() == (kept,)


@pytest.mark.parametrize("length", [199, 200])
def test_a_title_just_short_enough(store: Store, length: int) -> None:
    assert store.decisions.add(replace(IDEA, title="x" * length), "An").title == "x" * length


@pytest.mark.parametrize("by", ["", "  ", "\x00"])
def test_nothing_is_written_down_without_a_name(store: Store, by: str) -> None:
    for write in (
        lambda: store.decisions.add(IDEA, by),
        lambda: store.scenarios.save("Plan", "tekst", by),
        lambda: store.notes.write("Stad", date(2026, 6, 15), "rondje", "tekst", by),
    ):
        with pytest.raises(DecisionError, match="Zeg wie je bent"):
            write()
    assert store.decisions.all() == store.scenarios.all() == ()


def test_text_that_a_database_would_refuse(store: Store) -> None:
    given = replace(IDEA, title=" a\x00\ud800", why="re\x00gel\neen", partners=("\x00", "B\x07o", "Bo"))
    given = replace(given, what=Proposal(location="\ud800", organisations=("a\x00",)))
    kept = store.decisions.add(given, "A\x07n")
    assert (kept.title, kept.why, kept.partners, kept.by) == ("a?", "regel\neen", ("Bo",), "An")
    assert (kept.what.location, kept.what.organisations) == ("?", ("a",))
    assert store.decisions.get(1) == kept


def test_hostile_text_is_only_text(store: Store) -> None:
    hostile = '\'); DROP TABLE decisions; -- {"a": [1]} ${x} <script>'
    kept = store.decisions.add(replace(IDEA, title=hostile, what=Proposal(organisations=(hostile,))), hostile)
    assert store.decisions.get(1) == kept
    assert (kept.title, kept.what.organisations, kept.by) == (hostile, (hostile,), hostile)


def test_a_field_that_a_later_app_added_to_a_proposal_is_left_alone(store: Store, store_target: str) -> None:
    raw(
        store_target,
        "INSERT INTO decisions VALUES (1, 1, 1, 'a', 'idee', '{\"price\": \"Gratis\", \"colour\": [1]}', '', NULL, '', "
        "'', '', '[]', '[]', '', NULL, 'An', '2026-06-01 12:00:00')",
    )
    assert store.decisions.get(1).what == Proposal(price="Gratis")


# --- two at once --------------------------------------------------------------------------------------------------


def test_a_change_of_what_someone_else_changed_is_refused(store: Store, clock: Clock) -> None:
    store.decisions.add(IDEA, "An")
    clock.now += timedelta(hours=1, minutes=5)
    theirs = store.decisions.change(1, replace(IDEA, state=State.DECIDED), "Bo", based_on=1)
    for based_on in (0, 1, 3):
        with pytest.raises(OutdatedChangeError) as caught:
            store.decisions.change(1, replace(IDEA, who="Atlas"), "An", based_on=based_on)
        assert caught.value.latest == 2
    assert "wijzigde Bo dit besluit, op 1/06/2026 om 15.05 uur. Het staat nu op “beslist”" in str(caught.value)
    assert store.decisions.get(1) == theirs
    assert len(store.decisions.history(1)) == 2


def test_a_second_click_writes_nothing(store: Store) -> None:
    store.decisions.add(IDEA, "An")
    decided = replace(IDEA, state=State.DECIDED)
    once = store.decisions.change(1, decided, "An", based_on=1)
    assert store.decisions.change(1, decided, "An", based_on=1) == once
    assert store.decisions.change(1, replace(decided, title=" Iets doen "), "An", based_on=2) == once
    assert len(store.decisions.history(1)) == 2


def test_a_change_of_a_decision_that_is_not_there(store: Store) -> None:
    with pytest.raises(StoreError, match="Besluit 7 bestaat niet"):
        store.decisions.change(7, IDEA, "An", based_on=1)


def test_of_eight_at_once_one_changes_the_decision(store: Store) -> None:
    store.decisions.add(IDEA, "An")
    outcomes: list[str] = []

    def decide(name: str) -> None:
        try:
            store.decisions.change(1, replace(IDEA, who=name), name, based_on=1)
            outcomes.append(name)
        except OutdatedChangeError:
            outcomes.append("outdated")

    threads = [threading.Thread(target=decide, args=(f"trekker {number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    [winner] = [outcome for outcome in outcomes if outcome != "outdated"]
    assert outcomes.count("outdated") == 7
    assert store.decisions.get(1).who == winner
    assert [one.change for one in store.decisions.history(1)] == [1, 2]


def test_decisions_that_are_added_at_once_all_stand(store: Store) -> None:
    threads = [threading.Thread(target=store.decisions.add, args=(IDEA, f"An {number}")) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.id for one in store.decisions.all()] == [1, 2, 3, 4, 5, 6]
    assert len({one.by for one in store.decisions.all()}) == 6


# --- an upload changes nothing ------------------------------------------------------------------------------------


def test_decisions_survive_every_upload(store: Store) -> None:
    kept = store.decisions.add(FULL, "An")
    store.publish(b"1", "a.xlsx", "An", based_on=None)
    store.publish(b"2", "b.xlsx", "An", based_on=1)
    store.restore(1, "An", based_on=2)
    assert store.decisions.all() == (kept,)


# --- scenarios ----------------------------------------------------------------------------------------------------


def test_a_scenario_is_shared_by_name(store: Store, store_target: str, clock: Clock) -> None:
    first = store.scenarios.save("  Avond  op het Kiel ", "plaats=1", "An")
    assert (first.name, first.text, first.by, first.at, first.change) == (
        "Avond op het Kiel",
        "plaats=1",
        "An",
        NOON,
        1,
    )
    clock.now += timedelta(days=1)
    second = store.scenarios.save("AVOND OP HET KIEL", "plaats=2", "Bo", based_on=1)
    with open_store(store_target) as again:
        assert again.scenarios.get("avond op het kiel") == second
        assert again.scenarios.all() == (second,)
        assert again.scenarios.history("Avond op het Kiel") == (first, second)
    assert store.scenarios.get("Overdag") is None


def test_networks_have_scenarios_of_their_own(store: Store) -> None:
    store.scenarios.save("Plan", "kiel", "An", network="Netwerk Kiel")
    store.scenarios.save("Plan", "dam", "Bo", network="Netwerk Dam")
    store.scenarios.save("Begin", "kiel", "An", network="Netwerk Kiel")
    assert [one.text for one in store.scenarios.all("netwerk kiel")] == ["kiel", "kiel"]
    assert [(one.name, one.network) for one in store.scenarios.all()] == [
        ("Begin", "Netwerk Kiel"),
        ("Plan", "Netwerk Dam"),
        ("Plan", "Netwerk Kiel"),
    ]
    assert store.scenarios.get("Plan") is None


def test_a_name_that_is_taken(store: Store) -> None:
    mine = store.scenarios.save("Plan", "een", "An")
    with pytest.raises(
        OutdatedChangeError, match="Er is al een scenario “Plan”, bewaard door An op 1/06/2026"
    ) as caught:
        store.scenarios.save("plan", "twee", "Bo")
    assert caught.value.latest == 1
    assert store.scenarios.save("Plan", "een", "Bo") == mine  # a second click
    with pytest.raises(OutdatedChangeError, match="niet \\(meer\\)") as caught:
        store.scenarios.save("Ander", "twee", "Bo", based_on=1)
    assert caught.value.latest is None
    assert store.scenarios.all() == (mine,)


def test_a_scenario_that_was_withdrawn_and_came_back(store: Store) -> None:
    store.scenarios.save("Plan", "een", "An")
    with pytest.raises(OutdatedChangeError):
        store.scenarios.withdraw("Plan", "Bo", based_on=7)
    store.scenarios.withdraw("Plan", "Bo", based_on=1)
    assert store.scenarios.all() == ()
    assert store.scenarios.get("Plan") is None
    with pytest.raises(OutdatedChangeError):
        store.scenarios.save("Plan", "twee", "An", based_on=1)
    store.scenarios.save("Plan", "twee", "An")
    assert [(one.text, one.by, one.change) for one in store.scenarios.history("Plan")] == [
        ("een", "An", 1),
        ("", "Bo", 2),
        ("twee", "An", 3),
    ]


@pytest.mark.parametrize(
    ("name", "text", "field"), [("", "x", "name"), ("!!", "x", "name"), ("Plan", " ", "text"), ("x" * 101, "x", "name")]
)
def test_a_scenario_that_cannot_be_kept(store: Store, name: str, text: str, field: str) -> None:
    with pytest.raises(DecisionError) as caught:
        store.scenarios.save(name, text, "An")
    assert list(caught.value.problems) == [field]
    assert store.scenarios.all() == ()


# --- notes --------------------------------------------------------------------------------------------------------

MEETING = date(2026, 6, 15)


def test_the_last_note_counts_and_the_others_stay(store: Store, store_target: str, clock: Clock) -> None:
    store.notes.write("Netwerk Kiel", MEETING, "rondje", "Atlas: niet", "An")
    clock.now += timedelta(minutes=1)
    store.notes.write("Netwerk Kiel", MEETING, "afspraken", "volgende keer bij Ligo", "An")
    last = store.notes.write("netwerk kiel", MEETING, "rondje", "Atlas: niets nieuws", "Bo")
    assert (last.by, last.at) == ("Bo", NOON + timedelta(minutes=1))
    with open_store(store_target) as again:
        notes = again.notes.of_meeting("Netwerk Kiel", MEETING)
    assert {section: note.text for section, note in notes.items()} == {
        "afspraken": "volgende keer bij Ligo",
        "rondje": "Atlas: niets nieuws",
    }
    history = store.notes.history("Netwerk Kiel", MEETING, "rondje")
    assert [(note.text, note.by) for note in history] == [("Atlas: niet", "An"), ("Atlas: niets nieuws", "Bo")]


def test_notes_of_another_meeting_or_network_are_apart(store: Store) -> None:
    store.notes.write("Stad", MEETING, "rondje", "hier", "An")
    store.notes.write("Stad", date(2026, 9, 15), "rondje", "later", "An")
    store.notes.write("Dam", MEETING, "rondje", "elders", "An")
    assert [note.text for note in store.notes.of_meeting("Stad", MEETING).values()] == ["hier"]
    assert store.notes.of_meeting("Kiel", MEETING) == {}
    assert store.notes.history("Stad", MEETING, "einde") == ()


def test_a_note_that_was_wiped_and_the_same_note_twice(store: Store) -> None:
    store.notes.write("Stad", MEETING, "rondje", "", "An")
    assert store.notes.history("Stad", MEETING, "rondje") == ()
    first = store.notes.write("Stad", MEETING, "rondje", "tekst", "An")
    assert store.notes.write("Stad", MEETING, "rondje", " tekst ", "Bo") == first
    store.notes.write("Stad", MEETING, "rondje", "", "Bo")
    assert store.notes.of_meeting("Stad", MEETING) == {}
    assert [note.text for note in store.notes.history("Stad", MEETING, "rondje")] == ["tekst", ""]


def test_a_note_that_is_too_long(store: Store) -> None:
    assert store.notes.write("Stad", MEETING, "rondje", "x" * LONGEST_NOTE, "An").text == "x" * LONGEST_NOTE
    with pytest.raises(DecisionError, match="De nota: schrijf hoogstens 20000 tekens"):
        store.notes.write("Stad", MEETING, "rondje", "x" * (LONGEST_NOTE + 1), "An")


# --- never changed ------------------------------------------------------------------------------------------------

TABLES = ("decisions", "scenarios", "meeting_notes")
REFUSAL = "what was written down is never changed or deleted"


def written(store: Store) -> tuple[object, ...]:
    return store.decisions.history(), store.scenarios.history("Plan"), store.notes.history("Stad", MEETING, "rondje")


@pytest.fixture
def filled(store: Store) -> Store:
    store.decisions.add(FULL, "An")
    store.scenarios.save("Plan", "een", "An")
    store.notes.write("Stad", MEETING, "rondje", "tekst", "An")
    return store


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", ["UPDATE {} SET at = at", "DELETE FROM {}"])
def test_the_database_refuses_to_change_what_was_written(
    filled: Store, store_target: str, statement: str, table: str
) -> None:
    before = written(filled)
    with pytest.raises(DBAPIError, match=REFUSAL):
        raw(store_target, statement.format(table))
    assert written(filled) == before


@pytest.mark.parametrize(
    "statement",
    [
        "REPLACE INTO decisions SELECT * FROM decisions",
        "REPLACE INTO scenarios SELECT * FROM scenarios",
        "REPLACE INTO meeting_notes SELECT * FROM meeting_notes",
        "REPLACE INTO decisions SELECT 9, decision, change, 'iets anders', state, what, who, due, why, wijkcode, "
        "doelgroep, methods, partners, network, meeting, by, at FROM decisions",
        "REPLACE INTO scenarios SELECT 9, \"key\", change, network, name, 'iets anders', by, at FROM scenarios",
    ],
)
def test_sqlite_refuses_to_replace(tmp_path: Path, statement: str) -> None:
    with open_store(tmp_path) as store:
        store.decisions.add(FULL, "An")
        store.scenarios.save("Plan", "een", "An")
        store.notes.write("Stad", MEETING, "rondje", "tekst", "An")
        before = written(store)
        with pytest.raises(DBAPIError, match=REFUSAL):
            raw(str(tmp_path), statement)
        assert written(store) == before


@pytest.mark.postgresql
@pytest.mark.parametrize("table", TABLES)
def test_postgresql_refuses_to_truncate(postgresql: str, table: str) -> None:
    with open_store(postgresql) as store:
        store.decisions.add(FULL, "An")
        with pytest.raises(DBAPIError, match=REFUSAL):
            raw(postgresql, f"TRUNCATE {table}")
        assert len(store.decisions.all()) == 1


def test_two_rows_of_one_change_cannot_be(filled: Store, store_target: str) -> None:
    with pytest.raises(DBAPIError):
        raw(
            store_target,
            "INSERT INTO decisions SELECT 9, decision, change, title, state, what, who, due, why, wijkcode, doelgroep, "
            'methods, partners, network, meeting, "by", at FROM decisions',
        )
    assert len(filled.decisions.history()) == 1


# --- a store of an earlier version --------------------------------------------------------------------------------


def check_first_version(store: Store) -> None:
    """What the store of the first version held is there, and what is new can be used."""
    assert [(one.number, one.name, one.published_by) for one in store.versions()] == [
        (2, "juli.xlsx", "Bo"),
        (1, "juni.xlsx", "An"),
    ]
    assert [store.content(number) for number in (1, 2)] == [b"eerste werkmap", b"tweede werkmap"]
    assert store.columns.all() == {("offers", "waarprecies"): "address"}
    assert store.points.all()["Kerkstraat 1"].lat == 51.2
    assert [trekker.name for trekker in store.trekkers.all()] == ["An"]
    assert store.log.count("gepubliceerd", NOON) == 1
    assert store.decisions.all() == store.scenarios.all() == ()
    assert store.decisions.add(FULL, "An").draft == FULL
    store.publish(b"3", "c.xlsx", "An", based_on=2)


def test_a_file_of_the_first_version_is_brought_up_to_date(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / settings.STORE_FILE) as connection:
        connection.executescript(VERSION_1.read_text())
    connection.close()
    with open_store(tmp_path) as store:
        check_first_version(store)
    with open_store(tmp_path) as again:
        assert len(again.decisions.all()) == 1
    with pytest.raises(DBAPIError, match=REFUSAL):
        raw(str(tmp_path), "DELETE FROM decisions")
    with pytest.raises(DBAPIError, match="published versions are never changed or deleted"):
        raw(str(tmp_path), "DELETE FROM versions")


def test_a_store_of_the_first_migration_is_brought_up_to_date(
    store_target: str, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    monkeypatch.setattr(store_database, "MIGRATIONS", MIGRATIONS[:1])
    with open_store(store_target, clock=clock) as first:
        first.publish(b"eerste werkmap", "juni.xlsx", "An", "Na het overleg", based_on=None)
        first.publish(b"tweede werkmap", "juli.xlsx", "Bo", based_on=1)
        first.columns.choose("offers", "Waar precies?", "address", "An")
        first.points.put("Kerkstraat 1", 51.2, 4.4, "An")
        first.trekkers.add("An", "$argon2id$1", "begincode")
        first.log.add("gepubliceerd", "An", 1)
        with pytest.raises(DamagedStoreError):
            first.decisions.all()
    monkeypatch.undo()
    with open_store(store_target) as store:
        check_first_version(store)


def test_who_changed_it_in_another_window_reads_so(store: Store) -> None:
    store.decisions.add(IDEA, "An")
    store.decisions.change(1, replace(IDEA, state=State.DECIDED), "An", based_on=1)
    with pytest.raises(
        OutdatedChangeError, match=r"Ondertussen wijzigde jij zelf \(in een ander venster\) dit besluit"
    ):
        store.decisions.change(1, replace(IDEA, who="Atlas"), "An", based_on=1)
