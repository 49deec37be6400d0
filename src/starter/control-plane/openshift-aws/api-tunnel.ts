/** A small machine by which Session Manager carries people to the API and the console of OpenShift. */
import { hcl } from '../../../files/hcl.ts';
import { type ApiAccess, apiAccess, REACH_API } from '../../api-exposure/access.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { tunnelMachine } from '../eks/api-tunnel.ts';
import { MACHINES } from '../eks/trust.ts';

export function tunnelToApi(input: ClusterInput): ApiAccess {
  const [{ name }] = input.clusters;
  return apiAccess(input, MACHINES, {
    made: tunnelMachine(6443, TO_API),
    tools: ['aws', 'kubectl', 'session-manager-plugin'],
    reads: { region: 'region' },
    script: SCRIPT,
    through: `Session Manager of AWS carries people there through a small machine (\`${MACHINES}/api-tunnel.tf\`), which has no open port, no public address and no rights of its own: IAM says who may, and CloudTrail who did.`,
    takes: [
      'The command line of AWS with its Session Manager plugin.',
      'The rights `ec2:DescribeInstances`, and `ssm:StartSession` on machines with the tag `role` of `api-tunnel` and on the document `AWS-StartPortForwardingSessionToRemoteHost`.',
      `For the installer, which asks for the API by its own name: \`${REACH_API} ${name} 6443\`, and the line that it prints in \`/etc/hosts\` for as long as the installer runs.`,
      `For the console and for signing in, whose names answer in that network as well: \`TO=apps ${REACH_API} ${name} 443\` beside the other session, by somebody who may open that port, and the line that it prints.`,
    ],
    patched: `\`tofu -chdir=${MACHINES} apply -replace=aws_instance.tunnel\` with the values of the cluster makes the machine anew from the newest image, which is how it is patched, every month.`,
  });
}

/** The load balancer of the API takes calls of the whole network. */
const TO_API = hcl`resource "aws_vpc_security_group_egress_rule" "tunnel_to_api" {
  security_group_id = aws_security_group.tunnel.id
  description       = "The API, whose load balancer the installer makes"
  ip_protocol       = "tcp"
  from_port         = 6443
  to_port           = 6443
  cidr_ipv4         = var.vpc_cidr
}`;

const SCRIPT = `host="api.$name.$(value dns_zone)"
remote=6443
hosts="$host"
if [ "\${TO:-api}" = apps ]; then
  apps="apps.$name.$(value dns_zone)"
  host="console-openshift-console.$apps"
  hosts="$host oauth-openshift.$apps"
  remote=443
fi
machine="$(aws ec2 describe-instances --region "$region" --filters "Name=tag:Name,Values=$name-tunnel" \\
  Name=instance-state-name,Values=running --query 'Reservations[].Instances[].InstanceId' --output text)"
[ -n "$machine" ] || { echo "the machine $name-tunnel does not run" >&2; exit 1; }

if [ "$port" = "$remote" ]; then
  echo "For as long as this runs, in /etc/hosts: 127.0.0.1 $hosts"
else
  kubectl config get-clusters | grep -xF "$name" >/dev/null ||
    { echo "kubectl does not know $name: point KUBECONFIG at what the installer wrote" >&2; exit 2; }
  kubectl config set-cluster "$name" --server="https://localhost:$port" --tls-server-name="$host" >/dev/null
  echo "kubectl reaches $name while this runs; it ends after some time without traffic"
fi
exec aws ssm start-session --region "$region" --target "$machine" --document-name AWS-StartPortForwardingSessionToRemoteHost \\
  --parameters "{\\"host\\":[\\"$host\\"],\\"portNumber\\":[\\"$remote\\"],\\"localPortNumber\\":[\\"$port\\"]}"
`;
