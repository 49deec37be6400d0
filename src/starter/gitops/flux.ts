/** Flux: reads what all tools of delivery share, in an order of its own, and is part of it. */
import { mergeTrees } from '../../files/tree.ts';
import { isClosedInCloud } from '../egress/no-egress/closed.ts';
import { promotionByFolder } from '../promotion/folder-per-environment.ts';
import { hasGates } from '../promotion/gate.ts';
import { followsReleases, liesInHarbor } from '../promotion/release/release.ts';
import type { Delivery } from './delivery.ts';
import { fluxAlerts } from './flux/alerts.ts';
import { fluxBootstrap } from './flux/bootstrap.ts';
import { fluxInstall, fluxVersion, RELEASE, valuesMaps } from './flux/component.ts';
import { FLUX_REPORTER, fluxGround, operatorComponent } from './flux/instance.ts';
import { clusterFiles } from './flux/layers.ts';
import { withTeamAccounts } from './flux/team-accounts.ts';
import { READS_REPOSITORY } from './this-repository.ts';
import { deliveredFiles, ownObjects } from './tree/delivered.ts';
import { listedSteps, STEP_OF_TEAM, teamFolders } from './tree/teams.ts';

const pausedSteps = (listed: string | null) =>
  listed === null
    ? {}
    : {
        pauseApps: `flux suspend kustomization ${listed}`,
        resumeApps: `flux resume kustomization ${listed}`,
      };

export const flux: Delivery = {
  facts: {
    name: 'Flux',
    tools: ['flux'],
    node: 'flux-operator',
    state: 'flux get kustomizations',
    stop: 'flux suspend kustomization --all',
    pauseApps: 'flux suspend kustomization apps',
    resumeApps: 'flux resume kustomization apps',
    teamHas: [
      ...STEP_OF_TEAM,
      'its account and its bindings in `platform-config/base/team-delivery/teams.yaml`',
    ],
    arrives: 'within minutes',
    undone: 'until Flux sees it, at the latest an hour',
    reporter: FLUX_REPORTER,
    token: READS_REPOSITORY,
  },
  otherFacts: input => ({
    ...pausedSteps(listedSteps(input, 'kubectl -n flux-system get kustomizations')),
    ...(isClosedInCloud(input)
      ? { arrives: 'minutes after it was handed over (scripts/hand-over.sh)', token: null }
      : {}),
    ...(hasGates(input) && !isClosedInCloud(input)
      ? { arrives: 'minutes after the gate of a cluster has opened' }
      : {}),
    ...(followsReleases(input)
      ? {
          arrives: 'once its release is promoted',
          token: liesInHarbor(input)
            ? null
            : 'a classic token with read:packages and nothing else, which the registry beside the repository asks for',
        }
      : {}),
  }),
  contribution: input => ({
    ...fluxGround(input),
    components: [operatorComponent(input)],
    config: [fluxAlerts(input)],
    checks: [
      {
        decision: 'gitops',
        says: 'Every cluster has Flux read its own folder of this repository.',
        command: `ls ${input.clusters.map(({ name }) => `clusters/${name}/flux-instance.yaml`).join(' ')}`,
        path: `clusters/${input.clusters[0].name}/flux-instance.yaml`,
      },
      {
        decision: 'gitops',
        says: 'Flux has applied what is in Git, and nothing failed.',
        command: 'flux get all --all-namespaces --status-selector ready=false',
        path: `clusters/${input.clusters[0].name}/kustomization.yaml`,
      },
      {
        decision: 'topology',
        says: 'Every cluster has a folder, values and an overlay of its own.',
        command: `ls ${input.clusters.map(({ name }) => `clusters/${name}`).join(' ')}`,
        path: 'clusters',
      },
    ],
  }),
  bootstrap: fluxBootstrap,
  deliver: (input, given) => {
    const workplace = withTeamAccounts(input, given);
    return {
      files: mergeTrees(
        deliveredFiles(input, workplace, ownObjects(input, workplace), {
          install: installed => fluxInstall(input, installed),
          configMaps: valuesMaps,
          installs: 'within-step',
          values: { target: RELEASE, path: '/spec/values' },
          keep: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
        }),
        clusterFiles(input, workplace),
        teamFolders(input, workplace),
      ),
      runbooks: promotionByFolder(input, workplace, (component, { name }) =>
        fluxVersion(input, component, `clusters/${name}`),
      ),
    };
  },
};
