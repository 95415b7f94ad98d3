import { watchPress } from "./press.ts";

/** Code that is not loaded with the page: it is requested when the page is idle, or when a user needs it. */
export interface Part<T> {
  /** Null until it is loaded. */
  readonly value: T | null;
  /** A user waits for it, and it could not be loaded. */
  readonly hasFailed: boolean;
  /** Loads it in advance. A failure is silent, and is repeated when the network is back. */
  preload(): void;
  /** Loads it for a user who waits. */
  request(): void;
  /** The user waits no longer. */
  dismiss(): void;
  subscribe(listener: () => void): () => void;
}

/**
 * `load` is a dynamic import of one file that imports nothing but what the page has loaded. `importUrl` takes the
 * URL of that file.
 */
export function createPart<T>(
  load: () => Promise<T>,
  importUrl = (url: string): Promise<T> => import(/* @vite-ignore */ url),
): Part<T> {
  const listeners = new Set<() => void>();
  const whenNotPressed = watchPress();
  let value: T | null = null;
  let isLoading = false;
  let isAwaited = false;
  let hasFailed = false;
  let attempts = 0;
  let failedUrl: string | undefined;

  function emit() {
    for (const listener of [...listeners]) listener();
  }
  /** Chromium answers an import that has failed from memory: only another URL is requested again. */
  function attempt(): Promise<T> {
    attempts++;
    return failedUrl === undefined ? load() : importUrl(`${failedUrl}?attempt=${attempts}`);
  }
  async function start() {
    if (value || isLoading) return;
    isLoading = true;
    try {
      const loaded = await attempt();
      await whenNotPressed();
      value = loaded;
    } catch (error) {
      failedUrl ??= /https?:[^\s?]+\.js/.exec(String(error))?.[0];
      hasFailed = isAwaited;
    }
    isLoading = false;
    emit();
  }

  window.addEventListener("online", () => void (attempts > 0 && start()));

  return {
    get value() {
      return value;
    },
    get hasFailed() {
      return hasFailed;
    },
    preload: () => void start(),
    request() {
      isAwaited = true;
      if (hasFailed) {
        hasFailed = false;
        emit();
      }
      void start();
    },
    dismiss() {
      isAwaited = false;
      hasFailed = false;
      emit();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
