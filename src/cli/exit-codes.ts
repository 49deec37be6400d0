/** Exit codes, a promise to scripts. */
export const EXIT = {
  done: 0,
  ourFault: 1,
  badInput: 2,
  conflict: 3,
  differs: 4,
  unanswered: 5,
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
