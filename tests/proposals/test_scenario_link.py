"""A scenario in a link: short, whole when it comes back, and harmless when someone else wrote it."""

from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from random import Random
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from einclusie_data.contract.errors import ScenarioError
from einclusie_data.proposals.link import MAX_LINK, VERSION, link_text, read_link
from einclusie_data.proposals.offer import NewOffer, Stop, short_text, tidy
from einclusie_data.proposals.scenario import MAX_PROPOSALS, Scenario
from tests.random_scenarios import random_dataset, random_offer

KEY = "abcdEFGH-_01"
INLOOP = NewOffer("Inloop Kiel", ("SAAMO",), ("Ouderen",), ("Individuele begeleiding",), ("Overdag",),
                  frequency="Wekelijks", price="Gratis", lat=51.19123, lon=4.39512)  # fmt: skip
FIRST = (
    "1eNqLVvLOTM1R0omONtRR8szLyc8vAHKUgh0dff2VYoEs_9KU1KLUPBAbCSkpQZGpo"
    "aGlgYGBjomxpamBAVDOQEcpMSk5xdXN3UM33sAQqMglMz0zOTHt8Eql2NhYANI5Hyg"
)
"""A link of version 1 as it was sent round: it must be read for ever."""


def packed(shape: object) -> str:
    content = shape if isinstance(shape, bytes) else json.dumps(shape).encode()
    return VERSION + urlsafe_b64encode(zlib.compress(content)).decode().rstrip("=")


def test_a_scenario_comes_back_whole():
    scenario = Scenario("Kiel eerst", (INLOOP, Stop(KEY, "Digicafé"), NewOffer(mode="Online", wijken=("KIE01",))))
    text = link_text(scenario)
    assert read_link(text) == scenario
    assert quote(text, safe="") == text
    assert len(text) < 300


def test_a_proposal_takes_little_room():
    assert len(link_text(Scenario("Kiel", (INLOOP,)))) < 220
    assert len(link_text(Scenario("Kiel", (Stop(KEY, "Digicafé"),)))) < 90


TEXTS = st.text(max_size=130)
CELLS = st.lists(TEXTS, max_size=3).map(tuple)
OFFERS = st.builds(
    NewOffer, name=TEXTS, organisations=CELLS, groups=CELLS, mode=TEXTS, wijken=CELLS, postcode=TEXTS,
    lat=st.none() | st.floats(), lon=st.none() | st.floats(-180, 180),
)  # fmt: skip
STOPS = st.builds(Stop, key=st.sampled_from([KEY, KEY + "1", KEY + "wxyz"]), name=TEXTS)


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.lists(OFFERS | STOPS, max_size=4))
def test_any_scenario_comes_back_as_it_is_shared(name, proposals):
    shared = tuple(Stop(one.key, short_text(one.name)) if isinstance(one, Stop) else tidy(one) for one in proposals)
    try:
        text = link_text(Scenario(name, tuple(proposals)))
    except ScenarioError:
        return  # hundreds of random characters do not get shorter
    assert read_link(text) == Scenario(short_text(name), shared)
    assert len(text) <= MAX_LINK


@pytest.mark.parametrize("seed", range(20))
def test_proposals_as_the_page_makes_them_come_back(seed):
    rng, (published, _) = Random(seed), random_dataset(2)
    scenario = Scenario("Proef", tuple(random_offer(rng, published) for _ in range(5)))
    assert read_link(link_text(scenario)) == scenario


def test_a_link_of_the_first_version_is_always_read():
    offer = NewOffer("Inloop", ("SAAMO",), ("Ouderen",), lat=51.19, lon=4.395)
    assert read_link(FIRST) == Scenario("Kiel", (offer, Stop(KEY, "Digicafé")))


