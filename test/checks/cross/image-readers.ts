/** Clusters of other projects of Google Cloud: who may read from a registry can be named, and each cluster says whom that is. */
import type { FileTree } from '../../../src/files/tree.ts';
import type { Finding } from '../finding.ts';
import type { CrossCheck } from './cross-check.ts';

const PROJECT = 'infra/gcp-project/registry.tf';
const ATTESTS = 'infra/gcp-project/attestation.tf';
const RUNBOOK = 'docs/runbooks/registry.md';

export const imageReaders: CrossCheck = {
  code: 'image-readers',
  says: 'A registry of Google can let clusters of other projects in, and a cluster that pulls from another project says who it is.',
  check: tree =>
    tree.has(PROJECT) && !tree.has(ATTESTS)
      ? [...doors(tree), ...[...tree].flatMap(([file, text]) => clusters(file, text))]
      : [],
};

/** What lets others in reads and does nothing else, and a page says how it is used. */
function doors(tree: FileTree): readonly Finding[] {
  const [right = ''] = /^resource "\w+" "image_readers" \{[\s\S]*?^\}/m.exec(tree.get(PROJECT) ?? '') ?? [];
  return [
    ...(/for_each = var\.image_readers/.test(right) && right.includes('"roles/artifactregistry.reader"')
      ? []
      : [finding(PROJECT, 'nobody of another project is let in to read, or to more than that')]),
    ...(/image_readers[\s\S]+registry_project/.test(tree.get(RUNBOOK) ?? '')
      ? []
      : [finding(RUNBOOK, 'nobody is told how a cluster of another project pulls from here')]),
  ];
}

/** A right to read that belongs to no node. */
const READER =
  /role += "roles\/artifactregistry\.reader"\n +member += (?!google_service_account\.(?:nodes|machine)\b)/;

/** Whoever reads in the project of a cluster is put out, so that another project can name it. */
function clusters(file: string, text: string): readonly Finding[] {
  if (!/^infra\/(?:gke|machines|openshift)\/[^/]+\.tf$/.test(file)) return [];
  const asks = file.endsWith('/outputs.tf') && /^ +REGISTRY +=/m.test(text);
  const reads = READER.test(text);
  return [
    ...(asks && !/^ +REGISTRY += .*\$\{local\.registry_project\}/m.test(text)
      ? [finding(file, 'the registry of another project cannot be named')]
      : []),
    ...(asks && !/^output "image_readers"/m.test(text)
      ? [finding(file, 'says of no node who it is to the registry of another project')]
      : []),
    ...(reads && !/^output "image_reader_/m.test(text)
      ? [finding(file, 'reads images, and says nobody who it is')]
      : []),
  ];
}

function finding(place: string, message: string): Finding {
  return { code: 'image-readers', place, message };
}
