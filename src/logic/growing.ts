/** Arrays of numbers that get longer. */

/** The same numbers with room for at least so many; what is new is zero or the filler. */
export function withRoom<Numbers extends Float64Array | Int32Array | Int8Array>(
  numbers: Numbers,
  needed: number,
  filler = 0,
): Numbers {
  if (numbers.length >= needed) return numbers;
  const larger = new (numbers.constructor as new (length: number) => Numbers)(needed * 2);
  larger.set(numbers);
  if (filler !== 0) larger.fill(filler, numbers.length);
  return larger;
}
