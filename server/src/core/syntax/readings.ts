/**
 * How a grammar's nodes read as constructs: the part of a language's profile that `readAst` runs. Data only.
 *
 * A **selector** picks nodes of the syntax table, seen from one node. Steps are separated by `/`:
 *
 * - `name`: children in that field; `:kind`: children of that kind, named or not
 * - `*`: all named children but comments; `#0`, `#-1`: one of these; `rest`: those that no other role of the reading takes; `~`: those in no field
 * - `@`: all tokens (anonymous children) but punctuation; `@0`, `@-1`: the first or last child, if it is such a token
 * - `a..b`: the children between the first of kind `a` and the next of kind `b`, as a node of their own; without `a` from the first child, without
 *   `b` up to the last
 * - `.`: the node itself (inside `each` read as its own kind says, else as a token); `^`: its parent, `^:kind`: if it is of that kind; `_`: the node itself when it is only layout
 * - `?text`: the node itself when this is its text: words that the grammar takes for names
 * - `>*`, `>:kind`: the sibling that follows, when it is named or of that kind, comments and punctuation passed over; `<*`, `<:kind`: the one before
 * - `=text`: no node, but a token with this text
 *
 * ` + ` joins what two selectors pick, in the order of the text. A role takes a selector, a reading of its own (a node that the
 * grammar has no node for), or a list of alternatives of which the first that gives something is taken.
 */
export type Source = string | Reading | readonly (string | Reading)[];

/**
 * `is` names a construct of `kinds.ts`, a kind of its own without parts (`:null`), or one of these:
 *
 * - `same`: the node means what is in `of` (the only named child when absent): parentheses, wrappers
 * - `splice`: stands for the nodes in `of` (all named children), which are spliced into the list around
 * - `each`: one construct `as` for each node of `of`; `^` reaches what they share
 * - `merge`: the construct read from `of`, with the further roles added (decorators around a function)
 * - `skip`: nothing
 * - `fragment`: a piece of text of a template; `concatenation`: strings written one after the other (`of`)
 * - `chain`: names written one beside the other (`of`) as members of members: `a.b.c`
 * - `fold`: the nodes of `of` joined by the operator `text` (`&&` when absent)
 * - `split`: one construct `as` for each run of children between separators `text` (`,` when absent), of the nodes in `of` (the node itself); `^`
 *   reaches the node whose children they are
 * - `nest`: each node of `of` becomes part of the one before it, in the role `text` (`else` when absent): a list of `elif`
 * - `leaf`: the grammar's own kind as one word, whatever is in it
 * - `parsed`: what stands between the node's first and last character, parsed again in the profile's `tokenFrames`; what is in `of` where no frame
 *   fits
 * - `raw`: the grammar's own kind with all its children, as when the profile says nothing
 *
 * `text` gives a leaf another text than its code. A leaf without it, as a reading of its own, is the whole node's text. `when` (selectors joined by ` & `, `!` before one for none) restricts a reading to nodes where
 * it picks something. Of several readings the first that applies is taken.
 * `declarator` (a selector) reads type and name out of a C declarator, see `declarators.ts`; with `same` only the type.
 */
export interface Reading {
  readonly is: string;
  readonly when?: string;
  readonly of?: Source;
  readonly as?: Reading | readonly Reading[];
  readonly text?: string;
  readonly declarator?: string;
  readonly [role: string]: Source | undefined;
}

export type Readings = Readonly<Record<string, Reading | readonly Reading[]>>;

/** Declarators of C: what stands around a declared name and what it does to the type. */
export interface DeclaratorProfile {
  /** By kind: `pointerType`, `arrayType` or another construct; `&` is a modifier of what is declared; an empty text adds nothing. */
  readonly wrappers: Readonly<Record<string, string>>;
  /** The kind that makes a declarator a function's. */
  readonly function: { readonly kind: string; readonly parameters: string };
  /** Field that leads to the inner declarator. */
  readonly inner: string;
}
