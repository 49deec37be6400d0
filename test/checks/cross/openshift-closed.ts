/** OpenShift in a network of a cloud that nothing leaves: machines find releases within, and no operator asks what has no address there. */
import type { FileTree } from '../../../src/files/tree.ts';
import type { Finding } from '../finding.ts';
import { parseOnce } from '../parse-once.ts';
import { documentsOf } from '../yaml-files.ts';
import { HANDED_OVER } from './closed-network.ts';
import type { CrossCheck } from './cross-check.ts';
import { at, list } from './fields.ts';

const INSTALL_CONFIG = 'infra/openshift/install-config.yaml';
const IMAGE_SET = 'image-set.yaml';
const PREPARE = 'scripts/prepare-install.sh';
const NAMES = 'infra/machines/names.tf';
const NETWORK = 'infra/machines/network.tf';
const FIREWALL = 'infra/machines/firewall.tf';
const ENDPOINTS = 'infra/machines/endpoints.tf';

export const openShiftClosed: CrossCheck = {
  code: 'openshift-closed',
  says: 'OpenShift in a closed network of a cloud is installed and upgraded from a registry within, and its operators ask nobody outside.',
  check: tree =>
    tree.has(HANDED_OVER) && tree.has(INSTALL_CONFIG)
      ? [...releases(tree), ...signIn(tree), ...(isOnGoogle(tree) ? ofGoogle(tree) : ofAws(tree))]
      : [],
};

const isOnGoogle = (tree: FileTree) =>
  at(parseOnce(tree.get(INSTALL_CONFIG) ?? ''), 'platform', 'gcp') !== undefined;

const ofAws = (tree: FileTree) => [...names(tree), ...endpoints(tree), ...marks(tree)];

/** What is installed is carried in, lies where machines look for it, and no channel is followed. */
function releases(tree: FileTree): readonly Finding[] {
  const told: unknown = parseOnce(tree.get(INSTALL_CONFIG) ?? '');
  const lies = (source: string, path: string) =>
    list(at(told, 'imageDigestSources')).some(
      each => each.source === source && JSON.stringify(each).includes(`"\${release_registry}/${path}"`),
    );
  const [channel] = list(at(parseOnce(tree.get(IMAGE_SET) ?? ''), 'mirror', 'platform', 'channels'));
  const carried = String(at(channel, 'minVersion'));
  const values = [...tree].filter(([file]) => /^infra\/machines\/envs\/.+\.tfvars\.example$/.test(file));
  return [
    ...(lies('quay.io/openshift-release-dev/ocp-release', 'openshift/release-images') &&
    lies('quay.io/openshift-release-dev/ocp-v4.0-art-dev', 'openshift/release')
      ? []
      : [finding(INSTALL_CONFIG, 'looks for releases where oc-mirror puts none')]),
    ...values.flatMap(([file, text]) => [
      ...(text.includes(`openshift_version = "${carried}"`)
        ? []
        : [finding(file, `is of another release than ${carried}, which is what is carried in`)]),
      ...(/^release_registry += "[^"]+\/[^"]+"$/m.test(text)
        ? []
        : [finding(file, 'names no registry of releases')]),
    ]),
    ...(/oc adm upgrade channel/.test(tree.get('scripts/bootstrap.sh') ?? '')
      ? [finding('scripts/bootstrap.sh', 'follows a channel that nothing here can ask')]
      : []),
    ...(tree.has('platform/openshift/catalogs.yaml')
      ? []
      : [finding('platform/openshift', 'leaves catalogs on that nothing here reaches')]),
  ];
}

/** The sign-in of the subscription opens registries that are not reached, and says who calls home. */
function signIn(tree: FileTree): readonly Finding[] {
  return /printf "pullSecret: .*<"\$sign_in"/.test(tree.get(PREPARE) ?? '')
    ? []
    : [finding(PREPARE, 'gives machines the pull secret of the subscription')];
}

/** Zones are found by a service without an address within, so the operator of the router is told of none. */
function names(tree: FileTree): readonly Finding[] {
  const script = tree.get(PREPARE) ?? '';
  const [, manifest = ''] = /cat >"\$zones" <<END\n(.*?)\nEND\n/s.exec(script) ?? [];
  const [dns] = documentsOf(manifest);
  return [
    ...(at(parseOnce(tree.get(INSTALL_CONFIG) ?? ''), 'platform', 'aws', 'hostedZone') === '${hosted_zone}'
      ? []
      : [finding(INSTALL_CONFIG, 'has a zone made that nothing else here knows')]),
    ...(at(dns, 'kind') === 'DNS' && Object.keys(Object(at(dns, 'spec'))).join() === 'baseDomain'
      ? []
      : [finding(PREPARE, 'leaves the operator of the router a zone, which it asks for outside')]),
    ...(/name += "\*\.apps\.\$\{var\.cluster_name\}\.\$\{var\.dns_zone\}"/.test(tree.get(NAMES) ?? '')
      ? []
      : [finding(NAMES, 'nobody makes the name of the router')]),
  ];
}

/** As Red Hat lists them, and what operators take their roles at. */
function endpoints(tree: FileTree): readonly Finding[] {
  const [, made = ''] =
    /endpoint_services = (?:setsubtract\()?\[([^\]]*)\]/.exec(tree.get(ENDPOINTS) ?? '') ?? [];
  return ['ec2', 'elasticloadbalancing', 's3', 'sts']
    .filter(service => !made.includes(`"${service}"`))
    .map(service => finding(ENDPOINTS, `OpenShift asks ${service}, which has no endpoint`));
}

/** A second apply comes while the installer waits: it must not take its marks off subnets and zone. */
function marks(tree: FileTree): readonly Finding[] {
  const file = 'infra/machines/providers.tf';
  return /ignore_tags \{\s+key_prefixes = \["kubernetes\.io\/cluster\/"\]/.test(tree.get(file) ?? '')
    ? []
    : [finding(file, 'takes away the marks by which the installer knows its subnets')];
}

/** Operators ask services of Google at addresses that lead nowhere else, and a public zone is asked for by nobody. */
function ofGoogle(tree: FileTree): readonly Finding[] {
  const network = tree.get(NETWORK) ?? '';
  const isOwn = network.includes('resource "google_compute_network" "main"');
  const leads =
    /google_addresses = \["199\.36\.153\.4",/.test(network) && /zone = "googleapis\.com\."/.test(network);
  const rules = [...(tree.get(FIREWALL) ?? '').matchAll(/^resource "google_compute_firewall" .*?^}$/gms)];
  const ruled = (direction: RegExp, ...says: readonly RegExp[]) =>
    rules.some(([rule]) => [direction, ...says].every(each => each.test(rule)));
  const EGRESS = /direction += "EGRESS"/;
  return [
    ...(at(parseOnce(tree.get(INSTALL_CONFIG) ?? ''), 'publish') === 'Internal'
      ? []
      : [finding(INSTALL_CONFIG, 'asks for a public zone, which a closed network has not')]),
    ...(isOwn && !leads ? [finding(NETWORK, 'leads operators to Google by addresses outside')] : []),
    ...(ruled(EGRESS, /allow \{/, /199\.36\.153\.4\/30/, /"10\.0\.0\.0\/8"/)
      ? []
      : [finding(FIREWALL, 'lets machines reach neither Google nor the registry of releases')]),
    ...(ruled(EGRESS, /deny \{/, /destination_ranges += \["0\.0\.0\.0\/0"\]/)
      ? []
      : [finding(FIREWALL, 'lets machines out when somebody adds a route')]),
  ];
}

function finding(place: string, message: string): Finding {
  return { code: 'openshift-closed', place, message };
}
