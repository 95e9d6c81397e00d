"""Organisations: old names become current ones, unknown names stay as written."""

from __future__ import annotations

import pytest

from einclusie_data.contract.organisations import OrganisationNames

PARTNERS = OrganisationNames([("SAAMO Antwerpen", ("SAAMO", "Samenlevingsopbouw")), ("Ligo", ()), ("Huis/Thuis", ())])
NOBODY = OrganisationNames()


@pytest.mark.parametrize(
    ("name", "current"),
    [
        ("Samenlevingsopbouw", "SAAMO"),
        ("samenlevingsopbouw antwerpen-stad vzw", "SAAMO"),
        ("saamo", "SAAMO"),
        ("Vormingplus", "Avansa"),
        ("Vorming Plus", "Avansa"),
        ("Open School", "Ligo"),
        ("Centrum voor Basiseducatie", "Ligo"),
        ("centrum basiseducatie", "Ligo"),
        ("Avansa regio Antwerpen", "Avansa regio Antwerpen"),
        ("Avansa regio Antwerpen (vroeger Vormingplus)", "Avansa regio Antwerpen"),
        ("Samenlevingsopbouw Antwerpen stad vzw (nu SAAMO)", "SAAMO"),
        ("Ligo (vroeger Open School / Centrum Basiseducatie)", "Ligo"),
        ("Huis van het Kind (Kiel)", "Huis van het Kind (Kiel)"),
        ("buurtwerk Posthof VZW", "buurtwerk Posthof VZW"),
    ],
)
def test_names_without_a_sheet_partners(name: str, current: str) -> None:
    assert NOBODY.current(name) == current


@pytest.mark.parametrize(
    ("name", "current"),
    [
        ("samenlevingsopbouw", "SAAMO Antwerpen"),
        ("Saamo vzw", "SAAMO Antwerpen"),
        ("LIGO", "Ligo"),
        ("Open School", "Ligo"),
    ],
)
def test_the_sheet_partners_goes_first(name: str, current: str) -> None:
    assert PARTNERS.current(name) == current


def test_comma_and_slash_separate_partners_only() -> None:
    assert PARTNERS.split("Samenlevingsopbouw, Ligo") == ("SAAMO Antwerpen", "Ligo")
    assert PARTNERS.split("SAAMO/Open School") == ("SAAMO Antwerpen", "Ligo")
    assert PARTNERS.split("SAAMO, Atlas") == ("SAAMO, Atlas",)
    assert PARTNERS.split("Huis/Thuis") == ("Huis/Thuis",)
    assert NOBODY.split("SAAMO, Ligo") == ("SAAMO, Ligo",)


def test_each_organisation_once_in_the_order_written() -> None:
    assert PARTNERS.split("Atlas; SAAMO | Samenlevingsopbouw\natlas vzw; ") == ("Atlas", "SAAMO Antwerpen")
    assert PARTNERS.split(" ; ") == ()
