"""Files that only a trekker may have: each is asked for again, and judged again, at the moment that it is fetched.

A button of Streamlit's own puts its file at a public address: whoever knows it can fetch it, also after the trekker was
signed out or removed. Here a page draws a link with a ticket (256 bits of chance). The ticket holds for the browser and
the open page that it was drawn in, and as long as the trekker's session lasts. The file is made when it is fetched.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Literal
from urllib.parse import quote

import streamlit as st
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from einclusie_data.contract import settings
from einclusie_data.contract.errors import DataFileError, StoreError
from einclusie_data.contract.file_names import download_name, workbook_ending
from einclusie_data.store.access.desk import desk
from einclusie_data.store.access.guard import Session, is_valid, still_may
from einclusie_data.ui.fence import internals
from einclusie_data.ui.frame import account

_log = logging.getLogger("einclusie")

PATH = "trekkerbestand"
"""First part of the address of every such file."""
MOST_TICKETS = 500
"""Tickets of all visits together; the oldest go first."""
_NO_STORING = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
_REFUSED = (
    "Dit bestand is enkel voor trekkers. Je bent afgemeld, of deze link komt uit een ander venster. "
    "Meld je aan op de pagina Beheer en download het daar opnieuw."
)
_PAGE = Markup(
    "<!doctype html><html lang='nl'><meta charset='utf-8'><meta name='viewport' content='width=device-width'>"
    "<title>Niet gedownload</title><h1>Niet gedownload</h1><p>{}</p><p><a href='../beheer'>Naar Beheer</a></p></html>"
)


@dataclass(frozen=True)
class Ticket:
    """What one link stands for.

    Attributes
    ----------
    session : Session
        Of the trekker for whom the link was drawn.
    visit : str
        Streamlit's id of the open page.
    browser : str
        The cookie that tells browsers apart, as it was when the page was opened; "" in a browser that keeps none.
    name : str
        Under which the file is saved.
    make : callable
        Gives the bytes; may raise StoreError or DataFileError. It may not use Streamlit.
    """

    session: Session
    visit: str
    browser: str
    name: str
    make: Callable[[], bytes]


_tickets: dict[str, Ticket] = {}
"""By token. Not in one of Streamlit's caches: a visitor can have those emptied."""
_lock = threading.Lock()


def show_file(
    label: str,
    name: str,
    make: Callable[[], bytes],
    key: str,
    kind: Literal["primary", "secondary"] = "secondary",
) -> None:
    """Draw the button for a file that only a trekker may have; nothing for anyone else.

    Parameters
    ----------
    label : str
    name : str
        Under which the file is saved.
    make : callable
        See `Ticket`.
    key : str
        Names the button in this visit: drawn again, its link stays the same.
    kind : str
        Its look, as Streamlit calls it.
    """
    session = account.signed_in()
    if session is None:
        return
    ticket = Ticket(session, internals.visit(), st.context.cookies.get(internals.BROWSER_COOKIE, ""), name, make)
    tokens: dict[str, str] = st.session_state.setdefault(account.FILES, {})
    tokens[key] = issue(ticket, tokens.get(key))
    st.link_button(label, f"{PATH}/{tokens[key]}", type=kind)


def issue(ticket: Ticket, token: str | None = None) -> str:
    """The token with which a file can be fetched; `token` is the one that an earlier drawing of the same button got."""
    token = token or secrets.token_urlsafe(32)
    with _lock:
        _tickets.pop(token, None)
        _tickets[token] = ticket
        over = [old for old, one in _tickets.items() if old != token and not internals.is_open(one.visit)]
        for old in (*over, *list(_tickets)[: max(0, len(_tickets) - len(over) - MOST_TICKETS)]):
            _tickets.pop(old, None)
    return token


def holds(ticket: Ticket, browser: str, now: datetime) -> bool:
    """Whether a ticket is good at this moment, in this browser.

    Raises
    ------
    StoreError
        The store does not answer, so nobody knows.
    """
    the_desk = desk(settings.STORE)
    session = the_desk.sessions.latest(ticket.session)
    return (
        internals.is_open(ticket.visit)
        and is_valid(session, now)
        and still_may(session, the_desk.book, settings.TREKKERS)
        and (not ticket.browser or internals.same_browser(browser, ticket.browser))
    )


def routes() -> list[Route]:
    """The addresses of these files, for the server."""
    return [Route(f"{internals.base_path()}/{PATH}/{{token}}", _fetch, methods=["GET"])]


def _fetch(request: Request) -> Response:
    """Hand over a file, or say why not. No coroutine: so the server runs it in a thread, and goes on meanwhile."""
    with _lock:
        ticket = _tickets.get(request.path_params["token"])
    try:
        if ticket is None or not holds(ticket, request.cookies.get(internals.BROWSER_COOKIE, ""), datetime.now(UTC)):
            _log.info("bestand voor trekkers: geweigerd")
            return _sentence(_REFUSED, HTTPStatus.FORBIDDEN)
        content = ticket.make()
    except DataFileError as error:
        return _sentence(str(error), HTTPStatus.NOT_FOUND)
    except StoreError as error:
        return _sentence(str(error), HTTPStatus.SERVICE_UNAVAILABLE)
    headers = {**_NO_STORING, "Content-Disposition": disposition(saved_name(ticket.name, content))}
    return Response(content, media_type="application/octet-stream", headers=headers)


def _sentence(text: str, status: HTTPStatus) -> Response:
    return HTMLResponse(_PAGE.format(text), status_code=status, headers=_NO_STORING)


def saved_name(name: str, content: bytes) -> str:
    r"""A name that is safe on every computer, and that ends as the file is.

    Examples
    --------
    >>> saved_name("../oud: \u202eslx.exe", b"PK...")
    'oud slx.xlsx'
    """
    return download_name(name, workbook_ending(name, _ending_of(content)))


def _ending_of(content: bytes) -> str:
    """How a workbook of this content is called, when its own name does not say."""
    if content.startswith(b"PK"):
        return ".ods" if b"opendocument" in content[:200] else ".xlsx"
    return ".xls" if content.startswith(b"\xd0\xcf\x11\xe0") else ".csv"


def disposition(name: str) -> str:
    """The header with the name of a file to save: in ASCII for old programs, and whole (RFC 6266, RFC 5987).

    Examples
    --------
    >>> print(disposition("café.xlsx"))
    attachment; filename="caf_.xlsx"; filename*=UTF-8''caf%C3%A9.xlsx
    """
    plain = "".join(sign if sign.isascii() and sign not in '"\\%' else "_" for sign in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
