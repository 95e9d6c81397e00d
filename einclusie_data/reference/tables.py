"""Tables of Stad in Cijfers (by name) -> tables by official wijkcode, through `wijk_namen.csv`."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from einclusie_data.city.tables import AGE_COLUMNS, known_numbers, read_table, refuse
from einclusie_data.contract import settings

NAME_HEADER = "Wijken"
AGE_HEADERS = {
    **{f"Aantal {start} tem {start + 9}-jarigen|2025": f"leeftijd_{start}_{start + 9}" for start in range(0, 90, 10)},
    "Aantal 90+'ers|2025": "leeftijd_90_plus",
}
RANKING_HEADERS = {
    "Wijkenranking: totaalscore sociaal-economische situatie  (0 tot 100)|2025": "wijkenranking",
}


def coded_table(data: bytes, file: str, headers: Mapping[str, str], names: pd.DataFrame) -> pd.DataFrame:
    """A table of Stad in Cijfers with wijkcodes instead of names; cells as published.

    Parameters
    ----------
    data : bytes
        `;`-separated, one row per wijk, first column `Wijken` with the name of Stad in Cijfers.
    file : str
        File name for messages.
    headers : mapping of str to str
        Header as published -> column of the result.
    names : pandas.DataFrame
        As `reference_layer.read_names` gives it.

    Returns
    -------
    pandas.DataFrame
        Index wijkcode (all, sorted), columns in the order of `headers`; text: a number, "." (suppressed) or "".

    Raises
    ------
    ReferenceDataError
        A column or wijk is missing, a name is not known or stands there twice, a cell is no number.
    """
    table = read_table(data, file, [NAME_HEADER, *headers], separator=";")
    code_of = dict(zip(names["naam_statistiek"], names.index, strict=True))
    published = set(table[NAME_HEADER])
    findings = [f"de naam {name!r} kennen we niet" for name in sorted(published - set(code_of))]
    findings += [f"{code_of[name]} ({name}) ontbreekt" for name in sorted(set(code_of) - published)]
    findings += [f"{name} staat er twee keer in" for name in table[NAME_HEADER][table[NAME_HEADER].duplicated()]]
    refuse(file, findings)
    coded = table.rename(columns=dict(headers)).set_index(table[NAME_HEADER].map(code_of).rename("wijkcode"))
    coded = coded[list(headers.values())].sort_index()
    coded.apply(lambda column: known_numbers(column, file))
    return coded


def check_inhabited(ages: pd.DataFrame, names: pd.DataFrame, file: str) -> None:
    """Hold `inwoners_minstens_500` against the published cells; an unknown cell counts as at least 0.

    Raises
    ------
    ReferenceDataError
        A wijk that is not bewoond has 500 inhabitants in its published cells, or the other way round.
    """
    persons = ages[list(AGE_COLUMNS)].apply(lambda column: known_numbers(column, file)).sum(axis=1)
    wrong = names.index[(persons >= settings.INHABITED_FROM) != (names["inwoners_minstens_500"] == "ja")]
    refuse(file, [f"{code} heeft {persons[code]:.0f} inwoners; dat past niet bij bewoond of niet" for code in wrong])


def check_norms(data: bytes, file: str) -> None:
    """Hold the file of the city's norms against the constants that the product uses.

    Raises
    ------
    ReferenceDataError
        A norm in the file is not the one in `settings.REACH_NORMS_M`.
    """
    table = read_table(data, file, ["norm", "afstand_m", "minuten", "jaar", "bron"])
    given = dict(zip(table["norm"], table["afstand_m"], strict=True))
    expected = {norm: str(metres) for norm, metres in settings.REACH_NORMS_M.items()}
    refuse(file, [] if given == expected else [f"de normen zijn niet {expected}"])
