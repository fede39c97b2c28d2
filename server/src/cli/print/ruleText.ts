import { titleOfId, visibleText } from '../../core/evidence/text.ts';
import type { Rule } from '../../core/rules/rule.ts';
import type { Sink } from '../io.ts';
import { severityColour, styleOf } from './style.ts';
import { proseLines } from './prose.ts';

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
    ...text('Why it matters', metadata.why),
    ...text('What to write instead', metadata.fixGuidance),
    ...(metadata.references.length === 0
      ? []
      : ['', style.bold('References'), ...metadata.references.map((link) => `  ${visibleText(link)}`)]),
  ]
    .map((line) => `${line}\n`)
    .join('');
}
