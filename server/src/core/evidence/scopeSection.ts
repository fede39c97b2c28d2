import { compareText } from '../base/order.ts';
import type { Snapshot } from '../facts/snapshot.ts';
import type { EvidenceContext } from './evidence.ts';
import { markup, type Html } from './html.ts';
import { unparsedShare, type AnalysedTotals } from './notAnalysed.ts';
import { counted } from './text.ts';

/** What the results rest on: code by language, rules, item files, configuration. */
export function scopeSection(snapshot: Snapshot, context: EvidenceContext): Html {
  const config = context.inputs.find((input) => input.role === 'config');
  const itemFiles = context.inputs.filter((input) => input.role === 'items').length;
  return markup`
    <section id="analysed">
      <h2>What was analysed</h2>
      <table>
        <thead>
          <tr>
            <th>Language</th><th class="number">Files</th><th class="number">Lines</th><th class="number">Bytes</th>
            <th class="number">Not parsed</th>
          </tr>
        </thead>
        <tbody>
          ${byLanguage(snapshot).map(
            ([language, totals]) => markup`<tr>
              <td>${language}</td>
              <td class="number">${totals.files}</td>
              <td class="number">${totals.lines}</td>
              <td class="number">${totals.bytes}</td>
              <td class="number">${unparsedShare(totals)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
      <p>
        ${counted(snapshot.rules.rules.length, 'rule')} in force (fingerprint <code>${snapshot.rules.fingerprint.slice(0, 16)}</code>),
        ${counted(itemFiles, 'file')} of requirements, threats and tests,
        ${config === undefined ? 'default configuration' : markup`configuration <code>${config.path}</code>`}.
        ${changedFiles(context)}
      </p>
      <h3>In this bundle</h3>
      <ul>
        <li><a href="trace-matrix.html">trace-matrix.html</a>: every requirement and threat with code and tests
          (<a href="trace-matrix.csv">as CSV</a>)</li>
        <li><a href="findings.sarif">findings.sarif</a>: findings, suppressions and limits for other programs (SARIF 2.1.0)</li>
        <li><a href="manifest.json">manifest.json</a>: SHA-256 of every file of the bundle and of every file analysed</li>
      </ul>
    </section>
  `;
}

function changedFiles({ commit }: EvidenceContext): Html | undefined {
  if (commit === undefined || commit.changed.length === 0) return undefined;
  const names = commit.changed.map((path, index) => markup`${index === 0 ? '' : ', '}<code>${path}</code>`);
  return markup`Not as in the commit: ${names}.`;
}

function byLanguage(snapshot: Snapshot): [string, AnalysedTotals][] {
  const totals = new Map<string, { files: number; lines: number; bytes: number; unparsedBytes: number }>();
  for (const { language, lines, bytes, unparsed } of snapshot.files.values()) {
    const sum = totals.get(language) ?? { files: 0, lines: 0, bytes: 0, unparsedBytes: 0 };
    sum.files++;
    sum.lines += lines;
    sum.bytes += bytes;
    sum.unparsedBytes += unparsed.bytes;
    totals.set(language, sum);
  }
  return [...totals].sort(([a], [b]) => compareText(a, b));
}
