/** The two ways in which Google runs a cluster: with pools of nodes that one plans, or without. */
export type GkeMode = 'standard' | 'autopilot';
