"""Which methods fit a wish or a gap, which gaps a method could serve: on a list that can be checked by head."""

from __future__ import annotations

import io
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook

from einclusie_data.answers.method_gaps import NOT_ADDED_UP, gaps_for_method, methods_for_gap, partners_near
from einclusie_data.answers.methods import (
    Wish,
    coverage_table,
    coverage_words,
    find_methods,
    maybe_words,
    method_lines,
    themes_without,
    users_of,
)
from einclusie_data.answers.report import about_methods
from einclusie_data.contract.codelists import CHILDREN, EVERYONE, LESS_MOBILE, OLDER
from einclusie_data.contract.privacy import MASK
from einclusie_data.contract.schema import METHODS
from einclusie_data.engine.dataset import Dataset, answer_per_group
from einclusie_data.engine.public import public_methods, typed_texts
from einclusie_data.files.write.book import ABOUT_SHEET, sheet_xlsx_bytes
from einclusie_data.files.write.tables import csv_bytes, workbook_columns
from tests.factories import GROUPS, dataset, method, need_table, offer, question
from tests.sheets import checked, raw_sheet, sheet_of

CLASS, PRACTICE = "Groepsles of workshop", "Digitale oefenkans"
LIST = (
    method(name="Algemeen les", groups=(EVERYONE,), types=(CLASS,)),
    method(name="Niets bekend"),
    method(name="Ouderen?", groups=(OLDER,)),
    method(name="Kinderen les", groups=(CHILDREN,), types=(CLASS,), themes=("School", "Veiligheid")),
    method(name="Ouderen les", groups=(OLDER, CHILDREN), types=(PRACTICE, CLASS), themes=("Gezondheid",), level="Basis",
           languages=("Nederlands", "Frans"), audience=("Begeleiders",), used_by=("Atlas", "ligo")),
    method(name="Les?", types=(CLASS,), used_by=("Atlas",)),
    method(name="Ouderen en iedereen", groups=(EVERYONE, OLDER), types=(PRACTICE,)),
)  # fmt: skip


def listed(*rows: dict[str, Any]) -> pd.DataFrame:
    made = dataset(methods=rows or LIST)
    return public_methods(made.workbook.methods, made.typed_methods)


def found(**wish: Any) -> pd.DataFrame:
    return find_methods(listed(), Wish(**wish))


def sure(**wish: Any) -> list[str]:
    table = found(**wish)
    return table.loc[table["fits"], "name"].tolist()


def maybe(**wish: Any) -> list[str]:
    table = found(**wish)
    return table.loc[~table["fits"], "name"].tolist()


def test_without_a_wish_every_method_fits_in_the_order_of_the_sheet():
    assert sure() == [row["name"] for row in LIST]
    assert maybe() == []
    assert maybe_words(found()) == ("", "")


def test_a_group_matches_methods_for_it_and_for_everyone_and_the_unknown_ones_stand_apart():
    assert sure(group=OLDER) == ["Ouderen?", "Ouderen les", "Ouderen en iedereen", "Algemeen les"]
    assert maybe(group=OLDER) == ["Niets bekend", "Les?"]


def test_the_group_iedereen_asks_for_methods_that_are_for_everyone():
    assert sure(group=EVERYONE) == ["Algemeen les", "Ouderen en iedereen"]


def test_the_right_type_comes_before_an_unknown_one_and_an_unknown_group_last():
    table = found(group=OLDER, types=(CLASS,))
    assert table["name"].tolist() == ["Ouderen les", "Ouderen?", "Algemeen les", "Les?", "Niets bekend"]
    assert table["fits"].tolist() == [True, False, True, False, False]
    assert table["reason"].tolist() == [
        "voor ouderen; past bij groepsles of workshop",
        "voor ouderen; type aanbod niet ingevuld",
        "voor iedereen; past bij groepsles of workshop",
        "doelgroep niet ingevuld; past bij groepsles of workshop",
        "doelgroep niet ingevuld; type aanbod niet ingevuld",
    ]
    assert maybe_words(table) == (
        "Nog 3 methodieken passen misschien: dat is er niet ingevuld",
        "Aan te vullen in het blad Methodieken: Type aanbod (bij 2) en Doelgroep (bij 2).",
    )


