import { isHighEntropy } from '../analysis/entropy.ts';
import { isRedosProne } from '../analysis/redos.ts';
import type { Node } from '../ast/node.ts';
import { parsePiece } from '../ast/unread.ts';
import type { Span } from '../base/range.ts';
import type { ComparisonValue } from '../rules/comparison.ts';
import { evaluateComparison } from '../rules/comparisonEvaluate.ts';
import { literalValue } from '../rules/comparisonLiteral.ts';
import { freeTree } from '../syntax/syntaxTree.ts';
import { lookUp, merge, STRING_KEY, type Binding, type Bindings } from './bindings.ts';
import { Code } from './code.ts';
import type { CompiledCondition, RegexCondition } from './compileRule.ts';
import { evaluate, type Evaluation } from './evaluate.ts';
import { factsHold } from './factConditions.ts';
import type { Hit } from './hit.ts';
import { mayBeConstant } from './matchNode.ts';
import { isUnreadKind } from './matchUnread.ts';
import { declaredTypeMatches } from './types.ts';

/** @returns the hit when the condition holds, once for each way in which it adds bindings; otherwise nothing */
export function holds(context: Evaluation, condition: CompiledCondition, hit: Hit): readonly Hit[] {
  if (condition.kind === 'metavariable-comparison')
    return comparisonHolds(context, condition, hit) ? [hit] : [];
  const binding = lookUp(hit.bindings, condition.metavariable);
  if (binding === undefined) return [];
  switch (condition.kind) {
    case 'metavariable-regex':
      return regexHolds(context, condition, binding) ? [hit] : [];
    case 'metavariable-pattern':
      return patternHolds(context, condition, hit, binding);
    case 'metavariable-type':
      return typeHolds(context, condition, binding) ? [hit] : [];
    case 'metavariable-facts':
      return factsHold(context, condition.questions, hit, binding) ? [hit] : [];
    case 'metavariable-analysis': {
      const text = contentOf(context, binding);
      if (text === undefined) return [];
      const holds =
        condition.analyzer === 'entropy'
          ? isHighEntropy(text)
          : isRedosProne(text) || isRedosProne(withoutEscapes(context, binding, text));
      return holds ? [hit] : [];
    }
  }
}

export function regexHolds(
  context: Evaluation,
  { regex, ofConstants }: RegexCondition,
  { node, start, end, text }: Binding,
): boolean {
  if (regex.matchesStart(text ?? context.code.text.slice(start, end))) return true;
  const constant = ofConstants && node !== undefined ? constantOf(context, node) : undefined;
  if (constant === undefined) return false;
  // A string is asked with and without its quotes, as rules are written for either.
  const isString = constant.kind === 'string';
  return regex.matchesStart(constant.text) || (isString && regex.matchesStart(`"${constant.text}"`));
}

/** The formula holds somewhere in the metavariable's own code. */
function patternHolds(
  context: Evaluation,
  condition: Extract<CompiledCondition, { kind: 'metavariable-pattern' }>,
  hit: Hit,
  binding: Binding,
): readonly Hit[] {
  const { formula, isOwn } = condition;
  // What is imported under another name is asked for under its own.
  const unread = condition.grammar === undefined && isUnread(context, binding);
  const isText = binding.text !== undefined || unread;
  const grammar = condition.grammar ?? (isText ? context.code.syntax.grammar : undefined);
  const written = context.code.text.slice(binding.start, binding.end);
  const content = binding.text ?? (unread ? written : grammar && contentOf(context, binding));
  if (grammar && (content !== undefined || !isOwn)) {
    const text = content ?? written;
    const { syntax, from } = parsePiece(grammar, text);
    try {
      const subject = { start: from, end: from + text.length, bindings: undefined };
      const inner = evaluate({ ...context, code: Code.of(syntax), subject }, formula);
      const within = inner.filter(({ start, end }) => start >= subject.start && end <= subject.end);
      const place = placeOfText(context, binding, text);
      const base = typeof place === 'number' ? place - from : place;
      return distinctWays(
        hit,
        within.map(({ bindings }) => bindingsOutside(bindings, syntax.text, base)),
      );
    } finally {
      freeTree(syntax);
    }
  }
  const { start, end } = binding;
  const piece = pieceOf(context.code, binding);
  const subject = { start, end, bindings: hit.bindings };
  const inner = evaluate({ ...context, code: context.code.within(piece), subject }, formula);
  const within = inner.filter((each) => each.start >= start && each.end <= end);
  return distinctWays(
    hit,
    within.map(({ bindings }) => bindings),
  );
}

/** True for code that is not read with its file: the value of a `#define`, or a part of it. */
function isUnread({ code }: Evaluation, { node }: Binding): boolean {
  if (node === undefined) return false;
  return isUnreadKind(code.grammar.definition.profile, node.kind) || code.ast.nodes[node.index] !== node;
}

/** The hit with what each way in which the formula holds has bound; without metavariables of its own a formula holds in one way. */
function distinctWays(hit: Hit, ways: readonly (Bindings | undefined)[]): readonly Hit[] {
  const hits = ways.flatMap((more): Hit[] => {
    const bindings = merge(hit.bindings, more);
    return bindings === false ? [] : [{ ...hit, bindings }];
  });
  return hits.length > 1 && hits.every(({ bindings }) => bindings === hit.bindings) ? hits.slice(0, 1) : hits;
}

