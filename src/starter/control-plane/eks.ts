/** EKS with managed node groups or in Auto Mode: infrastructure, and what its cluster gives to everything in it. */
import type { IStorageClass } from 'kubernetes-models/storage.k8s.io/v1';
import type { Id } from '../../content/catalogue.ts';
import type { HclExpression } from '../../files/hcl.ts';
import { type FileTree, mergeTrees } from '../../files/tree.ts';
import type { ClusterInput } from '../cluster-input.ts';
import { type Cni, namespacesWith } from '../cni/cni.ts';
import type { Component, Contribution } from '../contribution.ts';
import type { Foundation, StartupTaint } from '../foundation.ts';
import { terraformText } from '../terraform.ts';
import type { ControlPlane } from './control-plane.ts';
import { account } from './eks/account.ts';
import { addons } from './eks/addons.ts';
import { eksAlarms } from './eks/alarms.ts';
import { AUTO_ADDONS, AUTO_NODES, autoFoundation, autoNodePool } from './eks/auto-mode.ts';
import { EKS_BOOTSTRAP, EKS_PIPELINE } from './eks/automation.ts';
import { ACCESS, cluster, ENCRYPTION } from './eks/cluster.ts';
import { existingNetwork, standsInExistingNetwork } from './eks/existing-network.ts';
import { balancersOf, eksGateway, hasGatewayOfAws } from './eks/gateway.ts';
import { gpuGroups, gpuNodes } from './eks/gpu-nodes.ts';
import { identity } from './eks/identity.ts';
import { loadBalancerController } from './eks/load-balancer-controller.ts';
import { loadBalancerRights } from './eks/load-balancer-rights.ts';
import { nodePools } from './eks/machines.ts';
import { isAutoMode } from './eks/mode.ts';
import { clusterVariables } from './eks/names.ts';
import { network, subnetsByZone } from './eks/network.ts';
import { nodeGroupRights, scalingOf, tenantsOfGroups } from './eks/node-groups.ts';
import { nodes } from './eks/nodes.ts';
import { moduleTests } from './eks/outputs.ts';
import { eksPages } from './eks/pages.ts';
import { eksSignIn, SIGN_IN_PLACEHOLDERS } from './eks/people.ts';
import { eksPipelineAccess } from './eks/pipeline-access.ts';
import { EKS_PLACEHOLDERS } from './eks/placeholders.ts';
import { bucketName, eksBackup, eksRights } from './eks/rights.ts';
import { eksRunbooks } from './eks/runbooks.ts';
import { eksServices } from './eks/services.ts';
import { FOLDER, settings } from './eks/settings.ts';
import { environmentFiles } from './eks/values.ts';
import { eksWorkQueue } from './eks/work-queue.ts';
import { ALARM_PLACEHOLDERS } from './provider-alarms.ts';

export const eks: ControlPlane = {
  fallbackRegion: 'eu-central-1',
  build: (input, cni) => ({
    foundation: {
      ...groundOf(input),
      ...gpuOf(input),
      ...(isAutoMode(input) ? {} : { nodePools: nodePools(input) }),
      startupTaints: cni.startupTaint === undefined ? [] : [cni.startupTaint],
      givenNamespaces: namespacesWith(FOUNDATION.givenNamespaces, cni),
      rights: {
        ...eksRights(input),
        workQueue: eksWorkQueue(input),
        ...(isAutoMode(input) ? {} : { nodeGroups: nodeGroupRights(input) }),
      },
      backup: eksBackup(input),
      services: eksServices(input),
      signIn: (decision, prefix) => eksSignIn(input, decision, prefix),
      pipelineAccess: decision => eksPipelineAccess(input, decision),
    },
    contribution: contribution(input, cni),
    bootstrap: EKS_BOOTSTRAP,
    pipeline: EKS_PIPELINE,
    pages: eksPages(input),
    variables: used => clusterVariables(input, used),
  }),
};

const TO_PODS = {
  'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internet-facing',
  'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'ip',
  'service.beta.kubernetes.io/aws-load-balancer-attributes': 'load_balancing.cross_zone.enabled=true',
  'service.beta.kubernetes.io/aws-load-balancer-target-group-attributes':
    'preserve_client_ip.enabled=true,deregistration_delay.timeout_seconds=60',
} as const;

const FOUNDATION: Omit<Foundation, 'rights' | 'backup' | 'services' | 'signIn' | 'startupTaints'> = {
  systemPool: {
    nodeSelector: { 'node-pool': 'system' },
    tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists' }],
  },
  storageClass: 'gp3',
  loadBalancer: {
    class: 'service.k8s.aws/nlb',
    annotations: TO_PODS,
    annotationsToNodes: {
      ...TO_PODS,
      'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'instance',
    },
  },
  // The agent of the VPC CNI sees a packet before the Service's address is rewritten, so both forms are named.
  addresses: {
    apiServer: ['${KUBERNETES_SERVICE_ADDRESS}/32', '${VPC_CIDR}'],
    nodes: ['${VPC_CIDR}'],
    identityAgent: '169.254.170.23/32',
  },
  dnsSolver: { route53: { region: '${REGION}' } },
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
  },
  signInPlaceholders: SIGN_IN_PLACEHOLDERS,
  dnsProvider: { name: 'aws', values: {}, objects: {} },
  secretProvider: { aws: { service: 'SecretsManager', region: '${REGION}' } },
  secretNames: {
    example: 'CLUSTER_NAME/database',
    refused:
      'the name in the store does not begin with the name of the cluster, so the operator may not read it',
  },
  identityAgentPort: 80,
  givenNamespaces: [
    {
      name: 'kube-system',
      owner: 'AWS',
      says: 'Add-ons of the provider live there; nothing of this repository is put into it.',
    },
  ],
};

