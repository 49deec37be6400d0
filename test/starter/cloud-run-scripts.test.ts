/** Scripts of Cloud Run, run with programs that stand for the cloud and write down what they are asked. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { cloudRun } from '../../src/starter/serverless-service/cloud-run.ts';
import { cloudRunInput } from './cloud-run-input.ts';

const work = mkdtempSync(join(tmpdir(), 'chartroom-rollout-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const { files } = cloudRun(cloudRunInput());

/** Every service has a revision 1, which serves, and a newer one, 2; of those of `orders` half of the requests fail. */
const PROGRAMS: Readonly<Record<string, string>> = {
  tofu: `[ "$1" = init ] || echo '{"web": {"here": "shop-web"}, "orders": {"here": "shop-orders"}}'`,
  curl: `failed=0; case "$*" in *shop-orders-2*) failed=100 ;; esac
echo '{"timeSeries": [
  {"metric": {"labels": {"response_code_class": "2xx"}}, "points": [{"value": {"int64Value": "100"}}]},
  {"metric": {"labels": {"response_code_class": "5xx"}}, "points": [{"value": {"int64Value": "'$failed'"}}]}]}'`,
  gcloud: `case "$*" in
  *"services describe"*) echo '{"status": {"latestReadyRevisionName": "'$4'-2", "latestCreatedRevisionName": "'$4'-2",
    "traffic": [{"percent": 100, "revisionName": "'$4'-1"}]}}' ;;
  *"revisions list"*) ready='"status": {"conditions": [{"type": "Ready", "status": "True"}]}'
    echo '[{"metadata": {"name": "the-one-before", "creationTimestamp": "1"}, '$ready'},
      {"metadata": {"name": "shop-orders-1", "creationTimestamp": "2"}, '$ready'}]' ;;
  *update-traffic*) echo "$4 $7" >> "$ROOT/asked" ;;
esac`,
  docker: 'true',
  cosign: 'echo "$2" >> "$ROOT/asked"',
};

/** What a script of a repository says, and what it asks for, in order of letters. */
function run(
  script: string,
  given: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  values = '',
) {
  const root = mkdtempSync(join(work, 'tree-'));
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { mode: 0o755 });
  };
  for (const [path, text] of files) if (path.startsWith('scripts/')) put(path, text);
  put('infra/cloud-run/envs/production.tfvars', `project_id = "acme-shop"\n${values}`);
  for (const [name, lines] of Object.entries(PROGRAMS)) put(`bin/${name}`, `#!/bin/bash\n${lines}\n`);
  put('asked', '');
  const path = `${join(root, 'bin')}:${process.env.PATH}`;
  const { status, stderr } = spawnSync('bash', [join(root, 'scripts', script), ...given], {
    encoding: 'utf8',
    env: { ...process.env, ROOT: root, PATH: path, BAKE_SECONDS: '0', ...environment },
  });
  const asked = readFileSync(join(root, 'asked'), 'utf8').trim().split('\n').sort();
  return { status, stderr, asked: asked.map(line => line.replace('--to-revisions=', '')) };
}

const rollOut = (given: readonly string[], environment: Readonly<Record<string, string>>) =>
  run('rollout.sh', given, environment);

// It comes with every runner of GitHub and every image of gcloud, but not with Node.
const hasJq = spawnSync('bash', ['-c', 'command -v jq']).status === 0;

describe.skipIf(!hasJq)('scripts/rollout.sh', () => {
  test('moves every service by itself, and takes back the one that fails alone', () => {
    const { status, stderr, asked } = rollOut(['forward', 'production'], {});
    expect(stderr).toContain('shop-orders here: more than 1 % server errors');
    expect(status).toBe(1);
    expect(asked).toEqual([
      'shop-orders shop-orders-1=100',
      'shop-orders shop-orders-2=5,shop-orders-1=95',
      'shop-web shop-web-2=100',
      'shop-web shop-web-2=25,shop-web-1=75',
      'shop-web shop-web-2=5,shop-web-1=95',
      'shop-web shop-web-2=50,shop-web-1=50',
    ]);
  });
  test('moves one alone where it is named', () => {
    const { status, asked } = rollOut(['forward', 'production'], { SERVICE: 'web' });
    expect(status).toBe(0);
    expect(asked.filter(line => !line.startsWith('shop-web '))).toEqual([]);
  });
  test('takes back web, or the one that is named', () => {
    const back = ['back', 'production', 'here', 'a-revision'];
    expect(rollOut(back, {}).asked).toEqual(['shop-web a-revision=100']);
    expect(rollOut(back, { SERVICE: 'orders' }).asked).toEqual(['shop-orders a-revision=100']);
    expect(rollOut(['back', 'production'], { SERVICE: 'orders' }).asked).toEqual([
      'shop-orders the-one-before=100',
    ]);
  });
  test('says that there is no such service', () => {
    const { status, stderr, asked } = rollOut(['back', 'production'], { SERVICE: 'prices' });
    expect(stderr).toContain('there is no service prices in production');
    expect([status, ...asked]).toEqual([2, '']);
  });
});

test('scripts/verify-images.sh looks at every image that is named, and at none in a comment', () => {
  const values = `# image = "r/images/web@sha256:0"
web = {
  image = "r/images/web@sha256:1"
}
services = { orders = { port = 8080, image = "r/images/orders@sha256:2" }, prices = { image = "r/images/prices@sha256:3" } }
`;
  const { status, asked } = run(
    'verify-images.sh',
    ['production'],
    { GITHUB_REPOSITORY: 'acme/shop' },
    values,
  );
  expect(status).toBe(0);
  expect(asked).toEqual(['r/images/orders@sha256:2', 'r/images/prices@sha256:3', 'r/images/web@sha256:1']);
});
