/**
 * Ink 7 clears with `CSI 3J` when a frame is as high as the terminal, and that wipes the user's scrollback. The stream it
 * draws on turns that sequence into home and erase below. Not needed from Ink 8 on.
 */
const WIPE = '\u001b[2J\u001b[3J\u001b[H';
const CLEAR = '\u001b[H\u001b[J';

export function withoutWipes(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  return new Proxy(stream, {
    get(target, property) {
      if (property === 'write') {
        return (chunk: unknown, ...rest: unknown[]) =>
          Reflect.apply(target.write, target, [
            typeof chunk === 'string' ? chunk.replaceAll(WIPE, CLEAR) : chunk,
            ...rest,
          ]);
      }
      const value: unknown = Reflect.get(target, property);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
