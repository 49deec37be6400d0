/** docs/runbooks/add-a-service.md: the second service that answers requests, and the last day of one. */
import { type Runbook, shell } from './runbook.ts';

interface Adding {
  /** Where the services are declared: infra/ecs. */
  readonly folder: string;
  /** A valid name of an image of this provider, digest and all. */
  readonly image: string;
  /** What a service gets of its own, as the end of a sentence. */
  readonly gets: string;
  /** What lets its address lead to it, as list items begun with a number; 4 is the first. */
  readonly reached: readonly string[];
  /** Of rollouts, as a sentence. */
  readonly rollback: string;
  /** What comes before its entry is taken out, as sentences. */
  readonly retired?: string;
  /** What stays behind when it is gone, as a sentence. */
  readonly left: string;
}

export function addAService(adding: Adding): Runbook {
  const { folder, image, gets, reached, rollback, retired, left } = adding;
  return {
    id: 'add-a-service',
    title: 'Add a service',
    text: `
The repository begins with one service that answers requests, \`web\`. A further one is an entry of \`services\` and gets ${gets}.
Shown for \`shop\`.

1. Name it to the bootstrap: \`services = ["shop"]\` in \`infra/bootstrap/envs/staging.tfvars\` and \`production.tfvars\`. Open a pull request and merge it; then an administrator runs that once more for each environment:

${shell('scripts/bootstrap.sh staging', 'scripts/bootstrap.sh production').replaceAll(/^/gm, '   ')}

2. Put its code and its Dockerfile into \`workloads/shop\`. The workflow \`image\` finds the folder; its summary names the image with its digest.
3. Declare it in \`${folder}/envs/staging.tfvars\` and \`production.tfvars\`, open a pull request, and merge it. What may stand there is in \`${folder}/variables.tf\`; without \`image\` and \`port\` it runs the sample, so this step need not wait for the one before.

${shell('services = {', '  shop = {', `    image = "${image}"`, '    port  = 8080', '  }', '}')
  .replace('```sh', '```hcl')
  .replaceAll(/^(?=.)/gm, '   ')}

${reached.map((line, index) => `${index + 4}. ${line}`).join('\n')}

A secret is for it when \`workload = "shop"\` stands there. ${rollback}

## Take it away

${retired === undefined ? '' : `${retired}\n\n`}Take the entry out of \`services\` in \`${folder}\` first, and merge; then its name out of \`infra/bootstrap\`, and run \`scripts/bootstrap.sh\` again. ${left}
`,
  };
}
