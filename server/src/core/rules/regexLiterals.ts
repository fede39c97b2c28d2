import { onlyCharacter, onlyLetter } from './regexSet.ts';
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

interface Text {
  readonly text: string;
  readonly ignoreCase: boolean;
}

/**
 * What every match must contain, the longest texts first. Only what a match takes counts, not what it looks at.
 */
export function requiredTexts(root: RegexNode): readonly RequiredTexts[] {
  const clauses = clausesOf(root);
  return clauses.toSorted((a, b) => worth(b) - worth(a)).slice(0, MAX_CLAUSES);
}

/** The length of its shortest text. */
function worth({ texts }: RequiredTexts): number {
  return Math.min(...texts.map((text) => text.length));
}

function clausesOf(node: RegexNode): readonly RequiredTexts[] {
  const exact = exactText(node);
  if (exact !== undefined) return exact.text === '' ? [] : [clause([exact])];
  switch (node.is) {
    case 'sequence': {
      const clauses: RequiredTexts[] = [];
      let run: Text = { text: '', ignoreCase: false };
      for (const part of node.of) {
        const text = exactText(part);
        if (text === undefined) {
          if (run.text !== '') clauses.push(clause([run]));
          run = { text: '', ignoreCase: false };
          clauses.push(...clausesOf(part));
        } else run = joined(run, text);
      }
      if (run.text !== '') clauses.push(clause([run]));
      return clauses;
    }
    case 'choice':
      return alternatives(node.of);
    case 'repeat':
      return node.min > 0 ? clausesOf(node.of) : [];
    case 'group':
    case 'atomic':
      return clausesOf(node.of);
    case 'set':
    case 'look':
    case 'back':
    case 'assert':
    case 'keep':
      return [];
  }
}

/** Each alternative brings its best clause; together they are one. */
function alternatives(nodes: readonly RegexNode[]): readonly RequiredTexts[] {
  const texts: Text[] = [];
  for (const node of nodes) {
    const [best] = requiredTexts(node);
    if (best === undefined) return [];
    texts.push(...best.texts.map((text) => ({ text, ignoreCase: best.ignoreCase })));
    if (texts.length > MAX_COLLECTED) return [];
  }
  const one = clause(texts);
  return one.texts.length > MAX_ALTERNATIVES ? [] : [one];
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

/** The only text that a node matches, if there is one; what takes no text is empty. */
function exactText(node: RegexNode): Text | undefined {
  switch (node.is) {
    case 'set': {
      const character = onlyCharacter(node.set);
      if (character !== undefined) return { text: String.fromCodePoint(character), ignoreCase: false };
      const letter = onlyLetter(node.set);
      return letter === undefined ? undefined : { text: String.fromCodePoint(letter), ignoreCase: true };
    }
    case 'sequence': {
      let all: Text = { text: '', ignoreCase: false };
      for (const part of node.of) {
        const text = exactText(part);
        if (text === undefined) return undefined;
        all = joined(all, text);
      }
      return all;
    }
    case 'group':
    case 'atomic':
      return exactText(node.of);
    case 'repeat':
      return node.min === 1 && node.max === 1 ? exactText(node.of) : undefined;
    case 'look':
    case 'assert':
    case 'keep':
      return { text: '', ignoreCase: false };
    case 'choice':
    case 'back':
      return undefined;
  }
}

function joined(first: Text, second: Text): Text {
  return { text: first.text + second.text, ignoreCase: first.ignoreCase || second.ignoreCase };
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
