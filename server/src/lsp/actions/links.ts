import type { CodeAction, TextEdit } from 'vscode-languageserver';

import type { TracedLink } from '../../core/trace/traceGraph.ts';
import { range } from '../toLsp.ts';
import { linkAction } from './linkAction.ts';
import { createMissingItem } from './missingItem.ts';
import { removeLink } from './removeLink.ts';
import { updateRevision } from './revisions.ts';
import type { ActionTarget } from './target.ts';

const MAX_SUGGESTED = 3;

/** Repairs of a link that is wrong: another id, the missing item, the present revision, or no link at all. */
export async function repairLink(target: ActionTarget, link: TracedLink): Promise<CodeAction[]> {
  switch (link.status) {
    case 'orphaned':
      return [
        ...otherIds(target, link),
        ...(await createMissingItem(target, link)),
        ...removeLink(target, link),
      ];
    case 'outdated':
    case 'predated':
      return updateRevision(target, link);
    case 'unwanted':
      return removeLink(target, link);
    default:
      return [];
  }
}

function otherIds(target: ActionTarget, link: TracedLink): CodeAction[] {
  return link.suggestions
    .slice(0, MAX_SUGGESTED)
    .flatMap((id, index) =>
      linkAction(
        target,
        link,
        `Change to ${id}`,
        [{ uri: target.document.uri, edits: [replaced(target, link, id)] }],
        index === 0 && link.suggestions.length === 1,
      ),
    );
}

/** Writes another text in a link's place; quotes of YAML stay. */
function replaced({ document }: ActionTarget, link: TracedLink, newText: string): TextEdit {
  const at = range(link.location.range);
  const quote = /^["']/.exec(document.text.getText(at))?.[0] ?? '';
  return { range: at, newText: `${quote}${newText}${quote}` };
}
