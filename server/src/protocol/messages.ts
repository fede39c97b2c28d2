/**
 * What the editor's client and the language server say to each other beside the Language Server Protocol. Both sides import this
 * file; it holds names and shapes only. All positions are the protocol's: zero-based, UTF-16; all places are URIs.
 *
 * A message is a value whose type carries the types of its parameters and result:
 * `client.sendRequest(traceTree.method, params satisfies ParamsOf<typeof traceTree>)`.
 */
import type { Location, Position, Range, TextDocumentIdentifier } from 'vscode-languageserver';

/** A message that is answered. `P` its parameters, `R` its result. */
export interface Request<P, R> {
  readonly method: string;
  /** Never present: it only carries the types. */
  readonly types?: { readonly params: P; readonly result: R };
}

/** A message that is not answered. */
export interface Notification<P> {
  readonly method: string;
  /** Never present: it only carries the type. */
  readonly types?: { readonly params: P };
}

export type ParamsOf<M> =
  M extends Request<infer P, unknown> ? P : M extends Notification<infer P> ? P : never;
export type ResultOf<M> = M extends Request<unknown, infer R> ? R : never;

/** `initializationOptions`: what this client can do beyond the protocol. A client that sends none gets plain LSP. */
export interface ClientOptions {
  /** Names of `clientCommands` that the client has registered; lenses and code actions call only these. */
  readonly commands?: readonly string[];
  /** True when the client wants `summary` and `traceChanged`. */
  readonly views?: boolean;
}

// --- Commands that the client registers and the server puts into lenses and code actions -------------------------------------

export const clientCommands = {
  /** Shows the trace of the unit at a position. Argument: `ShowTraceArguments`. From code lenses. */
  showTrace: 'traceward.showTrace',
  /** Asks for a reason, then inserts the suppression comment. Argument: `ReasonArguments`. From a code action. */
  suppressWithReason: 'traceward.suppressWithReason',
  /** Asks for a reason, then inserts a justification of a gap. Argument: `ReasonArguments`. From a code action. */
  justifyWithReason: 'traceward.justifyWithReason',
  /** Asks for a reason, then stores a record that accepts a finding. Argument: `AcceptFindingArguments`. From a code action. */
  acceptFinding: 'traceward.acceptFinding',
} as const;

export interface ShowTraceArguments {
  readonly uri: string;
  readonly position: Position;
}

/** `signOff` with the key `finding <rule> <unit>` makes the record. */
export interface AcceptFindingArguments {
  readonly folder: string;
  readonly uri: string;
  readonly rule: string;
  /** `path#function`, or a path. */
  readonly unit: string;
}

/** The text to insert at `position` is `before + reason + after`; the reason is one line. */
export interface ReasonArguments {
  readonly uri: string;
  readonly version: number | null;
  /** What is accepted: the id of a rule or of an item. */
  readonly subject: string;
  readonly position: Position;
  readonly before: string;
  readonly after: string;
  /** A reason that the plain edit would use; not to be offered as an answer. */
  readonly placeholder: string;
  /** The file is to be made. */
  readonly create?: boolean;
}

// --- Client asks server ---------------------------------------------------------------------------------------------------

/**
 * Client -> server: analyse every file of the workspace afresh (command "Scan Workspace"). Answered when the scan has ended; its
 * progress bar is the protocol's work-done progress, with cancel.
 */
export const scanWorkspace: Request<ScanParams, ScanResult> = { method: 'traceward/scanWorkspace' };

/** Without `folder`: all folders. */
export interface ScanParams {
  readonly folder?: string;
}

export interface ScanResult {
  readonly outcome: 'done' | 'cancelled';
  readonly summary: Summary;
}

/** Client -> server: the tree of the traceability view. Asked when the view becomes visible and after `traceChanged`. */
export const traceTree: Request<TraceTreeParams, TraceTree> = { method: 'traceward/traceTree' };

/**
 * `urgency` requirements, gaps first, then other gaps and broken links; `status` requirements by status; `stride` threats by STRIDE class; `element`
 * elements and data flows with their threats.
 */
export const TRACE_GROUPINGS = ['urgency', 'status', 'stride', 'element'] as const;
export type TraceGrouping = (typeof TRACE_GROUPINGS)[number];

