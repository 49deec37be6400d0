/** What shows that people raise the minor of clusters that nobody else runs. */
import { lineOf, type Shown } from '../../shown.ts';
import { HOSTS_FOLDER } from './inventory.ts';

export const PLANNED_MINORS: Shown = {
  decision: 'upgrades',
  option: 'planned-minors',
  says: 'The minor stands in the inventory of each cluster, and nothing but a change of that raises it.',
  ...lineOf(HOSTS_FOLDER, '^KUBERNETES_VERSION='),
};
