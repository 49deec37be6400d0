export const SINGLE_CELLS: RegExp;
export function laterSegmenter(made: string): string;
export function laterExpressions(source: string): string;
