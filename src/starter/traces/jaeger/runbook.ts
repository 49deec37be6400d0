/** What to do when traces do not come, and who looks at them where. */
import type { Runbook } from '../../contribution.ts';
import { AUTHORITIES_FILE, trustsHouse } from '../../dns-and-certificates/house/authorities.ts';
import { hasGrafana } from '../../metrics/data-source.ts';
import type { ModuleInput } from '../../module.ts';
import { IN_PART, LET_OUT, NAMESPACE, SAMPLING, sends } from '../senders.ts';
import { NAME, PAGES, RETENTION_DAYS, STORE_SECRET } from './values.ts';

export function jaegerRunbook(input: ModuleInput): Runbook {
  const shown = hasGrafana(input)
    ? 'People read them in Grafana, as *Explore*, *jaeger*. Jaeger has pages of its own as well'
    : 'People read them in the pages of Jaeger';
  return {
    id: 'traces-missing',
    title: 'Traces are missing',
    text: `${sends(NAME)}. ${shown}, without a sign-in, so nothing leads to them from
outside: \`kubectl -n ${NAMESPACE} port-forward service/${NAME} ${PAGES}\`, for whoever may do that in the namespace.

1. ${LET_OUT}
2. What arrives: \`rate(otelcol_receiver_accepted_spans[5m])\` of the job ${NAME}.
3. Nothing is stored (the alert TracesNotStored): \`kubectl -n ${NAMESPACE} logs deployment/${NAME} --tail=50\`. *401* or *403*: the password in the Secret
   \`${STORE_SECRET}\`, or the user \`jaeger\` may not make indices that begin with the name of the cluster. *x509*: ${
     trustsHouse(input)
       ? `the store's certificate is
   of an authority that \`${AUTHORITIES_FILE}\` does not hold.`
       : `the store's certificate comes from an
   authority of your own; name it as \`tls.ca_file\` beside \`server_urls\` in \`platform/${NAME}/values.yaml\`.`
   } *429*: the store is too small.
4. ${IN_PART}

The store is not of this repository: a managed OpenSearch where the provider has one, or one that the house runs, with a user \`jaeger\` that may
do everything with indices that begin with the name of a cluster, and nothing else. Days older than ${RETENTION_DAYS} are removed every night
(\`kubectl -n ${NAMESPACE} get cronjob\`). It is backed up by whoever runs it, or not at all: traces are for the days in which they are read.

${SAMPLING}
`,
  };
}
