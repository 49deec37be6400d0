/** Where alarms of Azure itself go. */
import type { FileTree } from '../../../files/tree.ts';
import { actionGroup } from '../../azure/action-group.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { alarmsFile, raisesAlarms } from '../provider-alarms.ts';
import { folderOf } from './title.ts';

export function aksAlarms(input: ClusterInput): FileTree {
  if (!raisesAlarms(input)) return new Map();
  return alarmsFile(input, {
    folder: folderOf(input),
    cloud: 'Azure',
    receivers:
      'an https address that takes the common alert schema of Azure, or a mail address, which is asked once whether it agrees.',
    way: actionGroup('${var.cluster_name}-alarms'),
  });
}
