/** Machines of Google Cloud as a place for hosts: three zones of a region, and a bucket that each reads by its own account. */
import { hostOf } from '../../cidr.ts';
import type { Cluster, ClusterInput } from '../../cluster-input.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { TOKENS } from '../../placeholder-tokens.ts';
import { clusterTitle } from '../gke/title.ts';
import { apiName } from '../self-managed/inventory.ts';
import type { HostPlace } from '../self-managed/place.ts';
import { ARTIFACT_REGISTRY_SIGN_IN } from './programs.ts';
import { FOLDER } from './settings.ts';

/** Most regions begin with a; these do not have it. */
const ZONES: Readonly<Record<string, readonly [string, string, string]>> = {
  'europe-west1': ['b', 'c', 'd'],
  'us-east1': ['b', 'c', 'd'],
};

export function zonesOf({ region }: Cluster): readonly [string, string, string] {
  const [first, second, third] = ZONES[region] ?? ['a', 'b', 'c'];
  return [`${region}-${first}`, `${region}-${second}`, `${region}-${third}`];
}

/** Nobody fetches the keys there: they are uploaded (trust.tf). */
export function issuerOf(cluster: Cluster): string {
  return `https://${apiName(cluster)}`;
}

const SSH = 'gcloud compute ssh HOST --project PROJECT --zone ZONE --tunnel-through-iap';

/** Kubernetes serves what hands credentials to pods by default from this minor on. */
const WITHOUT_A_FLAG = 36;

export function googlePlace(input: ClusterInput): HostPlace {
  const minor = Number(input.kubernetes.split('.')[1]);
  return {
    domain: 'zone',
    domains: zonesOf,
    address: ({ vpcCidr }, role, domain) => hostOf(vpcCidr, 11 + role * 10 + domain),
    api: 'API_NAME',
    settings: (_input, cluster) => ({
      API_ADDRESS: hostOf(cluster.vpcCidr, 10),
      CLUSTER_NAME: clusterTitle(input, cluster),
      ISSUER: issuerOf(cluster),
      PROJECT_ID: TOKENS.gcpProject,
    }),
    says: [
      `${FOLDER} makes these machines, each with its address, and the balancer at API_ADDRESS, whose name API_NAME is within the`,
      'network. Zones have to be of the region of the cluster: gcloud compute zones list. The ranges of pods and Services never',
      'leave the cluster and cannot be changed later. KUBERNETES_VERSION: the newest patch of this minor.',
      '',
    ],
    machines: {
      tools: ['gcloud'],
      upload: `bucket="$(setting CLUSTER_NAME)-hosts-$(gcloud projects describe "$(setting PROJECT_ID)" --format 'value(projectNumber)')"
upload() {
  local object="$2"
  case "$object" in
    hosts/*) object="hosts/$role/\${object#hosts/}" ;;
  esac
  gcloud storage cp --quiet "$1" "gs://$bucket/$object" >&2
}
role=""`,
      providerId: 'provider_id() { echo "gce://$(setting PROJECT_ID)/$2/$1"; }',
      readFile: path => `${SSH} --command 'sudo cat ${path}'`,
      shell: SSH,
      replace: `gcloud compute instances update HOST --project PROJECT --zone ZONE --no-deletion-protection && tofu -chdir=${FOLDER} apply -var-file=envs/CLUSTER.tfvars -replace='google_compute_instance.machine["HOST"]'`,
      windows: {
        look: '`gcloud compute instances get-serial-port-output HOST --project PROJECT --zone ZONE` shows what it says of that; no port is open for a desktop.',
        replace: `tofu -chdir=${FOLDER} apply -var-file=envs/CLUSTER.tfvars -replace='google_compute_instance.machine["HOST"]'`,
      },
      store: 'the bucket of `host-store.tf`',
      reads: 'a machine may read those of its role alone',
      programs: wayOut(input) === 'none' ? 'carried' : 'published',
      registrySignIn: ARTIFACT_REGISTRY_SIGN_IN,
      ...(minor < WITHOUT_A_FLAG
        ? {
            apiServerFlags: {
              'feature-gates': 'MutatingAdmissionPolicy=true',
              'runtime-config': 'admissionregistration.k8s.io/v1beta1=true',
            },
          }
        : {}),
    },
  };
}
