import type { ToolIdentity } from './evidence.ts';

/** What evidence names as its maker. A test keeps the version in step with the package's. */
export const TOOL: ToolIdentity = { name: 'Traceward', version: '0.1.0' };
