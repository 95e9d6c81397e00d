"""The page Waar eerst: where new places would reach most people who are not reached yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st
from markupsafe import Markup

from einclusie_data.contract import settings
from einclusie_data.contract.errors import ScenarioError
from einclusie_data.contract.words import count
from einclusie_data.proposals.change_words import NEVER_ADD
from einclusie_data.proposals.link import link_text
from einclusie_data.proposals.siting.advice import Advice
from einclusie_data.proposals.siting.basis import COUNTS_PEOPLE, OTHER_WEIGHTS, among_words
from einclusie_data.proposals.siting.proposals import scenario_of
from einclusie_data.proposals.siting.tables import (
    GROUP_HEADS,
    CurveStep,
    added_text,
    curve_steps,
    fair_step,
    group_rows,
    place_rows,
)
from einclusie_data.proposals.siting.words import (
    CURVE_SENTENCE,
    ORDER_SENTENCE,
    fair_sentences,
    optimum_sentences,
    reach_sentences,
)
from einclusie_data.ui.frame import job
from einclusie_data.ui.frame.navigate import go_to
from einclusie_data.ui.frame.notice import leave_notice, show_notice
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.parts.choice_table import Bar, Button, Row, show_choice_table
from einclusie_data.ui.parts.markdown import plain
from einclusie_data.ui.parts.markup import join, table
from einclusie_data.ui.siting import data as siting_data
from einclusie_data.ui.siting.choice import MORE, Asked, asked_now, choose_n, show_siting_choice
from einclusie_data.ui.siting.data import Basis
from einclusie_data.ui.siting.map import show_siting_map

WHAT_IF = "pages/wat_als.py"
IN_WHAT_IF = "Bekijk in Wat als"
TOGETHER = "samen"
ON_MAP = "Op de kaart staat het cijfer van elke plek in een witte cirkel. De kleuren tonen hoe het nu is."
TAKES_LONG = (
    f"Uit zo veel mogelijke plekken de eerlijkste keuze zoeken, kan {settings.SITING_SECONDS:.0f} seconden duren. Laat "
    "ze zoeken, of kies minder soorten plekken: het raster is de grootste."
)
BARS = "Blauw: nu bereikt. Gestreept: komt erbij. De langste balk is het meeste dat we hier vonden."

FAIR_BARS = f"{BARS} De balken tonen de keuze voor de meeste mensen; de balk “eerlijk” toont de keuze hierboven."


def show_where_first(view: View) -> None:
    """The answer, the choices, and what is behind the answer."""
    asked = asked_now(view)
    failed = job.take_result(siting_data.JOB)
    curve, basis = siting_data.curve(view, asked), siting_data.basis(view, asked)
    advice = siting_data.fair(view, asked) if asked.fair else curve[asked.n]
    _sentences(_answer(curve[asked.n], advice, basis.need[:-1]))
    show_siting_choice(view, asked)
    show_notice()
    if failed:
        st.error(plain(failed))
    left, right = st.columns([1, 1], gap="medium")
    with left, st.container(key="vast"):
        if advice is None:
            _offer_to_seek(view, asked)
        else:
            show_siting_map(view, advice)
    with right:
        if advice is not None:
            _show_places(advice)
        _show_curve(curve, asked.n, advice if asked.fair else None)
    _show_basis(curve[asked.n], advice, basis)
    _show_groups(view, asked)


def _sentences(lines: Iterable[str]) -> None:
    st.html(join(Markup("<p class='antwoord'>{}</p>").format(line) for line in lines))


def _answer(most: Advice, advice: Advice | None, unknown: Sequence[str]) -> list[str]:
    """What is reached, and what is unknown about the need when that decides what we count."""
    told = [*unknown, f"{OTHER_WEIGHTS} Dat kies je bij {MORE}."] if unknown else []
    if advice is None:
        return [reach_sentences(most)[0], *told]
    return [*reach_sentences(advice), *told]


def _offer_to_seek(view: View, asked: Asked) -> None:
    st.text(TAKES_LONG)
    if job.running(siting_data.JOB):
        job.show_progress(siting_data.JOB)
    else:
        st.button("Zoek de eerlijkste keuze", on_click=siting_data.start_fair, args=[view, asked], key="zoek_eerlijk")


# --- the places and the curve ----------------------------------------------------------------------------------------
def _open_what_if(advice: Advice, ranks: Sequence[int]) -> None:
    try:
        go_to(WHAT_IF, scenario=link_text(scenario_of(advice, ranks)))
    except ScenarioError as error:
        leave_notice(str(error))


def _show_places(advice: Advice) -> None:
    if not advice.places:
        return
    size = len(advice.places)
    rows = [
        Row(rank, (f"{rank}.", name, wijk, added, Button("Wat als", f"{IN_WHAT_IF}: {rank}. {name}")))
        for rank, name, wijk, added in place_rows(advice)
    ]
    if size > 1:
        button = Button("Wat als", f"{IN_WHAT_IF}: alle {size} samen")
        rows.append(Row(TOGETHER, ("", f"Alle {size} samen", "", added_text(advice), button)))
    show_choice_table(
        f"De {size} plekken, in de volgorde van openen" if size > 1 else "De plek",
        f"{ON_MAP} {ORDER_SENTENCE}" if size > 1 else ON_MAP,
        ("", "Plek", "Wijk", "Komt erbij", ""),
        rows,
        key="nieuwe_plekken",
        wide_only=(2,),
        on_pick=lambda rank: _open_what_if(advice, () if rank == TOGETHER else [int(rank)]),
    )


def _show_curve(curve: Sequence[Advice], n: int, fair: Advice | None) -> None:
    steps = curve_steps(curve)
    if len(steps) < 2:
        return
    shown = min(n, steps[-1].n)
    rows = [_curve_row(one, chosen=one.n == shown) for one in steps]
    if fair is not None:
        step = fair_step(curve, fair)
        rows.insert(shown + 1, Row("eerlijk", ("eerlijk", Bar(step.today, step.added), step.text)))
    show_choice_table(
        "Hoeveel plekken, hoeveel bereik? Kies een aantal",
        " ".join(filter(None, [BARS if fair is None else FAIR_BARS, _only_known(curve[0]), CURVE_SENTENCE])),
        ("Plekken", "", "Samen bereikt"),
        rows,
        key="curve",
        on_pick=choose_n,
        toggles=True,
    )


def _only_known(advice: Advice) -> str:
    among = among_words(advice.siting.demand)
    return f"We tellen enkel mensen {among}." if among else ""


def _curve_row(step: CurveStep, *, chosen: bool) -> Row:
    name = Button(str(step.n), f"Kies {count(step.n, 'plek', 'plekken')}") if step.n else "nu"
    return Row(str(step.n), (name, Bar(step.today, step.added), step.text), chosen)


# --- what is behind it -----------------------------------------------------------------------------------------------
def _show_basis(most: Advice, advice: Advice | None, basis: Basis) -> None:
    sure = (
        [] if advice is None else [*optimum_sentences(advice), *(fair_sentences(advice, most) if advice.fair else ())]
    )
    lines = join(Markup("<li>{}</li>").format(line) for line in (*sure, *basis.need, *basis.more))
    st.html(Markup("<div class='zinnen'><h2>Hoe zeker is dit?</h2><ul class='aanbod'>{}</ul></div>").format(lines))


def _show_groups(view: View, asked: Asked) -> None:
    """All groups in turn, when someone asks for it."""
    more = st.expander("Alle doelgroepen naast elkaar", key="alle_doelgroepen", on_change="rerun")
    if not more.open:
        return
    if siting_data.takes_long(view, asked):
        more.text("Voor alle doelgroepen samen duurt dit te lang. Zet het raster uit.")
        return
    rows = group_rows(siting_data.per_group(view, asked))
    more.html(table("De beste plekken per doelgroep", GROUP_HEADS, rows, name="breed"))
    more.caption(f"{NEVER_ADD} {COUNTS_PEOPLE}")
