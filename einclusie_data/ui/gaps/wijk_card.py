"""The card of one wijk: for whom is what missing, which offers there are, what is to be filled in."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from einclusie_data.answers import wijk_profile as profile
from einclusie_data.answers.wijk_profile import Profile
from einclusie_data.contract import verdicts
from einclusie_data.contract.errors import StoreError
from einclusie_data.contract.words import number
from einclusie_data.decisions.listing import wijkcodes_of
from einclusie_data.store.decision_steps import OPEN_STATES
from einclusie_data.ui.frame import data, published, url_state
from einclusie_data.ui.frame.filters import filter_params
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.gaps.documents import show_sheet_download
from einclusie_data.ui.parts.gaps import show_offers_of_cell
from einclusie_data.ui.parts.markdown import plain
from einclusie_data.ui.parts.markup import EMPTY, join, sign, table, verdict_words

PROFILES_KEPT = 200
ALL_GROUPS = "Alle doelgroepen"


@st.cache_resource(show_spinner=False, max_entries=PROFILES_KEPT)
def _profile(version: str, question: str, group: str, code: str, _view: View) -> Profile:
    by_type = data.answer_by_type(version, _view.choice.question)
    return profile.profile_of(_view.dataset, _view.answer(), by_type, group, code)


def show_wijk_card(view: View, code: str) -> None:
    """Everything about one wijk, under the chosen filters."""
    found = _profile(view.version, repr(view.choice.question), view.choice.group, code, view)
    st.header(f"{plain(found.label)} · district {plain(found.district)}", anchor=False)
    st.html(_facts(found) + _groups_table(found.label, found.groups))
    _show_links(view, found)
    show_sheet_download(view, code)
    _show_decisions(view, found, code)
    st.subheader("Per doelgroep en per type", anchor=False)
    st.html(_matrix(found))
    _show_to_complete(found)
    st.subheader(f"Aanbod voor {plain(view.choice.group.lower())} in en bij deze wijk", anchor=False)
    show_offers_of_cell(found.offers)


def _facts(found: Profile) -> Markup:
    items = join(Markup("<div><dd>{}</dd><dt>{}</dt></div>").format(value, text) for value, text in found.facts)
    return Markup("<dl class='cijfers ruim'>{}</dl>").format(items)


def _groups_table(label: str, groups: pd.DataFrame) -> Markup:
    """The verdicts of one wijk (its rows of the gap table, one per group), groups with the same one together."""
    everyone = len(groups)
    rows = [
        (ALL_GROUPS if len(names) == everyone else join(names, "<br>"), _verdict_with_reason(verdict, reason))
        for verdict, reason, names in profile.verdict_groups(groups)
    ]
    return table(f"{label}: oordeel per doelgroep", ("Voor wie", "Wat is er, en wat ontbreekt?"), rows)


def _verdict_with_reason(verdict: str, reason: str) -> Markup:
    words = verdict_words(verdicts.VERDICTS[verdict])
    return Markup("{}<div class='waarom'>{}</div>").format(words, verdicts.REASONS[reason]) if reason else words


def _matrix(found: Profile) -> Markup:
    rows = [
        (group, *map(_sign_with_word, cells))
        for group, cells in zip(found.matrix.index, found.matrix.to_numpy(), strict=True)
    ]
    return table(
        f"{found.label}: oordeel per doelgroep en type aanbod", ("Doelgroep", *found.matrix.columns), rows, name="smal"
    )


def _sign_with_word(code: str) -> Markup:
    verdict = verdicts.VERDICTS[code]
    return Markup("<span title='{}'>{}<span class='verborgen'>{}</span></span>").format(
        verdict.word, sign(verdict), verdict.word
    )


def _show_links(view: View, found: Profile) -> None:
    """Ways on from this wijk, with the filters kept."""
    query = url_state.chosen(filter_params(view.version, view.dataset))
    with st.container(horizontal=True):
        st.page_link("pages/aanbod.py", label="Aanbod in deze wijk", query_params={**query, "gebied": [found.label]})
        st.page_link(
            "pages/methodieken.py", label="Methodieken die passen", query_params={**query, "wijk": [found.label]}
        )


def _show_decisions(view: View, found: Profile, code: str) -> None:
    """What the network plans here, of any group, and the way there; no line when there is nothing, or no store."""
    try:
        decisions = published.decisions()
    except StoreError:
        return
    size = sum(one.state in OPEN_STATES and code in wijkcodes_of(view.dataset.areas, one) for one in decisions)
    if size:
        query = url_state.chosen(filter_params(view.version, view.dataset))
        query = {key: texts for key, texts in query.items() if key != "doelgroep"}
        st.page_link(
            "pages/besluiten.py",
            label=f"Open voorstellen en besluiten voor deze wijk: {number(size)}",
            query_params={**query, "gebied": [found.label]},
        )


def _show_to_complete(found: Profile) -> None:
    st.subheader("Wat kunnen we aanvullen?", anchor=False)
    waiting = profile.rows_to_complete(found)
    if not waiting:
        st.text(
            "Geen gegeven dat nu een oordeel kan veranderen. Wat verder nog ontbreekt, staat bij het aanbod hieronder."
        )
        return
    items = join(Markup("<li>Blad Aanbod, rij {}: {}</li>").format(rows, groups) for rows, groups in waiting)
    st.html(Markup("<ul class='aanbod'>{}</ul>").format(items or EMPTY))
