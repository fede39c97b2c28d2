/** What a comment of a test file says of the code below it. */
export interface Annotation {
  /** `any`: said for another engine (`proruleid`, `deepok`): here the line may have findings or not. */
  readonly kind: 'ruleid' | 'ok' | 'todoruleid' | 'todook' | 'any';
  /** As written: a rule's id, which may stand behind a path with dots. */
  readonly rules: readonly string[];
  /** Zero-based line that it speaks of. */
  readonly line: number;
}

/** How a comment may begin in some language. A lone `*` or `'` begins one at the start of its line only. */
const ANNOTATION =
  /(?<before>^.*?)(?<opener>\/\/+!?|\/\*+|#+|<!--+|<%--|\(\*|\{-|--+|;+|%+|(?<=^\s*)(?:\*|'|REM\b))\s*(?<todo>todo)?(?<other>pro|deep)?(?<kind>ruleid|ok)[ \t]*:[ \t]*(?<ids>[\w./-]+(?:[ \t]*,[ \t]*[\w./-]+)*)?/;

/** How a comment that spans lines ends, by how it begins. */
const CLOSERS: readonly (readonly [opener: RegExp, closer: string])[] = [
  [/^(?:\/\*+|\*)$/, '*/'],
  [/^<!--/, '-->'],
  [/^<%--/, '--%>'],
  [/^\(\*$/, '*)'],
  [/^\{-$/, '-}'],
];
/** A comment that is longer than this after its annotation is none. */
const MAX_COMMENT_LINES = 50;
/** Of a longer line, generated or hostile, only the start is looked at. */
const MAX_LINE = 1000;

/**
 * The annotations of a test file, whatever its language: they are looked for in the text, so that code that does not parse, and files
 * that no grammar reads, have them too. One that stands in a comment of its own speaks of the next line that has no such comment, one behind
 * code of the line after it.
 */
export function annotationsOf(text: string): readonly Annotation[] {
  const lines = text.split(/\r?\n/);
  const raw: Annotation[] = [];
  /** Lines that hold nothing but annotations and the rest of their comment. */
  const own = new Set<number>();
  lines.forEach((line, number) => {
    const match = ANNOTATION.exec(line.slice(0, MAX_LINE));
    const groups = match?.groups;
    if (match === null || groups === undefined) return;
    const closer = closerOf(groups['opener'] ?? '');
    const last = closer === undefined ? number : lineOfCloser(lines, number, closer);
    const after = closer === undefined ? '' : (lines[last]?.split(closer)[1] ?? '');
    const isAlone = /^[\s{]*$/.test(groups['before'] ?? '') && /^[\s}]*$/.test(after);
    if (isAlone) for (let each = number; each <= last; each++) own.add(each);
    const kind = `${groups['todo'] ?? ''}${groups['kind'] ?? ''}` as Exclude<Annotation['kind'], 'any'>;
    raw.push({
      kind: groups['other'] === undefined ? kind : 'any',
      rules: (groups['ids'] ?? '').split(',').map((name) => name.trim()),
      line: last + 1,
    });
  });
  return raw.map((each) => {
    let { line } = each;
    while (own.has(line)) line++;
    return { ...each, line };
  });
}

/** True when an annotation names a rule: by its id, or by the last part of it where one of them has a path before it. */
export function namesRule({ rules }: Annotation, ruleId: string): boolean {
  return rules.some((name) => name === ruleId || lastPart(name) === lastPart(ruleId));
}

function lastPart(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf('/')) + 1);
}

function closerOf(opener: string): string | undefined {
  return CLOSERS.find(([begins]) => begins.test(opener))?.[1];
}

/** The line on which a comment that goes on until its end mark ends. */
function lineOfCloser(lines: readonly string[], number: number, closer: string): number {
  for (let each = number; each < Math.min(lines.length, number + MAX_COMMENT_LINES); each++) {
    if (lines[each]?.includes(closer) === true) return each;
  }
  return number;
}
