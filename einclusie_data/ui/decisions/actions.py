"""What a trekker does to decisions without a form: mark one as started, note the proposals of a scenario."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from einclusie_data.contract.words import count
from einclusie_data.decisions.done_words import started_reason
from einclusie_data.decisions.drafts import noted_already
from einclusie_data.store.access.guard import Session
from einclusie_data.store.decision_record import Draft
from einclusie_data.store.decision_steps import State
from einclusie_data.ui.frame import account
from einclusie_data.ui.frame.account import for_trekkers


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
