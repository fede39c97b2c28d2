import assert from 'node:assert/strict';

import { lobster } from '../../../server/src/core/trace/formats/lobster.ts';
import { brief, problemLines, readFiles, sameWithOtherLineEnds, survives } from './reading.ts';

const file = (schema: string, ...data: object[]) =>
  JSON.stringify({ data, generator: 'x', schema, version: 4 }, undefined, 1);
const REQUIREMENTS = file(
  'lobster-req-trace',
  {
    tag: 'req pump.lock@2',
    name: 'lock',
    text: 'Lock.',
    kind: 'Req',
    status: 'draft',
    refs: ['req pump.top'],
    just_up: ['given'],
    messages: [],
  },
  { tag: 'req pump.top', name: 'top', refs: [] },
);
const CODE = file('lobster-imp-trace', {
  tag: 'cpp pin.check',
  name: 'pin_check',
  kind: 'function',
  location: { kind: 'file', file: 'src/pin.c', line: 3, column: null },
  refs: ['req pump.lock@1', 'req none'],
});
const TESTS = file('lobster-act-trace', {
  tag: 'gtest Pin.Lock',
  name: 'Pin.Lock',
  status: 'fail',
  refs: ['req pump.top'],
});

describe('LOBSTER', () => {
  it('reads requirements, implementations and activities', () => {
    const { items, problems, graph } = readFiles(lobster, {
      'r.lobster': REQUIREMENTS,
      'c.lobster': CODE,
      't.lobster': TESTS,
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(items.map(brief), [
      'pump.lock "lock" derives pump.top',
      'pump.top "top"',
      'cpp pin.check "pin_check" implements pump.lock implements none',
      'gtest Pin.Lock "Pin.Lock" verifies pump.top',
    ]);
    assert.deepEqual(
      items.map(({ kind, revision, approval, justification }) => [kind, revision, approval, justification]),
      [
        ['requirement', 2, 'draft', 'given'],
        ['requirement', 1, 'approved', undefined],
        ['unit', 1, 'approved', undefined],
        ['test', 1, 'approved', undefined],
      ],
    );
    assert.deepEqual(items[2]?.unit, { path: 'src/pin.c', name: 'pin_check', kind: 'declaration' });
    assert.equal(items[3]?.origin.status, 'fail');
    assert.deepEqual(
      graph.links.map(({ to, status }) => `${to} ${status}`),
      ['pump.lock outdated', 'none orphaned', 'pump.top covered', 'pump.top covered'],
    );
    sameWithOtherLineEnds(lobster, 'r.lobster', REQUIREMENTS);
  });

  it('says what it cannot read', () => {
    assert.deepEqual(problemLines(readFiles(lobster, { 'r.lobster': '' }).problems), [
      'r.lobster:1 error json',
    ]);
    assert.deepEqual(problemLines(readFiles(lobster, { 'r.lobster': '{}' }).problems), [
      'r.lobster:1 error lobster',
    ]);
  });

  it('survives any text', () => {
    survives(lobster, 'r.lobster', [REQUIREMENTS, CODE]);
  });
});
