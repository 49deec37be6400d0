/** Calls `visit` with every text in plain data, and with the key of the map that it stands under; '' in lists. */
export function eachText(value: unknown, visit: (text: string, key: string) => void, key = ''): void {
  if (typeof value === 'string') visit(value, key);
  else if (Array.isArray(value)) for (const item of value) eachText(item, visit);
  else if (typeof value === 'object' && value !== null) {
    // Manifests and values are the bulk of what is generated: `Object.entries` would make a list for each map of it.
    for (const below in value) eachText((value as Readonly<Record<string, unknown>>)[below], visit, below);
  }
}
