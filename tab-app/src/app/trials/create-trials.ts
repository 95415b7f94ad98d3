import { type Trial, trials } from "#contract/trial.ts";

/** The part of a realm that a trial changes, so that tests need no page. */
export interface TrialRealm {
  BroadcastChannel: { prototype: { postMessage(message: unknown): void } };
  fetch: typeof fetch;
  Date: DateConstructor;
  location: Pick<Location, "replace">;
  localStorage: Pick<Storage, "clear">;
  sessionStorage: Pick<Storage, "clear">;
  indexedDB: Pick<IDBFactory, "databases" | "deleteDatabase">;
}

export interface TrialClock {
  after(ms: number, call: () => void): void;
  /** Milliseconds, on a clock that nobody sets. */
  now(): number;
}

const realClock: TrialClock = {
  after: (ms, call) => void setTimeout(call, ms),
  now: () => performance.now(),
};

/** Milliseconds. */
const delays = { hang: 6000, message: 2000, write: 5000, clock: 3 * 3600_000 };

/**
 * Does to this realm what a person asks for in the shell's Developer menu: everything that happens later in a real browser by
 * itself. It asks its own server first: where faults are off, nothing is done, whoever asks.
 */
export function createTrials(realm: TrialRealm, { after, now } = realClock) {
  const { fetch } = realm;
  const { prototype } = realm.BroadcastChannel;
  const { postMessage } = prototype;
  const RealDate = realm.Date;

  async function isAllowed(): Promise<boolean> {
    try {
      return (await fetch("/api/faults", { headers: { accept: "application/json" } })).ok;
    } catch {
      // Without its server it cannot know.
      return false;
    }
  }

  function hang(ms: number) {
    const end = now() + ms;
    while (now() < end);
  }

  function send(way: (post: () => void) => void) {
    prototype.postMessage = function (this: unknown, message: unknown) {
      way(() => postMessage.call(this, message));
    };
  }

  function onNextWrite(act: (answer: () => Promise<Response>) => Promise<Response>) {
    realm.fetch = (input, init) => {
      const method = init?.method ?? (input instanceof Request ? input.method : "GET");
      const answer = () => fetch(input, init);
      if (/^(GET|HEAD)$/i.test(method)) return answer();
      realm.fetch = fetch;
      return act(answer);
    };
  }

  const wait = (ms: number) => new Promise<void>((resolve) => after(ms, resolve));

  const acts: Record<Trial, () => void> = {
    hang: () => hang(delays.hang),
    "hang-for-good": () => hang(Number.POSITIVE_INFINITY),
    "lose-page": () => realm.location.replace("about:blank"),
    "drop-messages": () => send(() => {}),
    "double-messages": () =>
      send((post) => {
        post();
        post();
      }),
    "delay-messages": () => send((post) => after(delays.message, post)),
    "slow-write": () => onNextWrite((answer) => wait(delays.write).then(answer)),
    "swallow-write": () =>
      onNextWrite(async (answer) => {
        await answer();
        await wait(delays.write);
        throw new TypeError("The answer was lost, to try it out");
      }),
    "clear-storage"() {
      realm.localStorage.clear();
      realm.sessionStorage.clear();
      void realm.indexedDB.databases().then((all) => {
        for (const { name } of all) if (name !== undefined) realm.indexedDB.deleteDatabase(name);
      });
    },
    "clock-ahead"() {
      const ahead = () => RealDate.now() + delays.clock;
      realm.Date = new Proxy(RealDate, {
        construct: (target, args) =>
          args.length === 0 ? new target(ahead()) : Reflect.construct(target, args),
        get: (target, name, receiver) =>
          name === "now" ? ahead : Reflect.get(target, name, receiver),
      });
    },
    end() {
      prototype.postMessage = postMessage;
      realm.fetch = fetch;
      realm.Date = RealDate;
    },
  };

  return async (trial: unknown): Promise<void> => {
    const known = trials.find((each) => each === trial);
    if (known && (await isAllowed())) acts[known]();
  };
}

const run = createTrials(globalThis as unknown as TrialRealm);

/** In the realm of this page. */
export const tryOut = (trial: unknown): Promise<void> => run(trial);
