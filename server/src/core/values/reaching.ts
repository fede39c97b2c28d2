import { descendants, type Node } from '../ast/node.ts';
import { nodesOfKind } from '../ast/nodesOfKind.ts';
import { perFunction } from '../ast/parts.ts';
import type { Ast } from '../ast/readAst.ts';
import type { MacroTexts } from './macros.ts';
import type { FunctionCode } from './run.ts';

/**
 * Tells the functions that may lead into one of those that are asked for, and these themselves: by a call, or because their code, a macro or the first
 * value of a variable names it. What begins with any other function never gets there.
 */
export function leadingIn(
  ast: Ast,
  functions: readonly FunctionCode[],
  texts: MacroTexts,
): (asked: readonly FunctionCode[]) => ReadonlySet<FunctionCode> {
  /** By name: the names of all code that has it. */
  const namedBy = new Map<string, Set<string>>();
  const seen = new Set<string>();
  const macros: [name: string, text: string][] = [];
  const note = (owner: string, words: Iterable<string>): void => {
    for (const word of words) {
      const owners = namedBy.get(word);
      if (owners === undefined) namedBy.set(word, new Set([owner]));
      else owners.add(owner);
      if (seen.has(word)) continue;
      seen.add(word);
      const macro = texts(word);
      if (macro !== undefined) macros.push([word, macro.text]);
    }
  };
  for (const { name, node } of functions) note(name, namesInside(ast, node));
  for (const node of nodesOfKind(ast, 'variable')) {
    const [target, value] = [node.part('target'), node.part('value')];
    if (target !== undefined && value !== undefined) note(target.text, identifiersAmong(descendants(value)));
  }
  for (let macro = macros.pop(); macro !== undefined; macro = macros.pop())
    note(macro[0], macro[1].match(WORD) ?? []);
  return (asked) => {
    const leading = new Set<string>();
    const pending = asked.map(({ name }) => name);
    for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
      if (leading.has(name)) continue;
      leading.add(name);
      pending.push(...(namedBy.get(name) ?? []));
    }
    return new Set(functions.filter(({ name }) => leading.has(name)));
  };
}

const WORD = /[A-Za-z_]\w*/g;

const namesInside = perFunction(identifiersAmong);

function identifiersAmong(nodes: Iterable<Node>): readonly string[] {
  const all = new Set<string>();
  for (const each of nodes) if (each.kind === 'identifier') all.add(each.text);
  return [...all];
}
