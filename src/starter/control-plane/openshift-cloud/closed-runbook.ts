/** What the runbook for the beginning says in every cloud where nothing leaves the network. */

/** `name`: how the network comes to know the name of that registry, a sentence. */
export const fromRegistry = (
  name: string,
) => ` It stays where the internet is: machines get the sign-in of a robot
  account that may read in the registry of releases, in the same form: \`{"auths": {"HOST": {"auth": "BASE64"}}}\`, where BASE64 is \`NAME:SECRET\` encoded.
- That registry, in the house: \`release_registry\` in the values of the cluster names it, and the release lies in it ([no way out](no-way-out.md)). ${name}`;

export const SIGN_INS = `Run it where the internet is. The sign-in is that of the registry of releases, and the authority is the one that signs for that registry, where it is not a public one. Take FOLDER to the
machine of the house then.

`;

export const HANDED_OVER = `First what it is made of has to be there: [carrying in and handing over](no-way-out.md). Then, on the machine of the house, with this repository,
\`cluster-vars.json\`, the values of the cluster and the kubeconfig brought along:

`;

export const ON_MACHINE_OF_HOUSE =
  'So it runs on the machine of the house that\nreaches both ([the two places](no-way-out.md)):';
