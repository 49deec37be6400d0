/** Runbook: the versions of Istio, and the root of its certificates. */
import { markdownText } from '../../../files/markdown.ts';
import type { Runbook } from '../../contribution.ts';
import type { ModuleInput } from '../../module.ts';
import { pickOf } from '../../picks.ts';
import { release } from '../../release.ts';
import { wayBetween } from '../joined/way.ts';

export function istioUpgrade(input: ModuleInput): Runbook {
  const { version, endOfLife } = release(input, 'istio');
  const until = endOfLife === null ? '' : `; its minor is supported until ${endOfLife}`;
  return {
    id: 'upgrade-istio',
    title: 'Upgrading Istio, and its root certificate',
    text: `This repository installs Istio ${markdownText(version)}${until}. One minor at a time, the control plane before the proxies, and never a chart alone:
\`istio-base\`, \`istio\`${parts(input)} carry one version.

${steps(input)}

**istiod is missing.** \`kubectl -n istio-system get pods\` and its events. What runs goes on; do not restart workloads until istiod is back, they would
wait for their certificates.

**Configuration is rejected.** \`istioctl proxy-status\` names the proxies, \`istioctl analyze --all-namespaces\` most often the object. Revert the change.

${wayBetween(input) === null ? OWN_ROOT : SHARED_ROOT}
`,
  };
}

function parts(input: ModuleInput): string {
  const { stack } = input;
  switch (pickOf(stack, 'mesh')) {
    case 'istio-ambient':
      return ', `istio-cni` and `ztunnel`';
    case 'istio-sidecar':
      return wayBetween(input) === null ? ' and `istio-cni`' : ', `istio-cni` and `istio-eastwest`';
    default:
      return '';
  }
}

function steps({ stack }: ModuleInput): string {
  switch (pickOf(stack, 'mesh')) {
    case 'istio-ambient':
      return AMBIENT;
    case 'istio-sidecar':
      return SIDECAR;
    default:
      return GATEWAY;
  }
}

const GATEWAY = `1. Read the release notes, then \`istioctl x precheck\`.
2. Merge the new version of both charts. istiod rolls, then it replaces the proxies of the gateway, one at a time.
3. Watch the alerts of the edge for a day in the first cluster before the next one follows.`;

const AMBIENT = `1. Read the release notes, then \`istioctl x precheck\`.
2. Merge \`istio-base\`, \`istio\` and \`istio-cni\` together. Nothing that runs is touched by them.
3. \`ztunnel\` last: replacing it ends the long connections of its node. Its DaemonSet goes node by node; where that hurts, drain a node
   first ([node-drain](node-drain.md)) and let it come back with the new version.
4. \`istioctl ztunnel-config workloads\` shows every workload of the mesh with HBONE. One with TCP has fallen out of the mesh.
5. Watch for a day in the first cluster before the next one follows.

Back: revert in Git, in the opposite order. A control plane one minor older than its ztunnel is not supported.`;

const SIDECAR = `Namespaces name the tag \`stable\` and no version, so they move when the tag moves. Two control planes stand side by side meanwhile.

1. Read the release notes, then \`istioctl x precheck\`.
2. Copy \`platform/istio\` and what delivers it (\`delivery/platform-mesh/istio.yaml\`) under the name \`istio-green\`, name the copies beside the
   originals, give them the new version, the \`revision\` green and no \`revisionTags\`. Merge \`istio-base\` and \`istio-cni\` along.
3. Try one namespace: its label \`istio.io/rev\` becomes green, and \`kubectl -n NAMESPACE rollout restart deployment\`.
4. Move the tag: \`stable\` leaves \`revisionTags\` of the old one and enters those of the new one. Restart namespace after namespace;
   \`istioctl proxy-status\` counts who is still old.
5. When none is, take \`platform/istio\` away and point \`defaultRevision\` of \`istio-base\` at the new one.

Back, at any step: move the tag and restart. Jobs and pods that nobody restarts keep their sidecar: look at step 4 twice.`;

const OWN_ROOT = `**The root certificate.** istiod made it by itself and keeps it in the Secret \`istio-ca-secret\` of \`istio-system\`, for ten years. To change it, or to put
your own authority in its place: make the Secret \`cacerts\` whose \`root-cert.pem\` holds the old and the new root, restart istiod,
then every workload of the mesh, then take the old root out and restart again. Between the steps
\`istioctl proxy-config secret\` of a few pods shows which root they trust. Back the Secret up: without it a lost cluster is a new root.`;

const SHARED_ROOT = `**The root certificate** is that of the environment, and each cluster has an authority under it in the Secret \`cacerts\` of \`istio-system\`:
[clusters](clusters.md) says how both are made and changed. To change the root, \`root-cert.pem\` holds the old and the new one in every cluster first; restart
istiod, then every workload of the mesh, then take the old root out and restart again. Between the steps \`istioctl proxy-config secret\` of a few
pods shows which root they trust.`;
