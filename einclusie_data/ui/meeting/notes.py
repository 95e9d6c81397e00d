"""What is typed during a meeting: kept at once for whoever is signed in as a trekker, to be read by everyone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import streamlit as st
from markupsafe import Markup

from einclusie_data.answers.scopes import Scope, network_name
from einclusie_data.contract import settings
from einclusie_data.contract.errors import StoreError
from einclusie_data.contract.privacy import mask_personal
from einclusie_data.meeting.report import NOTE_SECTIONS
from einclusie_data.store.access.desk import store_if_any
from einclusie_data.store.access.guard import Session
from einclusie_data.ui.frame import account
from einclusie_data.ui.parts.markdown import plain
from einclusie_data.ui.parts.markup import join

HOW = "Wat je typt, wordt bewaard zodra je naast het vak klikt. Het komt in het verslag. Schrijf geen contactgegevens."
READ_ONLY = "Alleen een trekker die aangemeld is, noteert hier. Aanmelden doe je op Beheer."
_TRIED = "notitie_geprobeerd"
NOT_KEPT = "Je notitie is niet bewaard. Kopieer ze, en probeer straks opnieuw."


def notes_of(scope: Scope, day: date) -> dict[str, str]:
    """The notes of a meeting: key of `NOTE_SECTIONS` -> text.

    Raises
    ------
    StoreError
        The store does not answer.
    """
    store = store_if_any(settings.STORE)
    found = store.notes.of_meeting(_network(scope), day) if store else {}
    return {section: note.text for section, note in found.items()}


def _network(scope: Scope) -> str:
    return network_name(scope) or scope.name


def show_notes(scope: Scope, day: date, notes: Mapping[str, str], sections: Iterable[str] = NOTE_SECTIONS) -> None:
    """A field per part of the meeting for a trekker; for anyone else what was typed."""
    try:
        trekker = account.signed_in() is not None
    except StoreError as error:
        st.error(plain(error))
        return
    if note_failed():
        st.error(plain(f"{account.messages().error} {NOT_KEPT}"))
    st.session_state.pop(_TRIED, None)
    if not trekker:
        lines = [
            Markup("<dt>{}</dt><dd>{}</dd>").format(NOTE_SECTIONS[section], mask_personal(notes[section]))
            for section in sections
            if notes.get(section)
        ]
        st.html(Markup("<dl class='notities'>{}</dl>").format(join(lines)))
        st.caption(READ_ONLY)
        return
    for section in sections:
        key = f"notitie|{_network(scope)}|{day.isoformat()}|{section}"
        if key not in st.session_state:
            st.session_state[key] = notes.get(section, "")
        st.text_area(
            NOTE_SECTIONS[section], key=key, height=90, persist_state="session",
            on_change=_try, args=[_network(scope), day, section, key],
        )  # fmt: skip
    st.caption(HOW)


def note_failed() -> bool:
    """Whether what was typed last could not be kept; the notes themselves say so."""
    return bool(st.session_state.get(_TRIED)) and bool(account.messages().error)


def _try(network: str, day: date, section: str, key: str) -> None:
    st.session_state[_TRIED] = True
    account.for_trekkers(_keep)(network, day, section, key)


def _keep(session: Session, network: str, day: date, section: str, key: str) -> None:
    account.the_desk().store.notes.write(network, day, section, st.session_state[key], session.name)
