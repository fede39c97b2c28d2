import { sha256Hex } from '../../base/hash.ts';
import { compareText } from '../../base/order.ts';
import type { Outcome } from '../../base/problem.ts';
import type { DeclaredLink, Item } from '../item.ts';
import { ownFieldsOf } from '../ownFields.ts';
import { RELATION_REVISION, RELATION_ROLE } from '../reqif/dialects.ts';
import { attributeText, losses } from './losses.ts';

/** Every element must say when it was changed last, and nothing here has a clock. */
const NO_TIME = '1970-01-01T00:00:00Z';
const STRING = 'datatype-string';
/** Longest value of the one data type; ReqIF wants a number. */
const MAX_LENGTH = 2_147_483_647;
const NAMES = {
  id: 'ReqIF.ForeignID',
  title: 'ReqIF.Name',
  text: 'ReqIF.Text',
  status: 'ReqIF.ForeignState',
} as const;
/** Names of attributes that an item's own attribute must not have. */
const TAKEN: readonly string[] = [
  ...Object.values(NAMES),
  'ReqIF.ChapterName',
  'ReqIF.Description',
  'Status',
  'State',
];

/**
 * Items as a ReqIF 1.2 document: an object type for each kind, a relation type for each type of link, and one specification that lists all
 * objects. All values are texts.
 *
 * @param time of the commit or the like, in ISO 8601, for the header and each element
 */
export function writeReqif(items: readonly Item[], time = NO_TIME): Outcome<string> {
  const lost = losses();
  const objects = items.map((item, index) => ({
    item,
    identifier: identifierOf('object', `${item.id}\n${index}`),
    values: valuesOf(item, lost),
  }));
  const firstOf = new Map([...objects].reverse().map(({ item, identifier }) => [item.id, identifier]));
  const typeOf = ({ kind, origin }: Item) => origin.type ?? kind;
  const types = [...new Set(items.map(typeOf))].sort(compareText);
  const attributeNames = new Map(
    types.map((type) => [
      type,
      [
        ...new Set(
          objects
            .filter(({ item }) => typeOf(item) === type)
            .flatMap(({ values }) => values.map(([name]) => name)),
        ),
      ],
    ]),
  );
  const relations = objects.flatMap(({ item, identifier }) =>
    item.links.flatMap((link, index) => {
      const target = firstOf.get(link.to);
      if (target !== undefined)
        return [
          {
            link,
            source: identifier,
            target,
            identifier: identifierOf('relation', `${identifier}\n${index}`),
          },
        ];
      lost.add(
        item,
        `the link to \`${link.to}\` is not written: there is no such item, and ReqIF has no place for it.`,
      );
      return [];
    }),
  );
  const linkTypes = [...new Set(relations.map(({ link }) => link.type))].sort(compareText);
  const common = (identifier: string, name?: string) =>
    `IDENTIFIER="${identifier}" LAST-CHANGE="${attributeValue(time)}"${name === undefined ? '' : ` LONG-NAME="${attributeValue(name)}"`}`;
  const definition = (owner: string, name: string) =>
    element(`ATTRIBUTE-DEFINITION-STRING ${common(definitionId(owner, name), name)}`, [
      element('TYPE', [reference('DATATYPE-DEFINITION-STRING', STRING)]),
    ]);
  const value = (owner: string, [name, text]: readonly [string, string]) =>
    element(`ATTRIBUTE-VALUE-STRING THE-VALUE="${attributeValue(text)}"`, [
      element('DEFINITION', [reference('ATTRIBUTE-DEFINITION-STRING', definitionId(owner, name))]),
    ]);
  const content = [
    element('DATATYPES', [
      `<DATATYPE-DEFINITION-STRING ${common(STRING, 'String')} MAX-LENGTH="${MAX_LENGTH}"/>`,
    ]),
    element('SPEC-TYPES', [
      ...types.map((type) =>
        element(`SPEC-OBJECT-TYPE ${common(typeId(type), type)}`, [
          element(
            'SPEC-ATTRIBUTES',
            (attributeNames.get(type) ?? []).map((name) => definition(typeId(type), name)),
          ),
        ]),
      ),
      ...linkTypes.map((type) =>
        element(`SPEC-RELATION-TYPE ${common(relationTypeId(type), type)}`, [
          element(
            'SPEC-ATTRIBUTES',
            [RELATION_REVISION, RELATION_ROLE].map((name) => definition(relationTypeId(type), name)),
          ),
        ]),
      ),
      `<SPECIFICATION-TYPE ${common('specification-type', 'Specification')}/>`,
    ]),
    element(
      'SPEC-OBJECTS',
      objects.map(({ item, identifier, values }) =>
        element(`SPEC-OBJECT ${common(identifier)}`, [
          element('TYPE', [reference('SPEC-OBJECT-TYPE', typeId(typeOf(item)))]),
          element(
            'VALUES',
            values.map((each) => value(typeId(typeOf(item)), each)),
          ),
        ]),
      ),
    ),
    element(
      'SPEC-RELATIONS',
      relations.map(({ link, source, target, identifier }) =>
        element(`SPEC-RELATION ${common(identifier)}`, [
          element('TYPE', [reference('SPEC-RELATION-TYPE', relationTypeId(link.type))]),
          element(
            'VALUES',
            relationValues(link).map((each) => value(relationTypeId(link.type), each)),
          ),
          element('SOURCE', [reference('SPEC-OBJECT', source)]),
          element('TARGET', [reference('SPEC-OBJECT', target)]),
        ]),
      ),
    ),
    element('SPECIFICATIONS', [
      element(`SPECIFICATION ${common('specification', 'Items')}`, [
        element('TYPE', [reference('SPECIFICATION-TYPE', 'specification-type')]),
        element(
          'CHILDREN',
          objects.map(({ identifier }) =>
            element(`SPEC-HIERARCHY ${common(identifierOf('hierarchy', identifier))}`, [
              element('OBJECT', [reference('SPEC-OBJECT', identifier)]),
            ]),
          ),
        ),
      ]),
    ]),
  ];
  const header = element('THE-HEADER', [
    element('REQ-IF-HEADER IDENTIFIER="header"', [
      `<CREATION-TIME>${textValue(time)}</CREATION-TIME>`,
      '<REQ-IF-TOOL-ID>Traceward</REQ-IF-TOOL-ID>',
      '<REQ-IF-VERSION>1.0</REQ-IF-VERSION>',
      '<SOURCE-TOOL-ID>Traceward</SOURCE-TOOL-ID>',
      '<TITLE>Items</TITLE>',
    ]),
  ]);
  const root = element('REQ-IF xmlns="http://www.omg.org/spec/ReqIF/20110401/reqif.xsd"', [
    header,
    element('CORE-CONTENT', [element('REQ-IF-CONTENT', content)]),
  ]);
  return { value: `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`, problems: lost.problems };
}

