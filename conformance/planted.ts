/**
 * `npm run conformance -- --planted`: one mistake per check is planted into the examples, and each check has to find its
 * own. A check that looks at nothing is green, and this is how it is noticed.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Check } from './check.ts';
import { removeStacks, type Stack } from './stacks.ts';

interface Mistake {
  readonly check: string;
  readonly stack: string;
  readonly file: string;
  readonly from: string | RegExp;
  readonly to: string;
  /** What the error has to speak of. */
  readonly seen: RegExp;
}

const DEPLOYMENT = 'apps/base/demo-web/deployment.yaml';
const AWS = 'platform-aws';

const MISTAKES: readonly Mistake[] = [
  {
    check: 'kustomize',
    stack: AWS,
    file: 'apps/production/kustomization.yaml',
    from: /- .+base.+/,
    to: '- ../bas',
    seen: /bas/,
  },
  {
    check: 'kubeconform',
    stack: AWS,
    file: DEPLOYMENT,
    from: 'imagePullPolicy',
    to: 'imagePullpolicy',
    seen: /imagePullpolicy/,
  },
  {
    check: 'api-server',
    stack: AWS,
    file: DEPLOYMENT,
    from: 'type: RollingUpdate',
    to: 'type: Recreate',
    seen: /may not be specified when strategy `type` is 'Recreate'/,
  },
  {
    check: 'helm-values',
    stack: AWS,
    file: 'platform/kube-prometheus-stack/values.yaml',
    from: 'retentionSize',
    to: 'retentionsize',
    seen: /retentionsize/,
  },
  {
    check: 'helm-values',
    stack: 'booking-desk-aws',
    file: 'platform/haproxy/values.yaml',
    from: /^controller:$/m,
    to: 'kontroller:',
    seen: /kontroller/,
  },
  {
    check: 'host-config',
    stack: 'harbour-pilots-kubeadm',
    file: 'infra/kubeadm/founder.yaml',
    from: 'kind: InitConfiguration',
    to: 'kind: InitialConfiguration',
    seen: /InitialConfiguration/,
  },
  {
    check: 'host-config',
    stack: 'harbour-pilots-kubeadm',
    file: 'infra/kubeadm/pod-security.yaml',
    from: 'enforce: restricted',
    to: 'enforce: restrictive',
    seen: /PodSecurity configuration error: enforce: must be one of/,
  },
  {
    check: 'host-config',
    stack: 'steel-works-talos',
    file: 'infra/talos/all.yaml',
    from: 'kubelet:',
    to: 'cubelet:',
    seen: /unknown keys found during decoding/,
  },
  {
    check: 'kube-score',
    stack: AWS,
    file: DEPLOYMENT,
    from: 'readOnlyRootFilesystem: true',
    to: 'readOnlyRootFilesystem: false',
    seen: /container-security-context/,
  },
  {
    check: 'kube-linter',
    stack: AWS,
    file: DEPLOYMENT,
    from: 'allowPrivilegeEscalation: false',
    to: 'allowPrivilegeEscalation: true',
    seen: /privilege-escalation/,
  },
  {
    check: 'promtool',
    stack: AWS,
    file: 'platform-config/base/slo/demo-web.yaml',
    from: /\[5m\]/g,
    to: '',
    seen: /range vector|parse error/,
  },
  {
    check: 'actionlint',
    stack: AWS,
    file: '.github/workflows/validate.yaml',
    from: 'ubuntu-24.04',
    to: 'ubuntu-24.05',
    seen: /ubuntu-24\.05/,
  },
  {
    check: 'shellcheck',
    stack: AWS,
    file: 'scripts/bootstrap.sh',
    from: 'set -euo pipefail',
    to: 'set -euo pipefail\nrm $unquoted',
    seen: /SC2154|SC2086/,
  },
  {
    check: 'adr-readers',
    stack: AWS,
    file: 'docs/adr/0001-platform-kubernetes.md',
    from: '### end of metadata\n',
    to: '',
    seen: /log4brains reads/,
  },
  {
    check: 'gitleaks',
    stack: AWS,
    file: 'SECURITY.md',
    from: /$/,
    to: `\ntoken: ghp_${'a1B2c3D4e5F6'.repeat(3)}\n`,
    seen: /github-pat/,
  },
  {
    check: 'checkov',
    stack: AWS,
    file: 'infra/eks/encryption.tf',
    from: /enable_key_rotation\s+= true/,
    to: 'enable_key_rotation = false',
    seen: /CKV_AWS_7/,
  },
  {
    check: 'opentofu',
    stack: AWS,
    file: 'infra/eks/cluster.tf',
    from: /role_arn\s+=/,
    to: 'role_arm =',
    seen: /role_arm/,
  },
  {
    check: 'opentofu',
    stack: AWS,
    file: 'infra/eks/tests/defaults.tftest.hcl',
    from: 'min_size >= 3',
    to: 'min_size >= 300',
    seen: /Losing one node/,
  },
];

/** What was not found, as sentences. */
export async function unseenMistakes(
  checks: readonly Check[],
  stacks: (example: string) => Promise<readonly Stack[]>,
): Promise<readonly string[]> {
  const unseen: string[] = [];
  for (const check of checks) {
    const mistakes = MISTAKES.filter(mistake => mistake.check === check.name);
    if (mistakes.length === 0) unseen.push(`${check.name}: no mistake is known that it would find`);
    for (const mistake of mistakes) {
      const over = await stacks(mistake.stack);
      await plant(mistake, over);
      const { errors } = await check.run(over);
      await removeStacks(over);
      const isSeen = errors.some(error => mistake.seen.test(error));
      console.log(`${isSeen ? 'found' : 'missed'} ${check.name}: ${mistake.file}`);
      if (!isSeen)
        unseen.push(
          `${check.name} does not see ${mistake.seen} in ${mistake.file}: ${errors[0] ?? 'no error'}`,
        );
    }
  }
  return unseen;
}

async function plant({ stack, file, from, to }: Mistake, stacks: readonly Stack[]): Promise<void> {
  const folder = stacks.find(({ name }) => name === stack)?.folder ?? '';
  const path = join(folder, file);
  const text = await readFile(path, 'utf8');
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`${file} has no ${from} to plant a mistake at`);
  await writeFile(path, changed);
}
