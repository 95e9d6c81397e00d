"""The command line's words: arguments in Dutch, and how they become a question (DESIGN §5)."""

from __future__ import annotations

import argparse
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from einclusie_data.answers.scopes import CITY, NETWORK, Scope, area_scope, scopes
from einclusie_data.city.names import WijkNames
from einclusie_data.contract import settings
from einclusie_data.contract.clock import today
from einclusie_data.contract.questions import Filters, Question
from einclusie_data.contract.schema import CITY_NETWORK
from einclusie_data.contract.text import match_value, normalise, whole_number
from einclusie_data.contract.words import listing, number
from einclusie_data.engine.dataset import Dataset
from einclusie_data.proposals.siting.demand import Kind

_UNIT = re.compile(r"\s*m(?:eter)?\.?$", re.IGNORECASE)


class OptionError(Exception):
    """An option has a value that is not allowed; `str(error)` is a Dutch sentence that names the allowed ones."""


class _DutchFormatter(argparse.HelpFormatter):
    """Help that starts with "gebruik"."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, prefix or "gebruik: ")


class DutchParser(argparse.ArgumentParser):
    """An argument parser whose help is Dutch, and whose errors are one Dutch line."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**{**given, "add_help": False, "formatter_class": _DutchFormatter})
        self._positionals.title, self._optionals.title = "wat je opgeeft", "keuzes"
        self.add_argument("-h", "--help", action="help", help="toon deze uitleg")

    def error(self, message: str) -> NoReturn:
        """Print one line and stop with exit code 2."""
        translated = message
        for english, dutch in _MESSAGES.items():
            translated = translated.replace(english, dutch)
        self.exit(2, f"{translated[:1].upper()}{translated[1:]}\n")


_MESSAGES = {
    "the following arguments are required": "dit ontbreekt",
    "unrecognized arguments": "dit kennen we niet",
    "invalid choice": "dit kan niet",
    "choose from": "kies uit",
    "expected one argument": "hier hoort één waarde bij",
    "argument": "optie",
    "invalid": "ongeldige",
    "value": "waarde",
}


