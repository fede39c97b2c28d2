import { fewCharacters, onlyLetter } from './regexSet.ts';
import type { RegexNode } from './regexTree.ts';

/** Any match contains one of these texts. */
export interface RequiredTexts {
  /** In lower case when case does not count. */
  readonly texts: readonly string[];
  readonly ignoreCase: boolean;
}

/** More alternatives than this cost more to look for than they save. */
const MAX_ALTERNATIVES = 120;
const MAX_COLLECTED = 4 * MAX_ALTERNATIVES;
const MAX_CLAUSES = 8;
/** Texts that a part of an expression is written out as: `set[ug]id` are two. */
const MAX_WRITTEN_OUT = 8;

interface Text {
  readonly text: string;
  readonly ignoreCase: boolean;
}

const NOTHING_YET: readonly Text[] = [{ text: '', ignoreCase: false }];

/**
 * What every match must contain, the longest texts first. Only what a match takes counts, not what it looks at.
 */
export function requiredTexts(root: RegexNode): readonly RequiredTexts[] {
  return theBest(clausesOf(root, MAX_WRITTEN_OUT));
}

function theBest(clauses: readonly RequiredTexts[]): readonly RequiredTexts[] {
  return clauses.toSorted((a, b) => worth(b) - worth(a)).slice(0, MAX_CLAUSES);
}

/** The length of its shortest text. */
function worth({ texts }: RequiredTexts): number {
  return Math.min(...texts.map((text) => text.length));
}

/** @param most texts that a part is written out as */
function clausesOf(node: RegexNode, most: number): readonly RequiredTexts[] {
  const exact = exactTexts(node, most);
  if (exact !== undefined) return clausesOfRun(exact);
  switch (node.is) {
    case 'sequence': {
      const clauses: RequiredTexts[] = [];
      let run = NOTHING_YET;
      for (const part of node.of) {
        const texts = exactTexts(part, most);
        if (texts !== undefined && run.length * texts.length <= most) run = joined(run, texts);
        else {
          clauses.push(...clausesOfRun(run));
          run = texts ?? NOTHING_YET;
          if (texts === undefined) clauses.push(...clausesOf(part, most));
        }
      }
      return [...clauses, ...clausesOfRun(run)];
    }
    case 'choice':
      return alternatives(node.of, most);
    case 'repeat':
      return node.min > 0 ? clausesOf(node.of, most) : [];
    case 'group':
    case 'atomic':
      return clausesOf(node.of, most);
    case 'set':
    case 'look':
    case 'back':
    case 'assert':
    case 'keep':
      return [];
  }
}

/** Each alternative brings its best clause; together they are one. */
function alternatives(nodes: readonly RegexNode[], most: number): readonly RequiredTexts[] {
  const texts: Text[] = [];
  for (const node of nodes) {
    const [best] = theBest(clausesOf(node, most));
    if (best === undefined) return [];
    texts.push(...best.texts.map((text) => ({ text, ignoreCase: best.ignoreCase })));
    if (texts.length > MAX_COLLECTED) break;
  }
  const one = clause(texts);
  if (texts.length <= MAX_COLLECTED && one.texts.length <= MAX_ALTERNATIVES) return [one];
  // Fewer, shorter ones may do.
  return most > 1 ? alternatives(nodes, 1) : [];
}

/** None when the run may be empty. */
function clausesOfRun(run: readonly Text[]): readonly RequiredTexts[] {
  return run.some(({ text }) => text === '') ? [] : [clause(run)];
}

function clause(texts: readonly Text[]): RequiredTexts {
  const ignoreCase = texts.some((each) => each.ignoreCase);
  const distinct = [...new Set(texts.map(({ text }) => (ignoreCase ? lowered(text) : text)))];
  // Where a longer one stands, a shorter one that it contains stands too.
  const shortest = distinct.filter(
    (text) => !distinct.some((each) => each !== text && text.includes(each)),
  );
  return { texts: shortest, ignoreCase };
}

/** All texts that a node matches, where they are few; what takes no text is empty. */
function exactTexts(node: RegexNode, most: number): readonly Text[] | undefined {
  const texts = writtenOut(node, most);
  return texts !== undefined && texts.length <= most ? texts : undefined;
}

function writtenOut(node: RegexNode, most: number): readonly Text[] | undefined {
  switch (node.is) {
    case 'set': {
      const characters = fewCharacters(node.set, most);
      const letter = characters?.length === 1 ? undefined : onlyLetter(node.set);
      if (letter !== undefined) return [{ text: String.fromCodePoint(letter), ignoreCase: true }];
      return characters?.map((code) => ({ text: String.fromCodePoint(code), ignoreCase: false }));
    }
    case 'sequence': {
      let all = NOTHING_YET;
      for (const part of node.of) {
        const texts = exactTexts(part, most);
        if (texts === undefined || all.length * texts.length > most) return undefined;
        all = joined(all, texts);
      }
      return all;
    }
    case 'choice': {
      const all: Text[] = [];
      for (const each of node.of) {
        const texts = exactTexts(each, most);
        if (texts === undefined || all.length + texts.length > most) return undefined;
        all.push(...texts);
      }
      return all;
    }
    case 'group':
    case 'atomic':
      return exactTexts(node.of, most);
    case 'repeat': {
      const once = node.max === 1 ? exactTexts(node.of, most) : undefined;
      return once && node.min === 0 ? [...NOTHING_YET, ...once] : once;
    }
    case 'look':
    case 'assert':
    case 'keep':
      return NOTHING_YET;
    case 'back':
      return undefined;
  }
}

/** Each of the first followed by each of the second. */
function joined(first: readonly Text[], second: readonly Text[]): readonly Text[] {
  return first.flatMap((a) =>
    second.map((b) => ({ text: a.text + b.text, ignoreCase: a.ignoreCase || b.ignoreCase })),
  );
}

/**
 * A text in lower case, in which the position of each letter of ASCII is kept; `ſ` counts as `s`, as it does where case is
 * ignored.
 */
export function lowered(text: string): string {
  const lower = text.toLowerCase();
  return lower.includes('ſ') ? lower.replaceAll('ſ', 's') : lower;
}

let lastText = '';
let lastLowered = '';

/** Many expressions are tried on a text in a row: the last one in lower case is kept. */
export function loweredOnce(text: string): string {
  if (text !== lastText) [lastText, lastLowered] = [text, lowered(text)];
  return lastLowered;
}

/** Whether a text holds what every match must contain. */
export function mayHold(clauses: readonly RequiredTexts[], text: string): boolean {
  return clauses.every(({ texts, ignoreCase }) => {
    const where = ignoreCase ? loweredOnce(text) : text;
    return texts.some((each) => where.includes(each));
  });
}
