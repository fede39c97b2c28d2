import { compareRanges, containsPosition } from '../../core/base/range.ts';
import { readYamlDocuments } from '../../core/base/yamlDocument.ts';
import { languagesOfRules } from '../../core/match/checkRules.ts';
import { runOnText } from '../../core/match/runOnText.ts';
import { loadRules, type RuleFile } from '../../core/rules/loadRules.ts';
import type { Rule } from '../../core/rules/rule.ts';
import type { ParamsOf, ResultOf, RuleMatch, tryRule as message } from '../../protocol/messages.ts';
import type { Context } from '../context.ts';
import { toPosition } from '../fromLsp.ts';
import { readText } from '../ruleTestFiles.ts';
import { range } from '../toLsp.ts';

const MAX_MATCHES = 1000;

/** `traceward/tryRule`: a rule, or all rules of a file, on one other file, as the editor has both. */
export async function tryRule(
  { session }: Context,
  params: ParamsOf<typeof message>,
): Promise<ResultOf<typeof message>> {
  const { engine } = session;
  const ruleFile = await readText(session, session.placeOf(params.textDocument.uri));
  const target = await readText(session, session.placeOf(params.target.uri));
  if (ruleFile === undefined) return nothing('The rule file cannot be read: save it first.');
  if (target === undefined) return nothing('The file to try the rule on cannot be read: save it first.');
  const loaded = loadRules([ruleFile], engine.languages);
  const rules = rulesAt(ruleFile, loaded.rules, params.position);
  await engine.prepareLanguages(languagesOfRules(rules));
  await engine.prepare(engine.languages.ofFile(target.path, target.text));
  const problems =
    rules.length === loaded.rules.length ? loaded.problems.map((problem) => problem.message) : [];
  const matches: RuleMatch[] = [];
  const ran: string[] = [];
  for (const rule of rules) {
    const run = runOnText(rule, target.path, target.text, engine.languages);
    if (run === undefined) {
      problems.push(
        `Rule ${rule.id} is for ${rule.languages.join(', ')} and does not look at ${target.path}.`,
      );
      continue;
    }
    problems.push(...run.problems.map((problem) => problem.message));
    ran.push(rule.id);
    const lines = target.text.split(/\r?\n/);
    const found = [
      ...run.findings.map((finding) => ({ at: finding.range, message: finding.message })),
      ...run.relevant.map((relevant) => ({ at: relevant.range, message: rule.message })),
    ].sort((a, b) => compareRanges(a.at, b.at));
    for (const { at, message: text } of found) {
      matches.push({
        ruleId: rule.id,
        message: text,
        range: range(at),
        text: (lines[at.start.line] ?? '').trim(),
      });
    }
  }
  if (rules.length === 0 && problems.length === 0) problems.push(`There is no rule in ${ruleFile.path}.`);
  matches.sort(
    (a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character,
  );
  return { rules: ran, matches: matches.slice(0, MAX_MATCHES), problems: [...new Set(problems)] };
}

function nothing(problem: string): ResultOf<typeof message> {
  return { rules: [], matches: [], problems: [problem] };
}

/** The rule in whose text the cursor stands; all of them where it stands in none. */
function rulesAt(
  file: RuleFile,
  rules: readonly Rule[],
  cursor: ParamsOf<typeof message>['position'],
): readonly Rule[] {
  if (cursor === undefined) return rules;
  const position = toPosition(cursor);
  for (const { document } of readYamlDocuments(file.path, file.text)) {
    const value = document?.value;
    const list: unknown =
      typeof value === 'object' && value !== null && 'rules' in value ? value.rules : undefined;
    if (document === undefined || !Array.isArray(list)) continue;
    const index = list.findIndex((_, at) => containsPosition(document.rangeOf(['rules', at]), position));
    if (index < 0) continue;
    const entry = document.rangeOf(['rules', index]);
    return rules.filter(({ source }) => containsPosition(entry, source.range.start));
  }
  return rules;
}
