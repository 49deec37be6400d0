/** What the pages of the first day of OpenShift say alike in every cloud. */
import { needsTunnel, REACH_API } from '../../api-exposure/access.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { breakSomething } from '../../workload/break-something.ts';
import { waitsForCertificates } from '../beginning-and-end.ts';
import { KUBEADMIN } from '../openshift/runbooks.ts';
import { signsIn } from '../openshift/settings.ts';
import { ON_MACHINE_OF_HOUSE } from './closed-runbook.ts';

/** A list item; empty where nobody signs in by the directory of the house. */
export const signInClient = (input: ClusterInput): string => (signsIn(input) ? SIGN_IN_CLIENT : '');

const SIGN_IN_CLIENT = `- An identity provider that issues groups in its tokens, with a client whose redirect address is
  \`https://oauth-openshift.apps.CLUSTER_NAME.DNS_ZONE/oauth2callback/house\`. People reach that name where they reach the API.
`;

/** Where the installer gets to the API that it makes: the rest of a sentence that ends before its command. */
export function wayOfInstaller(input: ClusterInput): string {
  if (wayOut(input) === 'none') return ON_MACHINE_OF_HOUSE;
  const [{ name }] = input.clusters;
  return needsTunnel(input)
    ? `As soon as it says that it waits for the Kubernetes API,
keep \`${REACH_API} ${name} 6443\` open in a terminal of its own, with the line that it prints in \`/etc/hosts\` ([reaching the API](reach-api.md)):`
    : 'So it runs on a machine that is in\nthat network or connected to it, and whose resolver knows its names:';
}

/** What follows the command that bootstraps, up to what differs from cloud to cloud. */
export function afterBootstrap(input: ClusterInput, hasRouter: boolean): string {
  return `It compares infrastructure and manifests, tells machines what they are for, makes those of the workloads, and lets delivery do the rest. It may be run again at any time.${hasRouter ? waitsForCertificates(input) : ''}
Encrypting what lies in etcd takes half an hour more:
\`oc get kubeapiserver -o=jsonpath='{range .items[0].status.conditions[?(@.type=="Encrypted")]}{.reason}{"\\n"}{end}'\` ends with \`EncryptionCompleted\`.

## Afterwards

${signsIn(input) ? KUBEADMIN.replace('API_NAME', 'api.CLUSTER_NAME.DNS_ZONE') : ''}${breakSomething(input)}
- Take a copy of etcd and restore it somewhere else ([etcd](etcd.md)): a copy that was never restored is a hope.`;
}
