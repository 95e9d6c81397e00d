"""One wijk: its people, its verdict per group, the offers around it and what is to be filled in."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from einclusie_data.answers.explain import IN_WIJK, offers_of_cell
from einclusie_data.contract import codelists
from einclusie_data.contract.words import UNKNOWN, metres, number, whole
from einclusie_data.engine.dataset import Dataset
from einclusie_data.engine.gaps import Answer, Verdicts


@dataclass(frozen=True)
class Profile:
    """What the card of a wijk says.

    Attributes
    ----------
    code, label, district : str
    facts : tuple of (str, str)
        Value and what it counts.
    groups : pandas.DataFrame
        The rows of the gap table of this wijk, one per group.
    matrix : pandas.DataFrame
        Index the groups, columns the types: verdict codes.
    offers : pandas.DataFrame
        From `explain.offers_of_cell`, for the chosen group.
    """

    code: str
    label: str
    district: str
    facts: tuple[tuple[str, str], ...]
    groups: pd.DataFrame
    matrix: pd.DataFrame
    offers: pd.DataFrame


def profile_of(dataset: Dataset, answer: Answer, by_type: Verdicts, group: str, code: str) -> Profile:
    """Gather what is known of one wijk.

    Parameters
    ----------
    dataset : Dataset
    answer : Answer
        Per group.
    by_type : Verdicts
        From `pipeline.answer_per_group_and_type`, of the same question.
    group : str
    code : str
        Wijkcode.

    Returns
    -------
    Profile
    """
    wijk = dataset.areas.wijken.loc[code]
    place = int(str(dataset.areas.wijken.index.get_loc(code)))
    reach = dataset.reach(answer.question.reach_m)
    case = [one.group for one in answer.cases].index(group)
    groups = answer.table[answer.table["wijkcode"] == code]
    offers = offers_of_cell(dataset.supply, reach, answer, place, case)
    return Profile(
        code=code,
        label=str(wijk["label"]),
        district=str(wijk["district"]),
        facts=_facts(dataset, groups[groups["doelgroep"] == group].iloc[0], code, offers),
        groups=groups,
        matrix=_matrix(by_type, place),
        offers=offers,
    )


def _facts(dataset: Dataset, row: pd.Series, code: str, offers: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    inhabitants = dataset.needs.persons.loc[code, codelists.EVERYONE]
    ranking = whole(row["wijkranking"])
    return (
        (number(float(str(inhabitants))), "inwoners"),
        (ranking if ranking == UNKNOWN else f"{ranking} op 100", "wijkenranking (hoger: meer uitdagingen)"),
        _nearest(row, offers),
    )


def _nearest(row: pd.Series, offers: pd.DataFrame) -> tuple[str, str]:
    """Where the nearest suitable offer with a place is, and its name."""
    if pd.isna(row["afstand_m"]):
        return "niet gevonden", "passend aanbod met een bekende plek"
    placed = offers[offers["distance_m"].notna() & (offers["meant_for"] != "")]
    first = placed.sort_values("distance_m", kind="stable").iloc[0]
    if first["relation"] == IN_WIJK and not first["exact"]:
        return "in de wijk", f"dichtstbijzijnde passend aanbod: {first['name']} (adres niet bekend)"
    return metres(row["afstand_m"]), f"tot het dichtstbijzijnde passend aanbod: {first['name']}"


def _matrix(by_type: Verdicts, wijk: int) -> pd.DataFrame:
    """Groups x types: the verdicts of one wijk (its position)."""
    groups, types = (list(dict.fromkeys(getattr(case, part) for case in by_type.cases)) for part in ("group", "value"))
    cells = by_type.verdict[wijk].reshape(len(groups), len(types))
    return pd.DataFrame(
        cells, index=pd.Index(groups, name="doelgroep"), columns=pd.Index(types, name="type"), dtype="str"
    )


def verdict_groups(rows: pd.DataFrame) -> list[tuple[str, str, tuple[str, ...]]]:
    """Verdict, reason and the groups that share them, in the order of the groups: a wijk in a few lines.

    Parameters
    ----------
    rows : pandas.DataFrame
        The rows of the gap table of one wijk, one per group.

    Returns
    -------
    list of (verdict code, reason, groups)
    """
    shared: dict[tuple[str, str], list[str]] = {}
    cells = zip(rows["oordeel"], rows["reden"], rows["doelgroep"], strict=True)
    for verdict, reason, group in cells:
        shared.setdefault((verdict, reason), []).append(group)
    return [(verdict, reason, tuple(groups)) for (verdict, reason), groups in shared.items()]


def rows_to_complete(profile: Profile) -> list[tuple[str, str]]:
    """Excel rows that would settle something in this wijk, and for which groups: ("12, 40", "Ouderen; Werkzoekenden").

    Returns
    -------
    list of (str, str)
        Groups with the same rows stand together.
    """
    waiting = profile.groups[profile.groups["rijen_aan_te_vullen"] != ""]
    return [
        (str(rows), "; ".join(part["doelgroep"])) for rows, part in waiting.groupby("rijen_aan_te_vullen", sort=False)
    ]
