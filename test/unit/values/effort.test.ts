import assert from 'node:assert/strict';

import { factsOfCode } from '../../support/facts.ts';

/** Bounds of the arguments of `obs`, over all paths; undefined when nothing is claimed of them. */
async function shown(code: string, stepsForMain: number): Promise<{ lo: number; hi: number } | undefined> {
  const facts = await factsOfCode(`void obs(long value);\n${code}`, 'c', {}, { stepsForMain });
  const bounds: { readonly lo: number; readonly hi: number }[] = [];
  for (const node of facts.nodes) {
    const call = node.parent;
    if (call?.kind !== 'call' || call.part('callee')?.text !== 'obs') continue;
    if (call.part('arguments') !== node) continue;
    if (facts.isPartial(node)) return undefined;
    bounds.push(...facts.at(node));
  }
  assert.ok(bounds.length > 0, 'nothing was seen');
  return { lo: Math.min(...bounds.map(({ lo }) => lo)), hi: Math.max(...bounds.map(({ hi }) => hi)) };
}

const STEPS = [20_000, 1_000, 200, 50, 1];

/** What a program shows, and two numbers that it shows in some run. */
const CASES: readonly {
  readonly title: string;
  readonly code: string;
  readonly least: number;
  readonly most: number;
}[] = [
  {
    title: 'a call that is too deep to be followed, of a function that another call is followed into',
    code: `static void show(int in) { obs(in); }
static void c0(int n) { show(n); }
${Array.from({ length: 7 }, (_, index) => `static void c${index + 1}(int n) { c${index}(n); }\n`).join('')}
int main(void) { show(1); c7(7); return 0; }`,
    least: 1,
    most: 7,
  },
  {
    title: 'recursion that is deeper than it is followed',
    code: `static void down(int n) { obs(n); if (n < 9) down(n + 1); }
int main(void) { down(0); return 0; }`,
    least: 0,
    most: 9,
  },
  {
    title: 'an inner loop that is entered with more in later rounds of the outer one',
    code: `int main(int argc, char **argv) {
  int n = atoi(argv[1]);
  if (n < 0 || n > 100) return 1;
  for (int i = 0; i < 50; i++) {
    if (n <= i + 5) { for (int j = 0; j < argc; j++) { obs(n); } }
  }
  return 0;
}`,
    least: 0,
    most: 54,
  },
  {
    title: 'a number that differs from another one by more in each round',
    code: `int main(int argc, char **argv) {
  int n = atoi(argv[1]);
  if (n < 1 || n > 5) return 1;
  int i = n;
  while (i > 0) { i--; if (argc < 0) break; }
  obs(n);
  return 0;
}`,
    least: 1,
    most: 5,
  },
];

describe('facts of programs that are followed less closely', () => {
  for (const { title, code, least, most } of CASES) {
    it(`hold: ${title}`, async () => {
      for (const steps of STEPS) {
        const seen = await shown(code, steps);
        if (seen !== undefined)
          assert.ok(seen.lo <= least && seen.hi >= most, `${steps} steps: ${seen.lo}..${seen.hi}`);
      }
    });
  }
});
