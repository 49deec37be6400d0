import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  emptyDirectory,
  openChartroom,
  openSmallWizard,
  runChartroom,
  runSmallPlain,
  treeOf,
} from './programs.ts';

const SIZES = [
  { columns: 60, rows: 20 },
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
  { columns: 200, rows: 60 },
];
const isOnce = (text: string, part: string): boolean => text.split(part).length === 2;
const LIMIT = 300_000;

describe('the wizard in a real terminal', { timeout: LIMIT }, () => {
  it.each(SIZES)('goes from the first question to the written tree at $columns x $rows', async size => {
    const cwd = emptyDirectory();
    const terminal = openSmallWizard({ ...size, cwd });
    await terminal.until('New, from the first question');
    await terminal.press('enter');
    await terminal.until('Project name');
    terminal.type('shop');
    await terminal.until(/Project name +shop/);
    const row = terminal.screen().findIndex(line => line.includes('Project name'));
    // Text and cursor may arrive in several pieces, here and below.
    await terminal.until(() => isDeepStrictEqual(terminal.cursor(), { column: 30, row }));
    await terminal.press('enter', 'enter');
    await terminal.until('Where will it run?');
    await terminal.until(() => terminal.cursor() === null);
    await terminal.press('down', 'enter');
    await terminal.until('How many services');
    terminal.type('40\r');
    await terminal.until('Kubernetes API');
    terminal.type('n');
    await terminal.until('Which regimes');
    terminal.type(' j \r');
    await terminal.until('Windows');
    await terminal.press('escape');
    await terminal.until('[x] HIPAA');
    terminal.type('\r');
    await terminal.until('Windows');
    terminal.type('u');
    await terminal.until('identity');
    terminal.type('jj');
    await terminal.until('❯ 3');
    terminal.type('\r');
    await terminal.until('matters most');
    terminal.type('21\r');
    await terminal.until('▸ Decisions');
    terminal.type('w\r\r');
    await terminal.until('3 files in');
    expect(existsSync(join(cwd, 'shop-platform'))).toBe(false);
    terminal.type('\r');
    await terminal.until('3 files are in');
    terminal.type('\r');
    expect(await terminal.exitCode).toBe(0);
    expect(JSON.parse(readFileSync(join(cwd, 'shop-platform/README.md'), 'utf8'))).toMatchObject({
      project: { name: 'shop' },
      answers: [
        ['cloud', 'azure'],
        ['services', 40],
        ['operators', 'no'],
        ['compliance', ['pci-dss', 'hipaa']],
        ['windows', 'unsure'],
        ['mtls', 'mandated'],
        ['drivers', ['security', 'cost']],
      ],
    });
    await terminal.until('cd ./shop-platform');
    expect(terminal.raw()).not.toContain('\u001b[3J');
  });

  it('leaves with 130 on Ctrl-C, says how to go on, and goes on there after a new start', async () => {
    const cwd = emptyDirectory();
    const size = { columns: 80, rows: 24 };
    const first = openSmallWizard({ ...size, cwd });
    await first.until('New, from the first question');
    first.type('1shop\r\r2');
    await first.until('How many services');
    first.type('24');
    await first.until('> 24');
    await first.press('ctrl+c');
    expect(await first.exitCode).toBe(130);
    await first.until(text => text.includes('1 answer is saved.') && first.cursor() !== null);

    const second = openSmallWizard({ ...size, cwd });
    await second.until('❯ 1 Resume the run of');
    second.type('\r');
    await second.until('> 24');
    second.type('\r');
    await second.until('Kubernetes API');
  });

  it('loses no answer when it is killed', async () => {
    const cwd = emptyDirectory();
    const size = { columns: 80, rows: 24 };
    const first = openSmallWizard({ ...size, cwd });
    await first.until('New, from the first question');
    first.type('1shop\r\r340\r');
    await first.until('Kubernetes API');
    await first.until(() =>
      /"services":40/.test(
        existsSync(join(cwd, 'runs.json')) ? readFileSync(join(cwd, 'runs.json'), 'utf8') : '',
      ),
    );
    first.kill('SIGKILL');
    await first.exitCode;

    const second = openSmallWizard({ ...size, cwd });
    await second.until('(shop), 2 answers');
    second.type('\r');
    await second.until('Kubernetes API');
  });

  it('gives the terminal back when it is told to end', async () => {
    const terminal = openSmallWizard({ columns: 80, rows: 24, cwd: emptyDirectory() });
    await terminal.until('New, from the first question');
    terminal.kill('SIGTERM');
    await terminal.exitCode;
    await terminal.until(() => terminal.cursor() !== null && terminal.raw().includes('\u001b[?1049l'));
  });

  it('redraws without residue when the size changes in the middle of a question', async () => {
    const terminal = openSmallWizard({ columns: 120, rows: 40, cwd: emptyDirectory() });
    await terminal.until('New, from the first question');
    terminal.type('1shop\r\r');
    await terminal.until('Topics');
    terminal.resize({ columns: 60, rows: 20 });
    await terminal.until(text => isOnce(text, 'Where will it run?') && !text.includes('Topics'));
    terminal.resize({ columns: 100, rows: 30 });
    await terminal.until(text => isOnce(text, 'Where will it run?') && text.includes('Stack so far'));
    expect(terminal.raw()).not.toContain('\u001b[3J');
  });

  it('takes what is pasted into a field as one line', async () => {
    const terminal = openSmallWizard({ columns: 80, rows: 24, cwd: emptyDirectory() });
    await terminal.until('New, from the first question');
    await terminal.press('enter');
    await terminal.until('Project name');
    terminal.paste('店舗\nshop');
    await terminal.until(text => text.includes('店舗 shop') && terminal.cursor()?.column === 26 + 9);
  });

  it('has no colours with NO_COLOR and says the same without them', async () => {
    const terminal = openSmallWizard({
      columns: 80,
      rows: 24,
      cwd: emptyDirectory(),
      env: { NO_COLOR: '1' },
    });
    await terminal.until('❯ 1 New, from the first question');
    terminal.type('1shop\r\r');
    await terminal.until('[cannot be changed later]');
    expect(terminal.raw()).not.toMatch(/\u001b\[[\d;]*m/);
  });

  it('writes less than 2 KB for a key press at 100 columns', async () => {
    const terminal = openSmallWizard({ columns: 100, rows: 30, cwd: emptyDirectory() });
    await terminal.until('New, from the first question');
    terminal.type('1shop\r\r');
    const isDrawn = (): boolean => terminal.raw().endsWith('\u001b[?2026l');
    await terminal.until(text => text.includes('❯ 1 ( ) AWS') && isDrawn());
    const before = terminal.raw().length;
    await terminal.press('down');
    await terminal.until(text => text.includes('❯ 2 ( ) Azure') && isDrawn());
    expect(terminal.raw().length - before).toBeLessThan(2048);
  });
});

describe('linear prompts', { timeout: LIMIT }, () => {
  it('go from the first question to the written tree with piped input, without drawing', async () => {
    const cwd = emptyDirectory();
    const lines = ['1', 'shop', '', '?', '1', '40', 'n', '1,2', 'u', '3', '2 1', 'w', '1', '', 'y'];
    const { exitCode, stdout } = await runSmallPlain(cwd, `${lines.join('\n')}\n`);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Every managed service belongs to one provider.');
    expect(stdout).toContain('Now leading for Service mesh: Istio ambient.');
    expect(stdout).toContain('3 files are in');
    expect(stdout).not.toMatch(/[\u001b\u2500-\u259f]/);
    expect(JSON.parse(readFileSync(join(cwd, 'shop-platform/README.md'), 'utf8'))).toMatchObject({
      answers: [
        ['cloud', 'aws'],
        ['services', 40],
        ['operators', 'no'],
        ['compliance', ['pci-dss', 'hipaa']],
        ['windows', 'unsure'],
        ['mtls', 'mandated'],
        ['drivers', ['security', 'cost']],
      ],
    });
  });

  it('ask in quick mode only what can change a decision, and say what is assumed for the rest', async () => {
    const cwd = emptyDirectory();
    const { exitCode, stdout } = await runSmallPlain(cwd, '2\nshop\n\n3\nn\n3\n\nw\n1\n\ny\n');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Quick mode, question 1;');
    expect(stdout).toContain('Every decision is settled: no remaining answer can change one.');
    expect(stdout).toContain('Which regimes apply? none');
    expect(stdout).toContain('3 files are in');
  });

  it('save what there is when the input ends early', async () => {
    const cwd = emptyDirectory();
    const { exitCode, stdout } = await runSmallPlain(cwd, '1\nshop\n\n1\n');
    expect(exitCode).toBe(130);
    expect(stdout).toContain('1 answer is saved.');
    expect(readFileSync(join(cwd, 'runs.json'), 'utf8')).toContain('"cloud":"aws"');
  });
});

describe('chartroom alone', { timeout: LIMIT }, () => {
  it('asks the real questions and writes the same bytes as decide does from the answers it saved', async () => {
    const cwd = emptyDirectory();
    const terminal = openChartroom({ columns: 120, rows: 40, cwd });
    await terminal.until('New, from the first question');
    terminal.type('1shop\r\r');
    await terminal.until('Question 1 of');
    terminal.type('1');
    await terminal.until('Question 2 of');
    for (let asked = 0; asked < 100 && !terminal.text().includes('▸ Decisions'); asked += 1) {
      const before = terminal.text();
      terminal.type('u');
      await terminal.until(text => text !== before);
    }
    terminal.type('w\r\r');
    await terminal.until(/\d+ files in/);
    terminal.type('\r');
    await terminal.until(/\d+ files are in/);
    terminal.type('\r');
    expect(await terminal.exitCode).toBe(0);

    const answers = 'shop-platform/.chartroom/answers.yaml';
    const { exitCode } = await runChartroom(['decide', answers, '--out', 'again'], cwd);
    expect(exitCode).toBe(0);
    expect(treeOf(join(cwd, 'again'))).toEqual(treeOf(join(cwd, 'shop-platform')));
  });

  it('opens an answers file that lacks the cloud and asks for it; one without a project name it refuses', async () => {
    const cwd = emptyDirectory();
    writeFileSync(join(cwd, 'nameless.yaml'), 'chartroom: 1\nanswers: {cloud: aws}\n');
    writeFileSync(
      join(cwd, 'cloudless.yaml'),
      'chartroom: 1\nproject: {name: shop}\nanswers: {services: 40}\n',
    );
    const terminal = openChartroom({ columns: 80, rows: 24, cwd });
    await terminal.until('Open an answers file');
    terminal.type('G\rnameless.yaml\r');
    await terminal.until('nameless.yaml: the project has no name');
    terminal.type('\u0015cloudless.yaml\r');
    await terminal.until('The file has no answer to this one, and it is needed.');
    terminal.type('1');
    await terminal.until('▸ Decisions');
    expect(terminal.text()).toContain('shop');
  });

  it('says without a terminal what to do instead, and exits with 2', async () => {
    const { exitCode, stdout, stderr } = await runChartroom([], emptyDirectory());
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain('standard input is not a terminal');
    expect(stderr).toContain('chartroom --plain');
  });
});
