/** `flatMap` for lists that nearly always have one item: a step of nearly every expression. */
export function chain<From, To>(all: readonly From[], next: (each: From) => To[]): To[] {
  const only = all[0];
  return all.length === 1 && only !== undefined ? next(only) : all.flatMap(next);
}
