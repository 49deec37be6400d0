/** docs/runbooks: what to do, step by step, when it matters. */
import { markdownText } from '../../../files/markdown.ts';
import { shellWord } from '../../../files/shell.ts';
import { addAService } from '../add-a-service-page.ts';
import { indented, type Runbook, shell, sloBurn } from '../runbook.ts';
import { givenNetwork } from './given-network.ts';
import { SERVICE_FOLDER } from './infrastructure.ts';
import { addressesOf, type Settings } from './settings.ts';

export function runbooks(settings: Settings): readonly Runbook[] {
  return [
    deployAndRollBack(settings),
    ...(settings.workloads.includes('web') ? [adding(settings), burn(settings)] : []),
    restore(settings),
    quotaAndRegion(settings),
    ...(settings.network === 'existing' ? [givenNetwork(settings)] : []),
  ];
}

function adding({ exposed, network }: Settings): Runbook {
  return addAService({
    folder: SERVICE_FOLDER,
    image: 'REGISTRY.azurecr.io/shop@sha256:\u2026',
    gets: `an app, an identity, a key vault, ${exposed ? 'a host, a certificate, a probe and alarms' : 'a name and alarms'} of its own`,
    reached: exposed
      ? [
          'Create the two records that `tofu output dns_records` names for it: the host is `shop` below the domain of the environment, unless its entry says `host`. The first one proves the host and stays; its certificate follows within the hour, and until then its probe says that it cannot be reached.',
          'Ask for it: `curl --head https://shop.DOMAIN`. The private link of `web` serves it too, so there is nothing to approve.',
        ]
      : [
          `\`tofu output addresses\` says where it answers. With \`domain\` its host is \`shop\` below that, unless its entry says \`host\`: lead the host to the address in your own DNS. The certificate of the domain has to name it (a wildcard does); another one is put into the key vault of web and named as \`certificate\`.`,
          `Ask for it from the network: \`curl --head https://NAME\`.${network === 'existing' ? ' Its key vault takes one more address of the subnet for private endpoints.' : ''}`,
        ],
    rollback: `The objectives are those of ${exposed ? 'Front Door' : 'the environment'}, so of all services together. To take a version of it back: \`SERVICE=shop scripts/rollout.sh back production\`.`,
    ...(exposed
      ? { retired: 'Take its CNAME record away: a name that leads to nothing can be taken by others.' }
      : {}),
    left: `The script stops at its key vault, which no plan destroys: let the state forget it with \`tofu -chdir=infra/bootstrap state rm 'azurerm_key_vault.workload["shop"]'\` and run the script once more. \`az keyvault delete --name VAULT\` then takes it away; its secrets can be brought back for 90 days. Its images stay.`,
  });
}

function burn({ exposed, traced }: Settings): Runbook {
  const query = exposed
    ? 'AzureDiagnostics | where Category == "FrontDoorAccessLog" and toint(httpStatusCode_s) >= 500'
    : 'ContainerAppHTTPLogs | where StatusCode >= 500';
  return sloBurn({
    file: 'infra/container-apps/slo.tf',
    measured: exposed ? 'at Front Door' : 'at the environment',
    traced,
    failing: `Which requests fail, and where? Logs of the workspace:

   \`\`\`text
   ${query}
   \`\`\`

   ${
     exposed
       ? '`httpStatusDetails_s` and `errorInfo_s` tell who answered: `NoError` is the service, anything else Front Door on its behalf.'
       : '`ResponseCodeDetails` tells who answered: `via_upstream` is the service, anything else the environment on its behalf.'
   } \`ContainerAppHTTPLogs\` has the revision and the replica of each.`,
  });
}

function deployAndRollBack({ name, workloads, signed, exposed }: Settings): Runbook {
  const web = workloads.includes('web');
  const worker = workloads.includes('worker');
  const group = shellWord(`${name}-production`);
  const first = workloads[0] ?? 'web';
  return {
    id: 'deploy-and-rollback',
    title: 'Deploy and roll back',
    text: `
## Deploy

1. Merge a change under \`workloads/NAME\`. The workflow \`image\` builds it for amd64, pushes it to the registry of each environment${signed ? ', signs' : ''} and locks it; its summary has the digests.
2. Change the image in \`infra/container-apps/envs/staging.tfvars\` and \`production.tfvars\`, and open a pull request. The plan of each environment is in its summary.
3. Merge. The workflow \`deploy\` ${signed ? 'looks at the signatures, ' : ''}applies staging, then waits for the approval of production.

${
  web
    ? `A new revision of a service starts without requests. \`scripts/rollout.sh\` gives it 5, 25, 50 and 100 percent of them,
watches each step for five minutes, and goes back by itself when more than one percent fail.
A revision that does not become ready gets no requests at all, and the workflow fails. Once all requests are moved, the old revision is stopped.

## Roll back

Now, without waiting for anything; of another service than \`web\` with \`SERVICE\` before it:

${shell('scripts/rollout.sh back production')}

It starts the revision before and sends all requests there; that takes about a minute. For a certain one:

${shell(
  `az containerapp revision list --name NAME --resource-group ${group} --all --output table`,
  'scripts/rollout.sh back production REVISION',
)}

Then revert the pull request, so that the next deployment does not bring the change again.
A rollback takes back the image and all settings of the revision. It does not take back data, secrets${exposed ? ', network or Front Door' : ' or names'}: these go back by reverting and deploying.
`
    : `## Roll back

Revert the pull request and let the workflow \`deploy\` run.
`
}
${
  worker
    ? `## The worker

The worker has one revision at a time: the old one stops once the new one is ready, and goes on if it never is.
To go back, revert the pull request and deploy. To stop it at once:

${shell(`az containerapp revision deactivate --name worker --resource-group ${group} --revision REVISION`)}

`
    : ''
}${
  workloads.includes('job')
    ? `## The job

A failed run is retried as often as \`max_retries\` says, and then an alert. To look, and to run it now:

${shell(
  `az containerapp job execution list --name job --resource-group ${group} --output table`,
  `az containerapp job start --name job --resource-group ${group}`,
)}

`
    : ''
}## Secrets

1. Add the value to the key vault of the workload, and to nothing else. Your address has to be in \`admin_ranges\`, your group in \`secret_writers\` of \`infra/bootstrap\`:

${indented(shell(`az keyvault secret set --vault-name ${first}-VAULT --name NAME --file /dev/stdin`))}

2. Name it in \`secrets\` of the values file, with the id of its version: the last part of the \`id\` that the command prints. Deploy.
3. To change a value, add a version and change the id; to go back, change it back.
`,
  };
}

