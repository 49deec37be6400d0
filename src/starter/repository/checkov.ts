/** policies/checkov.yaml: which checks are waived, why, and until when somebody looks again. */
export const CHECKOV = `# Every waiver has a reason. Look at all of them again with each upgrade of Kubernetes.
compact: true
quiet: true
framework: [terraform, kubernetes, github_actions]
skip-check:
  # Images are named by tag; Renovate keeps them current. Digests come with image signing.
  - CKV_K8S_43
  # Describing and listing have no narrower resource in the API; what changes something names its resources.
  - CKV_AWS_356
  # The policy of a key speaks about that key alone, whatever it calls the resource; the account has to administer it.
  - CKV_AWS_109
  - CKV_AWS_111
  # The scanner keeps its own list of minors, which is older than the one that this minor was chosen from.
  - CKV_AWS_339
  # State is versioned in one region; a copy in another one is a decision about recovery, not a default.
  - CKV_AWS_144
  # Access to the state bucket is recorded by CloudTrail, which is set up for the account and not here.
  - CKV_AWS_18
  # Nothing waits for events of the state bucket.
  - CKV2_AWS_62
`;
