/**
 * How much of real C and C++ no rule can look at: bytes in ERROR nodes with the bare grammars and with the views.
 *
 * Usage: node --import tsx test/bench/unparsed.bench.ts FOLDER...
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { unparsedOf } from '../../server/src/core/facts/unparsed.ts';
import { freeFile, NO_PREPROCESSING, parseFile } from '../../server/src/core/syntax/parsedFile.ts';
import { freeTree, parseText } from '../../server/src/core/syntax/syntaxTree.ts';
import { loadLanguages } from '../support/engine.ts';

const languages = await loadLanguages();

process.stdout.write('| Sources | MB | Bare grammar | View |\n| ------- | -- | ------------ | ---- |\n');
for (const folder of process.argv.slice(2)) {
  let bytes = 0;
  let bare = 0;
  let viewed = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const id = languages.ofPath(file)?.id;
    if (id !== 'c' && id !== 'cpp') continue;
    const text = readFileSync(file, 'latin1');
    const grammar = languages.grammar(languages.ofFile(file, text)?.id ?? id);
    if (grammar === undefined || text.length > 3_000_000) continue;
    const main = parseText(grammar, text);
    const parsed = parseFile(grammar, text, NO_PREPROCESSING);
    freeTree(main);
    freeFile(parsed);
    bytes += text.length;
    bare += unparsedOf({ main, others: [], left: [], uses: NO_PREPROCESSING.uses, viewed: undefined }).bytes;
    viewed += unparsedOf(parsed).bytes;
  }
  const share = (part: number): string => `${((100 * part) / bytes).toFixed(2)} %`;
  process.stdout.write(
    `| ${path.basename(folder)} | ${(bytes / 1e6).toFixed(1)} | ${share(bare)} | ${share(viewed)} |\n`,
  );
}
