import type { Grammar } from '../syntax/grammar.ts';
import type { CompiledFormula } from './compileRule.ts';
import type { PatternNode } from './pattern.ts';

/**
 * True when everything that a formula can match lies within one function or outside of all of them: then running it on one
 * piece of a file at a time finds the same as running it on the whole.
 */
export function isPiecewise(formula: CompiledFormula, grammar: Grammar): boolean {
  switch (formula.op) {
    case 'regex':
      return formula.regex.withinLine;
    case 'generic':
      return false;
    case 'fact':
      // What others do may change what is known of a function: see `askedFacts.ts`.
      return true;
    case 'tree-sitter':
      return !NAMES_CONTAINER.test(withoutInnerWildcards(formula.query.source));
    case 'any':
      return formula.of.every((each) => isPiecewise(each, grammar));
    case 'inside':
      return isPiecewise(formula.of, grammar);
    case 'all':
      return formula.clauses.every(
        // What a hit must not lie in is looked for in the whole file, what it must not overlap in the piece itself.
        ({ role, formula: each }) =>
          role === 'not-inside' ||
          role === 'not-overlapping' ||
          (role !== 'not-anywhere' && isPiecewise(each, grammar)),
      );
    case 'pattern': {
      const { shape } = formula.pattern;
      if (shape.is === 'node') return staysInside(shape.node);
      const [first, second] = shape.sequence.filter((each) => each.type !== 'ellipsis');
      if (first === undefined) return false;
      const isRun = second !== undefined || shape.sequence.length > 1;
      return isRun ? !canStandOutside(first, grammar) : staysInside(first);
    }
  }
}

/**
 * True when what lies around a hit in one piece of a file, or must not, is surely found by looking at that piece alone. A regular expression can begin on the
 * line of a function and before it, and kinds that only one grammar has may hold functions: `extern "C" { ... }`.
 */
export function isAroundWithinPiece(formula: CompiledFormula, grammar: Grammar): boolean {
  return isPiecewise(formula, grammar) && isOfCommonKinds(formula);
}

function isOfCommonKinds(formula: CompiledFormula): boolean {
  switch (formula.op) {
    case 'regex':
    case 'generic':
      return false;
    case 'fact':
      return true;
    case 'tree-sitter': {
      const kinds = outermostKinds(formula.query.source);
      return kinds.length > 0 && kinds.every((kind) => kind === 'function_definition');
    }
    case 'any':
      return formula.of.every(isOfCommonKinds);
    case 'inside':
      return isOfCommonKinds(formula.of);
    case 'all':
      return formula.clauses.every((each) => isOfCommonKinds(each.formula));
    case 'pattern': {
      const { shape } = formula.pattern;
      const nodes = shape.is === 'node' ? [shape.node] : shape.sequence;
      return nodes.every((node) => node.type !== 'tree' || !node.kind.startsWith(':'));
    }
  }
}

/**
 * True when what a formula that is piecewise finds in a function rests on nothing around it but what names mean: what its hits must not lie in can be no
 * more than a function either.
 */
export function staysLocal(formula: CompiledFormula, grammar: Grammar): boolean {
  switch (formula.op) {
    case 'any':
      return formula.of.every((each) => staysLocal(each, grammar));
    case 'inside':
      return staysLocal(formula.of, grammar);
    case 'all':
      return formula.clauses.every(
        ({ role, formula: each }) =>
          staysLocal(each, grammar) && (role !== 'not-inside' || isPiecewise(each, grammar)),
      );
    default:
      return true;
  }
}

/** What a formula asks of values and memory. */
export interface FactsNeeded {
  /** Events of which one must be there for any match; undefined when it may match without. */
  readonly events: ReadonlySet<string> | undefined;
}

/** Undefined for a formula that asks for no facts. */
export function factsNeeded(formula: CompiledFormula): FactsNeeded | undefined {
  return asksFacts(formula) ? { events: eventsNeeded(formula) } : undefined;
}

function asksFacts(formula: CompiledFormula): boolean {
  switch (formula.op) {
    case 'fact':
      return true;
    case 'any':
      return formula.of.some(asksFacts);
    case 'inside':
      return asksFacts(formula.of);
    case 'all':
      return (
        formula.clauses.some((each) => asksFacts(each.formula)) ||
        formula.conditions.some(
          (each) =>
            each.kind === 'metavariable-facts' ||
            (each.kind === 'metavariable-pattern' && asksFacts(each.formula)),
        )
      );
    default:
      return false;
  }
}

function eventsNeeded(formula: CompiledFormula): ReadonlySet<string> | undefined {
  switch (formula.op) {
    case 'fact':
      return formula.events;
    case 'any': {
      const events = new Set<string>();
      for (const each of formula.of) {
        const needed = eventsNeeded(each);
        if (needed === undefined) return undefined;
        for (const kind of needed) events.add(kind);
      }
      return events;
    }
    case 'all':
      return formula.matches.map((each) => eventsNeeded(each.formula)).find((each) => each !== undefined);
    default:
      return undefined;
  }
}

/** A raw query that names what can hold functions, or anything at all, may match around them. */
const NAMES_CONTAINER =
  /\(\s*(_\b|\w*(_unit|class|struct|union|enum|interface|namespace|preproc|program|module|source_file|declaration_list))/;

/** A statement or an expression lies within its function with all that it holds, whatever that is; so does the function itself. */
function withoutInnerWildcards(source: string): string {
  const outer = outermostKinds(source);
  return outer.length > 0 &&
    outer.every((kind) => /_(statement|expression)$|^function_definition$/.test(kind))
    ? source.replace(/\(\s*_\b/g, '(')
    : source;
}

/** Kinds of the nodes of a query that lie in no other one. */
function outermostKinds(source: string): readonly string[] {
  const kinds: string[] = [];
  const open: boolean[] = [];
  for (const [token, kind = ''] of source.matchAll(/"(?:[^"\\]|\\.)*"|;[^\n]*|\(\s*([#\w]*)|\)/g)) {
    if (token === ')') open.pop();
    else if (token.startsWith('(')) {
      if (kind !== '' && !open.includes(true)) kinds.push(kind);
      open.push(kind !== '');
    }
  }
  return kinds;
}

/** False for what can hold functions (classes, namespaces) and for patterns that are nothing but a hole. */
function staysInside(node: PatternNode): boolean {
  if (node.type === 'leaf' || node.type === 'string') return true;
  return node.type === 'tree' && !CONTAINERS.has(node.kind) && !CONTAINER_NAMES.test(node.kind);
}

/** Kinds of grammars that can hold functions, by their names. */
const CONTAINER_NAMES =
  /^:\w*(_unit|class|struct|union|enum|interface|namespace|preproc_(if|el)|program|module|source_file|declaration_list|ERROR)/;

const CONTAINERS: ReadonlySet<string> = new Set(['file', 'class', 'namespace', 'annotation', 'import']);

/** A run that begins with a declaration may begin outside of functions and go on behind them. */
function canStandOutside(first: PatternNode, grammar: Grammar): boolean {
  if (grammar.definition.profile.topLevelStatements !== false) return true;
  return first.type !== 'tree' || DECLARATIONS.has(first.kind) || first.kind.startsWith(':');
}

const DECLARATIONS: ReadonlySet<string> = new Set([...CONTAINERS, 'variable', 'function', 'block']);
