"""The sheet Lijsten: values that a network adds to the closed lists."""

from __future__ import annotations

from collections.abc import Iterator

from einclusie_data.checking.tables import Findings, column_letters
from einclusie_data.contract import settings
from einclusie_data.contract.codelists import CODELISTS, EXTENSIBLE, Codelist
from einclusie_data.contract.deadline import watched
from einclusie_data.contract.privacy import has_personal, quoted
from einclusie_data.contract.schema import SHEETS
from einclusie_data.contract.text import Words, clean_text, compact, hard_segments
from einclusie_data.contract.workbook import RawSheet

_LIST_OF = {compact(name): name for name in CODELISTS}
_HELP_COLUMNS = {compact(column.header) for sheet in SHEETS for column in sheet.columns}
"""Columns that only help when filling in, such as the names of the wijken."""
_LONG_FORM = (frozenset({"lijst", "codelijst", "kolom"}), frozenset({"waarde", "waarden"}))
_HEADER_ROWS = 10


def _header_position(rows: list[list[str]]) -> int | None:
    """The first row that names a list, or has the headers Lijst and Waarde."""
    for position, row in enumerate(rows[:_HEADER_ROWS]):
        keys = {compact(cell) for cell in row if cell}
        if keys & _LIST_OF.keys() or all(keys & names for names in _LONG_FORM):
            return position
    return None


def _long_form(header: list[str]) -> tuple[int, int] | None:
    """Places of the columns Lijst and Waarde."""
    keys = [compact(cell) for cell in header]
    places = [next((place for place, key in enumerate(keys) if key in names), None) for names in _LONG_FORM]
    return (places[0], places[1]) if places[0] is not None and places[1] is not None else None


def _entries(rows: list[list[str]], position: int) -> Iterator[tuple[int, int, str, str]]:
    """Place of the row and of the value's column, name of the list as written, value."""
    header = rows[position]
    pair = _long_form(header)
    for place in range(position + 1, len(rows)):
        row = rows[place]
        if pair is not None:
            yield place, pair[1], row[pair[0]], row[pair[1]]
        else:
            yield from ((place, column, header[column], row[column]) for column in range(len(header)))


_TOO_LONG = (
    "Deze waarde is te lang: {} tekens. Een waarde mag hoogstens {} tekens lang zijn. We gebruiken ze niet. Maak ze "
    "korter."
)
_TOO_MANY = (
    "Aan de lijst {} kan je hoogstens {} waarden toevoegen. Deze waarde gebruiken we niet. Haal waarden weg die "
    "niemand gebruikt."
)


class _Additions:
    """The closed lists while values are added to them."""

    def __init__(self, raw: RawSheet, findings: Findings) -> None:
        self._raw = raw
        self._findings = findings
        self._unknown: set[str] = set()
        self._words = {name: Words(codelist) for name, codelist in CODELISTS.items()}
        self._added: dict[str, list[str]] = {}

    @property
    def codelists(self) -> dict[str, Codelist]:
        """The lists with what was added."""
        return {name: codelist.with_values(self._added.get(name, ())) for name, codelist in CODELISTS.items()}

    def add(self, place: int, header: str, name: str, value: str) -> None:
        """Add one value, or report why not."""
        key = compact(name)
        known = _LIST_OF.get(key)
        if known is None:
            self._report_unknown(place, header, name)
        elif self._words[known].match(value) is not None or not compact(value):
            return
        elif known not in EXTENSIBLE:
            message = f"Aan de lijst {quoted(known)} kan je geen waarden toevoegen. Verwijder deze waarde."
            self._findings.warn("lijst-vast", self._raw.numbers[place], header, value, message)
        elif has_personal(value):  # a value of a list is on every page and in every link
            message = (
                "Hier staat een e-mailadres of een nummer van iemand. We zetten deze waarde niet in de lijst. Haal het "
                "weg."
            )
            self._findings.warn("persoonsgegeven", self._raw.numbers[place], header, value, message)
        elif len(value) > settings.MAX_VALUE_CHARACTERS:
            message = _TOO_LONG.format(len(value), settings.MAX_VALUE_CHARACTERS)
            self._findings.warn("lijst-waarde-lang", self._raw.numbers[place], header, value, message)
        elif len(self._added.setdefault(known, [])) >= settings.MAX_ADDED_VALUES:
            message = _TOO_MANY.format(quoted(known), settings.MAX_ADDED_VALUES)
            self._findings.warn("lijst-vol", self._raw.numbers[place], header, value, message)
        else:
            self._added[known].append(value)
            self._words[known].add(value)

    def _report_unknown(self, place: int, header: str, name: str) -> None:
        key = compact(name)
        if not key or key in _HELP_COLUMNS or key in self._unknown:
            return
        self._unknown.add(key)
        message = f"{quoted(name)} is geen lijst die we kennen. Kies uit: {', '.join(EXTENSIBLE)}."
        self._findings.warn("lijst-onbekend", self._raw.numbers[place], header, name, message)


def read_lists(raw: RawSheet | None) -> tuple[dict[str, Codelist], Findings | None]:
    """The closed lists with the values that the sheet Lijsten adds.

    Parameters
    ----------
    raw : RawSheet or None
        One column per list (its header the list's name), or the two columns Lijst and Waarde.

    Returns
    -------
    tuple of (dict of str to Codelist, Findings or None)
        Values that are known already, synonyms included, add nothing. What is longer than
        `settings.MAX_VALUE_CHARACTERS`, or beyond `settings.MAX_ADDED_VALUES` per list, is a finding and adds nothing.
    """
    if raw is None:
        return dict(CODELISTS), None
    rows = [[clean_text(cell) for cell in row] for row in raw.rows]
    position = _header_position(rows)
    findings = Findings(
        raw.name, {cell: place for place, cell in enumerate(rows[position])} if position is not None else {}
    )
    if position is None:
        if rows:
            names = ", ".join(EXTENSIBLE)
            message = f"Op dit blad vinden we geen lijst. Zet bovenaan elke kolom de naam van een lijst: {names}."
            findings.warn("lijst-onbekend", None, None, "", message)
        return dict(CODELISTS), findings
    additions = _Additions(raw, findings)
    for place, column, name, cell in watched(_entries(rows, position)):
        header = rows[position][column] or column_letters(column)
        for value in hard_segments(cell):
            additions.add(place, header, name, value)
    return additions.codelists, findings
