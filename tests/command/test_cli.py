"""The command line: what it writes, its exit codes, and errors in one Dutch line."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from einclusie_data.command.main import main, write_whole
from einclusie_data.command.options import build_parser
from einclusie_data.contract import settings
from einclusie_data.engine.gaps import COLUMNS
from einclusie_data.store.access.desk import BY_COMMAND, StoredTrekkers
from einclusie_data.store.access.passwords import check_password
from einclusie_data.store.store import open_store
from tests.xlsx import workbook_bytes

HEADERS = [
    "Nr",
    "Naam aanbod",
    "Organisatie",
    "Type aanbod",
    "Doelgroep",
    "Breedtegraad",
    "Lengtegraad",
    "Wijk",
    "Prijs",
]
HELP = "Individuele begeleiding"
OFFERS = [
    HEADERS,
    ["VOORBEELD", "Voorbeeld", "Niemand", HELP, "Iedereen", "", "", "Kiel", ""],
    [1, "Digipunt", "Stad", HELP, "Ouderen", "51,2194", "4,4025", "", "Gratis"],
    [2, "Les", "Ligo", "Groepsles of workshop", "Iedereen", "", "", "Kiel", ""],
    [3, "Hulp", "Atlas", HELP, "", "", "", "Dam", "Betalend"],
]


@pytest.fixture
def werkmap(tmp_path: Path) -> Path:
    path = tmp_path / "werkmap.xlsx"
    path.write_bytes(workbook_bytes({"Aanbod": OFFERS}))
    return path


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";"))


def run(*arguments: object) -> int:
    return main([str(one) for one in arguments])


# --- hiaten -----------------------------------------------------------------------------------------------------------
def test_gaps_as_csv(werkmap: Path, tmp_path: Path):
    out = tmp_path / "hiaten.csv"
    assert run("hiaten", werkmap, "-o", out, "--peildatum", "2026-11-23") == 0
    rows = rows_of(out)
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 670
    kiel = next(row for row in rows if row["wijk"] == "Kiel" and row["doelgroep"] == "Ouderen")
    assert (kiel["oordeel"], kiel["kanttekening"], kiel["personen"]) == ("algemeen", "ligging bij benadering", "3284")
    dam = next(row for row in rows if row["wijk"] == "Dam" and row["doelgroep"] == "Werkzoekenden")
    assert (dam["oordeel"], dam["reden"], dam["rijen_aan_te_vullen"]) == ("onbekend", "doelgroep niet ingevuld", "5")


def test_three_formats_say_the_same(werkmap: Path, tmp_path: Path):
    for suffix in ("csv", "json", "xlsx"):
        assert (
            run(
                "hiaten",
                werkmap,
                "-o",
                tmp_path / f"uit.{suffix}",
                "--wijk",
                "Kiel",
                "--type",
                "individuele BEGELEIDING",
            )
            == 0
        )
    from_csv = [row["oordeel"] for row in rows_of(tmp_path / "uit.csv")]
    from_json = [row["oordeel"] for row in json.loads((tmp_path / "uit.json").read_text("utf-8"))]
    sheet = load_workbook(tmp_path / "uit.xlsx").active
    from_xlsx = [row[4] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert from_csv == from_json == from_xlsx
    assert len(from_csv) == 10


@pytest.mark.parametrize(("per", "size"), [("type", 5), ("dagdeel", 3)])
def test_per_value_has_an_extra_column(werkmap: Path, tmp_path: Path, per: str, size: int):
    out = tmp_path / "per.csv"
    assert run("hiaten", werkmap, "-o", out, "--per", per, "--doelgroep", "ouderen") == 0
    rows = rows_of(out)
    assert tuple(rows[0]) == (*COLUMNS[:4], per, *COLUMNS[4:])
    assert len(rows) == 67 * size


def test_flags_choose_rows_and_settings_change_verdicts(werkmap: Path, tmp_path: Path):
    out = tmp_path / "uit.csv"
    run(
        "hiaten",
        werkmap,
        "-o",
        out,
        "--doelgroep",
        "Ouderen",
        "--doelgroep",
        "Iedereen",
        "--wijk",
        "ANT10",
        "--zonder-iedereen",
    )
    rows = rows_of(out)
    assert [row["doelgroep"] for row in rows] == ["Iedereen", "Ouderen"]
    assert [row["oordeel"] for row in rows] == ["gedekt", "hiaat"]
    run("hiaten", werkmap, "-o", out, "--wijk", "Borgerhout")
    assert {row["wijkcode"] for row in rows_of(out)} == {"BOR01", "BOR02", "BOR03"}
    run("hiaten", werkmap, "-o", out, "--wijk", "ANT10", "--doelgroep", "Iedereen", "--afstand", "50")
    assert rows_of(out)[0]["oordeel"] == "beperkt"


NO_DISTANCES = (
    "-1",
    "0",
    "49",
    "5001",
    "5.001",
    "1e3",
    "1e9",
    "0.001",
    "0.800",
    "1,6",
    "1.6",
    "nan",
    "inf",
    "800 km",
    "",
)


@pytest.mark.parametrize(
    ("text", "metres"),
    [("50", 50), ("800", 800), ("800m", 800), ("800 m", 800), ("1.600", 1600), ("1 600", 1600), ("1.600 meter", 1600),
     ("1600,0", 1600), ("5.000", 5000)],
)  # fmt: skip
def test_a_distance_is_read_as_people_write_it(text: str, metres: int):
    options = build_parser().parse_args(["hiaten", "werkmap.xlsx", "-o", "uit.csv", "--afstand", text])
    assert options.afstand == metres


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--type", "Koffie"], "Groepsles of workshop"),
        (["--doelgroep", "Katten"], "Ouderen"),
        (["--wijk", "Gent"], "Kiel"),
        (["--peildatum", "23/11/2026"], "2026-11-23"),
        (["--afstand", "ver"], "meter"),
        *((["--afstand", text], "van 50 tot 5.000, bijvoorbeeld 800 of 1.600") for text in NO_DISTANCES),
        (["--per", "maand"], "dagdeel"),
        (["--per", "type"], "één --doelgroep"),
        (["--onzin"], "Dit kennen we niet"),
    ],
)
def test_an_unknown_value_is_exit_2_with_the_allowed_ones(werkmap, tmp_path, capsys, arguments, told):
    out = tmp_path / "uit.csv"
    try:
        code = run("hiaten", werkmap, "-o", out, *arguments)
    except SystemExit as stopped:
        code = stopped.code
    assert code == 2
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1
    assert not out.exists()


def test_nothing_is_written_when_the_file_is_unusable(tmp_path: Path, capsys):
    (tmp_path / "kapot.xlsx").write_bytes(b"PK\x03\x04 niet echt")
    out = tmp_path / "uit.xlsx"
    assert run("hiaten", tmp_path / "kapot.xlsx", "-o", out) == 2
    assert run("hiaten", tmp_path / "bestaat niet.xlsx", "-o", out) == 2
    assert run("hiaten", tmp_path, "-o", out) == 2
    errors = capsys.readouterr().err
    assert errors.count("\n") == 3
    assert "Traceback" not in errors
    assert not out.exists()


def test_an_unknown_extension_is_refused_before_anything_is_made(werkmap: Path, tmp_path: Path, capsys):
    assert run("hiaten", werkmap, "-o", tmp_path / "uit.pdf") == 2
    assert ".csv" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["werkmap.xlsx"]


def test_writing_is_all_or_nothing(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"oud")
    with pytest.raises(TypeError):
        write_whole(path, "tekst")  # type: ignore[arg-type]
    assert path.read_bytes() == b"oud"
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"]


# --- aanbod -----------------------------------------------------------------------------------------------------------
def test_offers_in_three_formats(werkmap: Path, tmp_path: Path):
    for suffix in ("csv", "xlsx", "geojson"):
        assert run("aanbod", werkmap, "-o", tmp_path / f"aanbod.{suffix}", "--doelgroep", "Ouderen") == 0
    assert [row["Naam aanbod"] for row in rows_of(tmp_path / "aanbod.csv")] == ["Digipunt", "Les"]
    features = json.loads((tmp_path / "aanbod.geojson").read_text("utf-8"))["features"]
    assert features[0]["geometry"]["coordinates"] == [4.4025, 51.2194]
    assert run("controle", tmp_path / "aanbod.xlsx") == 0


def test_offers_by_wijk_and_price(werkmap: Path, tmp_path: Path):
    out = tmp_path / "aanbod.csv"
    run("aanbod", werkmap, "-o", out, "--wijk", "Dam")
    assert [row["Naam aanbod"] for row in rows_of(out)] == ["Hulp"]
    run("aanbod", werkmap, "-o", out, "--prijs", "gratis", "--overschrijf")
    assert [row["Naam aanbod"] for row in rows_of(out)] == ["Digipunt"]


# --- controle, sjabloon, referentie -----------------------------------------------------------------------------------
def test_check_says_what_is_wrong_where(tmp_path: Path, capsys):
    path = tmp_path / "fout.xlsx"
    path.write_bytes(
        workbook_bytes({"Aanbod": [HEADERS, [1, "", "Stad", HELP, "Oudern", "", "", "", ""], *OFFERS[2:]]})
    )
    assert run("controle", path, "--json") == 1
    shape = json.loads(capsys.readouterr().out)
    assert (shape["bestand"], shape["rijen_gelezen"], shape["rijen_gebruikt"]) == ("fout.xlsx", 4, 3)
    first = next(one for one in shape["problemen"] if one["ernst"] == "fout")
    assert set(first) == {"code", "ernst", "blad", "rij", "kolom", "waarde", "melding"}
    assert (first["blad"], first["rij"], first["kolom"]) == ("Aanbod", 2, "Naam aanbod")
    assert run("controle", path) == 1
    assert "4 rijen gelezen, 3 gebruikt" in capsys.readouterr().out


def test_check_of_a_clean_and_of_an_unusable_file(werkmap: Path, tmp_path: Path, capsys):
    assert run("controle", werkmap) == 0
    (tmp_path / "leeg.xlsx").write_bytes(b"")
    assert run("controle", tmp_path / "leeg.xlsx") == 2


def test_template_is_clean_and_its_example_never_counts(tmp_path: Path, capsys):
    path = tmp_path / "sjabloon.xlsx"
    assert run("sjabloon", "-o", path) == 0
    assert run("controle", path, "--json") == 0
    shape = json.loads(capsys.readouterr().out.split("\n", 1)[1])
    assert (shape["rijen_gelezen"], shape["problemen"]) == (0, [])


def test_the_help_is_dutch(capsys):
    with pytest.raises(SystemExit) as stopped:
        run("--help")
    assert stopped.value.code == 0
    shown = capsys.readouterr().out
    for english in ("usage", "options", "show this help", "positional"):
        assert english not in shown


def test_the_workbook_is_never_overwritten(werkmap: Path, capsys):
    before = werkmap.read_bytes()
    assert run("hiaten", werkmap, "-o", werkmap) == 2
    assert run("aanbod", werkmap, "-o", werkmap.parent / "." / werkmap.name) == 2
    assert werkmap.read_bytes() == before
    assert "andere naam" in capsys.readouterr().err


@pytest.mark.parametrize("link", ["symlink_to", "hardlink_to"])
def test_the_workbook_is_never_overwritten_by_another_name(werkmap: Path, tmp_path: Path, link: str, capsys):
    other = tmp_path / "ander.csv"
    getattr(other, link)(werkmap)
    before = werkmap.read_bytes()
    assert run("hiaten", werkmap, "-o", other, "--overschrijf") == 2
    assert "is de werkmap zelf" in capsys.readouterr().err
    assert werkmap.read_bytes() == other.read_bytes() == before


FILLED = {
    ".xlsx": workbook_bytes({"Aanbod": OFFERS}),
    ".xlsm": workbook_bytes({"Aanbod": OFFERS}),
    ".csv": "Nr;Naam aanbod;Organisatie\n1;Digipunt;Stad\n".encode("utf-8-sig"),
}
"""Extension -> a workbook that somebody filled in."""


@pytest.mark.parametrize(
    ("command", "suffix"),
    [("sjabloon", ".xlsx"), ("hiaten", ".xlsx"), ("hiaten", ".csv"), ("aanbod", ".xlsx"), ("aanbod", ".csv")],
)
def test_a_filled_workbook_is_only_replaced_when_asked(werkmap, tmp_path, capsys, command, suffix):
    other = tmp_path / f"ander{suffix}"
    other.write_bytes(FILLED[suffix])
    arguments = [command, *([] if command == "sjabloon" else [werkmap]), "-o", other]
    assert run(*arguments) == 2
    error = capsys.readouterr().err
    assert (error.count("\n"), "--overschrijf" in error) == (1, True)
    assert other.read_bytes() == FILLED[suffix]
    assert run(*arguments, "--overschrijf") == 0
    assert other.read_bytes() != FILLED[suffix]


@pytest.mark.parametrize(
    ("command", "name"), [("hiaten", "uit.json"), ("aanbod", "uit.geojson"), ("wijkfiche", "uit.pdf")]
)
def test_a_workbook_with_the_name_of_something_else_is_not_replaced(werkmap, tmp_path, command, name):
    (tmp_path / name).write_bytes(FILLED[".xlsx"])
    more = ["--wijk", "Kiel"] if command == "wijkfiche" else []
    assert run(command, werkmap, "-o", tmp_path / name, *more) == 2
    assert (tmp_path / name).read_bytes() == FILLED[".xlsx"]


def test_a_list_of_ours_is_made_again_without_asking(werkmap: Path, tmp_path: Path):
    for name in ("uit.csv", "uit.json"):
        assert [run("hiaten", werkmap, "-o", tmp_path / name) for _ in range(2)] == [0, 0]
    (tmp_path / "leeg.xlsx").touch()
    assert run("hiaten", werkmap, "-o", tmp_path / "leeg.xlsx") == 0


def test_a_workbook_that_appears_while_we_work_is_kept(werkmap, tmp_path, monkeypatch):
    out = tmp_path / "uit.xlsx"

    def slow(*_: object) -> bytes:
        out.write_bytes(FILLED[".xlsx"])
        return b"anders"

    monkeypatch.setattr("einclusie_data.command.main.template_bytes", slow)
    assert run("sjabloon", "-o", out) == 2
    assert out.read_bytes() == FILLED[".xlsx"]


@pytest.mark.parametrize("name", ["sjabloon.csv", "sjabloon.xls", "sjabloon"])
def test_the_template_is_an_xlsx(tmp_path: Path, capsys, name: str):
    assert run("sjabloon", "-o", tmp_path / name) == 2
    assert ".xlsx" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_folder_that_does_not_exist_is_named(werkmap: Path, tmp_path: Path, capsys):
    assert run("hiaten", werkmap, "-o", tmp_path / "nergens" / "uit.csv") == 2
    error = capsys.readouterr().err
    assert "nergens" in error
    assert "uit.csv" not in error


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_an_export_of_offers_keeps_what_was_not_understood(tmp_path: Path, suffix: str):
    headers = [
        "Naam aanbod",
        "Organisatie",
        "Type aanbod",
        "Doelgroep",
        "Bereik",
        "Wijk",
        "Tot",
        "Breedtegraad",
        "Lengtegraad",
    ]
    rows = [
        ["A", "SAAMO", "Foobar", "Ouderen; zzz", "Aan huis", "Foobar", "ooit", "", ""],
        ["B", "SAAMO", "", "senioren", "Online", "Centrum", "", "", ""],
        ["C", "SAAMO", "workshop", "", "", "", "", "4,4025", "51,2194"],
    ]
    path, again = tmp_path / "werkmap.xlsx", tmp_path / f"aanbod.{suffix}"
    path.write_bytes(workbook_bytes({"Aanbod": [headers, *rows]}))
    assert run("aanbod", path, "-o", again) == 0
    for name in (path, again):
        assert (
            run("hiaten", name, "-o", tmp_path / f"{name.stem}-{name.suffix[1:]}.json", "--peildatum", "2026-11-23")
            == 0
        )
    first = json.loads((tmp_path / "werkmap-xlsx.json").read_text("utf-8"))
    second = json.loads((tmp_path / f"aanbod-{suffix}.json").read_text("utf-8"))
    assert [row["oordeel"] for row in first] == [row["oordeel"] for row in second]
    assert {row["oordeel"] for row in first} >= {"hiaat", "onbekend"}
    kept = json.dumps(second) + again.read_bytes().decode("utf-8-sig", errors="ignore") if suffix == "csv" else ""
    assert suffix == "xlsx" or all(word in kept for word in ("Foobar", "Ouderen; zzz", "ooit", "Centrum"))


# --- verschil ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """The workbook sorted otherwise and renumbered; one offer gone, one new, one changed."""
    rows = [
        HEADERS,
        [10, "Hulp", "Atlas", HELP, "", "", "", "Dam", "gratis"],
        [11, "Inloop", "SAAMO", HELP, "Ouderen", "", "", "Luchtbal", ""],
        [12, "Digipunt", "Stad", HELP, "senioren", "51.2194", "4.4025", "", "Gratis"],
    ]
    path = tmp_path / "nieuwer.xlsx"
    path.write_bytes(workbook_bytes({"Aanbod": rows}))
    return path


def test_what_changes_between_two_workbooks(werkmap: Path, newer: Path, capsys):
    assert run("verschil", werkmap, newer, "--json") == 0
    shape = json.loads(capsys.readouterr().out)
    gaps = ("hiaten_ontstaan", "hiaten_verdwenen", "hiaten_onzeker")
    assert list(shape) == ["toegevoegd", "verdwenen", "gewijzigd", *gaps]
    assert shape["toegevoegd"] == [{"rij": 3, "naam": "Inloop"}]
    assert shape["verdwenen"] == [{"rij": 4, "naam": "Les"}]
    assert shape["gewijzigd"] == [{"rij": 2, "naam": "Hulp", "velden": {"Prijs": ["Betalend", "gratis"]}}]
    luchtbal = {"wijkcode": "ANT12", "doelgroep": "Ouderen", "van": "hiaat", "naar": "beperkt"}
    kiel = {"wijkcode": "ANT10", "doelgroep": "Iedereen", "van": "gedekt", "naar": "hiaat"}
    assert luchtbal in shape["hiaten_verdwenen"]
    assert kiel in shape["hiaten_ontstaan"]
    assert all(set(one) == {"wijkcode", "doelgroep", "van", "naar"} for name in gaps for one in shape[name])


def test_what_changes_in_words(werkmap: Path, newer: Path, capsys):
    assert run("verschil", werkmap, newer) == 0
    shown = capsys.readouterr().out
    assert "Aanbod: 1 toegevoegd, 1 verdwenen en 1 gewijzigd." in shown
    assert "Prijs: Betalend → gratis" in shown
    assert "In Luchtbal verdwijnt een mogelijk hiaat voor ouderen: van hiaat naar beperkt." in shown
    assert run("verschil", werkmap, werkmap) == 0
    assert "Er verandert niets" in capsys.readouterr().out


def test_comparing_with_an_unusable_file_is_exit_2(werkmap: Path, tmp_path: Path, capsys):
    (tmp_path / "leeg.xlsx").write_bytes(b"")
    assert run("verschil", werkmap, tmp_path / "leeg.xlsx") == 2
    assert run("verschil", tmp_path / "weg.xlsx", werkmap, "--json") == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 2


def test_a_trekker_gets_access_on_the_server(tmp_path: Path, capsys, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(settings, "STORE", str(tmp_path / "opslag"))
    monkeypatch.setattr("sys.stdin", io.StringIO("drie gewone woorden\n"))
    assert run("trekker", " An  Peeters ") == 0
    assert "An Peeters is een nieuwe trekker" in capsys.readouterr().out
    with open_store(tmp_path / "opslag") as store:
        assert [(one.name, one.changed_by) for one in store.trekkers.all()] == [("An Peeters", BY_COMMAND)]
        assert check_password(StoredTrekkers(store).get("an peeters"), "drie gewone woorden").right


def test_a_weak_password_is_refused_in_one_line(tmp_path: Path, capsys, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(settings, "STORE", str(tmp_path / "opslag"))
    monkeypatch.setattr("sys.stdin", io.StringIO("kort\n"))
    assert run("trekker", "An") == 2
    assert "minstens 12 tekens" in capsys.readouterr().err
    assert not (tmp_path / "opslag").exists()


# --- advies -----------------------------------------------------------------------------------------------------------
def test_advice_as_json(werkmap: Path, capsys):
    assert run("advies", werkmap, "--doelgroep", "senioren", "-n", 3, "--peildatum", "2026-11-23", "--json") == 0
    shape = json.loads(capsys.readouterr().out)
    assert list(shape) == ["doelgroep", "n", "gewicht", "bewezen_optimum", "bereikt_voor", "bereikt_na", "plaatsen"]
    assert (shape["doelgroep"], shape["n"], shape["gewicht"], shape["bewezen_optimum"]) == (
        "Ouderen",
        3,
        "personen",
        True,
    )
    assert 0 < shape["bereikt_voor"] < shape["bereikt_na"]
    assert len({place["wijkcode"] for place in shape["plaatsen"]}) == 3
    assert all(51.1 < place["lat"] < 51.4 and 4.2 < place["lon"] < 4.6 for place in shape["plaatsen"])


def test_advice_for_a_group_without_figures_counts_wijken(werkmap: Path, capsys):
    assert run("advies", werkmap, "--doelgroep", "Werkzoekenden", "-n", 1, "--json") == 0
    shape = json.loads(capsys.readouterr().out)
    assert (shape["gewicht"], shape["doelgroep"]) == ("wijken", "Werkzoekenden")
    assert run("advies", werkmap, "--doelgroep", "Werkzoekenden", "-n", 1) == 0
    assert "We weten niet hoeveel mensen van de groep werkzoekenden" in capsys.readouterr().out


@pytest.mark.parametrize("kind", ["wijken", "partners", "aanbod", "raster"])
def test_advice_in_words_for_every_kind_of_candidate(werkmap: Path, capsys, kind: str):
    assert run("advies", werkmap, "--doelgroep", "Ouderen", "-n", 2, "--kandidaten", kind, "--afstand", "400") == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Waar eerst? Hele stad, ouderen, 400 m te voet")
    assert "Dit is een schatting." in shown


def test_a_longer_walk_reaches_more(werkmap: Path, capsys):
    after = []
    for reach in (400, 1600):
        run("advies", werkmap, "--doelgroep", "Ouderen", "-n", 2, "--afstand", reach, "--json")
        after.append(json.loads(capsys.readouterr().out)["bereikt_na"])
    assert after[0] < after[1]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["-n", "2"], "--doelgroep"),
        (["--doelgroep", "Ouderen"], "-n"),
        (["--doelgroep", "Katten", "-n", "2"], "Ouderen"),
        (["--doelgroep", "Ouderen", "-n", "0"], "van 1 tot 10"),
        (["--doelgroep", "Ouderen", "-n", "11"], "van 1 tot 10"),
        (["--doelgroep", "Ouderen", "-n", "twee"], "van 1 tot 10"),
        (["--doelgroep", "Ouderen", "-n", "2", "--kandidaten", "scholen"], "partners"),
        (["--doelgroep", "Ouderen", "-n", "2", "--peildatum", "morgen"], "2026-11-23"),
    ],
)
def test_advice_with_an_unknown_value_is_exit_2(werkmap: Path, capsys, arguments: list[str], told: str):
    try:
        code = run("advies", werkmap, *arguments)
    except SystemExit as stopped:
        code = stopped.code
    captured = capsys.readouterr()
    assert (code, captured.out) == (2, "")
    assert told in captured.err
    assert captured.err.count("\n") == 1


def test_ctrl_c_ends_the_checks_at_once_in_one_line(tmp_path: Path):
    rows = [[f"kleur {row} {column}" for column in range(200)] for row in range(31)]
    path = tmp_path / "zwaar.xlsx"
    path.write_bytes(workbook_bytes({f"Aanbod{'.' * number}": rows for number in range(20)}))
    program = (
        "import os, signal, sys, threading\n"
        "from einclusie_data.checking import workbook as checks\n"
        "from einclusie_data.command import main\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # tests may run where it is ignored
        "real = checks.layout_of\n"
        "def begin(*given):\n"
        "    threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()\n"
        "    return real(*given)\n"
        "checks.layout_of = begin\n"
        "sys.exit(main.main(['controle', sys.argv[1]]))\n"
    )
    done = subprocess.run([sys.executable, "-c", program, path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "Gestopt. Er is niets geschreven.\n")
