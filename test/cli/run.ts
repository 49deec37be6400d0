/** Runs the built program as a user would, in a process of its own. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');
export const EXAMPLES = [
  'small-saas-gcp',
  'platform-aws',
  'regulated-azure',
  'onprem-airgap',
  'steel-works-talos',
  'agency-site-aws',
  'claims-desk-aws',
  'museum-tickets-azure',
  'clinic-letters-azure',
  'market-hall-aws',
  'harvest-data-gcp',
  'city-services-azure',
  'booking-portal-aws',
  'shift-rota-aws',
  'city-libraries-aws',
  'parcel-tracking-aws',
  'ride-dispatch-gcp',
  'concert-tickets-gcp',
  'booking-desk-aws',
  'harbour-pilots-kubeadm',
  'lecture-labs-gcp',
] as const;
export const example = (name: string): string => join(root, 'examples', `${name}.yaml`);

export interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function chartroom(
  args: readonly string[],
  options: { input?: string | Buffer; cwd?: string; asNobody?: true; clock?: string } = {},
): Result {
  const run = spawnSync(process.execPath, [join(root, 'bin/chartroom.js'), ...args], {
    cwd: options.cwd ?? root,
    input: options.input ?? '',
    encoding: 'utf8',
    // No permission stops root, and test machines often run as root.
    ...(options.asNobody && process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}),
    env: {
      ...process.env,
      NO_COLOR: '1',
      CHARTROOM_CONFIG_DIR: join(tmpdir(), 'chartroom-no-config'),
      ...(options.clock !== undefined && {
        NODE_OPTIONS: `--require ${join(root, 'test/cli/clock.cjs')}`,
        CHARTROOM_TEST_CLOCK: options.clock,
      }),
    },
  });
  if (run.error !== undefined) throw run.error;
  return { code: run.status, stdout: run.stdout, stderr: run.stderr };
}

export const scratch = (): string => mkdtempSync(join(tmpdir(), 'chartroom-test-'));

/** Every file below a directory, by relative path. */
export function readTree(directory: string): Map<string, string> {
  return new Map(
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
      .map((path): [string, string] => [relative(directory, path), readFileSync(path, 'utf8')])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
