/** A control plane of one's own on machines of Google Cloud: infrastructure, and what its cluster gives to everything in it. */
import type { Id } from '../../content/catalogue.ts';
import { type HclExpression, hcl } from '../../files/hcl.ts';
import { type FileTree, mergeTrees } from '../../files/tree.ts';
import type { ClusterInput } from '../cluster-input.ts';
import type { Cni } from '../cni/cni.ts';
import { collect } from '../collect.ts';
import type { Contribution } from '../contribution.ts';
import { comparedWithWhatWasBrought } from '../egress/no-egress/bootstrap.ts';
import { wayOut } from '../egress/way-out/way.ts';
import type { NotGenerated } from '../module.ts';
import type { StarterInput } from '../part.ts';
import { pickOf } from '../picks.ts';
import { together } from '../serverless-service/code.ts';
import { terraformText } from '../terraform.ts';
import type { ControlPlane } from './control-plane.ts';
import { googleAlarms } from './gke/alarms.ts';
import { googlePipeline, outputsCompared } from './gke/automation.ts';
import { HELM_LOGIN } from './gke/carried-images.ts';
import { gkeChoices } from './gke/choices.ts';
import { project } from './gke/project.ts';
import { projectNeeds } from './gke/project-needs.ts';
import { firstBoot } from './machines/first-boot.ts';
import { balancer } from './machines-gcp/balancer.ts';
import { cloudController } from './machines-gcp/cloud-controller.ts';
import { CREDENTIALS_FIRST, credentials } from './machines-gcp/credentials.ts';
import { diskDriver } from './machines-gcp/disk-driver.ts';
import { ENCRYPTION } from './machines-gcp/encryption.ts';
import { firewall } from './machines-gcp/firewall.ts';
import { machineFoundation } from './machines-gcp/foundation.ts';
import { GIVEN_PROJECT } from './machines-gcp/given-network.ts';
import { MACHINE_GROUND } from './machines-gcp/ground.ts';
import { hostStoreBucket } from './machines-gcp/host-store.ts';
import { imageOf } from './machines-gcp/image.ts';
import { peerings } from './machines-gcp/joined.ts';
import { apiIsListed, listedApi } from './machines-gcp/listed-api.ts';
import { machines } from './machines-gcp/machines.ts';
import { machineVariables, proxySettings } from './machines-gcp/names.ts';
import { MACHINE_CUSTOM_ROLES, MACHINE_NEEDS } from './machines-gcp/needs.ts';
import { machineNetwork } from './machines-gcp/network.ts';
import { machinePages } from './machines-gcp/pages.ts';
import { googlePlace } from './machines-gcp/place.ts';
import { MACHINE_PLACEHOLDERS } from './machines-gcp/placeholders.ts';
import { GOOGLE_PROGRAMS } from './machines-gcp/programs.ts';
import { machineRunbooks } from './machines-gcp/runbooks.ts';
import { FOLDER, settings } from './machines-gcp/settings.ts';
import { moduleTests } from './machines-gcp/tests.ts';
import { TRUST } from './machines-gcp/trust.ts';
import { environmentFiles } from './machines-gcp/values.ts';
import { googleBootOnWindows, WINDOWS_BOOT } from './machines-gcp/windows.ts';
import { OPENSHIFT_ON_GOOGLE } from './openshift-gcp.ts';
import { ALARM_PLACEHOLDERS } from './provider-alarms.ts';
import { hostsAndNetwork, READ_INVENTORY } from './self-managed/bootstrap.ts';
import type { Distribution } from './self-managed/distribution.ts';
import { distributionOf } from './self-managed/distributions.ts';
import { broughtAlong, hostChecks, hostFiles, inventories } from './self-managed/hosts.ts';
import { HOSTS_FOLDER } from './self-managed/inventory.ts';
import { windowsHosts } from './self-managed/windows/hosts.ts';
import { windowsPlaceholders } from './self-managed/windows/inventory.ts';

export function machinesOfGoogle(input: StarterInput): ControlPlane | NotGenerated {
  if (pickOf(input.stack, 'distribution') === 'openshift') return OPENSHIFT_ON_GOOGLE;
  const distribution = distributionOf(input);
  return 'notGenerated' in distribution ? distribution : controlPlane(distribution);
}

function controlPlane(distribution: Distribution): ControlPlane {
  return {
    fallbackRegion: 'europe-west1',
    build: (input, cni) => ({
      foundation: machineFoundation(input, distribution, cni),
      contribution: contribution(input, distribution, cni),
      bootstrap: bootstrap(input, distribution),
      pipeline: { ...googlePipeline(FOLDER), reads: [HOSTS_FOLDER] },
      pages: machinePages(input),
      variables: used => {
        const variables = machineVariables(input, used);
        return {
          ...variables,
          files: mergeTrees(
            variables.files,
            inventories(input, distribution, googlePlace(input), cluster => proxySettings(input, cluster)),
          ),
        };
      },
    }),
  };
}

