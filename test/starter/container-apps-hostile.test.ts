/** Whatever stands in the project details, the Container Apps starter keeps its form and says the text as it was given. */
import { parse } from '@cdktf/hcl2json';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { containerApps } from '../../src/starter/serverless-service/container-apps.ts';
import { checkMarkdown } from '../checks/markdown.ts';
import { checkMermaid } from '../checks/mermaid.ts';
import { hostileText } from '../files/hostile-text.ts';
import { containerAppsInput } from './container-apps-input.ts';

const text = hostileText.filter(given => given !== '');

/** More than the answers file lets in: names are labels, but the rest is taken as it comes. */
const project = fc.record({
  name: fc.constantFrom('shop', 'a-b'),
  organisation: text,
  domain: text,
  regions: fc.array(text, { minLength: 1, maxLength: 2 }),
  alertReceiver: text,
});

/** hcl2json leaves the escaped form of what would be a template. */
const unescaped = (value: unknown) => String(value).replaceAll('$${', '${').replaceAll('%%{', '%{');

test('values hold the text itself, pages stay pages, diagrams stay diagrams', async () => {
  await fc.assert(
    fc.asyncProperty(project, async details => {
      const { files } = containerApps(containerAppsInput({}, {}, details));
      const name = 'infra/container-apps/envs/production.tfvars.example';
      const values = (await parse(name, files.get(name) ?? '')) as Record<string, unknown>;
      expect(unescaped(values.domain)).toBe(details.domain.normalize('NFC'));
      expect(unescaped(values.location)).toBe(details.regions[0]?.normalize('NFC'));
      expect(unescaped(values.alert_receiver)).toBe(details.alertReceiver.normalize('NFC'));
      const pages = new Map([...files].filter(([file]) => /^docs\/.+\.md$/.test(file)));
      const findings = (await checkMarkdown(pages)).filter(({ code }) => code !== 'dead-link');
      expect(findings).toEqual([]);
      expect(await checkMermaid(pages)).toEqual([]);
    }),
    { numRuns: 5 },
  );
});
