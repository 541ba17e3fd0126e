/** Discord's limits that painters keep (its documentation; DISCORD.md has those that the description does not say). */
export const EMBED_DESCRIPTION_CHARS_MAX = 4_096
export const EMBED_AUTHOR_CHARS_MAX = 256
/** Over all text displays of one message. */
export const COMPONENTS_TEXT_CHARS_MAX = 4_000
export const COMPONENTS_MAX = 40
export const BUTTON_LABEL_CHARS_MAX = 80
export const BUTTON_URL_CHARS_MAX = 512
export const BUTTONS_PER_ROW_MAX = 5
export const SELECT_OPTIONS_MAX = 25
export const SELECT_TEXT_CHARS_MAX = 100
export const SELECT_PLACEHOLDER_CHARS_MAX = 150
export const MODAL_TITLE_CHARS_MAX = 45
export const MODAL_PLACEHOLDER_CHARS_MAX = 100
/** Ours: Discord takes a hundred in one message, but each costs 24 of its 2,000 characters. */
export const ROLES_MAX = 20
