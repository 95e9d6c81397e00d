"""A workbook that a trekker looks at before it is published: what was understood, and what it would change.

A draft is never changed: every step makes a new one. Nothing of it reaches the store before `publish`, except the
answers of the geocoder, which say nothing about the offer.

Which offers of a workbook still have no exact point, and which ones got one by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from einclusie_data.changes.compare import Changes, changes_of
from einclusie_data.checking.header_matches import unmatched_columns, unmatched_headers
from einclusie_data.checking.workbook import check_workbook
from einclusie_data.city.areas import Areas, near_city
from einclusie_data.contract.clock import today
from einclusie_data.contract.codelists import DEFAULT_PRESET, MOBILE_MODES, PRESETS
from einclusie_data.contract.errors import MissingSheetError
from einclusie_data.contract.file_names import download_name, workbook_ending
from einclusie_data.contract.questions import Filters, Question
from einclusie_data.contract.words import count, listing
from einclusie_data.contract.workbook import Matches, RawWorkbook, Workbook
from einclusie_data.engine.dataset import Dataset
from einclusie_data.engine.locate import Placement
from einclusie_data.files.read.workbook import read_workbook
from einclusie_data.geocode.answer import Point, address_query
from einclusie_data.geocode.ask import Counts, Geocoder, Stop
from einclusie_data.geocode.offers import geocode_offers
from einclusie_data.geocode.points import PointSource, place_key, rows_of
from einclusie_data.publishing.history import basis_of
from einclusie_data.publishing.knowledge import Knowledge, StoredAnswers, knowledge_of
from einclusie_data.store.notes import IGNORED
from einclusie_data.store.store import Store, Version
from einclusie_data.store.versions import Basis

_TYPED = re.compile(r"(\d{1,2}[.,]\d{1,12})\s*[;,\s]\s*(\d{1,2}[.,]\d{1,12})", re.ASCII)

COLUMNS = ("row", "name", "organisations", "address", "key", "source", "placement", "can_ask", "lat", "lon",
           "codes")  # fmt: skip
"""Columns of `offers_to_place`."""


def offers_to_place(dataset: Dataset) -> pd.DataFrame:
    """The offers to which someone can give a point, or gave one by hand.

    Returns
    -------
    pandas.DataFrame
        In the order of the workbook, mobile offers apart; those with coordinates in the workbook or with an address
        that was found are left out. Columns: `row` (Excel row), `name`, `organisations` and `address` (as anyone may
        see them), `key` (`geocode_points.place_key`), `source` (`PointSource`: HAND, or NONE), `placement`
        (`Placement`), `can_ask` (bool: the address is complete enough to look up), `lat` and `lon` (degrees,
        EPSG:4326; NaN = no point), `codes` (tuple: the wijken in which it may lie; () = anywhere).
    """
    offers, shown = dataset.supply.offers, dataset.shown
    open_ones = ~offers["mode"].isin(MOBILE_MODES) & offers["point_source"].isin([PointSource.NONE, PointSource.HAND])
    rows = rows_of(offers[open_ones])
    return pd.DataFrame(
        {
            "row": offers.loc[open_ones, "row"].to_numpy(),
            "name": shown.loc[open_ones, "name"].to_numpy(),
            "organisations": ["; ".join(names) for names in shown.loc[open_ones, "organisations"]],
            "address": shown.loc[open_ones, "address"].to_numpy(),
            "key": [place_key(row) for row in rows],
            "source": offers.loc[open_ones, "point_source"].to_numpy(),
            "placement": offers.loc[open_ones, "placement"].to_numpy(),
            "can_ask": [bool(row["address"]) and address_query(row) is not None for row in rows],
            "lat": offers.loc[open_ones, "lat"].to_numpy(),
            "lon": offers.loc[open_ones, "lon"].to_numpy(),
            "codes": [_wijken_of(row, dataset.areas) for row in rows],
        },
        columns=list(COLUMNS),
    )


def _wijken_of(row: Mapping[str, Any], areas: Areas) -> tuple[str, ...]:
    """Where an offer may lie: the wijken listed, else those of its postcode, else of its district (DESIGN §4)."""
    district = areas.districts.get(str(row["district"]).removeprefix("district "), ())
    return tuple(row["wijken"]) or areas.postcodes.get(row["postcode"], ()) or tuple(district)


STOPPED = {
    Stop.NONE: "",
    Stop.CANCELLED: "Het opzoeken is gestopt.",
    Stop.UNREACHABLE: "De adressendienst antwoordt niet. Probeer het later opnieuw, of zet de punten met de hand.",
    Stop.REFUSED: (
        "De adressendienst weigert onze vragen: ze geeft telkens een antwoord dat geen adres is. Zet de punten met de "
        "hand, en meld het aan wie de server beheert."
    ),
}
"""Why not everything was looked up, and what to do."""
NOTHING_TO_ASK = "Er was niets op te zoeken: van geen enkele rij kennen we een volledig adres zonder punt."


def look_up_sentence(counts: Counts) -> str:
    """What became of the addresses that were looked up, by cause."""
    if not counts.rows:
        return NOTHING_TO_ASK
    other = counts.doubtful - counts.not_found - counts.incomplete - counts.unreadable
    parts = (
        (counts.not_found, "adres is niet gevonden", "adressen zijn niet gevonden"),
        (other, "adres ligt elders dan de rij zegt", "adressen liggen elders dan de rij zegt"),
        (counts.incomplete, "adres is niet volledig", "adressen zijn niet volledig"),
        (counts.unreadable, "antwoord was onbruikbaar", "antwoorden waren onbruikbaar"),
    )
    doubts = [count(size, one, many) for size, one, many in parts if size]
    placed = count(counts.placed, "rij kreeg", "rijen kregen") if counts.placed else "Geen enkele rij kreeg"
    return " ".join(
        filter(
            None,
            [
                STOPPED[counts.stopped],
                f"{placed} een punt.",
                f"{listing(doubts)}: kijk bij de meldingen." if doubts else "",
                f"{count(counts.open, 'rij is', 'rijen zijn')} nog niet opgezocht." if counts.open else "",
            ],
        )
    )


def still_without(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of `offers_to_place` that have no point yet."""
    return table[table["source"] == PointSource.NONE]


