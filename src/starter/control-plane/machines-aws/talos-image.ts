/** Of the page that begins everything: the image of Talos that machines of AWS start from, where the published one is not enough. */
import type { ClusterInput } from '../../cluster-input.ts';
import { answerOf } from '../../picks.ts';
import { release } from '../../release.ts';
import type { Distribution } from '../self-managed/distribution.ts';
import { registrySignInOf } from '../self-managed/registry-sign-in.ts';
import { awsMachines } from './place.ts';

/** The published image brings no program by which kubelets sign in to a registry, and no image of Kubernetes. */
export function talosImage(input: ClusterInput, setUpBy: Distribution['setUpBy']): string {
  const place = awsMachines(input);
  const extension =
    setUpBy === 'talosctl' ? (registrySignInOf(input, place, { setUpBy })?.talos ?? null) : null;
  if (extension === null) return '';
  const { version } = release(input, 'talos');
  const carried = place.machines?.programs === 'carried';
  const made = carried
    ? byImager(input, version, extension.name)
    : `curl --fail --location https://factory.talos.dev/image/${extension.schematic}/v${version}/aws-amd64.raw.xz | xz --decompress >talos.raw`;
  const says = carried
    ? `Machines start from an image of Talos that has everything in it that they would fetch: the extension \`${extension.name}\`, by which kubelets sign in to ECR, and the images
of Kubernetes, since Talos itself signs in to no registry. It is put together where the internet is, on Linux with Docker, \`crane\` and \`talosctl\` of version ${version},`
    : `Machines start from an image of Talos with the extension \`${extension.name}\`, by which kubelets sign in to ECR; the factory of Talos makes its disk
(\`infra/talos/schematic.yaml\`, the file \`aws-arm64.raw.xz\` for machines with arm64),`;
  return `${says} and the account makes an image of that, once per region and release${carried ? ' of Talos and Kubernetes' : ''}. AWS asks for a
bucket and for the role \`vmimport\` that reads it:

\`\`\`sh
${made}
aws s3 cp talos.raw s3://BUCKET/talos.raw
aws ec2 import-snapshot --disk-container 'Format=RAW,UserBucket={S3Bucket=BUCKET,S3Key=talos.raw}'
aws ec2 describe-import-snapshot-tasks
aws ec2 register-image --name talos-${version} --architecture ${carried && isArm(input) ? 'arm64' : 'x86_64'} --virtualization-type hvm --ena-support --root-device-name /dev/xvda \\
  --block-device-mappings 'DeviceName=/dev/xvda,Ebs={SnapshotId=SNAPSHOT,VolumeType=gp3}'
\`\`\`

The id that it prints is \`talos_image\`.

`;
}

const isArm = ({ stack }: ClusterInput) => answerOf(stack, 'architecture') === 'arm64';

/** KUBERNETES_VERSION of the inventory stands for itself. */
function byImager(input: ClusterInput, version: string, extension: string): string {
  const architecture = isArm(input) ? 'arm64' : 'amd64';
  return `talosctl image k8s-bundle --k8s-version KUBERNETES_VERSION |
  talosctl image cache-create --images=- --platform linux/${architecture} --image-cache-path image-cache.oci
extension="$(crane export ghcr.io/siderolabs/extensions:v${version} | tar -xO image-digests | grep ${extension.replace('siderolabs/', '')})"
docker run --rm --privileged --volume /dev:/dev --volume "$PWD:/out" --volume "$PWD/image-cache.oci:/image-cache.oci:ro" \\
  ghcr.io/siderolabs/imager:v${version} aws --arch ${architecture} --image-cache /image-cache.oci --system-extension-image "$extension"
xz --decompress --stdout aws-${architecture}.raw.xz >talos.raw`;
}
