import type { Invocation, Notification } from 'sarif';

import type { Problem } from '../base/problem.ts';
import type { LeftOut } from './evidence.ts';
import type { NotAnalysed } from './notAnalysed.ts';
import { locationOf } from './sarifPlace.ts';
import { counted, skipReason } from './text.ts';

const LEVELS = { error: 'error', warning: 'warning', information: 'note' } as const;

/** Problems with rules and configuration, and everything that was not analysed. */
export function invocationOf(limits: NotAnalysed, leftOut: LeftOut): Invocation {
  const isConfiguration = (problem: Problem) => problem.code.startsWith('config-');
  return {
    executionSuccessful: true,
    toolConfigurationNotifications: [
      ...leftOutNotifications(leftOut),
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

function leftOutNotifications({ testFiles, exclude, disabledRules }: LeftOut): Notification[] {
  const notifications: Notification[] = disabledRules.map((id) => ({
    descriptor: { id: 'rule-disabled' },
    level: 'note',
    message: { text: `The configuration switches off the rule ${id}.` },
  }));
  if (exclude.length > 0) {
    const text = `The configuration excludes files: ${exclude.join(', ')}.`;
    notifications.push({ descriptor: { id: 'files-excluded' }, level: 'note', message: { text } });
  }
  if (testFiles.length > 0) {
    notifications.push({
      descriptor: { id: 'test-code' },
      level: 'note',
      message: {
        text: `${counted(testFiles.length, 'file')} of test code: read for tags only, no rule looks at it.`,
      },
      locations: testFiles.map((path) => locationOf(path, undefined)),
    });
  }
  return notifications;
}

function problemNotification(problem: Problem): Notification {
  return {
    descriptor: { id: problem.code },
    level: LEVELS[problem.severity],
    message: { text: problem.message },
    ...(problem.path === undefined ? {} : { locations: [locationOf(problem.path, problem.range)] }),
  };
}
