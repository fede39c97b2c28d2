// Reads and parses files in one thread and does nothing else: the floor of every analysis. Prints how many bytes.
//   node test/bench/bareParse.mjs ASSETS FILE-WITH-LIST      the list: JSON, [[language, path], ...]
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Language, Parser } from 'web-tree-sitter';

const [assets, list] = process.argv.slice(2);
await Parser.init({ wasmBinary: readFileSync(join(assets, 'tree-sitter.wasm')) });
const parsers = new Map();
let bytes = 0;
for (const [language, path] of JSON.parse(readFileSync(list, 'utf8'))) {
  let parser = parsers.get(language);
  if (parser === undefined) {
    parser = new Parser();
    parser.setLanguage(await Language.load(readFileSync(join(assets, `${language}.wasm`))));
    parsers.set(language, parser);
  }
  const text = readFileSync(path, 'utf8');
  bytes += text.length;
  parser.parse(text)?.delete();
}
process.stdout.write(String(bytes));
