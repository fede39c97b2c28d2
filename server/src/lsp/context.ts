import type { Feed } from './feed.ts';
import type { Scanner } from './scanner.ts';
import type { Session } from './session.ts';

/** What a handler gets beside its parameters. */
export interface Context {
  readonly session: Session;
  readonly feed: Feed;
  readonly scanner: Scanner;
  /** True once the client asked to shut down: nothing may wait any more. */
  isShutDown(): boolean;
}
