import type { Outcome, Problem, ProblemSeverity } from '../../base/problem.ts';
import type { Range } from '../../base/range.ts';
import type { SourceFacts } from '../formats.ts';
import { newItem, type Attributes, type Item, type ItemKind, type LinkType } from '../item.ts';
import type { SourceSettings } from '../sources.ts';
import { strideOf, threatState, type ThreatState } from './words.ts';

/** Names of things in a model: an id need be unique among things of its sort only. */
export type Sort =
  'asset' | 'element' | 'flow' | 'zone' | 'boundary' | 'threat' | 'control' | 'risk' | 'requirement';

const KINDS: Readonly<Record<Sort, ItemKind>> = {
  asset: 'asset',
  element: 'element',
  flow: 'flow',
  zone: 'zone',
  boundary: 'zone',
  threat: 'threat',
  control: 'control',
  risk: 'risk',
  requirement: 'requirement',
};

/** A thing of a model with its references as the model writes them. */
export interface Draft {
  readonly sort: Sort;
  readonly id: string;
  readonly title?: string;
  readonly text?: string;
  /** Of the id. */
  readonly range: Range;
  /** The word of the format for what it is. */
  readonly type?: string;
  readonly status?: string;
  /** What the status means; of threats and risks it becomes the attribute `state`. */
  readonly state?: ThreatState;
  readonly approval?: Item['approval'];
  readonly justification?: string;
  readonly stride?: readonly string[];
  readonly cwe?: readonly string[];
  readonly severity?: string;
  readonly links?: readonly Reference[];
  /** Entries that are undefined or '' are left out. */
  readonly attributes?: Readonly<Record<string, Attributes[string] | undefined>>;
}

export interface Reference {
  readonly type: LinkType;
  readonly role: string;
  readonly to: string;
  /** Sorts that it may name, in order. */
  readonly sorts: readonly Sort[];
  readonly range: Range;
}

export interface ModelBuilder {
  add(draft: Draft): void;
  report(message: string, range: Range, severity?: ProblemSeverity, code?: string): void;
  /** What a status word means; an unknown one is open, and named once. */
  stateOf(word: string, range: Range): ThreatState;
  finish(): Outcome<SourceFacts>;
}

/** Problems beyond these are counted. */
const MAX_PROBLEMS = 200;

/**
 * Collects the things of one threat model. References are looked up when all are there, so that their order does not matter. Things of
 * different sorts with one id get the sort before their id, but for the first. With `options: { prefix: TM }` ids become such as
 * item files can name: `TM-WEB-APP`.
 */
export function modelBuilder(
  path: string,
  format: string,
  { options }: SourceSettings,
  known: readonly Problem[] = [],
): ModelBuilder {
  const drafts: Draft[] = [];
  const problems: Problem[] = [...known];
  const unknownWords = new Set<string>();
  let hidden = 0;
  const prefix = typeof options['prefix'] === 'string' ? options['prefix'].toUpperCase() : undefined;
  const report: ModelBuilder['report'] = (
    message,
    range,
    severity = 'warning',
    code = 'threat-model',
  ): void => {
    if (problems.length < MAX_PROBLEMS) problems.push({ code, severity, message, path, range });
    else hidden++;
  };
  return {
    add: (draft) => void drafts.push(draft),
    report,
    stateOf: (word, range) => {
      const state = threatState(word);
      if (state !== undefined) return state;
      if (word !== '' && !unknownWords.has(word)) {
        unknownWords.add(word);
        report(
          `What the status \`${word.slice(0, 60)}\` means is not known: it is read as open.`,
          range,
          'information',
          'trace-word',
        );
      }
      return 'open';
    },
    finish: () => {
      const ids = idsOf(drafts, prefix);
      const idOf = (sorts: readonly Sort[], id: string): string => {
        const found = sorts.map((sort) => ids.get(keyOf(sort, id))).find((each) => each !== undefined);
        return found ?? (prefix === undefined ? id : prefixed(prefix, id));
      };
      const items = drafts.map((draft): Item => {
        const { sort, id, title, text, range, type, status, state, links = [], attributes = {} } = draft;
        const own = idOf([sort], id);
        const all: Draft['attributes'] = { state, ...attributes };
        const filled = Object.entries(all).flatMap(([key, value]): [string, Attributes[string]][] =>
          value === undefined || value === '' ? [] : [[key, value]],
        );
        return newItem({
          id: own,
          kind: KINDS[sort],
          ...(title !== undefined && { title: title.replace(/\s+/g, ' ') }),
          ...(text !== undefined && text.trim() !== '' && { text: text.trim() }),
          approval: draft.approval ?? approvalOf(state),
          ...(draft.justification !== undefined && { justification: draft.justification }),
          stride: draft.stride ?? [],
          cwe: draft.cwe ?? [],
          ...(draft.severity !== undefined && { severity: draft.severity }),
          links: unique(
            links.map(({ sorts, to, ...link }) => ({
              type: link.type,
              role: link.role,
              to: idOf(sorts, to),
              location: { path, range: link.range },
            })),
          ),
          attributes: Object.fromEntries(filled),
          origin: {
            format,
            ...(own !== id && { id }),
            ...(type !== undefined && type !== '' && { type }),
            ...(status !== undefined && status !== '' && { status }),
          },
          location: { path, range },
        });
      });
      const rest: Problem[] =
        hidden === 0
          ? []
          : [
              {
                code: 'threat-model',
                severity: 'warning',
                message: `${hidden} more problems of this model are not shown.`,
                path,
              },
            ];
      return { value: { items }, problems: [...problems, ...rest] };
    },
  };
}

