import { CompletionItemKind, type CompletionItem, type Position } from 'vscode-languageserver';

import type { Key } from '../core/rules/keyTable.ts';
import { mayHoldRules } from '../core/match/checkRules.ts';
import { isYaml } from '../host/projectRules.ts';
import type { OpenDocument } from './documents.ts';
import { keyAt, keysOf, shapeAt, valuesOf } from './ruleKeys.ts';
import type { Session } from './session.ts';
import { yamlCursor, yamlKeyAt } from './yamlCursor.ts';

/** Keys and values that may stand at a place of a rule file, in the order of the rule language's own tables. */
export function ruleCompletion(
  session: Session,
  document: OpenDocument,
  position: Position,
): CompletionItem[] {
  const lines = linesOf(document);
  const cursor = lines && yamlCursor(lines, position.line, position.character);
  if (cursor === undefined) return [];
  const { line } = position;
  const range = { start: { line, character: cursor.start }, end: { line, character: position.character } };
  const shape = shapeAt(cursor.path);
  const isLanguage = cursor.path.at(-2) === 'languages' || cursor.path.at(-1) === 'language';
  const values = isLanguage ? languageNames(session) : valuesOf(shape);
  const item = (label: string, index: number, more: Partial<CompletionItem>): CompletionItem => ({
    label,
    sortText: String(index).padStart(3, '0'),
    filterText: label,
    textEdit: { range, newText: label },
    ...more,
  });
  if (values.length > 0)
    return values.map((value, index) => item(value, index, { kind: CompletionItemKind.EnumMember }));
  if (cursor.at === 'value') return [];
  return keysOf(shape)
    .filter(([name]) => !cursor.siblings.includes(name))
    .map(([name, key], index) =>
      item(name, index, {
        kind: key.required === true ? CompletionItemKind.Field : CompletionItemKind.Property,
        documentation: key.description,
        ...(key.required === true ? { detail: 'required' } : {}),
        textEdit: { range, newText: `${name}:${isOnOneLine(key) ? ' ' : ''}` },
      }),
    );
}

/** What the rule language says of the key at a place of a rule file. */
export function ruleKeyHover(
  document: OpenDocument,
  { line, character }: Position,
): { readonly text: string; readonly start: number; readonly end: number } | undefined {
  const lines = linesOf(document);
  const found = lines && yamlKeyAt(lines, line, character);
  const key = found && keyAt(found.path);
  if (found === undefined || key === undefined) return undefined;
  const values = valuesOf(key.shape);
  const told = values.length === 0 ? '' : `\n\nOne of ${values.map((value) => `\`${value}\``).join(', ')}.`;
  const name = String(found.path.at(-1));
  return {
    text: `**${name}**${key.required === true ? ' (required)' : ''}\n\n${key.description}${told}`,
    start: found.start,
    end: found.end,
  };
}

/** Lines of a document that holds rules, or is about to; undefined for every other. */
function linesOf({ place: { folder, path }, text }: OpenDocument): readonly string[] | undefined {
  if (!isYaml(path) && text.languageId !== 'yaml') return undefined;
  const content = text.getText();
  const role = folder.workspace.roleOf(path);
  if ((role !== 'other' && role !== 'text') || !mayHoldRules({ path, text: content })) return undefined;
  return content.split(/\r?\n/);
}

function languageNames({ engine }: Session): readonly string[] {
  return [...engine.languages.definitions.map(({ id }) => id), 'generic', 'regex'];
}

/** The value begins on the line of its key. */
function isOnOneLine({ shape }: Key): boolean {
  return (
    !['mapping', 'list', 'anything'].includes(shape.is) &&
    !(shape.is === 'definition' && shape.name !== 'labels')
  );
}
