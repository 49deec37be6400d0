/** docs/runbooks: what to do, step by step, when it matters. */
import { markdownText } from '../../../files/markdown.ts';
import { addAService } from '../add-a-service-page.ts';
import { indented, type Runbook, shell, sloBurn } from '../runbook.ts';
import { FOLDER, hasOwnEdge, type Settings } from './settings.ts';
import { shortName } from './variables.ts';

export function runbooks(settings: Settings): readonly Runbook[] {
  return [
    deployAndRollBack(settings),
    ...(settings.workloads.includes('web') ? [adding(settings)] : []),
    ...(hasOwnEdge(settings) ? [burn(settings)] : []),
    restore(settings),
    quotaAndRegion(settings),
  ];
}

function adding(settings: Settings): Runbook {
  const name = shortName(settings.name);
  const edge = hasOwnEdge(settings);
  return addAService({
    folder: FOLDER,
    image: `ACCOUNT.dkr.ecr.REGION.amazonaws.com/${name}/shop@sha256:\u2026`,
    gets: `tasks, roles, secrets, a log, ${edge ? 'a host and alarms' : 'an address and an alarm'} of its own`,
    reached: edge
      ? [
          'Create the record that `tofu output dns_records` names for it: `shop` below the domain of the environment, unless its entry says `host`. The certificate covers every name a level below the domain.',
          'Ask for it: `curl --head https://shop.DOMAIN`. A redirect to the domain says that no rule of the load balancer knows the name.',
        ]
      : ['`tofu output addresses` says where it answers, under a name and a certificate of AWS.'],
    rollback: edge
      ? 'The objectives are those of the load balancer, so of all services together. To take a version of it back: `SERVICE=shop scripts/rollout.sh back production`.'
      : `Its deployments are those of the service \`${name}-shop\`.`,
    left: 'Its log goes with it: copy first what has to be kept. Its secrets can be brought back for 30 days. The registry refuses to go while it holds images: delete those before.',
  });
}

function burn({ name, traces }: Settings): Runbook {
  return sloBurn({
    file: `${FOLDER}/slo.tf`,
    measured: 'at the load balancer',
    traced: traces,
    failing: `Which requests fail, and who answers them? On the dashboard, errors of targets are the service's own; those of the load balancer say that no task could be reached. Then in the log:

${indented(
  shell(
    `aws logs tail /${shortName(name)}/web --since 30m --filter-pattern '?error ?Error ?ERROR ?panic' --region REGION`,
  ),
)}

   Requests that no task answered stand in the access logs of the load balancer.`,
  });
}

function deployAndRollBack(settings: Settings): Runbook {
  const { workloads } = settings;
  const name = shortName(settings.name);
  return {
    id: 'deploy-and-rollback',
    title: 'Deploy and roll back',
    text: `
## Deploy

1. Merge the change of \`workloads/NAME\`. The workflow \`image\` builds it once and pushes it to every environment; its summary names the image with its digest. An image that is built elsewhere goes to the repository that \`tofu output image_repositories\` names.
2. Change the image in \`${FOLDER}/envs/staging.tfvars\` and \`production.tfvars\`, and open a pull request. The plan of each environment is in its summary.
3. Merge. The workflow \`deploy\` applies staging, then waits for the approval of production.

${webPart(settings, name)}${
  workloads.includes('worker')
    ? `
## The worker

A new version replaces the old one task by task. When tasks do not start or stay healthy, the circuit breaker brings the version before back, and the apply fails. To go back now, to a revision of its task definition:

${shell(
  `aws ecs update-service --cluster ${name} --service worker --task-definition ${name}-worker:REVISION --region REGION`,
)}

Then revert the pull request.
`
    : ''
}${
  workloads.includes('job')
    ? `
## The job

What could not be started lies in the queue \`${name}-job-not-started\`, with the reason in the attributes of the message. A run that failed is not started again: look at its log, then start it by hand.

${shell(
  `aws logs tail /${name}/job --since 1d --region REGION`,
  `aws ecs run-task --cluster ${name} --task-definition ${name}-job --region REGION --network-configuration "awsvpcConfiguration={subnets=[SUBNET],securityGroups=[GROUP],assignPublicIp=DISABLED}"`,
)}
`
    : ''
}
## Secrets

1. Add the secret to \`secrets\` in the values file, without \`version\`, and deploy: it exists, empty, and nothing reads it.
2. Add its value. It goes to Secrets Manager and nowhere else; the command prints the id of the version:

${indented(
  shell(
    `aws secretsmanager put-secret-value --secret-id ${name}/WORKLOAD/NAME --secret-string file:///dev/stdin --region REGION`,
  ),
)}

