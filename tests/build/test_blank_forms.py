"""Blank forms: boxes and lines for the pen, no controls that look as if the site kept an answer."""

from build_scripts.pages.blank_forms import set_blanks


def test_boxes_and_lines_take_the_place_of_their_tokens():
    """`{tick}` before an item, `{blank: label}` alone on a line; code is left alone."""
    assert set_blanks("- {tick} Done\n") == '- <span class="tick"></span> Done\n'
    assert set_blanks("{blank: Who & when}") == '<span class="blank">Who &amp; when:</span>'
    assert set_blanks("`{tick}`") == "`{tick}`"
