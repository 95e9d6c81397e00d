"""The raw public sources, and what was judged about them: `data/bronnen/*.csv` -> checked tables.

A source says things in its own words. What each of its texts means in the closed lists of the workbook, and what must
be said about each of its rows, stands in the tables `startbestand_*.csv`: every text judged once, by the name of the
value. A text that says less than a value of the list maps on nothing: an empty cell is unknown, and the remark of the
row says why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from einclusie_data.city.provenance import by_id, read_sources
from einclusie_data.city.tables import read_table, refuse
from einclusie_data.contract.codelists import (
    AUDIENCE,
    FREQUENCY,
    GROUP,
    LANGUAGE,
    LEVEL,
    MODE,
    POSSIBLE_PARTNER,
    PRICE,
    ROLE,
    SIGNUP,
    STATUS,
    THEME,
    TYPE,
    Codelist,
)
from einclusie_data.contract.errors import ReferenceDataError
from einclusie_data.files.write.cells import SEPARATOR

Key = TypeVar("Key")
Value = TypeVar("Value")
Text = dict[str, str]
"""A row of a table: column -> text, "" where the cell is empty."""

OFFERS_ID, WIFI_ID, METHODS_ID, POSTCODES_ID = "aanbod", "wifi", "methodieken", "postcodes"
WORDS_ID, PLACES_ID, REMARKS_ID = "startbestand_woorden", "startbestand_plaatsen", "startbestand_aanbod"
JUDGEMENTS_ID, PARTNERS_ID, ZONES_ID = "startbestand_methodieken", "startbestand_partners", "startbestand_gebieden"
"""Ids in `bronnen/bronnen.json`."""

POSSIBLE_PLACE = "dienstencentrum (mogelijke vindplaats; digitaal aanbod niet bevestigd)"
"""The source's `type` of places without a known offer."""
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    OFFERS_ID: ("naam", "organisatie", "adres", "postcode", "gemeente_district", "wijk_zoals_vermeld", "lat", "lon",
                "type", "doelgroep", "prijs", "wanneer", "aanmelden", "vast_of_mobiel", "bron_url", "bron_datum"),
    WIFI_ID: ("naam", "straat", "huisnummer", "postcode", "gemeente_district", "lat", "lon", "overige"),
    METHODS_ID: ("naam", "uitgever", "doelgroep", "niveau_thema", "vorm", "taal", "url", "jaar", "wat_gecontroleerd",
                 "zekerheid"),
    POSTCODES_ID: ("postcode", "wijkcodes"),
    WORDS_ID: ("kolom", "tekst", "waarde"),
    PLACES_ID: ("gemeente_district", "wijk_zoals_vermeld", "district", "wijk"),
    REMARKS_ID: ("naam", "locatie", "frequentie", "status", "tot", "opmerking"),
    JUDGEMENTS_ID: ("naam", "voor_wie", "doelgroep", "type", "thema", "niveau", "duur", "gebruikt_door"),
    PARTNERS_ID: ("organisatie", "andere_namen", "soort", "netwerk", "rol", "wijk"),
    ZONES_ID: ("naam", "postcode", "wijkcodes"),
}  # fmt: skip
"""Id -> columns that are used."""
_WORD_LISTS: Mapping[str, Codelist | None] = {
    "type": TYPE, "doelgroep": GROUP, "prijs": PRICE, "aanmelden": SIGNUP, "vast_of_mobiel": MODE, "taal": LANGUAGE,
    "adres": None, "organisatie": None, "huidige_dekking": None,
}  # fmt: skip
"""Column of a source of which the texts are judged -> list that the values come from; None = free text."""
_LISTS: Mapping[str, Mapping[str, Codelist]] = {
    REMARKS_ID: {"frequentie": FREQUENCY, "status": STATUS},
    JUDGEMENTS_ID: {"voor_wie": AUDIENCE, "doelgroep": GROUP, "type": TYPE, "thema": THEME, "niveau": LEVEL},
    PARTNERS_ID: {"rol": ROLE},
}
"""Id -> column -> list that its values come from."""
_KEYS: Mapping[str, tuple[str, ...]] = {
    WORDS_ID: ("kolom", "tekst"), PLACES_ID: ("gemeente_district", "wijk_zoals_vermeld"), REMARKS_ID: ("naam",),
    JUDGEMENTS_ID: ("naam",), PARTNERS_ID: ("organisatie", "netwerk"), ZONES_ID: ("naam",),
}  # fmt: skip
"""Id -> columns that no two rows share."""


