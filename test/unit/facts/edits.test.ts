import assert from 'node:assert/strict';

import fc from 'fast-check';

import {
  analyseFile,
  emptyAnalysisCache,
  type AnalysisSettings,
} from '../../../server/src/core/facts/analyseFile.ts';
import type { FileFacts } from '../../../server/src/core/facts/fileFacts.ts';
import { compileRule } from '../../../server/src/core/match/compileRule.ts';
import { indexRules } from '../../../server/src/core/match/ruleIndex.ts';
import {
  editFile,
  freeFile,
  NO_PREPROCESSING,
  openFile,
  parseFile,
  type ParsedFile,
} from '../../../server/src/core/syntax/parsedFile.ts';
import { readTable } from '../../../server/src/core/syntax/readTable.ts';
import { isSameTable } from '../../../server/src/core/syntax/syntaxTable.ts';
import { grammar, rulesOf, ruleWith } from '../../support/engine.ts';
import { MOVED, type MovedCode } from './movedParts.ts';

/** What is typed in the middle of code. */
const TYPED = [
  '',
  'a',
  '\n',
  '\r\n',
  '/*',
  '*/',
  '{',
  '}',
  '"',
  ' ',
  ';',
  'é',
  '𝛼',
  '// x\n',
  'Motor',
  '(',
  ')',
];

/** Files for each language; more where new ones are looked for: see `scripts/fuzz.mjs`. */
const RUNS = process.env['TRACEWARD_SEED'] === undefined ? 15 : 150;

/** One step; places are numbers that are taken modulo what there is. */
interface Edit {
  readonly kind: 'part' | 'token' | 'swap' | 'cut' | 'type';
  readonly from: number;
  readonly to: number;
  readonly length: number;
  readonly piece: number;
}

const EDIT: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom('part', 'token', 'swap', 'cut', 'type'),
  from: fc.nat(10_000),
  to: fc.nat(10_000),
  length: fc.nat(2),
  piece: fc.nat(100),
});

function at<Each>(all: readonly Each[], index: number): Each {
  const each = all[index % all.length];
  assert.ok(each !== undefined);
  return each;
}

function edited(text: string, { kind, from, to, length, piece }: Edit, parts: readonly string[]): string {
  const lines = text.split('\n');
  switch (kind) {
    case 'part': {
      const [before, after] = [lines.slice(0, from % lines.length), lines.slice(from % lines.length)];
      return [...before, at(parts, piece) + after.join('\n')].join('\n');
    }
    case 'token': {
      const tokens = [...text.matchAll(/[{};=,()]|\n| {4}/g)];
      if (tokens.length === 0) return text;
      const { index, 0: token } = at(tokens, from);
      const rest = text.slice(0, index) + text.slice(index + token.length);
      const places = [0, ...[...rest.matchAll(/[{};\n]/g)].flatMap((each) => [each.index, each.index + 1])];
      return rest.slice(0, at(places, to)) + token + rest.slice(at(places, to));
    }
    case 'swap': {
      const [one, other] = [from % lines.length, to % lines.length];
      return lines
        .map((line, index) => (index === one ? at(lines, other) : index === other ? at(lines, one) : line))
        .join('\n');
    }
    case 'cut': {
      lines.splice(from % lines.length, 1 + length);
      return lines.join('\n');
    }
    case 'type': {
      const place = from % (text.length + 1);
      return text.slice(0, place) + at(TYPED, piece) + text.slice(place + length);
    }
  }
}

async function settingsFor({ language, formulas }: MovedCode): Promise<AnalysisSettings> {
  const target = await grammar(language);
  const rules = await Promise.all(
    formulas.map(async (formula, index) => {
      const { rules: loaded, problems } = await rulesOf(
        ruleWith(formula, language).replace('under-test', `rule-${index}`),
      );
      assert.deepEqual(problems, []);
      return at(loaded, 0);
    }),
  );
  const index = indexRules(rules, target, (rule) => compileRule(rule, target));
  assert.deepEqual(index.problems(), []);
  return {
    rules: index,
    severityOf: () => 'error',
    prefixes: ['SR'],
    tags: ['traceward'],
    tagsOnly: false,
    withHash: false,
    comparable: true,
    otherFiles: undefined,
  };
}

/** Where code does not parse, a tree that was edited may be another than a fresh one, and so may what is found in it. */
function sameTree(one: ParsedFile, other: ParsedFile): boolean {
  const shapeOf = ({ main: { table } }: ParsedFile): string =>
    [table.kind, table.field, table.parent, table.start, table.end, table.missing]
      .map((column) => column.subarray(0, table.count).join())
      .join('\n');
  return one.others.length === other.others.length && shapeOf(one) === shapeOf(other);
}

describe('invariant: what an open file keeps over edits is as good as new', () => {
  for (const moved of MOVED) {
    it(`in ${moved.language}, as tokens, lines and functions move`, async () => {
      const settings = await settingsFor(moved);
      const target = await grammar(moved.language);
      const path = `a.${moved.language}`;
      const fresh = (text: string): { readonly file: ParsedFile; readonly facts: FileFacts } => {
        const file = parseFile(target, text, NO_PREPROCESSING);
        return { file, facts: analyseFile(path, file, settings) };
      };
      let found = 0;
      const start = fc.array(fc.constantFrom(...moved.parts), { minLength: 3, maxLength: 8 });
      fc.assert(
        fc.property(start, fc.array(EDIT, { minLength: 1, maxLength: 8 }), (parts, edits) => {
          let text = parts.join('');
          let file = openFile(target, text, NO_PREPROCESSING);
          const cache = emptyAnalysisCache();
          analyseFile(path, file, settings, cache);
          try {
            for (const edit of edits) {
              text = edited(text, edit, moved.parts);
              file = editFile(file, text, NO_PREPROCESSING);
              assert.ok(file.main.tree);
              assert.ok(isSameTable(file.main.table, readTable(target, file.main.tree)), text);
              const kept = analyseFile(path, file, settings, cache);
              const { file: again, facts } = fresh(text);
              const isSame = sameTree(file, again);
              freeFile(again);
              if (!isSame) continue;
              found += facts.findings.length;
              assert.deepEqual(kept, facts, text);
            }
          } finally {
            freeFile(file);
          }
        }),
        { numRuns: RUNS },
      );
      assert.ok(found > 20, `there were findings to compare: ${found}`);
    });
  }
});