/** Until Google has the keys no pod gets anything there, so nothing is delivered before. */
function bootstrap(input: ClusterInput, distribution: Distribution): string {
  const closed = wayOut(input) === 'none';
  return `${closed ? comparedWithWhatWasBrought(FOLDER, 'docs/runbooks/bootstrap.md') : outputsCompared(FOLDER)}
${READ_INVENTORY}
${closed ? `${HELM_LOGIN}\n` : ''}${hostsAndNetwork(input, distribution, googlePlace(input))}
echo "== Google knows the keys of this cluster"
keys="${FOLDER}/keys/$cluster.jwks.json"
if ! diff -q <(kubectl get --raw /openid/v1/jwks) "$keys" >/dev/null 2>&1; then
  mkdir -p "$(dirname "$keys")"
  kubectl get --raw /openid/v1/jwks >"$keys"
  echo "$keys is new, and holds public keys alone: commit it, apply ${FOLDER}, then run this again" >&2
  exit 1
fi
${closed ? CREDENTIALS_FIRST : ''}`;
}

function contribution(input: ClusterInput, distribution: Distribution, cni: Cni): Contribution {
  const place = googlePlace(input);
  const added = collect([broughtAlong(distribution), cloudController(input), diskDriver(input)]);
  return {
    ...added,
    files: mergeTrees(
      added.files,
      rootModule(input, distribution),
      settings(input, distribution),
      moduleTests(input, distribution),
      environmentFiles(input, distribution),
      hostFiles(input, distribution, place),
      cni.infrastructure(input).files,
      project(input, projectNeeds(input, MACHINE_NEEDS, 'machines'), MACHINE_CUSTOM_ROLES),
      googleAlarms(input, MACHINE_GROUND),
    ),
    components: [credentials(input), ...added.components],
    placeholders: [
      ...MACHINE_PLACEHOLDERS,
      ...ALARM_PLACEHOLDERS,
      ...distribution.placeholders(place, input),
      ...windowsPlaceholders(input, place),
    ],
    runbooks: [...machineRunbooks(input, distribution, place), ...added.runbooks],
    checks: [
      ...hostChecks(distribution),
      ...added.checks,
      {
        decision: 'control-plane',
        says: 'Machines have no public address, and the tests of their module pass.',
        command: `! grep -q 'access_config' ${FOLDER}/machines.tf && tofu -chdir=${FOLDER} init -backend=false && tofu -chdir=${FOLDER} test`,
        path: `${FOLDER}/machines.tf`,
      },
      {
        decision: 'workload-identity',
        says: 'Google believes the tokens of this cluster, and pods get theirs by their label.',
        command: 'kubectl get mutatingadmissionpolicies google-credentials >/dev/null',
        path: 'platform/google-credentials/policy.yaml',
      },
      ...cni.checks,
    ],
  };
}

const NOTHING = hcl``;

function rootModule(input: ClusterInput, distribution: Distribution): FileTree {
  const { ports, setUpBy } = distribution;
  const choices = gkeChoices(input);
  const file = (name: string, decision: Id, says: string, code: HclExpression) =>
    [`${FOLDER}/${name}.tf`, terraformText(input, decision, says, code)] as const;
  return new Map([
    file(
      'network',
      'network',
      choices.network === 'given'
        ? 'The network that is there: its subnets for machines and for the proxies before the API are looked at, and nothing is added to them.'
        : 'One subnet over all zones for machines, another one for the proxies before the API.',
      together(machineNetwork(choices), peerings(input)),
    ),
    file(
      'firewall',
      'network',
      'What reaches which port of a machine. Machines are known by their account, so an address that somebody takes opens nothing.',
      firewall(input, distribution),
    ),
    file(
      'encryption',
      'control-plane',
      'Disks, volumes and what machines fetch are encrypted with a key of this project.',
      ENCRYPTION,
    ),
    file(
      'host-store',
      'control-plane',
      'Where machines find what they are told, each role its own, and where snapshots of etcd lie.',
      hostStoreBucket(choices.way === 'none' ? 'carried' : 'published'),
    ),
    file(
      'machines',
      'control-plane',
      'The machines that infra/hosts names. Each starts only what is signed, has no public address, and an account that may next to nothing.',
      machines(imageOf(input, distribution)),
    ),
    file(
      'balancer',
      'control-plane',
      apiIsListed(input, distribution)
        ? 'One private address and one name before the API servers, and an address outside for networks on a list.'
        : 'One private address and one private name before the API servers.',
      balancer(
        ports.api,
        input,
        apiIsListed(input, distribution)
          ? listedApi(choices.network === 'given' ? GIVEN_PROJECT : NOTHING)
          : null,
      ),
    ),
    file(
      'identity',
      'workload-identity',
      'Pods have rights of their own at Google, without a key: it believes the tokens of this cluster.',
      TRUST,
    ),
    ...(setUpBy === 'machine'
      ? [[`${FOLDER}/first-boot.yaml`, firstBoot(input, GOOGLE_PROGRAMS)] as const]
      : []),
    ...(windowsHosts(input) === null
      ? []
      : [[`${FOLDER}/${WINDOWS_BOOT}`, googleBootOnWindows(input)] as const]),
  ]);
}
