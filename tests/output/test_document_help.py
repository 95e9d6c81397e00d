"""What can help, and who can complete what."""

from __future__ import annotations

from einclusie_data.contract.codelists import EVERYONE
from einclusie_data.output.paper.gaps import fitting_methods, todo_items
from tests.documents import material
from tests.factories import OLDER, method, offer

CHILDREN = "Kinderen en jongeren"


def test_methods_for_most_of_the_groups_come_first_and_say_why():
    of = material(
        offer(at=(500, 1500), organisations=("Ligo",)),
        methods=(
            method(name="Voor allen", groups=(EVERYONE,), website="https://example.org"),
            method(name="Voor twee", groups=(OLDER, CHILDREN), publisher="Atlas", used_by=("Ligo", "Ver weg")),
            method(name="Voor anderen", groups=("Werkzoekenden",)),
            method(name="Onbekend", groups=()),
        ),
    )
    found = fitting_methods(of, ["NOO01"], [OLDER, CHILDREN])
    assert [one.name for one in found] == ["Voor twee", "Voor allen"]
    assert (found[0].publisher, found[0].fits) == ("Atlas", "Past voor ouderen en kinderen en jongeren.")
    assert found[0].near == "Heeft al aanbod in of bij deze wijk: Ligo (in de wijk)."
    assert (found[1].fits, found[1].near, found[1].link) == ("Past voor iedereen.", "", "https://example.org")
    assert fitting_methods(of, ["NOO01", "NOO02"], [OLDER])[0].near == ""
    assert fitting_methods(of, ["NOO01"], []) == ()


def test_who_can_complete_which_row():
    of = material(
        offer(name="Zonder groep", at=(500, 1500), groups=(), organisations=("Atlas",)),
        offer(name="Volledig", at=(500, 1500), organisations=("Ligo",)),
    )
    items, remarks = todo_items(of, ["NOO01"], [])
    assert [one.organisation for one in items] == ["Atlas"]
    assert items[0].effect == "kan 9 oordelen veranderen"
    assert (
        items[0]
        .lines[0]
        .startswith("Rij 2, Zonder groep: vul de doelgroep aan. Dat kan het oordeel veranderen in 1 wijk")
    )
    assert remarks == ()


def test_more_rows_and_organisations_are_counted():
    rows = [offer(name=f"Les {n}", at=(500, 1500), groups=(), organisations=("Atlas",)) for n in range(7)]
    rows += [offer(at=(500, 1500), groups=(), organisations=(f"Org {n:02}",)) for n in range(12)]
    items, remarks = todo_items(material(*rows), ["NOO01"], [])
    assert len(items) == 10
    assert items[0].lines[-1] == "En nog 2 rijen."
    assert remarks == ("Ook 3 andere organisaties kunnen iets aanvullen.",)


def test_offers_without_a_place_may_be_here():
    of = material(offer(name="Ergens"), offer(name="Ook ergens"))
    _, remarks = todo_items(of, ["NOO01"], [])
    assert remarks == (
        "Van 2 keer aanbod weten we niet waar het is. Misschien is het hier: Ergens (rij 2) en Ook ergens (rij 3). "
        "Vul het adres of de wijk aan.",
    )
    assert todo_items(of, ["NOO01"], [0, 1])[1] == ()
