import { createServer } from "node:http";
import { createApi } from "./create-api.ts";
import { connections } from "./http/connections.ts";
import { isLoopback } from "./http/loopback.ts";
import { checkReach } from "./http/reach.ts";

/** Runs the API by itself. Its settings are described in the README. */
async function main(): Promise<void> {
  const host = process.env.HOST || "localhost";
  const port = readPort(process.env.API_PORT || "3001");
  if (process.env.OIDC_ISSUER)
    throw new Error("OIDC_ISSUER is set: sign-in is for pages, so serve them with npm start");
  checkReach({ hosts: [host], access: process.env.ACCESS, hasSignIn: false });
  const api = await createApi({
    ...(process.env.DATABASE_URL
      ? { databaseUrl: process.env.DATABASE_URL }
      : { file: process.env.DB || "db.json" }),
    allowedHosts: [host, ...readList(process.env.ALLOWED_HOSTS)],
    allowedOrigins: readList(process.env.ALLOWED_ORIGINS),
    allowFaults: readSwitch("TANDEM_FAULTS") ?? isLoopback(host),
    log: (line) => console.error(line),
  });
  const server = createServer(connections, api.handler);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const actual = typeof address === "object" && address ? address.port : port;
  console.log(`Tandem API on http://${host}:${actual}`);

  let stopping = false;
  const stop = async () => {
    if (stopping) process.exit(1);
    stopping = true;
    server.close();
    await api.close();
    server.closeAllConnections();
    process.exit(0);
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new Error(`API_PORT=${text}: expected a port from 0 to 65535`);
  return port;
}

function readSwitch(name: string): boolean | undefined {
  const text = process.env[name];
  if (text === undefined || text === "") return undefined;
  if (text !== "0" && text !== "1") throw new Error(`${name}=${text}: expected 0 or 1`);
  return text === "1";
}

function readList(text: string | undefined): string[] {
  return (text ?? "")
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") return `${error.message}: choose another with API_PORT`;
  return error.message;
}

main().catch((error: unknown) => {
  console.error(`tandem api: ${explain(error)}`);
  process.exit(1);
});
