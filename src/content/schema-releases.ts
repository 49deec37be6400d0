/** The shape of `recommendations/releases.yaml`. */
import * as z from 'zod/mini';
import { condition, day, id, items, looseVersion, minor, text, url, version } from './schema-parts.ts';

export const releasesFile = z.strictObject({
  kubernetes: z._default(items, []),
  components: z._default(items, []),
  images: z._default(items, []),
  providers: z._default(items, []),
  actions: z._default(items, []),
  tools: z._default(items, []),
});
const until = z.optional(z.nullable(day));
const read = { read: day, source: url };
export const kubernetesShape = z.strictObject({
  minor,
  'supported-until': z.strictObject(
    { upstream: until, eks: until, aks: until, gke: until, openshift: until },
    { error: 'a map of days' },
  ),
  ...read,
});
const registry = z.string({ error: 'an oci:// or https:// address' }).check(
  z.refine(value => /^(https|oci):\/\/[^\s<>"'`{}|\\^]+$/.test(value), {
    error: 'an oci:// or https:// address',
    params: { code: 'bad-url' },
  }),
);
export const componentShape = z.strictObject({
  id,
  title: text,
  version: looseVersion,
  chart: z.optional(
    z.nullable(
      z.strictObject({ name: text, version: looseVersion, repository: registry }, { error: 'a map' }),
    ),
  ),
  image: z.optional(z.nullable(text)),
  kubernetes: z.optional(
    z.nullable(z.strictObject({ from: minor, to: minor }, { error: 'a map with from and to' })),
  ),
  'gateway-api': z.optional(z.nullable(looseVersion)),
  'end-of-life': z.optional(z.nullable(day)),
  'known-bad': z._default(
    z.array(z.strictObject({ versions: text, 'only-when': text, issue: text, until: day }), {
      error: 'a list',
    }),
    [],
  ),
  'used-when': z._default(condition, {}),
  ...read,
});
export const imagesShape = z.strictObject({
  of: id,
  references: z.array(
    z.string({ error: 'an image with registry and tag' }).check(
      z.refine(value => /^[a-z0-9.-]+\.[a-z]+(\/[a-z0-9._-]+)+:[\w.-]+(@sha256:[0-9a-f]{64})?$/.test(value), {
        error: 'an image with registry and tag',
      }),
    ),
    { error: 'a list of images' },
  ),
  read: day,
});
export const providerShape = z.strictObject({ id, source: text, version, read: day });
export const actionShape = z.strictObject({
  id,
  uses: text,
  tag: text,
  commit: z.optional(
    z.nullable(
      z
        .string({ error: 'a commit' })
        .check(z.refine(value => /^[0-9a-f]{40}$/.test(value), { error: 'a commit of 40 digits' })),
    ),
  ),
  read: day,
});
export const toolShape = z.strictObject({ id, version: looseVersion, read: day });
