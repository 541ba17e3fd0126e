/** What travels between the preview's server and its page. Types only: both sides import them. */

export type FeedStatus = Readonly<{
  name: string
  /** `waiting`: not asked yet; `silent`: answers, but brings nothing. */
  mood: 'good' | 'bad' | 'silent' | 'waiting'
  /** "304 unchanged", "503", "timeout". */
  said: string
  /** What to do about it. */
  cure?: string
  /** When it is asked again. */
  nextAt?: number
  /** What it writes a day: "14", "0.4". */
  perDay?: string
  lastAt?: number
  tookMs?: number
  /** Since when it fails or brings nothing. */
  sinceAt?: number
}>
export type LoopStatus = Readonly<{
  name: 'gather' | 'read' | 'deliver'
  /** What it has before it. */
  waiting: number
  lastAt?: number
  lastTookMs?: number
}>
export type DeliveryStatus = Readonly<{
  id: string
  title: string
  state: DeliveryStateName
  /** From the alert to the message. */
  tookMs?: number
  reason?: string
}>
/** core's DeliveryState. */
export type DeliveryStateName = 'queued' | 'sending' | 'sent' | 'unsure' | 'held' | 'dead' | 'deleted' | 'folded'
export type OperatorStatus = Readonly<{
  feeds: number
  feedsUp: number
  storiesToday: number
  posted: number
  feedToCardP95Ms?: number
  /** Our own network seems to be at fault: one sentence. */
  network?: string
  feedRows: readonly FeedStatus[]
  loops: readonly LoopStatus[]
  /** What is held or dead first, then the newest. */
  deliveries: readonly DeliveryStatus[]
  /** How many there are in each state. */
  counts: Readonly<Record<DeliveryStateName, number>>
}>

export type WireChannel = Readonly<{ id: string; name: string; topic: string }>
export type WireOption = Readonly<{
  name: string
  describe: string
  kind: 'text' | 'number' | 'flag' | 'channel' | 'file'
  required: boolean
  completes: boolean
  choices: readonly WireChoice[]
  charsMax?: number
}>
export type WireChoice = Readonly<{ name: string; value: string }>
/** One line of the composer's menu: a command, or a command with its subcommand ("feeds add"). */
export type WireCommand = Readonly<{ name: string; describe: string; options: readonly WireOption[] }>

/** A message as the page gets it: Discord's own fields, and ours beside them. */
export type WireMessage = Readonly<{
  id: string
  /** The channel's name. */
  channel: string
  channelId: string
  createdAt: number
  editedAt?: number
  /** Who used which command, for a reply. */
  interaction?: Readonly<{ name: string; text: string; user: Readonly<{ username: string }> }>
  content?: string
  embeds?: readonly unknown[]
  components?: readonly unknown[]
  flags?: number
  allowed_mentions?: unknown
}>
export type WireModal = Readonly<{ custom_id: string; title: string; components: readonly unknown[] }>
export type WireReply =
  | (WireMessage & Readonly<{ kind: 'message'; how: 'new' | 'update' }>)
  | (WireModal & Readonly<{ kind: 'form' }>)
  | Readonly<{ kind: 'silent' }>
