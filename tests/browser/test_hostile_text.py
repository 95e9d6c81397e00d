"""Text from a workbook is text on every page: nothing in it runs, is fetched or becomes a link (DESIGN §6)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import Browser, Request

from tests.browser.harness import LAPTOP, map_frame, running_app, wait_idle
from tests.xlsx import workbook_bytes

EVIL = (
    "<img src=x onerror=\"window.top.ran='img'\">",
    "${window.top.ran='template'}",
    "`-${window.top.ran='tick'}-`",
    "</script><script>window.top.ran='script'</script>",
    "![x](http://127.0.0.1:9/leak.png) [link](javascript:window.top.ran='md')",
    "http://127.0.0.1:9/leak www.leak.example leak@leak.example",
    ":material/home: :streamlit: :smile: :red[rood] $x^2$ {{ 7*7 }} {% raw %}",
)
TARGETS = (
    "/?doelgroep=Ouderen",
    "/hiatenkaart?wijk=Kiel&doelgroep=Ouderen",
    "/hiatenmatrix?wijk=Kiel&kolom=Ouderen",
    f"/hiatenmatrix?wijk=Kiel&kolom={quote_plus(EVIL[0])}",
    "/aanbod?doelgroep=Ouderen",
    "/aanbod?weergave=tabel",
    "/aanbod?aanbod=3",
    "/aanbod?zoekin=plek&plek=51.2,4.39",
    f"/aanbod?gebied={quote_plus('Gebied ' + EVIL[4])}",
    "/methodieken?soort=Alles",
    "/methodieken?wijk=Dam&doelgroep=Ouderen&soort=Alles",
    "/methodieken?toon=gebruik",
    "/methodieken?toon=aantallen",
    "/datakwaliteit?deel=meldingen",
    "/datakwaliteit?deel=plek",
    "/waar_eerst?plekken=aanbod&doelgroep=Werkzoekenden",
    "/kwetsbaar?groepen=alle&aanbod=2",
    "/uitleg",
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    offer_headers = ["Nr", "Naam aanbod", "Organisatie", "Type aanbod", "Doelgroep", "Wijk", "Opmerking", "Wanneer",
                     "Locatie", "Website", "Contact", "Talen"]  # fmt: skip
    offers = [
        [number, text, text, "Individuele begeleiding", "Ouderen", "Kiel", text, text, text, text, text, text]
        for number, text in enumerate(EVIL, 1)
    ]
    vague = [[number, text, text, "", "", "", text] for number, text in enumerate(EVIL, 20)]
    methods = [["Naam", "Uitgever", "Omschrijving", "Doelgroep", "Gebruikt door", "Website", "Thema"]]
    methods += [[text, text, text, "Ouderen", text, text, text] for text in EVIL]
    path: Path = tmp_path_factory.mktemp("kwaad") / "kwaad.xlsx"
    path.write_bytes(
        workbook_bytes(
            {
                "Aanbod": [offer_headers, *offers, *vague],
                "Methodieken": methods,
                "Partners": [["Organisatie", "Netwerk"], *[[text, text] for text in EVIL]],
                "Lijsten": [["Doelgroep"], *[[text] for text in EVIL]],
                "Gebieden": [["Naam", "Wijken"], *[[text, "Kiel"] for text in EVIL]],
            }
        )
    )
    with running_app("dashboard.py", {"EINCLUSIE_WERKMAP": str(path)}) as url:
        yield url


@pytest.mark.parametrize("target", TARGETS)
def test_nothing_from_a_workbook_runs_is_fetched_or_becomes_a_link(
    browser: Browser, network: list[Request], address: str, target: str
):
    context = browser.new_context(viewport=LAPTOP, locale="nl-BE")
    context.on("request", lambda request: network.append(request))
    page = context.new_page()
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto(address + target)
    wait_idle(page)
    page.wait_for_timeout(500)
    gebied = page.get_by_role("combobox", name="Gebied")
    if gebied.count():
        gebied.first.click()
        page.wait_for_timeout(300)
        page.keyboard.press("Escape")
    if page.locator("iframe[title^=streamlit_folium]").count():
        mark = map_frame(page).locator("path[stroke-dasharray]").first
        box = mark.bounding_box() if mark.count() else None
        if box is not None:
            page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
            page.wait_for_timeout(300)
    assert page.evaluate("() => window.ran") is None
    assert page.locator("[aria-label='home icon'], img[alt='Streamlit logo']").count() == 0
    assert not page.get_by_text("😄").count()
    assert page.locator("img[src*=leak], a[href^=javascript], a[href^=mailto]").count() == 0
    own = page.locator("a[href^='http://127.0.0.1:9'], a[href*='//www.leak'], a[href*='@leak']").evaluate_all(
        "all => all.map(one => one.textContent)"
    )
    assert set(own) <= {"Website", "website"}  # a website of an offer or a method, opened on purpose
    assert not [request.url for request in network if not request.url.startswith(address) and "leak" in request.url]
    assert page.locator("[data-testid=stException], [data-testid=stAlertContentError]").count() == 0
    context.close()
