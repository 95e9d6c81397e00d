"""Workbooks that are large in one direction: for tests that look at how the work grows.

Each kind takes a size; what does not grow is as small as it can be.
"""

from __future__ import annotations

from collections.abc import Callable

from einclusie_data.contract import settings
from einclusie_data.contract.workbook import RawSheet, RawWorkbook
from tests.sheets import offer, offers_sheet, raw_sheet, sheet_of

WIJKEN = ("Kiel", "Dam", "Luchtbal", "Linkeroever", "Stuivenberg")
GROUPS = ("Ouderen", "Werkzoekenden", "Anderstaligen en nieuwkomers", "Iedereen")
TYPES = ("Individuele begeleiding", "Digitale oefenkans", "Groepsles of workshop")


def _letters(number: int) -> str:
    """A word of its own for every number, without digits: digits tell names apart too easily."""
    word = ""
    while number or not word:
        number, rest = divmod(number, 20)
        word = "bcdfghjklmnpqrstvwxz"[rest] + "aeiou"[(number + rest) % 5] + word
    return word


def _offers(size: int, **cells: Callable[[int], str]) -> RawSheet:
    return offers_sheet(*(offer(**{key: text(number) for key, text in cells.items()}) for number in range(size)))


def _with_offer(*sheets: RawSheet) -> RawWorkbook:
    return RawWorkbook((offers_sheet(), *sheets))


def plain_offers(size: int) -> RawWorkbook:
    """Offers that all differ, as a list of a network does."""
    return RawWorkbook((
        _offers(
            size,
            Nr=str,
            Naam_aanbod=lambda n: f"Digihulp {_letters(n)}",
            Organisatie=lambda n: f"Buurtwerk {_letters(n // 3)}",
            Doelgroep=lambda n: GROUPS[n % 4],
            Type_aanbod=lambda n: TYPES[n % 3],
            Wijk=lambda n: WIJKEN[n % 5],
            Adres=lambda n: f"Kerkstraat {n}",
            Wanneer=lambda n: f"elke dinsdag {9 + n % 6}-{n % 6 + 11} uur",
            Van=lambda n: f"{n % 28 + 1}/0{n % 9 + 1}/2025",
            Opmerking=lambda n: f"kamer {n}",
        ),
    ))  # fmt: skip


def equal_offers(size: int) -> RawWorkbook:
    """One offer again and again."""
    return RawWorkbook((_offers(size, Adres=lambda _: "Bist 1", Wijk=lambda _: "Kiel"),))


def numbered_offers(size: int) -> RawWorkbook:
    """Offers with one name and organisation, of which only Nr and the place differ."""
    return RawWorkbook((_offers(size, Nr=str, Locatie=lambda n: f"Zaal {_letters(n)}", Wijk=lambda _: "Kiel"),))


def like_offers(size: int) -> RawWorkbook:
    """Offers whose names are one long name but for a letter."""
    return RawWorkbook((
        _offers(size, Naam_aanbod=lambda n: f"Digitaal spreekuur in de bibliotheek {_letters(n)}"),
    ))  # fmt: skip


def wrong_offers(size: int) -> RawWorkbook:
    """Rows in which nearly every cell is reported."""
    return RawWorkbook((
        _offers(
            size,
            Naam_aanbod=lambda n: "" if n % 2 else f"Les {n}",
            Doelgroep=lambda n: f"Oudern{_letters(n)}",
            Type_aanbod=lambda n: f"Begleiding{_letters(n)}",
            Wijk=lambda n: f"Kiell{_letters(n)}",
            Postcode=lambda n: f"9{n % 1000:03}",
            Gemeente_of_district=lambda n: f"Merksum{_letters(n)}",
            Van=lambda n: f"ooit {n}",
            Breedtegraad=lambda n: f"noord {n}",
            Lengtegraad=lambda n: f"oost {n}",
            Talen=lambda n: f"Klingons{_letters(n)}",
            Opmerking=lambda n: f"bel 0470 12 {n // 100 % 100:02} {n % 100:02}",
        ),
    ))  # fmt: skip


def crossed_offers(size: int) -> RawWorkbook:
    """Groups as columns of crosses, with something else than a cross in them."""
    return RawWorkbook((_offers(size, Ouderen=lambda n: "x" if n % 2 else f"soms {n}", Iedereen=lambda _: "x"),))


def methods(size: int) -> RawWorkbook:
    """The sheet Methodieken."""
    rows = (
        {"Naam": f"Spel {_letters(n)}", "Doelgroep": "Ouderen", "Gebruikt door": f"Atlas; {_letters(n)}"}
        for n in range(size)
    )
    return _with_offer(sheet_of("Methodieken", *rows))


