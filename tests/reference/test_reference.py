"""`referentie`: data/ can be made anew from its raw sources, and a layer that is not right is refused with a reason."""

from __future__ import annotations

import hashlib
import json
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely

from einclusie_data.city.areas import attribution, load_areas
from einclusie_data.city.provenance import read_provenance
from einclusie_data.contract import settings
from einclusie_data.contract.errors import ReferenceDataError
from einclusie_data.reference.build import build_reference, make_reference, read_layer, rebuild_reference
from einclusie_data.reference.wijken import clean_wijken, slivers

DATA = settings.PROJECT_FOLDER / "data"
LAYER_FILE = "wijken_stadantwerpen_2026-10-05.geojson"
RAW_LAYER = (DATA / "bronnen" / LAYER_FILE).read_bytes()
ARCGIS = "/arcgis/rest/services/P_Portal/portal_publiek2/MapServer/97"
Layer = dict[str, Any]


class Handler(BaseHTTPRequestHandler):
    """Answers like the city's service: the layer on a query, HTML without one; and in the ways a service can fail."""

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        if path == f"{ARCGIS}/query" and "f=geojson" in query and "where=1%3D1" in query and "outSR=4326" in query:
            return self.answer(RAW_LAYER)
        if path == "/wijken.geojson":
            return self.answer(RAW_LAYER)
        if path == "/afgebroken":
            return self.answer(RAW_LAYER[:5000], length=len(RAW_LAYER))
        if path == "/verhuisd":
            return self.answer(b"", status=302, location=query)
        if path == "/traag":
            time.sleep(1.5)
        if path == "/druppelt":
            return self.drip()
        if path == "/arcgisfout":
            return self.answer(b'{"error": {"code": 499, "message": "Token\\nRequired", "details": []}}')
        return self.answer(b"<!DOCTYPE html><html><body>Onderhoud</body></html>", status=200 if path != "/weg" else 404)

    def answer(self, body: bytes, *, status: int = 200, length: int | None = None, location: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        if location:
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(body)

    def drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(8):
            time.sleep(0.1)
            self.wfile.write(b" ")
            self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test output clean."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what these tests are about."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with Server(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "data"
    shutil.copytree(DATA, copy, ignore=shutil.ignore_patterns("*.xlsx"))
    return copy


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def reference_files() -> dict[str, bytes]:
    """All files of data/ that are no workbook."""
    return {name: data for name, data in contents(DATA).items() if not name.endswith(".xlsx")}


# --- what is in the repository ---------------------------------------------------------------------------------------
def test_every_file_is_listed_with_source_date_terms_and_checksum() -> None:
    listed = read_provenance(DATA)
    assert set(listed) | {"herkomst.json"} == set(reference_files())
    own = {"LEESMIJ.md", "bronnen/bronnen.json"}
    for name, entry in listed.items():
        assert entry.sha256 == hashlib.sha256((DATA / name).read_bytes()).hexdigest(), name
        assert entry.what, name
        assert entry.publisher, name
        assert entry.terms, name
        assert entry.date or name in own, name
        assert set(entry.made_from) <= set(listed), name


def test_made_files_name_what_they_were_made_from() -> None:
    listed = read_provenance(DATA)
    assert listed["wijken.geojson"].made_from == (f"bronnen/{LAYER_FILE}", "bronnen/wijk_namen.csv")
    assert listed["wijken.geojson"].retrieved == "2026-10-05"
    assert listed["inwoners_per_leeftijd.csv"].short == "Stad in Cijfers, 2025"
    assert all(entry.made_from for name, entry in listed.items() if "/" not in name and name != "LEESMIJ.md")


def test_rebuilding_gives_the_files_of_the_repository_byte_for_byte() -> None:
    files, _ = make_reference(DATA)
    assert files == reference_files()


def test_carried_files_are_the_raw_ones() -> None:
    raw = DATA / "bronnen"
    for name, source in {"kwetsbaarheid.csv": "kwetsbaarheid_percentages.csv"}.items():
        assert (DATA / name).read_bytes() == (raw / source).read_bytes()
    for name in ("vraagpunten.csv", "wijkpunten.csv", "postcodes.csv", "normen.csv"):
        assert (DATA / name).read_bytes() == (raw / name).read_bytes()


def test_readme_lists_every_file_and_the_duty_to_name() -> None:
    text = (DATA / "LEESMIJ.md").read_text(encoding="utf-8")
    assert "© Statbel (CC BY 4.0)" in text
    for name in reference_files():
        assert name in {"LEESMIJ.md", "bronnen/bronnen.json"} or f"`{name}`" in text, name


# --- geometry --------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def published() -> gpd.GeoSeries:
    """The published polygons in metres, by wijkcode."""
    layer = gpd.GeoDataFrame.from_features(json.loads(RAW_LAYER)["features"], crs=settings.CRS_DEGREES)
    return layer.set_index("code").geometry.sort_index().to_crs(settings.CRS_METRES)


def test_the_river_is_exactly_the_published_polygon(published: gpd.GeoSeries) -> None:
    river = load_areas(DATA).river
    assert shapely.equals_exact(river, published[settings.RIVER_CODE], tolerance=0)
    features = json.loads((DATA / "wijken.geojson").read_bytes())["features"]
    ours = next(f["geometry"] for f in features if f["properties"]["wijkcode"] == settings.RIVER_CODE)
    theirs = next(
        f["geometry"] for f in json.loads(RAW_LAYER)["features"] if f["properties"]["code"] == settings.RIVER_CODE
    )
    assert ours == theirs


def test_every_wijk_stays_within_half_a_percent_of_its_published_area(published: gpd.GeoSeries) -> None:
    clean = load_areas(DATA).wijken.geometry
    change = (clean.area - published.area).abs()
    assert (change / published.area).max() < 0.005
    assert change.max() < 2000
    assert change.idxmax() == "ANT01"


def test_polygons_stay_close_to_the_published_ones(published: gpd.GeoSeries) -> None:
    """Less than 0.03 % of the city changes hands; but for the tip of one sliver nothing moves more than 10 m."""
    clean, raw = load_areas(DATA).wijken.geometry, published.make_valid()
    assert clean.symmetric_difference(raw).area.sum() < 0.0003 * raw.area.sum()
    assert raw.difference(clean.buffer(settings.GAP_WIDTH_M)).area.sum() == 0
    assert clean.difference(raw.buffer(settings.GAP_WIDTH_M)).area.sum() < 25


def test_no_sliver_hole_or_loose_part_is_left(published: gpd.GeoSeries) -> None:
    clean = load_areas(DATA).wijken.geometry
    assert len(slivers(published.make_valid().to_numpy())) == 120
    assert slivers(clean.to_numpy()) == []
    assert sum(len(shape.interiors) for part in clean for shape in shapely.get_parts(part)) == 0
    assert published.geom_type.eq("Polygon").all()


def test_the_invalid_polygon_keeps_its_area(published: gpd.GeoSeries) -> None:
    assert published.index[~published.is_valid].tolist() == ["DEU06"]
    assert load_areas(DATA).wijken.area["DEU06"] == pytest.approx(2.170e6, rel=0.001)


def squares(**boxes: tuple[float, float, float, float]) -> gpd.GeoSeries:
    shapes = {code: shapely.box(*corners) for code, corners in boxes.items()}
    return gpd.GeoSeries(shapes, crs=settings.CRS_METRES)


def test_cleaning_gives_overlap_with_the_river_to_the_river() -> None:
    clean = clean_wijken(squares(A=(0, 0, 105, 100), SCH01=(100, 0, 200, 100)))
    assert clean.area.to_dict() == {"A": 10_000, "SCH01": 10_000}


@pytest.mark.parametrize(("hole_m", "left"), [(9.9, 0), (10.1, 10.1**2)])
def test_cleaning_closes_gaps_up_to_ten_metres(hole_m: float, left: float) -> None:
    """Four wijken around a square hole at (50, 50): a sliver is closed, a real hole stays."""
    far = 50 + hole_m
    layer = squares(
        A=(0, 0, far, 50), B=(far, 0, 200, far), C=(50, far, 200, 200), D=(0, 50, 50, 200), SCH01=(300, 0, 400, 10)
    )
    clean = clean_wijken(layer)
    assert 40_000 - clean.drop("SCH01").area.sum() == pytest.approx(left, abs=1e-6)
    assert clean.is_valid.all()


def test_cleaning_closes_slivers_along_the_river_and_keeps_the_river() -> None:
    """A wijk on each bank of a bend, 4 m from the water for 80 m: the sliver goes to the land."""
    bank = shapely.box(0, 0, 100, 100) - shapely.box(96, 10, 100, 90)
    layer = gpd.GeoSeries({"A": bank, "SCH01": shapely.box(100, 0, 200, 100)}, crs=settings.CRS_METRES)
    clean = clean_wijken(layer)
    assert clean.area.to_dict() == pytest.approx({"A": 10_000, "SCH01": 10_000})
    assert clean["SCH01"].equals(layer["SCH01"])


def test_cleaning_keeps_an_island() -> None:
    island = shapely.MultiPolygon([shapely.box(0, 0, 100, 100), shapely.box(150, 0, 160, 10)])
    layer = gpd.GeoSeries({"A": island, "SCH01": shapely.box(300, 0, 400, 100)}, crs=settings.CRS_METRES)
    assert clean_wijken(layer).area["A"] == 10_100


# --- fetching --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", [ARCGIS, ARCGIS + "/", ARCGIS + "/query", "/wijken.geojson"])
def test_a_good_layer_of_a_service_gives_the_same_files(server: str, folder: Path, path: str) -> None:
    before = contents(folder)
    (folder / "wijken.geojson").write_text("oud", encoding="utf-8")
    line = rebuild_reference(server + path, folder)
    assert contents(folder) == before
    assert "67 wijken (59 bewoond), 208,21 km²" in line
    assert "ANT01" in line


def test_a_redirect_to_the_layer_is_followed(server: str) -> None:
    assert read_layer(f"{server}/verhuisd?{server}/wijken.geojson") == RAW_LAYER


def test_a_redirect_to_a_file_is_not_followed(server: str) -> None:
    with pytest.raises(ReferenceDataError, match="fout 302"):
        read_layer(f"{server}/verhuisd?file:///etc/hostname")


def test_a_layer_in_a_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "wijken.geojson"
    file.write_bytes(RAW_LAYER)
    assert read_layer(file) == read_layer(str(file)) == RAW_LAYER


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/onderhoud", "webpagina"),
        ("/weg", "fout 404"),
        ("/arcgisfout", r"de kaartdienst meldt een fout \(499\): Token Required"),
        ("/afgebroken", "afgebroken"),
        ("/verhuisd?/verhuisd", "fout 302"),
    ],
)
def test_a_failing_service_is_refused_and_nothing_changes(server: str, folder: Path, path: str, reason: str) -> None:
    before = contents(folder)
    with pytest.raises(ReferenceDataError, match=reason) as caught:
        rebuild_reference(server + path, folder)
    assert "er is niets gewijzigd" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert contents(folder) == before


