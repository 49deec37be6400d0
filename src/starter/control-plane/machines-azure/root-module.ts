/** The files of infra/machines that say what there is, one for each part. */
import type { Id } from '../../../content/catalogue.ts';
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import { type FileTree, mergeTrees } from '../../../files/tree.ts';
import { CLUSTER_LOGS } from '../../azure/log-workspace.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { terraformText } from '../../terraform.ts';
import type { Distribution } from '../self-managed/distribution.ts';
import { api } from './api.ts';
import { cluster } from './cluster.ts';
import { guards } from './guards.ts';
import { hostStoreFile } from './host-store.ts';
import { issuerFile } from './issuer.ts';
import { machines } from './machines.ts';
import { network } from './network.ts';
import { MACHINES_FOLDER } from './place.ts';
import { architectureOf } from './variables.ts';
import { windowsMachines } from './windows.ts';

export function rootModule(input: ClusterInput, distribution: Distribution): FileTree {
  const file = (name: string, decision: Id, text: string, code: HclExpression) =>
    [`${MACHINES_FOLDER}/${name}.tf`, terraformText(input, decision, text, code)] as const;
  return mergeTrees(
    windowsMachines(input, distribution),
    new Map([
      file('cluster', 'control-plane', 'What machines there are: the inventory says it.', cluster(input)),
      file('network', 'network', 'Where the machines stand, and how traffic leaves them.', network(input)),
      file('guards', 'network', 'Who may reach which machine at which port.', guards(input, distribution)),
      file('api', 'control-plane', 'The address of the API, whichever machine answers.', api(distribution)),
      file(
        'machines',
        'control-plane',
        'The machines, in three zones.',
        machines(input, distribution, architectureOf(input)),
      ),
      ...(distribution.setUpBy === 'machine'
        ? [
            file(
              'host-store',
              'distribution',
              'What machines are told and what they keep: private, without keys, each machine its own part.',
              hostStoreFile(input),
            ),
          ]
        : []),
      file(
        'issuer',
        'platform-defaults',
        'By what Azure knows tokens of this cluster: the public keys of its service accounts.',
        issuerFile({ into: 'Goes into ISSUER of the inventory.', publishedBy: 'scripts/bootstrap.sh' }),
      ),
      file(
        'logs',
        'control-plane',
        'Where Azure writes down who read what of this cluster.',
        hcl`
${CLUSTER_LOGS}
`,
      ),
    ]),
  );
}
