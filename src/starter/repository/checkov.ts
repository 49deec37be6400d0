/** policies/checkov.yaml: which checks are waived, why, and until when somebody looks again. */
export function checkov(waivers: string): string {
  return `# Every waiver has a reason. Look at all of them again with each upgrade of Kubernetes.
compact: true
quiet: true
framework: [terraform, kubernetes, github_actions]
skip-check:
  # Images are named by tag; Renovate keeps them current. Digests come with image signing.
  - CKV_K8S_43
${waivers}`;
}
