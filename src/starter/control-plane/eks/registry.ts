/** ECR as the registry of a platform: images of one's own, copies of what others publish, and who signs in to push and to read. */
import { hcl } from '../../../files/hcl.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { ECR_LOGIN } from '../../image-build/ecr-login.ts';
import { pinnedAction } from '../../release.ts';
import type { ImagePush, ImageRegistry } from '../../services.ts';
import { eksRegistryWithin } from './carried-images.ts';
import { mirror } from './mirrored-images.ts';
import { repositories } from './own-images.ts';
import { OWN } from './registry-runbook.ts';
import { granted } from './rights.ts';
import { issuerOfEks } from './trust.ts';

const ADDRESS = '${REGISTRY}';

export function eksRegistry(input: ClusterInput): ImageRegistry {
  return {
    address: ADDRESS,
    ownImages: `${ADDRESS}/${OWN}`,
    kyvernoProvider: 'amazon',
    push: PUSH,
    repositories: decision => repositories(input, decision),
    mirror: (decision, upstreams) => mirror(input, decision, upstreams),
    within: eksRegistryWithin(input),
    read: (decision, account) => granted(input, READS, decision, account, READ),
    readByToken: (decision, account) =>
      granted(input, READS, decision, account, READ, issuerOfEks(input), { takes: 'tokens' }),
  };
}

const READS = 'Reads images and their signatures, so that a verifier can judge them.';

const PUSH: ImagePush = {
  ready: 'IMAGES_REGISTRY',
  signIn: input => `      - name: Sign in to AWS
        uses: ${pinnedAction(input, 'aws-credentials')}
        with:
          role-to-assume: \${{ vars.IMAGES_ROLE }}
          aws-region: \${{ vars.IMAGES_REGION }}`,
  several: true,
  repository: `${OWN}/\${{ matrix.workload }}`,
  login: ECR_LOGIN,
  step: 'To build images here, name this repository in `publishers` of `infra/aws-account`, apply it, and set the variables `IMAGES_REGISTRY` (the `REGISTRY` of each cluster, with spaces between them), `IMAGES_REGION` and `IMAGES_ROLE` (the role `github-push`) at GitHub; then put a Dockerfile into `workloads/NAME` for each repository of `repositories`.',
};

const READ = hcl`  statement {
    sid       = "SignIn"
    actions   = ["ecr:GetAuthorizationToken"]
    resources = ["*"]
  }

  statement {
    sid = "ReadOwnImages"
    actions = [
      "ecr:BatchCheckLayerAvailability",
      "ecr:BatchGetImage",
      "ecr:GetDownloadUrlForLayer",
    ]
    resources = ["arn:\${data.aws_partition.current.partition}:ecr:\${var.region}:\${var.account_id}:repository/${{ kind: 'expression', code: OWN }}/*"]
  }`;
