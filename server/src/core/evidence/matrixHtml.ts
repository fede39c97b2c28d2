import { ITEM_KINDS } from '../trace/item.ts';
import type { MatrixRow } from '../trace/matrix.ts';
import { chainOfItem, type Chain, type CodeLink } from '../trace/chain.ts';
import type { FilterTest } from '../trace/selection.ts';
import type { TracedItem, TraceGraph } from '../trace/traceGraph.ts';
import type { EvidenceContext, EvidenceWriter } from './evidence.ts';
import { markup, type Html } from './html.ts';
import { gapsFirst, headingOf, isGap } from './matrixRows.ts';
import { pageOf } from './page.ts';
import { inline } from './prose.ts';
import { statusBadge } from './badges.ts';
import { counted } from './text.ts';

/** The traceability matrix as a page of the bundle. */
export const writeMatrixHtml: EvidenceWriter = (snapshot, context) => ({
  path: 'trace-matrix.html',
  text: matrixPage(snapshot.trace, context, {
    others: markup`<a href="index.html">Overview</a> · <a href="trace-matrix.csv">The same as CSV</a>`,
  }),
});

/** What a page of the matrix shows beside it, and which part of it. */
export interface MatrixPageOptions {
  /** Links to other pages. */
  readonly others?: Html;
  readonly wanted?: FilterTest;
}

/** The traceability matrix as a page to read and print: requirements to both sides, then threats down to their tests. */
export function matrixPage(
  graph: TraceGraph,
  context: Pick<EvidenceContext, 'tool' | 'commit'>,
  { others, wanted }: MatrixPageOptions = {},
): string {
  const rows = gapsFirst(graph, wanted?.row);
  const gaps = rows.filter(isGap).length;
  const threats = graph.items.filter(
    (traced) => traced.item.kind === 'threat' && (wanted?.item(traced) ?? true),
  );
  const body = markup`
    <header>
      <h1>Traceability matrix</h1>
      <p class="soft">
        ${counted(rows.length, 'row')}, ${counted(gaps, 'gap')} first.
        ${others}
      </p>
    </header>
    <main>
      <h2 id="requirements">From each requirement to both sides</h2>
      <p>
        One row for each requirement, with what it exists for and what makes it true; then whatever no
        requirement leads to, and tags in code that lead nowhere.
      </p>
      ${rows.length === 0 ? markup`<p class="note">There are no items and no tags to show.</p>` : requirementTable(rows)}
      <h2 id="threats">From each threat to its tests</h2>
      ${
        threats.length === 0
          ? markup`<p class="note">There are no threats to show.</p>`
          : tableOf(
              THREAT_COLUMNS,
              threats.map((threat) => threatRow(threat, chainOfItem(graph, threat))),
            )
      }
    </main>
  `;
  return pageOf('Traceability matrix', context, body, 'matrix');
}

const REQUIREMENT_COLUMNS = [
  ['assets', 'id'],
  ['threats', 'id'],
  ['risks', 'id'],
  ['controls', 'id'],
  ['requirements', 'id'],
  ['code', 'place'],
  ['tests', 'id'],
  ['testCode', 'place'],
] as const;

function requirementTable(rows: readonly MatrixRow[]): Html {
  const columns = REQUIREMENT_COLUMNS.map(([column]) => headingOf(column));
  return tableOf(['item', 'status', ...columns, 'defined in'], rows.map(requirementRow));
}

function requirementRow(row: MatrixRow): Html {
  return markup`<tr class="${isGap(row) ? 'gap' : ''}">
    <td class="words">
      <strong class="id">${row.id}</strong>${row.revision === '' ? '' : markup`<span class="soft">@${row.revision}</span>`}
      <br />${isItemKind(row.kind) ? row.title : markup`<span class="soft">tag in code</span>`}
      ${row.category === '' ? '' : markup`<br /><span class="soft small">${row.category}</span>`}
    </td>
    <td class="words">
      ${statusBadge(row.status)} ${row.gaps === '' ? '' : markup`<br /><span class="small">${inline(row.gaps)}</span>`}
      ${row.justification === '' ? '' : markup`<br /><span class="small soft">Justified: ${row.justification}</span>`}
    </td>
    ${REQUIREMENT_COLUMNS.map(([column, className]) => listCell(row[column], className))}
    <td class="place">${codeWord(`${row.file}:${row.line}`)}</td>
  </tr>`;
}

function isItemKind(kind: string): boolean {
  return (ITEM_KINDS as readonly string[]).includes(kind);
}

const THREAT_COLUMNS = [
  'threat',
  'STRIDE',
  'status',
  'assets',
  'risks',
  'controls',
  'requirements',
  'code',
  'tests',
  'test code',
];

function threatRow(threat: TracedItem, { upstream, downstream, units, testUnits }: Chain): Html {
  const ids = (items: readonly TracedItem[]) => listCell(items.map(({ item }) => item.id).join('; '), 'id');
  return markup`<tr>
    <td class="words"><strong class="id">${threat.item.id}</strong><br />${threat.item.title}</td>
    <td>${threat.item.stride.join(', ')}</td>
    <td>${statusBadge(threat.status)}</td>
    ${ids(upstream.asset)}${ids(downstream.risk)}${ids(downstream.control)}${ids(downstream.requirement)}
    ${placesOf(units)}${ids(downstream.test)}${placesOf(testUnits)}
  </tr>`;
}

function placesOf(links: readonly CodeLink[]): Html {
  const names = links.map(({ from }) => (from.kind === 'file' ? from.path : `${from.path}#${from.name}`));
  return listCell([...new Set(names)].join('; '), 'place');
}

function tableOf(headings: readonly string[], rows: readonly Html[]): Html {
  return markup`<div class="wide">
    <table>
      <thead>
        <tr>
          ${headings.map((heading) => markup`<th>${heading.charAt(0).toUpperCase() + heading.slice(1)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

/** Entries of a cell below each other. */
function listCell(cell: string, className: 'id' | 'place'): Html {
  const entries = cell === '' ? [] : cell.split('; ');
  return markup`<td class="${entries.length === 0 ? '' : className}">${entries.map(
    (entry, index) => markup`${index === 0 ? '' : markup`<br />`}${codeWord(entry)}`,
  )}</td>`;
}

/** A path or id that may be broken where its parts end. */
function codeWord(text: string): Html {
  return markup`<code>${text.split(/(?<=[/#])/).map((part, index) => markup`${index === 0 ? '' : markup`<wbr />`}${part}`)}</code>`;
}
