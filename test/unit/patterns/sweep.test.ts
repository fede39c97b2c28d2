import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import type { Node } from '../../../server/src/core/ast/node.ts';
import { compileRule } from '../../../server/src/core/match/compileRule.ts';
import { indexCompiled } from '../../../server/src/core/match/ruleIndex.ts';
import { runRules } from '../../../server/src/core/match/runRules.ts';
import type { Grammar } from '../../../server/src/core/syntax/grammar.ts';
import { freeTree, parseText, type SyntaxTree } from '../../../server/src/core/syntax/syntaxTree.ts';
import { astOf } from '../../support/ast.ts';
import { grammar, rulesOf, ruleWith } from '../../support/engine.ts';

/**
 * Constructs of each language, one a line, `⏎` for a line break; a line `=== before | after` says what stands around those that follow. As a
 * pattern each finds itself, and so it does with a metavariable in the place of a part, unless that is refused with a reason.
 */
const LANGUAGES = 'java csharp python javascript typescript tsx go c cpp rust kotlin swift'.split(' ');

interface Construct {
  readonly snippet: string;
  readonly before: string;
  readonly after: string;
}

function constructsOf(language: string): readonly Construct[] {
  const text = readFileSync(new URL(`sweep/${language}.txt`, import.meta.url), 'utf8');
  let before = '';
  let after = '';
  return text.split('\n').flatMap((line) => {
    const written = line.replaceAll('⏎', '\n');
    if (!line.startsWith('=== ')) return line === '' ? [] : [{ snippet: written, before, after }];
    [before = '', after = ''] = written.slice(4).split('|');
    return [];
  });
}

async function outcomeOf(
  pattern: string,
  language: string,
  target: Grammar,
  syntax: SyntaxTree,
): Promise<'found' | 'not found' | 'refused'> {
  const formula = `pattern: ${JSON.stringify(pattern)}`;
  const { rules } = await rulesOf(ruleWith(formula, language === 'tsx' ? 'typescript' : language));
  const compiled = rules[0] && compileRule(rules[0], target).compiled;
  if (compiled === undefined) return 'refused';
  const { findings, problems } = runRules('f', syntax, indexCompiled([compiled]), () => 'error');
  return findings.length > 0 && problems.length === 0 ? 'found' : 'not found';
}

const ROLES = new Set('arguments value condition left right operand object iterable expression'.split(' '));
const KINDS = new Set('identifier string number call member binary unary index conditional new'.split(' '));
/** Parts of one construct that are tried. */
const MAX_PARTS = 3;

/** Parts of a construct that a metavariable may stand for, spread over it. */
function partsOf(nodes: readonly Node[], start: number, end: number, code: string): readonly Node[] {
  const isWord = (at: number): boolean => /\w/.test(code[at] ?? '');
  const all = nodes.filter(
    (node) =>
      node.start >= start &&
      node.end <= end &&
      node.end - node.start < end - start - 1 &&
      ROLES.has(node.role) &&
      KINDS.has(node.kind) &&
      !isWord(node.start - 1) &&
      !isWord(node.end),
  );
  const step = Math.max(1, Math.ceil(all.length / MAX_PARTS));
  return all.filter((_, index) => index % step === 0);
}

describe('every construct as a pattern', () => {
  for (const language of LANGUAGES) {
    it(language, async () => {
      const target = await grammar(language);
      const wrong: string[] = [];
      for (const { snippet, before, after } of constructsOf(language)) {
        const code = `${before}${snippet}${after}\n`;
        const start = before.length;
        const syntax = parseText(target, code);
        if (syntax.tree?.rootNode.hasError !== false) wrong.push(`${snippet}: is not read`);
        const own = await outcomeOf(snippet, language, target, syntax);
        if (own !== 'found') wrong.push(`${snippet}: ${own}`);
        const { nodes } = await astOf(language, code);
        for (const node of partsOf(nodes, start, start + snippet.length, code)) {
          const pattern = `${snippet.slice(0, node.start - start)}$PART${snippet.slice(node.end - start)}`;
          const outcome = await outcomeOf(pattern, language, target, syntax);
          if (outcome === 'not found') wrong.push(`${pattern}: ${outcome}`);
        }
        freeTree(syntax);
      }
      assert.deepEqual(wrong, []);
    }).timeout(60_000);
  }
});
