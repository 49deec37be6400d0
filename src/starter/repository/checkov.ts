/** policies/checkov.yaml: which checks are waived, why, and until when somebody looks again. */
export const CHECKOV = `# Every waiver has a reason. Look at all of them again with each upgrade of Kubernetes.
compact: true
quiet: true
framework: [terraform, kubernetes, github_actions]
skip-check:
  # Images are named by tag; Renovate keeps them current. Digests come with image signing.
  - CKV_K8S_43
  # The AWS Load Balancer Controller reads across the account: its API has no narrower resource for that.
  - CKV_AWS_356
  # The API's public endpoint is closed unless an allow-list is given, which the module's own tests hold.
  - CKV_AWS_39
  # Flow logs record what was rejected; everything would cost more than it tells.
  - CKV2_AWS_11
  # State is versioned in one region; a copy in another one is a decision about recovery, not a default.
  - CKV_AWS_144
  # Access to the state bucket is recorded by CloudTrail, which is set up for the account and not here.
  - CKV_AWS_18
  # Nothing waits for events of the state bucket.
  - CKV2_AWS_62
`;
