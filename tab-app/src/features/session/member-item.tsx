import { Check, ChevronDown, LogOut, UserMinus } from "lucide-react";
import { type Role, roles } from "#contract/who.ts";
import type { Member } from "#data/server/access.ts";
import { Avatar } from "#shared/users/avatar.tsx";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Menu } from "#ui/popup/menu.tsx";
import styles from "./members.module.css";
import { roleHints, roleNames } from "./role-names.ts";
import textStyles from "./user-button.module.css";

export interface MemberItemProps {
  member: Member;
  name: string;
  isYou: boolean;
  onRole: (role: Role) => void;
  onSignOut: () => void;
  onRemove: () => void;
}

export function MemberItem({ member, name, isYou, onRole, onSignOut, onRemove }: MemberItemProps) {
  const { id, role, email, hasSignedIn } = member;
  return (
    <li aria-label={name} className={styles.member}>
      <Avatar user={{ id, name }} size="lg" />
      <span className={textStyles.text}>
        <span className={textStyles.name}>
          {name}
          {isYou && " (you)"}
        </span>
        {email !== null && email !== name && <span className={textStyles.role}>{email}</span>}
      </span>
      {!hasSignedIn && <Badge>Invited</Badge>}
      <Menu
        trigger={
          <Button size="sm" variant="ghost" aria-label={`Role of ${name}: ${roleNames[role]}`}>
            {roleNames[role]}
            <ChevronDown aria-hidden="true" size={14} />
          </Button>
        }
        items={[
          ...roles.map((each) => ({
            label: roleNames[each],
            icon: <Check visibility={each === role ? "visible" : "hidden"} />,
            hint: roleHints[each],
            onSelect: () => each !== role && onRole(each),
          })),
          {
            label: "Sign out everywhere",
            icon: <LogOut />,
            separated: true,
            disabled: !hasSignedIn,
            onSelect: onSignOut,
          },
          {
            label: "Remove",
            icon: <UserMinus />,
            tone: "danger" as const,
            onSelect: onRemove,
          },
        ]}
      />
    </li>
  );
}
