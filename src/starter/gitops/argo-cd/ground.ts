/** The namespace of Argo CD: what its pods may reach, and what nobody else may. */
import type { Contribution } from '../../contribution.ts';
import { scraped, toApiServer } from '../../network/common-edges.ts';
import type { Edge, PodPeer } from '../../network/edge.ts';
import { platformNamespace } from '../../network/namespace.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { THIS_REPOSITORY } from '../this-repository.ts';
import { ARGO_NAMESPACE } from './names.ts';

/** Policies of this namespace lie beside it: nothing could deliver them if they came later. */
const OWNER = 'namespaces';
const pods = (name: string): PodPeer => ({
  kind: 'pods',
  namespace: ARGO_NAMESPACE,
  labels: { 'app.kubernetes.io/name': `argocd-${name}` },
});
const EVERY_POD: PodPeer = { kind: 'pods', namespace: ARGO_NAMESPACE };
const CONTROLLER = pods('application-controller');
const SERVER = pods('server');
const REPOSITORIES = pods('repo-server');
const SETS = pods('applicationset-controller');
const CACHE = pods('redis');

export function argoGround(): Pick<Contribution, 'namespaces' | 'edges' | 'placeholders'> {
  return {
    namespaces: [platformNamespace(ARGO_NAMESPACE, 'gitops')],
    edges: EDGES,
    placeholders: [
      ...THIS_REPOSITORY,
      {
        token: TOKENS.signInIssuer,
        meaning: 'Host of the identity provider that people sign in with; replace the whole address.',
        example: 'https://login.acme.example/realms/staff',
      },
      {
        token: TOKENS.platformGroup,
        meaning: 'Group of the identity provider that the platform team is in.',
        example: 'acme-platform',
      },
      {
        token: TOKENS.developerGroup,
        meaning: 'Group of the identity provider that application developers are in.',
        example: 'acme-developers',
      },
      {
        token: TOKENS.deliveryClient,
        meaning: 'The public client of the identity provider that stands for Argo CD.',
        example: 'argo-cd',
      },
    ],
  };
}

const EDGES: readonly Edge[] = [
  toApiServer(OWNER, EVERY_POD),
  outbound(
    'to-git-and-charts',
    REPOSITORIES,
    'Reads this repository and charts over HTTPS from addresses that change.',
  ),
  outbound('server-to-identity-provider', SERVER, 'Asks the identity provider who signs in.'),
  ...between('manifests', REPOSITORIES, [CONTROLLER, SERVER, SETS], 8081, 'Asks for rendered manifests.'),
  ...between(
    'cache',
    CACHE,
    [CONTROLLER, SERVER, REPOSITORIES],
    6379,
    'Keeps what was rendered and compared.',
  ),
  scraped(OWNER, CONTROLLER, 8082, 'controller-metrics'),
  scraped(OWNER, SERVER, 8083, 'server-metrics'),
  scraped(OWNER, REPOSITORIES, 8084, 'repo-server-metrics'),
  scraped(OWNER, SETS, 8080, 'applicationset-metrics'),
];

function outbound(name: string, from: PodPeer, because: string): Edge {
  return {
    name,
    owner: OWNER,
    because,
    pods: from,
    direction: 'egress',
    peers: [{ kind: 'anywhere' }],
    ports: [{ port: 443 }],
  };
}

/** Services have the port of their pods, so that it does not matter which of the two a plugin judges. */
function between(
  name: string,
  to: PodPeer,
  from: readonly PodPeer[],
  port: number,
  because: string,
): readonly Edge[] {
  return [
    {
      name: `${name}-asked-for`,
      owner: OWNER,
      because,
      pods: to,
      direction: 'ingress',
      peers: from,
      ports: [{ port }],
    },
    ...from.map(
      (each): Edge => ({
        name: `${(each.labels?.['app.kubernetes.io/name'] ?? '').replace('argocd-', '')}-to-${name}`,
        owner: OWNER,
        because,
        pods: each,
        direction: 'egress',
        peers: [to],
        ports: [{ port }],
      }),
    ),
  ];
}
