/** scripts/rollout.sh of ECS, run with a program that stands for aws and writes down what it is asked. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ecsFargate } from '../../src/starter/serverless-service/ecs.ts';
import { ecsInput } from './ecs-input.ts';

const work = mkdtempSync(join(tmpdir(), 'chartroom-rollout-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const script = ecsFargate(ecsInput()).files.get('scripts/rollout.sh') ?? '';

/** Deployments are called after their service; that of `orders` was sent back, and the list of services may fail. */
const AWS = `#!/bin/bash
value() { while [ $# -gt 0 ]; do [ "$1" = "$WANTED" ] && { echo "$2"; return; }; shift; done; }
case "$2" in
  list-services) [ -z "$BROKEN" ] || exit 3
    echo '{"serviceArns": ["arn:x/web", "arn:x/orders", "arn:x/worker"]}' ;;
  list-service-deployments) WANTED=--service
    echo '{"serviceDeployments": [{"createdAt": 1, "serviceDeploymentArn": "of-'"$(value "$@")"'"}]}' ;;
  describe-service-deployments) case "$*" in
      *of-orders*) echo '{"serviceDeployments": [{"status": "ROLLBACK_SUCCESSFUL", "statusReason": "an alarm rang"}]}' ;;
      *) echo '{"serviceDeployments": [{"status": "SUCCESSFUL"}]}' ;;
    esac ;;
  update-service) echo "$*" >> "$ROOT/asked" ;;
esac
`;

function rollOut(given: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const root = mkdtempSync(join(work, 'tree-'));
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { mode: 0o755 });
  };
  put('scripts/rollout.sh', script);
  put('infra/ecs/envs/production.tfvars', 'name   = "shop"\nregion = "eu-central-1"\n');
  put('bin/aws', AWS);
  put('asked', '');
  const { status, stdout, stderr } = spawnSync('bash', [join(root, 'scripts/rollout.sh'), ...given], {
    encoding: 'utf8',
    env: {
      ...process.env,
      ROOT: root,
      BROKEN: '',
      PATH: `${join(root, 'bin')}:${process.env.PATH}`,
      ...environment,
    },
  });
  return {
    status,
    said: stdout.trim().split('\n').sort(),
    stderr,
    asked: readFileSync(join(root, 'asked'), 'utf8'),
  };
}

const hasJq = spawnSync('jq', ['--version']).status === 0;
if (!hasJq) process.stderr.write('jq is not here: scripts/rollout.sh of ECS is not run\n');

describe.skipIf(!hasJq)('a rollout', () => {
  test('is watched of every service, and fails where one of them was sent back', () => {
    const { status, said, stderr } = rollOut(['watch', 'production']);
    expect(said).toEqual(['orders: ROLLBACK_SUCCESSFUL -', 'web: SUCCESSFUL -']);
    expect(stderr).toContain('orders: an alarm rang');
    expect(status).toBe(1);
  });

  test('is watched of the one that is named', () => {
    expect(rollOut(['watch', 'production'], { SERVICE: 'web' })).toMatchObject({
      status: 0,
      said: ['web: SUCCESSFUL -'],
    });
  });

  test('fails where nobody says which services there are', () => {
    expect(rollOut(['watch', 'production'], { BROKEN: 'yes' }).status).not.toBe(0);
  });

  test('is taken back of one service, to a revision of its own', () => {
    const { status, asked } = rollOut(['back', 'production', '41'], { SERVICE: 'orders' });
    expect(status).toBe(0);
    expect(asked).toContain('--service orders --task-definition shop-orders:41');
    expect(asked.trim().split('\n')).toHaveLength(1);
  });
});
