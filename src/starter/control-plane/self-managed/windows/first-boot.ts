/** What a machine of a cloud with Windows does at each start until it is a node: how it gets its archive differs from cloud to cloud, and nothing else. */
import { powershellComment } from '../../../../files/powershell.ts';
import type { ClusterInput } from '../../../cluster-input.ts';
import { wayOut } from '../../../egress/way-out/way.ts';
import { headline } from '../../../headline.ts';
import { CARRIED } from './carried.ts';

export interface WindowsPrograms {
  /** Lines that a loop tries again: they put what lies in the store as `$object` at `$part`, or fail. */
  readonly fetch: string;
  /** What the archive of the machine is called there. */
  readonly archive: string;
  /** Lines after which `$named` is what the cloud calls the machine. */
  readonly providerId: string;
}

/** What was carried in for it; install-host.ps1 holds it against its list. */
const FETCH_CARRIED = `$carried = @()
foreach ($object in Get-Content -Path (Join-Path -Path $brought -ChildPath '${CARRIED}')) {
  $file = Join-Path -Path $brought -ChildPath (Split-Path -Leaf -Path $object)
  Get-Stored -object $object -file $file
  $carried += $file
}

`;

const FAILED = `if ($LASTEXITCODE -ne 0) { throw 'install-host.ps1 has failed: the next start tries again' }
`;
/** What was carried in anew meanwhile is fetched then. */
const AGAIN = `if ($LASTEXITCODE -ne 0) {
  Remove-Item -Force -Path (@($archive) + $carried)
  throw 'install-host.ps1 has failed: the next start fetches everything again'
}
`;

/** Between underscores stands what the infrastructure fills in. */
export function firstBootOnWindows(
  input: ClusterInput,
  { fetch, archive, providerId }: WindowsPrograms,
): string {
  const carried = wayOut(input) === 'none';
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

function Get-Stored([string] $object, [string] $file) {
  $part = $file + '.part'
  while (-not (Test-Path -Path $file)) {
    try {
${fetch.replace(/^/gm, '      ')}
      Move-Item -Force -Path $part -Destination $file
    } catch {
      Start-Sleep -Seconds 15
    }
  }
}
$archive = Join-Path -Path $brought -ChildPath 'host.tar.gz'
Get-Stored -object '${archive}' -file $archive
tar.exe -xzf $archive -C $brought
if ($LASTEXITCODE -ne 0) {
  Remove-Item -Force -Path $archive
  throw 'the archive of this machine cannot be unpacked: the next start fetches it again'
}

${carried ? FETCH_CARRIED : ''}${providerId}
Set-Content -Path (Join-Path -Path $brought -ChildPath 'provider-id') -Value $named

powershell.exe -NoProfile -ExecutionPolicy Bypass -File (Join-Path -Path $brought -ChildPath 'install-host.ps1')
if ($LASTEXITCODE -eq 3010) {
  Restart-Computer -Force
  exit 0
}
${carried ? AGAIN : FAILED}Remove-Item -Force -Path ${carried ? '(@($archive) + $carried)' : '$archive'}
New-Item -ItemType File -Force -Path (Join-Path -Path $brought -ChildPath 'done') | Out-Null
`;
}
