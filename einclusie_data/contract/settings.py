"""Constants with unit and source, and the few settings that come from the environment.

Every threshold of the product stands here once; the engine, the screens and the explanation page read it from here.
"""

from __future__ import annotations

import os
from pathlib import Path

from einclusie_data import __version__

PROJECT_FOLDER = Path(__file__).resolve().parents[2]
"""The checkout: the folder that holds `dashboard.py`, `data/` and this package."""

DATA_FOLDER = Path(os.environ.get("EINCLUSIE_DATA", PROJECT_FOLDER / "data"))
"""Folder of the reference files and the starter workbook (environment: `EINCLUSIE_DATA`)."""
SHAPES_FILE = PROJECT_FOLDER / "static" / "wijken.js"
"""The outlines of the wijken for the maps, as the browser gets them (see `output.maps.leaflet`)."""

TIMEZONE = "Europe/Brussels"
"""Where "today" is decided, and in which time the hour of an event is shown."""

STARTER_WORKBOOK = DATA_FOLDER / "startbestand.xlsx"
TEMPLATE_WORKBOOK = DATA_FOLDER / "sjabloon.xlsx"

# --- geometry ------------------------------------------------------------------------------------------------------
CRS_METRES = "EPSG:31370"
"""Belgian Lambert 72, metres: all distances and areas."""
CRS_DEGREES = "EPSG:4326"
"""WGS 84, degrees: spreadsheets, maps and GeoJSON."""
DETOUR_FACTOR = 1.3
"""Walking distance = straight line x this factor."""
CITY_MARGIN_M = 5_000
"""Metres around the city's bounding box in which coordinates are believed."""
DISTANCE_TOLERANCE_M = 1e-6
"""Metres by which a distance may exceed a limit through floating-point rounding alone."""

# --- reach ---------------------------------------------------------------------------------------------------------
REACH_M = 800
"""Default walking reach in metres (city norm 2022 for a wijk: 10 minutes)."""
SHORTEST_REACH_M, LONGEST_REACH_M = 50, 5_000
"""Metres that someone may choose on the command line."""
REACH_NORMS_M = {"buurt": 400, "wijk": 800, "stadsdeel": 1600}
"""The city's own norms for walking reach in metres (open-data catalogue, 2022)."""

# --- verdict -------------------------------------------------------------------------------------------------------
INHABITED_FROM = 500
"""Inhabitants from which a wijk is bewoond."""
COVERED_SHARE = 0.5
"""Share (0-1) of a wijk's demand within reach of regular offers from which it is covered."""
LIMITED_SHARE = 0.1
"""Share (0-1) of a wijk's demand within reach of any suitable offer from which there is some offer."""
SHARE_DECIMALS = 10
"""Decimals to which shares are rounded before they are compared, so that the order of summing never matters."""
METHOD = 1
"""Version of the rules that make a verdict; one more whenever a rule or a threshold changes a figure (kept with every
published version, so that a figure of then is never mistaken for a change in the offer)."""
LASTING_DAYS = 90
"""An offer is lasting when it ends more than this many days after the reference date."""
STALE_DAYS = 730
"""An offer is stale when it was last checked more than this many days before the reference date."""

# --- where first: new places --------------------------------------------------------------------------------------
SITING_MOST = 10
"""Most new places that can be asked for at once."""
SITING_KNOWN_SHARE = 0.95
"""Share (0-1) of the inhabited wijken of an area with a figure from which people are counted; below it, wijken are."""
SITING_GRID_M = 400
"""Metres between the points of a grid of candidates: the city's own norm for a buurt."""
SITING_SECONDS = 20.0
"""Seconds in which one set of places must be found; what is not proven by then is called not proven."""

