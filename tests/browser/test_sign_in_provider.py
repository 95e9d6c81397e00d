"""A trekker signs in through a provider, in a real browser: the app, Streamlit's own sign-in and a provider that is
strict, all on this machine."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from einclusie_data.contract import settings
from tests.browser.harness import assert_no_outside_requests, free_port, running_app, wait_idle
from tests.oidc_provider import AN, Provider, running_provider

HOUR_S = 3600
BUTTON = "Aanmelden via je organisatie"
NOT_ON_LIST = "Dit adres staat niet op de lijst van trekkers"
TOO_OLD = "Je aanmelding is te oud. Meld je opnieuw aan."


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Provider, str]]:
    """The provider, and the address of the app that trusts it."""
    folder, port = tmp_path_factory.mktemp("aanbieder"), free_port()
    secrets = folder / "secrets.toml"
    with ExitStack() as stack:
        provider = stack.enter_context(running_provider(f"http://127.0.0.1:{port}/oauth2callback"))
        secrets.write_text(provider.secrets_toml(), "utf-8")
        environment = {
            "EINCLUSIE_TREKKERS": "An Peeters <an@example.org>",
            "EINCLUSIE_OPSLAG": str(folder / "opslag"),
            "STREAMLIT_SECRETS_FILES": str(secrets),
        }
        yield provider, stack.enter_context(running_app("dashboard.py", environment, port=port))


@pytest.fixture
def provider(sites: tuple[Provider, str]) -> Provider:
    """The provider, which knows An and has not been asked anything."""
    sites[0].claims, sites[0].left = dict(AN), 0
    sites[0].asked.clear()
    return sites[0]


@pytest.fixture
def beheer(browser: Browser, sites: tuple[Provider, str], network: list[Request]) -> Iterator[Page]:
    """The page Beheer as someone finds it who was never there."""
    with browser.new_context(locale="nl-BE") as context:
        context.on("request", lambda request: network.append(request))
        page = context.new_page()
        page.goto(f"{sites[1]}/beheer")
        wait_idle(page)  # the first visit of a server takes its time
        yield page
    assert_no_outside_requests(network)


def sign_in(page: Page) -> None:
    """Go to the provider and come back."""
    page.get_by_role("button", name=BUTTON).click()
    page.wait_for_url(lambda url: "/beheer" not in url)
    page.wait_for_url("**/beheer")
    wait_idle(page)


def expect_signed_out(page: Page) -> None:
    """The form is there, and nothing of a trekker."""
    expect(page.get_by_role("button", name=BUTTON)).to_be_visible()
    expect(page.get_by_text("Aangemeld als")).to_have_count(0)
    expect(page.get_by_test_id("stFileUploader")).to_have_count(0)


def expect_signed_in(page: Page) -> None:
    """The name from the list of the server, and the field for a workbook."""
    expect(page.get_by_text("Aangemeld als An Peeters.")).to_be_visible()
    expect(page.get_by_test_id("stFileUploader")).to_be_visible()


def test_a_trekker_signs_in_and_lands_on_beheer(provider: Provider, beheer: Page):
    expect_signed_out(beheer)
    sign_in(beheer)
    expect_signed_in(beheer)
    expect(beheer.get_by_text("De Baas")).to_have_count(0)
    assert len(provider.asked) == 1
    beheer.reload()
    expect_signed_in(beheer)
    assert len(provider.asked) == 1


@pytest.mark.parametrize(
    "claims", [{"email": "jan@example.org"}, {"email_verified": False}, {"email_verified": "true"}]
)
def test_whoever_may_not_come_in_reads_why(provider: Provider, beheer: Page, claims: dict[str, object]):
    provider.claims |= claims
    sign_in(beheer)
    expect(beheer.get_by_text(NOT_ON_LIST)).to_be_visible()
    expect_signed_out(beheer)
    provider.claims = dict(AN)  # and may choose another account
    sign_in(beheer)
    expect_signed_in(beheer)


def test_signing_out_ends_the_session_here_and_at_the_provider(provider: Provider, beheer: Page):
    sign_in(beheer)
    expect_signed_in(beheer)
    beheer.get_by_role("button", name="Afmelden").click()
    beheer.wait_for_url(lambda url: "/beheer" not in url)
    beheer.wait_for_load_state()
    wait_idle(beheer)
    assert provider.left == 1
    assert not [one for one in beheer.context.cookies() if one.get("name", "").startswith("_streamlit_user")]
    beheer.goto(beheer.url + "beheer")
    expect_signed_out(beheer)
    beheer.reload()
    expect_signed_out(beheer)
    sign_in(beheer)
    expect_signed_in(beheer)


def test_a_copied_cookie_is_worth_nothing_after_signing_out(provider: Provider, beheer: Page):
    sign_in(beheer)
    expect_signed_in(beheer)
    cookies = [one for one in beheer.context.cookies() if one.get("name", "").startswith("_streamlit_user")]
    assert cookies
    beheer.get_by_role("button", name="Afmelden").click()
    beheer.wait_for_url(lambda url: "/beheer" not in url)
    wait_idle(beheer)
    beheer.context.add_cookies(cookies)
    beheer.goto(beheer.url.partition("?")[0] + "beheer")
    expect(beheer.get_by_text(TOO_OLD)).to_be_visible()
    expect_signed_out(beheer)


def test_a_sign_in_of_yesterday_is_repeated_with_one_click(provider: Provider, beheer: Page):
    provider.claims["iat"] = int(time.time() - settings.SESSION_HOURS * HOUR_S - 1)
    beheer.get_by_role("button", name=BUTTON).click()
    beheer.wait_for_url(lambda url: "/beheer" not in url)
    beheer.wait_for_load_state()
    wait_idle(beheer)
    beheer.goto(beheer.url.partition("?")[0] + "beheer")  # a cookie of yesterday: Start does not send anyone on
    expect(beheer.get_by_text(TOO_OLD)).to_be_visible()
    expect_signed_out(beheer)
    del provider.claims["iat"]
    sign_in(beheer)
    expect_signed_in(beheer)
    expect(beheer.get_by_text(TOO_OLD)).to_have_count(0)
    assert len(provider.asked) == 2
