/** docs/runbooks: what to do, step by step, when it matters. */
import { markdownText } from '../../../files/markdown.ts';
import { shellWord } from '../../../files/shell.ts';
import { indented, type Runbook, shell, sloBurn } from '../runbook.ts';
import { adding } from './adding.ts';
import type { Settings } from './settings.ts';

const burn = ({ traces, closed }: Settings): Runbook =>
  sloBurn({
    file: 'infra/cloud-run/slo.tf',
    measured: 'at the load balancer',
    traced: traces,
    failing: `Which requests fail, and where? Logs Explorer:

   \`\`\`text
   resource.type="${closed ? 'internal_http_lb_rule' : 'http_load_balancer'}" httpRequest.status>=500
   \`\`\`

   ${closed ? ANSWERED_WITHIN : ANSWERED}`,
  });

const ANSWERED =
  '`httpRequest.requestUrl` tells which service was asked, and `jsonPayload.statusDetails` tells who answered: `response_sent_by_backend` is the service, anything else the load balancer on its behalf.';
const ANSWERED_WITHIN =
  '`httpRequest.requestUrl` tells which service was asked, and `jsonPayload.proxyStatus` tells why the load balancer answered on behalf of the service; without it the service did.';

export function runbooks(settings: Settings): readonly Runbook[] {
  return [
    deployAndRollBack(settings),
    ...(settings.workloads.includes('web') ? [adding(settings)] : []),
    ...(settings.workloads.includes('web') ? [burn(settings)] : []),
    restore(settings),
    quotaAndRegion(settings),
  ];
}

function deployAndRollBack({ name, workloads }: Settings): Runbook {
  const web = workloads.includes('web');
  const worker = workloads.includes('worker');
  return {
    id: 'deploy-and-rollback',
    title: 'Deploy and roll back',
    text: `
## Deploy

1. Merge the change of \`workloads/NAME\`. The workflow \`image\` builds it once and pushes it to every environment; its summary names the image with its digest. An image that is built elsewhere goes to the registry that \`tofu output image_repository\` names.
2. Change the image in \`infra/cloud-run/envs/staging.tfvars\` and \`production.tfvars\`, and open a pull request. The plan of each environment is in its summary.
3. Merge. The workflow \`deploy\` applies staging, then waits for the approval of production.

${
  web
    ? `A new revision of a service starts without requests. \`scripts/rollout.sh\` gives it 5, 25, 50 and 100 percent of them, region after
region, watches each step for five minutes, and goes back by itself when more than one percent fail.
A revision that does not become ready gets no requests at all, and the workflow fails.

## Roll back

Now, without waiting for anything; of another service than \`web\` with \`SERVICE\` before it:

${shell('scripts/rollout.sh back production')}

It sends every region back to the revision before. For a certain one:

${shell(
  `gcloud run revisions list --service=${shellWord(`${name}-web`)} --region=REGION --project=PROJECT`,
  'scripts/rollout.sh back production REGION REVISION',
)}

Then revert the pull request, so that the next deployment does not bring the change again.
A rollback takes back the image and all settings of the revision. It does not take back data, secrets, network or load balancer: these go back by reverting and deploying.
`
    : `## Roll back

Revert the pull request and let the workflow \`deploy\` run.
`
}
${
  worker
    ? `## The worker

A worker pool has no requests to move: a new revision replaces the old one at once. To go back now:

${shell(
  `gcloud run worker-pools revisions list --worker-pool=${shellWord(`${name}-worker`)} --region=REGION --project=PROJECT`,
  `gcloud run worker-pools update-instance-split ${shellWord(`${name}-worker`)} --to-revisions=REVISION=100 --region=REGION --project=PROJECT`,
)}

Then revert the pull request, and send all instances to the newest revision again with \`--to-latest\`.

`
    : ''
}## Secrets

1. Add the secret to \`secrets\` in the values file, without \`version\`, and deploy: it exists, empty, and nothing reads it.
2. Add its value. It goes to Secret Manager and nowhere else:

${indented(shell('gcloud secrets versions add NAME --data-file=- --project=PROJECT'))}

3. Put the number of the version into the values file and deploy. To change a value, add a version and raise the number; to go back, lower it.
`,
  };
}

