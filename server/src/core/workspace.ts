import { attempt, createAnalyst, withoutGrammar, type Analysis, type Analyst } from './analyst.ts';
import { containsPosition, type Position } from './base/range.ts';
import { sortedEntries } from './base/order.ts';
import { sameList } from './base/sameList.ts';
import { applyEdits, type TextEdit } from './base/textEdits.ts';
import { globTest, type PathTest } from './base/glob.ts';
import { CONFIG_FILE } from './base/configFile.ts';
import { itemSources } from './config/itemSources.ts';
import { isConfigured, type ProjectConfig } from './config/projectConfig.ts';
import { analyseFile, emptyAnalysisCache } from './facts/analyseFile.ts';
import type { FileFacts, SkippedFile } from './facts/fileFacts.ts';
import { placeFindings } from './facts/placeFindings.ts';
import { reportOf } from './facts/report.ts';
import type { FileReport, Snapshot } from './facts/snapshot.ts';
import { createTagLinks } from './facts/tagLinks.ts';
import { unitsOf } from './facts/units.ts';
import { tracesAnything, untracedProblems } from './facts/untraced.ts';
import { FunctionFinder } from './flow/functionFinder.ts';
import type { SharedFile } from './flow/shared.ts';
import { declarationsIn, isHeader, isSource, type FileDeclarations } from './headers/declarations.ts';
import { HeaderIndex } from './headers/headerIndex.ts';
import { looksAt, pathTest } from './match/compileRule.ts';
import type { RuleSet } from './rules/ruleSet.ts';
import type { LanguageSet } from './syntax/languageSet.ts';
import { PLAIN_TEXT } from './syntax/plainText.ts';
import { freeFile } from './syntax/parsedFile.ts';
import type { ThreatLibrary } from './threats/library.ts';
import { NO_HISTORY, type History } from './threats/history.ts';
import { createThreatTrace } from './threats/threatTrace.ts';
import type { SourceSet } from './trace/sourceSet.ts';
import type { Item } from './trace/item.ts';
import { indexReviews } from './trace/reviews.ts';
import { rewordingsOf } from './trace/rewording.ts';
import { createTraceIndex, type TraceIndex } from './trace/tracer.ts';
import type { TraceGraph } from './trace/traceGraph.ts';
import type { CommentText } from './trace/unit.ts';
import type { Change } from './workspaceChange.ts';
import { keepText, rangesNow } from './workspaceElsewhere.ts';
import { openedFile, parseOpen, usesOf, type OpenFile } from './workspaceFile.ts';

export type { Change } from './workspaceChange.ts';

/** What a file of the workspace is to Traceward; a `text` has no language and is looked at by rules for any text alone. */
export type FileRole = 'source' | 'text' | 'items' | 'config' | 'other';

export interface WorkspaceOptions {
  readonly languages: LanguageSet;
  readonly rules: RuleSet;
  readonly config: ProjectConfig;
  /** Report findings in test code too (`--no-ignore`). */
  readonly includeTests?: boolean;
  /** That `threats.libraries` can name. */
  readonly threatLibraries?: readonly ThreatLibrary[];
}

/**
 * The facade of the core: changes go in, immutable snapshots come out. Nothing here waits: an edit is only recorded, and
 * open files are analysed when a snapshot is asked for.
 */
export interface Workspace {
  applyChange(change: Change): void;
  /** Judged state of everything applied so far. Analyses open files that changed since the last one. */
  snapshot(): Snapshot;
  /**
   * What a path is: `items` when a glob of `items` names it, `source` when its ending belongs to a known language, `text` when a rule
   * for any text looks at it all the same.
   */
  roleOf(path: string): FileRole;
  /** Whether an item file is read as text or as bytes. */
  inputOf(path: string): 'text' | 'bytes';
  /** What analyses files that are not open, with the rules and the configuration in force. */
  analyst(): Analyst;
  /**
   * Files that are not open whose headers, or what they may mean by an include, or functions of other files that they call have changed since
   * they were analysed: send them again.
   */
  outdated(): readonly string[];
  /** Whether rules follow data into functions of a file: then its text is to be sent before the first file is analysed. */
  sharesCode(path: string): boolean;
  /** What files offer to calls from others, in the order of their paths. */
  sharedFiles(): readonly SharedFile[];
  /** Current text of an open file, with all edits applied. */
  textOf(path: string): string | undefined;
  /** The comment of an open source file in which a position lies, with all edits applied. */
  commentAt(path: string, position: Position): CommentText | undefined;
  /** Frees every tree. */
  dispose(): void;
}

export function createWorkspace(options: WorkspaceOptions): Workspace {
  return new CoreWorkspace(options);
}

