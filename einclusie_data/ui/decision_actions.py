"""What a trekker does to decisions without a form: mark one as started, note the proposals of a scenario."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from einclusie_data.decision_done_words import started_reason
from einclusie_data.decision_from import noted_already
from einclusie_data.decision_steps import State
from einclusie_data.ui import account
from einclusie_data.ui.account import for_trekkers
from einclusie_data.words import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from einclusie_data.access import Session
    from einclusie_data.decision_record import Draft


@for_trekkers
def mark_started(session: Session, number: int, based_on: int, row: int, name: str) -> None:
    """Put a decision on "gestart", since an offer of the workbook is what was decided."""
    decisions = account.the_desk().store.decisions
    now = decisions.get(number)
    draft = replace(now.draft, state=State.STARTED, why=started_reason(now.why, name, row))
    decisions.change(number, draft, session.name, based_on=based_on)
    account.leave_success(f"Besluit {number} staat nu op “{State.STARTED}”.")


@for_trekkers
def note_drafts(session: Session, drafts: Sequence[Draft]) -> None:
    """Write proposals down as ideas; those that are there already are not written twice."""
    decisions = account.the_desk().store.decisions
    there = decisions.all()
    saved = [decisions.add(one, session.name) for one in drafts if noted_already(there, one) is None]
    account.leave_success(f"{count(len(saved), 'idee', 'ideeën')} genoteerd." if saved else "Alles stond er al.")
