/** docs/runbooks/house-authorities.md: who believes what the house signs for, how an authority is changed, and what to do when one is not known. */
import type { Runbook } from '../../contribution.ts';
import type { ModuleInput } from '../../module.ts';
import { pickOf } from '../../picks.ts';
import { AUTHORITIES, AUTHORITIES_FILE, hostsOfDelivery } from './authorities.ts';
import { publishesAuthorities } from './publishes.ts';

/** Hosts that the house or its infrastructure sets up, and no cloud. */
function hostsHaveThem({ stack }: ModuleInput): boolean {
  return pickOf(stack, 'control-plane') === 'self-managed';
}

/** `told`: namespaces whose pods have it as a folder. */
export function houseAuthoritiesPage(input: ModuleInput, told: readonly string[]): Runbook {
  const rows = [
    `| Pods that call out, in ${told.map(name => `\`${name}\``).join(', ')} | the ConfigMap \`${AUTHORITIES}\` of their namespace, beside the public authorities of their image | a restart |`,
    ...(hostsOfDelivery(input).length === 0
      ? []
      : [
          '| What reads Git and the registry for delivery | what `scripts/bootstrap.sh` makes of the file | `scripts/bootstrap.sh` again |',
        ]),
    ...(hostsHaveThem(input)
      ? [
          '| Hosts: for images, snapshots of etcd and, where it is of the house, the sign-in | `scripts/host-config.sh`, which puts it among what each host is told | the script again, and each host as in its upgrade |',
        ]
      : []),
    ...(publishesAuthorities(input)
      ? [
          '| Workloads of teams that ask for it ([own authority](own-authority.md)) | trust-manager, which adds public authorities | nothing, or a restart where a program reads it once |',
        ]
      : []),
  ];
  return {
    id: 'house-authorities',
    title: 'Authorities of the house',
    text: `What the house runs has certificates that no public authority signed, and whoever calls it has to know who did. \`${AUTHORITIES_FILE}\` is the one
place that says so: certificates of authorities as PEM, one after the other, roots and no keys. An object storage or a mail server with a
certificate of a public authority wants the root of that one there as well.

| Who | Has it from | After a change |
| --- | --- | --- |
${rows.join('\n')}

Runners of pipelines, and machines of people, have it from their image: the programs there read the list of the operating system, those in
Node what \`NODE_EXTRA_CA_CERTS\` names beside that.

**An authority is changed** in two steps, months before the old one ends. Put the new certificate beside the old one, let it be delivered, and
restart who reads it once:

\`\`\`sh
for namespace in ${told.join(' ')}; do
  kubectl -n "$namespace" rollout restart deployment,statefulset,daemonset
done
\`\`\`

Only then are certificates of servers issued by the new one; when none is left of the old one, take it out the same way. How long each has:
\`openssl crl2pkcs7 -nocrl -certfile ${AUTHORITIES_FILE} | openssl pkcs7 -print_certs -text -noout | grep -E 'Subject:|Not After'\`. Nothing watches
these dates: they belong into the calendar of the team.

## Certificate signed by unknown authority

1. Whose certificate is it: \`openssl s_client -connect HOST:443 -showcerts </dev/null\`. The chain that the server sends has to end at one of the
   file; a server that leaves its intermediate out is mended there.
2. What the pod has: \`kubectl -n NAMESPACE get configmap ${AUTHORITIES} -o jsonpath='{.data.ca\\.crt}'\`. Old: delivery has not come that far. New: the
   pod is older than the change.
`,
  };
}
