/** Whatever stands in the project details, every file of a starter on AKS keeps its form. */
import { parse } from '@cdktf/hcl2json';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkWorkflows } from '../checks/workflows.ts';
import { checkYamlFiles } from '../checks/yaml-files.ts';
import { hostileText } from '../files/hostile-text.ts';
import { starterOf } from './platform-aws.ts';

const text = hostileText.filter(given => given !== '');
const project = fc.record({
  organisation: text,
  domain: text,
  regions: fc.array(text, { minLength: 1, maxLength: 2 }),
  oidcGroups: fc.record({ platform: text, developers: text }),
});

test('Terraform, YAML and workflows keep their form', async () => {
  await fc.assert(
    fc.asyncProperty(project, async details => {
      const { files } = starterOf('city-services-azure', { project: details });
      const infrastructure = [...files].filter(
        ([file]) => file.startsWith('infra/') && !file.endsWith('.md'),
      );
      for (const [file, code] of infrastructure) await parse(file, code);
      expect(checkYamlFiles(files)).toEqual([]);
      expect(await checkWorkflows(files)).toEqual([]);
    }),
    { numRuns: 2 },
  );
});

test('no text of the project reaches a script', () => {
  const details = {
    organisation: 'EVIL',
    domain: 'EVIL',
    regions: ['EVIL'],
    oidcGroups: { platform: 'EVIL', developers: 'EVIL' },
  };
  const { files } = starterOf('city-services-azure', { project: details });
  const scripts = [...files].filter(([file]) => file.endsWith('.sh'));
  expect(scripts.filter(([, script]) => script.includes('EVIL')).map(([file]) => file)).toEqual([]);
});