function approvalOf(state: ThreatState | undefined): Item['approval'] {
  if (state === 'not-applicable') return 'rejected';
  return state === 'unreviewed' ? 'draft' : 'approved';
}

function keyOf(sort: Sort, id: string): string {
  return `${sort}\n${id}`;
}

function idsOf(drafts: readonly Draft[], prefix: string | undefined): ReadonlyMap<string, string> {
  const sortOf = new Map<string, Sort>();
  const ids = new Map<string, string>();
  for (const { sort, id } of drafts) {
    const plain = prefix === undefined ? id : prefixed(prefix, id);
    const first = sortOf.get(plain) ?? sort;
    sortOf.set(plain, first);
    const own = prefix === undefined ? `${sort}:${id}` : prefixed(prefix, `${sort}-${id}`);
    ids.set(keyOf(sort, id), first === sort ? plain : own);
  }
  return ids;
}

function prefixed(prefix: string, id: string): string {
  const words = id
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter((word) => word !== '');
  return [prefix, ...(words.length === 0 ? ['0'] : words)].join('-');
}

function unique<T extends { type: string; role: string; to: string }>(links: readonly T[]): readonly T[] {
  const seen = new Set<string>();
  return links.filter(({ type, role, to }) => {
    const key = `${type}\n${role}\n${to}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** STRIDE classes and, where there is more to say, the category itself. */
export function categories(words: readonly string[]): {
  readonly stride: readonly string[];
  readonly category: string | undefined;
} {
  const stride = [...new Set(words.flatMap(strideOf))];
  const others = words.filter((word) => strideOf(word).length === 0 || /^privacy/i.test(word.trim()));
  return { stride, category: others.length === 0 ? undefined : others.join(', ') };
}

/**
 * What a free text beside a threat's status is: the control that mitigates it, or the reason why it stays. `undefined` for what the
 * tool itself puts there.
 */
export function answerTo(
  state: ThreatState,
  text: string,
): { readonly control?: string; readonly justification?: string } {
  const plain = text.trim();
  if (plain === '') return {};
  if (state === 'open' || state === 'unreviewed' || state === 'mitigated') return { control: plain };
  return { justification: plain };
}

/** A control that a threat's own text describes. */
export function controlOf(
  threat: string,
  text: string,
  range: Range,
  type: string,
  state: ThreatState,
): Draft {
  return {
    sort: 'control',
    id: `${threat}/mitigation`,
    title: (text.split('\n', 1)[0] ?? '').slice(0, 200),
    text,
    range,
    type,
    approval: state === 'mitigated' ? 'approved' : 'draft',
    links: [{ type: 'mitigates', role: 'mitigation', to: threat, sorts: ['threat'], range }],
  };
}
