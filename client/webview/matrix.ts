/** The page of the matrix: a grid that has elements only for the rows on the screen. */
import type { Matrix, MatrixLine } from '../../server/src/protocol/panels.ts';
import { button, element, listen, report, tell } from './page.ts';

const ROW_HEIGHT = 26;
/** Rows beyond the edges of the screen that are there already. */
const SPARE = 8;
const WIDTHS: Readonly<Record<string, number>> = {
  kind: 100,
  id: 150,
  revision: 70,
  title: 260,
  gaps: 300,
  code: 260,
  'test code': 260,
  line: 60,
};
const USUAL_WIDTH = 150;
/** Columns whose entries are ids of items. */
const ID_COLUMNS: ReadonlySet<string> = new Set([
  'assets',
  'threats',
  'risks',
  'controls',
  'requirements',
  'tests',
]);

interface Line extends MatrixLine {
  /** Its number in the answer of the server. */
  readonly index: number;
  /** What the filter looks at. */
  readonly search: string;
}

let columns: readonly string[] = [];
let lines: readonly Line[] = [];
let shown: readonly Line[] = [];
let active = 0;
let sorting: { readonly column: number; readonly down: boolean } | undefined;

const filter = element('input', {
  type: 'search',
  placeholder: 'Filter by words',
  'aria-label': 'Filter rows by words',
});
const gapsOnly = element('input', { type: 'checkbox', id: 'gaps' });
const count = element('span', { role: 'status', class: 'count' });
const header = element('div', { role: 'row', class: 'header' });
const body = element('div', { role: 'rowgroup', class: 'body' });
const grid = element(
  'div',
  { role: 'grid', tabindex: 0, class: 'grid', 'aria-label': 'Traceability matrix' },
  header,
  body,
);
document.body.append(
  element(
    'div',
    { class: 'toolbar', role: 'toolbar', 'aria-label': 'Matrix' },
    filter,
    gapsOnly,
    element('label', { for: 'gaps' }, 'Gaps only'),
    count,
    button('Export CSV', () => tell({ type: 'export' })),
  ),
  grid,
);

function take(matrix: Matrix): void {
  columns = matrix.columns;
  lines = matrix.rows.map((row, index) => ({ ...row, index, search: row.cells.join('\n').toLowerCase() }));
  const width = columns.reduce((sum, column) => sum + widthOf(column), 0);
  grid.style.setProperty('--columns', columns.map((column) => `${widthOf(column)}px`).join(' '));
  grid.style.setProperty('--width', `${width}px`);
  header.replaceChildren(...columns.map(headerCell));
  grid.setAttribute('aria-colcount', String(columns.length));
  select();
}

function widthOf(column: string): number {
  return WIDTHS[column] ?? USUAL_WIDTH;
}

function headerCell(column: string, index: number): HTMLElement {
  const mark = sorting?.column === index ? (sorting.down ? ' ▾' : ' ▴') : '';
  const sort = button(`${column}${mark}`, () => sortBy(index), `Sort by ${column}`);
  const order = sorting?.column === index ? (sorting.down ? 'descending' : 'ascending') : 'none';
  return element('div', { role: 'columnheader', 'aria-sort': order }, sort);
}

function sortBy(column: number): void {
  sorting = sorting?.column === column && !sorting.down ? { column, down: true } : { column, down: false };
  header.replaceChildren(...columns.map(headerCell));
  select();
}

/** Applies filter and order, and starts at the top. */
function select(): void {
  const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  const kept = lines.filter(
    ({ search, status }) =>
      (!gapsOnly.checked || status === 'gap' || status === 'broken' || status === 'unreviewed') &&
      words.every((word) => search.includes(word)),
  );
  shown = sorting === undefined ? kept : [...kept].sort(compare);
  active = 0;
  grid.scrollTop = 0;
  grid.setAttribute('aria-rowcount', String(shown.length + 1));
  count.textContent = `${shown.length} of ${lines.length} rows`;
  body.style.height = `${shown.length * ROW_HEIGHT}px`;
  draw();
}

function compare(a: Line, b: Line): number {
  if (sorting === undefined) {
    return 0;
  }
  const [x = '', y = ''] = [a.cells[sorting.column], b.cells[sorting.column]];
  const order = x < y ? -1 : x > y ? 1 : a.index - b.index;
  return sorting.down ? -order : order;
}

/** Makes the rows on the screen, and no others. */
function draw(): void {
  const first = Math.max(0, Math.floor(grid.scrollTop / ROW_HEIGHT) - SPARE);
  const last = Math.min(shown.length, first + Math.ceil(grid.clientHeight / ROW_HEIGHT) + 2 * SPARE);
  body.replaceChildren(...shown.slice(first, last).map((line, at) => rowOf(line, first + at)));
  grid.setAttribute('aria-activedescendant', shown.length === 0 ? '' : `row-${active}`);
  report(
    () => shown.length,
    () => [...body.children].map((row) => row.textContent),
  );
}

function rowOf(line: Line, at: number): HTMLElement {
  const row = element('div', {
    role: 'row',
    id: `row-${at}`,
    class: `row ${line.status}${at === active ? ' active' : ''}`,
    'aria-rowindex': at + 2,
    'aria-selected': at === active ? 'true' : 'false',
  });
  row.style.top = `${at * ROW_HEIGHT}px`;
  row.append(...line.cells.map((cell, column) => cellOf(cell, columns[column] ?? '')));
  row.addEventListener('click', (event) => {
    setActive(at);
    const id = event.target instanceof HTMLElement ? event.target.dataset['id'] : undefined;
    tell(id === undefined ? { type: 'open', index: line.index } : { type: 'openId', id });
  });
  return row;
}

function cellOf(text: string, column: string): HTMLElement {
  const cell = element('div', { role: 'gridcell', title: text });
  if (!ID_COLUMNS.has(column) || text === '') {
    cell.textContent = text;
    return cell;
  }
  for (const [index, id] of text.split('; ').entries()) {
    cell.append(...(index > 0 ? ['; '] : []), element('span', { class: 'id', 'data-id': id }, id));
  }
  return cell;
}

function setActive(at: number): void {
  active = Math.max(0, Math.min(shown.length - 1, at));
  const top = active * ROW_HEIGHT;
  const visible = grid.clientHeight - header.offsetHeight - ROW_HEIGHT;
  if (top < grid.scrollTop) {
    grid.scrollTop = top;
  } else if (top > grid.scrollTop + visible) {
    grid.scrollTop = top - visible;
  }
  draw();
}

grid.addEventListener('keydown', (event) => {
  if (event.target !== grid) {
    return;
  }
  const page = Math.max(1, Math.floor(grid.clientHeight / ROW_HEIGHT) - 2);
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + page,
    PageUp: active - page,
    Home: 0,
    End: shown.length - 1,
  };
  const to = moves[event.key];
  const line = shown[active];
  if (to !== undefined) {
    event.preventDefault();
    setActive(to);
  } else if (event.key === 'Enter' && line !== undefined) {
    tell({ type: 'open', index: line.index });
  }
});
grid.addEventListener('scroll', draw);
window.addEventListener('resize', draw);
filter.addEventListener('input', select);
gapsOnly.addEventListener('change', select);
listen((message) => {
  if (message.type === 'matrix') {
    take(message.matrix);
  }
});
