import assert from 'node:assert/strict';

import fc from 'fast-check';

import { compileQuery, runQuery, type RuleQuery } from '../../../server/src/core/syntax/query.ts';
import { parseText, type SyntaxTree } from '../../../server/src/core/syntax/syntaxTree.ts';
import { at, childrenOf } from '../../../server/src/core/syntax/syntaxTable.ts';
import { grammar } from '../../support/engine.ts';

const C = `
#include <string.h>
static int twice(int x) { return x + x; }

/* what a device says */
int say(char *to, const char *from, size_t n) {
  if (n > 4 /* bytes */ && from[0] == 'a') {
    memcpy(to, from, n); // copied
    to[n] = 0;
  } else if (n = 3)
    ;
  else { return twice(n) << 2; }
  switch (n) {
    case 1: to[0] = 1; break;
    // falls through
    // to the next
    case 2: to[1] = 2;
    default: say(to, from, n - 1), twice(2);
  }
  for (int i = 0, j = 1; i < n; i++) { to[i] = from[j]; continue; }
  while (n--) { ; }
  return f(1, 2, 3, g("x" "y"))  @;
}
`;
const PYTHON = `
import os
@decorated
class Pump(Device):
    """text"""
    rate = 3  # a comment

    def run(self, speed=1, *args, **kw):
        if speed > 2 and not self.off: os.system("x" + f"{speed}")
        elif speed: return [a for a in args if a]
        else:
            with open("f") as f, g() as h: pass
        x = y = (1, 2, 3)
`;

interface Picks {
  readonly start: number;
  readonly choices: readonly number[];
}

const picks: fc.Arbitrary<Picks> = fc.record({
  start: fc.nat(),
  choices: fc.array(fc.nat(99), { minLength: 60, maxLength: 60 }),
});

/** A query made of a piece of real code, with parts left out, replaced by alternatives and anchored. */
function queryOf({ grammar, table }: SyntaxTree, { start, choices }: Picks): string {
  let used = 0;
  let names = 0;
  const isPicked = (percent: number): boolean => (choices[used++ % choices.length] ?? 0) < percent;
  const label = (node: number, percent: number): string =>
    node >= 0 && isPicked(percent) ? ` @N${++names}` : '';
  const write = (node: number, depth: number): string => {
    const name = grammar.kindName(at(table.kind, node));
    if (!grammar.isNamed(at(table.kind, node))) {
      return `${isPicked(85) ? JSON.stringify(name) : '_'}${label(node, 20)}`;
    }
    if (isPicked(8)) return `(_)${label(node, 50)}`;
    const children = depth > 3 ? [] : partsOf(node, depth);
    const node_ = `(${isPicked(12) ? '_' : name} ${children.join(' ')})${label(node, 30)}`;
    return isPicked(15) ? `[(identifier) @OTHER ${node_}]` : node_;
  };
  const partsOf = (node: number, depth: number): string[] => {
    const parts: string[] = [];
    if (isPicked(10)) parts.push(`!${grammar.fieldName(1 + (start % 20))}`);
    for (const child of childrenOf(table, node)) {
      if (!isPicked(grammar.isNamed(at(table.kind, child)) ? 70 : 15)) continue;
      if (isPicked(15)) parts.push('.');
      const field = at(table.field, child);
      const named = field > 0 && isPicked(70) ? `${grammar.fieldName(field)}: ` : '';
      parts.push(`${named}${write(child, depth + 1)}`);
    }
    if (parts.length > 0 && parts.at(-1)?.startsWith('!') === false && isPicked(15)) parts.push('.');
    return parts;
  };
  const node = start % table.count;
  const first = write(node, 0);
  const whole = /^\(.*\)$/s.test(first) ? `${first} @match` : `(_ ${first} @match)`;
  const next = at(table.next, node);
  if (next >= at(table.next, at(table.parent, node)) || !isPicked(30) || node === 0) return whole;
  return `(${whole} ${isPicked(60) ? '. ' : ''}${write(next, 2)})`;
}

const show = (rule: RuleQuery, tree: SyntaxTree, within?: { start: number; end: number }): string[] => {
  const matches = runQuery(rule, tree, within) ?? [];
  return [...new Set(matches.map((match) => JSON.stringify(match)))].sort();
};

const queryIn = async (id: string, source: string): Promise<RuleQuery> => {
  const outcome = compileQuery(source, await grammar(id));
  assert.ok('query' in outcome, source);
  return outcome.query;
};

