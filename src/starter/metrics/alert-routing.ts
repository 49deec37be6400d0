/** Where alerts go: a receiver of the user's and a dead-man switch, in Alertmanager's own form. */
import { wayOut } from '../egress/way-out/way.ts';
import type { ModuleInput } from '../module.ts';
import { domainOf } from '../names.ts';
import type { Placeholder } from '../part.ts';
import { TOKENS } from '../placeholder-tokens.ts';

interface AlertRouting {
  readonly config: Readonly<Record<string, unknown>>;
  /** Port outside the cluster that the receiver is reached at. */
  readonly egressPort: number;
  readonly placeholders: readonly Omit<Placeholder, 'file'>[];
}

interface Receiver {
  readonly form: Readonly<Record<string, unknown>>;
  readonly egressPort: number;
}

export function alertRouting(input: ModuleInput): AlertRouting {
  const { form, egressPort } = receiver(input);
  return {
    egressPort,
    config: {
      global: { resolve_timeout: '5m', ...(wayOut(input) === 'proxy' ? { http_config: BY_PROXY } : {}) },
      route: {
        receiver: 'on-call',
        group_by: ['alertname', 'cluster', 'namespace'],
        group_wait: '30s',
        group_interval: '5m',
        repeat_interval: '4h',
        routes: [
          {
            receiver: 'dead-man-switch',
            matchers: ['alertname = "Watchdog"'],
            group_wait: '0s',
            group_interval: '1m',
            repeat_interval: '1m',
          },
          { receiver: 'nobody', matchers: ['severity =~ "none|info"'] },
          { receiver: 'on-call', matchers: ['severity = "warning"'], repeat_interval: '24h' },
        ],
      },
      receivers: [
        { name: 'on-call', ...form },
        {
          name: 'dead-man-switch',
          webhook_configs: [
            { url: `https://${TOKENS.deadManSwitch}.example.com/ping`, send_resolved: false },
          ],
        },
        { name: 'nobody' },
      ],
      inhibit_rules: [
        {
          source_matchers: ['severity = "critical"'],
          target_matchers: ['severity =~ "warning|info"'],
          equal: ['cluster', 'namespace', 'alertname'],
        },
        {
          source_matchers: ['alertname = "InfoInhibitor"'],
          target_matchers: ['severity = "info"'],
          equal: ['cluster', 'namespace'],
        },
      ],
    },
    placeholders: PLACEHOLDERS,
  };
}

const BY_PROXY = { proxy_url: '${PROXY_URL}', no_proxy: '${NO_PROXY}' } as const;

function receiver(input: ModuleInput): Receiver {
  const { alertReceiver } = input.project;
  if (alertReceiver?.includes('@') && !alertReceiver.startsWith('https://')) {
    return {
      egressPort: 587,
      form: {
        email_configs: [
          {
            to: asIs(alertReceiver),
            from: `alertmanager@${asIs(domainOf(input))}`,
            smarthost: `${TOKENS.mailServer}.example.com:587`,
            require_tls: true,
            send_resolved: true,
          },
        ],
      },
    };
  }
  const url = alertReceiver ?? `https://${TOKENS.alertReceiver}.example.com/alerts`;
  return { egressPort: portOf(url), form: { webhook_configs: [{ url: asIs(url), send_resolved: true }] } };
}

/** Variables of the cluster look like this too; in an address the other form means the same. */
function asIs(url: string): string {
  return url.replaceAll('${', () => '$%7B');
}

function portOf(url: string): number {
  const { port } = new URL(url);
  return port === '' ? 443 : Number(port);
}

const PLACEHOLDERS: readonly Omit<Placeholder, 'file'>[] = [
  {
    token: TOKENS.alertReceiver,
    meaning: 'Webhook of whoever is on call; replace the whole address. Without it nobody hears of anything.',
    example: 'https://events.example.net/integration/alerts',
  },
  {
    token: TOKENS.mailServer,
    meaning: 'Mail server that takes alerts without a password from this network; replace the whole name.',
    example: 'smtp.internal.example.net',
  },
  {
    token: TOKENS.deadManSwitch,
    meaning:
      'Service outside the cluster that raises an alarm when it is no longer called; replace the whole address.',
    example: 'https://hc.example.net/ping/5a3f',
  },
];
