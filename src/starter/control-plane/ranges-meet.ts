/** Shell of scripts/preflight.sh: whether two ranges of addresses meet. */

/** Indented by two; `meets A B`. */
export const RANGES_MEET = `  # Networks that are connected later must not share addresses; two ranges meet where the shorter prefix holds both.
  bits() { awk -F'[./]' '{ printf "%.0f %d\\n", (($1 * 256 + $2) * 256 + $3) * 256 + $4, $5 }' <<<"$1"; }
  meets() {
    read -r a p <<<"$(bits "$1")"
    read -r b q <<<"$(bits "$2")"
    awk "BEGIN { n = $p < $q ? $p : $q; size = 2 ^ (32 - n); exit int($a / size) != int($b / size) }"
  }`;
