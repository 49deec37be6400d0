/** docs/runbooks/add-a-service.md: what of it is that of Cloud Run. */
import { addAService } from '../add-a-service-page.ts';
import type { Runbook } from '../runbook.ts';
import type { Settings } from './settings.ts';

export function adding({ closed }: Settings): Runbook {
  return addAService({
    folder: 'infra/cloud-run',
    image: 'REGION-docker.pkg.dev/PROJECT/images/shop@sha256:\u2026',
    gets: 'instances in each region, an identity, secrets, a host and alarms of its own',
    reached: closed ? REACHED_WITHIN : REACHED,
    rollback:
      'The objectives are those of the load balancer, so of all services together. To take a version of it back: `SERVICE=shop scripts/rollout.sh back production`.',
    retired:
      'Retire it: `retired = true` in its entry, and merge. From then on no request reaches it, nothing asks for it, and it may be deleted. Remove its records. Without this step the load balancer would still hold it, and the apply would fail.',
    left: 'Its secrets leave `secrets` with it, and are gone with that. Its images stay in the registry: delete them there, and `workloads/shop` here.',
  });
}

const NO_RULE = 'A redirect to the domain says that no rule of the load balancer knows the name.';
const COVERED = 'The certificate covers every name a level below the domain.';
const REACHED = [
  `Give \`shop\` below the domain of the environment, or the \`host\` of its entry, records with the addresses of \`web\`, as \`tofu output dns_records\` names them. Do it before the merge: with that the check from outside begins, and it wakes somebody when it fails for five minutes. ${COVERED}`,
  `Ask for it: \`curl --head https://shop.DOMAIN\`. ${NO_RULE}`,
  'The check asks for `/`: name another path with `probe_path` where nothing answers there.',
];
const REACHED_WITHIN = [
  `Create the records that \`tofu output dns_records\` names for it at the name servers of the house: \`shop\` below the domain of the environment, unless its entry says \`host\`. ${COVERED}`,
  `Ask for it from a network in \`client_ranges\`: \`curl --head https://shop.DOMAIN\`. ${NO_RULE}`,
];