3. Put the id of the version into the values file and deploy. To change a value, add a version and name it; to go back, name the one before. Give a version that is to stay a label of its own (\`update-secret-version-stage\`), or Secrets Manager drops it in time.
`.replace(/\n{3,}/g, '\n\n'),
  };
}

function webPart(settings: Settings, name: string): string {
  if (!settings.workloads.includes('web'))
    return `## Roll back

Revert the pull request and let the workflow \`deploy\` run.
`;
  if (settings.variant === 'ecs-express')
    return `Express Mode gives the new version a share of the requests, watches it, and moves the rest; an alarm moves them back.

## Roll back

Revert the pull request and let the workflow \`deploy\` run. While a deployment is under way, end it and go back at once:

${shell(
  `aws ecs list-service-deployments --cluster ${name} --service ${name}-web --region REGION`,
  'aws ecs stop-service-deployment --service-deployment-arn ARN --stop-type ROLLBACK --region REGION',
)}
`;
  return `New tasks of a service stand beside the old ones. When they are healthy they get a tenth of the requests for ten minutes, then all of them; the old tasks
stay for ten minutes more. An alarm on errors sends all requests back at any time, and \`scripts/rollout.sh watch\` does when tasks do not become healthy.

## Roll back

Now, without waiting for anything; of another service than \`web\` with \`SERVICE\` before it:

${shell('scripts/rollout.sh back production')}

While a deployment is under way the old tasks still run and serve again within seconds. Later the version before is started anew, which takes minutes. For a certain one:

${shell(
  `aws ecs list-task-definitions --family-prefix ${name}-web --sort DESC --region REGION`,
  'scripts/rollout.sh back production REVISION',
)}

Then revert the pull request, so that the next deployment does not bring the change again.
A rollback takes back the image and all settings of the task. It does not take back data, secrets, network or load balancer: these go back by reverting and deploying.
`;
}

function restore(settings: Settings): Runbook {
  const name = shortName(settings.name);
  return {
    id: 'restore',
    title: 'Restore',
    text: `
Nothing that runs here keeps data: it can be made again from this repository. What has to be kept is below.
Practise it twice a year with staging: delete a service, then deploy.

## Somebody deleted a resource

Run the workflow \`deploy\`. It makes again what is missing, and \`drift\` tells when something is. Who did it stands in the audit trail.

## The state is broken

Every version of it is in the bucket:

${shell(
  `aws s3api list-object-versions --bucket ${name}-ACCOUNT-state --prefix ecs.tfstate --region REGION`,
  `aws s3api get-object --bucket ${name}-ACCOUNT-state --key ecs.tfstate --version-id VERSION ecs.tfstate --region REGION`,
  `aws s3 cp ecs.tfstate s3://${name}-ACCOUNT-state/ecs.tfstate --region REGION`,
  'scripts/infra.sh plan production',
)}

