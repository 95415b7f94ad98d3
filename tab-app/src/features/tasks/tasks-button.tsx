import { ListTodo } from "lucide-react";
import { useTasks } from "#data/hooks/use-tasks.ts";
import { useToday } from "#data/hooks/use-today.ts";
import { Button } from "#ui/button.tsx";
import styles from "./tasks-button.module.css";

export interface TasksButtonProps {
  accountId: string;
  isOpen: boolean;
  onToggle: () => void;
}

/** How many tasks are open and overdue, and the way to them. */
export function TasksButton({ accountId, isOpen, onToggle }: TasksButtonProps) {
  const { tasks } = useTasks(accountId);
  const today = useToday();
  const open = tasks.filter(({ done }) => !done);
  const overdue = open.filter(({ dueDate }) => dueDate && dueDate < today).length;
  return (
    <Button
      size="sm"
      variant="ghost"
      icon={<ListTodo aria-hidden="true" />}
      aria-expanded={isOpen}
      onClick={onToggle}
    >
      {open.length === 0 ? (
        "Tasks"
      ) : (
        <span>
          {open.length}
          <span className={styles.noun}> {open.length === 1 ? "task" : "tasks"}</span>
        </span>
      )}
      {overdue > 0 && <span className={styles.overdue}>{overdue} overdue</span>}
    </Button>
  );
}