@pytest.mark.parametrize("path", ["/traag", "/druppelt"])
def test_a_slow_service_is_not_waited_for(server: str, path: str) -> None:
    with pytest.raises(ReferenceDataError, match="geen volledig antwoord binnen"):
        read_layer(server + path, seconds=0.3)


def test_nobody_home_is_said_so() -> None:
    with pytest.raises(ReferenceDataError, match="niet bereikbaar"):
        read_layer("http://127.0.0.1:9/wijken.geojson", seconds=2)


def test_an_answer_may_not_be_larger_than_the_limit(server: str, tmp_path: Path) -> None:
    (tmp_path / "wijken.geojson").write_bytes(RAW_LAYER)
    assert read_layer(f"{server}/wijken.geojson", max_bytes=len(RAW_LAYER)) == RAW_LAYER
    for source in (f"{server}/wijken.geojson", str(tmp_path / "wijken.geojson")):
        with pytest.raises(ReferenceDataError, match="groter dan"):
            read_layer(source, max_bytes=len(RAW_LAYER) - 1)


@pytest.mark.parametrize(
    "source", ["ftp://127.0.0.1/wijken", "file:///etc/hostname", "http://[::1", "/bestaat/niet.geojson"]
)
def test_other_sources_are_refused(source: str) -> None:
    with pytest.raises(ReferenceDataError):
        read_layer(source)


