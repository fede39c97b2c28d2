import { processIo } from './processIo.ts';
import { run } from './run.ts';

// Only the code is set: to exit here could cut off what is still being written.
void run(process.argv.slice(2), processIo()).then((code) => {
  process.exitCode = code;
});
