"""The parts of the page Beheer, and which one is open."""

from __future__ import annotations

import hashlib
from types import MappingProxyType

import streamlit as st
from markupsafe import Markup

from einclusie_data.changes.words import lost_sentences
from einclusie_data.contract import settings
from einclusie_data.contract.errors import Severity, StoreError
from einclusie_data.contract.words import count, moment, number, view_sentence
from einclusie_data.engine.dataset import Dataset
from einclusie_data.publishing.draft import (
    Comparison,
    Draft,
    usual_question,
)
from einclusie_data.store.access.guard import Session
from einclusie_data.ui.changes.view import show_change_sentences
from einclusie_data.ui.frame import account, job, published, url_state
from einclusie_data.ui.frame.job import Work, work
from einclusie_data.ui.manage import draft_parts
from einclusie_data.ui.manage.trekkers import show_trekkers
from einclusie_data.ui.manage.upload import cancel, publish, take_file, take_version
from einclusie_data.ui.manage.versions import show_versions
from einclusie_data.ui.parts.markup import join, plain

PARTS = MappingProxyType({"werkmap": "Nieuwe werkmap", "versies": "Versies", "trekkers": "Trekkers en logboek"})
PARAMS = (url_state.one_of("deel", PARTS, "werkmap"),)


def show_part(session: Session) -> None:
    """The chosen part, for a trekker who is signed in."""
    try:
        show_state()
        chosen = st.segmented_control(
            "Deel",
            list(PARTS),
            format_func=PARTS.__getitem__,
            key="deel",
            required=True,
            label_visibility="collapsed",
            on_change=account.clear_messages,
        )
        if chosen == "versies":
            show_versions()
        elif chosen == "trekkers":
            show_trekkers(session)
        else:
            show_upload()
    except StoreError as error:
        st.error(plain(error))


KINDS = "Excel (.xlsx, .xlsm of .xls), LibreOffice (.ods) of .csv"
BEFORE_PUBLISHING = "Er verandert niets voor anderen, tot je publiceert."


def show_upload() -> None:
    """Whatever the trekker needs next: the field for a file, how far the work is, or the report."""
    now = work()
    draft = now.draft
    if job.running():
        job.show_progress()
        return
    if now.refused:
        st.error(plain(now.refused))
    if draft is None:
        _show_field()
        return
    st.header(plain(_title(draft)), anchor=False)
    if draft.dataset is None:
        st.error(plain(draft.missing))
        st.text("Koppel hieronder met de hand welke kolom wat is. Of pas de koppen aan in je bestand.")
        st.button("Annuleren", on_click=cancel, key="annuleren")
        draft_parts.show_columns(draft)
        return
    _show_report(draft, draft.dataset, now)


def _title(draft: Draft) -> str:
    return draft.name if draft.restored_from is None else f"{draft.name} (versie {draft.restored_from})"


def _show_field() -> None:
    st.header("Laad een werkmap op", anchor=False)
    with st.container(key="opladen"):
        st.file_uploader(
            f"Kies of sleep je bestand: {KINDS}, hoogstens {settings.MAX_FILE_BYTES // 1_000_000} MB.",
            key=work().uploader,
            on_change=take_file,
        )
    st.text(f"Je krijgt eerst een verslag: wat we begrepen, wat fout is en wat er zou veranderen. {BEFORE_PUBLISHING}")
    latest = published.latest()
    if latest is not None:
        st.button(
            f"Ga verder met versie {latest.number}, die nu gepubliceerd is",
            on_click=take_version,
            args=[latest.number],
            key="verder_met_laatste",
        )
    with settings.TEMPLATE_WORKBOOK.open("rb") as template:
        st.download_button(
            "Download een leeg sjabloon", template.read(), "werkmap-e-inclusie.xlsx", on_click="ignore", type="tertiary"
        )


def _show_report(draft: Draft, dataset: Dataset, now: Work) -> None:
    st.html(Markup("<p class='antwoord'><b>{}</b></p>").format(_counts(dataset)))
    if now.comparison is not None:
        _show_changes(now.comparison)
        _show_publish(now.comparison, now)
    draft_parts.show_parts(draft, now)


def _counts(dataset: Dataset) -> str:
    """How much was read and used, and how much is wrong."""
    workbook = dataset.workbook
    read, used = (sum(getattr(one, part) for one in workbook.reports) for part in ("rows_read", "rows_used"))
    found = [one.severity for one in (*workbook.problems, *dataset.placed.problems)]
    errors, warnings = found.count(Severity.ERROR), found.count(Severity.WARNING)
    return (
        f"{count(read, 'rij', 'rijen')} gelezen, {number(used)} gebruikt. "
        f"{count(errors, 'fout', 'fouten')} en {count(warnings, 'waarschuwing', 'waarschuwingen')}."
    )


def _show_changes(comparison: Comparison) -> None:
    st.header(_heading(comparison), anchor=False)
    if comparison.changes is None:
        st.warning(
            "Wat nu gepubliceerd is, kunnen we niet lezen. Daarom kunnen we niet tonen wat er verandert. "
            "Publiceren kan wel."
        )
    else:
        st.caption(
            f"Zo rekenen we: {plain(view_sentence(usual_question(), area='hele stad', group='alle doelgroepen'))}."
        )
        show_change_sentences(comparison.changes, lost=False)


def _heading(comparison: Comparison) -> str:
    if comparison.based_on is None:
        return "Wat verandert er tegenover wat nu te zien is?"
    return f"Wat verandert er tegenover versie {comparison.based_on}?"


def _show_publish(comparison: Comparison, now: Work) -> None:
    """The last step: why, and yes or no. Lost columns are asked about first."""
    lost = lost_sentences(comparison.changes.lost) if comparison.changes is not None else []
    with st.container(border=True, key="publiceren"):
        agreed = not lost or _ask_about(lost, now)
        st.text_input(
            "Waarom deze versie? (mag leeg blijven)",
            key=now.note,
            persist_state="session",
            max_chars=300,
            placeholder="bijvoorbeeld: voor de bijeenkomst van december",
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button("Publiceren", type="primary", on_click=publish, disabled=not agreed, key="publiceer_knop")
            st.button("Annuleren", on_click=cancel, key="annuleren")
            st.text(BEFORE_PUBLISHING if agreed else "Zet eerst een vinkje hierboven.", width="content")


def _ask_about(lost: list[str], now: Work) -> bool:
    """Whether the trekker agrees that this gets lost; what gets lost later is another question."""
    items = join(Markup("<li>{}</li>").format(line) for line in lost)
    st.html(Markup("<ul>{}</ul>").format(items))
    question = hashlib.sha256("\n".join(lost).encode()).hexdigest()[:12]
    agreed = st.checkbox(
        "Dit klopt en mag gepubliceerd worden.", key=f"bevestigd_{now.serial}_{question}", persist_state="session"
    )
    st.caption("Heet een kolom nu anders? Koppel ze hieronder, bij Bladen en kolommen. Dan gaat er niets verloren.")
    return bool(agreed)


def show_state() -> None:
    """What is published now, by whom and when."""
    latest = published.latest()
    if latest is None:
        st.text("Er is nog niets gepubliceerd. Iedereen ziet nu de gegevens waarmee de app begon.")
        return
    note = f" “{latest.note}”" if latest.note else ""
    text = f"Nu te zien: versie {latest.number}, gepubliceerd door {latest.published_by} op "
    st.text(f"{text}{moment(latest.published_here)}.{note}")
