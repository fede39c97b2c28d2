import { sha256Hex } from '../base/hash.ts';
import { LineIndex } from '../base/lineIndex.ts';
import { START_OF_FILE } from '../base/range.ts';
import type { Severity } from '../base/severity.ts';
import { utf8Length } from '../base/utf8.ts';
import { includesIn } from '../headers/declarations.ts';
import type { OtherFiles } from '../match/otherFiles.ts';
import type { CompiledRule } from '../match/compileRule.ts';
import { indexCompiled, mayFind, type RuleIndex } from '../match/ruleIndex.ts';
import { runOnFile, type FileCache } from '../match/runOnFile.ts';
import { forgetUnsound } from '../match/runPieces.ts';
import type { RelevantCode } from '../match/runRules.ts';
import type { Grammar } from '../syntax/grammar.ts';
import { PLAIN_TEXT } from '../syntax/plainText.ts';
import type { ParsedFile, Preprocessing } from '../syntax/parsedFile.ts';
import type { SyntaxTree } from '../syntax/syntaxTree.ts';
import { mayHoldTags, readAllTags, type TagEntry } from '../trace/tagSyntaxes.ts';
import type { CommentText, Unit } from '../trace/unit.ts';
import type { FileFacts, TagDemand } from './fileFacts.ts';
import { fingerprintsOf, type EarlierPrints, type KnownPrints } from './fingerprints.ts';
import { mayBeSuppressed, suppressionsOf } from './suppressions.ts';
import { unitsOf, type EarlierUnits, type KnownUnits, type UnitsOfFile } from './units.ts';
import { unparsedOf } from './unparsed.ts';

/** What a file is analysed with, the same for all files of a workspace. */
export interface AnalysisSettings {
  /** Compiled for the file's language. */
  readonly rules: RuleIndex;
  readonly severityOf: (compiled: CompiledRule) => Severity;
  /** Id prefixes that make a tag. */
  readonly prefixes: readonly string[];
  /** Syntaxes of tags that are read, with what their words mean. */
  readonly tags: readonly TagEntry[];
  /** Test code: its tags count, its findings do not. */
  readonly tagsOnly: boolean;
  /** Evidence names each file by its hash. */
  readonly withHash: boolean;
  /** Says what a comparison with another time needs: fingerprints (else each is `''`), and what it knew of the files it includes. */
  readonly comparable: boolean;
  /** The other files, for rules that follow data into them; undefined when no rule does. */
  readonly otherFiles: OtherFiles | undefined;
}

/** What an open file keeps from one analysis to the next. Belongs to one file and one list of rules. */
export interface AnalysisCache {
  readonly pieces: FileCache;
  prints: EarlierPrints | undefined;
  units: EarlierUnits | undefined;
}

export function emptyAnalysisCache(): AnalysisCache {
  return { pieces: [], prints: undefined, units: undefined };
}

/** Forgets what rests on code that was read with errors: a fresh parse may have read it otherwise. */
export function forgetDoubtful({ pieces }: AnalysisCache): void {
  pieces.forEach(forgetUnsound);
}

function knownPrints({ earlier }: SyntaxTree, cache: AnalysisCache | undefined): KnownPrints | undefined {
  return earlier !== undefined && cache?.prints?.table === earlier.table
    ? { ...cache.prints, unchanged: earlier.unchanged }
    : undefined;
}

function knownUnits({ earlier }: SyntaxTree, cache: AnalysisCache | undefined): KnownUnits | undefined {
  return earlier !== undefined && cache?.units?.table === earlier.table
    ? { ...cache.units, unchanged: earlier.unchanged }
    : undefined;
}

const NO_RULES = indexCompiled([]);

/**
 * All that one file's text alone tells. A pure function of the text, its language and the settings.
 *
 * @param cache of the same file and settings, to match again only what changed
 */
export function analyseFile(
  path: string,
  file: ParsedFile,
  settings: AnalysisSettings,
  cache?: AnalysisCache,
): FileFacts {
  const syntax = file.main;
  const { grammar, table, text, lines } = syntax;
  const units = unitsOf(path, grammar, table, text, lines, knownUnits(syntax, cache));
  if (cache) cache.units = units.later;
  const language = grammar.definition.id;
  const tags = readAllTags(
    { path, language, comments: units.comments, units: units.units },
    settings.tags,
    settings,
  );
  const interfile = settings.otherFiles?.from(path, grammar);
  const results = runOnFile(
    path,
    file,
    settings.tagsOnly ? NO_RULES : settings.rules,
    settings.severityOf,
    cache?.pieces,
    interfile,
  );
  const known = knownPrints(syntax, cache);
  const fingerprints = settings.comparable
    ? fingerprintsOf(grammar, table, text, units.nodes, known)
    : { prints: units.nodes.map(() => ''), later: undefined };
  if (cache) cache.prints = fingerprints.later;
  const lineText = (line: number): string => text.slice(lines.lineStart(line), lines.lineStart(line + 1));
  return {
    path,
    language,
    ...(settings.withHash ? { hash: sha256Hex(text) } : {}),
    bytes: utf8Length(text),
    lines: text.endsWith('\n') ? lines.lineCount - 1 : lines.lineCount,
    unparsed: unparsedOf(file),
    ...outsideOf(file, settings),
    ...(settings.comparable && interfile !== undefined && { calls: interfile.dependency() }),
    findings: results.findings,
    demands: demandsOf(results.relevant, units, syntax),
    suppressions: settings.tagsOnly
      ? []
      : suppressionsOf(grammar.definition.id === PLAIN_TEXT ? linesOf(syntax) : units.comments, lineText),
    units: units.units,
    fingerprints: fingerprints.prints,
    tags: tags.tags,
    items: tags.items,
    problems: [...results.problems, ...tags.problems],
  };
}