The plan has to be empty, or name only what was changed since. A lock that was left behind goes with \`tofu force-unlock\`, after you made sure that no deployment runs.

## A secret was deleted

A deleted secret can be brought back for 30 days:

${shell(`aws secretsmanager restore-secret --secret-id ${name}/WORKLOAD/NAME --region REGION`)}

## An image is missing

The registry keeps the 200 newest images and signatures of each workload. Push an older one again from its source; its digest will differ, so change the values file.

## The key is to be deleted

Nothing that it encrypted can be read without it. A deletion that was asked for waits 30 days; until then:

${shell(
  'aws kms cancel-key-deletion --key-id KEY --region REGION',
  'aws kms enable-key --key-id KEY --region REGION',
)}

## The whole account is gone

1. A closed account can be reopened for 90 days by its organisation.
2. Otherwise make an account, put its number into the values files, run \`scripts/bootstrap.sh\`, push the images, add the values of the secrets, deploy${hasOwnEdge(settings) ? ', and point the DNS records at the new address' : ''}.

Every resource of ${markdownText(settings.name)} carries the tag \`application\`, so what is left behind can be found.
`,
  };
}

const WITH_ITS_GATEWAY =
  ' Where `nat_gateways` is `"one"` and that gateway stood there, nothing on the internet is reached until it is back.';

function quotaAndRegion(settings: Settings): Runbook {
  const { variant, workloads } = settings;
  const name = shortName(settings.name);
  const web = hasOwnEdge(settings);
  return {
    id: 'quota-and-region',
    title: 'Quota reached or region lost',
    text: `
## Tasks are near their limit

1. Look at the dashboard: did requests rise, or did each take longer? Longer requests need the cause mended, not more tasks.
2. Raise \`max_tasks\` in the values file and deploy.
3. ${
      variant === 'ecs-managed-instances'
        ? 'Instances are limited by quota: look under "Running On-Demand instances" in Service Quotas, and ask for more early; an answer takes days.'
        : 'Fargate is limited by quota: look under "Fargate On-Demand vCPU resource count" in Service Quotas, and ask for more early; an answer takes days. A rollout needs twice the tasks.'
    }
4. Each task takes an address of its subnet: two and a half hundred tasks per zone fit into a network of /22, a thousand into /20.

## A zone is lost

Nothing has to be done: the tasks of the other two zones go on, and ECS starts the missing ones there. Check that it did on the dashboard.${settings.closed ? '' : WITH_ITS_GATEWAY}${
      web
        ? ` If a zone answers badly without being lost, shift requests away from it:

${shell(
  'aws arc-zonal-shift start-zonal-shift --resource-identifier LOAD_BALANCER_ARN --away-from ZONE_ID --expires-in 2h --comment "zone answers badly" --region REGION',
)}`
        : ''
    }

## The region is lost

One region is in use. To come back before it does:

1. Copy the values files of production, in both folders, to \`production-REGION.tfvars\`, with the other region, and a network range of its own. Give it a \`name\` of its own: roles and buckets are the account's in every region.
2. \`scripts/bootstrap.sh production-REGION\` as an administrator: it makes state, key and registry there${web ? ', and asks for a certificate' : ''}. The trust in GitHub and the audit trail are there already: set \`github_provider = false\` and \`trail = false\`.
3. Push the images there, and add the values of the secrets again.
4. \`scripts/infra.sh apply production-REGION\`${web ? ', and point the DNS record at the new load balancer' : ''}.

Doing this now, with a quiet afternoon to test it, is the better plan if an outage of hours is too long.
${
  web
    ? `
## The service cannot be reached

1. Does the name lead to the address of \`tofu output dns_records\`?
2. Is the certificate valid? \`aws acm list-certificates --region REGION\`. Its DNS record has to stay in place for renewals.
3. Does the firewall block? What it blocked is in the log group \`aws-waf-logs-${name}\`. To count instead of blocking, set \`waf_preview = true\` and deploy; then exclude the rule that is wrong.
4. Is no task healthy? \`aws ecs describe-services --cluster ${name} --services NAME --region REGION\` says why; then roll back ([Deploy and roll back](deploy-and-rollback.md)).
`
    : ''
}${workloads.includes('worker') || workloads.includes('job') ? '\nA worker and a job that do not start: the events of the service, and the reason of a stopped task, say why.\n' : ''}`.replace(
      /\n{3,}/g,
      '\n\n',
    ),
  };
}