@pytest.mark.parametrize(
    ("wish", "name", "reason", "unknown"),
    [
        ({"themes": ("School",)}, "Kinderen les", "gaat over school", 5),
        ({"levels": ("Basis",)}, "Ouderen les", "niveau basis", 6),
        ({"languages": ("Frans", "Pools")}, "Ouderen les", "bestaat in het Frans", 6),
        ({"audiences": ("Begeleiders",)}, "Ouderen les", "gemaakt voor begeleiders", 6),
    ],
)
def test_every_other_choice_filters_and_says_why(wish: dict[str, Any], name: str, reason: str, unknown: int):
    table = found(**wish)
    assert table.loc[table["fits"], "name"].tolist() == [name]
    assert table.loc[table["fits"], "reason"].tolist() == [reason]
    assert len(table) == 1 + unknown


def test_a_known_other_value_does_not_fit():
    assert "Ouderen les" not in found(levels=("Gevorderd",))["name"].tolist()


def test_words_are_searched_without_case_or_accents_and_narrow_everything():
    assert sure(words="OUDEREN lés") == ["Ouderen les"]
    assert sure(words="atlas") == ["Ouderen les", "Les?"]
    assert (sure(words="atlas", group=CHILDREN), maybe(words="atlas", group=CHILDREN)) == (["Ouderen les"], ["Les?"])


def test_an_empty_list_finds_nothing():
    made = dataset()
    empty = public_methods(made.workbook.methods, made.typed_methods)
    assert find_methods(empty, Wish(group=OLDER, words="x")).empty
    assert coverage_table(empty, GROUPS, ("School",)).to_numpy().sum() == 0


def test_personal_details_are_masked_and_methods_of_one_name_told_apart():
    shown = listed(method(name="Spel", note="bel 0470 12 34 56"), method(name="Spel"), method(name="mail an@a.be"))
    assert shown["note"].tolist() == [f"bel {MASK}", "", ""]
    assert shown["id"].tolist() == ["Spel (rij 2)", "Spel (rij 3)", f"mail {MASK}"]


def test_what_was_not_understood_is_not_called_empty():
    workbook = checked(sheet_of("Methodieken", {"Naam": "Spel", "Doelgroep": "qwerty"}, {"Naam": "B", "Doelgroep": ""}))
    shown = public_methods(workbook.methods, typed_texts(workbook, METHODS))
    table = find_methods(shown, Wish(group=OLDER))
    assert table["unread"].tolist() == [{"groups": "qwerty"}, {}]
    assert table["reason"].tolist() == ["doelgroep niet begrepen", "doelgroep niet ingevuld"]
    assert "niet ingevuld of niet begrepen" in maybe_words(table)[0]


def test_coverage_counts_each_method_once_per_group_and_keeps_the_unknown_apart():
    table = coverage_table(listed(), GROUPS, ("School", "Gezondheid", "Veiligheid"))

    def numbers(group: str, theme: str) -> list[int]:
        return table.loc[(group, theme)].tolist()

    assert numbers(OLDER, "Gezondheid") == [1, 0, 0]
    assert numbers(OLDER, "School") == [0, 0, 0]
    assert numbers(OLDER, "") == [2, 1, 0]  # "Ouderen?" and the one that also names everyone; "Algemeen les"
    assert (
        numbers(CHILDREN, "School") == numbers(CHILDREN, "Veiligheid") == numbers(CHILDREN, "Gezondheid") == [1, 0, 0]
    )
    assert numbers(EVERYONE, "") == [0, 2, 0]
    assert numbers("", "") == [0, 0, 2]
    assert len(table) == (len(GROUPS) + 1) * 4


def test_who_uses_what():
    assert users_of(listed()) == {"Atlas": ("Ouderen les", "Les?"), "ligo": ("Ouderen les",)}


OFFERS = (
    offer(at=(500, 1500), organisations=("Atlas",), groups=(CHILDREN,)),
    offer(at=(500, 500), organisations=("SAAMO",), groups=(CHILDREN,), status="Gestopt"),
    offer(mode="Online", organisations=("ligo",), groups=(CHILDREN,)),
)
NEED = need_table(("NOO01", OLDER, 100), ("NOO02", OLDER, 300), ("ZUI01", OLDER, 300))


def asked(*offers: dict[str, Any], **given: Any) -> tuple[Dataset, Any]:
    made = dataset(*offers, need=NEED, methods=LIST)
    return made, answer_per_group(made, question(**given))


def test_partners_near_a_wijk_have_an_active_offer_there():
    made, answer = asked(*OFFERS)
    assert partners_near(made, answer, "NOO01") == {"Atlas": "in de wijk", "ligo": "aan huis, rondreizend of online"}
    assert partners_near(made, answer, "ZUI02") == {"ligo": "aan huis, rondreizend of online"}


