"""The page Wat als: the answer, the scenarios of this visit, their proposals, details and downloads."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from einclusie_data.contract.codelists import EVERYONE
from einclusie_data.contract.words import count, number
from einclusie_data.proposals.scenario import Scenario
from einclusie_data.proposals.words import ASSUMPTION, NOBODY_CHANGES, TABLE_HEADERS, people_sentences, scenario_name
from einclusie_data.ui.frame.page import View, show_notice
from einclusie_data.ui.frame.sign_in import show_messages
from einclusie_data.ui.parts.cards import Card, show_cards
from einclusie_data.ui.parts.markup import join, plain, table
from einclusie_data.ui.parts.now_then import show_changes_table
from einclusie_data.ui.scenario import state as scenario_state
from einclusie_data.ui.scenario.data import Picture, comparison_table


def scenarios_table(scenarios: pd.DataFrame) -> Markup:
    """Several scenarios beside each other: rows of `scenario_compare.compare_scenarios`."""
    rows = [[_figure(key, row[key]) for key in TABLE_HEADERS] for row in scenarios.to_dict("records")]
    return table("Scenario's naast elkaar", list(TABLE_HEADERS.values()), rows, name="breed")


def _figure(key: str, value: object) -> str:
    if key == "mensen":
        people = people_sentences(value)  # type: ignore[arg-type]
        return join((Markup("{}").format(one) for one in people or [NOBODY_CHANGES]), "<br>")
    return number(value) if isinstance(value, int) else str(value)


NOTHING_YET = "Zet een voorstel in het scenario: nieuw aanbod, of aanbod dat stopt. Dan lees je hier wat er verandert."
_REMOVE = "weg"


def show_lead(seen: Picture) -> None:
    """The answer in one sentence, and what is wrong if something is."""
    st.html(Markup("<p class='antwoord'><strong>{}</strong></p>").format(seen.lead or NOTHING_YET))
    show_messages()
    wrong = scenario_state.error()
    if wrong:
        st.error(plain(wrong))


def show_tools(scenario: Scenario) -> None:
    """The name of the open scenario, the other ones, and ways to make more."""
    others = scenario_state.scenarios()
    if not others:
        show_notice()
        return
    st.session_state["scenario_naam"] = scenario_name(scenario)
    st.session_state["scenario_keuze"] = st.session_state[scenario_state.KEY]
    with st.container(horizontal=True, vertical_alignment="bottom", key="scenario_balk"):
        st.text_input("Naam van dit scenario", key="scenario_naam", on_change=_rename, width=260)
        if len(others) > 1:
            st.selectbox(
                "Ga naar een ander scenario",
                list(others),
                key="scenario_keuze",
                format_func=lambda text: scenario_name(others[text]),
                on_change=_switch,
                placeholder="Kies",
                width=260,
            )
        st.button("Nieuw scenario", on_click=scenario_state.start_anew)
        st.button("Maak een kopie", on_click=scenario_state.copy)
        st.button("Sluit dit scenario", on_click=scenario_state.close)
    show_notice()


def _rename() -> None:
    scenario_state.rename(st.session_state["scenario_naam"])


def _switch() -> None:
    scenario_state.switch(st.session_state["scenario_keuze"])


def show_proposals(seen: Picture) -> None:
    """What is proposed, each with a button that takes it out."""
    if not seen.proposals:
        return
    st.header(f"In dit scenario: {count(len(seen.proposals), 'voorstel', 'voorstellen')}", anchor=False)
    cards = [
        Card(str(place), sentence, actions=((_REMOVE, "Haal weg"),)) for place, sentence in enumerate(seen.proposals)
    ]
    show_cards(cards, key="voorstellen", label="Voorstellen in dit scenario", on_pick=_take_out)


def _take_out(place: str, _action: str) -> None:
    if place.isdecimal():
        scenario_state.remove(int(place))


def show_details(seen: Picture) -> None:
    """Who, where and how many; what we do not know; now and then per wijk and group."""
    if not seen.lead:
        return
    doubts = join(Markup("<li><b>Let op:</b> {}</li>").format(one) for one in seen.doubts)
    told = join(Markup("<li>{}</li>").format(one) for one in seen.sentences)
    st.html(
        Markup("<h2>Wat verandert er?</h2><ul class='aanbod'>{}{}</ul><p class='stil'>{}</p>").format(
            doubts, told, ASSUMPTION
        )
    )
    show_changes_table(seen.table, key="nu_en_straks")


def show_comparison(view: View) -> None:
    """The scenarios of this visit in one table; drawn when it is opened."""
    texts = tuple(text for text, one in scenario_state.scenarios().items() if one.proposals)
    if len(texts) < 2:
        return
    more = st.expander(f"Vergelijk {number(len(texts))} scenario's", key="scenario_tabel", on_change="rerun")
    if more.open:
        group = view.choice.group
        about = "elke wijk en elke doelgroep apart geteld" if group == EVERYONE else group.lower()
        more.caption(plain(f"Geteld voor {view.choice.scope.text}: {about}."))
        more.html(scenarios_table(comparison_table(view, texts)))
