/**
 * The drawing of the graph: has elements only for what is in view. Far out, where nobody could read them, boxes are drawn as one shape for each
 * state. The box that the keyboard is on always has its element.
 */
import type { GraphBox, GraphLine } from '../../server/src/protocol/panels.ts';
import { BOX_HEIGHT, layOut, type GraphLayout, type Place } from './graphLayout.ts';
import { curveOf, n, textsOf, type Curve } from './graphShapes.ts';
import { MARKS, sentenceOf } from './graphWords.ts';
import { element, svgElement } from './page.ts';

export interface GraphView {
  readonly canvas: HTMLElement;
  /** Lays out and draws other boxes. @param start key of the box that the graph is about */
  show(boxes: readonly GraphBox[], lines: readonly GraphLine[], start: string | undefined): void;
  readonly boxes: readonly GraphBox[];
  readonly columns: GraphLayout['columns'];
  readonly zoom: number;
  /** @param at what stays where it is, from the top left corner of the view; its middle when not given */
  setZoom(zoom: number, at?: Point): void;
  /** The zoom at which all of it is in view. */
  wholeZoom(): number;
  /** The largest zoom at which it fits in width and is not magnified. */
  widthZoom(): number;
  readonly active: number;
  /** Makes a box the one that the keyboard is on. */
  activate(index: number, how: Activation): void;
  place(index: number): { readonly x: number; readonly y: number; readonly column: number } | undefined;
  /** Index of the box at a place of the window. */
  boxAt(at: Point): number | undefined;
  /** Marks boxes. */
  mark(indices: ReadonlySet<number>): void;
  /** False where there are so many lines in view that those of the active box alone are drawn. */
  readonly hasAllLines: boolean;
  /** Texts of the boxes that have elements now. */
  texts(): readonly string[];
}

