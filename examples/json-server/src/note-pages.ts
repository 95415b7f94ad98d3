import type { InfiniteData } from "@tanstack/react-query";

export interface Note {
  id: number;
  title: string;
  done: boolean;
}

export type NotePages = InfiniteData<Note[]>;

export function replaceNote(data: NotePages, note: Note): NotePages {
  const replace = (each: Note) => (each.id === note.id ? note : each);
  return { ...data, pages: data.pages.map((page) => page.map(replace)) };
}
