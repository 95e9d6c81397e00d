"""Small pieces that several pages share: legend, key figures, the explanation of a cell."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from markupsafe import Markup

from einclusie_data.answers.explain import ELSEWHERE
from einclusie_data.answers.summary import Figure, Summary
from einclusie_data.contract import verdicts
from einclusie_data.contract.words import number, percentage
from einclusie_data.output.maps.colourings import Look
from einclusie_data.ui.parts.markup import join, plain, sign

OFFERS_SHOWN = 12
"""How many offers a cell's explanation names per list."""


def show_legend() -> None:
    """Every verdict with its symbol and word."""
    _show_legend_items("Legende", [_legend_item(one, "") for one in _SHOWN])


def show_looks(legend: Sequence[tuple[Look, int]], label: str = "Legende: aantal wijken") -> None:
    """Every look with its symbol, word and number of wijken, or of what the label says."""
    items = [_legend_item(look, Markup(": <b>{}</b>").format(number(size))) for look, size in legend]
    _show_legend_items(label, items)


def _legend_item(look: Look, more: str) -> Markup:
    return Markup("<li>{}<span>{}{}</span></li>").format(sign(look), look.word, more)


def _show_legend_items(label: str, items: Sequence[Markup]) -> None:
    st.html(Markup("<ul class='legende' aria-label='{}'>{}</ul>").format(label, join(items)))


_SHOWN = [one for one in verdicts.VERDICTS.values() if one.code != verdicts.NOT_APPLICABLE]


@st.cache_resource(show_spinner=False)
def _meanings() -> Markup:
    items = join(
        Markup("<dt>{}<b>{}</b></dt><dd>{}</dd>").format(sign(one), one.word, one.sentence)
        for one in verdicts.VERDICTS.values()
    )
    return Markup("<details class='uitleg'><summary>Wat betekenen deze woorden?</summary><dl>{}</dl></details>").format(
        items
    )


def show_meanings() -> None:
    """What every verdict means, to be opened where the question arises."""
    st.html(_meanings())


def show_figures(figures: Sequence[Figure]) -> None:
    """Key figures side by side: value, label and what it means."""
    items = join(Markup("<div><dd>{}</dd><dt>{}</dt></div>").format(one.value, one.label) for one in figures)
    helps = join(Markup("<dt>{} {}</dt><dd>{}</dd>").format(one.value, one.label, one.help) for one in figures)
    st.html(
        Markup(
            "<dl class='cijfers'>{}</dl>"
            "<details class='uitleg'><summary>Wat betekenen deze cijfers?</summary><dl>{}</dl></details>"
        ).format(items, helps)
    )


def show_unknowns(summary: Summary) -> None:
    """What we do not know, and what would change the picture most."""
    st.header("Wat we niet weten", anchor=False)
    if summary.todo:
        items = join(Markup("<li>{}</li>").format(sentence) for sentence in summary.todo)
        st.html(Markup("<p>Dit aanvullen verandert het meest:</p><ul class='aanbod'>{}</ul>").format(items))
    st.text("\n\n".join(summary.unknowns))


def show_verdict(row: pd.Series) -> None:
    """The verdict of one cell of the gap table in words."""
    verdict = verdicts.VERDICTS[row["oordeel"]]
    st.html(Markup("<p>{} <b>{}</b>. {}</p>").format(sign(verdict), verdict.word, verdict.sentence))
    if row["reden"]:
        st.text(f"Waarom: {verdicts.REASONS[row['reden']]}")
    for caveat in filter(None, row["kanttekening"].split("; ")):
        st.text(f"Let op: {verdicts.CAVEATS[caveat]}")
    if row["rijen_aan_te_vullen"]:
        st.text(f"Aan te vullen in het blad Aanbod, rij: {row['rijen_aan_te_vullen']}")
    st.caption(plain(_facts(row)))


def _facts(row: pd.Series) -> str:
    parts = [f"{percentage(float(row['aandeel_bereikt']))} van de bewoners woont op loopafstand van passend aanbod."]
    if pd.isna(row["afstand_m"]):
        parts.append("Er is nergens passend aanbod met een plek.")
    else:
        parts.append(f"Dichtstbijzijnde passend aanbod: {number(int(row['afstand_m']))} m van het midden van de wijk.")
    if pd.isna(row["personen"]):
        parts.append("Hoeveel mensen van deze groep er wonen, is niet bekend.")
    else:
        parts.append(
            f"{number(int(row['personen']))} mensen van deze groep, {number(int(row['buiten_bereik']))} buiten bereik "
            f"({row['bron_personen']})."
        )
    return " ".join(parts)


def show_offers_of_cell(offers: pd.DataFrame) -> None:
    """The offers behind a cell: those that count, then those that nearly do, with why not and what to fill in."""
    counting, others = offers[offers["counts"]], offers[~offers["counts"]]
    _offer_group(f"Telt mee: {number(len(counting))}", counting, "Geen enkel aanbod telt mee.")
    _offer_group(
        f"Telt niet mee in deze wijk: {number(len(others))}", others, "Er is geen ander aanbod in of bij deze wijk."
    )


def _offer_group(title: str, offers: pd.DataFrame, nothing: str) -> None:
    st.header(title, anchor=False)
    if offers.empty:
        st.text(nothing)
        return
    items = join(_offer_item(row) for _, row in offers.head(OFFERS_SHOWN).iterrows())
    st.html(Markup("<ul class='aanbod'>{}</ul>").format(items))
    if len(offers) > OFFERS_SHOWN:
        st.caption(f"En nog {number(len(offers) - OFFERS_SHOWN)}. Kijk op de pagina Aanbod.")


def _offer_item(row: pd.Series) -> Markup:
    """One offer; its text comes from the spreadsheet, so every part is escaped."""
    where = str(row["relation"])
    if pd.notna(row["distance_m"]):
        metres = f"{number(round(row['distance_m'], -1))} m van het midden"
        where += f", {metres}" if row["exact"] else ", adres niet bekend"
    parts = [
        Markup("<b>{}</b> · {} <span class='stil'>(rij {})</span>").format(
            row["name"], row["organisations"], row["row"]
        ),
        where,
    ]
    if row["meant_for"]:
        parts.append(f"Bedoeld voor {row['meant_for']}")
    if row["remarks"]:
        parts.append(f"Let op: {row['remarks']}")
    if row["relation"] == ELSEWHERE and not row["obstacles"]:
        parts.append("Telt niet mee: te ver om te voet te gaan")
    if row["obstacles"]:
        parts.append(f"Telt niet mee: {row['obstacles']}")
    if row["fill_in"]:
        parts.append(Markup("<b>Vul aan: {}</b>").format(row["fill_in"]))
    return Markup("<li>{}</li>").format(join(parts, "<br>"))