def typed_point(text: str) -> Point | None:
    """A point that someone typed, with commas or dots; None when it is none.

    Examples
    --------
    >>> typed_point("51,2194; 4,4025") == typed_point("51.2194, 4.4025") == Point(51.2194, 4.4025)
    True
    """
    found = _TYPED.fullmatch(text.strip())
    if found is None:
        return None
    lat, lon = (float(part.replace(",", ".")) for part in found.groups())
    return Point(lat, lon)


def point_problem(point: Point, areas: Areas) -> str:
    """What is wrong with a point that someone puts; "" when it lies in or near the city."""
    if near_city(point.lat, point.lon, areas):
        return ""
    swapped = " Wissel de twee getallen om: eerst het noorden, dan het oosten."
    return "Dit punt ligt niet in of bij Antwerpen." + (swapped if near_city(point.lon, point.lat, areas) else "")


def where_words(one: pd.Series) -> str:
    """What we know of the place of an offer (a row of `offers_to_place`), and what to do."""
    if one["source"] == PointSource.HAND:
        return "het punt is met de hand gezet. Klik op de kaart om het te verplaatsen."
    if one["placement"] == Placement.NOWHERE:
        return "we weten niet waar het is. Klik op de kaart waar het is."
    if one["placement"] == Placement.APPROXIMATE:
        return "we kennen enkel de wijk. Klik op de kaart waar het is."
    return "we weten enkel ongeveer waar het is. Klik op de kaart waar het is."


READING = "Het bestand wordt gelezen en gecontroleerd …"
COMPARING = "De werkmap wordt vergeleken met wat nu gepubliceerd is …"


