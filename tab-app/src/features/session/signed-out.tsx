import { useEffect, useRef } from "react";
import { useData } from "#data/hooks/use-data.ts";
import { Mark } from "#ui/mark.tsx";
import styles from "./signed-out.module.css";
import { UserList } from "./user-list.tsx";

/** Replaces the whole tab while no user is signed in. */
export function SignedOut() {
  const { session } = useData();
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
        <p className={styles.hint}>Continue as…</p>
        <div className={styles.card}>
          <UserList onChoose={session.signIn} />
        </div>
      </div>
    </main>
  );
}
