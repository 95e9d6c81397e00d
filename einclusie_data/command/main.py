"""The same pipeline without screens: ``python -m einclusie_data`` (DESIGN §5)."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from einclusie_data.answers.offers import ALL_GROUPS, matching, offer_list
from einclusie_data.answers.report import about_offers, gap_report
from einclusie_data.changes.compare import changes_of
from einclusie_data.changes.words import change_lines, changes_shape
from einclusie_data.checking.headers import find_header
from einclusie_data.city.areas import load_areas
from einclusie_data.command.options import (
    OptionError,
    build_parser,
    group_of,
    groups_of,
    question_of,
    scope_of,
    wijken_of,
)
from einclusie_data.contract import settings
from einclusie_data.contract.clock import today
from einclusie_data.contract.codelists import CODELISTS, DEFAULT_PRESET, EVERYONE, PRESETS
from einclusie_data.contract.errors import AccessError, DataFileError, DocumentError, Severity, StoreError
from einclusie_data.contract.questions import Question
from einclusie_data.contract.schema import OFFERS
from einclusie_data.contract.words import count, listing, view_sentence
from einclusie_data.engine.dataset import Dataset, answer_per_group, answer_per_value, load_dataset
from einclusie_data.files.read.workbook import read_workbook
from einclusie_data.files.write.book import offers_xlsx_bytes
from einclusie_data.files.write.tables import csv_bytes, gap_json_bytes, offers_geojson_bytes, workbook_columns
from einclusie_data.output.gap_xlsx import TABLE_SHEET, gap_xlsx_bytes
from einclusie_data.output.paper.material import Material, Origin
from einclusie_data.output.paper.sheet import booklet_pdf, overview_pdf, sheet_pdf
from einclusie_data.proposals.siting.advice import advice, siting_of
from einclusie_data.proposals.siting.demand import Kind
from einclusie_data.proposals.siting.words import advice_lines, advice_shape
from einclusie_data.reference.build import rebuild_reference
from einclusie_data.reference.template import template_bytes
from einclusie_data.store.access.desk import give_password

OK, HAS_ERRORS, UNUSABLE, STOPPED = 0, 1, 2, 130
_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""First bytes of a workbook, whatever its name: a zip, or an old .xls."""


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: to a temporary file beside it, then rename."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def check_output(options: argparse.Namespace) -> None:
    """Refuse an output that has no folder to stand in, that is the workbook itself, or that would replace another
    workbook unasked.
    """
    out: Path = options.uitvoer
    if not out.parent.is_dir():
        raise OptionError(f"-o: de map “{out.parent}” bestaat niet. Maak ze eerst.")
    if "werkmap" in options and out.exists() and options.werkmap.exists() and out.samefile(options.werkmap):
        raise OptionError(f"-o: “{out}” is de werkmap zelf. Kies een andere naam, dan blijft ze bewaard.")
    if not options.overschrijf and is_workbook(out):
        raise OptionError(
            f"-o: “{out}” bestaat al en kan een ingevulde werkmap zijn. Kies een andere naam. "
            "Mag het bestand weg? Zet er dan --overschrijf bij."
        )


def is_workbook(path: Path) -> bool:
    """Whether a file may be somebody's workbook, by its name or by what is in it; a list of ours in .csv, .json or
    .pdf is none.
    """
    if not path.is_file() or path.stat().st_size == 0:
        return False
    if path.suffix.lower() in _WORKBOOKS:
        return True
    with path.open("rb") as stream:
        if stream.read(len(max(_STARTS, key=len))).startswith(_STARTS):
            return True
    return path.suffix.lower() == ".csv" and _lists_offers(path)


def _lists_offers(path: Path) -> bool:
    """Whether a .csv has the headers of Aanbod. One that cannot be read is kept: it may be a workbook in some other
    form.
    """
    try:
        (sheet,) = read_workbook(path.read_bytes(), path.name).sheets
    except DataFileError:
        return True
    return find_header(sheet, OFFERS, CODELISTS) is not None


def write_output(options: argparse.Namespace, content: bytes) -> None:
    """Write the result; what was made at that name in the meantime is kept too."""
    check_output(options)
    write_whole(options.uitvoer, content)


def _writer(path: Path, writers: dict[str, Callable[[], bytes]]) -> Callable[[], bytes]:
    """The writer that goes with a file's extension."""
    suffix = path.suffix.lower()
    if suffix not in writers:
        raise OptionError(f"-o: “{path.name}” kan niet. Kies een bestandsnaam die eindigt op {', '.join(writers)}.")
    return writers[suffix]


