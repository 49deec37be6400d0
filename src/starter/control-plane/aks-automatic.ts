/** AKS Automatic: Azure runs the nodes too. Network, identities and stores are those of AKS Standard. */
import type { Id } from '../../content/catalogue.ts';
import type { HclExpression } from '../../files/hcl.ts';
import { hcl } from '../../files/hcl.ts';
import { type FileTree, mergeTrees } from '../../files/tree.ts';
import type { ClusterInput } from '../cluster-input.ts';
import { type Cni, namespacesWith } from '../cni/cni.ts';
import type { Contribution } from '../contribution.ts';
import type { Foundation, ObjectStore } from '../foundation.ts';
import { terraformText } from '../terraform.ts';
import { aksAlarms } from './aks/alarms.ts';
import { AUTOMATIC_RUNS, automaticCluster } from './aks/automatic.ts';
import { AKS_PIPELINE } from './aks/automation.ts';
import { backupThroughDriver } from './aks/driver-snapshots.ts';
import { aksAddresses, aksFoundation, GIVEN_NAMESPACES, STORAGE } from './aks/foundation.ts';
import { aksBootstrap } from './aks/gateway.ts';
import { logs } from './aks/logs.ts';
import { clusterVariables } from './aks/names.ts';
import { network } from './aks/network.ts';
import { aksPages } from './aks/pages.ts';
import { AKS_PLACEHOLDERS } from './aks/placeholders.ts';
import { aksRunbooks } from './aks/runbooks.ts';
import { settings } from './aks/settings.ts';
import { subscription } from './aks/subscription.ts';
import { moduleTests } from './aks/tests.ts';
import { FOLDER } from './aks/title.ts';
import { environmentFiles } from './aks/values.ts';
import { fillScript } from './aks.ts';
import type { ControlPlane } from './control-plane.ts';
import { ALARM_PLACEHOLDERS } from './provider-alarms.ts';

export const aksAutomatic: ControlPlane = {
  fallbackRegion: 'westeurope',
  build: (input, cni) => {
    const stores: ObjectStore[] = [];
    const foundation = aksFoundation(
      input,
      {
        // Azure makes nodes for the pods at hand, and lets nobody onto those of its own.
        systemPool: { nodeSelector: { 'kubernetes.io/os': 'linux' }, tolerations: [] },
        groupRoles: 'infrastructure',
        addresses: { ...aksAddresses(input), resolvers: NODE_RESOLVERS },
        givenNamespaces: namespacesWith([...GIVEN_NAMESPACES, ...OF_AUTOMATIC], cni),
        carriesOut: {
          network: ['existing-network'],
          egress: ['central-firewall'],
          autoscaling: ['provider-autoscaling'],
          upgrades: ['release-channel'],
        },
      },
      store => stores.push(store),
    );
    return {
      // The group of the disks is locked in this mode: nobody but the cluster itself puts a restored disk into it.
      foundation: {
        ...foundation,
        backup: backupThroughDriver(input, store => stores.push(store)),
        startupTaints: [],
      },
      contribution: contribution(input, cni),
      bootstrap: aksBootstrap(input),
      pipeline: AKS_PIPELINE,
      pages: aksPages(input),
      variables: used => clusterVariables(input, { stores }, used),
    };
  },
};

/** Every node of this mode answers questions for names itself, at these addresses. */
const NODE_RESOLVERS = ['169.254.10.10/32', '169.254.10.11/32'].map(cidr => ({
  kind: 'address' as const,
  cidr,
}));

const OF_AUTOMATIC: Foundation['givenNamespaces'] = [
  {
    name: 'gatekeeper-system',
    owner: 'Azure',
    says: 'Azure Policy judges objects there by the safeguards of this mode, which cannot be turned off.',
  },
];

function contribution(input: ClusterInput, cni: Cni): Contribution {
  return {
    files: mergeTrees(
      rootModule(input),
      settings(input, hcl``),
      moduleTests(input, AUTOMATIC_RUNS),
      environmentFiles(input),
      cni.infrastructure(input).files,
      subscription(input),
      aksAlarms(input),
      fillScript(input),
    ),
    components: [STORAGE],
    placeholders: [...AKS_PLACEHOLDERS, ...ALARM_PLACEHOLDERS],
    runbooks: aksRunbooks(input, { before: BEFORE, after: SAFEGUARDS }),
    checks: [
      {
        decision: 'control-plane',
        says: 'The cluster is one of AKS Automatic, and is locked against deletion.',
        command: `grep -q 'name = "Automatic"' ${FOLDER}/cluster.tf`,
        path: `${FOLDER}/cluster.tf`,
      },
      {
        decision: 'control-plane',
        says: 'Nodes and control plane are run by Azure, there are no local accounts, and the tests of the module pass.',
        command: `tofu -chdir=${FOLDER} init -backend=false && tofu -chdir=${FOLDER} test`,
        path: `${FOLDER}/cluster.tf`,
      },
      ...cni.checks,
    ],
  };
}

const BEFORE = [
  'Quotas of the subscription in the region of the cluster, which has three zones: 16 processors of general-purpose machines for the pool of Azure, and as many again for what runs in the cluster.',
  'Azure may assign policies in the subscription: it holds the cluster to the safeguards of this mode.',
];

const SAFEGUARDS = `The safeguards of this mode refuse and change objects, and cannot be turned off. Namespaces of the platform are left out of them:
their charts set what they need, Pod Security and the policies of this repository hold there all the same, and what a safeguard had
changed delivery would put back again and again. Those of teams stay in.

\`\`\`sh
az aks safeguards update --resource-group "$name" --name "$name" --level Enforce \\
  --excluded-ns $(grep -l 'part-of: platform' platform/namespaces/*.yaml | xargs -n1 basename -s .yaml)
\`\`\`

`;

function rootModule(input: ClusterInput): FileTree {
  const file = (name: string, decision: Id, says: string, code: HclExpression) =>
    [`${FOLDER}/${name}.tf`, terraformText(input, decision, says, code)] as const;
  return new Map([
    file('network', 'network', 'Where the cluster stands, and how traffic leaves it.', network(input)),
    file(
      'cluster',
      'control-plane',
      'AKS Automatic: Azure runs control plane and nodes, these are the settings that it leaves open.',
      automaticCluster(input),
    ),
    file('logs', 'control-plane', 'What the control plane writes, audit among it.', logs(input)),
  ]);
}
