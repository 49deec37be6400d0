/** What OpenShift on AWS gives to all that runs in it: services of AWS reached by tokens of its own issuer, and what its operators bring. */
import type { ClusterInput } from '../../cluster-input.ts';
import { type Cni, namespacesWith } from '../../cni/cni.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import type { Foundation } from '../../foundation.ts';
import { shownByVpc } from '../eks/shown.ts';
import { MACHINES } from '../eks/trust.ts';
import { groundOfAws, IDENTITY } from '../machines-aws/foundation.ts';
import { machinesServices } from '../machines-aws/services.ts';
import { cloudFoundation } from '../openshift-cloud/foundation.ts';
import { RELEASE_SHOWN } from '../openshift-cloud/shown.ts';
import { tunnelToApi } from './api-tunnel.ts';
import { workerRegistry } from './registry.ts';
import { METAL_SANDBOX } from './sandbox.ts';

/** The controller of OpenShift makes these; nodes that run one of the pods answer. */
const BALANCER = { 'service.beta.kubernetes.io/aws-load-balancer-type': 'nlb' } as const;

const WITHIN = { ...BALANCER, 'service.beta.kubernetes.io/aws-load-balancer-internal': 'true' } as const;

const MARK = 'kubernetes.io/cluster/INFRA';

/** Velero copies tags of a volume to its snapshots and back, and the installer deletes by its own. */
const WHEN_GONE = `Before \`openshift-install destroy cluster\` takes away what is left of the old one: it deletes snapshots as well, since Velero gives them the tags of their
volume and one of these is the mark of the installer, \`${MARK}\`, where INFRA is \`infraID\` in \`metadata.json\`. Take it off all of them:

\`\`\`sh
aws ec2 describe-snapshots --owner-ids self --filters Name=tag-key,Values=velero.io/backup Name=tag-key,Values=${MARK} --query 'Snapshots[].[SnapshotId]' --output text |
  xargs aws ec2 delete-tags --tags Key=${MARK} --resources
\`\`\`

A volume takes the tags of the snapshot that it is made from: one with that mark still belongs to the old cluster, and goes with it.`;

export function openshiftAwsFoundation(input: ClusterInput, cni: Cni): Foundation {
  const ground = groundOfAws(input);
  const closed = wayOut(input) === 'none';
  const annotations = closed ? WITHIN : BALANCER;
  return cloudFoundation({
    ...ground,
    ...(closed ? { addresses: { ...ground.addresses, servicesWithin: ['${NODE_CIDR}'] } } : {}),
    loadBalancer: {
      class: null,
      annotations,
      annotationsToNodes: annotations,
      annotationsWithin: WITHIN,
    },
    api: tunnelToApi(input),
    backup: { ...ground.backup, whenGone: WHEN_GONE },
    sandbox: METAL_SANDBOX,
    shown: [...shownByVpc(input, MACHINES), RELEASE_SHOWN, IDENTITY],
    services: machinesServices(input, workerRegistry(input)),
    givenNamespaces: namespacesWith([], cni),
  });
}