def make_template(options: argparse.Namespace) -> int:
    """`sjabloon`."""
    write = _writer(options.uitvoer, {".xlsx": lambda: template_bytes(list(load_areas().wijken["label"]))})
    write_output(options, write())
    print(f"{options.uitvoer} is klaar.")
    return OK


def check(options: argparse.Namespace) -> int:
    """`controle`: 0 = clean or warnings only, 1 = errors."""
    workbook = load_dataset(options.werkmap, load_areas()).workbook
    problems = workbook.problems
    if options.json:
        shape = {
            "bestand": options.werkmap.name,
            "rijen_gelezen": workbook.rows_read,
            "rijen_gebruikt": workbook.rows_used,
            "problemen": [problem.as_dict() for problem in problems],
        }
        print(json.dumps(shape, ensure_ascii=False, indent=1))
    else:
        for problem in problems:
            place = ", ".join(
                filter(None, [problem.sheet, f"rij {problem.row}" if problem.row else "", problem.column])
            )
            print(f"{problem.severity.value}: {place}: {problem.message}")
        print(f"{count(workbook.rows_read, 'rij', 'rijen')} gelezen, {workbook.rows_used} gebruikt.")
    return HAS_ERRORS if any(problem.severity is Severity.ERROR for problem in problems) else OK


def _gap_rows(dataset: Dataset, options: argparse.Namespace) -> tuple[Callable[[], bytes], str]:
    question, groups = question_of(options, dataset), groups_of(options, dataset)
    if options.per == "doelgroep":
        answer = answer_per_group(dataset, question)
    elif len(options.doelgroep) and len(groups) == 1:
        answer = answer_per_value(dataset, question, groups[0], options.per)
    else:
        raise OptionError(f"--per {options.per}: kies één --doelgroep. Kies uit: {'; '.join(dataset.groups)}.")
    wijken = wijken_of(options, dataset)
    table = answer.table[answer.table["doelgroep"].isin(groups)]
    if wijken:
        table = table[table["wijkcode"].isin(wijken)]
    area = count(table["wijkcode"].nunique(), "wijk", "wijken")
    group = groups[0] if len(groups) == 1 else count(len(groups), "doelgroep", "doelgroepen")

    def xlsx() -> bytes:
        report = gap_report(dataset, answer, table, column=options.per, area=area, group=group)
        return gap_xlsx_bytes(report, open_at=TABLE_SHEET)

    writers = {".xlsx": xlsx, ".csv": lambda: csv_bytes(table), ".json": lambda: gap_json_bytes(table)}
    return _writer(options.uitvoer, writers), count(len(table), "rij", "rijen")


def make_gap_table(options: argparse.Namespace) -> int:
    """`hiaten`."""
    write, size = _gap_rows(load_dataset(options.werkmap, load_areas()), options)
    write_output(options, write())
    print(f"{options.uitvoer} is klaar: {size}.")
    return OK


def chosen_offers(dataset: Dataset, options: argparse.Namespace) -> pd.DataFrame:
    """The offers that the options of `aanbod` choose."""
    question, groups = question_of(options, dataset), groups_of(options, dataset)
    codes = wijken_of(options, dataset)
    wijken = [int(place) for place in dataset.areas.wijken.index.get_indexer(list(codes))] if codes else None
    shown = offer_list(dataset.supply, dataset.reach(question.reach_m), question, group=ALL_GROUPS, wijken=wijken)
    if not options.doelgroep:
        return shown
    suits = np.any([matching(dataset.supply, question, group) for group in groups], axis=0)
    return shown[np.asarray(suits)[shown.index]]


def _sentence(dataset: Dataset, options: argparse.Namespace) -> str:
    """What the options of `aanbod` choose, in a sentence."""
    area = listing(options.wijk) if options.wijk else "hele stad"
    group = listing(groups_of(options, dataset)) if options.doelgroep else "alle doelgroepen"
    return view_sentence(question_of(options, dataset), area=area, group=group)


