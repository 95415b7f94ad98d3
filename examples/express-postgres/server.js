import express from "express";
import pg from "pg";
import {
  createChangesHandler,
  createLog,
  fingerprintOf,
  postgresStore,
  stamp,
  stampWrite,
  toNodeHandler,
} from "tandem-sync/server";

const connectionString = process.env.DATABASE_URL;
const pool = new pg.Pool({ connectionString });
// Of an idle connection that is lost: the next query opens another.
pool.on("error", () => {});
const createListener = () => new pg.Client({ connectionString });
const log = await createLog({ store: postgresStore({ pool, createListener }) });
const changes = createChangesHandler(log);
await pool.query(`create table if not exists notes
  (id text primary key default gen_random_uuid(), title text not null, version bigint not null)`);
const columns = "id, title, version::float8 as version";

/** Runs a write once, however often it is sent, and answers with its row. */
const write = (run) => async (req, res) => {
  const key = req.get("Idempotency-Key");
  const fingerprint = fingerprintOf(`${req.method} ${req.path}`, req.body);
  const turn = (given) => run(req, { ...given, origin: req.get("Tandem-Origin") });
  const written = await log.write(turn, key ? { key, fingerprint } : null);
  res.set(stampWrite(written)).json(written.value);
};

const app = express();
app.use(express.static("dist"), express.json());
app.get("/api/changes", toNodeHandler(changes.handle));
app.get("/api/notes{/:id}", async (req, res) => {
  const select = `select ${columns} from notes where id = coalesce($1, id) order by version`;
  const { value, revision } = await log.read((tx) => tx.query(select, [req.params.id]));
  res.set(stamp(revision)).json(value.rows);
});
app.post(
  "/api/notes",
  write(async (req, { tx, change, rev, origin }) => {
    const insert = `insert into notes (title, version) values ($1, $2) returning ${columns}`;
    const { rows } = await tx.query(insert, [String(req.body.title), rev()]);
    change({ resource: "notes", id: rows[0].id, op: "create", row: rows[0], origin });
    return rows[0];
  }),
);
app.patch(
  "/api/notes/:id",
  write(async (req, { tx, change, rev, origin }) => {
    const { title, expectedVersion = null } = req.body;
    const update = `update notes set title = $2, version = $3
      where id = $1 and version = coalesce($4, version) returning ${columns}`;
    const { rows } = await tx.query(update, [req.params.id, String(title), rev(), expectedVersion]);
    if (!rows[0]) throw Object.assign(new Error("It was changed meanwhile."), { status: 409 });
    change({ resource: "notes", id: rows[0].id, op: "update", row: rows[0], origin });
    return rows[0];
  }),
);
app.use((error, _req, res, _next) => {
  res.status(error.status ?? 500).set(stamp(log.revision()));
  res.json({ detail: error.message });
});

const server = app.listen(Number(process.env.PORT ?? 3000));
process.on("SIGTERM", () => {
  changes.close();
  server.close(() => log.close().then(() => process.exit()));
});
