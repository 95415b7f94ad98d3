import { createPart } from "#ui/parts/part.ts";

/** Loaded at its first use. */
export const inspectorPart = createPart(() => import("./parts-inspector.ts"));
