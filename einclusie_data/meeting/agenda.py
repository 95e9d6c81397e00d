"""The agenda of a meeting in the usual order of the network, prefilled from the data."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from einclusie_data.contract.organisations import OrganisationNames, organisation_key
from einclusie_data.contract.words import day, listing
from einclusie_data.decisions.words import agreement_sentence, field_words
from einclusie_data.engine.conditions import ACTIVE_STATUSES
from einclusie_data.meeting.gaps import open_decisions
from einclusie_data.meeting.meetings import first_from, meetings_of, members, new_members, partner_names
from einclusie_data.meeting.news import news_by_organisation
from einclusie_data.meeting.parts import AGENDA, Occasion, Section, first_lines
from einclusie_data.store.decision_record import Decision

NOBODY_NEW = "Er is geen nieuwe partner sinds de vorige bijeenkomst."
NEW_UNKNOWN = "We weten niet wie nieuw is: er is geen vorige bijeenkomst om mee te vergelijken."
HOST_UNKNOWN = (
    "Wie ontvangt de groep? De gastorganisatie staat niet op het blad Bijeenkomsten. Vul ze daar aan, of typ ze hier."
)
ASK_AROUND = "Vraag rond: wie heeft nieuws dat nog niet in de werkmap staat?"
THEME = "Welk thema, of welke vraag van een partner, bespreken we?"
LINES_SHOWN = 25


def new_lines(occasion: Occasion) -> tuple[str, ...]:
    """Who is new in the network."""
    if occasion.before is None:
        return (NEW_UNKNOWN,)
    names = new_members(occasion.before, occasion.dataset, occasion.scope)
    return tuple(names) or (NOBODY_NEW,)


def agenda(occasion: Occasion) -> tuple[Section, ...]:
    """The five points of the agenda."""
    points = (
        ("welkom", "Welkom aan wie nieuw is", new_lines(occasion)),
        ("gast", "Rondleiding en uitleg door wie ontvangt", host_lines(occasion)),
        ("nieuws", "Nieuws per organisatie", _news_lines(occasion)),
        ("thema", "Projecten, en een thema of een vraag van een partner", _theme_lines(occasion)),
        ("afspraken", "Afspraken", agreement_lines(occasion)),
    )
    return tuple(Section(key, AGENDA, f"{place}. {title}", tuple(lines))
                 for place, (key, title, lines) in enumerate(points, start=1))  # fmt: skip


def host_lines(occasion: Occasion) -> tuple[str, ...]:
    """Who receives the group, where, and what that organisation offers and uses."""
    host, address = occasion.meeting.host, occasion.meeting.address
    if not host:
        return (HOST_UNKNOWN,)
    offers, methods = host_offers(occasion, host), host_methods(occasion, host)
    lines = [f"We zijn te gast bij {host}{f', {address}' if address else ''}."]
    lines += first_lines([f"Aanbod: {name}" for name in offers["name"]], LINES_SHOWN)
    lines += first_lines([f"Methodiek: {name}" for name in methods["name"]], LINES_SHOWN)
    if offers.empty:
        lines.append(f"In de werkmap staat geen actief aanbod van {host}. Klopt dat?")
    if methods.empty:
        lines.append(f"In de werkmap staat geen methodiek van {host}. Klopt dat?")
    return tuple(lines)


def host_offers(occasion: Occasion, host: str) -> pd.DataFrame:
    """The offers of an organisation that do not say that they stopped, are planned or are closed."""
    shown, key, names = occasion.dataset.shown, *_host(occasion, host)
    own = [any(organisation_key(names.current(one)) == key for one in cell) for cell in shown["organisations"]]
    mine = shown[np.array(own, dtype=bool)]
    return mine[mine["status"].isin(ACTIVE_STATUSES)]


def host_methods(occasion: Occasion, host: str) -> pd.DataFrame:
    """The methods that an organisation made or uses."""
    methods, key, names = occasion.dataset.methods, *_host(occasion, host)
    cells = zip(methods["publisher"], methods["used_by"], strict=True)
    own = [any(organisation_key(names.current(one)) == key for one in (made, *used) if one) for made, used in cells]
    return methods[np.array(own, dtype=bool)]


def _host(occasion: Occasion, host: str) -> tuple[str, OrganisationNames]:
    names = partner_names(occasion.dataset)
    return organisation_key(names.current(host)), names


def _news_lines(occasion: Occasion) -> list[str]:
    news = news_by_organisation(occasion)
    lines = first_lines([f"{name}: {'; '.join(texts)}." for name, texts in news.items()], LINES_SHOWN)
    known = {organisation_key(name) for name in news}
    quiet = [name for key, name in members(occasion.dataset, occasion.scope).items() if key not in known]
    if quiet and occasion.before is not None:
        lines.append(f"Geen verandering in de werkmap: {listing(first_quiet(quiet))}.")
    return [*lines, ASK_AROUND]


def first_quiet(names: list[str]) -> list[str]:
    """Names to read in one line."""
    return names if len(names) <= LINES_SHOWN else [*names[:LINES_SHOWN], f"nog {len(names) - LINES_SHOWN} andere"]


def _theme_lines(occasion: Occasion) -> list[str]:
    planned = [line.strip() for line in occasion.meeting.agenda.splitlines() if line.strip()]
    return planned or [THEME]


def agreement_lines(occasion: Occasion) -> tuple[str, ...]:
    """What is still open, who takes it on and when; and the next meeting."""
    lines = [agreement_line(one) for one in open_decisions(occasion.here)]
    coming = next_day(occasion)
    when = f"Volgende bijeenkomst: {day(coming)}." if coming else "Volgende bijeenkomst: nog af te spreken."
    return (*first_lines(lines, LINES_SHOWN), when)


def agreement_line(decision: Decision) -> str:
    """A decision with who and when in one line."""
    return f"{field_words(decision, {})['title']} ({decision.state}). {agreement_sentence(decision)}"


def next_day(occasion: Occasion) -> date | None:
    """The first meeting after this one, when the sheet Bijeenkomsten names it."""
    later = [one for one in meetings_of(occasion.dataset, occasion.scope) if one.day > occasion.day]
    return first_from(later, occasion.day)