def test_a_password_in_an_address_is_not_repeated() -> None:
    with pytest.raises(ReferenceDataError) as caught:
        read_layer("http://els:geheim@127.0.0.1:9/laag?token=geheim", seconds=2)
    assert "geheim" not in str(caught.value)


# --- layers that are not right ---------------------------------------------------------------------------------------
def feature(layer: Layer, code: str) -> Layer:
    return next(f for f in layer["features"] if f["properties"]["code"] == code)


def fewer(layer: Layer) -> None:
    del layer["features"][60:]


def without_one(layer: Layer) -> None:
    layer["features"].remove(feature(layer, "HOB03"))


def swapped_names(layer: Layer) -> None:
    one, other = feature(layer, "BOR04")["properties"], feature(layer, "BOR05")["properties"]
    one["naam"], other["naam"] = other["naam"], one["naam"]


def swapped_codes(layer: Layer) -> None:
    one, other = feature(layer, "BOR04")["properties"], feature(layer, "BOR05")["properties"]
    one["code"], other["code"] = other["code"], one["code"]


def swapped_places(layer: Layer) -> None:
    one, other = feature(layer, "EKE01"), feature(layer, "EKE02")
    one["geometry"], other["geometry"] = other["geometry"], one["geometry"]


def smaller(layer: Layer) -> None:
    for f in layer["features"]:
        f["geometry"]["coordinates"] = (np.array(f["geometry"]["coordinates"]) * 0.97 + [0.13, 1.53]).tolist()


