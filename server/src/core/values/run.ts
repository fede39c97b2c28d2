import type { Node } from '../ast/node.ts';
import type { Ast } from '../ast/readAst.ts';
import type { Cfg } from '../flow/cfg.ts';
import type { Names } from '../resolve/names.ts';
import type { CType } from './ctypes.ts';
import type { Certainty, EventKind, FactEvent } from './events.ts';
import type { Macro } from './macros.ts';
import type { FunctionModel } from './models.ts';
import type { NameHints } from './nameHints.ts';
import type { State, Value } from './state.ts';
import type { TypeTable } from './typeTable.ts';
import type { World } from './world.ts';

/** Code that is read together: the file, or a function of another file. */
export interface Unit {
  readonly ast: Ast;
  /** The declaration that an identifier means. */
  readonly declarationOf: Names['declarationOf'];
  readonly types: TypeTable;
  readonly macro: (name: string) => Macro | undefined;
  /** Whether the unit defines a macro of this name, in one way or several. */
  readonly isDefined: (name: string) => boolean;
  /** Whether a function is declared as one that does not come back. */
  readonly neverReturns: (name: string) => boolean;
  /** The function with a body that the unit itself has. */
  readonly functionNamed: (name: string) => FunctionCode | undefined;
  /** Such a function of another file. */
  readonly functionOutside: (name: string) => FunctionCode | undefined;
  /** Whether there is one: it is not read for that. */
  readonly isOutside: (name: string) => boolean;
  /** Prototypes, wherever they stand. */
  readonly prototypes: ReadonlyMap<string, Node>;
  /** A prototype as a function sees it: of the unit, or its own. */
  readonly prototypeFor: (of: FunctionCode | undefined, name: string) => Node | undefined;
}

/** A function with a body. */
export interface FunctionCode {
  readonly unit: Unit;
  readonly name: string;
  readonly node: Node;
  readonly body: Node;
  /** Nodes of its syntax. */
  readonly size: number;
  readonly returns: CType;
  /** Those that have a name. */
  readonly parameters: readonly Parameter[];
  readonly flow: () => Flow;
}

export interface Parameter {
  readonly node: Node;
  readonly name: string;
  readonly type: CType;
  /** Place in the list, counted from 0. */
  readonly position: number;
}

/** How a function runs. */
export interface Flow {
  readonly cfg: Cfg;
  readonly loops: Loops;
  /** Heads of the loops around each block, by block. */
  readonly around: ReadonlyMap<number, readonly number[]>;
  /** Place of each block in the order in which they are run. */
  readonly position: ReadonlyMap<number, number>;
  /** Limits that widened numbers stop at. */
  readonly limits: readonly number[];
  /** Functions that these were read from, whether they are called on some path or not. */
  readonly limitedBy: readonly Node[];
  /** Places of expressions whose values wait in slots of the path. */
  readonly held: ReadonlySet<number>;
}

/** Heads of loops, by block, with the blocks of each. */
export type Loops = ReadonlyMap<number, ReadonlySet<number>>;

/** What is the same for the whole analysis of a file. */
export interface Run {
  /** The file. */
  readonly unit: Unit;
  readonly world: World;
  readonly model: (name: string) => FunctionModel | undefined;
  /** What is known of a constant of a library: its number, or another one that is the same. */
  readonly constant: (name: string) => number | string | undefined;
  /** What names say of code that is not seen. */
  readonly hints: NameHints;
  /** Undefined when nobody asks for values. */
  readonly observe: ((node: Node, seen: Visit) => void) | undefined;
  readonly report: (event: FactEvent) => void;
  /** Objects of globals and static variables by declaration; of names that nobody declares by name. */
  readonly globals: Map<string, number>;
  /** Constants of headers, by name. */
  readonly constants: Map<string, Value>;
  /** How often each function was followed into. */
  readonly entered: Map<FunctionCode, number>;
  /** Functions that were looked into. */
  readonly visited: Set<Node>;
  /** Functions of the file that some call was not followed into: with what these calls give them, nothing was seen of them. */
  readonly skipped: Set<FunctionCode>;
  /** The analysis begins with `main`: variables of the program hold what they are initialised with. */
  readonly globalsKnown: boolean;
  /** Blocks that each allocation, in each call of its function, has made. */
  readonly allocations: Map<string, { readonly blocks: number; readonly many: number | undefined }>;
  /** Steps after which the rest is followed less closely. */
  readonly share: number;
  frames: number;
  /** Steps that were spent in functions of other files; they count apart. */
  stepsOutside: number;
  /** Calls that did not come back. */
  ended: number;
  /** Some code was left out because a limit was hit. */
  incomplete: boolean;
}

/** The value that an expression had once, with all that was known then. */
export interface Visit {
  readonly state: State;
  readonly value: Value;
  readonly type: CType;
  readonly frame: Frame;
}

/** One call of a function, or the body of a macro inside of it. */
export interface Frame {
  readonly run: Run;
  /** Where its code stands. */
  readonly unit: Unit;
  readonly id: number;
  readonly code: FunctionCode | undefined;
  readonly depth: number;
  /** Objects of variables by declaration. */
  readonly variables: Map<number, number>;
  /** The same by name, for code of macros. */
  readonly byName: Map<string, number>;
  /** Objects of all variables of the call. */
  readonly locals: number[];
  /** In a function of another file: what there was when the file at hand called it. All else is no matter of the file at hand. */
  readonly border: Border | undefined;
  /** Inside of a macro or of a function of another file: the place of its use, where everything is reported. */
  readonly site: Node | undefined;
  /** Arguments of the macro, evaluated where they are used. */
  readonly arguments: ReadonlyMap<string, Argument>;
  /** Code of a function or macro that somebody else wrote, for any of its callers. */
  readonly aside: boolean;
  /** Frames of the callers. */
  readonly caller: Frame | undefined;
  /** The call, in the code of the caller. */
  readonly call: Node | undefined;
  readonly macros: number;
}

