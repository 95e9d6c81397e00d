"""Scenarios that were saved for the network: everyone may open them, a trekker saves them and takes them away.

Downloads of the page Wat als: rows for the workbook, and one page of Word.
"""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

import streamlit as st

from einclusie_data.city.areas import attribution
from einclusie_data.contract import settings
from einclusie_data.contract.errors import StoreError
from einclusie_data.contract.words import count
from einclusie_data.files.write.tables import XLSX_TYPE, file_stem
from einclusie_data.proposals.document import (
    DOCX_TYPE,
    HOW_TO_PASTE,
    ScenarioPage,
    proposal_rows_xlsx_bytes,
    scenario_docx_bytes,
)
from einclusie_data.proposals.link import read_link
from einclusie_data.proposals.scenario import Scenario
from einclusie_data.proposals.words import NO_SCENARIO, scenario_name
from einclusie_data.store.access.desk import store_if_any
from einclusie_data.store.access.guard import Session
from einclusie_data.store.scenarios import Scenario as Saved
from einclusie_data.store.signing import moment_words
from einclusie_data.ui.frame import account, published, url_state
from einclusie_data.ui.frame.page import View, leave_notice
from einclusie_data.ui.parts.cards import Card, show_cards
from einclusie_data.ui.parts.markup import plain
from einclusie_data.ui.scenario import state as scenario_state
from einclusie_data.ui.scenario.data import Picture

SHARE = "De link in de adresbalk bevat dit scenario. Kopieer de link om het te delen."


def show_export(view: View, scenario: Scenario, seen: Picture) -> None:
    """The scenario on one page, the new offers as rows of the workbook, and how to share."""
    if not scenario.proposals:
        return
    on = view.choice.question.on
    stem = file_stem("scenario", on)
    with st.container(horizontal=True):
        page = partial(_word, view, scenario, seen, _link(view))
        st.download_button("Download als één pagina (Word)", page, f"{stem}.docx", DOCX_TYPE, on_click="ignore")
        if scenario.new_offers:
            rows = partial(proposal_rows_xlsx_bytes, view.dataset, scenario, on)
            st.download_button("Download als rijen voor de werkmap", rows, f"{stem}.xlsx", XLSX_TYPE, on_click="ignore")
    st.caption(f"{SHARE} {HOW_TO_PASTE}" if scenario.new_offers else SHARE)


def _word(view: View, scenario: Scenario, seen: Picture, link: str) -> bytes:
    """Made when someone asks for it."""
    page = ScenarioPage(
        name=scenario_name(scenario),
        lead=seen.lead,
        view=view.sentence(view.choice.group),
        proposals=seen.proposals,
        sentences=seen.sentences,
        doubts=seen.doubts,
        changed=seen.changed,
        origin=published.origin(view.version, view.dataset),
        sources=[one.text for one in attribution()],
        link=link,
        on=view.choice.question.on,
    )
    return scenario_docx_bytes(page)


def _link(view: View) -> str:
    """The address of this view, as the page writes it when it is drawn to its end."""
    address = st.context.url
    query = urlencode(url_state.chosen(view.params), doseq=True)
    return f"{address if isinstance(address, str) else ''}?{query}"


_OPEN, _WITHDRAW = "open", "weg"
_OPENED = "scenario_bewaard"
"""In the session: name of a saved scenario -> the change of it that was opened or saved here."""
NOTHING_SAVED = "Er is nog geen scenario bewaard. Een trekker die aangemeld is, kan dat."


def show_saved(scenario: Scenario, text: str) -> None:
    """The saved scenarios; drawn when they are opened."""
    more = st.expander("Bewaarde scenario's van het netwerk", key="scenario_archief", on_change="rerun")
    if not more.open:
        return
    with more:
        try:
            session, saved = account.signed_in(), _all_saved()
        except StoreError as error:
            st.error(plain(error))
            return
        if session is not None and scenario.proposals:
            st.button(
                f"Bewaar “{plain(scenario_name(scenario))}” voor het netwerk", key="scenario_bewaren",
                on_click=account.for_trekkers(_save), args=[scenario_name(scenario), text], type="primary",
            )  # fmt: skip
        if not saved:
            st.text(NOTHING_SAVED)
            return
        _show_list(saved, trekker=session is not None)


def _all_saved() -> dict[str, Saved]:
    """What was saved, by a short name for the list."""
    store = store_if_any(settings.STORE)
    return {str(place): one for place, one in enumerate(store.scenarios.all(""))} if store else {}


def _show_list(saved: dict[str, Saved], *, trekker: bool) -> None:
    actions = ((_OPEN, "Open"), *(((_WITHDRAW, "Haal uit de lijst"),) if trekker else ()))
    withdraw = account.for_trekkers(_withdraw)

    def picked(place: str, action: str) -> None:
        if place in saved and action == _OPEN:
            _open(saved[place])
        elif place in saved and action == _WITHDRAW:
            withdraw(saved[place])

    cards = [Card(place, one.name, (_about(one),), actions=actions) for place, one in saved.items()]
    show_cards(cards, key="scenario_bewaarde", label="Bewaarde scenario's", on_pick=picked)


def _about(saved: Saved) -> str:
    scenario = read_link(saved.text)
    size = NO_SCENARIO if scenario is None else count(len(scenario.proposals), "voorstel", "voorstellen")
    return f"{size}. Bewaard door {saved.by} op {moment_words(saved.at)}."


def _open(saved: Saved) -> None:
    scenario = read_link(saved.text)
    if scenario is None:
        leave_notice(NO_SCENARIO)
    elif scenario_state.bring_in(scenario, saved.text):
        _remember(saved)


def _remember(saved: Saved) -> None:
    st.session_state[_OPENED] = st.session_state.get(_OPENED, {}) | {saved.name: saved.change}


def _save(session: Session, name: str, text: str) -> None:
    store, seen = account.the_desk().store, st.session_state.get(_OPENED, {})
    _remember(store.scenarios.save(name, text, session.name, based_on=seen.get(name)))
    account.leave_success(f"“{name}” is bewaard. Iedereen kan het hier openen.")


def _withdraw(session: Session, saved: Saved) -> None:
    account.the_desk().store.scenarios.withdraw(saved.name, session.name, based_on=saved.change)
    st.session_state.get(_OPENED, {}).pop(saved.name, None)
    account.leave_success(f"“{saved.name}” staat niet meer in de lijst.")
