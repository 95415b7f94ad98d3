import { config } from "zod/mini";

// zod compiles its schemas by `new Function`, which the Content-Security-Policy forbids and reports.
// Import this before any module that declares a schema.
config({ jitless: true });
