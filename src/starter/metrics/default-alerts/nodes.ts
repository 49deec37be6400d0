/** Default alerts on nodes, which node-exporter reads. */
import {
  type AlertGroup,
  type DefaultAlert,
  kept,
  muted,
  mutedWhere,
  type Situation,
  unless,
} from './alert.ts';

const unread = mutedWhere(
  ({ host }: Situation) => host === 'refused',
  'Nothing may read the files of a node here; the provider repairs and replaces its nodes itself.',
);
const noMetal = mutedWhere(
  ({ machines }: Situation) => machines === 'virtual',
  'Virtual machines have no such devices.',
);

const REPLACE = 'Drain the node and have it replaced; then find out what filled it.';
const CLEAN = 'Images and logs that nobody needs; a larger disk for the pool.';
const MOVE = 'What runs there (`kubectl top pods`), and its requests.';
const CLOCK = 'The time service of the node; replace the node.';

export const NODES: AlertGroup = {
  group: 'nodeExporterAlerting',
  title: 'Nodes',
  alerts: [
    kept('NodeFilesystemSpaceFillingUp', ['w', 'c'], 'A full disk evicts every pod of the node.', CLEAN),
    kept('NodeFilesystemAlmostOutOfSpace', ['w', 'c'], 'A full disk evicts every pod of the node.', CLEAN),
    kept('NodeFilesystemFilesFillingUp', ['w', 'c'], 'So does one without inodes.', CLEAN),
    kept('NodeFilesystemAlmostOutOfFiles', ['w', 'c'], 'So does one without inodes.', CLEAN),
    kept('NodeNetworkReceiveErrs', ['w'], 'Packets are lost on the way in.', REPLACE),
    kept('NodeNetworkTransmitErrs', ['w'], 'Packets are lost on the way out.', REPLACE),
    kept(
      'NodeHighNumberConntrackEntriesUsed',
      ['w'],
      'New connections will be dropped.',
      'Who opens so many; spread its pods.',
    ),
    muted('NodeTextFileCollectorScrapeError', ['w'], 'Nothing writes such files here.'),
    kept('NodeClockSkewDetected', ['w'], 'Tokens and certificates are judged by the clock.', CLOCK),
    kept('NodeClockNotSynchronising', ['w'], 'Tokens and certificates are judged by the clock.', CLOCK),
    unless(
      kept('NodeRAIDDegraded', ['c'], 'The next disk takes the data along.', 'Replace the disk.'),
      noMetal,
    ),
    unless(
      kept('NodeRAIDDiskFailure', ['w'], 'The next disk takes the data along.', 'Replace the disk.'),
      noMetal,
    ),
    kept(
      'NodeFileDescriptorLimit',
      ['w', 'c'],
      'Nothing can be opened any more.',
      'Who opens so many: its pods.',
    ),
    kept('NodeCPUHighUsage', ['i'], 'Shown, and pages nobody.', MOVE),
    kept('NodeSystemSaturation', ['w'], 'Everything on the node waits.', MOVE),
    kept('NodeMemoryMajorPagesFaults', ['w'], 'The node reads its programs from disk again and again.', MOVE),
    kept('NodeMemoryHighUtilization', ['w'], 'The kernel will end something.', MOVE),
    kept('NodeDiskIOSaturation', ['w'], 'Everything that writes waits.', MOVE),
    ...(['NodeSystemdServiceFailed', 'NodeSystemdServiceCrashlooping'] as const).map(alert =>
      muted(alert, ['w'], 'The exporter does not read systemd here.'),
    ),
    unless(
      kept('NodeBondingDegraded', ['w'], 'The next cable cuts the node off.', 'Cable and switch.'),
      noMetal,
    ),
  ].map((alert: DefaultAlert) => unless(alert, unread)),
};

export const NETWORK: AlertGroup = {
  group: 'network',
  title: 'Network of nodes',
  alerts: [
    muted(
      'NodeNetworkInterfaceFlapping',
      ['w'],
      'Interfaces of pods come and go; it only knows to leave out those called veth, and network plugins have other names.',
    ),
  ],
};
