/** Signals are handed over in batches: the service takes so many at once. */

export function batched(signal: 'logs' | 'traces', size: number): string {
  return `otelcol.processor.batch "store" {
  send_batch_size     = ${size}
  send_batch_max_size = ${size}

  output {
    ${signal} = [otelcol.exporter.otlphttp.store.input]
  }
}
`;
}
