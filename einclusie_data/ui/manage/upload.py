"""What a trekker does with a workbook: upload it, teach what was not understood, publish or leave it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial

import streamlit as st

from einclusie_data.contract import settings
from einclusie_data.contract.errors import DataFileError, OutdatedComparisonError, StoreError
from einclusie_data.engine.dataset import Dataset
from einclusie_data.geocode.answer import Point
from einclusie_data.geocode.ask import Counts, WebGeocoder
from einclusie_data.publishing import draft as drafts
from einclusie_data.publishing.draft import (
    COMPARING,
    READING,
    Comparison,
    Draft,
    learnt_since,
    look_up_sentence,
    point_problem,
    typed_point,
)
from einclusie_data.publishing.history import meanwhile_sentence
from einclusie_data.publishing.knowledge import knowledge_of
from einclusie_data.store.access.guard import Session
from einclusie_data.store.store import Version
from einclusie_data.ui.frame import account, data, job, published
from einclusie_data.ui.frame.account import for_trekkers
from einclusie_data.ui.frame.job import Job, work

ASKING = "Adressen opzoeken"
WAIT = "Er was net nog iets bezig. Er is niets gepubliceerd. Kijk het verslag na, en publiceer dan."


def _shown_now() -> tuple[Version | None, Dataset | None]:
    """What is published now; no dataset when it is damaged."""
    version = published.latest()
    try:
        return version, data.dataset(published.version_id(version) if version else published.version())
    except (DataFileError, StoreError):
        return version, None


def _start(text: str, make: Callable[[], Draft], *, goes_on: bool = False) -> None:
    """Make a draft beside the page, and compare it with what is published now."""
    version, now = _shown_now()

    def run(running: Job) -> tuple[Draft, Comparison | None]:
        draft = make()
        running.step(COMPARING)
        return draft, drafts.compare(draft, now, version) if draft.dataset is not None else None

    job.start(text, run, work().take, goes_on=goes_on, seconds=settings.CHECK_SECONDS)


def _change(change: Callable[[Draft], Draft]) -> None:
    """Change the draft; when an earlier change is still being worked out, go on with that one."""
    draft, before = work().draft, job.current()

    def make() -> Draft:
        earlier = before.result() if before is not None else None
        base = earlier[0] if earlier else draft
        if base is None:
            raise StoreError("De werkmap is weggelegd.")
        return change(base)

    _start(READING, make, goes_on=True)


@for_trekkers
def take_file(_session: Session) -> None:
    """Read what was dropped (callback of the field for a file)."""
    file = st.session_state[work().uploader]
    if file is not None:
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
    work().leave()
    areas, store = data.areas(), account.the_desk().store
    _start(
        READING,
        lambda: drafts.read_draft(content, name, areas, knowledge_of(store), restored_from=restored_from),
    )


@for_trekkers
def match_column(_session: Session, match: tuple[str, str], key: str | None) -> None:
    """Match one column by hand; `key` names the widget that holds the choice, None takes a match away."""
    column = None if key is None else st.session_state[key]
    if key is None or column is not None:
        areas = data.areas()
        _change(lambda draft: drafts.match_column(draft, areas, match, column))


@for_trekkers
def put_point(_session: Session, key: str, point: Point | None) -> None:
    """Put an offer of the draft on the map by hand, or take its point away."""
    areas = data.areas()
    problem = None if point is None else point_problem(point, areas)
    if problem:
        account.leave_error(problem)
    else:
        _change(lambda draft: drafts.put_point(draft, areas, key, point))


@for_trekkers
def put_typed_point(_session: Session, key: str, field: str) -> None:
    """The same with typed coordinates."""
    point = typed_point(str(st.session_state[field]))
    if point is None:
        account.leave_error("Dit zijn geen coördinaten. Typ ze zo: 51,2194; 4,4025. Eerst het noorden, dan het oosten.")
    else:
        put_point(key, point)


@for_trekkers
def look_up_addresses(_session: Session) -> None:
    """Ask the geocoder for the addresses of the draft; what it answered is kept, also when it is stopped."""
    draft, areas, store = work().draft, data.areas(), account.the_desk().store
    if draft is None or job.running():
        return
    version, now = _shown_now()
    desk_work, said = work(), account.messages()

    def run(running: Job) -> tuple[Draft, Comparison | None, Counts]:
        found, counts = drafts.look_up(draft, areas, store, _geocoder(), running.progress, running.cancelled)
        return found, drafts.compare(found, now, version), counts

    def done(result: tuple[Draft, Comparison | None, Counts]) -> None:
        desk_work.take(result)
        told = look_up_sentence(result[2])
        if result[2].placed:
            said.done = told
        else:
            said.error = told

    job.start(ASKING, run, done, keeps=True, seconds=settings.CHECK_SECONDS)


@lru_cache(maxsize=1)
def _geocoder() -> WebGeocoder:
    """The one that counts the requests of all trekkers; not in a cache of Streamlit, which can be emptied."""
    return WebGeocoder()


@for_trekkers
def publish(session: Session) -> None:
    """Publish the draft; when anything changed since the comparison, compare anew instead.

    After the commit only plain objects are changed: the run of the page may be broken off at any access to its state.
    """
    now, said, store = work(), account.messages(), account.the_desk().store
    draft, comparison = now.draft, now.comparison
    if draft is None or comparison is None:
        return
    if job.running():
        said.error = WAIT
        return
    if not drafts.is_up_to_date(draft, store):
        said.error = meanwhile_sentence(store.latest(), comparison.based_on, learnt_since(draft, store), session.name)
        _change(partial(drafts.refreshed, areas=data.areas(), store=store))
        return
    note = str(st.session_state.get(now.note, "")).strip()
    try:
        version = drafts.publish(draft, store, session.name, note, comparison.based_on)
    except OutdatedComparisonError as error:
        account.note("publiceren-achterhaald", session.name, error.latest)
        said.error = meanwhile_sentence(store.latest(), comparison.based_on, (), session.name)
        _change(partial(drafts.refreshed, areas=data.areas(), store=store))
        return
    now.leave()
    said.done = f"Versie {version.number} is gepubliceerd. Iedereen ziet ze vanaf nu."
    account.note("gepubliceerd", session.name, version.number)


@for_trekkers
def cancel(_session: Session) -> None:
    """Leave the draft: nothing changes."""
    job.drop()
    work().leave()
    account.leave_success("De werkmap is weggelegd. Er is niets gepubliceerd.")


def take_result() -> None:
    """Take over what is done since the last run of the page."""
    failed = job.take_result()
    if failed:
        work().refused = failed