@dataclass(frozen=True)
class Tables:
    """Everything that the starter workbook is made of.

    Attributes
    ----------
    offers, possible_places, wifi, methods : list of dict
        Rows of the raw sources as published. A possible place has no known offer: a possible partner.
    words : mapping of (str, str) to str
        Column of a source and its text -> what the workbook says, several values with "; " between them.
    places : mapping of (str, str) to (str, str)
        Gemeente of district and wijk as the source names them -> as the workbook does.
    remarks, judgements : mapping of str to dict
        Name of an offer, or of a method, in its source -> what was judged about it.
    members : list of dict
        Members of the networks, one row per network.
    possible_wijken : mapping of str to str
        Possible partner -> its wijk, or the district where the source names no postcode.
    zones : mapping of str to tuple of str
        Gebied -> its wijkcodes.
    network_page, zones_page : str
        Public pages that name the members of the networks, and the gebieden.
    """

    offers: list[Text]
    possible_places: list[Text]
    wifi: list[Text]
    methods: list[Text]
    words: Mapping[tuple[str, str], str]
    places: Mapping[tuple[str, str], tuple[str, str]]
    remarks: Mapping[str, Text]
    judgements: Mapping[str, Text]
    members: list[Text]
    possible_wijken: Mapping[str, str]
    zones: Mapping[str, tuple[str, ...]]
    network_page: str
    zones_page: str

    def said(self, column: str, text: str) -> str:
        """What the workbook says where a column of a source has this text; nothing for an empty cell.

        Raises
        ------
        ReferenceDataError
            The source says something that nobody has judged yet.
        """
        return judged(self.words, (column, text), f"{column}: {text!r}", WORDS_ID) if text else ""


def judged(table: Mapping[Key, Value], key: Key, said: str, file: str) -> Value:
    """What a table says about something in a source.

    Raises
    ------
    ReferenceDataError
        The source says something that nobody has judged yet.
    """
    if key not in table:
        raise ReferenceDataError(f"In een bron staat iets nieuws ({said}). Vul {file}.csv aan.")
    return table[key]


def parts_of(cell: str) -> list[str]:
    """The values of a cell that holds several."""
    return [part for part in cell.split(SEPARATOR) if part]


def read_tables(folder: Path) -> Tables:
    """The sources of a data folder and what was judged about them.

    Raises
    ------
    ReferenceDataError
        A file is missing or not described, lacks a column, or holds a value that is in no list, a row twice, or a
        judgement about something that no source names: everything that is wrong, file by file.
    """
    described = read_sources(folder)
    rows: dict[str, list[Text]] = {}
    findings = []
    for name, columns in _COLUMNS.items():
        path = by_id(described, name).path
        try:
            rows[name] = _read(folder, path, columns)
            refuse(path, _row_findings(name, rows[name]))
        except ReferenceDataError as error:
            findings.append(str(error))
    if findings:
        raise ReferenceDataError(" | ".join(findings))
    partners = rows[PARTNERS_ID]
    tables = Tables(
        offers=[row for row in rows[OFFERS_ID] if row["type"] != POSSIBLE_PLACE],
        possible_places=[row for row in rows[OFFERS_ID] if row["type"] == POSSIBLE_PLACE],
        wifi=rows[WIFI_ID],
        methods=rows[METHODS_ID],
        words={(row["kolom"], row["tekst"]): row["waarde"] for row in rows[WORDS_ID]},
        places={
            (row["gemeente_district"], row["wijk_zoals_vermeld"]): (row["district"], row["wijk"])
            for row in rows[PLACES_ID]
        },
        remarks={row["naam"]: row for row in rows[REMARKS_ID]},
        judgements={row["naam"]: row for row in rows[JUDGEMENTS_ID]},
        members=[row for row in partners if row["rol"] != POSSIBLE_PARTNER],
        possible_wijken={row["organisatie"]: row["wijk"] for row in partners if row["rol"] == POSSIBLE_PARTNER},
        zones=_zones(rows[ZONES_ID], rows[POSTCODES_ID], by_id(described, ZONES_ID).path),
        network_page=by_id(described, PARTNERS_ID).url,
        zones_page=by_id(described, ZONES_ID).url,
    )
    _refuse_unknown(tables)
    return tables


