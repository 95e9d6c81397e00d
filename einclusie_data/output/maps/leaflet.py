"""folium layers -> the script that a page sends to the browser, safe and small; the rest of the program uses `maps`.

Three things that folium and branca do with text decide how it is written here (each was seen to go wrong):

- a tooltip's values are written as HTML: they are escaped;
- popups, icons and names given as plain strings land in JavaScript template literals, where ``${…}`` runs: we use
  none;
- rendering an element compiles its script as a Jinja template on the server, where ``{{…}}`` and ``{%…%}`` mean
  something: braces in text are written as HTML entities too.

The outlines of the wijken as a file that the browser keeps, so that a layer of a map names a shape instead of
sending it again at every choice.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from html import escape
from typing import Any

import folium
import pandas as pd
from branca.element import Element, MacroElement
from folium.elements import ElementAddToElement
from folium.features import GeoJsonStyleMapper
from folium.template import Template

from einclusie_data.contract.settings import SHAPES_FILE

VARIABLE = "wijkVormen"
"""In the browser: name of a shape -> GeoJSON geometry."""
_MARK = "<vorm {}>"
"""Stands for a shape until the script is written. No text of a workbook is ever written so: its `<` is escaped."""
_WRITTEN = re.compile(r'"(?:<|\\u003c)vorm ([\w-]+)(?:>|\\u003e)"')
_NAME = re.compile(r'^"([\w-]+)":', re.MULTILINE)


def shape_name(code: str, shape: dict[str, Any]) -> str:
    """Name of the shape of a wijk: another shape has another name.

    Examples
    --------
    >>> shape_name("ANT01", {"type": "Point", "coordinates": (4.4, 51.2)})
    'ANT01-eb28e222'
    """
    return f"{code}-{hashlib.sha256(json.dumps(shape).encode()).hexdigest()[:8]}"


def shapes_file_text(codes: Iterable[str], shapes: Iterable[dict[str, Any]]) -> str:
    """The script with all shapes: what `data` writes to `SHAPES_FILE`."""
    lines = [
        f"{json.dumps(shape_name(code, shape))}:{json.dumps(shape, separators=(',', ':'))}"
        for code, shape in zip(codes, shapes, strict=True)
    ]
    head = "// Wijken: Stad Antwerpen, open data; made by `make data` from data/, for the maps."
    return "\n".join([head, f"window.{VARIABLE} = {{", ",\n".join(lines), "};", ""])


@cache
def known_shapes() -> frozenset[str]:
    """Names of the shapes that the browser gets; none while there is no file."""
    try:
        return frozenset(_NAME.findall(SHAPES_FILE.read_text("utf-8")))
    except FileNotFoundError:
        return frozenset()


def shapes_version() -> str:
    """A short text that changes with the shapes, so that no browser goes on with older ones."""
    return hashlib.sha256("".join(sorted(known_shapes())).encode()).hexdigest()[:8]


def shape_or_mark(code: str, shape: dict[str, Any]) -> dict[str, Any] | str:
    """What stands in a layer for the shape of a wijk: a mark when the browser has it, else the shape itself."""
    name = shape_name(code, shape)
    return _MARK.format(name) if name in known_shapes() else shape


def with_shapes(script: str) -> str:
    r"""The script of a layer, in which every mark became the shape that the browser has.

    Examples
    --------
    >>> with_shapes('{"geometry": "\\u003cvorm ANT01-eb28e222\\u003e"}')
    '{"geometry": window.wijkVormen["ANT01-eb28e222"]}'
    """
    return _WRITTEN.sub(rf'window.{VARIABLE}["\1"]', script)


STATIC_URL = "../../app/static"
"""From the frame in which streamlit-folium draws to Streamlit's static folder; relative, so that a base path works."""

Corners = list[list[float]]

_BRACES = str.maketrans({"{": "&#123;", "}": "&#125;"})
_IN_SCRIPT = str.maketrans({character: f"\\u{ord(character):04x}" for character in "<>&'{}`$"})


def configure_offline() -> None:
    """Let every folium map load Leaflet from this app's static folder instead of from the internet."""
    folium.Map.default_js = [
        ("leaflet", f"{STATIC_URL}/leaflet/leaflet.js"),
        ("wijken", f"{STATIC_URL}/{SHAPES_FILE.name}?{shapes_version()}"),
    ]
    folium.Map.default_css = [
        ("leaflet_css", f"{STATIC_URL}/leaflet/leaflet.css"),
        ("kaart_css", f"{STATIC_URL}/kaart.css"),
    ]


def html_text(value: object, missing: str = "") -> str:
    """Any value as text that is only text: in HTML, in a script and in a template.

    Parameters
    ----------
    value : object
        A cell.
    missing : str
        Shown for None and NaN.

    Examples
    --------
    >>> html_text("<b>${x}</b>"), html_text(None, "onbekend")
    ('&lt;b&gt;$&#123;x&#125;&lt;/b&gt;', 'onbekend')
    """
    return escape(missing if pd.isna(value) else str(value)).translate(_BRACES)  # type: ignore[call-overload]


