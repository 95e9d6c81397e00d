"""Why a cell has its verdict, once more and slowly: offer by offer, in plain loops (see `explain.offers_of_cell`).

Only the places, the reach and the question go in: who is active, for whom it is and what it passes is worked out here
again, and every text is written out, so that a changed rule or word shows.
"""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import Any

import pandas as pd

from einclusie_data.contract.privacy import mask_personal
from einclusie_data.contract.questions import Case, Question
from einclusie_data.engine.coverage import Reach
from einclusie_data.engine.locate import Supply

RELATIONS = ("in de wijk", "binnen loopafstand", "aan huis, rondreizend of online", "ligt misschien in de wijk",
             "verder weg")  # fmt: skip
FILTERS = {
    "types": ("types", "type aanbod", "Type aanbod"),
    "dayparts": ("dayparts", "dagdeel", "Dagdeel"),
    "prices": ("price", "prijs", "Prijs"),
    "languages": ("languages", "talen", "Talen"),
    "signups": ("signup", "aanmelden", "Aanmelden"),
}
"""Filter -> column of an offer, its name in a sentence, its header."""

Row = dict[str, Any]


def rows_of_cell(supply: Supply, reach: Reach, question: Question, wijk: int, case: Case) -> list[Row]:
    """One dict per line of the cell, in order."""
    near, points_of = _sites_near(reach, wijk), _points(supply, reach)
    rows = []
    for position, offer in enumerate(supply.offers.to_dict("records")):
        points = points_of[position]
        relation = _relation(points, near, wijk, serves=bool(supply.serves[position, wijk]))
        distance = min(
            (float(reach.centre_distance_m[wijk, site]) for site, _, hint in points if not hint), default=math.inf
        )
        rows.append(_row(position, offer, relation, distance, question, case))
    suitable = [row for row in rows if not row["relation"] and row["_suitable"] and row["distance_m"] < math.inf]
    for row in sorted(suitable, key=lambda row: (row["distance_m"], row["offer"]))[:3]:
        row["relation"], row["counts"] = "verder weg", False
    told = [row for row in rows if row["relation"]]
    told.sort(key=_order)
    for row in told:
        row["distance_m"] = row["distance_m"] if row["distance_m"] < math.inf else math.nan
    return [{name: value for name, value in row.items() if not name.startswith("_")} for row in told]


def _order(row: Row) -> tuple[Any, ...]:
    many = row["obstacles"].count(";") + (row["obstacles"] != "")
    return not row["counts"], RELATIONS.index(row["relation"]), many, row["distance_m"], row["row"]


def _points(supply: Supply, reach: Reach) -> list[list[tuple[int, int, bool]]]:
    """Site, wijk and hint of every point of each offer."""
    result: list[list[tuple[int, int, bool]]] = [[] for _ in range(len(supply.offers))]
    points = supply.points
    for offer, site, wijk, hint in zip(points["offer"], reach.site, points["wijk"], points["hint"], strict=True):
        result[offer].append((int(site), int(wijk), bool(hint)))
    return result


def _sites_near(reach: Reach, wijk: int) -> set[int]:
    sites: set[int] = set()
    for demand, of_wijk in enumerate(reach.demand_wijk):
        if of_wijk == wijk:
            for pair in range(reach.start[demand], reach.start[demand + 1]):
                sites.add(int(reach.neighbour[pair]))
    return sites


def _relation(points: list[tuple[int, int, bool]], near: set[int], wijk: int, *, serves: bool) -> str:
    if any(of_wijk == wijk and not hint for _, of_wijk, hint in points):
        return RELATIONS[0]
    if any(site in near and not hint for site, _, hint in points):
        return RELATIONS[1]
    if serves:
        return RELATIONS[2]
    maybe = any(hint and (of_wijk == wijk or site in near) for site, of_wijk, hint in points)
    return RELATIONS[3] if maybe else ""


def _row(position: int, offer: Row, relation: str, distance: float, question: Question, case: Case) -> Row:
    placeless = offer["placement"] in ("plek onzeker", "plek onbekend")
    inactive, group, filters = _inactive(offer, question.on), _group(offer, question, case), _filters(offer, case)
    obstacles = "; ".join([*inactive, *group, *filters, *(["plek niet zeker"] if placeless else [])])
    chosen = [FILTERS[field] for field in case.filters.chosen]
    lacking = [
        *(["Doelgroep"] if not offer["groups"] else []),
        *(header for column, _, header in chosen if not offer[column]),
        *(["Adres of Wijk"] if placeless else []),
    ]
    return {
        "offer": position,
        "row": offer["row"],
        "name": mask_personal(offer["name"]),
        "organisations": mask_personal("; ".join(offer["organisations"])),
        "relation": relation,
        "counts": obstacles == "",
        "meant_for": "" if obstacles else "deze groep" if case.group in offer["groups"] else "iedereen",
        "distance_m": distance,
        "exact": offer["placement"] == "op een punt",
        "remarks": "; ".join(_remarks(offer, question.on)),
        "obstacles": obstacles,
        "fill_in": "; ".join(lacking),
        "_suitable": not (inactive or group or filters),
    }


def _inactive(offer: Row, on: date) -> list[str]:
    start, end = offer["valid_from"], offer["valid_to"]
    if offer["status"] not in ("Actief", ""):
        return [offer["status"].lower()]
    if not pd.isna(start) and start.date() > on:
        return [f"start pas op {start:%d/%m/%Y}"]
    if not pd.isna(end) and end.date() < on:
        return [f"liep tot {end:%d/%m/%Y}"]
    return []


def _group(offer: Row, question: Question, case: Case) -> list[str]:
    groups = offer["groups"]
    if case.group in groups or (question.open_counts and "Iedereen" in groups):
        return []
    if not groups:
        return ["doelgroep niet ingevuld"]
    return ["is voor iedereen, en dat telt nu niet mee" if "Iedereen" in groups else f"is voor: {'; '.join(groups)}"]


def _filters(offer: Row, case: Case) -> list[str]:
    told = []
    for field, values in case.filters.chosen.items():
        column, name, _ = FILTERS[field]
        cell = offer[column]
        held = ((cell,) if cell else ()) if isinstance(cell, str) else cell
        if not held:
            told.append(f"{name} niet ingevuld")
        elif not set(held) & set(values):
            told.append(f"{name}: {'; '.join(held)}")
    return told


def _remarks(offer: Row, on: date) -> list[str]:
    end, checked, frequency = offer["valid_to"], offer["checked"], offer["frequency"]
    told = []
    if not pd.isna(end) and end.date() <= on + timedelta(days=90):
        told.append(f"tijdelijk, tot {end:%d/%m/%Y}")
    if frequency in ("Maandelijks", "Eenmalig of op aanvraag"):
        told.append(frequency.lower())
    if offer["mode"] == "Rondreizend":
        told.append("rondreizend")
    if not pd.isna(checked) and checked.date() < on - timedelta(days=730):
        told.append("gegevens ouder dan twee jaar")
    if offer["placement"] == "bij benadering":
        told.append("plek bij benadering")
    return told
