/** Types of called-later.js, for its test. */
export const CALLED_LATER: readonly string[];
