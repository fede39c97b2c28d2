import assert from 'node:assert/strict';

import { describe, it } from 'mocha';

import { sarifResults } from '../../../server/src/core/trace/formats/sarif.ts';
import { readItemFile } from '../../../server/src/core/trace/itemFile.ts';
import { traceGraph } from '../../../server/src/core/trace/tracer.ts';
import { brief, problemLines, readFiles, sameWithOtherLineEnds, survives } from './reading.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const result = (ruleId: string, more: object = {}) => ({
  ruleId,
  message: { text: `About ${ruleId}` },
  locations: [{ physicalLocation: { artifactLocation: { uri: 'src/a.c' }, region: { startLine: 3 } } }],
  ...more,
});
const sarif = (results: readonly object[], run: object = {}) =>
  JSON.stringify(
    {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [{ tool: { driver: { name: 'Checker' } }, results, ...run }],
    },
    undefined,
    1,
  );
const read = (text: string, settings = {}) => readFiles(sarifResults, { 'r.sarif': text }, settings);
const verdicts = (text: string, settings = {}) =>
  read(text, settings).items.map(({ result: each }) => `${each?.test ?? ''} ${each?.verdict ?? ''}`);

describe('SARIF of other tools', () => {
  it('has a result for each run that verifies something', () => {
    const settings = { options: { verifies: ['SR-A-1'] } };
    assert.deepEqual(read(sarif([]), settings).items.map(brief), [
      'r.sarif:Checker "Checker" verifies SR-A-1',
    ]);
    assert.deepEqual(verdicts(sarif([]), settings), ['Checker passed']);
    assert.deepEqual(verdicts(sarif([result('x')]), settings), ['Checker failed']);
    const crashed = sarif([], { invocations: [{ executionSuccessful: false }] });
    assert.deepEqual(verdicts(crashed, settings), ['Checker error']);
  });

  it('has results that name what they belong to, by property or by rule', () => {
    const text = sarif([
      result('x', { properties: { requirements: ['SR-A-1', 'SR-A-2'] } }),
      result('y'),
      result('z'),
    ]);
    const { items, problems } = read(text, { fields: { y: 'SR-A-3' } });
    assert.deepEqual(items.map(brief), [
      'r.sarif:Checker.x "About x" verifies/rule SR-A-1 verifies/rule SR-A-2',
      'r.sarif:Checker.y "About y" verifies/rule SR-A-3',
    ]);
    assert.deepEqual(problemLines(problems), ['r.sarif:1 information sarif'], 'z belongs to nothing');
    assert.deepEqual([items[0]?.result?.file, items[0]?.result?.line], ['src/a.c', 3]);
    assert.equal(items[0]?.location.range.start.line, 12);
  });

  const cases: readonly (readonly [name: string, more: object, verdict: string])[] = [
    ['that says nothing', {}, 'failed'],
    ['of another kind', { kind: 'pass' }, 'passed'],
    ['that is to be reviewed', { kind: 'review' }, 'unknown'],
    ['that is a note', { level: 'note' }, 'passed'],
    ['that is suppressed', { suppressions: [{ kind: 'inSource' }] }, 'passed'],
    ['whose suppression is refused', { suppressions: [{ kind: 'external', status: 'rejected' }] }, 'failed'],
    ['that is gone', { baselineState: 'absent' }, 'passed'],
  ];
  for (const [name, more, verdict] of cases) {
    it(`has a result ${name}`, () =>
      assert.deepEqual(verdicts(sarif([result('x', more)]), { fields: { x: 'SR-A-1' } }), [`x ${verdict}`]));
  }

  it('pulls what it verifies, unless it is of another commit', () => {
    const { value } = readItemFile(
      'i.yaml',
      'requirements:\n  - { id: SR-A-1, title: A, text: A., category: integrity, needs: [], justification: None. }\n',
    );
    const statusWith = (text: string, head: string) => {
      const { items } = read(text, { fields: { x: 'SR-A-1' } });
      const graph = traceGraph([...value, ...items], [], { head });
      return graph.byId.get('SR-A-1')?.[0]?.result;
    };
    const run = { versionControlProvenance: [{ revisionId: COMMIT }] };
    assert.equal(statusWith(sarif([result('x')], run), COMMIT), 'failed');
    assert.equal(statusWith(sarif([result('x')], run), 'f'.repeat(40)), 'stale');
    assert.equal(statusWith(sarif([result('x', { kind: 'pass' })], run), COMMIT), 'passed');
  });

  it('says what cannot be read, and survives any text', function () {
    this.timeout(20_000);
    assert.deepEqual(problemLines(read('{}').problems), ['r.sarif:1 error sarif']);
    survives(sarifResults, 'r.sarif', [sarif([result('x')])]);
    sameWithOtherLineEnds(sarifResults, 'r.sarif', sarif([result('x', { properties: { verifies: 'A' } })]));
  });
});
