/** Files that take long begin first: the longest of all, begun last, leaves every processor but one idle for a minute. */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** As they were measured; a file that is not named goes by its size, as vitest has it. */
const LONG = [
  'matrix/pairs',
  'cli/lint',
  'cli/examples',
  'adr/quality',
  'starter/decision-checks',
  'engine/shipped',
  'proof/brute-force',
  'terminal/wizard',
  'hardness/faults',
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const index = LONG.findIndex(name => moduleId.endsWith(`test/${name}.test.ts`));
      return index === -1 ? LONG.length : index;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}
