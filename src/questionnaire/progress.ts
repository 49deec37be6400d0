/** How far a run is: topics and questions left among those that apply now. */
import type { Id } from '../content/catalogue.ts';
import type { Context } from './context.ts';
import { questionsByTopic } from './overlay.ts';
import type { State } from './state.ts';

export interface TopicProgress {
  readonly topic: Id;
  readonly title: string;
  readonly answered: number;
  readonly asked: number;
  readonly here: boolean;
}
export interface RunProgress {
  readonly topics: readonly TopicProgress[];
  readonly answered: number;
  readonly asked: number;
  /** Place of the question on the screen among those asked, from 1; 0 elsewhere. */
  readonly place: number;
}

export function progressOf(state: State, context: Context): RunProgress {
  const titles = new Map(context.catalogue.topics.map(topic => [topic.id, topic.title]));
  const here = state.screen.at === 'question' ? state.screen.question : '';
  const byTopic = [...questionsByTopic(state, context)];
  const topics = byTopic.map(
    ([topic, ids]): TopicProgress => ({
      topic,
      title: titles.get(topic) ?? topic,
      answered: ids.filter(id => Object.hasOwn(state.answers, id)).length,
      asked: ids.length,
      here: ids.includes(here),
    }),
  );
  return {
    topics,
    answered: topics.reduce((sum, topic) => sum + topic.answered, 0),
    asked: topics.reduce((sum, topic) => sum + topic.asked, 0),
    place: byTopic.flatMap(([, ids]) => ids).indexOf(here) + 1,
  };
}
