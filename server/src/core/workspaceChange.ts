import type { TextEdit } from './base/textEdits.ts';
import type { ProjectConfig } from './config/projectConfig.ts';
import type { FileFacts, SkippedFile } from './facts/fileFacts.ts';
import type { FileDeclarations } from './headers/declarations.ts';
import type { RuleSet } from './rules/ruleSet.ts';
import type { History } from './threats/history.ts';

/** What happened outside. Paths are relative to the workspace root, with `/`. */
export type Change =
  /** An editor opened the file: its text is the truth until `close`, and its tree is kept for fast edits. */
  | { readonly kind: 'open'; readonly path: string; readonly text: string }
  /** The edits of an open file in the order they were made; each range is in the text that the edits before it left. */
  | { readonly kind: 'edit'; readonly path: string; readonly edits: readonly TextEdit[] }
  /** An idle moment or a save of an open file: parse it afresh, so that the editor ends with the command line's answer. */
  | { readonly kind: 'settle'; readonly path: string }
  /** The editor closed the file and its tree is freed; what was last seen stands until a `file` or `remove` follows. */
  | { readonly kind: 'close'; readonly path: string }
  /** Text of a file that is not open in an editor; ignored while it is open. Analysed at once; the text is not kept. */
  | { readonly kind: 'file'; readonly path: string; readonly text: string }
  /** What a header declares; ignored while it is open. Known before the files that include it, it is known to their analysis. */
  | { readonly kind: 'declarations'; readonly path: string; readonly declarations: FileDeclarations }
  /** Text of a file that `sharesCode`; ignored while it is open. Known before the files that call its functions, it is known to their analysis. */
  | { readonly kind: 'code'; readonly path: string; readonly text: string }
  /** What an `Analyst` with the same rules and configuration made of such a text: in another thread, or at another time. */
  | { readonly kind: 'facts'; readonly facts: FileFacts }
  /** Bytes of a file whose `inputOf` is `bytes` (a zip), in the same way. */
  | { readonly kind: 'bytes'; readonly path: string; readonly bytes: Uint8Array }
  | { readonly kind: 'remove'; readonly path: string }
  | { readonly kind: 'skip'; readonly file: SkippedFile }
  /** New rules or configuration: files that are not open are forgotten and must be sent again. */
  | { readonly kind: 'rules'; readonly rules: RuleSet }
  | { readonly kind: 'config'; readonly config: ProjectConfig }
  /** Hash of the commit that is checked out; results of tests of another one are stale. */
  | { readonly kind: 'head'; readonly commit: string | undefined }
  /** When files were changed, and by whom. */
  | { readonly kind: 'history'; readonly history: History };