@dataclass(frozen=True)
class Draft:
    """An uploaded workbook.

    Attributes
    ----------
    content : bytes
        The file, as it was uploaded.
    name : str
        Its name.
    raw : RawWorkbook
        What the file says.
    dataset : Dataset or None
        What we understood; None when the columns of Aanbod were not recognised (see `missing`).
    missing : str
        Why there is no dataset, in Dutch; "" when there is one.
    known : Knowledge
        What the store knew when it was read.
    matches : mapping
        Columns matched in this draft, on top of those that are known: "" = ignored, None = no longer matched.
    points : mapping of str to Point or None
        Points put by hand in this draft, on top of those that are known; None takes one away.
    restored_from : int or None
        The published version that it is; None for an uploaded file.
    """

    content: bytes
    name: str
    raw: RawWorkbook
    dataset: Dataset | None
    missing: str
    known: Knowledge
    matches: Mapping[tuple[str, str], str | None] = field(default_factory=dict)
    points: Mapping[str, Point | None] = field(default_factory=dict)
    restored_from: int | None = None

    @property
    def workbook(self) -> Workbook | None:
        """What we understood; None when the columns of Aanbod were not recognised."""
        return None if self.dataset is None else self.dataset.workbook

    @cached_property
    def unmatched(self) -> pd.DataFrame:
        """The columns that can be matched by hand: see `header_matches.unmatched_columns`.

        Worked out together with the draft, not when a page shows it: it may take long.
        """
        if self.dataset is None:
            return unmatched_headers(self.raw, self._all_matches)
        return unmatched_columns(self.dataset.workbook)

    @property
    def _all_matches(self) -> Matches:
        matches = {**self.known.matches, **self.matches}
        return {key: column for key, column in matches.items() if column is not None}

    @property
    def _all_points(self) -> dict[str, Point]:
        points = {**self.known.points, **self.points}
        return {key: point for key, point in points.items() if point is not None}


@dataclass(frozen=True)
class Comparison:
    """What a draft would change.

    Attributes
    ----------
    based_on : int or None
        Number of the version that it was compared with; None when nothing was published yet.
    published_by : str
        Who published that version; "" when there is none.
    changes : Changes or None
        Against that version; before the first one, against the workbook that is shown. None when that cannot be read.
    """

    based_on: int | None
    published_by: str
    changes: Changes | None


def read_draft(content: bytes, name: str, areas: Areas, known: Knowledge, *, restored_from: int | None = None) -> Draft:
    """Read and check an uploaded file, or a published version to publish anew.

    Raises
    ------
    DataFileError
        The file as a whole cannot be used, whatever is matched by hand.
    """
    safe = download_name(name, workbook_ending(name))
    draft = Draft(content, safe, read_workbook(content, name), None, "", known, restored_from=restored_from)
    checked = _checked(draft, areas)
    if checked.dataset is None and checked.unmatched.empty:
        raise MissingSheetError(checked.missing)
    return checked


def _checked(draft: Draft, areas: Areas) -> Draft:
    known = replace(draft.known, points=draft._all_points)
    try:
        workbook = check_workbook(draft.raw, areas, draft._all_matches)
    except MissingSheetError as error:
        checked = replace(draft, dataset=None, missing=str(error))
    else:
        dataset = Dataset(workbook, areas, draft.name, known.place)
        checked = replace(draft, dataset=dataset, missing="")
        _ = dataset.placed
    _ = checked.unmatched  # here, where it can be stopped, and not in a run of the page
    return checked


def match_column(draft: Draft, areas: Areas, match: tuple[str, str], column: str | None) -> Draft:
    """The draft with one column matched by hand.

    Parameters
    ----------
    draft : Draft
    areas : Areas
    match : tuple of (str, str)
        See `header_matches.match_of`.
    column : str or None
        Key of a column of the contract; "" leaves the column out, None takes an earlier match away.
    """
    return _checked(replace(draft, matches={**draft.matches, match: column}), areas)


def put_point(draft: Draft, areas: Areas, key: str, point: Point | None) -> Draft:
    """The draft with a point put by hand (degrees, EPSG:4326), or taken away."""
    return _checked(replace(draft, points={**draft.points, key: point}), areas)


