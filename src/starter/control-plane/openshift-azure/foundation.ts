/** What OpenShift on Azure gives to all that runs in it: services of Azure reached by tokens of its own issuer, and what its operators bring. */
import type { ClusterInput } from '../../cluster-input.ts';
import { type Cni, namespacesWith } from '../../cni/cni.ts';
import type { Foundation } from '../../foundation.ts';
import { lineOf, networkShown, type Shown } from '../../shown.ts';
import { isGivenNetwork } from '../aks/addresses.ts';
import { azureFoundation } from '../aks/foundation.ts';
import { isProxied } from '../aks/proxy.ts';
import type { TellOfStore } from '../aks/rights.ts';
import { azureMachinesServices } from '../aks/services.ts';
import { VIRTUAL_NETWORK } from '../aks/shown.ts';
import { aksBackup } from '../aks/velero.ts';
import { SIGN_IN_PLACEHOLDERS } from '../eks/people.ts';
import { MACHINES_FOLDER } from '../machines-azure/place.ts';
import { machineLogs } from '../machines-azure/pod-logs.ts';
import { nodePools, SYSTEM_POOL } from '../machines-azure/pools.ts';
import { INSTALL_CONFIG } from '../openshift/install.ts';
import { cloudFoundation } from '../openshift-cloud/foundation.ts';
import { RELEASE_SHOWN } from '../openshift-cloud/shown.ts';
import { tunnelToApi } from './api-tunnel.ts';
import { BY_BALANCER } from './install.ts';
import { machineRegistry } from './registry.ts';

export function openshiftAzureFoundation(input: ClusterInput, cni: Cni, tell: TellOfStore): Foundation {
  const pools = nodePools(input);
  return cloudFoundation({
    ...azureFoundation(input, tell),
    systemPool: SYSTEM_POOL,
    ...(pools === undefined ? {} : { nodePools: pools }),
    startupTaints: [],
    carriesOut: {
      network: ['existing-network'],
      egress: ['central-firewall', ...(isProxied(input) ? ['proxy'] : [])],
    },
    addresses: {
      apiServer: ['${KUBERNETES_SERVICE_ADDRESS}/32', '${NODE_CIDR}'],
      apiServerPorts: [6443],
      nodes: ['${NODE_CIDR}'],
      identityAgent: null,
    },
    api: tunnelToApi(input),
    shown: [
      ...networkShown(MACHINES_FOLDER, VIRTUAL_NETWORK),
      ...outbound(input),
      RELEASE_SHOWN,
      {
        decision: 'workload-identity',
        option: 'cloud-native',
        says: 'Azure believes tokens of the service accounts of this cluster, and no key of Azure is handed out.',
        ...lineOf(MACHINES_FOLDER, '^resource "azurerm_federated_identity_credential"'),
      },
    ],
    services: {
      ...azureMachinesServices(input),
      logs: machineLogs(input, { systemPool: SYSTEM_POOL }),
      registry: machineRegistry(input),
    },
    backup: aksBackup(input, tell),
    signInPlaceholders: SIGN_IN_PLACEHOLDERS,
    givenNamespaces: namespacesWith([], cni),
  });
}

/** In a network that is given its owner sees to that. */
function outbound(input: ClusterInput): readonly Shown[] {
  if (isGivenNetwork(input)) return [];
  return [
    {
      decision: 'egress',
      option: 'open-nat',
      says: 'What leaves has the address of a load balancer over all zones, which the installer makes; no machine has one.',
      ...lineOf(INSTALL_CONFIG, `outboundType: ${BY_BALANCER}`),
    },
  ];
}