/** Where a text that is read anew begins in the file or, where it does not stand there as it is, what stands for it. */
function placeOfText({ code }: Evaluation, { node, start, end }: Binding, text: string): Span | number {
  const from = node === undefined ? start : node.contentStart;
  return code.text.startsWith(text, from) ? from : { start, end };
}

/** What was bound in a text that was read anew, as the file around it sees it. */
function bindingsOutside(
  bindings: Bindings | undefined,
  text: string,
  place: Span | number,
): Bindings | undefined {
  if (bindings === undefined) return undefined;
  const { name, value, rest } = bindings;
  const written = text.slice(value.start, value.end);
  const span =
    typeof place === 'number'
      ? { start: value.start + place, end: value.end + place }
      : { start: place.start, end: place.end };
  const key = value.key === undefined ? undefined : written;
  return {
    name,
    value: { ...span, node: undefined, key, text: written },
    rest: bindingsOutside(rest, text, place),
  };
}

function pieceOf(code: Code, { start, end, node }: Binding): NonNullable<Code['piece']> {
  const span = { start, end };
  if (node) return { positions: [{ first: node.index, last: node.last }], span, isSubject: true };
  // A run of nodes, or the content of a string: whatever lies in it.
  const positions = code.ast.nodes
    .filter((each) => each.start >= start && each.end <= end && each.end > each.start)
    .map(({ index }) => ({ first: index, last: index }));
  return { positions, span, isSubject: true };
}

function typeHolds(
  context: Evaluation,
  condition: Extract<CompiledCondition, { kind: 'metavariable-type' }>,
  binding: Binding,
): boolean {
  if (!binding.node) return false;
  let matched = false;
  for (const { pattern } of condition.types) {
    declaredTypeMatches(context, { type: pattern, modifiers: [] }, binding.node, undefined, () => {
      matched = true;
    });
  }
  return matched;
}

/** Content of the string that a metavariable stands for, or is known to have. */
function contentOf(context: Evaluation, { node, start, end }: Binding): string | undefined {
  if (node === undefined) return context.code.text.slice(start, end);
  if (node.kind === 'string' || node.kind === 'regex') return node.text;
  const constant = constantOf(context, node);
  return constant?.kind === 'string' ? constant.text : undefined;
}

/** The text that the program sees, where a backslash of a literal is written twice. */
function withoutEscapes({ code }: Evaluation, { node, start }: Binding, content: string): string {
  const from = node?.contentStart ?? start;
  const isRaw = node?.kind === 'regex' || RAW_OPENING.test(code.text.slice(Math.max(0, from - 12), from));
  return isRaw ? content : content.replaceAll('\\\\', '\\');
}

/** What opens a text that knows no escapes: `r"`, `@"`, `#"`, a backtick of Go, three quotation marks. */
const RAW_OPENING = /(?:[rR@#]|"")["']{1,3}$|R"[^"()\s]*\($|`$/;

function constantOf({ code, options }: Evaluation, node: Node): ReturnType<Code['names']['constantOf']> {
  return options.constant_propagation && mayBeConstant(node) ? code.names.constantOf(node) : undefined;
}

function comparisonHolds(
  context: Evaluation,
  condition: Extract<CompiledCondition, { kind: 'metavariable-comparison' }>,
  hit: Hit,
): boolean {
  const valueOf = (name: string): ComparisonValue | undefined => {
    const binding = lookUp(hit.bindings, name);
    if (!binding) return undefined;
    const isSubject = condition.metavariable === undefined || condition.metavariable === name;
    return valueOfBinding(context, binding, {
      ...(isSubject && condition.base !== undefined ? { base: condition.base } : {}),
      ...(isSubject && condition.strip ? { strip: true } : {}),
    });
  };
  const textOf = (name: string): string | undefined => {
    const binding = lookUp(hit.bindings, name);
    return binding && context.code.text.slice(binding.start, binding.end);
  };
  const isRun = (name: string): boolean => {
    const binding = lookUp(hit.bindings, name);
    return (
      binding !== undefined && binding.node === undefined && binding.key?.startsWith(STRING_KEY) !== true
    );
  };
  return evaluateComparison(condition.comparison, valueOf, textOf, isRun);
}

function valueOfBinding(
  context: Evaluation,
  { node, start, end }: Binding,
  options: { readonly base?: number; readonly strip?: boolean },
): ComparisonValue | undefined {
  const text = context.code.text.slice(start, end);
  if (node === undefined) {
    // The content of a string, or a run of text.
    return options.base === undefined && options.strip !== true ? text : literalValue(text, options);
  }
  if (node.kind === 'string' && options.strip !== true) return node.text;
  const constant = constantOf(context, node);
  // With `strip` a name that nothing is known of is its own text.
  if (constant === undefined) return literalValue(text, options);
  return constant.kind === 'string' && options.strip !== true
    ? constant.text
    : literalValue(constant.text, options);
}
