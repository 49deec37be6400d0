/** The formulas of the providers, by examples from their own pages. */
import { describe, expect, test } from 'vitest';
import {
  aksOverlayNodes,
  eksNodeAddresses,
  eksNodes,
  gkeNodePrefix,
  gkeNodes,
} from '../../../src/engine/arithmetic/addresses.ts';
import {
  daysBeyondExclusion,
  minorsPerUpgrade,
  supportAfter,
} from '../../../src/engine/arithmetic/calendar.ts';
import { controlPlaneFees, controlPlaneHosts, quorum } from '../../../src/engine/arithmetic/clusters.ts';

describe('addresses', () => {
  test.each([
    [110, 24],
    [64, 25],
    [48, 25],
    [32, 26],
    [16, 27],
    [8, 28],
  ])('GKE with %i pods per node gives each node a /%i', (pods, prefix) => {
    expect(gkeNodePrefix(pods)).toBe(prefix);
  });
  test.each([
    [17, 110, 128],
    [17, 48, 256],
    [14, 110, 1024],
    [25, 110, 0],
  ])('a GKE pod range of /%i with %i pods per node holds %i nodes', (range, pods, nodes) => {
    expect(gkeNodes(range, pods)).toBe(nodes);
  });
  test.each([
    [16, 256],
    [13, 2048],
    [24, 1],
    [25, 0],
  ])('an AKS overlay range of /%i holds %i nodes', (range, nodes) => {
    expect(aksOverlayNodes(range)).toBe(nodes);
  });
  test.each([
    [110, 113],
    [16, 17],
    [17, 33],
  ])('a node of EKS with %i pods takes %i addresses', (pods, taken) => {
    expect(eksNodeAddresses(pods)).toBe(taken);
  });
  test.each([
    [16, 110, 579],
    [24, 110, 2],
    [30, 110, 0],
  ])('a network of /%i with %i pods per node holds %i nodes of EKS', (range, pods, nodes) => {
    expect(eksNodes(range, pods)).toBe(nodes);
  });
});

describe('control planes', () => {
  test.each([
    [1, 1, 0],
    [2, 2, 0],
    [3, 2, 1],
    [4, 3, 1],
    [5, 3, 2],
  ])('of %i members of etcd %i must agree and %i may fail', (members, needed, mayFail) => {
    expect(quorum(members)).toEqual({ needed, mayFail });
  });
  test.each([
    [1, 'stacked', 3],
    [4, 'stacked', 12],
    [2, 'apart', 12],
  ] as const)('%i clusters with etcd %s take %i hosts', (clusters, etcd, hosts) => {
    expect(controlPlaneHosts(clusters, etcd)).toBe(hosts);
  });
  test.each([
    ['aws', 3, 3, 0],
    ['azure', 3, 3, 0],
    ['gcp', 3, 3, 1],
  ])('on %s %i clusters are charged %i fees, of which %i are waived', (cloud, clusters, charged, waived) => {
    expect(controlPlaneFees(cloud, clusters)).toEqual({ charged, waived });
  });
});

describe('the calendar', () => {
  test.each([
    [30, 0],
    [90, 0],
    [91, 1],
    [180, 90],
  ])('a freeze of %i days is %i days longer than one exclusion of GKE', (days, beyond) => {
    expect(daysBeyondExclusion(days)).toBe(beyond);
  });
  test.each([
    [4, 1],
    [12, 3],
    [1, 1],
  ])('an upgrade every %i months passes %i minors', (months, minors) => {
    expect(minorsPerUpgrade(months)).toBe(minors);
  });
  test.each([
    [3, 11],
    [15, -1],
  ])('after a freeze of %i months %i months of support are left', (months, left) => {
    expect(supportAfter(months)).toBe(left);
  });
});
