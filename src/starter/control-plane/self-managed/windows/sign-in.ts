/** How kubelets on Windows sign in to the registry of their cloud: a program of PowerShell in the place of that of Linux, under the same name. */

import { powershellComment } from '../../../../files/powershell.ts';
import type { FileTree } from '../../../../files/tree.ts';
import type { ClusterInput } from '../../../cluster-input.ts';
import { headline } from '../../../headline.ts';
import type { HostPlace, RegistrySignIn } from '../place.ts';
import { registrySignInOf } from '../registry-sign-in.ts';
import { WINDOWS_FOLDER } from './hosts.ts';

const FOLDER = 'credential-providers';
const CONFIGURATION = `${FOLDER}.yaml`;
/** The folder of the settings, which the system and administrators alone may change. */
const ON_HOST = 'C:/etc/rancher/rke2';

interface SignIn {
  readonly name: string;
  readonly code: string;
}

function signInOf(input: ClusterInput, place: HostPlace): SignIn | null {
  const signIn: RegistrySignIn | null = registrySignInOf(input, place, { setUpBy: 'machine' });
  return signIn?.windows === undefined ? null : { name: signIn.program.name, code: signIn.windows };
}

export function windowsSignInFiles(input: ClusterInput, place: HostPlace): FileTree {
  const signIn = signInOf(input, place);
  if (signIn === null) return new Map();
  const { name, code } = signIn;
  const comment = powershellComment(
    headline(
      input,
      'registry',
      'A password for the registry of the image that the kubelet asks for, by the identity of this machine.',
    ),
  );
  return new Map([
    [
      `${WINDOWS_FOLDER}/${name}.cmd`,
      `@powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -File "%~dp0${name}.ps1"\n`,
    ],
    [`${WINDOWS_FOLDER}/${name}.ps1`, `${comment}\n${code.trim()}\n${ANSWER}`],
  ]);
}

/** `$registry`, `$user`, `$password` and `$kept` are there. */
const ANSWER = `@{
  kind = 'CredentialProviderResponse'
  apiVersion = 'credentialprovider.kubelet.k8s.io/v1'
  cacheKeyType = 'Registry'
  cacheDuration = $kept
  auth = @{ $registry = @{ username = $user; password = $password } }
} | ConvertTo-Json -Compress -Depth 4
`;

/** Settings of the agent; kubelets find the program whatever its ending is. */
export function windowsSignInFlags(input: ClusterInput, place: HostPlace): object {
  return signInOf(input, place) === null
    ? {}
    : {
        'image-credential-provider-bin-dir': `${ON_HOST}/${FOLDER}`,
        'image-credential-provider-config': `${ON_HOST}/${CONFIGURATION}`,
      };
}

/** Lines of scripts/host-config.sh for one host. */
export function windowsSignInLines(input: ClusterInput, place: HostPlace): string {
  const signIn = signInOf(input, place);
  return signIn === null
    ? ''
    : `
  mkdir -p "$folder/${FOLDER}"
  cp infra/rke2/${CONFIGURATION} "$folder/"
  cp ${WINDOWS_FOLDER}/${signIn.name}.cmd ${WINDOWS_FOLDER}/${signIn.name}.ps1 "$folder/${FOLDER}/"`;
}

/** Lines of install-host.ps1 once `$config` is there. */
export function windowsSignInInstalled(input: ClusterInput, place: HostPlace): string {
  return signInOf(input, place) === null
    ? ''
    : `Copy-Item -Force -Path (Join-Path -Path $PSScriptRoot -ChildPath '${CONFIGURATION}') -Destination $config
Copy-Item -Force -Recurse -Path (Join-Path -Path $PSScriptRoot -ChildPath '${FOLDER}') -Destination $config
`;
}
