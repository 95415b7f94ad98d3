/** "3 activities and 1 task belong": what keeps an account from being deleted; null for nothing. */
export function describeParts(activities: number, tasks: number): string | null {
  const counted = [
    activities > 0 &&
      `${activities.toLocaleString("en")} ${activities === 1 ? "activity" : "activities"}`,
    tasks > 0 && `${tasks.toLocaleString("en")} ${tasks === 1 ? "task" : "tasks"}`,
  ].filter((text) => text !== false);
  if (counted.length === 0) return null;
  return `${counted.join(" and ")} ${activities + tasks === 1 ? "belongs" : "belong"}`;
}
