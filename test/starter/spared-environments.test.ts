/** Environments before production: what they do without where cost counts, and what production never does without. */
import { describe, expect, test } from 'vitest';
import type { Starter } from '../../src/starter/generate.ts';
import { crossFindings } from '../checks/cross/all.ts';
import { formatFinding } from '../checks/finding.ts';
import { checkHcl, providerSchemas } from '../checks/hcl.ts';
import { type Mutation, replace } from './mutation.ts';
import { starterOf } from './platform-aws.ts';

const COST = { answers: { drivers: ['cost'] } };
const PROVIDERS = ['aws-6.25.0', 'azurerm-4.55.0', 'google-6.50.0', 'google-beta-6.50.0'].map(
  providerSchemas,
);
const MACHINES = { 'control-plane': 'self-managed', distribution: 'talos' };

/** Which of the values of an environment say how much there is. */
interface Values {
  readonly folder: string;
  readonly staging: readonly string[];
  readonly production: readonly string[];
}
const AWS = {
  staging: ['nat_gateways = "one"', 'database_zones = 1'],
  production: ['nat_gateways = "each-zone"', 'database_zones = 2'],
};
const DATABASE = { staging: ['database_zones = 1'], production: ['database_zones = 2'] };

const STACKS: Readonly<Record<string, readonly [Starter, Values]>> = {
  'EKS and ECS': [starterOf('market-hall-aws'), { folder: 'infra/eks', ...AWS }],
  'machines of AWS': [
    starterOf('market-hall-aws', { pins: { platform: 'kubernetes', ...MACHINES } }),
    { folder: 'infra/machines', ...AWS },
  ],
  'machines of Azure': [
    starterOf('city-services-azure', {
      answers: { ...COST.answers, rto: 'minutes' },
      pins: { ...MACHINES, egress: 'open-nat' },
    }),
    { folder: 'infra/machines', ...AWS },
  ],
  AKS: [
    starterOf('city-services-azure', { answers: { ...COST.answers, rto: 'minutes' } }),
    { folder: 'infra/aks', ...DATABASE },
  ],
  GKE: [starterOf('ride-dispatch-gcp', COST), { folder: 'infra/gke', ...DATABASE }],
};

const valuesOf = ({ files }: Starter, folder: string, environment: string): string =>
  files.get(`${folder}/envs/${environment}.tfvars.example`) ?? '';

describe.each(Object.entries(STACKS))('%s', (_name, [starter, { folder, staging, production }]) => {
  test('staging does without where cost counts, and production has everything', () => {
    for (const value of staging) expect(valuesOf(starter, folder, 'staging')).toContain(`\n${value}\n`);
    for (const value of production) expect(valuesOf(starter, folder, 'production')).toContain(`\n${value}\n`);
  });
  test('everything fits together', async () => {
    expect(crossFindings(starter.files).map(formatFinding)).toEqual([]);
    expect((await checkHcl(starter.files, PROVIDERS)).map(formatFinding)).toEqual([]);
  });
});

test('staging is made like production where cost is no driver, and the page of costs says what would be less', () => {
  const starter = starterOf('market-hall-aws', { answers: { drivers: ['security'] } });
  for (const value of AWS.production)
    expect(valuesOf(starter, 'infra/eks', 'staging')).toContain(`\n${value}\n`);
  expect(valuesOf(starter, 'infra/ecs', 'staging')).toContain('\nnat_gateways = "each-zone"\n');
  expect(starter.files.get('docs/cost-to-own.md')).toContain(
    '`nat_gateways = "one"` and `database_zones = 1`',
  );
});

test('a cluster that holds all environments has what production has', () => {
  const starter = starterOf('market-hall-aws', { pins: { topology: 'shared-cluster' } });
  for (const value of AWS.production)
    expect(valuesOf(starter, 'infra/eks', 'shared')).toContain(`\n${value}\n`);
});

const EKS = 'infra/eks/envs';
const MISTAKES: readonly Mutation[] = [
  {
    mistake: 'production has one gateway',
    change: replace(`${EKS}/production.tfvars.example`, '"each-zone"', '"one"'),
    code: 'spared-environments',
    says: /serves users with nat_gateways = "one"/,
  },
  {
    mistake: 'production has less than staging',
    change: tree =>
      replace(
        `${EKS}/production.tfvars.example`,
        'database_zones = 2',
        'database_zones = 1',
      )(replace(`${EKS}/staging.tfvars.example`, 'database_zones = 1', 'database_zones = 2')(tree)),
    code: 'spared-environments',
    says: /production\.tfvars\.example.*serves users with database_zones = 1/,
  },
  {
    mistake: 'an environment does not say how many gateways it has',
    change: replace(`${EKS}/staging.tfvars.example`, /^nat_gateways = .+\n/m, ''),
    code: 'spared-environments',
    says: /staging\.tfvars\.example.*does not say nat_gateways/,
  },
  {
    mistake: 'the database has two zones whatever is said',
    change: replace('infra/eks/database.tf', /multi_az( +)= .+/, 'multi_az$1= true'),
    code: 'spared-environments',
    says: /keeps its database in two zones whatever/,
  },
  {
    mistake: 'there is a gateway in each zone whatever is said',
    change: replace(
      'infra/eks/network.tf',
      /(_nat_gateway" "zone" \{\n +for_each = ).+/,
      '$1local.zone_subnets',
    ),
    code: 'spared-environments',
    says: /makes a NAT gateway in each zone/,
  },
  {
    mistake: 'a page sizes nodes by a value that is not there',
    change: replace('infra/eks/variables.tf', 'variable "workload_nodes"', 'variable "work_nodes"'),
    code: 'spared-environments',
    says: /cost-to-own\.md.*names workload_nodes, which no infrastructure asks for/,
  },
  {
    mistake: 'no page says how staging gets its second zone',
    change: replace('docs/runbooks/database.md', '`database_zones = 2`', 'The value'),
    code: 'spared-environments',
    says: /database\.md.*does not say who has less of database_zones/,
  },
  {
    mistake: 'the costs of the service do not say what its staging does without',
    change: replace('docs/architecture-serverless.md', 'staging has one', 'there is one'),
    code: 'spared-environments',
    says: /architecture-serverless\.md.*who has less of nat_gateways/,
  },
];

test.each(MISTAKES)('a mistake is seen: $mistake', ({ change, code, says }) => {
  const [starter] = STACKS['EKS and ECS'] ?? [];
  const findings = crossFindings(change(starter?.files ?? new Map()));
  expect(
    findings
      .filter(each => each.code === code)
      .map(formatFinding)
      .join('\n'),
  ).toMatch(says);
});
