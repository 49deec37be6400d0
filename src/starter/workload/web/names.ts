/** Names of the sample web workload. */
export const NAME = 'demo-web';
export const NAMESPACE = 'demo';
export const LABELS = { 'app.kubernetes.io/name': NAME } as const;

/** Every workload behind the gateway listens here: the policy of the proxies opens this port. */
export const PORT = 8080;
export const METRICS_PORT = 9797;
