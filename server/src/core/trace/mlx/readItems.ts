import { compileRegex, RegexLimit, type RuleRegex } from '../../rules/regex.ts';
import type { Outcome, Problem } from '../../base/problem.ts';
import type { Range } from '../../base/range.ts';
import type { SourceFacts, SourcePart } from '../formats.ts';
import { approvalOf } from '../foreignWords.ts';
import { newItem, type AttributeValue, type Item, type ItemKind, type LooseLink } from '../item.ts';
import type { SourceSettings } from '../sources.ts';
import { readDirectives, type Directive, type Word } from './directives.ts';
import { relationOf } from './relations.ts';

/** Options that say how an item looks. */
const LAYOUT: ReadonlySet<string> = new Set([
  'class',
  'nocaptions',
  'hidetype',
  'hidestatus',
  'hidden',
  'collapse',
]);
const TESTS = /^(?:[UISQ]?TEST|[UISQ]T|TC|TESTCASE)$/i;

/** Reads the items and links of a reStructuredText file as mlx.traceability has them. */
export function readItems(path: string, text: string, settings: SourceSettings): Outcome<SourceFacts> {
  const problems: Problem[] = [];
  const report = (message: string, range: Range): void => {
    problems.push({ code: 'mlx', severity: 'warning', message, path, range });
  };
  const items: Item[] = [];
  const links: LooseLink[] = [];
  const patterns: AttributeValue[] = [];
  for (const directive of readDirectives(text)) {
    const { name, argument, options, range } = directive;
    if (name === 'item') {
      const [id] = argument;
      if (id === undefined) report('This item has no id: it is not read.', range);
      else {
        items.push(itemOf(path, id, directive, settings));
        links.push(...linksOf(path, id.text, options, settings));
      }
    } else if (name === 'item-link') {
      const type = options.get('type')?.[0]?.text ?? '';
      if (type === '') {
        report('This `item-link` has no `type`: it is not read.', range);
        continue;
      }
      const [sources, targets] = [options.get('sources') ?? [], options.get('targets') ?? []];
      const [source, target] = [textOf(options.get('source')), textOf(options.get('target'))];
      const isGiven = (plural: readonly Word[], pattern: string) => plural.length > 0 !== (pattern !== '');
      if (!isGiven(sources, source) || !isGiven(targets, target)) {
        report('An `item-link` has `sources` or `source`, and `targets` or `target`: it is not read.', range);
        continue;
      }
      for (const each of sources)
        links.push(...targets.map((to) => linkOf(path, each.text, to, type, settings)));
      // Which items a regular expression means is known when all files are.
      if (source !== '' || target !== '')
        patterns.push({
          path,
          line: range.start.line,
          type,
          source: source === '' ? sources.map((each) => each.text) : source,
          target: target === '' ? targets.map((each) => each.text) : target,
        });
    } else {
      const filter = textOf(options.get('filter') ?? argument);
      const values = attributesOf(new Map([...options].filter(([key]) => key !== 'filter')), settings);
      patterns.push({ path, line: range.start.line, filter, values });
    }
  }
  return { value: { items, links, extra: { patterns } }, problems };
}

function itemOf(
  path: string,
  id: Word,
  { argument, options, body, range }: Directive,
  settings: SourceSettings,
): Item {
  const type = /^[A-Za-z]+/.exec(id.text)?.[0] ?? '';
  const status = textOf(options.get('status'));
  const title = argument
    .slice(1)
    .map(({ text }) => text)
    .join(' ');
  return newItem({
    id: id.text,
    kind: kindOf(type, options, settings),
    title,
    ...(body !== '' && { text: body }),
    approval: approvalOf(status),
    attributes: attributesOf(options, settings),
    origin: {
      format: 'mlx',
      ...(type !== '' && { type }),
      ...(status !== '' && { status }),
    },
    location: { path, range: id.range.start.line === range.start.line ? id.range : range },
  });
}

/** There are no types: `kinds` names them by the letters that ids begin with; what validates something is a test. */
function kindOf(
  type: string,
  options: ReadonlyMap<string, readonly Word[]>,
  { kinds }: SourceSettings,
): ItemKind {
  const told = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  if (told !== undefined) return told;
  return TESTS.test(type) || options.has('validates') || options.has('verifies') ? 'test' : 'requirement';
}

function attributesOf(
  options: ReadonlyMap<string, readonly Word[]>,
  settings: SourceSettings,
): Readonly<Record<string, AttributeValue>> {
  return Object.fromEntries(
    [...options]
      .filter(([name]) => name !== 'status' && !LAYOUT.has(name) && relationOf(name, settings) === undefined)
      .map(([name, words]) => [name, textOf(words)]),
  );
}

