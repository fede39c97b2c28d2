import { freeTree, parseText } from '../syntax/syntaxTree.ts';
import { at } from '../syntax/syntaxTable.ts';
import type { Node } from '../ast/node.ts';
import type { Rule } from '../rules/rule.ts';
import { fixRegexText } from './fixRegex.ts';
import { lookUp, type Binding } from './bindings.ts';
import type { Code } from './code.ts';
import type { Hit } from './hit.ts';

/** Longer values are cut in messages; a message is one line. */
const MAX_SHOWN = 80;
/** Of a value, this much is looked at for a message, and kept of it in a finding. */
export const MAX_READ = 1000;

/** Longer fixes, and fixes in longer statements, are not offered: nested calls and generated code must not multiply. */
const MAX_FIX = 2000;
const MAX_STATEMENT = 3000;
/** Layout between a parenthesis and an operand. */
const MAX_LAYOUT = 100;

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
  { fix, fixRegex }: Pick<Rule, 'fix' | 'fixRegex'>,
  hit: Hit,
): string | undefined {
  const valueOf = (name: string): string | undefined => {
    const binding = lookUp(hit.bindings, name);
    return binding && operandOf(code, binding).slice(0, MAX_FIX + 1);
  };
  const newText =
    fix !== undefined
      ? replaceNames(fix, valueOf)
      : fixRegex && fixRegexText(code.text.slice(hit.start, hit.end), fixRegex);
  if (newText === undefined || newText.length > MAX_FIX) return undefined;
  return breaksSyntax(code, hit, newText) ? undefined : newText;
}

/** The code that a metavariable stands for, or what messages say for it. */
export function textOf({ text: code }: Code, { start, end, text }: Binding): string {
  return text ?? code.slice(start, end);
}

/** Parts that are put in parentheses to stay together: `(a + b) * 3`. */
const OPERANDS: ReadonlySet<string> = new Set(['left', 'right', 'operand', 'object', 'callee']);

/** An operand keeps its parentheses, as it may come to stand beside another operator. */
function operandOf(code: Code, binding: Binding): string {
  const text = textOf(code, binding);
  const { node, start, end } = binding;
  if (node === undefined || binding.text !== undefined || !OPERANDS.has(node.role)) return text;
  const isWrapped =
    /\(\s*$/.test(code.text.slice(Math.max(0, start - MAX_LAYOUT), start)) &&
    /^\s*\)/.test(code.text.slice(end, end + MAX_LAYOUT));
  return isWrapped ? `(${text})` : text;
}

/** True when the statement (or top-level piece of code) around the hit has more errors with the fix than without. */
function breaksSyntax(code: Code, hit: Hit, newText: string): boolean {
  const piece = statementAround(code, hit);
  const { start: from, end: to } = piece;
  if (to - from > MAX_STATEMENT) return true;
  const { patternContexts } = code.grammar.definition.profile;
  const frame = isTopLevel(piece) ? undefined : patternContexts.find(({ role }) => role === 'statements');
  const framed = (text: string): string => (frame?.before ?? '') + text + (frame?.after ?? '');
  const before = code.text.slice(from, to);
  const after = code.text.slice(from, hit.start) + newText + code.text.slice(hit.end, to);
  return errorsIn(code, framed(after)) > errorsIn(code, framed(before));
}

/** The innermost statement that holds the hit; without one, the outermost piece of code that does. */
function statementAround(code: Code, hit: Hit): Node {
  let node = code.ast.root;
  let statement = node;
  for (;;) {
    const inner: Node | undefined = node.children.find(
      (each) => each.start <= hit.start && hit.end <= each.end,
    );
    if (inner === undefined) return statement;
    node = inner;
    if (node.role === 'statements') statement = node;
  }
}

function isTopLevel(node: Node): boolean {
  return node.parent === undefined || node.parent.kind === 'file';
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
