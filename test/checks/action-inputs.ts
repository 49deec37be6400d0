/** Inputs that actions take, from their `action.yml` at the tag named; GitHub's parser is handed this table. */

export interface ActionInputs {
  readonly tag: string;
  readonly inputs: string;
  readonly outputs: string;
}

export const ACTION_INPUTS: Readonly<Record<string, ActionInputs>> = {
  'actions/checkout': {
    tag: 'v7.0.1',
    inputs: `repository ref token ssh-key ssh-known-hosts ssh-strict ssh-user persist-credentials path clean filter
      sparse-checkout sparse-checkout-cone-mode fetch-depth fetch-tags show-progress lfs submodules set-safe-directory
      github-server-url allow-unsafe-pr-checkout`,
    outputs: 'ref commit',
  },
  'aws-actions/configure-aws-credentials': {
    tag: 'v6.2.3',
    inputs: `aws-region aws-profile overwrite-aws-profile role-to-assume web-identity-token-file role-chaining audience
      http-proxy no-proxy mask-aws-account-id role-duration-seconds role-external-id role-session-name
      role-skip-session-tagging transitive-tag-keys inline-session-policy managed-session-policies output-credentials
      output-env-credentials unset-current-credentials disable-retry retry-max-attempts
      special-characters-workaround use-existing-credentials allowed-account-ids force-skip-oidc action-timeout-s
      custom-tags sts-endpoint`,
    outputs: 'aws-account-id aws-access-key-id aws-secret-access-key aws-session-token aws-expiration',
  },
  'docker/build-push-action': {
    tag: 'v7.3.0',
    inputs: `add-hosts allow annotations attests build-args build-contexts builder cache-from cache-to call
      cgroup-parent context file labels load network no-cache no-cache-filters outputs platforms provenance pull push
      sbom secrets secret-envs secret-files shm-size ssh tags target ulimit github-token`,
    outputs: 'imageid digest metadata',
  },
  'docker/setup-buildx-action': {
    tag: 'v4.2.0',
    inputs: `version driver driver-opts buildkitd-flags buildkitd-config buildkitd-config-inline use name endpoint
      platforms append keep-state cache-binary cleanup`,
    outputs: 'name driver platforms nodes endpoint status flags',
  },
  'fluxcd/flux2/action': { tag: 'v2.9.2', inputs: 'version bindir token', outputs: '' },
  'azure/login': {
    tag: 'v3.0.1',
    inputs: `creds client-id tenant-id subscription-id enable-AzPSSession environment allow-no-subscriptions audience
      auth-type`,
    outputs: '',
  },
  'google-github-actions/auth': {
    tag: 'v3.0.0',
    inputs: `project_id workload_identity_provider service_account audience create_credentials_file
      export_environment_variables token_format delegates universe request_reason cleanup_credentials
      access_token_lifetime access_token_scopes access_token_subject id_token_audience id_token_include_email`,
    outputs: 'project_id credentials_file_path auth_token access_token id_token',
  },
  'google-github-actions/get-gke-credentials': {
    tag: 'v3.0.0',
    inputs: `cluster_name location project_id context_name namespace use_auth_provider use_internal_ip
      use_connect_gateway use_dns_based_endpoint fleet_membership_name quota_project_id`,
    outputs: 'kubeconfig_path',
  },
  'google-github-actions/setup-gcloud': {
    tag: 'v3.0.1',
    inputs: 'version project_id install_components skip_install cache',
    outputs: 'version',
  },
  'helm/kind-action': {
    tag: 'v1.14.0',
    inputs: `version config kubeconfig node_image cluster_name wait verbosity kubectl_version registry registry_image
      registry_name registry_port registry_enable_delete install_only ignore_failed_clean cloud_provider`,
    outputs: '',
  },
  'jdx/mise-action': {
    tag: 'v4.2.5',
    inputs: `version minimum_release_age sha256 mise_dir tool_versions mise_toml install install_args bootstrap
      bootstrap_skip bootstrap_args cache cache_save cache_key_prefix cache_key experimental log_level
      working_directory reshim add_shims_to_path github_token fetch_from_github env export_path`,
    outputs: 'cache-hit',
  },
  'sigstore/cosign-installer': {
    tag: 'v4.1.2',
    inputs: 'cosign-release install-dir use-sudo',
    outputs: '',
  },
  'opentofu/setup-opentofu': {
    tag: 'v2.0.2',
    inputs: `cli_config_credentials_hostname cli_config_credentials_token tofu_version tofu_version_file tofu_wrapper
      cache github_token provider_acceptance_tests checksums`,
    outputs: 'stdout stderr exitcode',
  },
};
