/** What the runbook for the beginning says of folders that are applied once for each account, project or subscription. */

const OF_ITS_OWN = { account: 'an account', project: 'a project', subscription: 'a subscription' } as const;

/** Names of accounts and projects are in those of what holds their state, but for AWS. */
const OTHER_BUCKET = ` Its bucket has another name, since no two in all of AWS share one: \`-var state_bucket=BUCKET\`,
which the .tfbackend of that cluster names.`;

/** After the commands; `into` is what the folder made that can hold its state. */
export function stateOfFolder(what: keyof typeof OF_ITS_OWN, into: 'account' | 'bucket'): string {
  return `The state of this folder is small and names no secret; keep it where the organisation keeps such things, or move it into
the ${into} it has made. A cluster with ${OF_ITS_OWN[what]} of its own gets the same again, with a state of its own: \`tofu workspace new NAME\` before
\`tofu apply\`, or the second would take the place of the first.${what === 'account' ? OTHER_BUCKET : ''}`;
}
