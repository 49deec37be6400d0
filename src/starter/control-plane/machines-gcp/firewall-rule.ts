/** Who may reach which port of a machine in a network of Google Cloud. */
import { type HclExpression, hcl, hclCode } from '../../../files/hcl.ts';

/** What reaches a port: members of the network are known by the account of their machine and by nothing else. */
export interface Rule {
  /** When it is there at all. */
  readonly when?: HclExpression;
  readonly name: string;
  readonly says: string;
  readonly priority: number;
  readonly from: HclExpression;
  readonly to: HclExpression;
  readonly allow: readonly { readonly protocol: string; readonly ports: readonly string[] }[];
}

export const ACCOUNTS = hcl`[for account in google_service_account.machine : account.email]`;
export const CONTROL_PLANE = hcl`[google_service_account.machine["control-plane"].email]`;

/** `project`: a line that names the project of the rule, where the network is of another one. */
export function firewallRule(rule: Rule, project: HclExpression): HclExpression {
  const { when, name, says, priority, from, to, allow } = rule;
  const count = when === undefined ? hcl`` : hcl`\n  count = ${when} ? 1 : 0\n`;
  const lines = allow.map(({ protocol, ports }) =>
    ports.length === 0
      ? hcl`\n  allow {\n    protocol = ${protocol}\n  }\n`
      : hcl`\n  allow {\n    protocol = ${protocol}\n    ports    = ${ports}\n  }\n`,
  );
  return hcl`
resource "google_compute_firewall" ${name} {${count}${project}
  name        = "\${var.cluster_name}-${hclCode(name.replaceAll('_', '-'))}"
  description = ${says}
  network     = local.network
  direction   = "INGRESS"
  priority    = ${priority}

  ${from}
  target_service_accounts = ${to}
${hclCode(lines.map(({ code }) => code).join(''))}
  log_config {
    metadata = "EXCLUDE_ALL_METADATA"
  }
}
`;
}
