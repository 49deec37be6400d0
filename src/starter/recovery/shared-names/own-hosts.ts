/** scripts/share-names.sh: on hosts of one's own a script asks the sites and writes the record of the names that they share. */
import type { Contribution } from '../../contribution.ts';
import { commented, headline } from '../../headline.ts';
import type { ModuleInput } from '../../module.ts';
import { pickOf } from '../../picks.ts';
import { script } from '../../repository/common-files.ts';
import { setsOf } from '../places.ts';

export interface SharedByScript {
  readonly contribution: Contribution;
  /** A step of the README. */
  readonly step: string;
}

export const SHARE_NAMES = 'scripts/share-names.sh';

/** Null where nothing here may change records. */
export function sharedByScript(input: ModuleInput): SharedByScript | null {
  const { stack, foundation } = input;
  if (pickOf(stack, 'dns-and-certificates') === 'corporate-pki' || foundation.dnsProvider.name !== 'rfc2136')
    return null;
  const comment = commented(headline(input, 'recovery'));
  return {
    contribution: {
      files: new Map([[SHARE_NAMES, script(comment, text(input))]]),
      checks: [
        {
          decision: 'recovery',
          says: 'What shares requests out asks every site before it names it.',
          command: `grep -q 'readyz' ${SHARE_NAMES}`,
          path: SHARE_NAMES,
        },
      ],
    },
    step: `Let a timer run \`${SHARE_NAMES}\` every minute on a host that stands in none of the sites, or have the balancers of the house do what it does (docs/runbooks/lost-region.md).`,
  };
}

function text({ clusters }: ModuleInput): string {
  const lines = setsOf(clusters)
    .map(set => `share ${set[0].domain} ${set.map(({ name }) => name).join(' ')} || failed=1`)
    .join('\n');
  return String.raw`# Asks each site at its own name, and points the names that all of them serve at those that answer. No site answers: the record stays.
#   NAME_SERVER=ns1.example.com KEY_FILE=/etc/share-names.key [TAKEN_OUT="NAME ${'…'}"] scripts/share-names.sh
# Needs dig and nsupdate. Run by a timer every minute, on a host in none of the sites; on two hosts is better, they write the same.
set -euo pipefail
: "${'${NAME_SERVER:?name server that takes updates}'}" "${'${KEY_FILE:?key that may change the record}'}"

share() {
  local domain="$1" cluster address addresses=()
  shift
  for cluster in "$@"; do
    case " ${'${TAKEN_OUT:-}'} " in *" $cluster "*) echo "$cluster is taken out"; continue ;; esac
    address="$(dig +short "$cluster.$domain" A "@$NAME_SERVER" | tail -n 1)"
    if [ -n "$address" ] && curl --silent --fail --max-time 5 --output /dev/null \
      --resolve "$cluster.$domain:443:$address" "https://$cluster.$domain/readyz"
    then addresses+=("$address")
    else echo "$cluster does not answer" >&2
    fi
  done
  if [ "${'${#addresses[@]}'}" -eq 0 ]; then
    echo "no site of $domain answers: its record stays as it is" >&2
    return 1
  fi
  {
    echo "server $NAME_SERVER"
    echo "update delete *.$domain. A"
    for address in "${'${addresses[@]}'}"; do echo "update add *.$domain. 30 A $address"; done
    echo send
  } | nsupdate -k "$KEY_FILE"
}

failed=0
${lines}
exit "$failed"
`;
}
