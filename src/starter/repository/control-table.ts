/** What rules and auditors ask for in common, where this repository answers it, and how to see that it does. */
import type { Id } from '../../content/catalogue.ts';

export type Regime = 'pci-dss' | 'fedramp' | 'hipaa' | 'dora';

/** The text whose numbers the table names. */
export const REGIMES: Readonly<Record<Regime, string>> = {
  'pci-dss': 'PCI DSS 4.0.1',
  fedramp: 'NIST SP 800-53 Rev. 5, as FedRAMP asks for it',
  hipaa: 'HIPAA Security Rule, 45 CFR 164',
  dora: 'DORA, Regulation (EU) 2022/2554',
};

export interface Control {
  readonly requirement: string;
  /** The first of these that the repository holds answers it; a folder ends in a slash. */
  readonly files: readonly string[];
  readonly check: string | ((file: string) => string);
  readonly decision: Id;
  /** Left out where the answer to this question does not name the choice. */
  readonly where?: { readonly question: Id; readonly names: Id };
  readonly regimes: Readonly<Partial<Record<Regime, string>>>;
}

const DEFAULTS = 'platform-defaults';
const DEFAULT_CHECKS = 'scripts/check-decisions.sh platform-defaults';

/** What an API server of one's own is told, as it says itself. */
const OWN_ENCRYPTION: Readonly<Record<string, string>> = {
  'infra/rke2/server.yaml': 'rke2 secrets-encrypt status, on a host of the control plane',
  'infra/k3s/server.yaml': 'k3s secrets-encrypt status, on a host of the control plane',
  'infra/kubeadm/encryption.yaml':
    'a new Secret in etcd begins with k8s:enc:secretbox, as etcdctl get shows it',
  'infra/talos/control-plane.yaml': 'talosctl writes the key of the file of secrets beside it (secretbox)',
  'platform-config/base/openshift/api-server.yaml': 'oc get openshiftapiserver: the condition Encrypted',
};

