"""HTML of the screens: text from a spreadsheet stays text."""

from __future__ import annotations

from markupsafe import Markup

from einclusie_data.contract.verdicts import VERDICTS
from einclusie_data.ui.parts.markup import join, sign, table, verdict_words

EVIL = "<img src=x onerror=alert(1)>'\""


def test_text_in_a_table_is_escaped():
    shown = table(EVIL, [EVIL], [[EVIL, Markup("<b>goed</b>")]], name="lang")
    assert "<img" not in shown
    assert shown.count("&lt;img") == 4
    assert "<b>goed</b>" in shown
    assert "aria-label='&lt;img src=x onerror=alert(1)&gt;&#39;&#34;'" in shown


def test_the_first_cell_names_the_row():
    shown = table("Wijken", ["Wijk", "Oordeel"], [["Kiel", "Gedekt"]])
    assert "<th scope='col'>Wijk</th><th scope='col'>Oordeel</th>" in shown
    assert "<tr><th scope='row'>Kiel</th><td>Gedekt</td></tr>" in shown
    assert "<caption>Wijken</caption>" in shown


def test_parts_are_escaped_when_joined():
    assert join([EVIL, Markup("<br>")]) == Markup.escape(EVIL) + Markup("<br>")


def test_a_verdict_is_a_symbol_and_a_word():
    gap = VERDICTS["hiaat"]
    assert gap.symbol in sign(gap)
    assert "aria-hidden" in sign(gap)
    assert gap.word in verdict_words(gap)
