/** What a machine of Azure with Windows runs: once, as an extension of Azure, and then at each start until it is a node. */
import { powershellComment } from '../../../files/powershell.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { headline } from '../../headline.ts';
import type { Distribution } from '../self-managed/distribution.ts';
import { registrySignInOf } from '../self-managed/registry-sign-in.ts';
import { firstBootOnWindows } from '../self-managed/windows/first-boot.ts';
import { azurePlace } from './place.ts';
import { METADATA, PULLER } from './registry-sign-in.ts';

/** The programs of a machine run as the system, which needs no account. */
const PREPARED = String.raw`$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# Whoever reads the state has a password of this account: nobody may go on with it.
foreach ($account in Get-LocalUser | Where-Object -Property Enabled) {
  $bytes = New-Object -TypeName byte[] -ArgumentList 48
  [Security.Cryptography.RandomNumberGenerator]::Create().GetBytes($bytes)
  $unknown = ConvertTo-SecureString -AsPlainText -Force -String ([Convert]::ToBase64String($bytes) + '+aA1')
  Set-LocalUser -SID $account.SID -Password $unknown
  Disable-LocalUser -SID $account.SID
}

# At each start from now on; administrators alone may change what lies there.
$script = 'C:\Windows\first-boot.ps1'
Copy-Item -Force -Path 'C:\AzureData\CustomData.bin' -Destination $script
$run = '/c powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -File ' + $script + ' >>C:\Windows\first-boot.log 2>&1'
$task = @{
  TaskName = 'first-boot'
  User = 'SYSTEM'
  Action = New-ScheduledTaskAction -Execute 'cmd.exe' -Argument $run
  Trigger = New-ScheduledTaskTrigger -AtStartup
  Settings = New-ScheduledTaskSettingsSet -ExecutionTimeLimit ([TimeSpan]::Zero)
}
Register-ScheduledTask -Force @task | Out-Null
Start-ScheduledTask -TaskName 'first-boot'
`;

export function prepareScript(input: ClusterInput): string {
  const comment = powershellComment(
    headline(
      input,
      'control-plane',
      'What Azure runs once on a new machine with Windows. It waits for nothing: the archive of the machine comes later.',
    ),
  );
  return `${comment}\n${PREPARED}`;
}

/** By identities of the machine, which the server of metadata answers for. */
export function bootScript(input: ClusterInput, distribution: Distribution): string {
  const pulls = registrySignInOf(input, azurePlace(distribution), distribution) !== null;
  return firstBootOnWindows(input, {
    archive: 'host-__NAME__/config.tar.gz',
    fetch: `$lent = Invoke-RestMethod -Headers @{ Metadata = 'true' } -Uri '${METADATA}/identity/oauth2/token?api-version=2018-02-01&client_id=__READER__&resource=https%3A%2F%2Fstorage.azure.com%2F'
$client = New-Object -TypeName System.Net.WebClient
$client.Headers.Add('Authorization', 'Bearer ' + $lent.access_token)
$client.Headers.Add('x-ms-version', '2023-11-03')
$client.DownloadFile('https://__STORE__.blob.core.windows.net/' + $object, $part)`,
    providerId: `$compute = (Invoke-RestMethod -Headers @{ Metadata = 'true' } -Uri '${METADATA}/instance?api-version=2021-02-01').compute
$group = $compute.resourceGroupName.ToLowerInvariant()
$named = 'azure:///subscriptions/' + $compute.subscriptionId + '/resourceGroups/' + $group + '/providers/Microsoft.Compute/virtualMachines/' + $compute.name${pulls ? `\nSet-Content -Path '${PULLER.onWindows}' -Value '${PULLER.mark}'` : ''}`,
  });
}
