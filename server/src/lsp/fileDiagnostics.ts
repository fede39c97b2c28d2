import { CONFIG_FILE } from '../core/base/configFile.ts';
import type { Diagnostic, DiagnosticRelatedInformation } from 'vscode-languageserver';

import { sha256Hex } from '../core/base/hash.ts';
import { compareText } from '../core/base/order.ts';
import { sameList } from '../core/base/sameList.ts';
import type { Problem } from '../core/base/problem.ts';
import { atLeast, type Severity } from '../core/base/severity.ts';
import { readConfig } from '../core/config/readConfig.ts';
import type { FileFacts } from '../core/facts/fileFacts.ts';
import type { Snapshot } from '../core/facts/snapshot.ts';
import type { Finding } from '../core/match/finding.ts';
import { leads } from '../core/trace/chain.ts';
import type { TraceGraph } from '../core/trace/traceGraph.ts';
import type { Place } from './documents.ts';
import type { Folder } from './folder.ts';
import { linksOfUnit, unitAt } from './lookup.ts';
import { pathsOfRuleTests, ruleFileProblems, ruleTestProblems } from './ruleFiles.ts';
import type { Session } from './session.ts';
import type { Settings } from './settings.ts';
import { findingDiagnostic, location, problemDiagnostic } from './toLsp.ts';

/** What the editor shows of one file. */
export interface FileDiagnostics {
  readonly items: Diagnostic[];
  /** Equal for equal items: a digest of them. */
  readonly resultId: string;
  /** Findings shown, by severity. */
  readonly counts: Readonly<Record<Severity, number>>;
}

const NO_COUNTS: Readonly<Record<Severity, number>> = { error: 0, warning: 0, info: 0 };
const MAX_PER_FILE = 1000;
/** Problems that say that something is missing. */
const GAPS: ReadonlySet<string> = new Set(['trace-uncovered', 'trace-transitive']);

export const NOTHING: FileDiagnostics = fileDiagnostics([], NO_COUNTS);

/** What a source file's diagnostics depend on; the same objects give the same answer. */
interface Cached {
  readonly facts: FileFacts;
  readonly findings: readonly Finding[];
  readonly trace: TraceGraph;
  readonly problems: readonly Problem[] | undefined;
  readonly settings: Settings;
  readonly uri: string;
  readonly result: FileDiagnostics;
}

const caches = new WeakMap<Folder, Map<string, Cached>>();

/** The one place where diagnostics are made, whoever asks: findings, trace problems, mistakes in item, rule and configuration files. */
export function diagnose(session: Session, place: Place, settings: Settings): FileDiagnostics {
  const { folder, path } = place;
  if (!settings.enable) return NOTHING;
  // Who opens a rule file or its test wants to know, also where the project excludes them from the analysis.
  const ofTests = ruleTestProblems(folder, path);
  if (folder.isExcluded(path))
    return problemsOnly(session, [...(ruleFileProblems(session, place) ?? []), ...ofTests]);
  const snapshot = folder.snapshot();
  const ofPath = problemsByPath(folder, snapshot).get(path);
  const problems = ofTests.length === 0 ? ofPath : [...(ofPath ?? []), ...ofTests];
  const facts = snapshot.files.get(path);
  if (facts === undefined) {
    caches.get(folder)?.delete(path);
    const own = ownProblems(session, place);
    return problemsOnly(session, [
      ...(own === undefined
        ? (problems ?? [])
        : [...own, ...beyondTheFile(session, place, problems ?? []), ...ofTests]),
      ...notAnalysed(session, place, snapshot),
    ]);
  }
  const cache = caches.get(folder) ?? new Map<string, Cached>();
  caches.set(folder, cache);
  const uri = session.uriOf(folder, path);
  const known = cache.get(path);
  const findings = snapshot.findings(path);
  if (
    known?.facts === facts &&
    sameList(known.findings, findings) &&
    known.trace === snapshot.trace &&
    known.settings === settings &&
    known.uri === uri &&
    sameList(known.problems ?? [], problems ?? [])
  ) {
    return known.result;
  }
  const behind = (finding: Finding) => implementedAt(session, folder, facts, snapshot.trace, finding);
  const uriOf = (other: string): string => session.uriOf(folder, other);
  const result = diagnoseSource(session, snapshot, facts, problems ?? [], settings, { uri, uriOf }, behind);
  cache.set(path, { facts, findings, trace: snapshot.trace, problems, settings, uri, result });
  return result;
}

function problemsOnly(session: Session, problems: readonly Problem[]): FileDiagnostics {
  return fileDiagnostics(
    uniqueProblems(problems).map((each) => problemDiagnostic(each, session.client)),
    NO_COUNTS,
  );
}

/** Paths of a folder that may have something to show, in order. */
export function pathsToDiagnose(folder: Folder): readonly string[] {
  const snapshot = folder.snapshot();
  const paths = new Set([
    ...snapshot.files.keys(),
    ...problemsByPath(folder, snapshot).keys(),
    ...pathsOfRuleTests(folder),
  ]);
  return [...paths].sort(compareText);
}

