/** scripts/trust-in-vault.sh: Vault believes the tokens of one cluster, and says what each may read. */
import type { FileTree } from '../../../files/tree.ts';
import { commented, headline } from '../../headline.ts';
import type { ModuleInput } from '../../module.ts';
import { script } from '../../repository/common-files.ts';
import { VAULT_AUDIENCE, VAULT_ENGINE } from './server.ts';

export const TRUST_SCRIPT = 'scripts/trust-in-vault.sh';

export const trustStep = ({ clusters: [first] }: ModuleInput): string =>
  `Let Vault trust the tokens of each cluster: \`${TRUST_SCRIPT} ${first.name}\` (docs/runbooks/secrets.md); nothing of Vault itself is made here.`;

/** Who signs in, and what that allows. */
export interface VaultRole {
  readonly name: string;
  /** Of whom tokens are, where one account alone signs in. */
  readonly subject?: string;
  /** What the token of Vault may be renewed for at most, where leases hang on it. */
  readonly longest?: string;
  /** What it may, by path with the shell's `$name` of the cluster, `$namespace` and `$account` of whoever signed in. */
  readonly may: readonly { readonly path: string; readonly also?: 'list' }[];
}

export function trustScript(input: ModuleInput, role: VaultRole): FileTree {
  const comment = commented(headline(input, 'secrets'));
  return new Map([[TRUST_SCRIPT, script(comment, body(input, role))]]);
}

function body({ clusters }: ModuleInput, { name, subject, longest, may }: VaultRole): string {
  const names = clusters.map(each => each.name).join('|');
  const bound = subject === undefined ? '' : `, bound_subject: "${subject}"`;
  const renewed = longest === undefined ? '' : `, token_max_ttl: "${longest}"`;
  const byAccount = may.some(({ path }) => path.includes('$account'));
  return `# Lets Vault or OpenBao believe the tokens of one cluster, and says what their accounts may read. Once for each cluster, by somebody
# who may change sign-ins and policies of Vault, and again when the cluster signs tokens with a new key.
#   ${TRUST_SCRIPT} <cluster>
# VAULT_ADDR, and a token of Vault where its program finds it. VAULT_PROGRAM=bao for OpenBao. kubectl points at the cluster.
set -euo pipefail
cd "$(dirname "$0")/.."

cluster="\${1:-}"
case "$cluster" in
  ${names}) ;;
  *) echo "usage: ${TRUST_SCRIPT} ${names}" >&2; exit 2 ;;
esac
: "\${VAULT_ADDR:?where Vault answers}"
vault="\${VAULT_PROGRAM:-vault}"
for tool in kubectl jq openssl "$vault"; do
  command -v "$tool" >/dev/null || { echo "$tool is missing" >&2; exit 2; }
done
name="$(sed -nE 's/^  CLUSTER_NAME: "?([^"]*)"?$/\\1/p' "clusters/$cluster/variables/cluster-vars.yaml")"
context="$(kubectl config view --minify -o jsonpath='{.contexts[0].name} {.contexts[0].context.cluster}')"
case "$context" in
  *"$name"*) ;;
  *) echo "kubectl points at $context and not at $name" >&2; exit 2 ;;
esac
path="jwt-$name"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# hex NUMBER, as keys have it in JSON
hex() {
  local text="\${1//-/+}"
  text="\${text//_//}"
  while [ $((\${#text} % 4)) -ne 0 ]; do text="$text="; done
  printf '%s' "$text" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \\n'
}
# part KEY NAME
part() { hex "$(jq -r ".$2" <<<"$1")"; }
# pem KEY, as JSON
pem() {
  local kind curve key="$1"
  kind="$(jq -r .kty <<<"$key")"
  case "$kind" in
    RSA)
      printf '%s\\n' 'asn1=SEQUENCE:key' '[key]' 'a=SEQUENCE:kind' 'b=BITWRAP,SEQUENCE:numbers' '[kind]' 'a=OID:rsaEncryption' 'b=NULL' \\
        '[numbers]' "a=INTEGER:0x$(part "$key" n)" "b=INTEGER:0x$(part "$key" e)" ;;
    EC)
      case "$(jq -r .crv <<<"$key")" in P-256) curve=prime256v1 ;; P-384) curve=secp384r1 ;; *) curve=secp521r1 ;; esac
      printf '%s\\n' 'asn1=SEQUENCE:key' '[key]' 'a=SEQUENCE:kind' "b=FORMAT:HEX,BITSTRING:04$(part "$key" x)$(part "$key" y)" '[kind]' \\
        'a=OID:id-ecPublicKey' "b=OID:$curve" ;;
    *) echo "$name signs with a key of the kind $kind, which this script does not know" >&2; return 1 ;;
  esac >"$work/key"
  openssl asn1parse -noout -genconf "$work/key" -out "$work/key.der"
  openssl pkey -pubin -inform DER -in "$work/key.der"
}

"$vault" secrets list -format=json | jq -e 'has("${VAULT_ENGINE}/")' >/dev/null || "$vault" secrets enable -path=${VAULT_ENGINE} -version=2 kv
"$vault" auth list -format=json | jq -e --arg path "$path/" 'has($path)' >/dev/null || "$vault" auth enable -path="$path" jwt

issuer="$(kubectl get --raw /.well-known/openid-configuration | jq -er .issuer)"
if "$vault" write "auth/$path/config" oidc_discovery_url="$issuer" bound_issuer="$issuer" >/dev/null 2>&1; then
  echo "Vault reads the keys of $name from $issuer by itself."
else
  kubectl get --raw /openid/v1/jwks | jq -c '.keys[]' >"$work/keys"
  while read -r each; do
    pem "$each" >"$work/pem"
    jq -Rs . "$work/pem"
  done <"$work/keys" | jq -s --arg issuer "$issuer" '{bound_issuer: $issuer, jwt_validation_pubkeys: .}' |
    "$vault" write "auth/$path/config" - >/dev/null
  echo "Vault does not reach $issuer and got the keys of $name as they are now. Run this again when they change."
fi

${byAccount ? WHOEVER_SIGNED_IN : ''}"$vault" policy write "$name-${name}" - >/dev/null <<POLICY
${may.map(({ path, also }) => `path "${path}" { capabilities = ["read"${also === undefined ? '' : `, "${also}"`}] }`).join('\n')}
POLICY
jq -n --arg policy "$name-${name}" '{role_type: "jwt", user_claim: "sub", bound_audiences: ["${VAULT_AUDIENCE}"]${bound},
${byAccount ? MAPPED : ''}  token_policies: [$policy], token_ttl: "15m"${renewed}}' |
  "$vault" write "auth/$path/role/${name}" - >/dev/null
echo "Vault believes $name."
`;
}

const MAPPED = `  claim_mappings: {"/kubernetes.io/namespace": "namespace", "/kubernetes.io/serviceaccount/name": "account"},
`;

const WHOEVER_SIGNED_IN = `accessor="$("$vault" auth list -format=json | jq -er --arg path "$path/" '.[$path].accessor')"
namespace="{{identity.entity.aliases.$accessor.metadata.namespace}}"
account="{{identity.entity.aliases.$accessor.metadata.account}}"
`;
