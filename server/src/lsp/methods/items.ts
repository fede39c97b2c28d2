import { compareText } from '../../core/base/order.ts';
import type {
  listItems as listMessage,
  locateItem as locateMessage,
  ParamsOf,
  ResultOf,
} from '../../protocol/messages.ts';
import type { Context } from '../context.ts';
import { location } from '../toLsp.ts';
import { isCounted, statusOf } from '../traceNodes.ts';
import { foldersOf } from './traceTree.ts';

/** `traceward/locateItem`: where an id is declared. */
export function locateItem(
  { session }: Context,
  params: ParamsOf<typeof locateMessage>,
): ResultOf<typeof locateMessage> {
  return foldersOf(session, params.folder).flatMap((folder) =>
    (folder.snapshot().trace.byId.get(params.id) ?? []).map(({ item }) =>
      location(item.location, (path) => session.uriOf(folder, path)),
    ),
  );
}

/** `traceward/listItems`: every item that counts, sorted by id. */
export function listItems(
  { session }: Context,
  params: ParamsOf<typeof listMessage>,
): ResultOf<typeof listMessage> {
  return session.folders
    .flatMap((folder) =>
      folder
        .snapshot()
        .trace.items.filter((each) => isCounted(each) && (params.kind ?? each.item.kind) === each.item.kind)
        .map((each) => ({
          id: each.item.id,
          kind: each.item.kind,
          title: each.item.title,
          status: statusOf(each),
          location: location(each.item.location, (path) => session.uriOf(folder, path)),
        })),
    )
    .sort((a, b) => compareText(a.id, b.id));
}
