/** Artifact Registry: repositories of one's own and copies of what others publish, per project and region. */
import type { Id } from '../../../content/catalogue.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import type { Grant, ServiceAccount } from '../../foundation.ts';
import { attest } from '../../google/attestor.ts';
import type { GoogleGround } from '../../google/ground.ts';
import { GOOGLE_LOGIN, signInToGoogle } from '../../google/pipeline.ts';
import { pickOf } from '../../picks.ts';
import type { ImagePush, ImageRegistry } from '../../services.ts';
import { type ReadWithin, registryWithin } from './carried-images.ts';
import { ADDRESS, mirror } from './mirrored-images.ts';
import { OWN, repositories } from './own-images.ts';
import { readImages } from './rights.ts';

/** `read`: by whom, in a network without a way out; nodes of GKE where nothing is said. */
export function artifactRegistry(
  input: ClusterInput,
  ground: GoogleGround,
  read?: ReadWithin,
): ImageRegistry {
  return {
    address: ADDRESS,
    ownImages: `${ADDRESS}/${OWN}`,
    kyvernoProvider: 'google',
    push: push(input),
    repositories: decision => repositories(input, ground, decision),
    mirror: (decision, upstreams) => mirror(input, decision, upstreams),
    within: registryWithin(input, ground, read),
    read: (decision: Id, account: ServiceAccount): Grant => readImages(input, ground, decision, account),
  };
}

function push(input: ClusterInput): ImagePush {
  const attested = pickOf(input.stack, 'image-signing') === 'binary-authorization';
  return {
    ready: 'IMAGES_REGISTRY',
    signIn: each =>
      signInToGoogle(each, {
        identity: 'push',
        project: '${{ vars.IMAGES_PROJECT }}',
        provider: '${{ vars.IMAGES_PROVIDER }}',
      }),
    several: true,
    repository: `${OWN}/\${{ matrix.workload }}`,
    login: GOOGLE_LOGIN,
    ...(attested ? { afterPush: attest('REGISTRIES') } : {}),
    step: 'To build images here, set the variables `IMAGES_REGISTRY` (REGION-docker.pkg.dev/PROJECT for each region, with spaces between them), `IMAGES_PROJECT` and `IMAGES_PROVIDER` at GitHub, as `infra/gcp-project` puts them out; then put a Dockerfile into `workloads/NAME`.',
  };
}