function linksOf(
  path: string,
  id: string,
  options: ReadonlyMap<string, readonly Word[]>,
  settings: SourceSettings,
): readonly LooseLink[] {
  return [...options].flatMap(([name, words]) =>
    relationOf(name, settings) === undefined
      ? []
      : words.map((word) => linkOf(path, id, word, name, settings)),
  );
}

/** A link in the direction in which it gives coverage. */
function linkOf(path: string, from: string, to: Word, name: string, settings: SourceSettings): LooseLink {
  const relation = relationOf(name, settings) ?? { type: 'relates', reverse: false, forward: name };
  const [start, end] = relation.reverse ? [to.text, from] : [from, to.text];
  return {
    from: start,
    to: end,
    type: relation.type,
    role: relation.forward,
    location: { path, range: to.range },
  };
}

function textOf(words: readonly Word[] | undefined): string {
  return (words ?? []).map(({ text }) => text).join(' ');
}

/** Links by regular expressions over the ids of all files, and each link once, whichever of its ends says so. */
export function joinItems(parts: readonly SourcePart[], settings: SourceSettings): Outcome<SourceFacts> {
  const problems: Problem[] = [];
  const items = parts.flatMap(({ facts }) => facts.items);
  const links = parts.flatMap(({ facts }) => facts.links ?? []);
  const patterns = parts.flatMap(({ facts }) => {
    const written = facts.extra?.['patterns'];
    return listOf(written);
  });
  const values = new Map<string, Record<string, AttributeValue>>();
  const ids = items.map(({ id }) => id);
  for (const pattern of patterns) {
    if (typeof pattern !== 'object' || pattern === null || Array.isArray(pattern)) continue;
    const {
      path,
      line,
      type,
      source,
      target,
      filter,
      values: given,
    } = pattern as Readonly<Record<string, AttributeValue>>;
    const role = typeof type === 'string' ? type : '';
    const at = typeof line === 'number' ? line : 0;
    const range: Range = { start: { line: at, column: 0 }, end: { line: at, column: 0 } };
    const where = typeof path === 'string' ? path : '';
    const chosen = (what: AttributeValue | undefined): readonly string[] => {
      if (typeof what !== 'string')
        return listOf(what).flatMap((each) => (typeof each === 'string' ? [each] : []));
      const found = matching(what, ids);
      if (typeof found !== 'string') return found;
      problems.push({ code: 'mlx', severity: 'warning', message: found, path: where, range });
      return [];
    };
    if (typeof filter === 'string') {
      for (const id of chosen(filter))
        values.set(id, { ...values.get(id), ...(given as Record<string, AttributeValue>) });
      continue;
    }
    const targets = chosen(target);
    for (const from of chosen(source)) {
      if (links.length > MAX_LINKS) break;
      links.push(...targets.map((to) => linkOf(where, from, { text: to, range }, role, settings)));
    }
  }
  return {
    value: {
      items: items.map((item) => {
        const given = values.get(item.id);
        return given === undefined ? item : { ...item, attributes: { ...given, ...item.attributes } };
      }),
      links: once(links),
    },
    problems,
  };
}

function listOf(value: AttributeValue | undefined): readonly AttributeValue[] {
  return Array.isArray(value) ? (value as readonly AttributeValue[]) : [];
}

const MAX_LINKS = 500_000;

/** Ids that a regular expression matches from their start, as Python's `match` does: `SR-1` also means `SR-11`. Or what is wrong with it. */
function matching(pattern: string, ids: readonly string[]): readonly string[] | string {
  const shown = pattern.slice(0, 60);
  const compiled: { regex: RuleRegex } | { error: string } = compileRegex(pattern.slice(0, 500));
  if ('error' in compiled) return `\`${shown}\` is no regular expression that can be read: ${compiled.error}`;
  try {
    return ids.filter((id) => compiled.regex.matchesStart(id));
  } catch (error) {
    if (error instanceof RegexLimit) return `\`${shown}\` takes too many steps: it is not read.`;
    throw error;
  }
}

function once(links: readonly LooseLink[]): readonly LooseLink[] {
  const seen = new Set<string>();
  return links.filter(({ from, to, type, role }) => {
    const key = `${from}\n${to}\n${type}\n${role ?? ''}`;
    return !seen.has(key) && seen.add(key);
  });
}
