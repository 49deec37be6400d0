export const SINGLE_CELLS: RegExp;
export function laterSegmenter(made: string): string;
