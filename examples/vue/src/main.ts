import { VueQueryPlugin } from "@tanstack/vue-query";
import { createApp } from "vue";
import App from "./App.vue";
import { queryClient } from "./lights.ts";
import { lookForChanges } from "./look-for-changes.ts";

lookForChanges();
createApp(App).use(VueQueryPlugin, { queryClient }).mount("#app");
