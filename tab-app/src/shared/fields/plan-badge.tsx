import { Badge } from "#ui/badge.tsx";
import type { Tone } from "#ui/tone.ts";

const tones: Record<string, Tone> = { Starter: "blue", Growth: "accent", Enterprise: "violet" };

export function PlanBadge({ plan }: { plan: string }) {
  return <Badge tone={tones[plan] ?? "neutral"}>{plan}</Badge>;
}
