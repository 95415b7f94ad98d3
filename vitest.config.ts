import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "{docs,sync,contract,api,ui,server,tab-app,host,sim,scripts,bench}/**/*.test.{ts,tsx}",
    ],
    restoreMocks: true,
    // A loaded machine is slow, not wrong.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
