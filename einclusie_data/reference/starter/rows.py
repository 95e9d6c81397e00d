"""Checked tables -> the rows of every sheet of the starter workbook; what a source does not say stays empty."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from einclusie_data.contract.codelists import ACCESS, EVERYONE, FREE, ON_SITE, PLANNED, POSSIBLE_PARTNER, TYPE, WORKS
from einclusie_data.contract.schema import METHODS, OFFERS, PARTNERS, SHEETS, ZONES
from einclusie_data.files.write.cells import SEPARATOR
from einclusie_data.reference.starter.tables import (
    JUDGEMENTS_ID,
    PARTNERS_ID,
    PLACES_ID,
    REMARKS_ID,
    WORDS_ID,
    Tables,
    Text,
    judged,
    parts_of,
)

Row = dict[str, str | float | date]
"""A row of the starter workbook: key of the contract's column -> value; what is not there is an empty cell."""

WIFI_SOURCE = "Stad Antwerpen, open data wifi openbaar (ongedateerd, plannen van 2013-2014)"
_WIFI_UNDATED = "Bron zonder datum; de plannen erin zijn van 2013-2014."
_NO_NUMBER = "nn"
_DISTRICT_HOUSE = "DH "
_QUARTER = re.compile(r"\bQ([1-4])\b")
_LIBRARIES = "Bibliotheken stad Antwerpen"
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?!\d)")


def sheet_rows(tables: Tables) -> dict[str, list[Row]]:
    """The rows of every sheet: key of the sheet -> rows in order.

    Offers are numbered from 1: named offers in the source's order, then public wifi. Partners are the members of the
    networks, then possible partners.

    Raises
    ------
    ReferenceDataError
        A source says something that the tables do not know.
    """
    rows: dict[str, list[Row]] = {sheet.key: [] for sheet in SHEETS}
    offers = [_offer_row(tables, source) for source in tables.offers]
    offers += [_wifi_row(tables, source) for source in tables.wifi]
    rows[OFFERS.key] = [{"number": str(number), **row} for number, row in enumerate(offers, start=1)]
    rows[METHODS.key] = [_method_row(tables, source) for source in tables.methods]
    rows[PARTNERS.key] = [_member_row(tables, member) for member in tables.members]
    rows[PARTNERS.key] += [_possible_row(tables, source) for source in tables.possible_places]
    rows[ZONES.key] = [{"name": name, "wijken": SEPARATOR.join(wijken)} for name, wijken in tables.zones.items()]
    return rows


def source_date(text: str) -> date | None:
    """The date that a source has; None when even its year is unknown.

    Only a year or a month known: its first day, so that the row counts as old rather than as fresh.

    Examples
    --------
    >>> source_date("2021-02"), source_date("2024 (een jaar na pop-ups)"), source_date("onbekend jaar (10-23 juni)")
    (datetime.date(2021, 2, 1), datetime.date(2024, 1, 1), None)
    """
    match = _DATE.match(text)
    return date(int(match[1]), int(match[2] or 1), int(match[3] or 1)) if match else None


def _degrees(text: str) -> float | None:
    return float(text) if text else None


def _filled(row: Mapping[str, str | float | date | None]) -> Row:
    """The row without its empty cells."""
    return {key: value for key, value in row.items() if value is not None and value != ""}


def _types(tables: Tables, cell: str) -> str:
    """Values of Type aanbod in the order of the list."""
    values = {value for part in parts_of(cell) for value in parts_of(tables.said("type", part))}
    return SEPARATOR.join(value for value in TYPE.values if value in values)


def _offer_row(tables: Tables, source: Text) -> Row:
    name = source["naam"]
    named = (source["gemeente_district"], source["wijk_zoals_vermeld"])
    district, wijk = judged(tables.places, named, " / ".join(filter(None, named)), PLACES_ID)
    remark = judged(tables.remarks, name, f"naam: {name!r}", REMARKS_ID)
    return _filled(
        {
            "name": name,
            "organisations": tables.said("organisatie", source["organisatie"]),
            "types": _types(tables, source["type"]),
            "groups": tables.said("doelgroep", source["doelgroep"]),
            "location": remark["locatie"] or (name if source["organisatie"] == _LIBRARIES else ""),
            "address": tables.said("adres", source["adres"]),
            "postcode": source["postcode"],
            "district": district,
            "wijken": wijk,
            "lat": _degrees(source["lat"]),
            "lon": _degrees(source["lon"]),
            "mode": tables.said("vast_of_mobiel", source["vast_of_mobiel"]),
            "when": source["wanneer"],
            "frequency": remark["frequentie"],
            "price": tables.said("prijs", source["prijs"]),
            "signup": tables.said("aanmelden", source["aanmelden"]),
            "status": remark["status"],
            "valid_to": date.fromisoformat(remark["tot"]) if remark["tot"] else None,
            "checked": source_date(source["bron_datum"]),
            "source": f"{source['bron_url']} ({source['bron_datum']})",
            "note": remark["opmerking"],
        }
    )


