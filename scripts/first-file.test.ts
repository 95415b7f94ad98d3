import { expect, test } from "vitest";
import { reachableFrom } from "./first-file.ts";

const door = "/node_modules/lucide-react/dist/esm/lucide-react.mjs";
const icon = (name: string) => `/node_modules/lucide-react/dist/esm/icons/${name}.mjs`;

const modules: Record<string, { importedIds: string[]; code: string }> = {
  "/main.ts": {
    importedIds: ["/list.ts", door],
    code: 'import { Pin as PinIcon } from "lucide-react";\nimport "./list.ts";',
  },
  "/list.ts": {
    importedIds: [door],
    code: 'import {\n  Search,\n  type LucideIcon,\n} from "lucide-react";',
  },
  [door]: {
    importedIds: [icon("pin"), icon("search"), icon("keyboard")],
    code: ["pin", "search", "keyboard"]
      .map((name) => {
        const export_ = name[0]?.toUpperCase() + name.slice(1);
        return `export { default as Lucide${export_}, default as ${export_} } from './icons/${name}.mjs';`;
      })
      .join("\n"),
  },
  [icon("pin")]: { importedIds: ["/create-icon.mjs"], code: "" },
};

test("of a package of icons, the first file has those that its modules name, and no others", () => {
  const found = reachableFrom("/main.ts", { getModuleInfo: (id) => modules[id] ?? null });
  expect([...found].sort()).toEqual(
    ["/create-icon.mjs", "/list.ts", "/main.ts", icon("pin"), icon("search")].sort(),
  );
});
