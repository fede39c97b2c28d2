import { CodeActionKind, type CodeAction, type TextEdit } from 'vscode-languageserver';

import type { Category } from '../../core/trace/item.ts';
import type { TracedLink } from '../../core/trace/traceGraph.ts';
import { range } from '../toLsp.ts';
import { createRequirement } from './createRequirement.ts';
import { diagnosticsOf, type ActionTarget } from './target.ts';
import { workspaceEdit } from './workspaceEdit.ts';

const MAX_SUGGESTED = 3;

/** Repairs of a link that is wrong: another id, the missing requirement, the present revision. */
export async function repairLink(target: ActionTarget, link: TracedLink): Promise<CodeAction[]> {
  switch (link.status) {
    case 'orphaned':
      return [...otherIds(target, link), ...(await missingItem(target, link))];
    case 'outdated':
    case 'predated':
      return updateRevision(target, link);
    default:
      return [];
  }
}

function otherIds(target: ActionTarget, link: TracedLink): CodeAction[] {
  return link.suggestions
    .slice(0, MAX_SUGGESTED)
    .flatMap((id, index) =>
      action(
        target,
        link,
        `Change to ${id}`,
        [replace(target, link, id)],
        index === 0 && link.suggestions.length === 1,
      ),
    );
}

/** The id that a tag names, made a requirement. Its category is that of the ids that are counted alike. */
async function missingItem(target: ActionTarget, link: TracedLink): Promise<CodeAction[]> {
  const { session, document, snapshot } = target;
  const { folder } = document.place;
  const prefix = link.to.split('-', 1)[0] ?? '';
  const alike = snapshot.trace.items.filter(({ item }) => item.id.startsWith(`${prefix}-`));
  const isRequirement =
    alike.length > 0 ? alike.every(({ item }) => item.kind === 'requirement') : prefix !== 'TC';
  if (typeof link.from === 'string' || !isRequirement) return [];
  const stem = link.to.replace(/[^-]*$/, '');
  const category: Category = alike.find(({ item }) => item.id.startsWith(stem))?.item.category ?? 'integrity';
  const title = `TODO: what ${link.from.kind === 'file' ? link.from.path : link.from.name} is for`;
  const file = await createRequirement(session, folder, { id: link.to, category, title });
  const edit = file === undefined ? undefined : workspaceEdit(session, [file]);
  if (edit === undefined) return [];
  const diagnostics = diagnosticsOf(target, `trace-${link.status}`, link.location.range);
  return [{ title: `Create requirement ${link.to}`, kind: CodeActionKind.QuickFix, diagnostics, edit }];
}

function updateRevision(target: ActionTarget, link: TracedLink): CodeAction[] {
  const { document, snapshot } = target;
  const current = currentRevision(target, link);
  if (current === undefined) return [];
  const all = (snapshot.trace.linksByPath.get(document.place.path) ?? []).filter(
    ({ status }) => status === 'outdated' || status === 'predated',
  );
  const edits = all.flatMap((each) => {
    const revision = currentRevision(target, each);
    return revision === undefined ? [] : [replace(target, each, `${each.to}@${revision}`)];
  });
  return [
    ...action(
      target,
      link,
      `Update to ${link.to}@${current}`,
      [replace(target, link, `${link.to}@${current}`)],
      true,
    ),
    ...(edits.length > 1
      ? action(target, link, `Update all ${edits.length} revisions in this file`, edits, false)
      : []),
  ];
}

function currentRevision({ snapshot }: ActionTarget, link: TracedLink): number | undefined {
  return snapshot.trace.byId.get(link.to)?.[0]?.item.revision;
}

/** Writes another text in a link's place; quotes of YAML stay. */
function replace({ document }: ActionTarget, link: TracedLink, newText: string): TextEdit {
  const at = range(link.location.range);
  const quote = /^["']/.exec(document.text.getText(at))?.[0] ?? '';
  return { range: at, newText: `${quote}${newText}${quote}` };
}

function action(
  target: ActionTarget,
  link: TracedLink,
  title: string,
  edits: readonly TextEdit[],
  isPreferred: boolean,
): CodeAction[] {
  const edit = workspaceEdit(target.session, [{ uri: target.document.uri, edits }]);
  const diagnostics = diagnosticsOf(target, `trace-${link.status}`, link.location.range);
  return edit === undefined ? [] : [{ title, kind: CodeActionKind.QuickFix, diagnostics, isPreferred, edit }];
}
