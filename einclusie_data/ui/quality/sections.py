"""The parts of the page about the data as HTML: who can fill in what, and a table per kind of finding."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup

from einclusie_data.answers.quality import BANDS, NEVER, age_effect, figure_effect, figure_sentence
from einclusie_data.answers.todo import effect_sentence, fill_in_sentence
from einclusie_data.contract.words import count, day, listing, number, percentage
from einclusie_data.ui.parts.markup import EMPTY, join, table

OPEN_AT_FIRST = 3
"""Organisations whose rows are open when the page opens."""
SHOWN_AT_FIRST = 8
"""Organisations that are listed before "toon alles"."""
ROWS_AT_FIRST = 5
"""Rows of an organisation that are shown before "toon ook"."""
ROWS_SHOWN = 100
"""Rows of a table on screen; all of them are in the Excel file."""
WIJKEN_NAMED = 8


def _wijken_text(wijken: Sequence[str]) -> str:
    more = len(wijken) - WIJKEN_NAMED
    names = [*wijken[:WIJKEN_NAMED], *([f"nog {number(more)}"] if more > 0 else [])]
    return f"Wijken: {listing(names)}." if wijken else ""


def _todo_item(row: pd.Series) -> Markup:
    return Markup("<li><b>Rij {}: {}</b><br>{} {}<br><span class='stil'>{}</span></li>").format(
        row["row"], row["name"], fill_in_sentence(row["fill_in"]), effect_sentence(row), _wijken_text(row["wijken"])
    )


def _organisation(one: pd.Series, todo: pd.DataFrame, *, opened: bool) -> Markup:
    items = [_todo_item(todo.iloc[line]) for line in one["lines"][:ROWS_SHOWN]]
    what = (
        f"kan het oordeel in {count(one['wijken'], 'wijk', 'wijken')} veranderen"
        if one["wijken"]
        else "telt nu nergens mee"
    )
    return Markup(
        "<details class='wie'{}><summary><b>{}</b> · {} · {}</summary><ul class='aanbod'>{}</ul>{}{}</details>"
    ).format(
        Markup(" open") if opened else EMPTY,
        one["organisation"],
        f"{count(one['rows'], 'rij', 'rijen')} aan te vullen",
        what,
        join(items[:ROWS_AT_FIRST]),
        _folded(items[ROWS_AT_FIRST:]),
        more_line(len(one["lines"])),
    )


def _folded(items: Sequence[Markup]) -> Markup:
    """Rows that are there for whoever asks for them."""
    if not items:
        return EMPTY
    title = f"Toon nog {count(len(items), 'rij', 'rijen')}"
    return Markup("<details class='uitleg'><summary>{}</summary><ul class='aanbod'>{}</ul></details>").format(
        title, join(items)
    )


def more_line(rows: int) -> Markup:
    """That not all rows are on screen, and where the others are."""
    if rows <= ROWS_SHOWN:
        return EMPTY
    return Markup("<p class='stil'>En nog {}. Ze staan allemaal in de takenlijst (Excel).</p>").format(
        number(rows - ROWS_SHOWN)
    )


def who_list(todo: pd.DataFrame, organisations: pd.DataFrame) -> Markup:
    """Who can fill in what: an organisation with its rows each, those that change most first."""
    parts = [
        _organisation(one, todo, opened=place < OPEN_AT_FIRST)
        for place, (_, one) in enumerate(organisations.iterrows())
    ]
    rest = parts[SHOWN_AT_FIRST:]
    more = (
        Markup("<details class='uitleg'><summary>Toon alles: nog {}</summary>{}</details>").format(
            count(len(rest), "organisatie", "organisaties"), join(rest)
        )
        if rest
        else EMPTY
    )
    return join([*parts[:SHOWN_AT_FIRST], more])


def bar(share: float) -> Markup:
    """A bar beside the number that says the same."""
    return Markup("<span class='balk' aria-hidden='true'><span style='width:{}%'></span></span>").format(
        round(100 * share)
    )


def _row_text(row: int | None) -> str:
    return "hele blad" if pd.isna(row) else f"rij {row}"


def problems_html(problems: pd.DataFrame) -> Markup:
    """Problems by row and column."""
    rows = [
        (
            f"{one['sheet']}, {_row_text(one['row'])}",
            one["column"] or "–",
            one["severity"],
            one["value"],
            one["message"],
            one["effect"],
        )
        for one in problems.head(ROWS_SHOWN).to_dict("records")
    ]
    heads = ("Waar", "Kolom", "Ernst", "Wat er staat", "Wat er is, en wat je kunt doen", "Wat het verandert")
    return table("Meldingen per rij en kolom", heads, rows, name="breed") + more_line(len(problems))


def columns_html(counts: pd.DataFrame) -> Markup:
    """How many problems each column has."""
    rows = [
        (f"{one['sheet']}: {one['column'] or 'geen kolom'}", number(one["errors"]), number(one["warnings"]))
        for one in counts.to_dict("records")
    ]
    return table("Meldingen per kolom", ("Kolom", "Fouten", "Waarschuwingen"), rows, name="smal")


def completeness_html(columns: pd.DataFrame, sheet: str) -> Markup:
    """How completely each column is filled in, and what an empty cell does."""
    rows = []
    for one in columns.to_dict("records"):
        total = one["filled"] + one["not_understood"] + one["empty"]
        share = one["filled"] / total if total else 0.0
        filled = Markup("<span class='getal'>{}{} van {} ({})</span>").format(
            bar(share), number(one["filled"]), number(total), percentage(share)
        )
        rows.append((one["header"], filled, number(one["not_understood"]), number(one["empty"]), one["effect"]))
    heads = ("Kolom", "Ingevuld", "Niet begrepen", "Leeg", "Wat een lege cel doet")
    return table(f"Volledigheid per kolom van {sheet}", heads, rows, name="breed")


def placeless_html(todo: pd.DataFrame) -> Markup:
    """Offers of which we do not know where they are."""
    rows = [
        (
            f"Rij {one['row']}: {one['name']}",
            listing(one["organisations"]),
            one["placement"],
            fill_in_sentence(one["fill_in"]),
            Markup("{}<br><span class='stil'>{}</span>").format(effect_sentence(one), _wijken_text(one["wijken"])),
        )
        for _, one in todo.head(ROWS_SHOWN).iterrows()
    ]
    heads = ("Aanbod", "Organisatie", "Wat we weten", "Wat je kunt doen", "Wat het verandert")
    return table("Aanbod zonder plek", heads, rows, name="breed") + more_line(len(todo))


def bands_html(ages: pd.DataFrame) -> Markup:
    """How many offers were last checked when."""
    counts = ages["band"].value_counts()
    rows = [
        (
            band,
            Markup("<span class='getal'>{}{} van {}</span>").format(
                bar(counts.get(band, 0) / len(ages)), number(int(counts.get(band, 0))), number(len(ages))
            ),
            age_effect(band),
        )
        for band in BANDS
    ]
    return table(
        "Laatst gecontroleerd", ("Laatst gecontroleerd", "Aanbod", "Wat nakijken verandert"), rows, name="breed"
    )


def _freshness(one: pd.Series) -> Markup:
    if one["band"] == NEVER:
        return Markup("onbekend")
    return Markup("<span class='getal'>{}nog {}</span>").format(bar(one["freshness"]), percentage(one["freshness"]))


def ages_html(ages: pd.DataFrame) -> Markup:
    """The offers with when they were last checked, fading from today to two years ago."""
    rows = [
        (
            f"Rij {one['row']}: {one['name']}",
            listing(one["organisations"]),
            NEVER if one["band"] == NEVER else f"{day(one['checked'])}: {one['band']}",
            _freshness(one),
        )
        for _, one in ages.head(ROWS_SHOWN).iterrows()
    ]
    heads = ("Aanbod", "Organisatie", "Laatst gecontroleerd", "Hoe vers")
    return table("Aanbod om na te kijken", heads, rows, name="breed") + more_line(len(ages))


def figures_html(missing: pd.DataFrame) -> Markup:
    """Groups of which we do not know how many people live where."""
    rows = [(one["group"], figure_sentence(one), figure_effect(one)) for _, one in missing.iterrows()]
    return table("Cijfers die ontbreken", ("Doelgroep", "Wat ontbreekt", "Wat het verandert"), rows, name="breed")
