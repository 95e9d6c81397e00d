"""The workbook's vocabulary: its sheets and columns, each header and alias written once (DESIGN §3).

Checks, labels, the template, the exports and the explanation page all read from here. Closed lists of values are
in `codelists`, the words of a verdict in `verdicts`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from einclusie_data.contract import codelists as lists
from einclusie_data.contract import settings
from einclusie_data.contract.codelists import Codelist


class Kind(StrEnum):
    """How a cell is read."""

    TEXT = "text"
    TEXTS = "texts"  # several, split on ; | and line breaks
    CODE = "code"  # one value of a closed list
    CODES = "codes"  # several values of a closed list
    ORGANISATIONS = "organisations"
    WIJKEN = "wijken"
    POSTCODE = "postcode"
    DISTRICT = "district"
    LATITUDE = "latitude"
    LONGITUDE = "longitude"
    DATE = "date"
    COUNT = "count"  # a number of people: whole, 0 or more


@dataclass(frozen=True)
class Column:
    """A column of a sheet.

    Attributes
    ----------
    key : str
        Name of the column in the clean table.
    header : str
        Header in the workbook, exact.
    kind : Kind
        How its cells are read.
    help : str
        Short Dutch explanation, shown in the template and the manual.
    required : bool
        A row without it is left out.
    codelist : Codelist or None
        The closed list, for CODE and CODES.
    aliases : tuple of str
        Other headers that mean the same.
    internal : bool
        Never shown to, or exported for, anyone who is not signed in as trekker.
    """

    key: str
    header: str
    kind: Kind
    help: str
    required: bool = False
    codelist: Codelist | None = None
    aliases: tuple[str, ...] = ()
    internal: bool = False


@dataclass(frozen=True)
class Sheet:
    """A sheet of the workbook: its key in code, its exact name, what it is for, its columns in order."""

    key: str
    name: str
    help: str
    columns: tuple[Column, ...]
    aliases: tuple[str, ...] = ()

    def column(self, key: str) -> Column:
        """The column with this key; KeyError when there is none."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)

    @property
    def headers(self) -> dict[str, str]:
        """Key -> header, in the order of the columns."""
        return {column.key: column.header for column in self.columns}


def _code(key: str, codelist: Codelist, help_: str, aliases: tuple[str, ...] = ()) -> Column:
    kind = Kind.CODES if codelist.multiple else Kind.CODE
    return Column(key, codelist.name, kind, help_, codelist=codelist, aliases=aliases)


EXAMPLE_NUMBER = "VOORBEELD"
"""Value of `Nr` that marks a row that never counts."""

