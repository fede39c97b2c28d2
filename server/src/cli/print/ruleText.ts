import { titleOfId, visibleText } from '../../core/evidence/text.ts';
import { DEFAULT_OPTIONS } from '../../core/rules/options.ts';
import type { Rule } from '../../core/rules/rule.ts';
import type { Sink } from '../io.ts';
import { formulaLines } from './formulaText.ts';
import { proseLines } from './prose.ts';
import { severityColour, styleOf } from './style.ts';

const MAX_COLUMNS = 100;

/** A rule as a page of text. */
export function ruleText(rule: Rule, sink: Pick<Sink, 'colour' | 'columns'>): string {
  const style = styleOf(sink);
  const width = Math.min(sink.columns, MAX_COLUMNS) - 2;
  const { metadata } = rule;
  const fact = (name: string, values: readonly string[]) =>
    values.length === 0 ? [] : [`  ${style.dim(name.padEnd(12))} ${visibleText(values.join(', '))}`];
  const text = (heading: string, body: string | undefined) =>
    body === undefined
      ? []
      : ['', style.bold(heading), ...proseLines(body, width).map((line) => (line === '' ? '' : `  ${line}`))];
  const code = (heading: string, lines: readonly string[]) =>
    lines.length === 0
      ? []
      : ['', style.bold(heading), ...lines.map((line) => `  ${visibleText(line)}`.trimEnd())];
  return [
    style.bold(titleOfId(rule.id)),
    ...fact('rule', [rule.id]),
    `  ${style.dim('severity'.padEnd(12))} ${severityColour(style, rule.severity)(rule.severity)}`,
    ...fact('languages', rule.languages),
    ...fact('weakness', metadata.cwe),
    ...fact('CERT', metadata.cert),
    ...fact('STRIDE', metadata.stride),
    ...fact('FDA category', metadata.fda),
    ...fact('file', [rule.source.path]),
    ...text('What it finds', rule.message),
    ...code('What it looks for', formulaLines(rule.formula)),
    ...code('What a tag must lead to', requireLines(rule)),
    ...code('Where it looks', pathLines(rule)),
    ...code('Options', optionLines(rule)),
    ...code('Fix', fixLines(rule)),
    ...text('Why it matters', metadata.why),
    ...text('What to write instead', metadata.fixGuidance),
    ...(metadata.references.length === 0
      ? []
      : ['', style.bold('References'), ...metadata.references.map((link) => `  ${visibleText(link)}`)]),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

function requireLines({ require }: Rule): readonly string[] {
  if (require === undefined) return [];
  const category = require.categories.length === 0 ? '' : ` of category ${require.categories.join(' or ')}`;
  return [`${require.link} a ${require.to}${category}`];
}

function pathLines({ paths }: Rule): readonly string[] {
  return [
    ...(paths.include.length === 0 ? [] : [`only in ${paths.include.join(', ')}`]),
    ...(paths.exclude.length === 0 ? [] : [`not in ${paths.exclude.join(', ')}`]),
  ];
}

/** The options that a rule sets to something else than usual. */
function optionLines({ options }: Rule): readonly string[] {
  const usual: Readonly<Record<string, unknown>> = { ...DEFAULT_OPTIONS };
  return Object.entries(options)
    .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(usual[name]))
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
}

function fixLines({ fix, fixRegex }: Rule): readonly string[] {
  if (fix !== undefined) return fix === '' ? ['the code is removed'] : fix.split('\n');
  if (fixRegex === undefined) return [];
  const count = fixRegex.count === undefined ? '' : ` (the first ${fixRegex.count})`;
  return [`${fixRegex.regex}  becomes  ${fixRegex.replacement}${count}`];
}
