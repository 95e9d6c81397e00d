"""The page Waar eerst: where new places would reach most people who are not reached yet.

The best places, sought once per version and question; what takes long is done beside the page.

The map of the page Waar eerst: the proposed places, numbered, over the verdicts of today.

The choices of the page Waar eerst, as they stand in the URL.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st
from markupsafe import Markup

from einclusie_data.answers.scopes import CITY
from einclusie_data.contract import settings
from einclusie_data.contract.codelists import EVERYONE
from einclusie_data.contract.errors import ScenarioError
from einclusie_data.contract.questions import Question
from einclusie_data.contract.words import count, listing
from einclusie_data.engine.dataset import Dataset
from einclusie_data.output.maps import maps
from einclusie_data.output.maps.colourings import COLOURINGS, VERDICT, legend_of
from einclusie_data.output.maps.leaflet import Drawing
from einclusie_data.proposals.link import link_text
from einclusie_data.proposals.siting import advice as siting
from einclusie_data.proposals.siting.advice import Advice, Siting, scenario_of
from einclusie_data.proposals.siting.demand import Kind, Weigh, default_weigh
from einclusie_data.proposals.siting.words import (
    COUNTS_PEOPLE,
    CURVE_SENTENCE,
    GROUP_HEADS,
    ORDER_SENTENCE,
    OTHER_WEIGHTS,
    CurveStep,
    added_text,
    among_words,
    curve_steps,
    fair_sentences,
    fair_step,
    group_rows,
    need_sentences,
    optimum_sentences,
    place_rows,
    reach_sentences,
    source_sentences,
    unknown_sentences,
)
from einclusie_data.proposals.words import NEVER_ADD
from einclusie_data.ui.frame import data, job, url_state
from einclusie_data.ui.frame.navigate import go_to
from einclusie_data.ui.frame.page import View, leave_notice, show_notice
from einclusie_data.ui.frame.url_state import Param
from einclusie_data.ui.maps.layers import show_layers
from einclusie_data.ui.parts.choice_table import Bar, Button, Row, show_choice_table
from einclusie_data.ui.parts.gaps import show_looks
from einclusie_data.ui.parts.markup import join, plain, table

N, KINDS, WEIGH, SPREAD = "aantal", "plekken", "tel", "verdeling"
MOST_PEOPLE, FAIR = "meeste", "eerlijk"
SPREADS = {MOST_PEOPLE: "Waar de meeste mensen bij komen", FAIR: "Eerst de wijken die het slechtst af zijn"}
KIND_LABELS = {
    Kind.WIJKEN.value: "Midden van wijken",
    Kind.PARTNERS.value: "Partners",
    Kind.OFFERS.value: "Plekken met ander aanbod",
    Kind.GRID.value: f"Raster van {settings.SITING_GRID_M} m",
}
MORE = "Andere keuzes"
"""Title of what holds the widgets that few people change."""
USUAL = "gewoon"
"""Count what is best known for the group."""
START = 5
"""Places that the page starts with."""


@dataclass(frozen=True)
class Asked:
    """What is asked: how many places, from which candidates, what counts, and what comes first."""

    n: int
    kinds: tuple[Kind, ...]
    weigh: Weigh
    fair: bool
    codes: tuple[str, ...]


def siting_params(_dataset: Dataset) -> list[Param]:
    """The choices of this page."""
    return [
        url_state.one_of(N, range(1, settings.SITING_MOST + 1), START),
        Param(KINDS, [Kind.WIJKEN.value], lambda words: [one for one in KIND_LABELS if one in words] or None, list),
        url_state.one_of(WEIGH, [USUAL, *(one.value for one in Weigh)], USUAL),
        url_state.one_of(SPREAD, SPREADS, MOST_PEOPLE),
    ]


def asked_now(view: View) -> Asked:
    """What the visitor chose, before the widgets are drawn."""
    state, scope = st.session_state, view.choice.scope
    codes = () if scope.name == CITY else scope.codes
    kinds = tuple(kind for kind in Kind if kind.value in state[KINDS]) or (Kind.WIJKEN,)
    options = _weigh_options(view, codes)
    if state[WEIGH] not in options:
        state[WEIGH] = USUAL
    usual = _usual(view.version, view.choice.group, codes, view.dataset)
    weigh = usual if state[WEIGH] == USUAL else Weigh(state[WEIGH])
    return Asked(state[N], kinds, weigh, state[SPREAD] == FAIR, codes)


@st.cache_resource(show_spinner=False, max_entries=500)
def _usual(version: str, group: str, codes: tuple[str, ...], _dataset: Dataset) -> Weigh:
    return default_weigh(_dataset, group, codes)


def _weigh_options(view: View, codes: tuple[str, ...]) -> dict[str, str]:
    """What can be counted -> its label; first what is counted unless someone chooses."""
    group = view.choice.group
    labels = {
        Weigh.PERSONS: "Alle inwoners" if group == EVERYONE else f"Mensen van de groep {group.lower()}",
        Weigh.INHABITANTS: "Alle inwoners",
        Weigh.WIJKEN: "Elke bewoonde wijk even zwaar",
    }
    usual = _usual(view.version, group, codes, view.dataset)
    others = [one for one in (Weigh.INHABITANTS, Weigh.WIJKEN) if one is not usual]
    if group == EVERYONE or _usual(view.version, EVERYONE, codes, view.dataset) is not Weigh.PERSONS:
        others = [one for one in others if one is not Weigh.INHABITANTS]
    return {USUAL: labels[usual]} | {one.value: labels[one] for one in others}


def show_siting_choice(view: View, asked: Asked) -> None:
    """The number of places; the other widgets are drawn only when asked for, which keeps the page light."""
    options = _weigh_options(view, asked.codes)
    left, right = st.columns([1, 4], vertical_alignment="bottom")
    left.selectbox("Nieuwe plekken", range(1, settings.SITING_MOST + 1), key=N, placeholder="Kies…")
    more = right.expander(plain(f"{MORE}. Nu: {_chosen(asked, options)}"), key="andere_keuzes", on_change="rerun")
    if more.open:
        with more:
            _show_more(options)


def _chosen(asked: Asked, options: dict[str, str]) -> str:
    kinds = listing([KIND_LABELS[kind.value].lower() for kind in asked.kinds])
    return " · ".join([kinds, options[st.session_state[WEIGH]].lower(), SPREADS[st.session_state[SPREAD]].lower()])


def _show_more(options: dict[str, str]) -> None:
    st.pills(
        "Waaruit kiezen we?", list(KIND_LABELS), selection_mode="multi", key=KINDS, format_func=KIND_LABELS.__getitem__
    )
    left, right = st.columns(2)
    left.selectbox("Wat tellen we?", list(options), key=WEIGH, format_func=options.__getitem__, placeholder="Kies…")
    right.selectbox("Wat gaat voor?", list(SPREADS), key=SPREAD, format_func=SPREADS.__getitem__, placeholder="Kies…")


def choose_n(text: str) -> None:
    """Another number of places (in a callback)."""
    st.session_state[N] = int(text)


HEIGHT_PX = 480


def show_siting_map(view: View, advice: Advice) -> None:
    """Draw the map."""
    places = tuple(
        (rank, f"{rank}. {name}", more, place.lat, place.lon)
        for rank, ((_, name, _, more), place) in enumerate(zip(place_rows(advice), advice.places, strict=True), start=1)
    )
    now = view.summary
    show_looks(legend_of(now.rows, COLOURINGS[VERDICT]))
    show_layers(
        view,
        now.rows,
        now.offers,
        key="kaart_waar_eerst",
        height=HEIGHT_PX,
        above=[_numbers(places)],
        brief=True,
    )


@st.cache_resource(show_spinner=False, max_entries=100)
def _numbers(places: tuple[tuple[int, str, str, float, float], ...]) -> Drawing:
    return maps.numbers_layer(pd.DataFrame(list(places), columns=["number", "name", "more", "lat", "lon"]))


CURVES_KEPT = 40
"""Curves kept in memory: up to 2 MB each with a grid."""
JOB = "taak_eerlijk"
AT_ONCE = 200
"""Candidates up to which the fair variant is found within a second."""
FAIR_TEXT = f"We zoeken de eerlijkste keuze. Dat duurt hoogstens {settings.SITING_SECONDS:.0f} seconden"


@st.cache_resource(show_spinner="De beste plekken worden gezocht …", max_entries=CURVES_KEPT, hash_funcs=data.BY_TEXT)
def _curve(
    version: str,
    question: Question,
    group: str,
    kinds: tuple[Kind, ...],
    weigh: Weigh,
    codes: tuple[str, ...],
    _dataset: Dataset,
) -> tuple[Advice, ...]:
    asked = siting.siting_of(_dataset, question, group, kinds=kinds, weigh=weigh, codes=codes)
    return siting.curve(asked)


def curve(view: View, asked: Asked) -> tuple[Advice, ...]:
    """The best set for 0, 1, … places."""
    choice = view.choice
    return _curve(view.version, choice.question, choice.group, asked.kinds, asked.weigh, asked.codes, view.dataset)


@dataclass(frozen=True)
class Basis:
    """What is behind the answer, in sentences: what is counted, and from what and without what."""

    need: tuple[str, ...]
    more: tuple[str, ...]


@st.cache_resource(show_spinner=False, max_entries=CURVES_KEPT)
def _basis(key: tuple[object, ...], _siting: Siting) -> Basis:
    return Basis(tuple(need_sentences(_siting)), (*source_sentences(_siting), *unknown_sentences(_siting)))


def basis(view: View, asked: Asked) -> Basis:
    """The sentences behind the answer."""
    key = (view.version, repr(view.choice.question), view.choice.group, asked.kinds, asked.weigh, asked.codes)
    return _basis(key, curve(view, asked)[0].siting)


@st.cache_resource(show_spinner="Alle doelgroepen worden bekeken …", max_entries=CURVES_KEPT, hash_funcs=data.BY_TEXT)
def _per_group(
    version: str,
    question: Question,
    n: int,
    kinds: tuple[Kind, ...],
    fair: bool,
    codes: tuple[str, ...],
    _dataset: Dataset,
) -> tuple[Advice, ...]:
    return siting.advice_per_group(_dataset, question, n, kinds=kinds, fair=fair, codes=codes)


def per_group(view: View, asked: Asked) -> tuple[Advice, ...]:
    """The best set for each group."""
    question = view.choice.question
    return _per_group(view.version, question, asked.n, asked.kinds, asked.fair, asked.codes, view.dataset)


# --- the fair variant -------------------------------------------------------------------------------------------------
@st.cache_resource(show_spinner=False)
def _fair_kept() -> OrderedDict[tuple[object, ...], Advice]:
    """What was found for whom; for everyone who asks the same."""
    return OrderedDict()


def _key(view: View, asked: Asked) -> tuple[object, ...]:
    return view.version, repr(view.choice.question), view.choice.group, asked


def _keep(key: tuple[object, ...], found: Advice) -> None:
    kept = _fair_kept()
    kept[key] = found
    while len(kept) > CURVES_KEPT:
        kept.popitem(last=False)


def takes_long(view: View, asked: Asked) -> bool:
    """Whether the fair variant takes seconds: with a grid there are hundreds of places to weigh."""
    return asked.fair and len(curve(view, asked)[0].siting.candidates) > AT_ONCE


def fair(view: View, asked: Asked) -> Advice | None:
    """The fair variant; None while it takes long and nobody asked for it yet."""
    kept, key = _fair_kept(), _key(view, asked)
    if key not in kept and not takes_long(view, asked):
        _keep(key, siting.advice(curve(view, asked)[asked.n].siting, asked.n, fair=True))
    return kept.get(key)


def start_fair(view: View, asked: Asked) -> None:
    """Seek the fair variant beside the page (in a callback)."""
    ready, key = curve(view, asked)[asked.n].siting, _key(view, asked)
    job.start(FAIR_TEXT, lambda _: siting.advice(ready, asked.n, fair=True), lambda found: _keep(key, found), name=JOB)


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
    failed = job.take_result(JOB)
    best, grounds = curve(view, asked), basis(view, asked)
    advice = fair(view, asked) if asked.fair else best[asked.n]
    _sentences(_answer(best[asked.n], advice, grounds.need[:-1]))
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
        _show_curve(best, asked.n, advice if asked.fair else None)
    _show_basis(best[asked.n], advice, grounds)
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
    if job.running(JOB):
        job.show_progress(JOB)
    else:
        st.button("Zoek de eerlijkste keuze", on_click=start_fair, args=[view, asked], key="zoek_eerlijk")


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
    if takes_long(view, asked):
        more.text("Voor alle doelgroepen samen duurt dit te lang. Zet het raster uit.")
        return
    rows = group_rows(per_group(view, asked))
    more.html(table("De beste plekken per doelgroep", GROUP_HEADS, rows, name="breed"))
    more.caption(f"{NEVER_ADD} {COUNTS_PEOPLE}")
