"""A second, slow reading of DESIGN §4: plain loops that the vectorised engine is compared with, cell by cell.

Nothing here is shared with the engine on purpose. Each rule stands under the sentence of the contract that it reads.
The words (verdicts, reasons, values of a codelist) are written out again, so that a changed word shows as well.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

from pyproj import Transformer
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

EVERYONE = "Iedereen"
LESS_MOBILE = "Minder mobiele mensen"
GROUPS = (
    EVERYONE,
    "Kinderen en jongeren",
    "Ouders en gezinnen",
    "Ouderen",
    "Werkzoekenden",
    "Mensen in armoede",
    "Anderstaligen en nieuwkomers",
    "Laaggeletterden en kortgeschoolden",
    "Mensen met een beperking of gezondheidsprobleem",
    LESS_MOBILE,
)

COLUMNS = (
    "wijkcode", "wijk", "district", "doelgroep", "oordeel", "reden", "kanttekening", "aantal_specifiek",
    "aantal_iedereen", "aantal_mobiel", "aandeel_bereikt", "afstand_m", "personen", "buiten_bereik", "bron_personen",
    "wijkranking", "rijen_aan_te_vullen",
)  # fmt: skip

SOME_OFFER = ("gedekt", "algemeen", "beperkt")  # best first


# --- what goes in ---------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Offer:
    """A row of Aanbod as the checks hand it over: synonyms resolved, names of districts in `wijken` expanded.

    `wijk_given`: the cell Wijk is not empty; `whole_city`: it says "*". `district`: "" unknown, "Antwerpen" the city
    (no hint), "district Antwerpen" the district. Coordinates are WGS84 degrees, None = not given or not believed.
    """

    row: int = 2
    number: str = ""
    groups: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    dayparts: tuple[str, ...] = ()
    price: str = ""
    signup: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    status: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    checked: date | None = None
    frequency: str = ""
    mode: str = ""
    lat: float | None = None
    lon: float | None = None
    wijken: tuple[str, ...] = ()
    wijk_given: bool = False
    whole_city: bool = False
    postcode: str = ""
    district: str = ""


class Wijk(NamedTuple):
    """Label, district ("" for none), polygon in EPSG:31370, 500 inhabitants or more, wijkranking, centre (x, y)."""

    label: str
    district: str
    polygon: BaseGeometry
    inhabited: bool
    ranking: float | None
    centre: tuple[float, float]


class DemandPoint(NamedTuple):
    wijk: str
    x: float
    y: float
    weight: float


@dataclass(frozen=True)
class World:
    """Wijken by code, demand points, postcode -> wijken, (wijk, group) -> (persons or None, source), the Schelde."""

    wijken: Mapping[str, Wijk]
    demand: Sequence[DemandPoint]
    postcodes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    need: Mapping[tuple[str, str], tuple[int | None, str]] = field(default_factory=dict)
    river: BaseGeometry | None = None


@dataclass(frozen=True)
class Question:
    """Reference date, reach, "aanbod voor iedereen telt mee", optional filters (keys: types, dayparts, price,
    languages, signup; () = no filter), and the groups in the order of the codelist."""

    date: date
    reach_m: float = 800
    open_counts: bool = True
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    groups: tuple[str, ...] = GROUPS


# --- an offer, on the reference date ---------------------------------------------------------------------------------
def is_active(offer: Offer, day: date) -> bool:
    # "active: Status is Actief or empty, and Van ≤ d ≤ Tot (empty = open-ended)"
    if offer.status not in ("", "Actief"):
        return False
    if offer.valid_from is not None and not offer.valid_from <= day:
        return False
    return offer.valid_to is None or day <= offer.valid_to


def is_lasting(offer: Offer, day: date) -> bool:
    # "lasting: Tot is empty or more than 90 days after d"
    return offer.valid_to is None or (offer.valid_to - day).days > 90


def is_regular(offer: Offer, day: date) -> bool:
    # "regular: lasting, and Frequentie is Dagelijks, Wekelijks, Tweewekelijks or empty, and Bereik is not Rondreizend"
    often = offer.frequency in ("Dagelijks", "Wekelijks", "Tweewekelijks", "")
    return is_lasting(offer, day) and often and offer.mode != "Rondreizend"


def is_stale(offer: Offer, day: date) -> bool:
    # "stale: Laatst gecontroleerd is given and more than two years (730 days) before d"
    return offer.checked is not None and (day - offer.checked).days > 730


def is_example(offer: Offer) -> bool:
    # "A row whose Nr is VOORBEELD never counts."
    return offer.number.strip().upper() == "VOORBEELD"


# --- where it is -----------------------------------------------------------------------------------------------------
class Place(NamedTuple):
    """A point of an offer in EPSG:31370, the wijk in which it counts as present (None: in no wijk)."""

    x: float
    y: float
    wijk: str | None


class Located(NamedTuple):
    """An offer with exactly one of: points (placed), wijken that it serves (mobile), a hint area (unplaced)."""

    offer: Offer
    kind: str  # "placed", "mobile" or "unplaced"
    places: tuple[Place, ...]
    approximate: bool
    serves: frozenset[str]
    hint: tuple[str, ...]


@lru_cache(maxsize=1)
def to_metres() -> Transformer:
    # "All geometry in EPSG:31370 (pyproj's default transformation, no grid files)"
    return Transformer.from_crs(4326, 31370, always_xy=True)


def wijken_of_district(world: World, district: str) -> tuple[str, ...]:
    # "the bare name Antwerpen is the city, not a hint"
    if district in ("", "Antwerpen"):
        return ()
    name = district.removeprefix("district ")
    return tuple(code for code in world.wijken if world.wijken[code].district == name)


def wijken_of_address(offer: Offer, world: World) -> tuple[str, ...]:
    # "those of its postcode, else of its district"
    return world.postcodes.get(offer.postcode, ()) or wijken_of_district(world, offer.district)


def served_wijken(offer: Offer, world: World) -> frozenset[str]:
    """The wijken that a mobile offer serves."""
    everywhere = frozenset(world.wijken)
    if offer.whole_city:
        return everywhere
    # "It serves the wijken listed in Wijk" (a cell that was not understood is not empty: it lists none we know of)
    if offer.wijk_given or offer.wijken:
        return frozenset(offer.wijken)
    # "when that cell is empty, a Rondreizend one serves the wijken of its postcode, else of its district, if it has
    # one, and any other all wijken"
    if offer.mode == "Rondreizend":
        return frozenset(wijken_of_address(offer, world)) or everywhere
    return everywhere


def wijk_at(world: World, x: float, y: float) -> str | None:
    point = Point(x, y)
    for code in sorted(world.wijken):
        if world.wijken[code].polygon.intersects(point):
            return code
    return None


def centres(world: World, codes: Iterable[str]) -> tuple[Place, ...]:
    # "an approximate point is in its own wijk"
    return tuple(Place(*world.wijken[code].centre, code) for code in codes)


def located(offer: Offer, world: World) -> Located:
    nowhere: frozenset[str] = frozenset()
    # "mobile: Bereik is Aan huis, Online or Hele stad …; Mobile offers have no points, whatever their address"
    if offer.mode in ("Aan huis", "Online", "Hele stad"):
        return Located(offer, "mobile", (), False, served_wijken(offer, world), ())
    # "placed (unless mobile): it has coordinates …"
    if offer.lat is not None and offer.lon is not None:
        x, y = to_metres().transform(offer.lon, offer.lat)
        return Located(offer, "placed", (Place(x, y, wijk_at(world, x, y)),), False, nowhere, ())
    # "… or else exactly one wijk in Wijk: that wijk's centre (approximate)"
    if len(offer.wijken) == 1:
        return Located(offer, "placed", centres(world, offer.wijken), True, nowhere, ())
    if offer.mode == "Rondreizend":
        # "… or else it is Rondreizend with several wijken: each one's centre (approximate)"
        if offer.wijken:
            return Located(offer, "placed", centres(world, offer.wijken), True, nowhere, ())
        # "mobile: …, or it is Rondreizend and not placed"
        return Located(offer, "mobile", (), False, served_wijken(offer, world), ())
    # "unplaced: neither. Its hint area: the wijken listed, else those of its postcode, else of its district"
    hint = offer.wijken or wijken_of_address(offer, world)
    return Located(offer, "unplaced", (), False, nowhere, hint)


# --- for whom --------------------------------------------------------------------------------------------------------
def is_open(offer: Offer) -> bool:
    # "open when Iedereen is listed"
    return EVERYONE in offer.groups


def is_specific(offer: Offer, group: str) -> bool:
    # "specific for the groups listed"
    return group in offer.groups


def is_group_unknown(offer: Offer) -> bool:
    # "unknown when Doelgroep is empty or none of its values was understood"
    return offer.groups == ()


def suits_group(offer: Offer, group: str, question: Question) -> bool:
    # "The column Iedereen counts open offers only."
    if group == EVERYONE:
        return is_open(offer)
    # "is specific for g, or open. With the setting … off, open offers that are not specific for g are not suitable"
    return is_specific(offer, group) or (is_open(offer) and question.open_counts)


def cell_values(offer: Offer, key: str) -> tuple[str, ...]:
    if key == "price":
        return (offer.price,) if offer.price else ()
    return getattr(offer, key)


def passes_filters(offer: Offer, question: Question, unknown_passes: bool = False) -> bool:
    for key, chosen in question.filters.items():
        if not chosen:
            continue
        values = cell_values(offer, key)
        # "an offer with that cell unknown, that is empty or wholly not understood, does not pass"
        if not values:
            if not unknown_passes:
                return False
        # "a filter passes when one of the offer's values is chosen"
        elif not any(value in chosen for value in values):
            return False
    return True


class Waived(NamedTuple):
    """Which conditions are lifted; each one waives its own condition only."""

    group_unknown: bool = False  # (a)
    unplaced: bool = False  # (b)
    filter_unknown: bool = False  # (c)
    filters: bool = False
    active: bool = False
    any_group: bool = False


def suitable(offers: Sequence[Located], group: str, world: World, question: Question, waived: Waived) -> list[Located]:
    """S: the offers that are suitable for the group, with some conditions waived."""
    found = []
    for item in offers:
        offer = item.offer
        if is_example(offer):
            continue
        # "An offer is suitable for group g when it is active, …"
        if not (waived.active or is_active(offer, question.date)):
            continue
        # "… passes the optional filters …"
        if not (waived.filters or passes_filters(offer, question, unknown_passes=waived.filter_unknown)):
            continue
        # "… and is specific for g, or open"
        lifted = waived.any_group or (waived.group_unknown and is_group_unknown(offer))
        if not (lifted or suits_group(offer, group, question)):
            continue
        if waived.unplaced and item.kind == "unplaced":
            # "(b) unplaced offers lay at the centre of every wijk of their hint area"
            found.append(item._replace(places=centres(world, item.hint), approximate=True))
        else:
            found.append(item)
    return found


# --- walking ---------------------------------------------------------------------------------------------------------
class Walk:
    """Which demand points of a wijk a place reaches; answers are remembered."""

    def __init__(self, world: World, reach_m: float) -> None:
        self.world = world
        self.reach_m = reach_m
        self.demand: dict[str, list[DemandPoint]] = {code: [] for code in world.wijken}
        for point in world.demand:
            self.demand[point.wijk].append(point)
        self._reached: dict[tuple[float, float, str], frozenset[int]] = {}

    def reached(self, place: Place, wijk: str) -> frozenset[int]:
        key = (place.x, place.y, wijk)
        if key not in self._reached:
            in_river = self.in_river(place)
            self._reached[key] = frozenset(
                number for number, point in enumerate(self.demand[wijk]) if self.is_within(place, point, in_river)
            )
        return self._reached[key]

    def in_river(self, place: Place) -> bool:
        river = self.world.river
        return river is not None and river.intersects(Point(place.x, place.y))

    def is_within(self, place: Place, point: DemandPoint, in_river: bool) -> bool:
        # "Walking distance = straight line × 1.3."
        if 1.3 * math.hypot(place.x - point.x, place.y - point.y) > self.reach_m + 1e-6:
            return False
        # "A pair whose straight line touches the Schelde polygon is unreachable (unless the offer itself lies in that
        # polygon)."
        if self.world.river is None or in_river:
            return True
        return not self.world.river.intersects(LineString([(place.x, place.y), (point.x, point.y)]))


def share(offers: Iterable[Located], wijk: str, walk: Walk) -> float:
    # "share(S): the summed weight of w's demand points within R of a point of S"
    reached: set[int] = set()
    for item in offers:
        for place in item.places:
            reached |= walk.reached(place, wijk)
    return math.fsum(walk.demand[wijk][number].weight for number in reached)


def at_least(value: float, threshold: float) -> bool:
    """Compare a share with a threshold, whatever the last decimals of the sum."""
    return round(value, 10) >= threshold


def present(offers: Iterable[Located], wijk: str) -> bool:
    # "present(S): some placed offer of S has a point in w"
    return any(is_in(item, wijk) for item in offers)


def is_in(item: Located, wijk: str) -> bool:
    return any(place.wijk == wijk for place in item.places)


def served(offers: Iterable[Located], wijk: str) -> bool:
    # "served(S): some mobile offer of S serves w"
    return any(wijk in item.serves for item in offers)


def at_home(offers: Iterable[Located], wijk: str, group: str, question: Question) -> bool:
    # "at_home(S): g is Minder mobiele mensen and some lasting offer of S with Bereik Aan huis serves w"
    if group != LESS_MOBILE:
        return False
    return any(
        item.offer.mode == "Aan huis" and wijk in item.serves and is_lasting(item.offer, question.date)
        for item in offers
    )


# --- the verdict -----------------------------------------------------------------------------------------------------
def offer_verdict(
    offers: Sequence[Located], wijk: str, group: str, question: Question, walk: Walk, regular_too: bool = False
) -> str | None:
    """`gedekt`, `algemeen`, `beperkt`, or None when none of the three holds. `regular_too`: as if all were regular."""

    def is_covered(chosen: Sequence[Located]) -> bool:
        # "share(regular of S) ≥ 0.5, or at_home(S)"
        regular = [item for item in chosen if regular_too or is_regular(item.offer, question.date)]
        return at_least(share(regular, wijk, walk), 0.5) or at_home(chosen, wijk, group, question)

    # "gedekt: with S = suitable and specific (for Iedereen: suitable)"
    if is_covered([item for item in offers if group == EVERYONE or is_specific(item.offer, group)]):
        return "gedekt"
    # "algemeen: the same with S = suitable (open ones too)"
    if is_covered(offers):
        return "algemeen"
    # "beperkt: S = all suitable: present, or share ≥ 0.1"
    if present(offers, wijk) or at_least(share(offers, wijk, walk), 0.1):
        return "beperkt"
    return None


class Answer(NamedTuple):
    verdict: str
    reason: str = ""
    caveat: str = ""
    rows: str = ""


class Asked:
    """One group: every set of offers that the verdicts of its wijken need."""

    def __init__(self, offers: Sequence[Located], group: str, world: World, question: Question, walk: Walk) -> None:
        self.group, self.question, self.walk = group, question, walk

        def with_waived(**conditions: bool) -> list[Located]:
            return suitable(offers, group, world, question, Waived(**conditions))

        self.suitable = with_waived()
        # "(a), (b), (c) each alone, then all together"
        self.assumed = {
            "doelgroep niet ingevuld": with_waived(group_unknown=True),
            "ligging onbekend": with_waived(unplaced=True),
            "filter niet ingevuld": with_waived(filter_unknown=True),
            "meerdere": with_waived(group_unknown=True, unplaced=True, filter_unknown=True),
        }
        self.a_and_c = with_waived(group_unknown=True, filter_unknown=True)
        self.otherwise = {
            # "without the optional filters the verdict would be gedekt, algemeen or beperkt"
            "buiten de gekozen filters": with_waived(filters=True),
            # "the same if every offer were active"
            "gestopt of gepland": with_waived(active=True),
            # "the same if every active offer that passes the filters were suitable for, and specific for, g"
            "andere doelgroep": with_waived(any_group=True),
        }

    def verdict(self, offers: Sequence[Located], wijk: str, regular_too: bool = False) -> str | None:
        return offer_verdict(offers, wijk, self.group, self.question, self.walk, regular_too)

    def answer(self, wijk: str, inhabited: bool) -> Answer:
        # "nvt: w is not bewoond"
        if not inhabited:
            return Answer("nvt")
        verdict = self.verdict(self.suitable, wijk)
        if verdict is not None:
            reason = self.reason_of_limited(wijk) if verdict == "beperkt" else ""
            return Answer(verdict, reason, self.caveats(wijk, verdict))
        # "onbekend: would be one of the above if …"
        for reason, assumed in self.assumed.items():
            if self.verdict(assumed, wijk) is not None:
                return Answer("onbekend", reason, rows=self.rows_to_complete(assumed, wijk))
        # "mobiel: served(S = all suitable)"
        if served(self.suitable, wijk):
            return Answer("mobiel", self.reason_of_gap(wijk))
        # "hiaat: otherwise". "Of hiaat: mobiel aanbod onzeker if it would be mobiel under (a), (c), or both"
        if served(self.a_and_c, wijk):
            rows = self.rows_to_complete(self.a_and_c, wijk)
            return Answer("hiaat", self.reason_of_gap(wijk), "mobiel aanbod onzeker", rows)
        return Answer("hiaat", self.reason_of_gap(wijk))

    def reason_of_limited(self, wijk: str) -> str:
        # "tijdelijk of zelden if, with every suitable placed offer taken as regular, the verdict would be gedekt or
        # algemeen; else enkel deel van de wijk"
        if self.verdict(self.suitable, wijk, regular_too=True) in ("gedekt", "algemeen"):
            return "tijdelijk of zelden"
        return "enkel deel van de wijk"

    def reason_of_gap(self, wijk: str) -> str:
        # "of mobiel and hiaat, the first that holds (the other conditions, the chosen filters among them, kept)"
        for reason, offers in self.otherwise.items():
            if self.verdict(offers, wijk) is not None:
                return reason
        # "te ver (a suitable placed offer exists somewhere), geen aanbod"
        return "te ver" if any(item.places for item in self.suitable) else "geen aanbod"

    def rows_to_complete(self, assumed: Sequence[Located], wijk: str) -> str:
        # "lists, as 12, 40, the Excel rows of the offers that the assumption added and that are present in, reach a
        # demand point of, or serve w"
        counted = {item.offer.row for item in self.suitable if item.kind != "unplaced"}
        rows = set()
        for item in assumed:
            reaches = any(self.walk.reached(place, wijk) for place in item.places)
            if item.offer.row not in counted and (is_in(item, wijk) or reaches or wijk in item.serves):
                rows.add(item.offer.row)
        return ", ".join(str(row) for row in sorted(rows))

    def caveats(self, wijk: str, verdict: str) -> str:
        def is_lower_with(offers: Sequence[Located]) -> bool:
            other = self.verdict(offers, wijk)
            return other is None or SOME_OFFER.index(other) > SOME_OFFER.index(verdict)

        found = []
        # "verouderd if without the stale offers the verdict would be a lower one of these three or none"
        if is_lower_with([item for item in self.suitable if not is_stale(item.offer, self.question.date)]):
            found.append("verouderd")
        # "ligging bij benadering if the same holds without the approximate points"
        if is_lower_with([item for item in self.suitable if not item.approximate]):
            found.append("ligging bij benadering")
        return "; ".join(found)


# --- the figures beside it -------------------------------------------------------------------------------------------
def half_up(value: float, step: str, noise_decimals: int = 9) -> Decimal:
    """Round half up to a multiple of `step`, after the noise of floating point was rounded away."""
    exact = Decimal(str(round(value, noise_decimals)))
    return (exact / Decimal(step)).quantize(Decimal(1), ROUND_HALF_UP) * Decimal(step)


def distance_m(offers: Iterable[Located], centre: tuple[float, float]) -> int | None:
    # "afstand_m: walking distance from w's centre to the nearest suitable placed offer, barrier ignored, rounded half
    # up to 10 m"
    distances = [1.3 * math.hypot(place.x - centre[0], place.y - centre[1]) for item in offers for place in item.places]
    return int(half_up(min(distances), "10", noise_decimals=6)) if distances else None


def gap_row(asked: Asked, code: str, world: World) -> dict[str, object]:
    wijk, group = world.wijken[code], asked.group
    answer = asked.answer(code, wijk.inhabited)
    placed_here = [item for item in asked.suitable if is_in(item, code)]
    # "Counts are of suitable offers: placed ones with a point in w (specific for g / open and not specific for g),
    # mobile ones that serve w; in the column Iedereen all placed ones are aantal_iedereen."
    specific = [item for item in placed_here if group != EVERYONE and is_specific(item.offer, group)]
    share_reached = share(asked.suitable, code, asked.walk)
    persons, source = world.need.get((code, group), (None, ""))
    return dict(
        zip(
            COLUMNS,
            (
                code,
                wijk.label,
                wijk.district,
                group,
                answer.verdict,
                answer.reason,
                answer.caveat,
                len(specific),
                len(placed_here) - len(specific),
                sum(code in item.serves for item in asked.suitable),
                # "share(suitable), a fraction with 4 decimals, whatever the verdict"
                float(half_up(share_reached, "0.0001", noise_decimals=10)),
                distance_m(asked.suitable, wijk.centre),
                persons,
                # "buiten_bereik = personen × (1 − share(suitable)), from the unrounded share, rounded half up; unknown
                # where personen is"
                None if persons is None else int(half_up(persons * (1 - share_reached), "1")),
                # "bron_personen is empty when personen is"
                "" if persons is None else source,
                # "wijkranking is empty for wijken that are not bewoond"
                wijk.ranking if wijk.inhabited else None,
                answer.rows,
            ),
            strict=True,
        )
    )


def gap_rows(offers: Sequence[Offer], world: World, question: Question) -> list[dict[str, object]]:
    """The gap table: one dict per wijk × group, sorted by wijkcode and the order of the groups.

    None is an empty (unknown) cell, "" an empty text.
    """
    walk = Walk(world, question.reach_m)
    placed = [located(offer, world) for offer in offers]
    asked = [Asked(placed, group, world, question, walk) for group in question.groups]
    return [gap_row(one, code, world) for code in sorted(world.wijken) for one in asked]


PER_FILTER = {"type": "types", "dagdeel": "dayparts"}


def gap_rows_per(
    offers: Sequence[Offer], world: World, question: Question, group: str, per: str, values: Sequence[str]
) -> list[dict[str, object]]:
    """The gap table of one group with a row per wijk × value, in the column `per` ("type", "dagdeel")."""
    # "one row per wijk × value, that value as the only one in that filter, in an extra column type or dagdeel after
    # doelgroep"
    tables = []
    for value in values:
        filters = {**question.filters, PER_FILTER[per]: (value,)}
        tables.append(gap_rows(offers, world, replace(question, filters=filters, groups=(group,))))
    rows = []
    for number in range(len(world.wijken)):
        for value, table in zip(values, tables, strict=True):
            cells = list(table[number].items())
            rows.append(dict([*cells[:4], (per, value), *cells[4:]]))
    return rows
