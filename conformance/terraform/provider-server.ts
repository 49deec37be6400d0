/**
 * Stands in for a provider, so that validate and test need neither a registry nor an account: a gRPC server on a socket
 * that knows the provider's schema and accepts every value that has the right shape.
 */
import { createServer, type Http2Server, type ServerHttp2Stream } from 'node:http2';
import type { ProviderSchemas } from '../../test/provider-schemas/schema.ts';
import { schemaMessage } from './schema-message.ts';

export interface ProviderServer {
  readonly socket: string;
  readonly stop: () => Promise<void>;
}

const OK = '0';
const UNIMPLEMENTED = '12';

export async function serveProvider(schemas: ProviderSchemas, socket: string): Promise<ProviderServer> {
  const schema = schemaMessage(schemas);
  const answers: Readonly<Record<string, (request: Buffer) => Buffer>> = {
    '/tfplugin5.Provider/GetSchema': () => schema,
    // The request holds the configuration in field 1, and so does the answer: unchanged.
    '/tfplugin5.Provider/PrepareProviderConfig': request => request,
    '/tfplugin5.Provider/ValidateResourceTypeConfig': () => Buffer.alloc(0),
    '/tfplugin5.Provider/ValidateDataSourceConfig': () => Buffer.alloc(0),
    '/tfplugin5.Provider/Stop': () => Buffer.alloc(0),
  };
  const server = createServer();
  const open = new Set<{ destroy: () => void }>();
  server.on('session', session => {
    open.add(session);
    session.on('close', () => open.delete(session));
  });
  server.on('stream', (stream, headers) => {
    const answer = answers[headers[':path'] ?? ''];
    reply(stream, answer);
  });
  await new Promise<void>(resolve => server.listen(socket, resolve));
  return { socket, stop: () => stop(server, open) };
}

function reply(stream: ServerHttp2Stream, answer: ((request: Buffer) => Buffer) | undefined): void {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  // A caller may leave at any moment; there is nothing to do about it.
  stream.on('error', () => undefined);
  if (answer === undefined) {
    const headers = { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': UNIMPLEMENTED };
    stream.respond(headers, { endStream: true });
    return;
  }
  stream.on('end', () => {
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': OK }));
    stream.end(framed(answer(Buffer.concat(chunks).subarray(FRAME))));
  });
}

/** Before each message: one byte for compression, four for the length. */
const FRAME = 5;

function framed(message: Buffer): Buffer {
  const frame = Buffer.alloc(FRAME);
  frame.writeUInt32BE(message.length, 1);
  return Buffer.concat([frame, message]);
}

async function stop(server: Http2Server, open: ReadonlySet<{ destroy: () => void }>): Promise<void> {
  for (const session of open) session.destroy();
  await new Promise<void>(resolve => server.close(() => resolve()));
}
