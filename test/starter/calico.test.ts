/** Calico on EKS: the VPC CNI gives addresses, Calico alone enforces policies, and its kinds come in a chart of their own. */
import { expect, test } from 'vitest';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkHcl, providerSchemas } from '../checks/hcl.ts';
import { checkKubernetes } from '../checks/kubernetes.ts';
import { replace } from './mutation.ts';
import { starterOf } from './platform-aws.ts';

const { files, notGenerated } = starterOf('platform-aws', { pins: { cni: 'calico' } });
const found = (tree: typeof files) => crossFindings(tree).map(formatFinding);

test('the parts fit together, and objects and resources are of the published types', async () => {
  expect(notGenerated.map(({ decision }) => decision)).not.toContain('cni');
  expect(found(files)).toEqual([]);
  expect((await checkKubernetes(files)).map(formatFinding)).toEqual([]);
  expect(await checkHcl(files, [providerSchemas('aws-6.25.0')])).toEqual([]);
});

test.each([
  [
    'Calico would give pods addresses as well',
    replace('platform/calico/values.yaml', 'type: AmazonVPC', 'type: Calico'),
    /VPC CNI and Calico/,
  ],
  [
    'the agent of the VPC CNI enforces as well',
    replace('infra/eks/cni.tf', 'enableNetworkPolicy = "false"', 'enableNetworkPolicy = "true"'),
    /two plugins enforce/,
  ],
  [
    'nobody enforces',
    (tree: typeof files) => new Map([...tree].filter(([file]) => file !== 'platform/calico/values.yaml')),
    /nothing enforces/,
  ],
])('a check sees that %s', (_mistake, change, says) => {
  expect(found(change(files)).filter(each => says.test(each))).not.toEqual([]);
});

test('on Talos it writes its rules in the form that kube-proxy has there, and fits together', async () => {
  const talos = starterOf('steel-works-talos', { pins: { cni: 'calico', mesh: 'none' } }).files;
  expect(found(talos)).toEqual([]);
  expect(talos.get('platform/calico/values.yaml')).toContain('linuxDataplane: Nftables');
  expect(found(replace('infra/talos/all.yaml', 'mode: nftables', 'mode: iptables')(talos))).toContainEqual(
    expect.stringMatching(/writes nftables, and kube-proxy iptables/),
  );
});
