import { useEffect, useRef } from "react";
import { useData } from "#data/hooks/use-data.ts";
import { Mark } from "#ui/mark.tsx";
import styles from "./signed-out.module.css";
import { UserList } from "./user-list.tsx";

/** In place of the whole tab while nobody is signed in. */
export function SignedOut() {
  const { session } = useData();
  const title = useRef<HTMLHeadingElement>(null);

  // What had the focus is gone. Not in a pane that is not the one in use: it would take it from that.
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
        <p className={styles.hint}>Choose who is working</p>
        <div className={styles.card}>
          <UserList onChoose={session.signIn} />
        </div>
      </div>
    </main>
  );
}
