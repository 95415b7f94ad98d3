import type { FileSubstitution } from "../source/by-file.ts";
import type { Substitution } from "../source/substitute.ts";

/** The sources without one guard. */
export interface Mutant {
  readonly name: string;
  /** What the guard is for. */
  readonly guard: string;
  readonly substitutions: readonly (Substitution | FileSubstitution)[];
}

/** Each must be found by the simulation or by a unit test: a guard that no test misses is none. */
export const mutants: readonly Mutant[] = [
  mutant(
    "as-of check",
    "an answer is measured against the changes that came after it set out",
    "sync/query-binding.ts",
    `    if (type === "success" || type === "setState") settleAll(query);`,
    ``,
  ),
  mutant(
    "settle on revert",
    "a cancelled read's revert is measured anew",
    "sync/query-binding.ts",
    `type === "success" || type === "setState"`,
    `type === "success"`,
  ),
  mutant(
    "gap check",
    "a hole in the known revisions has the server asked",
    "sync/ledger.ts",
    `      return sighted > head;`,
    `      return false;`,
  ),
  mutant(
    "gap at the feed's beginning",
    "what happened between the first read and the stream",
    "sync/create-sync.ts",
    `        ledger.sight(event.head);
        closeGapSoon();`,
    `        ledger.sight(event.head);`,
  ),
  mutant(
    "in-view gate of patches",
    "nothing is put into what nobody looks at",
    "sync/query-binding.ts",
    `effect === "stale" || !(isSeen(query) || mayPatch)`,
    `effect === "stale"`,
  ),
  mutant(
    "in-view gate of reads",
    "nothing is read that nobody looks at",
    "sync/query-binding.ts",
    `    return visibility.inView && query.isActive();`,
    `    return query.isActive();`,
  ),
  mutant(
    "in-view gate of the catch-up",
    "nothing is asked while nobody looks",
    "sync/create-sync.ts",
    `    mayAsk: () => visibility.inView,`,
    `    mayAsk: () => true,`,
  ),
  mutant(
    "row version",
    "an older change does not go over a newer row",
    "tab-app/src/data/queries/activity.ts",
    `    if (held && held.version >= change.version) return "known";`,
    ``,
  ),
  mutant(
    "row version of lists",
    "an older change does not go over a newer row",
    "tab-app/src/data/queries/collection.ts",
    `      if (held && held.version >= change.version) return "known";`,
    ``,
  ),
  mutant(
    "latest per row",
    "of several changes of a row known at once only the last counts",
    "sync/query-binding.ts",
    `latest.get(place(change)) === change`,
    `latest.has(place(change))`,
  ),
  mutant(
    "order of the latest",
    "the last changes of several rows act in the order of their revisions",
    "sync/query-binding.ts",
    `  return changes.filter((change) => latest.get(place(change)) === change);`,
    `  return [...latest.values()];`,
  ),
  mutant(
    "what came after late news",
    "late news of a row does not undo what came after",
    "sync/query-binding.ts",
    `ledger.since((news[0]?.rev ?? 0) - 1) ?? [];`,
    `news;`,
  ),
  mutant(
    "answer of a forgotten time",
    "what nobody can judge any more is not put in place",
    "sync/query-binding.ts",
    `ledger.since((news[0]?.rev ?? 0) - 1) ?? [];`,
    `ledger.since((news[0]?.rev ?? 0) - 1) ?? news;`,
  ),
  mutant(
    "row key with its parent",
    "a row that moved concerns the one that it left",
    "sync/query-binding.ts",
    "parents.accountId}`",
    "parents.accountId && 1}`",
  ),
  mutant(
    "epoch restart",
    "a new log puts everything held in doubt",
    "sync/ledger.ts",
    `    if (before !== null) onRestart?.();`,
    ``,
  ),
  mutant(
    "late word of a beginning",
    "what was heard of beyond it is not forgotten",
    "sync/ledger.ts",
    `sighted = sighted === sightedThen ? head : Math.max(sighted, head);`,
    `sighted = head;`,
  ),
  mutant(
    "beacon and head message",
    "the loss of the last message comes to light",
    "sync/create-sync.ts",
    `  function postHead() {
    if (!ledger.head) return;`,
    `  function postHead() {
    if (ledger.head) return;`,
  ),
  mutant(
    "changes on the channel",
    "what one tab hears all hear",
    "sync/create-sync.ts",
    `    if (changes.length) post({ type: "changes", epoch, changes });`,
    ``,
  ),
  mutant(
    "lock hand-over",
    "a tab out of view lets go of its locks",
    "sync/hold-in-view.ts",
    `    gone.abort();
    if (!inView) return;`,
    `    if (!inView) return;
    gone.abort();`,
  ),
  mutant(
    "deadline of shared reads",
    "nobody waits for ever for a page that sleeps",
    "sync/shared-reads.ts",
    `setTimeout(() => tired.abort(), deadline)`,
    `setTimeout(() => {}, deadline)`,
  ),
  mutant(
    "as-of of a lent answer",
    "an older answer is not borrowed",
    "sync/create-sync.ts",
    `answer.asOf.rev <= held.rev || answer.asOf.rev > ledger.sighted`,
    `answer.asOf.rev > ledger.sighted`,
  ),
  mutant(
    "lent answer of what nobody heard of",
    "no forged revision makes a query deaf to changes",
    "sync/create-sync.ts",
    `answer.asOf.rev <= held.rev || answer.asOf.rev > ledger.sighted`,
    `answer.asOf.rev <= held.rev`,
  ),
  mutant(
    "one read at a time",
    "a remote change cancels no read under way, and none brings an older answer than was borrowed meanwhile",
    "sync/query-binding.ts",
    ` && query.state.fetchStatus === "idle";`,
    `;`,
  ),
  mutant(
    "feed holder's own word",
    "a late word of a former holder does not stick",
    "sync/create-sync.ts",
    `if (feed.state !== "open") heed(`,
    `heed(`,
  ),
  mutant(
    "failed reads are made again",
    "a stale query in view is not given up",
    "sync/query-binding.ts",
    `    if (type === "error") readAgain(query);`,
    ``,
  ),
  mutant(
    "optimistic overlay",
    "a rollback is the end of the overlay, and a pin is shown at once",
    "tab-app/src/data/outbox/writes/pin.ts",
    `row && { ...row, pinned }`,
    `row`,
  ),
  mutant(
    "last pin wins",
    "of several pending pins of a row the last is shown",
    "tab-app/src/data/outbox/overlay.ts",
    `{ write, state } of entries.filter(isPending)) {`,
    `{ write, state } of entries.filter(isPending).toReversed()) {`,
  ),
  mutant(
    "pins of a row in turn",
    "the later click wins on the server too",
    "tab-app/src/data/outbox/turns.ts",
    `: !taken.has(row)`,
    `: true`,
  ),
  mutant(
    "where a written row stands",
    "a write to a row that was moved meanwhile does not bring it back",
    "tab-app/src/data/outbox/create-outbox.ts",
    `publish(confirmed.asOf, confirmed.changes);`,
    `publish(
          confirmed.asOf,
          confirmed.changes.map((change) =>
            "accountId" in write ? { ...change, parents: { accountId: write.accountId } } : change,
          ),
        );`,
  ),
  mutant(
    "overlay of a moved row",
    "a pending pin stays on its row when that is moved",
    "tab-app/src/data/outbox/overlay.ts",
    `    if (!row && next?.accountId !== accountId) continue;`,
    `    if (write.accountId !== accountId) continue;`,
  ),
  mutant(
    "writes without an answer",
    "a write is sent until the server has answered",
    "tab-app/src/data/outbox/sending.ts",
    `      if (!(error instanceof UnreachableError)) throw error;`,
    `      throw error;`,
  ),
  mutant(
    "pace",
    "a burst costs a few reads",
    "sync/query-binding.ts",
    `Math.max(0, (lastRead.get(query) ?? 0) + pace - Date.now())`,
    `0`,
  ),
  mutant(
    "pace after a lock",
    "reads that waited for one lock are one read",
    "sync/query-binding.ts",
    `lastRead.get(query) === begun ? refetch() : undefined`,
    `lastRead.get(query) ? refetch() : undefined`,
  ),
  mutant(
    "news after a failure",
    "a change after a failed read does not wait as long as the failure does",
    "sync/query-binding.ts",
    `    clearTimeout(timers.get(query));
    const read`,
    `    if (timers.has(query)) return;
    const read`,
  ),
  mutant(
    "log floor",
    "what was forgotten is not taken for known",
    "sync/ledger.ts",
    `rev < floor || rev > sighted ? null`,
    `rev > sighted ? null`,
  ),
  mutant(
    "cursor leaves out what is held",
    "no row is shown twice after Load more",
    "tab-app/src/data/queries/activity.ts",
    `(compareActivities(cursor, row) < 0 && !cursor.held.includes(row.id))`,
    `compareActivities(cursor, row) < 0`,
  ),
  mutant(
    "cursor keeps the order",
    "a new row of the last instant held stands where it belongs",
    "tab-app/src/data/queries/activity.ts",
    `(compareActivities(cursor, row) < 0 && !cursor.held.includes(row.id))`,
    `!cursor.held.includes(row.id)`,
  ),
  mutant(
    "stranded feed",
    "a feed whose rows are all gone begins anew",
    "tab-app/src/data/queries/activity.ts",
    `return isStranded ? "stale" : { patched };`,
    `return { patched };`,
  ),
  mutant(
    "one read for all pages",
    "a stale feed costs one request, and its pages are of one revision",
    "tab-app/src/data/queries/page-reader.ts",
    `    if (rest) return cut(signal, rest.answer as P, rest.size);`,
    ``,
  ),
  mutant(
    "rows beyond the loaded pages",
    "an insertion beyond them is no matter",
    "tab-app/src/data/queries/pages.ts",
    `    if (at === -1 && !isEnd) continue;`,
    ``,
  ),
  mutant(
    "counts are the server's",
    "an activity's change has the details read again",
    "tab-app/src/data/queries/account.ts",
    `change.parents.accountId === id ? "stale" : "none"`,
    `"none"`,
  ),
  mutant(
    "selective details",
    "another account's activity touches these details not",
    "tab-app/src/data/queries/account.ts",
    `change.parents.accountId === id ? "stale" : "none"`,
    `"stale"`,
  ),
  mutant(
    "reconnect out of view",
    "a network that comes back wakes no hidden tab",
    "tab-app/src/data/session/client.ts",
    `        refetchOnReconnect: () => focusManager.isFocused(),`,
    ``,
  ),
  mutant(
    "catch-up on waking",
    "a page that slept asks what it missed",
    "sync/lifecycle.ts",
    `    listen(page.document, "resume", resume),
    listen(page, "pageshow", show),`,
    ``,
  ),
  mutant(
    "junk guard",
    "what does not fit is not acted on",
    "sync/message.ts",
    `    if (known.success) return { kind: "message", message: known.data };`,
    `    if (known.success || value) return { kind: "message", message: value as Message };`,
  ),
  mutant(
    "words of another log",
    "a message of another epoch is not believed",
    "sync/create-sync.ts",
    `if (message.type !== "answer" && message.epoch !== ledger.head?.epoch) {`,
    `if (message.type !== "answer" && message.epoch === "") {`,
  ),
  mutant(
    "publish",
    "a confirmed write acts in its own tab and is told to the others",
    "tab-app/src/data/outbox/create-outbox.ts",
    `      if (confirmed) publish(confirmed.asOf, confirmed.changes);`,
    ``,
  ),
  mutant(
    "publish before the end of the overlay",
    "no render between shows the row as it was",
    "tab-app/src/data/outbox/create-outbox.ts",
    `      if (confirmed) publish(confirmed.asOf, confirmed.changes);
      queue.remove(key);`,
    `      queue.remove(key);
      if (confirmed) publish(confirmed.asOf, confirmed.changes);`,
  ),
  mutant(
    "fence of the storage",
    "what a session that is over writes late is not kept",
    "tab-app/src/data/storage/memory-store.ts",
    `      if (session !== sessionId) return false;`,
    ``,
  ),
  mutant(
    "key of a new note",
    "a note whose answer was lost is made once",
    "tab-app/src/data/outbox/writes/create-note.ts",
    `activitySchema, key)`,
    `activitySchema, String(Math.random()))`,
  ),
  mutant(
    "expected version",
    "an edit goes over nothing that its user did not see",
    "tab-app/src/data/outbox/patch-merging.ts",
    `{ ...bodyOf(changes), ...expected }`,
    `{ ...bodyOf(changes) }`,
  ),
  mutant(
    "edit on top of what waits",
    "an edit over one that waits goes over nothing that this hides",
    "tab-app/src/data/outbox/overlay.ts",
    `Math.min(write.base.version, ...below.map((base) => base.version))`,
    `write.base.version`,
  ),
  mutant(
    "overlap of edits",
    "of two edits of one field the user decides",
    "tab-app/src/data/outbox/patch-merging.ts",
    `      refuseOverlap(current);`,
    ``,
  ),
  mutant(
    "taking back",
    "a write that was taken back while it waited is not sent",
    "tab-app/src/data/outbox/create-outbox.ts",
    `cancellations.get(key)?.abort();`,
    `queue.remove(key);`,
  ),
  mutant(
    "taking back between two requests",
    "nor is what is left of it, when its first request was refused",
    "tab-app/src/data/outbox/patch-merging.ts",
    `    if (!isWanted()) throw new Error("Taken back");
`,
    ``,
  ),
  mutant(
    "end of the outbox",
    "a session that is over sends nothing more, and waits for nothing",
    "tab-app/src/data/outbox/create-outbox.ts",
    `      for (const each of cancellations.values()) each.abort();`,
    ``,
  ),
  mutant(
    "wait before adoption",
    "a tab that reloads finds its own again",
    "tab-app/src/data/storage/adoption.ts",
    `      if (now - since >= gracePeriod) await adopt(tab);`,
    `      await adopt(tab);`,
  ),
  mutant(
    "kept as of the head",
    "what was kept is asked about once, not read again",
    "tab-app/src/data/storage/persisted-query.ts",
    `  if (!held || held.epoch !== head.epoch || held.rev >= head.rev) return data;`,
    `  if (held || !held) return data;`,
  ),
  mutant(
    "closed catch-up",
    "a session that is over asks nothing more",
    "sync/catch-up.ts",
    `    if (closed) return Promise.resolve();`,
    ``,
  ),
];

function mutant(
  name: string,
  guard: string,
  /** Where the guard stands: the name of code, or the path of a file. */
  place: string,
  search: string,
  replace: string,
): Mutant {
  const text = { search, replace };
  const substitution = place.includes("/") ? { file: place, ...text } : { within: place, ...text };
  return { name, guard, substitutions: [substitution] };
}
