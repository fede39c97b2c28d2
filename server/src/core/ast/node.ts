/** Marks a node that stands for no single node of the syntax table. */
const NO_RAW = -1;

/**
 * A node of a file in the vocabulary of `kinds.ts`. Comments, layout, punctuation and parentheses are gone. The parts of one
 * role follow each other in `children`.
 */
export class Node {
  /** A construct (`call`) or a grammar's own kind (`:jsx_element`). */
  readonly kind: string;
  /** Role in the parent; of a grammar's own kind the field's name, or empty. */
  role: string;
  /** Stretch of the file's text, in UTF-16 offsets. */
  start: number;
  end: number;
  /** Index in the syntax table of the node that this was read from. Several nodes may come from one. */
  raw: number;
  /** Of a leaf: its text; of a string or regex, what stands between the delimiters. Empty for other nodes. */
  readonly text: string;
  /** Of a string: where its content stands. Equal to `start` and `end` for other nodes. */
  contentStart: number;
  contentEnd: number;
  parent: Node | undefined = undefined;
  readonly children: readonly Node[];
  /** Position in preorder over the file; set when the file is complete. */
  index = 0;
  /** Last preorder position below this node. */
  last = 0;

  constructor(
    kind: string,
    start: number,
    end: number,
    raw: number,
    children: readonly Node[],
    text = '',
    content?: { readonly start: number; readonly end: number },
  ) {
    this.kind = kind;
    this.role = '';
    this.start = start;
    this.end = end;
    this.raw = raw;
    this.text = text;
    this.contentStart = content === undefined ? start : content.start;
    this.contentEnd = content === undefined ? end : content.end;
    this.children = children;
    for (const child of children) child.parent = this;
  }

  /** The first part with a role. */
  part(role: string): Node | undefined {
    for (const child of this.children) if (child.role === role) return child;
    return undefined;
  }

  /** All parts with a role, in order. */
  parts(role: string): readonly Node[] {
    return this.children.filter((child) => child.role === role);
  }

  /** After an edit somewhere else in the file: the node alone, without those below it. */
  move(by: number, rawBy: number): void {
    this.start += by;
    this.end += by;
    this.contentStart += by;
    this.contentEnd += by;
    if (this.raw >= 0) this.raw += rawBy;
  }

  /** True for this node and any below it. */
  contains(other: Node): boolean {
    return this.index <= other.index && other.index <= this.last;
  }
}

/** The node and all below it, in the order of the text. */
export function* descendants(root: Node): Generator<Node> {
  const pending: Node[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    yield node;
    for (let index = node.children.length - 1; index >= 0; index--) {
      const child = node.children[index];
      if (child) pending.push(child);
    }
  }
}

export { NO_RAW };