OFFERS = Sheet(
    "offers",
    "Aanbod",
    "Eén rij is één aanbod op één plek.",
    (
        Column("number", "Nr", Kind.TEXT, "Vrij nummer. Een rij met VOORBEELD telt nooit mee.",
               aliases=("nummer", "id", "volgnummer", "no", "rijnummer")),
        Column("name", "Naam aanbod", Kind.TEXT, "Verplicht. Hoe het aanbod heet.", required=True,
               aliases=("naam", "aanbod", "naam van het aanbod", "activiteit", "naam activiteit", "titel", "wat")),
        Column("organisations", "Organisatie", Kind.ORGANISATIONS,
               "Verplicht. Wie het aanbod doet. Meer dan één: zet er ; tussen.", required=True,
               aliases=("organisaties", "partner", "partners", "aanbieder", "aanbieders", "wie", "door wie",
                        "organisator")),
        _code("types", lists.TYPE, "Wat men er kan doen. Meer dan één mag: zet er ; tussen.",
              ("type", "soort aanbod", "aanbodtype", "soort", "categorie")),
        _code("groups", lists.GROUP, "Voor wie het bedoeld is. Staat het open voor iedereen: kies Iedereen. "
              "Leeg betekent: we weten het niet.", ("doelgroepen", "voor wie", "publiek", "doelpubliek")),
        Column("location", "Locatie", Kind.TEXT, "Naam van het gebouw of de plek.",
               aliases=("plaats", "plek", "gebouw", "naam locatie", "waar")),
        Column("address", "Adres", Kind.TEXT, "Straat en huisnummer.",
               aliases=("straat", "straat en nummer", "straat en huisnummer", "adres locatie")),
        Column("postcode", "Postcode", Kind.POSTCODE, "Vier cijfers, bijvoorbeeld 2060.",
               aliases=("pc", "postnummer", "zip")),
        Column("district", "Gemeente of district", Kind.DISTRICT,
               "Bijvoorbeeld Deurne. Antwerpen betekent: de hele stad.",
               aliases=("gemeente", "district", "gemeente district", "stad", "stad of district")),
        Column("wijken", "Wijk", Kind.WIJKEN, f"Eén of meer van de {settings.LAYER_WIJKEN} wijken, een district of een "
               "gebied. Meer dan één: zet er ; tussen.",
               aliases=("wijken", "buurt", "wijk buurt", "wijkcode", "werkingsgebied")),
        Column("lat", "Breedtegraad", Kind.LATITUDE, "Bijvoorbeeld 51,2194. Leeg mag.",
               aliases=("lat", "latitude", "noorderbreedte", "y", "y coordinaat", "breedte")),
        Column("lon", "Lengtegraad", Kind.LONGITUDE, "Bijvoorbeeld 4,4025. Leeg mag.",
               aliases=("lon", "lng", "long", "longitude", "oosterlengte", "x", "x coordinaat", "lengte")),
        _code("mode", lists.MODE, "Op locatie, rondreizend, aan huis, online of voor de hele stad.",
              ("werkwijze", "bereik aanbod", "vast of mobiel", "vast of rondreizend")),
        Column("when", "Wanneer", Kind.TEXT, "Dagen en uren, in gewone woorden.",
               aliases=("uren", "openingsuren", "dag en uur", "tijdstip", "moment", "dagen en uren", "planning",
                        "uurrooster")),
        _code("dayparts", lists.DAYPART, "Overdag, Avond, Weekend. Meer dan één mag.",
              ("dagdelen", "moment van de dag")),
        _code("frequency", lists.FREQUENCY, "Hoe vaak het doorgaat.", ("hoe vaak", "ritme", "regelmaat")),
        _code("price", lists.PRICE, "Of het iets kost.", ("kostprijs", "kosten", "kost", "tarief", "betalend")),
        _code("signup", lists.SIGNUP, "Hoe men kan deelnemen. Meer dan één mag.",
              ("aanmelding", "inschrijving", "hoe aanmelden", "toegang", "inschrijven")),
        _code("languages", lists.LANGUAGE, "Talen waarin men geholpen wordt. Meer dan één: zet er ; tussen.",
              ("taal", "voertaal", "contacttaal")),
        Column("accessibility", "Toegankelijkheid", Kind.TEXT, "Bijvoorbeeld: rolstoeltoegankelijk.",
               aliases=("toegankelijk", "rolstoeltoegankelijk")),
        _code("themes", lists.THEME, "Waarover het gaat. Meer dan één mag.",
              ("themas", "onderwerp", "onderwerpen", "inhoud")),
        _code("level", lists.LEVEL, "Basis, Gemiddeld of Gevorderd.", ("moeilijkheid", "moeilijkheidsgraad")),
        _code("status", lists.STATUS, "Leeg betekent: actief.", ("stand", "toestand")),
        Column("valid_from", "Van", Kind.DATE, "Eerste dag, bijvoorbeeld 1/09/2026. Leeg mag.",
               aliases=("vanaf", "start", "startdatum", "begin", "begindatum", "datum van", "geldig van")),
        Column("valid_to", "Tot", Kind.DATE, "Laatste dag. Leeg betekent: loopt door.",
               aliases=("tot en met", "t/m", "einde", "einddatum", "datum tot", "geldig tot")),
        Column("checked", "Laatst gecontroleerd", Kind.DATE, "Wanneer iemand deze rij laatst nakeek.",
               aliases=("gecontroleerd", "gecontroleerd op", "laatst nagekeken", "nagekeken op", "laatste update",
                        "datum controle", "laatst bijgewerkt", "bijgewerkt op")),
        Column("website", "Website", Kind.TEXT, "Link naar meer uitleg.", aliases=("url", "link", "site", "webadres")),
        Column("contact", "Contact", Kind.TEXT, "Openbaar telefoonnummer of e-mailadres. Dit is voor iedereen te zien.",
               aliases=("contactgegevens", "telefoon", "e-mail", "email", "tel", "contact publiek")),
        Column("source", "Bron", Kind.TEXT, "Waar deze informatie vandaan komt.",
               aliases=("bronnen", "bronvermelding")),
        Column("note", "Opmerking", Kind.TEXT, "Wat nog nuttig is om te weten.",
               aliases=("opmerkingen", "nota", "notities", "toelichting", "extra info", "info")),
        Column("internal_contact", "Contactpersoon (intern)", Kind.TEXT,
               "Alleen voor de trekker. Komt nooit op een scherm of in een export van iemand anders.",
               aliases=("contactpersoon", "intern contact", "contact intern", "contactpersoon intern", "intern"),
               internal=True),
    ),
    aliases=("overzicht aanbod", "aanbod e-inclusie", "e-inclusie aanbod", "aanbodoverzicht", "overzicht",
             "digitaal aanbod", "aanbod lerend netwerk"),
)  # fmt: skip

