"""The start page: the most pressing gaps and what we do not know.

The page Start: where and for whom is offer missing, at a glance.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from einclusie_data.answers.scopes import CITY
from einclusie_data.answers.summary import GapLine, Summary
from einclusie_data.contract import verdicts
from einclusie_data.output.maps.colourings import COLOURINGS, VERDICT, legend_of
from einclusie_data.ui.frame import url_state
from einclusie_data.ui.frame.navigate import go_to
from einclusie_data.ui.frame.page import View, close_page, leave_notice, open_page, show_notice
from einclusie_data.ui.frame.sign_in import go_on_after_provider
from einclusie_data.ui.maps.layers import show_layers
from einclusie_data.ui.parts.cards import Card, show_cards
from einclusie_data.ui.parts.gaps import show_figures, show_looks, show_meanings, show_unknowns


def show_start() -> None:
    """Draw the page."""
    go_on_after_provider()
    view = open_page("Start", "Waar en voor wie ontbreekt nog welk aanbod?")
    summary = view.summary
    st.markdown(f"**{view.sentence(view.choice.group)}**")
    show_figures(summary.figures)
    left, right = st.columns([3, 2], gap="medium")
    with left, st.container(key="vast"):
        show_looks(legend_of(summary.rows, COLOURINGS[VERDICT]))
        show_layers(view, summary.rows, summary.offers, key="kaart", on_pick=open_wijk(view))
        show_notice()
        show_way_to_presentation(view)
        show_meanings()
    with right:
        show_most_pressing(summary, view.choice.group)
    show_unknowns(summary)
    close_page(view)


WHY, METHODS = "waarom", "methodieken"
_ACTIONS = ((WHY, "Waarom?"), (METHODS, "Methodieken"))


def open_wijk(view: View) -> Callable[[str], None]:
    """What a click on the map does: open the card of the wijk."""
    wijken = view.dataset.areas.wijken

    def opened(code: str) -> None:
        label = str(wijken.loc[code, "label"])
        if not wijken.loc[code, "inhabited"]:
            leave_notice(f"{label}: {verdicts.VERDICTS[verdicts.NOT_APPLICABLE].sentence}")
        elif code in view.choice.scope.codes:
            go_to("pages/hiatenkaart.py", wijk=label)
        else:
            go_to("pages/hiatenkaart.py", wijk=label, gebied=CITY)

    return opened


def show_way_to_presentation(view: View) -> None:
    """The same answer for a meeting, in large type."""
    st.page_link(
        "pages/presentatie.py", label="Toon groot, voor een overleg", query_params=url_state.chosen(view.params)
    )


def show_most_pressing(summary: Summary, group: str) -> None:
    """The most pressing gaps of a group; those without a figure in a list of their own."""
    if not summary.known and not summary.without_figure:
        st.header("Geen mogelijk hiaat gevonden", anchor=False)
        st.text("Kijk ook naar de wijken waar we het niet weten.")
    if summary.known:
        size = len(summary.known)
        st.header(f"De {size} dringendste mogelijke hiaten" if size > 1 else "Eén mogelijk hiaat", anchor=False)
        _show_gaps(summary.known, group, "dringendste_hiaten")
    if summary.without_figure:
        st.header("Mogelijke hiaten zonder cijfer", anchor=False)
        st.caption(
            "We weten niet hoeveel mensen van deze groep er wonen. De wijken met de hoogste wijkenranking staan eerst."
        )
        _show_gaps(summary.without_figure, group, "hiaten_zonder_cijfer")


def _show_gaps(lines: Sequence[GapLine], group: str, key: str) -> None:
    def open_gap(wijk: str, action: str) -> None:
        if action == WHY:
            go_to("pages/hiatenmatrix.py", wijk=wijk, kolom=group)
        else:
            go_to("pages/methodieken.py", wijk=wijk)

    cards = [_card(line) for line in lines]
    show_cards(cards, key=key, label="Mogelijke hiaten, dringendste eerst", on_pick=open_gap)


def _card(line: GapLine) -> Card:
    verdict = verdicts.VERDICTS[line.verdict]
    return Card(line.wijk, f"{line.wijk} · {line.people}", (f"{verdict.word}. {line.reason}",), verdict, _ACTIONS)
