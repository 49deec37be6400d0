/** A small seeded generator of 32-bit words, so that every proof runs the same way each time (xorshift, Marsaglia 2003). */
export function createRandom(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state | 0;
  };
}
