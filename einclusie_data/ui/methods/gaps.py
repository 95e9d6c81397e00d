"""Between methods and gaps: the gap that methods are sought for, and the gaps that one method could serve."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from einclusie_data.answers.method_gaps import GroupGaps, MethodGaps, gaps_for_method
from einclusie_data.answers.summary import GapLine
from einclusie_data.contract import verdicts
from einclusie_data.contract.codelists import EVERYONE
from einclusie_data.contract.words import listing, number, view_sentence
from einclusie_data.ui.frame.navigate import go_to
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.methods.cards import show_method_cards
from einclusie_data.ui.parts.cards import Card, show_cards
from einclusie_data.ui.parts.gaps import show_verdict
from einclusie_data.ui.parts.markdown import plain

MATRIX = "pages/hiatenmatrix.py"
WHY = "waarom"
ALL_KINDS = "Alles"
"""Preset of Soort aanbod that is no filter."""


def _leave_gap() -> None:
    st.session_state["wijk"] = None


def show_gap(view: View) -> str | None:
    """The cell of the gap table that methods are sought for: what it is and why.

    Returns
    -------
    str or None
        Code of its wijk; None when nobody came from a cell.
    """
    label = st.session_state["wijk"]
    if label is None:
        return None
    group, table = view.choice.group, view.answer().table
    row = table[(table["wijk"] == label) & (table["doelgroep"] == group)].iloc[0]
    st.header(_gap_title(row), anchor=False)
    show_verdict(row)
    st.caption(plain(view_sentence(view.choice.question, area=label, group=group)))
    with st.container(horizontal=True):
        st.button("Toon alle methodieken", on_click=_leave_gap)
        st.button("Bekijk dit vakje in de hiatenmatrix", on_click=go_to, args=[MATRIX], kwargs=_cell(label, group))
    if group == EVERYONE:
        st.text("Je zoekt voor iedereen. Kies een doelgroep om ook methodieken voor één groep te zien.")
    return str(row["wijkcode"])


def _cell(wijk: str, group: str) -> dict[str, str]:
    """A cell of the matrix, as its page has it in the URL."""
    return {"wijk": wijk, "kolom": group}


def _gap_title(row: pd.Series) -> str:
    """The heading: the gap, or what the cell is when it is no gap."""
    cell = plain(f"{row['wijk']}, {row['doelgroep'].lower()}")
    if row["oordeel"] in verdicts.OPEN_GAP:
        return f"Voor het mogelijk hiaat: {cell}"
    if row["oordeel"] == verdicts.UNKNOWN:
        return f"{cell}: we weten niet of hier iets ontbreekt"
    return f"{cell}: hier zien we nu geen hiaat"


def _leave_method() -> None:
    st.session_state["methodiek"] = None


def _all_kinds() -> None:
    st.session_state["soort"] = ALL_KINDS


def show_gaps_of_method(view: View, methods: pd.DataFrame) -> None:
    """The chosen method, and the gaps that it could serve in the chosen area."""
    chosen = methods[methods["id"] == st.session_state["methodiek"]]
    method = chosen.iloc[0]
    st.button("Terug naar de lijst", on_click=_leave_method)
    st.header("Voor welke hiaten past deze methodiek?", anchor=False)
    show_method_cards(chosen, key="gekozen_methodiek", label="De gekozen methodiek", with_gaps=False)
    types = view.choice.question.filters.types
    groups = sorted(view.dataset.groups, key=lambda group: group != view.choice.group)  # the chosen group first
    found = gaps_for_method(view.rows(view.answer()), method, types, groups)
    st.markdown(f"**{plain(view.sentence(_groups_text(found)))}**")
    st.text(found.sentence)
    if not found.groups and types and method["groups"]:
        st.button("Kijk naar alle soorten aanbod", on_click=_all_kinds)
    _show_gap_cards(found)


def _groups_text(found: MethodGaps) -> str:
    return found.groups[0].group if len(found.groups) == 1 else "per doelgroep"


def _show_gap_cards(found: MethodGaps) -> None:
    lines = [(one.group, line) for one in found.groups for line in (*one.known, *one.without_figure)]
    if not lines:
        return
    cells = {f"{line.wijk}|{group}": _cell(line.wijk, group) for group, line in lines}
    show_cards(
        [_gap_card(group, line) for group, line in lines],
        key="hiaten_van_methodiek",
        label="Mogelijke hiaten, per doelgroep, dringendste eerst",
        on_pick=lambda card, _: go_to(MATRIX, **cells[card]),
    )
    _show_more(found.groups)


def _gap_card(group: str, line: GapLine) -> Card:
    verdict = verdicts.VERDICTS[line.verdict]
    return Card(
        id=f"{line.wijk}|{group}",
        title=f"{line.wijk}, {group.lower()} · {line.people}",
        lines=(f"{verdict.word}. {line.reason}",),
        verdict=verdict,
        actions=((WHY, "Bekijk in de hiatenmatrix"),),
    )


def _show_more(groups: tuple[GroupGaps, ...]) -> None:
    """How many gaps are not named."""
    rest = [f"{number(one.more)} voor {one.group.lower()}" for one in groups if one.more]
    if rest:
        st.caption(f"Er zijn nog meer mogelijke hiaten: {plain(listing(rest))}. Je ziet ze op de pagina Hiatenmatrix.")
