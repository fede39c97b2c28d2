/** Marks a node that stands for no single node of the syntax table. */
const NO_RAW = -1;

/** Where nodes stand that move together: what they know of their places counts from here. */
export class Place {
  /** The node that it was made for, with all below it. */
  readonly of: Node | undefined;
  start = 0;
  index = 0;
  raw = 0;

  constructor(of: Node | undefined) {
    this.of = of;
  }
}

/** Of nodes that know their own places. */
const ORIGIN = new Place(undefined);

/**
 * A node of a file in the vocabulary of `kinds.ts`. Comments, layout, punctuation and parentheses are gone. The parts of one
 * role follow each other in `children`.
 */
export class Node {
  /** A construct (`call`) or a grammar's own kind (`:jsx_element`). */
  readonly kind: string;
  /** Role in the parent; of a grammar's own kind the field's name, or empty. */
  role: string;
  /** Of a leaf: its text; of a string or regex, what stands between the delimiters. Empty for other nodes. */
  readonly text: string;
  parent: Node | undefined = undefined;
  readonly children: readonly Node[];
  /** What is known of the node and all below it, wherever it stands: see `perFunction`. */
  known: unknown[] | undefined = undefined;
  private place: Place = ORIGIN;
  private ownStart: number;
  private readonly length: number;
  private ownRaw: number;
  private readonly contentFrom: number;
  private readonly contentLength: number;
  private ownIndex = 0;
  /** Nodes below it. */
  private count = 0;

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
    this.ownStart = start;
    this.length = end - start;
    this.ownRaw = raw;
    this.text = text;
    this.contentFrom = content === undefined ? 0 : content.start - start;
    this.contentLength = content === undefined ? this.length : content.end - content.start;
    this.children = children;
    for (const child of children) child.parent = this;
  }

  /** Stretch of the file's text, in UTF-16 offsets. */
  get start(): number {
    return this.place.start + this.ownStart;
  }

  get end(): number {
    return this.place.start + this.ownStart + this.length;
  }

  /** Of a string: where its content stands. Equal to `start` and `end` for other nodes. */
  get contentStart(): number {
    return this.start + this.contentFrom;
  }

  get contentEnd(): number {
    return this.start + this.contentFrom + this.contentLength;
  }

  /** Index in the syntax table of the node that this was read from. Several nodes may come from one. */
  get raw(): number {
    return this.ownRaw < 0 ? NO_RAW : this.place.raw + this.ownRaw;
  }

  /** Position in preorder over the file; set when the file is complete. */
  get index(): number {
    return this.place.index + this.ownIndex;
  }

  /** Last preorder position below this node. */
  get last(): number {
    return this.place.index + this.ownIndex + this.count;
  }

  /** Says where the node stands among all nodes of the file. */
  number(index: number, last: number): void {
    this.ownIndex = index - this.place.index;
    this.count = last - index;
  }

  /** A node of code that was read for itself stands where a leaf of the file does, from this offset on. */
  standFor(leaf: Node, by: number): void {
    this.ownStart += by;
    this.ownRaw = leaf.raw;
    this.number(leaf.index, leaf.last);
  }

  /**
   * After an edit somewhere else in the file: moves the node and all below it, at once.
   *
   * @param below the node and all below it: told to share one place when they are first moved
   */
  move(by: number, rawBy: number, below: () => readonly Node[]): void {
    if (this.place.of !== this) {
      const place = new Place(this);
      for (const each of below()) each.settleIn(place);
    }
    this.place.start += by;
    this.place.raw += rawBy;
  }

  /** Moves a node that has moved, and all below it, among the nodes of the file. */
  renumber(index: number): void {
    this.place.index += index - this.index;
  }

  private settleIn(place: Place): void {
    this.ownStart = this.start;
    this.ownRaw = this.raw;
    this.ownIndex = this.index;
    this.place = place;
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
