// Writes docs/rules.md from the rule files, so that the page says what the rules say.
// Run with: node scripts/rule-docs.mjs [--check]
// With --check nothing is written; the exit code is 1 when the page differs.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { format, resolveConfig } from 'prettier';
import { parse } from 'yaml';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const page = join(root, 'docs', 'rules.md');
const topics = {
  memory: 'Memory',
  input: 'Input, files and processes',
  logic: 'Mistakes in logic',
  crypto: 'Cryptography and secrets',
  trace: 'Traceability',
};
const severities = { ERROR: 'error', WARNING: 'warning', INFO: 'note' };
const languageNames = { c: 'C', cpp: 'C++', csharp: 'C#', kotlin: 'Kotlin', rust: 'Rust', swift: 'Swift' };

const rules = readRules();
const options = (await resolveConfig(page)) ?? {};
const text = await format(pageText(rules), { ...options, parser: 'markdown' });
const isCurrent = current() === text;

if (process.argv.includes('--check')) {
  if (!isCurrent) {
    process.stderr.write('docs/rules.md is out of date.\nRun: node scripts/rule-docs.mjs\n');
    process.exitCode = 1;
  }
} else {
  if (!isCurrent) writeFileSync(page, text);
  process.stdout.write(`${rules.length} rules, docs/rules.md ${isCurrent ? 'is current' : 'written'}.\n`);
}

/** Every rule with the topic that its folder names, sorted by topic and id. */
function readRules() {
  const folder = join(root, 'rules');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.yaml'))
    .sort()
    .flatMap((path) => {
      const document = parse(readFileSync(join(folder, path), 'utf8'));
      const [, topic] = path.split('/');
      return document.rules.map((rule) => ({ ...rule, topic, path: `rules/${path}` }));
    });
}

function pageText(rules) {
  const sections = Object.entries(topics).map(([topic, title]) => {
    const members = rules.filter((rule) => rule.topic === topic);
    return `## ${title}\n\n${tableOf(members)}\n\n${members.map(sectionOf).join('\n\n')}`;
  });
  return `<!-- Written by scripts/rule-docs.mjs from the files in rules/. Do not edit. -->

# Built-in rules

${rules.length} rules for C, C++, C#, Kotlin, Rust and Swift. Each says what it found at the place, why that is a risk in a connected medical device, and
what to write instead; \`traceward rules explain ID\` prints the same in a terminal. Severities can be changed and rules
switched off in \`traceward.yaml\`.

${sections.join('\n\n')}
`;
}

function tableOf(members) {
  const rows = members.map(
    ({ id, severity, metadata }) =>
      `| [${id}](#${id}) | ${severities[severity]} | ${links(metadata.cwe, cweLink)} | ${(metadata.cert ?? []).join(', ')} |`,
  );
  return ['| Rule | Severity | CWE | CERT C |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function sectionOf({ id, languages, severity, metadata, path, fix }) {
  const facts = [
    `**${severities[severity]}**`,
    languages.map((language) => languageNames[language] ?? language).join(', '),
    ...(metadata.cwe ?? []),
    ...(metadata.cert ?? []).map((name) => `CERT ${name}`),
    `confidence ${metadata.confidence.toLowerCase()}`,
    ...(fix === undefined ? [] : ['has a quick fix']),
    `[rule and tests](../${path})`,
  ];
  return `### ${id}\n\n${facts.join(' · ')}\n\n${metadata.why.trim()}\n\n**Instead:** ${metadata['fix-guidance'].trim()}`;
}

function links(entries, link) {
  return (entries ?? []).map(link).join(', ');
}

function cweLink(entry) {
  const number = /^CWE-(\d+)/.exec(entry)?.[1];
  return `[CWE-${number}](https://cwe.mitre.org/data/definitions/${number}.html)`;
}

function current() {
  try {
    return readFileSync(page, 'utf8').replaceAll('\r\n', '\n');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