function restore({ name, workloads, exposed }: Settings): Runbook {
  return {
    id: 'restore',
    title: 'Restore',
    text: `
Nothing that runs here keeps data: it can be made again from this repository. What has to be kept is below.
Practise it twice a year with staging: delete the ${workloads.includes('web') ? 'web app' : 'workload'}, then deploy.

## Somebody deleted a resource

Run the workflow \`deploy\`. It makes again what is missing, and \`drift\` tells when something is.
Registry, key vaults, workspace and state are locked: an owner has to take the lock away first, and the activity log in the workspace says who did.

## The state is broken

Every version of it is in the storage account, whose name \`scripts/infra.sh\` prints on init:

${shell(
  'az storage blob list --account-name ACCOUNT --container-name state --prefix container-apps.tfstate --include v --auth-mode login --output table',
  'az storage blob copy start --account-name ACCOUNT --destination-container state --destination-blob container-apps.tfstate --source-uri "https://ACCOUNT.blob.core.windows.net/state/container-apps.tfstate?versionid=VERSION" --auth-mode login',
  'scripts/infra.sh plan production',
)}

The plan has to be empty, or name only what was changed since. A lock that was left behind goes with \`tofu force-unlock\`, after you made sure that no deployment runs.

## A secret or a vault was deleted

Both stay for 90 days, and cannot be purged before:

${shell('az keyvault secret recover --vault-name VAULT --name NAME', 'az keyvault recover --name VAULT')}

## An image is missing

Locked images are not deleted. An untagged one goes after 30 days: push it again from its source; its digest will differ, so change the values file.

## The whole environment is gone

1. Run \`scripts/bootstrap.sh\`; key vaults come back with their secrets, the registry comes back empty.
2. Build and push the images, change the digests, run the workflow \`deploy\`.
${exposed ? '3. Create the records of `tofu output dns_records` again: the address of Front Door and the proofs of the hosts have changed.\n' : ''}
Every resource of ${markdownText(name)} carries the tag \`application\`, so what is left behind can be found.
`,
  };
}

function quotaAndRegion({ workloads, exposed, location, network, profile }: Settings): Runbook {
  const web = workloads.includes('web');
  return {
    id: 'quota-and-region',
    title: 'Quota reached or region lost',
    text: `
## Replicas are near their limit

${web ? 'At `max_replicas` requests wait, and fail after that.\n' : ''}
1. Look at the workbook: did requests rise, or did each take longer? Longer requests need the cause mended, not more replicas.
2. Raise \`max_replicas\` in the values file and deploy; a revision starts 1000 at most.
3. Cores are limited by quota too, for the environment and for the region: look under "Quotas" for Azure Container Apps, and ask for more early; an answer takes days.
4. ${addressesOf({ profile })} The subnet cannot be made larger later.

## A region is lost

One region is in use, over its zones. To come back before the region does:

1. Copy \`envs/production.tfvars\` of both folders to \`envs/recovery.tfvars\`, with another \`location\`, \`environment = "recovery"\` and ${network === 'created' ? 'another range' : 'the subnets of a network there'}, and run \`scripts/bootstrap.sh recovery\`.
2. Push the images to its registry and write the secrets again, from where you keep them besides.
3. Run \`scripts/infra.sh apply recovery\`${exposed ? ' and `scripts/approve-front-door.sh recovery`. Front Door takes up to half an hour for new routes' : ''}.
${exposed ? '4. Point the DNS record of each host at the new endpoint, with its new proof beside it.\n' : web ? '4. Point the names of the services at the new address.\n' : ''}
Nothing of ${markdownText(location)} is needed for it but this repository. Doing it once on a quiet afternoon shows how long it takes; if that is too long, keep it running.
${
  web
    ? `
## The service cannot be reached

${
  exposed
    ? `1. Does the name lead to the endpoint of \`tofu output dns_records\`? Is the host approved? \`az afd custom-domain list\`. The record of its proof has to stay.
2. Is the private link accepted? \`scripts/approve-front-door.sh production\` accepts what is pending.
3. Does the firewall block? Look for \`FrontDoorWebApplicationFirewallLog\` in the workspace. To log instead of blocking, set \`waf_mode = "Detection"\` and deploy; then exclude the rule that is wrong.
4. Does no revision become ready? Look at \`ContainerAppSystemLogs\`, then roll back ([Deploy and roll back](deploy-and-rollback.md)).`
    : `1. Does the service's name in \`tofu output addresses\` lead to its address from where you are? The private DNS zone has to be linked to the network of the caller.
2. Do the rules of the network let port 443 of that address through?
3. Does no revision become ready? Look at \`ContainerAppSystemLogs\`, then roll back ([Deploy and roll back](deploy-and-rollback.md)).`
}
`
    : ''
}`.replace(/\n{3,}/g, '\n\n'),
  };
}
