/** Notary Project: images are signed with a certificate of one's own authority, and the policy engine has it verified. */
import type { IImageValidatingPolicy } from '@kubernetes-models/kyverno/policies.kyverno.io/v1';
import type { Contribution } from '../contribution.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';
import { TOKENS } from '../placeholder-tokens.ts';
import { asksRatify } from '../policy-engine/gatekeeper/place.ts';
import { imagePolicy } from './image-policy.ts';
import { ratify } from './ratify.ts';
import { SIGNING } from './signing-page.ts';

const DECISION = 'image-signing';
const FOLDER = 'image-signatures';

export function notaryProject(input: ModuleInput): Contribution | NotGenerated {
  if (asksRatify(input)) {
    const verified = ratify(input);
    return 'notGenerated' in verified ? verified : { ...verified, placeholders: [CERTIFICATE] };
  }
  return {
    config: [
      {
        id: FOLDER,
        decision: DECISION,
        says: 'Own images run only if a certificate of your own authority signed them. One policy: of two, one would overwrite the result of the other.',
        objects: { 'own-images': [policy(input)] },
      },
    ],
    placeholders: [CERTIFICATE],
    runbooks: [RUNBOOK],
    checks: [
      {
        decision: DECISION,
        says: 'The policy that verifies signatures is there and asks for the certificate of the authority.',
        command: `grep -q 'notary:' platform-config/base/${FOLDER}/own-images.yaml`,
        path: `platform-config/base/${FOLDER}/own-images.yaml`,
      },
    ],
  };
}

const CERTIFICATE = {
  token: TOKENS.signingCertificate,
  meaning:
    'Certificate of the authority that signs images, as PEM: every line of it, indented like the token.',
  example: '-----BEGIN CERTIFICATE-----',
} as const;

function policy(input: ModuleInput): IImageValidatingPolicy {
  return imagePolicy(input, {
    attestor: { name: 'authority', notary: { certs: { value: `${TOKENS.signingCertificate}\n` } } },
    message: 'The authority of this organisation has not signed this image.',
  });
}

const RUNBOOK = {
  id: 'unsigned-image',
  title: 'An image is said to be unsigned',
  text: `The policy \`own-images\` begins as an audit: it reports, and refuses nothing. It becomes a refusal when \`validationActions\` is set to
\`[Deny]\`, after a week without findings in \`kubectl get policyreports -A\`.

${SIGNING}

1. Does the signature exist: \`notation list IMAGE\`.
2. Who signed: \`notation inspect IMAGE\`. The chain must end in the certificate that the policy names.
3. The certificate has ended: signatures with a timestamp stay valid, others do not. Sign again, and raise an alert 30 days before the next
   end.
4. It is signed and refused all the same: the verifier does not reach the registry. The policy \`to-registries-and-log\` of the namespace
   kyverno is what lets it out.
5. A deployment cannot wait: two people agree, set the policy to \`[Audit]\` in Git for that environment, and set it back the same day.
`,
} as const;
