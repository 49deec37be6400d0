/** How the names of the first region come to the second: its records are taken away, and ExternalDNS of the second writes its own. */
import type { Cluster } from '../cluster-input.ts';
import type { ModuleInput } from '../module.ts';
import { domainOf } from '../names.ts';
import { pickOf } from '../picks.ts';
import { namesAreOfInfrastructure } from './places.ts';

interface Pair {
  readonly first: Cluster;
  readonly second: Cluster;
}

export function namesMove(input: ModuleInput, { first, second }: Pair): readonly string[] {
  if (namesAreOfInfrastructure(input)) return [byInfrastructure(input, { first, second })];
  if (pickOf(input.stack, 'edge') === null)
    return [
      `*Minute 20.* No gateway holds names here. Where a Service of type LoadBalancer takes TCP or UDP, point its name at the address of the one in \`${second.name}\`.`,
    ];
  if (pickOf(input.stack, 'dns-and-certificates') !== 'external-dns-cert-manager')
    return [
      `*Minute 20.* Point \`*.${first.domain}\` at the address of the gateway of \`${second.name}\`, as it was done for the first.`,
    ];
  const zone = domainOf(input);
  return [
    `*Minute 20.* The records of the first region, and the text records that say they are its own, go, for each name below \`${first.domain}\`, here *demo*. What another
   owner has marked is left alone by ExternalDNS, so nothing happens without this:

${commands(input.foundation.dnsProvider.name, zone, `demo.${first.domain}`)
  .split('\n')
  .map(line => (line === '' ? line : `   ${line}`))
  .join('\n')}
   ExternalDNS of \`${second.name}\` writes its own within a minute: \`kubectl -n external-dns logs deployment/external-dns --tail=20\`, then \`dig +short demo.${first.domain}\`. Resolvers
   keep the old address for as long as the record allowed, five minutes as it is written.`,
  ];
}

function byInfrastructure({ foundation }: ModuleInput, { first, second }: Pair): string {
  const ofGoogle = foundation.dnsProvider.name === 'google';
  const folder = ofGoogle ? 'infra/gke' : 'infra/eks';
  const change = ofGoogle ? 'take `gateway_record` out' : 'set `gateway_stands = true`';
  const undone = ofGoogle ? '`gateway_record = ""`' : '`gateway_stands = false`';
  const record = ofGoogle ? 'google_dns_record_set.gateway[0]' : 'aws_route53_record.gateway[0]';
  return `*Minute 20.* In \`${folder}/envs/${second.name}.tfvars\` ${change} and apply: the record of \`*.${first.domain}\` points at the gateway of \`${second.name}\` from then on, whoever made it.
   The first region must not remove it once it is applied again: with its state, \`tofu -chdir=${folder} init -reconfigure -backend-config=envs/${first.name}.tfbackend\`, \`tofu -chdir=${folder} state rm '${record}'\`,
   and ${undone} in \`${folder}/envs/${first.name}.tfvars\`. Then \`dig +short demo.${first.domain}\`; resolvers keep the old address for five minutes at most.`;
}

/** The mark of an owner is a text record whose name ends like that of the record. */
function commands(provider: string, zone: string, name: string): string {
  const host = name === zone ? '@' : name.slice(0, -zone.length - 1);
  switch (provider) {
    case 'azure':
      return sh(`az network dns record-set a delete --resource-group DNS_ZONE_GROUP --zone-name ${zone} --name ${host} --yes
az network dns record-set txt list --resource-group DNS_ZONE_GROUP --zone-name ${zone} \\
  --query "[?starts_with(name, 'owner-') && ends_with(name, '${host}')].name" --output tsv |
  while read -r mark; do az network dns record-set txt delete --resource-group DNS_ZONE_GROUP --zone-name ${zone} --name "$mark" --yes; done`);
    case 'aws':
      return sh(`zone="$(aws route53 list-hosted-zones-by-name --dns-name ${zone} --query 'HostedZones[0].Id' --output text)"
aws route53 list-resource-record-sets --hosted-zone-id "$zone" --output json \\
  --query "ResourceRecordSets[?Name=='${name}.' || (starts_with(Name, 'owner-') && ends_with(Name, '${name}.'))]" |
  jq '{Changes: [.[] | {Action: "DELETE", ResourceRecordSet: .}]}' >changes.json
aws route53 change-resource-record-sets --hosted-zone-id "$zone" --change-batch file://changes.json`);
    case 'google':
      return sh(`gcloud dns record-sets delete ${name}. --type=A --zone=DNS_ZONE_NAME
gcloud dns record-sets list --zone=DNS_ZONE_NAME --filter="type=TXT AND name~^owner-.*${name}" --format='value(name)' |
  while read -r mark; do gcloud dns record-sets delete "$mark" --type=TXT --zone=DNS_ZONE_NAME; done`);
    default:
      return sh(`nsupdate -k KEY_FILE <<EOF
server NAME_SERVER
update delete ${name}. A
update delete owner-a-${name}. TXT
send
EOF`);
  }
}

function sh(code: string): string {
  return `\`\`\`sh\n${code}\n\`\`\`\n`;
}
