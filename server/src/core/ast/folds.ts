import { Node } from './node.ts';

/** `a.b.c`, of which the grammar gives the names one beside the other, as members of members. */
export function chained(names: readonly Node[]): readonly Node[] {
  const [first, ...others] = names;
  if (first === undefined) return [];
  let whole = first;
  for (const name of others) {
    whole.role = 'object';
    name.role = 'name';
    whole = new Node('member', first.start, name.end, first.raw, [whole, name]);
  }
  return [whole];
}

/** Several nodes that all must hold as one: `if a, b` of Swift is `a && b`. */
export function folded(nodes: readonly Node[], operator: string): readonly Node[] {
  const [first, ...others] = nodes;
  if (first === undefined) return [];
  let whole = first;
  for (const node of others) {
    const token = new Node('token', whole.end, whole.end, first.raw, [], operator);
    whole.role = 'left';
    token.role = 'operator';
    node.role = 'right';
    whole = new Node('binary', first.start, node.end, first.raw, [whole, token, node]);
  }
  return [whole];
}

/** Each node as part of the one before it: the `elif` of an `elif`, which the grammar gives side by side. */
export function nested(nodes: readonly Node[], role: string): readonly Node[] {
  let inner: Node | undefined;
  for (let index = nodes.length - 1; index >= 0; index--) {
    const node = nodes[index];
    if (node === undefined || inner === undefined) {
      inner = node;
      continue;
    }
    inner.role = role;
    inner = new Node(node.kind, node.start, inner.end, node.raw, [...node.children, inner], node.text);
  }
  return inner === undefined ? [] : [inner];
}

/** A piece of text of a template; a string literal that is filled in has quotes. */
export function isFragment({ kind, role, start, contentStart }: Node): boolean {
  return kind === 'string' && role === 'parts' && contentStart === start;
}

/**
 * The parts of a template, in which names behind a sign stand for their values.
 *
 * @param isRaw a backslash is no escape here
 */
export function templateParts(
  read: readonly Node[],
  sign: string | undefined,
  isRaw: boolean,
): readonly Node[] {
  const parts = joinFragments(read);
  if (sign === undefined) return parts;
  return parts.flatMap((part) => (part.role === 'parts' ? withNames(part, sign, isRaw) : [part]));
}

/** Fragments of a template that touch each other are one: grammars cut text at its escapes. */
function joinFragments(parts: readonly Node[]): readonly Node[] {
  const joined: Node[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (
      last?.kind === 'string' &&
      part.kind === 'string' &&
      last.role === part.role &&
      last.end === part.start
    ) {
      const whole = new Node('string', last.start, part.end, last.raw, [], last.text + part.text);
      whole.role = part.role;
      joined[joined.length - 1] = whole;
    } else joined.push(part);
  }
  return joined;
}

/** A piece of text of a template in which a sign and a name stand for the name's value: `a $b c`. */
function withNames(part: Node, sign: string, isRaw: boolean): readonly Node[] {
  const { text, start } = part;
  if (part.kind !== 'string' || !text.includes(sign)) return [part];
  const parts: Node[] = [];
  const add = (kind: string, from: number, to: number): void => {
    if (from === to) return;
    const node = new Node(kind, start + from, start + to, part.raw, [], text.slice(from, to));
    node.role = part.role;
    parts.push(node);
  };
  let done = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\' && !isRaw) at++;
    else if (text.startsWith(sign, at)) {
      NAME.lastIndex = at + sign.length;
      const name = NAME.exec(text)?.[0];
      if (name === undefined) continue;
      add('string', done, at);
      done = at + sign.length + name.length;
      add('identifier', at + sign.length, done);
      at = done - 1;
    }
  }
  add('string', done, text.length);
  return parts;
}

const NAME = /[\p{L}_][\p{L}\p{Nd}_]*/uy;

/** The parts of a call of one of these macros: `{name}` in its text stands for the name's value. */
export function withImpliedNames(parts: readonly Node[], macros: readonly string[]): readonly Node[] {
  const callee = parts.find(({ role }) => role === 'callee');
  const name = callee?.kind === 'member' ? callee.part('name') : callee;
  const isMacro = parts.some(({ role, text }) => role === 'operator' && text === '!');
  if (!isMacro || name === undefined || !macros.includes(name.text)) return parts;
  return parts.map((part) =>
    part.role === 'arguments' && part.kind === 'string' && part.text.includes('{') ? filledIn(part) : part,
  );
}

function filledIn(literal: Node): Node {
  const { start, end, raw, text, contentStart, contentEnd } = literal;
  const names = [...text.matchAll(FILLED_IN)].flatMap((match) => {
    const name = match[1];
    if (name === undefined) return [];
    const from = contentStart + match.index + 1;
    const identifier = new Node('identifier', from, from + name.length, raw, [], name);
    identifier.role = 'implied';
    return [identifier];
  });
  const whole = new Node('string', start, end, raw, names, text, { start: contentStart, end: contentEnd });
  whole.role = literal.role;
  return whole;
}

/** `{name}` and `{name:>8}`; `{{` is a brace. */
const FILLED_IN = /\{\{|\{([\p{L}_][\p{L}\p{Nd}_]*)(?::[^{}]{0,40})?\}/gu;

/** Annotations that the grammar puts beside a member or statement, before it, as attributes of that one. */
export function withAttributes(members: readonly Node[]): readonly Node[] {
  if (!members.some(({ kind }) => kind === 'annotation')) return members;
  const whole: Node[] = [];
  let waiting: Node[] = [];
  for (const member of members) {
    if (member.kind === 'annotation') {
      waiting.push(member);
      continue;
    }
    const [first] = waiting;
    if (first === undefined) {
      whole.push(member);
      continue;
    }
    for (const each of waiting) each.role = 'attributes';
    whole.push(new Node(member.kind, first.start, member.end, member.raw, [...waiting, ...member.children]));
    waiting = [];
  }
  return [...whole, ...waiting];
}