METHODS = Sheet(
    "methods",
    "Methodieken",
    "Eén rij is één methodiek.",
    (
        Column("name", "Naam", Kind.TEXT, "Verplicht. Hoe de methodiek heet.", required=True,
               aliases=("naam methodiek", "methodiek", "titel")),
        Column("publisher", "Uitgever", Kind.TEXT, "Wie ze maakte.", aliases=("maker", "auteur", "ontwikkelaar")),
        Column("description", "Omschrijving", Kind.TEXT, "Wat het is, in één of twee zinnen.",
               aliases=("beschrijving", "uitleg")),
        _code("audience", lists.AUDIENCE, "Lerenden, Begeleiders of Organisaties.", ("bestemd voor",)),
        _code("groups", lists.GROUP, "Welke groep ermee leert.", ("doelgroepen", "publiek")),
        _code("types", lists.TYPE, "Bij welk soort aanbod ze past.", ("type", "soort aanbod")),
        _code("themes", lists.THEME, "Waarover het gaat.", ("themas", "onderwerp", "onderwerpen")),
        _code("level", lists.LEVEL, "Basis, Gemiddeld of Gevorderd."),
        _code("languages", lists.LANGUAGE, "In welke talen ze bestaat.", ("taal",)),
        Column("form", "Vorm", Kind.TEXT, "Bijvoorbeeld: fiche, spel, cursus.", aliases=("formaat", "werkvorm")),
        Column("duration", "Duur", Kind.TEXT, "Hoeveel tijd het kost.", aliases=("tijd", "tijdsduur")),
        Column("website", "Website", Kind.TEXT, "Link.", aliases=("url", "link", "site")),
        Column("used_by", "Gebruikt door", Kind.ORGANISATIONS, "Welke organisaties van het netwerk ze gebruiken.",
               aliases=("gebruikers", "wie gebruikt het")),
        Column("year", "Jaar", Kind.TEXT, "Jaar van uitgave.", aliases=("datum",)),
        Column("checked", "Laatst gecontroleerd", Kind.DATE, "Wanneer iemand deze rij laatst nakeek.",
               aliases=("gecontroleerd op", "laatst nagekeken")),
        Column("note", "Opmerking", Kind.TEXT, "Wat nog nuttig is om te weten.", aliases=("opmerkingen", "nota")),
    ),
    aliases=("methodiek", "methoden", "overzicht methodieken"),
)  # fmt: skip

PARTNERS = Sheet(
    "partners",
    "Partners",
    "Eén rij is één organisatie van het netwerk, of een mogelijke partner.",
    (
        Column("organisation", "Organisatie", Kind.TEXT, "Verplicht. De naam van nu.", required=True,
               aliases=("naam", "partner", "naam organisatie")),
        Column("other_names", "Vroegere of andere namen", Kind.TEXTS, "Zet er ; tussen.",
               aliases=("vroegere namen", "andere namen", "vroeger", "alias", "oude naam")),
        Column("sort", "Soort", Kind.TEXT, "Bijvoorbeeld: bibliotheek, buurtwerk, school.",
               aliases=("type", "soort organisatie")),
        Column("networks", "Netwerk", Kind.TEXTS, "Stad, Kiel, Dam … Meer dan één: zet er ; tussen.",
               aliases=("netwerken",)),
        _code("role", lists.ROLE, "Trekker, Lid of Mogelijke partner."),
        _code("works_on_inclusion", lists.WORKS_ON_INCLUSION, "Ja of Nog niet.",
              ("e inclusie", "werkt al rond e inclusie")),
        Column("address", "Adres", Kind.TEXT, "Straat en huisnummer.", aliases=("straat",)),
        Column("postcode", "Postcode", Kind.POSTCODE, "Vier cijfers."),
        Column("wijken", "Wijk", Kind.WIJKEN, "Eén of meer wijken.", aliases=("wijken", "buurt")),
        Column("lat", "Breedtegraad", Kind.LATITUDE, "Leeg mag.", aliases=("lat", "latitude")),
        Column("lon", "Lengtegraad", Kind.LONGITUDE, "Leeg mag.", aliases=("lon", "lng", "longitude")),
        Column("website", "Website", Kind.TEXT, "Link.", aliases=("url", "link", "site")),
    ),
    aliases=("partner", "organisaties", "leden", "netwerkpartners"),
)  # fmt: skip