class CoreWorkspace implements Workspace {
  readonly #languages: LanguageSet;
  readonly #includeTests: boolean;
  readonly #withThreats: ReturnType<typeof createThreatTrace>;
  #rules: RuleSet;
  #config: ProjectConfig;
  #isExcluded: PathTest;
  /** Of the rules for any text, the files that each looks at; made on first use. */
  #textPaths: readonly PathTest[] | undefined;
  /** Of the rules and the configuration in force. */
  #analyst: Analyst;
  #headers: HeaderIndex;
  /** Functions that files call in each other, as far as rules ask for them. */
  #functions = new FunctionFinder();
  readonly #open = new Map<string, OpenFile>();
  readonly #facts = new Map<string, FileFacts>();
  #sources: SourceSet;
  readonly #skipped = new Map<string, SkippedFile>();
  #traceIndex: TraceIndex | undefined;
  readonly #tagLinks = createTagLinks();
  #snapshot: Snapshot | undefined;
  /** Tags that are items, of the last trace. */
  #codeItems: readonly Item[] = [];
  #head: string | undefined;
  #history: History = NO_HISTORY;

  constructor(options: WorkspaceOptions) {
    this.#languages = options.languages;
    this.#rules = options.rules;
    this.#config = options.config;
    this.#includeTests = options.includeTests ?? false;
    this.#withThreats = createThreatTrace(options.threatLibraries ?? []);
    this.#isExcluded = globTest(options.config.exclude).test;
    this.#sources = itemSources(options.config);
    this.#headers = new HeaderIndex(options.config.c, options.languages.certainOf);
    this.#analyst = this.#newAnalyst();
  }

