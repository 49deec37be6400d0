/** Nodes with settings of the kernel that the answers ask for: where whoever runs them writes these down. */
import { expect, test } from 'vitest';
import { checkHcl, providerSchemas } from '../checks/hcl.ts';
import { starterOf } from './platform-aws.ts';

const PLACES = {
  'platform-aws': [
    'infra/eks/envs/staging.tfvars.example',
    'infra/eks/nodes.tf',
    /user_data += base64encode\(.*kernel_settings/,
  ],
  'city-services-azure': [
    'infra/aks/envs/staging.tfvars.example',
    'infra/aks/cluster.tf',
    /dynamic "linux_os_config"/,
  ],
  'ride-dispatch-gcp': [
    'infra/gke/envs/staging.tfvars.example',
    'infra/gke/nodes.tf',
    /sysctls = var\.sysctls/,
  ],
} as const;

const SCHEMAS = ['aws-6.25.0', 'azurerm-4.55.0', 'google-6.50.0'].map(providerSchemas);

for (const [example, [values, nodes, told]] of Object.entries(PLACES)) {
  test(`${example}: the values ask for settings where nodes are tuned, and nodes are told of them`, async () => {
    const tuned = starterOf(example, {
      answers: { 'node-control': 'tuned' },
      pins: { 'control-plane': 'managed' },
    });
    expect(tuned.files.get(values)).toMatch(/^sysctls += \{\}$/m);
    expect(tuned.files.get(nodes)).toMatch(told);
    expect(await checkHcl(tuned.files, SCHEMAS)).toEqual([]);

    const stock = starterOf(example, {
      answers: { 'node-control': 'stock' },
      pins: { 'control-plane': 'managed' },
    });
    expect(stock.files.get(values)).not.toMatch(/sysctls/);
  });
}

test('machines that Karpenter makes have a place for them as well', () => {
  const pool = (nodeControl: string) =>
    starterOf('platform-aws', {
      answers: { 'node-control': nodeControl },
      pins: { autoscaling: 'karpenter', 'control-plane': 'managed' },
    }).files.get('platform-config/base/node-pools/general.yaml');
  expect(pool('tuned')).toContain('[settings.kernel.sysctl]');
  expect(pool('stock')).not.toContain('settings.kernel');
});
