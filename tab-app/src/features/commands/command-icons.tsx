import {
  ArrowUpDown,
  CalendarClock,
  Command,
  FileText,
  Keyboard,
  LayoutDashboard,
  Link,
  ListFilter,
  ListTodo,
  LogOut,
  Mail,
  PanelBottom,
  PanelLeft,
  Pencil,
  Phone,
  Pin,
  Plus,
  Redo2,
  Search,
  SunMoon,
  Undo2,
  Users,
} from "lucide-react";
import type { ReactNode } from "react";
import type { CommandId } from "#shared/commands/command-list.ts";

const icons: Readonly<Partial<Record<CommandId, ReactNode>>> = {
  "filter accounts": <Search />,
  overview: <LayoutDashboard />,
  "new account": <Plus />,
  "edit account": <Pencil />,
  tasks: <ListTodo />,
  pinned: <Pin />,
  "copy link": <Link />,
  "copy feed link": <Link />,
  "new note": <FileText />,
  "log call": <Phone />,
  "log email": <Mail />,
  "log meeting": <CalendarClock />,
  "filter feed": <ListFilter />,
  undo: <Undo2 />,
  redo: <Redo2 />,
  "list options": <ArrowUpDown />,
  "toggle rail": <PanelLeft />,
  "toggle theme": <SunMoon />,
  inspector: <PanelBottom />,
  "switch user": <Users />,
  "sign out": <LogOut />,
  shortcuts: <Keyboard />,
};

export function iconOf(id: CommandId): ReactNode {
  return icons[id] ?? <Command />;
}
