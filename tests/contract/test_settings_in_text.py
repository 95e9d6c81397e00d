"""What a text says of a threshold, or of the city, comes from the settings and the data, and follows them."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from einclusie_data.answers.calculation import glossary
from einclusie_data.city.areas import load_areas
from einclusie_data.contract import settings
from einclusie_data.contract.words import number, period, period_words, share_words
from tests.worlds import small_world

ROOT = settings.PROJECT_FOLDER
MODULES = sorted(
    path
    for path in [ROOT / "dashboard.py", *(ROOT / "pages").rglob("*.py"), *(ROOT / "einclusie_data").rglob("*.py")]
    if "reference" not in path.relative_to(ROOT).parts
)


def facts() -> set[str]:
    """The figures of the city and of the rules, as a sentence writes them."""
    wijken = load_areas().wijken
    metres = settings.REACH_NORMS_M.values()
    return {
        f"{number(len(wijken))} wijken",
        f"{number(len(wijken))} officiële",
        f"In {number(wijken['inhabited'].sum())} ",
        f"minder dan {number(settings.INHABITED_FROM)} ",
        f"minstens {number(settings.INHABITED_FROM)} ",
        *(f"{number(one)} m " for one in metres),
        *(f" {number(one)} of " for one in metres),
        *(f"{number(one)}, " for one in metres),
        f"{share_words(settings.COVERED_SHARE)} van de bewoners",
        f"{settings.LASTING_DAYS} dagen",
        period(settings.STALE_DAYS),
        period_words(settings.STALE_DAYS),
        f"({number(settings.SHORTEST_REACH_M)} tot ",
        f"tot {number(settings.LONGEST_REACH_M)}",
        "0 tot 19 jaar",
        "60 jaar en ouder",
    }


def texts(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of every literal that is no docstring; a hole in an f-string is a `{}`."""
    tree = ast.parse(source)
    skipped = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):  # an f-string comes before its own parts
        if isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in node.values]
            skipped.update(map(id, node.values))
            yield node.lineno, "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield node.lineno, node.value


def pattern_of(facts: set[str]) -> re.Pattern[str]:
    """Finds any of the facts; one that starts with a digit is no end of a longer number."""
    return re.compile(
        "|".join(rf"(?<![\w.,]){re.escape(fact)}" if fact[0].isdigit() else re.escape(fact) for fact in facts)
    )


def test_no_text_types_a_figure_that_a_setting_or_the_data_hold():
    typed = pattern_of(facts())
    example = 'HELP = f"Eén van de 67 wijken, {x}."\nNOTE = "Te voet: 400, 800 of 1.600 meter."'
    assert [line for line, text in texts(example) if typed.search(text)] == [1, 2]
    told = {
        f"{path.relative_to(ROOT)}:{line}": text
        for path in MODULES
        for line, text in texts(path.read_text("utf-8"))
        if typed.search(text)
    }
    assert told == {}


CHANGED = """
import json
from datetime import date

import pandas as pd
from streamlit.testing.v1 import AppTest

from einclusie_data.contract import settings

settings.COVERED_SHARE = 0.6
settings.INHABITED_FROM = 1_250
settings.STALE_DAYS = 3 * 365
settings.LASTING_DAYS = 77
settings.LAYER_WIJKEN = 71
settings.REACH_M = 650
settings.REACH_NORMS_M = {"buurt": 300, "wijk": 650, "stadsdeel": 2100}
settings.LONGEST_REACH_M = 7_000

from einclusie_data.answers import calculation, offer_card, quality
from einclusie_data.command import options
from einclusie_data.contract import schema, verdicts
from einclusie_data.output import gap_xlsx

page = AppTest.from_file("pages/uitleg.py", default_timeout=60).run()
assert not page.exception
try:
    options.metres("ver")
except Exception as error:
    refused = str(error)
print(json.dumps({
    "oordelen": {code: verdict.sentence for code, verdict in verdicts.VERDICTS.items()},
    "kanttekeningen": dict(verdicts.CAVEATS),
    "rekenen": " ".join(calculation.calculation_lines()),
    "woorden": dict(calculation.glossary(6, 4)),
    "wijk": schema.OFFERS.column("wijken").help,
    "banden": quality.BANDS,
    "nagekeken": offer_card.checked_sentence(pd.Timestamp(2020, 1, 1), date(2026, 11, 23)),
    "blad": gap_xlsx.UNINHABITED_NOTE,
    "afstand": refused,
    "paneel": [one.proto.help for one in page.get("button_group")],
}))
"""


@pytest.fixture(scope="module")
def said() -> dict[str, object]:
    """What the product says when the settings are others: read anew, as texts are made where a module is loaded."""
    run = subprocess.run([sys.executable, "-c", CHANGED], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    result = json.loads(run.stdout)
    assert isinstance(result, dict)
    return result


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("oordelen", ["minstens 60 % van de bewoners", "minder dan 1.250 mensen"]),
        ("kanttekeningen", ["langer dan drie jaar niet"]),
        (
            "rekenen",
            ["minstens 60 %", "minder dan 1.250 inwoners", "langer dan 3 jaar", "77 dagen", "300 m voor een b"],
        ),
        (
            "woorden",
            ["300, 650 of 2.100 meter", "Eén van de 6 officiële wijken", "In 4 ervan", "minstens 1.250 mensen"],
        ),
        ("wijk", ["van de 71 wijken"]),
        ("banden", ["minder dan 547 dagen", "547 dagen tot 3 jaar", "langer dan 3 jaar"]),
        ("nagekeken", ["meer dan drie jaar geleden"]),
        ("blad", ["minder dan 1.250 inwoners"]),
        ("paneel", ["De stad rekent 300 m voor een buurt, 650 m voor een wijk en 2.100 m voor een stadsdeel."]),
        ("afstand", ["van 50 tot 7.000", "bijvoorbeeld 650 of 2.100"]),
    ],
)
def test_a_text_follows_the_settings(said: dict[str, object], where: str, words: list[str]):
    text = json.dumps(said[where], ensure_ascii=False)
    assert [word for word in words if word not in text] == []


def test_the_glossary_follows_the_city():
    wijken = small_world().wijken
    meaning = dict(glossary(len(wijken), int(wijken["inhabited"].sum())))["Wijk"]
    assert meaning.startswith("Eén van de 6 officiële wijken van de stad. In 4 ervan wonen minstens 500 ")
