/** scripts/machine-sets.sh of OpenShift in a cloud, run with a kubectl that writes down which sets it is asked to make. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { FileTree } from '../../src/files/tree.ts';
import { openshiftOnAws } from './openshift-aws-stack.ts';

const work = mkdtempSync(join(tmpdir(), 'chartroom-machine-sets-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const KUBECTL = `#!/bin/sh
case "$*" in
  *infrastructureName*) printf shop-x1 ;;
  *"get machinesets -o name"*) printf 'machineset/shop-x1-%s\\n' c a b ;;
  *"get machineset "*) exit 1 ;;
  "patch --local"*) for patch in "$@"; do :; done; printf '%s\\n---\\n' "$patch" >>"$ROOT/made" ;;
esac
`;

type Step = { readonly path: string; readonly value: unknown };

/** What each set differs in from the one of the installer: by its name, the values at their paths. */
function setsOf(files: FileTree): ReadonlyMap<unknown, ReadonlyMap<string, unknown>> {
  const root = mkdtempSync(join(work, 'tree-'));
  for (const folder of ['bin', 'scripts']) mkdirSync(join(root, folder));
  writeFileSync(join(root, 'bin/kubectl'), KUBECTL, { mode: 0o755 });
  writeFileSync(join(root, 'scripts/machine-sets.sh'), files.get('scripts/machine-sets.sh') ?? '');
  const { status, stderr } = spawnSync('bash', [join(root, 'scripts/machine-sets.sh'), 'production'], {
    encoding: 'utf8',
    env: { ...process.env, ROOT: root, PATH: `${join(root, 'bin')}:${process.env.PATH}` },
  });
  expect([status, stderr]).toEqual([0, '']);
  const patches = readFileSync(join(root, 'made'), 'utf8').split('\n---\n').slice(0, -1);
  return new Map(
    patches.map(patch => {
      const steps = (JSON.parse(patch) as readonly Step[]).map(({ path, value }) => [path, value] as const);
      const values = new Map(steps);
      return [(values.get('/metadata') as { name: string }).name, values];
    }),
  );
}

const TYPE = '/spec/template/spec/providerSpec/value/instanceType';

test('workloads have a set in each zone, of the machines that the installer was told of', () => {
  const sets = setsOf(openshiftOnAws().files);
  expect([...sets.keys()]).toEqual(['workload-1', 'workload-2', 'workload-3']);
  expect([...sets.values()].map(set => set.get(TYPE))).toEqual([undefined, undefined, undefined]);
});

test('the sandbox has machines of metal in each zone, which refuse all other pods, and workloads have others', () => {
  const sets = setsOf(openshiftOnAws({}, { 'tenant-isolation': 'sandbox' }).files);
  expect([...sets.keys()].filter(name => /sandbox/.test(String(name)))).toEqual([
    'sandbox-1',
    'sandbox-2',
    'sandbox-3',
  ]);
  expect(sets.get('sandbox-2')?.get(TYPE)).toBe('m7i.metal-24xl');
  expect(sets.get('sandbox-2')?.get('/spec/template/spec/taints')).toEqual([
    { key: 'platform/sandbox', effect: 'NoSchedule' },
  ]);
  expect(sets.get('workload-2')?.has(TYPE)).toBe(false);
});
