/** The graph as a picture of its own, in colours that do for paper. */
import type { GraphBox, GraphLine, TraceGraphDrawing } from '../../../server/src/protocol/panels.ts';
import { escaped } from './panelHtml.ts';

const STROKES: Readonly<Record<GraphBox['status'], string>> = {
  covered: '#2e7d32',
  gap: '#b26a00',
  below: '#b26a00',
  unreviewed: '#b26a00',
  broken: '#c62828',
  justified: '#1565c0',
  none: '#777777',
};
/** Of one letter, in pixels: what is longer than its box is cut. */
const LETTER = 7;

/** The text of an SVG file. Everything that comes from a workspace is escaped; control characters, which XML cannot hold, are left out. */
export function graphSvg({ width, height, boxes, lines }: TraceGraphDrawing): string {
  const size = `width="${number(width)}" height="${number(height)}" viewBox="0 0 ${number(width)} ${number(height)}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="sans-serif" font-size="12">`,
    '<defs><marker id="end" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 L8 4 L0 8 z" fill="#777777"/></marker></defs>',
    `<rect width="${number(width)}" height="${number(height)}" fill="#ffffff"/>`,
    ...lines.map(lineText),
    ...boxes.map(boxText),
    '</svg>\n',
  ].join('\n');
}

function lineText({ points, isSound, type }: GraphLine): string {
  const d = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${number(x)} ${number(y)}`).join(' ');
  const look = isSound ? 'stroke="#777777"' : 'stroke="#c62828" stroke-dasharray="5 4"';
  return `<path d="${d}" fill="none" ${look} marker-end="url(#end)"><title>${plain(type)}</title></path>`;
}

function boxText({ x, y, width, height, label, description, status, reasons, kind }: GraphBox): string {
  const letters = Math.floor((width - 16) / LETTER);
  return [
    `<g transform="translate(${number(x - width / 2)} ${number(y - height / 2)})">`,
    `<title>${plain([`${label} (${kind})`, description, ...reasons].join(' '))}</title>`,
    `<rect width="${number(width)}" height="${number(height)}" rx="4" fill="#ffffff" stroke="${STROKES[status]}"/>`,
    `<text x="8" y="16" font-weight="bold">${plain(cut(label, letters))}</text>`,
    `<text x="8" y="32" font-size="11" fill="#555555">${plain(cut(description, letters + 2))}</text>`,
    '</g>',
  ].join('');
}

function cut(text: string, letters: number): string {
  return text.length <= letters ? text : `${text.slice(0, Math.max(1, letters - 1))}…`;
}

function plain(text: string): string {
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  return escaped(text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ''));
}

function number(value: number): string {
  return String(Math.round(value * 10) / 10);
}
