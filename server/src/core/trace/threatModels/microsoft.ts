import type { Outcome } from '../../base/problem.ts';
import { childNamed, childrenNamed, readXml, type XmlElement } from '../../base/xml.ts';
import type { SourceFacts } from '../formats.ts';
import type { SourceSettings } from '../sources.ts';
import { boxAround, centreOf, cross, curve, innermost, type Box, type Point } from './geometry.ts';
import { answerTo, categories, controlOf, modelBuilder, type ModelBuilder, type Reference } from './model.ts';

const TYPES: Readonly<Record<string, 'external' | 'process' | 'store' | 'box'>> = {
  StencilRectangle: 'external',
  StencilEllipse: 'process',
  StencilParallelLines: 'store',
  BorderBoundary: 'box',
};
/** The template makes up most of a file, and nothing of it is asked for. */
const SKIP: ReadonlySet<string> = new Set(['KnowledgeBase']);
const NOWHERE = '00000000-0000-0000-0000-000000000000';

interface Shape {
  readonly guid: string;
  readonly type: string;
  readonly value: XmlElement;
  readonly page: string;
}

/** Reads a model of the Microsoft Threat Modeling Tool (.tm7). */
export function readMicrosoft(path: string, text: string, settings: SourceSettings): Outcome<SourceFacts> {
  const { value: root, problems } = readXml(path, text, { skip: SKIP });
  const builder = modelBuilder(path, 'tm7', settings, problems);
  if (root === undefined) return builder.finish();
  if (root.name !== 'ThreatModel') {
    const message = `This is no .tm7 model: its root is \`${root.name.slice(0, 60)}\`, not \`ThreatModel\`.`;
    builder.report(message, root.range, 'error');
    return builder.finish();
  }
  const seen = new Set<string>();
  for (const page of childNamed(root, 'DrawingSurfaceList')?.children ?? []) addPage(page, seen, builder);
  for (const pair of childNamed(root, 'ThreatInstances')?.children ?? []) addThreat(pair, builder);
  return builder.finish();
}

/** A guid may be on several pages: it is one thing, as its first page has it. */
function addPage(surface: XmlElement, seen: Set<string>, builder: ModelBuilder): void {
  const page = textOf(surface, 'Header') || propertyOf(surface, 'Name');
  const borders = shapesOf(surface, 'Borders', page);
  const lines = shapesOf(surface, 'Lines', page);
  const boxes = borders
    .filter(({ type }) => TYPES[type] === 'box')
    .map(({ guid, value }) => ({ id: guid, box: boxOf(value) }));
  const boundaries = lines
    .filter(({ type }) => type === 'LineBoundary')
    .map(({ guid, value }) => ({ id: guid, points: lineOf(value) }));
  const isNew = ({ guid }: Shape) => guid !== '' && !seen.has(guid) && seen.add(guid);
  for (const shape of borders.filter(isNew)) {
    const { type, value } = shape;
    const kind = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
    if (kind === undefined) continue;
    const box = boxOf(value);
    const inside = kind === 'box' ? boxAround(box, boxes) : innermost(centreOf(box), boxes);
    const role = kind === 'box' ? 'parent' : 'zone';
    builder.add({
      ...common(shape),
      sort: kind === 'box' ? 'zone' : 'element',
      links:
        inside === undefined
          ? []
          : [{ type: 'relates', role, to: inside.id, sorts: ['zone'], range: value.range }],
      attributes: {
        ...(kind === 'box' ? { shape: kind } : { type: kind }),
        outOfScope: outOfScope(value),
        page,
        stencil: textOf(value, 'TypeId') || textOf(value, 'GenericTypeId'),
      },
    });
  }
  for (const shape of lines.filter(isNew)) {
    const { guid, type, value } = shape;
    if (type === 'LineBoundary') {
      builder.add({ ...common(shape), sort: 'zone', attributes: { shape: 'curve', page } });
    } else if (type === 'Connector') {
      const crosses = boundaries.filter(({ points }) => cross(lineOf(value), points)).map(({ id }) => id);
      builder.add({
        ...common(shape),
        sort: 'flow',
        links: endsOf(shape, builder),
        attributes: {
          crosses: crosses.length > 0 ? crosses : undefined,
          outOfScope: outOfScope(value),
          page,
          stencil: textOf(value, 'TypeId') || textOf(value, 'GenericTypeId'),
        },
      });
    } else
      builder.report(
        `What \`${type.slice(0, 60)}\` (${guid}) is, is not known: it is not read.`,
        value.range,
      );
  }
}

function shapesOf(surface: XmlElement, list: string, page: string): readonly Shape[] {
  return (childNamed(surface, list)?.children ?? []).flatMap((pair): Shape[] => {
    const value = childNamed(pair, 'Value');
    if (value === undefined) return [];
    const type = (value.attributes.get('type') ?? '').replace(/^.*:/, '');
    return [{ guid: textOf(value, 'Guid') || textOf(pair, 'Key'), type, value, page }];
  });
}