function restore({ name, workloads }: Settings): Runbook {
  return {
    id: 'restore',
    title: 'Restore',
    text: `
Nothing that runs here keeps data: it can be made again from this repository. What has to be kept is below.
Practise it twice a year with staging: delete the ${workloads.includes('web') ? 'service' : 'workload'} (with \`deletion_protection\` off), then deploy.

## Somebody deleted a resource

Run the workflow \`deploy\`. It makes again what is missing, and \`drift\` tells when something is.

## The state is broken

Every version of it is in the bucket:

${shell(
  'gcloud storage ls --all-versions gs://PROJECT-state/cloud-run/default.tfstate',
  'gcloud storage cp gs://PROJECT-state/cloud-run/default.tfstate#GENERATION gs://PROJECT-state/cloud-run/default.tfstate',
  'scripts/infra.sh plan production',
)}

The plan has to be empty, or name only what was changed since. A lock that was left behind goes with \`tofu force-unlock\`, after you made sure that no deployment runs.

## A secret was destroyed

A version that was destroyed is disabled first and gone after seven days. Until then:

${shell('gcloud secrets versions enable VERSION --secret=NAME --project=PROJECT')}

## An image is missing

The registry keeps the 30 newest versions of each image, and all of the last 90 days. Push an older one again from its source; its digest will differ, so change the values file.

## The whole project is gone

1. A deleted project can be brought back for 30 days: \`gcloud projects undelete PROJECT\`.
2. Otherwise make a project, put its name into the values files, run \`scripts/bootstrap.sh\`, push the images, add the values of the secrets, deploy${workloads.includes('web') ? ', and point the DNS records at the new addresses' : ''}.

Every resource of ${markdownText(name)} carries the label \`application\`, so what is left behind can be found.
`,
  };
}

function quotaAndRegion({ workloads, regions, closed }: Settings): Runbook {
  const web = workloads.includes('web');
  return {
    id: 'quota-and-region',
    title: 'Quota reached or region lost',
    text: `
## Instances are near their limit

${web ? 'At `max_instances` requests wait, and fail with status 429 after that.\n' : ''}
1. Look at the dashboard: did requests rise, or did each take longer? Longer requests need the cause mended, not more instances.
2. Raise \`max_instances\` in the values file and deploy.
3. Instances are limited by quota too: look under "Quotas" for Cloud Run Admin API, instances with Direct VPC egress per region, and ask for more early; an answer takes days.
4. Each instance takes addresses of its subnet, up to two at a time of change. A subnet holds half as many instances as it has addresses.

## A region is lost

${
  regions.length > 1
    ? `${
        closed && web
          ? 'A load balancer serves its own region alone: have the name servers of the house hand out the address of the other one (`tofu output dns_records`) and no more that of the lost one. Then:'
          : 'The load balancer sends requests to the other region once several in a row failed. Check that it did:'
      }

1. Look at the dashboard, instances by region, and at <https://status.cloud.google.com>.
2. The other region has to carry everything: raise \`max_instances\` there if it comes near its limit.
3. If errors stay, take the region out: remove it from \`regions\`, with \`deletion_protection\` turned off in a change before.
`
    : `One region is in use, spread over its zones by Cloud Run. To come back before the region does:

1. Append a second region to \`regions\` in the values file. Append it: subnets go by place in the list.
2. Deploy. Subnet, ${web ? 'service and backend' : 'workload'} are made there; images come from the registry of the first region, so push them again if it is lost with its region, to a registry in the second.
3. Secrets are kept in the regions of the list: add their values again if the first region held the only copies.

Doing this now, with a quiet afternoon to test it, is the better plan if an outage of hours is too long.
`
}
${
  web
    ? `## The service cannot be reached

1. Does the name lead to the addresses of \`tofu output dns_records\`?
2. Is the certificate active? \`gcloud certificate-manager certificates describe NAME${closed ? ' --location=REGION' : ''}\`. Its DNS record has to stay in place for renewals.
3. Does the firewall block? Look in the logs for \`jsonPayload.enforcedSecurityPolicy.outcome="DENY"\`. To log instead of blocking, set \`waf_preview = true\` and deploy; then exclude the rule that is wrong.
${closed ? PEERED : ''}4. Does no revision become ready? Look at the logs of the newest revision, then roll back ([Deploy and roll back](deploy-and-rollback.md)).
`
    : ''
}`.replace(/\n{3,}/g, '\n\n'),
  };
}

const PEERED =
  '   Who comes from a network that `client_ranges` does not name gets status 403 as well, and who gets no answer at all comes by no network that peers with this one: `gcloud compute networks peerings list` says ACTIVE when both sides do.\n';
