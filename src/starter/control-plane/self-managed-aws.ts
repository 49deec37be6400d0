/** A control plane of one's own on machines of AWS: the machines, what each is told, and what the cluster needs of AWS. */
import type { Id } from '../../content/catalogue.ts';
import type { HclExpression } from '../../files/hcl.ts';
import { hcl } from '../../files/hcl.ts';
import { type FileTree, mergeTrees } from '../../files/tree.ts';
import type { ClusterInput } from '../cluster-input.ts';
import type { Cni } from '../cni/cni.ts';
import { collect } from '../collect.ts';
import type { Contribution } from '../contribution.ts';
import { wayOut } from '../egress/way-out/way.ts';
import { choosesGateways, networkSays } from '../environments/nat-gateways.ts';
import { commented, headline } from '../headline.ts';
import type { NotGenerated } from '../module.ts';
import type { StarterInput } from '../part.ts';
import { pickOf } from '../picks.ts';
import { TOKENS } from '../placeholder-tokens.ts';
import { script } from '../repository/common-files.ts';
import { terraformText } from '../terraform.ts';
import type { ControlPlane } from './control-plane.ts';
import { account } from './eks/account.ts';
import { eksAlarms } from './eks/alarms.ts';
import { LOG_ENCRYPTION } from './eks/cluster.ts';
import { endpoints, hasEndpoints } from './eks/endpoints.ts';
import { existingNetwork, standsInExistingNetwork } from './eks/existing-network.ts';
import { loadBalancerController } from './eks/load-balancer-controller.ts';
import { LOAD_BALANCER_ROLE, loadBalancerRights } from './eks/load-balancer-rights.ts';
import { waitsForApply } from './eks/made-up.ts';
import { networkOf } from './eks/network.ts';
import { EKS_PLACEHOLDERS } from './eks/placeholders.ts';
import { MACHINES, roleAnnotations } from './eks/trust.ts';
import { fillScript } from './fill-cluster-vars.ts';
import { firstBoot } from './machines/first-boot.ts';
import { api } from './machines-aws/api.ts';
import { cloudController } from './machines-aws/cloud-controller.ts';
import { disks } from './machines-aws/disks.ts';
import { awsFoundation } from './machines-aws/foundation.ts';
import { machines } from './machines-aws/machines.ts';
import { AWS_VARIABLES, machineOutputs, machineTests, proxySettings } from './machines-aws/outputs.ts';
import { MACHINES_PIPELINE, machineBootstrap, machinePages, ON_HOST } from './machines-aws/pages.ts';
import { awsMachines, ON_HOST_SCRIPT } from './machines-aws/place.ts';
import { certManagerTokens, podIdentity } from './machines-aws/pod-identity.ts';
import { AWS_PROGRAMS } from './machines-aws/programs.ts';
import { machineRunbooks } from './machines-aws/runbooks.ts';
import { machineSettings } from './machines-aws/settings.ts';
import { issuer, STORE } from './machines-aws/store.ts';
import { machineValues } from './machines-aws/values.ts';
import { windowsMachines } from './machines-aws/windows.ts';
import { knownVariables } from './manifest-variables.ts';
import { OPENSHIFT_ON_AWS } from './openshift-aws.ts';
import { ALARM_PLACEHOLDERS } from './provider-alarms.ts';
import type { Distribution } from './self-managed/distribution.ts';
import { distributionOf } from './self-managed/distributions.ts';
import { broughtAlong, hostChecks, hostFiles, inventories } from './self-managed/hosts.ts';
import { windowsPlaceholders } from './self-managed/windows/inventory.ts';

export function onMachinesOfAws(input: StarterInput): ControlPlane | NotGenerated {
  if (pickOf(input.stack, 'distribution') === 'openshift') return OPENSHIFT_ON_AWS;
  const distribution = distributionOf(input);
  return 'notGenerated' in distribution ? distribution : controlPlane(distribution);
}

function controlPlane(distribution: Distribution): ControlPlane {
  return {
    fallbackRegion: 'eu-central-1',
    build: (input, cni) => ({
      foundation: awsFoundation(input, distribution, cni),
      contribution: contribution(input, distribution, cni),
      bootstrap: machineBootstrap(input, distribution),
      pipeline: MACHINES_PIPELINE,
      pages: machinePages(input, distribution),
      variables: used => knownVariables(input, AWS_VARIABLES, used, machineOutputs),
    }),
  };
}

