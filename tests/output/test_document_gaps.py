"""Verdicts on paper: symbol and word, why, and people; unknown is not zero."""

from __future__ import annotations

import pandas as pd

from einclusie_data.contract import verdicts
from einclusie_data.contract.codelists import EVERYONE
from einclusie_data.output.paper.gaps import (
    caveat_lines,
    gap_groups,
    group_rows,
    mark_of,
    pressing_lines,
    summary_lines,
    wijken_text,
)
from tests.factories import OLDER, ask, need_table, offer

CHILDREN = "Kinderen en jongeren"


def rows(*offers: dict, codes: tuple[str, ...] = ("NOO01",), **given) -> pd.DataFrame:
    table = ask(*offers, **given).table
    return table[table["wijkcode"].isin(codes)]


def test_a_row_has_symbol_word_reason_share_and_people():
    found = {row.group: row for row in group_rows(rows(offer(at=(125, 1875), groups=(OLDER,))))}
    older, everyone = found[OLDER], found[EVERYONE]
    assert (older.marks, older.reached, older.people) == ((mark_of(verdicts.COVERED),), "50 %", "150 van 300")
    assert (everyone.marks[0].symbol, everyone.marks[0].word) == ("✕", "Mogelijk hiaat")
    assert everyone.why == (verdicts.REASONS[verdicts.OTHER_GROUP],)
    assert everyone.people == "1.000 van 1.000"
    assert found["Werkzoekenden"].people == "onbekend"


def test_a_caveat_is_named_in_the_row_and_explained_once():
    table = rows(offer(wijken=("NOO01",), checked=pd.Timestamp(2020, 1, 1)))
    row = next(one for one in group_rows(table) if one.group == OLDER)
    assert row.why == ("Let op: verouderd; ligging bij benadering.",)
    assert caveat_lines(table) == tuple(
        f"{name}: {verdicts.CAVEATS[name]}" for name in ("verouderd", "ligging bij benadering")
    )
    assert summary_lines(table, "Noordkant")[-1].startswith("Let op: voor 1 doelgroep (ouderen) steunt dat")


def test_of_several_wijken_each_verdict_says_where_worst_first():
    table = rows(offer(at=(500, 1500)), codes=("NOO01", "NOO02", "HAV01"))
    row = next(one for one in group_rows(table) if one.group == OLDER)
    assert [(mark.word, mark.wijken) for mark in row.marks] == [
        ("Mogelijk hiaat", "Noordkaai"),
        ("Gedekt", "Noordkant"),
    ]
    people = table[(table["doelgroep"] == OLDER) & (table["oordeel"] != verdicts.NOT_APPLICABLE)]["buiten_bereik"]
    assert row.people == f"{people.sum()} van 700"


def test_a_sum_with_an_unknown_part_is_unknown():
    table = rows(codes=("NOO01", "ZUI01"))
    assert next(one for one in group_rows(table) if one.group == OLDER).people == "onbekend"
    assert next(one for one in group_rows(table) if one.group == EVERYONE).people == "1.800 van 1.800"


def test_many_wijken_are_counted():
    names = [f"Wijk {number}" for number in range(13)]
    assert wijken_text(names[:3]) == "Wijk 0, Wijk 1 en Wijk 2"
    assert wijken_text(names) == "13 wijken"


def test_the_summary_of_one_wijk():
    assert summary_lines(rows(), "Noordkant") == (
        "We zien een mogelijk hiaat voor elke doelgroep. Dat is te bespreken.",
    )
    unknown = summary_lines(rows(offer(at=(500, 1500), groups=())), "Noordkant")
    assert unknown == (
        "We zien nu voor geen enkele doelgroep een mogelijk hiaat.",
        "We weten het niet voor elke doelgroep: er ontbreken gegevens.",
    )
    assert summary_lines(rows(codes=("HAV01",)), "Havenkant") == (
        "Havenkant: In deze wijk wonen minder dan 500 mensen.",
    )


def test_the_summary_of_several_wijken_counts_wijken():
    table = rows(offer(at=(500, 1500), groups=(EVERYONE,)), codes=("NOO01", "ZUI02", "HAV01"))
    assert summary_lines(table, "Netwerk") == (
        "In 1 van de 2 wijken zien we voor minstens één doelgroep een mogelijk hiaat.",
        "In 0 van de 2 wijken weten we het voor minstens één doelgroep niet: er ontbreken gegevens.",
    )


def test_gaps_come_before_little_offer():
    little = rows(offer(at=(500, 1500), groups=(EVERYONE,), frequency="Maandelijks"))
    assert set(little["oordeel"]) == {verdicts.LIMITED}
    assert len(gap_groups(little)) == 10
    some = rows(offer(at=(500, 1500), groups=(OLDER,), frequency="Maandelijks"))
    assert OLDER not in gap_groups(some)
    assert gap_groups(rows(offer(at=(500, 1500), groups=(EVERYONE,)))) == ()


def test_the_most_pressing_gaps_are_told_with_their_group():
    lines = pressing_lines(rows(codes=("NOO01", "NOO02"), need=need_table(("NOO01", CHILDREN, 5_000))))
    assert lines[0].startswith(f"Noordkant, {CHILDREN.lower()}: ✕ mogelijk hiaat, 5.000 mensen buiten bereik. ")
    assert lines[1].startswith("Noordkaai, iedereen: ✕ mogelijk hiaat, 2.000 mensen buiten bereik. ")
    assert len(lines) == 11
    assert lines[-1] == "En nog 10 andere."
