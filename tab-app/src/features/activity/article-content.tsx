import { clsx } from "clsx";
import { Link } from "lucide-react";
import { type ComponentType, memo, useRef, useState } from "react";
import type { User } from "#contract/rows.ts";
import { useIsNew } from "#data/hooks/use-unread.ts";
import type { FeedRow } from "#data/outbox/overlay.ts";
import type { ConflictMarkProps } from "#shared/conflict/conflict-mark.tsx";
import { KindIcon } from "#shared/fields/kind-icon.tsx";
import { useAppPart } from "#shared/lazy/app-part.ts";
import { useCopyLink } from "#shared/links/use-copy-link.ts";
import { SelectBox } from "#shared/select/select-box.tsx";
import { RelativeTime } from "#shared/time/relative-time.tsx";
import { UnconfirmedMark } from "#shared/unconfirmed/unconfirmed-mark.tsx";
import { Avatar } from "#shared/users/avatar.tsx";
import { Badge } from "#ui/badge.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { ArticleBody } from "./article-body.tsx";
import styles from "./article-content.module.css";
import { ContinueMark } from "./notes/continue-mark.tsx";
import type { NoteEditorProps } from "./notes/note-editor.tsx";
import { NoteMenu } from "./notes/note-menu.tsx";
import { useDeleteNote } from "./notes/use-delete-note.ts";
import { PinButton } from "./pin-button.tsx";

export interface ArticleContentProps {
  row: FeedRow;
  author: User | undefined;
  /** The user may edit and delete it. */
  isOwn: boolean;
  titleId: string;
  /** Called before the article is deleted by its own menu. */
  onDelete: () => void;
  isSelected: boolean;
  onToggle: (id: string) => void;
  onExtend: (id: string) => void;
}

export const ArticleContent = memo(function ArticleContent({
  row,
  author,
  isOwn,
  titleId,
  onDelete,
  isSelected,
  onToggle,
  onExtend,
}: ArticleContentProps) {
  const [isEditing, setEditing] = useState(false);
  const parts = useAppPart<{
    NoteEditor: ComponentType<NoteEditorProps>;
    ConflictMark: ComponentType<ConflictMarkProps>;
  }>(isEditing);
  const title = useRef<HTMLHeadingElement>(null);
  const deleteNote = useDeleteNote();
  const copyLink = useCopyLink();
  const isNew = useIsNew(row.accountId, "activities", row.id);
  const stopEditing = () => {
    setEditing(false);
    title.current?.closest("article")?.focus();
  };
  return (
    <>
      <span className={styles.kind}>
        <KindIcon kind={row.kind} />
        <SelectBox
          id={row.id}
          title={row.title}
          isSelected={isSelected}
          className={styles.select}
          toggle={onToggle}
          extend={onExtend}
        />
      </span>
      <div className={styles.content}>
        <h3
          ref={title}
          id={titleId}
          className={isEditing ? "visually-hidden" : styles.title}
          dir="auto"
        >
          {row.title}
        </h3>
        {isEditing && parts ? (
          <parts.NoteEditor row={row} onClose={stopEditing} />
        ) : (
          <>
            {row.body && <ArticleBody text={row.body} />}
            <p className={styles.meta}>
              {author && (
                <>
                  <Avatar user={author} />
                  <span className={styles.author} dir="auto">
                    {author.name}
                  </span>
                  <span aria-hidden="true">·</span>
                </>
              )}
              <RelativeTime at={row.at} className={styles.time} />
              {isNew && <Badge tone="accent">New</Badge>}
              {row.unconfirmed && <UnconfirmedMark state={row.unconfirmed} />}
              {isOwn && (
                <>
                  <ContinueMark
                    accountId={row.accountId}
                    activityId={row.id}
                    onContinue={() => setEditing(true)}
                  />
                  {parts && <parts.ConflictMark type="edit note" id={row.id} />}
                </>
              )}
            </p>
          </>
        )}
      </div>
      <div className={styles.tools}>
        <PinButton row={row} />
        <IconButton
          label={`Copy link to ${row.title}`}
          // A native tooltip is cheaper, and each row has one.
          hint={null}
          title="Copy link"
          icon={<Link aria-hidden="true" />}
          className={clsx(styles.menu, styles.link)}
          onClick={() => copyLink({ accountId: row.accountId, activity: row })}
        />
        {isOwn && !isEditing && (
          <NoteMenu
            title={row.title}
            kind={row.kind}
            className={styles.menu}
            onEdit={() => setEditing(true)}
            onDelete={() => {
              onDelete();
              deleteNote(row);
            }}
          />
        )}
      </div>
    </>
  );
});
