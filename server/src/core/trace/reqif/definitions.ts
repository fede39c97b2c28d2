import type { Range } from '../../base/range.ts';
import { childNamed, childrenNamed, plainText, type XmlElement } from '../../base/xml.ts';
import type { AttributeValue } from '../item.ts';

/** What the head of a ReqIF file defines, by IDENTIFIER. */
export interface Definitions {
  /** LONG-NAME of each type of objects, relations and specifications. */
  readonly types: ReadonlyMap<string, string>;
  readonly attributes: ReadonlyMap<string, AttributeDefinition>;
  readonly enumValues: ReadonlyMap<string, string>;
  /** Attributes with a default, by the type that has them. */
  readonly defaults: ReadonlyMap<string, readonly AttributeDefinition[]>;
}

export interface AttributeDefinition {
  readonly name: string;
  /** An `ATTRIBUTE-VALUE-...` element. */
  readonly fallback: XmlElement | undefined;
}

export function definitionsOf(content: XmlElement): Definitions {
  const types = new Map<string, string>();
  const attributes = new Map<string, AttributeDefinition>();
  const enumValues = new Map<string, string>();
  const defaults = new Map<string, readonly AttributeDefinition[]>();
  for (const datatype of childNamed(content, 'DATATYPES')?.children ?? []) {
    for (const value of childNamed(datatype, 'SPECIFIED-VALUES')?.children ?? [])
      enumValues.set(idOf(value), nameOf(value) || keyOf(value) || idOf(value));
  }
  for (const type of childNamed(content, 'SPEC-TYPES')?.children ?? []) {
    types.set(idOf(type), nameOf(type) || idOf(type));
    const own: AttributeDefinition[] = [];
    for (const attribute of childNamed(type, 'SPEC-ATTRIBUTES')?.children ?? []) {
      const fallback = childNamed(attribute, 'DEFAULT-VALUE')?.children[0];
      const definition = { name: nameOf(attribute) || idOf(attribute), fallback };
      attributes.set(idOf(attribute), definition);
      if (fallback !== undefined) own.push(definition);
    }
    if (own.length > 0) defaults.set(idOf(type), own);
  }
  return { types, attributes, enumValues, defaults };
}

export function idOf({ attributes }: XmlElement): string {
  return (attributes.get('IDENTIFIER') ?? '').trim();
}

export function nameOf({ attributes }: XmlElement): string {
  return (attributes.get('LONG-NAME') ?? '').trim();
}

function keyOf(value: XmlElement): string {
  const embedded = childNamed(value, 'PROPERTIES')?.children[0];
  return embedded?.attributes.get('OTHER-CONTENT') ?? embedded?.attributes.get('KEY') ?? '';
}

/** The text of the one reference in a child of that name: `<SOURCE><SPEC-OBJECT-REF>x</SPEC-OBJECT-REF></SOURCE>`. */
export function referenceIn(element: XmlElement, name: string): string {
  return (childNamed(element, name)?.children[0]?.text ?? '').trim();
}

/** Values of an object by the LONG-NAME of their attribute, in the order of the file; defaults of its type stand for what is absent. */
export function valuesOf(
  object: XmlElement,
  type: string,
  { attributes, enumValues, defaults }: Definitions,
  missing: (what: string, range: Range) => void,
): ReadonlyMap<string, AttributeValue> {
  const values = new Map<string, AttributeValue>();
  for (const value of childNamed(object, 'VALUES')?.children ?? []) {
    const reference = referenceIn(value, 'DEFINITION');
    const definition = attributes.get(reference);
    if (definition === undefined && reference !== '') missing(`the attribute \`${reference}\``, value.range);
    const read = valueOf(value, enumValues, missing);
    if (read !== undefined) values.set(definition?.name ?? reference, read);
  }
  for (const { name, fallback } of defaults.get(type) ?? []) {
    const read = fallback === undefined ? undefined : valueOf(fallback, enumValues, missing);
    if (read !== undefined && !values.has(name)) values.set(name, read);
  }
  return values;
}

/** The value of an `ATTRIBUTE-VALUE-...` element; undefined where it has none. */
function valueOf(
  element: XmlElement,
  enumValues: ReadonlyMap<string, string>,
  missing: (what: string, range: Range) => void,
): AttributeValue | undefined {
  if (element.name === 'ATTRIBUTE-VALUE-ENUMERATION') {
    const names = childrenNamed(element, 'VALUES')
      .flatMap(({ children }) => children)
      .map(({ text, range }) => {
        const reference = text.trim();
        const name = enumValues.get(reference);
        if (name === undefined) missing(`the value \`${reference}\``, range);
        return name ?? reference;
      });
    return names.length > 1 ? names : names[0];
  }
  const inner = childNamed(element, 'THE-VALUE');
  const written = element.attributes.get('THE-VALUE');
  if (written === undefined) return inner === undefined ? undefined : withObjects(inner);
  const number = Number(written);
  const isNumber = element.name === 'ATTRIBUTE-VALUE-INTEGER' || element.name === 'ATTRIBUTE-VALUE-REAL';
  // A number that would not be written the same again stays a text.
  if (isNumber && String(number) === written.trim()) return number;
  if (element.name === 'ATTRIBUTE-VALUE-BOOLEAN' && /^(?:true|false|1|0)$/.test(written.trim()))
    return written.trim() === 'true' || written.trim() === '1';
  return written;
}

/** Text of XHTML; where there is none, the pictures and attachments that stand in its place. */
function withObjects(element: XmlElement): string {
  const text = plainText(element);
  return text === ''
    ? attachmentsIn(element)
        .map((name) => `[${name}]`)
        .join(' ')
    : text;
}

/** Pictures and attachments that the XHTML below an element shows, as it names them; each once. */
export function attachmentsIn(element: XmlElement): readonly string[] {
  const names = new Set<string>();
  const visit = ({ name, attributes, children }: XmlElement): void => {
    const data = name === 'object' ? attributes.get('data') : undefined;
    if (data !== undefined) names.add(data);
    children.forEach(visit);
  };
  visit(element);
  return [...names];
}
