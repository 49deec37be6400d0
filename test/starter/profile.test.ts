/** The profile minimal: less of the same stack, which fits together as the whole does and says what it leaves out. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { generateStarter } from '../../src/starter/generate.ts';
import { CROSS_CHECKS } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkHcl, providerSchemas } from '../checks/hcl.ts';
import { checkKustomizations } from '../checks/kustomize.ts';
import { checkPromql } from '../checks/promql.ts';
import { chartroom, example, readTree, scratch } from '../cli/run.ts';
import { exampleInput } from './platform-aws.ts';

describe.each(['platform-aws', 'market-hall-aws'])('%s with the profile minimal', name => {
  const input = exampleInput(name);
  const full = generateStarter(input);
  const minimal = generateStarter({ ...input, profile: 'minimal' });

  test('has no file that the whole has not, and fewer of them', () => {
    expect([...minimal.files.keys()].filter(path => !full.files.has(path))).toEqual([]);
    expect(minimal.files.size).toBeLessThan(full.files.size - 15);
  });
  test.each(CROSS_CHECKS)('$says', ({ check }) => {
    expect(check(minimal.files).map(formatFinding)).toEqual([]);
  });
  test('builds, and its infrastructure refers to nothing that is left out', async () => {
    expect([...checkKustomizations(minimal.files), ...checkPromql(minimal.files)].map(formatFinding)).toEqual(
      [],
    );
    expect(await checkHcl(minimal.files, [providerSchemas('aws-6.25.0')])).toEqual([]);
  });
  test('names each part that was decided and left out in the README and in the confirmation of its record', () => {
    const left = minimal.notGenerated.filter(
      part => !full.notGenerated.some(({ decision }) => decision === part.decision),
    );
    expect(left.length).toBeGreaterThan(0);
    for (const { decision, because } of left) {
      expect(because).toContain('profile minimal');
      expect(minimal.files.get('README.md')).toContain(because.slice(0, 40));
      expect(minimal.checks.filter(check => check.decision === decision)).toContainEqual(
        expect.objectContaining({ says: expect.stringContaining('left out by the profile minimal') }),
      );
    }
  });
  test('leaves out nothing of security, delivery, the network, the way in, secrets, metrics or backups', () => {
    const decisions = minimal.notGenerated.map(({ decision }) => decision);
    const kept = ['policy-engine', 'image-signing', 'gitops', 'cni', 'edge', 'human-access'];
    expect(decisions.filter(decision => kept.includes(decision))).toEqual([]);
  });
});

test('as a flag, it is told in the records that are written', () => {
  const out = join(scratch(), 'out');
  const { code } = chartroom(['decide', example('platform-aws'), '--profile', 'minimal', '--out', out]);
  expect(code).toBe(0);
  const records = [...readTree(out)].filter(([path]) => path.startsWith('docs/adr/'));
  const telling = records.filter(([, text]) => text.includes('left out by the profile minimal'));
  expect(telling.map(([path]) => /\d{4}-(\w+)/.exec(path)?.[1]).sort()).toEqual(
    expect.arrayContaining(['node', 'traces']),
  );
  // The next run knows how much was written, and says so where it is told otherwise.
  const again = chartroom(['decide', example('platform-aws'), '--out', out, '--dry-run']);
  expect(again.code).toBe(0);
  const other = chartroom([
    'decide',
    example('platform-aws'),
    '--profile',
    'full',
    '--out',
    out,
    '--dry-run',
  ]);
  expect(other.stderr).toContain('The profile was minimal here and is full now');
});
