import assert from 'node:assert/strict';

import type { Log, Result, Run } from 'sarif';

import { sarifLog } from '../../../server/src/core/evidence/sarif.ts';
import { CONTEXT, SKIPPED, snapshotOf, SOURCES } from './evidence.ts';
import { sarifErrors } from './sarifSchema.ts';

let log: Log;
let run: Run;

before(async () => {
  log = sarifLog(await snapshotOf(SOURCES, SKIPPED), CONTEXT);
  const [only] = log.runs;
  assert.ok(only);
  run = only;
});

function resultsOf(ruleId: string): readonly Result[] {
  return (run.results ?? []).filter((result) => result.ruleId === ruleId);
}

function resultOf(ruleId: string): Result {
  const [result, ...more] = resultsOf(ruleId);
  assert.ok(result && more.length === 0, `${resultsOf(ruleId).length} results of ${ruleId}`);
  return result;
}

describe('the SARIF log', () => {
  it('validates against the schema', () => assert.deepEqual(sarifErrors(log), []));

  it('validates when there is nothing to tell', async () => {
    const empty = sarifLog(await snapshotOf({}), { ...CONTEXT, inputs: [], problems: [], texts: new Map() });
    assert.deepEqual(sarifErrors(empty), []);
    assert.deepEqual(empty.runs[0]?.results, []);
  });

  it('is judged by a schema that refuses what is wrong', () => {
    const wrong = structuredClone(log) as unknown as { runs: { results: { level: string }[] }[] };
    const first = wrong.runs[0]?.results[0];
    assert.ok(first);
    first.level = 'fatal';
    assert.notDeepEqual(sarifErrors(wrong), []);
  });

  it('names each finding by the id of its rule, and the rule by its place in the list', () => {
    const ids = run.tool.driver.rules?.map(({ id }) => id);
    assert.deepEqual(ids, [
      'never-found',
      'string-copy',
      'suppression-without-reason',
      'trace-orphaned',
      'weak-random',
    ]);
    for (const { ruleId, ruleIndex } of run.results ?? []) {
      assert.equal(run.tool.driver.rules?.[ruleIndex ?? -1]?.id, ruleId);
    }
  });

  it('places a finding: relative address, lines and columns from 1, the function around it', () => {
    assert.deepEqual(resultOf('string-copy').locations, [
      {
        physicalLocation: {
          artifactLocation: { uri: 'src/ble%20link.c', uriBaseId: 'SRCROOT' },
          region: { startLine: 3, startColumn: 3, endLine: 3, endColumn: 21 },
        },
        logicalLocations: [{ name: 'receive', kind: 'function' }],
      },
    ]);
    assert.equal(run.columnKind, 'utf16CodeUnits');
    assert.deepEqual(Object.keys(run.originalUriBaseIds ?? {}), ['SRCROOT']);
  });

  it('gives levels, the message and the fix', () => {
    const { level, message, fixes } = resultOf('string-copy');
    assert.deepEqual([level, message.text], ['error', '`name` may overflow']);
    assert.deepEqual(fixes?.[0]?.artifactChanges[0]?.replacements, [
      {
        deletedRegion: { startLine: 3, startColumn: 3, endLine: 3, endColumn: 21 },
        insertedContent: { text: 'strlcpy(name, text, sizeof(name))' },
      },
    ]);
    const levels = run.tool.driver.rules?.map(({ id, defaultConfiguration }) => [
      id,
      defaultConfiguration?.level,
    ]);
    assert.deepEqual(new Map(levels as [string, string][]).get('never-found'), 'note');
  });

  it('names the weakness in the rule, its tags, the result and a taxonomy', () => {
    const rule = run.tool.driver.rules?.find(({ id }) => id === 'string-copy');
    assert.deepEqual(rule?.properties?.tags, [
      'security',
      'CWE-120',
      'CWE-787',
      'external/cwe/cwe-120',
      'external/cwe/cwe-787',
    ]);
    assert.deepEqual(
      rule.relationships?.map(({ target }) => target.id),
      ['CWE-120', 'CWE-787'],
    );
    assert.deepEqual(
      resultOf('string-copy').taxa?.map(({ id }) => id),
      ['CWE-120', 'CWE-787'],
    );
    assert.deepEqual(
      run.taxonomies?.[0]?.taxa?.map(({ id, shortDescription }) => [id, shortDescription?.text]),
      [
        ['CWE-120', 'Buffer Copy without Checking Size of Input'],
        ['CWE-338', undefined],
        ['CWE-787', undefined],
      ],
    );
    assert.deepEqual(run.tool.driver.supportedTaxonomies, [{ name: 'CWE', index: 0 }]);
  });

  it('explains the rule in plain text and in Markdown', () => {
    const help = run.tool.driver.rules?.find(({ id }) => id === 'string-copy')?.help;
    assert.match(help?.text ?? '', /Says <script> why/);
    assert.match(help?.markdown ?? '', /\*\*Why it matters\.\*\* Says/);
    assert.match(help?.markdown ?? '', /https:\/\/example\.org/);
  });

  it('keeps suppressed findings with their reasons', () => {
    const suppressed = resultsOf('weak-random').map(({ suppressions }) =>
      suppressions?.map(({ kind, status, justification }) => [kind, status, justification]),
    );
    assert.deepEqual(suppressed, [
      [['inSource', 'accepted', 'only for the screen saver']],
      [['inSource', 'underReview', undefined]],
    ]);
    assert.equal(resultOf('suppression-without-reason').level, 'warning');
  });

  it('reports broken links as results', () => {
    const { level, locations } = resultOf('trace-orphaned');
    assert.equal(level, 'error');
    assert.equal(locations?.[0]?.physicalLocation?.artifactLocation?.uri, 'src/tag.c');
    assert.equal(locations[0].physicalLocation.region?.startLine, 1);
  });

  it('says what was not analysed', () => {
    const told = run.invocations?.[0]?.toolExecutionNotifications?.map(({ descriptor, level, locations }) => [
      descriptor?.id,
      level,
      locations?.[0]?.physicalLocation?.artifactLocation?.uri,
    ]);
    assert.deepEqual(told, [
      ['file-not-analysed', 'warning', 'src/big.c'],
      ['code-not-parsed', 'note', 'src/broken.c'],
      ['encoding', 'note', 'src/tag.c'],
    ]);
  });

  it('says what the configuration leaves out', () => {
    const told = run.invocations?.[0]?.toolConfigurationNotifications?.map(
      ({ descriptor }) => descriptor?.id,
    );
    assert.deepEqual(told, ['rule-disabled', 'files-excluded', 'test-code']);
  });

  it('lists the files with their size and hash', () => {
    assert.deepEqual(
      run.artifacts?.map(({ location, length, hashes }) => [
        location?.uri,
        length,
        hashes?.['sha-256']?.length,
      ]),
      [
        ['src/ble%20link.c', 7, 64],
        ['src/broken.c', 7, 64],
        ['src/tag.c', 7, 64],
      ],
    );
  });

  it('has no machine and no time in it', () => {
    const text = JSON.stringify(log);
    assert.doesNotMatch(text, /file:\/\/|startTimeUtc|endTimeUtc|workingDirectory/);
  });
});

describe('the fingerprint of a finding', () => {
  const fingerprints = async (source: string): Promise<readonly (string | undefined)[]> => {
    const { runs } = sarifLog(await snapshotOf({ 'a.c': source }), CONTEXT);
    return (runs[0]?.results ?? []).map(({ partialFingerprints }) => partialFingerprints?.['traceward/v1']);
  };
  const SOURCE = 'void f(char *a, char *b) {\n  strcpy(a, b);\n}\n';

  it('stays when lines are added above', async () => {
    assert.deepEqual(await fingerprints(SOURCE), await fingerprints(`int x;\n\n\n${SOURCE}`));
  });

  it('changes with the function and with what is copied', async () => {
    const [before] = await fingerprints(SOURCE);
    assert.notEqual((await fingerprints(SOURCE.replace('f(', 'g(')))[0], before);
    assert.notEqual((await fingerprints(SOURCE.replace('(a, b)', '(b, a)')))[0], before);
  });

  it('tells two equal findings of one function apart', async () => {
    const [first, second] = await fingerprints(
      SOURCE.replace('strcpy(a, b);', 'strcpy(a, b); strcpy(a, b);'),
    );
    assert.ok(first !== undefined && second !== undefined && first !== second);
  });
});
