import { ITEM_KINDS, type ItemKind } from '../trace/item.ts';
import type { MatrixRow } from '../trace/matrix.ts';
import { chainOfItem } from '../trace/chain.ts';
import type { TracedItem } from '../trace/traceGraph.ts';
import type { EvidenceWriter } from './evidence.ts';
import { markup, type Html } from './html.ts';
import { gapsFirst, isGap } from './matrixRows.ts';
import { pageOf } from './page.ts';
import { inline } from './prose.ts';
import { statusBadge } from './badges.ts';
import { counted } from './text.ts';

/** The traceability matrix as a page to read and print: requirements to both sides, then threats down to their tests. */
export const writeMatrixHtml: EvidenceWriter = (snapshot, context) => {
  const rows = gapsFirst(snapshot.trace);
  const gaps = rows.filter(isGap).length;
  const threats = snapshot.trace.items.filter(({ item }) => item.kind === 'threat');
  const known = new Set(snapshot.trace.items.map(({ item }) => item.id));
  const body = markup`
    <header>
      <h1>Traceability matrix</h1>
      <p class="soft">
        ${counted(rows.length, 'row')}, ${counted(gaps, 'gap')} first.
        <a href="index.html">Overview</a> · <a href="trace-matrix.csv">The same as CSV</a>
      </p>
    </header>
    <main class="landscape">
      <h2 id="requirements">From each requirement to both sides</h2>
      <p>
        One row for each requirement, with what it exists for and what makes it true; then whatever no
        requirement leads to, and tags in code that lead nowhere.
      </p>
      ${rows.length === 0 ? markup`<p class="note">There are no items and no tags in this workspace.</p>` : requirementTable(rows, known)}
      <h2 id="threats">From each threat to its tests</h2>
      ${
        threats.length === 0
          ? markup`<p class="note">There are no threats in this workspace.</p>`
          : threatTable(threats.map((threat) => threatRow(threat, chainOfItem(snapshot.trace, threat))))
      }
    </main>
  `;
  return { path: 'trace-matrix.html', text: pageOf('Traceability matrix', context, body) };
};

function requirementTable(rows: readonly MatrixRow[], known: ReadonlySet<string>): Html {
  return markup`<div class="wide">
    <table>
      <thead>
        <tr>
          <th>Item</th>
          <th>Status</th>
          <th>Assets</th>
          <th>Threats</th>
          <th>Risks</th>
          <th>Controls</th>
          <th>Requirements</th>
          <th>Code</th>
          <th>Tests</th>
          <th>Test code</th>
          <th>Defined in</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => requirementRow(row, known))}
      </tbody>
    </table>
  </div>`;
}

function requirementRow(row: MatrixRow, known: ReadonlySet<string>): Html {
  const cells = (
    ['assets', 'threats', 'risks', 'controls', 'requirements', 'code', 'tests', 'testCode'] as const
  ).map((column) => markup`<td>${listOf(row[column])}</td>`);
  const anchor = known.has(row.id) ? markup` id="${row.id}"` : markup``;
  return markup`<tr class="${isGap(row) ? 'gap' : ''}" ${anchor}>
    <td>
      <strong>${row.id}</strong>${row.revision === '' ? '' : markup`<span class="soft">@${row.revision}</span>`}
      ${isItemKind(row.kind) ? markup`<br />${row.title}` : markup`<br /><span class="soft">tag in code</span>`}
      ${row.category === '' ? '' : markup`<br /><span class="soft small">${row.category}</span>`}
    </td>
    <td>
      ${statusBadge(row.status)}
      ${row.gaps === '' ? '' : markup`<br /><span class="small">${inline(row.gaps)}</span>`}
      ${row.justification === '' ? '' : markup`<br /><span class="small soft">Justified: ${row.justification}</span>`}
    </td>
    ${cells}
    <td><code>${row.file}:${row.line}</code></td>
  </tr>`;
}

function isItemKind(kind: string): boolean {
  return (ITEM_KINDS as readonly string[]).includes(kind);
}

interface ThreatRow {
  readonly threat: TracedItem;
  readonly cells: readonly string[];
}

function threatRow(threat: TracedItem, chain: ReturnType<typeof chainOfItem>): ThreatRow {
  const ids = (items: readonly TracedItem[]) => items.map(({ item }) => item.id).join('; ');
  const below = (kind: ItemKind) => ids(chain.downstream[kind]);
  const units = (links: typeof chain.units) =>
    [
      ...new Set(links.map(({ from }) => (from.kind === 'file' ? from.path : `${from.path}#${from.name}`))),
    ].join('; ');
  return {
    threat,
    cells: [
      ids(chain.upstream.asset),
      below('risk'),
      below('control'),
      below('requirement'),
      units(chain.units),
      below('test'),
      units(chain.testUnits),
    ],
  };
}

function threatTable(rows: readonly ThreatRow[]): Html {
  return markup`<div class="wide">
    <table>
      <thead>
        <tr>
          <th>Threat</th>
          <th>STRIDE</th>
          <th>Status</th>
          <th>Assets</th>
          <th>Risks</th>
          <th>Controls</th>
          <th>Requirements</th>
          <th>Code</th>
          <th>Tests</th>
          <th>Test code</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ threat, cells }) =>
            markup`<tr>
              <td><strong>${threat.item.id}</strong><br />${threat.item.title}</td>
              <td>${threat.item.stride.join(', ')}</td>
              <td>${statusBadge(threat.status)}</td>
              ${cells.map((cell) => markup`<td>${listOf(cell)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** Entries of a cell below each other; code places in a code font. */
function listOf(cell: string): Html {
  const entries = cell === '' ? [] : cell.split('; ');
  return markup`${entries.map((entry, index) => markup`${index === 0 ? '' : markup`<br />`}<code>${entry}</code>`)}`;
}
