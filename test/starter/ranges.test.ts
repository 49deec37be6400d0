/** Addresses of clusters: apart from each other, and the same ones however many clusters come later. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { liesWithin, rangesMeet } from '../../src/starter/cidr.ts';
import type { StarterInput } from '../../src/starter/part.ts';
import { type KnownRanges, rangesOf } from '../../src/starter/topology/ranges.ts';
import { exampleInput } from './platform-aws.ts';

const aws = exampleInput('market-hall-aws');
const google = exampleInput('ride-dispatch-gcp', { project: { network: {} } });

/** What a run writes, and remembers for the next one. */
function written(
  from: StarterInput,
  names: readonly string[],
  ranges: KnownRanges = new Map(),
  vpc?: string,
): KnownRanges {
  const network = { ...from.project.network, ...(vpc === undefined ? {} : { vpc }) };
  const project = vpc === undefined ? from.project : { ...from.project, network };
  const of = rangesOf({ ...from, project, ranges }, names);
  return new Map(names.map(name => [name, of(name)]));
}

const networks = (ranges: KnownRanges) => [...ranges.values()].map(({ vpcCidr }) => vpcCidr);

describe('another environment, before those that are there', () => {
  const first = written(aws, ['staging', 'production'], new Map(), '10.32.0.0/12');
  const second = written(aws, ['development', 'staging', 'production'], first, '10.32.0.0/12');

  test('leaves theirs as they are', () => {
    expect(networks(first)).toEqual(['10.32.0.0/16', '10.33.0.0/16']);
    expect(second.get('staging')).toEqual(first.get('staging'));
    expect(second.get('production')).toEqual(first.get('production'));
    expect(second.get('development')?.vpcCidr).toBe('10.34.0.0/16');
  });

  test('leaves Services of Google as they are, which are part of the network there', () => {
    const before = written(google, ['staging', 'production']);
    const after = written(google, ['development', 'staging', 'production'], before);
    expect(after.get('production')).toEqual(before.get('production'));
    expect(new Set([...after.values()].map(({ serviceCidr }) => serviceCidr)).size).toBe(3);
  });

  test('leaves pods of hosts of one’s own as they are', () => {
    const hosts = exampleInput('harbour-pilots-kubeadm', { project: { network: {} } });
    const before = written(hosts, ['staging', 'production']);
    const after = written(hosts, ['development', 'staging', 'production'], before);
    expect(after.get('production')).toEqual(before.get('production'));
    const pods = [...after.values()].flatMap(({ podCidr }) => podCidr ?? []);
    expect(new Set(pods).size).toBe(3);
  });

  test('moves them where the range of the project holds no more, or is another one', () => {
    const full = written(aws, ['staging', 'production'], new Map(), '10.40.0.0/16');
    const more = written(aws, ['development', 'staging', 'production'], full, '10.40.0.0/16');
    expect(networks(full)).toEqual(['10.40.0.0/17', '10.40.128.0/17']);
    expect(networks(more)).toEqual(['10.40.0.0/18', '10.40.64.0/18', '10.40.128.0/18']);
    expect(networks(written(aws, ['staging'], full, '10.50.0.0/16'))).toEqual(['10.50.0.0/16']);
  });
});

test('clusters that come and go never share addresses, and those that stay keep theirs while there is room', () => {
  const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { minLength: 1 });
  fc.assert(
    fc.property(fc.array(names, { minLength: 2, maxLength: 5 }), runs => {
      let before: KnownRanges = new Map();
      for (const run of runs) {
        const after = written(aws, run, before, '10.32.0.0/12');
        const ranges = networks(after);
        expect(ranges.every(range => liesWithin(range, '10.32.0.0/12'))).toBe(true);
        expect(
          ranges.some((range, index) => ranges.slice(index + 1).some(other => rangesMeet(range, other))),
        ).toBe(false);
        for (const [name, range] of before) if (after.has(name)) expect(after.get(name)).toEqual(range);
        before = after;
      }
    }),
  );
});
