/** In a network without a way out nothing that the cluster reads names a host that is not given to it. */
import type { FileTree } from '../../../src/files/tree.ts';
import type { Finding } from '../finding.ts';
import { documentsOf } from '../yaml-files.ts';
import type { CrossCheck } from './cross-check.ts';
import { covers, hostsInFile, hostsInText, isInside, withoutComments } from './named-hosts.ts';

/** There where a cloud has the registry, and no Git server is within. */
export const HANDED_OVER = 'scripts/hand-over.sh';
const PAGE = 'docs/runbooks/no-way-out.md';
const READ_BY_THE_CLUSTER = /^(?:apps|clusters|delivery|infra|platform|platform-config)\/.+\.(?:ya?ml|conf)$/;
/** What is run within the network; what carries things in runs outside. */
const RUN_INSIDE =
  /^scripts\/(?:bootstrap|install-[a-z-]+|host-config)\.sh$|^infra\/.+\/(?:install-host\.(?:sh|ps1)|[a-z]+-credential-provider)$/;

export const closedNetwork: CrossCheck = {
  code: 'closed-network',
  says: 'Without a way out every chart, image, source and address lies with the hosts that are given.',
  check: tree => {
    const page = tree.get(PAGE);
    if (page === undefined) return [];
    const given = [...page.matchAll(/^\| `([^`]+)` \|/gm)].map(([, host = '']) => host);
    const files = [...tree].flatMap(([file, text]) => {
      if (RUN_INSIDE.test(file)) return hostsInText(withoutComments(text)).map(host => ({ file, host }));
      return READ_BY_THE_CLUSTER.test(file) ? hostsInFile(file, text).map(host => ({ file, host })) : [];
    });
    return [
      ...files
        // A name that goes on with the region is a service of the cloud, which is held against its endpoints.
        .filter(
          ({ host }) =>
            !host.endsWith('.') && !isInside(host, given) && !given.some(each => isGiven(each, host)),
        )
        .map(({ file, host }) => finding(file, `names ${host}, which is not in this network`)),
      ...carried(tree),
      ...unseen(tree, page),
      ...(tree.has(HANDED_OVER)
        ? []
        : [...distrusted(tree), ...pipelines(tree, page), ...builtByKubectl(tree)]),
    ];
  },
};

/** A Git server within has no runners but its own, and no action or schema that nobody brought. */
function pipelines(tree: FileTree, page: string): readonly Finding[] {
  const validates = tree.get('scripts/validate.sh') ?? '';
  return [
    ...[...tree].flatMap(([file, text]) => {
      if (!file.startsWith('.github/workflows/')) return [];
      const uses = [...text.matchAll(/\buses: ([^@\s]+)@/g)].map(([, each = '']) => each);
      return [
        ...uses
          .filter(each => !page.includes(`\`${each}\``))
          .map(each => finding(file, `uses ${each}, which nobody carries in`)),
        ...(/runs-on: ubuntu/.test(text) ? [finding(file, 'waits for a runner of GitHub')] : []),
        ...(text.includes('GH_TOKEN:') && !page.includes('--destination-url https://github.com')
          ? [finding(file, 'signs gh in to github.com')]
          : []),
      ];
    }),
    ...(validates.includes('kubeconform') && !validates.includes('SCHEMAS')
      ? [finding('scripts/validate.sh', 'holds manifests against schemas that nobody carries in')]
      : []),
  ];
}

