import { nodesOfKinds } from '../ast/nodesOfKind.ts';
import type { Ast } from '../ast/readAst.ts';
import { NOTHING_OUTSIDE, type Outside } from '../headers/outside.ts';
import { bareName, readDefinition, targetOf } from '../preprocess/macros.ts';

/** What names macros of headers stand for. */
export type MacroNames = Pick<Outside, 'aliased' | 'macrosFor'>;
export const NO_MACRO_NAMES: MacroNames = NOTHING_OUTSIDE;

/** What defines a macro. */
export const DEFINING: readonly string[] = [':preproc_def', ':preproc_function_def'];

/** Macros of macros are followed as long as there are no more than these. */
const MAX_MACROS = 100;

/**
 * Macros that stand for a name, directly or through each other: `xfree` for `free`, after `#define xfree free` in the file or in a
 * header. What the file defines comes before what headers do; a macro with definitions that differ stands for nothing.
 */
export function macroAliasesOf(ast: Ast, outside: MacroNames): (name: string) => readonly string[] {
  const own = definedIn(ast);
  const ownFor = new Map<string, string[]>();
  for (const [macro, target] of own)
    if (target !== undefined) ownFor.set(target, [...(ownFor.get(target) ?? []), macro]);
  if (ownFor.size === 0 && outside.aliased.size === 0) return () => [];
  const known = new Map<string, readonly string[]>();
  return (name) => {
    let macros = known.get(name);
    if (macros === undefined) {
      macros = macrosThatReach(name, (each) => [
        ...(ownFor.get(each) ?? []),
        ...outside.macrosFor(each).filter((macro) => !own.has(macro)),
      ]);
      known.set(name, macros);
    }
    return macros;
  };
}

/** @param directly macros whose body is the name */
export function macrosThatReach(
  name: string,
  directly: (name: string) => readonly string[],
): readonly string[] {
  const found = new Set([name]);
  // A set is walked with what is added on the way.
  for (const each of found) {
    if (found.size > MAX_MACROS) break;
    for (const macro of directly(each)) found.add(macro);
  }
  found.delete(name);
  return [...found];
}

/** All macros of the file, with the name that all definitions give them. */
function definedIn(ast: Ast): ReadonlyMap<string, string | undefined> {
  const targets = new Map<string, string | undefined>();
  for (const { start, end } of nodesOfKinds(ast, DEFINING)) {
    const line = ast.text.slice(start, end).replace(/^\s*#\s*define\b/, '');
    const definition = readDefinition(line);
    if (definition === undefined) continue;
    const macro = bareName(definition);
    const target = targetOf(definition);
    targets.set(macro, targets.has(macro) && targets.get(macro) !== target ? undefined : target);
  }
  return targets;
}
