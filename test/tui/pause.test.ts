import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPause } from '../../src/tui/pause.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const done: string[] = [];
const piece = (name: string) => () => void done.push(name);
beforeEach(() => done.splice(0));

describe('a pause', () => {
  it('begins only when nothing has happened for a while, and does its work in order', () => {
    const pause = createPause(100, () => [piece('first'), piece('second')]);
    pause.restart();
    vi.advanceTimersByTime(90);
    pause.restart();
    vi.advanceTimersByTime(90);
    expect(done).toEqual([]);
    vi.runAllTimers();
    expect(done).toEqual(['first', 'second']);
  });

  it('drops what is left of its work when something happens in between', () => {
    const pause = createPause(100, () => [
      () => {
        done.push('first');
        pause.stop();
      },
      piece('second'),
    ]);
    pause.restart();
    vi.runAllTimers();
    expect(done).toEqual(['first']);
  });

  it('does nothing after it was stopped', () => {
    const pause = createPause(100, () => [piece('first')]);
    pause.restart();
    pause.stop();
    vi.runAllTimers();
    expect(done).toEqual([]);
  });
});