  applyChange(change: Change): void {
    this.#snapshot = undefined;
    switch (change.kind) {
      case 'open':
        this.#close(change.path);
        this.#skipped.delete(change.path);
        this.#open.set(change.path, openedFile(change.text));
        break;
      case 'edit':
        this.#edit(change.path, change.edits);
        break;
      case 'settle':
        this.#settle(change.path);
        break;
      case 'close':
        this.#refresh(change.path);
        this.#close(change.path);
        break;
      case 'file':
        if (!this.#open.has(change.path)) this.#readClosed(change.path, change.text);
        break;
      case 'declarations':
        if (!this.#open.has(change.path)) this.#setHeader(change.path, change.declarations);
        break;
      case 'code':
        if (!this.#open.has(change.path)) this.#shareCode(change.path, change.text);
        break;
      case 'facts':
        if (!this.#open.has(change.facts.path)) this.#takeFacts(change.facts);
        break;
      case 'bytes':
        if (!this.#open.has(change.path) && this.roleOf(change.path) === 'items') {
          this.#forget(change.path);
          this.#setItems(change.path, change.bytes);
        }
        break;
      case 'remove':
        if (this.#open.has(change.path)) break;
        this.#forget(change.path);
        this.#setHeader(change.path, undefined);
        if (this.#functions.delete(change.path)) this.#makeOpenStale();
        break;
      case 'skip':
        if (!this.#open.has(change.file.path)) {
          this.#forget(change.file.path);
          // Pictures and the like are no text that a rule could look at.
          if (change.file.reason === 'binary' && this.roleOf(change.file.path) === 'text') break;
          this.#skipped.set(change.file.path, change.file);
        }
        break;
      case 'rules':
        this.#rules = change.rules;
        this.#functions = new FunctionFinder();
        this.#analyst = this.#newAnalyst();
        this.#textPaths = undefined;
        this.#forgetClosed();
        break;
      case 'head':
        if (this.#head !== change.commit) this.#traceIndex = undefined;
        this.#head = change.commit;
        break;
      case 'history':
        this.#history = change.history;
        break;
      case 'config':
        this.#config = change.config;
        this.#textPaths = undefined;
        this.#forgetClosed();
        this.#isExcluded = globTest(change.config.exclude).test;
        this.#sources = itemSources(change.config);
        this.#traceIndex = undefined;
        this.#headers = new HeaderIndex(change.config.c, this.#languages.certainOf);
        this.#functions = new FunctionFinder();
        this.#analyst = this.#newAnalyst();
        break;
    }
  }

  snapshot(): Snapshot {
    // What a header declares now counts for all that include it.
    for (const [path, open] of this.#open) {
      if (open.stale && isHeader(path)) this.#readHeader(path, applyEdits(open.text, open.edits));
    }
    this.#shareOpen();
    for (const path of this.#open.keys()) this.#refresh(path);
    this.#snapshot ??= this.#takeSnapshot();
    return this.#snapshot;
  }

  roleOf(path: string): FileRole {
    if (path === CONFIG_FILE) return 'config';
    if (this.#isExcluded(path)) return 'other';
    if (this.#sources.has(path)) return 'items';
    if (this.#languages.ofPath(path)) return 'source';
    return this.#looksAtText(path) ? 'text' : 'other';
  }

  inputOf(path: string): 'text' | 'bytes' {
    return this.#sources.inputOf(path);
  }

  analyst(): Analyst {
    return this.#analyst;
  }

  outdated(): readonly string[] {
    return sortedEntries(this.#facts).flatMap(([path, { outside, calls }]) => {
      if (this.#open.has(path)) return [];
      if (outside !== undefined && this.#headers.outsideOf(path, outside).key !== outside.key) return [path];
      return calls !== undefined && this.#functions.keyOf(calls.names) !== calls.key ? [path] : [];
    });
  }

  sharesCode(path: string): boolean {
    return this.roleOf(path) === 'source' && this.#analyst.sharesCode(path);
  }

  sharedFiles(): readonly SharedFile[] {
    this.#shareOpen();
    return this.#functions.files();
  }

  textOf(path: string): string | undefined {
    const open = this.#open.get(path);
    return open && applyEdits(open.text, open.edits);
  }

  commentAt(path: string, position: Position): CommentText | undefined {
    this.#refresh(path);
    const syntax = this.#open.get(path)?.parsed?.main;
    if (syntax === undefined) return undefined;
    const { comments } = unitsOf(path, syntax.grammar, syntax.table, syntax.text, syntax.lines);
    return comments.find(({ range }) => containsPosition(range, position));
  }

  dispose(): void {
    for (const path of [...this.#open.keys()]) this.#close(path);
  }

  #takeSnapshot(): Snapshot {
    const files = new Map(sortedEntries(this.#facts));
    const trace = this.#traceGraph(files);
    const rules = this.#rules;
    const reports = new Map<string, FileReport>();
    const placed = placeFindings(files, rangesNow(this.#open, this.#functions));
    const findings = (path: string) => placed.get(path) ?? files.get(path)?.findings ?? [];
    const isTraced = isConfigured(this.#config) || tracesAnything(trace, files.values());
    return {
      rules,
      files,
      skipped: sortedEntries(this.#skipped).map(([, file]) => file),
      trace,
      problems: [
        ...this.#rules.problems,
        ...this.#analyst.problems(),
        ...this.#sources.facts().problems,
        ...this.#functions.problems(),
        ...(isTraced ? [] : untracedProblems(files.values())),
      ],
      findings,
      report: (path) => {
        const facts = files.get(path);
        if (facts === undefined) return undefined;
        const report = reports.get(path) ?? reportOf(facts, findings(path), rules, trace, isTraced);
        reports.set(path, report);
        return report;
      },
    };
  }

  /** Relinks only when an item file or some tag changed. */
  #traceGraph(files: ReadonlyMap<string, FileFacts>): TraceGraph {
    const items = this.#itemsInCode(files);
    if (this.#traceIndex === undefined || !sameList(items, this.#codeItems)) {
      const { value } = this.#sources.facts();
      this.#codeItems = items;
      this.#traceIndex = createTraceIndex([...value.items, ...items], {
        needs: this.#config.trace.needs,
        links: value.links ?? [],
        reviews: indexReviews(value.reviews ?? []),
        expectsResults: this.#sources.expectsResults,
        ...(this.#head !== undefined && { head: this.#head }),
      });
    }
    return this.#withThreats({
      graph: this.#traceIndex.trace(this.#tagLinks.of(files, this.#traceIndex.asksForCode)),
      config: this.#config.threats,
      files: files.values(),
      history: this.#history,
    });
  }

  #itemsInCode(files: ReadonlyMap<string, FileFacts>): readonly Item[] {
    return [...files.values()].flatMap(({ items }) => items);
  }

  /** Brings the facts of an open file up to its text. */
  #refresh(path: string): void {
    const open = this.#open.get(path);
    if (!open?.stale) return;
    open.stale = false;
    const edits = open.edits;
    open.edits = [];
    open.text = applyEdits(open.text, edits);
    const role = this.roleOf(path);
    if (role === 'items') this.#setItems(path, open.text);
    if (role === 'source' || role === 'text') this.#analyseOpen(path, open, edits);
  }

  #analyseOpen(path: string, open: OpenFile, edits: readonly TextEdit[]): void {
    const grammar = this.#analyst.grammarOf(path, open.text);
    if (grammar === undefined) {
      this.#setAnalysis(path, withoutGrammar(path, this.#analyst.languageOf(path, open.text)));
      return;
    }
    const preprocessing = this.#analyst.preprocessingFor(path, open.text, grammar, usesOf(open, grammar));
    if (open.outside !== preprocessing.outside.key) open.cache = emptyAnalysisCache();
    open.outside = preprocessing.outside.key;
    const analysis = attempt(path, () => {
      const parsed = parseOpen(open, grammar, preprocessing, edits.length > 0);
      return analyseFile(path, parsed, this.#analyst.settingsFor(path, grammar, false), open.cache);
    });
    this.#setAnalysis(path, analysis);
  }

  /** Parses afresh what was parsed incrementally. Where that reads the same, what is known stays. */
  #settle(path: string): void {
    const open = this.#open.get(path);
    if (open === undefined) return;
    const text = applyEdits(open.text, open.edits);
    // What functions say to other files waits until their text is at rest.
    this.#readHeader(path, text);
    this.#shareCode(path, text);
    if (!open.incremental && open.edits.length === 0) return;
    open.settles = true;
    open.stale = true;
  }

  #edit(path: string, edits: readonly TextEdit[]): void {
    const open = this.#open.get(path);
    if (open === undefined) return;
    open.edits.push(...edits);
    open.stale = true;
  }

  #readClosed(path: string, text: string): void {
    this.#forget(path);
    this.#readHeader(path, text);
    this.#shareCode(path, text);
    const role = this.roleOf(path);
    if (role === 'items') this.#setItems(path, text);
    if (role === 'source' || role === 'text') this.#setAnalysis(path, this.#analyst.analyse(path, text));
  }

  #takeFacts(facts: FileFacts): void {
    this.#forget(facts.path);
    const role = this.roleOf(facts.path);
    if (role !== 'source' && role !== 'text') return;
    this.#analyst.expect(facts.language);
    this.#facts.set(facts.path, facts);
  }

  #setAnalysis(path: string, analysis: Analysis): void {
    if (analysis.kind === 'facts') {
      this.#facts.set(path, analysis.facts);
      this.#skipped.delete(path);
    } else {
      this.#facts.delete(path);
      this.#skipped.set(path, analysis.file);
    }
  }

  #newAnalyst(): Analyst {
    return createAnalyst({
      languages: this.#languages,
      rules: this.#rules,
      config: this.#config,
      includeTests: this.#includeTests,
      headers: this.#headers,
      functions: this.#functions,
    });
  }

  /** Open files whose functions are not known yet. */
  #shareOpen(): void {
    for (const [path, { text, edits }] of this.#open)
      if (!this.#functions.has(path)) this.#shareCode(path, applyEdits(text, edits));
  }

  /** Takes what a text offers to calls from other files, when rules follow data there. */
  #shareCode(path: string, text: string): void {
    if (!this.sharesCode(path)) return;
    const file = this.#analyst.sharedFile(path, text);
    keepText(this.#open.get(path), path, text, this.#functions, this.#facts.values());
    const isChanged = file === undefined ? this.#functions.delete(path) : this.#functions.set(file);
    if (isChanged) this.#makeOpenStale();
  }

  /** Takes what a text declares, when others may include it or call its functions. */
  #readHeader(path: string, text: string): void {
    if ((isHeader(path) || isSource(path)) && this.roleOf(path) === 'source')
      this.#setHeader(path, declarationsIn(text));
  }

  #setHeader(path: string, declarations: FileDeclarations | undefined): void {
    const isChanged =
      declarations === undefined ? this.#headers.delete(path) : this.#headers.set(path, declarations);
    if (isChanged) this.#makeOpenStale();
  }

  #makeOpenStale(): void {
    for (const open of this.#open.values()) open.stale = true;
  }

  /** Whether a rule for any text looks at a file. */
  #looksAtText(path: string): boolean {
    this.#textPaths ??= this.#rules.rules
      .filter((rule) => looksAt(rule, PLAIN_TEXT) && !this.#config.disable.includes(rule.id))
      .map((rule) => pathTest(rule));
    return this.#textPaths.some((test) => test(path));
  }

  #setItems(path: string, content: string | Uint8Array): void {
    const before = this.#sources.ownItems(path);
    this.#sources.set(path, content);
    const after = this.#sources.ownItems(path);
    const changes = before && after && rewordingsOf(before, after);
    if (changes === undefined || this.#traceIndex?.reword(changes) !== true) this.#traceIndex = undefined;
  }

  #forget(path: string): void {
    this.#facts.delete(path);
    this.#skipped.delete(path);
    if (this.#sources.remove(path)) {
      this.#traceIndex = undefined;
    }
  }

  #forgetClosed(): void {
    for (const path of [...this.#facts.keys(), ...this.#sources.paths(), ...this.#skipped.keys()]) {
      this.#forget(path);
    }
    for (const open of this.#open.values()) {
      open.stale = true;
      open.cache = emptyAnalysisCache();
    }
  }

  #close(path: string): void {
    const open = this.#open.get(path);
    if (open?.parsed) freeFile(open.parsed);
    this.#open.delete(path);
  }
}
