"""Layers as scripts: what they hold, that the same table gives the same one, and that text stays text."""

from __future__ import annotations

import json
import re
from html import unescape

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from einclusie_data.contract import settings
from einclusie_data.output.maps import leaflet, maps
from einclusie_data.ui.frame import data

TOOLTIP = {"label": "Wijk", "people": "Personen"}
SIDE = 0.02


def squares(**columns: list) -> gpd.GeoDataFrame:
    """Three squares in a row near Antwerp, as `light_geometry` gives them, with looks."""
    shapes = [shapely.box(4.40 + n * SIDE, 51.20, 4.40 + (n + 1) * SIDE, 51.20 + SIDE) for n in range(3)]
    table = {"wijkcode": ["A01", "A02", "A03"], "label": ["Noord", "Zuid", "Kiel"], "people": [10, None, 30]}
    looks = {"colour": ["#1f5f99", "#a3262a", "#1f5f99"], "ink": ["#ffffff"] * 3, "symbol": ["●", "✕", "●"]}
    wijken = gpd.GeoDataFrame(table | looks | columns, geometry=shapes, crs="EPSG:4326")
    return maps.light_geometry(wijken)


def offers(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["name", "lon", "lat", "exact"])


def features(script: str) -> list[dict]:
    """The features of the GeoJSON collections in a script, in the order of drawing."""
    collections = re.findall(r"_add\((\{.*\})\);$", script, flags=re.MULTILINE)
    return [feature for text in collections for feature in json.loads(text)["features"]]


def script_of(wijken: gpd.GeoDataFrame, **choices) -> str:
    return maps.verdict_layer(wijken, TOOLTIP, filter_id="f1", **choices).script


@given(st.text())
def test_html_text_reads_back_and_has_nothing_that_html_scripts_or_templates_act_on(text):
    safe = leaflet.html_text(text)
    assert unescape(safe) == text
    assert not set("<>\"'{}") & set(safe)


@given(st.text())
def test_script_text_is_one_string_literal(text):
    literal = leaflet.script_text(text)
    assert json.loads(literal) == text
    assert not set("<>&'{}`$") & set(literal)


@pytest.mark.parametrize(
    "name", ["{% raw %}", "{{ 7 * 7 }}", "{# x #}", "${x}", "`", "</script>", "<img onerror=x>", '"']
)
def test_a_name_with_code_is_a_name(name):
    shown = features(script_of(squares(label=[name, "Zuid", "Kiel"])))[0]["properties"]["label"]
    assert unescape(shown) == name
    assert not set("<>{}\"'") & set(shown)
    place = features(maps.offers_layer(offers((name, 4.41, 51.21, True))).script)[0]["properties"]
    assert unescape(place["aanbod"]) == name


@pytest.mark.parametrize("colour", ["red", "#12345", "#1234567", "{{x}}", "#12345g", None])
def test_a_colour_that_is_none_is_refused(colour):
    with pytest.raises(ValueError, match="colour"):
        script_of(squares(colour=[colour, "#a3262a", "#1f5f99"]))


def test_each_wijk_has_its_colour_its_symbol_and_its_texts():
    script = script_of(squares())
    outlines, symbols = features(script)[:3], features(script)[3:]
    assert [feature["properties"]["people"] for feature in outlines] == ["10.0", "onbekend", "30.0"]
    assert [feature["id"] for feature in symbols] == ["A01", "A02", "A03"]
    assert '"fillColor": "#a3262a"' in script
    assert script.count("✕") + script.count("\\u2715") == 1


def test_the_selected_wijk_is_drawn_last_with_a_thick_border():
    script = script_of(squares(), selected="A01")
    assert [feature["id"] for feature in features(script)[:3]] == ["A02", "A03", "A01"]
    assert script.count('"weight": 4}') == script_of(squares()).count('"weight": 4}') + 1


def test_the_same_table_gives_the_same_script_and_another_filter_another():
    assert script_of(squares()) == script_of(squares())
    assert maps.verdict_layer(squares(), TOOLTIP, filter_id="f2").script != script_of(squares())


def test_light_outlines_keep_shared_borders_and_five_decimals():
    light = squares()
    first, second, third = light.geometry
    assert first.intersection(second).length == pytest.approx(SIDE, abs=1e-4)
    assert first.intersection(second).area == second.intersection(third).area == 0
    assert light.union_all().area == pytest.approx(3 * SIDE**2, rel=1e-3)
    numbers = shapely.get_coordinates(light.geometry).ravel()
    assert numbers.round(5) == pytest.approx(numbers, abs=1e-12)
    assert light.geometry.contains(gpd.GeoSeries(light["centre"], crs="EPSG:4326")).all()


def test_the_first_view_leaves_out_a_wijk_far_away():
    table = pd.concat([squares(), squares()])
    centres = [shapely.Point(4.40 + n / 100, 51.20) for n in range(5)] + [shapely.Point(4.42, 51.40)]
    table = gpd.GeoDataFrame(table.assign(centre=centres), geometry=[point.buffer(0.004) for point in centres])
    west, south, east, north = maps.focus_bounds(table)
    assert (west, east) == pytest.approx((4.396, 4.444))
    assert (south, north) == pytest.approx((51.196, 51.204))


def test_offers_at_one_place_share_a_mark_and_long_lists_are_counted():
    many = [(f"Punt {n}", 4.41, 51.21, True) for n in range(10)]
    marks = features(maps.offers_layer(offers(*many, ("Ver", 4.42, 51.21, False), ("Zonder", None, None, True))).script)
    assert [mark["properties"]["plek"] for mark in marks] == [maps.EXACT_PLACE, maps.APPROXIMATE_PLACE]
    assert marks[0]["properties"]["aanbod"].split("<br>")[-2:] == ["Punt 7", "en nog 2"]