function diagnoseSource(
  session: Session,
  snapshot: Snapshot,
  facts: FileFacts,
  problems: readonly Problem[],
  settings: Settings,
  { uri, uriOf }: { readonly uri: string; readonly uriOf: (path: string) => string },
  behind: (finding: Finding) => readonly DiagnosticRelatedInformation[],
): FileDiagnostics {
  const findings = (snapshot.report(facts.path)?.findings ?? []).filter(({ severity }) =>
    atLeast(severity, settings.minimumSeverity),
  );
  const counts = { ...NO_COUNTS };
  for (const { severity } of findings) counts[severity]++;
  const items = [
    ...findings.map((finding) =>
      findingDiagnostic(
        finding,
        snapshot.rules.byId.get(finding.ruleId),
        uri,
        behind(finding),
        session.client,
        uriOf,
      ),
    ),
    ...uniqueProblems([...facts.problems, ...problems]).map((problem) =>
      problemDiagnostic(problem, session.client),
    ),
  ];
  return fileDiagnostics(items, counts);
}

/** The requirements that the code around a finding implements: the weakness is in them. */
function implementedAt(
  session: Session,
  folder: Folder,
  facts: FileFacts,
  trace: TraceGraph,
  finding: Finding,
): readonly DiagnosticRelatedInformation[] {
  const links = linksOfUnit(trace, facts, unitAt(facts, finding.range.start));
  const ids = new Set(links.filter((link) => link.type === 'implements' && leads(link)).map(({ to }) => to));
  return [...ids].flatMap((id) =>
    (trace.byId.get(id) ?? [])
      .filter(({ item }) => item.kind !== 'test')
      .map(({ item }) => ({
        location: location(item.location, (path) => session.uriOf(folder, path)),
        message: `inside code that implements ${id}: ${item.title}`,
      })),
  );
}

function fileDiagnostics(found: Diagnostic[], counts: Readonly<Record<Severity, number>>): FileDiagnostics {
  const items = found.slice(0, MAX_PER_FILE);
  return { items, counts, resultId: sha256Hex(JSON.stringify(items)).slice(0, 16) };
}

interface ProblemsByPath {
  readonly state: Folder['scan']['state'];
  readonly byPath: ReadonlyMap<string, readonly Problem[]>;
}

const groupedProblems = new WeakMap<Snapshot, ProblemsByPath>();

/** Problems that a snapshot and the reading of its files found, by path. */
function problemsByPath(folder: Folder, snapshot: Snapshot): ReadonlyMap<string, readonly Problem[]> {
  const known = groupedProblems.get(snapshot);
  if (known?.state === folder.scan.state) return known.byPath;
  const grouped = new Map<string, Problem[]>();
  const add = (problem: Problem): void => {
    if (problem.path === undefined) return;
    const same = grouped.get(problem.path);
    if (same === undefined) grouped.set(problem.path, [problem]);
    else same.push(problem);
  };
  const { ruleFiles, problems } = folder.project();
  const ownRules = new Set(ruleFiles.map((file) => file.path));
  problems.forEach(add);
  for (const problem of snapshot.problems) {
    // What is wrong with a built-in rule is not the user's; the log has it.
    if (!problem.code.startsWith('rule-') || ownRules.has(problem.path ?? '')) add(problem);
  }
  for (const problem of snapshot.trace.problems) {
    // Until all files are read, code and tests seem to be missing everywhere.
    if (folder.scan.state === 'ready' || !GAPS.has(problem.code)) add(problem);
  }
  for (const each of folder.readingProblems.values()) each.forEach(add);
  groupedProblems.set(snapshot, { state: folder.scan.state, byPath: grouped });
  return grouped;
}

/** Mistakes in an open configuration or rule file as its text is now: the folder knows the saved text only. */
function ownProblems(session: Session, place: Place): readonly Problem[] | undefined {
  const { folder, path } = place;
  const text = session.documents.at(folder, path)?.text.getText();
  if (text === undefined) return undefined;
  return path === CONFIG_FILE ? readConfig(path, text).problems : ruleFileProblems(session, place);
}

/** What only the whole set of rules tells of a rule file; places are right as long as its text is the saved one. */
function beyondTheFile(
  session: Session,
  { folder, path }: Place,
  problems: readonly Problem[],
): readonly Problem[] {
  const saved = folder.project().ruleFiles.find((file) => file.path === path)?.text;
  if (saved === undefined || session.documents.at(folder, path)?.text.getText() !== saved) return [];
  return problems.filter(({ code }) => code === 'rule-duplicate' || code === 'rule-renamed');
}

/** Says of an open source file that it was not analysed: silence would look like a clean file. */
function notAnalysed(session: Session, { folder, path }: Place, snapshot: Snapshot): readonly Problem[] {
  const open = session.documents.at(folder, path);
  const skipped = open?.attached === true ? snapshot.skipped.find((file) => file.path === path) : undefined;
  if (skipped === undefined) return [];
  return [
    {
      code: 'not-analysed',
      severity: 'information',
      message: `Traceward did not analyse this file: ${skipped.detail}.`,
      path,
    },
  ];
}

function uniqueProblems(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
