import { type ComponentType, createContext, useContext } from "react";
import type { Part } from "#ui/parts/part.ts";
import type { EditAccountProps } from "./edit-account/edit-account.tsx";
import type { EditNoticesProps } from "./edit-account/edit-notices.tsx";

/** The form, and what is said of edits, which no first paint shows. */
export type EditPart = Part<{
  readonly EditAccount: ComponentType<EditAccountProps>;
  readonly EditNotices: ComponentType<EditNoticesProps>;
}>;

export const EditPartContext = createContext<EditPart | null>(null);

export function useEditPart(): EditPart {
  const part = useContext(EditPartContext);
  if (!part) throw new Error("The details need an EditPartContext above");
  return part;
}
