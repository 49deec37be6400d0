/** Takes the pictures in docs/screens from real frames: runs the program in a terminal and draws what its cells show. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openTerminal, type Terminal } from '../test/terminal/terminal.ts';
import { screenSvg } from './screen-svg.ts';

const ROOT = resolve(import.meta.dirname, '..');
const SCREENS = join(ROOT, 'docs/screens');

const scratch = mkdtempSync(join(tmpdir(), 'chartroom-screens-'));
copyFileSync(join(ROOT, 'examples/platform-aws.yaml'), join(scratch, 'answers.yaml'));
mkdirSync(SCREENS, { recursive: true });
const terminal = openTerminal({
  file: process.execPath,
  args: [join(ROOT, 'bin/chartroom.js'), '--as-of', '2026-11-20'],
  cwd: scratch,
  columns: 100,
  rows: 30,
  env: { CHARTROOM_CONFIG_DIR: join(scratch, 'config') },
});
try {
  await takeAll(terminal);
} finally {
  terminal.kill('SIGKILL');
  rmSync(scratch, { recursive: true, force: true });
}

async function takeAll({ until, press, type }: Terminal): Promise<void> {
  await until('Open an answers file');
  type('G\r');
  await until('Path of the answers file');
  type('answers.yaml\r');
  await until('▸ Decisions');
  await take('review', 'The review: every decision with its pick and how sure it is');

  await moveTo(/❯.*Service mesh/);
  await press('enter');
  await until('What would change it');
  await take('decision', 'One decision explained: the pick, its reasons, what would change it');

  await press('escape');
  await until('▸ Decisions');
  type('g');
  await until('Between services');
  await moveTo(/❯.*Between services/);
  await press('enter');
  await until(/Question \d+ of \d+/);
  await press('down');
  await until('With this answer');
  await until('● ');
  await take(
    'question',
    'A question on the left, the stack so far on the right, and what the answer would move below',
  );

  type('rw');
  await until('What to write?');
  type('\r\r');
  await until(/\d+ files in/);
  type('\r');
  await until(/\d+ files are in/);
  await take('written', 'What was written, and the commands to go on with');
}

async function moveTo(row: RegExp): Promise<void> {
  for (let step = 0; step < 60 && !row.test(terminal.text()); step += 1) {
    const before = terminal.text();
    await terminal.press('down');
    await terminal.until(text => text !== before);
  }
}

/** Once the frame has stood still: what is settled is shown some time after an answer. */
async function take(name: string, title: string): Promise<void> {
  for (let before = ''; before !== terminal.text(); ) {
    before = terminal.text();
    await new Promise(done => setTimeout(done, 600));
  }
  const rows = terminal.cells().slice(0, -1);
  writeFileSync(join(SCREENS, `${name}.svg`), screenSvg(rows, `Chartroom in a terminal. ${title}.`));
}