def _wifi_name(name: str) -> str:
    """The building's name, with the one abbreviation that is certain (DH = districtshuis) in full."""
    return f"Districtshuis {name.removeprefix(_DISTRICT_HOUSE)}" if name.startswith(_DISTRICT_HOUSE) else name


def _wifi_remark(tables: Tables, name: str, coverage: str, timing: str) -> str:
    timing = _QUARTER.sub(r"kwartaal \1 van", " ".join(timing.split()))
    parts = [
        # Also an empty text is judged here: the source does not say in which part of the building.
        judged(tables.words, ("huidige_dekking", coverage), f"huidige_dekking: {coverage!r}", WORDS_ID),
        f"Timing van de uitbreiding: {timing}." if timing else "",
        tables.remarks[name]["opmerking"] if name in tables.remarks else "",
        _WIFI_UNDATED,
    ]
    return " ".join(filter(None, parts))


def _wifi_row(tables: Tables, source: Text) -> Row:
    """A public building with free wifi."""
    details: dict[str, str] = {}
    for part in source["overige"].split("; "):
        key, _, value = part.partition("=")
        details[key] = value
    coverage = details.get("huidige_dekking", "")
    number = "" if source["huisnummer"] == _NO_NUMBER else source["huisnummer"]
    building = _wifi_name(source["naam"])
    return _filled(
        {
            "name": f"Gratis wifi: {building}",
            "organisations": "Stad Antwerpen",
            "types": ACCESS,
            "groups": EVERYONE,
            "location": building,
            "address": f"{source['straat']} {number}".strip(),
            "postcode": source["postcode"],
            "district": source["gemeente_district"],
            "lat": _degrees(source["lat"]),
            "lon": _degrees(source["lon"]),
            "mode": ON_SITE,
            "price": FREE,
            "status": PLANNED if coverage == "geen" and "timing" in details else "",
            "source": WIFI_SOURCE,
            "note": _wifi_remark(tables, source["naam"], coverage, details.get("timing", "")),
        }
    )


def _method_remark(source: Text, languages: str) -> str:
    """The source's own words where the closed lists say less, and how sure they are."""
    parts = [
        f"Doelgroep volgens de bron: {source['doelgroep']}." if source["doelgroep"] else "",
        "" if languages and source["taal"] in ("nl", "nl/fr") else f"Taal volgens de bron: {source['taal']}.",
        f"In de bron nagekeken: {source['wat_gecontroleerd']}.",
        f"Zekerheid: {source['zekerheid']}.",
    ]
    return " ".join(filter(None, parts))


def _method_row(tables: Tables, source: Text) -> Row:
    name = source["naam"]
    judgement = judged(tables.judgements, name, f"naam: {name!r}", JUDGEMENTS_ID)
    languages = tables.said("taal", source["taal"])
    return _filled(
        {
            "name": name,
            "publisher": source["uitgever"],
            "description": source["niveau_thema"],
            "audience": judgement["voor_wie"],
            "groups": judgement["doelgroep"],
            "types": judgement["type"],
            "themes": judgement["thema"],
            "level": judgement["niveau"],
            "languages": languages,
            "form": source["vorm"],
            "duration": judgement["duur"],
            "website": source["url"],
            "used_by": judgement["gebruikt_door"],
            "year": source["jaar"],
            "note": _method_remark(source, languages),
        }
    )


def _member_row(tables: Tables, member: Text) -> Row:
    return _filled(
        {
            "organisation": member["organisatie"],
            "other_names": member["andere_namen"],
            "sort": member["soort"],
            "networks": member["netwerk"],
            "role": member["rol"],
            "works_on_inclusion": WORKS,
            "website": tables.network_page,
        }
    )


def _possible_row(tables: Tables, source: Text) -> Row:
    """A place that may become a partner; what it does about e-inclusion is not known."""
    name = source["naam"]
    return _filled(
        {
            "organisation": name,
            "sort": f"dienstencentrum van {source['organisatie']}",
            "role": POSSIBLE_PARTNER,
            "address": source["adres"],
            "postcode": source["postcode"],
            "wijken": judged(tables.possible_wijken, name, f"naam: {name!r}", PARTNERS_ID),
            "website": source["bron_url"],
        }
    )