/** What a query is, and the texts of its matches. */
const CASES: readonly (readonly [query: string, ...texts: string[]])[] = [
  ['(parameter_declaration declarator: (identifier) @match)', 'x', 'n'],
  ['(call_expression arguments: (argument_list . (identifier) @match))', 'to', 'n', 'to'],
  ['(call_expression arguments: (argument_list (identifier) @match .))', 'n', 'n'],
  ['(call_expression arguments: (argument_list . (identifier) @match .))', 'n'],
  ['(if_statement consequence: (expression_statement . ";" .) !alternative) @match'],
  ['(while_statement body: (compound_statement (expression_statement . ";" .) @match))', ';'],
  [
    '(binary_expression operator: ["&&" "<<"] right: [(number_literal) (binary_expression)] @match)',
    "from[0] == 'a'",
    '2',
  ],
  ['((case_statement value: (_) @match) . (case_statement !value))', '2'],
  ['((case_statement value: (_) @match) . (comment))', '1'],
  ['((case_statement value: (_) @match) . (comment)* . (case_statement !value))', '2'],
  ['((case_statement value: (_) @match) . (comment)* . (case_statement))', '1', '2'],
  ['(case_statement !value) @match', 'default: say(to, from, n - 1), twice(2);'],
  ['((break_statement) @match)', 'break;'],
  ['[(break_statement) (continue_statement)] @match', 'break;', 'continue;'],
  ['(break_statement) @match (continue_statement) @match', 'break;', 'continue;'],
  ['(subscript_expression (_) "[" @match)', '[', '[', '[', '[', '[', '['],
  ['(ERROR) @match', '@', '@'],
  ['(argument_list (number_literal) @match (number_literal) (call_expression))', '1', '2'],
];

describe('raw queries on the table', () => {
  for (const [source, ...texts] of CASES) {
    it(source, async () => {
      const query = await queryIn('c', source);
      assert.ok(query.patterns);
      const tree = parseText(await grammar('c'), C);
      const found = (runQuery(query, tree) ?? []).map(({ start, end }) => C.slice(start, end));
      assert.deepEqual(found, texts);
      assert.deepEqual(show(query, tree), show({ ...query, patterns: undefined }, tree));
    });
  }

  it('look at a stretch of the text, and at what lies around it', async () => {
    const tree = parseText(await grammar('c'), C);
    const within = { start: C.indexOf('int say'), end: C.length };
    for (const source of [
      '(identifier) @match',
      '(translation_unit (function_definition) @match)',
      '(function_definition declarator: (_) @D) @match',
      // By the engine of the grammar.
      '((identifier) @match (#not-eq? @match "to"))',
    ]) {
      const query = await queryIn('c', source);
      const inside = show(query, tree, within).filter((match) => matchStart(match) >= within.start);
      const all = show(query, tree).filter((match) => matchStart(match) >= within.start);
      assert.ok(all.length > 0);
      assert.deepEqual(inside, all);
    }
  });

  it('are left to the engine where only that knows what they mean', async () => {
    for (const source of [
      '(argument_list (identifier)* @match)',
      '(argument_list (number_literal) @match . (number_literal)* . (call_expression))',
      '(argument_list (number_literal) @match . (number_literal)* @N . (call_expression))',
      '(argument_list (number_literal) @match . (number_literal)+ . (call_expression))',
      '((identifier) @match (#eq? @match "to"))',
      '(MISSING) @match',
      '(expression) @match',
      '[(identifier) @A (identifier) @B] @match',
    ]) {
      const query = await queryIn('c', source);
      assert.equal(query.patterns, undefined, source);
      const tree = parseText(await grammar('c'), C);
      assert.ok(source.includes('MISSING') || show(query, tree).length > 0, source);
    }
  });

  for (const [id, code] of [
    ['c', C],
    ['python', PYTHON],
  ] as const) {
    it(`find in ${id} what the engine of the grammar finds`, async () => {
      const language = await grammar(id);
      const tree = parseText(language, code);
      fc.assert(
        fc.property(picks, (picked) => {
          const source = queryOf(tree, picked);
          const outcome = compileQuery(source, language);
          if ('error' in outcome || outcome.query.patterns === undefined) return;
          const own = show(outcome.query, tree);
          const engines = show({ ...outcome.query, patterns: undefined }, tree);
          // The engine gives up some ways of matching what stands before an anchor, and some of several alternatives.
          const expected = / \.|\[/.test(source) ? own.filter((match) => engines.includes(match)) : own;
          assert.deepEqual(expected, engines, source);
        }),
        { numRuns: 150 },
      );
    });
  }
});

function matchStart(match: string): number {
  return (JSON.parse(match) as { start: number }).start;
}
