/** A number that a model computes from a call: `arg1 * arg2`, `strlen(arg2) + 1`, `min(arg3, 16)`, `result`. */
export type SizeExpression =
  | { readonly is: 'number'; readonly value: number }
  | { readonly is: 'argument'; readonly argument: number }
  /** Length of the string that an argument points to. */
  | { readonly is: 'length'; readonly argument: number }
  /** Size of what an argument points to. */
  | { readonly is: 'size'; readonly argument: number }
  /** Length of what the format in an argument makes of the arguments behind it. */
  | { readonly is: 'formatted'; readonly argument: number }
  | { readonly is: 'result' }
  | {
      readonly is: 'sum' | 'difference' | 'product' | 'least';
      readonly left: SizeExpression;
      readonly right: SizeExpression;
    };

const CALLS: Readonly<Record<string, 'length' | 'size' | 'formatted'>> = {
  strlen: 'length',
  sizeof: 'size',
  formatted: 'formatted',
};

/** Nested parentheses are read this far. */
const MAX_DEPTH = 20;

/** Reads an expression; undefined when it is none. */
export function readSizeExpression(text: string): SizeExpression | undefined {
  const tokens = text.match(/\d+|[a-z]+\d*|[-+*(),]|\S/g) ?? [];
  let at = 0;
  let depth = 0;
  const take = (token: string): boolean => {
    if (tokens[at] !== token) return false;
    at++;
    return true;
  };
  const argument = (): number | undefined => {
    const match = /^arg([1-9]\d?)$/.exec(tokens[at] ?? '');
    if (match === null) return undefined;
    at++;
    return Number(match[1]) - 1;
  };
  const sum = (): SizeExpression | undefined => {
    let left = product();
    while (left !== undefined && (tokens[at] === '+' || tokens[at] === '-')) {
      const is = tokens[at] === '+' ? 'sum' : 'difference';
      at++;
      const right = product();
      left = right && { is, left, right };
    }
    return left;
  };
  const product = (): SizeExpression | undefined => {
    let left = atom();
    while (left !== undefined && take('*')) {
      const right = atom();
      left = right && { is: 'product', left, right };
    }
    return left;
  };
  const atom = (): SizeExpression | undefined => {
    if (++depth > MAX_DEPTH) return undefined;
    try {
      const token = tokens[at] ?? '';
      if (/^\d+$/.test(token)) {
        at++;
        return { is: 'number', value: Number(token) };
      }
      if (take('result')) return { is: 'result' };
      if (take('(')) {
        const inner = sum();
        return take(')') ? inner : undefined;
      }
      const is = CALLS[token];
      if (is !== undefined) {
        at++;
        if (!take('(')) return undefined;
        const of = argument();
        return of !== undefined && take(')') ? { is, argument: of } : undefined;
      }
      if (take('min')) {
        if (!take('(')) return undefined;
        const left = sum();
        const right = take(',') ? sum() : undefined;
        return left !== undefined && right !== undefined && take(')')
          ? { is: 'least', left, right }
          : undefined;
      }
      const of = argument();
      return of === undefined ? undefined : { is: 'argument', argument: of };
    } finally {
      depth--;
    }
  };
  const whole = sum();
  return at === tokens.length ? whole : undefined;
}
