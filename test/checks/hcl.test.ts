/** Each line of the table is one way to break a small module; the check names it. */
import { describe, expect, test } from 'vitest';
import { checkHcl, providerSchemas } from './hcl.ts';

const SCHEMAS = [providerSchemas('google-6.50.0'), providerSchemas('aws-6.25.0')];
const MODULE = `
terraform {
  required_version = ">= 1.9"
  required_providers {
    google = { source = "hashicorp/google", version = "6.50.0" }
    aws    = { source = "hashicorp/aws", version = "6.25.0" }
  }
}
provider "google" {
  project = var.project_id
}
variable "project_id" {
  type        = string
  description = "Project."
}
locals {
  ranges = { for name, range in { a = "192.0.2.0/24" } : name => "\${range} of \${upper("\${name}-x")}" }
}
resource "google_compute_network" "main" {
  name                    = "main"
  auto_create_subnetworks = false
}
resource "google_compute_subnetwork" "main" {
  for_each      = local.ranges
  name          = each.key
  region        = "europe-west1"
  network       = google_compute_network.main.id
  ip_cidr_range = each.value
  log_config {
    flow_sampling = 0.5
  }
  dynamic "secondary_ip_range" {
    for_each = []
    content {
      range_name    = secondary_ip_range.key
      ip_cidr_range = secondary_ip_range.value
    }
  }
}
data "aws_region" "current" {}
resource "aws_security_group" "main" {
  vpc_id = "vpc-0"
  tags   = { region = data.aws_region.current.region }
  ingress {
    from_port = 443
    to_port   = 443
    protocol  = "tcp"
  }
}
output "subnets" {
  description = "Self links."
  value       = [for subnet in google_compute_subnetwork.main : subnet.self_link]
}
`;
const TEST = `
mock_provider "google" {}
mock_provider "aws" {}
run "named" {
  command = plan
  variables {
    project_id = "x"
  }
  assert {
    condition     = google_compute_network.main.name == "main"
    error_message = "The network is named main."
  }
}
`;
const VALUES = 'project_id = "replace-me"\n';

const codes = async (module: string, tests = TEST, values = VALUES) => {
  const files = new Map([
    ['infra/main.tf', module],
    ['infra/tests/main.tftest.hcl', tests],
    ['infra/envs/production.tfvars.example', values],
  ]);
  return (await checkHcl(files, SCHEMAS)).map(({ place, code }) => `${code} ${place}`.trim());
};

test('a sound module passes', async () => {
  expect(await codes(MODULE)).toEqual([]);
});

describe('a broken module is named', () => {
  const rows: readonly [name: string, from: string, to: string, finding: string][] = [
    ['unclosed block', 'resource "google_compute_network" "main" {', 'resource {{', 'syntax'],
    ['unknown argument', 'auto_create_subnetworks', 'auto_create_subnets', 'unknown-argument'],
    ['unknown nested argument', 'flow_sampling', 'flow_sample', 'unknown-argument'],
    ['unknown argument of a dynamic block', 'range_name ', 'range_nam ', 'unknown-argument'],
    ['unknown block', 'log_config {', 'log_conf {', 'unknown-argument'],
    ['unknown field of a block that is an attribute', 'from_port', 'port_from', 'unknown-argument'],
    ['missing argument', '  name          = each.key\n', '', 'missing-argument'],
    ['block written as attribute', 'log_config {', 'log_config = {', 'block-as-attribute'],
    ['attribute written as block', 'tags   = {', 'tags {', 'wrong-type'],
    ['number', 'flow_sampling = 0.5', 'flow_sampling = "half"', 'wrong-type'],
    ['bool', 'auto_create_subnetworks = false', 'auto_create_subnetworks = 0', 'wrong-type'],
    ['string', 'vpc_id = "vpc-0"', 'vpc_id = ["vpc-0"]', 'wrong-type'],
    ['read-only argument', 'vpc_id = "vpc-0"', 'arn = "x"', 'read-only'],
    ['unknown variable', 'project = var.project_id', 'project = var.project', 'undeclared'],
    ['unknown local', 'for_each      = local.ranges', 'for_each      = local.range', 'undeclared'],
    ['unknown resource', 'google_compute_network.main.id', 'google_compute_network.core.id', 'undeclared'],
    ['unknown data source', 'data.aws_region.current.region', 'data.aws_region.here.region', 'undeclared'],
    [
      'unknown attribute',
      'google_compute_network.main.id',
      'google_compute_network.main.uid',
      'unknown-attribute',
    ],
    ['unknown function', 'upper(', 'uppercase(', 'unknown-function'],
    [
      'index where there is none',
      'google_compute_network.main.id',
      'google_compute_network.main[0].id',
      'needless-key',
    ],
    [
      'no index where one is needed',
      'in google_compute_subnetwork.main :',
      'in [google_compute_subnetwork.main.id] :',
      'missing-key',
    ],
    [
      'each without for_each',
      'name                    = "main"',
      'name                    = each.key',
      'each-outside',
    ],
    [
      'type without a schema',
      '"google_compute_network" "main"',
      '"google_compute_nets" "main"',
      'unknown-type',
    ],
    ['unused variable', 'project = var.project_id', 'project = "x"', 'unused'],
    [
      'no provider version',
      'google = { source = "hashicorp/google", version = "6.50.0" }',
      '',
      'unpinned-provider',
    ],
    [
      'a provider that the block names and nobody required',
      '"google_compute_network" "main" {\n',
      '"google_compute_network" "main" {\n  provider = google-beta\n',
      'unpinned-provider',
    ],
    ['no required version', '  required_version = ">= 1.9"\n', '', 'no-required-version'],
    ['variable without description', '  description = "Project."\n', '', 'undocumented'],
  ];
  test.each(rows)('%s', async (_name, from, to, finding) => {
    expect(MODULE).toContain(from);
    const found = await codes(MODULE.replace(from, () => to));
    expect(found.map(line => line.split(' ')[0])).toContain(finding);
  });

  test('block written as a list', async () => {
    const module = MODULE.replace('log_config {', 'log_config = [{').replace('0.5\n  }', '0.5\n  }]');
    expect(await codes(module)).toContain('block-as-attribute google_compute_subnetwork.main.log_config');
  });
});

test('tests and values are held against the module', async () => {
  expect(await codes(MODULE, TEST.replace('main.name', 'main.named'))).toEqual([
    'unknown-attribute assert.condition',
  ]);
  expect(await codes(MODULE, TEST.replace('project_id', 'project'))).toEqual(['undeclared run.named']);
  expect(await codes(MODULE, TEST.replace('mock_provider "aws" {}', ''))).toEqual(['real-provider aws']);
  expect(await codes(MODULE, TEST.replace(/ {2}assert \{[^}]+\}/, ''))).toEqual([
    'asserts-nothing run.named',
  ]);
  expect(await codes(MODULE, TEST, 'project = "x"\n')).toEqual([
    'undeclared project',
    'missing-value project_id',
  ]);
});
