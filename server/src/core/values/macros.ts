import type { Node } from '../ast/node.ts';
import { nodesOfKinds } from '../ast/nodesOfKind.ts';
import { readAst, type Ast } from '../ast/readAst.ts';
import type { MacroDefinition } from '../preprocess/macros.ts';
import type { Grammar } from '../syntax/grammar.ts';
import { freeTree, parseText } from '../syntax/syntaxTree.ts';

/** A `#define` with its body as code. */
export interface Macro {
  readonly name: string;
  /** Undefined for a macro without parentheses; `...` stands for any number of arguments. */
  readonly parameters: readonly string[] | undefined;
  /** An expression, or a block of statements. */
  readonly body: Node;
  readonly ast: Ast;
}

/** Longer bodies are not read. */
const MAX_BODY = 2000;

/** What a macro stands for, as it is written. */
interface MacroText {
  readonly parameters: readonly string[] | undefined;
  readonly text: string;
}

/** The texts of macros, by name. */
export type MacroTexts = (name: string) => MacroText | undefined;

/**
 * The macros of a file and of its headers; names defined in several ways are left out.
 *
 * @param ofHeaders the definition that headers have of a name, with `()` behind the name of a macro with parameters
 */
export function macroTextsOf(ast: Ast, ofHeaders: (name: string) => MacroDefinition | undefined): MacroTexts {
  const definitions = new Map<string, MacroText | undefined>();
  for (const node of nodesOfKinds(ast, [':preproc_def', ':preproc_function_def'])) {
    const name = node.part('name')?.text ?? '';
    const given = node.part('parameters');
    const list = given && ast.text.slice(given.start + 1, given.end - 1).split(',');
    const text = (node.part('value')?.text ?? '')
      .replace(/\\\r?\n/g, '  ')
      .replace(/\/\*[^]*?\*\/|\/\/.*/g, ' ');
    const known = definitions.get(name);
    const isSame = known?.text === text;
    definitions.set(
      name,
      definitions.has(name) && !isSame ? undefined : { parameters: list?.map((each) => each.trim()), text },
    );
  }
  return (name) => {
    if (definitions.has(name)) return definitions.get(name);
    const found = ofHeaders(name) ?? ofHeaders(`${name}()`);
    return found?.body === undefined ? undefined : { parameters: found.parameters, text: found.body };
  };
}

/** Names that a file defines as macros. */
export function definedIn(ast: Ast): ReadonlySet<string> {
  let names = defined.get(ast);
  if (names === undefined) {
    const nodes = nodesOfKinds(ast, [':preproc_def', ':preproc_function_def']);
    names = new Set(nodes.map((node) => node.part('name')?.text ?? ''));
    defined.set(ast, names);
  }
  return names;
}

const defined = new WeakMap<Ast, ReadonlySet<string>>();

/** What a macro's text reads as. */
type Body = Pick<Macro, 'body' | 'ast'>;

/** Bodies that are kept: the files of a project use the same macros. */
const MAX_KEPT = 2_000;

/** By their texts; undefined for what reads as neither. */
const kept = new WeakMap<Grammar, Map<string, Body | undefined>>();

/** Those of the macros that read as an expression or as statements. */
export function macrosOf(ast: Ast, texts: MacroTexts): (name: string) => Macro | undefined {
  const read = new Map<string, Macro | undefined>();
  return (name) => {
    if (read.has(name)) return read.get(name);
    const definition = texts(name);
    const found =
      definition === undefined || definition.text.trim() === '' || definition.text.length > MAX_BODY
        ? undefined
        : bodyOf(ast.grammar, definition.text);
    const macro = found && { name, parameters: definition?.parameters, body: found.body, ast: found.ast };
    read.set(name, macro);
    return macro;
  };
}

function bodyOf(grammar: Grammar, text: string): Body | undefined {
  const bodies = kept.get(grammar) ?? new Map<string, Body | undefined>();
  kept.set(grammar, bodies);
  if (!bodies.has(text)) {
    if (bodies.size >= MAX_KEPT) bodies.clear();
    bodies.set(text, readBody(grammar, text));
  }
  return bodies.get(text);
}

function readBody(grammar: Grammar, whole: string): Body | undefined {
  // Without further arguments the comma in front of them goes, which is so in any case here. What is made a string is some string.
  const text = whole.replace(/##\s*(?=__VA_ARGS__)/g, '').replace(/(^|[^#])#\s*[A-Za-z_]\w*/g, '$1""');
  for (const [before, after] of [
    ['void f(void) { x = (', '); }'],
    ['void f(void) { ', '; }'],
  ] as const) {
    const syntax = parseText(grammar, before + text + after);
    try {
      if (syntax.tree === undefined || syntax.tree.rootNode.hasError) continue;
      const inner = readAst(grammar, syntax.table, before + text + after);
      const block = inner.root.children[0]?.part('body');
      const assigned = block?.children[0]?.part('expression')?.part('value');
      const body = after.startsWith(')') ? assigned : block;
      if (body !== undefined) return { body, ast: inner };
    } finally {
      freeTree(syntax);
    }
  }
  return undefined;
}
