"""Long work beside the page: it shows how far it is, and can be stopped.

What a trekker is doing on the page Beheer: the draft and all that belongs to it.
"""

from __future__ import annotations

import logging
import math
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st
from markupsafe import Markup

from einclusie_data.contract.deadline import within
from einclusie_data.contract.errors import AccessError, DataFileError, GeocoderError, StoreError
from einclusie_data.contract.words import number
from einclusie_data.files.read.workbook import stoppable
from einclusie_data.files.repair.workbook import Repair
from einclusie_data.publishing.draft import Comparison, Draft
from einclusie_data.ui.parts.markup import plain

WORK = "beheer_werk"
"""Where the session keeps it."""


@dataclass
class Work:
    """What a trekker is doing in this visit. One plain object: an action that changed it is never half done.

    Attributes
    ----------
    draft : Draft or None
    comparison : Comparison or None
        What the draft would change; None until its columns are recognised.
    refused : str
        Why the last file was refused, in Dutch.
    serial : int
        Counts drafts: widgets of another draft are other widgets, and so begin empty.
    repair : Repair or None
        The workbook to repair, once someone asked for it.
    """

    draft: Draft | None = None
    comparison: Comparison | None = None
    refused: str = ""
    serial: int = 0
    repair: Repair | None = None

    def leave(self) -> None:
        """Begin anew."""
        self.draft = self.comparison = self.repair = None
        self.refused = ""
        self.serial += 1

    def take(self, result: tuple[Any, ...]) -> None:
        """Go on with another draft."""
        self.draft, self.comparison, *_ = result
        self.repair, self.refused = None, ""

    @property
    def uploader(self) -> str:
        """Name of the field for a file."""
        return f"werkmap_{self.serial}"

    @property
    def note(self) -> str:
        """Name of the field for why."""
        return f"reden_{self.serial}"


def work() -> Work:
    """What the trekker of this visit is doing."""
    if WORK not in st.session_state:
        st.session_state[WORK] = Work()
    found: Work = st.session_state[WORK]
    return found


_log = logging.getLogger("einclusie")

_JOB = "taak"
"""Where a visitor's work is kept: one piece per name, so that pages leave each other's work alone."""
_AT_ONCE_S = 0.8
"""Work that is done within this time shows no progress."""
_LOOK_EVERY_S = 0.5
_FAILED = "Er ging iets mis dat we niet verwachtten. Er is niets gewijzigd. Probeer het opnieuw."


class Job:
    """One piece of work in a thread of its own.

    Parameters
    ----------
    text : str
        What is being done, in Dutch.
    work : callable
        Gets this job, to tell how far it is (`step`, `progress`) and to see whether to stop (`cancelled`). It may not
        use Streamlit.
    done : callable
        Gets what `work` returned, when the page runs again.
    keeps : bool
        When someone stops it, what it did so far is used; otherwise the page goes on at once without its result.
    seconds : float
        Processor seconds that it may take (see `deadline`).
    before : Job, optional
        What it goes on with: left together with it.
    """

    def __init__(
        self,
        text: str,
        work: Callable[[Job], Any],
        done: Callable[[Any], None],
        *,
        keeps: bool = False,
        seconds: float = math.inf,
        before: Job | None = None,
    ) -> None:
        self.text, self.keeps = text, keeps
        self._seconds, self._before = seconds, before
        self.share: float | None = None
        self.error = ""
        self._done = done
        self._result: Any = None
        self._stop, self._left = threading.Event(), threading.Event()
        self._stop_process: Callable[[], None] = lambda: None
        self._thread = threading.Thread(target=self._run, args=[work], daemon=True)
        self._thread.start()

    def _run(self, work: Callable[[Job], Any]) -> None:
        try:
            with stoppable(self._can_stop), within(self._seconds, self._left.is_set):
                self._result = work(self)
        except (DataFileError, StoreError, GeocoderError, AccessError) as error:
            self.error = str(error)
        except BaseException as error:
            self.error = _FAILED
            # Where it happened, not what it says: that may hold a cell of the workbook.
            _log.error("taak mislukt: %s\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))

    def step(self, text: str) -> None:
        """Tell what is being done now."""
        self.text = text

    def progress(self, done: int, total: int) -> None:
        """Tell how far it is."""
        self.share = done / total if total else None
        self.text = f"{self.text.partition(':')[0]}: {number(done)} van {number(total)}"

    def _can_stop(self, stop: Callable[[], None]) -> None:
        """A process of this work began."""
        self._stop_process = stop
        if self.cancelled():
            stop()

    def cancel(self) -> None:
        """Have it ask and read nothing more; what it did so far is worked out."""
        self._stop.set()
        self._stop_process()

    def leave(self) -> None:
        """Have it stop as soon as it can, wherever it is, and what it waits for too; its result is not used."""
        self._left.set()
        self.cancel()
        if self._before is not None:
            self._before.leave()

    def cancelled(self) -> bool:
        """Whether someone stopped it."""
        return self._stop.is_set()

    def over(self, wait_s: float = 0.0) -> bool:
        """Whether it is done, after waiting for at most so long."""
        self._thread.join(wait_s)
        return not self._thread.is_alive()

    def result(self) -> Any:
        """What the work returned, once it is done; None when it failed."""
        self._thread.join()
        return self._result

    def finish(self) -> None:
        """Hand over the result (in a run of the page)."""
        if not self.error:
            self._done(self._result)


def current() -> Job | None:
    """The work that is not taken over yet."""
    job: Job | None = st.session_state.get(_JOB)
    return job


def start(
    text: str,
    work: Callable[[Job], Any],
    done: Callable[[Any], None],
    *,
    keeps: bool = False,
    goes_on: bool = False,
    seconds: float = math.inf,
    name: str = _JOB,
) -> None:
    """Start work (in a callback).

    What was running under this name is stopped and forgotten, unless this work goes on with it.
    """
    before: Job | None = st.session_state.get(name) if goes_on else None
    if not goes_on:
        drop(name)
    st.session_state[name] = Job(text, work, done, keeps=keeps, seconds=seconds, before=before)


def drop(name: str = _JOB) -> None:
    """Stop and forget what is running."""
    job: Job | None = st.session_state.pop(name, None)
    if job is not None:
        job.leave()


def stop(name: str = _JOB) -> None:
    """Stop what is running, because someone asked (in a callback); asked twice, whatever it is doing."""
    job: Job | None = st.session_state.get(name)
    if job is not None and job.keeps and not job.cancelled():
        job.cancel()
    else:
        drop(name)


def take_result(name: str = _JOB) -> str:
    """Finish work that is done; the Dutch sentence about what went wrong, or ""."""
    job: Job | None = st.session_state.get(name)
    if job is None or not job.over(_AT_ONCE_S):
        return ""
    del st.session_state[name]
    job.finish()
    return job.error


def running(name: str = _JOB) -> bool:
    """Whether there is work that is not done yet."""
    return name in st.session_state


@st.fragment(run_every=_LOOK_EVERY_S)
def show_progress(name: str = _JOB) -> None:
    """How far the work is, with a button to stop it; the page runs again when it is done."""
    job: Job | None = st.session_state.get(name)
    if job is None or job.over():
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center", key="voortgang"):
        if job.share is None:
            st.html(Markup("<p class='bezig' role='status'>{}</p>").format(job.text))
        else:
            st.progress(min(job.share, 1.0), text=plain(job.text))
        st.button("Stoppen", on_click=stop, args=[name], key="taak_stoppen")
