/** Escapes text for GitHub Actions workflows, whose values are searched for `${{ … }}` after the YAML was read. */

/** Text as a workflow value (to be written with `writeYaml`): GitHub evaluates it to the text itself. */
export function workflowText(text: string): string {
  return text.replaceAll('${{', "${{ '${{' }}");
}

/** Text as a string within an expression: `'it''s'`. */
export function workflowString(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
