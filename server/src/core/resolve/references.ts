import type { Node } from '../ast/node.ts';
import type { NamesProfile } from '../syntax/language.ts';

const LABELLED = new Set(['goto', 'break', 'continue', 'labeled']);

/** Parents and the role of a name in them that is no use of a declared name. */
const NAME_OF = new Set(['member', 'keyword', 'import', 'importName']);

/** False for names that mean something only together with what stands around them: members, labels, keyword arguments, fields. */
export function isReference(identifier: Node, { keyExpressions = false }: NamesProfile): boolean {
  const { parent, role } = identifier;
  if (parent === undefined) return true;
  if (role === 'label') return !LABELLED.has(parent.kind);
  if (role === 'name' && NAME_OF.has(parent.kind)) return false;
  if (role === 'module' && parent.kind === 'import') return false;
  if (role === 'key' && parent.kind === 'pair') return keyExpressions;
  return true;
}
