/** The same function, which is asked once for each key. */
export function memoised<Key, Result>(compute: (key: Key) => Result): (key: Key) => Result {
  const known = new Map<Key, { readonly is: Result }>();
  return (key) => {
    let found = known.get(key);
    if (found === undefined) known.set(key, (found = { is: compute(key) }));
    return found.is;
  };
}