def list_offers(options: argparse.Namespace) -> int:
    """`aanbod`."""
    dataset = load_dataset(options.werkmap, load_areas())
    shown, typed = chosen_offers(dataset, options), dataset.typed
    points = dataset.supply.points[~dataset.supply.points["hint"]]
    lon, lat = (degrees[points.index] for degrees in dataset.point_degrees)
    writers = {
        ".xlsx": lambda: offers_xlsx_bytes(
            shown, about_offers(dataset, question_of(options, dataset), len(shown), _sentence(dataset, options)), typed
        ),
        ".csv": lambda: csv_bytes(workbook_columns(shown, typed)),
        ".geojson": lambda: offers_geojson_bytes(shown, points, zip(lon, lat, strict=True), typed),
    }
    write_output(options, _writer(options.uitvoer, writers)())
    print(f"{options.uitvoer} is klaar: {count(len(shown), 'aanbod', 'keer aanbod')}.")
    return OK


def compare(options: argparse.Namespace) -> int:
    """`verschil`."""
    areas = load_areas()
    old, new = (load_dataset(path, areas) for path in (options.oud, options.nieuw))
    found = changes_of(old, new, Question(date.today()))
    if options.json:
        print(json.dumps(changes_shape(found), ensure_ascii=False, indent=1))
    else:
        print("\n".join(change_lines(found)))
    return OK


def advise(options: argparse.Namespace) -> int:
    """`advies`."""
    dataset = load_dataset(options.werkmap, load_areas())
    question = Question(options.peildatum or today(), options.afstand)
    siting = siting_of(dataset, question, group_of(options, dataset), kinds=(Kind(options.kandidaten),))
    found = advice(siting, options.n)
    if options.json:
        print(json.dumps(advice_shape(found), ensure_ascii=False, indent=1))
    else:
        print("\n".join(advice_lines(found)))
    return OK


def make_sheet(options: argparse.Namespace) -> int:
    """`wijkfiche`: of a wijk or a network, a booklet of all wijken (`--alle`), or the offers alone (`--overzicht`)."""
    if options.alle and options.overzicht:
        raise OptionError("--alle en --overzicht: kies één van beide.")
    if not (options.wijk or options.netwerk or options.alle or options.overzicht):
        raise OptionError("Kies waarover de fiche gaat: --wijk, --netwerk, --alle of --overzicht.")
    dataset = load_dataset(options.werkmap, load_areas())
    question, groups = question_of(options, dataset), groups_of(options, dataset)
    if not options.types and not options.overzicht:
        question = replace(question, filters=replace(question.filters, types=PRESETS[DEFAULT_PRESET]))
    group = groups[0] if len(options.doelgroep) else EVERYONE
    material = Material(dataset, question, Origin(today(), dataset.name), group)
    make = booklet_pdf if options.alle else overview_pdf if options.overzicht else sheet_pdf
    write = _writer(options.uitvoer, {".pdf": lambda: make(material, scope_of(options, dataset))})
    write_output(options, write())
    print(f"{options.uitvoer} is klaar.")
    return OK


def rebuild(options: argparse.Namespace) -> int:
    """`referentie`."""
    print(rebuild_reference(options.bron, settings.DATA_FOLDER))
    return OK


def give_access(options: argparse.Namespace) -> int:
    """`trekker`: whoever may run commands on the server may give access; nothing secret is an argument."""
    print(give_password(settings.STORE, options.naam, _asked_password()))
    return OK


def _asked_password() -> str:
    """Typed unseen; from a file or a pipe, its first line."""
    if sys.stdin.isatty():
        return getpass.getpass("Wachtwoord: ")
    return sys.stdin.readline().rstrip("\r\n")


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "sjabloon": make_template,
    "controle": check,
    "hiaten": make_gap_table,
    "aanbod": list_offers,
    "verschil": compare,
    "trekker": give_access,
    "advies": advise,
    "wijkfiche": make_sheet,
    "referentie": rebuild,
}


def main(arguments: list[str]) -> int:
    """Run one command; problems with a file or an option become one Dutch line on stderr and exit code 2."""
    options = build_parser().parse_args(arguments)
    try:
        if "uitvoer" in options:
            check_output(options)
        return COMMANDS[options.opdracht](options)
    except (DataFileError, DocumentError, OptionError, StoreError, AccessError) as error:
        print(error, file=sys.stderr)
    except KeyboardInterrupt:
        print("Gestopt. Er is niets geschreven.", file=sys.stderr)
        return STOPPED
    except FileNotFoundError as error:
        print(f"We vinden “{error.filename}” niet.", file=sys.stderr)
    except (PermissionError, IsADirectoryError, NotADirectoryError) as error:
        print(f"We kunnen “{error.filename}” niet lezen of schrijven.", file=sys.stderr)
    return UNUSABLE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
