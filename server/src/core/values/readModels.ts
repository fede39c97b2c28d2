import { nearestAmong } from '../base/nearest.ts';
import { NameHints } from './nameHints.ts';
import { INPUT, type Effect, type FunctionModel, type Returned } from './models.ts';
import { readSizeExpression, type SizeExpression } from './sizeExpression.ts';

/** Models and constants by name, and what is wrong with the data: sentences that name function and key. */
export interface Models {
  readonly functions: ReadonlyMap<string, FunctionModel>;
  /** Numbers; for a constant of which only that is known, another one that is the same. */
  readonly constants: ReadonlyMap<string, number | string>;
  /** Functions that a handler of signals must not call. */
  readonly unsafeInHandlers: ReadonlySet<string>;
  /** Functions that start a thread or task, with the position of the argument that is its function. */
  readonly startsThreads: ReadonlyMap<string, number>;
  readonly hints: NameHints;
  readonly mistakes: readonly string[];
}

type Mapping = Readonly<Record<string, unknown>>;

const FILE_KEYS = ['functions', 'constants', 'unsafe-in-handlers', 'starts-threads', 'names'];
const FUNCTION_KEYS = ['does', 'returns', 'never-returns', 'arguments', 'like'];
const EFFECT_KEYS: Readonly<Record<string, readonly string[]>> = {
  reads: ['bytes'],
  apart: ['from', 'bytes'],
  writes: ['bytes', 'up-to', 'from', 'fill', 'input'],
  'reads-string': ['at-most', 'beside'],
  'writes-string': ['length', 'limit', 'append', 'not-empty'],
  'fills-string': ['limit'],
  'copies-string': ['from', 'bytes'],
  prints: [],
  scans: ['text'],
  leaves: [],
  frees: ['family'],
  keeps: [],
  needs: [],
  uses: [],
  sets: ['input'],
  computes: ['as'],
  marks: ['as', 'errors'],
};
const RETURN_KEYS: Readonly<Record<string, readonly string[]>> = {
  allocation: ['bytes', 'family', 'zeroed', 'null', 'replaces', 'copy-of'],
  number: ['from', 'to', 'input', 'not-zero-for', 'least', 'most', 'compares', 'with', 'at-most'],
  value: [],
  descriptor: [],
  within: ['null', 'byte', 'followed-by'],
  string: ['input', 'null', 'at-most'],
};

/** Reads model files, parsed from YAML. Later ones replace functions of earlier ones. */
export function readModels(files: readonly unknown[]): Models {
  const functions = new Map<string, FunctionModel>();
  const constants = new Map<string, number | string>();
  const unsafeInHandlers = new Set<string>();
  const startsThreads = new Map<string, number>();
  const hints = new NameHints();
  const mistakes: string[] = [];
  for (const file of files) {
    if (!isMapping(file)) {
      mistakes.push('A model file must be a mapping with `functions` or `constants`.');
      continue;
    }
    unknownKeys(file, FILE_KEYS, 'a model file', mistakes);
    const unsafe = file['unsafe-in-handlers'] ?? '';
    if (typeof unsafe !== 'string')
      mistakes.push('`unsafe-in-handlers` must be names with blanks between them.');
    else for (const name of namesIn(unsafe)) unsafeInHandlers.add(name);
    for (const [name, value] of Object.entries(mappingAt(file, 'starts-threads', mistakes))) {
      const position = /^arg([1-9])$/.exec(String(value))?.[1];
      if (position !== undefined) startsThreads.set(name, Number(position) - 1);
      else
        mistakes.push(
          `\`starts-threads\` must say which argument of ${name} is the thread's function: \`arg1\`, ...`,
        );
    }
    hints.read(mappingAt(file, 'names', mistakes), mistakes);
    for (const [name, value] of Object.entries(isMapping(file['constants']) ? file['constants'] : {})) {
      if (typeof value === 'number' || typeof value === 'string') constants.set(name, value);
      else
        mistakes.push(`The constant ${name} must be a number, or the name of another one that is the same.`);
    }
    for (const [names, value] of Object.entries(isMapping(file['functions']) ? file['functions'] : {})) {
      for (const name of namesIn(names)) {
        const model = new Reader(name, mistakes, functions).read(value);
        if (model !== undefined) functions.set(name, model);
      }
    }
  }
  return { functions, constants, unsafeInHandlers, startsThreads, hints, mistakes };
}

