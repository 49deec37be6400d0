/** Clusters of other projects that pull from the registry of one of Google Cloud: what lets them in, and what they say of themselves. */
import { describe, expect, test } from 'vitest';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkHcl, providerSchemas } from '../checks/hcl.ts';
import { type Mutation, replace } from './mutation.ts';
import { starterOf } from './platform-aws.ts';

const SIGNED = { 'image-signing': 'sigstore', 'policy-engine': 'kyverno' };
const STARTERS = {
  'nodes of GKE': starterOf('ride-dispatch-gcp', { pins: SIGNED }),
  'machines with RKE2': starterOf('ride-dispatch-gcp', {
    pins: { ...SIGNED, 'control-plane': 'self-managed', distribution: 'rke2', cni: 'cilium' },
  }),
  'an attestor of the project': starterOf('ride-dispatch-gcp', {
    pins: { 'image-signing': 'binary-authorization' },
  }),
} as const;
const code = (name: keyof typeof STARTERS) =>
  [...STARTERS[name].files].filter(([file]) => file.startsWith('infra/'));
const SAID = /variable "image_readers"|variable "registry_project"|output "image_reader/;

test.each(['nodes of GKE', 'machines with RKE2'] as const)(
  '%s are let in and say who they are',
  async name => {
    const { files } = STARTERS[name];
    expect(crossFindings(files, 'image-readers').map(formatFinding)).toEqual([]);
    expect(await checkHcl(new Map(code(name)), [providerSchemas('google-6.50.0')])).toEqual([]);
    expect(code(name).filter(([, text]) => /^output "image_reader_/m.test(text))).not.toEqual([]);
  },
);

test('where Binary Authorization asks the attestor of a project nobody of another one is let in, and a page says why', () => {
  expect(code('an attestor of the project').filter(([, text]) => SAID.test(text))).toEqual([]);
  const page = STARTERS['an attestor of the project'].files.get('docs/runbooks/registry.md');
  expect(page).toMatch(/asks the attestor of the project/);
});

const MISTAKES: readonly Mutation[] = [
  {
    mistake: 'others may write',
    change: replace(
      'infra/gcp-project/registry.tf',
      'roles/artifactregistry.reader',
      'roles/artifactregistry.writer',
    ),
    code: 'image-readers',
    says: /let in to read, or to more/,
  },
  {
    mistake: 'the manifests name the registry of the own project whatever is set',
    change: replace('infra/gke/outputs.tf', '/${local.registry_project}"', '/${var.project_id}"'),
    code: 'image-readers',
    says: /cannot be named/,
  },
  {
    mistake: 'nodes are known to nobody',
    change: replace('infra/gke/outputs.tf', 'output "image_readers"', 'output "nodes"'),
    code: 'image-readers',
    says: /says of no node who it is/,
  },
  {
    mistake: 'what verifies signatures is known to nobody',
    change: tree =>
      new Map(
        [...tree].map(([file, text]) => [file, text.replace(/output "image_reader_/, 'output "said_')]),
      ),
    code: 'image-readers',
    says: /reads images, and says nobody who it is/,
  },
  {
    mistake: 'the runbook does not say how',
    change: replace('docs/runbooks/registry.md', /registry_project/g, 'project'),
    code: 'image-readers',
    says: /nobody is told/,
  },
];

describe('a mistake in who reads images', () => {
  test.each(MISTAKES)('$mistake', ({ change, code: found, says }) => {
    const findings = crossFindings(change(STARTERS['nodes of GKE'].files), found);
    expect(findings.map(formatFinding)).toContainEqual(expect.stringMatching(says));
  });
});
