import { withoutBodies } from './bodies.ts';
import type { Choice } from './chooseArms.ts';
import { CodeTokens } from './codeTokens.ts';
import { Edits } from './edits.ts';
import type { MacroTable } from './macros.ts';
import { maskCode } from './maskCode.ts';
import type { Tokens } from './tokens.ts';
import type { ViewSettings } from './view.ts';
import { WORDS } from './words.ts';

/** What a grammar is given for a text. */
export interface MaskedText {
  readonly text: string;
  /** The code that it shows. */
  readonly code: CodeTokens;
  /** Tokens of it that close a function at file scope, in order. */
  readonly closing: readonly number[];
}

/** A text without what is not shown of it, and with what keeps the grammar from reading the rest masked. */
export function maskedText(
  text: string,
  tokens: Tokens,
  choice: Choice,
  macros: MacroTable,
  { dialect, outline }: Pick<ViewSettings, 'dialect' | 'outline'>,
): MaskedText {
  const edits = new Edits(text);
  const { shown, masked } =
    outline === true && dialect === 'c' ? withoutBodies(text, tokens, choice) : choice;
  blankHidden(text, tokens, shown, edits);
  tokens.directives.forEach((directive, index) => {
    const { start, end, name, bodyStart } = directive;
    if (masked[index] === 1) edits.blank(start, end);
    else if (name === 'define') maskComments(text, bodyStart, end, edits);
  });
  const code = new CodeTokens(text, tokens, shown, WORDS[dialect]);
  const closing: number[] = [];
  maskCode({ code, edits, macros, dialect, plain: new Map(), asCall: new Map(), stops: closing });
  return { text: edits.apply(), code, closing };
}

/** Blanks tokens that are not shown: those with nothing but layout between them at once. */
function blankHidden(text: string, tokens: Tokens, shown: Uint8Array, edits: Edits): void {
  let from = -1;
  let to = -1;
  for (let index = 0; index < tokens.count; index++) {
    if (shown[index] !== 0) continue;
    const start = tokens.start[index] ?? 0;
    const end = tokens.end[index] ?? 0;
    if (from < 0 || text.slice(to, start).trim() !== '') {
      if (from >= 0) edits.blank(from, to);
      from = start;
    }
    to = end;
  }
  if (from >= 0) edits.blank(from, to);
}

/** The grammars end the body of a macro at a comment. */
function maskComments(text: string, start: number, end: number, edits: Edits): void {
  const from = text.indexOf('/*', start);
  if (from < 0 || from >= end) return;
  for (const { 0: part, index } of text.slice(start, end).matchAll(/"(?:[^"\\\n]|\\.)*"|\/\*[^]*?\*\//g)) {
    if (part.startsWith('/')) edits.blank(start + index, start + index + part.length);
  }
}
