"""Pages about the rules, written by the build: each table as people read it with its proof, and what is proved of all.

A table is set as "if this, then that, because of these paragraphs": three columns that fit a phone and a sheet of
paper, whatever the number of inputs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from build_scripts.proofs.prove import Proof
from build_scripts.proofs.safety import SafetyProof
from build_scripts.proofs.tables import TableProof
from build_scripts.rule_pages.dmn import MISSING
from build_scripts.rule_pages.outside_tables import AGE, AGE_KNOWN
from build_scripts.rule_pages.words import RuleWords
from cse_pathway.case import read_case
from cse_pathway.facts import all_domains, facts_of
from cse_pathway.rulebook import NOT_KNOWN, Condition, Item, RuleBook
from cse_pathway.table import Cell, Table, Value

__all__ = ["PROOFS", "SCORE_FILE", "mutation_score", "page_title", "pages"]

PROOFS = "rules/proofs.md"
SCORE_FILE = "mutation.json"
"""Where the score of the mutation run stands, from rules/ on the site."""
_POLICY = {
    "first": "The first row that fits decides.",
    "unique": "Exactly one row fits.",
    "collect": "Every row that fits counts.",
}
_WORSE = "worse-is-never-less:"
Domains = Mapping[str, tuple[Value, ...]]


def pages(rules: RuleBook, proof: Proof, words: RuleWords, score: Mapping[str, Any], published: date) -> dict[str, str]:
    """Every page by its path in docs/: one a table, one for the actions, one for the warnings, one for the proofs."""
    domains = all_domains(rules)
    shown = {table.table: table for table in proof.tables}
    found = {
        f"rules/{table.id}.md": _head(page_title(table), f"The rows that answer: {table.title}", published)
        + _table_page(table, shown[table.id], words, domains)
        for table in rules.tables
    }
    found["rules/actions.md"] = _head(
        "When is each action due?", "Every action of the plan, and what it hangs on.", published
    ) + _items_page("When is each action due?", rules.actions, words, domains)
    found["rules/warnings.md"] = _head(
        "When is each warning given?", "Every warning of a result, and what it hangs on.", published
    ) + _items_page("When is each warning given?", rules.warnings, words, domains)
    found[PROOFS] = _head(
        "What is proved of the rules", "What has been proved of every case there is, and how we checked it.", published
    ) + _proofs_page(rules, proof, words, score)
    return found


def page_title(table: Table) -> str:
    """What a table's page is called in lists and tabs: by its id, which is short and is no other table's.

    The question that the table answers is often too long for that; it is the page's heading.
    """
    return f"Rule table: {table.id.replace('-', ' ')}"


def mutation_score(path: Path) -> Mapping[str, Any]:
    """The score of the last mutation run; empty where there was none."""
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def _head(title: str, description: str, published: date) -> str:
    month = published.month + 6
    due = date(published.year + (month - 1) // 12, (month - 1) % 12 + 1, min(published.day, 28))
    lines = [
        "---",
        f"title: {json.dumps(title)}",
        f"description: {json.dumps(description)}",
        "carries: []",
        "audience: [chairs, supervisors]",
        "keywords: [rules, decision table, proof, how the wizard decides]",
        f"reviewed: {published.isoformat()}",
        f"review_due: {due.isoformat()}",
        "---",
        "",
        "",
    ]
    return "\n".join(lines)


def _table_page(table: Table, proof: TableProof, words: RuleWords, domains: Domains) -> str:
    parts = [f"# {table.title}", _POLICY[table.hit_policy]]
    if table.only_when:
        parts.append(f"Asked only where:<br>{_if(table.only_when, words, domains)}")
        if table.otherwise:
            parts.append(f"Otherwise:<br>{_then(table.otherwise, words)}")
    parts.append(f"It reads: {_list(words.fact(name) for name in table.inputs)}.")
    rows = [
        (
            f"{place}.<br>{_if(row.when, words, domains) or 'anything else'}",
            _then(row.then, words),
            _basis(row.sources, row.inferred),
        )
        for place, row in enumerate(table.rows, start=1)
    ]
    parts.append(_grid(("If", "Then", "Because"), rows))
    parts += ["## Its proof", *_proof_of(table, proof), _files(table.id)]
    return "\n\n".join(parts) + "\n"


def _proof_of(table: Table, proof: TableProof) -> Iterable[str]:
    combinations = f"{proof.combinations:,}"
    if table.hit_policy == "collect":
        yield f"- Every row can count. We looked at all {combinations} combinations of answers."
    else:
        yield (
            f"- **Complete:** each of the {combinations} combinations of answers has a row.\n"
            f"- **No conflict:** never more than one row decides.\n"
            f"- **Nothing idle:** each of the {proof.rows} rows decides some case. Each value is given by some row. "
            "Each input is read by some row."
        )
    if proof.overlaps:
        places = {row.id: place for place, row in enumerate(table.rows, start=1)}
        pairs = ", ".join(f"{places[one]} before {places[two]}" for one, two in proof.overlaps)
        yield "Some rows fit the same case. The one further up decides, so their order matters."
        yield f"Rows counted from the top ({len(proof.overlaps)} pairs): {pairs}."


def _items_page(title: str, items: tuple[Item, ...], words: RuleWords, domains: Domains) -> str:
    parts = [f"# {title}", "Each is due where at least one of its rows fits."]
    for item in items:
        adults = "Also for a person of 18 or over." if item.for_adults else "For children only."
        parts += [f"## {item.text}", " ".join(part for part in (_who(item), adults) if part)]
        rows = [
            (_if(held.when, words, domains) or "always", _basis(_sources(held, item), held.inferred))
            for held in item.conditions
        ]
        parts.append(_grid(("If", "Because"), rows))
    parts.append(_files("actions" if items and items[0].who else "warnings"))
    return "\n\n".join(parts) + "\n"


def _who(item: Item) -> str:
    return " ".join(f"{label}: {text}." for label, text in (("Who", item.who), ("By when", item.by_when)) if text)


def _sources(condition: Condition, item: Item) -> tuple[str, ...]:
    return item.sources if condition.sources is None else condition.sources


def _proofs_page(rules: RuleBook, proof: Proof, words: RuleWords, score: Mapping[str, Any]) -> str:
    total = sum(table.combinations for table in proof.tables)
    rows = sum(table.rows for table in proof.tables)
    plain = [safety for safety in proof.safety if not safety.id.startswith(_WORSE)]
    worse = [safety for safety in proof.safety if safety.id.startswith(_WORSE)]
    parts = [
        "# What is proved of the rules",
        "We do not test samples only. A program goes through every case there is, and shows that these hold. "
        "The site cannot be built if one of them fails.",
        f"Rules {rules.version}. Their fingerprint (SHA-256) starts {rules.sha256[:12]}.",
        "## Of each table",
        f"All {len(proof.tables)} tables with their {rows} rows are complete, without conflict, and wholly used. "
        f"Together that is {total:,} combinations of answers.",
        _grid(("Table", "Rows", "Combinations"), [_line(rules, table) for table in proof.tables]),
        "## Of the whole",
        "A combination here stands for all cases that the rules cannot tell apart.",
        _grid(("What holds", "Combinations"), [(safety.says, f"{safety.checked:,}") for safety in plain]),
        "## A worse answer never gives less",
        "If one answer is made one step worse, the way forward is never lower. The last referral never goes away "
        "either. “Not known” always stands above “no”.",
        _grid(
            ("Answer", "From least to most worrying", "Combinations"), [_worse(rules, held, words) for held in worse]
        ),
        "## Would we notice a slip?",
        *_mutation(rules, score),
        "## Checked by others",
        "Two engines that we did not write decide our tables: feelin, and the ZEN engine. In our tests both agree with "
        "ours on every row, and on 10,000 cases drawn at random. Our engine also passes the cases of level 2 of "
        "the DMN Technology Compatibility Kit for each kind of table that our rules may use.",
        "A second program reads the decision model from its words alone. It must agree on each test case.",
        "## What a proof cannot say",
        "A proof shows that the rules do what we meant. It cannot show that we read a paragraph rightly. That is why "
        "each row names its paragraphs, and says where it is *inferred*. Read them, and tell us.",
        "## For other tools",
        *_for_other_tools(rules),
        "[All tables, in order](index.md)",
    ]
    return "\n\n".join(parts) + "\n"


def _line(rules: RuleBook, proof: TableProof) -> tuple[str, str, str]:
    title = next(table.title for table in rules.tables if table.id == proof.table)
    return f"[{title}]({proof.table}.md)", str(proof.rows), f"{proof.combinations:,}"


def _worse(rules: RuleBook, proof: SafetyProof, words: RuleWords) -> tuple[str, str, str]:
    path = proof.id.removeprefix(_WORSE)
    order = ", ".join(words.value(path, value) for value in rules.inputs[path].worse)
    unread = "decides neither route nor referral" if "Nothing that decides" in proof.says else f"{proof.checked:,}"
    return words.fact(path), order, unread


def _mutation(rules: RuleBook, score: Mapping[str, Any]) -> Iterable[str]:
    yield (
        "We change the rules on purpose, one slip at a time: a row is dropped, a value let in, an answer changed, a "
        "paragraph left out. At least one check must fail each time."
    )
    if not score:
        yield "This has not been measured yet for these rules."
        return
    share = 100 * score["caught"] / score["mutants"]
    equivalent = {because: len(told) for because, told in score["equivalent"].items()}
    yield (
        f"**{score['caught']:,} of {score['mutants']:,} slips were caught ({share:.1f} %).** "
        f"Another {sum(equivalent.values()):,} change no decision of any case, so no check could see them. "
        "A program went through every case to make sure:"
    )
    yield "\n".join(f"- {count:,}: {because}" for because, count in equivalent.items())
    if score["rules"]["sha256"] != rules.sha256:
        yield f"This was measured on rules {score['rules']['version']}. The rules have changed since; measure it again."
    if score["survived"]:
        yield "Not caught:\n\n" + "\n".join(f"- {told}" for told in score["survived"])
    kinds = [(kind, f"{held['caught']:,} of {held['mutants']:,}") for kind, held in score["by_kind"].items()]
    yield _grid(("Slip", "Caught"), kinds)
    checks = [(check, f"{count:,}") for check, count in score["by_check"].items() if count]
    yield "Each slip counts for the first check that saw it."
    yield _grid(("Check", "Slips caught"), checks)
    yield f'<a href="../{SCORE_FILE}">Every slip that changes nothing, with the reason (JSON)</a>'


def _if(when: Iterable[tuple[str, Cell]], words: RuleWords, domains: Domains) -> str:
    return "<br>".join(f"**{words.fact(name)}:** {words.cell(name, cell, domains[name])}" for name, cell in when)


def _then(then: Iterable[tuple[str, Any]], words: RuleWords) -> str:
    return "<br>".join(f"{words.fact(name)}: {words.answer(name, value)}" for name, value in then)


def _basis(sources: tuple[str, ...], inferred: str | None) -> str:
    cited = f"[{', '.join(sources)}]" if sources else ""
    return f"{cited} *Inferred:* {inferred}".strip() if inferred else cited


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)


def _grid(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    lines += [f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows]
    return "\n".join(lines)


def _files(name: str) -> str:
    """Where the table is to be had for other tools. Plain HTML: MkDocs knows nothing of these files."""
    page = PROOFS.rpartition("/")[2]
    return (
        f'For other tools: <a href="../{name}.dmn">DMN</a>. [What to give it]({page}#for-other-tools)\n\n'
        "[All tables, in order](index.md)"
    )


def _for_other_tools(rules: RuleBook) -> Iterable[str]:
    """What the exported tables have to be given, from the facts of a case in which nobody answered anything."""
    yield (
        "Each table is available as a DMN 1.3 file, linked from its page. A file decides its own table only. "
        "Ask the tables in [their order](index.md): what one answers, a later one reads."
    )
    blank: dict[Any, list[str]] = {}
    for fact, value in facts_of(read_case({"as_of": "2026-11-22T12:00"}, rules), rules).items():
        if fact != AGE:
            blank.setdefault(value, []).append(fact)
    others = [
        f"`{value}` for {', '.join(f'`{fact}`' for fact in facts)}"
        for value, facts in blank.items()
        if value != NOT_KNOWN
    ]
    yield "\n".join(
        [
            "- **Give every input that the file names.** `now.immediate_risk` is `immediate_risk` inside `now`.",
            f"- **Leave nothing out.** Where nobody answered, give `{NOT_KNOWN}`; but {'; '.join(others)}.",
            f"- **The age is two inputs:** `{AGE_KNOWN}`, `yes` or `no`, and `{AGE}` in whole years, 0 if not known.",
            f"- **If anything is missing, the file refuses.** It then answers `{MISSING}:` and the name of the input. "
            "That never means that nothing is due.",
        ]
    )
    yield "Only our own engine gives dates, contacts and the whole plan."
