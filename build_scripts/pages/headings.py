"""The ids of headings: words joined by dashes, always beginning with a letter."""

from __future__ import annotations

from markdown.extensions.toc import slugify


def heading_id(text: str, separator: str) -> str:
    """An id for a heading's text, as Markdown's contents extension asks for it: "5. Do I?" gives "n5-do-i"."""
    made = slugify(text, separator)
    return made if made[:1].isalpha() else f"n{made}"
