"""The plan: which actions and warnings are due, for whom, by when, and on which paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from .case import Case
from .rulebook import Area, Condition, Due, Item, RuleBook
from .table import Facts, Value
from .working_days import BankHolidays, YearNotHeld, hours_after

__all__ = ["Action", "Ground", "PlanWarning", "actions_of", "due_from", "reason_of", "warnings_of"]

LOCAL_ONLY = "solihull-only"


@dataclass(frozen=True, slots=True)
class Ground:
    """Why an action or warning is in the plan: the condition that fired and the facts it read."""

    table: str
    row: str
    because: tuple[tuple[str, Value], ...]
    sources: tuple[str, ...]
    inferred: str | None


@dataclass(frozen=True, slots=True)
class Action:
    """An action of the plan.

    `due` is a day (YYYY-MM-DD) or a moment (YYYY-MM-DDTHH:MM), None where there is no clock, its start is not given or
    `open_because` says why it stays open. `due_if_strategy` is the moment by which a discussion takes place where it is
    held as a strategy discussion; `has_strategy_clock` says whether this action has such a clock at all.
    """

    id: str
    what: str
    who: str
    by_when: str
    due: str | None
    open_because: str | None
    contact: str | None
    ground: Ground
    has_strategy_clock: bool = False
    due_if_strategy: str | None = None


@dataclass(frozen=True, slots=True)
class PlanWarning:
    """A warning that goes with the decision."""

    id: str
    text: str
    ground: Ground


def reason_of(
    inferred: str | None, sources: Sequence[str], area: str, local_documents: Mapping[str, str]
) -> str | None:
    """Why a rule is inferred here, or None where the paragraphs say it for this area.

    A rule that rests on paragraphs of one area's document alone is inferred in every other area.
    """
    if inferred is not None:
        return inferred
    if not sources:
        return None
    local = {local_documents.get(source[0]) for source in sources}
    return LOCAL_ONLY if None not in local and area not in local else None


def actions_of(case: Case, facts: Facts, rules: RuleBook) -> list[Action]:
    """Every action that is due, in the order of the rules."""
    return [
        _action(item, condition, ground, case, rules)
        for item, condition, ground in _due_items(rules.actions, "actions", case, facts, rules)
    ]


def warnings_of(case: Case, facts: Facts, rules: RuleBook) -> list[PlanWarning]:
    """Every warning that is due, in the order of the rules."""
    return [
        PlanWarning(item.id, item.text, ground)
        for item, _, ground in _due_items(rules.warnings, "warnings", case, facts, rules)
    ]


def _due_items(
    items: Sequence[Item], table: str, case: Case, facts: Facts, rules: RuleBook
) -> Iterator[tuple[Item, Condition, Ground]]:
    adult = facts["age_band"] == "adult"
    for item in items:
        if adult and not item.for_adults:
            continue
        fitting = [condition for condition in item.conditions if condition.holds(facts)]
        if not fitting:
            continue
        # A condition that the paragraphs state outright speaks before one that is inferred.
        condition = next((fit for fit in fitting if fit.inferred is None), fitting[0])
        sources = item.sources if condition.sources is None else condition.sources
        because = tuple((name, facts[name]) for name, _ in condition.when)
        reason = reason_of(condition.inferred, sources, case.area, rules.local_documents)
        yield item, condition, Ground(table, f"{item.id}.{condition.id}", because, sources, reason)


def _action(item: Item, condition: Condition, ground: Ground, case: Case, rules: RuleBook) -> Action:
    due, open_because = _clock(item.due, case, rules)
    area = rules.areas.get(case.area)
    what, contact = condition.text or item.text, item.contact
    if item.contact_out_of_hours and contact and is_closed(area, contact, case.as_of, rules.bank_holidays):
        what, contact = item.text_out_of_hours or what, item.contact_out_of_hours
    if area and condition.contact_where_known in area.with_number:
        contact = condition.contact_where_known
    return Action(
        id=item.id,
        what=what,
        who=item.who if condition.who is None else condition.who,
        by_when=item.by_when if condition.by_when is None else condition.by_when,
        due=due,
        open_because=open_because,
        contact=contact,
        ground=ground,
        has_strategy_clock=item.due_if_strategy is not None,
        due_if_strategy=_clock(item.due_if_strategy, case, rules)[0],
    )


def _clock(due: Due | None, case: Case, rules: RuleBook) -> tuple[str | None, str | None]:
    if due is None:
        return None, None
    start = case.made_at if due.start == "referral.made_at" else case.meeting_held_on
    return due_from(due, start, rules.bank_holidays)


def is_closed(area: Area | None, contact: str, moment: datetime, bank_holidays: BankHolidays) -> bool:
    """Whether a contact with hours in the area's file is surely closed at a moment.

    False where the area holds no hours for it, or hours that cannot be read: then nothing is claimed. That daytime
    services are closed on bank holidays is inferred: the sources give days of the week only. In a year whose bank
    holidays are not held, the days of the week alone decide.
    """
    spans = area.hours.get(contact) if area else None
    if not spans:
        return False
    try:
        hours = [(span.days, time.fromisoformat(span.start), time.fromisoformat(span.end)) for span in spans]
    except ValueError:
        return False
    if any(start >= end for _, start, end in hours):
        return False
    if moment.date() in bank_holidays.days:
        return True
    clock = moment.time()
    return not any(moment.weekday() in days and start <= clock < end for days, start, end in hours)


def due_from(due: Due, start: datetime | date | None, bank_holidays: BankHolidays) -> tuple[str | None, str | None]:
    """The due day (YYYY-MM-DD) or moment (YYYY-MM-DDTHH:MM) of a clock, and why it stays open where it does.

    Both are None where the start is not given. Hours are counted from a moment, days and months from its day.
    """
    if start is None:
        return None, None
    day = start.date() if isinstance(start, datetime) else start
    try:
        if due.unit == "hours" and isinstance(start, datetime):
            return hours_after(start, due.count).isoformat(timespec="minutes"), None
        if due.unit == "working_days":
            return bank_holidays.working_days_after(day, due.count).isoformat(), None
        return bank_holidays.months_after(day, due.count).isoformat(), None
    except YearNotHeld as not_held:
        return None, f"{not_held}: work out this date by hand"
