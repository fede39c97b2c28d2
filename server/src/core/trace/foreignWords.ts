import type { Problem } from '../base/problem.ts';
import type { Range } from '../base/range.ts';
import { ITEM_KINDS, LINK_TYPES, type ItemKind, type LinkType } from './item.ts';
import type { SourceSettings } from './sources.ts';

/** What the types and roles of a foreign format mean; words that nobody explained are reported once a file. */
export interface ForeignWords {
  kindOf(type: string, range: Range): ItemKind;
  /** @param usual the link where the format writes no role */
  linkOf(role: string | undefined, usual: LinkType, range: Range): LinkType;
  readonly problems: readonly Problem[];
}

/** Words of many tools, compared without case, `-`, `_` and blanks. */
const KINDS: Readonly<Record<string, ItemKind>> = {
  req: 'requirement',
  requirement: 'requirement',
  requirements: 'requirement',
  compositerequirement: 'requirement',
  sysreq: 'requirement',
  swreq: 'requirement',
  feature: 'requirement',
  feat: 'requirement',
  story: 'requirement',
  need: 'requirement',
  spec: 'design',
  specification: 'design',
  arch: 'design',
  architecture: 'design',
  impl: 'unit',
  implementation: 'unit',
  testcase: 'test',
  testspec: 'test',
  testspecification: 'test',
  testresult: 'result',
  testrun: 'result',
  mitigation: 'control',
  countermeasure: 'control',
  hazard: 'risk',
};

const LINKS: Readonly<Record<string, LinkType>> = {
  parent: 'derives',
  refines: 'derives',
  derivedfrom: 'derives',
  derives: 'derives',
  fulfills: 'derives',
  fulfils: 'derives',
  satisfies: 'derives',
  satisfy: 'derives',
  realizes: 'derives',
  dependson: 'relates',
  implement: 'implements',
  implements: 'implements',
  implementation: 'implements',
  verify: 'verifies',
  verifies: 'verifies',
  verification: 'verifies',
  validates: 'verifies',
  validate: 'verifies',
  tests: 'verifies',
  test: 'verifies',
  checks: 'verifies',
  mitigates: 'mitigates',
  mitigate: 'mitigates',
  justifies: 'justifies',
  links: 'relates',
  trace: 'relates',
  traces: 'relates',
  relates: 'relates',
  relatesto: 'relates',
};

export function foreignWords(
  path: string,
  { kinds, roles }: Pick<SourceSettings, 'kinds' | 'roles'>,
): ForeignWords {
  const problems: Problem[] = [];
  const reported = new Set<string>();
  const report = (word: string, message: string, range: Range): void => {
    if (reported.has(word)) return;
    reported.add(word);
    problems.push({ code: 'trace-word', severity: 'information', message, path, range });
  };
  return {
    problems,
    kindOf: (type, range) => {
      const known = ownOf(kinds, type) ?? knownIn(KINDS, ITEM_KINDS, type);
      if (known !== undefined) return known;
      const shown = type.slice(0, 60);
      report(
        `type ${type}`,
        `What a \`${shown}\` is, is not known: it is read as a requirement. Say so under \`kinds\` of this source.`,
        range,
      );
      return 'requirement';
    },
    linkOf: (role, usual, range) => {
      if (role === undefined || role === '') return usual;
      const known = ownOf(roles, role) ?? knownIn(LINKS, LINK_TYPES, role);
      if (known !== undefined) return known;
      const shown = role.slice(0, 60);
      report(
        `role ${role}`,
        `What the role \`${shown}\` means is not known: the link joins without coverage. Say so under \`roles\` of this source.`,
        range,
      );
      return 'relates';
    },
  };
}

function ownOf<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function knownIn<T extends string>(
  words: Readonly<Record<string, T>>,
  ours: readonly T[],
  word: string,
): T | undefined {
  const plain = word.toLowerCase().replace(/[-_\s]/g, '');
  return ours.find((each) => each === plain) ?? ownOf(words, plain);
}

const REJECTED = /^(?:rejected|deleted|obsolete|removed|withdrawn|deprecated|cancell?ed)$/i;
const DRAFT = /^(?:draft|proposed|new|open|backlog|in ?progress|in ?work|wip|to ?do)$/i;

/** What a status word of another tool says about approval; an unknown one, or none, is approved. */
export function approvalOf(status: string | undefined): 'draft' | 'approved' | 'rejected' {
  if (status === undefined) return 'approved';
  const word = status.trim().replaceAll('_', ' ');
  if (REJECTED.test(word)) return 'rejected';
  return DRAFT.test(word) ? 'draft' : 'approved';
}
