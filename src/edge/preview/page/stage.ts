/** What a drawn message may ask of the page. */
import type { WireChannel } from './wire.ts'

export type Stage = Readonly<{
  channels: readonly WireChannel[]
  /** A button, or a select with its values. Settles when the answer was shown. */
  press(customId: string, values: readonly string[]): Promise<void>
  openChannel(id: string): void
  /** Puts a command's name into the composer. */
  typeCommand(name: string): void
}>
