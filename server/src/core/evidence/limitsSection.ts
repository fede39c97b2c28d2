import type { Problem } from '../base/problem.ts';
import type { LeftOut } from './evidence.ts';
import { markup, type Html } from './html.ts';
import { unparsedShare, type AnalysedTotals, type NotAnalysed, type UnparsedFile } from './notAnalysed.ts';
import { inline } from './prose.ts';
import { counted, placeOf, skipReason } from './text.ts';

/** Places of unparsed code named for one file. */
const MAX_PLACES = 12;

/** Everything that limits what the other sections say. */
export function limitsSection(limits: NotAnalysed, totals: AnalysedTotals, leftOut: LeftOut): Html {
  return markup`
    <section id="limits">
      <h2>What was not analysed</h2>
      ${leftOutBySettings(leftOut)}
      <p>
        Files that <code>.gitignore</code> or the configuration's <code>exclude</code> name, and files of languages without a
        grammar, are not part of the analysis and not listed here.
      </p>
      <h3>Files left out</h3>
      ${
        limits.skipped.length === 0
          ? markup`<p class="note">None.</p>`
          : markup`<table>
              <thead>
                <tr><th>File</th><th>Reason</th><th>Detail</th></tr>
              </thead>
              <tbody>
                ${limits.skipped.map(
                  (file) => markup`<tr>
                    <td><code>${file.path}</code></td>
                    <td>${skipReason(file.reason)}</td>
                    <td>${file.detail}</td>
                  </tr>`,
                )}
              </tbody>
            </table>`
      }
      <h3>Code that could not be parsed</h3>
      ${
        limits.unparsed.length === 0
          ? markup`<p class="note">None: the grammars could read all of the code.</p>`
          : markup`<p>
                ${counted(totals.unparsedBytes, 'byte')} (${unparsedShare(totals)}) in ${counted(limits.unparsed.length, 'file')}. Rules
                see nothing there.
              </p>
              <table>
                <thead>
                  <tr><th>File</th><th class="number">Bytes</th><th class="number">Not parsed</th><th>Lines</th></tr>
                </thead>
                <tbody>
                  ${limits.unparsed.map(unparsedRow)}
                </tbody>
              </table>`
      }
      ${problemList('Rules that did not load', limits.rules)}
      ${problemList('Other problems', limits.problems)}
    </section>
  `;
}

function leftOutBySettings({ testFiles, exclude, disabledRules }: LeftOut): Html {
  const row = (what: string, entries: readonly string[]) =>
    entries.length === 0
      ? ''
      : markup`<tr>
          <td>${what}</td>
          <td>${entries.map((entry, index) => markup`${index === 0 ? '' : ', '}<code>${entry}</code>`)}</td>
        </tr>`;
  if (testFiles.length + exclude.length + disabledRules.length === 0) return markup``;
  return markup`<table>
    <thead>
      <tr>
        <th>Left out by the configuration</th>
        <th></th>
      </tr>
    </thead>
    <tbody>
      ${row('Rules switched off', disabledRules)} ${row('Files excluded', exclude)}
      ${row('Test code, read for its tags only', testFiles)}
    </tbody>
  </table>`;
}

function unparsedRow({ path, bytes, unparsedBytes, ranges }: UnparsedFile): Html {
  const lines = ranges.map(({ start, end }) =>
    start.line === end.line ? String(start.line + 1) : `${start.line + 1}–${end.line + 1}`,
  );
  const distinct = [...new Set(lines)];
  const more = distinct.length > MAX_PLACES ? ` and ${distinct.length - MAX_PLACES} more places` : '';
  return markup`<tr>
    <td><code>${path}</code></td>
    <td class="number">${bytes}</td>
    <td class="number">${unparsedBytes}</td>
    <td>${distinct.slice(0, MAX_PLACES).join(', ')}${more}</td>
  </tr>`;
}

function problemList(title: string, problems: readonly Problem[]): Html {
  return markup`
    <h3>${title}</h3>
    ${
      problems.length === 0
        ? markup`<p class="note">None.</p>`
        : markup`<ul>
            ${problems.map(
              ({ path, range, message }) => markup`<li>
                ${path === undefined ? '' : markup`<code>${placeOf(path, range)}</code>: `}${inline(message)}
              </li>`,
            )}
          </ul>`
    }
  `;
}
