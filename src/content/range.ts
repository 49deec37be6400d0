/** What a condition may say about a number: `<10`, `<=9`, `>=20`, `>9`, `10..20` or a number. */
import type { NumberQuestion } from './catalogue.ts';
import { shown } from './shape.ts';

type Range =
  | { readonly from: number; readonly to: number }
  | { readonly code: string; readonly problem: string; readonly help: string };

const COMPARED = /^(<=|>=|<|>)\s*(\d{1,9})$/;
const BETWEEN = /^(\d{1,9})\s*\.\.\s*(\d{1,9})$/;

/** The written range within the question's own; a range that says nothing, or cannot be, is a problem. */
export function readRange(raw: unknown, question: NumberQuestion): Range {
  const { id, min, max } = question;
  const written = open(raw);
  if (!written) {
    const problem = `"${id}" is a number: write <10, >=10 or 10..20, not ${shown(raw)}`;
    return { code: 'wrong-type', problem, help: '' };
  }
  const { from, to } = written;
  const within = `"${id}", which is always within ${min}..${max}`;
  if (from > to) {
    return {
      code: 'never-true',
      problem: `${shown(raw)} contains no number`,
      help: 'The smaller one comes first.',
    };
  }
  if (from > max || to < min)
    return { code: 'never-true', problem: `${shown(raw)} is outside ${within}`, help: '' };
  if (from <= min && to >= max) {
    return { code: 'always-true', problem: `${shown(raw)} says nothing about ${within}`, help: '' };
  }
  if (Number.isFinite(to) && to > max && from > Number.NEGATIVE_INFINITY) {
    return { code: 'out-of-range', problem: `${shown(raw)} goes beyond ${within}`, help: `Write >=${from}.` };
  }
  return { from: Math.max(from, min), to: Math.min(to, max) };
}

function open(raw: unknown): { readonly from: number; readonly to: number } | null {
  if (typeof raw === 'number') return Number.isSafeInteger(raw) ? { from: raw, to: raw } : null;
  if (typeof raw !== 'string') return null;
  const between = BETWEEN.exec(raw);
  if (between) return { from: Number(between[1]), to: Number(between[2]) };
  const compared = COMPARED.exec(raw);
  if (!compared) return null;
  const limit = Number(compared[2]);
  const none = Number.NEGATIVE_INFINITY;
  const endless = Number.POSITIVE_INFINITY;
  if (compared[1] === '<') return { from: none, to: limit - 1 };
  if (compared[1] === '<=') return { from: none, to: limit };
  return { from: compared[1] === '>' ? limit + 1 : limit, to: endless };
}
