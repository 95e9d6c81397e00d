"""The city's public wifi as rows of Aanbod (starter workbook)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from einclusie_data.reference.starter import rules
from einclusie_data.reference.starter.sources import WIFI_ID, Row, degrees, filled, mapped, read_source

WIFI_SOURCE = "Stad Antwerpen, open data wifi openbaar (ongedateerd, plannen van 2013-2014)"
_WIFI_UNDATED = "Bron zonder datum; de plannen erin zijn van 2013-2014."
_NO_NUMBER = "nn"
_DISTRICT_HOUSE = "DH "
_QUARTER = re.compile(r"\bQ([1-4])\b")
_COVERAGE: Mapping[str, str] = {
    "volledig": "Wifi in het hele gebouw.",
    "gedeeltelijk": "Wifi in een deel van het gebouw.",
    "volledig - in uitvoering": "Wifi in het hele gebouw, toen nog in uitvoering.",
    "geen": "Toen nog geen wifi, wel een plan. Of het uitgevoerd is, weten we niet.",
    "": "De bron zegt niet in welk deel van het gebouw.",
}
"""The source's `huidige_dekking` -> sentence for the remark."""
_POINT_ELSEWHERE = frozenset({"Ontmoetingscentrum Top Hat"})
"""Buildings of which the published postcode and point disagree; both are kept as published."""


def wifi_rows(folder: Path) -> list[Row]:
    """One row per public building with free wifi, in the source's order."""
    return [_wifi_row(source) for source in read_source(folder, WIFI_ID)]


def _wifi_name(name: str) -> str:
    """The building's name, with the one abbreviation that is certain (DH = districtshuis) in full."""
    return f"Districtshuis {name.removeprefix(_DISTRICT_HOUSE)}" if name.startswith(_DISTRICT_HOUSE) else name


def _wifi_remark(name: str, details: Mapping[str, str]) -> str:
    timing = _QUARTER.sub(r"kwartaal \1 van", " ".join(details.get("timing", "").split()))
    parts = [
        mapped(_COVERAGE, details.get("huidige_dekking", ""), "huidige_dekking"),
        f"Timing van de uitbreiding: {timing}." if timing else "",
        "Het punt en de postcode in de bron spreken elkaar tegen." if name in _POINT_ELSEWHERE else "",
        _WIFI_UNDATED,
    ]
    return " ".join(part for part in parts if part)


def _wifi_row(source: Mapping[str, str]) -> Row:
    details: dict[str, str] = {}
    for part in source["overige"].split("; "):
        key, _, value = part.partition("=")
        details[key] = value
    number = "" if source["huisnummer"] == _NO_NUMBER else source["huisnummer"]
    building = _wifi_name(source["naam"])
    return filled(
        {
            "name": f"Gratis wifi: {building}",
            "organisations": "Stad Antwerpen",
            "types": rules.ACCESS,
            "groups": rules.EVERYONE,
            "location": building,
            "address": f"{source['straat']} {number}".strip(),
            "postcode": source["postcode"],
            "district": source["gemeente_district"],
            "lat": degrees(source["lat"]),
            "lon": degrees(source["lon"]),
            "mode": rules.ON_SITE,
            "price": rules.FREE,
            "status": rules.PLANNED if details.get("huidige_dekking") == "geen" and "timing" in details else "",
            "source": WIFI_SOURCE,
            "note": _wifi_remark(source["naam"], details),
        }
    )
