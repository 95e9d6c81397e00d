"""What figures rest on besides the workbook, the method and the reference data, and what was shown on that ground.

A version is kept with both (see `store_bases`). When the same workbook gives other figures later, the difference comes
from the method or the reference data, never from the offer.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from einclusie_data.contract import settings, verdicts
from einclusie_data.contract.questions import Filters, Question
from einclusie_data.engine.dataset import Dataset, answer_per_group
from einclusie_data.store.bases import Basis

REFERENCE_PATTERNS = ("*.csv", "*.geojson")
"""Files of the data folder that figures are made from."""


@dataclass(frozen=True)
class Then:
    """The gaps of one group in the whole city: as they were shown, and the same workbook judged as we do now."""

    shown: int
    now: int

    @property
    def by_method(self) -> int:
        """What the method and the reference data changed."""
        return self.now - self.shown


@lru_cache(maxsize=4)
def reference_mark(folder: Path = settings.DATA_FOLDER) -> str:
    """Identifies the reference data: a checksum of the names and the content of its files; read once per process."""
    found = hashlib.sha256()
    for path in sorted(path for pattern in REFERENCE_PATTERNS for path in folder.glob(pattern)):
        found.update(f"{path.name}:{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return found.hexdigest()


def basis_of(dataset: Dataset, question: Question) -> Basis:
    """What is kept with a workbook that is published: method, reference data, and what a question gives."""
    return Basis(settings.METHOD, reference_mark(), figures_of(dataset, question))


def figures_of(dataset: Dataset, question: Question) -> dict[str, Any]:
    """The number of gaps per group in the whole city, with the question, as JSON can hold it.

    Parameters
    ----------
    dataset : Dataset
    question : Question
        Of its filters only the types are kept.
    """
    return {
        "on": question.on.isoformat(),
        "reach_m": question.reach_m,
        "open_counts": question.open_counts,
        "types": list(question.filters.types),
        "gaps": _gaps(answer_per_group(dataset, question).table),
    }


def question_then(basis: Basis) -> Question:
    """The question that the kept figures answer."""
    kept = basis.figures
    return Question(
        on=date.fromisoformat(kept["on"]),
        reach_m=kept["reach_m"],
        open_counts=kept["open_counts"],
        filters=Filters(types=tuple(kept["types"])),
    )


def then_and_now(basis: Basis, dataset: Dataset) -> dict[str, Then]:
    """Per group that is known both then and now: what was shown, and the same workbook judged as we do now."""
    now = _gaps(answer_per_group(dataset, question_then(basis)).table)
    return {group: Then(size, now[group]) for group, size in basis.figures["gaps"].items() if group in now}


def _gaps(table: pd.DataFrame) -> dict[str, int]:
    sizes = table["oordeel"].isin(verdicts.OPEN_GAP).groupby(table["doelgroep"], sort=False).sum()
    return {str(group): int(size) for group, size in sizes.items()}
