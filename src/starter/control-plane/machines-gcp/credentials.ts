/**
 * How pods act for their service account at Google: the API server puts a token and the way to exchange it into each pod
 * that carries the label. Nothing runs for that, and there is nothing that could be down.
 */
import type {
  IMutatingAdmissionPolicy,
  IMutatingAdmissionPolicyBinding,
} from 'kubernetes-models/admissionregistration.k8s.io/v1';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Component } from '../../contribution.ts';
import { gkeChoices } from '../gke/choices.ts';
import { ACCOUNT_ANNOTATION, CREDENTIALS_LABEL } from './ground.ts';

const NAME = 'google-credentials';
const MOUNT = '/var/run/secrets/google';
/** Lines of scripts/bootstrap.sh: what delivery itself signs in to the registry by is there before it. Variables are those of the cluster. */
export const CREDENTIALS_FIRST = `
echo "== Pods are handed what they sign in to Google by, those of Flux first"
kustomize build platform/${NAME} | flux envsubst --strict | kubectl apply --server-side --field-manager=bootstrap -f -
`;

/** Said once, where a value of the cluster can be put in; all else names it. */
const PROVIDER =
  '"iam.googleapis.com/projects/${PROJECT_NUMBER}/locations/global/workloadIdentityPools/${IDENTITY_POOL}/providers/cluster"';

/** Read by every library of Google: where the token lies, and who takes it. */
const configuration = (actsFor: string) =>
  `'${JSON.stringify({
    type: 'external_account',
    universe_domain: 'googleapis.com',
    audience: '//PROVIDER',
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: 'https://sts.googleapis.com/v1/token',
    credential_source: { file: `${MOUNT}/token`, format: { type: 'text' } },
  })
    .replace('PROVIDER', "' + variables.provider + '")
    .replace(/\}$/, `${actsFor}}`)}'`;

/** Cloud SQL knows accounts of a project and no others: a pod names the one that lets it act for it. */
const ACTS_FOR = `(has(object.metadata.annotations) && "${ACCOUNT_ANNOTATION}" in object.metadata.annotations ? ',"service_account_impersonation_url":"https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/' + object.metadata.annotations["${ACCOUNT_ANNOTATION}"] + ':generateAccessToken"' : "")`;

/** In every container, those that run beside the others from the start among them. */
const containers = (field: 'containers' | 'initContainers') =>
  `object.spec.${field}.map(each, Object.spec.${field}{
      name: each.name,
      env: [
        Object.spec.${field}.env{name: "GOOGLE_APPLICATION_CREDENTIALS", value: "${MOUNT}/credentials.json"},
        Object.spec.${field}.env{name: "GOOGLE_CLOUD_PROJECT", value: variables.project}
      ],
      volumeMounts: [
        Object.spec.${field}.volumeMounts{name: "${NAME}", mountPath: "${MOUNT}", readOnly: true}
      ]
    })`;

const IN_CONTAINERS = `Object{
  spec: Object.spec{
    containers: ${containers('containers')},
    initContainers: has(object.spec.initContainers) ? ${containers('initContainers')} : []
  }
}`;

/** The sources of such a volume cannot be merged with others, so it is added as a whole. */
const inThePod = (
  actsFor: string,
) => `(has(object.spec.volumes) ? [] : [JSONPatch{op: "add", path: "/spec/volumes", value: []}]) +
(has(object.metadata.annotations) ? [] : [JSONPatch{op: "add", path: "/metadata/annotations", value: {}}]) +
[
  JSONPatch{op: "add", path: "/metadata/annotations/${NAME}", value: ${configuration(actsFor)}},
  JSONPatch{op: "add", path: "/spec/volumes/-", value: Object.spec.volumes{
    name: "${NAME}",
    projected: Object.spec.volumes.projected{
      sources: [
        Object.spec.volumes.projected.sources{
          serviceAccountToken: Object.spec.volumes.projected.sources.serviceAccountToken{
            audience: "https://" + variables.provider, expirationSeconds: 3600, path: "token"
          }
        },
        Object.spec.volumes.projected.sources{
          downwardAPI: Object.spec.volumes.projected.sources.downwardAPI{
            items: [
              Object.spec.volumes.projected.sources.downwardAPI.items{
                path: "credentials.json",
                fieldRef: Object.spec.volumes.projected.sources.downwardAPI.items.fieldRef{
                  fieldPath: "metadata.annotations['${NAME}']"
                }
              }
            ]
          }
        }
      ]
    }
  }}
]`;

const GROUP = 'admissionregistration.k8s.io';
/** The first minor that serves it in its last form; before that it is the same under another version. */
const STABLE = 36;

type Served<T> = Omit<T, 'apiVersion'> & { readonly apiVersion: `${typeof GROUP}/${'v1' | 'v1beta1'}` };

export function credentials(input: ClusterInput): Component {
  const { kubernetes } = input;
  const actsFor = gkeChoices(input).managedDatabase ? `' + ${ACTS_FOR} + '` : '';
  const version = Number(kubernetes.split('.')[1]) < STABLE ? 'v1beta1' : 'v1';
  const policy: Served<IMutatingAdmissionPolicy> = {
    apiVersion: `${GROUP}/${version}`,
    kind: 'MutatingAdmissionPolicy',
    metadata: { name: NAME },
    spec: {
      failurePolicy: 'Fail',
      reinvocationPolicy: 'Never',
      matchConstraints: {
        matchPolicy: 'Equivalent',
        namespaceSelector: {},
        objectSelector: { matchLabels: { [CREDENTIALS_LABEL]: 'true' } },
        resourceRules: [
          { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] },
        ],
      },
      matchConditions: [
        {
          name: 'not-there-yet',
          expression: `!has(object.spec.volumes) || !object.spec.volumes.exists(each, each.name == "${NAME}")`,
        },
      ],
      variables: [
        { name: 'provider', expression: PROVIDER },
        { name: 'project', expression: '"${PROJECT_ID}"' },
      ],
      mutations: [
        { patchType: 'JSONPatch', jsonPatch: { expression: inThePod(actsFor) } },
        { patchType: 'ApplyConfiguration', applyConfiguration: { expression: IN_CONTAINERS } },
      ],
    },
  };
  const binding: Served<IMutatingAdmissionPolicyBinding> = {
    apiVersion: `${GROUP}/${version}`,
    kind: 'MutatingAdmissionPolicyBinding',
    metadata: { name: NAME },
    spec: { policyName: NAME },
  };
  return {
    id: NAME,
    decision: 'workload-identity',
    layer: 'crds',
    says: 'Pods that carry the label platform/google-credentials get a token for Google and the file by which its libraries exchange it; what they may do there stands in infra/machines. Before all others, so that no pod starts without.',
    objects: { policy: [policy], binding: [binding] },
  };
}