NEED = Sheet(
    "need",
    "Behoefte",
    "Eigen cijfers per wijk en doelgroep. Ze gaan voor op de ingebouwde cijfers.",
    (
        Column("wijken", "Wijk", Kind.WIJKEN, "Verplicht. Eén wijk.", required=True, aliases=("wijkcode", "buurt")),
        Column("group", lists.GROUP.name, Kind.CODES, "Verplicht. Eén doelgroep.", required=True, codelist=lists.GROUP,
               aliases=("groep",)),
        Column("persons", "Aantal personen", Kind.COUNT, "Verplicht. Een punt (.) betekent: niet bekend.",
               required=True,
               aliases=("aantal", "personen", "aantal mensen")),
        Column("year", "Jaar", Kind.TEXT, "Van welk jaar het cijfer is."),
        Column("source", "Bron", Kind.TEXT, "Waar het cijfer vandaan komt."),
    ),
    aliases=("behoeften", "noden", "cijfers"),
)  # fmt: skip

ZONES = Sheet(
    "zones",
    "Gebieden",
    "Gebieden uit de praktijk die geen officiële wijk zijn, zoals Antwerpen-Noord.",
    (
        Column("name", "Naam", Kind.TEXT, "Verplicht. Naam van het gebied.", required=True,
               aliases=("gebied", "naam gebied")),
        Column("wijken", "Wijken", Kind.WIJKEN, "Verplicht. De wijken die erin liggen; zet er ; tussen.", required=True,
               aliases=("wijk", "wijkcodes")),
    ),
    aliases=("gebied", "werkgebieden", "praktijkgebieden"),
)  # fmt: skip

MEETINGS = Sheet(
    "meetings",
    "Bijeenkomsten",
    "Eén rij is één bijeenkomst van een netwerk.",
    (
        Column("date", "Datum", Kind.DATE, "Verplicht.", required=True, aliases=("dag",)),
        Column("network", "Netwerk", Kind.TEXT, "Stad, Kiel, Dam …"),
        Column("host", "Gastorganisatie", Kind.TEXT, "Bij wie.", aliases=("gastheer", "bij wie")),
        Column("address", "Adres", Kind.TEXT, "Straat en huisnummer.", aliases=("plaats", "locatie")),
        Column("agenda", "Agendapunten", Kind.TEXT, "Wat op de agenda stond.", aliases=("agenda",)),
        Column("agreements", "Afspraken", Kind.TEXT, "Wat er afgesproken is.", aliases=("besluiten",)),
    ),
    aliases=("bijeenkomst", "vergaderingen", "netwerkmomenten"),
)  # fmt: skip

SHEETS: tuple[Sheet, ...] = (OFFERS, METHODS, PARTNERS, NEED, ZONES, MEETINGS)
"""Every sheet with rows, in the order of the template."""

_SHEET_OF = {sheet.key: sheet for sheet in SHEETS}


def sheet_of(key: str) -> Sheet:
    """The sheet with this key; KeyError when there is none."""
    return _SHEET_OF[key]


CITY_NETWORK = "Stad"
"""Name in `Netwerk` of the network whose area is the whole city."""

LISTS_SHEET = "Lijsten"
"""Sheet that may add values to closed lists: one column per list, its header the list's name."""
LISTS_SHEET_ALIASES = ("lijst", "keuzelijsten", "codelijsten")

REPAIR_COLUMN = "Wat te doen (Hiatenkaart)"
"""Column that a repaired workbook gets: what to do per row. It is ours: never read, filled in anew each time."""
REPAIR_SHEET = "Nakijken (Hiatenkaart)"
"""Sheet that a repaired workbook gets: everything that was found. It is ours too."""

HELP_SHEET = "Uitleg"
"""Sheet of the template with explanation; it holds no data."""
