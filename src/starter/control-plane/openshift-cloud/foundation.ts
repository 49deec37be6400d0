/** What holds of OpenShift in every cloud. */
import type { Foundation, GivenNamespace } from '../../foundation.ts';
import { openshiftFit } from '../openshift/fit.ts';
import { GIVEN, RESOLVER, withControlPlane } from '../openshift/ground.ts';
import { HOST_NETWORK } from '../openshift/host-network.ts';
import { NO_WINDOWS } from '../openshift/left-out.ts';
import { leftOutInClouds, PRIVATE_API } from './left-out.ts';

type OfCloud = Omit<Foundation, 'fit' | 'signIn' | 'windows' | 'privateApi' | 'groupName'>;

export function cloudFoundation(cloud: OfCloud): Foundation {
  const foundation: Foundation = {
    ...cloud,
    systemPool: withControlPlane(cloud.systemPool),
    addresses: { ...cloud.addresses, apiServerRelays: [HOST_NETWORK], resolvers: [RESOLVER] },
    windows: { notMade: NO_WINDOWS },
    privateApi: PRIVATE_API,
    signIn: () => new Map(),
    // Groups are made by signing in, under the name that the directory has for them.
    groupName: group => group,
    givenNamespaces: [
      ...cloud.givenNamespaces,
      ROUTERS,
      ...GIVEN.filter(({ name }) => name !== ROUTERS.name),
      MACHINES,
    ],
  };
  return { ...foundation, fit: openshiftFit({ foundation }, leftOutInClouds) };
}

const MACHINES: GivenNamespace = {
  name: 'openshift-machine-api',
  owner: 'platform',
  says: 'Sets of machines, and what makes machines of them.',
};
const ROUTERS: GivenNamespace = {
  name: 'openshift-ingress',
  owner: 'platform',
  says: 'The routers of OpenShift; the load balancer before that of workloads is put there.',
};
