"""What must be said about each offer of the public sources: what the source leaves open, and why a cell is empty."""

from __future__ import annotations

from collections.abc import Mapping

_NO_ADDRESS = "Geen adres in de bron."
_LIBRARY_PCS = "hln.be, 30 juni 2020: zie Bron bij Bibliotheek Elsschot"
_LIBRARY = (
    f"Type leeg: publieke computers zijn vermeld voor de bibliotheken van de stad samen ({_LIBRARY_PCS}), niet "
    f"bevestigd voor dit filiaal. {_NO_ADDRESS} Het jaar van de bron is niet bekend."
)
_LIBRARY_CLOSED = f"{_LIBRARY} Op het moment van het bericht was het filiaal dicht voor renovatie."
_WIJK_NETWORK = (
    f"{_NO_ADDRESS} Bereikt vooral mensen zonder toestel of internet, of met weinig vaardigheden. "
    "De soorten aanbod staan ook op https://armoedeprijs.be/nl/node/24."
)
_WIJK_NETWORK_SAAMO = f"De bron noemt de vroegere naam: Samenlevingsopbouw Antwerpen stad vzw. {_WIJK_NETWORK}"

NOTES: Mapping[str, str] = {
    "Pop-up digipunten (11 in totaal, in elk district)":
        f"Eén rij voor 11 plekken, in bestaande ontmoetingscentra. {_NO_ADDRESS} De lijst stond op "
        "www.digipuntantwerpen.be, die niet bereikbaar was.",
    "Digipunt Dienstencentrum Linkeroever":
        "De wijk komt uit de naam. Straat, doelgroep, prijs en uren staan niet in de bron.",
    "Digipunten in dienstencentra van Zorgbedrijf Antwerpen":
        "Eén rij voor meer plekken: de bron zegt niet welke dienstencentra. Beego werkt in opdracht van stad "
        "Antwerpen.",
    "Digipunt aan huis":
        "Proefproject van 3 maanden, in 2024 bekendgemaakt. Begon het in 2024, dan liep het ten laatste tot eind maart "
        "2025: dat staat in Tot. Of het verlengd is, staat niet in de bron. Onder meer voor mensen met recht op "
        "taxicheques.",
    "Webpunten (12 verspreid over de stad)":
        f"Eén rij voor 12 plekken. {_NO_ADDRESS} Webpunt is de vorige merknaam. Prijs leeg: internet is gratis, "
        "cursussen hebben een voordelig tarief. Bij de doelgroep zegt de bron 'onder andere'.",
    "Digitaal Inclusieve Wijk - Dam": _WIJK_NETWORK,
    "Digitaal Inclusieve Wijk - Kiel": _WIJK_NETWORK_SAAMO,
    "Digitaal Inclusieve Wijk - Antwerpen-Noord":
        f"Antwerpen-Noord is geen officiële wijk: zie het blad Gebieden. {_WIJK_NETWORK_SAAMO}",
    "Digitaal Inclusieve Wijk - Borgerhout":
        f"Borgerhout is een district, geen wijk: zie het blad Gebieden. {_WIJK_NETWORK_SAAMO}",
    "Digitaal Inclusieve Wijk - Deurne-Noord": _WIJK_NETWORK_SAAMO,
    "Digilabo (ook: Digi-labo)":
        f"Voor laaggeschoolde nieuwkomers en inburgeraars. Ook hogescholen werken mee; ze staan niet bij naam in de "
        f"bron. Talen leeg: contacttaal of basis-Nederlands. {_NO_ADDRESS}",
    "Digisessies Atlas (38 groepssessies, 536 deelnemers in 2020)":
        f"Enkel in 2020: daarom staat Tot op het einde van dat jaar. {_NO_ADDRESS}",
    "Tabletuitleendienst Atlas (1051 ontleningen in 2020)":
        "Uitleen voor de duur van de cursus maatschappelijke oriëntatie (MO). Of de dienst nog loopt, staat niet in de "
        f"bron. {_NO_ADDRESS}",
    "Computerklas 'Een plek voor @'":
        f"Bron zonder datum, van voor Vormingplus een andere naam kreeg. {_NO_ADDRESS}",
    "Digiburger (wekelijkse vrijwilligersploeg)":
        "Doelgroep leeg: de bron noemt bezoekers van buurtrestaurants, dienstencentra en ontmoetingscentra. Welke "
        "plekken staat er niet bij. Avansa heette vroeger Vormingplus.",
    "Digitale oefenkansen in de Huizen van het Kind":
        f"Eén rij voor meer huizen. {_NO_ADDRESS} De oefenkansen zitten in de werking van het huis.",
    "DigiBasics (digibank Antwerpen)":
        "Ook in Brussel en Gent. Aan huis en met workshops: in Bereik past één waarde. Doelgroep niet in de bron.",
    "Digicheques":
        "Prijs leeg: één cheque is 40 euro voor 1 uur; het bestuur betaalt, of er is een gunsttarief. Doelgroep leeg: "
        "de bron zegt 'kwetsbare inwoners', via het lokaal bestuur. Aanmelden is nodig; hoe staat er niet bij. "
        "Antwerpen en Gent waren de eerste steden.",
    "DigiSchakels":
        "Met 8 Antwerpse welzijnsschakels, niet bij naam genoemd. Plek leeg: stad of provincie Antwerpen is niet "
        "duidelijk. Bron zonder datum.",
    "Laptopschenking stad (1000 laptops)":
        "Afgelopen actie van april 2020: telt niet als lopend aanbod. Type leeg: een schenking past bij geen type van "
        "de lijst. Ook voor kwetsbare alleenstaanden.",
    "Bibliotheek Permeke":
        "Huisnummer en postcode staan niet in de bron. Het punt komt van een andere site en is niet exact: een tweede "
        f"bron ligt ongeveer 140 meter verder. De publieke computers komen uit een andere bron ({_LIBRARY_PCS}).",
    "Bibliotheek Hoboken": _LIBRARY,
    "Bibliotheek Bist": _LIBRARY,
    "Bibliotheek Couwelaar": _LIBRARY,
    "Bibliotheek De Poort": _LIBRARY,
    "Bibliotheek Kielpark": _LIBRARY,
    "Bibliotheek Luchtbal": _LIBRARY,
    "Bibliotheek Vrede": _LIBRARY,
    "Jongerenbib Kubus": _LIBRARY,
    "Bibliotheek Park": _LIBRARY_CLOSED,
    "Bibliotheek Driehoek": _LIBRARY_CLOSED,
    "Bibliotheek Elsschot":
        f"Type leeg: publieke computers zijn niet bevestigd voor dit filiaal. {_NO_ADDRESS} Doelgroep niet in de bron.",
    "Ligo Antwerpen (secretariaat)":
        "Zwakke bron zonder datum (een gidsensite). Dit is het secretariaat, zonder huisnummer: of de lessen hier "
        "zijn, is niet zeker. De cursussen gaan over taal, rekenen en ICT. De prijs komt uit een infofiche op "
        "nl.participate-autisme.be. Vroeger: Open School, Centrum voor Basiseducatie.",
}  # fmt: skip
"""Name of the offer in the source -> Opmerking."""
