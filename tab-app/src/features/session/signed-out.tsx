import { useEffect, useRef } from "react";
import { useData } from "#data/hooks/use-data.ts";
import { Button } from "#ui/button.tsx";
import { Mark } from "#ui/mark.tsx";
import styles from "./signed-out.module.css";
import { UserList } from "./user-list.tsx";

/** Replaces the whole tab while no user is signed in. */
export function SignedOut() {
  const { session } = useData();
  const { who } = session.get();
  const title = useRef<HTMLHeadingElement>(null);

  // The focused element is gone. Only in the pane in use: any other would take the focus from it.
  useEffect(() => {
    if (document.hasFocus()) title.current?.focus();
  }, []);

  return (
    <main className={styles.page}>
      <div className={styles.content}>
        <Mark className={styles.mark} />
        <h1 ref={title} tabIndex={-1} className={styles.title}>
          You are signed out
        </h1>
        {who.kind === "out" && who.byProvider ? (
          <>
            <p className={styles.hint}>
              {who.discards
                ? "Sign in to go on."
                : "What you had not sent is kept for you in this browser."}
            </p>
            <Button variant="primary" className={styles.signIn} onClick={() => leaveTo("sign-in")}>
              Sign in
            </Button>
            <Button
              size="sm"
              variant="ghost"
              className={styles.leave}
              onClick={() => leaveTo("provider-sign-out")}
            >
              Sign out at the sign-in provider too
            </Button>
          </>
        ) : (
          <>
            <p className={styles.hint}>Continue as…</p>
            <div className={styles.card}>
              <UserList onChoose={session.signIn} />
            </div>
          </>
        )}
      </div>
    </main>
  );
}

/** To the provider, which no page frames: the shell makes way for it, and comes back as it was. */
function leaveTo(what: "sign-in" | "provider-sign-out") {
  const { pathname, search } = window.location;
  const isPane = window.parent !== window;
  const back = encodeURIComponent(isPane ? "shell" : pathname + search);
  window.open(`/access/${what}?return_to=${back}`, "_top");
}