def test_contact_details_are_not_shared_and_not_taken_in():
    text = link_text(Scenario("bel 0470 12 34 56", (NewOffer("mail an@example.org"), Stop(KEY, "03 123 45 67"))))
    assert "@" not in zlib.decompress(urlsafe_b64decode(text[1:] + "==")).decode()
    found = read_link(packed(["bel 0470 12 34 56", [[1, "mail an@example.org"]]]))
    assert found == Scenario("bel [contactgegeven verborgen]", (NewOffer("mail [contactgegeven verborgen]"),))


def test_too_many_proposals_or_too_much_text_is_told():
    with pytest.raises(ScenarioError, match="hoogstens 20 voorstellen"):
        link_text(Scenario("", (NewOffer(),) * (MAX_PROPOSALS + 1)))
    rng = Random(1)
    long = ("".join(map(chr, rng.choices(range(0x4E00, 0x9000), k=90))) for _ in range(MAX_PROPOSALS))
    with pytest.raises(ScenarioError, match="te lang voor een link"):
        link_text(Scenario("", tuple(map(NewOffer, long))))


HOSTILE = [
    "", VERSION, "2" + packed(["a", []])[1:],
    packed(["a", []]) + "=", packed(["a", []])[:-3], packed(["a", []]) + "AAAA",
    "1" + "A" * 5_000, "1" + "é", "1 ", "١" + packed(["a", []])[1:],
    packed(b"[" * 30_000), packed(b"[" * 500 + b"]" * 500), packed(b"0" * 5_000_000), packed(b'["a",[[1,NaN]]]'),
    packed(b"\xff\xfe"), packed(b'["a",[]'), packed(b"9" * 39_000),
    packed(None), packed({}), packed("ab"), packed(["a"]), packed([1, []]), packed(["a", {}]), packed(["a", [], 1]),
    packed(["a" * 101, []]), packed(["a", [[]]]), packed(["a", [[2]]]), packed(["a", ["0"]]), packed(["a", [[0]]]),
    packed(["a", [[0, "kort", ""]]]), packed(["a", [[0, "<script>xxxx", ""]]]), packed(["a", [[0, KEY, 1]]]),
    packed(["a", [[1, 1]]]), packed(["a", [[1, "a", "b"]]]), packed(["a", [[1, "a", [1]]]]),
    packed(["a", [[1, "a", ["b"] * 81]]]), packed(["a", [[1, *[""] * 17]]]), packed(["a", [[1]] * 21]),
    *(packed(["a", [[1, "", [], [], [], [], [], [], "", "", "", lat, 0]]])
      for lat in ("x", 1.5, 9_000_001, 10**400, [])),
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_no_scenario_is_none(text):
    assert read_link(text) is None


def test_unpacking_stops_in_time():
    bomb = packed(b"[" + b" " * 50_000_000)
    assert len(bomb) > MAX_LINK or read_link(bomb) is None
    small = VERSION + urlsafe_b64encode(zlib.compress(b" " * 2_000_000, 9)).decode().rstrip("=")
    assert len(small) <= MAX_LINK
    assert read_link(small) is None


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300) | st.binary(max_size=200).map(packed) | st.text("AB_-x1", max_size=50).map("1".__add__))
def test_noise_never_breaks_the_reader(text):
    found = read_link(text)
    assert found is None or read_link(link_text(found)) == found


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from([0, 1, KEY]),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=20,
)


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=5), st.lists(JSON | st.lists(JSON, max_size=18).map(lambda cells: [1, *cells]), max_size=3))
def test_any_json_is_a_whole_scenario_or_none(name, proposals):
    found = read_link(packed([name, proposals]))
    assert found is None or read_link(link_text(found)) == found


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from("ABCxyz019-_"))
def test_a_damaged_link_is_none_or_the_same_scenario(place, letter):
    scenario = Scenario("Kiel", (INLOOP, Stop(KEY, "Digicafé")))
    text = link_text(scenario)
    place %= len(text)
    assert read_link(text[:place] + letter + text[place + 1 :]) in (None, scenario)
