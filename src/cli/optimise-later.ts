/** Settings of V8 for runs that are over soon. */

const KEEP_SMALL = '--semi-space-growth-factor=1';
const PATIENCE = [
  '--invocation-count-for-feedback-allocation=30',
  '--invocation-count-for-maglev=4000',
  '--invocation-count-for-maglev-osr=1000',
  '--invocation-count-for-turbofan=30000',
  '--invocation-count-for-osr=5000',
];
/** V8 names its settings anew now and then, and complains of names that it does not know. */
const SETTINGS: ReadonlyMap<string, string> = new Map([
  ['v20', `--interrupt-budget=1500000 ${KEEP_SMALL}`],
  ['v22', [...PATIENCE, KEEP_SMALL].join(' ')],
  ['v24', [...PATIENCE, KEEP_SMALL].join(' ')],
]);

/**
 * Most of what a run that writes executes, it executes a few times. V8 would take a fifth of the whole run to optimise
 * that; with ten times its usual patience only what is really hot is optimised. Nor does its room for new objects grow,
 * which saves no time in so short a run and takes a sixth more memory.
 */
export function optimiseLater(): void {
  const [major = ''] = process.version.split('.');
  const settings = SETTINGS.get(major);
  if (settings !== undefined) process.getBuiltinModule('node:v8').setFlagsFromString(settings);
}