def like_methods(size: int) -> RawWorkbook:
    """Methods whose names are one but for a letter."""
    names = (f"Digitaal spel voor beginners {_letters(n)}" for n in range(size))
    return _with_offer(sheet_of("Methodieken", *({"Naam": name} for name in names)))


def partners(size: int) -> RawWorkbook:
    """The sheet Partners, each with a former name, and an offer of each."""
    rows = ({"Organisatie": f"Huis {_letters(n)}", "Vroegere of andere namen": f"Oud {_letters(n)}",
             "Wijk": WIJKEN[n % 5]} for n in range(size))  # fmt: skip
    return RawWorkbook((_offers(size, Organisatie=lambda n: f"Oud {_letters(n)}"), sheet_of("Partners", *rows)))


def former_names(size: int) -> RawWorkbook:
    """One partner with very many other names."""
    names = "; ".join(_letters(n) for n in range(size))
    return _with_offer(sheet_of("Partners", {"Organisatie": "Atlas", "Vroegere of andere namen": names}))


def need(size: int) -> RawWorkbook:
    """The sheet Behoefte: pairs of wijk and group, again and again."""
    rows = ({"Wijk": WIJKEN[n % 5], "Doelgroep": GROUPS[n % 4], "Aantal personen": str(n), "Jaar": str(1990 + n % 30)}
            for n in range(size))  # fmt: skip
    return _with_offer(sheet_of("Behoefte", *rows))


def areas(size: int) -> RawWorkbook:
    """The sheet Gebieden."""
    rows = ({"Naam": f"Gebied {_letters(n)}", "Wijken": "Kiel; Dam"} for n in range(size))
    return _with_offer(sheet_of("Gebieden", *rows))


def chained_areas(size: int) -> RawWorkbook:
    """Gebieden of which each is made of the next one."""
    rows = ({"Naam": f"Gebied {_letters(n)}", "Wijken": f"Gebied {_letters(n + 1)}; Kiel"} for n in range(size))
    return _with_offer(sheet_of("Gebieden", *rows))


def repeated_area(size: int) -> RawWorkbook:
    """One Gebied in very many rows, and in a circle with another."""
    rows = [{"Naam": "Noord-Zuid", "Wijken": f"Kiel; Gebied {_letters(n)}"} for n in range(size)]
    return _with_offer(sheet_of("Gebieden", *rows, {"Naam": f"Gebied {_letters(0)}", "Wijken": "Noord-Zuid"}))


def used_areas(size: int) -> RawWorkbook:
    """Gebieden, and offers that misspell them."""
    rows = ({"Naam": f"Gebied {_letters(n)}", "Wijken": "Kiel"} for n in range(size))
    return RawWorkbook((_offers(size, Wijk=lambda n: f"Gebeid {_letters(n)}"), sheet_of("Gebieden", *rows)))


def meetings(size: int) -> RawWorkbook:
    """The sheet Bijeenkomsten."""
    rows = ({"Datum": f"{n % 28 + 1}/03/{1950 + n % 100}", "Agendapunten": f"punt {n}"} for n in range(size))
    return _with_offer(sheet_of("Bijeenkomsten", *rows))


def shared_organisations(size: int) -> RawWorkbook:
    """Offers of very many organisations each."""
    return RawWorkbook((
        offers_sheet(*(
            offer(Organisatie="; ".join(f"{_letters(n)}{start}" for n in range(size)), Wijk="Kiel")
            for start in "abcdef"
        )),
    ))  # fmt: skip


