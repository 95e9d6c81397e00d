"""Small pieces that several pages share: legend, list of gaps, key figures, a cell's explanation."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from einclusie_data import verdicts
from einclusie_data.ui.markdown import plain
from einclusie_data.words import number, percentage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from einclusie_data.summary import Figure, GapLine, Summary
    from einclusie_data.verdicts import Verdict

OFFERS_SHOWN = 12
"""How many offers a cell's explanation names per list."""


def _sign(verdict: Verdict) -> str:
    style = f"background:{verdict.colour};color:{verdict.ink}"
    return f"<span class='teken' style='{style}' aria-hidden='true'>{verdict.symbol}</span>"


def show_legend(counts: Mapping[str, int]) -> None:
    """Every verdict with its symbol, word and number of wijken."""
    items = [
        f"<li title='{escape(verdicts.VERDICTS[code].sentence)}'>{_sign(verdicts.VERDICTS[code])}"
        f"<span>{escape(verdicts.VERDICTS[code].word)}: <b>{number(size)}</b></span></li>"
        for code, size in counts.items()
    ]
    st.html(f"<ul class='legende' aria-label='Legende: aantal wijken per oordeel'>{''.join(items)}</ul>")


def _gap_item(line: GapLine) -> str:
    verdict = verdicts.VERDICTS[line.verdict]
    return (
        f"<li>{_sign(verdict)}<span><span class='waar'>{escape(line.wijk)}</span> · {escape(line.people)}</span>"
        f"<span class='waarom'>{escape(verdict.word)}. {escape(line.reason)}</span></li>"
    )


def _show_gaps(lines: Sequence[GapLine]) -> None:
    st.html(f"<ol class='hiaten'>{''.join(map(_gap_item, lines))}</ol>")


def show_legend_plain() -> None:
    """Every verdict with its symbol, word and meaning."""
    items = [
        f"<li title='{escape(one.sentence)}'>{_sign(one)}<span>{escape(one.word)}</span></li>"
        for one in verdicts.VERDICTS.values()
        if one.code != verdicts.NOT_APPLICABLE
    ]
    st.html(f"<ul class='legende' aria-label='Legende'>{''.join(items)}</ul>")


def show_figures(figures: Sequence[Figure]) -> None:
    """Key figures side by side: value, label and what it means."""
    items = "".join(
        f"<div title='{escape(one.help)}'><dd>{escape(one.value)}</dd><dt>{escape(one.label)}</dt></div>"
        for one in figures
    )
    st.html(f"<dl class='cijfers'>{items}</dl>")


def show_most_pressing(summary: Summary) -> None:
    """The most pressing gaps; those without a figure in a list of their own."""
    if not summary.known and not summary.without_figure:
        st.header("Geen mogelijk hiaat gevonden", anchor=False)
        st.text("Kijk ook naar de wijken waar we het niet weten.")
    if summary.known:
        size = len(summary.known)
        st.header(f"De {size} dringendste mogelijke hiaten" if size > 1 else "Eén mogelijk hiaat", anchor=False)
        _show_gaps(summary.known)
    if summary.without_figure:
        st.header("Mogelijke hiaten zonder cijfer", anchor=False)
        st.caption(
            "We weten niet hoeveel mensen van deze groep er wonen. De wijken met de hoogste wijkenranking staan eerst."
        )
        _show_gaps(summary.without_figure)


def show_unknowns(summary: Summary) -> None:
    """What we do not know, and what would settle it."""
    st.header("Wat we niet weten", anchor=False)
    st.text("\n\n".join(summary.unknowns))


def show_verdict(row: pd.Series) -> None:
    """The verdict of one cell of the gap table in words."""
    verdict = verdicts.VERDICTS[row["oordeel"]]
    st.html(f"<p>{_sign(verdict)} <b>{escape(verdict.word)}</b>. {escape(verdict.sentence)}</p>")
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
    items = "".join(_offer_item(row) for _, row in offers.head(OFFERS_SHOWN).iterrows())
    st.html(f"<ul class='aanbod'>{items}</ul>")
    if len(offers) > OFFERS_SHOWN:
        st.caption(f"En nog {number(len(offers) - OFFERS_SHOWN)}. Kijk op de pagina Aanbod.")


def _offer_item(row: pd.Series) -> str:
    """One offer; its text comes from the spreadsheet, so every part is escaped."""
    where = (
        row["relation"]
        if pd.isna(row["distance_m"])
        else f"{row['relation']}, {number(round(row['distance_m'], -1))} m van het midden"
    )
    parts = [
        f"<b>{escape(row['name'])}</b> · {escape(row['organisations'])} <span class='stil'>(rij {row['row']})</span>",
        escape(where),
    ]
    if row["meant_for"]:
        parts.append(f"Bedoeld voor {escape(row['meant_for'])}")
    if row["remarks"]:
        parts.append(f"Let op: {escape(row['remarks'])}")
    if row["obstacles"]:
        parts.append(f"Telt niet mee: {escape(row['obstacles'])}")
    if row["fill_in"]:
        parts.append(f"<b>Vul aan: {escape(row['fill_in'])}</b>")
    return f"<li>{'<br>'.join(parts)}</li>"
