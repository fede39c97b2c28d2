import { changeBetween } from '../base/textChange.ts';
import { chooseArms, decisionsFor, type Choice } from './chooseArms.ts';
import { conditionalsOf, type Arm, type Group } from './conditionals.ts';
import { decisionsOver, type Decisions, type KnownMacros } from './conditions.ts';
import { finished } from './finished.ts';
import { definitionsIn, macroTable, tablesInOrder, type MacroTable } from './macros.ts';
import { maskedText } from './maskView.ts';
import { inBoth, knownConditionals, stopsAt, type Stops, type Viewed } from './viewStops.ts';
import { editedViews } from './viewEdit.ts';
import type { Dialect } from './words.ts';

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
  return editedViews(old, text, changeBetween(old.text, text), settings) ?? viewsOf(text, settings);
}

/** The texts in which a grammar reads a C or C++ file. Pure; never throws. */
export function viewsOf(text: string, settings: ViewSettings): Viewed {
  const { text: code, tokens, strays, isSettled } = finished(text);
  const conditionals = conditionalsOf(code, tokens);
  const own = macroTable(definitionsIn(code, tokens));
  const macros = tablesInOrder([settings.macros, settings.shared, own]);
  let stops: Stops | undefined;
  const known = knownIn(settings);
  const all = armsOf(conditionals.groups);
  const seen = new Set<Arm>();
  const views: View[] = [];
  const choices: Choice[] = [];
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
    if (settings.outline === true)
      return { text, views, left: [], strays, stops: [], conditionals: [], isSettled, own };
    if (views.length > 1 && added.length === 0) {
      views.pop();
      break;
    }
    choices.push(choice);
    const inView = stopsAt(masked.code, masked.closing);
    stops = stops === undefined ? inView : inBoth(stops, inView);
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
    conditionals: knownConditionals(tokens, conditionals.groups, choices),
    isSettled,
    own,
  };
}

/** With what a compiler of the dialect defines. */
export function knownIn({ known, dialect }: Pick<ViewSettings, 'known' | 'dialect'>): KnownMacros {
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
