"""The overview for who refers clients: by wijk, findable by target group, nothing left out because it is unknown."""

from __future__ import annotations

from einclusie_data.contract.codelists import EVERYONE
from einclusie_data.output.paper.offers import GROUP_UNKNOWN, NOWHERE, overview_of
from tests.documents import area, material
from tests.factories import OLDER, offer


def test_offers_stand_under_their_wijk_and_the_index_gives_their_numbers():
    of = material(
        offer(name="Kant", at=(500, 1500)),
        offer(name="Kaai", at=(1500, 1500), groups=(EVERYONE,)),
        offer(name="Zuid", at=(500, 900)),
        offer(name="Online", mode="Online", groups=()),
        offer(name="Misschien", wijken=("NOO01", "NOO02")),
        offer(name="Nergens", groups=(OLDER, EVERYONE)),
        offer(name="Gestopt", at=(500, 1500), status="Gestopt"),
    )
    found = overview_of(of, area(of, "NOO01", "NOO02"))
    assert [(one.title, [(item.number, item.name) for item in one.items]) for one in found.sections] == [
        ("Noordkaai", [(1, "Kaai")]),
        ("Noordkant", [(2, "Kant")]),
        ("Vlakbij: buiten deze wijken, op loopafstand", [(3, "Zuid")]),
        ("Aan huis, rondreizend of online", [(4, "Online")]),
        ("Misschien in deze wijken: de plek is niet zeker", [(5, "Misschien")]),
        (NOWHERE, [(6, "Nergens")]),
    ]
    assert (found.name, found.size) == ("Netwerk Dam", "6 keer aanbod")
    assert [(line.group, line.numbers) for line in found.index] == [
        (EVERYONE, (1, 6)),
        (OLDER, (2, 3, 5, 6)),
        (GROUP_UNKNOWN, (4,)),
    ]


def test_an_area_without_offers():
    of = material()
    found = overview_of(of, area(of, "NOO01"))
    assert (found.sections, found.index, found.size) == ((), (), "0 keer aanbod")
