/** Names of people as records hold them, back as plain text. */

/** What `markdownText` made of a text, as the text again. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/\\([\\`*[\]<>&|~${}_!#+=:.@-])/g, '$1')
    .replace(/&#x([0-9A-F]{4,6});/g, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)));
}

/** Names parted by commas. */
export function parsedNames(list: string): readonly string[] {
  return list
    .split(',')
    .map(name => plainText(name.trim()))
    .filter(name => name !== '');
}
