import assert from 'node:assert/strict';
import { describe, it } from 'mocha';

import { chainOf, summaryOf, testsOf, threatsOf, unitsOf } from '../../../server/src/core/trace/chain.ts';
import type { CodeLink } from '../../../server/src/core/trace/chain.ts';
import { MATRIX_COLUMNS, matrixRows } from '../../../server/src/core/trace/matrix.ts';
import type { TracedItem } from '../../../server/src/core/trace/traceGraph.ts';
import { traceOf, WHOLE, WHOLE_CODE } from './trace.ts';

const ids = (items: readonly TracedItem[]) => items.map(({ item }) => item.id);
const units = (links: readonly CodeLink[]) => links.map(({ from }) => `${from.path}#${from.name}`);

/** Two ways from SR-LOG-001 to threats: directly to T-002, and through a control and its risk to T-003. */
const ITEMS =
  `${WHOLE.replace(/tests:[^]*/, '')}  - {id: SR-LOG-001, title: Log, text: x, category: logging, derives: [C-LOG-01], mitigates: [T-002]}
  - {id: SR-OLD-001, title: Old, text: x, category: logging, status: rejected, derives: [C-LOG-01]}
tests:
  - {id: TC-AUTH-001, title: Wrong PIN, verifies: [SR-AUTH-001]}
  - {id: TC-LOG-001, title: Log, method: manual, verifies: [SR-LOG-001, SR-AUTH-001]}
threats:
  - {id: T-001, title: Forged dose, stride: [tampering], assets: [A-01]}
  - {id: T-002, title: Denied dose, stride: [repudiation]}
  - {id: T-003, title: Lost log, stride: [repudiation]}
  - {id: T-004, title: Nobody cares, stride: [spoofing]}
risks:
  - {id: R-001, title: Overdose, threats: [T-001], severity: critical, exploitability: high}
  - {id: R-003, title: No proof, threats: [T-003], severity: minor, exploitability: low}
controls:
  - {id: C-AUTH-01, title: PIN, category: authentication, mitigates: [T-001, R-001]}
  - {id: C-LOG-01, title: Log, category: logging, mitigates: [R-003]}
`
    // A YAML mapping may have each list once: what WHOLE has of these three is repeated above.
    .replace(/threats:\n[^]*?requirements:/, 'requirements:');
const CODE = {
  ...WHOLE_CODE,
  'src/log.c': '// [SR-LOG-001, SR-AUTH-001@7] write_log()\n// [SR-NO-1] other()',
  'test/more.c': '// [verifies SR-AUTH-001] direct()\n// [verifies SR-AUTH-001] [TC-AUTH-001] both()',
};
const graph = traceOf(ITEMS, CODE);

