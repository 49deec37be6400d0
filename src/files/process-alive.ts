/** Whether a process of this machine still runs. */
import { systemCode } from './problem.ts';

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return systemCode(error) === 'EPERM';
  }
}
