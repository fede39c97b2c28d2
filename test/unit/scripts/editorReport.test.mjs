// Editor tests are green only with a report of their own that says so.
import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { isGreen, readReport, removeReport } from '../../editor/launcher/report.mjs';

describe('the report of the editor tests', () => {
  /** @type {string} */
  let folder;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tw-report-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const index = () => join(folder, 'index.cjs');
  const write = (/** @type {string} */ text) => writeFileSync(join(folder, 'report.json'), text);

  it('is green with passed tests and no failed one', () => {
    write('{ "passed": 2, "failed": 0, "failures": [] }');
    assert.equal(isGreen(readReport(index())), true);
  });

  for (const [what, text] of [
    ['a failed test', '{ "passed": 2, "failed": 1, "failures": [] }'],
    ['no test at all', '{ "passed": 0, "failed": 0, "failures": [] }'],
    ['no counts', '{}'],
    ['half a file', '{ "passed": 2, "fai'],
  ]) {
    it(`is red with ${what}`, () => {
      write(text);
      assert.equal(isGreen(readReport(index())), false);
    });
  }

  it('is red when the extension host died before it was written, whatever an earlier run left', () => {
    write('{ "passed": 2, "failed": 0, "failures": [] }');
    removeReport(index());
    const report = readReport(index());
    assert.equal(isGreen(report), false);
    assert.match(report.failures[0]?.message ?? '', /ended early/);
  });
});
