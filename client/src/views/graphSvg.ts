/** The graph as a picture of its own, in colours that do for paper. */
import type { GraphBox, TraceGraphPart } from '../../../server/src/protocol/panels.ts';
import type { Edge } from '../../webview/graphLayers.ts';
import { BOX_HEIGHT, layOut, type Place } from '../../webview/graphLayout.ts';
import { curveOf, n, textsOf } from '../../webview/graphShapes.ts';
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
/** The text of an SVG file: the whole graph. Everything that comes from a workspace is escaped; control characters, which XML cannot hold, are left out. */
export function graphSvg({ boxes, lines }: TraceGraphPart): string {
  const { width, height, places, edges, headings } = layOut(boxes, lines);
  const size = `width="${n(width)}" height="${n(height)}" viewBox="0 0 ${n(width)} ${n(height)}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="sans-serif" font-size="12">`,
    `<rect width="${n(width)}" height="${n(height)}" fill="#ffffff"/>`,
    ...headings.map(({ text, x }) => `<text x="${n(x)}" y="30" font-weight="bold">${plain(text)}</text>`),
    ...edges.map((edge) => lineText(edge, places)),
    ...boxes.map((box, index) => boxText(box, places[index])),
    '</svg>\n',
  ].join('\n');
}

function lineText(edge: Edge, places: readonly Place[]): string {
  const curve = curveOf(edge, places);
  if (curve === undefined) return '';
  const { type, isSound } = edge.line;
  const colour = isSound ? '#777777' : '#c62828';
  const dashes = isSound ? '' : ' stroke-dasharray="5 4"';
  return `<path d="${curve.path}" fill="none" stroke="${colour}"${dashes}><title>${plain(type)}</title></path><path d="${curve.head}" fill="${colour}"/>`;
}

function boxText(box: GraphBox, place: Place | undefined): string {
  if (place === undefined) return '';
  const { x, y, width } = place;
  const { label, description } = textsOf(box, width);
  return [
    `<g transform="translate(${n(x)} ${n(y)})">`,
    `<title>${plain([`${box.label} (${box.kind})`, box.description, ...box.reasons].join(' '))}</title>`,
    `<rect width="${n(width)}" height="${BOX_HEIGHT}" rx="4" fill="#ffffff" stroke="${STROKES[box.status]}"/>`,
    `<text x="8" y="16" font-weight="bold">${plain(label)}</text>`,
    `<text x="8" y="32" font-size="11" fill="#555555">${plain(description)}</text>`,
    '</g>',
  ].join('');
}

function plain(text: string): string {
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  return escaped(text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ''));
}
