/** Which names, addresses and ranges the project details take, and why another one is refused. */
import * as z from 'zod/mini';
import { overlaps, readCidr, span } from './cidr.ts';
import { checkFreeText } from './text.ts';

interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly help: string;
}
type Test = (value: string) => Refusal | null;

function text(longest: number, test: Test = () => null) {
  return z.string({ error: 'text' }).check(
    z.check(context => {
      const refusal = checkFreeText(context.value, longest) ?? test(context.value);
      if (!refusal) return;
      const { code, message, help } = refusal;
      context.issues.push(refused({ code, message, help }, context.value));
    }),
  );
}

function matching(pattern: RegExp, message: string, help: string): Test {
  return value => (pattern.test(value) ? null : { code: 'bad-name', message, help });
}

function list(item: ReturnType<typeof text>, most: number) {
  return z.array(item, { error: 'a list' }).check(
    z.check(context => {
      const { value, issues } = context;
      if (value.length > most) {
        const message = `has ${value.length} entries; the most is ${most}`;
        issues.push(refused({ code: 'too-many', message, help: 'Keep fewer.' }, value));
      }
      const repeated = { code: 'repeated', message: 'is listed twice', help: 'Keep one.' };
      for (const [index, entry] of value.entries()) {
        if (value.indexOf(entry) < index) issues.push({ ...refused(repeated, entry), path: [index] });
      }
    }),
  );
}

/** With `continue`, so that one refused entry does not hide what else is wrong with its list. */
function refused({ code, message, help }: Refusal, input: unknown) {
  return { code: 'custom' as const, message, params: { code, help }, input, continue: true };
}

const LABEL = /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/;
const LABEL_HELP = 'Lower-case letters, digits and hyphens, at most 40, beginning with a letter: shop.';
const label = matching(LABEL, 'is not a name that every system takes', LABEL_HELP);
const HOST = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;
const SLUG = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,58}[A-Za-z0-9])?$/;
const REGION = /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/;
const GROUP = /^[A-Za-z0-9]([A-Za-z0-9 ._:@/-]{0,118}[A-Za-z0-9])?$/;
const EMAIL =
  /^[A-Za-z0-9._%+-]{1,64}@(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/i;

const name = text(40, label);
const team = text(40, value => label(value) ?? reservedNamespace(value));
const organisation = text(
  60,
  matching(SLUG, 'is not the name of an organisation', 'As in the address of its repositories: acme.'),
);
const domain = text(
  253,
  matching(HOST, 'is not a domain', 'In lower case and ASCII, such as shop.example.com.'),
);
const region = text(40, matching(REGION, 'is not a region', 'As the provider writes it: eu-central-1.'));
const group = text(120, value => {
  if (/^system:/i.test(value)) {
    return {
      code: 'reserved',
      message: 'is a group of Kubernetes itself',
      help: 'Name a group of your identity provider.',
    };
  }
  return matching(
    GROUP,
    'is not the name of a group',
    'Letters, digits, spaces and . _ : @ / -, as in the token.',
  )(value);
});
const repository = text(300, value => {
  const url = httpsAddress(value);
  const path = url?.pathname.replace(/^\/|\/$/g, '').split('/') ?? [];
  if (url && !url.search && !url.hash && path.length >= 2 && path.every(part => SLUG.test(part))) return null;
  const help = 'Such as https://github.com/acme/platform, without user, password, query or fragment.';
  return { code: 'bad-url', message: 'is not the https address of a repository', help };
});
const alertReceiver = text(300, value => {
  if (EMAIL.test(value) || httpsAddress(value)) return null;
  const help = 'Such as oncall@example.com or https://hooks.example.com/alerts.';
  return { code: 'bad-url', message: 'is neither an e-mail address nor an https address', help };
});
const cidr = text(18, value => {
  const range = readCidr(value);
  return 'code' in range ? range : null;
});

export const projectShape = z.strictObject(
  {
    name,
    organisation: z.optional(organisation),
    domain: z.optional(domain),
    repository: z.optional(repository),
    regions: z.optional(list(region, 20)),
    teams: z.optional(list(team, 100)),
    'oidc-groups': z.optional(
      z.strictObject({ platform: z.optional(group), developers: z.optional(group) }, { error: 'a map' }),
    ),
    deciders: z.optional(list(text(100), 30)),
    'alert-receiver': z.optional(alertReceiver),
    network: z.optional(
      z.strictObject(
        { vpc: z.optional(cidr), pods: z.optional(cidr), services: z.optional(cidr) },
        { error: 'a map' },
      ),
    ),
  },
  { error: 'a map with at least a name' },
);

interface NetworkProblem extends Refusal {
  readonly path: readonly string[];
}

/** Ranges that overlap: each would take the other's traffic. */
export function networkProblems(
  network: Readonly<Record<string, string | undefined>>,
): readonly NetworkProblem[] {
  const ranges = ['vpc', 'pods', 'services'].flatMap(key => {
    const range = readCidr(network[key] ?? '');
    return 'code' in range ? [] : [{ key, range }];
  });
  return ranges.flatMap(({ key, range }, index) =>
    ranges.slice(0, index).flatMap((other): NetworkProblem[] => {
      if (!overlaps(range, other.range)) return [];
      const message = `"${key}" ${range.text} (${span(range)}) overlaps "${other.key}" ${other.range.text} (${span(other.range)})`;
      const help = 'Addresses in both would be routed to one of them only.';
      return [{ path: ['network', key], code: 'overlap', message, help }];
    }),
  );
}

function reservedNamespace(value: string): Refusal | null {
  if (value !== 'default' && !value.startsWith('kube-')) return null;
  return {
    code: 'reserved',
    message: 'is a namespace of Kubernetes itself',
    help: 'Each team gets a namespace of its name.',
  };
}

/** Only plain characters: what a shell, a template or a table could read as its own is refused. */
function httpsAddress(value: string): URL | null {
  if (!/^https:\/\/[A-Za-z0-9._~:/?#@%+=&,-]+$/.test(value) || !URL.canParse(value)) return null;
  const url = new URL(value);
  return url.username === '' && url.password === '' && HOST.test(url.hostname) ? url : null;
}
