/** What would be wrong in a starter on AKS, one mistake at a time, and which check sees it. */
import { describe, expect, test } from 'vitest';
import { crossFindings } from '../checks/cross/all.ts';
import { add, drop, type Mutation, replace } from './mutation.ts';
import { starterOf } from './platform-aws.ts';

const VALUES = 'infra/aks/envs/production.tfvars.example';
const VARIABLES = 'clusters/production/variables/cluster-vars.yaml';

const WITHOUT_PLUGIN: readonly Mutation[] = [
  {
    mistake: 'pods have other addresses than the control plane looks for',
    change: replace('platform/calico/values.yaml', /cidr: \S+/, 'cidr: 10.99.0.0/16'),
    code: 'network-plugin',
    says: /AKS looks for pods in/,
  },
  {
    mistake: 'nobody installs the network',
    change: replace('infra/aks/cni.tf', 'local-exec', 'remote-exec'),
    code: 'network-plugin',
    says: /nothing installs/,
  },
  {
    mistake: 'AKS brings a network of its own as well',
    change: replace('infra/aks/cluster.tf', /network_plugin( +)= "none"/, 'network_plugin$1= "azure"'),
    code: 'network-plugin',
    says: /Azure CNI and Calico/,
  },
];
const STANDARD: readonly Mutation[] = [
  {
    mistake: 'the first cluster waits for what the infrastructure of the second one makes up',
    change: replace('scripts/bootstrap.sh', 'apps "clusters/$cluster" delivery', 'apps clusters delivery'),
    code: 'one-cluster',
    says: /every cluster/,
  },
  {
    mistake: 'an identity trusts an account that nobody has',
    change: replace(
      'infra/aks/external-dns.tf',
      'serviceaccount:external-dns:external-dns',
      'serviceaccount:external-dns:names',
    ),
    code: 'identities',
    says: /external-dns\/names, whose pods do not ask/,
  },
  {
    mistake: 'an identity trusts an account of a namespace that is not there',
    change: replace(
      'infra/aks/demo-worker.tf',
      'serviceaccount:demo:demo-worker',
      'serviceaccount:jobs:demo-worker',
    ),
    code: 'identities',
    says: /an account of jobs, which production does not have/,
  },
  {
    mistake: 'pods of a controller no longer ask for a token',
    change: replace(
      'platform/external-secrets/values.yaml',
      /podLabels:\n {2}azure.workload.identity\/use: "true"\n/,
      '',
    ),
    code: 'identities',
    says: /external-secrets\/external-secrets, whose pods do not ask/,
  },
  {
    mistake: 'an account names an identity that nothing makes',
    change: replace(
      'delivery/platform-net/external-dns.yaml',
      '${CLIENT_ID_EXTERNAL_DNS}',
      '${CLIENT_ID_NAMES}',
    ),
    code: 'identities',
    says: /CLIENT_ID_NAMES, which no credential is for/,
  },
  {
    mistake: 'pods of the overlay have addresses of the network',
    change: replace(VALUES, /pod_cidr( *)= "[^"]+"/, 'pod_cidr$1= "10.65.0.0/16"'),
    code: 'address-ranges',
    says: /pods have 10\.65\.0\.0\/16, which meets/,
  },
  {
    mistake: 'the overlay is full with a few nodes',
    change: replace(VALUES, /pod_cidr( *)= "[^"]+"/, 'pod_cidr$1= "10.244.0.0/21"'),
    code: 'address-ranges',
    says: /holds a \/24 for 8 nodes alone/,
  },
  {
    mistake: 'Services have addresses that AKS uses itself',
    change: replace(VALUES, /service_cidr( *)= "[^"]+"/, 'service_cidr$1= "172.30.0.0/16"'),
    code: 'address-ranges',
    says: /172\.30\.0\.0\/16, which is reserved/,
  },
  {
    mistake: 'a name that only Azure knows is put out no longer',
    change: replace('infra/aks/outputs.tf', /\n +METRICS_RULE .*/, ''),
    code: 'variables',
    says: /METRICS_RULE is not put out/,
  },
  {
    mistake: 'the worker may not reach its queue',
    change: drop('apps/base/demo-worker/network-policies.yaml', 'name: demo-worker-to-queue'),
    code: 'reachability',
    says: /it reaches the API of the cloud/,
  },
  {
    mistake: 'the agent of the metrics may no longer scrape',
    change: drop('platform/metrics-agent/network-policies.yaml', 'name: scrape-pods'),
    code: 'reachability',
    says: /scrapes/,
  },
  {
    mistake: 'Azure is handed a file of rules that is not there',
    change: replace('infra/aks/metric-rules.tf', 'slo/demo-web.yaml', 'slo/demo.yaml'),
    code: 'rules-outside',
    says: /slo\/demo\.yaml 1 holds no rule/,
  },
  {
    mistake: 'nobody judges the rules of a workload',
    change: replace('infra/aks/metric-rules.tf', /\n +demo-worker = \{[^}]+\}/, ''),
    code: 'rules-outside',
    says: /slo\/demo-worker\.yaml 1 is judged by nobody/,
  },
  {
    mistake: 'KEDA has another version than the table',
    change: replace('delivery/platform-obs/keda.yaml', /version: "[\d.]+"/, 'version: "2.9.0"'),
    code: 'supported-versions',
    says: /keda is 2\.9\.0/,
  },
  {
    mistake: 'the scaler signs in by an object that is not there',
    change: replace(
      'apps/base/demo-worker/scaling.yaml',
      /(authenticationRef:\n\s+name: )demo-worker/,
      '$1demo-workers',
    ),
    code: 'references',
    says: /TriggerAuthentication demo\/demo-workers/,
  },
  {
    mistake: 'the way in names a Service that is not there',
    change: replace('apps/base/demo-web/route.yaml', /(service:\n\s+name: )demo-web/, '$1demo'),
    code: 'references',
    says: /Service demo\/demo/,
  },
  {
    mistake: 'a webhook is closed to the tunnel of the API server',
    change: replace(
      'platform/cert-manager/network-policies.yaml',
      /app: konnectivity-agent/g,
      'k8s-app: konnectivity-agent',
    ),
    code: 'reachability',
    says: /asks the webhook of certificates/,
  },
  {
    mistake: 'the API server may no longer ask a webhook',
    change: drop('platform/cert-manager/network-policies.yaml', 'name: webhook-from-api-server'),
    code: 'reachability',
    says: /asks the webhook of certificates/,
  },
];

