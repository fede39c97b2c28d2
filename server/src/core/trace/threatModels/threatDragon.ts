import { jsonList, jsonText, readJson, type JsonNode } from '../../base/jsonDocument.ts';
import type { Outcome } from '../../base/problem.ts';
import type { SourceFacts } from '../formats.ts';
import type { SourceSettings } from '../sources.ts';
import { othersOf, yesOrNone } from './fields.ts';
import { boxAround, centreOf, cross, innermost, type Box, type Point } from './geometry.ts';
import { answerTo, categories, controlOf, modelBuilder, type ModelBuilder, type Reference } from './model.ts';

type CellKind = 'external' | 'process' | 'store' | 'flow' | 'box' | 'curve';

/** Kinds of cells by `data.type` and, in files that lack it, by `shape`. */
const CELLS: Readonly<Record<string, CellKind>> = {
  'tm.Actor': 'external',
  actor: 'external',
  'tm.Process': 'process',
  process: 'process',
  'tm.Store': 'store',
  store: 'store',
  'tm.Flow': 'flow',
  flow: 'flow',
  'tm.BoundaryBox': 'box',
  'trust-boundary-box': 'box',
  'tm.Boundary': 'curve',
  'trust-boundary-curve': 'curve',
};

/** What the application itself writes where nobody wrote anything. */
const PLACEHOLDERS = [
  'provide remediation for this threat or a reason if status is n/a',
  'provide a description for this threat',
  'remediation',
  'mitigation or prevention for the threat',
];

interface Cell {
  readonly node: JsonNode;
  readonly data: JsonNode | undefined;
  readonly id: string;
  readonly kind: CellKind;
}

/** Reads a model of OWASP Threat Dragon, version 2. */
export function readThreatDragon(path: string, text: string, settings: SourceSettings): Outcome<SourceFacts> {
  const { value: root, problems } = readJson(path, text);
  const builder = modelBuilder(path, 'threat-dragon', settings, problems);
  if (root === undefined) return builder.finish();
  const detail = root.entries.get('detail');
  if (detail?.entries.has('diagrams') !== true)
    builder.report('This is no model of Threat Dragon: it has no `detail.diagrams`.', root.range, 'error');
  for (const diagram of jsonList(detail, 'diagrams')) {
    if (diagram.entries.has('diagramJson')) {
      builder.report(
        'This diagram is of version 1, which is not read: open the model in Threat Dragon 2 and save it.',
        diagram.range,
        'error',
      );
      continue;
    }
    addDiagram(diagram, builder);
  }
  return builder.finish();
}

function addDiagram(diagram: JsonNode, builder: ModelBuilder): void {
  const title = jsonText(diagram, 'title');
  const cells = jsonList(diagram, 'cells').flatMap((node): Cell[] => {
    const data = node.entries.get('data');
    const type = jsonText(data, 'type');
    const shape = jsonText(node, 'shape');
    const kind = Object.hasOwn(CELLS, type)
      ? CELLS[type]
      : Object.hasOwn(CELLS, shape)
        ? CELLS[shape]
        : undefined;
    return kind === undefined ? [] : [{ node, data, id: jsonText(node, 'id'), kind }];
  });
  const boxes = cells.flatMap((cell) => {
    const box = cell.kind === 'box' ? boxOf(cell.node) : undefined;
    return box === undefined ? [] : [{ id: cell.id, box }];
  });
  const centres = new Map(
    cells.flatMap(({ node, id }) => {
      const box = boxOf(node);
      return box === undefined ? [] : [[id, centreOf(box)] as const];
    }),
  );
  const curves = cells
    .filter(({ kind }) => kind === 'curve')
    .map(({ node, id }) => ({ id, points: pointsOf(node, centres) }));
  for (const cell of cells) {
    const { node, data, id, kind } = cell;
    const range = node.entries.get('id')?.range ?? node.range;
    const name = jsonText(data, 'name') || jsonText(node, 'name');
    if (id === '') {
      builder.report('This cell has no id: it is not read.', range);
      continue;
    }
    const isZone = kind === 'box' || kind === 'curve';
    const sort = isZone ? 'zone' : kind === 'flow' ? 'flow' : 'element';
    const own = boxOf(node);
    const zone = own === undefined || kind === 'curve' ? undefined : around(own, isZone, boxes);
    const links: Reference[] =
      kind === 'flow'
        ? endsOf(cell, builder)
        : zone === undefined
          ? []
          : [{ type: 'relates', role: isZone ? 'parent' : 'zone', to: zone.id, sorts: ['zone'], range }];
    const crosses =
      kind === 'flow'
        ? curves.filter(({ points }) => cross(pointsOf(node, centres), points)).map((each) => each.id)
        : [];
    if (kind === 'curve' && pointsOf(node, centres).length < 2)
      builder.report(
        `The boundary \`${name || id}\` has no points: what crosses it is not known.`,
        range,
        'information',
      );
    const outOfScope = data?.entries.get('outOfScope')?.scalar === true;
    builder.add({
      sort,
      id,
      title: name,
      text: jsonText(data, 'description'),
      range,
      type: jsonText(data, 'type') || jsonText(node, 'shape'),
      links,
      attributes: {
        ...(isZone ? { shape: kind } : kind === 'flow' ? {} : { type: kind }),
        ...(kind === 'flow' && {
          bidirectional: data?.entries.get('isBidirectional')?.scalar === true ? true : undefined,
          encryption: yesOrNone(data, 'isEncrypted'),
          crosses: crosses.length > 0 ? crosses : undefined,
        }),
        ...(outOfScope && { outOfScope: jsonText(data, 'reasonOutOfScope') || true }),
        diagram: title,
        ...othersOf(data, OWN),
      },
    });
    if (sort !== 'zone') addThreats(cell, sort, builder);
  }
}

