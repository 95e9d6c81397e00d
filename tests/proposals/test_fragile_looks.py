"""How fragile offers look on a map."""

from __future__ import annotations

import pandas as pd

from einclusie_data.changes.gaps import CLOSED, KINDS, OPENED, SHIFTED
from einclusie_data.engine.dataset import answer_per_group
from einclusie_data.proposals.compare import SAME
from einclusie_data.proposals.fragile.offers import Fragility, fragile_offers
from einclusie_data.proposals.fragile.words import (
    CAUGHT,
    FRAGILE_LOOKS,
    NOT_SURE,
    NOTHING_THERE,
    fragile_legend,
    fragile_wijken,
    worst_look,
)
from tests.factories import OLDER, dataset, offer, question


def looked(*offers: dict, groups: tuple[str, ...] = (OLDER,)) -> tuple[Fragility, pd.DataFrame]:
    data = dataset(*offers)
    found = answer_per_group(data, question(), groups)
    return fragile_offers(data, found), found.table


def kinds(wijken: pd.DataFrame) -> dict[str, tuple[str, str]]:
    cells = zip(wijken["soort"], wijken["aanbod"], strict=True)
    return dict(zip(wijken["wijkcode"], cells, strict=True))


def test_each_wijk_gets_the_worst_that_one_offer_can_do():
    both = [offer(name="Een", at=(1500, 1500)), offer(name="Twee", at=(1500, 1500))]
    found, table = looked(offer(name="Alleen", at=(500, 1500)), *both)
    assert kinds(fragile_wijken(found, table)) == {
        "NOO01": (OPENED, "Alleen"),
        "NOO02": (CAUGHT, ""),
        "ZUI01": (NOTHING_THERE, ""),
        "ZUI02": (NOTHING_THERE, ""),
    }


def test_where_people_lose_it_and_the_verdict_stays():
    found, table = looked(offer(at=(500, 1500)), offer(name="Naast", at=(700, 1500)))
    assert kinds(fragile_wijken(found, table))["NOO01"] == (SAME, "Digihulp")


def test_where_we_do_not_know_nothing_is_called_caught():
    vague = [offer(name=name, at=(500, 1500), groups=()) for name in "AB"]
    found, table = looked(*vague)
    assert kinds(fragile_wijken(found, table))["NOO01"] == (NOT_SURE, "")


def test_one_offer_alone():
    found, table = looked(offer(name="Een", at=(500, 1500)), offer(name="Ver", at=(2700, 500)))
    alone = kinds(fragile_wijken(found, table, 1))
    assert (alone["ZUI02"], alone["NOO01"]) == ((OPENED, "Ver"), (CAUGHT, ""))


def test_of_many_offers_some_are_named():
    found, table = looked(offer(name="Online", mode="Online"))
    assert kinds(fragile_wijken(found, table))["ZUI01"] == (SHIFTED, "Online")
    names = found.offers.iloc[[0] * 9].assign(offer=range(9), name=[f"N{number}" for number in range(9)])
    effects = pd.concat(
        [found.effects[found.effects["wijkcode"] == "ZUI01"].assign(offer=number) for number in names["offer"]]
    )
    many = Fragility(effects, names, found.groups)
    assert kinds(fragile_wijken(many, table))["ZUI01"][1] == "N0, N1, N2, N3, N4 en nog 4"


def test_the_legend_and_the_sign_of_an_offer():
    found, table = looked(offer(name="Een", at=(500, 1500)), offer(name="Dubbel", at=(500, 1500)))
    assert [(look.code, size) for look, size in fragile_legend(fragile_wijken(found, table))] == [
        (CAUGHT, 1),
        (NOTHING_THERE, 3),
    ]
    assert worst_look(found, 0) is None
    single, _ = looked(offer(at=(500, 1500)))
    assert worst_look(single, 0) is FRAGILE_LOOKS[OPENED]


def test_every_kind_has_a_look_and_no_two_the_same_sign():
    assert {*KINDS, SAME} - set(FRAGILE_LOOKS) == {CLOSED}  # a stop closes no gap
    signs = [(look.symbol, look.colour) for look in FRAGILE_LOOKS.values()]
    assert len(set(signs)) == len(signs)
