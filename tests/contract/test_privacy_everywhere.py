"""A contact detail in any cell, name or list of a workbook is in no file and on no page (DESIGN §3)."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest

from einclusie_data.answers.quality import problems_table
from einclusie_data.answers.report import about_methods, about_offers, gap_report
from einclusie_data.contract import settings
from einclusie_data.contract.codelists import CODELISTS, EXTENSIBLE
from einclusie_data.contract.privacy import MASK
from einclusie_data.contract.questions import Question
from einclusie_data.contract.schema import METHODS, SHEETS
from einclusie_data.engine.dataset import Dataset, answer_per_group, read_dataset
from einclusie_data.files.write.book import offers_xlsx_bytes, sheet_xlsx_bytes
from einclusie_data.files.write.tables import csv_bytes, gap_json_bytes, offers_geojson_bytes, workbook_columns
from einclusie_data.output.gap_xlsx import gap_xlsx_bytes
from tests.sheets import city
from tests.xlsx import workbook_bytes

DAY = date(2026, 12, 1)
NOTATIONS = (
    "(0475) {a} {b} {c}", "tel0475{a}{b}{c}", "0475–{a}–{b}–{c}", "+31 6 75{a}{b}{c}", "475{a}{b}{c}",
    "zq75{a}{b}{c} @ gmail.com", "zq75{a}{b}{c} [at] example.be", "https://wa.me/32475{a}{b}{c}",
    "zq75{a}{b}{c}@telenet",
)  # fmt: skip
_FITTING = {"wijken": "Kiel", "group": "Ouderen", "groups": "Ouderen", "persons": "12", "date": "2026-11-01"}
"""What makes a row count, so that its other cells come into the tables."""


class _Tokens:
    """Contact details that are each used once, in every notation in turn."""

    def __init__(self) -> None:
        self.secrets: list[str] = []

    def next(self) -> str:
        number = len(self.secrets)
        a, b, c = 20 + number // 2500, 22 + number // 50 % 50, 30 + number % 50
        self.secrets.append(f"75{a}{b}{c}")
        return NOTATIONS[number % len(NOTATIONS)].format(a=a, b=b, c=c)


@lru_cache(maxsize=1)
def _workbook() -> tuple[bytes, str, tuple[str, ...]]:
    """A workbook with another detail in every cell, its name, and the details as bare digits."""
    tokens = _Tokens()
    book: dict[str, list[list[str]]] = {}
    for sheet in SHEETS:
        headers = [column.header for column in sheet.columns]
        rows = [[*headers, f"Van {tokens.next()}"]]
        for line in range(len(NOTATIONS)):
            fits = [
                _FITTING.get(column.key, "") if line % 2 == 0 or column.required else "" for column in sheet.columns
            ]
            rows.append(
                [
                    fit or ("" if column.key == "contact" else f"x {tokens.next()}")
                    for fit, column in zip(fits, sheet.columns, strict=True)
                ]
                + [tokens.next()]
            )
        book[sheet.name] = rows
    book["Lijsten"] = [list(EXTENSIBLE), *[[f"Groep {tokens.next()}" for _ in EXTENSIBLE] for _ in NOTATIONS]]
    book[f"Blad {tokens.next()}"[:31].replace("/", " ").replace(":", " ")] = [[tokens.next()]]
    name = f"aanbod {tokens.next()}.xlsx"
    return workbook_bytes(book), name, tuple(tokens.secrets)


@lru_cache(maxsize=1)
def _dataset() -> Dataset:
    content, name, _ = _workbook()
    return read_dataset(content, name, city())


def _texts_of(content: bytes) -> str:
    """Every text in a file: of an archive that of its parts, of a PDF that of its streams."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return " ".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    if content.startswith(b"%PDF"):
        from pypdf import PdfReader

        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return content.decode("utf-8")


def _files() -> Iterator[tuple[str, bytes]]:
    dataset, question = _dataset(), Question(DAY)
    answer = answer_per_group(dataset, question)
    table = answer.table
    shown, about = dataset.shown, about_offers(dataset, question, len(dataset.shown), "alles")
    points = dataset.supply.points
    yield "hiaten.csv", csv_bytes(table)
    yield "hiaten.json", gap_json_bytes(table)
    report = gap_report(dataset, answer, table, column="doelgroep", area="hele stad", group="alle")
    yield "hiaten.xlsx", gap_xlsx_bytes(report)
    yield "aanbod.xlsx", offers_xlsx_bytes(shown, about, dataset.typed)
    yield "aanbod.csv", csv_bytes(workbook_columns(shown, dataset.typed))
    lonlat = zip(*dataset.point_degrees, strict=True)
    yield "aanbod.geojson", offers_geojson_bytes(shown, points, lonlat, dataset.typed)
    methods = sheet_xlsx_bytes(METHODS, dataset.methods, about_methods(dataset, "alles", "", 1), dataset.typed_methods)
    yield "methodieken.xlsx", methods
    yield "meldingen.json", json.dumps(problems_table(dataset.workbook).astype(str).to_dict("records")).encode()


