/**
 * How many of the numbers from 0 to `count - 1` come before the first for which a test does not hold. Found by halving: behind that one it
 * must hold for none.
 */
export function partitionPoint(count: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
