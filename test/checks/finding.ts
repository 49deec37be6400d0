/** What a check of an emitted tree says is wrong. */
export interface Finding {
  readonly code: string;
  /** Where: a path of the tree, or an object as `Kind namespace/name`. */
  readonly place: string;
  readonly message: string;
}

export function formatFinding({ code, place, message }: Finding): string {
  return `${place}: ${code}: ${message}`;
}
