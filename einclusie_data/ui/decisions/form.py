"""The form in which a trekker writes a decision down or changes it; what was typed is never lost when it goes wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from types import MappingProxyType

import streamlit as st
from markupsafe import Markup

from einclusie_data.contract.errors import DecisionError, OutdatedChangeError
from einclusie_data.decisions.history import merged, newer_lines
from einclusie_data.decisions.table import labels_of
from einclusie_data.decisions.words import STATES
from einclusie_data.store.access.guard import Session
from einclusie_data.store.decision_record import FIRST_STATES, STEPS, Decision, Draft, State
from einclusie_data.ui.decisions import choices
from einclusie_data.ui.decisions.choices import do, open_decision
from einclusie_data.ui.decisions.fields import BY_NAME, Field, draw, fill, read
from einclusie_data.ui.frame import account, data
from einclusie_data.ui.frame.account import for_trekkers
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.parts.markup import join, plain

FORM = account.DECISION_FORM
AGAIN = "Kijk het na en klik opnieuw op Bewaren. Dan komt jouw wijziging bovenop die van de ander."


class Fields(Enum):
    """Which fields a form has: all of them, those of a next state, or those that a meeting fills in."""

    ALL = auto()
    STEP = auto()
    AT_MEETING = auto()


_FEW: Mapping[Fields, Sequence[Sequence[str]]] = MappingProxyType(
    {
        Fields.STEP: (("state", "who"), ("due", "meeting"), ("why",)),
        Fields.AT_MEETING: (("title",), ("state", "who"), ("due",), ("why",)),
    }
)
_ROWS: Mapping[str, Sequence[Sequence[str]]] = MappingProxyType(
    {
        "": (("title",), ("state", "who"), ("due", "meeting"), ("why",)),
        "Voor welk hiaat?": (("wijkcode", "group"), ("network",)),
        "Welk aanbod stellen jullie voor?": (
            ("types", "groups"),
            ("wijken", "organisations"),
            ("location", "address"),
            ("dayparts", "frequency"),
            ("price", "signup"),
            ("mode", "point"),
        ),
        "Wat kan helpen?": (("methods",), ("partners",)),
    }
)


@dataclass(frozen=True)
class Form:
    """A form that is open.

    Attributes
    ----------
    subject : str
        What it is about: another subject fills the fields anew.
    base : Draft
        What the person started from.
    number, based_on : int, optional
        Of the decision and its change; None for a new one.
    which : Fields
    problems : mapping of str to str
        Field -> what cannot be kept.
    newer : tuple of str
        What someone else changed meanwhile.
    """

    subject: str
    base: Draft
    number: int | None = None
    based_on: int | None = None
    which: Fields = Fields.ALL
    problems: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    newer: tuple[str, ...] = ()

    @property
    def rows(self) -> Mapping[str, Sequence[Sequence[str]]]:
        """Heading -> rows of fields."""
        return {"": _FEW[self.which]} if self.which in _FEW else _ROWS

    @property
    def fields(self) -> list[Field]:
        """The fields that are drawn."""
        return [BY_NAME[name] for rows in self.rows.values() for row in rows for name in row]

    @property
    def states(self) -> tuple[State, ...]:
        """The states that can be chosen."""
        return FIRST_STATES if self.number is None else (self.base.state, *STEPS[self.base.state])


def new_form(subject: str, draft: Draft, which: Fields = Fields.ALL) -> Form:
    """A form for a new decision."""
    return Form(f"nieuw|{subject}", draft, which=which)


def edit_form(decision: Decision, *, step: bool) -> Form:
    """A form for a decision that is there; `step`: only what goes with a next state."""
    subject = f"{'verder' if step else 'wijzig'}|{decision.id}"
    return Form(subject, decision.draft, decision.id, decision.change, Fields.STEP if step else Fields.ALL)


def show_form(view: View, wanted: Form) -> None:
    """Draw the form; one that is open on the same subject goes on as it was."""
    form: Form | None = st.session_state.get(FORM)
    if form is None or form.subject != wanted.subject:
        form = st.session_state[FORM] = wanted
        fill(form.fields, form.base)
    if form.newer:
        st.warning(plain(f"{form.newer[0]} {AGAIN}"))
        st.html(Markup("<ul>{}</ul>").format(join(Markup("<li>{}</li>").format(line) for line in form.newer[1:])))
    if form.problems:
        st.error("Dit kan zo niet bewaard worden. Kijk bij de velden met een rode melding.")
    with st.form("besluit_velden", enter_to_submit=False):
        for heading, rows in form.rows.items():
            if heading:
                st.subheader(heading, anchor=False)
            for row in rows:
                _show_row(view, form, row)
        with st.container(horizontal=True):
            st.form_submit_button("Bewaren", type="primary", on_click=save, key="besluit_bewaren")
            st.form_submit_button("Annuleren", on_click=cancel, key="besluit_annuleren")


def _show_row(view: View, form: Form, names: Sequence[str]) -> None:
    for place, name in zip(st.columns(len(names)), names, strict=True):
        with place:
            one = BY_NAME[name]
            draw(view, one, _states(form, one) if name == "state" else None)
            if name == "state" and form.number is not None:
                st.caption(f"Nu: {form.base.state}. {STATES[form.base.state].sentence}")
            for key in (name, "what") if name == "point" else (name,):
                if key in form.problems:
                    st.error(plain(form.problems[key]))


def _states(form: Form, one: Field) -> list[str]:
    """The states that may come next, and the one that was chosen before someone else changed it."""
    return list(dict.fromkeys([*form.states, st.session_state[one.key] or form.base.state]))


def cancel() -> None:
    """Close the form, and leave what the store holds as it is (in a callback)."""
    st.session_state.pop(FORM, None)
    do(None)
    choices.leave_proposals()


@for_trekkers
def save(session: Session) -> None:
    """Keep what was filled in; what goes wrong is said at the form, which stays as it is."""
    form: Form | None = st.session_state.get(FORM)
    if form is None:
        return
    mine, problems = read(form.fields, form.base)
    if problems:
        st.session_state[FORM] = replace(form, problems=problems)
        return
    decisions = account.the_desk().store.decisions
    try:
        if form.number is None or form.based_on is None:
            saved = decisions.add(mine, session.name)
        else:
            saved = decisions.change(form.number, mine, session.name, based_on=form.based_on)
    except DecisionError as error:
        st.session_state[FORM] = replace(form, problems=error.problems)
    except OutdatedChangeError as error:
        _go_on_from(form, mine, str(error))
    else:
        st.session_state.pop(FORM, None)
        open_decision(saved.id)
        account.leave_success(f"Besluit {saved.id} is bewaard: {saved.state}.")


def _go_on_from(form: Form, mine: Draft, said: str) -> None:
    """Someone else was first: show what they changed, keep what was typed, and start from there."""
    latest = account.the_desk().store.decisions.get(form.number or 0)
    lines = newer_lines(form.base, mine, latest.draft, labels_of(data.areas()))
    fill(form.fields, merged(form.base, mine, latest.draft))
    st.session_state[FORM] = replace(
        form, base=latest.draft, based_on=latest.change, problems=MappingProxyType({}), newer=(said, *lines)
    )
