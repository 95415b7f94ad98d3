import type { Random } from "./random.ts";

export const seedUsers = [
  { id: "usr-1", name: "Maya Lindqvist", role: "Head of customer success" },
  { id: "usr-2", name: "Tomás Herrera", role: "Account manager" },
  { id: "usr-3", name: "Priya Raman", role: "Account manager" },
  { id: "usr-4", name: "Jonas Weber", role: "Account manager" },
  { id: "usr-5", name: "Amara Okafor", role: "Solutions engineer" },
  { id: "usr-6", name: "Claire Fontaine", role: "Support lead" },
  { id: "usr-7", name: "Ben Sato", role: "Support engineer" },
  { id: "usr-8", name: "Ruth Abrams", role: "Finance" },
];

/** Name, industry, city, plan, status, date of joining, US dollars a month. */
const companies = [
  [
    "Northgate Logistics",
    "Freight and logistics",
    "Rotterdam",
    "Enterprise",
    "active",
    "2020-03-16",
    8_400,
  ],
  ["Bluepine Analytics", "Market research", "Portland", "Growth", "active", "2021-09-06", 2_150],
  ["Harrow & Vale", "Legal services", "London", "Enterprise", "active", "2019-11-25", 6_900],
  ["Casa Marea Hotels", "Hospitality", "Valencia", "Growth", "at risk", "2022-05-02", 1_780],
  [
    "Kestrel Robotics",
    "Industrial automation",
    "Gothenburg",
    "Enterprise",
    "active",
    "2021-01-18",
    9_250,
  ],
  ["Lumen Dental Group", "Healthcare", "Manchester", "Starter", "active", "2023-08-14", 420],
  ["Fjordkraft Marine", "Shipbuilding", "Bergen", "Growth", "active", "2022-02-07", 2_600],
  ["Oakhurst School Trust", "Education", "Bristol", "Starter", "active", "2024-06-24", 310],
  [
    "Tessera Payments",
    "Financial services",
    "Dublin",
    "Enterprise",
    "active",
    "2020-10-05",
    11_300,
  ],
  ["Verdant Grocers", "Food retail", "Lyon", "Growth", "active", "2023-03-20", 1_950],
  ["Pallas Insurance", "Insurance", "Zürich", "Enterprise", "at risk", "2019-06-11", 7_700],
  ["Redwood Outfitters", "Outdoor retail", "Denver", "Growth", "active", "2024-01-29", 1_450],
  ["Quantrell Labs", "Biotechnology", "Cambridge", "Enterprise", "active", "2023-10-02", 5_200],
  ["Sunfield Solar", "Renewable energy", "Seville", "Growth", "active", "2022-11-14", 2_300],
  ["Baltic Timber Works", "Building materials", "Riga", "Starter", "churned", "2021-04-12", 0],
  ["Meridian Press", "Publishing", "Edinburgh", "Starter", "active", "2024-09-09", 380],
  ["Aoki Precision", "Machine tools", "Nagoya", "Enterprise", "active", "2020-07-20", 6_150],
  ["Cobalt Street Coffee", "Food service", "Melbourne", "Starter", "active", "2025-02-17", 260],
  ["Halden Pharma Supply", "Medical supplies", "Basel", "Growth", "active", "2022-08-29", 3_100],
  ["Juniper Veterinary", "Animal health", "Austin", "Starter", "at risk", "2024-04-15", 290],
  ["Ostrava Steel Parts", "Metalworking", "Ostrava", "Growth", "active", "2021-12-06", 1_880],
  ["Wayfarer Travel Club", "Travel", "Toronto", "Growth", "churned", "2020-05-25", 0],
  ["Ember & Ash Studios", "Video games", "Helsinki", "Growth", "active", "2025-05-12", 1_620],
  [
    "Delta Seven Security",
    "Security services",
    "Brussels",
    "Enterprise",
    "active",
    "2022-09-19",
    4_480,
  ],
  ["Palmetto Credit Union", "Banking", "Charleston", "Growth", "trial", "2026-10-12", 0],
  [
    "Skylark Aviation",
    "Aviation services",
    "Farnborough",
    "Enterprise",
    "active",
    "2023-05-30",
    5_950,
  ],
  ["Nimbus Weather Data", "Data services", "Reading", "Free", "active", "2025-08-04", 0],
  ["Orchard Lane Homes", "Property", "Cork", "Free", "trial", "2026-11-16", 0],
] as const;

const notes = {
  active: [
    "Renewal is signed off by the finance director; send the draft six weeks ahead.",
    "Prefers calls before noon. The whole operations team is in the weekly digest.",
    "Rolling out site by site. Two of five sites are live, the third follows in spring.",
    "Champion is the head of operations. IT has to approve each new integration.",
    "Asked to be a reference customer. Wait until the reporting work is finished.",
    "",
  ],
  "at risk": [
    "Usage is down since their reorganisation. New sponsor not yet named: find out who decides.",
    "Unhappy with the export times in September. Weekly check-in until it is solved.",
    "Comparing us with a cheaper tool. The renewal date is close: offer a review of the plan.",
  ],
  trial: ["Trial runs for 30 days. They want to see imports and roles before they decide."],
  churned: [
    "Left at renewal: budget. On good terms, ask again in a year.",
    "Moved to the group's own system after the merger. Data export was delivered.",
  ],
} as const;

/** The first anniversary of a day that is not before `end`. */
function anniversary(day: string, end: number): string {
  const first = new Date(end).getUTCFullYear();
  const days = [first, first + 1].map((year) => `${year}${day.slice(4)}`);
  return days.find((each) => Date.parse(each) >= end) ?? day;
}

export function seedAccounts(random: Random, end: number) {
  const managers = ["usr-1", "usr-2", "usr-3", "usr-4"];
  return companies.map(([name, industry, city, plan, status, since, mrr], index) => ({
    id: `acc-${String(index + 1).padStart(2, "0")}`,
    name,
    ownerId: random.pick(managers),
    plan,
    status,
    industry,
    city,
    since,
    mrr,
    ...(mrr > 0 && { renewalDate: anniversary(since, end) }),
    notes: random.pick<string>(notes[status]),
  }));
}

export type SeedAccount = ReturnType<typeof seedAccounts>[number];