/** Whether a file may hold tags, or what is nearly one: false is certain. */
export function mayBeTagged(text: string, settings: AnalysisSettings): boolean {
  return mayHoldTags(text, settings.tags, settings);
}

/**
 * Whether a parse of a file may lead to anything that is told when it is not compared with another time: a finding, a tag, a suppression. False is
 * certain.
 */
export function mayTell(
  path: string,
  text: string,
  settings: AnalysisSettings,
  { outside }: Preprocessing,
): boolean {
  return (
    mayBeTagged(text, settings) ||
    (!settings.tagsOnly && (mayBeSuppressed(text) || mayFind(path, text, settings.rules, outside)))
  );
}

const NOTHING_UNPARSED: FileFacts['unparsed'] = { bytes: 0, ranges: [] };

/** The facts of a file that was parsed, for a scan: the same whether it was parsed or not. */
export function forScan(facts: FileFacts): FileFacts {
  return facts.idle === true ? { ...facts, unparsed: NOTHING_UNPARSED } : facts;
}

/** What is known of a file of which a parse would tell nothing that is asked: it is not parsed. */
export function factsWithoutParse(
  path: string,
  { definition }: Grammar,
  text: string,
  { withHash }: Pick<AnalysisSettings, 'withHash'>,
): FileFacts {
  const lines = new LineIndex(text);
  const unit: Unit = {
    kind: 'file',
    name: path,
    range: lines.rangeOf({ start: 0, end: text.length }),
    nameRange: START_OF_FILE,
  };
  return {
    path,
    language: definition.id,
    ...(withHash ? { hash: sha256Hex(text) } : {}),
    bytes: utf8Length(text),
    lines: text.endsWith('\n') ? lines.lineCount - 1 : lines.lineCount,
    unparsed: NOTHING_UNPARSED,
    idle: true,
    findings: [],
    demands: [],
    suppressions: [],
    units: [unit],
    fingerprints: [''],
    tags: [],
    items: [],
    problems: [],
    ...includesOf(definition, text),
  };
}

/** What tells whether the file would be read in the same way as before. */
function outsideOf(
  { main: { grammar, outside }, uses }: ParsedFile,
  { comparable }: AnalysisSettings,
): Pick<FileFacts, 'includes' | 'outside'> {
  if (grammar.definition.dialect === undefined) return {};
  return comparable ? { outside: { ...uses, key: outside.key } } : { includes: uses.includes };
}

function includesOf({ dialect }: Grammar['definition'], text: string): Pick<FileFacts, 'includes'> {
  return dialect === undefined ? {} : { includes: includesIn(text) };
}

/** The lines of a text in which nobody can tell what is a comment: a suppression may stand in any of them. */
function linesOf({ text, lines }: SyntaxTree): readonly CommentText[] {
  return text.split(/\r?\n/).map((lineText, line) => {
    const column = /[^\w\s]?\s*(?:traceward-ignore|nosemgrep)/.exec(lineText)?.index ?? 0;
    const start = lines.lineStart(line) + column;
    const range = lines.rangeOf({ start, end: lines.lineStart(line) + lineText.length });
    return { text: lineText.slice(column), range, unit: 0 };
  });
}

/** One demand per rule and function, with everything in the function that caused it. */
function demandsOf(relevant: readonly RelevantCode[], units: UnitsOfFile, syntax: SyntaxTree): TagDemand[] {
  const byUnit = new Map<
    string,
    { ruleId: string; unit: number; causes: { range: RelevantCode['range']; text: string }[] }
  >();
  for (const { ruleId, range, text } of relevant) {
    const unit = units.functionAt(syntax.lines.offsetAt(range.start));
    const key = `${ruleId}\u0000${unit}`;
    const demand = byUnit.get(key) ?? { ruleId, unit, causes: [] };
    demand.causes.push({ range, text });
    byUnit.set(key, demand);
  }
  return [...byUnit.values()];
}