function valuesOf(item: Item, lost: ReturnType<typeof losses>): readonly (readonly [string, string])[] {
  const fields = Object.entries(ownFieldsOf(item)).map(
    ([name, value]) => [name, Array.isArray(value) ? value.join(', ') : attributeText(value)] as const,
  );
  const taken = new Set([...TAKEN, ...fields.map(([name]) => name)]);
  const attributes = Object.entries(item.attributes).flatMap(([name, value]) => {
    if (name.trim() === name && name !== '' && !taken.has(name))
      return [[name, attributeText(value)] as const];
    lost.add(item, `the attribute \`${name}\` has the name of a field of ReqIF and is not written.`);
    return [];
  });
  const values = [
    [NAMES.id, item.id] as const,
    [NAMES.title, item.title] as const,
    ...(item.text === undefined ? [] : [[NAMES.text, item.text] as const]),
    [NAMES.status, item.origin.status ?? item.approval] as const,
    ...fields,
    ...attributes,
  ];
  if (values.some(([name, text]) => FORBIDDEN.test(name) || FORBIDDEN.test(text)))
    lost.add(item, 'characters that XML cannot hold are written as \uFFFD.');
  return values;
}

function relationValues({ role, type, revision }: DeclaredLink): readonly (readonly [string, string])[] {
  return [
    ...(revision === undefined ? [] : [[RELATION_REVISION, String(revision)] as const]),
    ...(role === undefined || role === type ? [] : [[RELATION_ROLE, role] as const]),
  ];
}

/** An identifier as XML wants it, the same for the same content. */
function identifierOf(what: string, content: string): string {
  return `${what}-${sha256Hex(content).slice(0, 24)}`;
}

function typeId(type: string): string {
  return identifierOf('type', type);
}

function relationTypeId(type: string): string {
  return `relation-type-${type}`;
}

function definitionId(owner: string, name: string): string {
  return identifierOf('attribute', `${owner}\n${name}`);
}

function reference(what: string, identifier: string): string {
  return `<${what}-REF>${identifier}</${what}-REF>`;
}

/** @param start name and attributes */
function element(start: string, children: readonly string[]): string {
  const [name = ''] = start.split(' ', 1);
  if (children.length === 0) return `<${start}/>`;
  const inner = children
    .map((child) => `\n${child}`)
    .join('')
    .replaceAll('\n', '\n ');
  return `<${start}>${inner}\n</${name}>`;
}

/** What XML 1.0 cannot hold at all: control characters, halves of pairs, two that are no characters. */
const FORBIDDEN = /(?![\t\n\r\u007F-\u009F])\p{Cc}|\p{Cs}|[\uFFFE\uFFFF]/u;
const ALL_FORBIDDEN = new RegExp(FORBIDDEN.source, 'gu');

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Text in an attribute; line breaks and tabs too come back as they are. */
function attributeValue(text: string): string {
  return text
    .replaceAll(ALL_FORBIDDEN, '\uFFFD')
    .replaceAll(/[&<>"\t\n\r]/g, (sign) => ENTITIES[sign] ?? sign);
}

function textValue(text: string): string {
  return text.replaceAll(ALL_FORBIDDEN, '\uFFFD').replaceAll(/[&<>]/g, (sign) => ENTITIES[sign] ?? sign);
}
