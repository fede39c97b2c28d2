import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { evidenceBundle } from '../../../server/src/core/evidence/bundle.ts';
import { TOOL } from '../../../server/src/core/evidence/tool.ts';
import { CONTEXT, SKIPPED, snapshotOf, SOURCES } from './evidence.ts';

interface Manifest {
  readonly files: readonly { path: string; bytes: number; sha256: string }[];
  readonly inputs: readonly { path: string }[];
  readonly commit: { id: string } | null;
  readonly notAnalysed: {
    disabledRules: readonly string[];
    files: readonly { path: string; reason: string }[];
    code: readonly { path: string; bytesNotParsed: number; lines: readonly number[][] }[];
    problems: readonly { file: string }[];
  };
  readonly suppressions: readonly { ruleId: string; file: string; line: number; reason: string | null }[];
}

async function bundleOf(files = SOURCES): Promise<Map<string, string>> {
  const bundle = evidenceBundle(await snapshotOf(files, SKIPPED), CONTEXT);
  return new Map(bundle.map(({ path, text }) => [path, text]));
}

describe('the evidence bundle', () => {
  it('has its five files', async () => {
    assert.deepEqual(
      [...(await bundleOf()).keys()],
      ['findings.sarif', 'index.html', 'trace-matrix.csv', 'trace-matrix.html', 'manifest.json'],
    );
  });

  it('is the same whatever the order in which the files came', async () => {
    const reversed = Object.fromEntries(Object.entries(SOURCES).reverse());
    assert.deepEqual(await bundleOf(reversed), await bundleOf());
  });

  it('changes with the code', async () => {
    const other = { ...SOURCES, 'src/tag.c': 'int x;\n' };
    assert.notEqual((await bundleOf(other)).get('index.html'), (await bundleOf()).get('index.html'));
  });
});

describe('the manifest', () => {
  let bundle: Map<string, string>;
  let manifest: Manifest;
  before(async () => {
    bundle = await bundleOf();
    manifest = JSON.parse(bundle.get('manifest.json') ?? '') as Manifest;
  });

  it('has the size and hash of every other file', () => {
    const expected = [...bundle]
      .filter(([path]) => path !== 'manifest.json')
      .map(([path, text]) => ({
        path,
        bytes: Buffer.byteLength(text),
        sha256: createHash('sha256').update(text).digest('hex'),
      }));
    assert.deepEqual(manifest.files, expected);
  });

  it('names the commit and the inputs', () => {
    assert.equal(manifest.commit?.id, CONTEXT.commit?.id);
    assert.deepEqual(manifest.inputs, CONTEXT.inputs);
  });

  it('says what was not analysed', () => {
    assert.deepEqual(manifest.notAnalysed.disabledRules, ['off']);
    assert.deepEqual(
      manifest.notAnalysed.files.map(({ path, reason }) => [path, reason]),
      [['src/big.c', 'too-large']],
    );
    assert.deepEqual(
      manifest.notAnalysed.code.map(({ path, lines }) => [path, lines[0]]),
      [['src/broken.c', [2, 3]]],
    );
    assert.deepEqual(
      manifest.notAnalysed.problems.map(({ file }) => file),
      ['src/tag.c'],
    );
  });

  it('lists the suppressions with their reasons', () => {
    assert.deepEqual(manifest.suppressions, [
      { ruleId: 'weak-random', file: 'src/ble link.c', line: 7, reason: 'only for the screen saver' },
      { ruleId: 'weak-random', file: 'src/ble link.c', line: 11, reason: null },
    ]);
  });

  it('has no clock and no machine in it', () => {
    assert.doesNotMatch(
      bundle.get('manifest.json') ?? '',
      new RegExp(`${process.cwd()}|${String(new Date().getFullYear())}-(?!01-02)`),
    );
  });
});

describe('the version that evidence names', () => {
  it('is that of the package', () => {
    const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
    assert.equal(TOOL.version, (JSON.parse(text) as { version: string }).version);
  });
});
