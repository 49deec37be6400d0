/** All checks, in the order in which they run: quick ones first. */
import type { Check } from './check.ts';
import { actionlintCheck } from './checks/actionlint.ts';
import { adrReadersCheck } from './checks/adr-readers.ts';
import { apiServerCheck } from './checks/api-server.ts';
import { checkovCheck } from './checks/checkov.ts';
import { gitleaksCheck } from './checks/gitleaks.ts';
import { helmValuesCheck } from './checks/helm-values.ts';
import { hostConfigCheck } from './checks/host-config.ts';
import { kubeLinterCheck } from './checks/kube-linter.ts';
import { kubeScoreCheck } from './checks/kube-score.ts';
import { kubeconformCheck } from './checks/kubeconform.ts';
import { kustomizeCheck } from './checks/kustomize.ts';
import { opentofuCheck } from './checks/opentofu.ts';
import { promtoolCheck } from './checks/promtool.ts';
import { shellcheckCheck } from './checks/shellcheck.ts';

export const CHECKS: readonly Check[] = [
  kustomizeCheck,
  kubeconformCheck,
  apiServerCheck,
  helmValuesCheck,
  hostConfigCheck,
  kubeScoreCheck,
  kubeLinterCheck,
  promtoolCheck,
  actionlintCheck,
  shellcheckCheck,
  adrReadersCheck,
  gitleaksCheck,
  checkovCheck,
  opentofuCheck,
];
