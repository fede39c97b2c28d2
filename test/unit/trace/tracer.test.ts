import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import fc from 'fast-check';

import type { Item } from '../../../server/src/core/trace/item.ts';
import { createTraceIndex, traceGraph } from '../../../server/src/core/trace/tracer.ts';
import type { FileLinks, TraceGraph } from '../../../server/src/core/trace/traceGraph.ts';
import {
  itemsOf,
  numberedItem,
  problemLines,
  tagsOf,
  traceOf,
  verdicts,
  WHOLE,
  WHOLE_CODE,
} from './trace.ts';

/** `SR-A-1 implements covered` of the links that are written in a file. */
function linksIn(graph: TraceGraph, path: string): string[] {
  return (graph.linksByPath.get(path) ?? []).map(({ to, type, status }) => `${to} ${type} ${status}`);
}

const CODE = 'src/a.c';

/** Status of one tag in code beside the whole chain. */
function tagStatus(tag: string, items = WHOLE): { line: string | undefined; reason: string | undefined } {
  const graph = traceOf(items, { ...WHOLE_CODE, [CODE]: `// ${tag} f()` });
  return { line: linksIn(graph, CODE)[0], reason: graph.linksByPath.get(CODE)?.[0]?.reason };
}

const requirement = (id: string, more = '') =>
  `  - {id: ${id}, title: x, text: x, category: logging${more === '' ? '' : `, ${more}`}}\n`;

