import type { Node } from '../ast/node.ts';
import { maximum } from './constraints.ts';
import type { Linear } from './linear.ts';
import { keyOf } from './results.ts';
import type { Result } from './run.ts';
import type { State } from './state.ts';
import type { World } from './world.ts';

/** A product of two numbers from outside. */
export interface Product {
  readonly a: Linear;
  readonly b: Linear;
  /** Of both factors: the same product may be computed once more, to be compared with something. */
  readonly key: string;
}

/** Remembers of what two numbers from outside a product was made, and where. */
export function noteProduct(
  world: World,
  results: readonly Result[],
  a: Linear,
  b: Linear,
  node: Node,
): void {
  const again = madeOf(world, a) ?? madeOf(world, b);
  if (again !== undefined) {
    // A multiple of it is as large at least, where the other factor may be 1.
    for (const { value } of results) {
      const [only, second] = value.is === 'int' ? value.of.terms : [];
      if (only !== undefined && second === undefined) world.products.set(only.symbol, again);
    }
    return;
  }
  if (!isFromOutside(world, a) || !isFromOutside(world, b)) return;
  const key = [keyOf(a), keyOf(b)].sort().join(' * ');
  const known = world.multiplied.get(key);
  world.multiplied.set(key, known === undefined || known === node ? node : 'twice');
  for (const { value } of results) {
    const [only, second] = value.is === 'int' ? value.of.terms : [];
    if (only !== undefined && second === undefined) world.products.set(only.symbol, { a, b, key });
  }
}

/**
 * Whether a product of numbers from outside may be as large as so many: nothing limits its factors, nor the product itself, which where it is
 * computed twice may have been compared.
 */
export function isOpenProduct(world: World, state: State, symbol: number, least: number): boolean {
  const product = world.products.get(symbol);
  if (product === undefined || world.multiplied.get(product.key) === 'twice') return false;
  const [a, b] = [maximum(world, state, product.a), maximum(world, state, product.b)];
  const isTied = [product.a, product.b].some(({ terms }) => terms.some((each) => state.isTied(each.symbol)));
  return !isTied && a.seen && b.seen && a.value * b.value >= least;
}

function madeOf(world: World, { terms }: Linear): Product | undefined {
  const [only, second] = terms;
  return only === undefined || second !== undefined ? undefined : world.products.get(only.symbol);
}

function isFromOutside(world: World, { terms }: Linear): boolean {
  const [only, second] = terms;
  return only !== undefined && second === undefined && world.symbols[only.symbol]?.kind === 'input';
}
