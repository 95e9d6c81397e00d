"""The decisions in the store: every change a row, signed and dated; none is ever changed or deleted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select

from einclusie_data.contract.errors import DecisionError, OutdatedChangeError, StoreError
from einclusie_data.store.database import Database
from einclusie_data.store.decision_record import (
    Decision,
    Draft,
    State,
    draft_problems,
    proposal_text,
    read_proposal,
    tidy,
)
from einclusie_data.store.schema import DECISIONS
from einclusie_data.store.signing import moment_words, next_number, signed

_FIRST = DECISIONS.alias("first")
_ROWS = (
    select(DECISIONS, _FIRST.c.at.label("since"))
    .join(_FIRST, (_FIRST.c.decision == DECISIONS.c.decision) & (_FIRST.c.change == 1))
    .order_by(DECISIONS.c.id)
)
_LAST = select(func.max(DECISIONS.c.id)).group_by(DECISIONS.c.decision)


def _decision(row: Row[Any]) -> Decision:
    return Decision(
        id=row.decision,
        change=row.change,
        title=row.title,
        state=State(row.state),
        what=read_proposal(row.what),
        who=row.who,
        due=row.due,
        why=row.why,
        wijkcode=row.wijkcode,
        group=row.doelgroep,
        methods=tuple(json.loads(row.methods)),
        partners=tuple(json.loads(row.partners)),
        network=row.network,
        meeting=row.meeting,
        by=row.by,
        at=row.at,
        since=row.since,
    )


def _values(draft: Draft) -> Mapping[str, object]:
    return {
        "title": draft.title,
        "state": draft.state.value,
        "what": proposal_text(draft.what),
        "who": draft.who,
        "due": draft.due,
        "why": draft.why,
        "wijkcode": draft.wijkcode,
        "doelgroep": draft.group,
        "methods": json.dumps(draft.methods, ensure_ascii=False),
        "partners": json.dumps(draft.partners, ensure_ascii=False),
        "network": draft.network,
        "meeting": draft.meeting,
    }


def _read(connection: Connection, query: Select[Any]) -> tuple[Decision, ...]:
    return tuple(_decision(row) for row in connection.execute(query))


def _latest(connection: Connection, number: int) -> Decision:
    found = _read(connection, _ROWS.where(DECISIONS.c.id.in_(_LAST), DECISIONS.c.decision == number))
    if not found:
        raise StoreError(f"Besluit {number} bestaat niet.")
    return found[0]


def _check(draft: Draft, before: Draft | None = None) -> None:
    problems = draft_problems(draft, before)
    if problems:
        raise DecisionError(problems)


def _check_based_on(latest: Decision, based_on: int, by: str) -> None:
    if latest.change != based_on:
        who = "jij zelf (in een ander venster)" if latest.by == by else latest.by
        raise OutdatedChangeError(
            f"Ondertussen wijzigde {who} dit besluit, op {moment_words(latest.at)}. Het staat nu op "
            f"“{latest.state}”. Jouw wijziging is niet bewaard, en er ging niets verloren. Bekijk het besluit zoals "
            "het nu is, en wijzig het dan.",
            latest.change,
        )


class Decisions:
    """What networks decided, and what they still have to decide. An upload leaves it all as it is."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> tuple[Decision, ...]:
        """Every decision as it is now, in the order in which they were first written down."""
        with self._database.reading() as connection:
            found = _read(connection, _ROWS.where(DECISIONS.c.id.in_(_LAST)))
        return tuple(sorted(found, key=lambda decision: decision.id))

    def get(self, number: int) -> Decision:
        """One decision as it is now; StoreError when there is none with that number."""
        with self._database.reading() as connection:
            return _latest(connection, number)

    def history(self, number: int | None = None) -> tuple[Decision, ...]:
        """Every change of one decision, or of all, oldest first: () when there is no such decision."""
        query = _ROWS if number is None else _ROWS.where(DECISIONS.c.decision == number)
        with self._database.reading() as connection:
            return _read(connection, query)

    def add(self, draft: Draft, by: str) -> Decision:
        """Write a new decision down.

        Parameters
        ----------
        draft : Draft
        by : str
            Who signs.

        Raises
        ------
        DecisionError
            It cannot be kept like this.
        StoreError
            Nothing was saved, unless the message says otherwise.
        """
        draft, name = tidy(draft), signed(by)
        _check(draft)
        with self._database.writing() as connection:
            number = next_number(connection, DECISIONS.c.decision)
            return self._append(connection, number, 1, draft, name)

    def change(self, number: int, draft: Draft, by: str, *, based_on: int) -> Decision:
        """Change a decision; what it was before stays in its history.

        Parameters
        ----------
        number : int
        draft : Draft
            The whole decision as it must be (see `Decision.draft`).
        by : str
            Who signs.
        based_on : int
            `Decision.change` of what the person was looking at.

        Returns
        -------
        Decision
            As it is now. When that is what was asked already (a second click), nothing is written.

        Raises
        ------
        OutdatedChangeError
            Someone else changed it since; nothing was saved.
        DecisionError, StoreError
            As `add`.
        """
        draft, name = tidy(draft), signed(by)
        with self._database.writing() as connection:
            latest = _latest(connection, number)
            if latest.draft == draft:
                return latest
            _check_based_on(latest, based_on, name)
            _check(draft, latest)
            return self._append(connection, number, latest.change + 1, draft, name)

    def _append(self, connection: Connection, number: int, change: int, draft: Draft, by: str) -> Decision:
        keys = {
            "id": next_number(connection, DECISIONS.c.id),
            "decision": number,
            "change": change,
            "by": by,
            "at": self._database.clock(),
        }
        connection.execute(insert(DECISIONS).values({**_values(draft), **keys}))
        return _latest(connection, number)