def _found(text: str, secrets: tuple[str, ...]) -> list[str]:
    """The secrets that a text holds, however their digits are kept apart."""
    digits = re.sub(r"(?<=\d)[ .()/–-]{1,3}(?=\d)", "", text)
    return [secret for secret in secrets if secret in digits]


def test_the_search_would_find_them():
    content, name, secrets = _workbook()
    assert len(secrets) > 400
    assert len(_found(_texts_of(content), secrets)) > len(secrets) - 3  # the file's own name is not in it
    assert _found(name, secrets) == [secrets[-1]]


def test_no_file_holds_a_contact_detail():
    _, _, secrets = _workbook()
    for name, content in _files():
        text = _texts_of(content)
        assert len(text) > 50, name
        assert not _found(text, secrets), name


def test_nothing_that_is_made_of_a_workbook_holds_one():
    dataset, (_, _, secrets) = _dataset(), _workbook()
    workbook = dataset.workbook
    tables = [getattr(workbook, sheet.key).drop(columns="internal_contact", errors="ignore") for sheet in SHEETS]
    assert [len(table) > 0 for table in tables] == [True] * len(SHEETS)
    for table in (*tables, dataset.needs.source, *workbook.extra.values()):
        assert not _found(table.to_csv(header=False), secrets)
    assert not _found(" ".join(" ".join(one.values) for one in workbook.codelists.values()), secrets)
    assert set(workbook.codelists) == set(CODELISTS)
    assert not _found(" ".join(f"{one.value} {one.message}" for one in workbook.problems), secrets)
    assert not _found(dataset.name, secrets)
    assert MASK in dataset.name


def test_the_trekker_is_told_of_every_place():
    """One warning per cell of the contract, one per column that nobody sees, one per value of a list."""
    told = [one for one in _dataset().workbook.problems if one.code == "persoonsgegeven"]
    for sheet in SHEETS:
        here = {(one.row, one.column) for one in told if one.sheet == sheet.name}
        for column in sheet.columns:
            if column.kind.value in ("text", "texts", "organisations") and column.key not in _FITTING:
                lines = range(2, 2 + len(NOTATIONS))
                wanted = set() if column.key in ("contact", "internal_contact") else {(n, column.header) for n in lines}
                assert {place for place in here if place[1] == column.header} == wanted, column.header
        assert any(row is None for row, _ in here), sheet.name  # the header of the unknown column
    lists = [(one.row, one.column) for one in told if one.sheet == "Lijsten"]
    assert sorted(lists) == sorted((row, name) for row in range(2, 2 + len(NOTATIONS)) for name in EXTENSIBLE)


@pytest.mark.parametrize(
    ("file", "query"),
    [
        ("dashboard.py", {"doelgroep": "Ouderen"}),
        ("pages/hiatenkaart.py", {"wijk": "Kiel", "doelgroep": "Ouderen"}),
        ("pages/hiatenmatrix.py", {"wijk": "Kiel", "kolom": "Ouderen"}),
        ("pages/aanbod.py", {"weergave": "tabel", "soort": "Alles"}),
        ("pages/aanbod.py", {"aanbod": "2", "soort": "Alles"}),
        ("pages/methodieken.py", {"soort": "Alles"}),
        ("pages/netwerk.py", {}),
        ("pages/datakwaliteit.py", {"deel": "meldingen"}),
        ("pages/bijeenkomst.py", {}),
    ],
)
def test_no_page_holds_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, query: dict[str, str]):
    from tests.ui.test_pages import page

    content, name, secrets = _workbook()
    path = tmp_path / name.replace("/", "∕")
    path.write_bytes(content)
    monkeypatch.setattr(settings, "WORKBOOK", path)
    app = page(file, **query)
    assert not app.exception
    shown = " ".join(str(one.proto) for one in [*app.main, *app.sidebar]) + repr(app)
    assert not _found(shown, secrets)
    assert MASK in shown or file in ("dashboard.py", "pages/bijeenkomst.py")
