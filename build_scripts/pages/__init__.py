"""From a paragraph in docs/ to a page: what a page holds, names and cites."""
