"""The closed lists of the workbook: allowed values, and the other words people use for them.

Values are those of the contract (DESIGN §3), in its order; `Thema` and `Talen` are completed here. Synonyms are
compared after `text.normalise`, so case, accents and punctuation need no entry of their own.

A value that code speaks of has a name here, and code uses that name: never the text again, never its position in the
list. So a value can be added, and a list can be put in another order, without anything else changing.
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


# Type aanbod
ACCESS = "Toegang tot toestel of internet"
LENDING = "Uitleen of aankoop van toestel"
PERSONAL_HELP = "Individuele begeleiding"
GROUP_LESSON = "Groepsles of workshop"
PRACTICE = "Digitale oefenkans"
# Doelgroep
EVERYONE = "Iedereen"
CHILDREN = "Kinderen en jongeren"
FAMILIES = "Ouders en gezinnen"
OLDER = "Ouderen"
JOB_SEEKERS = "Werkzoekenden"
POVERTY = "Mensen in armoede"
NEWCOMERS = "Anderstaligen en nieuwkomers"
LOW_LITERACY = "Laaggeletterden en kortgeschoolden"
DISABILITY = "Mensen met een beperking of gezondheidsprobleem"
LESS_MOBILE = "Minder mobiele mensen"
# Bereik
ON_SITE = "Op locatie"
ROAMING = "Rondreizend"
AT_HOME = "Aan huis"
ONLINE = "Online"
WHOLE_CITY = "Hele stad"
# Dagdeel
DAYTIME = "Overdag"
EVENING = "Avond"
WEEKEND = "Weekend"
# Frequentie
DAILY = "Dagelijks"
WEEKLY = "Wekelijks"
FORTNIGHTLY = "Tweewekelijks"
MONTHLY = "Maandelijks"
ONCE = "Eenmalig of op aanvraag"
# Prijs
FREE = "Gratis"
FREE_SOMETIMES = "Gratis onder voorwaarden"
PAID = "Betalend"
# Aanmelden
DROP_IN = "Vrije inloop"
APPOINTMENT = "Op afspraak"
ENROL = "Inschrijven"
BY_REFERRAL = "Via doorverwijzing"
# Status
ACTIVE = "Actief"
PLANNED = "Gepland"
CLOSED = "Tijdelijk gesloten"
STOPPED = "Gestopt"
# Niveau
BASIC = "Basis"
MEDIUM = "Gemiddeld"
ADVANCED = "Gevorderd"
# Thema
GOVERNMENT = "Online overheid"
BANKING = "Bankieren"
# Talen
DUTCH = "Nederlands"
FRENCH = "Frans"
# Voor wie
LEARNERS = "Lerenden"
GUIDES = "Begeleiders"
ORGANISATIONS = "Organisaties"
# Rol
LEADER = "Trekker"
MEMBER = "Lid"
POSSIBLE_PARTNER = "Mogelijke partner"
# Werkt rond e-inclusie
WORKS = "Ja"
NOT_YET = "Nog niet"

TYPE = Codelist(
    "Type aanbod",
    (
        ACCESS,
        LENDING,
        PERSONAL_HELP,
        GROUP_LESSON,
        PRACTICE,
    ),
    {
        ACCESS: (
            "toegang", "toegang tot internet", "toegang tot toestel", "toegang tot toestellen of internet",
            "toegang tot digitale toestellen en internet", "publieke computer", "publieke pc", "openbare computer",
            "computerruimte", "wifi", "gratis wifi", "internettoegang", "internet",
            "toegang tot toestellen", "toegang tot een toestel", "toegang tot toestellen en internet",
            "toegang tot toestel en internet", "publieke computers", "publieke pcs", "openbare computers",
            "computerruimtes", "computerruimten",
        ),
        LENDING: (
            "uitleen", "uitleendienst", "laptopuitleen", "tabletuitleen", "uitleen van toestel", "uitleen toestel",
            "uitleen of aankoop", "uitleen van toestellen", "aankoop van toestel", "aankoop toestel", "uitlenen",
            "langdurige uitleen laptop",
            "uitleendiensten", "uitleendienst toestel", "uitleen toestellen", "uitleen of aankoop van toestellen",
            "uitleen of aankoop toestel", "aankoop van toestellen", "laptopuitleendienst", "tabletuitleendienst",
        ),
        PERSONAL_HELP: (
            "individueel", "individuele hulp", "individuele ondersteuning", "individuele begeleidingen",
            "1 op 1", "een op een", "een op een begeleiding", "1 op 1 begeleiding", "digipunt", "webpunt",
            "inloop individuele hulp", "hulp op maat", "helpdesk", "digihulp", "pc dokter",
            "digipunten", "webpunten", "pc dokters", "individuele begeleiding 1 op 1",
        ),
        GROUP_LESSON: (
            "groepsles", "groepslessen", "workshop", "workshops", "les", "lessen", "cursus", "cursussen", "lessenreeks",
            "groepsles workshop", "groepsaanbod", "in groep", "groep", "ondersteuning in groep", "groepssessie",
            "groepssessies", "vorming", "themasessie", "themasessies", "computerles", "computerlessen", "opleiding",
            "vormingen", "opleidingen", "groepslessen of workshops", "groepslessen en workshops",
            "groepslessen workshops", "groepsles en workshop", "groepsles of workshops", "groepslessen of workshop",
            "les of workshop", "lessen of workshops", "lessen en workshops", "workshops en lessen",
            "workshops of lessen",
        ),
        PRACTICE: (
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
        FAMILIES,
        OLDER,
        JOB_SEEKERS,
        POVERTY,
        NEWCOMERS,
        LOW_LITERACY,
        DISABILITY,
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
        FAMILIES: (
            "ouders", "gezinnen", "gezin", "jonge ouders", "jonge gezinnen", "families", "kwetsbare gezinnen",
            "gezinnen en ouders", "ouders gezinnen", "ouder", "ouder en gezin", "familie", "jong gezin",
            "gezinnen ouders", "gezinnen met kinderen",
        ),
        OLDER: ("oudere", "senioren", "senior", "oudere mensen", "ouderen 60", "60+", "65+", "60 plus", "65 plus",
                "60 plussers", "65 plussers", "55+", "55 plussers", "gepensioneerden", "bejaarden",
                "ouderen 60+", "ouderen 65+", "60 plusser", "65 plusser", "55 plus", "55 plusser", "60+ ers", "65+ ers",
                "gepensioneerde", "bejaarde"),
        JOB_SEEKERS: ("werkzoekende", "werklozen", "werkloze", "werkzoekers", "werkzoeker"),
        POVERTY: (
            "armoede", "kansarmen", "kansarme", "mensen in kansarmoede", "kansarmoede", "personen in armoede",
            "mensen met een laag inkomen", "laag inkomen", "mensen met laag inkomen", "lage inkomens",
            "mens in armoede", "persoon in armoede", "gezinnen in armoede",
        ),
        NEWCOMERS: (
            "anderstaligen", "anderstalige", "nieuwkomers", "nieuwkomer", "anderstalige nieuwkomers",
            "anderstalige nieuwkomer", "inburgeraars", "inburgeraar", "vluchtelingen", "anderstaligen nieuwkomers",
            "nieuwkomers en anderstaligen", "nieuwkomers anderstaligen", "vluchteling",
        ),
        LOW_LITERACY: (
            "laaggeletterden", "laaggeletterde", "kortgeschoolden", "kortgeschoolde", "laaggeschoolden",
            "laaggeschoolde", "laaggeletterden kortgeschoolden", "laaggeletterde volwassenen",
            "laaggeletterden en laaggeschoolden", "kortgeschoolden en laaggeletterden",
            "laaggeletterden laaggeschoolden", "laaggeletterden of kortgeschoolden",
        ),
        DISABILITY: (
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
    (ON_SITE, ROAMING, AT_HOME, ONLINE, WHOLE_CITY),
    {
        ON_SITE: ("locatie", "ter plaatse", "vast", "vaste locatie", "vaste plek", "op een locatie"),
        ROAMING: ("mobiel", "rondtrekkend", "op verplaatsing", "reizend", "pop up", "popup", "ambulant"),
        AT_HOME: ("thuis", "huisbezoek", "huisbezoeken", "bij mensen thuis", "bij je thuis"),
        ONLINE: ("digitaal", "op afstand", "vanop afstand", "via internet", "virtueel"),
        WHOLE_CITY: ("*", "stadsbreed", "stad", "heel de stad", "heel antwerpen", "de hele stad", "gehele stad",
                     "stadsbrede werking"),
    },
)  # fmt: skip

MOBILE_MODES = (AT_HOME, ONLINE, WHOLE_CITY)
"""Values of Bereik with which an offer is at no place, whatever its address (DESIGN §4, "mobile")."""

DAYPART = Codelist(
    "Dagdeel",
    (DAYTIME, EVENING, WEEKEND),
    {
        DAYTIME: ("dag", "voormiddag", "voormiddagen", "namiddag", "namiddagen", "ochtend", "ochtenden", "middag",
                  "s morgens", "s middags", "kantooruren"),
        EVENING: ("avonden", "s avonds"),
        WEEKEND: ("weekends", "weekenden", "in het weekend", "zaterdag", "zondag", "zaterdagen", "zondagen"),
    },
    multiple=True,
)  # fmt: skip

FREQUENCY = Codelist(
    "Frequentie",
    (DAILY, WEEKLY, FORTNIGHTLY, MONTHLY, ONCE),
    {
        DAILY: ("elke dag", "iedere dag", "alle dagen", "elke werkdag"),
        WEEKLY: ("elke week", "iedere week", "1x per week", "een keer per week", "1 keer per week"),
        FORTNIGHTLY: ("om de twee weken", "om de 2 weken", "om de 14 dagen", "veertiendaags", "2 wekelijks",
                      "twee wekelijks", "om de week", "2x per maand", "twee keer per maand"),
        MONTHLY: ("elke maand", "iedere maand", "1x per maand", "een keer per maand", "1 keer per maand"),
        ONCE: ("eenmalig", "op aanvraag", "op vraag", "occasioneel", "af en toe"),
    },
)  # fmt: skip

PRICE = Codelist(
    "Prijs",
    (FREE, FREE_SOMETIMES, PAID),
    {
        FREE: ("0", "0 euro", "€ 0", "€0", "nee", "kosteloos", "kost niets", "kost niks", "nee kost niets",
               "geen", "vrij"),
        FREE_SOMETIMES: ("gratis met voorwaarden", "voorwaardelijk gratis", "gratis voor kansentarief",
                         "deels gratis", "gratis voor leden"),
        PAID: ("ja", "betalen", "betaald", "niet gratis", "tegen betaling", "kansentarief", "voordelig tarief"),
    },
)  # fmt: skip

SIGNUP = Codelist(
    "Aanmelden",
    (DROP_IN, APPOINTMENT, ENROL, BY_REFERRAL),
    {
        DROP_IN: ("inloop", "zonder afspraak", "nee", "niet nodig", "vrij", "geen afspraak nodig",
                  "nee zonder afspraak", "vrije toegang",
                  "doorlopend", "vrij toegankelijk"),
        APPOINTMENT: ("afspraak", "na afspraak", "met afspraak", "afspraak nodig", "afspraak maken"),
        ENROL: ("inschrijving", "inschrijven verplicht", "vooraf inschrijven", "na inschrijving",
                "met inschrijving", "ja inschrijven"),
        BY_REFERRAL: ("doorverwijzing", "doorverwezen", "na doorverwijzing", "op doorverwijzing"),
    },
    multiple=True,
)  # fmt: skip

STATUS = Codelist(
    "Status",
    (ACTIVE, PLANNED, CLOSED, STOPPED),
    {
        ACTIVE: ("lopend", "loopt", "loopt nog", "bestaand", "in werking", "open"),
        PLANNED: ("gepland aanbod", "binnenkort", "in voorbereiding", "start binnenkort", "nieuw gepland"),
        CLOSED: ("tijdelijk dicht", "gesloten wegens verbouwing", "in renovatie", "tijdelijk gestopt"),
        STOPPED: ("stopgezet", "afgelopen", "beeindigd", "voorbij", "gedaan", "bestaat niet meer"),
    },
)  # fmt: skip

LEVEL = Codelist(
    "Niveau",
    (BASIC, MEDIUM, ADVANCED),
    {
        BASIC: ("beginner", "beginners", "beginnend", "basisniveau", "starter", "starters", "geen voorkennis"),
        MEDIUM: ("gemiddeld niveau", "middelmatig", "halfgevorderd"),
        ADVANCED: ("gevorderden", "gevorderde", "geavanceerd", "zeer geavanceerd", "expert"),
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
        GOVERNMENT,
        BANKING,
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
        GOVERNMENT: ("overheid", "e overheid", "itsme", "mijn burgerprofiel", "e loket", "online diensten"),
        BANKING: ("online bankieren", "bank", "bankzaken", "internetbankieren"),
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
        DUTCH, FRENCH, "Engels", "Duits", "Arabisch", "Turks", "Berbers", "Spaans", "Portugees", "Italiaans",
        "Pools", "Roemeens", "Bulgaars", "Russisch", "Oekraïens", "Grieks", "Albanees", "Servisch", "Bosnisch",
        "Kroatisch", "Macedonisch", "Hongaars", "Tsjechisch", "Slowaaks", "Hebreeuws", "Jiddisch", "Perzisch",
        "Pasjtoe", "Koerdisch", "Armeens", "Georgisch", "Hindi", "Urdu", "Punjabi", "Gujarati", "Bengaals", "Nepalees",
        "Tamil", "Tibetaans", "Chinees", "Japans", "Koreaans", "Vietnamees", "Thais", "Filipijns", "Indonesisch",
        "Somalisch", "Swahili", "Tigrinya", "Amhaars", "Lingala", "Twi", "Wolof", "Fula", "Hausa", "Kinyarwanda",
        "Malinke", "Mongools", "Romani", "Vlaamse Gebarentaal",
    ),
    {
        DUTCH: ("nl", "nederlandstalig", "vlaams", "basis nederlands", "eenvoudig nederlands",
                "duidelijke taal"),
        FRENCH: ("fr", "franstalig"),
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
    (LEARNERS, GUIDES, ORGANISATIONS),
    {
        LEARNERS: ("lerende", "deelnemers", "cursisten", "leerders"),
        GUIDES: ("begeleider", "digihelpers", "digihelper", "lesgevers", "vrijwilligers", "medewerkers"),
        ORGANISATIONS: ("organisatie", "lokale besturen", "besturen", "beleid"),
    },
    multiple=True,
)
ROLE = Codelist("Rol", (LEADER, MEMBER, POSSIBLE_PARTNER), {POSSIBLE_PARTNER: ("mogelijk", "potentieel")})
WORKS_ON_INCLUSION = Codelist(
    "Werkt rond e-inclusie", (WORKS, NOT_YET), {WORKS: ("x", "1", "waar"), NOT_YET: ("nee", "neen", "0", "onwaar")}
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

EXTENSIBLE = tuple(
    codelist.name
    for codelist in (TYPE, GROUP, MODE, DAYPART, FREQUENCY, PRICE, SIGNUP, LANGUAGE, THEME, LEVEL, STATUS, AUDIENCE)
)
"""Lists to which a sheet Lijsten may add values."""

PRESETS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Hulp en leren": (PERSONAL_HELP, GROUP_LESSON, PRACTICE),
        "Toegang en toestel": (ACCESS, LENDING),
        "Alles": (),
    }
)
"""Named choices of Type aanbod with which the app can open; an empty choice is no filter (DESIGN §4)."""
DEFAULT_PRESET = "Hulp en leren"
