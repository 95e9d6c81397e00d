"""Problems: in order, cut to size, without anyone's contact details."""

from __future__ import annotations

from einclusie_data.checking.tables import Findings
from einclusie_data.contract.errors import Severity
from einclusie_data.contract.privacy import LONGEST_VALUE, quoted
from tests.sheets import checked, offer, offers_sheet


def test_problems_come_by_row_and_column() -> None:
    findings = Findings("Aanbod", {"B": 1, "A": 0})
    findings.warn("d", 10, "A", "", "")
    findings.warn("c", 9, "B", "", "")
    findings.warn("b", 9, "A", "", "")
    findings.reject("a", 9, None, "", "")
    findings.warn("z", None, "B", "", "")
    assert [problem.code for problem in findings.in_order()] == ["z", "a", "b", "c", "d"]
    assert findings.left_out == {9}


def test_values_are_cut_and_masked() -> None:
    findings = Findings("Aanbod")
    findings.warn("a", 1, "A", "x" * 500, "")
    findings.warn("b", 2, "A", "mail an@example.org", "")
    long, masked = (problem.value for problem in findings.in_order())
    assert len(long) == LONGEST_VALUE
    assert "an@example.org" not in masked


def test_quotes_are_one_short_line_without_contact_details() -> None:
    assert quoted("a\n b") == '"a b"'
    assert len(quoted("woord " * 100)) < 70
    assert "an@example.org" not in quoted("an@example.org")


def test_no_problem_ever_repeats_contact_details() -> None:
    address = "an.peeters@example.org"
    cells = (
        "Doelgroep",
        "Wijk",
        "Opmerking",
        "Bereik",
        "Van",
        "Postcode",
        "Breedtegraad",
        "Gemeente of district",
        "Iets",
    )
    rows = [
        offer(**{"Naam_aanbod": f"{number} {address}", cell: f"{number} {address}"})
        for number, cell in enumerate(cells)
    ]
    internal = offer(**{"Contactpersoon_(intern)": "Jan Janssens", "Doelgroep": "xyz"})
    problems = checked(offers_sheet(*rows, internal)).problems
    assert len(problems) > len(cells)
    for problem in problems:
        assert address not in problem.value + problem.message + str(problem.column)
        assert "Janssens" not in problem.value + problem.message
        assert problem.severity is Severity.WARNING
