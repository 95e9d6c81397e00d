"""Beside a decision, or a gap that may become one: who could take it on, which method fits, and what happened."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from einclusie_data.contract.codelists import POSSIBLE_PARTNER
from einclusie_data.contract.errors import StoreError
from einclusie_data.contract.words import number
from einclusie_data.decisions.history import history_lines
from einclusie_data.decisions.partners import partner_text
from einclusie_data.decisions.place import place_of_decision
from einclusie_data.decisions.table import labels_of
from einclusie_data.decisions.words import NO_PLACE
from einclusie_data.store.decision_record import Decision, Draft
from einclusie_data.ui.decisions import choices
from einclusie_data.ui.decisions.choices import filters_and, history_of, methods_of, partners_of
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.methods.page import show_method_cards
from einclusie_data.ui.parts.markup import join, plain

SHOWN = 8
NEAREST_FIRST = (
    "De dichtste eerst. Wie elders is, staat er niet bij. Kijk bij Partners in de werkmap na of de lijst klopt."
)


def show_panels(view: View, draft: Draft) -> None:
    """One panel by choice; a draft that is not written down yet has no history."""
    names = [name for name in choices.PANELS if name != choices.HISTORY or isinstance(draft, Decision)]
    if st.session_state[choices.SHOWN] not in names:
        st.session_state[choices.SHOWN] = choices.PARTNERS
    chosen = st.segmented_control(
        "Wat wil je weten?",
        names,
        format_func=lambda name: choices.PANELS[name],
        key=choices.SHOWN,
        required=True,
        label_visibility="collapsed",
    )
    if chosen == choices.HISTORY and isinstance(draft, Decision):
        _show_history(view, draft)
    elif chosen == choices.METHODS:
        _show_methods(view, draft)
    else:
        _show_partners(view, draft)


def _plain_draft(draft: Draft) -> Draft:
    """Without who changed it and when: what fits does not depend on that."""
    return draft.draft if isinstance(draft, Decision) else draft


def _show_partners(view: View, draft: Draft) -> None:
    """Members and possible partners near it, nearest first."""
    if not place_of_decision(view.dataset.areas, draft).known:
        st.text(NO_PLACE)
    partners = partners_of(view, _plain_draft(draft))
    possible = partners["roles"].map(lambda roles: POSSIBLE_PARTNER in roles).astype(bool)
    st.html(
        _partner_list("Mogelijke partners", partners[possible], "We kennen hier geen mogelijke partner in de buurt.")
        + _partner_list("Wie al meewerkt, of aanbod heeft", partners[~possible], "We kennen hier niemand in de buurt.")
        + Markup("<p class='stil'>{}</p>").format(NEAREST_FIRST)
    )


def _partner_list(title: str, partners: pd.DataFrame, nothing: str) -> Markup:
    items = join(
        Markup("<li><b>{}</b><br>{}</li>").format(one["organisation"], partner_text(one))
        for one in partners.head(SHOWN).to_dict("records")
    )
    more = f"En nog {number(len(partners) - SHOWN)} andere." if len(partners) > SHOWN else ""
    body = Markup("<ul class='aanbod'>{}</ul><p class='stil'>{}</p>").format(items, more)
    empty = Markup("<p>{}</p>").format(nothing)
    return Markup("<div class='zinnen'><h3>{}: {}</h3>{}</div>").format(
        title, number(len(partners)), body if len(partners) else empty
    )


def _show_methods(view: View, draft: Draft) -> None:
    """The methods that fit best, those that the decision names first."""
    found = methods_of(view, _plain_draft(draft)).sort_values(["linked", "fits"], ascending=False, kind="stable")
    if found.empty:
        st.text("We kennen geen methodiek die past. Vul het blad Methodieken aan.")
        return
    show_method_cards(found.head(SHOWN), key="besluit_methodieken", label="Methodieken die passen", with_gaps=False)
    label = labels_of(view.dataset.areas).get(draft.wijkcode)
    group = draft.group if draft.group in view.dataset.groups else view.choice.group
    more = {"doelgroep": group, **({"wijk": label} if label else {})}
    st.page_link(
        "pages/methodieken.py",
        label=f"Zoek in alle methodieken ({number(len(found))} passen, zeker of misschien)",
        query_params=filters_and(view, gebied="", **more),
    )


def _show_history(view: View, decision: Decision) -> None:
    try:
        history = history_of(decision)
    except StoreError as error:
        st.error(plain(error))
        return
    lines = history_lines(history, labels_of(view.dataset.areas))
    st.html(Markup("<ul class='aanbod'>{}</ul>").format(join(Markup("<li>{}</li>").format(line) for line in lines)))
