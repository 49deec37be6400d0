/** Machines of a closed network of a cloud install themselves from what was carried in for them, and ask nobody else. */
import type { FileTree } from '../../../src/files/tree.ts';
import type { Finding } from '../finding.ts';
import { HANDED_OVER } from './closed-network.ts';
import type { CrossCheck } from './cross-check.ts';
import { hostsInText, isInside, withoutComments } from './named-hosts.ts';

const FIRST_BOOT = 'infra/machines/first-boot.yaml';
const CARRIES = 'scripts/carry-to-hosts.sh';
const INSTALLS = /^infra\/\w+\/install-[a-z-]+\.sh$/;
/** The store, the machine itself, and what stands for a name. */
const OF_THE_STORE = /^(?:storage\.googleapis\.com|metadata\.google\.internal|__\w+__)$/;

export const closedHosts: CrossCheck = {
  code: 'closed-hosts',
  says: 'Machines of a closed network install themselves from their store, which holds what they ask for.',
  check: tree =>
    tree.has(HANDED_OVER) && tree.has(FIRST_BOOT)
      ? [
          ...firstBoot(tree),
          ...[...tree].flatMap(([file, text]) => (INSTALLS.test(file) ? installs(tree, file, text) : [])),
        ]
      : [],
};

function firstBoot(tree: FileTree): readonly Finding[] {
  return /^(?:packages|package_update|package_upgrade|apt):/m.test(tree.get(FIRST_BOOT) ?? '')
    ? [finding(FIRST_BOOT, 'asks for packages, which nobody hands out in this network')]
    : [];
}

function installs(tree: FileTree, file: string, text: string): readonly Finding[] {
  const code = withoutComments(text);
  const asked = [...code.matchAll(/^.*\bcarried "([^"]+)"/gm)].map(([, name = '']) => name);
  const kept = tree.get(CARRIES) ?? '';
  const readable = [...tree].some(
    ([path, terraform]) => /^infra\/machines\/.+\.tf$/.test(path) && /\/carried\//.test(terraform),
  );
  return [
    ...hostsInText(code)
      .filter(host => !isInside(host, []) && !OF_THE_STORE.test(host))
      .map(host => finding(file, `fetches from ${host}, which is not in this network`)),
    // Unless apt knows of a folder alone.
    ...(/\bapt-get\b.*\bupdate\b/.test(code) && !code.includes('Dir::Etc::sourceparts "-"')
      ? [finding(file, 'reads lists of packages from outside')]
      : []),
    ...asked
      .filter(name => !kept.includes(name))
      .map(name => finding(file, `asks for ${name}, which nobody carries in`)),
    ...(asked.length === 0 || readable
      ? []
      : [finding('infra/machines', 'lets no machine read what was carried in for it')]),
  ];
}

function finding(place: string, message: string): Finding {
  return { code: 'closed-hosts', place, message };
}
