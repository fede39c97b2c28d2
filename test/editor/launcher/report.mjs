// The tests' own report decides, never the editor's exit code: when the extension host dies, the editor still says 0.
import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * @typedef {object} Report
 * @property {number} passed
 * @property {number} failed
 * @property {boolean} complete whether the tests came to their end and wrote it
 * @property {readonly { title: string, message: string }[]} failures
 */

/** Where runMocha.ts writes: beside the bundled tests. @param {string} testsPath path of the bundle's index */
export function reportPath(testsPath) {
  return join(dirname(testsPath), 'report.json');
}

/** Call before each run, so that a report that is found afterwards is a fresh one. @param {string} testsPath */
export function removeReport(testsPath) {
  rmSync(reportPath(testsPath), { force: true });
}

/**
 * @param {string} testsPath
 * @returns {Report} one failure that says why when the tests wrote none
 */
export function readReport(testsPath) {
  try {
    const report = JSON.parse(readFileSync(reportPath(testsPath), 'utf8'));
    if (Number.isInteger(report.passed) && Number.isInteger(report.failed))
      return { ...report, complete: true };
    return noReport('the report of the tests has no counts');
  } catch (error) {
    const missing = /** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT';
    return noReport(
      missing ? 'the tests wrote no report: the editor or its extension host ended early' : String(error),
    );
  }
}

/** @param {string} message @returns {Report} */
function noReport(message) {
  return { passed: 0, failed: 1, complete: false, failures: [{ title: 'editor tests', message }] };
}

/** @param {Report} report */
export function isGreen(report) {
  return report.passed > 0 && report.failed === 0;
}
