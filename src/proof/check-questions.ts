/** For every question: somebody is asked it, its answer can change a pick or a verdict, and so can each single answer. */
import type { Answers, Id, Question } from '../content/catalogue.ts';
import type { Engine } from '../engine/model.ts';
import { any, type Circuit, differ, type Literal } from '../logic/circuit.ts';
import { type AnswerBits, type AnswerSpace, bitsOf, readAnswers } from './answer-space.ts';
import { type Encoding, encode } from './encode.ts';
import type { Finding } from './finding.ts';
import { type Verdicts, verdictsDiffer } from './verdict-samples.ts';
import { createWorkbench, type Search, startSearch, type Workbench } from './workbench.ts';

export function checkQuestions(bench: Workbench, search: Search, verdicts: Verdicts): Finding[] {
  return bench.engine.catalogue.questions.flatMap(question => {
    if (search.witness([bench.encoding.asked.get(question.id)!]) === null) {
      return [
        finding('never-asked', question.id, 'no answers lead to this question', 'Check its `asked-when`.'),
      ];
    }
    return checkAnswers(bench.engine, question, verdicts);
  });
}

/** Two answers to one question, all other answers the same. */
interface Pair {
  readonly names: readonly [Id, Id];
  readonly given: readonly Literal[];
}

function checkAnswers(engine: Engine, question: Question, verdicts: Verdicts): Finding[] {
  const bench = createWorkbench(engine);
  const { circuit } = bench;
  const bits = bitsOf(circuit, question);
  const space: AnswerSpace = new Map(bench.space).set(question.id, bits);
  const encoding = encode(circuit, engine, space);
  const different = picksDiffer(circuit, bench.encoding, encoding);
  const pairs = pairsOf(circuit, bench.space.get(question.id)!, bits);
  const search = startSearch(bench);
  const distinct = pairs.filter(({ given }) => {
    if (search.witness([...given, different]) !== null) return true;
    return verdictsDiffer(verdicts, engine, answerPairs(bench, space, search, given));
  });
  if (distinct.length === 0) {
    return [
      finding(
        'changes-nothing',
        question.id,
        'its answer never changes a pick or a verdict',
        'Add the rule that reads it, or remove the question.',
      ),
    ];
  }
  const names = new Set(pairs.flatMap(pair => pair.names));
  const telling = new Set(distinct.flatMap(pair => pair.names));
  const idle = [...names].filter(name => !telling.has(name));
  const merge = pairs.filter(pair => !distinct.includes(pair) && pair.names.every(name => telling.has(name)));
  return [
    ...idle.map(name =>
      finding(
        'answer-changes-nothing',
        `${question.id}/${name}`,
        'this answer never changes a pick or a verdict',
        'Add the rule that reads it, or remove the answer.',
      ),
    ),
    ...merge.map(
      ({ names: [a, b] }): Finding => ({
        ...finding(
          'same-effect',
          `${question.id}/${a}`,
          `"${a}" and "${b}" always come to the same`,
          'Merge them, unless people would miss one.',
        ),
        severity: 'note',
      }),
    ),
  ];
}

/** Every two values of a choice, each tick of a multi, neighbouring classes of a number, each driver against none. */
function pairsOf(circuit: Circuit, a: AnswerBits, b: AnswerBits): Pair[] {
  const { question } = a;
  if (question.kind === 'multi') {
    return question.choices.map((choice, index) => {
      const rest = a.values.flatMap((value, other) =>
        other === index ? [] : [differ(circuit, value, b.values[other]!) ^ 1],
      );
      return { names: [choice.id, choice.id], given: [a.values[index]!, b.values[index]! ^ 1, ...rest] };
    });
  }
  if (question.kind === 'ranked') {
    const none = b.ranks[0]!.at(-1)!;
    return question.choices.map((choice, index) => {
      const alone = [a.ranks[0]![index]!, ...(a.ranks[1] === undefined ? [] : [a.ranks[1].at(-1)!])];
      return { names: [choice.id, choice.id], given: [...alone, none] };
    });
  }
  const names =
    question.kind === 'number'
      ? question.classes.map(one => `${one.from}..${one.to}`)
      : question.choices.map(one => one.id);
  return names.flatMap((name, index) => {
    const others =
      question.kind === 'number'
        ? [index + 1]
        : names.map((_, other) => other).filter(other => other > index);
    return others
      .filter(other => other < names.length)
      .map((other): Pair => ({ names: [name, names[other]!], given: [a.values[index]!, b.values[other]!] }));
  });
}

function picksDiffer(circuit: Circuit, a: Encoding, b: Encoding): Literal {
  return any(
    circuit,
    [...a.decisions.values()].flatMap(one => {
      const other = b.decisions.get(one.decision.decision.id)!;
      return one.picked.map((literal, index) => differ(circuit, literal, other.picked[index]!));
    }),
  );
}

/** Answer sets that differ in nothing but this question, for looking at verdicts. */
function* answerPairs(
  bench: Workbench,
  space: AnswerSpace,
  search: Search,
  given: readonly Literal[],
): Generator<readonly [Answers, Answers]> {
  for (const { decision } of bench.encoding.decisions.values()) {
    for (const rule of decision.reasons) {
      const fires = bench.encoding.decisions.get(decision.decision.id)!.fires.get(rule.rule.id)!;
      const witness = search.witness([...given, fires]);
      if (witness !== null) yield [readAnswers(bench.space, witness), readAnswers(space, witness)];
    }
  }
}

const finding = (code: string, subject: Id, message: string, help: string): Finding => ({
  code,
  severity: 'error',
  subject,
  message,
  help,
  reproduction: [],
});
