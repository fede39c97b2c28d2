import { descendants, type Node } from '../ast/node.ts';
import type { Cfg } from '../flow/cfg.ts';
import { reportAt, type Flow, type Frame } from './run.ts';
import type { State } from './state.ts';
import { hasModifier, isGlobal } from './variables.ts';
import { plainText } from './plainText.ts';

/** Macros on a line of their own, without parentheses or `;`: the parser is not shown them. */
export const MACRO_ALONE = /^[ \t]*[A-Z_][A-Z0-9_]*(?:[ \t]+[A-Z_][A-Z0-9_]*)*[ \t]*\r?$/m;

/** What has happened in a loop since it was entered. */
export interface Rounds {
  /** A path at its head, for what is reported. */
  entered: State | undefined;
  /** Some path has left it, or ended inside of it. */
  isLeft: boolean;
  /** Calls that did not come back, before it was entered. */
  readonly ended: number;
}

/** Reports the innermost loops that no path leaves, although their conditions say when they would. */
export function reportEndless(frame: Frame, { cfg, loops }: Flow, done: ReadonlyMap<number, Rounds>): void {
  const { run, unit, code } = frame;
  if (run.incomplete) return;
  const endless = [...done].flatMap(([head, { entered, isLeft, ended }]) => {
    const blocks = loops.get(head);
    return blocks === undefined || entered === undefined || isLeft || ended !== run.ended
      ? []
      : [{ blocks, state: entered }];
  });
  if (endless.length === 0) return;
  // What it does is not seen.
  if (code !== undefined && MACRO_ALONE.test(plainText(unit.ast, code.node))) return;
  for (const { blocks, state } of endless) {
    if (endless.some((other) => other.blocks !== blocks && isInside(other.blocks, blocks))) continue;
    const conditions = exitsOf(cfg, blocks);
    const [first] = [...conditions].sort((a, b) => a.start - b.start);
    if (first === undefined || !conditions.every((each) => isOwn(frame, each))) continue;
    reportAt(frame, state, first, 'endless-loop', 'proved', 'nothing that happens in the loop ends it');
  }
}

function isInside(inner: ReadonlySet<number>, outer: ReadonlySet<number>): boolean {
  return inner.size < outer.size && [...inner].every((id) => outer.has(id));
}

/** What decides whether a loop is left. */
function exitsOf({ blocks }: Cfg, inside: ReadonlySet<number>): readonly Node[] {
  return [...inside].flatMap((id) => {
    const block = blocks[id];
    if (block?.branch === undefined || block.next.every((to) => inside.has(to))) return [];
    return [block.branch.is === 'condition' ? block.branch.condition : block.branch.value];
  });
}

/**
 * A condition that only the function itself can change: of its own variables, which nobody else can reach, and of the characters that they lead to.
 * What interrupts, other threads and devices change is not asked.
 */
export function isOwn(frame: Frame, condition: Node): boolean {
  const { run, unit, code } = frame;
  // Of other files, and of macros, their own analysis speaks.
  if (code === undefined || frame.border !== undefined || frame.macros > 0) return false;
  for (const node of descendants(condition)) {
    if (node.kind === 'member' && node.text.includes('->')) return false;
    if (node.kind === 'call' && run.model(node.part('callee')?.text ?? '') === undefined) return false;
    if (node.kind !== 'identifier' || node.role === 'callee' || node.role === 'property') continue;
    const declaration = unit.declarationOf(node)?.node;
    if (declaration === undefined) {
      if (run.model(node.text) === undefined && !/^[A-Z][A-Z0-9_]*$/.test(node.text)) return false;
      continue;
    }
    if (isGlobal(declaration) || hasModifier(declaration, 'static')) return false;
    if (/\bvolatile\b/.test(unit.ast.text.slice(declaration.start, declaration.end))) return false;
    if (isReachable(plainText(unit.ast, code.node), node.text)) return false;
    const parent = node.parent;
    const isFollowed =
      parent?.kind === 'index' || (parent?.kind === 'unary' && parent.part('operator')?.text === '*');
    const type = unit.types.ofDeclaration(declaration);
    if (isFollowed && type.is === 'pointer' && !(type.to.is === 'int' && type.to.size === 1)) return false;
  }
  return true;
}

/** The address of a variable is taken somewhere. */
function isReachable(text: string, name: string): boolean {
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) {
    const rest = text.slice(at + 1).trimStart();
    if (text[at + 1] !== '&' && rest.startsWith(name) && !/\w/.test(rest[name.length] ?? '')) return true;
  }
  return false;
}
