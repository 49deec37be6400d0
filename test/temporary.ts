/** Whatever tests and the programs that they start write to the temporary directory lies in one folder, which goes when they end. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'chartroom-run-'));

export function setup(): void {
  // Windows reads the second one.
  Object.assign(process.env, { TMPDIR: folder, TEMP: folder });
}

export function teardown(): void {
  rmSync(folder, { recursive: true, force: true });
}
