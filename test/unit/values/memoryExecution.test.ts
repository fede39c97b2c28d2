import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';

import fc from 'fast-check';

import type { Observation } from '../../../server/src/core/values/observe.ts';
import { factsOfCode } from '../../support/facts.ts';
import { memoryProgram } from '../../support/memoryPrograms.ts';
import { runsOf, type SeenInRun } from '../../support/memoryRuns.ts';

/** Programs of one run: the same each time, or others with each seed of `npm run fuzz`. */
const SEEDS =
  process.env['TRACEWARD_SEED'] === undefined
    ? Array.from({ length: 12 }, (_, index) => index + 1)
    : [...new Set(fc.sample(fc.nat(), 100))];
/** Steps that are spent closely on one program: as many as it takes to follow all paths apart, and too few for that. */
const ALL_STEPS = Infinity;
const FEW_STEPS = [1_000, 50];

/** Whether one path that was followed is like a run. */
function fits(seen: Observation, what: string, isClose: boolean): boolean {
  if (seen.is === 'unknown') return true;
  switch (what) {
    case 'null':
      return seen.null !== 'no' && (seen.is === 'pointer' || (seen.lo <= 0 && seen.hi >= 0));
    case 'live':
    case 'freed':
    case 'other': {
      if (seen.null === 'yes') return false;
      if (seen.points.length === 0 || !isClose) return true;
      return seen.points.some(({ kind, life }) =>
        kind === 'unknown'
          ? true
          : what === 'other'
            ? kind !== 'heap'
            : kind === 'heap' && (what === 'live' ? life !== 'freed' : life !== 'live'),
      );
    }
    default:
      return seen.is !== 'number' || (seen.lo <= Number(what) && Number(what) <= seen.hi);
  }
}

/** Whether some run enters the function of a line. One that none does was followed with whatever a caller may give it. */
function isEntered(plain: string, line: number, seen: readonly SeenInRun[]): boolean {
  const lines = plain.split('\n');
  let begin = line;
  while (begin > 0 && lines[begin - 1]?.startsWith('static ') !== true) begin--;
  return seen.some((each) => each.line === begin && each.what === 'entered');
}

/** All rounds of a loop over a list become one path, on which it is forgotten that two pointers are null together. */
function isBehindLoop(plain: string, line: number): boolean {
  return plain
    .split('\n')
    .slice(0, line)
    .some((text) => text.startsWith('while '));
}

/** What was forgotten there may be why the pointer is always null in a line. */
function isAlwaysNull(kind: string, there: readonly SeenInRun[]): boolean {
  return kind === 'null-dereference' || there.every(({ what }) => what === 'null-dereference');
}

/** Events that a run shows under another name. */
const SHOWN: Readonly<Record<string, string>> = {
  'unchecked-allocation': 'null-dereference',
  'unchecked-result': 'null-dereference',
};
const EVENTS = new Set([
  'null-dereference',
  'unchecked-allocation',
  'unchecked-result',
  'use-after-free',
  'double-free',
  'invalid-free',
  'uninitialized-read',
  'leak',
]);

describe('facts about memory beside execution', () => {
  const programs = SEEDS.map(memoryProgram);
  let runs: SeenInRun[][] = [];

  before(function () {
    this.timeout(120_000);
    if (spawnSync('gcc', ['--version']).status !== 0) {
      process.stdout.write('    gcc is not there: facts are not compared with what programs do.\n');
      this.skip();
    }
    runs = runsOf(
      programs,
      SEEDS.map((seed) => `m${seed}`),
    );
  });

  programs.forEach(({ plain }, index) => {
    for (const stepsForMain of [ALL_STEPS, ...FEW_STEPS])
      it(`hold in the runs of program ${SEEDS[index] ?? 0}, ${stepsForMain} steps`, async () => {
        const isClose = stepsForMain === ALL_STEPS;
        const facts = await factsOfCode(plain, 'c', {}, { stepsForMain });
        const seen = runs[index] ?? [];
        const lineOf = (offset: number): number => plain.slice(0, offset).split('\n').length;
        const shown = (line: number): string =>
          plain
            .split('\n')
            .map((text, at) => `${at + 1 === line ? '>' : ' '}${at + 1} ${text}`)
            .join('\n');
        if (isClose)
          for (const { node, kind, certainty } of facts.events) {
            if (certainty !== 'proved' || !EVENTS.has(kind)) continue;
            const line = lineOf(node.start);
            const name = SHOWN[kind] ?? kind;
            const there = seen.filter((each) => each.line === line);
            if (!isEntered(plain, line, seen) || (isBehindLoop(plain, line) && isAlwaysNull(name, there)))
              continue;
            // No run comes to the allocation.
            if (name === 'leak' && there.every(({ what }) => what !== 'asked')) continue;
            assert.ok(
              there.some((each) => each.name === '' && each.what === name),
              `${kind} of line ${line} is proved, and no run shows it\n${shown(line)}`,
            );
          }
        if (facts.incomplete) return;
        const byPlace = new Map<string, Observation[]>();
        const partial = new Set<string>();
        for (const node of facts.nodes) {
          const key = `${lineOf(node.start)} ${plain.slice(node.start, node.end)}`;
          byPlace.set(key, [...(byPlace.get(key) ?? []), ...facts.at(node)]);
          if (facts.isPartial(node)) partial.add(key);
        }
        for (const { line, name, what } of seen) {
          const key = `${line} ${name}`;
          const all = byPlace.get(key);
          if (name === '' || partial.has(key)) continue;
          assert.ok(
            (all ?? []).some((each) => fits(each, what, isClose)),
            `${name} in line ${line} is ${what}, facts: ${JSON.stringify(all)}\n${shown(line)}`,
          );
        }
      });
  });
});
