/** install-host.ps1: makes a host with Windows a node of RKE2, and one that is a node already a node of another release. */
import { powershellComment, powershellString } from '../../../../files/powershell.ts';
import type { ClusterInput } from '../../../cluster-input.ts';
import { AUTHORITIES_ON_HOST } from '../../../dns-and-certificates/house/authorities.ts';
import { headline } from '../../../headline.ts';
import type { HostPlace } from '../place.ts';
import { carriedToWindows, KEEP_IMAGES, takeCarried, WINDOWS_PROGRAM } from './carried.ts';
import { WINDOWS_RELEASE } from './hosts.ts';
import { fetchByProxy, serviceByProxy } from './proxy.ts';
import { windowsSignInInstalled } from './sign-in.ts';

const CONFIG = 'C:\\etc\\rancher\\rke2';
/** The system itself, and administrators, whatever they are called in the language of the host. */
const TRUSTED = ['*S-1-5-18:(OI)(CI)F', '*S-1-5-32-544:(OI)(CI)F'];

/** In the place of what a cloud calls the machine. */
export const PROVIDER_ID = '__PROVIDER_ID__';
/** The first boot leaves it beside the script. */
const NAMED_BY_CLOUD = `$told = Join-Path -Path $config -ChildPath 'config.yaml'
$named = (Get-Content -Raw -Path (Join-Path -Path $PSScriptRoot -ChildPath 'provider-id')).Trim()
Set-Content -Path $told -Value (Get-Content -Raw -Path $told).Replace('${PROVIDER_ID}', $named)
`;

/** What is unpacked is what the inventory says. */
const FETCHED = `$archive = Join-Path -Path $env:TEMP -ChildPath '${WINDOWS_PROGRAM}'
$source = 'https://github.com/rancher/rke2/releases/download/' + [Uri]::EscapeDataString($version) + '/${WINDOWS_PROGRAM}'
curl.exe --silent --show-error --fail --location --retry 5 --output $archive $source
if ($LASTEXITCODE -ne 0) { throw ($source + ' cannot be fetched') }
if ((Get-FileHash -Algorithm SHA256 -Path $archive).Hash -ne $checksum) {
  Remove-Item -Force -Path $archive
  throw ($source + ' is not what the inventory says: WINDOWS_RELEASE_SHA256')
}
`;

export function installOnWindows(input: ClusterInput, place: HostPlace): string {
  const { machines } = place;
  const { build, title } = WINDOWS_RELEASE;
  const carried = carriedToWindows(input, place);
  const comment = powershellComment(
    headline(
      input,
      'distribution',
      'Makes this host a node with Windows. Safe to run again: it installs the release that the inventory names, and starts it.',
    ),
  );
  return `#Requires -RunAsAdministrator
${comment}
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

${carried === null ? "$version = 'v__KUBERNETES_VERSION__+__RELEASE__'\n" : ''}$checksum = '__${carried?.setting ?? 'WINDOWS_RELEASE_SHA256'}__'
$config = ${powershellString(CONFIG)}
$programs = 'C:\\usr\\local'

$build = (Get-CimInstance -ClassName Win32_OperatingSystem).BuildNumber
if ($build -ne ${powershellString(build)}) {
  throw ('images here are for ' + ${powershellString(`${title}, build ${build}`)} + ', and this host has build ' + $build)
}

if (-not (Get-WindowsFeature -Name Containers).Installed) {
  $added = Install-WindowsFeature -Name Containers
  if ($added.RestartNeeded -ne 'No') {
    Write-Output 'Containers come with the next start of this host: restart it, and run this again.'
    exit 3010
  }
}

New-Item -ItemType Directory -Force -Path $config | Out-Null
# What hosts join with is read by the system and by administrators alone.
icacls.exe $config /inheritance:r /grant:r ${TRUSTED.map(powershellString).join(' ')} | Out-Null
if ($LASTEXITCODE -ne 0) { throw ('nobody could be kept out of ' + $config) }
foreach ($name in '${AUTHORITIES_ON_HOST}', 'config.yaml', 'registries.yaml', 'token') {
  $brought = Join-Path -Path $PSScriptRoot -ChildPath $name
  if (Test-Path -Path $brought) { Copy-Item -Force -Path $brought -Destination $config }
}
Remove-Item -Force -ErrorAction SilentlyContinue -Path (Join-Path -Path $PSScriptRoot -ChildPath 'token')
${machines === null ? '' : NAMED_BY_CLOUD}${windowsSignInInstalled(input, place)}if (-not (Test-Path -Path (Join-Path -Path $config -ChildPath 'token'))) {
  throw ('token: what hosts join with lies neither beside this script nor in ' + $config)
}

${fetchByProxy(input)}${carried === null ? FETCHED : takeCarried(carried)}
$service = Get-Service -Name rke2 -ErrorAction SilentlyContinue
if ($null -ne $service) { Stop-Service -Force -Name rke2 }
New-Item -ItemType Directory -Force -Path $programs | Out-Null
tar.exe -xzf $archive -C $programs
if ($LASTEXITCODE -ne 0) { throw ($archive + ' cannot be unpacked') }
${carried === null ? 'Remove-Item -Force -Path $archive\n' : KEEP_IMAGES}
$path = [Environment]::GetEnvironmentVariable('Path', 'Machine')
foreach ($folder in 'C:\\usr\\local\\bin', 'C:\\var\\lib\\rancher\\rke2\\bin') {
  if (($path -split ';') -notcontains $folder) { $path = $path + ';' + $folder }
}
[Environment]::SetEnvironmentVariable('Path', $path, 'Machine')

# RKE2 opens what pods say to pods on other hosts; the kubelet is asked by the control plane and by what measures.
if (-not (Get-NetFirewallRule -Name kubelet -ErrorAction SilentlyContinue)) {
  New-NetFirewallRule -Name kubelet -DisplayName kubelet -Direction Inbound -Action Allow -Protocol TCP -LocalPort 10250 -RemoteAddress '__NODE_CIDR__' | Out-Null
}

if ($null -eq $service) {
  & (Join-Path -Path $programs -ChildPath 'bin\\rke2.exe') agent service --add
  if ($LASTEXITCODE -ne 0) { throw 'the service could not be added' }
}
${serviceByProxy(input)}Start-Service -Name rke2
`;
}
