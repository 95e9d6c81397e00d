"""Names of organisations: old names become the current one, anything else stays as it was written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from einclusie_data.contract.deadline import watched
from einclusie_data.contract.text import compact, hard_segments, normalise, split_values

FORMER_NAMES: Mapping[str, tuple[str, ...]] = {
    "SAAMO": (
        "Samenlevingsopbouw", "Samenlevingsopbouw Antwerpen", "Samenlevingsopbouw Antwerpen stad",
        "Samenlevingsopbouw stad Antwerpen",
    ),
    "Avansa": ("Vormingplus", "Vorming plus", "Vormingplus Antwerpen", "Vormingplus regio Antwerpen"),
    "Ligo": (
        "Open School", "Open School Antwerpen", "Centrum Basiseducatie", "Centrum voor Basiseducatie",
        "Centrum voor Basiseducatie Antwerpen", "Centrum Basiseducatie Antwerpen", "Basiseducatie", "CBE",
    ),
}  # fmt: skip
"""Current name -> former names of organisations of the network, for files without a sheet Partners."""

_LEGAL_FORM = re.compile(r"\b(?:vzw|asbl|cvba|cv|bv|nv|v z w)\b")

_RENAMED = re.compile(
    r"(?P<own>[^()]+?)\s*\((?:nu:?\s+(?P<now>[^()]+)|(?:vroeger|voorheen|ex)\b[^()]*)\)", re.IGNORECASE
)
"""``Old name (nu New name)`` and ``New name (vroeger Old name)``."""


def organisation_key(name: str) -> str:
    """Key under which an organisation is looked up: tolerant, and without its legal form.

    Examples
    --------
    >>> organisation_key("Buurtwerk Posthof vzw") == organisation_key("buurtwerk posthof")
    True
    """
    return compact(_LEGAL_FORM.sub(" ", normalise(name))) or compact(name)


class OrganisationNames:
    """The organisations of the sheet Partners and the names they had.

    Parameters
    ----------
    partners : iterable of (str, tuple of str)
        Current name and other names, in the order of the sheet.
    """

    def __init__(self, partners: Iterable[tuple[str, tuple[str, ...]]] = ()) -> None:
        rows = [(name, others) for name, others in partners if name]
        self._partners: dict[str, str] = {}
        for name, _ in rows:
            self._partners.setdefault(organisation_key(name), name)
        for name, others in rows:
            for other in others:
                self._partners.setdefault(organisation_key(other), name)
        self._former = {
            organisation_key(former): current for current, names in FORMER_NAMES.items() for former in (*names, current)
        }

    def current(self, name: str) -> str:
        """The name of now, or the name as it was written when it is not known."""
        key = organisation_key(name)
        renamed = None if key in self._partners else _RENAMED.fullmatch(name)
        if renamed:
            name = renamed["now"] or renamed["own"]
            key = organisation_key(name)
        if key in self._partners:
            return self._partners[key]
        current = self._former.get(key)
        return name if current is None else self._partners.get(organisation_key(current), current)

    def is_partner(self, name: str) -> bool:
        """Whether the name, or the one it has now, is in the sheet Partners."""
        return organisation_key(self.current(name)) in self._partners

    def split(self, text: str) -> tuple[str, ...]:
        """The organisations in a cell by their current names, each once, in the order written.

        ``,`` and ``/`` separate only when every part is an organisation of the sheet Partners.
        """
        names: dict[str, str] = {}
        for part in watched(split_values(text, self.is_partner) if self._partners else hard_segments(text)):
            name = self.current(part)
            names.setdefault(organisation_key(name) or name, name)
        return tuple(names.values())
