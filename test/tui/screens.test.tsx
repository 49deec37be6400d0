import { describe, expect, it } from 'vitest';
import { ANSWERED, answer, BEGIN } from '../questionnaire/small-run.ts';
import { openWizard } from './wizard.tsx';

describe('the start screen', () => {
  it('offers a new run, the presets and an answers file', async () => {
    const { until } = await openWizard();
    const frame = await until('New, from the first question');
    expect(frame).toContain('New, from a preset: Startup');
    expect(frame).toContain('Open an answers file');
  });

  it('says what a preset is good for while the cursor is on it', async () => {
    const { press, until } = await openWizard();
    await press('j', 'j');
    expect(await until('Few services, one team.')).toContain('Fills in 3 answers; each can be changed.');
  });

  it('begins in quick mode, which ends with what is assumed', async () => {
    const { press, until } = await openWizard();
    await press('2', 'shop', 'enter', 'enter');
    expect(await until('Where will it run?')).toContain('Quick mode, question 1;');
    await press('3', 'n', '3', 'enter');
    const frame = await until('Every decision is settled');
    expect(frame).toContain('- Which regimes apply? none');
    expect(frame).toContain('enter review');
    await press('enter');
    await until('▸ Decisions');
  });

  it('says how quick mode is entered and left', async () => {
    const { press, until } = await openWizard([...BEGIN]);
    await press('m');
    await until('Quick mode: the most decisive question next, until no other can change a decision.');
    await press('m');
    expect(await until('Every question that applies is asked, in order.')).toContain('Question 1 of');
  });

  it('shows what is wrong with a file in its own lines', async () => {
    const { press, until, dispatch } = await openWizard();
    await press('4');
    await until('Path of the answers file');
    await press('a.yaml', 'enter');
    dispatch({
      type: 'opened',
      report: {
        status: 'refused',
        path: 'a.yaml',
        problems: ['a.yaml:3:1: unknown-answer: no such\n  It has aws.'],
      },
    });
    const frame = await until('unknown-answer');
    expect(frame).toMatch(/> a\.yaml\n/);
    expect(frame).toContain('It has aws.');
  });

  it('offers an unfinished run first, with its name and when it was left', async () => {
    const { dispatch, until, effects, press } = await openWizard(BEGIN);
    await press('1');
    const saved = effects.find(effect => effect.type === 'save-run');
    const other = await openWizard();
    other.dispatch({
      type: 'offered',
      runs: [{ savedAt: '2026-11-19T08:30:00.000Z', run: saved?.type === 'save-run' ? saved.run : null }],
    });
    await other.until('❯ 1 Resume the run of 2026-11-19 08:30 UTC (shop), 1 answer');
    dispatch({ type: 'interrupt' });
    await until('');
  });
});

describe('the project details', () => {
  it('says what is wrong below the field and goes on once the name holds', async () => {
    const { press, until } = await openWizard([{ type: 'accept' }]);
    await press('Shop', 'enter');
    await until('is not a name that every system takes');
    await press('backspace', 'backspace', 'backspace', 'backspace', 'shop', 'enter', 'enter');
    await until('Where will it run?');
  });

  it('takes letters that are commands elsewhere as text', async () => {
    const { press, state, until } = await openWizard([{ type: 'accept' }]);
    await press('g', 'r', '-', 's', 'q');
    await until('gr-sq');
    expect(state().project.name).toBe('gr-sq');
  });

  it('takes pasted text as one line', async () => {
    const { press, state } = await openWizard([{ type: 'accept' }]);
    await press('\u001b[200~shop\u001b[201~');
    expect(state().project.name).toBe('shop');
  });
});