const AUTOMATIC: readonly Mutation[] = [
  {
    mistake: 'a bastion is paid for that carries nobody to a locked cluster',
    change: add(
      'infra/aks/api-tunnel.tf',
      'resource "azurerm_subnet" "tunnel" {\n  name = "AzureBastionSubnet"\n}\n',
    ),
    code: 'api-exposure',
    says: /locked/,
  },
  {
    mistake: 'no tunnel leads to a locked cluster, and nobody is told',
    change: add('infra/aks/own-network.tf', 'resource "azurerm_virtual_network" "main" {\n}\n'),
    code: 'api-exposure',
    says: /nobody is told/,
  },
  {
    mistake: 'a chart has another version than the table',
    change: replace('delivery/platform-core/cert-manager.yaml', /tag: v[\d.]+/, 'tag: v1.14.3'),
    code: 'supported-versions',
    says: /cert-manager is v1\.14\.3/,
  },
  {
    mistake: 'Prometheus may no longer leave its namespace',
    change: drop('platform/kube-prometheus-stack/network-policies.yaml', 'name: scrape-pods'),
    code: 'reachability',
    says: /scrapes/,
  },
  {
    mistake: 'a claim asks for storage that nobody gives',
    change: replace('apps/base/demo-store/stateful-set.yaml', 'premium-zone-redundant', 'premium'),
    code: 'references',
    says: /StorageClass \/premium/,
  },
  {
    mistake: 'the data plane enforces no policy any more',
    change: replace('infra/aks/cluster.tf', 'networkPolicy     = "cilium"', 'networkPolicy     = "none"'),
    code: 'crds-first',
    says: /nothing is known to bring cilium\.io/,
  },
  {
    mistake: 'Cilium takes the API server for an address',
    change: replace(
      'platform/cert-manager/network-policies.yaml',
      /toEntities:\n( +)- kube-apiserver/,
      'toEntities:\n$1- host',
    ),
    code: 'reachability',
    says: /watches the cluster/,
  },
  {
    mistake: 'a policy names a resolver that no node has',
    change: replace('platform/namespaces/demo.yaml', '169.254.10.11/32', '169.254.20.10/32'),
    code: 'address-ranges',
    says: /169\.254\.20\.10\/32, which is no range/,
  },
  {
    mistake: 'nodes and the API server have the same range',
    change: replace(VARIABLES, /API_SERVER_CIDR: .*/, 'API_SERVER_CIDR: 10.32.0.0/24'),
    code: 'address-ranges',
    says: /meets 10\.32\.0\.0\/24 of the API server/,
  },
];

const ROUTING: readonly Mutation[] = [
  {
    mistake: 'the proxies that Azure makes get no configuration',
    change: drop('platform/gateway/network-policies.yaml', 'configuration-of-gateway'),
    code: 'reachability',
    says: /proxies get their configuration/,
  },
  {
    mistake: 'nothing switches application routing on',
    change: replace('scripts/bootstrap.sh', '--enable-app-routing-istio', ''),
    code: 'references',
    says: /GatewayClass.*approuting-istio/,
  },
  {
    mistake: 'a second owner brings the kinds of the Gateway API',
    change: replace(
      'delivery/crds/prometheus-operator-crds.yaml',
      /url: \S+/,
      'url: https://github.com/kubernetes-sigs/gateway-api',
    ),
    code: 'one-owner-of-crds',
    says: /2 sources/,
  },
];

interface Case {
  readonly stack: string;
  readonly name: string;
  readonly changes: Parameters<typeof starterOf>[1];
  readonly mistakes: readonly Mutation[];
}

const CASES: readonly Case[] = [
  { stack: 'AKS Standard', name: 'city-services-azure', changes: {}, mistakes: STANDARD },
  {
    stack: 'AKS without a network plugin',
    name: 'city-services-azure',
    changes: {
      pins: { cni: 'calico', mesh: 'none' },
      answers: { windows: 'no', 'support-contract': 'yes' },
    },
    mistakes: WITHOUT_PLUGIN,
  },
  {
    stack: 'AKS Automatic',
    name: 'regulated-azure',
    changes: {
      pins: { gitops: 'flux', mesh: 'none', topology: 'cluster-per-environment' },
      answers: { environments: 1, 'criticality-tiers': 1 },
    },
    mistakes: AUTOMATIC,
  },
  {
    stack: 'AKS with the gateway of Azure',
    name: 'city-services-azure',
    changes: { pins: { edge: 'gateway-cloud', gitops: 'flux' }, answers: { 'edge-needs': [] } },
    mistakes: ROUTING,
  },
];

describe.each(CASES)('a mistake on $stack', ({ name, changes, mistakes }) => {
  const { files } = starterOf(name, changes);
  test.each(mistakes)('$mistake', ({ change, code, says }) => {
    const tree = change(files);
    const findings = crossFindings(tree, code);
    expect(findings.map(each => `${each.place}: ${each.message}`)).toContainEqual(
      expect.stringMatching(says),
    );
  });
});