# --- reading: limits that keep a hostile file from hurting other people ---------------------------------------------
MAX_FILE_BYTES = 30_000_000
MAX_UNPACKED_BYTES = 300_000_000
MAX_ROWS = 150_000
MAX_COLUMNS = 200
MAX_SHEETS = 60
MAX_CELL_CHARACTERS = 32_767
MAX_MEMBERS = 5_000
"""Files in one zip archive (an .xlsx or .ods is one)."""
MAX_CELLS = 5_000_000
"""Cells of all sheets together, empty ones within the table included."""
MAX_CHARACTERS = 50_000_000
"""Characters of all cells together."""
MAX_REMARKS = 100_000
"""Merged ranges, or formulas without a result, of one sheet."""
MAX_RESULT_BYTES = 150_000_000
"""What the reading process may hand back."""
READ_SECONDS = 60
READ_MEMORY_BYTES = 2_000_000_000
READ_AT_ONCE = 2
"""Files that are read at the same moment; the next ones wait."""
MAX_ADDED_VALUES = 100
"""Values that a sheet Lijsten may add to one list: every one is a column of the matrix and a choice on every page."""
MAX_VALUE_CHARACTERS = 80
"""Longest value that a sheet Lijsten may add: it has to fit in a head of the matrix and in a button."""
CHECK_SECONDS = 180.0
"""Processor seconds in which an uploaded workbook must be checked and compared, reading apart (100,000 full rows take
some 30)."""

# --- reference data: what the official layer of the wijken must look like --------------------------------------------
RIVER_CODE = "SCH01"
"""Code of the "wijk" that is the Schelde: the barrier of the gap engine."""
LAYER_WIJKEN = 67
"""Number of official wijken."""
LAYER_WIJKEN_MARGIN = 3
"""How many features more or fewer a layer may hold (a wijk in several parts) before it is refused."""
LAYER_AREA_KM2 = 208.0
"""Area of the city in km²."""
LAYER_AREA_MARGIN_KM2 = 5.0
"""km² by which a layer may differ from `LAYER_AREA_KM2`."""
WIJK_AREA_MARGIN = 0.1
"""Share (0-1) by which a wijk's area may differ from the one in `wijk_namen.csv`."""
CLEANING_AREA_MARGIN = 0.005
"""Share (0-1) of its published area that cleaning may add to or take from a wijk."""
GAP_WIDTH_M = 10.0
"""Metres: a gap between wijken that is narrower is a sliver of generalisation and is closed (widest found: 5.6 m)."""
SPLINTER_M2 = 1.0
"""Square metres: a loose part of a wijk that is smaller is an artefact, not an island."""
DEGREE_DECIMALS = 11
"""Decimals of the degrees in `wijken.geojson` (a micrometre): rounding makes no overlap that anyone can measure."""
WEIGHT_MARGIN = 0.001
"""How far the weights of a wijk's demand points may add up to something else than 1."""
LAYER_SECONDS = 60.0
"""Seconds in which the city's service must have answered in full."""
LAYER_MAX_BYTES = 30_000_000
"""Largest layer that is read."""

# --- which workbook is shown ----------------------------------------------------------------------------------------
WORKBOOK = Path(os.environ.get("EINCLUSIE_WERKMAP", STARTER_WORKBOOK))
"""Workbook that the app shows (environment: `EINCLUSIE_WERKMAP`); the starter workbook unless another is named."""

# --- geocoder: address -> point, only when the trekker switched it on -------------------------------------------------
GEOCODER_URL = os.environ.get("EINCLUSIE_GEOCODER_URL", "https://geo.api.vlaanderen.be/geolocation/v4/Location")
"""Address that is asked, up to the ``?`` (environment: `EINCLUSIE_GEOCODER_URL`); the Flemish government's service."""
GEOCODER_USER_AGENT = f"hiatenkaart-e-inclusie-antwerpen/{__version__} (lerend netwerk e-inclusie Antwerpen)"
"""How we make ourselves known to the service."""
GEOCODER_PER_SECOND = 4.0
"""Most requests in one second."""
GEOCODER_SECONDS = 5.0
"""Seconds in which the service must connect, and send its next part."""
GEOCODER_ANSWER_SECONDS = 15.0
"""Seconds in which one answer must be there in full."""
GEOCODER_ATTEMPTS = 4
"""How often one address is tried when the service is down or busy."""
GEOCODER_FIRST_WAIT_S = 1.0
"""Seconds before the second try; doubled for each next one, plus up to one second of chance."""
GEOCODER_LONGEST_WAIT_S = 20.0
"""Longest wait in seconds before a next try; a service that asks for more is left alone."""
GEOCODER_MAX_BYTES = 100_000
"""Largest answer that is read; a real one is about 1 kB."""
GEOCODER_BAD_ANSWERS = 3
"""Unusable answers in a row after which nothing more is asked."""