describe('chains', () => {
  it('lead from a threat down to code and tests', () => {
    const chain = chainOf(graph, 'T-001');
    assert.ok(chain);
    assert.deepEqual(ids(chain.upstream.asset), ['A-01']);
    assert.deepEqual(ids(chain.downstream.risk), ['R-001']);
    assert.deepEqual(ids(chain.downstream.control), ['C-AUTH-01']);
    assert.deepEqual(ids(chain.downstream.requirement), ['SR-AUTH-001']);
    assert.deepEqual(ids(chain.downstream.test), ['TC-AUTH-001', 'TC-LOG-001']);
    assert.deepEqual(units(chain.units), ['src/auth.c#check_pin', 'src/log.c#write_log']);
  });

  it('lead from a requirement up to all threats, without the rejected ones below', () => {
    assert.deepEqual(ids(threatsOf(graph, 'SR-LOG-001')), ['T-002', 'T-003']);
    assert.deepEqual(ids(threatsOf(graph, 'SR-AUTH-001')), ['T-001']);
    assert.deepEqual(ids(chainOf(graph, 'C-LOG-01')?.downstream.requirement ?? []), ['SR-LOG-001']);
  });

  it('name the code of a requirement, of a revision gone by too', () => {
    assert.deepEqual(units(unitsOf(graph, 'SR-AUTH-001')), ['src/auth.c#check_pin', 'src/log.c#write_log']);
    assert.deepEqual(unitsOf(graph, 'SR-NO-1'), []);
  });

  it('count each test of a requirement once', () => {
    const tests = testsOf(graph, 'SR-AUTH-001');
    assert.deepEqual(ids(tests.items), ['TC-AUTH-001', 'TC-LOG-001']);
    assert.deepEqual(units(tests.units), [
      'test/auth_test.c#wrong_pin',
      'test/more.c#direct',
      'test/more.c#both',
      'test/more.c#both',
    ]);
    assert.equal(tests.count, 3);
    assert.deepEqual(testsOf(graph, 'SR-NO-1'), { items: [], units: [], count: 0 });
  });

  it('end in circles', () => {
    const circle = traceOf(`requirements:
  - {id: SR-A-1, title: x, text: x, category: logging, derives: [SR-A-2]}
  - {id: SR-A-2, title: x, text: x, category: logging, derives: [SR-A-1]}
`);
    assert.deepEqual(ids(chainOf(circle, 'SR-A-1')?.upstream.requirement ?? []), ['SR-A-2']);
    assert.equal(chainOf(circle, 'SR-A-3'), undefined);
  });

  it('sum up to counts by kind and status', () => {
    const { items, links } = summaryOf(graph);
    assert.deepEqual(items.requirement, {
      total: 2,
      rejected: 1,
      status: { covered: 2, uncovered: 0, duplicate: 0, cycle: 0, justified: 0, unreviewed: 0 },
      transitive: 0,
    });
    assert.equal(items.threat.status.uncovered, 1);
    assert.equal(links.orphaned, 1);
    assert.equal(links.predated, 1);
    const all = Object.values(links).reduce((sum, each) => sum + each, 0);
    assert.equal(all, graph.links.length);
  });
});

describe('the traceability matrix', () => {
  const rows = matrixRows(graph);

  it('has a row for each requirement, then for what no requirement names, then for broken tags', () => {
    assert.deepEqual(
      rows.map(({ kind, id, status }) => `${kind} ${id} ${status}`),
      [
        'requirement SR-AUTH-001 covered',
        'requirement SR-LOG-001 covered',
        'requirement SR-OLD-001 rejected',
        'threat T-004 uncovered',
        'tag SR-AUTH-001 predated',
        'tag SR-NO-1 orphaned',
      ],
    );
  });

  it('shows what stands before and behind a requirement', () => {
    assert.deepEqual(rows[0], {
      kind: 'requirement',
      id: 'SR-AUTH-001',
      revision: '1',
      title: 'Ask for a PIN',
      category: 'authentication',
      approval: 'approved',
      status: 'covered',
      gaps: '',
      justification: '',
      assets: 'A-01',
      threats: 'T-001',
      risks: 'R-001',
      controls: 'C-AUTH-01',
      requirements: '',
      code: 'src/auth.c#check_pin; src/log.c#write_log (predated)',
      tests: 'TC-AUTH-001; TC-LOG-001',
      testCode: 'test/auth_test.c#wrong_pin; test/more.c#direct; test/more.c#both',
      file: 'items.yaml',
      line: '5',
    });
  });

  it('has every column in every row', () => {
    for (const row of rows) assert.deepEqual(Object.keys(row).sort(), [...MATRIX_COLUMNS].sort());
  });

  it('names what would be overlooked when there is no requirement at all', () => {
    const bare = traceOf(WHOLE.replace(/requirements:[^]*/, ''));
    assert.deepEqual(
      matrixRows(bare).map(({ kind, id, gaps }) => `${kind} ${id}: ${gaps}`),
      [
        'asset A-01: There are gaps further down: `T-001`.',
        'threat T-001: There are gaps further down: `C-AUTH-01`, `R-001`.',
        'risk R-001: There are gaps further down: `C-AUTH-01`.',
        'control C-AUTH-01: No requirement derives from it.',
      ],
    );
  });
});
