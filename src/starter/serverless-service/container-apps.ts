/** Azure Container Apps: infrastructure, delivery, documents. */

import type { Id } from '../../content/catalogue.ts';
import { mergeTrees } from '../../files/tree.ts';
import { yamlComment } from '../../files/yaml.ts';
import { headline } from '../headline.ts';
import type { MissingPart } from '../module.ts';
import type { StarterInput } from '../part.ts';
import { answerOf, pickOf } from '../picks.ts';
import { choicesNotWritten } from './choices.ts';
import { checks, nextSteps } from './container-apps/checks.ts';
import { documents } from './container-apps/documents.ts';
import { imageWorkflow } from './container-apps/image-workflow.ts';
import { infrastructure, SERVICE_FOLDER } from './container-apps/infrastructure.ts';
import { pipeline } from './container-apps/pipeline.ts';
import { MEANINGS } from './container-apps/placeholders.ts';
import { ROLLOUT } from './container-apps/rollout-script.ts';
import { APPROVE, BOOTSTRAP, STATE_BACKEND, VERIFY } from './container-apps/scripts.ts';
import { type Settings, settingsOf } from './container-apps/settings.ts';
import { infraScript } from './infra-script.ts';
import { placeholdersOf } from './placeholders.ts';
import type { ServerlessPart } from './serverless-part.ts';
import { workflows } from './workflows.ts';

export function containerApps(input: StarterInput): ServerlessPart {
  const settings = settingsOf(input);
  const files = mergeTrees(
    infrastructure(input, settings),
    workflows(input, settings, pipeline(input, settings)),
    imageWorkflow(input, settings),
    documents(input, settings),
    scripts(input, settings),
  );
  return {
    files,
    placeholders: placeholdersOf(input, files, MEANINGS),
    checks: checks(input, settings),
    nextSteps: nextSteps(settings),
    missing: missing(input, settings),
  };
}

function scripts(input: StarterInput, settings: Settings): ReadonlyMap<string, string> {
  const script = (says: string, body: string) =>
    `#!/usr/bin/env bash\n${yamlComment(headline(input, 'serverless-service', says))}\n${body}`;
  const web = settings.workloads.includes('web');
  return new Map([
    [
      'scripts/bootstrap.sh',
      script('Prepares a subscription: state, identities, federation, registry, vaults.', BOOTSTRAP),
    ],
    [
      'scripts/infra.sh',
      script(
        `Plans and applies ${SERVICE_FOLDER} for one environment.`,
        infraScript(SERVICE_FOLDER, STATE_BACKEND),
      ),
    ],
    ...(web ? [['scripts/rollout.sh', script('Gradual rollout and rollback.', ROLLOUT)] as const] : []),
    ...(settings.exposed
      ? [['scripts/approve-front-door.sh', script('Lets Front Door in.', APPROVE)] as const]
      : []),
    ...(settings.signed
      ? [['scripts/verify-images.sh', script('Looks at the signatures of images.', VERIFY)] as const]
      : []),
  ]);
}

/** Picks that the files do not carry out. Beside a cluster, the picks are those of the cluster. */
function missing(input: StarterInput, settings: Settings): readonly MissingPart[] {
  const { stack } = input;
  const alone = pickOf(stack, 'platform') !== 'both';
  const other = (decision: Id, reasons: Readonly<Record<Id, string>>): readonly MissingPart[] => {
    const pick = pickOf(stack, decision);
    const because = pick === null || !alone ? undefined : reasons[pick];
    return pick === null || because === undefined ? [] : [{ decision, pick, because }];
  };
  const ownRegistry = 'Images come from Azure Container Registry; nothing else is set up.';
  const regions: readonly MissingPart[] = [
    {
      decision: 'serverless-service',
      pick: 'container-apps',
      because: `Only ${settings.location} of the ${settings.regions.length} regions is generated, over its zones; the way to another one is in docs/runbooks/quota-and-region.md.`,
    },
  ];
  const shared = choicesNotWritten(input);
  const own: readonly MissingPart[] = [
    ...other('data-services', {
      'managed-database':
        settings.network === 'created'
          ? 'No database is made here: declare it beside the workloads, let it be reached by private endpoint, and name its range in egress_ranges.'
          : 'No database is made here: declare it beside the workloads; the owner of the network opens the way to its private endpoint.',
      existing:
        settings.network === 'created'
          ? 'Nothing of the database that exists is here: name its range in egress_ranges.'
          : 'Nothing of the database that exists is here: the owner of the network opens the way to it.',
    }),
    ...other('backup', {
      'provider-backup':
        'No backup is set up, since nothing that is generated keeps data but state, images and secrets, which keep their versions; backups belong to the database.',
    }),
    ...other('recovery', {
      'pilot-light': ONE_REGION,
      'warm-standby': ONE_REGION,
      'active-active': ONE_REGION,
    }),
    ...other('registry', { mirror: ownRegistry, harbor: ownRegistry }),
    ...other('workload-identity', {
      spiffe: 'Workloads have identities of Azure; SPIFFE is not set up beside them.',
    }),
    ...other('human-access', {
      'oidc-groups-jit':
        'Groups of the directory get their roles for good: Privileged Identity Management, which gives them for an hour, is not set up.',
    }),
    ...other(
      'dns-and-certificates',
      settings.exposed
        ? {
            'cloud-managed':
              'Front Door makes the certificate; no zone is written: the records to create are printed, for whatever serves the domain.',
            'corporate-pki':
              'Front Door makes and renews its certificate itself; one of your own authority has to be put into it by hand.',
          }
        : {
            'cloud-managed':
              'A domain of your own is served once its certificate is in the key vault; neither it nor its record is written.',
          },
    ),
    ...(settings.network === 'created'
      ? other('egress', {
          'central-firewall':
            "The firewall is one of this network, with an allow-list of its own; the way to the organisation's is not generated.",
        })
      : []),
    ...(answerOf(stack, 'log-retention') === 'years'
      ? other('logs', {
          'managed-logs':
            'The workspace keeps logs for two years; what has to be kept longer is not copied anywhere.',
        })
      : []),
    ...(settings.regions.length > 1 ? regions : []),
  ];
  const said = new Set([...CARRIED_OUT, ...own.map(({ decision }) => decision)]);
  return [...shared.filter(({ decision }) => !said.has(decision)), ...own];
}

/** What is written here, unlike for other services: only what is said of them above is left out. */
const CARRIED_OUT = ['egress', 'network', 'human-access', 'dns-and-certificates'];

const ONE_REGION =
  'One region is generated, over its zones. The same files make a second one, by hand, as docs/runbooks/quota-and-region.md says.';
