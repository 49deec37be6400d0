/** What somebody notices whose estate is small, grows, or asks a service for more than it gives. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chartroom, example, scratch } from './run.ts';
import { chartroomHere } from './said.ts';

/** Five teams with people for a platform, so that nothing but the number of services speaks against a cluster. */
function growing(services: number): string {
  const text = readFileSync(example('agency-site-aws'), 'utf8')
    .replace(/services: \d+/, `services: ${services}`)
    .replace('teams: 2', 'teams: 5')
    .replace('platform-team: 0', 'platform-team: 3')
    .replace('kubernetes-skill: none', 'kubernetes-skill: basic');
  const file = join(scratch(), 'answers.yaml');
  writeFileSync(file, text);
  return file;
}

test('the same answers with sixty services instead of three come to Kubernetes, and diff says why', () => {
  const { stdout, code } = chartroom(['diff', growing(3), growing(60)]);
  const said = stdout.replace(/\s+/g, ' ');
  expect(code).toBe(4);
  expect(said).toContain(
    'Platform: Serverless container service -> Kubernetes - because of the answer to services: 3 -> 60',
  );
  expect(said).toMatch(
    /now for Kubernetes .*: Many services from many teams .* \[PLAT-06, PLAT-09, PLAT-15\]/,
  );
  expect(said).toMatch(/no longer for Serverless container service: Fewer than ten services .* \[PLAT-01/);
  expect(said).toContain('Serverless service: ECS on Fargate -> not decided');
});

test('diff names answers that change no decision, since files may follow from them', () => {
  const { stdout, code } = chartroom(['diff', growing(3), growing(4)]);
  expect(stdout.replace(/\s+/g, ' ')).toContain('the same decisions. Other answers: services.');
  expect(code).toBe(0);
  expect(chartroom(['diff', growing(3), growing(3)]).stdout.trim()).toBe('Both come to the same.');
});

test('a service pinned beyond its limit is refused by the limit and its fact, and no starter is written', async () => {
  const directory = scratch();
  const file = join(directory, 'answers.yaml');
  const pins = 'pins:\n  platform: {choose: serverless, because: House standard.}\n';
  const answers = readFileSync(example('small-saas-gcp'), 'utf8');
  writeFileSync(file, `${answers.replace('largest-unit: small', 'largest-unit: very-large')}${pins}`);
  const { stderr, code } = await chartroomHere(['decide', file, '--out', join(directory, 'out')]);
  expect(code).toBe(3);
  expect(stderr).toContain('No starter is written');
  expect(stderr).toMatch(/Cloud Run takes .* up to 8 vCPU, 32 GiB and seven days\. \[PLAT-05, /);
  expect(stderr).toContain('Beyond the limit "CPU and memory of a container" (PLAT-05): ');
  expect(existsSync(join(directory, 'out/infra'))).toBe(false);
  const record = readFileSync(join(directory, 'out/docs/adr/index.md'), 'utf8');
  expect(record).toContain('Serverless');
  const json = JSON.parse((await chartroomHere(['decide', file, '--json'])).stdout) as {
    decisions: { id: string; 'ruled-out': { option: string; facts: string[] }[] }[];
  };
  const platform = json.decisions.find(({ id }) => id === 'platform');
  expect(platform?.['ruled-out'].find(({ option }) => option === 'serverless')?.facts).toContain('PLAT-05');
});

test('on plain hosts there are records, and a page that says what is yours to write', async () => {
  const directory = scratch();
  const file = join(directory, 'answers.yaml');
  const pins = 'pins:\n  platform: {choose: plain-hosts, because: Two hosts are enough.}\n';
  writeFileSync(file, `${readFileSync(example('small-saas-gcp'), 'utf8')}${pins}`);
  const { code } = await chartroomHere(['decide', file, '--out', join(directory, 'out')]);
  const readme = readFileSync(join(directory, 'out/README.md'), 'utf8');
  expect(code).toBe(0);
  expect(readme).toContain('records and no repository');
  expect(readme).toMatch(/images of the hosts .* firewall rules, certificates, backups and alerts/);
  expect(existsSync(join(directory, 'out/infra'))).toBe(false);
  expect(existsSync(join(directory, 'out/docs/adr/index.md'))).toBe(true);
});
