"""The presentation: one step of the meeting at a time, in large type, with the arrows of the keyboard.

What each step of a presentation says.

A decision typed while its step is on the screen: kept at once, in the report of the meeting of today.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

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
from einclusie_data.decisions.table import OPEN_STATES, card_lines, draft_at_meeting, labels_of
from einclusie_data.engine.dataset import Dataset
from einclusie_data.meeting.presentation import (
    CHANGED,
    DECISIONS,
    GAP,
    MAP,
    PARTS,
    WIJK,
    Step,
    first_of,
    moved,
    place_words,
    step_named,
    steps_of,
)
from einclusie_data.output.maps import maps
from einclusie_data.output.maps.colourings import COLOURINGS, VERDICT, legend_of
from einclusie_data.output.maps.leaflet import Drawing
from einclusie_data.store.decision_record import Draft
from einclusie_data.ui.changes.page import last_changes
from einclusie_data.ui.decisions import choices
from einclusie_data.ui.decisions.choices import filters_and, listing_of
from einclusie_data.ui.decisions.fields import networks
from einclusie_data.ui.decisions.form import FORM, Fields, new_form, show_form
from einclusie_data.ui.decisions.listing import decision_card
from einclusie_data.ui.frame import account, data, url_state
from einclusie_data.ui.frame.account import messages_were_shown
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.frame.published import decisions as all_decisions
from einclusie_data.ui.frame.sign_in import show_messages
from einclusie_data.ui.frame.url_state import Param
from einclusie_data.ui.maps.layers import show_layers
from einclusie_data.ui.meeting.page import note_failed, notes_of, show_notes
from einclusie_data.ui.parts.component import component
from einclusie_data.ui.parts.gaps import show_looks
from einclusie_data.ui.parts.markup import join, plain, sign

OPEN = "besluit_in_overleg"
_DRAWN = "besluit_in_overleg_getekend"
READ_ONLY = "Alleen een trekker die aangemeld is, legt hier een besluit vast. Aanmelden doe je op Beheer."
WHERE = "Het besluit staat daarna op Besluiten, en in het verslag van vandaag."


def show_decision(view: View, code: str) -> None:
    """The few fields that a meeting fills in; drawn when they are opened.

    Parameters
    ----------
    view : View
    code : str
        Wijk of the gap that is on the screen; "" for a decision about something else.
    """
    if not note_failed():
        show_messages()
    if st.session_state.pop(_DRAWN, False) and FORM not in st.session_state:
        st.session_state[OPEN] = False  # it was saved, or given up
    box = st.expander("Leg een besluit vast", key=OPEN, on_change="rerun")
    if not box.open:
        _forget()
        return
    with box:
        try:
            trekker = account.signed_in() is not None
        except StoreError as error:
            st.error(plain(error))
            return
        if not trekker:
            st.caption(READ_ONLY)
            return
        draft = _draft(view, code)
        show_form(view, new_form(f"overleg|{code}|{draft.group}", draft, Fields.AT_MEETING))
        st.session_state[_DRAWN] = True
        st.caption(WHERE)


def _forget() -> None:
    """A form that is closed starts anew: Streamlit drops what was in its fields."""
    form = st.session_state.get(FORM)
    if form is not None and form.which is Fields.AT_MEETING:
        del st.session_state[FORM]


def _draft(view: View, code: str) -> Draft:
    areas = data.areas_to_choose(view.version)
    network = next((name for name in networks(view) if areas[name] == view.choice.scope), "")
    return draft_at_meeting(view.dataset.areas, code, view.choice.group, network, today())


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
    query = choices.filters_and(view)
    with st.container(horizontal=True):
        st.page_link(
            "pages/besluiten.py",
            label="Maak een voorstel",
            query_params={**query, choices.WIJK: [wijk]},
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
    st.page_link("pages/besluiten.py", label="Alle besluiten", query_params=choices.filters_and(view))


_STYLE = (Path(__file__).parents[1] / "assets" / "presentation.css").read_text("utf-8")
_STEP, _KEYS = "stap", "presentatie_toetsen"
MAP_HEIGHT_PX = 430
AROUND_DEGREES = 0.008
"""How much of the neighbours is shown around a wijk."""
HOW = "Pijltjes ← en → op het toetsenbord: vorige en volgende. Klik op een wijk om ze te openen."


def presentation_params(_dataset: Dataset) -> list[Param]:
    """The choice of this page, as it stands in the URL."""
    return [url_state.words(_STEP)]


@st.fragment
def show_presentation(view: View) -> None:
    """The step that is open, and the way to the others."""
    st.html(f"<style>{_STYLE}</style>")
    steps = steps_of(view.rows(view.answer()), view.choice.group)
    step = step_named(steps, st.session_state[_STEP])
    _show_bar(view, steps, step)
    left, right = st.columns([1, 1], gap="medium")
    with left:
        _show_map(view, steps, step)
    with right:
        show_step(view, step)
    url_state.put(view.params)
    messages_were_shown()


def _go(step: Step) -> None:
    st.session_state[_STEP] = step.name


def _show_bar(view: View, steps: tuple[Step, ...], step: Step) -> None:
    def pressed() -> None:
        by = st.session_state[_KEYS].get("go")
        if by in (1, -1):
            _go(moved(steps, step, by))

    with st.container(horizontal=True, vertical_alignment="center", key="stappen"):
        st.button("← Vorige", on_click=_go, args=[moved(steps, step, -1)], disabled=step == steps[0])
        st.button("Volgende →", on_click=_go, args=[moved(steps, step, 1)], disabled=step == steps[-1], type="primary")
        for kind, label in PARTS.items():
            start = first_of(steps, kind)
            if start is not None:
                st.button(label, on_click=_go, args=[start], type="secondary" if step.kind == kind else "tertiary")
        st.caption(place_words(steps, step), width="content")
        st.page_link("dashboard.py", label="Stop", query_params=filters_and(view))
    component("stappen", "steps", "<div></div>")(key=_KEYS, on_go_change=pressed, height=1)


def _show_map(view: View, steps: tuple[Step, ...], step: Step) -> None:
    wijken = {one.code: one for one in steps if one.kind == WIJK}

    def picked(code: str) -> None:
        if code in wijken:
            _go(wijken[code])

    rows = view.summary.rows
    show_looks(legend_of(rows, COLOURINGS[VERDICT]))
    show_layers(
        view,
        rows,
        view.summary.offers,
        key="kaart_presentatie",
        height=MAP_HEIGHT_PX,
        chosen=step.code if step.kind in (GAP, WIJK) else None,
        on_pick=picked,
        above=[_look(view, step.code)],
        brief=True,
    )
    if step.kind == MAP:
        st.caption(HOW)


def _look(view: View, code: str) -> Drawing:
    """The map goes to the wijk of the step, with its neighbours; else to the whole area."""
    west, south, east, north = data.focus((code,) if code else view.choice.scope.codes)
    around = AROUND_DEGREES if code else 0.0
    return maps.look_layer((west - around, south - around, east + around, north + around))
