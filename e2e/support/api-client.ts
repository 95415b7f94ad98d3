import { randomUUID } from "node:crypto";
import type { FaultSettings } from "#api/http/faults.ts";
import type { AccountDetails, Activity } from "#contract/rows.ts";

/** An account made by a test, with its activities newest first. */
export interface OwnAccount {
  readonly id: string;
  readonly name: string;
  readonly rows: readonly Activity[];
}

/** Another client of the API, as `curl` would be. */
export interface ApiClient {
  /** Sends a request and returns the body. Throws when the server refuses it. */
  send<T>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<T>;
  account(id: string): Promise<Required<AccountDetails>>;
  /** An account's activities, newest first. */
  rows(accountId: string, count?: number): Promise<Activity[]>;
  /** Makes an account with this many activities, each with a title of its own. */
  makeAccount(activities: number): Promise<OwnAccount>;
  makeActivity(accountId: string, more?: Partial<Activity>): Promise<Activity>;
  faults(patch: Partial<FaultSettings>): Promise<void>;
  /** Deletes what this client made and ends all faults. */
  cleanUp(): Promise<void>;
}

export function createApiClient(apiUrl: string): ApiClient {
  const own: string[] = [];

  async function send<T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<T> {
    const response = await fetch(apiUrl + path, {
      method,
      ...(body !== undefined && {
        headers: { "Content-Type": "application/json", "Tandem-Faults": "1", ...headers },
        body: JSON.stringify(body),
      }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  }

  const rows = (accountId: string, count = 10_000) =>
    send<Activity[]>("GET", `/activities?accountId=${accountId}&_limit=${count}`);

  const makeActivity = (accountId: string, more: Partial<Activity> = {}) =>
    send<Activity>("POST", "/activities", {
      accountId,
      kind: "note",
      title: `Note ${randomUUID().slice(0, 8)}`,
      ...more,
    });

  return {
    send,
    rows,
    makeActivity,
    account: (id) => send("GET", `/accounts/${id}`),
    async makeAccount(activities) {
      const name = `Test ${randomUUID().slice(0, 8)}`;
      const { id } = await send<{ id: string }>("POST", "/accounts", {
        name,
        plan: "Growth",
        status: "active",
      });
      own.push(id);
      const newest = Date.now() - 3_600_000;
      await Promise.all(
        Array.from({ length: activities }, (_, at) =>
          makeActivity(id, {
            title: `Note ${at + 1} of ${name}`,
            at: new Date(newest - at * 60_000).toISOString(),
          }),
        ),
      );
      return { id, name, rows: await rows(id) };
    },
    async faults(patch) {
      await send("PATCH", "/faults", patch);
    },
    async cleanUp() {
      await send("PATCH", "/faults", {
        latencyMs: 0,
        errorRate: 0,
        failNextWrites: 0,
        loseNextAnswers: 0,
        holdStream: false,
      });
      for (const id of own) {
        for (const resource of ["activities", "tasks"]) {
          const left = await send<{ id: string }[]>(
            "GET",
            `/${resource}?accountId=${id}&_limit=10000`,
          );
          // A page may have deleted it meanwhile.
          const remove = ({ id }: { id: string }) =>
            send("DELETE", `/${resource}/${id}`).catch((error: unknown) => {
              if (!/: 404 /.test(String(error))) throw error;
            });
          await Promise.all(left.map(remove));
        }
        await send("DELETE", `/accounts/${id}`);
      }
    },
  };
}
