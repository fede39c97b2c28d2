import fc from 'fast-check';

import {
  CATEGORIES,
  LEVELS,
  newItem,
  type DeclaredLink,
  type Item,
  type ItemKind,
  type LinkType,
} from '../../../server/src/core/trace/item.ts';
import {
  EXPLOITABILITY,
  SEVERITY_OF_HARM,
  STRIDE,
  TEST_METHODS,
} from '../../../server/src/core/trace/itemFields.ts';

/** Kinds with the links that an item file has fields for, and the kinds that they lead to. */
const LINKS: readonly (readonly [from: ItemKind, type: LinkType, to: readonly ItemKind[], role?: string])[] =
  [
    ['zone', 'relates', ['zone'], 'parent'],
    ['element', 'relates', ['zone'], 'zone'],
    ['element', 'relates', ['component'], 'components'],
    ['flow', 'relates', ['element'], 'from'],
    ['flow', 'relates', ['element'], 'to'],
    ['component', 'implements', ['requirement']],
    ['threat', 'derives', ['asset']],
    ['threat', 'derives', ['element', 'flow']],
    ['vulnerability', 'derives', ['component']],
    ['risk', 'derives', ['threat']],
    ['control', 'mitigates', ['threat', 'risk']],
    ['requirement', 'derives', ['control', 'requirement']],
    ['requirement', 'mitigates', ['threat']],
    ['design', 'derives', ['requirement']],
    ['test', 'verifies', ['requirement', 'design']],
    ['justification', 'justifies', ['requirement']],
  ];
const KINDS = [
  'asset',
  'zone',
  'element',
  'flow',
  'component',
  'threat',
  'vulnerability',
  'risk',
  'control',
  'requirement',
  'design',
  'test',
  'justification',
] as const;

/** Texts with all that some format takes for its own. */
export const trickyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 6 }),
      fc.constantFrom(
        '=1+1',
        "'=x",
        "''",
        '@a',
        '-',
        '+',
        'Covers:',
        'Needs: dsn',
        '# head',
        '## x #',
        '`req~a~1`',
        'req~b~2',
        '-->',
        '<!-- [impl->req~a~1] -->',
        'a --> b : req~c~1',
        'oft:off',
        '---',
        '```',
        '* b',
        '<b>&amp;"\'',
        ']]>',
        ': ',
        ' #',
        '- a',
        '[x]',
        '{y}',
        '\n',
        '\n\n',
        '\t',
        '\r\n',
        'null',
        '1e3',
        'yes',
        '~',
        '|',
        '>',
        '%',
        '*a',
        '&b',
        '!c',
        ';',
        ',',
        '"',
        '\\',
        '\u0085',
        '\u2028',
        '1.0',
        '0x1',
        '2026-01-01',
      ),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => parts.join('').trim())
  .filter((text) => text !== '');
const word = fc.constantFrom('alpha', 'beta', 'gamma-2', 'ble');
const title = trickyText.map((text) => text.replace(/\s+/g, ' ').trim()).filter((text) => text !== '');

/** Items as an item file can hold them, each id once, and links between them. */
export const nativeItems: fc.Arbitrary<readonly Item[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...KINDS),
      title,
      text: trickyText,
      hasText: fc.boolean(),
      revision: fc.constantFrom(1, 1, 2, 17),
      approval: fc.constantFrom('draft' as const, 'approved' as const, 'rejected' as const),
      tags: fc.uniqueArray(word, { maxLength: 2 }),
      justification: fc.option(trickyText, { nil: undefined }),
      category: fc.constantFrom(...CATEGORIES),
      level: fc.option(fc.constantFrom(...LEVELS), { nil: undefined }),
      stride: fc.uniqueArray(fc.constantFrom(...STRIDE), { minLength: 1, maxLength: 2 }),
      severity: fc.constantFrom(...SEVERITY_OF_HARM),
      exploitability: fc.constantFrom(...EXPLOITABILITY),
      method: fc.constantFrom(...TEST_METHODS),
      procedure: fc.option(trickyText, { nil: undefined }),
      attributes: fc.dictionary(fc.constantFrom('owner', 'x-note', 'Rating'), trickyText, { maxKeys: 2 }),
      ends: fc.array(fc.tuple(fc.nat(), fc.constantFrom(undefined, 1, 3)), { minLength: 4, maxLength: 4 }),
    }),
    { maxLength: 7 },
  )
  .map((seeds) => {
    const ids = seeds.map(({ kind }, index) => `${kind.slice(0, 2).toUpperCase()}-${index}`);
    return seeds.map((seed, index): Item => {
      const location = {
        path: 'i.yaml',
        range: { start: { line: index, column: 0 }, end: { line: index, column: 1 } },
      };
      const links = LINKS.filter(([from]) => from === seed.kind).flatMap(
        ([, type, to, role], at): DeclaredLink[] => {
          const targets = ids.filter((_, each) => to.some((kind) => kind === seeds[each]?.kind));
          const [end, revision] = seed.ends[at] ?? [0, undefined];
          const target = targets[end % Math.max(1, targets.length)];
          if (target === undefined) return [];
          return [
            {
              type,
              to: target,
              location,
              ...(role !== undefined && { role }),
              ...(revision !== undefined && { revision }),
            },
          ];
        },
      );
      const { kind, revision, approval, tags, attributes } = seed;
      const isBuilt = kind === 'requirement' || kind === 'design';
      return newItem({
        id: ids[index] ?? 'X-1',
        kind,
        title: seed.title,
        revision,
        approval,
        tags,
        attributes: kind === 'element' ? { ...attributes, type: 'process' } : attributes,
        links,
        asks: 'kind',
        needs: isBuilt ? [{ anyOf: ['code'] }, { anyOf: ['test'] }] : [],
        origin: { format: 'traceward' },
        location,
        ...((seed.hasText || kind === 'requirement' || kind === 'justification') && { text: seed.text }),
        ...(seed.justification !== undefined && { justification: seed.justification }),
        ...((kind === 'requirement' || kind === 'control') && { category: seed.category }),
        ...((isBuilt || kind === 'test') && seed.level !== undefined && { level: seed.level }),
        ...(kind === 'threat' && { stride: seed.stride, cwe: ['CWE-287'] }),
        ...(kind === 'risk' && { severity: seed.severity, exploitability: seed.exploitability }),
        ...(kind === 'test' && {
          method: seed.method,
          ...(seed.procedure !== undefined && { procedure: seed.procedure }),
        }),
      });
    });
  });

/** What a graph is made of: everything of an item but its place, its origin and, in foreign formats, what it asks for. */
export function nodeOf(
  item: Item,
  textOf: (text: string) => string = (text) => text,
): Readonly<Record<string, unknown>> {
  const fields = Object.entries(item).filter(
    ([name]) => !['location', 'origin', 'asks', 'needs'].includes(name),
  );
  return {
    ...Object.fromEntries(fields),
    title: textOf(item.title),
    ...(item.text !== undefined && { text: textOf(item.text) }),
    attributes: Object.fromEntries(Object.entries(item.attributes).sort()),
    links: item.links.map(linkText).sort(),
  };
}

export function linkText({ type, role, to, revision }: DeclaredLink): string {
  return `${type}${type === 'relates' && role !== undefined ? `/${role}` : ''} ${to}@${revision ?? ''}`;
}
