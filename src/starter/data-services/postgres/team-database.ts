/** docs/runbooks/team-database.md: how a team gets a database, and how its service gets the password. */

import { writeYaml } from '../../../files/yaml.ts';
import type { Runbook } from '../../contribution.ts';
import { deliversApart } from '../../gitops/tree/teams.ts';
import type { ModuleInput } from '../../module.ts';
import { secretKey, storeOf } from '../../secrets/external-secrets/store.ts';
import { decrypts } from '../../secrets/sops.ts';
import { CALLERS, CLUSTER, NAMESPACE, PORT } from './names.ts';

const NAME = 'orders';
const TEAM = 'checkout';

export function teamDatabase(input: ModuleInput): Runbook {
  const [{ name: first }] = input.clusters;
  return {
    id: 'team-database',
    title: 'A database for a service',
    text: `One PostgreSQL serves all of them: a service gets a database and a role of its own name in it, and reaches no other. Below, the
service is called \`${NAME}\`, in the namespace \`${TEAM}\` of the cluster \`${first}\`. A service that needs half of the instances has outgrown
this: it gets a folder like \`platform-config/base/${NAMESPACE}\` of its own.

## 1. The password

Make one that nobody reads: \`openssl rand -hex 24\`. ${passwordGoes(input, first)}

## 2. The database

Write \`platform-config/${first}/${NAME}-database.yaml\`, and name it under \`resources\` in the \`kustomization.yaml\` beside it:

${yaml([...passwordForRole(input, first), ROLE, DATABASE])}

\`kubectl -n ${NAMESPACE} get databases.postgresql.cnpg.io,databaseroles.postgresql.cnpg.io\` shows both as applied within a minute.
Taking the file away again leaves database and role where they are: they are dropped by hand, by somebody who means it.

## 3. The way to it

The namespace of the service carries the label \`${CALLERS.label}: ${CALLERS.value}\`, in \`platform/namespaces/${TEAM}.yaml\`. Beside the service, under
\`apps\`, lies what lets its pods out${storeOf(input) === null ? '' : ', and its copy of the password'}:

${yaml([...passwordForService(input, first), WAY_OUT])}

## 4. In the service

| | |
| --- | --- |
| Host | \`${CLUSTER}-rw.${NAMESPACE}.svc\` to write, \`${CLUSTER}-ro.${NAMESPACE}.svc\` to read what may be some seconds old |
| Port | ${PORT} |
| Database and user | \`${NAME}\` |
| Password | ${passwordComes(input)} |
| TLS | \`sslmode=verify-full\`; without TLS nobody gets in |

The certificate of the authority is no secret. Put it beside the service as a ConfigMap:
\`kubectl -n ${NAMESPACE} get secret ${CLUSTER}-ca -o jsonpath='{.data.ca\\.crt}' | base64 -d\`. It is renewed with the cluster of databases, not before.

Connections break when another instance takes over, for seconds: the service tries again. It opens few connections and keeps them; its role
may have forty.

## It does not connect

1. *timeout*: the label of the namespace or the policy of step 3 is missing, see [network-denied](network-denied.md).
2. *no pg_hba.conf entry*: without TLS, or to a database that is not named like the role.
3. *password authentication failed*: \`kubectl -n ${NAMESPACE} describe databaserole.postgresql.cnpg.io ${NAME}\` says whether the password has arrived.
4. *too many connections for role*: the service opens more than it was given. Raise \`connectionLimit\` only when the sum of all stays under 180.

A new password: change it where step 1 put it. The role has it as soon as the Secret changes; the service when it starts again.
`,
  };
}

function yaml(documents: readonly object[]): string {
  return `\`\`\`yaml\n${writeYaml(documents).replace(/^---\n/, '')}\`\`\``;
}

const ROLE = {
  apiVersion: 'postgresql.cnpg.io/v1',
  kind: 'DatabaseRole',
  metadata: { name: NAME, namespace: NAMESPACE },
  spec: {
    cluster: { name: CLUSTER },
    name: NAME,
    login: true,
    connectionLimit: 40,
    passwordSecret: { name: NAME },
  },
} as const;

