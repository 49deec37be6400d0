/** Runbooks of Linkerd: seeing that it holds, its versions, its trust anchor. */
import { markdownText } from '../../../files/markdown.ts';
import type { Runbook } from '../../contribution.ts';
import type { ModuleInput } from '../../module.ts';
import { release } from '../../release.ts';
import type { WayIn } from '../../way-in.ts';
import { wayBetween } from '../joined/way.ts';
import { meshPage } from '../page.ts';
import { ANCHOR } from './certificates.ts';
import { INBOUND } from './names.ts';

export function linkerdPages(input: ModuleInput, wayIn: WayIn | null): readonly Runbook[] {
  return [page(wayIn), upgrade(input), rotation(input)];
}

function page(wayIn: WayIn | null): Runbook {
  return meshPage({
    title: 'The mesh: Linkerd',
    mark: 'linkerd.io/inject: enabled',
    edge:
      wayIn === null || wayIn.proxies === null
        ? 'Requests from outside come without an identity; it begins behind the way in.'
        : `The proxies of the edge (\`${wayIn.component}\`) are in it as well, so that identity begins there; the ports that the internet reaches go past Linkerd, which keeps the address of the client.`,
    seen: `- \`linkerd check --proxy\`: everything, certificates included.
- \`linkerd diagnostics policy -n demo pod/POD 8080\`: who may come to this port.
- \`linkerd identity -n demo POD\`: the certificate of a pod, valid for a day.`,
    trouble: `The label \`mesh: linkerd\` belongs beside the annotation: the injector looks at namespaces that carry it and at no others, so that its failure holds
nobody else up.

**A pod does not start: the webhook does not answer.** \`kubectl -n linkerd get pods\`. Nothing that runs is touched. Do not take the failure policy away:
pods that start without a proxy are refused by all others.

**A pod waits in \`linkerd-network-validator\`.** It came up on its node before \`linkerd-cni\`; the repair controller starts it again.

**A connection is refused.** The network lets pods of the mesh reach each other at ${INBOUND} alone. Beyond it every port needs a Server and an
AuthorizationPolicy in \`platform-config/base/mesh\`: without them the proxy denies. There are no retries and no timeouts in the mesh;
who wants them writes them into the route.`,
  });
}

function upgrade(input: ModuleInput): Runbook {
  const { chart, version } = release(input, 'linkerd');
  return {
    id: 'upgrade-linkerd',
    title: 'Upgrading Linkerd',
    text: `The charts are of an edge release, ${markdownText(chart?.version ?? version)}, which stands for Linkerd ${markdownText(version)}: stable releases of
it need a subscription of its vendor. \`linkerd-crds\`, \`linkerd2-cni\`${wayBetween(input) === null ? '' : ', `linkerd-multicluster`'} and \`linkerd\` carry one version and go together.

1. Read the release notes of every edge release between, and which versions of the Gateway API they name: \`gateway-api\` has one owner, and
   Linkerd lags behind it.
2. In the first cluster: \`linkerd check --pre\` of the new version, then merge. The control plane rolls, and nothing that runs changes.
3. Workloads take the new proxy when they start again: \`kubectl -n NAMESPACE rollout restart deployment\`, namespace after namespace, proxies of the
   edge last. Proxies may be one stable version behind the control plane.
4. \`linkerd check --proxy\` says who is still behind. Watch for a day before the next cluster.

Back: revert in Git and restart what has the new proxy already.
`,
  };
}

function rotation(input: ModuleInput): Runbook {
  if (wayBetween(input) === null) return ROTATION;
  return {
    ...ROTATION,
    text: `${ROTATION.text}
**Joined clusters** trust this anchor as well. Run \`scripts/join-clusters.sh\` for the environment after step 2 and restart their mesh before step 3;
run it again after step 6, see [clusters](clusters.md).
`,
  };
}

const ROTATION: Runbook = {
  id: 'rotate-trust-anchor',
  title: "Rotating Linkerd's trust anchor",
  text: `The issuer below it is renewed every day by itself. The anchor is valid for five years, and cert-manager would renew it a year before its end; then
no running proxy knows the new one. So do it by hand when the alert says so, in the first cluster first. Every pod of the mesh is restarted twice.

1. Keep the present one trusted under another name:

   \`\`\`sh
   kubectl -n cert-manager get secret ${ANCHOR} -o json \\
     | jq '{apiVersion, kind, type: "Opaque", data: {"tls.crt": .data["tls.crt"]},
            metadata: {name: "linkerd-previous-anchor", namespace: "cert-manager", labels: .metadata.labels}}' \\
     | kubectl apply -f -
   \`\`\`

2. Make the new one: \`cmctl renew -n cert-manager ${ANCHOR}\`. The bundle holds both within a minute:
   \`kubectl -n linkerd get configmap linkerd-identity-trust-roots -o yaml\`.
3. Restart the control plane, then every workload of the mesh, proxies of the edge included. \`linkerd check --proxy\` must be clean.
4. Now the issuer: \`cmctl renew -n linkerd linkerd-identity-issuer\`, and restart \`deployment/linkerd-identity\`.
5. Restart every workload of the mesh again, so that each has a certificate below the new anchor. Wait a day otherwise.
6. \`kubectl -n cert-manager delete secret linkerd-previous-anchor\`. Whoever starts from now on trusts the new one alone.

Its key lies in \`cert-manager\`, and whoever may read Secrets there can be everybody in the mesh: nobody has that right day to day. Where the key must
not be in the cluster at all, put the certificate of an issuer of your own authority into \`linkerd-identity-issuer\` and drop the anchor's Certificate.
`,
};
