/** Runs a command in this process, since one of its own costs more than the command; gives its exit code and what it said. */
export async function said(command: () => Promise<number>): Promise<[number, string]> {
  const texts: string[] = [];
  const { stdout, stderr } = process;
  const writes = [stdout.write, stderr.write] as const;
  const take = (text: string | Uint8Array): boolean => texts.push(String(text)) > 0;
  stdout.write = take;
  stderr.write = take;
  try {
    return [await command(), texts.join('')];
  } finally {
    [stdout.write, stderr.write] = writes;
  }
}
