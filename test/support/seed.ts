/**
 * Loaded before all tests. Properties are checked on the same values in every run, so that a change is judged by what it changes;
 * `npm run fuzz` gives other seeds.
 */
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env['TRACEWARD_SEED'] ?? 1) });