def test_the_methods_for_a_gap_say_which_partner_is_near():
    made, answer = asked(*OFFERS)
    table = methods_for_gap(made, answer, "NOO01", listed(), Wish(group=OLDER, types=(CLASS,)))
    near = dict(zip(table["name"], table["near"], strict=True))
    assert near["Ouderen les"] == ("Atlas (in de wijk)", "ligo (aan huis, rondreizend of online)")
    assert near["Algemeen les"] == ()
    assert list(table["name"]) == list(found(group=OLDER, types=(CLASS,))["name"])


def gaps_of(name: str, types: tuple[str, ...] = (), codes: tuple[str, ...] = (), **given: Any) -> Any:
    made, answer = asked(**given)
    rows = answer.table[answer.table["wijkcode"].isin(codes)] if codes else answer.table
    methods = listed()
    return gaps_for_method(rows, methods[methods["name"] == name].iloc[0], types, made.groups)


def test_the_gaps_of_a_method_are_those_of_its_group_most_pressing_first():
    (ours,) = gaps_of("Ouderen?").groups
    assert [(line.wijk, line.people) for line in ours.known] == [
        ("Noordkaai", "300 mensen buiten bereik"),
        ("Zuidkant", "300 mensen buiten bereik"),
        ("Noordkant", "100 mensen buiten bereik"),
        ("Overzijde", "60 mensen buiten bereik"),
    ]
    assert (ours.without_figure, ours.total, ours.more) == ((), 4, 0)


def test_only_gaps_in_the_chosen_area():
    (ours,) = gaps_of("Ouderen?", codes=("NOO01", "HAV01")).groups
    assert [line.wijk for line in ours.known] == ["Noordkant"]


def test_a_method_for_everyone_serves_each_group_apart():
    answer = gaps_of("Algemeen les")
    assert [one.group for one in answer.groups] == list(GROUPS)
    assert "hiaten van elke groep" in answer.sentence
    assert NOT_ADDED_UP in answer.sentence
    older = next(one for one in answer.groups if one.group == OLDER)
    assert (len(older.known), older.more) == (3, 1)
    unknown = next(one for one in answer.groups if one.group == LESS_MOBILE)
    assert [line.wijk for line in unknown.without_figure] == ["Noordkant", "Noordkaai", "Zuidkant"]
    assert {line.people for line in unknown.without_figure} == {"aantal mensen onbekend"}


def test_a_method_without_group_says_what_to_fill_in():
    answer = gaps_of("Niets bekend")
    assert answer.groups == ()
    assert "Vul de doelgroep aan" in answer.sentence


def test_a_method_of_another_type_serves_no_gap_in_the_chosen_types():
    assert gaps_of("Algemeen les", types=(PRACTICE,)).groups == ()
    assert "past bij groepsles of workshop" in gaps_of("Algemeen les", types=(PRACTICE,)).sentence
    assert gaps_of("Ouderen?", types=(PRACTICE,)).groups != ()  # its type is not known


def test_no_gap_has_its_own_sentence():
    made, _ = asked()
    rows = answer_per_group(made, question()).table
    methods = listed()
    answer = gaps_for_method(rows.head(0), methods.iloc[2], (), made.groups)
    assert answer.groups == ()
    assert answer.sentence == "Deze methodiek is voor ouderen. Daarvoor zien we nu geen mogelijk hiaat in dit gebied."


def test_the_download_can_be_uploaded_again_and_runs_nothing():
    rows = [
        {"Naam": "=1+1", "Doelgroep": "senioren; qwerty", "Gebruikt door": "Atlas; SAAMO", "Extra": "x"},
        {"Naam": "B", "Opmerking": "mail an@example.org", "Laatst gecontroleerd": "2025-03-01"},
    ]
    workbook = checked(sheet_of("Methodieken", *rows))
    made = Dataset(workbook, dataset().areas, "werkmap.xlsx")
    shown = public_methods(workbook.methods, made.typed_methods)
    about = about_methods(made, "2 methodieken", "", len(shown))
    book = load_workbook(io.BytesIO(sheet_xlsx_bytes(METHODS, shown, about, made.typed_methods)))
    sheet = book[METHODS.name]
    assert [cell.value for cell in sheet[1]] == [column.header for column in METHODS.columns]
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].quotePrefix
    assert "Extra" in dict(book[ABOUT_SHEET].values)["Weggelaten kolommen"]
    lines = csv_bytes(workbook_columns(shown, made.typed_methods, METHODS)).decode("utf-8-sig").splitlines()
    assert lines[1].startswith("'=1+1;")
    assert "senioren; qwerty" in lines[1]
    assert "an@example.org" not in lines[2]
    again = checked(
        sheet_of("Methodieken", *(dict(zip(lines[0].split(";"), row, strict=True)) for row in _cells(book)))
    )
    assert again.methods["groups"].tolist() == workbook.methods["groups"].tolist()
    assert again.methods["used_by"].tolist() == workbook.methods["used_by"].tolist()