/** What lies in the folder of charts has no name by which its publisher could be asked for a newer one. */
function unseen(tree: FileTree, page: string): readonly Finding[] {
  return !/^chart https:/m.test(tree.get('charts.txt') ?? '') ||
    /https:\/\/` are looked at by hand/.test(page)
    ? []
    : [finding(PAGE, 'says of no chart of a website that Renovate does not see it')];
}

/** Folders of the Gateway API with a kustomization.yaml: kubectl builds no other one. */
const BUILT = ['config/crd', 'config/crd/experimental'];

function builtByKubectl(tree: FileTree): readonly Finding[] {
  return [...tree].flatMap(([file, text]) =>
    [...text.matchAll(/-k '\S+?gateway-api\.git\/\/([^?']+)/g)].flatMap(([, folder = '']) =>
      BUILT.includes(folder) ? [] : [finding(file, `kubectl cannot build ${folder}`)],
    ),
  );
}

/** Machines are told where they are by the infrastructure: a name of their own, and the region of the cluster. */
function isGiven(given: string, host: string): boolean {
  if (!host.includes('__')) return covers(given, host);
  const name = given.replace(/^\*\./, '__NAME__.').replace(/\.[a-z]+-[a-z]+-\d\./, '.__REGION__.');
  return name === host.replace(/^__[A-Z]+__\./, '__NAME__.');
}

/** Flux is given the authority of whatever it calls: by the source, in a Secret that the bootstrap makes of the file of the house. */
function distrusted(tree: FileTree): readonly Finding[] {
  const bootstrap = (tree.get('scripts/bootstrap.sh') ?? '').replace(/\\\n/g, ' ');
  const made = [
    ...bootstrap.matchAll(
      /create secret generic (\S+) .*--from-file=ca\.crt=platform\/namespaces\/authorities\.pem/g,
    ),
  ].map(([, name]) => String(name));
  return [...tree].flatMap(([file, text]) =>
    /^(?:clusters|delivery)\/.+\.yaml$/.test(file)
      ? documentsOf(text)
          .flatMap(authorityWanted)
          .filter(authority => !made.includes(authority))
          .map(authority => finding(file, `nothing gives it the authority of its host (${authority})`))
      : [],
  );
}

interface Source {
  readonly kind?: string;
  readonly spec?: {
    readonly secretRef?: { readonly name: string };
    readonly certSecretRef?: { readonly name: string };
    readonly sync?: { readonly kind: string; readonly pullSecret?: string };
    readonly kustomize?: { readonly patches?: readonly { readonly patch: string }[] };
  };
}

function authorityWanted(document: unknown): readonly string[] {
  const { kind, spec } = document as Source;
  if (kind === 'OCIRepository') return [String(spec?.certSecretRef?.name)];
  if (kind === 'GitRepository') return [String(spec?.secretRef?.name)];
  if (kind !== 'FluxInstance' || spec?.sync === undefined) return [];
  if (spec.sync.kind === 'GitRepository') return [String(spec.sync.pullSecret)];
  const patches = (spec.kustomize?.patches ?? []).map(({ patch }) => patch).join('\n');
  return [String(/certSecretRef\s+value:\s+name: (\S+)/.exec(patches)?.[1])];
}

/** What is fetched is also carried in. */
function carried(tree: FileTree): readonly Finding[] {
  const list = tree.get('charts.txt') ?? '';
  const fetched = [...tree].flatMap(([file, text]) =>
    file.startsWith('delivery/')
      ? documentsOf(text).flatMap(document => {
          const { kind, spec } = document as {
            kind?: string;
            spec?: { url?: string; ref?: { tag?: string } };
          };
          return (kind === 'OCIRepository' || kind === 'GitRepository') && spec?.url !== undefined
            ? [{ file, kind, url: spec.url, tag: spec.ref?.tag ?? '' }]
            : [];
        })
      : [],
  );
  return fetched
    .filter(({ kind, url, tag }) => !list.split('\n').some(line => isLine(line, kind, url, tag)))
    .map(({ file, url, tag }) => finding(file, `${url} ${tag} is carried in by nothing`));
}

function isLine(line: string, kind: string, url: string, tag: string): boolean {
  const words = line.split(' ');
  if (kind === 'GitRepository') return words[0] === 'git' && words[2] === tag && words[3] === url;
  if (words[0] === 'manifests') return url.endsWith(`/${words[3]}`) && words[2] === tag;
  return words[0] === 'chart' && url.endsWith(`/${words[4]}/${words[2]}`) && words[3] === tag;
}

function finding(place: string, message: string): Finding {
  return { code: 'closed-network', place, message };
}
