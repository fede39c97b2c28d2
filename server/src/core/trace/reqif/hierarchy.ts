import type { Range } from '../../base/range.ts';
import { childNamed, childrenNamed, type XmlElement } from '../../base/xml.ts';
import { nameOf, referenceIn } from './definitions.ts';

/** Where an object stands in the outline of a specification. */
export interface Place {
  /** Name of the specification. */
  readonly specification: string;
  /** Numbers from the top: `2.1.3`. */
  readonly section: string;
  /** Identifier of the object above. */
  readonly parent: string | undefined;
}

/** The first place of each object, by identifier. A file need not have any outline. */
export function placesOf(
  content: XmlElement,
  seen: (identifier: string, range: Range) => void,
): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  const visit = (above: XmlElement, specification: string, prefix: string, parent: string | undefined) => {
    const nodes = childrenNamed(above, 'CHILDREN').flatMap((list) => childrenNamed(list, 'SPEC-HIERARCHY'));
    for (const [index, node] of nodes.entries()) {
      const section = `${prefix}${index + 1}`;
      const identifier = referenceIn(node, 'OBJECT');
      if (identifier !== '') {
        seen(identifier, node.range);
        if (!places.has(identifier)) places.set(identifier, { specification, section, parent });
      }
      visit(node, specification, `${section}.`, identifier === '' ? parent : identifier);
    }
  };
  for (const specification of childNamed(content, 'SPECIFICATIONS')?.children ?? [])
    visit(specification, nameOf(specification), '', undefined);
  return places;
}
