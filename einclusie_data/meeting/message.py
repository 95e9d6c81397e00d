"""A short message in Markdown for the online platform of a network, with links into the dashboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from einclusie_data.contract.markdown import safe_markdown
from einclusie_data.contract.words import day, number
from einclusie_data.decisions.words import agreement_sentence, field_words
from einclusie_data.meeting.agenda import next_day
from einclusie_data.meeting.gaps import gap_lines
from einclusie_data.meeting.meetings import network_words
from einclusie_data.meeting.parts import Occasion
from einclusie_data.meeting.report import decided_here

DECISIONS_SHOWN = 8


def link(address: str, page: str, query: Mapping[str, Sequence[str]]) -> str:
    """A link to a page of the dashboard; brackets in it cannot end it too early."""
    chosen = urlencode({key: list(values) for key, values in query.items()}, doseq=True)
    return f"{address.rstrip('/')}/{page}{f'?{chosen}' if chosen else ''}"


def message_of(occasion: Occasion, address: str, query: Mapping[str, Sequence[str]], coming: date | None = None) -> str:
    """The message after a meeting.

    Parameters
    ----------
    occasion : Occasion
    address : str
        Of the dashboard, as members open it.
    query : mapping of str to sequence of str
        The chosen filters as they stand in a link.
    coming : datetime.date, optional
        The next meeting as someone chose it; else that of the sheet Bijeenkomsten.
    """
    place, host = network_words(occasion.scope), occasion.meeting.host
    where = f", bij {safe_markdown(host)}" if host else ""
    decided, when = _decided(occasion, address, query), coming or next_day(occasion)
    return "\n".join(
        [
            f"**Bijeenkomst {safe_markdown(place)}, {day(occasion.day)}{where}**",
            "",
            *decided,
            "",
            f"{safe_markdown(' '.join(gap_lines(occasion)))} [Bekijk de kaart]({link(address, 'hiatenkaart', query)})",
            "",
            f"Volgende bijeenkomst: {day(when)}." if when else "Volgende bijeenkomst: de datum volgt nog.",
            f"[Alle besluiten]({link(address, 'besluiten', query)}) · "
            f"[Wat is er veranderd?]({link(address, 'veranderingen', query)})",
            "",
        ]
    )


def _decided(occasion: Occasion, address: str, query: Mapping[str, Sequence[str]]) -> list[str]:
    decided = decided_here(occasion)
    if not decided:
        return ["Er is nog geen besluit van deze bijeenkomst genoteerd."]
    lines = [
        f"- [{safe_markdown(field_words(one, {})['title'])}]"
        f"({link(address, 'besluiten', {**query, 'besluit': [str(one.id)]})}) "
        f"({one.state}): {safe_markdown(agreement_sentence(one))}"
        for one in decided[:DECISIONS_SHOWN]
    ]
    more = len(decided) - DECISIONS_SHOWN
    return ["Wat we afspraken:", "", *lines, *([f"- En nog {number(more)}."] if more > 0 else [])]
