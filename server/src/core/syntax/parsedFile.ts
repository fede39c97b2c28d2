import type { Span } from '../base/range.ts';
import type { FileUses } from '../headers/declarations.ts';
import { NOTHING_OUTSIDE, type Outside } from '../headers/outside.ts';
import {
  conditionMacros,
  NO_MACROS,
  tablesInOrder,
  type KnownMacros,
  type MacroTable,
} from '../preprocess/macros.ts';
import { viewsAfter, viewsOf } from '../preprocess/view.ts';
import type { Viewed } from '../preprocess/viewStops.ts';
import type { Grammar } from './grammar.ts';
import { isSameTable } from './syntaxTable.ts';
import { editTree, freeTree, parseText, type SyntaxTree } from './syntaxTree.ts';

/** What is known beyond a file of its macros and of the conditions of its `#if`s. */
export interface Preprocessing {
  /** Of the configuration. */
  readonly macros: MacroTable;
  readonly outside: Outside;
  /** What the file asks of others. */
  readonly uses: FileUses;
  /** Of macros that the configuration defines or undefines; the dialect's own are added. */
  readonly known: KnownMacros;
}

/** A file parsed: once, and once more for each set of `#if` arms that cannot stand together. */
export interface ParsedFile {
  readonly main: SyntaxTree;
  readonly others: readonly OtherArms[];
  /** Code in no tree: of arms of conditionals, and brackets without a partner. */
  readonly left: readonly Span[];
  readonly uses: FileUses;
  /** What the next text's views are made from; undefined of a language without a preprocessor, and of a file that is parsed once. */
  readonly viewed: ViewedFile | undefined;
}

interface ViewedFile {
  readonly views: Viewed;
  /** What they rest on beside the text. */
  readonly macros: MacroTable;
  readonly known: KnownMacros;
  readonly outside: string;
}

/** The same file with other arms of its conditionals. */
export interface OtherArms {
  readonly syntax: SyntaxTree;
  /** The code that no tree before it has. */
  readonly added: readonly Span[];
}

export const NO_PREPROCESSING: Preprocessing = {
  macros: NO_MACROS,
  outside: NOTHING_OUTSIDE,
  uses: { includes: [], calls: [] },
  known: conditionMacros([], []),
};

/** Parses a file once. */
export function parseFile(grammar: Grammar, text: string, preprocessing: Preprocessing): ParsedFile {
  return parseViews(grammar, text, preprocessing, readViews(grammar, text, preprocessing));
}

/** Parses a file that will be edited. */
export function openFile(grammar: Grammar, text: string, preprocessing: Preprocessing): ParsedFile {
  const views = readViews(grammar, text, preprocessing);
  return { ...parseViews(grammar, text, preprocessing, views), viewed: viewedAs(views, preprocessing) };
}

function parseViews(
  grammar: Grammar,
  text: string,
  { outside, uses }: Preprocessing,
  { views, left }: ReadViews,
): ParsedFile {
  const [main, ...others] = views.map((view) => ({
    syntax: parseText(grammar, text, view.text, outside),
    added: view.added,
  }));
  // There is always a first view.
  return { main: main?.syntax ?? parseText(grammar, text), others, left, uses, viewed: undefined };
}

/** Parses a file for its functions and what stands beside them alone: what the bodies of functions say need not be in the tree, comments are. */
export function parseOutline(grammar: Grammar, text: string, preprocessing: Preprocessing): ParsedFile {
  const [view] = readViews(grammar, text, preprocessing, undefined, true).views;
  const main = parseText(grammar, text, view?.text ?? text, preprocessing.outside);
  return { main, others: [], left: [], uses: preprocessing.uses, viewed: undefined };
}

/** Parses what changed in a file. The old trees are freed: they must not be used any more. */
export function editFile(old: ParsedFile, text: string, preprocessing: Preprocessing): ParsedFile {
  const { grammar } = old.main;
  const read = readViews(grammar, text, preprocessing, old.viewed);
  const { views, left } = read;
  const before = treesOf(old);
  const [main, ...others] = views.map((view, index) => {
    const known = before[index];
    const syntax = known
      ? editTree(known, text, view.text, preprocessing.outside)
      : parseText(grammar, text, view.text, preprocessing.outside);
    return { syntax, added: view.added };
  });
  for (const syntax of before.slice(views.length)) freeTree(syntax);
  return {
    main: main?.syntax ?? parseText(grammar, text),
    others,
    left,
    uses: preprocessing.uses,
    viewed: viewedAs(read, preprocessing),
  };
}

/** Whether a fresh parse reads a file as it is read here, after edits. Around errors it may not. */
export function isAsFresh(file: ParsedFile, preprocessing: Preprocessing): boolean {
  const { grammar, text } = file.main;
  const fresh = parseFile(grammar, text, preprocessing);
  const [one, other] = [treesOf(file), treesOf(fresh)];
  const isSame =
    one.length === other.length &&
    one.every((tree, index) => {
      const there = other[index];
      return there?.parsed === tree.parsed && isSameTable(tree.table, there.table);
    });
  freeFile(fresh);
  return isSame;
}

function treesOf({ main, others }: ParsedFile): readonly SyntaxTree[] {
  return [main, ...others.map(({ syntax }) => syntax)];
}

/** Gives the wasm memory of all trees back. */
export function freeFile(file: ParsedFile): void {
  treesOf(file).forEach(freeTree);
}

interface ReadViews extends Pick<Viewed, 'views' | 'left'> {
  /** Undefined of a language without a preprocessor. */
  readonly whole: Viewed | undefined;
}

/** @param old of the text before an edit */
function readViews(
  grammar: Grammar,
  text: string,
  { macros, outside, known }: Preprocessing,
  old?: ViewedFile,
  outline = false,
): ReadViews {
  const { dialect } = grammar.definition;
  if (dialect === undefined) return { views: [{ text, added: [] }], left: [], whole: undefined };
  const { shared } = grammar;
  const settings = { dialect, macros: tablesInOrder([macros, outside.macros]), shared, known, outline };
  const isKept = old?.macros === macros && old.known === known && old.outside === outside.key;
  const whole = isKept ? viewsAfter(old.views, text, settings) : viewsOf(text, settings);
  return { views: whole.views, left: [...whole.left, ...whole.strays], whole };
}

/** For the next text. What headers say now has to be told from what they say then. */
function viewedAs({ whole }: ReadViews, { macros, known, outside }: Preprocessing): ViewedFile | undefined {
  return whole && { views: whole, macros, known, outside: outside.key };
}
