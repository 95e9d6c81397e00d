"""The menu: links to the pages, in one component, which the browser draws far sooner than an element per link."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from einclusie_data.ui.component import component

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

KEY = "menu_van_de_paginas"
LABEL = "Pagina's"


def page_address(file: str, query: Mapping[str, Sequence[str]]) -> str:
    """The address of a page, seen from another one.

    Examples
    --------
    >>> page_address("pages/hiatenkaart.py", {"doelgroep": ["Ouderen"]}), page_address("dashboard.py", {})
    ('hiatenkaart?doelgroep=Ouderen', './')
    """
    path = "./" if file == "dashboard.py" else Path(file).stem
    return f"{path}?{urlencode(query, doseq=True)}" if query else path


def show_menu(pages: Mapping[str, str], current: str, query: Mapping[str, Sequence[str]]) -> None:
    """Draw the menu.

    Parameters
    ----------
    pages : mapping of str to str
        File -> label, in order.
    current : str
        Label of the page that is open.
    query : mapping of str to sequence of str
        Choices that go along.
    """
    links = [[file, label, page_address(file, query)] for file, label in pages.items()]
    draw = component("menu", "menu", f'<nav class="menu" aria-label="{LABEL}"></nav>', apart=False)
    draw(key=KEY, data={"links": links, "current": current})
