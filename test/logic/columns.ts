/** All assignments of the inputs of a circuit, as words for the simulation. */
import { type Circuit, isInput } from '../../src/logic/circuit.ts';

/** The first five inputs repeat within a word, further ones from word to word. */
const COLUMNS = [0xaaaaaaaa, 0xcccccccc, 0xf0f0f0f0, 0xff00ff00, 0xffff0000];

export function columnsOf(circuit: Circuit): (node: number, into: Int32Array) => void {
  const inputs = circuit.left.map((_, node) => node).filter(node => isInput(circuit, node));
  return (node, into) => {
    const index = inputs.indexOf(node);
    for (let word = 0; word < into.length; word++) {
      into[word] = index < 5 ? COLUMNS[index]! : (word >> (index - 5)) & 1 ? -1 : 0;
    }
  };
}
