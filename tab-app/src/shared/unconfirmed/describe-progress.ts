/** How far an unconfirmed write has come. */
export function describeProgress(state: "sending" | "waiting", isOnline: boolean): string {
  if (state === "sending") return "Sending…";
  return isOnline ? "Waiting for the server" : "Waiting for the network";
}
