/** What machines start from: the newest stock image of Ubuntu, or one of Talos that somebody has brought into the project. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { machineOf } from '../gke/variables.ts';
import type { Distribution } from '../self-managed/distribution.ts';
import { windowsHosts } from '../self-managed/windows/hosts.ts';
import { WINDOWS_IMAGE } from './windows.ts';

export interface MachineImage {
  /** What is asked of Google, or of whoever fills in the values. */
  readonly data: HclExpression;
  readonly source: HclExpression;
  /** A line of the metadata. */
  readonly userData: HclExpression;
  /** The same for machines with Windows: what is asked of Google; null where there are none. */
  readonly windows: HclExpression | null;
  /** An image whose signatures the firmware knows. */
  readonly secureBoot: boolean;
}

const NOTHING: HclExpression = { kind: 'expression', code: '' };

const FIRST_BOOT = hcl`
user-data              = replace(replace(replace(file("\${path.module}/first-boot.yaml"), "__NAME__", each.key), "__ROLE__", each.value.role), "__BUCKET__", google_storage_bucket.hosts.name)`;
const BY_PROXY = hcl`
user-data              = replace(replace(replace(replace(file("\${path.module}/first-boot.yaml"), "__NAME__", each.key), "__ROLE__", each.value.role), "__BUCKET__", google_storage_bucket.hosts.name), "__PROXY_URL__", local.settings["PROXY_URL"])`;

export function imageOf(input: ClusterInput, { setUpBy }: Distribution): MachineImage {
  if (setUpBy === 'talosctl')
    return {
      data: NOTHING,
      source: hcl`var.machine_image`,
      userData: NOTHING,
      windows: null,
      secureBoot: false,
    };
  const architecture = machineOf(input).architecture;
  return {
    data: hcl`
data "google_compute_image" "ubuntu" {
  project = "ubuntu-os-cloud"
  family  = ${`ubuntu-2604-lts-${architecture}`}
}
`,
    source: hcl`data.google_compute_image.ubuntu.self_link`,
    userData: wayOut(input) === 'proxy' ? BY_PROXY : FIRST_BOOT,
    windows: windowsHosts(input) === null ? null : WINDOWS_IMAGE,
    secureBoot: true,
  };
}
