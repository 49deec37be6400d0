/** What stays on the terminal after the wizard has closed: what was written, what comes next, how to go on. */
import type { State } from '../questionnaire/state.ts';
import { filesInWords, writtenInWords } from './views/write.ts';

export function farewell(state: State): readonly string[] {
  const { screen } = state;
  if (screen.at === 'done') {
    const { report } = screen;
    return [
      writtenInWords(report),
      ...listing(report.files).map(text => `  ${text}`),
      ...report.notes,
      'Next:',
      ...report.nextCommands.map(command => `  ${command}`),
      `The same again, without questions: chartroom decide ${report.answersFile}`,
    ];
  }
  if (state.run === 0) return [];
  const count = Object.keys(state.answers).length;
  return [
    `${count} ${count === 1 ? 'answer is' : 'answers are'} saved.`,
    'To go on where you left: chartroom (it offers this run)',
  ];
}

const MOST_PATHS = 24;
/** Every path, or where there are many each folder with how many files are in it. */
function listing(paths: readonly string[]): readonly string[] {
  if (paths.length <= MOST_PATHS) return paths;
  const counts = new Map<string, number>();
  for (const path of paths) {
    const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : './';
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts].map(([folder, count]) => `${folder} (${filesInWords(count)})`);
}
