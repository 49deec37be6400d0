#!/usr/bin/env bash
# Follows ADR-0013 (docs/adr/0013-outbound-traffic-through-a-central-firewall.md).
# Run it on a machine in the network of the nodes, or in a pod: what it finds is true for the place that it runs in.
#   scripts/check-way-out.sh
# Asks each destination of destinations.txt once and changes nothing. A proxy is taken from HTTPS_PROXY.
set -euo pipefail
cd "$(dirname "$0")/.."

failed=0
while read -r host port _; do
  case "$host" in
    ''|'#'*) continue ;;
    *'*'*) echo "unknown $host:$port stands for many names: ask one that you use"; continue ;;
  esac
  code=0
  if [ "$port" = 443 ]; then
    # Any answer will do, a refusal too: it came from the other side.
    curl --silent --output /dev/null --connect-timeout 5 --max-time 15 "https://$host/" || code=$?
  else
    timeout 5 bash -c ": </dev/tcp/$host/$port" 2>/dev/null || code=28
  fi
  case "$code" in
    0|52) echo "ok      $host:$port" ;;
    6) echo "FAILS   $host:$port has no address here" >&2; failed=1 ;;
    60) echo "FAILS   $host:$port shows a certificate that is not trusted here: somebody on the way opens TLS" >&2; failed=1 ;;
    *) echo "FAILS   $host:$port is not reached (curl says $code)" >&2; failed=1 ;;
  esac
done <destinations.txt
exit "$failed"
