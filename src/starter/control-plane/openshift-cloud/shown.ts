/** What shows the options that OpenShift carries out in every cloud. */
import { lineOf, type Shown } from '../../shown.ts';

export const RELEASE_SHOWN: Shown = {
  decision: 'upgrades',
  option: 'planned-minors',
  says: 'The release stands in the values of each cluster, and people take each step to the next.',
  ...lineOf('infra/machines/envs', '^openshift_version '),
};
