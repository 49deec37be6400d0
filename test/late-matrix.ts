/** Which file of tests begins when: by their size, as vitest does where it has no memory of a run, but for the matrix. */
import { statSync } from 'node:fs';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The matrix takes by far the longest. Begun last, it leaves every processor but one idle; begun first, it does alone
 * what other tests would have left for it: texts that were read, and code that is compiled.
 */
export class LateMatrix extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const others = files.filter(file => !isMatrix(file)).toSorted((one, other) => size(other) - size(one));
    return others.toSpliced(Math.ceil((others.length * 2) / 3), 0, ...files.filter(isMatrix));
  }
}

const isMatrix = ({ moduleId }: TestSpecification): boolean => moduleId.endsWith('/matrix/pairs.test.ts');

const size = ({ moduleId }: TestSpecification): number => statSync(moduleId).size;
