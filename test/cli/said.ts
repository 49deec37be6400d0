import { listen } from '../../src/cli/output.ts';

/** Runs a command in this process, since one of its own costs more than the command; gives its exit code and what it said. */
export async function said(command: () => Promise<number>): Promise<[number, string]> {
  const texts: string[] = [];
  listen(text => void texts.push(text));
  try {
    return [await command(), texts.join('')];
  } finally {
    listen(null);
  }
}