def script_text(text: str) -> str:
    r"""A JavaScript string literal of a text.

    Examples
    --------
    >>> script_text("a</script>")
    '"a\\u003c/script\\u003e"'
    """
    return json.dumps(text).translate(_IN_SCRIPT)


class DutchControls(MacroElement):
    """Buttons, source line and accessible name in Dutch (Leaflet's own are English).

    Parameters
    ----------
    title, attribution : str
        `html_text`.
    first : list of list of float
        South-west and north-east corner (latitude, longitude) that the map shows first.
    views : mapping
        Label of a button -> the corners that it shows; None = what the map showed first.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            document.documentElement.lang = "nl";
            document.title = {{ this.title|tojson }};
            document.querySelectorAll("meta[name=viewport]").forEach(function (meta) {
                meta.content = "width=device-width, initial-scale=1";  // folium forbids zooming in on the page
            });
            (function (map) {
                function show(corners) { map.fitBounds(corners, {animate: false}); }
                var first = {{ this.first|tojson }};
                show(first);
                // A layer may bring another place to look at (see maps.look_layer): it shows once, the button returns.
                map.lookAt = function (corners) {
                    if (JSON.stringify(corners) === JSON.stringify(first)) return;
                    first = corners;
                    show(first);
                };
                map.getContainer().setAttribute("role", "region");
                map.getContainer().setAttribute("aria-label", {{ this.title|tojson }});
                map.attributionControl.setPrefix(false).addAttribution({{ this.attribution|tojson }});
                L.control.zoom({zoomInTitle: "Inzoomen", zoomOutTitle: "Uitzoomen"}).addTo(map);
                var views = L.control({position: "topright"});
                views.onAdd = function () {
                    var box = L.DomUtil.create("div", "kaart-knoppen");
                    L.DomEvent.disableClickPropagation(box);
                    {{ this.views|tojson }}.forEach(function (view) {
                        var button = L.DomUtil.create("button", "", box);
                        button.type = "button";
                        button.textContent = view[0];
                        button.addEventListener("click", function () { show(view[1] || first); });
                    });
                    return box;
                };
                views.addTo(map);
            })({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, title: str, attribution: str, first: Corners, views: Mapping[str, Corners | None]) -> None:
        super().__init__()
        self.first = first
        self.title = title
        self.attribution = attribution
        self.views = list(views.items())


class Drawing(folium.FeatureGroup):
    """A layer that is a script already: streamlit-folium only passes it on. Not to be shared: it is tied to one map.

    Parameters
    ----------
    script : str
        From `drawing_script`.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = {{ this.script }};
        {% endmacro %}
        """
    )

    def __init__(self, script: str) -> None:
        super().__init__(control=False)
        self.script = script

    def render(self, **_: object) -> str:
        """Nothing to do: streamlit-folium takes the script itself, and adds the layer to the map."""
        return ""


def look_script(corners: Corners) -> str:
    """A layer without anything on it, that moves the map to some corners unless it was there last."""
    return f"(window.map.lookAt({json.dumps(corners)}), L.featureGroup([]))"


def drawing_script(layers: Sequence[folium.GeoJson], filter_id: str = "") -> str:
    """A JavaScript expression: the layers as one Leaflet layer, the last one on top.

    The same layers give the same script, so that the browser redraws only what changed.

    Parameters
    ----------
    layers : sequence of folium.GeoJson
        Fresh ones: they are used up. Their properties hold `html_text` only.
    filter_id : str
        When not empty, it becomes ``document.body.dataset.filter`` in the map's frame.
    """
    group = folium.FeatureGroup(control=False)
    for layer in layers:
        layer.add_to(group)
    for layer in layers:
        _prepare(layer)
    for number, element in enumerate(_elements(group)):
        element._id = f"laag{number}"
    parts = [_script(element) for layer in layers for element in _elements(layer)]
    shown = [f"document.body.dataset.filter = {script_text(filter_id)};"] if filter_id else []
    drawn = f"return L.featureGroup([{', '.join(layer.get_name() for layer in layers)}]);"
    return "\n".join(["(function () {", *map(with_shapes, parts), *shown, drawn, "})()"])


def _prepare(layer: folium.GeoJson) -> None:
    """What a layer's `render` does before it writes; writing would compile all of its data as a template."""
    mapper = GeoJsonStyleMapper(layer.data, layer.feature_identifier, layer)
    if layer.style:
        layer.style_map = mapper.get_style_map(layer.style_function)
    if layer.highlight:
        layer.highlight_map = mapper.get_highlight_map(layer.highlight_function)


def _script(element: Element) -> str:
    script: str = vars(element._template.module)["script"](element, {})
    return script


def _elements(parent: Element) -> Iterator[Element]:
    """The element and everything in it, except folium's own "add to" lines, which name the parent."""
    yield parent
    for child in parent._children.values():
        if not isinstance(child, ElementAddToElement):
            yield from _elements(child)
