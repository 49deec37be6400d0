/** OpenShift on AWS: what AWS Backup looks for on a volume is what the driver of OpenShift writes there. */
import type { FileTree } from '../../../src/files/tree.ts';
import type { Finding } from '../finding.ts';
import { parseOnce } from '../parse-once.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, type Fields, fields } from './fields.ts';
import { isOpenShift } from './provider.ts';

const BACKUP = 'infra/machines/backup.tf';
const TOLD = 'infra/openshift/install-config.yaml';

export const openshiftAws: CrossCheck = {
  code: 'openshift-aws',
  says: 'On AWS volumes of OpenShift carry the tags by which they are copied.',
  check: tree => {
    const onAws = at(parseOnce(tree.get(TOLD) ?? ''), 'platform', 'aws');
    return isOpenShift(tree) && tree.has(BACKUP) && onAws !== undefined
      ? volumes(tree, fields(at(onAws, 'userTags')))
      : [];
  },
};

/** The driver marks volumes as its own, and with the tags that the installer was told of. */
function volumes(tree: FileTree, written: Fields): readonly Finding[] {
  const asked = [...(tree.get(BACKUP) ?? '').matchAll(/key += "aws:ResourceTag\/(.+)"\n +value = (.+)/g)].map(
    ([, key = '', value = '']) => ({ key, value }),
  );
  const known = ({ key, value }: { readonly key: string; readonly value: string }) =>
    key === 'ebs.csi.aws.com/cluster'
      ? value === '"true"'
      : String(written[key]).replace(/^\$\{(.+)\}$/, 'var.$1') === value;
  return [
    ...asked
      .filter(each => !known(each))
      .map(({ key }) => finding(`copies volumes by ${key}, which nothing writes`)),
    ...(asked.some(({ key }) => key in written) ? [] : [finding('copies volumes of other clusters as well')]),
  ];
}

function finding(message: string): Finding {
  return { code: 'openshift-aws', place: BACKUP, message };
}
