/** What the preview's own parts share. */
import type { ChannelId } from '../../core/model.ts'
import type { PaintedReply } from '../../core/paint.ts'
import type { Reply } from '../../core/reply.ts'
import type { Command, Pressable, World } from '../../flow/command.ts'
import type { Log } from '../../flow/ports.ts'
import type { Hub } from './hub.ts'
import type { KeptMessage, Messages } from './messages.ts'
import type { OperatorStatus } from './page/wire.ts'

export type PreviewChannel = Readonly<{ id: ChannelId; name: string; topic: string }>
export type FetchedImage = Readonly<{ bytes: Uint8Array; contentType: string }>

export type PreviewWorld = Readonly<{
  channels: readonly PreviewChannel[]
  commands: readonly Command[]
  pressables: readonly Pressable[]
  messages: Messages
  hub: Hub
  log: Log
  /** Stands in the page, and in the header of every POST. New at every start. */
  token: string
  /** Pictures of replies that only one person saw: they stand in no file. */
  seenImages: SeenImages
  now(): number
  world(): World
  paintReply(reply: Reply): PaintedReply
  status(): Promise<OperatorStatus>
  ready(): Promise<boolean>
  fetchImage(url: string, signal: AbortSignal): Promise<FetchedImage | undefined>
  /** Tells every open page. */
  announce(message: KeptMessage): void
  nextEphemeralId(): string
}>

export type SeenImages = Readonly<{ add(url: string): void; has(url: string): boolean }>
