"""Only a visit in which a trekker is signed in may leave a file on the server.

Streamlit takes a file for any visit that it knows, also when no field for files was ever drawn for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st
from starlette.exceptions import HTTPException
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFileRec

MOST_FILES = 5
"""Files that one visit may have on the server at a time; the page itself uses one."""


@st.cache_resource(show_spinner=False)
def _allowed() -> set[str]:
    """Ids of the visits in which a trekker is signed in."""
    return set()


def _this_visit() -> str:
    context = get_script_run_ctx(suppress_warning=True)
    return "" if context is None else context.session_id


def allow() -> None:
    """From now on this visit may upload."""
    _allowed().add(_this_visit())


def forbid() -> None:
    """From now on it may not."""
    _allowed().discard(_this_visit())


@st.cache_resource(show_spinner=False)
def guard() -> None:
    """Refuse files of other visits; once per server, before anyone can upload."""
    manager = runtime.get_instance().uploaded_file_mgr if runtime.exists() else None
    if isinstance(manager, MemoryUploadedFileManager):
        watch(manager, _allowed())


def watch(manager: MemoryUploadedFileManager, allowed: set[str]) -> None:
    """Have a manager of files refuse what comes from a visit that is not allowed, or that leaves too much."""
    keep = manager.add_file
    left: dict[str, list[str]] = {}

    def add_file(session_id: str, file: UploadedFileRec) -> None:
        if session_id not in allowed:
            raise HTTPException(status_code=403, detail="Meld je eerst aan als trekker.")
        files = left.setdefault(session_id, [])
        files.append(file.file_id)
        for old in files[:-MOST_FILES]:
            manager.remove_file(session_id, old)
        del files[:-MOST_FILES]
        keep(session_id, file)

    manager.add_file = add_file  # type: ignore[method-assign]
