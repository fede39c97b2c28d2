import { descendants, type Node } from '../ast/node.ts';
import { isRead, isReadOfCharacter } from './inputNames.ts';
import type { LoopParts } from './loopParts.ts';

const LINES = /^(?:fgets|getline|getdelim|f?scanf)$/;

interface Finding {
  readonly node: Node;
  readonly detail: string;
  readonly isWhole?: boolean;
  readonly isOfReads?: boolean;
}

/** Loops that go on for ever once there is nothing left to read. */
export function stuckAtEnd(parts: LoopParts): Finding | undefined {
  return (
    waitsForCharacter(parts) ?? refusesTheSame(parts) ?? ignoresTheEnd(parts) ?? asksForErrorsAlone(parts)
  );
}

const AT_THE_END = 'at the end of the input nothing comes any more, and nothing here looks for that';

/** `while (c != '.') c = getchar();` */
function waitsForCharacter(parts: LoopParts): Finding | undefined {
  const { condition } = parts;
  if (condition === undefined || asksForEnd(parts)) return undefined;
  const names = new Set<string>();
  for (const each of conjuncts(condition)) {
    const right =
      each.kind === 'binary' && each.part('operator')?.text === '!=' ? each.part('right') : undefined;
    if (right?.kind !== ':char_literal') return undefined;
    // Whoever types ends each line, and a text ends with 0.
    const text = [...descendants(right)].map(({ text: own }) => own).join('');
    if (text === '\\n' || text === '\\0' || text === '\\r') return undefined;
    let left = each.part('left');
    if (left?.kind === 'assign') left = left.part('target');
    if (left?.kind !== 'identifier') return undefined;
    names.add(left.text);
  }
  const [name, second] = [...names];
  if (name === undefined || second !== undefined || parts.leaves) return undefined;
  const changes = parts.changes(name);
  const isRead = changes.every((change) => {
    let value = change.kind === 'assign' ? change.part('value') : undefined;
    if (value?.kind === 'cast') value = value.part('value');
    return value?.kind === 'call' && isReadOfCharacter(value.part('callee')?.text ?? '');
  });
  return changes.length > 0 && isRead ? { node: condition, detail: AT_THE_END, isWhole: true } : undefined;
}

function conjuncts(condition: Node): readonly Node[] {
  if (condition.kind !== 'binary' || condition.part('operator')?.text !== '&&') return [condition];
  const [left, right] = [condition.part('left'), condition.part('right')];
  return [left, right].flatMap((each) => (each === undefined ? [] : conjuncts(each)));
}

/** `EOF`, `feof(f)`, `c < 0`: something asks whether there is more. */
function asksForEnd({ nodes }: LoopParts): boolean {
  return nodes.some((node) => {
    if (node.kind === 'identifier') return /^(?:EOF|feof|ferror|WEOF)$/.test(node.text);
    if (node.kind !== 'binary') return false;
    const [left, right] = [node.part('left'), node.part('right')];
    const operator = node.part('operator')?.text ?? '';
    const isBelow = [left, right].some((side) => side?.text === '0' || side?.kind === 'unary');
    return isBelow && ['<', '>', '<=', '>=', '==', '!='].includes(operator);
  });
}

/** `while (scanf("%d", &n) != 1) puts("again");`: what is not a number stays where it is. */
function refusesTheSame(parts: LoopParts): Finding | undefined {
  const { condition, loop } = parts;
  if (condition === undefined || loop.kind === 'for' || parts.leaves) return undefined;
  const test = condition.kind === 'unary' ? condition.part('operand') : condition.part('left');
  const operator = condition.part('operator')?.text;
  const isRefusal = condition.kind === 'unary' ? operator === '!' : operator === '!=' || operator === '<';
  if (!isRefusal || test?.kind !== 'call' || !/^f?scanf$/.test(test.part('callee')?.text ?? ''))
    return undefined;
  if (condition.kind === 'binary' && condition.part('right')?.kind !== 'number') return undefined;
  if (!test.parts('arguments').some((given) => given.kind === 'string' && /%\d*l*[dufgxi]/.test(given.text)))
    return undefined;
  const others = parts.nodes.some(
    (node) => node.kind === 'call' && node !== test && isRead(node.part('callee')?.text ?? ''),
  );
  if (others) return undefined;
  const detail = 'what is no number stays in the input, and is refused again and again';
  return { node: condition, detail, isWhole: true };
}

