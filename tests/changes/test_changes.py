"""What changes between two versions: rows, cells, gaps and columns."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from einclusie_data.changes.compare import Changes, changes_of, public_changes
from einclusie_data.changes.gaps import CLOSED, KINDS, OPENED, SHIFTED, UNCERTAIN, gap_changes
from einclusie_data.changes.words import (
    EMPTY,
    NOTHING_CHANGED,
    SECRET_CHANGED,
    change_lines,
    change_sentences,
    changes_shape,
    gap_sentences,
)
from einclusie_data.contract import verdicts
from einclusie_data.contract.privacy import MASK
from einclusie_data.engine.dataset import Dataset, answer_per_group
from tests import factories
from tests.factories import OLDER, dataset, question
from tests.random_worlds import DAY as RANDOM_DAY
from tests.random_worlds import offers_to_table, random_case, world_to_areas
from tests.sheets import checked, city, offer, offers_sheet, raw_sheet, sheet_of
from tests.worlds import small_world

Record = dict[str, str]
GONE = ("toegevoegd", "verdwenen")


def version(*records: Record, sheets: tuple[Any, ...] = ()) -> Dataset:
    return Dataset(checked(offers_sheet(*records), *sheets), city(), "werkmap.xlsx")


def compared(old: Dataset, new: Dataset) -> Changes:
    return changes_of(old, new, question())


def cells(changes: Changes) -> list[tuple[str, str, str]]:
    """Column, before and after of every changed cell of Aanbod."""
    return [tuple(row) for row in changes.offers.changed[["column", "before", "after"]].to_numpy().tolist()]


def names(rows: pd.DataFrame) -> list[str]:
    return rows["name"].tolist()


NETWORK = [
    offer(Nr="1", Naam_aanbod="Digipunt", Organisatie="Atlas", Adres="Carnotstraat 110", Postcode="2060",
          Doelgroep="Ouderen", Wanneer="maandag 14 uur", Prijs="gratis"),
    offer(Nr="2", Naam_aanbod="Computerles", Organisatie="Ligo", Adres="Kerkstraat 1", Postcode="2060",
          Doelgroep="Ouderen; Kinderen en jongeren", Wanneer="dinsdag 14 uur", Prijs="gratis"),
    offer(Nr="3", Naam_aanbod="Online hulp", Organisatie="SAAMO", Bereik="Online", Doelgroep="Iedereen"),
    *(offer(Nr=str(4 + place), Naam_aanbod="Pop-up digipunt", Organisatie="Stad Antwerpen", Wijk=wijk)
      for place, wijk in enumerate(("Kiel", "Dam", "Luchtbal", "Eilandje", "Stuivenberg", "Schipperskwartier"))),
]  # fmt: skip


def renumbered(records: list[Record], seed: int = 1) -> list[Record]:
    """The same rows, sorted otherwise and with other numbers."""
    rows = [dict(record) for record in records]
    random.Random(seed).shuffle(rows)
    return [row | {"Nr": str(number)} for number, row in enumerate(rows, start=1)]


def with_cell(records: list[Record], name: str, **changed: str) -> list[Record]:
    """The rows with other cells in the one row of this name."""
    header = {key.replace("_", " "): text for key, text in changed.items()}
    return [row | header if row["Naam aanbod"] == name else row for row in records]


# --- which row is which ----------------------------------------------------------------------------------------------
def test_the_same_workbook_changes_nothing():
    changes = compared(version(*NETWORK), version(*NETWORK))
    assert changes.none
    assert change_sentences(changes) == [NOTHING_CHANGED]
    assert changes_shape(changes) == {
        "toegevoegd": [], "verdwenen": [], "gewijzigd": [], "hiaten_ontstaan": [], "hiaten_verdwenen": [],
        "hiaten_onzeker": [],
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
def test_a_sorted_and_renumbered_sheet_changes_nothing(seed: int):
    assert compared(version(*NETWORK), version(*renumbered(NETWORK, seed))).none


@pytest.mark.parametrize("seed", range(5))
def test_a_renumbered_sheet_with_three_edits_shows_three_changes(seed: int):
    edited = with_cell(NETWORK, "Digipunt", Wanneer="zaterdag 10 uur")
    edited = with_cell(edited, "Computerles", Naam_aanbod="Computerlessen", Doelgroep="Ouderen")
    edited = with_cell(edited, "Online hulp", Bereik="Hele stad")
    changes = compared(version(*NETWORK), version(*renumbered(edited, seed)))
    assert changes.offers.changed_rows == 3
    assert changes.offers.added.empty
    assert changes.offers.removed.empty
    assert sorted(cells(changes)) == [
        ("Bereik", "Online", "Hele stad"),
        ("Doelgroep", "Ouderen; Kinderen en jongeren", "Ouderen"),
        ("Naam aanbod", "Computerles", "Computerlessen"),
        ("Wanneer", "maandag 14 uur", "zaterdag 10 uur"),
    ]


def test_rows_are_those_of_the_newer_file_and_for_what_is_gone_of_the_older():
    new = [offer(Naam_aanbod="Nieuw"), *with_cell(NETWORK[1:], "Computerles", Prijs="betalend")]
    shape = changes_shape(compared(version(*NETWORK), version(*new)))
    assert shape["toegevoegd"] == [{"rij": 2, "naam": "Nieuw"}]
    assert shape["verdwenen"] == [{"rij": 2, "naam": "Digipunt"}]
    assert shape["gewijzigd"] == [{"rij": 3, "naam": "Computerles", "velden": {"Prijs": ["gratis", "betalend"]}}]


def test_offers_with_one_name_are_told_apart_by_their_place():
    new = renumbered([row for row in NETWORK if row.get("Wijk") != "Dam"])
    changes = compared(version(*NETWORK), version(*new))
    assert changes.offers.removed["wijken"].tolist() == [("ANT04",)]
    assert changes.offers.changed.empty
    back = compared(version(*new), version(*NETWORK))
    assert back.offers.added["wijken"].tolist() == [("ANT04",)]


def test_one_of_many_that_is_replaced_by_one_elsewhere_is_not_moved():
    new = renumbered([row | {"Wijk": "Linkeroever"} if row.get("Wijk") == "Dam" else row for row in NETWORK])
    changes = compared(version(*NETWORK), version(*new))
    assert (len(changes.offers.added), len(changes.offers.removed), changes.offers.changed_rows) == (1, 1, 0)


def test_one_of_many_that_kept_its_number_is_moved():
    new = [row | {"Wijk": "Linkeroever"} if row.get("Wijk") == "Dam" else row for row in NETWORK]
    assert cells(compared(version(*NETWORK), version(*new))) == [("Wijk", "Dam", "Linkeroever")]


def test_the_only_one_of_its_name_is_moved_whatever_its_number():
    new = renumbered(with_cell(NETWORK, "Digipunt", Adres="Turnhoutsebaan 92", Postcode="2140"))
    assert sorted(cells(compared(version(*NETWORK), version(*new)))) == [
        ("Adres", "Carnotstraat 110", "Turnhoutsebaan 92"),
        ("Postcode", "2060", "2140"),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Digipunt Carnot", "Digipunt Carnt"),
        ("igipunt Carnot", "Digipunt Carnot"),
        ("Wijk - Dam", "Wijk - Daq"),
        ("Digipunt", "Digipunt voor iedereen die hulp zoekt"),
        ("Workshop tablet", "Kennismaken met het internet"),  # all the rest is the same
    ],
)
def test_another_spelling_of_a_name_is_one_change(before: str, after: str):
    old = with_cell(NETWORK, "Digipunt", Naam_aanbod=before)
    new = renumbered(with_cell(NETWORK, "Digipunt", Naam_aanbod=after))
    assert cells(compared(version(*old), version(*new))) == [("Naam aanbod", before, after)]


@pytest.mark.parametrize(("before", "after"), [("Les deel 1", "Les deel 2"), ("Tabletles", "Inloop")])
def test_another_name_with_other_cells_is_another_offer(before: str, after: str):
    plain = {"Nr": "", "Organisatie": "Ligo", "Wijk": "Kiel"}
    old = [row | {"Nr": ""} for row in [*NETWORK, offer(**plain | {"Naam_aanbod": before})]]
    new = [row | {"Nr": ""} for row in [*NETWORK, offer(**plain | {"Naam_aanbod": after})]]
    changes = compared(version(*old), version(*new))
    assert (names(changes.offers.added), names(changes.offers.removed)) == ([after], [before])


def test_a_number_that_means_another_offer_joins_nothing():
    old = [offer(Nr="1", Naam_aanbod="Tabletles", Wijk="Kiel"), offer(Nr="2", Naam_aanbod="Inloop", Wijk="Dam")]
    new = [offer(Nr="1", Naam_aanbod="Coderdojo", Organisatie="Ligo", Wijk="Luchtbal"), old[1]]
    changes = compared(version(*old), version(*new))
    assert (names(changes.offers.added), names(changes.offers.removed)) == (["Coderdojo"], ["Tabletles"])


def test_a_number_that_kept_its_meaning_joins_what_was_renamed():
    new = with_cell(NETWORK, "Pop-up digipunt", Prijs="gratis")
    new[4] = new[4] | {"Naam aanbod": "Digihoek"}
    changes = compared(version(*NETWORK), version(*new))
    assert ("Naam aanbod", "Pop-up digipunt", "Digihoek") in cells(changes)
    assert changes.offers.added.empty


def test_wholly_different_sheets_have_nothing_in_common():
    new = [offer(Nr=str(place), Naam_aanbod=name, Organisatie="Avansa", Wijk="Linkeroever")
           for place, name in enumerate(("Zomerkamp", "Robots", "Fotoclub"), start=1)]  # fmt: skip
    changes = compared(version(*NETWORK), version(*new))
    assert (len(changes.offers.added), len(changes.offers.removed)) == (3, len(NETWORK))
    assert changes.offers.changed.empty


def test_very_many_offers_that_are_all_the_same_are_still_the_same():
    rows = [offer(Wijk="Kiel", Wanneer="maandag")] * 60
    changes = compared(version(*rows), version(*(row | {"Wanneer": "zaterdag"} for row in rows)))
    assert (changes.offers.changed_rows, len(changes.offers.added)) == (60, 0)


def test_very_many_offers_of_one_name_are_told_apart_by_their_address():
    rows = [offer(Naam_aanbod="Internetpunt", Adres=f"Kerkstraat {place}", Prijs="gratis") for place in range(60)]
    changes = compared(version(*rows), version(*renumbered([row | {"Prijs": "betalend"} for row in rows])))
    assert changes.offers.changed["column"].unique().tolist() == ["Prijs"]
    assert (changes.offers.changed_rows, len(changes.offers.added)) == (60, 0)


# --- organisations ---------------------------------------------------------------------------------------------------
def partners(name: str, others: str = "") -> Any:
    return sheet_of("Partners", {"Organisatie": name, "Vroegere of andere namen": others})


@pytest.mark.parametrize(
    ("before", "after", "old_partners", "new_partners"),
    [
        ("Vormingplus", "Avansa", (), ()),
        ("Samenlevingsopbouw vzw", "SAAMO", (), ()),
        ("Het Huis", "De Brug", (), (partners("De Brug", "Het Huis"),)),
        ("Oud Huis", "De Brug", (partners("Het Huis", "Oud Huis"),), (partners("De Brug", "Het Huis"),)),
        ("De Brug", "Het Huis", (partners("De Brug", "Het Huis"),), ()),
    ],
)
def test_a_renamed_organisation_is_no_change(before, after, old_partners, new_partners):
    old = [row | {"Organisatie": before} for row in NETWORK]
    new = renumbered([row | {"Organisatie": after} for row in NETWORK])
    changes = compared(version(*old, sheets=old_partners), version(*new, sheets=new_partners))
    assert changes.offers.same


def test_another_organisation_that_takes_over_is_one_change():
    new = renumbered(with_cell(NETWORK, "Digipunt", Organisatie="Ligo"))
    assert cells(compared(version(*NETWORK), version(*new))) == [("Organisatie", "Atlas", "Ligo")]


def test_numbered_organisations_are_not_a_typo_of_each_other():
    old = [offer(Naam_aanbod="Les", Organisatie="Buurthuis 12", Wijk="Kiel")]
    new = [offer(Naam_aanbod="Les", Organisatie="Buurthuis 13", Wijk="Dam")]
    assert len(compared(version(*old), version(*new)).offers.added) == 1


# --- which cells -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("header", "before", "after"),
    [
        ("Doelgroep", "senioren", "Ouderen"),
        ("Doelgroep", "Ouderen; Iedereen", "iedereen | ouderen"),
        ("Wijk", "Kiel; Dam", "ANT04; het Kiel"),
        ("Wijk", "Zzz; Kiel", "kiel; zzz"),
        ("Tot", "1/09/2027", "2027-09-01"),
        ("Breedtegraad", "51,2194", "51.2194"),
        ("Prijs", "0 euro", "Gratis"),
        ("Opmerking", "Bel  aan", "Bel aan"),
        ("Doelgroep", "zzz; yyy", "YYY;zzz"),
        ("Organisatie", "Atlas; Ligo", "Ligo; Atlas vzw"),
        ("Nr", "12", "90"),
        ("Dagdeel", "Overdag", ""),  # which Wanneer says too
    ],
)
def test_what_means_the_same_is_no_change(header: str, before: str, after: str):
    base = offer(Wijk="Kiel", Wanneer="maandag 14 uur", Lengtegraad="4,4025")
    changes = compared(version(base | {header: before}), version(base | {header: after}))
    assert changes.offers.changed.empty
    assert changes.offers.added.empty


@pytest.mark.parametrize(
    ("header", "before", "after", "shown"),
    [
        ("Doelgroep", "senioren", "jongeren", ("senioren", "jongeren")),
        ("Doelgroep", "Oudern", "Ouderen", ("Oudern", "Ouderen")),
        ("Doelgroep", "Oudern", "", ("Oudern", "")),
        ("Doelgroep", "Ouderen; zzz", "Ouderen", ("Ouderen; zzz", "Ouderen")),
        ("Tot", "1/09/2027", "2027-10-01", ("2027-09-01", "2027-10-01")),
        ("Tot", "ooit", "2027-10-01", ("ooit", "2027-10-01")),
        ("Wijk", "*", "Kiel", ("*", "Kiel")),
        ("Opmerking", "bel 0470 12 34 56", "bel aan", (f"bel {MASK}", "bel aan")),
        ("Contact", "03 123 45 67", "", ("03 123 45 67", "")),
        ("Wanneer", "maandag 14 uur", "zaterdag 14 uur", ("maandag 14 uur", "zaterdag 14 uur")),
    ],
)
def test_a_change_is_shown_as_it_was_typed(header: str, before: str, after: str, shown: tuple[str, str]):
    changes = compared(version(offer(**{header: before})), version(offer(**{header: after})))
    assert cells(changes) == [(header, *shown)]


def test_an_internal_column_changes_without_its_content():
    header = "Contactpersoon (intern)"
    old, new = version(offer(**{header: "An, an@example.org"})), version(offer(**{header: "Bea"}))
    changes = compared(old, new)
    assert changes.offers.changed[["column", "before", "after", "secret"]].to_numpy().tolist() == [
        [header, "", "", True]
    ]
    assert changes_shape(changes)["gewijzigd"] == []
    text = "\n".join(change_lines(changes))
    assert SECRET_CHANGED in text
    assert "Bea" not in text
    assert "example" not in text


def test_a_column_that_we_do_not_know_changes_without_its_content():
    changes = compared(version(offer(Kleur="rood")), version(offer(kleur="blauw")))
    assert changes.offers.changed[["column", "before", "secret"]].to_numpy().tolist() == [["kleur", "", True]]
    assert changes_shape(changes)["gewijzigd"] == []


def test_crosses_instead_of_a_list_are_no_change():
    listed = raw_sheet("Aanbod", [["Naam aanbod", "Organisatie", "Doelgroep"], ["Digipunt", "Atlas", "Ouderen"]])
    crosses = raw_sheet("Aanbod", [["Naam aanbod", "Organisatie", "Ouderen", "Ouders en gezinnen"],
                                   ["Digipunt", "Atlas", "x", ""]])  # fmt: skip
    other = raw_sheet("Aanbod", [["Naam aanbod", "Organisatie", "Ouderen", "Ouders en gezinnen"],
                                 ["Digipunt", "Atlas", "", "x"]])  # fmt: skip
    old, same, new = (Dataset(checked(sheet), city(), "") for sheet in (listed, crosses, other))
    assert compared(old, same).none
    assert cells(compared(old, new)) == [("Doelgroep", "Ouderen", "Ouders en gezinnen")]


# --- rows with an error ----------------------------------------------------------------------------------------------
def test_an_offer_that_is_left_out_for_an_error_is_gone_with_the_reason():
    old, new = version(*NETWORK), version(*with_cell(NETWORK, "Digipunt", Organisatie=""))
    changes = compared(old, new)
    assert changes_shape(changes)["verdwenen"] == [{"rij": 2, "naam": "Digipunt"}]
    note = changes.offers.removed["note"].iloc[0]
    assert note.startswith("Staat er nog, op rij 2, maar telt niet mee: ")
    assert "Organisatie" in note
    back = compared(new, old)
    assert back.offers.added["note"].iloc[0].startswith("Stond er al, op rij 2, maar telde niet mee: ")


def test_an_offer_without_its_name_is_found_by_the_rest():
    changes = compared(version(*NETWORK), version(*with_cell(NETWORK, "Computerles", Naam_aanbod="")))
    assert [bool(note) for note in changes.offers.removed["note"]] == [True]


def test_an_offer_that_is_really_gone_has_no_note():
    new = [*NETWORK[1:], offer(Naam_aanbod="Iets anders", Organisatie="")]
    assert compared(version(*NETWORK), version(*new)).offers.removed["note"].tolist() == [""]


# --- gaps ------------------------------------------------------------------------------------------------------------
def in_world(*rows: dict[str, Any]) -> Dataset:
    return dataset(*(factories.offer(**row) for row in rows))


def gaps_of(old: Dataset, new: Dataset) -> list[tuple[str, str, str, str, str]]:
    table = gap_changes(old, new, question())
    return [tuple(row) for row in table[["wijkcode", "doelgroep", "van", "naar", "soort"]].to_numpy().tolist()]


NORTH = {"at": (500, 1500)}


def test_a_gap_closes_where_an_offer_is_added_and_opens_where_it_goes():
    empty, full = in_world(), in_world(NORTH)
    assert gaps_of(empty, full) == [("NOO01", OLDER, "hiaat", "gedekt", CLOSED)]
    assert gaps_of(full, empty) == [("NOO01", OLDER, "gedekt", "hiaat", OPENED)]
    changes = compared(empty, full)
    assert gap_sentences(changes.closed) == [
        "In Noordkant verdwijnt een mogelijk hiaat voor ouderen: van hiaat naar gedekt."
    ]
    assert gap_sentences(compared(full, empty).opened) == [
        "In Noordkant ontstaat een mogelijk hiaat voor ouderen: van gedekt naar hiaat."
    ]


def test_a_group_that_is_no_longer_filled_in_is_a_change_in_what_we_know():
    known, unknown = in_world(NORTH), in_world(NORTH | {"groups": ()})
    found = gaps_of(known, unknown)
    assert ("NOO01", OLDER, "gedekt", "onbekend", UNCERTAIN) in found
    assert ("NOO01", "Werkzoekenden", "hiaat", "onbekend", UNCERTAIN) in found
    assert {kind for *_, kind in found} == {UNCERTAIN}
    shape = changes_shape(compared(known, unknown))
    assert shape["hiaten_ontstaan"] == []
    assert {"wijkcode": "NOO01", "doelgroep": OLDER, "van": "gedekt", "naar": "onbekend"} in shape["hiaten_onzeker"]
    told = gap_sentences(compared(known, unknown).uncertain) + gap_sentences(compared(unknown, known).uncertain)
    assert "In Noordkant weten we het nu niet meer voor ouderen: van gedekt naar onbekend." in told
    assert "In Noordkant weten we het nu wel voor ouderen: van onbekend naar gedekt." in told


def test_a_change_within_open_or_within_offered_is_neither():
    online, rare = in_world({"mode": "Online"}), in_world(NORTH | {"frequency": "Maandelijks"})
    assert {(van, naar, kind) for *_, van, naar, kind in gaps_of(in_world(), online)} == {("hiaat", "mobiel", SHIFTED)}
    assert gaps_of(in_world(NORTH), rare) == [("NOO01", OLDER, "gedekt", "beperkt", SHIFTED)]
    changes = compared(in_world(NORTH), rare)
    assert changes_shape(changes)["hiaten_onzeker"] == []
    assert gap_sentences(changes.shifted) == [
        "In Noordkant verandert het oordeel voor ouderen: van gedekt naar beperkt."
    ]


def test_the_question_decides_which_gaps_are_compared():
    old, new = in_world(NORTH | {"types": ("Digitale oefenkans",)}), in_world(NORTH | {"types": ()})
    assert gap_changes(old, new, question()).empty
    asked = question(types=("Digitale oefenkans",))
    assert gap_changes(old, new, asked)["naar"].tolist() == ["onbekend"]


def gap_oracle(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> dict[str, list[tuple[str, ...]]]:
    """The lists of DESIGN §5, with loops only."""
    found: dict[str, list[tuple[str, ...]]] = {kind: [] for kind in KINDS}
    offered = ("gedekt", "algemeen", "beperkt")
    for new in after:
        for old in before:
            if (old["wijkcode"], old["doelgroep"]) != (new["wijkcode"], new["doelgroep"]):
                continue
            van, naar = old["oordeel"], new["oordeel"]
            cell = (new["wijkcode"], new["doelgroep"], van, naar)
            if van == naar:
                continue
            if "onbekend" in (van, naar):
                found["onzeker"].append(cell)
            elif van in offered and naar in ("hiaat", "mobiel"):
                found["ontstaan"].append(cell)
            elif van in ("hiaat", "mobiel") and naar in offered:
                found["verdwenen"].append(cell)
            else:
                found["verschoven"].append(cell)
    return found


@pytest.mark.parametrize("forward", [True, False])
def test_gap_lists_agree_with_plain_loops_on_random_worlds(forward: bool):
    seen: Counter[str] = Counter()
    asked = question(on=RANDOM_DAY)
    for seed in range(12):
        pair = two_versions(seed)
        old, new = pair if forward else pair[::-1]
        wanted = gap_oracle(*(answer_per_group(one, asked).table.to_dict("records") for one in (old, new)))
        found = gap_changes(old, new, asked)
        for kind in KINDS:
            rows = found.loc[found["soort"] == kind, ["wijkcode", "doelgroep", "van", "naar"]]
            assert list(rows.itertuples(index=False, name=None)) == wanted[kind]
            seen[kind] += len(rows)
        assert verdicts.NOT_APPLICABLE not in {*found["van"], *found["naar"]}
    assert all(seen[kind] for kind in (OPENED if forward else CLOSED, UNCERTAIN, SHIFTED)), seen


def two_versions(seed: int) -> tuple[Dataset, Dataset]:
    """A random world whose newer version lost every second offer, and of the others every third group."""
    offers, world, _ = random_case(seed)
    areas, table = world_to_areas(world), offers_to_table(offers)
    half = table[table.index % 2 == 0].reset_index(drop=True)
    half["groups"] = [() if place % 3 == 0 else cell for place, cell in enumerate(half["groups"])]
    old, new = (Dataset(replace(factories.workbook(), offers=rows), areas, "") for rows in (table, half))
    return old, new


# --- methods, partners, lost columns ---------------------------------------------------------------------------------
def test_methods_and_partners_are_matched_by_name():
    methods = [{"Naam": "Digiwijs spel", "Vorm": "spel"}, {"Naam": "Klik", "Vorm": "cursus"}]
    old = version(sheets=(sheet_of("Methodieken", *methods), partners("Vormingplus")))
    edited = [{"Naam": "Digiwijs spel!", "Vorm": "bordspel"}, {"Naam": "Tik", "Vorm": "cursus"}]
    new = version(sheets=(sheet_of("Methodieken", *edited), partners("Avansa")))
    changes = compared(old, new)
    assert (names(changes.methods.added), names(changes.methods.removed)) == (["Tik"], ["Klik"])
    assert changes.methods.changed[["column", "before", "after"]].to_numpy().tolist() == [
        ["Naam", "Digiwijs spel", "Digiwijs spel!"],
        ["Vorm", "spel", "bordspel"],
    ]
    assert changes.partners.added.empty
    assert changes.partners.removed.empty
    assert "Methodieken: 1 toegevoegd, 1 verdwenen en 1 gewijzigd." in change_sentences(changes)


def test_a_typo_in_the_name_of_a_method_or_partner_is_no_other_one():
    old = version(sheets=(sheet_of("Methodieken", {"Naam": "Digitale eerste stappen"}), partners("Buurthuis Unik")))
    new = version(sheets=(sheet_of("Methodieken", {"Naam": "Digitale eerste stapen"}), partners("Buurthuis Uniek")))
    changes = compared(old, new)
    assert (len(changes.methods.added), len(changes.partners.added)) == (0, 0)
    assert changes.partners.changed["column"].tolist() == ["Organisatie"]


def test_columns_that_were_filled_in_and_are_gone():
    full = offer(Doelgroep="Ouderen", **{"Contactpersoon (intern)": "An"}, Kleur="rood", Prijs="gratis", Talen="")
    poor = {key: text for key, text in full.items() if key not in ("Contactpersoon (intern)", "Kleur", "Talen")}
    old = version(full, full, sheets=(partners("Atlas", "Atlas vzw"), raw_sheet("Nota's", [["a", "b"], ["c", ""]])))
    new = version(poor | {"Prijs": ""}, poor | {"Prijs": ""})
    lost = compared(old, new).lost
    assert lost.to_numpy().tolist() == [
        ["Aanbod", "Prijs", 2, False, True, True],
        ["Aanbod", "Contactpersoon (intern)", 2, True, False, False],
        ["Aanbod", "Kleur", 2, False, False, False],
        ["Partners", "", 2, False, False, True],
        ["Nota's", "", 3, False, False, False],
    ]
    told = change_sentences(compared(old, new))
    assert "De kolom “Contactpersoon (intern)” op het blad “Aanbod” is weg. Ze had 2 ingevulde cellen." in told
    assert "De kolom “Prijs” op het blad “Aanbod” is nu helemaal leeg. Ze had 2 ingevulde cellen." in told
    assert "Het blad “Nota's” is weg. Er stonden 3 ingevulde cellen in." in told
    assert compared(new, old).lost.empty


def test_nobody_but_the_trekker_reads_of_columns_that_are_internal_or_unknown():
    full = offer(**{"Contactpersoon (intern)": "An"}, Kleur="rood", Prijs="gratis")
    changes = public_changes(compared(version(full), version(offer(Prijs="betalend"))))
    told = "\n".join(change_lines(changes))
    assert "Contactpersoon" not in told
    assert "Kleur" not in told
    assert cells(changes) == [("Prijs", "gratis", "betalend")]
    edited = public_changes(compared(version(full), version(full | {"Contactpersoon (intern)": "Bo"})))
    assert edited.none


@pytest.mark.parametrize(
    ("name", "row", "other"),
    [
        ("Bijeenkomsten", {"Datum": "2026-12-01", "Netwerk": "Kiel"}, {"Datum": "2026-12-02", "Netwerk": "Kiel"}),
        ("Gebieden", {"Naam": "Noord", "Wijken": "Dam"}, {"Naam": "Noord", "Wijken": "Kiel"}),
    ],
)
def test_another_sheet_that_changed_is_named(name: str, row: Record, other: Record):
    old, new = (version(*NETWORK, sheets=(sheet_of(name, one),)) for one in (row, other))
    changes = compared(old, new)
    assert changes.other == (name,)
    assert not changes.none
    assert f"Ook op het blad {name} verandert er iets." in change_sentences(changes)
    moved = version(*NETWORK, sheets=(sheet_of(name, {"Naam": ""}, row),)) if name == "Gebieden" else old
    assert compared(old, moved).other == ()


def test_a_lost_internal_column_changes_no_row():
    old, new = version(offer(**{"Contactpersoon (intern)": "An"})), version(offer())
    assert compared(old, new).offers.same


def test_lines_name_rows_cells_and_gaps():
    new = [*with_cell(NETWORK[1:], "Computerles", Prijs=""), offer(Naam_aanbod="Digi\ncafé", Wijk="Kiel")]
    lines = change_lines(compared(version(*NETWORK), version(*new)))
    assert "Aanbod: 1 toegevoegd, 1 verdwenen en 1 gewijzigd." in lines
    assert "  rij 10: Digi café (Atlas)." in lines
    assert "  rij 2: Digipunt (Atlas)." in lines
    assert f"    Prijs: gratis → {EMPTY}" in lines


# --- properties ------------------------------------------------------------------------------------------------------
RECORDS = st.fixed_dictionaries(
    {
        "Nr": st.sampled_from(["", "1", "2", "3", "4"]),
        "Naam aanbod": st.sampled_from(["Digipunt", "Digipnt", "Digipunt Kiel", "Computerles", "Les 1", "Les 2"]),
        "Organisatie": st.sampled_from(["Atlas", "Ligo", "Centrum Basiseducatie", "Atlas; SAAMO"]),
        "Wijk": st.sampled_from(["", "Kiel", "Dam", "Kiel; Dam"]),
        "Adres": st.sampled_from(["", "Abdijstraat 1", "Kerkstraat 5"]),
        "Doelgroep": st.sampled_from(["", "Ouderen", "senioren", "zzz"]),
        "Wanneer": st.sampled_from(["", "maandag", "zaterdag"]),
    }
)
SHEETS = st.lists(RECORDS, min_size=1, max_size=12)
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def outcome(changes: Changes) -> list[Any]:
    """What changes, whatever the Excel rows."""
    shape = changes_shape(changes)
    named = [sorted(one["naam"] for one in shape[key]) for key in GONE]
    changed = sorted(repr(sorted(one["velden"].items())) for one in shape["gewijzigd"])
    return [*named, changed, *(shape[key] for key in ("hiaten_ontstaan", "hiaten_verdwenen", "hiaten_onzeker"))]


@QUICK
@given(SHEETS, st.randoms(use_true_random=False))
def test_a_shuffled_copy_changes_nothing(records, rng):
    copy = list(records)
    rng.shuffle(copy)
    assert compared(version(*records), version(*copy)).none


@QUICK
@given(SHEETS, SHEETS, st.randoms(use_true_random=False))
def test_the_order_of_rows_is_irrelevant(before, after, rng):
    straight = compared(version(*before), version(*after))
    rng.shuffle(before)
    rng.shuffle(after)
    assert outcome(compared(version(*before), version(*after))) == outcome(straight)


@QUICK
@given(SHEETS, SHEETS)
def test_back_is_the_mirror_of_there(before, after):
    old, new = version(*before), version(*after)
    there, back = compared(old, new), compared(new, old)
    assert names(there.offers.added) == names(back.offers.removed)
    assert names(there.offers.removed) == names(back.offers.added)
    mirrored = Counter((column, after, before) for column, before, after in cells(back))
    assert Counter(cells(there)) == mirrored
    keys = ["wijkcode", "doelgroep"]
    for one, other in ((there.opened, back.closed), (there.closed, back.opened), (there.uncertain, back.uncertain)):
        assert one[keys].to_numpy().tolist() == other[keys].to_numpy().tolist()


@QUICK
@given(SHEETS, SHEETS)
def test_rows_are_conserved(before, after):
    old, new = version(*before), version(*after)
    changes = compared(old, new)
    kept = len(before) - len(changes.offers.removed)
    assert kept == len(after) - len(changes.offers.added)
    assert changes.offers.changed_rows <= kept


def test_without_offers():
    assert compared(Dataset(factories.workbook(), small_world(), ""), in_world()).none
