"""Text from a spreadsheet or a file is data: make it harmless where Streamlit reads Markdown (DESIGN §6)."""

from __future__ import annotations

from einclusie_data.contract.markdown import safe_markdown


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
