"""The closed lists of the workbook: allowed values, and the other words people use for them.

Values are those of the contract (DESIGN §3), in its order; `Thema` and `Talen` are completed here. Synonyms are
compared after `text.normalise`, so case, accents and punctuation need no entry of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True)
class Codelist:
    """A closed list of values.

    Attributes
    ----------
    name : str
        Dutch name, equal to the header of the column that uses it.
    values : tuple of str
        Allowed values in the order in which they are shown.
    synonyms : mapping of str to tuple of str
        Value -> other words for it.
    multiple : bool
        Whether a cell may hold several values.
    """

    name: str
    values: tuple[str, ...]
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    multiple: bool = False

    def with_values(self, extra: Sequence[str]) -> Codelist:
        """The same list with `extra` values of a sheet Lijsten behind its own; itself when there are none."""
        new = tuple(dict.fromkeys(value for value in extra if value not in self.values))
        return Codelist(self.name, self.values + new, self.synonyms, self.multiple) if new else self


EVERYONE = "Iedereen"
CHILDREN = "Kinderen en jongeren"
OLDER = "Ouderen"
LESS_MOBILE = "Minder mobiele mensen"

TYPE = Codelist(
    "Type aanbod",
    (
        "Toegang tot toestel of internet",
        "Uitleen of aankoop van toestel",
        "Individuele begeleiding",
        "Groepsles of workshop",
        "Digitale oefenkans",
    ),
    {
        "Toegang tot toestel of internet": (
            "toegang", "toegang tot internet", "toegang tot toestel", "toegang tot toestellen of internet",
            "toegang tot digitale toestellen en internet", "publieke computer", "publieke pc", "openbare computer",
            "computerruimte", "wifi", "gratis wifi", "internettoegang", "internet",
            "toegang tot toestellen", "toegang tot een toestel", "toegang tot toestellen en internet",
            "toegang tot toestel en internet", "publieke computers", "publieke pcs", "openbare computers",
            "computerruimtes", "computerruimten",
        ),
        "Uitleen of aankoop van toestel": (
            "uitleen", "uitleendienst", "laptopuitleen", "tabletuitleen", "uitleen van toestel", "uitleen toestel",
            "uitleen of aankoop", "uitleen van toestellen", "aankoop van toestel", "aankoop toestel", "uitlenen",
            "langdurige uitleen laptop",
            "uitleendiensten", "uitleendienst toestel", "uitleen toestellen", "uitleen of aankoop van toestellen",
            "uitleen of aankoop toestel", "aankoop van toestellen", "laptopuitleendienst", "tabletuitleendienst",
        ),
        "Individuele begeleiding": (
            "individueel", "individuele hulp", "individuele ondersteuning", "individuele begeleidingen",
            "1 op 1", "een op een", "een op een begeleiding", "1 op 1 begeleiding", "digipunt", "webpunt",
            "inloop individuele hulp", "hulp op maat", "helpdesk", "digihulp", "pc dokter",
            "digipunten", "webpunten", "pc dokters", "individuele begeleiding 1 op 1",
        ),
        "Groepsles of workshop": (
            "groepsles", "groepslessen", "workshop", "workshops", "les", "lessen", "cursus", "cursussen", "lessenreeks",
            "groepsles workshop", "groepsaanbod", "in groep", "groep", "ondersteuning in groep", "groepssessie",
            "groepssessies", "vorming", "themasessie", "themasessies", "computerles", "computerlessen", "opleiding",
            "vormingen", "opleidingen", "groepslessen of workshops", "groepslessen en workshops",
            "groepslessen workshops", "groepsles en workshop", "groepsles of workshops", "groepslessen of workshop",
            "les of workshop", "lessen of workshops", "lessen en workshops", "workshops en lessen",
            "workshops of lessen",
        ),
        "Digitale oefenkans": (
            "oefenkans", "oefenkansen", "digitale oefenkansen", "oefenmoment", "oefenmomenten", "oefenruimte",
            "oefenruimtes", "oefenruimten",
        ),
    },
    multiple=True,
)  # fmt: skip

GROUP = Codelist(
    "Doelgroep",
    (
        EVERYONE,
        CHILDREN,
        "Ouders en gezinnen",
        OLDER,
        "Werkzoekenden",
        "Mensen in armoede",
        "Anderstaligen en nieuwkomers",
        "Laaggeletterden en kortgeschoolden",
        "Mensen met een beperking of gezondheidsprobleem",
        LESS_MOBILE,
    ),
    {
        EVERYONE: (
            "*", "alle", "allen", "alle doelgroepen", "algemeen", "algemeen publiek", "breed publiek", "alle inwoners",
            "alle antwerpenaren", "alle burgers", "alle leeftijden", "open voor iedereen", "voor iedereen",
            "iedereen welkom",
        ),
        CHILDREN: (
            "kinderen", "kind", "jongeren", "jongere", "jeugd", "tieners", "tiener", "leerlingen", "leerling",
            "scholieren", "kinderen jongeren", "jongeren en kinderen", "scholier", "kind en jongere",
            "jongeren kinderen",
        ),
        "Ouders en gezinnen": (
            "ouders", "gezinnen", "gezin", "jonge ouders", "jonge gezinnen", "families", "kwetsbare gezinnen",
            "gezinnen en ouders", "ouders gezinnen", "ouder", "ouder en gezin", "familie", "jong gezin",
            "gezinnen ouders", "gezinnen met kinderen",
        ),
        OLDER: ("oudere", "senioren", "senior", "oudere mensen", "ouderen 60", "60+", "65+", "60 plus", "65 plus",
                "60 plussers", "65 plussers", "55+", "55 plussers", "gepensioneerden", "bejaarden",
                "ouderen 60+", "ouderen 65+", "60 plusser", "65 plusser", "55 plus", "55 plusser", "60+ ers", "65+ ers",
                "gepensioneerde", "bejaarde"),
        "Werkzoekenden": ("werkzoekende", "werklozen", "werkloze", "werkzoekers", "werkzoeker"),
        "Mensen in armoede": (
            "armoede", "kansarmen", "kansarme", "mensen in kansarmoede", "kansarmoede", "personen in armoede",
            "mensen met een laag inkomen", "laag inkomen", "mensen met laag inkomen", "lage inkomens",
            "mens in armoede", "persoon in armoede", "gezinnen in armoede",
        ),
        "Anderstaligen en nieuwkomers": (
            "anderstaligen", "anderstalige", "nieuwkomers", "nieuwkomer", "anderstalige nieuwkomers",
            "anderstalige nieuwkomer", "inburgeraars", "inburgeraar", "vluchtelingen", "anderstaligen nieuwkomers",
            "nieuwkomers en anderstaligen", "nieuwkomers anderstaligen", "vluchteling",
        ),
        "Laaggeletterden en kortgeschoolden": (
            "laaggeletterden", "laaggeletterde", "kortgeschoolden", "kortgeschoolde", "laaggeschoolden",
            "laaggeschoolde", "laaggeletterden kortgeschoolden", "laaggeletterde volwassenen",
            "laaggeletterden en laaggeschoolden", "kortgeschoolden en laaggeletterden",
            "laaggeletterden laaggeschoolden", "laaggeletterden of kortgeschoolden",
        ),
        "Mensen met een beperking of gezondheidsprobleem": (
            "mensen met een beperking", "personen met een beperking", "beperking", "handicap",
            "mensen met een handicap", "personen met een handicap", "gezondheidsprobleem",
            "mensen met een gezondheidsprobleem", "mensen met gezondheidsproblemen", "zieken", "langdurig zieken",
            "mensen met een beperking gezondheidsprobleem",
            "mensen met beperking", "mensen met beperkingen", "personen met beperking", "beperkingen", "handicaps",
            "mensen met handicap", "gezondheidsproblemen", "zieke", "langdurig zieke",
            "mensen met een beperking of gezondheidsproblemen", "mensen met een beperking of een gezondheidsprobleem",
            "mensen met beperkingen of gezondheidsproblemen", "mensen met een beperking en gezondheidsproblemen",
        ),
        LESS_MOBILE: (
            "minder mobielen", "minder mobiele", "niet mobiele mensen", "mensen die minder mobiel zijn",
            "minder mobiele personen", "minder mobiele ouderen", "minder mobiel", "niet mobiele antwerpenaren",
            "minder mobiele mens", "minder mobiele persoon", "minder mobiele oudere", "mindermobielen",
        ),
    },
    multiple=True,
)  # fmt: skip

MODE = Codelist(
    "Bereik",
    ("Op locatie", "Rondreizend", "Aan huis", "Online", "Hele stad"),
    {
        "Op locatie": ("locatie", "ter plaatse", "vast", "vaste locatie", "vaste plek", "op een locatie"),
        "Rondreizend": ("mobiel", "rondtrekkend", "op verplaatsing", "reizend", "pop up", "popup", "ambulant"),
        "Aan huis": ("thuis", "huisbezoek", "huisbezoeken", "bij mensen thuis", "bij je thuis"),
        "Online": ("digitaal", "op afstand", "vanop afstand", "via internet", "virtueel"),
        "Hele stad": ("*", "stadsbreed", "stad", "heel de stad", "heel antwerpen", "de hele stad", "gehele stad",
                      "stadsbrede werking"),
    },
)  # fmt: skip

MOBILE_MODES = ("Aan huis", "Online", "Hele stad")
"""Values of Bereik with which an offer is at no place, whatever its address (DESIGN §4, "mobile")."""

DAYPART = Codelist(
    "Dagdeel",
    ("Overdag", "Avond", "Weekend"),
    {
        "Overdag": ("dag", "voormiddag", "voormiddagen", "namiddag", "namiddagen", "ochtend", "ochtenden", "middag",
                    "s morgens", "s middags", "kantooruren"),
        "Avond": ("avonden", "s avonds"),
        "Weekend": ("weekends", "weekenden", "in het weekend", "zaterdag", "zondag", "zaterdagen", "zondagen"),
    },
    multiple=True,
)  # fmt: skip

FREQUENCY = Codelist(
    "Frequentie",
    ("Dagelijks", "Wekelijks", "Tweewekelijks", "Maandelijks", "Eenmalig of op aanvraag"),
    {
        "Dagelijks": ("elke dag", "iedere dag", "alle dagen", "elke werkdag"),
        "Wekelijks": ("elke week", "iedere week", "1x per week", "een keer per week", "1 keer per week"),
        "Tweewekelijks": ("om de twee weken", "om de 2 weken", "om de 14 dagen", "veertiendaags", "2 wekelijks",
                          "twee wekelijks", "om de week", "2x per maand", "twee keer per maand"),
        "Maandelijks": ("elke maand", "iedere maand", "1x per maand", "een keer per maand", "1 keer per maand"),
        "Eenmalig of op aanvraag": ("eenmalig", "op aanvraag", "op vraag", "occasioneel", "af en toe"),
    },
)  # fmt: skip

PRICE = Codelist(
    "Prijs",
    ("Gratis", "Gratis onder voorwaarden", "Betalend"),
    {
        "Gratis": ("0", "0 euro", "€ 0", "€0", "nee", "kosteloos", "kost niets", "kost niks", "nee kost niets",
                   "geen", "vrij"),
        "Gratis onder voorwaarden": ("gratis met voorwaarden", "voorwaardelijk gratis", "gratis voor kansentarief",
                                     "deels gratis", "gratis voor leden"),
        "Betalend": ("ja", "betalen", "betaald", "niet gratis", "tegen betaling", "kansentarief", "voordelig tarief"),
    },
)  # fmt: skip

SIGNUP = Codelist(
    "Aanmelden",
    ("Vrije inloop", "Op afspraak", "Inschrijven", "Via doorverwijzing"),
    {
        "Vrije inloop": ("inloop", "zonder afspraak", "nee", "niet nodig", "vrij", "geen afspraak nodig",
                         "nee zonder afspraak", "vrije toegang",
                         "doorlopend", "vrij toegankelijk"),
        "Op afspraak": ("afspraak", "na afspraak", "met afspraak", "afspraak nodig", "afspraak maken"),
        "Inschrijven": ("inschrijving", "inschrijven verplicht", "vooraf inschrijven", "na inschrijving",
                        "met inschrijving", "ja inschrijven"),
        "Via doorverwijzing": ("doorverwijzing", "doorverwezen", "na doorverwijzing", "op doorverwijzing"),
    },
    multiple=True,
)  # fmt: skip

STATUS = Codelist(
    "Status",
    ("Actief", "Gepland", "Tijdelijk gesloten", "Gestopt"),
    {
        "Actief": ("lopend", "loopt", "loopt nog", "bestaand", "in werking", "open"),
        "Gepland": ("gepland aanbod", "binnenkort", "in voorbereiding", "start binnenkort", "nieuw gepland"),
        "Tijdelijk gesloten": ("tijdelijk dicht", "gesloten wegens verbouwing", "in renovatie", "tijdelijk gestopt"),
        "Gestopt": ("stopgezet", "afgelopen", "beeindigd", "voorbij", "gedaan", "bestaat niet meer"),
    },
)  # fmt: skip

LEVEL = Codelist(
    "Niveau",
    ("Basis", "Gemiddeld", "Gevorderd"),
    {
        "Basis": ("beginner", "beginners", "beginnend", "basisniveau", "starter", "starters", "geen voorkennis"),
        "Gemiddeld": ("gemiddeld niveau", "middelmatig", "halfgevorderd"),
        "Gevorderd": ("gevorderden", "gevorderde", "geavanceerd", "zeer geavanceerd", "expert"),
    },
)  # fmt: skip

THEME = Codelist(
    "Thema",
    (
        "Informatie zoeken, evalueren en beheren",
        "Communicatie en samenwerking",
        "Contentcreatie",
        "Veiligheid, welzijn en verantwoord gebruik",
        "Herkennen en oplossen van problemen",
        "Online overheid",
        "Bankieren",
        "Gezondheid",
        "Werk",
        "School",
        "Communicatie",
        "Veiligheid",
    ),
    {
        "Informatie zoeken, evalueren en beheren": ("informatie", "informatie zoeken", "zoeken",
                                                    "informatievaardigheden"),
        "Communicatie en samenwerking": ("samenwerken", "samenwerking"),
        "Contentcreatie": ("creatie", "content", "digitale content", "programmeren", "coderen"),
        "Veiligheid, welzijn en verantwoord gebruik": ("verantwoord gebruik", "welzijn", "mediawijsheid"),
        "Herkennen en oplossen van problemen": ("problemen oplossen", "probleemoplossing"),
        "Online overheid": ("overheid", "e overheid", "itsme", "mijn burgerprofiel", "e loket", "online diensten"),
        "Bankieren": ("online bankieren", "bank", "bankzaken", "internetbankieren"),
        "Gezondheid": ("zorg", "online gezondheid", "gezondheidszorg"),
        "Werk": ("werk zoeken", "solliciteren", "vdab"),
        "School": ("onderwijs", "smartschool", "schoolplatform"),
        "Communicatie": ("mail", "e mail", "mailen", "whatsapp", "sociale media"),
        "Veiligheid": ("veilig internet", "online veiligheid", "veilig online", "privacy"),
    },
    multiple=True,
)  # fmt: skip

LANGUAGE = Codelist(
    "Talen",
    (
        "Nederlands", "Frans", "Engels", "Duits", "Arabisch", "Turks", "Berbers", "Spaans", "Portugees", "Italiaans",
        "Pools", "Roemeens", "Bulgaars", "Russisch", "Oekraïens", "Grieks", "Albanees", "Servisch", "Bosnisch",
        "Kroatisch", "Macedonisch", "Hongaars", "Tsjechisch", "Slowaaks", "Hebreeuws", "Jiddisch", "Perzisch",
        "Pasjtoe", "Koerdisch", "Armeens", "Georgisch", "Hindi", "Urdu", "Punjabi", "Gujarati", "Bengaals", "Nepalees",
        "Tamil", "Tibetaans", "Chinees", "Japans", "Koreaans", "Vietnamees", "Thais", "Filipijns", "Indonesisch",
        "Somalisch", "Swahili", "Tigrinya", "Amhaars", "Lingala", "Twi", "Wolof", "Fula", "Hausa", "Kinyarwanda",
        "Malinke", "Mongools", "Romani", "Vlaamse Gebarentaal",
    ),
    {
        "Nederlands": ("nl", "nederlandstalig", "vlaams", "basis nederlands", "eenvoudig nederlands",
                       "duidelijke taal"),
        "Frans": ("fr", "franstalig"),
        "Engels": ("en", "eng", "engelstalig"),
        "Duits": ("de", "duitstalig"),
        "Arabisch": ("ar", "darija", "marokkaans arabisch", "marokkaans"),
        "Turks": ("tr",),
        "Berbers": ("tamazight", "riffijns", "tarifit"),
        "Spaans": ("es",),
        "Portugees": ("pt", "braziliaans"),
        "Italiaans": ("it",),
        "Pools": ("pl",),
        "Roemeens": ("ro",),
        "Bulgaars": ("bg",),
        "Russisch": ("ru",),
        "Oekraïens": ("uk",),
        "Perzisch": ("farsi", "dari"),
        "Pasjtoe": ("pashto",),
        "Punjabi": ("panjabi",),
        "Bengaals": ("bengali",),
        "Nepalees": ("nepali",),
        "Chinees": ("mandarijn", "kantonees"),
        "Filipijns": ("tagalog",),
        "Somalisch": ("somali",),
        "Fula": ("pulaar", "peul"),
        "Vlaamse Gebarentaal": ("vgt", "gebarentaal"),
    },
    multiple=True,
)  # fmt: skip

AUDIENCE = Codelist(
    "Voor wie",
    ("Lerenden", "Begeleiders", "Organisaties"),
    {
        "Lerenden": ("lerende", "deelnemers", "cursisten", "leerders"),
        "Begeleiders": ("begeleider", "digihelpers", "digihelper", "lesgevers", "vrijwilligers", "medewerkers"),
        "Organisaties": ("organisatie", "lokale besturen", "besturen", "beleid"),
    },
    multiple=True,
)
ROLE = Codelist("Rol", ("Trekker", "Lid", "Mogelijke partner"), {"Mogelijke partner": ("mogelijk", "potentieel")})
WORKS_ON_INCLUSION = Codelist(
    "Werkt rond e-inclusie", ("Ja", "Nog niet"), {"Ja": ("x", "1", "waar"), "Nog niet": ("nee", "neen", "0", "onwaar")}
)

CODELISTS: Mapping[str, Codelist] = MappingProxyType(
    {
        codelist.name: codelist
        for codelist in (
            TYPE, GROUP, MODE, DAYPART, FREQUENCY, PRICE, SIGNUP, STATUS, LEVEL, THEME, LANGUAGE, AUDIENCE, ROLE,
            WORKS_ON_INCLUSION,
        )
    }
)  # fmt: skip
"""Every closed list by its Dutch name."""

EXTENSIBLE = ("Type aanbod", "Doelgroep", "Bereik", "Dagdeel", "Frequentie", "Prijs", "Aanmelden", "Talen", "Thema",
              "Niveau", "Status", "Voor wie")  # fmt: skip
"""Lists to which a sheet Lijsten may add values."""

PRESETS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Hulp en leren": ("Individuele begeleiding", "Groepsles of workshop", "Digitale oefenkans"),
        "Toegang en toestel": ("Toegang tot toestel of internet", "Uitleen of aankoop van toestel"),
        "Alles": (),
    }
)
"""Named choices of Type aanbod with which the app can open; an empty choice is no filter (DESIGN §4)."""
DEFAULT_PRESET = "Hulp en leren"
