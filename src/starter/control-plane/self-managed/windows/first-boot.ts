/** What a machine of a cloud with Windows does at each start until it is a node: how it gets its archive differs from cloud to cloud, and nothing else. */
import { powershellComment } from '../../../../files/powershell.ts';
import type { ClusterInput } from '../../../cluster-input.ts';
import { headline } from '../../../headline.ts';

export interface WindowsPrograms {
  /** Lines that a loop tries again: they put the archive of the machine at `$part`, or fail. */
  readonly fetch: string;
  /** Lines after which `$named` is what the cloud calls the machine. */
  readonly providerId: string;
}

/** Between underscores stands what the infrastructure fills in. */
export function firstBootOnWindows(input: ClusterInput, { fetch, providerId }: WindowsPrograms): string {
  const comment = powershellComment(
    headline(
      input,
      'control-plane',
      'What a machine with Windows does at each start, until it is a node. scripts/host-config.sh brings it the rest, secrets among it.',
    ),
  );
  return `${comment}
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$brought = 'C:\\host'
if (Test-Path -Path (Join-Path -Path $brought -ChildPath 'done')) { exit 0 }

# What hosts join with lies there for a moment: the system and administrators alone.
New-Item -ItemType Directory -Force -Path $brought | Out-Null
icacls.exe $brought /inheritance:r /grant:r '*S-1-5-18:(OI)(CI)F' '*S-1-5-32-544:(OI)(CI)F' | Out-Null
if ($LASTEXITCODE -ne 0) { throw ('nobody could be kept out of ' + $brought) }

$archive = Join-Path -Path $brought -ChildPath 'host.tar.gz'
$part = $archive + '.part'
while (-not (Test-Path -Path $archive)) {
  try {
${fetch.replace(/^/gm, '    ')}
    Move-Item -Force -Path $part -Destination $archive
  } catch {
    Start-Sleep -Seconds 15
  }
}
tar.exe -xzf $archive -C $brought
if ($LASTEXITCODE -ne 0) {
  Remove-Item -Force -Path $archive
  throw 'the archive of this machine cannot be unpacked: the next start fetches it again'
}

${providerId}
Set-Content -Path (Join-Path -Path $brought -ChildPath 'provider-id') -Value $named

powershell.exe -NoProfile -ExecutionPolicy Bypass -File (Join-Path -Path $brought -ChildPath 'install-host.ps1')
if ($LASTEXITCODE -eq 3010) {
  Restart-Computer -Force
  exit 0
}
if ($LASTEXITCODE -ne 0) { throw 'install-host.ps1 has failed: the next start tries again' }
Remove-Item -Force -Path $archive
New-Item -ItemType File -Force -Path (Join-Path -Path $brought -ChildPath 'done') | Out-Null
`;
}
