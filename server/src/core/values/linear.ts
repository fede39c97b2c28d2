/** A sum `constant + factor * symbol + ...` over symbols, exact. Terms stand in the order of their symbols; no factor is zero. */
export interface Linear {
  readonly constant: number;
  readonly terms: readonly Term[];
}

export interface Term {
  readonly symbol: number;
  readonly factor: number;
}

/** More symbols in one sum are not followed: the sum becomes a symbol of its own. */
const MAX_TERMS = 3;

const NO_TERMS: readonly Term[] = [];

export const ZERO: Linear = { constant: 0, terms: NO_TERMS };
export const ONE: Linear = { constant: 1, terms: NO_TERMS };

export function constantLinear(constant: number): Linear {
  return { constant, terms: NO_TERMS };
}

export function symbolLinear(symbol: number): Linear {
  return { constant: 0, terms: [{ symbol, factor: 1 }] };
}

/** The value when it is one number. */
export function numberOf({ constant, terms }: Linear): number | undefined {
  return terms.length === 0 ? constant : undefined;
}

/** `a + factor * b`; undefined when it has too many symbols, or numbers too large to be exact. */
export function addLinear(a: Linear, b: Linear, factor = 1): Linear | undefined {
  const constant = a.constant + factor * b.constant;
  if (!isExact(constant)) return undefined;
  if (b.terms.length === 0) return { constant, terms: a.terms };
  const terms: Term[] = [];
  let left = 0;
  let right = 0;
  for (;;) {
    const one = a.terms[left];
    const other = b.terms[right];
    if (one === undefined && other === undefined) break;
    if (other === undefined || (one !== undefined && one.symbol < other.symbol)) {
      if (one !== undefined) terms.push(one);
      left++;
    } else if (one === undefined || other.symbol < one.symbol) {
      terms.push({ symbol: other.symbol, factor: factor * other.factor });
      right++;
    } else {
      const sum = one.factor + factor * other.factor;
      if (sum !== 0) terms.push({ symbol: one.symbol, factor: sum });
      left++;
      right++;
    }
  }
  if (terms.length > MAX_TERMS || !terms.every((term) => isExact(term.factor))) return undefined;
  return { constant, terms };
}

export function subtractLinear(a: Linear, b: Linear): Linear | undefined {
  return addLinear(a, b, -1);
}

export function scaleLinear(a: Linear, factor: number): Linear | undefined {
  return factor === 0 ? ZERO : addLinear(ZERO, a, factor);
}

export function plus(a: Linear, constant: number): Linear {
  return { constant: a.constant + constant, terms: a.terms };
}

export function sameLinear(a: Linear, b: Linear): boolean {
  return (
    a === b ||
    (a.constant === b.constant &&
      a.terms.length === b.terms.length &&
      a.terms.every(
        (term, index) => term.symbol === b.terms[index]?.symbol && term.factor === b.terms[index].factor,
      ))
  );
}

/** Whole numbers beyond this are not exact. */
export function isExact(value: number): boolean {
  return Number.isSafeInteger(value);
}
