/** The page of the graph: boxes that can be walked with the arrow keys. The server has said where everything stands. */
import type { GraphBox, GraphLine, TraceGraphDrawing } from '../../server/src/protocol/panels.ts';
import { button, element, listen, report, svgElement, tell } from './page.ts';

const MARKS: Readonly<Record<GraphBox['status'], string>> = {
  covered: '✓',
  gap: '!',
  below: '↓',
  broken: '✗',
  justified: '~',
  unreviewed: '?',
  none: '',
};
const WORDS: Readonly<Record<GraphBox['status'], string>> = {
  covered: 'covered',
  gap: 'has a gap',
  below: 'gap further down',
  broken: 'broken',
  justified: 'gap accepted',
  unreviewed: 'to be reviewed',
  none: '',
};
const LETTER = 7;
const ZOOMS: readonly number[] = [0.3, 0.45, 0.6, 0.8, 1, 1.25, 1.6, 2];

/** Position in {@link ZOOMS}. */
const LEAST_READABLE = 2;

let drawing: TraceGraphDrawing = { width: 0, height: 0, boxes: [], lines: [], left: 0 };
let zoom = ZOOMS.indexOf(1);
let active = 0;
let groups: readonly SVGGElement[] = [];

const note = element('span', { role: 'status', class: 'count' });
const canvas = element('div', { class: 'canvas' });
document.body.append(
  element(
    'div',
    { class: 'toolbar', role: 'toolbar', 'aria-label': 'Graph' },
    button('−', () => setZoom(zoom - 1), 'Zoom out'),
    button('+', () => setZoom(zoom + 1), 'Zoom in'),
    button('Whole trace', () => tell({ type: 'whole' })),
    button('Export SVG', () => tell({ type: 'export' })),
    note,
  ),
  canvas,
);

function take(next: TraceGraphDrawing): void {
  drawing = next;
  active = Math.max(
    0,
    drawing.boxes.findIndex(({ key }) => key === drawing.start),
  );
  groups = drawing.boxes.map(boxOf);
  const svg = svgElement(
    'svg',
    { viewBox: `0 0 ${drawing.width} ${drawing.height}`, role: 'group', 'aria-label': 'Graph of the trace' },
    svgElement(
      'defs',
      {},
      svgElement(
        'marker',
        { id: 'end', viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto' },
        svgElement('path', { d: 'M0 0 L8 4 L0 8 z', class: 'arrow' }),
      ),
    ),
    ...drawing.lines.map(lineOf),
    ...groups,
  );
  canvas.replaceChildren(svg);
  const left = drawing.left > 0 ? `, ${drawing.left} more are not drawn: choose a box to see its chain` : '';
  note.textContent = `${drawing.boxes.length} ${drawing.boxes.length === 1 ? 'box' : 'boxes'}${left}. Enter opens, Space shows the chain of a box.`;
  setZoom(fittingZoom());
  setActive(active, false);
  groups[active]?.scrollIntoView({ block: 'center', inline: 'center' });
  report(
    () => drawing.boxes.length,
    () => groups.map((group) => group.textContent),
  );
}

function boxOf(box: GraphBox, index: number): SVGGElement {
  const { x, y, width, height, label, description, status, kind } = box;
  const letters = Math.floor((width - 28) / LETTER);
  const group = svgElement(
    'g',
    {
      class: `box ${status}${box.key === drawing.start ? ' start' : ''}`,
      transform: `translate(${x - width / 2} ${y - height / 2})`,
      role: 'button',
      tabindex: -1,
      'aria-label': [label, kind, WORDS[status], description, ...box.reasons].filter(Boolean).join(', '),
    },
    svgElement('title', {}, [`${label} (${kind})`, description, ...box.reasons].join('\n')),
    svgElement('rect', { width, height, rx: 4 }),
    svgElement('text', { x: 8, y: 16, class: 'label' }, cut(label, letters)),
    svgElement('text', { x: 8, y: 32, class: 'description' }, cut(description, letters + 2)),
    svgElement('text', { x: width - 14, y: 16, class: 'mark' }, MARKS[status]),
  );
  group.addEventListener('click', () => {
    setActive(index, true);
    tell({ type: 'open', index });
  });
  group.addEventListener('contextmenu', (event) => {
    event.preventDefault();
    tell({ type: 'centre', index });
  });
  return group;
}

function lineOf({ points, isSound, type }: GraphLine): SVGPathElement {
  const d = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join(' ');
  return svgElement(
    'path',
    { d, class: `line${isSound ? '' : ' broken'}`, 'marker-end': 'url(#end)' },
    svgElement('title', {}, type),
  );
}

function cut(text: string, letters: number): string {
  return text.length <= letters ? text : `${text.slice(0, Math.max(1, letters - 1))}…`;
}

/** The largest zoom at which the drawing fits in width and is not magnified, but none at which it cannot be read. */
function fittingZoom(): number {
  const fitting = ZOOMS.findLastIndex(
    (factor) => factor <= 1 && drawing.width * factor <= canvas.clientWidth,
  );
  return Math.max(LEAST_READABLE, fitting);
}

function setZoom(next: number): void {
  zoom = Math.max(0, Math.min(ZOOMS.length - 1, next));
  const factor = ZOOMS[zoom] ?? 1;
  const svg = canvas.querySelector('svg');
  svg?.setAttribute('width', String(drawing.width * factor));
  svg?.setAttribute('height', String(drawing.height * factor));
}

/** One box is in the order of the Tab key: the one that the arrow keys have come to. */
function setActive(index: number, focus: boolean): void {
  groups[active]?.setAttribute('tabindex', '-1');
  active = index;
  groups[active]?.setAttribute('tabindex', '0');
  if (focus) {
    groups[active]?.focus();
    groups[active]?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }
}

const DIRECTIONS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The nearest box in a direction; what lies aside counts twice. */
function neighbour([dx, dy]: readonly [number, number]): number | undefined {
  const from = drawing.boxes[active];
  if (from === undefined) {
    return undefined;
  }
  let best: { index: number; distance: number } | undefined;
  for (const [index, box] of drawing.boxes.entries()) {
    const along = (box.x - from.x) * dx + (box.y - from.y) * dy;
    const aside = Math.abs((box.x - from.x) * dy) + Math.abs((box.y - from.y) * dx);
    const distance = along + 2 * aside;
    if (along > 1 && (best === undefined || distance < best.distance)) {
      best = { index, distance };
    }
  }
  return best?.index;
}

canvas.addEventListener('keydown', (event) => {
  const direction = DIRECTIONS[event.key];
  if (direction !== undefined) {
    event.preventDefault();
    const next = neighbour(direction);
    if (next !== undefined) {
      setActive(next, true);
    }
  } else if (event.key === 'Enter') {
    tell({ type: 'open', index: active });
  } else if (event.key === ' ') {
    event.preventDefault();
    tell({ type: 'centre', index: active });
  } else if (event.key === '+' || event.key === '-') {
    setZoom(zoom + (event.key === '+' ? 1 : -1));
  }
});
listen((message) => {
  if (message.type === 'graph') {
    take(message.drawing);
  }
});
