/** destinations.txt, the script that asks them, and the page: what whoever keeps the border has to let through. */
import type { Contribution, Runbook } from '../../contribution.ts';
import type { ControlPlanePages } from '../../control-plane/control-plane.ts';
import { commented, headline } from '../../headline.ts';
import type { ModuleInput } from '../../module.ts';
import { script } from '../../repository/common-files.ts';
import type { UsedImages } from '../../repository/images.ts';
import { CHECK_WAY_OUT } from './check-script.ts';
import { type Destination, destinations, unlisted } from './destinations.ts';
import { pageOf } from './page.ts';
import { wayOut } from './way.ts';

type Whole = Required<Contribution>;

export const DESTINATIONS = 'destinations.txt';
const SCRIPT = 'scripts/check-way-out.sh';

/** Made of the whole stack, once all of it is there. */
export function listedWayOut(input: ModuleInput, whole: Whole, images: readonly UsedImages[]): Contribution {
  if (!hasBorder(input)) return {};
  const list = destinations(input, whole, images);
  const page: Runbook = {
    id: 'way-out',
    title: 'The way out',
    text: pageOf(input, list, unlisted(input, whole)),
  };
  return {
    files: new Map([
      [DESTINATIONS, written(input, list)],
      [SCRIPT, script(commented(headline(input, 'egress')), CHECK_WAY_OUT)],
    ]),
    runbooks: [page],
    checks: [
      {
        decision: 'egress',
        says: 'What has to be let through is listed.',
        command: `grep -qE '^[a-z0-9*.-]+ [0-9]+ ' ${DESTINATIONS}`,
        path: DESTINATIONS,
      },
    ],
    groundSteps: [
      `Give \`${DESTINATIONS}\` to whoever keeps the border, and run \`${SCRIPT}\` on a machine in the network of the nodes once they have let it through (docs/runbooks/way-out.md).`,
    ],
  };
}

/** Somebody else's firewall or proxy. */
export function hasBorder(input: Pick<ModuleInput, 'stack'>): boolean {
  const way = wayOut(input);
  return way === 'firewall' || way === 'proxy';
}

/** The preflight asks too, where it is run within the network. */
export function askingWayOut(input: ModuleInput, pages: ControlPlanePages): ControlPlanePages {
  return hasBorder(input)
    ? { ...pages, preflight: `${(pages.preflight ?? UNASKED).trimEnd()}\n${ASK}` }
    : pages;
}

const UNASKED = "unknown 'quotas and addresses: look at them in the console of the provider'";
const ASK = `
echo "== The way out"
if [ "\${IN_THE_NETWORK:-}" != yes ]; then unknown 'destinations: IN_THE_NETWORK=yes asks them, on a machine in the network of the nodes'
elif ${SCRIPT} >/dev/null; then good 'every destination is reached'
else bad 'destinations are not reached: docs/runbooks/way-out.md'
fi
`;

function written(input: ModuleInput, list: readonly Destination[]): string {
  const says = `What this platform calls outside of its network: host, port, and who calls it. "*." stands for one label or more.`;
  const lines = list.map(({ host, port, for: why }) => `${host} ${port} ${why.join(', ')}`);
  return `${commented(headline(input, 'egress', says))}\n\n${lines.join('\n')}\n`;
}