def look_up(
    draft: Draft,
    areas: Areas,
    store: Store,
    client: Geocoder,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> tuple[Draft, Counts]:
    """The draft with the points of the addresses that the geocoder knows, and what became of them.

    Parameters
    ----------
    draft : Draft
        With a dataset.
    areas : Areas
    store : Store
        Keeps every answer at once: breaking off loses nothing.
    client : Geocoder
    progress, cancelled : callable
        See `geocode.geocode_offers`.
    """
    if draft.dataset is None:
        raise ValueError("a draft without offers has no addresses")
    offers = draft.dataset.workbook.offers
    done = geocode_offers(
        offers, areas, StoredAnswers(store), client, progress, cancelled, by_hand=draft._all_points
    )  # fmt: skip
    answers = knowledge_of(store).answers
    return _checked(replace(draft, known=replace(draft.known, answers=answers)), areas), done.counts


def usual_question() -> Question:
    """What the screens ask until someone chooses otherwise: gaps in help and learning, today."""
    return Question(on=today(), filters=Filters(types=PRESETS[DEFAULT_PRESET]))


def compare(draft: Draft, now: Dataset | None, version: Version | None) -> Comparison:
    """What a draft would change.

    Parameters
    ----------
    draft : Draft
        With a dataset.
    now : Dataset or None
        What is shown now; None when it is damaged.
    version : Version or None
        Of `now`; None before the first one.
    """
    if draft.dataset is None:
        raise ValueError("a draft without offers changes nothing")
    changes = None if now is None else changes_of(now, draft.dataset, usual_question())
    if version is None:
        # What comes with the app is nobody's: no column of it can get lost.
        return Comparison(None, "", changes and replace(changes, lost=changes.lost.iloc[:0]))
    return Comparison(version.number, version.published_by, changes)


def is_up_to_date(draft: Draft, store: Store) -> bool:
    """Whether the store still knows what it knew when the draft was read: otherwise it has to be checked anew."""
    return knowledge_of(store) == draft.known


def learnt_since(draft: Draft, store: Store) -> tuple[str, ...]:
    """What the store learnt, or forgot, since the draft was read: in words."""
    now, then = knowledge_of(store), draft.known
    kinds = ((now.matches, then.matches, "een kolom"), (now.points, then.points, "een punt"),
             (now.answers, then.answers, "adressen die opgezocht zijn"))  # fmt: skip
    return tuple(words for known, known_then, words in kinds if known != known_then)


def refreshed(draft: Draft, areas: Areas, store: Store) -> Draft:
    """The draft with what the store knows now; what was taught in it stays."""
    return _checked(replace(draft, known=knowledge_of(store)), areas)


def publish(draft: Draft, store: Store, by: str, note: str, based_on: int | None) -> Version:
    """Publish a draft, together with what was taught in it: both are kept, or neither.

    Raises
    ------
    OutdatedComparisonError
        Someone else published since the comparison; nothing was changed.
    StoreError
    """
    if draft.dataset is None:
        raise ValueError("a draft without offers cannot be published")
    basis = basis_of(draft.dataset, usual_question())
    teach = partial(_teach, draft, store, by, (based_on or 0) + 1, basis)
    if draft.restored_from is not None:
        return store.restore(draft.restored_from, by, note, based_on=based_on, teach=teach)
    return store.publish(draft.content, draft.name, by, note, based_on=based_on, teach=teach)


def _teach(draft: Draft, store: Store, by: str, number: int, basis: Basis, connection: Connection) -> None:
    store.bases.keep(number, basis, connection)
    for (sheet, header), column in draft.matches.items():
        if column is None:
            store.columns.forget(sheet, header, by, connection)
        else:
            store.columns.choose(sheet, header, column or IGNORED, by, connection)
    for key, point in draft.points.items():
        if point is None:
            store.points.withdraw(key, by, connection)
        else:
            store.points.put(key, point.lat, point.lon, by, connection)
