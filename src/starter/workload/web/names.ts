/** Names of the sample web workload. */
export const NAME = 'demo-web';
