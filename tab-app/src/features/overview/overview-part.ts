import type { ComponentType } from "react";
import type { Part } from "#ui/parts/part.ts";
import type { OverviewProps } from "./overview.tsx";

/** The overview with its charts, which a tab that opens on an account does not show. */
export type OverviewPart = Part<{ readonly Overview: ComponentType<OverviewProps> }>;