def one_grown(layer: Layer) -> None:
    geometry = feature(layer, "ANT10")["geometry"]
    ring = np.array(geometry["coordinates"][0])
    geometry["coordinates"] = [((ring - ring.mean(axis=0)) * 1.1 + ring.mean(axis=0)).tolist()]


def in_metres(layer: Layer) -> None:
    for f in layer["features"]:
        f["geometry"]["coordinates"] = (np.array(f["geometry"]["coordinates"]) * 10_000).tolist()


def no_shape(layer: Layer) -> None:
    feature(layer, "ANT04")["geometry"] = None


def a_point(layer: Layer) -> None:
    feature(layer, "ANT04")["geometry"] = {"type": "Point", "coordinates": [4.4, 51.2]}


def unknown_code(layer: Layer) -> None:
    feature(layer, "ANT04")["properties"]["code"] = "ANT17"


def other_district(layer: Layer) -> None:
    feature(layer, "BOR05")["properties"]["district"] = "Borgerhout"


def no_codes(layer: Layer) -> None:
    for f in layer["features"]:
        f["properties"].pop("code")


def part_of_an_answer(layer: Layer) -> None:
    layer["exceededTransferLimit"] = True


WRONG: list[tuple[Callable[[Layer], None], str]] = [
    (fewer, "60 veelhoeken, verwacht zijn er 67"),
    (without_one, "deze wijken ontbreken: HOB03"),
    (swapped_names, "BOR04 heet in de laag „Oost”.*BOR05 heet in de laag „Groen”"),
    (swapped_codes, "BOR05 heet in de laag „Groen”.*BOR04 heet in de laag „Oost”"),
    (swapped_places, "EKE01.*EKE02"),
    (smaller, "samen 195.9 km², verwacht is 208 ± 5 km²"),
    (one_grown, "wijken wijkt te veel af: ANT10 1.86 .was 1.54."),
    (in_metres, "geen graden"),
    (no_shape, "geen bruikbare veelhoek: ANT04"),
    (a_point, "geen bruikbare veelhoek: ANT04"),
    (unknown_code, "deze wijken ontbreken: ANT04; deze codes kennen we niet: ANT17"),
    (other_district, "BOR05 ligt in de laag in „Borgerhout”, verwacht is „Borsbeek”"),
    (no_codes, "geen enkel kenmerk van de laag is de code van de wijk"),
    (part_of_an_answer, "niet alle wijken in één antwoord"),
]


@pytest.mark.parametrize(("spoil", "reason"), WRONG, ids=[spoil.__name__ for spoil, _ in WRONG])
def test_a_wrong_layer_is_refused_and_nothing_changes(
    folder: Path, spoil: Callable[[Layer], None], reason: str
) -> None:
    layer = json.loads(RAW_LAYER)
    spoil(layer)
    before = contents(folder)
    with pytest.raises(ReferenceDataError, match=reason) as caught:
        build_reference(folder, json.dumps(layer).encode(), origin="test")
    assert "er is niets gewijzigd" in str(caught.value)
    assert contents(folder) == before


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<html><body>Fout</body></html>", "webpagina"),
        (RAW_LAYER[:-1000], "afgebroken"),
        (b"", "geen volledige of geldige JSON"),
        (b"[1, 2]", "geen FeatureCollection"),
        (b"[" * 200_000, "geen volledige of geldige JSON"),
        (b'{"type": "FeatureCollection", "features": [1]}', "geen object"),
        (b'{"type": "FeatureCollection", "features": []}', "geen enkel kenmerk"),
        (b'{"error": {"code": 400, "message": "Invalid URL"}}', r"meldt een fout \(400\): Invalid URL"),
        (b'{"error": "stuk"}', "meldt een fout: stuk"),
        ("Ã".encode("latin-1"), "geen UTF-8"),
    ],
)
def test_bytes_that_are_no_layer_are_refused(folder: Path, data: bytes, reason: str) -> None:
    before = contents(folder)
    with pytest.raises(ReferenceDataError, match=reason):
        build_reference(folder, data)
    assert contents(folder) == before