def _cells(book: Any) -> list[list[str]]:
    sheet = book[METHODS.name]
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(min_row=2, values_only=True)]


def test_a_sheet_without_rows_has_nothing_typed():
    workbook = checked(raw_sheet("Methodieken", [["Naam", "Doelgroep", "Niveau"]]))
    assert typed_texts(workbook, METHODS).empty


@pytest.mark.parametrize(
    ("given", "lines"),
    [
        ({"publisher": "Maks", "year": "2020", "description": "Een spel."}, ["Maks · 2020", "Een spel."]),
        ({"groups": (OLDER,), "level": "Basis", "duration": "2 uur", "used_by": ("Atlas", "SAAMO")},
         ["Doelgroep: Ouderen · Niveau: Basis · Duur: 2 uur · Gebruikt door: Atlas en SAAMO"]),
        ({"website": "www.x.be"}, ["Website: www.x.be"]),
        ({"checked": pd.Timestamp("2025-03-01")}, ["Laatst gecontroleerd: 1 maart 2025"]),
    ],
)  # fmt: skip
def test_a_card_says_what_is_known_and_what_is_not(given: dict[str, Any], lines: list[str]):
    *said, missing = filter(None, method_lines(listed(method(**given)).iloc[0]))
    assert said == lines
    assert missing.startswith("Niet ingevuld: ")
    assert ("doelgroep" in missing) == ("groups" not in given)
    assert ("laatst gecontroleerd" in missing) == ("checked" not in given)


def test_a_card_says_what_was_not_understood_and_why_it_fits():
    workbook = checked(sheet_of("Methodieken", {"Naam": "Spel", "Doelgroep": "qwerty", "Type aanbod": "les"}))
    shown = public_methods(workbook.methods, typed_texts(workbook, METHODS))
    row = find_methods(shown, Wish(group=OLDER, types=(CLASS,))).iloc[0]
    lines = method_lines(row)
    assert "Past misschien: doelgroep niet begrepen; past bij groepsles of workshop." in lines
    assert "Doelgroep: “qwerty” (niet begrepen) · Type aanbod: Groepsles of workshop" in lines
    assert "doelgroep" not in lines[-1]


def test_a_card_keeps_what_was_only_partly_understood():
    cells = {"Thema": "Werk; Qwerty", "Niveau": "Basis", "Laatst gecontroleerd": "maart 2025"}
    workbook = checked(sheet_of("Methodieken", {"Naam": "Spel", **cells}))
    lines = method_lines(public_methods(workbook.methods, typed_texts(workbook, METHODS)).iloc[0])
    theme, level, day = next(line for line in lines if line.startswith("Thema")).split(" · ")
    assert theme.endswith("(in het bestand: Werk; Qwerty)")
    assert level == "Niveau: Basis"
    assert day == "Laatst gecontroleerd: 1 maart 2025 (in het bestand: maart 2025)"


def test_the_numbers_in_words_leave_out_themes_of_which_none_is_known():
    table = coverage_table(listed(), (EVERYONE, OLDER, CHILDREN), ("School", "Werk", "Gezondheid"))
    heads, rows = coverage_words(table)
    assert heads == ["Doelgroep", "School", "Gezondheid", "Thema onbekend"]
    assert [[cell.replace("\u00a0", " ") for cell in row] for row in rows] == [
        ["Iedereen", "geen bekend", "geen bekend", "2"],
        ["Ouderen", "geen bekend", "1 eigen", "2 eigen + 1 voor iedereen"],
        ["Kinderen en jongeren", "1 eigen", "1 eigen", "2 voor iedereen"],
        ["Doelgroep onbekend", "geen bekend", "geen bekend", "2"],
    ]
    assert themes_without(table) == ["Werk"]
