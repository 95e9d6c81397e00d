"""Pieces of HTML that several pages share. Text goes in through `Markup.format`, which escapes it (DESIGN §6).

A drawing of ours (SVG) on a page; `st.html` would leave it out.

Text from a spreadsheet or a file is data: make it harmless where Streamlit reads Markdown (DESIGN §6).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from einclusie_data.contract.markdown import safe_markdown
from einclusie_data.output.maps.colourings import Look
from einclusie_data.ui.parts.component import component


def plain(text: object) -> str:
    r"""The text as Streamlit shows it unchanged: nothing in it is markup, a link, an image or an icon.

    Examples
    --------
    >>> plain("![x]")
    '\\!\\[x\\]'
    >>> plain("an@example.org").replace("\u200b", "|"), plain("https://a.b").replace("\u200b", "|")
    ('an|@|example.org', 'https\\:|//a.b')
    >>> plain("Nieuw-Kwartier Oost")
    'Nieuw-Kwartier Oost'
    """
    return safe_markdown(text, streamlit=True)


def show_drawing(svg: str, *, key: str, label: str) -> None:
    """Draw it, as wide as the page; on a small screen it can be pushed sideways.

    Parameters
    ----------
    svg : str
        Made by us: text that is not ours is escaped in it.
    key : str
        Stable name in the session.
    label : str
        What the drawing is, for screen readers.
    """
    component("tekening", "drawing", '<div class="tekening" tabindex="0" role="group"></div>')(
        key=key, data={"svg": svg, "label": label}
    )


EMPTY = Markup("")


def join(parts: Iterable[str], between: str = "") -> Markup:
    """Parts in a row; those that are not Markup are escaped."""
    return Markup(between).join(parts)  # noqa: S704 - `between` is ours


def sign(look: Look) -> Markup:
    """The coloured square with the symbol of a verdict or class. Its word stands beside it: screen readers skip it."""
    return Markup("<span class='teken' style='background:{};color:{}' aria-hidden='true'>{}</span>").format(
        look.colour, look.ink, look.symbol
    )


def verdict_words(verdict: Look) -> Markup:
    """Symbol and word of a verdict."""
    return Markup("<span class='oordeel'>{}<span>{}</span></span>").format(sign(verdict), verdict.word)


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], *, name: str = "") -> Markup:
    """A table that can be read aloud, printed and copied; the first cell of a row names the row.

    Parameters
    ----------
    caption : str
        What the table shows, for screen readers.
    heads : sequence of str
    rows : iterable of sequences of str
        Cells that are not Markup are escaped.
    name : str
        Extra CSS class.
    """
    head = join(Markup("<th scope='col'>{}</th>").format(text) for text in heads)
    body = join(Markup("<tr>{}</tr>").format(_row(cells)) for cells in rows)
    return Markup(
        "<div class='tabel {}' tabindex='0' role='group' aria-label='{}'><table><caption>{}</caption>"
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>"
    ).format(name, caption, caption, head, body)


def _row(cells: Sequence[str]) -> Markup:
    first, *rest = cells
    return Markup("<th scope='row'>{}</th>").format(first) + join(Markup("<td>{}</td>").format(cell) for cell in rest)
