"""Blank forms: `{tick}` is a box to tick and `{blank: what goes here}` a line to write on, on paper."""

from __future__ import annotations

import html
import re

from build_scripts.pages.paragraphs import outside_code

TICK = re.compile(r"\{tick\}[ \t]*")
BLANK = re.compile(r"\{blank:\s*(?P<label>[^}]*?)\s*\}")


def set_blanks(markdown: str) -> str:
    """The text with boxes and lines in place. They are for the pen: nothing typed on the site is kept."""

    def line(match: re.Match[str]) -> str:
        return f'<span class="blank">{html.escape(match["label"])}:</span>'

    return outside_code(markdown, lambda text: BLANK.sub(line, TICK.sub('<span class="tick"></span> ', text)))
