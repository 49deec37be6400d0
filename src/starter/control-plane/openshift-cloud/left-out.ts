/** Options that are not generated on OpenShift in a cloud, and why; the rest is as on hosts of one's own. */
import type { Id } from '../../../content/catalogue.ts';
import type { PlatformFit } from '../../platform-fit.ts';
import { leftOut } from '../openshift/left-out.ts';

const IN_CLOUDS: Readonly<Record<Id, { readonly options: (pick: Id) => boolean; readonly because: string }>> =
  {
    edge: {
      options: pick => pick !== 'ingress-openshift',
      because:
        'OpenShift brings a router, and a second one of its kind takes what comes from outside here. Another proxy beside them would need a security context constraint of its own, which is not generated yet.',
    },
  };

export const leftOutInClouds: PlatformFit['leavesOut'] = (told, decision, pick) => {
  const entry = IN_CLOUDS[decision];
  return entry?.options(pick) === true ? entry.because : leftOut(told, decision, pick);
};

/** For every cloud. */
export const PRIVATE_API =
  'The installer of OpenShift gives its API either a private address or one that the whole internet reaches, and no list: it is private here.';
