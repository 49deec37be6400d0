/** Regions that all serve the same names: who shares requests out, what each must be able to carry, and the page for a lost one. */
import type { Contribution } from '../contribution.ts';
import { ALARM_PLACEHOLDERS } from '../control-plane/provider-alarms.ts';
import type { ModuleInput, NotGenerated } from '../module.ts';
import { namesInWords } from '../names-in-words.ts';
import { pickOf } from '../picks.ts';
import type { SharedNames } from '../services.ts';
import { lostRegion } from './lost-region.ts';
import { namesAreOfInfrastructure, setsOf } from './places.ts';
import { nameOfRegion } from './region-name.ts';
import { roomForAll } from './room.ts';
import { sharedByScript } from './shared-names/own-hosts.ts';
import { TRAFFIC_FOLDER, TRAFFIC_VALUES } from './shared-names/root-module.ts';
import { standbyFiles } from './standby.ts';
import { serveWithoutGateway } from './without-gateway.ts';

const DECISION = 'recovery';

export function allServe(input: ModuleInput): Contribution | NotGenerated {
  const [set] = setsOf(input.clusters);
  if (set === undefined)
    return { notGenerated: 'No cluster of production was found that another one could serve beside.' };
  if (!hasEdge(input)) return serveWithoutGateway(input);
  const names = sharedNames(input);
  const script = names === null ? sharedByScript(input) : null;
  const { files = new Map(), checks = [] } = names?.contribution ?? script?.contribution ?? {};
  const overlays = set.map(({ name }) => `apps/${name}/kustomization.yaml`);
  return {
    files: new Map([...standbyFiles(input), ...files]),
    config: [roomForAll(input)],
    placeholders: names === null ? [] : ALARM_PLACEHOLDERS,
    runbooks: [
      {
        id: 'lost-region',
        title: 'A region is lost, comes back, or is taken out',
        text: lostRegion(input, names, script),
      },
    ],
    checks: [
      {
        decision: DECISION,
        says: 'The clusters of all regions are delivered the same names from the same commit, and each has one of its own.',
        command: overlays
          .map(path => `grep -q 'recovery/shared-names' ${path} && grep -q 'recovery/region-name' ${path}`)
          .join(' && '),
        path: overlays[0] ?? '',
      },
      ...checks,
      {
        decision: DECISION,
        says: 'Every region answers at its own name.',
        command: set.map(each => `curl -fsS -o /dev/null https://${nameOfRegion(each)}/readyz`).join(' && '),
        path: 'recovery/region-name/route.yaml',
      },
    ],
    nextSteps: [
      names === null
        ? (script?.step ??
          `Point ${namesInWords(set.map(nameOfRegion))} at the gateways of their clusters, and \`*.${set[0].domain}\` at whatever of the house shares requests out (docs/runbooks/lost-region.md).`)
        : `Once all of ${namesInWords(set.map(({ name }) => name))} answer at their own names, copy \`${TRAFFIC_VALUES}.example\` and \`.tfbackend.example\` without \`.example\`, replace what is marked, and apply \`${TRAFFIC_FOLDER}\` with them: from then on they share the names.`,
      'Do the drill of docs/runbooks/lost-region.md before the first user depends on it, and write the measured times into that page.',
    ],
  };
}

/** Null where names are records of the house or made by hand, which nothing here changes. */
function sharedNames(input: ModuleInput): SharedNames | null {
  const written = pickOf(input.stack, 'dns-and-certificates') === 'external-dns-cert-manager';
  if (!written && !namesAreOfInfrastructure(input)) return null;
  return input.foundation.services?.sharedNames?.(DECISION) ?? null;
}

/** Picked, and nothing that the control plane leaves out. */
function hasEdge({ stack, foundation }: ModuleInput): boolean {
  const edge = pickOf(stack, 'edge');
  return edge !== null && (foundation.fit?.leavesOut({ stack }, 'edge', edge) ?? null) === null;
}
