/**
 * A map from keys to the values at their positions in a list: many states of a list share the positions, and none of them pays for a
 * map of its own.
 */
export function positionsMap<T>(
  positions: ReadonlyMap<string, readonly number[]>,
  values: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const at = (found: readonly number[]) => found.flatMap((index) => values[index] ?? []);
  const get = (key: string) => {
    const found = positions.get(key);
    return found === undefined ? undefined : at(found);
  };
  function* entries(): MapIterator<[string, readonly T[]]> {
    for (const [key, found] of positions) yield [key, at(found)];
  }
  function* all(): MapIterator<readonly T[]> {
    for (const found of positions.values()) yield at(found);
  }
  const map: ReadonlyMap<string, readonly T[]> = {
    size: positions.size,
    get,
    has: (key) => positions.has(key),
    keys: () => positions.keys(),
    values: all,
    entries,
    [Symbol.iterator]: entries,
    forEach: (act) => {
      for (const [key, found] of positions) act(at(found), key, map);
    },
  };
  return map;
}