function gpuOf(input: ClusterInput): Pick<Foundation, 'gpu'> {
  const gpu = gpuNodes(input);
  return gpu === null ? {} : { gpu };
}

function groundOf(input: ClusterInput): typeof FOUNDATION & Pick<Foundation, 'gateway'> {
  const carried = {
    upgrades: ['extended-support'],
    'tenant-isolation': ['node-pool'],
    network: standsInExistingNetwork(input) ? ['existing-network'] : [],
    // Certificates of AWS are for its own load balancers alone.
    'dns-and-certificates': hasGatewayOfAws(input) ? ['cloud-managed'] : [],
  };
  const common = { ...FOUNDATION, gateway: eksGateway(input) };
  if (!isAutoMode(input)) return { ...common, carriesOut: carried };
  const auto = autoFoundation(input, FOUNDATION.addresses);
  return { ...common, ...auto, carriesOut: { ...auto.carriesOut, ...carried } };
}

function contribution(input: ClusterInput, cni: Cni): Contribution {
  const network = cni.infrastructure(input);
  const auto = isAutoMode(input);
  const balancers = balancersOf(input);
  const loadBalancer =
    balancers === null
      ? {}
      : loadBalancerController(groundOf(input), {
          balancers,
          network: standsInExistingNetwork(input) ? 'existing' : 'own',
          nodes: auto ? 'auto' : 'own',
        });
  return {
    ...loadBalancer,
    ...(auto ? { config: [autoNodePool(input)] } : {}),
    files: mergeTrees(
      rootModule(input, network, cni.startupTaint === undefined ? [] : [cni.startupTaint]),
      settings(input),
      moduleTests(input),
      environmentFiles(input),
      network.files,
      account(input),
      eksAlarms(input),
    ),
    components: [
      ...(loadBalancer.components ?? []),
      storage(auto ? 'ebs.csi.eks.amazonaws.com' : 'ebs.csi.aws.com'),
    ],
    placeholders: [...EKS_PLACEHOLDERS, ...ALARM_PLACEHOLDERS],
    runbooks: eksRunbooks(input, cni.whileApplying),
    checks: [
      {
        decision: 'control-plane',
        says: 'The cluster is protected from deletion.',
        command: `grep -qE '^ +deletion_protection += true$' ${FOLDER}/cluster.tf`,
        path: `${FOLDER}/cluster.tf`,
      },
      {
        decision: 'control-plane',
        says: 'The control plane is managed by AWS, its deletion is protected, and the tests of its module pass.',
        command: `tofu -chdir=${FOLDER} init -backend=false && tofu -chdir=${FOLDER} test`,
        path: `${FOLDER}/cluster.tf`,
      },
      ...cni.checks,
    ],
  };
}

function rootModule(
  input: ClusterInput,
  { nodesWaitFor, addons: more }: ReturnType<Cni['infrastructure']>,
  taints: readonly StartupTaint[],
): FileTree {
  const auto = isAutoMode(input);
  const balancers = balancersOf(input);
  const file = (name: string, decision: Id, says: string, code: HclExpression) =>
    [`${FOLDER}/${name}.tf`, terraformText(input, decision, says, code)] as const;
  return new Map([
    file(
      'network',
      'platform-defaults',
      'Three zones; the loss of one takes nothing that another one needs.',
      standsInExistingNetwork(input) ? existingNetwork(input) : network(input),
    ),
    file(
      'encryption',
      'control-plane',
      'Secrets are encrypted with a key of this account before they reach etcd.',
      ENCRYPTION,
    ),
    file(
      'cluster',
      'control-plane',
      'The control plane: AWS runs it, these are its settings.',
      cluster(input),
    ),
    file(
      'access',
      'control-plane',
      'Who may use the API: IAM roles by access entry and nobody else, not even whoever made the cluster.',
      ACCESS,
    ),
    file(
      'nodes',
      'platform-defaults',
      auto
        ? 'What nodes may do; AWS makes them, and the pools are in platform-config/base/node-pools.'
        : 'Two pools of at least three nodes, so that losing a node goes unnoticed.',
      auto
        ? AUTO_NODES
        : nodes(
            nodesWaitFor,
            taints,
            scalingOf(input),
            subnetsByZone(input),
            tenantsOfGroups(input),
            gpuGroups(input),
          ),
    ),
    file(
      'identity',
      'platform-defaults',
      'Pod Identity: no key is stored, and pods share no role of their node.',
      identity(input),
    ),
    ...(balancers === null
      ? []
      : [
          file(
            'load-balancer',
            'edge',
            'Rights of the AWS Load Balancer Controller.',
            loadBalancerRights(balancers),
          ),
        ]),
    file('addons', 'control-plane', 'Add-ons that AWS maintains.', auto ? AUTO_ADDONS : addons(more)),
  ]);
}

const storageClass = (provisioner: string): IStorageClass => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: {
    name: FOUNDATION.storageClass,
    annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
  },
  provisioner,
  parameters: { type: 'gp3', encrypted: 'true', 'csi.storage.k8s.io/fstype': 'ext4' },
  reclaimPolicy: 'Retain',
  volumeBindingMode: 'WaitForFirstConsumer',
  allowVolumeExpansion: true,
});

const storage = (provisioner: string): Component => ({
  id: 'storage',
  decision: 'platform-defaults',
  layer: 'platform-core',
  says: 'Encrypted volumes, made in the zone of the first pod that uses them, and kept when their claim is deleted.',
  objects: { 'storage-class': [storageClass(provisioner)] },
});