/** The boundary that an element is in by its centre; a boundary is in a larger one. */
function around(
  own: Box,
  isZone: boolean,
  boxes: readonly { readonly id: string; readonly box: Box }[],
): { readonly id: string } | undefined {
  return isZone ? boxAround(own, boxes) : innermost(centreOf(own), boxes);
}

/** Fields of `data` that have a place of their own, or that the application computes. */
const OWN = [
  ...['type', 'name', 'description', 'outOfScope', 'reasonOutOfScope', 'threats', 'hasOpenThreats'],
  ...['threatFrequency', 'isTrustBoundary', 'isBidirectional'],
];

function endsOf({ node, id }: Cell, builder: ModelBuilder): Reference[] {
  return (['source', 'target'] as const).flatMap((end): Reference[] => {
    const at = node.entries.get(end);
    const to = jsonText(at, 'cell');
    const role = end === 'source' ? 'from' : 'to';
    if (to === '') {
      builder.report(
        `The data flow \`${id.slice(0, 60)}\` has no element at its ${end}: attach it to one.`,
        at?.range ?? node.range,
      );
      return [];
    }
    return [
      { type: 'relates', role, to, sorts: ['element'], range: at?.entries.get('cell')?.range ?? node.range },
    ];
  });
}

/** Threats stand in `data.threats` with `id`; the published schema says `threats` of the cell with `threatId`. */
function addThreats({ node, data, id: on }: Cell, sort: 'element' | 'flow', builder: ModelBuilder): void {
  const own = jsonList(data, 'threats');
  for (const threat of own.length > 0 ? own : jsonList(node, 'threats')) {
    const key = threat.entries.has('id') ? 'id' : 'threatId';
    const id = jsonText(threat, key);
    const range = threat.entries.get(key)?.range ?? threat.range;
    const type = jsonText(threat, 'type');
    if (id === '') {
      builder.report('This threat has no id: it is not read.', threat.range);
      continue;
    }
    const status = jsonText(threat, 'status');
    const state = builder.stateOf(status, threat.entries.get('status')?.range ?? range);
    const mitigation = written(jsonText(threat, 'mitigation'));
    const { control, justification } = answerTo(state, mitigation);
    const { stride, category } = categories([type]);
    builder.add({
      sort: 'threat',
      id,
      title: jsonText(threat, 'title'),
      text: written(jsonText(threat, 'description')),
      range,
      type,
      status,
      state,
      stride,
      ...(justification !== undefined && { justification }),
      links: [{ type: 'derives', role: 'on', to: on, sorts: [sort], range }],
      attributes: {
        category: type === '' ? undefined : category,
        severity: jsonText(threat, 'severity'),
        score: jsonText(threat, 'score'),
        number: threat.entries.get('number')?.scalar,
        model: jsonText(threat, 'modelType'),
      },
    });
    if (control !== undefined) {
      const at = threat.entries.get('mitigation')?.range ?? range;
      builder.add(controlOf(id, control, at, 'mitigation', state));
    }
  }
}

function written(text: string): string {
  const plain = text.trim();
  return PLACEHOLDERS.includes(plain.toLowerCase().replace(/\.$/, '')) ? '' : plain;
}

function numberAt(node: JsonNode | undefined, key: string): number | undefined {
  const scalar = node?.entries.get(key)?.scalar;
  return typeof scalar === 'number' ? scalar : undefined;
}

function boxOf(node: JsonNode): Box | undefined {
  const [position, size] = [node.entries.get('position'), node.entries.get('size')];
  const [x, y] = [numberAt(position, 'x'), numberAt(position, 'y')];
  const [width, height] = [numberAt(size, 'width'), numberAt(size, 'height')];
  return x === undefined || y === undefined || width === undefined || height === undefined
    ? undefined
    : { x, y, width, height };
}

function pointsOf(node: JsonNode, centres: ReadonlyMap<string, Point>): readonly Point[] {
  const pointOf = (at: JsonNode | undefined): Point[] => {
    const centre = centres.get(jsonText(at, 'cell'));
    if (centre !== undefined) return [centre];
    const [x, y] = [numberAt(at, 'x'), numberAt(at, 'y')];
    return x === undefined || y === undefined ? [] : [{ x, y }];
  };
  return [
    ...pointOf(node.entries.get('source')),
    ...jsonList(node, 'vertices').flatMap(pointOf),
    ...pointOf(node.entries.get('target')),
  ];
}
