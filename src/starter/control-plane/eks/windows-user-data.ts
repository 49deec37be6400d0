/**
 * What a node of EKS with Windows is told of the proxy of the house before it joins. Commands of a launch template come before
 * those that EKS adds (user guide of EKS, *Customize managed nodes with launch templates*, read on 2026-11-22).
 */
import { powershellComment } from '../../../files/powershell.ts';
import type { FileTree } from '../../../files/tree.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { proxyOfService } from '../../egress/proxy/windows-service.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { headline } from '../../headline.ts';
import { windowsNodes } from './windows-nodes.ts';

export const USER_DATA_FILE = 'windows-user-data.txt';

/** `folder`: of the root module, which fills in what stands between underscores. */
export function windowsUserData(input: ClusterInput, folder: string): FileTree {
  if (windowsNodes(input) === null || wayOut(input) !== 'proxy') return new Map();
  const comment = powershellComment(
    headline(
      input,
      'egress',
      'What comes before the commands of EKS: containerd is part of the image, and fetches through the proxy once it is told.',
    ),
  );
  return new Map([[`${folder}/${USER_DATA_FILE}`, `<powershell>\n${comment}\n${TOLD}</powershell>\n`]]);
}

const TOLD = `${proxyOfService('containerd')}# One that runs already has to read it.
if ((Get-Service -Name containerd).Status -eq 'Running') { Restart-Service -Force -Name containerd }
`;
