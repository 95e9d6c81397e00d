"""How a verdict is made and what it cannot say, in plain Dutch, from the same constants as the engine."""

from __future__ import annotations

from einclusie_data import settings, verdicts
from einclusie_data.words import number, percentage


def method_lines() -> list[str]:
    """How a verdict is made: a few sentences, in order."""
    norms = ", ".join(f"{number(metres)} m voor een {name}" for name, metres in settings.REACH_NORMS_M.items())
    return [
        "We kijken per wijk en per doelgroep welk aanbod er is op wandelafstand van de plekken waar mensen wonen.",
        f"Wandelafstand is de rechte lijn maal {number(settings.DETOUR_FACTOR, 1)}. "
        f"De stad gebruikt zelf deze normen: {norms}.",
        "De Schelde is een grens: wie aan de overkant woont, is niet te voet bereikbaar.",
        f"Een wijk is gedekt als minstens {percentage(settings.COVERED_SHARE)} van de bewoners geregeld aanbod voor "
        "die groep op wandelafstand heeft. Telt het pas mee met aanbod voor iedereen, dan is het algemeen aanbod.",
        f"Is er een plek in de wijk, of bereikt het aanbod minstens {percentage(settings.LIMITED_SHARE)} van de "
        "bewoners, dan is het aanbod beperkt.",
        "Geregeld betekent: minstens om de twee weken, niet rondreizend, en het loopt nog meer dan "
        f"{settings.LASTING_DAYS} dagen.",
        "Aanbod aan huis telt voor minder mobiele mensen als aanbod in hun wijk.",
        "Ontbreekt een gegeven dat het oordeel kan veranderen, dan is het oordeel onbekend. Onbekend is nooit nul.",
        f"Gegevens die langer dan {settings.STALE_DAYS // 365} jaar niet zijn nagekeken, krijgen de kanttekening "
        f"“{verdicts.STALE}”.",
        f"Een wijk met minder dan {settings.INHABITED_FROM} inwoners krijgt geen oordeel.",
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


def verdict_lines() -> list[tuple[str, str, str]]:
    """Symbol, word and meaning of every verdict."""
    return [(verdict.symbol, verdict.word, verdict.sentence) for verdict in verdicts.VERDICTS.values()]
