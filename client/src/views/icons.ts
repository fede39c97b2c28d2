import { ThemeColor, ThemeIcon } from 'vscode';

import type { TraceNode, TraceNodeKind, TraceNodeStatus } from '../../../server/src/protocol/messages.ts';

/** Codicon of each kind of row. */
export const kindIcons: Readonly<Record<TraceNodeKind, string | undefined>> = {
  asset: 'database',
  element: 'server-process',
  flow: 'arrow-both',
  zone: 'globe',
  component: 'package',
  threat: 'flame',
  vulnerability: 'bug',
  risk: 'dashboard',
  control: 'shield',
  requirement: 'checklist',
  design: 'symbol-structure',
  test: 'beaker',
  result: 'output',
  justification: 'law',
  unit: 'symbol-method',
  link: 'debug-disconnect',
  group: undefined,
};

/** Words for kinds, as headings and for screen readers. */
export const kindNames: Readonly<Record<TraceNodeKind, string>> = {
  asset: 'Asset',
  element: 'Element',
  flow: 'Data flow',
  zone: 'Trust zone',
  component: 'Component',
  threat: 'Threat',
  vulnerability: 'Vulnerability',
  risk: 'Risk',
  control: 'Control',
  requirement: 'Requirement',
  design: 'Design item',
  test: 'Test case',
  result: 'Test result',
  justification: 'Justification',
  unit: 'Code',
  link: 'Broken link',
  group: 'Group',
};

/** How a status looks and is read aloud. `icon` replaces the kind's icon, because what is wrong matters more. */
const looks: Readonly<Record<TraceNodeStatus, { icon?: string; color?: string; words: string }>> = {
  covered: { color: 'testing.iconPassed', words: 'covered' },
  gap: { icon: 'warning', color: 'problemsWarningIcon.foreground', words: 'has a gap' },
  below: {
    icon: 'arrow-circle-down',
    color: 'problemsWarningIcon.foreground',
    words: 'covered, with a gap further down',
  },
  broken: { icon: 'error', color: 'problemsErrorIcon.foreground', words: 'broken' },
  justified: { icon: 'note', color: 'problemsInfoIcon.foreground', words: 'gap accepted with a reason' },
  unreviewed: { icon: 'eye', color: 'problemsWarningIcon.foreground', words: 'to be reviewed' },
  none: { words: '' },
};

/** Icon of a row: a covered requirement gets a tick, everything else the icon of its kind in the colour of its status. */
export function iconOf(node: TraceNode): ThemeIcon | undefined {
  const look = looks[node.status];
  const name = iconNameOf(node);
  return name === undefined
    ? undefined
    : new ThemeIcon(name, look.color === undefined ? undefined : new ThemeColor(look.color));
}

/** Name of that icon. A heading has one only when what it promises is missing. */
export function iconNameOf(node: TraceNode): string | undefined {
  const look = looks[node.status];
  if (look.icon !== undefined && !(node.kind === 'group' && node.status === 'below')) {
    return look.icon;
  }
  return node.kind === 'requirement' && node.status === 'covered' ? 'pass' : kindIcons[node.kind];
}

/** The status in words, for screen readers: `SR-AUTH-003, requirement, has a gap, Lock after wrong PINs`. */
export function spoken(node: TraceNode): string {
  const kind = node.kind === 'group' ? '' : kindNames[node.kind].toLowerCase();
  return [node.label, kind, looks[node.status].words, node.description]
    .filter((part) => part !== '')
    .join(', ');
}