function mappingAt(file: Mapping, key: string, mistakes: string[]): Mapping {
  const value = file[key] ?? {};
  if (isMapping(value)) return value;
  mistakes.push(`\`${key}\` must be a mapping.`);
  return {};
}

function namesIn(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((each) => each !== '');
}

class Reader {
  readonly #name: string;
  readonly #mistakes: string[];
  readonly #known: ReadonlyMap<string, FunctionModel>;

  constructor(name: string, mistakes: string[], known: ReadonlyMap<string, FunctionModel>) {
    this.#name = name;
    this.#mistakes = mistakes;
    this.#known = known;
  }

  read(value: unknown): FunctionModel | undefined {
    const before = this.#mistakes.length;
    if (!isMapping(value)) {
      this.#refuse('must be a mapping.');
      return undefined;
    }
    unknownKeys(value, FUNCTION_KEYS, `the model of ${this.#name}`, this.#mistakes);
    const like = value['like'];
    if (like !== undefined) {
      const other = typeof like === 'string' ? this.#known.get(like) : undefined;
      if (other === undefined) this.#refuse('is `like` a function that has no model before it.');
      return other && { ...other, name: this.#name };
    }
    const does = value['does'] ?? [];
    const effects = Array.isArray(does) ? does.flatMap((each: unknown) => this.#effect(each) ?? []) : [];
    if (!Array.isArray(does)) this.#refuse('has `does` that is no list.');
    const returns = 'returns' in value ? this.#returned(value['returns']) : undefined;
    const parameters = value['arguments'];
    if (parameters !== undefined && typeof parameters !== 'number')
      this.#refuse('has `arguments` that is no number.');
    if (this.#mistakes.length > before) return undefined;
    return {
      name: this.#name,
      ends: value['never-returns'] === true,
      parameters: typeof parameters === 'number' ? parameters : undefined,
      does: effects,
      returns,
    };
  }

  #effect(value: unknown): Effect | undefined {
    const kind = isMapping(value) ? Object.keys(EFFECT_KEYS).find((key) => key in value) : undefined;
    if (!isMapping(value) || kind === undefined) {
      this.#refuse(`has an effect without one of: ${Object.keys(EFFECT_KEYS).join(', ')}.`);
      return undefined;
    }
    unknownKeys(value, [kind, ...(EFFECT_KEYS[kind] ?? [])], `\`${kind}\` of ${this.#name}`, this.#mistakes);
    const argument = this.#argument(value[kind]) ?? 0;
    switch (kind) {
      case 'reads':
        return { is: kind, argument, bytes: this.#needed(value, 'bytes') };
      case 'apart':
        return {
          is: kind,
          argument,
          from: this.#argument(value['from']) ?? 0,
          bytes: this.#needed(value, 'bytes'),
        };
      case 'writes':
        return {
          is: kind,
          argument,
          bytes: this.#needed(value, 'bytes'),
          upTo: value['up-to'] === true,
          from: 'from' in value ? this.#argument(value['from']) : undefined,
          fill: this.#size(value, 'fill'),
          input: value['input'] === true,
        };
      case 'reads-string':
        return {
          is: kind,
          argument,
          atMost: this.#size(value, 'at-most'),
          beside: 'beside' in value ? this.#argument(value['beside']) : undefined,
        };
      case 'writes-string':
        return {
          is: kind,
          argument,
          length: value['length'] === 'input' ? INPUT : this.#needed(value, 'length'),
          limit: this.#size(value, 'limit'),
          append: value['append'] === true,
          notEmpty: value['not-empty'] === true,
        };
      case 'fills-string':
        return { is: kind, argument, limit: this.#size(value, 'limit') };
      case 'copies-string':
        return {
          is: kind,
          argument,
          from: this.#argument(value['from']) ?? 0,
          bytes: this.#needed(value, 'bytes'),
        };
      case 'prints':
      case 'leaves':
        return { is: kind, argument };
      case 'scans':
        return { is: kind, argument, text: 'text' in value ? this.#argument(value['text']) : undefined };
      case 'frees':
        return { is: kind, argument, family: textOf(value['family'], 'heap') };
      case 'sets':
        return { is: kind, argument, input: value['input'] === true };
      case 'computes':
        return { is: kind, argument, of: this.#needed(value, 'as') };
      case 'marks': {
        const errors = isMapping(value['errors']) ? value['errors'] : {};
        return {
          is: kind,
          argument,
          mark: textOf(value['as'], ''),
          errors: Object.fromEntries(
            Object.entries(errors).map(([mark, event]) => [mark, textOf(event, '')]),
          ),
        };
      }
      default:
        return { is: kind === 'keeps' || kind === 'uses' ? kind : 'needs', argument };
    }
  }

  #returned(value: unknown): Returned | undefined {
    if (typeof value === 'string') {
      const fails = value.endsWith('-or-null');
      const argument = this.#argument(value.replace(/-or-null$/, ''));
      return argument === undefined ? undefined : { is: 'argument', argument, fails };
    }
    const kind = isMapping(value) ? Object.keys(RETURN_KEYS).find((key) => key in value) : undefined;
    if (!isMapping(value) || kind === undefined) {
      this.#refuse(`has \`returns\` without one of: ${Object.keys(RETURN_KEYS).join(', ')}.`);
      return undefined;
    }
    unknownKeys(value, [kind, ...(RETURN_KEYS[kind] ?? [])], `\`returns\` of ${this.#name}`, this.#mistakes);
    switch (kind) {
      case 'allocation':
        return {
          is: kind,
          bytes: this.#size(value, 'bytes'),
          family: textOf(value['family'], 'heap'),
          zeroed: value['zeroed'] === true,
          fails: value['null'] !== false,
          replaces: 'replaces' in value ? this.#argument(value['replaces']) : undefined,
          copyOf: 'copy-of' in value ? this.#argument(value['copy-of']) : undefined,
          reason: value['null'] === 'result' ? 'result' : 'allocation',
        };
      case 'number':
        return {
          is: kind,
          lo: this.#size(value, 'from'),
          hi: this.#size(value, 'to'),
          input:
            typeof value['input'] === 'string'
              ? (this.#argument(value['input']) ?? false)
              : value['input'] === true,
          notZeroFor:
            'not-zero-for' in value
              ? {
                  argument: this.#argument(value['not-zero-for']) ?? 0,
                  least: numberOr(value['least']),
                  most: numberOr(value['most']),
                }
              : undefined,
          compares:
            'compares' in value
              ? {
                  one: this.#argument(value['compares']) ?? 0,
                  other: this.#argument(value['with']) ?? 0,
                  atMost: this.#size(value, 'at-most'),
                }
              : undefined,
        };
      case 'descriptor':
        return { is: kind };
      case 'value':
        return { is: kind, of: this.#needed(value, 'value') };
      case 'within':
        return {
          is: kind,
          argument: this.#argument(value[kind]) ?? 0,
          fails: value['null'] !== false,
          followed: this.#size(value, 'followed-by'),
          byte: 'byte' in value ? this.#argument(value['byte']) : undefined,
        };
      default:
        return {
          is: 'string',
          input: value['input'] === true,
          fails: value['null'] !== false,
          most: numberOr(value['at-most']),
        };
    }
  }

  #argument(value: unknown): number | undefined {
    const match = typeof value === 'string' ? /^arg([1-9]\d?)$/.exec(value) : null;
    if (match === null) {
      this.#refuse(`names an argument as \`${String(value)}\`: write \`arg1\` for the first one.`);
      return undefined;
    }
    return Number(match[1]) - 1;
  }

  #size(value: Mapping, key: string): SizeExpression | undefined {
    if (!(key in value)) return undefined;
    const given = value[key];
    if (typeof given === 'number') return { is: 'number', value: given };
    const read = typeof given === 'string' ? readSizeExpression(given) : undefined;
    if (read === undefined)
      this.#refuse(`has \`${key}: ${String(given)}\`, which is no size such as \`strlen(arg2) + 1\`.`);
    return read;
  }

  #needed(value: Mapping, key: string): SizeExpression {
    if (!(key in value)) this.#refuse(`has no \`${key}\`.`);
    return this.#size(value, key) ?? { is: 'number', value: 0 };
  }

  #refuse(text: string): void {
    this.#mistakes.push(`The model of ${this.#name} ${text}`);
  }
}

function unknownKeys(value: Mapping, known: readonly string[], what: string, mistakes: string[]): void {
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    const [near] = nearestAmong(known)(key, 1);
    mistakes.push(`\`${key}\` is no key of ${what}${near === undefined ? '' : `: \`${near}\`?`}`);
  }
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}

function numberOr(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
