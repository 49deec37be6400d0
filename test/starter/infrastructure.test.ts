/** The Terraform, workflows and pages of the EKS and Flux starter. */
import { describe, expect, test } from 'vitest';
import { checkHcl, providerSchemas } from '../checks/hcl.ts';
import { checkWorkflows } from '../checks/workflows.ts';
import { starterOf } from './platform-aws.ts';

const { files } = starterOf('platform-aws');

describe('the starter of platform-aws', () => {
  test('every resource has the arguments of its type, and every reference ends somewhere', async () => {
    expect(await checkHcl(files, [providerSchemas('aws-6.25.0')])).toEqual([]);
  });
  test('workflows are pinned, may do little and are understood by GitHub', async () => {
    expect(await checkWorkflows(files)).toEqual([]);
  });
});
