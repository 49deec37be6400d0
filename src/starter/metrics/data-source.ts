/** What Grafana reads beside Prometheus; nothing where there is no Grafana in the cluster. */
import type { IConfigMap } from 'kubernetes-models/v1';
import type { Id } from '../../content/catalogue.ts';
import { writeYaml } from '../../files/yaml.ts';
import type { ConfigFolder } from '../contribution.ts';
import type { ModuleInput } from '../module.ts';
import type { Edge, PodPeer } from '../network/edge.ts';
import { pickOf } from '../picks.ts';
import { MONITORING } from './namespaces.ts';

const GRAFANA: PodPeer = {
  kind: 'pods',
  namespace: MONITORING,
  labels: { 'app.kubernetes.io/name': 'grafana' },
};

interface DataSource {
  readonly id: string;
  readonly type: string;
  readonly url: string;
}

export function dataSource(input: ModuleInput, decision: Id, source: DataSource): readonly ConfigFolder[] {
  if (!hasGrafana(input)) return [];
  const { id, type, url } = source;
  const object: IConfigMap = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `datasource-${id}`, namespace: MONITORING, labels: { grafana_datasource: '1' } },
    data: {
      [`${id}.yaml`]: writeYaml([
        { apiVersion: 1, datasources: [{ name: id, uid: id, type, access: 'proxy', url, editable: false }] },
      ]).replace(/^---\n/, ''),
    },
  };
  return [
    {
      id: `datasource-${id}`,
      decision,
      says: 'Grafana finds it by its label.',
      objects: { 'data-source': [object] },
    },
  ];
}

export function fromGrafana(
  input: ModuleInput,
  owner: string,
  store: PodPeer,
  port: number,
): readonly Edge[] {
  if (!hasGrafana(input)) return [];
  return [
    {
      name: `queries-of-grafana-in-${owner}`,
      owner,
      because: 'People read it in Grafana.',
      pods: store,
      direction: 'ingress',
      peers: [GRAFANA],
      ports: [{ port }],
    },
    {
      name: `queries-of-grafana-to-${owner}`,
      owner,
      because: 'People read it in Grafana.',
      pods: GRAFANA,
      direction: 'egress',
      peers: [store],
      ports: [{ port }],
    },
  ];
}

/** Prometheus, Alertmanager and Grafana come together, in the cluster. */
export function hasGrafana({ stack }: Pick<ModuleInput, 'stack'>): boolean {
  return pickOf(stack, 'metrics') === 'kube-prometheus-stack';
}
