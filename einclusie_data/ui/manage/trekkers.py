"""The part of Beheer for the trekkers themselves: who may publish, passwords, and what happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from einclusie_data.contract import settings
from einclusie_data.contract.words import moment
from einclusie_data.store.access import guard as access
from einclusie_data.store.access.desk import LOG_WORDS
from einclusie_data.store.access.guard import Session
from einclusie_data.store.people import Trekker
from einclusie_data.ui.frame import account
from einclusie_data.ui.frame.account import for_trekkers
from einclusie_data.ui.parts.markup import table

LOG_SHOWN = 30


def show_trekkers(session: Session) -> None:
    """Who may publish, forms to add someone and to give a new password, and the log."""
    people = account.the_desk().store.trekkers.all()
    st.header("Wie mag publiceren?", anchor=False)
    rows = [
        (
            one.name,
            "mag niet meer aanmelden" if one.disabled else "mag publiceren",
            one.changed_by,
            _when(one.changed_at),
        )
        for one in people
    ]
    if rows:
        st.html(table("Trekkers", ("Naam", "Stand", "Laatst gewijzigd door", "Wanneer"), rows))
    if settings.TREKKERS:
        st.text("Wie zich aanmeldt via de organisatie, staat op de lijst van de server.")
    left, right = st.columns(2, gap="medium")
    with left:
        _show_new()
    with right:
        _show_renew(people)
        _show_block([one.name for one in people if not one.disabled and one.name != session.name])
    _show_log()


def _show_new() -> None:
    st.header("Trekker toevoegen", anchor=False)
    with st.form("trekker_nieuw", clear_on_submit=False):
        st.text_input("Naam van de nieuwe trekker", key="nieuw_naam", autocomplete="off")
        _password_field("nieuw_wachtwoord")
        st.form_submit_button("Toevoegen", on_click=_add, key="nieuw_knop")


def _password_field(key: str) -> None:
    st.text_input(
        f"Wachtwoord (minstens {settings.PASSWORD_CHARACTERS} tekens)",
        type="password", key=key, autocomplete="new-password",
    )  # fmt: skip


@for_trekkers
def _add(session: Session) -> None:
    name, password = st.session_state["nieuw_naam"], st.session_state["nieuw_wachtwoord"]
    added = access.add_trekker(session, account.the_desk().book, name, password, account.now())
    account.note("trekker-toegevoegd", f"{session.name} → {added}")
    st.session_state["nieuw_naam"] = st.session_state["nieuw_wachtwoord"] = ""
    account.leave_success(f"Toegevoegd. {added} kan zich aanmelden.")


def _show_renew(people: Sequence[Trekker]) -> None:
    """Another password for someone on the list: chosen, never typed, so that a slip makes no new trekker."""
    if not people:
        return
    st.header("Nieuw wachtwoord geven", anchor=False)
    with st.form("wachtwoord_nieuw", clear_on_submit=False):
        names = {one.name: f"{one.name} (mag niet meer aanmelden)" if one.disabled else one.name for one in people}
        st.selectbox(
            "Aan wie?", list(names), key="vernieuw_naam", index=None, format_func=names.__getitem__,
            placeholder="Kies een naam",
        )  # fmt: skip
        _password_field("vernieuw_wachtwoord")
        st.form_submit_button("Wachtwoord bewaren", on_click=_renew, key="vernieuw_knop")


@for_trekkers
def _renew(session: Session) -> None:
    name, password = st.session_state["vernieuw_naam"], st.session_state["vernieuw_wachtwoord"]
    if name is None:
        account.leave_error("Kies eerst een naam.")
        return
    account.go_on_as(access.renew_password(session, account.the_desk().book, name, password, account.now()))
    account.note("wachtwoord-gegeven", f"{session.name} → {name}")
    st.session_state["vernieuw_wachtwoord"] = ""
    account.leave_success(f"Bewaard. {name} kan zich aanmelden met het nieuwe wachtwoord.")


def _show_block(names: list[str]) -> None:
    st.header("Iemand is geen trekker meer", anchor=False)
    if not names:
        st.text("Er is geen andere trekker.")
        return
    st.selectbox("Wie?", names, key="blokkeer_naam", index=None, placeholder="Kies een naam")
    st.button("Mag niet meer aanmelden", on_click=_block, key="blokkeer_knop")


@for_trekkers
def _block(session: Session) -> None:
    name = st.session_state["blokkeer_naam"]
    if name is None:
        account.leave_error("Kies eerst een naam.")
        return
    account.the_desk().store.trekkers.disable(name, session.name)
    account.note("trekker-geblokkeerd", f"{session.name} → {name}")
    account.leave_success(f"{name} kan zich niet meer aanmelden. Geef een nieuw wachtwoord om dat terug te draaien.")


def _show_log() -> None:
    st.header("Logboek", anchor=False)
    entries = account.the_desk().store.log.last(LOG_SHOWN)
    rows = [
        (
            _when(one.at),
            LOG_WORDS.get(one.what, one.what),
            one.who or "–",
            "–" if one.number is None else str(one.number),
        )
        for one in entries
    ]
    st.html(table("Logboek", ("Wanneer", "Wat", "Wie", "Versie"), rows))


def _when(at: datetime) -> str:
    return moment(at.astimezone(ZoneInfo(settings.TIMEZONE)))
