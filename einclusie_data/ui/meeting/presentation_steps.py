"""What each step of a presentation says."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st
from markupsafe import Markup

from einclusie_data.answers.matrix import open_gaps_text
from einclusie_data.answers.summary import gap_lines
from einclusie_data.answers.wijk_profile import verdict_groups
from einclusie_data.changes.words import change_sentences, gap_sentences
from einclusie_data.contract.clock import today
from einclusie_data.contract.errors import DataFileError, StoreError
from einclusie_data.contract.verdicts import REASONS, VERDICTS
from einclusie_data.contract.words import listing, number
from einclusie_data.decisions.listing import card_lines
from einclusie_data.decisions.table import OPEN_STATES, labels_of
from einclusie_data.meeting.presentation import CHANGED, DECISIONS, GAP, MAP, Step
from einclusie_data.ui.changes.page import last_changes
from einclusie_data.ui.decisions import params as decision_params
from einclusie_data.ui.decisions.data import listing_of
from einclusie_data.ui.decisions.list import decision_card
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.frame.published import decisions as all_decisions
from einclusie_data.ui.meeting.notes import notes_of, show_notes
from einclusie_data.ui.meeting.presentation_decision import show_decision
from einclusie_data.ui.parts.markdown import plain
from einclusie_data.ui.parts.markup import join, sign

AGREEMENTS = "afspraken"
"""Key of the part of a meeting in which is typed."""
LINES_SHOWN = 6
"""Lines that can be read from the back of a room on one screen; more are counted."""


def show_step(view: View, step: Step) -> None:
    """The words of one step."""
    if step.kind == MAP:
        _show_answer(view)
    elif step.kind == GAP:
        _show_gap(view, step.code)
    elif step.kind == CHANGED:
        _show_changed(view)
    elif step.kind == DECISIONS:
        _show_decisions(view)
    else:
        _show_wijk(view, step.code)
    show_decision(view, step.code)
    _show_notes(view)


def _show_notes(view: View) -> None:
    """The agreements of today's meeting, to be typed while the step is on the screen."""
    with st.expander("Notities van vandaag"):
        try:
            show_notes(view.choice.scope, today(), notes_of(view.choice.scope, today()), [AGREEMENTS])
        except StoreError as error:
            st.error(plain(error))


def _large(lines: Iterable[Markup | str]) -> None:
    st.html(Markup("<div class='groot'>{}</div>").format(join(Markup("<p>{}</p>").format(one) for one in lines)))


def _listed(lines: list[str]) -> list[str]:
    more = len(lines) - LINES_SHOWN
    return [*lines[:LINES_SHOWN], *([f"En nog {number(more)}."] if more > 0 else [])]


def _show_answer(view: View) -> None:
    summary = view.summary
    st.header("Waar en voor wie ontbreekt nog aanbod?", anchor=False)
    _large(
        [
            view.sentence(view.choice.group),
            Markup("<b>{}</b> met een mogelijk hiaat.").format(open_gaps_text(summary.rows)),
            *(Markup("<b>{}</b> {}.").format(one.value, one.label) for one in summary.figures[1:]),
        ]
    )


def _show_gap(view: View, code: str) -> None:
    rows = view.summary.rows
    line = gap_lines(rows[rows["wijkcode"] == code])[0]
    verdict = VERDICTS[line.verdict]
    st.header(plain(line.wijk), anchor=False)
    _large(
        [
            f"Voor {view.choice.group.lower()}",
            Markup("{} <b>{}</b>. {}").format(sign(verdict), verdict.word, verdict.sentence),
            Markup("<b>{}</b>").format(line.people[:1].upper() + line.people[1:]),
            line.reason,
        ]
    )
    _show_ways_on(view, line.wijk)


def _show_ways_on(view: View, wijk: str) -> None:
    query = decision_params.filters_and(view)
    with st.container(horizontal=True):
        st.page_link(
            "pages/besluiten.py",
            label="Maak een voorstel",
            query_params={**query, decision_params.WIJK: [wijk]},
        )
        st.page_link("pages/methodieken.py", label="Methodieken", query_params={**query, "wijk": [wijk]})


def _show_wijk(view: View, code: str) -> None:
    answer = view.answer().table
    label = str(view.dataset.areas.wijken.loc[code, "label"])
    st.header(plain(label), anchor=False)
    shared = verdict_groups(answer[answer["wijkcode"] == code])
    _large(
        Markup("{} <b>{}</b>: {}.{}").format(
            sign(VERDICTS[verdict]),
            VERDICTS[verdict].word,
            listing([name.lower() for name in groups]),
            f" {REASONS[reason]}" if reason else "",
        )
        for verdict, reason, groups in shared
    )
    _show_ways_on(view, label)


def _show_changed(view: View) -> None:
    st.header("Wat is er veranderd?", anchor=False)
    try:
        found = last_changes(view)
    except (DataFileError, StoreError) as error:
        st.error(plain(error))
        return
    if isinstance(found, str):
        _large([found])
        return
    group = view.choice.group
    ours = gap_sentences(found.gaps[found.gaps["doelgroep"] == group])
    nothing = f"Voor {group.lower()} verandert geen enkel oordeel."
    _large([*change_sentences(found), *(_listed(ours) or [nothing])])


def _show_decisions(view: View) -> None:
    st.header("Wat spreken we af?", anchor=False)
    try:
        listing = listing_of(view, all_decisions())
    except StoreError as error:
        st.error(plain(error))
        return
    open_ones = [one for one in listing.decisions if one.state in OPEN_STATES]
    labels, on = labels_of(view.dataset.areas), view.choice.question.on
    lines = [
        Markup("{} <b>{}</b><br>{}").format(
            sign(card.verdict), card.title, join(filter(None, card_lines(one, labels, on, maybe_there=False)), "<br>")
        )
        for one, card in ((one, decision_card(view, one, maybe_there=False)) for one in open_ones[:LINES_SHOWN])
        if card.verdict is not None
    ]
    more = len(open_ones) - LINES_SHOWN
    _large([*listing.sentences, *lines, *([f"En nog {number(more)}."] if more > 0 else [])])
    st.page_link("pages/besluiten.py", label="Alle besluiten", query_params=decision_params.filters_and(view))
