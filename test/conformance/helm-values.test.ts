/** Values that a chart would silently ignore are found, and nothing else is. */
import { expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import type { Chart, Defaults } from '../../conformance/values/chart.ts';
import { unknownPaths } from '../../conformance/values/unknown-paths.ts';

function defaults(text: string, prefix: readonly string[] = []): Defaults {
  return { prefix, text, document: parseDocument(text) };
}

const chart: Chart = {
  version: '1.0.0',
  defaults: [
    defaults(`
replicas: 1
# priorityClassName: high
podAnnotations: {}
extraArgs: []
service:
  # nodePort: 30000
  type: ClusterIP
  # -- labels: is said elsewhere
resources:
web:
  enabled: false
ui:
  enabled: true
`),
    defaults('persistence:\n  enabled: false\n', ['ui']),
  ],
  schema: {
    properties: { tuning: { $ref: '#/$defs/tuning' } },
    $defs: { tuning: { properties: { speed: {} } } },
  },
};

test.each([
  ['a default', { replicas: 3 }, []],
  ['a default that is commented out', { priorityClassName: 'low', service: { nodePort: 31000 } }, []],
  ['anything below an empty map', { podAnnotations: { 'example.com/a': 'b' } }, []],
  ['anything below nothing', { resources: { limits: { cpu: 1 } } }, []],
  ['a value of a sub-chart', { ui: { persistence: { enabled: true }, enabled: false } }, []],
  ['what only the schema names', { tuning: { speed: 1 } }, []],
  ['a map that takes any key', { web: { anything: true } }, []],
  ['a misspelt key', { replica: 3 }, ['replica']],
  ['a misspelt key below another', { service: { typ: 'NodePort' } }, ['service.typ']],
  ['a word in a comment', { service: { labels: {} } }, ['service.labels']],
  ['a commented key of another level', { nodePort: 1 }, ['nodePort']],
  ['a misspelt key of a sub-chart', { ui: { persistence: { enable: true } } }, ['ui.persistence.enable']],
  ['what the schema does not name', { tuning: { sped: 1 } }, ['tuning.sped']],
])('%s', (_, values, unknown) => {
  expect(unknownPaths(values, chart, ['web'])).toEqual(unknown);
});
