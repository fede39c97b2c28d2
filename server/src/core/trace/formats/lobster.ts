import { jsonData, jsonList, jsonText, readJson, type JsonNode } from '../../base/jsonDocument.ts';
import type { TextFormat } from '../formats.ts';
import { approvalOf } from '../foreignWords.ts';
import { newItem, type AttributeValue, type DeclaredLink, type Item, type ItemKind } from '../item.ts';

const KINDS: Readonly<Record<string, ItemKind>> = {
  'lobster-req-trace': 'requirement',
  'lobster-imp-trace': 'unit',
  'lobster-act-trace': 'test',
};
const OWN: ReadonlySet<string> = new Set(['tag', 'name', 'text', 'refs', 'status', 'kind']);

/** LOBSTER: requirements, implementations and activities as its tools exchange them. */
export const lobster: TextFormat = {
  title: 'LOBSTER (.lobster)',
  input: 'text',
  candidates: ['**/*.lobster'],
  detect: (_, text) => /"schema"\s*:\s*"lobster-/.test(text),
  read: (path, text) => {
    const { value: root, problems } = readJson(path, text);
    const schema = jsonText(root, 'schema');
    const kind = Object.hasOwn(KINDS, schema) ? KINDS[schema] : undefined;
    if (root !== undefined && kind === undefined) {
      const message = `\`${schema.slice(0, 60)}\` is no schema of LOBSTER that is read here (${Object.keys(KINDS).join(', ')}).`;
      return {
        value: { items: [] },
        problems: [...problems, { code: 'lobster', severity: 'error', message, path, range: root.range }],
      };
    }
    const items = jsonList(root, 'data').flatMap((entry) => itemOf(path, entry, kind ?? 'requirement') ?? []);
    return { value: { items }, problems };
  },
};

function itemOf(path: string, entry: JsonNode, kind: ItemKind): Item | undefined {
  const written = jsonText(entry, 'tag');
  const { id, revision } = nameOf(written);
  if (id === '') return undefined;
  const range = entry.entries.get('tag')?.range ?? entry.range;
  const text = jsonText(entry, 'text');
  const status = jsonText(entry, 'status');
  const type = jsonText(entry, 'kind');
  const reasons = ['just_up', 'just_down', 'just_global']
    .flatMap((key) => textsOf(entry, key))
    .map(({ text: each }) => each);
  const place = entry.entries.get('location');
  const file = jsonText(place, 'file') || jsonText(place, 'filename');
  const name = jsonText(entry, 'name');
  const link = kind === 'test' ? 'verifies' : kind === 'unit' ? 'implements' : 'derives';
  return newItem({
    id,
    kind,
    title: name,
    ...(text !== '' && { text }),
    ...(revision !== undefined && { revision }),
    // The state of an activity is that of its run, not of its approval.
    approval: kind === 'requirement' ? approvalOf(status) : 'approved',
    ...(reasons.length > 0 && { justification: reasons.join('\n') }),
    links: textsOf(entry, 'refs').map((ref): DeclaredLink => {
      const target = nameOf(ref.text);
      return {
        type: link,
        to: target.id,
        ...(target.revision !== undefined && { revision: target.revision }),
        location: { path, range: ref.range },
      };
    }),
    attributes: Object.fromEntries(
      [...entry.entries]
        .filter(([key]) => !OWN.has(key))
        .map(([key, value]): [string, AttributeValue] => [key, jsonData(value)]),
    ),
    origin: {
      format: 'lobster',
      id: written,
      ...(type !== '' && { type }),
      ...(status !== '' && { status }),
    },
    location: { path, range },
    ...(kind === 'unit' && file !== '' && { unit: { path: file, name: name || id, kind: 'declaration' } }),
  });
}

/** `req pkg.name@3`: requirements go by their name alone, as tags in code write them; others keep their namespace. */
function nameOf(tag: string): { readonly id: string; readonly revision?: number } {
  const blank = tag.indexOf(' ');
  const at = tag.indexOf('@', blank + 1);
  const name = tag.slice(blank + 1, at < 0 ? undefined : at).trim();
  const version = at < 0 ? '' : tag.slice(at + 1);
  const id = tag.startsWith('req ') || blank < 0 ? name : `${tag.slice(0, blank)} ${name}`;
  return { id: name === '' ? '' : id, ...(/^\d{1,9}$/.test(version) && { revision: Number(version) }) };
}

function textsOf(entry: JsonNode, key: string): readonly { text: string; range: JsonNode['range'] }[] {
  return jsonList(entry, key).flatMap(({ scalar, range }) =>
    typeof scalar === 'string' && scalar !== '' ? [{ text: scalar, range }] : [],
  );
}
