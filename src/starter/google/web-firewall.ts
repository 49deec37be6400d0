/** Rules of Cloud Armor before what answers the internet: what is attacked everywhere, the core rule set, a limit of requests. */
import { type HclExpression, hcl } from '../../files/hcl.ts';

/** Within `locals`. */
export const RULE_SETS = hcl`  # Rule sets of the OWASP Core Rule Set at the lowest sensitivity: high confidence, few false alarms.
  waf_rules = {
    1000 = "sqli-v33-stable"
    1010 = "xss-v33-stable"
    1020 = "lfi-v33-stable"
    1030 = "rfi-v33-stable"
    1040 = "rce-v33-stable"
    1050 = "scannerdetection-v33-stable"
    1060 = "protocolattack-v33-stable"
    1070 = "sessionfixation-v33-stable"
  }`;

/** What a policy of one balancer of the whole world has, and one of a balancer within a region. */
interface Policy {
  /** How a rule is called. */
  readonly rule: HclExpression;
  readonly adaptive: HclExpression;
  /** Whose requests are let through, as a list of ranges; all others meet the last rule. */
  readonly clients: HclExpression;
  readonly rest: 'allow' | 'deny(403)';
}

/** Within the policy; needs the rule sets, `var.waf_preview` and `var.requests_per_minute`. */
const rulesOf = ({ rule, adaptive, clients, rest }: Policy) => hcl`${adaptive}  advanced_options_config {
    json_parsing = "STANDARD"
    log_level    = "NORMAL"
  }

  # Flaws that are attacked everywhere, Log4Shell first: blocked even where the rest is only logged.
  ${rule} {
    priority    = 900
    action      = "deny(403)"
    preview     = false
    description = "cve-canary"

    match {
      expr {
        expression = "evaluatePreconfiguredWaf('cve-canary')"
      }
    }
  }

  dynamic "${rule}" {
    for_each = local.waf_rules

    content {
      priority    = tonumber(${rule}.key)
      action      = "deny(403)"
      preview     = var.waf_preview
      description = ${rule}.value

      match {
        expr {
          expression = "evaluatePreconfiguredWaf('\${${rule}.value}', {'sensitivity': 1})"
        }
      }
    }
  }

  ${rule} {
    priority    = 2000
    action      = "throttle"
    preview     = false
    description = "Requests per minute and client address."

    match {
      versioned_expr = "SRC_IPS_V1"

      config {
        src_ip_ranges = ${clients}
      }
    }

    rate_limit_options {
      conform_action = "allow"
      exceed_action  = "deny(429)"
      enforce_on_key = "IP"

      rate_limit_threshold {
        count        = var.requests_per_minute
        interval_sec = 60
      }
    }
  }

  ${rule} {
    priority    = 2147483647
    action      = ${rest}
    preview     = false
    description = "Default."

    match {
      versioned_expr = "SRC_IPS_V1"

      config {
        src_ip_ranges = ["*"]
      }
    }
  }`;

const ADAPTIVE = hcl`  adaptive_protection_config {
    layer_7_ddos_defense_config {
      enable = true
    }
  }

`;

export const FIREWALL_RULES = rulesOf({
  rule: hcl`rule`,
  adaptive: ADAPTIVE,
  clients: hcl`["*"]`,
  rest: 'allow',
});

/** Before a balancer of a region, for the networks in `var.client_ranges` alone. */
export const REGIONAL_FIREWALL_RULES = rulesOf({
  rule: hcl`rules`,
  adaptive: hcl``,
  clients: hcl`var.client_ranges`,
  rest: 'deny(403)',
});
