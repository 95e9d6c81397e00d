"""A template and data -> PDF bytes, with Typst: tagged (PDF/UA-1), real text, nothing from the internet.

A template is ours; everything that may come from a spreadsheet is data. It reaches the template as JSON, and a template
only ever shows it as text: markup in it means nothing (DESIGN §6).
"""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import typst

from einclusie_data.contract.errors import DocumentError
from einclusie_data.files.write.printable import UNPRINTABLE, UNPRINTABLE_NOTE, printable_data

TEMPLATES = Path(__file__).parent / "assets"
PDF_TYPE = "application/pdf"
PDF_STANDARD = "ua-1"

_log = logging.getLogger("einclusie")


def compile_pdf(template: str, data: dict[str, Any], drawings: dict[str, str] | None = None) -> bytes:
    """Make a PDF.

    Parameters
    ----------
    template : str
        Name of a file in `TEMPLATES`.
    data : dict
        What JSON can hold; the template finds it in ``sys.inputs.data``. Its texts are made printable.
    drawings : dict of str to str, optional
        Name -> SVG, made by us; in ``sys.inputs.drawings``.

    Raises
    ------
    DocumentError
        The document could not be made.
    """
    return _compile(template, data, drawings, {"format": "pdf", "pdf_standards": [PDF_STANDARD]})[0]


def compile_pictures(
    template: str, data: dict[str, Any], drawings: dict[str, str] | None = None, *, ppi: float = 80
) -> list[bytes]:
    """The pages of the same document as PNG pictures, to look at."""
    return _compile(template, data, drawings, {"format": "png", "ppi": ppi})


def _compile(
    template: str, data: dict[str, Any], drawings: dict[str, str] | None, output: dict[str, Any]
) -> list[bytes]:
    content = json.dumps(printable_data(data), ensure_ascii=False)
    inputs = {
        "data": content,
        "drawings": json.dumps(drawings or {}, ensure_ascii=False),
        "note": UNPRINTABLE_NOTE if UNPRINTABLE in content else "",
    }
    try:
        made = typst.compile(
            TEMPLATES / template,
            root=TEMPLATES,
            sys_inputs=inputs,
            ignore_system_fonts=True,  # the same document on every machine
            font_paths=[],
            **output,
        )
    except typst.TypstError as error:
        _log.error("document %s: not made", template)
        raise DocumentError(
            "We konden dit document niet maken. Probeer het opnieuw, of meld het aan de trekker."
        ) from error
    return made if isinstance(made, list) else [made]
