import type { Node } from '../ast/node.ts';
import { partsOf, perFunction } from '../ast/parts.ts';
import type { Ast } from '../ast/readAst.ts';
import type { Outside } from '../headers/outside.ts';
import { attributesBefore, SEEN_OUTSIDE, wordBefore } from '../resolve/surroundings.ts';

/** What each function of a file may rest on of what stands around it. */
export interface SharedCode {
  /** The code outside of functions, what functions say to others, and the headers. The same lists say the same. */
  readonly key: readonly (string | number)[];
  /** Variables that are not of one function alone and that functions change, by name. */
  readonly changed: readonly string[];
  /** Variables of headers whose names the file declares, too. */
  readonly hidden: readonly string[];
}

/** What a function says to others. */
interface Said {
  /** How it begins, and types, constants and macros that stand in it. */
  readonly seen: string;
  /** Names that it declares; of them those of variables that live as long as the program. */
  readonly declares: readonly string[];
  readonly statics: readonly string[];
  /** Variables that it assigns to, or whose address it takes. */
  readonly changes: readonly string[];
}

const CHANGES: ReadonlySet<string> = new Set(['++', '--', 'post++', 'post--', '&']);

export function sharedCodeOf(ast: Ast, outside: Outside): SharedCode {
  const { functions, rest } = partsOf(ast);
  const key: (string | number)[] = [outside.key];
  const declared = new Set<string>();
  const statics = new Set<string>();
  const changes = new Set<string>();
  let next = 0;
  const addFunctions = (before: number): void => {
    for (let node = functions[next]; node && node.index < before; node = functions[++next]) {
      const says = saidBy(ast, node);
      for (const each of says.declares) declared.add(each);
      for (const each of says.statics) statics.add(each);
      for (const each of says.changes) changes.add(each);
      key.push(says.seen, attributesBefore(ast.text, node));
    }
  };
  for (const node of rest) {
    addFunctions(node.index);
    // With how many children each has, the list says how the code is nested.
    key.push(node.role, node.kind, node.children.length, node.text);
    if (node.kind === 'class') key.push(wordBefore(ast.text, node));
    if (node.kind === 'function') key.push(attributesBefore(ast.text, node));
    if (node.role === 'target' && node.kind === 'identifier') declared.add(node.text);
    if (isStatic(node)) statics.add(targetOf(node));
    const name = changedName(node);
    if (name !== undefined) changes.add(name);
  }
  addFunctions(ast.nodes.length);
  // Names of variables that functions have for themselves say nothing to others.
  const changed = [...changes].filter((name) => statics.has(name) || !declared.has(name)).sort();
  // A variable of a header is hidden by any declaration of its name.
  const hidden = [...declared].filter((name) => outside.declaring(name) !== undefined).sort();
  key.push('changed', ...changed, 'hidden', ...hidden);
  return { key, changed, hidden };
}

const saidBy = perFunction(([node, ...below], { text }): Said => {
  const seen = node === undefined ? [] : [text.slice(node.start, node.part('body')?.start ?? node.end)];
  const declares = new Set<string>();
  const statics = new Set<string>();
  const changes = new Set<string>();
  for (const inner of below) {
    if (inner.kind === 'function') seen.push(text.slice(inner.start, inner.part('body')?.start ?? inner.end));
    else if (SEEN_OUTSIDE.test(inner.kind)) seen.push(text.slice(inner.start, inner.end));
    if (inner.role === 'target' && inner.kind === 'identifier') declares.add(inner.text);
    if (isStatic(inner)) statics.add(targetOf(inner));
    const name = changedName(inner);
    if (name !== undefined) changes.add(name);
  }
  return {
    seen: `function\u0001${seen.join('\u0001')}`,
    declares: [...declares],
    statics: [...statics],
    changes: [...changes],
  };
});

function isStatic(node: Node): boolean {
  return node.kind === 'variable' && node.parts('modifiers').some(({ text }) => text === 'static');
}

function targetOf(variable: Node): string {
  return variable.part('target')?.text ?? '';
}

/** The variable that a piece of code assigns to, or whose address it takes: others may find it changed. */
export function changedName(node: Node): string | undefined {
  const target =
    node.kind === 'assign'
      ? node.part('target')
      : node.kind === 'unary' && CHANGES.has(node.part('operator')?.text ?? '')
        ? node.part('operand')
        : undefined;
  return target?.kind === 'identifier' ? target.text : undefined;
}
