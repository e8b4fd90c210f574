"""The facts that the tables read, made from a case: every one a name with one of a known few values."""

from __future__ import annotations

from .age import OLDEST
from .case import Case
from .rulebook import NOT_KNOWN, RuleBook
from .table import Value

__all__ = ["domains_of", "facts_of"]


def facts_of(case: Case, rules: RuleBook) -> dict[str, Value]:
    """The facts of a case, before any table has spoken.

    Answers stand under their paths. Of texts and dates the tables see only whether they are given; white space, or
    characters that print nothing, are not: no outcome is lowered by a reason that nobody can read. `age` is whole years
    or not_known; `signs_seen` says whether any published sign is seen (record only but for the reminders: no sign ever
    changes an outcome, R10.2).
    """
    facts: dict[str, Value] = {}
    for path, entry in rules.inputs.items():
        if entry.kind == "text":
            facts[path] = "given" if _says_something(case.answers[path]) else "missing"
        elif entry.kind in ("answer", "choice", "flag"):
            facts[path] = case.answers[path]
    facts["referral.made_at"] = "given" if case.made_at else "missing"
    facts["referral.meeting_held_on"] = "given" if case.meeting_held_on else "missing"
    facts["age"] = NOT_KNOWN if case.age is None else case.age
    facts["signs_seen"] = "yes" if any(sign.is_seen for sign in case.signs) else "no"
    return facts


def _says_something(text: str) -> bool:
    return any(character.isprintable() and not character.isspace() for character in text)


def domains_of(rules: RuleBook) -> dict[str, tuple[Value, ...]]:
    """Every value each of these facts can have: the whole answer space, for proofs."""
    domains: dict[str, tuple[Value, ...]] = {path: entry.domain for path, entry in rules.inputs.items()}
    domains["age"] = (*range(OLDEST + 1), NOT_KNOWN)
    domains["signs_seen"] = ("no", "yes")
    return domains
