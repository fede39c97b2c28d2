/** The page of the graph: thousands of boxes that can be panned, zoomed, searched, filtered and walked with the keyboard. */
import type { TraceGraphPart } from '../../server/src/protocol/panels.ts';
import { graphFilter } from './graphFilter.ts';
import { graphView, type Activation } from './graphView.ts';
import { sentenceOf } from './graphWords.ts';
import { button, element, listen, report, tell } from './page.ts';

const ZOOM_STEP = 1.25;
/** A graph that is shown for the first time is at least so large. */
const LEAST_FIRST_ZOOM = 0.6;
/** Boxes that Page Up and Page Down skip. */
const PAGE = 10;
/** Pixels that a pointer moves before a click becomes a drag. */
const DRAG = 4;

let part: TraceGraphPart | undefined;
/** Of each box that is shown: its index in the answer of the server. */
let numbers: readonly number[] = [];
let matches: readonly number[] = [];

const at = element('div', { class: 'at' });
const view = graphView(() => {
  describe();
  report(
    () => view.boxes.length,
    () => view.texts(),
  );
});
const filter = graphFilter(() => select(false));
const search = element('input', {
  type: 'search',
  placeholder: 'Find by words',
  'aria-label': 'Find by words. Enter goes to the next one.',
});
const note = element('span', { role: 'status', class: 'count' });
document.body.append(
  element(
    'div',
    { class: 'toolbar', role: 'toolbar', 'aria-label': 'Graph' },
    search,
    button('−', () => view.setZoom(view.zoom / ZOOM_STEP), 'Zoom out'),
    button('+', () => view.setZoom(view.zoom * ZOOM_STEP), 'Zoom in'),
    button('Fit', () => view.setZoom(view.wholeZoom()), 'Show all of it'),
    button('Whole trace', () => tell({ type: 'whole' })),
    button('Export SVG', () => tell({ type: 'export' })),
    note,
  ),
  filter.bar,
  view.canvas,
  at,
);

function take(next: TraceGraphPart): void {
  const isSame = part !== undefined && part.start === next.start;
  part = next;
  filter.take(next.boxes);
  select(!isSame);
}

/** Shows what the filter lets through. @param isNew a graph that was not there before: it gets a zoom that fits */
function select(isNew: boolean): void {
  if (part === undefined) return;
  const { boxes, lines, start, left } = part;
  const keep = view.boxes[view.active]?.key;
  const hadFocus = view.canvas.contains(document.activeElement);
  numbers = [...boxes.keys()].filter((index) => {
    const box = boxes[index];
    return box !== undefined && filter.shows(box);
  });
  const shown = numbers.flatMap((index) => boxes[index] ?? []);
  view.show(shown, lines, start);
  if (isNew) view.setZoom(Math.max(LEAST_FIRST_ZOOM, view.widthZoom()));
  const indexOf = (key: string | undefined) => shown.findIndex((box) => box.key === key);
  const kept = isNew ? -1 : indexOf(keep);
  const first = kept >= 0 ? kept : indexOf(start);
  if (first >= 0) activate(first, { focus: hadFocus, scroll: isNew ? 'centre' : 'stay' });
  else activate(view.columns[0]?.[0] ?? 0, { focus: hadFocus, scroll: 'near' });
  const hidden = boxes.length - shown.length;
  note.textContent = [
    `${shown.length} ${shown.length === 1 ? 'box' : 'boxes'}`,
    ...(hidden > 0 ? [`${hidden} filtered out`] : []),
    ...(left > 0 ? [`${left} more are too many to be drawn: choose a box to see its chain`] : []),
  ].join(', ');
  find();
}

function activate(index: number, how: Activation): void {
  view.activate(index, how);
  describe();
}

/** The line at the foot of the page: the box that the keyboard is on. */
function describe(): void {
  const box = view.boxes[view.active];
  const lines = view.hasAllLines ? '' : ' · There are many lines here: those of this box are drawn.';
  at.textContent = box === undefined ? '' : `${sentenceOf(box)}${lines}`;
}

function open(index: number): void {
  const number = numbers[index];
  if (number !== undefined) tell({ type: 'open', index: number });
}

function centre(index: number): void {
  const number = numbers[index];
  if (number !== undefined) tell({ type: 'centre', index: number });
}

/** Marks the boxes that have all words. */
function find(): void {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  matches =
    words.length === 0
      ? []
      : [...view.boxes.entries()].flatMap(([index, box]) => {
          const text = sentenceOf(box).toLowerCase();
          return words.every((word) => text.includes(word)) ? [index] : [];
        });
  view.mark(new Set(matches));
  search.title = words.length === 0 ? '' : `${matches.length} found`;
}

