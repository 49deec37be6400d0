/** Programs that pages and scripts call, and that `mise install` would not bring. */
import { oncePerText } from '../once.ts';
import type { CrossCheck } from './cross-check.ts';

/** By the name of the program: as mise names it. */
const BROUGHT: Readonly<Record<string, string>> = {
  cilium: 'aqua:cilium/cilium-cli',
  cosign: 'aqua:sigstore/cosign',
  flux: 'aqua:fluxcd/flux2',
  hubble: 'aqua:cilium/hubble',
  istioctl: 'aqua:istio/istio/istioctl',
  linkerd: 'aqua:linkerd/linkerd2',
  talosctl: 'aqua:siderolabs/talos',
  velero: 'aqua:vmware-tanzu/velero',
};
/** In code within a sentence, or at the start of a line of a block or a script. */
const CALLED = new RegExp(`(?:${'`'}|^ *)(${Object.keys(BROUGHT).join('|')}) [a-z][a-z-]+`, 'gm');

const calledIn = oncePerText(
  (text): ReadonlySet<string> => new Set([...text.matchAll(CALLED)].map(([, program = '']) => program)),
);

export const toolsAtHand: CrossCheck = {
  code: 'tools-at-hand',
  says: 'What pages and scripts call is among the tools of the repository.',
  check: tree => {
    const tools = tree.get('mise.toml') ?? '';
    return [...tree].flatMap(([place, text]) => {
      if (!/^(?:docs\/runbooks\/.*\.md|README\.md|scripts\/.*\.sh)$/.test(place)) return [];
      return [...calledIn(text)]
        .filter(program => !tools.includes(`"${BROUGHT[program]}"`))
        .map(program => ({
          code: 'tools-at-hand',
          place,
          message: `calls ${program}, which mise.toml lacks`,
        }));
    });
  },
};
