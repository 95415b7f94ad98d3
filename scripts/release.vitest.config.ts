import { defineConfig } from "vitest/config";

/** What is tested before a release only, as it installs one version after the other. */
export default defineConfig({
  test: {
    root: `${import.meta.dirname}/..`,
    include: ["scripts/*.release.test.ts"],
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
