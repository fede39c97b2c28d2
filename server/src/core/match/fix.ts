import { freeTree, parseText } from '../syntax/syntaxTree.ts';
import { at } from '../syntax/syntaxTable.ts';
import type { Code } from './code.ts';
import type { Hit } from './hit.ts';

/** Longer values are cut in messages; a message is one line. */
const MAX_SHOWN = 80;

/** Fills metavariables into a message, on one line. Unknown names stay as they are. */
export function fill(message: string, bindings: Readonly<Record<string, string>>): string {
  return replaceNames(message, (name) => {
    const text = bindings[name]?.replace(/\s+/g, ' ');
    return text === undefined
      ? undefined
      : text.length > MAX_SHOWN
        ? `${text.slice(0, MAX_SHOWN - 3)}...`
        : text;
  });
}

/** What the rule's fix puts in the place of the hit; undefined when there is none or when it would break the syntax. */
export function fixText(
  code: Code,
  fix: string | undefined,
  hit: Hit,
  bindings: Readonly<Record<string, string>>,
): string | undefined {
  if (fix === undefined) return undefined;
  const newText = replaceNames(fix, (name) => bindings[name]);
  return breaksSyntax(code, hit, newText) ? undefined : newText;
}

/** True when the top-level piece of code around the hit has more errors with the fix than without. */
function breaksSyntax(code: Code, hit: Hit, newText: string): boolean {
  let piece = 0;
  for (let child = 1; child < code.table.count; child = at(code.table.next, child)) {
    if (code.start(child) <= hit.start && hit.end <= code.end(child)) piece = child;
  }
  const from = code.start(piece);
  const to = code.end(piece);
  const before = code.text.slice(from, to);
  const after = code.text.slice(from, hit.start) + newText + code.text.slice(hit.end, to);
  return errorsIn(code, after) > errorsIn(code, before);
}

function errorsIn(code: Code, text: string): number {
  const syntax = parseText(code.grammar, text);
  const { table } = syntax;
  freeTree(syntax);
  let errors = 0;
  for (let node = 0; node < table.count; node++) {
    if (at(table.kind, node) === code.grammar.errorKind || table.missing[node] === 1) errors++;
  }
  return errors;
}

function replaceNames(text: string, valueOf: (name: string) => string | undefined): string {
  return text.replace(/\$(?:\.\.\.)?[A-Z_][A-Z_0-9]*|\$\d+/g, (name) => valueOf(name) ?? name);
}
