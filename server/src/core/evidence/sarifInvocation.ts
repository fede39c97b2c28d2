import type { Invocation, Notification } from 'sarif';

import type { Problem } from '../base/problem.ts';
import type { NotAnalysed } from './notAnalysed.ts';
import { locationOf } from './sarifPlace.ts';
import { counted, skipReason } from './text.ts';

const LEVELS = { error: 'error', warning: 'warning', information: 'note' } as const;

/** Problems with rules and configuration, and everything that was not analysed. */
export function invocationOf(limits: NotAnalysed): Invocation {
  const isConfiguration = (problem: Problem) => problem.code.startsWith('config-');
  return {
    executionSuccessful: true,
    toolConfigurationNotifications: [
      ...limits.rules.map(problemNotification),
      ...limits.problems.filter(isConfiguration).map(problemNotification),
    ],
    toolExecutionNotifications: [
      ...limits.skipped.map((file) => ({
        descriptor: { id: 'file-not-analysed' },
        level: 'warning' as const,
        message: { text: `Not analysed (${skipReason(file.reason)}): ${file.detail}.` },
        locations: [locationOf(file.path, undefined)],
        properties: { reason: file.reason, ...(file.bytes === undefined ? {} : { bytes: file.bytes }) },
      })),
      ...limits.unparsed.map((file) => ({
        descriptor: { id: 'code-not-parsed' },
        level: 'note' as const,
        message: {
          text: `${file.unparsedBytes} of ${counted(file.bytes, 'byte')} could not be parsed (${counted(file.ranges.length, 'place')}): rules see nothing there.`,
        },
        locations: file.ranges.map((range) => locationOf(file.path, range)),
        properties: { bytes: file.bytes, bytesNotParsed: file.unparsedBytes },
      })),
      ...limits.problems.filter((problem) => !isConfiguration(problem)).map(problemNotification),
    ],
  };
}

function problemNotification(problem: Problem): Notification {
  return {
    descriptor: { id: problem.code },
    level: LEVELS[problem.severity],
    message: { text: problem.message },
    ...(problem.path === undefined ? {} : { locations: [locationOf(problem.path, problem.range)] }),
  };
}