function common({ guid, type, value }: Shape) {
  const name = propertyOf(value, 'Name');
  return { id: guid, title: name, range: value.range, type };
}

function endsOf({ guid, value }: Shape, builder: ModelBuilder): readonly Reference[] {
  return (['Source', 'Target'] as const).flatMap((end): Reference[] => {
    const to = textOf(value, `${end}Guid`);
    if (to === '' || to === NOWHERE) {
      builder.report(
        `The data flow \`${propertyOf(value, 'Name') || guid}\` has no element at its ${end.toLowerCase()}: attach it to one.`,
        value.range,
      );
      return [];
    }
    return [
      { type: 'relates', role: end === 'Source' ? 'from' : 'to', to, sorts: ['element'], range: value.range },
    ];
  });
}

function addThreat(pair: XmlElement, builder: ModelBuilder): void {
  const value = childNamed(pair, 'Value');
  if (value === undefined) return;
  const { range } = value;
  const fields = new Map(
    (childNamed(value, 'Properties')?.children ?? []).map((each) => [
      textOf(each, 'Key'),
      textOf(each, 'Value'),
    ]),
  );
  // Fields of its own are mostly empty; the text is among the properties.
  const fieldOf = (name: string) => (fields.get(name) ?? '') || textOf(value, name);
  const type = textOf(value, 'TypeId');
  const id = `${type || 'TH'}-${textOf(value, 'Id') || textOf(pair, 'Key')}`;
  const status = textOf(value, 'State');
  const state = builder.stateOf(status, range);
  const { control, justification } = answerTo(state, textOf(value, 'StateInformation'));
  const written = fieldOf('UserThreatCategory');
  const { stride, category } = categories(written === '' ? [] : [written]);
  const onFlow = guidAt(value, 'FlowGuid');
  const ends = (['SourceGuid', 'TargetGuid'] as const).flatMap((key): Reference[] => {
    const to = guidAt(value, key);
    const role = key === 'SourceGuid' ? 'source' : 'target';
    return to === '' ? [] : [{ type: 'relates', role, to, sorts: ['element'], range }];
  });
  builder.add({
    sort: 'threat',
    id,
    title: fieldOf('Title') || fieldOf('UserThreatShortDescription'),
    text: fieldOf('UserThreatDescription'),
    range,
    type,
    status,
    state,
    stride,
    ...(justification !== undefined && { justification }),
    links: [
      ...(onFlow === ''
        ? []
        : [{ type: 'derives' as const, role: 'on', to: onFlow, sorts: ['flow' as const], range }]),
      ...ends,
    ],
    attributes: {
      category,
      severity: fieldOf('Priority'),
      possibleMitigations: fieldOf('PossibleMitigations'),
      interaction: fieldOf('InteractionString'),
      phase: fieldOf('SDLPhase'),
      modifiedAt: textOf(value, 'ModifiedAt'),
    },
  });
  if (control !== undefined) builder.add(controlOf(id, control, range, 'StateInformation', state));
}

function guidAt(value: XmlElement, name: string): string {
  const guid = textOf(value, name);
  return guid === NOWHERE ? '' : guid;
}

/** The text of a child, '' where it is nil or absent. */
function textOf(element: XmlElement, name: string): string {
  return (childNamed(element, name)?.text ?? '').trim();
}

/** The value of a property that is shown under a name. */
function propertyOf(value: XmlElement, displayName: string): string {
  for (const list of childrenNamed(value, 'Properties')) {
    const found = list.children.find(
      (each) =>
        textOf(each, 'DisplayName') === displayName &&
        // The headline of the dialog can have the same name.
        each.attributes.get('type')?.endsWith('HeaderDisplayAttribute') !== true,
    );
    if (found !== undefined) return textOf(found, 'Value');
  }
  return '';
}

function outOfScope(value: XmlElement): string | true | undefined {
  if (propertyOf(value, 'Out Of Scope').toLowerCase() !== 'true') return undefined;
  return propertyOf(value, 'Reason For Out Of Scope') || true;
}

function numberOf(value: XmlElement, name: string): number {
  const number = Number(textOf(value, name));
  return Number.isFinite(number) ? number : 0;
}

function boxOf(value: XmlElement): Box {
  const [x, y] = [numberOf(value, 'Left'), numberOf(value, 'Top')];
  return { x, y, width: numberOf(value, 'Width'), height: numberOf(value, 'Height') };
}

function lineOf(value: XmlElement): readonly Point[] {
  const pointOf = (name: string): Point => ({
    x: numberOf(value, `${name}X`),
    y: numberOf(value, `${name}Y`),
  });
  return curve(pointOf('Source'), pointOf('Handle'), pointOf('Target'));
}
