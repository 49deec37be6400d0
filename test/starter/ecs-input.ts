/** The shapes that an ECS starter takes, with the real table of releases. */
import type { Project } from '../../src/content/project.ts';
import type { StarterInput } from '../../src/starter/part.ts';
import { ecsExpress, ecsFargate, ecsManagedInstances } from '../../src/starter/serverless-service/ecs.ts';
import { cloudRunInput, SHOP, withPick } from './cloud-run-input.ts';

const AWS_SHOP = { ...SHOP, regions: ['eu-central-1'] };
const ALL = { 'workload-kinds': ['web', 'api', 'worker', 'batch'] };

export const ecsInput = (answers = {}, project: Project = AWS_SHOP): StarterInput =>
  cloudRunInput(answers, project);

type Make = typeof ecsFargate;

export const ECS_SHAPES: Readonly<Record<string, readonly [make: Make, input: StarterInput]>> = {
  'one web service': [ecsFargate, ecsInput({ traffic: 'daily' })],
  'web, worker and job on arm64, two regions named': [
    ecsFargate,
    ecsInput(
      { ...ALL, architecture: 'arm64' },
      { ...AWS_SHOP, regions: ['eu-central-1', 'eu-west-1'], network: { vpc: '10.8.0.0/16' } },
    ),
  ],
  'worker and job only': [ecsFargate, ecsInput({ 'workload-kinds': ['worker', 'batch'] })],
  'only a name, gRPC, mostly idle, no traces': [
    ecsFargate,
    withPick(
      ecsInput({ 'workload-kinds': ['api'], protocols: ['grpc'], traffic: 'idle-mostly' }, { name: 'x' }),
      'traces',
      'none',
    ),
  ],
  'managed instances with GPUs': [
    ecsManagedInstances,
    ecsInput({ 'workload-kinds': ['web', 'worker', 'gpu'], traffic: 'steady' }),
  ],
  'closed: web, worker and job': [ecsFargate, withPick(ecsInput(ALL), 'egress', 'no-egress')],
  'closed: managed instances for a worker': [
    ecsManagedInstances,
    withPick(ecsInput({ 'workload-kinds': ['worker'] }), 'egress', 'no-egress'),
  ],
  'closed: express mode': [ecsExpress, withPick(ecsInput(), 'egress', 'no-egress')],
  'express mode': [ecsExpress, ecsInput({ 'workload-kinds': ['web', 'api'] })],
  'express mode beside a worker': [ecsExpress, ecsInput({ 'workload-kinds': ['web', 'worker'] })],
};
