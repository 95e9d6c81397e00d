"""Partners and Gebieden of the starter workbook, as public sources name the network and its areas."""

from __future__ import annotations

from pathlib import Path

from einclusie_data.contract.codelists import ROLE, WORKS_ON_INCLUSION
from einclusie_data.reference.starter.offers import possible_places
from einclusie_data.reference.starter.sources import POSTCODES_ID, Row, filled, joined, read_source

LEADER, MEMBER, POSSIBLE = ROLE.values
YES = WORKS_ON_INCLUSION.values[0]
CITY_NETWORK = "Stad"
NETWORK_PAGE = "https://www.digitaalinclusievewijk.be/lerend-netwerk-in-de-wijk"
"""Public page (2021) that names the members and the trekkers of the networks."""

MEMBERS: tuple[tuple[str, tuple[str, ...], str, str, str], ...] = (
    ("team e-inclusie stad Antwerpen", (), "stadsdienst", CITY_NETWORK, LEADER),
    ("bib Permeke", (), "bibliotheek", CITY_NETWORK, MEMBER),
    ("SAAMO", ("Samenlevingsopbouw", "Samenlevingsopbouw Antwerpen stad"), "", CITY_NETWORK, MEMBER),
    ("Ligo", ("Centrum Basiseducatie", "Centrum voor Basiseducatie", "Open School", "Open School Antwerpen"), "",
     CITY_NETWORK, MEMBER),
    ("buurtwerk Posthof", ("dot.kom",), "buurtwerk", CITY_NETWORK, MEMBER),
    ("AB-centrum", (), "", CITY_NETWORK, MEMBER),
    ("buurtwerk Elegast", (), "buurtwerk", CITY_NETWORK, MEMBER),
    ("Atlas", ("Atlas, integratie en inburgering Antwerpen", "Atlas Antwerpen"), "", CITY_NETWORK, MEMBER),
    ("STA-AN", (), "", CITY_NETWORK, MEMBER),
    ("Avansa regio Antwerpen", ("Vormingplus",), "", CITY_NETWORK, MEMBER),
    ("imec-SMIT VUB", ("iMinds-SMIT-VUB",), "", CITY_NETWORK, MEMBER),
    ("SAAMO", ("Samenlevingsopbouw", "Samenlevingsopbouw Antwerpen stad"), "", "Kiel", LEADER),
    ("buurtwerk Elegast", (), "buurtwerk", "Dam", LEADER),
)  # fmt: skip
"""Organisation, former or other names, kind, network, role; one row per network."""

POSSIBLE_WIJKEN = {
    "Dienstencentrum Silsburg": "",
    "Dienstencentrum Blankenberg": "Ekeren",
    "Dienstencentrum Oosterveld": "Oosterveld",
}
"""Possible partner -> Wijk: a wijk, or the district where the source names no postcode."""

ZONE_POSTCODES = {"Antwerpen-Noord": "2060"}
"""Gebied -> postcode whose wijken it takes: derived, no source draws its border."""
ZONE_WIJKEN = {"Borgerhout": ("BOR01", "BOR02", "BOR03")}
"""Gebied -> wijkcodes: those of the district."""


def partner_rows(folder: Path) -> list[Row]:
    """Every row of Partners: members of the networks, then possible partners."""
    return [_member_row(*member) for member in MEMBERS] + [_possible_row(row) for row in possible_places(folder)]


def _member_row(name: str, others: tuple[str, ...], sort: str, network: str, role: str) -> Row:
    return filled(
        {
            "organisation": name,
            "other_names": joined(others),
            "sort": sort,
            "networks": network,
            "role": role,
            "works_on_inclusion": YES,
            "website": NETWORK_PAGE,
        }
    )


def _possible_row(source: dict[str, str]) -> Row:
    """A place that may become a partner; what it does about e-inclusion is not known."""
    return filled(
        {
            "organisation": source["naam"],
            "sort": f"dienstencentrum van {source['organisatie']}",
            "role": POSSIBLE,
            "address": source["adres"],
            "postcode": source["postcode"],
            "wijken": POSSIBLE_WIJKEN[source["naam"]],
            "website": source["bron_url"],
        }
    )


def zone_rows(folder: Path) -> list[Row]:
    """Every row of Gebieden."""
    of_postcode = {row["postcode"]: tuple(row["wijkcodes"].split(";")) for row in read_source(folder, POSTCODES_ID)}
    zones = {name: of_postcode[postcode] for name, postcode in ZONE_POSTCODES.items()} | ZONE_WIJKEN
    return [{"name": name, "wijken": joined(wijken)} for name, wijken in zones.items()]
