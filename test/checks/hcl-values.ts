/** Holds test files and values files against the module that they belong to. */
import type { ProviderSchemas } from '../provider-schemas/schema.ts';
import type { Json, Report } from './hcl.ts';
import type { TerraformModule } from './hcl-module.ts';
import { checkReferences } from './hcl-references.ts';

/** `*.tfvars`: declared variables only, and all that have no default. */
export function checkValues(json: Json, module: TerraformModule, report: Report): void {
  for (const name of Object.keys(json)) {
    if (!module.variables.has(name)) report(name, 'undeclared', `there is no variable ${name}`);
  }
  for (const [name, variable] of module.variables) {
    if (!variable.hasDefault && !(name in json))
      report(name, 'missing-value', `variable ${name} has no value`);
  }
}

/** `*.tftest.hcl`: providers are mocked, variables declared, each run asserts something. */
export function checkTests(
  json: Json,
  module: TerraformModule,
  schemas: readonly ProviderSchemas[],
  report: Report,
): void {
  const { run: runs = {}, mock_provider: mocks = {}, ...rest } = json;
  for (const provider of module.providers.keys()) {
    if (!(provider in (mocks as Json)))
      report(provider, 'real-provider', `provider ${provider} is not mocked`);
  }
  checkVariables(rest, 'variables', module, report);
  checkReferences(rest, module, schemas, report);
  for (const [name, bodies] of Object.entries(runs as Json)) {
    for (const body of bodies as readonly Json[]) {
      const { assert = [], expect_failures: failures = [], ...settings } = body;
      checkVariables(settings, `run.${name}`, module, report);
      checkReferences({ assert, failures }, module, schemas, report);
      if ((assert as readonly Json[]).length === 0 && (failures as readonly string[]).length === 0)
        report(`run.${name}`, 'asserts-nothing', `run ${name} neither asserts nor expects a failure`);
    }
  }
}

function checkVariables(json: Json, place: string, module: TerraformModule, report: Report): void {
  for (const block of (json.variables ?? []) as readonly Json[]) {
    for (const name of Object.keys(block)) {
      if (!module.variables.has(name)) report(place, 'undeclared', `there is no variable ${name}`);
    }
  }
}
