import type { Node } from '../ast/node.ts';
import { readAst, type Ast } from '../ast/readAst.ts';
import type { Outside, OutsideFunction } from '../headers/outside.ts';
import { namesOf } from '../resolve/names.ts';
import type { Grammar } from '../syntax/grammar.ts';
import { freeFile, NO_PREPROCESSING, parseFile } from '../syntax/parsedFile.ts';
import { decayed } from './ctypes.ts';
import { flowOf } from './explore.ts';
import { memoised } from './memoised.ts';
import { macrosOf, macroTextsOf } from './macros.ts';
import { declaredNoReturn } from './attributes.ts';
import type { Flow, FunctionCode, Unit } from './run.ts';
import { typeTableOf } from './typeTable.ts';

/** A function with a body; undefined for a prototype. */
export function functionCode(unit: Unit, node: Node): FunctionCode | undefined {
  const name = node.part('name')?.text ?? '';
  const body = node.part('body');
  if (name === '' || body === undefined) return undefined;
  const { types } = unit;
  let flow: Flow | undefined;
  let parameters: FunctionCode['parameters'] | undefined;
  return {
    unit,
    name,
    node,
    body,
    size: node.last - node.index,
    get returns() {
      return types.read(node.part('returns'));
    },
    get parameters() {
      return (parameters ??= node.parts('parameters').flatMap((parameter, position) => {
        const target = parameter.part('target');
        return target?.kind === 'identifier'
          ? [{ node: parameter, name: target.text, type: decayed(types.ofDeclaration(parameter)), position }]
          : [];
      }));
    },
    flow: () => (flow ??= flowOf(unit, body)),
  };
}

/** What was read of functions of other files, by language: they are the same objects as long as nothing changes. */
const known = new WeakMap<OutsideFunction, Map<string, FunctionCode | undefined>>();

/** Reads functions of other files, each once. */
export function functionsOutside(grammar: Grammar, outside: Outside): Unit['functionOutside'] {
  return (name) => {
    const found = outside.functionNamed(name);
    if (found === undefined) return undefined;
    let byLanguage = known.get(found);
    if (byLanguage === undefined)
      known.set(found, (byLanguage = new Map<string, FunctionCode | undefined>()));
    const language = grammar.definition.id;
    if (byLanguage.has(language)) return byLanguage.get(language);
    const code = readFunction(grammar, found);
    byLanguage.set(language, code);
    return code;
  };
}

/** Undefined when it cannot be read without errors by itself. */
function readFunction(grammar: Grammar, { text, outside }: OutsideFunction): FunctionCode | undefined {
  const file = parseFile(grammar, text, { ...NO_PREPROCESSING, outside });
  try {
    if (file.main.tree?.rootNode.hasError !== false) return undefined;
    const unit = unitOf(readAst(grammar, file.main.table, file.main.text), outside);
    const [only] = unit.ast.root.children;
    return only?.kind === 'function' ? functionCode(unit, only) : undefined;
  } finally {
    freeFile(file);
  }
}

function unitOf(ast: Ast, outside: Outside): Unit {
  const names = namesOf(ast, outside);
  const macro = macrosOf(
    ast,
    macroTextsOf(ast, (name) => outside.macro(name)),
  );
  return {
    ast,
    declarationOf: memoised((identifier) => names.declarationOf(identifier)),
    macro,
    neverReturns: declaredNoReturn(ast, outside),
    isDefined: () => false,
    types: typeTableOf(ast, names, macro, outside),
    functionNamed: () => undefined,
    functionOutside: functionsOutside(ast.grammar, outside),
    isOutside: memoised((name) => outside.functionNamed(name) !== undefined),
    prototypes: new Map(),
    prototypeFor: () => undefined,
  };
}
