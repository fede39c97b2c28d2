import { needsByRules } from '../../core/trace/needRules.ts';
import { reviewQueue as queueOf, type PlacedUnit, type QueueEntry } from '../../core/trace/reviewQueue.ts';
import type { ReviewSubject } from '../../core/trace/reviews.ts';
import { unitName } from '../../core/trace/reviews.ts';
import { reviewFile } from '../../core/trace/reviewText.ts';
import type { Snapshot } from '../../core/facts/snapshot.ts';
import type { ParamsOf } from '../../protocol/messages.ts';
import type {
  ReviewEntry,
  ReviewQueue,
  reviewsIn as inMessage,
  signOff as signOffMessage,
  SignOffResult,
} from '../../protocol/review.ts';
import type { Context } from '../context.ts';
import type { Folder } from '../folder.ts';
import type { Session } from '../session.ts';
import { location, range } from '../toLsp.ts';
import { foldersOf } from './traceTree.ts';

/** Entries of one answer: a list that nobody reads to its end. */
const MAX_ENTRIES = 5000;

/** `traceward/reviewQueue`: what is still to be reviewed. */
export function reviewQueue({ session }: Context): ReviewQueue {
  const all = session.folders.flatMap((folder) => queueOfFolder(folder).map((entry) => ({ folder, entry })));
  const left = all.filter(({ entry }) => entry.state !== 'done');
  return {
    entries: left.slice(0, MAX_ENTRIES).map(({ folder, entry }) => toEntry(session, folder, entry)),
    done: all.length - left.length,
    total: all.length,
    more: Math.max(0, left.length - MAX_ENTRIES),
  };
}

/** `traceward/reviewsIn`: what is and was to be reviewed in one file. */
export function reviewsIn(
  { session }: Context,
  { textDocument }: ParamsOf<typeof inMessage>,
): readonly ReviewEntry[] {
  const { folder, path } = session.placeOf(textDocument.uri);
  return queueOfFolder(folder)
    .filter((entry) => entry.location.path === path)
    .map((entry) => toEntry(session, folder, entry));
}

/** `traceward/signOff`: records with the fingerprints of now, who, when and at which commit. */
export async function signOff(
  { session }: Context,
  params: ParamsOf<typeof signOffMessage>,
): Promise<SignOffResult> {
  const [folder] = foldersOf(session, params.folder);
  if (folder === undefined) return { kind: 'files', files: [] };
  const by = params.by ?? nameOf(await folder.files?.git(['var', 'GIT_AUTHOR_IDENT']));
  if (by === undefined) return { kind: 'who' };
  const commit = (await folder.files?.git(['rev-parse', 'HEAD']))?.trim();
  const wanted = new Set(params.keys);
  const subjects = [
    ...queueOfFolder(folder)
      .filter(({ key }) => wanted.has(key))
      .flatMap((entry) => entry.subjects),
    ...params.keys.flatMap((key) => findingSubjects(folder, key)),
  ];
  const at = new Date().toISOString();
  const reason = params.reason?.trim() ?? '';
  const files = subjects.map((subject) => {
    const record = {
      subject,
      by,
      at,
      ...(commit !== undefined && { commit }),
      ...(reason !== '' && { reason }),
    };
    const { path, text } = reviewFile(record);
    return { uri: folder.uriOf(path), text };
  });
  return { kind: 'files', files };
}

/** What a key such as `finding weak-random src/a.c#f` accepts. */
function findingSubjects(folder: Folder, key: string): readonly ReviewSubject[] {
  const [, rule, unit] = /^finding (\S+) (.+)$/.exec(key) ?? [];
  if (rule === undefined || unit === undefined) return [];
  return unitsOf(folder.snapshot())
    .filter(({ name }) => name === unit)
    .map(({ fingerprint }) => ({ kind: 'finding', rule, unit, fingerprint }));
}

/** `R. Viewer <rv@example.org> 1767312000 +0100`, as git writes it. */
function nameOf(identity: string | undefined): string | undefined {
  const name = /^(.*?)\s*</.exec(identity ?? '')?.[1]?.trim();
  return name === '' ? undefined : name;
}

const queues = new WeakMap<Snapshot, readonly QueueEntry[]>();

/** Made once for each state of a folder: the view, the threads and a sign-off ask for the same. */
function queueOfFolder(folder: Folder): readonly QueueEntry[] {
  const snapshot = folder.snapshot();
  let queue = queues.get(snapshot);
  if (queue === undefined) {
    const { needs } = folder.project().config.trace;
    queue = queueOf(snapshot.trace, unitsOf(snapshot), ({ item }) =>
      [...item.needs, ...needsByRules(item, needs)].some(({ anyOf }) => anyOf.includes('review')),
    );
    queues.set(snapshot, queue);
  }
  return queue;
}

function unitsOf({ files }: Snapshot): PlacedUnit[] {
  return [...files.values()].flatMap((facts) => {
    const tagged = new Set(facts.tags.map(({ unit }) => unit));
    return facts.units.map((unit, index) => ({
      name: unitName({ path: facts.path, kind: unit.kind, name: unit.name }),
      fingerprint: facts.fingerprints[index] ?? '',
      location: { path: facts.path, range: unit.nameRange },
      whole: { path: facts.path, range: unit.range },
      isTagged: tagged.has(index),
    }));
  });
}

function toEntry(session: Session, folder: Folder, entry: QueueEntry): ReviewEntry {
  const { key, kind, state, label, reason, whole, records } = entry;
  return {
    folder: folder.uri,
    key,
    kind,
    state,
    label,
    reason,
    location: location(entry.location, (path) => session.uriOf(folder, path)),
    whole: range(whole.path === entry.location.path ? whole.range : entry.location.range),
    records: records.map(({ record: { by, at, commit, reason: why }, fits }) => ({
      by,
      at,
      ...(commit !== undefined && { commit }),
      ...(why !== undefined && { reason: why }),
      fits,
    })),
  };
}
