"""Names of files that people hand in and get back: without a path, contact details, or what is not seen."""

from __future__ import annotations

import re

from einclusie_data.contract.privacy import has_personal, masked_start
from einclusie_data.contract.text import plain_text

LONGEST = 120
"""Characters of a name: some systems stop at 255 bytes."""
_PATH = re.compile(r".*[\\/]", re.DOTALL)
_NOT_IN_A_NAME = re.compile(r'[\x00-\x1f<>:"|?*]')
_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".ods", ".csv"})
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}$")


def shown_name(name: str) -> str:
    r"""The name of a file as anyone may see it.

    Examples
    --------
    >>> shown_name("C:\\map\\aanbod 0470 12 34 56.xlsx"), shown_name("x\u202eslxs.exe")
    ('aanbod [contactgegeven verborgen].xlsx', 'xslxs.exe')
    """
    name = _bare(name)
    ending = _ENDING.search(name)
    stem = name[: ending.start()] if ending else name  # digits before the point are not a part of the ending
    return masked_start(stem, LONGEST) + (ending[0] if ending else "")


def has_private_name(name: str) -> bool:
    """Whether contact details stand in the name of a file."""
    return has_personal(_ENDING.sub("", _bare(name)))


def _bare(name: str) -> str:
    """Without its path and without what is not seen."""
    return _PATH.sub("", " ".join(plain_text(name).split()))


def workbook_ending(name: str, otherwise: str = ".xlsx") -> str:
    """The ending of a name when it is that of a kind of workbook that we read, else the other one."""
    found = _ENDING.search(shown_name(name))
    return found[0].lower() if found and found[0].lower() in _WORKBOOKS else otherwise


def download_name(name: str, ending: str, *, before: str = "", behind: str = "") -> str:
    r"""The name under which a file is handed out: ours is the ending, whatever the uploaded one was called.

    Parameters
    ----------
    name : str
        As it was uploaded.
    ending : str
        With its point; it follows from the content.
    before, behind : str
        What stands around the name.

    Examples
    --------
    >>> download_name("../x\u202eslxs.exe", ".xlsx", before="versie-3-")
    'versie-3-xslxs.xlsx'
    >>> download_name("", ".xlsx")
    'werkmap.xlsx'
    """
    stem = _NOT_IN_A_NAME.sub("", _ENDING.sub("", shown_name(name))).strip(" .")
    stem = stem.removesuffix(behind) if behind else stem
    whole = f"{before}{stem or 'werkmap'}{behind}{ending}"
    # What stands around a harmless name may make a number or an address of it.
    return f"{before}werkmap{behind}{ending}" if has_personal(whole) else whole