const DATABASE = {
  apiVersion: 'postgresql.cnpg.io/v1',
  kind: 'Database',
  metadata: { name: NAME, namespace: NAMESPACE },
  spec: { cluster: { name: CLUSTER }, name: NAME, owner: NAME },
} as const;

const WAY_OUT = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: `${NAME}-to-database`, namespace: TEAM },
  spec: {
    podSelector: { matchLabels: { 'app.kubernetes.io/name': NAME } },
    policyTypes: ['Egress'],
    egress: [
      {
        to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': NAMESPACE } } }],
        ports: [{ protocol: 'TCP', port: PORT }],
      },
    ],
  },
} as const;

function copied(input: ModuleInput, cluster: string, namespace: string, target: object): readonly object[] {
  const store = storeOf(input);
  if (store === null) return [];
  return [
    {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: namespace === NAMESPACE ? NAME : `${NAME}-database`, namespace },
      spec: {
        refreshInterval: '1h',
        secretStoreRef: { kind: 'ClusterSecretStore', name: store.name },
        target,
        data: [{ secretKey: 'password', remoteRef: { key: keyIn(input, cluster), property: 'password' } }],
      },
    },
  ];
}

/** As the operator wants it: with the name of the role, and with the label by which it hears of a change. */
function passwordForRole(input: ModuleInput, cluster: string): readonly object[] {
  return copied(input, cluster, NAMESPACE, {
    name: NAME,
    template: {
      type: 'kubernetes.io/basic-auth',
      metadata: { labels: { 'cnpg.io/reload': 'true' } },
      data: { username: NAME, password: '{{ .password }}' },
    },
  });
}

function passwordForService(input: ModuleInput, cluster: string): readonly object[] {
  return copied(input, cluster, TEAM, { name: `${NAME}-database` });
}

function keyIn(input: ModuleInput, cluster: string): string {
  return secretKey(input, {
    cluster: `NAME_OF_${cluster.toUpperCase().replaceAll('-', '_')}`,
    namespace: NAMESPACE,
    name: `database-${NAME}`,
  });
}

const BY_HAND = `\`kubectl -n ${NAMESPACE} create secret generic ${NAME} --type=kubernetes.io/basic-auth --from-literal=username=${NAME} --from-file=password=/dev/stdin\``;

function passwordGoes(input: ModuleInput, cluster: string): string {
  const key = keyIn(input, cluster);
  const store = storeOf(input);
  if (store !== null)
    return `It goes into the store as \`${key}\`, property \`password\`${key.includes('NAME_OF_') ? ` (the first part is CLUSTER_NAME in \`clusters/${cluster}/variables/cluster-vars.yaml\`)` : ''}; both copies below come from there.`;
  if (decrypts(input))
    return `It lies in Git twice, encrypted (see [secrets](secrets.md)): as \`platform-config/${cluster}/${NAME}-password.sops.yaml\`, a Secret \`${NAME}\` of the
namespace \`${NAMESPACE}\` with the type \`kubernetes.io/basic-auth\`, the label \`cnpg.io/reload: "true"\` and the keys \`username\` (\`${NAME}\`) and \`password\`; and as
\`${deliversApart(input) ? `apps/teams/${cluster}/${TEAM}` : `apps/${cluster}`}/${NAME}-password.sops.yaml\`, a Secret \`${NAME}-database\` of the namespace \`${TEAM}\` with the key \`password\`.`;
  return `Nothing here copies a secret into a namespace without a pod that mounts it, so the role gets it once by hand, and again after a restore
into an empty cluster: ${BY_HAND}, then \`kubectl -n ${NAMESPACE} label secret ${NAME} cnpg.io/reload=true\`. The same password goes to where the service has its
secrets from.`;
}

function passwordComes(input: ModuleInput): string {
  const secret = `the key \`password\` of the Secret \`${NAME}-database\``;
  return storeOf(input) !== null || decrypts(input) ? secret : 'as the other secrets of the service';
}
