/** A cluster on AKS in either mode: what the modes share is written here once, and each mode says what is its own. */
import type { Id } from '../../../content/catalogue.ts';
import type { HclExpression } from '../../../files/hcl.ts';
import { type FileTree, mergeTrees } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { type Cni, namespacesWith } from '../../cni/cni.ts';
import type { ConfigFolder, Contribution } from '../../contribution.ts';
import type { BackupStorage, Foundation, ObjectStore, StartupTaint } from '../../foundation.ts';
import { terraformText } from '../../terraform.ts';
import type { ControlPlane } from '../control-plane.ts';
import { fillScript } from '../fill-cluster-vars.ts';
import { ALARM_PLACEHOLDERS } from '../provider-alarms.ts';
import { aksAlarms } from './alarms.ts';
import { azurePipeline } from './automation.ts';
import { aksAddresses, aksFoundation, GIVEN_NAMESPACES, STORAGE } from './foundation.ts';
import { aksBootstrap } from './gateway.ts';
import { logs } from './logs.ts';
import { clusterVariables } from './names.ts';
import { network } from './network.ts';
import { aksPages } from './pages.ts';
import { AKS_PLACEHOLDERS } from './placeholders.ts';
import { isProxied, proxyFile } from './proxy.ts';
import type { TellOfStore } from './rights.ts';
import { aksRunbooks, type ModeSteps } from './runbooks.ts';
import { settings } from './settings.ts';
import { subscription } from './subscription.ts';
import { moduleTests } from './tests.ts';
import { FOLDER } from './title.ts';
import { environmentFiles } from './values.ts';
import { variables } from './variables.ts';

export interface AksMode
  extends Pick<
    Foundation,
    'systemPool' | 'nodePools' | 'gpu' | 'sandbox' | 'windows' | 'groupRoles' | 'givenNamespaces'
  > {
  /** Options that the mode carries out beside those of every cluster on AKS. */
  readonly carriesOut: Readonly<Record<Id, readonly Id[]>>;
  readonly resolvers?: NonNullable<Foundation['addresses']['resolvers']>;
  readonly startupTaints: readonly StartupTaint[];
  /** Objects by which the mode makes nodes. */
  readonly config?: readonly ConfigFolder[];
  readonly backup: (input: ClusterInput, tell: TellOfStore) => BackupStorage;
  /** cluster.tf, the variables of its pools, and what its head says. */
  readonly cluster: HclExpression;
  readonly nodeVariables: HclExpression;
  readonly says: string;
  /** Runs of tests/. */
  readonly runs: HclExpression;
  readonly steps: ModeSteps;
  /** What a record can be held against: a sentence and a command on cluster.tf, and who runs what. */
  readonly locked: { readonly says: string; readonly command: string };
  readonly runBy: string;
}

export function aksControlPlane(modeOf: (input: ClusterInput, cni: Cni) => AksMode): ControlPlane {
  return {
    fallbackRegion: 'westeurope',
    build: (input, cni) => {
      const mode = modeOf(input, cni);
      const stores: ObjectStore[] = [];
      const tell = (store: ObjectStore) => stores.push(store);
      return {
        foundation: {
          ...foundationOf(input, cni, mode, tell),
          backup: mode.backup(input, tell),
          startupTaints: mode.startupTaints,
        },
        contribution: contribution(input, cni, mode),
        bootstrap: aksBootstrap(input),
        pipeline: azurePipeline(FOLDER),
        pages: aksPages(input),
        variables: used => clusterVariables(input, { stores }, used),
      };
    },
  };
}

function foundationOf(input: ClusterInput, cni: Cni, mode: AksMode, tell: TellOfStore) {
  const { systemPool, nodePools, gpu, sandbox, windows, groupRoles, givenNamespaces, resolvers, carriesOut } =
    mode;
  return aksFoundation(
    input,
    {
      systemPool,
      ...(nodePools === undefined ? {} : { nodePools }),
      ...(gpu === undefined ? {} : { gpu }),
      ...(windows === undefined ? {} : { windows }),
      ...(sandbox === undefined ? {} : { sandbox }),
      ...(groupRoles === undefined ? {} : { groupRoles }),
      addresses: { ...aksAddresses(input), ...(resolvers === undefined ? {} : { resolvers }) },
      givenNamespaces: namespacesWith([...GIVEN_NAMESPACES, ...givenNamespaces], cni),
      carriesOut: {
        network: ['existing-network'],
        egress: ['central-firewall', ...(isProxied(input) ? ['proxy'] : [])],
        autoscaling: ['provider-autoscaling'],
        ...carriesOut,
      },
    },
    tell,
  );
}

function contribution(input: ClusterInput, cni: Cni, mode: AksMode): Contribution {
  const path = `${FOLDER}/cluster.tf`;
  return {
    files: mergeTrees(
      rootModule(input, mode),
      settings(input, variables(input, mode.nodeVariables)),
      moduleTests(input, mode.runs),
      environmentFiles(input),
      proxyFile(input),
      cni.infrastructure(input).files,
      subscription(input),
      aksAlarms(input),
      fillScript(input, FOLDER),
    ),
    components: [STORAGE],
    config: mode.config ?? [],
    placeholders: [...AKS_PLACEHOLDERS, ...ALARM_PLACEHOLDERS],
    runbooks: aksRunbooks(input, mode.steps, cni.whileApplying),
    checks: [
      { decision: 'control-plane', path, ...mode.locked },
      {
        decision: 'control-plane',
        says: mode.runBy,
        command: `tofu -chdir=${FOLDER} init -backend=false && tofu -chdir=${FOLDER} test`,
        path,
      },
      ...cni.checks,
    ],
  };
}

function rootModule(input: ClusterInput, { cluster, says }: AksMode): FileTree {
  const file = (name: string, decision: Id, text: string, code: HclExpression) =>
    [`${FOLDER}/${name}.tf`, terraformText(input, decision, text, code)] as const;
  return new Map([
    file('network', 'network', 'Where the cluster stands, and how traffic leaves it.', network(input)),
    file('cluster', 'control-plane', says, cluster),
    file('logs', 'control-plane', 'What the control plane writes, audit among it.', logs(input)),
  ]);
}
