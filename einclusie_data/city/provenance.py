"""Where each file of `data/` comes from: `herkomst.json` (for the app and for checks) and `LEESMIJ.md` (for people).

Background: how many people in Belgium are digitally vulnerable. To show, never to turn into a wijk's figure.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from einclusie_data.contract import settings
from einclusie_data.contract.errors import ReferenceDataError

VULNERABILITY_FILE = "kwetsbaarheid.csv"
COLUMNS = {
    "groep": "Groep",
    "indicator": "Wat",
    "waarde_pct": "Aandeel",
    "jaar_data": "Jaar",
    "gebied": "Gebied",
    "bron": "Bron",
}
"""Column of the file -> heading."""
_SAME = "idem"


def load_vulnerability(folder: Path = settings.DATA_FOLDER) -> pd.DataFrame:
    """National shares of people who are digitally vulnerable.

    Returns
    -------
    pandas.DataFrame
        Text, one row per figure as published: `groep`, `indicator`, `waarde_pct` (percent), `jaar_data`, `gebied`,
        `bron`, `bron_url`. "idem" is replaced by what stands above it; an unknown area reads "onbekend". Groups overlap
        and the survey leaves out people over 75: never multiply with inhabitants.
    """
    table = pd.read_csv(Path(folder) / VULNERABILITY_FILE, dtype=str, keep_default_na=False)
    for column in ("bron", "bron_url"):
        table[column] = table[column].where(table[column] != _SAME).ffill()
    return table.replace({"gebied": {"Belgie": "België", "?": "onbekend"}})


PROVENANCE_FILE = "herkomst.json"
README_FILE = "LEESMIJ.md"
SOURCES_FOLDER = "bronnen"
SOURCES_FILE = f"{SOURCES_FOLDER}/bronnen.json"


@dataclass(frozen=True)
class Source:
    """One raw file as received, described in `bronnen/bronnen.json`.

    Attributes
    ----------
    id : str
        Stable name by which the code finds the file, e.g. "wijkenlaag".
    file : str
        File name in `bronnen/`.
    what, publisher, url, date, retrieved, terms : str
        What it holds; who publishes it, where; the date of the data; when it was retrieved ("" = not recorded);
        terms of reuse. Dutch.
    attribution : str
        Sentence that the app must show; "" when the source asks for none. "{opgehaald}" stands for `retrieved`.
    short : str
        Short name for a cell in a table, e.g. "Stad in Cijfers, 2025".
    """

    id: str
    file: str
    what: str
    publisher: str
    url: str
    date: str
    retrieved: str
    terms: str
    attribution: str
    short: str

    @property
    def path(self) -> str:
        """Path from `data/`."""
        return f"{SOURCES_FOLDER}/{self.file}"


@dataclass(frozen=True)
class Provenance:
    """One file of `data/` in `herkomst.json`; the texts are those of its (first) source."""

    file: str
    what: str
    publisher: str
    url: str
    date: str
    retrieved: str
    terms: str
    attribution: str
    short: str
    made_from: tuple[str, ...]
    sha256: str


@dataclass(frozen=True)
class Attribution:
    """A source that must be named: the sentence, where to find it, on which terms."""

    text: str
    url: str
    terms: str


DUTCH_KEYS = {
    "id": "id",
    "file": "bestand",
    "what": "wat",
    "publisher": "uitgever",
    "url": "url",
    "date": "datum",
    "retrieved": "opgehaald",
    "terms": "voorwaarden",
    "attribution": "bronvermelding",
    "short": "kort",
    "made_from": "gemaakt_uit",
    "sha256": "sha256",
}


def checksum(content: bytes) -> str:
    """SHA-256 of a file, hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def describe(file: str, what: str, content: bytes, sources: tuple[Source, ...]) -> Provenance:
    """The provenance of one file; a raw source is made from no other file."""
    first = sources[0]
    return Provenance(
        file=file,
        what=what,
        publisher=first.publisher,
        url=first.url,
        date=first.date,
        retrieved=first.retrieved,
        terms=first.terms,
        attribution=first.attribution.replace("{opgehaald}", first.retrieved),
        short=first.short,
        made_from=tuple(source.path for source in sources if source.file and source.path != file),
        sha256=checksum(content),
    )


