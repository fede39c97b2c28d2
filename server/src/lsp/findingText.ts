import type { Finding } from '../core/match/finding.ts';
import { cweNumber, type Rule } from '../core/rules/rule.ts';
import { escapeMarkdown, markdownLink } from './markdown.ts';
import { cwePage } from './toLsp.ts';

/** What a finding is, why it matters, how to repair it, and where to read more. Markdown. */
export function findingMarkdown(finding: Finding, rule: Rule | undefined): string {
  const { why, fixGuidance } = rule?.metadata ?? {};
  const links = rule === undefined ? '' : linksOf(rule);
  return [
    `**${escapeMarkdown(finding.ruleId)}** (${finding.severity})`,
    escapeMarkdown(finding.message),
    ...(why === undefined ? [] : [`**Why** ${why.trim()}`]),
    ...(fixGuidance === undefined ? [] : [`**How to fix** ${fixGuidance.trim()}`]),
    ...(links === '' ? [] : [links]),
  ].join('\n\n');
}

function linksOf({ metadata }: Rule): string {
  const cwe = metadata.cwe.map((entry) => {
    const page = cwePage(entry);
    return page === undefined ? escapeMarkdown(entry) : markdownLink(entry, page);
  });
  const cert = metadata.cert.map((name) => markdownLink(`CERT ${name}`, certPage(name, metadata.references)));
  const cweNumbers = new Set(metadata.cwe.map(cweNumber));
  const others = metadata.references.filter(
    (page) =>
      page.startsWith('https://') &&
      !metadata.cert.some((name) => mentions(page, name)) &&
      ![...cweNumbers].some((number) => page.includes(`/definitions/${number ?? '-'}.html`)),
  );
  return [...cwe, ...cert, ...others.map((page) => markdownLink(hostOf(page), page))].join(' · ');
}

/** The page that a rule's author names for a CERT rule, else a search for it. */
function certPage(name: string, references: readonly string[]): string {
  const named = references.find((page) => page.startsWith('https://') && mentions(page, name));
  return (
    named ?? `https://wiki.sei.cmu.edu/confluence/dosearchsite.action?queryString=${encodeURIComponent(name)}`
  );
}

function mentions(page: string, name: string): boolean {
  return page.toLowerCase().includes(name.toLowerCase());
}

function hostOf(page: string): string {
  return /^https:\/\/([^/]+)/.exec(page)?.[1] ?? page;
}
