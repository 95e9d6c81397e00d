"""`wijkfiche`: a PDF of a wijk, a network, all wijken or the offers alone; errors in one Dutch line."""

from __future__ import annotations

from pathlib import Path

import pytest

from einclusie_data.command.main import main
from tests.pdf import bookmarks, text_of
from tests.xlsx import workbook_bytes

HELP, WIFI = "Individuele begeleiding", "Toegang tot toestel of internet"
AANBOD = [
    ["Nr", "Naam aanbod", "Organisatie", "Type aanbod", "Doelgroep", "Wijk", "Aanmelden"],
    [1, "Digipunt Kiel", "SAAMO", HELP, "Ouderen", "Kiel", "Via doorverwijzing"],
    [2, "Wifi Dam", "Stad", WIFI, "Iedereen", "Dam", ""],
]
PARTNERS = [["Organisatie", "Netwerk"], ["SAAMO", "Kiel"], ["Elegast", "Dam"]]


@pytest.fixture
def werkmap(tmp_path: Path) -> Path:
    path = tmp_path / "werkmap.xlsx"
    path.write_bytes(workbook_bytes({"Aanbod": AANBOD, "Partners": PARTNERS}))
    return path


def run(werkmap: Path, *arguments: str, to: str = "fiche.pdf") -> int:
    return main(["wijkfiche", str(werkmap), "-o", str(werkmap.parent / to), "--peildatum", "2026-11-23", *arguments])


def test_a_wijk(werkmap: Path, capsys):
    assert run(werkmap, "--wijk", "kiel") == 0
    text = text_of((werkmap.parent / "fiche.pdf").read_bytes())
    assert "Wijkfiche: Kiel" in text
    assert "Digipunt Kiel" in text
    assert "hulp en leren" in text
    assert "werkmap.xlsx" in text
    assert "fiche.pdf is klaar." in capsys.readouterr().out
    assert sorted(path.name for path in werkmap.parent.iterdir()) == ["fiche.pdf", "werkmap.xlsx"]


def test_the_map_can_show_another_group_and_filters_can_change(werkmap: Path):
    assert run(werkmap, "--wijk", "Dam", "--doelgroep", "ouderen", "--type", WIFI) == 0
    text = text_of((werkmap.parent / "fiche.pdf").read_bytes())
    assert "Oordeel voor ouderen." in text
    assert WIFI.lower() in text
    assert "Dam, alle doelgroepen" in text


@pytest.mark.parametrize(
    ("network", "title"), [("dam", "Netwerk Dam"), ("KIEL", "Netwerk Kiel"), ("Stad", "Hele stad")]
)
def test_a_network(werkmap: Path, network: str, title: str):
    assert run(werkmap, "--netwerk", network) == 0
    assert title in text_of((werkmap.parent / "fiche.pdf").read_bytes())


def test_several_wijken_are_one_sheet(werkmap: Path):
    assert run(werkmap, "--wijk", "Kiel", "--wijk", "Dam") == 0
    assert "Fiche: Kiel en Dam" in text_of((werkmap.parent / "fiche.pdf").read_bytes())


def test_a_booklet_of_an_area(werkmap: Path):
    assert run(werkmap, "--alle", "--wijk", "Borgerhout") == 0
    titles = [title for depth, title in bookmarks((werkmap.parent / "fiche.pdf").read_bytes()) if depth == 1]
    assert len(titles) == 3


def test_the_offers_alone(werkmap: Path):
    assert run(werkmap, "--overzicht") == 0
    text = text_of((werkmap.parent / "fiche.pdf").read_bytes())
    assert "Dit overzicht telt 2 keer aanbod." in text
    assert "Wifi Dam" in text


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "Kies waarover de fiche gaat"),
        (("--wijk", "Gent"), "Kiel"),
        (("--netwerk", "Gent"), "Kies uit: Stad; Dam; Kiel."),
        (("--netwerk", "Kiel", "--wijk", "Kiel"), "kies één van beide"),
        (("--alle", "--overzicht"), "kies één van beide"),
        (("--wijk", "Kiel", "--doelgroep", "Katten"), "Ouderen"),
    ],
)
def test_what_cannot_be_is_one_dutch_line_and_nothing_is_written(werkmap: Path, capsys, arguments, told):
    assert run(werkmap, *arguments) == 2
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1
    assert [path.name for path in werkmap.parent.iterdir()] == ["werkmap.xlsx"]


def test_another_extension_is_refused(werkmap: Path, capsys):
    assert run(werkmap, "--wijk", "Kiel", to="fiche.docx") == 2
    assert ".pdf" in capsys.readouterr().err
