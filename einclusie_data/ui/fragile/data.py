"""What hangs on each offer, worked out once per version, question, group and area; and the choices of that page."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from einclusie_data.answers.scopes import CITY
from einclusie_data.contract.questions import Question
from einclusie_data.engine.dataset import Dataset, answer_per_group
from einclusie_data.proposals.fragile.offers import Fragility, fragile_offers
from einclusie_data.ui.frame import url_state
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.frame.url_state import Param

KEPT = 60
GROUPS, OFFER, ALL = "groepen", "aanbod", "alles"
ONE_GROUP, EVERY_GROUP = "een", "alle"


def fragile_params(dataset: Dataset) -> list[Param]:
    """The choices of this page, as they stand in the URL."""
    return [
        url_state.one_of(GROUPS, (ONE_GROUP, EVERY_GROUP), ONE_GROUP),
        url_state.one_of(OFFER, dataset.supply.offers["row"].tolist(), None),
        url_state.yes_or_no(ALL, default=False),
    ]


def every_group() -> bool:
    """Whether someone looks at all groups at once."""
    return bool(st.session_state[GROUPS] == EVERY_GROUP)


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _fragility(
    version: str, question: str, groups: tuple[str, ...], codes: tuple[str, ...], _dataset: Dataset, _question: Question
) -> Fragility:
    return fragile_offers(_dataset, answer_per_group(_dataset, _question, groups), codes)


def fragility(view: View) -> Fragility:
    """What hangs on each offer, for the chosen group (or all of them) in the chosen area."""
    question, scope = view.choice.question, view.choice.scope
    groups = () if every_group() else (view.choice.group,)
    codes = () if scope.name == CITY else scope.codes
    return _fragility(view.version, repr(question), groups, codes, view.dataset, question)


def gap_rows(view: View) -> pd.DataFrame:
    """The rows of the gap table that belong to it."""
    rows = view.rows(view.answer())
    return rows if every_group() else rows[rows["doelgroep"] == view.choice.group]


def chosen_offer(view: View, found: Fragility) -> int | None:
    """Position in the supply of the offer that the map shows alone; None when none is chosen, or it is not listed."""
    rows = found.offers.loc[found.offers["row"] == st.session_state[OFFER], "offer"]
    if rows.empty:
        st.session_state[OFFER] = None
        return None
    return int(rows.iloc[0])
