/** Pages for owners count what runs, whoever brings it, and say nothing that would take data away. */
import { expect, test } from 'vitest';
import { starterOf } from './platform-aws.ts';

test('what runs without a chart is counted among what has to be patched', () => {
  const mounted = starterOf('onprem-airgap', {
    answers: { 'secret-store': 'vault', 'secret-needs': ['no-copy'] },
    pins: { secrets: 'vault' },
  }).files;
  expect(mounted.get('platform/vault-csi-provider/daemonset.yaml')).toMatch(/vault-csi-provider:\d/);
  expect(mounted.get('docs/cost-to-own.md')).toMatch(/^\| .*Vault.* \| `\d/m);
});

test('buckets of own hosts are emptied by age, save for the one whose blocks are shared', () => {
  const page = starterOf('onprem-airgap').files.get('docs/runbooks/bootstrap.md');
  expect(page).toContain('`CLUSTER_NAME-logs` (407 days)');
  expect(page).toContain('`CLUSTER_NAME-backups` (never by age');
});

test.each([
  ['onprem-airgap', 'infra/rke2/server.yaml'],
  ['harbour-pilots-kubeadm', 'infra/kubeadm/encryption.yaml'],
  ['steel-works-talos', 'infra/talos/control-plane.yaml'],
])('%s answers for the encryption of Secrets', (example, file) => {
  const { files } = starterOf(example);
  expect(files.has(file)).toBe(true);
  expect(files.get('docs/controls.md')).toContain(
    `| Secrets are encrypted where they are stored | [${file}](../${file})`,
  );
});

test('pages of two halves call a workflow what it is called', () => {
  const { files } = starterOf('market-hall-aws');
  expect(files.has('.github/workflows/drift-serverless.yaml')).toBe(true);
  expect(files.get('docs/runbooks/restore-serverless.md')).toContain('`drift-serverless` tells');
});
