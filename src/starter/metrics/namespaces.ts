/** Namespaces of what measures. */
export const MONITORING = 'monitoring';

/** Reads the node's own files, so it cannot be restricted; nothing else lives there. */
export const NODE_AGENTS = 'node-agents';
