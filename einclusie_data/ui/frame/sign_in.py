"""Signing in and out: by password, with the one-time code of the first start, or through a provider."""

from __future__ import annotations

import streamlit as st

from einclusie_data.contract import settings
from einclusie_data.contract.errors import StoreError
from einclusie_data.store.access import guard as access
from einclusie_data.store.access.guard import Session
from einclusie_data.ui.fence import reruns
from einclusie_data.ui.frame import account
from einclusie_data.ui.parts.markup import plain

FOR_MEMBERS = (
    "Deze pagina is voor de trekkers van het netwerk. Ze laden hier de werkmap op, kijken ze na en publiceren ze. "
    "Al het andere kan iedereen zien, zonder aan te melden."
)
NO_TREKKER_YET = (
    "Er is nog geen trekker. De code staat in het venster (de terminal) waarin de app gestart is. "
    "Kies je naam en een wachtwoord: daarmee meld je je voortaan aan."
)
FORGOTTEN = (
    "Vraag een andere trekker om je een nieuw wachtwoord te geven (bij Trekkers). Is er geen andere? Wie de server "
    "beheert, geeft er een met de opdracht: python -m einclusie_data trekker “Jouw naam”."
)


def show_account() -> Session | None:
    """Say who is signed in, or ask for it; None when nobody is."""
    try:
        account.take_provider()
        session = account.signed_in()
        needs_code = session is None and access.start_code_needed(account.the_desk().book)
    except StoreError as error:
        st.error(plain(error))
        return None
    show_messages()
    if session is not None:
        _show_signed_in(session)
        return session
    st.text(FOR_MEMBERS)
    if needs_code:
        _announce()
        _show_code_form()
    else:
        _show_sign_in()
    return None


def show_messages() -> None:
    """Say what went wrong and what was done since the page ran last."""
    said = account.messages()
    if said.error:
        st.error(plain(said.error))
    if said.done:
        st.success(plain(said.done))


def go_on_after_provider() -> None:
    """Open Beheer for whoever comes back from the provider: Streamlit always brings people to Start."""
    if account.back_from_provider():
        reruns.choices_are_read()
        st.switch_page("pages/beheer.py")


def _announce() -> None:
    """Print the code on the server, when the app was not started by `make run` (which prints it at once)."""
    text = account.the_desk().announcement(account.now(), "de pagina Beheer")
    if text:
        print(text, flush=True)  # noqa: T201 - for whoever started the server


def _show_signed_in(session: Session) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="aangemeld"):
        st.text(f"Aangemeld als {session.name}.", width="content")
        st.button("Afmelden", on_click=_leave, key="afmelden")


def _leave() -> None:
    account.clear_messages()
    account.sign_out()
    if account.provider_configured() and st.user.is_logged_in:
        st.logout()


def _show_sign_in() -> None:
    st.header("Aanmelden", anchor=False)
    if account.provider_configured():
        st.button("Aanmelden via je organisatie", on_click=st.login, type="primary", key="aanmelden_aanbieder")
    with st.form("aanmelden", width=420):
        st.text_input("Naam", key="aanmelden_naam", autocomplete="username")
        st.text_input("Wachtwoord", type="password", key="aanmelden_wachtwoord", autocomplete="current-password")
        st.form_submit_button("Aanmelden", type="primary", on_click=_sign_in, key="aanmelden_knop")
    st.html(f"<details class='uitleg'><summary>Wachtwoord vergeten?</summary><p>{FORGOTTEN}</p></details>")


def _show_code_form() -> None:
    st.header("Eerste keer aanmelden", anchor=False)
    st.text(NO_TREKKER_YET)
    with st.form("eerste_keer", width=420):
        st.text_input("Code", key="code", autocomplete="one-time-code")
        st.text_input("Jouw naam (staat bij alles wat je publiceert)", key="code_naam", autocomplete="username")
        st.text_input(
            f"Nieuw wachtwoord (minstens {settings.PASSWORD_CHARACTERS} tekens)",
            type="password",
            key="code_wachtwoord",
            autocomplete="new-password",
        )
        st.form_submit_button("Aanmelden", type="primary", on_click=_sign_in_with_code, key="code_knop")


def _sign_in() -> None:
    name, password = st.session_state["aanmelden_naam"], st.session_state["aanmelden_wachtwoord"]

    def prove() -> Session:
        desk = account.the_desk()
        return access.sign_in(desk.book, desk.attempts, name, password, account.now(), account.client())

    account.come_in(prove)
    st.session_state["aanmelden_wachtwoord"] = ""


def _sign_in_with_code() -> None:
    typed, name, password = (st.session_state[key] for key in ("code", "code_naam", "code_wachtwoord"))

    def prove() -> Session:
        desk = account.the_desk()
        return access.sign_in_with_code(
            desk.book, desk.attempts, desk.codes, typed, name, password, account.now(), account.client()
        )

    account.come_in(prove)
    st.session_state["code_wachtwoord"] = ""
