/** OpenShift on Azure: its installer, ccoctl and OpenTofu mean the same groups, subnets, keys and machines. */
import type { FileTree } from '../../../src/files/tree.ts';
import type { Finding } from '../finding.ts';
import { parseOnce } from '../parse-once.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, list } from './fields.ts';
import { isOpenShift } from './provider.ts';

const TOLD = 'infra/openshift/install-config.yaml';
const INSTALL = 'infra/machines/install.tf';
const NETWORK = 'infra/machines/network.tf';
const ISSUER = 'infra/machines/issuer.tf';
const PREPARE = 'scripts/prepare-install.sh';
const ROLES = 'scripts/cloud-roles.sh';

export const openshiftAzure: CrossCheck = {
  code: 'openshift-azure',
  says: 'On Azure the installer of OpenShift, ccoctl and OpenTofu mean the same groups, subnets, keys and machines.',
  check: tree =>
    isOpenShift(tree) && (tree.get(INSTALL) ?? '').includes('azurerm_resource_group')
      ? [...groups(tree), ...keys(tree), ...platform(tree), ...wayOut(tree), ...pulls(tree)]
      : [],
};

/** What the installer fills is empty until then, and operators have their rights there. */
function groups(tree: FileTree): readonly Finding[] {
  const [, ending = ''] =
    /resource "azurerm_resource_group" "nodes" \{\s+name += "\$\{var\.cluster_name\}([^"]*)"/.exec(
      tree.get(INSTALL) ?? '',
    ) ?? [];
  const told = (script: string, flag: string) =>
    new RegExp(`--${flag} "([^"]+)"`).exec(tree.get(script) ?? '')?.[1];
  const inGroup = [...tree].filter(
    ([file, text]) =>
      file.startsWith('infra/machines/') &&
      /^ +resource_group_name += azurerm_resource_group\.nodes\.name$/m.test(text),
  );
  return [
    ...(ending !== '' && told(ROLES, 'installation-resource-group-name') === `$name${ending}`
      ? []
      : [finding(ROLES, 'gives operators rights in another group than that of the machines')]),
    ...[ROLES, PREPARE]
      .filter(script => told(script, 'oidc-resource-group-name') !== '$name')
      .map(script => finding(script, 'puts identities where the installer wants nothing')),
    ...inGroup.map(([file]) => finding(file, 'fills the group that the installer wants empty')),
    ...((tree.get(TOLD) ?? '').includes('resourceGroupName: ${node_group}\n')
      ? []
      : [finding(TOLD, 'names no group, and operators have rights in one')]),
  ];
}

/** Entra reads keys at the address that tokens name, and pods are told which tenant takes them. */
function keys(tree: FileTree): readonly Finding[] {
  const prepare = tree.get(PREPARE) ?? '';
  const [, container = ''] =
    /resource "azurerm_storage_container" "keys" \{[^}]*? name += "([^"]+)"/.exec(tree.get(ISSUER) ?? '') ??
    [];
  const named = [...prepare.matchAll(/--(?:blob-)?container-name (\S+)/g)].map(([, name = '']) => name);
  const webhook = /^cp \S+azure-ad-pod-identity-webhook-config\.yaml" "\$out\/credentials\/manifests\/"$/m;
  return [
    ...(named.length > 0 && named.every(name => name === container)
      ? []
      : [finding(PREPARE, `publishes keys elsewhere than in ${container}, where tokens say they are`)]),
    ...(prepare.includes('serviceAccountIssuer: $(infra output -raw issuer)') &&
    prepare.includes('publish openid/v1/jwks')
      ? []
      : [finding(PREPARE, 'tells the installer of no issuer, or Azure of no keys')]),
    ...(webhook.test(prepare) && prepare.indexOf('webhook-config') < prepare.indexOf('create manifests')
      ? []
      : [finding(PREPARE, 'leaves pods without tokens for Azure')]),
  ];
}

function platform(tree: FileTree): readonly Finding[] {
  const azure = at(parseOnce(tree.get(TOLD) ?? ''), 'platform', 'azure');
  const roles = list(at(azure, 'subnets')).map(subnet => String(at(subnet, 'role')));
  const identities = list(at(azure, 'defaultMachinePlatform', 'identity', 'userAssignedIdentities'));
  return [
    ...(roles.sort().join() === 'control-plane,node'
      ? []
      : [finding(TOLD, 'names not one subnet for the control plane and one for other machines')]),
    ...(identities.length === 1
      ? []
      : [finding(TOLD, 'gives machines not one identity, so that kubelets do not know which is meant')]),
    ...(at(azure, 'defaultMachinePlatform', 'encryptionAtHost') === true
      ? []
      : [finding(TOLD, 'leaves disks unencrypted on their way')]),
  ];
}

/** Where somebody else sends traffic out, the installer makes no load balancer for that. */
function wayOut(tree: FileTree): readonly Finding[] {
  const network = tree.get(NETWORK) ?? '';
  const elsewhere =
    !network.includes('resource "azurerm_virtual_network" "main"') || network.includes('"azurerm_route"');
  const wanted = elsewhere ? 'UserDefinedRouting' : 'Loadbalancer';
  const told = at(parseOnce(tree.get(TOLD) ?? ''), 'platform', 'azure', 'outboundType');
  return told === wanted
    ? []
    : [finding(TOLD, `lets traffic out by ${String(told)}, and ${wanted} is what the network has`)];
}

function pulls(tree: FileTree): readonly Finding[] {
  const asked = [...tree].some(
    ([path, text]) => /^clusters\/[^/]+\/variables\//.test(path) && /^ +REGISTRY: /m.test(text),
  );
  const may = /role_definition_name = "AcrPull"\n +principal_id += local\.cluster\.kubelet_object_id/;
  return asked && ![...tree].some(([path, text]) => path.startsWith('infra/machines/') && may.test(text))
    ? [finding('infra/machines', 'the identity of machines may not pull images')]
    : [];
}

function finding(place: string, message: string): Finding {
  return { code: 'openshift-azure', place, message };
}
