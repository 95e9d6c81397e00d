"""What a trekker is doing on the page Beheer: the draft and all that belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from einclusie_data.files.repair.workbook import Repair
from einclusie_data.publishing.draft import Comparison, Draft

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
