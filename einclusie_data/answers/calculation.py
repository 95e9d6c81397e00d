"""How a verdict is made and what it cannot say, in plain Dutch, from the same constants as the engine."""

from __future__ import annotations

from einclusie_data.city.tables import age_words
from einclusie_data.contract import codelists, settings, verdicts
from einclusie_data.contract.words import listing, norms, number, percentage, period


def calculation_lines() -> list[str]:
    """How a verdict is made: a few sentences, in order."""
    return [
        "We kijken per wijk en per doelgroep welk aanbod er is op wandelafstand van de plekken waar mensen wonen.",
        f"Wandelafstand is de rechte lijn maal {number(settings.DETOUR_FACTOR, 1)}. "
        f"De stad gebruikt zelf deze normen: {', '.join(norms())}.",
        "De Schelde is een grens: wie aan de overkant woont, is niet te voet bereikbaar.",
        f"Een wijk is gedekt als minstens {percentage(settings.COVERED_SHARE)} van de bewoners geregeld aanbod voor "
        "die groep op wandelafstand heeft. Telt het pas mee met aanbod voor iedereen, dan is het algemeen aanbod.",
        f"Is er een plek in de wijk, of bereikt het aanbod minstens {percentage(settings.LIMITED_SHARE)} van de "
        "bewoners, dan is het aanbod beperkt.",
        "Geregeld betekent: minstens om de twee weken, niet rondreizend, en het loopt nog meer dan "
        f"{settings.LASTING_DAYS} dagen.",
        "Aanbod aan huis telt voor minder mobiele mensen als aanbod in hun wijk.",
        "Ontbreekt een gegeven dat het oordeel kan veranderen, dan is het oordeel onbekend. Onbekend is nooit nul.",
        f"Gegevens die langer dan {period(settings.STALE_DAYS)} niet zijn nagekeken, krijgen de kanttekening "
        f"“{verdicts.STALE}”.",
        f"Een wijk met minder dan {number(settings.INHABITED_FROM)} inwoners krijgt geen oordeel.",
    ]


def limit_lines() -> list[str]:
    """What the figures cannot say."""
    return [
        "We rekenen zonder stratenplan. De Ring en het spoor tellen niet als grens.",
        "De voetgangerstunnel onder de Schelde is niet meegeteld.",
        "Waar mensen precies wonen is een schatting uit cijfers per statistische sector.",
        "Doelgroepen overlappen. Tel de aantallen van verschillende groepen nooit op.",
        "We weten niet of er plaats genoeg is, en of mensen er zich welkom voelen.",
        "Een mogelijk hiaat is een vraag om te bespreken, geen oordeel over een partner.",
    ]


def misuse_lines() -> list[str]:
    """How not to use the figures."""
    return [
        "Gebruik de kaart niet om partners te beoordelen of te vergelijken. Ze zegt niets over hoe goed het aanbod is.",
        "Zeg niet “hier is niets”. Zeg “hier vonden we niets: klopt dat?”. Wie de wijk kent, weet vaak meer.",
        "Lees “onbekend” nooit als “geen aanbod”. Vul eerst aan wat ontbreekt.",
        "Reken een landelijk percentage niet om naar een aantal mensen in een wijk.",
        "Vergelijk twee versies pas als je weet wat er veranderde: het aanbod, of enkel wat we ervan weten.",
        "Gebruik de afstand niet als reisweg. Het is een schatting, zonder straten.",
    ]


def group_lines() -> list[str]:
    """Which offers count for a group."""
    preset = codelists.DEFAULT_PRESET
    return [
        "Aanbod voor een doelgroep telt mee voor die doelgroep.",
        f"Aanbod voor {codelists.EVERYONE.lower()} telt mee voor elke groep. Bij “Meer filters” kun je dat uitzetten.",
        f"De kolom {codelists.EVERYONE} telt enkel aanbod dat voor iedereen openstaat.",
        f"De app opent met “{preset}”: {listing(codelists.PRESETS[preset]).lower()}. "
        "Gratis wifi is geen hulp en telt daar niet mee.",
        f"Aantallen mensen kennen we per wijk voor iedereen, voor kinderen en jongeren "
        f"({age_words(codelists.CHILDREN)}) en voor ouderen ({age_words(codelists.OLDER)}). Voor andere groepen komen "
        "ze uit het blad Behoefte van de werkmap, of zijn ze onbekend.",
        "De pagina Waar eerst telt mensen als we hun aantal kennen in minstens "
        f"{percentage(settings.SITING_KNOWN_SHARE)} van de bewoonde wijken. Anders telt elke bewoonde wijk even zwaar.",
    ]


def glossary(wijken: int, inhabited: int) -> tuple[tuple[str, str], ...]:
    """Words of the screens and what they mean, in alphabetical order.

    Parameters
    ----------
    wijken, inhabited : int
        How many wijken the city has, and how many of them are bewoond.
    """
    reaches = listing([number(metres) for metres in settings.REACH_NORMS_M.values()], "of")
    return (
        ("Aanbod", "Eén vorm van digitale hulp op één plek: een les, een inloop, een computer die je mag gebruiken."),
        ("Bereik", "Hoe mensen bij het aanbod komen: op locatie, rondreizend, aan huis, online of voor de hele stad."),
        ("Besluit", "Wat het netwerk samen afspreekt over een hiaat."),
        ("Dekking", "Hoeveel bewoners van een wijk op loopafstand van passend aanbod wonen."),
        ("Doelgroep", "Voor wie het aanbod bedoeld is."),
        ("E-inclusie", "Zorgen dat iedereen mee kan in de digitale wereld."),
        ("Geregeld aanbod", "Aanbod dat minstens om de twee weken doorgaat, niet rondreist en niet binnenkort stopt."),
        ("Hiaat", "Een wijk en een doelgroep waarvoor we geen passend aanbod vonden. Altijd “mogelijk”: te bespreken."),
        ("Loopafstand", f"Hoe ver iemand te voet wil gaan. Je kiest zelf: {reaches} meter."),
        ("Methodiek", "Een manier om mensen iets te leren: een cursus, een spel, een fiche."),
        ("Oefenkans", "Een plek waar iemand zelf kan oefenen, met hulp in de buurt."),
        ("Oordeel", "Wat de kaart zegt over één doelgroep in één wijk, bijvoorbeeld “beperkt”."),
        ("Passend aanbod", "Aanbod dat nu loopt, voor deze doelgroep is en binnen de gekozen filters valt."),
        ("Peildatum", "De dag waarvoor je kijkt. Standaard vandaag."),
        ("Trekker", "Wie het netwerk samenroept en de werkmap bijhoudt."),
        ("Werkmap", "De spreadsheet waarin het netwerk aanbod, methodieken en partners bijhoudt."),
        (
            "Wijk",
            f"Eén van de {number(wijken)} officiële wijken van de stad. In {number(inhabited)} ervan wonen minstens "
            f"{number(settings.INHABITED_FROM)} mensen.",
        ),
        ("Wijkenranking", "Sociaal-economische score van de stad per wijk, van 0 tot 100. Hoger: meer uitdagingen."),
    )


def verdict_lines() -> list[tuple[str, str, str]]:
    """Symbol, word and meaning of every verdict."""
    return [(verdict.symbol, verdict.word, verdict.sentence) for verdict in verdicts.VERDICTS.values()]
