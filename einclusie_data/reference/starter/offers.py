"""Aanbod of the starter workbook: the offers that public sources name, and the city's public wifi."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from einclusie_data.contract.codelists import TYPE
from einclusie_data.reference.starter import rules
from einclusie_data.reference.starter.notes import NOTES
from einclusie_data.reference.starter.sources import (
    OFFERS_ID,
    Row,
    degrees,
    filled,
    joined,
    mapped,
    read_source,
    source_date,
)
from einclusie_data.reference.starter.wifi import wifi_rows

POSSIBLE_PLACE = "dienstencentrum (mogelijke vindplaats; digitaal aanbod niet bevestigd)"
"""The source's `type` of places without a known offer: possible partners, no offers."""

EXCEPTIONS: Mapping[str, Row] = {
    "Digipunt aan huis": {"valid_to": date(2025, 3, 31)},
    "Digisessies Atlas (38 groepssessies, 536 deelnemers in 2020)": {"valid_to": date(2020, 12, 31)},
    "Digiburger (wekelijkse vrijwilligersploeg)": {"frequency": rules.WEEKLY},
    "Laptopschenking stad (1000 laptops)": {"status": rules.STOPPED, "frequency": rules.ONCE},
    "Ligo Antwerpen (secretariaat)": {"location": "Ligo Antwerpen, secretariaat"},
    "Digipunt Dienstencentrum Linkeroever": {"location": "Dienstencentrum Linkeroever"},
}
"""Name of the offer in the source -> cells that follow from its own text and from no general rule."""

_LIBRARIES = "Bibliotheken stad Antwerpen"


def offer_rows(folder: Path) -> list[Row]:
    """Every row of Aanbod, numbered from 1: named offers in the source's order, then public wifi."""
    sources = read_source(folder, OFFERS_ID)
    named = [_offer_row(source) for source in sources if source["type"] != POSSIBLE_PLACE]
    return [{"number": str(number), **row} for number, row in enumerate(named + wifi_rows(folder), start=1)]


def possible_places(folder: Path) -> list[dict[str, str]]:
    """The source's rows that are places without a known offer."""
    return [source for source in read_source(folder, OFFERS_ID) if source["type"] == POSSIBLE_PLACE]


def _types(text: str) -> tuple[str, ...]:
    """Values of Type aanbod in the order of the list."""
    found = {value for part in text.split("; ") for value in mapped(rules.TYPES, part, "type")}
    return tuple(value for value in TYPE.values if value in found)


def _offer_row(source: Mapping[str, str]) -> Row:
    name = source["naam"]
    place = (source["gemeente_district"], source["wijk_zoals_vermeld"])
    district, wijk = mapped(rules.PLACES, place, "gemeente_district, wijk_zoals_vermeld")
    row = filled(
        {
            "name": name,
            "organisations": joined(mapped(rules.ORGANISATIONS, source["organisatie"], "organisatie")),
            "types": joined(_types(source["type"])),
            "groups": joined(mapped(rules.GROUPS, source["doelgroep"], "doelgroep")),
            "location": name if source["organisatie"] == _LIBRARIES else "",
            "address": mapped(rules.ADDRESSES, source["adres"], "adres"),
            "postcode": source["postcode"],
            "district": district,
            "wijken": wijk,
            "lat": degrees(source["lat"]),
            "lon": degrees(source["lon"]),
            "mode": mapped(rules.MODES, source["vast_of_mobiel"], "vast_of_mobiel"),
            "when": source["wanneer"],
            "price": mapped(rules.PRICES, source["prijs"], "prijs"),
            "signup": mapped(rules.SIGNUPS, source["aanmelden"], "aanmelden"),
            "checked": source_date(source["bron_datum"]),
            "source": f"{source['bron_url']} ({source['bron_datum']})",
            "note": mapped(NOTES, name, "naam"),
        }
    )
    return row | EXCEPTIONS.get(name, {})
