/** EKS with managed node groups or in Auto Mode: infrastructure, and what its cluster gives to everything in it. */
import { mergeTrees } from '../../files/tree.ts';
import type { ClusterInput } from '../cluster-input.ts';
import { type Cni, namespacesWith } from '../cni/cni.ts';
import type { Contribution } from '../contribution.ts';
import { comparedWithWhatWasBrought } from '../egress/no-egress/bootstrap.ts';
import { wayOut } from '../egress/way-out/way.ts';
import type { Foundation, ObjectStorage } from '../foundation.ts';
import type { ControlPlane } from './control-plane.ts';
import { account } from './eks/account.ts';
import { eksAlarms } from './eks/alarms.ts';
import { eksApi } from './eks/api-tunnel.ts';
import { autoFoundation, autoNodePool } from './eks/auto-mode.ts';
import { EKS_BOOTSTRAP, EKS_PIPELINE } from './eks/automation.ts';
import { copiedArchive } from './eks/copied-archive.ts';
import { standsInExistingNetwork } from './eks/existing-network.ts';
import { balancersOf, eksGateway, hasGatewayOfAws } from './eks/gateway.ts';
import { gpuNodes } from './eks/gpu-nodes.ts';
import { loadBalancerController } from './eks/load-balancer-controller.ts';
import { nodePools } from './eks/machines.ts';
import { waitsForApply } from './eks/made-up.ts';
import { isAutoMode } from './eks/mode.ts';
import { clusterVariables } from './eks/names.ts';
import { nodeGroupRights } from './eks/node-groups.ts';
import { moduleTests } from './eks/outputs.ts';
import { eksPages } from './eks/pages.ts';
import { eksSignIn, SIGN_IN_PLACEHOLDERS } from './eks/people.ts';
import { eksPipelineAccess } from './eks/pipeline-access.ts';
import { EKS_PLACEHOLDERS } from './eks/placeholders.ts';
import { archiveOf, bucketName, eksBackup, eksRights } from './eks/rights.ts';
import { rootModule } from './eks/root-module.ts';
import { eksRunbooks } from './eks/runbooks.ts';
import { EKS_SANDBOX, hasSandboxNodes, sandboxUserData } from './eks/sandbox-nodes.ts';
import { eksServices } from './eks/services.ts';
import { FOLDER, settings } from './eks/settings.ts';
import { eksShown } from './eks/shown.ts';
import { STORAGE_CLASS, storage } from './eks/storage.ts';
import { environmentFiles } from './eks/values.ts';
import { windowsOnEks } from './eks/windows-nodes.ts';
import { windowsUserData } from './eks/windows-user-data.ts';
import { withinItself } from './eks/within.ts';
import { eksWorkQueue } from './eks/work-queue.ts';
import { fillScript } from './fill-cluster-vars.ts';
import { ALARM_PLACEHOLDERS } from './provider-alarms.ts';

export const eks = (): ControlPlane => ({
  fallbackRegion: 'eu-central-1',
  build: (input, cni) => ({
    foundation: {
      ...groundOf(input),
      ...gpuOf(input),
      ...windowsOf(input),
      ...(hasSandboxNodes(input) ? { sandbox: EKS_SANDBOX } : {}),
      ...(isAutoMode(input) ? {} : { nodePools: nodePools(input) }),
      startupTaints: cni.startupTaint === undefined ? [] : [cni.startupTaint],
      givenNamespaces: namespacesWith(FOUNDATION.givenNamespaces, cni),
      api: eksApi(input),
      shown: eksShown(input),
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
    bootstrap:
      wayOut(input) === 'none'
        ? comparedWithWhatWasBrought(FOLDER, 'aws eks update-kubeconfig --name $name')
        : EKS_BOOTSTRAP,
    pipeline: EKS_PIPELINE,
    pages: eksPages(input),
    variables: used => clusterVariables(input, used),
  }),
});

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
  storageClass: STORAGE_CLASS,
  loadBalancer: {
    class: 'service.k8s.aws/nlb',
    annotations: TO_PODS,
    annotationsToNodes: {
      ...TO_PODS,
      'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'instance',
    },
    annotationsWithin: { ...TO_PODS, 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal' },
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

function windowsOf(input: ClusterInput): Pick<Foundation, 'windows'> {
  const windows = windowsOnEks(input);
  return windows === null ? {} : { windows };
}

function groundOf(input: ClusterInput): typeof FOUNDATION & Pick<Foundation, 'gateway'> {
  const carried = {
    upgrades: ['extended-support'],
    'tenant-isolation': ['node-pool'],
    network: standsInExistingNetwork(input) ? ['existing-network'] : [],
    egress: ['central-firewall', ...(isAutoMode(input) ? [] : ['proxy'])],
    // Certificates of AWS are for its own load balancers alone.
    'dns-and-certificates': hasGatewayOfAws(input) ? ['cloud-managed'] : [],
  };
  const objectStorage: ObjectStorage = {
    ...FOUNDATION.objectStorage,
    barmanOf: archiveOf(input),
    ...copiedArchive(input),
  };
  const common = { ...FOUNDATION, gateway: eksGateway(input), objectStorage };
  const auto = isAutoMode(input) ? autoFoundation(input, FOUNDATION.addresses) : null;
  const ground = { ...common, ...auto };
  return {
    ...ground,
    ...(wayOut(input) === 'none' ? withinItself(ground, '${VPC_CIDR}') : {}),
    carriesOut: { ...auto?.carriesOut, ...carried },
  };
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
      windowsUserData(input, FOLDER),
      sandboxUserData(input, FOLDER),
      rootModule(input, network, cni.startupTaint === undefined ? [] : [cni.startupTaint]),
      settings(input),
      moduleTests(input),
      environmentFiles(input),
      network.files,
      account(input),
      eksAlarms(input),
      waitsForApply(input) ? fillScript(input, FOLDER) : new Map(),
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