export const CONTROLS: readonly Control[] = [
  {
    requirement: 'Traffic is denied unless a policy allows it, in and out',
    files: ['platform/namespaces/'],
    check: DEFAULT_CHECKS,
    decision: DEFAULTS,
    regimes: { 'pci-dss': '1.3.1, 1.3.2', fedramp: 'AC-4, SC-7', hipaa: '312(e)(1)', dora: 'Art. 9(4)(b)' },
  },
  {
    requirement: 'Containers run without root, capabilities and access to their node',
    files: ['platform/namespaces/'],
    check: 'scripts/check-exceptions.sh',
    decision: DEFAULTS,
    regimes: { 'pci-dss': '2.2.1', fedramp: 'AC-6, CM-6, CM-7' },
  },
  {
    requirement: 'Admission refuses what Pod Security does not look at',
    files: ['platform-config/base/admission-policies/'],
    check: 'scripts/check-decisions.sh policy-engine',
    decision: 'policy-engine',
    regimes: { 'pci-dss': '2.2.1', fedramp: 'CM-6, CM-7' },
  },
  {
    requirement: 'Only images that were signed by their builder run',
    files: ['platform-config/base/image-signatures/'],
    check: 'scripts/check-decisions.sh image-signing',
    decision: 'image-signing',
    regimes: { fedramp: 'CM-14, SI-7', dora: 'Art. 9(4)(e)' },
  },
  {
    requirement: 'Secrets are encrypted where they are stored',
    files: [
      'infra/eks/encryption.tf',
      'infra/aks/',
      'infra/gke/',
      'infra/rke2/server.yaml',
      'infra/k3s/server.yaml',
      'infra/kubeadm/encryption.yaml',
      'infra/talos/control-plane.yaml',
      'platform-config/base/openshift/api-server.yaml',
    ],
    check: file => OWN_ENCRYPTION[file] ?? 'scripts/validate.sh terraform',
    decision: 'control-plane',
    regimes: {
      'pci-dss': '3.5.1, 3.6.1',
      fedramp: 'SC-12, SC-28',
      hipaa: '312(a)(2)(iv)',
      dora: 'Art. 9(4)(d)',
    },
  },
  {
    requirement: 'Volumes are encrypted, and kept when their claim is deleted',
    files: ['platform/storage/storage-class.yaml', 'platform/storage/'],
    check: 'scripts/validate.sh manifests',
    decision: DEFAULTS,
    regimes: { 'pci-dss': '3.5.1', fedramp: 'SC-28', hipaa: '312(a)(2)(iv)', dora: 'Art. 9(3)(c)' },
  },
  {
    requirement: 'Traffic from outside is encrypted, and plain HTTP is sent to HTTPS',
    files: [
      'platform-config/base/gateway/gateway.yaml',
      'platform-config/base/gateway/',
      'platform-config/base/ingress/',
    ],
    check: 'scripts/check-decisions.sh edge',
    decision: 'edge',
    regimes: { 'pci-dss': '4.2.1', fedramp: 'SC-8', hipaa: '312(e)(2)(ii)', dora: 'Art. 9(3)(a)' },
  },
  {
    requirement: 'People sign in by the directory, and groups have the least they need',
    files: ['platform-config/base/access/'],
    check: 'scripts/check-decisions.sh human-access',
    decision: 'human-access',
    regimes: {
      'pci-dss': '7.2.1, 7.2.2',
      fedramp: 'AC-2, AC-6, IA-2',
      hipaa: '312(a)(1), 312(d)',
      dora: 'Art. 9(4)(c)',
    },
  },
  {
    requirement: 'Workloads have identities of their own and no stored keys',
    files: [
      'infra/eks/identity.tf',
      'infra/aks/cluster.tf',
      'infra/gke/identity.tf',
      'infra/machines/identity.tf',
    ],
    check: 'scripts/validate.sh terraform',
    decision: 'workload-identity',
    regimes: { 'pci-dss': '8.6.1, 8.6.3', fedramp: 'IA-5, IA-9', dora: 'Art. 9(4)(d)' },
  },
  {
    requirement: 'No secret lies in the repository',
    files: ['.github/workflows/security.yaml'],
    check: 'gitleaks git',
    decision: 'secrets',
    regimes: { 'pci-dss': '8.6.2', fedramp: 'IA-5(7)' },
  },
  {
    requirement: 'Workloads get secrets mounted by an identity of their own, and no copy is made of them',
    where: { question: 'secret-needs', names: 'no-copy' },
    files: [
      'platform/secrets-store-csi-driver/values.yaml',
      'infra/eks/secrets.tf',
      'infra/gke/secrets.tf',
      'infra/aks/secret-readers.tf',
    ],
    check: 'scripts/check-decisions.sh secrets',
    decision: 'secrets',
    regimes: { 'pci-dss': '8.6.2', fedramp: 'IA-5(7)' },
  },
  {
    requirement: 'Calls of the control plane are logged and kept',
    files: ['infra/eks/cluster.tf', 'infra/aks/cluster.tf', 'infra/gke/cluster.tf'],
    check: 'scripts/check-decisions.sh control-plane',
    decision: 'control-plane',
    regimes: {
      'pci-dss': '10.2.1, 10.5.1',
      fedramp: 'AU-2, AU-11, AU-12',
      hipaa: '312(b)',
      dora: 'Art. 10(1)',
    },
  },
  {
    requirement: 'Every change is reviewed before it is applied',
    files: ['CODEOWNERS'],
    check: 'the branch main is protected in the settings of the repository',
    decision: 'gitops',
    regimes: { 'pci-dss': '6.5.1', fedramp: 'CM-3, CM-5', dora: 'Art. 9(4)(e)' },
  },
  {
    requirement: 'Known holes are patched within days',
    files: ['renovate.json5'],
    check: 'open pull requests of Renovate are not older than a week',
    decision: DEFAULTS,
    regimes: { 'pci-dss': '6.3.3', fedramp: 'SI-2', dora: 'Art. 9(4)(f)' },
  },
  {
    requirement: 'Settings that are known to be dangerous are found before they are merged',
    files: ['.github/workflows/security.yaml'],
    check: 'checkov --directory . --config-file policies/checkov.yaml',
    decision: DEFAULTS,
    regimes: { 'pci-dss': '6.3.1', fedramp: 'RA-5, SA-11' },
  },
  {
    requirement: 'What runs is known: every image, by component',
    files: ['images.txt'],
    check: 'scripts/mirror-images.sh',
    decision: DEFAULTS,
    regimes: { 'pci-dss': '6.3.2', fedramp: 'CM-8', dora: 'Art. 8(4)' },
  },
  {
    requirement: 'Failures are noticed, and somebody is told',
    files: ['platform-config/base/slo/'],
    check: 'scripts/validate.sh rules',
    decision: DEFAULTS,
    regimes: { 'pci-dss': '10.7.2', fedramp: 'SI-4', hipaa: '308(a)(1)(ii)(D)', dora: 'Art. 10(1)' },
  },
  {
    requirement: 'What to do is written down before it happens',
    files: ['docs/runbooks/'],
    check: 'every alert names a runbook that is there',
    decision: DEFAULTS,
    regimes: { 'pci-dss': '12.10.1', fedramp: 'IR-4, IR-8', hipaa: '308(a)(6)(ii)', dora: 'Art. 17(1)' },
  },
  {
    requirement: 'Data can be restored, and that is tried',
    files: ['docs/runbooks/restore.md', 'docs/runbooks/stateful-store.md'],
    check: 'the drill of the runbook, every three months',
    decision: 'backup',
    regimes: { fedramp: 'CP-4, CP-9, CP-10', hipaa: '308(a)(7)(ii)', dora: 'Art. 12(1)' },
  },
  {
    requirement: 'Exceptions have a reason, an owner and an end',
    files: ['docs/exceptions.yaml'],
    check: 'scripts/check-exceptions.sh',
    decision: DEFAULTS,
    regimes: { fedramp: 'CA-5' },
  },
];
