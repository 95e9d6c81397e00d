"""The best places, sought once per version and question; what takes long is done beside the page."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

import streamlit as st

from einclusie_data.contract import settings
from einclusie_data.contract.questions import Question
from einclusie_data.engine.dataset import Dataset
from einclusie_data.proposals.siting import advice as siting
from einclusie_data.proposals.siting.advice import Advice, Siting
from einclusie_data.proposals.siting.basis import need_sentences, source_sentences, unknown_sentences
from einclusie_data.proposals.siting.candidates import Kind
from einclusie_data.proposals.siting.demand import Weigh
from einclusie_data.ui.frame import job
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.siting.choice import Asked

CURVES_KEPT = 40
"""Curves kept in memory: up to 2 MB each with a grid."""
JOB = "taak_eerlijk"
AT_ONCE = 200
"""Candidates up to which the fair variant is found within a second."""
FAIR_TEXT = f"We zoeken de eerlijkste keuze. Dat duurt hoogstens {settings.SITING_SECONDS:.0f} seconden"


@st.cache_resource(show_spinner="De beste plekken worden gezocht …", max_entries=CURVES_KEPT)
def _curve(
    version: str,
    question: str,
    group: str,
    kinds: tuple[Kind, ...],
    weigh: Weigh,
    codes: tuple[str, ...],
    _dataset: Dataset,
    _question: Question,
) -> tuple[Advice, ...]:
    asked = siting.siting_of(_dataset, _question, group, kinds=kinds, weigh=weigh, codes=codes)
    return siting.curve(asked)


def curve(view: View, asked: Asked) -> tuple[Advice, ...]:
    """The best set for 0, 1, … places."""
    question = view.choice.question
    return _curve(
        view.version,
        repr(question),
        view.choice.group,
        asked.kinds,
        asked.weigh,
        asked.codes,
        view.dataset,
        question,
    )


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


@st.cache_resource(show_spinner="Alle doelgroepen worden bekeken …", max_entries=CURVES_KEPT)
def _per_group(
    version: str,
    question: str,
    n: int,
    kinds: tuple[Kind, ...],
    fair: bool,
    codes: tuple[str, ...],
    _dataset: Dataset,
    _question: Question,
) -> tuple[Advice, ...]:
    return siting.advice_per_group(_dataset, _question, n, kinds=kinds, fair=fair, codes=codes)


def per_group(view: View, asked: Asked) -> tuple[Advice, ...]:
    """The best set for each group."""
    question = view.choice.question
    return _per_group(
        view.version,
        repr(question),
        asked.n,
        asked.kinds,
        asked.fair,
        asked.codes,
        view.dataset,
        question,
    )


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