def test_findings_of_all_files_come_together(folder: Path) -> None:
    layer = json.loads(RAW_LAYER)
    swapped_names(layer)
    ages = folder / "bronnen" / "leeftijd_per_wijk_2025.csv"
    ages.write_text(ages.read_text(encoding="utf-8").replace('"Kiel"', '"Kil"'), encoding="utf-8")
    with pytest.raises(ReferenceDataError) as caught:
        build_reference(folder, json.dumps(layer).encode())
    for part in ("BOR04", "BOR05", "'Kil' kennen we niet", "ANT10 (Kiel) ontbreekt"):
        assert part in str(caught.value)


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("leeftijd_per_wijk_2025.csv", "2112;", "veel;", "'veel' is geen aantal"),
        ("leeftijd_per_wijk_2025.csv", "|2025", "|2026", "ontbreekt"),
        (
            "wijk_namen.csv",
            "ANT20,Stuivenberg,Antwerpen,Stuivenberg,Stuivenberg,ja",
            "ANT20,Stuivenberg,Antwerpen,Stuivenberg,Stuivenberg,nee",
            "ANT20 heeft 18709 inwoners",
        ),
        ("wijk_namen.csv", "ANT02,", "ANT01,", "ANT01 of zijn naam staat er twee keer in"),
        ("normen.csv", "wijk,800", "wijk,900", "normen"),
        ("vraagpunten.csv", "0.0046854", "0.5", "de gewichten van ANT01"),
        ("wijkenranking_2025.csv", '"Kiel";53', '"Kiel";vijf', "'vijf' is geen aantal"),
    ],
)
def test_a_wrong_source_is_refused(folder: Path, file: str, old: str, new: str, reason: str) -> None:
    path = folder / "bronnen" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    before = contents(folder)
    with pytest.raises(ReferenceDataError, match=reason):
        build_reference(folder)
    assert contents(folder) == before


# --- layers that differ and are right --------------------------------------------------------------------------------
def renamed(layer: Layer) -> None:
    """The typo mended, other case, accents and punctuation, other property names."""
    for f in layer["features"]:
        old = f["properties"]
        name = old["naam"].replace("Kuininge", "Kruininge").upper().replace("&", "en").replace("-", " ")
        f["properties"] = {"OBJECTID": 1, "WIJKCODE": old["code"], "WIJKNAAM": name, "DISTRICTNAAM": old["district"]}


def names_of_statistics(layer: Layer) -> None:
    feature(layer, "DEU02")["properties"]["naam"] = "Kruininge - Bremweide"
    feature(layer, "HOB02")["properties"]["naam"] = "Hoboken - Noord"


def in_two_parts(layer: Layer) -> None:
    """Linkeroever cut in two features of the same code."""
    whole = feature(layer, "ANT11")
    shape = shapely.geometry.shape(whole["geometry"])
    min_x, min_y, max_x, max_y = shape.bounds
    middle = (min_x + max_x) / 2
    halves = [shape & shapely.box(min_x, min_y, middle, max_y), shape & shapely.box(middle, min_y, max_x, max_y)]
    layer["features"].remove(whole)
    layer["features"] += [{**whole, "geometry": shapely.geometry.mapping(half)} for half in halves]


def with_heights(layer: Layer) -> None:
    for f in layer["features"]:
        f["geometry"]["coordinates"] = [[[*pair, 7.0] for pair in ring] for ring in f["geometry"]["coordinates"]]