def long_names(size: int) -> RawWorkbook:
    """Offers with nearly the same, very long name, address and organisation."""
    text = "digitale hulp " * (size // 4)
    return RawWorkbook((
        _offers(
            20,
            Naam_aanbod=lambda n: f"{text}{_letters(n)}",
            Organisatie=lambda n: f"{_letters(n)} {text}",
            Adres=lambda n: f"{_letters(n)} {text} 3",
            Wijk=lambda _: "Kiel",
        ),
    ))  # fmt: skip


def _one_cell(header: str, text: Callable[[int], str]) -> Callable[[int], RawWorkbook]:
    def make(size: int) -> RawWorkbook:
        return RawWorkbook((offers_sheet({**offer(), header: text(size)}),))

    return make


def _joined(sign: str, word: Callable[[int], str]) -> Callable[[int], str]:
    return lambda size: sign.join(word(n) for n in range(size))


VALUES = {
    f"{name} {what}": _one_cell(header, _joined(sign, word))
    for name, sign in (("points", ";"), ("commas", ","), ("strokes", "/"), ("lines", "\n"))
    for what, header, word in (
        ("of unknown groups", "Doelgroep", _letters),
        ("of known groups", "Doelgroep", lambda n: GROUPS[n % 3]),
        ("of organisations", "Organisatie", _letters),
        ("of unknown wijken", "Wijk", _letters),
        ("of known wijken", "Wijk", lambda n: WIJKEN[n % 5]),
        ("of districts", "Gemeente of district", _letters),
        ("of languages", "Talen", lambda n: "Fins" + _letters(n)),
    )
}
"""One cell with as many values."""

STUFF = {
    "letters": "a",
    "digits": "0",
    "spaces": "a ",
    "points": "a.",
    "dashes": "1-",
    "brackets": "(nu ",
    "mails": "a@a.",
    "hours": "9u-",
    "accents": "é",
    "phones": "04 ",
    "tabs": "a\t",
    "strokes": "a/",
}
TEXT_HEADERS = ("Naam aanbod", "Organisatie", "Doelgroep", "Prijs", "Locatie", "Adres", "Postcode", "Wijk",
                 "Gemeente of district", "Breedtegraad", "Wanneer", "Van", "Website", "Contact", "Kleur")  # fmt: skip


def list_values(size: int) -> RawWorkbook:
    """Values of Lijsten, in every list that takes them."""
    names = ["Doelgroep", "Type aanbod", "Thema", "Talen", "Dagdeel"]
    return _with_offer(
        raw_sheet("Lijsten", [names, *([f"{name} {_letters(n)}" for name in names] for n in range(size))])
    )


def list_values_in_a_cell(size: int) -> RawWorkbook:
    """Values of Lijsten in one cell."""
    return _with_offer(raw_sheet("Lijsten", [["Doelgroep"], ["; ".join(_letters(n) for n in range(size))]]))


def unknown_lists(size: int) -> RawWorkbook:
    """Lijsten whose lists we don't know."""
    return _with_offer(raw_sheet("Lijsten", [["Lijst", "Waarde"], *([_letters(n), "x"] for n in range(size))]))


def _columns(name: Callable[[int], str]) -> Callable[[int], RawWorkbook]:
    def make(size: int) -> RawWorkbook:
        headers = ["Naam aanbod", "Organisatie", *(name(n) for n in range(size - 2))]
        return RawWorkbook((raw_sheet("Aanbod", [headers, ["x"] * size]),))

    return make


COLUMNS = {
    "unknown columns": _columns(lambda n: f"kleur {_letters(n)}"),
    "equal columns": _columns(lambda _: "kleur"),
    "known columns": _columns(lambda _: "Doelgroep"),
    "columns without a name": _columns(lambda _: ""),
    "columns of crosses": _columns(lambda n: GROUPS[n % 4]),
    "long columns": _columns(lambda n: (_letters(n) + " ") * 20),
}
"""Up to `settings.MAX_COLUMNS` columns."""


def _sheets(name: Callable[[int], str], *first: RawSheet) -> Callable[[int], RawWorkbook]:
    """Sheets full of texts that could be headers, behind the first ones."""

    def make(size: int) -> RawWorkbook:
        rows = [
            [f"kleur {_letters(row * settings.MAX_COLUMNS + n)}" for n in range(settings.MAX_COLUMNS)]
            for row in range(32)
        ]
        return RawWorkbook((*first, *(raw_sheet(name(n), rows) for n in range(size))))

    return make


SHEETS = {
    "unknown sheets": _sheets(lambda n: f"blad {_letters(n)}", offers_sheet()),
    "sheets of partners": _sheets(lambda n: f"Partners{'.' * n}", offers_sheet()),
    "refused sheets of offers": _sheets(lambda n: f"Aanbod{'.' * n}"),
    "refused sheets": _sheets(lambda n: f"blad {_letters(n)}"),
}
"""Up to `settings.MAX_SHEETS` sheets."""

ROWS: dict[str, Callable[[int], RawWorkbook]] = {
    kind.__name__: kind
    for kind in (
        plain_offers, equal_offers, numbered_offers, like_offers, wrong_offers, crossed_offers, methods, like_methods,
        partners, former_names, need, areas, chained_areas, repeated_area, used_areas, meetings, list_values,
        list_values_in_a_cell, unknown_lists, shared_organisations, long_names,
    )
}  # fmt: skip
"""Everything that may be thousands."""

FEW_TEXTS = frozenset({
    "equal_offers", "need", "crossed_offers", "commas of organisations", "strokes of organisations",
    *(kind for kind in VALUES if "of known" in kind),
})  # fmt: skip
"""Kinds with few different texts: each text is looked at once."""
