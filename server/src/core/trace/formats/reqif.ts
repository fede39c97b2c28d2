import { readZip, textOfBytes } from '../../base/zip.ts';
import type { Outcome } from '../../base/problem.ts';
import type { BytesFormat, SourceFacts, TextFormat } from '../formats.ts';
import { joinReqif, readReqif } from '../reqif/readReqif.ts';
import type { SourceSettings } from '../sources.ts';

/** ReqIF: requirements as tools exchange them. */
export const reqif: TextFormat = {
  title: 'ReqIF (.reqif)',
  input: 'text',
  candidates: ['**/*.{reqif,ReqIF}'],
  detect: (_, text) => /<(?:[\w.-]+:)?REQ-IF[\s>]/.test(text.slice(0, 20_000)),
  read: readReqif,
  join: joinReqif,
};

/** A zip of ReqIF documents with their attachments, of which only the documents are read. Lines are those of the document in it. */
export const reqifz: BytesFormat = {
  title: 'ReqIF archive (.reqifz)',
  input: 'bytes',
  candidates: ['**/*.{reqifz,ReqIFz}'],
  detect: (_, bytes) => bytes[0] === 0x50 && bytes[1] === 0x4b,
  read: readArchive,
  join: joinReqif,
};

function readArchive(path: string, bytes: Uint8Array, settings: SourceSettings): Outcome<SourceFacts> {
  const { value: entries, problems } = readZip(path, bytes, (entry) => /\.reqif$/i.test(entry));
  if (entries.size === 0 && problems.length === 0) {
    const message = 'There is no `.reqif` document in this archive.';
    return {
      value: { items: [] },
      problems: [{ code: 'reqif', severity: 'error', message, path }],
    };
  }
  const read = [...entries].map(([name, content]) => {
    const outcome = readReqif(path, textOfBytes(content), settings);
    const named =
      entries.size === 1
        ? outcome.problems
        : outcome.problems.map((each) => ({ ...each, message: `In ${name.slice(0, 100)}: ${each.message}` }));
    return { facts: outcome.value, problems: named };
  });
  const { value } = joinReqif(read.map(({ facts }) => ({ path, facts })));
  return {
    value,
    problems: [...problems, ...read.flatMap((each) => each.problems)],
  };
}
