"""The page of the map: colours, the chosen wijk, the card and the table say what the engine says."""

from __future__ import annotations

import re
from html import unescape

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from einclusie_data.answers.wijk_profile import profile_of, rows_to_complete, verdict_groups
from einclusie_data.city.areas import load_areas
from einclusie_data.contract import settings, verdicts
from einclusie_data.contract.clock import today
from einclusie_data.contract.codelists import DEFAULT_PRESET, PRESETS
from einclusie_data.contract.questions import Filters, Question
from einclusie_data.contract.words import percentage
from einclusie_data.engine.dataset import Dataset, answer_per_group, load_dataset
from einclusie_data.engine.gaps import Answer, Verdicts
from einclusie_data.output.maps.colourings import COLOURINGS, legend_of
from tests.ui.test_pages import page

FILE = "pages/hiatenkaart.py"


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load_dataset(settings.STARTER_WORKBOOK, load_areas())


@pytest.fixture(scope="module")
def answer(dataset: Dataset) -> Answer:
    return answer_per_group(dataset, Question(today(), filters=Filters(types=PRESETS[DEFAULT_PRESET])))


def html(app: AppTest) -> str:
    return "\n".join(str(one.proto.body) for one in app.get("html"))


def words(markup: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", markup))


def test_without_a_choice_the_page_says_what_to_do():
    app = page(FILE)
    assert not app.exception
    assert any("Klik op een wijk" in one.value for one in app.text)


@pytest.mark.parametrize("code", COLOURINGS)
def test_every_colouring_has_its_legend(code: str, answer: Answer):
    app = page(FILE, kleur=code, doelgroep="Ouderen")
    assert not app.exception
    rows = answer.table[answer.table["doelgroep"] == "Ouderen"]
    for look, size in legend_of(rows, COLOURINGS[code]):
        assert f"{look.word}: <b>{size}</b>" in unescape(html(app))


@pytest.mark.parametrize("label", ["Kiel", "Linkeroever", "Dam"])
def test_the_card_of_a_wijk(label: str, dataset: Dataset, answer: Answer):
    app = page(FILE, wijk=label, doelgroep="Ouderen")
    assert not app.exception
    assert any(one.value.startswith(f"{label} · district") for one in app.header)
    code = str(dataset.areas.wijken.index[dataset.areas.wijken["label"] == label][0])
    wanted = profile_of(dataset, answer, answer_by_type(dataset, answer), "Ouderen", code)
    shown = words(html(app))
    for value, text in wanted.facts:
        assert value in shown
        assert text in shown
    for verdict, reason, groups in verdict_groups(wanted.groups):
        assert verdicts.VERDICTS[verdict].word in shown
        assert not reason or verdicts.REASONS[reason] in shown
        assert len(groups) == len(dataset.groups) or all(group in shown for group in groups)
    for rows, _ in rows_to_complete(wanted):
        assert f"rij {rows}:" in shown


def answer_by_type(dataset: Dataset, answer: Answer) -> Verdicts:
    from einclusie_data.engine.dataset import answer_per_group_and_type

    return answer_per_group_and_type(dataset, answer.question)


def test_the_small_matrix_holds_every_group_and_type(dataset: Dataset):
    shown = html(page(FILE, wijk="Kiel"))
    matrix = next(part for part in shown.split("<div class='tabel ") if "oordeel per doelgroep en type aanbod" in part)
    assert matrix.count("<span class='verborgen'>") == len(dataset.groups) * len(dataset.values("types"))


def test_a_wijk_can_be_chosen_from_the_list_and_stays_in_the_area():
    app = page(FILE)
    app.selectbox(key="wijk").set_value("Kiel").run()
    assert any("Kiel" in one.value for one in app.header)
    outside = page(FILE, wijk="Kiel", gebied="District Deurne")
    assert outside.selectbox(key="wijk").value is None
    assert "Kiel" not in outside.selectbox(key="wijk").options


def test_the_table_says_what_the_map_shows(answer: Answer):
    from einclusie_data.ui.gaps.wijk_map import wijken_table

    rows = answer.table[answer.table["doelgroep"] == "Ouderen"]
    shown = wijken_table(rows)
    inhabited = rows[rows["oordeel"] != verdicts.NOT_APPLICABLE]
    table = {cells[0]: cells[1:] for cells in cells_of(shown)}
    assert sorted(table) == sorted(inhabited["wijk"])
    for _, row in inhabited.iterrows():
        verdict, reason = verdicts.VERDICTS[row["oordeel"]], verdicts.REASONS.get(row["reden"], "")
        assert table[row["wijk"]] == [
            row["district"],
            f"{verdict.symbol} {verdict.word}",
            reason,
            percentage(row["aandeel_bereikt"]),
            written(row["buiten_bereik"]),
            "niet gevonden" if pd.isna(row["afstand_m"]) else f"{written(row['afstand_m'])} m",
            written(row["wijkranking"]),
        ]
    assert table["Borsbeek-Groen"][-1] == "onbekend"  # it has no ranking
    assert len(set(inhabited["oordeel"])) > 2


def cells_of(markup: str) -> list[list[str]]:
    """Texts of the cells of a table, row by row, without its head."""
    rows = markup.split("<tbody>")[1].split("<tr>")[1:]
    return [[" ".join(words(cell).split()) for cell in re.split(r"</t[hd]>", row)[:-1]] for row in rows]


def written(figure: float) -> str:
    """A whole figure as a Belgian reads it."""
    return "onbekend" if pd.isna(figure) else f"{int(figure):,}".replace(",", ".")


def test_the_sentence_of_the_card_follows_the_group():
    app = page(FILE, wijk="Kiel", doelgroep="Werkzoekenden")
    assert any("Aanbod voor werkzoekenden in en bij deze wijk" in one.value for one in app.subheader)
