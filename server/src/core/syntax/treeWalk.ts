import { Parser, type Tree } from 'web-tree-sitter';

/**
 * Functions of the parser's wasm, as the runtime hands them to the options that it was started with. Each takes the address of
 * a tree and works on the cursor in the transfer buffer, and leaves it there for the next call: the runtime's own cursor copies it out
 * and in around every step, which costs more than the step.
 */
const STEPS = {
  root: '_ts_tree_root_node_wasm',
  open: '_ts_tree_cursor_new_wasm',
  close: '_ts_tree_cursor_delete_wasm',
  firstChild: '_ts_tree_cursor_goto_first_child_wasm',
  nextSibling: '_ts_tree_cursor_goto_next_sibling_wasm',
  parent: '_ts_tree_cursor_goto_parent_wasm',
  symbol: '_ts_tree_cursor_current_node_type_id_wasm',
  field: '_ts_tree_cursor_current_field_id_wasm',
  start: '_ts_tree_cursor_start_index_wasm',
  end: '_ts_tree_cursor_end_index_wasm',
  isMissing: '_ts_tree_cursor_current_node_is_missing_wasm',
  /** The address of the parser's own reference to the node: where that points to, an incremental parse leaves as it is or makes anew. */
  slot: '_ts_tree_cursor_current_node_id_wasm',
} as const;

type Step = (tree: number) => number;

/** A walk over one tree; only one is open at a time. Moves answer 1 or 0, offsets are in UTF-16. */
export interface TreeSteps extends Readonly<Record<Exclude<keyof typeof STEPS, 'slot'>, Step>> {
  /**
   * Names a node with all that is below it, the same in an earlier tree that is not freed yet and in the one parsed from it; 0 for a leaf
   * that the parser holds without an address. The symbol is not part of it: what stands around a node may rename it.
   */
  readonly subtree: Step;
}

/** The options that the runtime is started with, to which it adds what it offers. */
interface Runtime {
  readonly wasmBinary: Uint8Array;
  /** Its memory. */
  readonly HEAP32?: Int32Array;
}

/** The runtime exists once a process, whatever it was started with later. */
let steps: TreeSteps | undefined;

/** Starts the parser runtime; once per process, before any grammar is loaded. */
export async function initParser(treeSitterWasm: Uint8Array): Promise<void> {
  const runtime: Runtime = { wasmBinary: treeSitterWasm };
  await Parser.init(runtime);
  steps ??= stepsOf(runtime);
}

function stepsOf(runtime: Runtime): TreeSteps {
  const step = (name: string): Step => {
    const found: unknown = Reflect.get(runtime, name);
    if (typeof found !== 'function') throw new Error(`the parser runtime has no ${name}`);
    return found as Step;
  };
  const slot = step(STEPS.slot);
  return {
    root: step(STEPS.root),
    open: step(STEPS.open),
    close: step(STEPS.close),
    firstChild: step(STEPS.firstChild),
    nextSibling: step(STEPS.nextSibling),
    parent: step(STEPS.parent),
    symbol: step(STEPS.symbol),
    field: step(STEPS.field),
    start: step(STEPS.start),
    end: step(STEPS.end),
    isMissing: step(STEPS.isMissing),
    subtree: (tree) => {
      // Asked for each time: the view is another one when the memory has grown.
      const held = runtime.HEAP32?.[slot(tree) >> 2] ?? HELD_IN_PLACE;
      return (held & HELD_IN_PLACE) === 0 ? held : 0;
    },
  };
}

/** The lowest bit of a reference that is no address but a small leaf itself. */
const HELD_IN_PLACE = 1;

/** Opens a walk at the root of a tree for as long as `walk` runs. Nothing else of the runtime may be called in between. */
export function walkTree(tree: Tree, walk: (steps: TreeSteps, address: number) => void): void {
  const address: unknown = Reflect.get(tree, 0);
  if (steps === undefined || typeof address !== 'number')
    throw new Error('the parser runtime is not started');
  steps.root(address);
  steps.open(address);
  try {
    walk(steps, address);
  } finally {
    steps.close(address);
  }
}
