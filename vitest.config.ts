import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{sync,api,ui,server,tab-app,host,bench}/**/*.test.{ts,tsx}"],
    restoreMocks: true,
  },
});
