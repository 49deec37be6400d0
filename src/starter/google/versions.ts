/** versions.tf of a root module of Google Cloud. */
import { type HclExpression, hcl, hclCode } from '../../files/hcl.ts';
import type { StarterInput } from '../part.ts';
import { provider } from '../release.ts';

export type GoogleProvider = 'google' | 'google-beta';

export function versions(
  input: StarterInput,
  providers: readonly GoogleProvider[] = ['google'],
): HclExpression {
  // Both are released together; this version of google knows neither pools with GKE Sandbox nor firewalls of regional balancers.
  const { source, version } = provider(input, 'google');
  const required = providers.map(id => {
    return hcl`${hclCode(id)} = {
  source  = ${source.replace(/google$/, id)}
  version = ${version}
}`.code;
  });
  return hcl`
terraform {
  required_version = ${`>= ${provider(input, 'terraform').version}`}

  required_providers {
    ${hclCode(required.join('\n'))}
  }
}
`;
}
