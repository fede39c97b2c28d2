import type {
  AllOf,
  Clause,
  Condition,
  Formula,
  TaintFormula,
  TaintPropagator,
  TaintSanitizer,
  TaintSink,
  TaintSource,
} from '../../core/rules/formula.ts';
import type { BoundTerm, FactQuestions } from '../../core/rules/factNames.ts';
import { comparisonText, labelsText } from './comparisonText.ts';

const STEP = '  ';

/** What a rule looks for in words, one thought a line, indented as it is nested; code of several lines below its words. */
export function formulaLines(formula: Formula | TaintFormula): readonly string[] {
  return formula.op === 'taint' ? taintLines(formula) : linesOf(formula);
}

function linesOf(formula: Formula): readonly string[] {
  switch (formula.op) {
    case 'pattern':
      return quoted('code like', formula.text);
    case 'regex':
      return quoted('text that matches', formula.regex);
    case 'tree-sitter':
      return quoted('what the tree-sitter query finds', formula.query);
    case 'fact':
      return [`where values and memory show (${formula.certainty})  ${formula.events.join(' or ')}`];
    case 'any':
      return ['any of', ...formula.of.flatMap((each) => entry(linesOf(each)))];
    case 'inside':
      return headed('inside', linesOf(formula.of));
    case 'all':
      return allLines(formula);
  }
}

function allLines({ clauses, conditions, focus }: AllOf): readonly string[] {
  const [only] = clauses;
  const parts = [
    ...clauses.map(clauseLines),
    ...conditions.map(conditionLines),
    ...focus.map((names) => [`reported: ${names.join(' or ')}`]),
  ];
  if (parts.length === 1 && only !== undefined) return clauseLines(only);
  return ['all of', ...parts.flatMap(entry)];
}

const ROLES: Readonly<Record<Exclude<Clause['role'], 'match'>, string>> = {
  inside: 'inside',
  not: 'but not',
  'not-inside': 'but not inside',
  'not-overlapping': 'but not where it contains, or lies within,',
  'not-anywhere': 'but not in a file that has',
};

function clauseLines({ role, formula }: Clause): readonly string[] {
  return role === 'match' ? linesOf(formula) : headed(ROLES[role], linesOf(formula));
}

function conditionLines(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case 'metavariable-regex':
      return quoted(
        `where ${condition.metavariable}${condition.constantPropagation === true ? ', or its value,' : ''} begins with a match of`,
        condition.regex,
      );
    case 'metavariable-pattern': {
      const language = condition.language === undefined ? '' : `, read as ${condition.language},`;
      return headed(`where ${condition.metavariable}${language} is`, linesOf(condition.formula));
    }
    case 'metavariable-comparison': {
      const base = condition.base === undefined ? '' : `, digits to the base ${condition.base}`;
      const strip = condition.strip ? ', without quotes and blanks' : '';
      return [`where ${comparisonText(condition.comparison)}${base}${strip}`];
    }
    case 'metavariable-type':
      return [`where the type of ${condition.metavariable} is ${condition.types.join(' or ')}`];
    case 'metavariable-analysis':
      return [
        condition.analyzer === 'entropy'
          ? `where ${condition.metavariable} looks random, as a key does`
          : `where ${condition.metavariable} is a regular expression that can take forever`,
      ];
    case 'metavariable-facts':
      return [
        `where it is known of ${condition.metavariable} (${condition.questions.certainty}): ${questionsText(condition.questions)}`,
      ];
  }
}

function questionsText(questions: FactQuestions): string {
  const { happens, null: isNull, memory, terminated, bounds } = questions;
  const term = (than: BoundTerm): string =>
    than.is === 'number'
      ? String(than.value)
      : than.is === 'value'
        ? than.metavariable
        : `${than.is}(${than.metavariable})`;
  return [
    happens.length === 0 ? '' : `happens ${happens.join(' or ')}`,
    isNull === undefined ? '' : `null ${isNull}`,
    memory.length === 0 ? '' : `memory ${memory.join(' or ')}`,
    terminated === undefined ? '' : `terminated ${terminated}`,
    ...bounds.map(({ ask, than }) => `${ask} ${term(than)}`),
  ]
    .filter((each) => each !== '')
    .join(', ');
}

function taintLines({ sources, sinks, sanitizers, propagators }: TaintFormula): readonly string[] {
  const group = <T>(heading: string, all: readonly T[], lines: (each: T) => readonly string[]) =>
    all.length === 0 ? [] : [heading, ...all.flatMap((each) => entry(lines(each)))];
  return [
    ...group('data that comes from (source)', sources, sourceLines),
    ...group('and reaches (sink)', sinks, sinkLines),
    ...group('unless it was made clean by (sanitizer)', sanitizers, sanitizerLines),
    ...group('carried on also by (propagator)', propagators, propagatorLines),
  ];
}

function sourceLines(source: TaintSource): readonly string[] {
  return withNotes(linesOf(source.formula), [
    source.label === '__SOURCE__' ? '' : `label ${source.label}`,
    source.requires === undefined ? '' : `requires ${labelsText(source.requires)}`,
    source.bySideEffect === 'only' ? 'by side effect only' : source.bySideEffect ? 'by side effect' : '',
    source.exact ? 'exact' : '',
    source.control ? 'being reached is the source' : '',
  ]);
}

function sinkLines(sink: TaintSink): readonly string[] {
  return withNotes(linesOf(sink.formula), [
    sink.requires === undefined ? '' : `requires ${labelsText(sink.requires)}`,
    sink.atExit ? 'where the function ends' : '',
    sink.exact ? 'exact' : '',
  ]);
}

function sanitizerLines(sanitizer: TaintSanitizer): readonly string[] {
  return withNotes(linesOf(sanitizer.formula), [
    sanitizer.bySideEffect ? 'by side effect' : '',
    sanitizer.exact ? 'exact' : '',
    sanitizer.notConflicting ? 'not where it is a source, sink or propagator too' : '',
  ]);
}

function propagatorLines(propagator: TaintPropagator): readonly string[] {
  return withNotes(linesOf(propagator.formula), [
    `from ${propagator.from} to ${propagator.to}`,
    propagator.bySideEffect ? 'by side effect' : '',
    propagator.requires === undefined ? '' : `requires ${labelsText(propagator.requires)}`,
    propagator.label === undefined ? '' : `label ${propagator.label}`,
    propagator.replaceLabels === undefined ? '' : `in place of ${propagator.replaceLabels.join(', ')}`,
  ]);
}

function withNotes(lines: readonly string[], notes: readonly string[]): readonly string[] {
  const told = notes.filter((note) => note !== '');
  return told.length === 0 ? lines : [...lines, `(${told.join('; ')})`];
}

/** Words and code: on one line where the code is one, else the code below. */
function quoted(words: string, code: string): readonly string[] {
  const lines = code.trimEnd().split('\n');
  return lines.length === 1
    ? [`${words}  ${lines[0]?.trim() ?? ''}`]
    : [words, ...lines.map((line) => STEP + STEP + line)];
}

function headed(words: string, [first = '', ...rest]: readonly string[]): readonly string[] {
  return [`${words} ${first}`, ...rest];
}

/** An entry of a list. */
function entry(lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => (index === 0 ? `${STEP}- ${line}` : `${STEP}  ${line}`));
}
