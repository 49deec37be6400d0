/** The one policy of Kyverno that verifies images of one's own, whoever signs them. */
import type { IImageValidatingPolicy } from '@kubernetes-models/kyverno/policies.kyverno.io/v1';
import type { ModuleInput } from '../module.ts';
import { JUDGED_NAMESPACES } from '../policy-engine/rules.ts';
import { ownImages, registryOf } from './own-images.ts';

type Spec = NonNullable<IImageValidatingPolicy['spec']>;
interface Signer {
  readonly attestor: NonNullable<Spec['attestors']>[number];
  readonly message: string;
}

export function imagePolicy(input: ModuleInput, { attestor, message }: Signer): IImageValidatingPolicy {
  return {
    apiVersion: 'policies.kyverno.io/v1',
    kind: 'ImageValidatingPolicy',
    metadata: {
      name: 'own-images',
      annotations: { 'platform/because': 'Whoever can push to the registry must not decide what runs.' },
    },
    spec: {
      failurePolicy: 'Fail',
      validationActions: ['Audit'],
      webhookConfiguration: { timeoutSeconds: 30 },
      evaluation: { admission: { enabled: true }, background: { enabled: false } },
      matchConstraints: {
        namespaceSelector: JUDGED_NAMESPACES,
        resourceRules: [
          { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] },
        ],
      },
      ...signIn(input),
      matchImageReferences: [{ glob: ownImages(input) }],
      validationConfigurations: { required: true, verifyDigest: true, mutateDigest: true },
      attestors: [attestor],
      validations: [
        {
          expression: `images.containers.map(image, verifyImageSignatures(image, [attestors.${attestor.name}])).all(count, count > 0)`,
          message,
        },
      ],
    },
  };
}

/** Kyverno signs in to the registry with the identity that its pods have in the cloud. */
function signIn(input: ModuleInput): Pick<Spec, 'credentials'> {
  const registry = registryOf(input);
  return registry === null ? {} : { credentials: { providers: [registry.kyvernoProvider] } };
}