/** Without `folder`: all folders; without `by`: by urgency. */
export interface TraceTreeParams {
  readonly folder?: string;
  readonly by?: TraceGrouping;
}

export interface TraceTree {
  readonly folders: readonly TraceFolder[];
}

export interface TraceFolder {
  readonly uri: string;
  readonly name: string;
  /** Requirements (gaps first, then by id), then groups: other items with gaps, links that lead nowhere. */
  readonly nodes: readonly TraceNode[];
  readonly counts: TraceCounts;
}

export interface TraceCounts {
  readonly requirements: number;
  readonly coveredRequirements: number;
  /** Items of any kind that are not covered by their own fault (not merely transitively). */
  readonly gaps: number;
  /** Links that lead nowhere, to an older revision, to two items or to where they must not. */
  readonly brokenLinks: number;
}

/**
 * `covered` all is well; `gap` something is missing; `below` only something further down has a gap; `broken` a link or id that is
 * wrong; `justified` a gap with a written reason; `unreviewed` all is there, and nobody has confirmed it; `none` a node that is only a heading.
 */
export type TraceNodeStatus = 'covered' | 'gap' | 'below' | 'broken' | 'justified' | 'unreviewed' | 'none';

/** In the order of the chain; `unit` is a function, type or file of code. */
export const TRACE_ITEM_KINDS = [
  'asset',
  'element',
  'flow',
  'zone',
  'component',
  'threat',
  'vulnerability',
  'risk',
  'control',
  'requirement',
  'design',
  'unit',
  'test',
  'result',
  'justification',
] as const;
export type TraceItemKind = (typeof TRACE_ITEM_KINDS)[number];

export type TraceNodeKind =
  | TraceItemKind
  /** A link that is wrong. */
  | 'link'
  /** A heading such as "Threats" or "Broken links". */
  | 'group';

/** A row of the traceability tree. */
export interface TraceNode {
  /** Unique in the tree and stable from one answer to the next, so that the view keeps what is unfolded. */
  readonly key: string;
  readonly kind: TraceNodeKind;
  /** First text of the row: an item's id, a unit's name, a heading. */
  readonly label: string;
  /** Second, dimmed text of the row: an item's title, a unit's file and line. */
  readonly description: string;
  readonly status: TraceNodeStatus;
  /** Why it is not covered, one sentence each. */
  readonly reasons: readonly string[];
  /** Gaps in this node and below it, for badges. */
  readonly gaps: number;
  /** Id of the item, for `locateItem` and for copying. */
  readonly id?: string;
  /** Where a click leads. */
  readonly location?: Location;
  /** Markdown for the tooltip: text, category, status with reasons. */
  readonly tooltip: string;
  readonly children: readonly TraceNode[];
}

/** Client -> server: what stands behind the code at a position (command "Show Trace of This Function"). Null: not a source file. */
export const traceAt: Request<TraceAtParams, UnitTrace | null> = { method: 'traceward/traceAt' };

export interface TraceAtParams {
  readonly textDocument: TextDocumentIdentifier;
  readonly position: Position;
}

export interface UnitTrace {
  /** The innermost unit at the position that carries tags, else the innermost unit. */
  readonly unit: {
    readonly kind: 'file' | 'function' | 'type' | 'declaration';
    readonly name: string;
    readonly range: Range;
  };
  /** One node a requirement or test case that the unit's tags name, with threats, code and tests below; wrong tags are `link` nodes. */
  readonly nodes: readonly TraceNode[];
  /** Findings within the unit. */
  readonly findings: number;
  /** The whole as one Markdown text, for clients without a view. */
  readonly markdown: string;
}

/** Client -> server: where an item is declared (command "Open Requirement"); several places when its id is defined twice. */
export const locateItem: Request<LocateItemParams, readonly Location[]> = { method: 'traceward/locateItem' };

export interface LocateItemParams {
  readonly id: string;
  /** Without it: all folders. */
  readonly folder?: string;
}

/** Client -> server: every item, for a list to choose from (command "Open Requirement"). Sorted by id. */
export const listItems: Request<ListItemsParams, readonly ItemEntry[]> = { method: 'traceward/listItems' };

export interface ListItemsParams {
  /** Without it: all kinds. */
  readonly kind?: ItemEntry['kind'];
}

