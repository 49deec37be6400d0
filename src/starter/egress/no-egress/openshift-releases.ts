/** What docs/runbooks/no-way-out.md says of releases of OpenShift: who copies them, and where they lie within. */
import { IMAGE_SET, IN_HARBOR, WRITTEN } from '../../control-plane/openshift/mirror.ts';
import { minorOf, RED_HAT } from '../../control-plane/openshift/project.ts';
import type { ModuleInput } from '../../module.ts';
import { isClosedByHouse, signsInAs } from './closed.ts';

/** By the script that carries all else in, or by hand into a registry of its own. */
export function releasesOfOpenshift(input: ModuleInput): string {
  const house = isClosedByHouse(input);
  const place = house ? IN_HARBOR : 'RELEASE_REGISTRY';
  return `## OpenShift itself

${house ? BY_SCRIPT : byHand(signsInAs(input) === 'aws' ? OF_AWS : OF_GOOGLE)}
It comes with each release, beside \`oc\`. Red Hat counts 12 GB for a release; \`oc-mirror delete\` takes old ones out of ${house ? 'Harbor' : 'it'} again.

In two halves, where no machine reaches both sides:

\`\`\`sh
oc-mirror --v2 --config ${IMAGE_SET} file://FOLDER
oc-mirror --v2 --config ${IMAGE_SET} --from file://FOLDER docker://${place}
\`\`\`

What it writes into \`FOLDER/${WRITTEN}\`: the signature of each release, which [an upgrade](upgrade-cluster.md) needs, and mirrors that clusters have already: the installer makes ${house ? 'those of releases, and\n`platform/openshift/mirrors.yaml` has those of whole registries' : 'them'}. Mirrors are not applied from there: every change of them restarts all hosts, one by one.

An operator of a catalog, that of a storage for one, is named in \`${IMAGE_SET}\`, with its catalog:

\`\`\`yaml
mirror:
  operators:
    - catalog: registry.redhat.io/redhat/redhat-operator-index:v${minorOf(input)}
      packages: [{name: local-storage-operator}]
\`\`\`

After the next run the cluster is told of the catalog by \`oc apply -f FOLDER/${WRITTEN}/cs-redhat-operator-index-v${minorOf(input).replace('.', '-')}.yaml\`; those of Red Hat are switched
off (\`platform/openshift/catalogs.yaml\`), since nothing here reaches them.`;
}

const BY_SCRIPT = `Hosts run what \`oc-mirror\` copies into the project \`${RED_HAT}\`: the script calls it with \`${IMAGE_SET}\`, which names releases, and FOLDER, which is kept from one run to the next. It signs
in with the pull secret of the subscription and with an account of Harbor that may write, both in \`\${XDG_RUNTIME_DIR}/containers/auth.json\`, and trusts what its machine trusts.`;

const OF_AWS = { registry: 'ECR', lasts: 'twelve hours' };
const OF_GOOGLE = { registry: 'Artifact Registry', lasts: 'one hour' };

const byHand = ({
  registry,
  lasts,
}: typeof OF_AWS) => `Machines run what \`oc-mirror\` copies into a registry of the house, which the network has a route to: RELEASE_REGISTRY is \`release_registry\` in the values of a cluster. Quay,
Harbor, Artifactory and Nexus do, and the small one that Red Hat gives along with the subscription (\`mirror-registry\`), on a machine with 12 GB for each release. ${registry} does not: machines sign in
to a mirror with what stands in their pull secret, and a password of ${registry} ends after ${lasts}. It is up whenever a cluster is: without it no machine starts. Where both Red Hat and that registry
are reached:

\`\`\`sh
oc-mirror --v2 --config ${IMAGE_SET} --workspace file://FOLDER docker://RELEASE_REGISTRY
\`\`\`

\`${IMAGE_SET}\` names releases, and FOLDER is kept from one run to the next. It signs in with the pull secret of the subscription and with an account of that registry that may write, both in
\`\${XDG_RUNTIME_DIR}/containers/auth.json\`, and trusts what its machine trusts.`;
