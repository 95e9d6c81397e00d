"""Offers get the point of their address: each address once, remembered, cancelled, and a server that is down."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from einclusie_data.contract import settings
from einclusie_data.contract.errors import Problem
from einclusie_data.contract.workbook import SheetReport
from einclusie_data.engine.dataset import Dataset, load_dataset
from einclusie_data.geocode.answer import Point
from einclusie_data.geocode.ask import Stop
from einclusie_data.geocode.offers import Geocoded, MemoryCache, geocode_offers
from einclusie_data.geocode.points import place_key
from tests.factories import dataset, offer, offers_table, workbook
from tests.geocoder import Reply, Server, answer, client, result, running, send, send_json, send_slowly
from tests.worlds import degrees_at, small_world

AREAS = small_world()
GOOD = send_json(answer(result()))
HERE = degrees_at(500, 1500)


def at_street(number: int | str = 12, **given: Any) -> dict[str, Any]:
    return offer(**({"address": f"Kerkstraat {number}", "postcode": "2000"} | given))


def house(number: int) -> Reply:
    return send_json(answer(result(at=(500, 1500 + number), Housenumber=str(number))))


def codes(problems: tuple[Problem, ...]) -> list[tuple[int | None, str]]:
    return [(problem.row, problem.code) for problem in problems]


def ask(
    server: Server, *rows: dict[str, Any], cache: MemoryCache | None = None, seconds: float = 5.0, **given: Any
) -> Geocoded:
    cache = MemoryCache() if cache is None else cache
    return geocode_offers(offers_table(*rows), AREAS, cache, client(server.url, seconds=seconds), **given)


def test_only_offers_with_an_address_and_no_point_that_are_not_mobile_are_asked() -> None:
    with running(GOOD) as server:
        found = ask(
            server, at_street(), at_street(at=(900, 1900)), at_street(mode="Aan huis"), at_street(mode="Rondreizend"),
            offer(postcode="2000"),
        )  # fmt: skip
    assert server.asked == ["Kerkstraat 12, 2000 Antwerpen"]
    assert found.offers["point_source"].tolist() == ["adres", "werkmap", "", "adres", ""]
    assert (found.offers["lat"][0], found.offers["lon"][0]) == HERE
    assert (found.offers["lat"][1], found.offers["lon"][1]) == degrees_at(900, 1900)
    assert np.isnan(found.offers["lat"][[2, 4]]).all()
    assert (found.counts.rows, found.counts.placed, found.counts.queries, found.counts.asked) == (2, 2, 1, 1)
    assert found.problems == ()


def test_without_a_client_nothing_is_asked_and_earlier_answers_count() -> None:
    cache = MemoryCache()
    with running(GOOD) as server:
        ask(server, at_street(), cache=cache)
        again = geocode_offers(offers_table(at_street(), at_street(99)), AREAS, cache)
    assert len(server.asked) == 1
    assert again.offers["point_source"].tolist() == ["adres", ""]
    assert (again.counts.remembered, again.counts.asked, again.counts.open) == (1, 0, 1)
    assert again.problems == ()


def test_without_a_cache_addresses_do_not_matter() -> None:
    found = geocode_offers(offers_table(offer(address="?")), AREAS)
    assert (found.problems, found.counts.rows) == ((), 0)


@pytest.mark.parametrize(
    ("reply", "wanted", "kept"),
    [
        (send_json(answer()), "adres-niet-gevonden", True),
        (send_json(answer(result(Municipality="Mortsel"))), "adres-andere-gemeente", True),
        (send_json(answer(result(Zipcode="2660"))), "adres-andere-postcode", True),
        (send_json(answer(result(Housenumber="", LocationType="crab_straat"))), "adres-enkel-straat", True),
        (send_json({"fout": 1}), "adres-antwoord-onleesbaar", False),
        (send(b"{"), "adres-antwoord-onleesbaar", False),
        (send(b"<html>", kind="text/html"), "adres-antwoord-onleesbaar", False),
        (send(b" " * (settings.GEOCODER_MAX_BYTES + 1)), "adres-antwoord-onleesbaar", False),
    ],
    ids=["leeg", "gemeente", "postcode", "straat", "vorm", "half", "html", "groot"],
)
def test_a_doubtful_address_is_a_problem_and_remembered_only_when_definitive(
    reply: Reply, wanted: str, kept: bool
) -> None:
    cache = MemoryCache()
    with running(reply) as server:
        found = ask(server, at_street(), cache=cache)
    assert codes(found.problems) == [(2, wanted)]
    assert np.isnan(found.offers["lat"][0])
    assert (found.counts.placed, found.counts.doubtful, found.counts.open) == (0, 1, 0)
    assert (len(cache) == 1) == kept


@pytest.mark.parametrize(
    "down",
    [send_slowly, send(b"", status=500), send(b"", status=429, Retry_After="3600")],
    ids=["traag", "500", "429"],
)
def test_a_server_that_is_down_is_left_alone_with_one_problem(down: Reply) -> None:
    cache = MemoryCache()
    with running(house(1)) as server:
        server.replies = {"Kerkstraat 2, 2000 Antwerpen": down}
        rows = (at_street(1), at_street(2), at_street(3), at_street(""))
        found = ask(server, *rows, cache=cache, seconds=0.05 if down is send_slowly else 5.0)
    assert len(set(server.asked)) == 2, "after the tries for the second address nothing more is asked"
    assert codes(found.problems) == [(None, "adressendienst-onbereikbaar")]
    assert "3 rijen blijven zonder punt" in found.problems[0].message
    assert found.offers["point_source"].tolist() == ["adres", "", "", ""]
    assert (found.counts.placed, found.counts.open, found.counts.stopped) == (1, 3, Stop.UNREACHABLE)
    assert len(cache) == 1, "that nobody answered is not remembered"


def test_unusable_answers_in_a_row_stop_the_asking() -> None:
    number = settings.GEOCODER_BAD_ANSWERS
    with running(send(b"<html>")) as server:
        found = ask(server, *(at_street(one) for one in range(1, number + 4)))
    assert len(server.asked) == number
    assert (found.counts.doubtful, found.counts.open, found.counts.stopped) == (number, 3, Stop.REFUSED)
    assert "3 rijen blijven" in found.problems[0].message


def test_now_and_then_an_unusable_answer_does_not_stop_the_asking() -> None:
    with running(house(1)) as server:
        server.replies = {f"Kerkstraat {one}, 2000 Antwerpen": send(b"<html>") for one in (2, 3, 5, 6)}
        found = ask(server, *(at_street(one) for one in range(1, 8)))
    assert (len(server.asked), found.counts.stopped) == (7, Stop.NONE)


def test_progress_is_told_and_who_cancels_gets_no_more_requests() -> None:
    told: list[tuple[int, int]] = []
    rows = [at_street(one) for one in (1, 2, 3, 1)]
    with running(house(1)) as server:
        found = ask(server, *rows, progress=lambda *done: told.append(done), cancelled=lambda: len(server.asked) == 2)
    assert (len(server.asked), told) == (2, [(0, 3), (1, 3), (2, 3)])
    assert (found.counts.stopped, found.counts.open, found.counts.placed) == (Stop.CANCELLED, 1, 2)
    assert codes(found.problems) == [(3, "adres-ander-huisnummer")]
    with running(house(1)) as server:
        ask(server, *rows, progress=lambda *done: told.append(done))
    assert told[-1] == (3, 3)


def test_an_address_that_is_not_complete_is_a_problem_without_a_request() -> None:
    with running(GOOD) as server:
        found = ask(server, at_street(postcode=""), offer(address="Kerkstraat 1; Dorpsstraat 2", postcode="2000"))
    assert server.asked == []
    assert codes(found.problems) == [(2, "adres-onvolledig"), (3, "adres-onvolledig")]


def test_rows_with_one_address_each_get_their_own_problem() -> None:
    with running(send_json(answer(result(Housenumber="21")))) as server:
        found = ask(server, at_street(), at_street(name="Anders"), at_street(wijken=("NOO01",)))
    assert len(server.asked) == 1
    assert codes(found.problems) == [(row, "adres-ander-huisnummer") for row in (2, 3, 4)]


def test_counts_add_up() -> None:
    with running(house(1)) as server:
        counts = ask(server, *(at_street(one) for one in (1, 2, 1)), offer(address="?")).counts
    assert (counts.rows, counts.placed, counts.doubtful, counts.open) == (4, 2, 2, 0)


def test_problems_use_the_names_of_the_file() -> None:
    report = SheetReport("offers", "Blad1", 1, {"address": "Straat en nr"}, (), 1, 1)
    with running(send_json(answer())) as server:
        found = ask(server, at_street(), report=report)
    assert (found.problems[0].sheet, found.problems[0].column) == ("Blad1", "Straat en nr")


def test_a_point_put_by_hand_saves_the_question_and_wins() -> None:
    by_hand = {place_key(at_street()): Point(*degrees_at(100, 1100))}
    with running(GOOD) as server:
        found = ask(server, at_street(), at_street(at=(900, 1900)), by_hand=by_hand)
    assert server.asked == []
    assert found.offers["point_source"].tolist() == ["met de hand", "met de hand"]
    assert (found.offers["lat"][1], found.offers["lon"][1]) == degrees_at(100, 1100)


def test_addresses_stay_out_of_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with running(send_json(answer())) as server:
        ask(server, at_street())
    assert "rows=1" in caplog.text
    assert "Kerkstraat" not in caplog.text


def test_a_geocoded_offer_is_placed_exactly_and_the_workbook_stays_as_the_file_says() -> None:
    cache = MemoryCache()
    with running(GOOD) as server:
        ask(server, at_street(), cache=cache)
    rows = (at_street(wijken=("ZUI01",)), at_street(99, wijken=("ZUI01",)), at_street(mode="Online"))
    data = Dataset(workbook(*rows), AREAS, "werkmap.xlsx", lambda offers, areas: geocode_offers(offers, areas, cache))
    assert data.supply.offers["placement"].tolist() == ["op een punt", "bij benadering", "mobiel of online"]
    assert data.supply.points["wijk"].tolist() == [1, 4]
    assert codes(data.placed.problems) == [(2, "adres-wijk-strijdig")]
    assert data.workbook.offers["lat"].isna().all()


def test_without_the_step_nothing_changes_but_the_source_is_named() -> None:
    supply = dataset(at_street(), offer(at=(100, 100))).supply
    assert supply.offers["point_source"].tolist() == ["", "werkmap"]
    assert supply.offers["placement"].tolist() == ["plek onzeker", "op een punt"]


def test_a_file_can_be_read_with_the_step(tmp_path: Path) -> None:
    file = tmp_path / "aanbod.csv"
    file.write_text("Naam aanbod;Organisatie;Adres;Postcode\nHulp;Partner;Kerkstraat 12;2000\n", "utf-8")
    by_hand = {place_key({"address": "Kerkstraat 12", "postcode": "2000", "district": ""}): Point(*HERE)}
    data = load_dataset(file, AREAS, lambda offers, areas: geocode_offers(offers, areas, by_hand=by_hand))
    assert data.supply.offers["point_source"].tolist() == ["met de hand"]
