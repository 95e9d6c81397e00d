"""A meeting prepared from the data: what is new, what changed, what is missing, and the agenda."""

from __future__ import annotations

from collections.abc import Sequence

from einclusie_data.contract.words import count, day, listing, number
from einclusie_data.meeting.meetings import network_words
from einclusie_data.meeting.sections import (
    ADDED,
    CHANGED,
    ENDED,
    MISSING,
    NEW,
    Grid,
    News,
    Occasion,
    Preparation,
    Section,
    agenda,
    decision_lines,
    decisions_grid,
    first_lines,
    gap_lines,
    gap_news,
    gaps_grid,
    groups_grid,
    method_news,
    new_lines,
    offer_news,
    open_decisions,
    unknown_section,
)

LINES_SHOWN = 20
NO_PREVIOUS = (
    "We kennen de vorige bijeenkomst niet. Kies ze bij “Vergelijk met de vorige bijeenkomst”. "
    "Of vul het blad Bijeenkomsten aan."
)
NO_VERSION = (
    "Van de vorige bijeenkomst bewaren we geen werkmap. Daarom weten we niet wat er sindsdien veranderde. "
    "Publiceer bij elke bijeenkomst een werkmap: dan staat het hier de volgende keer."
)
NOT_COMPARED = "We weten het niet: er is niets om mee te vergelijken."
NO_GAP_CHANGE = "Er ontstond geen mogelijk hiaat, en er verdween er geen."


def prepare(occasion: Occasion) -> Preparation:
    """The preparation of a meeting.

    Parameters
    ----------
    occasion : Occasion

    Returns
    -------
    Preparation
        Every text is plain; contact details are masked.
    """
    sections = (*_changed(occasion), *_missing(occasion), *agenda(occasion))
    title = f"Bijeenkomst {network_words(occasion.scope)}, {day(occasion.day)}"
    return Preparation(title, _lead(occasion), sections)


def no_comparison(occasion: Occasion) -> str:
    """Why nothing is compared; "" when it is."""
    if occasion.previous is None:
        return NO_PREVIOUS
    return NO_VERSION if occasion.before is None else ""


def _lead(occasion: Occasion) -> tuple[str, ...]:
    """The answer: what is missing, what changed, what is open."""
    lines = [*gap_lines(occasion), *_change_counts(occasion), *decision_lines(occasion)]
    return tuple(lines)


def _change_counts(occasion: Occasion) -> list[str]:
    changes, previous = occasion.changes, occasion.previous
    if changes is None or previous is None:
        return [no_comparison(occasion)]
    news = offer_news(occasion)
    kinds = ((ADDED, "nieuw"), (CHANGED, "gewijzigd"), (ENDED, "gestopt of verdwenen"))
    parts = [f"{number(sum(one.kind == kind for one in news))} {word}" for kind, word in kinds]
    opened, closed = len(changes.opened), len(changes.closed)
    return [
        f"Sinds {day(previous)}: aanbod {listing(parts)}; "
        f"{count(len(method_news(occasion)), 'nieuwe methodiek', 'nieuwe methodieken')}; "
        f"mogelijke hiaten {number(opened)} ontstaan en {number(closed)} verdwenen."
    ]


def _changed(occasion: Occasion) -> tuple[Section, ...]:
    why = NOT_COMPARED if no_comparison(occasion) else ""
    opened, closed, unsure = gap_news(occasion)
    knowledge = [f"In {count(len(unsure), 'geval', 'gevallen')} veranderde enkel wat we weten."] if unsure else []
    gaps = [*first_lines([*opened, *closed], LINES_SHOWN), *knowledge] or [NO_GAP_CHANGE]
    return (
        Section("partners", NEW, "Nieuwe partners", new_lines(occasion)),
        Section("aanbod", NEW, "Aanbod", (why,) if why else _news(offer_news(occasion), "aanbod")),
        Section("methodieken", NEW, "Methodieken", (why,) if why else _news(method_news(occasion), "methodiek")),
        Section("hiaten_nieuw", NEW, "Hiaten die ontstonden en verdwenen", (why,) if why else tuple(gaps)),
    )


def _news(news: Sequence[News], what: str) -> tuple[str, ...]:
    if not news:
        return (
            (f"Geen verandering: {what} is er niet bijgekomen, gewijzigd of gestopt.",)
            if what == "aanbod"
            else ("Er kwam geen methodiek bij.",)
        )
    return tuple(first_lines([one.line for one in news], LINES_SHOWN))


def _missing(occasion: Occasion) -> tuple[Section, ...]:
    still = open_decisions(occasion.here)
    grids = (*_filled(gaps_grid(occasion)), groups_grid(occasion))
    decided = decisions_grid(occasion, still, "Open voorstellen en besluiten")
    unknown, todo = unknown_section(occasion)
    return (
        Section("hiaten", MISSING, "Meest dringende hiaten", gap_lines(occasion), grids),
        Section("besluiten", MISSING, "Open voorstellen en besluiten", decision_lines(occasion), _filled(decided)),
        Section("onbekend", MISSING, "Wat we niet weten, en wie het kan aanvullen", unknown, _filled(todo)),
    )


def _filled(grid: Grid) -> tuple[Grid, ...]:
    return (grid,) if grid.rows else ()
