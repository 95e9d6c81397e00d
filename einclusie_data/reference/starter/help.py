"""Uitleg of the starter workbook: what it is, how old its sources are, and where each sheet comes from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from einclusie_data.reference.starter.network import NETWORK_PAGE
from einclusie_data.reference.starter.offers import POSSIBLE_PLACE
from einclusie_data.reference.starter.sources import METHODS_ID, OFFERS_ID, WIFI_ID, read_source, source_date

ZONES_PAGE = "https://ebesluit.antwerpen.be/zittingen/20.0917.9758.6060/agendapunten/21.0709.1973.1256"
"""Council decision of 2021 that names Antwerpen-Noord and Borgerhout as working areas."""

Section = tuple[str, tuple[str, ...]]
"""A heading and its paragraphs."""


def _years(dates: Iterable[date]) -> str:
    years = sorted({day.year for day in dates})
    return f"van {years[0]} tot {years[-1]}"


def help_sections(folder: Path) -> list[Section]:
    """The text of the sheet Uitleg."""
    offers = [row for row in read_source(folder, OFFERS_ID) if row["type"] != POSSIBLE_PLACE]
    dates = [day for row in offers if (day := source_date(row["bron_datum"]))]
    buildings, methods = len(read_source(folder, WIFI_ID)), len(read_source(folder, METHODS_ID))
    return [
        (
            "Wat is dit bestand?",
            (
                "Dit is het startbestand: wat openbare bronnen zeggen over digitale hulp in Antwerpen. De app toont "
                "het tot de trekker het bestand van het netwerk zelf publiceert.",
                "Het bestand is niet volledig. De partners hebben het niet nagekeken. Veel is oud. Gebruik het om de "
                "app te leren kennen, niet om over het aanbod te beslissen.",
                "Een lege cel betekent: de bron zegt het niet, of niet duidelijk genoeg. In Opmerking staat waarom. "
                "Een lege cel betekent nooit: er is niets.",
                "Staat één rij voor veel plekken, of is er geen adres of doelgroep, dan blijft dat zo. De app toont "
                "dan 'onbekend' en zegt welke rij je kan aanvullen.",
            ),
        ),
        (
            "Van wanneer zijn de bronnen?",
            (
                f"Aanbod met een naam: {len(offers)} rijen. Bij {len(dates)} is het jaar van de bron bekend, "
                f"{_years(dates)}; bij {len(offers) - len(dates)} niet.",
                f"Gratis wifi: {buildings} gebouwen. De bron heeft geen datum; de plannen erin zijn van 2013-2014.",
                "De datum van de bron staat in Laatst gecontroleerd. Is enkel een jaar of een maand bekend, dan staat "
                "daar de eerste dag van dat jaar of die maand.",
            ),
        ),
        (
            "Waar komt elk blad vandaan?",
            (
                "Aanbod: de bron staat in elke rij, in de kolom Bron. Het punt op de kaart staat er enkel als de bron "
                "het geeft.",
                f"Methodieken: {methods} rijen. De bron is de link in de kolom Website. In Opmerking staat wat in de "
                "bron is nagekeken, en hoe zeker het is.",
                f"Partners: {NETWORK_PAGE} (2021) noemt de leden en de trekkers. Dit blad gebruikt de namen van nu: "
                "SAAMO (vroeger Samenlevingsopbouw), Ligo (vroeger Centrum Basiseducatie) en Avansa (vroeger "
                "Vormingplus).",
                "Partners, mogelijke partners: drie dienstencentra uit berichten van 2013 (Silsburg) en 2018 "
                "(Blankenberg, Oosterveld); de link staat in Website. Dat ze digitale hulp bieden, is niet bevestigd: "
                "daarom staan ze niet bij Aanbod. Oosterveld ligt op de grens met Berchem en district Antwerpen; de "
                "wijk komt uit de naam.",
                f"Gebieden: Antwerpen-Noord en Borgerhout komen uit een besluit van 16 juli 2021 ({ZONES_PAGE}). Geen "
                "bron tekent de grens van Antwerpen-Noord. We namen de wijken die postcode 2060 raakt, afgeleid van "
                "de stratenlijst van de stad van oktober 2026. Borgerhout zijn de drie wijken van het district.",
                "Behoefte en Bijeenkomsten zijn leeg: daarvoor zijn er geen openbare gegevens per rij.",
            ),
        ),
        (
            "En nu?",
            (
                "Kijk je eigen rijen na en vul aan wat je weet. Of begin met het lege sjabloon: het heeft dezelfde "
                "bladen en kolommen.",
            ),
        ),
    ]
