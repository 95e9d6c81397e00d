"""When Streamlit may break off a run of a page, and what outlives the page: two clicks shortly after each other.

Streamlit breaks a run off at the first element that it draws once something newer was sent. When that happens before
the page has read what was chosen, the choice is gone: a switch of page sends no widgets along. So a run goes on until
then. Together with `runner.fastReruns = false` (one run of a visit at a time, in the order in which things were sent)
nothing is skipped.

A message holds what every widget of the page stands on in the browser: also one that the page itself has put elsewhere,
which the browser has not heard of. So it is kept which of them changed since the message before.

The insides of Streamlit that this needs are named in this module alone.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import streamlit as st
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.state.session_state import SessionState

_LOOK_AGAIN_S = 0.02
_run = threading.local()  # one thread runs the scripts of a visit, one after the other
_SENT = "stand_in_de_browser"
_take_message = SessionState.set_widgets_from_proto
_break_off = ScriptRunner._maybe_handle_execution_control_request


def _break_off_once_read(runner: ScriptRunner) -> None:
    """Let a run be broken off only after its page has read what was chosen; one of a fragment always."""
    context = get_script_run_ctx(suppress_warning=True)
    if not runner._execing:
        _run.choices_are_read = False  # between two runs
    elif (
        runner._is_in_script_thread()
        and context is not None
        and not context.fragment_ids_this_run
        and not getattr(_run, "choices_are_read", False)
        and not _must_stop(runner)
    ):
        return
    _break_off(runner)


def _must_stop(runner: ScriptRunner) -> bool:
    return runner._requests._state.value == "STOP"


def _take_message_and_keep_it(state: SessionState, message: WidgetStates) -> None:
    before = state._old_state.get(_SENT, ({}, {}))
    state._old_state[_SENT] = before[1], {widget.id: widget.SerializeToString() for widget in message.widgets}
    _take_message(state, message)


def guard() -> None:
    """From now on no run is broken off too early, and messages are kept; may be asked again and again."""
    setattr(ScriptRunner, _break_off.__name__, _break_off_once_read)
    setattr(SessionState, _take_message.__name__, _take_message_and_keep_it)


def brings_nothing(key: str) -> bool:
    """Whether a widget stands in the browser where it stood at the message before, and no callback moved it since."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None or context.session_state.is_new_state_value(key):
        return False
    widget = context.session_state._state._key_id_mapper.get_id_from_key(key)
    before, now = st.session_state.get(_SENT, ({}, {}))
    return widget in now and before.get(widget) == now[widget]


def give(key: str, value: object) -> None:
    """Give a widget its value, before it is drawn.

    A value that the session gives is put in the browser too: there it undoes what was chosen while this run was under
    way. So one that the browser has already told is only kept, for when the widget is not drawn.
    """
    context = get_script_run_ctx(suppress_warning=True)
    if context is not None and not context.session_state.is_new_state_value(key):
        state = context.session_state._state
        told = state._key_id_mapper.get_id_from_key(key) in st.session_state.get(_SENT, ({}, {}))[1]
        if told and st.session_state.get(key) == value:
            state._old_state[key] = value
            return
    st.session_state[key] = value


def choices_are_read() -> None:
    """From here on this run may be broken off; it may also ask for another page itself."""
    _run.choices_are_read = True


def by_history() -> bool:
    """Whether this run follows an address that the browser went to by itself: back, forward, or a link of the menu."""
    context = get_script_run_ctx(suppress_warning=True)
    return context is not None and context.is_history_navigation


@contextmanager
def of_every_page() -> Iterator[None]:
    """What is drawn here is not taken down when another page opens: that page draws it anew, in the same place."""
    context = get_script_run_ctx(suppress_warning=True)
    frame = nullcontext() if context is None else context.run_with_active_hash(context.pages_manager.main_script_hash)
    with frame:
        yield


def wait_for_next(seconds: float) -> None:
    """Wait for what the browser sends next, which ends this run; after so many seconds the run goes on."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(_LOOK_AGAIN_S)
        st.session_state.get("pagina")  # here Streamlit may break off
