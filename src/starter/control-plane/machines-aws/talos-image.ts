/** Of the page that begins everything: the image of Talos that machines of AWS start from, where the published one is not enough. */
import type { ClusterInput } from '../../cluster-input.ts';
import { answerOf } from '../../picks.ts';
import { release } from '../../release.ts';
import type { Distribution } from '../self-managed/distribution.ts';
import { registrySignInOf } from '../self-managed/registry-sign-in.ts';
import { diskOf, extensionsOnMachines, GVISOR } from '../self-managed/talos-extension.ts';
import { awsMachines } from './place.ts';
import { ECR_SIGN_IN } from './registry-sign-in.ts';

/** The published image has no extension, and no image of Kubernetes. */
export function talosImage(input: ClusterInput, setUpBy: Distribution['setUpBy']): string {
  if (setUpBy !== 'talosctl') return '';
  const place = awsMachines(input);
  const extensions = extensionsOnMachines(input, registrySignInOf(input, place, { setUpBy }));
  if (extensions.length === 0) return '';
  const { version } = release(input, 'talos');
  const architecture = answerOf(input.stack, 'architecture') === 'arm64' ? 'arm64' : 'amd64';
  const carried = place.machines?.programs === 'carried';
  const made = carried
    ? byImager(version, architecture, extensions)
    : `curl --fail --location ${diskOf(input, extensions, { architecture, kind: 'raw.xz' })} | xz --decompress >talos.raw`;
  const brings = extensions.map(name => `\`${name}\`, ${BRINGS[name] ?? ''}`).join(', and ');
  const says = carried
    ? `Machines start from an image of Talos that has everything in it that they would fetch: the images of Kubernetes,
since Talos itself signs in to no registry, and of its extensions ${brings}. It is put together where the internet is, on Linux with Docker, \`crane\` and \`talosctl\` of version ${version},`
    : `Machines start from an image of Talos with ${brings}. The factory of Talos makes its disk, once
\`infra/talos/schematic.yaml\` has told it how,`;
  return `${says} and the account makes an image of that, once per region and release${carried ? ' of Talos and Kubernetes' : ''}. AWS asks for a
bucket and for the role \`vmimport\` that reads it:

\`\`\`sh
${made}
aws s3 cp talos.raw s3://BUCKET/talos.raw
aws ec2 import-snapshot --disk-container 'Format=RAW,UserBucket={S3Bucket=BUCKET,S3Key=talos.raw}'
aws ec2 describe-import-snapshot-tasks
aws ec2 register-image --name talos-${version} --architecture ${architecture === 'arm64' ? 'arm64' : 'x86_64'} --virtualization-type hvm --ena-support --root-device-name /dev/xvda \\
  --block-device-mappings 'DeviceName=/dev/xvda,Ebs={SnapshotId=SNAPSHOT,VolumeType=gp3}'
\`\`\`

The id that it prints is \`talos_image\`.

`;
}

const BRINGS: Readonly<Record<string, string>> = {
  [String(ECR_SIGN_IN.talos)]: 'by which kubelets sign in to ECR',
  [GVISOR]: 'which runs pods of tenants',
};

/** KUBERNETES_VERSION of the inventory stands for itself. */
function byImager(version: string, architecture: string, extensions: readonly string[]): string {
  const digests = extensions.map(name => name.replace('siderolabs/', '')).join('|');
  return `talosctl image k8s-bundle --k8s-version KUBERNETES_VERSION |
  talosctl image cache-create --images=- --platform linux/${architecture} --image-cache-path image-cache.oci
crane export ghcr.io/siderolabs/extensions:v${version} | tar -xO image-digests | grep -E '/(${digests}):' >extensions.txt
docker run --rm --privileged --volume /dev:/dev --volume "$PWD:/out" --volume "$PWD/image-cache.oci:/image-cache.oci:ro" \\
  ghcr.io/siderolabs/imager:v${version} aws --arch ${architecture} --image-cache /image-cache.oci $(sed 's/^/--system-extension-image /' extensions.txt)
xz --decompress --stdout aws-${architecture}.raw.xz >talos.raw`;
}
