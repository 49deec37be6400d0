/** What OpenShift on Google Cloud is told beside all else where nothing leaves its network. */
import type { ClusterInput } from '../../cluster-input.ts';
import { domainOf } from '../../names.ts';
import type { ReadWithin } from '../gke/carried-images.ts';
import { gkeChoices } from '../gke/choices.ts';
import { clusterTitle } from '../gke/title.ts';
import { releaseVariable } from '../openshift-cloud/release-registry.ts';
import { installerOf } from '../openshift-cloud/scripts.ts';
import { VARIABLES } from './outputs.ts';

export const CLOSED_VARIABLES = releaseVariable({
  ending: '.pkg.dev',
  title: 'Artifact Registry',
  lasts: 'an hour',
});

export const readByOpenshift = (input: ClusterInput): ReadWithin => ({
  operator: `a machine of the house with \`kubectl\`, \`helm\`, \`kustomize\`, \`flux\`, \`openssl\`, \`gcloud\`, \`oc\` and \`${installerOf(input)}\`. It
stands in the region of the cluster${gkeChoices(input).network === 'given' ? ', where the house has a route into this network' : ', in the network of the house that is peered with this one'}, and reaches the balancer before the API under \`api.CLUSTER_NAME.DNS_ZONE\`: \`/etc/hosts\` has that name, since its zone answers
in this network alone. It also reaches Google, by a way that the house has: the installer asks it as you do. It runs the installer, and \`scripts/bootstrap.sh\` with \`CLUSTER_VARS=FILE\`: what
\`tofu output -json cluster_vars\` printed at the other place.`,
  filledIn: (text, cluster) =>
    VARIABLES.reduce(
      (filled, { name, value }) => filled.replaceAll(`\${${name}}`, value(input, cluster)),
      text,
    ),
  reached: [
    ...input.clusters.map(cluster => ({
      host: `api.${clusterTitle(input, cluster)}.${domainOf(input)}`,
      for: `the API of ${cluster.name}, at an address of its network`,
    })),
    {
      host: 'metadata.google.internal',
      for: 'who a machine is, its time and names: answered where the machine runs',
    },
  ],
  replaced: [
    'Releases of OpenShift, and the service that says which there are: they lie in a registry of the house, and an upgrade names one by its digest ([upgrade-cluster](upgrade-cluster.md)).',
    'Catalogs of operators: those of Red Hat are switched off (`platform/openshift/catalogs.yaml`).',
    'What Red Hat hears of a cluster: the sign-in for that stands in the pull secret of the subscription, which machines are not given.',
  ],
});
