import { CodeActionKind, type CodeAction } from 'vscode-languageserver';

import { compareText } from '../../core/base/order.ts';
import { compareRanges, containsRange } from '../../core/base/range.ts';
import type { Finding } from '../../core/match/finding.ts';
import { CATEGORIES, type Category } from '../../core/trace/item.ts';
import type { TracedItem } from '../../core/trace/traceGraph.ts';
import type { Unit } from '../../core/trace/unit.ts';
import { isCounted } from '../traceNodes.ts';
import { createItem } from './createItem.ts';
import { nextRequirementId } from './newItemText.ts';
import { diagnosticsOf, endOfLine, indentation, lineComment, type ActionTarget } from './target.ts';
import { workspaceEdit, type FileEdit } from './workspaceEdit.ts';

const MAX_OFFERED = 5;

/** For a finding of a `require-tag` rule: tags of requirements that would do, and a new requirement. */
export async function insertTag(target: ActionTarget, finding: Finding): Promise<CodeAction[]> {
  const { session, document, snapshot } = target;
  const require = snapshot.rules.byId.get(finding.ruleId)?.require;
  const unit = unitOf(target, finding);
  if (require?.to !== 'requirement' || unit === undefined) return [];
  const wanted = CATEGORIES.filter(
    (each) => require.categories.length === 0 || require.categories.includes(each),
  );
  const diagnostics = diagnosticsOf(target, finding.ruleId, finding.range);
  const verb = require.link === 'verifies' ? 'verifies ' : '';
  const tag = (id: string): FileEdit => ({
    uri: document.uri,
    edits: [tagEdit(target, unit, `[${verb}${id}]`)],
  });

  const existing = requirementsFor(target, unit, wanted).flatMap(({ item }): CodeAction[] => {
    const edit = workspaceEdit(session, [tag(item.id)]);
    const title = `Tag \`${nameOf(unit)}\` with ${item.id}: ${item.title}`;
    return edit === undefined ? [] : [{ title, kind: CodeActionKind.QuickFix, diagnostics, edit }];
  });
  const [category] = wanted;
  if (category === undefined) return existing;
  const { folder } = document.place;
  const id = nextRequirementId(snapshot.trace, category, folder.project().config.prefixes[0] ?? 'SR');
  const file = await createItem(session, folder, {
    kind: 'requirement',
    id,
    fields: [
      ['title', { text: `TODO: what ${nameOf(unit)} is for` }],
      ['text', { text: 'TODO: say what the device shall do.' }],
      ['category', { word: category }],
    ],
  });
  const edit = file === undefined ? undefined : workspaceEdit(session, [tag(id), file]);
  const create = {
    title: `Create requirement ${id} (${category}) and tag \`${nameOf(unit)}\` with it`,
    kind: CodeActionKind.QuickFix,
  };
  return edit === undefined ? existing : [...existing, { ...create, diagnostics, edit }];
}

/** The unit that a finding asks a tag of: the finding stands on its name, or on the code itself outside of functions. */
function unitOf({ document, snapshot }: ActionTarget, finding: Finding): Unit | undefined {
  const units = snapshot.files.get(document.place.path)?.units ?? [];
  const named = units.find(
    (unit) => unit.kind !== 'file' && compareRanges(unit.nameRange, finding.range) === 0,
  );
  return named ?? units.find((unit) => containsRange(unit.range, finding.range));
}

/** A comment line above a unit, indented as it is; at the top for a file. */
function tagEdit(target: ActionTarget, unit: Unit, tag: string) {
  const { document } = target;
  const line = unit.kind === 'file' ? 0 : unit.range.start.line;
  const indent = unit.kind === 'file' ? '' : indentation(document, line);
  const start = { line, character: 0 };
  return {
    range: { start, end: start },
    newText: `${indent}${lineComment(target)} ${tag}${endOfLine(document)}`,
  };
}

/** Requirements of the categories, the likeliest first: without code yet, named in this file already, sharing words with the unit. */
function requirementsFor(
  { document, snapshot }: ActionTarget,
  unit: Unit,
  categories: readonly Category[],
): readonly TracedItem[] {
  const { path } = document.place;
  const here = new Set((snapshot.trace.linksByPath.get(path) ?? []).map(({ to }) => to));
  const words = wordsOf(unit.name);
  const score = ({ item, incoming }: TracedItem): number => {
    const hasCode = incoming.some((link) => link.type === 'implements');
    const shared = [...wordsOf(`${item.title} ${item.text ?? ''}`)].filter((word) => words.has(word)).length;
    return (hasCode ? 0 : 2) + (here.has(item.id) ? 2 : 0) + 3 * shared;
  };
  return snapshot.trace.items
    .filter((each) => each.item.kind === 'requirement' && isCounted(each))
    .filter(({ item }) => item.category !== undefined && categories.includes(item.category))
    .sort((a, b) => score(b) - score(a) || compareText(a.item.id, b.item.id))
    .slice(0, MAX_OFFERED);
}

/** Words of a name (`pump_encryptRecord`) or a sentence, in lower case, those of three letters and more. */
function wordsOf(text: string): ReadonlySet<string> {
  const parts = text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return new Set(parts.filter((word) => word.length > 2));
}

function nameOf(unit: Unit): string {
  return unit.kind === 'file' ? (unit.name.split('/').at(-1) ?? unit.name) : unit.name;
}
