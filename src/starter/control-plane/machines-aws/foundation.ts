/** What a cluster of one's own on machines of AWS gives to all that runs in it: the services of AWS as EKS has them, reached by tokens of its own issuer. */

import type { ClusterInput } from '../../cluster-input.ts';
import { type Cni, namespacesWith } from '../../cni/cni.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import type { Foundation } from '../../foundation.ts';
import { lineOf, type Shown } from '../../shown.ts';
import { copiedArchive } from '../eks/copied-archive.ts';
import { standsInExistingNetwork } from '../eks/existing-network.ts';
import { nodePools } from '../eks/machines.ts';
import { SIGN_IN_PLACEHOLDERS } from '../eks/people.ts';
import { archiveOf, bucketName, eksBackup, eksRights } from '../eks/rights.ts';
import { shownByVpc } from '../eks/shown.ts';
import { STORAGE_CLASS } from '../eks/storage.ts';
import { clusterTitle } from '../eks/title.ts';
import { MACHINES, roleName } from '../eks/trust.ts';
import { withinItself } from '../eks/within.ts';
import type { Distribution } from '../self-managed/distribution.ts';
import { SELF_MANAGED_FOUNDATION } from '../self-managed/foundation.ts';
import { sandboxOf } from '../self-managed/host-sandbox.ts';
import { hostSignIn } from '../self-managed/hosts.ts';
import { systemAddresses } from '../self-managed/inventory.ts';
import { hostsPipelineAccess } from '../self-managed/pipeline-access.ts';
import { PLANNED_MINORS } from '../self-managed/shown.ts';
import { windowsOfHosts } from '../self-managed/windows/hosts.ts';
import { awsMachines } from './place.ts';
import { machinesRegistry } from './registry.ts';
import { machinesServices } from './services.ts';

export const IDENTITY: Shown = {
  decision: 'workload-identity',
  option: 'cloud-native',
  says: 'AWS believes tokens of the service accounts of this cluster, and no key of AWS is handed out.',
  ...lineOf(MACHINES, '^resource "aws_iam_openid_connect_provider"'),
};

/** Pods have addresses that the network does not know, so load balancers send to a port of every node. */
const TO_NODES = {
  'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internet-facing',
  'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'instance',
  'service.beta.kubernetes.io/aws-load-balancer-attributes': 'load_balancing.cross_zone.enabled=true',
  'service.beta.kubernetes.io/aws-load-balancer-target-group-attributes':
    'preserve_client_ip.enabled=true,deregistration_delay.timeout_seconds=60',
} as const;

export function awsFoundation(input: ClusterInput, distribution: Distribution, cni: Cni): Foundation {
  const foundation = openFoundation(input, distribution, cni);
  return wayOut(input) === 'none'
    ? { ...foundation, ...withinItself(foundation, '${NODE_CIDR}') }
    : foundation;
}

function openFoundation(input: ClusterInput, distribution: Distribution, cni: Cni): Foundation {
  return {
    ...groundOfAws(input),
    systemAddresses: systemAddresses(input, awsMachines(input)),
    ...sandboxOf(input, distribution),
    ...windowsOfHosts(input),
    loadBalancer: {
      class: 'service.k8s.aws/nlb',
      annotations: TO_NODES,
      annotationsToNodes: TO_NODES,
      annotationsWithin: { ...TO_NODES, 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal' },
    },
    api: { values: `${MACHINES}/envs`, tunnel: null },
    shown: [...shownByVpc(input, MACHINES), PLANNED_MINORS, IDENTITY],
    signIn: (decision, prefix) => hostSignIn(input, distribution, decision, prefix),
    pipelineAccess: decision => hostsPipelineAccess(input, decision, clusterTitle),
    services: machinesServices(input, machinesRegistry(input, distribution)),
    givenNamespaces: namespacesWith(
      [
        {
          name: 'kube-system',
          owner: 'platform',
          says: `Parts of ${distribution.title} itself live there.`,
        },
      ],
      cni,
    ),
  };
}

/** Whoever makes the machines. */
export function groundOfAws(input: ClusterInput) {
  return {
    systemPool: SELF_MANAGED_FOUNDATION.systemPool,
    nodePools: nodePools(input),
    startupTaints: [],
    carriesOut: {
      egress: ['central-firewall', 'proxy'],
      network: standsInExistingNetwork(input) ? ['existing-network'] : [],
    },
    storageClass: STORAGE_CLASS,
    addresses: SELF_MANAGED_FOUNDATION.addresses,
    // cert-manager starts before the webhook of pod identities, so it takes its role itself.
    dnsSolver: {
      route53: {
        region: '${REGION}',
        role: roleName('cert-manager'),
        auth: { kubernetes: { serviceAccountRef: { name: 'cert-manager' } } },
      },
    },
    rights: { ...eksRights(input), nodes: null },
    objectStorage: {
      bucket: bucketName,
      loki: { type: 's3', s3: { region: '${REGION}' } },
      tempo: id => ({
        backend: 's3',
        s3: { bucket: bucketName(id), endpoint: 's3.${REGION}.amazonaws.com', region: '${REGION}' },
      }),
      barman: id => ({
        configuration: {
          destinationPath: `s3://${bucketName(id)}/`,
          s3Credentials: { inheritFromIAMRole: true },
        },
        environment: {},
      }),
      barmanOf: archiveOf(input),
      ...copiedArchive(input),
    },
    backup: eksBackup(input),
    signInPlaceholders: SIGN_IN_PLACEHOLDERS,
    dnsProvider: { name: 'aws', values: {}, objects: {} },
    // The operator asks for a token of its own account, and AWS lends it the role for that.
    secretProvider: {
      aws: {
        service: 'SecretsManager',
        region: '${REGION}',
        auth: {
          jwt: { serviceAccountRef: { name: 'external-secrets', namespace: 'external-secrets' } },
        },
      },
    },
    secretNames: {
      example: 'CLUSTER_NAME/database',
      refused:
        'the name in the store does not begin with the name of the cluster, so the operator may not read it',
    },
    identityAgentPort: null,
  } satisfies Partial<Foundation>;
}
