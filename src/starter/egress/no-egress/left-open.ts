/** Why a network of a cloud cannot be closed, by what was chosen beside it. */
import type { Id } from '../../../content/catalogue.ts';
import type { StarterInput } from '../../part.ts';
import { answerOf, pickOf } from '../../picks.ts';

type Stack = Pick<StarterInput, 'stack'>;

/** A sentence; null where it can be. */
export function leavesOpen({ stack }: Stack): string | null {
  const cloud = String(answerOf(stack, 'cloud'));
  const controlPlane = pickOf(stack, 'control-plane') ?? '';
  const isManaged = controlPlane !== 'self-managed';
  if (cloud === 'azure') return isManaged ? ON_AKS : ON_MACHINES_OF_AZURE;
  const place = (isManaged ? PLACES : MACHINES)[cloud];
  if (place === undefined || !place.controlPlanes.includes(controlPlane)) return ELSEWHERE;
  const distribution = isManaged ? null : MACHINES[cloud]?.distributions[pickOf(stack, 'distribution') ?? ''];
  if (typeof distribution === 'string') return distribution;
  const registry = pickOf(stack, 'registry');
  if (registry !== 'cloud-registry' && registry !== 'mirror')
    return `Harbor stands outside of this network, and its nodes know neither it nor its authority before they start: a closed network is generated with the registry of the cloud, which ${place.names} reaches by an address within.`;
  const gitops = pickOf(stack, 'gitops');
  if (gitops === 'argo-cd') return `${ARGO_CD} ${place.argoCd}`;
  if (gitops !== 'flux') return PUSHED;
  const cni = pickOf(stack, 'cni') ?? '';
  if (!place.networks.includes(cni))
    return `The network plugin that was chosen is installed from its publisher while ${place.names} is made, before anything that is carried in can be read: a closed network is generated with ${place.networkSaid}.`;
  return place.edges[pickOf(stack, 'edge') ?? ''] ?? null;
}

const ELSEWHERE =
  'A network without a way out is generated for hosts of your own with Harbor, for control planes that a cloud runs, and for control planes of your own on machines of AWS and Google Cloud.';
const ENTRA =
  'sign in to Entra ID first, at login.microsoftonline.com, which has no address within a network';
const CLOSED_ELSEWHERE = 'A closed network is generated on AWS, on Google Cloud and for hosts of your own.';
const ON_AKS = `Pods of AKS that read secrets, objects, names or images ${ENTRA}: nodes can do without a way out (outbound type none, with images from a registry within), and controllers cannot. Identity bindings of AKS exchange tokens within, for programs whose client has been told so, and no controller that is generated here was verified to be one. ${CLOSED_ELSEWHERE}`;
const ON_MACHINES_OF_AZURE = `Pods that make load balancers, disks and names or read secrets, objects and images ${ENTRA}, and Entra ID reads the keys of the cluster from outside. Machines themselves get their tokens at an address within (169.254.169.254); pods are kept from it, since whoever reaches it may be every identity of the machine. Load balancers, disks and names are made at management.azure.com, whose private endpoint hangs on a private link of the whole tenant. ${CLOSED_ELSEWHERE}`;
const PUSHED =
  'A pipeline that delivers runs outside of this network and reaches no private API from there: a closed network is generated with Flux, which reads what was carried in.';
const ARGO_CD =
  'Argo CD signs in to no registry of a cloud as its own pods, and reads values of charts from Git alone, which is not within this network:';

interface Place {
  readonly controlPlanes: readonly Id[];
  /** In a sentence. */
  readonly names: string;
  readonly argoCd: string;
  readonly networks: readonly Id[];
  readonly networkSaid: string;
  /** What an edge asks of the outside, by its option. */
  readonly edges: Readonly<Record<Id, string>>;
}

const INSTEAD = 'a closed network is generated with Flux.';

const GOOGLE_ARGO_CD = `a token of Google ends after an hour. ${INSTEAD.replace(/^a/, 'A')}`;
const AWS_ARGO_CD = `a password of ECR ends after twelve hours. ${INSTEAD.replace(/^a/, 'A')}`;

const PLACES: Readonly<Record<Id, Place>> = {
  gcp: {
    controlPlanes: ['managed', 'managed-auto'],
    names: 'GKE',
    argoCd: GOOGLE_ARGO_CD,
    networks: ['gke-dataplane-v2'],
    networkSaid: 'Dataplane V2, which GKE brings',
    edges: {
      'gateway-cloud':
        'The gateway of Google answers to the internet, and its certificates are proven in a public zone: a closed network is generated with proxies in the cluster behind an internal load balancer.',
    },
  },
  aws: {
    controlPlanes: ['managed', 'managed-auto'],
    names: 'EKS',
    argoCd: AWS_ARGO_CD,
    networks: ['aws-vpc-cni', 'calico', 'cilium'],
    networkSaid:
      'the VPC CNI, which AWS installs from a copy in every region, with Calico beside it or not, and with Cilium',
    edges: {
      'gateway-cloud':
        'The controller of the gateway of AWS looks certificates up in ACM and firewalls in WAF, and no endpoint for either was verified: a closed network is generated with proxies in the cluster behind an internal load balancer.',
    },
  },
};

/** Machines of a cloud that run the control plane themselves. */
interface Machines extends Place {
  /** Why a distribution cannot be brought up without a way out, by its option. */
  readonly distributions: Readonly<Record<Id, string>>;
}

/** The last is what OpenShift brings. */
const MACHINE_NETWORKS = ['calico', 'cilium', 'ovn-kubernetes'] as const;
const NETWORK_SAID = 'Cilium or Calico, whose charts and images are carried in';

const MACHINES: Readonly<Record<Id, Machines>> = {
  gcp: {
    controlPlanes: ['self-managed'],
    names: 'the cluster',
    argoCd: GOOGLE_ARGO_CD,
    distributions: {
      talos:
        'Talos lets a kubelet into a registry by an extension of its system, and there is none for that of Google, which answers nobody without a token that ends after an hour: a closed network on machines of Google Cloud is generated with RKE2, K3s and kubeadm.',
    },
    networks: MACHINE_NETWORKS,
    networkSaid: NETWORK_SAID,
    edges: {},
  },
  aws: {
    controlPlanes: ['self-managed'],
    names: 'the cluster',
    argoCd: AWS_ARGO_CD,
    distributions: {},
    networks: MACHINE_NETWORKS,
    networkSaid: NETWORK_SAID,
    edges: {},
  },
};
