"""The part of Beheer for what was published before: look back, download, go back."""

from __future__ import annotations

from functools import partial

import streamlit as st

from einclusie_data.publishing.history import version_label, version_rows
from einclusie_data.ui.frame import account
from einclusie_data.ui.frame.job import work
from einclusie_data.ui.frame.trekker_files import show_file
from einclusie_data.ui.manage import upload
from einclusie_data.ui.parts.markup import table

HOW_BACK = (
    "Elke versie blijft bewaard, precies zoals ze opgeladen is. Terug naar vroeger? Kies een versie. Je ziet eerst wat "
    "er zou veranderen, en publiceert ze dan opnieuw."
)
HEADS = ("Versie", "Wanneer", "Door", "Waarom", "Bestand", "Grootte", "Controlegetal (sha256)")


def show_versions() -> None:
    """All versions, newest first, and what a trekker can do with one."""
    versions = account.the_desk().store.versions()
    st.header("Alle versies", anchor=False)
    if not versions:
        st.text("Er is nog niets gepubliceerd.")
        return
    st.text(HOW_BACK)
    st.html(table("Alle versies", HEADS, version_rows(versions), name="breed"))
    labels = {one.number: version_label(one) for one in versions}
    number = st.selectbox(
        "Welke versie?", list(labels), format_func=labels.__getitem__, key="versie_keuze", placeholder="Kies"
    )
    chosen = next(one for one in versions if one.number == number)
    with st.container(horizontal=True, key="versie_knoppen"):
        _show_download(chosen.number, chosen.name)
        st.button(
            "Zet terug of ga ermee verder",
            on_click=upload.go_on_with,
            args=[chosen.number],
            key="versie_terug",
        )
        if len(versions) > 1:
            st.page_link(
                "pages/veranderingen.py",
                label="Vergelijk met een andere versie",
                query_params={} if chosen is versions[0] else {"van": str(chosen.number)},
            )
    if work().draft is not None:
        st.caption("Je hebt nog een werkmap openstaan. Ga je verder met een versie, dan leg je die weg.")


def _show_download(number: int, name: str) -> None:
    """The file of a version, internal contacts included."""
    content = partial(account.the_desk().store.content, number)
    show_file(f"Download versie {number}", f"versie-{number}-{name}", content, key=f"versie {number}")
