/** OpenShift on hosts of one's own: what its installer is told, what it brings itself, and what this repository adds to it. */
import { mergeTrees } from '../../files/tree.ts';
import type { ClusterInput } from '../cluster-input.ts';
import { namespacesWith } from '../cni/cni.ts';
import { collect } from '../collect.ts';
import type { Contribution } from '../contribution.ts';
import { isClosed } from '../egress/no-egress/closed.ts';
import type { Foundation, GivenNamespace } from '../foundation.ts';
import { commented, headline } from '../headline.ts';
import type { Check, StarterInput } from '../part.ts';
import { TOKENS } from '../placeholder-tokens.ts';
import { script } from '../repository/common-files.ts';
import { lineOf } from '../shown.ts';
import type { ControlPlane } from './control-plane.ts';
import { SIGN_IN_PLACEHOLDERS } from './eks/people.ts';
import { BALANCER_NAMESPACE, balancerAddresses, givesAddresses } from './openshift/balancer-addresses.ts';
import { openshiftBootstrap } from './openshift/bootstrap.ts';
import { openshiftChecks } from './openshift/checks.ts';
import { ETCD_BACKUP, ETCD_BACKUP_SCRIPT } from './openshift/etcd-backup.ts';
import { openshiftFit } from './openshift/fit.ts';
import { GIVEN, RESOLVER, withControlPlane } from './openshift/ground.ts';
import { HOST_NETWORK } from './openshift/host-network.ts';
import { installFiles } from './openshift/install.ts';
import { installScript } from './openshift/install-script.ts';
import { openshiftInventories } from './openshift/inventory.ts';
import { NO_WINDOWS } from './openshift/left-out.ts';
import { imageSet } from './openshift/mirror.ts';
import { operatorFiles, SANDBOX } from './openshift/operators.ts';
import { openshiftPages } from './openshift/pages.ts';
import { openshiftRunbooks } from './openshift/runbooks.ts';
import { clusterSettings } from './openshift/settings.ts';
import { SELF_MANAGED_FOUNDATION, SELF_MANAGED_PLACEHOLDERS } from './self-managed/foundation.ts';
import { HOST_CONFIG } from './self-managed/host-config-script.ts';
import { HOSTS_FOLDER } from './self-managed/inventory.ts';
import { STORAGE } from './self-managed/storage.ts';
import { tenantHostsFile } from './self-managed/tenant-hosts.ts';
import { hostVariables } from './self-managed/variables.ts';

export function openshiftOnHosts(_input: StarterInput): ControlPlane {
  return {
    fallbackRegion: 'site-1',
    build: (cluster, cni) => ({
      foundation: {
        ...FOUNDATION,
        fit: openshiftFit({ foundation: FOUNDATION }),
        givenNamespaces: namespacesWith([...GIVEN, ...(givesAddresses(cluster) ? [BALANCERS] : [])], cni),
      },
      contribution: contribution(cluster),
      bootstrap: openshiftBootstrap(cluster),
      pipeline: null,
      pages: openshiftPages(cluster),
      variables: used => hostVariables(cluster, used, ofHosts => openshiftInventories(cluster, ofHosts)),
    }),
  };
}

const FOUNDATION: Foundation = {
  ...SELF_MANAGED_FOUNDATION,
  systemPool: withControlPlane(SELF_MANAGED_FOUNDATION.systemPool),
  shown: [
    {
      decision: 'upgrades',
      option: 'planned-minors',
      says: 'The release stands in the inventory of each cluster, and people take each step to the next.',
      ...lineOf(HOSTS_FOLDER, '^OPENSHIFT_VERSION='),
    },
  ],
  backup:
    SELF_MANAGED_FOUNDATION.backup === null
      ? null
      : { ...SELF_MANAGED_FOUNDATION.backup, agents: 'privileged' },
  addresses: {
    ...SELF_MANAGED_FOUNDATION.addresses,
    apiServerRelays: [HOST_NETWORK],
    resolvers: [RESOLVER],
  },
  windows: { notMade: NO_WINDOWS },
  sandbox: SANDBOX,
  carriesOut: { network: ['existing-network'], egress: ['central-firewall', 'proxy'] },
  signIn: () => new Map(),
  signInPlaceholders: SIGN_IN_PLACEHOLDERS,
  // Groups are made by signing in, under the name that the directory has for them.
  groupName: group => group,
  givenNamespaces: [],
};

const BALANCERS: GivenNamespace = {
  name: BALANCER_NAMESPACE,
  owner: 'platform',
  says: 'MetalLB, which its operator keeps; what it hands out is said there.',
};

function contribution(input: ClusterInput): Contribution {
  return collect([own(input), balancerAddresses(input, FOUNDATION)]);
}

function own(input: ClusterInput): Contribution {
  const comment = (decision: string) => commented(headline(input, decision));
  return {
    files: mergeTrees(
      installFiles(input),
      tenantHostsFile(input),
      isClosed(input) ? imageSet(input) : new Map(),
      operatorFiles(input),
      new Map([
        [HOST_CONFIG, script(comment('distribution'), installScript(input))],
        [ETCD_BACKUP, script(comment('control-plane'), ETCD_BACKUP_SCRIPT)],
      ]),
    ),
    components: [clusterSettings(input), STORAGE],
    placeholders: [
      ...SELF_MANAGED_PLACEHOLDERS.map(each =>
        each.token === TOKENS.hosts
          ? { ...each, meaning: `${each.meaning.replace('addresses', 'addresses, hardware addresses')}` }
          : each,
      ),
    ],
    runbooks: openshiftRunbooks(input),
    checks: checks(input),
  };
}

function checks(input: ClusterInput): readonly Check[] {
  return [
    {
      decision: 'control-plane',
      says: 'Three hosts at least form the control plane of every cluster.',
      command: `for hosts in ${HOSTS_FOLDER}/*.conf; do test "$(grep -c ' control-plane$' "$hosts")" -ge 3 || exit 1; done`,
      path: HOSTS_FOLDER,
    },
    ...openshiftChecks(input),
  ];
}
