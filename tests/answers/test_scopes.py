"""Areas to choose: a network is the Gebied, or else the wijk, of its name."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from einclusie_data.answers.scopes import CITY, scopes
from einclusie_data.engine.dataset import Dataset
from tests.factories import dataset


def world(networks: list[tuple[str, ...]], meetings: tuple[str, ...] = ()) -> Dataset:
    data = dataset(zones={"Dam": ("NOO01", "NOO02"), "Rand": ("ZUI02",)})
    tables = {"partners": pd.DataFrame({"networks": networks}), "meetings": pd.DataFrame({"network": list(meetings)})}
    return replace(data, workbook=replace(data.workbook, **tables))


def test_every_kind_of_area():
    found = scopes(world([]))
    assert list(found) == [
        CITY, "Gebied Dam", "Gebied Rand", "District Noorderdam", "District Zuiderdam", "Noordkaai", "Noordkant",
        "Overzijde", "Zuidkant",
    ]  # fmt: skip
    assert found[CITY].text == "4 wijken"
    assert found["District Zuiderdam"].codes == ("HAV01", "ZUI01", "ZUI02")


def test_a_network_is_the_gebied_or_else_the_wijk_of_its_name():
    found = scopes(world([("Stad", "Dam"), ("noordkaai",), ()], ("Overzijde", "", "stad")))
    assert found["Netwerk Dam"].codes == ("NOO01", "NOO02")
    assert found["Netwerk noordkaai"].codes == ("NOO02",)
    assert found["Netwerk Overzijde"].codes == ("ZUI02",)
    assert found["Netwerk Dam"].text == "netwerk Dam (2 wijken)"
    assert not [name for name in found if "stad" in name.lower() and name != CITY]


def test_a_network_without_an_area_of_its_name_cannot_be_chosen():
    assert not [name for name in scopes(world([("Nergens",)])) if name.startswith("Netwerk")]
