/** Decides whether a server that died is started again: at most `restarts` times within `windowMs` milliseconds. */
export interface RestartLimit {
  /** Notes a death at `now` (milliseconds since any start) and tells whether to restart. */
  mayRestart(now: number): boolean;
  /** Forgets all deaths: the user asked for a restart. */
  reset(): void;
}

export function restartLimit(restarts: number, windowMs: number): RestartLimit {
  let deaths: readonly number[] = [];
  return {
    mayRestart(now) {
      deaths = [...deaths.filter((death) => now - death < windowMs), now];
      return deaths.length <= restarts;
    },
    reset() {
      deaths = [];
    },
  };
}
