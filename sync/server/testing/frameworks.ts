import http from "node:http";
import { text } from "node:stream/consumers";
import { serve } from "@hono/node-server";
import express from "express";
import fastify from "fastify";
import { Hono } from "hono";
import { type ChangesHandler, stamp, stampWrite, toNodeHandler } from "../index.ts";
import type { Notes } from "./notes.ts";

/** What an app is made of. */
export interface Parts {
  readonly notes: Notes;
  readonly changes: ChangesHandler;
}

export interface Started {
  readonly url: string;
  close(): Promise<void>;
}

/** The same app on each framework: `PUT` and `GET /notes/<id>`, and `GET /changes`. */
export const frameworks: Readonly<Record<string, (parts: Parts) => Promise<Started>>> = {
  async "Express 5"({ notes, changes }) {
    const app = express();
    app.put("/notes/:id", express.json(), async (req, res) => {
      const written = await notes.put(req.params.id ?? "", req.body, req.headers);
      res.set(stampWrite(written)).json(written.value);
    });
    app.get("/notes/:id", async (req, res) => {
      const { value, revision } = await notes.read(req.params.id);
      res
        .status(value ? 200 : 404)
        .set(stamp(revision))
        .json(value ?? {});
    });
    app.get("/changes", toNodeHandler(changes.handle));
    return listen(http.createServer(app));
  },

  async "Fastify 5"({ notes, changes }) {
    const app = fastify({ forceCloseConnections: true });
    app.put<{ Params: { id: string }; Body: { title: string } }>(
      "/notes/:id",
      async (request, reply) => {
        const written = await notes.put(request.params.id, request.body, request.headers);
        return reply.headers(stampWrite(written)).send(written.value);
      },
    );
    app.get<{ Params: { id: string } }>("/notes/:id", async (request, reply) => {
      const { value, revision } = await notes.read(request.params.id);
      return reply
        .code(value ? 200 : 404)
        .headers(stamp(revision))
        .send(value ?? {});
    });
    const answer = toNodeHandler(changes.handle);
    app.get("/changes", (request, reply) => {
      reply.hijack();
      void answer(request.raw, reply.raw);
    });
    const url = await app.listen({ port: 0, host: "127.0.0.1" });
    return { url, close: () => app.close() };
  },

  async "Hono 4"({ notes, changes }) {
    const app = new Hono();
    app.onError((error, context) => {
      const status = "status" in error ? Number(error.status) : 500;
      return context.json({ detail: error.message }, status as 422);
    });
    app.put("/notes/:id", async (context) => {
      const { req } = context;
      const written = await notes.put(req.param("id"), await req.json(), req.header());
      return context.json(written.value, 200, stampWrite(written));
    });
    app.get("/notes/:id", async (context) => {
      const { value, revision } = await notes.read(context.req.param("id"));
      return context.json(value ?? {}, value ? 200 : 404, stamp(revision));
    });
    app.get("/changes", (context) => changes.handle(context.req.raw));
    return new Promise((resolve) => {
      const address = { port: 0, hostname: "127.0.0.1" };
      // By default it replaces `Response` for the whole process: of other tests too.
      const options = { ...address, fetch: app.fetch, overrideGlobalObjects: false };
      const server = serve(options, ({ port }) => resolve(started(server as http.Server, port)));
    });
  },

  "node:http"({ notes, changes }) {
    const answer = toNodeHandler(changes.handle);
    const reply = (
      res: http.ServerResponse,
      status: number,
      body: unknown,
      headers: Record<string, string>,
    ) =>
      res
        .writeHead(status, { "Content-Type": "application/json", ...headers })
        .end(JSON.stringify(body));
    return listen(
      http.createServer(async (req, res) => {
        const [, resource, id = ""] = req.url?.split("/") ?? [];
        if (resource !== "notes") return answer(req, res);
        try {
          if (req.method === "PUT") {
            const written = await notes.put(id, JSON.parse(await text(req)), req.headers);
            return reply(res, 200, written.value, stampWrite(written));
          }
          const { value, revision } = await notes.read(id);
          return reply(res, value ? 200 : 404, value ?? {}, { ...stamp(revision) });
        } catch (error) {
          const { status = 500, message } = error as Error & { status?: number };
          return reply(res, status, { detail: message }, {});
        }
      }),
    );
  },
};

async function listen(server: http.Server): Promise<Started> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return started(server, typeof address === "object" ? (address?.port ?? 0) : 0);
}

function started(server: http.Server, port: number): Started {
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
