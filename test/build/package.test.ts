/** What is published: small, alone, without scripts, and every part of it known by name, version and licence. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { dependenciesPage, type ThirdParty } from '../../build/dependencies-page.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const about = JSON.parse(read('package.json'));
const lock = JSON.parse(read('package-lock.json')) as {
  readonly packages: Readonly<
    Record<string, { version?: string; deprecated?: string; integrity?: string; link?: true }>
  >;
};
const packages = JSON.parse(read('dist/third-party.json')) as readonly ThirdParty[];
const LICENCES = new Set(['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD']);

test('the package is under 3 MB, packed, and holds what it needs', () => {
  const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [packed] = JSON.parse(output) as readonly { size: number; files: readonly { path: string }[] }[];
  const paths = packed?.files.map(({ path }) => path) ?? [];
  expect(packed?.size).toBeLessThan(3_000_000);
  expect(paths).toEqual(expect.arrayContaining(['bin/chartroom.js', 'dist/catalogue.json', 'LICENSE']));
  expect(paths).toContain('dist/THIRD-PARTY-LICENCES.txt');
  expect(paths.filter(path => /code-cache|^src\/|^test\/|\.node$/.test(path))).toEqual([]);
});

test('nothing is installed with it, and nothing runs when it is', () => {
  for (const kind of ['dependencies', 'optionalDependencies', 'peerDependencies', 'bundleDependencies'])
    expect(about[kind], kind).toBe(undefined);
  for (const script of ['preinstall', 'install', 'postinstall'])
    expect(about.scripts[script]).toBe(undefined);
});

test('versions are exact, and no package of the lock file is deprecated', () => {
  const ranges = Object.entries<string>(about.devDependencies).filter(
    ([, range]) => !/^\d+\.\d+\.\d+$/.test(range),
  );
  expect(ranges).toEqual([]);
  const deprecated = Object.entries(lock.packages).filter(([, one]) => one.deprecated !== undefined);
  expect(deprecated.map(([path, one]) => `${path} ${one.deprecated}`)).toEqual([]);
});

test('every package in the bundles has a licence that allows it, and its text goes along', () => {
  expect(packages.length).toBeGreaterThan(10);
  expect(packages.filter(({ licence }) => !LICENCES.has(licence))).toEqual([]);
  const texts = read('dist/THIRD-PARTY-LICENCES.txt');
  for (const { name, version } of packages) expect(texts).toContain(`${name} ${version} (`);
});

test('docs/dependencies.md names them all; where it does not: npm run docs', () => {
  const numbers = /[\d.]+ KiB/g;
  expect(read('docs/dependencies.md').replace(numbers, '')).toBe(
    dependenciesPage(packages).replace(numbers, ''),
  );
  expect(existsSync(join(root, '.github/workflows/publish.yml'))).toBe(true);
});