function contribution(input: ClusterInput, distribution: Distribution, cni: Cni): Contribution {
  const added = collect([
    broughtAlong(distribution),
    cloudController(input),
    disks(input),
    podIdentity(input),
    loadBalancerController(awsFoundation(input, distribution, cni), {
      balancers: 'of-services',
      network: standsInExistingNetwork(input) ? 'existing' : 'own',
      nodes: 'machines',
      annotations: roleAnnotations(input, LOAD_BALANCER_ROLE),
    }),
  ]);
  return {
    ...added,
    files: mergeTrees(
      added.files,
      rootModule(input, distribution),
      hostFiles(input, distribution, awsMachines(input)),
      inventories(input, distribution, awsMachines(input), cluster => proxySettings(input, cluster)),
      cni.infrastructure(input).files,
      account(input),
      eksAlarms(input),
      waitsForApply(input) ? fillScript(input, MACHINES) : new Map(),
    ),
    config: [...added.config, ...certManagerTokens(input)],
    placeholders: [
      ...EKS_PLACEHOLDERS,
      ...ALARM_PLACEHOLDERS,
      ...distribution.placeholders(awsMachines(input), input),
      ...windowsPlaceholders(input, awsMachines(input)),
      {
        token: TOKENS.machineImage,
        meaning:
          'The image that machines start from, in the place of ami-00000000000000000; then take the comment out.',
        example: 'ami-0a1b2c3d4e5f60718',
      },
    ],
    runbooks: [...added.runbooks, ...machineRunbooks(input, distribution)],
    checks: [
      ...added.checks,
      ...hostChecks(distribution),
      {
        decision: 'control-plane',
        says: 'The load balancer before the API is protected from deletion, and the tests of the module pass.',
        command: `grep -qE '^ +enable_deletion_protection += true$' ${MACHINES}/api.tf && tofu -chdir=${MACHINES} init -backend=false && tofu -chdir=${MACHINES} test`,
        path: `${MACHINES}/api.tf`,
      },
      ...cni.checks,
    ],
  };
}

/** Zones are those of the inventory, which has to name three. */
const ZONES = hcl`sort(distinct([for host in local.hosts : host.zone]))`;

function rootModule(input: ClusterInput, distribution: Distribution): FileTree {
  const file = (name: string, decision: Id, says: string, code: HclExpression) =>
    [`${MACHINES}/${name}.tf`, terraformText(input, decision, says, code)] as const;
  const comment = commented(headline(input, 'control-plane'));
  return mergeTrees(
    machineSettings(input, distribution),
    machineValues(input, distribution.setUpBy),
    machineTests(input, distribution),
    windowsMachines(input),
    new Map([
      file(
        'network',
        'platform-defaults',
        networkSays(choosesGateways(input)),
        standsInExistingNetwork(input) ? existingNetwork(input) : networkOf('machines', ZONES, wayOut(input)),
      ),
      file('encryption', 'control-plane', 'Keys of the account, and that of the logs.', LOG_ENCRYPTION),
      file(
        'machines',
        'control-plane',
        'A machine for each line of the inventory: encrypted, private, reached by no port of its own.',
        machines(input, distribution),
      ),
      file(
        'store',
        'control-plane',
        'Where machines find what was made for them, and leave snapshots of etcd.',
        STORE,
      ),
      file(
        'identity',
        'workload-identity',
        'No key is stored: AWS reads the keys of the cluster, and lends roles for tokens that it signs.',
        issuer(input),
      ),
      file(
        'api',
        'control-plane',
        'One name for the API, whichever machine serves it, and the ports that are open between machines.',
        api(input, distribution),
      ),
      file(
        'load-balancer',
        'edge',
        'Rights of the AWS Load Balancer Controller.',
        loadBalancerRights(input, 'of-services'),
      ),
      ...(hasEndpoints(input)
        ? [
            file(
              'endpoints',
              'egress',
              'Services of AWS at addresses of the network: what machines and pods ask for all the time never comes to the border.',
              endpoints(input),
            ),
          ]
        : []),
      [ON_HOST_SCRIPT, script(comment, ON_HOST)] as const,
      ...(distribution.setUpBy === 'machine'
        ? [[`${MACHINES}/first-boot.yaml`, firstBoot(input, AWS_PROGRAMS)] as const]
        : []),
    ]),
  );
}