export interface ItemEntry {
  readonly id: string;
  readonly kind: TraceItemKind;
  readonly title: string;
  readonly status: TraceNodeStatus;
  readonly location: Location;
}

/** Client -> server: run the tests beside a rule file, or those of the rule file beside a test file (command "Run Rule Tests"). */
export const runRuleTests: Request<RuleTestsParams, RuleTestsResult> = { method: 'traceward/runRuleTests' };

export interface RuleTestsParams {
  readonly textDocument: TextDocumentIdentifier;
}

export interface RuleTestsResult {
  readonly results: readonly RuleTestOutcome[];
  /** What kept tests from running, one sentence each, e.g. no test file beside the rule. */
  readonly problems: readonly string[];
}

export interface RuleTestOutcome {
  readonly ruleId: string;
  readonly ruleFile: string;
  readonly testFile: string;
  readonly passed: boolean;
  readonly failures: readonly { readonly message: string; readonly location: Location }[];
}

/** Client -> server: run the rule at a position of a rule file, or all of its rules, on another file (command "Try Rule on Active File"). */
export const tryRule: Request<TryRuleParams, TryRuleResult> = { method: 'traceward/tryRule' };

export interface TryRuleParams {
  /** The rule file. */
  readonly textDocument: TextDocumentIdentifier;
  /** Where the cursor stands in it; without it, and outside of every rule, all rules are tried. */
  readonly position?: Position;
  /** The file to look at. */
  readonly target: TextDocumentIdentifier;
}

export interface TryRuleResult {
  /** Ids of the rules that ran. */
  readonly rules: readonly string[];
  /** In the order of the text. */
  readonly matches: readonly RuleMatch[];
  /** What kept rules from running, one sentence each. */
  readonly problems: readonly string[];
}

export interface RuleMatch {
  readonly ruleId: string;
  readonly message: string;
  readonly range: Range;
  /** The first line of what was matched. */
  readonly text: string;
}

// --- Server tells client --------------------------------------------------------------------------------------------------

/** Server -> client: counts for the status bar, sent when they change. */
export const summaryChanged: Notification<Summary> = { method: 'traceward/summary' };

/** `starting` rules and grammars load; `scanning` files are read; `ready` all known; `off` switched off by the settings. */
export type ServerState = 'starting' | 'scanning' | 'ready' | 'off';

export interface Summary {
  readonly state: ServerState;
  readonly folders: readonly FolderSummary[];
}

export interface FolderSummary {
  readonly uri: string;
  readonly name: string;
  readonly state: ServerState;
  /** Source files analysed, and all that were found to analyse. */
  readonly filesDone: number;
  readonly filesTotal: number;
  /** Files not analysed: too large, binary, unreadable. */
  readonly skipped: number;
  /** Findings by severity, after suppressions. */
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  /** As in `TraceCounts`. */
  readonly gaps: number;
  readonly brokenLinks: number;
  /** True when the last scan was cancelled, so that counts are of the files seen so far. */
  readonly incomplete: boolean;
}

/** Server -> client: requirements, tags or their status changed; what `traceTree` answered is out of date. */
export const traceChanged: Notification<TraceChangedParams> = { method: 'traceward/traceChanged' };

export interface TraceChangedParams {
  /** Folders whose trace changed. */
  readonly folders: readonly string[];
}

// --- Server asks client: files, where the server itself has no file system (browser) ----------------------------------------

/** Server -> client: all files below a folder, as paths relative to it with `/`. */
export const listFiles: Request<ListFilesParams, readonly string[]> = { method: 'traceward/host/list' };

export interface ListFilesParams {
  readonly folder: string;
}

/** Server -> client: the bytes of a file, as base64 because messages are JSON; `missing` and `unreadable` are not errors. */
export const readFile: Request<ReadFileParams, ReadFileResult> = { method: 'traceward/host/read' };

export interface ReadFileParams {
  readonly uri: string;
}

export type ReadFileResult =
  | { readonly ok: true; readonly base64: string }
  | { readonly ok: false; readonly reason: 'missing' | 'unreadable'; readonly detail: string };

/** Server -> client: a file that ships with the extension, by its name in `dist/assets` (`c.wasm`, `rules.json`). */
export const readAsset: Request<ReadAssetParams, ReadFileResult> = { method: 'traceward/host/asset' };

export interface ReadAssetParams {
  readonly name: string;
}
