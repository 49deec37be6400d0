/** Google Cloud: an account of Google's own that a root module gives rights to is made before it. */
import type { CrossCheck } from './cross-check.ts';

const BOOTSTRAP = 'docs/runbooks/bootstrap.md';

export const serviceAgents: CrossCheck = {
  code: 'service-agents',
  says: 'Every service agent that gets rights is made by whoever bootstraps.',
  check: tree =>
    [...tree].flatMap(([file, text]) =>
      /^infra\/.*\.tf$/.test(file)
        ? [...new Set([...text.matchAll(/\bgcp-sa-([a-z]+)\b/g)].map(([, service]) => service))]
            .filter(
              service =>
                !tree
                  .get(BOOTSTRAP)
                  ?.includes(`services identity create --service ${service}.googleapis.com`),
            )
            .map(service => ({
              code: 'service-agents',
              place: file,
              message: `gives rights to the agent of ${service}, which ${BOOTSTRAP} does not make`,
            }))
        : [],
    ),
};
