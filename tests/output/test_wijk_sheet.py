"""The printed documents: what the PDF says is what the engine says, tagged, and hostile text is only text."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from einclusie_data.answers.report import source_lines
from einclusie_data.answers.scopes import CITY, scopes, wijk_scope
from einclusie_data.city.areas import load_areas
from einclusie_data.contract import settings, verdicts
from einclusie_data.contract.codelists import DEFAULT_PRESET, EVERYONE, PRESETS
from einclusie_data.engine.dataset import load_dataset
from einclusie_data.files.write.pdf import compile_pdf
from einclusie_data.output.paper.material import Material
from einclusie_data.output.paper.sheet import booklet_content, booklet_pdf, overview_pdf, sheet_of, sheet_pdf
from tests.documents import MADE, area, material, material_of
from tests.factories import OLDER, dataset, method, offer, question
from tests.files.test_typst_pdf import HOSTILE
from tests.pdf import alternatives, bookmarks, links, reader, text_of

HELP = "Individuele begeleiding"


@pytest.fixture(scope="module")
def starter() -> Material:
    return material_of(
        load_dataset(settings.STARTER_WORKBOOK, load_areas()), asked=question(types=PRESETS[DEFAULT_PRESET])
    )


def world() -> Material:
    return material(
        offer(name="Digipunt", at=(500, 1500), when="di 14-16 u", price="Gratis", signup=("Via doorverwijzing",),
              types=(HELP,), website="https://example.org/digipunt"),
        offer(name="Inloop", at=(500, 500), groups=(EVERYONE,), wijken=()),
        offer(name="Zonder groep", at=(1500, 1500), groups=(), organisations=("Atlas",)),
        methods=(method(name="Spel", groups=(EVERYONE,)),),
    )  # fmt: skip


def test_a_sheet_says_what_the_engine_says():
    of = world()
    content = sheet_pdf(of, wijk_scope(of.dataset.areas, "NOO01"))
    text = text_of(content)
    rows = of.answer.table[of.answer.table["wijkcode"] == "NOO01"]
    for verdict in rows["oordeel"].unique():
        shown = verdicts.VERDICTS[verdict]
        assert text.count(f"{shown.symbol} {shown.word}") >= (rows["oordeel"] == verdict).sum()
    for wanted in (
        "Wijkfiche: Noordkant", "23 november 2026", "Gegevens: werkmap.xlsx. Gemaakt op 25 november 2026.",
        "Digipunt", "Wanneer: di 14-16 u", "Prijs: Gratis", "Aanmelden: Via doorverwijzing",
        "Hier heb je een doorverwijzing nodig.", "Spel",
        "We rekenen zonder stratenplan.", "Herkomst en bronnen",
    ):  # fmt: skip
        assert wanted in text, wanted
    assert source_lines()[0][1][:40] in text
    assert links(content) == {"https://example.org/digipunt"}


def test_people_and_rows_to_complete_are_those_of_the_engine():
    of = world()
    text = text_of(sheet_pdf(of, wijk_scope(of.dataset.areas, "NOO02")))
    table = of.answer.table
    row = table[(table["wijkcode"] == "NOO02") & (table["doelgroep"] == EVERYONE)].iloc[0]
    assert "Rij 4, Zonder groep: vul de doelgroep aan." in text
    assert "Atlas (kan " in text
    assert f"{row['buiten_bereik']:,} van {row['personen']:,}".replace(",", ".") in text


def test_the_map_has_a_text_that_stands_for_it():
    of = world()
    [words] = alternatives(sheet_pdf(of, wijk_scope(of.dataset.areas, "NOO01")))
    assert words.startswith("Kaart van Noordkant. Oordeel voor iedereen: ")
    assert "Daarrond: " in words
    assert "Schelde" not in words
    [words] = alternatives(sheet_pdf(replace(of, group=OLDER), wijk_scope(of.dataset.areas, "NOO01")))
    assert words.startswith("Kaart van Noordkant. Oordeel voor ouderen: gedekt in Noordkant. ")


def test_a_sheet_of_several_wijken_says_where():
    of = world()
    content = sheet_pdf(of, area(of, "NOO01", "NOO02"))
    text = text_of(content)
    assert "Fiche: Netwerk Dam" in text
    assert "Wijken: Noordkaai en Noordkant" in text
    assert "De dringendste mogelijke hiaten" in text
    assert "In deze wijken" in [title for _, title in bookmarks(content)]


def test_a_wijk_where_hardly_anyone_lives_gets_no_verdict():
    of = world()
    text = text_of(sheet_pdf(of, wijk_scope(of.dataset.areas, "HAV01")))
    assert "Havenkant: In deze wijk wonen minder dan 500 mensen." in text
    assert "✕ Mogelijk hiaat" not in text.split("Hoe lees je dit?")[0].split("Voor wie is er aanbod?")[1]


def test_hostile_text_in_any_cell_is_shown_as_it_is():
    of = material(
        *(offer(name=text, organisations=(text,), at=(500, 1500), when=text, location=text, website=text, contact=text,
                groups=()) for text in HOSTILE),
        methods=tuple(method(name=text, publisher=text, groups=(EVERYONE,)) for text in HOSTILE),
    )  # fmt: skip
    scope = wijk_scope(of.dataset.areas, "NOO01")
    for content in (sheet_pdf(of, scope), overview_pdf(of, scope), booklet_pdf(of, scope)):
        shown = text_of(content)
        assert [text for text in HOSTILE if shown.count(text) < 3] == []
        assert links(content) <= {"https://example.org/a_b*c"}


def test_enormous_cells_do_not_run_off_the_paper_or_fill_it():
    of = material(*(offer(name="n" * 32_000, organisations=("o" * 32_000,), at=(500, 1500), when="w" * 32_000,
                          location="l" * 32_000, contact="c" * 32_000) for _ in range(3)))  # fmt: skip
    for make in (sheet_pdf, overview_pdf):
        assert len(reader(make(of, wijk_scope(of.dataset.areas, "NOO01"))).pages) < 20


def test_only_public_data_is_printed():
    of = material(
        offer(name="Les 0470 12 34 56", at=(500, 1500), internal_contact="Geheime Persoon", contact="03 123 45 67",
              when="mail an@example.org", groups=(), organisations=("Vzw piet@example.org",))
    )  # fmt: skip
    scope = wijk_scope(of.dataset.areas, "NOO01")
    for content in (sheet_pdf(of, scope), overview_pdf(of, scope), booklet_pdf(of, scope)):
        text = text_of(content)
        assert "03 123 45 67" in text
        assert not [one for one in ("0470", "Geheime", "an@example.org", "piet@example.org") if one in text]


def test_the_booklet_has_every_inhabited_wijk_once_under_its_district():
    of = world()
    content = booklet_pdf(of, area(of, *of.dataset.areas.wijken.index, name="hele stad"))
    outline = [(depth, title) for depth, title in bookmarks(content) if depth < 2]
    assert outline == [
        (0, "Uitleg"),
        (0, "District Noorderdam"), (1, "Noordkant"), (1, "Noordkaai"),
        (0, "District Zuiderdam"), (1, "Zuidkant"), (1, "Overzijde"),
    ]  # fmt: skip
    pages = [page.extract_text() for page in reader(content).pages]
    assert "Noordkaai" in pages[1]
    found = {wijk: int(page) for wijk, page in re.findall(r"(Noordkant|Overzijde)[ .]+(\d+)", pages[1])}
    assert set(found) == {"Noordkant", "Overzijde"}
    assert all(f"{wijk}\n" in pages[page - 1] for wijk, page in found.items())
    assert len(alternatives(content)) == 4


def test_the_overview_is_in_large_print_and_its_numbers_lead_to_the_offers():
    of = world()
    content = overview_pdf(of, area(of, "NOO01", "NOO02"))
    text = text_of(content)
    assert "Overzicht aanbod: Netwerk Dam" in text
    assert "Dit overzicht telt 2 keer aanbod." in text
    assert "Doelgroep niet ingevuld" in text
    sizes = []
    reader(content).pages[1].extract_text(
        visitor_text=lambda text, _, matrix, __, size: sizes.append(size * matrix[0]) if "Digipunt" in text else None
    )
    assert sizes
    assert min(sizes) >= 15.9


def test_every_document_is_tagged():
    of = world()
    scope = area(of, "NOO01", "NOO02")
    for content in (sheet_pdf(of, scope), overview_pdf(of, scope), booklet_pdf(of, scope)):
        root = reader(content).trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]
        assert root["/StructTreeRoot"]["/K"]
        assert root["/Lang"].lower() == "nl-be"


def test_the_same_data_gives_the_same_document():
    of = world()
    scope = wijk_scope(of.dataset.areas, "NOO01")
    again = material_of(of.dataset)
    assert [page.extract_text() for page in reader(sheet_pdf(of, scope)).pages] == [
        page.extract_text() for page in reader(sheet_pdf(again, scope)).pages
    ]


def test_an_empty_workbook_still_makes_documents():
    of = material_of(dataset())
    scope = area(of, "NOO01", "NOO02")
    assert "We vonden hier geen passend aanbod. Klopt dat?" in text_of(sheet_pdf(of, scope))
    assert "We vonden geen aanbod. Klopt dat?" in text_of(overview_pdf(of, scope))


@pytest.mark.parametrize(
    "name", ["Kiel", "Polder", "Linkeroever", "Historisch Centrum", "Netwerk Dam", "District Deurne"]
)
def test_areas_of_the_city_compile_with_the_starter_workbook(starter: Material, name: str):
    scope = scopes(starter.dataset)[name]
    content = sheet_pdf(starter, scope)
    sheet = sheet_of(starter, scope)
    text = text_of(content)
    for section in sheet.sections:
        for item in section.items:
            assert item.name in text
    assert 3 <= len(reader(content).pages) <= 14
    assert MADE.version in text


def test_the_booklet_of_a_district_lists_every_wijk(starter: Material):
    scope = scopes(starter.dataset)["District Borgerhout"]
    template, data, drawings = booklet_content(starter, scope)
    assert set(drawings) == set(scope.codes)
    titles = [title for depth, title in bookmarks(compile_pdf(template, data, drawings)) if depth == 1]
    labels = starter.dataset.areas.wijken["label"]
    assert titles == [labels[code] for code in scope.codes]


def test_the_overview_of_the_city_compiles(starter: Material):
    text = text_of(overview_pdf(starter, scopes(starter.dataset)[CITY]))
    assert "Ligo" in text
