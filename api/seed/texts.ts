import type { Random } from "./random.ts";

const people = [
  "Anna Kovács",
  "Daniel Murphy",
  "Elena Rossi",
  "Farid Nasser",
  "Grace Chen",
  "Henrik Dahl",
]
  .concat([
    "Isabel Moreno",
    "Jack Turner",
    "Katja Vogel",
    "Liam Walsh",
    "Mei Tanaka",
    "Nadia Haddad",
  ])
  .concat([
    "Oliver Brandt",
    "Paula Santos",
    "Rosa Jansen",
    "Samir Patel",
    "Tuula Niemi",
    "Victor Hale",
  ]);
const topics = ["the renewal", "onboarding the second team", "the export times", "single sign-on"]
  .concat(["the invoice format", "next quarter's goals", "the data import", "role permissions"])
  .concat([
    "the reporting dashboard",
    "the mobile app",
    "moving to the yearly plan",
    "the API limits",
  ]);
const faults = [
  "Export stops at 10,000 rows",
  "Password mail does not arrive",
  "Chart shows last month twice",
]
  .concat([
    "Import refuses dates with dots",
    "Slow list of orders after lunch",
    "Two users see an empty page",
  ])
  .concat([
    "Webhook delivered twice",
    "Wrong VAT number on the receipt",
    "Filter is lost when going back",
  ]);
const noteTitles = ["Decides in the board meeting", "New contact in procurement", "Budget approved"]
  .concat([
    "Wants a quarterly review",
    "Holiday until the end of the month",
    "Competitor mentioned",
  ])
  .concat(["Office moves in spring", "Asked for a discount", "Happy with the last release"]);
const features = ["Reports", "Imports", "API calls", "Shared views", "Alerts", "Exports"];
const outcomes = [
  "They want a written summary by Friday.",
  "Agreed on the next steps; we come back with two dates.",
  "No open questions. Follow up in a month.",
  "Their team will try it this week and send feedback.",
  "Needs sign-off from the finance director first.",
  "They asked for a short training session for new colleagues.",
];

export interface SeedText {
  readonly title: string;
  readonly body?: string;
  /** Written by one of us, and not by the system. */
  readonly byPerson: boolean;
}

/** A title and often a body, as a person or the system would have written it. */
export function seedText(random: Random, kind: string, account: string, number: number): SeedText {
  const person = random.pick(people);
  const topic = random.pick(topics);
  const outcome = random.chance(0.7) ? { body: random.pick(outcomes) } : {};
  switch (kind) {
    case "call":
      return { title: `Call with ${person} about ${topic}`, ...outcome, byPerson: true };
    case "email": {
      const title = random.chance(0.5) ? `Email from ${person} about ${topic}` : `Re: ${topic}`;
      return { title, ...outcome, byPerson: true };
    }
    case "meeting":
      return {
        title: `${random.pick(["Review", "Workshop", "Video meeting", "On-site visit"])}: ${topic}`,
        body: `With ${person} and ${random.int(1, 5)} of their team. ${random.pick(outcomes)}`,
        byPerson: true,
      };
    case "invoice": {
      const state = random.pick(["paid", "paid", "paid", "sent", "overdue"]);
      return { title: `Invoice #${20_000 + number} ${state}`, byPerson: false };
    }
    case "ticket": {
      const state = random.pick(["opened", "solved", "solved", "reopened"]);
      const body = `Reported by ${person}. Ticket ${state}.`;
      return { title: `Ticket T-${4_000 + number}: ${random.pick(faults)}`, body, byPerson: false };
    }
    case "usage": {
      const [feature, share] = [random.pick(features), random.int(8, 65)];
      const way = random.chance(0.6) ? "up" : "down";
      return { title: `${feature} ${way} ${share} % on the week before`, byPerson: false };
    }
    default:
      return {
        title: random.pick(noteTitles),
        body: `${person} at ${account}: ${random.pick(outcomes)}`,
        byPerson: true,
      };
  }
}
