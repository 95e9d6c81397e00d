"""The named scenarios that a network shares. The last one saved under a name counts; what it was before stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from einclusie_data.contract.errors import DecisionError, OutdatedChangeError
from einclusie_data.contract.text import normalise
from einclusie_data.store.database import Database, stored
from einclusie_data.store.schema import SCENARIOS
from einclusie_data.store.signing import check_length, moment_words, next_number, signed

LONGEST_NAME = 100
LONGEST_SCENARIO = 20_000

_LAST = select(func.max(SCENARIOS.c.id)).group_by(SCENARIOS.c.key)

_NO_NAME = "Geef het scenario een naam."
_EMPTY = "Dit scenario is leeg. Voeg eerst aanbod toe, of laat er een stoppen."
_GONE = "Dit scenario is er niet (meer). Bewaar het onder een nieuwe naam."


def _key(network: str, name: str) -> str:
    """Under what a scenario is found, whatever the case, accents and spaces; `normalise` leaves no line breaks."""
    return f"{normalise(network)}\n{normalise(name)}"


@dataclass(frozen=True)
class Scenario:
    """A named scenario.

    Attributes
    ----------
    name : str
        Names that differ in case, accents or spaces only are one.
    text : str
        Its text form; "" = it was withdrawn.
    by, at : str, datetime
        Who saved it, and when (UTC).
    change : int
        1, 2, 3 … within this scenario.
    network : str
        Name of the scope that shares it; "" = everyone. Each network has its own names.
    """

    name: str
    text: str
    by: str
    at: datetime
    change: int
    network: str = ""


def _scenario(row: Any) -> Scenario:
    return Scenario(row.name, row.text, row.by, row.at, row.change, row.network)


class Scenarios:
    """The scenarios that a network shares, by name; the last one saved counts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self, network: str | None = None) -> tuple[Scenario, ...]:
        """Every scenario that stands, by name; of one network, or of all when None."""
        with self._database.reading() as connection:
            found = [
                _scenario(row)
                for row in connection.execute(select(SCENARIOS).where(SCENARIOS.c.id.in_(_LAST)))
                if row.text
            ]
        ours = [one for one in found if network is None or normalise(one.network) == normalise(network)]
        return tuple(sorted(ours, key=lambda one: (normalise(one.name), normalise(one.network))))

    def get(self, name: str, network: str = "") -> Scenario | None:
        """One scenario; None when it is not there or was withdrawn."""
        with self._database.reading() as connection:
            found = self._latest(connection, _key(network, name))
        return found if found and found.text else None

    def history(self, name: str, network: str = "") -> tuple[Scenario, ...]:
        """All that was ever saved under a name, oldest first; an empty text is where it was withdrawn."""
        query = select(SCENARIOS).where(SCENARIOS.c.key == _key(network, name)).order_by(SCENARIOS.c.id)
        with self._database.reading() as connection:
            return tuple(_scenario(row) for row in connection.execute(query))

    def save(self, name: str, text: str, by: str, *, network: str = "", based_on: int | None = None) -> Scenario:
        """Keep a scenario under a name.

        Parameters
        ----------
        name, text, by : str
        network : str
        based_on : int, optional
            `Scenario.change` of what the person was looking at; None for a new name (also one that was withdrawn).

        Raises
        ------
        OutdatedChangeError
            Someone else saved something under that name since; nothing was saved.
        DecisionError
            The name or the text is empty or too long, or nobody signs.
        """
        name, text = " ".join(stored(name).split()), stored(text)
        if not normalise(name):
            raise DecisionError({"name": _NO_NAME})
        if not text:
            raise DecisionError({"text": _EMPTY})
        check_length("name", "De naam", name, LONGEST_NAME)
        check_length("text", "Het scenario", text, LONGEST_SCENARIO)
        return self._append(name, text, signed(by), stored(network), based_on)

    def withdraw(self, name: str, by: str, *, network: str = "", based_on: int) -> None:
        """Take a scenario out of the list; its history stays. Raises as `save`."""
        self._append(" ".join(stored(name).split()), "", signed(by), stored(network), based_on)

    def _latest(self, connection: Connection, key: str) -> Scenario | None:
        query = select(SCENARIOS).where(SCENARIOS.c.key == key).order_by(SCENARIOS.c.id.desc()).limit(1)
        row = connection.execute(query).first()
        return _scenario(row) if row else None

    def _append(self, name: str, text: str, by: str, network: str, based_on: int | None) -> Scenario:
        key = _key(network, name)
        with self._database.writing() as connection:
            latest = self._latest(connection, key)
            if latest and (latest.name, latest.text) == (name, text):
                return latest
            _check_based_on(latest, based_on)
            change = latest.change + 1 if latest else 1
            found = Scenario(name, text, by, self._database.clock(), change, network)
            row = {"id": next_number(connection, SCENARIOS.c.id), "key": key, **vars(found)}
            connection.execute(insert(SCENARIOS).values(row))
        return found


def _check_based_on(latest: Scenario | None, based_on: int | None) -> None:
    standing = latest if latest and latest.text else None
    if (standing.change if standing else None) == based_on:
        return
    if standing is None:
        raise OutdatedChangeError(_GONE, None)
    raise OutdatedChangeError(
        f"Er is al een scenario “{standing.name}”, bewaard door {standing.by} op {moment_words(standing.at)}. "
        "Het jouwe is niet bewaard, en er ging niets verloren. Bekijk dat scenario eerst, of kies een andere naam.",
        standing.change,
    )
