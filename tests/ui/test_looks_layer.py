"""The layer of wijken in the colours of what happens to them."""

from __future__ import annotations

import pandas as pd

from einclusie_data.changes.gaps import CLOSED, OPENED
from einclusie_data.changes.words import CHANGE_LOOKS
from einclusie_data.ui.frame import data
from einclusie_data.ui.maps.layers import looks_layer


def test_each_wijk_has_its_colour_and_what_there_is_nothing_to_say_of_is_not_called_unknown():
    one, other, *_ = data.outlines()["wijkcode"]
    wijken = pd.DataFrame(
        {"wijkcode": [one, other], "soort": [OPENED, CLOSED], "stap": ["gedekt → hiaat", ""], "elders": ["x", "y"]}
    )
    script = looks_layer(wijken, CHANGE_LOOKS, {"label": "Wijk", "word": "Wat", "stap": "Oordeel"}, "proef").script
    for kind in (OPENED, CLOSED):
        assert CHANGE_LOOKS[kind].colour in script
        assert CHANGE_LOOKS[kind].word in script
    assert "niet gekozen" in script
    assert "gedekt" in script
    assert "onbekend" not in script
    assert "elders" not in script
