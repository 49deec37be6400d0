/** Where the charts of the table of releases are told of their images: path of the value, and what it is by default. */
import type { Id } from '../../content/catalogue.ts';

type ImageValue = readonly [path: string, publisher: string];

/** A value is a registry alone or a whole name, as the chart has it. Images that are switched off are left out. */
export const CHART_IMAGES: Readonly<Record<Id, readonly ImageValue[]>> = {
  alloy: [
    ['image.registry', 'docker.io'],
    ['configReloader.image.registry', 'quay.io'],
  ],
  'argo-cd': [
    ['global.image.repository', 'quay.io/argoproj/argocd'],
    ['redis.image.repository', 'public.ecr.aws/docker/library/redis'],
    ['redis-ha.image.repository', 'public.ecr.aws/docker/library/redis'],
    ['redis-ha.haproxy.image.repository', 'public.ecr.aws/docker/library/haproxy'],
  ],
  'aws-cloud-controller-manager': [
    ['image.repository', 'registry.k8s.io/provider-aws/cloud-controller-manager'],
  ],
  'aws-ebs-csi-driver': [
    ['image.repository', 'public.ecr.aws/ebs-csi-driver/aws-ebs-csi-driver'],
    ['sidecars.provisioner.image.repository', 'public.ecr.aws/csi-components/csi-provisioner'],
    ['sidecars.attacher.image.repository', 'public.ecr.aws/csi-components/csi-attacher'],
    ['sidecars.resizer.image.repository', 'public.ecr.aws/csi-components/csi-resizer'],
    ['sidecars.livenessProbe.image.repository', 'public.ecr.aws/csi-components/livenessprobe'],
    [
      'sidecars.nodeDriverRegistrar.image.repository',
      'public.ecr.aws/csi-components/csi-node-driver-registrar',
    ],
  ],
  'aws-load-balancer-controller': [['image.repository', 'public.ecr.aws/eks/aws-load-balancer-controller']],
  'cert-manager': [['imageRegistry', 'quay.io']],
  calico: [
    ['installation.registry', 'quay.io'],
    ['tigeraOperator.registry', 'quay.io'],
  ],
  cilium: [
    ['image.repository', 'quay.io/cilium/cilium'],
    ['certgen.image.repository', 'quay.io/cilium/certgen'],
    ['clustermesh.apiserver.image.repository', 'quay.io/cilium/clustermesh-apiserver'],
    ['envoy.image.repository', 'quay.io/cilium/cilium-envoy'],
    ['hubble.relay.image.repository', 'quay.io/cilium/hubble-relay'],
    ['operator.image.repository', 'quay.io/cilium/operator'],
  ],
  'cloudnative-pg': [['image.repository', 'ghcr.io/cloudnative-pg/cloudnative-pg']],
  'envoy-gateway': [['global.imageRegistry', 'docker.io']],
  'external-dns': [['image.repository', 'registry.k8s.io/external-dns/external-dns']],
  'external-secrets': [
    ['image.repository', 'ghcr.io/external-secrets/external-secrets'],
    ['webhook.image.repository', 'ghcr.io/external-secrets/external-secrets'],
    ['certController.image.repository', 'ghcr.io/external-secrets/external-secrets'],
  ],
  'flux-operator': [['image.repository', 'ghcr.io/controlplaneio-fluxcd/flux-operator']],
  gatekeeper: [['image.repository', 'docker.io/openpolicyagent/gatekeeper']],
  haproxy: [['controller.image.repository', 'docker.io/haproxytech/kubernetes-ingress']],
  istio: [['global.hub', 'docker.io/istio']],
  'istio-cni': [['global.hub', 'docker.io/istio']],
  jaeger: [['global.imageRegistry', 'docker.io']],
  karpenter: [['controller.image.repository', 'public.ecr.aws/karpenter/controller']],
  keda: [['global.image.registry', 'ghcr.io']],
  vcluster: [
    ['controlPlane.statefulSet.image.registry', 'ghcr.io'],
    ['controlPlane.distro.k8s.image.registry', 'ghcr.io'],
    ['controlPlane.backingStore.etcd.deploy.statefulSet.image.registry', 'registry.k8s.io'],
  ],
  'cluster-autoscaler': [['image.repository', 'registry.k8s.io/autoscaling/cluster-autoscaler']],
  'kubelet-csr-approver': [['image.repository', 'ghcr.io/postfinance/kubelet-csr-approver']],
  metallb: [
    ['controller.image.repository', 'quay.io/metallb/controller'],
    ['speaker.image.repository', 'quay.io/metallb/speaker'],
  ],
  'metrics-server': [['image.repository', 'registry.k8s.io/metrics-server/metrics-server']],
  'kube-prometheus-stack': [
    ['alertmanager.alertmanagerSpec.image.registry', 'quay.io'],
    ['grafana.image.registry', 'docker.io'],
    ['grafana.initChownData.image.registry', 'docker.io'],
    ['grafana.sidecar.image.registry', 'quay.io'],
    ['kube-state-metrics.image.registry', 'registry.k8s.io'],
    ['prometheus-node-exporter.image.registry', 'quay.io'],
    ['prometheus.prometheusSpec.image.registry', 'quay.io'],
    ['prometheusOperator.image.registry', 'quay.io'],
    ['prometheusOperator.prometheusConfigReloader.image.registry', 'quay.io'],
  ],
  'kube-state-metrics': [['image.registry', 'registry.k8s.io']],
  kyverno: [['global.image.registry', 'ghcr.io']],
  linkerd: [
    ['controllerImage', 'ghcr.io/linkerd/controller'],
    ['proxy.image.name', 'ghcr.io/linkerd/proxy'],
  ],
  'linkerd-multicluster': [
    ['controllerDefaults.image.name', 'ghcr.io/linkerd/controller'],
    ['localServiceMirror.image.name', 'ghcr.io/linkerd/controller'],
    ['gateway.pauseImage', 'registry.k8s.io/pause:3.2'],
  ],
  'linkerd2-cni': [['image.name', 'ghcr.io/linkerd/cni-plugin']],
  loki: [
    ['loki.image.registry', 'docker.io'],
    ['sidecar.image.registry', 'docker.io'],
  ],
  'nginx-gateway-fabric': [
    ['nginxGateway.image.repository', 'ghcr.io/nginx/nginx-gateway-fabric'],
    ['nginx.image.repository', 'ghcr.io/nginx/nginx-gateway-fabric/nginx'],
  ],
  'nginx-ingress': [['controller.image.repository', 'docker.io/nginx/nginx-ingress']],
  opencost: [
    ['opencost.exporter.image.registry', 'ghcr.io'],
    ['opencost.ui.image.registry', 'ghcr.io'],
  ],
  'plugin-barman-cloud': [
    ['image.registry', 'ghcr.io'],
    ['sidecarImage.registry', 'ghcr.io'],
  ],
  'prometheus-node-exporter': [['image.registry', 'quay.io']],
  'secrets-store-csi-driver-provider-aws': [
    ['image.repository', 'public.ecr.aws/aws-secrets-manager/secrets-store-csi-driver-provider-aws'],
  ],
  'secrets-store-csi-driver': [
    ['linux.image.repository', 'registry.k8s.io/csi-secrets-store/driver'],
    ['linux.registrarImage.repository', 'registry.k8s.io/sig-storage/csi-node-driver-registrar'],
    ['linux.livenessProbeImage.repository', 'registry.k8s.io/sig-storage/livenessprobe'],
  ],
  spire: [
    ['spire-server.image.registry', 'ghcr.io'],
    ['spire-server.controllerManager.image.registry', 'ghcr.io'],
    ['spire-agent.image.registry', 'ghcr.io'],
    ['spiffe-csi-driver.image.registry', 'ghcr.io'],
    ['spiffe-csi-driver.nodeDriverRegistrar.image.registry', 'registry.k8s.io'],
  ],
  tempo: [['tempo.registry', 'docker.io']],
  traefik: [['image.registry', 'docker.io/library']],
  'trust-manager': [['imageRegistry', 'quay.io']],
  vector: [['image.repository', 'docker.io/timberio/vector']],
  velero: [['image.repository', 'docker.io/velero/velero']],
  ztunnel: [['hub', 'docker.io/istio']],
};
