/** Fields of an item that an attribute of ReqIF can hold. */
export const REQIF_FIELDS = ['id', 'title', 'text', 'status', 'tags', 'revision'] as const;
export type ReqifField = (typeof REQIF_FIELDS)[number];

/** LONG-NAMEs of attributes by field; the first that an object has a value for counts. */
export type Dialect = Readonly<Record<ReqifField, readonly string[]>>;

/** The names that the implementation guide of ReqIF gives, which most tools write. */
const STANDARD: Dialect = {
  id: ['ReqIF.ForeignID'],
  title: ['ReqIF.ChapterName', 'ReqIF.Name'],
  text: ['ReqIF.Text', 'ReqIF.Description'],
  status: ['ReqIF.ForeignState', 'Status', 'State'],
  tags: [],
  revision: [],
};

/**
 * Names that a tool writes beside the standard ones, by the value of `options: { tool: ... }`. Tools can be set up otherwise: `fields`
 * comes before any of these.
 */
export const DIALECTS = {
  standard: STANDARD,
  doors: {
    ...STANDARD,
    id: ['ReqIF.ForeignID', 'Object Identifier', 'Absolute Number'],
    title: [...STANDARD.title, 'Object Heading', 'Object Short Text'],
    text: [...STANDARD.text, 'Object Text'],
  },
  polarion: {
    ...STANDARD,
    id: ['ReqIF.ForeignID', 'ID', 'id'],
    title: [...STANDARD.title, 'Title', 'title'],
    text: [...STANDARD.text, 'Description', 'description'],
    status: [...STANDARD.status, 'status'],
  },
  'enterprise-architect': {
    ...STANDARD,
    id: ['ReqIF.ForeignID', 'Alias', 'GUID'],
    title: [...STANDARD.title, 'Name'],
    text: [...STANDARD.text, 'Notes'],
  },
  'reqif-studio': {
    ...STANDARD,
    id: ['ReqIF.ForeignID', 'ID'],
    title: [...STANDARD.title, 'Title'],
    text: [...STANDARD.text, 'Description', 'Text'],
  },
  eclipse: {
    ...STANDARD,
    id: ['ReqIF.ForeignID', 'ID'],
    title: [...STANDARD.title, 'Headline', 'Title'],
    text: [...STANDARD.text, 'Description', 'Text'],
  },
} as const satisfies Readonly<Record<string, Dialect>>;

export const DIALECT_NAMES: readonly string[] = Object.keys(DIALECTS);

export function dialectNamed(name: string): Dialect | undefined {
  const known: Readonly<Record<string, Dialect>> = DIALECTS;
  return Object.hasOwn(known, name) ? known[name] : undefined;
}

/** LONG-NAMEs of the attributes of relations that Traceward writes: the revision that a link names, and its role. */
export const RELATION_REVISION = 'Traceward.Revision';
export const RELATION_ROLE = 'Traceward.Role';
