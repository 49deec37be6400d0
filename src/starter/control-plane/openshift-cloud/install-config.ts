/** infra/openshift/install-config.yaml for a cloud: a template that OpenTofu fills in with what it has made. Nothing secret is part of it. */
import type { HclExpression } from '../../../files/hcl.ts';
import type { FileTree } from '../../../files/tree.ts';
import { writeYaml } from '../../../files/yaml.ts';
import type { ClusterInput } from '../../cluster-input.ts';
import { isClosed } from '../../egress/no-egress/closed.ts';
import { wayOut } from '../../egress/way-out/way.ts';
import { headline } from '../../headline.ts';
import { answerOf } from '../../picks.ts';
import { hasFips, hostPrefix, INSTALL_CONFIG } from '../openshift/install.ts';
import { installedFrom } from '../openshift/mirror.ts';

/** What the installer is told of one cloud. */
export interface CloudPlatform {
  readonly name: 'aws' | 'azure' | 'gcp';
  readonly controlPlane: object;
  readonly compute: object;
  readonly platform: object;
}

/** Where the values of the template are given. */
export const INSTALL_TF = 'infra/machines/install.tf';
/** What the template is told of the proxy, among values whose longest name has so many letters. */
export const proxyValues = (longest: number, past = 'local.no_proxy'): HclExpression => ({
  kind: 'expression',
  code: `    ${'proxy_url'.padEnd(longest)} = var.proxy.url\n    ${'no_proxy'.padEnd(longest)} = ${past}\n`,
});
const NODES = 3;
/** Machines are many and small here: 62 addresses each where the range is short. */
const NARROWEST = 26;

export function installConfigFile(input: ClusterInput, cloud: CloudPlatform): FileTree {
  const says = `The cluster as a whole; ${INSTALL_TF} fills it in. Pull secret and key come from files that lie in no repository.`;
  return new Map([
    [
      INSTALL_CONFIG,
      writeYaml([installConfig(input, cloud)], { comment: headline(input, 'distribution', says) }),
    ],
  ]);
}

function installConfig(input: ClusterInput, { name, controlPlane, compute, platform }: CloudPlatform) {
  const architecture = answerOf(input.stack, 'architecture') === 'arm64' ? 'arm64' : 'amd64';
  const pool = { architecture, replicas: NODES };
  return {
    apiVersion: 'v1',
    metadata: { name: '${cluster_name}' },
    baseDomain: '${dns_zone}',
    // The API and the console answer within the network alone.
    publish: 'Internal',
    credentialsMode: 'Manual',
    fips: hasFips(input),
    controlPlane: { name: 'master', ...pool, platform: { [name]: controlPlane } },
    compute: [{ name: 'worker', ...pool, platform: { [name]: compute } }],
    networking: {
      networkType: 'OVNKubernetes',
      machineNetwork: [{ cidr: '${network_cidr}' }],
      clusterNetwork: [{ cidr: '${pod_cidr}', hostPrefix: hostPrefix(input, NARROWEST) }],
      serviceNetwork: ['${service_cidr}'],
    },
    platform: { [name]: platform },
    ...(wayOut(input) === 'proxy'
      ? { proxy: { httpProxy: '${proxy_url}', httpsProxy: '${proxy_url}', noProxy: '${no_proxy}' } }
      : {}),
    ...(isClosed(input) ? { imageDigestSources: installedFrom('${release_registry}') } : {}),
  };
}
