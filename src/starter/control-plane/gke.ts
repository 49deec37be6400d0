/** GKE, Standard and Autopilot: infrastructure, and what its cluster gives to everything in it. */
import type { IStorageClass } from 'kubernetes-models/storage.k8s.io/v1';
import type { Id } from '../../content/catalogue.ts';
import type { HclExpression } from '../../files/hcl.ts';
import { type FileTree, mergeTrees } from '../../files/tree.ts';

import type { ClusterInput } from '../cluster-input.ts';
import type { Cni } from '../cni/cni.ts';
import type { Component, Contribution } from '../contribution.ts';
import { comparedWithWhatWasBrought } from '../egress/no-egress/bootstrap.ts';
import { wayOut } from '../egress/way-out/way.ts';
import { isNamed } from '../picks.ts';
import { together } from '../serverless-service/code.ts';
import { tenantsWithNodes } from '../tenant-isolation/spaces.ts';
import { terraformText } from '../terraform.ts';
import type { ControlPlane } from './control-plane.ts';
import { ACCESS } from './gke/access.ts';
import { googleAlarms } from './gke/alarms.ts';
import { GKE_PIPELINE, gkeBootstrap } from './gke/automation.ts';
import { type GkeChoices, gkeChoices } from './gke/choices.ts';
import { cluster } from './gke/cluster.ts';
import { ENCRYPTION } from './gke/encryption.ts';
import { armStorageClass, gkeFoundation, STORAGE_CLASS_NAME } from './gke/foundation.ts';
import { GKE_GROUND } from './gke/ground.ts';
import { IDENTITY } from './gke/identity.ts';
import { apiCallers } from './gke/joined.ts';
import type { GkeMode } from './gke/mode.ts';
import { clusterVariables } from './gke/names.ts';
import { network } from './gke/network.ts';
import { GPU_VARIABLE, nodePools, type Pool, poolsOf, tenantVariable } from './gke/node-pools.ts';
import { gkePages } from './gke/pages.ts';
import { GKE_PLACEHOLDERS } from './gke/placeholders.ts';
import { project } from './gke/project.ts';
import { GKE_NEEDS, projectNeeds } from './gke/project-needs.ts';
import { gkeRunbooks } from './gke/runbooks.ts';
import { FOLDER, settings } from './gke/settings.ts';
import { moduleTests } from './gke/tests.ts';
import { environmentFiles } from './gke/values.ts';
import { machineOf } from './gke/variables.ts';
import { ALARM_PLACEHOLDERS } from './provider-alarms.ts';

export const gkeStandard = (): ControlPlane => gke('standard');
export const gkeAutopilot = (): ControlPlane => gke('autopilot');

function gke(mode: GkeMode): ControlPlane {
  return {
    fallbackRegion: 'europe-west1',
    build: (input, cni) => ({
      foundation: gkeFoundation(input, mode),
      contribution: contribution(input, mode, cni),
      bootstrap:
        wayOut(input) === 'none'
          ? comparedWithWhatWasBrought(
              FOLDER,
              'gcloud container clusters get-credentials $name --internal-ip',
            )
          : gkeBootstrap(gkeChoices(input).isPrivate),
      pipeline: GKE_PIPELINE,
      pages: gkePages(input, mode),
      variables: used => clusterVariables(input, used),
    }),
  };
}

