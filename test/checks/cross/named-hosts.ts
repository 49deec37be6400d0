/** Hosts that files name: in addresses, and in front of images. */
import { oncePerText } from '../once.ts';
import { parseOnce } from '../parse-once.ts';
import { documentsOf } from '../yaml-files.ts';

/** Keys whose values are images, or registries and projects that images are in. */
const IMAGE_KEYS = /^(?:image|imageName|imageRegistry|registry|repository|hub|repoURL|.*Image)$/;

export function hostsInFile(file: string, text: string): readonly string[] {
  return file.endsWith('.conf') ? hostsInText(withoutComments(text)) : hostsInYaml(text);
}

const hostsInYaml = oncePerText((text): readonly string[] => {
  const nested = (value: string): unknown =>
    /^[\w-]+:/m.test(value) && value.includes('\n') ? parsed(value) : null;
  return documentsOf(text).flatMap(document => hostsIn(document, '', nested));
});

function hostsIn(value: unknown, key: string, nested: (text: string) => unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(each => hostsIn(each, key, nested));
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, each]) => hostsIn(each, name, nested));
  if (typeof value !== 'string') return [];
  const below = nested(value);
  const image = IMAGE_KEYS.test(key) ? hostOfImage(value) : [];
  return [
    ...image,
    ...hostsInText(withoutComments(value)),
    ...(below === null ? [] : hostsIn(below, '', () => null)),
  ];
}

/** A name without a host is one of Docker Hub, unless it is no image at all. */
function hostOfImage(value: string): readonly string[] {
  const [first = ''] = value.split('/');
  if (/^[a-z]+:\/\//.test(value) || value.startsWith('$')) return [];
  return first.includes('.') && value.includes('/')
    ? [first.replace(/:\d+$/, '')]
    : first === 'docker.io' || /^[\w-]+\.(?:io|com|dev|aws)$/.test(value)
      ? [value]
      : [];
}

export function hostsInText(text: string): readonly string[] {
  return [...text.matchAll(/\b(?:https?|oci|ssh|git|docker):\/\/([A-Za-z0-9._-]+)/g)].map(
    ([, host = '']) => host,
  );
}

export function withoutComments(text: string): string {
  return text.replace(/^\s*(?:#|\/\/).*$/gm, '');
}

function parsed(text: string): unknown {
  try {
    return parseOnce(text);
  } catch {
    return null;
  }
}

/** Services of the cluster have no more than one dot, or say that they are one; addresses are the network's own. */
export function isInside(host: string, given: readonly string[]): boolean {
  return (
    given.includes(host) ||
    /^[\d.]+$/.test(host) ||
    host === 'localhost' ||
    /^__[A-Z_]+__$/.test(host) ||
    host.endsWith('.svc') ||
    host.endsWith('.svc.cluster.local') ||
    /^[a-z0-9-]+(?:\.(?!io$|com$|dev$|org$|net$|aws$)[a-z0-9-]+)?$/.test(host)
  );
}

/** `*.` stands for one label or more. */
export function covers(pattern: string, host: string): boolean {
  return pattern.startsWith('*.') && host.endsWith(pattern.slice(1));
}
