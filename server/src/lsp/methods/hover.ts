import { MarkupKind, type Hover, type HoverParams } from 'vscode-languageserver';

import { containsPosition, type Position, type Range } from '../../core/base/range.ts';
import type { Context } from '../context.ts';
import type { Place } from '../documents.ts';
import { findingMarkdown } from '../findingText.ts';
import { toPosition } from '../fromLsp.ts';
import { itemMarkdown, linkText, statusText } from '../itemText.ts';
import { idAt, linksOfUnit, unitAt } from '../lookup.ts';
import { escapeMarkdown, markdownLink, plainText } from '../markdown.ts';
import { ruleKeyHover } from '../ruleCompletion.ts';
import type { Session } from '../session.ts';
import { range } from '../toLsp.ts';

/** `textDocument/hover`: over an id its item, over a finding what it means and which requirement stands behind the code. */
export async function hover({ session }: Context, params: HoverParams): Promise<Hover | null> {
  const { uri } = params.textDocument;
  const settings = await session.settingsOf(uri);
  if (!settings.enable) return null;
  const place = session.placeOf(uri);
  const position = toPosition(params.position);
  const found =
    hoverOfId(session, place, position) ??
    hoverOfFinding(session, place, position) ??
    hoverOfRuleKey(session, uri, position);
  if (found === undefined) return null;
  const contents = session.client.markdown
    ? { kind: MarkupKind.Markdown, value: found.text }
    : { kind: MarkupKind.PlainText, value: plainText(found.text) };
  return { contents, range: range(found.range) };
}

interface Found {
  readonly text: string;
  readonly range: Range;
}

function hoverOfRuleKey(session: Session, uri: string, { line, column }: Position): Found | undefined {
  const document = session.documents.get(uri);
  const found = document && ruleKeyHover(document, { line, character: column });
  return (
    found && {
      text: found.text,
      range: { start: { line, column: found.start }, end: { line, column: found.end } },
    }
  );
}

function hoverOfId(session: Session, { folder, path }: Place, position: Position): Found | undefined {
  const { trace } = folder.snapshot();
  const found = idAt(trace, path, position);
  if (found === undefined) return undefined;
  const where = found.kind === 'link' ? found.link.location.range : found.item.item.location.range;
  const wrong = found.kind === 'link' ? linkText(found.link) : undefined;
  const items = found.kind === 'link' ? (trace.byId.get(found.id) ?? []) : [found.item];
  const texts = items.map((item) =>
    itemMarkdown(trace, item, (at) => `${session.uriOf(folder, at.path)}#L${at.range.start.line + 1}`),
  );
  return { text: [...(wrong === undefined ? [] : [wrong]), ...texts].join('\n\n---\n\n'), range: where };
}

function hoverOfFinding(session: Session, { folder, path }: Place, position: Position): Found | undefined {
  const snapshot = folder.snapshot();
  const report = snapshot.report(path);
  const findings = report?.findings.filter((each) => containsPosition(each.range, position)) ?? [];
  const [first] = findings;
  if (report === undefined || first === undefined) return undefined;
  const texts = findings.map((finding) => findingMarkdown(finding, snapshot.rules.byId.get(finding.ruleId)));
  return {
    text: [...texts, behind(session, { folder, path }, position)]
      .filter((text) => text !== '')
      .join('\n\n---\n\n'),
    range: first.range,
  };
}

/** The requirements that the code around a position carries, one line each. */
function behind(session: Session, { folder, path }: Place, position: Position): string {
  const { trace, files } = folder.snapshot();
  const facts = files.get(path);
  if (facts === undefined) return '';
  const index = unitAt(facts, position);
  const unit = facts.units[index];
  const lines = [...new Set(linksOfUnit(trace, facts, index).map(({ to }) => to))].flatMap((id) =>
    (trace.byId.get(id) ?? []).slice(0, 1).map((traced) => {
      const { item } = traced;
      const target = `${session.uriOf(folder, item.location.path)}#L${item.location.range.start.line + 1}`;
      return `- ${markdownLink(id, target)} ${escapeMarkdown(item.title)}. ${statusText(traced)}`;
    }),
  );
  const name =
    unit === undefined || unit.kind === 'file' ? 'this file' : `\`${unit.name.replaceAll('`', '')}\``;
  return lines.length === 0 ? '' : [`Behind ${name}:`, ...lines].join('\n');
}