export interface Activation {
  readonly focus: boolean;
  /** What of the drawing comes into view: the box, the box in the middle, or what is there already. */
  readonly scroll: 'near' | 'centre' | 'stay';
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

interface DrawnLine {
  readonly curve: Curve;
  readonly line: GraphLine;
}

interface Window {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const LEAST_ZOOM = 0.02;
const MOST_ZOOM = 2;
/** Below this nobody reads a label. */
const READABLE_ZOOM = 0.35;
/** Boxes with elements of their own. */
const MAX_BOXES = 800;
/** Lines that can be told apart, and drawn while somebody pans. Where there are more, those of the active box alone are drawn. */
const MAX_LINES = 1500;
/** Lines of the active box. */
const MAX_OWN_LINES = 200;
/** What is drawn beyond the edges of the view, in pixels of the screen. */
const SPARE = 150;

/** @param onDraw called after each drawing */
export function graphView(onDraw: () => void): GraphView {
  const canvas = element('div', { class: 'canvas' });
  const headings = svgElement('g', { class: 'headings' });
  const lineGroup = svgElement('g');
  const ownLineGroup = svgElement('g');
  const farGroup = svgElement('g', { class: 'far' });
  const boxGroup = svgElement('g');
  const svg = svgElement(
    'svg',
    { role: 'group', 'aria-label': 'Graph of the trace' },
    headings,
    lineGroup,
    farGroup,
    ownLineGroup,
    boxGroup,
  );
  canvas.append(svg);

  let boxes: readonly GraphBox[] = [];
  let layout = layOut([], []);
  let curves: readonly DrawnLine[] = [];
  /** Lines of each box. */
  let linesOf: readonly (readonly DrawnLine[])[] = [];
  let start: string | undefined;
  let zoom = 1;
  let active = 0;
  let marked: ReadonlySet<number> = new Set();
  let elements = new Map<number, SVGGElement>();
  /** What the elements are there for; undefined when they have to be made again. */
  let drawn: Window | undefined;
  /** Boxes are shapes, without elements of their own. */
  let isFar = false;
  let hasAllLines = true;

  function viewOf(spare: number): Window {
    const { scrollLeft, scrollTop, clientWidth, clientHeight } = canvas;
    return {
      left: (scrollLeft - spare) / zoom,
      right: (scrollLeft + clientWidth + spare) / zoom,
      top: (scrollTop - spare) / zoom,
      bottom: (scrollTop + clientHeight + spare) / zoom,
    };
  }

  function draw(): void {
    const view = viewOf(0);
    if (drawn !== undefined && contains(drawn, view)) return;
    drawn = viewOf(SPARE);
    const inside = indicesIn(drawn);
    isFar = zoom < READABLE_ZOOM || inside.length > MAX_BOXES;
    drawLines(drawn);
    farGroup.replaceChildren(...(isFar ? farShapes(inside) : []));
    const kept = new Map<number, SVGGElement>();
    for (const index of isFar ? [] : inside) kept.set(index, elements.get(index) ?? boxElement(index));
    for (const [index, old] of elements) if (!kept.has(index) && index !== active) old.remove();
    const old = elements.get(active);
    if (old !== undefined) kept.set(active, old);
    for (const each of kept.values()) if (each.parentNode === null) boxGroup.append(each);
    elements = kept;
    drawActive();
  }

  /** The active box, wherever the view is, above all others, and its lines. */
  function drawActive(): void {
    if (boxes[active] !== undefined) {
      const made = elements.get(active) ?? boxElement(active);
      elements.set(active, made);
      if (boxGroup.lastChild !== made && made !== document.activeElement) boxGroup.append(made);
    }
    ownLineGroup.replaceChildren(
      ...(linesOf[active] ?? []).slice(0, MAX_OWN_LINES).map(({ curve, line }) => {
        const d = `${curve.path}${curve.head}`;
        const look = line.isSound ? 'line own' : 'line own broken';
        return svgElement('path', { d, class: look }, svgElement('title', {}, line.type));
      }),
    );
    onDraw();
  }

  function indicesIn(window: Window): readonly number[] {
    const found: number[] = [];
    for (const [index, place] of layout.places.entries()) if (isInside(place, window)) found.push(index);
    return found;
  }

  function drawLines(window: Window): void {
    const paths = { sound: '', broken: '', heads: '', brokenHeads: '' };
    const inView = curves.filter(
      ({ curve }) =>
        curve.left < window.right &&
        curve.right > window.left &&
        curve.top < window.bottom &&
        curve.bottom > window.top,
    );
    hasAllLines = inView.length <= MAX_LINES;
    for (const { curve, line } of hasAllLines ? inView : []) {
      if (line.isSound) paths.sound += curve.path;
      else paths.broken += curve.path;
      if (!isFar && line.isSound) paths.heads += curve.head;
      else if (!isFar) paths.brokenHeads += curve.head;
    }
    lineGroup.replaceChildren(
      ...(paths.sound === '' ? [] : [svgElement('path', { d: paths.sound, class: 'line' })]),
      ...(paths.broken === '' ? [] : [svgElement('path', { d: paths.broken, class: 'line broken' })]),
      ...(paths.heads === '' ? [] : [svgElement('path', { d: paths.heads, class: 'arrow' })]),
      ...(paths.brokenHeads === ''
        ? []
        : [svgElement('path', { d: paths.brokenHeads, class: 'arrow broken' })]),
    );
  }

  /** Boxes as one shape for each state, and one for those that are marked. */
  function farShapes(inside: readonly number[]): readonly SVGElement[] {
    const shapes = new Map<string, string>();
    for (const index of inside) {
      const place = layout.places[index];
      const box = boxes[index];
      if (place === undefined || box === undefined) continue;
      const name = marked.has(index) ? `${box.status} match` : box.status;
      const shape = `M${n(place.x)} ${n(place.y)}h${n(place.width)}v${BOX_HEIGHT}h${n(-place.width)}z`;
      shapes.set(name, `${shapes.get(name) ?? ''}${shape}`);
    }
    return [...shapes].map(([name, d]) => svgElement('path', { d, class: `shape ${name}` }));
  }

  function boxElement(index: number): SVGGElement {
    const box = boxes[index];
    const place = layout.places[index];
    if (box === undefined || place === undefined) return svgElement('g');
    const { x, y, width } = place;
    const texts = textsOf(box, width);
    return svgElement(
      'g',
      {
        class: classOf(box, index),
        transform: `translate(${n(x)} ${n(y)})`,
        role: 'button',
        tabindex: index === active ? 0 : -1,
        'aria-label': sentenceOf(box),
        'data-index': index,
      },
      svgElement('title', {}, [`${box.label} (${box.kind})`, box.description, ...box.reasons].join('\n')),
      svgElement('rect', { width, height: BOX_HEIGHT, rx: 4 }),
      svgElement('text', { x: 8, y: 16, class: 'label' }, texts.label),
      svgElement('text', { x: 8, y: 32, class: 'description' }, texts.description),
      svgElement('text', { x: width - 14, y: 16, class: 'mark' }, MARKS[box.status]),
    );
  }

  function classOf(box: GraphBox, index: number): string {
    return `box ${box.status}${box.key === start ? ' start' : ''}${marked.has(index) ? ' match' : ''}`;
  }

  /** Has an element although it is not the active box. */
  function isNear(index: number): boolean {
    const place = layout.places[index];
    return !isFar && drawn !== undefined && place !== undefined && isInside(place, drawn);
  }

  function redraw(): void {
    drawn = undefined;
    draw();
  }

  function resize(): void {
    svg.setAttribute('width', String(layout.width * zoom));
    svg.setAttribute('height', String(layout.height * zoom));
  }

  /** Scrolls as little as is needed, or so that the box stands in the middle. */
  function bringIntoView(index: number, centre: boolean): void {
    const place = layout.places[index];
    if (place === undefined) return;
    const { clientWidth, clientHeight, scrollLeft, scrollTop } = canvas;
    const [left, top] = [place.x * zoom, place.y * zoom];
    const [right, bottom] = [left + place.width * zoom, top + BOX_HEIGHT * zoom];
    const margin = 24;
    if (centre) {
      canvas.scrollLeft = (left + right - clientWidth) / 2;
      canvas.scrollTop = (top + bottom - clientHeight) / 2;
      return;
    }
    if (left < scrollLeft) canvas.scrollLeft = left - margin;
    else if (right > scrollLeft + clientWidth) canvas.scrollLeft = right + margin - clientWidth;
    if (top < scrollTop) canvas.scrollTop = top - margin;
    else if (bottom > scrollTop + clientHeight) canvas.scrollTop = bottom + margin - clientHeight;
  }

  canvas.addEventListener('scroll', draw);
  window.addEventListener('resize', redraw);

  return {
    canvas,
    show(nextBoxes, lines, nextStart) {
      boxes = nextBoxes;
      start = nextStart;
      marked = new Set();
      layout = layOut(boxes, lines);
      const ofBoxes: DrawnLine[][] = boxes.map(() => []);
      curves = layout.edges.flatMap((edge) => {
        const curve = curveOf(edge, layout.places);
        if (curve === undefined) return [];
        const made = { curve, line: edge.line };
        for (const index of new Set([edge.from, edge.to])) ofBoxes[index]?.push(made);
        return [made];
      });
      linesOf = ofBoxes;
      active = 0;
      for (const each of elements.values()) each.remove();
      elements = new Map();
      svg.setAttribute('viewBox', `0 0 ${layout.width} ${layout.height}`);
      headings.replaceChildren(
        ...layout.headings.map(({ text, x }) => svgElement('text', { x, y: 30, class: 'heading' }, text)),
      );
      resize();
      redraw();
    },
    get boxes() {
      return boxes;
    },
    get columns() {
      return layout.columns;
    },
    get zoom() {
      return zoom;
    },
    setZoom(next, at = { x: canvas.clientWidth / 2, y: canvas.clientHeight / 2 }) {
      const before = { x: (canvas.scrollLeft + at.x) / zoom, y: (canvas.scrollTop + at.y) / zoom };
      zoom = Math.max(LEAST_ZOOM, Math.min(MOST_ZOOM, next));
      resize();
      canvas.scrollLeft = before.x * zoom - at.x;
      canvas.scrollTop = before.y * zoom - at.y;
      redraw();
    },
    wholeZoom: () => Math.min(1, canvas.clientWidth / layout.width, canvas.clientHeight / layout.height),
    widthZoom: () => Math.min(1, canvas.clientWidth / layout.width),
    get active() {
      return active;
    },
    activate(index, { focus, scroll }) {
      const before = active;
      active = index;
      const old = elements.get(before);
      if (old !== undefined && before !== index) old.setAttribute('tabindex', '-1');
      if (scroll !== 'stay') bringIntoView(index, scroll === 'centre');
      draw();
      drawActive();
      if (before !== index && !isNear(before)) {
        old?.remove();
        elements.delete(before);
      }
      const target = elements.get(index);
      target?.setAttribute('tabindex', '0');
      if (focus) target?.focus({ preventScroll: true });
    },
    place: (index) => layout.places[index],
    boxAt({ x, y }) {
      const { left, top } = svg.getBoundingClientRect();
      const [atX, atY] = [(x - left) / zoom, (y - top) / zoom];
      const found = layout.places.findIndex(
        (place) =>
          atX >= place.x && atX <= place.x + place.width && atY >= place.y && atY <= place.y + BOX_HEIGHT,
      );
      return found < 0 ? undefined : found;
    },
    mark(indices) {
      marked = indices;
      for (const [index, each] of elements) {
        const box = boxes[index];
        if (box !== undefined) each.setAttribute('class', classOf(box, index));
      }
      redraw();
    },
    get hasAllLines() {
      return hasAllLines;
    },
    texts: () => [...elements.values()].map((each) => each.textContent),
  };
}

function contains(outer: Window, inner: Window): boolean {
  return (
    inner.left >= outer.left &&
    inner.right <= outer.right &&
    inner.top >= outer.top &&
    inner.bottom <= outer.bottom
  );
}

function isInside({ x, y, width }: Place, window: Window): boolean {
  return x < window.right && x + width > window.left && y < window.bottom && y + BOX_HEIGHT > window.top;
}
