import type { Node } from '../ast/node.ts';
import { perFunction } from '../ast/parts.ts';
import type { FactEvent } from './events.ts';
import type { FunctionCode, Unit } from './run.ts';

/**
 * Calls with more or fewer arguments than the function takes, where no prototype makes the compiler say so: its parameters are named between the brackets
 * and declared behind them, or nothing stands between the brackets.
 */
export function argumentCounts(unit: Unit, functions: readonly FunctionCode[]): FactEvent[] {
  if (unit.ast.grammar.definition.dialect === 'cpp') return [];
  const takes = new Map<string, { readonly code: FunctionCode; readonly count: number }>();
  for (const code of functions) {
    const count = countWithoutPrototype(unit, code);
    if (count !== undefined && unit.functionNamed(code.name) === code) takes.set(code.name, { code, count });
  }
  if (takes.size === 0) return [];
  return functions.flatMap(({ node }) =>
    callsByName(unit.ast, node).flatMap((call): FactEvent[] => {
      const callee = call.part('callee');
      const known = takes.get(callee?.text ?? '');
      if (known === undefined || callee === undefined) return [];
      const given = call.parts('arguments').length;
      if (unit.macro(callee.text) !== undefined || mayBeOthers(unit, call)) return [];
      // A variable of that name is something else.
      const declared = unit.declarationOf(callee);
      if (given === known.count || (declared !== undefined && declared.kind !== 'function')) return [];
      return [
        {
          kind: 'wrong-argument-count',
          certainty: 'proved',
          node: call,
          detail: `\`${known.code.name}\` takes ${counted(known.count)} and is given ${String(given)}`,
          related: [{ node: known.code.node, message: 'the function begins here' }],
        },
      ];
    }),
  );
}

/** Between the brackets stands what another name stands for, which may be several arguments, or none; or other builds give others. */
function mayBeOthers(unit: Unit, call: Node): boolean {
  const [begin, end] = [call.part('callee')?.end ?? call.start, call.end];
  if (/^[ \t]*#/m.test(unit.ast.text.slice(begin, end))) return true;
  return call.parts('arguments').some((given) => {
    const name = given.kind === 'call' ? given.part('callee') : given;
    if (name?.kind !== 'identifier') return false;
    if (unit.macro(name.text) !== undefined) return true;
    return unit.declarationOf(name) === undefined && unit.functionNamed(name.text) === undefined;
  });
}

const callsByName = perFunction((nodes): readonly Node[] =>
  nodes.filter((node) => node.kind === 'call' && node.part('callee')?.kind === 'identifier'),
);

/** How many arguments a function takes whose definition is no prototype; undefined where it is one, or has been declared with one. */
function countWithoutPrototype({ ast, prototypes }: Unit, { node, name }: FunctionCode): number | undefined {
  const parameters = node.parts('parameters');
  const declared = prototypes.get(name);
  if (declared !== undefined && declared.parts('parameters').length > 0) return undefined;
  // What stands for all that a function of old is given.
  if (parameters.some(({ text }) => text === 'va_alist')) return undefined;
  if (parameters.length > 0)
    return parameters.every(({ kind }) => kind === 'identifier') ? parameters.length : undefined;
  const [begin, end] = [node.part('name')?.end ?? node.end, node.part('body')?.start ?? node.start];
  return /^\s*\(\s*\)\s*$/.test(ast.text.slice(begin, end)) ? 0 : undefined;
}

function counted(count: number): string {
  return count === 1 ? 'one argument' : count === 0 ? 'no argument' : `${String(count)} arguments`;
}
