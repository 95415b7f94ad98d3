import { countAll } from "./table.ts";

console.log(await countAll());
