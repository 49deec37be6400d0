/** Every tool with its version. What a starter tells its user to install has the version of recommendations/releases.yaml. */
import { goInstall } from './install/go.ts';
import { pinned } from './pinned.ts';
import type { Tool } from './tool.ts';

function goTool(name: string, packagePath: string): Tool {
  const version = pinned(name);
  const program = name;
  return { name, version, program, install: goInstall(packagePath, `v${version}`) };
}

export const kustomize = goTool('kustomize', 'sigs.k8s.io/kustomize/kustomize/v5');
