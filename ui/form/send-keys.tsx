import styles from "./send-keys.module.css";

/** Decoration where there is a keyboard: the button beside it does the same. */
export function SendKeys() {
  const isApple = /Mac|iPhone|iPad/.test(navigator.platform);
  return (
    <span aria-hidden="true" className={styles.keys}>
      {isApple ? "⌘ Enter" : "Ctrl Enter"}
    </span>
  );
}