/** Goes to the next box that was found, or to the one before. */
function goToMatch(step: 1 | -1): void {
  if (matches.length === 0) return;
  const now = matches.indexOf(view.active);
  const next = matches[(now < 0 ? (step === 1 ? 0 : -1) : now + step) % matches.length] ?? matches.at(-1);
  if (next === undefined) return;
  activate(next, { focus: false, scroll: 'centre' });
  note.textContent = `${matches.indexOf(next) + 1} of ${matches.length} found`;
}

/** The box that a key leads to: up and down along a column, left and right to the next column, at the same height. */
function target(key: string, isWhole: boolean): number | undefined {
  const from = view.place(view.active);
  if (from === undefined) return undefined;
  const { columns } = view;
  const column = columns[from.column] ?? [];
  const position = column.indexOf(view.active);
  const along = (step: number) => column[Math.max(0, Math.min(column.length - 1, position + step))];
  const beside = (step: number) => {
    const near = columns[from.column + step] ?? [];
    const distance = (index: number) => Math.abs((view.place(index)?.y ?? 0) - from.y);
    return near.reduce<number | undefined>(
      (best, index) => (best === undefined || distance(index) < distance(best) ? index : best),
      undefined,
    );
  };
  switch (key) {
    case 'ArrowUp':
      return along(-1);
    case 'ArrowDown':
      return along(1);
    case 'PageUp':
      return along(-PAGE);
    case 'PageDown':
      return along(PAGE);
    case 'Home':
      return isWhole ? columns[0]?.[0] : column[0];
    case 'End':
      return isWhole ? columns.at(-1)?.at(-1) : column.at(-1);
    case 'ArrowLeft':
      return beside(-1);
    case 'ArrowRight':
      return beside(1);
    default:
      return undefined;
  }
}

view.canvas.addEventListener('keydown', (event) => {
  const next = target(event.key, event.ctrlKey || event.metaKey);
  if (next !== undefined) {
    event.preventDefault();
    activate(next, { focus: true, scroll: 'near' });
  } else if (event.key === 'Enter') {
    open(view.active);
  } else if (event.key === ' ') {
    event.preventDefault();
    centre(view.active);
  } else if (event.key === '+' || event.key === '-') {
    view.setZoom(event.key === '+' ? view.zoom * ZOOM_STEP : view.zoom / ZOOM_STEP);
  } else if (event.key === '0') {
    view.setZoom(view.wholeZoom());
  }
});
search.addEventListener('input', find);
search.addEventListener('keydown', (event) => {
  if (event.key === 'Enter') goToMatch(event.shiftKey ? -1 : 1);
});

let drag:
  { readonly x: number; readonly y: number; left: number; top: number; isMoving: boolean } | undefined;
view.canvas.addEventListener('pointerdown', (event) => {
  if (event.button !== 0 || event.pointerType !== 'mouse') return;
  const { scrollLeft, scrollTop } = view.canvas;
  drag = { x: event.clientX, y: event.clientY, left: scrollLeft, top: scrollTop, isMoving: false };
});
window.addEventListener('pointermove', (event) => {
  if (drag === undefined) return;
  const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
  drag.isMoving ||= Math.hypot(dx, dy) > DRAG;
  if (!drag.isMoving) return;
  view.canvas.scrollLeft = drag.left - dx;
  view.canvas.scrollTop = drag.top - dy;
});
window.addEventListener('pointerup', (event) => {
  const wasMoving = drag?.isMoving ?? false;
  const wasHere = drag !== undefined;
  drag = undefined;
  const index = wasMoving || !wasHere ? undefined : view.boxAt({ x: event.clientX, y: event.clientY });
  if (index === undefined) return;
  activate(index, { focus: true, scroll: 'near' });
  open(index);
});
view.canvas.addEventListener('contextmenu', (event) => {
  event.preventDefault();
  const index = view.boxAt({ x: event.clientX, y: event.clientY });
  if (index !== undefined) centre(index);
});
view.canvas.addEventListener(
  'wheel',
  (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const { left, top } = view.canvas.getBoundingClientRect();
    const factor = Math.exp(-event.deltaY / 400);
    view.setZoom(view.zoom * factor, { x: event.clientX - left, y: event.clientY - top });
  },
  { passive: false },
);
listen((message) => {
  if (message.type === 'graph') take(message.part);
});
