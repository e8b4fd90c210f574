"""The facts that the tables read, made from a case: every one a name with one of a known few values."""

from __future__ import annotations

from .age import OLDEST
from .case import Case
from .rulebook import NOT_KNOWN, RuleBook
from .table import Value

__all__ = ["all_domains", "domains_of", "facts_of"]


def facts_of(case: Case, rules: RuleBook) -> dict[str, Value]:
    """The facts of a case, before any table has spoken.

    Answers stand under their paths. Of texts and dates the tables see only whether they are given; white space, or
    characters that print nothing, are not: no outcome is lowered by a reason that nobody can read. `age` is whole years
    or not_known. A sign that decides by itself stands under its path as it is recorded; `other_signs_seen` says whether
    any other published sign is seen (it calls up reminders only: no sign is counted into an outcome, R10.2).
    """
    recorded = {sign.id: sign for sign in case.signs}
    facts: dict[str, Value] = {}
    for path, entry in rules.inputs.items():
        if entry.kind == "text":
            facts[path] = "given" if _says_something(case.answers[path]) else "missing"
        elif entry.kind in ("answer", "choice", "flag"):
            facts[path] = case.answers[path]
        elif entry.kind == "sign":
            sign = recorded.pop(path.rpartition(".")[2], None)
            facts[path] = sign.seen if sign else NOT_KNOWN
    facts["referral.made_at"] = "given" if case.made_at else "missing"
    facts["referral.meeting_held_on"] = "given" if case.meeting_held_on else "missing"
    facts["age"] = NOT_KNOWN if case.age is None else case.age
    facts["other_signs_seen"] = "yes" if any(sign.is_seen for sign in recorded.values()) else "no"
    return facts


def _says_something(text: str) -> bool:
    return any(character.isprintable() and not character.isspace() for character in text)


def domains_of(rules: RuleBook) -> dict[str, tuple[Value, ...]]:
    """Every value each of these facts can have: the whole answer space, for proofs."""
    domains: dict[str, tuple[Value, ...]] = {path: entry.domain for path, entry in rules.inputs.items()}
    domains["age"] = (*range(OLDEST + 1), NOT_KNOWN)
    domains["other_signs_seen"] = ("no", "yes")
    return domains


def all_domains(rules: RuleBook) -> dict[str, tuple[Value, ...]]:
    """Every value of every fact, those of the tables' outputs included."""
    domains = dict(domains_of(rules))
    for table in rules.tables:
        for name, values in table.outputs:
            before = domains.get(name, ())
            domains[name] = (*before, *(value for value in values if value not in before))
    return domains
