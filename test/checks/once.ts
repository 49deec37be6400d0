/** What is found out of a tree, an object or a text is found out once: nobody changes what is being checked. */

export function once<Key extends object, Value>(of: (key: Key) => Value): (key: Key) => Value {
  return keptIn(new WeakMap<Key, Value>(), of);
}

/** Trees share most of their texts. */
export function oncePerText<Value>(of: (text: string) => Value): (text: string) => Value {
  return keptIn(new Map<string, Value>(), of);
}

interface Kept<Key, Value> {
  has(key: Key): boolean;
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): unknown;
}

function keptIn<Key, Value>(kept: Kept<Key, Value>, of: (key: Key) => Value): (key: Key) => Value {
  return key => {
    const known = kept.get(key);
    if (known !== undefined || kept.has(key)) return known as Value;
    const value = of(key);
    kept.set(key, value);
    return value;
  };
}
