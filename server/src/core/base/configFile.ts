/** Name of the configuration file at the root of a workspace. */
export const CONFIG_FILE = 'traceward.yaml';
