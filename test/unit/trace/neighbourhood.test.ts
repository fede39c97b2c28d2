import assert from 'node:assert/strict';

import { chainAround, wholeTrace } from '../../../server/src/core/trace/neighbourhood.ts';
import { endKey } from '../../../server/src/core/trace/steps.ts';
import { traceOf } from './trace.ts';

const graph = traceOf(
  `threats:
  - {id: T-1, title: t, stride: [spoofing]}
requirements:
${['SR-A-1', 'SR-A-2', 'SR-A-3'].map((id) => `  - {id: ${id}, title: t, text: t, category: update, mitigates: [T-1]}\n`).join('')}`,
  { 'src/a.c': '// [SR-A-1] f()' },
);

describe('a part of the trace for a graph', () => {
  it('is the whole, up to a number, and counts what is left', () => {
    assert.equal(wholeTrace(graph, 100).left, 0);
    const { ends, links, left } = wholeTrace(graph, 3);
    assert.deepEqual(ends.map(endKey), ['item SR-A-1', 'item SR-A-2', 'item SR-A-3']);
    assert.deepEqual([links.length, left], [0, 2]);
  });

  it('is what stands on the chains through one end, the nearest first', () => {
    const { ends, links, left } = chainAround(graph, { kind: 'item', id: 'T-1' }, 3);
    assert.deepEqual(ends.map(endKey), ['item T-1', 'item SR-A-1', 'item SR-A-2']);
    assert.deepEqual([links.length, left], [2, 2]);
  });
});