def iso_date(text: str) -> date:
    """A date as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is geen datum zoals 2026-11-23") from None


def metres(text: str) -> float:
    """A walking distance in metres, with or without "m" behind it."""
    value = whole_number(_UNIT.sub("", text.strip()))
    if value is None or not settings.SHORTEST_REACH_M <= value <= settings.LONGEST_REACH_M:
        low, high = number(settings.SHORTEST_REACH_M), number(settings.LONGEST_REACH_M)
        usual, far = number(settings.REACH_M), number(max(settings.REACH_NORMS_M.values()))
        raise argparse.ArgumentTypeError(
            f"“{text}” kan niet: geef een geheel aantal meter van {low} tot {high}, bijvoorbeeld {usual} of {far}"
        )
    return float(value)


def places(text: str) -> int:
    """How many new places: 1 to `settings.SITING_MOST`."""
    most = settings.SITING_MOST
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= most):
        raise argparse.ArgumentTypeError(f"“{text}” kan niet: kies een geheel getal van 1 tot {most}")
    return int(text)


@dataclass(frozen=True)
class Flag:
    """A filter on the command line: its flag, and the field of `Filters` that it fills."""

    flag: str
    field: str
    codelist: str


FILTER_FLAGS = (
    Flag("--type", "types", "Type aanbod"),
    Flag("--dagdeel", "dayparts", "Dagdeel"),
    Flag("--prijs", "prices", "Prijs"),
    Flag("--taal", "languages", "Talen"),
    Flag("--aanmelden", "signups", "Aanmelden"),
)


def _add_when_and_how_far(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--peildatum", type=iso_date, default=None, help="op welke dag (JJJJ-MM-DD), standaard vandaag")
    low, high = number(settings.SHORTEST_REACH_M), number(settings.LONGEST_REACH_M)
    parser.add_argument(
        "--afstand", type=metres, default=settings.REACH_M, help=f"loopafstand in meter ({low} tot {high})"
    )


def _add_question(parser: argparse.ArgumentParser) -> None:
    _add_when_and_how_far(parser)
    for one in FILTER_FLAGS:
        parser.add_argument(
            one.flag, action="append", default=[], dest=one.field, help=f"filter op {one.codelist.lower()}"
        )
    parser.add_argument("--doelgroep", action="append", default=[], help="enkel deze doelgroep")
    parser.add_argument("--wijk", action="append", default=[], help="enkel deze wijk, dit district of dit gebied")
    parser.add_argument("--zonder-iedereen", action="store_true", help="aanbod voor iedereen telt niet mee")


def _add_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--uitvoer", type=Path, required=True)
    parser.add_argument("--overschrijf", action="store_true", help="vervang een werkmap die al bestaat")


def _add_sheet(sheet: argparse.ArgumentParser) -> None:
    sheet.add_argument("werkmap", type=Path)
    _add_output(sheet)
    _add_question(sheet)
    sheet.add_argument("--netwerk", default="", help="alle wijken van dit netwerk samen")
    sheet.add_argument("--alle", action="store_true", help="een boekje: elke wijk een fiche")
    sheet.add_argument("--overzicht", action="store_true", help="enkel het aanbod, in grote letters")


def build_parser() -> DutchParser:
    """The parser of `python -m einclusie_data`."""
    parser = DutchParser(prog="python -m einclusie_data", description="Hiatenkaart e-inclusie Antwerpen")
    commands = parser.add_subparsers(dest="opdracht", required=True, parser_class=DutchParser, metavar="opdracht")
    template = commands.add_parser("sjabloon", help="maak een lege werkmap")
    _add_output(template)
    check = commands.add_parser("controle", help="kijk een werkmap na")
    check.add_argument("werkmap", type=Path)
    check.add_argument("--json", action="store_true")
    gaps = commands.add_parser("hiaten", help="maak de hiatentabel")
    gaps.add_argument("werkmap", type=Path)
    _add_output(gaps)
    _add_question(gaps)
    gaps.add_argument("--per", choices=("doelgroep", "type", "dagdeel"), default="doelgroep")
    offers = commands.add_parser("aanbod", help="lijst het aanbod op")
    offers.add_argument("werkmap", type=Path)
    _add_output(offers)
    _add_question(offers)
    compare = commands.add_parser("verschil", help="vergelijk twee werkmappen: het aanbod en de hiaten")
    compare.add_argument("oud", type=Path)
    compare.add_argument("nieuw", type=Path)
    compare.add_argument("--json", action="store_true")
    trekker = commands.add_parser("trekker", help="geef iemand toegang tot Beheer, of een nieuw wachtwoord")
    trekker.add_argument("naam", help="naam van de trekker; het wachtwoord wordt gevraagd")
    advice = commands.add_parser("advies", help="waar nieuwe plekken de meeste mensen erbij bereiken")
    advice.add_argument("werkmap", type=Path)
    advice.add_argument("--doelgroep", required=True, help="voor wie")
    advice.add_argument(
        "-n",
        type=places,
        required=True,
        metavar="AANTAL",
        help=f"hoeveel nieuwe plekken (1 tot {settings.SITING_MOST})",
    )
    advice.add_argument(
        "--kandidaten",
        choices=[kind.value for kind in Kind],
        default=Kind.WIJKEN.value,
        help="uit welke plekken we kiezen",
    )
    _add_when_and_how_far(advice)
    advice.add_argument("--json", action="store_true")
    _add_sheet(
        commands.add_parser("wijkfiche", help="maak een fiche, een boekje of een overzicht om af te drukken (pdf)")
    )
    reference = commands.add_parser("referentie", help="bouw de map data/ opnieuw op")
    reference.add_argument("--bron", default=None, help="URL of bestand met de officiële wijken")
    return parser


def _values(dataset: Dataset, flag: str, codelist_name: str, words: list[str]) -> tuple[str, ...]:
    codelist = dataset.workbook.codelists[codelist_name]
    found = []
    for word in words:
        value = match_value(word, codelist)
        if value is None:
            raise OptionError(f"{flag}: “{word}” kennen we niet. Kies uit: {'; '.join(codelist.values)}.")
        found.append(value)
    return tuple(dict.fromkeys(found))


def question_of(options: argparse.Namespace, dataset: Dataset) -> Question:
    """The question that the options ask; OptionError for a value that is not in its list."""
    chosen = {one.field: _values(dataset, one.flag, one.codelist, getattr(options, one.field)) for one in FILTER_FLAGS}
    return Question(
        on=options.peildatum or today(),
        reach_m=options.afstand,
        open_counts=not options.zonder_iedereen,
        filters=Filters(**chosen),
    )


def groups_of(options: argparse.Namespace, dataset: Dataset) -> tuple[str, ...]:
    """The chosen target groups in the order of the codelist; all of them when none is chosen."""
    chosen = _values(dataset, "--doelgroep", "Doelgroep", options.doelgroep)
    return tuple(group for group in dataset.groups if not chosen or group in chosen)


def group_of(options: argparse.Namespace, dataset: Dataset) -> str:
    """The one target group of `advies`."""
    return _values(dataset, "--doelgroep", "Doelgroep", [options.doelgroep])[0]


def wijken_of(options: argparse.Namespace, dataset: Dataset) -> tuple[str, ...]:
    """Codes of the chosen wijken; () when none is chosen."""
    names = WijkNames.of(dataset.areas, dataset.workbook.zones)
    found: set[str] = set()
    for word in options.wijk:
        codes = names.codes(word)
        if not codes:
            labels = "; ".join(dataset.areas.wijken["label"])
            raise OptionError(f"--wijk: “{word}” kennen we niet of is niet eenduidig. Kies uit: {labels}.")
        found.update(codes)
    return tuple(sorted(found))


def scope_of(options: argparse.Namespace, dataset: Dataset) -> Scope:
    """The area of `wijkfiche`: the wijken that `--wijk` names, those of `--netwerk`, or else the whole city."""
    if options.wijk and options.netwerk:
        raise OptionError("--wijk en --netwerk: kies één van beide.")
    if options.wijk:
        return area_scope(dataset.areas, listing(options.wijk), wijken_of(options, dataset))
    found = scopes(dataset)
    if not options.netwerk or normalise(options.netwerk) == normalise(CITY_NETWORK):
        return found[CITY]
    networks = {name.removeprefix(NETWORK): scope for name, scope in found.items() if name.startswith(NETWORK)}
    chosen = [scope for name, scope in networks.items() if normalise(name) == normalise(options.netwerk)]
    if not chosen:
        known = "; ".join([CITY_NETWORK, *networks])
        raise OptionError(f"--netwerk: “{options.netwerk}” kennen we niet. Kies uit: {known}.")
    return chosen[0]