describe('a question', () => {
  it('shows badge, rows, why it is asked and that it is needed', async () => {
    const { until } = await openWizard(BEGIN);
    const frame = await until('Where will it run?');
    expect(frame).toContain('[cannot be changed later]');
    expect(frame).toContain('❯ 1 ( ) AWS');
    expect(frame).toContain('Every managed service belongs to one provider.');
    expect(frame).toContain('This answer is needed.');
    expect(frame).not.toContain('Not sure yet');
  });

  it('says what is assumed when one is not sure, on every question that can be left open', async () => {
    const { press, until } = await openWizard([...BEGIN, answer('cloud', 'aws')]);
    expect(await until('How many services')).toContain('If not sure, this is assumed: 5.');
    await press('u');
    await until('Not sure yet (assumed: No)');
  });

  it('shows the stack so far, moving with the cursor before anything is answered', async () => {
    const toMtls = [
      ...BEGIN,
      ...['cloud:aws', 'services:40', 'operators:no', 'compliance:', 'windows:no'].map(toAnswer),
    ];
    const { press, until } = await openWizard(toMtls);
    await until('○ Service mesh: No mesh');
    await press('j', 'j');
    const frame = await until('→ Service mesh: Linkerd');
    expect(frame).toContain('With this answer: Service mesh would move to Linkerd.');
  });

  it('marks what is settled', async () => {
    const { dispatch, until } = await openWizard([...BEGIN, answer('cloud', 'aws'), answer('services', 40)]);
    await until('○ Platform: Kubernetes');
    dispatch({ type: 'settled', decisions: ['platform'] });
    await until('● Platform: Kubernetes');
  });

  it('shows progress that shrinks when questions fall away', async () => {
    const { press, until } = await openWizard([...BEGIN, answer('cloud', 'aws'), answer('services', 40)]);
    await until('Question 3 of 7');
    await press('escape', 'backspace', 'backspace', '2', 'enter');
    expect(await until('Question 3 of 5')).toContain('2 questions no longer apply.');
  });

  it('marks several rows with space and digits', async () => {
    const { press, until, state } = await openWizard([...BEGIN, { type: 'go-to', question: 'compliance' }]);
    await press('space', '3');
    const frame = await until('[x] ISO 27001');
    expect(frame).toContain('[x] PCI DSS');
    expect(frame).toContain('[ ] HIPAA');
    await press('enter');
    expect(state().answers.compliance).toEqual(['pci-dss', 'iso']);
  });

  it('numbers a ranking in the order of marking', async () => {
    const { press, until } = await openWizard([...BEGIN, { type: 'go-to', question: 'drivers' }]);
    await press('2', '1');
    const frame = await until('[2] Cost');
    expect(frame).toContain('[1] Security');
  });

  it('filters the rows while typing and keeps the cursor among them', async () => {
    const { press, until } = await openWizard([...BEGIN, { type: 'go-to', question: 'compliance' }]);
    await press('/', 'i', 's', 'o');
    const frame = await until('Filter: iso');
    expect(frame).toContain('❯ 1 [ ] ISO 27001');
    expect(frame).not.toContain('HIPAA');
    await press('escape');
    await until('HIPAA');
  });

  it('answers yes and no by their letters', async () => {
    const { press, state, until } = await openWizard([...BEGIN, { type: 'go-to', question: 'operators' }]);
    await until('Is the Kubernetes API itself needed?');
    await press('y');
    expect(state().answers.operators).toBe('yes');
  });

  it('takes keys that arrive in one piece as single ones', async () => {
    const { press, state } = await openWizard(BEGIN);
    await press('jj\r40\rn');
    expect(state().answers).toEqual({ cloud: 'gcp', services: 40, operators: 'no' });
  });
});

describe('what is shown over a question', () => {
  it('? says why it is asked and lists the keys that work here', async () => {
    const { press, until } = await openWizard(BEGIN);
    await press('?');
    const frame = await until('Keys');
    expect(frame).toContain('Every managed service belongs to one provider.');
    expect(frame).toMatch(/u\s+Not sure yet: go on with what is assumed\./);
    await press('escape');
    await until('❯ 1 ( ) AWS');
  });

  it('g goes to a topic', async () => {
    const { press, until } = await openWizard(BEGIN);
    await press('g');
    expect(await until('Go to')).toMatch(/3 Rules\s+0 of 1 answered/);
    await press('3');
    await until('Which regimes apply?');
  });

  it('v shows the stack where there is no room for it beside the question', async () => {
    const { press, until, frame } = await openWizard(BEGIN, { columns: 60, rows: 20 });
    await until('Where will it run?');
    expect(frame()).not.toContain('Stack so far');
    await press('v');
    await until('Stack so far');
  });
});

describe('the review', () => {
  it('lists decisions with what came out and how sure it is', async () => {
    const { until } = await openWizard(ANSWERED);
    const frame = await until('▸ Decisions');
    expect(frame).toMatch(/1 Platform: Kubernetes {2}\w/);
    expect(frame).toMatch(/3 Service mesh: Istio ambient {2}by default/);
  });

  it('lists the answers on tab, opens one, and returns after the change', async () => {
    const { press, until } = await openWizard(ANSWERED);
    await press('tab');
    expect(await until('▸ Answers')).toMatch(/2 Where will it run\? {2}AWS/);
    await press('j', 'enter');
    await until('(*) AWS');
    await press('3');
    expect(await until('▸ Answers')).toMatch(/2 Where will it run\? {2}Google Cloud/);
  });

  it('explains a decision with reasons, what is ruled out, what would change it, and facts', async () => {
    const { press, until } = await openWizard(ANSWERED, { columns: 100, rows: 60 });
    await press('3');
    const frame = await until('Service mesh: Which service mesh?');
    expect(frame).toContain('Ruled out');
    expect(frame).toContain('What would change it');
    expect(frame).toContain('The way out');
    expect(frame).toMatch(/F-01: A fact that is cited\. \(Example, 2026-01-02; checked 2026-11-20\)/);
  });

  it('pins another option with a reason', async () => {
    const { press, until } = await openWizard(ANSWERED);
    await press('3', 'p');
    await until('Pin which option?');
    await press('2');
    await until('Why this one?');
    await press('House standard.', 'enter');
    expect(await until('Pinned.')).toContain('The advice was Istio ambient.');
    await press('escape');
    await until(/Service mesh: No mesh {2}pinned/);
  });

  it('says how many questions have no answer yet', async () => {
    const { until } = await openWizard([...BEGIN, answer('cloud', 'aws'), { type: 'review' }]);
    await until('4 questions have no answer yet; what is assumed is used.');
  });
});

