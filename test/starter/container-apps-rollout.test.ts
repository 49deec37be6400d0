/** scripts/rollout.sh on Container Apps, run with a program that stands for az. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { containerApps } from '../../src/starter/serverless-service/container-apps.ts';
import { containerAppsInput } from './container-apps-input.ts';

const work = mkdtempSync(join(tmpdir(), 'chartroom-rollout-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));
const { files } = containerApps(containerAppsInput());

/** Two services: of `shop` a new revision waits beside the old one, `web` has only one. */
const AZ = `#!/usr/bin/env bash
echo "$*" >> "$ROOT/asked"
app=$(sed -nE 's/.*--name ([a-z]+).*/\\1/p' <<< "$*")
case "$*" in
  "containerapp list"*) echo web; echo shop ;;
  "containerapp show"*)
    serving=$app--old
    if [ "$app" = web ]; then serving=$app--new; fi
    echo '{"id": "it", "properties": {"latestRevisionName": "'"$app"'--new", "configuration": {"ingress": {"traffic": [{"weight": 100, "revisionName": "'"$serving"'"}]}}}}' ;;
  "containerapp revision list"*)
    for revision in "1 old" "2 new"; do
      echo '{"name": "'"$app--\${revision#* }"'", "properties": {"active": true, "createdTime": "'"\${revision% *}"'", "provisioningState": "Provisioned", "runningState": "Running"}}'
    done | jq -s . ;;
  "monitor metrics"*)
    echo '{"value": [{"timeseries": [{"metadatavalues": [{"name": {"value": "statuscodecategory"}, "value": "5xx"}], "data": [{"total": '"$FAILED"'}]}]}]}' ;;
esac
`;

function rollout(words: readonly string[], given: Readonly<Record<string, string>> = {}) {
  const root = mkdtempSync(join(work, 'tree-'));
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { mode: 0o755 });
  };
  put('bin/az', AZ);
  put('scripts/rollout.sh', files.get('scripts/rollout.sh') ?? '');
  const values = 'infra/container-apps/envs/production.tfvars';
  put(values, files.get(`${values}.example`) ?? '');
  const { status } = spawnSync(join(root, 'scripts/rollout.sh'), words, {
    encoding: 'utf8',
    env: { PATH: `${root}/bin:${process.env.PATH}`, ROOT: root, BAKE_SECONDS: '0', FAILED: '0', ...given },
  });
  const asked = readFileSync(join(root, 'asked'), 'utf8').split('\n');
  const sent = asked.flatMap(
    line => /ingress traffic set .*--revision-weight (.+) --output/.exec(line)?.[1] ?? [],
  );
  return { status, sent };
}

const hasJq = spawnSync('jq', ['--version']).status === 0;

describe.skipIf(!hasJq)('scripts/rollout.sh', () => {
  test('without a service all are moved forward, each by its own revisions', () => {
    const { status, sent } = rollout(['forward', 'production']);
    expect(status).toBe(0);
    expect([...sent].sort()).toEqual([
      'shop--new=100',
      'shop--new=25 shop--old=75',
      'shop--new=5 shop--old=95',
      'shop--new=50 shop--old=50',
      'web--new=100',
    ]);
  });
  test('a service that fails goes back, and the others go on', () => {
    const { status, sent } = rollout(['forward', 'production'], { FAILED: '50' });
    expect(status).toBe(1);
    expect(sent).toContain('web--new=100');
    expect(sent.at(-1) === 'web--new=100' ? sent.at(-2) : sent.at(-1)).toBe('shop--old=100');
  });
  test('SERVICE names the one that is moved or taken back; without it web is taken back', () => {
    expect(rollout(['forward', 'production'], { SERVICE: 'web' }).sent).toEqual(['web--new=100']);
    expect(rollout(['back', 'production', 'shop--old'], { SERVICE: 'shop' }).sent).toEqual(['shop--old=100']);
    expect(rollout(['back', 'production']).sent).toEqual(['web--old=100']);
  });
});
