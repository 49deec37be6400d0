/** Of the page that begins everything: the image of Talos that machines of Azure start from. */
import type { ClusterInput } from '../../cluster-input.ts';
import { release } from '../../release.ts';
import type { Distribution } from '../self-managed/distribution.ts';
import { diskOf, extensionsOnMachines } from '../self-managed/talos-extension.ts';
import { architectureOf } from './variables.ts';

/** A gallery takes disks of both architectures, and an image beside one those of amd64 alone. */
export function talosImage(input: ClusterInput, setUpBy: Distribution['setUpBy']): string {
  if (setUpBy !== 'talosctl') return '';
  const { version } = release(input, 'talos');
  const architecture = architectureOf(input);
  // No extension lets its kubelets into the registry of Azure.
  const extensions = extensionsOnMachines(input, null);
  const told =
    extensions.length === 0
      ? ''
      : `, with \`${extensions.join('`, `')}\` in it once \`infra/talos/schematic.yaml\` has told it how`;
  return `## The image, once per version of Talos

Machines start from an image in a gallery of this subscription. The factory of Talos makes its disk${told}; a storage account with the container
\`images\`, to which you may write, is where Azure reads it from:

\`\`\`sh
curl --fail --location ${diskOf(input, extensions, { architecture, kind: 'vhd.xz' })} | xz --decompress >talos.vhd
az storage blob upload --auth-mode login --account-name ACCOUNT --container-name images --name talos-${version}.vhd --type page --file talos.vhd
az sig create --resource-group GROUP --gallery-name talos
az sig image-definition create --resource-group GROUP --gallery-name talos --gallery-image-definition talos --publisher house --offer talos --sku ${architecture} \\
  --os-type Linux --os-state Generalized --hyper-v-generation V2 --architecture ${architecture === 'arm64' ? 'Arm64' : 'x64'}
az sig image-version create --resource-group GROUP --gallery-name talos --gallery-image-definition talos --gallery-image-version ${version} \\
  --os-vhd-storage-account ACCOUNT --os-vhd-uri https://ACCOUNT.blob.core.windows.net/images/talos-${version}.vhd
\`\`\`

The id that it prints is \`image_id\`.

`;
}
