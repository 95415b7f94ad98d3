import type { ComponentType } from "react";
import { useAppPart } from "#shared/lazy/app-part.ts";
import type { TaskSectionProps } from "./task-section.tsx";
import type { TasksButtonProps } from "./tasks-button.tsx";

interface Parts {
  readonly TaskSection: ComponentType<TaskSectionProps>;
  readonly TasksButton: ComponentType<TasksButtonProps>;
}

/** The tasks of an account, as soon as their code is loaded. */
export function Tasks(props: TaskSectionProps) {
  const parts = useAppPart<Parts>();
  return parts && <parts.TaskSection {...props} />;
}

/** How many tasks there are, as soon as their code is loaded. */
export function TasksSummary(props: TasksButtonProps) {
  const parts = useAppPart<Parts>();
  return parts && <parts.TasksButton {...props} />;
}
