/** How a workflow of GitHub becomes an identity of a project of Google Cloud, and how Docker gets into its registries. */
import type { StarterInput } from '../part.ts';
import { pinnedAction } from '../release.ts';

interface GoogleIdentity {
  readonly identity: 'plan' | 'deploy' | 'push' | 'release';
  /** Each as an expression of GitHub. */
  readonly project: string;
  readonly provider: string;
}

/** One step, indented by six. */
export function signInToGoogle(input: StarterInput, { identity, project, provider }: GoogleIdentity): string {
  return `      - name: Sign in to Google Cloud, without a key
        uses: ${pinnedAction(input, 'google-auth')}
        with:
          project_id: ${project}
          service_account: github-${identity}@${project}.iam.gserviceaccount.com
          workload_identity_provider: ${provider}`;
}

/** Lets Docker into a registry, as whoever is signed in. */
export const GOOGLE_LOGIN = `gcloud auth print-access-token | docker login --username oauth2accesstoken --password-stdin "https://$1" > /dev/null`;
