import type { TextFormat } from '../formats.ts';
import { readMicrosoft } from '../threatModels/microsoft.ts';
import { readOpenThreatModel } from '../threatModels/openThreatModel.ts';
import { readPytm } from '../threatModels/pytm.ts';
import { readThreagile } from '../threatModels/threagile.ts';
import { readThreatDragon } from '../threatModels/threatDragon.ts';
import { readTmBom } from '../threatModels/tmBom.ts';

/** So much of a file is looked at to tell its format. */
const HEAD = 200_000;
const has = (text: string, ...keys: readonly string[]) =>
  keys.every((key) => text.slice(0, HEAD).includes(`"${key}"`));

export const threatDragon: TextFormat = {
  title: 'OWASP Threat Dragon',
  input: 'text',
  candidates: ['**/*.json'],
  detect: (_, text) => has(text, 'detail', 'diagrams', 'summary'),
  read: readThreatDragon,
};

export const tmBom: TextFormat = {
  title: 'OWASP Threat Model Library (TM-BOM)',
  input: 'text',
  candidates: ['**/*.json'],
  detect: (_, text) => has(text, 'trust_zones', 'data_flows'),
  read: readTmBom,
};

export const openThreatModel: TextFormat = {
  title: 'Open Threat Model (OTM)',
  input: 'text',
  candidates: ['**/*.otm', '**/*.{json,yaml,yml}'],
  detect: (_, text) => /^\s*["']?otmVersion["']?\s*:/m.test(text.slice(0, HEAD)),
  read: readOpenThreatModel,
};

export const threagile: TextFormat = {
  title: 'Threagile',
  input: 'text',
  candidates: ['**/*.{yaml,yml}'],
  detect: (_, text) => /^threagile_version\s*:/m.test(text.slice(0, HEAD)),
  read: readThreagile,
};

export const pytm: TextFormat = {
  title: 'pytm (JSON)',
  input: 'text',
  candidates: ['**/*.json'],
  detect: (_, text) => has(text, 'elements', 'flows', 'boundaries'),
  read: readPytm,
};

export const microsoftThreatModel: TextFormat = {
  title: 'Microsoft Threat Modeling Tool (.tm7)',
  input: 'text',
  candidates: ['**/*.tm7'],
  detect: (path, text) => path.endsWith('.tm7') && text.slice(0, 5000).includes('ThreatModel'),
  read: readMicrosoft,
};
