"""What a trekker does with a workbook: upload it, teach what was not understood, publish or leave it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from einclusie_data import draft as drafts
from einclusie_data.draft import COMPARING, READING, Comparison, Draft
from einclusie_data.draft_places import typed_point
from einclusie_data.errors import DataFileError, OutdatedComparisonError, StoreError
from einclusie_data.geocode_client import WebGeocoder
from einclusie_data.knowledge import knowledge_of
from einclusie_data.ui import account, data, job
from einclusie_data.ui.account import for_trekkers
from einclusie_data.words import count

if TYPE_CHECKING:
    from collections.abc import Callable

    from einclusie_data.access import Session
    from einclusie_data.geocode_answer import Point
    from einclusie_data.geocode_ask import Counts
    from einclusie_data.pipeline import Dataset
    from einclusie_data.store import Version
    from einclusie_data.ui.job import Job

_UPLOADS = "aantal_opgeladen"
CONFIRM = "kolommen_bevestigd"
NOTE = "publiceer_reden"
ASKING = "Adressen opzoeken"


def current() -> tuple[Draft | None, Comparison | None, str]:
    """The draft, what it would change (None until its columns are recognised), and why a file was refused."""
    state = st.session_state
    return state.get("ontwerp"), state.get("vergelijking"), state.get("laadfout", "")


def uploader_key() -> str:
    """Name of the field for a file: another one after each upload, so that it is empty again."""
    return f"werkmap_{st.session_state.get(_UPLOADS, 0)}"


def _shown_now() -> tuple[Version | None, Dataset | None]:
    """What is published now; no dataset when it is damaged."""
    version = data.latest()
    try:
        return version, data.dataset(data.version_id(version) if version else data.version())
    except (DataFileError, StoreError):
        return version, None


def _start(text: str, make: Callable[[], Draft]) -> None:
    """Make a draft beside the page, and compare it with what is published now."""
    version, now = _shown_now()

    def work(running: Job) -> tuple[Draft, Comparison | None]:
        draft = make()
        running.step(COMPARING)
        return draft, drafts.compare(draft, now, version) if draft.dataset is not None else None

    job.start(text, work, _keep)


def _keep(result: tuple[Draft, Comparison | None]) -> None:
    st.session_state["ontwerp"], st.session_state["vergelijking"] = result
    st.session_state["laadfout"] = ""


@for_trekkers
def take_file(_session: Session) -> None:
    """Read what was dropped (callback of the field for a file)."""
    file = st.session_state[uploader_key()]
    if file is None:
        return
    st.session_state[_UPLOADS] = st.session_state.get(_UPLOADS, 0) + 1
    _read(file.getvalue(), file.name)


@for_trekkers
def take_version(_session: Session, number: int) -> None:
    """Go on with a published version, to publish it anew."""
    store = account.the_desk().store
    _read(store.content(number), store.version(number).name, restored_from=number)


def go_on_with(number: int) -> None:
    """The same from the list of versions: the report stands in the other part of the page."""
    take_version(number)
    st.session_state["deel"] = "werkmap"


def _read(content: bytes, name: str, restored_from: int | None = None) -> None:
    _forget_draft()
    areas, store = data.areas(), account.the_desk().store
    _start(
        READING,
        lambda: drafts.read_draft(content, name, areas, knowledge_of(store), restored_from=restored_from),
    )


@for_trekkers
def match_column(_session: Session, match: tuple[str, str], key: str | None) -> None:
    """Match one column by hand; `key` names the widget that holds the choice, None takes a match away."""
    draft, areas = st.session_state["ontwerp"], data.areas()
    column = None if key is None else st.session_state[key]
    if key is None or column is not None:
        _start(READING, lambda: drafts.match_column(draft, areas, match, column))


@for_trekkers
def put_point(_session: Session, key: str, point: Point | None) -> None:
    """Put an offer of the draft on the map by hand, or take its point away."""
    draft, areas = st.session_state["ontwerp"], data.areas()
    _start(READING, lambda: drafts.put_point(draft, areas, key, point))


@for_trekkers
def put_typed_point(_session: Session, key: str) -> None:
    """The same with typed coordinates."""
    point = typed_point(str(st.session_state["punt_tekst"]))
    if point is None:
        account.leave_error("Dit zijn geen coördinaten. Typ ze zo: 51,2194; 4,4025. Eerst het noorden, dan het oosten.")
    else:
        put_point(key, point)


@for_trekkers
def look_up_addresses(_session: Session) -> None:
    """Ask the geocoder for the addresses of the draft; what it answered is kept, also when it is stopped."""
    draft, areas, store = st.session_state["ontwerp"], data.areas(), account.the_desk().store
    version, now = _shown_now()

    def work(running: Job) -> tuple[Draft, Comparison | None, Counts]:
        found, counts = drafts.look_up(draft, areas, store, _geocoder(), running.progress, running.cancelled)
        return found, drafts.compare(found, now, version), counts

    def done(result: tuple[Draft, Comparison | None, Counts]) -> None:
        _keep(result[:2])
        account.leave_success(_counts_sentence(result[2]))

    job.start(ASKING, work, done, keeps=True)


@st.cache_resource(show_spinner=False)
def _geocoder() -> WebGeocoder:
    return WebGeocoder()


def _counts_sentence(counts: Counts) -> str:
    parts = [
        f"{count(counts.placed, 'rij kreeg', 'rijen kregen')} een punt.",
        f"{count(counts.doubtful, 'adres is', 'adressen zijn')} twijfelachtig: kijk bij de meldingen."
        if counts.doubtful
        else "",
        f"{count(counts.open, 'rij is', 'rijen zijn')} nog niet opgezocht." if counts.open else "",
    ]
    return " ".join(filter(None, parts))


@for_trekkers
def publish(session: Session) -> None:
    """Publish the draft; when someone else published meanwhile, compare anew instead."""
    draft, comparison, _ = current()
    if draft is None or comparison is None:
        return
    store = account.the_desk().store
    note = str(st.session_state.get(NOTE, "")).strip()
    try:
        version = drafts.publish(draft, store, session.name, note, comparison.based_on)
    except OutdatedComparisonError as error:
        account.leave_error(str(error))
        store.log.add("publiceren-achterhaald", session.name, error.latest)
        st.session_state[CONFIRM] = False
        _start(COMPARING, lambda: draft)
        return
    store.log.add("gepubliceerd", session.name, version.number)
    _forget_draft()
    account.leave_success(f"Versie {version.number} is gepubliceerd. Iedereen ziet ze vanaf nu.")


@for_trekkers
def cancel(_session: Session) -> None:
    """Leave the draft: nothing changes."""
    _forget_draft()
    account.leave_success("De werkmap is weggelegd. Er is niets gewijzigd.")


def _forget_draft() -> None:
    job.drop()
    wiped: dict[str, Any] = {"ontwerp": None, "vergelijking": None, "laadfout": "", CONFIRM: False, NOTE: ""}
    for key, value in wiped.items():
        st.session_state[key] = value


def take_result() -> None:
    """Take over what is done since the last run of the page."""
    failed = job.take_result()
    if failed:
        st.session_state["laadfout"] = failed
