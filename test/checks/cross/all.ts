/** Every cross-check, in the order in which their findings are read best. */
import type { FileTree } from '../../../src/files/tree.ts';
import type { Finding } from '../finding.ts';
import { addressRanges } from './address-ranges.ts';
import { apiExposure } from './api-exposure.ts';
import { askedOfScripts } from './asked-of-scripts.ts';
import { autoMode } from './auto-mode.ts';
import { autopilot } from './autopilot.ts';
import { awsEdge } from './aws-edge.ts';
import { azureIdentities } from './azure-identities.ts';
import { azureMachines } from './azure-machines.ts';
import { beginning } from './beginning.ts';
import { boundedRuns } from './bounded-runs.ts';
import { calico } from './calico.ts';
import { calledByName } from './called-by-name.ts';
import { ciliumMesh } from './cilium-mesh.ts';
import { closedCloud } from './closed-cloud.ts';
import { closedHosts } from './closed-hosts.ts';
import { closedMachines } from './closed-machines.ts';
import { closedNetwork } from './closed-network.ts';
import { collectedMetrics } from './collected-metrics.ts';
import { crdsFirst } from './crds-first.ts';
import { criticalPods } from './critical-pods.ts';
import type { CrossCheck } from './cross-check.ts';
import { disruption } from './disruption.ts';
import { failedMessages } from './failed-messages.ts';
import { filledSecrets } from './filled-secrets.ts';
import { followedArchives } from './followed-archives.ts';
import { givenNetwork } from './given-network.ts';
import { givenRoles } from './given-roles.ts';
import { googleEdge } from './google-edge.ts';
import { gpuWork } from './gpu-work.ts';
import { houseAuthorities } from './house-authorities.ts';
import { identities } from './identities.ts';
import { imageReaders } from './image-readers.ts';
import { joinedClusters } from './joined-clusters.ts';
import { joinedMeshes } from './joined-meshes.ts';
import { keptByGit } from './kept-by-git.ts';
import { keptSnapshots } from './kept-snapshots.ts';
import { kindsAskedFor } from './kinds-asked-for.ts';
import { listedApi } from './listed-api.ts';
import { listedImages } from './listed-images.ts';
import { machineCredentials } from './machine-credentials.ts';
import { mesh } from './mesh.ts';
import { mountedSecrets } from './mounted-secrets.ts';
import { namespaceBaseline } from './namespace-baseline.ts';
import { networkPlugin } from './network-plugin.ts';
import { nodeGroups } from './node-groups.ts';
import { oneCluster } from './one-cluster.ts';
import { oneCommit } from './one-commit.ts';
import { oneOwnerOfCrds } from './one-owner-of-crds.ts';
import { oneStore } from './one-store.ts';
import { openShift } from './openshift.ts';
import { openshiftAws } from './openshift-aws.ts';
import { openshiftAzure } from './openshift-azure.ts';
import { openShiftClosed } from './openshift-closed.ts';
import { openshiftGoogle } from './openshift-google.ts';
import { ownHosts } from './own-hosts.ts';
import { ownImages } from './own-images.ts';
import { ownIssuer } from './own-issuer.ts';
import { pipeline } from './pipeline.ts';
import { pipelineRoles } from './pipeline-roles.ts';
import { planRights } from './plan-rights.ts';
import { plannedFiles } from './planned-files.ts';
import { podAddresses } from './pod-addresses.ts';
import { podSecurity } from './pod-security.ts';
import { projects } from './projects.ts';
import { promotion } from './promotion.ts';
import { publishedEvents } from './published-events.ts';
import { reachability } from './reachability.ts';
import { recordChecks } from './record-checks.ts';
import { references } from './references.ts';
import { registrySignIn } from './registry-sign-in.ts';
import { releases } from './releases.ts';
import { routes } from './routes.ts';
import { rulesOutside } from './rules-outside.ts';
import { sandbox } from './sandbox.ts';
import { selectors } from './selectors.ts';
import { serviceAgents } from './service-agents.ts';
import { sharedNames } from './shared-names.ts';
import { signedImages } from './signed-images.ts';
import { sparedEnvironments } from './spared-environments.ts';
import { standingBy } from './standing-by.ts';
import { stepOrder } from './step-order.ts';
import { supportedVersions } from './supported-versions.ts';
import { teamDelivery } from './team-delivery.ts';
import { teams } from './teams.ts';
import { tenantNodes } from './tenant-nodes.ts';
import { threeZones } from './three-zones.ts';
import { throughMirror } from './through-mirror.ts';
import { toolsAtHand } from './tools-at-hand.ts';
import { unknownCommands } from './unknown-commands.ts';
import { variables } from './variables.ts';
import { vaultSecrets } from './vault-secrets.ts';
import { wayOut } from './way-out.ts';
import { windowsHosts } from './windows-hosts.ts';
import { windowsMachines } from './windows-machines.ts';
import { windowsNodes } from './windows-nodes.ts';
import { workloadIdentities } from './workload-identities.ts';
import { writtenLogs } from './written-logs.ts';

export const CROSS_CHECKS: readonly CrossCheck[] = [
  stepOrder,
  beginning,
  promotion,
  projects,
  pipeline,
  planRights,
  releases,
  teamDelivery,
  teams,
  tenantNodes,
  sandbox,
  gpuWork,
  windowsHosts,
  windowsMachines,
  windowsNodes,
  askedOfScripts,
  autoMode,
  autopilot,
  criticalPods,
  oneCluster,
  oneCommit,
  crdsFirst,
  oneOwnerOfCrds,
  references,
  houseAuthorities,
  routes,
  sharedNames,
  signedImages,
  ownImages,
  sparedEnvironments,
  standingBy,
  followedArchives,
  keptSnapshots,
  selectors,
  collectedMetrics,
  rulesOutside,
  oneStore,
  listedApi,
  apiExposure,
  publishedEvents,
  failedMessages,
  recordChecks,
  namespaceBaseline,
  reachability,
  mesh,
  calico,
  ciliumMesh,
  podSecurity,
  disruption,
  boundedRuns,
  supportedVersions,
  threeZones,
  addressRanges,
  podAddresses,
  givenNetwork,
  googleEdge,
  awsEdge,
  identities,
  imageReaders,
  givenRoles,
  pipelineRoles,
  serviceAgents,
  toolsAtHand,
  unknownCommands,
  azureIdentities,
  azureMachines,
  machineCredentials,
  mountedSecrets,
  writtenLogs,
  networkPlugin,
  nodeGroups,
  ownHosts,
  openShift,
  openshiftAws,
  openshiftAzure,
  openshiftGoogle,
  openShiftClosed,
  ownIssuer,
  plannedFiles,
  registrySignIn,
  variables,
  vaultSecrets,
  throughMirror,
  filledSecrets,
  calledByName,
  closedNetwork,
  closedCloud,
  closedHosts,
  closedMachines,
  wayOut,
  workloadIdentities,
  joinedClusters,
  kindsAskedFor,
  joinedMeshes,
  listedImages,
  keptByGit,
];

/** What all of them say of a tree; of the one with a code alone, where a mistake is looked for. */
export function crossFindings(tree: FileTree, code?: string): readonly Finding[] {
  return CROSS_CHECKS.filter(each => code === undefined || each.code === code).flatMap(({ check }) =>
    check(tree),
  );
}
