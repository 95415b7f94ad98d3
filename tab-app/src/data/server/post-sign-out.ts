/** Ends the session at the server; `everywhere`, all of this person. Rejects where the server has not done it. */
export async function postSignOut(everywhere: boolean): Promise<void> {
  const response = await fetch("/access/sign-out", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ everywhere }),
    // The page may be closed right after it.
    keepalive: true,
  });
  if (!response.ok) throw new Error(`The server did not sign out: ${response.status}`);
}
