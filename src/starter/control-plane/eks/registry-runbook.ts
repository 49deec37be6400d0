/** The page on images: where they come from, and what to do when one does not. */
import type { ClusterInput } from '../../cluster-input.ts';
import type { Runbook } from '../../contribution.ts';
import { isClosedInCloud } from '../../egress/no-egress/closed.ts';
import { pickOf } from '../../picks.ts';
import { isOpenshift } from '../openshift/project.ts';
import { fetchesCopies } from './account-steps.ts';
import { ACCOUNT } from './settings.ts';
import { folderOf, isOwnControlPlane } from './trust.ts';

/** Name in front of every repository of one's own, so that rules can tell them from copies. */
export const OWN = 'apps';

export function registryRunbook(input: ClusterInput): Runbook {
  const closed = isClosedInCloud(input);
  const mirrored = fetchesCopies(input);
  const own = isOwnControlPlane(input);
  const folder = folderOf(input);
  return {
    id: 'registry',
    title: 'Images: where they come from, and what to do when one does not',
    text: `Images of your own lie in ECR below \`${OWN}/\`, in the account and the region of the cluster that runs them. To add one, add its name to
\`repositories\` in \`${ACCOUNT}/registry.tf\`, and the GitHub repository that builds it to \`publishers\`; its pipeline takes on the role
\`github-push\` by its own identity. Tags are never moved: a new image is a new tag.

Clusters of another region or account pull from its registry, and the pipeline pushes the same image, under the same digest, to each: the
variable \`IMAGES_REGISTRY\` at GitHub has the \`REGISTRY\` of every cluster, with spaces between them. The region is one of
\`registry_regions\`. Another account has its repositories from \`infra/aws-account\` too: name it in \`other_accounts\` where the
pipeline signs in, and that account in its \`pushed_from\`; both get an apply.
${mirrored ? mirror(own ? OF_MACHINES : OF_EKS, beforeTheRegistry(input)) : ''}${closed ? carried(isOpenshift(input) ? IN_HOUSE : own ? IN_STORE : 'Add-ons of EKS come from a copy that AWS keeps in every region.') : ''}
An image does not come: \`kubectl -n NAMESPACE describe pod NAME\`.

- *not found*: the name or the tag is wrong, or the registry of this account does not hold it${mirrored ? '; for a copy, look at the publisher first' : ''}.
- *no basic auth credentials* or *403*: the role of the ${own ? 'machine' : 'node'} may not pull; it needs AmazonEC2ContainerRegistryPullOnly${mirrored ? ` and what\n  stands in \`${folder}/registry.tf\`` : ''}.${own ? byProgram(input) : ''}
- *toomanyrequests*: the publisher counts pulls of this address${mirrored ? '. Its image goes around the mirror: give it the name of the mirror' : '; wait, or sign in there'}.

Findings of the scan: \`aws ecr describe-image-scan-findings --repository-name ${OWN}/NAME --image-id imageTag=TAG\`.
`,
  };
}

const IN_HOUSE = 'Images of OpenShift itself come from the registry of releases, which is one of the house.';
const IN_STORE = 'What the distribution brings itself lies in the store of the machines.';

const carried = (others: string) => `
Images of others lie beside them, below the names of their publishers, and only those that somebody carried in: [a network without a way
out](no-way-out.md). Their repositories follow from \`images.txt\` and \`charts.txt\`: after a change of either apply \`infra/aws-account\`, then
carry in. ${others}
`;

/** What does not come through it. */
const OF_EKS = 'add-ons of EKS, which AWS copies into every region itself';
const OF_MACHINES = 'what the distribution brings itself, which machines have before there is a cluster';

/** What is there before the cluster knows its registry. */
function beforeTheRegistry({ stack }: ClusterInput): string {
  switch (pickOf(stack, 'gitops')) {
    case 'flux':
      return 'Flux and its operator, which come before the cluster\nknows its registry; ';
    case 'argo-cd':
      return 'Argo CD until it delivers itself, since it comes before\nthe cluster knows its registry; ';
    default:
      return '';
  }
}

const byProgram = (input: ClusterInput) => `
  Kubelets ask \`ecr-credential-provider\` for a password, and write into their log when it fails: ${
    pickOf(input.stack, 'distribution') === 'talos'
      ? '`talosctl logs kubelet`'
      : '`journalctl -u kubelet -u rke2-server -u rke2-agent -u k3s -u k3s-agent | grep -i credential`'
  }.`;

const mirror = (around: string, first: string) => `
Images of others come through the same registry, as \`REGISTRY/PREFIX/NAME\`: ECR fetches an image at its first pull, scans it and keeps it.
Docker Hub and GitHub want an account for that, which the mirror gets when \`infra/aws-account\` is applied ([the beginning](bootstrap.md)). Whether it may sign in, once per
account and region:

\`\`\`sh
aws ecr validate-pull-through-cache-rule --ecr-repository-prefix ghcr
\`\`\`

A token ends: \`aws secretsmanager put-secret-value\` with a new one, as [the beginning](bootstrap.md) had it, and the line above once more.

Still from their publishers: ${around}; ${first}charts, which are no images.

A copy that was not pulled for 90 days is archived, and its pull fails until somebody brings it back:
\`aws ecr update-image-storage-class --repository-name PREFIX/NAME --image-id imageTag=TAG --target-storage-class STANDARD\`.
`;
