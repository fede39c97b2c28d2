// Runs one command and never outlives whoever started it: standard input is the lifeline. When the parent ends, for
// whatever reason (also SIGKILL), the pipe closes and this process ends its whole process group, itself included.
// Usage: node guard.mjs COMMAND ARG...   started detached (own process group) with stdin as a pipe; see processes.mjs.
import { spawn, spawnSync } from 'node:child_process';

const [command, ...args] = process.argv.slice(2);
if (command === undefined) throw new Error('guard.mjs needs a command');

const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });

let orphaned = false;

function endGroup() {
  if (orphaned) return;
  orphaned = true;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(process.pid), '/T', '/F']);
    return;
  }
  // Politely first, so that temporary folders are removed; then all of it, this process included.
  process.kill(-process.pid, 'SIGTERM');
  setTimeout(() => process.kill(-process.pid, 'SIGKILL'), 1500);
}

process.stdin.on('end', endGroup).on('error', endGroup).resume();
// The group's SIGTERM reaches the child as well: wait for it, so that it can end in its own way.
process.on('SIGTERM', () => undefined);
process.on('SIGINT', () => undefined);
child.on('error', (error) => {
  console.error(`Cannot start ${command}: ${error.message}`);
  process.exit(127);
});
child.on('exit', (code, signal) => {
  // Others of the group may still be cleaning up.
  if (orphaned) return;
  process.exit(code ?? (signal === null ? 1 : 143));
});
