import { get, type IncomingHttpHeaders, type IncomingMessage } from "node:http";

/** A response as it is sent, in one of the accepted encodings: `fetch` would decode it. */
export async function readAsSent(
  url: string,
  acceptEncoding: string,
): Promise<{ headers: IncomingHttpHeaders; body: Buffer }> {
  const response = await new Promise<IncomingMessage>((resolve) =>
    get(url, { headers: { "accept-encoding": acceptEncoding } }, resolve),
  );
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { headers: response.headers, body: Buffer.concat(chunks) };
}
