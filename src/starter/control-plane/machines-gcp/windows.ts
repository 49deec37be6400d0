/** Machines of Google Cloud with Windows: what they start from, and how they fetch what they are told. */
import { type HclExpression, hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { firstBootOnWindows } from '../self-managed/windows/first-boot.ts';
import { windowsHosts } from '../self-managed/windows/hosts.ts';

export const WINDOWS_BOOT = 'first-boot-windows.ps1';

/** The image that Google publishes, of the release that images of containers are built for. */
export const WINDOWS_IMAGE = hcl`
data "google_compute_image" "windows" {
  project = "windows-cloud"
  family  = "windows-2022-core"
}
`;

const ASK = `$google = 'http://metadata.google.internal/computeMetadata/v1'
$asked = @{ 'Metadata-Flavor' = 'Google' }`;

/** By the account of the machine, which the server of metadata answers for. */
export function googleBootOnWindows(input: ClusterInput): string {
  return firstBootOnWindows(input, {
    archive: 'hosts/__ROLE__/__NAME__.tar.gz',
    fetch: `${ASK}
$lent = Invoke-RestMethod -Uri ($google + '/instance/service-accounts/default/token') -Headers $asked
$from = 'https://storage.googleapis.com/storage/v1/b/__BUCKET__/o/' + [Uri]::EscapeDataString($object) + '?alt=media'
$client = New-Object -TypeName System.Net.WebClient
$client.Headers.Add('Authorization', 'Bearer ' + $lent.access_token)
$client.DownloadFile($from, $part)`,
    providerId: `${ASK}
$zone = (Invoke-RestMethod -Uri ($google + '/instance/zone') -Headers $asked).Split('/')[-1]
$project = Invoke-RestMethod -Uri ($google + '/project/project-id') -Headers $asked
$name = Invoke-RestMethod -Uri ($google + '/instance/name') -Headers $asked
$named = 'gce://' + $project + '/' + $zone + '/' + $name`,
  });
}

/** A run of the tests of the module. */
export const windowsRun = (input: ClusterInput): HclExpression =>
  windowsHosts(input) === null
    ? hcl``
    : hcl`
run "spreads_windows_over_two_zones" {
  command = plan

  assert {
    condition     = length(distinct([for machine in values(local.machines) : machine.zone if machine.role == "windows"])) >= 2
    error_message = "The loss of one zone leaves a machine with Windows."
  }
}
`;
