import { setFlagsFromString } from 'node:v8';

import { processIo } from './processIo.ts';
import { run } from './run.ts';

// V8 of Node 20 compiles as soon as a function is warm, with all that it calls and that is not long. Here many are warm for a second and few for long: to
// wait four times as long saves a quarter of the CPU time of a scan, to take only short functions along another twelfth, and neither takes anything from a
// long scan. Other versions go about it in other ways.
if (process.versions.v8.startsWith('11.')) {
  setFlagsFromString('--interrupt-budget=500000');
  setFlagsFromString('--max-inlined-bytecode-size=60');
}

// Only the code is set: to exit here could cut off what is still being written.
void run(process.argv.slice(2), processIo()).then((code) => {
  process.exitCode = code;
});
