// Reads and compiles the rules that ship, once and for all: what start-up would make of them every time becomes files.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { languagesOfRules } from '../server/src/core/match/checkRules.ts';
import { compileRule, looksAt } from '../server/src/core/match/compileRule.ts';
import { preparedFor } from '../server/src/core/match/prepared.ts';
import { indexRules } from '../server/src/core/match/ruleIndex.ts';
import { loadRules } from '../server/src/core/rules/loadRules.ts';
import { writePreparedRules } from '../server/src/core/rules/preparedRules.ts';
import { initParser, languageSet } from '../server/src/core/syntax/loadLanguages.ts';

// node dist/build/prepareRules.cjs ASSETS: takes the rule files as JSON from the standard input, writes assets, and prints their names as JSON.
const assets = process.argv[2] ?? '';
/** @type {readonly { path: string, text: string }[]} */
const files = JSON.parse(readFileSync(0, 'utf8'));

async function main() {
  await initParser(asset('tree-sitter.wasm'));
  const languages = languageSet(JSON.parse(asset('languages.json').toString()));
  const set = loadRules(
    files.map((file) => ({ ...file, isBuiltIn: true })),
    languages,
  );
  const problems = [...set.problems];
  for (const id of languagesOfRules(set.rules)) {
    if (languages.isLoaded(id) || languages.ofName(id) === undefined) continue;
    problems.push(...(await languages.load(id, asset(`${id}.wasm`))));
  }
  const patterns = languages.definitions.map(({ id }) => {
    const grammar = languages.grammar(id);
    for (const rule of grammar === undefined ? [] : set.rules) {
      if (!looksAt(rule, id)) continue;
      problems.push(...compileRule(rule, grammar, (other) => languages.grammar(other)).problems);
    }
    if (grammar === undefined) return [`${id}.prepared.json`, '{}'];
    const looking = set.rules.filter((rule) => looksAt(rule, id));
    indexRules(looking, grammar, () => ({ problems: [] }));
    return [`${id}.prepared.json`, JSON.stringify(preparedFor(grammar))];
  });
  // A rule that is being written does not keep the rest from being built: its tests say what is wrong with it.
  for (const { message } of problems) process.stderr.write(`${message}\n`);
  const written = [['rules.json', writePreparedRules(set)], ...patterns];
  for (const [name, text] of written) writeFileSync(path.join(assets, name), text);
  process.stdout.write(JSON.stringify(written.map(([name]) => name)));
}

/** @param {string} name of an asset that is there already: the parser, a grammar, `languages.json` */
function asset(name) {
  return readFileSync(path.join(assets, name));
}

void main();
