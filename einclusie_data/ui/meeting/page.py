"""The page Bijeenkomst: the preparation of a meeting, to change and download as Word, and what comes after it.

What is typed during a meeting: kept at once for whoever is signed in as a trekker, to be read by everyone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from einclusie_data.answers.scopes import Scope, network_name
from einclusie_data.city.areas import attribution
from einclusie_data.contract import settings
from einclusie_data.contract.clock import today
from einclusie_data.contract.errors import DataFileError, StoreError
from einclusie_data.contract.privacy import mask_personal
from einclusie_data.engine.dataset import Dataset
from einclusie_data.files.write.tables import file_stem
from einclusie_data.files.write.word import DOCX_TYPE
from einclusie_data.meeting.document import Colophon, preparation_docx_bytes, report_docx_bytes
from einclusie_data.meeting.meetings import first_from, last_before, meetings_of
from einclusie_data.meeting.message import ICS_TYPE, NOTE_SECTIONS, has_events, meeting_ics_bytes, message_of, report_of
from einclusie_data.meeting.prepare import prepare
from einclusie_data.meeting.sections import PARTS, Occasion, Preparation, Section
from einclusie_data.publishing.history import version_before
from einclusie_data.store.access.desk import store_if_any
from einclusie_data.store.access.guard import Session
from einclusie_data.ui.decisions.choices import decisions_key
from einclusie_data.ui.frame import account, data, published, url_state
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.frame.url_state import Param, day
from einclusie_data.ui.parts.markup import join, plain, table

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


DAY, PREVIOUS, NEXT = "datum", "vorige", "volgende"
KEPT = 30
_TYPED = "bijeenkomst_getypt"
"""In the session: name of a field -> what was in it last."""


def meeting_params(_dataset: Dataset) -> list[Param]:
    """The choices of this page, as they stand in the URL."""
    some_day = day(DAY, today())
    return [Param(key, None, some_day.read, some_day.write) for key in (DAY, PREVIOUS, NEXT)]


def show_meeting(view: View) -> None:
    """Everything below the sentence that says what is chosen."""
    try:
        occasion, base = _occasion(view)
        key = _key(view, occasion, base)
        made = _prepared(view.version, key, occasion)
        notes = notes_of(view.choice.scope, occasion.day)
    except (DataFileError, StoreError) as error:
        st.error(plain(error))
        return
    st.html(Markup("<p class='antwoord'>{}</p>").format(join(made.lead, " ")))
    _choose_days()
    colophon = Colophon(published.origin(view.version, view.dataset), [one.text for one in attribution()], _link(view))
    texts = _change_texts(made, key)
    word = partial(preparation_docx_bytes, occasion, made, texts, colophon)
    stem = file_stem("bijeenkomst", occasion.day)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button("Download de voorbereiding (Word)", word, f"{stem}.docx", DOCX_TYPE, on_click="ignore")
        st.page_link(
            "pages/presentatie.py", label="Toon groot, voor de bijeenkomst", query_params=url_state.chosen(view.params)
        )
    _show_preparation(made)
    st.header("Tijdens de bijeenkomst: notities", anchor=False)
    show_notes(view.choice.scope, occasion.day, notes)
    _show_after(view, occasion, notes, colophon)


def _occasion(view: View) -> tuple[Occasion, str]:
    """The meeting that is chosen, and the version of the workbook at the previous one ("" = none is kept)."""
    known, state = meetings_of(view.dataset, view.choice.scope), st.session_state
    state[DAY] = state[DAY] or first_from(known, today()) or today()
    state[PREVIOUS] = state[PREVIOUS] or last_before(known, state[DAY])
    previous: date | None = state[PREVIOUS]
    version = version_before(published.versions(), previous) if previous else None
    base = published.version_id(version) if version else ""
    before = data.older_dataset(base) if base else None
    choice, areas = view.choice, data.areas_to_choose(view.version)
    decisions = published.decisions()
    occasion = Occasion(
        view.dataset, choice.question, choice.group, choice.scope, state[DAY], decisions, areas, previous, before
    )
    return occasion, base


def _key(view: View, occasion: Occasion, base: str) -> str:
    """What the preparation follows from, besides the version."""
    choice = view.choice
    days = f"{occasion.day}|{occasion.previous}"
    parts = (repr(choice.question), choice.group, choice.scope.name, days, decisions_key(occasion.decisions), base)
    return "\n".join(parts)


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _prepared(version: str, key: str, _occasion: Occasion) -> Preparation:
    return prepare(_occasion)


def _choose_days() -> None:
    with st.container(horizontal=True, key="bijeenkomst_dagen"):
        st.date_input("Dag van de bijeenkomst", key=DAY, format="DD/MM/YYYY", width=230)
        st.date_input("Vergelijk met de vorige bijeenkomst", key=PREVIOUS, format="DD/MM/YYYY", width=280)
        st.date_input("Volgende bijeenkomst", key=NEXT, format="DD/MM/YYYY", width=230)


def _change_texts(made: Preparation, key: str) -> dict[str, str]:
    """Key of a section -> its text as someone left it; the fields are drawn when they are opened."""
    typed: dict[str, str] = st.session_state.setdefault(_TYPED, {})
    texts = {}

    def keep(name: str) -> None:  # also when the fields are closed by the same click that ends the typing
        typed[name] = st.session_state[name]

    box = st.expander("Pas de tekst aan voor je downloadt", key="bijeenkomst_tekst", on_change="rerun")
    for section in made.sections:
        text = "\n".join(section.lines)
        name = "|".join(("tekst", section.key, key, text))
        if box.open:
            if name not in st.session_state:
                st.session_state[name] = typed.get(name, text)
            box.text_area(section.title, key=name, on_change=keep, args=[name])
        texts[section.key] = typed.get(name, text)
    return texts


def _show_preparation(made: Preparation) -> None:
    for part in PARTS:
        sections = [section for section in made.sections if section.part == part]
        if sections:
            st.header(part, anchor=False)
            st.html(join(_section(one) for one in sections))


def _section(section: Section) -> Markup:
    items = join(Markup("<li>{}</li>").format(line) for line in section.lines)
    grids = join(table(one.caption, one.heads, one.rows, name="breed heel") for one in section.tables)
    return Markup("<div class='zinnen'><h3>{}</h3><ul class='aanbod'>{}</ul>{}</div>").format(
        section.title, items, grids
    )


def _show_after(view: View, occasion: Occasion, notes: dict[str, str], colophon: Colophon) -> None:
    st.header("Na de bijeenkomst", anchor=False)
    report, stem = report_of(occasion, notes, st.session_state[NEXT]), file_stem("verslag", occasion.day)
    address = st.context.url if isinstance(st.context.url, str) else ""
    message = message_of(occasion, address.rpartition("/")[0], url_state.chosen(view.params))
    with st.container(horizontal=True):
        word = partial(report_docx_bytes, report, colophon)
        st.download_button("Download het verslag (Word)", word, f"{stem}.docx", DOCX_TYPE, on_click="ignore")
        coming = report.coming or (occasion.day if occasion.day >= today() else None)
        if has_events(occasion, coming):
            link = _link(view) if coming == occasion.day else ""
            ics = partial(meeting_ics_bytes, occasion, coming, account.now(), link)
            st.download_button("Zet in je agenda (.ics)", ics, f"{stem}.ics", ICS_TYPE, on_click="ignore")
    if report.coming is None:
        st.caption("Kies bovenaan de volgende bijeenkomst, dan staat ze in het verslag en in de agenda.")
    st.text("Bericht voor het online platform:")
    st.code(message, language=None, wrap_lines=True)


def _link(view: View) -> str:
    address = st.context.url
    return f"{address if isinstance(address, str) else ''}?{urlencode(url_state.chosen(view.params), doseq=True)}"
