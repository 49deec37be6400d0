/** The CSI driver of EBS: makes volumes and brings them to the machine of their pod. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Contribution } from '../../contribution.ts';
import { toApiServer } from '../../network/common-edges.ts';
import type { PodPeer } from '../../network/edge.ts';
import { terraformText } from '../../terraform.ts';
import { storage } from '../eks/storage.ts';
import { MACHINES, podRole, roleName } from '../eks/trust.ts';
import { SELF_MANAGED_FOUNDATION } from '../self-managed/foundation.ts';

const NAME = 'aws-ebs-csi-driver';
const ACCOUNT = { namespace: NAME, name: 'ebs-csi-controller-sa' } as const;
const ENDING = 'ebs-csi';
const ROLE = { label: 'ebs_csi', account: ACCOUNT, ending: ENDING, kept: 26 } as const;
const PODS: PodPeer = { kind: 'pods', namespace: NAME, labels: { app: 'ebs-csi-controller' } };
const TOKEN = '/var/run/secrets/eks.amazonaws.com/serviceaccount';

export function disks(input: ClusterInput): Contribution {
  return {
    files: new Map([
      [
        `${MACHINES}/ebs-csi.tf`,
        terraformText(
          input,
          'platform-defaults',
          'Rights of the driver that makes volumes: the policy that AWS keeps for it, and the default key of EBS.',
          rights(input),
        ),
      ],
    ]),
    namespaces: [
      {
        name: NAME,
        decision: 'platform-defaults',
        podSecurity: 'privileged',
        because: 'The driver mounts volumes on its node; nothing else may be put here.',
        owner: 'platform',
        quota: null,
      },
    ],
    components: [
      {
        id: NAME,
        decision: 'platform-defaults',
        layer: 'platform-core',
        says: 'Volumes of EBS. It starts before the webhook of pod identities, so its role and token are said here.',
        chart: {
          release: NAME,
          namespace: NAME,
          crds: 'skip',
          values: {
            controller: {
              region: '${REGION}',
              replicaCount: 2,
              k8sTagClusterId: '${CLUSTER_NAME}',
              nodeSelector: SELF_MANAGED_FOUNDATION.systemPool.nodeSelector,
              tolerations: SELF_MANAGED_FOUNDATION.systemPool.tolerations,
              podLabels: { 'eks.amazonaws.com/skip-pod-identity-webhook': 'true' },
              resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '256Mi' } },
              env: [
                { name: 'AWS_ROLE_ARN', value: roleName(ENDING) },
                { name: 'AWS_WEB_IDENTITY_TOKEN_FILE', value: `${TOKEN}/token` },
              ],
              volumes: [
                {
                  name: 'aws-token',
                  projected: {
                    sources: [
                      {
                        serviceAccountToken: {
                          audience: 'sts.amazonaws.com',
                          expirationSeconds: 3600,
                          path: 'token',
                        },
                      },
                    ],
                  },
                },
              ],
              volumeMounts: [{ name: 'aws-token', mountPath: TOKEN, readOnly: true }],
            },
            node: {
              // What its machine is it asks the metadata service, which answers the network of the machine alone.
              hostNetwork: true,
              metadataSources: 'imds',
              enableWindows: false,
              resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '256Mi' } },
            },
            helmTester: { enabled: false },
          },
        },
      },
      storage('ebs.csi.aws.com'),
    ],
    edges: [
      toApiServer(NAME, PODS),
      {
        name: 'to-aws',
        owner: NAME,
        because: 'Calls the API of AWS, whose addresses change.',
        pods: PODS,
        direction: 'egress',
        peers: [{ kind: 'anywhere' }],
        ports: [{ port: 443 }],
      },
    ],
    checks: [
      {
        decision: 'platform-defaults',
        says: 'Every node can take volumes.',
        command:
          'test "$(kubectl get csinodes -o go-template=\'{{range .items}}{{range .spec.drivers}}{{if eq .name "ebs.csi.aws.com"}}x{{end}}{{end}}{{end}}\' | wc -c)" -ge "$(kubectl get nodes -l kubernetes.io/os=linux --no-headers | wc -l)"',
        path: `platform/${NAME}/values.yaml`,
      },
    ],
  };
}

function rights(input: ClusterInput): HclExpression {
  return hcl`
${podRole(input, ROLE)}

resource "aws_iam_role_policy_attachment" "ebs_csi" {
  role       = aws_iam_role.ebs_csi.name
  policy_arn = "arn:\${data.aws_partition.current.partition}:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy"
}
`;
}