describe('tracing', () => {
  it('finds nothing to say about a whole chain', () => {
    const graph = traceOf(WHOLE, WHOLE_CODE);
    assert.deepEqual(graph.problems, []);
    assert.deepEqual(verdicts(graph), []);
    assert.ok(graph.links.every(({ status }) => status === 'covered'));
  });

  it('finds nothing in nothing', () => {
    const graph = traceGraph([], []);
    assert.deepEqual([graph.items, graph.links, graph.problems], [[], [], []]);
  });

  describe('judges links', () => {
    const second = WHOLE.replace(
      'category: authentication, derives',
      'category: authentication, revision: 2, derives',
    );
    const needs = (list: string) =>
      WHOLE.replace('derives: [C-AUTH-01]', `needs: [${list}], derives: [C-AUTH-01]`);
    const cases: readonly (readonly [
      tag: string,
      items: string,
      line: string,
      reason: RegExp | undefined,
    ])[] = [
      ['[SR-AUTH-001]', WHOLE, 'SR-AUTH-001 implements covered', undefined],
      ['[SR-AUTH-001@1]', WHOLE, 'SR-AUTH-001 implements covered', undefined],
      ['[verifies SR-AUTH-001]', WHOLE, 'SR-AUTH-001 verifies covered', undefined],
      [
        '[SR-AUTH-002]',
        WHOLE,
        'SR-AUTH-002 implements orphaned',
        /^There is no item `SR-AUTH-002`: did you mean `SR-AUTH-001`\?$/,
      ],
      [
        '[SR-XYZ-987654]',
        WHOLE,
        'SR-XYZ-987654 implements orphaned',
        /define it in an item file, or correct the id\.$/,
      ],
      [
        '[SR-AUTH-001@1]',
        second,
        'SR-AUTH-001 implements outdated',
        /names revision 1, but requirement `SR-AUTH-001` is at revision 2: .*`@2`/,
      ],
      [
        '[SR-AUTH-001@3]',
        second,
        'SR-AUTH-001 implements predated',
        /names revision 3, but requirement `SR-AUTH-001` is at revision 2/,
      ],
      ['[SR-AUTH-001]', needs('test'), 'SR-AUTH-001 implements unwanted', /does not ask for code/],
      ['[verifies SR-AUTH-001]', needs('code'), 'SR-AUTH-001 verifies unwanted', /does not ask for a test/],
      [
        '[verifies TC-AUTH-001]',
        WHOLE,
        'TC-AUTH-001 verifies unwanted',
        /is a test case, but this link \(verifies\) can only lead to a requirement/,
      ],
      [
        '[TC-AUTH-001]',
        WHOLE.replace('verifies:', 'method: manual, verifies:'),
        'TC-AUTH-001 implements unwanted',
        /asks for no test code/,
      ],
      [
        '[SR-AUTH-001]',
        WHOLE.replace('derives: [C-A', 'status: rejected, derives: [C-A'),
        'SR-AUTH-001 implements unwanted',
        /is rejected/,
      ],
    ];
    for (const [tag, items, line, reason] of cases) {
      it(`${tag}: ${line.split(' ').at(-1) ?? ''}${items === WHOLE ? '' : ' (other items)'}`, () => {
        const found = tagStatus(tag, items);
        assert.equal(found.line, line);
        if (reason === undefined) assert.equal(found.reason, undefined);
        else assert.match(found.reason ?? '', reason);
      });
    }

    it('of item files just as those of code', () => {
      const graph = traceOf(
        `threats:
  - {id: T-001, title: x, stride: [spoofing], revision: 2}
controls:
  - {id: C-A-1, title: x, category: logging, mitigates: [T-001@1, T-001@3, T-002, C-A-1]}
tests:
  - {id: TC-A-1, title: x, verifies: [T-001]}
`,
      );
      assert.deepEqual(linksIn(graph, 'items.yaml'), [
        'T-001 mitigates outdated',
        'T-001 mitigates predated',
        'T-002 mitigates orphaned',
        'C-A-1 mitigates unwanted',
        'T-001 verifies unwanted',
      ]);
      assert.deepEqual(problemLines(graph), [
        'items.yaml:2 warning trace-uncovered',
        'items.yaml:4 error trace-cycle',
        'items.yaml:4 error trace-outdated',
        'items.yaml:4 error trace-predated',
        'items.yaml:4 error trace-orphaned',
        'items.yaml:4 warning trace-unwanted',
        'items.yaml:6 warning trace-uncovered',
        'items.yaml:6 warning trace-unwanted',
      ]);
    });

    it('to an id that is defined twice as ambiguous, and both definitions as duplicates', () => {
      const items = itemsOf({ 'a.yaml': WHOLE, 'b.yaml': `requirements:\n${requirement('SR-AUTH-001')}` });
      const graph = traceGraph(items, tagsOf(WHOLE_CODE));
      assert.deepEqual(linksIn(graph, 'src/auth.c'), ['SR-AUTH-001 implements ambiguous']);
      assert.deepEqual(problemLines(graph), [
        'a.yaml:3 information trace-transitive',
        'a.yaml:5 information trace-transitive',
        'a.yaml:7 information trace-transitive',
        'a.yaml:9 information trace-transitive',
        'a.yaml:11 error trace-duplicate',
        'a.yaml:13 warning trace-uncovered',
        'a.yaml:13 error trace-ambiguous',
        'b.yaml:2 error trace-duplicate',
        'src/auth.c:1 error trace-ambiguous',
      ]);
      const duplicate = graph.byId.get('SR-AUTH-001');
      assert.deepEqual(
        duplicate?.map(({ status, reasons }) => [status, reasons]),
        [
          ['duplicate', ['Its id is also defined in b.yaml, line 2.']],
          ['duplicate', ['Its id is also defined in a.yaml, line 11.']],
        ],
      );
    });

    it('and suggests the ids that are nearest, best first', () => {
      const graph = traceOf(
        `requirements:\n${['SR-AUTH-001', 'SR-AUTH-010', 'SR-AUTH-011', 'SR-LOG-001', 'SR-UPD-111'].map((id) => requirement(id)).join('')}`,
        { [CODE]: '// [SR-AUHT-011]' },
      );
      assert.deepEqual(graph.linksByPath.get(CODE)?.[0]?.suggestions, [
        'SR-AUTH-011',
        'SR-AUTH-001',
        'SR-AUTH-010',
      ]);
    });
  });

  describe('judges items', () => {
    const gaps: readonly (readonly [
      name: string,
      change: (items: string) => string,
      code: object,
      expected: readonly string[],
    ])[] = [
      [
        'a requirement without code',
        (items) => items,
        { 'src/auth.c': '' },
        [
          'A-01 transitively uncovered: There are gaps further down: `T-001`.',
          'C-AUTH-01 transitively uncovered: There are gaps further down: `SR-AUTH-001`.',
          'R-001 transitively uncovered: There are gaps further down: `C-AUTH-01`.',
          'SR-AUTH-001 uncovered: No code implements it.',
          'T-001 transitively uncovered: There are gaps further down: `C-AUTH-01`, `R-001`.',
        ],
      ],
      [
        'a requirement that needs no code without code',
        (items) => items.replace('derives: [C-A', 'needs: [test], derives: [C-A'),
        { 'src/auth.c': '' },
        [],
      ],
      [
        'a requirement with old code only',
        (items) =>
          items
            .replace('derives: [C-A', 'revision: 2, needs: [code], justification: y, derives: [C-A')
            .replace(/tests:[^]*/, ''),
        { 'src/auth.c': '// [SR-AUTH-001@1]', 'test/auth_test.c': '' },
        ['SR-AUTH-001 justified: No code implements it at revision 2.'],
      ],
      [
        'a requirement without a test, with a reason',
        (items) =>
          items
            .replace('derives: [C-A', 'justification: Tested by hand., derives: [C-A')
            .replace(/tests:[^]*/, ''),
        { 'test/auth_test.c': '' },
        ['SR-AUTH-001 justified: No test verifies it.'],
      ],
      [
        'a requirement that only code verifies',
        (items) => items.replace(/tests:[^]*/, ''),
        { 'test/auth_test.c': '// [verifies SR-AUTH-001] wrong_pin()' },
        [],
      ],
      [
        'a requirement without an origin',
        (items) => `${items.replace(/tests:[^]*/, '')}${requirement('SR-X-1', 'needs: []')}`,
        { 'test/auth_test.c': '// [verifies SR-AUTH-001]' },
        ['SR-X-1 uncovered: It leads to no control or threat: nothing says why it is needed.'],
      ],
      [
        'an automated test without test code',
        (items) => items.replace('derives: [C-A', 'justification: y, derives: [C-A'),
        { 'test/auth_test.c': '' },
        [
          'SR-AUTH-001 transitively justified: There are gaps further down: `TC-AUTH-001`.',
          'TC-AUTH-001 uncovered: No test code carries its id.',
        ],
      ],
      [
        'a manual test',
        (items) => items.replace('verifies: [SR', 'method: manual, verifies: [SR'),
        { 'test/auth_test.c': '' },
        [],
      ],
      [
        'a test of a requirement that asks for none',
        (items) => items.replace('derives: [C-A', 'needs: [code], derives: [C-A'),
        {},
        ['TC-AUTH-001 uncovered: It verifies no requirement that asks for a test.'],
      ],
      [
        'a control without a requirement',
        (items) =>
          items.replace(
            'requirements:',
            '  - {id: C-X-1, title: x, category: logging, mitigates: [T-001], justification: later}\nrequirements:',
          ),
        {},
        ['C-X-1 justified: No requirement derives from it.'],
      ],
      [
        'a threat that nothing mitigates, and its risk and asset',
        () => `assets:
  - {id: A-1, title: x}
  - {id: A-2, title: x}
threats:
  - {id: T-1, title: x, stride: [spoofing], assets: [A-1]}
risks:
  - {id: R-1, title: x, threats: [T-1], severity: minor, exploitability: low}
`,
        { 'src/auth.c': '', 'test/auth_test.c': '' },
        [
          'A-1 transitively uncovered: There are gaps further down: `T-1`.',
          'A-2 uncovered: No threat names it.',
          'R-1 uncovered: No control mitigates it or one of its threats.',
          'T-1 uncovered: No control or requirement mitigates it. There are gaps further down: `R-1`.',
        ],
      ],
      [
        'a threat mitigated through its risk only',
        (items) => items.replace('mitigates: [T-001, R-001]', 'mitigates: [R-001]'),
        {},
        [],
      ],
      [
        'a risk mitigated through its threat only',
        (items) => items.replace('mitigates: [T-001, R-001]', 'mitigates: [T-001]'),
        {},
        [],
      ],
      [
        'a threat that a requirement mitigates',
        (items) =>
          items
            .replace(/controls:[^]*requirements:/, 'requirements:')
            .replace('derives: [C-AUTH-01]', 'mitigates: [T-001]'),
        {},
        [],
      ],
      [
        'rejected items, which ask for nothing and count for nothing',
        (items) =>
          items
            .replace('derives: [C-A', 'status: rejected, derives: [NO-1, C-A')
            .replace('verifies: [SR', 'status: rejected, verifies: [SR'),
        { 'src/auth.c': '', 'test/auth_test.c': '' },
        [
          'A-01 transitively uncovered: There are gaps further down: `T-001`.',
          'C-AUTH-01 uncovered: No requirement derives from it.',
          'R-001 transitively uncovered: There are gaps further down: `C-AUTH-01`.',
          'T-001 transitively uncovered: There are gaps further down: `C-AUTH-01`, `R-001`.',
        ],
      ],
      [
        'a requirement that refines another one',
        (items) =>
          items.replace('tests:', `${requirement('SR-SUB-1', 'derives: [SR-AUTH-001], needs: []')}tests:`),
        {},
        [],
      ],
    ];
    for (const [name, change, code, expected] of gaps) {
      it(name, () => {
        const graph = traceOf(change(WHOLE), { ...WHOLE_CODE, ...code });
        assert.deepEqual(verdicts(graph), expected);
      });
    }

    it('all the way up a line of requirements that refine each other, whatever their ids', () => {
      const line = (ids: readonly [string, string, string]) =>
        verdicts(
          traceOf(
            `threats:\n  - {id: T-1, title: x, stride: [spoofing]}\nrequirements:\n${requirement(ids[0], 'mitigates: [T-1], needs: []')}${requirement(ids[1], `derives: [${ids[0]}], needs: []`)}${requirement(ids[2], `derives: [${ids[1]}], needs: [code]`)}`,
          ),
        ).map((verdict) => verdict.replace(/:.*/, ''));
      assert.deepEqual(line(['SR-1', 'SR-2', 'SR-3']), [
        'SR-1 transitively uncovered',
        'SR-2 transitively uncovered',
        'SR-3 uncovered',
        'T-1 transitively uncovered',
      ]);
      assert.deepEqual(line(['SR-3', 'SR-2', 'SR-1']), [
        'SR-1 uncovered',
        'SR-2 transitively uncovered',
        'SR-3 transitively uncovered',
        'T-1 transitively uncovered',
      ]);
    });

    it('and keeps quiet about the mistakes of a rejected item', () => {
      const graph = traceOf(`requirements:\n${requirement('SR-1', 'status: rejected, derives: [NO-1]')}`);
      assert.deepEqual(linksIn(graph, 'items.yaml'), ['NO-1 derives orphaned']);
      assert.deepEqual(graph.problems, []);
    });

    it('of a circle as cycles, and what is above as open', () => {
      const graph = traceOf(
        `controls:
  - {id: C-1, title: x, category: logging, mitigates: [T-1], justification: x}
threats:
  - {id: T-1, title: x, stride: [spoofing]}
requirements:
${requirement('SR-A-1', 'derives: [C-1, SR-A-3], needs: []')}${requirement('SR-A-2', 'derives: [SR-A-1], needs: []')}${requirement('SR-A-3', 'derives: [SR-A-2], needs: []')}${requirement('SR-B-1', 'derives: [SR-B-1, C-1], needs: []')}${requirement('SR-C-1', 'derives: [SR-A-1], needs: []')}`,
      );
      assert.deepEqual(verdicts(graph), [
        'C-1 transitively justified: There are gaps further down: `SR-A-1`, `SR-B-1`.',
        'SR-A-1 cycle: Its links lead back to it through `SR-A-2`, `SR-A-3`.',
        'SR-A-2 cycle: Its links lead back to it through `SR-A-1`, `SR-A-3`.',
        'SR-A-3 cycle: Its links lead back to it through `SR-A-1`, `SR-A-2`.',
        'SR-B-1 cycle: It links to itself.',
      ]);
      assert.equal(graph.problems.filter(({ code }) => code === 'trace-cycle').length, 4);
    });

    it('and says the root of a gap as a warning, the rest as information', () => {
      assert.deepEqual(problemLines(traceOf(WHOLE, { 'test/auth_test.c': WHOLE_CODE['test/auth_test.c'] })), [
        'items.yaml:3 information trace-transitive',
        'items.yaml:5 information trace-transitive',
        'items.yaml:7 information trace-transitive',
        'items.yaml:9 information trace-transitive',
        'items.yaml:11 warning trace-uncovered',
      ]);
    });
  });

  it('does not depend on the order of items, files or tags', () => {
    const { items, files } = messy();
    const expected = plain(traceGraph(items, files));
    assert.ok(new Set(expected.items.map(({ status }) => status)).size >= 4);
    assert.equal(new Set(expected.links.map(({ status }) => status)).size, 6);
    const shuffled = <T>(values: readonly T[]) =>
      fc.shuffledSubarray([...values], { minLength: values.length, maxLength: values.length });
    const input = fc.tuple(
      shuffled(items),
      shuffled(files).chain((some) =>
        fc.tuple(
          ...some.map(({ path, links }) => shuffled(links).map((inOrder) => ({ path, links: inOrder }))),
        ),
      ),
    );
    fc.assert(
      fc.property(input, ([someItems, someFiles]) => {
        assert.deepEqual(plain(traceGraph(someItems, someFiles)), expected);
      }),
      { numRuns: 30 },
    );
  });

  it('answers the same from an index that is used again', () => {
    const { items, files } = messy();
    const index = createTraceIndex(items);
    index.trace([]);
    index.trace(files.slice(1));
    assert.deepEqual(plain(index.trace(files)), plain(traceGraph(items, files)));
  });

  it('walks chains of ten thousand items', () => {
    const long = 10_000;
    const items = Array.from({ length: long }, (_, at) => numberedItem(at, at === 0 ? [] : [at - 1]));
    const open = traceGraph(items, []);
    assert.equal(open.items[0]?.transitive, false);
    const circle = traceGraph([...items.slice(1), numberedItem(0, [long - 1])], []);
    assert.ok(circle.items.every(({ status }) => status === 'cycle'));
  });

  it('is quick with ten thousand definitions of one id', () => {
    const range = { start: { line: 0, column: 0 }, end: { line: 0, column: 9 } };
    const items = Array.from({ length: 10_000 }, (_, at) => ({
      ...numberedItem(1, [1]),
      location: { path: `${at}.yaml`, range },
    }));
    const graph = traceGraph(items, []);
    assert.ok(graph.items.every(({ status }) => status === 'duplicate'));
    assert.match(graph.items[0]?.reasons[0] ?? '', / and 9994 more\.$/);
  });

  it('takes time in proportion to the number of items and tags', () => {
    const cost = (size: number): number => {
      const items = Array.from({ length: size }, (_, at) => numberedItem(at, at % 10 === 0 ? [] : [at - 1]));
      const files = Array.from({ length: size / 10 }, (_, file) => ({
        path: `src/${file}.c`,
        links: Array.from({ length: 20 }, (_unused, at) => {
          const range = { start: { line: at, column: 4 }, end: { line: at, column: 14 } };
          const id = `SR-${String((file * 10 + at * 7) % (size + 50)).padStart(6, '0')}`;
          const path = `src/${file}.c`;
          return {
            unit: { path, name: 'f', kind: 'function' as const },
            id,
            type: 'implements' as const,
            location: { path, range },
          };
        }),
      }));
      const start = process.cpuUsage();
      traceGraph(items, files);
      const { user, system } = process.cpuUsage(start);
      return user + system;
    };
    cost(2000);
    const small = Math.max(5000, cost(1250));
    // Eight times the size; a quadratic tracer would take 64 times as long.
    assert.ok(cost(10_000) < small * 30);
  });
});

/** Something of every status. */
function messy(): { items: Item[]; files: FileLinks[] } {
  const more = `requirements:
${requirement('SR-AUTH-001')}${requirement('SR-A-1', 'derives: [SR-A-2]')}${requirement('SR-A-2', 'derives: [SR-A-1, NO-1, C-AUTH-01@2]')}${requirement('SR-B-1', 'revision: 2, derives: [C-AUTH-01], justification: y')}${requirement('SR-C-1', 'needs: [], derives: [C-AUTH-01]')}`;
  return {
    items: itemsOf({ 'a.yaml': WHOLE, 'b.yaml': more }),
    files: tagsOf({
      ...WHOLE_CODE,
      'src/b.c':
        '// [SR-B-1@1] f()\n// [SR-B-1@3, SR-NO-1, SR-B-2] g()\n// [SR-C-1] h()\n// [SR-B-1, verifies SR-B-1]',
    }),
  };
}

/** The graph as plain data. */
function plain({ items, links, problems, byId, linksByPath }: TraceGraph) {
  return { items, links, problems, byId: [...byId], linksByPath: [...linksByPath] };
}
