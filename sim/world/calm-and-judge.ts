import type { Tab } from "../tab/tab.ts";
import { isInView } from "./browser.ts";
import { selectOther } from "./user-acts.ts";
import type { World } from "./world.ts";

/** Most of what a command began ends by itself within 20 s. */
const longest = 20_100;
/** Long enough for the longest back-off (30 s) and the head message after it. */
const recovery = 62_000;
/** Without Web Locks, as long as two tabs that died unheard are taken to hang, and no other opens a stream. */
const hanging = 320_000;

/** Ends all faults, gives the tabs the time that they may take, and has the oracle judge them. */
export async function calmAndJudge(world: World): Promise<void> {
  const { clock, noise, browser, spans, oracle, count, log } = world;
  log("-- calm");
  await clock.advance(Math.max(longest, spans.lastEnd - clock.now() + 100));
  noise.stop();
  await clock.advance(3000);
  helpOut(world);
  if (spans.hasEndless) {
    await clock.advance(recovery);
    oracle.judge(browser.tabs.filter(isInView), "while others sleep", true);
    const isAwake = ({ page }: Tab) => page.life === "running" && !page.isCut;
    oracle.judgeWrites(browser.tabs.filter(isAwake), "in view or not");
    spans.endEndless();
    await clock.advance(3000);
    helpOut(world);
    await clock.advance(1000);
    oracle.judgeWoken(browser.tabs, "four seconds after waking");
  }
  await adoptOrphans(world);
  await clock.advance(recovery);
  if (browser.tabs.some(lacksStream)) {
    count("two that died unheard");
    await clock.advance(hanging);
  }
  oracle.judge(browser.tabs, "at rest");
  oracle.judgeUnread(browser.tabs, "at rest");
  await oracle.judgeKept(browser.tabs, "at rest");
  await judgeIdle(world);
}

const lacksStream = ({ open, page }: Tab) =>
  !("locks" in page.navigator) && open.sync.trouble === "no-stream";

/** What users do: sign in, show hidden panels, and press "Try again" in a panel that failed to load. */
function helpOut({ browser, oracle }: World) {
  const [first] = browser.tabs.filter(isInView);
  const session = first?.open.data.session;
  if (session?.get().who.kind === "out") session.signIn("u");
  for (const tab of browser.tabs.filter((each) => isInView(each) && each.isOpen)) {
    for (const panel of ["accounts", "details", "activity"] as const) {
      if (!tab.panels.has(panel)) oracle.moved(tab);
      tab.setPanel(panel, true);
    }
    tab.retryEmpty();
  }
}

/** A tab that comes into view adopts what closed tabs left: where they left something, one does. */
async function adoptOrphans({ browser, pageState, count }: World) {
  const { store, tabs } = browser;
  const left = new Set([
    ...((await store?.tabs("writes")) ?? []),
    ...((await store?.tabs("drafts")) ?? []),
  ]);
  for (const { storageName } of tabs) left.delete(storageName);
  const [first] = tabs.filter(isInView);
  if (left.size === 0 || !first) return;
  count("orphans adopted at the end");
  pageState.hide(first, 5);
}

/** Claim "no crash", its second half: no read happens for nothing. */
async function judgeIdle({ clock, browser, oracle }: World) {
  oracle.takeReads();
  await clock.advance(15_000);
  const idle = oracle.takeReads();
  if (idle > 0) oracle.broke(`${idle} reads although nothing happened`);
  for (const tab of browser.tabs) selectOther(tab, oracle);
  await clock.advance(2000);
  oracle.judge(browser.tabs, "after the other account was selected");
  oracle.judgeUnread(browser.tabs, "after the other account was selected");
  const late = oracle.takeReads();
  if (late > browser.tabs.length * 3) oracle.broke(`${late} reads for the other account`);
  for (const tab of browser.tabs) {
    oracle.moved(tab);
    if (!tab.isOpen) continue;
    tab.setPanel("overview", true);
    tab.setPanel("due tasks", true);
    tab.setPanel("week", true);
  }
  await clock.advance(2000);
  oracle.judge(browser.tabs, "after the overview was shown");
}
