"""The matrix as data: order, totals, figures."""

from __future__ import annotations

from einclusie_data.answers import matrix as figures
from einclusie_data.contract.codelists import EVERYONE
from tests.factories import GROUPS, OLDER, ask, offer


def rows(order: str = figures.BY_DISTRICT) -> list[dict]:
    found = ask(offer(at=(500, 1500)), offer(at=(500, 500), groups=(EVERYONE,)))
    return figures.matrix_of(found.table, "doelgroep", order).rows


def test_districts_with_their_totals():
    shown = rows()
    assert [row.get("district", row.get("label")) for row in shown] == [
        "Alle wijken", "Noorderdam", "Noordkant", "Noordkaai", "Zuiderdam", "Zuidkant", "Overzijde",
    ]  # fmt: skip
    older = GROUPS.index(OLDER)
    gaps = {row["label"]: row["cells"][older]["code"] for row in shown if "code" in row}
    assert gaps["Noordkant"] == "gedekt"
    open_gaps = sum(code in ("hiaat", "mobiel") for code in gaps.values())
    assert shown[0]["totals"][older] == f"{open_gaps}/4"


def test_most_gaps_first():
    listed = [row for row in rows(figures.BY_GAPS) if "code" in row]
    counts = [sum(one["code"] in ("hiaat", "mobiel") for one in row["cells"]) for row in listed]
    assert [row["gaps"] for row in listed] == counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1]


def test_highest_ranking_first_and_unknown_last():
    listed = [row for row in rows(figures.BY_NEED) if "code" in row]
    assert [row["ranking"] for row in listed] == ["50", "10", "0", "onbekend"]
    assert [row["label"] for row in listed] == ["Noordkant", "Noordkaai", "Zuidkant", "Overzijde"]