describe('writing', () => {
  const request = { directory: './shop-platform', what: 'everything', intoExisting: false } as const;
  const plan = {
    status: 'ready',
    directory: '/tmp/shop-platform',
    files: Array.from({ length: 40 }, (_, index) => ({
      path: `docs/file-${index}.md`,
      change: 'create' as const,
    })),
    notes: ['The starter of this stack is not generated yet.'],
  } as const;

  it('goes from what and where over the plan to progress and the list of what was written', async () => {
    const { press, until, dispatch, effects } = await openWizard(ANSWERED);
    await press('w');
    await until('Decision records and the starter repository');
    await press('enter');
    await until('> ./shop-platform');
    await press('enter');
    await until('Planning the files.');
    dispatch({ type: 'planned', request, report: plan });
    const shown = await until('40 files in /tmp/shop-platform. Enter writes.');
    expect(shown).toContain('The starter of this stack is not generated yet.');
    expect(effects.some(effect => effect.type === 'write')).toBe(false);
    await press('page-down', 'page-down', 'page-down', 'page-down');
    await until('docs/file-39.md');
    await press('enter');
    dispatch({ type: 'progress', progress: { done: 20, total: 40, path: 'docs/file-19.md' } });
    expect(await until('20 of 40 files')).toMatch(/█{20}░{20}/);
    dispatch({
      type: 'written',
      report: {
        status: 'written',
        directory: '/tmp/shop-platform',
        files: ['README.md'],
        answersFile: 'shop-platform/.chartroom/answers.yaml',
        nextCommands: ['cd shop-platform', 'git init'],
        notes: [],
        exitCode: 0,
      },
    });
    const done = await until('1 file is in /tmp/shop-platform.');
    expect(done).toContain('  cd shop-platform');
    expect(done).toContain('chartroom decide shop-platform/.chartroom/answers.yaml');
  });

  it('asks before it writes beside something else', async () => {
    const { press, until, dispatch } = await openWizard([
      ...ANSWERED,
      { type: 'write' },
      { type: 'accept' },
      { type: 'accept' },
    ]);
    dispatch({
      type: 'planned',
      request,
      report: { status: 'occupied', directory: '/tmp/x', message: 'The directory is not empty.' },
    });
    const frame = await until('The directory is not empty.');
    expect(frame).toContain('❯ 1 Write somewhere else');
    await press('enter');
    await until('> ./shop-platform');
  });

  it('says in the last frame that it leaves after the write on Ctrl-C', async () => {
    const { press, until } = await openWizard([
      ...ANSWERED,
      { type: 'write' },
      { type: 'accept' },
      { type: 'accept' },
      { type: 'planned', request, report: plan },
      { type: 'accept' },
    ]);
    await press('ctrl+c');
    await until('Leaving once the files are written.');
  });
});

describe('narrow and small terminals', () => {
  it('keeps what lies under the cursor on the screen', async () => {
    const { press, until } = await openWizard([{ type: 'accept' }], { columns: 40, rows: 10 });
    for (let down = 0; down < 13; down += 1) await press('down');
    await until('❯ Service range');
  });

  it('draws the same question again after every change of size', async () => {
    const { until, resize } = await openWizard(BEGIN);
    await until('Stack so far');
    resize(50, 20);
    expect(await until(/^(?!.*Stack so far)/s)).toContain('Where will it run?');
    resize(140, 40);
    expect(await until('Topics')).toContain('Stack so far');
  });

  it('keeps the panes in line beside wide characters', async () => {
    const { until } = await openWizard([{ type: 'accept' }, { type: 'type', text: '店舗プラットフォーム' }]);
    const frame = await until('店舗');
    const bars = frame
      .split('\n')
      .filter(line => line.includes('│'))
      .map(line => [...line.slice(0, line.indexOf('│'))].reduce((sum, c) => sum + (c > '\u2e80' ? 2 : 1), 0));
    expect(new Set(bars).size).toBe(1);
  });
});

function toAnswer(pair: string) {
  const [question = '', value = ''] = pair.split(':');
  return answer(question, question === 'services' ? Number(value) : question === 'compliance' ? [] : value);
}
