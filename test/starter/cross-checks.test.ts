/** The cross-checks on the EKS and Flux starter, and that each of them sees what it is there for. */
import { describe, expect, test } from 'vitest';
import { CROSS_CHECKS } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { starterOf } from './platform-aws.ts';

const { files } = starterOf('platform-aws');

describe('the parts of platform-aws fit together', () => {
  test.each(CROSS_CHECKS)('$says', ({ check }) => {
    expect(check(files).map(formatFinding)).toEqual([]);
  });
});
