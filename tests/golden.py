"""The golden workbook: a messy sheet as people make them, and the questions asked of it.

``python -m tests.golden`` writes the workbook and its gap tables anew; look at the difference before you commit it.
"""

from __future__ import annotations

from pathlib import Path

from einclusie_data.command.main import main
from tests.xlsx import workbook_bytes

FOLDER = Path(__file__).parent / "data"
WORKBOOK = FOLDER / "gouden_werkmap.xlsx"
QUESTIONS = {
    "gouden_hiaten.csv": ["--peildatum", "2026-11-23"],
    "gouden_hiaten_hulp.csv": [
        "--peildatum", "2026-11-23", "--type", "Individuele begeleiding", "--type", "Groepsles of workshop",
        "--type", "Digitale oefenkans", "--prijs", "gratis", "--afstand", "1600", "--zonder-iedereen",
    ],
    "gouden_hiaten_per_dagdeel.csv": ["--peildatum", "2026-11-23", "--per", "dagdeel", "--doelgroep", "Ouderen"],
}  # fmt: skip

HEADERS = ["NR.", "Naam", "Partners", "Soort aanbod", "doelgroepen", "Straat en nummer", "Postcode", "Gemeente",
           "Buurt", "lat", "lon", "Bereik", "Openingsuren", "Hoe vaak", "Kostprijs", "Aanmelden", "Taal", "Status", "Van",
           "T/m", "Laatst nagekeken", "Mailinglijst"]  # fmt: skip
OFFERS = [
    ["Overzicht digitaal aanbod, najaar 2026"],
    [],
    HEADERS,
    ["VOORBEELD", "Voorbeeld", "Niemand", "digipunt", "iedereen", "", "", "", "Kiel"],
    [1, "Inloop Digipunt", "Samenlevingsopbouw; bib Permeke", "individuele begeleiding", "Senioren, nieuwkomers",
     "De Coninckplein 26", "2060", "Antwerpen", "", "51,221838", "4,421563", "op locatie", "elke dinsdag 14-16u", "", "gratis",
     "zonder afspraak", "Nederlands; Frans", "Actief", "", "", "2026-09-01"],
    [2, "Computerles", "Ligo", "cursus", "*", "", "2660", "Hoboken", "Noord", "", "", "", "woensdagavond 19u-21u", "wekelijks",
     "€ 5", "inschrijven", "", "", "", "", "2021-03-01"],
    [3, "Digibus", "Stad Antwerpen", "Oefenkansen", "Iedereen", "", "", "", "Luchtbal; Dam", "", "", "Rondreizend",
     "elke vierde woensdag van de maand 14-16u", "", "0"],
    [4, "Hulp aan huis", "BEEGO", "hulp op maat", "minder mobielen", "", "", "", "*", "", "", "aan huis", "", "op aanvraag",
     "Betalend", "telefonisch"],
    [5, "Webpunt", "Stad Antwerpen", "Toegang tot toestel of internet", "", "", "2100", "Deurne", "", "", "", "", "ma-vr 9-17u"],
    [6, "Les in de wijk", "Vormingplus", "workshop", "Ouderen", "", "", "Ekeren", "Centrum", "", "", "", "", "", "gratis", "", "",
     "", "1 september 2026", "31/12/2026"],
    [7, "Oude werking", "SAAMO", "Individuele begeleiding", "Mensen in armoede", "", "", "", "Seefhoek-Noord", "", "", "", "", "",
     "", "", "", "Stopgezet"],
    [8, "Linkeroever helpt", "Zorgbedrijf", "Individuele begeleiding", "Oudern", "", "", "", "Linkeroever", "4,3655", "51,2215"],
    [9, "Zonder organisatie", "", "Individuele begeleiding", "Ouderen"],
    [10, "Online uitleg", "dot.kom", "Groepsles", "Werkzoekenden / kortgeschoolden", "", "", "", "", "", "", "online", "avond"],
    [11, "Buurthuis", "Elegast", "1-op-1; wifi", "Iedereen; Ouderen", "", "", "", "Borgerhout", "", "", "", "zaterdag 10-12u"],
]  # fmt: skip
SHEETS = {
    "Overzicht aanbod": OFFERS,
    "Behoefte": [["Wijk", "Doelgroep", "Aantal personen", "Jaar", "Bron"], ["Kiel", "Werkzoekenden", "1.234", 2025, "VDAB"],
                 ["Dam", "senioren", ".", 2025, "eigen telling"], ["ANT12", "Mensen in armoede", 640, 2024, ""]],
    "Gebieden": [["Naam", "Wijken"], ["Seefhoek-Noord", "Stuivenberg; Dam"]],
    "Partners": [["Organisatie", "Vroegere of andere namen"], ["SAAMO", "Samenlevingsopbouw"]],
    "Oud": [["zomaar iets"], ["2019"]],
}  # fmt: skip


def write() -> None:
    """Write the workbook and its gap tables."""
    WORKBOOK.write_bytes(workbook_bytes(SHEETS))
    for name, arguments in QUESTIONS.items():
        main(["hiaten", str(WORKBOOK), "-o", str(FOLDER / name), *arguments])


if __name__ == "__main__":
    write()
