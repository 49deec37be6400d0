/** What stays on the terminal after the wizard has closed: what was written, what comes next, how to go on. */
import type { State } from '../questionnaire/state.ts';

export function farewell(state: State): readonly string[] {
  const { screen } = state;
  if (screen.at === 'done') {
    const { report } = screen;
    return [
      `${report.files.length} files are in ${report.directory}:`,
      ...report.files.map(path => `  ${path}`),
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
