/** Whatever stands in the project details, every file keeps its form and says the text as it was given. */
import { parse } from '@cdktf/hcl2json';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Project } from '../../src/content/project.ts';
import { cloudRun } from '../../src/starter/serverless-service/cloud-run.ts';
import { checkMarkdown } from '../checks/markdown.ts';
import { checkMermaid } from '../checks/mermaid.ts';
import { hostileText } from '../files/hostile-text.ts';
import { cloudRunInput } from './cloud-run-input.ts';

const KINDS = { 'workload-kinds': ['web', 'worker', 'batch'] };
const text = hostileText.filter(given => given !== '');

/** More than the answers file lets in: names are labels, but the rest is taken as it comes. */
const project = fc.record({
  name: fc.constantFrom('shop', 'a-b'),
  organisation: text,
  domain: text,
  regions: fc.array(text, { minLength: 1, maxLength: 2 }),
  teams: fc.array(text, { minLength: 1, maxLength: 1 }),
  alertReceiver: text,
});

async function valuesOf(details: Project): Promise<Record<string, unknown>> {
  const { files } = cloudRun(cloudRunInput(KINDS, details));
  const file = 'infra/cloud-run/envs/production.tfvars.example';
  return (await parse(file, files.get(file) ?? '')) as Record<string, unknown>;
}

/** hcl2json leaves the escaped form of what would be a template. */
const unescaped = (value: unknown) => String(value).replaceAll('$${', '${').replaceAll('%%{', '%{');

test('values files hold the text itself, and nothing in it is evaluated', async () => {
  await fc.assert(
    fc.asyncProperty(project, async details => {
      const values = await valuesOf(details);
      expect(unescaped(values.domain)).toBe(details.domain.normalize('NFC'));
      expect(unescaped(values.alert_receiver)).toBe(details.alertReceiver.normalize('NFC'));
    }),
    { numRuns: 25 },
  );
});

test('Terraform parses, pages stay pages, diagrams stay diagrams', async () => {
  await fc.assert(
    fc.asyncProperty(project, async details => {
      const { files } = cloudRun(cloudRunInput(KINDS, details));
      for (const [file, code] of files) if (/(variables\.tf|\.example)$/.test(file)) await parse(file, code);
      const pages = new Map([...files].filter(([file]) => file === 'docs/architecture.md'));
      const findings = (await checkMarkdown(pages)).filter(({ code }) => code !== 'dead-link');
      expect(findings).toEqual([]);
      expect(await checkMermaid(pages)).toEqual([]);
    }),
    { numRuns: 4 },
  );
});

test('project details reach values files and the picture only, never a workflow or a script', () => {
  const details = {
    name: 'shop',
    organisation: 'EVIL',
    domain: 'EVIL',
    regions: ['EVIL'],
    teams: ['EVIL'],
    alertReceiver: 'EVIL',
  };
  const { files, nextSteps } = cloudRun(cloudRunInput(KINDS, details));
  const reached = [...files].filter(([, content]) => content.includes('EVIL')).map(([file]) => file);
  expect(reached.filter(file => !/\.tfvars\.example$|^docs\/architecture\.md$/.test(file))).toEqual([]);
  expect(nextSteps.join('\n')).not.toContain('EVIL');
});
