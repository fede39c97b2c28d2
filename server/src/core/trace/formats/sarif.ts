import { jsonList, jsonText, readJson, type JsonNode } from '../../base/jsonDocument.ts';
import type { Outcome, Problem } from '../../base/problem.ts';
import type { SourceFacts, TextFormat } from '../formats.ts';
import { newItem, type DeclaredLink, type Item } from '../item.ts';
import { resultIds, type Verdict } from '../results.ts';
import type { SourceSettings } from '../sources.ts';

/** Properties of a result that name what it belongs to. */
const PROPERTIES = ['requirement', 'requirements', 'verifies'];

/** SARIF of other analysers: runs and results as results of tests. */
export const sarifResults: TextFormat = {
  title: 'SARIF results',
  input: 'text',
  candidates: ['**/*.{sarif,sarif.json}'],
  detect: (_, text) => /"runs"\s*:/.test(text) && /sarif/i.test(text.slice(0, 5000)),
  read: readSarif,
};

function readSarif(path: string, text: string, settings: SourceSettings): Outcome<SourceFacts> {
  const { value: root, problems: syntax } = readJson(path, text);
  const problems: Problem[] = [...syntax];
  if (root === undefined) return { value: { items: [] }, problems };
  if (!root.entries.has('runs')) {
    const message = 'This is no SARIF: it has no `runs`.';
    problems.push({ code: 'sarif', severity: 'error', message, path, range: root.range });
  }
  const idOf = resultIds(path);
  const items: Item[] = [];
  let loose = 0;
  for (const run of jsonList(root, 'runs')) {
    const driver = run.entries.get('tool')?.entries.get('driver');
    const context = {
      path,
      tool: jsonText(driver, 'name') || 'analysis',
      commit: commitOf(run, settings),
      settings,
    };
    const results = jsonList(run, 'results');
    const verifies = settings.options['verifies'];
    const ids = Array.isArray(verifies) ? verifies : verifies === undefined ? [] : [String(verifies)];
    if (ids.length > 0) items.push(itemOfRun(run, driver ?? run, results, ids, context, idOf));
    for (const result of results) {
      const item = itemOfResult(result, context, idOf);
      if (item !== undefined) items.push(item);
      else if (ids.length === 0) loose++;
    }
  }
  if (loose > 0) {
    const what = loose === 1 ? 'One result belongs' : `${loose} results belong`;
    const message = `${what} to no requirement: name one under \`fields\` for its rule, or under \`options: { verifies: ... }\` for all.`;
    problems.push({ code: 'sarif', severity: 'information', message, path, range: root.range });
  }
  return { value: { items }, problems };
}

interface RunContext {
  readonly path: string;
  readonly tool: string;
  readonly commit: string | undefined;
  readonly settings: SourceSettings;
}

function itemOfRun(
  run: JsonNode,
  at: JsonNode,
  results: readonly JsonNode[],
  ids: readonly string[],
  { path, tool, commit }: RunContext,
  idOf: (name: string) => string,
): Item {
  const location = { path, range: at.entries.get('name')?.range ?? at.range };
  const failed = results.filter((result) => verdictOf(result) === 'failed');
  const broken = jsonList(run, 'invocations').some(
    (each) => each.entries.get('executionSuccessful')?.scalar === false,
  );
  const verdict: Verdict = broken ? 'error' : failed.length > 0 ? 'failed' : 'passed';
  const message = messageOf(failed[0]);
  return newItem({
    id: idOf(tool),
    kind: 'result',
    title: tool,
    origin: { format: 'sarif', id: tool },
    location,
    links: ids.map((to): DeclaredLink => ({ type: 'verifies', to, location })),
    result: {
      verdict,
      test: tool,
      group: '',
      ...(commit !== undefined && { commit }),
      ...(message !== '' && { message }),
    },
    attributes: { results: results.length, failed: failed.length },
  });
}

/** Undefined where the result belongs to nothing. */
function itemOfResult(
  result: JsonNode,
  { path, tool, commit, settings }: RunContext,
  idOf: (name: string) => string,
): Item | undefined {
  const rule = jsonText(result, 'ruleId') || jsonText(result.entries.get('rule'), 'id');
  const told = Object.hasOwn(settings.fields, rule) ? (settings.fields[rule] ?? '') : '';
  const properties = result.entries.get('properties');
  const named = PROPERTIES.flatMap((key) => [
    jsonText(properties, key),
    ...jsonList(properties, key).map(({ scalar }) => (typeof scalar === 'string' ? scalar : '')),
  ]);
  const ids = [...new Set([told, ...named].flatMap((each) => each.split(/[\s,;]+/)))].filter(
    (each) => each !== '',
  );
  if (ids.length === 0) return undefined;
  const location = { path, range: result.entries.get('ruleId')?.range ?? result.range };
  const place = jsonList(result, 'locations')[0]?.entries.get('physicalLocation');
  const file = jsonText(place?.entries.get('artifactLocation'), 'uri');
  const line = place?.entries.get('region')?.entries.get('startLine')?.scalar;
  const message = messageOf(result);
  return newItem({
    id: idOf(`${tool}.${rule || 'result'}`),
    kind: 'result',
    title: message || rule,
    origin: { format: 'sarif', id: rule },
    location,
    links: ids.map((to): DeclaredLink => ({ type: 'verifies', role: 'rule', to, location })),
    result: {
      verdict: verdictOf(result),
      test: rule || tool,
      group: tool,
      ...(file !== '' && { file }),
      ...(file !== '' && typeof line === 'number' && { line }),
      ...(commit !== undefined && { commit }),
      ...(message !== '' && { message }),
    },
  });
}

/** A result fails unless it says otherwise: by its kind, its level, a suppression that stands, or that a baseline had it and it is gone. */
function verdictOf(result: JsonNode): Verdict {
  const kind = jsonText(result, 'kind') || 'fail';
  const suppressed = jsonList(result, 'suppressions').some((each) => {
    const status = jsonText(each, 'status') || 'accepted';
    return status === 'accepted';
  });
  if (kind === 'open' || kind === 'review') return 'unknown';
  const level = jsonText(result, 'level') || 'warning';
  const fails = kind === 'fail' && (level === 'error' || level === 'warning');
  return fails && !suppressed && jsonText(result, 'baselineState') !== 'absent' ? 'failed' : 'passed';
}

function messageOf(result: JsonNode | undefined): string {
  const message = result?.entries.get('message');
  return (jsonText(message, 'text') || jsonText(message, 'markdown')).split('\n', 1)[0]?.slice(0, 500) ?? '';
}

function commitOf(run: JsonNode, { options }: SourceSettings): string | undefined {
  const written = jsonText(jsonList(run, 'versionControlProvenance')[0], 'revisionId');
  const commit = written || (typeof options['commit'] === 'string' ? options['commit'] : '');
  return /^[0-9a-f]{7,64}$/i.test(commit) ? commit.toLowerCase() : undefined;
}
