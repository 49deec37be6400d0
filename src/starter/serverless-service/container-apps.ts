/** Azure Container Apps: infrastructure, delivery, documents. */
import { mergeTrees } from '../../files/tree.ts';
import { yamlComment } from '../../files/yaml.ts';
import { headline } from '../headline.ts';
import type { MissingPart } from '../module.ts';
import type { StarterInput } from '../part.ts';
import { answerOf, pickOf } from '../picks.ts';
import { checks, nextSteps } from './container-apps/checks.ts';
import { documents } from './container-apps/documents.ts';
import { imageWorkflow } from './container-apps/image-workflow.ts';
import { infrastructure, SERVICE_FOLDER } from './container-apps/infrastructure.ts';
import { pipeline } from './container-apps/pipeline.ts';
import { MEANINGS } from './container-apps/placeholders.ts';
import { APPROVE, BOOTSTRAP, ROLLOUT, STATE_BACKEND, VERIFY } from './container-apps/scripts.ts';
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
    settings.signed ? imageWorkflow(input, settings) : new Map(),
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

/** Picks that the files do not carry out. */
function missing({ stack, project }: StarterInput, settings: Settings): readonly MissingPart[] {
  const other = (decision: string, picks: Readonly<Record<string, string>>): readonly MissingPart[] => {
    const pick = pickOf(stack, decision);
    const because = pick === null ? undefined : picks[pick];
    return pick === null || because === undefined ? [] : [{ decision, pick, because }];
  };
  const azure = 'Azure Monitor is set up, and nothing is sent elsewhere.';
  return [
    ...other('logs', { loki: azure, vendor: azure }),
    ...other('metrics', { 'kube-prometheus-stack': azure, vendor: azure }),
    ...other('traces', {
      tempo: 'No traces are collected: the address of a collector is yours to give to the workloads.',
      jaeger: 'No traces are collected: the address of a collector is yours to give to the workloads.',
      vendor: 'No traces are collected: the address of a collector is yours to give to the workloads.',
    }),
    ...other('secrets', {
      vault: 'Secrets come from Azure Key Vault; a Vault of your own is not connected.',
    }),
    ...(settings.exposed
      ? other('dns-and-certificates', {
          'corporate-pki':
            'Front Door makes and renews its certificate itself; one of your own authority has to be put into it by hand.',
        })
      : []),
    ...(answerOf(stack, 'log-retention') === 'years' && pickOf(stack, 'logs') === 'managed-logs'
      ? [
          {
            decision: 'logs',
            pick: 'managed-logs',
            because:
              'The workspace keeps logs for two years; what has to be kept longer is not copied anywhere.',
          },
        ]
      : []),
    ...other('image-signing', {
      'notary-project':
        'Images are neither signed nor looked at: Notary Project needs a certificate of your own.',
    }),
    ...other('registry', {
      mirror: 'Images come from Azure Container Registry; no other mirror is set up.',
      harbor: 'Images come from Azure Container Registry; no Harbor is set up.',
    }),
    ...(settings.regions.length > 1
      ? [
          {
            decision: 'serverless-service',
            pick: 'container-apps',
            because: `Only ${settings.location} of the ${(project.regions ?? []).length} regions is generated, over its zones; the way to another one is in docs/runbooks/quota-and-region.md.`,
          },
        ]
      : []),
  ];
}
