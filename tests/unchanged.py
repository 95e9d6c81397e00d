"""Everything the product hands out, written to a folder: to see that a change of the code changed nothing else.

``python -m tests.unchanged FOLDER [NUMBER]`` writes what the command line makes of the starter workbook, the golden one
and twenty random ones (or NUMBER of them, and then only the pages of the golden one), and what every page shows and
offers for download. Run it before and after a change, and compare the folders with ``diff -r``. Documents are written
as their text: what they hold counts, not how it is packed.

It knows the product by its faces only (command line, pages, workbook), so that it runs on any arrangement of the code.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import re
import runpy
import sys
import zipfile
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock

import openpyxl
from docx import Document
from pypdf import PdfReader

ROOT = Path(__file__).resolve().parents[1]
STARTER = ROOT / "data" / "startbestand.xlsx"
GOLDEN = ROOT / "tests" / "data" / "gouden_werkmap.xlsx"
DAY = "2026-11-23"
RANDOM_WORKBOOKS = 20
GROUPS = (
    "Iedereen", "Kinderen en jongeren", "Ouders en gezinnen", "Ouderen", "Werkzoekenden", "Mensen in armoede",
    "Anderstaligen en nieuwkomers", "Laaggeletterden en kortgeschoolden",
    "Mensen met een beperking of gezondheidsprobleem", "Minder mobiele mensen",
)  # fmt: skip
CELLS: dict[str, tuple[str, ...]] = {
    "Organisatie": ("Huis A", "Huis B; Huis C", "Ligo", "SAAMO", "bib Permeke", "Elegast", "Vormingplus", ""),
    "Type aanbod": (
        "Toegang tot toestel of internet",
        "Uitleen of aankoop van toestel",
        "Individuele begeleiding",
        "cursus",
        "Digitale oefenkans",
        "Individuele begeleiding; Groepsles of workshop",
        "iets onbekends",
        "",
    ),
    "Doelgroep": (*GROUPS, "senioren, nieuwkomers", "Ouderen; Werkzoekenden", "marsmannetjes", "", "iedereen"),
    "Bereik": ("Op locatie", "Op locatie", "Rondreizend", "Aan huis", "Online", "Hele stad", "ergens", ""),
    "Wanneer": ("elke dinsdag 14-16u", "ma-vr 9-17u", "zaterdag 10-12u", "woensdagavond 19u-21u", "na afspraak", ""),
    "Dagdeel": ("Overdag", "Avond", "Weekend", "", "", ""),
    "Frequentie": ("Dagelijks", "Wekelijks", "Tweewekelijks", "Maandelijks", "Eenmalig of op aanvraag", "", "soms"),
    "Prijs": ("Gratis", "Gratis onder voorwaarden", "Betalend", "0", "€ 5", ""),
    "Aanmelden": ("Vrije inloop", "Op afspraak", "Inschrijven", "Via doorverwijzing", ""),
    "Talen": ("Nederlands", "Nederlands; Frans", "Arabisch", ""),
    "Status": ("Actief", "", "", "Gepland", "Tijdelijk gesloten", "Gestopt", "wie weet"),
    "Van": ("", "", "", "2026-01-01", "2027-02-01"),
    "Tot": ("", "", "", "2026-12-31", "2028-01-01", "2025-06-30"),
    "Laatst gecontroleerd": ("", "2026-09-01", "2021-03-01", "ooit"),
    "Opmerking": ("", "", "bel 0470 12 34 56", "vraag naar an@example.org", "breng je laptop mee"),
    "Contactpersoon (intern)": ("", "An Peeters 0470 12 34 56"),
}
PAGES = (
    "dashboard.py", "pages/hiatenkaart.py", "pages/hiatenmatrix.py", "pages/aanbod.py", "pages/methodieken.py",
    "pages/datakwaliteit.py", "pages/veranderingen.py", "pages/wat_als.py", "pages/waar_eerst.py", "pages/kwetsbaar.py",
    "pages/besluiten.py", "pages/netwerk.py", "pages/bijeenkomst.py", "pages/uitleg.py", "pages/beheer.py",
    "pages/presentatie.py",
)  # fmt: skip
VIEWS: tuple[dict[str, str], ...] = (
    {"peildatum": DAY},
    {"peildatum": DAY, "doelgroep": "Ouderen", "gebied": "District Deurne", "soort": "Alles", "afstand": "1600"},
    {"peildatum": DAY, "doelgroep": "Werkzoekenden", "wijk": "Kiel", "dagdeel": "Overdag", "kolom": "Werkzoekenden"},
)


def main() -> None:
    """Write everything to the folder that is named."""
    folder = Path(sys.argv[1]).resolve()
    os.chdir(ROOT)
    books = folder / "werkmappen"
    books.mkdir(parents=True)
    count = int(sys.argv[2]) if len(sys.argv) > 2 else RANDOM_WORKBOOKS
    random_books = [_write_random(books, seed) for seed in range(count)]
    workbooks = [STARTER, GOLDEN, *random_books]
    shown = [STARTER, GOLDEN, *random_books[:2]] if count == RANDOM_WORKBOOKS else [GOLDEN]
    tasks: list[tuple[Any, ...]] = [(write_commands, book, folder / "opdrachten" / book.stem) for book in workbooks]
    tasks += [(write_changes, *pair, folder / "verschil") for pair in pairwise(workbooks)]
    tasks += [
        (write_page, page, book, view, folder / "paginas" / book.stem)
        for book in shown
        for page in PAGES
        for view in range(len(VIEWS))
    ]
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        for future in [pool.submit(*task) for task in tasks]:
            future.result()


def _write_random(folder: Path, seed: int) -> Path:
    """A workbook of 40 to 90 random offers, some of them messy, in the real wijken."""
    rng = Random(seed)
    with (ROOT / "data" / "bronnen" / "wijk_namen.csv").open(encoding="utf-8-sig") as file:
        wijken = [row["label"] for row in csv.DictReader(file)]
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Aanbod"
    place = ("Adres", "Postcode", "Gemeente of district", "Wijk", "Breedtegraad", "Lengtegraad")
    sheet.append(["Nr", "Naam aanbod", *CELLS, *place])
    for number in range(rng.randint(40, 90)):
        cells = [rng.choice(values) for values in CELLS.values()]
        wijk = rng.choice(["", "", *wijken, f"{rng.choice(wijken)}; {rng.choice(wijken)}", "Centrum", "nergens"])
        point = rng.random() < 0.4
        latitude = f"{51.16 + rng.random() * 0.12:.5f}" if point else ""
        longitude = f"{4.34 + rng.random() * 0.14:.5f}".replace(".", rng.choice(".,")) if point else ""
        postcode = rng.choice(["", "", "2000", "2060", "2100", "2140", "2660", "20600"])
        district = rng.choice(["", "Antwerpen", "Deurne", "Borgerhout"])
        address = rng.choice(["", f"Straat {number}", "De Coninckplein 26"])
        sheet.append([number + 1, f"Aanbod {number}", *cells, address, postcode, district, wijk, latitude, longitude])
    need = book.create_sheet("Behoefte")
    need.append(["Wijk", "Doelgroep", "Aantal personen", "Jaar", "Bron"])
    for wijk in rng.sample(wijken, rng.choice([0, 1, 30, len(wijken)])):
        need.append([wijk, rng.choice(GROUPS[1:]), rng.choice(["120", "1.240", ".", ""]), 2025, "eigen telling"])
    methods = book.create_sheet("Methodieken")
    methods.append(["Naam", "Uitgever", "Omschrijving", "Doelgroep", "Type aanbod", "Gebruikt door"])
    for number in range(6):
        methods.append(
            [
                f"Methode {number}",
                "Huis A",
                "Wat het is",
                *(rng.choice(CELLS[k]) for k in list(CELLS)[2:0:-1]),
                "Huis B",
            ]
        )
    partners = book.create_sheet("Partners")
    partners.append(["Organisatie", "Soort", "Netwerk", "Rol", "Werkt rond e-inclusie", "Wijk"])
    for name in ("Huis A", "Huis B", "Huis C", "Ligo", "SAAMO"):
        role, works = rng.choice(["Trekker", "Lid", "Mogelijke partner", ""]), rng.choice(["Ja", "Nog niet", ""])
        partners.append(
            [name, "school", rng.choice(["Stad", "Kiel", "Dam", ""]), role, works, rng.choice([*wijken, ""])]
        )
    meetings = book.create_sheet("Bijeenkomsten")
    meetings.append(["Datum", "Netwerk", "Gastorganisatie", "Adres", "Agendapunten", "Afspraken"])
    meetings.append(["2026-09-08", "Stad", "Ligo", "Straat 1", "Welkom; stand van zaken", "An belt"])
    meetings.append(["2027-03-09", "Stad", "SAAMO", "Straat 2", "Hiaten", ""])
    path = folder / f"willekeurig_{seed:02}.xlsx"
    book.save(path)
    return path


def run_command(*arguments: str) -> str:
    """What a command prints, and how it ends."""
    out, err = io.StringIO(), io.StringIO()
    with (
        mock.patch.object(sys, "argv", ["einclusie_data", *arguments]),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            runpy.run_module("einclusie_data", run_name="__main__")
            code: object = 0
        except SystemExit as stop:
            code = stop.code
    return f"{out.getvalue()}\n--- stderr\n{err.getvalue()}\n--- einde {code}\n"


def write_commands(book: Path, folder: Path) -> None:
    """What the command line makes of a workbook."""
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / "gemaakt"
    made.mkdir(exist_ok=True)
    when = ("--peildatum", DAY)
    few = ("--type", "Individuele begeleiding", "--prijs", "gratis", "--afstand", "1600", "--zonder-iedereen")
    calls: dict[str, tuple[str, ...]] = {
        "controle": ("controle", str(book)),
        "controle.json": ("controle", str(book), "--json"),
        **{f"hiaten.{kind}": ("hiaten", str(book), *when) for kind in ("csv", "json", "xlsx")},
        "gefilterd.csv": ("hiaten", str(book), *when, *few),
        "gefilterd.xlsx": ("hiaten", str(book), *when, *few, "--doelgroep", "Ouderen", "--wijk", "Deurne"),
        "type.csv": ("hiaten", str(book), *when, "--per", "type", "--doelgroep", "Ouderen"),
        "dagdeel.csv": ("hiaten", str(book), *when, "--per", "dagdeel", "--doelgroep", "Iedereen"),
        **{f"aanbod.{kind}": ("aanbod", str(book), *when) for kind in ("csv", "geojson", "xlsx")},
        "advies.json": ("advies", str(book), *when, "--doelgroep", "Ouderen", "-n", "3", "--json"),
        "advies": ("advies", str(book), *when, "--doelgroep", "Werkzoekenden", "-n", "2", "--kandidaten", "partners"),
        "fiche.pdf": ("wijkfiche", str(book), *when, "--wijk", "Kiel"),
        "overzicht.pdf": ("wijkfiche", str(book), *when, "--overzicht"),
    }
    for name, arguments in calls.items():
        out = made / f"{book.stem}_{name}"
        writes = Path(name).suffix and arguments[0] not in {"controle", "advies"}
        printed = run_command(*arguments, *(("-o", str(out)) if writes else ()))
        (folder / f"{name}.uitvoer.txt").write_text(
            printed.replace(str(made), "").replace(str(book.parent), ""), "utf-8"
        )
        if writes and out.exists():
            (folder / f"{name}.txt").write_text(text_of(out.name, out.read_bytes()), "utf-8")
            out.unlink()
    made.rmdir()


def write_changes(old: Path, new: Path, folder: Path) -> None:
    """What the command line says of two workbooks."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, flags in {"json": ("--json",), "txt": ()}.items():
        (folder / f"{old.stem}-{new.stem}.{name}").write_text(
            run_command("verschil", str(old), str(new), *flags), "utf-8"
        )


