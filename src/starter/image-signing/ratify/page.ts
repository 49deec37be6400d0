/** What to do about an image that Ratify calls unsigned, and about Ratify itself. */
import type { Runbook } from '../../contribution.ts';
import { SIGNING } from '../signing-page.ts';

export function ratifyRunbook({
  namespace,
  given,
}: {
  readonly namespace: string;
  readonly given: boolean;
}): Runbook {
  return {
    id: 'unsigned-image',
    title: 'An image is said to be unsigned',
    text: `${given ? OF_AZURE : OF_GATEKEEPER}

${SIGNING}

1. Does the signature exist: \`notation list IMAGE\`.
2. Who signed: \`notation inspect IMAGE\`. The chain must end in the certificate of \`platform-config/base/image-signatures/authority.yaml\`.
3. What Ratify made of it: \`kubectl -n ${namespace} logs -l app.kubernetes.io/name=ratify --tail=-1 | grep -A20 IMAGE\`; \`errorReason\` says why.
4. The certificate has ended: signatures with a timestamp stay valid, others do not. Sign again, and raise an alert 30 days before the next
   end. One good signature is enough, so the old one may stay.
5. It is signed and refused all the same: Ratify does not reach the registry (policy \`ratify-to-registries\`), is not let in, or has not
   taken a setting: \`kubectl get keymanagementproviders,stores,verifiers,policies.config.ratify.deislabs.io\` names the error.
6. The certificate names a list of those that were taken back (CRL) or a responder (OCSP): Ratify asks there each time, and without an answer nothing
   is valid. Port 80 is closed to it: add it to \`ratify-to-registries\` where the address begins with http.
7. A deployment cannot wait: two people agree, ${given ? 'set `own_images_effect` to `Audit` for that environment' : 'set the rule back to `warn` in Git for that environment'}, and undo it the same day.

## Ratify does not answer

Gatekeeper says *Nobody can say whether the images are signed*. Pods that run go on; those with images of others start all the same.

1. \`kubectl -n ${namespace} get pods -l app.kubernetes.io/name=ratify\`: can they pull their own image, and is there a node for them?
2. *x509* in the message: Ratify writes its authority into \`kubectl get providers.externaldata.gatekeeper.sh ratify-provider -o yaml\` by itself. Delete the
   pods once; they make and write it again.
3. *context deadline exceeded*: the registry answers slowly. The rule asks for five seconds at most and the owner of the pod tries again.

## What comes next

Ratify 1 is what can be installed today; of its second version there is a beta, with other kinds and another chart. Settings are few here: \`authority.yaml\`,
\`store.yaml\`, \`verifier.yaml\` and \`policy.yaml\`. Once it is stable run both side by side with the rule at ${given ? '`Audit`' : '`warn`'}, and compare for a week.
`,
  };
}

const OF_GATEKEEPER = `The rule \`own-images\` begins as a warning: it reports, and refuses nothing. It becomes a refusal when \`enforcementAction\` in
\`platform-config/base/image-signatures/own-images.yaml\` is set to \`deny\`, after a week in which
\`kubectl describe signedownimages own-images\` names nothing.`;

const OF_AZURE = `The Gatekeeper of Azure takes rules from Azure Policy alone: \`infra/aks/own-images.tf\` holds this one. It begins as an audit, which reports and refuses
nothing. It becomes a refusal when \`own_images_effect\` of a cluster is \`Deny\`, after a week in which the compliance of the policy
\`CLUSTER-own-images\` names nothing. Microsoft has an assignment made anew to change it:
\`tofu -chdir=infra/aks apply -replace=azurerm_resource_policy_assignment.own_images\`. It takes about a quarter of an hour to reach the cluster.
The built-in *image integrity* of AKS is a preview that only audits, and is not used.`;
