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
      return !mayMatchLineBreak(formula.regex.source);
    case 'tree-sitter':
      return !namesContainer(formula.query.source, grammar);
    case 'any':
      return formula.of.every((each) => isPiecewise(each, grammar));
    case 'all':
      return (
        formula.clauses.every(
          // What a hit must not lie in is looked for in the whole file, what it must not overlap in the piece itself.
          ({ role, formula: each }) =>
            role === 'not-inside' || role === 'not-overlapping' || isPiecewise(each, grammar),
        ) &&
        formula.conditions.every(
          (condition) => condition.kind !== 'metavariable-pattern' || isPiecewise(condition.formula, grammar),
        )
      );
    case 'pattern': {
      const { shape } = formula.pattern;
      if (shape.is === 'node') return staysInside(shape.node, grammar);
      const [first, second] = shape.sequence.filter((each) => each.type !== 'ellipsis');
      if (first === undefined) return false;
      const isRun = second !== undefined || shape.sequence.length > 1;
      return isRun ? !canStandOutside(first, grammar) : staysInside(first, grammar);
    }
  }
}

/** Conservative: a text match over several lines could begin in one piece and end in the next. */
function mayMatchLineBreak(regex: string): boolean {
  return /\\[nrsSDWPpAzZ]|\[\^|\(\?[a-z]*s/.test(regex);
}

/** A raw query that names what can hold functions, or anything at all, may match around them. */
function namesContainer(query: string, grammar: Grammar): boolean {
  const { roles } = grammar;
  return [...query.matchAll(/\(\s*(\w+)/g)].some(([, name = '_']) => {
    const kind = grammar.kind(name);
    const isContainer = roles.blocks.has(kind) && !roles.bracedBlocks.has(kind);
    return kind < 0 ? name === '_' : isContainer || roles.units.get(kind) === 'type';
  });
}

/** False for what can hold functions (classes, namespaces) and for patterns that are nothing but a hole. */
function staysInside(node: PatternNode, grammar: Grammar): boolean {
  if (node.type === 'leaf' || node.type === 'string') return true;
  if (node.type !== 'tree') return false;
  const { roles } = grammar;
  if (roles.bracedBlocks.has(node.kind)) return true;
  return !roles.blocks.has(node.kind) && roles.units.get(node.kind) !== 'type';
}

/** A run that begins with a declaration may begin outside of functions and go on behind them. */
function canStandOutside(first: PatternNode, grammar: Grammar): boolean {
  if (grammar.definition.profile.topLevelStatements) return true;
  return first.type !== 'tree' || grammar.roles.units.has(first.kind);
}
