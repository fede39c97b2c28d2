import assert from 'node:assert/strict';

import { findTaint } from '../../../server/src/core/flow/findTaint.ts';
import { astOf } from '../../support/ast.ts';
import { inputOf, type Setting } from './support.ts';

/** The argument of each `sink(...)` is the sink. */
async function run(code: string, setting: Setting = {}): Promise<{ found: number[]; steps: number }> {
  const ast = await astOf('c', code);
  const input = inputOf(ast, setting);
  let steps = 0;
  const findings = findTaint({
    ...input,
    sinks: input.sinks.map((sink) => ({
      ...sink,
      focused: true,
      start: sink.start + 'sink('.length,
      end: sink.end - ')'.length,
    })),
    spend: () => {
      steps++;
    },
  });
  return { found: findings.map(({ sink }) => sink.start), steps };
}

describe('sinks that are literals', () => {
  it('cost no flow', async () => {
    const { found, steps } = await run('void f(void) { int a = source(); sink("%d" " text"); sink(3); }');
    assert.deepEqual(found, []);
    assert.equal(steps, 0);
  });

  it('do not hide the others', async () => {
    const code = 'void f(void) { char *a = source(); sink("%d"); sink(a); }';
    assert.deepEqual((await run(code)).found, [code.indexOf('a);')]);
  });

  it('count where what happened before does', async () => {
    const code = 'void f(void) { source(); sink("%d"); }';
    assert.deepEqual((await run(code, { source: { control: true } })).found, [code.indexOf('"%d"')]);
  });

  it('count where a source is the literal, or around it', async () => {
    const code = 'void f(void) { source(sink("key")); }';
    assert.deepEqual((await run(code, { source: { exact: false } })).found, [code.indexOf('"key"')]);
  });
});