def own_file(file: str, what: str, content: bytes) -> Provenance:
    """The provenance of a text that the project itself wrote."""
    source = Source("", "", what, "Hiatenkaart e-inclusie Antwerpen", "", "", "", "Zoals de broncode", "", "")
    return describe(file, what, content, (source,))


def _json_bytes(entries: Iterable[Source | Provenance]) -> bytes:
    listed = [{DUTCH_KEYS[name]: value for name, value in asdict(entry).items()} for entry in entries]
    return (json.dumps({"bestanden": listed}, ensure_ascii=False, indent=2) + "\n").encode()


def sources_bytes(sources: Iterable[Source]) -> bytes:
    """The content of `bronnen/bronnen.json`."""
    return _json_bytes(sources)


def provenance_bytes(entries: Iterable[Provenance]) -> bytes:
    """The content of `herkomst.json`."""
    return _json_bytes(entries)


def _entries(folder: Path, file: str) -> list[dict[str, Any]]:
    try:
        listed = json.loads((folder / file).read_text(encoding="utf-8"))["bestanden"]
        return [{name: entry[key] for name, key in DUTCH_KEYS.items() if key in entry} for entry in listed]
    except OSError as error:
        raise ReferenceDataError(f"{file} ontbreekt of is niet leesbaar") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ReferenceDataError(f"{file} is beschadigd") from error


def read_sources(folder: Path) -> dict[str, Source]:
    """The raw sources of a data folder by id.

    Raises
    ------
    ReferenceDataError
        `bronnen/bronnen.json` is missing or damaged.
    """
    try:
        sources = [Source(**entry) for entry in _entries(folder, SOURCES_FILE)]
    except TypeError as error:
        raise ReferenceDataError(f"{SOURCES_FILE} is beschadigd") from error
    return {source.id: source for source in sources}


def read_provenance(folder: Path) -> dict[str, Provenance]:
    """The provenance of the files of a data folder, by path from that folder.

    Raises
    ------
    ReferenceDataError
        `herkomst.json` is missing or damaged.
    """
    try:
        entries = [
            Provenance(**entry | {"made_from": tuple(entry["made_from"])})
            for entry in _entries(folder, PROVENANCE_FILE)
        ]
    except (KeyError, TypeError) as error:
        raise ReferenceDataError(f"{PROVENANCE_FILE} is beschadigd") from error
    return {entry.file: entry for entry in entries}


def attributions(entries: Iterable[Provenance]) -> list[Attribution]:
    """Each sentence that must be shown once, in the order of the files."""
    named = {entry.attribution: entry for entry in entries if entry.attribution}
    return [Attribution(text, entry.url, entry.terms) for text, entry in named.items()]


def readme_bytes(entries: Iterable[Provenance], introduction: str) -> bytes:
    """`LEESMIJ.md`: an introduction and one line per file.

    Parameters
    ----------
    entries : iterable of Provenance
    introduction : str
        Markdown in Dutch, above the table.
    """
    head = ["| bestand | wat | bron | datum van de gegevens | voorwaarden |", "|---|---|---|---|---|"]
    lines = [f"| `{e.file}` | {e.what} | {_publisher(e)} | {e.date} | {e.terms} |" for e in entries]
    return (introduction + "\n" + "\n".join(head + lines) + "\n").encode()


def _publisher(entry: Provenance) -> str:
    return f"[{entry.publisher}]({entry.url})" if entry.url else entry.publisher


def by_id(sources: Mapping[str, Source], name: str) -> Source:
    """The source with that id.

    Raises
    ------
    ReferenceDataError
        `bronnen/bronnen.json` does not describe it.
    """
    if name not in sources:
        raise ReferenceDataError(f"{SOURCES_FILE} noemt geen bron {name!r}")
    return sources[name]
