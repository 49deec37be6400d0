/** Mistakes in the starter on machines of AWS with RKE2, and which finding has to see each. */
import { type Mutation, replace } from './mutation.ts';

const RKE2_HOSTS = 'infra/hosts/production.conf';
const ISSUER: readonly Mutation[] = [
  {
    mistake: 'the inventory has another network than the infrastructure',
    change: replace(RKE2_HOSTS, /^NODE_CIDR=.*$/m, 'NODE_CIDR=10.99.0.0/18'),
    code: 'address-ranges',
    says: /not those of infra\/hosts\/production\.conf/,
  },
  {
    mistake: 'all workloads stand in one zone',
    change: replace(RKE2_HOSTS, /eu-central-1[bc](?= +workload)/g, 'eu-central-1a'),
    code: 'own-hosts',
    says: /do not stand in three/,
  },
  {
    mistake: 'AWS reads the keys of service accounts at another address',
    change: replace(RKE2_HOSTS, /^ISSUER=https:\/\/shop-production-issuer/m, 'ISSUER=https://shop-issuer'),
    code: 'own-issuer',
    says: /ISSUER/,
  },
  {
    mistake: 'a role trusts no account of this cluster',
    change: replace(
      'infra/machines/external-dns.tf',
      'system:serviceaccount:external-dns:external-dns',
      'system:serviceaccount:dns:external-dns',
    ),
    code: 'own-issuer',
    says: /external-dns/,
  },
  {
    mistake: 'a service account names a role that nothing makes',
    change: replace(
      'delivery/platform-net/external-dns.yaml',
      /role\/\$\{CLUSTER_NAME\}-external-dns/,
      'role/${CLUSTER_NAME}-names',
    ),
    code: 'own-issuer',
    says: /-names/,
  },
  {
    mistake: 'nothing puts tokens into pods',
    change: tree => new Map([...tree].filter(([path]) => !path.startsWith('platform/pod-identity-webhook/'))),
    code: 'own-issuer',
    says: /webhook/,
  },
  {
    mistake: 'the API server signs for another issuer',
    change: replace(
      'infra/rke2/server.yaml',
      /service-account-issuer=.*/,
      'service-account-issuer=https://kubernetes.default.svc',
    ),
    code: 'own-issuer',
    says: /service-account-issuer/,
  },
];

const SIGN_IN: readonly Mutation[] = [
  {
    mistake: 'workers know of nobody who signs them in to the registry',
    change: replace('infra/rke2/agent.yaml', /^image-credential-provider-config: .*$/m, ''),
    code: 'registry-sign-in',
    says: /agent\.yaml/,
  },
  {
    mistake: 'the program by which kubelets sign in is put onto no machine',
    change: replace('scripts/host-config.sh', /^.*cp infra\/rke2\/ecr-credential-provider .*$/m, ''),
    code: 'registry-sign-in',
    says: /puts .* nowhere/,
  },
  {
    mistake: 'kubelets ask it for images of another registry',
    change: replace('infra/rke2/credential-providers.yaml', '*.dkr.ecr.*.amazonaws.com', '*.azurecr.io'),
    code: 'registry-sign-in',
    says: /dkr\.ecr/,
  },
  {
    mistake: 'roles of machines may not pull images',
    change: tree => new Map([...tree].filter(([path]) => path !== 'infra/machines/image-pull.tf')),
    code: 'registry-sign-in',
    says: /may not pull/,
  },
];

const SERVICES: readonly Mutation[] = [
  {
    mistake: 'what writes metrics takes a role that nothing makes',
    change: replace(
      'infra/machines/metrics-agent.tf',
      '"${var.cluster_name}-metrics-agent"',
      '"${var.cluster_name}-metrics"',
    ),
    code: 'own-issuer',
    says: /metrics-agent/,
  },
  {
    mistake: 'the role that writes logs trusts the account of another namespace',
    change: replace(
      'infra/machines/logs-agent.tf',
      /system:serviceaccount:[\w-]+:logs-agent/,
      'system:serviceaccount:logs:logs-agent',
    ),
    code: 'own-issuer',
    says: /logs-agent/,
  },
  {
    mistake: 'rules that are judged outside come from another document of their file',
    change: replace('infra/machines/metric-rules.tf', /document( *)= \d+/, 'document$1= 7'),
    code: 'rules-outside',
    says: /./,
  },
];

export const MUTATIONS: readonly Mutation[] = [...ISSUER, ...SIGN_IN, ...SERVICES];

export const DANGLING: readonly Pick<Mutation, 'mistake' | 'change' | 'says'>[] = [
  {
    mistake: 'the database lets in a group that nothing makes',
    change: replace(
      'infra/machines/database.tf',
      'aws_security_group.machine.id',
      'aws_security_group.node.id',
    ),
    says: /aws_security_group\.node/,
  },
  {
    mistake: 'copies are made of a cluster of EKS',
    change: replace('infra/machines/backup.tf', 'aws_s3_bucket.hosts.arn', 'aws_eks_cluster.main.arn'),
    says: /aws_eks_cluster\.main/,
  },
  {
    mistake: 'users of the database are trusted by what is there for EKS',
    change: replace('infra/machines/database.tf', 'database_user_trust[each.key]', 'pod_trust'),
    says: /pod_trust/,
  },
];

/** Of the stack with the firewall of the house (talos), and of that with its proxy and with mounted secrets (kubeadm). */
export const ELSEWHERE: readonly (Mutation & { readonly distribution: 'kubeadm' | 'talos' })[] = [
  {
    distribution: 'talos',
    mistake: 'a NAT gateway stays beside the firewall',
    change: replace('infra/machines/network.tf', /$/, '\nresource "aws_nat_gateway" "zone" {}\n'),
    code: 'way-out',
    says: /leads past the border/,
  },
  {
    distribution: 'talos',
    mistake: 'nothing leads to the house',
    change: replace('infra/machines/network.tf', /transit_gateway_id +=/g, 'nothing ='),
    code: 'way-out',
    says: /leads nowhere/,
  },
  {
    distribution: 'kubeadm',
    mistake: 'the driver of disks reaches any address',
    change: replace(
      'platform/aws-ebs-csi-driver/network-policies.yaml',
      'cidr: ${NODE_CIDR}\n',
      'cidr: ${NODE_CIDR}\n        - ipBlock:\n            cidr: 0.0.0.0/0\n',
    ),
    code: 'way-out',
    says: /leads past the proxy/,
  },
  {
    distribution: 'kubeadm',
    mistake: 'the driver of secrets asks for tokens that AWS does not take',
    change: replace(
      'platform/secrets-store-csi-driver/values.yaml',
      'sts.amazonaws.com',
      'pods.eks.amazonaws.com',
    ),
    code: 'mounted-secrets',
    says: /trusts tokens for sts\.amazonaws\.com/,
  },
  {
    distribution: 'kubeadm',
    mistake: 'what reads Secrets Manager brings a driver of its own',
    change: replace(
      'platform/secrets-store-csi-driver-provider-aws/values.yaml',
      'install: false',
      'install: true',
    ),
    code: 'mounted-secrets',
    says: /second driver/,
  },
  {
    distribution: 'kubeadm',
    mistake: 'nobody reads Secrets Manager for the driver',
    change: tree =>
      new Map(
        [...tree].filter(([path]) => !path.startsWith('platform/secrets-store-csi-driver-provider-aws/')),
      ),
    code: 'mounted-secrets',
    says: /has 0 providers/,
  },
];
