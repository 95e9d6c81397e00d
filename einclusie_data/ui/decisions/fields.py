"""The fields of the form of a decision: what each is called, what can be chosen, and its value in the session."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import streamlit as st

from einclusie_data.contract.schema import OFFERS
from einclusie_data.contract.words import number
from einclusie_data.decisions.table import labels_of
from einclusie_data.decisions.words import FIELDS, wijk_words
from einclusie_data.publishing.draft import typed_point
from einclusie_data.store.decision_record import Draft, Proposal, State
from einclusie_data.ui.frame import data
from einclusie_data.ui.frame.page import View

TEXT, LONG, DAY, ONE, SEVERAL, WIJK, WIJKEN = "text", "long", "day", "one", "several", "wijk", "wijken"
POINT = "point"
"""The field that stands for `lat` and `lon` of the proposal."""
NOT_A_POINT = "Dit zijn geen coördinaten. Typ ze zo: 51,2194; 4,4025. Eerst het noorden, dan het oosten."
_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)

DRAFT_KINDS = {
    "title": TEXT, "state": ONE, "who": TEXT, "due": DAY, "meeting": DAY, "network": ONE, "why": LONG, "wijkcode": WIJK,
    "group": ONE, "methods": SEVERAL, "partners": SEVERAL,
}  # fmt: skip
WHAT_KINDS = {
    "types": SEVERAL, "groups": SEVERAL, "wijken": WIJKEN, "location": TEXT, "address": TEXT, POINT: TEXT,
    "organisations": SEVERAL, "mode": ONE, "dayparts": SEVERAL, "frequency": ONE, "price": ONE, "signup": SEVERAL,
}  # fmt: skip
_POINT_LABEL = "Punt op de kaart (mag leeg blijven, bijvoorbeeld 51,2194; 4,4025)"
_DUE_LABEL = {"due": "Tegen wanneer? (mag leeg blijven)", "who": "Wie neemt dit op?"}


@dataclass(frozen=True)
class Field:
    """One field: of the decision itself, or (`what`) of the offer that it proposes."""

    name: str
    kind: str
    what: bool

    @property
    def key(self) -> str:
        """Its widget."""
        return f"besluit_veld_{'wat_' if self.what else ''}{self.name}"

    @property
    def label(self) -> str:
        """What stands above it."""
        if self.name == POINT:
            return _POINT_LABEL
        return OFFERS.column(self.name).header if self.what else _DUE_LABEL.get(self.name, FIELDS[self.name])

    def of(self, draft: Draft) -> Any:
        """Its cell of a decision."""
        if self.name == POINT:
            return (draft.what.lat, draft.what.lon)
        return getattr(draft.what if self.what else draft, self.name)

    def put(self, draft: Draft, cell: Any) -> Draft:
        """The decision with another cell."""
        if self.name == POINT:
            return replace(draft, what=replace(draft.what, lat=cell[0], lon=cell[1]))
        if self.what:
            return replace(draft, what=replace(draft.what, **{self.name: cell}))
        return replace(draft, **{self.name: cell})


ALL = (
    *(Field(name, kind, what=False) for name, kind in DRAFT_KINDS.items()),
    *(Field(name, kind, what=True) for name, kind in WHAT_KINDS.items()),
)
BY_NAME = {one.name: one for one in ALL}


def point_text(lat: float | None, lon: float | None) -> str:
    """A point as people type it; "" for none."""
    return "" if lat is None or lon is None else f"{number(lat, 5)}; {number(lon, 5)}"


def fill(fields: Iterable[Field], draft: Draft) -> None:
    """Put a decision in the widgets, before they are drawn."""
    for field in fields:
        cell = field.of(draft)
        if field.name == POINT:
            cell = point_text(*cell)
        elif field.kind in (SEVERAL, WIJKEN):
            cell = list(cell)
        elif field.kind in (ONE, WIJK):
            cell = cell or None
        st.session_state[field.key] = cell


def read(fields: Iterable[Field], base: Draft) -> tuple[Draft, dict[str, str]]:
    """What stands in the widgets, and what of it is no value: field -> sentence. What has no widget stays as it was."""
    draft, problems = base, {}
    for field in fields:
        cell = st.session_state.get(field.key)
        if field.name == POINT:
            lat, lon = base.what.lat, base.what.lon
            if str(cell or "").strip() != point_text(lat, lon):  # else more precise than what is shown
                found = typed_point(str(cell or ""))
                lat, lon = (found.lat, found.lon) if found else (None, None)
                if found is None and str(cell or "").strip():
                    problems[POINT] = NOT_A_POINT
            draft = field.put(draft, (lat, lon))
        elif field.kind in (SEVERAL, WIJKEN):
            draft = field.put(draft, tuple(cell or ()))
        elif field.kind == DAY:
            draft = field.put(draft, cell)
        elif field.name == "state":
            draft = field.put(draft, State(cell) if cell in list(State) else base.state)
        else:
            draft = field.put(draft, cell or "")
    return draft, problems


# --- what can be chosen -------------------------------------------------------------------------------------------
def options(view: View, field: Field) -> list[str]:
    """The values of a list, and what is filled in now though it is not, or no longer, known."""
    now = st.session_state.get(field.key)
    kept = now if isinstance(now, list) else [now] if now else []
    return list(dict.fromkeys([*_known(view, field), *kept]))


def _known(view: View, field: Field) -> Sequence[str]:
    dataset = view.dataset
    if field.kind in (WIJK, WIJKEN):
        wijken = dataset.areas.wijken
        return [str(code) for code in wijken[wijken["inhabited"]].sort_values("label").index]
    if field.name in ("partners", "organisations"):
        return sorted(dict.fromkeys(dataset.workbook.partners["organisation"]), key=str.casefold)
    if field.name == "methods":
        return list(dict.fromkeys(dataset.workbook.methods["name"]))
    if field.name == "network":
        return networks(view)
    codelist = OFFERS.column("groups" if field.name == "group" else field.name).codelist
    return dataset.workbook.codelists[codelist.name].values if codelist else ()


def networks(view: View) -> list[str]:
    """The areas that can decide: all but the wijken on their own."""
    labels = set(labels_of(view.dataset.areas).values())
    return [name for name in data.areas_to_choose(view.version) if name not in labels]


def draw(view: View, field: Field, choices: Sequence[str] | None = None) -> None:
    """The widget of a field; `choices` instead of what its list holds."""
    if field.kind in (TEXT, LONG):
        (st.text_area if field.kind == LONG else st.text_input)(field.label, key=field.key)
        return
    if field.kind == DAY:
        now = st.session_state.get(field.key)
        days = (_FIRST_DAY, _LAST_DAY, *([now] if now else []))
        st.date_input(field.label, key=field.key, format="DD/MM/YYYY", min_value=min(days), max_value=max(days))
        return
    values = options(view, field) if choices is None else list(choices)
    show = _names(view) if field.kind in (WIJK, WIJKEN) else str
    if field.kind in (SEVERAL, WIJKEN):
        st.multiselect(field.label, values, key=field.key, format_func=show, placeholder="Kies…", select_all=False)
    else:
        first = 0 if choices is not None else None  # without None: there is no cross that empties it
        st.selectbox(field.label, values, index=first, key=field.key, format_func=show, placeholder="Kies…")


def _names(view: View) -> Callable[[str], str]:
    labels = labels_of(view.dataset.areas)
    return lambda code: wijk_words(code, labels)


def empty() -> Draft:
    """A decision of which nothing is known."""
    return Draft(title="", what=Proposal())