/** A loop that asks only what was read, and does not look whether anything was. */
function ignoresTheEnd(parts: LoopParts): Finding | undefined {
  const { condition, loop } = parts;
  if (asksForEnd(parts) && parts.nodes.some(({ text }) => /^(?:EOF|feof|ferror)$/.test(text)))
    return undefined;
  const isOpen = condition === undefined || condition.text === '1' || condition.kind === ':true';
  if (!isOpen && loop.kind !== 'doWhile') return undefined;
  const reads = parts.nodes.filter((node) => node.kind === 'call' && isRead(node.part('callee')?.text ?? ''));
  const [read, second] = reads;
  if (read === undefined || second !== undefined || read.parent?.kind !== 'expressionStatement')
    return undefined;
  if (!LINES.test(read.part('callee')?.text ?? '')) return undefined;
  const filled = read.parts('arguments').flatMap((given) => {
    const place = given.kind === 'unary' ? given.part('operand') : given;
    return place?.kind === 'identifier' && !/^(?:stdin|NULL)$/.test(place.text) ? [place.text] : [];
  });
  // Each way out asks for what was read.
  const asks = (test: Node | undefined): boolean =>
    test !== undefined && parts.namesIn(test).some((name) => filled.includes(name));
  if (!isOpen && !asks(condition)) return undefined;
  const ways = parts.nodes.filter((node) => parts.isWayOut(node));
  if (isOpen && ways.length === 0) return undefined;
  const allAsk = ways.every((way) => {
    let at = way.parent;
    while (at !== undefined && at !== loop && at.kind !== 'if' && at.kind !== 'switch') at = at.parent;
    return at !== undefined && asks(at.kind === 'switch' ? at.part('value') : at.part('condition'));
  });
  return allAsk ? { node: read, detail: AT_THE_END, isWhole: true } : undefined;
}

/** `while (got < n) { r = read(...); if (r < 0) return -1; got += r; }`: at the end 0 is read. */
function asksForErrorsAlone(parts: LoopParts): Finding | undefined {
  const { condition } = parts;
  if (condition?.kind !== 'binary') return undefined;
  for (const node of parts.nodes) {
    let value = node.kind === 'assign' || node.kind === 'variable' ? node.part('value') : undefined;
    if (value?.kind === 'cast') value = value.part('value');
    const target = node.part('target');
    if (value?.kind !== 'call' || target?.kind !== 'identifier') continue;
    if (!/^(?:read|recv|SSL_read)$/.test(value.part('callee')?.text ?? '')) continue;
    const name = target.text;
    const asked = new Set(parts.namesIn(condition));
    const moves = parts.nodes.filter((each) => {
      const isSum = each.kind === 'assign' && /^[+-]=$/.test(each.part('operator')?.text ?? '');
      return isSum && asked.has(each.part('target')?.text ?? '') && parts.namesIn(each).includes(name);
    });
    if (moves.length === 0 || asked.has(name)) continue;
    const tests = parts.nodes.filter(
      (each) => each !== node && each.kind !== 'assign' && each.kind !== 'call' && asksFor(each, name),
    );
    const isOnlyErrors =
      tests.length > 0 && tests.every((test) => isErrorTest(test, name) || test.kind !== 'binary');
    const others = parts.nodes.some((way) => {
      if (!parts.isWayOut(way)) return false;
      let at = way.parent;
      while (at !== undefined && at !== parts.loop && at.kind !== 'if') at = at.parent;
      const test = at?.kind === 'if' ? at.part('condition') : undefined;
      return test === undefined || !isErrorTest(test, name);
    });
    const isPlain = parts.nodes.every(
      (each) => each.kind !== 'switch' && !(each.kind === 'unary' && each.part('operator')?.text === '!'),
    );
    if (isOnlyErrors && !others && isPlain)
      return {
        node: value,
        detail: 'at the end 0 is read, again and again: only errors are asked for',
        isWhole: true,
        isOfReads: true,
      };
  }
  return undefined;
}

function asksFor(node: Node, name: string): boolean {
  if (
    node.kind !== 'binary' ||
    !['<', '<=', '>', '>=', '==', '!='].includes(node.part('operator')?.text ?? '')
  )
    return false;
  return [node.part('left'), node.part('right')].some(
    (side) => side !== undefined && [...descendants(side)].some(({ text }) => text === name),
  );
}

/** `r < 0`, `r == -1`. */
function isErrorTest(test: Node, name: string): boolean {
  if (test.kind !== 'binary') return false;
  let left = test.part('left');
  if (left?.kind === 'assign') left = left.part('target');
  const [operator, right] = [test.part('operator')?.text, test.part('right')];
  if (left?.text !== name) return false;
  if (operator === '<') return right?.text === '0';
  return operator === '==' && right?.kind === 'unary' && right.part('operator')?.text === '-';
}
