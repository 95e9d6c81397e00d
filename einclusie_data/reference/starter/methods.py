"""Methodieken of the starter workbook: methods that exist, as their publishers name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from einclusie_data.contract.codelists import AUDIENCE, LANGUAGE, LEVEL, THEME
from einclusie_data.reference.starter.rules import (
    ACCESS,
    CHILDREN,
    CLASS,
    DISABILITY,
    EVERYONE,
    FAMILIES,
    LENDING,
    NEWCOMERS,
    PERSONAL,
    POVERTY,
    PRACTICE,
)
from einclusie_data.reference.starter.sources import METHODS_ID, Row, filled, joined, mapped, read_source

LEARNERS, GUIDES, ORGANISATIONS = AUDIENCE.values
BASIC = LEVEL.values[0]
DUTCH, FRENCH = LANGUAGE.values[:2]
CREATION, GOVERNMENT, HEALTH, COMMUNICATION, SAFETY = (THEME.values[place] for place in (2, 5, 7, 10, 11))


@dataclass(frozen=True)
class Judgement:
    """What a source's row says about a method in the words of the closed lists; () and "" = it does not say."""

    audience: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    level: str = ""
    duration: str = ""
    used_by: str = ""


JUDGEMENTS: Mapping[str, Judgement] = {
    "Toolbox Digitaal Inclusieve Wijk": Judgement((ORGANISATIONS,)),
    "Computers en internet op openbare plaatsen": Judgement(groups=(EVERYONE,), types=(ACCESS,)),
    "Gratis wifi in de openbare ruimte": Judgement(groups=(EVERYONE,), types=(ACCESS,)),
    "Printtegoed voor jongeren": Judgement(groups=(CHILDREN,), types=(ACCESS,)),
    "Digi-leen": Judgement(types=(LENDING, PERSONAL)),
    "Individuele hulp op een vaste locatie (Digipunt, Webpunt, PC-dokter)":
        Judgement(groups=(EVERYONE,), types=(PERSONAL,)),
    "Lerend netwerk in de wijk": Judgement((ORGANISATIONS,)),
    "Buurtgerichte coordinatie e-inclusie / digitaal brugfiguur": Judgement((ORGANISATIONS,)),
    "Digiburger en digitale oefenkansen in de huizen van het kind":
        Judgement((GUIDES,), (FAMILIES,), (PRACTICE,), used_by="Avansa regio Antwerpen"),
    "Zo start je een openbare computerruimte werking": Judgement((ORGANISATIONS,), types=(ACCESS, PERSONAL)),
    "Beleidstool Digitale inclusie": Judgement((ORGANISATIONS,)),
    "Fiches: 8 profielen van digitale ongelijkheden": Judgement((ORGANISATIONS,), used_by="imec-SMIT VUB"),
    "ODOK - Ondersteuning Digitale Oefenkansen": Judgement((GUIDES,), types=(PRACTICE,)),
    "Inspiratiebundel digitale oefenkansen": Judgement((GUIDES,), types=(PRACTICE,)),
    "1,2,3 digit / 123digit": Judgement((LEARNERS, GUIDES)),
    "Cross&Le@rn": Judgement((GUIDES,)),
    "Digibuddies": Judgement((ORGANISATIONS,), types=(PERSONAL,)),
    "Digitale Week": Judgement(groups=(EVERYONE,)),
    "Databank E-inclusie": Judgement((GUIDES,)),
    "Kennismaking met internet en pc": Judgement(types=(CLASS,), level=BASIC),
    "Digital Storytelling": Judgement(themes=(CREATION,)),
    "Capital Digital": Judgement((LEARNERS,), (CHILDREN,), themes=(CREATION,)),
    "DIGI-wijs (instructieboekje Veilig op het internet + 4 tutorials)":
        Judgement((LEARNERS,), (DISABILITY,), themes=(COMMUNICATION, SAFETY), level=BASIC),
    "Digidak": Judgement((LEARNERS,), types=(CLASS,), level=BASIC),
    "DigiSchakels": Judgement((LEARNERS, GUIDES), (POVERTY,), (CLASS,)),
    "Ondersteuning digihelpers": Judgement((GUIDES, ORGANISATIONS)),
    "Krachtige Digitale Helper": Judgement((GUIDES,), duration="20 lestijden, waarvan de helft stage"),
    "Digicheque": Judgement(types=(PERSONAL,)),
    "Digilabo": Judgement((LEARNERS,), (NEWCOMERS,), (PERSONAL,), used_by="Atlas"),
    "Digitale wandeling": Judgement(groups=(EVERYONE,)),
    "Lessenreeksen Google-apps / Word / Android-basis / itsme":
        Judgement((LEARNERS,), types=(CLASS,), level=BASIC, duration="3 dagen van 14 tot 16 uur, of één keer 2 uur"),
    "Kompas digitale inclusie (rollen van de bib)": Judgement((ORGANISATIONS,)),
    "Dicht de digitale kloof!": Judgement((GUIDES,)),
    "Digisterker / DigiVitaler / Doe je digiding!":
        Judgement((GUIDES, ORGANISATIONS), types=(CLASS,), themes=(GOVERNMENT, HEALTH)),
    "Buurtcomputer (initiaties met niveaubeschrijving)": Judgement(groups=(EVERYONE,)),
    "Digital Duel": Judgement((LEARNERS,)),
    "DigComp 3.0 (Nederlandse vertaling)": Judgement(groups=(EVERYONE,)),
}  # fmt: skip
"""Name of the method in the source -> its words in the closed lists, as far as the row says them."""

LANGUAGES: Mapping[str, tuple[str, ...]] = {
    "nl": (DUTCH,),
    "nl/fr": (DUTCH, FRENCH),
    "nl (Engelse profielnamen)": (DUTCH,),
    "contacttaal of basis-nl": (),
}
"""The source's `taal` -> Talen."""


def method_rows(folder: Path) -> list[Row]:
    """Every row of Methodieken, in the source's order."""
    return [_method_row(source) for source in read_source(folder, METHODS_ID)]


def _remark(source: Mapping[str, str], languages: tuple[str, ...]) -> str:
    """The source's own words where the closed lists say less, and how sure they are."""
    parts = [
        f"Doelgroep volgens de bron: {source['doelgroep']}." if source["doelgroep"] else "",
        "" if languages and source["taal"] in ("nl", "nl/fr") else f"Taal volgens de bron: {source['taal']}.",
        f"In de bron nagekeken: {source['wat_gecontroleerd']}.",
        f"Zekerheid: {source['zekerheid']}.",
    ]
    return " ".join(part for part in parts if part)


def _method_row(source: Mapping[str, str]) -> Row:
    judged = mapped(JUDGEMENTS, source["naam"], "naam")
    languages = mapped(LANGUAGES, source["taal"], "taal")
    return filled(
        {
            "name": source["naam"],
            "publisher": source["uitgever"],
            "description": source["niveau_thema"],
            "audience": joined(judged.audience),
            "groups": joined(judged.groups),
            "types": joined(judged.types),
            "themes": joined(judged.themes),
            "level": judged.level,
            "languages": joined(languages),
            "form": source["vorm"],
            "duration": judged.duration,
            "website": source["url"],
            "used_by": judged.used_by,
            "year": source["jaar"],
            "note": _remark(source, languages),
        }
    )
