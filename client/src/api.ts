import type { PageShown } from '../webview/messages.ts';
import type { Summary } from '../../server/src/protocol/messages.ts';

/**
 * What `vscode.extensions.getExtension('traceward.traceward').exports` offers other extensions, and the tests: what a user sees, as
 * data. Nothing here changes anything.
 */
export interface TracewardApi {
  /** Grows when something here changes its meaning. */
  readonly version: 1;
  /** Rows of the traceability view as they are shown, with everything unfolded. Honours its filter. */
  traceRows(): Promise<readonly ViewRow[]>;
  /** Rows of the chain explorer, with everything unfolded. */
  chainRows(): Promise<readonly ViewRow[]>;
  /** What the review mode shows. */
  reviews(): Promise<ReviewsShown>;
  /** What the pages of the panels show; undefined while they are closed. */
  matrix(): PageShown | undefined;
  graph(): PageShown | undefined;
  /** Rows of the findings view as they are shown, with everything unfolded. */
  findingsRows(): Promise<readonly ViewRow[]>;
  /** The status bar item as it is shown. */
  status(): StatusText;
  /** Counts behind the status bar; undefined until the server has sent the first. */
  summary(): Summary | undefined;
  /** State of the language server. */
  serverLife(): ServerLife;
  /** Process id of the language server; undefined in a browser and while there is none. */
  serverProcessId(): number | undefined;
}

/**
 * `starting` the first answer is awaited; `running`; `restarting` it died and comes back; `failed` it stays off until the user
 * restarts it; `stopped` by the user or because the window closes.
 */
export type ServerLife = 'starting' | 'running' | 'restarting' | 'failed' | 'stopped';

/** The review queue and the threads beside the code. */
export interface ReviewsShown {
  /** The review mode is on. */
  readonly active: boolean;
  readonly done: number;
  readonly total: number;
  readonly rows: readonly ViewRow[];
  readonly threads: readonly ThreadShown[];
}

export interface ThreadShown {
  readonly uri: string;
  /** From 1. */
  readonly line: number;
  readonly label: string;
  /** `author: text`. */
  readonly comments: readonly string[];
}

/** A row of a tree view. */
export interface ViewRow {
  readonly label: string;
  readonly description: string;
  /** Name of the codicon. */
  readonly icon: string | undefined;
  /** Markdown. */
  readonly tooltip: string;
  /** What the menus of the row go by. */
  readonly context: string;
  readonly children: readonly ViewRow[];
}

export interface StatusText {
  /** With codicons, such as `$(shield) 3 errors`. */
  readonly text: string;
  /** Markdown. */
  readonly tooltip: string;
  /** True when the item is shown in the colour of errors. */
  readonly alarming: boolean;
}