def write_page(page: str, book: Path, view: int, folder: Path) -> None:
    """What a page shows of a workbook, and the files that it offers."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ |= {"EINCLUSIE_WERKMAP": str(book), "EINCLUSIE_OPSLAG": str(folder / "geen_opslag")}
    import streamlit as st
    from streamlit.delta_generator import DeltaGenerator
    from streamlit.testing.v1 import AppTest

    st.cache_resource.clear()
    st.cache_data.clear()
    _set_workbook(book, folder / "geen_opslag")
    files: dict[str, bytes | str] = {}
    draw = DeltaGenerator.download_button

    def download(self: Any, label: str, data: Any, file_name: str | None = None, *rest: Any, **named: Any) -> Any:
        content = data() if callable(data) else data
        files[f"{label} ({file_name})"] = content
        return draw(self, label, content, file_name, *rest, **named)

    with (
        mock.patch.object(DeltaGenerator, "download_button", download),
        mock.patch.object(st, "download_button", lambda *a, **k: download(st._main, *a, **k)),
    ):
        app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=300)
        if page != "dashboard.py":
            app.switch_page(page)
        for key, value in VIEWS[view].items():
            app.query_params[key] = value
        app.run()
    lines = [f"fouten: {[one.message for one in app.exception]}", f"adres: {dict(app.query_params)}"]
    _describe(app._tree, lines, 0)
    for label, content in sorted(files.items()):
        name = label.rpartition("(")[2].rstrip(")")
        raw = content.encode() if isinstance(content, str) else content
        lines.append(f"=== bestand {label}\n{text_of(name, raw)}")
    text = re.sub(r"\$\$ID-[0-9a-f]{8,}-", "$$ID-", "\n".join(lines))
    text = re.sub(r"/media/[0-9a-f]+", "/media/", text).replace(str(book.parent), "").replace(str(ROOT), "")
    (folder / f"{Path(page).stem}_{view}.txt").write_text(text, "utf-8")


def _set_workbook(book: Path, store: Path) -> None:
    """The settings read the environment once per process; here one process shows several workbooks."""
    for name, module in list(sys.modules.items()):
        if name.startswith("einclusie_data") and name.endswith("settings"):
            module.WORKBOOK, module.STORE = book, str(store)  # type: ignore[attr-defined]


def _describe(block: Any, lines: list[str], depth: int) -> None:
    for child in getattr(block, "children", {}).values():
        lines.append("  " * depth + f"{child.type}: {child.proto}")
        _describe(child, lines, depth + 1)


def text_of(name: str, content: bytes) -> str:
    """What a file holds, as text; of a zip that is none of these, the names of its parts."""
    kind = Path(name).suffix
    if kind == ".xlsx":
        return _workbook_text(content)
    if kind == ".docx":
        return _word_text(content)
    if kind == ".pdf":
        reader = PdfReader(io.BytesIO(content))
        return "\n\f\n".join(page.extract_text() for page in reader.pages)
    if kind == ".ics":
        return re.sub(r"(?m)^(DTSTAMP|LAST-MODIFIED|CREATED):.*$", r"\1", content.decode())
    if kind == ".zip":
        return "\n".join(sorted(zipfile.ZipFile(io.BytesIO(content)).namelist()))
    return content.decode("utf-8-sig")


def _workbook_text(content: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(content))
    lines = []
    for sheet in book:
        lines.append(
            f"# {sheet.title} {sheet.dimensions} {sheet.freeze_panes} {sheet.auto_filter.ref} {sheet.sheet_state}"
        )
        for row in sheet.iter_rows():
            lines += [
                f"{cell.coordinate} {cell.data_type} {cell.number_format} {json.dumps(_plain(cell.value))}"
                for cell in row
                if cell.value is not None
            ]
    return "\n".join(lines)


def _plain(value: object) -> object:
    return (
        value.isoformat() if isinstance(value, date) else value if isinstance(value, (int, float, bool)) else str(value)
    )


def _word_text(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    lines = [f"{paragraph.style.name}: {paragraph.text}" for paragraph in document.paragraphs]
    for number, grid in enumerate(document.tables):
        lines += [f"tabel {number}: " + " | ".join(cell.text for cell in row.cells) for row in grid.rows]
    return "\n".join(lines)


if __name__ == "__main__":
    # Under its own name: the test of a page takes the place of __main__ in a worker.
    from tests import unchanged

    unchanged.main()
