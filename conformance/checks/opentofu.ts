/** Infrastructure is formatted, valid against the schemas of its providers, and passes its own tests. */
import { dirname, join } from 'node:path';
import { type Check, linesOf, merge, type Report } from '../check.ts';
import { run } from '../process.ts';
import { read, type Stack } from '../stacks.ts';
import { type Providers, startProviders } from '../terraform/providers.ts';
import { programOf } from '../tool.ts';
import { opentofu } from '../tools.ts';

export const opentofuCheck: Check = {
  name: 'opentofu',
  version: opentofu.version,
  tools: [opentofu],
  run: async stacks => {
    const providers = await startProviders();
    try {
      return merge(await Promise.all(stacks.map(stack => checkStack(stack, providers))));
    } finally {
      await providers.stop();
    }
  },
};

async function checkStack(stack: Stack, providers: Providers): Promise<Report> {
  const files = stack.files.filter(file => /\.(?:tf|tftest\.hcl|tfvars\.example)$/.test(file));
  const folders = stack.files.filter(file => file.endsWith('/versions.tf')).map(file => dirname(file));
  const errors = await tofu(stack, '.', ['fmt', '-check', '-diff', '-recursive', '-no-color'], providers);
  for (const folder of folders) errors.push(...(await checkModule(stack, folder, providers)));
  const notes = await Promise.all(folders.map(folder => otherVersions(stack, folder, providers)));
  return { files: files.length, errors, notes: notes.flat() };
}

async function checkModule(stack: Stack, folder: string, providers: Providers): Promise<readonly string[]> {
  const steps = [
    ['init', '-backend=false', '-input=false', '-no-color'],
    ['validate', '-no-color'],
    ...(stack.files.some(file => file.startsWith(`${folder}/tests/`)) ? [['test', '-no-color']] : []),
  ];
  for (const step of steps) {
    const errors = await tofu(stack, folder, step, providers);
    if (errors.length > 0) return errors;
  }
  return [];
}

async function tofu(
  stack: Stack,
  folder: string,
  args: readonly string[],
  { environment }: Providers,
): Promise<string[]> {
  const place = `${stack.name} ${folder} ${args[0]}`;
  const { code, stdout, stderr } = await run(programOf(opentofu), args, {
    cwd: join(stack.folder, folder),
    on: place,
    environment,
  });
  return code === 0 ? [] : [...linesOf(place, `${stdout}\n${stderr}`)];
}

/** Where a module asks for another version than the schema is of. */
async function otherVersions(
  stack: Stack,
  folder: string,
  { versions }: Providers,
): Promise<readonly string[]> {
  const text = await read(stack, `${folder}/versions.tf`);
  const wanted = [...text.matchAll(/source\s+= "([^"]+)"\s+version = "([^"]+)"/g)];
  return wanted.flatMap(([, source = '', version = '']) =>
    versions.get(source) === version
      ? []
      : [`${source} ${version} was held against the schema of ${versions.get(source) ?? 'no version'}`],
  );
}
