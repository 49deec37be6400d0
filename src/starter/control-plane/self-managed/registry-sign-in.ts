/** How kubelets of machines sign in to the registry of their cloud: by a program that answers with the identity of the machine. */
import type { FileTree } from '../../../files/tree.ts';
import { writeYaml } from '../../../files/yaml.ts';
import { headline } from '../../headline.ts';
import type { StarterInput } from '../../part.ts';
import { pickOf } from '../../picks.ts';
import type { Distribution } from './distribution.ts';
import type { HostPlace, RegistrySignIn } from './place.ts';

const PROGRAMS = '/usr/local/libexec/credential-providers';
const CONFIGURATION = '/etc/credential-providers.yaml';

/** Null where images come from a registry that machines need no identity of their cloud for, or no image of Talos brings the program. */
export function registrySignInOf(
  { stack }: StarterInput,
  { machines }: HostPlace,
  { setUpBy }: Pick<Distribution, 'setUpBy'>,
): RegistrySignIn | null {
  if (!['cloud-registry', 'mirror'].includes(pickOf(stack, 'registry') ?? '')) return null;
  const signIn = machines?.registrySignIn ?? null;
  return setUpBy === 'talosctl' && signIn?.talos === null ? null : signIn;
}

/** Machines of Talos run no program of ours; github.com/siderolabs/extensions was looked through on 2026-11-21. */
export function noRegistryOnTalos(cloud: string): string {
  return `Talos lets a kubelet into a registry by an extension of its system: there is one for that of AWS and one for Harbor, and none for that of ${cloud}, so images come from the registries of their publishers.`;
}

/** As kubelets read it, and Talos takes it among its own settings. */
export function credentialProviders({ program, images }: RegistrySignIn): object {
  return {
    apiVersion: 'kubelet.config.k8s.io/v1',
    kind: 'CredentialProviderConfig',
    providers: [
      {
        name: program.name,
        apiVersion: 'credentialprovider.kubelet.k8s.io/v1',
        matchImages: images,
        defaultCacheDuration: '1h0m0s',
      },
    ],
  };
}

/** Flags of kubelets; RKE2 and K3s have settings of the same names. */
export function signInFlags(signIn: RegistrySignIn | null): Readonly<Record<string, string>> {
  return signIn === null
    ? {}
    : {
        'image-credential-provider-bin-dir': PROGRAMS,
        'image-credential-provider-config': CONFIGURATION,
      };
}

/** Of a distribution whose machines set themselves up. */
export function signInFiles(input: StarterInput, folder: string, signIn: RegistrySignIn): FileTree {
  return new Map([
    [
      `${folder}/credential-providers.yaml`,
      writeYaml([credentialProviders(signIn)], {
        comment: headline(
          input,
          'registry',
          `Images that kubelets ask ${signIn.program.name} a password for: the registry of the cloud knows the machine.`,
        ),
      }),
    ],
    [`${folder}/${signIn.program.name}`, `${signIn.program.code.trim()}\n`],
  ]);
}

/** Lines of scripts/host-config.sh for one host. */
export function signInLines(folder: string, { program: { name } }: RegistrySignIn): string {
  return `
  mkdir -p "$folder${PROGRAMS}"
  cp ${folder}/credential-providers.yaml "$folder${CONFIGURATION}"
  cp ${folder}/${name} "$folder${PROGRAMS}/"
  chmod 0755 "$folder${PROGRAMS}/${name}"`;
}
