"""Someone who has only the address finds four answers in at most four clicks; each answer is the engine's.

The pictures of the manual (docs/img) are taken here and in test_manual.py: see there how they are renewed.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from einclusie_data.answers.method_gaps import methods_for_gap
from einclusie_data.answers.methods import Wish
from einclusie_data.answers.offers import offer_list
from einclusie_data.answers.todo import todo_by_organisation, todo_list
from einclusie_data.city.areas import load_areas
from einclusie_data.contract import settings, verdicts
from einclusie_data.contract.clock import today
from einclusie_data.contract.codelists import DEFAULT_PRESET, OLDER, PRESETS
from einclusie_data.contract.questions import Filters, Question
from einclusie_data.engine.dataset import Dataset, answer_per_group, load_dataset
from einclusie_data.engine.gaps import Answer, most_pressing
from einclusie_data.engine.public import public_methods
from tests.browser.actions import Clicks
from tests.browser.harness import picture

MOST_CLICKS = 4
HELP = PRESETS[DEFAULT_PRESET]


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load_dataset(settings.STARTER_WORKBOOK, load_areas())


@pytest.fixture(scope="module")
def answer(dataset: Dataset) -> Answer:
    return answer_per_group(dataset, Question(today(), filters=Filters(types=HELP)))


def test_for_whom_is_what_missing_on_the_kiel(open_page, dataset, answer):
    page = open_page("/")
    clicks = Clicks(page)
    clicks.on_wijk(dataset.areas, "Kiel")
    expect(page.get_by_role("heading", name="Kiel · district Antwerpen")).to_be_visible()
    shown = page.get_by_role("table", name="Kiel: oordeel per doelgroep", exact=True).inner_text()
    rows = answer.table[answer.table["wijk"] == "Kiel"]
    for row in rows.to_dict("records"):
        assert row["doelgroep"] in shown or len(set(rows["oordeel"] + rows["reden"])) == 1
        assert verdicts.VERDICTS[row["oordeel"]].word in shown
        assert not row["reden"] or verdicts.REASONS[row["reden"]] in shown
    assert clicks.count <= MOST_CLICKS
    picture(page, "vraag-1-kiel")


def test_which_walk_in_for_an_older_person_on_linkeroever(open_page, dataset):
    page = open_page("/")
    clicks = Clicks(page)
    clicks.on(page.get_by_role("link", name="Aanbod", exact=True))
    clicks.on(page.get_by_role("radiogroup", name="Doelgroep").get_by_text(OLDER, exact=True))
    clicks.on(page.locator("[data-testid=stMain]").get_by_text("Vrije inloop", exact=True))
    clicks.on_wijk(dataset.areas, "Linkeroever")
    asked = Question(today(), filters=Filters(types=HELP, signups=("Vrije inloop",)))
    place = dataset.areas.wijken["label"].tolist().index("Linkeroever")
    wanted = offer_list(dataset.supply, dataset.reach(settings.REACH_M), asked, group=OLDER, wijken=[place])
    expect(page.get_by_text(re.compile(rf"^{len(wanted)} (keer )?aanbod: wijk Linkeroever"))).to_be_visible()
    titles = page.locator(".kaarten .titel").all_inner_texts()
    for name in wanted["name"]:
        assert any(name in title for title in titles)
    assert clicks.count <= MOST_CLICKS
    picture(page, "vraag-2-linkeroever")


def test_where_do_we_not_know_and_who_can_fill_it_in(open_page, dataset, answer):
    page = open_page("/")
    clicks = Clicks(page)
    clicks.on(page.get_by_role("link", name="Datakwaliteit", exact=True))
    todo = todo_list(dataset, answer, tuple(dataset.areas.wijken.index))
    who = todo_by_organisation(todo)
    shown = page.locator("[data-testid=stMain]").inner_text()
    unknown = answer.table.loc[answer.table["oordeel"] == verdicts.UNKNOWN, "wijkcode"].nunique()
    assert f"In {unknown} van 59 wijken weten we het niet" in shown
    for organisation in who["organisation"].head(3):
        assert organisation in shown
    first = todo.iloc[who["lines"].iloc[0][0]]
    assert f"Rij {first['row']}: {first['name']}" in shown
    assert clicks.count <= MOST_CLICKS
    picture(page, "vraag-3-invullen")


def test_which_method_fits_this_gap(open_page, dataset, answer):
    page = open_page("/")
    clicks = Clicks(page)
    gap = most_pressing(answer.table[answer.table["doelgroep"] == "Iedereen"]).iloc[0]
    clicks.on(page.get_by_role("button", name=re.compile(rf"^Methodieken: {gap['wijk']}")))
    expect(
        page.get_by_role("heading", name=re.compile(f"Voor het mogelijk hiaat: {gap['wijk']}, iedereen"))
    ).to_be_visible()
    methods = public_methods(dataset.workbook.methods, dataset.typed_methods)
    found = methods_for_gap(dataset, answer, gap["wijkcode"], methods, Wish(group="Iedereen", types=HELP))
    fitting = found[found["fits"]]
    titles = page.locator(".kaarten .titel").all_inner_texts()
    assert titles[: len(fitting)] == fitting["name"].tolist()
    assert clicks.count <= MOST_CLICKS
    picture(page, "vraag-4-methodiek")
