/** Programs of a machine of AWS: they sign with the role that its metadata service hands out, and need nothing but curl. */
import type { MachinePrograms } from '../machines/first-boot.ts';

export const METADATA = `metadata=http://169.254.169.254/latest
session="$(curl --silent --show-error --fail --max-time 5 --request PUT --header 'X-aws-ec2-metadata-token-ttl-seconds: 300' "$metadata/api/token")"
ask_metadata() { curl --silent --show-error --fail --max-time 5 --header "X-aws-ec2-metadata-token: $session" "$metadata/meta-data/$1"; }`;

/** Defines `ask_aws REGION:SERVICE`, which signs a request of curl. */
export const BY_ROLE = `role="$(ask_metadata iam/security-credentials/ | head -n 1)"
lent="$(ask_metadata "iam/security-credentials/$role")"
of() { sed -nE "s/^ *\\"$1\\" *: *\\"([^\\"]*)\\".*/\\1/p" <<<"$lent"; }
# Keys come from a pipe and not from the command line, where others of this machine could read them.
ask_aws() {
  curl --silent --show-error --aws-sigv4 "aws:amz:$1" \\
    --config <(printf 'user = "%s:%s"\\nheader = "x-amz-security-token: %s"\\n' "$(of AccessKeyId)" "$(of SecretAccessKey)" "$(of Token)") "${'${@:2}'}"
}`;

const HOST_STORE = `#!/usr/bin/env bash
# host-store get OBJECT FILE | put FILE OBJECT | has OBJECT
set -euo pipefail
bucket=https://__STORE__.s3.__REGION__.amazonaws.com
${METADATA}
${BY_ROLE}
ask() { ask_aws __REGION__:s3 --max-time 600 "$@"; }
case "$1" in
  get) ask --fail --output "$3" "$bucket/$2" ;;
  put) ask --fail --upload-file "$2" "$bucket/$3" ;;
  has)
    status="$(ask --head --output /dev/null --write-out '%{http_code}' "$bucket/$2")" || exit 2
    case "$status" in
      200) exit 0 ;;
      404) exit 1 ;;
      *) exit 2 ;;
    esac
    ;;
  *) echo "usage: host-store get OBJECT FILE | put FILE OBJECT | has OBJECT" >&2; exit 2 ;;
esac
`;

const PROVIDER_ID = `#!/usr/bin/env bash
# What AWS calls this machine.
set -euo pipefail
${METADATA}
echo "aws:///$(ask_metadata placement/availability-zone)/$(ask_metadata instance-id)"
`;

export const AWS_PROGRAMS: MachinePrograms = { hostStore: HOST_STORE, providerId: PROVIDER_ID };
