import assert from 'node:assert/strict';

import fc from 'fast-check';

import { readAst, type Ast } from '../../../server/src/core/ast/readAst.ts';
import type { Span } from '../../../server/src/core/base/range.ts';
import { NOTHING_OUTSIDE } from '../../../server/src/core/headers/outside.ts';
import { namesOf } from '../../../server/src/core/resolve/names.ts';
import { freeTree, parseText } from '../../../server/src/core/syntax/syntaxTree.ts';
import { factsOf, type FactsOptions, type ValueFacts } from '../../../server/src/core/values/factsOf.ts';
import { grammarOfFolder } from '../../support/ast.ts';

interface Found {
  readonly start: number;
  readonly text: string;
}

async function withFacts<Result>(
  code: string,
  ask: (facts: ValueFacts, ast: Ast) => Result,
  options: FactsOptions = {},
): Promise<Result> {
  const grammar = await grammarOfFolder('c');
  const tree = parseText(grammar, code);
  try {
    const ast = readAst(grammar, tree.table, code);
    return ask(factsOf(ast, namesOf(ast), NOTHING_OUTSIDE, undefined, options), ast);
  } finally {
    freeTree(tree);
  }
}

function events(code: string, part?: readonly Span[]): Promise<Found[]> {
  return withFacts(
    code,
    (facts) =>
      facts.events.map(({ kind, certainty, node, detail }) => ({
        start: node.start,
        text: `${node.start} ${kind} ${certainty} ${detail}`,
      })),
    { part },
  );
}

/**
 * What expressions stand for, by their places.
 *
 * @param whole asked of the file as a whole
 * @param only the one expression that is asked
 */
function values(
  parts: readonly string[],
  whole: boolean,
  only?: number,
): Promise<ReadonlyMap<number, readonly string[]>> {
  return withFacts(parts.join(''), (facts, ast) => {
    if (whole) facts.at(ast.root);
    const found = new Map<number, readonly string[]>();
    for (const node of ast.nodes) {
      if (only !== undefined && node.index !== only) continue;
      const seen = facts.at(node).map((each) => JSON.stringify(each));
      if (seen.length > 0) found.set(node.index, [String(facts.isPartial(node)), ...seen]);
    }
    return found;
  });
}

const PUT = 'static void put(int *a, int i) { a[i] = 1; }\n';
/** Ways to get there with five: each is an error in `put`. */
const CALLERS = [
  'void f(void) { int a[4]; put(a, 5); }\n',
  'static void through(int *a) { put(a, 5); }\nvoid g(void) { int a[4]; through(a); }\n',
  '#define PUT(a) put(a, 5)\n#define AGAIN(a) PUT(a)\nvoid m(void) { int a[4]; AGAIN(a); }\n',
  'static void (*handler)(int *, int) = put;\nint main(void) { int a[4]; handler(a, 5); return 0; }\n',
  'static void run(void (*how)(int *, int)) { int a[4]; how(a, 5); }\nvoid p(void) { run(put); }\n',
  'static struct { void (*how)(int *, int); } const ops = { put };\nvoid o(void) { int a[4]; ops.how(a, 5); }\n',
];
const OTHERS = [
  'void k(int n) { int b[4]; if (n <= 4) b[n] = 1; }\n',
  'void l(char *p) { free(p); p[0] = 1; }\n',
  'int main(void) { return *(int *)0; }\n',
];

function within(found: readonly Found[], { start, end }: Span): string[] {
  return found.flatMap((each) => (start <= each.start && each.start < end ? [each.text] : []));
}

describe('facts of a part of a file', () => {
  CALLERS.forEach((caller, index) => {
    it(`are found from where the code leads there (${index + 1})`, async () => {
      const part = { start: 0, end: PUT.length };
      const whole = await events(PUT + caller);
      assert.equal(within(whole, part).length, 1, 'the case shows nothing');
      assert.deepEqual(within(await events(PUT + caller, [part]), part), within(whole, part));
    });
  });

  it('are those of the whole file', async () => {
    const parts = fc.uniqueArray(fc.constantFrom(PUT, ...CALLERS, ...OTHERS), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(parts, fc.nat(), async (all, choice) => {
        const chosen = choice % all.length;
        const start = all.slice(0, chosen).join('').length;
        const part = { start, end: start + (all[chosen]?.length ?? 0) };
        const code = all.join('');
        assert.deepEqual(within(await events(code, [part]), part), within(await events(code), part));
      }),
      { numRuns: 60 },
    );
  });

  it('are what expressions stand for in a few functions, and in all of them', async () => {
    const whole = await values([PUT, ...CALLERS, ...OTHERS], true);
    for (const asked of whole.keys()) {
      const apart = await values([PUT, ...CALLERS, ...OTHERS], false, asked);
      assert.deepEqual(apart.get(asked), whole.get(asked));
    }
    assert.ok(whole.size > 20, 'the case shows nothing');
  });

  [false, true].forEach((whole) => {
    it(`are incomplete where what was given up leads there (${whole ? 'all' : 'a few functions'})`, async () => {
      const code =
        'static int twice(int x) { return 2 * x; }\nint plain(int y) { return y; }\nint main(void) { return twice(3); }\n';
      const partial = await withFacts(
        code,
        (facts, ast) => {
          if (whole) facts.at(ast.root);
          return ast.nodes.flatMap((node) =>
            node.kind === 'identifier' && node.role !== 'target' && facts.isPartial(node) ? [node.text] : [],
          );
        },
        // `main` is given up at its first step.
        { stepsForMain: -1_000_000 },
      );
      assert.ok(partial.includes('x') && !partial.includes('y'), partial.join(' '));
    });
  });

  it('begin with no function that does not lead there', async () => {
    const [, free = ''] = OTHERS;
    const code = PUT + free;
    assert.deepEqual(await events(code, [{ start: 0, end: PUT.length }]), []);
    assert.equal((await events(code)).length, 1);
  });
});
