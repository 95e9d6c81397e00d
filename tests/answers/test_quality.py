"""What is wrong, empty, old or missing in the data, with what it changes."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from einclusie_data.answers.quality import (
    AGEING,
    DECISIVE,
    EFFECTS,
    INTERNAL_MESSAGE,
    LEFT_OUT,
    LEFT_OUT_TOO,
    NEVER,
    OLD,
    RECENT,
    STAYS,
    WHOLE,
    age_bands,
    ages_table,
    completeness,
    figure_effect,
    figure_sentence,
    freshness,
    missing_figures,
    problems_per_column,
    problems_table,
    stale_verdicts,
)
from einclusie_data.answers.todo import mobile_sentence, unknown_wijken, where_sentence, who_sentence
from einclusie_data.contract import settings
from einclusie_data.contract.errors import Problem, Severity
from einclusie_data.contract.schema import METHODS, OFFERS, PARTNERS
from einclusie_data.contract.workbook import SheetReport
from einclusie_data.engine.dataset import answer_per_group, read_dataset
from tests.factories import DAY, OLDER, dataset, need_table, offer, question, workbook
from tests.worlds import small_world
from tests.xlsx import workbook_bytes

CENTRE = (500, 1500)
HEADERS = ["Naam aanbod", "Organisatie", "Doelgroep", "Wijk", "Laatst gecontroleerd", "Contactpersoon (intern)"]


def read(*rows: list[object], **sheets: list[list[object]]):
    return read_dataset(workbook_bytes({"Aanbod": [HEADERS, *rows], **sheets}), "werkmap.xlsx", small_world())


def days_ago(*days: int | None) -> pd.Series:
    dates = [pd.NaT if one is None else pd.Timestamp(DAY) - timedelta(days=one) for one in days]
    return pd.Series(pd.to_datetime(dates))


def test_problems_stand_by_row_and_column_with_what_they_change():
    data = read(["A", "SAAMO", "Marsmannetjes", "NOO01"], ["", "SAAMO", "Ouderen", "NOO01"], ["C", "SAAMO", "x", ""])
    table = problems_table(data.workbook)
    group, name = table.iloc[0], table[table["column"] == "Naam aanbod"].iloc[0]
    assert (group["row"], group["column"], group["severity"]) == (2, "Doelgroep", "waarschuwing")
    assert group["effect"] == f"{STAYS} {DECISIVE['groups']}"
    assert (name["row"], name["severity"], name["effect"]) == (3, "fout", LEFT_OUT)
    counts = problems_per_column(table)
    first = counts.iloc[0]
    assert (first["sheet"], first["column"], first["errors"], first["warnings"]) == ("Aanbod", "Doelgroep", 0, 2)
    assert counts["errors"].sum() == 1


def test_a_warning_about_a_cell_that_we_know_keeps_the_row():
    data = read(["A", "SAAMO", "Ouderen; Marsmannetjes", "NOO01"])
    assert problems_table(data.workbook)["effect"].tolist() == [STAYS]


def test_a_row_that_is_left_out_does_not_count_whatever_the_finding():
    data = read(["", "SAAMO", "Marsmannetjes", "NOO01"])
    assert sorted(problems_table(data.workbook)["effect"]) == sorted([LEFT_OUT, LEFT_OUT_TOO])


def effects(data) -> dict[str, list[str]]:
    """Code of a problem -> what the screen says that it changes."""
    table = problems_table(data.workbook)
    found: dict[str, list[str]] = {}
    for one, effect in zip(data.workbook.problems, table["effect"], strict=True):
        found.setdefault(one.code, []).append(effect)
    return found


def test_an_offer_that_ends_before_it_starts_never_counts():
    headers = [*HEADERS, "Van", "Tot"]
    row = ["A", "SAAMO", "Ouderen; Marsmannetjes", "NOO01", "", "", "1/09/2027", "1/09/2025"]
    data = read_dataset(workbook_bytes({"Aanbod": [headers, row]}), "werkmap.xlsx", small_world())
    assert effects(data) == {"van-na-tot": [EFFECTS["van-na-tot"]], "waarde-onbekend": [LEFT_OUT_TOO]}
    assert not any(
        answer_per_group(data, question(on=day)).traits.active.any()
        for day in (date(2025, 1, 1), DAY, date(2028, 1, 1))
    )


def test_a_figure_that_stands_twice_counts_once():
    rows = [["Wijk", "Doelgroep", "Aantal personen", "Jaar"], ["NOO01", OLDER, 10, 2024], ["NOO01", OLDER, 20, 2025]]
    data = read(["A", "SAAMO", OLDER, "NOO01"], Behoefte=rows)
    assert effects(data) == {"behoefte-dubbel": [EFFECTS["behoefte-dubbel"]]}
    assert data.workbook.need["persons"].tolist() == [20]


def test_a_sheet_or_a_value_that_we_do_not_read_counts_nowhere():
    data = read(
        ["A", "SAAMO", OLDER, "NOO01"],
        Kladblad=[["iets"], ["x"]],
        Partners=[["iets"], ["x"]],
        Lijsten=[["Rol", "Kleur"], ["Zzz", "rood"]],
    )
    codes = ("blad-onbekend", "kopregel-ontbreekt", "lijst-onbekend", "lijst-vast")
    assert effects(data) == {code: [EFFECTS[code]] for code in codes}


def test_a_finding_about_a_whole_column_has_no_row():
    content = workbook_bytes({"Aanbod": [[*HEADERS, "Vreemd"], ["A", "SAAMO", "Ouderen", "NOO01", "", "", "x"]]})
    table = problems_table(read_dataset(content, "werkmap.xlsx", small_world()).workbook)
    assert table["row"].isna().tolist() == [True]
    assert table[["column", "effect"]].values.tolist() == [["Vreemd", WHOLE]]


def test_a_clean_workbook_has_no_problems():
    table = problems_table(read(["A", "SAAMO", "Ouderen", "NOO01"]).workbook)
    assert table.empty
    assert problems_per_column(table).empty


def test_nothing_private_in_a_problem():
    report = SheetReport(OFFERS.key, "Aanbod", 1, {"internal_contact": "Wie belt u"}, (), 1, 1)
    found = [
        Problem("x", Severity.WARNING, "Aanbod", 2, "Wie belt u", "An Geheim", 'We begrijpen "An Geheim" niet.'),
        Problem("x", Severity.WARNING, "Aanbod", 2, OFFERS.column("internal_contact").header, "An Geheim", "An Geheim"),
        Problem("x", Severity.WARNING, "Aanbod", 3, "Bel 0470 12 34 56", "an@example.org", "Mail an@example.org"),
    ]
    table = problems_table(workbook(offer(), problems=tuple(found), reports=(report,)))
    text = table.to_csv()
    assert "Geheim" not in text
    assert "0470" not in text
    assert "@" not in text
    assert table["message"].tolist()[:2] == [INTERNAL_MESSAGE] * 2
    assert table["value"].tolist()[:2] == ["", ""]


def test_completeness_tells_empty_from_not_understood():
    data = read(["A", "SAAMO", "Marsmannetjes"], ["B", "SAAMO", "Ouderen", "hele stad"], ["C", "SAAMO", "", "NOO01"])
    table = completeness(data.workbook, OFFERS).set_index("key")
    assert table.loc["groups", ["filled", "not_understood", "empty"]].tolist() == [1, 1, 1]
    assert table.loc["wijken", ["filled", "not_understood", "empty"]].tolist() == [2, 0, 1]
    assert table.loc["price", ["filled", "not_understood", "empty"]].tolist() == [0, 0, 3]
    assert (table[["filled", "not_understood", "empty"]].sum(axis=1) == 3).all()
    assert "internal_contact" not in table.index


def test_what_matters_for_a_verdict_stands_first():
    table = completeness(workbook(offer()), OFFERS)
    assert table["key"].tolist()[: len(DECISIVE)] == list(DECISIVE)
    assert table["matters"].tolist() == [True] * len(DECISIVE) + [False] * (len(table) - len(DECISIVE))
    assert set(DECISIVE) <= {column.key for column in OFFERS.columns}
    assert table.iloc[0]["effect"] == "We weten niet voor wie het is. Een wijk kan daardoor onbekend worden."


@pytest.mark.parametrize("sheet", [METHODS, PARTNERS])
def test_other_sheets_in_the_order_of_the_sheet(sheet):
    table = completeness(workbook(offer()), sheet)
    assert table["key"].tolist() == [column.key for column in sheet.columns]
    assert table[["filled", "not_understood", "empty"]].to_numpy().sum() == 0


def test_an_empty_group_makes_a_wijk_unknown_as_the_text_says():
    table = answer_per_group(dataset(offer(at=CENTRE, groups=())), question()).table
    assert unknown_wijken(table[table["doelgroep"] == OLDER]) == ["Noordkant"]


def test_freshness_fades_over_two_years():
    checked = days_ago(0, 365, 730, 900, None, -10)
    found = freshness(checked, DAY)
    assert found[[0, 1, 2, 3, 5]].tolist() == [1, 0.5, 0, 0, 1]
    assert pd.isna(found[4])


@pytest.mark.parametrize(
    ("days", "band"),
    [(-5, RECENT), (0, RECENT), (364, RECENT), (365, AGEING), (730, AGEING), (731, OLD), (None, NEVER)],
)
def test_bands(days: int | None, band: str):
    assert age_bands(days_ago(days), DAY).tolist() == [band]


def test_the_oldest_active_offers_first_and_never_checked_last():
    data = dataset(
        offer(at=CENTRE),
        offer(at=CENTRE, checked=pd.Timestamp(DAY)),
        offer(at=CENTRE, checked=pd.Timestamp("2020-01-01")),
        offer(at=CENTRE, status="Gestopt"),
    )
    table = ages_table(data, answer_per_group(data, question()))
    assert table[["row", "band"]].values.tolist() == [[4, OLD], [3, RECENT], [2, NEVER]]


def test_the_oldest_band_is_that_of_the_caveat():
    verdicts_ = []
    for days in (settings.STALE_DAYS, settings.STALE_DAYS + 1):
        data = dataset(offer(at=CENTRE, checked=pd.Timestamp(DAY) - timedelta(days=days)))
        table = answer_per_group(data, question()).table
        verdicts_.append(stale_verdicts(table[table["doelgroep"] == OLDER]))
    assert verdicts_ == [0, 1]


def test_missing_figures_per_group():
    table = answer_per_group(dataset(offer(at=CENTRE)), question()).table
    older = missing_figures(table[table["doelgroep"] == OLDER])
    # the small world has no figure for older people in Zuidkant, which is an open gap
    assert older.values.tolist() == [[OLDER, 4, 1, 1]]
    assert figure_sentence(older.iloc[0]) == "We hebben voor 1 van de 4 wijken geen cijfer."
    assert figure_effect(older.iloc[0]) == "We kunnen dan zeggen hoe dringend 1 mogelijk hiaat is."
    alone = missing_figures(table[(table["doelgroep"] == OLDER) & (table["wijkcode"] == "ZUI01")]).iloc[0]
    assert figure_sentence(alone) == "We hebben geen cijfer voor deze wijk."
    poor = missing_figures(table[table["doelgroep"] == "Mensen in armoede"]).iloc[0]
    assert figure_sentence(poor) == "We hebben voor geen van de 4 wijken een cijfer."


def test_a_figure_on_the_sheet_behoefte_settles_it():
    table = answer_per_group(dataset(offer(at=CENTRE), need=need_table(("ZUI01", OLDER, 30))), question()).table
    assert missing_figures(table[table["doelgroep"] == OLDER]).empty


def test_where_we_do_not_know():
    table = answer_per_group(dataset(offer(at=CENTRE, groups=())), question(on=date(2026, 1, 1))).table
    older = table[table["doelgroep"] == OLDER]
    assert where_sentence(older, OLDER) == "In 1 van 4 wijken weten we het niet voor ouderen."
    assert where_sentence(table, None) == "In 1 van 4 wijken weten we het niet voor minstens één doelgroep."
    known = answer_per_group(dataset(offer(at=CENTRE)), question()).table
    assert where_sentence(known[known["doelgroep"] == OLDER], OLDER) == "Geen enkel oordeel is onbekend voor ouderen."
    assert (
        where_sentence(older[older["wijkcode"] == "HAV01"], OLDER) == "In dit gebied is er geen wijk met een oordeel."
    )


def test_where_someone_may_come_after_all():
    table = answer_per_group(dataset(offer(mode="Online", groups=())), question()).table
    older = table[table["doelgroep"] == OLDER]
    assert mobile_sentence(older) == "In 4 wijken is er misschien toch hulp aan huis of online."
    assert mobile_sentence(older[older["wijkcode"] == "HAV01"]) == ""


@pytest.mark.parametrize(
    ("rows", "organisations", "sentence"),
    [
        (0, 0, "Er is niets aan te vullen dat een oordeel kan veranderen."),
        (1, 1, "Er is 1 rij aan te vullen. 1 organisatie kan ze invullen."),
        (5, 2, "Er zijn 5 rijen aan te vullen. 2 organisaties kunnen die invullen."),
    ],
)
def test_who_can_fill_it_in(rows: int, organisations: int, sentence: str):
    assert who_sentence(rows, organisations) == sentence
