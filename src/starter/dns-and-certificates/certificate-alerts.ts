/** Alerts of certificates that are not renewed, and what to do about them. */
import type { IPrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import type { Runbook } from '../contribution.ts';
import { alertRules } from '../metrics/alerts.ts';
import type { StarterInput } from '../part.ts';

const ENDS = 'certmanager_certificate_expiration_timestamp_seconds';
const RENEWS = 'certmanager_certificate_renewal_timestamp_seconds';

/** Measured against the renewal and not in days: some certificates live for months, some for two days. */
export function certificateAlerts(input: StarterInput, namespace: string): IPrometheusRule {
  return alertRules(input, { name: 'certificates', namespace }, [
    {
      alert: 'CertificateNotRenewed',
      expr: `time() - ${RENEWS} > 6 * 3600`,
      lasting: '15m',
      severity: 'warning',
      summary:
        'The certificate {{ $labels.exported_namespace }}/{{ $labels.name }} should have been renewed hours ago.',
      description: 'It is valid still. When it ends nobody gets through any more.',
      runbook: 'certificates',
    },
    {
      alert: 'CertificateEnds',
      expr: `${ENDS} - time() < 0.25 * (${ENDS} - ${RENEWS})`,
      lasting: '5m',
      severity: 'critical',
      summary: 'The certificate {{ $labels.exported_namespace }}/{{ $labels.name }} is about to end.',
      description: 'Three quarters of the time that was left for its renewal are gone.',
      runbook: 'certificates',
    },
  ]);
}

const WHY = {
  acme: `1. What cert-manager says of it: \`kubectl -n NAMESPACE describe certificate NAME\`, then the newest \`certificaterequest\`, \`order\` and
   \`challenge\` of the namespace. The last one in this chain that is not ready names the reason.
2. A challenge that waits: the zone is not delegated, the rights on it are gone, or the record is not seen. The log of cert-manager says which:
   \`kubectl -n cert-manager logs deployment/cert-manager\`.
3. An order that is refused: the authority counts (fifty certificates a week for a domain, five for the same names). Do not delete and try again;
   wait, and find out who asked so often.`,
  'own-authority': `1. What cert-manager says of it: \`kubectl -n NAMESPACE describe certificate NAME\`, then the newest \`certificaterequest\` of the namespace,
   which names the reason.
2. \`kubectl get clusterissuers\` is not *Ready*: the Secret \`issuing-authority\` of the namespace cert-manager is missing, or its key does not fit its
   certificate: [your own authority](own-authority.md).
3. It is renewed, and clients refuse it all the same: the intermediate has ended, or they do not know your root.`,
} as const;

/** `by`: whether an authority elsewhere proves names first, or the cluster issues with an intermediate. */
export function certificatesPage(by: keyof typeof WHY): Runbook {
  return {
    id: 'certificates',
    title: 'A certificate is not renewed',
    text: `${WHY[by]}
4. Mended: \`cmctl renew NAME -n NAMESPACE\`. Whoever serves the certificate reads the new one by itself within a minute or two.

Nothing is left to try and it ends today: a certificate from elsewhere can be put into the Secret by hand. Suspend the Certificate first, or
cert-manager replaces it.
`,
  };
}
