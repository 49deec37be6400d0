/** A record on disk, line by line: where its front matter, its header list and its status section are. Line ends are kept. */

export interface RecordLines {
  readonly lines: readonly string[];
  /** Index of the closing fence of the front matter; 0 without one. */
  readonly fence: number;
  /** Whether the front matter is in the form that we write. */
  readonly isOurs: boolean;
  /** Indices of the items `* Status: …`, `* Date: …` and `* Deciders: …` between the title and the first section. */
  readonly head: readonly number[];
  /** Nygard's section `## Status`: its heading, its first line of text, and what comes after its last line. */
  readonly section: { readonly heading: number; readonly first: number; readonly end: number } | null;
  /** `\r` where the file has Windows line ends. */
  readonly carriage: string;
}

export function recordLines(text: string): RecordLines {
  const lines = text.split('\n');
  const closing = lines.findIndex((line, index) => index > 0 && /^---\s*$/.test(line));
  const fence = /^\uFEFF?---\s*$/.test(lines[0] ?? '') && closing > 0 ? closing : 0;
  const firstSection = lines.findIndex((line, index) => index > fence && line.startsWith('## '));
  const head = lines.flatMap((line, index) =>
    index > fence && (firstSection < 0 || index < firstSection) && headKey(line) !== null ? [index] : [],
  );
  return {
    lines,
    fence,
    isOurs: fence > 0 && (lines[fence - 1] ?? '').startsWith('### '),
    head,
    section: statusSection(lines),
    carriage: (lines[0] ?? '').endsWith('\r') ? '\r' : '',
  };
}

export function headKey(line: string): 'status' | 'date' | 'deciders' | null {
  switch (/^[*+-] (status|date|deciders):/i.exec(line)?.[1]?.toLowerCase()) {
    case 'status':
      return 'status';
    case 'date':
      return 'date';
    case 'deciders':
      return 'deciders';
    default:
      return null;
  }
}

function statusSection(lines: readonly string[]): RecordLines['section'] {
  const heading = lines.findIndex(line => /^## Status\s*$/.test(line));
  if (heading < 0) return null;
  const next = lines.findIndex((line, index) => index > heading && line.startsWith('## '));
  const end = next < 0 ? lines.length : next;
  const first = lines.findIndex((line, index) => index > heading && index < end && line.trim() !== '');
  return first < 0 ? null : { heading, first, end };
}
