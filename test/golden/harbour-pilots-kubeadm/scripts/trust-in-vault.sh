#!/usr/bin/env bash
# Follows ADR-0023 (docs/adr/0023-secrets-external-secrets-operator.md).
# Lets Vault or OpenBao believe the tokens of one cluster, and says what their accounts may read. Once for each cluster, by somebody
# who may change sign-ins and policies of Vault, and again when the cluster signs tokens with a new key.
#   scripts/trust-in-vault.sh <cluster>
# VAULT_ADDR, and a token of Vault where its program finds it. VAULT_PROGRAM=bao for OpenBao. kubectl points at the cluster.
set -euo pipefail
cd "$(dirname "$0")/.."

cluster="${1:-}"
case "$cluster" in
  staging|production) ;;
  *) echo "usage: scripts/trust-in-vault.sh staging|production" >&2; exit 2 ;;
esac
: "${VAULT_ADDR:?where Vault answers}"
vault="${VAULT_PROGRAM:-vault}"
for tool in kubectl jq openssl "$vault"; do
  command -v "$tool" >/dev/null || { echo "$tool is missing" >&2; exit 2; }
done
name="$(sed -nE 's/^  CLUSTER_NAME: "?([^"]*)"?$/\1/p' "clusters/$cluster/variables/cluster-vars.yaml")"
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
  local text="${1//-/+}"
  text="${text//_//}"
  while [ $((${#text} % 4)) -ne 0 ]; do text="$text="; done
  printf '%s' "$text" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n'
}
# part KEY NAME
part() { hex "$(jq -r ".$2" <<<"$1")"; }
# pem KEY, as JSON
pem() {
  local kind curve key="$1"
  kind="$(jq -r .kty <<<"$key")"
  case "$kind" in
    RSA)
      printf '%s\n' 'asn1=SEQUENCE:key' '[key]' 'a=SEQUENCE:kind' 'b=BITWRAP,SEQUENCE:numbers' '[kind]' 'a=OID:rsaEncryption' 'b=NULL' \
        '[numbers]' "a=INTEGER:0x$(part "$key" n)" "b=INTEGER:0x$(part "$key" e)" ;;
    EC)
      case "$(jq -r .crv <<<"$key")" in P-256) curve=prime256v1 ;; P-384) curve=secp384r1 ;; *) curve=secp521r1 ;; esac
      printf '%s\n' 'asn1=SEQUENCE:key' '[key]' 'a=SEQUENCE:kind' "b=FORMAT:HEX,BITSTRING:04$(part "$key" x)$(part "$key" y)" '[kind]' \
        'a=OID:id-ecPublicKey' "b=OID:$curve" ;;
    *) echo "$name signs with a key of the kind $kind, which this script does not know" >&2; return 1 ;;
  esac >"$work/key"
  openssl asn1parse -noout -genconf "$work/key" -out "$work/key.der"
  openssl pkey -pubin -inform DER -in "$work/key.der"
}

"$vault" secrets list -format=json | jq -e 'has("platform/")' >/dev/null || "$vault" secrets enable -path=platform -version=2 kv
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

"$vault" policy write "$name-external-secrets" - >/dev/null <<POLICY
path "platform/data/$name/*" { capabilities = ["read"] }
path "platform/metadata/$name/*" { capabilities = ["read", "list"] }
POLICY
jq -n --arg policy "$name-external-secrets" '{role_type: "jwt", user_claim: "sub", bound_audiences: ["vault"], bound_subject: "system:serviceaccount:external-secrets:external-secrets",
  token_policies: [$policy], token_ttl: "15m"}' |
  "$vault" write "auth/$path/role/external-secrets" - >/dev/null
echo "Vault believes $name."
