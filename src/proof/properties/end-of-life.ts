/** No stack contains a component that its project has stopped caring for, nor a Kubernetes that nobody supports. */
import { encodeCondition } from '../encode-condition.ts';
import { insteadOf, PROVIDERS } from '../expiry.ts';
import type { Property } from '../property.ts';
import { answersOf, witness } from '../workbench.ts';

export const endOfLife: Property = {
  code: 'end-of-life',
  phase: 'dates',
  check({ bench, day }) {
    const { circuit, space, encoding, engine } = bench;
    const { releases } = engine.catalogue;
    const ended = releases.components.filter(one => one.endOfLife !== null && one.endOfLife < day);
    const components = ended.flatMap(component => {
      const used = encodeCondition(circuit, space, encoding, component.usedWhen);
      const holds = witness(bench, [encoding.possible, used]);
      if (holds === null) return [];
      return [
        {
          code: 'end-of-life',
          severity: 'warning' as const,
          subject: `component:${component.id}`,
          message: `${component.title} ${component.version} reached its end of life on ${component.endOfLife} and is still installed`,
          help: insteadOf(engine.catalogue, component, day),
          reproduction: [answersOf(bench, holds)],
        },
      ];
    });
    const minors = PROVIDERS.flatMap(({ id, name }) => {
      const offered = releases.kubernetes.flatMap(one => {
        const until = one.supportedUntil[id];
        return until === null ? [] : [{ minor: one.minor, until }];
      });
      const newest = offered.at(-1);
      if (newest === undefined || offered.some(({ until }) => until >= day)) return [];
      return [
        {
          code: 'end-of-life',
          severity: 'warning' as const,
          subject: `kubernetes:${newest.minor}`,
          message: `${name} supports none of the Kubernetes minors here; the last one ended on ${newest.until}`,
          help: 'Add newer minors, and newer components where theirs do not declare them.',
          reproduction: [],
        },
      ];
    });
    return [...components, ...minors];
  },
};
