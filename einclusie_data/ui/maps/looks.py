"""The wijken in the colours of what happens to them: one layer for every map of that kind."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from einclusie_data.contract.verdicts import Verdict
from einclusie_data.output.maps import maps
from einclusie_data.output.maps.leaflet import Drawing
from einclusie_data.ui.frame import data

_PALE, _PALE_INK, _NOT_CHOSEN = "#fbfbf9", "#8a8a86", "niet gekozen"
_NOTHING = "–"


def looks_layer(
    wijken: pd.DataFrame, looks: Mapping[str, Verdict], tooltip: Mapping[str, str], filter_id: str
) -> Drawing:
    """Draw one kind per wijk; wijken outside the area are pale.

    Parameters
    ----------
    wijken : pandas.DataFrame
        Columns `wijkcode`, `soort` (a key of `looks`), and those that `tooltip` names besides `label` and `word`
        (text; "" = nothing to say, which is not the same as unknown).
    looks : mapping of str to Verdict
    tooltip : mapping
        See `maps.verdict_layer`.
    filter_id : str
        See `maps.verdict_layer`.
    """
    shapes = data.shapes()
    codes = wijken["wijkcode"]
    kinds = {code: looks.get(kind) for code, kind in zip(codes, wijken["soort"], strict=True)}
    shown = [kinds.get(code) for code in shapes["wijkcode"]]
    texts = {key: dict(zip(codes, wijken[key], strict=True)) for key in tooltip if key in wijken.columns}
    more = {key: [text.get(code) or _NOTHING for code in shapes["wijkcode"]] for key, text in texts.items()}
    table = shapes.assign(
        colour=[look.colour if look else _PALE for look in shown],
        ink=[look.ink if look else _PALE_INK for look in shown],
        symbol=[look.symbol if look else "" for look in shown],
        word=[look.word if look else _NOT_CHOSEN for look in shown],
        **more,
    )
    return maps.verdict_layer(table, tooltip, filter_id=filter_id)
