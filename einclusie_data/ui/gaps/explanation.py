"""The page that explains: how a verdict is made, how not to use it, sources, glossary. Made once per city."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st
from markupsafe import Markup

from einclusie_data.answers import calculation
from einclusie_data.city.areas import Areas
from einclusie_data.city.provenance import COLUMNS, SOURCES_FOLDER, load_vulnerability, read_provenance
from einclusie_data.contract import settings, verdicts
from einclusie_data.contract.words import percentage
from einclusie_data.ui.parts.markup import join, sign, table


def _bullets(lines: Iterable[str]) -> Markup:
    return Markup("<ul>{}</ul>").format(join(Markup("<li>{}</li>").format(line) for line in lines))


def _section(anchor: str, title: str, *parts: Markup) -> Markup:
    return Markup("<section id='{}'><h2>{}</h2>{}</section>").format(anchor, title, join(parts))


def _verdicts() -> Markup:
    rows = [(Markup("{} {}").format(sign(one), one.word), one.sentence) for one in verdicts.VERDICTS.values()]
    return table("Oordelen", ("Oordeel", "Wat het betekent"), rows)


def _sentences(caption: str, heads: tuple[str, str], sentences: Mapping[str, str]) -> Markup:
    rows = [(code[:1].upper() + code[1:], sentence) for code, sentence in sentences.items()]
    return table(caption, heads, rows)


def _link(address: str, text: str) -> Markup:
    if not address.startswith(("http://", "https://")):
        return Markup("{}").format(text)
    return Markup("<a href='{}' target='_blank' rel='noopener noreferrer'>{}</a>").format(address, text)


def _sources() -> Markup:
    known = read_provenance(settings.DATA_FOLDER).values()
    entries = [one for one in known if one.made_from and not one.file.startswith(SOURCES_FOLDER)]
    rows = [
        (one.file, one.what, _link(one.url, one.publisher), one.date or "zonder datum", one.retrieved or "–", one.terms)
        for one in entries
    ]
    heads = ("Bestand", "Wat", "Bron", "Datum van de gegevens", "Opgehaald", "Voorwaarden")
    return table("Bronnen", heads, rows)


def _background() -> Markup:
    figures = load_vulnerability()
    rows = [
        (row["groep"], row["indicator"], percentage(float(row["waarde_pct"]) / 100), row["jaar_data"], row["gebied"],
         _link(row["bron_url"], row["bron"]))
        for row in figures.to_dict("records")
    ]  # fmt: skip
    shown = table("Digitale kwetsbaarheid in België en Vlaanderen", tuple(COLUMNS.values()), rows)
    return Markup(
        "<p>Cijfers uit enquêtes in België of Vlaanderen. De groepen overlappen en 75-plussers zijn niet bevraagd. Ze "
        "zeggen niets over één wijk: reken ze nooit om.</p>"
        "<details><summary>Toon de cijfers ({})</summary>{}</details>"
    ).format(len(figures), shown)


SECTIONS = (
    ("oordelen", "Wat betekenen de oordelen?"),
    ("zo-rekenen-we", "Hoe ontstaat een oordeel?"),
    ("wie-telt-mee", "Welk aanbod telt mee voor wie?"),
    ("waarom", "Waarom staat er “mogelijk hiaat”, “beperkt” of “onbekend”?"),
    ("zo-niet", "Hoe gebruik je dit niet?"),
    ("grenzen", "Wat zeggen de cijfers niet?"),
    ("achtergrond", "Achtergrond: wie is digitaal kwetsbaar?"),
    ("bronnen", "Waar komen de gegevens vandaan?"),
    ("woordenlijst", "Woordenlijst"),
)
"""Anchor and title of every section, in order."""


@st.cache_resource(show_spinner=False)
def _explanation(wijken: int, inhabited: int) -> Markup:
    glossary = calculation.glossary(wijken, inhabited)
    contents = {
        "oordelen": (_verdicts(),),
        "zo-rekenen-we": (_bullets(calculation.calculation_lines()),),
        "wie-telt-mee": (_bullets(calculation.group_lines()),),
        "waarom": (
            _sentences("Redenen", ("Reden", "In gewone woorden"), verdicts.REASONS),
            Markup("<p>Soms staat er nog een kanttekening bij:</p>"),
            _sentences("Kanttekeningen", ("Kanttekening", "In gewone woorden"), verdicts.CAVEATS),
        ),
        "zo-niet": (_bullets(calculation.misuse_lines()),),
        "grenzen": (_bullets(calculation.limit_lines()),),
        "achtergrond": (_background(),),
        "bronnen": (_sources(),),
        "woordenlijst": (table("Woordenlijst", ("Woord", "Betekenis"), glossary),),
    }
    links = join(Markup("<li><a href='#{}' target='_self'>{}</a></li>").format(*section) for section in SECTIONS)
    body = join(_section(anchor, title, *contents[anchor]) for anchor, title in SECTIONS)
    return Markup("<div class='lezen'><ul class='inhoud' aria-label='Inhoud'>{}</ul>{}</div>").format(links, body)


def show_explanation(areas: Areas) -> None:
    """The whole explanation, for the city that is shown."""
    st.html(_explanation(len(areas.wijken), int(areas.wijken["inhabited"].sum())))
