/** What confirms the records of OpenShift wherever it runs. */
import type { ClusterInput } from '../../cluster-input.ts';
import type { Check } from '../../part.ts';
import { pickOf } from '../../picks.ts';
import { FOLDER } from './folder.ts';
import { INSTALL_CONFIG } from './install.ts';
import { SETTINGS, signsIn } from './settings.ts';

export function openshiftChecks(input: ClusterInput): readonly Check[] {
  return [
    {
      decision: 'distribution',
      says: 'The installer of OpenShift is told of the cluster, and of no secret.',
      command: `test -e ${INSTALL_CONFIG} && ! grep -rqE '^(pullSecret|sshKey):' ${FOLDER}`,
      path: INSTALL_CONFIG,
    },
    {
      decision: 'control-plane',
      says: 'What is sensitive lies encrypted in etcd.',
      command: `grep -qE 'type: aes(gcm|cbc)' platform/${SETTINGS}/api-server.yaml`,
      path: `platform/${SETTINGS}/api-server.yaml`,
    },
    {
      decision: 'distribution',
      says: 'Every operator of OpenShift is content.',
      command: 'kubectl wait --for=condition=Available clusteroperators --all --timeout=10m',
      path: INSTALL_CONFIG,
    },
    ...(signsIn(input)
      ? [
          {
            decision: 'human-access',
            says: 'The first user of the installation is gone.',
            command: '! kubectl -n kube-system get secret kubeadmin 2>/dev/null',
            path: `platform/${SETTINGS}/sign-in.yaml`,
          },
        ]
      : []),
    ...(pickOf(input.stack, 'registry') === 'harbor'
      ? [
          {
            decision: 'registry',
            says: 'Hosts ask Harbor for what others publish.',
            command: `grep -q 'kind: ImageTagMirrorSet' platform/${SETTINGS}/mirrors.yaml`,
            path: `platform/${SETTINGS}/mirrors.yaml`,
          },
        ]
      : []),
  ];
}
