import "#contract/no-eval.ts";
import { connect, ErrorCode, PenpalError, type RemoteProxy, WindowMessenger } from "penpal";
import type { Mount } from "#contract/mount.ts";
import { readMeta } from "#contract/page-meta.ts";
import { registerPagesWorker } from "#contract/pages-worker.ts";
import { type Failed, ownHello, type ShellMethods, welcomeSchema } from "#contract/pane.ts";
import { whenIdle } from "#ui/parts/when-idle.ts";
import { loadMount, RemoteError } from "./load-remote.ts";
import { parseRemoteRequest } from "./remote-request.ts";
import { createFrameSession } from "./session.ts";
import { showOutside } from "./show-outside.ts";

const root = document.getElementById("root");
if (!root) throw new Error("The page has no #root");

if (window.parent === window) showOutside(root);
else void run(root);
whenIdle(registerPagesWorker);

async function run(element: HTMLElement) {
  const session = createFrameSession();
  // The remote loads during the handshake; its failure is reported after it.
  const loading = load().then(
    (mount) => ({ mount }),
    (error: unknown) => ({ error }),
  );
  const shellOrigin = readMeta("tandem-shell-origin");
  const shell = await connect<ShellMethods>({
    messenger: new WindowMessenger({
      remoteWindow: window.parent,
      allowedOrigins: [shellOrigin],
    }),
    methods: Object.assign(Object.create(null), session.methods),
  }).promise;

  const answer = await shell.hello(ownHello).catch((error: unknown) => {
    // The pane was closed meanwhile, which is no error.
    if (error instanceof PenpalError && error.code === ErrorCode.ConnectionDestroyed) return null;
    throw error;
  });
  // Refused: the shell shows the reason.
  if (answer === null) return;
  const welcome = welcomeSchema.safeParse(answer);
  if (!welcome.success) return fail(shell, "version", welcome.error.message);

  const loaded = await loading;
  if ("error" in loaded) {
    const { error } = loaded;
    const cause = error instanceof RemoteError ? error.failure : "remote-broken";
    return fail(shell, cause, messageOf(error));
  }
  try {
    session.start(loaded.mount, element, welcome.data, shell, shellOrigin);
  } catch (error) {
    console.error(error);
    return fail(shell, "mount-failed", messageOf(error));
  }
}

async function load(): Promise<Mount> {
  const allowed = readMeta("tandem-remote-origins").split(" ").filter(Boolean);
  const request = parseRemoteRequest(location.href, allowed);
  if (!request) throw new RemoteError("remote-broken", "This page may not load that remote");
  return loadMount(request);
}

function fail(shell: RemoteProxy<ShellMethods>, cause: Failed["cause"], detail: string) {
  return shell.failed({ cause, detail: detail.slice(0, 2000) });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
