import { config } from "zod/mini";

// zod would compile its schemas by `new Function`, which our Content-Security-Policy forbids and
// reports. To be imported before any module that declares a schema.
config({ jitless: true });