# --- sign-in --------------------------------------------------------------------------------------------------------
TREKKERS = tuple(part.strip() for part in os.environ.get("EINCLUSIE_TREKKERS", "").split(",") if part.strip())
"""Who may sign in through a sign-in provider (environment: `EINCLUSIE_TREKKERS`): e-mail addresses separated by commas,
each as ``an@example.org`` or ``An Peeters <an@example.org>``."""
PASSWORD_CHARACTERS = 12
"""Shortest password (NIST SP 800-63B asks for 8 or more; length helps more than odd signs)."""
PASSWORD_MAX_CHARACTERS = 200
"""Longest password: hashing more would only cost time."""
START_CODE_HOURS = 24.0
"""Hours in which the one-time code of the first start can be used."""
SESSION_IDLE_HOURS = 2.0
"""Hours without any use after which a trekker is signed out."""
SESSION_HOURS = 12.0
"""Hours after which a trekker is signed out in any case."""
ATTEMPTS_MINUTES = 15.0
"""Minutes over which attempts to sign in are counted."""
ATTEMPTS_PER_NAME = 5
"""Failed attempts for one name from one place (see `attempts.place_of`) in that time after which that name waits
there."""
ATTEMPTS_PER_CLIENT = 20
"""Failed attempts from one place in that time after which everyone waits there."""
ATTEMPTS_BEFORE_SLOW = 100
"""Failed attempts from everywhere in that time after which each next one takes longer: nobody is refused for them."""
ATTEMPT_SLOW_SECONDS = 1.0
"""How much longer; one at a time, so that all of the internet together guesses no more than once in so many seconds."""
ATTEMPT_QUEUE_SECONDS = 30.0
"""How long an attempt waits for its turn."""

# --- the store: published versions and what the trekkers decided ----------------------------------------------------
STORE = os.environ.get("EINCLUSIE_OPSLAG", str(PROJECT_FOLDER / "werkmap"))
"""Where the store is (environment: `EINCLUSIE_OPSLAG`): a folder, or a URL such as `postgresql://naam@server/opslag`."""
STORE_FILE = "opslag.sqlite"
"""The one file in that folder."""
STORE_PART_BYTES = 1_000_000
"""A workbook is kept in parts of this size, so that a database never needs several copies of it in memory."""
STORE_WAIT_SECONDS = 30
"""How long someone who saves waits while another is saving."""
STORE_READ_SECONDS = 2.0
"""How long someone who looks waits while another keeps the whole store for itself (a backup tool may, for minutes)."""
STORE_BUSY_SECONDS = 5.0
"""How long after such a wait the next ones who look do not wait again."""
STORE_CONNECT_SECONDS = 10
"""How long a database server may take to answer at all."""

# --- the front of the server: what reaches the app at all ------------------------------------------------------------
ADDRESSES = tuple(part.strip() for part in os.environ.get("EINCLUSIE_ADRESSEN", "").split(",") if part.strip())
"""Names by which people reach the app (environment: `EINCLUSIE_ADRESSEN`), separated by commas: ``kaart.example.org``.
Beside them any IP address, `localhost` and the name of this computer are known; a page on another name that someone
points at this computer (DNS rebinding) is refused."""
MESSAGES_AT_ONCE = 40
"""Messages that one tab may send at once; a click, a key or a move of a map is one."""
MESSAGES_PER_SECOND = 15.0
"""Messages that are read from one tab in a second after that; the next ones wait their turn, and none is lost."""
MESSAGE_BYTES = 65_536
"""Size from which a message counts for two, three, …"""
RUNS_AT_ONCE = 160
"""Runs of a page that all tabs together may ask for at once: a room in which everyone clicks."""
RUNS_PER_SECOND = 40.0
"""Runs of a page that all tabs together get in a second after that, each tab in turn (measured: one tab that asked for
60 in a second kept nobody waiting, 200 stopped the server)."""
UPLOAD_FILES = 5
"""Files that one visit may have on the server at a time; the page itself uses one."""
UPLOAD_STALL_SECONDS = 20.0
"""Seconds in which the next part of a file must come."""
UPLOAD_SECONDS = 600.0
"""Seconds in which a whole file must have come: 30 MB over a line of half a megabit per second."""
PATH_CHARACTERS = 1_000
"""Longest path of an address, without what follows the ``?``; the longest that the app itself uses is some 120."""
PATH_PART_CHARACTERS = 200
"""Longest part of a path between two slashes: no disk takes a name above 255 bytes."""
FRONT_LINES = 30
"""Refusals that are written in the log at once; after that one in `FRONT_LINE_SECONDS`, with how many there were."""
FRONT_LINE_SECONDS = 10.0
