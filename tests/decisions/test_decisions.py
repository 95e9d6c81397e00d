"""Decisions as lists, tables, dates and words, beside a workbook that may no longer know what they refer to."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pandas as pd
import pytest

from einclusie_data.contract.codelists import CHILDREN, OLDER
from einclusie_data.contract.schema import OFFERS
from einclusie_data.decisions import words
from einclusie_data.decisions.history import history_lines
from einclusie_data.decisions.table import (
    OPEN_STATES,
    ORDER,
    STEPS,
    State,
    decisions_table,
    doubts,
    in_order,
    labels_of,
    of_network,
    reminders,
)
from einclusie_data.files.write.tables import csv_bytes
from einclusie_data.store.decision_record import Decision, Draft, Proposal, proposal_text, read_proposal, tidy
from tests.factories import dataset, decision, method, offer, partner
from tests.worlds import small_world

LABELS = {"NOO01": "Noordkant", "ZUI01": "Zuidkant"}
HELP = "Individuele begeleiding"
PERSONAL = "bel 0470 12 34 56 of an@example.org"
WHAT = {
    "types": (HELP, "Digitale oefenkans"),
    "groups": (OLDER, CHILDREN),
    "wijken": ("NOO01", "ZUI01"),
    "location": "Buurthuis",
    "address": "Kerkstraat 1",
    "lat": 51.2,
    "lon": 4.4,
    "organisations": ("Atlas", "Ligo"),
    "mode": "Op locatie",
    "dayparts": ("Avond", "Weekend"),
    "frequency": "Wekelijks",
    "price": "Gratis",
    "signup": ("Vrije inloop", "Op afspraak"),
}


def full(**given: Any) -> Decision:
    return decision(
        **{
            "title": "Digihulp in het noorden",
            "state": State.DECIDED,
            "what": WHAT,
            "who": "Atlas",
            "due": date(2026, 12, 1),
            "why": "Er is niets.",
            "wijkcode": "NOO01",
            "group": OLDER,
            "methods": ("Digibuddies", "Spel"),
            "partners": ("Atlas", "Ligo"),
            "network": "Netwerk Noord",
            "meeting": date(2026, 6, 15),
            **given,
        }
    )


# --- the record ---------------------------------------------------------------------------------------------------
def test_the_fields_of_a_proposal_are_columns_of_an_offer():
    assert set(WHAT) == set(vars(Proposal()))
    assert all(OFFERS.column(key) for key in WHAT)


def test_a_proposal_comes_back_as_it_was():
    assert read_proposal(proposal_text(Proposal(**WHAT))) == Proposal(**WHAT)
    assert proposal_text(Proposal()) == "{}"


def test_the_draft_of_a_decision_holds_all_that_can_be_changed():
    made = full()
    assert made.draft == Draft(**{key: cell for key, cell in vars(made).items() if key in Draft.__dataclass_fields__})
    assert replace(made.draft, who="Ligo") != made.draft


def test_tidying_changes_nothing_that_is_tidy():
    assert tidy(full().draft) == full().draft
    assert tidy(Draft(title="a\u200b\x00", what=Proposal(wijken=("", " NOO01", "NOO01")))) == Draft(
        title="a", what=Proposal(wijken=("NOO01",))
    )


# --- lists --------------------------------------------------------------------------------------------------------
def test_what_has_to_be_talked_about_comes_first():
    made = [
        decision(id=1, state=State.NOT_RETAINED),
        decision(id=2, state=State.STARTED),
        decision(id=3, state=State.IDEA),
        decision(id=4, state=State.DECIDED),
        decision(id=5, state=State.DECIDED, due=date(2026, 12, 2)),
        decision(id=6, state=State.DECIDED, due=date(2026, 12, 1)),
        decision(id=7, state=State.TO_DISCUSS),
        decision(id=8, state=State.DECIDED),
    ]
    assert [one.id for one in in_order(reversed(made))] == [7, 6, 5, 4, 8, 3, 2, 1]
    assert set(ORDER) == set(State) == set(STEPS) == set(words.STATES)


def test_the_decisions_of_a_network():
    made = [decision(id=1, network="Netwerk Kiel"), decision(id=2, network="Hele stad"), decision(id=3)]
    assert [one.id for one in of_network(made, "netwerk  KIEL")] == [1]
    assert [one.id for one in of_network(made, "")] == [3]


# --- the table ----------------------------------------------------------------------------------------------------
def test_the_table_says_everything():
    table = decisions_table([full(id=7, change=3, by="Bo")], small_world())
    assert table.to_dict("records") == [
        {
            "Nr": 7,
            "Titel": "Digihulp in het noorden",
            "Stand": "beslist",
            "Wat": words.what_sentence(Proposal(**WHAT), LABELS),
            "Wie": "Atlas",
            "Tegen wanneer": pd.Timestamp(2026, 12, 1),
            "Waarom": "Er is niets.",
            "Wijk": "Noordkant",
            "Doelgroep": OLDER,
            "Methodieken": "Digibuddies; Spel",
            "Partners": "Atlas; Ligo",
            "Netwerk": "Netwerk Noord",
            "Bijeenkomst": pd.Timestamp(2026, 6, 15),
            "Genoteerd door": "Bo",
            "Gewijzigd op": pd.Timestamp(2026, 6, 1),
        }
    ]


def test_unknown_is_an_empty_cell_in_an_export():
    lines = csv_bytes(decisions_table([decision(title="=1+1")], small_world())).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Nr;Titel;Stand;Wat;Wie;Tegen wanneer;")
    assert lines[1] == "1;'=1+1;idee;;;;;;;;;;;An;2026-06-01"


def test_an_empty_table_has_the_same_columns():
    empty, one = decisions_table([], small_world()), decisions_table([full()], small_world())
    assert empty.empty
    assert empty.dtypes.to_dict() == one.dtypes.to_dict()


def test_a_change_late_in_the_evening_is_of_the_next_day_in_antwerp():
    late = decision(at=datetime(2026, 6, 1, 22, 30, tzinfo=UTC))
    assert decisions_table([late], small_world())["Gewijzigd op"].tolist() == [pd.Timestamp(2026, 6, 2)]


def test_contact_details_are_masked_everywhere():
    what = {"location": PERSONAL, "organisations": (PERSONAL,), "address": PERSONAL}
    texts = {
        "title": PERSONAL,
        "who": PERSONAL,
        "why": PERSONAL,
        "network": PERSONAL,
        "by": PERSONAL,
        "group": PERSONAL,
    }
    made = full(what=what, methods=(PERSONAL,), partners=(PERSONAL,), wijkcode=PERSONAL, **texts)
    changed = replace(made, title=f"x {PERSONAL}", change=2)
    shown = [
        csv_bytes(decisions_table([made], small_world())).decode(),
        *(str(one) for one in reminders([made], small_world())),
        *history_lines([made, changed], LABELS),
        *doubts(dataset(), made),
        words.gap_words(made, LABELS),
        words.agreement_sentence(made),
        str(words.what_lines(made.what, LABELS)),
    ]
    assert len(shown) == 12
    for text in shown:
        assert "0470" not in text
        assert "example.org" not in text


# --- dates --------------------------------------------------------------------------------------------------------
def test_reminders_of_what_still_has_to_start():
    made = [
        full(id=number, state=state, due=date(2026, 12, 10 - number)) for number, state in enumerate(State, start=1)
    ]
    found = reminders([*made, decision(id=9)], small_world())
    assert [one.uid for one in found] == [f"besluit-{number}@hiatenkaart-e-inclusie" for number in (3, 2, 1)]
    assert {one.id for one in made if one.state in OPEN_STATES} == {1, 2, 3}
    [first] = reminders([full(change=4)], small_world())
    assert (first.sequence, first.day, first.stamp) == (3, date(2026, 12, 1), datetime(2026, 6, 1, 12, tzinfo=UTC))
    assert first.summary == "Digihulp in het noorden"
    assert first.description.splitlines() == [
        "Atlas neemt dit op, tegen 1 december 2026.",
        words.what_sentence(Proposal(**WHAT), LABELS),
        "Er is niets.",
    ]


@pytest.mark.parametrize(
    ("day", "state", "late"),
    [
        (date(2026, 11, 30), State.DECIDED, False),
        (date(2026, 12, 1), State.DECIDED, False),
        (date(2026, 12, 2), State.DECIDED, True),
        (date(2026, 12, 2), State.TO_DISCUSS, True),
        (date(2026, 12, 2), State.STARTED, False),
        (date(2026, 12, 2), State.NOT_RETAINED, False),
    ],
)
def test_a_date_that_has_passed(day: date, state: State, *, late: bool):
    sentence = "De datum is voorbij (1 december 2026). Is het begonnen, of spreken jullie een nieuwe datum af?"
    assert words.late_sentence(full(state=state), day) == (sentence if late else "")
    assert words.late_sentence(decision(state=state), day) == ""


# --- words --------------------------------------------------------------------------------------------------------
def test_the_proposed_offer_in_one_phrase():
    assert words.what_sentence(Proposal(**WHAT), LABELS) == (
        "Individuele begeleiding en digitale oefenkans, voor ouderen en kinderen en jongeren, in Noordkant en Zuidkant"
        ", Buurthuis, Kerkstraat 1, door Atlas en Ligo, op locatie, avond en weekend, wekelijks, gratis, "
        "vrije inloop of op afspraak"
    )
    assert words.what_sentence(Proposal(lat=51.2, lon=4.4), LABELS) == "Op een punt op de kaart"
    assert words.what_sentence(Proposal(wijken=("OUD01",)), LABELS) == "In OUD01 (deze wijk kennen we niet meer)"
    assert words.what_sentence(Proposal(), LABELS) == ""


def test_the_proposed_offer_line_by_line():
    lines = dict(words.what_lines(Proposal(**WHAT), LABELS))
    assert lines["Type aanbod"] == "Individuele begeleiding en Digitale oefenkans"
    assert (lines["Wijk"], lines["Breedtegraad"], lines["Prijs"]) == ("Noordkant en Zuidkant", "51,2000", "Gratis")
    assert len(lines) == len(WHAT)
    assert words.what_lines(Proposal(), LABELS) == []


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"who": "Atlas"}, "Atlas neemt dit op. Nog af te spreken: tegen wanneer."),
        ({"due": date(2026, 12, 1)}, "Tegen 1 december 2026. Nog af te spreken: wie dit opneemt."),
        ({}, "Nog af te spreken: wie dit opneemt en tegen wanneer."),
    ],
)
def test_what_is_not_agreed_is_said(given: dict[str, Any], sentence: str):
    assert words.agreement_sentence(decision(**given)) == sentence


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("state", State)
def test_a_state_can_be_read_without_colour(state: State):
    look = words.STATES[state]
    light, dark = sorted([_luminance(look.colour), _luminance(look.ink)], reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5
    assert [other.symbol for other in words.STATES.values()].count(look.symbol) == 1
    assert look.sentence.endswith(".")


# --- history ------------------------------------------------------------------------------------------------------
def test_the_history_in_words():
    first = decision(title="Digihulp", at=datetime(2026, 6, 1, 7, 5, tzinfo=UTC))
    second = replace(first, change=2, by="Bo", state=State.DECIDED, who="Atlas", at=first.at + timedelta(days=1))
    third = replace(second, change=3, due=date(2026, 12, 1), wijkcode="OUD01", what=Proposal(price="Gratis"))
    fourth = replace(third, change=4, what=Proposal(price="Gratis", location="Huis", lat=1.0, lon=1.0), who="")
    fifth = replace(fourth, change=5, what=Proposal(price="Gratis", location="Huis", lat=2.0, lon=1.0))
    sixth = replace(fifth, change=6, state=State.STARTED)
    assert history_lines([first, second, third, fourth, fifth, sixth], LABELS) == [
        "1 juni 2026 om 9.05 uur: An schreef dit op als “idee”.",
        "2 juni 2026 om 9.05 uur: Bo zette dit van “idee” op “beslist”; wijzigde Wie: niet ingevuld → Atlas.",
        "2 juni 2026 om 9.05 uur: Bo wijzigde Wat: niet ingevuld → Gratis; Tegen wanneer: niet ingevuld → "
        "1 december 2026; Wijk: niet ingevuld → OUD01 (deze wijk kennen we niet meer).",
        "2 juni 2026 om 9.05 uur: Bo wijzigde Wat: Gratis → Huis, gratis; Wie: Atlas → niet ingevuld.",
        "2 juni 2026 om 9.05 uur: Bo wijzigde een detail.",
        "2 juni 2026 om 9.05 uur: Bo zette dit van “beslist” op “gestart”.",
    ]
    assert history_lines([], LABELS) == []


# --- beside the workbook of now -----------------------------------------------------------------------------------
def known() -> Any:
    return dataset(
        offer(),
        methods=(method(name="Digibuddies"), method(name="Spel")),
        partners=(
            partner(organisation="Atlas", networks=("Noord",)),
            partner(organisation="Ligo", other_names=("CBE",)),
        ),
        zones={"Noord": ("NOO01", "NOO02")},
    )


def test_a_decision_of_which_everything_is_known():
    assert doubts(known(), full()) == ()
    assert doubts(known(), full(partners=("atlas vzw", "CBE"), methods=("DIGIBUDDIES",))) == ()
    assert doubts(dataset(), decision()) == ()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"wijkcode": "OUD01"}, "De wijk OUD01 kennen we niet (meer). Kies een andere, of laat het besluit zo staan."),
        ({"what": {"wijken": ("NOO01", "OUD01")}}, "De wijk OUD01 kennen we niet (meer). Kies een andere, of laat het"),
        ({"group": "Jonge moeders"}, "“Jonge moeders” staat niet (meer) in de lijst Doelgroep."),
        ({"what": {"groups": ("Jonge moeders",)}}, "“Jonge moeders” staat niet (meer) in de lijst Doelgroep."),
        ({"what": {"types": ("Digicafé",)}}, "“Digicafé” staat niet (meer) in de lijst Type aanbod."),
        ({"what": {"price": "Duur"}}, "“Duur” staat niet (meer) in de lijst Prijs."),
        ({"methods": ("Weg",)}, "De methodiek “Weg” staat niet (meer) in het blad Methodieken."),
        ({"partners": ("Weg",)}, "“Weg” staat niet (meer) in het blad Partners."),
        ({"what": {"organisations": ("Weg",)}}, "“Weg” staat niet (meer) in het blad Partners."),
        ({"network": "Netwerk Weg"}, "Het netwerk “Netwerk Weg” kennen we niet (meer)."),
    ],
)
def test_what_a_later_workbook_does_not_know_is_said_once(given: dict[str, Any], sentence: str):
    [found] = doubts(known(), full(**given))
    assert found.startswith(sentence)


def test_what_is_gone_is_still_shown_as_it_was_written():
    gone = full(wijkcode="OUD01", group="Jonge moeders", methods=("Weg",))
    row = decisions_table([gone], small_world()).iloc[0]
    assert (row["Wijk"], row["Doelgroep"], row["Methodieken"]) == (
        "OUD01 (deze wijk kennen we niet meer)",
        "Jonge moeders",
        "Weg",
    )


def test_a_person_who_takes_it_on_needs_not_be_a_partner():
    assert doubts(known(), full(who="Zoë")) == ()


def test_the_labels_are_those_of_the_reference_data():
    assert labels_of(small_world())["ZUI02"] == "Overzijde"


def test_a_table_reads_back_the_same():
    table = decisions_table([full(), decision(id=2)], small_world())
    again = pd.read_csv(io.BytesIO(csv_bytes(table)), sep=";", encoding="utf-8-sig", keep_default_na=False)
    assert list(again.columns) == list(table.columns)
    assert again["Tegen wanneer"].tolist() == ["2026-12-01", ""]