@pytest.mark.parametrize("change", [renamed, names_of_statistics, with_heights])
def test_spelling_and_shape_of_the_layer_may_vary(folder: Path, change: Callable[[Layer], None]) -> None:
    layer = json.loads(RAW_LAYER)
    change(layer)
    before = contents(folder)
    build_reference(folder, json.dumps(layer).encode(), origin="test", today=date(2026, 11, 1))
    after = contents(folder)
    assert after["wijken.geojson"] == before["wijken.geojson"]
    assert "bronnen/wijken_stadantwerpen_2026-11-01.geojson" in after


def test_a_wijk_in_two_parts_is_put_together(folder: Path) -> None:
    layer = json.loads(RAW_LAYER)
    in_two_parts(layer)
    summary = build_reference(folder, json.dumps(layer).encode())
    assert summary.wijken == 67
    assert load_areas(folder).wijken.area["ANT11"] == pytest.approx(load_areas(DATA).wijken.area["ANT11"], rel=1e-4)


def test_a_new_layer_replaces_the_old_one_and_says_where_it_came_from(folder: Path) -> None:
    data = RAW_LAYER.replace(b"Kuininge", b"Kruininge")
    origin = "https://els:geheim@geodata.example/MapServer/97?token=geheim"
    build_reference(folder, data, origin=origin, today=date(2027, 1, 31))
    new = "bronnen/wijken_stadantwerpen_2027-01-31.geojson"
    assert (folder / new).read_bytes() == data
    assert not (folder / "bronnen" / LAYER_FILE).exists()
    listed = read_provenance(folder)
    assert set(listed) | {"herkomst.json"} == set(contents(folder))
    assert listed["wijken.geojson"].made_from[0] == new
    assert listed["wijken.geojson"].url == "https://geodata.example/MapServer/97"
    assert any("2027-01-31" in source.text for source in attribution(folder))
    assert b"geheim" not in b"".join(contents(folder).values())


def test_a_new_layer_is_the_raw_layer_of_the_next_rebuild(folder: Path) -> None:
    build_reference(folder, RAW_LAYER.replace(b"Kuininge", b"Kruininge"), today=date(2027, 1, 31))
    before = contents(folder)
    rebuild_reference(None, folder)
    assert contents(folder) == before


# --- writing ---------------------------------------------------------------------------------------------------------
def test_an_empty_folder_gets_a_complete_copy(tmp_path: Path) -> None:
    build_reference(tmp_path / "nieuw")
    assert contents(tmp_path / "nieuw") == reference_files()


def test_a_lost_file_is_made_again_and_others_are_not_touched(folder: Path) -> None:
    untouched = (folder / "vraagpunten.csv").stat().st_mtime_ns
    (folder / "wijken.geojson").unlink()
    (folder / "startbestand.xlsx").write_bytes(b"van iemand anders")
    build_reference(folder)
    assert (folder / "wijken.geojson").read_bytes() == (DATA / "wijken.geojson").read_bytes()
    assert (folder / "vraagpunten.csv").stat().st_mtime_ns == untouched
    assert (folder / "startbestand.xlsx").read_bytes() == b"van iemand anders"


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("een bestand, geen map", encoding="utf-8")
    with pytest.raises(ReferenceDataError, match="niet schrijfbaar"):
        build_reference(tmp_path / "data")
    assert (tmp_path / "data").read_text(encoding="utf-8") == "een bestand, geen map"


def test_a_write_that_fails_halfway_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "wijken.geojson").unlink()
    (folder / "normen.csv").unlink()
    before = contents(folder)
    write = Path.write_bytes

    def full_disk(path: Path, data: bytes) -> int:
        if path.name == "normen.csv":
            raise OSError(28, "No space left on device")
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", full_disk)
    with pytest.raises(ReferenceDataError, match="niet schrijfbaar"):
        build_reference(folder)
    assert contents(folder) == before


def test_a_missing_or_damaged_description_of_the_sources_is_said_so(folder: Path) -> None:
    description = folder / "bronnen" / "bronnen.json"
    for text in ("{", '{"bestanden": [{"id": "wijkenlaag"}]}', '{"bestanden": []}'):
        description.write_text(text, encoding="utf-8")
        with pytest.raises(ReferenceDataError, match=r"bronnen\.json"):
            build_reference(folder)


def test_a_missing_raw_source_is_named(folder: Path) -> None:
    (folder / "bronnen" / "postcodes.csv").unlink()
    with pytest.raises(ReferenceDataError, match=r"bronnen/postcodes\.csv ontbreekt"):
        build_reference(folder)
