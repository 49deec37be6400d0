/** How people open the web page of Argo CD, which has no way in from outside. */
import type { Runbook } from '../../contribution.ts';

export const OPENING_ARGO_CD: Runbook = {
  id: 'argo-cd-interface',
  title: 'Opening Argo CD',
  text: `The web page of Argo CD has no name and no route: who may change everything in a cluster through it must not be found from outside. Two
things let somebody in, and both are needed.

1. The API of the cluster: \`kubectl -n argocd port-forward service/argocd-server 8080:443\`. It takes the right to *portforward* pods of
   \`argocd\`, which the roles of the platform give and those of developers do not.
2. The identity provider: open \`https://localhost:8080\` and sign in. There is no local administrator. The groups of the token say what one
   may do: \`configs.rbac\` in \`platform/argo-cd/values.yaml\`.

The certificate is one that Argo CD signed itself, for a connection that never leaves the tunnel; the browser says so once.

It does not open:

- *redirect address is not registered*: the client at the identity provider lacks \`https://localhost:8080/auth/callback\`.
- One is in and sees nothing: the token has no claim \`groups\`, or the group is not named in \`policy.csv\`.
- *lost connection to pod*: the pod was replaced; begin again.

Without the page: \`kubectl -n argocd get applications\`, and [what to do when one is not in sync](delivery-failed.md).

Developers are to open it as well: give them a route through the way in with the same sign-in, in a pull request that says who is on call for
it, and raise the replicas of the server before.
`,
};
