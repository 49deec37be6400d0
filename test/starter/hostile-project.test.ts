/** Whatever stands in the project details, every file of the EKS starter keeps its form. */
import { parse } from '@cdktf/hcl2json';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkMarkdown } from '../checks/markdown.ts';
import { checkMermaid } from '../checks/mermaid.ts';
import { checkWorkflows } from '../checks/workflows.ts';
import { checkYamlFiles, documentsOf } from '../checks/yaml-files.ts';
import { hostileText } from '../files/hostile-text.ts';
import { starterOf } from './platform-aws.ts';

const text = hostileText.filter(given => given !== '');
/** More than the answers file lets in: it refuses most of this before anything is written. */
const project = fc.record({
  organisation: text,
  domain: text,
  regions: fc.array(text, { minLength: 1, maxLength: 2 }),
  teams: fc.array(text, { minLength: 1, maxLength: 1 }),
});

test('Terraform, YAML, workflows, pages and diagrams keep their form', async () => {
  await fc.assert(
    fc.asyncProperty(project, async details => {
      const { files } = starterOf('platform-aws', { project: details });
      const values = 'infra/eks/envs/production.tfvars.example';
      for (const file of [values, 'infra/aws-account/variables.tf']) await parse(file, files.get(file) ?? '');
      expect(checkYamlFiles(files)).toEqual([]);
      expect(await checkWorkflows(files)).toEqual([]);
      const pages = new Map([...files].filter(([file]) => file.endsWith('.md')));
      const broken = (await checkMarkdown(pages)).filter(
        ({ code }) => !['dead-link', 'MD038'].includes(code),
      );
      expect(broken).toEqual([]);
      expect(await checkMermaid(pages)).toEqual([]);
    }),
    { numRuns: 4 },
  );
});

test('the domain reaches the gateway as it was given', () => {
  fc.assert(
    fc.property(text, domain => {
      const { files } = starterOf('platform-aws', { project: { domain } });
      const [overlay] = documentsOf(files.get('apps/production/kustomization.yaml') ?? '') as [
        { patches: readonly [{ patch: string }] },
      ];
      const [[operation]] = documentsOf(overlay.patches[0].patch) as [[{ value: readonly string[] }]];
      expect(operation.value).toEqual([`demo.${domain}`]);
    }),
    { numRuns: 25 },
  );
});

test('no text of the project reaches a script', () => {
  const details = { organisation: 'EVIL', domain: 'EVIL', teams: ['EVIL'], regions: ['EVIL'] };
  const { files } = starterOf('platform-aws', { project: details });
  const scripts = [...files].filter(([file]) => file.endsWith('.sh'));
  expect(scripts.filter(([, script]) => script.includes('EVIL')).map(([file]) => file)).toEqual([]);
});

test('a receiver that looks like a variable of the cluster is never filled in', () => {
  const alertReceiver = 'https://events.example.net/in?key=${CLUSTER_NAME}';
  const { files } = starterOf('platform-aws', { project: { alertReceiver } });
  expect(files.get('platform/kube-prometheus-stack/values.yaml')).toContain('key=$%7BCLUSTER_NAME}');
});
