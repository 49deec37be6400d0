/** The sample workloads: one of each kind that the answers name, to copy and to see the platform work with. */
import type { FileTree } from '../../files/tree.ts';
import { mergeTrees } from '../../files/tree.ts';
import type { App, Contribution, NamespaceSpec, Runbook } from '../contribution.ts';
import type { KubernetesObject } from '../kubernetes.ts';
import type { ModuleInput } from '../module.ts';
import type { Edge } from '../network/edge.ts';
import type { Check } from '../part.ts';
import type { WayIn } from '../way-in.ts';
import { sampleAgent } from './agent.ts';
import { sampleBatch } from './batch.ts';
import { sampleGpu } from './gpu.ts';
import { answersRequests, type Kind, kindsOf } from './kinds.ts';
import { sloBurn } from './objective.ts';
import { NAMESPACE } from './sample.ts';
import { sampleStore } from './store.ts';
import { sampleWeb } from './web.ts';
import { sampleWindows } from './windows.ts';
import { sampleWorker } from './worker.ts';

const DEFAULTS = 'platform-defaults';

/** What one sample adds; its rules and their tests go by its name. */
export interface Sample {
  readonly app: App;
  readonly rules: Readonly<Record<string, KubernetesObject>>;
  readonly tests: FileTree;
  readonly edges: readonly Edge[];
  readonly runbooks: readonly Runbook[];
  readonly checks?: readonly Check[];
  /** What else must be there for it: a queue, a component that scales it. */
  readonly beside?: Contribution;
}

type SampleOf = (input: ModuleInput, wayIn: WayIn | null) => Sample;

const SAMPLES: Readonly<Record<Kind, SampleOf>> = {
  web: sampleWeb,
  worker: sampleWorker,
  stateful: sampleStore,
  batch: sampleBatch,
  agent: sampleAgent,
  gpu: sampleGpu,
  windows: sampleWindows,
};

/** Without a way in no workload has a route, and nothing reaches them from outside. */
export function sampleWorkloads(input: ModuleInput, wayIn: WayIn | null): readonly Contribution[] {
  const samples = kindsOf(input).map(kind => SAMPLES[kind](input, wayIn));
  const runbooks = new Map(
    [
      sloBurn(input, answersRequests(input) ? (wayIn?.routeKind ?? null) : null),
      ...samples.flatMap(sample => sample.runbooks),
    ].map(each => [each.id, each]),
  );
  return [
    {
      namespaces: [namespace(wayIn)],
      apps: samples.map(({ app }) => app),
      config: [
        {
          id: 'slo',
          whileAwake: true,
          decision: DEFAULTS,
          says: 'Objectives as plain rules: alerts when the error budget burns, not when something twitches.',
          objects: Object.fromEntries(
            samples.flatMap(({ rules }) => Object.entries(rules).map(([name, rule]) => [name, [rule]])),
          ),
        },
      ],
      files: mergeTrees(...samples.map(({ tests }) => tests)),
      // All of them lie in one namespace, so that each policy says whose it is.
      edges: samples.flatMap(({ app, edges }) =>
        edges.map(edge => ({ ...edge, name: `${app.id}-${edge.name}` })),
      ),
      runbooks: [...runbooks.values()],
      checks: samples.flatMap(({ app, tests, checks = [] }) => [
        ...checksOf(app.id, [...tests.keys()]),
        ...checks,
      ]),
    },
    ...samples.flatMap(({ beside }) => (beside === undefined ? [] : [beside])),
  ];
}

function namespace(wayIn: WayIn | null): NamespaceSpec {
  return {
    name: NAMESPACE,
    decision: DEFAULTS,
    podSecurity: 'restricted',
    because: '',
    owner: NAMESPACE,
    labels: wayIn?.namespaceLabels ?? {},
    quota: { cpu: '4', memory: '4Gi', pods: 60 },
  };
}

function checksOf(name: string, tests: readonly string[]): readonly Check[] {
  return [
    {
      decision: DEFAULTS,
      says: `The sample ${name} passes the linters and Pod Security restricted.`,
      command: `kubectl kustomize apps/base/${name} | kube-linter lint -`,
      path: `apps/base/${name}/kustomization.yaml`,
    },
    ...tests.map(path => ({
      decision: DEFAULTS,
      says: `Alerts of ${name} fire when they should and are silent when they should not.`,
      command: 'scripts/validate.sh rules',
      path,
    })),
  ];
}
