/** SOPS: secrets lie in Git, encrypted with a key per cluster, and Flux decrypts them when it applies them. */

import { writeYaml } from '../../files/yaml.ts';
import type { Cluster } from '../cluster-input.ts';
import type { Contribution } from '../contribution.ts';
import { hasTeamFolders } from '../gitops/tree/teams.ts';
import { headline } from '../headline.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';
import { pickOf } from '../picks.ts';
import { butEmptySecrets } from '../policy-engine/gatekeeper/place.ts';

const DECISION = 'secrets';
/** The Secret that holds the key of the cluster. */
export const DECRYPTION_SECRET = 'sops-age';

export function decrypts({ stack }: Pick<ModuleInput, 'stack'>): boolean {
  return pickOf(stack, DECISION) === 'sops' && pickOf(stack, 'gitops') === 'flux';
}

export function sops(input: ModuleInput): Contribution | NotGenerated {
  if (!decrypts(input))
    return {
      notGenerated:
        'Encrypted files are generated for Flux alone, which decrypts them itself; other tools of delivery take a plug-in that renders the manifests: nothing brings secrets into the cluster.',
    };
  const [first] = input.clusters;
  return {
    files: new Map([['.sops.yaml', rules(input)]]),
    placeholders: input.clusters.map(cluster => ({
      token: recipient(cluster),
      meaning: `Public key of the cluster ${cluster.name}, as age-keygen prints it; its other half goes into no file of this repository.`,
      example: 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kdt8v4s5qu8v3kz',
    })),
    runbooks: [
      {
        id: 'secrets',
        title: 'A secret in Git, and the keys that open it',
        text: runbook(first, hasTeamFolders(input) ? OF_TEAMS : ''),
      },
    ],
    checks: [
      {
        decision: DECISION,
        says: 'Flux decrypts what it applies.',
        command: `grep -q 'provider: sops' clusters/${first.name}/platform-config.yaml`,
        path: `clusters/${first.name}/platform-config.yaml`,
      },
      {
        decision: DECISION,
        says: 'No secret lies in Git unencrypted.',
        command: `! grep -rlE${butEmptySecrets(input)} --exclude='*.sops.yaml' '^kind: Secret$' platform platform-config apps clusters`,
        path: '.sops.yaml',
      },
      {
        decision: DECISION,
        says: 'Every encrypted file is encrypted.',
        command: `test -z "$(grep -rL --include='*.sops.yaml' '^sops:' apps platform-config)"`,
        path: '.sops.yaml',
      },
    ],
    firstSteps: [
      'Make a key per cluster with `age-keygen`, keep each twice and offline, and give scripts/bootstrap.sh its file as SOPS_AGE_KEY_FILE (docs/runbooks/secrets.md).',
    ],
  };
}

function recipient({ name }: Cluster): string {
  return `REPLACE_ME_AGE_RECIPIENT_${name.toUpperCase().replaceAll('-', '_')}`;
}

function rules(input: ModuleInput): string {
  const folders = hasTeamFolders(input) ? 'apps|apps/teams|platform-config' : 'apps|platform-config';
  const each = input.clusters.map(cluster => ({
    path_regex: `^(${folders})/${cluster.name}/.+\\.sops\\.yaml$`,
    encrypted_regex: '^(data|stringData)$',
    age: recipient(cluster),
  }));
  return writeYaml([{ creation_rules: each }], {
    comment: headline(
      input,
      DECISION,
      'Which key closes which file: one per cluster, so that who opens development cannot open production.',
    ),
  });
}

/** Lines of scripts/bootstrap.sh that bring the key into the cluster. */
export const DECRYPTION_KEY = String.raw`if ! kubectl -n flux-system get secret ${DECRYPTION_SECRET} >/dev/null 2>&1; then
  kubectl -n flux-system create secret generic ${DECRYPTION_SECRET} \
    --from-file=age.agekey="${'${SOPS_AGE_KEY_FILE:?the file with the key of this cluster}'}"
fi
`;

const OF_TEAMS = `
Where a namespace is delivered by itself, its secrets lie in its own folder below \`apps/teams\`, and that one's \`kustomization.yaml\` names them.
`;

function runbook({ name }: Cluster, apart: string): string {
  return `A secret is a file that ends in \`.sops.yaml\`, in the folder of its cluster. Its values are encrypted; who changed it when stands in Git.

A new one, for ${name}. Tools: \`sops\` and \`age\`.

1. Write \`apps/${name}/database.sops.yaml\` as an ordinary Secret, with \`stringData\`.
2. \`sops --encrypt --in-place apps/${name}/database.sops.yaml\`. Which key is used stands in \`.sops.yaml\`.
3. Name the file in \`apps/${name}/kustomization.yaml\`, and look at the diff: nothing of the value can be read.
${apart}
Changing one: \`sops apps/${name}/database.sops.yaml\`, with the key of the cluster in SOPS_AGE_KEY_FILE.

**It does not arrive**: \`flux get kustomizations\`. *no matching keys*: the file was closed with the key of another cluster; \`sops updatekeys FILE\`.

**The key.** It lies in the Secret \`flux-system/${DECRYPTION_SECRET}\` of its cluster and twice offline. Without it the cluster runs on, and nothing encrypted
can be applied anew. It is made once: \`age-keygen -o ${name}.agekey\`.

**The key has leaked**: every value that it ever closed is known, those in the history too. Make a new key, replace the recipient in
\`.sops.yaml\`, \`sops updatekeys\` all files, put the new key into the cluster, and then change every password itself.

Nothing rotates by itself: the owner and the next date of each secret stand in a calendar.
`;
}
