import { formatExact, formatRelative } from "./format-time.ts";
import { useNow } from "./now.tsx";

export function RelativeTime({ at, className }: { at: string; className?: string | undefined }) {
  const time = Date.parse(at);
  return (
    <time dateTime={at} title={formatExact(time)} className={className}>
      {formatRelative(time, useNow())}
    </time>
  );
}
