// Decides cases by exported DMN files, with a reader (dmn-moddle) and a cell language (feelin) that are not ours.
//
// In:  {"files": [paths of .dmn, in order], "cases": [facts, ...]} on standard input.
// Out: {"warnings": [...], "results": [[[rule places from 0], ...one list a file], ...one a case], "cells": number}
// A cell is put to feelin once for each value it meets, an answer once where it is a word: what feelin says hangs on
// nothing else. A fact's name is looked up by its path; on the first cases feelin looks it up, too, and must agree.
import { readFileSync } from "node:fs";
import { DmnModdle } from "dmn-moddle";
import { evaluate, unaryTest } from "feelin";

/** @typedef {{ text: string }} Expression */
/** @typedef {{ inputExpression: Expression }} InputClause */
/** @typedef {{ inputEntry: Expression[], outputEntry: Expression[] }} Rule */
/** @typedef {{ hitPolicy?: string, input?: InputClause[], output: { name: string }[], rule: Rule[] }} DecisionTable */

const { files, cases } = JSON.parse(readFileSync(0, "utf-8"));
const moddle = new DmnModdle();
/** @type {string[]} */
const warnings = [];
/** @type {Map<string, boolean>} */
const cells = new Map();

/** @param {string} file @returns {Promise<DecisionTable>} */
async function table(file) {
  const read = await moddle.fromXML(readFileSync(file, "utf-8"));
  warnings.push(...read.warnings.map((/** @type {Error} */ warning) => `${file}: ${warning.message}`));
  const decisions = read.rootElement.drgElement.filter((/** @type {any} */ held) => held.$type === "dmn:Decision");
  if (decisions.length !== 1) warnings.push(`${file}: ${decisions.length} decisions`);
  return decisions[0].decisionLogic;
}

/** @param {string} cell @param {unknown} value */
function fits(cell, value) {
  const key = `${cell}\u0000${typeof value}\u0000${value}`;
  let known = cells.get(key);
  if (known === undefined) {
    const said = unaryTest(cell, { "?": value });
    warnings.push(...said.warnings.map((/** @type {any} */ warning) => `${cell} of ${value}: ${warning.message}`));
    known = said.value === true;
    cells.set(key, known);
  }
  return known;
}

/** @type {Map<string, unknown>} */
const words = new Map();

/** @param {string} expression @param {any} facts @param {boolean} checked */
function valueOf(expression, facts, checked) {
  if (expression.startsWith('"')) {
    if (!words.has(expression)) words.set(expression, evaluate(expression, facts).value);
    return words.get(expression);
  }
  const found = expression.split(".").reduce((held, key) => held?.[key] ?? null, facts);
  if (checked && found !== null && evaluate(expression, facts).value !== found) warnings.push(`${expression} is not ${found} to feelin`);
  return found;
}

/** @param {DecisionTable} held @param {any} facts @param {boolean} checked @returns {number[]} */
function decide(held, facts, checked) {
  const values = (held.input ?? []).map((clause) => valueOf(clause.inputExpression.text, facts, checked));
  const fitting = [];
  for (const [place, rule] of held.rule.entries()) {
    if (!(rule.inputEntry ?? []).every((entry, number) => fits(entry.text, values[number]))) continue;
    fitting.push(place);
    if ((held.hitPolicy ?? "UNIQUE") === "FIRST") break;
  }
  if (held.hitPolicy !== "COLLECT") {
    for (const place of fitting) {
      held.output.forEach(({ name }, number) => {
        facts[name] = valueOf(held.rule[place].outputEntry[number].text, facts, checked);
      });
    }
  }
  return fitting;
}

const tables = await Promise.all(files.map(table));
const results = cases.map((/** @type {any} */ facts, /** @type {number} */ number) =>
  tables.map((held) => decide(held, facts, number < 50)),
);
process.stdout.write(JSON.stringify({ warnings, results, cells: cells.size }));
