"""The summary of monitoring counts: tables and simple bars, as a page of its own (HTML) or as Markdown.

It shows what `collate.Dataset` allows to be shown and nothing more. Plots are SVG in the text, with the numbers beside
the bars; the tables say the same without them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape

from .collate import ALL, Dataset
from .rulebook import RuleBook
from .small_numbers import LEAST_SHOWN

__all__ = ["summary_of"]

TITLES = {"area": "By area", "age_band": "By age group", "outcome": "By outcome", "route": "By route"}
HIDDEN = "hidden"
_WIDTH, _LABEL, _BAR, _ROW = 640, 230, 330, 24
_NOTES = (
    "These are counts of screenings, not of children: a child who was screened twice counts twice. A screening is "
    "counted in the month it was decided for, with the outcome and route it had then.",
    f"Numbers from 1 to {LEAST_SHOWN - 1} are hidden, and so are others from which a hidden one could be worked out. "
    "Before these counts go outside the partnership, let somebody look at whether a child could still be recognised.",
    "They serve the monitoring that the procedures ask for [R12.6, R29.1, R31.1]. They count what was screened; they "
    "do not show how much exploitation there is.",
)
_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:50rem;margin:1rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;margin:1rem 0}th,td{border:1px solid;padding:.2rem .6rem;text-align:left}"
    "td{text-align:right}.scroll{overflow-x:auto}svg{max-width:100%;height:auto}"
)

_Rows = list[tuple[str, list[int | None]]]


def summary_of(dataset: Dataset, rules: RuleBook, *, as_page: bool) -> str:
    """The summary: a whole HTML page where `as_page`, else Markdown with the plots as inline SVG."""
    words = _words(rules)
    heading: Callable[[int, str], str] = _html_heading if as_page else _markdown_heading
    paragraph: Callable[[str], str] = _html_paragraph if as_page else _markdown_paragraph
    table: Callable[[str, Sequence[str], _Rows], str] = _html_table if as_page else _markdown_table
    title = _title(dataset)
    parts = [heading(1, title), *map(paragraph, _NOTES)]
    parts += [heading(2, "By month"), _plot("By month", _by_month(dataset))]
    parts.append(table("Month", ["Screenings"], [(name, [number]) for name, number in _by_month(dataset)]))
    for dimension, of_dimension in TITLES.items():
        values = dataset.values[dimension]
        bars = [(words(dimension, value), dataset.shown((ALL, dimension, value))) for value in values]
        rows = [
            (words(dimension, value), [dataset.shown((month, dimension, value)) for month in (*dataset.months, ALL)])
            for value in values
        ]
        parts += [heading(2, of_dimension), _plot(of_dimension, bars)]
        parts.append(table(of_dimension.removeprefix("By ").capitalize(), [*dataset.months, "All months"], rows))
    body = "\n\n".join(parts) + "\n"
    if not as_page:
        return body
    return (
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )


def _title(dataset: Dataset) -> str:
    if not dataset.months:
        return "Screenings for child sexual exploitation: none"
    first, last = dataset.months[0], dataset.months[-1]
    return f"Screenings for child sexual exploitation, {first if first == last else f'{first} to {last}'}"


def _words(rules: RuleBook) -> Callable[[str, str], str]:
    def words(dimension: str, value: str) -> str:
        if dimension == "area" and value in rules.areas:
            return rules.areas[value].name
        if dimension == "outcome" and value == "none":
            return "No outcome (yet)"
        return value.replace("_", " ").capitalize()

    return words


def _by_month(dataset: Dataset) -> list[tuple[str, int | None]]:
    names = [(month, month) for month in dataset.months] + [("All months", ALL)]
    return [(name, dataset.shown((month, ALL, ALL))) for name, month in names]


def _told(number: int | None) -> str:
    return HIDDEN if number is None else str(number)


def _plot(title: str, bars: Sequence[tuple[str, int | None]]) -> str:
    """Bars with their labels and numbers, in the text's own colour: they print, and need no colour to be read."""
    return "\n".join(_plot_lines(title, bars))


def _plot_lines(title: str, bars: Sequence[tuple[str, int | None]]) -> Iterator[str]:
    most = max([number for _, number in bars if number is not None] or [0]) or 1
    told = "; ".join(f"{name} {_told(number)}" for name, number in bars)
    yield (
        f'<svg role="img" aria-label="{escape(f"{title}: {told}")}" viewBox="0 0 {_WIDTH} {_ROW * len(bars)}" '
        f'width="{_WIDTH}" height="{_ROW * len(bars)}" font-family="sans-serif" font-size="14" fill="currentColor">'
    )
    for place, (name, number) in enumerate(bars):
        top = place * _ROW
        length = 0 if number is None else round(number * _BAR / most)
        yield f'<text x="{_LABEL - 8}" y="{top + 16}" text-anchor="end">{escape(name)}</text>'
        if length:
            yield f'<rect x="{_LABEL}" y="{top + 4}" width="{length}" height="{_ROW - 8}"/>'
        yield f'<text x="{_LABEL + length + 6}" y="{top + 16}">{_told(number)}</text>'
    yield "</svg>"


def _html_heading(level: int, text: str) -> str:
    return f"<h{level}>{escape(text)}</h{level}>"


def _html_paragraph(text: str) -> str:
    return f"<p>{escape(text, quote=False)}</p>"


def _html_table(corner: str, columns: Sequence[str], rows: _Rows) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in (corner, *columns))
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th>{"".join(f"<td>{_told(number)}</td>" for number in numbers)}</tr>\n'
        for name, numbers in rows
    )
    region = f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(corner)}">'
    return f"{region}<table>\n<tr>{head}</tr>\n{body}</table></div>"


def _markdown_heading(level: int, text: str) -> str:
    return f"{'#' * level} {text}"


def _markdown_paragraph(text: str) -> str:
    return text


def _markdown_table(corner: str, columns: Sequence[str], rows: _Rows) -> str:
    lines = [[corner, *columns], ["---", *("---:" for _ in columns)]]
    lines += [[name, *map(_told, numbers)] for name, numbers in rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
