"""The page of the map: how to colour the wijken, which one is chosen, and the same as a table.

The card of one wijk: for whom is what missing, which offers there are, what is to be filled in.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from einclusie_data.answers import wijk_profile as profile
from einclusie_data.answers.wijk_profile import Profile
from einclusie_data.contract import verdicts
from einclusie_data.contract.errors import StoreError
from einclusie_data.contract.words import metres, number, percentage, whole
from einclusie_data.decisions.table import wijkcodes_of
from einclusie_data.engine.dataset import Dataset
from einclusie_data.output.maps.colourings import COLOURINGS, VERDICT, legend_of
from einclusie_data.store.decision_record import OPEN_STATES
from einclusie_data.ui.frame import data, published, url_state
from einclusie_data.ui.frame.filters import filter_params
from einclusie_data.ui.frame.page import View, leave_notice, show_notice
from einclusie_data.ui.frame.url_state import Param
from einclusie_data.ui.gaps.documents import show_sheet_download
from einclusie_data.ui.maps.layers import show_layers
from einclusie_data.ui.parts.gaps import show_looks, show_offers_of_cell
from einclusie_data.ui.parts.markup import EMPTY, join, plain, sign, table, verdict_words

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


HEIGHT_PX = 540


def map_params(dataset: Dataset) -> list[Param]:
    """The choices of the page of the map, as they stand in the URL."""
    wijken = dataset.areas.wijken
    return [
        url_state.one_of("kleur", COLOURINGS, VERDICT),
        url_state.one_of("wijk", wijken.loc[wijken["inhabited"], "label"], None),
    ]


def choose_colouring() -> str:
    """How to colour the wijken; code of a `Colouring`."""
    code = st.segmented_control(
        "Kleur de wijken volgens",
        list(COLOURINGS),
        format_func=lambda one: COLOURINGS[one].label,
        key="kleur",
        required=True,
        label_visibility="collapsed",
    )
    return code or VERDICT


def show_colour_legend(rows: pd.DataFrame, code: str) -> None:
    """The classes with their symbols and numbers of wijken."""
    show_looks(legend_of(rows, COLOURINGS[code]))


def choose_wijk(view: View) -> str | None:
    """A list to choose a wijk from, beside the click on the map; wijkcode or None."""
    wijken = view.dataset.areas.wijken.loc[list(view.choice.scope.codes)]
    labels = wijken.loc[wijken["inhabited"], "label"].sort_values()
    wished = st.session_state["wijk"]
    if wished is not None and wished not in set(labels):
        leave_notice(f"{wished} ligt niet in het gekozen gebied: {view.choice.scope.name}. Kies een ruimer gebied.")
        st.session_state["wijk"] = None
    label = st.selectbox(
        "Kies een wijk", labels.tolist(), format_func=plain, key="wijk", placeholder="Klik op de kaart of kies hier"
    )
    show_notice()
    return None if label is None else str(labels.index[labels == label][0])


def show_wijken_map(view: View, colouring: str, chosen: str | None) -> None:
    """The map; a click chooses a wijk."""
    labels, inhabited = view.dataset.areas.wijken["label"], view.dataset.areas.wijken["inhabited"]

    def pick(code: str) -> None:
        if inhabited[code]:
            st.session_state["wijk"] = labels[code]
        else:
            leave_notice(f"{labels[code]}: {verdicts.VERDICTS[verdicts.NOT_APPLICABLE].sentence}")

    summary = view.summary
    show_layers(
        view,
        summary.rows,
        summary.offers,
        key="kaart_wijken",
        height=HEIGHT_PX,
        colouring=colouring,
        chosen=chosen,
        on_pick=pick,
    )
    if colouring != VERDICT:
        st.caption(COLOURINGS[colouring].help)


def show_wijken_table(rows: pd.DataFrame) -> None:
    """What the map shows, as a table; drawn when it is opened."""
    more = st.expander("Alle wijken als tabel", key="tabel_wijken", on_change="rerun")
    if more.open:
        more.html(wijken_table(rows))


def wijken_table(rows: pd.DataFrame) -> Markup:
    """One row per wijk, with everything that the map can show."""
    heads = ("Wijk", "District", "Oordeel", "Waarom", "Bewoners op loopafstand", "Mensen buiten bereik",
             "Dichtstbijzijnd passend aanbod", "Wijkenranking")  # fmt: skip
    shown = rows[rows["oordeel"] != verdicts.NOT_APPLICABLE].sort_values("wijk")
    lines = [
        (
            row["wijk"],
            row["district"],
            verdict_words(verdicts.VERDICTS[row["oordeel"]]),
            verdicts.REASONS.get(row["reden"], ""),
            percentage(row["aandeel_bereikt"]),
            whole(row["buiten_bereik"]),
            metres(row["afstand_m"]),
            whole(row["wijkranking"]),
        )
        for row in shown.to_dict("records")
    ]
    return table("Alle wijken", heads, lines, name="lang")
