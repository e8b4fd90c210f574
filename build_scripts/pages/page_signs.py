"""Misspelt signs of the page language: told with the right spelling, instead of being published as they stand.

A sign is `{contact: mash}`, `{note: id}`, `{#R13.1 duty}` and the like, or a citation, `[R13.1]`. Code is left alone:
there pages show signs and do not use them. Square brackets that do not look like a citation are just brackets.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator

from build_scripts.inputs.problems import Problem
from build_scripts.pages.citations import CITATION
from build_scripts.pages.editors_notes import TOKEN as NOTE
from build_scripts.pages.paragraphs import TOKEN as PARAGRAPH
from build_scripts.pages.paragraphs import without_code

__all__ = ["SIGNS", "wrong_signs"]

SIGNS = {
    "contact": "{contact: mash}",
    "note": "{note: changed-since}",
    "blank": "{blank: Date}",
    "pathway": "{pathway: urgency}",
    "tick": "{tick}",
    "areas": "{areas}",
    "changes": "{changes}",
    "glossary": "{glossary}",
    "register": "{register}",
    "all-pages": "{all-pages}",
    "tool": "{tool}",
}
"""Every sign in braces, written as it must be; `{#R13.1 duty}` stands beside them."""

_WITH_VALUE = ("contact", "note", "blank", "pathway")
_IN_A_SENTENCE = ("contact", "blank", "tick")
_GOOD = re.compile(rf"\{{(?:(?P<name>{'|'.join(_WITH_VALUE)}):\s*[^\s}}][^}}]*|(?P<bare>[a-z-]+))\}}")
_BRACE = re.compile(r"\{[^{}\n]*\}|[{}]")
_BRACKET = re.compile(r"\[(?P<inside>[^\[\]]{1,80})\](?![\[(:])")
_LIKE_A_CITATION = re.compile(r"\s*[A-Za-z]\s?\d")
_AND = re.compile(r"\s*(?:[,;&]|\band\b)\s*")


def wrong_signs(text: str, file: str, first_line: int, paragraphs: Collection[str]) -> Iterator[Problem]:
    """Every misspelt sign of a text; `first_line` is the line of the file on which it begins.

    Signs in their right spelling that name what does not exist are told by the checks of each sign.
    """
    text = without_code(text)
    for match in _BRACE.finditer(text):
        if wrong := _wrong_brace(match, text, paragraphs):
            yield Problem(file, first_line + text.count("\n", 0, match.start()), *wrong)
    for match in _BRACKET.finditer(text):
        if _LIKE_A_CITATION.match(match["inside"]) and not CITATION.fullmatch(match.group()):
            line = first_line + text.count("\n", 0, match.start())
            yield Problem(file, line, *_wrong_citation(match.group(), match["inside"], paragraphs))


def _wrong_brace(match: re.Match[str], text: str, paragraphs: Collection[str]) -> tuple[str, str, str] | None:
    sign = match.group()
    if sign.startswith("{:") or PARAGRAPH.match(sign):
        return None  # attributes of a heading or block; a paragraph, which its own check reads
    if sign.startswith("{#"):
        paragraph, _, kind = sign[2:-1].strip().partition(" ")
        right = f"{{#{_paragraph(paragraph, paragraphs)} {kind or 'duty'}}}"
        return sign, "a paragraph's sign, such as {#R13.1 duty}", f"write {right}"
    good = _GOOD.fullmatch(sign)
    name = (good["name"] or good["bare"]) if good else ""
    if good and name in SIGNS and (name in _WITH_VALUE) == bool(good["name"]):
        if name in _IN_A_SENTENCE or _alone(match, text, name):
            return None
        return f"{sign} inside a sentence or list item", f"{sign} alone on its line", "give it a line of its own"
    if sign in "{}":
        wanted = "braces in pairs, on one line, around a sign"
        return f"a single {sign}", wanted, "close the sign on the same line, or put the text in code: `{`"
    written, _, value = re.sub(r"^\{\s*([A-Za-z-]+)\s*:?\s*", r"\1:", sign)[:-1].partition(":")
    near = difflib.get_close_matches(written.lower(), SIGNS, n=1)
    if not near:
        known = ", ".join(["{#R13.1 duty}", *SIGNS.values()])
        return sign, f"one of the signs {known}", "write one of these, or put the text in code: `{...}`"
    right = f"{{{near[0]}: {value.strip()}}}" if near[0] in _WITH_VALUE and value.strip() else SIGNS[near[0]]
    return sign, f"the sign {near[0]}, written as in {SIGNS[near[0]]}", f"write {right}"


def _alone(match: re.Match[str], text: str, name: str) -> bool:
    start = text.rfind("\n", 0, match.start()) + 1
    end = text.find("\n", match.end())
    line = text[start : None if end < 0 else end]
    return bool(NOTE.fullmatch(line)) if name == "note" else line.rstrip() == match.group()


def _wrong_citation(sign: str, inside: str, paragraphs: Collection[str]) -> tuple[str, str, str]:
    ids = [_paragraph(part, paragraphs) for part in _AND.split(inside) if part]
    return sign, "a citation such as [R12.4] or [R12.4, S6(9)]: no space inside an id, a capital first", (
        f"write [{', '.join(ids)}]"
    )


def _paragraph(written: str, paragraphs: Collection[str]) -> str:
    """The id that was most likely meant."""
    bare = re.sub(r"\s+", "", written)
    bare = bare[:1].upper() + bare[1:].lower()
    near = [bare] if bare in paragraphs else difflib.get_close_matches(bare, list(paragraphs), n=1)
    return near[0] if near else bare
