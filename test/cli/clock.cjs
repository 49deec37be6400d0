// Loaded before the program: the clock stands where the test wants it.
const now = Date.parse(process.env.CHARTROOM_TEST_CLOCK);
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...given) {
    super(...(given.length === 0 ? [now] : given));
  }
  static now() {
    return now;
  }
};
