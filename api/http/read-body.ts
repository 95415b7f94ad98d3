import type { IncomingMessage } from "node:http";
import { isPlainObject } from "#api/rows/plain-object.ts";
import { findUnsafe } from "#api/rows/unsafe-json.ts";
import { Refusal } from "./refusal.ts";

const maxBytes = 1_000_000;
/** A body has to be there by then: one that never ends would hold its connection. */
const maxBodyMs = 30_000;

/** Reads a request body that must be one JSON object. Throws a 400, 413, 415 or 422 `Refusal` for any other. */
export async function readBody(req: IncomingMessage): Promise<Record<string, unknown>> {
  const type = (req.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (!/^application\/([\w.-]+\+)?json$/.test(type)) {
    throw new Refusal(415, "Send the body as Content-Type: application/json.", {
      field: "Content-Type",
    });
  }
  const encoding = req.headers["content-encoding"];
  if (encoding && encoding !== "identity") {
    throw new Refusal(415, "Send the body uncompressed.", { field: "Content-Encoding" });
  }
  const value = parse(await readBytes(req));
  if (!isPlainObject(value)) {
    throw new Refusal(400, "The body must be a JSON object.", { field: "" });
  }
  const unsafe = findUnsafe(value);
  if (unsafe) {
    throw new Refusal(422, `The body cannot be stored: ${unsafe.reason}.`, { field: unsafe.field });
  }
  return value;
}

async function readBytes(req: IncomingMessage): Promise<Buffer> {
  const tooLarge = new Refusal(413, `The body is larger than ${maxBytes} bytes.`, {
    headers: { Connection: "close" },
  });
  if (Number(req.headers["content-length"] ?? 0) > maxBytes) throw tooLarge;
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(
        new Refusal(408, `The body did not end within ${maxBodyMs / 1000} s.`, {
          headers: { Connection: "close" },
        }),
      );
      // The answer has a second to arrive; the rest of the body is not waited for.
      setTimeout(() => req.destroy(), 1_000).unref();
    }, maxBodyMs);
    timer.unref();
    req.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else reject(tooLarge);
    });
    req.on("end", () => {
      clearTimeout(timer);
      resolve(Buffer.concat(chunks));
    });
    req.on("error", reject);
    req.on("close", () => {
      clearTimeout(timer);
      reject(new Refusal(400, "The connection closed before the body ended."));
    });
  });
}

function parse(bytes: Buffer): unknown {
  if (bytes.length === 0) throw new Refusal(400, "The body is empty.", { field: "" });
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : "it is not UTF-8";
    throw new Refusal(400, `The body is not valid JSON: ${reason}`, { field: "" });
  }
}