def _read(folder: Path, path: str, columns: tuple[str, ...]) -> list[Text]:
    try:
        data = (folder / path).read_bytes()
    except OSError as error:
        raise ReferenceDataError(f"{path} ontbreekt of is niet leesbaar") from error
    # A row that is too short has no text in its last columns: empty cells, like any other.
    table = read_table(data, path, columns).fillna("")
    return [dict(zip(columns, row, strict=True)) for row in table.itertuples(index=False)]


def _row_findings(name: str, rows: list[Text]) -> Iterator[str]:
    """What is wrong with the rows of a table that we wrote ourselves, with the line of the file."""
    seen = set()
    for line, row in enumerate(rows, start=2):
        if name in _KEYS:
            key = tuple(row[column] for column in _KEYS[name])
            if key in seen:
                yield f"rij {line}: {' / '.join(filter(None, key))} staat er twee keer in"
            seen.add(key)
        if name == WORDS_ID and row["kolom"] not in _WORD_LISTS:
            yield f"rij {line}: kolom {row['kolom']!r} kennen we niet (wel: {', '.join(_WORD_LISTS)})"
        lists = {"waarde": _WORD_LISTS.get(row["kolom"])} if name == WORDS_ID else _LISTS.get(name, {})
        for column, codelist in lists.items():
            if codelist is not None:
                yield from (f"rij {line}: {text}" for text in _value_findings(column, row[column], codelist))
        if name == REMARKS_ID and row["tot"] and not _is_date(row["tot"]):
            yield f"rij {line}: tot {row['tot']!r} is geen datum zoals 2026-12-31"


def _value_findings(column: str, cell: str, codelist: Codelist) -> Iterator[str]:
    values = parts_of(cell)
    for value in values:
        if value not in codelist.values:
            yield f"{column} {value!r} staat niet in de lijst {codelist.name} (wel: {', '.join(codelist.values)})"
    if len(values) > 1 and not codelist.multiple:
        yield f"{column} {cell!r}: in {codelist.name} past één waarde"


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _zones(rows: list[Text], postcodes: list[Text], file: str) -> dict[str, tuple[str, ...]]:
    """A zone takes the wijken of its postcode, or those that it names itself."""
    of_postcode = {row["postcode"]: row["wijkcodes"] for row in postcodes}
    unknown = [row["postcode"] for row in rows if row["postcode"] and row["postcode"] not in of_postcode]
    refuse(file, [f"postcode {postcode} staat niet in de lijst van postcodes" for postcode in unknown])
    return {row["naam"]: tuple((row["wijkcodes"] or of_postcode[row["postcode"]]).split(";")) for row in rows}


def _names(rows: list[Text]) -> set[str]:
    return {row["naam"] for row in rows}


def _refuse_unknown(tables: Tables) -> None:
    """Judgements about something that no source names: a name was mistyped, or a source changed."""
    for file, given, known in (
        (REMARKS_ID, tables.remarks, _names(tables.offers + tables.wifi)),
        (JUDGEMENTS_ID, tables.judgements, _names(tables.methods)),
        (PARTNERS_ID, tables.possible_wijken, _names(tables.possible_places)),
    ):
        refuse(f"{file}.csv", [f"{name!r} staat in geen enkele bron" for name in given if name not in known])
