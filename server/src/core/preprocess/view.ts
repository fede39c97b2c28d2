import { changeBetween } from '../base/textChange.ts';
import { withoutBodies } from './bodies.ts';
import { chooseArms, decisionsFor, type Choice } from './chooseArms.ts';
import { CodeTokens } from './codeTokens.ts';
import { conditionalsOf, type Arm, type Group } from './conditionals.ts';
import { decisionsOver, type Decisions, type KnownMacros } from './conditions.ts';
import { Edits } from './edits.ts';
import { finished } from './finished.ts';
import { definitionsIn, macroTable, tablesInOrder, type MacroTable } from './macros.ts';
import { maskCode } from './maskCode.ts';
import type { Tokens } from './tokens.ts';
import { editedViews, stopsAt, type Stops, type Viewed } from './viewEdit.ts';
import { WORDS, type Dialect } from './words.ts';

export interface ViewSettings {
  readonly dialect: Dialect;
  /** Of the workspace and the configuration. */
  readonly macros: MacroTable;
  /** Of well-known platforms. */
  readonly shared: MacroTable;
  /** What is known of the names in conditions. */
  readonly known: KnownMacros;
  /** For who asks for functions and what stands beside them alone: one view, with the bodies of functions empty but for their comments. C only. */
  readonly outline?: boolean;
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** One text for the grammar, as long as the file's and with its line breaks. */
export interface View {
  readonly text: string;
  /** Code that this view shows and no view before it did; of the first view nothing. */
  readonly added: readonly Stretch[];
}

export interface Views {
  /** At least one. */
  readonly views: readonly View[];
  /** Conditional code that no view shows, though some build may have it. */
  readonly left: readonly Stretch[];
  /** Code that no view shows because the code behind it would be read as its own: see `finished`. */
  readonly strays: readonly Stretch[];
}

/** Arms that cannot stand together need a view each; further ones are named as not analysed. */
const MAX_VIEWS = 4;

/** The views of a text after an edit: see `editedViews`. */
export function viewsAfter(old: Viewed, text: string, settings: ViewSettings): Viewed {
  const macros = tablesInOrder([settings.macros, settings.shared, old.own]);
  return (
    editedViews(old, text, changeBetween(old.text, text), macros, settings.dialect) ?? viewsOf(text, settings)
  );
}

/** The texts in which a grammar reads a C or C++ file. Pure; never throws. */
export function viewsOf(text: string, settings: ViewSettings): Viewed {
  const { text: code, tokens, strays, isSettled } = finished(text);
  const conditionals = conditionalsOf(code, tokens);
  const own = macroTable(definitionsIn(code, tokens));
  const macros = tablesInOrder([settings.macros, settings.shared, own]);
  let stops: Stops | undefined;
  const known = withDialect(settings.known, settings.dialect);
  const all = armsOf(conditionals.groups);
  const seen = new Set<Arm>();
  const views: View[] = [];
  let decided: Decisions | undefined = decisionsOver(undefined);
  let dead: ReadonlySet<Arm> = new Set();
  while (decided !== undefined && views.length < MAX_VIEWS) {
    const choice = chooseArms(code, tokens, conditionals, known, decided);
    const added = [...choice.arms].filter(
      (arm) => !seen.has(arm) && !isInside(arm, (outer) => choice.arms.has(outer) && !seen.has(outer)),
    );
    const masked = maskedText(code, tokens, choice, macros, settings);
    views.push({
      text: masked.text,
      added: views.length === 0 ? [] : added.map(({ start, stop }) => ({ start, end: stop })),
    });
    if (settings.outline === true) return { text, views, left: [], strays, stops: [], isSettled, own };
    if (views.length > 1 && added.length === 0) {
      views.pop();
      break;
    }
    stops = stops === undefined ? masked.stops : inBoth(stops, masked.stops);
    for (const arm of choice.arms) seen.add(arm);
    if (views.length === 1) dead = choice.dead;
    decided = decisionsForMore(all, seen, dead, known);
  }
  const left = all.filter(
    (arm) => isOpen(arm, seen, dead, known) && !isInside(arm, (outer) => !seen.has(outer)),
  );
  return {
    text,
    views,
    left: left.map(({ start, stop }) => ({ start, end: stop })),
    strays,
    stops: stops ?? [],
    isSettled,
    own,
  };
}

function inBoth(one: Stops, other: Stops): Stops {
  const there = new Set(other);
  return one.filter((each) => there.has(each));
}

/** What a compiler of the dialect defines. */
function withDialect(known: KnownMacros, dialect: Dialect): KnownMacros {
  return {
    valueOf: (name) => known.valueOf(name) ?? (name === '__cplusplus' ? dialect === 'cpp' : undefined),
  };
}

function armsOf(groups: readonly Group[]): Arm[] {
  const arms: Arm[] = [];
  const pending = [...groups].reverse();
  for (let group = pending.pop(); group; group = pending.pop()) {
    arms.push(...group.arms);
    for (const arm of [...group.arms].reverse()) pending.push(...[...arm.groups].reverse());
  }
  return arms;
}

function isInside(arm: Arm, test: (outer: Arm) => boolean): boolean {
  for (let outer = arm.outer; outer; outer = outer.outer) if (test(outer)) return true;
  return false;
}

/** An arm with code that some build may have and that no view shows yet. */
function isOpen(arm: Arm, seen: ReadonlySet<Arm>, dead: ReadonlySet<Arm>, known: KnownMacros): boolean {
  if (seen.has(arm) || dead.has(arm) || arm.from === arm.to) return false;
  return decisionsFor(arm, known, decisionsOver(undefined)) !== undefined;
}

/** Decisions that show as many more arms as go together; undefined when there is none. */
function decisionsForMore(
  arms: readonly Arm[],
  seen: ReadonlySet<Arm>,
  dead: ReadonlySet<Arm>,
  known: KnownMacros,
): Decisions | undefined {
  let decided: Decisions | undefined;
  for (const arm of arms) {
    if (!isOpen(arm, seen, dead, known)) continue;
    decided = decisionsFor(arm, known, decided ?? decisionsOver(undefined)) ?? decided;
  }
  return decided;
}

function maskedText(
  text: string,
  tokens: Tokens,
  choice: Choice,
  macros: MacroTable,
  { dialect, outline }: ViewSettings,
): { readonly text: string; readonly stops: Stops } {
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
  return { text: edits.apply(), stops: stopsAt(code, closing) };
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
