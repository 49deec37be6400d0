/** Sigstore: the pipeline signs with its own identity, and Kyverno lets in only what it signed. */
import type { IImageValidatingPolicy } from '@kubernetes-models/kyverno/policies.kyverno.io/v1';
import type { Contribution } from '../contribution.ts';
import { isClosed } from '../egress/no-egress/closed.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';
import { repositoryOwner } from '../names.ts';
import { pickOf } from '../picks.ts';
import { TOKENS } from '../placeholder-tokens.ts';
import { imagePolicy } from './image-policy.ts';

const DECISION = 'image-signing';
const FOLDER = 'image-signatures';
const ISSUER = 'https://token.actions.githubusercontent.com';

export function sigstore(input: ModuleInput): Contribution | NotGenerated {
  if (pickOf(input.stack, 'policy-engine') !== 'kyverno')
    return {
      notGenerated: 'Verifying signatures of Sigstore is generated for Kyverno alone: images run unverified.',
    };
  if (isClosed(input))
    return {
      notGenerated:
        'A signature of Sigstore without a key is proven by a public log, which nothing reaches from this network: images run unverified. Notary Project needs no such log.',
    };
  return {
    config: [
      {
        id: FOLDER,
        decision: DECISION,
        says: 'Own images run only if the pipeline of this organisation signed them. One policy: of two, one would overwrite the result of the other.',
        objects: { 'own-images': [policy(input)] },
      },
    ],
    placeholders: [
      {
        token: TOKENS.organisation,
        meaning: 'The organisation on GitHub whose pipelines build the images.',
        example: 'acme',
      },
    ],
    runbooks: [RUNBOOK],
    checks: [
      {
        decision: DECISION,
        says: 'The policy that verifies signatures is there and asks for the identity of the pipeline.',
        command: `grep -q 'subjectRegExp' platform-config/base/${FOLDER}/own-images.yaml`,
        path: `platform-config/base/${FOLDER}/own-images.yaml`,
      },
    ],
  };
}

function policy(input: ModuleInput): IImageValidatingPolicy {
  const owner = repositoryOwner(input);
  return imagePolicy(input, {
    attestor: {
      name: 'pipeline',
      cosign: {
        keyless: {
          identities: [
            {
              issuer: ISSUER,
              subjectRegExp: `^https://github\\.com/${owner}/[^/]+/\\.github/workflows/.+$`,
            },
          ],
        },
      },
    },
    message: 'The pipeline of this organisation has not signed this image.',
  });
}

const RUNBOOK = {
  id: 'unsigned-image',
  title: 'An image is said to be unsigned',
  text: `The policy \`own-images\` begins as an audit: it reports, and refuses nothing. It becomes a refusal when \`validationActions\` is set to
\`[Deny]\`, after a week without findings in \`kubectl get policyreports -A\`.

1. Does the signature exist: \`cosign tree IMAGE\`.
2. Who signed: \`cosign verify IMAGE --certificate-oidc-issuer ${ISSUER} --certificate-identity-regexp '.*'\`.
   A signature made from a fork or by hand carries another identity, and is refused rightly.
3. It is signed by the pipeline and refused all the same: the verifier reaches neither the registry nor the public log. The policy
   \`to-registries-and-log\` of the namespace kyverno is what lets it out.
4. The public log is down and a deployment cannot wait: two people agree, set the policy to \`[Audit]\` in Git for that environment, and
   set it back the same day.
`,
} as const;