/** What a macro or a function is given, and where it stands. */
export interface Argument {
  readonly node: Node;
  readonly frame: Frame;
  /** Of `__VA_ARGS__`: the ones behind it. */
  readonly more?: readonly Argument[];
}

export interface Result {
  readonly state: State;
  readonly value: Value;
  readonly type: CType;
}

/** Numbers of symbols and objects. */
export interface Border {
  readonly symbols: number;
  readonly objects: number;
}

/** What an event is about: the object that is used, or the symbol of a pointer that may be null. */
export interface Subject {
  readonly object?: number | undefined;
  readonly symbol?: number | undefined;
}

/** Ends the analysis of a function whose paths cost more than the limit: what was found until then stands. */
export class StepsSpent extends Error {}

/** Macros in macros are followed this far. */
export const MAX_MACROS = 12;

export function reportAt(
  frame: Frame,
  state: State,
  node: Node,
  kind: EventKind,
  certainty: Certainty,
  detail: string,
  related: FactEvent['related'] = [],
  { object, symbol }: Subject = {},
): void {
  const { border } = frame;
  const isOwn =
    border === undefined ||
    (object !== undefined && object < border.objects) ||
    (symbol !== undefined && symbol < border.symbols);
  if (!isOwn) return;
  frame.run.report({
    kind,
    certainty: state.doubtful ? 'possible' : certainty,
    node: frame.site ?? node,
    detail,
    related,
  });
}

/** The frame in which a macro's body runs. */
export function macroFrame(frame: Frame, macro: Macro, use: Node, given: readonly Argument[]): Frame {
  const names = macro.parameters ?? [];
  const values = new Map<string, Argument>();
  names.forEach((name, index) => {
    const argument = given[index];
    if (argument === undefined) return;
    if (name === '...') values.set(VARIADIC, { ...argument, more: given.slice(index + 1) });
    else values.set(name, { node: argument.node, frame: argument.frame });
  });
  return frameWith(frame, {
    site: frame.site ?? use,
    arguments: values,
    macros: frame.macros + 1,
  });
}

/** In the body of a macro: all arguments that stand for `...`. */
const VARIADIC = '__VA_ARGS__';

/** The arguments of a call, each with the frame in which it is evaluated. */
export function argumentsOf(frame: Frame, call: Node): readonly Argument[] {
  const nodes = call.parts('arguments');
  if (frame.site === undefined) return nodes.map((node) => ({ node, frame }));
  return nodes.flatMap((node): readonly Argument[] => {
    if (node.text !== VARIADIC) return [{ node, frame }];
    const first = frame.arguments.get(VARIADIC);
    return first === undefined ? [] : [first, ...(first.more ?? [])];
  });
}

/** `PRINT((text, "%d", n))`: a macro that is not seen makes of it the arguments of a call. */
export function listed({ node, frame }: Argument): readonly Argument[] {
  const [left, right] = [node.part('left'), node.part('right')];
  return node.kind === ':comma_expression' && left !== undefined && right !== undefined
    ? [...listed({ node: left, frame }), ...listed({ node: right, frame })]
    : [{ node, frame }];
}

/** The same call with something changed; with all parts in the order in which they are made at first, as `memoryWith` does it. */
export function frameWith(
  frame: Frame,
  change: Partial<Pick<Frame, 'run' | 'site' | 'arguments' | 'aside' | 'macros'>>,
): Frame {
  return {
    run: change.run ?? frame.run,
    unit: frame.unit,
    id: frame.id,
    code: frame.code,
    depth: frame.depth,
    variables: frame.variables,
    byName: frame.byName,
    locals: frame.locals,
    border: frame.border,
    site: 'site' in change ? change.site : frame.site,
    arguments: change.arguments ?? frame.arguments,
    aside: change.aside ?? frame.aside,
    caller: frame.caller,
    call: frame.call,
    macros: change.macros ?? frame.macros,
  };
}

/** The same call, of which nothing is told: what is looked at only for its type or its value does not happen. */
export function quietFrame(frame: Frame): Frame {
  const { run } = frame;
  const quiet: Run = {
    unit: run.unit,
    world: run.world,
    model: run.model,
    constant: run.constant,
    hints: run.hints,
    observe: undefined,
    report: nothing,
    globals: run.globals,
    constants: run.constants,
    entered: run.entered,
    allocations: run.allocations,
    visited: run.visited,
    skipped: run.skipped,
    globalsKnown: run.globalsKnown,
    share: run.share,
    frames: run.frames,
    stepsOutside: run.stepsOutside,
    ended: run.ended,
    incomplete: run.incomplete,
  };
  return frameWith(frame, { run: quiet });
}

/** Nothing that is found is told. */
export function isQuiet({ run }: Frame): boolean {
  return run.report === nothing;
}

function nothing(): void {
  // See above.
}

export function isIn({ nodes }: Ast, node: Node): boolean {
  return nodes[node.index] === node;
}
