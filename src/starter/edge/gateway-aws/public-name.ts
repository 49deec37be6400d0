/** Runbook: how name and certificate come to the load balancer, and what to look at when it does not answer. */
import { markdownCode } from '../../../files/markdown.ts';
import type { Runbook } from '../../contribution.ts';
import { isAutoMode } from '../../control-plane/eks/mode.ts';
import type { ModuleInput } from '../../module.ts';
import { sharesNames } from '../../recovery/places.ts';
import { nameOfRegion } from '../../recovery/region-name.ts';
import { GATEWAY } from '../gateway/way-in.ts';
import type { AwsEdge } from '../gateway-aws.ts';

const CONTROLLER = 'aws-load-balancer-controller';

export function awsName(input: ModuleInput, edge: AwsEdge): Runbook {
  const [{ name, domain }] = input.clusters;
  const serving = input.clusters.find(sharesNames);
  const record = serving === undefined ? `*.${domain}` : nameOfRegion(serving);
  const { firewall } = edge;
  return {
    id: 'public-name',
    title: 'The gateway and its name',
    text: `The Gateway becomes an Application Load Balancer; every HTTPRoute becomes rules of its listener, and pods are its targets. It is made by
${markdownCode(CONTROLLER)}, and stands in the public subnets.

## Name

${NAMES[edge.names](serving?.name ?? name, edge.names === 'infrastructure' ? record : domain)}

## Certificate

${CERTIFICATES[edge.certificates](domain)}

## It does not answer

1. What the controller says: ${markdownCode(`kubectl -n ${GATEWAY.namespace} describe gateway ${GATEWAY.name}`)}, and its log:
   ${markdownCode(`kubectl -n ${CONTROLLER} logs deployment/${CONTROLLER} --tail=50`)}. *no certificate found for host* is the section above.
2. A route is not attached: ${markdownCode('kubectl -n NAMESPACE describe httproute NAME')}; its namespace needs the label
   ${markdownCode(`${GATEWAY.access.label}: ${GATEWAY.access.value}`)}.
3. *503*: the load balancer has no healthy target. Its health check asks for the path that the TargetGroupConfiguration of the Service names,
   ${markdownCode('/')} without one, and the network policy ${markdownCode('requests-from-gateway')} must let in where it stands.
   ${markdownCode('kubectl -n NAMESPACE get targetgroupbindings,targetgroupconfigurations')}
4. *500* with an empty body: the route names a Service or a port that is not there.
5. A rollout does not end: a new pod is ready only when the load balancer has seen it healthy; ${markdownCode('kubectl -n NAMESPACE get pods -o wide')} shows it
   under *READINESS GATES*.
${firewall ? WALL : ''}${isAutoMode(input) ? ONE_OWNER : ''}
A service that speaks gRPC says so in its TargetGroupConfiguration: ${markdownCode('protocolVersion: GRPC')}. Time limits, retries and answers of a route's own are not what an
ALB can do; it ignores or refuses such fields.

The address of a client is the last entry of ${markdownCode('X-Forwarded-For')}; all before it were written by the client itself.
`,
  };
}

/** EKS can bring these kinds itself; two owners would undo each other's versions. */
const ONE_OWNER = `
The kinds of the Gateway API come from this repository alone. Auto Mode can manage them as well, and must not here: this says *true* where it does.

\`\`\`sh
aws eks describe-cluster --name CLUSTER --query cluster.kubernetesNetworkConfig.elasticLoadBalancing.gatewayApi.crds.managed
\`\`\`
`;

const WALL = `6. *403* from the edge: the firewall. What it blocked is in the log group that begins with ${markdownCode('aws-waf-logs-')}; ${markdownCode('waf_preview = true')} counts instead
   of blocking.
`;

const NAMES: Readonly<Record<AwsEdge['names'], (cluster: string, domain: string) => string>> = {
  infrastructure: (
    cluster,
    record,
  ) => `The record ${markdownCode(record)} is part of the infrastructure, and can be made only once the load balancer stands:

\`\`\`sh
kubectl -n ${GATEWAY.namespace} wait --for=condition=Programmed gateway/${GATEWAY.name} --timeout=10m
# In infra/eks/envs/${cluster}.tfvars: gateway_stands = true
tofu -chdir=infra/eks apply -var-file=envs/${cluster}.tfvars
\`\`\`

Before a teardown it goes back to false first.`,
  controller: () =>
    `ExternalDNS writes a record for every name that a route carries, within a minute or two: ${markdownCode('kubectl -n external-dns logs deployment/external-dns --tail=50')}
says why one does not come.`,
  'by-hand': (_cluster, domain) => `Make ${markdownCode(`*.${domain}`)} an alias, or a CNAME, of this name:

\`\`\`sh
kubectl -n ${GATEWAY.namespace} get gateway ${GATEWAY.name} -o jsonpath='{.status.addresses[0].value}'
\`\`\``,
};

const CERTIFICATES: Readonly<Record<AwsEdge['certificates'], (domain: string) => string>> = {
  public:
    domain => `The load balancer takes certificates of AWS Certificate Manager and no Secret of the cluster. ${markdownCode('infra/eks/edge.tf')} asks for one that holds
${markdownCode(`*.${domain}`)}; AWS proves it by a record of the zone and renews it as long as that record stays. An alarm fires three weeks before its end:
${markdownCode('aws acm list-certificates')}, then ${markdownCode('aws acm describe-certificate --certificate-arn ARN')} says what the renewal waits for. The zone must be delegated.`,
  imported:
    domain => `The load balancer takes certificates of AWS Certificate Manager and no Secret of the cluster. The one for ${markdownCode(`*.${domain}`)} comes from
our own authority and is imported before the first apply, and again before it ends:

\`\`\`sh
aws acm import-certificate --certificate fileb://gateway.crt --private-key fileb://gateway.key --certificate-chain fileb://chain.crt
\`\`\`

A new one goes to the same ARN (${markdownCode('--certificate-arn')}), so nothing else changes. An alarm fires three weeks before its end. The key never lies in this repository.`,
};