def test_exact_and_approximate_marks_differ_in_stroke():
    exact = maps.offers_layer(offers(("A", 4.41, 51.21, True))).script
    approximate = maps.offers_layer(offers(("A", 4.41, 51.21, False))).script
    assert '"dashArray": "4 3"' in approximate
    assert '"dashArray": "4 3"' not in exact


def test_without_offers_there_is_an_empty_layer():
    assert "L.featureGroup([])" in maps.offers_layer(offers()).script


def signs(*rows: tuple[str, float, str]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["text", "lon", "symbol"])
    return table.assign(lat=51.2, colour="#1f5f99", ink="#ffffff")


def test_signs_at_one_place_stand_side_by_side():
    layer = maps.signs_layer(signs(("Een", 4.41, "◆"), ("Twee", 4.42, "○"), ("Drie", 4.41, "✓")), {"text": "Besluit"})
    first, second = (one["properties"]["text"] for one in features(layer.script))
    assert (first, second) == ("Een<br>Drie", "Twee")
    icons = re.findall(r'"iconSize": \[(\d+), (\d+)\]', layer.script)
    assert sorted(icons) == [("24", "24"), ("48", "24")]
    assert "L.featureGroup([])" in maps.signs_layer(signs(), {"text": "Besluit"}).script


def test_a_sign_with_code_is_a_text():
    evil = "</script>{{ 7*7 }}<img onerror=x>${x}`"
    script = maps.signs_layer(signs((evil, 4.41, "<b>")), {"text": "Besluit"}).script
    assert unescape(features(script)[0]["properties"]["text"]) == evil
    assert "<img" not in script
    assert "<b>" not in script


@pytest.mark.parametrize(("tiles", "hosts"), [(False, set()), (True, {"tile.openstreetmap.org"})])
def test_the_base_map_names_no_other_host_than_the_tiles_that_were_asked_for(tiles, hosts):
    page = maps.base_map((4.2, 51.1, 4.5, 51.4), tiles=tiles, attribution="A <b>").get_root().render()
    assert set(re.findall(r"https?://([^/\"']+)", page)) == hosts
    assert page.count(leaflet.STATIC_URL) == 4
    assert "A &lt;b&gt;" in page.encode().decode("unicode_escape") or "A \\u0026lt;b\\u0026gt;" in page


def test_the_files_that_the_map_asks_for_are_there(request):
    maps.base_map((4.2, 51.1, 4.5, 51.4))
    static = request.config.rootpath / "static"
    for _, url in [*maps.folium.Map.default_js, *maps.folium.Map.default_css]:
        assert (static / url.removeprefix(leaflet.STATIC_URL + "/").partition("?")[0]).is_file()
    assert (static / "leaflet" / "LICENSE").is_file()


def test_the_outlines_that_the_browser_keeps_are_those_of_the_data_and_layers_only_name_them():
    outlines = data.outlines()
    assert settings.SHAPES_FILE.read_text("utf-8") == maps.browser_shapes(outlines)
    script = maps.selection_layer(outlines, outlines["wijkcode"][0]).script
    assert re.search(r'"geometry": window\.wijkVormen\["[\w-]+"\]', script)
    assert "coordinates" not in script


def test_a_name_that_looks_like_the_mark_of_a_shape_is_a_name():
    for name in ("<vorm A01-eb28e222>", "\\u003cvorm A01-eb28e222\\u003e"):
        script = script_of(squares(label=[name, "Zuid", "Kiel"]))
        assert unescape(features(script)[0]["properties"]["label"]) == name
        assert "wijkVormen" not in script


def test_the_chosen_wijk_is_an_outline_of_its_own():
    wijken = squares()
    drawn = features(maps.selection_layer(wijken, "A02").script)
    assert len(drawn) == 1
    outline = shapely.geometry.shape(drawn[0]["geometry"])
    assert outline.equals(wijken.loc[wijken["wijkcode"] == "A02", "geometry"].iloc[0])
    assert '"interactive": false' in maps.selection_layer(wijken, "A02").script


def test_the_view_of_the_centre_lies_in_the_first_view():
    shapes = [shapely.box(4.40 + n * SIDE, 51.20, 4.40 + (n + 1) * SIDE, 51.22) for n in (-9, -2, -1, 0, 1, 2, 9)]
    wijken = maps.light_geometry(gpd.GeoDataFrame({"wijkcode": range(7)}, geometry=shapes, crs="EPSG:4326"))
    centre, focus = maps.centre_bounds(wijken), maps.focus_bounds(wijken)
    assert focus[0] < centre[0] < centre[2] < focus[2]
    assert centre == pytest.approx((4.38, 51.20, 4.44, 51.22), abs=1e-4)
    script = maps.base_map(focus, focus=focus, centre=centre).get_root().render()
    assert '"Centrum"' in script
    assert '"Centrum"' not in maps.base_map(focus, focus=focus).get_root().render()


def test_numbered_places_show_their_number_and_their_text_stays_text():
    evil = "<img src=x onerror=alert(1)>${x}{{ 7*7 }}"
    places = pd.DataFrame(
        [(1, evil, "12 mensen", 4.41, 51.21), (2, "Kiel", "", 4.42, 51.22)],
        columns=["number", "name", "more", "lon", "lat"],
    )
    script = maps.numbers_layer(places).script
    found = features(script)
    assert [one["geometry"]["coordinates"] for one in found] == [[4.41, 51.21], [4.42, 51.22]]
    assert unescape(found[0]["properties"]["plek"]) == evil
    assert ">1</text>" in script
    assert "<img" not in script
    assert "{{" not in script
    assert maps.numbers_layer(places.iloc[:0]).script == maps.offers_layer(offers()).script