function contribution(input: ClusterInput, mode: GkeMode, cni: Cni): Contribution {
  return {
    files: mergeTrees(
      rootModule(input, mode),
      settings(input, mode),
      moduleTests(input, mode),
      environmentFiles(input),
      cni.infrastructure(input).files,
      project(input, projectNeeds(input, GKE_NEEDS)),
      googleAlarms(input, GKE_GROUND),
    ),
    components: [storage(input, mode)],
    placeholders: [...GKE_PLACEHOLDERS, ...ALARM_PLACEHOLDERS],
    runbooks: gkeRunbooks(input, mode),
    checks: [
      {
        decision: 'control-plane',
        says: 'The cluster is protected from deletion.',
        command: `grep -qE '^ +deletion_protection += true$' ${FOLDER}/cluster.tf`,
        path: `${FOLDER}/cluster.tf`,
      },
      {
        decision: 'control-plane',
        says:
          mode === 'autopilot'
            ? 'Google plans and patches the nodes.'
            : 'Nodes are in pools that are planned here.',
        command: `${mode === 'autopilot' ? '' : '! '}grep -qE '^ +enable_autopilot += true$' ${FOLDER}/cluster.tf`,
        path: `${FOLDER}/cluster.tf`,
      },
      {
        decision: 'control-plane',
        says: 'The control plane is managed by Google, its deletion is protected, and the tests of its module pass.',
        command: `tofu -chdir=${FOLDER} init -backend=false && tofu -chdir=${FOLDER} test`,
        path: `${FOLDER}/cluster.tf`,
      },
      ...cni.checks,
    ],
  };
}

function rootModule(input: ClusterInput, mode: GkeMode): FileTree {
  const choices = gkeChoices(input);
  const pools = poolsOf(choices, tenantsWithNodes(input), gpusOf(input));
  const file = (name: string, decision: Id, says: string, code: HclExpression) =>
    [`${FOLDER}/${name}.tf`, terraformText(input, decision, says, code)] as const;
  return new Map([
    file(
      'network',
      'network',
      'Three zones; the loss of one takes nothing that another one needs.',
      network(choices),
    ),
    file(
      'encryption',
      'control-plane',
      'Secrets are encrypted with a key of this project before they reach the store of the control plane.',
      ENCRYPTION,
    ),
    file(
      'cluster',
      'control-plane',
      'The control plane: Google runs it over three zones, these are its settings.',
      cluster(mode, choices, apiCallers(input), pools),
    ),
    file(
      'access',
      'control-plane',
      'Who may use the API: those whom IAM names here and nobody else.',
      ACCESS,
    ),
    ...(mode === 'standard'
      ? [
          file(
            'nodes',
            'platform-defaults',
            'Two pools of at least three nodes, so that losing a node goes unnoticed.',
            nodesOf(input, choices, pools),
          ),
        ]
      : []),
    file(
      'identity',
      'platform-defaults',
      'Nodes may fetch images, write logs and nothing else; pods have rights of their own, without a key.',
      IDENTITY,
    ),
  ]);
}

/** The classes that GKE brings delete a disk with its claim. */
function storage(input: ClusterInput, mode: GkeMode): Component {
  const { disk } = machineOf(input);
  const ofArm = armStorageClass(input, mode);
  return {
    id: 'storage',
    decision: 'platform-defaults',
    layer: 'platform-core',
    says: 'Encrypted volumes, made in the zone of the first pod that uses them, and kept when their claim is deleted.',
    objects: {
      'storage-class': [
        storageClass(STORAGE_CLASS_NAME, mode === 'standard' ? disk : 'pd-balanced', 'default'),
        ...(ofArm === null ? [] : [storageClass(ofArm, disk)]),
      ],
    },
  };
}

function storageClass(name: string, type: string, use: 'default' | 'named' = 'named'): IStorageClass {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: {
      name,
      // Of several defaults Kubernetes takes the newest, which this one is beside that of GKE.
      ...(use === 'default'
        ? { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } }
        : {}),
    },
    provisioner: 'pd.csi.storage.gke.io',
    parameters: { type, 'csi.storage.k8s.io/fstype': 'ext4' },
    reclaimPolicy: 'Retain',
    volumeBindingMode: 'WaitForFirstConsumer',
    allowVolumeExpansion: true,
  };
}

function nodesOf(input: ClusterInput, choices: GkeChoices, pools: readonly Pool[]): HclExpression {
  const tenants = tenantsWithNodes(input);
  return together(
    tenants.length === 0 ? null : tenantVariable(tenants, machineOf(input).type),
    gpusOf(input) === 'none' ? null : GPU_VARIABLE,
    nodePools(pools, choices),
  );
}

const gpusOf = ({ stack }: ClusterInput) => (isNamed(stack, 'workload-kinds', 'gpu') ? 'some' : 'none');
