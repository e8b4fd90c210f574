"""Reading what a browser printed, the same whatever fonts the machine has."""

import io
import unicodedata

from pypdf import PdfReader

AS_WIDE_AS_ARIAL = """() => {
  const ruler = document.createElement("canvas").getContext("2d");
  ruler.font = '100px Arial, "Liberation Sans", sans-serif';
  return Math.min(1, 595 / ruler.measureText("Safeguarding").width);
}"""
"""The scale at which print is no wider than in Arial, whatever fonts the machine has: sheets can be counted."""


def sheets(pdf: bytes) -> list[str]:
    """The text of each sheet, on one line; where a font prints "fi" as one letter, it is read as the two."""
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    return [" ".join(unicodedata.normalize("NFKC", text).split()) for text in pages]
