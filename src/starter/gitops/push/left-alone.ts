/** Ratify writes an authority of its own into what Gatekeeper asks it by, and Git holds what that begins with: scripts leave the field alone. */
import type { ModuleInput } from '../../module.ts';
import { asksRatify } from '../../policy-engine/gatekeeper/place.ts';

/** Parts of a script; empty where nothing is filled in. */
export interface LeftAlone {
  readonly lines: string;
  /** Afterwards FILE has the field no longer, where the object is there already. */
  readonly call: string;
}

/** `missing`: what is done with an object that is not there. */
export function leftAlone(input: ModuleInput, missing: string, call: string): LeftAlone {
  if (!asksRatify(input)) return { lines: '', call: '' };
  return {
    lines: `
# Ratify writes its authority into what Gatekeeper asks it by. Git holds what that begins with, which counts once.
begun() {
  yq '${ASKED}' "$1" >"$work/begun.yaml"
  grep -q '^kind:' "$work/begun.yaml" || return 0
  kubectl get -f "$work/begun.yaml" >/dev/null 2>&1 || ${missing}
  yq -i 'del(${ASKED}.spec.caBundle)' "$1"
}
`,
    call,
  };
}

const ASKED = 'select(.apiVersion == "externaldata.gatekeeper.sh/v1beta1")';
